//! Features, a page of them or one.

use std::collections::HashMap;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::html::{Page, answered, shown};
use super::metadata::{TITLE, bytes};
use super::query::{Query, days};
use super::{Form, GEOJSON, HTML, JSON, Visit, is_known, kept, not_modified, systems, tag_of};
use crate::app::features::{Equal, FeaturePage, FeatureQuery, FeatureText, Layer, LayerFacts, Value as Wanted};
use crate::domain::geometry::crs::Crs;
use crate::domain::geometry::window::Window;
use crate::domain::input;
use crate::domain::instant::Instant;
use crate::domain::layer::{Kind as Holds, RENDER_VERSION};
use crate::domain::text::{Text, text};
use crate::http::problem::{Kind, Problem};
use crate::http::{Service, blocking};

/// Features of a page if nothing else is said, and at most. GDAL and QGIS read them from the API document.
pub(super) const LIMIT_DEFAULT: i64 = 1000;
pub(super) const LIMIT_MAX: i64 = 10_000;
/// Rows of a page that people read.
const ROWS: i64 = 50;
/// Farthest that can be jumped to; beyond, the links to the next page lead on.
pub(super) const OFFSET_MAX: i64 = 100_000;

/// The parameters that every layer takes beside its properties.
pub(super) const PARAMETERS: &[&str] =
    &["f", "limit", "offset", "after", "bbox", "bbox-crs", "crs", "datetime", "properties", "skipGeometry"];

/// What was asked for besides the features themselves.
struct Asked {
    form: Form,
    features: FeatureQuery,
    /// None: all.
    properties: Option<Vec<&'static str>>,
    /// Binds the link to the next page to what it goes on with.
    checksum: String,
}

/// What makes one set of features: a page may only be gone on with by the same.
fn checksum(layer: Layer, given: &[(String, String)]) -> String {
    let passing = ["f", "limit", "offset", "after", "crs", "properties", "skipGeometry"];
    let mut pairs: Vec<&(String, String)> =
        given.iter().filter(|(name, _)| !passing.contains(&name.as_str())).collect();
    pairs.sort();
    tag_of(format!("{layer} {pairs:?}").as_bytes())[3..11].to_owned()
}

fn read(visit: &Visit, given: &str, layer: Layer, facts: &LayerFacts) -> Result<Asked, Problem> {
    let mut query = Query::of(given);
    let checksum = checksum(layer, query.pairs());
    let form = visit.form(&mut query);
    let offered = systems(facts);
    let default = if form == Form::Html { ROWS } else { LIMIT_DEFAULT };
    let limit = query.clamped("limit", 1, LIMIT_MAX).unwrap_or(default);
    let offset = query.take("offset", |given| {
        let number = given.parse::<i64>().ok().filter(|number| (0..=OFFSET_MAX).contains(number));
        number.ok_or_else(|| {
            text!(
                "应为 0 到 {OFFSET_MAX} 的整数;更靠后的页请沿 next 链接读取",
                "a whole number from 0 to {OFFSET_MAX} is expected; the links `next` lead farther"
            )
        })
    });
    let after = query.take("after", |given| {
        let cursor = given.split_once('-').filter(|(_, bound)| *bound == checksum);
        cursor.and_then(|(id, _)| id.parse::<i64>().ok()).filter(|id| *id >= 0).ok_or_else(|| {
            Text::fixed(
                "此翻页标记不属于这一查询;请从第一页重新开始",
                "this mark of a page belongs to another query; begin again at the first page",
            )
        })
    });
    let bbox_crs = query.system("bbox-crs", &offered).unwrap_or(Crs::Crs84);
    let window = query.take("bbox", |given| Window::parse(given, bbox_crs));
    let days = query.take("datetime", days);
    let crs = query.system("crs", &offered).unwrap_or(Crs::Crs84);
    let properties = query.take("properties", |given| {
        given
            .split(',')
            .filter(|name| !name.is_empty())
            .map(|name| {
                layer.property(name).map(|property| property.name).ok_or_else(|| {
                    let names = layer.properties().iter().map(|property| property.name).collect::<Vec<_>>().join(", ");
                    text!("没有属性“{name}”;有:{names}", "there is no property {name:?}; there are {names}")
                })
            })
            .collect::<Result<Vec<_>, _>>()
    });
    let with_geometry = !query.flag("skipGeometry");
    let mut equal = Vec::new();
    for property in layer.properties().iter().filter(|property| property.is_queryable()) {
        let value = query.take(property.name, |given| match property.kind {
            Holds::Integer => {
                given.parse().map(Wanted::Integer).map_err(|_| Text::fixed("应为整数", "a whole number is expected"))
            }
            Holds::Day => input::day(given).map(Wanted::Day),
            Holds::Text | Holds::Area | Holds::Count => Ok(Wanted::Text(given.to_owned())),
        });
        equal.extend(value.map(|value| Equal { property: property.name, value }));
    }
    let known: Vec<&str> = PARAMETERS
        .iter()
        .copied()
        .chain(layer.properties().iter().filter(|property| property.is_queryable()).map(|property| property.name))
        .collect();
    query.finish(&known)?;
    let features = FeatureQuery {
        layer,
        counties: facts.counties.clone(),
        after: after.unwrap_or(0),
        // A page that is gone on with has passed over them already.
        offset: if after.is_some() { 0 } else { offset.unwrap_or(0) },
        limit: usize::try_from(limit).unwrap_or(1),
        window,
        days,
        equal,
        crs,
        with_geometry,
    };
    Ok(Asked { form, features, properties, checksum })
}

/// The address of the same request with some parameters changed.
fn address(visit: &Visit, path: &str, given: &str, leave: &[&str], add: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in Query::of(given).pairs() {
        if !leave.contains(&name.as_str()) && !add.iter().any(|(added, _)| added == name) {
            query.append_pair(name, value);
        }
    }
    query.extend_pairs(add);
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    visit.url(&format!("{path}{mark}{query}"))
}

/// What a request for features is answered with.
enum Answer {
    /// The caller has it.
    Kept(String),
    Page(String),
    Features {
        crs: Crs,
        tag: String,
        body: Vec<u8>,
    },
}

pub(super) async fn items(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let layer = visit.layer(&request, &service)?;
    let (app, may_see) = (service.app.clone(), visit.may_see(&service, layer));
    let (given, kept) = (request.query_string().to_owned(), kept(&request));
    // All of it where one may wait: a page is written as fast as it is read.
    let answer = blocking(move || {
        let facts = app.layer_facts(layer, may_see)?;
        let asked = read(&visit, &given, layer, &facts)?;
        // What a page shows depends on the request, on who may see what, and on the layer's state alone.
        let seen = (&visit.base, &given, &facts.counties, facts.state, asked.form, visit.language);
        let tag = tag_of(format!("{layer} {seen:?} {RENDER_VERSION}").as_bytes());
        if is_known(&kept, &tag) {
            return Ok::<_, Problem>(Answer::Kept(tag));
        }
        let page = app.features(&asked.features)?;
        let path = format!("/collections/{layer}/items");
        let next = page.features.last().filter(|_| page.more).map(|last| {
            let after = format!("{}-{}", last.id, asked.checksum);
            address(&visit, &path, &given, &["offset"], &[("after", &after)])
        });
        if asked.form == Form::Html {
            return Ok(Answer::Page(table(&visit, layer, &asked, &page, next)));
        }
        let mut links = vec![
            json!({"rel": "self", "type": GEOJSON, "href": address(&visit, &path, &given, &[], &[])}),
            json!({"rel": "alternate", "type": HTML, "href": address(&visit, &path, &given, &[], &[("f", "html")])}),
            json!({"rel": "collection", "type": JSON, "href": visit.url(&format!("/collections/{layer}"))}),
        ];
        links.extend(next.map(|href| json!({"rel": "next", "type": GEOJSON, "href": href})));
        Ok(Answer::Features { crs: asked.features.crs, tag, body: collection(&asked, page, links) })
    })
    .await?;
    Ok(response(answer))
}

fn response(answer: Answer) -> HttpResponse {
    match answer {
        Answer::Kept(tag) => not_modified(super::answer(GEOJSON), &tag),
        Answer::Page(page) => answered(page),
        Answer::Features { crs, tag, body } => {
            bytes(GEOJSON, &[("content-crs", format!("<{}>", crs.uri())), ("etag", tag)], body)
        }
    }
}

/// The collection, its features as the bytes that they rest in.
fn collection(asked: &Asked, page: FeaturePage, links: Vec<Value>) -> Vec<u8> {
    let size: usize = page
        .features
        .iter()
        .map(|feature| 80 + feature.properties.len() + feature.geometry.as_ref().map_or(4, Vec::len))
        .sum();
    let mut out = Vec::with_capacity(size + 2048);
    out.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
    let returned = page.features.len();
    for (at, feature) in page.features.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(feature, asked.properties.as_deref(), &mut out);
        out.push(b'}');
    }
    out.extend_from_slice(br#"],"links":"#);
    out.extend_from_slice(Value::Array(links).to_string().as_bytes());
    out.extend_from_slice(format!(",\"timeStamp\":\"{}\"", Instant(page.now)).as_bytes());
    if let Some(matched) = page.matched {
        out.extend_from_slice(format!(",\"numberMatched\":{matched}").as_bytes());
    }
    out.extend_from_slice(format!(",\"numberReturned\":{returned}}}").as_bytes());
    out
}

/// Writes a feature but for its closing brace.
fn write(feature: &FeatureText, properties: Option<&[&str]>, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("{{\"type\":\"Feature\",\"id\":{},\"geometry\":", feature.id).as_bytes());
    out.extend_from_slice(feature.geometry.as_deref().unwrap_or(b"null"));
    out.extend_from_slice(b",\"properties\":");
    match properties {
        None => out.extend_from_slice(&feature.properties),
        Some(names) => chosen(&feature.properties, names, out),
    }
}

/// Writes some of the properties, each as it stands in the bytes.
fn chosen(properties: &[u8], names: &[&str], out: &mut Vec<u8>) {
    // The names are a fixed list without escapes, so they can be read in place.
    let all: HashMap<&str, &RawValue> = serde_json::from_slice(properties).unwrap_or_default();
    out.push(b'{');
    for (at, name) in names.iter().enumerate() {
        let value = all.get(name).map_or("null", |value| value.get());
        let comma = if at > 0 { "," } else { "" };
        out.extend_from_slice(format!("{comma}\"{name}\":{value}").as_bytes());
    }
    out.push(b'}');
}

fn table(visit: &Visit, layer: Layer, asked: &Asked, page: &FeaturePage, next: Option<String>) -> String {
    let title = layer.title();
    let own = format!("/collections/{layer}?f=html");
    let list = Text::fixed("图层", "Collections");
    let way: [(&str, &Text); 3] = [("?f=html", &TITLE), ("/collections?f=html", &list), (&own, &title)];
    let mut html = Page::new(visit, &title, &way);
    let names: Vec<&str> = match &asked.properties {
        Some(names) => names.clone(),
        None => layer.properties().iter().map(|property| property.name).collect(),
    };
    if let Some(matched) = page.matched {
        html.paragraph(&text!("共 {matched} 个要素", "{matched} features"));
    }
    let mut head = vec![visit.say(&Text::fixed("编号", "id")).to_owned()];
    head.extend(
        names.iter().filter_map(|name| layer.property(name)).map(|property| visit.say(&property.title()).to_owned()),
    );
    let rows = page.features.iter().map(|feature| {
        let values: Value = serde_json::from_slice(&feature.properties).unwrap_or_default();
        let href = visit.url(&format!("/collections/{layer}/items/{}?f=html", feature.id));
        let mut row = vec![(feature.id.to_string(), Some(href))];
        row.extend(names.iter().map(|name| (shown(&values[*name]), None)));
        row
    });
    html.table(&head, rows);
    if let Some(next) = next {
        html.link(&next, &Text::fixed("下一页", "next page"));
    }
    html.text()
}

pub(super) async fn item(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, Problem> {
    let visit = Visit::of(&request, &service);
    let layer = visit.layer(&request, &service)?;
    let (app, may_see) = (service.app.clone(), visit.may_see(&service, layer));
    let (given, kept) = (request.query_string().to_owned(), kept(&request));
    let name = request.match_info().query("feature").to_owned();
    let answer = blocking(move || {
        let facts = app.layer_facts(layer, may_see)?;
        let mut query = Query::of(&given);
        let form = visit.form(&mut query);
        let crs = query.system("crs", &systems(&facts)).unwrap_or(Crs::Crs84);
        query.finish(&["f", "crs"])?;
        let missing = || {
            let shown: String = name.chars().take(40).collect();
            Problem::new(
                Kind::NotFound,
                text!("图层“{layer:#}”没有要素 {shown}", "there is no feature {shown} in {layer}"),
            )
        };
        // Written otherwise it would be the same feature under another address.
        let id: i64 = name.parse().ok().filter(|id: &i64| id.to_string() == name).ok_or_else(missing)?;
        let wanted = FeatureQuery {
            layer,
            counties: facts.counties,
            after: 0,
            offset: 0,
            limit: 1,
            window: None,
            days: None,
            equal: Vec::new(),
            crs,
            with_geometry: true,
        };
        let feature = app.feature(&wanted, id)?.ok_or_else(missing)?;
        let path = format!("/collections/{layer}/items/{id}");
        if form == Form::Html {
            return Ok::<_, Problem>(Answer::Page(sheet(&visit, layer, &feature, &path)));
        }
        let links = json!([
            {"rel": "self", "type": GEOJSON, "href": address(&visit, &path, &given, &[], &[])},
            {"rel": "alternate", "type": HTML, "href": address(&visit, &path, &given, &[], &[("f", "html")])},
            {"rel": "collection", "type": JSON, "href": visit.url(&format!("/collections/{layer}"))},
        ]);
        let mut body = Vec::with_capacity(1024);
        write(&feature, None, &mut body);
        body.extend_from_slice(format!(",\"links\":{links}}}").as_bytes());
        let tag = tag_of(&body);
        Ok(if is_known(&kept, &tag) { Answer::Kept(tag) } else { Answer::Features { crs, tag, body } })
    })
    .await?;
    Ok(response(answer))
}

/// One feature as a page.
fn sheet(visit: &Visit, layer: Layer, feature: &FeatureText, path: &str) -> String {
    let of = layer.title();
    let (own, list) = (format!("/collections/{layer}?f=html"), format!("/collections/{layer}/items?f=html"));
    let items = Text::fixed("要素", "features");
    let way: [(&str, &Text); 3] = [("?f=html", &TITLE), (&own, &of), (&list, &items)];
    let title = text!("{} {}", "{} {}", visit.say(&of), feature.id);
    let mut html = Page::new(visit, &title, &way);
    let values: Value = serde_json::from_slice(&feature.properties).unwrap_or_default();
    let head = [Text::fixed("属性", "property"), Text::fixed("值", "value")];
    let rows = layer
        .properties()
        .iter()
        .map(|property| vec![(visit.say(&property.title()).to_owned(), None), (shown(&values[property.name]), None)]);
    html.table(&head.map(|text| visit.say(&text).to_owned()), rows);
    match &feature.geometry {
        Some(_) => html.link(&visit.url(path), &Text::fixed("图形(GeoJSON)", "geometry (GeoJSON)")),
        None => html.paragraph(&Text::fixed("未落图", "not mapped")),
    }
    html.text()
}
