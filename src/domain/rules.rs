//! One module a rule. Each opens with the words of the law it carries out.
//!
//! A rule is a pure function of its case and the policy: it says what it finds, with the numbers and
//! the workings that a clerk needs to redo it on paper, and cites the law.

pub mod calculation;
pub mod case;
pub mod floor_area;
pub mod law;
pub mod price;
pub mod supply;
pub mod term;

use crate::domain::exact::Arithmetic;
use crate::domain::finding::{Finding, Rule};
use crate::domain::policy::NotInForce;

/// What a rule computes beside its finding.
#[derive(Debug, Clone)]
pub struct Decided<T> {
    pub result: T,
    pub finding: Finding,
}

/// Why a rule says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotDecide {
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    #[error(transparent)]
    Arithmetic(#[from] Arithmetic),
}

/// Every rule there is, in order of id.
pub fn catalogue() -> &'static [&'static Rule] {
    static ALL: [&Rule; 17] = [
        &floor_area::admin_living::RULE,
        &floor_area::ancillary::RULE,
        &floor_area::counted::RULE,
        &floor_area::dominant_use::RULE,
        &price::balance::RULE,
        &price::base::RULE,
        &price::cost_floor::RULE,
        &price::flexible::RULE,
        &price::lease_then_transfer::RULE,
        &price::long_lease::RULE,
        &price::mixed_lease_transfer::RULE,
        &price::national_minimum::RULE,
        &supply::land_use::RULE,
        &supply::net_land::RULE,
        &term::flexible::RULE,
        &term::lease_then_transfer::RULE,
        &term::long_lease::RULE,
    ];
    &ALL
}
