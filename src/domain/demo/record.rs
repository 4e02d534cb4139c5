//! An approval put together: plots with their areas, and the acts that follow.

use chrono::NaiveDate;

use crate::domain::demo::county::{self, ApprovalKind};
use crate::domain::demo::dice::Dice;
use crate::domain::demo::history::History;
use crate::domain::demo::tiling::Shape;
use crate::domain::demo::{Composition, DemoApproval, DemoPlot, Serials};
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::quantity::AreaM2;

/// Areas are written to 0.01 m² in documents: so many square centimetres.
const CM2_PER_STEP: i64 = 100;
/// How far a recorded area may be off, in steps: less than the 1 m² that every tolerance allows.
const OFF_MAX: i64 = 90;

/// An area in steps of 0.01 m².
pub(super) fn area(steps: i64) -> AreaM2 {
    AreaM2::from_units(steps * CM2_PER_STEP).expect("no plot is larger than the county")
}

/// The area of a polygon in steps, rounded down.
pub(super) fn steps_of(polygon: &GridMultiPolygon) -> i64 {
    polygon.area().to_units() / CM2_PER_STEP
}

pub(super) fn approval(
    kind: ApprovalKind,
    shapes: Vec<Shape>,
    day: NaiveDate,
    today: NaiveDate,
    done: &mut Serials,
    dice: &mut Dice,
) -> DemoApproval {
    let serial = done.approvals;
    let number = kind.number(day, serial);
    let mut plots: Vec<DemoPlot> = shapes.iter().map(|shape| plot(kind, shape, done, dice)).collect();
    let mut history = History::new(day, today, done, dice);
    history.approve(&plots);
    for (plot, shape) in plots.iter_mut().zip(&shapes) {
        plot.cause = history.follow(plot, shape);
    }
    let (acts, parcels) = history.finish(&number);
    DemoApproval {
        serial,
        kind: kind.code(),
        kind_zh: kind.zh(),
        authority: county::APPROVER,
        approved_on: day,
        approved_project: kind.project(day, serial),
        composition: plots.iter().fold(Composition::default(), |sum, plot| sum.plus(&plot.composition)),
        number,
        plots,
        parcels,
        acts,
    }
}

fn plot(kind: ApprovalKind, shape: &Shape, done: &mut Serials, dice: &mut Dice) -> DemoPlot {
    done.plots += 1;
    let serial = done.plots;
    let polygon = shape.polygon();
    // Rounded half up, as areas are.
    let measured = (polygon.area().to_units() + CM2_PER_STEP / 2) / CM2_PER_STEP;
    let off = if dice.percent(15) { dice.between(-OFF_MAX, OFF_MAX) } else { 0 };
    let recorded = measured + off;
    DemoPlot {
        serial,
        name: format!("演示地块{serial}"),
        polygon,
        recorded_area: area(recorded),
        composition: composition(kind, recorded, dice),
        township: county::township_at(shape.offset()),
        land_use: if kind == ApprovalKind::SingleSite { county::INDUSTRY } else { county::land_use(dice) },
        cause: None,
    }
}

fn composition(kind: ApprovalKind, total: i64, dice: &mut Dice) -> Composition {
    let share = |of: i64, low, high, dice: &mut Dice| of * dice.between(low, high) / 100;
    let farmland = if dice.percent(20) { total } else { share(total, 35, 98, dice) };
    let cultivated = share(farmland, 40, 100, dice);
    let paddy = if dice.percent(5) { share(cultivated, 10, 60, dice) } else { 0 };
    let permanent = if dice.percent(4) { share(cultivated, 5, 30, dice) } else { 0 };
    let construction = share(total - farmland, 50, 100, dice);
    let unused = total - farmland - construction;
    let all_collective = kind != ApprovalKind::CityBatch || dice.percent(80);
    let collective = if all_collective { total } else { share(total, 60, 99, dice) };
    Composition {
        total: area(total),
        farmland: area(farmland),
        cultivated: area(cultivated),
        paddy: area(paddy),
        permanent_basic_farmland: area(permanent),
        construction: area(construction),
        unused: area(unused),
        new_construction: area(farmland + unused),
        collective: area(collective),
        state: area(total - collective),
    }
}

impl Composition {
    fn plus(self, other: &Self) -> Self {
        Self {
            total: self.total + other.total,
            farmland: self.farmland + other.farmland,
            cultivated: self.cultivated + other.cultivated,
            paddy: self.paddy + other.paddy,
            permanent_basic_farmland: self.permanent_basic_farmland + other.permanent_basic_farmland,
            construction: self.construction + other.construction,
            unused: self.unused + other.unused,
            new_construction: self.new_construction + other.new_construction,
            collective: self.collective + other.collective,
            state: self.state + other.state,
        }
    }
}
