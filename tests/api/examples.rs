//! The examples of the API document are sent to the running program.

use dizhang::http::access::OPERATIONS;

use crate::access::{call, example};
use crate::support::*;

#[test]
fn every_example_of_a_body_is_understood_and_every_calculation_answers_it() {
    both(|office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        let mut sent = 0;
        for operation in OPERATIONS.iter().filter(|operation| example(&document, operation).is_some()) {
            let answer = call(office, &document, operation, COUNTY, Some("all-roles"));
            let id = operation.id;
            sent += 1;
            if operation.path.starts_with("/api/v1/calculations/") {
                answer.expect(200);
            } else {
                // What it names may not be there, or be there already; but it is written as it should be.
                assert!(!matches!(answer.status, 400 | 415 | 500..), "{id}: {} {}", answer.status, answer.text());
            }
        }
        assert!(sent > 20, "{sent}");
    });
}

#[test]
fn every_answer_has_a_status_and_a_type_that_the_document_declares() {
    both(|office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        for operation in OPERATIONS {
            let method = operation.method.to_ascii_lowercase();
            let declared = &document["paths"][operation.path][method.as_str()]["responses"];
            for token in [None, Some("nobody"), Some("viewer"), Some("all-roles")] {
                let answer = call(office, &document, operation, COUNTY, token);
                let response = &declared[answer.status.to_string()];
                assert!(
                    response.is_object(),
                    "{} answers {} undeclared: {}",
                    operation.id,
                    answer.status,
                    answer.text()
                );
                let media_type = answer.header("content-type").split(';').next().unwrap();
                if !answer.body.is_empty() {
                    assert!(response["content"][media_type].is_object(), "{} {media_type}", operation.id);
                }
            }
        }
    });
}
