//! Township and cause of plots, each from a day on: appended to, never changed.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::plot::Attribute;
use crate::domain::record::Collection;
use crate::domain::region::{County, PlotId, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::plot_attribute;

/// A value that holds from a day on; of several for one day the last recorded counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedValue {
    pub attribute: Attribute,
    pub from: NaiveDate,
    /// 1 for the first recorded for the day.
    pub n: i32,
    /// None ends a cause.
    pub value: Option<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

/// A value to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    pub plot: PlotId,
    pub attribute: Attribute,
    pub from: NaiveDate,
    pub value: Option<String>,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = plot_attribute)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    plot_id: i64,
    attribute: String,
    from_day: NaiveDate,
    n: i32,
    value: Option<String>,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

/// Appends values; inside the county's lock.
pub fn add_attributes(
    db: &mut Db,
    county: County,
    values: Vec<NewValue>,
    user: UserId,
    now: NaiveDateTime,
) -> Result<(), StorageError> {
    let mut last: HashMap<(i64, String, NaiveDate), i32> = HashMap::new();
    let mut plots: Vec<i64> = values.iter().map(|value| value.plot.0).collect();
    plots.dedup();
    for plots in plots.chunks(CHUNK) {
        let known: Vec<(i64, String, NaiveDate, i32)> = plot_attribute::table
            .filter(plot_attribute::county.eq(county.number()).and(plot_attribute::plot_id.eq_any(plots.to_vec())))
            .order(plot_attribute::n)
            .select((plot_attribute::plot_id, plot_attribute::attribute, plot_attribute::from_day, plot_attribute::n))
            .load(db)?;
        last.extend(known.into_iter().map(|(plot, attribute, from, n)| ((plot, attribute, from), n)));
    }
    let rows: Vec<Row> = values
        .into_iter()
        .map(|NewValue { plot, attribute, from, value }| {
            let n = last.entry((plot.0, attribute.to_string(), from)).or_default();
            *n += 1;
            Row {
                county: county.number(),
                plot_id: plot.0,
                attribute: attribute.to_string(),
                from_day: from,
                n: *n,
                value,
                recorded_at: now,
                recorded_by: user.0,
            }
        })
        .collect();
    insert_rows!(db, plot_attribute::table, rows);
    Ok(())
}

/// All values of one plot: by attribute, then by day, then as recorded.
pub fn attributes(db: &mut Db, county: County, plot: PlotId) -> Result<Vec<DatedValue>, StorageError> {
    let rows: Vec<Row> = plot_attribute::table
        .filter(plot_attribute::county.eq(county.number()).and(plot_attribute::plot_id.eq(plot.0)))
        .order((plot_attribute::attribute, plot_attribute::from_day, plot_attribute::n))
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            Ok(DatedValue {
                attribute: At(Collection::Plot, row.plot_id).word(&row.attribute)?,
                from: row.from_day,
                n: row.n,
                value: row.value,
                recorded_at: row.recorded_at,
                recorded_by: UserId(row.recorded_by),
            })
        })
        .collect()
}
