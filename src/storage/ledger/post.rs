//! Posting: decide, then write the voucher, its lines, the balances and the county's head, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::upsert::excluded;

use super::facts::{Checked, Terms, check};
use super::land;
use super::{BalanceRow, Head, LineRow, NoteRow, PostError, VoucherRow};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::{self, Hash};
use crate::domain::ledger::decide::Margins;
use crate::domain::ledger::land::Land;
use crate::domain::ledger::voucher::{Holding, Recorded, Signatures, Voucher};
use crate::domain::quantity::AreaM2;
use crate::domain::region::County;
use crate::storage::db::{Db, Prepared, StorageError, insert_rows, upsert_rows};
use crate::storage::schema::{balance, county_state, voucher, voucher_line, voucher_note};

/// A voucher to post, with what the caller of storage must bring.
#[derive(Debug, Clone)]
pub struct Post {
    pub county: County,
    pub voucher: Voucher,
    pub signatures: Signatures,
    /// The clock's time; the ledger never steps back behind its last entry.
    pub now: NaiveDateTime,
    pub today: chrono::NaiveDate,
    pub margins: Margins,
    /// The polygons drawn for lines; `voucher.drawn` has their digests.
    pub drawn: BTreeMap<usize, Land>,
    /// Random bytes for the memo's digest.
    pub salt: [u8; 16],
}

/// A voucher that was posted.
#[derive(Debug)]
pub struct Posted {
    pub recorded: Recorded,
    pub hash: Hash,
    /// Each holding whose polygon changed, with none where nothing is left.
    pub land: BTreeMap<Holding, Option<Land>>,
    /// Nothing of its plots was on the books before.
    pub enters: bool,
}

/// Posts one voucher inside the county's lock and moves `head` on. Nobody may bear its client id yet.
pub fn post(db: &mut Db, head: &mut Head, post: Post) -> Result<Posted, PostError> {
    let Post { county: of, voucher, signatures, now, today, margins, drawn, salt } = post;
    let terms = Terms { today, margins, approved: signatures.approver.is_some() };
    let Checked { accepted, land, held, enters } = check(db, of, head, &voucher, &drawn, terms)?;
    let digests = land::keep(db, of, land.lines.values().chain(land.holdings.values().flatten()))?;
    let (of_lines, of_holdings) = digests.split_at(land.lines.len());
    let mut of_holdings = of_holdings.iter().copied();
    let left: BTreeMap<Holding, Option<Hash>> = land
        .holdings
        .iter()
        .map(|(holding, land)| (*holding, land.as_ref().and_then(|_| of_holdings.next())))
        .collect();

    let recorded = Recorded {
        county: of,
        seq: head.seq + 1,
        voucher,
        signatures,
        recorded_at: head.last_recorded_at.map_or(now, |last| last.max(now)),
        late: accepted.late,
        flags: accepted.flags,
        land: land.lines.keys().copied().zip(of_lines.iter().copied()).collect(),
    };
    let memo = recorded.voucher.memo.as_deref().map(|memo| chain::memo_digest(&salt, memo));
    let hash = chain::hash(&head.hash, &recorded, memo.as_ref());
    write(db, &recorded, &hash, memo.as_ref(), &salt)?;
    change_balances(db, of, &accepted.changes, enters, &held, &left)?;
    land::record(db, of, recorded.seq, 0, &left)?;
    let moved_on = diesel::update(county_state::table.find(of.number())).set((
        county_state::head_seq.eq(recorded.seq),
        county_state::head_hash.eq(hash.to_vec()),
        county_state::last_recorded_at.eq(recorded.recorded_at),
    ));
    Prepared(moved_on).execute(db)?;
    (head.seq, head.hash, head.last_recorded_at) = (recorded.seq, hash, Some(recorded.recorded_at));
    Ok(Posted { recorded, hash, land: land.holdings, enters })
}

/// Voucher `seq` bears the client id of `wanted`: the same again, or a refusal.
pub fn known(db: &mut Db, of: County, seq: i64, wanted: &Voucher) -> Result<(Recorded, Hash), PostError> {
    let Some((recorded, hash)) = super::by_seq(db, of, seq)? else {
        return Err(StorageError::corrupt("the index of client ids", "it names a voucher that is not there").into());
    };
    // A memo that was erased can no longer be compared.
    let same = Voucher { memo: wanted.memo.clone(), ..recorded.voucher.clone() } == *wanted
        && (recorded.voucher.memo.is_none() || recorded.voucher.memo == wanted.memo);
    if same { Ok((recorded, hash)) } else { Err(PostError::IdTaken { client_id: wanted.client_id.clone(), seq }) }
}

fn write(
    db: &mut Db,
    recorded: &Recorded,
    hash: &Hash,
    memo_digest: Option<&Hash>,
    salt: &[u8],
) -> Result<(), StorageError> {
    let row = VoucherRow::of(recorded, hash, memo_digest);
    diesel::insert_into(voucher::table).values(&row).execute(db)?;
    let lines = LineRow::of(recorded);
    match &lines[..] {
        [line] => {
            diesel::insert_into(voucher_line::table).values(line).execute(db)?;
        }
        _ => insert_rows!(db, voucher_line::table, lines),
    }
    if let Some(memo) = &recorded.voucher.memo {
        let note =
            NoteRow { county: recorded.county.number(), seq: recorded.seq, salt: salt.to_vec(), memo: memo.clone() };
        diesel::insert_into(voucher_note::table).values(&note).execute(db)?;
    }
    Ok(())
}

/// Adds the changes to the newest balances, and gives the holdings the land they have now.
fn change_balances(
    db: &mut Db,
    of: County,
    changes: &BTreeMap<Holding, AreaM2>,
    enters: bool,
    held: &BTreeMap<Holding, Hash>,
    left: &BTreeMap<Holding, Option<Hash>>,
) -> Result<(), StorageError> {
    let touched: BTreeSet<&Holding> = changes.keys().chain(left.keys()).collect();
    // The outside has no row: it is what the other accounts of the plot add up to, with a minus.
    let rows: Vec<BalanceRow> = touched
        .into_iter()
        .filter(|holding| holding.account != Account::Outside)
        .map(|holding| BalanceRow {
            county: of.number(),
            account: holding.account.as_str().to_owned(),
            plot_id: holding.plot.0,
            parcel_id: holding.parcel.map_or(0, |parcel| parcel.0),
            area_cm2: changes.get(holding).map_or(0, |change| change.to_units()),
            land_sha256: match left.get(holding) {
                Some(land) => land.map(|digest| digest.to_vec()),
                None => held.get(holding).map(|digest| digest.to_vec()),
            },
        })
        .collect();
    if enters {
        insert_rows!(db, balance::table, rows);
        return Ok(());
    }
    upsert_rows!(db, rows, |values| {
        diesel::insert_into(balance::table)
            .values(values)
            .on_conflict((balance::county, balance::plot_id, balance::account, balance::parcel_id))
            .do_update()
            .set((
                balance::area_cm2.eq(balance::area_cm2 + excluded(balance::area_cm2)),
                balance::land_sha256.eq(excluded(balance::land_sha256)),
            ))
    });
    Ok(())
}
