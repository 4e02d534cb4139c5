//! 待办: what waits for somebody, and what people said about it.
//!
//! An item comes from a fact elsewhere (a deadline, a proposal) and is not stored. It leaves when the fact is settled, or
//! when somebody marks it done with a reason; nothing else takes it away. What people said is appended and never lost.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::codes::TownshipCode;
use crate::domain::input::{Line, input, vocabulary};
use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::text::Text;

vocabulary! {
    /// 待办来源 — where an item of the worklist comes from.
    pub enum TaskSource {
        PlotMeasure = "plot_measure" "一地一策时限",
        Proposal = "proposal" "待批凭证",
        IdleDeadline = "idle_deadline" "闲置案件期限",
        IdleStep = "idle_step" "闲置案件待批步骤",
        IdleSeizure = "idle_seizure" "闲置案件涉查封",
        ContractDue = "contract_due" "合同约定期限",
    }
}

vocabulary! {
    /// 待办状态 — how an item stands.
    pub enum TaskState {
        Open = "open" "待办",
        Postponed = "postponed" "已延后",
        Done = "done" "已办结",
    }
}

vocabulary! {
    /// 待办操作 — what somebody says about an item.
    pub enum TaskAction {
        Done = "done" "办结",
        Postponed = "postponed" "延后",
        Reopened = "reopened" "恢复",
    }
}

/// 待办事项 — one thing that waits, as a source yields it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    pub source: TaskSource,
    /// Names the item within its source. It holds what the item is about: a new deadline makes a new item, so that
    /// what was said about the old one does not hide it.
    pub key: String,
    /// None: at once.
    pub due_on: Option<NaiveDate>,
    pub township: Option<TownshipCode>,
    /// Who is responsible by name.
    pub person: Option<UserId>,
    /// Where no person is: whoever holds this role, but for those in `not`.
    pub role: Option<Role>,
    pub not: Vec<UserId>,
    pub title: Text,
    /// Where it is dealt with, below the county's address.
    pub link: String,
}

impl Task {
    /// Whether it waits for this person, who holds these roles.
    pub fn waits_for(&self, user: UserId, roles: &[Role]) -> bool {
        match (self.person, self.role) {
            (Some(person), _) => person == user,
            (None, Some(role)) => roles.contains(&role) && !self.not.contains(&user),
            (None, None) => false,
        }
    }

    /// The order of the worklist: what is due at once, then by day.
    pub fn place(&self) -> (NaiveDate, TaskSource, &str) {
        (self.due_on.unwrap_or(NaiveDate::MIN), self.source, &self.key)
    }
}

/// How an item stands on a day, by the last thing said about it.
pub fn state_on(last: Option<(TaskAction, Option<NaiveDate>)>, today: NaiveDate) -> TaskState {
    match last {
        Some((TaskAction::Done, _)) => TaskState::Done,
        Some((TaskAction::Postponed, Some(until))) if today < until => TaskState::Postponed,
        _ => TaskState::Open,
    }
}

input! {
    /// 待办处理 — marks an item of the worklist done, puts it off, or takes that back
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "source": "plot_measure", "key": "410183000000001/2026-12-31", "action": "postponed", "until": "2026-12-20",
        "reason": "等待省厅核减批复"
    }))]
    pub struct TaskEventBody {
        /// 来源
        pub source: TaskSource,
        /// 事项标识 — as the worklist gives it
        pub key: Line<100>,
        /// 操作
        pub action: TaskAction,
        /// 延后至 — for `postponed`: it comes back on this day
        pub until: Option<NaiveDate>,
        /// 理由
        pub reason: Line<500>,
    }
    check(event, reader) {
        match (event.action, event.until) {
            (TaskAction::Postponed, None) => {
                reader.fault_at("until", None, Text::fixed("延后须写明到哪一天", "say until when it is put off"));
            }
            (TaskAction::Done | TaskAction::Reopened, Some(until)) => reader.fault_at(
                "until",
                Some(&until.to_string()),
                Text::fixed("只有延后才填这一项", "only what is put off has such a day"),
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_off_comes_back_on_its_day_and_what_is_done_stays_done() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (today, until) = (day("2026-11-23"), Some(day("2026-11-24")));
        assert_eq!(state_on(None, today), TaskState::Open);
        assert_eq!(state_on(Some((TaskAction::Postponed, until)), today), TaskState::Postponed);
        assert_eq!(state_on(Some((TaskAction::Postponed, until)), day("2026-11-24")), TaskState::Open);
        assert_eq!(state_on(Some((TaskAction::Done, None)), day("2149-01-01")), TaskState::Done);
        assert_eq!(state_on(Some((TaskAction::Reopened, None)), today), TaskState::Open);
    }

    #[test]
    fn a_task_of_a_role_waits_for_all_who_hold_it_but_those_who_may_not() {
        let task = |person: Option<i64>, role: Option<Role>| Task {
            source: TaskSource::Proposal,
            key: "1/1".to_owned(),
            due_on: None,
            township: None,
            person: person.map(UserId),
            role,
            not: vec![UserId(7)],
            title: Text::fixed("事", "thing"),
            link: String::new(),
        };
        let of_role = task(None, Some(Role::Approver));
        assert!(of_role.waits_for(UserId(8), &[Role::Clerk, Role::Approver]));
        assert!(!of_role.waits_for(UserId(7), &[Role::Approver]) && !of_role.waits_for(UserId(8), &[Role::Clerk]));
        let of_person = task(Some(8), Some(Role::Approver));
        assert!(of_person.waits_for(UserId(8), &[]) && !of_person.waits_for(UserId(9), &[Role::Approver]));
    }
}
