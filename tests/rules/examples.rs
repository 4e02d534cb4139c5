use crate::run::{NAMES, answer, example};

#[test]
fn every_body_has_an_example_that_works_when_sent() {
    for name in NAMES {
        let example = example(name);
        assert!(example.is_object(), "{name} has no example");
        let answer = answer(name, &example);
        // Arithmetic of a contract: no rule of the law decides anything.
        if *name == "payment_schedule" {
            continue;
        }
        let findings = answer["findings"].as_array().unwrap();
        assert!(!findings.is_empty(), "{name}");
        for finding in findings {
            assert_eq!(finding["policy_digest"].as_str().unwrap().len(), 64);
            assert_eq!(finding["on"], "2026-06-30");
        }
    }
}

#[test]
fn a_finding_says_which_of_its_parameters_are_not_verified() {
    let answer = answer("floor_area", &example("floor_area"));
    for finding in answer["findings"].as_array().unwrap() {
        let parameters = finding["parameters"].as_array().unwrap();
        let all = parameters.iter().all(|parameter| parameter["verified"] == true);
        assert_eq!(finding["verified"], all, "{finding:#}");
    }
    let ancillary = crate::run::finding(&answer, "floor_area.ancillary", None);
    assert_eq!(ancillary["verified"], false, "the switch for the excess is a default for the bureau to confirm");
}

#[test]
fn a_finding_is_read_back_as_it_was_stored() {
    let answer = answer("flexible_price", &example("flexible_price"));
    for stored in answer["findings"].as_array().unwrap() {
        let finding: dizhang::domain::finding::Finding = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(&serde_json::to_value(&finding).unwrap(), stored);
    }
}
