//! File and wire formats of other programs: bytes to and from the domain, without files or network.

pub mod boundary_points;
pub mod decode;
pub mod drawn;
pub mod geojson;
