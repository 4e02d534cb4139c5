//! What the buildings on an industrial parcel are used for, and how the land is managed for it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::{GivenArea, m2_half_up};
use crate::domain::exact::{Arithmetic, Fraction, Rounding, Sum};
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Line, NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{AreaM2, FloorAreaRatio};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::floor_area::admin_living::{self, SharedLand};
use crate::domain::rules::floor_area::counted::{self, Building, Tally};
use crate::domain::rules::floor_area::{Classification, Uses, ancillary, classify, dominant_use};
use crate::domain::rules::{CannotDecide, Decision};
use crate::domain::text::{Text, text};

/// Largest floor area of a parcel: above 100 km² the unit is wrong.
const FLOOR_AREA_MAX_M2: i64 = 100_000_000;
/// Largest difference between a stated total and the sum of the uses: 0.01 m², as stated areas carry two decimals.
const STATED_TOLERANCE_CM2: i64 = 100;
/// Entries of storeys in one body.
const STOREYS_MAX: usize = 5000;
/// Buildings whose land is apportioned.
const SHARED_MAX: usize = 50;

input!(
    /// 共用建筑 — a building that the facilities share with other uses.
    #[schema(example = json!({"name": "综合楼", "land_m2": "1200", "facilities_floor_m2": "1500", "total_floor_m2": "6000"}))]
    pub struct SharedBuilding {
        /// 名称或编号.
        pub name: Line<100>,
        /// 占地面积,平方米.
        pub land_m2: Positive<AreaM2>,
        /// 其中行政办公及生活服务设施建筑面积,平方米.
        pub facilities_floor_m2: NonNegative<AreaM2>,
        /// 总建筑面积,平方米.
        pub total_floor_m2: Positive<AreaM2>,
    }
    check(building, reader) {
        if building.facilities_floor_m2.get() > building.total_floor_m2.get() {
            let message = Text::fixed("不能大于该建筑的总建筑面积", "it may not exceed the floor area of the building");
            reader.fault_at("facilities_floor_m2", None, message);
        }
    }
);

input!(
    /// 建筑面积核对 — give either the totals per use, or the buildings storey by storey.
    #[schema(example = json!({
        "on": "2026-06-30", "parcel_area": "26500", "admin_living_land": "1000",
        "uses": {
            "dominant": {"actual_m2": "10000", "counted_m2": "20000"},
            "admin_living": {"actual_m2": "3000", "counted_m2": "3000"},
            "other_ancillary": {"actual_m2": "3500", "counted_m2": "3500"},
        },
    }))]
    pub struct FloorAreaBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 宗地面积.
        pub parcel_area: Positive<GivenArea>,
        /// 各用途建筑面积合计.
        pub uses: Option<Uses>,
        /// 建筑物逐层明细.
        pub buildings: Option<Vec<Building>>,
        /// 行政办公及生活服务设施用地面积 — their own land, without shared buildings.
        pub admin_living_land: Option<NonNegative<GivenArea>>,
        /// 共用建筑 — their land is apportioned by floor area and added.
        pub shared_buildings: Option<Vec<SharedBuilding>>,
        /// 申报的总建筑面积,平方米 — a stated total to compare with the sum of the uses.
        pub stated_total_actual_m2: Option<NonNegative<AreaM2>>,
        /// 申报的计容建筑面积,平方米.
        pub stated_total_counted_m2: Option<NonNegative<AreaM2>>,
    }
);

/// 建筑面积核对结果. Comparisons are made on exact figures; areas are shown to the square centimetre, half up.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FloorAreaAnswer {
    pub on: NaiveDate,
    /// 宗地面积,平方米.
    pub parcel_area_m2: AreaM2,
    /// 各用途建筑面积.
    pub uses: Uses,
    /// 总建筑面积,平方米.
    pub total_actual_m2: AreaM2,
    /// 总计容建筑面积,平方米.
    pub total_counted_m2: AreaM2,
    /// 容积率 — cut, not rounded, to four decimals.
    pub floor_area_ratio: FloorAreaRatio,
    /// 用地类别.
    pub classification: Classification,
    /// 主导用途占比是否大于规定比例.
    pub dominant_exceeds: bool,
    /// 其他辅助用途(含计入的超配额部分)计容建筑面积,平方米.
    pub other_ancillary_counted_m2: AreaM2,
    /// 其他辅助用途占比是否在上限以内.
    pub other_ancillary_within: bool,
    /// 行政办公及生活服务设施建筑面积是否在配额以内.
    pub admin_living_floor_within: bool,
    /// 行政办公及生活服务设施超出配额的建筑面积,平方米.
    pub admin_living_floor_excess_m2: AreaM2,
    /// 行政办公及生活服务设施用地面积,平方米 — with its part of shared buildings; none where not given.
    pub admin_living_land_m2: Option<AreaM2>,
    /// 行政办公及生活服务设施用地是否在配额以内.
    pub admin_living_land_within: Option<bool>,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &FloorAreaBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<FloorAreaAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    check_size(body)?;
    let counted = totals(body, policy, on)?;
    let (uses, tallies) = (counted.uses, counted.tallies);
    let mut faults = Faults::default();
    check_uses(body, &uses, &mut faults);
    faults.refuse()?;
    let (total_actual, total_counted) = (uses.total_actual(), uses.total_counted());
    let parcel = body.parcel_area.get().exact_m2();

    let land = admin_living::LandCase { land: facilities_land(body, &uses, &tallies)?, parcel, on };
    let land = admin_living::decide_land(&land, policy)?;
    let floor = admin_living::FloorCase { facilities: uses.admin_living, total_actual, on };
    let floor = admin_living::decide_floor(floor, policy)?;
    let excess = floor.result;
    let ancillary = ancillary::decide(
        ancillary::Case {
            other_counted: uses.other_ancillary.counted(),
            excess_counted: excess.counted,
            total_counted,
            on,
        },
        policy,
    )?;
    let dominant = dominant_use::Case { dominant_counted: uses.dominant.counted(), total_counted, on };
    let dominant = dominant_use::decide(dominant, policy)?;
    let dominant_exceeds = dominant.outcome == Outcome::Pass;

    let share = ancillary.result;
    let shown = |exact: Fraction| m2_half_up(exact).map_err(CannotDecide::from);
    let (outcome, findings) = detail.of(&[&*counted.decision, &dominant, &ancillary, &floor, &land])?;
    Ok(FloorAreaAnswer {
        on,
        parcel_area_m2: body.parcel_area.get().m2(),
        uses,
        total_actual_m2: total_actual,
        total_counted_m2: total_counted,
        floor_area_ratio: ratio(total_counted, parcel).map_err(CannotDecide::from)?,
        classification: classify(dominant_exceeds, share.within),
        dominant_exceeds,
        other_ancillary_counted_m2: shown(share.counted)?,
        other_ancillary_within: share.within,
        admin_living_floor_within: !excess.actual.is_positive(),
        admin_living_floor_excess_m2: shown(excess.actual)?,
        admin_living_land_m2: land.result.area,
        admin_living_land_within: land.result.within,
        outcome,
        findings,
    })
}

/// Counted floor area ÷ land, cut to four decimals.
fn ratio(counted: AreaM2, parcel: Fraction) -> Result<FloorAreaRatio, Arithmetic> {
    let units = Fraction::from(counted).over(parcel)?.round(FloorAreaRatio::SCALE, Rounding::Down)?;
    let ratio = i64::try_from(units).ok().and_then(|units| FloorAreaRatio::from_units(units).ok());
    ratio.ok_or(Arithmetic::TooLarge)
}

/// The totals per use.
struct Totals<'t> {
    uses: Uses,
    tallies: Vec<Tally>,
    decision: Box<dyn Decision + 't>,
}

/// The totals per use: as given, or added up from the storeys.
fn totals<'t>(body: &'t FloorAreaBody, policy: &'t Policy, on: NaiveDate) -> Result<Totals<'t>, Refusal> {
    let mut faults = Faults::default();
    match (&body.uses, &body.buildings) {
        (Some(uses), None) => {
            let decision = Box::new(counted::as_given(uses, on, policy));
            return Ok(Totals { uses: *uses, tallies: Vec::new(), decision });
        }
        (None, Some(buildings)) if !buildings.is_empty() => {
            let decided = counted::decide(counted::Case { buildings, on }, policy)?;
            let (uses, tallies) = decided.result.clone();
            return Ok(Totals { uses, tallies, decision: Box::new(decided) });
        }
        (None, Some(_)) => {
            faults.missing("/buildings", Text::fixed("至少要有一栋建筑", "at least one building is needed"))
        }
        (Some(_), Some(_)) => faults.missing(
            "/buildings",
            Text::fixed("合计与逐层明细只能填一种", "give the totals or the buildings, not both"),
        ),
        (None, None) => faults
            .missing("/uses", Text::fixed("请填写各用途合计,或逐层明细", "give the totals per use, or the buildings")),
    }
    Err(Refusal::Fields(faults.0))
}

/// Refuses bodies that would take long to work through.
fn check_size(body: &FloorAreaBody) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let storeys: usize = body.buildings.iter().flatten().map(|building| building.storeys.len()).sum();
    if storeys > STOREYS_MAX {
        let message = text!("楼层明细不能超过 {STOREYS_MAX} 条", "at most {STOREYS_MAX} entries of storeys are taken");
        faults.add("/buildings", storeys, message);
    }
    let shared = body.shared_buildings.iter().flatten().count();
    let with_land = body.buildings.iter().flatten().filter(|building| building.land_m2.is_some()).count();
    if shared + with_land > SHARED_MAX {
        let message = text!(
            "分摊占地的建筑不能超过 {SHARED_MAX} 栋",
            "the land of at most {SHARED_MAX} buildings is apportioned"
        );
        faults.add(if shared > 0 { "/shared_buildings" } else { "/buildings" }, shared + with_land, message);
    }
    faults.refuse()
}

/// What the areas must satisfy together.
fn check_uses(body: &FloorAreaBody, uses: &Uses, faults: &mut Faults) {
    let at = if body.uses.is_some() { "/uses" } else { "/buildings" };
    let limit = AreaM2::from_units(FLOOR_AREA_MAX_M2 * 10_000).expect("the limit is an area");
    for (name, total, stated) in [
        ("actual_m2", uses.total_actual(), body.stated_total_actual_m2),
        ("counted_m2", uses.total_counted(), body.stated_total_counted_m2),
    ] {
        if total.is_zero() {
            faults.missing(
                at,
                text!("{name} 合计为零,无法计算占比", "the sum of {name} is zero; there is nothing to take shares of"),
            );
        }
        if total > limit {
            faults.add(
                at,
                total,
                text!(
                    "{name} 合计超过 {limit} 平方米;请核对单位",
                    "the sum of {name} exceeds {limit} m²; check the unit"
                ),
            );
        }
        if let Some(stated) = stated.map(NonNegative::get)
            && (stated - total).to_units().abs() > STATED_TOLERANCE_CM2
        {
            let message = text!("与各用途之和 {total} 平方米不符", "it differs from the sum of the uses, {total} m²");
            faults.add(&format!("/stated_total_{name}"), stated, message);
        }
    }
    for (r#use, area) in uses.each() {
        if area.actual().is_zero() && !area.counted().is_zero() {
            let message = Text::fixed("有计容建筑面积而无实际建筑面积", "floor area counts here that does not exist");
            faults.add(&format!("{at}/{use}/actual_m2"), area.actual(), message);
        }
    }
}

/// The land of the facilities: their own, and their part of each shared building. None where nothing
/// says how much it is.
fn facilities_land(body: &FloorAreaBody, uses: &Uses, tallies: &[Tally]) -> Result<Option<Sum>, CannotDecide> {
    let listed = body.shared_buildings.iter().flatten().map(|building| SharedLand {
        land: building.land_m2.get(),
        facilities_floor: building.facilities_floor_m2.get(),
        total_floor: building.total_floor_m2.get(),
    });
    let counted = body.buildings.iter().flatten().zip(tallies).filter_map(|(building, tally)| {
        building.land_m2.map(|land| SharedLand {
            land: land.get(),
            facilities_floor: tally.uses.admin_living.actual(),
            total_floor: tally.uses.total_actual(),
        })
    });
    let shared: Vec<_> = listed.chain(counted).collect();
    let own = body.admin_living_land.map(|land| land.get().exact_m2());
    if own.is_none() && shared.is_empty() && !uses.admin_living.actual().is_zero() {
        return Ok(None);
    }
    Ok(Some(admin_living::apportioned(own.unwrap_or(Fraction::ZERO), &shared)?))
}
