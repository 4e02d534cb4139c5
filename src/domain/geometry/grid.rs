//! Polygons on the survey grid: whole millimetres in the parcel's three-degree zone.
//!
//! x is east (with the false 500 km, without zone prefix), y is north. Areas are exact.

use std::fmt;
use std::sync::Arc;

use crate::domain::geometry::rings;
use crate::domain::quantity::{AreaM2, Metres};

/// Widest polygon, in millimetres: 900 km, so that every area fits an [`AreaM2`] and every product an `i64`.
pub const SIDE_MAX_MM: i64 = 900_000_000;
/// Farthest coordinate: 20 000 km, beyond every place on the grid.
const COORDINATE_MAX_MM: i64 = 20_000_000_000;

/// Twice as many square millimetres as a square centimetre has.
const TWICE_MM2_PER_CM2: i128 = 200;

/// A point in whole millimetres, ordered from west to east, then from south to north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GridPoint {
    pub x: i64,
    pub y: i64,
}

impl GridPoint {
    pub const fn new(x: i64, y: i64) -> Self {
        Self { x, y }
    }

    /// The nearest grid point; halves go away from zero. `None` off the grid or for NaN.
    pub fn snap([easting, northing]: [f64; 2]) -> Option<Self> {
        let limit = COORDINATE_MAX_MM as f64;
        let (x, y) = ((easting * 1000.0).round(), (northing * 1000.0).round());
        (x.abs() <= limit && y.abs() <= limit).then_some(Self { x: x as i64, y: y as i64 })
    }

    /// Easting and northing in metres; [`snap`](Self::snap) gives the same point back.
    pub fn metres(self) -> [f64; 2] {
        [self.x as f64 / 1000.0, self.y as f64 / 1000.0]
    }
}

/// The box of a polygon in millimetres, borders included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GridBox {
    pub low: GridPoint,
    pub high: GridPoint,
}

impl GridBox {
    /// The box of some points; `None` without any.
    pub fn of(points: impl IntoIterator<Item = GridPoint>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        Some(points.fold(Self { low: first, high: first }, |all, at| Self {
            low: GridPoint::new(all.low.x.min(at.x), all.low.y.min(at.y)),
            high: GridPoint::new(all.high.x.max(at.x), all.high.y.max(at.y)),
        }))
    }

    pub fn intersects(self, other: Self) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }

    pub(super) fn is_within_limits(self) -> bool {
        let far = |at: i64| at.unsigned_abs() > COORDINATE_MAX_MM.unsigned_abs();
        ![self.low.x, self.low.y, self.high.x, self.high.y].into_iter().any(far)
            && self.high.x - self.low.x <= SIDE_MAX_MM
            && self.high.y - self.low.y <= SIDE_MAX_MM
    }
}

/// Why points make no polygon. Whether rings cross is not asked here; that is [`check`](super::check)'s part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPolygon {
    #[error("there is no part, or a part without an outer ring")]
    Empty,
    #[error("a ring encloses nothing")]
    RingWithoutArea,
    #[error("the polygon is wider than {SIDE_MAX_MM} mm, or off the grid")]
    TooWide,
    #[error("the holes take more than the outer ring gives, or the parts together are too large")]
    AreaOutOfRange,
}

/// One part: an outer ring, counter-clockwise, and holes, clockwise. Rings do not repeat their first point.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GridPolygon {
    rings: Vec<Vec<GridPoint>>,
}

impl GridPolygon {
    /// The polygon of an outer ring and holes, wound as the type says; each ring keeps its first point.
    pub fn new(mut rings: Vec<Vec<GridPoint>>) -> Result<Self, NotAPolygon> {
        let bounds = GridBox::of(rings.iter().flatten().copied()).ok_or(NotAPolygon::Empty)?;
        if !bounds.is_within_limits() {
            return Err(NotAPolygon::TooWide);
        }
        for (i, ring) in rings.iter_mut().enumerate() {
            if ring.len() > 3 && ring.first() == ring.last() {
                ring.pop();
            }
            if rings::twice_area(ring) == 0 {
                return Err(NotAPolygon::RingWithoutArea);
            }
            rings::wind(ring, i == 0);
        }
        let polygon = Self { rings };
        if polygon.twice_area_mm2() <= 0 { Err(NotAPolygon::AreaOutOfRange) } else { Ok(polygon) }
    }

    /// The outer ring, then the holes.
    pub fn rings(&self) -> &[Vec<GridPoint>] {
        &self.rings
    }

    pub fn exterior(&self) -> &[GridPoint] {
        &self.rings[0]
    }

    pub fn interiors(&self) -> &[Vec<GridPoint>] {
        &self.rings[1..]
    }

    /// Twice the area in mm², exact: the outer ring less the holes.
    pub fn twice_area_mm2(&self) -> i128 {
        self.rings.iter().map(|ring| rings::twice_area(ring)).sum()
    }

    /// Length of all its rings in metres.
    pub fn perimeter(&self) -> f64 {
        self.rings.iter().map(|ring| rings::length(ring)).sum()
    }

    /// Mean width 2 × area ÷ perimeter in millimetres, not rounded.
    pub fn strip_width_mm(&self) -> f64 {
        self.twice_area_mm2() as f64 / (self.perimeter() * 1000.0)
    }
}

/// A polygon of one or more parts on the grid of one zone.
///
/// Its parts are wound as [`GridPolygon`] says. That they neither cross nor overlap is promised by
/// whoever makes it: [`check`](super::check) for what comes from outside.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct GridMultiPolygon {
    /// Shared: the land of a plot is handed from holding to holding, mostly as it is.
    parts: Arc<[GridPolygon]>,
    /// Kept, as most polygons are looked at by their box alone.
    bounds: GridBox,
}

impl fmt::Debug for GridMultiPolygon {
    /// The parts; the box follows from them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GridMultiPolygon").field("parts", &&*self.parts).finish()
    }
}

impl GridMultiPolygon {
    pub fn new(parts: Vec<GridPolygon>) -> Result<Self, NotAPolygon> {
        let points = parts.iter().flat_map(|part| part.rings.iter().flatten().copied());
        let bounds = GridBox::of(points).ok_or(NotAPolygon::Empty)?;
        if !bounds.is_within_limits() {
            return Err(NotAPolygon::TooWide);
        }
        let polygon = Self { parts: parts.into(), bounds };
        // Overlapping parts could exceed what their box holds.
        let most = i128::from(SIDE_MAX_MM) * i128::from(SIDE_MAX_MM) * 2;
        if polygon.twice_area_mm2() > most { Err(NotAPolygon::AreaOutOfRange) } else { Ok(polygon) }
    }

    pub fn parts(&self) -> &[GridPolygon] {
        &self.parts
    }

    pub fn points(&self) -> impl Iterator<Item = GridPoint> {
        self.parts.iter().flat_map(|part| part.rings.iter().flatten().copied())
    }

    pub fn vertices(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.rings).map(Vec::len).sum()
    }

    pub fn bounds(&self) -> GridBox {
        self.bounds
    }

    /// Twice the area in mm², exact.
    pub fn twice_area_mm2(&self) -> i128 {
        self.parts.iter().map(GridPolygon::twice_area_mm2).sum()
    }

    /// Planar area, rounded once, half up to the square centimetre.
    pub fn area(&self) -> AreaM2 {
        rounded_to_cm2(self.twice_area_mm2())
    }

    /// Length of all rings in metres, each edge correctly rounded and summed in order.
    pub fn perimeter(&self) -> f64 {
        self.parts.iter().flat_map(|part| &part.rings).map(|ring| rings::length(ring)).sum()
    }

    /// Mean width 2 × area ÷ perimeter, rounded to the millimetre: of a long strip its true width, of a square half its side.
    ///
    /// Wider than 9999.999 m is given as that.
    pub fn strip_width(&self) -> Metres {
        let area = self.twice_area_mm2() as f64 / 1e6;
        let width = (area / self.perimeter() * 1000.0).round().min(9_999_999.0);
        Metres::from_units(width as i64).expect("the width was cut to what metres hold")
    }
}

/// Twice an area in mm² as square metres, rounded half up to the square centimetre.
pub fn rounded_to_cm2(twice_mm2: i128) -> AreaM2 {
    let cm2 = (twice_mm2 + TWICE_MM2_PER_CM2 / 2).div_euclid(TWICE_MM2_PER_CM2);
    let units = i64::try_from(cm2).expect("a polygon's sides are limited so that its area fits");
    AreaM2::from_units(units).expect("a polygon's sides are limited so that its area fits")
}
