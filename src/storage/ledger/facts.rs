//! What the decision on a voucher needs to know, read inside the county's lock or for a check beforehand.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Head, LineRow, PostError};
use crate::domain::ledger::decide::{Accepted, Context, Corrected, Moved, PlotFacts, SurveyCap, decide};
use crate::domain::ledger::voucher::Voucher;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::storage::db::{Db, StorageError, each};
use crate::storage::schema::{approval, attachment, parcel, plot, voucher, voucher_line};

/// Ids asked for in one query; a voucher of a whole batch takes several.
const CHUNK: usize = 500;

/// What stands behind a decision besides the voucher.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub today: NaiveDate,
    pub survey_cap: SurveyCap,
    /// An approver stands behind it.
    pub approved: bool,
}

/// Decides a voucher on the state of the database, writing nothing.
pub fn check(db: &mut Db, county: County, head: &Head, voucher: &Voucher, terms: Terms) -> Result<Accepted, PostError> {
    let plot_ids: BTreeSet<i64> = voucher.lines.iter().flat_map(|l| [l.from.plot.0, l.to.plot.0]).collect();
    let plot_ids: Vec<i64> = plot_ids.into_iter().collect();
    let parcel_ids: BTreeSet<i64> =
        voucher.lines.iter().flat_map(|l| [l.from.parcel, l.to.parcel]).flatten().map(|parcel| parcel.0).collect();
    let (plots, parcels) = references(db, county, &plot_ids, &parcel_ids.into_iter().collect::<Vec<_>>())?;
    let original = voucher.corrects.map(|seq| corrected(db, county, seq)).transpose()?.flatten();
    let context = Context {
        today: terms.today,
        plots: &plots,
        parcels: &parcels,
        attachments: &attachments(db, county, &voucher.document.attachments)?,
        moved: &moved(db, county, &plot_ids)?,
        corrected: original.as_ref(),
        closed_through: head.closed_through,
        approved: terms.approved,
        survey_cap: terms.survey_cap,
    };
    decide(voucher, &context).map_err(PostError::Refused)
}

type PlotFactsRow = (i64, i64, Option<NaiveDate>, Option<String>);

/// The plots and parcels, of those that are named, that are there.
fn references(
    db: &mut Db,
    county: County,
    plots: &[i64],
    parcels: &[i64],
) -> Result<(HashMap<PlotId, PlotFacts>, HashSet<ParcelId>), StorageError> {
    let approvals = || {
        plot::table
            .left_join(
                approval::table
                    .on(approval::county.eq(plot::county).and(approval::id.nullable().eq(plot::approval_id))),
            )
            .filter(plot::county.eq(county.number()))
    };
    let facts = (plot::id, plot::recorded_cm2, approval::approved_on.nullable(), approval::authority.nullable());
    let named = || parcel::table.filter(parcel::county.eq(county.number()));
    let mut found: Vec<PlotFactsRow> = Vec::new();
    let mut there: Vec<i64> = Vec::new();
    match (plots, parcels) {
        // One plot and up to two parcels, as most vouchers have it: one journey, whose text is always the same.
        ([plot], [] | [_] | [_, _]) => {
            let either = [parcels.first(), parcels.last()].map(|id| id.copied().unwrap_or(0));
            let count = named().filter(parcel::id.eq(either[0]).or(parcel::id.eq(either[1]))).count().single_value();
            let row: Option<(PlotFactsRow, Option<i64>)> =
                approvals().filter(plot::id.eq(*plot)).select((facts, count)).first(db).optional()?;
            if let Some((row, count)) = row {
                found.push(row);
                if usize::try_from(count.unwrap_or(0)) == Ok(parcels.len()) {
                    there.extend(parcels);
                }
            }
        }
        _ => {
            for chunk in plots.chunks(CHUNK) {
                let rows = approvals().filter(plot::id.eq_any(chunk.to_vec())).select(facts);
                found.extend(rows.load::<PlotFactsRow>(db)?);
            }
        }
    }
    // Those that were not counted, or some of which are missing: which ones?
    if there.len() < parcels.len() {
        for chunk in parcels.chunks(CHUNK) {
            there.extend(named().filter(parcel::id.eq_any(chunk.to_vec())).select(parcel::id).load::<i64>(db)?);
        }
    }
    let facts = found.into_iter().map(|(id, recorded_cm2, approved_on, authority)| {
        let recorded =
            AreaM2::from_units(recorded_cm2).map_err(|error| StorageError::corrupt(format!("plot {id}"), error))?;
        Ok((PlotId(id), PlotFacts { recorded, approval: approved_on.zip(authority) }))
    });
    Ok((facts.collect::<Result<_, StorageError>>()?, there.into_iter().map(ParcelId).collect()))
}

fn attachments(db: &mut Db, county: County, digests: &[String]) -> Result<HashSet<String>, StorageError> {
    if digests.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<String> = attachment::table
        .filter(attachment::county.eq(county.number()).and(attachment::sha256.eq_any(digests)))
        .select(attachment::sha256)
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Every posted line that touches one of the plots, each once.
///
/// `UNION ALL` rather than `OR`: SQLite answers that by reading all lines of the county.
fn moved(db: &mut Db, county: County, plots: &[i64]) -> Result<Vec<Moved>, StorageError> {
    let lines =
        || voucher_line::table.filter(voucher_line::county.eq(county.number())).select(voucher_line::all_columns);
    // A line within one plot is found by where it leads to; one from another plot by where it comes from.
    let leaving = || lines().filter(voucher_line::from_plot.ne(voucher_line::to_plot));
    let mut rows: Vec<LineRow> = Vec::new();
    match plots {
        [id] => {
            let arriving = lines().filter(voucher_line::to_plot.eq(*id));
            let leaving = leaving().filter(voucher_line::from_plot.eq(*id));
            rows.extend(each!(db, c => arriving.union_all(leaving).load::<LineRow>(c))?);
        }
        _ => {
            for chunk in plots.chunks(CHUNK) {
                rows.extend(lines().filter(voucher_line::to_plot.eq_any(chunk.to_vec())).load::<LineRow>(db)?);
                rows.extend(leaving().filter(voucher_line::from_plot.eq_any(chunk.to_vec())).load::<LineRow>(db)?);
            }
            // A line between two of the plots was found twice.
            rows.sort_unstable_by_key(|row| (row.seq, row.line));
            rows.dedup_by_key(|row| (row.seq, row.line));
        }
    }
    rows.iter()
        .map(|row| Ok(Moved { seq: row.seq, kind: row.kind()?, effective_on: row.effective_on, line: row.line()? }))
        .collect()
}

/// The voucher that a correction names, with the lines of its earlier corrections after its own.
fn corrected(db: &mut Db, county: County, seq: i64) -> Result<Option<Corrected>, StorageError> {
    let Some((recorded, _)) = super::by_seq(db, county, seq)? else { return Ok(None) };
    let corrections: Vec<i64> = voucher::table
        .filter(voucher::county.eq(county.number()).and(voucher::corrects.eq(seq)))
        .order(voucher::seq)
        .select(voucher::seq)
        .load(db)?;
    let mut lines = recorded.voucher.lines;
    for correction in corrections {
        if let Some((recorded, _)) = super::by_seq(db, county, correction)? {
            lines.extend(recorded.voucher.lines);
        }
    }
    Ok(Some(Corrected {
        kind: recorded.voucher.kind,
        effective_on: recorded.voucher.effective_on,
        corrects: recorded.voucher.corrects,
        lines,
    }))
}
