//! `supply.net_land`: nothing is taken for settled that no document shows.

use dizhang::domain::finding::{Finding, Outcome};
use dizhang::domain::input::read;
use dizhang::domain::policy::Policy;
use dizhang::domain::rules::supply::net_land::{Case, NetLandEntry, NetLandItem, decide};
use serde_json::{Value, json};

use crate::run::today;

fn entry(json: &Value) -> NetLandEntry {
    read(json.to_string().as_bytes()).unwrap()
}

fn findings(entries: &[NetLandEntry]) -> Vec<Finding> {
    decide(&Case { entries, on: today() }, Policy::built_in()).unwrap()
}

fn all_met() -> Vec<NetLandEntry> {
    let met = |item: &NetLandItem| {
        entry(&json!({"item": item.as_str(), "state": "met", "document": "核查表1号", "dated": "2026-05-20"}))
    };
    NetLandItem::ALL.iter().map(met).collect()
}

#[test]
fn land_is_net_when_every_item_has_its_document_and_day() {
    let met = findings(&all_met());
    assert_eq!(met.len(), 10);
    assert_eq!(met[0].outcome, Outcome::Pass);
    assert!(met[1..].iter().all(|finding| finding.outcome == Outcome::Met && finding.aspect.is_some()));
    assert!(!met[0].verified, "what a county asks for has not been compared with its documents");
    assert!(met[0].citations.iter().any(|citation| citation.provision.zh == "第21条"));
}

#[test]
fn what_nobody_looked_into_needs_review_and_never_passes() {
    let nothing = findings(&[]);
    assert_eq!(nothing[0].outcome, Outcome::NeedsReview);
    assert!(nothing[1..].iter().all(|finding| finding.outcome == Outcome::Undetermined));
    for change in [
        json!({"item": "soil", "state": "met", "dated": "2026-05-20"}),
        json!({"item": "soil", "state": "met", "document": "报告"}),
        json!({"item": "soil", "state": "not_applicable"}),
        json!({"item": "soil", "state": "undetermined", "document": "报告", "dated": "2026-05-20"}),
        json!({"item": "soil", "state": "met", "document": "报告", "dated": "2149-01-01"}),
    ] {
        let mut entries = all_met();
        entries[7] = entry(&change);
        assert_eq!(findings(&entries)[0].outcome, Outcome::NeedsReview, "{change}");
    }
}

#[test]
fn one_item_that_is_not_met_or_has_expired_fails_the_whole() {
    for change in [
        json!({"item": "planning_conditions", "state": "not_met"}),
        json!({"item": "planning_conditions", "state": "met", "document": "规划条件", "dated": "2024-01-01", "valid_until": "2025-01-01"}),
    ] {
        let mut entries = all_met();
        entries[3] = entry(&change);
        entries.pop();
        let found = findings(&entries);
        assert_eq!((found[0].outcome, found[4].outcome), (Outcome::Fail, Outcome::NotMet), "{change}");
    }
    let mut entries = all_met();
    entries[6] =
        entry(&json!({"item": "mining", "state": "not_applicable", "document": "查询证明", "dated": "2026-05-20"}));
    let found = findings(&entries);
    assert_eq!((found[0].outcome, found[7].outcome), (Outcome::Pass, Outcome::NotApplicable));
}
