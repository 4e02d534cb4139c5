//! Longitudes and latitudes at rest: whole billionths of a degree, about a tenth of a millimetre.
//!
//! Nine decimals are what GeoJSON gets, so what is written is exactly what rests, and reading it
//! back lands on the same millimetre of the grid.

use serde::{Serialize, Serializer};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;

/// Billionths of a degree in a degree.
const UNITS: f64 = 1e9;
/// Billionths in one ten-millionth, the unit of boxes.
const PER_BOX_UNIT: i64 = 100;

/// A position in billionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LonLat {
    pub longitude: i64,
    pub latitude: i64,
}

impl LonLat {
    /// Rounds degrees to nine decimals.
    pub fn of_degrees([longitude, latitude]: [f64; 2]) -> Self {
        Self { longitude: (longitude * UNITS).round() as i64, latitude: (latitude * UNITS).round() as i64 }
    }

    pub fn degrees(self) -> [f64; 2] {
        [self.longitude as f64 / UNITS, self.latitude as f64 / UNITS]
    }
}

/// A box in degrees × 10⁷ (about a centimetre), as the spatial indexes hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DegreeBox {
    pub west: i32,
    pub south: i32,
    pub east: i32,
    pub north: i32,
}

impl DegreeBox {
    const UNITS: f64 = 1e7;

    /// The box of these degrees, rounded outwards. Longitudes up to 180 fit an `i32` ten times over.
    pub fn of_degrees(west: f64, south: f64, east: f64, north: f64) -> Self {
        let floor = |degrees: f64| (degrees * Self::UNITS).floor() as i32;
        let ceil = |degrees: f64| (degrees * Self::UNITS).ceil() as i32;
        Self { west: floor(west), south: floor(south), east: ceil(east), north: ceil(north) }
    }

    /// The box with a margin (degrees × 10⁷) on all sides.
    pub fn widened(self, margin: i32) -> Self {
        Self {
            west: self.west.saturating_sub(margin),
            south: self.south.saturating_sub(margin),
            east: self.east.saturating_add(margin),
            north: self.north.saturating_add(margin),
        }
    }

    /// Whether a position in degrees lies in the box or on its border.
    pub fn holds(self, [longitude, latitude]: [f64; 2]) -> bool {
        let (x, y) = (longitude * Self::UNITS, latitude * Self::UNITS);
        f64::from(self.west) <= x
            && x <= f64::from(self.east)
            && f64::from(self.south) <= y
            && y <= f64::from(self.north)
    }

    /// The box around both.
    pub fn around(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    pub fn intersects(self, other: Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }

    /// West, south, east, north in degrees.
    pub fn degrees(self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north].map(|value| f64::from(value) / Self::UNITS)
    }
}

/// As GeoJSON writes a box: west, south, east, north in degrees.
impl Serialize for DegreeBox {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.degrees().serialize(serializer)
    }
}

impl PartialSchema for DegreeBox {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Number);
        ArrayBuilder::new()
            .items(number)
            .min_items(Some(4))
            .max_items(Some(4))
            .description(Some("范围:西、南、东、北,度 — west, south, east, north in degrees"))
            .examples([serde_json::json!([113.1, 34.28, 113.72, 34.68])])
            .into()
    }
}

impl ToSchema for DegreeBox {}

/// Parts, each an outer ring and its holes. Rings are open: the first position is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LonLatMultiPolygon {
    pub parts: Vec<Vec<Vec<LonLat>>>,
}

impl LonLatMultiPolygon {
    /// The polygon in degrees; `None` if a point lies too far from the zone to be projected.
    pub fn of(grid: &GridMultiPolygon, zone: Zone) -> Option<Self> {
        let mut parts = Vec::with_capacity(grid.parts().len());
        for part in grid.parts() {
            let mut rings = Vec::with_capacity(part.rings().len());
            for ring in part.rings() {
                let positions = ring.iter().map(|point| zone.unproject(point.metres()).map(LonLat::of_degrees));
                rings.push(positions.collect::<Option<Vec<_>>>()?);
            }
            parts.push(rings);
        }
        Some(Self { parts })
    }

    pub fn positions(&self) -> impl Iterator<Item = LonLat> {
        self.parts.iter().flatten().flatten().copied()
    }

    /// The box of all positions, rounded outwards to degrees × 10⁷. A polygon without positions has none.
    pub fn bounds(&self) -> Option<DegreeBox> {
        let mut positions = self.positions();
        let first = positions.next()?;
        let (low, high) = positions.fold((first, first), |(low, high), at| {
            (
                LonLat { longitude: low.longitude.min(at.longitude), latitude: low.latitude.min(at.latitude) },
                LonLat { longitude: high.longitude.max(at.longitude), latitude: high.latitude.max(at.latitude) },
            )
        });
        let floor = |value: i64| value.div_euclid(PER_BOX_UNIT) as i32;
        let ceil = |value: i64| -((-value).div_euclid(PER_BOX_UNIT)) as i32;
        Some(DegreeBox {
            west: floor(low.longitude),
            south: floor(low.latitude),
            east: ceil(high.longitude),
            north: ceil(high.latitude),
        })
    }
}
