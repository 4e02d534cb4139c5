//! Overlapping plots (重叠, 疑似重复报批): who lies where, and what was found when a polygon was drawn.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::layer::Layer;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{County, PlotId, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::rows::At;
use crate::storage::schema::{feature, plot, plot_overlap};
use crate::storage::spatial::{self, Near};

/// Two plots that share land. It holds of these versions of their polygons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotOverlap {
    /// The plot that was drawn onto the other.
    pub plot: PlotId,
    pub plot_version: i32,
    pub other: PlotId,
    pub other_version: i32,
    pub area: AreaM2,
    /// Whether the tolerance of the day permits it.
    pub is_within: bool,
    pub reason: Option<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = plot_overlap)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    plot_id: i64,
    plot_version: i32,
    other_id: i64,
    other_version: i32,
    area_cm2: i64,
    is_within: bool,
    reason: Option<String>,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

/// The mapped plots whose boxes meet a box, in the order of their ids.
pub fn boxes(db: &mut Db, county: County, bounds: DegreeBox) -> Result<Vec<(PlotId, DegreeBox)>, StorageError> {
    type Found = (i64, Option<i32>, Option<i32>, Option<i32>, Option<i32>);
    let layer = Layer::Plots;
    let near = spatial::near(db, layer, &[bounds])?;
    let all = spatial::in_order(layer, county, 0);
    let columns = (feature::id, feature::west_e7, feature::south_e7, feature::east_e7, feature::north_e7);
    let rows: Vec<Found> = match near {
        Near::Among(ordinals) if ordinals.is_empty() => Vec::new(),
        Near::Among(ordinals) => all.filter(feature::ordinal.eq_any(ordinals)).select(columns).load(db)?,
        Near::InQuery => spatial::narrowed(db, all, layer, &[bounds]).select(columns).load(db)?,
    };
    let boxed = |(id, west, south, east, north)| {
        let bounds = DegreeBox { west: west?, south: south?, east: east?, north: north? };
        Some((PlotId(id), bounds))
    };
    Ok(rows.into_iter().filter_map(boxed).collect())
}

/// The codes of some plots.
pub fn codes(db: &mut Db, county: County, plots: &[PlotId]) -> Result<Vec<(PlotId, String)>, StorageError> {
    let ids: Vec<i64> = plots.iter().map(|plot| plot.0).collect();
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(500) {
        let rows: Vec<(i64, String)> = plot::table
            .filter(plot::county.eq(county.number()).and(plot::id.eq_any(ids.to_vec())))
            .select((plot::id, plot::code))
            .load(db)?;
        found.extend(rows.into_iter().map(|(id, code)| (PlotId(id), code)));
    }
    Ok(found)
}

/// Whether a row speaks of the newest polygons of both plots.
pub(super) fn holds() -> SqlLiteral<Bool> {
    sql::<Bool>(
        "EXISTS (SELECT 1 FROM plot AS drawn WHERE drawn.county = plot_overlap.county \
         AND drawn.id = plot_overlap.plot_id AND drawn.geometry_version = plot_overlap.plot_version) \
         AND EXISTS (SELECT 1 FROM plot AS there WHERE there.county = plot_overlap.county \
         AND there.id = plot_overlap.other_id AND there.geometry_version = plot_overlap.other_version)",
    )
}

/// Records what was found.
pub fn insert(db: &mut Db, county: County, found: Vec<PlotOverlap>) -> Result<(), StorageError> {
    let row = |overlap: PlotOverlap| Row {
        county: county.number(),
        plot_id: overlap.plot.0,
        plot_version: overlap.plot_version,
        other_id: overlap.other.0,
        other_version: overlap.other_version,
        area_cm2: overlap.area.to_units(),
        is_within: overlap.is_within,
        reason: overlap.reason,
        recorded_at: overlap.recorded_at,
        recorded_by: overlap.recorded_by.0,
    };
    let rows: Vec<Row> = found.into_iter().map(row).collect();
    insert_rows!(db, plot_overlap::table, rows);
    Ok(())
}

/// Overlaps that hold of the newest polygons, after a pair of plots, in order. Those within tolerance only if asked for.
pub fn page(
    db: &mut Db,
    county: County,
    plot_asked: Option<PlotId>,
    within_too: bool,
    after: (i64, i64),
    limit: i64,
) -> Result<Vec<PlotOverlap>, StorageError> {
    let mut query = plot_overlap::table
        .into_boxed()
        .filter(plot_overlap::county.eq(county.number()))
        .filter(holds())
        .filter(
            plot_overlap::plot_id
                .gt(after.0)
                .or(plot_overlap::plot_id.eq(after.0).and(plot_overlap::other_id.gt(after.1))),
        )
        .order((plot_overlap::plot_id, plot_overlap::other_id));
    if let Some(plot) = plot_asked {
        query = query.filter(plot_overlap::plot_id.eq(plot.0).or(plot_overlap::other_id.eq(plot.0)));
    }
    if !within_too {
        query = query.filter(plot_overlap::is_within.eq(false));
    }
    let rows: Vec<Row> = query.limit(limit).select(Row::as_select()).load(db)?;
    let overlap = |row: Row| {
        Ok(PlotOverlap {
            plot: PlotId(row.plot_id),
            plot_version: row.plot_version,
            other: PlotId(row.other_id),
            other_version: row.other_version,
            area: At(Collection::Plot, row.plot_id).area(row.area_cm2)?,
            is_within: row.is_within,
            reason: row.reason,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    };
    rows.into_iter().map(overlap).collect()
}
