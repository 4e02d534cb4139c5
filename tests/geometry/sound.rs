//! What the sweep finds, against a search through all pairs; and how long it takes.

use std::time::{Duration, Instant};

use dizhang::domain::geometry::check::{Part, Ring, check};
use proptest::prelude::*;

use crate::{limits, ring, survey};

type Point = (i64, i64);

fn turn(a: Point, b: Point, c: Point) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

fn on_segment(a: Point, b: Point, c: Point) -> bool {
    turn(a, b, c) == 0 && (a.0.min(b.0)..=a.0.max(b.0)).contains(&c.0) && (a.1.min(b.1)..=a.1.max(b.1)).contains(&c.1)
}

fn segments_meet(a: Point, b: Point, c: Point, d: Point) -> bool {
    let proper =
        turn(a, b, c).signum() * turn(a, b, d).signum() < 0 && turn(c, d, a).signum() * turn(c, d, b).signum() < 0;
    proper || on_segment(a, b, c) || on_segment(a, b, d) || on_segment(c, d, a) || on_segment(c, d, b)
}

/// Whether a ring is simple, by looking at all pairs of edges.
fn is_simple(ring: &[Point]) -> bool {
    let n = ring.len();
    let edge = |i: usize| (ring[i % n], ring[(i + 1) % n]);
    for i in 0..n {
        let (a, b) = edge(i);
        if a == b
            || (turn(a, b, edge(i + 1).1) == 0
                && (b.0 - a.0) * (edge(i + 1).1.0 - b.0) + (b.1 - a.1) * (edge(i + 1).1.1 - b.1) < 0)
        {
            return false;
        }
        for j in i + 2..n {
            if (j + 1) % n != i && segments_meet(a, b, edge(j).0, edge(j).1) {
                return false;
            }
        }
    }
    n >= 3 && (0..n).map(|i| turn((0, 0), edge(i).0, edge(i).1)).sum::<i64>() != 0
}

fn metres(points: &[Point]) -> Ring {
    ring(&points.iter().map(|&(x, y)| (x as f64, y as f64)).collect::<Vec<_>>())
}

/// Whether an edge of one ring runs through the inside of the other: edges are cut where they meet the
/// other ring, and the middle of each piece is tried. Coordinates are so small that floats decide rightly.
fn enters(a: &[Point], b: &[Point]) -> bool {
    let edges = |ring: &[Point]| {
        (0..ring.len()).map(|i| (as_f64(ring[i]), as_f64(ring[(i + 1) % ring.len()]))).collect::<Vec<_>>()
    };
    let inside = |(x, y): (f64, f64)| {
        let crossings = edges(b)
            .into_iter()
            .filter(|((ax, ay), (bx, by))| (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax));
        crossings.count() % 2 == 1
    };
    let on_border = |(x, y): (f64, f64)| {
        edges(b).iter().any(|&((ax, ay), (bx, by))| {
            let along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax).powi(2) + (by - ay).powi(2));
            let (fx, fy) = (ax + along.clamp(0.0, 1.0) * (bx - ax), ay + along.clamp(0.0, 1.0) * (by - ay));
            (x - fx).hypot(y - fy) < 1e-9
        })
    };
    edges(a).iter().any(|&((px, py), (qx, qy))| {
        let mut cuts = vec![0.0, 1.0];
        for ((rx, ry), (sx, sy)) in edges(b) {
            let across = (qx - px) * (sy - ry) - (qy - py) * (sx - rx);
            if across != 0.0 {
                cuts.push((((rx - px) * (sy - ry) - (ry - py) * (sx - rx)) / across).clamp(0.0, 1.0));
            }
        }
        cuts.sort_by(f64::total_cmp);
        cuts.windows(2).filter(|pair| pair[1] - pair[0] > 1e-9).any(|pair| {
            let middle = (pair[0] + pair[1]) / 2.0;
            let at = (px + middle * (qx - px), py + middle * (qy - py));
            !on_border(at) && inside(at)
        })
    })
}

fn as_f64((x, y): Point) -> (f64, f64) {
    (x as f64, y as f64)
}

fn overlap(a: &[Point], b: &[Point]) -> bool {
    enters(a, b) || enters(b, a)
}

fn share_a_stretch(a: &[Point], b: &[Point]) -> bool {
    let edges = |ring: &[Point]| (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()])).collect::<Vec<_>>();
    edges(a).iter().any(|&(p, q)| {
        edges(b).iter().any(|&(r, s)| {
            let (low, high) = (p.min(q).max(r.min(s)), p.max(q).min(r.max(s)));
            turn(p, q, r) == 0 && turn(p, q, s) == 0 && low < high
        })
    })
}

fn points(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec((0_i64..8, 0_i64..8), count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(2), max_global_rejects: 1_000_000, ..Default::default() })]

    #[test]
    fn a_ring_is_accepted_exactly_if_no_pair_of_its_edges_meets(points in points(3..9)) {
        let accepted = check(&[vec![metres(&points)]], survey(), &limits());
        prop_assert_eq!(accepted.is_ok(), is_simple(&points), "{:?} {:?}", points, accepted.err());
    }

    #[test]
    fn two_parts_are_accepted_exactly_if_they_share_no_inside_and_no_border(a in points(3..6), b in points(3..6)) {
        prop_assume!(is_simple(&a) && is_simple(&b));
        let parts: [Part; 2] = [vec![metres(&a)], vec![metres(&b)]];
        let accepted = check(&parts, survey(), &limits());
        let sound = !overlap(&a, &b) && !share_a_stretch(&a, &b);
        prop_assert_eq!(accepted.is_ok(), sound, "{:?} {:?} {:?}", a, b, accepted.err());
    }

    #[test]
    fn any_rings_at_all_are_either_named_or_measured(
        parts in prop::collection::vec(prop::collection::vec(points(0..12), 0..4), 0..4)
    ) {
        let parts: Vec<Part> = parts.iter().map(|part| part.iter().map(|points| match points.is_empty() {
            true => Vec::new(),
            false => metres(points),
        }).collect()).collect();
        match check(&parts, survey(), &limits()) {
            Ok(polygon) => prop_assert!(polygon.area.is_positive()),
            Err(flaws) => prop_assert!(!flaws.list.is_empty()),
        }
    }
}

/// Time for a ring of a hundred thousand vertices; generous, for the unoptimised build and a busy machine.
const LONG: Duration = Duration::from_secs(20);

fn timed(parts: &[Part]) -> bool {
    let start = Instant::now();
    let sound = check(parts, survey(), &limits()).is_ok();
    let taken = start.elapsed();
    println!("{} vertices: {taken:?}", parts.iter().flatten().map(Vec::len).sum::<usize>());
    assert!(taken < LONG, "{taken:?}");
    sound
}

#[test]
fn a_hundred_thousand_vertices_take_no_longer_for_their_shape() {
    const N: usize = 100_000;
    let circle: Vec<_> = (0..N)
        .map(|i| {
            let angle = i as f64 / N as f64 * std::f64::consts::TAU;
            (5000.0 + 4000.0 * angle.cos(), 5000.0 + 4000.0 * angle.sin())
        })
        .collect();
    assert!(timed(&[vec![ring(&circle)]]), "a circle");
    // Teeth of ten kilometres, slanted so that the boxes of all edges overlap.
    let comb: Vec<_> = (0..N)
        .map(|i| {
            let at = i as f64 * 0.05;
            if i % 2 == 0 { (at, at + 5.0) } else { (at + 10_000.0, at + 10_000.0) }
        })
        .chain([(N as f64 * 0.05 + 10_001.0, 0.0)])
        .collect();
    assert!(timed(&[vec![ring(&comb)]]), "a comb");
    // Every edge crosses nearly all others.
    let star: Vec<_> = (0..N)
        .map(|i| {
            let angle = i as f64 * 2.399_963;
            (5000.0 + 4000.0 * angle.cos(), 5000.0 + 4000.0 * angle.sin())
        })
        .collect();
    assert!(!timed(&[vec![ring(&star)]]), "a star");
    // Everything through one point.
    let flower: Vec<_> = (0..N)
        .map(|i| {
            let angle = i as f64 / N as f64 * std::f64::consts::TAU;
            if i % 3 == 0 { (5000.0, 5000.0) } else { (5000.0 + 4000.0 * angle.cos(), 5000.0 + 4000.0 * angle.sin()) }
        })
        .collect();
    assert!(!timed(&[vec![ring(&flower)]]), "a flower");
    // There and back on the same line, over and over.
    let spikes: Vec<_> = (0..N).map(|i| if i % 2 == 0 { (0.0, 0.0) } else { (i as f64 * 0.01, 0.0) }).collect();
    assert!(!timed(&[vec![ring(&spikes)]]), "spikes");
    // A hole for every few vertices.
    let mut holes = vec![ring(&[(-10.0, -10.0), (2000.0, -10.0), (2000.0, 2000.0), (-10.0, 2000.0)])];
    holes.extend((0..N / 5).map(|i| crate::square((i % 150) as f64 * 10.0, (i / 150) as f64 * 10.0, 5.0)));
    assert!(timed(&[holes]), "holes");
    // The same ring for every part.
    let same: Vec<Part> = (0..N / 5).map(|_| vec![crate::square(0.0, 0.0, 50.0)]).collect();
    assert!(!timed(&same), "the same part again and again");
}
