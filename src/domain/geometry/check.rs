//! The door for polygons from outside: either a checked polygon on the grid, or every flaw named.
//!
//! In this order: number of vertices (nothing else is looked at past the limit); rings closed, long
//! enough and of finite numbers; coordinates in the county, with exchanged axes, degrees for metres
//! and wrong zones recognised; then on the millimetre grid repeated vertices, spikes, empty rings,
//! crossings, holes outside and overlapping parts. A flaw of one stage does not hide those of the
//! next, except that nothing can be said on the grid of coordinates that lie elsewhere.
//!
//! Rings may have either winding; it is put right, not asked for. Rings and parts may touch each
//! other in single points as OGC's simple features allow; a ring may not touch itself.

use crate::domain::geometry::crs::{Crs, Zone};
use crate::domain::geometry::ellipsoid;
use crate::domain::geometry::flaw::{FLAWS_MAX, Flaw, Place};
use crate::domain::geometry::grid::{GridMultiPolygon, GridPolygon};
use crate::domain::geometry::lonlat::{DegreeBox, LonLatMultiPolygon};
use crate::domain::geometry::place;
use crate::domain::geometry::topology;
use crate::domain::quantity::AreaM2;

/// Two coordinates, x east and y north: degrees of longitude and latitude, or metres.
pub type Position = [f64; 2];
/// Positions of a ring; the last repeats the first.
pub type Ring = Vec<Position>;
/// An outer ring and its holes.
pub type Part = Vec<Ring>;

/// What a polygon is held against.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The county's extent with its margin.
    pub extent: DegreeBox,
    /// Zone to rest in; `None` takes the one whose meridian is nearest to the polygon.
    pub zone: Option<Zone>,
    /// Most vertices, closing ones counted.
    pub vertices_max: usize,
}

/// A polygon without flaws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPolygon {
    pub grid: GridMultiPolygon,
    pub zone: Zone,
    /// Planar area on the grid, rounded half up to the square centimetre.
    pub area: AreaM2,
    /// Area on the ellipsoid ([`ellipsoid`]), rounded likewise.
    pub ellipsoidal_area: AreaM2,
    /// The grid's points in degrees with nine decimals.
    pub lonlat: LonLatMultiPolygon,
    /// Their box in degrees × 10⁷, rounded outwards.
    pub bounds: DegreeBox,
}

impl CheckedPolygon {
    /// Measures a polygon that is known to be sound, such as the result of an overlay.
    ///
    /// `None` if it lies too far from its zone to have degrees.
    pub fn of(grid: GridMultiPolygon, zone: Zone) -> Option<Self> {
        let lonlat = LonLatMultiPolygon::of(&grid, zone)?;
        let bounds = lonlat.bounds()?;
        let (area, ellipsoidal_area) = (grid.area(), ellipsoid::area(&grid, zone));
        Some(Self { grid, zone, area, ellipsoidal_area, lonlat, bounds })
    }
}

/// The flaws of a polygon, at most [`FLAWS_MAX`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flaws {
    pub list: Vec<Flaw>,
    /// Whether there are more than are listed.
    pub more: bool,
}

impl Flaws {
    pub(super) fn push(&mut self, flaw: Flaw) {
        if self.list.len() < FLAWS_MAX {
            self.list.push(flaw);
        } else {
            self.more = true;
        }
    }
}

impl From<Flaw> for Flaws {
    fn from(flaw: Flaw) -> Self {
        Self { list: vec![flaw], more: false }
    }
}

/// Checks a polygon of one or more parts given in `crs`.
pub fn check(parts: &[Part], crs: Crs, limits: &Limits) -> Result<CheckedPolygon, Flaws> {
    let vertices = parts.iter().flatten().map(Vec::len).sum();
    if vertices > limits.vertices_max {
        return Err(Flaw::TooManyVertices { given: vertices, limit: limits.vertices_max }.into());
    }
    let mut flaws = Flaws::default();
    let rings = well_formed(parts, &mut flaws);
    let Some(placed) = place::place(&rings, crs, limits, &mut flaws) else { return Err(flaws) };
    let Some(rings) = topology::examine(placed.rings, placed.zone, &mut flaws) else { return Err(flaws) };
    if !flaws.list.is_empty() {
        return Err(flaws);
    }
    build(rings, placed.zone).map_err(|flaw| flaw.into())
}

/// A ring that can be looked at further: its positions without the closing one.
pub(super) struct Given<'a> {
    pub part: usize,
    pub ring: usize,
    pub positions: &'a [Position],
}

/// The rings that are long enough and of finite numbers; the others are flaws, and so are open ones.
fn well_formed<'a>(parts: &'a [Part], flaws: &mut Flaws) -> Vec<Given<'a>> {
    let mut rings = Vec::new();
    if parts.is_empty() {
        flaws.push(Flaw::Empty { part: None });
    }
    for (p, part) in parts.iter().enumerate() {
        if part.is_empty() {
            flaws.push(Flaw::Empty { part: Some(p) });
        }
        for (r, ring) in part.iter().enumerate() {
            let mut finite = true;
            for (v, _) in ring.iter().enumerate().filter(|(_, at)| !at.iter().all(|value| value.is_finite())) {
                finite = false;
                flaws.push(Flaw::NotFinite { at: Place::vertex(p, r, v) });
            }
            let positions = match (ring.as_slice(), finite) {
                ([first, between @ .., last], true) if first == last && !between.is_empty() => &ring[..ring.len() - 1],
                ([_, _, ..], true) => {
                    flaws.push(Flaw::NotClosed { at: Place::ring(p, r) });
                    ring
                }
                _ => ring,
            };
            if positions.len() < 3 {
                flaws.push(Flaw::TooFewPoints { at: Place::ring(p, r), given: ring.len() });
            } else if finite {
                rings.push(Given { part: p, ring: r, positions });
            }
        }
    }
    rings
}

/// Puts together rings that were found sound.
fn build(rings: Vec<topology::GridRing>, zone: Zone) -> Result<CheckedPolygon, Flaw> {
    let mut parts: Vec<Vec<_>> = Vec::new();
    for ring in rings {
        match (ring.ring, parts.last_mut()) {
            (1.., Some(part)) => part.push(ring.points),
            _ => parts.push(vec![ring.points]),
        }
    }
    let parts: Result<Vec<_>, _> = parts.into_iter().map(GridPolygon::new).collect();
    let grid = parts.and_then(GridMultiPolygon::new).map_err(|_| Flaw::TooWide)?;
    // Less than half a square centimetre is no land.
    if grid.area().is_zero() {
        return Err(Flaw::NoArea { at: Place::ring(0, 0) });
    }
    CheckedPolygon::of(grid, zone).ok_or(Flaw::TooWide)
}
