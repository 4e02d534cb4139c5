//! 月度进展 from the office's sheet: rows without a word of progress are left as they are.

use super::{Became, SheetImport, SheetItem, SheetReport, bodies};
use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::measures::RowFaults;
use crate::domain::input::{Line, input};
use crate::domain::measure::{Month, ProgressRow, ProgressSheet, Tried};
use crate::domain::record::Reference;
use crate::domain::region::County;
use crate::formats::sheet::{BookKind, nouns};

input! {
    /// A row of the sheet, filled in or not.
    pub struct Filled {
        pub plot: Reference,
        pub month: Option<Month>,
        pub done: Option<Line<1000>>,
        pub remark: Option<Line<1000>>,
    }
    check(row, reader) {
        if row.done.is_some() && row.month.is_none() {
            let message = crate::domain::text::Text::fixed("填了进展须填月份", "a word of progress needs its month");
            reader.fault_at("month", None, message);
        }
    }
}

impl App {
    /// Takes the progress that townships wrote into the office's sheet.
    pub fn import_progress(
        &self,
        caller: &Caller,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        wish: SheetImport,
    ) -> Result<SheetReport, AppError> {
        let read = self.read_sheet(county, kind, bytes, &wish, &nouns::PROGRESS)?;
        let mut bodies = bodies::<Filled>(read);
        let mut lines = Vec::with_capacity(bodies.rows.len());
        let mut rows = Vec::with_capacity(bodies.rows.len());
        for (line, row) in std::mem::take(&mut bodies.rows) {
            let code = row.plot.to_string();
            if let (Some(month), Some(done)) = (row.month, row.done) {
                lines.push((line, code));
                rows.push(Tried(Ok(ProgressRow { plot: row.plot, month, done, remark: row.remark })));
            } else {
                bodies.report.unchanged += 1;
                bodies.report.items.push(SheetItem { line, code, id: None, became: Became::Unchanged });
            }
        }
        // Tried first, so that every bad row is named by its cells before anything is written.
        let tried = self.add_plot_progress(caller, county, ProgressSheet { rows: rows.clone() }, true, true)?;
        let mut is_bad = vec![false; lines.len()];
        for RowFaults { index, faults } in tried.bad {
            is_bad[index] = true;
            bodies.refuse(lines[index].0, faults);
        }
        let good: Vec<_> = rows.into_iter().zip(&is_bad).filter(|(_, bad)| !**bad).map(|(row, _)| row).collect();
        let of_good = lines.into_iter().zip(is_bad).filter(|(_, bad)| !bad);
        let item = |((line, code), _)| SheetItem { line, code, id: None, became: Became::Created };
        bodies.report.items.extend(of_good.map(item));
        (bodies.report.created, bodies.report.unchanged) = (tried.created, bodies.report.unchanged + tried.unchanged);
        let report = bodies.finish(&wish, "/plot")?;
        if !wish.dry_run {
            self.add_plot_progress(caller, county, ProgressSheet { rows: good }, false, false)?;
        }
        Ok(report)
    }
}
