//! A point that lies inside a polygon, for its label on a map. For display only: nothing is decided on it.

use geo::{Coord, InteriorPoint, LineString, MultiPolygon, Polygon};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::geometry::lonlat::{LonLat, LonLatMultiPolygon};

/// 标注点 — longitude and latitude (CRS84) of a point inside, with nine decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = Vec<f64>, min_items = 2, max_items = 2, example = json!([113.4, 34.5]))]
pub struct LabelPoint(pub LonLat);

impl Serialize for LabelPoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [longitude, latitude] = self.0.degrees();
        let text = format!("[{longitude:.9},{latitude:.9}]");
        RawValue::from_string(text).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

/// A point inside the polygon; none if it has no area.
pub fn label_point(polygon: &LonLatMultiPolygon) -> Option<LabelPoint> {
    let point = to_geo(polygon).interior_point()?;
    Some(LabelPoint(LonLat::of_degrees([point.x(), point.y()])))
}

/// The polygon as the `geo` crate knows it, in degrees.
pub fn to_geo(polygon: &LonLatMultiPolygon) -> MultiPolygon<f64> {
    let line = |ring: &Vec<LonLat>| -> LineString<f64> {
        ring.iter().map(|at| at.degrees()).map(|[x, y]| Coord { x, y }).collect()
    };
    let part = |rings: &Vec<Vec<LonLat>>| {
        let mut rings = rings.iter().map(line);
        let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        // Rings are kept open; `Polygon::new` closes them.
        Polygon::new(outer, rings.collect())
    };
    MultiPolygon::new(polygon.parts.iter().map(part).collect())
}
