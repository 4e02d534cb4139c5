//! The rent standard and the price base of lease then transfer.

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
    /// 先租后让租金与价格测算.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "area": "33333.33",
        "max_term_unit_price": "350.00", "lease_term": "5", "transfer_term": "15",
    }))]
    pub struct LeaseThenTransferPriceBody {
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
        /// 租赁年限.
        pub lease_term: Term,
        /// 出让年限 — term of the grant after the lease.
        pub transfer_term: Term,
        /// 最高年期 — the longest grant of the use where not given.
        pub max_term: Option<Term>,
        /// 拟定年租金,元/平方米·年 — a yearly rent to hold against the standard.
        pub proposed_annual_rent_per_m2: Option<Positive<PricePerM2>>,
        /// 拟定出让单价,元/平方米 — a unit price of the grant to hold against the floor.
        pub proposed_transfer_unit_price: Option<Positive<PricePerM2>>,
        /// 例外决定.
        pub exception: Option<ExceptionDecision>,
    }
    check(body, reader) {
        if let Err(message) = body.lease_term.checked_add(body.transfer_term) {
            reader.fault_at("transfer_term", None, message);
        }
    }
);

/// 先租后让租金与价格测算结果. Each amount is rounded up to the fen by itself, from the exact figures;
/// the ratios add up exactly, the printed amounts may exceed their sum by a fen per part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeaseThenTransferPriceAnswer {
    pub on: NaiveDate,
    /// 面积,平方米 — the area as computed with, shown to the square centimetre, half up.
    pub area_m2: AreaM2,
    pub max_term: Term,
    /// 租赁期比值 — lease ÷ maximum term.
    pub lease_ratio: Fraction,
    /// 出让年限比值 — grant ÷ maximum term.
    pub transfer_ratio: Fraction,
    /// 合计比值 — the same as for a flexible-term grant of both terms together.
    pub total_ratio: Fraction,
    /// 租赁期租金标准合计,元.
    pub lease_rent_total: Money,
    /// 年租金标准,元.
    pub annual_rent: Money,
    /// 年租金标准,元/平方米.
    pub annual_rent_per_m2: UnitPrice,
    /// 出让部分单价下限,元/平方米.
    pub transfer_unit_price_floor: UnitPrice,
    /// 出让部分总价下限,元.
    pub transfer_price_floor: Money,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &LeaseThenTransferPriceBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<LeaseThenTransferPriceAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let (lease, transfer, land_use) = (body.lease_term, body.transfer_term, body.land_use);
    let site = land_use::Case { land_use, ownership: body.ownership, on };
    let land = land_use::decide(site, policy);
    let mut faults = Faults::default();
    faults.check_exception(body.exception.as_ref(), on);
    faults.check_land(site, land.outcome);
    // Checked when the body was read; a body made otherwise is held to the lease.
    let total = lease.checked_add(transfer).unwrap_or(lease);
    let max_term = faults.max_term(body.max_term, ("/transfer_term", total), (land_use, on), policy)?;
    faults.refuse()?;

    let area = body.area.get();
    let decided = price::lease_then_transfer::decide(
        price::lease_then_transfer::Case {
            max_term_unit_price: body.max_term_unit_price.get(),
            area,
            lease,
            transfer,
            max_term,
            proposed_annual_rent: body.proposed_annual_rent_per_m2.map(Positive::get),
            proposed_unit_price: body.proposed_transfer_unit_price.map(Positive::get),
            on,
        },
        policy,
    )?;
    let exception = body.exception.as_ref();
    let case = term::lease_then_transfer::Case { lease, total, land_use, exception, on };
    let terms = term::lease_then_transfer::decide(case, policy)?;
    let (outcome, findings) = detail.of(&[&land, &terms, &decided])?;
    let floors = decided.result;
    Ok(LeaseThenTransferPriceAnswer {
        on,
        area_m2: area.m2(),
        max_term,
        lease_ratio: floors.lease_ratio,
        transfer_ratio: floors.transfer_ratio,
        total_ratio: floors.total_ratio,
        lease_rent_total: floors.rent_total,
        annual_rent: floors.annual_rent,
        annual_rent_per_m2: floors.annual_rent_per_m2,
        transfer_unit_price_floor: floors.transfer_unit_price,
        transfer_price_floor: floors.transfer_total,
        outcome,
        findings,
    })
}
