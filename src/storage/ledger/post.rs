//! Posting: decide, then write the voucher, its lines, the balances and the county's head, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use diesel::upsert::excluded;

use super::facts::{Checked, NewPlot, Terms, check, check_entry};
use super::land;
use super::{BalanceRow, Head, LineRow, NoteRow, PostError, VoucherRow};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::{self, Hash};
use crate::domain::ledger::decide::Margins;
use crate::domain::ledger::land::Land;
use crate::domain::ledger::refused::Refused;
use crate::domain::ledger::voucher::{Holding, Recorded, Signatures, Voucher};
use crate::domain::quantity::AreaM2;
use crate::domain::region::County;
use crate::storage::db::{Db, Prepared, StorageError, each, insert_rows, upsert_rows};
use crate::storage::schema::{balance, county_state, holding_land, voucher, voucher_line, voucher_note};

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

/// A voucher that was posted, or is about to be written.
#[derive(Debug)]
pub struct Posted {
    pub recorded: Recorded,
    pub hash: Hash,
    /// Each holding whose polygon changed, with none where nothing is left.
    pub land: BTreeMap<Holding, Option<Land>>,
    /// Nothing of its plots was on the books before.
    pub enters: bool,
}

/// A voucher as the tables take it, so that it can be made before anybody waits for it.
#[derive(Debug)]
pub struct Rows {
    county: County,
    voucher: VoucherRow,
    lines: Vec<LineRow>,
    note: Option<NoteRow>,
    polygons: land::Kept,
    left: Left,
}

/// Lines from which on the database copies them by itself: of a few, its statement is parsed for longer than they are written.
const MANY: usize = 50;

/// What a voucher leaves holdings with.
#[derive(Debug)]
enum Left {
    /// Each line leads to a holding of its own that had nothing, so that the rows of the lines say it.
    AsLines,
    Rows {
        history: land::History,
        balances: Vec<BalanceRow>,
        /// The balances are those of holdings that had none.
        are_new: bool,
    },
}

/// Posts one voucher inside the county's lock and moves `head` on. Nobody may bear its client id yet.
pub fn post(db: &mut Db, head: &mut Head, post: Post) -> Result<Posted, PostError> {
    let terms = Terms { today: post.today, margins: post.margins, approved: post.signatures.approver.is_some() };
    let checked = check(db, post.county, head, &post.voucher, &post.drawn, terms)?;
    let (posted, rows) = number(head, post, checked);
    write(db, &rows)?;
    Ok(posted)
}

/// Decides and numbers a voucher on plots that are recorded in the same transaction; nothing is read for it. It is left to
/// [`write()`] it.
pub fn enter(head: &mut Head, post: Post, plots: Vec<NewPlot>) -> Result<(Posted, Rows), Refused> {
    let terms = Terms { today: post.today, margins: post.margins, approved: post.signatures.approver.is_some() };
    let checked = check_entry(head, &post.voucher, plots, &terms)?;
    Ok(number(head, post, checked))
}

/// Gives a voucher that may be posted its number and its place in the chain, and moves `head` on.
fn number(head: &mut Head, post: Post, checked: Checked) -> (Posted, Rows) {
    let Post { county, voucher, signatures, now, salt, .. } = post;
    let Checked { accepted, land, held, enters, rests } = checked;
    let lands = land.lines.values().chain(land.holdings.values().flatten());
    let polygons = land::kept(county, lands.zip(rests));
    let (of_lines, of_holdings) = polygons.digests.split_at(land.lines.len());
    let mut of_holdings = of_holdings.iter().copied();
    let left: BTreeMap<Holding, Option<Hash>> = land
        .holdings
        .iter()
        .map(|(holding, land)| (*holding, land.as_ref().and_then(|_| of_holdings.next())))
        .collect();

    let recorded = Recorded {
        county,
        seq: head.seq + 1,
        voucher,
        signatures,
        recorded_at: head.last_recorded_at.map_or(now, |last| last.max(now)),
        late: accepted.late,
        flags: accepted.flags,
        land: land.lines.keys().copied().zip(of_lines.iter().copied()).collect(),
    };
    let memo = recorded.voucher.memo.as_deref();
    let digest = memo.map(|memo| chain::memo_digest(&salt, memo));
    let hash = chain::hash(&head.hash, &recorded, digest.as_ref());
    let number = county.number();
    let note =
        memo.map(|memo| NoteRow { county: number, seq: recorded.seq, salt: salt.to_vec(), memo: memo.to_owned() });
    let rows = Rows {
        county,
        voucher: VoucherRow::of(&recorded, &hash, digest.as_ref()),
        lines: LineRow::of(&recorded),
        note,
        left: if enters && recorded.voucher.lines.len() >= MANY && as_lines(&recorded, &accepted.changes, &left) {
            Left::AsLines
        } else {
            Left::Rows {
                history: land::history(county, recorded.seq, 0, &left),
                balances: balances(county, &accepted.changes, &held, &left),
                are_new: enters,
            }
        },
        polygons,
    };
    (head.seq, head.hash, head.last_recorded_at) = (recorded.seq, hash, Some(recorded.recorded_at));
    (Posted { recorded, hash, land: land.holdings, enters }, rows)
}

/// Writes a voucher and moves the county's head on to it.
pub fn write(db: &mut Db, rows: &Rows) -> Result<(), StorageError> {
    let Rows { county, voucher, lines, note, polygons, left } = rows;
    land::keep(db, polygons)?;
    diesel::insert_into(voucher::table).values(voucher).execute(db)?;
    match &lines[..] {
        [line] => {
            diesel::insert_into(voucher_line::table).values(line).execute(db)?;
        }
        _ => insert_rows!(db, voucher_line::table, *lines),
    }
    if let Some(note) = note {
        diesel::insert_into(voucher_note::table).values(note).execute(db)?;
    }
    match left {
        Left::AsLines => {
            copy_lines(db, *county, voucher.seq)?;
        }
        Left::Rows { history, balances, are_new } => {
            change_balances(db, balances, *are_new)?;
            land::record(db, history)?;
        }
    }
    let moved_on = diesel::update(county_state::table.find(county.number())).set((
        county_state::head_seq.eq(voucher.seq),
        county_state::head_hash.eq(voucher.hash.clone()),
        county_state::last_recorded_at.eq(voucher.recorded_at),
    ));
    Prepared(moved_on).execute(db)?;
    Ok(())
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

/// Whether what a voucher leaves holdings with can be read off its lines: as many holdings inside as lines, each line leading
/// to one of them with all its area and land, and without a parcel.
fn as_lines(recorded: &Recorded, changes: &BTreeMap<Holding, AreaM2>, left: &BTreeMap<Holding, Option<Hash>>) -> bool {
    let lines = &recorded.voucher.lines;
    let inside = |holding: &&Holding| holding.account != Account::Outside;
    changes.keys().filter(inside).count() == lines.len()
        && left.len() == recorded.land.len()
        && lines.iter().enumerate().all(|(number, line)| {
            line.from.account == Account::Outside
                && line.to.parcel.is_none()
                && changes.get(&line.to) == Some(&line.area)
                && left.get(&line.to).copied().flatten() == recorded.land.get(&number).copied()
        })
}

/// Writes balances and the history of holdings out of the lines of a voucher, inside the database.
fn copy_lines(db: &mut Db, county: County, seq: i64) -> Result<(), StorageError> {
    let lines = || voucher_line::table.filter(voucher_line::county.eq(county.number()).and(voucher_line::seq.eq(seq)));
    let none = || sql::<BigInt>("0");
    each!(db, c => lines()
        .select((
            voucher_line::county,
            voucher_line::to_account,
            voucher_line::to_plot,
            none(),
            voucher_line::area_cm2,
            voucher_line::moved_sha256,
        ))
        .insert_into(balance::table)
        .into_columns((
            balance::county,
            balance::account,
            balance::plot_id,
            balance::parcel_id,
            balance::area_cm2,
            balance::land_sha256,
        ))
        .execute(c))?;
    each!(db, c => lines()
        .filter(voucher_line::moved_sha256.is_not_null())
        .select((
            voucher_line::county,
            voucher_line::to_plot,
            voucher_line::to_account,
            none(),
            voucher_line::seq,
            sql::<Integer>("0"),
            voucher_line::moved_sha256,
        ))
        .insert_into(holding_land::table)
        .into_columns((
            holding_land::county,
            holding_land::plot_id,
            holding_land::account,
            holding_land::parcel_id,
            holding_land::seq,
            holding_land::n,
            holding_land::sha256,
        ))
        .execute(c))?;
    Ok(())
}

/// The changes of the newest balances, with the land that the holdings have now.
fn balances(
    county: County,
    changes: &BTreeMap<Holding, AreaM2>,
    held: &BTreeMap<Holding, Hash>,
    left: &BTreeMap<Holding, Option<Hash>>,
) -> Vec<BalanceRow> {
    let touched: BTreeSet<&Holding> = changes.keys().chain(left.keys()).collect();
    // The outside has no row: it is what the other accounts of the plot add up to, with a minus.
    let standing = touched.into_iter().filter(|holding| holding.account != Account::Outside);
    standing
        .map(|holding| BalanceRow {
            county: county.number(),
            account: holding.account.as_str().to_owned(),
            plot_id: holding.plot.0,
            parcel_id: holding.parcel.map_or(0, |parcel| parcel.0),
            area_cm2: changes.get(holding).map_or(0, |change| change.to_units()),
            land_sha256: match left.get(holding) {
                Some(land) => land.map(|digest| digest.to_vec()),
                None => held.get(holding).map(|digest| digest.to_vec()),
            },
        })
        .collect()
}

/// Adds changes to the newest balances.
fn change_balances(db: &mut Db, rows: &[BalanceRow], are_new: bool) -> Result<(), StorageError> {
    if are_new {
        insert_rows!(db, balance::table, *rows);
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
