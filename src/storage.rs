//! Rows and queries, for SQLite and PostgreSQL alike (DESIGN.md section 5).
//!
//! The database decides no question of law: it narrows, orders, adds up and keeps. Rows are primitive and
//! private to their file. Only `db.rs` and `spatial.rs` may look which of the two databases they speak to.

pub mod account;
pub mod approval;
pub mod attachment;
pub mod county;
pub mod db;
pub mod encumbrance;
pub mod feature;
pub mod frozen;
pub mod geometry;
pub mod journal;
pub mod ledger;
pub mod measure;
pub mod month;
pub mod names;
pub mod overlap;
pub mod parcel;
pub mod plot;
pub mod policy_overlay;
pub mod price_base;
pub mod project;
pub mod proposal;
pub mod reconciliation;
mod rows;
pub mod schema;
pub mod spatial;
pub mod township;
pub mod view;
pub mod worklist;
pub mod writer;
