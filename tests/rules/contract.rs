//! A contract as of any day: versions, corrections, events that were withdrawn, what is still due.

use chrono::NaiveDateTime;
use dizhang::domain::contract::cause::{CauseBody, CauseDecisionBody};
use dizhang::domain::contract::check;
use dizhang::domain::contract::development::DevelopmentBody;
use dizhang::domain::contract::due::{self, DueKind};
use dizhang::domain::contract::ended::{Ended, Land};
use dizhang::domain::contract::history::{Contract, Detail, Event, Version, WithdrawalBody};
use dizhang::domain::contract::site::judged;
use dizhang::domain::contract::{AmendmentBody, ChangeKind, ContractBody};
use dizhang::domain::idle_case::TakenBack;
use dizhang::domain::input;
use dizhang::domain::policy::Policy;
use dizhang::domain::region::{ParcelId, UserId};
use serde_json::{Value, json};

use crate::run::day;

const TODAY: &str = "2026-06-30";

fn instant() -> NaiveDateTime {
    day(TODAY).and_hms_opt(1, 0, 0).unwrap()
}

fn terms(changes: Value) -> Value {
    let mut terms = json!({"land_use": "工业用地", "area_m2": "9000", "price_yuan": "300", "start_on": "2024-06-01"});
    for (name, value) in changes.as_object().unwrap() {
        terms[name] = value.clone();
    }
    terms
}

fn version(n: i64, change: ChangeKind, on: &str, corrects: Option<i64>, changes: Value) -> Version {
    Version {
        n,
        change,
        effective_on: day(on),
        document_number: None,
        corrects,
        reason: None,
        parcels: vec![ParcelId(410_183_000_000_001)],
        user_name: None,
        user_code: None,
        terms: input::read(terms(changes).to_string().as_bytes()).unwrap(),
        recorded_at: instant(),
        recorded_by: UserId(1),
    }
}

fn contract(changes: Value) -> Contract {
    Contract {
        id: 1,
        kind: "grant".parse().unwrap(),
        number: input::Line::new("合同1号").unwrap(),
        signed_on: day("2024-01-10"),
        earlier_use: None,
        versions: vec![version(1, ChangeKind::Original, "2024-01-10", None, changes)],
        events: Vec::new(),
    }
}

fn read<T: for<'de> input::Input<'de>>(body: Value) -> T {
    input::read(body.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{body}: {faults:?}"))
}

fn happened(contract: &mut Contract, on: &str, detail: Detail) {
    let n = contract.events.len() as i64 + 1;
    contract.events.push(Event { n, on: day(on), detail, recorded_at: instant(), recorded_by: UserId(n) });
}

fn report(contract: &mut Contract, body: Value) {
    let sent: DevelopmentBody = read(body.clone());
    let on = body["on"].as_str().unwrap();
    happened(contract, on, Detail::Development(sent));
}

#[test]
fn the_terms_of_a_day_are_those_of_the_last_version_that_holds_then() {
    let mut contract = contract(json!({}));
    contract.versions.push(version(2, ChangeKind::Extension, "2024-05-20", None, json!({"start_on": "2024-12-01"})));
    contract.versions.push(version(
        3,
        ChangeKind::Correction,
        "2024-01-10",
        Some(1),
        json!({"start_on": "2024-06-02"}),
    ));
    let start = |on: &str| contract.on(day(on)).and_then(|version| version.terms.start_on);
    assert_eq!(start("2024-01-09"), None);
    assert_eq!(start("2024-01-10"), Some(day("2024-06-02")), "as corrected, not as first entered");
    assert_eq!(start("2024-05-19"), Some(day("2024-06-02")));
    assert_eq!(start("2024-05-20"), Some(day("2024-12-01")));
    assert_eq!(contract.newest().n, 2);
}

#[test]
fn an_event_that_was_withdrawn_counts_no_longer() {
    let mut contract = contract(json!({}));
    report(
        &mut contract,
        json!({"kind": "started", "on": "2024-05-01", "permit_number": "1", "foundation_reached": true}),
    );
    let started = |contract: &Contract| judged(contract, day(TODAY))[0].site.start.map(|start| start.on);
    assert_eq!(started(&contract), Some(day("2024-05-01")));
    happened(&mut contract, TODAY, Detail::Withdrawal(read::<WithdrawalBody>(json!({"event": 1, "reason": "误记"}))));
    assert_eq!(started(&contract), None);
}

#[test]
fn facts_of_later_days_are_not_known_on_earlier_ones() {
    let mut contract = contract(json!({}));
    report(
        &mut contract,
        json!({"kind": "started", "on": "2025-01-01", "permit_number": "1", "foundation_reached": true}),
    );
    report(&mut contract, json!({"kind": "stopped", "on": "2025-02-01", "developed_m2": "10"}));
    report(&mut contract, json!({"kind": "resumed", "on": "2025-03-01", "developed_m2": "20"}));
    let at = |on: &str| judged(&contract, day(on)).remove(0).site;
    assert!(at("2024-12-31").start.is_none());
    assert_eq!(at("2025-02-28").halted_since(), Some(day("2025-02-01")));
    assert_eq!((at("2025-03-01").halted_since(), at("2025-03-01").developed), (None, Some("20".parse().unwrap())));
}

#[test]
fn reports_follow_one_another_and_are_of_the_past() {
    let mut known =
        contract(json!({"phases": [{"name": "一期", "area_m2": "4000"}, {"name": "二期", "area_m2": "5000"}]}));
    let pointers = |known: &Contract, body: Value| -> Vec<String> {
        let sent: DevelopmentBody = read(body);
        let n = known.events.len() as i64 + 1;
        let faults = check::development(known, &sent, n, day(TODAY));
        faults.into_iter().map(|fault| fault.pointer).collect()
    };
    let start = json!({"kind": "started", "on": "2025-01-01", "phase": "一期", "foundation_reached": true});
    assert_eq!(pointers(&known, json!({"kind": "started", "on": "2025-01-01"})), ["/phase"], "which phase is not said");
    assert_eq!(pointers(&known, json!({"kind": "started", "on": "2026-07-01", "phase": "三期"})), ["/on", "/phase"]);
    assert_eq!(pointers(&known, json!({"kind": "stopped", "on": "2025-02-01", "phase": "一期"})), ["/on"]);
    assert!(pointers(&known, start.clone()).is_empty());
    report(&mut known, start.clone());
    assert_eq!(pointers(&known, start), ["/on"], "a second start");
    let stop = json!({"kind": "stopped", "on": "2025-02-01", "phase": "一期", "developed_m2": "4000.01"});
    assert_eq!(pointers(&known, stop), ["/developed_m2"]);
    assert_eq!(pointers(&known, json!({"kind": "stopped", "on": "2025-02-01", "phase": "二期"})), ["/on"]);
    report(&mut known, json!({"kind": "completed", "on": "2025-06-01", "phase": "一期"}));
    assert_eq!(
        pointers(&known, json!({"kind": "progress", "on": "2025-06-02", "phase": "一期", "developed_m2": "1"})),
        ["/on"]
    );
    // Taking the start back would leave the completion without one.
    let withdrawal: WithdrawalBody = read(json!({"event": 1, "reason": "误记"}));
    assert_eq!(check::withdrawal(&known, &withdrawal).len(), 1);
}

#[test]
fn an_extension_is_held_against_the_start_before_all_extensions() {
    let mut known = contract(json!({"completion_on": "2026-06-01"}));
    known.versions.push(version(2, ChangeKind::Extension, "2024-05-20", None, json!({"start_on": "2025-02-01"})));
    let faults = |start: &str| {
        let body = json!({
            "change": "extension", "document_number": "补2", "effective_on": "2025-01-15", "reason": "延期",
            "terms": terms(json!({"start_on": start, "completion_on": "2027-06-01"})),
        });
        let sent: AmendmentBody = read(body);
        check::amendment(&known, &sent, Policy::built_in(), day(TODAY)).unwrap().1
    };
    assert!(faults("2025-06-01").is_empty(), "a year after the start that was first agreed");
    let late = faults("2025-06-02");
    assert!(late[0].message.en.contains("2025-06-01") && late[0].pointer == "/terms/start_on", "{late:?}");
    assert_eq!(faults("2025-01-31").len(), 1, "an extension does not bring it forward");
}

#[test]
fn only_the_last_decision_on_a_claim_counts_and_from_its_day_on() {
    let mut contract = contract(json!({}));
    let claim: CauseBody = read(json!({
        "cause": "petition", "from": "2024-07-01", "to": "2024-09-30", "explanation": "信访未处理完毕",
    }));
    happened(&mut contract, "2024-07-01", Detail::Cause(claim));
    for (on, accepted, to) in [("2025-07-10", true, Some("2024-08-31")), ("2025-08-10", false, None)] {
        let decision: CauseDecisionBody =
            read(json!({"claim": 1, "accepted": accepted, "to": to, "decided_on": on, "reason": "核实"}));
        happened(&mut contract, on, Detail::CauseDecision(decision));
    }
    let accepted = |on: &str| contract.accepted(None, day(on));
    assert!(accepted("2025-07-09").is_empty());
    let [one] = accepted("2025-07-10")[..] else { panic!("one interval is accepted") };
    assert_eq!((one.from, one.to, one.by), (day("2024-07-01"), Some(day("2024-08-31")), UserId(2)));
    assert!(accepted("2025-08-10").is_empty());
}

#[test]
fn what_is_due_leaves_the_list_when_it_is_reported_or_paid() {
    let mut contract = contract(json!({
        "delivery_on": "2024-03-01", "completion_on": "2026-12-31", "price_yuan": "300",
        "instalments": [
            {"amount_yuan": "100", "due_on": "2024-02-01"}, {"amount_yuan": "100", "due_on": "2024-08-01"},
            {"amount_yuan": "100", "due_on": "2025-02-01"},
        ],
    }));
    let open = |contract: &Contract| -> Vec<(DueKind, u32)> {
        due::open(contract).into_iter().map(|due| (due.kind, due.part)).collect()
    };
    use DueKind::{Completion, Delivery, Instalment, Start};
    assert_eq!(
        open(&contract),
        [(Instalment, 1), (Delivery, 0), (Start, 0), (Instalment, 2), (Instalment, 3), (Completion, 0)]
    );
    report(&mut contract, json!({"kind": "delivered", "on": "2024-03-01"}));
    report(&mut contract, json!({"kind": "paid", "on": "2024-02-01", "instalment": 2, "paid_yuan": "60"}));
    // Without the number of an instalment a payment settles them in their order: 100 of the first, 40 of the second.
    report(&mut contract, json!({"kind": "paid", "on": "2024-02-02", "paid_yuan": "140"}));
    assert_eq!(open(&contract), [(Start, 0), (Instalment, 3), (Completion, 0)]);
    report(&mut contract, json!({"kind": "started", "on": "2024-05-01"}));
    assert_eq!(open(&contract), [(Instalment, 3), (Completion, 0)]);
}

#[test]
fn land_that_was_occupied_before_is_recorded_with_a_warning() {
    let mut known = contract(json!({}));
    assert!(check::warnings(&known).is_empty());
    report(&mut known, json!({"kind": "started", "on": "2023-05-01", "foundation_reached": true}));
    let warning = check::warnings(&known).remove(0);
    assert!(warning.message.zh.contains("2023-05-01") && warning.message.zh.contains("缺少处理文件"), "{warning:?}");
}

#[test]
fn every_wrong_member_of_a_contract_is_named_at_once() {
    let body = json!({
        "kind": "grant", "number": "1", "signed_on": "2024-01-10", "parcels": [], "user": {"name": "甲", "code": "X"},
        "terms": {
            "land_use": "工业用地", "area_m2": "100", "developable_m2": "101", "price_yuan": "10",
            "instalments": [{"amount_yuan": "4", "due_on": "2024-03-01"}, {"amount_yuan": "5", "due_on": "2024-02-01"}],
            "phases": [{"name": "一", "area_m2": "60"}, {"name": "一", "area_m2": "50"}],
            "start_on": "2024-05-01", "completion_on": "2024-04-01",
        },
    });
    let faults = input::read::<ContractBody>(body.to_string().as_bytes()).unwrap_err();
    let pointers: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/user/code",
            "/terms/developable_m2",
            "/terms/completion_on",
            "/terms/instalments/1/due_on",
            "/terms/instalments",
            "/terms/phases",
            "/terms/phases/1/name",
        ]
    );
}

fn taken(phase: Option<&str>, on: &str, area: &str, is_part: bool) -> Land {
    let taken = TakenBack { on: day(on), area: area.parse().unwrap() };
    Land { phase: phase.map(str::to_owned), taken, is_part }
}

fn ended(lands: &[&Land]) -> Ended {
    let mut ended = Ended::default();
    lands.iter().for_each(|land| ended.add(1, (*land).clone()));
    ended
}

#[test]
fn a_contract_is_over_on_the_day_on_which_the_last_of_its_land_was_taken_back() {
    let mut contract = contract(json!({}));
    let since = |contract: &Contract, lands: &[&Land], on: &str| ended(lands).since(contract, None, day(on));
    assert_eq!(since(&contract, &[], "2026-06-30"), None);
    // The one parcel, though the books hold a little less of it than was agreed.
    let whole = taken(None, "2026-03-01", "8999.50", false);
    assert_eq!(since(&contract, &[&whole], "2026-02-28"), None, "as of a day before it stands as it stood");
    assert_eq!(since(&contract, &[&whole], "2026-03-01"), Some(day("2026-03-01")));
    let part = taken(None, "2026-03-01", "4000", true);
    assert_eq!(since(&contract, &[&part], "2026-06-30"), None, "the user keeps the rest");
    let rest = taken(None, "2026-05-01", "5000", true);
    assert_eq!(since(&contract, &[&rest, &part], "2026-06-30"), Some(day("2026-05-01")));
    // Of two parcels, one is not the contract.
    contract.versions[0].parcels.push(ParcelId(410_183_000_000_002));
    assert_eq!(since(&contract, &[&whole], "2026-06-30"), None);
    contract.id = 2;
    assert_eq!(since(&contract, &[&taken(None, "2026-03-01", "9000", false)], "2026-06-30"), None, "another's land");
}

#[test]
fn a_phase_is_over_when_its_land_was_taken_back_and_the_contract_with_the_last_phase() {
    let phases = json!([{"name": "一期", "area_m2": "4000"}, {"name": "二期", "area_m2": "5000"}]);
    let contract = contract(json!({"phases": phases}));
    let first = taken(Some("一期"), "2026-03-01", "4000", false);
    let second = taken(Some("二期"), "2026-04-01", "5000", false);
    let one = ended(&[&first]);
    assert_eq!(one.since(&contract, Some("一期"), day(TODAY)), Some(day("2026-03-01")));
    assert_eq!(one.since(&contract, Some("二期"), day(TODAY)), None);
    assert_eq!(one.since(&contract, None, day(TODAY)), None);
    let both = ended(&[&first, &second]);
    assert_eq!(both.since(&contract, None, day(TODAY)), Some(day("2026-04-01")));
    assert_eq!(both.since(&contract, None, day("2026-03-31")), None);
    // What falls due is named by the place of the phase.
    let dues = due::open(&contract);
    assert_eq!(
        dues.iter().map(|due| due.phase(&contract)).collect::<Vec<_>>(),
        [Some("一期"), Some("二期")],
        "{dues:?}"
    );
}
