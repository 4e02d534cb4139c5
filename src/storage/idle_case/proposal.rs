//! Steps of three people on their way.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::idle_case::record::{Entry, StepAction, StepState, kind_word};
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::At;
use crate::storage::schema::{idle_case_event, idle_case_proposal};

/// A proposed entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepProposal {
    pub case: i64,
    /// Counts from 1 within the case.
    pub n: i32,
    pub entry: Entry,
    pub state: StepState,
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    /// The entry that it became.
    pub step: Option<i32>,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
}

/// What somebody did with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepEvent {
    pub action: StepAction,
    pub user: UserId,
    pub comment: Option<String>,
    pub at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = idle_case_proposal)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    case_id: i64,
    n: i32,
    kind: String,
    on_day: NaiveDate,
    body: String,
    voids: Option<i32>,
    state: String,
    proposer_id: i64,
    reviewer_id: Option<i64>,
    step_n: Option<i32>,
    version: i64,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
}

impl Row {
    fn of(county: County, of: &StepProposal) -> Self {
        Self {
            county: county.number(),
            case_id: of.case,
            n: of.n,
            kind: kind_word(&of.entry).to_owned(),
            on_day: of.entry.on(),
            body: of.entry.to_json(),
            voids: of.entry.voids(),
            state: of.state.to_string(),
            proposer_id: of.proposer.0,
            reviewer_id: of.reviewer.map(|user| user.0),
            step_n: of.step,
            version: of.version,
            created_at: of.created_at,
            changed_at: of.changed_at,
        }
    }
}

impl TryFrom<Row> for StepProposal {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::IdleCase, row.case_id);
        let entry = Entry::read(&row.body, row.voids, row.on_day)
            .map_err(|_| at.corrupt(format!("proposal {} cannot be read", row.n)))?;
        Ok(Self {
            case: row.case_id,
            n: row.n,
            entry,
            state: at.word(&row.state)?,
            proposer: UserId(row.proposer_id),
            reviewer: row.reviewer_id.map(UserId),
            step: row.step_n,
            version: row.version,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}

/// The number of the next proposal of a case; inside the county's lock.
pub fn next_proposal(db: &mut Db, county: County, case: i64) -> Result<i32, StorageError> {
    let last: Option<i32> = idle_case_proposal::table
        .filter(idle_case_proposal::county.eq(county.number()).and(idle_case_proposal::case_id.eq(case)))
        .select(diesel::dsl::max(idle_case_proposal::n))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert_proposal(db: &mut Db, county: County, of: &StepProposal) -> Result<(), StorageError> {
    diesel::insert_into(idle_case_proposal::table).values(&Row::of(county, of)).execute(db)?;
    Ok(())
}

pub fn update_proposal(db: &mut Db, county: County, of: &StepProposal) -> Result<(), StorageError> {
    diesel::update(idle_case_proposal::table.find((county.number(), of.case, of.n)))
        .set(&Row::of(county, of))
        .execute(db)?;
    Ok(())
}

pub fn proposal(db: &mut Db, county: County, case: i64, n: i32) -> Result<Option<StepProposal>, StorageError> {
    let row: Option<Row> =
        idle_case_proposal::table.find((county.number(), case, n)).select(Row::as_select()).first(db).optional()?;
    row.map(StepProposal::try_from).transpose()
}

/// All proposals of a case.
pub fn proposals(db: &mut Db, county: County, case: i64) -> Result<Vec<StepProposal>, StorageError> {
    let rows: Vec<Row> = idle_case_proposal::table
        .filter(idle_case_proposal::county.eq(county.number()).and(idle_case_proposal::case_id.eq(case)))
        .order(idle_case_proposal::n)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(StepProposal::try_from).collect()
}

/// Those of the county that wait for somebody.
pub fn open_proposals(db: &mut Db, county: County) -> Result<Vec<StepProposal>, StorageError> {
    let open = [StepState::Proposed.as_str(), StepState::Reviewed.as_str()];
    let rows: Vec<Row> = idle_case_proposal::table
        .filter(idle_case_proposal::county.eq(county.number()).and(idle_case_proposal::state.eq_any(open)))
        .order((idle_case_proposal::case_id, idle_case_proposal::n))
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(StepProposal::try_from).collect()
}

pub fn add_event(db: &mut Db, county: County, of: &StepProposal, event: &StepEvent) -> Result<(), StorageError> {
    let mine = idle_case_event::table.filter(
        idle_case_event::county
            .eq(county.number())
            .and(idle_case_event::case_id.eq(of.case))
            .and(idle_case_event::proposal_n.eq(of.n)),
    );
    let last: Option<i32> = mine.select(diesel::dsl::max(idle_case_event::n)).first(db)?;
    diesel::insert_into(idle_case_event::table)
        .values((
            idle_case_event::county.eq(county.number()),
            idle_case_event::case_id.eq(of.case),
            idle_case_event::proposal_n.eq(of.n),
            idle_case_event::n.eq(last.unwrap_or(0) + 1),
            idle_case_event::action.eq(event.action.as_str()),
            idle_case_event::user_id.eq(event.user.0),
            idle_case_event::comment.eq(event.comment.as_deref()),
            idle_case_event::at.eq(event.at),
        ))
        .execute(db)?;
    Ok(())
}

/// What was done with the proposals of a case, each with the proposal's number.
pub fn events(db: &mut Db, county: County, case: i64) -> Result<Vec<(i32, StepEvent)>, StorageError> {
    type EventRow = (i32, String, i64, Option<String>, NaiveDateTime);
    let rows: Vec<EventRow> = idle_case_event::table
        .filter(idle_case_event::county.eq(county.number()).and(idle_case_event::case_id.eq(case)))
        .order((idle_case_event::proposal_n, idle_case_event::n))
        .select((
            idle_case_event::proposal_n,
            idle_case_event::action,
            idle_case_event::user_id,
            idle_case_event::comment,
            idle_case_event::at,
        ))
        .load(db)?;
    let at = At(Collection::IdleCase, case);
    rows.into_iter()
        .map(|(proposal, action, user, comment, when)| {
            let event = StepEvent { action: at.word(&action)?, user: UserId(user), comment, at: when };
            Ok((proposal, event))
        })
        .collect()
}
