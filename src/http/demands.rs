//! 需求申报 over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::demands::{DemandPage, RecordedOpinion, StoredDemand};
use crate::domain::codes::{CodeGiven, CreditCode, TownshipCode};
use crate::domain::demand::{DemandBody, DemandFromPrecheck, DemandState, Department, Opinion, OpinionBody};
use crate::domain::finding::{Finding, Outcome};
use crate::domain::instant::Instant;
use crate::domain::precheck::body::LandKind;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, UserId};
use crate::domain::rules::case::{LandUse, Method};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, TableFormat, intake};
use crate::http::listing::{DemandOrder, PageMark, answer};
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, versioned};
use crate::http::{Service, blocking};

/// 部门意见
#[derive(Debug, Serialize, ToSchema)]
pub struct OpinionView {
    /// 部门
    pub department: Department,
    /// 意见
    pub opinion: Opinion,
    /// 内容
    pub content: Option<String>,
    /// 文号
    pub document_number: Option<String>,
    /// 意见日期
    pub dated: NaiveDate,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 需求申报
#[derive(Debug, Serialize, ToSchema)]
pub struct DemandView {
    /// 编号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 企业预审序号
    pub precheck: Option<i64>,
    /// 统一社会信用代码
    pub company_code: CreditCode,
    /// 企业名称
    pub company_name: String,
    /// 项目名称
    pub project_name: Option<String>,
    /// 行业代码
    pub industry_code: CodeGiven,
    /// 用地来源
    pub land_kind: LandKind,
    /// 土地用途
    pub land_use: LandUse,
    /// 需求面积,平方米
    pub area_m2: AreaM2,
    /// 乡镇街道代码
    pub township: Option<TownshipCode>,
    /// 供应方式
    pub method: Option<Method>,
    /// 希望取得用地的日期
    pub needed_by: Option<NaiveDate>,
    /// 状态
    pub state: DemandState,
    /// 备注
    pub remark: Option<String>,
    /// 预审结论
    pub outcome: Option<Outcome>,
    /// 预审各项结论 — as they were found
    #[schema(value_type = Option<Vec<Finding>>)]
    pub findings: Option<Box<RawValue>>,
    /// 部门意见 — in the order they were recorded
    pub opinions: Vec<OpinionView>,
    /// 尚未提出意见的部门
    pub waits_for: Vec<Department>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 需求申报列表
#[derive(Debug, Serialize, ToSchema)]
pub struct DemandList {
    pub items: Vec<DemandView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<RecordedOpinion> for OpinionView {
    fn from(recorded: RecordedOpinion) -> Self {
        let opinion = recorded.opinion;
        Self {
            department: opinion.department,
            opinion: opinion.opinion,
            content: opinion.content.map(|content| content.into_string()),
            document_number: opinion.document_number.map(|number| number.into_string()),
            dated: opinion.dated,
            recorded_at: Instant(recorded.recorded_at),
            recorded_by: recorded.recorded_by,
        }
    }
}

impl DemandView {
    /// In lists without the findings, which are long.
    fn of(record: StoredDemand, whole: bool) -> Result<Self, Problem> {
        let asked = |department: &Department| {
            !record.opinions.iter().any(|recorded| recorded.opinion.department == *department)
        };
        let waits_for = Department::ALL.iter().copied().filter(asked).collect();
        let findings = record.findings.filter(|_| whole);
        let findings = findings.map(|json| RawValue::from_string(json).map_err(Problem::internal)).transpose()?;
        let contents = record.contents;
        Ok(Self {
            id: record.id,
            version: record.version,
            precheck: contents.precheck,
            company_code: contents.company_code,
            company_name: contents.company_name.into_string(),
            project_name: contents.project_name.map(|name| name.into_string()),
            industry_code: contents.industry_code,
            land_kind: contents.land_kind,
            land_use: contents.land_use,
            area_m2: contents.area.get().m2(),
            township: contents.township,
            method: contents.method,
            needed_by: contents.needed_by,
            state: contents.state,
            remark: contents.remark.map(|remark| remark.into_string()),
            outcome: record.outcome,
            findings,
            opinions: record.opinions.into_iter().map(Into::into).collect(),
            waits_for,
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        })
    }
}

/// 预审转为需求 — makes a demand of a pre-check; a second time it answers the one that was made
#[utoipa::path(
    operation_id = "createDemandFromPrecheck", tag = "demands",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "企业预审序号", minimum = 1, example = 1),
    ),
    request_body = DemandFromPrecheck,
    responses(
        (status = 201, description = "已登记", body = DemandView),
        (status = 200, description = "此前已转为需求", body = DemandView),
    ),
)]
#[post("/api/v1/counties/{county}/prechecks/{id}/demand")]
pub async fn create_demand_from_precheck(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let added: DemandFromPrecheck = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.create_demand_from_precheck(&caller, county, id, added)).await?;
    let version = written.record.version;
    Ok(versioned(created(written.is_new), version, DemandView::of(written.record, true)?))
}

/// 登记需求 — a demand that came otherwise than by a pre-check
#[utoipa::path(
    operation_id = "createDemand", tag = "demands",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = DemandBody,
    responses((status = 201, description = "已登记", body = DemandView)),
)]
#[post("/api/v1/counties/{county}/demands")]
pub async fn create_demand(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: DemandBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.create_demand(&caller, county, sent)).await?;
    let version = written.record.version;
    Ok(versioned(created(written.is_new), version, DemandView::of(written.record, true)?))
}

/// 需求列表 — demands in the order of their numbers
#[utoipa::path(
    operation_id = "listDemands", tag = "demands",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<DemandOrder>), Query, style = Form, explode = false, description = "排序,如 needed_by,-area_m2 — columns in the order of their weight, - for descending; empty values come last"),
        ("state" = Option<DemandState>, Query, description = "状态"),
        ("company" = Option<CreditCode>, Query, description = "统一社会信用代码"),
        ("f" = Option<TableFormat>, Query, description = "格式"),
        ("unit" = Option<crate::domain::area::AreaUnit>, Query, description = "面积单位,用于文件"),
    ),
    responses((status = 200, description = "需求", content(
        (DemandList = "application/json"),
        (crate::http::export::ExportFile = "text/csv"),
        (crate::http::export::ListTotals = "application/vnd.dizhang.totals+json"),
        (crate::http::export::ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ))),
)]
#[get("/api/v1/counties/{county}/demands")]
pub async fn list_demands(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = DemandPage {
        at: query.place(),
        state: query.word("state"),
        company_code: query.word::<CreditCode>("company").map(|code| code.to_string()),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "state", "company", "f", "unit"])?;
    let app = service.app.clone();
    let (townships, at) = (app.clone(), page.at.clone());
    let columns = move || Ok(intake::demands(townships.townships(county)?));
    let fetch = move |at| app.demands(county, &DemandPage { at, ..page.clone() });
    let list = |rows: Vec<StoredDemand>, next| {
        let items = rows.into_iter().map(|row| DemandView::of(row, false)).collect::<Result<_, Problem>>()?;
        Ok(DemandList { items, next })
    };
    answer(export, ("需求申报", "demands"), county, at, columns, fetch, list).await
}

/// 单项需求 — with the findings of its pre-check and the opinions
#[utoipa::path(
    operation_id = "getDemand", tag = "demands",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "需求", body = DemandView)),
)]
#[get("/api/v1/counties/{county}/demands/{id}")]
pub async fn get_demand(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    let record = blocking(move || app.demand(county, id)).await?;
    Ok(versioned(HttpResponse::Ok(), record.version, DemandView::of(record, true)?))
}

/// 修改需求 — needs `If-Match`
#[utoipa::path(
    operation_id = "updateDemand", tag = "demands",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    request_body = DemandBody,
    responses((status = 200, description = "已修改", body = DemandView)),
)]
#[put("/api/v1/counties/{county}/demands/{id}")]
pub async fn update_demand(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let version = if_match(&request)?;
    let sent: DemandBody = body.read()?;
    let app = service.app.clone();
    let record = blocking(move || app.update_demand(&caller, county, id, version, sent)).await?;
    Ok(versioned(HttpResponse::Ok(), record.version, DemandView::of(record, true)?))
}

/// 登记部门意见 — item 15: the bureaux and the township are heard before a demand goes into the annual plans
#[utoipa::path(
    operation_id = "addDemandOpinion", tag = "demands",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    request_body = OpinionBody,
    responses(
        (status = 201, description = "已登记", body = DemandView),
        (status = 200, description = "此前已登记,内容相同", body = DemandView),
    ),
)]
#[post("/api/v1/counties/{county}/demands/{id}/opinions")]
pub async fn add_demand_opinion(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let sent: OpinionBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.add_demand_opinion(&caller, county, id, sent)).await?;
    let version = written.record.version;
    Ok(versioned(created(written.is_new), version, DemandView::of(written.record, true)?))
}
