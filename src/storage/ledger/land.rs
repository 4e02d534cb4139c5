//! The land of holdings and lines: read before a voucher is decided, written with it.
//!
//! Each polygon rests once, under the SHA-256 of its WKB on the grid; lines, balances and the history of the holdings
//! name it by that digest. Land that is all of its plot rests as the newest polygon of the plot and is not kept a second time.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::decode;
use crate::domain::geometry::wkb;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::{self, Hash};
use crate::domain::ledger::land::{Land, Standing};
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::storage::db::{Db, StorageError, insert_missing_rows, insert_rows};
use crate::storage::geometry;
use crate::storage::pieces::in_pieces;
use crate::storage::rows::CHUNK;
use crate::storage::schema::{balance, feature_geometry, holding_land, land_polygon, plot};

/// A holding's area, and its land with the digest it rests under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub area: AreaM2,
    pub digest: Hash,
    pub land: Land,
}

/// A row of the history of holdings.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = holding_land)]
#[diesel(treat_none_as_default_value = false)]
struct HoldingRow {
    county: i32,
    plot_id: i64,
    account: String,
    parcel_id: i64,
    seq: i64,
    n: i32,
    sha256: Option<Vec<u8>>,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = land_polygon)]
#[diesel(treat_none_as_default_value = false)]
struct PolygonRow {
    county: i32,
    sha256: Vec<u8>,
    srid: i32,
    grid_wkb: Vec<u8>,
    area_cm2: i64,
}

/// The digest of land.
pub fn digest(land: &Land) -> Hash {
    chain::land_digest(&wkb::grid_to_wkb(&land.polygon))
}

fn land(what: impl Fn() -> String, srid: i32, bytes: &[u8]) -> Result<Land, StorageError> {
    let (zone, polygon) = geometry::on_grid(what, srid, bytes)?;
    Ok(Land { polygon, zone })
}

/// The newest polygons of features, given with the number of their newest version; 0 has none.
pub(super) fn newest(
    db: &mut Db,
    county: County,
    of: Collection,
    features: &[(i64, i32)],
) -> Result<HashMap<i64, Land>, StorageError> {
    let found = geometry::newest_on_grid(db, county, of, features)?;
    Ok(found.into_iter().map(|(id, (zone, polygon))| (id, Land { polygon, zone })).collect())
}

/// The newest polygons of plots.
macro_rules! whole_plots {
    ($county:expr) => {
        feature_geometry::table
            .inner_join(
                plot::table.on(plot::county
                    .eq(feature_geometry::county)
                    .and(plot::id.eq(feature_geometry::feature_id))
                    .and(plot::geometry_version.eq(feature_geometry::version))),
            )
            .filter(feature_geometry::county.eq($county.number()))
            .filter(feature_geometry::collection.eq(Collection::Plot.as_str()))
            .select((feature_geometry::feature_id, feature_geometry::srid, feature_geometry::grid_wkb))
    };
}

/// The newest polygon of each of some plots, under the digest that it has as land.
fn whole(db: &mut Db, county: County, plots: &[i64]) -> Result<HashMap<PlotId, (Hash, Land)>, StorageError> {
    let mut rows: Vec<WholeRow> = Vec::with_capacity(plots.len());
    match plots {
        // A text of its own, whose statement stays prepared.
        [plot] => {
            rows.extend(whole_plots!(county).filter(feature_geometry::feature_id.eq(*plot)).load::<WholeRow>(db)?)
        }
        _ => {
            in_pieces!(plots, feature_geometry::feature_id, |these| {
                rows.extend(whole_plots!(county).filter(these).load::<WholeRow>(db)?);
            });
        }
    }
    rows.into_iter()
        .map(|(id, srid, bytes)| {
            let land = land(|| format!("the polygon of plot {id}"), srid, &bytes)?;
            Ok((PlotId(id), (chain::land_digest(&bytes), land)))
        })
        .collect()
}

type WholeRow = (i64, i32, Vec<u8>);

/// The polygons of all holdings of some plots.
pub fn holdings(db: &mut Db, county: County, plots: &[i64]) -> Result<BTreeMap<Holding, Held>, StorageError> {
    holdings_on(db, county, plots, |_| None)
}

/// The like, for those who have newest polygons of plots at hand.
pub(super) fn holdings_on<'l>(
    db: &mut Db,
    county: County,
    plots: &[i64],
    at_hand: impl Fn(PlotId) -> Option<&'l Land>,
) -> Result<BTreeMap<Holding, Held>, StorageError> {
    type Row = (String, i64, i64, i64, Option<Vec<u8>>, Option<i32>, Option<Vec<u8>>);
    let joined = || {
        balance::table
            .left_join(land_polygon::table.on(
                land_polygon::county.eq(balance::county).and(land_polygon::sha256.nullable().eq(balance::land_sha256)),
            ))
            .filter(balance::county.eq(county.number()).and(balance::land_sha256.is_not_null()))
            .select((
                balance::account,
                balance::plot_id,
                balance::parcel_id,
                balance::area_cm2,
                balance::land_sha256,
                land_polygon::srid.nullable(),
                land_polygon::grid_wkb.nullable(),
            ))
    };
    let mut rows: Vec<Row> = Vec::new();
    match plots {
        [plot] => rows.extend(joined().filter(balance::plot_id.eq(*plot)).load::<Row>(db)?),
        _ => {
            in_pieces!(plots, balance::plot_id, |these| {
                rows.extend(joined().filter(these).load::<Row>(db)?);
            });
        }
    }
    let (near, far): (BTreeSet<PlotId>, BTreeSet<PlotId>) =
        rows.iter().filter(|row| row.6.is_none()).map(|row| PlotId(row.1)).partition(|plot| at_hand(*plot).is_some());
    let mut whole = whole(db, county, &far.into_iter().map(|plot| plot.0).collect::<Vec<_>>())?;
    whole.extend(near.into_iter().filter_map(|plot| at_hand(plot).map(|land| (plot, (digest(land), land.clone())))));
    rows.into_iter()
        .map(|(account, plot, parcel, area_cm2, sha256, srid, bytes)| {
            let what = || format!("the land of {account} of plot {plot}");
            let area = AreaM2::from_units(area_cm2).map_err(|error| StorageError::corrupt(what(), error))?;
            let digest = decode::hash(county, 0, &sha256.unwrap_or_default())?;
            let land = match (srid.zip(bytes), whole.get(&PlotId(plot))) {
                (Some((srid, bytes)), _) => land(what, srid, &bytes)?,
                (None, Some((known, land))) if *known == digest => land.clone(),
                (None, _) => return Err(StorageError::corrupt(what(), "it is neither kept nor all of its plot")),
            };
            Ok((holding(&account, plot, parcel)?, Held { area, digest, land }))
        })
        .collect()
}

/// The plots in which a parcel has area.
pub fn plots_of_parcel(db: &mut Db, county: County, parcel: ParcelId) -> Result<Vec<i64>, StorageError> {
    Ok(balance::table
        .filter(balance::county.eq(county.number()).and(balance::parcel_id.eq(parcel.0)).and(of_parcels()))
        .filter(balance::area_cm2.gt(0))
        .select(balance::plot_id)
        .distinct()
        .order(balance::plot_id)
        .load(db)?)
}

/// The area of each holding of a parcel that has some.
pub fn areas_of_parcel(db: &mut Db, county: County, parcel: ParcelId) -> Result<Vec<(Holding, AreaM2)>, StorageError> {
    let rows: Vec<(String, i64, i64, i64)> = balance::table
        .filter(balance::county.eq(county.number()).and(balance::parcel_id.eq(parcel.0)).and(of_parcels()))
        .filter(balance::area_cm2.gt(0))
        .order((balance::plot_id, balance::account))
        .select((balance::account, balance::plot_id, balance::parcel_id, balance::area_cm2))
        .load(db)?;
    rows.into_iter()
        .map(|(account, plot, parcel, area_cm2)| {
            let what = || format!("the balance of {account} of plot {plot}");
            let area = AreaM2::from_units(area_cm2).map_err(|error| StorageError::corrupt(what(), error))?;
            Ok((holding(&account, plot, parcel)?, area))
        })
        .collect()
}

/// The holdings of a plot as they stand.
pub fn standing(db: &mut Db, county: County, plot: PlotId) -> Result<Standing, StorageError> {
    let rows: Vec<(String, i64, i64)> = balance::table
        .filter(balance::county.eq(county.number()).and(balance::plot_id.eq(plot.0)))
        .select((balance::account, balance::parcel_id, balance::area_cm2))
        .load(db)?;
    let mut lands = holdings(db, county, &[plot.0])?;
    rows.into_iter()
        .map(|(account, parcel, area_cm2)| {
            let holding = holding(&account, plot.0, parcel)?;
            let area = AreaM2::from_units(area_cm2)
                .map_err(|error| StorageError::corrupt(format!("a balance of plot {plot}"), error))?;
            Ok((holding, (area, lands.remove(&holding).map(|held| held.land))))
        })
        .collect()
}

/// Polygons by their digests, each asked for with the plots whose land it is.
pub fn by_digest(
    db: &mut Db,
    county: County,
    wanted: &[(Hash, [PlotId; 2])],
) -> Result<HashMap<Hash, Land>, StorageError> {
    let mut found = HashMap::with_capacity(wanted.len());
    for chunk in wanted.chunks(CHUNK) {
        let digests: Vec<Vec<u8>> = chunk.iter().map(|(digest, _)| digest.to_vec()).collect();
        let rows: Vec<(Vec<u8>, i32, Vec<u8>)> = land_polygon::table
            .filter(land_polygon::county.eq(county.number()).and(land_polygon::sha256.eq_any(digests)))
            .select((land_polygon::sha256, land_polygon::srid, land_polygon::grid_wkb))
            .load(db)?;
        for (sha256, srid, bytes) in rows {
            let digest = decode::hash(county, 0, &sha256)?;
            if chain::land_digest(&bytes) != digest {
                return Err(StorageError::corrupt(
                    format!("land {}", chain::hex(&digest)),
                    "its bytes have another digest",
                ));
            }
            found.insert(digest, land(|| format!("land {}", chain::hex(&digest)), srid, &bytes)?);
        }
    }
    let elsewhere: Vec<i64> = wanted
        .iter()
        .filter(|(digest, _)| !found.contains_key(digest))
        .flat_map(|(_, plots)| plots.map(|p| p.0))
        .collect();
    let whole = whole(db, county, &elsewhere)?;
    for (digest, plots) in wanted {
        let land = plots.iter().filter_map(|plot| whole.get(plot)).find(|(known, _)| known == digest);
        if let Some((_, land)) = land {
            found.entry(*digest).or_insert_with(|| land.clone());
        }
    }
    Ok(found)
}

/// Polygons as the table takes them, and their digests in the same order.
#[derive(Debug)]
pub(super) struct Kept {
    pub digests: Vec<Hash>,
    rows: Vec<PolygonRow>,
}

/// `lands` come with whether they rest with their plots already.
pub(super) fn kept<'l>(county: County, lands: impl Iterator<Item = (&'l Land, bool)>) -> Kept {
    let mut digests = Vec::new();
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for (land, rests) in lands {
        let grid_wkb = wkb::grid_to_wkb(&land.polygon);
        let digest = chain::land_digest(&grid_wkb);
        digests.push(digest);
        if !rests && seen.insert(digest) {
            rows.push(PolygonRow {
                county: county.number(),
                sha256: digest.to_vec(),
                srid: i32::try_from(land.zone.epsg()).expect("EPSG codes have four or five digits"),
                area_cm2: land.polygon.area().to_units(),
                grid_wkb,
            });
        }
    }
    Kept { digests, rows }
}

/// Keeps polygons that are not there yet.
pub(super) fn keep(db: &mut Db, kept: &Kept) -> Result<(), StorageError> {
    insert_missing_rows!(db, land_polygon::table, kept.rows);
    Ok(())
}

/// What a voucher, or the `n`th change of polygons after it, left holdings with, as the table takes it.
#[derive(Debug)]
pub(super) struct History(Vec<HoldingRow>);

pub(super) fn history(county: County, seq: i64, n: i32, holdings: &BTreeMap<Holding, Option<Hash>>) -> History {
    let rows = holdings
        .iter()
        .map(|(holding, digest)| HoldingRow {
            county: county.number(),
            plot_id: holding.plot.0,
            account: holding.account.as_str().to_owned(),
            parcel_id: holding.parcel.map_or(0, |parcel| parcel.0),
            seq,
            n,
            sha256: digest.map(|digest| digest.to_vec()),
        })
        .collect();
    History(rows)
}

pub(super) fn record(db: &mut Db, history: &History) -> Result<(), StorageError> {
    insert_rows!(db, holding_land::table, history.0);
    Ok(())
}

/// The land of a holding, and since when it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandAt {
    pub land: Land,
    /// The voucher that left the holding with it, or after which a new polygon was given.
    pub seq: i64,
}

/// The land of a plot's holdings as they stood after voucher `known_seq`.
pub fn after(
    db: &mut Db,
    county: County,
    plot: PlotId,
    known_seq: i64,
) -> Result<BTreeMap<Holding, LandAt>, StorageError> {
    let rows: Vec<HoldingRow> = holding_land::table
        .filter(holding_land::county.eq(county.number()).and(holding_land::plot_id.eq(plot.0)))
        .filter(holding_land::seq.le(known_seq))
        .order((holding_land::seq, holding_land::n))
        .select(HoldingRow::as_select())
        .load(db)?;
    let mut newest: BTreeMap<Holding, (i64, Option<Hash>)> = BTreeMap::new();
    for row in rows {
        let digest = row.sha256.as_deref().map(|bytes| decode::hash(county, row.seq, bytes)).transpose()?;
        newest.insert(holding(&row.account, row.plot_id, row.parcel_id)?, (row.seq, digest));
    }
    let wanted: Vec<_> = newest.values().filter_map(|(_, digest)| Some(((*digest)?, [plot, plot]))).collect();
    let lands = by_digest(db, county, &wanted)?;
    let of = |(holding, (seq, digest)): (Holding, (i64, Option<Hash>))| {
        Some((holding, LandAt { land: lands.get(&digest?)?.clone(), seq }))
    };
    Ok(newest.into_iter().filter_map(of).collect())
}

/// What every question by parcels says besides, so that the index answers it that holds the parcels' balances alone.
pub(in crate::storage) fn of_parcels() -> SqlLiteral<Bool> {
    sql("balance.parcel_id <> 0")
}

fn holding(account: &str, plot: i64, parcel: i64) -> Result<Holding, StorageError> {
    let account = decode::word::<Account>(&format!("the account of land of plot {plot}"), account)?;
    Ok(Holding { plot: PlotId(plot), account, parcel: (parcel != 0).then_some(ParcelId(parcel)) })
}

/// Gives holdings new land without a voucher: a polygon of their plot or parcel was entered or changed.
pub fn redraw(
    db: &mut Db,
    county: County,
    seq: i64,
    changed: &BTreeMap<Holding, Option<Land>>,
) -> Result<(), StorageError> {
    let kept = kept(county, changed.values().flatten().map(|land| (land, false)));
    keep(db, &kept)?;
    let mut digests = kept.digests.into_iter();
    for (holding, land) in changed {
        let digest = land.as_ref().and_then(|_| digests.next());
        let parcel = holding.parcel.map_or(0, |parcel| parcel.0);
        let last: Option<i32> = holding_land::table
            .filter(holding_land::county.eq(county.number()).and(holding_land::plot_id.eq(holding.plot.0)))
            .filter(holding_land::account.eq(holding.account.as_str()).and(holding_land::parcel_id.eq(parcel)))
            .filter(holding_land::seq.eq(seq))
            .select(diesel::dsl::max(holding_land::n))
            .first(db)?;
        record(db, &history(county, seq, last.unwrap_or(0) + 1, &BTreeMap::from([(*holding, digest)])))?;
        diesel::update(balance::table.find((county.number(), holding.plot.0, holding.account.as_str(), parcel)))
            .set(balance::land_sha256.eq(digest.map(|digest| digest.to_vec())))
            .execute(db)?;
    }
    Ok(())
}

/// Keeps the polygon of a plot that is about to get another: land that was all of the plot is still what it was.
pub fn keep_replaced(db: &mut Db, county: County, plot: PlotId) -> Result<(), StorageError> {
    let on_the_books: Option<i64> = holding_land::table
        .filter(holding_land::county.eq(county.number()).and(holding_land::plot_id.eq(plot.0)))
        .select(holding_land::seq)
        .first(db)
        .optional()?;
    if on_the_books.is_some() {
        let whole = whole(db, county, &[plot.0])?;
        keep(db, &kept(county, whole.values().map(|(_, land)| (land, false))))?;
    }
    Ok(())
}

/// Rows read at a time when everything is proved.
const CHUNK_ALL: i64 = 5000;

/// The land that is there.
pub(super) struct Sound {
    kept: HashSet<Hash>,
    whole: HashMap<PlotId, Hash>,
}

impl Sound {
    /// Whether land is there that belongs to one of the plots.
    pub fn has(&self, digest: &Hash, plots: &[PlotId]) -> bool {
        self.kept.contains(digest) || plots.iter().any(|plot| self.whole.get(plot) == Some(digest))
    }
}

/// All land whose bytes have the digest it is known by; of what is kept under another a fault is told.
pub(super) fn sound(db: &mut Db, county: County, faults: &mut Vec<String>) -> Result<Sound, StorageError> {
    let mut found = Sound { kept: HashSet::new(), whole: HashMap::new() };
    let mut after: Vec<u8> = Vec::new();
    loop {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = land_polygon::table
            .filter(land_polygon::county.eq(county.number()).and(land_polygon::sha256.gt(after)))
            .order(land_polygon::sha256)
            .limit(CHUNK_ALL)
            .select((land_polygon::sha256, land_polygon::grid_wkb))
            .load(db)?;
        let Some((last, _)) = rows.last() else { break };
        after = last.clone();
        for (sha256, bytes) in rows {
            let digest = decode::hash(county, 0, &sha256)?;
            if chain::land_digest(&bytes) == digest {
                found.kept.insert(digest);
            } else {
                faults.push(format!("land {}: its bytes have another digest", chain::hex(&digest)));
            }
        }
    }
    let mut after = 0;
    loop {
        let rows: Vec<WholeRow> = whole_plots!(county)
            .filter(feature_geometry::feature_id.gt(after))
            .order(feature_geometry::feature_id)
            .limit(CHUNK_ALL)
            .load(db)?;
        let Some((last, ..)) = rows.last() else { return Ok(found) };
        after = *last;
        found.whole.extend(rows.into_iter().map(|(id, _, bytes)| (PlotId(id), chain::land_digest(&bytes))));
    }
}

/// The digest of the newest land of every holding that ever had some.
pub(super) fn newest_digests(db: &mut Db, county: County) -> Result<HashMap<Holding, Option<Hash>>, StorageError> {
    let mut newest = HashMap::new();
    let mut after = 0;
    loop {
        // Whole plots at a time: the rows of one belong together.
        let last: Option<i64> = holding_land::table
            .filter(holding_land::county.eq(county.number()).and(holding_land::plot_id.gt(after)))
            .order(holding_land::plot_id)
            .offset(CHUNK_ALL)
            .select(holding_land::plot_id)
            .first(db)
            .optional()?;
        let rows: Vec<HoldingRow> = holding_land::table
            .filter(holding_land::county.eq(county.number()).and(holding_land::plot_id.gt(after)))
            .filter(holding_land::plot_id.le(last.unwrap_or(i64::MAX)))
            .order((holding_land::plot_id, holding_land::seq, holding_land::n))
            .select(HoldingRow::as_select())
            .load(db)?;
        for row in rows {
            let digest = row.sha256.as_deref().map(|bytes| decode::hash(county, row.seq, bytes)).transpose()?;
            newest.insert(holding(&row.account, row.plot_id, row.parcel_id)?, digest);
        }
        match last {
            Some(last) => after = last,
            None => return Ok(newest),
        }
    }
}
