//! What waits in cases of idle land: deadlines, steps on their way, and seizures that nobody has answered.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::idle_cases::facts::seized_by;
use crate::app::idle_cases::views::{CaseSummary, due};
use crate::domain::idle_case::record::{StepState, waits_for};
use crate::domain::ledger::kind::Role;
use crate::domain::policy::Policy;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::domain::worklist::{Task, TaskSource};
use crate::storage::db::Db;
use crate::storage::idle_case as rows;

fn task(case: &CaseSummary, source: TaskSource, key: String, title: crate::domain::text::Text) -> Task {
    Task {
        source,
        key,
        due_on: None,
        township: case.townships.first().copied(),
        person: None,
        role: Some(Role::Clerk),
        not: Vec::new(),
        title,
        link: format!("idle-cases/{}", case.row.case.id),
    }
}

/// Duties of open cases that are due by a day; rights of the land user that lapse are nobody's task.
pub(super) fn deadlines(
    db: &mut Db,
    county: County,
    policy: &Policy,
    today: NaiveDate,
    due_by: NaiveDate,
) -> Result<Vec<Task>, AppError> {
    let mut tasks = Vec::new();
    for case in due(db, county, policy, today)? {
        let number = case.row.case.number;
        for deadline in case.open.iter().filter(|open| open.kind.is_a_duty() && open.due <= due_by) {
            let (kind, day) = (deadline.kind, deadline.due);
            let title = text!("案件 {number}:{kind:#},{day} 届满", "case {number}: {kind} ends on {day}");
            let key = format!("{}/{}/{day}", case.row.case.id, kind.as_str());
            tasks.push(Task { due_on: Some(day), ..task(&case, TaskSource::IdleDeadline, key, title) });
        }
    }
    Ok(tasks)
}

/// Proposed steps, for whoever may take the next action on them.
pub(super) fn steps(db: &mut Db, county: County) -> Result<Vec<Task>, AppError> {
    let mut tasks = Vec::new();
    for proposal in rows::open_proposals(db, county)? {
        let Some(row) = rows::by_id(db, county, proposal.case)? else { continue };
        let (number, n) = (row.case.number, proposal.n);
        let (zh, en) =
            if proposal.state == StepState::Proposed { ("审核", "reviewed") } else { ("批准", "approved") };
        tasks.push(Task {
            source: TaskSource::IdleStep,
            key: format!("{}/{n}/{}", row.case.id, proposal.version),
            due_on: None,
            township: None,
            person: None,
            role: waits_for(proposal.state),
            not: std::iter::once(proposal.proposer).chain(proposal.reviewer).collect(),
            title: text!(
                "案件 {number} 第 {n} 号待批步骤待{zh}",
                "proposed step {n} of case {number} waits to be {en}"
            ),
            link: format!("idle-cases/{}", row.case.id),
        });
    }
    Ok(tasks)
}

/// Open cases on seized land that go on all the same: suspend them, or say why not.
pub(super) fn seizures(db: &mut Db, county: County, policy: &Policy, today: NaiveDate) -> Result<Vec<Task>, AppError> {
    let mut tasks = Vec::new();
    for case in due(db, county, policy, today)? {
        if case.row.state.is_suspended {
            continue;
        }
        let Some(document) = seized_by(db, county, case.row.case.parcel, today)? else { continue };
        let number = case.row.case.number;
        let title = text!(
            "案件 {number} 的土地已被查封({document}),请决定是否中止处置",
            "the land of case {number} is seized ({document}); decide whether to suspend it"
        );
        let key: String = format!("{}/{document}", case.row.case.id).chars().take(100).collect();
        tasks.push(task(&case, TaskSource::IdleSeizure, key, title));
    }
    Ok(tasks)
}
