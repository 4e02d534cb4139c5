//! Plots as a file of boundary points, in the county's own zone.

use crate::app::App;
use crate::app::error::AppError;
use crate::app::plots::{PlotPage, PlotWithPolygon, with_polygons};
use crate::app::records::{geometry_limits, known_county, missing};
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::input::FieldError;
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::domain::text::{Text, text};
use crate::formats::boundary_points::{CannotWrite, Heading, PlotOut, write};
use crate::storage::approval;
use crate::storage::listing::Place;

/// Plots that a refusal names.
const REFUSED_MAX: usize = 100;
/// Plots of one file.
const PLOTS_MAX: i64 = 5000;

impl App {
    /// One plot as a file.
    pub fn plot_boundary_points(&self, county: County, id: PlotId) -> Result<String, AppError> {
        let plot = self.plot(county, id)?;
        self.boundary_points(county, &[plot])
    }

    /// The plots of an approval as one file; those without a polygon are left out.
    pub fn approval_boundary_points(&self, county: County, id: ApprovalId) -> Result<String, AppError> {
        let page = PlotPage {
            at: Place::by_id(0, PLOTS_MAX + 1),
            approval: Some(id),
            mapped: Some(true),
            ..PlotPage::default()
        };
        let plots = self.pool.get()?.read(|db| {
            if approval::by_ids(db, county, &[id.0])?.is_empty() {
                return Err(missing(Collection::Approval, county, id.0));
            }
            Ok(with_polygons(db, county, &page, true)?.rows)
        })?;
        if plots.len() as i64 > PLOTS_MAX {
            return Err(AppError::field(
                "",
                None,
                text!(
                    "该批文的地块超过 {PLOTS_MAX} 个,请逐个导出,或用 GeoJSON 分页读取",
                    "the approval has more than {PLOTS_MAX} plots; export them one by one or read them as GeoJSON in pages"
                ),
            ));
        }
        self.boundary_points(county, &plots)
    }

    fn boundary_points(&self, county: County, plots: &[PlotWithPolygon]) -> Result<String, AppError> {
        let record = known_county(&mut *self.pool.get()?, county)?;
        let drawn = || plots.iter().filter_map(|plot| Some((&plot.plot.record.contents, plot.polygon.as_ref()?)));
        let Some(first) = drawn().find_map(|(_, polygon)| polygon.positions().next()) else {
            return Err(AppError::NotFound(Text::fixed(
                "没有已落图的地块可导出",
                "there is no plot with a polygon to be exported",
            )));
        };
        let zone = geometry_limits(&record).zone.or_else(|| Zone::of_longitude(first.degrees()[0]));
        let out_of_zone = || {
            AppError::NotFound(Text::fixed(
                "地块不在任何三度带内,无法导出",
                "the plot lies in no three-degree zone and cannot be exported",
            ))
        };
        let zone = zone.ok_or_else(out_of_zone)?;
        let polygons: Vec<_> = drawn()
            .map(|(plot, polygon)| Some((plot, on_grid(polygon, zone)?)))
            .collect::<Option<_>>()
            .ok_or_else(out_of_zone)?;
        let heading = Heading { producer: &record.name, produced_on: self.clock.today(), zone };
        let plots: Vec<PlotOut<'_>> = polygons
            .iter()
            .map(|(plot, polygon)| PlotOut {
                code: plot.code.as_str(),
                name: plot.name.as_ref().map(|name| name.as_str()),
                area: plot.area,
                planned_use: plot.planned_use.as_ref().map(|planned_use| planned_use.as_str()),
                polygon,
            })
            .collect();
        write(&heading, &plots).map_err(|refused| {
            let fault =
                |reason: &CannotWrite| FieldError { pointer: String::new(), value: None, message: reason.text() };
            AppError::Fields(refused.iter().take(REFUSED_MAX).map(fault).collect())
        })
    }
}

/// The polygon on the grid it was drawn on: nine decimals lead back to the same millimetres.
fn on_grid(polygon: &LonLatMultiPolygon, zone: Zone) -> Option<GridMultiPolygon> {
    let point = |at: crate::domain::geometry::lonlat::LonLat| GridPoint::snap(zone.project(at.degrees())?);
    let part = |rings: &Vec<Vec<_>>| {
        let rings: Option<Vec<Vec<GridPoint>>> =
            rings.iter().map(|ring| ring.iter().map(|at| point(*at)).collect()).collect();
        GridPolygon::new(rings?).ok()
    };
    GridMultiPolygon::new(polygon.parts.iter().map(part).collect::<Option<_>>()?).ok()
}
