//! Storage on both databases: the same tests, the same answers.

mod scenarios;
mod support;
