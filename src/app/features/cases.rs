//! Cases of idle land as features: the published ones in one layer, the others, while they are open, in a layer that is
//! never public.

use std::collections::{BTreeMap, HashMap};

use super::{keep, render};
use crate::app::error::AppError;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::idle_case::step::StepKind;
use crate::domain::layer::Layer;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::storage::db::Db;
use crate::storage::feature::{self, Drawing, Drawn, Rendered};
use crate::storage::idle_case::{self as rows, CasePage, CaseRow};
use crate::storage::listing::Place;
use crate::storage::{geometry, parcel};

/// Cases rendered together.
const CHUNK: usize = 500;

/// A case with what it is drawn by.
pub(super) struct Shown {
    pub layer: Option<Layer>,
    pub row: CaseRow,
    parcel_code: Option<String>,
    pub drawn: Option<Drawn>,
}

impl Shown {
    pub(super) fn rendered<'p>(&self, layer: Layer, drawing: Drawing<'p>) -> Rendered<'p> {
        let area = self.drawn.as_ref().map(|drawn| drawn.grid.area());
        render::case(layer, &self.row, self.parcel_code.as_deref(), area, drawing)
    }
}

/// Where cases are shown, and as what.
pub(super) fn shown(db: &mut Db, county: County, cases: Vec<CaseRow>) -> Result<Vec<Shown>, AppError> {
    let ids: Vec<i64> = cases.iter().map(|row| row.case.id).collect();
    let mut steps = rows::steps(db, county, &ids)?;
    let mut parcels: BTreeMap<i64, (String, i32)> = BTreeMap::new();
    for row in &cases {
        let id = row.case.parcel;
        if !parcels.contains_key(&id.0)
            && let Some(found) = parcel::by_id(db, county, id)?
        {
            let version = found.mapped.map_or(0, |mapped| mapped.version);
            parcels.insert(id.0, (found.record.contents.code.to_string(), version));
        }
    }
    let versions: Vec<(i64, i32)> =
        parcels.iter().filter(|(_, (_, version))| *version > 0).map(|(id, (_, version))| (*id, *version)).collect();
    let polygons: HashMap<i64, (Zone, GridMultiPolygon)> =
        geometry::newest_on_grid(db, county, Collection::Parcel, &versions)?;
    let mut all = Vec::with_capacity(cases.len());
    for row in cases {
        let now = row.case.with(&steps.remove(&row.case.id).unwrap_or_default());
        let state = row.state.state;
        let layer = if state.is_final() {
            None
        } else if state.is_public() && now.last(StepKind::Published).is_some() {
            Some(Layer::IdleCases)
        } else {
            Some(Layer::IdleSuspicions)
        };
        let (code, version) = parcels.get(&row.case.parcel.0).cloned().unzip();
        let drawn = match &row.case.drawn {
            Some(land) => Some(Drawn { version: 1, zone: land.zone, grid: land.polygon.clone() }),
            None => polygons.get(&row.case.parcel.0).map(|(zone, grid)| Drawn {
                version: version.unwrap_or(1),
                zone: *zone,
                grid: grid.clone(),
            }),
        };
        all.push(Shown { layer, row, parcel_code: code, drawn });
    }
    Ok(all)
}

/// Renders cases anew and takes away those that are shown no longer.
pub(crate) fn put_cases(db: &mut Db, county: County, ids: &[i64]) -> Result<(), AppError> {
    for ids in ids.chunks(CHUNK) {
        let cases = rows::by_ids(db, county, ids)?;
        for shown in shown(db, county, cases)? {
            let id = shown.row.case.id;
            for layer in [Layer::IdleCases, Layer::IdleSuspicions] {
                if shown.layer != Some(layer) {
                    feature::remove(db, county, layer, &[id])?;
                    continue;
                }
                let polygon = shown
                    .drawn
                    .as_ref()
                    .and_then(|drawn| Some((drawn.version, CheckedPolygon::of(drawn.grid.clone(), drawn.zone)?)));
                let drawing = match &polygon {
                    Some((version, polygon)) => Drawing::New(keep::shape(*version, polygon)),
                    None => Drawing::Nothing,
                };
                feature::put(db, county, layer, vec![shown.rendered(layer, drawing)])?;
            }
        }
    }
    Ok(())
}

/// Renders the open cases of parcels that changed.
pub(super) fn put_cases_of(db: &mut Db, county: County, parcels: &[i64]) -> Result<(), AppError> {
    for parcels in parcels.chunks(CHUNK) {
        let page = CasePage { at: Place::by_id(0, i64::MAX), parcels: Some(parcels.to_vec()), ..CasePage::default() };
        let ids: Vec<i64> = rows::page(db, county, &page)?
            .iter()
            .filter(|row| !row.state.state.is_final())
            .map(|row| row.case.id)
            .collect();
        put_cases(db, county, &ids)?;
    }
    Ok(())
}

/// Renders some cases after one; gives the last, if there were any.
pub(super) fn render_cases(db: &mut Db, county: County, after: i64) -> Result<Option<i64>, AppError> {
    let page = CasePage { at: Place::by_id(after, CHUNK as i64), ..CasePage::default() };
    let ids: Vec<i64> = rows::page(db, county, &page)?.into_iter().map(|row| row.case.id).collect();
    put_cases(db, county, &ids)?;
    Ok(ids.last().copied())
}
