//! The law, the ledger and the geometry, as pure functions: no clock, no files, no database.

pub mod geometry;
pub mod input;
pub mod quantity;
pub mod text;
