//! Storage on both databases: the same tests, the same answers.

mod accounts;
#[path = "../common/databases.rs"]
mod databases;
mod demo;
mod records;
mod scenarios;
mod schema;
mod support;
mod writer;
