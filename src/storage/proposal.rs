//! Vouchers that wait for a second person, and what was said about them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::proposal::{Action, State};
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::schema::{proposal, proposal_event};

/// A proposal as it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub county: County,
    pub id: i64,
    pub client_id: String,
    pub kind: Kind,
    pub effective_on: NaiveDate,
    /// The voucher as it was sent: JSON that was read without fault.
    pub body: String,
    pub state: State,
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    pub posted_seq: Option<i64>,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
    pub version: i64,
}

/// One step of a proposal's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub action: Action,
    pub user: UserId,
    pub comment: Option<String>,
    pub at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = proposal)]
#[diesel(treat_none_as_null = true)]
struct Row {
    county: i32,
    id: i64,
    client_id: String,
    kind: String,
    effective_on: NaiveDate,
    body: String,
    state: String,
    proposer_id: i64,
    reviewer_id: Option<i64>,
    posted_seq: Option<i64>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    version: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = proposal_event)]
struct EventRow {
    county: i32,
    proposal_id: i64,
    n: i32,
    action: String,
    user_id: i64,
    comment: Option<String>,
    at: NaiveDateTime,
}

impl From<&Proposal> for Row {
    fn from(p: &Proposal) -> Self {
        Self {
            county: p.county.number(),
            id: p.id,
            client_id: p.client_id.clone(),
            kind: p.kind.as_str().to_owned(),
            effective_on: p.effective_on,
            body: p.body.clone(),
            state: p.state.as_str().to_owned(),
            proposer_id: p.proposer.0,
            reviewer_id: p.reviewer.map(|user| user.0),
            posted_seq: p.posted_seq,
            created_at: p.created_at,
            changed_at: p.changed_at,
            version: p.version,
        }
    }
}

impl TryFrom<Row> for Proposal {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let corrupt = |error: Text| StorageError::corrupt(format!("proposal {}/{}", row.county, row.id), error.en);
        Ok(Self {
            county: County::from_number(row.county).map_err(corrupt)?,
            id: row.id,
            kind: row.kind.parse().map_err(corrupt)?,
            state: row.state.parse().map_err(corrupt)?,
            client_id: row.client_id,
            effective_on: row.effective_on,
            body: row.body,
            proposer: UserId(row.proposer_id),
            reviewer: row.reviewer_id.map(UserId),
            posted_seq: row.posted_seq,
            created_at: row.created_at,
            changed_at: row.changed_at,
            version: row.version,
        })
    }
}

/// The number the next proposal of a county gets; called inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = proposal::table
        .filter(proposal::county.eq(county.number()))
        .select(diesel::dsl::max(proposal::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, proposal: &Proposal) -> Result<(), StorageError> {
    diesel::insert_into(proposal::table).values(&Row::from(proposal)).execute(db)?;
    Ok(())
}

pub fn update(db: &mut Db, changed: &Proposal) -> Result<(), StorageError> {
    diesel::update(proposal::table.find((changed.county.number(), changed.id))).set(&Row::from(changed)).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<Proposal>, StorageError> {
    let row: Option<Row> = proposal::table.find((county.number(), id)).select(Row::as_select()).first(db).optional()?;
    row.map(Proposal::try_from).transpose()
}

sortable! {
    /// 待批凭证的排序列 — by what the list of proposals is put in order.
    pub enum ProposalColumn of "proposal" by Id {
        Id = "id" "编号": Number, "proposal.id";
        Kind = "kind" "种类": Text, "proposal.kind";
        EffectiveOn = "effective_on" "生效日": Day, "proposal.effective_on";
        State = "state" "状态": Text, "proposal.state";
        PostedSeq = "posted_seq" "入账凭证": Number | None, "proposal.posted_seq";
        CreatedAt = "created_at" "提出时刻": Moment, "proposal.created_at";
        ChangedAt = "changed_at" "变动时刻": Moment, "proposal.changed_at";
    }
}

/// Which proposals are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProposalPage {
    pub at: Place<ProposalColumn>,
    pub state: Option<State>,
}

pub fn page(db: &mut Db, county: County, page: &ProposalPage) -> Result<Vec<Proposal>, StorageError> {
    let mut query = proposal::table
        .filter(proposal::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(state) = page.state {
        query = query.filter(proposal::state.eq(state.as_str()));
    }
    query.load(db)?.into_iter().map(Proposal::try_from).collect()
}

/// The proposals of a kind that may still be posted, in the order of their numbers.
pub fn under_way(db: &mut Db, county: County, kind: Kind) -> Result<Vec<Proposal>, StorageError> {
    let states = [State::Proposed, State::Reviewed, State::Returned].map(State::as_str);
    let rows: Vec<Row> = proposal::table
        .filter(proposal::county.eq(county.number()).and(proposal::kind.eq(kind.as_str())))
        .filter(proposal::state.eq_any(states))
        .order(proposal::id)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(Proposal::try_from).collect()
}

pub fn add_event(db: &mut Db, county: County, id: i64, event: &Event) -> Result<(), StorageError> {
    let last: Option<i32> = proposal_event::table
        .filter(proposal_event::county.eq(county.number()).and(proposal_event::proposal_id.eq(id)))
        .select(diesel::dsl::max(proposal_event::n))
        .first(db)?;
    let row = EventRow {
        county: county.number(),
        proposal_id: id,
        n: last.unwrap_or(0) + 1,
        action: event.action.as_str().to_owned(),
        user_id: event.user.0,
        comment: event.comment.clone(),
        at: event.at,
    };
    diesel::insert_into(proposal_event::table).values(&row).execute(db)?;
    Ok(())
}

pub fn events(db: &mut Db, county: County, id: i64) -> Result<Vec<Event>, StorageError> {
    let rows: Vec<EventRow> = proposal_event::table
        .filter(proposal_event::county.eq(county.number()).and(proposal_event::proposal_id.eq(id)))
        .order(proposal_event::n)
        .select(EventRow::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            let action = row.action.parse().map_err(|error: Text| {
                StorageError::corrupt(format!("an event of proposal {county}/{id}"), error.en)
            })?;
            Ok(Event { action, user: UserId(row.user_id), comment: row.comment, at: row.at })
        })
        .collect()
}
