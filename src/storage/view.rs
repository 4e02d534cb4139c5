//! Feeding the in-memory view of a county: what came since it was last looked at.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ledger::account::Account;
use crate::domain::ledger::balance::{Cause, PlotKeys, View};
use crate::domain::ledger::voucher::{Holding, Line};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ApprovalId, County, PlotId, ProjectId};
use crate::storage::db::{Db, StorageError};
use crate::storage::ledger::Head;
use crate::storage::schema::{approval, plot, plot_attribute, plot_project, voucher_line};

/// Rows read at a time, so that a long load needs no memory for all of them at once.
const CHUNK: i64 = 50_000;

/// Brings the view up to the head, plots first. Runs inside one read transaction.
pub fn catch_up(
    db: &mut Db,
    of: County,
    head: &Head,
    view: &mut View,
    plots_version: &mut i64,
) -> Result<(), StorageError> {
    if *plots_version < head.plots_version {
        load_plots(db, of, view, *plots_version)?;
        *plots_version = head.plots_version;
    }
    load_lines(db, of, view)?;
    view.reached(head.seq);
    Ok(())
}

type PlotRow = (i64, i64, Option<i64>, Option<String>, Option<String>, Option<NaiveDate>);

fn load_plots(db: &mut Db, of: County, view: &mut View, since: i64) -> Result<(), StorageError> {
    let county = of.number();
    let mut after = (since, i64::MAX);
    loop {
        let rows: Vec<PlotRow> = plot::table
            .left_join(
                approval::table
                    .on(approval::county.eq(plot::county).and(approval::id.nullable().eq(plot::approval_id))),
            )
            .filter(plot::county.eq(county))
            .filter(plot::changed_no.gt(after.0).or(plot::changed_no.eq(after.0).and(plot::id.gt(after.1))))
            .order((plot::changed_no, plot::id))
            .limit(CHUNK)
            .select((
                plot::id,
                plot::changed_no,
                plot::approval_id,
                plot::approved_project,
                approval::approved_project.nullable(),
                approval::approved_on.nullable(),
            ))
            .load(db)?;
        let Some(last) = rows.last().map(|row| (row.1, row.0)) else { return Ok(()) };
        let (low, high) = rows.iter().fold((i64::MAX, 0), |(low, high), row| (low.min(row.0), high.max(row.0)));
        let mut dated = attributes(db, county, low, high)?;
        let mut projects = projects(db, county, low, high)?;
        for (id, _, approval_id, own_project, approved_project, approved_on) in rows {
            let (townships, causes) = dated.remove(&id).unwrap_or_default();
            view.put_plot(PlotKeys {
                id: PlotId(id),
                approval: approval_id.map(ApprovalId),
                approved_on,
                approved_project: own_project.or(approved_project),
                projects: projects.remove(&id).unwrap_or_default(),
                townships,
                causes,
            });
        }
        after = last;
    }
}

type Dated = (Vec<(NaiveDate, i32)>, Vec<(NaiveDate, Option<Cause>)>);

/// Township and cause of the plots from one id to another; of several records of one day the last counts.
fn attributes(db: &mut Db, county: i32, low: i64, high: i64) -> Result<HashMap<i64, Dated>, StorageError> {
    let rows: Vec<(i64, String, NaiveDate, Option<String>)> = plot_attribute::table
        .filter(plot_attribute::county.eq(county).and(plot_attribute::plot_id.between(low, high)))
        .filter(plot_attribute::attribute.eq_any(["township", "cause"]))
        .order((plot_attribute::plot_id, plot_attribute::attribute, plot_attribute::from_day, plot_attribute::n))
        .select((plot_attribute::plot_id, plot_attribute::attribute, plot_attribute::from_day, plot_attribute::value))
        .load(db)?;
    let mut found: HashMap<i64, Dated> = HashMap::new();
    for (id, attribute, from_day, value) in rows {
        let (townships, causes) = found.entry(id).or_default();
        let corrupt = |why: String| StorageError::corrupt(format!("attribute {attribute} of plot {id}"), why);
        match (attribute.as_str(), value) {
            ("township", Some(code)) => {
                townships.retain(|(day, _)| *day != from_day);
                townships.push((from_day, code.parse().map_err(|_| corrupt(format!("{code:?} is no township code")))?));
            }
            ("cause", cause) => {
                let cause = cause.map(|word| word.parse()).transpose();
                causes.retain(|(day, _)| *day != from_day);
                causes.push((
                    from_day,
                    cause.map_err(|error: crate::domain::text::Text| corrupt(error.en.into_owned()))?,
                ));
            }
            (_, value) => return Err(corrupt(format!("value {value:?}"))),
        }
    }
    Ok(found)
}

fn projects(db: &mut Db, county: i32, low: i64, high: i64) -> Result<HashMap<i64, Vec<ProjectId>>, StorageError> {
    let rows: Vec<(i64, i64)> = plot_project::table
        .filter(plot_project::county.eq(county).and(plot_project::plot_id.between(low, high)))
        .order((plot_project::plot_id, plot_project::project_id))
        .select((plot_project::plot_id, plot_project::project_id))
        .load(db)?;
    let mut found: HashMap<i64, Vec<ProjectId>> = HashMap::new();
    for (plot, project) in rows {
        found.entry(plot).or_default().push(ProjectId(project));
    }
    Ok(found)
}

type LineRow = (i64, i32, NaiveDate, String, i64, String, i64, i64);

fn load_lines(db: &mut Db, of: County, view: &mut View) -> Result<(), StorageError> {
    let mut after = (view.through_seq(), i32::MAX);
    loop {
        let rows: Vec<LineRow> = voucher_line::table
            .filter(voucher_line::county.eq(of.number()))
            .filter(voucher_line::seq.gt(after.0).or(voucher_line::seq.eq(after.0).and(voucher_line::line.gt(after.1))))
            // Says the same once more, so that both planners start at the key instead of filtering from 1.
            .filter(voucher_line::seq.ge(after.0))
            .order((voucher_line::seq, voucher_line::line))
            .limit(CHUNK)
            .select((
                voucher_line::seq,
                voucher_line::line,
                voucher_line::effective_on,
                voucher_line::from_account,
                voucher_line::from_plot,
                voucher_line::to_account,
                voucher_line::to_plot,
                voucher_line::area_cm2,
            ))
            .load(db)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = (last.0, last.1);
        let full = rows.len() as i64 == CHUNK;
        for (seq, _, effective_on, from, from_plot, to, to_plot, area_cm2) in rows {
            let corrupt = |why: String| StorageError::corrupt(format!("a line of voucher {of}/{seq}"), why);
            let account = |word: &str| word.parse::<Account>().map_err(|error| corrupt(error.en.into_owned()));
            let line = Line {
                from: Holding { plot: PlotId(from_plot), account: account(&from)?, parcel: None },
                to: Holding { plot: PlotId(to_plot), account: account(&to)?, parcel: None },
                area: AreaM2::from_units(area_cm2).map_err(|error| corrupt(error.to_string()))?,
            };
            view.push(seq, effective_on, &line);
        }
        if !full {
            return Ok(());
        }
    }
}
