//! Entering plots, one or a hundred thousand: read and checked outside the lock, written inside it all or none.

mod read;

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::plots::PlotDraft;
use crate::app::plots::resolve::Known;
use crate::app::records::{Stamp, entry, geometry_limits, known_county, taken};
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::input::FieldError;
use crate::domain::plot::{AreaTolerance, Attribute, EVER, Plot, approval_exceeded};
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record, Warning};
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::geometry::{self, NewVersion};
use crate::storage::plot::{self, Mapped, NewValue, StoredPlot};
use crate::storage::{county as counties, journal};

/// Bad rows that a report describes; of the others it gives the number.
const BAD_ROWS_MAX: usize = 5000;
/// Faults that a refusal lists.
const FAULTS_MAX: usize = 1000;

/// New rows from which on the database is told to look at them.
const ANALYZE_FROM: usize = 5000;
/// The tables an import fills.
const WRITTEN: &[&str] = &["plot", "plot_attribute", "plot_project", "feature_geometry", "feature", "journal"];

/// How a file of plots is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Import {
    /// Say what would happen and write nothing.
    pub dry_run: bool,
    /// Write the good rows although others are bad.
    pub partial: bool,
}

/// A row that is entered, or was before with the same contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedPlot {
    pub code: String,
    /// None in a dry run for what is not there yet.
    pub id: Option<PlotId>,
    pub is_new: bool,
}

/// A row that is wrong, with all its faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its place in the file, from 0.
    pub index: usize,
    pub code: Option<String>,
    pub faults: Vec<FieldError>,
}

/// What was recorded all the same and should be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWarning {
    /// None for a warning about an approval.
    pub code: Option<String>,
    pub warning: Warning,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    pub rows: usize,
    pub created: usize,
    pub unchanged: usize,
    pub bad: usize,
    /// Whether the good rows are in the books now.
    pub is_written: bool,
    pub plots: Vec<ImportedPlot>,
    /// The first of the bad rows.
    pub bad_rows: Vec<BadRow>,
    pub warnings: Vec<RowWarning>,
}

/// How drafts are named in faults, and what is done about bad ones.
#[derive(Debug, Clone, Copy)]
struct Mode {
    operation: &'static str,
    import: Import,
    /// Whether faults are named by the row.
    by_row: bool,
}

impl Mode {
    /// One plot of its own.
    const ONE: Self =
        Self { operation: "createPlot", import: Import { dry_run: false, partial: false }, by_row: false };
}

/// A draft with its place in the file.
struct Row {
    index: usize,
    /// Where it stands: before the pointers of its faults.
    pointer: String,
    draft: PlotDraft,
    /// The flaws of its polygon.
    flaws: Vec<FieldError>,
}

/// A row that can be written.
struct Ready {
    plot: Plot,
    polygon: Option<CheckedPolygon>,
    /// From when township and cause hold; from ever if none.
    attributes_from: NaiveDate,
    geometry_from: NaiveDate,
}

impl App {
    /// Enters the features of a GeoJSON document.
    pub fn import_plots(
        &self,
        caller: &Caller,
        county: County,
        document: &[u8],
        import: Import,
    ) -> Result<ImportReport, AppError> {
        let limits = geometry_limits(&self.county(county)?);
        let (rows, bad) = read::read(document, &limits)?;
        let mode = Mode { operation: "importPlots", import, by_row: true };
        self.enter_rows(caller, county, rows, bad, mode)
    }

    /// Enters plots that were made in the program, all or none.
    pub fn create_plots(
        &self,
        caller: &Caller,
        county: County,
        drafts: Vec<PlotDraft>,
    ) -> Result<ImportReport, AppError> {
        let mode = Mode { operation: "importPlots", import: Import::default(), by_row: true };
        let row = |(index, draft)| Row { index, pointer: format!("/features/{index}"), draft, flaws: Vec::new() };
        let rows = drafts.into_iter().enumerate().map(row).collect();
        self.enter_rows(caller, county, rows, Vec::new(), mode)
    }

    fn enter_rows(
        &self,
        caller: &Caller,
        county: County,
        rows: Vec<Row>,
        bad: Vec<BadRow>,
        mode: Mode,
    ) -> Result<ImportReport, AppError> {
        let (stamp, tolerance) = (self.stamp(caller), self.area_tolerance(county, self.clock.today())?);
        if mode.import.dry_run {
            return self.pool.get()?.read(|db| enter_good(db, county, stamp, tolerance, rows, bad, mode));
        }
        let report = self
            .writer
            .write(Lane(county.number()), move |db| enter_good(db, county, stamp, tolerance, rows, bad, mode))?;
        if report.created >= ANALYZE_FROM {
            // The rows are in; that they are found slowly at first is no reason to say otherwise.
            let analyzed = self.pool.get().map_err(StorageError::from).and_then(|mut db| db.analyze(WRITTEN));
            if let Err(error) = analyzed {
                tracing::warn!(%error, "no statistics after an import");
            }
        }
        Ok(report)
    }
}

/// Enters one plot inside the county's lock.
pub(super) fn enter_one(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    tolerance: AreaTolerance,
    draft: PlotDraft,
    flaws: Vec<FieldError>,
) -> Result<ImportReport, AppError> {
    let row = Row { index: 0, pointer: String::new(), draft, flaws };
    enter_good(db, county, stamp, tolerance, vec![row], Vec::new(), Mode::ONE)
}

/// Enters what is good, or refuses all if anything is bad and that was not allowed for.
fn enter_good(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    tolerance: AreaTolerance,
    rows: Vec<Row>,
    mut bad: Vec<BadRow>,
    mode: Mode,
) -> Result<ImportReport, AppError> {
    known_county(db, county)?;
    let mut report = ImportReport { rows: rows.len() + bad.len(), ..ImportReport::default() };
    let (ready, approvals) = prepare(db, county, stamp, rows, &mut bad, &mut report, mode)?;
    bad.sort_by_key(|row| row.index);
    report.bad = bad.len();
    report.created = ready.len();
    let Import { dry_run, partial } = mode.import;
    if !bad.is_empty() && !dry_run && !partial {
        return Err(AppError::Fields(listed(bad)));
    }
    bad.truncate(BAD_ROWS_MAX);
    report.bad_rows = bad;
    for row in &ready {
        let code = Some(row.plot.code.to_string());
        let polygon = row.polygon.as_ref();
        let warning = polygon.and_then(|polygon| tolerance.check(row.plot.area.m2(), polygon.area));
        report.warnings.extend(warning.map(|warning| RowWarning { code, warning }));
    }
    if dry_run {
        report.plots.extend(ready.iter().map(|row| ImportedPlot {
            code: row.plot.code.to_string(),
            id: None,
            is_new: true,
        }));
        return Ok(report);
    }
    if !ready.is_empty() {
        write(db, county, stamp, ready, &mut report, mode)?;
        let ids: Vec<i64> = approvals.keys().map(|id| id.0).collect();
        for (id, sum) in plot::approved_area(db, county, &ids)? {
            if let Some((number, area)) = approvals.get(&id) {
                let warning = approval_exceeded(number, *area, sum);
                report.warnings.extend(warning.map(|warning| RowWarning { code: None, warning }));
            }
        }
    }
    report.is_written = true;
    Ok(report)
}

/// The faults of bad rows as one list, cut off with a note.
fn listed(bad: Vec<BadRow>) -> Vec<FieldError> {
    let count: usize = bad.iter().map(|row| row.faults.len()).sum();
    let mut faults: Vec<FieldError> = bad.into_iter().flat_map(|row| row.faults).take(FAULTS_MAX).collect();
    if count > FAULTS_MAX {
        let message = text!(
            "共 {count} 处有误,只列出前 {FAULTS_MAX} 处;可用 dry_run=true 查看全部有误的行",
            "{count} members are wrong, the first {FAULTS_MAX} are listed; dry_run=true describes every bad row"
        );
        faults.push(FieldError { pointer: String::new(), value: None, message });
    }
    faults
}

type Approvals = HashMap<ApprovalId, (String, AreaM2)>;

/// Sorts the rows into those that can be written, those that are there already and those that are bad.
fn prepare(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    rows: Vec<Row>,
    bad: &mut Vec<BadRow>,
    report: &mut ImportReport,
    mode: Mode,
) -> Result<(Vec<Ready>, Approvals), AppError> {
    let known = Known::of(db, county, rows.iter().map(|row| &row.draft))?;
    let codes: Vec<String> = rows.iter().map(|row| row.draft.properties.code.to_string()).collect();
    let there = Existing::of(db, county, &codes)?;
    let mut seen: HashSet<&str> = HashSet::with_capacity(codes.len());
    let mut ready = Vec::with_capacity(rows.len());
    let mut approvals = Approvals::new();
    for (Row { index, pointer, draft, flaws }, code) in rows.into_iter().zip(&codes) {
        let properties = if mode.by_row { format!("{pointer}/properties") } else { String::new() };
        let code_fault =
            |message| FieldError { pointer: format!("{properties}/code"), value: Some(code.clone()), message };
        let mut faults = Vec::new();
        if !seen.insert(code) {
            faults.push(code_fault(Text::fixed("同一文件中编号重复", "the code occurs twice in the file")));
        }
        let resolved = known.resolve(&draft, stamp.today, Vec::new());
        faults.extend(
            resolved
                .as_ref()
                .err()
                .into_iter()
                .flatten()
                .cloned()
                .map(|fault| FieldError { pointer: format!("{properties}{}", fault.pointer), ..fault }),
        );
        faults.extend(flaws);
        let plot = match (resolved, there.0.get(code)) {
            (Ok(plot), Some((stored, polygon))) if faults.is_empty() => {
                let id = stored.record.id;
                if same(stored, polygon.as_ref(), &plot, draft.polygon.as_ref()) {
                    report.plots.push(ImportedPlot { code: code.clone(), id: Some(id), is_new: false });
                    report.unchanged += 1;
                    continue;
                }
                if !mode.by_row {
                    return Err(taken(Collection::Plot, code, id.0));
                }
                faults.push(code_fault(text!(
                    "地块编号已存在(编号 {id}),内容不同;请逐个修改该地块",
                    "the code is there already (id {id}) with other contents; change that plot by itself"
                )));
                None
            }
            (Ok(plot), None) if faults.is_empty() => Some(plot),
            _ => None,
        };
        let Some(plot) = plot else {
            bad.push(BadRow { index, code: Some(code.clone()), faults });
            continue;
        };
        let approved = plot.approval.and_then(|id| known.approval(id));
        if let Some(approved) = approved {
            let facts = || (approved.contents.number.to_string(), approved.contents.area());
            approvals.entry(approved.id).or_insert_with(facts);
        }
        let approved_on = approved.map(|approval| approval.contents.approved_on);
        ready.push(Ready {
            plot,
            polygon: draft.polygon,
            attributes_from: draft.properties.attributes_from.unwrap_or(EVER),
            geometry_from: draft.properties.geometry_from.or(approved_on).unwrap_or(stamp.today),
        });
    }
    Ok((ready, approvals))
}

/// The plots that bear a code already, with their polygons.
struct Existing(HashMap<String, (StoredPlot, Option<LonLatMultiPolygon>)>);

impl Existing {
    fn of(db: &mut Db, county: County, codes: &[String]) -> Result<Self, AppError> {
        let plots = plot::by_codes(db, county, codes)?;
        let versions: Vec<(i64, i32)> =
            plots.iter().filter_map(|plot| Some((plot.record.id.0, plot.mapped?.version))).collect();
        let mut polygons = geometry::newest(db, county, Collection::Plot, &versions)?;
        let with = |plot: StoredPlot| {
            let polygon = polygons.remove(&plot.record.id.0);
            (plot.record.contents.code.to_string(), (plot, polygon))
        };
        Ok(Self(plots.into_iter().map(with).collect()))
    }
}

/// Whether what is sent is there already. What was left out and may be, is not compared.
fn same(
    stored: &StoredPlot,
    drawn: Option<&LonLatMultiPolygon>,
    sent: &Plot,
    polygon: Option<&CheckedPolygon>,
) -> bool {
    let there = &stored.record.contents;
    let whole = Plot { township: sent.township.or(there.township), cause: sent.cause.or(there.cause), ..sent.clone() };
    whole == *there && polygon.is_none_or(|polygon| drawn == Some(&polygon.lonlat))
}

/// What the journal keeps of a plot.
#[derive(Serialize)]
pub(super) struct Facts<'p> {
    #[serde(flatten)]
    pub plot: &'p Plot,
    pub geometry_version: i32,
}

fn write(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    ready: Vec<Ready>,
    report: &mut ImportReport,
    mode: Mode,
) -> Result<(), AppError> {
    let first = counties::take_ids(db, county, Collection::Plot, ready.len())?;
    let changed_no = counties::next_plots_version(db, county)?;
    let mut plots = Vec::with_capacity(ready.len());
    let mut values = Vec::with_capacity(ready.len());
    let mut polygons = Vec::with_capacity(ready.len());
    let mut entries = Vec::with_capacity(ready.len());
    for (id, row) in (first..).map(PlotId).zip(ready) {
        let mapped = row.polygon.as_ref().map(|polygon| Mapped {
            version: 1,
            area: polygon.area,
            ellipsoidal_area: polygon.ellipsoidal_area,
        });
        let from = row.attributes_from;
        let value = |attribute, value: Option<String>| NewValue { plot: id, attribute, from, value };
        values.extend(row.plot.township.map(|code| value(Attribute::Township, Some(code.to_string()))));
        values.extend(row.plot.cause.map(|cause| value(Attribute::Cause, Some(cause.to_string()))));
        polygons.extend(row.polygon.map(|polygon| (id, row.geometry_from, polygon)));
        report.plots.push(ImportedPlot { code: row.plot.code.to_string(), id: Some(id), is_new: true });
        let facts = Facts { plot: &row.plot, geometry_version: i32::from(mapped.is_some()) };
        entries.push(entry(stamp, mode.operation, Collection::Plot, id.0, None, &facts));
        let record = Record { id, version: 1, contents: row.plot, recorded_at: stamp.now, recorded_by: stamp.user };
        plots.push(StoredPlot { record, mapped });
    }
    plot::insert(db, county, &plots, changed_no)?;
    plot::add_attributes(db, county, values, stamp.user, stamp.now)?;
    let versions: Vec<NewVersion<'_>> = polygons
        .iter()
        .map(|(id, effective_on, polygon)| NewVersion {
            feature: id.0,
            version: 1,
            effective_on: *effective_on,
            polygon,
        })
        .collect();
    geometry::insert(db, county, Collection::Plot, &versions, stamp.user, stamp.now)?;
    journal::append(db, county, entries)?;
    let drawn: HashMap<PlotId, &CheckedPolygon> = polygons.iter().map(|(id, _, polygon)| (*id, polygon)).collect();
    let drawn: Vec<_> = plots.iter().map(|plot| (plot, drawn.get(&plot.record.id).copied())).collect();
    features::put_plots(db, county, &drawn)?;
    let approvals: BTreeSet<i64> = plots.iter().filter_map(|plot| Some(plot.record.contents.approval?.0)).collect();
    features::put_approvals(db, county, &approvals.into_iter().collect::<Vec<_>>())?;
    Ok(())
}
