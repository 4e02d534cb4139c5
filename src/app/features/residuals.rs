//! Residuals: what is left of plots that is not supplied, kept as features in step with the ledger.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::keep::{CHUNK, approvals_of, geojson, shape};
use super::render;
use crate::app::error::AppError;
use crate::app::parallel;
use crate::domain::approval::Approval;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::geometry::overlay::union;
use crate::domain::layer::Layer;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::land::Land;
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::storage::db::Db;
use crate::storage::feature::{self, Drawing, NewFeatures, Rendered, Shape};
use crate::storage::ledger::{Posted, land};
use crate::storage::plot::{self, StoredPlot};

/// Residuals are not drawn by anybody: what they are is told by the vouchers, not by a version.
pub(super) const RESIDUAL_VERSION: i32 = 1;

/// Polygons from which on it pays to place them on all processors.
const MANY: usize = 200;

/// Land with its longitudes and latitudes.
struct Placed {
    land: Land,
    lonlat: LonLatMultiPolygon,
    bounds: DegreeBox,
}

impl Placed {
    fn of(land: Land) -> Option<Self> {
        let lonlat = LonLatMultiPolygon::of(&land.polygon, land.zone)?;
        let bounds = lonlat.bounds()?;
        Some(Self { land, lonlat, bounds })
    }

    fn rendered(&self, plot: &StoredPlot, approvals: &HashMap<ApprovalId, Approval>) -> Rendered<'_> {
        let Self { land: Land { polygon, zone }, lonlat, bounds } = self;
        let shape = Shape {
            version: RESIDUAL_VERSION,
            zone: *zone,
            grid: polygon,
            lonlat,
            bounds: *bounds,
            geojson: geojson(lonlat),
        };
        rendered(plot, approvals, polygon.area(), shape)
    }
}

fn rendered<'p>(
    plot: &StoredPlot,
    approvals: &HashMap<ApprovalId, Approval>,
    area: AreaM2,
    shape: Shape<'p>,
) -> Rendered<'p> {
    let contents = &plot.record.contents;
    let approval = contents.approval.and_then(|id| approvals.get(&id));
    render::residual(plot.record.id, contents, approval, Some(area), Drawing::New(shape))
}

/// Keeps the residuals of the plots of a voucher that was just posted.
pub(crate) fn residuals_of(db: &mut Db, county: County, posted: &Posted) -> Result<(), AppError> {
    if posted.recorded.land.is_empty() {
        return Ok(());
    }
    // Of a few it is not worth a thread.
    if posted.enters && posted.land.len() >= MANY {
        let waiting = posted.land.iter().filter(|(holding, _)| waits(holding));
        return put_new(db, county, &together(waiting.filter_map(|(holding, land)| Some((*holding, land.clone()?))))?);
    }
    let touched = posted.recorded.voucher.lines.iter().flat_map(|line| [line.from.plot, line.to.plot]);
    residuals_after(db, county, &touched.collect::<BTreeSet<PlotId>>())
}

/// What is left of a plot that just entered the books: its polygon, unless the voucher left it with another.
pub(crate) fn residual_of<'p>(
    posted: &Posted,
    plot: &StoredPlot,
    polygon: Option<&'p CheckedPolygon>,
) -> Option<Cow<'p, CheckedPolygon>> {
    let holding = Holding { plot: plot.record.id, account: Account::Unsupplied, parcel: None };
    let land = posted.land.get(&holding)?.as_ref()?;
    match polygon.filter(|polygon| polygon.zone == land.zone && polygon.grid == land.polygon) {
        Some(polygon) => Some(Cow::Borrowed(polygon)),
        None => CheckedPolygon::of(land.polygon.clone(), land.zone).map(Cow::Owned),
    }
}

/// New residuals rendered, for those who have plots, polygons and approvals at hand and write them later.
pub(crate) fn new_residuals(
    county: County,
    left: &[(&StoredPlot, Cow<'_, CheckedPolygon>)],
    approvals: &HashMap<ApprovalId, Approval>,
) -> NewFeatures {
    let features =
        left.iter().map(|(plot, polygon)| rendered(plot, approvals, polygon.area, shape(RESIDUAL_VERSION, polygon)));
    feature::rows(county, Layer::Residuals, features)
}

/// Keeps the residuals of plots whose holdings changed; those of which nothing is left lose theirs.
pub(crate) fn residuals_after<'p>(
    db: &mut Db,
    county: County,
    plots: impl IntoIterator<Item = &'p PlotId>,
) -> Result<(), AppError> {
    let ids: BTreeSet<i64> = plots.into_iter().map(|plot| plot.0).collect();
    for ids in ids.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let left = placed(left_of(db, county, ids)?)?;
        let gone: Vec<i64> = ids.iter().copied().filter(|id| !left.contains_key(id)).collect();
        feature::remove(db, county, Layer::Residuals, &gone)?;
        let plots = plot::by_ids(db, county, &left.keys().copied().collect::<Vec<_>>())?;
        let approvals = approvals_of(db, county, &plots.iter().collect::<Vec<_>>())?;
        let features = plots.iter().filter_map(|plot| Some(left.get(&plot.record.id.0)?.rendered(plot, &approvals)));
        let features = features.collect();
        feature::put(db, county, Layer::Residuals, features)?;
    }
    Ok(())
}

/// Whether the land of a holding waits for a supply.
fn waits(holding: &Holding) -> bool {
    matches!(holding.account, Account::Unsupplied | Account::Recovered)
}

/// What is left of plots: the land of their holdings that waits for a supply.
pub(super) fn left_of(db: &mut Db, county: County, plots: &[i64]) -> Result<BTreeMap<i64, Land>, AppError> {
    let held = land::holdings(db, county, plots)?;
    let waiting = held.into_iter().filter(|(holding, held)| waits(holding) && held.area.is_positive());
    together(waiting.map(|(holding, held)| (holding, held.land)))
}

/// The land of holdings by their plots.
fn together(lands: impl Iterator<Item = (Holding, Land)>) -> Result<BTreeMap<i64, Land>, AppError> {
    let mut waiting: BTreeMap<i64, Vec<Land>> = BTreeMap::new();
    for (holding, land) in lands {
        waiting.entry(holding.plot.0).or_default().push(land);
    }
    let mut left = BTreeMap::new();
    for (plot, lands) in waiting {
        let Some(zone) = lands.first().map(|land| land.zone) else { continue };
        let polygons: Vec<&GridMultiPolygon> =
            lands.iter().filter(|land| land.zone == zone).map(|land| &land.polygon).collect();
        let together = match polygons[..] {
            [polygon] => Some(polygon.clone()),
            _ => union(&polygons).map_err(|error| AppError::CannotDecide(error.text()))?,
        };
        left.extend(together.map(|polygon| (plot, Land { polygon, zone })));
    }
    Ok(left)
}

/// Places land, on all processors if it is much.
fn placed(left: BTreeMap<i64, Land>) -> Result<HashMap<i64, Placed>, AppError> {
    let place = |(id, land)| Some((id, Placed::of(land)?));
    if left.len() < MANY {
        return Ok(left.into_iter().filter_map(place).collect());
    }
    let (mut left, mut placed) = (left.into_iter(), HashMap::new());
    let next = || {
        let part: Vec<(i64, Land)> = left.by_ref().take(MANY).collect();
        (!part.is_empty()).then_some(Ok(part))
    };
    let work = |part: Vec<(i64, Land)>| part.into_iter().filter_map(place).collect::<Vec<_>>();
    parallel::in_order(next, work, |part| {
        placed.extend(part);
        Ok(())
    })?;
    Ok(placed)
}

/// Writes the residuals of many plots that had none, while those after them are placed and rendered.
fn put_new(db: &mut Db, county: County, left: &BTreeMap<i64, Land>) -> Result<(), AppError> {
    let ids: Vec<i64> = left.keys().copied().collect();
    let mut chunks = ids.chunks(CHUNK);
    // Plots are read and residuals written by this one thread in turn.
    let db = RefCell::new(db);
    let next = || {
        let db = &mut **db.borrow_mut();
        let plots = chunks.next().map(|ids| plot::by_ids(db, county, ids).map_err(AppError::from))?;
        Some(plots.and_then(|plots| Ok((approvals_of(db, county, &plots.iter().collect::<Vec<_>>())?, plots))))
    };
    let work = |(approvals, plots): (HashMap<ApprovalId, Approval>, Vec<StoredPlot>)| {
        let place = |plot: StoredPlot| Some((Placed::of(left.get(&plot.record.id.0)?.clone())?, plot));
        let placed: Vec<(Placed, StoredPlot)> = plots.into_iter().filter_map(place).collect();
        let rendered = placed.iter().map(|(placed, plot)| placed.rendered(plot, &approvals));
        feature::rows(county, Layer::Residuals, rendered)
    };
    let write = |made: NewFeatures| Ok(feature::insert(&mut db.borrow_mut(), county, Layer::Residuals, &made)?);
    parallel::in_order(next, work, write)
}
