//! What happened to a contract's land: progress, inspections, causes and decisions on them, succession, withdrawals.

use serde::Serialize;

use super::{known, written};
use crate::app::App;
use crate::app::caller::Caller;
use crate::app::encumbrances::known_attachments;
use crate::app::error::AppError;
use crate::app::records::{Stamp, Written, entry, known_county};
use crate::domain::contract::cause::{CauseBody, CauseDecisionBody};
use crate::domain::contract::development::DevelopmentBody;
use crate::domain::contract::history::{Contract, Detail, Event, Succession, SuccessionBody, WithdrawalBody};
use crate::domain::contract::inspection::InspectionBody;
use crate::domain::contract::{ContractKind, check};
use crate::domain::input::FieldError;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::voucher::Digest;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, Lane};
use crate::storage::{contract, journal, ledger};

impl App {
    /// Records progress. The same sent again changes nothing.
    pub fn add_contract_development(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: DevelopmentBody,
    ) -> Result<Written<Contract>, AppError> {
        self.add_event(caller, county, id, "addContractDevelopment", Detail::Development(sent))
    }

    /// Records what inspectors saw.
    pub fn add_contract_inspection(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: InspectionBody,
    ) -> Result<Written<Contract>, AppError> {
        self.add_event(caller, county, id, "addContractInspection", Detail::Inspection(sent))
    }

    /// Records an interval that the user puts down to something else.
    pub fn add_contract_cause(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: CauseBody,
    ) -> Result<Written<Contract>, AppError> {
        self.add_event(caller, county, id, "addContractCause", Detail::Cause(sent))
    }

    /// Accepts or rejects such an interval; never by whoever recorded it.
    pub fn decide_contract_cause(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: CauseDecisionBody,
    ) -> Result<Written<Contract>, AppError> {
        self.add_event(caller, county, id, "decideContractCause", Detail::CauseDecision(sent))
    }

    /// Takes back an event that was recorded by mistake; it stays on record.
    pub fn withdraw_contract_event(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: WithdrawalBody,
    ) -> Result<Written<Contract>, AppError> {
        self.add_event(caller, county, id, "withdrawContractEvent", Detail::Withdrawal(sent))
    }

    fn add_event(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        operation: &'static str,
        detail: Detail,
    ) -> Result<Written<Contract>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| add(db, county, stamp, id, operation, detail))
    }

    /// Links a 先租后让 contract with the grant that followed it.
    pub fn succeed_contract(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: SuccessionBody,
    ) -> Result<Written<Contract>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| succeed(db, county, stamp, id, &sent))
    }
}

/// Records one event inside the county's lock, or finds it already there.
pub(crate) fn add(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    id: i64,
    operation: &'static str,
    detail: Detail,
) -> Result<Written<Contract>, AppError> {
    known_county(db, county)?;
    let mut record = known(db, county, id)?;
    if record.live().any(|event| same(&event.detail, &detail)) {
        return Ok(written(record, false));
    }
    let n = record.events.len() as i64 + 1;
    let today = stamp.today;
    let mut faults = match &detail {
        Detail::Development(sent) => check::development(&record, sent, n, today),
        Detail::Inspection(sent) => check::inspection(&record, sent, today),
        Detail::Cause(sent) => check::cause(&record, sent, today),
        Detail::CauseDecision(sent) => check::decision(&record, sent, today),
        Detail::Withdrawal(sent) => check::withdrawal(&record, sent),
        Detail::Succeeds(_) | Detail::SucceededBy(_) => Vec::new(),
    };
    known_attachments(db, county, attached(&detail), &mut faults)?;
    if !faults.is_empty() {
        return Err(AppError::Fields(faults));
    }
    if let Detail::CauseDecision(sent) = &detail {
        let claim = record.events.iter().find(|event| event.n == sent.claim);
        if claim.is_some_and(|claim| claim.recorded_by == stamp.user) {
            return Err(AppError::Forbidden(Text::fixed(
                "原因说明不能由登记人自己认定,请由另一人认定",
                "whoever recorded the claim does not decide on it; another person has to",
            )));
        }
    }
    push(db, county, stamp, &mut record, operation, detail)?;
    Ok(written(record, true))
}

/// Names may have been erased since; they are not compared.
fn same(known: &Detail, sent: &Detail) -> bool {
    match (known, sent) {
        (Detail::Inspection(known), Detail::Inspection(sent)) => {
            let plain = |inspection: &InspectionBody| {
                let mut inspection = inspection.clone();
                for inspector in &mut inspection.inspectors {
                    inspector.name = None;
                }
                inspection
            };
            plain(known) == plain(sent)
        }
        _ => known == sent,
    }
}

fn attached(detail: &Detail) -> Option<&[Digest]> {
    match detail {
        Detail::Development(sent) => sent.attachments.as_deref(),
        Detail::Inspection(sent) => sent.attachments.as_deref(),
        Detail::Cause(sent) => sent.attachments.as_deref(),
        _ => None,
    }
}

fn push(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    record: &mut Contract,
    operation: &'static str,
    detail: Detail,
) -> Result<(), AppError> {
    let on = match &detail {
        Detail::Development(sent) => sent.on,
        Detail::Inspection(sent) => sent.on,
        Detail::Cause(sent) => sent.from,
        Detail::CauseDecision(sent) => sent.decided_on,
        Detail::Succeeds(_) | Detail::SucceededBy(_) | Detail::Withdrawal(_) => stamp.today,
    };
    let n = record.events.len() as i64 + 1;
    let event = Event { n, on, detail, recorded_at: stamp.now, recorded_by: stamp.user };
    contract::add_event(db, county, record.id, &event)?;
    let journalled = journalled(stamp, operation, record.id, n, &event.detail);
    journal::append(db, county, vec![journalled])?;
    record.events.push(event);
    Ok(contract::refresh(db, county, record)?)
}

/// What the journal keeps of an event; names are not written.
fn journalled(stamp: Stamp, operation: &'static str, id: i64, n: i64, detail: &Detail) -> journal::Entry {
    #[derive(Serialize)]
    struct Kept<'d, T> {
        event: i64,
        detail: &'d T,
    }
    fn kept<T: Serialize>(stamp: Stamp, operation: &'static str, id: i64, n: i64, detail: &T) -> journal::Entry {
        entry(stamp, operation, Collection::Contract, id, None, &Kept { event: n, detail })
    }
    match detail {
        Detail::Development(detail) => kept(stamp, operation, id, n, detail),
        Detail::Inspection(detail) => kept(stamp, operation, id, n, detail),
        Detail::Cause(detail) => kept(stamp, operation, id, n, detail),
        Detail::CauseDecision(detail) => kept(stamp, operation, id, n, detail),
        Detail::Succeeds(detail) | Detail::SucceededBy(detail) => kept(stamp, operation, id, n, detail),
        Detail::Withdrawal(detail) => kept(stamp, operation, id, n, detail),
    }
}

fn succeed(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    id: i64,
    sent: &SuccessionBody,
) -> Result<Written<Contract>, AppError> {
    let mut lease = known(db, county, id)?;
    let link = Succession { contract: sent.successor, voucher: sent.voucher };
    if lease.live().any(|event| event.detail == Detail::SucceededBy(link.clone())) {
        return Ok(written(lease, false));
    }
    if lease.kind != ContractKind::LeaseThenTransfer {
        return Err(AppError::Conflict(text!(
            "只有先租后让合同可以由出让合同承接;该合同为“{:#}”",
            "only a contract of lease then transfer is succeeded by a grant; this one is {}",
            lease.kind
        )));
    }
    if lease.live().any(|event| matches!(event.detail, Detail::SucceededBy(_))) {
        return Err(AppError::Conflict(Text::fixed("该合同已被承接", "the contract has been succeeded already")));
    }
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, value: String, message: Text| {
        faults.push(FieldError { pointer: pointer.to_owned(), value: Some(value), message });
    };
    let grant = contract::by_id(db, county, sent.successor)?.filter(|grant| grant.id != id);
    let voucher = ledger::by_seq(db, county, sent.voucher)?.map(|(recorded, _)| recorded.voucher);
    match &grant {
        None => {
            let message = Text::fixed("没有这份承接合同;请先登记", "there is no such contract; record it first");
            fault("/successor", sent.successor.to_string(), message);
        }
        Some(grant) if grant.kind.is_lease() => {
            let message = text!("承接的应是出让合同,该合同为“{:#}”", "a grant succeeds; this one is {}", grant.kind);
            fault("/successor", sent.successor.to_string(), message);
        }
        Some(grant) if !grant.newest().parcels.iter().any(|parcel| lease.newest().parcels.contains(parcel)) => {
            let message = Text::fixed("两份合同没有共同的宗地", "the two contracts have no parcel in common");
            fault("/successor", sent.successor.to_string(), message);
        }
        Some(grant) if grant.live().any(|event| matches!(event.detail, Detail::Succeeds(_))) => {
            let message = Text::fixed("该合同已承接另一合同", "it succeeds another contract already");
            fault("/successor", sent.successor.to_string(), message);
        }
        Some(_) => {}
    }
    match (&voucher, &grant) {
        (Some(voucher), _) if voucher.kind != Kind::ContractSuccession => {
            let message = text!(
                "第 {} 号凭证是“{:#}”,应为合同承接凭证",
                "voucher {} is one of {}, not of a succession",
                sent.voucher,
                voucher.kind
            );
            fault("/voucher", sent.voucher.to_string(), message);
        }
        (Some(voucher), Some(grant)) if voucher.effective_on != grant.signed_on => {
            let (effective, signed) = (voucher.effective_on, grant.signed_on);
            let message = text!(
                "凭证生效日 {effective} 与出让合同签订日 {signed} 不同",
                "the voucher holds from {effective}, the grant was signed on {signed}"
            );
            fault("/voucher", sent.voucher.to_string(), message);
        }
        (Some(_), _) => {}
        (None, _) => {
            let message = Text::fixed("没有这张已记账的凭证", "no such voucher is posted");
            fault("/voucher", sent.voucher.to_string(), message);
        }
    }
    let Some(mut grant) = grant.filter(|_| faults.is_empty()) else { return Err(AppError::Fields(faults)) };
    let back = Succession { contract: id, voucher: sent.voucher };
    push(db, county, stamp, &mut lease, "succeedContract", Detail::SucceededBy(link))?;
    push(db, county, stamp, &mut grant, "succeedContract", Detail::Succeeds(back))?;
    Ok(written(lease, true))
}
