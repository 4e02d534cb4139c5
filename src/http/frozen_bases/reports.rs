//! 月报、年报 over HTTP: made, issued, proved, and handed out as workbooks.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::frozen_bases::{Issued, IssuedReport, Proof, ReportBody, YearBody};
use crate::domain::instant::Instant;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::report::{Report, ReportPeriod, YearReport};
use crate::domain::ledger::voucher::Digest;
use crate::domain::region::{County, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::papers::{Around, ReportFormat};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 已出具的报表
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedReportView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i32,
    /// 期间
    pub period: ReportPeriod,
    /// 期末 — last day of the month or year
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
    /// 月报 — as it was issued; none: it is one of a year
    #[schema(value_type = Option<Report>)]
    pub report: Option<Box<RawValue>>,
    /// 年报 — as it was issued; none: it is one of a month
    #[schema(value_type = Option<YearReport>)]
    pub year_report: Option<Box<RawValue>>,
}

/// 已出具的报表列表
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedReportList {
    pub items: Vec<IssuedReportView>,
}

/// 报表核验 — whether its figures come out the same again, and what they are by now
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportProof {
    /// 是否一致 — byte for byte, from the vouchers that it names
    pub is_proved: bool,
    /// 已出具的报表
    pub issued: IssuedReportView,
    /// 按最新凭证的月报
    pub newest: Option<Report>,
    /// 按最新凭证的年报
    pub newest_year: Option<YearReport>,
}

impl From<IssuedReport> for IssuedReportView {
    fn from(issued: IssuedReport) -> Self {
        let body = RawValue::from_string(issued.body).ok();
        let (report, year_report) = match issued.period {
            ReportPeriod::Month => (body, None),
            ReportPeriod::Year => (None, body),
        };
        Self {
            n: issued.n,
            period: issued.period,
            month_end: issued.month_end,
            known_seq: issued.known_seq,
            sha256: hex(&issued.sha256),
            issued_by: issued.issued_by,
            issued_at: Instant(issued.issued_at),
            report,
            year_report,
        }
    }
}

/// A whole number of the query that must be there.
fn small(query: &mut Query<'_>, name: &str, from: i64, to: i64) -> u32 {
    query.number(name, from, to).and_then(|given| u32::try_from(given).ok()).unwrap_or(0)
}

/// 月报 — task, base, this month, total by measure and completion, as known at a voucher; nothing is kept
#[utoipa::path(
    operation_id = "getReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("year" = i64, Query, description = "年", minimum = 1949, maximum = 2149, example = 2026),
        ("month" = i64, Query, description = "月", minimum = 1, maximum = 12, example = 10),
        ("known_seq" = Option<i64>, Query, description = "依据凭证号 — the newest if left out", minimum = 0),
        ("f" = Option<ReportFormat>, Query, description = "格式,默认 json;xlsx 为可上报的表 — laid out to be handed up"),
    ),
    responses((
        status = 200, description = "月报",
        content((Report = "application/json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/report")]
pub async fn get_report(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let mut query = Query::of(&request);
    let (year, month) = (small(&mut query, "year", 1, 2149), small(&mut query, "month", 1, 2149));
    let asked = ReportBody { year, month: Some(month), known_seq: query.number("known_seq", 0, i64::MAX) };
    let format = query.word("f").unwrap_or(ReportFormat::Json);
    query.finish(&["year", "month", "known_seq", "f"])?;
    let app = service.app.clone();
    if format == ReportFormat::Xlsx {
        let made = move || {
            let report = Issued::Month(Box::new(app.frozen_report(county, id, &asked)?));
            Around::of(&app, county, id).map(|around| (around, report))
        };
        let (around, report) = blocking(made).await?;
        return around.answer(&report);
    }
    let report = blocking(move || app.frozen_report(county, id, &asked)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// 年报 — task, base, this year by month, by measure, township, cohort and age, and completion, as known at a voucher; nothing is kept
#[utoipa::path(
    operation_id = "getYearReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("year" = i64, Query, description = "年", minimum = 1949, maximum = 2149, example = 2026),
        ("known_seq" = Option<i64>, Query, description = "依据凭证号 — the newest if left out", minimum = 0),
        ("f" = Option<ReportFormat>, Query, description = "格式,默认 json;xlsx 为可上报的表 — laid out to be handed up"),
    ),
    responses((
        status = 200, description = "年报",
        content((YearReport = "application/json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/year-report")]
pub async fn get_year_report(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let mut query = Query::of(&request);
    let year = i32::try_from(small(&mut query, "year", 1949, 2149)).unwrap_or(0);
    let asked = YearBody { year, known_seq: query.number("known_seq", 0, i64::MAX) };
    let format = query.word("f").unwrap_or(ReportFormat::Json);
    query.finish(&["year", "known_seq", "f"])?;
    let app = service.app.clone();
    if format == ReportFormat::Xlsx {
        let made = move || {
            let report = Issued::Year(Box::new(app.frozen_year_report(county, id, asked)?));
            Around::of(&app, county, id).map(|around| (around, report))
        };
        let (around, report) = blocking(made).await?;
        return around.answer(&report);
    }
    let report = blocking(move || app.frozen_year_report(county, id, asked)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// 出具报表 — makes the report of a month, or of a year if no month is given, and keeps it as it is, so that it can be proved later
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
    let issued = blocking(move || app.issue_report(&caller, county, id, asked)).await?;
    Ok(HttpResponse::Created().json(IssuedReportView::from(issued)))
}

/// 已出具的报表 — the first first
#[utoipa::path(
    operation_id = "listReports", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
    ),
    responses((
        status = 200, description = "报表",
        content((IssuedReportList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/reports")]
pub async fn list_reports(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let mut query = Query::of(&request);
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["f"])?;
    let app = service.app.clone();
    let reports = blocking(move || app.issued_reports(county, id)).await?;
    let items: Vec<IssuedReportView> = reports.into_iter().map(Into::into).collect();
    if let Some(export) = export {
        let (name, scope) = (("已出具报表", "reports"), format!("-{county}-{id}"));
        return export.answer_rows(name, scope, || Ok(office::reports()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(IssuedReportList { items }))
}

/// 单份已出具的报表 — as it was issued, also as a workbook
#[utoipa::path(
    operation_id = "getIssuedReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("n" = i64, Path, description = "报表序号", minimum = 1, example = 1),
        ("f" = Option<ReportFormat>, Query, description = "格式,默认 json;xlsx 为可上报的表 — laid out to be handed up"),
    ),
    responses((
        status = 200, description = "报表",
        content((IssuedReportView = "application/json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/reports/{n}")]
pub async fn get_issued_report(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let n = i32::try_from(number(&request, "n")?).unwrap_or(i32::MAX);
    let mut query = Query::of(&request);
    let format = query.word("f").unwrap_or(ReportFormat::Json);
    query.finish(&["f"])?;
    let app = service.app.clone();
    if format == ReportFormat::Xlsx {
        let read = move || {
            let report = Issued::read(&app.issued_report(county, id, n)?)?;
            Ok::<_, AppError>((Around::of(&app, county, id)?, report))
        };
        let (around, report) = blocking(read).await?;
        return around.answer(&report);
    }
    let issued = blocking(move || app.issued_report(county, id, n)).await?;
    Ok(HttpResponse::Ok().json(IssuedReportView::from(issued)))
}

/// 核验报表 — makes an issued report again from the vouchers it names, and shows what it would be by now
#[utoipa::path(
    operation_id = "proveReport", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("n" = i64, Path, description = "报表序号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "核验结果", body = ReportProof)),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/reports/{n}/proof")]
pub async fn prove_report(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let n = i32::try_from(number(&request, "n")?).unwrap_or(i32::MAX);
    let app = service.app.clone();
    let Proof { issued, is_proved, newest } = blocking(move || app.prove_report(county, id, n)).await?;
    let (newest, newest_year) = match newest {
        Issued::Month(report) => (Some(*report), None),
        Issued::Year(report) => (None, Some(*report)),
    };
    Ok(HttpResponse::Ok().json(ReportProof { is_proved, issued: issued.into(), newest, newest_year }))
}
