//! Storage on both databases: the same tests, the same answers.

mod accounts;
mod demo;
mod records;
mod scenarios;
mod support;
