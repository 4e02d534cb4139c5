//! 待办: items of all sources in one list, each with the last thing said about it.

mod idle;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::contracts::taken_back::ended;
use crate::app::error::AppError;
use crate::app::records::known_county;
use crate::domain::codes::TownshipCode;
use crate::domain::contract::due::{Due, DueKind};
use crate::domain::contract::history::Contract;
use crate::domain::ledger::kind::Role;
use crate::domain::ledger::proposal::{State, waits_for};
use crate::domain::policy::{Policy, keys};
use crate::domain::region::{County, UserId};
use crate::domain::text::text;
use crate::domain::worklist::{Task, TaskEventBody, TaskSource, TaskState, state_on};
use crate::storage::contract::{self, OpenDue};
use crate::storage::db::{Db, Lane};
use crate::storage::listing;
use crate::storage::proposal::ProposalPage;
pub use crate::storage::worklist::{TaskEvent, TaskEventPage};
use crate::storage::{ledger, measure, plot, proposal, worklist};

/// What is asked of a source.
struct Ask {
    /// What is due later does not wait yet.
    due_by: NaiveDate,
    today: NaiveDate,
    policy: Arc<Policy>,
}

/// Yields what waits in a county with a deadline up to a day, and what has none. Called inside a read transaction.
type Source = fn(&mut Db, County, &Ask) -> Result<Vec<Task>, AppError>;

/// Where items come from. A new source is a word of [`TaskSource`] and a row here.
const SOURCES: &[(TaskSource, Source)] = &[
    (TaskSource::PlotMeasure, |db, county, ask| plot_measures(db, county, ask.due_by)),
    (TaskSource::Proposal, |db, county, ask| proposals(db, county, ask.due_by)),
    (TaskSource::ContractDue, |db, county, ask| contract_dues(db, county, ask.due_by)),
    (TaskSource::IdleDeadline, |db, county, ask| idle::deadlines(db, county, &ask.policy, ask.today, ask.due_by)),
    (TaskSource::IdleStep, |db, county, _| idle::steps(db, county)),
    (TaskSource::IdleSeizure, |db, county, ask| idle::seizures(db, county, &ask.policy, ask.today)),
];

/// After every deadline that can be given, and within what both databases compare as days.
const FAR: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 30).expect("it is a day");

/// Rows read at a time.
const CHUNK: usize = 1000;

/// An item with how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub task: Task,
    pub state: TaskState,
    pub is_overdue: bool,
    /// The last thing said about it.
    pub last: Option<TaskEvent>,
}

/// Which items are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorklistQuery {
    /// Those that wait for the caller.
    pub mine: bool,
    pub person: Option<UserId>,
    pub township: Option<TownshipCode>,
    pub source: Option<TaskSource>,
    /// None: of any state.
    pub state: Option<TaskState>,
    /// Those due by this day; none: as far ahead as the county's policy reminds.
    pub due_by: Option<NaiveDate>,
    /// After the item of this place.
    pub after: Option<Place>,
    pub limit: usize,
}

/// Where an item stands in the order of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub due_on: Option<NaiveDate>,
    pub source: TaskSource,
    pub key: String,
}

impl Place {
    pub fn of(task: &Task) -> Self {
        Self { due_on: task.due_on, source: task.source, key: task.key.clone() }
    }

    /// As it is written in a query: day (or `-`), source and key.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '~');
        let (day, source, key) = (parts.next()?, parts.next()?, parts.next()?);
        let due_on = if day == "-" { None } else { Some(crate::domain::input::day(day).ok()?) };
        Some(Self { due_on, source: source.parse().ok()?, key: key.to_owned() })
    }

    fn order(&self) -> (NaiveDate, TaskSource, &str) {
        (self.due_on.unwrap_or(NaiveDate::MIN), self.source, &self.key)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.due_on {
            Some(day) => write!(f, "{day}~{}~{}", self.source, self.key),
            None => write!(f, "-~{}~{}", self.source, self.key),
        }
    }
}

/// A page of the worklist with the figures of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worklist {
    pub as_of: NaiveDate,
    /// Items due after this day are not among them.
    pub due_by: NaiveDate,
    pub items: Vec<Waiting>,
    pub total: usize,
    pub overdue: usize,
    pub has_more: bool,
}

impl App {
    /// The worklist as the query asks for it, what is due at once first and then by day.
    pub fn worklist(&self, caller: &Caller, county: County, query: &WorklistQuery) -> Result<Worklist, AppError> {
        let today = self.clock.today();
        let due_by = match query.due_by {
            Some(day) => day,
            None => self.reminded_until(county, today)?,
        };
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| caller.has(*role, county)).collect();
        let ask = Ask { due_by, today, policy: self.policy(county)? };
        let mut items = self.pool.get()?.read(|db| {
            known_county(db, county)?;
            waiting(db, county, &ask, query.source)
        })?;
        items.retain(|item| {
            let task = &item.task;
            (!query.mine || task.waits_for(caller.user, &roles))
                && query.person.is_none_or(|person| task.person == Some(person))
                && query.township.is_none_or(|township| task.township == Some(township))
                && query.state.is_none_or(|state| item.state == state)
        });
        items.sort_by(|a, b| a.task.place().cmp(&b.task.place()));
        let (total, overdue) = (items.len(), items.iter().filter(|item| item.is_overdue).count());
        if let Some(after) = &query.after {
            items.retain(|item| item.task.place() > after.order());
        }
        let has_more = items.len() > query.limit;
        items.truncate(query.limit);
        Ok(Worklist { as_of: today, due_by, items, total, overdue, has_more })
    }

    /// Marks an item done, puts it off or takes that back.
    pub fn add_task_event(&self, caller: &Caller, county: County, sent: TaskEventBody) -> Result<TaskEvent, AppError> {
        let stamp = self.stamp(caller);
        if let Some(until) = sent.until.filter(|until| *until <= stamp.today) {
            let today = stamp.today;
            let message = text!("应晚于今天 {today}", "it must be after today, {today}");
            return Err(AppError::field("/until", Some(until.to_string()), message));
        }
        let ask = Ask { due_by: FAR, today: stamp.today, policy: self.policy(county)? };
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let (source, key) = (sent.source, sent.key.into_string());
            // Of any day: what is far ahead may be done already.
            let tasks = of_source(db, county, source, &ask)?;
            if !tasks.iter().any(|task| task.key == key) {
                return Err(AppError::NotFound(text!(
                    "{source:#}中没有待办“{key}”;它可能已随事实了结",
                    "no item {key:?} of {source} waits; what it was about may be settled"
                )));
            }
            let event = TaskEvent {
                n: worklist::last(db, county)? + 1,
                source,
                key,
                action: sent.action,
                until: sent.until,
                reason: sent.reason.into_string(),
                user: stamp.user,
                at: stamp.now,
            };
            worklist::insert(db, county, &event)?;
            Ok(event)
        })
    }

    /// What was said about items, settled ones among them.
    pub fn task_events(&self, county: County, page: &TaskEventPage) -> Result<Vec<TaskEvent>, AppError> {
        Ok(worklist::page(&mut *self.pool.get()?, county, page)?)
    }

    /// The last day that the worklist reminds of today.
    fn reminded_until(&self, county: County, today: NaiveDate) -> Result<NaiveDate, AppError> {
        let ahead = self.policy(county)?.on(&keys::WORKLIST_REMINDER, today)?.value;
        Ok(today.checked_add_days(Days::new(ahead.0.into())).unwrap_or(today))
    }
}

fn of_source(db: &mut Db, county: County, wanted: TaskSource, ask: &Ask) -> Result<Vec<Task>, AppError> {
    match SOURCES.iter().find(|(source, _)| *source == wanted) {
        Some((_, tasks)) => tasks(db, county, ask),
        None => Ok(Vec::new()),
    }
}

/// What the sources yield, with the last thing said about each.
fn waiting(db: &mut Db, county: County, ask: &Ask, only: Option<TaskSource>) -> Result<Vec<Waiting>, AppError> {
    let today = ask.today;
    let mut all = Vec::new();
    for (source, _) in SOURCES.iter().filter(|(source, _)| only.is_none_or(|only| only == *source)) {
        let tasks = of_source(db, county, *source, ask)?;
        let keys: Vec<String> = tasks.iter().map(|task| task.key.clone()).collect();
        let mut last = worklist::last_words(db, county, *source, &keys)?;
        all.extend(tasks.into_iter().map(|task| {
            let last = last.remove(&task.key);
            let state = state_on(last.as_ref().map(|event| (event.action, event.until)), today);
            let is_overdue = state != TaskState::Done && task.due_on.is_some_and(|due| due < today);
            Waiting { task, state, is_overdue, last }
        }));
    }
    Ok(all)
}

/// Deadlines of measures of plots that still have unsupplied land.
fn plot_measures(db: &mut Db, county: County, due_by: NaiveDate) -> Result<Vec<Task>, AppError> {
    let before = due_by.succ_opt().unwrap_or(due_by);
    let due = measure::due_before(db, county, before)?;
    let mut tasks = Vec::with_capacity(due.len());
    for chunk in due.chunks(CHUNK) {
        let ids: Vec<i64> = chunk.iter().map(|(id, _)| *id).collect();
        let measures = measure::by_plots(db, county, &ids)?;
        for plot in plot::by_ids(db, county, &ids)? {
            let (id, of) = (plot.record.id, plot.record.contents);
            let Some((measure, day)) =
                measures.get(&id.0).and_then(|measure| Some((&measure.contents, measure.contents.due_on?)))
            else {
                continue;
            };
            let code = &of.code;
            let title = match measure.measure {
                Some(intended) => {
                    text!("地块 {code}:{intended:#},{day} 前完成", "plot {code}: {intended}, by {day}")
                }
                None => text!("地块 {code}:{day} 前完成处置", "plot {code}: to be dealt with by {day}"),
            };
            tasks.push(Task {
                source: TaskSource::PlotMeasure,
                key: format!("{id}/{day}"),
                due_on: Some(day),
                township: of.township,
                person: measure.person,
                // A plot that nobody was made responsible for is the clerks' to assign.
                role: measure.person.is_none().then_some(Role::Clerk),
                not: Vec::new(),
                title,
                link: format!("plots/{id}/measure"),
            });
        }
    }
    Ok(tasks)
}

/// What contracts ask for by their newest terms and nobody has reported: delivery, start, completion, instalments. Of land
/// that was taken back nothing is asked any more.
fn contract_dues(db: &mut Db, county: County, due_by: NaiveDate) -> Result<Vec<Task>, AppError> {
    let before = due_by.succ_opt().unwrap_or(due_by);
    let mut dues = contract::due_before(db, county, before)?;
    let ended = ended(db, county, None)?;
    let touched = contract::by_ids(db, county, &ended.contracts())?;
    let touched: HashMap<i64, Contract> = touched.into_iter().map(|contract| (contract.id, contract)).collect();
    dues.retain(|OpenDue { contract, due, .. }| {
        touched.get(contract).is_none_or(|of| ended.since(of, due.phase(of), NaiveDate::MAX).is_none())
    });
    let mut ids: Vec<i64> = dues.iter().map(|due| due.contract).collect();
    ids.sort_unstable();
    ids.dedup();
    let townships = contract::townships(db, county, &ids)?;
    let task = |OpenDue { contract, number, due }: OpenDue| {
        let Due { on, kind, part } = due;
        let (zh, en) = match (kind, part) {
            (_, 0) => (String::new(), String::new()),
            (DueKind::Instalment, part) => (format!("第 {part} 期"), format!(", instalment {part}")),
            (_, part) => (format!("(分期 {part})"), format!(", phase {part}")),
        };
        Task {
            source: TaskSource::ContractDue,
            key: format!("{contract}/{kind}/{part}/{on}"),
            due_on: Some(on),
            township: townships.get(&contract).copied(),
            person: None,
            role: Some(Role::Clerk),
            not: Vec::new(),
            title: text!("合同 {number}:约定 {on} {zh}{kind:#}", "contract {number}: {kind} agreed for {on}{en}"),
            link: format!("contracts/{contract}"),
        }
    };
    Ok(dues.into_iter().map(task).collect())
}

/// Proposals, for whoever may take their next step.
fn proposals(db: &mut Db, county: County, _: NaiveDate) -> Result<Vec<Task>, AppError> {
    let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
    let mut tasks = Vec::new();
    for state in [State::Proposed, State::Reviewed, State::Returned] {
        let mut after = 0;
        loop {
            let at = listing::Place::by_id(after, CHUNK as i64);
            let page = proposal::page(db, county, &ProposalPage { at, state: Some(state) })?;
            let is_last = page.len() < CHUNK;
            after = page.last().map_or(after, |proposal| proposal.id);
            for proposal in page {
                let duty = proposal.kind.duty_on(proposal.effective_on, head.closed_through);
                let Some(role) = waits_for(proposal.state, duty) else { continue };
                let (id, kind, on) = (proposal.id, proposal.kind, proposal.effective_on);
                let (zh, en) = match (state, role) {
                    (State::Returned, _) => ("修改", "revised"),
                    (_, Role::Reviewer) if duty.review => ("审核", "reviewed"),
                    _ => ("批准", "approved"),
                };
                let title =
                    text!("第 {id} 号待批凭证({kind:#},{on})待{zh}", "proposal {id} ({kind}, {on}) waits to be {en}");
                tasks.push(Task {
                    source: TaskSource::Proposal,
                    key: format!("{id}/{}", proposal.version),
                    due_on: None,
                    township: None,
                    // What was returned is for its proposer to mend.
                    person: (state == State::Returned).then_some(proposal.proposer),
                    role: (state != State::Returned).then_some(role),
                    not: std::iter::once(proposal.proposer).chain(proposal.reviewer).collect(),
                    title,
                    link: format!("proposals/{id}"),
                });
            }
            if is_last {
                break;
            }
        }
    }
    Ok(tasks)
}
