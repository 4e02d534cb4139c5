//! Rows and queries, for SQLite and PostgreSQL alike (DESIGN.md section 5).
//!
//! The database decides no question of law: it narrows, orders, adds up and keeps. Rows are primitive and
//! private to their file. Only `db.rs` may look which of the two databases it speaks to.

pub mod account;
pub mod db;
pub mod ledger;
pub mod month;
pub mod names;
pub mod proposal;
pub mod schema;
pub mod view;
pub mod writer;
