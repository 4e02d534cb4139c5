//! Approvals over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::approvals::{ApprovalPage, StoredApproval};
use crate::app::caller::Caller;
use crate::domain::approval::{Approval, ApprovalKind};
use crate::domain::area::AreaUnit;
use crate::domain::composition::CompositionView;
use crate::domain::instant::Instant;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Warning;
use crate::domain::region::{ApprovalId, County, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, PAGE, TableFormat, tables};
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, next, versioned};
use crate::http::{Service, blocking};

/// 用地批文
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    /// 编号
    pub id: ApprovalId,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 批准文号
    pub number: String,
    /// 批次类型
    pub kind: ApprovalKind,
    /// 批准机关
    pub authority: String,
    /// 批准日期
    pub approved_on: chrono::NaiveDate,
    /// 报批项目
    pub approved_project: Option<String>,
    /// 总面积,平方米 — half up to the square centimetre
    pub area_m2: AreaM2,
    /// 面积构成
    pub composition: CompositionView,
    /// 备注
    pub remark: Option<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 用地批文及提示 — an approval as it was written, with what should be looked into
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalWritten {
    /// 用地批文
    pub approval: ApprovalView,
    /// 提示
    pub warnings: Vec<Warning>,
}

/// 用地批文列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalList {
    pub items: Vec<ApprovalView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<i64>,
}

impl From<StoredApproval> for ApprovalView {
    fn from(record: StoredApproval) -> Self {
        let contents = record.contents;
        Self {
            id: record.id,
            version: record.version,
            area_m2: contents.area(),
            number: contents.number.into_string(),
            kind: contents.kind,
            authority: contents.authority.into_string(),
            approved_on: contents.approved_on,
            approved_project: contents.approved_project.map(|project| project.into_string()),
            composition: CompositionView(contents.composition),
            remark: contents.remark.map(|remark| remark.into_string()),
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        }
    }
}

/// 录入用地批文 — enters an approval
///
/// Sending the same approval again changes nothing and answers as before (200); the same 批准文号 with other
/// contents is refused (409). 面积构成须按批文逐项相加,精确无误。
#[utoipa::path(
    operation_id = "createApproval", tag = "approvals",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = Approval,
    responses(
        (status = 201, description = "已录入", body = ApprovalWritten),
        (status = 200, description = "此前已录入,内容相同", body = ApprovalWritten),
    ),
)]
#[post("/api/v1/counties/{county}/approvals")]
pub async fn create_approval(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: Approval = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.create_approval(&caller, county, sent)).await?;
    let version = written.record.version;
    let view = ApprovalWritten { approval: written.record.into(), warnings: written.warnings };
    Ok(versioned(created(written.is_new), version, view))
}

/// 用地批文列表 — approvals in the order of their ids
#[utoipa::path(
    operation_id = "listApprovals", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = Option<i64>, Query, description = "从此编号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("kind" = Option<ApprovalKind>, Query, description = "批次类型"),
        ("from" = Option<chrono::NaiveDate>, Query, description = "批准日期不早于"),
        ("until" = Option<chrono::NaiveDate>, Query, description = "批准日期不晚于"),
        ("number_prefix" = Option<String>, Query, description = "批准文号以此开头", min_length = 1, max_length = 100),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "用地批文",
        content((ApprovalList = "application/json"), (ExportFile = "text/csv"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/approvals")]
pub async fn list_approvals(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = ApprovalPage {
        after: query.number("after", 0, i64::MAX).unwrap_or(0),
        limit: query.limit(),
        kind: query.word("kind"),
        from: query.day("from"),
        until: query.day("until"),
        number_prefix: query.line::<100>("number_prefix"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "kind", "from", "until", "number_prefix", "f", "unit"])?;
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |after| app.approvals(county, &ApprovalPage { after, limit: PAGE, ..page.clone() });
        return export
            .answer(("用地批文", "approvals"), format!("-{county}"), || Ok(tables::approvals()), fetch, |row| row.id.0)
            .await;
    }
    let limit = page.limit;
    let rows = blocking(move || app.approvals(county, &page)).await?;
    let next = next(&rows, limit, |row| row.id.0);
    Ok(HttpResponse::Ok().json(ApprovalList { items: rows.into_iter().map(Into::into).collect(), next }))
}

/// 单份用地批文 — one approval
#[utoipa::path(
    operation_id = "getApproval", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "用地批文", body = ApprovalView)),
)]
#[get("/api/v1/counties/{county}/approvals/{id}")]
pub async fn get_approval(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ApprovalId(number(&request, "id")?);
    let app = service.app.clone();
    let record = blocking(move || app.approval(county, id)).await?;
    Ok(versioned(HttpResponse::Ok(), record.version, ApprovalView::from(record)))
}

/// 修改用地批文 — replaces what is recorded of an approval
///
/// The day of an approval stays while vouchers of its plots rest on it (409): they are taken back by corrections first.
#[utoipa::path(
    operation_id = "updateApproval", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"1\""),
    ),
    request_body = Approval,
    responses((status = 200, description = "已修改", body = ApprovalWritten)),
)]
#[put("/api/v1/counties/{county}/approvals/{id}")]
pub async fn update_approval(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ApprovalId(number(&request, "id")?);
    let version = if_match(&request)?;
    let sent: Approval = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.update_approval(&caller, county, id, version, sent)).await?;
    let version = written.record.version;
    let view = ApprovalWritten { approval: written.record.into(), warnings: written.warnings };
    Ok(versioned(HttpResponse::Ok(), version, view))
}
