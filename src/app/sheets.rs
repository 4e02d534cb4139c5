//! Spreadsheets into the books: each row through the use case that one body would take, all or none.
//!
//! To import a further kind of thing: write its table (`formats/sheet/nouns.rs`), read it with [`App::read_sheet`] and
//! [`bodies`], and hand what is sound to its use case inside one write; faults are named by [`Bodies::refuse`].

mod approvals;
mod contracts;
mod monitoring;
mod progress;
mod supplies;

use std::collections::HashMap;

use crate::app::App;
use crate::app::error::AppError;
use crate::app::plots::{BadRow, Repaired};
use crate::domain::input::{self, FieldError, Input};
use crate::domain::region::County;
use crate::domain::text::text;
use crate::formats::sheet::nouns::TOWNSHIPS;
use crate::formats::sheet::{self, BookKind, Context, Limits, Read, Table, book};
use crate::formats::sniff::{Looks, not_what_it_claims, sniff};
use crate::storage::db::StorageError;
pub use monitoring::MonitoringReport;

/// Faults that a refusal lists, and rows that a report describes.
const DESCRIBED_MAX: usize = 1000;

/// How a sheet is taken.
#[derive(Debug, Clone, Default)]
pub struct SheetImport {
    /// Say what would happen and write nothing.
    pub dry_run: bool,
    /// Write the good rows although others are bad.
    pub partial: bool,
    /// The sheet of a workbook that is meant.
    pub sheet: Option<String>,
    /// Of supplies whose rows do not say it: who issued the documents.
    pub authority: Option<String>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetItem {
    /// Row of the sheet, from 1.
    pub line: usize,
    /// What people know it by.
    pub code: String,
    /// Id of the record, number of the voucher or id of the proposal; none in a dry run for what is new.
    pub id: Option<i64>,
    pub became: Became,
}

crate::vocabulary! {
    /// 处理结果 — what became of a row.
    pub enum Became {
        Created = "created" "新录入",
        Unchanged = "unchanged" "此前已录入,内容相同",
        Posted = "posted" "已入账",
        Proposed = "proposed" "已提交,待审批",
    }
}

/// What became of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetReport {
    pub sheet: String,
    pub rows: usize,
    pub created: usize,
    pub unchanged: usize,
    pub bad: usize,
    /// Whether the good rows are in the books now.
    pub is_written: bool,
    pub items: Vec<SheetItem>,
    pub bad_rows: Vec<BadRow>,
    pub repairs: Vec<Repaired>,
}

/// The sound bodies of a sheet with their rows, and the bad rows.
pub(crate) struct Bodies<T> {
    pub read: Read,
    pub report: SheetReport,
    pub rows: Vec<(usize, T)>,
    bad: HashMap<usize, Vec<FieldError>>,
}

impl<T> Bodies<T> {
    /// Records what is wrong with a row: pointers of its body become cells.
    pub fn refuse(&mut self, row: usize, faults: Vec<FieldError>) {
        let faults = faults.into_iter().map(|fault| self.read.locate(row, fault));
        self.bad.entry(row).or_default().extend(faults);
    }

    pub fn is_bad(&self, row: usize) -> bool {
        self.bad.contains_key(&row)
    }

    /// The report of all rows, or the refusal if rows are bad and the others may not stand without them.
    pub fn finish(mut self, wish: &SheetImport, code: &'static str) -> Result<SheetReport, AppError> {
        let mut bad: Vec<(usize, Vec<FieldError>)> = std::mem::take(&mut self.bad).into_iter().collect();
        bad.sort_by_key(|(row, _)| *row);
        if !bad.is_empty() && !wish.dry_run && !wish.partial {
            let mut faults: Vec<FieldError> = bad.into_iter().flat_map(|(_, faults)| faults).collect();
            let count = faults.len();
            if count > DESCRIBED_MAX {
                faults.truncate(DESCRIBED_MAX);
                let message = text!(
                    "共 {count} 处有误,只列出前 {DESCRIBED_MAX} 处",
                    "{count} cells are wrong, the first {DESCRIBED_MAX} are listed"
                );
                faults.push(FieldError { pointer: String::new(), value: None, message });
            }
            return Err(AppError::Fields(faults));
        }
        let mut report = self.report;
        report.bad = bad.len();
        report.is_written = !wish.dry_run;
        report.items.sort_by_key(|item| item.line);
        let row = |(index, (line, faults)): (usize, (usize, Vec<FieldError>))| BadRow {
            index,
            line: Some(line),
            code: self.read.cell(line, code).1,
            faults,
            offence: None,
        };
        report.bad_rows = bad.into_iter().take(DESCRIBED_MAX).enumerate().map(row).collect();
        Ok(report)
    }
}

/// What a row of a table says wrong by itself, or its body.
pub(crate) fn bodies<T>(mut read: Read) -> Bodies<T>
where
    T: for<'de> Input<'de>,
{
    let rows = std::mem::take(&mut read.rows);
    let report = SheetReport {
        sheet: read.sheet.clone(),
        rows: rows.len(),
        repairs: repairs(&mut read),
        ..SheetReport::default()
    };
    let mut bodies = Bodies { read, report, rows: Vec::with_capacity(rows.len()), bad: HashMap::new() };
    for row in rows {
        match row.body.map(|body| input::read::<T>(body.as_bytes())) {
            Ok(Ok(body)) => bodies.rows.push((row.number, body)),
            Ok(Err(faults)) => bodies.refuse(row.number, faults),
            // They name their cells already.
            Err(faults) => bodies.bad.entry(row.number).or_default().extend(faults),
        }
    }
    bodies
}

/// What was left out or read otherwise.
pub(super) fn repairs(read: &mut Read) -> Vec<Repaired> {
    let note = |note: sheet::Note| Repaired { line: note.line, code: note.code, message: note.message };
    std::mem::take(&mut read.notes).into_iter().take(DESCRIBED_MAX).map(note).collect()
}

/// The table in a file of the format that its sender named.
pub(super) fn read_bytes(
    kind: BookKind,
    bytes: &[u8],
    context: &Context,
    wanted: Option<&str>,
    table: &'static Table,
) -> Result<Read, AppError> {
    let looks = sniff(bytes);
    let fits = match kind {
        BookKind::Csv => matches!(looks, Looks::Text | Looks::Json),
        BookKind::Xlsx | BookKind::Ods => looks == Looks::Zip,
    };
    if !fits {
        let message = if looks == Looks::Office {
            book::CannotRead::OldExcel.text()
        } else {
            not_what_it_claims(&kind.name(), looks)
        };
        return Err(AppError::field("", None, message));
    }
    let sheets =
        book::open(kind, bytes, &Limits::REQUEST).map_err(|cannot| AppError::field("", None, cannot.text()))?;
    sheet::read(&sheets, table, context, wanted).map_err(AppError::Fields)
}

impl App {
    /// What the cells of a county's sheets are held against.
    pub(super) fn sheet_context(&self, county: County) -> Result<Context, AppError> {
        let county_name = self.county(county)?.name;
        let townships = self.townships(county)?;
        let townships = townships.into_iter().map(|township| (township.name, township.code.to_string())).collect();
        Ok(Context { county, county_name, names: HashMap::from([(TOWNSHIPS, townships)]) })
    }

    /// Reads a table out of a file.
    pub(crate) fn read_sheet(
        &self,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        wish: &SheetImport,
        table: &'static Table,
    ) -> Result<Read, AppError> {
        read_bytes(kind, bytes, &self.sheet_context(county)?, wish.sheet.as_deref(), table)
    }
}

/// How work inside the lock ends without leaving anything behind: refused, or done for its report alone.
enum Halt<R = SheetReport> {
    Refused(AppError),
    Looked(Box<R>),
}

impl<R> From<AppError> for Halt<R> {
    fn from(error: AppError) -> Self {
        Self::Refused(error)
    }
}

impl<R> From<StorageError> for Halt<R> {
    fn from(error: StorageError) -> Self {
        Self::Refused(error.into())
    }
}

/// Gives back the report of a dry run, whose work was undone.
fn settled<R>(outcome: Result<R, Halt<R>>) -> Result<R, AppError> {
    match outcome {
        Ok(report) => Ok(report),
        Err(Halt::Looked(report)) => Ok(*report),
        Err(Halt::Refused(error)) => Err(error),
    }
}

/// The faults of a row that a use case refused; what is no fault of the row goes on as it is.
fn faults_of(error: AppError) -> Result<Vec<FieldError>, AppError> {
    let one = |pointer: String, message| vec![FieldError { pointer, value: None, message }];
    match error {
        AppError::Fields(faults) | AppError::Overlaps { faults, .. } => Ok(faults),
        AppError::Refused(refused) => Ok(one(refused.pointer(), refused.text())),
        AppError::CaseRefused(reasons) => Ok(reasons
            .iter()
            .map(|reason| FieldError { pointer: reason.pointer().to_owned(), value: None, message: reason.text() })
            .collect()),
        AppError::Taken(message)
        | AppError::NotFound(message)
        | AppError::Conflict(message)
        | AppError::CannotDecide(message) => Ok(one(String::new(), message)),
        error @ (AppError::Forbidden(_)
        | AppError::Stale { .. }
        | AppError::SignIn(_)
        | AppError::TooMany(_)
        | AppError::Storage(_)) => Err(error),
    }
}
