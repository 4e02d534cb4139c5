//! The proof that features are what the records would be rendered to now.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::cases::shown;
use super::keep::{approval_drawn, approvals_of, contract_drawn, geojson};
use super::render;
use super::residuals::{RESIDUAL_VERSION, left_of};
use crate::app::error::AppError;
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::layer::Layer;
use crate::domain::ledger::land::Land;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::storage::contract::{self, ContractPage};
use crate::storage::db::Db;
use crate::storage::feature::{self, Drawing, Drawn, Rendered, Stored};
use crate::storage::idle_case::{self, CasePage};
use crate::storage::listing::Place;
use crate::storage::parcel::{self, ParcelPage};
use crate::storage::plot::{self, PlotPage};
use crate::storage::{approval, geometry, spatial};

/// Records looked at together.
const CHUNK: i64 = 1000;
/// Faults that are listed.
const FAULTS_MAX: usize = 100;

/// What was found of a county's features.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub features: u64,
    /// In plain words; empty if every feature is what it should be.
    pub faults: Vec<String>,
}

impl Report {
    fn fault(&mut self, layer: Layer, id: i64, what: &str) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(format!("feature {id} of {layer}: {what}"));
        }
    }
}

/// What a feature should be.
struct Expected {
    day: Option<NaiveDate>,
    properties: Vec<u8>,
    render_version: i32,
    /// The geometry, where it is known apart from the feature.
    drawn: Option<Option<Drawn>>,
}

impl Expected {
    fn of(rendered: Rendered<'_>, drawn: Option<Option<Drawn>>) -> (i64, Self) {
        let Rendered { id, day, properties, render_version, .. } = rendered;
        (id, Self { day, properties, render_version, drawn })
    }
}

/// Renders everything anew and compares, inside one read transaction.
pub fn verify(db: &mut Db, county: County) -> Result<Report, AppError> {
    let mut report = Report::default();
    plots_and_residuals(db, county, &mut report)?;
    parcels(db, county, &mut report)?;
    approvals(db, county, &mut report)?;
    contracts(db, county, &mut report)?;
    cases(db, county, &mut report)?;
    if !spatial::is_whole(db)? {
        report.faults.push("the spatial index does not hold the boxes of the features".to_owned());
    }
    Ok(report)
}

fn drawn(
    db: &mut Db,
    county: County,
    of: Collection,
    versions: &[(i64, i32)],
) -> Result<HashMap<i64, Drawn>, AppError> {
    let numbers: HashMap<i64, i32> = versions.iter().copied().collect();
    let found = geometry::newest_on_grid(db, county, of, versions)?;
    let with_version = |(id, (zone, grid))| (id, Drawn { version: numbers.get(&id).copied().unwrap_or(0), zone, grid });
    Ok(found.into_iter().map(with_version).collect())
}

fn plots_and_residuals(db: &mut Db, county: County, report: &mut Report) -> Result<(), AppError> {
    let (mut total, mut left_total) = (0, 0);
    let mut after = 0;
    loop {
        let plots = plot::page(db, county, &PlotPage { at: Place::by_id(after, CHUNK), ..PlotPage::default() })?;
        let until = plots.last().map(|plot| plot.record.id.0);
        let versions: Vec<(i64, i32)> =
            plots.iter().filter_map(|plot| Some((plot.record.id.0, plot.mapped?.version))).collect();
        let mut polygons = drawn(db, county, Collection::Plot, &versions)?;
        let approvals = approvals_of(db, county, &plots.iter().collect::<Vec<_>>())?;
        let ids: Vec<i64> = plots.iter().map(|plot| plot.record.id.0).collect();
        let mut left = left_of(db, county, &ids)?;
        let (mut expected, mut residuals) = (BTreeMap::new(), BTreeMap::new());
        for stored in &plots {
            let (id, contents) = (stored.record.id, &stored.record.contents);
            let approval = contents.approval.and_then(|id| approvals.get(&id));
            let polygon = polygons.remove(&id.0);
            if let Some(Land { polygon, zone }) = left.remove(&id.0) {
                let rendered = render::residual(id, contents, approval, Some(polygon.area()), Drawing::Kept);
                let drawn = Drawn { version: RESIDUAL_VERSION, zone, grid: polygon };
                residuals.extend([Expected::of(rendered, Some(Some(drawn)))]);
            }
            let area = stored.mapped.map(|mapped| mapped.area);
            let rendered = render::plot(id, contents, approval, area, Drawing::Kept);
            expected.extend([Expected::of(rendered, Some(polygon))]);
        }
        total += compare(db, county, Layer::Plots, (after, until), expected, report)?;
        left_total += compare(db, county, Layer::Residuals, (after, until), residuals, report)?;
        let Some(last) = until else { break };
        after = last;
    }
    count(db, county, Layer::Plots, total, report)?;
    count(db, county, Layer::Residuals, left_total, report)
}

fn parcels(db: &mut Db, county: County, report: &mut Report) -> Result<(), AppError> {
    let (mut total, mut after) = (0, 0);
    loop {
        let parcels =
            parcel::page(db, county, &ParcelPage { at: Place::by_id(after, CHUNK), ..ParcelPage::default() })?;
        let until = parcels.last().map(|parcel| parcel.record.id.0);
        let versions: Vec<(i64, i32)> =
            parcels.iter().filter_map(|parcel| Some((parcel.record.id.0, parcel.mapped?.version))).collect();
        let mut polygons = drawn(db, county, Collection::Parcel, &versions)?;
        let mut expected = BTreeMap::new();
        for stored in &parcels {
            let id = stored.record.id.0;
            let area = stored.mapped.map(|mapped| mapped.area);
            let rendered = render::parcel(id, &stored.record.contents, area, Drawing::Kept);
            expected.extend([Expected::of(rendered, Some(polygons.remove(&id)))]);
        }
        total += compare(db, county, Layer::Parcels, (after, until), expected, report)?;
        let Some(last) = until else { break };
        after = last;
    }
    count(db, county, Layer::Parcels, total, report)
}

fn approvals(db: &mut Db, county: County, report: &mut Report) -> Result<(), AppError> {
    let (mut total, mut after) = (0, 0);
    loop {
        let page = approval::ApprovalPage { at: Place::by_id(after, 100), ..approval::ApprovalPage::default() };
        let records = approval::page(db, county, &page)?;
        let until = records.last().map(|record| record.id.0);
        let mut expected = BTreeMap::new();
        for record in &records {
            let plots = feature::plots_of_approval(db, county, record.id)?;
            let polygon = approval_drawn(db, county, record.id)?;
            let rendered = render::approval(record.id.0, &record.contents, plots, Drawing::Kept);
            expected.extend([Expected::of(rendered, Some(polygon))]);
        }
        total += compare(db, county, Layer::Approvals, (after, until), expected, report)?;
        let Some(last) = until else { break };
        after = last;
    }
    count(db, county, Layer::Approvals, total, report)
}

fn cases(db: &mut Db, county: County, report: &mut Report) -> Result<(), AppError> {
    let layers = [Layer::IdleCases, Layer::IdleSuspicions];
    let (mut totals, mut after) = ([0, 0], 0);
    loop {
        let page = CasePage { at: Place::by_id(after, 500), ..CasePage::default() };
        let records = idle_case::page(db, county, &page)?;
        let until = records.last().map(|row| row.case.id);
        let all = shown(db, county, records)?;
        for (layer, total) in layers.into_iter().zip(&mut totals) {
            let mut expected = BTreeMap::new();
            for of in all.iter().filter(|of| of.layer == Some(layer)) {
                expected.extend([Expected::of(of.rendered(layer, Drawing::Kept), Some(of.drawn.clone()))]);
            }
            *total += compare(db, county, layer, (after, until), expected, report)?;
        }
        let Some(last) = until else { break };
        after = last;
    }
    for (layer, total) in layers.into_iter().zip(totals) {
        count(db, county, layer, total, report)?;
    }
    Ok(())
}

fn contracts(db: &mut Db, county: County, report: &mut Report) -> Result<(), AppError> {
    let (mut total, mut after) = (0, 0);
    loop {
        let page = ContractPage { at: Place::by_id(after, 500), ..ContractPage::default() };
        let records = contract::page(db, county, &page)?;
        let until = records.last().map(|of| of.id);
        let mut expected = BTreeMap::new();
        for of in &records {
            let polygon = contract_drawn(db, county, of)?;
            let rendered = render::contract(county.feature_id(of.id), of, Drawing::Kept);
            expected.extend([Expected::of(rendered, Some(polygon))]);
        }
        let range = (county.feature_id(after), until.map(|id| county.feature_id(id)));
        total += compare(db, county, Layer::Contracts, range, expected, report)?;
        let Some(last) = until else { break };
        after = last;
    }
    count(db, county, Layer::Contracts, total, report)
}

/// Compares the features after one id until another (or the end) with what they should be; gives their number.
fn compare(
    db: &mut Db,
    county: County,
    layer: Layer,
    (mut after, until): (i64, Option<i64>),
    mut expected: BTreeMap<i64, Expected>,
    report: &mut Report,
) -> Result<i64, AppError> {
    let mut seen = 0;
    loop {
        let stored = feature::stored(db, county, layer, after, CHUNK)?;
        let is_last = (stored.len() as i64) < CHUNK;
        for feature in stored {
            if until.is_some_and(|until| feature.id > until) {
                return Ok(finish(layer, expected, seen, report));
            }
            after = feature.id;
            seen += 1;
            report.features += 1;
            match expected.remove(&feature.id) {
                Some(wanted) => differences(layer, &feature, &wanted, report),
                None => report.fault(layer, feature.id, "it has no record behind it"),
            }
        }
        if is_last {
            return Ok(finish(layer, expected, seen, report));
        }
    }
}

fn finish(layer: Layer, expected: BTreeMap<i64, Expected>, seen: i64, report: &mut Report) -> i64 {
    for id in expected.into_keys() {
        report.fault(layer, id, "it is missing");
    }
    seen
}

fn differences(layer: Layer, found: &Stored, wanted: &Expected, report: &mut Report) {
    let id = found.id;
    if found.render_version != wanted.render_version {
        report.fault(layer, id, "it was rendered by another version");
    }
    if found.properties != wanted.properties || found.day != wanted.day {
        report.fault(layer, id, "its properties are not those of its record");
    }
    if wanted.drawn.as_ref().is_some_and(|drawn| *drawn != found.drawn) {
        report.fault(layer, id, "its polygon is not that of its record");
    }
    let lonlat = found.drawn.as_ref().and_then(|drawn| LonLatMultiPolygon::of(&drawn.grid, drawn.zone));
    let bounds = lonlat.as_ref().and_then(LonLatMultiPolygon::bounds);
    if found.lonlat != lonlat || found.bounds != bounds || found.geometry != lonlat.as_ref().map(geojson) {
        report.fault(layer, id, "its rendering is not that of its polygon");
    }
}

/// Compares the number of features with the one that is told without counting.
fn count(db: &mut Db, county: County, layer: Layer, seen: i64, report: &mut Report) -> Result<(), AppError> {
    let told = feature::state(db, county, layer)?.total;
    if told != seen {
        report.faults.push(format!("{layer}: {told} features are told of, {seen} are there"));
    }
    Ok(())
}
