//! The steps of a proposal: who may take which, and when.

use dizhang::domain::ledger::kind::{Kind, Role};
use dizhang::domain::ledger::proposal::{Action, NotNow, Standing, State, step};
use dizhang::domain::region::UserId;

const CLERK: UserId = UserId(1);
const REVIEWER: UserId = UserId(2);
const APPROVER: UserId = UserId(3);

fn result(kind: Kind, state: State, actor: UserId, roles: &[Role], action: Action) -> &'static str {
    let reviewer = matches!(state, State::Reviewed).then_some(REVIEWER);
    let standing = Standing { state, duty: kind.duty(), proposer: CLERK, reviewer, actor, roles };
    match step(standing, action) {
        Ok(state) => state.as_str(),
        Err(NotNow::Forbidden(_)) => "forbidden",
        Err(NotNow::Conflict(_)) => "conflict",
    }
}

#[test]
fn every_kind_is_posted_only_by_another_person_with_the_role_of_the_matrix() {
    for kind in Kind::ALL {
        let duty = kind.duty();
        let ready = if duty.review { State::Reviewed } else { State::Proposed };
        for role in Role::ALL {
            let expected = if *role == duty.posted_by { "posted" } else { "forbidden" };
            assert_eq!(result(*kind, ready, APPROVER, &[*role], Action::Approve), expected, "{kind} by {role}");
        }
        let all = Role::ALL;
        assert_eq!(result(*kind, ready, CLERK, all, Action::Approve), "forbidden", "{kind} by its proposer");
        if duty.review {
            assert_eq!(result(*kind, State::Proposed, APPROVER, all, Action::Approve), "conflict", "{kind} unreviewed");
            assert_eq!(result(*kind, ready, REVIEWER, all, Action::Approve), "forbidden", "{kind} by its reviewer");
            assert_eq!(result(*kind, State::Proposed, REVIEWER, &[Role::Reviewer], Action::Review), "reviewed");
            assert_eq!(result(*kind, State::Proposed, CLERK, all, Action::Review), "forbidden");
        } else {
            assert_eq!(result(*kind, State::Proposed, REVIEWER, all, Action::Review), "conflict");
        }
        for over in [State::Posted, State::Withdrawn, State::Returned] {
            assert_eq!(result(*kind, over, APPROVER, all, Action::Approve), "conflict", "{kind} {over}");
        }
    }
}

#[test]
fn only_the_proposer_revises_and_withdraws_and_only_others_return() {
    let clerk = &[Role::Clerk];
    assert_eq!(result(Kind::Supply, State::Returned, CLERK, clerk, Action::Revise), "proposed");
    assert_eq!(result(Kind::Supply, State::Returned, UserId(9), clerk, Action::Revise), "forbidden");
    assert_eq!(result(Kind::Supply, State::Proposed, CLERK, clerk, Action::Withdraw), "withdrawn");
    assert_eq!(result(Kind::Supply, State::Posted, CLERK, clerk, Action::Withdraw), "conflict");
    assert_eq!(result(Kind::Supply, State::Proposed, CLERK, Role::ALL, Action::Return), "forbidden");
    assert_eq!(result(Kind::Supply, State::Proposed, APPROVER, &[Role::Approver], Action::Return), "returned");
    assert_eq!(result(Kind::Supply, State::Proposed, REVIEWER, &[Role::Reviewer], Action::Return), "returned");
    assert_eq!(result(Kind::Supply, State::Proposed, UserId(9), clerk, Action::Comment), "proposed");
    assert_eq!(result(Kind::Supply, State::Posted, UserId(9), clerk, Action::Comment), "conflict");
}
