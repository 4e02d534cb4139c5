//! Looking for features: by place, by day, by the value of a property, in the order of their ids.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Boxed, bounds, corrupt};
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::geometry::wkb;
use crate::domain::idle_case::record::CaseNumber;
use crate::domain::layer::Layer;
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{approval, contract, feature, idle_case, idle_case_state, parcel, plot};
use crate::storage::spatial::{in_order, narrowed};

/// Days asked for, both included; a feature without a day is always among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// The value of a property that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Text(String),
    Integer(i64),
    Day(NaiveDate),
}

/// A property and the value it shall have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Equal {
    pub property: &'static str,
    pub value: Value,
}

/// Which features are asked for.
#[derive(Debug, Clone)]
pub struct Search<'q> {
    pub layer: Layer,
    pub county: County,
    /// Ordinal after which they stand.
    pub after: i64,
    pub skip: i64,
    pub limit: i64,
    /// These alone, or those near the boxes if there are any.
    pub among: Option<&'q [i64]>,
    pub boxes: &'q [DegreeBox],
    pub days: Option<Days>,
    pub equal: &'q [Equal],
}

/// What is read of the geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The rendering in longitude and latitude.
    Rendered,
    /// The survey grid, to be rendered in another reference system.
    Grid,
    Nothing,
}

/// A feature that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: i64,
    pub bounds: Option<DegreeBox>,
    pub srid: Option<i32>,
    /// Bytes of what was asked to be shown, if the feature has a geometry.
    pub geometry: Option<Vec<u8>>,
    pub properties: Vec<u8>,
}

fn query<'q>(db: &Db, search: &Search<'q>) -> Result<Boxed<'q>, StorageError> {
    let Search { layer, county, after, among, boxes, days, equal, .. } = search;
    let mut query = in_order(*layer, *county, *after);
    match among {
        Some(ordinals) => query = query.filter(feature::ordinal.eq_any(ordinals.to_vec())),
        None if boxes.is_empty() => {}
        None => query = narrowed(db, query, *layer, boxes),
    }
    if let Some(Days { from, until }) = *days {
        if let Some(from) = from {
            query = query.filter(feature::day.is_null().or(feature::day.ge(from)));
        }
        if let Some(until) = until {
            query = query.filter(feature::day.is_null().or(feature::day.le(until)));
        }
    }
    for equal in *equal {
        query = with(query, *layer, *county, equal)?;
    }
    Ok(query)
}

/// Adds that a property has a value, by way of the record that the feature was rendered from.
fn with<'q>(query: Boxed<'q>, layer: Layer, county: County, equal: &Equal) -> Result<Boxed<'q>, StorageError> {
    let (base, of) = (layer.ordinal(0), county.number());
    macro_rules! record {
        ($table:ident, $condition:expr) => {
            query.filter(
                feature::ordinal
                    .eq_any($table::table.filter($table::county.eq(of).and($condition)).select($table::id + base)),
            )
        };
    }
    let text = || match &equal.value {
        Value::Text(text) => Ok(text.clone()),
        other => Err(StorageError::corrupt("a filter", format!("{} = {other:?}", equal.property))),
    };
    let integer = || match &equal.value {
        Value::Integer(integer) => Ok(*integer),
        other => Err(StorageError::corrupt("a filter", format!("{} = {other:?}", equal.property))),
    };
    let day = || match &equal.value {
        Value::Day(day) => Ok(*day),
        other => Err(StorageError::corrupt("a filter", format!("{} = {other:?}", equal.property))),
    };
    Ok(match (layer, equal.property) {
        (_, "approved_on") => query.filter(feature::day.eq(day()?)),
        (Layer::Plots | Layer::Residuals, property) => match property {
            "plot" => query.filter(feature::id.eq(integer()?)),
            "code" => record!(plot, plot::code.eq(text()?)),
            "name" => record!(plot, plot::name.eq(text()?)),
            "location" => record!(plot, plot::location.eq(text()?)),
            "origin" => record!(plot, plot::origin.eq(text()?)),
            "approval" => record!(plot, plot::approval_id.eq(integer()?)),
            "approval_number" => {
                let named = approval::table
                    .filter(approval::county.eq(of).and(approval::number.eq(text()?)))
                    .select(approval::id.nullable());
                record!(plot, plot::approval_id.eq_any(named))
            }
            "approved_project" => {
                let project = text()?;
                let named = approval::table
                    .filter(approval::county.eq(of).and(approval::approved_project.eq(project.clone())))
                    .select(approval::id.nullable());
                let inherited = plot::approved_project.is_null().and(plot::approval_id.eq_any(named));
                record!(plot, plot::approved_project.eq(project).or(inherited))
            }
            "planned_use" => record!(plot, plot::planned_use.eq(text()?)),
            // What is no number is no township's code.
            "township" => record!(plot, plot::township_code.eq(text()?.parse::<i32>().unwrap_or(-1))),
            "reserved_on" => record!(plot, plot::reserved_on.eq(day()?)),
            other => return Err(StorageError::corrupt("a filter", format!("{layer} has no {other}"))),
        },
        (Layer::Parcels, property) => match property {
            "code" => record!(parcel, parcel::code.eq(text()?)),
            "cadastral_code" => record!(parcel, parcel::cadastral_code.eq(text()?)),
            "unit_code" => record!(parcel, parcel::unit_code.eq(text()?)),
            "regulatory_number" => record!(parcel, parcel::regulatory_number.eq(text()?)),
            "project" => record!(parcel, parcel::project_id.eq(integer()?)),
            "land_use" => record!(parcel, parcel::land_use.eq(text()?)),
            other => return Err(StorageError::corrupt("a filter", format!("{layer} has no {other}"))),
        },
        (_, "signed_on") => query.filter(feature::day.eq(day()?)),
        (Layer::IdleCases | Layer::IdleSuspicions, property) => {
            let base = layer.ordinal(0);
            macro_rules! case {
                ($condition:expr) => {
                    query.filter(
                        feature::ordinal.eq_any(
                            idle_case::table
                                .inner_join(
                                    idle_case_state::table.on(idle_case_state::county
                                        .eq(idle_case::county)
                                        .and(idle_case_state::case_id.eq(idle_case::id))),
                                )
                                .filter(idle_case::county.eq(of).and($condition))
                                .select(idle_case::id + base),
                        ),
                    )
                };
            }
            match property {
                "number" => match CaseNumber::parse(&text()?) {
                    Some(number) => {
                        case!(idle_case::year.eq(number.year).and(idle_case::serial.eq(number.serial)))
                    }
                    None => case!(idle_case::serial.eq(0)),
                },
                "parcel" => case!(idle_case::parcel_id.eq(integer()?)),
                "parcel_code" => {
                    let parcels =
                        parcel::table.filter(parcel::county.eq(of).and(parcel::code.eq(text()?))).select(parcel::id);
                    case!(idle_case::parcel_id.eq_any(parcels))
                }
                "state" => case!(idle_case_state::state.eq(text()?)),
                // Another cause than the government's is not told, so it is not searched by either.
                "cause" => {
                    let word = text()?;
                    case!(idle_case_state::cause.eq(word).and(idle_case_state::cause.eq("government")))
                }
                "grounds" => case!(idle_case::grounds.eq(text()?)),
                "found_on" => case!(idle_case_state::found_on.eq(day()?)),
                "opened_on" => case!(idle_case::opened_on.eq(day()?)),
                other => return Err(StorageError::corrupt("a filter", format!("{layer} has no {other}"))),
            }
        }
        (Layer::Contracts, property) => {
            // Contracts are numbered from 1 in their county.
            let base = layer.ordinal(county.feature_id(0));
            macro_rules! contract {
                ($condition:expr) => {
                    query.filter(feature::ordinal.eq_any(
                        contract::table.filter(contract::county.eq(of).and($condition)).select(contract::id + base),
                    ))
                };
            }
            match property {
                "number" => contract!(contract::number.eq(text()?)),
                "kind" => contract!(contract::kind.eq(text()?)),
                "regulatory_number" => contract!(contract::regulatory_number.eq(text()?)),
                "land_use" => contract!(contract::land_use.eq(text()?)),
                "delivery_on" => contract!(contract::delivery_on.eq(day()?)),
                "start_on" => contract!(contract::start_on.eq(day()?)),
                "completion_on" => contract!(contract::completion_on.eq(day()?)),
                other => return Err(StorageError::corrupt("a filter", format!("{layer} has no {other}"))),
            }
        }
        (Layer::Approvals, property) => match property {
            "number" => record!(approval, approval::number.eq(text()?)),
            "kind" => record!(approval, approval::kind.eq(text()?)),
            "authority" => record!(approval, approval::authority.eq(text()?)),
            "approved_project" => record!(approval, approval::approved_project.eq(text()?)),
            other => return Err(StorageError::corrupt("a filter", format!("{layer} has no {other}"))),
        },
    })
}

/// The features of one page, in order.
pub fn page(db: &mut Db, search: &Search<'_>, shown: Shown) -> Result<Vec<Found>, StorageError> {
    type Sides = (Option<i32>, Option<i32>, Option<i32>, Option<i32>);
    type Row = (i64, Sides, Option<i32>, Option<Vec<u8>>, Vec<u8>);
    let mut query = query(db, search)?.limit(search.limit);
    if search.skip > 0 {
        query = query.offset(search.skip);
    }
    let sides = (feature::west_e7, feature::south_e7, feature::east_e7, feature::north_e7);
    let rows: Vec<Row> = match shown {
        Shown::Rendered => {
            query.select((feature::id, sides, feature::srid, feature::geometry, feature::properties)).load(db)?
        }
        Shown::Grid => {
            query.select((feature::id, sides, feature::srid, feature::grid_wkb, feature::properties)).load(db)?
        }
        Shown::Nothing => {
            let rows: Vec<(i64, Sides, Option<i32>, Vec<u8>)> =
                query.select((feature::id, sides, feature::srid, feature::properties)).load(db)?;
            rows.into_iter().map(|(id, sides, srid, properties)| (id, sides, srid, None, properties)).collect()
        }
    };
    let found = |(id, (west, south, east, north), srid, geometry, properties)| Found {
        id,
        bounds: bounds([west, south, east, north]),
        srid,
        geometry,
        properties,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// How many features there are, counted up to `limit`; places are not looked at.
pub fn count(db: &mut Db, search: &Search<'_>) -> Result<i64, StorageError> {
    let ordinals: Vec<i64> = query(db, search)?.limit(search.limit).select(feature::ordinal).load(db)?;
    Ok(ordinals.len() as i64)
}

/// The polygons of some features in degrees.
pub fn polygons(
    db: &mut Db,
    county: County,
    layer: Layer,
    ids: &[i64],
) -> Result<HashMap<i64, LonLatMultiPolygon>, StorageError> {
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(500) {
        let ordinals: Vec<i64> = ids.iter().map(|id| layer.ordinal(*id)).collect();
        let rows: Vec<(i64, Option<Vec<u8>>)> = feature::table
            .filter(feature::county.eq(county.number()).and(feature::ordinal.eq_any(ordinals)))
            .select((feature::id, feature::crs84_wkb))
            .load(db)?;
        for (id, bytes) in rows {
            let Some(bytes) = bytes else { continue };
            found.insert(id, wkb::lonlat_from_wkb(&bytes).map_err(|error| corrupt(layer, id, error))?);
        }
    }
    Ok(found)
}
