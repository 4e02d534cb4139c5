//! Writing features, inside the county's lock.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::geometry::wkb;
use crate::domain::layer::Layer;
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::feature::{known, state};
use crate::storage::pieces::in_pieces;
use crate::storage::schema::{feature, feature_state};

/// A geometry with its rendering.
#[derive(Debug)]
pub struct Shape<'p> {
    pub version: i32,
    pub zone: Zone,
    pub grid: &'p GridMultiPolygon,
    pub lonlat: &'p LonLatMultiPolygon,
    pub bounds: DegreeBox,
    /// GeoJSON in longitude and latitude.
    pub geojson: Vec<u8>,
}

/// What becomes of a feature's geometry.
#[derive(Debug)]
pub enum Drawing<'p> {
    /// It stays what it is; a new feature has none.
    Kept,
    /// There is none.
    Nothing,
    New(Shape<'p>),
}

/// A feature to be written.
#[derive(Debug)]
pub struct Rendered<'p> {
    pub id: i64,
    /// The day by which it can be asked for.
    pub day: Option<NaiveDate>,
    /// A JSON object.
    pub properties: Vec<u8>,
    pub drawing: Drawing<'p>,
    /// Version of the code that rendered it.
    pub render_version: i32,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = feature)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    ordinal: i64,
    county: i32,
    collection: &'static str,
    id: i64,
    day: Option<NaiveDate>,
    geometry_version: i32,
    west_e7: Option<i32>,
    south_e7: Option<i32>,
    east_e7: Option<i32>,
    north_e7: Option<i32>,
    geometry: Option<Vec<u8>>,
    properties: Vec<u8>,
    render_version: i32,
    srid: Option<i32>,
    grid_wkb: Option<Vec<u8>>,
    crs84_wkb: Option<Vec<u8>>,
}

impl Row {
    fn of(county: County, layer: Layer, rendered: Rendered<'_>) -> Self {
        let Rendered { id, day, properties, drawing, render_version } = rendered;
        let shape = match drawing {
            Drawing::New(shape) => Some(shape),
            Drawing::Kept | Drawing::Nothing => None,
        };
        let bounds = shape.as_ref().map(|shape| shape.bounds);
        Self {
            ordinal: layer.ordinal(id),
            county: county.number(),
            collection: layer.as_str(),
            id,
            day,
            geometry_version: shape.as_ref().map_or(0, |shape| shape.version),
            west_e7: bounds.map(|bounds| bounds.west),
            south_e7: bounds.map(|bounds| bounds.south),
            east_e7: bounds.map(|bounds| bounds.east),
            north_e7: bounds.map(|bounds| bounds.north),
            properties,
            render_version,
            srid: shape
                .as_ref()
                .map(|shape| i32::try_from(shape.zone.epsg()).expect("EPSG codes have four or five digits")),
            grid_wkb: shape.as_ref().map(|shape| wkb::grid_to_wkb(shape.grid)),
            crs84_wkb: shape.as_ref().map(|shape| wkb::lonlat_to_wkb(shape.lonlat)),
            geometry: shape.map(|shape| shape.geojson),
        }
    }
}

/// New features as the table takes them, so that they can be made before anybody waits for the lock.
pub struct NewFeatures(Vec<Row>);

pub fn rows<'p>(county: County, layer: Layer, features: impl Iterator<Item = Rendered<'p>>) -> NewFeatures {
    NewFeatures(features.map(|rendered| Row::of(county, layer, rendered)).collect())
}

/// Writes features of new records.
pub fn insert(db: &mut Db, county: County, layer: Layer, new: &NewFeatures) -> Result<(), StorageError> {
    let added = new.0.len() as i64;
    insert_rows!(db, feature::table, new.0);
    changed(db, county, layer, added, added > 0)
}

/// Writes features: new ones in bulk, known ones each by itself.
pub fn put(db: &mut Db, county: County, layer: Layer, features: Vec<Rendered<'_>>) -> Result<(), StorageError> {
    let ids: Vec<i64> = features.iter().map(|feature| feature.id).collect();
    let known: HashSet<i64> = known(db, county, layer, &ids)?.into_iter().collect();
    let mut new = Vec::with_capacity(ids.len() - known.len());
    for rendered in features {
        if !known.contains(&rendered.id) {
            new.push(Row::of(county, layer, rendered));
            continue;
        }
        let there = feature::table
            .filter(feature::county.eq(county.number()).and(feature::ordinal.eq(layer.ordinal(rendered.id))));
        if matches!(rendered.drawing, Drawing::Kept) {
            diesel::update(there)
                .set((
                    feature::day.eq(rendered.day),
                    feature::properties.eq(rendered.properties),
                    feature::render_version.eq(rendered.render_version),
                ))
                .execute(db)?;
        } else {
            diesel::update(there).set(&Row::of(county, layer, rendered)).execute(db)?;
        }
    }
    let added = new.len() as i64;
    insert_rows!(db, feature::table, new);
    changed(db, county, layer, added, !ids.is_empty())
}

/// Takes features away; those that are not there are no matter.
pub fn remove(db: &mut Db, county: County, layer: Layer, ids: &[i64]) -> Result<(), StorageError> {
    let mut gone = 0;
    let ordinals: Vec<i64> = ids.iter().map(|id| layer.ordinal(*id)).collect();
    in_pieces!(&ordinals, feature::ordinal, |these| {
        let there = feature::table.filter(feature::county.eq(county.number()).and(these));
        gone += diesel::delete(there).execute(db)? as i64;
    });
    changed(db, county, layer, -gone, gone > 0)
}

/// Counts what was added, or with a minus what is gone, and the change.
fn changed(db: &mut Db, county: County, layer: Layer, added: i64, is_changed: bool) -> Result<(), StorageError> {
    if !is_changed {
        return Ok(());
    }
    let before = state(db, county, layer)?;
    let (total, changes) = (before.total + added, before.changes + 1);
    let values = (feature_state::total.eq(total), feature_state::changes.eq(changes));
    if before.changes > 0 {
        let row = feature_state::table.find((county.number(), layer.as_str()));
        diesel::update(row).set(values).execute(db)?;
    } else {
        let key = (feature_state::county.eq(county.number()), feature_state::collection.eq(layer.as_str()));
        diesel::insert_into(feature_state::table).values((key, values)).execute(db)?;
    }
    Ok(())
}
