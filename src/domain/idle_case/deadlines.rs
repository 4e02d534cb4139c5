//! The clocks of a case that run or ran: what is due, by when, and whether it was done.

use chrono::NaiveDate;

use crate::domain::idle_case::clock::Clock;
use crate::domain::idle_case::decide::{Law, held, service_day};
use crate::domain::idle_case::step::{Paper, Remedy, StepKind};
use crate::domain::idle_case::{Case, State, Way};

/// 案件期限 — one clock of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub clock: Clock,
    pub begins: NaiveDate,
    pub due: NaiveDate,
    /// Whether a year without a working calendar was taken as plain weeks.
    pub is_provisional: bool,
    /// When what was due was done; it may be late.
    pub done_on: Option<NaiveDate>,
}

/// Every clock that has begun, in the order in which they are due.
pub fn deadlines(case: &Case, law: &Law<'_>) -> Vec<Deadline> {
    let mut list = Vec::new();
    let held = held(case, law.today);
    let mut add = |clock: Clock, begins: NaiveDate, done_on: Option<NaiveDate>| {
        let end = law.clocks.ends(clock, begins, &held, law.calendar);
        list.push(Deadline { clock, begins, due: end.day, is_provisional: end.is_provisional, done_on });
    };
    let on = |kind: StepKind| case.last(kind).map(|step| step.on);
    let in_disposal = |kind: StepKind| case.in_disposal(kind).map(|step| step.on);
    let served = |paper: Paper| case.served(paper).map(|step| service_day(case, step, law));
    if case.state() == State::Suspected || on(StepKind::InvestigationNotice).is_some() {
        add(Clock::OpenCheck, case.opening.opened_on, on(StepKind::InvestigationNotice));
    }
    if let Some(served) = served(Paper::InvestigationNotice) {
        add(Clock::Answer, served, on(StepKind::Answered));
    }
    if let Some(served) = served(Paper::HearingRights) {
        // Whoever does not ask lets the time pass; there is nothing for the bureau to do.
        add(Clock::HearingRequest, served, in_disposal(StepKind::HearingRequested));
    }
    if let Some(requested) = in_disposal(StepKind::HearingRequested) {
        add(Clock::Hearing, requested, in_disposal(StepKind::HearingHeld));
    }
    if case.decision().is_some() {
        let is_fee = case.way() == Some(Way::Fee);
        let paper = if is_fee { Paper::FeeDecision } else { Paper::RecoveryDecision };
        if let Some(served) = served(paper) {
            let (clock, done) = if is_fee {
                (Clock::Pay, StepKind::Paid)
            } else {
                (Clock::CancelRegistration, StepKind::RegistrationCancelled)
            };
            add(clock, served, in_disposal(done));
            let filed = |remedy: Remedy| {
                let is = |step: &&crate::domain::idle_case::step::Step| step.remedy == Some(remedy);
                case.all(StepKind::RemedyFiled).rfind(is).map(|step| step.on)
            };
            add(Clock::Review, served, filed(Remedy::Review));
            add(Clock::Suit, served, filed(Remedy::Suit));
            if in_disposal(done).is_none() {
                let suit = law.clocks.ends(Clock::Suit, served, &held, law.calendar).day;
                add(Clock::CourtApplication, suit, in_disposal(StepKind::CourtApplied));
            }
        }
    }
    if let Some(urged) = served(Paper::Urging) {
        add(Clock::Urging, urged, None);
    }
    list.sort_by_key(|deadline| (deadline.due, deadline.begins));
    list
}
