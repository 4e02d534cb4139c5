//! 企业预审: kept as asked and answered; the contact apart, erased on its day; addresses counted for a day and then forgotten.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::codes::TownshipCode;
use crate::domain::finding::Outcome;
use crate::domain::precheck::body::LandKind;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::rules::case::{LandUse, Method};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::At;
use crate::storage::schema::{precheck, precheck_contact, precheck_source};
use crate::storage::township;

/// A pre-check as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrecheckHead {
    pub id: i64,
    pub reference: String,
    pub digest: String,
    pub company_code: String,
    pub company_name: String,
    pub project_name: Option<String>,
    pub industry_code: String,
    pub land_kind: LandKind,
    pub land_use: LandUse,
    pub area: AreaM2,
    pub township: Option<TownshipCode>,
    pub method: Option<Method>,
    pub needed_by: Option<NaiveDate>,
    pub outcome: Outcome,
    pub on: NaiveDate,
    pub recorded_at: NaiveDateTime,
}

/// With what was asked, without the contact, and what was answered, both in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPrecheck {
    pub head: PrecheckHead,
    pub body: String,
    pub answer: String,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = precheck)]
struct Row {
    county: i32,
    id: i64,
    reference: String,
    digest: String,
    company_code: String,
    company_name: String,
    project_name: Option<String>,
    industry_code: String,
    land_kind: String,
    land_use: String,
    area_cm2: i64,
    township: Option<i32>,
    method: Option<String>,
    needed_by: Option<NaiveDate>,
    outcome: String,
    on_day: NaiveDate,
    body: String,
    answer: String,
    recorded_at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = precheck)]
struct HeadRow {
    id: i64,
    reference: String,
    digest: String,
    company_code: String,
    company_name: String,
    project_name: Option<String>,
    industry_code: String,
    land_kind: String,
    land_use: String,
    area_cm2: i64,
    township: Option<i32>,
    method: Option<String>,
    needed_by: Option<NaiveDate>,
    outcome: String,
    on_day: NaiveDate,
    recorded_at: NaiveDateTime,
}

impl TryFrom<HeadRow> for PrecheckHead {
    type Error = StorageError;

    fn try_from(row: HeadRow) -> Result<Self, StorageError> {
        let at = At(Collection::Precheck, row.id);
        Ok(Self {
            id: row.id,
            reference: row.reference,
            digest: row.digest,
            company_code: row.company_code,
            company_name: row.company_name,
            project_name: row.project_name,
            industry_code: row.industry_code,
            land_kind: at.word(&row.land_kind)?,
            land_use: at.word(&row.land_use)?,
            area: at.area(row.area_cm2)?,
            township: row.township.map(township::code).transpose()?,
            method: at.some_word(row.method.as_deref())?,
            needed_by: row.needed_by,
            outcome: at.word(&row.outcome)?,
            on: row.on_day,
            recorded_at: row.recorded_at,
        })
    }
}

/// Which pre-checks are asked for, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrecheckPage {
    /// Only those before this number; 0: from the newest on.
    pub before: i64,
    pub limit: i64,
    pub company_code: Option<String>,
    pub outcome: Option<Outcome>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// The number of the next pre-check; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = precheck::table
        .filter(precheck::county.eq(county.number()))
        .select(diesel::dsl::max(precheck::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, new: &StoredPrecheck) -> Result<(), StorageError> {
    let head = &new.head;
    let row = Row {
        county: county.number(),
        id: head.id,
        reference: head.reference.clone(),
        digest: head.digest.clone(),
        company_code: head.company_code.clone(),
        company_name: head.company_name.clone(),
        project_name: head.project_name.clone(),
        industry_code: head.industry_code.clone(),
        land_kind: head.land_kind.to_string(),
        land_use: head.land_use.to_string(),
        area_cm2: head.area.to_units(),
        township: head.township.map(township::number),
        method: head.method.map(|method| method.to_string()),
        needed_by: head.needed_by,
        outcome: head.outcome.to_string(),
        on_day: head.on,
        body: new.body.clone(),
        answer: new.answer.clone(),
        recorded_at: head.recorded_at,
    };
    diesel::insert_into(precheck::table).values(&row).execute(db)?;
    Ok(())
}

/// What a pre-check is known by.
enum Known<'a> {
    Id(i64),
    Reference(&'a str),
    Digest(&'a str),
}

fn known(db: &mut Db, county: County, by: &Known<'_>) -> Result<Option<StoredPrecheck>, StorageError> {
    let query = precheck::table
        .filter(precheck::county.eq(county.number()))
        .select((HeadRow::as_select(), precheck::body, precheck::answer))
        .into_boxed();
    let query = match by {
        Known::Id(id) => query.filter(precheck::id.eq(*id)),
        Known::Reference(reference) => query.filter(precheck::reference.eq(*reference)),
        Known::Digest(digest) => query.filter(precheck::digest.eq(*digest)),
    };
    let row: Option<(HeadRow, String, String)> = query.first(db).optional()?;
    row.map(|(head, body, answer)| Ok(StoredPrecheck { head: head.try_into()?, body, answer })).transpose()
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredPrecheck>, StorageError> {
    known(db, county, &Known::Id(id))
}

pub fn by_reference(db: &mut Db, county: County, reference: &str) -> Result<Option<StoredPrecheck>, StorageError> {
    known(db, county, &Known::Reference(reference))
}

/// The same thing asked before, on the same ground.
pub fn by_digest(db: &mut Db, county: County, digest: &str) -> Result<Option<StoredPrecheck>, StorageError> {
    known(db, county, &Known::Digest(digest))
}

pub fn page(db: &mut Db, county: County, page: &PrecheckPage) -> Result<Vec<PrecheckHead>, StorageError> {
    let mut query = precheck::table
        .filter(precheck::county.eq(county.number()))
        .order(precheck::id.desc())
        .limit(page.limit)
        .select(HeadRow::as_select())
        .into_boxed();
    if page.before > 0 {
        query = query.filter(precheck::id.lt(page.before));
    }
    if let Some(code) = &page.company_code {
        query = query.filter(precheck::company_code.eq(code));
    }
    if let Some(outcome) = page.outcome {
        query = query.filter(precheck::outcome.eq(outcome.as_str()));
    }
    if let Some(from) = page.from {
        query = query.filter(precheck::on_day.ge(from));
    }
    if let Some(until) = page.until {
        query = query.filter(precheck::on_day.le(until));
    }
    let rows: Vec<HeadRow> = query.load(db)?;
    rows.into_iter().map(PrecheckHead::try_from).collect()
}

/// Keeps a contact until its day, and erases those whose day has come.
pub fn put_contact(
    db: &mut Db,
    county: County,
    id: i64,
    contact: &str,
    erase_on: NaiveDate,
) -> Result<(), StorageError> {
    diesel::insert_into(precheck_contact::table)
        .values((
            precheck_contact::county.eq(county.number()),
            precheck_contact::precheck_id.eq(id),
            precheck_contact::contact.eq(contact),
            precheck_contact::erase_on.eq(erase_on),
        ))
        .execute(db)?;
    Ok(())
}

/// Erases the contacts whose day has come; gives how many.
pub fn erase_due(db: &mut Db, county: County, today: NaiveDate) -> Result<usize, StorageError> {
    let due = precheck_contact::table
        .filter(precheck_contact::county.eq(county.number()).and(precheck_contact::erase_on.le(today)));
    Ok(diesel::delete(due).execute(db)?)
}

/// Erases one contact; gives whether there was one.
pub fn erase_contact(db: &mut Db, county: County, id: i64) -> Result<bool, StorageError> {
    Ok(diesel::delete(precheck_contact::table.find((county.number(), id))).execute(db)? > 0)
}

/// The contact and the day it is erased, unless that has come.
pub fn contact(
    db: &mut Db,
    county: County,
    id: i64,
    today: NaiveDate,
) -> Result<Option<(String, NaiveDate)>, StorageError> {
    let row: Option<(String, NaiveDate)> = precheck_contact::table
        .find((county.number(), id))
        .select((precheck_contact::contact, precheck_contact::erase_on))
        .first(db)
        .optional()?;
    Ok(row.filter(|(_, erase_on)| *erase_on > today))
}

/// Counts one more pre-check of a source today and gives how many it has sent; other days are forgotten.
pub fn count_source(db: &mut Db, county: County, day: NaiveDate, source: &str) -> Result<i32, StorageError> {
    let of_county = precheck_source::table.filter(precheck_source::county.eq(county.number()));
    diesel::delete(of_county.filter(precheck_source::day.ne(day))).execute(db)?;
    let row = precheck_source::table.find((county.number(), day, source));
    let sent: Option<i32> = row.select(precheck_source::sent).first(db).optional()?;
    match sent {
        Some(sent) => {
            diesel::update(row).set(precheck_source::sent.eq(sent + 1)).execute(db)?;
            Ok(sent + 1)
        }
        None => {
            diesel::insert_into(precheck_source::table)
                .values((
                    precheck_source::county.eq(county.number()),
                    precheck_source::day.eq(day),
                    precheck_source::source.eq(source),
                    precheck_source::sent.eq(1),
                ))
                .execute(db)?;
            Ok(1)
        }
    }
}
