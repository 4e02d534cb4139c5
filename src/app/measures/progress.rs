//! 月度进展: rows come back from the townships, all or the good ones, with the faults of each.

use std::collections::{HashMap, HashSet};

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::known_county;
use crate::domain::input::FieldError;
use crate::domain::measure::{Month, ProgressRow, ProgressSheet};
use crate::domain::record::Reference;
use crate::domain::region::{County, PlotId};
use crate::domain::text::text;
use crate::storage::db::{Db, Lane};
use crate::storage::measure::{self, Progress};
use crate::storage::plot;

/// The faults of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFaults {
    /// Its place among the rows, from 0.
    pub index: usize,
    pub faults: Vec<FieldError>,
}

/// What became of rows that were sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgressReport {
    pub rows: usize,
    pub created: usize,
    /// The newest word of the plot's month says the same already.
    pub unchanged: usize,
    pub bad: Vec<RowFaults>,
    pub is_written: bool,
}

impl App {
    /// Takes rows of progress: all or none, or with `partial` the good ones; with `dry_run` none.
    pub fn add_plot_progress(
        &self,
        caller: &Caller,
        county: County,
        sheet: ProgressSheet,
        dry_run: bool,
        partial: bool,
    ) -> Result<ProgressReport, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let mut report = ProgressReport { rows: sheet.rows.len(), ..ProgressReport::default() };
            let mut rows: Vec<(usize, ProgressRow)> = Vec::with_capacity(sheet.rows.len());
            for (index, row) in sheet.rows.into_iter().enumerate() {
                match row.0 {
                    Ok(row) => rows.push((index, row)),
                    Err(faults) => report.bad.push(RowFaults { index, faults }),
                }
            }
            let named = Named::of(db, county, &rows)?;
            let this_month = Month::of(stamp.today);
            let mut good: Vec<(PlotId, ProgressRow)> = Vec::with_capacity(rows.len());
            for (index, row) in rows {
                let mut faults = Vec::new();
                if row.month > this_month {
                    let message = text!("晚于本月 {this_month}", "it is after this month, {this_month}");
                    let value = Some(row.month.to_string());
                    faults.push(FieldError { pointer: "/month".to_owned(), value, message });
                }
                let plot = named.find(&row.plot);
                if plot.is_none() {
                    let message = text!("本县没有地块 {0}", "this county has no plot {0}", row.plot);
                    let value = Some(row.plot.to_string());
                    faults.push(FieldError { pointer: "/plot".to_owned(), value, message });
                }
                match plot.filter(|_| faults.is_empty()) {
                    Some(plot) => good.push((plot, row)),
                    None => report.bad.push(RowFaults { index, faults }),
                }
            }
            report.bad.sort_by_key(|row| row.index);
            if !report.bad.is_empty() && !partial && !dry_run {
                let faults = report.bad.into_iter().flat_map(|row| {
                    let index = row.index;
                    row.faults
                        .into_iter()
                        .map(move |fault| FieldError { pointer: format!("/rows/{index}{}", fault.pointer), ..fault })
                });
                return Err(AppError::Fields(faults.collect()));
            }
            // The last word of each month so far.
            let ids: Vec<i64> = good.iter().map(|(plot, _)| plot.0).collect::<HashSet<i64>>().into_iter().collect();
            let first = good.iter().map(|(_, row)| row.month).min().unwrap_or(this_month);
            let mut last: HashMap<(PlotId, Month), Progress> = HashMap::new();
            for progress in measure::progress_from(db, county, &ids, first.first_day())? {
                last.insert((progress.plot, progress.month), progress);
            }
            let mut new = Vec::with_capacity(good.len());
            for (plot, row) in good {
                let known = last.get(&(plot, row.month));
                let (done, remark) = (row.done.into_string(), row.remark.map(|remark| remark.into_string()));
                if known.is_some_and(|known| known.done == done && known.remark == remark) {
                    report.unchanged += 1;
                    continue;
                }
                let progress = Progress {
                    plot,
                    month: row.month,
                    n: known.map_or(0, |known| known.n) + 1,
                    done,
                    remark,
                    recorded_at: stamp.now,
                    recorded_by: stamp.user,
                };
                last.insert((plot, row.month), progress.clone());
                new.push(progress);
            }
            report.created = new.len();
            if !dry_run {
                measure::add_progress(db, county, &new)?;
                report.is_written = true;
            }
            Ok(report)
        })
    }
}

/// The plots that rows name and that are there.
struct Named {
    ids: HashSet<PlotId>,
    codes: HashMap<String, PlotId>,
}

impl Named {
    fn of(db: &mut Db, county: County, rows: &[(usize, ProgressRow)]) -> Result<Self, AppError> {
        let (mut ids, mut codes) = (HashSet::new(), HashSet::new());
        for (_, row) in rows {
            match &row.plot {
                Reference::Id(id) => drop(ids.insert(*id)),
                Reference::Code(code) => drop(codes.insert(code.clone())),
            }
        }
        let (ids, codes): (Vec<i64>, Vec<String>) = (ids.into_iter().collect(), codes.into_iter().collect());
        let by_code = plot::by_codes(db, county, &codes)?;
        Ok(Self {
            ids: plot::by_ids(db, county, &ids)?.into_iter().map(|plot| plot.record.id).collect(),
            codes: by_code.into_iter().map(|plot| (plot.record.contents.code.to_string(), plot.record.id)).collect(),
        })
    }

    fn find(&self, plot: &Reference) -> Option<PlotId> {
        match plot {
            Reference::Id(id) => Some(PlotId(*id)).filter(|id| self.ids.contains(id)),
            Reference::Code(code) => self.codes.get(code).copied(),
        }
    }
}
