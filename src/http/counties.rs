//! Counties and townships over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::counties::{CountyRecord, Township};
use crate::domain::area::AreaUnit;
use crate::domain::codes::TownshipCode;
use crate::domain::county::{CountyBody, Extent, TownshipBody};
use crate::domain::instant::Instant;
use crate::domain::region::County;
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::problem::Problem;
use crate::http::records::created;
use crate::http::{Service, blocking};

/// 范围 — the box that every polygon of the county lies in, in degrees
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtentView {
    /// 西界,经度
    pub west: String,
    /// 南界,纬度
    pub south: String,
    /// 东界,经度
    pub east: String,
    /// 北界,纬度
    pub north: String,
}

/// 县
#[derive(Debug, Serialize, ToSchema)]
pub struct CountyView {
    /// 县代码
    pub county: County,
    /// 名称
    pub name: String,
    /// 范围
    pub extent: ExtentView,
    /// 最新凭证号
    #[schema(minimum = 0)]
    pub head_seq: i64,
    /// 已结账至
    pub closed_through: Option<chrono::NaiveDate>,
    /// 建立时刻
    pub created_at: Instant,
}

/// 县列表
#[derive(Debug, Serialize, ToSchema)]
pub struct CountyList {
    pub items: Vec<CountyView>,
}

/// 乡镇街道
#[derive(Debug, Serialize, ToSchema)]
pub struct TownshipView {
    /// 乡级行政区划代码
    pub code: TownshipCode,
    /// 名称
    pub name: String,
    /// 是否官方代码
    pub is_official: bool,
}

/// 乡镇街道列表
#[derive(Debug, Serialize, ToSchema)]
pub struct TownshipList {
    pub items: Vec<TownshipView>,
}

impl From<CountyRecord> for CountyView {
    fn from(record: CountyRecord) -> Self {
        let Extent { west, south, east, north } = record.extent.into();
        let [west, south, east, north] = [west, south, east, north].map(|side| side.to_string());
        Self {
            county: record.county,
            name: record.name,
            extent: ExtentView { west, south, east, north },
            head_seq: record.head_seq,
            closed_through: record.closed_through,
            created_at: Instant(record.created_at),
        }
    }
}

impl From<Township> for TownshipView {
    fn from(township: Township) -> Self {
        Self { code: township.code, name: township.name, is_official: township.is_official }
    }
}

/// 县列表 — the counties that the caller may see
#[utoipa::path(
    operation_id = "listCounties", tag = "regions",
    responses((status = 200, description = "县", body = CountyList)),
)]
#[get("/api/v1/counties")]
pub async fn list_counties(service: Data<Service>, caller: Caller) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    let counties = blocking(move || app.counties(&caller)).await?;
    Ok(HttpResponse::Ok().json(CountyList { items: counties.into_iter().map(Into::into).collect() }))
}

/// 新建县 — begins the books of a county
///
/// Only an administrator whose code prefix covers the county may.
#[utoipa::path(
    operation_id = "createCounty", tag = "regions",
    request_body = CountyBody,
    responses(
        (status = 201, description = "已建立", body = CountyView),
        (status = 200, description = "此前已建立,内容相同", body = CountyView),
    ),
)]
#[post("/api/v1/counties")]
pub async fn create_county(service: Data<Service>, caller: Caller, body: JsonBytes) -> Result<HttpResponse, Problem> {
    let sent: CountyBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.create_county(&caller, sent)).await?;
    Ok(created(written.is_new).json(CountyView::from(written.record)))
}

/// 乡镇街道列表 — the townships of a county, by code
#[utoipa::path(
    operation_id = "listTownships", tag = "regions",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "乡镇街道",
        content((TownshipList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/townships")]
pub async fn list_townships(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let export = Export::of(&mut query, &request);
    query.finish(&["f", "unit"])?;
    let app = service.app.clone();
    let townships = blocking(move || app.townships(county)).await?;
    if let Some(export) = export {
        let scope = format!("-{county}");
        return export.answer_rows(("乡镇街道", "townships"), scope, || Ok(tables::townships()), townships, None).await;
    }
    Ok(HttpResponse::Ok().json(TownshipList { items: townships.into_iter().map(Into::into).collect() }))
}

/// 登记乡镇街道 — enters a township or renames it
#[utoipa::path(
    operation_id = "putTownship", tag = "regions",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("code" = TownshipCode, Path, description = "乡级行政区划代码", example = "410183106"),
    ),
    request_body = TownshipBody,
    responses(
        (status = 201, description = "已登记", body = TownshipView),
        (status = 200, description = "已更新", body = TownshipView),
    ),
)]
#[put("/api/v1/counties/{county}/townships/{code}")]
pub async fn put_township(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let code: TownshipCode = segment(&request, "code")?;
    let sent: TownshipBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.put_township(&caller, county, code, sent)).await?;
    Ok(created(written.is_new).json(TownshipView::from(written.record)))
}
