//! Counties: names, extents, and the counters that ids and the view's catching up rest on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::layer::RENDER_VERSION;
use crate::domain::ledger::chain::GENESIS;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::county_state;

/// Features of one collection in one county: serials run below this (DESIGN.md 2.3).
const SERIALS: i64 = 1_000_000_000;

/// A county as it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyRecord {
    pub county: County,
    pub name: String,
    pub extent: DegreeBox,
    pub head_seq: i64,
    pub closed_through: Option<NaiveDate>,
    pub created_at: NaiveDateTime,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = county_state)]
struct Row {
    county: i32,
    name: String,
    west_e7: i64,
    south_e7: i64,
    east_e7: i64,
    north_e7: i64,
    head_seq: i64,
    closed_through: Option<NaiveDate>,
    created_at: NaiveDateTime,
}

impl TryFrom<Row> for CountyRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let what = || format!("county {}", row.county);
        let side = |e7: i64| i32::try_from(e7).map_err(|error| StorageError::corrupt(what(), error));
        let extent = DegreeBox {
            west: side(row.west_e7)?,
            south: side(row.south_e7)?,
            east: side(row.east_e7)?,
            north: side(row.north_e7)?,
        };
        Ok(Self {
            county: County::from_number(row.county).map_err(|error| StorageError::corrupt(what(), error.en))?,
            name: row.name,
            extent,
            head_seq: row.head_seq,
            closed_through: row.closed_through,
            created_at: row.created_at,
        })
    }
}

/// Enters a county; called as the only writer of the registry.
pub fn insert(
    db: &mut Db,
    county: County,
    name: &str,
    extent: DegreeBox,
    now: NaiveDateTime,
) -> Result<(), StorageError> {
    diesel::insert_into(county_state::table)
        .values((
            county_state::county.eq(county.number()),
            county_state::name.eq(name),
            county_state::head_hash.eq(GENESIS.to_vec()),
            county_state::west_e7.eq(i64::from(extent.west)),
            county_state::south_e7.eq(i64::from(extent.south)),
            county_state::east_e7.eq(i64::from(extent.east)),
            county_state::north_e7.eq(i64::from(extent.north)),
            county_state::created_at.eq(now),
            // It has no features yet, so all of them are rendered.
            county_state::rendered_version.eq(RENDER_VERSION),
        ))
        .execute(db)?;
    Ok(())
}

pub fn by_code(db: &mut Db, county: County) -> Result<Option<CountyRecord>, StorageError> {
    let row: Option<Row> = county_state::table.find(county.number()).select(Row::as_select()).first(db).optional()?;
    row.map(CountyRecord::try_from).transpose()
}

/// All counties, by code.
pub fn all(db: &mut Db) -> Result<Vec<CountyRecord>, StorageError> {
    let rows: Vec<Row> = county_state::table.order(county_state::county).select(Row::as_select()).load(db)?;
    rows.into_iter().map(CountyRecord::try_from).collect()
}

/// The counties some of whose features are still to be rendered in this version.
pub fn unrendered(db: &mut Db, version: i32) -> Result<Vec<County>, StorageError> {
    let found: Vec<i32> = county_state::table
        .filter(county_state::rendered_version.lt(version))
        .order(county_state::county)
        .select(county_state::county)
        .load(db)?;
    let county = |number| County::from_number(number).map_err(|error| StorageError::corrupt("a county", error.en));
    found.into_iter().map(county).collect()
}

/// Notes that all features of the county are rendered in a version; inside the county's lock.
pub fn set_rendered(db: &mut Db, county: County, version: i32) -> Result<(), StorageError> {
    diesel::update(county_state::table.find(county.number()))
        .set(county_state::rendered_version.eq(version))
        .execute(db)?;
    Ok(())
}

/// Takes the next `count` ids of a collection and gives the first; inside the county's lock.
pub fn take_ids(db: &mut Db, county: County, of: Collection, count: usize) -> Result<i64, StorageError> {
    macro_rules! take {
        ($column:ident) => {{
            let row = county_state::table.find(county.number());
            let first: i64 = row.select(county_state::$column).first(db)?;
            let next = first.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
            diesel::update(row).set(county_state::$column.eq(next)).execute(db)?;
            (first, next)
        }};
    }
    let (first, next) = match of {
        Collection::Approval => take!(next_approval),
        Collection::Project => take!(next_project),
        Collection::Plot => take!(next_plot),
        Collection::Parcel => take!(next_parcel),
        Collection::County
        | Collection::Township
        | Collection::Attachment
        | Collection::Reconciliation
        | Collection::PlotMeasure
        | Collection::PriceBase
        | Collection::FrozenBase
        | Collection::ReferenceTable
        | Collection::Announcement
        | Collection::Precheck
        | Collection::Demand
        | Collection::Paper
        | Collection::PaperNumber
        | Collection::PaperSettings
        | Collection::Encumbrance
        | Collection::MonitoringSnapshot
        | Collection::Contract
        | Collection::IdleCase => {
            return Err(StorageError::corrupt("the counters", format!("there is none for {of}")));
        }
    };
    if next > SERIALS {
        return Err(StorageError::corrupt(
            format!("county {county}"),
            format!("the ids of its {of} records are used up"),
        ));
    }
    Ok(county.feature_id(first))
}

/// Counts one change of plots that balances are grouped by, and gives its number; inside the county's lock.
pub fn next_plots_version(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let row = county_state::table.find(county.number());
    let next: i64 = row.select(county_state::plots_version).first::<i64>(db)? + 1;
    diesel::update(row).set(county_state::plots_version.eq(next)).execute(db)?;
    Ok(next)
}
