//! 闲置土地处置案件: opened on the land of a contract, carried on step by step, each decided before it is written.
//!
//! A step with legal effect, or one that moves land, passes three people; its approval posts the voucher in the same
//! transaction, so that map and books agree with the case (ADR 19).

pub mod facts;
pub mod land;
mod open;
mod public;
pub mod views;

use std::sync::Arc;

use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::encumbrances::known_attachments;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::papers::service::may_be_served;
use crate::app::policy::Policies;
use crate::app::records::{Stamp, based_on, entry, known_county, missing};
use crate::app::vouchers::{self, Desk};
use crate::domain::calendar::Calendar;
use crate::domain::idle_case::clock::Clocks;
use crate::domain::idle_case::deadlines::{Deadline, deadlines};
use crate::domain::idle_case::decide::{Law, refused};
use crate::domain::idle_case::next::{Next, next};
use crate::domain::idle_case::record::{
    Entry, NotNow, StepAction, StepState, VoidBody, Way3, after, kind_word, takes_three,
};
use crate::domain::idle_case::step::{Step, StepKind};
use crate::domain::idle_case::void::resting_on;
use crate::domain::idle_case::{Case, State};
use crate::domain::input::FieldError;
use crate::domain::ledger::kind::{Kind, Role};
use crate::domain::ledger::voucher::Signatures;
use crate::domain::plot::Attribute;
use crate::domain::policy::Policy;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::storage::db::{Db, Lane};
pub use crate::storage::idle_case::{CasePage, CaseRow, CaseState, StepEvent, StepProposal, StoredCase, StoredStep};
use crate::storage::plot::NewValue;
use crate::storage::{idle_case as rows, journal, plot, policy_overlay};

use self::facts::{Basis, basis};
use self::land::{Moving, moving, reversal};
pub use self::public::PublicCase;

/// A case with everything that is known of it.
#[derive(Debug, Clone)]
pub struct CaseFile {
    pub case: StoredCase,
    pub state: CaseState,
    pub steps: Vec<StoredStep>,
    pub proposals: Vec<(StepProposal, Vec<StepEvent>)>,
    pub successors: Vec<i64>,
    pub basis: Basis,
    pub deadlines: Vec<Deadline>,
    pub next: Vec<Next>,
    pub today: chrono::NaiveDate,
}

/// What became of a step that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Recorded,
    Proposed,
    /// Nothing was written: it was only asked what would refuse it.
    Tried,
}

/// What the journal keeps of an act on a case: nothing that may name a person.
#[derive(Serialize)]
struct Journalled {
    number: String,
    state: State,
    entry: Option<&'static str>,
    action: Option<StepAction>,
}

/// What a use case on cases takes along into the lock.
pub(super) struct Office {
    county: County,
    stamp: Stamp,
    desk: Desk,
    policies: Arc<Policies>,
}

/// A case as it is loaded for a decision.
struct Loaded {
    case: StoredCase,
    state: CaseState,
    steps: Vec<StoredStep>,
    now: Case,
}

impl Loaded {
    fn next_n(&self) -> i32 {
        self.steps.last().map_or(1, |step| step.n + 1)
    }
}

impl App {
    fn case_office(&self, caller: &Caller, county: County) -> Office {
        let desk = self.voucher_desk(county);
        Office { county, stamp: self.stamp(caller), desk, policies: Arc::clone(&self.policies) }
    }

    /// Takes a step from a clerk: recorded at once, or proposed where it takes three people. With `dry_run` it is only
    /// said what would refuse it.
    pub fn record_idle_step(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        step: Step,
        dry_run: bool,
    ) -> Result<(Sent, CaseFile), AppError> {
        self.enter(caller, county, (id, version), dry_run, move |_| Ok(Entry::Step(Box::new(step))))
    }

    /// Takes a step back that was recorded wrongly.
    pub fn void_idle_step(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        n: i32,
        body: VoidBody,
        dry_run: bool,
    ) -> Result<(Sent, CaseFile), AppError> {
        let today = self.clock.today();
        self.enter(caller, county, (id, version), dry_run, move |loaded| {
            let counts = rows::counting(&loaded.steps).any(|(known, _)| known == n);
            if !counts {
                return Err(AppError::NotFound(text!(
                    "案件没有第 {n} 步,或该步已作废",
                    "the case has no step {n} that counts"
                )));
            }
            Ok(Entry::Void { step: n, on: today, body })
        })
    }

    fn enter(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        dry_run: bool,
        make: impl FnOnce(&Loaded) -> Result<Entry, AppError> + Send + 'static,
    ) -> Result<(Sent, CaseFile), AppError> {
        let office = self.case_office(caller, county);
        self.writer.write(Lane(county.number()), move |db| {
            let loaded = office.load(db, id)?;
            based_on(version, loaded.state.version)?;
            let made = make(&loaded)?;
            let voided = made.voids().and_then(|n| kind_of(&loaded, n));
            let three = takes_three(&made, voided);
            let waits = rows::proposals(db, county, id)?;
            if let Some(open) = waits.iter().find(|known| is_open(known.state)) {
                // One at a time, so that nobody approves what was decided on other facts.
                if three {
                    let n = open.n;
                    return Err(AppError::Conflict(text!(
                        "本案第 {n} 号待批步骤尚未办结;请先办结或撤回",
                        "proposed step {n} of the case waits; finish or withdraw it first"
                    )));
                }
            }
            let moved = office.judged(db, &loaded, &made)?;
            if dry_run {
                return Ok((Sent::Tried, office.file(db, id)?));
            }
            let sent = if three {
                let proposal = StepProposal {
                    case: id,
                    n: rows::next_proposal(db, county, id)?,
                    entry: made,
                    state: StepState::Proposed,
                    proposer: office.stamp.user,
                    reviewer: None,
                    step: None,
                    version: 1,
                    created_at: office.stamp.now,
                    changed_at: office.stamp.now,
                };
                rows::insert_proposal(db, county, &proposal)?;
                office.note(db, &loaded, &proposal, StepAction::Propose, None)?;
                office.touch(db, &loaded)?;
                Sent::Proposed
            } else {
                let signatures = Signatures { proposer: office.stamp.user, reviewer: None, approver: None };
                office.append(db, loaded, made, moved, signatures)?;
                Sent::Recorded
            };
            Ok((sent, office.file(db, id)?))
        })
    }

    /// Reviews, approves, returns or withdraws a proposed step. The approval records it and posts its voucher.
    pub fn act_on_idle_step(
        &self,
        caller: &Caller,
        county: County,
        (id, n, version): (i64, i32, i64),
        action: StepAction,
        comment: Option<String>,
    ) -> Result<CaseFile, AppError> {
        let office = self.case_office(caller, county);
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| caller.has(*role, county)).collect();
        self.writer.write(Lane(county.number()), move |db| {
            let loaded = office.load(db, id)?;
            let mut proposal = rows::proposal(db, county, id, n)?.ok_or_else(|| {
                AppError::NotFound(text!("案件没有第 {n} 号待批步骤", "the case has no proposed step {n}"))
            })?;
            let (user, now) = (office.stamp.user, office.stamp.now);
            let way = Way3 {
                state: proposal.state,
                proposer: proposal.proposer,
                reviewer: proposal.reviewer,
                actor: user,
                roles: &roles,
            };
            proposal.state = after(way, action).map_err(|not_now| match not_now {
                NotNow::Forbidden(text) => AppError::Forbidden(text),
                NotNow::Conflict(text) => AppError::Conflict(text),
            })?;
            based_on(version, proposal.version)?;
            match action {
                StepAction::Review => {
                    office.judged(db, &loaded, &proposal.entry)?;
                    proposal.reviewer = Some(user);
                }
                StepAction::Approve => proposal.step = Some(loaded.next_n()),
                StepAction::Propose | StepAction::Return | StepAction::Withdraw => {}
            }
            proposal.version += 1;
            proposal.changed_at = now;
            rows::update_proposal(db, county, &proposal)?;
            office.note(db, &loaded, &proposal, action, comment)?;
            if action == StepAction::Approve {
                let signatures =
                    Signatures { proposer: proposal.proposer, reviewer: proposal.reviewer, approver: Some(user) };
                let moved = office.judged(db, &loaded, &proposal.entry)?;
                office.append(db, loaded, proposal.entry, moved, signatures)?;
            } else {
                office.touch(db, &loaded)?;
            }
            office.file(db, id)
        })
    }

    /// A case with everything that is known of it, as of today.
    pub fn idle_case(&self, caller: &Caller, county: County, id: i64) -> Result<CaseFile, AppError> {
        let office = self.case_office(caller, county);
        self.pool.get()?.read(|db| office.file(db, id))
    }
}

fn is_open(state: StepState) -> bool {
    matches!(state, StepState::Proposed | StepState::Reviewed)
}

fn kind_of(loaded: &Loaded, n: i32) -> Option<StepKind> {
    rows::counting(&loaded.steps).find(|(known, _)| *known == n).map(|(_, step)| step.kind)
}

impl Office {
    fn policy(&self, db: &mut Db) -> Result<Arc<Policy>, AppError> {
        let last = policy_overlay::last(db, self.county)?;
        self.policies.current(db, self.county, last)
    }

    fn load(&self, db: &mut Db, id: i64) -> Result<Loaded, AppError> {
        known_county(db, self.county)?;
        let CaseRow { case, state } =
            rows::by_id(db, self.county, id)?.ok_or_else(|| missing(Collection::IdleCase, self.county, id))?;
        let steps = rows::steps(db, self.county, &[id])?.remove(&id).unwrap_or_default();
        let now = case.with(&steps);
        Ok(Loaded { case, state, steps, now })
    }

    /// All that stands in the way of an entry is told at once; nothing does, and what it would move is given.
    fn judged(&self, db: &mut Db, loaded: &Loaded, made: &Entry) -> Result<Moving, AppError> {
        let policy = self.policy(db)?;
        let clocks = Clocks::on(&policy, self.stamp.today)?;
        match made {
            Entry::Step(step) => self.judged_step(db, loaded, step, &policy, &clocks),
            Entry::Void { step, .. } => self.judged_void(db, loaded, *step, &policy, &clocks),
        }
    }

    fn judged_step(
        &self,
        db: &mut Db,
        loaded: &Loaded,
        step: &Step,
        policy: &Policy,
        clocks: &Clocks,
    ) -> Result<Moving, AppError> {
        let mut faults = Vec::new();
        let given = step.document.as_ref().and_then(|document| document.attachments.as_deref());
        known_attachments(db, self.county, given, &mut faults)?;
        if !faults.is_empty() {
            let below = |fault: FieldError| FieldError { pointer: format!("/document{}", fault.pointer), ..fault };
            return Err(AppError::Fields(faults.into_iter().map(below).collect()));
        }
        if let Some(paper) = step.paper {
            may_be_served(db, self.county, loaded.case.id, paper)?;
        }
        let on = step.on.min(self.stamp.today);
        let Basis { mut facts, fee_due, .. } = basis(db, self.county, &loaded.case, policy, on)?;
        let n = loaded.next_n();
        let moved = moving(db, self.county, &loaded.case, &loaded.steps, &loaded.now, step, n)?;
        facts.voucher = moved.fact();
        let law = Law { clocks, calendar: Calendar::built_in(), today: self.stamp.today, fee_due };
        let reasons = refused(&loaded.now, step, &facts, &law);
        if !reasons.is_empty() {
            return Err(AppError::CaseRefused(reasons));
        }
        self.ledger_takes(db, &moved)?;
        Ok(moved)
    }

    /// What rests on a step is voided before it; what it moved is moved back.
    fn judged_void(
        &self,
        db: &mut Db,
        loaded: &Loaded,
        n: i32,
        policy: &Policy,
        clocks: &Clocks,
    ) -> Result<Moving, AppError> {
        let counting: Vec<(i32, &Step)> = rows::counting(&loaded.steps).collect();
        let Some(at) = counting.iter().position(|(known, _)| *known == n) else {
            return Err(AppError::Conflict(text!("第 {n} 步已作废", "step {n} was voided already")));
        };
        let Basis { facts, fee_due, .. } = basis(db, self.county, &loaded.case, policy, self.stamp.today)?;
        let law = Law { clocks, calendar: Calendar::built_in(), today: self.stamp.today, fee_due };
        let resting = resting_on(&loaded.now, at, &facts, &law);
        if let Some(first) = resting.first() {
            let (later, step) = (counting[first.at].0, first.step);
            return Err(AppError::Conflict(text!(
                "第 {later} 步“{step:#}”以第 {n} 步为前提;请先作废后面的步骤",
                "step {later} ({step}) rests on step {n}; void the later one first"
            )));
        }
        let voucher = loaded.steps.iter().find(|step| step.n == n).and_then(|step| step.voucher);
        let moved = match voucher {
            // What was posted beside the case is corrected there; the case only lets go of it.
            Some(seq) if !is_named(&counting[at], seq) => {
                reversal(db, self.county, &loaded.case, seq, None, loaded.next_n())?
            }
            _ => Moving::Nothing,
        };
        self.ledger_takes(db, &moved)?;
        Ok(moved)
    }

    fn ledger_takes(&self, db: &mut Db, moved: &Moving) -> Result<(), AppError> {
        match moved {
            Moving::Posted(made, _) => vouchers::check_made(db, &self.desk, (**made).clone()),
            Moving::Nothing | Moving::Named { .. } | Moving::Missing => Ok(()),
        }
    }

    /// Writes an entry that was judged, with its voucher.
    fn append(
        &self,
        db: &mut Db,
        loaded: Loaded,
        made: Entry,
        moved: Moving,
        signatures: Signatures,
    ) -> Result<(), AppError> {
        let n = loaded.next_n();
        let recovers = moved.fact().is_some_and(|fact| fact.kind == Kind::Recovered);
        let voucher = match moved {
            Moving::Posted(made, _) => Some(vouchers::post_made(db, &self.desk, *made, signatures)?.seq),
            Moving::Named { seq, .. } => Some(seq),
            Moving::Nothing | Moving::Missing => None,
        };
        let on = made.on();
        let stored = StoredStep { n, entry: made, voucher, signatures, recorded_at: self.stamp.now };
        rows::append(db, self.county, loaded.case.id, &stored)?;
        let Loaded { case, state, mut steps, .. } = loaded;
        let word = kind_word(&stored.entry);
        steps.push(stored);
        let now = case.with(&steps);
        let state = CaseState::of(&now, state.version + 1, self.stamp.now);
        rows::set_state(db, self.county, case.id, &state)?;
        if recovers {
            self.prefer_private_investment(db, &case, on)?;
        }
        let facts = Journalled { number: case.number.to_string(), state: state.state, entry: Some(word), action: None };
        let line = entry(self.stamp, "recordIdleStep", Collection::IdleCase, case.id, None, &facts);
        journal::append(db, self.county, vec![line])?;
        features::put_cases(db, self.county, &[case.id])
    }

    /// Recovered land goes to private investment first (行动方案第20项): a dated attribute of its plots.
    fn prefer_private_investment(
        &self,
        db: &mut Db,
        case: &StoredCase,
        from: chrono::NaiveDate,
    ) -> Result<(), AppError> {
        let plots = rows::plots(db, self.county, &[case.id])?.remove(&case.id).unwrap_or_default();
        let value = Some(crate::domain::plot::SupplyPriority::PrivateInvestment.to_string());
        let of = |plot| NewValue { plot, attribute: Attribute::SupplyPriority, from, value: value.clone() };
        let values = plots.into_iter().map(of).collect();
        Ok(plot::add_attributes(db, self.county, values, self.stamp.user, self.stamp.now)?)
    }

    /// A proposal changes the case's version: whoever read it before reads it again.
    fn touch(&self, db: &mut Db, loaded: &Loaded) -> Result<(), AppError> {
        let state = CaseState { version: loaded.state.version + 1, changed_at: self.stamp.now, ..loaded.state.clone() };
        Ok(rows::set_state(db, self.county, loaded.case.id, &state)?)
    }

    fn note(
        &self,
        db: &mut Db,
        loaded: &Loaded,
        proposal: &StepProposal,
        action: StepAction,
        comment: Option<String>,
    ) -> Result<(), AppError> {
        let event = StepEvent { action, user: self.stamp.user, comment, at: self.stamp.now };
        rows::add_event(db, self.county, proposal, &event)?;
        let facts = Journalled {
            number: loaded.case.number.to_string(),
            state: loaded.state.state,
            entry: Some(kind_word(&proposal.entry)),
            action: Some(action),
        };
        let line = entry(self.stamp, "actOnIdleStep", Collection::IdleCase, loaded.case.id, None, &facts);
        Ok(journal::append(db, self.county, vec![line])?)
    }

    /// Everything that is known of a case, as of today.
    fn file(&self, db: &mut Db, id: i64) -> Result<CaseFile, AppError> {
        let loaded = self.load(db, id)?;
        let (county, today) = (self.county, self.stamp.today);
        let policy = self.policy(db)?;
        let clocks = Clocks::on(&policy, today)?;
        let basis = basis(db, county, &loaded.case, &policy, today)?;
        let law = Law { clocks: &clocks, calendar: Calendar::built_in(), today, fee_due: basis.fee_due };
        // What each step would move is asked of the ledger once for each kind that moves land.
        let mut moves = Vec::new();
        for kind in StepKind::ALL {
            if loaded.now.moves(*kind).is_some() {
                let step = Step::bare(*kind, today);
                let moved = moving(db, county, &loaded.case, &loaded.steps, &loaded.now, &step, loaded.next_n())?;
                moves.push((*kind, moved.fact()));
            }
        }
        let facts_of = |step: &Step| {
            let voucher = moves.iter().find(|(kind, _)| *kind == step.kind).and_then(|(_, fact)| *fact);
            crate::domain::idle_case::Facts { voucher, ..basis.facts.clone() }
        };
        let next = next(&loaded.now, facts_of, &law);
        let deadlines = deadlines(&loaded.now, &basis.facts, &law);
        let mut events = rows::events(db, county, id)?;
        let mut proposals = Vec::new();
        for proposal in rows::proposals(db, county, id)? {
            let (mine, others) = events.into_iter().partition(|(n, _)| *n == proposal.n);
            events = others;
            let mine: Vec<(i32, StepEvent)> = mine;
            proposals.push((proposal, mine.into_iter().map(|(_, event)| event).collect()));
        }
        let successors = rows::successors(db, county, id)?.into_iter().map(|row| row.case.id).collect();
        let Loaded { case, state, steps, .. } = loaded;
        Ok(CaseFile { case, state, steps, proposals, successors, basis, deadlines, next, today })
    }
}

/// Whether a step names its voucher itself, so that it was not posted with it.
fn is_named((_, step): &(i32, &Step), seq: i64) -> bool {
    step.voucher == Some(seq)
}
