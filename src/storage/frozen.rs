//! 考核基数: frozen lists, the lines that moved their land, and the reports that were issued on them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::frozen::{FrozenKind, FrozenState, Movement};
use crate::domain::ledger::kind::{Kind, WriteOff};
use crate::domain::ledger::report::ReportPeriod;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{approval, frozen_base, frozen_base_plot, issued_report, plot, voucher, voucher_line};

/// Lines read at a time.
const LINES: i64 = 50_000;

/// A frozen base without its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFrozen {
    pub id: i64,
    pub kind: FrozenKind,
    pub name: String,
    pub as_of: NaiveDate,
    pub known_seq: i64,
    pub head_hash: Hash,
    pub area: AreaM2,
    /// 任务面积
    pub task: AreaM2,
    pub task_number: String,
    pub task_dated: NaiveDate,
    /// Digest of the list.
    pub sha256: Hash,
    pub state: FrozenState,
    pub proposer: UserId,
    pub approver: Option<UserId>,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
}

/// A plot of a base, with what it was grouped by when it was frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrozenPlot {
    pub plot: PlotId,
    pub area: AreaM2,
    pub township: Option<i32>,
    pub approved_on: Option<NaiveDate>,
}

/// A report as it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedReport {
    pub n: i32,
    pub period: ReportPeriod,
    /// Last day of the month or year.
    pub month_end: NaiveDate,
    pub known_seq: i64,
    pub sha256: Hash,
    pub body: String,
    pub issued_by: UserId,
    pub issued_at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = frozen_base)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    kind: String,
    name: String,
    as_of: NaiveDate,
    known_seq: i64,
    head_hash: Vec<u8>,
    area_cm2: i64,
    task_cm2: i64,
    task_number: String,
    task_dated: NaiveDate,
    sha256: Vec<u8>,
    state: String,
    proposer_id: i64,
    approver_id: Option<i64>,
    version: i64,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = frozen_base_plot)]
#[diesel(treat_none_as_default_value = false)]
struct PlotRow {
    county: i32,
    base_id: i64,
    plot_id: i64,
    area_cm2: i64,
    township_code: Option<i32>,
    approved_on: Option<NaiveDate>,
}

fn hash(at: At, bytes: Vec<u8>) -> Result<Hash, StorageError> {
    bytes.try_into().map_err(|_| at.corrupt("a digest has not 32 bytes"))
}

impl Row {
    fn of(county: County, base: &StoredFrozen) -> Self {
        Self {
            county: county.number(),
            id: base.id,
            kind: base.kind.to_string(),
            name: base.name.clone(),
            as_of: base.as_of,
            known_seq: base.known_seq,
            head_hash: base.head_hash.to_vec(),
            area_cm2: base.area.to_units(),
            task_cm2: base.task.to_units(),
            task_number: base.task_number.clone(),
            task_dated: base.task_dated,
            sha256: base.sha256.to_vec(),
            state: base.state.to_string(),
            proposer_id: base.proposer.0,
            approver_id: base.approver.map(|user| user.0),
            version: base.version,
            created_at: base.created_at,
            changed_at: base.changed_at,
        }
    }
}

impl TryFrom<Row> for StoredFrozen {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::FrozenBase, row.id);
        Ok(Self {
            id: row.id,
            kind: at.word(&row.kind)?,
            name: row.name,
            as_of: row.as_of,
            known_seq: row.known_seq,
            head_hash: hash(at, row.head_hash)?,
            area: at.area(row.area_cm2)?,
            task: at.area(row.task_cm2)?,
            task_number: row.task_number,
            task_dated: row.task_dated,
            sha256: hash(at, row.sha256)?,
            state: at.word(&row.state)?,
            proposer: UserId(row.proposer_id),
            approver: row.approver_id.map(UserId),
            version: row.version,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}

/// Every line that enters or leaves an account, in the order they were recorded.
pub fn movements(db: &mut Db, county: County, kind: FrozenKind) -> Result<Vec<Movement>, StorageError> {
    type LineRow = ((i64, i32, NaiveDate, i64), (String, i64, String, i64), (String, Option<String>, Option<i64>));
    let account = kind.account().as_str();
    let mut found: Vec<(Movement, Option<i64>)> = Vec::new();
    let mut after = (0, i32::MAX);
    loop {
        let rows: Vec<LineRow> = voucher_line::table
            .inner_join(
                voucher::table.on(voucher::county.eq(voucher_line::county).and(voucher::seq.eq(voucher_line::seq))),
            )
            .filter(voucher_line::county.eq(county.number()))
            .filter(voucher_line::from_account.eq(account).or(voucher_line::to_account.eq(account)))
            .filter(voucher_line::seq.gt(after.0).or(voucher_line::seq.eq(after.0).and(voucher_line::line.gt(after.1))))
            .filter(voucher_line::seq.ge(after.0))
            .order((voucher_line::seq, voucher_line::line))
            .limit(LINES)
            .select((
                (voucher_line::seq, voucher_line::line, voucher_line::effective_on, voucher_line::area_cm2),
                (voucher_line::from_account, voucher_line::from_plot, voucher_line::to_account, voucher_line::to_plot),
                (voucher::kind, voucher::write_off, voucher::corrects),
            ))
            .load(db)?;
        let Some(last) = rows.last() else { break };
        after = (last.0.0, last.0.1);
        let is_full = rows.len() as i64 == LINES;
        for ((seq, _, effective_on, area), (from, from_plot, to, to_plot), (kind, write_off, corrects)) in rows {
            let what = |error: Text| StorageError::corrupt(format!("a line of voucher {county}/{seq}"), error.en);
            let movement = Movement {
                seq,
                effective_on,
                kind: kind.parse().map_err(what)?,
                write_off: write_off.as_deref().map(str::parse).transpose().map_err(what)?,
                is_correction: corrects.is_some(),
                from: (PlotId(from_plot), from.parse().map_err(what)?),
                to: (PlotId(to_plot), to.parse().map_err(what)?),
                area: At(Collection::Plot, from_plot).area(area)?,
            };
            found.push((movement, corrects));
        }
        if !is_full {
            break;
        }
    }
    corrected(db, county, &mut found)?;
    Ok(found.into_iter().map(|(movement, _)| movement).collect())
}

/// Gives the movements of corrections the kind of what they correct.
fn corrected(db: &mut Db, county: County, found: &mut [(Movement, Option<i64>)]) -> Result<(), StorageError> {
    let mut seqs: Vec<i64> = found.iter().filter_map(|(_, corrects)| *corrects).collect();
    seqs.sort_unstable();
    seqs.dedup();
    let mut originals: BTreeMap<i64, (Kind, Option<WriteOff>)> = BTreeMap::new();
    for seqs in seqs.chunks(CHUNK) {
        let rows: Vec<(i64, String, Option<String>)> = voucher::table
            .filter(voucher::county.eq(county.number()).and(voucher::seq.eq_any(seqs.to_vec())))
            .select((voucher::seq, voucher::kind, voucher::write_off))
            .load(db)?;
        for (seq, kind, write_off) in rows {
            let what = |error: Text| StorageError::corrupt(format!("voucher {county}/{seq}"), error.en);
            let write_off = write_off.as_deref().map(str::parse).transpose().map_err(what)?;
            originals.insert(seq, (kind.parse().map_err(what)?, write_off));
        }
    }
    for (movement, corrects) in found {
        if let Some((kind, write_off)) = corrects.and_then(|seq| originals.get(&seq)) {
            (movement.kind, movement.write_off) = (*kind, *write_off);
        }
    }
    Ok(())
}

/// What plots are grouped by now: township, and the day of their approval.
pub fn grouped(db: &mut Db, county: County, plots: &BTreeMap<PlotId, AreaM2>) -> Result<Vec<FrozenPlot>, StorageError> {
    let ids: Vec<i64> = plots.keys().map(|plot| plot.0).collect();
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<(i64, Option<i32>, Option<NaiveDate>)> = plot::table
            .left_join(
                approval::table
                    .on(approval::county.eq(plot::county).and(approval::id.nullable().eq(plot::approval_id))),
            )
            .filter(plot::county.eq(county.number()).and(plot::id.eq_any(ids.to_vec())))
            .order(plot::id)
            .select((plot::id, plot::township_code, approval::approved_on.nullable()))
            .load(db)?;
        found.extend(rows.into_iter().map(|(id, township, approved_on)| FrozenPlot {
            plot: PlotId(id),
            area: plots[&PlotId(id)],
            township,
            approved_on,
        }));
    }
    Ok(found)
}

/// The approvals that plots belong to now.
pub fn approvals(db: &mut Db, county: County, plots: &[i64]) -> Result<BTreeMap<PlotId, ApprovalId>, StorageError> {
    let mut found = BTreeMap::new();
    for ids in plots.chunks(CHUNK) {
        let rows: Vec<(i64, Option<i64>)> = plot::table
            .filter(plot::county.eq(county.number()).and(plot::id.eq_any(ids.to_vec())))
            .select((plot::id, plot::approval_id))
            .load(db)?;
        found.extend(rows.into_iter().filter_map(|(plot, approval)| Some((PlotId(plot), ApprovalId(approval?)))));
    }
    Ok(found)
}

pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = frozen_base::table
        .filter(frozen_base::county.eq(county.number()))
        .select(diesel::dsl::max(frozen_base::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, base: &StoredFrozen, plots: &[FrozenPlot]) -> Result<(), StorageError> {
    diesel::insert_into(frozen_base::table).values(&Row::of(county, base)).execute(db)?;
    let rows: Vec<PlotRow> = plots
        .iter()
        .map(|of| PlotRow {
            county: county.number(),
            base_id: base.id,
            plot_id: of.plot.0,
            area_cm2: of.area.to_units(),
            township_code: of.township,
            approved_on: of.approved_on,
        })
        .collect();
    insert_rows!(db, frozen_base_plot::table, rows);
    Ok(())
}

pub fn update(db: &mut Db, county: County, base: &StoredFrozen) -> Result<(), StorageError> {
    diesel::update(frozen_base::table.find((county.number(), base.id))).set(&Row::of(county, base)).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredFrozen>, StorageError> {
    let row: Option<Row> =
        frozen_base::table.find((county.number(), id)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredFrozen::try_from).transpose()
}

pub fn all(db: &mut Db, county: County) -> Result<Vec<StoredFrozen>, StorageError> {
    let rows: Vec<Row> = frozen_base::table
        .filter(frozen_base::county.eq(county.number()))
        .order(frozen_base::id)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(StoredFrozen::try_from).collect()
}

/// The list of a base, in the order of plots.
pub fn plots(db: &mut Db, county: County, base: i64) -> Result<Vec<FrozenPlot>, StorageError> {
    let rows: Vec<PlotRow> = frozen_base_plot::table
        .filter(frozen_base_plot::county.eq(county.number()).and(frozen_base_plot::base_id.eq(base)))
        .order(frozen_base_plot::plot_id)
        .select(PlotRow::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            Ok(FrozenPlot {
                plot: PlotId(row.plot_id),
                area: At(Collection::Plot, row.plot_id).area(row.area_cm2)?,
                township: row.township_code,
                approved_on: row.approved_on,
            })
        })
        .collect()
}

/// Keeps a report; inside the county's lock.
pub fn keep_report(db: &mut Db, county: County, base: i64, report: &IssuedReport) -> Result<i32, StorageError> {
    let last: Option<i32> = issued_report::table
        .filter(issued_report::county.eq(county.number()).and(issued_report::base_id.eq(base)))
        .select(diesel::dsl::max(issued_report::n))
        .first(db)?;
    let n = last.unwrap_or(0) + 1;
    diesel::insert_into(issued_report::table)
        .values((
            issued_report::county.eq(county.number()),
            issued_report::base_id.eq(base),
            issued_report::n.eq(n),
            issued_report::month_end.eq(report.month_end),
            issued_report::known_seq.eq(report.known_seq),
            issued_report::sha256.eq(report.sha256.to_vec()),
            issued_report::body.eq(&report.body),
            issued_report::issued_by.eq(report.issued_by.0),
            issued_report::issued_at.eq(report.issued_at),
            issued_report::period.eq(report.period.as_str()),
        ))
        .execute(db)?;
    Ok(n)
}

/// The reports on a base, the first first; or one of them.
pub fn reports(db: &mut Db, county: County, base: i64, n: Option<i32>) -> Result<Vec<IssuedReport>, StorageError> {
    type Row = (i32, NaiveDate, i64, Vec<u8>, String, i64, NaiveDateTime, String);
    let mut query = issued_report::table
        .filter(issued_report::county.eq(county.number()).and(issued_report::base_id.eq(base)))
        .order(issued_report::n)
        .select((
            issued_report::n,
            issued_report::month_end,
            issued_report::known_seq,
            issued_report::sha256,
            issued_report::body,
            issued_report::issued_by,
            issued_report::issued_at,
            issued_report::period,
        ))
        .into_boxed();
    if let Some(n) = n {
        query = query.filter(issued_report::n.eq(n));
    }
    let at = At(Collection::FrozenBase, base);
    query
        .load::<Row>(db)?
        .into_iter()
        .map(|(n, month_end, known_seq, sha256, body, by, issued_at, period)| {
            let (sha256, period) = (hash(at, sha256)?, at.word(&period)?);
            Ok(IssuedReport { n, period, month_end, known_seq, sha256, body, issued_by: UserId(by), issued_at })
        })
        .collect()
}
