//! Storage on both databases: the same tests, the same answers.

#[path = "../common/databases.rs"]
mod databases;
mod demo;
mod scenarios;
mod schema;
mod support;
mod writer;
