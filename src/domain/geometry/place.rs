//! Whether coordinates lie in the county, and what they seem to be if they do not.

use crate::domain::geometry::check::{Flaws, Given, Limits, Position};
use crate::domain::geometry::crs::{Crs, Zone};
use crate::domain::geometry::flaw::{Flaw, Place};
use crate::domain::geometry::grid::GridPoint;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::geometry::topology::GridRing;

/// Vertices looked at to recognise another reference system.
const SAMPLE: usize = 16;

/// Rings on the grid of a zone.
pub(super) struct Placed {
    pub rings: Vec<GridRing>,
    pub zone: Zone,
}

/// Brings rings to the grid, or tells why they do not belong there.
pub(super) fn place(rings: &[Given<'_>], crs: Crs, limits: &Limits, flaws: &mut Flaws) -> Option<Placed> {
    let (outside, inside) = outside(rings, crs, limits.extent);
    if !outside.is_empty() {
        // Somewhat beyond the border is a slip of numbers; wholly elsewhere may be a slip of systems.
        match if inside { None } else { recognise(rings, crs, limits) } {
            Some(flaw) => flaws.push(flaw),
            None => outside.into_iter().for_each(|flaw| flaws.push(flaw)),
        }
        return None;
    }
    let zone = match limits.zone {
        Some(zone) => zone,
        None => match nearest_zone(rings, crs) {
            Some(zone) => zone,
            None => {
                // The extent is wider than the zones are.
                for given in rings.iter().take(1) {
                    let (at, count) = (Place::vertex(given.part, given.ring, 0), given.positions.len());
                    flaws.push(Flaw::OutsideCounty { at, given: given.positions[0], count });
                }
                return None;
            }
        },
    };
    let onto_grid = |at: &Position| -> Option<GridPoint> {
        match crs.shift_into(zone) {
            // Survey coordinates of the zone stay to the millimetre what they are.
            Some(shift) => GridPoint::snap([at[0] - shift, at[1]]),
            None => GridPoint::snap(zone.project(crs.to_lonlat(*at)?)?),
        }
    };
    let mut placed = Vec::with_capacity(rings.len());
    for given in rings {
        let points: Option<Vec<_>> = given.positions.iter().map(onto_grid).collect();
        let Some(points) = points else {
            // In the county, yet beyond the zone: the county's zone and its extent contradict each other.
            flaws.push(Flaw::TooWide);
            return None;
        };
        let vertices = (0..points.len()).collect();
        placed.push(GridRing { part: given.part, ring: given.ring, points, vertices });
    }
    Some(Placed { rings: placed, zone })
}

/// One flaw for each ring with vertices outside, and whether any vertex lies inside.
fn outside(rings: &[Given<'_>], crs: Crs, extent: DegreeBox) -> (Vec<Flaw>, bool) {
    let mut flaws = Vec::new();
    let mut inside = false;
    for given in rings {
        let is_outside = |at: &Position| !crs.to_lonlat(*at).is_some_and(|degrees| extent.holds(degrees));
        let mut all = given.positions.iter().enumerate().filter(|(_, at)| is_outside(at));
        let Some((vertex, &at)) = all.next() else {
            inside = true;
            continue;
        };
        let count = 1 + all.count();
        inside |= count < given.positions.len();
        flaws.push(Flaw::OutsideCounty { at: Place::vertex(given.part, given.ring, vertex), given: at, count });
    }
    (flaws, inside)
}

/// What the coordinates seem to be instead.
fn recognise(rings: &[Given<'_>], crs: Crs, limits: &Limits) -> Option<Flaw> {
    let total: usize = rings.iter().map(|given| given.positions.len()).sum();
    let step = (total / SAMPLE).max(1);
    let sample: Vec<Position> = rings.iter().flat_map(|given| given.positions).step_by(step).copied().collect();
    let fits = |crs: Crs, swapped: bool| {
        sample.iter().all(|&[x, y]| {
            let at = if swapped { [y, x] } else { [x, y] };
            crs.to_lonlat(at).is_some_and(|degrees| limits.extent.holds(degrees))
        })
    };
    if fits(crs, true) {
        return Some(Flaw::SwappedAxes { declared: crs });
    }
    let own = limits.zone.into_iter().flat_map(|zone| [zone.crs(), zone.prefixed_crs()]);
    let geographic = (!crs.is_geographic()).then_some(Crs::Cgcs2000);
    let mut candidates = geographic
        .into_iter()
        .chain(own)
        .chain(Crs::all())
        .flat_map(|candidate| [(candidate, false), (candidate, true)])
        .filter(|&(candidate, swapped)| candidate != crs && fits(candidate, swapped));
    if let Some((looks_like, is_swapped)) = candidates.next() {
        // In a wide extent metres without prefix fit several zones; then none is named.
        let certain = limits.zone.is_some_and(|zone| looks_like.shift_into(zone).is_some())
            || looks_like.is_geographic()
            || candidates.all(|(other, _)| other.central_meridian() == looks_like.central_meridian());
        let looks_like = certain.then_some(looks_like);
        return Some(Flaw::OtherCrs { declared: crs, looks_like, is_swapped: is_swapped && certain });
    }
    let beyond_degrees = sample.iter().all(|&[x, y]| x.abs() > 360.0 && y.abs() > 360.0);
    (crs.is_geographic() && beyond_degrees).then_some(Flaw::OtherCrs {
        declared: crs,
        looks_like: None,
        is_swapped: false,
    })
}

fn nearest_zone(rings: &[Given<'_>], crs: Crs) -> Option<Zone> {
    let longitudes = rings.iter().flat_map(|given| given.positions).filter_map(|&at| Some(crs.to_lonlat(at)?[0]));
    let (low, high) = longitudes
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), longitude| (low.min(longitude), high.max(longitude)));
    Zone::of_longitude((low + high) / 2.0)
}
