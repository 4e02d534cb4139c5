//! The price base of a flexible-term grant.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::exact::Fraction;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{AreaM2, Money, PricePerM2, UnitPrice};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::case::{ExceptionDecision, LandUse, Ownership};
use crate::domain::rules::supply::land_use;
use crate::domain::rules::{price, term};
use crate::domain::term::Term;

input!(
    /// 弹性出让价格标底测算.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "area": {"value": "50", "unit": "mu"},
        "max_term_unit_price": "350.00", "term": "20",
    }))]
    pub struct FlexiblePriceBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 土地用途.
        pub land_use: LandUse,
        /// 土地所有权 — taken for state-owned where not given.
        pub ownership: Option<Ownership>,
        /// 宗地面积.
        pub area: Positive<GivenArea>,
        /// 最高年期单价,元/平方米 — price of a square metre for the maximum term.
        pub max_term_unit_price: Positive<PricePerM2>,
        /// 弹性年期.
        pub term: Term,
        /// 最高年期 — the longest grant of the use where not given.
        pub max_term: Option<Term>,
        /// 拟定单价,元/平方米 — a unit price to hold against the floor.
        pub proposed_unit_price: Option<Positive<PricePerM2>>,
        /// 例外决定.
        pub exception: Option<ExceptionDecision>,
    }
);

/// 弹性出让价格标底测算结果. Floors are rounded up to the fen, each from the exact figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FlexiblePriceAnswer {
    pub on: NaiveDate,
    /// 面积,平方米 — the area as computed with, shown to the square centimetre, half up.
    pub area_m2: AreaM2,
    pub max_term: Term,
    /// 年期修正比值 — term ÷ maximum term.
    pub year_ratio: Fraction,
    /// 单价下限,元/平方米.
    pub unit_price_floor: UnitPrice,
    /// 总价下限,元.
    pub total_price_floor: Money,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &FlexiblePriceBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<FlexiblePriceAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let site = land_use::Case { land_use: body.land_use, ownership: body.ownership, on };
    let land = land_use::decide(site, policy);
    let mut faults = Faults::default();
    faults.check_exception(body.exception.as_ref(), on);
    faults.check_land(site, land.outcome);
    let max_term = faults.max_term(body.max_term, ("/term", body.term), (body.land_use, on), policy)?;
    faults.refuse()?;

    let area = body.area.get();
    let decided = price::flexible::decide(
        price::flexible::Case {
            max_term_unit_price: body.max_term_unit_price.get(),
            area,
            term: body.term,
            max_term,
            proposed_unit_price: body.proposed_unit_price.map(Positive::get),
            on,
        },
        policy,
    )?;
    let exception = body.exception.as_ref();
    let term = term::flexible::decide(
        term::flexible::Case { term: body.term, land_use: body.land_use, exception, on },
        policy,
    )?;
    let (outcome, findings) = detail.of(&[&land, &term, &decided])?;
    let floor = decided.result;
    Ok(FlexiblePriceAnswer {
        on,
        area_m2: area.m2(),
        max_term,
        year_ratio: floor.year_ratio,
        unit_price_floor: floor.unit_price,
        total_price_floor: floor.total,
        outcome,
        findings,
    })
}
