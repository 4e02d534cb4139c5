//! Frozen bases and the reports on them over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::frozen_bases::{FrozenBaseBody, FrozenFile, IssuedReport, Proof, ReportBody, StoredFrozen};
use crate::domain::instant::Instant;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::frozen::{FrozenKind, FrozenState};
use crate::domain::ledger::report::Report;
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, PlotId, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::problem::Problem;
use crate::http::proposals::StepBody;
use crate::http::{Service, blocking};

/// 考核基数
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenBaseView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本
    #[schema(minimum = 1)]
    pub version: i64,
    /// 种类
    pub kind: FrozenKind,
    /// 名称
    pub name: String,
    /// 截止日
    pub as_of: chrono::NaiveDate,
    /// 依据凭证号
    #[schema(minimum = 0)]
    pub known_seq: i64,
    /// 依据凭证的链式摘要
    #[schema(value_type = Digest)]
    pub head_hash: String,
    /// 基数面积,平方米
    pub area_m2: AreaM2,
    /// 任务面积,平方米
    pub task_m2: AreaM2,
    /// 任务文号
    pub task_number: String,
    /// 任务文件日期
    pub task_dated: chrono::NaiveDate,
    /// 清单摘要 — digest of the list of plots
    #[schema(value_type = Digest)]
    pub list_sha256: String,
    /// 状态
    pub state: FrozenState,
    /// 提出人
    pub proposer: UserId,
    /// 批准人
    pub approver: Option<UserId>,
    /// 提出时刻
    pub created_at: Instant,
    /// 最近变动时刻
    pub changed_at: Instant,
}

/// 基数中的地块
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenPlotView {
    /// 地块
    pub plot: PlotId,
    /// 面积,平方米
    pub area_m2: AreaM2,
    /// 乡镇街道代码 — as it was
    pub township: Option<i32>,
    /// 批准日期 — as it was
    pub approved_on: Option<chrono::NaiveDate>,
}

/// 考核基数及其清单
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenBaseFile {
    /// 基数
    pub base: FrozenBaseView,
    /// 清单
    pub plots: Vec<FrozenPlotView>,
}

/// 考核基数列表
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenBaseList {
    pub items: Vec<FrozenBaseView>,
}

/// 已出具的月报
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedReportView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i32,
    /// 月末
    pub month_end: chrono::NaiveDate,
    /// 依据凭证号
    #[schema(minimum = 0)]
    pub known_seq: i64,
    /// 摘要 — of the report's bytes
    #[schema(value_type = Digest)]
    pub sha256: String,
    /// 出具人
    pub issued_by: UserId,
    /// 出具时刻
    pub issued_at: Instant,
    /// 月报 — as it was issued
    #[schema(value_type = Report)]
    pub report: Box<RawValue>,
}

/// 已出具的月报列表
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedReportList {
    pub items: Vec<IssuedReportView>,
}

/// 月报核验 — whether its figures come out the same again, and what they are by now
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportProof {
    /// 是否一致 — byte for byte, from the vouchers that it names
    pub is_proved: bool,
    /// 已出具的月报
    pub issued: IssuedReportView,
    /// 按最新凭证的月报
    pub newest: Report,
}

impl From<StoredFrozen> for FrozenBaseView {
    fn from(base: StoredFrozen) -> Self {
        Self {
            id: base.id,
            version: base.version,
            kind: base.kind,
            name: base.name,
            as_of: base.as_of,
            known_seq: base.known_seq,
            head_hash: hex(&base.head_hash),
            area_m2: base.area,
            task_m2: base.task,
            task_number: base.task_number,
            task_dated: base.task_dated,
            list_sha256: hex(&base.sha256),
            state: base.state,
            proposer: base.proposer,
            approver: base.approver,
            created_at: Instant(base.created_at),
            changed_at: Instant(base.changed_at),
        }
    }
}

impl From<FrozenFile> for FrozenBaseFile {
    fn from(FrozenFile { base, plots }: FrozenFile) -> Self {
        let plot = |of: crate::app::frozen_bases::FrozenPlot| FrozenPlotView {
            plot: of.plot,
            area_m2: of.area,
            township: of.township,
            approved_on: of.approved_on,
        };
        Self { base: base.into(), plots: plots.into_iter().map(plot).collect() }
    }
}

impl From<IssuedReport> for IssuedReportView {
    fn from(issued: IssuedReport) -> Self {
        Self {
            n: issued.n,
            month_end: issued.month_end,
            known_seq: issued.known_seq,
            sha256: hex(&issued.sha256),
            issued_by: issued.issued_by,
            issued_at: Instant(issued.issued_at),
            report: RawValue::from_string(issued.body).unwrap_or_default(),
        }
    }
}

/// 提出考核基数 — freezes the balances of a day as known at a voucher, with the task
#[utoipa::path(
    operation_id = "proposeFrozenBase", tag = "statistics",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = FrozenBaseBody,
    responses((status = 201, description = "已提出,待批准", body = FrozenBaseFile)),
)]
#[post("/api/v1/counties/{county}/frozen-bases")]
pub async fn propose_frozen_base(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: FrozenBaseBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.propose_frozen_base(&caller, county, sent)).await?;
    Ok(HttpResponse::Created().json(FrozenBaseFile::from(file)))
}

/// 考核基数列表 — without their lists of plots
#[utoipa::path(
    operation_id = "listFrozenBases", tag = "statistics",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "考核基数", body = FrozenBaseList)),
)]
#[get("/api/v1/counties/{county}/frozen-bases")]
pub async fn list_frozen_bases(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let bases = blocking(move || app.frozen_bases(county)).await?;
    Ok(HttpResponse::Ok().json(FrozenBaseList { items: bases.into_iter().map(Into::into).collect() }))
}

/// 单个考核基数 — with its list of plots
#[utoipa::path(
    operation_id = "getFrozenBase", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "考核基数", body = FrozenBaseFile)),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}")]
pub async fn get_frozen_base(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let app = service.app.clone();
    let file = blocking(move || app.frozen_base(county, id)).await?;
    Ok(HttpResponse::Ok().json(FrozenBaseFile::from(file)))
}

/// Declares the two ways a proposed base can go.
macro_rules! settle {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $approves:literal) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "statistics",
            params(
                ("county" = County, Path, description = "县代码", example = "410183"),
                ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
            ),
            request_body = StepBody,
            responses((status = 200, description = "已办理", body = FrozenBaseFile)),
        )]
        #[post($path)]
        pub async fn $name(
            service: Data<Service>,
            request: HttpRequest,
            caller: Caller,
            body: JsonBytes,
        ) -> Result<HttpResponse, Problem> {
            let county: County = segment(&request, "county")?;
            let id: i64 = number(&request, "id")?;
            let body: StepBody = body.read()?;
            let app = service.app.clone();
            let at = (id, body.version);
            let file = blocking(move || app.settle_frozen_base(&caller, county, at, $approves)).await?;
            Ok(HttpResponse::Ok().json(FrozenBaseFile::from(file)))
        }
    };
}

settle!(
    /// 批准考核基数 — by another person than who proposed it
    approve_frozen_base, "approveFrozenBase", "/api/v1/counties/{county}/frozen-bases/{id}/approve", true
);
settle!(
    /// 撤回考核基数 — by who proposed it, before it is approved
    withdraw_frozen_base, "withdrawFrozenBase", "/api/v1/counties/{county}/frozen-bases/{id}/withdraw", false
);

/// 月报 — task, base, this month, total by measure and completion, as known at a voucher; nothing is kept
#[utoipa::path(
    operation_id = "getReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("year" = i64, Query, description = "年", minimum = 1949, maximum = 2149, example = 2026),
        ("month" = i64, Query, description = "月", minimum = 1, maximum = 12, example = 10),
        ("known_seq" = Option<i64>, Query, description = "依据凭证号 — the newest if left out", minimum = 0),
    ),
    responses((status = 200, description = "月报", body = Report)),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/report")]
pub async fn get_report(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let mut query = Query::of(&request);
    let mut small = |name| query.number(name, 1, 2149).and_then(|given| u32::try_from(given).ok()).unwrap_or(0);
    let (year, month) = (small("year"), small("month"));
    let asked = ReportBody { year, month, known_seq: query.number("known_seq", 0, i64::MAX) };
    query.finish(&["year", "month", "known_seq"])?;
    let app = service.app.clone();
    let report = blocking(move || app.frozen_report(county, id, &asked)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// 出具月报 — makes it and keeps it as it is, so that it can be proved later
#[utoipa::path(
    operation_id = "issueReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    request_body = ReportBody,
    responses((status = 201, description = "已出具", body = IssuedReportView)),
)]
#[post("/api/v1/counties/{county}/frozen-bases/{id}/reports")]
pub async fn issue_report(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let asked: ReportBody = body.read()?;
    let app = service.app.clone();
    let (issued, _) = blocking(move || app.issue_report(&caller, county, id, asked)).await?;
    Ok(HttpResponse::Created().json(IssuedReportView::from(issued)))
}

/// 已出具的月报 — the first first
#[utoipa::path(
    operation_id = "listReports", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "月报", body = IssuedReportList)),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/reports")]
pub async fn list_reports(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let app = service.app.clone();
    let reports = blocking(move || app.issued_reports(county, id)).await?;
    Ok(HttpResponse::Ok().json(IssuedReportList { items: reports.into_iter().map(Into::into).collect() }))
}

/// 核验月报 — makes an issued report again from the vouchers it names, and shows what it would be by now
#[utoipa::path(
    operation_id = "proveReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("n" = i64, Path, description = "月报序号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "核验结果", body = ReportProof)),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/reports/{n}/proof")]
pub async fn prove_report(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let n: i64 = number(&request, "n")?;
    let app = service.app.clone();
    let n = i32::try_from(n).unwrap_or(i32::MAX);
    let Proof { issued, is_proved, newest } = blocking(move || app.prove_report(county, id, n)).await?;
    Ok(HttpResponse::Ok().json(ReportProof { is_proved, issued: issued.into(), newest }))
}
