//! A thousand supplies, recoveries, new supplies and corrections on a set of plots: no land is lost or made.

use dizhang::domain::demo::Demo;
use dizhang::domain::geometry::fit::fit;
use dizhang::domain::geometry::grid::{GridBox, GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::overlay::{divide, grid_error_m2};
use dizhang::domain::geometry::residual::{Cut, union_for_resupply};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::overlay::is_sound;
use crate::tolerance;

/// Acts that are done, those without effect not counted.
const ACTS: usize = 1000;

/// Least part or hole, in twice square millimetres: 1 m².
const LEAST: i128 = 2_000_000;

/// A plot with its land in hand (unsupplied or recovered) and out (each supply).
struct Plot {
    whole: GridMultiPolygon,
    left: Option<GridMultiPolygon>,
    supplied: Vec<GridMultiPolygon>,
    acts: usize,
}

impl Plot {
    /// A supply of what lies under a crooked quadrangle, or of all that is left.
    fn supply(&mut self, dice: &mut ChaCha8Rng) -> bool {
        let Some(left) = &self.left else { return false };
        let drawn = if dice.random_ratio(1, 5) { left.clone() } else { quadrangle(left.bounds(), dice) };
        let cut = fit(&drawn, left, &tolerance()).unwrap().cut;
        assert!(cut.swept.dropped_twice_mm2 < LEAST / 100, "{:?}", cut.swept);
        let Some(inside) = cut.inside else { return false };
        self.supplied.push(inside);
        self.left = cut.residual;
        true
    }

    /// A supply comes back, whole or in part, and joins what is left.
    fn recover(&mut self, dice: &mut ChaCha8Rng, whole: bool) -> bool {
        if self.supplied.is_empty() {
            return false;
        }
        let at = dice.random_range(0..self.supplied.len());
        let supply = self.supplied.swap_remove(at);
        let cut = match whole {
            true => Cut { inside: Some(supply), ..Cut::default() },
            false => fit(&quadrangle(supply.bounds(), dice), &supply, &tolerance()).unwrap().cut,
        };
        assert!(cut.swept.dropped_twice_mm2 < LEAST / 100, "{:?}", cut.swept);
        self.supplied.extend(cut.residual);
        let Some(back) = cut.inside else { return false };
        let land = union_for_resupply(&self.left.iter().chain([&back]).collect::<Vec<_>>(), &tolerance()).unwrap();
        assert!(land.swept.dropped_twice_mm2 < LEAST / 100, "{:?}", land.swept);
        self.left = land.polygon;
        true
    }

    fn check(&self) {
        let lands: Vec<&GridMultiPolygon> = self.left.iter().chain(&self.supplied).collect();
        for land in &lands {
            is_sound(land).unwrap();
            for part in land.parts() {
                assert!(part.twice_area_mm2() >= LEAST, "a part of {} mm²", part.twice_area_mm2() / 2);
                for hole in part.interiors() {
                    let hole = GridPolygon::new(vec![hole.clone()]).unwrap().twice_area_mm2();
                    assert!(hole >= LEAST, "a hole of {} mm²", hole / 2);
                }
            }
        }
        // However many acts there were: a millimetre's strip along the borders as they are now.
        let sum: i128 = lands.iter().map(|land| land.twice_area_mm2()).sum();
        let off = (self.whole.twice_area_mm2() - sum) as f64 / 2e6;
        let most = grid_error_m2(&lands);
        assert!(off.abs() <= most, "{off} m² off after {} acts, {most} allowed", self.acts);
        // And the pieces lie where the plot lies.
        let all = divide(&[&self.whole], &lands).unwrap();
        for beside in all.only_first.iter().chain(&all.only_second).flat_map(GridMultiPolygon::parts) {
            assert!(beside.strip_width_mm() < 2.0, "a strip of {} mm", beside.strip_width_mm());
        }
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
        .map(|plot| Plot { left: Some(plot.polygon.clone()), whole: plot.polygon, supplied: Vec::new(), acts: 0 })
        .collect();
    let mut dice = ChaCha8Rng::seed_from_u64(17);
    let mut done = 0;
    while done < ACTS {
        let at = dice.random_range(0..plots.len());
        let plot = &mut plots[at];
        let acted = match dice.random_range(0..10) {
            0..=5 => plot.supply(&mut dice),
            // A correction takes a supply back whole, a recovery perhaps a part of it.
            6 => plot.recover(&mut dice, true),
            _ => plot.recover(&mut dice, false),
        };
        done += usize::from(acted);
        plot.acts += usize::from(acted);
    }
    plots.iter().for_each(Plot::check);
}
