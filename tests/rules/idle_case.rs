//! Idle-land cases: a worked case of every branch as data, and random steps against an independent list of what the law asks.

use chrono::NaiveDate;
use dizhang::domain::calendar::Calendar;
use dizhang::domain::idle_case::clock::Clocks;
use dizhang::domain::idle_case::deadlines::{DeadlineKind, deadlines};
use dizhang::domain::idle_case::decide::{Law, refused};
use dizhang::domain::idle_case::remedies::may_be_offered;
use dizhang::domain::idle_case::step::{Paper, Step, StepKind};
use dizhang::domain::idle_case::{Case, Cause, Facts, Opening, State, VoucherFact, Way};
use dizhang::domain::input;
use dizhang::domain::policy::Policy;
use dizhang::domain::quantity::{AreaM2, Money};
use proptest::prelude::*;
use serde_json::{Value, json};

fn clocks() -> Clocks {
    Clocks::on(Policy::built_in(), "2026-11-20".parse().unwrap()).unwrap()
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text.parse().unwrap())
}

fn area(value: &Value) -> AreaM2 {
    value.as_str().unwrap().parse().unwrap()
}

/// The facts of a case with those that one step finds otherwise.
///
/// The voucher of a step is the one that is posted with it, unless the data say otherwise.
fn facts(case: &Case, base: &Value, here: &Value, kind: StepKind, on: NaiveDate) -> Facts {
    let of = |name: &str| if here[name].is_null() { &base[name] } else { &here[name] };
    let voucher = of("voucher");
    Facts {
        idle_from: day(of("idle_from")),
        fee_from: day(of("fee_from")),
        recovery_from: day(of("recovery_from")),
        agreed_start: day(of("agreed_start")),
        is_mortgaged: of("is_mortgaged").as_bool().unwrap_or(false),
        has_successor: of("has_successor").as_bool().unwrap_or(false),
        voucher: match voucher {
            Value::Object(_) => Some(VoucherFact {
                kind: voucher["kind"].as_str().unwrap().parse().unwrap(),
                area: area(&voucher["area_m2"]),
                effective_on: day(&voucher["effective_on"]).unwrap_or(on),
            }),
            Value::String(_) => None,
            _ => case.moves(kind).map(|kind| VoucherFact { kind, area: case.opening.area, effective_on: on }),
        },
    }
}

#[test]
fn every_worked_case_goes_its_way_and_no_other() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/idle_cases");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let given: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let opening = Opening {
            grounds: given["opening"]["grounds"].as_str().unwrap().parse().unwrap(),
            opened_on: day(&given["opening"]["opened_on"]).unwrap(),
            area: area(&given["opening"]["area_m2"]),
        };
        let mut case = Case { opening, steps: Vec::new() };
        let clocks = clocks();
        let law = Law {
            clocks: &clocks,
            calendar: Calendar::built_in(),
            today: day(&given["today"]).unwrap(),
            fee_due: given["fee_due"].as_str().map(|text| text.parse::<Money>().unwrap()),
        };
        for (number, entry) in given["steps"].as_array().unwrap().iter().enumerate() {
            // What the register of mortgages or the area ledger says is told by the application (tests/api).
            if entry["step"].is_null() || !entry["ledger"].is_null() {
                continue;
            }
            let at = format!("{name}, step {number}: {}", entry["step"]);
            let step: Step = input::read(entry["step"].to_string().as_bytes())
                .unwrap_or_else(|faults: Vec<input::FieldError>| panic!("{at}: {faults:?}"));
            let reasons =
                refused(&case, &step, &facts(&case, &given["facts"], &entry["facts"], step.kind, step.on), &law);
            let names: Vec<&str> = reasons.iter().map(|reason| reason.name()).collect();
            let expected: Vec<&str> =
                entry["refused"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()).collect();
            assert_eq!(names, expected, "{at}: {reasons:?}");
            if let Some(earliest) = day(&entry["earliest"]) {
                let told = reasons.iter().filter_map(|reason| reason.earliest()).max();
                assert_eq!(told, Some(earliest), "{at}: {reasons:?}");
            }
            for reason in &reasons {
                let text = reason.text();
                assert!(!text.zh.is_empty() && !text.en.is_empty() && reason.pointer().starts_with('/'));
            }
            if reasons.is_empty() {
                case.steps.push(step);
            }
        }
        let state: State = given["state"].as_str().unwrap().parse().unwrap();
        assert_eq!(case.state(), state, "{name}");
        for expected in given["deadlines"].as_array().into_iter().flatten() {
            let clock: DeadlineKind = expected[0].as_str().unwrap().parse().unwrap();
            let all = deadlines(&case, &facts(&case, &given["facts"], &Value::Null, StepKind::Filed, law.today), &law);
            let found = all.iter().find(|deadline| deadline.kind == clock);
            let found = found.unwrap_or_else(|| panic!("{name}: no clock {clock} in {all:?}"));
            assert_eq!(Some(found.due), day(&expected[1]), "{name}: {clock}");
        }
        count += 1;
    }
    assert!(count >= 14);
}

#[test]
fn a_step_has_the_members_of_its_kind_and_no_others() {
    let faults = |step: Value| {
        let faults = input::read::<Step>(step.to_string().as_bytes()).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
    };
    assert_eq!(faults(json!({"kind": "found", "on": "2025-01-01"})), ["/document", "/cause"]);
    assert_eq!(faults(json!({"kind": "answered", "on": "2025-01-01", "way": "fee"})), ["/way"]);
    assert_eq!(faults(json!({"kind": "closed", "on": "2025-01-01"})), ["/reason"]);
    assert_eq!(faults(json!({"kind": "answered", "on": "2025-02-30"})), ["/on"]);
}

#[test]
fn recovered_land_is_not_offered_while_a_remedy_may_be_sought() {
    let text = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/idle_cases/free_recovery.json")).unwrap();
    let given: Value = serde_json::from_slice(&text).unwrap();
    let opening = Opening {
        grounds: given["opening"]["grounds"].as_str().unwrap().parse().unwrap(),
        opened_on: day(&given["opening"]["opened_on"]).unwrap(),
        area: area(&given["opening"]["area_m2"]),
    };
    let accepted = given["steps"].as_array().unwrap().iter().filter(|entry| entry["refused"].is_null());
    let steps = accepted.map(|entry| input::read::<Step>(entry["step"].to_string().as_bytes()).unwrap());
    let whole = Case { opening, steps: steps.collect() };
    let clocks = clocks();
    let until = |kind: StepKind| {
        let upto = whole.steps.iter().position(|step| step.kind == kind).unwrap();
        Case { opening, steps: whole.steps[..upto].to_vec() }
    };
    let on = |text: &str| Law {
        clocks: &clocks,
        calendar: Calendar::built_in(),
        today: text.parse().unwrap(),
        fee_due: None,
    };
    let before_suit = until(StepKind::RemedyFiled);
    assert_eq!(may_be_offered(&before_suit, &on("2026-02-06")).unwrap_err().name(), "too_early");
    assert!(may_be_offered(&before_suit, &on("2026-02-07")).is_ok());
    assert_eq!(may_be_offered(&until(StepKind::RemedyEnded), &on("2026-06-01")).unwrap_err().name(), "remedy_runs");
    assert!(may_be_offered(&whole, &on("2025-12-16")).is_ok());
}

/// What must have been done before a step, written down once more from the law and not from the program.
fn must_precede(kind: StepKind, way: Option<Way>) -> &'static [StepKind] {
    use StepKind as K;
    match (kind, way) {
        (K::Found, _) => &[K::InvestigationNotice, K::Served, K::Inspected],
        (K::DisposalChosen, Some(Way::Fee | Way::FreeRecovery)) => &[K::Found, K::Published],
        (K::DisposalChosen, _) => &[K::Found, K::Published, K::Filed],
        (K::CarriedOut, _) => &[K::Found, K::Filed, K::DisposalChosen, K::Agreed, K::PlanApproved],
        (K::Decided, _) => {
            &[K::Found, K::DisposalChosen, K::Informed, K::LegalReviewed, K::Discussed, K::GovernmentApproved]
        }
        (K::Paid | K::RegistrationCancelled, _) => &[K::Decided, K::Served],
        (K::CourtApplied, _) => &[K::Decided, K::Urged],
        (K::Closed, _) => &[K::Found, K::DisposalChosen, K::Filed],
        _ => &[],
    }
}

fn random_step() -> impl Strategy<Value = (usize, i64, usize, usize, usize)> {
    (0..StepKind::ALL.len(), 0..40_i64, 0..Paper::ALL.len(), 0..Cause::ALL.len(), 0..Way::ALL.len())
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 300, ..Default::default() })]

    #[test]
    fn random_steps_skip_nothing_that_the_law_asks_for(picks in proptest::collection::vec(random_step(), 1..400)) {
        let clocks = clocks();
        let opened_on: NaiveDate = "2024-01-02".parse().unwrap();
        let today: NaiveDate = "2026-11-01".parse().unwrap();
        let opening = Opening {
            grounds: dizhang::domain::idle_case::Grounds::NotStarted,
            opened_on,
            area: "10000".parse().unwrap(),
        };
        let law = Law {
            clocks: &clocks,
            calendar: Calendar::built_in(),
            today,
            fee_due: Some("200000".parse().unwrap()),
        };
        let mut case = Case { opening, steps: Vec::new() };
        let mut on = opened_on;
        for (kind, days, paper, cause, way) in picks {
            // Half of the time what is likely to follow, so that cases get far.
            let kind = if days % 2 == 0 { StepKind::ALL[kind] } else { likely(&case, kind) };
            on = (on + chrono::Duration::days(days / 2)).min(today);
            let paper = if kind == StepKind::Served && days % 3 > 0 { issued(&case) } else { Paper::ALL[paper] };
            let step = step(kind, on, paper, Cause::ALL[cause], Way::ALL[way], &case);
            let voucher = case.moves(kind);
            let facts = Facts {
                idle_from: Some(opened_on),
                fee_from: Some("2024-03-01".parse().unwrap()),
                recovery_from: Some("2025-03-01".parse().unwrap()),
                agreed_start: Some("2022-12-31".parse().unwrap()),
                is_mortgaged: false,
                has_successor: false,
                voucher: voucher.map(|kind| VoucherFact { kind, area: opening.area, effective_on: on }),
            };
            let reasons = refused(&case, &step, &facts, &law);
            if !reasons.is_empty() {
                continue;
            }
            let done = |kind: &StepKind| case.steps.iter().any(|step| step.kind == *kind && step.on <= on);
            let way = if kind == StepKind::DisposalChosen { step.way } else { case.way() };
            for before in must_precede(kind, way) {
                prop_assert!(done(before), "{kind} was taken without {before}");
            }
            prop_assert!(!case.state().is_final(), "{kind} after the end");
            if kind == StepKind::Decided {
                let way = case.way();
                prop_assert!(matches!(way, Some(Way::Fee | Way::FreeRecovery)));
                prop_assert!(!matches!(case.cause(), Some(Cause::Government | Cause::ForceMajeure)));
                let from = if way == Some(Way::Fee) { facts.fee_from } else { facts.recovery_from };
                prop_assert!(from.is_some_and(|from| on >= from));
            }
            case.steps.push(step);
        }
    }
}

/// A step that the state makes likely.
fn likely(case: &Case, pick: usize) -> StepKind {
    use StepKind as K;
    let choices: &[StepKind] = match case.state() {
        State::Suspected => &[K::InvestigationNotice],
        State::Investigation => &[K::Served, K::Inspected, K::Answered, K::Found],
        State::Found => &[K::Served, K::Published, K::Filed, K::DepartmentNotified, K::DisposalChosen],
        State::DisposalChosen => &[
            K::Informed,
            K::Served,
            K::LegalReviewed,
            K::Discussed,
            K::GovernmentApproved,
            K::Decided,
            K::Agreed,
            K::PlanApproved,
            K::CarriedOut,
        ],
        _ => &[K::Served, K::Paid, K::Urged, K::CourtApplied, K::RegistrationCancelled, K::Resumed, K::Closed],
    };
    choices[pick % choices.len()]
}

/// The paper that waits for its service.
fn issued(case: &Case) -> Paper {
    let waits = [
        (StepKind::InvestigationNotice, Paper::InvestigationNotice),
        (StepKind::Found, Paper::Finding),
        (StepKind::Informed, Paper::Situation),
        (StepKind::Informed, Paper::HearingRights),
        (StepKind::Decided, if case.way() == Some(Way::Fee) { Paper::FeeDecision } else { Paper::RecoveryDecision }),
        (StepKind::Urged, Paper::Urging),
    ];
    let waits = waits.into_iter().find(|(kind, paper)| case.last(*kind).is_some() && case.served(*paper).is_none());
    waits.map_or(Paper::InvestigationNotice, |(_, paper)| paper)
}

fn step(kind: StepKind, on: NaiveDate, paper: Paper, cause: Cause, way: Way, case: &Case) -> Step {
    let mut body = json!({
        "kind": kind, "on": on.to_string(),
        "document": {"number": "1", "attachments": ["a".repeat(64)]}
    });
    let mut put = |name: &str, value: Value| body[name] = value;
    match kind {
        StepKind::Served => {
            put("paper", json!(paper));
            put("manner", json!("direct"));
        }
        StepKind::Found => {
            put("cause", json!(cause));
        }
        StepKind::DisposalChosen => put("way", json!(way)),
        StepKind::CarriedOut => match case.way() {
            Some(Way::Extension) => put("new_start", json!(on.to_string())),
            Some(Way::TemporaryUse) => put("until", json!(on.to_string())),
            _ => {}
        },
        StepKind::Decided if case.way() == Some(Way::FreeRecovery) => put("area_m2", json!("10000")),
        StepKind::Decided | StepKind::Paid => put("amount", json!("200000")),
        StepKind::RemedyFiled => put("remedy", json!("suit")),
        StepKind::RemedyEnded => put("revoked", json!(false)),
        StepKind::Suspended => put("hold", json!("suit")),
        StepKind::Cleared | StepKind::Closed | StepKind::Annulled => put("reason", json!("理由")),
        _ => {}
    }
    input::read(body.to_string().as_bytes())
        .unwrap_or_else(|faults: Vec<input::FieldError>| panic!("{body}: {faults:?}"))
}
