//! The API document of `/ogc`, OpenAPI 3.0: programs read page sizes and queryable properties out of it.
//!
//! It is made by hand, as every client asks for version 3.0 and the rest of the service speaks 3.1. Each collection
//! has paths of its own, `limit` is a reference, and lists are written `form` without `explode`: GDAL, QGIS and the
//! standard's own test look for exactly that.

use serde_json::{Map, Value, json};

use super::items::{LIMIT_DEFAULT, LIMIT_MAX, OFFSET_MAX};
use super::metadata::member;
use super::{GEOJSON, HTML, JSON, OPENAPI, SCHEMA};
use crate::app::features::Layer;
use crate::domain::geometry::crs::Crs;
use crate::http::problem::Kind;

/// The document for the layers that a reader sees, with the systems that each is offered in.
pub fn document(base: &str, layers: &[(Layer, Vec<Crs>)]) -> Value {
    let mut paths = Map::new();
    paths.insert("/".to_owned(), get("getLanding", "入口 — landing page", &[], JSON, false));
    paths.insert("/conformance".to_owned(), get("getConformance", "遵循的规范 — conformance", &[], JSON, false));
    paths.insert("/api".to_owned(), get("getApi", "本文档 — this document", &[], OPENAPI, false));
    paths.insert("/collections".to_owned(), get("listCollections", "图层 — collections", &[], JSON, false));
    for (layer, systems) in layers {
        let at = |rest: &str| format!("/collections/{layer}{rest}");
        let id = |operation: &str| format!("{operation}.{layer}");
        let title = format!("{layer:#} — {}", layer.title().en);
        paths.insert(at(""), get(&id("getCollection"), &title, &[], JSON, true));
        let summary = format!("{layer:#}的可查询属性 — queryables of {layer}");
        paths.insert(at("/queryables"), get(&id("getQueryables"), &summary, &[], SCHEMA, true));
        let summary = format!("{layer:#}的属性结构 — schema of {layer}");
        paths.insert(at("/schema"), get(&id("getSchema"), &summary, &[], SCHEMA, true));
        let named = |name: &str| json!({"$ref": format!("#/components/parameters/{name}")});
        let mut parameters: Vec<Value> = ["limit", "offset", "after", "bbox", "datetime", "properties", "skipGeometry"]
            .into_iter()
            .map(named)
            .collect();
        parameters.push(system("crs", "输出坐标系 — reference system of the answer", systems));
        parameters.push(system("bbox-crs", "bbox 的坐标系 — reference system of bbox", systems));
        for property in layer.properties().iter().filter(|property| property.is_queryable()) {
            parameters.push(json!({
                "name": property.name, "in": "query", "required": false, "style": "form", "explode": false,
                "description": format!("{} — {}", property.title.0, property.title.1),
                "schema": member(property),
            }));
        }
        let summary = format!("{layer:#}要素 — features of {layer}");
        paths.insert(at("/items"), get(&id("listItems"), &summary, &parameters, GEOJSON, true));
        let feature = [named("featureId"), system("crs", "输出坐标系 — reference system of the answer", systems)];
        let summary = format!("一个{layer:#}要素 — one feature of {layer}");
        paths.insert(at("/items/{featureId}"), get(&id("getItem"), &summary, &feature, GEOJSON, true));
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "地账 Dizhang — OGC API - Features",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "地块、未供剩余、宗地、用地批文的矢量数据。Plots, residuals, parcels and approvals. EPSG 坐标系按规定轴序(北在前)。\
                EPSG systems have their own axis order, north first.",
        },
        "servers": [{"url": base}],
        "tags": [{"name": "features", "description": "要素"}],
        "paths": paths,
        "components": {
            "parameters": parameters(),
            "responses": responses(),
            "schemas": schemas(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "访问令牌"},
                "password": {"type": "http", "scheme": "basic", "description": "任意用户名,密码为访问令牌 — any name, the token as password"},
            },
        },
        // None at all is enough for layers that the operator has made public.
        "security": [{"token": []}, {"password": []}, {}],
    })
}

fn get(id: &str, summary: &str, parameters: &[Value], media_type: &str, in_collection: bool) -> Value {
    let mut parameters = parameters.to_vec();
    parameters.push(json!({"$ref": "#/components/parameters/f"}));
    let schema = match media_type {
        GEOJSON if id.starts_with("listItems") => "FeatureCollection",
        GEOJSON => "Feature",
        _ => "Document",
    };
    let mut content = Map::new();
    let schema = json!({"schema": {"$ref": format!("#/components/schemas/{schema}")}});
    content.insert(media_type.to_owned(), schema.clone());
    if media_type == SCHEMA {
        content.insert(JSON.to_owned(), schema);
    }
    content.insert(HTML.to_owned(), json!({"schema": {"type": "string"}}));
    let mut answers = Map::new();
    answers.insert("200".to_owned(), json!({"description": "正常", "content": content}));
    answers.insert("304".to_owned(), json!({"description": "没有变化 — what the caller has is still so"}));
    let mut kinds =
        vec![Kind::Malformed, Kind::Unauthenticated, Kind::Forbidden, Kind::TooManyRequests, Kind::Internal];
    if in_collection {
        kinds.push(Kind::NotFound);
    }
    for kind in kinds {
        let row = kind.row();
        answers.insert(row.status.to_string(), json!({"$ref": format!("#/components/responses/{}", row.slug)}));
    }
    json!({"get": {"operationId": id, "summary": summary, "tags": ["features"], "parameters": parameters, "responses": answers}})
}

fn system(name: &str, description: &str, systems: &[Crs]) -> Value {
    let names: Vec<String> = systems.iter().map(|crs| crs.uri()).collect();
    json!({
        "name": name, "in": "query", "required": false, "style": "form", "explode": false, "description": description,
        "schema": {"type": "string", "format": "uri", "enum": names, "default": Crs::Crs84.uri()},
    })
}

fn parameters() -> Value {
    let query = |name: &str, description: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": false, "style": "form", "explode": false,
            "description": description, "schema": schema,
        })
    };
    json!({
        "f": query("f", "格式 — form of the answer", json!({"type": "string", "enum": ["json", "html"]})),
        "limit": query(
            "limit",
            "每页要素数,超过最大值按最大值 — features of a page; more than the maximum is cut down to it",
            json!({"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT}),
        ),
        "offset": query(
            "offset",
            "跳过的要素数 — features to pass over; the links `next` lead on faster",
            json!({"type": "integer", "minimum": 0, "maximum": OFFSET_MAX, "default": 0}),
        ),
        "after": query("after", "翻页标记,取自 next 链接 — mark of the next page, from the link `next`", json!({"type": "string"})),
        "bbox": query(
            "bbox",
            "范围:西,南,东,北 — box: west,south,east,north; in EPSG systems in their own axis order",
            json!({"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}),
        ),
        "datetime": query(
            "datetime",
            "日期、时刻或区间 — a day, an instant or an interval; features without a day always match",
            json!({"type": "string"}),
        ),
        "properties": query(
            "properties",
            "只取这些属性 — these properties alone",
            json!({"type": "array", "items": {"type": "string"}}),
        ),
        "skipGeometry": query("skipGeometry", "不取图形 — leave out geometries", json!({"type": "boolean", "default": false})),
        "featureId": {
            "name": "featureId", "in": "path", "required": true, "description": "要素编号 — id of the feature",
            "schema": {"type": "integer", "format": "int64"},
        },
    })
}

fn responses() -> Value {
    let mut responses = Map::new();
    for kind in Kind::ALL {
        let row = kind.row();
        let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        responses.insert(
            row.slug.to_owned(),
            json!({"description": format!("{} — {}", row.zh, row.en), "content": content}),
        );
    }
    Value::Object(responses)
}

fn schemas() -> Value {
    let link = json!({"type": "array", "items": {
        "type": "object", "required": ["href", "rel", "type"],
        "properties": {"href": {"type": "string"}, "rel": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"}},
    }});
    let geometry = json!({
        "type": "object", "nullable": true, "required": ["type", "coordinates"],
        "properties": {"type": {"type": "string", "enum": ["MultiPolygon"]}, "coordinates": {"type": "array", "items": {}}},
    });
    json!({
        "Document": {"type": "object"},
        "Feature": {
            "type": "object", "required": ["type", "id", "geometry", "properties"],
            "properties": {
                "type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "integer", "format": "int64"},
                "geometry": geometry, "properties": {"type": "object"}, "links": link,
            },
        },
        "FeatureCollection": {
            "type": "object", "required": ["type", "features", "links", "timeStamp", "numberReturned"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
                "links": link, "timeStamp": {"type": "string", "format": "date-time"},
                "numberMatched": {"type": "integer", "minimum": 0}, "numberReturned": {"type": "integer", "minimum": 0},
            },
        },
        "Problem": {
            "type": "object", "required": ["type", "title", "status", "detail", "request_id"],
            "properties": {
                "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                "detail": {"type": "string"}, "request_id": {"type": "string"},
            },
        },
    })
}
