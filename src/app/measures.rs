//! 一地一策: what is to be done with plots that are not supplied, the office's sheet of them, and what comes back of it.

mod progress;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::encumbrances::known_attachments;
use crate::app::error::AppError;
use crate::app::records::{based_on, entry, known_county, missing};
use crate::domain::approval::Approval;
use crate::domain::codes::TownshipCode;
use crate::domain::finding::Finding;
use crate::domain::input::{FieldError, vocabulary};
use crate::domain::measure::{Month, PlotMeasure};
use crate::domain::policy::Policy;
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::domain::rules::supply::net_land;
use crate::domain::text::text;
use crate::storage::db::{Db, Lane};
use crate::storage::listing::Listed;
pub use crate::storage::measure::{Held, Progress, SheetPage, StoredMeasure};
use crate::storage::plot::StoredPlot;
use crate::storage::{account, approval, journal, measure, names, plot};

pub use progress::{ProgressReport, RowFaults};

/// Rows of the sheet looked at together.
const CHUNK: i64 = 1000;
/// Months of progress that stand in the sheet: enough for a plot that was silent for a quarter.
const MONTHS_SHOWN: u32 = 12;

/// A plot with its measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotPlan {
    pub plot: StoredPlot,
    /// Version 0 before anything was written.
    pub measure: StoredMeasure,
    pub held: Held,
    pub is_overdue: bool,
}

/// A row of the office's sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    pub plan: PlotPlan,
    pub approval: Option<Approval>,
    pub township: Option<String>,
    /// Name of the responsible user; none once it was erased.
    pub person: Option<String>,
    /// The last word of the newest month.
    pub progress: Option<Progress>,
}

vocabulary! {
    /// 逾期分组 — by what overdue plots are grouped.
    pub enum OverdueBy {
        Township = "township" "乡镇街道",
        Unit = "unit" "责任单位",
        Person = "person" "责任人",
    }
}

/// Whom overdue plots belong to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverdueKey {
    Township(TownshipCode),
    Unit(String),
    Person(UserId),
    Nobody,
}

/// Overdue plots of one township, unit or person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueGroup {
    pub key: OverdueKey,
    /// Of a township.
    pub name: Option<String>,
    pub plots: u64,
    pub unsupplied: AreaM2,
    pub earliest: NaiveDate,
}

/// A plot with what is written of its measure.
fn plan(db: &mut Db, county: County, id: PlotId, today: NaiveDate) -> Result<PlotPlan, AppError> {
    let plot = plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
    plans(db, county, vec![plot], today)?.pop().ok_or_else(|| missing(Collection::Plot, county, id.0))
}

/// Whether it is net land.
fn net_land_of(plan: &PlotPlan, policy: &Policy, today: NaiveDate) -> Result<Vec<Finding>, AppError> {
    Ok(net_land::decide(&net_land::Case { entries: plan.measure.contents.net_land(), on: today }, policy)?)
}

impl App {
    pub fn plot_plan(&self, county: County, id: PlotId) -> Result<(PlotPlan, Vec<Finding>), AppError> {
        let today = self.clock.today();
        let policy = self.policy(county)?;
        let plan = self.pool.get()?.read(|db| plan(db, county, id, today))?;
        let findings = net_land_of(&plan, &policy, today)?;
        Ok((plan, findings))
    }

    /// Replaces what is written of a plot's measure, and answers what then stands; `version` 0: nothing was there.
    pub fn put_plot_measure(
        &self,
        caller: &Caller,
        county: County,
        id: PlotId,
        version: i64,
        sent: PlotMeasure,
    ) -> Result<(PlotPlan, Vec<Finding>), AppError> {
        let (stamp, policy) = (self.stamp(caller), self.policy(county)?);
        let plan = self.writer.write(Lane(county.number()), move |db| {
            plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
            let before = measure::by_plot(db, county, id)?;
            based_on(version, before.as_ref().map_or(0, |before| before.version))?;
            if before.as_ref().is_some_and(|before| before.contents == sent) {
                return plan(db, county, id, stamp.today);
            }
            let mut faults = Vec::new();
            person_is_there(db, sent.person, &mut faults)?;
            for (index, item) in sent.net_land().iter().enumerate() {
                let mut of_item = Vec::new();
                known_attachments(db, county, item.attachment.as_ref().map(std::slice::from_ref), &mut of_item)?;
                faults.extend(
                    of_item
                        .into_iter()
                        .map(|fault| FieldError { pointer: format!("/net_land/{index}/attachment"), ..fault }),
                );
            }
            if !faults.is_empty() {
                return Err(AppError::Fields(faults));
            }
            let after =
                Record { id, version: version + 1, contents: sent, recorded_at: stamp.now, recorded_by: stamp.user };
            measure::put(db, county, &after)?;
            let was = before.as_ref().map(|before| &before.contents);
            let entry = entry(stamp, "putPlotMeasure", Collection::PlotMeasure, id.0, was, &after.contents);
            journal::append(db, county, vec![entry])?;
            plan(db, county, id, stamp.today)
        })?;
        let findings = net_land_of(&plan, &policy, stamp.today)?;
        Ok((plan, findings))
    }

    /// A page of the office's sheet.
    pub fn plot_sheet(&self, county: County, page: &SheetPage) -> Result<Listed<SheetRow>, AppError> {
        let today = self.clock.today();
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let ids = measure::sheet_plots(db, county, page)?;
            let mut plots = plot::by_ids(db, county, &ids)?;
            let at: HashMap<i64, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
            plots.sort_unstable_by_key(|plot| at.get(&plot.record.id.0).copied());
            let townships = names::townships(db, county)?;
            let mut named: Vec<i64> =
                plots.iter().filter_map(|plot| plot.record.contents.approval).map(|approval| approval.0).collect();
            named.sort_unstable();
            named.dedup();
            let approvals: HashMap<ApprovalId, Approval> =
                approval::by_ids(db, county, &named)?.into_iter().map(|record| (record.id, record.contents)).collect();
            let since = today.checked_sub_months(chrono::Months::new(MONTHS_SHOWN)).unwrap_or(today);
            let mut latest: HashMap<PlotId, Progress> = HashMap::new();
            // In order: the last one of a plot stays.
            for progress in measure::progress_from(db, county, &ids, Month::of(since).first_day())? {
                latest.insert(progress.plot, progress);
            }
            let plans = plans(db, county, plots, today)?;
            let mut persons: Vec<i64> =
                plans.iter().filter_map(|plan| plan.measure.contents.person).map(|person| person.0).collect();
            persons.sort_unstable();
            persons.dedup();
            let persons: HashMap<UserId, String> = account::users(db, &persons)?
                .into_iter()
                .filter_map(|user| Some((user.id, user.person?.display_name)))
                .collect();
            let row = |plan: PlotPlan| {
                let of = &plan.plot.record.contents;
                let approval = of.approval.and_then(|id| approvals.get(&id)).cloned();
                let township = of.township.and_then(|code| townships.get(&i32::try_from(code.get()).ok()?)).cloned();
                let progress = latest.remove(&plan.plot.record.id);
                let person = plan.measure.contents.person.and_then(|person| persons.get(&person)).cloned();
                SheetRow { approval, township, person, progress, plan }
            };
            let rows = plans.into_iter().map(row).collect();
            Ok(page.at.listed(db, county, rows, |row: &SheetRow| row.plan.plot.record.id.0)?)
        })
    }

    /// Overdue plots by township, unit or person: those with the most first.
    pub fn overdue_plots(&self, county: County, by: OverdueBy) -> Result<Vec<OverdueGroup>, AppError> {
        let today = self.clock.today();
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let townships = names::townships(db, county)?;
            let mut groups: BTreeMap<OverdueKey, OverdueGroup> = BTreeMap::new();
            let due = measure::due_before(db, county, today)?;
            for chunk in due.chunks(CHUNK as usize) {
                let ids: Vec<i64> = chunk.iter().map(|(id, _)| *id).collect();
                let plots = plot::by_ids(db, county, &ids)?;
                for plan in plans(db, county, plots, today)? {
                    let contents = &plan.measure.contents;
                    let Some(day) = contents.due_on else { continue };
                    let township = plan.plot.record.contents.township;
                    let key = match by {
                        OverdueBy::Township => township.map(OverdueKey::Township),
                        OverdueBy::Unit => contents.unit.as_ref().map(|unit| OverdueKey::Unit(unit.to_string())),
                        OverdueBy::Person => contents.person.map(OverdueKey::Person),
                    };
                    let key = key.unwrap_or(OverdueKey::Nobody);
                    let name = match key {
                        OverdueKey::Township(code) => {
                            i32::try_from(code.get()).ok().and_then(|code| townships.get(&code)).cloned()
                        }
                        _ => None,
                    };
                    let group = groups.entry(key.clone()).or_insert(OverdueGroup {
                        key,
                        name,
                        plots: 0,
                        unsupplied: AreaM2::ZERO,
                        earliest: day,
                    });
                    group.plots += 1;
                    group.unsupplied = group.unsupplied + plan.held.unsupplied;
                    group.earliest = group.earliest.min(day);
                }
            }
            let mut groups: Vec<OverdueGroup> = groups.into_values().collect();
            groups.sort_by_key(|group| std::cmp::Reverse(group.plots));
            Ok(groups)
        })
    }

    /// The progress of a plot, the newest first.
    pub fn plot_progress(&self, county: County, id: PlotId, limit: i64) -> Result<Vec<Progress>, AppError> {
        self.pool.get()?.read(|db| {
            plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
            Ok(measure::progress(db, county, id, limit)?)
        })
    }
}

/// Plots with their measures and what they hold, in the order given.
fn plans(db: &mut Db, county: County, plots: Vec<StoredPlot>, today: NaiveDate) -> Result<Vec<PlotPlan>, AppError> {
    let ids: Vec<i64> = plots.iter().map(|plot| plot.record.id.0).collect();
    let mut measures = measure::by_plots(db, county, &ids)?;
    let held = measure::held(db, county, &ids)?;
    let plan = |plot: StoredPlot| {
        let id = plot.record.id;
        let measure = measures.remove(&id.0).unwrap_or(Record {
            id,
            version: 0,
            contents: PlotMeasure::EMPTY,
            recorded_at: plot.record.recorded_at,
            recorded_by: plot.record.recorded_by,
        });
        let held = held.get(&id.0).copied().unwrap_or_default();
        let is_overdue = held.unsupplied.is_positive() && measure.contents.due_on.is_some_and(|due| due < today);
        PlotPlan { plot, measure, held, is_overdue }
    };
    Ok(plots.into_iter().map(plan).collect())
}

/// A responsible person has an account that is in use, or the worklist would wait for nobody.
fn person_is_there(db: &mut Db, person: Option<UserId>, faults: &mut Vec<FieldError>) -> Result<(), AppError> {
    let Some(person) = person else { return Ok(()) };
    if !account::by_id(db, person)?.is_some_and(|user| user.is_active) {
        let message = text!(
            "没有编号为 {person} 的在用用户;没有账号的责任人请填 contact",
            "there is no active user {person}; name somebody without an account in contact"
        );
        faults.push(FieldError { pointer: "/person".to_owned(), value: Some(person.to_string()), message });
    }
    Ok(())
}
