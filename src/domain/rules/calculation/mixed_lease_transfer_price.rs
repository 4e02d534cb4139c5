//! The lowest payments of a supply of which one part is leased and the other granted.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::exact::Fraction;
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
    /// 租让结合租金与价格测算.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "max_term_unit_price": "350.00",
        "leased_area": "20000", "lease_term": "10", "granted_area": {"value": "8", "unit": "mu"}, "transfer_term": "20",
    }))]
    pub struct MixedLeaseTransferPriceBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 土地用途.
        pub land_use: LandUse,
        /// 土地所有权 — taken for state-owned where not given.
        pub ownership: Option<Ownership>,
        /// 最高年期单价,元/平方米 — price of a square metre for the maximum term.
        pub max_term_unit_price: Positive<PricePerM2>,
        /// 租赁部分面积.
        pub leased_area: Positive<GivenArea>,
        /// 租赁年限.
        pub lease_term: Term,
        /// 租金调整 — none for a fixed rent.
        pub rent_adjustment: Option<RentAdjustment>,
        /// 出让部分面积.
        pub granted_area: Positive<GivenArea>,
        /// 出让年限.
        pub transfer_term: Term,
        /// 出让部分最高年期单价,元/平方米 — where it differs from that of the leased part.
        pub granted_max_term_unit_price: Option<Positive<PricePerM2>>,
        /// 最高年期 — the longest grant of the use where not given.
        pub max_term: Option<Term>,
        /// 例外决定.
        pub exception: Option<ExceptionDecision>,
    }
);

/// 租让结合租金与价格测算结果. Each amount is rounded up to the fen by itself, from the exact figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MixedLeaseTransferPriceAnswer {
    pub on: NaiveDate,
    /// 租赁部分面积,平方米.
    pub leased_area_m2: AreaM2,
    /// 出让部分面积,平方米.
    pub granted_area_m2: AreaM2,
    pub max_term: Term,
    /// 每平方米年租金下限,元/平方米.
    pub annual_rent_per_m2: UnitPrice,
    /// 年租金下限,元.
    pub annual_rent: Money,
    /// 租期内租金合计下限,元.
    pub rent_total: Money,
    /// 出让部分年期修正比值.
    pub year_ratio: Fraction,
    /// 出让部分单价下限,元/平方米.
    pub granted_unit_price_floor: UnitPrice,
    /// 出让部分总价下限,元.
    pub granted_price_floor: Money,
    /// 合计下限,元 — rent of the whole lease and price of the grant.
    pub total_floor: Money,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &MixedLeaseTransferPriceBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<MixedLeaseTransferPriceAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let (lease, transfer, land_use) = (body.lease_term, body.transfer_term, body.land_use);
    let site = land_use::Case { land_use, ownership: body.ownership, on };
    let land = land_use::decide(site, policy);
    let mut faults = Faults::default();
    faults.check_exception(body.exception.as_ref(), on);
    faults.check_land(site, land.outcome);
    let max_term = faults.max_term(body.max_term, ("/transfer_term", transfer), (land_use, on), policy)?;
    faults.refuse()?;

    let (leased_area, granted_area) = (body.leased_area.get(), body.granted_area.get());
    let decided = price::mixed_lease_transfer::decide(
        price::mixed_lease_transfer::Case {
            leased_unit_price: body.max_term_unit_price.get(),
            leased_area,
            lease,
            granted_unit_price: body.granted_max_term_unit_price.unwrap_or(body.max_term_unit_price).get(),
            granted_area,
            term: transfer,
            max_term,
            on,
        },
        policy,
    )?;
    let exception = body.exception.as_ref();
    let adjustment = body.rent_adjustment.as_ref().map(RentAdjustment::adjustment);
    let leased = term::long_lease::decide(term::long_lease::Case { lease, adjustment, exception, on }, policy)?;
    let granted = term::flexible::decide(term::flexible::Case { term: transfer, land_use, exception, on }, policy)?;
    let (outcome, findings) = detail.of(&[&land, &leased, &granted, &decided])?;
    let floors = decided.result;
    Ok(MixedLeaseTransferPriceAnswer {
        on,
        leased_area_m2: leased_area.m2(),
        granted_area_m2: granted_area.m2(),
        max_term,
        annual_rent_per_m2: floors.annual_rent_per_m2,
        annual_rent: floors.annual_rent,
        rent_total: floors.rent_total,
        year_ratio: floors.year_ratio,
        granted_unit_price_floor: floors.granted_unit_price,
        granted_price_floor: floors.granted_total,
        total_floor: floors.total,
        outcome,
        findings,
    })
}
