//! Rows and queries, for SQLite and PostgreSQL alike (DESIGN.md section 5).
//!
//! The database decides no question of law: it narrows, orders, adds up and keeps. Rows are primitive and
//! private to their file. Only `db.rs` and `spatial.rs` may look which of the two databases they speak to.

pub mod account;
pub mod announcement;
pub mod approval;
pub mod attachment;
pub mod backup;
pub mod contract;
pub mod county;
pub mod db;
pub mod demand;
pub mod encumbrance;
pub mod feature;
pub mod frozen;
pub mod geometry;
pub mod idle_case;
pub mod journal;
pub mod ledger;
pub mod listing;
pub mod measure;
pub mod monitoring;
pub mod month;
pub mod names;
pub mod overlap;
pub mod paper;
pub mod paper_number;
pub mod parcel;
mod pieces;
pub mod plot;
pub mod policy_overlay;
pub mod precheck;
pub mod price_base;
pub mod project;
pub mod proposal;
pub mod reconciliation;
pub mod reference;
mod rows;
pub mod schema;
pub mod spatial;
pub mod township;
pub mod view;
pub mod worklist;
pub mod writer;
