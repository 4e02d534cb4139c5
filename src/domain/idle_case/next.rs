//! What may follow in a case: every further step that the case is open to, with what still stands in its way.

use chrono::NaiveDate;

use crate::domain::idle_case::deadlines::{Deadline, deadlines};
use crate::domain::idle_case::decide::{Law, refused};
use crate::domain::idle_case::refused::Refused;
use crate::domain::idle_case::step::{Manner, Paper, Step, StepKind};
use crate::domain::idle_case::{Case, Facts, State, Way};

crate::vocabulary! {
    /// 案件文书 — papers that the bureau makes out for a step
    pub enum CasePaper {
        InvestigationNotice = "investigation_notice" "闲置土地调查通知书",
        InspectionSheet = "inspection_sheet" "现场核查表",
        Finding = "finding" "闲置土地认定书",
        DepartmentLetter = "department_letter" "书面告知函",
        MortgageeLetter = "mortgagee_letter" "抵押权人告知函",
        DisposalPlan = "disposal_plan" "处置方案请示",
        Situation = "situation" "闲置土地情况告知书",
        HearingRights = "hearing_rights" "听证权利告知书",
        FeeDecision = "fee_decision" "征缴土地闲置费决定书",
        RecoveryDecision = "recovery_decision" "收回国有建设用地使用权决定书",
        Urging = "urging" "催告书",
        CourtApplication = "court_application" "强制执行申请书",
        CancellationLetter = "cancellation_letter" "注销登记函",
        StartApplication = "start_application" "建设项目动工开发申请书",
        Receipt = "receipt" "送达回证",
        ClosingApproval = "closing_approval" "结案审批表",
    }
}

/// 后续步骤 — one step that the case is open to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub step: StepKind,
    /// Of `served`.
    pub paper: Option<Paper>,
    /// Of `disposal_chosen`.
    pub way: Option<Way>,
    /// What stands in its way today; nothing: it may be taken.
    pub refused: Vec<Refused>,
    /// The first day on which time alone no longer stands in its way; none if it is no question of time alone.
    pub earliest: Option<NaiveDate>,
    /// The day by which it is due, from the first of its deadlines that is open.
    pub due: Option<NaiveDate>,
    /// When it was taken before, in this disposal if it is one of a disposal's; it may be taken again.
    pub taken_on: Option<NaiveDate>,
    /// Members that the step asks for besides those of its kind.
    pub asks: Vec<&'static str>,
    pub papers: &'static [CasePaper],
}

impl Next {
    pub const fn is_open(&self) -> bool {
        self.refused.is_empty()
    }

    /// Whether it was taken and nothing asks for it again.
    pub const fn is_done(&self) -> bool {
        self.taken_on.is_some() && self.due.is_none()
    }
}

/// The papers that a step needs.
pub const fn papers(step: StepKind, way: Option<Way>) -> &'static [CasePaper] {
    use CasePaper as P;
    match (step, way) {
        (StepKind::InvestigationNotice, _) => &[P::InvestigationNotice],
        (StepKind::Inspected, _) => &[P::InspectionSheet],
        (StepKind::Found, _) => &[P::Finding],
        (StepKind::DepartmentNotified, _) => &[P::DepartmentLetter],
        (StepKind::MortgageeTold, _) => &[P::MortgageeLetter],
        (StepKind::PlanApproved | StepKind::GovernmentApproved, _) => &[P::DisposalPlan],
        (StepKind::Informed, _) => &[P::Situation, P::HearingRights],
        (StepKind::Decided, Some(Way::Fee)) => &[P::FeeDecision],
        (StepKind::Decided, _) => &[P::RecoveryDecision],
        (StepKind::Urged, _) => &[P::Urging],
        (StepKind::CourtApplied, _) => &[P::CourtApplication],
        (StepKind::RegistrationCancelled, _) => &[P::CancellationLetter],
        (StepKind::Resumed, _) => &[P::StartApplication],
        (StepKind::Served, _) => &[P::Receipt],
        (StepKind::Closed, _) => &[P::ClosingApproval],
        _ => &[],
    }
}

impl Step {
    /// A step of a kind and a day with nothing else.
    pub const fn bare(kind: StepKind, on: NaiveDate) -> Self {
        Self {
            kind,
            on,
            document: None,
            paper: None,
            manner: None,
            cause: None,
            way: None,
            new_start: None,
            until: None,
            amount: None,
            area_m2: None,
            remedy: None,
            revoked: None,
            hold: None,
            voucher: None,
            reason: None,
        }
    }
}

/// Every step that the case is open to on the day of the law: what is due first, then what may be taken at once, then the
/// rest by its day, and last what was taken before. `facts` gives what the case rests on for a step.
pub fn next(case: &Case, facts: impl Fn(&Step) -> Facts, law: &Law<'_>) -> Vec<Next> {
    let mut all = Vec::new();
    if case.state().is_final() {
        return all;
    }
    let deadlines = deadlines(case, &facts(&Step::bare(StepKind::Served, law.today)), law);
    for kind in StepKind::ALL.iter().copied() {
        let bare = Step::bare(kind, law.today);
        let candidates: Vec<Step> = match kind {
            StepKind::Served => {
                let served = |paper: &Paper| Step { paper: Some(*paper), manner: Some(Manner::Direct), ..bare.clone() };
                Paper::ALL.iter().filter(|paper| case.served(**paper).is_none()).map(served).collect()
            }
            StepKind::DisposalChosen => Way::ALL.iter().map(|way| Step { way: Some(*way), ..bare.clone() }).collect(),
            _ => vec![bare],
        };
        all.extend(candidates.into_iter().filter_map(|step| candidate(case, step, &facts, law, &deadlines)));
    }
    all.sort_by_key(|next| {
        (next.is_done(), !next.is_open(), next.due.is_none(), next.due, next.earliest.is_none(), next.earliest)
    });
    all
}

/// The first day by which a step is due. What others had a right to and let pass is not.
fn due(step: StepKind, deadlines: &[Deadline], today: NaiveDate) -> Option<NaiveDate> {
    let is_open = |deadline: &&Deadline| {
        deadline.kind.step() == Some(step)
            && deadline.done_on.is_none()
            && (deadline.kind.is_a_duty() || deadline.due >= today)
    };
    deadlines.iter().find(is_open).map(|deadline| deadline.due)
}

/// When a step was last taken, of those that belong to a disposal in this one.
fn taken_on(case: &Case, next: &Step) -> Option<NaiveDate> {
    use StepKind as K;
    let step = match next.kind {
        // Papers that were served are not among what may follow; a suspension that ends may begin again.
        K::Served | K::Suspended | K::Lifted => None,
        K::DisposalChosen => case.in_disposal(K::DisposalChosen).filter(|step| step.way == next.way),
        K::InvestigationNotice
        | K::Answered
        | K::Inspected
        | K::Found
        | K::Cleared
        | K::Published
        | K::DepartmentNotified
        | K::Filed
        | K::MortgageeTold => case.last(next.kind),
        _ => case.in_disposal(next.kind),
    };
    step.map(|step| step.on)
}

fn candidate(
    case: &Case,
    step: Step,
    facts: &impl Fn(&Step) -> Facts,
    law: &Law<'_>,
    deadlines: &[Deadline],
) -> Option<Next> {
    let found = refused(case, &step, &facts(&step), law);
    if found.iter().any(Refused::is_out_of_place) || !is_of_state(step.kind, case.state()) {
        return None;
    }
    let mut asks = Vec::new();
    let mut refused = Vec::new();
    for reason in found {
        match reason {
            Refused::MemberMissing { member, .. } => asks.push(member),
            Refused::NoScan => asks.push("document.attachments"),
            Refused::FeeDiffers { .. } => {}
            reason => refused.push(reason),
        }
    }
    let days: Option<Vec<NaiveDate>> = refused.iter().map(Refused::earliest).collect();
    let earliest = days.and_then(|days| days.into_iter().max()).filter(|day| *day > law.today);
    let way = step.way.or_else(|| case.way());
    let papers = papers(step.kind, way);
    Some(Next {
        step: step.kind,
        paper: step.paper,
        way: step.way,
        refused,
        earliest,
        due: due(step.kind, deadlines, law.today),
        taken_on: taken_on(case, &step),
        asks,
        papers,
    })
}

/// Whether a step belongs to the part of the procedure that the case has reached, so that a clerk is not shown the whole
/// law at every turn.
fn is_of_state(step: StepKind, state: State) -> bool {
    use StepKind as K;
    match step {
        K::InvestigationNotice => state == State::Suspected,
        K::Answered | K::Inspected | K::Found | K::Cleared => state == State::Investigation,
        K::Served | K::Suspended | K::Lifted | K::Annulled => true,
        K::Published | K::DepartmentNotified | K::Filed | K::MortgageeTold | K::DisposalChosen | K::Resumed => {
            matches!(state, State::Found | State::DisposalChosen | State::UnderWay)
        }
        K::Agreed
        | K::PlanApproved
        | K::CarriedOut
        | K::Informed
        | K::HearingRequested
        | K::HearingHeld
        | K::LegalReviewed
        | K::Discussed
        | K::GovernmentApproved
        | K::Decided
        | K::RemedyEnded => matches!(state, State::DisposalChosen | State::UnderWay),
        K::Paid | K::RemedyFiled | K::Urged | K::CourtApplied | K::RegistrationCancelled | K::Closed => {
            state == State::UnderWay
        }
    }
}
