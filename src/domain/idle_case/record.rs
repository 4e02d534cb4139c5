//! A case as it is opened and kept: its number, its body, the entries of its record and their way through three people.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::idle_case::Grounds;
use crate::domain::idle_case::step::{Step, StepKind};
use crate::domain::input::{self, Line, Positive, Reader, input, vocabulary};
use crate::domain::ledger::kind::Role;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Reference;
use crate::domain::region::UserId;
use crate::domain::text::{Text, text};

/// 案号 — ours, gapless within the year of the opening. The 文号 of papers are others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber {
    pub year: i32,
    pub serial: i32,
}

impl CaseNumber {
    /// As it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, serial) = text.strip_prefix("XZ")?.split_once('-')?;
        Some(Self { year: year.parse().ok()?, serial: serial.parse().ok()? })
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "XZ{}-{:04}", self.year, self.serial)
    }
}

input! {
    /// 立案 — opens a case on the land of a contract that is suspected to be idle
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "client_id": "idle-2026-0007", "contract": "410183-CR-2024-0007", "parcel": "2024-ZD-007",
        "grounds": "not_started", "opened_on": "2026-03-02"
    }))]
    pub struct IdleCaseBody {
        /// 客户端编号 — chosen by the caller and unique in the county: the same case sent twice is opened once
        pub client_id: Line<64>,
        /// 合同 — id, or number
        pub contract: Reference,
        /// 宗地 — id, or 宗地编号; may be left out where the contract has one parcel
        pub parcel: Option<Reference>,
        /// 疑似情形
        pub grounds: Grounds,
        /// 立案日期(发现日) — not in the future
        pub opened_on: NaiveDate,
        /// 分期 — of a contract that is developed in phases; then with the area and the polygon of the phase
        pub phase: Option<Line<50>>,
        /// 分期面积,平方米 — with `phase` only; else the whole parcel is the land of the case
        pub area_m2: Option<Positive<AreaM2>>,
        /// 前案编号 — the case whose extension or change came to nothing
        pub previous: Option<i64>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(body, reader) {
        body.check(reader);
    }
}

impl IdleCaseBody {
    fn check(&self, reader: &mut Reader) {
        match (&self.phase, self.area_m2) {
            (Some(_), None) => reader.fault_at(
                "area_m2",
                None,
                Text::fixed("按分期立案须填写分期面积", "a case of a phase gives the area of the phase"),
            ),
            (None, Some(area)) => reader.fault_at(
                "area_m2",
                Some(&area.get().to_string()),
                Text::fixed(
                    "整宗立案的面积取自台账;部分闲置须按分期立案,或先分割宗地",
                    "the area of a whole parcel comes from the ledger; for a part open a case of the phase or split the parcel first",
                ),
            ),
            _ => {}
        }
    }
}

input! {
    /// 作废步骤 — takes back a step that was recorded wrongly
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"reason": "送达日期录错,应为 2026-03-11"}))]
    pub struct VoidBody {
        /// 理由
        pub reason: Line<500>,
    }
}

/// One entry of a case's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Step(Box<Step>),
    /// Takes back the step of this number.
    Void {
        step: i32,
        on: NaiveDate,
        body: VoidBody,
    },
}

impl Entry {
    pub fn on(&self) -> NaiveDate {
        match self {
            Self::Step(step) => step.on,
            Self::Void { on, .. } => *on,
        }
    }

    /// The step that it voids.
    pub const fn voids(&self) -> Option<i32> {
        match self {
            Self::Step(_) => None,
            Self::Void { step, .. } => Some(*step),
        }
    }

    /// As it rests: the JSON of its body.
    pub fn to_json(&self) -> String {
        let json = match self {
            Self::Step(step) => serde_json::to_string(step),
            Self::Void { body, .. } => serde_json::to_string(body),
        };
        json.expect("an entry is words, numbers and texts")
    }

    /// Read back.
    pub fn read(json: &str, voids: Option<i32>, on: NaiveDate) -> Result<Self, Vec<input::FieldError>> {
        Ok(match voids {
            Some(step) => Self::Void { step, on, body: input::read(json.as_bytes())? },
            None => Self::Step(Box::new(input::read(json.as_bytes())?)),
        })
    }
}

vocabulary! {
    /// 待批步骤状态
    pub enum StepState {
        Proposed = "proposed" "待审",
        Reviewed = "reviewed" "已审核,待批",
        Returned = "returned" "已退回",
        Withdrawn = "withdrawn" "已撤回",
        Recorded = "recorded" "已生效",
    }
}

vocabulary! {
    /// 待批步骤办理
    pub enum StepAction {
        Propose = "propose" "提交",
        Review = "review" "审核通过",
        Approve = "approve" "批准",
        Return = "return" "退回",
        Withdraw = "withdraw" "撤回",
    }
}

/// What an action on a proposed step is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Way3<'a> {
    pub state: StepState,
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    pub actor: UserId,
    pub roles: &'a [Role],
}

/// The role that the next action waits for; none once the way is over.
pub const fn waits_for(state: StepState) -> Option<Role> {
    match state {
        StepState::Proposed => Some(Role::Reviewer),
        StepState::Reviewed => Some(Role::Approver),
        StepState::Returned | StepState::Withdrawn | StepState::Recorded => None,
    }
}

/// Why an action is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotNow {
    Forbidden(Text),
    Conflict(Text),
}

/// The state after an action, or why it is not taken: three people, each in one place.
pub fn after(way: Way3<'_>, action: StepAction) -> Result<StepState, NotNow> {
    let Way3 { state, proposer, reviewer, actor, roles } = way;
    let needs = |wanted: &[Role]| {
        if roles.iter().any(|role| wanted.contains(role)) {
            return Ok(());
        }
        let zh = wanted.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、");
        let en = wanted.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" or ");
        Err(NotNow::Forbidden(text!("需要“{zh}”角色", "the role {en} is needed")))
    };
    let another = || {
        if actor == proposer || (action == StepAction::Approve && reviewer == Some(actor)) {
            return Err(NotNow::Forbidden(Text::fixed(
                "同一人不能在一个步骤上担任两个环节",
                "no person stands in two places of one step",
            )));
        }
        Ok(())
    };
    let open = |states: &[StepState]| {
        if states.contains(&state) {
            return Ok(());
        }
        Err(NotNow::Conflict(text!(
            "该步骤现为“{state:#}”,不能{action:#}",
            "the proposed step is {state}; the action {action} is not possible"
        )))
    };
    match action {
        StepAction::Propose => Ok(StepState::Proposed),
        StepAction::Review => {
            needs(&[Role::Reviewer])?;
            another()?;
            open(&[StepState::Proposed])?;
            Ok(StepState::Reviewed)
        }
        StepAction::Approve => {
            needs(&[Role::Approver])?;
            another()?;
            open(&[StepState::Reviewed])?;
            Ok(StepState::Recorded)
        }
        StepAction::Return => {
            needs(&[Role::Reviewer, Role::Approver])?;
            another()?;
            open(&[StepState::Proposed, StepState::Reviewed])?;
            Ok(StepState::Returned)
        }
        StepAction::Withdraw => {
            if actor != proposer {
                return Err(NotNow::Forbidden(Text::fixed("只有提交人可以这样做", "only the proposer may do this")));
            }
            open(&[StepState::Proposed, StepState::Reviewed])?;
            Ok(StepState::Withdrawn)
        }
    }
}

/// What a list shows of an entry's kind: the step, or that one was voided.
pub fn kind_word(entry: &Entry) -> &'static str {
    match entry {
        Entry::Step(step) => step.kind.as_str(),
        Entry::Void { .. } => "void",
    }
}

/// Whether an entry takes three people: steps with legal effect, and taking one back.
pub fn takes_three(entry: &Entry, voided: Option<StepKind>) -> bool {
    match entry {
        Entry::Step(step) => step.kind.takes_three(),
        Entry::Void { .. } => voided.is_none_or(StepKind::takes_three),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_legal_effect_passes_three_people() {
        let all = [Role::Clerk, Role::Reviewer, Role::Approver];
        let way = |state, actor: i64, reviewer: Option<i64>| Way3 {
            state,
            proposer: UserId(1),
            reviewer: reviewer.map(UserId),
            actor: UserId(actor),
            roles: &all,
        };
        assert_eq!(after(way(StepState::Proposed, 2, None), StepAction::Review), Ok(StepState::Reviewed));
        assert_eq!(after(way(StepState::Reviewed, 3, Some(2)), StepAction::Approve), Ok(StepState::Recorded));
        for (state, actor, action) in [
            (StepState::Proposed, 1, StepAction::Review),
            (StepState::Reviewed, 1, StepAction::Approve),
            (StepState::Reviewed, 2, StepAction::Approve),
            (StepState::Proposed, 2, StepAction::Withdraw),
        ] {
            assert!(matches!(after(way(state, actor, Some(2)), action), Err(NotNow::Forbidden(_))), "{state} {action}");
        }
        for (state, actor, action) in [
            (StepState::Proposed, 3, StepAction::Approve),
            (StepState::Recorded, 3, StepAction::Return),
            (StepState::Returned, 2, StepAction::Review),
            (StepState::Withdrawn, 1, StepAction::Withdraw),
        ] {
            assert!(matches!(after(way(state, actor, None), action), Err(NotNow::Conflict(_))), "{state} {action}");
        }
        assert_eq!(CaseNumber { year: 2026, serial: 7 }.to_string(), "XZ2026-0007");
    }
}
