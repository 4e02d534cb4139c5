//! File and wire formats of other programs: bytes to and from the domain, without files or network.

pub mod archive;
pub mod boundary_points;
pub mod decode;
pub mod docx;
pub mod drawn;
pub mod geojson;
pub mod html;
pub mod ndjson;
pub mod number;
pub mod paper_html;
pub mod shapefile;
pub mod sheet;
pub mod site_plan;
pub mod sniff;
