//! A record together with its polygon in one JSON body: the members of the record and `geometry`.

use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::geometry::check::{CheckedPolygon, Limits};
use crate::domain::geometry::crs::Crs;
pub use crate::domain::geometry::text::GeometryText;
use crate::domain::input::{Fields, Input, Members, Reader};
use crate::formats::geojson;

/// Reads and checks the polygon of a member `geometry`; its flaws are named below it.
pub fn polygon(text: &GeometryText, limits: &Limits, reader: &mut Reader) -> Option<CheckedPolygon> {
    reader.within("geometry", |reader| {
        let document = geojson::open(text.as_str().as_bytes(), 1, reader)?;
        let crs = document.crs().unwrap_or(Crs::Crs84);
        let [item] = document.items() else { return None };
        item.open(reader)?.polygon(crs, limits, reader)
    })
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

/// The schema of a record's members with `geometry` among them.
pub fn drawn_schema<T: ToSchema>() -> RefOr<Schema> {
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

/// The schemas that [`drawn_schema`] refers to.
pub fn drawn_schemas<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    T::schemas(schemas);
    GeometryText::schemas(schemas);
    schemas.push(("Geometry".to_owned(), GeometryText::schema()));
}

/// Names the body of a drawn record in the API document: `drawn_body!(PlotBody of PlotProperties)`.
macro_rules! drawn_body {
    ($(#[$doc:meta])* $name:ident of $properties:ty) => {
        $(#[$doc])*
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::formats::drawn::drawn_schema::<$properties>()
            }
        }

        impl utoipa::ToSchema for $name {
            fn schemas(
                schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>,
            ) {
                $crate::formats::drawn::drawn_schemas::<$properties>(schemas);
            }
        }
    };
}
pub(crate) use drawn_body;

/// A small plot in 新密.
pub fn example_polygon() -> serde_json::Value {
    serde_json::json!({
        "type": "Polygon",
        "coordinates": [[[113.55, 34.6], [113.5515, 34.6], [113.5515, 34.6012], [113.55, 34.6012], [113.55, 34.6]]]
    })
}
