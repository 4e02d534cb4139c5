//! One's own account and tokens over HTTP, and the tokens that administrators issue.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::accounts::{Issued, Me, Token, TokenWish};
use crate::app::caller::{Caller, Credential};
use crate::app::users::By;
use crate::domain::input::{self, input};
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::text::text;
use crate::domain::user::{Grant, Prefix, TOKEN_DAYS, TOKEN_DAYS_MAX};
use crate::http::body::{JsonBytes, number};
use crate::http::problem::Problem;
use crate::http::users::PersonView;
use crate::http::{Service, blocking};

/// 令牌 — without its secret
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 用途
    pub label: String,
    /// 限于角色 — none: all of its owner
    pub roles: Option<Vec<Role>>,
    /// 限于区划 — the counties its issuer administered; none: all
    pub prefixes: Option<Vec<Prefix>>,
    /// 签发人 — none: on the command line
    pub created_by: Option<UserId>,
    /// 签发时刻
    pub created_at: Instant,
    /// 失效时刻
    pub expires_at: Instant,
    /// 吊销时刻
    pub revoked_at: Option<Instant>,
}

/// 新签发的令牌 — the secret is shown this once
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedToken {
    /// 令牌
    pub token: TokenView,
    /// 密文 — send it as `Authorization: Bearer …`; only its digest is kept
    #[schema(example = "dizhang_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")]
    pub secret: String,
}

/// 角色与区划
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    /// 角色
    pub role: Role,
    /// 区划前缀
    pub prefix: Prefix,
}

/// 本人账号
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// 用户编号
    pub id: UserId,
    /// 人员
    pub person: Option<PersonView>,
    /// 角色 — those that count in this request: all, or those that the token in use lets through
    pub grants: Vec<GrantView>,
    /// 有效令牌
    pub tokens: Vec<TokenView>,
    /// 所用令牌 — none: this request was made with a session
    #[schema(minimum = 1)]
    pub token_in_use: Option<i64>,
    /// 所用会话 — none: this request was made with a token
    #[schema(minimum = 1)]
    pub session_in_use: Option<i64>,
}

impl MeView {
    pub fn of(me: Me, shown: Credential) -> Self {
        Self {
            id: me.user.id,
            person: me.user.person.map(|person| PersonView { login: person.login, display_name: person.display_name }),
            grants: me.grants.into_iter().map(Into::into).collect(),
            tokens: me.tokens.into_iter().map(Into::into).collect(),
            token_in_use: shown.token(),
            session_in_use: shown.session(),
        }
    }
}

input! {
    /// 新令牌
    #[schema(example = json!({"label": "台账脚本", "roles": ["viewer"], "days": 90}))]
    pub struct NewTokenBody {
        /// 用途 — where it is used, so that it can be told apart
        pub label: input::Line<60>,
        /// 限于角色 — left out: all roles of its owner
        #[schema(min_items = 1, max_items = 8)]
        pub roles: Option<Vec<Role>>,
        /// 有效天数 — 90 if left out
        #[schema(minimum = 1, maximum = 365)]
        pub days: Option<u32>,
    }
    check(body, reader) {
        let most = Role::ALL.len();
        if body.roles.as_ref().is_some_and(|roles| roles.is_empty() || roles.len() > most) {
            reader.fault_at("roles", None, text!("应有 1 至 {most} 项", "1 to {most} items are expected"));
        }
        if let Some(days) = body.days.filter(|days| !(1..=TOKEN_DAYS_MAX).contains(days)) {
            let message = text!("应在 1 到 {TOKEN_DAYS_MAX} 之间", "it must be from 1 to {TOKEN_DAYS_MAX}");
            reader.fault_at("days", Some(&days.to_string()), message);
        }
    }
}

impl From<NewTokenBody> for TokenWish {
    fn from(body: NewTokenBody) -> Self {
        let roles = body.roles.map(|mut roles| {
            roles.sort_unstable();
            roles.dedup();
            roles
        });
        Self { label: body.label.into_string(), roles, days: body.days.unwrap_or(TOKEN_DAYS) }
    }
}

impl From<Token> for TokenView {
    fn from(token: Token) -> Self {
        Self {
            id: token.id,
            label: token.label,
            roles: token.limits.roles,
            prefixes: token.limits.prefixes,
            created_by: token.created_by,
            created_at: Instant(token.created_at),
            expires_at: Instant(token.expires_at),
            revoked_at: token.revoked_at.map(Instant),
        }
    }
}

impl From<Grant> for GrantView {
    fn from(grant: Grant) -> Self {
        Self { role: grant.role, prefix: grant.prefix }
    }
}

fn issued(issued: Issued) -> HttpResponse {
    HttpResponse::Created()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(IssuedToken { token: issued.token.into(), secret: issued.secret })
}

/// 本人账号 — who I am here, what I may do where, and my tokens
#[utoipa::path(operation_id = "getMe", tag = "accounts", responses((status = 200, description = "本人", body = MeView)))]
#[get("/api/v1/me")]
pub async fn get_me(service: Data<Service>, caller: Caller) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    let shown = caller.credential;
    let me = blocking(move || app.me(&caller)).await?;
    Ok(HttpResponse::Ok().json(MeView::of(me, shown)))
}

/// 自行签发令牌 — lets through no more than the token in use, or all of one's roles when made with a session
#[utoipa::path(
    operation_id = "createMyToken", tag = "accounts",
    request_body = NewTokenBody,
    responses((status = 201, description = "已签发", body = IssuedToken)),
)]
#[post("/api/v1/me/tokens")]
pub async fn create_my_token(service: Data<Service>, caller: Caller, body: JsonBytes) -> Result<HttpResponse, Problem> {
    let wish = body.read::<NewTokenBody>()?.into();
    let app = service.app.clone();
    Ok(issued(blocking(move || app.create_my_token(&caller, wish)).await?))
}

/// 吊销本人令牌 — not the one in use (409)
#[utoipa::path(
    operation_id = "revokeMyToken", tag = "accounts",
    params(("token" = i64, Path, description = "令牌编号", minimum = 1, example = 1)),
    responses((status = 204, description = "已吊销")),
)]
#[delete("/api/v1/me/tokens/{token}")]
pub async fn revoke_my_token(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let token = number(&request, "token")?;
    let app = service.app.clone();
    blocking(move || app.revoke_my_token(&caller, token)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 签发令牌 — for a user all of whose roles lie in the counties you administer
///
/// Hand it over in person. It never lets through roles beyond your counties, even if others grant them later;
/// the owner sees who issued it, may issue a token of the own and revoke this one.
#[utoipa::path(
    operation_id = "createToken", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    request_body = NewTokenBody,
    responses((status = 201, description = "已签发", body = IssuedToken)),
)]
#[post("/api/v1/users/{id}/tokens")]
pub async fn create_token(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let id = UserId(number(&request, "id")?);
    let wish = body.read::<NewTokenBody>()?.into();
    let app = service.app.clone();
    Ok(issued(blocking(move || app.create_token(By::from(&caller), id, wish)).await?))
}

/// 吊销令牌 — not the one in use (409)
#[utoipa::path(
    operation_id = "revokeToken", tag = "accounts",
    params(
        ("id" = i64, Path, description = "用户编号", minimum = 1, example = 1),
        ("token" = i64, Path, description = "令牌编号", minimum = 1, example = 1),
    ),
    responses((status = 204, description = "已吊销")),
)]
#[delete("/api/v1/users/{id}/tokens/{token}")]
pub async fn revoke_token(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let (id, token) = (UserId(number(&request, "id")?), number(&request, "token")?);
    let app = service.app.clone();
    blocking(move || app.revoke_token(By::from(&caller), id, token)).await?;
    Ok(HttpResponse::NoContent().finish())
}
