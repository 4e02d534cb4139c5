//! Cracks: slits and spikes of a border that are narrower than any survey, left where a border was bent once on
//! one side only.
//!
//! A crack ends in a tip, a vertex whose two edges run back almost on top of each other. Taking the tip out
//! closes the crack as far as the shorter edge reaches; what it then ends in is the next tip, as with a zip. No edge moves
//! by more than [`CRACK_MM`], and the order of work is that of the ring, so the result is the same everywhere.

use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon, NotAPolygon};
use crate::domain::geometry::overlay::{CannotOverlay, difference, union};
use crate::domain::geometry::rings::turn;

/// Widest crack in millimetres: some bends of the grid, far below what a survey can tell.
pub const CRACK_MM: i64 = 5;

/// The polygon without cracks; nothing if it was all crack.
pub(super) fn close_cracks(land: &GridMultiPolygon) -> Result<Option<GridMultiPolygon>, CannotOverlay> {
    let closed: Vec<Vec<Option<Vec<GridPoint>>>> =
        land.parts().iter().map(|part| part.rings().iter().map(|ring| zip(ring)).collect()).collect();
    if closed.iter().flatten().all(Option::is_none) {
        return Ok(Some(land.clone()));
    }
    let mut parts = Vec::with_capacity(closed.len());
    for (part, closed) in land.parts().iter().zip(closed) {
        let rings = part.rings().iter().zip(closed).map(|(ring, closed)| closed.unwrap_or_else(|| ring.clone()));
        // A ring that was all crack is gone: the part with its outer ring, a hole by being filled.
        let mut rings = rings.map(|ring| alone(ring).ok());
        let Some(Some(outer)) = rings.next() else { continue };
        let holes: Vec<GridMultiPolygon> = rings.flatten().collect();
        // The rings may now cross each other by a crack's width.
        parts.extend(difference(&[&outer], &holes.iter().collect::<Vec<_>>())?);
    }
    union(&parts.iter().collect::<Vec<_>>())
}

fn alone(ring: Vec<GridPoint>) -> Result<GridMultiPolygon, NotAPolygon> {
    GridMultiPolygon::new(vec![GridPolygon::new(vec![ring])?])
}

/// The ring with its cracks closed; nothing if it has none. What is left may enclose no area.
fn zip(ring: &[GridPoint]) -> Option<Vec<GridPoint>> {
    let length = ring.len();
    let mut before: Vec<usize> = (0..length).map(|at| (at + length - 1) % length).collect();
    let mut after: Vec<usize> = (0..length).map(|at| (at + 1) % length).collect();
    let mut left = length;
    let mut is_gone = vec![false; length];
    let mut at = 0;
    // Vertices to be looked at before the ring is known to have no tip any more.
    let mut unseen = length;
    while unseen > 0 && left > 3 {
        let (a, b) = (before[at], after[at]);
        let to_tip = is_tip(ring[a], ring[at], ring[b])
            || (distance2(ring[at], ring[b]) <= i128::from(CRACK_MM * CRACK_MM)
                && is_tip(ring[a], ring[b], ring[after[b]]));
        if to_tip {
            (after[a], before[b]) = (b, a);
            is_gone[at] = true;
            left -= 1;
            // Its neighbours, and those whose short edge may lead to them, are looked at again.
            at = before[before[a]];
            unseen = (unseen + 4).min(left);
        } else {
            at = b;
            unseen -= 1;
        }
    }
    if left == length {
        return None;
    }
    Some((0..length).filter(|&at| !is_gone[at]).map(|at| ring[at]).collect())
}

/// Whether the border comes to `tip` from `a` and goes back to `b` with less than a crack's width between.
fn is_tip(a: GridPoint, tip: GridPoint, b: GridPoint) -> bool {
    let (to_a, to_b) = (distance2(tip, a), distance2(tip, b));
    let (short, long) = (to_a.min(to_b), to_a.max(to_b));
    let along = (a.x - tip.x) * (b.x - tip.x) + (a.y - tip.y) * (b.y - tip.y);
    let across = i128::from(turn(tip, a, b));
    // The end of the shorter edge lies |across| ÷ √long beside the longer one: less than a crack, and at 30° at most.
    let across2 = across * across;
    along > 0 && across2 <= i128::from(CRACK_MM * CRACK_MM) * long && 4 * across2 <= short * long
}

fn distance2(a: GridPoint, b: GridPoint) -> i128 {
    let (x, y) = (i128::from(b.x - a.x), i128::from(b.y - a.y));
    x * x + y * y
}
