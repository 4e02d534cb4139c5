//! Which rings of a shape are outer and which are holes, by what lies in what; the winding only confirms it.

use super::shp::Ring;
use crate::domain::geometry::check::Part;

/// Edges that may be looked at for one file: enough for two million points, not for a trap.
pub struct Budget(usize);

impl Budget {
    pub fn new() -> Self {
        Self(200_000_000)
    }

    fn spend(&mut self, edges: usize) -> Option<()> {
        self.0 = self.0.checked_sub(edges)?;
        Some(())
    }
}

/// The parts of a shape, and whether its rings wind otherwise than the format says. None if the budget is spent.
pub fn parts(rings: Vec<Ring>, budget: &mut Budget) -> Option<(Vec<Part>, bool)> {
    if rings.len() == 1 {
        let rewound = twice_area(&rings[0]) > 0.0;
        return Some((vec![rings], rewound));
    }
    let boxes: Vec<Bounds> = rings.iter().map(Bounds::of).collect();
    // The rings around each.
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); rings.len()];
    for (inner, ring) in rings.iter().enumerate() {
        let Some(point) = middle_of_edge(ring) else { continue };
        for (outer, candidate) in rings.iter().enumerate() {
            budget.spend(1)?;
            if outer != inner && boxes[outer].holds(&boxes[inner]) {
                budget.spend(candidate.len())?;
                if surrounds(candidate, point) {
                    around[inner].push(outer);
                }
            }
        }
    }
    let is_outer = |at: usize| around[at].len().is_multiple_of(2);
    let rewound = rings.iter().enumerate().any(|(at, ring)| {
        let area = twice_area(ring);
        area != 0.0 && (area < 0.0) != is_outer(at)
    });
    let mut slots = vec![usize::MAX; rings.len()];
    let mut parts: Vec<Part> = Vec::new();
    for at in (0..rings.len()).filter(|at| is_outer(*at)) {
        slots[at] = parts.len();
        parts.push(vec![rings[at].clone()]);
    }
    for at in (0..rings.len()).filter(|at| !is_outer(*at)) {
        // The innermost of the rings around: it has the most rings around itself.
        let parent =
            around[at].iter().copied().filter(|outer| is_outer(*outer)).max_by_key(|outer| around[*outer].len());
        match parent.map(|parent| slots[parent]) {
            Some(slot) if slot < parts.len() => parts[slot].push(rings[at].clone()),
            _ => parts.push(vec![rings[at].clone()]),
        }
    }
    Some((parts, rewound))
}

/// Above zero: counter-clockwise.
fn twice_area(ring: &Ring) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    ring.windows(2).map(|pair| (pair[0][0] - x0) * (pair[1][1] - y0) - (pair[1][0] - x0) * (pair[0][1] - y0)).sum()
}

/// A point that lies in a ring around this one even if they share a vertex.
fn middle_of_edge(ring: &Ring) -> Option<[f64; 2]> {
    let pair = ring.windows(2).find(|pair| pair[0] != pair[1])?;
    Some([(pair[0][0] + pair[1][0]) / 2.0, (pair[0][1] + pair[1][1]) / 2.0])
}

fn surrounds(ring: &Ring, [x, y]: [f64; 2]) -> bool {
    let crossed = ring.windows(2).filter(|pair| {
        let ([x1, y1], [x2, y2]) = (pair[0], pair[1]);
        (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    });
    crossed.count() % 2 == 1
}

struct Bounds {
    low: [f64; 2],
    high: [f64; 2],
}

impl Bounds {
    fn of(ring: &Ring) -> Self {
        let start = Self { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] };
        ring.iter().fold(start, |bounds, [x, y]| Self {
            low: [bounds.low[0].min(*x), bounds.low[1].min(*y)],
            high: [bounds.high[0].max(*x), bounds.high[1].max(*y)],
        })
    }

    fn holds(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.low[axis] <= other.low[axis] && self.high[axis] >= other.high[axis])
    }
}
