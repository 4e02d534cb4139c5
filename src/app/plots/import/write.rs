//! Writing prepared rows inside the county's lock, as little else as possible done there.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use chrono::NaiveDate;
use serde::Serialize;

use super::enter::{self, Entered, Entering};
use super::overlaps::still_clear;
use super::staging::Staged;
use super::{Approvals, Desk, ImportReport, ImportedPlot, Progress, Ready, Watch, compare_approvals};
use crate::app::error::AppError;
use crate::app::features;
use crate::app::plots::overlap::{self, Found};
use crate::app::plots::resolve::Known;
use crate::app::records::{Stamp, entry, known_county};
use crate::app::vouchers;
use crate::domain::approval::Approval;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::layer::Layer;
use crate::domain::plot::{Attribute, Plot};
use crate::domain::record::{Collection, Record};
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::domain::text::text;
use crate::storage::db::{Db, StorageError};
use crate::storage::geometry::{self, NewVersion};
use crate::storage::journal::{self, Entry};
use crate::storage::plot::{self, Mapped, NewValue, StoredPlot};
use crate::storage::{approval, county as counties, feature};

/// Rows that are written together.
const CHUNK: usize = 1000;

/// What the journal keeps of a plot.
#[derive(Serialize)]
pub(in crate::app::plots) struct Facts<'p> {
    #[serde(flatten)]
    pub plot: &'p Plot,
    pub geometry_version: i32,
}

/// Rows as the tables take them.
pub(super) struct Chunk {
    pub plots: Vec<StoredPlot>,
    values: Vec<NewValue>,
    pub polygons: Vec<(PlotId, NaiveDate, CheckedPolygon)>,
    /// Why polygons may lie on others.
    pub reasons: HashMap<PlotId, String>,
    entries: Vec<Entry>,
}

/// A chunk rendered, so that whoever holds the lock has nothing left to do but to write.
pub(super) struct Made {
    pub chunk: Chunk,
    plots: plot::NewPlots,
    versions: geometry::NewVersions,
    features: feature::NewFeatures,
}

/// The approvals of new plots, as they stand under the lock.
pub(super) type Named = HashMap<ApprovalId, Approval>;

pub(super) fn named(db: &mut Db, county: County, approvals: &Approvals) -> Result<Named, AppError> {
    let ids: Vec<i64> = approvals.keys().map(|id| id.0).collect();
    Ok(approval::by_ids(db, county, &ids)?.into_iter().map(|record| (record.id, record.contents)).collect())
}

impl Made {
    pub fn of(desk: Desk, chunk: Chunk, changed_no: i64, named: &Named) -> Self {
        let (county, Stamp { user, now, .. }) = (desk.county, desk.stamp);
        let versions: Vec<NewVersion<'_>> = chunk
            .polygons
            .iter()
            .map(|(id, effective_on, polygon)| NewVersion {
                feature: id.0,
                version: 1,
                effective_on: *effective_on,
                polygon,
            })
            .collect();
        let drawn: HashMap<PlotId, &CheckedPolygon> =
            chunk.polygons.iter().map(|(id, _, polygon)| (*id, polygon)).collect();
        let drawn: Vec<_> = chunk.plots.iter().map(|plot| (plot, drawn.get(&plot.record.id).copied())).collect();
        Self {
            plots: plot::rows(county, &chunk.plots, changed_no),
            versions: geometry::rows(county, Collection::Plot, &versions, user, now),
            features: features::new_plots(county, &drawn, named),
            chunk,
        }
    }
}

impl Chunk {
    /// The rows with their ids, from `first` on.
    pub fn of(desk: Desk, first: i64, ready: Vec<Ready>) -> Self {
        let (stamp, count) = (desk.stamp, ready.len());
        let mut chunk = Self {
            plots: Vec::with_capacity(count),
            values: Vec::with_capacity(count),
            polygons: Vec::with_capacity(count),
            reasons: HashMap::new(),
            entries: Vec::with_capacity(count),
        };
        for (id, row) in (first..).map(PlotId).zip(ready) {
            let mapped = row.polygon.as_ref().map(|polygon| Mapped {
                version: 1,
                area: polygon.area,
                ellipsoidal_area: polygon.ellipsoidal_area,
            });
            let from = row.attributes_from;
            let value = |attribute, value: Option<String>| NewValue { plot: id, attribute, from, value };
            chunk.values.extend(row.plot.township.map(|code| value(Attribute::Township, Some(code.to_string()))));
            chunk.values.extend(row.plot.cause.map(|cause| value(Attribute::Cause, Some(cause.to_string()))));
            chunk.reasons.extend(row.overlap_reason.map(|reason| (id, reason)));
            chunk.polygons.extend(row.polygon.map(|polygon| (id, row.geometry_from, polygon)));
            let facts = Facts { plot: &row.plot, geometry_version: i32::from(mapped.is_some()) };
            chunk.entries.push(entry(stamp, desk.mode.operation, Collection::Plot, id.0, None, &facts));
            let record = Record { id, version: 1, contents: row.plot, recorded_at: stamp.now, recorded_by: stamp.user };
            chunk.plots.push(StoredPlot { record, mapped });
        }
        chunk
    }
}

/// Takes ids for new plots and the number of the change.
pub(super) fn begin(db: &mut Db, county: County, count: usize) -> Result<(i64, i64), AppError> {
    let first = counties::take_ids(db, county, Collection::Plot, count)?;
    Ok((first, counties::next_plots_version(db, county)?))
}

/// Writes one chunk.
pub(super) fn rows(db: &mut Db, desk: Desk, made: &mut Made, report: &mut ImportReport) -> Result<(), AppError> {
    let (county, stamp) = (desk.county, desk.stamp);
    let Made { chunk, plots, versions, features } = made;
    if desk.mode.lists {
        report.plots.extend(chunk.plots.iter().map(|plot| ImportedPlot {
            code: plot.record.contents.code.to_string(),
            id: Some(plot.record.id),
            is_new: true,
        }));
    }
    plot::insert(db, plots)?;
    plot::add_attributes(db, county, std::mem::take(&mut chunk.values), stamp.user, stamp.now)?;
    geometry::insert_rows(db, versions)?;
    journal::append(db, county, std::mem::take(&mut chunk.entries))?;
    Ok(feature::insert(db, county, Layer::Plots, features)?)
}

/// Draws the approvals of new plots anew, once for all of them.
pub(super) fn draw_approvals(db: &mut Db, county: County, approvals: &Approvals) -> Result<(), AppError> {
    features::put_approvals(db, county, &approvals.keys().map(|approval| approval.0).collect::<Vec<_>>())
}

/// What the thread that makes rows hands to the one that writes them.
enum Step {
    Rows(Box<Made>),
    Voucher(Box<enter::Voucher>),
    /// Nothing is left; so many new plots belong to no approval.
    End {
        left: usize,
    },
}

/// Makes rows of what is staged, and vouchers of what was written if the plots enter the books.
struct Maker<'m> {
    desk: Desk,
    staged: Staged,
    known: &'m Known,
    named: &'m Named,
    entering: Option<Entering<'m>>,
    give: SyncSender<Result<Step, AppError>>,
    /// What was written comes back: there is the time here to take it apart.
    written: Receiver<Box<Made>>,
}

impl Maker<'_> {
    fn run(mut self, first: i64, changed_no: i64) {
        if let Err(Some(error)) = self.make(first, changed_no) {
            drop(self.give.send(Err(error)));
        }
    }

    /// None where the writer has stopped.
    fn make(&mut self, mut first: i64, changed_no: i64) -> Result<(), Option<AppError>> {
        let mut on_their_way = 0;
        loop {
            let ready =
                self.staged.take(CHUNK, self.known, self.desk.stamp.today).map_err(|error| Some(error.into()))?;
            if ready.is_empty() {
                break;
            }
            let chunk = Chunk::of(self.desk, first, ready);
            first += chunk.plots.len() as i64;
            self.give(Step::Rows(Box::new(Made::of(self.desk, chunk, changed_no, self.named))))?;
            on_their_way += 1;
            while let Ok(made) = self.written.try_recv() {
                on_their_way -= 1;
                self.enter(made)?;
            }
        }
        for _ in 0..on_their_way {
            let made = self.written.recv().map_err(|_| None)?;
            self.enter(made)?;
        }
        let mut left = 0;
        if let Some(entering) = &mut self.entering {
            left = entering.left;
            if let Some(voucher) = entering.close().map_err(Some)? {
                self.give(Step::Voucher(Box::new(voucher)))?;
            }
        }
        self.give(Step::End { left })
    }

    fn enter(&mut self, made: Box<Made>) -> Result<(), Option<AppError>> {
        let Some(entering) = &mut self.entering else { return Ok(()) };
        for voucher in entering.take(made.chunk).map_err(Some)? {
            self.give(Step::Voucher(Box::new(voucher)))?;
        }
        Ok(())
    }

    fn give(&self, step: Step) -> Result<(), Option<AppError>> {
        self.give.send(Ok(step)).map_err(|_| None)
    }
}

/// A file that was gathered, ready to be written.
pub(super) struct Wanted {
    pub staged: Staged,
    pub known: Known,
    pub approvals: Approvals,
    /// Last entry of the county's journal before the first look.
    pub fence: i64,
    /// What the polygons lie on.
    pub found: Vec<Found>,
    pub report: ImportReport,
    /// Who brings the plots onto the books, if they go there at once.
    pub approver: Option<(UserId, vouchers::Desk)>,
}

/// Writes all staged rows. They are made by a thread of its own, so that the lock waits for the database alone.
pub(super) fn apply(db: &mut Db, desk: Desk, wanted: Wanted, watch: &Watch) -> Result<ImportReport, AppError> {
    let Wanted { staged, known, approvals, fence, found, mut report, approver } = wanted;
    let county = desk.county;
    known_county(db, county)?;
    // The codes were free when they were looked for; if anything was recorded since, they are looked for again.
    let is_changed = journal::last(db, county)? != fence;
    let count = staged.count();
    let (first, changed_no) = begin(db, county, count)?;
    let ids = staged.ids(first);
    let mut reasons: HashMap<PlotId, String> = HashMap::new();
    let named = named(db, county, &approvals)?;
    let begin = |(approver, vouchers)| Entering::begin(db, desk, vouchers, approver, &named);
    let entering = approver.map(begin).transpose()?;
    report.entered = entering.as_ref().map(|_| Entered::default());
    let (give, steps) = sync_channel(1);
    let (back, written) = channel();
    let maker = Maker { desk, staged, known: &known, named: &named, entering, give, written };
    std::thread::scope(|scope| {
        // Dropped when this returns by an error: the thread then ends.
        let (steps, back) = (steps, back);
        scope.spawn(move || maker.run(first, changed_no));
        let mut done = 0;
        loop {
            // A thread that panicked tells nothing.
            let step = steps.recv().map_err(|_| AppError::Storage(StorageError::Panicked))??;
            match step {
                Step::Rows(mut made) => {
                    let chunk = &mut made.chunk;
                    if is_changed {
                        still_free(db, county, chunk)?;
                        still_clear(db, desk, chunk, PlotId(first))?;
                    }
                    reasons.extend(std::mem::take(&mut chunk.reasons));
                    done += chunk.plots.len();
                    rows(db, desk, &mut made, &mut report)?;
                    // Nobody takes it where the other thread has met an error, which is told next.
                    drop(back.send(made));
                    watch(Progress::Written { done: done as u64, of: count as u64 });
                }
                Step::Voucher(voucher) => voucher.write(db, desk, &mut report)?,
                Step::End { left } => {
                    report.entered = report.entered.take().map(|entered| Entered { left, ..entered });
                    return Ok::<_, AppError>(());
                }
            }
        }
    })?;
    let reason = |row| reasons.get(&ids.of(row)).cloned();
    overlap::record(db, county, desk.stamp, found, |row| (ids.of(row), 1), reason)?;
    draw_approvals(db, county, &approvals)?;
    compare_approvals(db, county, &approvals, &mut report)?;
    report.is_written = true;
    Ok(report)
}

/// Refuses rows whose codes were taken while the file was being read.
fn still_free(db: &mut Db, county: County, chunk: &Chunk) -> Result<(), AppError> {
    let codes: Vec<String> = chunk.plots.iter().map(|plot| plot.record.contents.code.to_string()).collect();
    match plot::by_codes(db, county, &codes)?.first() {
        None => Ok(()),
        Some(plot) => {
            let code = &plot.record.contents.code;
            Err(AppError::Conflict(text!(
                "读取文件期间,编号“{code}”已由他人录入;请重新提交",
                "the code {code} was entered by somebody else while the file was being read; send it again"
            )))
        }
    }
}
