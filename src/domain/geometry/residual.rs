//! What is left of land when pieces are cut from it, and land put together again.
//!
//! Cutting leaves slivers: pieces under the policy's least area (1 m²) that nobody would survey. A sliver goes to
//! the land beside it, so that what was one polygon stays one without a gap: of a cut, to the other side; in a
//! union, tiny holes are filled. What touches no other land is dropped. Nothing of this happens unseen: each result
//! says exactly how much was dropped and filled, in twice square millimetres and as an area.

use crate::domain::geometry::cracks::Cracks;
use crate::domain::geometry::grid::{GridBox, GridMultiPolygon, GridPolygon, rounded_to_cm2};
use crate::domain::geometry::overlay::{CannotOverlay, Division, Overlayer, difference, union};
use crate::domain::geometry::rings::twice_area;
use crate::domain::geometry::tolerance::{Tolerance, twice_mm2_of};
use crate::domain::quantity::AreaM2;

/// What cleaning took away and put in, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Twice the mm² of slivers that lie beside no other land and were left out.
    pub dropped_twice_mm2: i128,
    /// Twice the mm² of holes and cracks that belonged to nobody and were filled.
    pub filled_twice_mm2: i128,
}

impl Swept {
    pub fn dropped(&self) -> AreaM2 {
        rounded_to_cm2(self.dropped_twice_mm2)
    }

    pub fn filled(&self) -> AreaM2 {
        rounded_to_cm2(self.filled_twice_mm2)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            dropped_twice_mm2: self.dropped_twice_mm2 + other.dropped_twice_mm2,
            filled_twice_mm2: self.filled_twice_mm2 + other.filled_twice_mm2,
        }
    }
}

/// A holding cut in two: what was taken and what is left. The two share their border vertex by vertex, and
/// taken + left = the holding − dropped + filled, within the grid's error of the cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cut {
    pub inside: Option<GridMultiPolygon>,
    pub residual: Option<GridMultiPolygon>,
    pub swept: Swept,
}

/// Land put together or left over, with what its cleaning did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Land {
    pub polygon: Option<GridMultiPolygon>,
    pub swept: Swept,
}

/// The residual of each plot: what is left of it without the taken land, in the order of the plots.
///
/// Taken land is matched to plots by its box; land that lies in several plots is taken from each.
pub fn residuals(
    plots: &[&GridMultiPolygon],
    taken: &[&GridMultiPolygon],
    tolerance: &Tolerance,
) -> Result<Vec<Land>, CannotOverlay> {
    // By their western border, each with its place so that the order is one and the same everywhere.
    let mut by_west: Vec<(GridBox, usize)> = taken.iter().enumerate().map(|(at, land)| (land.bounds(), at)).collect();
    by_west.sort_unstable_by_key(|&(bounds, at)| (bounds.low.x, at));
    let widest = by_west.iter().map(|(bounds, _)| bounds.high.x - bounds.low.x).max().unwrap_or(0);
    let mut overlayer = Overlayer::new();
    let residual = |&plot: &&GridMultiPolygon| {
        let bounds = plot.bounds();
        let first = by_west.partition_point(|(theirs, _)| theirs.low.x < bounds.low.x - widest);
        let near = by_west[first..].iter().take_while(|(theirs, _)| theirs.low.x <= bounds.high.x);
        let near: Vec<&GridMultiPolygon> =
            near.filter(|(theirs, _)| theirs.intersects(bounds)).map(|&(_, at)| taken[at]).collect();
        Ok(match overlayer.difference(&[plot], &near)? {
            Some(left) => clean(left, tolerance),
            None => Land::default(),
        })
    };
    plots.iter().map(residual).collect()
}

/// Residual land and land that came back, put together for a new supply.
///
/// Cracks and tiny voids between them are closed: they are one border that was drawn, or bent, twice.
pub fn union_for_resupply(lands: &[&GridMultiPolygon], tolerance: &Tolerance) -> Result<Land, CannotOverlay> {
    let together = twice_mm2(&union(lands)?);
    let closed = Overlayer::new().closed_union(lands, Cracks::Slits, twice_mm2_of(tolerance.part_min))?;
    let change = twice_mm2(&closed) - together;
    let mut land = closed.map(|land| clean(land, tolerance)).unwrap_or_default();
    // Closing takes no land; less than before is the grid's rounding where borders were moved.
    let closing = Swept { dropped_twice_mm2: 0, filled_twice_mm2: change.max(0) };
    land.swept = land.swept.plus(closing);
    Ok(land)
}

fn twice_mm2(land: &Option<GridMultiPolygon>) -> i128 {
    land.as_ref().map_or(0, GridMultiPolygon::twice_area_mm2)
}

/// Cuts what both hold from the first land. Gives the cut and what only the second holds.
pub(super) fn cut(
    holding: &GridMultiPolygon,
    drawn: &GridMultiPolygon,
    tolerance: &Tolerance,
) -> Result<(Cut, Option<GridMultiPolygon>), CannotOverlay> {
    let Division { both, only_first, only_second } = Overlayer::new().divide(&[holding], &[drawn])?;
    let (inside, residual) = without_cracks(both, only_first)?;
    let (inside, residual) = exchange(holding, inside, residual, tolerance)?;
    let cleaned = |side: Option<GridMultiPolygon>| side.map(|land| clean(land, tolerance)).unwrap_or_default();
    let (inside, residual) = (cleaned(inside), cleaned(residual));
    let swept = inside.swept.plus(residual.swept);
    Ok((Cut { inside: inside.polygon, residual: residual.polygon, swept }, only_second))
}

/// Closes the cracks of a cut: a border drawn some millimetres beside the holding's own leaves the residual a spike
/// along it. What the residual loses goes to the inside, and the other way round; their vertices are the same, so
/// this is exact.
fn without_cracks(
    inside: Option<GridMultiPolygon>,
    residual: Option<GridMultiPolygon>,
) -> Result<Sides, CannotOverlay> {
    let (Some(taken), Some(left)) = (&inside, &residual) else { return Ok((inside, residual)) };
    let closed = Overlayer::new().closed_union(&[left], Cracks::SlitsAndSpikes, 0)?;
    if closed.as_ref() == Some(left) {
        return Ok((inside, residual));
    }
    let closed: Vec<&GridMultiPolygon> = closed.iter().collect();
    let lost = difference(&[left], &closed)?;
    let won = difference(&closed, &[left])?;
    let inside = union(&std::iter::once(taken).chain(&lost).collect::<Vec<_>>())?;
    let inside = difference(&inside.iter().collect::<Vec<_>>(), &won.iter().collect::<Vec<_>>())?;
    Ok((inside, closed.first().map(|&land| land.clone())))
}

/// The two sides of a cut through a holding.
type Sides = (Option<GridMultiPolygon>, Option<GridMultiPolygon>);

/// Gives the slivers of either side to the other one: first those inside to the residual, then what is still a
/// sliver there to the inside. A side that is all slivers gets nothing, the other one the whole holding.
fn exchange(
    holding: &GridMultiPolygon,
    inside: Option<GridMultiPolygon>,
    residual: Option<GridMultiPolygon>,
    tolerance: &Tolerance,
) -> Result<Sides, CannotOverlay> {
    let (Some(inside), Some(residual)) = (&inside, &residual) else { return Ok((inside, residual)) };
    let (in_parts, in_slivers) = sorted(inside, tolerance);
    if in_parts.is_empty() {
        return Ok((None, Some(holding.clone())));
    }
    let residual = match in_slivers.is_empty() {
        true => Some(residual.clone()),
        false => joined([residual.parts().to_vec(), in_slivers].concat())?,
    };
    let (left_parts, left_slivers) = residual.as_ref().map(|land| sorted(land, tolerance)).unwrap_or_default();
    if left_parts.is_empty() {
        return Ok((Some(holding.clone()), None));
    }
    let inside = joined([in_parts, left_slivers].concat())?;
    Ok((inside, GridMultiPolygon::new(left_parts).ok()))
}

/// The parts that stand on their own, and the slivers.
fn sorted(land: &GridMultiPolygon, tolerance: &Tolerance) -> (Vec<GridPolygon>, Vec<GridPolygon>) {
    land.parts().iter().cloned().partition(|part| !tolerance.is_sliver(part.twice_area_mm2()))
}

fn joined(parts: Vec<GridPolygon>) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
    let lands: Vec<GridMultiPolygon> = parts
        .into_iter()
        .map(|part| GridMultiPolygon::new(vec![part]))
        .collect::<Result<_, _>>()
        .map_err(|_| CannotOverlay::Unsound)?;
    union(&lands.iter().collect::<Vec<_>>())
}

/// Leaves out parts that are slivers and fills holes as small.
pub(super) fn clean(land: GridMultiPolygon, tolerance: &Tolerance) -> Land {
    let is_small = |ring: &Vec<_>| tolerance.is_sliver(twice_area(ring).abs());
    let is_clean = land
        .parts()
        .iter()
        .all(|part| !tolerance.is_sliver(part.twice_area_mm2()) && !part.interiors().iter().any(is_small));
    if is_clean {
        return Land { polygon: Some(land), swept: Swept::default() };
    }
    let mut swept = Swept::default();
    let mut parts = Vec::with_capacity(land.parts().len());
    for part in land.parts() {
        let (filled, kept): (Vec<_>, Vec<_>) = part.interiors().iter().cloned().partition(is_small);
        let filled: i128 = filled.iter().map(|hole| twice_area(hole).abs()).sum();
        let rings = std::iter::once(part.exterior().to_vec()).chain(kept).collect();
        // Without some of its holes a part is no smaller.
        let part = GridPolygon::new(rings).expect("it was a polygon with more holes");
        if tolerance.is_sliver(part.twice_area_mm2()) {
            swept.dropped_twice_mm2 += part.twice_area_mm2() - filled;
        } else {
            swept.filled_twice_mm2 += filled;
            parts.push(part);
        }
    }
    Land { polygon: GridMultiPolygon::new(parts).ok(), swept }
}
