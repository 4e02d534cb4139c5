//! 闲置土地处置案件: from suspicion to disposal, one legal act after another.
//!
//! > 《闲置土地处置办法》(国土资源部令第53号): Chapter 2 says how idle land is investigated and found, chapter 3 how it is
//! > disposed of; an act of the bureau is lawful only after those it rests on.
//!
//! A case is the list of its steps and nothing else: its state, its clocks and what may follow are read off them.
//! [`decide::refused`] says of a further step all that stands in its way. Nothing here knows of a database or of today's
//! date; what is known of contract, ledger and mortgage comes in as [`Facts`].

pub mod clock;
pub mod deadlines;
pub mod decide;
pub mod next;
pub mod record;
pub mod refused;
pub mod remedies;
pub mod step;
pub mod void;

use chrono::NaiveDate;

use crate::domain::ledger::kind::Kind;
use crate::domain::quantity::AreaM2;
use step::{Paper, Remedy, Step, StepKind};

crate::vocabulary! {
    /// 案件状态
    #[schema(as = IdleCaseState)]
    pub enum State {
        Suspected = "suspected" "疑似闲置",
        Investigation = "investigation" "调查中",
        Found = "found" "已认定",
        DisposalChosen = "disposal_chosen" "已定处置方式",
        UnderWay = "under_way" "处置中",
        Closed = "closed" "已销号",
        Cleared = "cleared" "不构成闲置",
        Annulled = "annulled" "已撤销",
    }
}

impl State {
    /// Whether nothing may follow.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Cleared | Self::Annulled)
    }

    /// Whether it is one whose land the public may see: found and not yet closed (article 11).
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Found | Self::DisposalChosen | Self::UnderWay)
    }
}

crate::vocabulary! {
    /// 疑似情形 — which of the two definitions of idle land (article 2)
    pub enum Grounds {
        NotStarted = "not_started" "超过动工开发日期满一年未动工",
        Stopped = "stopped" "已动工但中止开发建设满一年",
    }
}

crate::vocabulary! {
    /// 闲置原因认定
    #[schema(as = IdleCaseCause)]
    pub enum Cause {
        Government = "government" "政府及其有关部门的行为",
        Own = "own" "土地使用权人自身原因",
        Mixed = "mixed" "政府与自身原因兼有",
        ForceMajeure = "force_majeure" "不可抗力",
    }
}

crate::vocabulary! {
    /// 处置方式
    pub enum Way {
        Extension = "extension" "延长动工开发期限",
        Change = "change" "调整土地用途、规划条件",
        TemporaryUse = "temporary_use" "政府安排临时使用",
        PaidRecovery = "paid_recovery" "协议有偿收回",
        Exchange = "exchange" "置换土地",
        Other = "other" "其他处置方式",
        Fee = "fee" "征缴土地闲置费",
        FreeRecovery = "free_recovery" "无偿收回",
    }
}

impl Way {
    /// Whether it is one of article 12, agreed with the user and planned; the others are decisions.
    pub const fn is_agreed(self) -> bool {
        !matches!(self, Self::Fee | Self::FreeRecovery)
    }

    /// Whether the user's right ends by it.
    pub const fn takes_back(self) -> bool {
        matches!(self, Self::PaidRecovery | Self::Exchange | Self::FreeRecovery)
    }
}

/// A case as it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub grounds: Grounds,
    pub opened_on: NaiveDate,
    /// The land of the case, in m².
    pub area: AreaM2,
}

/// A case: how it was opened and the steps that count, in the order they were recorded.
#[derive(Debug, Clone)]
pub struct Case {
    pub opening: Opening,
    pub steps: Vec<Step>,
}

/// What the case rests on outside itself, as of the day of the step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// First day on which the land is idle by the definition; none while it is not.
    pub idle_from: Option<NaiveDate>,
    /// First day on which own-cause time makes a full year (article 14 (1)).
    pub fee_from: Option<NaiveDate>,
    /// First day on which own-cause time makes two full years (article 14 (2)).
    pub recovery_from: Option<NaiveDate>,
    /// The start that the contract agreed, or the deemed one.
    pub agreed_start: Option<NaiveDate>,
    pub is_mortgaged: bool,
    /// A later case was opened because what this one agreed came to nothing.
    pub has_successor: bool,
    /// The voucher that the step names, or the one that will be posted with it.
    pub voucher: Option<VoucherFact>,
}

/// A voucher, as far as a case asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoucherFact {
    pub kind: Kind,
    /// What it moves of the case's parcel.
    pub area: AreaM2,
    pub effective_on: NaiveDate,
}

/// Land that a case took back from its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    pub on: NaiveDate,
    pub area: AreaM2,
}

/// Where the land of a case stands on the area ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Supplied,
    Idle,
    Recovered,
}

impl Way {
    /// What carrying out this way does on the ledger to land that is idle: with a new start agreed it is in normal
    /// development again, recovered or exchanged it waits for a new supply.
    const fn moves(self) -> Option<Kind> {
        match self {
            Self::Extension | Self::Change => Some(Kind::Resumed),
            Self::PaidRecovery | Self::Exchange => Some(Kind::Recovered),
            Self::TemporaryUse | Self::Other | Self::Fee | Self::FreeRecovery => None,
        }
    }
}

fn moves(step: StepKind, way: Option<Way>, standing: Standing) -> Option<Kind> {
    match (step, standing) {
        (StepKind::Found, Standing::Supplied) => Some(Kind::IdleFound),
        (StepKind::Resumed, Standing::Idle) => Some(Kind::Resumed),
        (StepKind::CarriedOut, Standing::Idle) => way.and_then(Way::moves),
        (StepKind::RegistrationCancelled, Standing::Idle) => Some(Kind::Recovered),
        // What the finding moved is moved back.
        (StepKind::Annulled, Standing::Idle) => Some(Kind::Correction),
        _ => None,
    }
}

impl Case {
    /// The steps of a kind, the first first.
    pub fn all(&self, kind: StepKind) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.kind == kind)
    }

    pub fn last(&self, kind: StepKind) -> Option<&Step> {
        self.all(kind).next_back()
    }

    /// The steps since the way of disposal was last chosen, or since a decision was revoked: what an earlier way or a
    /// decision that fell asked for was done for that one and does not serve a later one.
    pub fn disposal(&self) -> &[Step] {
        let begins = |step: &Step| step.kind == StepKind::DisposalChosen || step.revokes();
        self.steps.iter().rposition(begins).map_or(&[], |from| &self.steps[from..])
    }

    /// The last step of a kind in this disposal.
    pub fn in_disposal(&self, kind: StepKind) -> Option<&Step> {
        self.disposal().iter().rfind(|step| step.kind == kind)
    }

    /// When a paper was served, in this disposal if it is one of a disposal's.
    pub fn served(&self, paper: Paper) -> Option<&Step> {
        let is = |step: &&Step| step.kind == StepKind::Served && step.paper == Some(paper);
        let steps = match paper {
            Paper::InvestigationNotice | Paper::Finding => &self.steps,
            _ => self.disposal(),
        };
        steps.iter().rfind(is)
    }

    pub fn cause(&self) -> Option<Cause> {
        self.last(StepKind::Found)?.cause
    }

    pub fn way(&self) -> Option<Way> {
        self.last(StepKind::DisposalChosen)?.way
    }

    /// The voucher that a further step moves the land with; none if the land stays where it is.
    pub fn moves(&self, step: StepKind) -> Option<Kind> {
        moves(step, self.way(), self.standing())
    }

    /// Where the land stands after the steps.
    pub fn standing(&self) -> Standing {
        self.stands().0
    }

    /// The land that was taken back from its user, and when.
    pub fn taken_back(&self) -> Option<TakenBack> {
        let (Standing::Recovered, Some(step)) = self.stands() else { return None };
        let decided = self.decision().and_then(|step| step.area_m2);
        Some(TakenBack { on: step.on, area: decided.map_or(self.opening.area, |area| area.get()) })
    }

    /// Where the land stands, and the step that brought it there.
    fn stands(&self) -> (Standing, Option<&Step>) {
        let (mut standing, mut by, mut way) = (Standing::Supplied, None, None);
        for step in &self.steps {
            way = step.way.or(way);
            if let Some(kind) = moves(step.kind, way, standing) {
                by = Some(step);
                standing = match kind {
                    Kind::IdleFound => Standing::Idle,
                    Kind::Recovered => Standing::Recovered,
                    _ => Standing::Supplied,
                };
            }
        }
        (standing, by)
    }

    /// Whether a lawsuit, a seizure or an insolvency holds the case.
    pub fn is_suspended(&self) -> bool {
        let held = self.steps.iter().rfind(|step| matches!(step.kind, StepKind::Suspended | StepKind::Lifted));
        held.is_some_and(|step| step.kind == StepKind::Suspended)
    }

    /// Whether a review or suit against the decision was brought and has not ended.
    pub fn remedy_runs(&self) -> bool {
        let filed = self.steps.iter().filter(|step| step.kind == StepKind::RemedyFiled).count();
        let ended = self.steps.iter().filter(|step| step.kind == StepKind::RemedyEnded).count();
        filed > ended
    }

    /// The remedy against the decision that stands which ended last, with the day.
    pub fn remedy_ended(&self) -> Option<(Remedy, NaiveDate)> {
        let ended = self.in_disposal(StepKind::RemedyEnded)?;
        let filed = self.in_disposal(StepKind::RemedyFiled)?;
        Some((filed.remedy?, ended.on))
    }

    pub fn state(&self) -> State {
        let mut state = State::Suspected;
        for step in &self.steps {
            state = match step.kind {
                StepKind::InvestigationNotice => State::Investigation,
                StepKind::Found => State::Found,
                StepKind::DisposalChosen => State::DisposalChosen,
                StepKind::CarriedOut | StepKind::Decided => State::UnderWay,
                // A decision that was revoked leaves the way to be gone again.
                StepKind::RemedyEnded if step.revokes() => State::DisposalChosen,
                StepKind::Cleared => State::Cleared,
                StepKind::Closed => State::Closed,
                StepKind::Annulled => State::Annulled,
                _ => state,
            };
        }
        state
    }

    /// The decision that stands: one that was not revoked.
    pub fn decision(&self) -> Option<&Step> {
        let decided = self.steps.iter().rposition(|step| step.kind == StepKind::Decided)?;
        let is_chosen_anew = |step: &Step| step.kind == StepKind::DisposalChosen;
        let stands = !self.steps[decided..].iter().any(|step| step.revokes() || is_chosen_anew(step));
        stands.then(|| &self.steps[decided])
    }
}
