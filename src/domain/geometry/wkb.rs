//! Well-known binary: `MultiPolygon`, little endian, two dimensions, as it rests in the databases.
//!
//! In the survey grid the numbers are metres (east, north), the nearest doubles to whole millimetres;
//! in CRS84 they are degrees (longitude, latitude), the nearest doubles to nine decimals. Both come back
//! as the very integers they were written from.

use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon, NotAPolygon};
use crate::domain::geometry::lonlat::{LonLat, LonLatMultiPolygon};

const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;
/// Bytes of one position.
const POSITION: usize = 16;
/// Bytes of a count, and of a geometry's byte order, kind and count.
const COUNT: usize = 4;
const HEADER: usize = 5 + COUNT;

/// Why bytes are not what [`grid_to_wkb`] or [`lonlat_to_wkb`] wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadWkb {
    #[error("it ends too early")]
    TooShort,
    #[error("bytes are left over")]
    TooLong,
    #[error("it is no little-endian two-dimensional multi-polygon")]
    OtherKind,
    #[error("a ring is not closed")]
    NotClosed,
    #[error("a coordinate is not on the grid")]
    OffTheGrid,
    #[error("it is no polygon: {0}")]
    NotAPolygon(#[from] NotAPolygon),
}

/// Writes the polygon in metres of its grid.
pub fn grid_to_wkb(polygon: &GridMultiPolygon) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(9 + polygon.vertices() * POSITION + 64);
    header(&mut bytes, MULTI_POLYGON, polygon.parts().len());
    for part in polygon.parts() {
        write_part(&mut bytes, part.rings(), GridPoint::metres);
    }
    bytes
}

/// Writes the polygon in degrees.
pub fn lonlat_to_wkb(polygon: &LonLatMultiPolygon) -> Vec<u8> {
    let mut bytes = Vec::new();
    header(&mut bytes, MULTI_POLYGON, polygon.parts.len());
    for part in &polygon.parts {
        write_part(&mut bytes, part, LonLat::degrees);
    }
    bytes
}

/// Reads what [`grid_to_wkb`] wrote.
pub fn grid_from_wkb(bytes: &[u8]) -> Result<GridMultiPolygon, BadWkb> {
    let parts = read(bytes, |position| GridPoint::snap(position).ok_or(BadWkb::OffTheGrid))?;
    let parts = parts.into_iter().map(GridPolygon::new).collect::<Result<Vec<_>, _>>()?;
    Ok(GridMultiPolygon::new(parts)?)
}

/// Reads what [`lonlat_to_wkb`] wrote.
pub fn lonlat_from_wkb(bytes: &[u8]) -> Result<LonLatMultiPolygon, BadWkb> {
    let parts = read(bytes, |position| {
        let [longitude, latitude] = position;
        match longitude.abs() <= 180.0 && latitude.abs() <= 90.0 {
            true => Ok(LonLat::of_degrees(position)),
            false => Err(BadWkb::OffTheGrid),
        }
    })?;
    Ok(LonLatMultiPolygon { parts })
}

fn header(bytes: &mut Vec<u8>, kind: u32, count: usize) {
    bytes.push(LITTLE_ENDIAN);
    bytes.extend_from_slice(&kind.to_le_bytes());
    write_count(bytes, count);
}

fn write_count(bytes: &mut Vec<u8>, count: usize) {
    let count = u32::try_from(count).expect("a polygon has fewer than four thousand million vertices");
    bytes.extend_from_slice(&count.to_le_bytes());
}

fn write_part<P: Copy>(bytes: &mut Vec<u8>, rings: &[Vec<P>], position: impl Fn(P) -> [f64; 2]) {
    header(bytes, POLYGON, rings.len());
    for ring in rings {
        write_count(bytes, ring.len() + 1);
        for &point in ring.iter().chain(ring.first()) {
            let [x, y] = position(point);
            bytes.extend_from_slice(&x.to_le_bytes());
            bytes.extend_from_slice(&y.to_le_bytes());
        }
    }
}

/// What is not read yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], BadWkb> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(BadWkb::TooShort)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// The header of a geometry, with the number of its members, each of `bytes` at least.
    fn header(&mut self, kind: u32, bytes: usize) -> Result<usize, BadWkb> {
        if self.take()? != [LITTLE_ENDIAN] || u32::from_le_bytes(self.take()?) != kind {
            return Err(BadWkb::OtherKind);
        }
        self.count(bytes)
    }

    /// A count of things that have at least `bytes` each: more than are there is refused before room is made.
    fn count(&mut self, bytes: usize) -> Result<usize, BadWkb> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        if count > self.0.len() / bytes { Err(BadWkb::TooShort) } else { Ok(count) }
    }
}

fn read<P: PartialEq>(bytes: &[u8], point: impl Fn([f64; 2]) -> Result<P, BadWkb>) -> Result<Vec<Vec<Vec<P>>>, BadWkb> {
    let mut rest = Rest(bytes);
    let parts = (0..rest.header(MULTI_POLYGON, HEADER)?)
        .map(|_| {
            let rings = rest.header(POLYGON, COUNT)?;
            (0..rings).map(|_| read_ring(&mut rest, &point)).collect()
        })
        .collect::<Result<Vec<Vec<Vec<P>>>, BadWkb>>()?;
    if rest.0.is_empty() { Ok(parts) } else { Err(BadWkb::TooLong) }
}

/// One ring, without its closing position.
fn read_ring<P: PartialEq>(
    rest: &mut Rest<'_>,
    point: &impl Fn([f64; 2]) -> Result<P, BadWkb>,
) -> Result<Vec<P>, BadWkb> {
    let count = rest.count(POSITION)?;
    let mut ring = (0..count)
        .map(|_| point([f64::from_le_bytes(rest.take()?), f64::from_le_bytes(rest.take()?)]))
        .collect::<Result<Vec<P>, BadWkb>>()?;
    let last = ring.pop();
    if ring.len() < 3 || last.as_ref() != ring.first() { Err(BadWkb::NotClosed) } else { Ok(ring) }
}
