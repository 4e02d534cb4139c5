//! Features: records as GIS programs get them, rendered when they are written, in the same transaction.

mod search;
mod write;

use diesel::prelude::*;

use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::geometry::wkb;
use crate::domain::layer::Layer;
use crate::domain::region::{ApprovalId, County};
use crate::storage::db::{Db, StorageError};
use crate::storage::pieces::in_pieces;
use crate::storage::schema::{feature, feature_state, plot};

pub use search::{Days, Equal, Found, Search, Shown, Value, count, page, polygons};
pub use write::{Drawing, NewFeatures, Rendered, Shape, insert, put, remove, rows};

/// A query for features that is still being put together.
pub type Boxed<'q> = feature::BoxedQuery<'q, <Db as Connection>::Backend>;

/// A geometry as it rests beside its rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub version: i32,
    pub zone: Zone,
    pub grid: GridMultiPolygon,
}

/// A feature with everything that rests of it, for the proof that it is rendered rightly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: i64,
    pub day: Option<chrono::NaiveDate>,
    pub drawn: Option<Drawn>,
    pub lonlat: Option<LonLatMultiPolygon>,
    pub bounds: Option<DegreeBox>,
    pub geometry: Option<Vec<u8>>,
    pub properties: Vec<u8>,
    pub render_version: i32,
}

fn corrupt(layer: Layer, id: i64, why: impl std::fmt::Display) -> StorageError {
    StorageError::corrupt(format!("feature {id} of {layer}"), why)
}

pub(super) fn zone(layer: Layer, id: i64, srid: i32) -> Result<Zone, StorageError> {
    let found = Zone::all().find(|zone| i64::from(zone.epsg()) == i64::from(srid));
    found.ok_or_else(|| corrupt(layer, id, format!("EPSG:{srid} is no zone")))
}

fn bounds(sides: [Option<i32>; 4]) -> Option<DegreeBox> {
    let [Some(west), Some(south), Some(east), Some(north)] = sides else { return None };
    Some(DegreeBox { west, south, east, north })
}

fn drawn(
    layer: Layer,
    id: i64,
    version: i32,
    srid: Option<i32>,
    grid: Option<&[u8]>,
) -> Result<Option<Drawn>, StorageError> {
    let (Some(srid), Some(bytes)) = (srid, grid) else { return Ok(None) };
    let grid = wkb::grid_from_wkb(bytes).map_err(|error| corrupt(layer, id, error))?;
    Ok(Some(Drawn { version, zone: zone(layer, id, srid)?, grid }))
}

type ShapeRow = (i64, i32, Option<i32>, Option<Vec<u8>>);

fn shapes(layer: Layer, rows: Vec<ShapeRow>) -> Result<Vec<(i64, Drawn)>, StorageError> {
    let mut found = Vec::with_capacity(rows.len());
    for (id, version, srid, grid) in rows {
        found.extend(drawn(layer, id, version, srid, grid.as_deref())?.map(|drawn| (id, drawn)));
    }
    Ok(found)
}

/// The geometries of some features; one without is left out.
pub fn drawings(db: &mut Db, county: County, layer: Layer, ids: &[i64]) -> Result<Vec<(i64, Drawn)>, StorageError> {
    let mut found = Vec::new();
    let ordinals: Vec<i64> = ids.iter().map(|id| layer.ordinal(*id)).collect();
    in_pieces!(&ordinals, feature::ordinal, |these| {
        let rows: Vec<ShapeRow> = feature::table
            .filter(feature::county.eq(county.number()).and(these))
            .order(feature::ordinal)
            .select((feature::id, feature::geometry_version, feature::srid, feature::grid_wkb))
            .load(db)?;
        found.extend(shapes(layer, rows)?);
    });
    Ok(found)
}

/// The geometries of an approval's plots, in the order of their ids; none if they are more than `most`.
pub fn drawings_of_approval(
    db: &mut Db,
    county: County,
    approval: ApprovalId,
    most: i64,
) -> Result<Option<Vec<(i64, Drawn)>>, StorageError> {
    let base = Layer::Plots.ordinal(0);
    let mapped = || {
        plot::table
            .filter(plot::county.eq(county.number()).and(plot::approval_id.eq(approval.0)))
            .filter(plot::geometry_version.gt(0))
    };
    // Counted first: so that the polygons of a hundred thousand plots are not read to be thrown away.
    if mapped().count().get_result::<i64>(db)? > most {
        return Ok(None);
    }
    let plots = mapped().select(plot::id + base);
    let rows: Vec<ShapeRow> = feature::table
        .filter(feature::county.eq(county.number()).and(feature::ordinal.eq_any(plots)))
        .filter(feature::grid_wkb.is_not_null())
        .order(feature::ordinal)
        .select((feature::id, feature::geometry_version, feature::srid, feature::grid_wkb))
        .load(db)?;
    Ok(Some(shapes(Layer::Plots, rows)?))
}

/// How many plots an approval has, mapped or not.
pub fn plots_of_approval(db: &mut Db, county: County, approval: ApprovalId) -> Result<i64, StorageError> {
    let plots = plot::table.filter(plot::county.eq(county.number()).and(plot::approval_id.eq(approval.0)));
    Ok(plots.count().get_result(db)?)
}

/// Those of some ids that the layer has a feature of.
pub fn known(db: &mut Db, county: County, layer: Layer, ids: &[i64]) -> Result<Vec<i64>, StorageError> {
    let mut found = Vec::new();
    let ordinals: Vec<i64> = ids.iter().map(|id| layer.ordinal(*id)).collect();
    in_pieces!(&ordinals, feature::ordinal, |these| {
        let there = feature::table.filter(feature::county.eq(county.number()).and(these));
        found.extend(there.select(feature::id).load::<i64>(db)?);
    });
    Ok(found)
}

/// How many features a layer has in a county, and how often they changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct LayerState {
    pub total: i64,
    pub changes: i64,
}

pub fn state(db: &mut Db, county: County, layer: Layer) -> Result<LayerState, StorageError> {
    let found: Option<(i64, i64)> = feature_state::table
        .find((county.number(), layer.as_str()))
        .select((feature_state::total, feature_state::changes))
        .first(db)
        .optional()?;
    Ok(found.map_or_else(LayerState::default, |(total, changes)| LayerState { total, changes }))
}

/// Some features with everything that rests of them, after an id, in order.
pub fn stored(db: &mut Db, county: County, layer: Layer, after: i64, limit: i64) -> Result<Vec<Stored>, StorageError> {
    type Row = (
        (i64, Option<chrono::NaiveDate>, i32, Option<i32>),
        (Option<i32>, Option<i32>, Option<i32>, Option<i32>),
        (Option<Vec<u8>>, Vec<u8>, i32, Option<Vec<u8>>, Option<Vec<u8>>),
    );
    let rows: Vec<Row> = crate::storage::spatial::in_order(layer, county, layer.ordinal(after))
        .limit(limit)
        .select((
            (feature::id, feature::day, feature::geometry_version, feature::srid),
            (feature::west_e7, feature::south_e7, feature::east_e7, feature::north_e7),
            (feature::geometry, feature::properties, feature::render_version, feature::grid_wkb, feature::crs84_wkb),
        ))
        .load(db)?;
    rows.into_iter()
        .map(
            |(
                (id, day, version, srid),
                (west, south, east, north),
                (geometry, properties, render_version, grid, crs84),
            )| {
                let lonlat = crs84.map(|bytes| wkb::lonlat_from_wkb(&bytes).map_err(|error| corrupt(layer, id, error)));
                Ok(Stored {
                    id,
                    day,
                    drawn: drawn(layer, id, version, srid, grid.as_deref())?,
                    lonlat: lonlat.transpose()?,
                    bounds: bounds([west, south, east, north]),
                    geometry,
                    properties,
                    render_version,
                })
            },
        )
        .collect()
}
