//! 监测监管系统: the exports that were imported, their rows, and the lines of our ledger that bear the same numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::kind::{Kind, SupplyMethod};
use crate::domain::ledger::voucher::Holding;
use crate::domain::monitoring::{MonitoredSupply, ParcelLine, SupplyKey, TheirSupply};
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, PlotId, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::ledger::land::of_parcels;
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{balance, monitoring_snapshot as table, monitoring_supply, parcel, voucher, voucher_line};

/// An export as it was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoringSnapshot {
    /// Counts from 1 in the county.
    pub n: i64,
    /// 截止日 — the day that its figures are of.
    pub as_of: NaiveDate,
    /// Of the file.
    pub sha256: Hash,
    pub byte_size: i64,
    pub rows: i64,
    pub area: AreaM2,
    pub imported_by: UserId,
    pub imported_at: NaiveDateTime,
}

/// A row of an export, with the row of the sheet it stood in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSupply {
    pub sheet_row: i64,
    pub contents: MonitoredSupply,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
struct SnapshotRow {
    county: i32,
    n: i64,
    as_of: NaiveDate,
    file_sha256: Vec<u8>,
    byte_size: i64,
    row_count: i64,
    area_cm2: i64,
    imported_by: i64,
    imported_at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = monitoring_supply)]
#[diesel(treat_none_as_default_value = false)]
struct SupplyRow {
    county: i32,
    snapshot: i64,
    number: String,
    sheet_row: i64,
    area_cm2: i64,
    stated_value: String,
    stated_unit: String,
    signed_on: Option<NaiveDate>,
    state: Option<String>,
    method: Option<String>,
    land_use: Option<String>,
    price_fen: Option<i64>,
    project_name: Option<String>,
    location: Option<String>,
    land_source: Option<String>,
    term: Option<String>,
    industry: Option<String>,
    grade: Option<String>,
    authority: Option<String>,
    handover_by: Option<NaiveDate>,
    start_by: Option<NaiveDate>,
    finish_by: Option<NaiveDate>,
    started_on: Option<NaiveDate>,
    finished_on: Option<NaiveDate>,
}

impl TryFrom<SnapshotRow> for MonitoringSnapshot {
    type Error = StorageError;

    fn try_from(row: SnapshotRow) -> Result<Self, StorageError> {
        let at = At(Collection::MonitoringSnapshot, row.n);
        Ok(Self {
            n: row.n,
            as_of: row.as_of,
            sha256: row.file_sha256.try_into().map_err(|_| at.corrupt("a digest has not 32 bytes"))?,
            byte_size: row.byte_size,
            rows: row.row_count,
            area: at.area(row.area_cm2)?,
            imported_by: UserId(row.imported_by),
            imported_at: row.imported_at,
        })
    }
}

impl SupplyRow {
    fn of(county: County, snapshot: i64, stored: &StoredSupply) -> Self {
        let of = &stored.contents;
        let area = of.area.get();
        Self {
            county: county.number(),
            snapshot,
            number: of.number.to_string(),
            sheet_row: stored.sheet_row,
            area_cm2: area.m2().to_units(),
            stated_value: area.to_string(),
            stated_unit: area.unit().to_string(),
            signed_on: of.signed_on,
            state: of.state.map(|state| state.to_string()),
            method: of.method.map(|method| method.to_string()),
            land_use: of.land_use.as_ref().map(ToString::to_string),
            price_fen: of.price.map(|price| price.get().to_units()),
            project_name: of.project_name.as_ref().map(ToString::to_string),
            location: of.location.as_ref().map(ToString::to_string),
            land_source: of.land_source.as_ref().map(ToString::to_string),
            term: of.term.as_ref().map(ToString::to_string),
            industry: of.industry.as_ref().map(ToString::to_string),
            grade: of.grade.as_ref().map(ToString::to_string),
            authority: of.authority.as_ref().map(ToString::to_string),
            handover_by: of.handover_by,
            start_by: of.start_by,
            finish_by: of.finish_by,
            started_on: of.started_on,
            finished_on: of.finished_on,
        }
    }

    fn at(&self) -> At {
        At(Collection::MonitoringSnapshot, self.snapshot)
    }

    fn read(self) -> Result<StoredSupply, StorageError> {
        use crate::domain::input::{NonNegative, Positive};
        let at = self.at();
        let wrong = |error: Text| at.corrupt(error.en);
        let price = self.price_fen.map(|fen| {
            let price = Money::from_units(fen).map_err(|error| at.corrupt(error))?;
            NonNegative::<Money>::new(price).map_err(wrong)
        });
        Ok(StoredSupply {
            sheet_row: self.sheet_row,
            contents: MonitoredSupply {
                number: at.word(&self.number)?,
                area: Positive::<crate::domain::area::GivenArea>::new(
                    at.stated(&self.stated_value, &self.stated_unit)?,
                )
                .map_err(wrong)?,
                signed_on: self.signed_on,
                state: at.some_word(self.state.as_deref())?,
                method: at.some_word(self.method.as_deref())?,
                land_use: at.some_line(self.land_use.as_deref())?,
                price: price.transpose()?,
                project_name: at.some_line(self.project_name.as_deref())?,
                location: at.some_line(self.location.as_deref())?,
                land_source: at.some_line(self.land_source.as_deref())?,
                term: at.some_line(self.term.as_deref())?,
                industry: at.some_line(self.industry.as_deref())?,
                grade: at.some_line(self.grade.as_deref())?,
                authority: at.some_line(self.authority.as_deref())?,
                handover_by: self.handover_by,
                start_by: self.start_by,
                finish_by: self.finish_by,
                started_on: self.started_on,
                finished_on: self.finished_on,
            },
        })
    }

    fn theirs(self) -> Result<(SupplyKey, TheirSupply), StorageError> {
        let at = self.at();
        let price = self.price_fen.map(|fen| Money::from_units(fen).map_err(|error| at.corrupt(error)));
        let theirs = TheirSupply {
            area: at.area(self.area_cm2)?,
            signed_on: self.signed_on,
            state: at.some_word(self.state.as_deref())?,
            method: at.some_word(self.method.as_deref())?,
            land_use: self.land_use,
            price: price.transpose()?,
            project_name: self.project_name,
            location: self.location,
        };
        Ok((at.word(&self.number)?, theirs))
    }
}

/// Keeps an export; inside the county's lock.
pub fn insert(
    db: &mut Db,
    county: County,
    snapshot: &MonitoringSnapshot,
    supplies: &[StoredSupply],
) -> Result<(), StorageError> {
    let row = SnapshotRow {
        county: county.number(),
        n: snapshot.n,
        as_of: snapshot.as_of,
        file_sha256: snapshot.sha256.to_vec(),
        byte_size: snapshot.byte_size,
        row_count: snapshot.rows,
        area_cm2: snapshot.area.to_units(),
        imported_by: snapshot.imported_by.0,
        imported_at: snapshot.imported_at,
    };
    diesel::insert_into(table::table).values(&row).execute(db)?;
    let rows: Vec<SupplyRow> = supplies.iter().map(|supply| SupplyRow::of(county, snapshot.n, supply)).collect();
    insert_rows!(db, monitoring_supply::table, rows);
    Ok(())
}

/// All exports, the first first.
pub fn all(db: &mut Db, county: County) -> Result<Vec<MonitoringSnapshot>, StorageError> {
    let rows: Vec<SnapshotRow> = table::table
        .filter(table::county.eq(county.number()))
        .order(table::n)
        .select(SnapshotRow::as_select())
        .load(db)?;
    rows.into_iter().map(MonitoringSnapshot::try_from).collect()
}

pub fn by_n(db: &mut Db, county: County, n: i64) -> Result<Option<MonitoringSnapshot>, StorageError> {
    let row: Option<SnapshotRow> =
        table::table.find((county.number(), n)).select(SnapshotRow::as_select()).first(db).optional()?;
    row.map(MonitoringSnapshot::try_from).transpose()
}

/// The export that the books are held against: that of the latest day, and of several of one day the last imported.
pub fn newest(db: &mut Db, county: County) -> Result<Option<MonitoringSnapshot>, StorageError> {
    let row: Option<SnapshotRow> = table::table
        .filter(table::county.eq(county.number()))
        .order((table::as_of.desc(), table::n.desc()))
        .select(SnapshotRow::as_select())
        .first(db)
        .optional()?;
    row.map(MonitoringSnapshot::try_from).transpose()
}

/// The next rows of an export after a number, in the order of their numbers.
pub fn page(
    db: &mut Db,
    county: County,
    snapshot: i64,
    after: Option<SupplyKey>,
    limit: i64,
) -> Result<Vec<StoredSupply>, StorageError> {
    let rows: Vec<SupplyRow> = monitoring_supply::table
        .filter(monitoring_supply::county.eq(county.number()).and(monitoring_supply::snapshot.eq(snapshot)))
        .filter(monitoring_supply::number.gt(after.map_or_else(String::new, |number| number.to_string())))
        .order(monitoring_supply::number)
        .limit(limit)
        .select(SupplyRow::as_select())
        .load(db)?;
    rows.into_iter().map(SupplyRow::read).collect()
}

/// The next numbers of an export.
pub(super) fn numbers(
    db: &mut Db,
    county: County,
    snapshot: i64,
    after: Option<SupplyKey>,
    limit: i64,
) -> Result<Vec<SupplyKey>, StorageError> {
    let numbers: Vec<String> = monitoring_supply::table
        .filter(monitoring_supply::county.eq(county.number()).and(monitoring_supply::snapshot.eq(snapshot)))
        .filter(monitoring_supply::number.gt(after.map_or_else(String::new, |number| number.to_string())))
        .order(monitoring_supply::number)
        .limit(limit)
        .select(monitoring_supply::number)
        .load(db)?;
    keys(numbers, At(Collection::MonitoringSnapshot, snapshot))
}

/// The next numbers that our parcels bear and an export lacks.
pub(super) fn lacking_numbers(
    db: &mut Db,
    county: County,
    snapshot: i64,
    after: Option<SupplyKey>,
    limit: i64,
) -> Result<Vec<SupplyKey>, StorageError> {
    let theirs = monitoring_supply::table
        .filter(monitoring_supply::county.eq(parcel::county).and(monitoring_supply::snapshot.eq(snapshot)))
        .filter(monitoring_supply::number.nullable().eq(parcel::regulatory_number));
    let numbers: Vec<Option<String>> = parcel::table
        .filter(parcel::county.eq(county.number()).and(parcel::regulatory_number.is_not_null()))
        .filter(not(exists(theirs)))
        .filter(parcel::regulatory_number.gt(after.map_or_else(String::new, |number| number.to_string())))
        .order(parcel::regulatory_number)
        .distinct()
        .limit(limit)
        .select(parcel::regulatory_number)
        .load(db)?;
    keys(numbers.into_iter().flatten().collect(), At(Collection::Parcel, 0))
}

fn keys(numbers: Vec<String>, at: At) -> Result<Vec<SupplyKey>, StorageError> {
    numbers.iter().map(|number| at.word(number)).collect()
}

/// What an export says of some numbers, at most [`CHUNK`].
pub(super) fn theirs(
    db: &mut Db,
    county: County,
    snapshot: i64,
    numbers: &[String],
) -> Result<HashMap<SupplyKey, TheirSupply>, StorageError> {
    let rows: Vec<SupplyRow> = monitoring_supply::table
        .filter(monitoring_supply::county.eq(county.number()).and(monitoring_supply::snapshot.eq(snapshot)))
        .filter(monitoring_supply::number.eq_any(numbers))
        .select(SupplyRow::as_select())
        .load(db)?;
    rows.into_iter().map(SupplyRow::theirs).collect()
}

/// The lines that touch some parcels, each with the kind and method of the act it belongs to, in the order they were recorded.
pub(super) fn lines(db: &mut Db, county: County, parcels: &[ParcelId]) -> Result<Vec<ParcelLine>, StorageError> {
    type LineRow = ((i64, NaiveDate, i64), Side, Side);
    type Side = (String, i64, Option<i64>);
    let ids: Vec<i64> = parcels.iter().map(|parcel| parcel.0).collect();
    let mut found: BTreeMap<(i64, i32), LineRow> = BTreeMap::new();
    for ids in ids.chunks(CHUNK) {
        // A holding stays in the balances when nothing is left in it: so the plots lead to every line, by their index.
        let plots: Vec<i64> = balance::table
            .filter(balance::county.eq(county.number()).and(balance::parcel_id.eq_any(ids)).and(of_parcels()))
            .select(balance::plot_id)
            .distinct()
            .load(db)?;
        for plots in plots.chunks(CHUNK) {
            macro_rules! touching {
                ($these:expr) => {{
                    let rows: Vec<(i32, LineRow)> = voucher_line::table
                        .filter(voucher_line::county.eq(county.number()))
                        .filter($these)
                        .select((
                            voucher_line::line,
                            (
                                (voucher_line::seq, voucher_line::effective_on, voucher_line::area_cm2),
                                (voucher_line::from_account, voucher_line::from_plot, voucher_line::from_parcel),
                                (voucher_line::to_account, voucher_line::to_plot, voucher_line::to_parcel),
                            ),
                        ))
                        .load(db)?;
                    found.extend(rows.into_iter().map(|(line, row)| ((row.0.0, line), row)));
                }};
            }
            // A line within one plot is found by where it leads to; one from another plot by where it comes from.
            let of_these = voucher_line::to_parcel.eq_any(ids).or(voucher_line::from_parcel.eq_any(ids));
            touching!(voucher_line::to_plot.eq_any(plots).and(of_these));
            let leaving = voucher_line::from_plot.eq_any(plots).and(voucher_line::from_plot.ne(voucher_line::to_plot));
            touching!(leaving.and(voucher_line::from_parcel.eq_any(ids)));
        }
    }
    let acts = acts(db, county, found.keys().map(|(seq, _)| *seq).collect())?;
    let line = |((_, line), ((seq, effective_on, area), from, to)): ((i64, i32), LineRow)| {
        let what = |error: Text| StorageError::corrupt(format!("a line of voucher {county}/{seq}"), error.en);
        let holding = |(account, plot, parcel): Side| {
            Ok::<_, StorageError>(Holding {
                plot: PlotId(plot),
                account: account.parse().map_err(what)?,
                parcel: parcel.map(ParcelId),
            })
        };
        let Some(&(act, kind, method)) = acts.get(&seq) else {
            return Err(StorageError::corrupt(format!("voucher {county}/{seq}"), "it has lines and is not there"));
        };
        let area = At(Collection::Plot, from.1).area(area)?;
        Ok(ParcelLine { act, seq, line, effective_on, kind, method, from: holding(from)?, to: holding(to)?, area })
    };
    found.into_iter().map(line).collect()
}

type Act = (i64, Kind, Option<SupplyMethod>);

/// For each voucher the act it belongs to: itself, or what it corrects, however often that was corrected.
fn acts(db: &mut Db, county: County, seqs: Vec<i64>) -> Result<HashMap<i64, Act>, StorageError> {
    type Row = (i64, String, Option<String>, Option<i64>);
    let mut known: HashMap<i64, Row> = HashMap::new();
    let mut asked: BTreeSet<i64> = BTreeSet::new();
    let mut wanted: Vec<i64> = seqs.clone();
    while !wanted.is_empty() {
        asked.extend(&wanted);
        for seqs in wanted.chunks(CHUNK) {
            let rows: Vec<Row> = voucher::table
                .filter(voucher::county.eq(county.number()).and(voucher::seq.eq_any(seqs)))
                .select((voucher::seq, voucher::kind, voucher::method, voucher::corrects))
                .load(db)?;
            known.extend(rows.into_iter().map(|row| (row.0, row)));
        }
        let corrected: BTreeSet<i64> = known.values().filter_map(|row| row.3).collect();
        wanted = corrected.difference(&asked).copied().collect();
    }
    let act = |seq: i64| {
        let mut at = known.get(&seq)?;
        // A correction names an earlier voucher, so this comes to an end.
        while let Some(original) = at.3.filter(|original| *original < at.0).and_then(|seq| known.get(&seq)) {
            at = original;
        }
        Some(at)
    };
    seqs.into_iter()
        .filter_map(|seq| Some((seq, act(seq)?)))
        .map(|(seq, (act, kind, method, _))| {
            let what = |error: Text| StorageError::corrupt(format!("voucher {county}/{act}"), error.en);
            let method = method.as_deref().map(str::parse).transpose().map_err(what)?;
            Ok((seq, (*act, kind.parse().map_err(what)?, method)))
        })
        .collect()
}
