//! Plots: entered one by one or in bulk, found, changed as far as the ledger does not rest on them.

mod boundary_points;
mod change;
mod history;
mod import;
pub(crate) mod land;
mod overlap;
mod resolve;

use std::collections::HashMap;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, based_on, geometry_limits, known_county, missing};
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::input::{FieldError, Reader};
use crate::domain::ledger::land::Land;
use crate::domain::plot::PlotProperties;
use crate::domain::record::Collection;
use crate::domain::region::{County, PlotId};
use crate::formats::drawn::{self, Drawn, GeometryText};
use crate::storage::db::Lane;
pub use crate::storage::plot::{PlotPage, StoredPlot};
use crate::storage::{self, county, geometry, plot};

use crate::storage::listing::Listed;
pub use crate::storage::overlap::PlotOverlap;
pub use change::NewAttribute;
pub use history::{Event, PlotHistory};
pub use import::{
    BadRow, Defaults, Entered, FileKind, FileLimits, Import, ImportReport, ImportedPlot, Progress, Repaired,
    RowWarning, Stream, Watch,
};
pub use land::{HoldingLand, LineLand, PlotLand};

/// A plot to be entered, its polygon checked already.
#[derive(Debug, Clone)]
pub struct PlotDraft {
    pub properties: PlotProperties,
    pub polygon: Option<CheckedPolygon>,
}

/// A polygon that was sent, or its flaws: they are told together with what else is wrong.
pub(super) type Sent = (Option<CheckedPolygon>, Vec<FieldError>);

/// A plot with the polygon of its newest version, if it has one and it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotWithPolygon {
    pub plot: StoredPlot,
    pub polygon: Option<LonLatMultiPolygon>,
}

impl App {
    /// Enters a plot, or finds it already there.
    pub fn create_plot(
        &self,
        caller: &Caller,
        county: County,
        sent: Drawn<PlotProperties>,
    ) -> Result<Written<PlotWithPolygon>, AppError> {
        let (polygon, flaws) = self.checked_polygon(county, sent.geometry.as_ref())?;
        let draft = PlotDraft { properties: sent.properties, polygon };
        let desk = self.desk(caller, county, import::Mode::ONE)?;
        self.writer.write(Lane(county.number()), move |db| {
            let report = import::enter_one(db, desk, draft, flaws)?;
            let [row] = &report.plots[..] else { return Err(missing(Collection::Plot, county, 0)) };
            let id = row.id.ok_or_else(|| missing(Collection::Plot, county, 0))?;
            let record = with_polygon(db, county, id)?;
            let warnings = report.warnings.into_iter().map(|row| row.warning).collect();
            Ok(Written { record, is_new: row.is_new, warnings })
        })
    }

    /// Changes a plot. A polygon or a dated attribute that is left out stays as it is.
    pub fn update_plot(
        &self,
        caller: &Caller,
        county: County,
        id: PlotId,
        version: i64,
        sent: Drawn<PlotProperties>,
    ) -> Result<Written<PlotWithPolygon>, AppError> {
        let (polygon, flaws) = self.checked_polygon(county, sent.geometry.as_ref())?;
        let draft = PlotDraft { properties: sent.properties, polygon };
        let desk = self.desk(caller, county, import::Mode::ONE)?;
        self.writer.write(Lane(county.number()), move |db| {
            let before = plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
            based_on(version, before.record.version)?;
            let drawn = draft.polygon.as_ref().map(Land::of);
            let version = before.mapped.map(|mapped| mapped.version);
            let warnings = change::update(db, desk, before, draft, flaws)?;
            let after = plot::by_id(db, county, id)?.and_then(|plot| plot.mapped).map(|mapped| mapped.version);
            if let Some(drawn) = drawn.filter(|_| after != version) {
                land::redraw_plot(db, county, id, &drawn)?;
            }
            Ok(Written { record: with_polygon(db, county, id)?, is_new: false, warnings })
        })
    }

    /// Records that a township or a cause holds from a day on.
    pub fn add_plot_attribute(
        &self,
        caller: &Caller,
        county: County,
        id: PlotId,
        new: NewAttribute,
    ) -> Result<PlotWithPolygon, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let before = plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
            change::add_attribute(db, county, stamp, before, new)?;
            with_polygon(db, county, id)
        })
    }

    pub fn plot(&self, county: County, id: PlotId) -> Result<PlotWithPolygon, AppError> {
        self.pool.get()?.read(|db| with_polygon(db, county, id))
    }

    /// One page of plots, with their polygons if asked for.
    pub fn plots(&self, county: County, page: &PlotPage, polygons: bool) -> Result<Listed<PlotWithPolygon>, AppError> {
        self.pool.get()?.read(|db| with_polygons(db, county, page, polygons))
    }

    /// Plots whose newest polygons share land, after a pair of them, in order.
    pub fn plot_overlaps(
        &self,
        county: County,
        plot: Option<PlotId>,
        within_too: bool,
        after: (i64, i64),
        limit: i64,
    ) -> Result<Vec<PlotOverlap>, AppError> {
        self.county(county)?;
        Ok(storage::overlap::page(&mut *self.pool.get()?, county, plot, within_too, after, limit)?)
    }

    /// The polygon of a body, held against the county outside the lock.
    pub(super) fn checked_polygon(&self, county: County, sent: Option<&GeometryText>) -> Result<Sent, AppError> {
        let Some(sent) = sent else { return Ok((None, Vec::new())) };
        let limits = geometry_limits(&self.county(county)?);
        let mut reader = Reader::default();
        let polygon = drawn::polygon(sent, &limits, &mut reader);
        Ok((polygon.filter(|_| reader.is_clean()), reader.into_faults()))
    }

    pub(crate) fn county(&self, county: County) -> Result<county::CountyRecord, AppError> {
        known_county(&mut *self.pool.get()?, county)
    }
}

fn with_polygons(
    db: &mut crate::storage::db::Db,
    county: County,
    page: &PlotPage,
    polygons: bool,
) -> Result<Listed<PlotWithPolygon>, AppError> {
    let plots = plot::page(db, county, page)?;
    let mut found = HashMap::new();
    if polygons {
        let versions: Vec<(i64, i32)> =
            plots.iter().filter_map(|plot| Some((plot.record.id.0, plot.mapped?.version))).collect();
        found = geometry::newest(db, county, Collection::Plot, &versions)?;
    }
    let with = |plot: StoredPlot| PlotWithPolygon { polygon: found.remove(&plot.record.id.0), plot };
    let plots = plots.into_iter().map(with).collect();
    Ok(page.at.listed(db, county, plots, |row: &PlotWithPolygon| row.plot.record.id.0)?)
}

fn with_polygon(db: &mut crate::storage::db::Db, county: County, id: PlotId) -> Result<PlotWithPolygon, AppError> {
    let plot = plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
    let versions: Vec<(i64, i32)> = plot.mapped.iter().map(|mapped| (id.0, mapped.version)).collect();
    let polygon = geometry::newest(db, county, Collection::Plot, &versions)?.remove(&id.0);
    Ok(PlotWithPolygon { plot, polygon })
}
