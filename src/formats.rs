//! File and wire formats of other programs: bytes to and from the domain, without files or network.

pub mod drawn;
pub mod geojson;
