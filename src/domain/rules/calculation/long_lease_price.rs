//! The lowest rent of a long lease.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{AreaM2, Money, PricePerM2, UnitPrice};
use crate::domain::rules::calculation::term::RentAdjustment;
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::case::{ExceptionDecision, LandUse, Ownership};
use crate::domain::rules::supply::land_use;
use crate::domain::rules::{price, term};
use crate::domain::term::Term;

input!(
    /// 长期租赁租金测算.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "area": {"value": "2.5", "unit": "ha"},
        "max_term_unit_price": "350.00", "lease_term": "15", "rent_adjustment": {"every": "5", "rise": "0.08"},
    }))]
    pub struct LongLeasePriceBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 土地用途.
        pub land_use: LandUse,
        /// 土地所有权 — taken for state-owned where not given.
        pub ownership: Option<Ownership>,
        /// 宗地面积.
        pub area: Positive<GivenArea>,
        /// 最高年期单价,元/平方米 — appraised price of a square metre for the maximum term.
        pub max_term_unit_price: Positive<PricePerM2>,
        /// 租赁年限.
        pub lease_term: Term,
        /// 租金调整 — none for a fixed rent.
        pub rent_adjustment: Option<RentAdjustment>,
        /// 拟定年租金,元/平方米·年 — a yearly rent (of the first period) to hold against the floor.
        pub proposed_annual_rent_per_m2: Option<Positive<PricePerM2>>,
        /// 例外决定.
        pub exception: Option<ExceptionDecision>,
    }
);

/// 长期租赁租金测算结果. Floors are rounded up to the fen, each from the exact figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LongLeasePriceAnswer {
    pub on: NaiveDate,
    /// 面积,平方米 — the area as computed with, shown to the square centimetre, half up.
    pub area_m2: AreaM2,
    /// 每平方米年租金下限,元/平方米.
    pub annual_rent_per_m2: UnitPrice,
    /// 年租金下限,元.
    pub annual_rent: Money,
    /// 租期内租金合计下限,元 — of the whole lease at the rent of its first period.
    pub rent_total: Money,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &LongLeasePriceBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<LongLeasePriceAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let (lease, land_use) = (body.lease_term, body.land_use);
    let site = land_use::Case { land_use, ownership: body.ownership, on };
    let land = land_use::decide(site, policy);
    let mut faults = Faults::default();
    faults.check_exception(body.exception.as_ref(), on);
    faults.check_land(site, land.outcome);
    faults.refuse()?;

    let area = body.area.get();
    let decided = price::long_lease::decide(
        price::long_lease::Case {
            max_term_unit_price: body.max_term_unit_price.get(),
            area,
            lease,
            proposed_annual_rent: body.proposed_annual_rent_per_m2.map(Positive::get),
            on,
        },
        policy,
    )?;
    let adjustment = body.rent_adjustment.as_ref().map(RentAdjustment::adjustment);
    let case = term::long_lease::Case { lease, adjustment, exception: body.exception.as_ref(), on };
    let term = term::long_lease::decide(case, policy)?;
    let (outcome, findings) = detail.of(&[&land, &term, &decided])?;
    let floor = decided.result;
    Ok(LongLeasePriceAnswer {
        on,
        area_m2: area.m2(),
        annual_rent_per_m2: floor.annual_rent_per_m2,
        annual_rent: floor.annual_rent,
        rent_total: floor.rent_total,
        outcome,
        findings,
    })
}
