//! The calculations that anybody may run without an account: one body and one answer each.
//!
//! All prices come from the caller; nothing stored is read. An answer carries its figures, the gravest
//! outcome of its findings, and the findings with their workings. A body that names no day is
//! calculated by the law of the day it is asked.

pub mod batch;
pub mod bond_price;
pub mod cost_floor;
pub mod flexible_price;
pub mod floor_area;
pub mod idle_land;
pub mod lease_then_transfer_price;
pub mod long_lease_price;
pub mod mixed_lease_transfer_price;
pub mod national_minimum;
pub mod net_land;
pub mod payment_schedule;
pub mod price_base;
pub mod price_comparison;
pub mod term;

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{FieldError, vocabulary};
use crate::domain::policy::{NotInForce, Policy};
use crate::domain::rules::case::{ExceptionDecision, LandUse, Ownership};
use crate::domain::rules::supply::land_use;
use crate::domain::rules::{CannotDecide, Decision};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

vocabulary!(
    /// 详略 — how much of an answer is wanted: the same decision either way.
    #[derive(Default)]
    pub enum Detail {
        Amounts = "amounts" "金额与结论",
        #[default]
        Findings = "findings" "含判定依据与计算步骤",
    }
);

impl Detail {
    /// The gravest outcome of some decisions, and what explains them if it is wanted.
    fn of(self, decisions: &[&dyn Decision]) -> Result<(Outcome, Vec<Finding>), CannotDecide> {
        let outcome = decisions.iter().map(|decision| decision.outcome()).max().unwrap_or(Outcome::NotApplicable);
        Ok((outcome, self.findings(decisions)?))
    }

    /// Findings that are there already, if they are wanted.
    fn kept(self, findings: Vec<Finding>) -> Vec<Finding> {
        match self {
            Self::Amounts => Vec::new(),
            Self::Findings => findings,
        }
    }

    fn findings(self, decisions: &[&dyn Decision]) -> Result<Vec<Finding>, CannotDecide> {
        match self {
            Self::Amounts => Ok(Vec::new()),
            Self::Findings => decisions.iter().map(|decision| decision.finding()).collect(),
        }
    }
}

/// Why a calculation gives no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Fields that are right each by itself and wrong together.
    Fields(Vec<FieldError>),
    /// The law of that day has no value for a parameter.
    NotInForce(NotInForce),
}

impl From<CannotDecide> for Refusal {
    fn from(cannot: CannotDecide) -> Self {
        match cannot {
            CannotDecide::NotInForce(not_in_force) => Self::NotInForce(not_in_force),
            // Of the body as a whole: it takes several of its figures together to be too large.
            CannotDecide::Arithmetic(arithmetic) => Self::Fields(vec![fault("", None, arithmetic.text())]),
        }
    }
}

impl From<NotInForce> for Refusal {
    fn from(not_in_force: NotInForce) -> Self {
        Self::NotInForce(not_in_force)
    }
}

fn fault(pointer: &str, value: Option<String>, message: Text) -> FieldError {
    FieldError { pointer: pointer.to_owned(), value, message }
}

/// The faults of a body so far.
#[derive(Default)]
struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, pointer: &str, value: impl ToString, message: Text) {
        self.0.push(fault(pointer, Some(value.to_string()), message));
    }

    fn missing(&mut self, pointer: &str, message: Text) {
        self.0.push(fault(pointer, None, message));
    }

    fn refuse(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Fields(self.0)) }
    }

    /// A decision allows nothing before it is made.
    fn check_exception(&mut self, exception: Option<&ExceptionDecision>, on: NaiveDate) {
        if let Some(exception) = exception.filter(|exception| exception.decided_on > on) {
            let decided = exception.decided_on;
            self.add(
                "/exception/decided_on",
                decided,
                text!(
                    "例外决定的日期 {decided} 晚于适用日期 {on}",
                    "the exception was decided on {decided}, after {on}"
                ),
            );
        }
    }

    /// No price base exists for land that these methods leave out: such a body is refused by its field.
    fn check_land(&mut self, case: land_use::Case, outcome: Outcome) {
        if outcome == Outcome::Fail {
            let message = land_use::message(case, outcome);
            match case.ownership {
                Some(Ownership::Collective) => self.add("/ownership", Ownership::Collective, message),
                _ => self.add("/land_use", case.land_use, message),
            }
        }
    }

    /// The maximum term that the price is for: as given, else the longest grant of the use. Never longer
    /// than that, and never shorter than the `longest` term that is priced by it.
    fn max_term(
        &mut self,
        given: Option<Term>,
        longest: (&str, Term),
        land: (LandUse, NaiveDate),
        policy: &Policy,
    ) -> Result<Term, NotInForce> {
        let (land_use, on) = land;
        let statutory = policy.on(land_use.statutory_max(), on)?.value;
        let max = given.unwrap_or(statutory);
        let (statutory_zh, statutory_en) = (statutory.zh(), statutory.en());
        if max > statutory {
            let (zh, en) = (land_use.zh(), land_use.en());
            self.add(
                "/max_term",
                max,
                text!(
                    "最高年期不得超过{zh}的法定最高年限 {statutory_zh}",
                    "the maximum term may not exceed the longest grant of {en}, {statutory_en}"
                ),
            );
        }
        let (pointer, term) = longest;
        if term > max {
            let (zh, en, term_zh, term_en) = (max.zh(), max.en(), term.zh(), term.en());
            self.add(
                pointer,
                term,
                text!(
                    "年期 {term_zh},超过最高年期 {zh},没有可修正的价格;请缩短年期",
                    "{term_en} exceed the maximum term of {en}: there is no price to correct; shorten the term"
                ),
            );
        }
        Ok(max)
    }
}
