//! OGC API - Features (Part 1 and 2) under `/ogc`: plots, residuals, parcels and approvals for GIS programs.
//!
//! What a program needs beyond the standard's text (exact media types, paths it builds itself, parameters it looks
//! for in the API document) is said where it is met; `docs/ogc.md` is for those who use it.

pub mod api;
mod html;
mod items;
mod metadata;
mod query;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use serde_json::{Value, json};

use crate::app::caller::Caller;
use crate::app::features::{Layer, LayerFacts};
use crate::domain::geometry::crs::Crs;
use crate::domain::region::County;
use crate::domain::text::{Language, Text, text};
use crate::http::Service;
use crate::http::access::{READ, forbidden, unauthenticated};
use crate::http::edge::language;
use crate::http::ogc::query::Query;
use crate::http::problem::{Kind, Problem};

const JSON: &str = "application/json";
const GEOJSON: &str = "application/geo+json";
const SCHEMA: &str = "application/schema+json";
const HTML: &str = "text/html";
/// GDAL and QGIS look for exactly this type, and read version 3.0 alone.
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

pub fn pages(config: &mut ServiceConfig) {
    let at = |path: &str| web::resource(format!("/ogc{path}"));
    config.service(at("").get(metadata::landing));
    config.service(at("/conformance").get(metadata::conformance));
    config.service(at("/api").get(metadata::api));
    config.service(at("/collections").get(metadata::collections));
    config.service(at("/collections/{collection}").get(metadata::collection));
    config.service(at("/collections/{collection}/queryables").get(metadata::queryables));
    config.service(at("/collections/{collection}/schema").get(metadata::schema));
    config.service(at("/collections/{collection}/items").get(items::items));
    config.service(at("/collections/{collection}/items/{feature}").get(items::item));
}

/// In which form an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Json,
    Html,
}

/// What every answer under `/ogc` needs to know of its request.
struct Visit {
    pub language: Language,
    /// `https://host/ogc`
    pub base: String,
    pub caller: Option<Caller>,
    /// Whether JSON was asked for by that name and the type of schemas was not.
    plain_json: bool,
    accepts_html: bool,
}

impl Visit {
    pub fn of(request: &HttpRequest, service: &Service) -> Self {
        let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
        Self {
            language: language(request),
            base: format!("{}/ogc", service.address(request)),
            caller: request.extensions().get::<Caller>().cloned(),
            plain_json: accept.contains(JSON) && !accept.contains(SCHEMA),
            accepts_html: prefers_html(accept),
        }
    }

    /// The form of the answer: what `f` says, else what is accepted, else JSON.
    pub fn form(&self, query: &mut Query) -> Form {
        let asked = query.take("f", |word| match word {
            "json" => Ok(Form::Json),
            "html" => Ok(Form::Html),
            _ => Err(Text::fixed("可用格式:json、html", "the forms are json and html")),
        });
        asked.unwrap_or(if self.accepts_html { Form::Html } else { Form::Json })
    }

    pub fn say<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A link; every one has its relation and its type, as some programs look for both without asking.
    pub fn link(&self, rel: &str, media_type: &str, path: &str, title: &Text) -> Value {
        json!({"rel": rel, "type": media_type, "href": self.url(path), "title": self.say(title)})
    }

    /// Whether the caller may read a layer in a county.
    fn may_see(&self, service: &Service, layer: Layer) -> impl Fn(County) -> bool + Send + 'static {
        let (is_public, caller) = (service.is_public(layer), self.caller.clone());
        move |county| is_public || caller.as_ref().is_some_and(|caller| caller.has_any(READ, county))
    }

    /// The layers that the caller may read anywhere.
    pub fn layers(&self, service: &Service) -> Vec<Layer> {
        let reads = self.caller.as_ref().is_some_and(|caller| caller.has_somewhere(READ));
        Layer::ALL.iter().copied().filter(|layer| reads || service.is_public(*layer)).collect()
    }

    /// The layer of the path, if the caller may read it.
    pub fn layer(&self, request: &HttpRequest, service: &Service) -> Result<Layer, Problem> {
        let name = request.match_info().query("collection");
        let layer: Layer = name.parse().map_err(|_| {
            let shown: String = name.chars().take(40).collect();
            let names = Layer::ALL.iter().map(|layer| layer.as_str()).collect::<Vec<_>>().join(", ");
            Problem::new(
                Kind::NotFound,
                text!("没有图层“{shown}”;有:{names}", "there is no collection {shown:?}; there are {names}"),
            )
        })?;
        match &self.caller {
            _ if service.is_public(layer) => Ok(layer),
            None => Err(unauthenticated()),
            Some(caller) if caller.has_somewhere(READ) => Ok(layer),
            Some(_) => Err(forbidden(READ, None)),
        }
    }

    /// What is known of a layer, as far as the caller sees it.
    pub async fn facts(&self, service: &Service, layer: Layer) -> Result<LayerFacts, Problem> {
        let (app, may_see) = (service.app.clone(), self.may_see(service, layer));
        crate::http::blocking(move || app.layer_facts(layer, may_see)).await
    }
}

/// Whether a reader wants a page rather than data: programs that accept anything get JSON.
fn prefers_html(accept: &str) -> bool {
    let mut html = 0;
    let mut other = 0;
    for part in accept.split(',') {
        let mut parameters = part.split(';').map(str::trim);
        let media_type = parameters.next().unwrap_or("").to_ascii_lowercase();
        let quality =
            parameters.find_map(|p| p.strip_prefix("q=")).map_or(Some(1000), super::edge::quality).unwrap_or(0);
        match media_type.as_str() {
            HTML => html = quality,
            JSON | GEOJSON | SCHEMA | "*/*" | "application/*" | "application/vnd.oai.openapi+json" => {
                other = other.max(quality);
            }
            _ => {}
        }
    }
    html > other
}

/// The systems a layer is offered in: longitude and latitude first, as the standard asks; the survey zone among them.
fn systems(facts: &LayerFacts) -> Vec<Crs> {
    let own = facts.zone.into_iter().flat_map(|zone| [zone.crs(), zone.prefixed_crs()]);
    [Crs::Crs84, Crs::Cgcs2000, Crs::Wgs84].into_iter().chain(own).chain([Crs::WebMercator]).collect()
}

/// The system in which a layer rests: that of the survey zone, or degrees where there are several zones.
fn storage_system(facts: &LayerFacts) -> Crs {
    facts.zone.map_or(Crs::Cgcs2000, |zone| zone.crs())
}

/// An answer with the headers that all have. What a program keeps it asks about before it uses it again.
fn answer(media_type: &str) -> HttpResponseBuilder {
    let mut builder = HttpResponse::Ok();
    builder
        .content_type(media_type)
        .insert_header((header::VARY, "Accept, Accept-Language, Accept-Encoding, Authorization"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"));
    builder
}

/// An answer that is told by its tag: 304 if the caller has it already.
fn tagged(request: &HttpRequest, media_type: &str, tag: &str, body: impl FnOnce() -> Vec<u8>) -> HttpResponse {
    let mut builder = answer(media_type);
    if let Ok(value) = HeaderValue::from_str(tag) {
        builder.insert_header((header::ETAG, value));
    }
    if is_known(&kept(request), tag) { not_modified(builder, tag) } else { builder.body(body()) }
}

/// The tags of what the caller has.
fn kept(request: &HttpRequest) -> String {
    let tags = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    tags.unwrap_or("").to_owned()
}

fn is_known(kept: &str, tag: &str) -> bool {
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    kept.split(',').any(|one| one.trim() == "*" || plain(one) == plain(tag))
}

fn not_modified(mut builder: HttpResponseBuilder, tag: &str) -> HttpResponse {
    builder.status(actix_web::http::StatusCode::NOT_MODIFIED).insert_header((header::ETAG, tag)).finish()
}

/// A weak tag of some bytes: the same contents may be sent compressed or not.
fn tag_of(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(bytes);
    let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

/// An answer of JSON that is made in one piece.
fn document(request: &HttpRequest, media_type: &str, value: &Value) -> HttpResponse {
    let bytes = value.to_string().into_bytes();
    let tag = tag_of(&bytes);
    tagged(request, media_type, &tag, || bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_a_page_and_a_program_gets_data() {
        assert!(prefers_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        for accept in ["*/*", "application/geo+json, application/json", "text/html;q=0.5, */*", "", "text/html, */*"] {
            assert!(!prefers_html(accept), "{accept}");
        }
    }
}
