//! What the decision on a voucher needs to know, read inside the county's lock or for a check beforehand.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Head, LineRow, PostError, land};
use crate::domain::calendar::Calendar;
use crate::domain::encumbrance::Restraint;
use crate::domain::idle_case::Standing;
use crate::domain::idle_case::decide::Law;
use crate::domain::idle_case::remedies::{may_be_offered, remedy_ends};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::decide::{
    Accepted, Contested, Context, Corrected, Margins, Moved as PostedLine, PlotFacts, decide,
};
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::land::{Ground, Land, Moved, move_land};
use crate::domain::ledger::refused::Refused;
use crate::domain::ledger::voucher::{Holding, Line, Voucher};
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::storage::db::{Db, StorageError, each};
use crate::storage::pieces::in_pieces;
use crate::storage::schema::{approval, attachment, parcel, plot, voucher, voucher_line};
use crate::storage::{encumbrance, idle_case};

/// What stands behind a decision besides the voucher.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub today: NaiveDate,
    pub margins: Margins,
    /// An approver stands behind it.
    pub approved: bool,
}

/// What a voucher that may be posted does.
#[derive(Debug)]
pub struct Checked {
    pub accepted: Accepted,
    pub land: Moved,
    /// The land of the holdings before it.
    pub held: BTreeMap<Holding, Hash>,
    /// Nothing of its plots was on the books before: no balance, no land, nothing left over.
    pub enters: bool,
    /// Of each polygon, those of lines before those of holdings, whether it is all of its plot and rests there.
    pub rests: Vec<bool>,
}

/// Decides a voucher on the state of the database, writing nothing.
pub fn check(
    db: &mut Db,
    county: County,
    head: &Head,
    voucher: &Voucher,
    drawn: &BTreeMap<usize, Land>,
    terms: Terms,
) -> Result<Checked, PostError> {
    let plot_ids: BTreeSet<i64> = voucher.lines.iter().flat_map(|l| [l.from.plot.0, l.to.plot.0]).collect();
    let plot_ids: Vec<i64> = plot_ids.into_iter().collect();
    let parcel_ids: BTreeSet<i64> =
        voucher.lines.iter().flat_map(|l| [l.from.parcel, l.to.parcel]).flatten().map(|parcel| parcel.0).collect();
    let parcel_ids: Vec<i64> = parcel_ids.into_iter().collect();
    let references = references(db, county, &plot_ids, &parcel_ids)?;
    let original = voucher.corrects.map(|seq| corrected(db, county, seq)).transpose()?.flatten();
    let moved = moved(db, county, &plot_ids)?;
    // Hardly any voucher is of a kind that an encumbrance keeps back; the others look for none.
    let burdens = match Restraint::of(voucher.kind) {
        Some(_) => encumbrance::burdens(db, county, &parcel_ids)?,
        None => Vec::new(),
    };
    // Only a supply of recovered land asks whether its former user may still have it back.
    let recovered: Vec<i64> = voucher
        .lines
        .iter()
        .filter(|line| voucher.kind == Kind::Supply && line.from.account == Account::Recovered)
        .map(|line| line.from.plot.0)
        .collect();
    let contested = if recovered.is_empty() { Vec::new() } else { contested(db, county, &recovered, terms)? };
    let context = Context {
        today: terms.today,
        plots: &references.plots,
        parcels: &references.parcels,
        attachments: &attachments(db, county, &voucher.document.attachments)?,
        moved: &moved,
        corrected: original.as_ref().map(|(corrected, _)| corrected),
        closed_through: head.closed_through,
        approved: terms.approved,
        survey_cap: terms.margins.survey,
        burdens: &burdens,
        restraints: terms.margins.restraints,
        contested: &contested,
    };
    let accepted = decide(voucher, &context).map_err(PostError::Refused)?;
    let (ground, held) = ground(db, county, voucher, &references, &moved, drawn, original)?;
    with_land(voucher, accepted, &ground, held, moved.is_empty(), &terms).map_err(PostError::Refused)
}

/// Decides which land an accepted voucher moves.
fn with_land(
    voucher: &Voucher,
    mut accepted: Accepted,
    ground: &Ground,
    held: BTreeMap<Holding, Hash>,
    enters: bool,
    terms: &Terms,
) -> Result<Checked, Refused> {
    let land = move_land(voucher, ground, &terms.margins.land)?;
    accepted.flags.extend(land.flags.iter().copied());
    let is_all_of = |plot: PlotId, land: &Land| ground.plots.get(&plot).is_some_and(|(_, whole)| whole == land);
    let of_lines = land.lines.iter().map(|(number, land)| {
        let line = &voucher.lines[*number];
        is_all_of(line.from.plot, land) || is_all_of(line.to.plot, land)
    });
    let of_holdings = land.holdings.iter().filter_map(|(holding, land)| Some(is_all_of(holding.plot, land.as_ref()?)));
    let rests = of_lines.chain(of_holdings).collect();
    Ok(Checked { accepted, land, held, enters, rests })
}

/// What is known of a plot that was recorded a moment ago, so that nothing stands under it yet.
#[derive(Debug)]
pub struct NewPlot {
    pub id: PlotId,
    pub facts: PlotFacts,
    pub land: Option<Land>,
}

/// Decides a voucher on plots that were recorded in the same transaction, as [`check`] would if it read them back.
pub(super) fn check_entry(
    head: &Head,
    voucher: &Voucher,
    plots: Vec<NewPlot>,
    terms: &Terms,
) -> Result<Checked, Refused> {
    let mut facts = HashMap::with_capacity(plots.len());
    let mut ground = Ground::default();
    for NewPlot { id, facts: of, land } in plots {
        ground.plots.extend(land.map(|land| (id, (of.recorded, land))));
        facts.insert(id, of);
    }
    let context = Context {
        today: terms.today,
        plots: &facts,
        parcels: &HashSet::new(),
        attachments: &HashSet::new(),
        moved: &[],
        corrected: None,
        closed_through: head.closed_through,
        approved: terms.approved,
        survey_cap: terms.margins.survey,
        burdens: &[],
        restraints: terms.margins.restraints,
        contested: &[],
    };
    with_land(voucher, decide(voucher, &context)?, &ground, BTreeMap::new(), true, terms)
}

/// The recovered land of plots that may not be offered yet.
fn contested(db: &mut Db, county: County, plots: &[i64], terms: Terms) -> Result<Vec<Contested>, StorageError> {
    let cases = idle_case::of_plots(db, county, plots)?;
    let ids: Vec<i64> = cases.iter().map(|row| row.case.id).collect();
    let mut steps = idle_case::steps(db, county, &ids)?;
    let in_plots = idle_case::plots(db, county, &ids)?;
    let clocks = &terms.margins.clocks;
    let law = Law { clocks, calendar: Calendar::built_in(), today: terms.today, fee_due: None };
    let mut found = Vec::new();
    for row in cases {
        let now = row.case.with(&steps.remove(&row.case.id).unwrap_or_default());
        if now.standing() != Standing::Recovered || may_be_offered(&now, &law).is_ok() {
            continue;
        }
        let until = if now.remedy_runs() { None } else { remedy_ends(&now, &law).map(|ends| ends.day) };
        let case = row.case.number.to_string();
        let of = in_plots.get(&row.case.id).into_iter().flatten();
        found.extend(of.map(|plot| Contested { plot: *plot, case: case.clone(), until }));
    }
    Ok(found)
}

/// The polygons behind a voucher. Of plots that have none, nothing needs to be read.
fn ground(
    db: &mut Db,
    county: County,
    voucher: &Voucher,
    references: &References,
    moved: &[PostedLine],
    drawn: &BTreeMap<usize, Land>,
    original: Option<WithLand>,
) -> Result<(Ground, BTreeMap<Holding, Hash>), StorageError> {
    let mut ground = Ground { drawn: drawn.clone(), ..Ground::default() };
    let mapped: Vec<(i64, i32)> = references
        .versions
        .iter()
        .filter(|(_, version)| **version > 0)
        .map(|(plot, version)| (plot.0, *version))
        .collect();
    if mapped.is_empty() && drawn.is_empty() {
        return Ok((ground, BTreeMap::new()));
    }
    let plot_ids: Vec<i64> = references.plots.keys().map(|plot| plot.0).collect();
    let mut plots = land::newest(db, county, Collection::Plot, &mapped)?;
    for (plot, facts) in &references.plots {
        if let Some(land) = plots.remove(&plot.0) {
            ground.plots.insert(*plot, (facts.recorded, land));
        }
    }
    let goes_to: BTreeSet<i64> = voucher
        .lines
        .iter()
        .filter(|l| l.to.parcel != l.from.parcel)
        .filter_map(|l| l.to.parcel)
        .map(|p| p.0)
        .collect();
    let versions = parcel_versions(db, county, &goes_to.into_iter().collect::<Vec<_>>())?;
    let parcels = land::newest(db, county, Collection::Parcel, &versions)?;
    ground.parcels = parcels.into_iter().map(|(id, land)| (ParcelId(id), land)).collect();
    let mut held = BTreeMap::new();
    // Of an entering batch nothing is held yet.
    if !moved.is_empty() {
        let at_hand = |plot| ground.plots.get(&plot).map(|(_, land)| land);
        for (holding, found) in land::holdings_on(db, county, &plot_ids, at_hand)? {
            held.insert(holding, found.digest);
            ground.holdings.insert(holding, found.land);
        }
    }
    for line in moved.iter().map(|moved| &moved.line) {
        for (holding, change) in [(line.from, -line.area), (line.to, line.area)] {
            let balance = ground.balances.entry(holding).or_default();
            *balance = *balance + change;
        }
    }
    if let Some((_, lines)) = original {
        let of_plots = |line: &Line| [line.from.plot, line.to.plot];
        let wanted: Vec<_> = lines.iter().filter_map(|(line, digest)| Some(((*digest)?, of_plots(line)))).collect();
        let lands = land::by_digest(db, county, &wanted)?;
        let land_of = |digest: Option<Hash>| digest.and_then(|digest| lands.get(&digest)).cloned();
        ground.corrected = lines.into_iter().map(|(line, digest)| (line, land_of(digest))).collect();
    }
    Ok((ground, held))
}

fn parcel_versions(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<(i64, i32)>, StorageError> {
    let all = || {
        parcel::table
            .filter(parcel::county.eq(county.number()).and(parcel::geometry_version.gt(0)))
            .select((parcel::id, parcel::geometry_version))
    };
    let mut found = Vec::with_capacity(ids.len());
    match ids {
        [id] => found.extend(all().filter(parcel::id.eq(*id)).load::<(i64, i32)>(db)?),
        _ => {
            in_pieces!(ids, parcel::id, |these| found.extend(all().filter(these).load::<(i64, i32)>(db)?));
        }
    }
    Ok(found)
}

/// What a voucher names and is there.
struct References {
    plots: HashMap<PlotId, PlotFacts>,
    /// The number of each plot's newest polygon; 0 if it has none.
    versions: HashMap<PlotId, i32>,
    parcels: HashSet<ParcelId>,
}

type PlotFactsRow = (i64, i64, i32, Option<NaiveDate>, Option<String>);

fn references(db: &mut Db, county: County, plots: &[i64], parcels: &[i64]) -> Result<References, StorageError> {
    let approvals = || {
        plot::table
            .left_join(
                approval::table
                    .on(approval::county.eq(plot::county).and(approval::id.nullable().eq(plot::approval_id))),
            )
            .filter(plot::county.eq(county.number()))
    };
    let facts = (
        plot::id,
        plot::recorded_cm2,
        plot::geometry_version,
        approval::approved_on.nullable(),
        approval::authority.nullable(),
    );
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
            in_pieces!(plots, plot::id, |these| {
                found.extend(approvals().filter(these).select(facts).load::<PlotFactsRow>(db)?);
            });
        }
    }
    // Those that were not counted, or some of which are missing: which ones?
    if there.len() < parcels.len() {
        in_pieces!(parcels, parcel::id, |these| {
            there.extend(named().filter(these).select(parcel::id).load::<i64>(db)?);
        });
    }
    let parcels = there.into_iter().map(ParcelId).collect();
    let mut references = References { plots: HashMap::new(), versions: HashMap::new(), parcels };
    for (id, recorded_cm2, version, approved_on, authority) in found {
        let recorded =
            AreaM2::from_units(recorded_cm2).map_err(|error| StorageError::corrupt(format!("plot {id}"), error))?;
        references.plots.insert(PlotId(id), PlotFacts { recorded, approval: approved_on.zip(authority) });
        references.versions.insert(PlotId(id), version);
    }
    Ok(references)
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
fn moved(db: &mut Db, county: County, plots: &[i64]) -> Result<Vec<PostedLine>, StorageError> {
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
            in_pieces!(plots, voucher_line::to_plot, |these| {
                rows.extend(lines().filter(these).load::<LineRow>(db)?);
            });
            in_pieces!(plots, voucher_line::from_plot, |these| {
                rows.extend(leaving().filter(these).load::<LineRow>(db)?);
            });
            // A line between two of the plots was found twice.
            rows.sort_unstable_by_key(|row| (row.seq, row.line));
            rows.dedup_by_key(|row| (row.seq, row.line));
        }
    }
    rows.iter()
        .map(|row| {
            Ok(PostedLine { seq: row.seq, kind: row.kind()?, effective_on: row.effective_on, line: row.line()? })
        })
        .collect()
}

/// The lines up to a voucher that touch a plot.
pub fn lines_of_plot(db: &mut Db, county: County, plot: PlotId, known_seq: i64) -> Result<Vec<Line>, StorageError> {
    let moved = moved(db, county, &[plot.0])?;
    Ok(moved.into_iter().filter(|moved| moved.seq <= known_seq).map(|moved| moved.line).collect())
}

type WithLand = (Corrected, Vec<(Line, Option<Hash>)>);

/// The voucher that a correction names, with the lines of its earlier corrections after its own, and the land of each.
fn corrected(db: &mut Db, county: County, seq: i64) -> Result<Option<WithLand>, StorageError> {
    let Some((recorded, _)) = super::by_seq(db, county, seq)? else { return Ok(None) };
    let (kind, effective_on, corrects) =
        (recorded.voucher.kind, recorded.voucher.effective_on, recorded.voucher.corrects);
    let corrections: Vec<i64> = voucher::table
        .filter(voucher::county.eq(county.number()).and(voucher::corrects.eq(seq)))
        .order(voucher::seq)
        .select(voucher::seq)
        .load(db)?;
    let mut all = vec![recorded];
    for correction in corrections {
        all.extend(super::by_seq(db, county, correction)?.map(|(recorded, _)| recorded));
    }
    let with_land: Vec<(Line, Option<Hash>)> = all
        .iter()
        .flat_map(|recorded| {
            let lines = recorded.voucher.lines.iter().enumerate();
            lines.map(|(number, line)| (*line, recorded.land.get(&number).copied()))
        })
        .collect();
    let lines = with_land.iter().map(|(line, _)| *line).collect();
    Ok(Some((Corrected { kind, effective_on, corrects, lines }, with_land)))
}
