//! The way of a voucher that needs more than one person: who may take which step.

use crate::domain::input::vocabulary;
use crate::domain::ledger::kind::{Duty, Role};
use crate::domain::region::UserId;
use crate::domain::text::{Text, text};

vocabulary! {
    /// 待批状态 — how far a proposal has come.
    pub enum State {
        Proposed = "proposed" "待审",
        Reviewed = "reviewed" "已审核,待批",
        Returned = "returned" "已退回",
        Withdrawn = "withdrawn" "已撤回",
        Posted = "posted" "已入账",
    }
}

vocabulary! {
    /// 步骤 — what a person did with a proposal.
    pub enum Action {
        Propose = "propose" "提交",
        Revise = "revise" "修改",
        Review = "review" "审核通过",
        Approve = "approve" "批准入账",
        Return = "return" "退回",
        Withdraw = "withdraw" "撤回",
        Comment = "comment" "意见",
    }
}

/// What a step is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub state: State,
    pub duty: Duty,
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    /// Who acts, with the roles held in the county.
    pub actor: UserId,
    pub roles: &'a [Role],
}

/// The role that the next step waits for; none once the way is over.
pub fn waits_for(state: State, duty: Duty) -> Option<Role> {
    match state {
        State::Proposed if duty.review => Some(Role::Reviewer),
        State::Proposed | State::Reviewed => Some(duty.posted_by),
        State::Returned => Some(Role::Clerk),
        State::Withdrawn | State::Posted => None,
    }
}

/// Why a step is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotNow {
    /// The person may not take it.
    Forbidden(Text),
    /// The proposal is not in a state for it.
    Conflict(Text),
}

/// The state after a step, or why it is not taken.
///
/// No person stands in two places of one voucher; a reviewer looks before the approver where the matrix
/// says so; what was posted or withdrawn is over.
pub fn step(standing: Standing<'_>, action: Action) -> Result<State, NotNow> {
    let Standing { state, duty, proposer, reviewer, actor, roles } = standing;
    let needs = |role: Role| {
        if roles.contains(&role) {
            Ok(())
        } else {
            Err(NotNow::Forbidden(text!("需要“{role:#}”角色", "the role {role} is needed")))
        }
    };
    let another = || {
        if actor == proposer || (reviewer == Some(actor) && action == Action::Approve) {
            Err(NotNow::Forbidden(Text::fixed(
                "同一人不能在一张凭证上担任两个环节",
                "no person stands in two places of one voucher",
            )))
        } else {
            Ok(())
        }
    };
    let own = || {
        if actor == proposer {
            Ok(())
        } else {
            Err(NotNow::Forbidden(Text::fixed("只有提交人可以这样做", "only the proposer may do this")))
        }
    };
    let open = |states: &[State]| {
        if states.contains(&state) {
            Ok(())
        } else {
            Err(NotNow::Conflict(text!(
                "该凭证现为“{state:#}”,不能{action:#}",
                "the proposal is {state}; the step {action} is not possible"
            )))
        }
    };
    match action {
        Action::Propose => Ok(State::Proposed),
        Action::Review => {
            needs(Role::Reviewer)?;
            another()?;
            open(&[State::Proposed])?;
            if !duty.review {
                return Err(NotNow::Conflict(Text::fixed(
                    "该种类凭证没有审核环节,可直接批准",
                    "this kind of voucher has no review; it may be approved at once",
                )));
            }
            Ok(State::Reviewed)
        }
        Action::Approve => {
            needs(duty.posted_by)?;
            another()?;
            open(if duty.review { &[State::Reviewed] } else { &[State::Proposed] })?;
            Ok(State::Posted)
        }
        Action::Return => {
            if !roles.contains(&Role::Reviewer) {
                needs(Role::Approver)?;
            }
            another()?;
            open(&[State::Proposed, State::Reviewed])?;
            Ok(State::Returned)
        }
        Action::Revise => {
            own()?;
            open(&[State::Proposed, State::Returned])?;
            Ok(State::Proposed)
        }
        Action::Withdraw => {
            own()?;
            open(&[State::Proposed, State::Reviewed, State::Returned])?;
            Ok(State::Withdrawn)
        }
        Action::Comment => {
            open(&[State::Proposed, State::Reviewed, State::Returned])?;
            Ok(state)
        }
    }
}
