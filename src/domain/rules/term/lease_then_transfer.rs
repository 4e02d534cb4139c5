//! The terms of a lease-then-transfer supply.
//!
//! > 采取先租后让方式供应的,租赁年限原则上不超过5年,出让年限与租赁年限之和不超过20年。
//!
//! "With lease then transfer, the lease does in principle not exceed 5 years, and grant and lease together
//! do not exceed 20 years" (action plan, item 16). "In principle" stands with the lease alone: the sum is
//! hard, unless the county's policy says otherwise.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Number, Outcome, Rule, Step};
use crate::domain::policy::{self, Policy};
use crate::domain::rules::case::{ExceptionDecision, LandUse, wants_exception};
use crate::domain::rules::term::limit;
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "term.lease_then_transfer",
    title: Text::fixed("先租后让年限", "Terms of lease then transfer"),
    what: Text::fixed(
        "租赁年限超过原则上限的须有例外决定;租赁与出让年限之和不得超过上限",
        "A lease above its limit in principle needs an exception decision; lease and grant together may not exceed theirs",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[
        policy::TERM_LEASE_THEN_TRANSFER_LEASE_PRINCIPLE_MAX.id(),
        policy::TERM_LEASE_THEN_TRANSFER_TOTAL_MAX.id(),
        policy::TERM_LEASE_THEN_TRANSFER_TOTAL_MAX_IS_HARD.id(),
        "term.statutory_max.*",
    ],
};

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub lease: Term,
    /// Lease and grant together.
    pub total: Term,
    pub land_use: LandUse,
    pub exception: Option<&'a ExceptionDecision>,
    pub on: NaiveDate,
}

pub fn decide(case: Case<'_>, policy: &Policy) -> Result<Decided<(), impl Explain<()>>, CannotDecide> {
    let statutory = policy.on(case.land_use.statutory_max(), case.on)?;
    let lease_max = policy.on(&policy::TERM_LEASE_THEN_TRANSFER_LEASE_PRINCIPLE_MAX, case.on)?;
    let total_max = policy.on(&policy::TERM_LEASE_THEN_TRANSFER_TOTAL_MAX, case.on)?;
    let hard = policy.on(&policy::TERM_LEASE_THEN_TRANSFER_TOTAL_MAX_IS_HARD, case.on)?;
    let Case { lease, total, .. } = case;
    let unlawful = total > statutory.value;
    let too_long = total > total_max.value;
    let outcome = if unlawful || (too_long && hard.value) {
        Outcome::Fail
    } else if (too_long || lease > lease_max.value) && case.exception.is_none() {
        Outcome::NeedsException
    } else {
        Outcome::Pass
    };

    let explain = move |_: &()| {
        let (lease_zh, lease_en) = (lease.zh(), lease.en());
        let (total_zh, total_en) = (total.zh(), total.en());
        let most = if unlawful { total_max.value.min(statutory.value) } else { total_max.value };
        let (most_zh, most_en) = (most.zh(), most.en());
        let message = if outcome == Outcome::Fail {
            text!(
                "租赁与出让年限之和 {total_zh},超过上限 {most_zh};请缩短出让或租赁年限",
                "lease and grant together, {total_en}, exceed the limit of {most_en}; shorten the grant or the lease"
            )
        } else if too_long || lease > lease_max.value {
            let (limit_zh, limit_en) = (lease_max.value.zh(), lease_max.value.en());
            let (zh, en) = if too_long {
                (
                    format!("租赁与出让年限之和 {total_zh},超过原则上限 {most_zh}"),
                    format!("lease and grant together, {total_en}, exceed the limit in principle of {most_en}"),
                )
            } else {
                (
                    format!("租赁年限 {lease_zh},超过原则上限 {limit_zh}"),
                    format!("the lease of {lease_en} exceeds the limit in principle of {limit_en}"),
                )
            };
            match case.exception {
                Some(exception) => exception.allows(&zh, &en),
                None => wants_exception(&zh, &en),
            }
        } else {
            text!(
                "租赁 {lease_zh},与出让合计 {total_zh},均不超过上限",
                "a lease of {lease_en} and {total_en} with the grant are within the limits"
            )
        };

        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers([
                Number::years("lease", Text::fixed("租赁年限", "lease"), lease),
                Number::years("total", Text::fixed("租赁与出让年限之和", "lease and grant together"), total),
                limit(
                    "lease_principle_max",
                    Text::fixed("租赁年限原则上限", "limit in principle of the lease"),
                    &lease_max,
                ),
            ])
            .workings([
                Step::comparison(
                    Text::fixed("租赁年限与原则上限比较", "the lease held against its limit in principle"),
                    "m ≤ m_max",
                    format!("{lease} ≤ {}", lease_max.value),
                    lease <= lease_max.value,
                ),
                Step::comparison(
                    Text::fixed("年限之和与上限比较", "the sum held against its limit"),
                    "m + r ≤ n_max",
                    format!("{total} ≤ {}", total_max.value),
                    !too_long,
                ),
            ])
            .threshold(limit("total_max", Text::fixed("年限之和上限", "limit of lease and grant together"), &total_max))
            .using(&lease_max)
            .using(&total_max)
            .using(&hard)
            .using_if(unlawful, &statutory))
    };
    Ok(Decided::new((), outcome, explain))
}
