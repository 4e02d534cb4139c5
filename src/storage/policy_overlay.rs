//! A county's own parameter values: rows that are only ever added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::policy::Overlay;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::policy_overlay;

/// A journalled row: the county's value, who set it, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayRow {
    pub n: i64,
    pub overlay: Overlay,
    pub reason: String,
    pub recorded_by: UserId,
    pub recorded_at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = policy_overlay)]
struct Row {
    county: i32,
    n: i64,
    parameter: String,
    in_force: NaiveDate,
    value: Option<String>,
    citation: String,
    is_verified: bool,
    reason: String,
    recorded_by: i64,
    recorded_at: NaiveDateTime,
}

/// The number of a county's last row; 0 if there is none.
pub fn last(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = policy_overlay::table
        .filter(policy_overlay::county.eq(county.number()))
        .select(diesel::dsl::max(policy_overlay::n))
        .first(db)?;
    Ok(last.unwrap_or(0))
}

/// All rows of a county in the order they were recorded.
pub fn all(db: &mut Db, county: County) -> Result<Vec<OverlayRow>, StorageError> {
    let rows: Vec<Row> = policy_overlay::table
        .filter(policy_overlay::county.eq(county.number()))
        .order(policy_overlay::n)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            let citation = serde_json::from_str(&row.citation)
                .map_err(|error| StorageError::corrupt(format!("policy overlay {county}/{}", row.n), error))?;
            Ok(OverlayRow {
                n: row.n,
                overlay: Overlay {
                    parameter: row.parameter,
                    in_force: row.in_force,
                    value: row.value,
                    citation,
                    verified: row.is_verified,
                },
                reason: row.reason,
                recorded_by: UserId(row.recorded_by),
                recorded_at: row.recorded_at,
            })
        })
        .collect()
}

pub fn insert(db: &mut Db, county: County, row: &OverlayRow) -> Result<(), StorageError> {
    let citation = serde_json::to_string(&row.overlay.citation)
        .map_err(|error| StorageError::corrupt("a citation to store", error))?;
    let row = Row {
        county: county.number(),
        n: row.n,
        parameter: row.overlay.parameter.clone(),
        in_force: row.overlay.in_force,
        value: row.overlay.value.clone(),
        citation,
        is_verified: row.overlay.verified,
        reason: row.reason.clone(),
        recorded_by: row.recorded_by.0,
        recorded_at: row.recorded_at,
    };
    diesel::insert_into(policy_overlay::table).values(&row).execute(db)?;
    Ok(())
}
