//! Storage on both databases: the same tests, the same answers.

#[path = "../common/databases.rs"]
mod databases;
mod demo;
mod records;
mod scenarios;
mod support;
