//! What there is to read and how: landing page, conformance, the API document, collections and their properties.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::html::{Page, shown};
use super::query::Query;
use super::{Form, GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Visit, answer, api, document, storage_system, systems};
use crate::app::features::{Layer, LayerFacts};
use crate::domain::layer::{Kind, Property};
use crate::domain::text::{Text, text};
use crate::http::Service;
use crate::http::problem::Problem;

pub(super) const TITLE: Text = Text::fixed("地账:地图数据", "Dizhang: features");
const COLLECTIONS: Text = Text::fixed("图层", "Collections");
const THIS: Text = Text::fixed("本页", "This document");
const AS_PAGE: Text = Text::fixed("网页", "This document as a page");

/// What the service keeps to, by the addresses that programs look for.
pub(super) const CONFORMANCE: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/schemas",
];

pub(super) async fn landing(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let mut query = Query::of(request.query_string());
    let form = visit.form(&mut query);
    query.finish(&["f"])?;
    let description = Text::fixed(
        "地块、未供剩余、宗地、用地批文的矢量数据,供 QGIS、GDAL 等软件读取",
        "Plots, what is left of them, parcels and approvals, for QGIS, GDAL and other programs",
    );
    let links = json!([
        visit.link("self", JSON, "", &THIS),
        visit.link("alternate", HTML, "?f=html", &AS_PAGE),
        visit.link("service-desc", OPENAPI, "/api", &Text::fixed("接口描述", "API definition")),
        visit.link("service-doc", HTML, "/api?f=html", &Text::fixed("接口说明", "API documentation")),
        visit.link("conformance", JSON, "/conformance", &Text::fixed("遵循的规范", "Conformance")),
        visit.link("data", JSON, "/collections", &COLLECTIONS),
    ]);
    if form == Form::Html {
        let mut page = Page::new(&visit, &TITLE, &[]);
        page.paragraph(&description);
        page.links(&json!(pages_of(&links)));
        return Ok(page.finish());
    }
    let body = json!({"title": visit.say(&TITLE), "description": visit.say(&description), "links": links});
    Ok(document(&request, JSON, &body))
}

/// The links of a document as they stand in its page: there, each leads to a page.
fn pages_of(links: &Value) -> Vec<Value> {
    let mut pages = Vec::new();
    for link in links.as_array().into_iter().flatten() {
        if matches!(link["rel"].as_str(), Some("self" | "alternate" | "service-desc")) {
            continue;
        }
        let mut link = link.clone();
        let href = link["href"].as_str().unwrap_or("").to_owned();
        if !href.contains("f=") {
            link["href"] = json!(format!("{href}?f=html"));
        }
        link["type"] = json!("");
        pages.push(link);
    }
    pages
}

pub(super) async fn conformance(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let mut query = Query::of(request.query_string());
    let form = visit.form(&mut query);
    query.finish(&["f"])?;
    let title = Text::fixed("遵循的规范", "Conformance");
    if form == Form::Html {
        let mut page = Page::new(&visit, &title, &[("?f=html", &TITLE)]);
        page.preformatted(&CONFORMANCE.join("\n"));
        return Ok(page.finish());
    }
    let links = json!([
        visit.link("self", JSON, "/conformance", &THIS),
        visit.link("alternate", HTML, "/conformance?f=html", &AS_PAGE),
    ]);
    Ok(document(&request, JSON, &json!({"links": links, "conformsTo": CONFORMANCE})))
}

pub(super) async fn api(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let mut query = Query::of(request.query_string());
    let form = visit.form(&mut query);
    query.finish(&["f"])?;
    let mut layers = Vec::new();
    for layer in visit.layers(&service) {
        layers.push((layer, systems(&visit.facts(&service, layer).await?)));
    }
    let described = api::document(&visit.base, &layers);
    if form == Form::Html {
        let mut page = Page::new(&visit, &Text::fixed("接口说明", "API documentation"), &[("?f=html", &TITLE)]);
        let head = [Text::fixed("地址", "address"), Text::fixed("内容", "contents")];
        let rows = described["paths"].as_object().into_iter().flatten().map(|(path, item)| {
            let href = (!path.contains('{')).then(|| format!("{}?f=html", visit.url(path)));
            vec![(path.clone(), href), (shown(&item["get"]["summary"]), None)]
        });
        page.table(&head.map(|text| visit.say(&text).to_owned()), rows);
        page.link(&visit.url("/api?f=json"), &Text::fixed("OpenAPI 3.0 文档", "OpenAPI 3.0 document"));
        return Ok(page.finish());
    }
    Ok(document(&request, OPENAPI, &described))
}

pub(super) async fn collections(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let mut query = Query::of(request.query_string());
    let form = visit.form(&mut query);
    query.finish(&["f"])?;
    let mut all = Vec::new();
    for layer in visit.layers(&service) {
        all.push(described(&visit, layer, &visit.facts(&service, layer).await?));
    }
    if form == Form::Html {
        let mut page = Page::new(&visit, &COLLECTIONS, &[("?f=html", &TITLE)]);
        let head =
            [Text::fixed("图层", "collection"), Text::fixed("说明", "description"), Text::fixed("要素数", "features")];
        let rows = all.iter().map(|one| {
            let href = format!("{}?f=html", visit.url(&format!("/collections/{}", shown(&one["id"]))));
            vec![
                (shown(&one["title"]), Some(href)),
                (shown(&one["description"]), None),
                (shown(&one["itemCount"]), None),
            ]
        });
        page.table(&head.map(|text| visit.say(&text).to_owned()), rows);
        return Ok(page.finish());
    }
    let links = json!([
        visit.link("self", JSON, "/collections", &THIS),
        visit.link("alternate", HTML, "/collections?f=html", &AS_PAGE),
    ]);
    Ok(document(&request, JSON, &json!({"links": links, "collections": all})))
}

pub(super) async fn collection(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let layer = visit.layer(&request, &service)?;
    let mut query = Query::of(request.query_string());
    let form = visit.form(&mut query);
    query.finish(&["f"])?;
    let facts = visit.facts(&service, layer).await?;
    let body = described(&visit, layer, &facts);
    if form == Form::Html {
        let mut page = Page::new(&visit, &layer.title(), &[("?f=html", &TITLE), ("/collections?f=html", &COLLECTIONS)]);
        page.paragraph(&layer.description());
        let total = facts.state.total;
        page.paragraph(&text!("共 {total} 个要素", "{total} features"));
        let [items, queryables, schema] =
            ["items", "queryables", "schema"].map(|part| visit.url(&format!("/collections/{layer}/{part}?f=html")));
        page.link(&items, &Text::fixed("要素", "features"));
        page.link(&queryables, &Text::fixed("可查询属性", "queryables"));
        page.link(&schema, &Text::fixed("属性结构", "schema"));
        let names = systems(&facts).iter().map(|crs| crs.uri()).collect::<Vec<_>>().join("\n");
        page.preformatted(&names);
        return Ok(page.finish());
    }
    Ok(document(&request, JSON, &body))
}

/// A collection as it stands in the list and by itself.
fn described(visit: &Visit, layer: Layer, facts: &LayerFacts) -> Value {
    let at = |rest: &str| format!("/collections/{layer}{rest}");
    let title = layer.title();
    let links = json!([
        visit.link("self", JSON, &at(""), &THIS),
        visit.link("alternate", HTML, &at("?f=html"), &AS_PAGE),
        visit.link("items", GEOJSON, &at("/items"), &title),
        visit.link("items", HTML, &at("/items?f=html"), &title),
        visit.link(
            "http://www.opengis.net/def/rel/ogc/1.0/queryables",
            SCHEMA,
            &at("/queryables"),
            &Text::fixed("可查询属性", "Queryables")
        ),
        // GDAL before 3.13 knows this relation alone.
        visit.link("queryables", JSON, &at("/queryables"), &Text::fixed("可查询属性", "Queryables")),
        visit.link(
            "http://www.opengis.net/def/rel/ogc/1.0/schema",
            SCHEMA,
            &at("/schema"),
            &Text::fixed("属性结构", "Schema")
        ),
    ]);
    let mut body = json!({
        "id": layer,
        "title": visit.say(&title),
        "description": visit.say(&layer.description()),
        "itemType": "feature",
        "itemCount": facts.state.total,
        "crs": systems(facts).iter().map(|crs| crs.uri()).collect::<Vec<_>>(),
        "storageCrs": storage_system(facts).uri(),
        "links": links,
    });
    let temporal = json!({"interval": [[null, null]]});
    body["extent"] = match facts.extent {
        // Of the counties, which hold all features: it does not change with them.
        Some(extent) => json!({
            "spatial": {"bbox": [extent.degrees()], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"},
            "temporal": temporal,
        }),
        None => json!({"temporal": temporal}),
    };
    body
}

pub(super) async fn queryables(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    properties(request, service, "queryables", Text::fixed("可查询属性", "Queryables"), |layer, position| {
        let mut members = Map::new();
        // QGIS knows the geometry by this reference.
        members.insert(
            "geometry".to_owned(),
            json!({
                "title": "geometry",
                "$ref": "https://geojson.org/schema/MultiPolygon.json",
                "format": "geometry-multipolygon",
                "x-ogc-role": "primary-geometry",
            }),
        );
        for property in layer.properties().iter().filter(|property| property.is_queryable()) {
            members.insert(property.name.to_owned(), position(property));
        }
        // GDAL before 3.13 reads this list alone.
        let names: Vec<Value> =
            members.keys().filter(|name| *name != "geometry").map(|name| json!({"id": name})).collect();
        (members, Some(names))
    })
    .await
}

pub(super) async fn schema(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    properties(request, service, "schema", Text::fixed("属性结构", "Schema"), |layer, position| {
        let mut members = Map::new();
        let geometry =
            json!({"title": "geometry", "format": "geometry-multipolygon", "x-ogc-role": "primary-geometry", "x-ogc-propertySeq": 1});
        members.insert("geometry".to_owned(), geometry);
        for (at, property) in layer.properties().iter().enumerate() {
            let mut member = position(property);
            member["x-ogc-propertySeq"] = json!(at + 2);
            members.insert(property.name.to_owned(), member);
        }
        (members, None)
    })
    .await
}

/// A property as JSON Schema says it.
pub(super) fn member(property: &Property) -> Value {
    match property.kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::Integer | Kind::Count => json!({"type": "integer"}),
        Kind::Area => json!({"type": "number", "x-ogc-unit": "m2"}),
    }
}

type Members = (Map<String, Value>, Option<Vec<Value>>);

async fn properties(
    request: HttpRequest,
    service: Data<Service>,
    part: &str,
    title: Text,
    members: impl FnOnce(Layer, &dyn Fn(&Property) -> Value) -> Members,
) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let layer = visit.layer(&request, &service)?;
    let mut query = Query::of(request.query_string());
    let form = visit.form(&mut query);
    query.finish(&["f"])?;
    let titled = |property: &Property| {
        let mut member = member(property);
        member["title"] = json!(visit.say(&property.title()));
        member
    };
    let (members, names) = members(layer, &titled);
    if form == Form::Html {
        let of = layer.title();
        let own = format!("/collections/{layer}?f=html");
        let way: [(&str, &Text); 3] = [("?f=html", &TITLE), ("/collections?f=html", &COLLECTIONS), (&own, &of)];
        let mut page = Page::new(&visit, &title, &way);
        let head = [Text::fixed("名称", "name"), Text::fixed("含义", "meaning"), Text::fixed("类型", "type")];
        let rows = members.iter().map(|(name, member)| {
            let kind = member.get("type").or_else(|| member.get("format")).map(shown).unwrap_or_default();
            vec![(name.clone(), None), (shown(&member["title"]), None), (kind, None)]
        });
        page.table(&head.map(|text| visit.say(&text).to_owned()), rows);
        return Ok(page.finish());
    }
    let mut body = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": visit.url(&format!("/collections/{layer}/{part}")),
        "type": "object",
        "title": visit.say(&layer.title()),
        "additionalProperties": false,
        "properties": members,
    });
    if let Some(names) = names {
        body["queryables"] = json!(names);
    }
    // GDAL refuses the type of schemas where it asks for JSON.
    let media_type = if visit.plain_json { JSON } else { SCHEMA };
    Ok(document(&request, media_type, &body))
}

/// An answer that is made of parts already in bytes.
pub(super) fn bytes(media_type: &str, headers: &[(&'static str, String)], body: Vec<u8>) -> HttpResponse {
    let mut builder = answer(media_type);
    for (name, value) in headers {
        builder.insert_header((*name, value.as_str()));
    }
    builder.body(body)
}
