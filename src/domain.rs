//! The law, the ledger and the geometry, as pure functions: no clock, no files, no database.

pub mod area;
pub mod calendar;
pub mod codes;
pub mod exact;
pub mod finding;
pub mod geometry;
pub mod input;
pub mod instant;
pub mod ledger;
pub mod policy;
pub mod quantity;
pub mod region;
pub mod rules;
pub mod term;
pub mod text;
pub mod user;
