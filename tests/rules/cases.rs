//! The readable cases of each rule under `fixtures/cases/`.
//!
//! A case names a calculation, the body it is given, and what is expected: the outcome of the rule's
//! finding and its numbers, or the pointers of the fields that are refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dizhang::domain::rules::calculation::Refusal;
use dizhang::domain::rules::catalogue;
use serde::Deserialize;
use serde_json::Value;

use crate::run::{calculate, finding};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    calculation: String,
    given: Value,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    outcome: Option<String>,
    aspect: Option<String>,
    #[serde(default)]
    numbers: BTreeMap<String, String>,
    #[serde(default)]
    answer: BTreeMap<String, Value>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    refused: Vec<String>,
    #[serde(default)]
    not_in_force: Option<String>,
}

fn files() -> BTreeMap<String, File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let file = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        files.insert(rule, file);
    }
    files
}

#[test]
fn every_rule_has_cases_of_its_own() {
    let files = files();
    for rule in catalogue() {
        let cases = files.get(rule.id).map_or(0, |file| file.case.len());
        assert!(cases >= 3, "{} has {cases} cases; write fixtures/cases/{}.toml", rule.id, rule.id);
    }
    for rule in files.keys() {
        assert!(catalogue().iter().any(|known| known.id == rule), "fixtures/cases/{rule}.toml is of no rule");
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    for (rule, file) in files() {
        for case in file.case {
            check(&rule, &case);
        }
    }
}

fn check(rule: &str, case: &Case) {
    let name = &case.name;
    let Expected { outcome, aspect, numbers, answer: fields, message, refused, not_in_force } = &case.expected;
    let answer = match calculate(&case.calculation, case.given.to_string().as_bytes()) {
        Err(Refusal::Fields(faults)) => {
            let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.clone()).collect();
            assert_eq!(&pointers, refused, "{rule}: {name}: {faults:?}");
            return;
        }
        Err(Refusal::NotInForce(missing)) => {
            assert_eq!(Some(missing.parameter.as_ref()), not_in_force.as_deref(), "{rule}: {name}: {missing}");
            return;
        }
        Ok(answer) => answer,
    };
    assert!(refused.is_empty() && not_in_force.is_none(), "{rule}: {name}: should be refused: {answer:#}");
    let finding = finding(&answer, rule, aspect.as_deref());
    assert_eq!(finding["outcome"].as_str(), outcome.as_deref(), "{rule}: {name}: {finding:#}");
    for (number, value) in numbers {
        let all = finding["numbers"].as_array().unwrap().iter().chain([&finding["threshold"]]);
        let found = all.clone().find(|found| found["name"] == *number);
        let found = found.unwrap_or_else(|| panic!("{rule}: {name}: no number {number} in {finding:#}"));
        assert_eq!(found["value"], *value, "{rule}: {name}: {number}");
    }
    for (field, value) in fields {
        assert_eq!(answer[field], *value, "{rule}: {name}: {field}");
    }
    if let Some(message) = message {
        let text = finding["message"]["zh"].as_str().unwrap();
        assert!(text.contains(message), "{rule}: {name}: {text}");
    }
}
