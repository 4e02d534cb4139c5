//! 抵押、查封: recorded on a parcel, released, extended, consented to.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, entry, in_future, known_county, missing, taken};
use crate::domain::encumbrance::{
    Encumbrance, EncumbranceAction, EncumbranceBody, EncumbranceEventBody, EncumbranceKind,
};
use crate::domain::input::{FieldError, Line};
use crate::domain::ledger::voucher::Digest;
use crate::domain::record::{Collection, Reference};
use crate::domain::region::{County, ParcelId};
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, Lane};
pub use crate::storage::encumbrance::{EncumbranceEvent, EncumbrancePage, StoredEncumbrance};
use crate::storage::listing::Listed;
use crate::storage::{attachment, encumbrance, journal, parcel};

impl App {
    /// Records an encumbrance, or finds it already there.
    pub fn create_encumbrance(
        &self,
        caller: &Caller,
        county: County,
        sent: EncumbranceBody,
    ) -> Result<Written<StoredEncumbrance>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let mut faults: Vec<FieldError> = in_future("/from", Some(sent.from), stamp.today).into_iter().collect();
            let parcel = parcel_named(db, county, &sent.parcel, &mut faults)?;
            let attachments = known_attachments(db, county, sent.attachments.as_deref(), &mut faults)?;
            let Some(parcel) = parcel.filter(|_| faults.is_empty()) else { return Err(AppError::Fields(faults)) };
            let party = sent.party.map(Line::into_string);
            let contents = Encumbrance {
                parcel,
                kind: sent.kind,
                number: sent.number,
                from: sent.from,
                until: sent.until,
                area: sent.area_m2.map(|area| area.get()),
                appraised: sent.appraised_yuan.map(|money| money.get()),
                loan: sent.loan_yuan.map(|money| money.get()),
                attachments,
                remark: sent.remark,
            };
            let of_parcel = encumbrance::of_parcels(db, county, &[parcel.0])?;
            let same = |known: &&StoredEncumbrance| {
                (known.contents.kind, &known.contents.number) == (contents.kind, &contents.number)
            };
            if let Some(known) = of_parcel.iter().find(same) {
                // A party that was erased can no longer be compared.
                let party_fits = known.party.is_none() || known.party == party;
                if known.contents == contents && party_fits {
                    return Ok(Written { record: known.clone(), is_new: false, warnings: Vec::new() });
                }
                return Err(taken(Collection::Encumbrance, contents.number.as_str(), known.id));
            }
            let record = StoredEncumbrance {
                id: encumbrance::next_id(db, county)?,
                contents,
                party,
                events: Vec::new(),
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            encumbrance::insert(db, county, &record)?;
            let collection = Collection::Encumbrance;
            let entry = entry(stamp, "createEncumbrance", collection, record.id, None, &record.contents);
            journal::append(db, county, vec![entry])?;
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// Records what became of an encumbrance. The same again changes nothing; after its release nothing more happens.
    pub fn add_encumbrance_event(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: EncumbranceEventBody,
    ) -> Result<Written<StoredEncumbrance>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let mut record =
                encumbrance::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Encumbrance, county, id))?;
            let mut faults: Vec<FieldError> = in_future("/dated", Some(sent.dated), stamp.today).into_iter().collect();
            let attachments = known_attachments(db, county, sent.attachments.as_deref(), &mut faults)?;
            let from = record.contents.from;
            if sent.dated < from {
                let message = text!(
                    "文件日期早于{:#}日期 {from}",
                    "the document precedes the {} of {from}",
                    record.contents.kind
                );
                let value = Some(sent.dated.to_string());
                faults.push(FieldError { pointer: "/dated".to_owned(), value, message });
            }
            if sent.action == EncumbranceAction::Consented && record.contents.kind == EncumbranceKind::Seizure {
                let message = Text::fixed(
                    "查封须由查封机关解除,不能以同意代替",
                    "a seizure is lifted by the body that ordered it; no consent stands in for that",
                );
                let value = Some(sent.action.to_string());
                faults.push(FieldError { pointer: "/action".to_owned(), value, message });
            }
            if !faults.is_empty() {
                return Err(AppError::Fields(faults));
            }
            let event = EncumbranceEvent {
                action: sent.action,
                consents_to: sent.consents_to,
                document_number: sent.document_number.into_string(),
                document_authority: sent.document_authority.into_string(),
                dated: sent.dated,
                until: sent.until,
                attachments,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            let same = |known: &EncumbranceEvent| {
                let (recorded_at, recorded_by) = (known.recorded_at, known.recorded_by);
                *known == EncumbranceEvent { recorded_at, recorded_by, ..event.clone() }
            };
            if record.events.iter().any(same) {
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            if let Some(released) = record.released_on() {
                return Err(AppError::Conflict(text!(
                    "该权利负担已于 {released} 解除,不能再记事项",
                    "the encumbrance was released on {released}; nothing more can become of it"
                )));
            }
            encumbrance::add_event(db, county, id, record.events.len() + 1, &event)?;
            let entry = entry(stamp, "addEncumbranceEvent", Collection::Encumbrance, id, None, &event);
            journal::append(db, county, vec![entry])?;
            record.events.push(event);
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// Erases who the party of an encumbrance is. What it blocks stays.
    pub fn erase_encumbrance_party(&self, caller: &Caller, county: County, id: i64) -> Result<(), AppError> {
        /// What the journal keeps: that it was done.
        #[derive(serde::Serialize)]
        struct Erased {
            party: Option<()>,
        }
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            encumbrance::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Encumbrance, county, id))?;
            if encumbrance::erase_party(db, county, id)? {
                let erased = Erased { party: None };
                let entry = entry(stamp, "eraseEncumbranceParty", Collection::Encumbrance, id, None, &erased);
                journal::append(db, county, vec![entry])?;
            }
            Ok(())
        })
    }

    pub fn encumbrance(&self, county: County, id: i64) -> Result<StoredEncumbrance, AppError> {
        self.pool
            .get()?
            .read(|db| encumbrance::by_id(db, county, id))?
            .ok_or_else(|| missing(Collection::Encumbrance, county, id))
    }

    pub fn encumbrances(&self, county: County, page: &EncumbrancePage) -> Result<Listed<StoredEncumbrance>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = encumbrance::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.id)?)
        })
    }
}

/// The parcel that is meant, or a fault.
fn parcel_named(
    db: &mut Db,
    county: County,
    named: &Reference,
    faults: &mut Vec<FieldError>,
) -> Result<Option<ParcelId>, AppError> {
    let found = match named {
        Reference::Id(id) => parcel::by_id(db, county, ParcelId(*id))?.map(|parcel| parcel.record.id),
        Reference::Code(code) => {
            parcel::by_codes(db, county, std::slice::from_ref(code))?.pop().map(|parcel| parcel.record.id)
        }
    };
    if found.is_none() {
        let message = text!("本县没有宗地 {named}", "this county has no parcel {named}");
        faults.push(FieldError { pointer: "/parcel".to_owned(), value: Some(named.to_string()), message });
    }
    Ok(found)
}

/// The digests, each of which must lie in the store.
pub(crate) fn known_attachments(
    db: &mut Db,
    county: County,
    given: Option<&[Digest]>,
    faults: &mut Vec<FieldError>,
) -> Result<Vec<String>, AppError> {
    let mut digests = Vec::new();
    for (index, digest) in given.unwrap_or_default().iter().enumerate() {
        let sha256 = digest.as_str();
        if attachment::by_digest(db, county, sha256)?.is_none() {
            let message =
                text!("附件 {sha256} 不在库中;请先上传", "attachment {sha256} is not in the store; upload it first");
            let pointer = format!("/attachments/{index}");
            faults.push(FieldError { pointer, value: Some(sha256.to_owned()), message });
        }
        digests.push(sha256.to_owned());
    }
    Ok(digests)
}
