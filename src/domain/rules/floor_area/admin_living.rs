//! The quota of administrative and living facilities: of the land, and of the floor area.
//!
//! 工业项目建设用地控制指标 (自然资发〔2023〕72号): the land of administrative and living facilities of an
//! industrial project does not exceed 7 % of its land, and their floor area 15 % of its floor area. The
//! floor area is the *actual* one, not the counted. Each breach is a finding of its own. Where a building
//! is shared with other uses, its land is apportioned by floor area.

use chrono::NaiveDate;

use crate::domain::exact::{Arithmetic, Fraction, Rounding, Sum, decimal_text, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::AreaM2;
use crate::domain::rules::floor_area::{FloorArea, area, check_shown, percent, share};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "floor_area.admin_living",
    title: Text::fixed("行政办公及生活服务设施配额", "Quota of administrative and living facilities"),
    what: Text::fixed(
        "行政办公及生活服务设施用地不超过宗地面积的规定比例,建筑面积不超过总建筑面积的规定比例;共用建筑的占地按建筑面积分摊",
        "Administrative and living facilities take no more than a set share of the parcel and of the actual floor area; the land of shared buildings is apportioned by floor area",
    ),
    citations: &[&law::ADMIN_LAND_2023, &law::ADMIN_FLOOR_2023],
    parameters: &[
        policy::FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX.id(),
        policy::FLOOR_AREA_ADMIN_LIVING_FLOOR_SHARE_MAX.id(),
    ],
};

const LAND_TITLE: Text = Text::fixed("行政办公及生活服务设施用地占比", "Land of administrative and living facilities");
const FLOOR_TITLE: Text =
    Text::fixed("行政办公及生活服务设施建筑面积占比", "Floor area of administrative and living facilities");

/// The test of the land.
#[derive(Debug, Clone)]
pub struct LandCase {
    /// Land of the facilities, with their part of shared buildings; none where it is not known.
    pub land: Option<Sum>,
    /// The parcel, above zero.
    pub parcel: Fraction,
    pub on: NaiveDate,
}

/// Land of the facilities to the square centimetre, half up, and whether it is within the quota.
#[derive(Debug, Clone, Copy)]
pub struct Land {
    pub area: Option<AreaM2>,
    pub within: Option<bool>,
}

pub fn decide_land<'c>(
    case: &'c LandCase,
    policy: &'c Policy,
) -> Result<Decided<Land, impl Explain<Land> + use<'c>>, CannotDecide> {
    let most = policy.on(&policy::FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX, case.on)?;
    let quota = case.parcel.times(Fraction::from(most.value.get()))?;
    let land = case.land.as_ref().map(|land| HeldLand::of(land, case.parcel, quota)).transpose()?;
    let outcome = match &land {
        None => Outcome::NeedsReview,
        Some(land) if land.within => Outcome::Pass,
        Some(_) => Outcome::Fail,
    };
    check_shown(&[quota], &[])?;
    let result = Land { area: land.as_ref().map(|land| land.area), within: land.as_ref().map(|land| land.within) };

    let explain = move |_: &Land| {
        let limit_number = Number::exact(
            "land_share_max",
            Text::fixed("用地占比上限", "largest share of the land"),
            most.written().clone(),
            Unit::Share,
        );
        let Some(HeldLand { land, area: area_m2, hundredths, within }) = land else {
            let message = Text::fixed(
                "未填行政办公及生活服务设施用地面积,无法判断;请填写用地面积或共用建筑的占地",
                "the land of the facilities is not given; give it, or the land of the buildings they share",
            );
            return Ok(Finding::of(&RULE, policy, case.on, outcome, message)
                .aspect("land", LAND_TITLE)
                .threshold(limit_number)
                .using(&most));
        };
        let (held, limit) = (decimal_text(hundredths, 2) + "%", percent(most.value.get().into())?);
        let message = if within {
            text!(
                "行政办公及生活服务设施用地占宗地 {held},不超过 {limit}",
                "administrative and living facilities take {held} of the parcel, no more than {limit}"
            )
        } else {
            text!(
                "行政办公及生活服务设施用地占宗地 {held},超过 {limit},须减少用地",
                "administrative and living facilities take {held} of the parcel, more than {limit}; their land must be reduced"
            )
        };
        let area_text = plain(area_m2.get());
        let label = Text::fixed("设施用地面积", "land of the facilities");
        let fraction = land.to_string();
        let mut land_number = Number::exact("land", label, area_m2.to_string(), Unit::SquareMetre);
        if fraction.len() <= LONGEST_FRACTION {
            land_number.fraction = Some(fraction);
            land_number.rounding = Rounding::HalfUp;
        }
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .aspect("land", LAND_TITLE)
            .numbers([land_number, area("land_quota", Text::fixed("用地配额", "quota of the land"), quota)?])
            .workings([
                Step::figure(
                    Text::fixed("用地配额", "quota of the land"),
                    "Q_L = s × S",
                    format!("{} × {}", most.written(), case.parcel),
                    quota.to_string(),
                    Unit::SquareMetre,
                    Rounding::Exact,
                ),
                Step::comparison(
                    Text::fixed("与配额比较", "held against the quota"),
                    "L ≤ Q_L",
                    format!("{area_text} ≤ {quota}"),
                    within,
                ),
            ])
            .threshold(limit_number)
            .using(&most))
    };
    Ok(Decided::new(result, outcome, explain))
}

/// The land of the facilities, rounded, beside its quota.
#[derive(Clone, Copy)]
struct HeldLand<'c> {
    land: &'c Sum,
    area: AreaM2,
    /// Of the parcel, in hundredths of a per cent.
    hundredths: i128,
    within: bool,
}

impl<'c> HeldLand<'c> {
    fn of(land: &'c Sum, parcel: Fraction, quota: Fraction) -> Result<Self, Arithmetic> {
        let units = land.round_half_up(AreaM2::SCALE)?;
        let area = i64::try_from(units).ok().and_then(|units| AreaM2::from_units(units).ok());
        let hundredths = land.times(Fraction::whole(100).over(parcel)?).round_half_up(2)?;
        Ok(Self { land, area: area.ok_or(Arithmetic::TooLarge)?, hundredths, within: land.at_most(quota) })
    }
}

/// A longer fraction of apportioned land helps nobody on paper.
const LONGEST_FRACTION: usize = 48;

/// The land of the facilities: their own, and their part of each shared building, by floor area.
pub fn apportioned(own: Fraction, shared: &[SharedLand]) -> Result<Sum, Arithmetic> {
    let mut land = Sum::from(own);
    for building in shared {
        let share = Fraction::from(building.facilities_floor).over(building.total_floor.into())?;
        land = land.plus(share.times(building.land.into())?);
    }
    Ok(land)
}

/// A building of which the facilities take a part.
#[derive(Debug, Clone, Copy)]
pub struct SharedLand {
    pub land: AreaM2,
    pub facilities_floor: AreaM2,
    pub total_floor: AreaM2,
}

/// The test of the floor area.
#[derive(Debug, Clone, Copy)]
pub struct FloorCase {
    pub facilities: FloorArea,
    /// Above zero.
    pub total_actual: AreaM2,
    pub on: NaiveDate,
}

/// Floor area beyond the quota, actual and converted to counted.
#[derive(Debug, Clone, Copy)]
pub struct Excess {
    pub actual: Fraction,
    pub counted: Fraction,
}

pub fn decide_floor(case: FloorCase, policy: &Policy) -> Result<Decided<Excess, impl Explain<Excess>>, CannotDecide> {
    let most = policy.on(&policy::FLOOR_AREA_ADMIN_LIVING_FLOOR_SHARE_MAX, case.on)?;
    let (held, total) = (Fraction::from(case.facilities.actual()), Fraction::from(case.total_actual));
    let quota = total.times(Fraction::from(most.value.get()))?;
    let within = held <= quota;
    let excess = if within {
        Excess { actual: Fraction::ZERO, counted: Fraction::ZERO }
    } else {
        let actual = held.minus(quota)?;
        Excess { actual, counted: Fraction::from(case.facilities.counted()).times(actual.over(held)?)? }
    };
    let exact = held.over(total)?;
    let outcome = if within { Outcome::Pass } else { Outcome::Fail };
    check_shown(&[quota, excess.actual, excess.counted], &[exact])?;

    let explain = move |excess: &Excess| {
        let (held_text, limit) = (percent(exact)?, percent(most.value.get().into())?);
        let message = if within {
            text!(
                "行政办公及生活服务设施占总建筑面积 {held_text},不超过 {limit}",
                "administrative and living facilities hold {held_text} of the floor area, no more than {limit}"
            )
        } else {
            let beyond = excess.actual.decimal(2, Rounding::HalfUp)?;
            text!(
                "行政办公及生活服务设施占总建筑面积 {held_text},超过 {limit},超出 {beyond} 平方米",
                "administrative and living facilities hold {held_text} of the floor area, more than {limit}, by {beyond} m²"
            )
        };
        let (held_area, total_area, counted_area) = (
            plain(case.facilities.actual().get()),
            plain(case.total_actual.get()),
            plain(case.facilities.counted().get()),
        );
        let mut workings = vec![
            Step::figure(
                Text::fixed("建筑面积配额", "quota of the floor area"),
                "Q_F = s × T_a",
                format!("{} × {total_area}", most.written()),
                quota.to_string(),
                Unit::SquareMetre,
                Rounding::Exact,
            ),
            Step::comparison(
                Text::fixed("与配额比较", "held against the quota"),
                "A ≤ Q_F",
                format!("{held_area} ≤ {quota}"),
                within,
            ),
        ];
        if !within {
            workings.push(Step::figure(
                Text::fixed("超出部分折合计容建筑面积", "the excess as counted floor area"),
                "E = A_c × (A − Q_F) ÷ A",
                format!("{counted_area} × {} ÷ {held_area}", excess.actual),
                excess.counted.to_string(),
                Unit::SquareMetre,
                Rounding::Exact,
            ));
        }
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .aspect("floor_area", FLOOR_TITLE)
            .numbers([
                share("floor_share", Text::fixed("建筑面积占比", "share of the floor area"), exact)?,
                area("floor_quota", Text::fixed("建筑面积配额", "quota of the floor area"), quota)?,
                area("excess_actual", Text::fixed("超出的建筑面积", "floor area beyond the quota"), excess.actual)?,
                area(
                    "excess_counted",
                    Text::fixed("超出部分折合计容", "the excess as counted floor area"),
                    excess.counted,
                )?,
            ])
            .workings(workings)
            .threshold(Number::exact(
                "floor_share_max",
                Text::fixed("建筑面积占比上限", "largest share of the floor area"),
                most.written().clone(),
                Unit::Share,
            ))
            .using(&most))
    };
    Ok(Decided::new(excess, outcome, explain))
}
