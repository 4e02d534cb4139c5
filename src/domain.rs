//! The law, the ledger and the geometry, as pure functions: no clock, no files, no database.

pub mod demo;
pub mod geometry;
pub mod input;
pub mod instant;
pub mod ledger;
pub mod quantity;
pub mod region;
pub mod text;
