//! 合同: versions and events are appended; the row of a contract and its lists follow from them.

mod write;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::codes::TownshipCode;
use crate::domain::contract::ContractKind;
use crate::domain::contract::due::{Due, DueKind};
use crate::domain::contract::history::{Contract, ContractEventKind, Detail, Event, Version};
use crate::domain::input::{self, FieldError, Input};
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{At, CHUNK, after_prefix};
use crate::storage::schema::{
    balance, contract, contract_due, contract_event, contract_parcel, contract_person, contract_version, plot,
};
use crate::storage::township;

pub use write::{add_event, add_version, erase_persons, insert, refresh};

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = contract)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    kind: String,
    number: String,
    signed_on: NaiveDate,
    earlier_use: Option<String>,
    regulatory_number: Option<String>,
    land_use: String,
    user_code: Option<String>,
    area_cm2: i64,
    price_fen: Option<i64>,
    delivery_on: Option<NaiveDate>,
    start_on: Option<NaiveDate>,
    completion_on: Option<NaiveDate>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = contract_version)]
#[diesel(treat_none_as_default_value = false)]
struct VersionRow {
    county: i32,
    contract_id: i64,
    n: i64,
    change: String,
    effective_on: NaiveDate,
    document_number: Option<String>,
    corrects: Option<i64>,
    reason: Option<String>,
    parcels: String,
    user_name: Option<String>,
    user_code: Option<String>,
    terms: String,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = contract_event)]
struct EventRow {
    county: i32,
    contract_id: i64,
    n: i64,
    kind: String,
    on_day: NaiveDate,
    detail: String,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

/// Names that may be erased, by what they belong to.
type Persons = HashMap<String, String>;

/// The slot of the land user of a version.
fn user_slot(version: i64) -> String {
    format!("user/{version}")
}

/// The slot of an inspector of an event.
fn inspector_slot(event: i64, index: usize) -> String {
    format!("inspector/{event}/{index}")
}

/// JSON of ours back into what it was.
fn json<T: for<'de> Input<'de>>(at: At, text: &str) -> Result<T, StorageError> {
    input::read(text.as_bytes()).map_err(|faults: Vec<FieldError>| {
        let first = faults.first().map(|fault| format!("{}: {}", fault.pointer, fault.message.en));
        at.corrupt(first.unwrap_or_default())
    })
}

impl VersionRow {
    fn version(self, persons: &mut Persons) -> Result<Version, StorageError> {
        let at = At(Collection::Contract, self.contract_id);
        let parcel = |id: &str| id.parse().map(ParcelId).map_err(|error| at.corrupt(error));
        let name = self.user_name.or_else(|| persons.remove(&user_slot(self.n)));
        Ok(Version {
            n: self.n,
            change: at.word(&self.change)?,
            effective_on: self.effective_on,
            document_number: at.some_line(self.document_number.as_deref())?,
            corrects: self.corrects,
            reason: at.some_line(self.reason.as_deref())?,
            parcels: self.parcels.split_whitespace().map(parcel).collect::<Result<_, _>>()?,
            user_name: at.some_line(name.as_deref())?,
            user_code: at.some_word(self.user_code.as_deref())?,
            terms: json(at, &self.terms)?,
            recorded_at: self.recorded_at,
            recorded_by: UserId(self.recorded_by),
        })
    }
}

impl EventRow {
    fn event(self, persons: &mut Persons) -> Result<Event, StorageError> {
        let at = At(Collection::Contract, self.contract_id);
        let text = self.detail.as_str();
        let mut detail = match at.word::<ContractEventKind>(&self.kind)? {
            ContractEventKind::Development => Detail::Development(json(at, text)?),
            ContractEventKind::Inspection => Detail::Inspection(json(at, text)?),
            ContractEventKind::Cause => Detail::Cause(json(at, text)?),
            ContractEventKind::CauseDecision => Detail::CauseDecision(json(at, text)?),
            ContractEventKind::Succeeds => Detail::Succeeds(json(at, text)?),
            ContractEventKind::SucceededBy => Detail::SucceededBy(json(at, text)?),
            ContractEventKind::Withdrawal => Detail::Withdrawal(json(at, text)?),
        };
        if let Detail::Inspection(inspection) = &mut detail {
            for (index, inspector) in inspection.inspectors.iter_mut().enumerate() {
                let name = persons.remove(&inspector_slot(self.n, index));
                inspector.name = at.some_line(name.as_deref())?;
            }
        }
        let (recorded_at, recorded_by) = (self.recorded_at, UserId(self.recorded_by));
        Ok(Event { n: self.n, on: self.on_day, detail, recorded_at, recorded_by })
    }
}

sortable! {
    /// 合同台账的排序列 — by what the list of contracts is put in order, by the newest terms of each.
    pub enum ContractColumn of "contract" by Id {
        Id = "id" "编号": Number, "contract.id";
        Number = "number" "合同编号": Text, "contract.number";
        Kind = "kind" "种类": Text, "contract.kind";
        SignedOn = "signed_on" "签订日期": Day, "contract.signed_on";
        RegulatoryNumber = "regulatory_number" "电子监管号": Text | None, "contract.regulatory_number";
        LandUse = "land_use" "土地用途": Text, "contract.land_use";
        UserCode = "user_code" "统一社会信用代码": Text | None, "contract.user_code";
        Area = "area_m2" "面积": Number, "contract.area_cm2";
        Price = "price_yuan" "价款": Number | None, "contract.price_fen";
        DeliveryOn = "delivery_on" "约定交地": Day | None, "contract.delivery_on";
        StartOn = "start_on" "约定动工": Day | None, "contract.start_on";
        CompletionOn = "completion_on" "约定竣工": Day | None, "contract.completion_on";
        RecordedAt = "recorded_at" "记录时刻": Moment, "contract.recorded_at";
    }
}

/// Which contracts are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContractPage {
    pub at: Place<ContractColumn>,
    pub kind: Option<ContractKind>,
    /// Contracts whose number begins so.
    pub number: Option<String>,
    pub regulatory_number: Option<String>,
    pub parcel: Option<ParcelId>,
    pub user_code: Option<String>,
    pub signed_from: Option<NaiveDate>,
    pub signed_until: Option<NaiveDate>,
}

/// The number of the next contract; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = contract::table
        .filter(contract::county.eq(county.number()))
        .select(diesel::dsl::max(contract::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<Contract>, StorageError> {
    Ok(by_ids(db, county, &[id])?.pop())
}

/// Contracts by their numbers in this system, in their order.
pub fn by_ids(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<Contract>, StorageError> {
    let mut found = Vec::new();
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<Row> = contract::table
            .filter(contract::county.eq(county.number()).and(contract::id.eq_any(ids.to_vec())))
            .order(contract::id)
            .select(Row::as_select())
            .load(db)?;
        found.extend(assemble(db, county, rows)?);
    }
    Ok(found)
}

/// The contract that has this number on its paper.
pub fn by_number(db: &mut Db, county: County, number: &str) -> Result<Option<Contract>, StorageError> {
    let rows: Vec<Row> = contract::table
        .filter(contract::county.eq(county.number()).and(contract::number.eq(number)))
        .select(Row::as_select())
        .load(db)?;
    Ok(assemble(db, county, rows)?.pop())
}

/// The contract whose newest terms have this 电子监管号; of several the last.
pub fn by_regulatory_number(db: &mut Db, county: County, number: &str) -> Result<Option<Contract>, StorageError> {
    let rows: Vec<Row> = contract::table
        .filter(contract::county.eq(county.number()).and(contract::regulatory_number.eq(number)))
        .order(contract::id)
        .select(Row::as_select())
        .load(db)?;
    Ok(assemble(db, county, rows)?.pop())
}

/// The contracts that are about a parcel by their newest terms, in their order.
pub fn of_parcel(db: &mut Db, county: County, parcel: ParcelId) -> Result<Vec<Contract>, StorageError> {
    of_parcels(db, county, &[parcel.0])
}

/// The contracts that are about any of some parcels, each once.
pub fn of_parcels(db: &mut Db, county: County, parcels: &[i64]) -> Result<Vec<Contract>, StorageError> {
    let mut ids = ids_of_parcels(db, county, parcels)?;
    ids.sort_unstable();
    ids.dedup();
    by_ids(db, county, &ids)
}

fn ids_of_parcels(db: &mut Db, county: County, parcels: &[i64]) -> Result<Vec<i64>, StorageError> {
    let mut ids: Vec<i64> = Vec::new();
    for parcels in parcels.chunks(CHUNK) {
        let found = contract_parcel::table
            .filter(contract_parcel::county.eq(county.number()))
            .filter(contract_parcel::parcel_id.eq_any(parcels.to_vec()))
            .select(contract_parcel::contract_id)
            .load::<i64>(db)?;
        ids.extend(found);
    }
    Ok(ids)
}

/// The contracts that bear one of some 电子监管号 by their newest terms, or are about one of some parcels; each once.
pub(super) fn of_supplies(
    db: &mut Db,
    county: County,
    numbers: &[String],
    parcels: &[ParcelId],
) -> Result<Vec<Contract>, StorageError> {
    let mut ids: Vec<i64> = Vec::new();
    for numbers in numbers.chunks(CHUNK) {
        let found = contract::table
            .filter(contract::county.eq(county.number()))
            .filter(contract::regulatory_number.eq_any(numbers.to_vec()))
            .select(contract::id)
            .load::<i64>(db)?;
        ids.extend(found);
    }
    let parcels: Vec<i64> = parcels.iter().map(|parcel| parcel.0).collect();
    ids.extend(ids_of_parcels(db, county, &parcels)?);
    ids.sort_unstable();
    ids.dedup();
    by_ids(db, county, &ids)
}

pub fn page(db: &mut Db, county: County, page: &ContractPage) -> Result<Vec<Contract>, StorageError> {
    let mut query = contract::table
        .filter(contract::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(kind) = page.kind {
        query = query.filter(contract::kind.eq(kind.as_str()));
    }
    if let Some(number) = &page.number {
        query = query.filter(contract::number.ge(number.clone()).and(contract::number.lt(after_prefix(number))));
    }
    if let Some(number) = &page.regulatory_number {
        query = query.filter(contract::regulatory_number.eq(number.clone()));
    }
    if let Some(code) = &page.user_code {
        query = query.filter(contract::user_code.eq(code.clone()));
    }
    if let Some(day) = page.signed_from {
        query = query.filter(contract::signed_on.ge(day));
    }
    if let Some(day) = page.signed_until {
        query = query.filter(contract::signed_on.le(day));
    }
    if let Some(ParcelId(parcel)) = page.parcel {
        let of = contract_parcel::table
            .filter(contract_parcel::county.eq(county.number()).and(contract_parcel::parcel_id.eq(parcel)))
            .select(contract_parcel::contract_id);
        query = query.filter(contract::id.eq_any(of));
    }
    let rows: Vec<Row> = query.load(db)?;
    assemble(db, county, rows)
}

/// A thing that a contract asks for, with the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDue {
    pub contract: i64,
    pub number: String,
    pub due: Due,
}

/// What is due before a day, by day.
pub fn due_before(db: &mut Db, county: County, before: NaiveDate) -> Result<Vec<OpenDue>, StorageError> {
    let rows: Vec<(i64, String, i32, NaiveDate, String)> = contract_due::table
        .inner_join(
            contract::table
                .on(contract::county.eq(contract_due::county).and(contract::id.eq(contract_due::contract_id))),
        )
        .filter(contract_due::county.eq(county.number()).and(contract_due::due_on.lt(before)))
        .order((contract_due::due_on, contract_due::contract_id, contract_due::kind, contract_due::part))
        .select((
            contract_due::contract_id,
            contract_due::kind,
            contract_due::part,
            contract_due::due_on,
            contract::number,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(id, kind, part, on, number)| {
            let at = At(Collection::Contract, id);
            let part = u32::try_from(part).map_err(|error| at.corrupt(error))?;
            Ok(OpenDue { contract: id, number, due: Due { on, kind: at.word::<DueKind>(&kind)?, part } })
        })
        .collect()
}

/// The township of each contract: that of the plots in which its parcels have or had land, the smallest code of several.
pub fn townships(db: &mut Db, county: County, ids: &[i64]) -> Result<HashMap<i64, TownshipCode>, StorageError> {
    let mut found = HashMap::new();
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<(i64, Option<i32>)> =
            contract_parcel::table
                .inner_join(balance::table.on(
                    balance::county.eq(contract_parcel::county).and(balance::parcel_id.eq(contract_parcel::parcel_id)),
                ))
                .inner_join(plot::table.on(plot::county.eq(balance::county).and(plot::id.eq(balance::plot_id))))
                .filter(contract_parcel::county.eq(county.number()).and(contract_parcel::contract_id.eq_any(ids)))
                .filter(plot::township_code.is_not_null())
                .order((contract_parcel::contract_id, plot::township_code))
                .select((contract_parcel::contract_id, plot::township_code))
                .distinct()
                .load(db)?;
        for (contract, township) in rows {
            if let Some(township) = township {
                found.entry(contract).or_insert(township::code(township)?);
            }
        }
    }
    Ok(found)
}

/// Adds versions, events and names to rows, which stand in the order of their ids.
fn assemble(db: &mut Db, county: County, rows: Vec<Row>) -> Result<Vec<Contract>, StorageError> {
    let mut contracts = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter();
    loop {
        let rows: Vec<Row> = rows.by_ref().take(CHUNK).collect();
        if rows.is_empty() {
            return Ok(contracts);
        }
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut persons: HashMap<i64, Persons> = HashMap::new();
        let named: Vec<(i64, String, String)> = contract_person::table
            .filter(contract_person::county.eq(county.number()))
            .filter(contract_person::contract_id.eq_any(ids.clone()))
            .select((contract_person::contract_id, contract_person::slot, contract_person::name))
            .load(db)?;
        for (id, slot, name) in named {
            persons.entry(id).or_default().insert(slot, name);
        }
        let mut versions: HashMap<i64, Vec<Version>> = HashMap::with_capacity(ids.len());
        let found: Vec<VersionRow> = contract_version::table
            .filter(contract_version::county.eq(county.number()))
            .filter(contract_version::contract_id.eq_any(ids.clone()))
            .order((contract_version::contract_id, contract_version::n))
            .select(VersionRow::as_select())
            .load(db)?;
        for row in found {
            let id = row.contract_id;
            let version = row.version(persons.entry(id).or_default())?;
            versions.entry(id).or_default().push(version);
        }
        let mut events: HashMap<i64, Vec<Event>> = HashMap::new();
        let found: Vec<EventRow> = contract_event::table
            .filter(contract_event::county.eq(county.number()))
            .filter(contract_event::contract_id.eq_any(ids))
            .order((contract_event::contract_id, contract_event::n))
            .select(EventRow::as_select())
            .load(db)?;
        for row in found {
            let id = row.contract_id;
            let event = row.event(persons.entry(id).or_default())?;
            events.entry(id).or_default().push(event);
        }
        for row in rows {
            let at = At(Collection::Contract, row.id);
            let versions = versions.remove(&row.id).unwrap_or_default();
            if versions.is_empty() {
                return Err(at.corrupt("it has no version"));
            }
            contracts.push(Contract {
                id: row.id,
                kind: at.word(&row.kind)?,
                number: at.line(&row.number)?,
                signed_on: row.signed_on,
                earlier_use: row.earlier_use.as_deref().map(|text| json(at, text)).transpose()?,
                versions,
                events: events.remove(&row.id).unwrap_or_default(),
            });
        }
    }
}
