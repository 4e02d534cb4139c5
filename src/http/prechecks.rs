//! 企业预审 over HTTP: asked and fetched by anybody, read and carried on by staff.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::prechecks::{KeptContact, PrecheckHead, PrecheckPage, Source, StoredPrecheck, read_reference};
use crate::domain::codes::{CodeGiven, CreditCode, TownshipCode};
use crate::domain::finding::Outcome;
use crate::domain::geometry::text::GeometryText;
use crate::domain::instant::Instant;
use crate::domain::precheck::PrecheckBody;
use crate::domain::precheck::body::{Contact, LandKind};
use crate::domain::precheck::decide::Answer;
use crate::domain::quantity::AreaM2;
use crate::domain::reference::{Bound, Indicator, Industry};
use crate::domain::region::County;
use crate::domain::rules::case::{LandUse, Method};
use crate::domain::text::Text;
use crate::http::body::{FileBytes, JsonBytes, Query, number, segment};
use crate::http::export::{Export, PAGE, TableFormat, intake};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::records::{created, geometry};
use crate::http::{Service, blocking};

/// A body or an outline is read up to this many bytes.
const BODY_MAX: usize = 1 << 20;
/// Industries of one answer.
const INDUSTRIES: usize = 50;

/// 企业预审结果 — what was asked and answered; the contact is never among it
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecheckView {
    /// 预审编号 — to fetch it again; nobody can guess it
    #[schema(example = "410183-7KQ2-M9XW-4BTC-6RHV")]
    pub reference: String,
    /// 提交时刻
    pub recorded_at: Instant,
    /// 填报内容
    #[schema(value_type = PrecheckBody)]
    pub body: Box<RawValue>,
    /// 结论
    #[schema(value_type = Answer)]
    pub answer: Box<RawValue>,
}

/// 企业预审摘要
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecheckSummary {
    /// 序号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub id: i64,
    /// 预审编号
    pub reference: String,
    /// 统一社会信用代码
    #[schema(value_type = CreditCode)]
    pub company_code: String,
    /// 企业名称
    pub company_name: String,
    /// 项目名称
    pub project_name: Option<String>,
    /// 行业代码
    pub industry_code: String,
    /// 用地来源
    pub land_kind: LandKind,
    /// 土地用途
    pub land_use: LandUse,
    /// 面积,平方米
    pub area_m2: AreaM2,
    /// 乡镇街道代码
    pub township: Option<TownshipCode>,
    /// 供应方式
    pub method: Option<Method>,
    /// 希望取得用地的日期
    pub needed_by: Option<NaiveDate>,
    /// 结论
    pub outcome: Outcome,
    /// 适用日期
    pub on: NaiveDate,
    /// 提交时刻
    pub recorded_at: Instant,
}

/// 企业预审列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecheckList {
    pub items: Vec<PrecheckSummary>,
    /// 下一页 — the `before` of the next page; none at the end
    pub next: Option<i64>,
}

/// 企业预审(工作人员) — with the contact, for those who work on it
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecheckFile {
    /// 摘要
    pub summary: PrecheckSummary,
    /// 填报内容
    #[schema(value_type = PrecheckBody)]
    pub body: Box<RawValue>,
    /// 结论
    #[schema(value_type = Answer)]
    pub answer: Box<RawValue>,
    /// 联系人 — none: not given, erased, or not for the one who asks
    #[schema(value_type = Option<Contact>)]
    pub contact: Option<Box<RawValue>>,
    /// 联系人清除日期
    pub erase_on: Option<NaiveDate>,
}

/// 界址文件内容 — GeoJSON or boundary points (TXT)
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "{\"type\":\"Polygon\",\"coordinates\":[[[113.55,34.6],[113.5515,34.6],[113.5515,34.6012],[113.55,34.6012],[113.55,34.6]]]}"
)]
pub struct OutlineContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 读取时的处理
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlineRepair {
    /// 行号
    #[schema(minimum = 1)]
    pub line: u64,
    /// 说明
    pub message: Text,
}

/// 读取的图形 — to be put into a pre-check
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlineView {
    /// 图形
    #[schema(value_type = GeometryText)]
    pub polygon: Box<RawValue>,
    /// 平面面积,平方米
    pub area_m2: AreaM2,
    /// 测量坐标系 — that of `rings`
    #[schema(example = "EPSG:4547")]
    pub crs: String,
    /// 测量坐标 — of each ring (outer ring first, part after part) east and north in metres, to the millimetre
    pub rings: Vec<Vec<[String; 2]>>,
    /// 已修复之处 — of a file of boundary points
    pub repairs: Vec<OutlineRepair>,
}

/// 行业列表
#[derive(Debug, Serialize, ToSchema)]
pub struct IndustryList {
    pub items: Vec<Industry>,
}

/// 乡镇街道
#[derive(Debug, Serialize, ToSchema)]
pub struct FormTownship {
    /// 代码
    pub code: TownshipCode,
    /// 名称
    pub name: String,
}

/// 标准地控制指标
#[derive(Debug, Serialize, ToSchema)]
pub struct FormIndicator {
    /// 指标
    pub indicator: Indicator,
    /// 指标名称
    pub name: Text,
    /// 界限方向
    pub bound: Bound,
    /// 控制值
    #[schema(example = "300.0000")]
    pub value: String,
    /// 计量单位
    pub unit: String,
}

/// 预审表单 — what a form needs to know of the county
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecheckForm {
    /// 县代码
    pub county: County,
    /// 县名称
    pub name: String,
    /// 乡镇街道
    pub townships: Vec<FormTownship>,
    /// 是否已载入限制、禁止目录
    pub has_catalogue: bool,
    /// 是否已载入标准地控制指标
    pub has_standard_land: bool,
    /// 该行业的标准地控制指标 — where an industry was given
    pub indicators: Vec<FormIndicator>,
    /// 联系人信息保存天数
    pub contact_retention_days: u32,
    /// 测量坐标系 — in which outlines may be drawn
    #[schema(example = "EPSG:4547")]
    pub crs: Option<String>,
    /// 县域中心 — east and north in metres of `crs`
    pub centre: Option<[String; 2]>,
}

/// 县 — a county that takes pre-checks
#[derive(Debug, Serialize, ToSchema)]
pub struct FormCounty {
    /// 县代码
    pub county: County,
    /// 县名称
    pub name: String,
}

/// 县列表
#[derive(Debug, Serialize, ToSchema)]
pub struct FormCountyList {
    pub items: Vec<FormCounty>,
}

/// A point of the grid in metres.
fn metres(point: crate::domain::geometry::grid::GridPoint) -> [String; 2] {
    [point.x, point.y].map(|millimetres| crate::domain::exact::decimal_text(millimetres.into(), 3))
}

fn raw(json: String) -> Result<Box<RawValue>, Problem> {
    RawValue::from_string(json).map_err(Problem::internal)
}

impl PrecheckView {
    fn of(stored: StoredPrecheck) -> Result<Self, Problem> {
        Ok(Self {
            reference: stored.head.reference,
            recorded_at: Instant(stored.head.recorded_at),
            body: raw(stored.body)?,
            answer: raw(stored.answer)?,
        })
    }
}

impl From<PrecheckHead> for PrecheckSummary {
    fn from(head: PrecheckHead) -> Self {
        Self {
            id: head.id,
            reference: head.reference,
            company_code: head.company_code,
            company_name: head.company_name,
            project_name: head.project_name,
            industry_code: head.industry_code,
            land_kind: head.land_kind,
            land_use: head.land_use,
            area_m2: head.area,
            township: head.township,
            method: head.method,
            needed_by: head.needed_by,
            outcome: head.outcome,
            on: head.on,
            recorded_at: Instant(head.recorded_at),
        }
    }
}

/// 企业预审 — every rule that applies to a project, with the least change that would make each finding pass
///
/// No account is needed. Prices are those the caller types or an announcement has published; nothing stored is read. What is
/// wrong is told all at once and nothing is written; footprints that reach out of the parcel or lie on each other are shown
/// in `offending_geometry`. The same body on the same day answers as before (200). An address may send so many a day as the
/// operator allows (429). 自查结果,不构成审批或供地承诺。
#[utoipa::path(
    operation_id = "createPrecheck", tag = "prechecks",
    request_body = PrecheckBody,
    responses(
        (status = 201, description = "已预审", body = PrecheckView),
        (status = 200, description = "内容相同的预审此前已提交", body = PrecheckView),
    ),
)]
#[post("/api/v1/prechecks")]
pub async fn create_precheck(
    service: Data<Service>,
    request: HttpRequest,
    body: JsonBytes<BODY_MAX>,
) -> Result<HttpResponse, Problem> {
    body.well_formed()?;
    let address = service.caller_address(&request).map_or_else(String::new, |address| address.to_string());
    let source = Source { address, per_day: service.prechecks_per_day() };
    let bytes = body.0.to_vec();
    let app = service.app.clone();
    let written = blocking(move || app.create_precheck(bytes, source)).await?;
    Ok(created(written.is_new).json(PrecheckView::of(written.record)?))
}

/// 查询预审 — a pre-check by its reference
#[utoipa::path(
    operation_id = "getPrecheck", tag = "prechecks",
    params(("reference" = String, Path, description = "预审编号", example = "410183-7KQ2-M9XW-4BTC-6RHV")),
    responses((status = 200, description = "企业预审", body = PrecheckView)),
)]
#[get("/api/v1/prechecks/{reference}")]
pub async fn get_precheck(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let given = request.match_info().query("reference");
    let (county, reference) =
        read_reference(given).map_err(|text| Problem::new(crate::http::problem::Kind::NotFound, text))?;
    let app = service.app.clone();
    let found = blocking(move || app.precheck_by_reference(county, &reference)).await?;
    Ok(HttpResponse::Ok().json(PrecheckView::of(found)?))
}

/// 读取界址文件 — an outline out of GeoJSON or boundary points (TXT, UTF-8 or GBK), measured; nothing is kept
#[utoipa::path(
    operation_id = "readOutline", tag = "prechecks",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body(content = OutlineContent, content_type = "text/plain"),
    responses((status = 200, description = "图形", body = OutlineView)),
)]
#[post("/api/v1/outlines/{county}")]
pub async fn read_outline(
    service: Data<Service>,
    request: HttpRequest,
    body: FileBytes<BODY_MAX>,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let outline = blocking(move || app.read_outline(county, &body.content)).await?;
    let repair = |(line, message): (usize, Text)| OutlineRepair { line: line as u64, message };
    Ok(HttpResponse::Ok().json(OutlineView {
        polygon: geometry(&outline.polygon.lonlat),
        area_m2: outline.polygon.area,
        crs: format!("EPSG:{}", outline.polygon.zone.epsg()),
        rings: outline
            .polygon
            .grid
            .parts()
            .iter()
            .flat_map(|part| part.rings())
            .map(|ring| ring.iter().copied().map(metres).collect())
            .collect(),
        repairs: outline.repairs.into_iter().map(repair).collect(),
    }))
}

/// 行业代码查询 — industries by code or words, at most 50; those the county has loaded beside the shipped divisions
#[utoipa::path(
    operation_id = "searchIndustries", tag = "prechecks",
    params(
        ("q" = Option<String>, Query, description = "代码开头或名称中的文字", min_length = 1, max_length = 50),
        ("county" = Option<County>, Query, description = "县代码"),
    ),
    responses((status = 200, description = "行业", body = IndustryList)),
)]
#[get("/api/v1/industries")]
pub async fn search_industries(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let words = query.line::<50>("q").unwrap_or_default();
    let county = query.word::<County>("county");
    query.finish(&["q", "county"])?;
    let app = service.app.clone();
    let items = blocking(move || app.search_industries(county, &words, INDUSTRIES)).await?;
    Ok(HttpResponse::Ok().json(IndustryList { items }))
}

/// 可预审的县 — the counties kept here, for a form
#[utoipa::path(
    operation_id = "listPrecheckCounties", tag = "prechecks",
    responses((status = 200, description = "县", body = FormCountyList)),
)]
#[get("/api/v1/precheck-forms")]
pub async fn list_precheck_counties(service: Data<Service>) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    let counties = blocking(move || app.precheck_counties()).await?;
    let items = counties.into_iter().map(|(county, name)| FormCounty { county, name }).collect();
    Ok(HttpResponse::Ok().json(FormCountyList { items }))
}

/// 预审表单 — townships, the indicators of an industry, and what the county has loaded
#[utoipa::path(
    operation_id = "getPrecheckForm", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("industry" = Option<CodeGiven>, Query, description = "行业代码"),
    ),
    responses((status = 200, description = "表单", body = PrecheckForm)),
)]
#[get("/api/v1/precheck-forms/{county}")]
pub async fn get_precheck_form(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let industry = query.word::<CodeGiven>("industry");
    query.finish(&["industry"])?;
    let app = service.app.clone();
    let form = blocking(move || app.precheck_form(county, industry)).await?;
    let indicators = form.indicators.into_iter().map(|row| FormIndicator {
        indicator: row.indicator,
        name: Text::fixed(row.indicator.zh(), row.indicator.en()),
        bound: row.bound,
        value: row.value.get().to_string(),
        unit: row.unit.into_string(),
    });
    Ok(HttpResponse::Ok().json(PrecheckForm {
        county,
        name: form.name,
        townships: form
            .townships
            .into_iter()
            .map(|found| FormTownship { code: found.code, name: found.name })
            .collect(),
        has_catalogue: form.has_catalogue,
        has_standard_land: form.has_standard_land,
        indicators: indicators.collect(),
        contact_retention_days: form.retention_days,
        crs: form.zone.map(|zone| format!("EPSG:{}", zone.epsg())),
        centre: form.centre.map(metres),
    }))
}

/// 企业预审列表 — the intake, the newest first
#[utoipa::path(
    operation_id = "listPrechecks", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("before" = Option<i64>, Query, description = "此序号之前", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("company" = Option<CreditCode>, Query, description = "统一社会信用代码"),
        ("outcome" = Option<Outcome>, Query, description = "结论"),
        ("from" = Option<NaiveDate>, Query, description = "从此日起"),
        ("until" = Option<NaiveDate>, Query, description = "至此日止"),
        ("f" = Option<TableFormat>, Query, description = "格式"),
        ("unit" = Option<crate::domain::area::AreaUnit>, Query, description = "面积单位,用于文件"),
    ),
    responses((status = 200, description = "企业预审", content(
        (PrecheckList = "application/json"),
        (crate::http::export::ExportFile = "text/csv"),
        (crate::http::export::ListTotals = "application/vnd.dizhang.totals+json"),
        (crate::http::export::ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ))),
)]
#[get("/api/v1/counties/{county}/prechecks")]
pub async fn list_prechecks(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = PrecheckPage {
        before: query.number("before", 0, i64::MAX).unwrap_or(0),
        limit: query.limit(),
        company_code: query.word::<CreditCode>("company").map(|code| code.to_string()),
        outcome: query.word("outcome"),
        from: query.day("from"),
        until: query.day("until"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["before", "limit", "company", "outcome", "from", "until", "f", "unit"])?;
    let app = service.app.clone();
    if let Some(export) = export {
        // The newest first: what comes after a row has a smaller number.
        let fetch = move |after: i64| {
            let before = if after == 0 { page.before } else { i64::MAX - after };
            app.prechecks(county, &PrecheckPage { before, limit: PAGE, ..page.clone() })
        };
        let scope = format!("-{county}");
        let key = |row: &PrecheckHead| i64::MAX - row.id;
        return export
            .answer(("企业预审", "prechecks"), scope, || Ok::<_, AppError>(intake::prechecks()), fetch, key)
            .await;
    }
    let limit = page.limit;
    let rows = blocking(move || app.prechecks(county, &page)).await?;
    let next = (rows.len() as i64 == limit).then(|| rows.last().map(|row| row.id)).flatten();
    Ok(HttpResponse::Ok().json(PrecheckList { items: rows.into_iter().map(Into::into).collect(), next }))
}

/// 单份企业预审 — with its contact, for those who work on it
#[utoipa::path(
    operation_id = "getPrecheckFile", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "序号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "企业预审", body = PrecheckFile)),
)]
#[get("/api/v1/counties/{county}/prechecks/{id}")]
pub async fn get_precheck_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let sees = sees_holders(&caller, county);
    let app = service.app.clone();
    let (found, contact) = blocking(move || app.precheck(county, id)).await?;
    let contact: Option<KeptContact> = contact.filter(|_| sees);
    let erase_on = contact.as_ref().map(|contact| contact.erase_on);
    Ok(HttpResponse::Ok().json(PrecheckFile {
        summary: found.head.into(),
        body: raw(found.body)?,
        answer: raw(found.answer)?,
        contact: contact.map(|contact| raw(contact.contact)).transpose()?,
        erase_on,
    }))
}

/// 清除联系人 — erases who is behind a pre-check before its day; everything else stays
#[utoipa::path(
    operation_id = "erasePrecheckContact", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "序号", minimum = 1, example = 1),
    ),
    responses((status = 204, description = "已清除,或本来没有")),
)]
#[delete("/api/v1/counties/{county}/prechecks/{id}/contact")]
pub async fn erase_precheck_contact(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    blocking(move || app.erase_precheck_contact(&caller, county, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
