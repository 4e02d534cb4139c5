//! 待办: what people said about its items. The items themselves come from elsewhere.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::domain::worklist::{TaskAction, TaskSource};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::CHUNK;
use crate::storage::schema::worklist_event;

/// What somebody said about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskEvent {
    pub n: i64,
    pub source: TaskSource,
    pub key: String,
    pub action: TaskAction,
    pub until: Option<NaiveDate>,
    pub reason: String,
    pub user: UserId,
    pub at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = worklist_event)]
struct Row {
    county: i32,
    n: i64,
    source: String,
    item_key: String,
    action: String,
    until_day: Option<NaiveDate>,
    reason: String,
    user_id: i64,
    at: NaiveDateTime,
}

impl TryFrom<Row> for TaskEvent {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let corrupt =
            |error: Text| StorageError::corrupt(format!("event {}/{} of the worklist", row.county, row.n), error.en);
        Ok(Self {
            n: row.n,
            source: row.source.parse().map_err(corrupt)?,
            key: row.item_key,
            action: row.action.parse().map_err(corrupt)?,
            until: row.until_day,
            reason: row.reason,
            user: UserId(row.user_id),
            at: row.at,
        })
    }
}

/// Which events are asked for, in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskEventPage {
    pub after: i64,
    pub limit: i64,
    pub source: Option<TaskSource>,
    pub key: Option<String>,
}

/// The number of the last event, 0 if there is none.
pub fn last(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = worklist_event::table
        .filter(worklist_event::county.eq(county.number()))
        .select(diesel::dsl::max(worklist_event::n))
        .first(db)?;
    Ok(last.unwrap_or(0))
}

pub fn insert(db: &mut Db, county: County, new: &TaskEvent) -> Result<(), StorageError> {
    let row = Row {
        county: county.number(),
        n: new.n,
        source: new.source.to_string(),
        item_key: new.key.clone(),
        action: new.action.to_string(),
        until_day: new.until,
        reason: new.reason.clone(),
        user_id: new.user.0,
        at: new.at,
    };
    diesel::insert_into(worklist_event::table).values(&row).execute(db)?;
    Ok(())
}

pub fn page(db: &mut Db, county: County, page: &TaskEventPage) -> Result<Vec<TaskEvent>, StorageError> {
    let mut query = worklist_event::table
        .filter(worklist_event::county.eq(county.number()).and(worklist_event::n.gt(page.after)))
        .order(worklist_event::n)
        .limit(page.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(source) = page.source {
        query = query.filter(worklist_event::source.eq(source.as_str()));
    }
    if let Some(key) = &page.key {
        query = query.filter(worklist_event::item_key.eq(key));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(TaskEvent::try_from).collect()
}

/// The last thing said about each of some items of a source.
pub fn last_words(
    db: &mut Db,
    county: County,
    source: TaskSource,
    keys: &[String],
) -> Result<HashMap<String, TaskEvent>, StorageError> {
    let mut last: HashMap<String, TaskEvent> = HashMap::new();
    for keys in keys.chunks(CHUNK) {
        let rows: Vec<Row> = worklist_event::table
            .filter(worklist_event::county.eq(county.number()).and(worklist_event::source.eq(source.as_str())))
            .filter(worklist_event::item_key.eq_any(keys.to_vec()))
            .order(worklist_event::n)
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            last.insert(row.item_key.clone(), row.try_into()?);
        }
    }
    Ok(last)
}
