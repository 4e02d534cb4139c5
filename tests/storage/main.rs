//! Storage on both databases: the same tests, the same answers.

mod accounts;
#[path = "../common/databases.rs"]
#[expect(dead_code, reason = "shared with the tests that start the program, which need the address")]
mod databases;
mod demo;
mod reconciliation;
mod records;
mod scenarios;
mod schema;
mod support;
mod writer;
