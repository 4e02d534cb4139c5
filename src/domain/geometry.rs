//! Polygons of land: projected, snapped to whole millimetres, checked and measured.
//!
//! Coordinates come in as degrees or metres in floats and rest as integers in the survey grid of
//! one zone ([`grid`]). From there on every decision (crossing, containment, area) is made on
//! integers and is the same on every machine. Inside the program x is east and y is north, without
//! zone prefix; prefixes and other axis orders exist only at the edges ([`crs`]).

pub(crate) mod apart;
mod assemble;
pub mod check;
mod contacts;
mod cracks;
pub mod crs;
pub mod ellipsoid;
pub mod fit;
pub mod flaw;
pub mod grid;
pub mod label;
pub mod lonlat;
pub mod overlay;
mod place;
pub mod projection;
pub mod residual;
mod rings;
mod sweep;
pub mod text;
pub mod tolerance;
mod topology;
pub mod window;
pub mod wkb;
