//! Storage on both databases: the same tests, the same answers.

mod demo;
mod records;
mod scenarios;
mod support;
