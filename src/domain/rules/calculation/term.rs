//! Whether the terms of a supply are allowed.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::Ratio;
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::case::{ExceptionDecision, LandUse, Method, Ownership};
use crate::domain::rules::supply::land_use::{self, Case as Site};
use crate::domain::rules::term::long_lease::Adjustment;
use crate::domain::rules::term::{flexible, lease_then_transfer, long_lease};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

input!(
    /// 租金调整 — how an adjustable rent moves.
    #[schema(example = json!({"every": "5", "rise": "0.08"}))]
    pub struct RentAdjustment {
        /// 调整周期 — time between two adjustments.
        pub every: Term,
        /// 每次涨幅 — rise over the last period: 0.08 is eight per cent.
        pub rise: Positive<Ratio>,
    }
);

impl RentAdjustment {
    pub(super) fn adjustment(&self) -> Adjustment {
        Adjustment { every: self.every, rise: self.rise.get() }
    }
}

input!(
    /// 年限核对 — the terms of a supply.
    #[schema(example = json!({
        "on": "2026-06-30", "method": "lease_then_transfer", "land_use": "industrial", "lease_term": "5", "total_term": "20",
    }))]
    pub struct TermBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 供应方式.
        pub method: Method,
        /// 土地用途.
        pub land_use: LandUse,
        /// 土地所有权 — taken for state-owned where not given.
        pub ownership: Option<Ownership>,
        /// 租赁年限 — the lease: needed for lease then transfer and part lease part grant; for a long
        /// lease the same as `total_term` or left out; none for a flexible-term grant.
        pub lease_term: Option<Term>,
        /// 总年限 — the whole term: of lease then transfer, lease and grant together; of part lease part
        /// grant, the term of the granted part.
        pub total_term: Term,
        /// 租金调整 — steps of an adjustable rent, of a long lease or the leased part.
        pub rent_adjustment: Option<RentAdjustment>,
        /// 例外决定.
        pub exception: Option<ExceptionDecision>,
    }
);

/// 年限核对结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TermAnswer {
    pub on: NaiveDate,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(body: &TermBody, policy: &Policy, today: NaiveDate, detail: Detail) -> Result<TermAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let mut faults = Faults::default();
    faults.check_exception(body.exception.as_ref(), on);
    check(body, &mut faults);
    faults.refuse()?;

    let (land_use, total, exception) = (body.land_use, body.total_term, body.exception.as_ref());
    let lease = body.lease_term.unwrap_or(total);
    let adjustment = body.rent_adjustment.as_ref().map(RentAdjustment::adjustment);
    let flexible = || flexible::decide(flexible::Case { term: total, land_use, exception, on }, policy);
    let long_lease = || long_lease::decide(long_lease::Case { lease, adjustment, exception, on }, policy);
    let land = land_use::decide(Site { land_use, ownership: body.ownership, on }, policy);
    let (outcome, findings) = match body.method {
        Method::Flexible => detail.of(&[&land, &flexible()?]),
        Method::LongLease => detail.of(&[&land, &long_lease()?]),
        Method::MixedLeaseTransfer => detail.of(&[&land, &long_lease()?, &flexible()?]),
        Method::LeaseThenTransfer => {
            let case = lease_then_transfer::Case { lease, total, land_use, exception, on };
            detail.of(&[&land, &lease_then_transfer::decide(case, policy)?])
        }
    }?;
    Ok(TermAnswer { on, outcome, findings })
}

/// Which terms each method has.
fn check(body: &TermBody, faults: &mut Faults) {
    let (total, zh) = (body.total_term, body.method.zh());
    match (body.method, body.lease_term) {
        (Method::Flexible, Some(lease)) => faults.add(
            "/lease_term",
            lease,
            Text::fixed("弹性出让没有租赁期,请勿填写", "a flexible-term grant has no lease; leave it out"),
        ),
        (Method::LeaseThenTransfer | Method::MixedLeaseTransfer, None) => {
            faults.missing("/lease_term", text!("{zh}须填写租赁年限", "this method needs the term of its lease"));
        }
        (Method::LeaseThenTransfer, Some(lease)) if lease >= total => faults.add(
            "/total_term",
            total,
            Text::fixed(
                "租赁与出让年限之和须长于租赁年限,否则没有出让年限",
                "lease and grant together must be longer than the lease, else nothing is granted",
            ),
        ),
        (Method::LongLease, Some(lease)) if lease != total => faults.add(
            "/lease_term",
            lease,
            Text::fixed("长期租赁的租赁年限应与总年限相同", "the lease of a long lease is its whole term"),
        ),
        _ => {}
    }
    if body.rent_adjustment.is_some() && matches!(body.method, Method::Flexible | Method::LeaseThenTransfer) {
        faults.missing(
            "/rent_adjustment",
            text!("{zh}不适用租金调整", "the rent of this method is not adjusted; leave it out"),
        );
    }
}
