//! A thousand supplies, recoveries, new supplies and corrections on a set of plots: no land is lost or made.

use dizhang::domain::demo::Demo;
use dizhang::domain::geometry::fit::fit;
use dizhang::domain::geometry::grid::{GridBox, GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::overlay::grid_error_m2;
use dizhang::domain::geometry::residual::{Land, union_for_resupply};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::overlay::{is_sound, twice};
use crate::tolerance;

/// A plot with its land in hand (unsupplied or recovered) and out (each supply).
struct Plot {
    whole: GridMultiPolygon,
    left: Option<GridMultiPolygon>,
    supplied: Vec<GridMultiPolygon>,
    /// Twice the mm² that cleaning dropped and filled, and the borders that were laid over each other so far.
    dropped: i128,
    filled: i128,
    borders_m2: f64,
}

impl Plot {
    fn sweep(&mut self, land: &Land) {
        self.dropped += land.swept.dropped_twice_mm2;
        self.filled += land.swept.filled_twice_mm2;
    }

    /// A supply of what lies under a crooked quadrangle; or of all that is left.
    fn supply(&mut self, dice: &mut ChaCha8Rng) {
        let Some(left) = self.left.take() else { return };
        let drawn = if dice.random_ratio(1, 5) { left.clone() } else { quadrangle(left.bounds(), dice) };
        let fit = fit(&drawn, &left, &tolerance()).unwrap();
        self.borders_m2 += grid_error_m2(&[&drawn, &left]);
        self.dropped += fit.cut.swept.dropped_twice_mm2;
        self.filled += fit.cut.swept.filled_twice_mm2;
        self.supplied.extend(fit.cut.inside);
        self.left = fit.cut.residual;
    }

    /// A supply comes back, whole or in part, and joins what is left.
    fn recover(&mut self, dice: &mut ChaCha8Rng, whole: bool) {
        if self.supplied.is_empty() {
            return;
        }
        let at = dice.random_range(0..self.supplied.len());
        let mut back = self.supplied.swap_remove(at);
        if !whole {
            let fit = fit(&quadrangle(back.bounds(), dice), &back, &tolerance()).unwrap();
            self.borders_m2 += grid_error_m2(&[&back, &back]);
            self.dropped += fit.cut.swept.dropped_twice_mm2;
            self.filled += fit.cut.swept.filled_twice_mm2;
            self.supplied.extend(fit.cut.residual);
            let Some(inside) = fit.cut.inside else { return };
            back = inside;
        }
        let lands: Vec<&GridMultiPolygon> = self.left.iter().chain([&back]).collect();
        let land = union_for_resupply(&lands, &tolerance()).unwrap();
        self.borders_m2 += grid_error_m2(&lands);
        self.sweep(&land);
        self.left = land.polygon;
    }

    fn check(&self) {
        let lands = self.left.iter().chain(&self.supplied);
        for land in lands.clone() {
            is_sound(land).unwrap();
            for part in land.parts() {
                assert!(part.twice_area_mm2() >= 2_000_000, "a part of {} mm²", part.twice_area_mm2() / 2);
                for hole in part.interiors() {
                    let hole = GridPolygon::new(vec![hole.clone()]).unwrap().twice_area_mm2();
                    assert!(hole >= 2_000_000, "a hole of {} mm²", hole / 2);
                }
            }
        }
        let sum: i128 = lands.clone().map(|land| twice(Some(land))).sum();
        let off = (self.whole.twice_area_mm2() - sum) as f64 / 2e6;
        let m = grid_error_m2(&lands.collect::<Vec<_>>());
        println!(
            "{} {off} {} {} {} {}",
            twice(Some(&self.whole)) / 2000000,
            self.borders_m2,
            m,
            self.dropped,
            self.filled
        );
        assert!(off.abs() <= m, "{off} m² off, {} allowed", self.borders_m2);
    }
}

/// A quadrangle somewhere in a box, corners on whole centimetres as surveys give them.
fn quadrangle(GridBox { low, high }: GridBox, dice: &mut ChaCha8Rng) -> GridMultiPolygon {
    loop {
        let middle = (dice.random_range(low.x..=high.x), dice.random_range(low.y..=high.y));
        let mut reach = |span: i64| dice.random_range(span / 20..=span / 2).max(20) / 10 * 10;
        let (width, height) = (high.x - low.x, high.y - low.y);
        let corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
        let ring = corners.map(|(x, y)| GridPoint::new(middle.0 + x * reach(width), middle.1 + y * reach(height)));
        if let Ok(part) = GridPolygon::new(vec![ring.to_vec()]) {
            return GridMultiPolygon::new(vec![part]).unwrap();
        }
    }
}

#[test]
fn after_a_thousand_acts_the_pieces_of_each_plot_still_make_up_the_plot() {
    let today = "2026-11-23".parse().unwrap();
    let plots = Demo::new(40, 7, today).unwrap().flat_map(|approval| approval.plots);
    let mut plots: Vec<Plot> = plots
        .map(|plot| Plot {
            left: Some(plot.polygon.clone()),
            whole: plot.polygon,
            supplied: Vec::new(),
            dropped: 0,
            filled: 0,
            borders_m2: 0.0,
        })
        .collect();
    let mut dice = ChaCha8Rng::seed_from_u64(17);
    for _ in 0..1000 {
        let at = dice.random_range(0..plots.len());
        let plot = &mut plots[at];
        match dice.random_range(0..10) {
            0..=5 => plot.supply(&mut dice),
            // A correction takes a supply back whole, a recovery perhaps a part of it.
            6 => plot.recover(&mut dice, true),
            _ => plot.recover(&mut dice, false),
        }
    }
    for plot in &plots {
        plot.check();
    }
}
