//! Storage on both databases: the same tests, the same answers.

mod accounts;
mod demo;
mod scenarios;
mod support;
