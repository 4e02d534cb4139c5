//! 县级数据表: versions that are only ever added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::record::Collection;
use crate::domain::reference::{ReferenceTable, Rows, TableKind};
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::At;
use crate::storage::schema::reference_table;

/// A version with who loaded it, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTable {
    pub table: ReferenceTable,
    pub reason: String,
    pub recorded_by: UserId,
    pub recorded_at: NaiveDateTime,
}

/// A version without its rows, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableHead {
    pub n: i64,
    pub kind: TableKind,
    pub in_force: NaiveDate,
    pub citation: crate::domain::finding::Citation,
    pub verified: bool,
    pub rows: i32,
    pub reason: String,
    pub recorded_by: UserId,
    pub recorded_at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_table)]
struct Row {
    county: i32,
    n: i64,
    kind: String,
    in_force: NaiveDate,
    citation: String,
    is_verified: bool,
    row_count: i32,
    content: String,
    reason: String,
    recorded_by: i64,
    recorded_at: NaiveDateTime,
}

type HeadRow = (i64, String, NaiveDate, String, bool, i32, String, i64, NaiveDateTime);

impl TryFrom<Row> for StoredTable {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::ReferenceTable, row.n);
        let rows = Rows::read(at.word(&row.kind)?, row.content.as_bytes()).map_err(|faults| {
            at.corrupt(
                faults.first().map_or_else(String::new, |fault| format!("{}: {}", fault.pointer, fault.message.en)),
            )
        })?;
        let citation = serde_json::from_str(&row.citation).map_err(|error| at.corrupt(error))?;
        Ok(Self {
            table: ReferenceTable { n: row.n, in_force: row.in_force, citation, verified: row.is_verified, rows },
            reason: row.reason,
            recorded_by: UserId(row.recorded_by),
            recorded_at: row.recorded_at,
        })
    }
}

/// The number of the county's last version; 0 if there is none.
pub fn last(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = reference_table::table
        .filter(reference_table::county.eq(county.number()))
        .select(diesel::dsl::max(reference_table::n))
        .first(db)?;
    Ok(last.unwrap_or(0))
}

pub fn insert(db: &mut Db, county: County, new: &StoredTable) -> Result<(), StorageError> {
    let table = &new.table;
    let row = Row {
        county: county.number(),
        n: table.n,
        kind: table.rows.kind().to_string(),
        in_force: table.in_force,
        citation: serde_json::to_string(&table.citation)
            .map_err(|error| StorageError::corrupt("a citation to store", error))?,
        is_verified: table.verified,
        row_count: i32::try_from(table.rows.len()).unwrap_or(i32::MAX),
        content: table.rows.json(),
        reason: new.reason.clone(),
        recorded_by: new.recorded_by.0,
        recorded_at: new.recorded_at,
    };
    diesel::insert_into(reference_table::table).values(&row).execute(db)?;
    Ok(())
}

/// Every version without its rows, in the order they were recorded.
pub fn heads(db: &mut Db, county: County) -> Result<Vec<TableHead>, StorageError> {
    let rows: Vec<HeadRow> = reference_table::table
        .filter(reference_table::county.eq(county.number()))
        .order(reference_table::n)
        .select((
            reference_table::n,
            reference_table::kind,
            reference_table::in_force,
            reference_table::citation,
            reference_table::is_verified,
            reference_table::row_count,
            reference_table::reason,
            reference_table::recorded_by,
            reference_table::recorded_at,
        ))
        .load(db)?;
    let head = |(n, kind, in_force, citation, verified, rows, reason, recorded_by, recorded_at): HeadRow| {
        let at = At(Collection::ReferenceTable, n);
        let citation = serde_json::from_str(&citation).map_err(|error| at.corrupt(error))?;
        let (kind, recorded_by) = (at.word(&kind)?, UserId(recorded_by));
        Ok(TableHead { n, kind, in_force, citation, verified, rows, reason, recorded_by, recorded_at })
    };
    rows.into_iter().map(head).collect()
}

pub fn by_n(db: &mut Db, county: County, n: i64) -> Result<Option<StoredTable>, StorageError> {
    let row: Option<Row> =
        reference_table::table.find((county.number(), n)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredTable::try_from).transpose()
}

/// The versions with these numbers, in their order.
pub fn by_ns(db: &mut Db, county: County, ns: &[i64]) -> Result<Vec<StoredTable>, StorageError> {
    let rows: Vec<Row> = reference_table::table
        .filter(reference_table::county.eq(county.number()).and(reference_table::n.eq_any(ns.to_vec())))
        .order(reference_table::n)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(StoredTable::try_from).collect()
}
