//! Polygons of features, each version as it was recorded: nothing changes or removes one.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::geometry::wkb;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::pieces::in_pieces;
use crate::storage::schema::feature_geometry;

/// A polygon to be recorded.
#[derive(Debug)]
pub struct NewVersion<'p> {
    pub feature: i64,
    pub version: i32,
    pub effective_on: NaiveDate,
    pub polygon: &'p CheckedPolygon,
}

/// What is known of one version besides its coordinates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeometryVersion {
    pub version: i32,
    pub effective_on: NaiveDate,
    pub epsg: i32,
    pub area: AreaM2,
    pub ellipsoidal_area: AreaM2,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Insertable)]
#[diesel(table_name = feature_geometry)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    collection: &'static str,
    feature_id: i64,
    version: i32,
    effective_on: NaiveDate,
    srid: i32,
    grid_wkb: Vec<u8>,
    crs84_wkb: Vec<u8>,
    west_e7: i64,
    south_e7: i64,
    east_e7: i64,
    north_e7: i64,
    area_cm2: i64,
    ellipsoidal_cm2: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

/// Versions as the table takes them, so that they can be made before anybody waits for the lock.
pub struct NewVersions(Vec<Row>);

pub fn rows(
    county: County,
    of: Collection,
    versions: &[NewVersion<'_>],
    user: UserId,
    now: NaiveDateTime,
) -> NewVersions {
    let row = |new: &NewVersion<'_>| {
        let NewVersion { feature, version, effective_on, polygon } = *new;
        let DegreeBox { west, south, east, north } = polygon.bounds;
        Row {
            county: county.number(),
            collection: of.as_str(),
            feature_id: feature,
            version,
            effective_on,
            srid: i32::try_from(polygon.zone.epsg()).expect("EPSG codes have four or five digits"),
            grid_wkb: wkb::grid_to_wkb(&polygon.grid),
            crs84_wkb: wkb::lonlat_to_wkb(&polygon.lonlat),
            west_e7: west.into(),
            south_e7: south.into(),
            east_e7: east.into(),
            north_e7: north.into(),
            area_cm2: polygon.area.to_units(),
            ellipsoidal_cm2: polygon.ellipsoidal_area.to_units(),
            recorded_at: now,
            recorded_by: user.0,
        }
    };
    NewVersions(versions.iter().map(row).collect())
}

pub fn insert_rows(db: &mut Db, new: &NewVersions) -> Result<(), StorageError> {
    insert_rows!(db, feature_geometry::table, new.0);
    Ok(())
}

/// Records versions of polygons.
pub fn insert(
    db: &mut Db,
    county: County,
    of: Collection,
    versions: &[NewVersion<'_>],
    user: UserId,
    now: NaiveDateTime,
) -> Result<(), StorageError> {
    // The bytes of a hundred thousand polygons need not lie in memory twice.
    for part in versions.chunks(5000) {
        insert_rows(db, &rows(county, of, part, user, now))?;
    }
    Ok(())
}

/// The newest polygon of each feature in degrees; a feature without one is left out.
pub fn newest(
    db: &mut Db,
    county: County,
    of: Collection,
    features: &[(i64, i32)],
) -> Result<HashMap<i64, LonLatMultiPolygon>, StorageError> {
    let wanted: HashMap<i64, i32> = features.iter().copied().filter(|(_, version)| *version > 0).collect();
    let mut found = HashMap::with_capacity(wanted.len());
    let ids: Vec<i64> = wanted.keys().copied().collect();
    in_pieces!(&ids, feature_geometry::feature_id, |these| {
        let rows: Vec<(i64, i32, Vec<u8>)> = feature_geometry::table
            .filter(feature_geometry::county.eq(county.number()).and(feature_geometry::collection.eq(of.as_str())))
            .filter(these)
            .select((feature_geometry::feature_id, feature_geometry::version, feature_geometry::crs84_wkb))
            .load(db)?;
        for (id, version, bytes) in rows {
            if wanted.get(&id) == Some(&version) {
                let polygon = wkb::lonlat_from_wkb(&bytes)
                    .map_err(|error| StorageError::corrupt(format!("polygon {version} of {of} {id}"), error))?;
                found.insert(id, polygon);
            }
        }
    });
    Ok(found)
}

/// The newest polygon of each feature on the grid of its zone; a feature without one is left out.
pub fn newest_on_grid(
    db: &mut Db,
    county: County,
    of: Collection,
    features: &[(i64, i32)],
) -> Result<HashMap<i64, (Zone, GridMultiPolygon)>, StorageError> {
    type Row = (i64, i32, i32, Vec<u8>);
    let all = || {
        feature_geometry::table
            .filter(feature_geometry::county.eq(county.number()).and(feature_geometry::collection.eq(of.as_str())))
            .select((
                feature_geometry::feature_id,
                feature_geometry::version,
                feature_geometry::srid,
                feature_geometry::grid_wkb,
            ))
    };
    let wanted: HashMap<i64, i32> = features.iter().copied().filter(|(_, version)| *version > 0).collect();
    let ids: Vec<i64> = wanted.keys().copied().collect();
    let mut rows: Vec<Row> = Vec::with_capacity(ids.len());
    match ids[..] {
        // A text of its own, whose statement stays prepared.
        [id] => rows.extend(all().filter(feature_geometry::feature_id.eq(id)).load::<Row>(db)?),
        _ => {
            in_pieces!(&ids, feature_geometry::feature_id, |these| {
                rows.extend(all().filter(these).load::<Row>(db)?);
            });
        }
    }
    let newest = rows.into_iter().filter(|(id, version, ..)| wanted.get(id) == Some(version));
    newest
        .map(|(id, version, srid, bytes)| {
            Ok((id, on_grid(|| format!("polygon {version} of {of} {id}"), srid, &bytes)?))
        })
        .collect()
}

/// A polygon on the grid from the columns it rests in.
pub fn on_grid(what: impl Fn() -> String, srid: i32, bytes: &[u8]) -> Result<(Zone, GridMultiPolygon), StorageError> {
    let zone = Zone::all().find(|zone| i64::from(zone.epsg()) == i64::from(srid));
    let zone = zone.ok_or_else(|| StorageError::corrupt(what(), format!("EPSG:{srid} is no survey zone")))?;
    Ok((zone, wkb::grid_from_wkb(bytes).map_err(|error| StorageError::corrupt(what(), error))?))
}

/// All versions of one feature, the first recorded first.
pub fn versions(
    db: &mut Db,
    county: County,
    of: Collection,
    feature: i64,
) -> Result<Vec<GeometryVersion>, StorageError> {
    type Row = (i32, NaiveDate, i32, i64, i64, NaiveDateTime, i64);
    let rows: Vec<Row> = feature_geometry::table
        .filter(feature_geometry::county.eq(county.number()).and(feature_geometry::collection.eq(of.as_str())))
        .filter(feature_geometry::feature_id.eq(feature))
        .order(feature_geometry::version)
        .select((
            feature_geometry::version,
            feature_geometry::effective_on,
            feature_geometry::srid,
            feature_geometry::area_cm2,
            feature_geometry::ellipsoidal_cm2,
            feature_geometry::recorded_at,
            feature_geometry::recorded_by,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(version, effective_on, epsg, planar, ellipsoidal, recorded_at, recorded_by)| {
            let area = |units| {
                AreaM2::from_units(units)
                    .map_err(|error| StorageError::corrupt(format!("polygon {version} of {of} {feature}"), error))
            };
            Ok(GeometryVersion {
                version,
                effective_on,
                epsg,
                area: area(planar)?,
                ellipsoidal_area: area(ellipsoidal)?,
                recorded_at,
                recorded_by: UserId(recorded_by),
            })
        })
        .collect()
}
