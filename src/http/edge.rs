//! The edge of the service: what is done to every request before a handler sees it and to every answer after.
//!
//! One middleware gives the request its id, refuses what the access table does not allow, limits the rate of
//! the public calculations, writes problem documents in the reader's language, sets the headers that keep
//! browsers safe and writes one line to the log.

use std::time::Instant;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};

use crate::domain::text::{Language, Text, text};
use crate::http::Service;
use crate::http::access::{self, Asked};
use crate::http::problem::{Kind, Problem};

/// What a page may load: what this service serves, and styles and images that a page holds in itself.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Data is no page: a browser that is led to show it as one loads nothing.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// What a page may ask of the machine it is shown on: where somebody stands, for the place of a photo, and nothing else.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), \
    magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// Bytes of an address: more than any filter needs.
const ADDRESS_MAX: usize = 8 << 10;
/// Bytes of all headers together: more than any browser sends.
const HEADERS_MAX: usize = 32 << 10;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, for the log and for problems.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The language a reader prefers: English if it is asked for before Chinese.
pub fn language(request: &actix_web::HttpRequest) -> Language {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut ranked: Vec<(u16, &str)> = wanted
        .split(',')
        .filter_map(|part| {
            let mut parameters = part.split(';').map(str::trim);
            let tag = parameters.next()?;
            let quality = parameters.find_map(|p| p.strip_prefix("q=")).map_or(Some(QUALITY_MAX), quality)?;
            (quality > 0).then_some((quality, tag))
        })
        .collect();
    ranked.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    let known = ranked.iter().find_map(|(_, tag)| {
        let tag = tag.to_ascii_lowercase();
        if tag.starts_with("zh") {
            Some(Language::Zh)
        } else if tag.starts_with("en") {
            Some(Language::En)
        } else {
            None
        }
    });
    known.unwrap_or_default()
}

const QUALITY_MAX: u16 = 1000;

/// A quality value (RFC 9110 section 12.4.2) in thousandths.
pub(super) fn quality(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", _) => Some(thousandths),
        ("1", 0) => Some(QUALITY_MAX),
        _ => None,
    }
}

/// The middleware around everything.
pub async fn edge<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let started = Instant::now();
    let service = request.app_data::<Data<Service>>().expect("every server is built with its service").clone();
    let id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map_or_else(|| format!("{:016x}", rand::random::<u64>()), str::to_owned);
    request.extensions_mut().insert(RequestId(id.clone()));

    without_last_slash(&mut request);
    let admitted = match head_fits(&request) {
        Ok(()) => access::admit(&service, &request).await,
        Err(problem) => Err(problem),
    };
    let is_page = service.is_page(request.path());
    let method = request.method().clone();
    // Whoever asks for the head alone gets that of the answer to GET; the server leaves out the body.
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let mut response = match admitted {
        // Only where GIS programs ask what they may do are there options at all.
        Ok(()) if method == Method::OPTIONS && access::is_ogc(request.path()) => {
            let allowed = access::allowed(request.path()).join(", ");
            let (request, _) = request.into_parts();
            let response = HttpResponse::Ok().insert_header((header::ALLOW, allowed)).finish();
            ServiceResponse::new(request, response).map_into_right_body()
        }
        Ok(()) => match next.call(request).await {
            Ok(response) => match response.response().error() {
                Some(_) => {
                    let (request, response) = response.into_parts();
                    let problem = problem_of(response.error());
                    answer(request, &problem, &id)
                }
                // The files of a page say so without a word.
                None if is_page && response.status() == StatusCode::NOT_FOUND => {
                    let (request, _) = response.into_parts();
                    let nothing = Text::fixed("没有这个页面", "there is no such page");
                    answer(request, &Problem::new(Kind::NotFound, nothing), &id)
                }
                None => response.map_into_left_body(),
            },
            // Only a middleware inside this one could fail so; there is none.
            Err(error) => return Err(error),
        },
        Err(problem) => {
            let (request, _) = request.into_parts();
            answer(request, &problem, &id)
        }
    };
    let status = response.status();
    let is_ogc = access::is_ogc(response.request().path());
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if is_page {
        headers.insert(CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(PERMISSIONS));
    }
    // Maps elsewhere may show layers that were made public; nothing else is part of another site's page.
    if !is_ogc {
        headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = HeaderValue::from_static(if is_page { PAGE_POLICY } else { DATA_POLICY });
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let request = response.request();
    let operation = request.extensions().get::<Asked>().map(|asked| asked.0);
    service.metrics.count(operation, status.as_u16(), started.elapsed());
    tracing::info!(
        request_id = %id,
        operation = operation.map_or("none", |operation| operation.id),
        method = %method,
        path = %request.path(),
        status = status.as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    Ok(response)
}

/// Refuses a request whose address or headers nobody needs so long. What is longer still the server itself refuses.
fn head_fits(request: &ServiceRequest) -> Result<(), Problem> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if address <= ADDRESS_MAX && headers <= HEADERS_MAX {
        return Ok(());
    }
    Err(Problem::new(
        Kind::HeadTooLarge,
        text!(
            "地址至多 {ADDRESS_MAX} 字节,请求头合计至多 {HEADERS_MAX} 字节",
            "an address has at most {ADDRESS_MAX} bytes, the headers together {HEADERS_MAX}"
        ),
    ))
}

/// GIS programs put a slash behind the addresses of the landing page and of collections.
fn without_last_slash(request: &mut ServiceRequest) {
    let path = request.path();
    let Some(shorter) = path.strip_suffix('/').filter(|path| access::is_ogc(path) && !path.ends_with('/')) else {
        return;
    };
    let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
    let Ok(uri) = format!("{shorter}{query}").parse::<Uri>() else { return };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
}

/// The problem behind an error answer. What actix itself refuses is given its own words.
fn problem_of(error: Option<&Error>) -> Problem {
    let Some(error) = error else {
        return Problem::internal("an error answer without an error");
    };
    match error.as_error::<Problem>() {
        Some(problem) => Problem {
            kind: problem.kind,
            detail: problem.detail.clone(),
            reason: problem.reason,
            obstacles: problem.obstacles.clone(),
            offending_geometry: problem.offending_geometry.clone(),
            errors: problem.errors.clone(),
            retry_after: problem.retry_after,
            source: problem.source.as_ref().map(|source| chain(&**source).into()),
        },
        None => Problem::internal(error.to_string()),
    }
}

/// An error with all its causes, for the log.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

fn answer<B>(request: actix_web::HttpRequest, problem: &Problem, id: &str) -> ServiceResponse<EitherBody<B, BoxBody>> {
    if let Some(source) = &problem.source {
        tracing::error!(request_id = %id, path = %request.path(), cause = %source, "failed");
    }
    let row = problem.kind.row();
    let status = actix_web::http::StatusCode::from_u16(row.status).expect("the catalogue holds HTTP statuses");
    let mut builder = HttpResponse::build(status);
    builder.content_type("application/problem+json");
    if let Some(seconds) = problem.retry_after {
        builder.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if problem.kind == Kind::Unauthenticated {
        let is_ogc = access::is_ogc(request.path());
        let schemes = if is_ogc { "Bearer, Basic realm=\"dizhang\", charset=\"UTF-8\"" } else { "Bearer" };
        builder.insert_header((header::WWW_AUTHENTICATE, schemes));
    }
    if problem.kind == Kind::MethodNotAllowed {
        builder.insert_header((header::ALLOW, access::allowed(request.path()).join(", ")));
    }
    let response = builder.json(problem.body(language(&request), id));
    ServiceResponse::new(request, response).map_into_right_body()
}
