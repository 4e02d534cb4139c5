//! A record together with its polygon in one JSON body: the members of the record and `geometry`.

use std::borrow::Cow;

use serde_json::value::RawValue;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::geometry::check::{CheckedPolygon, Limits};
use crate::domain::geometry::crs::Crs;
use crate::domain::input::{Fields, Input, Members, Reader};
use crate::domain::text::Text;
use crate::formats::geojson;

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
    /// Reads and checks the polygon; its flaws are named below the member `geometry`.
    pub fn polygon(&self, limits: &Limits, reader: &mut Reader) -> Option<CheckedPolygon> {
        reader.within("geometry", |reader| {
            let document = geojson::open(self.0.as_bytes(), 1, reader)?;
            let crs = document.crs().unwrap_or(Crs::Crs84);
            let [item] = document.items() else { return None };
            item.open(reader)?.polygon(crs, limits, reader)
        })
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

/// The members of a record and its polygon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn<T> {
    pub properties: T,
    pub geometry: Option<GeometryText>,
}

impl<'de, T: Fields<'de>> Input<'de> for Drawn<T> {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let mut members = Members::of(raw, reader)?;
        let geometry = members.take::<Option<GeometryText>>("geometry", reader);
        let properties = T::read_fields(&mut members, reader);
        let names: Vec<&str> = T::NAMES.iter().copied().chain(["geometry"]).collect();
        members.finish(&names, reader);
        Some(Self { properties: properties?, geometry: geometry? })
    }
}

impl<T: ToSchema> utoipa::__dev::ComposeSchema for Drawn<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let mut schema = T::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            let geometry = OneOfBuilder::new()
                .item(ObjectBuilder::new().schema_type(Type::Null))
                .item(Ref::from_schema_name("Geometry"))
                .description(Some("图形 — the polygon; a change without one leaves it as it is"));
            object.properties.insert("geometry".to_owned(), geometry.into());
            if let Some(serde_json::Value::Object(example)) = &mut object.example {
                example.insert("geometry".to_owned(), example_polygon());
            }
        }
        schema
    }
}

impl<T: ToSchema> ToSchema for Drawn<T> {
    /// `PlotProperties` with a polygon is `PlotBody`.
    fn name() -> Cow<'static, str> {
        let name = T::name();
        Cow::Owned(format!("{}Body", name.strip_suffix("Properties").unwrap_or(&name)))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
        GeometryText::schemas(schemas);
        schemas.push(("Geometry".to_owned(), GeometryText::schema()));
    }
}

/// A small plot in 曲梁镇 of 新密.
pub fn example_polygon() -> serde_json::Value {
    serde_json::json!({
        "type": "Polygon",
        "coordinates": [[[113.55, 34.6], [113.5515, 34.6], [113.5515, 34.6012], [113.55, 34.6012], [113.55, 34.6]]]
    })
}
