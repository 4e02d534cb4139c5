//! Closed months (结账): what was known when a month was closed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ledger::chain::Hash;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{closed_month, county_state};

/// A closed month with the voucher it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedMonth {
    pub month_end: NaiveDate,
    pub head_seq: i64,
    pub head_hash: Hash,
    pub closed_by: UserId,
    pub closed_at: NaiveDateTime,
}

/// Writes the closing and moves the county's limit; called inside the county's lock.
pub fn close(db: &mut Db, county: County, month: &ClosedMonth) -> Result<(), StorageError> {
    diesel::insert_into(closed_month::table)
        .values((
            closed_month::county.eq(county.number()),
            closed_month::month_end.eq(month.month_end),
            closed_month::head_seq.eq(month.head_seq),
            closed_month::head_hash.eq(month.head_hash.to_vec()),
            closed_month::closed_by.eq(month.closed_by.0),
            closed_month::closed_at.eq(month.closed_at),
        ))
        .execute(db)?;
    diesel::update(county_state::table.find(county.number()))
        .set(county_state::closed_through.eq(month.month_end))
        .execute(db)?;
    Ok(())
}

/// All closed months of a county, the first closed first.
pub fn all(db: &mut Db, county: County) -> Result<Vec<ClosedMonth>, StorageError> {
    type Row = (NaiveDate, i64, Vec<u8>, i64, NaiveDateTime);
    let rows: Vec<Row> = closed_month::table
        .filter(closed_month::county.eq(county.number()))
        .order(closed_month::month_end)
        .select((
            closed_month::month_end,
            closed_month::head_seq,
            closed_month::head_hash,
            closed_month::closed_by,
            closed_month::closed_at,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(month_end, head_seq, hash, closed_by, closed_at)| {
            let head_hash = hash.try_into().map_err(|_| {
                StorageError::corrupt(format!("closed month {county} {month_end}"), "the hash has not 32 bytes")
            })?;
            Ok(ClosedMonth { month_end, head_seq, head_hash, closed_by: UserId(closed_by), closed_at })
        })
        .collect()
}
