//! Which floor area counts for the floor area ratio.
//!
//! Where a storey is higher than 8 m its floor area is doubled for the ratio (工业项目建设用地控制指标, on
//! the floor area ratio). Whether basements count is for the technical rules of the local plan. The
//! floor area of a storey is taken as surveyed: what counts half for its low height is halved there.

use chrono::NaiveDate;

use crate::domain::exact::{Arithmetic, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::input::{Line, NonNegative, Positive, input};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::{AreaM2, Metres};
use crate::domain::rules::floor_area::{FloorArea, Use, Uses};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "floor_area.counted",
    title: Text::fixed("计容建筑面积", "Counted floor area"),
    what: Text::fixed(
        "层高超过规定值的楼层加倍计算计容建筑面积;地下建筑面积是否计容按本地规定",
        "A storey above a set height counts twice; whether floor area below ground counts is a local rule",
    ),
    citations: &[&law::COUNTED_2023],
    parameters: &[policy::FLOOR_AREA_DOUBLE_HEIGHT.id(), policy::FLOOR_AREA_BASEMENT_COUNTED.id()],
};

/// Equal storeys that one entry may stand for.
pub const STOREYS_MAX: u32 = 200;

input!(
    /// 楼层(或若干相同楼层的同一用途部分) — a storey, or the part of it in one use; `count` equal ones.
    #[schema(example = json!({"use": "dominant", "area_m2": "5000", "height_m": "9.6"}))]
    pub struct Storey {
        /// 用途.
        pub r#use: Use,
        /// 一层的建筑面积,平方米 — floor area of one storey.
        pub area_m2: Positive<AreaM2>,
        /// 层高,米 — height of the storey.
        pub height_m: Positive<Metres>,
        /// 是否地下 — whether it lies below ground; false where not said.
        pub underground: Option<bool>,
        /// 相同楼层数,1 至 200 — how many such storeys; one where not said.
        #[schema(minimum = 1, maximum = 200)]
        pub count: Option<u32>,
    }
    check(storey, reader) {
        if !(1..=STOREYS_MAX).contains(&storey.count.unwrap_or(1)) {
            reader.fault_at("count", None, text!("楼层数应为 1 至 {STOREYS_MAX}", "the number of storeys must be 1 to {STOREYS_MAX}"));
        }
    }
);

input!(
    /// 建筑物 — a building, storey by storey.
    pub struct Building {
        /// 名称或编号.
        pub name: Line<100>,
        /// 楼层.
        pub storeys: Vec<Storey>,
        /// 分摊占地面积,平方米 — land of the building, to be apportioned by floor area where it holds
        /// administrative or living facilities.
        pub land_m2: Option<NonNegative<AreaM2>>,
    }
    check(building, reader) {
        if building.storeys.is_empty() {
            reader.fault_at("storeys", None, Text::fixed("至少要有一层", "a building has at least one storey"));
        }
    }
);

/// The floor area of one building by use.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub uses: Uses,
    /// Storeys that counted twice.
    pub doubled: u32,
    /// Storeys below ground.
    pub underground: u32,
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub buildings: &'a [Building],
    pub on: NaiveDate,
}

/// The floor area of all buildings by use, and the tally of each.
pub type Tallied = (Uses, Vec<Tally>);

/// Adds up the storeys of all buildings; the tally of each building stands in order.
pub fn decide<'c>(
    case: Case<'c>,
    policy: &'c Policy,
) -> Result<Decided<Tallied, impl Explain<Tallied> + use<'c>>, CannotDecide> {
    let height = policy.on(&policy::FLOOR_AREA_DOUBLE_HEIGHT, case.on)?;
    let basement = policy.on(&policy::FLOOR_AREA_BASEMENT_COUNTED, case.on)?;
    let mut tallies = Vec::with_capacity(case.buildings.len());
    let mut whole = Tally::default();
    for building in case.buildings {
        let mut tally = Tally::default();
        for storey in &building.storeys {
            add(&mut tally, storey, height.value, basement.value)?;
        }
        whole.doubled += tally.doubled;
        whole.underground += tally.underground;
        whole.uses = sum(&whole.uses, &tally.uses)?;
        tallies.push(tally);
    }

    let explain = move |(uses, tallies): &Tallied| {
        let (actual, counted) = (uses.total_actual(), uses.total_counted());
        let (doubled, below, limit) = (whole.doubled, whole.underground, plain(height.value.get()));
        let message = text!(
            "总建筑面积 {actual} 平方米,计容建筑面积 {counted} 平方米;层高超过 {limit} 米加倍计算的 {doubled} 层,地下 {below} 层",
            "{actual} m² of floor area, of which {counted} m² count; {doubled} storeys above {limit} m count twice, {below} lie below ground"
        );
        let label = Text::fixed("加倍计算的层高界限", "height above which a storey counts twice");
        let storeys = case.buildings.iter().zip(tallies);
        let workings: Vec<Step> =
            storeys.map(|(building, tally)| working(building, tally, height.value, basement.value)).collect();
        Ok(Finding::of(&RULE, policy, case.on, Outcome::Pass, message)
            .numbers(totals(uses))
            .workings(workings)
            .threshold(Number::exact("double_height", label, limit, Unit::Metre))
            .using(&height)
            .using_if(below > 0, &basement))
    };
    Ok(Decided::new((whole.uses, tallies), Outcome::Pass, explain))
}

/// The finding where only totals were given: nothing was counted storey by storey.
pub fn as_given(uses: &Uses, on: NaiveDate, policy: &Policy) -> Decided<Uses, impl Explain<Uses>> {
    let explain = move |uses: &Uses| {
        let message = Text::fixed(
            "计容建筑面积按填报合计,未逐层核算",
            "the counted floor area is as given in totals; nothing was counted storey by storey",
        );
        Ok(Finding::of(&RULE, policy, on, Outcome::NotApplicable, message).numbers(totals(uses)))
    };
    Decided::new(*uses, Outcome::NotApplicable, explain)
}

fn totals(uses: &Uses) -> [Number; 2] {
    let m2 = |name, label, area: AreaM2| Number::exact(name, label, area.to_string(), Unit::SquareMetre);
    [
        m2("total_actual", Text::fixed("总建筑面积", "floor area in all"), uses.total_actual()),
        m2("total_counted", Text::fixed("计容建筑面积", "counted floor area in all"), uses.total_counted()),
    ]
}

/// How often the area of a storey counts.
fn factor(storey: &Storey, double_above: Metres, basement_counts: bool) -> u32 {
    match storey.underground.unwrap_or(false) {
        true => u32::from(basement_counts),
        false => 1 + u32::from(storey.height_m.get() > double_above),
    }
}

fn add(tally: &mut Tally, storey: &Storey, double_above: Metres, basement_counts: bool) -> Result<(), Arithmetic> {
    let count = storey.count.unwrap_or(1);
    let factor = factor(storey, double_above, basement_counts);
    let actual = times(storey.area_m2.get(), count)?;
    let counted = times(actual, factor)?;
    let area = match storey.r#use {
        Use::Dominant => &mut tally.uses.dominant,
        Use::AdminLiving => &mut tally.uses.admin_living,
        Use::OtherAncillary => &mut tally.uses.other_ancillary,
    };
    *area = plus(*area, FloorArea { actual_m2: known(actual), counted_m2: known(counted) })?;
    tally.doubled += if factor == 2 { count } else { 0 };
    tally.underground += if storey.underground.unwrap_or(false) { count } else { 0 };
    Ok(())
}

fn sum(left: &Uses, right: &Uses) -> Result<Uses, Arithmetic> {
    Ok(Uses {
        dominant: plus(left.dominant, right.dominant)?,
        admin_living: plus(left.admin_living, right.admin_living)?,
        other_ancillary: plus(left.other_ancillary, right.other_ancillary)?,
    })
}

fn plus(left: FloorArea, right: FloorArea) -> Result<FloorArea, Arithmetic> {
    let add = |left: AreaM2, right: AreaM2| left.checked_add(right).map(known).map_err(|_| Arithmetic::TooLarge);
    Ok(FloorArea { actual_m2: add(left.actual(), right.actual())?, counted_m2: add(left.counted(), right.counted())? })
}

fn times(area: AreaM2, count: u32) -> Result<AreaM2, Arithmetic> {
    let units = area.to_units().checked_mul(i64::from(count)).ok_or(Arithmetic::TooLarge)?;
    AreaM2::from_units(units).map_err(|_| Arithmetic::TooLarge)
}

fn known(area: AreaM2) -> NonNegative<AreaM2> {
    NonNegative::<AreaM2>::new(area).expect("sums of areas above zero are not negative")
}

/// One building on paper: area × storeys × factor, entry by entry.
fn working(building: &Building, tally: &Tally, double_above: Metres, basement_counts: bool) -> Step {
    use std::fmt::Write;
    let mut filled = String::with_capacity(32 * building.storeys.len());
    for storey in &building.storeys {
        let sign = if filled.is_empty() { "" } else { " + " };
        let (area, count) = (plain(storey.area_m2.get().get()), storey.count.unwrap_or(1));
        let factor = factor(storey, double_above, basement_counts);
        write!(filled, "{sign}{area} × {count} × {factor}").expect("a string takes all that is written");
    }
    let name = &building.name;
    Step::figure(
        text!("{name}:计容建筑面积", "{name}: counted floor area"),
        "Σ a × c × f",
        filled,
        tally.uses.total_counted().to_string(),
        Unit::SquareMetre,
        crate::domain::exact::Rounding::Exact,
    )
}
