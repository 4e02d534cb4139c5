//! The box of a request (`bbox`), and whether a polygon meets it: decided on integers, borders included.
//!
//! A box is read in the axis order of its reference system and rounded to the nearest billionth of a degree or
//! millimetre, as the polygons rest. Coordinates beyond what a system has are cut to its limits: such a box
//! finds nothing or what lies in the rest of it. Two longitudes in falling order span the antimeridian.

use crate::domain::geometry::crs::Crs;
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::text::{Text, text};

/// Billionths of a degree.
const DEGREES: f64 = 1e9;
const MILLIMETRES: f64 = 1e3;
/// Millimetres beyond which no system of ours has places: 100 000 km.
const FAR_MM: f64 = 1e11;
/// Places on each side of a box of metres at which its extent in degrees is taken.
const SAMPLES: i32 = 64;

/// A point in whole units of a reference system, x east and y north.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    x: i64,
    y: i64,
}

/// A rectangle in the same units, borders included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rectangle {
    low: At,
    high: At,
}

/// The box of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    crs: Crs,
    /// One, or two where it spans the antimeridian.
    rectangles: Vec<Rectangle>,
    boxes: Vec<DegreeBox>,
}

impl Window {
    /// Reads four numbers, or six of which the heights are left aside.
    pub fn parse(given: &str, crs: Crs) -> Result<Self, Text> {
        let numbers: Option<Vec<f64>> = given
            .split(',')
            .map(|number| number.trim().parse::<f64>().ok().filter(|number| number.is_finite()))
            .collect();
        let [first_low, second_low, first_high, second_high] = match numbers.as_deref() {
            Some([a, b, c, d]) | Some([a, b, _, c, d, _]) => [*a, *b, *c, *d],
            _ => {
                return Err(Text::fixed(
                    "bbox 应为 4 个或 6 个以逗号分隔的数:西,南,东,北(EPSG 坐标系按其规定的轴序)",
                    "bbox is 4 or 6 numbers apart by commas: west,south,east,north (for EPSG systems in their own axis order)",
                ));
            }
        };
        let [west, south, east, north] = match crs.north_first() {
            true => [second_low, first_low, second_high, first_high],
            false => [first_low, second_low, first_high, second_high],
        };
        if south > north {
            return Err(text!(
                "bbox 的南界 {south} 大于北界 {north}",
                "the south {south} of bbox is beyond its north {north}"
            ));
        }
        if west > east && !crs.is_geographic() {
            return Err(text!(
                "bbox 的西界 {west} 大于东界 {east}",
                "the west {west} of bbox is beyond its east {east}"
            ));
        }
        let unit = |value: f64, most: f64| match crs.is_geographic() {
            true => (value.clamp(-most, most) * DEGREES).round() as i64,
            false => (value * MILLIMETRES).round().clamp(-FAR_MM, FAR_MM) as i64,
        };
        let rectangle = |west: f64, east: f64| Rectangle {
            low: At { x: unit(west, 180.0), y: unit(south, 90.0) },
            high: At { x: unit(east, 180.0), y: unit(north, 90.0) },
        };
        let rectangles = match west > east {
            true => vec![rectangle(west, 180.0), rectangle(-180.0, east)],
            false => vec![rectangle(west, east)],
        };
        let boxes = match crs.is_geographic() {
            true => rectangles.iter().map(|rectangle| rectangle.in_degrees()).collect(),
            false => vec![extent_in_degrees(crs, [west, south, east, north])],
        };
        Ok(Self { crs, rectangles, boxes })
    }

    /// Boxes in degrees that hold whatever the window meets, for the spatial index.
    pub fn boxes(&self) -> &[DegreeBox] {
        &self.boxes
    }

    /// What the box of a polygon alone tells: that it meets the window, that it does not, or nothing.
    pub fn decided_by(&self, bounds: DegreeBox) -> Option<bool> {
        if !self.boxes.iter().any(|narrow| narrow.intersects(bounds)) {
            return Some(false);
        }
        let inside = |rectangle: &Rectangle| {
            let [west, south, east, north] =
                [bounds.west, bounds.south, bounds.east, bounds.north].map(|side| i64::from(side) * 100);
            rectangle.low.x <= west && east <= rectangle.high.x && rectangle.low.y <= south && north <= rectangle.high.y
        };
        (self.crs.is_geographic() && self.rectangles.iter().any(inside)).then_some(true)
    }

    /// Whether a polygon and the window have a point in common. One that the window's system cannot show has none.
    pub fn meets(&self, polygon: &LonLatMultiPolygon) -> bool {
        polygon.parts.iter().any(|part| {
            let rings: Option<Vec<Vec<At>>> = part
                .iter()
                .map(|ring| {
                    ring.iter()
                        .map(|position| {
                            if self.crs.is_geographic() {
                                return Some(At { x: position.longitude, y: position.latitude });
                            }
                            let [x, y] = self.crs.from_lonlat(position.degrees())?;
                            Some(At { x: (x * MILLIMETRES).round() as i64, y: (y * MILLIMETRES).round() as i64 })
                        })
                        .collect()
                })
                .collect();
            rings.is_some_and(|rings| self.rectangles.iter().any(|rectangle| rectangle.meets(&rings)))
        })
    }
}

impl Rectangle {
    fn in_degrees(&self) -> DegreeBox {
        let floor = |value: i64| value.div_euclid(100) as i32;
        let ceil = |value: i64| -((-value).div_euclid(100)) as i32;
        DegreeBox {
            west: floor(self.low.x),
            south: floor(self.low.y),
            east: ceil(self.high.x),
            north: ceil(self.high.y),
        }
    }

    fn corners(&self) -> [At; 4] {
        let Self { low, high } = *self;
        [low, At { x: high.x, y: low.y }, high, At { x: low.x, y: high.y }]
    }

    /// Whether the rectangle meets a part: an edge runs into it, or it lies inside.
    fn meets(&self, rings: &[Vec<At>]) -> bool {
        rings.iter().any(|ring| edges(ring).any(|(a, b)| self.meets_edge(a, b))) || holds(rings, self.low)
    }

    /// Rectangle and segment are apart exactly if a side of the one or the line of the other parts them.
    fn meets_edge(&self, a: At, b: At) -> bool {
        let overlap = a.x.min(b.x) <= self.high.x
            && self.low.x <= a.x.max(b.x)
            && a.y.min(b.y) <= self.high.y
            && self.low.y <= a.y.max(b.y);
        if !overlap {
            return false;
        }
        let sides = self.corners().map(|corner| turn(a, b, corner).signum());
        !(sides.iter().all(|side| *side > 0) || sides.iter().all(|side| *side < 0))
    }
}

fn edges(ring: &[At]) -> impl Iterator<Item = (At, At)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Twice the area of the triangle: positive if `c` lies to the left of the way from `a` to `b`.
fn turn(a: At, b: At, c: At) -> i128 {
    let (abx, aby) = (i128::from(b.x - a.x), i128::from(b.y - a.y));
    let (acx, acy) = (i128::from(c.x - a.x), i128::from(c.y - a.y));
    abx * acy - aby * acx
}

/// Whether a point that lies on no edge is inside: a ray from it crosses an odd number of edges.
fn holds(rings: &[Vec<At>], at: At) -> bool {
    let crossed = |(a, b): &(At, At)| {
        let (low, high) = if a.y <= b.y { (*a, *b) } else { (*b, *a) };
        low.y <= at.y && at.y < high.y && turn(low, high, at) > 0
    };
    rings.iter().map(|ring| edges(ring).filter(crossed).count()).sum::<usize>() % 2 == 1
}

/// The box in degrees of a rectangle of metres, with a margin above the error of sampling its sides.
///
/// Between two samples a side strays from its chord by less than a thousandth of its length.
fn extent_in_degrees(crs: Crs, [west, south, east, north]: [f64; 4]) -> DegreeBox {
    const EVERYWHERE: DegreeBox =
        DegreeBox { west: -1_800_000_000, south: -900_000_000, east: 1_800_000_000, north: 900_000_000 };
    let mut all: Option<[f64; 4]> = None;
    for step in 0..=SAMPLES {
        let share = f64::from(step) / f64::from(SAMPLES);
        let (x, y) = (west + (east - west) * share, south + (north - south) * share);
        for at in [[x, south], [x, north], [west, y], [east, y]] {
            let Some([longitude, latitude]) = crs.to_lonlat(at) else { return EVERYWHERE };
            let [w, s, e, n] = all.unwrap_or([longitude, latitude, longitude, latitude]);
            all = Some([w.min(longitude), s.min(latitude), e.max(longitude), n.max(latitude)]);
        }
    }
    let Some([w, s, e, n]) = all else { return EVERYWHERE };
    let margin = (e - w).max(n - s) / 1000.0 + 1e-6;
    DegreeBox::of_degrees(
        (w - margin).max(-180.0),
        (s - margin).max(-90.0),
        (e + margin).min(180.0),
        (n + margin).min(90.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::geometry::lonlat::LonLat;

    /// A square of a tenth of a degree with a hole in its middle.
    fn square() -> LonLatMultiPolygon {
        let ring = |points: &[[f64; 2]]| points.iter().copied().map(LonLat::of_degrees).collect::<Vec<_>>();
        let outer = ring(&[[113.4, 34.4], [113.5, 34.4], [113.5, 34.5], [113.4, 34.5]]);
        let hole = ring(&[[113.44, 34.44], [113.44, 34.46], [113.46, 34.46], [113.46, 34.44]]);
        LonLatMultiPolygon { parts: vec![vec![outer, hole]] }
    }

    fn meets(bbox: &str, crs: Crs) -> bool {
        let (window, polygon) = (Window::parse(bbox, crs).unwrap(), square());
        let exact = window.meets(&polygon);
        // What the boxes say is never against it.
        assert!(window.decided_by(polygon.bounds().unwrap()).is_none_or(|decided| decided == exact), "{bbox}");
        exact
    }

    #[test]
    fn a_window_meets_what_it_touches_holds_or_lies_in_and_not_what_it_lies_in_the_hole_of() {
        let cases = [
            ("113,34,114,35", true),
            ("113.45,34.3,113.451,34.6", true),
            ("113.41,34.41,113.42,34.42", true),
            ("113.5,34.5,114,35", true),
            ("113.500000001,34.5,114,35", false),
            ("113.3,34.3,113.4,34.4", true),
            ("113.3,34.3,113.399999999,34.4", false),
            ("113.449,34.449,113.451,34.451", false),
            ("113.44,34.449,113.451,34.451", true),
            ("113.45,34.41,113.45,34.41", true),
            ("113.43,34.43,0,113.47,34.47,9", true),
            ("177,65,-177,70", false),
            ("113.45,34.45,-170,70", true),
            ("-180,-90,180,90", true),
            ("-1000,-1000,1000,1000", true),
        ];
        for (bbox, wanted) in cases {
            assert_eq!(meets(bbox, Crs::Crs84), wanted, "{bbox}");
        }
        assert!(meets("34.41,113.41,34.42,113.42", Crs::Cgcs2000), "EPSG:4490 has the latitude first");
        assert!(!meets("113.41,34.41,113.42,34.42", Crs::Cgcs2000));
    }

    #[test]
    fn a_window_of_metres_is_read_north_first_and_decided_in_its_own_system() {
        let crs = Crs::from_epsg(4547).unwrap();
        let [x, y] = crs.from_lonlat([113.42, 34.42]).unwrap();
        let window = |dx: f64, dy: f64| format!("{},{},{},{}", y + dy, x + dx, y + dy + 10.0, x + dx + 10.0);
        assert!(meets(&window(0.0, 0.0), crs));
        assert!(!meets(&window(50_000.0, 0.0), crs));
        assert!(!meets("0,0,1,1", crs));
        assert!(!meets("-1e300,-1e300,-1e299,-1e299", crs));
        assert!(meets("-1e300,-1e300,1e300,1e300", crs));
        let [x, y] = Crs::WebMercator.from_lonlat([113.42, 34.42]).unwrap();
        assert!(meets(&format!("{x},{y},{},{}", x + 1.0, y + 1.0), Crs::WebMercator));
    }

    #[test]
    fn what_is_no_box_is_refused() {
        for bbox in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "NaN,1,2,3", "inf,1,2,3", "0,2,1,1", "1,2,3,4,5,6,7"] {
            assert!(Window::parse(bbox, Crs::Crs84).is_err(), "{bbox}");
        }
        assert!(Window::parse("0,2,1,1", Crs::WebMercator).is_err());
        assert!(Window::parse("2,0,1,1", Crs::WebMercator).is_err());
    }
}
