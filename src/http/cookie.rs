//! The cookie of a session, and the token that tells a page of ours from anybody else's (docs/adr/0021-sessions.md).

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::domain::text::Text;
use crate::http::Service;
use crate::http::problem::{Kind, Problem};

/// Over https: a browser takes a cookie of this name from the very host alone, and only if it is for all its paths.
pub const SECURE_NAME: &str = "__Host-dizhang";

/// Over plain http, where browsers take no such name.
pub const PLAIN_NAME: &str = "dizhang";

/// The header in which a page shows that it is one of ours.
pub const CSRF_HEADER: HeaderName = HeaderName::from_static("x-csrf-token");

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const fn name(is_https: bool) -> &'static str {
    if is_https { SECURE_NAME } else { PLAIN_NAME }
}

/// What the session cookie of a request holds. One that stands there twice was planted, and counts for nothing.
pub fn shown(service: &Service, request: &HttpRequest) -> Option<String> {
    let name = name(service.is_https(request));
    let mut found = request
        .headers()
        .get_all(header::COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name)
        .map(|(_, secret)| secret);
    let secret = found.next().filter(|secret| !secret.is_empty())?;
    found.next().is_none().then(|| secret.to_owned())
}

/// The `Set-Cookie` of a session, or without a secret the one that takes it away. It lives as long as the browser,
/// the session itself as long as the service says.
pub fn set(service: &Service, request: &HttpRequest, secret: Option<&str>) -> HeaderValue {
    let is_https = service.is_https(request);
    let (secure, gone) = (if is_https { "; Secure" } else { "" }, if secret.is_none() { "; Max-Age=0" } else { "" });
    let text =
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}{gone}", name(is_https), secret.unwrap_or_default());
    HeaderValue::from_str(&text).expect("secrets are letters, digits, - and _")
}

/// The token that a page of ours sends with each change: made from what the cookie holds, which no script can read,
/// and told in answers, which no page from elsewhere can read.
pub fn csrf_token(secret: &str) -> String {
    let digest = Sha256::new().chain_update(b"dizhang anti-forgery token\n").chain_update(secret.as_bytes()).finalize();
    URL_SAFE_NO_PAD.encode(digest)
}

/// Refuses what a browser itself says comes from another site or origin.
pub fn from_our_pages(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(&SEC_FETCH_SITE) {
        None => Ok(()),
        Some(site) if site == "same-origin" || site == "none" => Ok(()),
        Some(_) => Err(forged()),
    }
}

/// Refuses a change by cookie that no page of ours asked for.
pub fn not_forged(headers: &HeaderMap, secret: &str) -> Result<(), Problem> {
    from_our_pages(headers)?;
    // Compared by digests: how much of a guess was right shall not show in the time.
    let given = headers.get(&CSRF_HEADER).map(|given| Sha256::digest(given.as_bytes()));
    if given == Some(Sha256::digest(csrf_token(secret).as_bytes())) { Ok(()) } else { Err(forged()) }
}

fn forged() -> Problem {
    Problem::new(
        Kind::CsrfToken,
        Text::fixed(
            "用会话修改内容时,须在 X-CSRF-Token 头中给出 GET /api/v1/session 返回的 csrf_token,且请求须来自本系统的页面;重新读取后再试",
            "a change made with a session sends the csrf_token of GET /api/v1/session in the header X-CSRF-Token, from a page of this service; read it again and retry",
        ),
    )
}
