//! Difference, intersection and union of polygons on the grid.
//!
//! The work is done by `i_overlay` on whole millimetres from a local origin, the middle of the box of all
//! that takes part; nothing is a float, so the same polygons give the same result on every machine.
//!
//! **Where results lie.** Two borders rarely cross in a whole millimetre. Their crossing is moved to the nearest
//! grid point (0.71 mm at most) and both borders are bent through it; a border that this makes cross a third one
//! is bent again. So a border may lie beside its old course by about a millimetre, and the area of a result may
//! differ from the exact one by what [`grid_error`] allows. [`divide`] takes all its results from one arrangement of borders:
//! they share every vertex, overlap nowhere and leave no crack between them.
//!
//! **What results look like.** They are sound as [`check`](super::check) means it: parts and rings touch each other in
//! single points at most. Vertices on a straight border are left out. Rings begin at their westernmost point, parts and
//! holes follow each other from west to east, so equal land has equal polygons.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::flat::buffer::FlatContoursBuffer;

use crate::domain::geometry::assemble::assemble;
use crate::domain::geometry::cracks::{self, Cracks};
use crate::domain::geometry::grid::{GridBox, GridMultiPolygon, GridPoint, GridPolygon};
use crate::domain::text::{Text, text};

/// Farthest from the local origin, in millimetres: with differences below 2³¹ the library's products fit an `i64`.
const REACH_MM: i64 = (1 << 30) - 1;

/// Why polygons cannot be laid over each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotOverlay {
    /// They lie more than 2 147 km apart, in millimetres more than the local grid holds.
    #[error("the polygons together are {width_km} km wide")]
    TooFarApart { width_km: i64 },
    /// Polygons of different zones are meant, or parts that overlap.
    #[error("the polygons make no sound result")]
    Unsound,
}

impl CannotOverlay {
    pub fn text(self) -> Text {
        match self {
            Self::TooFarApart { width_km } => text!(
                "参与叠加的图形相距过远(共宽 {width_km} 公里);请核对坐标和坐标系",
                "the polygons to be overlaid lie too far apart ({width_km} km in all); check coordinates and reference system"
            ),
            Self::Unsound => Text::fixed(
                "图形不合要求,不能叠加;请检查图形",
                "the polygons are not sound and cannot be overlaid; check them",
            ),
        }
    }
}

/// Two lands laid over each other: what both hold, and what only one of them holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Division {
    pub both: Option<GridMultiPolygon>,
    pub only_first: Option<GridMultiPolygon>,
    pub only_second: Option<GridMultiPolygon>,
}

/// The land of any of the polygons; none of none.
pub fn union(of: &[&GridMultiPolygon]) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
    Overlayer::new().one(OverlayRule::Subject, of, &[])
}

/// The land of any of `first` that is also land of any of `second`.
pub fn intersection(
    first: &[&GridMultiPolygon],
    second: &[&GridMultiPolygon],
) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
    Overlayer::new().one(OverlayRule::Intersect, first, second)
}

/// The land of any of `from` that is not land of any of `taken`.
pub fn difference(
    from: &[&GridMultiPolygon],
    taken: &[&GridMultiPolygon],
) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
    Overlayer::new().difference(from, taken)
}

/// Intersection and both differences, which share their borders vertex by vertex.
pub fn divide(first: &[&GridMultiPolygon], second: &[&GridMultiPolygon]) -> Result<Division, CannotOverlay> {
    Overlayer::new().divide(first, second)
}

/// How far an area made of polygons with these borders may be off the exact one, in m²: a millimetre's strip along them.
pub fn grid_error_m2(borders: &[&GridMultiPolygon]) -> f64 {
    borders.iter().map(|polygon| polygon.perimeter()).sum::<f64>() / 1000.0
}

/// Whether two lands have any point in common, by their boxes alone.
fn may_meet(all: &[&GridMultiPolygon], bounds: GridBox) -> bool {
    all.iter().any(|polygon| polygon.bounds().intersects(bounds))
}

/// The library's working memory, kept from one overlay to the next.
pub(super) struct Overlayer {
    overlay: Overlay,
    contours: FlatContoursBuffer,
}

impl Overlayer {
    pub fn new() -> Self {
        // Every point where borders meet is kept: `assemble` looks for them.
        let options = IntOverlayOptions::keep_output_points();
        Self { overlay: Overlay::new_custom(0, options, Default::default()), contours: FlatContoursBuffer::default() }
    }

    pub fn difference(
        &mut self,
        from: &[&GridMultiPolygon],
        taken: &[&GridMultiPolygon],
    ) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
        self.one(OverlayRule::Difference, from, taken)
    }

    fn one(
        &mut self,
        rule: OverlayRule,
        first: &[&GridMultiPolygon],
        second: &[&GridMultiPolygon],
    ) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
        // What lies wholly beside cannot change a difference or an intersection.
        let Some(bounds) = bounds(first) else { return Ok(None) };
        let near: Vec<&GridMultiPolygon> =
            second.iter().copied().filter(|polygon| polygon.bounds().intersects(bounds)).collect();
        if rule == OverlayRule::Intersect && !may_meet(&near, bounds) {
            return Ok(None);
        }
        let Some(origin) = self.load(first, &near)? else { return Ok(None) };
        self.contours.clear_and_reserve(0, 0);
        self.overlay.overlay_into(rule, FillRule::NonZero, &mut self.contours);
        polygon(&self.contours, origin)
    }

    /// The union with cracks closed, and with voids filled that are smaller than `void_min_twice_mm2`.
    pub fn closed_union(
        &mut self,
        of: &[&GridMultiPolygon],
        closing: Cracks,
        void_min_twice_mm2: i128,
    ) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
        let Some(origin) = self.load(of, &[])? else { return Ok(None) };
        self.contours.clear_and_reserve(0, 0);
        self.overlay.overlay_into(OverlayRule::Subject, FillRule::NonZero, &mut self.contours);
        let borders = borders(&self.contours, origin);
        let Some(closed) = cracks::closed(borders, closing, void_min_twice_mm2) else {
            return polygon(&self.contours, origin);
        };
        // What was closed lies within the box of what was not.
        self.overlay.clear();
        for ring in closed {
            self.overlay.add_path_iter(ring.into_iter().map(|point| to_local(point, origin)), ShapeType::Subject);
        }
        self.contours.clear_and_reserve(0, 0);
        self.overlay.overlay_into(OverlayRule::Subject, FillRule::NonZero, &mut self.contours);
        polygon(&self.contours, origin)
    }

    pub fn divide(
        &mut self,
        first: &[&GridMultiPolygon],
        second: &[&GridMultiPolygon],
    ) -> Result<Division, CannotOverlay> {
        let Some(origin) = self.load(first, second)? else { return Ok(Division::default()) };
        let Some(graph) = self.overlay.build_graph_view(FillRule::NonZero) else { return Ok(Division::default()) };
        let mut buffer = Default::default();
        let contours = &mut self.contours;
        let mut extract = |rule| {
            graph.extract_contours_into(rule, &mut buffer, contours);
            polygon(contours, origin)
        };
        Ok(Division {
            both: extract(OverlayRule::Intersect)?,
            only_first: extract(OverlayRule::Difference)?,
            only_second: extract(OverlayRule::InverseDifference)?,
        })
    }

    /// Takes in the borders; gives the local origin, or nothing if there are none.
    fn load(
        &mut self,
        first: &[&GridMultiPolygon],
        second: &[&GridMultiPolygon],
    ) -> Result<Option<GridPoint>, CannotOverlay> {
        self.overlay.clear();
        let all = first.iter().chain(second).flat_map(|polygon| {
            let GridBox { low, high } = polygon.bounds();
            [low, high]
        });
        let Some(GridBox { low, high }) = GridBox::of(all) else { return Ok(None) };
        let (width, height) = (high.x - low.x, high.y - low.y);
        if width.max(height) > 2 * REACH_MM {
            return Err(CannotOverlay::TooFarApart { width_km: width.max(height) / 1_000_000 });
        }
        let origin = GridPoint::new(low.x + width / 2, low.y + height / 2);
        for (polygons, kind) in [(first, ShapeType::Subject), (second, ShapeType::Clip)] {
            for ring in polygons.iter().flat_map(|polygon| polygon.parts()).flat_map(GridPolygon::rings) {
                self.overlay.add_path_iter(ring.iter().map(|&point| to_local(point, origin)), kind);
            }
        }
        Ok(Some(origin))
    }
}

fn bounds(of: &[&GridMultiPolygon]) -> Option<GridBox> {
    GridBox::of(of.iter().flat_map(|polygon| {
        let GridBox { low, high } = polygon.bounds();
        [low, high]
    }))
}

/// The point from the origin; it was seen to lie within [`REACH_MM`].
fn to_local(point: GridPoint, origin: GridPoint) -> IntPoint {
    IntPoint::new((point.x - origin.x) as i32, (point.y - origin.y) as i32)
}

/// The library's contours on the grid.
fn borders(contours: &FlatContoursBuffer, origin: GridPoint) -> Vec<Vec<GridPoint>> {
    let back = |point: &IntPoint| GridPoint::new(i64::from(point.x) + origin.x, i64::from(point.y) + origin.y);
    contours.ranges.iter().map(|range| contours.points[range.clone()].iter().map(back).collect()).collect()
}

/// The library's contours as a polygon in its one order; nothing if there are none.
fn polygon(contours: &FlatContoursBuffer, origin: GridPoint) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
    let parts = assemble(borders(contours, origin)).ok_or(CannotOverlay::Unsound)?;
    if parts.is_empty() {
        return Ok(None);
    }
    let parts = parts.into_iter().map(GridPolygon::new).collect::<Result<Vec<_>, _>>();
    parts.and_then(GridMultiPolygon::new).map(Some).map_err(|_| CannotOverlay::Unsound)
}
