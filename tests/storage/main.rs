//! Storage on both databases: the same tests, the same answers.

mod accounts;
mod contracts;
#[path = "../common/databases.rs"]
#[expect(dead_code, reason = "shared with the tests that start the program, which need the address")]
mod databases;
mod demo;
mod frozen;
mod idle_cases;
mod idle_dice;
mod idle_law;
mod idle_world;
mod monitoring;
mod papers;
mod price_bases;
mod reconciliation;
mod records;
mod scenarios;
mod schema;
mod support;
mod writer;
