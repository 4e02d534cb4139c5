//! Vouchers from the first person's hand to the ledger: post, propose, review, approve, return, withdraw.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::policy::Policies;
use crate::app::records::{geometry_limits, known_county};
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::input::{self, Reader};
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::decide::Margins;
use crate::domain::ledger::kind::Role;
use crate::domain::ledger::land::Land;
use crate::domain::ledger::proposal::{Action, Standing, State, step, waits_for};
use crate::domain::ledger::voucher::{Recorded, Signatures, Voucher, VoucherBody};
use crate::domain::region::{County, UserId};
use crate::domain::text::text;
use crate::formats::drawn;
use crate::storage::county::CountyRecord;
use crate::storage::db::{Db, Lane, StorageError};
pub use crate::storage::ledger::Page as VoucherPage;
use crate::storage::ledger::{self, Arrival, Head, Post};
use crate::storage::listing::Listed;
pub use crate::storage::proposal::ProposalPage;
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

/// What a write takes along into the lock.
pub(super) struct Desk {
    county: County,
    now: chrono::NaiveDateTime,
    today: chrono::NaiveDate,
    salt: [u8; 16],
    policies: Arc<Policies>,
}

impl App {
    pub(super) fn voucher_desk(&self, county: County) -> Desk {
        let (now, today) = (self.clock.now(), self.clock.today());
        Desk { county, now, today, salt: rand::random(), policies: Arc::clone(&self.policies) }
    }

    /// Takes a voucher from a clerk: posted at once where the matrix allows it, else proposed.
    ///
    /// `body` is the JSON of a [`VoucherBody`]. It is checked against the ledger now and again when posted.
    pub fn send_voucher(&self, caller: &Caller, county: County, body: String) -> Result<Sent, AppError> {
        let written = Written::read(&body, || self.county(county))?;
        let (user, desk) = (caller.user, self.voucher_desk(county));
        self.writer.write(Lane(county.number()), move |db| send(db, &desk, user, written, body))
    }

    /// Takes one step on a proposal. Approving posts the voucher in the same transaction.
    pub fn step_proposal(&self, caller: &Caller, wanted: Step) -> Result<ProposalFile, AppError> {
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| caller.has(*role, wanted.county)).collect();
        let (user, desk) = (caller.user, self.voucher_desk(wanted.county));
        self.writer.write(Lane(wanted.county.number()), move |db| {
            let Step { county, id, version, action, comment, body } = wanted;
            let mut head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let mut proposal = proposal::by_id(db, county, id)?.ok_or_else(|| unknown_proposal(county, id))?;
            let standing = Standing {
                state: proposal.state,
                duty: proposal.kind.duty_on(proposal.effective_on, head.closed_through),
                proposer: proposal.proposer,
                reviewer: proposal.reviewer,
                actor: user,
                roles: &roles,
            };
            let state = step(standing, action)?;
            if version != proposal.version {
                return Err(AppError::Stale { newest: proposal.version });
            }
            let read = match action {
                Action::Revise => {
                    let body = body.unwrap_or_default();
                    let written = Written::of(db, county, &body)?;
                    let voucher = &written.voucher;
                    if voucher.client_id != proposal.client_id {
                        let message = text!(
                            "修改不能更换客户端编号“{}”",
                            "a revision keeps the client id {:?}",
                            proposal.client_id
                        );
                        return Err(AppError::field("/voucher/client_id", Some(voucher.client_id.clone()), message));
                    }
                    desk.check(db, &head, &written)?;
                    proposal.kind = voucher.kind;
                    proposal.effective_on = voucher.effective_on;
                    proposal.body = body;
                    proposal.reviewer = None;
                    Some(written.voucher)
                }
                Action::Review => {
                    let written = Written::of(db, county, &proposal.body)?;
                    desk.check(db, &head, &written)?;
                    proposal.reviewer = Some(user);
                    Some(written.voucher)
                }
                Action::Approve => {
                    let signatures =
                        Signatures { proposer: proposal.proposer, reviewer: proposal.reviewer, approver: Some(user) };
                    let written = Written::of(db, county, &proposal.body)?;
                    let (recorded, _) = desk.post(db, &mut head, written, signatures)?;
                    proposal.posted_seq = Some(recorded.seq);
                    Some(recorded.voucher)
                }
                Action::Propose | Action::Return | Action::Withdraw | Action::Comment => None,
            };
            proposal.state = state;
            proposal.changed_at = desk.now;
            // A comment changes nothing that somebody else could have decided on.
            if action != Action::Comment {
                proposal.version += 1;
            }
            proposal::update(db, &proposal)?;
            proposal::add_event(db, county, id, &Event { action, user, comment, at: desk.now })?;
            file(db, proposal, head.closed_through, read)
        })
    }

    pub fn proposal(&self, county: County, id: i64) -> Result<ProposalFile, AppError> {
        self.pool.get()?.read(|db| {
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let proposal = proposal::by_id(db, county, id)?.ok_or_else(|| unknown_proposal(county, id))?;
            file(db, proposal, head.closed_through, None)
        })
    }

    pub fn proposals(&self, county: County, page: &ProposalPage) -> Result<Listed<Waiting>, AppError> {
        self.pool.get()?.read(|db| {
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let found = proposal::page(db, county, page)?;
            let waiting = found.into_iter().map(|proposal| Waiting::of(proposal, head.closed_through)).collect();
            Ok(page.at.listed(db, county, waiting, |row: &Waiting| row.proposal.id)?)
        })
    }

    pub fn voucher(&self, county: County, seq: i64) -> Result<(Recorded, Hash), AppError> {
        ledger::by_seq(&mut *self.pool.get()?, county, seq)?.ok_or_else(|| {
            AppError::NotFound(text!("{county} 没有第 {seq} 号凭证", "county {county} has no voucher {seq}"))
        })
    }

    pub fn vouchers(&self, county: County, page: &VoucherPage) -> Result<Listed<(Recorded, Hash)>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = ledger::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |(recorded, _)| recorded.seq)?)
        })
    }
}

/// Takes a voucher within the county's lock, as [`App::send_voucher`] does.
fn send(db: &mut Db, desk: &Desk, user: UserId, written: Written, body: String) -> Result<Sent, AppError> {
    let county = desk.county;
    let arrival = ledger::arrive(db, county, &written.voucher.client_id)?;
    let Arrival { mut head, proposal, voucher: posted } = arrival.ok_or_else(|| AppError::unknown_county(county))?;
    // A proposal's own voucher bears the same id; the proposal tells more.
    if let Some(id) = proposal {
        return already_proposed(db, county, id, head.closed_through, &written.voucher);
    }
    if let Some(seq) = posted {
        let (recorded, hash) = ledger::known(db, county, seq, &written.voucher)?;
        return Ok(Sent::Posted { recorded, hash, is_new: false });
    }
    let (kind, effective_on) = (written.voucher.kind, written.voucher.effective_on);
    if kind.duty_on(effective_on, head.closed_through).direct {
        let signatures = Signatures { proposer: user, reviewer: None, approver: None };
        let (recorded, hash) = desk.post(db, &mut head, written, signatures)?;
        return Ok(Sent::Posted { recorded, hash, is_new: true });
    }
    desk.check(db, &head, &written)?;
    let proposal = Proposal {
        county,
        id: proposal::next_id(db, county)?,
        client_id: written.voucher.client_id,
        kind,
        effective_on,
        body,
        state: State::Proposed,
        proposer: user,
        reviewer: None,
        posted_seq: None,
        created_at: desk.now,
        changed_at: desk.now,
        version: 1,
    };
    proposal::insert(db, &proposal)?;
    let event = Event { action: Action::Propose, user, comment: None, at: desk.now };
    proposal::add_event(db, county, proposal.id, &event)?;
    Ok(Sent::Proposed { proposal: Waiting::of(proposal, head.closed_through), is_new: true })
}

/// Reads and takes a voucher within the county's lock: one of many that stand in a file.
pub(super) fn send_body(db: &mut Db, desk: &Desk, user: UserId, body: String) -> Result<Sent, AppError> {
    let written = Written::of(db, desk.county, &body)?;
    send(db, desk, user, written, body)
}

fn unknown_proposal(county: County, id: i64) -> AppError {
    AppError::NotFound(text!("{county} 没有第 {id} 号待批凭证", "county {county} has no proposal {id}"))
}

/// A voucher that was read, with the polygons drawn for its lines.
struct Written {
    voucher: Voucher,
    drawn: BTreeMap<usize, Land>,
}

impl Written {
    /// Reads a voucher; `county` is asked for only if there are polygons to hold against it.
    fn read(body: &str, county: impl FnOnce() -> Result<CountyRecord, AppError>) -> Result<Self, AppError> {
        let body = input::read::<VoucherBody>(body.as_bytes()).map_err(AppError::Fields)?;
        let mut drawn = BTreeMap::new();
        if body.drawn().next().is_some() {
            let limits = geometry_limits(&county()?);
            let mut reader = Reader::default();
            for (number, text) in body.drawn() {
                let line = number.to_string();
                let read = |reader: &mut Reader| reader.within(&line, |reader| drawn::polygon(text, &limits, reader));
                if let Some(CheckedPolygon { grid, zone, .. }) = reader.within("lines", read) {
                    drawn.insert(number, Land { polygon: grid, zone });
                }
            }
            if !reader.is_clean() {
                return Err(AppError::Fields(reader.into_faults()));
            }
        }
        let mut voucher = body.into_voucher();
        voucher.drawn = drawn.iter().map(|(number, land)| (*number, ledger::land::digest(land))).collect();
        Ok(Self { voucher, drawn })
    }

    /// The voucher of a proposal, inside a transaction.
    fn of(db: &mut Db, county: County, body: &str) -> Result<Self, AppError> {
        Self::read(body, || known_county(db, county))
    }
}

/// A proposal's file; its voucher is read from the proposal where nobody has it at hand.
fn file(
    db: &mut Db,
    proposal: Proposal,
    closed_through: Option<NaiveDate>,
    voucher: Option<Voucher>,
) -> Result<ProposalFile, AppError> {
    let events = proposal::events(db, proposal.county, proposal.id)?;
    let voucher = match voucher {
        Some(voucher) => voucher,
        None => Written::of(db, proposal.county, &proposal.body)?.voucher,
    };
    Ok(ProposalFile { voucher, proposal: Waiting::of(proposal, closed_through), events })
}

/// The answer to a client id that proposal `id` used before, with the same contents or with others.
fn already_proposed(
    db: &mut Db,
    county: County,
    id: i64,
    closed_through: Option<NaiveDate>,
    voucher: &Voucher,
) -> Result<Sent, AppError> {
    let proposal = proposal::by_id(db, county, id)?.ok_or_else(|| unknown_proposal(county, id))?;
    let same = Written::of(db, county, &proposal.body)?.voucher == *voucher;
    match (same, proposal.posted_seq) {
        (true, Some(seq)) => {
            let (recorded, hash) = ledger::by_seq(db, county, seq)?
                .ok_or_else(|| StorageError::corrupt("a proposal", format!("its voucher {seq} is not there")))?;
            Ok(Sent::Posted { recorded, hash, is_new: false })
        }
        (true, None) => Ok(Sent::Proposed { proposal: Waiting::of(proposal, closed_through), is_new: false }),
        (false, _) => Err(AppError::Taken(text!(
            "客户端编号“{}”已用于第 {} 号待批凭证,内容不同;请换一个编号,或修改该凭证",
            "client id {:?} is taken by proposal {} with other contents; choose another or revise that one",
            proposal.client_id,
            proposal.id
        ))),
    }
}

impl Desk {
    pub(super) fn margins(&self, db: &mut Db, head: &Head) -> Result<Margins, AppError> {
        Ok(Margins::on(&*self.policies.current(db, self.county, head.policy_rows)?, self.today)?)
    }

    /// A voucher that another use case makes, to be posted with the time and the salt of this one.
    pub(super) fn made(&self, voucher: Voucher, signatures: Signatures, margins: Margins) -> Post {
        let Self { county, now, today, salt, .. } = *self;
        Post { county, voucher, drawn: BTreeMap::new(), signatures, now, today, margins, salt }
    }

    /// Checks what an approver would post, as far as it can be known now.
    fn check(&self, db: &mut Db, head: &Head, written: &Written) -> Result<(), AppError> {
        let terms = ledger::Terms { today: self.today, margins: self.margins(db, head)?, approved: true };
        ledger::check(db, self.county, head, &written.voucher, &written.drawn, terms)?;
        Ok(())
    }

    fn post(
        &self,
        db: &mut Db,
        head: &mut Head,
        Written { voucher, drawn }: Written,
        signatures: Signatures,
    ) -> Result<(Recorded, Hash), AppError> {
        let margins = self.margins(db, head)?;
        let posted = ledger::post(db, head, Post { drawn, ..self.made(voucher, signatures, margins) })?;
        features::residuals_of(db, self.county, &posted)?;
        Ok((posted.recorded, posted.hash))
    }
}

/// A voucher that another use case makes, with the polygons drawn for its lines.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub voucher: Voucher,
    pub drawn: BTreeMap<usize, Land>,
}

impl From<Made> for Written {
    fn from(Made { mut voucher, drawn }: Made) -> Self {
        voucher.drawn = drawn.iter().map(|(number, land)| (*number, ledger::land::digest(land))).collect();
        Self { voucher, drawn }
    }
}

/// Whether the ledger would take a voucher that an approver stands behind.
pub(super) fn check_made(db: &mut Db, desk: &Desk, made: Made) -> Result<(), AppError> {
    let head = ledger::head(db, desk.county)?.ok_or_else(|| AppError::unknown_county(desk.county))?;
    desk.check(db, &head, &made.into())
}

/// Posts a voucher within the transaction of the act that it records.
pub(super) fn post_made(db: &mut Db, desk: &Desk, made: Made, signatures: Signatures) -> Result<Recorded, AppError> {
    let arrival = ledger::arrive(db, desk.county, &made.voucher.client_id)?;
    let Arrival { mut head, proposal, voucher } = arrival.ok_or_else(|| AppError::unknown_county(desk.county))?;
    if proposal.is_some() || voucher.is_some() {
        let client_id = made.voucher.client_id;
        return Err(AppError::Taken(text!(
            "客户端编号“{client_id}”已被其他凭证占用;请先更换那张凭证的编号",
            "client id {client_id:?} is taken by another voucher"
        )));
    }
    Ok(desk.post(db, &mut head, made.into(), signatures)?.0)
}
