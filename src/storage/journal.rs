//! The journal: who changed which record, from what to what, written in the transaction of the change.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::listing::{Place, sortable};
use crate::storage::schema::journal;

/// One change of one record. `before` and `after` are JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub user: UserId,
    /// The operation of the API that made it.
    pub operation: &'static str,
    pub collection: Collection,
    pub object: i64,
    pub before: Option<String>,
    pub after: Option<String>,
    pub at: NaiveDateTime,
}

/// An entry with its place in the county's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journalled {
    pub n: i64,
    pub user: UserId,
    pub operation: String,
    pub collection: Collection,
    pub object: i64,
    pub before: Option<String>,
    pub after: Option<String>,
    pub at: NaiveDateTime,
}

sortable! {
    /// 变更日志的排序列 — by what the journal is put in order.
    pub enum JournalColumn of "journal" by N {
        N = "n" "序号": Number, "journal.n";
        At = "at" "时刻": Moment, "journal.at";
        Operation = "operation" "操作": Text, "journal.operation";
        Collection = "collection" "记录种类": Text, "journal.collection";
        Object = "object" "记录编号": Number, "journal.object_id";
        User = "user" "何人": Number, "journal.user_id";
    }
}

/// Which entries are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalPage {
    pub at: Place<JournalColumn>,
    pub collection: Option<Collection>,
    pub object: Option<i64>,
    pub user: Option<UserId>,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = journal)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    n: i64,
    user_id: i64,
    operation: String,
    collection: String,
    object_id: i64,
    before: Option<String>,
    after: Option<String>,
    at: NaiveDateTime,
}

/// Number of the last entry, 0 if there is none.
pub fn last(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> =
        journal::table.filter(journal::county.eq(county.number())).select(diesel::dsl::max(journal::n)).first(db)?;
    Ok(last.unwrap_or(0))
}

/// Appends entries; inside the county's lock.
pub fn append(db: &mut Db, county: County, entries: Vec<Entry>) -> Result<(), StorageError> {
    let rows: Vec<Row> = (last(db, county)? + 1..)
        .zip(entries)
        .map(|(n, entry)| Row {
            county: county.number(),
            n,
            user_id: entry.user.0,
            operation: entry.operation.to_owned(),
            collection: entry.collection.as_str().to_owned(),
            object_id: entry.object,
            before: entry.before,
            after: entry.after,
            at: entry.at,
        })
        .collect();
    insert_rows!(db, journal::table, rows);
    Ok(())
}

pub fn page(db: &mut Db, county: County, page: &JournalPage) -> Result<Vec<Journalled>, StorageError> {
    let mut query = journal::table
        .filter(journal::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(collection) = page.collection {
        query = query.filter(journal::collection.eq(collection.as_str()));
    }
    if let Some(object) = page.object {
        query = query.filter(journal::object_id.eq(object));
    }
    if let Some(user) = page.user {
        query = query.filter(journal::user_id.eq(user.0));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter()
        .map(|row| {
            let collection = row.collection.parse().map_err(|error: Text| {
                StorageError::corrupt(format!("entry {county}/{} of the journal", row.n), error.en)
            })?;
            Ok(Journalled {
                n: row.n,
                user: UserId(row.user_id),
                operation: row.operation,
                collection,
                object: row.object_id,
                before: row.before,
                after: row.after,
                at: row.at,
            })
        })
        .collect()
}
