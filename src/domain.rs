//! The law, the ledger and the geometry, as pure functions: no clock, no files, no database.

pub mod approval;
pub mod area;
pub mod attachment;
pub mod calendar;
pub mod codes;
pub mod composition;
pub mod county;
pub mod demo;
pub mod exact;
pub mod finding;
pub mod geometry;
pub mod input;
pub mod instant;
pub mod layer;
pub mod ledger;
pub mod parcel;
pub mod plot;
pub mod policy;
pub mod project;
pub mod quantity;
pub mod record;
pub mod region;
pub mod rules;
pub mod term;
pub mod text;
pub mod user;
