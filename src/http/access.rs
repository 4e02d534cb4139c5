//! Who may call what: one table over all operations, denying by default.
//!
//! The same table refuses requests, fills `security` and `x-roles` in the OpenAPI document and is walked by a
//! test that calls every operation as every role.

mod operations;

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::app::caller::Caller;
use crate::app::sessions::Recognised;
use crate::domain::ledger::kind::Role;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::http::cookie;
use crate::http::problem::{Kind, Problem};
use crate::http::{Service, blocking};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without an account.
    Public,
    /// Anybody, without an account, at a limited rate.
    PublicLimited,
    /// Anybody who is signed in.
    SignedIn,
    /// Who has one of the roles in the county of the path.
    County(&'static [Role]),
    /// Who has one of the roles in any county; what is shown is cut down to those counties.
    Somewhere(&'static [Role]),
    /// Who has one of the roles in any county, for features of those counties; anybody for layers that were made public.
    Layers(&'static [Role]),
}

/// One operation: id, method, path pattern and who may call it.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
}

/// The operation that a request asked for, left in its extensions.
#[derive(Debug, Clone, Copy)]
pub struct Asked(pub &'static Operation);

pub use operations::{OGC_OPERATIONS, OPERATIONS, READ};

/// Whether a path belongs to the interface of GIS programs.
pub fn is_ogc(path: &str) -> bool {
    path == "/ogc" || path.starts_with("/ogc/")
}

/// Whether a path fits a pattern: `{name}` stands for one segment.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(got)) if wanted == got || (wanted.starts_with('{') && !got.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The operations at an address. One that is spelled out goes before one that a variable would take in.
fn operations_at(path: &str) -> Vec<&'static Operation> {
    let variables = |operation: &Operation| operation.path.matches('{').count();
    let mut fitting: Vec<_> =
        OPERATIONS.iter().chain(OGC_OPERATIONS).filter(|operation| fits(operation.path, path)).collect();
    let fewest = fitting.iter().map(|operation| variables(operation)).min();
    fitting.retain(|operation| Some(variables(operation)) == fewest);
    fitting
}

/// The methods that a path takes, for `Allow`. What is no operation but exists is a page.
pub fn allowed(path: &str) -> Vec<&'static str> {
    if is_ogc(path) {
        return vec!["GET", "HEAD", "OPTIONS"];
    }
    let methods: Vec<_> = operations_at(path).iter().map(|operation| operation.method).collect();
    if methods.is_empty() { vec!["GET"] } else { methods }
}

/// The operation a request is for, or the problem that there is none.
fn operation(method: &Method, path: &str) -> Result<&'static Operation, Problem> {
    let reads = method == Method::HEAD || (method == Method::OPTIONS && is_ogc(path));
    let wanted = if reads { Method::GET.as_str() } else { method.as_str() };
    let there = operations_at(path);
    if let Some(operation) = there.iter().find(|operation| operation.method == wanted) {
        return Ok(operation);
    }
    let shown: String = path.chars().take(200).collect();
    Err(if there.is_empty() {
        Problem::new(
            Kind::NotFound,
            text!("没有地址 {shown};全部地址见 /docs", "there is no {shown}; all addresses stand in /docs"),
        )
    } else {
        let allowed = allowed(path).join(", ");
        Problem::new(Kind::MethodNotAllowed, text!("{shown} 支持:{allowed}", "{shown} takes {allowed}"))
    })
}

/// Lets a request through or says why not. A signed-in caller is left in the request's extensions.
pub async fn admit(service: &Service, request: &ServiceRequest) -> Result<(), Problem> {
    let path = request.path();
    if service.is_page(path) {
        return if matches!(*request.method(), Method::GET | Method::HEAD) {
            Ok(())
        } else {
            Err(Problem::new(Kind::MethodNotAllowed, text!("页面 {path} 只能读取", "the page {path} can only be read")))
        };
    }
    if service.is_bench(path) {
        return Ok(());
    }
    let operation = operation(request.method(), path)?;
    request.extensions_mut().insert(Asked(operation));
    match operation.access {
        Access::Public => Ok(()),
        Access::PublicLimited => service.limit(request.request()),
        Access::SignedIn => sign_in(service, request).await.map(drop),
        Access::Somewhere(roles) => {
            let caller = sign_in(service, request).await?;
            if caller.has_somewhere(roles) { Ok(()) } else { Err(forbidden(roles, None)) }
        }
        Access::Layers(roles) => {
            if service.has_public_layers() && !request.headers().contains_key(header::AUTHORIZATION) {
                // A browser whose session is over reads on like anybody else.
                let is_known = by_cookie(service, request).await?.is_some();
                return if is_known { Ok(()) } else { service.limit(request.request()) };
            }
            let caller = sign_in(service, request).await?;
            if service.has_public_layers() || caller.has_somewhere(roles) {
                Ok(())
            } else {
                Err(forbidden(roles, None))
            }
        }
        Access::County(roles) => {
            let caller = sign_in(service, request).await?;
            let county = county_of(operation.path, path)?;
            if caller.has_any(roles, county) { Ok(()) } else { Err(forbidden(roles, Some(county))) }
        }
    }
}

fn county_of(pattern: &str, path: &str) -> Result<County, Problem> {
    let at = pattern.split('/').position(|segment| segment == "{county}");
    let segment = at.and_then(|at| path.split('/').nth(at)).unwrap_or("");
    segment.parse().map_err(|text| Problem::new(Kind::NotFound, text))
}

pub fn forbidden(roles: &[Role], county: Option<County>) -> Problem {
    let zh = roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、");
    let en = roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    let (zh_where, en_where) =
        county.map_or_else(|| (String::new(), String::new()), |c| (format!("在 {c} "), format!(" in county {c}")));
    Problem::new(
        Kind::Forbidden,
        Text::new(
            format!("需要{zh_where}的以下角色之一:{zh};请向系统管理员申请"),
            format!("one of these roles is needed{en_where}: {en}; ask your administrator"),
        ),
    )
}

/// The caller behind the bearer token, or without one behind the cookie of a session. GIS and calendar programs may send a
/// token as the password of HTTP Basic, under any name.
async fn sign_in(service: &Service, request: &ServiceRequest) -> Result<Caller, Problem> {
    let Some(given) = request.headers().get(header::AUTHORIZATION) else {
        return by_cookie(service, request).await?.ok_or_else(unauthenticated);
    };
    let token = given
        .to_str()
        .ok()
        // The scheme's name is read in any case (RFC 9110, 11.1).
        .and_then(|value| value.split_once(' '))
        .and_then(|(scheme, rest)| {
            if scheme.eq_ignore_ascii_case("bearer") {
                return Some(rest.to_owned());
            }
            let takes_basic = is_ogc(request.path()) || request.path().ends_with("/idle-case-calendar");
            let is_basic = scheme.eq_ignore_ascii_case("basic") && takes_basic;
            is_basic.then(|| password(rest)).flatten()
        })
        .ok_or_else(unauthenticated)?;
    let app = service.app.clone();
    let caller = blocking(move || app.caller_by_token(&token)).await?.ok_or_else(unauthenticated)?;
    request.extensions_mut().insert(caller.clone());
    Ok(caller)
}

/// The caller behind the cookie, whose session is open; a change must come from a page of ours.
async fn by_cookie(service: &Service, request: &ServiceRequest) -> Result<Option<Caller>, Problem> {
    let Some(secret) = cookie::shown(service, request.request()) else { return Ok(None) };
    let (app, shown) = (service.app.clone(), secret.clone());
    let Some(Recognised { caller, is_worth_noting }) = blocking(move || app.caller_by_session(&shown)).await? else {
        return Ok(None);
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        cookie::not_forged(request.headers(), &secret)?;
    }
    if let Some(id) = caller.credential.session().filter(|_| is_worth_noting) {
        // Nobody waits for it, and one that fails is made up for by the next.
        let app = service.app.clone();
        drop(actix_web::web::block(move || app.touch_session(id)));
    }
    request.extensions_mut().insert(caller.clone());
    Ok(Some(caller))
}

/// The password in the credentials of HTTP Basic (RFC 7617).
fn password(credentials: &str) -> Option<String> {
    let bytes = STANDARD.decode(credentials.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

pub fn unauthenticated() -> Problem {
    Problem::new(
        Kind::Unauthenticated,
        Text::fixed(
            "请登录,或在 Authorization 头中给出有效的 Bearer 令牌;会话可能已超时,过期或吊销的令牌请向系统管理员换发",
            "sign in, or give a valid bearer token in the Authorization header; a session may have timed out, and your administrator makes a new token if yours has expired",
        ),
    )
}
