//! Points at which rings touch, and whether they cross there.
//!
//! Two rings, or two stretches of one ring, that come to the same point may touch there or change
//! sides. The directions in which they leave the point, taken around it, tell: like brackets that
//! do not match, two stretches cross if their directions alternate.

use std::cmp::Ordering;

use crate::domain::geometry::grid::GridPoint;
use crate::domain::geometry::sweep::{How, Meeting, Spot};

/// A point where several stretches of rings come together without crossing.
pub(super) struct Touch {
    pub point: GridPoint,
    pub spots: Vec<Spot>,
}

pub(super) struct Contacts {
    /// Crossings through a vertex, and rings that touch themselves.
    pub meetings: Vec<Meeting>,
    /// Points where different rings touch.
    pub touches: Vec<Touch>,
}

/// A stretch of a ring through a point: where it comes from and where it goes.
#[derive(Clone, Copy)]
struct Pass {
    spot: Spot,
    ends: [GridPoint; 2],
}

/// Looks at every point where a vertex meets another vertex, or one of the edges in `on_edges`.
pub(super) fn contacts(rings: &[&[GridPoint]], mut on_edges: Vec<(GridPoint, Spot)>) -> Contacts {
    let mut vertices: Vec<(GridPoint, Spot)> = rings
        .iter()
        .enumerate()
        .flat_map(|(ring, points)| points.iter().enumerate().map(move |(index, &point)| (point, Spot { ring, index })))
        .collect();
    vertices.sort_unstable();
    on_edges.sort_unstable();
    on_edges.dedup();
    let mut edges = on_edges.into_iter().peekable();
    let mut found = Contacts { meetings: Vec::new(), touches: Vec::new() };
    for group in vertices.chunk_by(|a, b| a.0 == b.0) {
        let point = group[0].0;
        let at_vertices = group.iter().map(|&(_, spot)| {
            let ring = rings[spot.ring];
            let (before, after) = ((spot.index + ring.len() - 1) % ring.len(), (spot.index + 1) % ring.len());
            Pass { spot, ends: [ring[before], ring[after]] }
        });
        let mut passes: Vec<Pass> = Vec::new();
        while let Some((_, spot)) = edges.next_if(|edge| edge.0 == point) {
            let ring = rings[spot.ring];
            passes.push(Pass { spot, ends: [ring[spot.index], ring[(spot.index + 1) % ring.len()]] });
        }
        if passes.is_empty() && group.len() == 1 {
            continue;
        }
        passes.extend(at_vertices);
        found.judge(point, &passes);
    }
    found
}

impl Contacts {
    fn judge(&mut self, point: GridPoint, passes: &[Pass]) {
        let around = around(point, passes);
        // Edges in the same direction run along each other, which the sweep has told already.
        if around.windows(2).any(|pair| angle(&pair[0], &pair[1]) == Ordering::Equal) {
            return;
        }
        let mut spots: Vec<Spot> = passes.iter().map(|pass| pass.spot).collect();
        spots.sort_unstable();
        if let Some((first, second)) = crossing(&around, passes) {
            let (first, second) = (first.min(second), first.max(second));
            self.meetings.push(Meeting { how: How::Cross, first, second, point });
            return;
        }
        for pair in spots.windows(2) {
            if pair[0].ring == pair[1].ring {
                self.meetings.push(Meeting { how: How::Touch, first: pair[0], second: pair[1], point });
            }
        }
        spots.dedup_by_key(|spot| spot.ring);
        if spots.len() > 1 {
            self.touches.push(Touch { point, spots });
        }
    }
}

/// The directions in which the passes leave the point, counter-clockwise, each with the number of its pass.
fn around(point: GridPoint, passes: &[Pass]) -> Vec<(i64, i64, usize)> {
    let mut around: Vec<(i64, i64, usize)> = passes
        .iter()
        .enumerate()
        .flat_map(|(i, pass)| pass.ends.map(|end| (end.x - point.x, end.y - point.y, i)))
        .collect();
    around.sort_unstable_by(|a, b| angle(a, b).then(a.2.cmp(&b.2)));
    around
}

/// Two of the passes that cross, if any do.
fn crossing(around: &[(i64, i64, usize)], passes: &[Pass]) -> Option<(Spot, Spot)> {
    let mut open: Vec<usize> = Vec::new();
    let mut is_open = vec![false; passes.len()];
    for &(_, _, pass) in around {
        match open.last() {
            Some(&last) if last == pass => {
                open.pop();
            }
            Some(&last) if is_open[pass] => return Some((passes[pass].spot, passes[last].spot)),
            _ => {
                is_open[pass] = true;
                open.push(pass);
            }
        }
    }
    None
}

/// Orders directions counter-clockwise from east.
pub(super) fn angle(a: &(i64, i64, usize), b: &(i64, i64, usize)) -> Ordering {
    let upper = |v: &(i64, i64, usize)| v.1 > 0 || (v.1 == 0 && v.0 > 0);
    upper(b).cmp(&upper(a)).then_with(|| 0.cmp(&(a.0 * b.1 - a.1 * b.0)))
}
