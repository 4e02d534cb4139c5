//! Where the edges of rings meet, and which ring lies in which: a sweep from west to east.
//!
//! The sweep line holds the edges it crosses, ordered from south to north, and compares only edges
//! that become neighbours (M. I. Shamos, D. Hoey, "Geometric intersection problems", 1976). When
//! two neighbours cross or run along each other, one of them is taken out, so that the order of the
//! others stays true and the sweep goes on; what else the removed ones meet is looked up afterwards.
//! All comparisons are exact. Time is n log n for any input: a comb of a hundred thousand teeth costs
//! no more than a circle.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;

use crate::domain::geometry::grid::GridPoint;
use crate::domain::geometry::rings::{turn, twice_area};

/// Edges taken out whose other meetings are all looked up. With more there are flaws enough to name.
const LOOKED_UP_MAX: usize = 24;
/// Meetings after which the sweep stops.
pub(super) const MEETINGS_MAX: usize = 100;

/// An edge or a vertex: of which ring, and which point of it (an edge has the number of its first).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    pub ring: usize,
    pub index: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum How {
    /// The edges cross; the point is rounded to the grid.
    Cross,
    /// They run along each other for some length, from the point on.
    Overlap,
    /// They touch at the point without crossing.
    Touch,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting {
    pub how: How,
    pub first: Spot,
    pub second: Spot,
    pub point: GridPoint,
}

/// What the sweep found.
pub(super) struct Swept {
    /// Edges that cross or overlap.
    pub meetings: Vec<Meeting>,
    /// Points at which a vertex lies within an edge of the given spot.
    pub contacts: Vec<(GridPoint, Spot)>,
    /// For each ring the smallest ring that holds it. Means something only where nothing crosses or overlaps.
    pub parents: Vec<Option<usize>>,
    /// Whether it stopped before the end.
    pub more: bool,
}

/// An edge on the sweep line. `left` is before `right` in the order of points.
#[derive(Debug, Clone, Copy)]
struct Edge {
    left: GridPoint,
    right: GridPoint,
    spot: Spot,
    /// Whether the ring runs from `left` to `right`.
    forward: bool,
}

impl Edge {
    fn of(ring: usize, index: usize, points: &[GridPoint]) -> Self {
        let (start, end) = (points[index], points[(index + 1) % points.len()]);
        let forward = start < end;
        let (left, right) = if forward { (start, end) } else { (end, start) };
        Self { left, right, spot: Spot { ring, index }, forward }
    }

    fn joins(&self, other: &Self, ring_lengths: &[usize]) -> bool {
        let length = ring_lengths[self.spot.ring];
        let (a, b) = (self.spot.index, other.spot.index);
        self.spot.ring == other.spot.ring && ((a + 1) % length == b || (b + 1) % length == a)
    }
}

/// South to north among edges that the sweep line crosses at the same time and that do not cross each other.
impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.spot == other.spot {
            return Ordering::Equal;
        }
        if self.left > other.left {
            return other.cmp(self).reverse();
        }
        let side = match turn(self.left, self.right, other.left) {
            // It starts on this edge: it lies on the side it leaves to.
            0 => turn(self.left, self.right, other.right),
            side => side,
        };
        0.cmp(&side).then_with(|| self.left.cmp(&other.left)).then_with(|| self.spot.cmp(&other.spot))
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Edge {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Edge {}

enum Pair {
    Apart,
    Cross(GridPoint),
    Overlap(GridPoint),
    /// An end of one lies within the other, which has this spot.
    End(GridPoint, Spot),
}

/// How two edges meet. Ends that coincide are not told here; they are found among the vertices.
fn pair(a: &Edge, b: &Edge) -> Pair {
    let (from_a, to_a) = (turn(a.left, a.right, b.left), turn(a.left, a.right, b.right));
    let (from_b, to_b) = (turn(b.left, b.right, a.left), turn(b.left, b.right, a.right));
    if from_a == 0 && to_a == 0 {
        let start = a.left.max(b.left);
        return if start < a.right.min(b.right) { Pair::Overlap(start) } else { Pair::Apart };
    }
    if from_a.signum() * to_a.signum() < 0 && from_b.signum() * to_b.signum() < 0 {
        return Pair::Cross(crossing(a, b));
    }
    let within = |edge: &Edge, point: GridPoint| edge.left < point && point < edge.right;
    for (edge, side, point) in [(a, from_a, b.left), (a, to_a, b.right), (b, from_b, a.left), (b, to_b, a.right)] {
        if side == 0 && within(edge, point) {
            return Pair::End(point, edge.spot);
        }
    }
    Pair::Apart
}

/// The point in which two crossing edges meet, rounded to the grid.
fn crossing(a: &Edge, b: &Edge) -> GridPoint {
    let step = |from: i64, to: i64, numerator: i128, denominator: i128| {
        let twice = 2 * i128::from(to - from) * numerator + denominator;
        from + twice.div_euclid(2 * denominator) as i64
    };
    let start = i128::from(turn(b.left, b.right, a.left));
    let end = i128::from(turn(b.left, b.right, a.right));
    let (numerator, denominator) = if start > end { (start, start - end) } else { (-start, end - start) };
    GridPoint::new(step(a.left.x, a.right.x, numerator, denominator), step(a.left.y, a.right.y, numerator, denominator))
}

struct Sweep<'a> {
    rings: &'a [&'a [GridPoint]],
    lengths: Vec<usize>,
    line: BTreeSet<Edge>,
    removed: Vec<Edge>,
    is_removed: HashSet<Spot>,
    seen: HashSet<(Spot, Spot)>,
    overlapping: HashSet<(usize, usize)>,
    found: Swept,
}

/// Sweeps over rings of at least three points, none repeated in succession, none turning straight back.
pub(super) fn sweep(rings: &[&[GridPoint]]) -> Swept {
    let mut sweep = Sweep {
        rings,
        lengths: rings.iter().map(|ring| ring.len()).collect(),
        line: BTreeSet::new(),
        removed: Vec::new(),
        is_removed: HashSet::new(),
        seen: HashSet::new(),
        overlapping: HashSet::new(),
        found: Swept { meetings: Vec::new(), contacts: Vec::new(), parents: vec![None; rings.len()], more: false },
    };
    sweep.run();
    sweep.look_up_removed();
    sweep.found
}

impl Sweep<'_> {
    fn edges(&self) -> impl Iterator<Item = Edge> {
        self.rings
            .iter()
            .enumerate()
            .flat_map(|(ring, points)| (0..points.len()).map(move |index| Edge::of(ring, index, points)))
    }

    fn run(&mut self) {
        let rings = self.rings;
        let first_point: Vec<_> = rings.iter().map(|ring| ring.iter().min().copied()).collect();
        let counter_clockwise: Vec<_> = rings.iter().map(|ring| twice_area(ring) > 0).collect();
        // At one point the edges that end come before those that start.
        let mut events: Vec<(GridPoint, bool, Spot)> =
            self.edges().flat_map(|edge| [(edge.right, false, edge.spot), (edge.left, true, edge.spot)]).collect();
        events.sort_unstable();
        let mut starting: Vec<Edge> = Vec::new();
        let mut at = 0;
        while at < events.len() && !self.found.more {
            let point = events[at].0;
            starting.clear();
            while at < events.len() && events[at].0 == point {
                let (_, starts, spot) = events[at];
                let edge = Edge::of(spot.ring, spot.index, rings[spot.ring]);
                if starts {
                    if self.insert(edge) && first_point[spot.ring] == Some(point) {
                        starting.push(edge);
                    }
                } else {
                    self.remove(edge);
                }
                at += 1;
            }
            // From south to north, so that a ring below is placed before it is asked.
            starting.sort_unstable();
            for edge in &starting {
                if starting.iter().find(|other| other.spot.ring == edge.spot.ring).is_some_and(|lower| lower == edge) {
                    self.found.parents[edge.spot.ring] = self.holder(edge, &counter_clockwise);
                }
            }
        }
    }

    fn below(&self, edge: &Edge) -> Option<Edge> {
        self.line.range(..*edge).next_back().copied()
    }

    fn above(&self, edge: &Edge) -> Option<Edge> {
        self.line.range((Bound::Excluded(*edge), Bound::Unbounded)).next().copied()
    }

    /// The ring whose inside lies just below `edge`.
    fn holder(&self, edge: &Edge, counter_clockwise: &[bool]) -> Option<usize> {
        let below = self.below(edge)?;
        let ring = below.spot.ring;
        // Walking a ring counter-clockwise its inside is on the left, which is above when walking east.
        if counter_clockwise[ring] == below.forward { Some(ring) } else { self.found.parents[ring] }
    }

    /// Puts an edge on the line, unless it crosses a neighbour.
    fn insert(&mut self, edge: Edge) -> bool {
        for neighbour in [self.below(&edge), self.above(&edge)].into_iter().flatten() {
            if self.meet(&neighbour, &edge) {
                self.take_out(edge);
                return false;
            }
        }
        self.line.insert(edge);
        true
    }

    /// Takes an edge that ends off the line and compares the two that become neighbours.
    fn remove(&mut self, edge: Edge) {
        if self.is_removed.contains(&edge.spot) {
            return;
        }
        let was_there = self.line.remove(&edge);
        debug_assert!(was_there, "the order of the line is kept");
        let below = self.below(&edge);
        while let (Some(below), Some(above)) = (below, self.above(&edge)) {
            if !self.meet(&below, &above) {
                break;
            }
            self.line.remove(&above);
            self.take_out(above);
        }
    }

    fn take_out(&mut self, edge: Edge) {
        self.is_removed.insert(edge.spot);
        if self.removed.len() < LOOKED_UP_MAX {
            self.removed.push(edge);
        }
    }

    /// Notes how two edges meet; tells whether the order of the line cannot bear it.
    fn meet(&mut self, a: &Edge, b: &Edge) -> bool {
        if a.spot == b.spot || a.joins(b, &self.lengths) {
            return false;
        }
        let spots = (a.spot.min(b.spot), a.spot.max(b.spot));
        let (how, point) = match pair(a, b) {
            Pair::Apart => return false,
            Pair::End(point, spot) => {
                if self.seen.insert(spots) {
                    self.found.contacts.push((point, spot));
                }
                return false;
            }
            Pair::Cross(point) => (How::Cross, point),
            Pair::Overlap(point) => (How::Overlap, point),
        };
        // A border that two rings share is one flaw, however many edges it has.
        let news = how == How::Cross || self.overlapping.insert((spots.0.ring, spots.1.ring));
        if self.seen.insert(spots) && news {
            if self.found.meetings.len() == MEETINGS_MAX {
                self.found.more = true;
            } else {
                self.found.meetings.push(Meeting { how, first: spots.0, second: spots.1, point });
            }
        }
        true
    }

    /// Compares what was taken out with all other edges.
    fn look_up_removed(&mut self) {
        for removed in std::mem::take(&mut self.removed) {
            if self.found.more {
                return;
            }
            let (west, east) = (removed.left.x, removed.right.x);
            let others: Vec<_> = self.edges().filter(|edge| edge.left.x <= east && west <= edge.right.x).collect();
            for other in &others {
                self.meet(&removed, other);
            }
        }
    }
}
