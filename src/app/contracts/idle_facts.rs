//! What a case on idle land asks of a contract: the days of the rules, with the findings they rest on.

use chrono::NaiveDate;

use super::known;
use crate::app::App;
use crate::app::error::AppError;
use crate::domain::contract::history::Contract;
use crate::domain::contract::site::{self, Judged};
use crate::domain::finding::Finding;
use crate::domain::idle_case::{Facts, Grounds};
use crate::domain::policy::Policy;
use crate::domain::region::County;
use crate::domain::rules::CannotDecide;
use crate::domain::rules::calculation::Refusal;
use crate::domain::rules::calculation::idle_land::{self, IdleLandAnswer};
use crate::domain::rules::idle::{self, Law};
use crate::domain::text::text;
use crate::storage::db::Db;

/// The days that a case asks for, of one contract (or one phase of it) as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdleFacts {
    pub grounds: Grounds,
    pub idle_from: Option<NaiveDate>,
    pub fee_from: Option<NaiveDate>,
    pub recovery_from: Option<NaiveDate>,
    pub agreed_start: Option<NaiveDate>,
    pub findings: Vec<Finding>,
}

impl IdleFacts {
    /// The facts of a case, but for the mortgage and the voucher, which lie elsewhere.
    pub fn of_case(&self) -> Facts {
        let Self { idle_from, fee_from, recovery_from, agreed_start, .. } = *self;
        Facts { idle_from, fee_from, recovery_from, agreed_start, ..Facts::default() }
    }
}

/// The same facts judged on the grounds of a case, or by what was reported where none are given.
///
/// `phase` names a phase of a contract that is developed in phases; none where it is developed as a whole.
pub fn idle_facts(
    db: &mut Db,
    county: County,
    contract: i64,
    phase: Option<&str>,
    grounds: Option<Grounds>,
    policy: &Policy,
    on: NaiveDate,
) -> Result<IdleFacts, AppError> {
    let contract = known(db, county, contract)?;
    let law = Law::on(policy, on)?;
    let judged = of_phase(&contract, phase, on)?;
    let assessed = idle::assess(&judged.site, &site::price(&contract, on), &law)?;
    let grounds = grounds.unwrap_or(assessed.grounds);
    let days = idle::days(&judged.site, grounds, &law);
    Ok(IdleFacts {
        grounds,
        idle_from: days.idle_from,
        fee_from: days.fee_from,
        recovery_from: days.recovery_from,
        agreed_start: days.agreed_start,
        findings: assessed.findings,
    })
}

fn of_phase<'c>(contract: &'c Contract, phase: Option<&str>, on: NaiveDate) -> Result<Judged<'c>, AppError> {
    let signed = contract.signed_on;
    let judged = site::judged(contract, on);
    if judged.is_empty() {
        return Err(AppError::CannotDecide(text!(
            "合同于 {signed} 签订,{on} 尚无约定",
            "the contract was signed on {signed}; nothing was agreed on {on}"
        )));
    }
    judged.into_iter().find(|judged| judged.phase == phase).ok_or_else(|| {
        let named = phase.unwrap_or("-");
        AppError::NotFound(text!(
            "合同没有分期“{named}”;分期开发的合同须写明分期",
            "the contract has no phase {named:?}"
        ))
    })
}

impl From<CannotDecide> for AppError {
    fn from(cannot: CannotDecide) -> Self {
        match cannot {
            CannotDecide::NotInForce(not_in_force) => not_in_force.into(),
            CannotDecide::Arithmetic(arithmetic) => Self::CannotDecide(arithmetic.text()),
        }
    }
}

/// What the rules say of one phase of a contract, or of the whole.
#[derive(Debug, Clone)]
pub struct Assessed {
    pub phase: Option<String>,
    pub answer: IdleLandAnswer,
}

impl App {
    /// What the rules on idle land say of a contract as of a day.
    pub fn contract_idleness(&self, county: County, id: i64, on: Option<NaiveDate>) -> Result<Vec<Assessed>, AppError> {
        let on = on.unwrap_or_else(|| self.clock.today());
        let contract = self.contract(county, id)?;
        let policy = self.policy(county)?;
        let law = Law::on(&policy, on)?;
        let price = site::price(&contract, on);
        site::judged(&contract, on)
            .into_iter()
            .map(|judged| {
                let answer = idle_land::answer(&judged.site, &price, &law).map_err(|refusal| match refusal {
                    Refusal::Fields(faults) => AppError::Fields(faults),
                    Refusal::NotInForce(not_in_force) => not_in_force.into(),
                })?;
                Ok(Assessed { phase: judged.phase.map(str::to_owned), answer })
            })
            .collect()
    }
}
