//! Approvals over HTTP.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::approvals::{ApprovalPage, Entry, StoredApproval};
use crate::app::caller::Caller;
use crate::domain::approval::{Approval, ApprovalKind};
use crate::domain::area::AreaUnit;
use crate::domain::composition::CompositionView;
use crate::domain::instant::Instant;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Warning;
use crate::domain::region::{ApprovalId, County, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{ApprovalOrder, PageMark, answer};
use crate::http::problem::Problem;
use crate::http::proposals::ProposalSummary;
use crate::http::records::{created, if_match, tried, versioned};
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
    pub next: Option<String>,
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
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
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
    let (app, dry_run) = tried(&service, &request)?;
    let written = blocking(move || app.create_approval(&caller, county, sent)).await?;
    let version = written.record.version;
    let view = ApprovalWritten { approval: written.record.into(), warnings: written.warnings };
    Ok(versioned(created(written.is_new && !dry_run), version, view))
}

/// 用地批文列表 — approvals in the order of their ids
#[utoipa::path(
    operation_id = "listApprovals", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<ApprovalOrder>), Query, style = Form, explode = false, description = "排序,如 -area_m2,number — columns in the order of their weight, - for descending; empty values come last"),
        ("kind" = Option<ApprovalKind>, Query, description = "批次类型"),
        ("from" = Option<chrono::NaiveDate>, Query, description = "批准日期不早于"),
        ("until" = Option<chrono::NaiveDate>, Query, description = "批准日期不晚于"),
        ("number_prefix" = Option<String>, Query, description = "批准文号以此开头", min_length = 1, max_length = 100),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "用地批文",
        content((ApprovalList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/approvals")]
pub async fn list_approvals(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = ApprovalPage {
        at: query.place(),
        kind: query.word("kind"),
        from: query.day("from"),
        until: query.day("until"),
        number_prefix: query.line::<100>("number_prefix"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "kind", "from", "until", "number_prefix", "f", "unit"])?;
    let app = service.app.clone();
    let at = page.at.clone();
    let fetch = move |at| app.approvals(county, &ApprovalPage { at, ..page.clone() });
    let list =
        |rows: Vec<StoredApproval>, next| Ok(ApprovalList { items: rows.into_iter().map(Into::into).collect(), next });
    answer(export, ("用地批文", "approvals"), county, at, || Ok(tables::approvals()), fetch, list).await
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

/// 整批入账结果 — what was proposed to bring an approval's plots onto the books
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalEntry {
    /// 待批凭证 — each of at most 20,000 plots
    pub proposals: Vec<ProposalSummary>,
    /// 地块数
    #[schema(minimum = 1)]
    pub plots: usize,
    /// 面积合计,平方米 — the recorded areas of those plots
    pub area_m2: AreaM2,
}

/// 整批入账 — proposes the vouchers that bring all plots of an approval onto the books
///
/// Number, authority and day are those of the approval, the areas those recorded of the plots. Plots that are on the books
/// or stand in a proposal already are left out; where none is left the request is refused (409). Another person approves
/// the proposals as any other.
#[utoipa::path(
    operation_id = "proposeApprovalEntry", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    responses(
        (status = 202, description = "已提交,待审批", body = ApprovalEntry),
        (status = 200, description = "试运行的结果", body = ApprovalEntry),
    ),
)]
#[post("/api/v1/counties/{county}/approvals/{id}/entry")]
pub async fn propose_approval_entry(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ApprovalId(number(&request, "id")?);
    let (app, dry_run) = tried(&service, &request)?;
    let Entry { proposals, plots, area } = blocking(move || app.propose_entry(&caller, county, id)).await?;
    let view = ApprovalEntry { proposals: proposals.into_iter().map(Into::into).collect(), plots, area_m2: area };
    let status = if dry_run { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok(HttpResponse::build(status).json(view))
}

/// 修改用地批文 — replaces what is recorded of an approval
///
/// The day of an approval stays while vouchers of its plots rest on it (409): they are taken back by corrections first.
#[utoipa::path(
    operation_id = "updateApproval", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
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
    let (app, _) = tried(&service, &request)?;
    let written = blocking(move || app.update_approval(&caller, county, id, version, sent)).await?;
    let version = written.record.version;
    let view = ApprovalWritten { approval: written.record.into(), warnings: written.warnings };
    Ok(versioned(HttpResponse::Ok(), version, view))
}
