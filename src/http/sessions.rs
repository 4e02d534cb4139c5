//! Signing in and out over HTTP, one's sessions and password.

use actix_web::http::header::{self, HeaderName};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::accounts::Me;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::passwords::PasswordSecret;
use crate::app::sessions::Session;
use crate::app::sign_in::{Origin, SignIn};
use crate::app::users::By;
use crate::domain::input::{self, input};
use crate::domain::instant::Instant;
use crate::domain::password::Password;
use crate::domain::region::UserId;
use crate::http::body::{JsonBytes, number};
use crate::http::cookie::{self, csrf_token};
use crate::http::problem::Problem;
use crate::http::tokens::MeView;
use crate::http::{Service, blocking};

/// Tells a browser to forget what it kept of these pages.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Letters of a browser's name that are kept.
const BROWSER_MAX: usize = 200;

input! {
    /// 登录
    #[schema(example = json!({"login": "jb0102", "password": "an example to be replaced"}))]
    pub struct SignInBody {
        /// 登录名
        pub login: input::Line<64>,
        /// 密码
        pub password: Password,
    }
}

input! {
    /// 修改密码
    #[schema(example = json!({"current_password": "an example to be replaced", "new_password": "another example to be replaced"}))]
    pub struct PasswordBody {
        /// 当前密码
        pub current_password: Password,
        /// 新密码 — at least 12 characters; not the login, not digits alone, not one that everybody tries first
        pub new_password: Password,
    }
}

input! {
    /// 以一次性口令设置密码
    #[schema(example = json!({"secret": "once_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG", "new_password": "another example to be replaced"}))]
    pub struct SetPasswordBody {
        /// 一次性口令 — from an administrator or the command line
        pub secret: Password,
        /// 新密码 — at least 12 characters; not the login, not digits alone, not one that everybody tries first
        pub new_password: Password,
    }
}

/// 会话 — a browser that is signed in
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 来源地址
    pub address: Option<String>,
    /// 浏览器 — what it calls itself
    pub browser: Option<String>,
    /// 登录时刻
    pub created_at: Instant,
    /// 最近使用 — to the minute
    pub used_at: Instant,
    /// 最迟失效时刻
    pub expires_at: Instant,
    /// 正在使用 — the session of this request
    pub in_use: bool,
}

/// 会话列表
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionList {
    pub items: Vec<SessionView>,
}

/// 当前会话
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrentSession {
    /// 会话
    pub session: SessionView,
    /// 闲置时限(秒) — without a request for so long, the session ends
    #[schema(minimum = 1)]
    pub idle_seconds: i64,
    /// 防伪令牌 — send it as `X-CSRF-Token` with every POST, PUT and DELETE made with this session
    pub csrf_token: String,
    /// 本人账号
    pub me: MeView,
}

/// 一次性口令 — sets a password once; shown this once
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordSecretView {
    /// 口令
    #[schema(example = "once_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")]
    pub secret: String,
    /// 失效时刻
    pub expires_at: Instant,
}

fn view(session: Session, in_use: Option<i64>) -> SessionView {
    SessionView {
        in_use: in_use == Some(session.id),
        id: session.id,
        address: session.address,
        browser: session.browser,
        created_at: Instant(session.created_at),
        used_at: Instant(session.used_at),
        expires_at: Instant(session.expires_at),
    }
}

fn current(service: &Service, session: Session, secret: &str, caller: &Caller, me: Me) -> CurrentSession {
    CurrentSession {
        session: view(session, caller.credential.session()),
        idle_seconds: service.app.session_rules().idle.num_seconds(),
        csrf_token: csrf_token(secret),
        me: MeView::of(me, caller.credential),
    }
}

/// Where a request came from, as a session remembers it.
fn origin(service: &Service, request: &HttpRequest) -> Origin {
    let browser = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Origin {
        address: service.caller_address(request),
        browser: browser.map(|browser| browser.chars().take(BROWSER_MAX).collect()),
    }
}

/// 登录 — opens a session in this browser by a cookie that no script can read
///
/// The answer is the same, and takes as long, whether the login or the password is wrong (422 `sign-in-refused`). After five
/// failures with a login, or fifty from an address, each further one makes the next wait twice as long (429). A session that
/// the browser had ends.
#[utoipa::path(
    operation_id = "createSession", tag = "accounts",
    request_body = SignInBody,
    responses((
        status = 201, description = "已登录", body = CurrentSession,
        headers(("Set-Cookie" = String, description = "会话 — HttpOnly, SameSite=Strict, over https Secure")),
    )),
)]
#[post("/api/v1/session")]
pub async fn create_session(
    service: Data<Service>,
    request: HttpRequest,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    // Nobody is signed in to somebody else's account by a page from elsewhere.
    cookie::from_our_pages(request.headers())?;
    let SignInBody { login, password } = body.read()?;
    let from = origin(&service, &request);
    let address = from.address;
    let wish = SignIn { login: login.into_string(), password, from, shown: cookie::shown(&service, &request) };
    let app = service.app.clone();
    let work = move || {
        let opened = app.sign_in(wish)?;
        let me = app.me(&opened.caller)?;
        Ok::<_, AppError>((opened, me))
    };
    let (opened, me) = blocking(work).await.inspect_err(|problem| {
        let why = problem.kind.row().slug;
        tracing::warn!(address = address.map(tracing::field::display), why, "signing in failed");
    })?;
    let cookie = cookie::set(&service, &request, Some(&opened.secret));
    let current = current(&service, opened.session, &opened.secret, &opened.caller, me);
    Ok(HttpResponse::Created().insert_header((header::SET_COOKIE, cookie)).json(current))
}

/// 当前会话 — who is signed in here, and the token that changes need
#[utoipa::path(
    operation_id = "getSession", tag = "accounts",
    responses((status = 200, description = "当前会话", body = CurrentSession), (status = 404, description = "所用为令牌,没有会话", body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
)]
#[get("/api/v1/session")]
pub async fn get_session(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let secret = cookie::shown(&service, &request).unwrap_or_default();
    let (app, by) = (service.app.clone(), caller.clone());
    let work = move || Ok::<_, AppError>((app.my_session(&by)?, app.me(&by)?));
    let (session, me) = blocking(work).await?;
    Ok(HttpResponse::Ok().json(current(&service, session, &secret, &caller, me)))
}

/// 退出 — ends the session at once, and has the browser forget what it kept of these pages
#[utoipa::path(
    operation_id = "endSession", tag = "accounts",
    responses((status = 204, description = "已退出"), (status = 404, description = "所用为令牌,没有会话", body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
)]
#[delete("/api/v1/session")]
pub async fn end_session(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    blocking(move || app.sign_out(&caller)).await?;
    Ok(HttpResponse::NoContent()
        .insert_header((header::SET_COOKIE, cookie::set(&service, &request, None)))
        .insert_header((CLEAR_SITE_DATA, "\"cache\", \"storage\""))
        .finish())
}

/// 本人会话 — the browsers that are signed in to my account
#[utoipa::path(
    operation_id = "listMySessions", tag = "accounts",
    responses((status = 200, description = "会话", body = SessionList)),
)]
#[get("/api/v1/me/sessions")]
pub async fn list_my_sessions(service: Data<Service>, caller: Caller) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    let in_use = caller.credential.session();
    let sessions = blocking(move || app.my_sessions(&caller)).await?;
    let items = sessions.into_iter().map(|session| view(session, in_use)).collect();
    Ok(HttpResponse::Ok().json(SessionList { items }))
}

/// 结束本人的另一会话 — not the one in use (409)
#[utoipa::path(
    operation_id = "endMySession", tag = "accounts",
    params(("session" = i64, Path, description = "会话编号", minimum = 1, example = 1)),
    responses((status = 204, description = "已结束")),
)]
#[delete("/api/v1/me/sessions/{session}")]
pub async fn end_my_session(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let id = number(&request, "session")?;
    let app = service.app.clone();
    blocking(move || app.end_my_session(&caller, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 结束本人的其他会话 — all but the one in use
#[utoipa::path(
    operation_id = "endMyOtherSessions", tag = "accounts",
    responses((status = 204, description = "已结束")),
)]
#[delete("/api/v1/me/sessions")]
pub async fn end_my_other_sessions(service: Data<Service>, caller: Caller) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    blocking(move || app.end_my_other_sessions(&caller)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 修改密码 — ends my other sessions; tokens stay and are revoked one by one
#[utoipa::path(
    operation_id = "changeMyPassword", tag = "accounts",
    request_body = PasswordBody,
    responses((status = 204, description = "已修改"), (status = 429, description = "尝试过于频繁 — wait as `Retry-After` says", body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
)]
#[post("/api/v1/me/password")]
pub async fn change_my_password(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let PasswordBody { current_password, new_password } = body.read()?;
    let from = origin(&service, &request);
    let app = service.app.clone();
    blocking(move || app.change_my_password(&caller, &from, &current_password, new_password)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 设置密码 — with a one-time secret, which is used up by it; all sessions of the account end
#[utoipa::path(
    operation_id = "setPassword", tag = "accounts",
    request_body = SetPasswordBody,
    responses((status = 204, description = "已设置")),
)]
#[post("/api/v1/password")]
pub async fn set_password(
    service: Data<Service>,
    request: HttpRequest,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    cookie::from_our_pages(request.headers())?;
    let SetPasswordBody { secret, new_password } = body.read()?;
    let app = service.app.clone();
    blocking(move || app.set_password(&secret, &new_password)).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<PasswordSecret> for PasswordSecretView {
    fn from(issued: PasswordSecret) -> Self {
        Self { secret: issued.secret, expires_at: Instant(issued.expires_at) }
    }
}

/// 签发一次性口令 — with which a user all of whose roles lie in the counties you administer sets a password
///
/// Hand it over in person. The one before opens nothing any more. The password in use stays until the secret is used.
#[utoipa::path(
    operation_id = "createPasswordSecret", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    responses((status = 201, description = "已签发", body = PasswordSecretView)),
)]
#[post("/api/v1/users/{id}/password-secret")]
pub async fn create_password_secret(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let id = UserId(number(&request, "id")?);
    let app = service.app.clone();
    let issued = blocking(move || app.create_password_secret(By::from(&caller), id)).await?;
    Ok(HttpResponse::Created()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(PasswordSecretView::from(issued)))
}
