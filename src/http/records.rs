//! What all records look like over HTTP: versions as ETags, areas as stated, features.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::app::App;
use crate::app::records::Mapped;
use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::geometry::lonlat::LonLatMultiPolygon;
use crate::domain::input::{FieldError, vocabulary};
use crate::domain::quantity::AreaM2;
use crate::domain::text::Text;
use crate::formats::geojson::write_geometry;
use crate::http::Service;
use crate::http::body::Query;
use crate::http::problem::{Kind, Problem};

vocabulary! {
    /// 格式 — in which form a list is answered.
    pub enum Format {
        Json = "json" "JSON",
        Geojson = "geojson" "GeoJSON",
        Csv = "csv" "CSV 文件",
        Xlsx = "xlsx" "Excel 文件",
        Totals = "totals" "合计",
    }
}

/// 登记面积(按文件单位) — an area as the document states it
#[derive(Debug, Serialize, ToSchema)]
pub struct StatedArea {
    /// 数值
    #[schema(pattern = r"^[0-9]{1,12}(\.[0-9]{1,8})?$", example = "18000.25")]
    pub value: String,
    /// 单位
    pub unit: AreaUnit,
}

impl From<GivenArea> for StatedArea {
    fn from(area: GivenArea) -> Self {
        Self { value: area.to_string(), unit: area.unit() }
    }
}

/// 图形 — what was measured of the newest polygon
#[derive(Debug, Serialize, ToSchema)]
pub struct PolygonFacts {
    /// 图形版本
    #[schema(minimum = 1)]
    pub version: i32,
    /// 图形面积(高斯投影平面),平方米 — planar, in the county's Gauss-Krüger zone, half up to the square centimetre
    pub area_m2: AreaM2,
    /// 椭球面积,平方米 — on the ellipsoid of CGCS2000
    pub ellipsoidal_area_m2: AreaM2,
}

impl From<Mapped> for PolygonFacts {
    fn from(mapped: Mapped) -> Self {
        Self { version: mapped.version, area_m2: mapped.area, ellipsoidal_area_m2: mapped.ellipsoidal_area }
    }
}

/// An area as a JSON number with exactly its decimals, for GeoJSON properties.
#[derive(Debug, Clone, Copy)]
pub struct ExactNumber(pub AreaM2);

impl Serialize for ExactNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.to_string()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl PartialSchema for ExactNumber {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .description(Some("面积,平方米 — m², written exactly with four decimals"))
            .into()
    }
}

impl ToSchema for ExactNumber {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ExactNumber")
    }
}

/// A polygon as GeoJSON with nine decimals.
pub fn geometry(polygon: &LonLatMultiPolygon) -> Box<RawValue> {
    let mut bytes = Vec::new();
    write_geometry(polygon, &mut bytes);
    let text = String::from_utf8(bytes).expect("numbers and punctuation are ASCII");
    RawValue::from_string(text).expect("the writer of GeoJSON writes JSON")
}

vocabulary! {
    /// GeoJSON 类型
    pub enum FeatureType {
        Feature = "Feature" "要素",
    }
}

vocabulary! {
    /// GeoJSON 类型
    pub enum FeatureCollectionType {
        FeatureCollection = "FeatureCollection" "要素集",
    }
}

/// `ETag` of a version.
pub fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}

/// An answer that carries the version of its record.
pub fn versioned(mut builder: HttpResponseBuilder, version: i64, body: impl Serialize) -> HttpResponse {
    builder.insert_header(etag(version)).json(body)
}

/// An answer of features.
pub fn features(collection: impl Serialize) -> HttpResponse {
    match serde_json::to_vec(&collection) {
        Ok(bytes) => HttpResponse::Ok().content_type("application/geo+json").body(bytes),
        Err(error) => Problem::internal(error).error_response(),
    }
}

/// The application for a write, and whether `dry_run=true` asks that it be tried only.
pub fn tried(service: &Service, request: &HttpRequest) -> Result<(Arc<App>, bool), Problem> {
    let mut query = Query::of(request);
    let dry_run = query.flag("dry_run");
    query.finish(&["dry_run"])?;
    Ok((if dry_run { Arc::new(service.app.rehearsal()) } else { service.app.clone() }, dry_run))
}

/// 201 for what is new, 200 for what was there already.
pub fn created(is_new: bool) -> HttpResponseBuilder {
    if is_new { HttpResponse::Created() } else { HttpResponse::Ok() }
}

/// The version that a change is based on: `If-Match: "3"`.
pub fn if_match(request: &HttpRequest) -> Result<i64, Problem> {
    let Some(given) = request.headers().get(header::IF_MATCH) else {
        return Err(Problem::new(
            Kind::VersionRequired,
            Text::fixed(
                "请在 If-Match 头中给出所依据的版本,即读取时 ETag 的值,如 \"3\"",
                "give the version the change is based on in If-Match, as the ETag of the answer said, such as \"3\"",
            ),
        ));
    };
    let text = given.to_str().unwrap_or("").trim();
    let digits = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| {
        Problem::fields(vec![FieldError {
            pointer: "If-Match".to_owned(),
            value: Some(text.chars().take(80).collect()),
            message: Text::fixed("应为带引号的版本号,如 \"3\"", "a version in quotes is expected, such as \"3\""),
        }])
    })
}

/// Where the next page begins: after the last row of a full one.
pub fn next<T>(rows: &[T], limit: i64, id: impl Fn(&T) -> i64) -> Option<i64> {
    if rows.len() as i64 == limit { rows.last().map(id) } else { None }
}
