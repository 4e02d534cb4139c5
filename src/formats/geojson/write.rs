//! Geometry as GeoJSON text, straight from integers: no float is formatted where none is needed.

use crate::domain::geometry::crs::{Crs, Zone};
use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint};
use crate::domain::geometry::lonlat::{LonLat, LonLatMultiPolygon};

/// Which coordinate stands first on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisOrder {
    /// GeoJSON's own: longitude or easting first.
    EastNorth,
    /// The authority's for EPSG codes of this country.
    NorthEast,
}

/// Writes a `MultiPolygon` in longitude and latitude with nine decimals, outer rings counter-clockwise.
pub fn write_geometry(polygon: &LonLatMultiPolygon, out: &mut Vec<u8>) {
    let parts = polygon.parts.iter().map(Vec::as_slice);
    write_parts(parts, out, |at: LonLat, out| write_pair(at.longitude, at.latitude, 9, AxisOrder::EastNorth, out));
}

/// Writes a `MultiPolygon` in another reference system.
///
/// In the polygon's own zone, with or without prefix, the millimetres are written as they rest, with
/// three decimals. Metres of other systems get four, whose grids lie askew to the polygon's; degrees
/// get nine. So each leads back to the same millimetre. `None`, and nothing written, if a point lies too
/// far from the system's zone.
pub fn write_geometry_in(
    polygon: &GridMultiPolygon,
    zone: Zone,
    crs: Crs,
    order: AxisOrder,
    out: &mut Vec<u8>,
) -> Option<()> {
    let start = out.len();
    let mut is_whole = true;
    let shift = crs.shift_into(zone).map(|metres| (metres * 1000.0) as i64);
    let parts = polygon.parts().iter().map(|part| part.rings());
    write_parts(parts, out, |point: GridPoint, out| match shift {
        Some(shift) => write_pair(point.x + shift, point.y, 3, order, out),
        None => match onto(point, zone, crs) {
            Some([x, y]) => write_pair(x, y, if crs.is_geographic() { 9 } else { 4 }, order, out),
            None => is_whole = false,
        },
    });
    if !is_whole {
        out.truncate(start);
    }
    is_whole.then_some(())
}

/// The point in whole billionths of a degree or tenths of a millimetre of the system.
fn onto(point: GridPoint, zone: Zone, crs: Crs) -> Option<[i64; 2]> {
    let degrees = zone.unproject(point.metres())?;
    if crs.is_geographic() {
        let at = LonLat::of_degrees(degrees);
        return Some([at.longitude, at.latitude]);
    }
    let [x, y] = crs.from_lonlat(degrees)?;
    Some([(x * 10_000.0).round() as i64, (y * 10_000.0).round() as i64])
}

fn write_parts<'a, P: Copy + 'a>(
    parts: impl Iterator<Item = &'a [Vec<P>]>,
    out: &mut Vec<u8>,
    mut position: impl FnMut(P, &mut Vec<u8>),
) {
    out.extend_from_slice(br#"{"type":"MultiPolygon","coordinates":["#);
    for (p, part) in parts.enumerate() {
        out.extend_from_slice(if p > 0 { b",[" } else { b"[" });
        for (r, ring) in part.iter().enumerate() {
            out.extend_from_slice(if r > 0 { b",[" } else { b"[" });
            for (v, &at) in ring.iter().chain(ring.first()).enumerate() {
                if v > 0 {
                    out.push(b',');
                }
                position(at, out);
            }
            out.push(b']');
        }
        out.push(b']');
    }
    out.extend_from_slice(b"]}");
}

fn write_pair(x: i64, y: i64, decimals: usize, order: AxisOrder, out: &mut Vec<u8>) {
    let (first, second) = match order {
        AxisOrder::EastNorth => (x, y),
        AxisOrder::NorthEast => (y, x),
    };
    out.push(b'[');
    write_decimal(first, decimals, out);
    out.push(b',');
    write_decimal(second, decimals, out);
    out.push(b']');
}

/// Writes a whole number of the smallest unit with all its decimals.
fn write_decimal(units: i64, decimals: usize, out: &mut Vec<u8>) {
    // Twenty digits are the longest of a u64.
    let mut digits = [b'0'; 20];
    let mut rest = units.unsigned_abs();
    let mut start = digits.len();
    while rest > 0 || digits.len() - start <= decimals {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let point = digits.len() - decimals;
    if units < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[start..point]);
    out.push(b'.');
    out.extend_from_slice(&digits[point..]);
}
