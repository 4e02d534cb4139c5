//! Routes, access table and API document are one list.

use std::collections::BTreeSet;

use dizhang::domain::geometry::crs::Crs;
use dizhang::domain::layer::Layer;
use dizhang::http::access::{Access, OGC_OPERATIONS, OPERATIONS, Operation};
use dizhang::http::ogc::api;
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

/// The document for GIS programs spells each layer out; here they are one again.
#[test]
fn the_document_for_gis_programs_names_the_operations_of_its_access_table() {
    let layers: Vec<(Layer, Vec<Crs>)> = Layer::ALL.iter().map(|layer| (*layer, vec![Crs::Crs84])).collect();
    let document = api::document("https://land.example/ogc", &layers);
    assert_eq!(document["openapi"], "3.0.3");
    let mut rows = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let (id, of) = match operation["operationId"].as_str().unwrap().split_once('.') {
                Some((id, of)) => (id, Some(of)),
                None => (operation["operationId"].as_str().unwrap(), None),
            };
            let segments = path.split('/').map(|segment| match segment {
                layer if Some(layer) == of => "{collection}",
                "{featureId}" => "{feature}",
                word => word,
            });
            let path = format!("/ogc{}", segments.collect::<Vec<_>>().join("/"));
            rows.insert((id.to_owned(), method.to_uppercase(), path.trim_end_matches('/').to_owned()));
            for parameter in operation["parameters"].as_array().unwrap() {
                if let Some(name) = parameter["$ref"].as_str() {
                    let name = name.rsplit('/').next().unwrap();
                    assert!(document["components"]["parameters"][name].is_object(), "{name}");
                } else {
                    assert_eq!(parameter["explode"], false, "{parameter}");
                }
            }
            for answer in operation["responses"].as_object().unwrap().values() {
                if let Some(name) = answer["$ref"].as_str() {
                    let name = name.rsplit('/').next().unwrap();
                    assert!(document["components"]["responses"][name].is_object(), "{name}");
                }
            }
        }
    }
    let row = |operation: &Operation| (operation.id.to_owned(), operation.method.to_owned(), operation.path.to_owned());
    assert_eq!(rows, OGC_OPERATIONS.iter().map(row).collect::<BTreeSet<Row>>());
}

/// Else the access table might judge one operation and the server run another.
#[test]
fn no_two_operations_answer_the_same_request() {
    let meet = |a: &str, b: &str| {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || a.starts_with('{') || b.starts_with('{'))
    };
    let all: Vec<&Operation> = OPERATIONS.iter().chain(OGC_OPERATIONS).collect();
    for (at, a) in all.iter().enumerate() {
        for b in all[at + 1..].iter().filter(|b| b.method == a.method) {
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

#[test]
fn every_operation_declares_its_problems_and_shows_an_example_of_its_body() {
    let document: Value = serde_json::from_str(dizhang::http::openapi::text()).unwrap();
    let mut lacking = Vec::new();
    for operation in OPERATIONS {
        let declared = &document["paths"][operation.path][operation.method.to_lowercase()];
        let open = matches!(operation.access, Access::Public | Access::PublicLimited);
        let mut statuses = vec!["422", "500"];
        if !open {
            statuses.extend(["401", "403", "503"]);
        }
        if operation.access == Access::PublicLimited {
            statuses.push("429");
        }
        if operation.path.contains('{') {
            statuses.push("404");
        }
        let body = &declared["requestBody"];
        if body.is_object() {
            statuses.extend(["413", "415"]);
            let content = body["content"].as_object().unwrap();
            assert_eq!(content.len(), 1, "{}: generated clients know one type of body", operation.id);
            let content = content.values().next().unwrap();
            let mut schema = &content["schema"];
            while let Some(name) = schema["$ref"].as_str() {
                schema = &document["components"]["schemas"][name.rsplit('/').next().unwrap()];
            }
            if ["example", "examples"].iter().all(|word| content[word].is_null() && schema[word].is_null()) {
                lacking.push(format!("{}: no example of its body", operation.id));
            }
        }
        for status in statuses {
            if !declared["responses"][status]["content"]["application/problem+json"].is_object() {
                lacking.push(format!("{}: {status} is not declared", operation.id));
            }
        }
        if declared["security"].as_array().is_some_and(Vec::is_empty) != open {
            lacking.push(format!("{}: its security is not that of the access table", operation.id));
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn every_reference_in_a_document_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let layers: Vec<(Layer, Vec<Crs>)> = Layer::ALL.iter().map(|layer| (*layer, vec![Crs::Crs84])).collect();
    let main = serde_json::from_str(dizhang::http::openapi::text()).unwrap();
    for document in [main, api::document("https://land.example/ogc", &layers)] {
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(!found.is_empty());
        let inside = found.iter().filter_map(|reference| reference.strip_prefix('#'));
        let lost: Vec<&str> = inside.filter(|pointer| document.pointer(pointer).is_none()).collect();
        assert!(lost.is_empty(), "name these in the components of http/openapi.rs: {lost:?}");
    }
}
