//! 监测监管系统的导出, imported whole or not at all, and held against the books at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::{Became, Bodies, Halt, SheetImport, SheetItem, SheetReport, bodies, settled};
use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::monitoring::{Journalled, monitoring_counts};
use crate::app::plots::Repaired;
use crate::app::records::{entry, in_future, known_county};
use crate::domain::input::FieldError;
use crate::domain::monitoring::{MonitoredSupply, MonitoringCounts};
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::formats::sheet::{BookKind, nouns};
use crate::storage::db::Lane;
use crate::storage::journal;
use crate::storage::monitoring::{self as rows, MonitoringSnapshot, StoredSupply};

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoringReport {
    pub sheet: SheetReport,
    /// As it is kept; in a dry run as it would be.
    pub snapshot: MonitoringSnapshot,
    /// False: the same file of the same day was there already.
    pub is_new: bool,
    /// The three lists against the export that holds by then.
    pub counts: MonitoringCounts,
}

impl App {
    /// Keeps an export of the monitoring system with the day it is of.
    pub fn import_monitoring(
        &self,
        caller: &Caller,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        as_of: NaiveDate,
        wish: SheetImport,
    ) -> Result<MonitoringReport, AppError> {
        let stamp = self.stamp(caller);
        if let Some(fault) = in_future("?as_of", Some(as_of), stamp.today) {
            return Err(AppError::Fields(vec![fault]));
        }
        let read = self.read_sheet(county, kind, bytes, &wish, &nouns::MONITORING)?;
        let mut bodies = bodies::<MonitoredSupply>(read);
        check(&mut bodies, as_of);
        let tolerances = self.tolerances(county, stamp.today)?;
        let (sha256, byte_size) = (Sha256::digest(bytes).into(), i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        settled(self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let supplies: Vec<StoredSupply> = std::mem::take(&mut bodies.rows)
                .into_iter()
                .filter(|(row, _)| !bodies.is_bad(*row))
                .map(|(row, contents)| StoredSupply { sheet_row: i64::try_from(row).unwrap_or(i64::MAX), contents })
                .collect();
            let known = rows::all(db, county)?;
            let again = known.iter().find(|known| known.sha256 == sha256 && known.as_of == as_of).cloned();
            let is_new = again.is_none();
            let area: AreaM2 = supplies.iter().map(|supply| supply.contents.area.get().m2()).sum();
            let snapshot = again.unwrap_or_else(|| MonitoringSnapshot {
                n: known.last().map_or(1, |last| last.n + 1),
                as_of,
                sha256,
                byte_size,
                rows: i64::try_from(supplies.len()).unwrap_or(i64::MAX),
                area,
                imported_by: stamp.user,
                imported_at: stamp.now,
            });
            let became = if is_new { Became::Created } else { Became::Unchanged };
            *(if is_new { &mut bodies.report.created } else { &mut bodies.report.unchanged }) = supplies.len();
            bodies.report.items = supplies
                .iter()
                .map(|supply| SheetItem {
                    line: usize::try_from(supply.sheet_row).unwrap_or(usize::MAX),
                    code: supply.contents.number.to_string(),
                    id: None,
                    became,
                })
                .collect();
            let sheet = bodies.finish(&wish, "/number")?;
            // What is wrong is not written, not even to look what would come of it.
            let is_sound = sheet.bad == 0;
            if is_new && is_sound {
                rows::insert(db, county, &snapshot, &supplies)?;
                let facts = Journalled::of(&snapshot);
                let entry =
                    entry(stamp, "importMonitoringFile", Collection::MonitoringSnapshot, snapshot.n, None, &facts);
                journal::append(db, county, vec![entry])?;
            }
            let counts = monitoring_counts(db, county, &tolerances)?;
            let report = MonitoringReport { sheet, snapshot, is_new, counts };
            if wish.dry_run { Err(Halt::Looked(Box::new(report))) } else { Ok(report) }
        }))
    }
}

/// Refuses numbers that stand twice and days after the export's own; tells of numbers of an unusual form.
fn check(bodies: &mut Bodies<MonitoredSupply>, as_of: NaiveDate) {
    let mut faults: Vec<(usize, FieldError)> = Vec::new();
    let mut notes: Vec<Repaired> = Vec::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (row, supply) in &bodies.rows {
        let mut fault = |pointer: &str, message| {
            faults.push((*row, FieldError { pointer: pointer.to_owned(), value: None, message }));
        };
        let number = supply.number.as_str();
        match first.get(number) {
            Some(before) => fault(
                "/number",
                text!(
                    "与第 {before} 行的监管号相同;一个监管号只能有一行,分期支付请并入一行,重复的请删去",
                    "row {before} has the same number; a number has one row: put instalments into it, remove what stands twice"
                ),
            ),
            None => {
                first.insert(number, *row);
            }
        }
        for (pointer, day) in
            [("/signed_on", supply.signed_on), ("/started_on", supply.started_on), ("/finished_on", supply.finished_on)]
        {
            if day.is_some_and(|day| day > as_of) {
                fault(
                    pointer,
                    text!(
                        "晚于导出截止日 {as_of};请核对日期,或改正 as_of",
                        "it is after the day of the export, {as_of}; check the day, or correct as_of"
                    ),
                );
            }
        }
        if !supply.number.has_usual_form() {
            let message = text!(
                "监管号“{number}”不是常见的 16 位形式(县 6 位、年 4 位、字母、序号 5 位,可带 -n);照录,请核对",
                "the number {number:?} has not the usual 16 characters (county 6, year 4, a letter, serial 5, perhaps -n); kept as it is, check it"
            );
            notes.push(Repaired { line: Some(*row), code: "unusual_number", message });
        }
    }
    for (row, fault) in faults {
        bodies.refuse(row, vec![fault]);
    }
    bodies.report.repairs.extend(notes);
}
