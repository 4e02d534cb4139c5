//! Rings on the grid: repeated vertices, spikes, crossings, holes and parts.

use std::cmp::Ordering;

use crate::domain::geometry::check::Flaws;
use crate::domain::geometry::contacts::{Touch, contacts};
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::flaw::{Flaw, Meets, Place};
use crate::domain::geometry::grid::{GridBox, GridPoint};
use crate::domain::geometry::rings::{locate, onward, turn};
use crate::domain::geometry::sweep::{How, Meeting, Spot, sweep};

/// Comparisons spent on holes of a polygon whose rings cross, where the sweep cannot tell what lies in what.
const LOCATE_BUDGET: usize = 20_000_000;

/// A ring on the grid, without its closing point.
pub(super) struct GridRing {
    pub part: usize,
    pub ring: usize,
    pub points: Vec<GridPoint>,
    /// Which vertex of the document each point was.
    pub vertices: Vec<usize>,
}

impl GridRing {
    fn place(&self) -> Place {
        Place::ring(self.part, self.ring)
    }

    fn vertex(&self, index: usize) -> Place {
        Place::vertex(self.part, self.ring, self.vertices[index])
    }
}

/// Names what is wrong; gives the rings back, cleaned of what was named. `None` if nothing is left to build.
pub(super) fn examine(rings: Vec<GridRing>, zone: Zone, flaws: &mut Flaws) -> Option<Vec<GridRing>> {
    if !GridBox::of(rings.iter().flat_map(|ring| ring.points.iter().copied()))?.is_within_limits() {
        flaws.push(Flaw::TooWide);
        return None;
    }
    let rings: Vec<_> = rings.into_iter().filter_map(|ring| cleaned(ring, flaws)).collect();
    let points: Vec<&[GridPoint]> = rings.iter().map(|ring| ring.points.as_slice()).collect();
    let swept = sweep(&points);
    let contacts = contacts(&points, swept.contacts);
    let is_planar =
        swept.meetings.is_empty() && !swept.more && contacts.meetings.iter().all(|meeting| meeting.how == How::Touch);
    let meetings: Vec<Meeting> = swept.meetings.into_iter().chain(contacts.meetings).collect();
    let mut crossings: Vec<Flaw> = meetings.iter().map(|meeting| told(meeting, &rings, zone)).collect();
    crossings.sort_by_key(Flaw::place);
    crossings.into_iter().for_each(|flaw| flaws.push(flaw));
    flaws.more |= swept.more;
    if is_planar {
        nesting(&rings, &swept.parents, flaws);
        if meetings.is_empty() {
            cuts(&rings, &contacts.touches, zone, flaws);
        }
    } else {
        holes_outside(&rings, &meetings, flaws);
    }
    Some(rings)
}

fn told(meeting: &Meeting, rings: &[GridRing], zone: Zone) -> Flaw {
    let ring = |spot: Spot| &rings[spot.ring];
    let at = ring(meeting.first).vertex(meeting.first.index);
    let with = ring(meeting.second).vertex(meeting.second.index);
    let point = degrees(meeting.point, zone);
    let how = match meeting.how {
        How::Cross => Meets::Crosses,
        How::Overlap => Meets::RunsAlong,
        How::Touch => Meets::Touches,
    };
    if meeting.first.ring == meeting.second.ring {
        Flaw::SelfMeets { how, at, with, point }
    } else if at.part == with.part {
        // The hole is the one to name.
        Flaw::RingsMeet { how, at: at.max(with), with: at.min(with), point }
    } else {
        Flaw::PartsMeet { how, at, with, point }
    }
}

/// The point in degrees, for the eye; in metres where it has none.
fn degrees(point: GridPoint, zone: Zone) -> [f64; 2] {
    zone.unproject(point.metres()).unwrap_or_else(|| point.metres())
}

/// Names repeated vertices and spikes and takes them out. A ring of which nothing is left is named and dropped.
fn cleaned(ring: GridRing, flaws: &mut Flaws) -> Option<GridRing> {
    let mut kept = GridRing { points: Vec::new(), vertices: Vec::new(), ..ring };
    for (&point, &vertex) in ring.points.iter().zip(&ring.vertices) {
        if kept.points.last() == Some(&point) {
            flaws.push(Flaw::Repeated { at: Place::vertex(ring.part, ring.ring, vertex) });
        } else {
            unwind(&mut kept, point, flaws);
            if kept.points.last() != Some(&point) {
                kept.points.push(point);
                kept.vertices.push(vertex);
            }
        }
    }
    unseam(&mut kept, flaws);
    let is_line = |points: &[GridPoint]| points.windows(3).all(|three| turn(three[0], three[1], three[2]) == 0);
    // Turned into a line, that is: a bow tie whose halves cancel is a crossing, not nothing.
    if is_line(&kept.points) {
        flaws.push(Flaw::NoArea { at: kept.place() });
        return None;
    }
    Some(kept)
}

/// Takes out the vertices at which the way to `next` turns straight back.
fn unwind(kept: &mut GridRing, next: GridPoint, flaws: &mut Flaws) {
    while let [.., before, last] = kept.points[..] {
        if last == next || !turns_back(before, last, next) {
            break;
        }
        flaws.push(Flaw::Spike { at: kept.vertex(kept.points.len() - 1) });
        kept.points.pop();
        kept.vertices.pop();
    }
}

/// The same around the seam, where the last points meet the first.
fn unseam(kept: &mut GridRing, flaws: &mut Flaws) {
    let (mut start, mut end) = (0, kept.points.len());
    while let [first, second, .., before, last] = kept.points[start..end] {
        if last == first {
            flaws.push(Flaw::Repeated { at: kept.vertex(end - 1) });
            end -= 1;
        } else if turns_back(before, last, first) {
            flaws.push(Flaw::Spike { at: kept.vertex(end - 1) });
            end -= 1;
        } else if turns_back(last, first, second) {
            flaws.push(Flaw::Spike { at: kept.vertex(start) });
            start += 1;
        } else {
            break;
        }
    }
    kept.points.truncate(end);
    kept.points.drain(..start);
    kept.vertices.truncate(end);
    kept.vertices.drain(..start);
}

fn turns_back(a: GridPoint, b: GridPoint, c: GridPoint) -> bool {
    turn(a, b, c) == 0 && onward(a, b, c) < 0
}

/// Holes must lie in their outer ring and in no other hole; parts in no other part but in a hole of it.
fn nesting(rings: &[GridRing], parents: &[Option<usize>], flaws: &mut Flaws) {
    for (i, ring) in rings.iter().enumerate() {
        let parent = parents[i].map(|parent| &rings[parent]);
        match (ring.ring, parent) {
            (0, Some(parent)) if parent.ring == 0 => {
                flaws.push(Flaw::PartInPart { at: ring.place(), within: parent.place() });
            }
            (0, _) => {}
            (_, Some(parent)) if parent.part == ring.part && parent.ring == 0 => {}
            _ => {
                let mut above = std::iter::successors(parents[i], |&up| parents[up]).map(|up| &rings[up]);
                let mut within_outer = false;
                let hole = above.find(|up| {
                    within_outer |= up.part == ring.part && up.ring == 0;
                    up.part == ring.part && (up.ring > 0 || within_outer)
                });
                match hole {
                    Some(hole) if hole.ring > 0 => {
                        flaws.push(Flaw::HoleInHole { at: ring.place(), within: hole.place() });
                    }
                    Some(_) => {}
                    None => flaws.push(Flaw::HoleOutside { at: ring.place() }),
                }
            }
        }
    }
}

/// Holes outside, in a polygon some of whose rings cross: ring by ring, for those that are sound themselves.
fn holes_outside(rings: &[GridRing], meetings: &[Meeting], flaws: &mut Flaws) {
    let crossed = |ring: usize, other: usize| {
        let either = |spot: Spot| spot.ring == ring || spot.ring == other;
        meetings.iter().any(|meeting| either(meeting.first) && either(meeting.second))
    };
    let mut budget = LOCATE_BUDGET;
    let mut outer = None;
    for (i, ring) in rings.iter().enumerate() {
        if ring.ring == 0 {
            outer = Some(i);
            continue;
        }
        let Some(outer) = outer.filter(|&outer| rings[outer].part == ring.part) else { continue };
        if crossed(i, outer) {
            continue;
        }
        let boundary = &rings[outer].points;
        let tests = ring.points.iter().map_while(|&point| {
            budget = budget.checked_sub(boundary.len())?;
            Some(locate(boundary, point))
        });
        if tests.into_iter().find(|&side| side != Ordering::Equal) == Some(Ordering::Less) {
            flaws.push(Flaw::HoleOutside { at: ring.place() });
        }
    }
}

/// Rings and the points where they touch form a graph; a closed way in it cuts the inside apart.
fn cuts(rings: &[GridRing], touches: &[Touch], zone: Zone, flaws: &mut Flaws) {
    let mut above: Vec<usize> = (0..rings.len()).collect();
    for touch in touches {
        let mut spots = touch.spots.clone();
        spots.sort_unstable_by_key(|spot| (rings[spot.ring].part, spot.ring));
        for group in spots.chunk_by(|a, b| rings[a.ring].part == rings[b.ring].part) {
            // All rings of one part that meet in this point hang together through it.
            for pair in group.windows(2) {
                let (a, b) = (root(&mut above, pair[0].ring), root(&mut above, pair[1].ring));
                if a == b {
                    let at = rings[pair[1].ring].place();
                    flaws.push(Flaw::InsideCut { at, point: degrees(touch.point, zone) });
                } else {
                    above[a] = b;
                }
            }
        }
    }
}

fn root(above: &mut [usize], mut at: usize) -> usize {
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}
