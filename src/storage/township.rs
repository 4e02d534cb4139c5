//! Townships of a county.

use diesel::prelude::*;

use crate::domain::codes::TownshipCode;
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::township;

/// A township as it rests.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Township {
    pub code: TownshipCode,
    pub name: String,
    pub is_official: bool,
}

/// A township's code as the number at rest.
pub(super) fn number(code: TownshipCode) -> i32 {
    i32::try_from(code.get()).expect("nine digits that begin with a province fit 31 bits")
}

/// A township's code from the number at rest.
pub(super) fn code(number: i32) -> Result<TownshipCode, StorageError> {
    u32::try_from(number)
        .map_err(|error| StorageError::corrupt(format!("township {number}"), error))
        .and_then(|n| TownshipCode::new(n).map_err(|error| StorageError::corrupt(format!("township {n}"), error.en)))
}

pub fn all(db: &mut Db, county: County) -> Result<Vec<Township>, StorageError> {
    let rows: Vec<(i32, String, bool)> = township::table
        .filter(township::county.eq(county.number()))
        .order(township::code)
        .select((township::code, township::name, township::is_official))
        .load(db)?;
    rows.into_iter()
        .map(|(number, name, is_official)| Ok(Township { code: code(number)?, name, is_official }))
        .collect()
}

/// Enters a township or renames it; gives what was there before.
pub fn put(db: &mut Db, county: County, put: &Township) -> Result<Option<Township>, StorageError> {
    let row = township::table.find((county.number(), number(put.code)));
    let before: Option<(String, bool)> = row.select((township::name, township::is_official)).first(db).optional()?;
    match before {
        Some((name, is_official)) => {
            diesel::update(row)
                .set((township::name.eq(&put.name), township::is_official.eq(put.is_official)))
                .execute(db)?;
            Ok(Some(Township { code: put.code, name, is_official }))
        }
        None => {
            diesel::insert_into(township::table)
                .values((
                    township::county.eq(county.number()),
                    township::code.eq(number(put.code)),
                    township::name.eq(&put.name),
                    township::is_official.eq(put.is_official),
                ))
                .execute(db)?;
            Ok(None)
        }
    }
}
