//! One module a rule. Each opens with the words of the law it carries out.
//!
//! A rule is a pure function of its case and the policy: it says what it finds, with the numbers and
//! the workings that a clerk needs to redo it on paper, and cites the law.

pub mod bid;
pub mod calculation;
pub mod case;
pub mod floor_area;
pub mod idle;
pub mod law;
pub mod package;
pub mod price;
pub mod recovery;
pub mod split;
pub mod supply;
pub mod term;

use crate::domain::exact::Arithmetic;
use crate::domain::finding::{Finding, Outcome, Rule};
use crate::domain::policy::NotInForce;

/// What a rule decided: its figures, its outcome, and how it explains both.
///
/// The figures are exact numbers, made at once; the finding with its sentences and workings is made from the same decision when
/// somebody asks for it. So whoever wants amounts alone pays for no text, and the law stands in one place.
#[derive(Debug, Clone, Copy)]
pub struct Decided<T, F> {
    pub result: T,
    pub outcome: Outcome,
    explain: F,
}

/// Makes the finding of a decision from its figures. Whatever could fail was computed with them, so that no case is refused
/// for its finding that is answered without.
pub trait Explain<T>: Fn(&T) -> Result<Finding, CannotDecide> {}

impl<T, F: Fn(&T) -> Result<Finding, CannotDecide>> Explain<T> for F {}

impl<T, F: Explain<T>> Decided<T, F> {
    pub const fn new(result: T, outcome: Outcome, explain: F) -> Self {
        Self { result, outcome, explain }
    }
}

/// A decision of any rule.
pub trait Decision {
    fn outcome(&self) -> Outcome;

    /// What this means for the case, with everything a clerk needs to redo it on paper.
    fn finding(&self) -> Result<Finding, CannotDecide>;
}

impl<T, F: Explain<T>> Decision for Decided<T, F> {
    fn outcome(&self) -> Outcome {
        self.outcome
    }

    fn finding(&self) -> Result<Finding, CannotDecide> {
        (self.explain)(&self.result)
    }
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
    static ALL: [&Rule; 31] = [
        &bid::RULE,
        &floor_area::admin_living::RULE,
        &floor_area::ancillary::RULE,
        &floor_area::counted::RULE,
        &floor_area::dominant_use::RULE,
        &floor_area::geometry::RULE,
        &floor_area::no_extra_price::RULE,
        &idle::cause::RULE,
        &idle::deadlines::RULE,
        &idle::fee::RULE,
        &idle::free_recovery::RULE,
        &idle::not_started::RULE,
        &idle::stopped::RULE,
        &package::RULE,
        &price::balance::RULE,
        &price::base::RULE,
        &price::cost_floor::RULE,
        &price::flexible::RULE,
        &price::lease_then_transfer::RULE,
        &price::long_lease::RULE,
        &price::mixed_lease_transfer::RULE,
        &price::national_minimum::RULE,
        &recovery::bond_price::RULE,
        &split::RULE,
        &supply::catalogue::RULE,
        &supply::land_use::RULE,
        &supply::net_land::RULE,
        &supply::standard_land::RULE,
        &term::flexible::RULE,
        &term::lease_then_transfer::RULE,
        &term::long_lease::RULE,
    ];
    &ALL
}
