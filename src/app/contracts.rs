//! 合同与开发: contracts are recorded, amended and told what happened; nothing of them is overwritten.

pub mod events;
pub mod idle_facts;
pub mod suspicions;
pub(crate) mod taken_back;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::contracts::taken_back::ended;
use crate::app::encumbrances::known_attachments;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::records::{Stamp, Written, based_on, entry, in_future, known_county, missing, taken};
use crate::domain::codes::CreditCode;
use crate::domain::contract::history::{Contract, Version};
use crate::domain::contract::standing::{self, Standing};
use crate::domain::contract::terms::ContractTerms;
use crate::domain::contract::{AmendmentBody, ChangeKind, ContractBody, ContractKind, EarlierUse, LandUser, check};
use crate::domain::input::{FieldError, Line};
use crate::domain::record::{Collection, Reference};
use crate::domain::region::{County, ParcelId};
use crate::domain::rules::idle::Law;
use crate::domain::text::text;
pub use crate::storage::contract::ContractPage;
use crate::storage::db::{Db, Lane};
use crate::storage::listing::Listed;
use crate::storage::{contract, journal, parcel};

/// What the journal keeps of a version: everything but names that may be erased.
#[derive(Serialize)]
struct Journalled<'c> {
    kind: ContractKind,
    number: &'c Line<100>,
    signed_on: NaiveDate,
    earlier_use: Option<&'c EarlierUse>,
    change: ChangeKind,
    version: i64,
    effective_on: NaiveDate,
    document_number: Option<&'c Line<100>>,
    corrects: Option<i64>,
    reason: Option<&'c Line<500>>,
    parcels: &'c [ParcelId],
    user_name: Option<&'c Line<100>>,
    user_code: Option<&'c CreditCode>,
    terms: &'c ContractTerms,
}

impl<'c> Journalled<'c> {
    fn of(contract: &'c Contract, version: &'c Version) -> Self {
        Self {
            kind: contract.kind,
            number: &contract.number,
            signed_on: contract.signed_on,
            earlier_use: contract.earlier_use.as_ref(),
            change: version.change,
            version: version.n,
            effective_on: version.effective_on,
            document_number: version.document_number.as_ref(),
            corrects: version.corrects,
            reason: version.reason.as_ref(),
            parcels: &version.parcels,
            user_name: version.user_name.as_ref().filter(|_| version.user_code.is_some()),
            user_code: version.user_code.as_ref(),
            terms: &version.terms,
        }
    }
}

impl App {
    /// Records a contract, or finds it already there.
    pub fn create_contract(
        &self,
        caller: &Caller,
        county: County,
        sent: ContractBody,
    ) -> Result<Written<Contract>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| create(db, county, stamp, sent))
    }

    /// Records another version of the terms: an agreement, an extension, a correction.
    pub fn amend_contract(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        based: i64,
        sent: AmendmentBody,
    ) -> Result<Written<Contract>, AppError> {
        let stamp = self.stamp(caller);
        let policy = self.policy(county)?;
        self.writer.write(Lane(county.number()), move |db| {
            let mut contract = known(db, county, id)?;
            based_on(based, contract.version())?;
            let (effective_on, mut faults) = check::amendment(&contract, &sent, &policy, stamp.today)?;
            let parcels = match &sent.parcels {
                Some(parcels) => parcels_named(db, county, parcels, &mut faults)?,
                None => contract.newest().parcels.clone(),
            };
            attachments(db, county, &sent.terms, &mut faults)?;
            let Some(effective_on) = effective_on.filter(|_| faults.is_empty()) else {
                return Err(AppError::Fields(faults));
            };
            let newest = contract.newest();
            let (user_name, user_code) = match sent.user {
                Some(LandUser { name, code }) => (Some(name), code),
                None => (newest.user_name.clone(), newest.user_code.clone()),
            };
            let version = Version {
                n: contract.versions.len() as i64 + 1,
                change: sent.change,
                effective_on,
                document_number: sent.document_number,
                corrects: sent.corrects,
                reason: Some(sent.reason),
                parcels,
                user_name,
                user_code,
                terms: sent.terms,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            contract::add_version(db, county, id, &version)?;
            contract.versions.push(version);
            contract::refresh(db, county, &contract)?;
            features::put_contracts(db, county, std::slice::from_ref(&contract))?;
            let entry = entry(stamp, "amendContract", Collection::Contract, id, None, &last(&contract));
            journal::append(db, county, vec![entry])?;
            Ok(written(contract, true))
        })
    }

    /// Erases the names of land users without a credit code and of inspectors. What they did stays.
    pub fn erase_contract_persons(&self, caller: &Caller, county: County, id: i64) -> Result<(), AppError> {
        /// What the journal keeps: that it was done.
        #[derive(Serialize)]
        struct Erased {
            persons: Option<()>,
        }
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known(db, county, id)?;
            if contract::erase_persons(db, county, id)? {
                let erased = Erased { persons: None };
                let entry = entry(stamp, "eraseContractPersons", Collection::Contract, id, None, &erased);
                journal::append(db, county, vec![entry])?;
            }
            Ok(())
        })
    }

    pub fn contract(&self, county: County, id: i64) -> Result<Contract, AppError> {
        self.pool.get()?.read(|db| known(db, county, id))
    }

    pub fn contracts(&self, county: County, page: &ContractPage) -> Result<Listed<Contract>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = contract::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.id)?)
        })
    }

    /// How far contracts have come by a day; today where none is given.
    pub fn contract_standings(
        &self,
        county: County,
        contracts: &[Contract],
        as_of: Option<NaiveDate>,
    ) -> Result<Vec<Standing>, AppError> {
        let as_of = as_of.unwrap_or_else(|| self.clock.today());
        let policy = self.policy(county)?;
        // Of a day before the law on idle land nothing can be suspected.
        let law = Law::on(&policy, as_of).ok();
        let ended = self.pool.get()?.read(|db| ended(db, county, Some(contracts)))?;
        let on = |contract| standing::on(contract, as_of, law.as_ref(), ended.since(contract, None, as_of));
        Ok(contracts.iter().map(on).collect())
    }
}

fn written(record: Contract, is_new: bool) -> Written<Contract> {
    let warnings = check::warnings(&record);
    Written { record, is_new, warnings }
}

fn last(contract: &Contract) -> Journalled<'_> {
    let version = contract.versions.last().expect("a contract has its original version");
    Journalled::of(contract, version)
}

/// The contract, or that there is none of this number.
pub(crate) fn known(db: &mut Db, county: County, id: i64) -> Result<Contract, AppError> {
    contract::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Contract, county, id))
}

/// Records a contract inside the county's lock, or finds it already there.
pub(crate) fn create(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    sent: ContractBody,
) -> Result<Written<Contract>, AppError> {
    known_county(db, county)?;
    let mut faults: Vec<FieldError> = in_future("/signed_on", Some(sent.signed_on), stamp.today).into_iter().collect();
    let parcels = parcels_named(db, county, &sent.parcels, &mut faults)?;
    attachments(db, county, &sent.terms, &mut faults)?;
    if !faults.is_empty() {
        return Err(AppError::Fields(faults));
    }
    let LandUser { name, code } = sent.user;
    let original = Version {
        n: 1,
        change: ChangeKind::Original,
        effective_on: sent.signed_on,
        document_number: None,
        corrects: None,
        reason: None,
        parcels,
        user_name: Some(name),
        user_code: code,
        terms: sent.terms,
        recorded_at: stamp.now,
        recorded_by: stamp.user,
    };
    if let Some(known) = contract::by_number(db, county, sent.number.as_str())? {
        let first = &known.versions[0];
        // A name that was erased can no longer be compared.
        let same = Version {
            user_name: first.user_name.as_ref().and(original.user_name.clone()),
            recorded_at: first.recorded_at,
            recorded_by: first.recorded_by,
            ..original
        };
        let heads = (known.kind, known.signed_on, known.earlier_use.as_ref());
        if *first == same && heads == (sent.kind, sent.signed_on, sent.earlier_use.as_ref()) {
            return Ok(written(known, false));
        }
        return Err(taken(Collection::Contract, sent.number.as_str(), known.id));
    }
    let record = Contract {
        id: contract::next_id(db, county)?,
        kind: sent.kind,
        number: sent.number,
        signed_on: sent.signed_on,
        earlier_use: sent.earlier_use,
        versions: vec![original],
        events: Vec::new(),
    };
    contract::insert(db, county, &record)?;
    features::put_contracts(db, county, std::slice::from_ref(&record))?;
    let entry = entry(stamp, "createContract", Collection::Contract, record.id, None, &last(&record));
    journal::append(db, county, vec![entry])?;
    Ok(written(record, true))
}

/// The parcels that are meant, each once, or their faults.
fn parcels_named(
    db: &mut Db,
    county: County,
    named: &[Reference],
    faults: &mut Vec<FieldError>,
) -> Result<Vec<ParcelId>, AppError> {
    let codes: Vec<String> = named
        .iter()
        .filter_map(|named| match named {
            Reference::Code(code) => Some(code.clone()),
            Reference::Id(_) => None,
        })
        .collect();
    let by_code: HashMap<String, ParcelId> = parcel::by_codes(db, county, &codes)?
        .into_iter()
        .map(|parcel| (parcel.record.contents.code.into_string(), parcel.record.id))
        .collect();
    let mut ids = Vec::with_capacity(named.len());
    for (index, named) in named.iter().enumerate() {
        let found = match named {
            Reference::Id(id) => parcel::by_id(db, county, ParcelId(*id))?.map(|parcel| parcel.record.id),
            Reference::Code(code) => by_code.get(code).copied(),
        };
        let message = match found {
            Some(id) if !ids.contains(&id) => {
                ids.push(id);
                continue;
            }
            Some(_) => text!("宗地 {named} 重复出现", "parcel {named} is given more than once"),
            None => text!("本县没有宗地 {named}", "this county has no parcel {named}"),
        };
        faults.push(FieldError { pointer: format!("/parcels/{index}"), value: Some(named.to_string()), message });
    }
    Ok(ids)
}

/// The attachments of terms lie in the store.
fn attachments(
    db: &mut Db,
    county: County,
    terms: &ContractTerms,
    faults: &mut Vec<FieldError>,
) -> Result<(), AppError> {
    let mut unknown = Vec::new();
    known_attachments(db, county, terms.attachments.as_deref(), &mut unknown)?;
    faults.extend(unknown.into_iter().map(|fault| FieldError { pointer: format!("/terms{}", fault.pointer), ..fault }));
    Ok(())
}
