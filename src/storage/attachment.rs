//! Attachments: bytes by their SHA-256. None is changed or removed.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary};

use crate::domain::attachment::{MediaType, SubjectKind};
use crate::domain::county::Degrees;
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{attachment, attachment_subject};

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

/// A part of the bytes, from `offset` on: as much as there is, and nothing behind the end.
pub fn part(db: &mut Db, county: County, sha256: &str, offset: i64, length: i64) -> Result<Vec<u8>, StorageError> {
    use diesel::dsl::sql;
    // Both databases count bytes from 1.
    let cut = sql::<Binary>("substr(content, CAST(")
        .bind::<BigInt, _>(offset + 1)
        .sql(" AS INTEGER), CAST(")
        .bind::<BigInt, _>(length)
        .sql(" AS INTEGER))");
    let part: Option<Vec<u8>> = attachment::table.find((county.number(), sha256)).select(cut).first(db).optional()?;
    Ok(part.unwrap_or_default())
}

/// The digests after one, in order.
pub fn digests(db: &mut Db, county: County, after: &str, limit: i64) -> Result<Vec<String>, StorageError> {
    Ok(attachment::table
        .filter(attachment::county.eq(county.number()).and(attachment::sha256.gt(after)))
        .order(attachment::sha256)
        .limit(limit)
        .select(attachment::sha256)
        .load(db)?)
}

/// What an attachment shows, as it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentSubject {
    pub n: i64,
    pub sha256: String,
    pub subject: SubjectKind,
    pub id: i64,
    pub purpose: Option<String>,
    pub taken_at: Option<NaiveDateTime>,
    /// Longitude and latitude.
    pub place: Option<(Degrees, Degrees)>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachment_subject)]
#[diesel(treat_none_as_default_value = false)]
struct SubjectRow {
    county: i32,
    n: i64,
    sha256: String,
    collection: String,
    object_id: i64,
    purpose: Option<String>,
    taken_at: Option<NaiveDateTime>,
    longitude_e7: Option<i64>,
    latitude_e7: Option<i64>,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl TryFrom<SubjectRow> for AttachmentSubject {
    type Error = StorageError;

    fn try_from(row: SubjectRow) -> Result<Self, StorageError> {
        let what = format!("subject {}/{} of an attachment", row.county, row.n);
        let degrees = |e7: i64| {
            i32::try_from(e7).map(Degrees::from_e7).map_err(|error| StorageError::corrupt(what.clone(), error))
        };
        let place = match (row.longitude_e7, row.latitude_e7) {
            (Some(longitude), Some(latitude)) => Some((degrees(longitude)?, degrees(latitude)?)),
            _ => None,
        };
        Ok(Self {
            n: row.n,
            sha256: row.sha256,
            subject: row.collection.parse().map_err(|error: Text| StorageError::corrupt(what.clone(), error.en))?,
            id: row.object_id,
            purpose: row.purpose,
            taken_at: row.taken_at,
            place,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    }
}

/// Which are asked for, in the order they were recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttachmentPage {
    pub after: i64,
    pub limit: i64,
    pub subject: Option<(SubjectKind, i64)>,
    pub sha256: Option<String>,
}

/// The number of the last subject, 0 if there is none.
pub fn last_subject(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = attachment_subject::table
        .filter(attachment_subject::county.eq(county.number()))
        .select(diesel::dsl::max(attachment_subject::n))
        .first(db)?;
    Ok(last.unwrap_or(0))
}

pub fn insert_subject(db: &mut Db, county: County, new: &AttachmentSubject) -> Result<(), StorageError> {
    let row = SubjectRow {
        county: county.number(),
        n: new.n,
        sha256: new.sha256.clone(),
        collection: new.subject.to_string(),
        object_id: new.id,
        purpose: new.purpose.clone(),
        taken_at: new.taken_at,
        longitude_e7: new.place.map(|(longitude, _)| longitude.e7().into()),
        latitude_e7: new.place.map(|(_, latitude)| latitude.e7().into()),
        recorded_at: new.recorded_at,
        recorded_by: new.recorded_by.0,
    };
    diesel::insert_into(attachment_subject::table).values(&row).execute(db)?;
    Ok(())
}

pub fn subjects(db: &mut Db, county: County, page: &AttachmentPage) -> Result<Vec<AttachmentSubject>, StorageError> {
    let mut query = attachment_subject::table
        .filter(attachment_subject::county.eq(county.number()).and(attachment_subject::n.gt(page.after)))
        .order(attachment_subject::n)
        .limit(page.limit)
        .select(SubjectRow::as_select())
        .into_boxed();
    if let Some((subject, id)) = page.subject {
        query =
            query.filter(attachment_subject::collection.eq(subject.as_str()).and(attachment_subject::object_id.eq(id)));
    }
    if let Some(sha256) = &page.sha256 {
        query = query.filter(attachment_subject::sha256.eq(sha256));
    }
    let rows: Vec<SubjectRow> = query.load(db)?;
    rows.into_iter().map(AttachmentSubject::try_from).collect()
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
