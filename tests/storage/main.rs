//! Storage on both databases: the same tests, the same answers.

mod demo;
mod scenarios;
mod support;
