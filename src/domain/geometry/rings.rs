//! Exact predicates on rings of grid points.
//!
//! Differences of coordinates stay below 2³¹ (a polygon is at most 900 km wide, see
//! [`SIDE_MAX_MM`](crate::domain::geometry::grid::SIDE_MAX_MM)), so that the products of two of them, and sums
//! of two such products, fit an `i64`.

use std::cmp::Ordering;

use crate::domain::geometry::grid::GridPoint;

/// Positive if `c` lies left of the line from `a` to `b`, negative if right, zero if on it.
pub(super) fn turn(a: GridPoint, b: GridPoint, c: GridPoint) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Scalar product of the steps from `a` to `b` and from `b` to `c`.
pub(super) fn onward(a: GridPoint, b: GridPoint, c: GridPoint) -> i64 {
    (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)
}

/// Twice the signed area in mm², positive if counter-clockwise.
///
/// Shoelace formula about the first point.
pub(super) fn twice_area(ring: &[GridPoint]) -> i128 {
    let Some((&origin, rest)) = ring.split_first() else { return 0 };
    rest.windows(2).map(|pair| i128::from(turn(origin, pair[0], pair[1]))).sum()
}

/// Length in metres, each edge correctly rounded and summed in order.
pub(super) fn length(ring: &[GridPoint]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let lengths = ring.iter().zip(next).map(|(a, b)| {
        let ([ax, ay], [bx, by]) = (a.metres(), b.metres());
        ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).sqrt()
    });
    lengths.sum()
}

/// Puts the ring in the asked direction; its first point stays the first.
pub(super) fn wind(ring: &mut [GridPoint], counter_clockwise: bool) {
    if (twice_area(ring) > 0) != counter_clockwise
        && let Some((_, rest)) = ring.split_first_mut()
    {
        rest.reverse();
    }
}

/// Where a point lies: `Greater` inside the ring, `Equal` on it, `Less` outside.
pub(super) fn locate(ring: &[GridPoint], point: GridPoint) -> Ordering {
    let mut inside = false;
    let mut before = match ring.last() {
        Some(&last) => last,
        None => return Ordering::Less,
    };
    for &at in ring {
        let (low, high) = if before.y <= at.y { (before, at) } else { (at, before) };
        if low.y <= point.y && point.y <= high.y {
            let side = turn(low, high, point);
            let between = before.x.min(at.x) <= point.x && point.x <= before.x.max(at.x);
            if side == 0 && between {
                return Ordering::Equal;
            }
            // Half open, so that a vertex at the point's height counts once.
            if low.y <= point.y && point.y < high.y && side > 0 {
                inside = !inside;
            }
        }
        before = at;
    }
    if inside { Ordering::Greater } else { Ordering::Less }
}
