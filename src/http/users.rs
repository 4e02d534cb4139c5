//! Accounts over HTTP: what administrators see and change, each within the counties of the own role.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::users::{By, Change, NewUser, UserFile, UserRow};
use crate::domain::input::{self, input};
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::sign_in::SignInAction;
use crate::domain::user::{AccountAction, Grant, Login, Prefix};
use crate::http::body::{JsonBytes, Query, number};
use crate::http::problem::Problem;
use crate::http::tokens::TokenView;
use crate::http::{Service, blocking};

/// 人员 — personal data; gone once it was erased
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    /// 登录名
    pub login: String,
    /// 姓名
    pub display_name: String,
}

/// 授权 — a role that stands
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleGrantView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 角色
    pub role: Role,
    /// 区划前缀
    pub prefix: Prefix,
    /// 授权人 — none: on the command line
    pub granted_by: Option<UserId>,
    /// 授权时刻
    pub granted_at: Instant,
}

/// 用户
#[derive(Debug, Serialize, ToSchema)]
pub struct UserSummary {
    /// 用户编号
    pub id: UserId,
    /// 人员
    pub person: Option<PersonView>,
    /// 启用
    pub active: bool,
    /// 角色 — those in the counties you administer
    pub grants: Vec<RoleGrantView>,
    /// 建立人 — none: on the command line
    pub created_by: Option<UserId>,
    /// 建立时刻
    pub created_at: Instant,
}

/// 账号变动
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountEventView {
    /// 变动
    pub action: AccountAction,
    /// 对象 — the grant (`clerk@410183`) or the number of the token
    pub subject: Option<String>,
    /// 何人 — none: on the command line
    pub done_by: Option<UserId>,
    /// 何时
    pub at: Instant,
}

/// 登录记录
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInEventView {
    /// 结果
    pub action: SignInAction,
    /// 会话编号 — none where none was opened
    #[schema(minimum = 1)]
    pub session: Option<i64>,
    /// 何人 — none: nobody who was signed in, or the command line
    pub done_by: Option<UserId>,
    /// 何时
    pub at: Instant,
}

/// 用户详情 — with tokens and history; all are empty if the user has roles beyond the counties you administer
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    /// 用户
    pub user: UserSummary,
    /// 令牌 — without their secrets
    pub tokens: Vec<TokenView>,
    /// 变动记录
    pub events: Vec<AccountEventView>,
    /// 登录记录 — the last 50, the last first
    pub sign_ins: Vec<SignInEventView>,
}

/// 用户列表
#[derive(Debug, Serialize, ToSchema)]
pub struct UserList {
    pub items: Vec<UserSummary>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<i64>,
}

input! {
    /// 授权 — a role in a county, or in all counties under a prefix
    #[schema(example = json!({"role": "reviewer", "prefix": "410183"}))]
    pub struct GrantBody {
        /// 角色 — `admin` goes with no other
        pub role: Role,
        /// 区划前缀
        pub prefix: Prefix,
    }
}

input! {
    /// 新用户 — one natural person, who has one account
    #[schema(example = json!({
        "login": "jb0102", "display_name": "演示人员", "grants": [{"role": "clerk", "prefix": "410183"}]
    }))]
    pub struct NewUserBody {
        /// 登录名 — such as the number of the staff card; it is the person's own and tells accounts apart
        pub login: Login,
        /// 姓名
        pub display_name: input::Line<60>,
        /// 角色
        #[schema(max_items = 20)]
        pub grants: Option<Vec<GrantBody>>,
    }
    check(body, reader) {
        const MOST: usize = 20;
        if body.grants.as_ref().is_some_and(|grants| grants.len() > MOST) {
            reader.fault_at("grants", None, crate::domain::text::text!("至多 {MOST} 项", "at most {MOST} items"));
        }
    }
}

input! {
    /// 姓名更正
    #[schema(example = json!({"display_name": "演示人员"}))]
    pub struct RenameBody {
        /// 姓名
        pub display_name: input::Line<60>,
    }
}

impl From<UserRow> for UserSummary {
    fn from(UserRow { user, grants }: UserRow) -> Self {
        let grants = grants.into_iter().map(|granted| RoleGrantView {
            id: granted.id,
            role: granted.grant.role,
            prefix: granted.grant.prefix,
            granted_by: granted.granted_by,
            granted_at: Instant(granted.granted_at),
        });
        Self {
            id: user.id,
            person: user.person.map(|person| PersonView { login: person.login, display_name: person.display_name }),
            active: user.is_active,
            grants: grants.collect(),
            created_by: user.created_by,
            created_at: Instant(user.created_at),
        }
    }
}

impl From<UserFile> for UserView {
    fn from(file: UserFile) -> Self {
        let event = |event: crate::app::users::AccountEvent| AccountEventView {
            action: event.action,
            subject: event.subject,
            done_by: event.done_by,
            at: Instant(event.at),
        };
        let sign_in = |event: crate::app::users::SignInEvent| SignInEventView {
            action: event.action,
            session: event.session,
            done_by: event.done_by,
            at: Instant(event.at),
        };
        Self {
            user: file.row.into(),
            tokens: file.tokens.into_iter().map(Into::into).collect(),
            events: file.events.into_iter().map(event).collect(),
            sign_ins: file.sign_ins.into_iter().map(sign_in).collect(),
        }
    }
}

impl From<GrantBody> for Grant {
    fn from(body: GrantBody) -> Self {
        Self { prefix: body.prefix, role: body.role }
    }
}

/// 用户列表 — the users with a role in the counties you administer; without any role: those who had one there or whom you made
#[utoipa::path(
    operation_id = "listUsers", tag = "accounts",
    params(
        ("after" = Option<i64>, Query, description = "从此编号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
    ),
    responses((status = 200, description = "用户", body = UserList)),
)]
#[get("/api/v1/users")]
pub async fn list_users(service: Data<Service>, request: HttpRequest, caller: Caller) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let after = query.number("after", 0, i64::MAX).unwrap_or(0);
    let limit = query.limit();
    query.finish(&["after", "limit"])?;
    let app = service.app.clone();
    let users = blocking(move || app.users(&caller, after, limit)).await?;
    let next = if users.len() as i64 == limit { users.last().map(|row| row.user.id.0) } else { None };
    Ok(HttpResponse::Ok().json(UserList { items: users.into_iter().map(Into::into).collect(), next }))
}

/// 建立用户 — enters a natural person, with the first roles if you like
#[utoipa::path(
    operation_id = "createUser", tag = "accounts",
    request_body = NewUserBody,
    responses((status = 201, description = "已建立", body = UserView)),
)]
#[post("/api/v1/users")]
pub async fn create_user(service: Data<Service>, caller: Caller, body: JsonBytes) -> Result<HttpResponse, Problem> {
    let body: NewUserBody = body.read()?;
    let new = NewUser {
        login: body.login.into_string(),
        display_name: body.display_name.into_string(),
        grants: body.grants.unwrap_or_default().into_iter().map(Into::into).collect(),
    };
    let app = service.app.clone();
    let file = blocking(move || app.create_user(By::from(&caller), new)).await?;
    Ok(HttpResponse::Created().json(UserView::from(file)))
}

/// 用户详情 — with tokens and history
#[utoipa::path(
    operation_id = "getUser", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    responses((status = 200, description = "用户", body = UserView)),
)]
#[get("/api/v1/users/{id}")]
pub async fn get_user(service: Data<Service>, request: HttpRequest, caller: Caller) -> Result<HttpResponse, Problem> {
    let id = UserId(number(&request, "id")?);
    let app = service.app.clone();
    let file = blocking(move || app.user(&caller, id)).await?;
    Ok(HttpResponse::Ok().json(UserView::from(file)))
}

/// Makes one change and answers with the user: 201 instead of 200 for a role that is new.
async fn change(
    service: &Data<Service>,
    request: &HttpRequest,
    caller: Caller,
    change: Change,
) -> Result<HttpResponse, Problem> {
    let id = UserId(number(request, "id")?);
    let grants = matches!(change, Change::Grant(_));
    let app = service.app.clone();
    let (file, changed) = blocking(move || app.change_user(By::from(&caller), id, change)).await?;
    let status = if grants && changed { StatusCode::CREATED } else { StatusCode::OK };
    Ok(HttpResponse::build(status).json(UserView::from(file)))
}

/// 授予角色 — grants a role; one that stands already stays as it is (200)
#[utoipa::path(
    operation_id = "grantRole", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    request_body = GrantBody,
    responses(
        (status = 201, description = "已授予", body = UserView),
        (status = 200, description = "此前已授予", body = UserView),
    ),
)]
#[post("/api/v1/users/{id}/grants")]
pub async fn grant_role(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let wanted: GrantBody = body.read()?;
    change(&service, &request, caller, Change::Grant(wanted.into())).await
}

/// 收回角色 — revokes a role; the grant stays in the history
#[utoipa::path(
    operation_id = "revokeRole", tag = "accounts",
    params(
        ("id" = i64, Path, description = "用户编号", minimum = 1, example = 1),
        ("grant" = i64, Path, description = "授权编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "已收回", body = UserView)),
)]
#[delete("/api/v1/users/{id}/grants/{grant}")]
pub async fn revoke_role(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let grant = number(&request, "grant")?;
    change(&service, &request, caller, Change::Revoke(grant)).await
}

/// 更正姓名
#[utoipa::path(
    operation_id = "renameUser", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    request_body = RenameBody,
    responses((status = 200, description = "已更正", body = UserView)),
)]
#[post("/api/v1/users/{id}/rename")]
pub async fn rename_user(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let RenameBody { display_name } = body.read()?;
    change(&service, &request, caller, Change::Rename(display_name.into_string())).await
}

/// 停用 — ends the user's sessions; the tokens let nothing through until the account is enabled again
#[utoipa::path(
    operation_id = "disableUser", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    responses((status = 200, description = "已停用", body = UserView)),
)]
#[post("/api/v1/users/{id}/disable")]
pub async fn disable_user(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    change(&service, &request, caller, Change::SetActive(false)).await
}

/// 启用
#[utoipa::path(
    operation_id = "enableUser", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    responses((status = 200, description = "已启用", body = UserView)),
)]
#[post("/api/v1/users/{id}/enable")]
pub async fn enable_user(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    change(&service, &request, caller, Change::SetActive(true)).await
}

/// 清除个人信息 — erases login, name and password for good, revokes all roles and tokens, ends all sessions
///
/// Vouchers and journals name the person by number alone and stay as they are.
#[utoipa::path(
    operation_id = "eraseUser", tag = "accounts",
    params(("id" = i64, Path, description = "用户编号", minimum = 1, example = 1)),
    responses((status = 200, description = "已清除", body = UserView)),
)]
#[post("/api/v1/users/{id}/erase")]
pub async fn erase_user(service: Data<Service>, request: HttpRequest, caller: Caller) -> Result<HttpResponse, Problem> {
    change(&service, &request, caller, Change::Erase).await
}
