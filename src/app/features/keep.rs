//! Keeping features in step with the records: called wherever a record is written, inside the same transaction.

use std::collections::HashMap;

use super::residuals::residuals_after;
use super::{cases, render};
use crate::app::error::AppError;
use crate::domain::approval::Approval;
use crate::domain::contract::history::Contract;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::layer::{Layer, RENDER_VERSION};
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::formats::geojson::write_geometry;
use crate::storage::contract::{self, ContractPage};
use crate::storage::db::{Db, Lane, Pool};
use crate::storage::feature::{self, Drawing, Drawn, Rendered, Shape};
use crate::storage::geometry;
use crate::storage::listing::Place;
use crate::storage::parcel::{self, ParcelPage, StoredParcel};
use crate::storage::plot::{self, PlotPage, StoredPlot};
use crate::storage::{approval, county as counties};

/// Features rendered at a time, so that a hundred thousand need not lie in memory as text.
pub(super) const CHUNK: usize = 2000;

/// Vertices beyond which an approval is not drawn: no program shows such a polygon, and every plot that joined it
/// would write it anew.
const APPROVAL_VERTICES_MAX: usize = 100_000;
/// The like in plots.
const APPROVAL_PLOTS_MAX: i64 = 10_000;

pub(super) fn shape(version: i32, polygon: &CheckedPolygon) -> Shape<'_> {
    let CheckedPolygon { grid, zone, lonlat, bounds, .. } = polygon;
    Shape { version, zone: *zone, grid, lonlat, bounds: *bounds, geojson: geojson(lonlat) }
}

pub(super) fn geojson(lonlat: &LonLatMultiPolygon) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64 + 27 * lonlat.positions().count());
    write_geometry(lonlat, &mut bytes);
    bytes
}

/// The approvals that some plots belong to.
pub(super) fn approvals_of(
    db: &mut Db,
    county: County,
    plots: &[&StoredPlot],
) -> Result<HashMap<ApprovalId, Approval>, AppError> {
    let mut ids: Vec<i64> =
        plots.iter().filter_map(|plot| plot.record.contents.approval).map(|approval| approval.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = approval::by_ids(db, county, &ids)?;
    Ok(found.into_iter().map(|record| (record.id, record.contents)).collect())
}

/// New plots rendered, for those who have their approvals at hand and write them later.
pub(crate) fn new_plots(
    county: County,
    plots: &[(&StoredPlot, Option<&CheckedPolygon>)],
    approvals: &HashMap<ApprovalId, Approval>,
) -> feature::NewFeatures {
    feature::rows(county, Layer::Plots, plots.iter().map(|(stored, polygon)| plot_of(stored, *polygon, approvals)))
}

fn plot_of<'p>(
    stored: &StoredPlot,
    polygon: Option<&'p CheckedPolygon>,
    approvals: &HashMap<ApprovalId, Approval>,
) -> Rendered<'p> {
    let plot = &stored.record.contents;
    let (version, area) = stored.mapped.map_or((0, None), |mapped| (mapped.version, Some(mapped.area)));
    let drawing = polygon.map_or(Drawing::Kept, |polygon| Drawing::New(shape(version, polygon)));
    let approval = plot.approval.and_then(|id| approvals.get(&id));
    render::plot(stored.record.id, plot, approval, area, drawing)
}

/// Renders plots. One without a polygon keeps the one that is drawn already.
pub(crate) fn put_plots(
    db: &mut Db,
    county: County,
    plots: &[(&StoredPlot, Option<&CheckedPolygon>)],
) -> Result<(), AppError> {
    for plots in plots.chunks(CHUNK) {
        let records: Vec<&StoredPlot> = plots.iter().map(|(plot, _)| *plot).collect();
        let approvals = approvals_of(db, county, &records)?;
        let features = plots.iter().map(|(stored, polygon)| plot_of(stored, *polygon, &approvals));
        let features = features.collect();
        feature::put(db, county, Layer::Plots, features)?;
    }
    Ok(())
}

/// Renders parcels, likewise.
pub(crate) fn put_parcels(
    db: &mut Db,
    county: County,
    parcels: &[(&StoredParcel, Option<&CheckedPolygon>)],
) -> Result<(), AppError> {
    for parcels in parcels.chunks(CHUNK) {
        let features = parcels.iter().map(|(stored, polygon)| {
            let (version, area) = stored.mapped.map_or((0, None), |mapped| (mapped.version, Some(mapped.area)));
            let drawing = polygon.map_or(Drawing::Kept, |polygon| Drawing::New(shape(version, polygon)));
            render::parcel(stored.record.id.0, &stored.record.contents, area, drawing)
        });
        let features = features.collect();
        feature::put(db, county, Layer::Parcels, features)?;
        let drawn: Vec<i64> =
            parcels.iter().filter(|(_, polygon)| polygon.is_some()).map(|(stored, _)| stored.record.id.0).collect();
        let contracts = contract::of_parcels(db, county, &drawn)?;
        put_contracts(db, county, &contracts)?;
        let all: Vec<i64> = parcels.iter().map(|(stored, _)| stored.record.id.0).collect();
        cases::put_cases_of(db, county, &all)?;
    }
    Ok(())
}

/// The polygons of a contract's parcels as one, if there are any.
pub(super) fn contract_drawn(db: &mut Db, county: County, of: &Contract) -> Result<Option<Drawn>, AppError> {
    let ids: Vec<i64> = of.newest().parcels.iter().map(|parcel| parcel.0).collect();
    let parcels = feature::drawings(db, county, Layer::Parcels, &ids)?;
    Ok(together(parcels.into_iter().map(|(_, drawn)| drawn).collect()))
}

/// Renders contracts with the polygons of their parcels as they are now.
pub(crate) fn put_contracts(db: &mut Db, county: County, contracts: &[Contract]) -> Result<(), AppError> {
    for of in contracts {
        let drawn = contract_drawn(db, county, of)?;
        let lonlat = drawn.as_ref().and_then(|drawn| LonLatMultiPolygon::of(&drawn.grid, drawn.zone));
        let rendered = render::contract(county.feature_id(of.id), of, joint(drawn.as_ref(), lonlat.as_ref()));
        feature::put(db, county, Layer::Contracts, vec![rendered])?;
    }
    Ok(())
}

/// What becomes of the geometry of a feature that is put together from others.
fn joint<'p>(drawn: Option<&'p Drawn>, lonlat: Option<&'p LonLatMultiPolygon>) -> Drawing<'p> {
    let (Some(Drawn { version, zone, grid }), Some(lonlat)) = (drawn, lonlat) else { return Drawing::Nothing };
    match lonlat.bounds() {
        Some(bounds) => {
            Drawing::New(Shape { version: *version, zone: *zone, grid, lonlat, bounds, geojson: geojson(lonlat) })
        }
        None => Drawing::Nothing,
    }
}

/// Polygons side by side as one, on the grid of the first.
fn together(all: Vec<Drawn>) -> Option<Drawn> {
    let zone = all.first()?.zone;
    let mut parts = Vec::with_capacity(all.len());
    for drawn in all {
        for part in drawn.grid.parts() {
            parts.extend(if drawn.zone == zone { Some(part.clone()) } else { moved(part, drawn.zone, zone) });
        }
    }
    GridMultiPolygon::new(parts).ok().map(|grid| Drawn { version: 1, zone, grid })
}

/// The polygons of an approval's plots as one, if there are any and not too many.
pub(super) fn approval_drawn(db: &mut Db, county: County, id: ApprovalId) -> Result<Option<Drawn>, AppError> {
    let Some(plots) = feature::drawings_of_approval(db, county, id, APPROVAL_PLOTS_MAX)? else { return Ok(None) };
    let vertices: usize = plots.iter().map(|(_, drawn)| drawn.grid.vertices()).sum();
    if vertices > APPROVAL_VERTICES_MAX {
        return Ok(None);
    }
    Ok(together(plots.into_iter().map(|(_, drawn)| drawn).collect()))
}

/// A part on the grid of another zone; none if it lies too far from there.
fn moved(part: &GridPolygon, from: Zone, to: Zone) -> Option<GridPolygon> {
    let point = |at: &GridPoint| GridPoint::snap(to.project(from.unproject(at.metres())?)?);
    let rings: Option<Vec<Vec<GridPoint>>> = part.rings().iter().map(|ring| ring.iter().map(point).collect()).collect();
    GridPolygon::new(rings?).ok()
}

/// Renders approvals anew, with the polygons of their plots as they are now.
pub(crate) fn put_approvals(db: &mut Db, county: County, ids: &[i64]) -> Result<(), AppError> {
    for record in approval::by_ids(db, county, ids)? {
        let plots = feature::plots_of_approval(db, county, record.id)?;
        let drawn = approval_drawn(db, county, record.id)?;
        let lonlat = drawn.as_ref().and_then(|drawn| LonLatMultiPolygon::of(&drawn.grid, drawn.zone));
        let drawing = joint(drawn.as_ref(), lonlat.as_ref());
        let rendered = render::approval(record.id.0, &record.contents, plots, drawing);
        feature::put(db, county, Layer::Approvals, vec![rendered])?;
    }
    Ok(())
}

/// Renders what shows the number, day or project of an approval that has changed.
pub(crate) fn touch_approval(db: &mut Db, county: County, id: ApprovalId) -> Result<(), AppError> {
    let mut page = PlotPage { at: Place::by_id(0, CHUNK as i64), approval: Some(id), ..PlotPage::default() };
    loop {
        let plots = plot::page(db, county, &page)?;
        let Some(last) = plots.last() else { return Ok(()) };
        page.at = Place::by_id(last.record.id.0, CHUNK as i64);
        let kept: Vec<_> = plots.iter().map(|plot| (plot, None)).collect();
        put_plots(db, county, &kept)?;
        touch_residuals(db, county, &plots.iter().collect::<Vec<_>>())?;
    }
}

/// Renders the residuals of changed plots anew where there are any; their geometry stays.
pub(crate) fn touch_residuals(db: &mut Db, county: County, plots: &[&StoredPlot]) -> Result<(), AppError> {
    let ids: Vec<i64> = plots.iter().map(|plot| plot.record.id.0).collect();
    let drawn: HashMap<i64, Drawn> = feature::drawings(db, county, Layer::Residuals, &ids)?.into_iter().collect();
    if drawn.is_empty() {
        return Ok(());
    }
    let approvals = approvals_of(db, county, plots)?;
    let features = plots.iter().filter_map(|plot| {
        let area = drawn.get(&plot.record.id.0)?.grid.area();
        let contents = &plot.record.contents;
        let approval = contents.approval.and_then(|id| approvals.get(&id));
        Some(render::residual(plot.record.id, contents, approval, Some(area), Drawing::Kept))
    });
    let features = features.collect();
    Ok(feature::put(db, county, Layer::Residuals, features)?)
}

/// Renders the features of counties that were rendered by an older version, or never. Runs before anybody is served.
pub fn render_outdated(pool: &Pool) -> Result<(), AppError> {
    let db = &mut *pool.get()?;
    for county in counties::unrendered(db, RENDER_VERSION)? {
        let lane = Lane(county.number());
        let mut after = 0;
        while let Some(last) = db.write(lane, |db| render_plots(db, county, after))? {
            after = last;
        }
        after = 0;
        while let Some(last) = db.write(lane, |db| render_parcels(db, county, after))? {
            after = last;
        }
        after = 0;
        while let Some(last) = db.write(lane, |db| render_approvals(db, county, after))? {
            after = last;
        }
        after = 0;
        while let Some(last) = db.write(lane, |db| render_contracts(db, county, after))? {
            after = last;
        }
        after = 0;
        while let Some(last) = db.write(lane, |db| cases::render_cases(db, county, after))? {
            after = last;
        }
        db.write(lane, |db| counties::set_rendered(db, county, RENDER_VERSION))?;
        db.analyze(&["feature"])?;
    }
    Ok(())
}

/// A polygon at rest with its measures; what rests was sound when it was recorded.
fn at_rest(
    db: &mut Db,
    county: County,
    of: Collection,
    versions: &[(i64, i32)],
) -> Result<HashMap<i64, CheckedPolygon>, AppError> {
    let found = geometry::newest_on_grid(db, county, of, versions)?;
    Ok(found.into_iter().filter_map(|(id, (zone, grid))| Some((id, CheckedPolygon::of(grid, zone)?))).collect())
}

fn render_plots(db: &mut Db, county: County, after: i64) -> Result<Option<i64>, AppError> {
    let plots = plot::page(db, county, &PlotPage { at: Place::by_id(after, CHUNK as i64), ..PlotPage::default() })?;
    let versions: Vec<(i64, i32)> =
        plots.iter().filter_map(|plot| Some((plot.record.id.0, plot.mapped?.version))).collect();
    let polygons = at_rest(db, county, Collection::Plot, &versions)?;
    let drawn: Vec<_> = plots.iter().map(|plot| (plot, polygons.get(&plot.record.id.0))).collect();
    put_plots(db, county, &drawn)?;
    let ids: Vec<PlotId> = plots.iter().map(|plot| plot.record.id).collect();
    residuals_after(db, county, &ids)?;
    Ok(ids.last().map(|id| id.0))
}

fn render_parcels(db: &mut Db, county: County, after: i64) -> Result<Option<i64>, AppError> {
    let parcels =
        parcel::page(db, county, &ParcelPage { at: Place::by_id(after, CHUNK as i64), ..ParcelPage::default() })?;
    let versions: Vec<(i64, i32)> =
        parcels.iter().filter_map(|parcel| Some((parcel.record.id.0, parcel.mapped?.version))).collect();
    let polygons = at_rest(db, county, Collection::Parcel, &versions)?;
    let drawn: Vec<_> = parcels.iter().map(|parcel| (parcel, polygons.get(&parcel.record.id.0))).collect();
    put_parcels(db, county, &drawn)?;
    Ok(parcels.last().map(|parcel| parcel.record.id.0))
}

fn render_approvals(db: &mut Db, county: County, after: i64) -> Result<Option<i64>, AppError> {
    let page = approval::ApprovalPage { at: Place::by_id(after, 100), ..approval::ApprovalPage::default() };
    let ids: Vec<i64> = approval::page(db, county, &page)?.into_iter().map(|record| record.id.0).collect();
    put_approvals(db, county, &ids)?;
    Ok(ids.last().copied())
}

fn render_contracts(db: &mut Db, county: County, after: i64) -> Result<Option<i64>, AppError> {
    let page = ContractPage { at: Place::by_id(after, 100), ..ContractPage::default() };
    let contracts = contract::page(db, county, &page)?;
    put_contracts(db, county, &contracts)?;
    Ok(contracts.last().map(|of| of.id))
}
