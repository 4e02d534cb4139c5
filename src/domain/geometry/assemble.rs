//! Rings as OGC's simple features want them, from the borders an overlay gives.
//!
//! The borders are closed ways that have their land on the left and meet in common points only. How they go on
//! where several meet in one point is decided anew: each keeps to the land it borders. So land that hangs
//! together in a point only becomes two parts, and a way that comes back to a point of its own is cut there
//! into an outer ring and holes, or into several holes. No ring then touches itself, and no inside is cut apart.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::domain::geometry::contacts::angle;
use crate::domain::geometry::grid::GridPoint;
use crate::domain::geometry::rings::{turn, twice_area};
use crate::domain::geometry::sweep::sweep;

type Ring = Vec<GridPoint>;

/// The parts of the land, each an outer ring and its holes, from west to east, each ring from its westernmost
/// point and without points on a straight border. `None` if the borders are not as said above.
pub(super) fn assemble(borders: Vec<Ring>) -> Option<Vec<Vec<Ring>>> {
    let mut parts: Vec<Vec<Ring>> = Vec::new();
    let mut loose: Vec<Ring> = Vec::new();
    for way in ways(borders)? {
        let (mut outer, mut holes) = (None, Vec::new());
        for ring in simple(way) {
            let ring = straightened(ring);
            match twice_area(&ring).cmp(&0) {
                Ordering::Greater if outer.is_none() => outer = Some(ring),
                Ordering::Less => holes.push(ring),
                _ => return None,
            }
        }
        match outer {
            Some(outer) => parts.push(std::iter::once(outer).chain(holes).collect()),
            None => loose.extend(holes),
        }
    }
    place(&mut parts, loose)?;
    for part in &mut parts {
        part.iter_mut().for_each(|ring| from_west(ring));
        part[1..].sort_unstable();
    }
    parts.sort_unstable();
    Some(parts)
}

/// The borders, each going on along the land on its left.
pub(super) fn ways(borders: Vec<Ring>) -> Option<Vec<Ring>> {
    // All points are numbered through: of each, the one before it and the one its way goes on to.
    let points: Vec<GridPoint> = borders.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_unstable_by_key(|&at| points[at]);
    let meetings = || order.chunk_by(|&a, &b| points[a] == points[b]).filter(|group| group.len() > 1);
    if borders.iter().any(|border| border.len() < 3) {
        return None;
    }
    if meetings().next().is_none() {
        return Some(borders);
    }
    let mut before: Vec<usize> = (0..points.len()).map(|at| at.wrapping_sub(1)).collect();
    let mut next: Vec<usize> = (1..=points.len()).collect();
    let mut start = 0;
    for border in &borders {
        let last = start + border.len() - 1;
        (before[start], next[last]) = (last, start);
        start = last + 1;
    }
    for meeting in meetings() {
        relink(meeting, &points, &before, &mut next)?;
    }
    let mut is_done = vec![false; points.len()];
    let mut ways = Vec::new();
    for start in 0..points.len() {
        let mut way = Vec::new();
        let mut at = start;
        while !std::mem::replace(&mut is_done[at], true) {
            way.push(points[at]);
            at = next[at];
        }
        if !way.is_empty() {
            ways.push(way);
        }
    }
    Some(ways)
}

/// In a point where several borders meet, lets each that comes in go out by the first border clockwise from the
/// way it came: what lies between the two is its land.
fn relink(meeting: &[usize], points: &[GridPoint], before: &[usize], next: &mut [usize]) -> Option<()> {
    let centre = points[meeting[0]];
    let ray = |at: usize, towards: usize| (points[towards].x - centre.x, points[towards].y - centre.y, at);
    let mut ways_in: Vec<Ray> = meeting.iter().map(|&at| ray(at, before[at])).collect();
    let mut ways_out: Vec<Ray> = meeting.iter().map(|&at| ray(at, next[at])).collect();
    ways_in.sort_unstable_by(angle);
    ways_out.sort_unstable_by(angle);
    // In and out take turns around the point, or the land would not lie on the left of its borders. So the
    // last way out before the first way in decides for all.
    let last = ways_out.partition_point(|out| angle(out, &ways_in[0]) == Ordering::Less) + ways_out.len() - 1;
    let onward: Vec<usize> = ways_out.iter().map(|&(.., at)| next[at]).collect();
    for (i, way_in) in ways_in.iter().enumerate() {
        let (out, after) = ((last + i) % ways_out.len(), (last + i + 1) % ways_out.len());
        if !in_order(&ways_out[out], way_in, &ways_out[after]) {
            return None;
        }
        let (.., at) = *way_in;
        next[at] = onward[out];
    }
    Some(())
}

/// A direction from a point, and the number of the point whose way takes it.
type Ray = (i64, i64, usize);

/// Whether counter-clockwise from `a` one comes to `b` and only then to `c`, no two of them the same.
fn in_order(a: &Ray, b: &Ray, c: &Ray) -> bool {
    let turns = [angle(a, b), angle(b, c), angle(c, a)];
    // Once around, the order by angle from east falls back exactly once.
    turns.iter().filter(|&&turn| turn == Ordering::Less).count() == 2 && !turns.contains(&Ordering::Equal)
}

/// The simple rings of a way that may come back to its own points.
fn simple(way: Ring) -> Vec<Ring> {
    let mut sorted = way.clone();
    sorted.sort_unstable();
    let twice: Vec<GridPoint> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    if twice.is_empty() {
        return vec![way];
    }
    let mut rings = Vec::new();
    let mut open: Ring = Vec::new();
    // Where in `open` a point stands that the way comes to again.
    let mut at: HashMap<GridPoint, usize> = HashMap::new();
    for point in way {
        if twice.binary_search(&point).is_ok() {
            if let Some(start) = at.get(&point).copied() {
                let ring = open.split_off(start);
                for passed in &ring {
                    at.remove(passed);
                }
                rings.push(ring);
            }
            at.insert(point, open.len());
        }
        open.push(point);
    }
    rings.push(open);
    rings
}

/// The ring without the points on its straight stretches.
fn straightened(ring: Ring) -> Ring {
    let length = ring.len();
    let is_corner = |at: usize| turn(ring[(at + length - 1) % length], ring[at], ring[(at + 1) % length]) != 0;
    let corners = (0..length).filter(|&at| is_corner(at));
    corners.map(|at| ring[at]).collect()
}

/// Puts holes that touch no outer ring into the parts they lie in.
fn place(parts: &mut [Vec<Ring>], loose: Vec<Ring>) -> Option<()> {
    if let ([only], false) = (&mut *parts, loose.is_empty()) {
        only.extend(loose);
        return Some(());
    }
    if loose.is_empty() {
        return Some(());
    }
    let outers = parts.len();
    let rings: Vec<&[GridPoint]> =
        parts.iter().map(|part| part[0].as_slice()).chain(loose.iter().map(Vec::as_slice)).collect();
    let parents = sweep(&rings).parents;
    for (hole, ring) in loose.into_iter().enumerate() {
        let parent = parents[outers + hole].filter(|&parent| parent < outers)?;
        parts[parent].push(ring);
    }
    Some(())
}

/// Turns a ring so that its first point is the westernmost, of several the southernmost.
fn from_west(ring: &mut [GridPoint]) {
    if let Some(first) = (0..ring.len()).min_by_key(|&at| ring[at]) {
        ring.rotate_left(first);
    }
}
