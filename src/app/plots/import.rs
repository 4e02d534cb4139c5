//! Entering plots, one or a million: read and checked outside the lock, written inside it all or none.
//!
//! A file goes through four hands. [`source`] cuts it into batches; [`read`] makes drafts of them on all processors;
//! [`prepare`] resolves their references and sets those apart that are there already; [`staging`] keeps what is
//! sound, on disk if it is much. Only then is the county's lock taken, and [`write`] enters the rows; [`enter`] brings them
//! onto the books with it, if an approver stands behind that.

mod enter;
mod overlaps;
mod prepare;
mod read;
mod source;
mod staging;
mod write;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::parallel;
use crate::app::plots::resolve::Known;
use crate::app::plots::{PlotDraft, overlap};
use crate::app::records::{Stamp, geometry_limits, known_county};
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::tolerance::Tolerance;
use crate::domain::input::FieldError;
use crate::domain::ledger::kind::{Kind, Role};
use crate::domain::ledger::land::Offence;
use crate::domain::ledger::proposal::{Action, Standing, State, step};
use crate::domain::plot::{AreaTolerance, Origin, Plot, approval_exceeded};
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Reference, Warning};
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::domain::text::{Text, text};
use crate::formats::sheet::Read;
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::{journal, plot};

pub use enter::Entered;
pub use source::{FileKind, FileLimits, Stream};
pub(super) use write::Facts;

/// Bad rows, warnings and repairs that a report describes; of the others it gives the number.
const DESCRIBED_MAX: usize = 5000;
/// Faults that a refusal lists.
const FAULTS_MAX: usize = 1000;
/// New rows from which on the lock is held so long that nobody should wait behind it.
const LONG_FROM: usize = 2000;
/// New rows from which on the database is told to look at them.
const ANALYZE_FROM: usize = 5000;
/// The tables an import fills that are asked for by more than their keys.
const WRITTEN: &[&str] = &["plot", "feature"];

/// What rows have that do not say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Defaults {
    pub approval: Option<Reference>,
    pub origin: Option<Origin>,
}

/// How a file of plots is taken.
#[derive(Debug, Clone)]
pub struct Import {
    /// Say what would happen and write nothing.
    pub dry_run: bool,
    /// Write the good rows although others are bad.
    pub partial: bool,
    pub defaults: Defaults,
    pub limits: FileLimits,
    /// Leave the list of plots out of the report.
    pub brief: bool,
    /// Of a workbook: the sheet that is meant.
    pub sheet: Option<String>,
    /// 导入即入账 — the plots of approvals go onto the books at once, on the signature of this approver.
    pub approver: Option<Caller>,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            dry_run: false,
            partial: false,
            defaults: Defaults::default(),
            limits: FileLimits::REQUEST,
            brief: false,
            sheet: None,
            approver: None,
        }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Read and checked, in bytes of the file or in rows.
    Read { done: u64, of: u64 },
    /// Written, in rows.
    Written { done: u64, of: u64 },
}

/// Who wants to know how far an import is.
pub type Watch = Arc<dyn Fn(Progress) + Send + Sync>;

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
    /// The line of a text or the number of a record, from 1.
    pub line: Option<usize>,
    pub code: Option<String>,
    pub faults: Vec<FieldError>,
    /// Land that is drawn twice.
    pub offence: Option<Box<Offence>>,
}

/// What was recorded all the same and should be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWarning {
    /// None for a warning about an approval.
    pub code: Option<String>,
    pub warning: Warning,
}

/// What the file did not say as its format wants it, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The line of a text or the number of a record, from 1; none for the file as a whole.
    pub line: Option<usize>,
    pub code: &'static str,
    pub message: Text,
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
    /// How many warnings there are, and the first of them.
    pub warned: usize,
    pub warnings: Vec<RowWarning>,
    /// How many repairs were made, and the first of them.
    pub repaired: usize,
    pub repairs: Vec<Repaired>,
    /// What went onto the books, if it was to.
    pub entered: Option<Entered>,
}

impl ImportReport {
    fn warn(&mut self, warning: Option<RowWarning>) {
        self.warned += usize::from(warning.is_some());
        self.warnings.extend(warning.filter(|_| self.warnings.len() < DESCRIBED_MAX));
    }
}

/// How drafts are named in faults, and what is done about bad ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mode {
    operation: &'static str,
    /// Whether faults are named by the row.
    by_row: bool,
    /// Whether the report lists the plots.
    lists: bool,
}

impl Mode {
    /// One plot of its own.
    pub const ONE: Self = Self { operation: "createPlot", by_row: false, lists: true };
    const FILE: Self = Self { operation: "importPlots", by_row: true, lists: true };
}

/// A draft with its place in the file.
struct Row {
    index: usize,
    line: Option<usize>,
    /// Where it stands: before the pointers of its faults.
    pointer: String,
    draft: PlotDraft,
    /// The flaws of its polygon.
    flaws: Vec<FieldError>,
    /// Its properties as they were read, if it comes from a file.
    properties: Option<String>,
}

/// A row that can be written.
struct Ready {
    plot: Plot,
    polygon: Option<CheckedPolygon>,
    /// From when township and cause hold; from ever if none.
    attributes_from: NaiveDate,
    geometry_from: NaiveDate,
    /// Why its polygon may lie on others.
    overlap_reason: Option<String>,
}

/// Number and area of the approvals that rows name.
type Approvals = HashMap<ApprovalId, (String, AreaM2)>;

/// What every hand needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk {
    pub county: County,
    pub stamp: Stamp,
    pub tolerance: AreaTolerance,
    /// Between polygons.
    pub fit: Tolerance,
    pub mode: Mode,
}

impl App {
    /// Enters the plots of a file.
    pub fn import_plots(
        &self,
        caller: &Caller,
        county: County,
        kind: FileKind,
        stream: &mut dyn Stream,
        import: &Import,
        watch: &Watch,
    ) -> Result<ImportReport, AppError> {
        let approver = import.approver.as_ref().map(|approver| signs(caller, approver, county)).transpose()?;
        let desk = self.desk(caller, county, Mode { lists: !import.brief, ..Mode::FILE })?;
        let Gathered { mut report, known, approvals, staging, mut bad, mut bad_count, mut fault_count, fence, .. } =
            self.gather(desk, kind, stream, import, watch)?;
        let is_refused = |bad_count: usize| bad_count > 0 && !import.dry_run && !import.partial;
        let mut staged = staging.into_staged().map_err(source::unreadable)?;
        let mut lying = overlaps::Overlaps::default();
        if !is_refused(bad_count) {
            lying = overlaps::look(&mut *self.pool.get()?, desk, &mut staged, &mut report)?;
            bad_count += lying.bad.len();
            fault_count += lying.bad.iter().map(|row| row.faults.len()).sum::<usize>();
            bad.append(&mut lying.bad);
        }
        bad.sort_by_key(|row| row.index);
        report.bad = bad_count;
        if is_refused(bad_count) {
            let offence = bad.iter_mut().find_map(|row| row.offence.take());
            let faults = listed(bad, fault_count);
            return Err(match offence {
                Some(offence) => AppError::Overlaps { faults, offence },
                None => AppError::Fields(faults),
            });
        }
        bad.truncate(DESCRIBED_MAX);
        report.bad_rows = bad;
        report.created = staged.count();
        if import.dry_run {
            if desk.mode.lists {
                report.plots.extend(staged.new_plots()?);
            }
            return Ok(report);
        }
        if staged.count() == 0 {
            report.is_written = true;
            return Ok(report);
        }
        let watch = Arc::clone(watch);
        let (lane, is_long) = (Lane(county.number()), staged.count() >= LONG_FROM);
        let found = lying.found;
        let approver = approver.map(|approver| (approver, self.voucher_desk(county)));
        let wanted = write::Wanted { staged, known, approvals, fence, found, report, approver };
        let work = move |db: &mut Db| write::apply(db, desk, wanted, &watch);
        let report = if is_long { self.writer.write_long(lane, work) } else { self.writer.write(lane, work) }?;
        self.look_at(&report);
        Ok(report)
    }

    /// Enters plots that were made in the program, all or none.
    pub fn create_plots(
        &self,
        caller: &Caller,
        county: County,
        drafts: Vec<PlotDraft>,
    ) -> Result<ImportReport, AppError> {
        let desk = self.desk(caller, county, Mode::FILE)?;
        let row = |(index, draft)| Row {
            index,
            line: None,
            pointer: format!("/features/{index}"),
            draft,
            flaws: Vec::new(),
            properties: None,
        };
        let rows: Vec<Row> = drafts.into_iter().enumerate().map(row).collect();
        let report = self.writer.write(Lane(county.number()), move |db| enter(db, desk, rows))?;
        self.look_at(&report);
        Ok(report)
    }

    pub(super) fn desk(&self, caller: &Caller, county: County, mode: Mode) -> Result<Desk, AppError> {
        let today = self.clock.today();
        let (tolerance, fit) = (self.area_tolerance(county, today)?, self.fit_tolerance(county, today)?);
        Ok(Desk { county, stamp: self.stamp(caller), tolerance, fit, mode })
    }

    /// Tells the database of many new rows.
    fn look_at(&self, report: &ImportReport) {
        if report.created < ANALYZE_FROM {
            return;
        }
        // The rows are in; that they are found slowly at first is no reason to say otherwise.
        let analyzed = self.pool.get().map_err(StorageError::from).and_then(|mut db| db.analyze(WRITTEN));
        if let Err(error) = analyzed {
            tracing::warn!(%error, "no statistics after an import");
        }
    }

    /// Reads and checks a file outside the lock, and keeps what can be written.
    fn gather(
        &self,
        desk: Desk,
        kind: FileKind,
        stream: &mut dyn Stream,
        import: &Import,
        watch: &Watch,
    ) -> Result<Gathered, AppError> {
        let limits = geometry_limits(&self.county(desk.county)?);
        let context = self.sheet_context(desk.county)?;
        let mut opened = source::open(kind, stream, import, &limits, &context)?;
        let fence = journal::last(&mut *self.pool.get()?, desk.county)?;
        let mut gathered = Gathered::new(fence, import.approver.is_some());
        gathered.report.repaired = opened.repairs.len();
        opened.repairs.truncate(DESCRIBED_MAX);
        gathered.report.repairs = opened.repairs;
        let (mut source, bytes, sheet) = (opened.source, opened.bytes, opened.sheet);
        let reading = read::Reading {
            limits: &limits,
            defaults: &import.defaults,
            vertices: AtomicUsize::new(0),
            vertices_max: import.limits.vertices,
        };
        parallel::in_order(
            || {
                source.next().map(|batch| {
                    batch.map(|(rows, done)| {
                        if let Some(done) = done {
                            watch(Progress::Read { done, of: bytes });
                        }
                        rows
                    })
                })
            },
            |rows| reading.read(&rows),
            |read| {
                if reading.is_spent() {
                    return Err(too_many_vertices(import.limits.vertices));
                }
                self.take_in(desk, read, import, &mut gathered)
            },
        )?;
        if let Some(sheet) = sheet {
            gathered.bad.iter_mut().for_each(|row| in_cells(&sheet, row));
        }
        Ok(gathered)
    }

    /// Resolves a batch and stages what is new.
    fn take_in(&self, desk: Desk, read: read::Read, import: &Import, gathered: &mut Gathered) -> Result<(), AppError> {
        let mut bad = read.bad;
        gathered.report.rows += read.rows.len() + bad.len();
        let db = &mut *self.pool.get()?;
        let known = Known::of(db, desk.county, read.rows.iter().map(|row| &row.draft))?;
        let ready = prepare::prepare(
            db,
            desk,
            read.rows,
            &known,
            &mut gathered.seen,
            &mut bad,
            &mut gathered.report,
            &mut gathered.approvals,
        )?;
        gathered.known.absorb(known);
        gathered.bad_count += bad.len();
        gathered.fault_count += bad.iter().map(|row| row.faults.len()).sum::<usize>();
        let room = DESCRIBED_MAX.saturating_sub(gathered.bad.len());
        bad.sort_by_key(|row| row.index);
        gathered.bad.extend(bad.into_iter().take(room));
        if gathered.bad_count > 0 && !import.dry_run && !import.partial {
            // Nothing will be written; the rest is read for its faults alone.
            return Ok(());
        }
        for prepare::Sound { row, place, properties } in ready {
            let code = || Some(row.plot.code.to_string());
            let polygon = row.polygon.as_ref();
            let warning = polygon.and_then(|polygon| desk.tolerance.check(row.plot.area.m2(), polygon.area));
            gathered.report.warn(warning.map(|warning| RowWarning { code: code(), warning }));
            let (index, line) = place;
            let properties = properties.unwrap_or_default();
            gathered.staging.push(index, line, &properties, &row).map_err(source::unreadable)?;
        }
        Ok(())
    }
}

/// Whether somebody may stand behind the vouchers that bring a clerk's plots onto the books.
fn signs(clerk: &Caller, approver: &Caller, county: County) -> Result<UserId, AppError> {
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| approver.has(*role, county)).collect();
    let standing = Standing {
        state: State::Proposed,
        duty: Kind::Approve.duty(),
        proposer: clerk.user,
        reviewer: None,
        actor: approver.user,
        roles: &roles,
    };
    step(standing, Action::Approve)?;
    Ok(approver.user)
}

/// Names the faults of a row by the cells of its sheet.
fn in_cells(sheet: &Read, row: &mut BadRow) {
    let Some(number) = row.line else { return };
    let before = format!("/features/{}", row.index);
    for fault in &mut row.faults {
        if let Some(rest) = fault.pointer.strip_prefix(&before) {
            let pointer = rest.strip_prefix("/properties").unwrap_or(rest).to_owned();
            *fault = sheet.locate(number, FieldError { pointer, ..fault.clone() });
        }
    }
    if row.code.is_none() {
        row.code = sheet.cell(number, "/code").1;
    }
}

/// What was read of a file so far.
struct Gathered {
    report: ImportReport,
    known: Known,
    approvals: Approvals,
    seen: prepare::Seen,
    staging: staging::Staging,
    bad: Vec<BadRow>,
    bad_count: usize,
    fault_count: usize,
    /// Last entry of the county's journal before the first look: unless it has grown, nothing has changed.
    fence: i64,
}

impl Gathered {
    fn new(fence: i64, by_approval: bool) -> Self {
        Self {
            report: ImportReport::default(),
            known: Known::default(),
            approvals: Approvals::new(),
            seen: prepare::Seen::default(),
            staging: staging::Staging::new(by_approval),
            bad: Vec::new(),
            bad_count: 0,
            fault_count: 0,
            fence,
        }
    }
}

fn too_many_vertices(limit: usize) -> AppError {
    let message = text!(
        "各图形的界址点超过上限 {limit} 个;请分批提交",
        "the polygons have more than {limit} vertices; send them in several requests"
    );
    AppError::field("/features", None, message)
}

/// Enters one plot inside the county's lock.
pub(super) fn enter_one(
    db: &mut Db,
    desk: Desk,
    draft: PlotDraft,
    flaws: Vec<FieldError>,
) -> Result<ImportReport, AppError> {
    let row = Row { index: 0, line: None, pointer: String::new(), draft, flaws, properties: None };
    enter(db, desk, vec![row])
}

/// Enters rows inside the county's lock, or refuses all if any is bad.
fn enter(db: &mut Db, desk: Desk, rows: Vec<Row>) -> Result<ImportReport, AppError> {
    known_county(db, desk.county)?;
    let mut report = ImportReport { rows: rows.len(), ..ImportReport::default() };
    let (mut bad, mut approvals, mut seen) = (Vec::new(), Approvals::new(), prepare::Seen::default());
    let known = Known::of(db, desk.county, rows.iter().map(|row| &row.draft))?;
    let ready = prepare::prepare(db, desk, rows, &known, &mut seen, &mut bad, &mut report, &mut approvals)?;
    if !bad.is_empty() {
        let count = bad.iter().map(|row| row.faults.len()).sum();
        return Err(AppError::Fields(listed(bad, count)));
    }
    report.created = ready.len();
    let ready: Vec<Ready> = ready.into_iter().map(|sound| sound.row).collect();
    for row in &ready {
        let code = Some(row.plot.code.to_string());
        let polygon = row.polygon.as_ref();
        let warning = polygon.and_then(|polygon| desk.tolerance.check(row.plot.area.m2(), polygon.area));
        report.warn(warning.map(|warning| RowWarning { code, warning }));
    }
    if !ready.is_empty() {
        let found = overlaps::of_rows(db, desk, &ready, &mut report)?;
        let (first, changed_no) = write::begin(db, desk.county, ready.len())?;
        let chunk = write::Chunk::of(desk, first, ready);
        let reasons = chunk.reasons.clone();
        let named = write::named(db, desk.county, &approvals)?;
        let mut made = write::Made::of(desk, chunk, changed_no, &named);
        write::rows(db, desk, &mut made, &mut report)?;
        let place = |at: usize| (PlotId(first + at as i64), 1);
        let reason = |at: usize| reasons.get(&place(at).0).cloned();
        overlap::record(db, desk.county, desk.stamp, found, place, reason)?;
        write::draw_approvals(db, desk.county, &approvals)?;
        compare_approvals(db, desk.county, &approvals, &mut report)?;
    }
    report.is_written = true;
    Ok(report)
}

/// Warns of approvals whose plots now come to more than they give.
fn compare_approvals(
    db: &mut Db,
    county: County,
    approvals: &Approvals,
    report: &mut ImportReport,
) -> Result<(), AppError> {
    let ids: Vec<i64> = approvals.keys().map(|id| id.0).collect();
    for (id, sum) in plot::approved_area(db, county, &ids)? {
        if let Some((number, area)) = approvals.get(&id) {
            let warning = approval_exceeded(number, *area, sum);
            report.warn(warning.map(|warning| RowWarning { code: None, warning }));
        }
    }
    Ok(())
}

/// The faults of bad rows as one list, cut off with a note.
fn listed(bad: Vec<BadRow>, count: usize) -> Vec<FieldError> {
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
