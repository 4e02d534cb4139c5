//! A copy of an SQLite database as of one moment, made while others write, and whether such a file is sound.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::storage::db::{Db, StorageError};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    what: String,
}

/// Writes the whole database as of now into an empty file. Writers go on meanwhile; what they commit after the
/// beginning is not in it.
pub fn copy_into(db: &mut Db, path: &str) -> Result<(), StorageError> {
    Ok(db.batch_execute(&format!("VACUUM INTO '{}'", path.replace('\'', "''")))?)
}

/// What SQLite itself finds wrong: pages, indexes, constraints, references. Empty if nothing.
pub fn flaws(db: &mut Db) -> Result<Vec<String>, StorageError> {
    let pages = diesel::sql_query("SELECT integrity_check AS what FROM pragma_integrity_check").load::<Row>(db)?;
    let references = diesel::sql_query(
        "SELECT 'a row of ' || \"table\" || ' refers to nothing' AS what FROM pragma_foreign_key_check",
    );
    let references = references.load::<Row>(db)?;
    Ok(pages.into_iter().chain(references).map(|row| row.what).filter(|what| what != "ok").collect())
}

/// Brings all that was written into the one file, so that it can be moved; the next who opens it writes ahead again.
pub fn settle(db: &mut Db) -> Result<(), StorageError> {
    Ok(db.batch_execute("PRAGMA journal_mode = DELETE")?)
}
