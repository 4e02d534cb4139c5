//! Writing contracts, inside the county's lock.

use diesel::prelude::*;
use serde::Serialize;

use super::{EventRow, Row, VersionRow, inspector_slot, user_slot};
use crate::domain::contract::due;
use crate::domain::contract::history::{Contract, Detail, Event, Version};
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::schema::{
    contract, contract_due, contract_event, contract_parcel, contract_person, contract_version,
};

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("records are structs of words, numbers and texts")
}

fn row(county: County, of: &Contract) -> Row {
    let (newest, first) = (of.newest(), &of.versions[0]);
    let terms = &newest.terms;
    Row {
        county: county.number(),
        id: of.id,
        kind: of.kind.to_string(),
        number: of.number.to_string(),
        signed_on: of.signed_on,
        earlier_use: of.earlier_use.as_ref().map(text),
        regulatory_number: terms.regulatory_number.as_ref().map(ToString::to_string),
        land_use: terms.land_use.to_string(),
        user_code: newest.user_code.as_ref().map(ToString::to_string),
        area_cm2: terms.area_m2.get().to_units(),
        price_fen: terms.price().map(|price| price.to_units()),
        delivery_on: terms.delivery_on,
        start_on: terms.start_on,
        completion_on: terms.completion_on,
        version: of.version(),
        recorded_at: first.recorded_at,
        recorded_by: first.recorded_by.0,
    }
}

/// Keeps a new contract with all its versions and events.
pub fn insert(db: &mut Db, county: County, new: &Contract) -> Result<(), StorageError> {
    diesel::insert_into(contract::table).values(&row(county, new)).execute(db)?;
    for version in &new.versions {
        add_version(db, county, new.id, version)?;
    }
    for event in &new.events {
        add_event(db, county, new.id, event)?;
    }
    lists(db, county, new)
}

/// Brings what follows from versions and events up to date.
pub fn refresh(db: &mut Db, county: County, of: &Contract) -> Result<(), StorageError> {
    let Row {
        regulatory_number,
        land_use,
        user_code,
        area_cm2,
        price_fen,
        delivery_on,
        start_on,
        completion_on,
        version,
        ..
    } = row(county, of);
    diesel::update(contract::table.find((county.number(), of.id)))
        .set((
            contract::regulatory_number.eq(regulatory_number),
            contract::land_use.eq(land_use),
            contract::user_code.eq(user_code),
            contract::area_cm2.eq(area_cm2),
            contract::price_fen.eq(price_fen),
            contract::delivery_on.eq(delivery_on),
            contract::start_on.eq(start_on),
            contract::completion_on.eq(completion_on),
            contract::version.eq(version),
        ))
        .execute(db)?;
    let parcels = contract_parcel::table
        .filter(contract_parcel::county.eq(county.number()).and(contract_parcel::contract_id.eq(of.id)));
    diesel::delete(parcels).execute(db)?;
    let dues =
        contract_due::table.filter(contract_due::county.eq(county.number()).and(contract_due::contract_id.eq(of.id)));
    diesel::delete(dues).execute(db)?;
    lists(db, county, of)
}

#[derive(Insertable)]
#[diesel(table_name = contract_parcel)]
#[diesel(treat_none_as_default_value = false)]
struct ParcelRow {
    county: i32,
    parcel_id: i64,
    contract_id: i64,
}

#[derive(Insertable)]
#[diesel(table_name = contract_due)]
#[diesel(treat_none_as_default_value = false)]
struct DueRow {
    county: i32,
    contract_id: i64,
    kind: &'static str,
    part: i32,
    due_on: chrono::NaiveDate,
}

fn lists(db: &mut Db, county: County, of: &Contract) -> Result<(), StorageError> {
    let mut ids: Vec<i64> = of.newest().parcels.iter().map(|parcel| parcel.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let parcel = |parcel_id| ParcelRow { county: county.number(), parcel_id, contract_id: of.id };
    insert_rows!(db, contract_parcel::table, ids.into_iter().map(parcel).collect::<Vec<_>>());
    let due = |due: due::Due| DueRow {
        county: county.number(),
        contract_id: of.id,
        kind: due.kind.as_str(),
        part: i32::try_from(due.part).unwrap_or(i32::MAX),
        due_on: due.on,
    };
    insert_rows!(db, contract_due::table, due::open(of).into_iter().map(due).collect::<Vec<_>>());
    Ok(())
}

pub fn add_version(db: &mut Db, county: County, contract: i64, new: &Version) -> Result<(), StorageError> {
    // Without a credit code it may be a natural person.
    let (plain, apart) = match (&new.user_name, &new.user_code) {
        (Some(name), Some(_)) => (Some(name.to_string()), None),
        (name, None) => (None, name.as_ref()),
        (None, Some(_)) => (None, None),
    };
    let row = VersionRow {
        county: county.number(),
        contract_id: contract,
        n: new.n,
        change: new.change.to_string(),
        effective_on: new.effective_on,
        document_number: new.document_number.as_ref().map(ToString::to_string),
        corrects: new.corrects,
        reason: new.reason.as_ref().map(ToString::to_string),
        parcels: new.parcels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        user_name: plain,
        user_code: new.user_code.as_ref().map(ToString::to_string),
        terms: text(&new.terms),
        recorded_at: new.recorded_at,
        recorded_by: new.recorded_by.0,
    };
    diesel::insert_into(contract_version::table).values(&row).execute(db)?;
    match apart {
        Some(name) => person(db, county, contract, &user_slot(new.n), name.as_str()),
        None => Ok(()),
    }
}

pub fn add_event(db: &mut Db, county: County, contract: i64, new: &Event) -> Result<(), StorageError> {
    let detail = match &new.detail {
        Detail::Development(detail) => text(detail),
        Detail::Inspection(detail) => text(detail),
        Detail::Cause(detail) => text(detail),
        Detail::CauseDecision(detail) => text(detail),
        Detail::Succeeds(detail) | Detail::SucceededBy(detail) => text(detail),
        Detail::Withdrawal(detail) => text(detail),
    };
    let row = EventRow {
        county: county.number(),
        contract_id: contract,
        n: new.n,
        kind: new.detail.kind().to_string(),
        on_day: new.on,
        detail,
        recorded_at: new.recorded_at,
        recorded_by: new.recorded_by.0,
    };
    diesel::insert_into(contract_event::table).values(&row).execute(db)?;
    if let Detail::Inspection(inspection) = &new.detail {
        for (index, inspector) in inspection.inspectors.iter().enumerate() {
            if let Some(name) = &inspector.name {
                person(db, county, contract, &inspector_slot(new.n, index), name.as_str())?;
            }
        }
    }
    Ok(())
}

fn person(db: &mut Db, county: County, contract: i64, slot: &str, name: &str) -> Result<(), StorageError> {
    diesel::insert_into(contract_person::table)
        .values((
            contract_person::county.eq(county.number()),
            contract_person::contract_id.eq(contract),
            contract_person::slot.eq(slot),
            contract_person::name.eq(name),
        ))
        .execute(db)?;
    Ok(())
}

/// Erases the names of a contract; gives whether there were any.
pub fn erase_persons(db: &mut Db, county: County, contract: i64) -> Result<bool, StorageError> {
    let named = contract_person::table
        .filter(contract_person::county.eq(county.number()).and(contract_person::contract_id.eq(contract)));
    Ok(diesel::delete(named).execute(db)? > 0)
}
