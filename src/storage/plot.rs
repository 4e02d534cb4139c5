//! Plots (地块): the rows, how they are found, and what stands on them.

mod attributes;
mod standing;
mod write;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::codes::TownshipCode;
use crate::domain::plot::{Origin, Plot};
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{ApprovalId, County, PlotId, ProjectId, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::pieces::in_pieces;
use crate::storage::rows::{self, At, CHUNK};
use crate::storage::schema::{plot, plot_project};
use crate::storage::township;

pub use attributes::{DatedValue, NewValue, add_attributes, attributes};
pub use standing::{approved_area, entered, holding_land, holds_land, not_entered};
pub use write::{NewPlots, insert, rows, touch_approval, update};

/// The newest polygon of a feature, measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapped {
    pub version: i32,
    pub area: AreaM2,
    pub ellipsoidal_area: AreaM2,
}

impl Mapped {
    pub(super) fn of(
        at: At,
        version: i32,
        area: Option<i64>,
        ellipsoidal: Option<i64>,
    ) -> Result<Option<Self>, StorageError> {
        match (version, area, ellipsoidal) {
            (0, None, None) => Ok(None),
            (1.., Some(area), Some(ellipsoidal)) => {
                Ok(Some(Self { version, area: at.area(area)?, ellipsoidal_area: at.area(ellipsoidal)? }))
            }
            _ => Err(at.corrupt("polygon version and areas do not go together")),
        }
    }
}

/// A plot with the newest of its polygons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlot {
    pub record: Record<PlotId, Plot>,
    pub mapped: Option<Mapped>,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plot)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    code: String,
    name: Option<String>,
    location: Option<String>,
    origin: String,
    approval_id: Option<i64>,
    approved_project: Option<String>,
    planned_use: Option<String>,
    recorded_cm2: i64,
    stated_value: String,
    stated_unit: String,
    composition: Option<String>,
    township_code: Option<i32>,
    cause: Option<String>,
    geometry_version: i32,
    polygon_cm2: Option<i64>,
    ellipsoidal_cm2: Option<i64>,
    reserved_on: Option<NaiveDate>,
    remark: Option<String>,
    version: i64,
    changed_no: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl Row {
    fn of(county: County, stored: &StoredPlot, changed_no: i64) -> Self {
        let StoredPlot { record, mapped } = stored;
        let contents = &record.contents;
        Self {
            county: county.number(),
            id: record.id.0,
            code: contents.code.to_string(),
            name: contents.name.as_ref().map(ToString::to_string),
            location: contents.location.as_ref().map(ToString::to_string),
            origin: contents.origin.to_string(),
            approval_id: contents.approval.map(|approval| approval.0),
            approved_project: contents.approved_project.as_ref().map(ToString::to_string),
            planned_use: contents.planned_use.as_ref().map(ToString::to_string),
            recorded_cm2: contents.area.m2().to_units(),
            stated_value: contents.area.to_string(),
            stated_unit: contents.area.unit().to_string(),
            composition: contents.composition.as_ref().map(rows::composition),
            township_code: contents.township.map(township::number),
            cause: contents.cause.map(|cause| cause.to_string()),
            geometry_version: mapped.map_or(0, |mapped| mapped.version),
            polygon_cm2: mapped.map(|mapped| mapped.area.to_units()),
            ellipsoidal_cm2: mapped.map(|mapped| mapped.ellipsoidal_area.to_units()),
            reserved_on: contents.reserved_on,
            remark: contents.remark.as_ref().map(ToString::to_string),
            version: record.version,
            changed_no,
            recorded_at: record.recorded_at,
            recorded_by: record.recorded_by.0,
        }
    }

    fn stored(self, projects: Vec<ProjectId>) -> Result<StoredPlot, StorageError> {
        let at = At(Collection::Plot, self.id);
        let contents = Plot {
            code: at.line(&self.code)?,
            name: at.some_line(self.name.as_deref())?,
            location: at.some_line(self.location.as_deref())?,
            origin: at.word(&self.origin)?,
            approval: self.approval_id.map(ApprovalId),
            approved_project: at.some_line(self.approved_project.as_deref())?,
            area: at.stated(&self.stated_value, &self.stated_unit)?,
            composition: self.composition.as_deref().map(|json| at.composition(json)).transpose()?,
            planned_use: at.some_line(self.planned_use.as_deref())?,
            reserved_on: self.reserved_on,
            projects,
            township: self.township_code.map(township::code).transpose()?,
            cause: at.some_word(self.cause.as_deref())?,
            remark: at.some_line(self.remark.as_deref())?,
        };
        if contents.area.m2() != at.area(self.recorded_cm2)? {
            return Err(at.corrupt("its recorded area is not the stated one"));
        }
        Ok(StoredPlot {
            record: Record {
                id: PlotId(self.id),
                version: self.version,
                contents,
                recorded_at: self.recorded_at,
                recorded_by: UserId(self.recorded_by),
            },
            mapped: Mapped::of(at, self.geometry_version, self.polygon_cm2, self.ellipsoidal_cm2)?,
        })
    }
}

sortable! {
    /// 地块列表的排序列 — by what the list of plots is put in order.
    pub enum PlotColumn of "plot" by Id {
        Id = "id" "编号": Number, "plot.id";
        Code = "code" "地块编号": Text, "plot.code";
        Name = "name" "名称": Text | None, "plot.name";
        Origin = "origin" "来源": Text, "plot.origin";
        Approval = "approval" "用地批文编号": Number | None, "plot.approval_id";
        PlannedUse = "planned_use" "规划用途": Text | None, "plot.planned_use";
        Area = "area_m2" "登记面积": Number, "plot.recorded_cm2";
        PolygonArea = "polygon_area_m2" "图形面积": Number | None, "plot.polygon_cm2";
        Township = "township" "乡镇街道": Number | None, "plot.township_code";
        Cause = "cause" "未供原因": Text | None, "plot.cause";
        ReservedOn = "reserved_on" "入储备日期": Day | None, "plot.reserved_on";
        RecordedAt = "recorded_at" "记录时刻": Moment, "plot.recorded_at";
    }
}

/// Which plots are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlotPage {
    pub at: Place<PlotColumn>,
    pub approval: Option<ApprovalId>,
    pub project: Option<ProjectId>,
    pub township: Option<TownshipCode>,
    pub origin: Option<Origin>,
    pub code_prefix: Option<String>,
    /// With or without a polygon.
    pub mapped: Option<bool>,
    /// In the reserve or not.
    pub reserved: Option<bool>,
}

/// Adds their projects to rows.
fn assemble(db: &mut Db, county: County, rows: Vec<Row>) -> Result<Vec<StoredPlot>, StorageError> {
    let mut projects: HashMap<i64, Vec<ProjectId>> = HashMap::new();
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    in_pieces!(&ids, plot_project::plot_id, |these| {
        let links: Vec<(i64, i64)> = plot_project::table
            .filter(plot_project::county.eq(county.number()).and(these))
            .order((plot_project::plot_id, plot_project::project_id))
            .select((plot_project::plot_id, plot_project::project_id))
            .load(db)?;
        for (plot, project) in links {
            projects.entry(plot).or_default().push(ProjectId(project));
        }
    });
    rows.into_iter()
        .map(|row| {
            let projects = projects.remove(&row.id).unwrap_or_default();
            row.stored(projects)
        })
        .collect()
}

pub fn by_id(db: &mut Db, county: County, id: PlotId) -> Result<Option<StoredPlot>, StorageError> {
    let rows: Vec<Row> = plot::table.find((county.number(), id.0)).select(Row::as_select()).load(db)?;
    Ok(assemble(db, county, rows)?.pop())
}

/// Some plots, in the order of their ids.
pub fn by_ids(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<StoredPlot>, StorageError> {
    let mut found = Vec::with_capacity(ids.len());
    in_pieces!(ids, plot::id, |these| {
        let rows: Vec<Row> = plot::table
            .filter(plot::county.eq(county.number()).and(these))
            .order(plot::id)
            .select(Row::as_select())
            .load(db)?;
        found.extend(assemble(db, county, rows)?);
    });
    Ok(found)
}

pub fn by_codes(db: &mut Db, county: County, codes: &[String]) -> Result<Vec<StoredPlot>, StorageError> {
    let mut found = Vec::new();
    for codes in codes.chunks(CHUNK) {
        let rows: Vec<Row> = plot::table
            .filter(plot::county.eq(county.number()).and(plot::code.eq_any(codes.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        found.extend(assemble(db, county, rows)?);
    }
    Ok(found)
}

pub fn page(db: &mut Db, county: County, page: &PlotPage) -> Result<Vec<StoredPlot>, StorageError> {
    let mut query = plot::table
        .filter(plot::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(ApprovalId(approval)) = page.approval {
        query = query.filter(plot::approval_id.eq(approval));
    }
    if let Some(ProjectId(project)) = page.project {
        let used = plot_project::table
            .filter(plot_project::county.eq(county.number()).and(plot_project::project_id.eq(project)))
            .select(plot_project::plot_id);
        query = query.filter(plot::id.eq_any(used));
    }
    if let Some(code) = page.township {
        query = query.filter(plot::township_code.eq(township::number(code)));
    }
    if let Some(origin) = page.origin {
        query = query.filter(plot::origin.eq(origin.as_str()));
    }
    if let Some(prefix) = &page.code_prefix {
        query = query.filter(plot::code.ge(prefix).and(plot::code.lt(rows::after_prefix(prefix))));
    }
    match page.mapped {
        Some(true) => query = query.filter(plot::geometry_version.gt(0)),
        Some(false) => query = query.filter(plot::geometry_version.eq(0)),
        None => {}
    }
    match page.reserved {
        Some(true) => query = query.filter(plot::reserved_on.is_not_null()),
        Some(false) => query = query.filter(plot::reserved_on.is_null()),
        None => {}
    }
    let rows: Vec<Row> = query.load(db)?;
    assemble(db, county, rows)
}
