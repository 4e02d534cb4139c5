//! Cracks: slits and spikes of a border that are narrower than any survey, left where a border was bent on one
//! side only.
//!
//! A crack ends in a tip, a vertex whose two edges run back almost on top of each other. Taking the tip out
//! closes the crack as far as the shorter edge reaches; what it then ends in is the next tip, as with a zip. Borders are followed
//! along what is not land, so that a crack between two parts that touch in a point is seen as well. No border moves by more than
//! [`CRACK_MM`], and the order of work is that of the borders, so the result is the same everywhere.

use crate::domain::geometry::assemble::ways;
use crate::domain::geometry::grid::GridPoint;
use crate::domain::geometry::rings::{turn, twice_area};

/// Which cracks are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cracks {
    /// Slits in the land: nothing of it is lost.
    Slits,
    /// Spikes of the land as well.
    SlitsAndSpikes,
}

/// Widest crack in millimetres: some bends of the grid, far below what a survey can tell.
pub const CRACK_MM: i64 = 5;

/// The borders of land, each with the land on its left, without cracks and without voids smaller than `void_min_twice_mm2`.
///
/// Nothing if there are none to close. What is given may cross by a crack's width and is to be united once more.
pub(super) fn closed(
    borders: Vec<Vec<GridPoint>>,
    cracks: Cracks,
    void_min_twice_mm2: i128,
) -> Option<Vec<Vec<GridPoint>>> {
    let around_void = borders.into_iter().map(reversed).collect();
    let mut is_changed = false;
    let mut left = Vec::new();
    for way in ways(around_void)? {
        // A way that runs counter-clockwise around what is not land shuts it in.
        let is_shut_in = twice_area(&way) > 0;
        let zipped = zip(&way, cracks);
        is_changed |= zipped.is_some();
        let way = zipped.unwrap_or(way);
        if way.len() < 3 || (is_shut_in && twice_area(&way) < void_min_twice_mm2) {
            is_changed = true;
        } else {
            left.push(reversed(way));
        }
    }
    is_changed.then_some(left)
}

fn reversed(mut ring: Vec<GridPoint>) -> Vec<GridPoint> {
    ring.reverse();
    ring
}

/// The ring with its cracks closed; nothing if it has none. Of a ring that was all crack two points are left.
fn zip(ring: &[GridPoint], cracks: Cracks) -> Option<Vec<GridPoint>> {
    // With what is not land on the left, a slit's tip is a left turn and a spike's a right one.
    let is_tip = |a, tip, b| (cracks == Cracks::SlitsAndSpikes || turn(a, tip, b) > 0) && is_narrow(a, tip, b);
    let length = ring.len();
    let mut before: Vec<usize> = (0..length).map(|at| (at + length - 1) % length).collect();
    let mut after: Vec<usize> = (0..length).map(|at| (at + 1) % length).collect();
    let mut left = length;
    let mut is_gone = vec![false; length];
    let mut at = 0;
    // Vertices to be looked at before the ring is known to have no tip any more.
    let mut unseen = length;
    while unseen > 0 && left > 2 {
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
fn is_narrow(a: GridPoint, tip: GridPoint, b: GridPoint) -> bool {
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
