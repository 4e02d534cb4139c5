//! The OpenAPI document: what the routes say, finished with security and problems from their tables.

use std::sync::OnceLock;

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};

use crate::http::access::{Access, OPERATIONS, Operation};
use crate::http::cookie::SECURE_NAME;
use crate::http::problem::{Kind, ProblemBody};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "地账 Dizhang",
        description = "县级土地台账与供地测算服务:批而未供、闲置台账,弹性年期与先租后让价格,主导用途与配套面积核验。\n\n\
            Land accounts of a county land bureau: the ledgers of approved-but-unsupplied and idle land, price bases of \
            flexible-term and lease-then-transfer industrial land, dominant-use and ancillary floor-area checks.\n\n\
            面积单位平方米,金额单位元;小数以字符串表示,不经过浮点数。Areas are in square metres, money in yuan; decimals are \
            strings and never pass through a float. 日期为 Asia/Shanghai 的 ISO 8601 日期。",
    ),
    components(schemas(
        ProblemBody,
        crate::domain::layer::Layer,
        crate::http::records::Format,
        crate::http::export::TableFormat,
        crate::http::plots::boundary_points::Encoding,
        crate::domain::rules::calculation::Detail,
        crate::app::papers::PaperFormat,
        crate::http::export::papers::ReportFormat,
        crate::domain::reconciliation::ComparedWith,
    )),
    tags(
        (name = "service", description = "服务状态与文档"),
        (name = "calculations", description = "测算与核验(无需账号)"),
        (name = "prechecks", description = "企业预审、待供土地公告"),
        (name = "demands", description = "用地需求申报"),
        (name = "policy", description = "政策参数"),
        (name = "ledger", description = "面积台账:凭证、余额、结账"),
        (name = "proposals", description = "待批凭证:审核、批准、退回"),
        (name = "approvals", description = "用地批文"),
        (name = "projects", description = "用地项目"),
        (name = "plots", description = "地块"),
        (name = "parcels", description = "宗地"),
        (name = "contracts", description = "合同与开发、疑似闲置"),
        (name = "idle-cases", description = "闲置土地处置案件"),
        (name = "reconciliation", description = "对账:图与账的差异、落图率、监测监管系统"),
        (name = "statistics", description = "考核基数、处置率、月报、年报"),
        (name = "prices", description = "价格标底"),
        (name = "papers", description = "闲置土地案件文书:填写、预览、登记,文号登记簿"),
        (name = "worklist", description = "待办"),
        (name = "regions", description = "县与乡镇街道"),
        (name = "attachments", description = "附件"),
        (name = "accounts", description = "登录、用户、角色、令牌"),
    ),
)]
struct Information;

/// Title, description and tags.
pub fn information() -> Document {
    Information::openapi()
}

/// The document as it is served and committed: made once.
pub fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = crate::http::document().to_pretty_json().unwrap_or_default();
        text.push('\n');
        text
    })
}

/// Adds to each operation who may call it and which problems it answers.
pub fn finish(mut document: Document) -> Document {
    let scheme = SecurityScheme::Http(
        Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("访问令牌 — a token made by an administrator"))
            .build(),
    );
    let components = document.components.get_or_insert_default();
    components.security_schemes.insert("token".to_owned(), RefOr::T(scheme));
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
        SECURE_NAME,
        "会话 — opened by POST /api/v1/session; over plain http the cookie is called `dizhang`. A POST, PUT or DELETE made \
         with it sends the `csrf_token` of the session as `X-CSRF-Token`",
    )));
    components.security_schemes.insert("cookieAuth".to_owned(), RefOr::T(cookie));
    for Operation { id, method, path, access } in OPERATIONS {
        let Some(item) = document.paths.paths.get_mut(*path) else { continue };
        let operation = match *method {
            "GET" => &mut item.get,
            "POST" => &mut item.post,
            "PUT" => &mut item.put,
            "PATCH" => &mut item.patch,
            "DELETE" => &mut item.delete,
            _ => continue,
        };
        let Some(operation) = operation.as_mut().filter(|operation| operation.operation_id.as_deref() == Some(id))
        else {
            continue;
        };
        let secured = !matches!(access, Access::Public | Access::PublicLimited);
        let ways: &[&str] = if secured { &["token", "cookieAuth"] } else { &[] };
        operation.security =
            Some(ways.iter().map(|way| SecurityRequirement::new::<_, [&str; 0], &str>(*way, [])).collect());
        if let Access::County(roles) | Access::Somewhere(roles) = access {
            let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            operation.extensions.get_or_insert_default().insert("x-roles".to_owned(), serde_json::json!(roles));
        }
        let has_body = operation.request_body.is_some();
        // A mark too long makes an address too long; other texts of a query are short.
        let takes_mark = operation
            .parameters
            .iter()
            .flatten()
            .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == "sortby"));
        let in_county = path.contains("{county}");
        for kind in Kind::ALL {
            let applies = match kind {
                Kind::Malformed | Kind::TooLarge | Kind::UnsupportedMediaType => has_body,
                Kind::Invalid => true,
                Kind::Unauthenticated => secured,
                Kind::Forbidden => secured,
                Kind::NotFound => in_county || path.contains('{'),
                Kind::TooManyRequests => *access == Access::PublicLimited,
                Kind::Conflict => secured && *method != "GET",
                // What is changed is a record of its own, or one that a county has one of.
                Kind::Stale | Kind::VersionRequired => {
                    secured && *method != "GET" && (*method == "PUT" || path.matches('{').count() > 1)
                }
                Kind::HeadTooLarge => takes_mark,
                Kind::Busy => secured,
                Kind::Internal => true,
                Kind::MethodNotAllowed
                | Kind::NotAcceptable
                | Kind::SignInRefused
                | Kind::CsrfToken
                | Kind::Taken
                | Kind::LedgerRefused
                | Kind::CaseRefused
                | Kind::CannotDecide => false,
            };
            if applies {
                let status = kind.row().status.to_string();
                operation.responses.responses.entry(status).or_insert_with(|| RefOr::T(problem(*kind)));
            }
        }
    }
    document
}

fn problem(kind: Kind) -> Response {
    let row = kind.row();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemBody"))).build();
    ResponseBuilder::new()
        .description(format!("{} — {}", row.zh, row.en))
        .content("application/problem+json", content)
        .build()
}
