//! A quick look at two polygons whose boxes meet: most neighbours lie on two sides of one of their own edges.

use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint};

/// Edges looked at in either polygon; beyond, the look costs as much as the overlay it saves.
const EDGES_MAX: usize = 64;

/// True only if the interiors surely have nothing in common. False says nothing.
pub fn are_apart(one: &GridMultiPolygon, other: &GridMultiPolygon) -> bool {
    parts_between(one, other) || parts_between(other, one)
}

/// Whether an edge of `of` has all of `of` on its left and all of `other` on its right, or either on it.
fn parts_between(of: &GridMultiPolygon, other: &GridMultiPolygon) -> bool {
    let outline = |polygon: &GridMultiPolygon| polygon.parts().iter().map(|part| part.exterior().len()).sum::<usize>();
    if outline(of) > EDGES_MAX || outline(other) > EDGES_MAX {
        return false;
    }
    let points = |polygon: &'_ GridMultiPolygon| {
        polygon.parts().iter().flat_map(|part| part.exterior().to_vec()).collect::<Vec<_>>()
    };
    let (own, others) = (points(of), points(other));
    of.parts().iter().any(|part| {
        let ring = part.exterior();
        let ends = ring.iter().cycle().skip(1);
        ring.iter().zip(ends).any(|(&from, &to)| {
            // Outer rings run counter-clockwise: their land is on the left.
            own.iter().all(|&at| side(from, to, at) >= 0) && others.iter().all(|&at| side(from, to, at) <= 0)
        })
    })
}

/// Positive on the left of the line. Differences on the grid stay below 2³⁶, their products within an `i128`.
fn side(from: GridPoint, to: GridPoint, at: GridPoint) -> i128 {
    let wide = |a: i64, b: i64| i128::from(a - b);
    wide(to.x, from.x) * wide(at.y, from.y) - wide(to.y, from.y) * wide(at.x, from.x)
}
