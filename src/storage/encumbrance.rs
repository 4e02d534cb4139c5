//! 抵押、查封: appended, never changed; what became of one is an event of its own.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::encumbrance::{Burden, Encumbrance, EncumbranceAction};
use crate::domain::ledger::kind::Kind;
use crate::domain::quantity::Money;
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{encumbrance, encumbrance_event, encumbrance_party};

/// An encumbrance with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEncumbrance {
    pub id: i64,
    pub contents: Encumbrance,
    /// None: not given, or erased.
    pub party: Option<String>,
    /// In the order they were recorded.
    pub events: Vec<EncumbranceEvent>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

impl StoredEncumbrance {
    /// The day of the document that released it.
    pub fn released_on(&self) -> Option<NaiveDate> {
        self.events.iter().find(|event| event.action == EncumbranceAction::Released).map(|event| event.dated)
    }

    fn burden(&self) -> Burden {
        let consent = |event: &EncumbranceEvent| event.consents_to.map(|kind| (kind, event.dated));
        Burden {
            parcel: self.contents.parcel,
            kind: self.contents.kind,
            number: self.contents.number.to_string(),
            from: self.contents.from,
            released_on: self.released_on(),
            consents: self.events.iter().filter_map(consent).collect(),
        }
    }
}

/// What became of an encumbrance, with its document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct EncumbranceEvent {
    pub action: EncumbranceAction,
    pub consents_to: Option<Kind>,
    pub document_number: String,
    pub document_authority: String,
    pub dated: NaiveDate,
    pub until: Option<NaiveDate>,
    pub attachments: Vec<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = encumbrance)]
struct Row {
    county: i32,
    id: i64,
    parcel_id: i64,
    kind: String,
    number: String,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
    area_cm2: Option<i64>,
    appraised_fen: Option<i64>,
    loan_fen: Option<i64>,
    attachments: String,
    remark: Option<String>,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = encumbrance_event)]
struct EventRow {
    county: i32,
    encumbrance_id: i64,
    n: i32,
    action: String,
    consents_to: Option<String>,
    document_number: String,
    document_authority: String,
    dated: NaiveDate,
    until_day: Option<NaiveDate>,
    attachments: String,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

impl Row {
    fn stored(self, party: Option<String>, events: Vec<EncumbranceEvent>) -> Result<StoredEncumbrance, StorageError> {
        let at = At(Collection::Encumbrance, self.id);
        let money = |fen: Option<i64>| fen.map(Money::from_units).transpose().map_err(|error| at.corrupt(error));
        let contents = Encumbrance {
            parcel: ParcelId(self.parcel_id),
            kind: at.word(&self.kind)?,
            number: at.line(&self.number)?,
            from: self.from_day,
            until: self.until_day,
            area: self.area_cm2.map(|units| at.area(units)).transpose()?,
            appraised: money(self.appraised_fen)?,
            loan: money(self.loan_fen)?,
            attachments: words(&self.attachments),
            remark: at.some_line(self.remark.as_deref())?,
        };
        let (recorded_at, recorded_by) = (self.recorded_at, UserId(self.recorded_by));
        Ok(StoredEncumbrance { id: self.id, contents, party, events, recorded_at, recorded_by })
    }
}

sortable! {
    /// 抵押查封列表的排序列 — by what the list of encumbrances is put in order.
    pub enum EncumbranceColumn of "encumbrance" by Id {
        Id = "id" "编号": Number, "encumbrance.id";
        Kind = "kind" "种类": Text, "encumbrance.kind";
        Parcel = "parcel" "宗地编号": Number, "encumbrance.parcel_id";
        Number = "number" "文号": Text, "encumbrance.number";
        From = "from" "起始日": Day, "encumbrance.from_day";
        Area = "area_m2" "面积": Number | None, "encumbrance.area_cm2";
        Appraised = "appraised_yuan" "评估价": Number | None, "encumbrance.appraised_fen";
        Loan = "loan_yuan" "贷款额": Number | None, "encumbrance.loan_fen";
        RecordedAt = "recorded_at" "记录时刻": Moment, "encumbrance.recorded_at";
    }
}

/// Which encumbrances are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EncumbrancePage {
    pub at: Place<EncumbranceColumn>,
    pub parcel: Option<ParcelId>,
}

/// The number of the next encumbrance; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = encumbrance::table
        .filter(encumbrance::county.eq(county.number()))
        .select(diesel::dsl::max(encumbrance::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, new: &StoredEncumbrance) -> Result<(), StorageError> {
    let contents = &new.contents;
    let row = Row {
        county: county.number(),
        id: new.id,
        parcel_id: contents.parcel.0,
        kind: contents.kind.to_string(),
        number: contents.number.to_string(),
        from_day: contents.from,
        until_day: contents.until,
        area_cm2: contents.area.map(|area| area.to_units()),
        appraised_fen: contents.appraised.map(|money| money.to_units()),
        loan_fen: contents.loan.map(|money| money.to_units()),
        attachments: contents.attachments.join(" "),
        remark: contents.remark.as_ref().map(ToString::to_string),
        recorded_at: new.recorded_at,
        recorded_by: new.recorded_by.0,
    };
    diesel::insert_into(encumbrance::table).values(&row).execute(db)?;
    if let Some(name) = &new.party {
        diesel::insert_into(encumbrance_party::table)
            .values((
                encumbrance_party::county.eq(county.number()),
                encumbrance_party::encumbrance_id.eq(new.id),
                encumbrance_party::name.eq(name),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// Appends what became of encumbrance `id`.
pub fn add_event(db: &mut Db, county: County, id: i64, n: usize, event: &EncumbranceEvent) -> Result<(), StorageError> {
    let row = EventRow {
        county: county.number(),
        encumbrance_id: id,
        n: i32::try_from(n).unwrap_or(i32::MAX),
        action: event.action.to_string(),
        consents_to: event.consents_to.map(|kind| kind.to_string()),
        document_number: event.document_number.clone(),
        document_authority: event.document_authority.clone(),
        dated: event.dated,
        until_day: event.until,
        attachments: event.attachments.join(" "),
        recorded_at: event.recorded_at,
        recorded_by: event.recorded_by.0,
    };
    diesel::insert_into(encumbrance_event::table).values(&row).execute(db)?;
    Ok(())
}

/// Erases who the party is; gives whether somebody was named.
pub fn erase_party(db: &mut Db, county: County, id: i64) -> Result<bool, StorageError> {
    Ok(diesel::delete(encumbrance_party::table.find((county.number(), id))).execute(db)? > 0)
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredEncumbrance>, StorageError> {
    let rows: Vec<Row> = encumbrance::table.find((county.number(), id)).select(Row::as_select()).load(db)?;
    Ok(assemble(db, county, rows)?.pop())
}

/// All of some parcels.
pub fn of_parcels(db: &mut Db, county: County, parcels: &[i64]) -> Result<Vec<StoredEncumbrance>, StorageError> {
    let mut found = Vec::new();
    for chunk in parcels.chunks(CHUNK) {
        let rows: Vec<Row> = encumbrance::table
            .filter(encumbrance::county.eq(county.number()).and(encumbrance::parcel_id.eq_any(chunk.to_vec())))
            .order(encumbrance::id)
            .select(Row::as_select())
            .load(db)?;
        found.extend(assemble(db, county, rows)?);
    }
    Ok(found)
}

/// What a decision of the ledger needs to know of some parcels.
pub(super) fn burdens(db: &mut Db, county: County, parcels: &[i64]) -> Result<Vec<Burden>, StorageError> {
    Ok(of_parcels(db, county, parcels)?.iter().map(StoredEncumbrance::burden).collect())
}

pub fn page(db: &mut Db, county: County, page: &EncumbrancePage) -> Result<Vec<StoredEncumbrance>, StorageError> {
    let mut query = encumbrance::table
        .filter(encumbrance::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(parcel) = page.parcel {
        query = query.filter(encumbrance::parcel_id.eq(parcel.0));
    }
    let rows: Vec<Row> = query.load(db)?;
    assemble(db, county, rows)
}

/// Adds parties and events to rows.
fn assemble(db: &mut Db, county: County, rows: Vec<Row>) -> Result<Vec<StoredEncumbrance>, StorageError> {
    let mut parties: HashMap<i64, String> = HashMap::new();
    let mut events: HashMap<i64, Vec<EncumbranceEvent>> = HashMap::new();
    for rows in rows.chunks(CHUNK) {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let named: Vec<(i64, String)> = encumbrance_party::table
            .filter(encumbrance_party::county.eq(county.number()))
            .filter(encumbrance_party::encumbrance_id.eq_any(ids.clone()))
            .select((encumbrance_party::encumbrance_id, encumbrance_party::name))
            .load(db)?;
        parties.extend(named);
        let happened: Vec<EventRow> = encumbrance_event::table
            .filter(encumbrance_event::county.eq(county.number()))
            .filter(encumbrance_event::encumbrance_id.eq_any(ids))
            .order((encumbrance_event::encumbrance_id, encumbrance_event::n))
            .select(EventRow::as_select())
            .load(db)?;
        for row in happened {
            let at = At(Collection::Encumbrance, row.encumbrance_id);
            let event = EncumbranceEvent {
                action: at.word(&row.action)?,
                consents_to: at.some_word(row.consents_to.as_deref())?,
                document_number: row.document_number,
                document_authority: row.document_authority,
                dated: row.dated,
                until: row.until_day,
                attachments: words(&row.attachments),
                recorded_at: row.recorded_at,
                recorded_by: UserId(row.recorded_by),
            };
            events.entry(row.encumbrance_id).or_default().push(event);
        }
    }
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            row.stored(parties.remove(&id), events.remove(&id).unwrap_or_default())
        })
        .collect()
}
