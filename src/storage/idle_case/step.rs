//! The entries of cases: steps, and what voids one.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::idle_case::Case;
use crate::domain::idle_case::record::{Entry, kind_word};
use crate::domain::idle_case::step::Step;
use crate::domain::ledger::voucher::Signatures;
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::idle_case::StoredCase;
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::idle_case_step;

/// An entry as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStep {
    /// Counts from 1 within the case.
    pub n: i32,
    pub entry: Entry,
    /// The voucher that was posted with it, or that it names.
    pub voucher: Option<i64>,
    pub signatures: Signatures,
    pub recorded_at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = idle_case_step)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    case_id: i64,
    n: i32,
    kind: String,
    on_day: NaiveDate,
    body: String,
    voids: Option<i32>,
    voucher_seq: Option<i64>,
    proposer_id: i64,
    reviewer_id: Option<i64>,
    approver_id: Option<i64>,
    recorded_at: NaiveDateTime,
}

impl TryFrom<Row> for StoredStep {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::IdleCase, row.case_id);
        let entry = Entry::read(&row.body, row.voids, row.on_day).map_err(|faults| {
            let first = faults.first().map(|fault| format!("{}: {}", fault.pointer, fault.message.en));
            at.corrupt(format!("entry {}: {}", row.n, first.unwrap_or_default()))
        })?;
        Ok(Self {
            n: row.n,
            entry,
            voucher: row.voucher_seq,
            signatures: Signatures {
                proposer: UserId(row.proposer_id),
                reviewer: row.reviewer_id.map(UserId),
                approver: row.approver_id.map(UserId),
            },
            recorded_at: row.recorded_at,
        })
    }
}

impl StoredCase {
    /// The case with the steps that count: those that were not voided.
    pub fn with(&self, steps: &[StoredStep]) -> Case {
        Case { opening: self.opening, steps: counting(steps).map(|(_, step)| step.clone()).collect() }
    }
}

/// The steps that count, each with its number.
pub fn counting(steps: &[StoredStep]) -> impl Iterator<Item = (i32, &Step)> {
    let voided: Vec<i32> = steps.iter().filter_map(|step| step.entry.voids()).collect();
    steps.iter().filter_map(move |stored| match &stored.entry {
        Entry::Step(step) if !voided.contains(&stored.n) => Some((stored.n, &**step)),
        _ => None,
    })
}

/// Appends an entry; inside the county's lock.
pub fn append(db: &mut Db, county: County, case: i64, new: &StoredStep) -> Result<(), StorageError> {
    let row = Row {
        county: county.number(),
        case_id: case,
        n: new.n,
        kind: kind_word(&new.entry).to_owned(),
        on_day: new.entry.on(),
        body: new.entry.to_json(),
        voids: new.entry.voids(),
        voucher_seq: new.voucher,
        proposer_id: new.signatures.proposer.0,
        reviewer_id: new.signatures.reviewer.map(|user| user.0),
        approver_id: new.signatures.approver.map(|user| user.0),
        recorded_at: new.recorded_at,
    };
    diesel::insert_into(idle_case_step::table).values(&row).execute(db)?;
    Ok(())
}

/// The entries of some cases, in the order they were recorded.
pub fn steps(db: &mut Db, county: County, cases: &[i64]) -> Result<HashMap<i64, Vec<StoredStep>>, StorageError> {
    let mut found: HashMap<i64, Vec<StoredStep>> = HashMap::new();
    for cases in cases.chunks(CHUNK) {
        let rows: Vec<Row> = idle_case_step::table
            .filter(idle_case_step::county.eq(county.number()).and(idle_case_step::case_id.eq_any(cases.to_vec())))
            .order((idle_case_step::case_id, idle_case_step::n))
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            found.entry(row.case_id).or_default().push(row.try_into()?);
        }
    }
    Ok(found)
}

/// The case and the number of its step that names a voucher.
pub fn by_voucher(db: &mut Db, county: County, seq: i64) -> Result<Option<(i64, i32)>, StorageError> {
    Ok(idle_case_step::table
        .filter(idle_case_step::county.eq(county.number()).and(idle_case_step::voucher_seq.eq(seq)))
        .order((idle_case_step::case_id, idle_case_step::n))
        .select((idle_case_step::case_id, idle_case_step::n))
        .first(db)
        .optional()?)
}
