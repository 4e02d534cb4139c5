//! The policy over HTTP: the figures on a day, and a county's own values.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::policy::OverlayRow;
use crate::domain::finding::Citation;
use crate::domain::input::{self, input};
use crate::domain::instant::Instant;
use crate::domain::policy::{Overlay, PolicyListing};
use crate::domain::region::{County, UserId};
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

input! {
    /// 依据 — the document a county's value rests on
    pub struct CitationBody {
        /// 文件名称
        pub instrument: input::Line<200>,
        /// 文号
        pub number: Option<input::Line<100>>,
        /// 条款
        pub provision: input::Line<100>,
        /// 印发日期
        pub issued_on: Option<chrono::NaiveDate>,
        /// 网址
        pub url: Option<input::Line<300>>,
    }
}

input! {
    /// 县级取值 — from a day on, a parameter has this value in the county
    #[schema(example = json!({
        "parameter": "ledger.survey_difference_share_max", "in_force": "2026-01-01", "value": "0.008",
        "citation": {"instrument": "新密市实测差异处理规定", "number": "演示〔2026〕1号", "provision": "第3条", "issued_on": "2025-12-20"},
        "verified": true, "reason": "本局会议确定"
    }))]
    pub struct PolicyOverlayBody {
        /// 参数
        pub parameter: input::Line<100>,
        /// 施行日期
        pub in_force: chrono::NaiveDate,
        /// 取值 — as a parameter is written (`0.15`, `true`); left out, the county's own value ends
        pub value: Option<input::Line<40>>,
        /// 依据
        pub citation: CitationBody,
        /// 已核对原文
        pub verified: bool,
        /// 理由
        pub reason: input::Line<500>,
    }
}

/// 县级取值记录
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyOverlayView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 参数
    pub parameter: String,
    /// 施行日期
    pub in_force: chrono::NaiveDate,
    /// 取值 — none: the county's own value ends
    pub value: Option<String>,
    /// 依据
    pub citation: Citation,
    /// 已核对原文
    pub verified: bool,
    /// 理由
    pub reason: String,
    /// 记录人
    pub recorded_by: UserId,
    /// 记录时刻
    pub recorded_at: Instant,
}

/// 县级取值列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyOverlayList {
    pub items: Vec<PolicyOverlayView>,
}

impl From<OverlayRow> for PolicyOverlayView {
    fn from(row: OverlayRow) -> Self {
        Self {
            n: row.n,
            parameter: row.overlay.parameter,
            in_force: row.overlay.in_force,
            value: row.overlay.value,
            citation: row.overlay.citation,
            verified: row.overlay.verified,
            reason: row.reason,
            recorded_by: row.recorded_by,
            recorded_at: Instant(row.recorded_at),
        }
    }
}

/// 政策参数 — every figure of the law with its value on a day and its source
#[utoipa::path(
    operation_id = "getPolicy", tag = "policy",
    params(
        ("on" = Option<chrono::NaiveDate>, Query, description = "日期,默认今天 — the day; today if left out"),
        ("county" = Option<County>, Query, description = "县代码 — with the county's own values"),
    ),
    responses((status = 200, description = "政策参数", body = PolicyListing)),
)]
#[get("/api/v1/policy")]
pub async fn get_policy(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let (on, county) = (query.day("on"), query.word::<County>("county"));
    query.finish(&["on", "county"])?;
    let app = service.app.clone();
    let listing = blocking(move || app.policy_listing(county, on)).await?;
    Ok(HttpResponse::Ok().json(listing))
}

/// 新增县级取值 — a journalled row that is never changed; a later row of the same day counts
#[utoipa::path(
    operation_id = "addPolicyOverlay", tag = "policy",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = PolicyOverlayBody,
    responses((status = 201, description = "已记录", body = PolicyOverlayView)),
)]
#[post("/api/v1/counties/{county}/policy-overlays")]
pub async fn add_policy_overlay(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let body: PolicyOverlayBody = body.read()?;
    let overlay = Overlay {
        parameter: body.parameter.into_string(),
        in_force: body.in_force,
        value: body.value.map(input::Line::into_string),
        citation: body.citation.into(),
        verified: body.verified,
    };
    let reason = body.reason.into_string();
    let app = service.app.clone();
    let row = blocking(move || app.add_policy_overlay(&caller, county, overlay, reason)).await?;
    Ok(HttpResponse::Created().json(PolicyOverlayView::from(row)))
}

/// 县级取值列表 — in the order they were recorded
#[utoipa::path(
    operation_id = "listPolicyOverlays", tag = "policy",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
    ),
    responses((
        status = 200, description = "县级取值",
        content((PolicyOverlayList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/policy-overlays")]
pub async fn list_policy_overlays(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["f"])?;
    let app = service.app.clone();
    let rows = blocking(move || app.policy_overlays(county)).await?;
    let items: Vec<PolicyOverlayView> = rows.into_iter().map(Into::into).collect();
    if let Some(export) = export {
        let (name, scope) = (("县级政策取值", "policy-overlays"), format!("-{county}"));
        return export.answer_rows(name, scope, || Ok(office::policy_overlays()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(PolicyOverlayList { items }))
}
