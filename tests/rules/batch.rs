//! The batch answers what the calculations answer alone; and what becomes of lines that are no good.

use dizhang::domain::policy::Policy;
use dizhang::domain::rules::calculation::batch::{self, BadLine, By, Wrong};
use dizhang::domain::rules::calculation::{Detail, Refusal};
use serde_json::{Value, json};

use crate::run::{NAMES, answer, example, today};

fn line(text: &str, detail: Detail) -> Result<Value, BadLine> {
    let by = By { policy: Policy::built_in(), today: today(), detail };
    let mut out = b"before".to_vec();
    let outcome = batch::calculate(text.as_bytes(), 7, &by, &mut out);
    let written = out.strip_prefix(b"before").expect("what stands there is kept");
    outcome
        .map(|()| {
            let line = written.strip_suffix(b"\n").expect("an answer is a line");
            assert!(!line.contains(&b'\n'), "an answer is one line");
            serde_json::from_slice(line).unwrap()
        })
        .inspect_err(|_| assert!(written.is_empty(), "of a bad line nothing is written"))
}

/// Holds the batch against what a calculation said alone.
pub fn says_the_same(name: &str, body: &[u8], alone: &Result<Value, Refusal>) {
    let Ok(Value::Object(members)) = serde_json::from_slice::<Value>(body) else { return };
    if members.contains_key("kind") || members.contains_key("id") {
        return;
    }
    let text = std::str::from_utf8(body).unwrap().trim();
    let comma = if members.is_empty() { "" } else { "," };
    let text = format!("{{\"id\":\"x\",\"kind\":\"{name}\"{comma}{}", &text[1..]);
    for detail in [Detail::Amounts, Detail::Findings] {
        let together = line(&text, detail);
        match (&together, alone) {
            (Ok(line), Ok(alone)) => {
                assert_eq!((&line["line"], &line["id"], &line["kind"]), (&json!(7), &json!("x"), &json!(name)));
                let expected = if detail == Detail::Amounts { amounts(alone) } else { alone.clone() };
                assert_eq!(line["answer"], expected, "{name} {text}");
            }
            (Err(BadLine { id: Some(_), wrong: Wrong::Refused(together) }), Err(alone)) => {
                assert_eq!(together, alone, "{name} {text}");
            }
            _ => panic!("{name} {text}: together {together:?}, alone {alone:?}"),
        }
    }
}

/// An answer without its findings.
fn amounts(answer: &Value) -> Value {
    let mut answer = answer.clone();
    let methods = answer.get_mut("methods").and_then(Value::as_array_mut).map(std::mem::take);
    let without = |value: &mut Value| value.as_object_mut().unwrap().remove("findings");
    without(&mut answer);
    if let Some(mut methods) = methods {
        methods.iter_mut().for_each(|method| drop(without(method)));
        answer["methods"] = methods.into();
    }
    answer
}

#[test]
fn every_calculation_is_taken_in_a_line_and_answered_as_alone() {
    for name in NAMES {
        // `calculate` holds the two against each other.
        let answer = answer(name, &example(name));
        assert!(answer.is_object());
    }
}

#[test]
fn an_id_comes_back_as_it_was_given() {
    let given = example("flexible_price").to_string();
    for id in ["\"A-1\"", "17", "-3", "\"\\u5730\"", "12345678901234567890123456789"] {
        let text = format!("{{\"kind\":\"flexible_price\",\"id\":{id},{}", &given[1..]);
        let by = By { policy: Policy::built_in(), today: today(), detail: Detail::Amounts };
        let mut out = Vec::new();
        batch::calculate(text.as_bytes(), 1, &by, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(
            out.starts_with(&format!("{{\"line\":1,\"id\":{id},\"kind\":\"flexible_price\",\"answer\":{{")),
            "{out}"
        );
    }
    let text = format!("{{\"kind\":\"flexible_price\",{}", &given[1..]);
    assert_eq!(line(&text, Detail::Amounts).unwrap().get("id"), None);
}

#[test]
fn a_bad_line_names_every_wrong_member() {
    let pointers = |text: &str| match line(text, Detail::Amounts) {
        Err(BadLine { wrong: Wrong::Refused(Refusal::Fields(faults)), .. }) => {
            faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        }
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(pointers(r#"{}"#), ["/kind"]);
    assert_eq!(pointers(r#"{"kind":"flexible"}"#), ["/kind"]);
    assert_eq!(pointers(r#"{"id":1.5,"kind":7}"#), ["/id", "/kind"]);
    assert_eq!(pointers(r#"{"id":true,"kind":"cost_floor"}"#), ["/id", "/total_price", "/costs"]);
    let twice = r#"{"kind":"term","kind":"term","on":"2026-06-30","method":"flexible","land_use":"industrial","total_term":"20"}"#;
    assert_eq!(pointers(twice), ["/kind"]);
    let wrong = r#"{"kind":"term","on":"2026-06-31","method":"flexible","land_use":"moon","total_term":"20","x":1}"#;
    assert_eq!(pointers(wrong), ["/on", "/land_use", "/x"]);
    assert_eq!(pointers("[1]"), [""]);
    assert_eq!(pointers("null"), [""]);
    let long = format!(r#"{{"id":"{}","kind":"term"}}"#, "x".repeat(300));
    assert_eq!(pointers(&long)[0], "/id");
}

#[test]
fn what_is_no_json_is_told_from_what_is_wrong() {
    for text in ["{", "{\"kind\":\"term\"} {}", "nothing", "{\"kind\":}"] {
        let wrong = line(text, Detail::Amounts).unwrap_err().wrong;
        assert!(matches!(wrong, Wrong::NotJson(_)), "{text}: {wrong:?}");
    }
    let by = By { policy: Policy::built_in(), today: today(), detail: Detail::Amounts };
    let wrong = batch::calculate(b"{\"kind\":\"\xff\"}", 1, &by, &mut Vec::new()).unwrap_err().wrong;
    assert!(matches!(wrong, Wrong::NotJson(_)));
    let early = r#"{"id":"early","kind":"flexible_price","on":"1950-01-01","land_use":"industrial","area":"1","max_term_unit_price":"1","term":"20"}"#;
    match line(early, Detail::Amounts).unwrap_err() {
        BadLine { id: Some(_), wrong: Wrong::Refused(Refusal::NotInForce(_)) } => {}
        other => panic!("{other:?}"),
    }
}
