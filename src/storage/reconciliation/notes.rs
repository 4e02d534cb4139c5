//! What was said of differences: appended to, never changed.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::LOOK;
use crate::domain::reconciliation::{Difference, Note};
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::reconciliation_note as table;

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    difference: String,
    n: i64,
    owner_id: Option<i64>,
    resolution: String,
    reason: Option<String>,
    figures_sha256: Vec<u8>,
    user_id: i64,
    at: NaiveDateTime,
}

fn corrupt(row: &Row, why: impl std::fmt::Display) -> StorageError {
    StorageError::corrupt(format!("note {} of {}/{}", row.n, row.county, row.difference), why)
}

impl Row {
    fn read(self) -> Result<(Difference, Note), StorageError> {
        let difference = self.difference.parse().map_err(|error: Text| corrupt(&self, error.en))?;
        let note = Note {
            n: self.n,
            owner: self.owner_id.map(UserId),
            resolution: self.resolution.parse().map_err(|error: Text| corrupt(&self, error.en))?,
            figures: self.figures_sha256.as_slice().try_into().map_err(|error| corrupt(&self, error))?,
            reason: self.reason,
            user: UserId(self.user_id),
            at: self.at,
        };
        Ok((difference, note))
    }
}

/// Appends a note; inside the county's lock.
pub fn append(db: &mut Db, county: County, of: &Difference, note: &Note) -> Result<(), StorageError> {
    let row = Row {
        county: county.number(),
        difference: of.to_string(),
        n: note.n,
        owner_id: note.owner.map(|user| user.0),
        resolution: note.resolution.as_str().to_owned(),
        reason: note.reason.clone(),
        figures_sha256: note.figures.to_vec(),
        user_id: note.user.0,
        at: note.at,
    };
    diesel::insert_into(table::table).values(&row).execute(db)?;
    Ok(())
}

/// All that was said of one difference, the first first.
pub fn notes(db: &mut Db, county: County, of: &Difference) -> Result<Vec<Note>, StorageError> {
    let rows: Vec<Row> = table::table
        .filter(table::county.eq(county.number()).and(table::difference.eq(of.to_string())))
        .order(table::n)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(|row| Ok(row.read()?.1)).collect()
}

/// What was last said of some differences, at most [`LOOK`].
pub fn last_notes(db: &mut Db, county: County, of: &[Difference]) -> Result<HashMap<Difference, Note>, StorageError> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<String> = of.iter().map(ToString::to_string).collect();
    // The later ones take the place of the earlier.
    let rows: Vec<Row> = table::table
        .filter(table::county.eq(county.number()).and(table::difference.eq_any(keys)))
        .order((table::difference, table::n))
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(Row::read).collect()
}

/// The next differences of which something was said, in the order of their keys: at most [`LOOK`].
pub fn differences(db: &mut Db, county: County, after: Option<&Difference>) -> Result<Vec<Difference>, StorageError> {
    let keys: Vec<String> = table::table
        .filter(table::county.eq(county.number()).and(table::n.eq(1)))
        .filter(table::difference.gt(after.map(ToString::to_string).unwrap_or_default()))
        .order(table::difference)
        .limit(LOOK)
        .select(table::difference)
        .load(db)?;
    keys.into_iter()
        .map(|key| {
            key.parse().map_err(|error: Text| StorageError::corrupt(format!("a note of {county}/{key}"), error.en))
        })
        .collect()
}
