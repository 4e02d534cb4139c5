//! Files of other programs: 界址点 TXT and Shapefiles as they come, what is not what it claims, any bytes at all.

mod boundary_points;
mod geojson_stream;
mod monitoring;
mod ndjson;
mod papers;
mod shapefile;
mod sheets;

use dizhang::domain::geometry::check::{CheckedPolygon, Limits, Part, check};
use dizhang::domain::geometry::crs::{Crs, Zone};
use dizhang::domain::geometry::lonlat::DegreeBox;

fn zone() -> Zone {
    Zone::new(38).unwrap()
}

fn limits() -> Limits {
    Limits { extent: DegreeBox::of_degrees(113.0, 34.2, 113.8, 34.8), zone: Some(zone()), vertices_max: 200_000 }
}

/// A polygon as the county would take it.
#[track_caller]
fn checked(parts: &[Part], crs: Crs) -> CheckedPolygon {
    check(parts, crs, &limits()).unwrap()
}

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
