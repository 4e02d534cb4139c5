//! Geometry: projection against PROJ, flaws as a table, areas, formats, the demonstration county.

mod areas;
mod demo;
mod fit;
mod flaws;
mod formats;
mod oracles;
mod overlay;
mod projection;
mod simulation;
mod sound;

use dizhang::domain::geometry::check::{Limits, Part, Position, Ring};
use dizhang::domain::geometry::crs::{Crs, Zone};
use dizhang::domain::geometry::lonlat::DegreeBox;
use dizhang::domain::geometry::tolerance::Tolerance;
use dizhang::domain::policy::Policy;

/// A corner of 新密 on the grid of zone 38, in metres.
const EAST: f64 = 445_000.0;
const NORTH: f64 = 3_818_000.0;

fn zone() -> Zone {
    Zone::new(38).unwrap()
}

/// The survey system of 新密, EPSG:4547.
fn survey() -> Crs {
    zone().crs()
}

fn limits() -> Limits {
    Limits { extent: DegreeBox::of_degrees(113.0, 34.2, 113.8, 34.8), zone: Some(zone()), vertices_max: 200_000 }
}

/// A closed ring of points given in metres from the corner.
fn ring(points: &[(f64, f64)]) -> Ring {
    let mut ring: Ring = points.iter().map(|&(x, y)| [EAST + x, NORTH + y]).collect();
    ring.push(ring[0]);
    ring
}

fn square(x: f64, y: f64, side: f64) -> Ring {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

fn to_degrees(parts: &[Part]) -> Vec<Part> {
    moved(parts, |at| zone().unproject(at).unwrap())
}

fn moved(parts: &[Part], to: impl Fn(Position) -> Position) -> Vec<Part> {
    parts.iter().map(|part| part.iter().map(|ring| ring.iter().map(|&at| to(at)).collect()).collect()).collect()
}

/// What the policy tolerates today.
fn tolerance() -> Tolerance {
    Tolerance::on(Policy::built_in(), "2026-11-23".parse().unwrap()).unwrap().0
}
