//! A GeoJSON geometry in a JSON body, as it was sent.

use std::borrow::Cow;

use serde_json::value::RawValue;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::input::{Input, Members, Reader};
use crate::domain::text::Text;

/// A GeoJSON `Polygon` or `MultiPolygon` as it was sent, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeometryText(String);

impl<'de> Input<'de> for GeometryText {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let kind: Option<String> = Members::of(raw, reader)?
            .0
            .iter()
            .find(|(name, _)| name == "type")
            .and_then(|(_, raw)| serde_json::from_str(raw.get()).ok());
        match kind.as_deref() {
            Some("Polygon" | "MultiPolygon") => Some(Self(raw.get().to_owned())),
            _ => {
                let message = Text::fixed("应为 Polygon 或 MultiPolygon", "Polygon or MultiPolygon is expected");
                reader.fault_at("type", kind.as_deref(), message);
                None
            }
        }
    }
}

impl GeometryText {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialSchema for GeometryText {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .item(Ref::from_schema_name("PolygonGeometry"))
            .item(Ref::from_schema_name("MultiPolygonGeometry"))
            .description(Some(
                "图形 — GeoJSON (RFC 7946) in longitude and latitude (CGCS2000, taken for WGS 84), or with a `crs` member in a \
                 Gauss-Krüger zone of CGCS2000. 环须闭合,不得自交;每处问题按环和点指出。",
            ))
            .into()
    }
}

impl ToSchema for GeometryText {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Geometry")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("PolygonGeometry".to_owned(), shape("Polygon", 2)));
        schemas.push(("MultiPolygonGeometry".to_owned(), shape("MultiPolygon", 3)));
    }
}

/// A geometry whose coordinates are arrays in arrays of positions.
fn shape(kind: &str, depth: usize) -> RefOr<Schema> {
    let position = ArrayBuilder::new()
        .items(ObjectBuilder::new().schema_type(Type::Number))
        .min_items(Some(2))
        .max_items(Some(4))
        .description(Some("经度、纬度 — longitude, latitude"));
    let coordinates = (0..depth).fold(position, |inner, _| ArrayBuilder::new().items(inner));
    ObjectBuilder::new()
        .property("type", ObjectBuilder::new().schema_type(Type::String).enum_values(Some([kind])))
        .property("coordinates", coordinates)
        .required("type")
        .required("coordinates")
        .into()
}
