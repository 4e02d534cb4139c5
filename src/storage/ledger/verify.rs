//! Proof that the ledger is whole: the chain, the numbers, the days and the balances, from the lines alone.

use std::collections::HashMap;

use diesel::prelude::*;

use super::land::Sound;
use super::{BalanceRow, decode, land};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::{self, GENESIS, Hash};
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::balance;

/// Vouchers read at a time.
const CHUNK: i64 = 2000;

/// What `verify` found in one county.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub vouchers: i64,
    pub lines: u64,
    pub head_hash: Hash,
    /// Every fault, in plain words; empty if the ledger is whole.
    pub faults: Vec<String>,
}

/// Checks a county's ledger. `progress` hears the number of the last voucher read.
pub fn verify(db: &mut Db, of: County, mut progress: impl FnMut(i64)) -> Result<Report, StorageError> {
    let mut report = Report { head_hash: GENESIS, ..Report::default() };
    let Some(head) = super::head(db, of)? else {
        report.faults.push(format!("there is no county {of}"));
        return Ok(report);
    };
    let lands = land::sound(db, of, &mut report.faults)?;
    let mut days: HashMap<Holding, Vec<(chrono::NaiveDate, i64)>> = HashMap::new();
    let mut previous = GENESIS;
    let mut last_recorded = None;
    loop {
        let chunk = decode::range(db, of, report.vouchers + 1, report.vouchers + CHUNK)?;
        if chunk.is_empty() {
            break;
        }
        for stored in chunk {
            let recorded = &stored.recorded;
            let seq = recorded.seq;
            if seq != report.vouchers + 1 {
                report.faults.push(format!(
                    "voucher {} is missing: {seq} follows {}",
                    report.vouchers + 1,
                    report.vouchers
                ));
            }
            report.vouchers = seq;
            if chain::hash(&previous, recorded, stored.memo_digest.as_ref()) != stored.hash {
                report.faults.push(format!("voucher {seq}: its contents or its predecessor are not what was hashed"));
            }
            previous = stored.hash;
            if last_recorded.is_some_and(|last| recorded.recorded_at < last) {
                report.faults.push(format!("voucher {seq} was recorded before its predecessor"));
            }
            last_recorded = Some(recorded.recorded_at);
            for (line, digest) in &recorded.land {
                let plots = recorded.voucher.lines.get(*line).map(|line| [line.from.plot, line.to.plot]);
                if plots.is_some_and(|plots| lands.has(digest, &plots)) {
                    continue;
                }
                let digest = chain::hex(digest);
                report.faults.push(format!("voucher {seq}: the land {digest} of line {line} is not there"));
            }
            for line in &recorded.voucher.lines {
                report.lines += 1;
                let units = line.area.to_units();
                days.entry(line.from).or_default().push((recorded.voucher.effective_on, -units));
                days.entry(line.to).or_default().push((recorded.voucher.effective_on, units));
            }
        }
        progress(report.vouchers);
    }
    report.head_hash = previous;
    if (head.seq, head.hash) != (report.vouchers, previous) {
        report
            .faults
            .push(format!("the county's head says voucher {}, the chain ends at {}", head.seq, report.vouchers));
    }
    let mut balances: HashMap<Holding, i64> = HashMap::with_capacity(days.len());
    for (holding, mut entries) in days {
        entries.sort_unstable_by_key(|(day, _)| *day);
        let mut sum = 0_i64;
        for (at, (day, units)) in entries.iter().enumerate() {
            sum += units;
            let day_ends = entries.get(at + 1).is_none_or(|(next, _)| next != day);
            if day_ends && sum < 0 && holding.account != Account::Outside {
                report.faults.push(format!("{} of plot {} is negative on {day}", holding.account, holding.plot));
                break;
            }
        }
        balances.insert(holding, sum);
    }
    compare_balances(db, of, balances, &lands, &mut report)?;
    Ok(report)
}

/// Compares the stored balances with the fold of the lines, both ways, and the land of holdings with its history. The outside
/// has no balance of its own.
fn compare_balances(
    db: &mut Db,
    of: County,
    mut folded: HashMap<Holding, i64>,
    lands: &Sound,
    report: &mut Report,
) -> Result<(), StorageError> {
    let rows: Vec<BalanceRow> =
        balance::table.filter(balance::county.eq(of.number())).select(BalanceRow::as_select()).load(db)?;
    let mut newest = land::newest_digests(db, of)?;
    for row in rows {
        let account: Account =
            row.account.parse().map_err(|_| StorageError::corrupt("a balance", format!("account {}", row.account)))?;
        let parcel = (row.parcel_id != 0).then_some(ParcelId(row.parcel_id));
        let holding = Holding { plot: PlotId(row.plot_id), account, parcel };
        let land = row.land_sha256.as_deref().map(|bytes| decode::hash(of, 0, bytes)).transpose()?;
        if land != newest.remove(&holding).flatten() {
            report.faults.push(format!("{account} of plot {}: its land is not what its history says", holding.plot));
        }
        if land.is_some_and(|digest| !lands.has(&digest, &[holding.plot])) {
            report.faults.push(format!("{account} of plot {}: its land is not there", holding.plot));
        }
        let lines = folded.remove(&holding).unwrap_or(0);
        if lines != row.area_cm2 {
            report.faults.push(format!(
                "{account} of plot {}: the balance is {}, its lines add up to {}",
                holding.plot,
                shown(row.area_cm2),
                shown(lines)
            ));
        }
    }
    let standing = |(holding, units): &(Holding, i64)| holding.account != Account::Outside && *units != 0;
    for (holding, units) in folded.into_iter().filter(standing) {
        let (account, plot) = (holding.account, holding.plot);
        report.faults.push(format!("{account} of plot {plot}: no balance, its lines add up to {}", shown(units)));
    }
    Ok(())
}

fn shown(units: i64) -> String {
    AreaM2::from_units(units).map_or_else(|_| format!("{units} cm²"), |area| format!("{area} m²"))
}
