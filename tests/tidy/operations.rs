//! Routes, access table and API document are one list.

use std::collections::BTreeSet;

use dizhang::http::access::{OPERATIONS, Operation};
use serde_json::Value;

type Row = (String, String, String);

fn in_the_document() -> BTreeSet<Row> {
    // The document is made from the very routes that the server runs.
    let document: Value = serde_json::from_str(dizhang::http::openapi::text()).unwrap();
    let mut rows = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            rows.insert((id, method.to_uppercase(), path.clone()));
        }
    }
    rows
}

#[test]
fn the_routes_the_access_table_and_the_document_name_the_same_operations() {
    let row = |operation: &Operation| (operation.id.to_owned(), operation.method.to_owned(), operation.path.to_owned());
    let table: BTreeSet<Row> = OPERATIONS.iter().map(row).collect();
    let document = in_the_document();
    let only_in_table: Vec<_> = table.difference(&document).collect();
    let only_in_document: Vec<_> = document.difference(&table).collect();
    assert!(only_in_table.is_empty(), "in OPERATIONS of http/access.rs and not a route: {only_in_table:#?}");
    assert!(
        only_in_document.is_empty(),
        "a route that OPERATIONS of http/access.rs does not name: {only_in_document:#?}"
    );
    assert_eq!(table.len(), OPERATIONS.len(), "an operation stands twice");
    let ids: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    assert_eq!(ids.len(), OPERATIONS.len(), "an id stands twice");
}

/// Else the access table might judge one operation and the server run another.
#[test]
fn no_two_operations_answer_the_same_request() {
    let meet = |a: &str, b: &str| {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || a.starts_with('{') || b.starts_with('{'))
    };
    for (at, a) in OPERATIONS.iter().enumerate() {
        for b in OPERATIONS[at + 1..].iter().filter(|b| b.method == a.method) {
            assert!(!meet(a.path, b.path), "{} and {} both take {} {}", a.id, b.id, a.method, b.path);
        }
    }
}

#[test]
fn every_operation_says_in_both_languages_what_it_does() {
    let document: Value = serde_json::from_str(dizhang::http::openapi::text()).unwrap();
    let mut lacking = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let said = format!(
                "{}{}",
                operation["summary"].as_str().unwrap_or(""),
                operation["description"].as_str().unwrap_or("")
            );
            let chinese = said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            let tagged = operation["tags"].as_array().is_some_and(|tags| tags.len() == 1);
            if !chinese || !tagged {
                lacking.push(format!("{method} {path}"));
            }
        }
    }
    assert!(lacking.is_empty(), "without a Chinese term or its one tag: {lacking:#?}");
}
