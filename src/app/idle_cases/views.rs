//! Cases looked at together: lists, the board by state, deadlines, rates.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::facts::basis;
use super::{CasePage, CaseRow, rows};
use crate::app::App;
use crate::app::error::AppError;
use crate::app::records::known_county;
use crate::domain::calendar::Calendar;
use crate::domain::codes::TownshipCode;
use crate::domain::contract::history::Contract;
use crate::domain::idle_case::clock::Clocks;
use crate::domain::idle_case::deadlines::{Deadline, deadlines};
use crate::domain::idle_case::decide::Law;
use crate::domain::idle_case::{Case, Cause, Facts, Standing, State, Way};
use crate::domain::ledger::rates::{Basis, Rate, rate};
use crate::domain::policy::Policy;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId};
use crate::storage::db::Db;
use crate::storage::listing::{Listed, Place};
use crate::storage::{contract, parcel, plot};

/// Cases looked at together.
const CHUNK: i64 = 500;

/// A case as it stands in a list.
#[derive(Debug, Clone)]
pub struct CaseSummary {
    pub row: CaseRow,
    pub parcel_code: Option<String>,
    pub contract_number: Option<String>,
    pub user_name: Option<String>,
    pub user_code: Option<String>,
    pub townships: Vec<TownshipCode>,
    /// What is due and not done, in order.
    pub open: Vec<Deadline>,
    pub today: NaiveDate,
}

impl CaseSummary {
    pub fn next(&self) -> Option<&Deadline> {
        self.open.iter().find(|deadline| deadline.kind.is_a_duty())
    }

    pub fn overdue(&self) -> usize {
        self.open.iter().filter(|deadline| deadline.is_overdue(self.today)).count()
    }
}

/// Which cases are asked for besides what the rows tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseQuery {
    pub page: CasePage,
    /// With something due by this day.
    pub due_by: Option<NaiveDate>,
    pub overdue: bool,
}

/// One group of the board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub cases: u64,
    pub area: AreaM2,
}

impl Tally {
    fn add(&mut self, area: AreaM2) {
        self.cases += 1;
        self.area = self.area + area;
    }
}

/// 看板 — cases by state and cause, and how much of what was found idle is disposed of.
#[derive(Debug, Clone)]
pub struct Board {
    pub as_of: NaiveDate,
    pub states: Vec<(State, Tally)>,
    pub causes: Vec<(Cause, Tally)>,
    pub suspended: Tally,
    pub overdue: Tally,
    /// 处置率: closed cases by their area, of all that were found idle and not annulled.
    pub disposal: Rate,
}

impl App {
    /// One page of cases.
    pub fn idle_cases(&self, county: County, query: &CaseQuery) -> Result<Listed<CaseSummary>, AppError> {
        let (policy, today) = (self.policy(county)?, self.clock.today());
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let limit = query.page.at.limit;
            let wanted = usize::try_from(limit).unwrap_or(1);
            let mut found: Vec<CaseSummary> = Vec::new();
            let mut page = query.page.clone();
            page.at.limit = CHUNK.min(limit.max(1));
            loop {
                let rows = rows::page(db, county, &page)?;
                let is_last = (rows.len() as i64) < page.at.limit;
                let Some(last) = rows.last().map(|row| row.case.id) else { break };
                page.at.after = Some(page.at.position_of(db, county, last)?);
                let mut all = summaries(db, county, rows, &policy, today)?;
                all.retain(|case| {
                    query.due_by.is_none_or(|day| case.open.iter().any(|deadline| deadline.due <= day))
                        && (!query.overdue || case.overdue() > 0)
                });
                found.extend(all);
                if is_last || found.len() >= wanted {
                    break;
                }
            }
            found.truncate(wanted);
            Ok(query.page.at.listed(db, county, found, |case| case.row.case.id)?)
        })
    }

    /// The board of the county as of today.
    pub fn idle_case_board(&self, county: County) -> Result<Board, AppError> {
        let query = CaseQuery {
            page: CasePage { at: Place::by_id(0, i64::MAX), ..CasePage::default() },
            ..CaseQuery::default()
        };
        let all = self.idle_cases(county, &query)?.rows;
        let mut states: Vec<(State, Tally)> = State::ALL.iter().map(|state| (*state, Tally::default())).collect();
        let mut causes: Vec<(Cause, Tally)> = Cause::ALL.iter().map(|cause| (*cause, Tally::default())).collect();
        let (mut suspended, mut overdue) = (Tally::default(), Tally::default());
        let (mut found, mut disposed) = (AreaM2::ZERO, AreaM2::ZERO);
        for case in &all {
            let (state, area) = (&case.row.state, case.row.case.opening.area);
            if let Some((_, tally)) = states.iter_mut().find(|(known, _)| *known == state.state) {
                tally.add(area);
            }
            if let Some((_, tally)) = causes.iter_mut().find(|(known, _)| Some(*known) == state.cause) {
                tally.add(area);
            }
            if state.is_suspended && !state.state.is_final() {
                suspended.add(area);
            }
            if case.overdue() > 0 {
                overdue.add(area);
            }
            if state.found_on.is_some() && state.state != State::Annulled {
                found = found + area;
                if state.state == State::Closed {
                    disposed = disposed + area;
                }
            }
        }
        let disposal = rate(Basis::Turnover, disposed, found);
        Ok(Board { as_of: self.clock.today(), states, causes, suspended, overdue, disposal })
    }

    /// Everything that is due in open cases by a day, in order; for calendars and lists.
    pub fn idle_case_deadlines(
        &self,
        county: County,
        due_by: Option<NaiveDate>,
        overdue: bool,
    ) -> Result<Vec<(CaseSummary, Deadline)>, AppError> {
        let query = CaseQuery {
            page: CasePage { at: Place::by_id(0, i64::MAX), states: open_states(), ..CasePage::default() },
            due_by,
            overdue,
        };
        let mut all = Vec::new();
        for case in self.idle_cases(county, &query)?.rows {
            for deadline in case.open.clone() {
                let is_in = due_by.is_none_or(|day| deadline.due <= day);
                if is_in && (!overdue || deadline.is_overdue(case.today)) {
                    all.push((case.clone(), deadline));
                }
            }
        }
        all.sort_by_key(|(case, deadline)| (deadline.due, case.row.case.id, deadline.kind));
        Ok(all)
    }
}

/// The states in which something may still follow.
pub(crate) fn open_states() -> Vec<State> {
    State::ALL.iter().copied().filter(|state| !state.is_final()).collect()
}

/// What is due in a county by a day, with what each needs to be named; inside a read transaction.
pub(crate) fn due(
    db: &mut Db,
    county: County,
    policy: &Policy,
    today: NaiveDate,
) -> Result<Vec<CaseSummary>, AppError> {
    let mut page = CasePage { at: Place::by_id(0, CHUNK), states: open_states(), ..CasePage::default() };
    let mut all = Vec::new();
    loop {
        let rows = rows::page(db, county, &page)?;
        let Some(last) = rows.last().map(|row| row.case.id) else { return Ok(all) };
        page.at = Place::by_id(last, CHUNK);
        all.extend(summaries(db, county, rows, policy, today)?);
    }
}

/// Adds to rows what lists show beside them.
fn summaries(
    db: &mut Db,
    county: County,
    cases: Vec<CaseRow>,
    policy: &Policy,
    today: NaiveDate,
) -> Result<Vec<CaseSummary>, AppError> {
    let clocks = Clocks::on(policy, today)?;
    let law = Law { clocks: &clocks, calendar: Calendar::built_in(), today, fee_due: None };
    let ids: Vec<i64> = cases.iter().map(|row| row.case.id).collect();
    let mut steps = rows::steps(db, county, &ids)?;
    let plots_of = rows::plots(db, county, &ids)?;
    let mut plot_ids: Vec<i64> = plots_of.values().flatten().map(|plot| plot.0).collect();
    plot_ids.sort_unstable();
    plot_ids.dedup();
    let townships: HashMap<i64, TownshipCode> = plot::by_ids(db, county, &plot_ids)?
        .into_iter()
        .filter_map(|plot| Some((plot.record.id.0, plot.record.contents.township?)))
        .collect();
    let mut contract_ids: Vec<i64> = cases.iter().map(|row| row.case.contract).collect();
    contract_ids.sort_unstable();
    contract_ids.dedup();
    let contracts: HashMap<i64, Contract> =
        contract::by_ids(db, county, &contract_ids)?.into_iter().map(|contract| (contract.id, contract)).collect();
    let mut codes: HashMap<ParcelId, String> = HashMap::new();
    let mut all = Vec::with_capacity(cases.len());
    for row in cases {
        let id = row.case.id;
        let now = row.case.with(&steps.remove(&id).unwrap_or_default());
        let facts = watched_facts(db, county, &row, &now, policy, today)?;
        let open = if row.state.state.is_final() {
            Vec::new()
        } else {
            let all = deadlines(&now, &facts, &law);
            all.into_iter().filter(|deadline| deadline.done_on.is_none()).collect()
        };
        if !codes.contains_key(&row.case.parcel)
            && let Some(found) = parcel::by_id(db, county, row.case.parcel)?
        {
            codes.insert(row.case.parcel, found.record.contents.code.to_string());
        }
        let newest = contracts.get(&row.case.contract).map(Contract::newest);
        let mut of: Vec<TownshipCode> =
            plots_of.get(&id).into_iter().flatten().filter_map(|plot| townships.get(&plot.0).copied()).collect();
        of.dedup();
        all.push(CaseSummary {
            parcel_code: codes.get(&row.case.parcel).cloned(),
            contract_number: contracts.get(&row.case.contract).map(|contract| contract.number.to_string()),
            user_name: newest.and_then(|version| version.user_name.as_ref()).map(ToString::to_string),
            user_code: newest.and_then(|version| version.user_code.as_ref()).map(ToString::to_string),
            townships: of,
            open,
            today,
            row,
        });
    }
    Ok(all)
}

/// The facts that deadlines need: only a case that is watched after a fee asks its contract.
fn watched_facts(
    db: &mut Db,
    county: County,
    row: &CaseRow,
    now: &Case,
    policy: &Policy,
    today: NaiveDate,
) -> Result<Facts, AppError> {
    if now.way() == Some(Way::Fee) && now.standing() == Standing::Idle && !now.state().is_final() {
        return Ok(basis(db, county, &row.case, policy, today)?.facts);
    }
    Ok(Facts::default())
}
