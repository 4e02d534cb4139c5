//! The voucher behind a step: what it moves on the area ledger, made from the parcel's balances.

use std::collections::BTreeMap;

use crate::app::error::AppError;
use crate::app::vouchers::Made;
use crate::domain::idle_case::record::CaseNumber;
use crate::domain::idle_case::step::{Step, StepDocument, StepKind};
use crate::domain::idle_case::{Case, VoucherFact};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::land::Land;
use crate::domain::ledger::voucher::{Document, Holding, Line, Recorded, Voucher};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId};
use crate::storage::db::Db;
use crate::storage::idle_case::{self as rows, StoredCase, StoredStep};
use crate::storage::ledger::{self, land};

/// What a step does on the ledger.
#[derive(Debug, Clone)]
pub(super) enum Moving {
    /// Nothing.
    Nothing,
    /// It names a voucher that was posted before.
    Named { seq: i64, fact: VoucherFact },
    /// A voucher is posted with it.
    Posted(Box<Made>, VoucherFact),
    /// It should move land, and there is none to be moved, or no such voucher.
    Missing,
}

impl Moving {
    pub const fn fact(&self) -> Option<VoucherFact> {
        match self {
            Self::Named { fact, .. } | Self::Posted(_, fact) => Some(*fact),
            Self::Nothing | Self::Missing => None,
        }
    }
}

/// What a step would move.
pub(super) fn moving(
    db: &mut Db,
    county: County,
    stored: &StoredCase,
    steps: &[StoredStep],
    case: &Case,
    step: &Step,
    n: i32,
) -> Result<Moving, AppError> {
    let Some(kind) = case.moves(step.kind) else { return Ok(Moving::Nothing) };
    if let Some(seq) = step.voucher {
        return named(db, county, stored.parcel, seq);
    }
    if kind == Kind::Correction {
        let found = rows::counting(steps).filter(|(_, step)| step.kind == StepKind::Found).last();
        let seq = found.and_then(|(n, _)| steps.iter().find(|step| step.n == n)?.voucher);
        return match seq {
            Some(seq) => reversal(db, county, stored, seq, step.document.as_ref(), n),
            None => Ok(Moving::Missing),
        };
    }
    let (from, to) = match kind {
        Kind::IdleFound => (Account::Supplied, Account::Idle),
        Kind::Resumed => (Account::Idle, Account::Supplied),
        _ => (Account::Idle, Account::Recovered),
    };
    let held: Vec<(Holding, AreaM2)> = land::areas_of_parcel(db, county, stored.parcel)?
        .into_iter()
        .filter(|(holding, _)| holding.account == from)
        .collect();
    let mut drawn = BTreeMap::new();
    let line = |holding: Holding, area: AreaM2| {
        let parcel = to.has_parcel().then_some(stored.parcel);
        Line { from: holding, to: Holding { plot: holding.plot, account: to, parcel }, area }
    };
    let lines: Vec<Line> = match (&stored.phase, &held[..]) {
        (None, held) => held.iter().map(|(holding, area)| line(*holding, *area)).collect(),
        // A phase lies in one plot; its own polygon says which land it is.
        (Some(_), [(holding, area)]) if *area >= stored.opening.area => {
            drawn.extend(stored.drawn.clone().map(|land: Land| (0, land)));
            vec![line(*holding, stored.opening.area)]
        }
        (Some(_), _) => Vec::new(),
    };
    if lines.is_empty() {
        return Ok(Moving::Missing);
    }
    let area = lines.iter().fold(AreaM2::ZERO, |sum, line| sum + line.area);
    let voucher = Voucher {
        client_id: client_id(stored.number, n),
        kind,
        effective_on: step.on,
        document: document(step.document.as_ref()),
        corrects: None,
        write_off: None,
        method: None,
        historical: false,
        memo: None,
        lines,
        drawn: BTreeMap::new(),
    };
    let fact = VoucherFact { kind, area, effective_on: step.on };
    Ok(Moving::Posted(Box::new(Made { voucher, drawn }), fact))
}

/// The client id of the voucher of an entry: the case's number and that of the entry.
fn client_id(number: CaseNumber, n: i32) -> String {
    format!("{number}/{n}")
}

fn document(of: Option<&StepDocument>) -> Document {
    let Some(of) = of else { return Document::default() };
    let attachments = of.attachments.iter().flatten().map(|digest| digest.as_str().to_owned());
    Document {
        number: Some(of.number.as_str().to_owned()),
        authority: of.authority.as_ref().map(|authority| authority.as_str().to_owned()),
        dated: of.dated,
        attachments: attachments.collect(),
    }
}

/// A voucher that was posted before, as far as it moves this parcel; one of another step does not count.
fn named(db: &mut Db, county: County, parcel: ParcelId, seq: i64) -> Result<Moving, AppError> {
    if rows::by_voucher(db, county, seq)?.is_some() {
        return Ok(Moving::Missing);
    }
    let Some((recorded, _)) = ledger::by_seq(db, county, seq)? else { return Ok(Moving::Missing) };
    let of = |line: &&Line| line.from.parcel == Some(parcel) || line.to.parcel == Some(parcel);
    let area = recorded.voucher.lines.iter().filter(of).fold(AreaM2::ZERO, |sum, line| sum + line.area);
    let fact = VoucherFact { kind: recorded.voucher.kind, area, effective_on: recorded.voucher.effective_on };
    Ok(Moving::Named { seq, fact })
}

/// The correction that takes a voucher back whole.
pub(super) fn reversal(
    db: &mut Db,
    county: County,
    stored: &StoredCase,
    seq: i64,
    rests_on: Option<&StepDocument>,
    n: i32,
) -> Result<Moving, AppError> {
    let Some((Recorded { voucher, .. }, _)) = ledger::by_seq(db, county, seq)? else { return Ok(Moving::Missing) };
    let back = |line: &Line| Line { from: line.to, to: line.from, area: line.area };
    let lines: Vec<Line> = voucher.lines.iter().map(back).collect();
    let area = lines.iter().fold(AreaM2::ZERO, |sum, line| sum + line.area);
    let fact = VoucherFact { kind: Kind::Correction, area, effective_on: voucher.effective_on };
    let made = Voucher {
        client_id: client_id(stored.number, n),
        kind: Kind::Correction,
        effective_on: voucher.effective_on,
        document: document(rests_on),
        corrects: Some(seq),
        write_off: None,
        method: None,
        historical: false,
        memo: None,
        lines,
        drawn: BTreeMap::new(),
    };
    Ok(Moving::Posted(Box::new(Made { voucher: made, drawn: BTreeMap::new() }), fact))
}
