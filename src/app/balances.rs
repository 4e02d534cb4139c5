//! Balances on any day, and the closing of months.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::{App, LoadedView};
use crate::domain::ledger::balance::{Buckets, Dimension, Key, Question, Sums};
use crate::domain::region::{ApprovalId, County, PlotId, ProjectId};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};
use crate::storage::db::Lane;
use crate::storage::ledger::{self, Head};
pub use crate::storage::month::ClosedMonth as MonthClosed;
use crate::storage::month::{self, ClosedMonth};
use crate::storage::{names, view};

/// Which voucher the answer knows last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Newest,
    Seq(i64),
    /// As known at an instant (UTC).
    At(NaiveDateTime),
}

/// A question about balances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceQuery {
    pub as_of: Option<NaiveDate>,
    pub known: Known,
    pub by: Vec<Dimension>,
    pub only: Vec<Key>,
    pub plot: Option<PlotId>,
}

/// The answer, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceAnswer {
    pub as_of: NaiveDate,
    pub known_seq: i64,
    pub head: Head,
    pub buckets: Buckets,
    pub groups: Vec<(Vec<Key>, Sums)>,
    pub total: Sums,
}

impl App {
    /// The balances of a county at the end of a day, as known at a voucher number.
    pub fn balances(&self, county: County, query: BalanceQuery) -> Result<BalanceAnswer, AppError> {
        let as_of = query.as_of.unwrap_or_else(|| self.clock.today());
        let buckets = self.age_buckets(county, as_of)?;
        let loaded = self.view(county);
        let (head, known_seq) = {
            let db = &mut *self.pool.get()?;
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let known = match query.known {
                Known::Newest => head.seq,
                Known::Seq(seq) if (0..=head.seq).contains(&seq) => seq,
                Known::Seq(seq) => {
                    let newest = head.seq;
                    let message = text!("应在 0 到 {newest} 之间", "it must be from 0 to {newest}");
                    return Err(AppError::field("?known_seq", Some(seq.to_string()), message));
                }
                Known::At(at) => ledger::seq_at(db, county, at)?,
            };
            self.catch_up(county, &head, &loaded)?;
            (head, known)
        };
        let question = Question { as_of, known_seq, by: query.by, only: query.only, plot: query.plot };
        let loaded = loaded.read().unwrap_or_else(PoisonError::into_inner);
        let (groups, total) = loaded.view.answer(&question, &buckets);
        Ok(BalanceAnswer { as_of, known_seq, head, buckets, groups, total })
    }

    fn view(&self, county: County) -> Arc<RwLock<LoadedView>> {
        Arc::clone(self.views.lock().unwrap_or_else(PoisonError::into_inner).entry(county).or_default())
    }

    /// Loads what the view lacks of the head. Of several that find it behind, one loads and the others wait.
    fn catch_up(&self, county: County, head: &Head, loaded: &RwLock<LoadedView>) -> Result<(), AppError> {
        let behind = |l: &LoadedView| l.view.through_seq() < head.seq || l.plots_version < head.plots_version;
        if !behind(&loaded.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let mut loaded = loaded.write().unwrap_or_else(PoisonError::into_inner);
        if behind(&loaded) {
            let LoadedView { view, plots_version } = &mut *loaded;
            self.pool.get()?.read(|db| {
                let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
                view::catch_up(db, county, &head, view, plots_version).map_err(AppError::from)
            })?;
        }
        Ok(())
    }

    /// Closes a month and all before it.
    pub fn close_month(&self, caller: &Caller, county: County, year: i32, month: u32) -> Result<ClosedMonth, AppError> {
        let month_end = month_end(year, month)
            .ok_or_else(|| AppError::field("/month", None, Text::fixed("没有这个月份", "there is no such month")))?;
        let (today, now, user) = (self.clock.today(), self.clock.now(), caller.user);
        if month_end >= today {
            return Err(AppError::Conflict(text!(
                "{month_end} 尚未过去,不能结账",
                "the month ends on {month_end} and is not over"
            )));
        }
        self.writer.write(Lane(county.number()), move |db| {
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            if let Some(closed) = head.closed_through.filter(|closed| *closed >= month_end) {
                return Err(AppError::Conflict(text!(
                    "{closed} 以前已经结账",
                    "months through {closed} are closed already"
                )));
            }
            let closed = ClosedMonth {
                month_end,
                head_seq: head.seq,
                head_hash: head.hash,
                closed_by: user,
                closed_at: head.last_recorded_at.map_or(now, |last| last.max(now)),
            };
            month::close(db, county, &closed)?;
            Ok(closed)
        })
    }

    pub fn closed_months(&self, county: County) -> Result<Vec<ClosedMonth>, AppError> {
        Ok(month::all(&mut *self.pool.get()?, county)?)
    }
}

/// The last day of a month.
fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(chrono::Months::new(1))?.pred_opt().filter(|day| day.year() == year)
}

/// What the keys of balances are called.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    approvals: HashMap<i64, String>,
    projects: HashMap<i64, String>,
    townships: HashMap<i32, String>,
    buckets: Option<Buckets>,
}

impl Labels {
    /// What the names of ages and cohorts are made from.
    pub fn set_buckets(&mut self, buckets: Buckets) {
        self.buckets = Some(buckets);
    }

    pub fn approval(&self, id: ApprovalId) -> Text {
        named(self.approvals.get(&id.0), &id)
    }

    pub fn projects(&self, ids: &[ProjectId]) -> Text {
        let names: Vec<String> = ids.iter().map(|id| named(self.projects.get(&id.0), id).zh.into_owned()).collect();
        Text::new(names.join(" + "), names.join(" + "))
    }

    pub fn township(&self, code: i32) -> Text {
        named(self.townships.get(&code), &code)
    }

    /// The bucket of ages that begins with so many full months.
    pub fn age_from(&self, months: i32) -> Text {
        let limits = self.buckets.as_ref().map_or(&[][..], |buckets| &buckets.age_months);
        let at = limits.iter().filter(|limit| i32::try_from(**limit).is_ok_and(|limit| limit <= months)).count();
        self.age(u8::try_from(at).unwrap_or(u8::MAX))
    }

    /// The bucket of approval years that begins with one; none: the first.
    pub fn cohort_from(&self, first: Option<i32>) -> Text {
        let limits = self.buckets.as_ref().map_or(&[][..], |buckets| &buckets.cohorts);
        let at = limits.iter().filter(|limit| first.is_some_and(|first| **limit <= first)).count();
        self.cohort(u8::try_from(at).unwrap_or(u8::MAX))
    }

    /// A bucket of full years since the approval.
    pub fn age(&self, at: u8) -> Text {
        let limits = self.buckets.as_ref().map_or(&[][..], |buckets| &buckets.age_months);
        let limit = |at: Option<usize>| at.and_then(|at| limits.get(at)).and_then(|m| Term::from_months(*m).ok());
        match (limit(usize::from(at).checked_sub(1)), limit(Some(usize::from(at)))) {
            (None, Some(to)) => Text::new(format!("不满{}", to.zh()), format!("less than {}", to.en())),
            (Some(from), Some(to)) => {
                Text::new(format!("满{}不满{}", from.zh(), to.zh()), format!("{} to less than {}", from.en(), to.en()))
            }
            (Some(from), None) => Text::new(format!("满{}", from.zh()), format!("{} and more", from.en())),
            (None, None) => Text::fixed("全部", "all"),
        }
    }

    /// A bucket of approval years.
    pub fn cohort(&self, at: u8) -> Text {
        let limits = self.buckets.as_ref().map_or(&[][..], |buckets| &buckets.cohorts);
        match (usize::from(at).checked_sub(1).and_then(|at| limits.get(at)), limits.get(usize::from(at))) {
            (None, Some(to)) => text!("{to} 年以前批准", "approved before {to}"),
            (Some(from), Some(to)) => {
                let last = to - 1;
                text!("{from}–{last} 年批准", "approved {from}–{last}")
            }
            (Some(from), None) => text!("{from} 年以后批准", "approved from {from} on"),
            (None, None) => Text::fixed("全部", "all"),
        }
    }
}

fn named(name: Option<&String>, id: &impl std::fmt::Display) -> Text {
    let name = name.cloned().unwrap_or_else(|| id.to_string());
    Text::new(name.clone(), name)
}

impl App {
    /// The names of a county's approvals, projects and townships.
    pub fn labels(&self, county: County) -> Result<Labels, AppError> {
        let db = &mut *self.pool.get()?;
        Ok(Labels {
            approvals: names::approvals(db, county)?,
            projects: names::projects(db, county)?,
            townships: names::townships(db, county)?,
            buckets: None,
        })
    }

    /// Balances with the names of their groups.
    pub fn labelled_balances(&self, county: County, query: BalanceQuery) -> Result<(BalanceAnswer, Labels), AppError> {
        let by = query.by.clone();
        let answer = self.balances(county, query)?;
        let mut labels = Labels { buckets: Some(answer.buckets.clone()), ..Labels::default() };
        let db = &mut *self.pool.get()?;
        for dimension in by {
            match dimension {
                Dimension::Approval => labels.approvals = names::approvals(db, county)?,
                Dimension::Project => labels.projects = names::projects(db, county)?,
                Dimension::Township => labels.townships = names::townships(db, county)?,
                _ => {}
            }
        }
        Ok((answer, labels))
    }

    pub fn ledger_head(&self, county: County) -> Result<Head, AppError> {
        ledger::head(&mut *self.pool.get()?, county)?.ok_or_else(|| AppError::unknown_county(county))
    }
}
