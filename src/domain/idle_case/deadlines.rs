//! The clocks of a case that run or ran, and the days that it waits for: what is due, by when, and whether it was done.

use chrono::NaiveDate;

use crate::domain::idle_case::clock::Clock;
use crate::domain::idle_case::decide::{Law, held, service_day};
use crate::domain::idle_case::remedies::remedy_ends;
use crate::domain::idle_case::step::{Paper, Remedy, Step, StepKind};
use crate::domain::idle_case::{Case, Facts, Standing, State, Way};

crate::vocabulary! {
    /// 期限种类 — a clock of the law, or a day that was agreed or that the facts give
    pub enum DeadlineKind {
        OpenCheck = "open_check" "发现后开展调查核实",
        Answer = "answer" "用地单位提交说明",
        HearingRequest = "hearing_request" "申请听证",
        Hearing = "hearing" "组织听证",
        Pay = "pay" "缴纳土地闲置费",
        CancelRegistration = "cancel_registration" "申请注销登记、交回权证",
        Review = "review" "申请行政复议",
        Suit = "suit" "提起行政诉讼",
        SuitAfterReview = "suit_after_review" "复议后提起行政诉讼",
        Urging = "urging" "催告后履行",
        CourtApplication = "court_application" "申请法院强制执行",
        PublicService = "public_service" "公告送达",
        NewStart = "new_start" "重新约定的动工日",
        UseEnds = "use_ends" "临时使用届满",
        RecoveryOpen = "recovery_open" "满两年,可无偿收回",
    }
}

impl From<Clock> for DeadlineKind {
    fn from(clock: Clock) -> Self {
        match clock {
            Clock::OpenCheck => Self::OpenCheck,
            Clock::Answer => Self::Answer,
            Clock::HearingRequest => Self::HearingRequest,
            Clock::Hearing => Self::Hearing,
            Clock::Pay => Self::Pay,
            Clock::CancelRegistration => Self::CancelRegistration,
            Clock::Review => Self::Review,
            Clock::Suit => Self::Suit,
            Clock::SuitAfterReview => Self::SuitAfterReview,
            Clock::Urging => Self::Urging,
            Clock::CourtApplication => Self::CourtApplication,
            Clock::PublicService => Self::PublicService,
        }
    }
}

impl DeadlineKind {
    /// The clock of the law behind it; none for a day that was agreed or that the facts give.
    pub fn clock(self) -> Option<Clock> {
        Clock::ALL.iter().copied().find(|clock| Self::from(*clock) == self)
    }

    /// The step that is due by it; none where nothing is to be done.
    pub const fn step(self) -> Option<StepKind> {
        Some(match self {
            Self::OpenCheck => StepKind::InvestigationNotice,
            Self::Answer => StepKind::Answered,
            Self::HearingRequest => StepKind::HearingRequested,
            Self::Hearing => StepKind::HearingHeld,
            Self::Pay | Self::Urging => StepKind::Paid,
            Self::CancelRegistration => StepKind::RegistrationCancelled,
            Self::Review | Self::Suit | Self::SuitAfterReview => StepKind::RemedyFiled,
            Self::CourtApplication => StepKind::CourtApplied,
            Self::NewStart => StepKind::Resumed,
            Self::UseEnds => StepKind::Closed,
            Self::PublicService | Self::RecoveryOpen => return None,
        })
    }

    /// Whether it lets the bureau or the user act in time. A right of the user's that lapses is nothing to be late with.
    pub const fn is_a_duty(self) -> bool {
        !matches!(self, Self::HearingRequest | Self::Review | Self::Suit | Self::SuitAfterReview | Self::PublicService)
    }
}

/// 案件期限 — one clock of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub kind: DeadlineKind,
    pub begins: NaiveDate,
    pub due: NaiveDate,
    /// Whether a year without a working calendar was taken as plain weeks.
    pub is_provisional: bool,
    /// When what was due was done; it may be late.
    pub done_on: Option<NaiveDate>,
}

impl Deadline {
    /// Whether somebody should have acted by now.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.kind.is_a_duty() && self.done_on.is_none() && self.due < today
    }
}

/// Every clock that has begun and every day that the case waits for, in the order in which they are due.
pub fn deadlines(case: &Case, facts: &Facts, law: &Law<'_>) -> Vec<Deadline> {
    let mut list = Vec::new();
    let held = held(case, law.today);
    let mut add = |clock: Clock, begins: NaiveDate, done_on: Option<NaiveDate>| {
        let end = law.clocks.ends(clock, begins, &held, law.calendar);
        let kind = clock.into();
        list.push(Deadline { kind, begins, due: end.day, is_provisional: end.is_provisional, done_on });
    };
    let on = |kind: StepKind| case.last(kind).map(|step| step.on);
    let in_disposal = |kind: StepKind| case.in_disposal(kind).map(|step| step.on);
    let served = |paper: Paper| case.served(paper).map(|step| service_day(case, step, law));
    if case.state() == State::Suspected || on(StepKind::InvestigationNotice).is_some() {
        add(Clock::OpenCheck, case.opening.opened_on, on(StepKind::InvestigationNotice));
    }
    if let Some(served) = served(Paper::InvestigationNotice) {
        // Where there is no answer, the finding ends the waiting.
        let done = on(StepKind::Answered).or(on(StepKind::Found)).or(on(StepKind::Cleared));
        add(Clock::Answer, served, done);
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
                let is = |step: &&Step| step.remedy == Some(remedy);
                case.disposal().iter().rfind(is).map(|step| step.on)
            };
            add(Clock::Review, served, filed(Remedy::Review));
            match case.remedy_ended() {
                Some((Remedy::Review, ended)) => add(Clock::SuitAfterReview, ended, filed(Remedy::Suit)),
                _ => add(Clock::Suit, served, filed(Remedy::Suit)),
            }
            if let (None, Some(ends)) = (in_disposal(done), remedy_ends(case, law)) {
                add(Clock::CourtApplication, ends.day, in_disposal(StepKind::CourtApplied));
            }
        }
    }
    if let Some(urged) = served(Paper::Urging) {
        let done = in_disposal(StepKind::Paid).or(in_disposal(StepKind::RegistrationCancelled));
        add(Clock::Urging, urged, done.or(in_disposal(StepKind::CourtApplied)));
    }
    list.extend(agreed(case, facts));
    list.sort_by_key(|deadline| (deadline.due, deadline.begins));
    list
}

/// Days that are no clocks: what was agreed with the user, and the day from which a free recovery is open.
fn agreed(case: &Case, facts: &Facts) -> Vec<Deadline> {
    let mut list = Vec::new();
    let mut add = |kind: DeadlineKind, begins: NaiveDate, due: NaiveDate, done_on: Option<NaiveDate>| {
        list.push(Deadline { kind, begins, due, is_provisional: false, done_on });
    };
    let done = case.last(StepKind::Resumed).or(case.last(StepKind::Closed)).map(|step| step.on);
    if let Some(carried) = case.in_disposal(StepKind::CarriedOut) {
        if let Some(start) = carried.new_start {
            add(DeadlineKind::NewStart, carried.on, start, done);
        }
        if let Some(until) = carried.until {
            add(DeadlineKind::UseEnds, carried.on, until, done);
        }
    }
    // A fee leaves the case open and watched: two full years lead to recovery.
    let is_watched = case.way() == Some(Way::Fee) && case.standing() == Standing::Idle && !case.state().is_final();
    if let (true, Some(from)) = (is_watched, facts.recovery_from) {
        add(DeadlineKind::RecoveryOpen, facts.fee_from.unwrap_or(from), from, done);
    }
    list
}
