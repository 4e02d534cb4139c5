//! Vouchers from the first person's hand to the ledger: post, propose, review, approve, return, withdraw.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::features;
use crate::domain::input;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::kind::Role;
use crate::domain::ledger::proposal::{Action, NotNow, Standing, State, step, waits_for};
use crate::domain::ledger::voucher::{Recorded, Signatures, Voucher, VoucherBody};
use crate::domain::quantity::Ratio;
use crate::domain::region::{County, PlotId};
use crate::domain::text::text;
use crate::storage::db::{Db, Lane};
pub use crate::storage::ledger::Page as VoucherPage;
use crate::storage::ledger::{self, Post, Posted};
use crate::storage::proposal::{self, Event, Proposal};

/// What became of a voucher that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    Posted { recorded: Recorded, hash: Hash, is_new: bool },
    Proposed { proposal: Waiting, is_new: bool },
}

/// A proposal and the role its next step waits for, none once its way is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub proposal: Proposal,
    pub waits_for: Option<Role>,
}

impl Waiting {
    /// What a proposal waits for changes when its month is closed meanwhile.
    fn of(proposal: Proposal, closed_through: Option<NaiveDate>) -> Self {
        let duty = proposal.kind.duty_on(proposal.effective_on, closed_through);
        Self { waits_for: waits_for(proposal.state, duty), proposal }
    }
}

/// A proposal with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalFile {
    pub proposal: Waiting,
    pub voucher: Voucher,
    pub events: Vec<Event>,
}

/// A step on a proposal, by somebody who has read a version of it.
#[derive(Debug, Clone)]
pub struct Step {
    pub county: County,
    pub id: i64,
    /// The version that was read: nobody approves what changed meanwhile.
    pub version: i64,
    pub action: Action,
    pub comment: Option<String>,
    /// For `revise`: the voucher as it shall be, in JSON.
    pub body: Option<String>,
}

/// The settings of the writing side that a job takes along into the lock.
#[derive(Clone, Copy)]
struct Now {
    now: chrono::NaiveDateTime,
    today: chrono::NaiveDate,
    survey_share_max: Ratio,
    salt: [u8; 16],
}

impl App {
    fn writing_now(&self, county: County) -> Result<Now, AppError> {
        let today = self.clock.today();
        Ok(Now {
            now: self.clock.now(),
            today,
            survey_share_max: self.survey_share_max(county, today)?,
            salt: rand::random(),
        })
    }

    /// Takes a voucher from a clerk: posted at once where the matrix allows it, else proposed.
    ///
    /// `body` is the JSON of a [`VoucherBody`]. It is checked against the ledger now and again when posted.
    pub fn send_voucher(&self, caller: &Caller, county: County, body: String) -> Result<Sent, AppError> {
        let voucher = read_voucher(&body)?;
        let (user, now) = (caller.user, self.writing_now(county)?);
        self.writer.write(Lane(county.number()), move |db| {
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            if let Some(known) = already_proposed(db, county, head.closed_through, &voucher)? {
                return Ok(known);
            }
            if voucher.kind.duty_on(voucher.effective_on, head.closed_through).direct {
                let signatures = Signatures { proposer: user, reviewer: None, approver: None };
                return Ok(posted(post_now(db, county, voucher, signatures, now)?));
            }
            // One that was posted at once before its month was closed; a proposal's own was found above.
            if let Some(known) = ledger::known(db, county, &voucher)? {
                return Ok(posted(known));
            }
            check_for_approval(db, county, &voucher, now)?;
            let proposal = Proposal {
                county,
                id: proposal::next_id(db, county)?,
                client_id: voucher.client_id,
                kind: voucher.kind,
                effective_on: voucher.effective_on,
                body,
                state: State::Proposed,
                proposer: user,
                reviewer: None,
                posted_seq: None,
                created_at: now.now,
                changed_at: now.now,
                version: 1,
            };
            proposal::insert(db, &proposal)?;
            let event = Event { action: Action::Propose, user, comment: None, at: now.now };
            proposal::add_event(db, county, proposal.id, &event)?;
            Ok(Sent::Proposed { proposal: Waiting::of(proposal, head.closed_through), is_new: true })
        })
    }

    /// Takes one step on a proposal. Approving posts the voucher in the same transaction.
    pub fn step_proposal(&self, caller: &Caller, wanted: Step) -> Result<ProposalFile, AppError> {
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| caller.has(*role, wanted.county)).collect();
        let (user, now) = (caller.user, self.writing_now(wanted.county)?);
        self.writer.write(Lane(wanted.county.number()), move |db| {
            let Step { county, id, version, action, comment, body } = wanted;
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let mut proposal = proposal::by_id(db, county, id)?.ok_or_else(|| unknown_proposal(county, id))?;
            let standing = Standing {
                state: proposal.state,
                duty: proposal.kind.duty_on(proposal.effective_on, head.closed_through),
                proposer: proposal.proposer,
                reviewer: proposal.reviewer,
                actor: user,
                roles: &roles,
            };
            let state = step(standing, action).map_err(|not_now| match not_now {
                NotNow::Forbidden(text) => AppError::Forbidden(text),
                NotNow::Conflict(text) => AppError::Conflict(text),
            })?;
            if version != proposal.version {
                return Err(AppError::Stale { newest: proposal.version });
            }
            match action {
                Action::Revise => {
                    let body = body.unwrap_or_default();
                    let voucher = read_voucher(&body)?;
                    if voucher.client_id != proposal.client_id {
                        let message = text!(
                            "修改不能更换客户端编号“{}”",
                            "a revision keeps the client id {:?}",
                            proposal.client_id
                        );
                        return Err(AppError::field("/voucher/client_id", Some(voucher.client_id), message));
                    }
                    check_for_approval(db, county, &voucher, now)?;
                    proposal.kind = voucher.kind;
                    proposal.effective_on = voucher.effective_on;
                    proposal.body = body;
                    proposal.reviewer = None;
                }
                Action::Review => {
                    check_for_approval(db, county, &read_voucher(&proposal.body)?, now)?;
                    proposal.reviewer = Some(user);
                }
                Action::Approve => {
                    let signatures =
                        Signatures { proposer: proposal.proposer, reviewer: proposal.reviewer, approver: Some(user) };
                    let voucher = read_voucher(&proposal.body)?;
                    let (recorded, ..) = post_now(db, county, voucher, signatures, now)?.into_parts();
                    proposal.posted_seq = Some(recorded.seq);
                }
                Action::Propose | Action::Return | Action::Withdraw | Action::Comment => {}
            }
            proposal.state = state;
            proposal.changed_at = now.now;
            // A comment changes nothing that somebody else could have decided on.
            if action != Action::Comment {
                proposal.version += 1;
            }
            proposal::update(db, &proposal)?;
            proposal::add_event(db, county, id, &Event { action, user, comment, at: now.now })?;
            file(db, proposal, head.closed_through)
        })
    }

    pub fn proposal(&self, county: County, id: i64) -> Result<ProposalFile, AppError> {
        self.pool.get()?.read(|db| {
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let proposal = proposal::by_id(db, county, id)?.ok_or_else(|| unknown_proposal(county, id))?;
            file(db, proposal, head.closed_through)
        })
    }

    pub fn proposals(
        &self,
        county: County,
        state: Option<State>,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Waiting>, AppError> {
        self.pool.get()?.read(|db| {
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let page = proposal::page(db, county, state, after, limit)?;
            Ok(page.into_iter().map(|proposal| Waiting::of(proposal, head.closed_through)).collect())
        })
    }

    pub fn voucher(&self, county: County, seq: i64) -> Result<(Recorded, Hash), AppError> {
        ledger::by_seq(&mut *self.pool.get()?, county, seq)?.ok_or_else(|| {
            AppError::NotFound(text!("{county} 没有第 {seq} 号凭证", "county {county} has no voucher {seq}"))
        })
    }

    pub fn vouchers(&self, county: County, page: &VoucherPage) -> Result<Vec<(Recorded, Hash)>, AppError> {
        Ok(self.pool.get()?.read(|db| ledger::page(db, county, page))?)
    }
}

fn unknown_proposal(county: County, id: i64) -> AppError {
    AppError::NotFound(text!("{county} 没有第 {id} 号待批凭证", "county {county} has no proposal {id}"))
}

fn read_voucher(body: &str) -> Result<Voucher, AppError> {
    input::read::<VoucherBody>(body.as_bytes()).map(VoucherBody::into_voucher).map_err(AppError::Fields)
}

fn file(db: &mut Db, proposal: Proposal, closed_through: Option<NaiveDate>) -> Result<ProposalFile, AppError> {
    let events = proposal::events(db, proposal.county, proposal.id)?;
    let voucher = read_voucher(&proposal.body)?;
    Ok(ProposalFile { voucher, proposal: Waiting::of(proposal, closed_through), events })
}

/// The answer to a client id that a proposal used before, with the same contents or with others.
fn already_proposed(
    db: &mut Db,
    county: County,
    closed_through: Option<NaiveDate>,
    voucher: &Voucher,
) -> Result<Option<Sent>, AppError> {
    if let Some(proposal) = proposal::by_client_id(db, county, &voucher.client_id)? {
        let same = read_voucher(&proposal.body)? == *voucher;
        return match (same, proposal.posted_seq) {
            (true, Some(seq)) => {
                let (recorded, hash) = ledger::by_seq(db, county, seq)?.ok_or_else(|| {
                    crate::storage::db::StorageError::corrupt("a proposal", format!("its voucher {seq} is not there"))
                })?;
                Ok(Some(Sent::Posted { recorded, hash, is_new: false }))
            }
            (true, None) => Ok(Some(Sent::Proposed { proposal: Waiting::of(proposal, closed_through), is_new: false })),
            (false, _) => Err(AppError::Taken(text!(
                "客户端编号“{}”已用于第 {} 号待批凭证,内容不同;请换一个编号,或修改该凭证",
                "client id {:?} is taken by proposal {} with other contents; choose another or revise that one",
                proposal.client_id,
                proposal.id
            ))),
        };
    }
    Ok(None)
}

/// Checks what an approver would post, as far as it can be known now.
fn check_for_approval(db: &mut Db, county: County, voucher: &Voucher, now: Now) -> Result<(), AppError> {
    let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
    let terms = ledger::Terms { today: now.today, survey_share_max: now.survey_share_max, approved: true };
    ledger::check(db, county, &head, voucher, terms)?;
    Ok(())
}

fn post_now(
    db: &mut Db,
    county: County,
    voucher: Voucher,
    signatures: Signatures,
    now: Now,
) -> Result<Posted, AppError> {
    let Now { now, today, survey_share_max, salt } = now;
    let posted = ledger::post(db, Post { county, voucher, signatures, now, today, survey_share_max, salt })?;
    if let Posted::New(recorded, _) = &posted {
        let holdings = recorded.voucher.lines.iter().flat_map(|line| [line.from, line.to]);
        let plots: Vec<PlotId> = holdings.filter(|of| of.account == Account::Unsupplied).map(|of| of.plot).collect();
        features::residuals_after(db, county, &plots)?;
    }
    Ok(posted)
}

fn posted(posted: Posted) -> Sent {
    let (recorded, hash, is_new) = posted.into_parts();
    Sent::Posted { recorded, hash, is_new }
}
