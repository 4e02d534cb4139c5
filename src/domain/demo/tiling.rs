//! The land: a lattice of crooked cells, cut into rectangles of cells that become plots.
//!
//! The lattice's corners lie 30 m apart, each moved by at most 3.3 m, and every side has a middle point
//! moved by at most 2.7 m. With these bounds a side never leaves the strip of its own row or column,
//! and two sides from one corner never cross: the lower one rises by at most 40°, the steeper one by
//! at least 49°. So cells do not overlap, neighbours share their border to the millimetre, and
//! each cell holds the middle 78 % of its square, 547 m².

use crate::domain::demo::dice::{Dice, scatter};
use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};

/// Corners of the lattice, millimetres.
const CELL: i64 = 30_000;
const CORNER_MOVE: i64 = 3_300;
const MIDDLE_MOVE: i64 = 2_700;

/// Cells of a block's side: what is cut into plots at one time, 480 m wide.
const BLOCK: i64 = 16;

/// The middle of the county on the grid of zone 38, near 113.40°E 34.53°N.
const CENTRE: GridPoint = GridPoint::new(445_000_000, 3_821_000_000);
/// Half axes of its outline, an ellipse of 1 002 km².
const HALF_WIDTH: i64 = 22_000_000;
const HALF_HEIGHT: i64 = 14_500_000;

/// Cells of the largest plot: at most 7.4 ha however crooked.
const CELLS_MAX: i64 = 72;
/// Cells of the parts of a plot in two parts, together.
const PARTED_CELLS_MAX: i64 = 60;

/// A rectangle of cells: from `low` up to and without `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cells {
    low: (i64, i64),
    high: (i64, i64),
}

impl Cells {
    fn width(self) -> i64 {
        self.high.0 - self.low.0
    }

    fn height(self) -> i64 {
        self.high.1 - self.low.1
    }

    fn count(self) -> i64 {
        self.width() * self.height()
    }

    /// Cut before column or row `at`, counted from the low side.
    fn cut(self, across_width: bool, at: i64) -> (Self, Self) {
        match across_width {
            true => {
                let x = self.low.0 + at;
                (Self { high: (x, self.high.1), ..self }, Self { low: (x, self.low.1), ..self })
            }
            false => {
                let y = self.low.1 + at;
                (Self { high: (self.high.0, y), ..self }, Self { low: (self.low.0, y), ..self })
            }
        }
    }

    /// Whether they share a side, a corner or a cell.
    fn touches(self, other: Self) -> bool {
        self.low.0 <= other.high.0
            && other.low.0 <= self.high.0
            && self.low.1 <= other.high.1
            && other.low.1 <= self.high.1
    }
}

/// The outline of a plot, and how it may be cut into parcels.
pub(super) struct Shape {
    seed: u64,
    parts: Vec<Cells>,
    hole: Option<Hole>,
}

#[derive(Clone, Copy)]
enum Hole {
    /// A grave, a well: a few square metres in the middle of the cell.
    Small((i64, i64)),
    /// A whole cell that is surrounded.
    Cell((i64, i64)),
}

/// A piece of a shape, with the cells it takes: enough to know which pieces do not touch.
#[derive(Clone)]
pub(super) struct Piece {
    pub polygon: GridMultiPolygon,
    parts: Vec<Cells>,
}

impl Piece {
    pub fn touches(&self, other: &Self) -> bool {
        self.parts.iter().any(|part| other.parts.iter().any(|theirs| part.touches(*theirs)))
    }

    /// Both together; they must not touch.
    pub fn joined(&self, other: &Self) -> Option<Self> {
        let parts = self.polygon.parts().iter().chain(other.polygon.parts()).cloned().collect();
        let polygon = GridMultiPolygon::new(parts).ok()?;
        Some(Self { polygon, parts: self.parts.iter().chain(&other.parts).copied().collect() })
    }
}

impl Shape {
    pub fn polygon(&self) -> GridMultiPolygon {
        self.piece(&self.parts, self.hole).polygon
    }

    /// South-west corner, in millimetres from the middle of the county.
    pub fn offset(&self) -> (i64, i64) {
        let (i, j) = self.parts[0].low;
        (i * CELL, j * CELL)
    }

    /// The shape in one to three pieces that cover it. Of a shape with a hole there is only the whole.
    pub fn pieces(&self, wanted: i64, dice: &mut Dice) -> Vec<Piece> {
        if self.hole.is_some() || wanted < 2 {
            return vec![self.piece(&self.parts, self.hole)];
        }
        if let [cells] = self.parts[..] {
            if cells.count() == 1 {
                return self.halves(cells.low).to_vec();
            }
            let mut rest = cells;
            let mut pieces = Vec::new();
            while (pieces.len() as i64) < wanted - 1 && rest.count() > 1 {
                let across_width = rest.width() >= rest.height();
                let side = rest.width().max(rest.height());
                let (cut, left) = rest.cut(across_width, dice.between(1, (side / 2).max(1)));
                pieces.push(self.piece(&[cut], None));
                rest = left;
            }
            pieces.push(self.piece(&[rest], None));
            return pieces;
        }
        self.parts.iter().map(|part| self.piece(std::slice::from_ref(part), None)).collect()
    }

    fn piece(&self, parts: &[Cells], hole: Option<Hole>) -> Piece {
        let polygons = parts.iter().map(|cells| {
            let mut rings = vec![outline(self.seed, *cells)];
            match hole {
                Some(Hole::Small((i, j))) => rings.push(small_hole(self.seed, i, j)),
                Some(Hole::Cell((i, j))) => {
                    rings.push(outline(self.seed, Cells { low: (i, j), high: (i + 1, j + 1) }));
                }
                None => {}
            }
            polygon(rings)
        });
        Piece { polygon: multi_polygon(polygons.collect()), parts: parts.to_vec() }
    }

    /// The west and the east half of a single cell, cut from the middle of its south side to that of its north side.
    fn halves(&self, (i, j): (i64, i64)) -> [Piece; 2] {
        let corner = |i, j| corner(self.seed, i, j);
        let (south, north) = (middle(self.seed, i, j, true), middle(self.seed, i, j + 1, true));
        let (west, east) = (middle(self.seed, i, j, false), middle(self.seed, i + 1, j, false));
        let west = vec![corner(i, j), south, north, corner(i, j + 1), west];
        let east = vec![south, corner(i + 1, j), east, corner(i + 1, j + 1), north];
        let parts = vec![Cells { low: (i, j), high: (i + 1, j + 1) }];
        [west, east].map(|ring| Piece { polygon: multi_polygon(vec![polygon(vec![ring])]), parts: parts.clone() })
    }
}

fn polygon(rings: Vec<Vec<GridPoint>>) -> GridPolygon {
    GridPolygon::new(rings).expect("cells of the lattice have area and their holes are smaller")
}

fn multi_polygon(parts: Vec<GridPolygon>) -> GridMultiPolygon {
    GridMultiPolygon::new(parts).expect("a block is far smaller than the largest polygon")
}

/// How far a coordinate is moved: at most `most` either way.
fn moved(seed: u64, i: i64, j: i64, salt: u64, most: i64) -> i64 {
    (scatter(seed, i, j, salt) % (2 * most as u64 + 1)) as i64 - most
}

fn corner(seed: u64, i: i64, j: i64) -> GridPoint {
    GridPoint::new(
        CENTRE.x + i * CELL + moved(seed, i, j, 1, CORNER_MOVE),
        CENTRE.y + j * CELL + moved(seed, i, j, 2, CORNER_MOVE),
    )
}

/// The middle point of the side that runs east, or north, from a corner.
fn middle(seed: u64, i: i64, j: i64, runs_east: bool) -> GridPoint {
    let (half, salt) = (CELL / 2, if runs_east { 3 } else { 5 });
    let (x, y) = if runs_east { (half, 0) } else { (0, half) };
    GridPoint::new(
        CENTRE.x + i * CELL + x + moved(seed, i, j, salt, MIDDLE_MOVE),
        CENTRE.y + j * CELL + y + moved(seed, i, j, salt + 1, MIDDLE_MOVE),
    )
}

/// Around a rectangle of cells, counter-clockwise from its south-west corner.
fn outline(seed: u64, cells: Cells) -> Vec<GridPoint> {
    let Cells { low: (west, south), high: (east, north) } = cells;
    let bottom = (west..east).flat_map(|i| [corner(seed, i, south), middle(seed, i, south, true)]);
    let right = (south..north).flat_map(|j| [corner(seed, east, j), middle(seed, east, j, false)]);
    let top = (west..east).rev().flat_map(|i| [corner(seed, i + 1, north), middle(seed, i, north, true)]);
    let left = (south..north).rev().flat_map(|j| [corner(seed, west, j + 1), middle(seed, west, j, false)]);
    bottom.chain(right).chain(top).chain(left).collect()
}

/// Four points around the middle of a cell, 9 to 24 m² in all.
fn small_hole(seed: u64, i: i64, j: i64) -> Vec<GridPoint> {
    let half = CELL / 2;
    [(-1, -1), (1, -1), (1, 1), (-1, 1)]
        .into_iter()
        .zip(7_u64..)
        .map(|((x, y), salt)| {
            let reach = 1_950 + moved(seed, i, j, salt, 450);
            GridPoint::new(CENTRE.x + i * CELL + half + x * reach, CENTRE.y + j * CELL + half + y * reach)
        })
        .collect()
}

/// Hands out shapes, block after block, until the county is full.
pub(super) struct Tiling {
    seed: u64,
    /// Blocks not cut yet, in an order that jumps about.
    blocks: Vec<(i64, i64)>,
    /// Rectangles of the block at hand, the next one last.
    open: Vec<Cells>,
    /// Rectangles still to be handed out from it.
    quota: u64,
    /// Most cells of a rectangle.
    cells_max: i64,
    /// Rectangles that every block yields at least.
    yield_min: u64,
}

impl Tiling {
    pub fn new(plots: u64, seed: u64, dice: &mut Dice) -> Self {
        let mut blocks = blocks();
        for i in (1..blocks.len()).rev() {
            blocks.swap(i, dice.below(i as u64 + 1) as usize);
        }
        let cells_of_block = (BLOCK * BLOCK) as u64;
        let cells = blocks.len() as u64 * cells_of_block;
        let cells_max = (cells * 100 / (plots * 102)).clamp(1, CELLS_MAX as u64);
        let quota = (plots * 5).div_ceil(blocks.len() as u64 * 4).max(6);
        let yield_min = cells_of_block.div_ceil(cells_max).min(quota);
        Self { seed, blocks, open: Vec::new(), quota, cells_max: cells_max as i64, yield_min }
    }

    /// The next shape; `left` plots are wanted in all, this one among them.
    pub fn next(&mut self, left: u64, dice: &mut Dice) -> Option<Shape> {
        loop {
            let Some(cells) = self.open.pop() else {
                self.cut_block(dice)?;
                continue;
            };
            // Land between the plots, as long as there is enough; the fiftieth part is kept for plots in two parts.
            if dice.percent(20) && self.has_room_for(left + left / 50) {
                continue;
            }
            let mut shape = Shape { seed: self.seed, parts: vec![cells], hole: None };
            match dice.below(1000) {
                0..15 => shape.hole = Some(hole(cells, dice)),
                15..30 if self.has_room_for(left) => shape.parts.extend(self.other_part(cells)),
                _ => {}
            }
            return Some(shape);
        }
    }

    /// Whether `left` plots will find room even if the rectangle at hand is not counted.
    fn has_room_for(&self, left: u64) -> bool {
        self.blocks.len() as u64 * self.yield_min + (self.open.len() as u64).saturating_sub(1) >= left
    }

    /// A rectangle of the block that does not touch the given one.
    fn other_part(&mut self, cells: Cells) -> Option<Cells> {
        let fits = |other: &Cells| !other.touches(cells) && cells.count() + other.count() <= PARTED_CELLS_MAX;
        let at = self.open.iter().rposition(fits)?;
        Some(self.open.remove(at))
    }

    fn cut_block(&mut self, dice: &mut Dice) -> Option<()> {
        let (i, j) = self.blocks.pop()?;
        let whole = Cells { low: (i * BLOCK, j * BLOCK), high: ((i + 1) * BLOCK, (j + 1) * BLOCK) };
        let mut uncut = vec![whole];
        while let Some(cells) = uncut.pop() {
            let leaf = cells.count() == 1 || (cells.count() <= self.cells_max && dice.percent(45));
            if leaf {
                self.open.push(cells);
                continue;
            }
            let across_width = cells.width() > cells.height() || (cells.width() == cells.height() && dice.percent(50));
            let side = if across_width { cells.width() } else { cells.height() };
            let (a, b) = cells.cut(across_width, dice.between((side / 3).max(1), (side - side / 3).min(side - 1)));
            uncut.extend([a, b]);
        }
        self.open.truncate(self.quota as usize);
        Some(())
    }
}

/// A hole for a rectangle: an inner cell if it has one.
fn hole(cells: Cells, dice: &mut Dice) -> Hole {
    let ((i, j), (width, height)) = (cells.low, (cells.width(), cells.height()));
    if width >= 3 && height >= 3 {
        Hole::Cell((i + dice.between(1, width - 2), j + dice.between(1, height - 2)))
    } else {
        Hole::Small((i + dice.between(0, width - 1), j + dice.between(0, height - 1)))
    }
}

/// Blocks wholly within the outline of the county.
fn blocks() -> Vec<(i64, i64)> {
    let side = BLOCK * CELL;
    let (across, up) = (HALF_WIDTH / side + 1, HALF_HEIGHT / side + 1);
    let inside = |i: i64, j: i64| {
        let (x, y) = (i128::from(i * side), i128::from(j * side));
        let (a, b) = (i128::from(HALF_WIDTH), i128::from(HALF_HEIGHT));
        x * x * b * b + y * y * a * a <= a * a * b * b
    };
    (-across..across)
        .flat_map(|i| (-up..up).map(move |j| (i, j)))
        .filter(|&(i, j)| [(0, 0), (1, 0), (0, 1), (1, 1)].iter().all(|(x, y)| inside(i + x, j + y)))
        .collect()
}
