//! Whether a step may be taken: all that stands in its way, in the order of the law.

use chrono::{Months, NaiveDate};

use crate::domain::calendar::Calendar;
use crate::domain::idle_case::clock::{Clock, Clocks};
use crate::domain::idle_case::refused::Refused;
use crate::domain::idle_case::remedies::remedy_ends;
use crate::domain::idle_case::step::{Manner, Paper, Remedy, Step, StepKind};
use crate::domain::idle_case::{Case, Cause, Facts, Grounds, Standing, Way};
use crate::domain::ledger::kind::Kind;
use crate::domain::quantity::Money;
use crate::domain::text::Text;

/// What a case is held against on a day.
#[derive(Debug, Clone, Copy)]
pub struct Law<'l> {
    pub clocks: &'l Clocks,
    pub calendar: &'l Calendar,
    pub today: NaiveDate,
    /// The fee that is due by `idle.fee`, if it can be told.
    pub fee_due: Option<Money>,
}

/// Everything that stands in the way of a step; nothing if it may be taken.
pub fn refused(case: &Case, step: &Step, facts: &Facts, law: &Law<'_>) -> Vec<Refused> {
    let state = case.state();
    if state.is_final() {
        return vec![Refused::Ended { state }];
    }
    let mut look = Look { case, step, facts, law, found: Vec::new() };
    look.held();
    look.days();
    look.kind();
    look.found
}

/// The intervals in which a case was suspended, an open one up to a day.
pub fn held(case: &Case, until: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let mut intervals = Vec::new();
    let mut from = None;
    for step in &case.steps {
        match (step.kind, from) {
            (StepKind::Suspended, None) => from = Some(step.on),
            (StepKind::Lifted, Some(began)) => {
                intervals.push((began, step.on));
                from = None;
            }
            _ => {}
        }
    }
    intervals.extend(from.map(|began| (began, until.max(began))));
    intervals
}

/// The day from which a service counts: with a public notice, the end of its period.
pub fn service_day(case: &Case, service: &Step, law: &Law<'_>) -> NaiveDate {
    match service.manner {
        Some(Manner::Public) => {
            law.clocks.ends(Clock::PublicService, service.on, &held(case, law.today), law.calendar).day
        }
        _ => service.on,
    }
}

struct Look<'l> {
    case: &'l Case,
    step: &'l Step,
    facts: &'l Facts,
    law: &'l Law<'l>,
    found: Vec<Refused>,
}

impl Look<'_> {
    fn held(&mut self) {
        let is_suspended = self.case.is_suspended();
        match self.step.kind {
            StepKind::Lifted if !is_suspended => self.found.push(Refused::NotSuspended),
            StepKind::Suspended if is_suspended => self.found.push(Refused::Suspended),
            kind if is_suspended && !kind.may_be_taken_suspended() => self.found.push(Refused::Suspended),
            _ => {}
        }
    }

    fn days(&mut self) {
        let (on, today) = (self.step.on, self.law.today);
        if on > today {
            self.found.push(Refused::InFuture { today });
        }
        if on < self.case.opening.opened_on {
            let what = Text::fixed("立案日期", "the day the case was opened");
            self.found.push(Refused::Before { what, day: self.case.opening.opened_on });
        }
    }

    fn kind(&mut self) {
        use StepKind as K;
        match self.step.kind {
            K::InvestigationNotice => self.once(K::InvestigationNotice),
            K::Served => self.service(),
            K::Answered => {
                self.served(Paper::InvestigationNotice, "第6条");
            }
            K::Inspected => self.before_the_finding(),
            K::Found => self.finding(),
            K::Cleared => {
                self.before_the_finding();
                self.needs(K::InvestigationNotice, "第6条");
            }
            K::Published | K::Filed | K::MortgageeTold => {
                self.needs(K::Found, "第9条");
            }
            K::DepartmentNotified => {
                self.needs(K::Found, "第9条");
            }
            K::DisposalChosen => self.choice(),
            K::Agreed => self.of_ways(Way::is_agreed),
            K::PlanApproved => {
                self.of_ways(Way::is_agreed);
                self.in_disposal(K::Agreed, "第13条");
                self.mortgagee("第13条");
            }
            K::CarriedOut => self.carrying_out(),
            K::Informed => self.of_ways(|way| !way.is_agreed()),
            K::HearingRequested => self.hearing_request(),
            K::HearingHeld => {
                self.in_disposal(K::HearingRequested, "第15条");
            }
            K::LegalReviewed => self.legal_review(),
            K::Discussed => {
                self.in_disposal(K::LegalReviewed, "第14条");
            }
            K::GovernmentApproved => {
                self.of_ways(|way| !way.is_agreed());
                self.in_disposal(K::Discussed, "第14条");
            }
            K::Decided => self.decision(),
            K::Paid => self.payment(),
            K::RemedyFiled => self.remedy(),
            K::RemedyEnded => {
                if self.case.remedy_runs() {
                    self.in_disposal(K::RemedyFiled, "第17条");
                } else {
                    self.found.push(Refused::NoRemedyRuns);
                }
            }
            K::Urged => self.urging(),
            K::CourtApplied => self.court(),
            K::RegistrationCancelled => self.cancellation(),
            K::Resumed => {
                self.needs(K::Found, "第9条");
                self.not_recovered();
            }
            K::Closed => self.closing(),
            K::Annulled => self.not_recovered(),
            K::Lifted if self.case.is_suspended() => {
                self.needs(K::Suspended, "第17条");
            }
            K::Suspended | K::Lifted => {}
        }
        self.voucher();
    }

    // --- What steps ask for, in the words of the checks below ---

    fn once(&mut self, step: StepKind) {
        if self.case.last(step).is_some() {
            self.found.push(Refused::AlreadyTaken { step });
        }
    }

    fn once_in_disposal(&mut self, step: StepKind) {
        if self.case.in_disposal(step).is_some() {
            self.found.push(Refused::AlreadyTaken { step });
        }
    }

    fn not_recovered(&mut self) {
        if self.case.standing() == Standing::Recovered {
            self.found.push(Refused::LandRecovered);
        }
    }

    /// A step that is missing, or that lies after this one.
    fn needs(&mut self, step: StepKind, article: &'static str) -> bool {
        let there = self.case.last(step).map(|step| step.on);
        self.after(there, step, article)
    }

    fn in_disposal(&mut self, step: StepKind, article: &'static str) -> bool {
        let there = self.case.in_disposal(step).map(|step| step.on);
        self.after(there, step, article)
    }

    fn after(&mut self, there: Option<NaiveDate>, step: StepKind, article: &'static str) -> bool {
        match there {
            None => self.found.push(Refused::Missing { step, article }),
            Some(day) if self.step.on < day => {
                let (zh, en) = (format!("“{step:#}”的日期"), format!("the step {step}"));
                self.found.push(Refused::Before { what: Text { zh: zh.into(), en: en.into() }, day });
            }
            Some(_) => return true,
        }
        false
    }

    /// The day from which the service of a paper counts, or a refusal.
    fn served(&mut self, paper: Paper, article: &'static str) -> Option<NaiveDate> {
        let service = self.case.served(paper).map(|step| service_day(self.case, step, self.law));
        match service {
            None => self.found.push(Refused::NotServed { paper, article }),
            Some(day) if self.step.on < day => {
                let (zh, en) = (format!("{paper:#}的送达日"), format!("the service of the paper {paper}"));
                self.found.push(Refused::Before { what: Text { zh: zh.into(), en: en.into() }, day });
            }
            Some(day) => return Some(day),
        }
        None
    }

    /// Refuses a day on which a clock still runs.
    fn ran_out(&mut self, clock: Clock, begins: NaiveDate, article: &'static str) {
        let end = self.law.clocks.ends(clock, begins, &held(self.case, self.law.today), self.law.calendar);
        if self.step.on <= end.day {
            self.found.push(Refused::TooEarly { clock, until: end.day, article });
        } else if end.is_provisional {
            self.found.push(Refused::NoCalendar { clock, provisional: end.day });
        }
    }

    /// Refuses a day on which a clock has run out.
    fn still_runs(&mut self, clock: Clock, begins: NaiveDate, article: &'static str) {
        let end = self.law.clocks.ends(clock, begins, &held(self.case, self.law.today), self.law.calendar);
        if self.step.on > end.day {
            self.found.push(Refused::TooLate { clock, last: end.day, article });
        }
    }

    fn of_ways(&mut self, fits: fn(Way) -> bool) {
        let way = self.case.way();
        if !way.is_some_and(fits) {
            self.found.push(Refused::OtherWay { step: self.step.kind, way });
        }
    }

    fn mortgagee(&mut self, article: &'static str) {
        if self.facts.is_mortgaged {
            self.needs(StepKind::MortgageeTold, article);
        }
    }

    /// What the step moves on the ledger: the land of the case, no more and no less, on the day of the step.
    fn voucher(&mut self) {
        let area = self.case.opening.area;
        match (self.case.moves(self.step.kind), self.facts.voucher) {
            (None, _) if self.step.voucher.is_some() => {
                self.found.push(Refused::VoucherForeign { step: self.step.kind });
            }
            (Some(wanted), None) => self.found.push(Refused::NoVoucher { wanted }),
            (Some(wanted), Some(voucher)) if voucher.kind != wanted || voucher.area != area => {
                self.found.push(Refused::VoucherDiffers { wanted, area });
            }
            // A correction is of the day of what it corrects.
            (Some(wanted), Some(voucher)) if wanted != Kind::Correction && voucher.effective_on != self.step.on => {
                self.found.push(Refused::VoucherDay { effective_on: voucher.effective_on });
            }
            _ => {}
        }
    }

    // --- The steps ---

    /// > 第6条: the notice of investigation is served on the user.
    fn service(&mut self) {
        let Some(paper) = self.step.paper else { return };
        let issued = match paper {
            Paper::InvestigationNotice => self.case.last(StepKind::InvestigationNotice),
            Paper::Finding => self.case.last(StepKind::Found),
            Paper::Situation | Paper::HearingRights => self.case.in_disposal(StepKind::Informed),
            Paper::FeeDecision => self.case.decision().filter(|_| self.case.way() == Some(Way::Fee)),
            Paper::RecoveryDecision => self.case.decision().filter(|_| self.case.way() == Some(Way::FreeRecovery)),
            Paper::Urging => self.case.in_disposal(StepKind::Urged),
        };
        match issued {
            None => self.found.push(Refused::NotIssued { paper }),
            Some(issued) if self.step.on < issued.on => {
                let what = Text::fixed("文书制发日期", "the day the paper was issued");
                self.found.push(Refused::Before { what, day: issued.on });
            }
            Some(_) => {}
        }
        if !self.step.has_attachment() {
            self.found.push(Refused::NoScan);
        }
    }

    fn before_the_finding(&mut self) {
        self.once(StepKind::Found);
    }

    /// > 第6、9条: the user explains itself within thirty days of the notice; then the bureau finds.
    fn finding(&mut self) {
        self.once(StepKind::Found);
        let notice = self.served(Paper::InvestigationNotice, "第6条");
        if let (Some(served), None) = (notice, self.case.last(StepKind::Answered)) {
            self.ran_out(Clock::Answer, served, "第6条");
        }
        self.needs(StepKind::Inspected, "第7条");
        if self.facts.idle_from.is_none_or(|from| self.step.on < from) {
            self.found.push(Refused::NotIdle { from: self.facts.idle_from });
        }
    }

    /// > 第12、14条, 第25条: what the cause allows; nothing of article 12 without the filing.
    fn choice(&mut self) {
        let Some(way) = self.step.way else { return };
        if !self.needs(StepKind::Found, "第9条") {
            return;
        }
        if self.case.remedy_runs() {
            self.found.push(Refused::RemedyRuns);
        }
        self.not_recovered();
        if self.case.standing() == Standing::Supplied {
            self.found.push(Refused::LandInDevelopment);
        }
        self.served(Paper::Finding, "第9条");
        self.needs(StepKind::Published, "第11条");
        let cause = self.case.cause();
        if way.is_agreed() {
            self.needs(StepKind::Filed, "第25条");
            if matches!(cause, Some(Cause::Government | Cause::Mixed)) {
                self.needs(StepKind::DepartmentNotified, "第11条");
            }
            // Own cause is answered by fee and recovery; land that was merely stopped is agreed upon whatever the cause.
            if let (Some(Cause::Own), Grounds::NotStarted) = (cause, self.case.opening.grounds) {
                self.found.push(Refused::WrongCause { way, cause: Cause::Own });
            }
        } else {
            self.own_cause(way);
        }
    }

    fn own_cause(&mut self, way: Way) {
        let (cause, grounds) = (self.case.cause(), self.case.opening.grounds);
        if let Some(cause @ (Cause::Government | Cause::ForceMajeure)) = cause {
            self.found.push(Refused::WrongCause { way, cause });
        }
        if grounds == Grounds::Stopped {
            self.found.push(Refused::WrongGrounds { way, grounds });
        }
        let from = if way == Way::Fee { self.facts.fee_from } else { self.facts.recovery_from };
        if from.is_none_or(|from| self.step.on < from) {
            self.found.push(Refused::OwnTimeTooShort { way, from });
        }
    }

    /// > 第12、13条: the plan that the government approved, by a supplementary agreement.
    fn carrying_out(&mut self) {
        self.of_ways(Way::is_agreed);
        // Once: an extension carried out twice would be longer than the law's year.
        self.once_in_disposal(StepKind::CarriedOut);
        self.in_disposal(StepKind::PlanApproved, "第13条");
        let Some(way) = self.case.way() else { return };
        let members = [
            (
                "new_start",
                self.step.new_start.is_some(),
                way == Way::Extension,
                way == Way::Change || way == Way::Exchange,
            ),
            ("until", self.step.until.is_some(), way == Way::TemporaryUse, false),
        ];
        for (member, is_there, is_needed, may_be) in members {
            if is_needed && !is_there {
                self.found.push(Refused::MemberMissing { member, way });
            } else if is_there && !is_needed && !may_be {
                self.found.push(Refused::MemberForeign { member, way });
            }
        }
        let clocks = self.law.clocks;
        let last =
            |from: NaiveDate, months: u32| from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
        if let (Way::Extension, Some(start)) = (way, self.step.new_start) {
            let from = match self.facts.agreed_start {
                Some(agreed) if !clocks.extension_counts_from_agreement => agreed,
                _ => self.step.on,
            };
            let last = last(from, clocks.extension_max_months);
            if start > last {
                self.found.push(Refused::ExtensionTooLong { last });
            }
        }
        if let (Way::TemporaryUse, Some(until)) = (way, self.step.until) {
            let last = last(self.step.on, clocks.temporary_use_max_months);
            if until > last {
                self.found.push(Refused::TemporaryUseTooLong { last });
            }
        }
    }

    /// > 第15条: the user may ask for a hearing within five working days of being told so.
    fn hearing_request(&mut self) {
        self.of_ways(|way| !way.is_agreed());
        if let Some(served) = self.served(Paper::HearingRights, "第15条") {
            self.still_runs(Clock::HearingRequest, served, "第15条");
        }
    }

    fn legal_review(&mut self) {
        self.of_ways(|way| !way.is_agreed());
        self.served(Paper::Situation, "第15条");
        let told = self.served(Paper::HearingRights, "第15条");
        match (self.case.in_disposal(StepKind::HearingRequested), told) {
            (Some(_), _) => {
                self.in_disposal(StepKind::HearingHeld, "第15条");
            }
            (None, Some(told)) => self.ran_out(Clock::HearingRequest, told, "第15条"),
            (None, None) => {}
        }
    }

    /// > 第14条: a fifth of the price, or the land itself, by a decision that the government approved.
    fn decision(&mut self) {
        self.of_ways(|way| !way.is_agreed());
        if self.case.decision().is_some() {
            self.found.push(Refused::AlreadyTaken { step: StepKind::Decided });
        }
        self.in_disposal(StepKind::GovernmentApproved, "第14条");
        self.mortgagee("第14条");
        let Some(way) = self.case.way().filter(|way| !way.is_agreed()) else { return };
        self.own_cause(way);
        let (amount, area) = (self.step.amount, self.step.area_m2);
        let members =
            [("amount", amount.is_some(), way == Way::Fee), ("area_m2", area.is_some(), way == Way::FreeRecovery)];
        for (member, is_there, is_needed) in members {
            match (is_there, is_needed) {
                (false, true) => self.found.push(Refused::MemberMissing { member, way }),
                (true, false) => self.found.push(Refused::MemberForeign { member, way }),
                _ => {}
            }
        }
        if let (Way::Fee, Some(given), Some(due)) = (way, amount, self.law.fee_due)
            && given.get() != due
        {
            self.found.push(Refused::FeeDiffers { due, given: given.get() });
        }
        let of_case = self.case.opening.area;
        match area.map(|area| area.get()) {
            Some(area) if area > of_case => self.found.push(Refused::AreaExceeds { area, of_case }),
            Some(area) if area < of_case => self.found.push(Refused::AreaPartial { area, of_case }),
            _ => {}
        }
    }

    /// Paying leaves the case open: it is watched until development starts or two full years lead to recovery.
    fn payment(&mut self) {
        self.decided_way(Way::Fee);
        self.once_in_disposal(StepKind::Paid);
        self.served(Paper::FeeDecision, "第14条");
        let decided = self.case.decision().and_then(|decision| decision.amount);
        if let (Some(due), Some(given)) = (decided, self.step.amount)
            && due != given
        {
            self.found.push(Refused::FeeDiffers { due: due.get(), given: given.get() });
        }
    }

    fn decided_way(&mut self, way: Way) -> bool {
        if self.case.way() != Some(way) {
            self.found.push(Refused::OtherWay { step: self.step.kind, way: self.case.way() });
            return false;
        }
        let there = self.case.decision().map(|decision| decision.on);
        self.after(there, StepKind::Decided, "第14条")
    }

    fn decision_paper(&self) -> Paper {
        if self.case.way() == Some(Way::Fee) { Paper::FeeDecision } else { Paper::RecoveryDecision }
    }

    fn remedy(&mut self) {
        if self.case.remedy_runs() {
            self.found.push(Refused::RemedyRuns);
        }
        let Some(served) = self.served(self.decision_paper(), "第14条") else { return };
        match self.step.remedy {
            Some(Remedy::Review) => self.still_runs(Clock::Review, served, "行政复议法"),
            Some(Remedy::Suit) => match self.case.remedy_ended() {
                Some((Remedy::Review, ended)) => {
                    self.still_runs(Clock::SuitAfterReview, ended, "行政诉讼法第45条");
                }
                _ => self.still_runs(Clock::Suit, served, "行政诉讼法第46条"),
            },
            None => {}
        }
    }

    fn urging(&mut self) {
        let paper = self.decision_paper();
        let there = self.case.decision().map(|decision| decision.on);
        self.after(there, StepKind::Decided, "第14条");
        if let Some(served) = self.served(paper, "行政强制法第54条") {
            let clock = if paper == Paper::FeeDecision { Clock::Pay } else { Clock::CancelRegistration };
            self.ran_out(clock, served, "第14条");
        }
    }

    /// > 行政强制法第53、54条: within three months after the time for suits, ten days after the urging.
    fn court(&mut self) {
        if self.case.remedy_runs() {
            self.found.push(Refused::RemedyRuns);
        }
        if self.served(self.decision_paper(), "行政强制法第53条").is_some() {
            self.remedies_over("行政强制法第53条");
            if let Some(ends) = remedy_ends(self.case, self.law) {
                self.still_runs(Clock::CourtApplication, ends.day, "行政强制法第53条");
            }
        }
        if let Some(urged) = self.served(Paper::Urging, "行政强制法第54条") {
            self.ran_out(Clock::Urging, urged, "行政强制法第54条");
        }
    }

    /// > 第17、18条: the user cancels within thirty days; who does neither that nor seek a remedy finds it announced.
    fn cancellation(&mut self) {
        if !self.decided_way(Way::FreeRecovery) {
            return;
        }
        self.once_in_disposal(StepKind::RegistrationCancelled);
        let Some(served) = self.served(Paper::RecoveryDecision, "第17条") else { return };
        if self.step.manner == Some(Manner::Public) {
            self.ran_out(Clock::CancelRegistration, served, "第18条");
            if self.case.remedy_runs() {
                self.found.push(Refused::RemedyRuns);
            }
            self.remedies_over("第18条");
        }
    }

    fn closing(&mut self) {
        use StepKind as K;
        if !self.needs(K::DisposalChosen, "第25条") {
            return;
        }
        if self.case.remedy_runs() {
            self.found.push(Refused::RemedyRuns);
        }
        match self.case.way() {
            // What was agreed came to nothing, and a later case goes on with it.
            Some(Way::Extension | Way::Change) if self.facts.has_successor => {
                self.in_disposal(K::CarriedOut, "第12条");
            }
            // A fee is no disposal by itself.
            Some(Way::Fee | Way::Extension | Way::Change | Way::TemporaryUse) => {
                self.in_disposal(K::Resumed, "第25条");
            }
            Some(Way::PaidRecovery | Way::Exchange | Way::Other) => {
                self.in_disposal(K::CarriedOut, "第13条");
                if self.case.in_disposal(K::CarriedOut).is_some() && self.case.standing() == Standing::Idle {
                    self.found.push(Refused::StillIdle);
                }
            }
            Some(Way::FreeRecovery) => {
                self.in_disposal(K::RegistrationCancelled, "第18条");
                if self.served(Paper::RecoveryDecision, "第14条").is_some() {
                    self.remedies_over("行政诉讼法第46条");
                }
            }
            None => {}
        }
        self.needs(K::Filed, "第25条");
    }

    /// Refuses a day on which somebody may still seek a remedy against the decision.
    fn remedies_over(&mut self, article: &'static str) {
        let Some(end) = remedy_ends(self.case, self.law) else { return };
        if self.step.on <= end.day {
            self.found.push(Refused::TooEarly { clock: end.clock, until: end.day, article });
        } else if end.is_provisional {
            self.found.push(Refused::NoCalendar { clock: end.clock, provisional: end.day });
        }
    }
}
