//! Attachments: bytes by their SHA-256. None is changed or removed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::attachment::MediaType;
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::attachment;

/// What is known of an attachment besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// In lower-case hex.
    pub sha256: String,
    pub media_type: MediaType,
    pub size: i64,
    pub recorded_by: UserId,
    pub recorded_at: NaiveDateTime,
}

/// What is known of an attachment, if it is there.
pub fn by_digest(db: &mut Db, county: County, sha256: &str) -> Result<Option<Attachment>, StorageError> {
    type Row = (String, i64, i64, NaiveDateTime);
    let row: Option<Row> = attachment::table
        .find((county.number(), sha256))
        .select((attachment::media_type, attachment::byte_size, attachment::recorded_by, attachment::recorded_at))
        .first(db)
        .optional()?;
    row.map(|(media_type, size, recorded_by, recorded_at)| {
        let media_type = media_type
            .parse()
            .map_err(|error: Text| StorageError::corrupt(format!("attachment {county}/{sha256}"), error.en))?;
        Ok(Attachment { sha256: sha256.to_owned(), media_type, size, recorded_by: UserId(recorded_by), recorded_at })
    })
    .transpose()
}

pub fn content(db: &mut Db, county: County, sha256: &str) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(attachment::table.find((county.number(), sha256)).select(attachment::content).first(db).optional()?)
}

pub fn insert(db: &mut Db, county: County, new: &Attachment, content: &[u8]) -> Result<(), StorageError> {
    diesel::insert_into(attachment::table)
        .values((
            attachment::county.eq(county.number()),
            attachment::sha256.eq(&new.sha256),
            attachment::media_type.eq(new.media_type.as_str()),
            attachment::byte_size.eq(new.size),
            attachment::content.eq(content),
            attachment::recorded_by.eq(new.recorded_by.0),
            attachment::recorded_at.eq(new.recorded_at),
        ))
        .execute(db)?;
    Ok(())
}
