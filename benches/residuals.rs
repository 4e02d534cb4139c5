//! Residuals of 400 blocks without the 41,000 parcels supplied from them, on one core.
//!
//! `cargo bench --bench residuals`
//!
//! A block is a lattice of 11 × 10 crooked cells of about 30 m, as in the demonstration county; every tenth has a border of
//! 1,008 vertices. In each block 102 or 103 cells are supplied, one in eight drawn some centimetres beside its
//! neighbours, so that slivers and cracks come up. Measured is [`residuals`] alone, from polygons in memory to polygons in
//! memory: matching by box, overlay, rings, slivers.

use std::time::Instant;

use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::residual::residuals;
use dizhang::domain::geometry::tolerance::Tolerance;
use dizhang::domain::policy::Policy;

const BLOCKS: i64 = 400;
const PARCELS: usize = 41_000;
/// Cells of a block.
const WIDTH: i64 = 11;
const HEIGHT: i64 = 10;
/// Side of a cell and room between the corners of blocks, millimetres.
const CELL: i64 = 30_000;
const STRIDE: i64 = 480_000;
/// Points between two corners of a border with many vertices.
const MANY: i64 = 23;

const ROUNDS: usize = 11;
/// The bar, in milliseconds.
const BAR: f64 = 250.0;

fn main() {
    let blocks: Vec<Block> = (0..BLOCKS).map(|number| Block { number }).collect();
    let plots: Vec<GridMultiPolygon> = blocks.iter().map(Block::outline).collect();
    let supplied: Vec<GridMultiPolygon> = blocks.iter().flat_map(Block::parcels).take(PARCELS).collect();
    assert_eq!(supplied.len(), PARCELS);
    let vertices = |lands: &[GridMultiPolygon]| lands.iter().map(GridMultiPolygon::vertices).sum::<usize>();
    let most = plots.iter().map(GridMultiPolygon::vertices).max().unwrap_or(0);
    println!(
        "{} blocks of {} vertices, {most} the most; {} parcels of {} vertices",
        plots.len(),
        vertices(&plots),
        supplied.len(),
        vertices(&supplied)
    );
    let day = "2026-01-01".parse().expect("a day");
    let (tolerance, _) = Tolerance::on(Policy::built_in(), day).expect("a tolerance");
    let (plots, supplied): (Vec<_>, Vec<_>) = (plots.iter().collect(), supplied.iter().collect());
    let mut times = Vec::new();
    let mut left = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        left = residuals(&plots, &supplied, &tolerance).expect("the residuals");
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    let polygons: Vec<GridMultiPolygon> = left.iter().filter_map(|land| land.polygon.clone()).collect();
    let parts: usize = polygons.iter().map(|land| land.parts().len()).sum();
    let dropped: i128 = left.iter().map(|land| land.swept.dropped_twice_mm2).sum();
    println!("{} residuals of {parts} parts, {:.3} m² of slivers", polygons.len(), dropped as f64 / 2e6);
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[ROUNDS / 2], times[ROUNDS - 1]);
    println!("median {median:.1} ms, worst {worst:.1} ms of {ROUNDS}, bar {BAR:.0} ms");
    std::process::exit(i32::from(median > BAR));
}

/// A block by its number; everything else follows from it.
struct Block {
    number: i64,
}

impl Block {
    fn has_many_vertices(&self) -> bool {
        self.number % 10 == 0
    }

    /// A number below `below`, always the same for the same place.
    fn dice(&self, i: i64, j: i64, salt: i64, below: i64) -> i64 {
        let mut mixed = [self.number, i, j, salt].into_iter().fold(0x9E37_79B9_7F4A_7C15_u64, |mixed, value| {
            (mixed ^ value as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(29)
        });
        mixed ^= mixed >> 31;
        (mixed.wrapping_mul(0x94D0_49BB_1331_11EB) >> 33) as i64 % below
    }

    fn corner(&self, i: i64, j: i64) -> GridPoint {
        let moved = |salt| self.dice(i, j, salt, 6_601) - 3_300;
        let (x, y) = (self.number % 20 * STRIDE, self.number / 20 * STRIDE);
        GridPoint::new(440_000_000 + x + i * CELL + moved(1), 3_815_000_000 + y + j * CELL + moved(2))
    }

    /// From a corner east or north to the next one, without that.
    fn side(&self, i: i64, j: i64, runs_east: bool) -> Vec<GridPoint> {
        let (from, to) = (self.corner(i, j), if runs_east { self.corner(i + 1, j) } else { self.corner(i, j + 1) });
        let is_border = if runs_east { j == 0 || j == HEIGHT } else { i == 0 || i == WIDTH };
        let between = if is_border && self.has_many_vertices() { MANY } else { 1 };
        let salt = 10 + i64::from(runs_east) * 1000;
        let point = |k: i64| {
            let moved = |salt| self.dice(i, j, salt, 801) - 400;
            let along = |a: i64, b: i64| a + (b - a) * k / (between + 1);
            GridPoint::new(along(from.x, to.x) + moved(salt + 2 * k), along(from.y, to.y) + moved(salt + 2 * k + 1))
        };
        std::iter::once(from).chain((1..=between).map(point)).collect()
    }

    /// A side in the other direction: with its end, without its beginning.
    fn back(&self, i: i64, j: i64, runs_east: bool) -> Vec<GridPoint> {
        let mut points = self.side(i, j, runs_east);
        points.push(if runs_east { self.corner(i + 1, j) } else { self.corner(i, j + 1) });
        points.reverse();
        points.pop();
        points
    }

    fn outline(&self) -> GridMultiPolygon {
        let south = (0..WIDTH).flat_map(|i| self.side(i, 0, true));
        let east = (0..HEIGHT).flat_map(|j| self.side(WIDTH, j, false));
        let north = (0..WIDTH).rev().flat_map(|i| self.back(i, HEIGHT, true));
        let west = (0..HEIGHT).rev().flat_map(|j| self.back(0, j, false));
        polygon(south.chain(east).chain(north).chain(west).collect())
    }

    fn parcels(&self) -> Vec<GridMultiPolygon> {
        let cells = (0..WIDTH).flat_map(|i| (0..HEIGHT).map(move |j| (i, j)));
        // Seven or eight cells of each block stay.
        let left = 7 + usize::try_from(self.number % 2).expect("a remainder");
        let mut cells: Vec<(i64, i64)> = cells.collect();
        cells.sort_by_key(|&(i, j)| self.dice(i, j, 5, 1 << 20));
        cells.into_iter().skip(left).map(|(i, j)| self.parcel(i, j)).collect()
    }

    fn parcel(&self, i: i64, j: i64) -> GridMultiPolygon {
        let mut ring =
            [self.side(i, j, true), self.side(i + 1, j, false), self.back(i, j + 1, true), self.back(i, j, false)]
                .concat();
        if self.dice(i, j, 6, 8) == 0 {
            for (at, point) in ring.iter_mut().enumerate() {
                let moved = |salt| self.dice(i, j, salt + at as i64, 41) - 20;
                (point.x, point.y) = (point.x + moved(5_000), point.y + moved(6_000));
            }
        }
        polygon(ring)
    }
}

fn polygon(ring: Vec<GridPoint>) -> GridMultiPolygon {
    let part = GridPolygon::new(vec![ring]).expect("a cell has area");
    GridMultiPolygon::new(vec![part]).expect("a cell is small")
}
