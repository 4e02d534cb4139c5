//! Parcels over HTTP.

pub mod view;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::parcels::ParcelPage;
use crate::domain::area::AreaUnit;
use crate::domain::codes::CreditCode;
use crate::domain::ledger::kind::Role;
use crate::domain::parcel::ParcelProperties;
use crate::domain::record::Warning;
use crate::domain::region::{County, ParcelId, ProjectId};
use crate::formats::drawn::{Drawn, drawn_body};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, tables};
use crate::http::listing::{self, PageMark, ParcelOrder};
use crate::http::problem::Problem;
use crate::http::records::{Format, created, features, if_match, tried, versioned};
use crate::http::{Service, blocking};

use view::{ParcelFeatureCollection, ParcelList, ParcelView};

drawn_body!(
    /// 宗地及图形 — the members of a record and its polygon
    ParcelBody of ParcelProperties
);

/// 宗地及提示 — a parcel as it was written, with what should be looked into
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelWritten {
    /// 宗地
    pub parcel: ParcelView,
    /// 提示
    pub warnings: Vec<Warning>,
}

/// Whether the caller works on the books and so may see who holds a parcel, which may be a natural person.
pub fn sees_holders(caller: &Caller, county: County) -> bool {
    caller.has_any(&[Role::Clerk, Role::Reviewer, Role::Approver, Role::Auditor], county)
}

/// 录入宗地 — enters a parcel, with or without its polygon
///
/// Sending the same parcel again answers as before (200); the same code with other contents is refused (409).
#[utoipa::path(
    operation_id = "createParcel", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    request_body = ParcelBody,
    responses(
        (status = 201, description = "已录入", body = ParcelWritten),
        (status = 200, description = "此前已录入,内容相同", body = ParcelWritten),
    ),
)]
#[post("/api/v1/counties/{county}/parcels")]
pub async fn create_parcel(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: Drawn<ParcelProperties> = body.read()?;
    let holders = sees_holders(&caller, county);
    let (app, dry_run) = tried(&service, &request)?;
    let written = blocking(move || app.create_parcel(&caller, county, sent)).await?;
    let version = written.record.parcel.record.version;
    let view = ParcelWritten { parcel: ParcelView::of(written.record, holders), warnings: written.warnings };
    Ok(versioned(created(written.is_new && !dry_run), version, view))
}

/// 宗地列表 — parcels in the order of their ids, as JSON or GeoJSON
#[utoipa::path(
    operation_id = "listParcels", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<ParcelOrder>), Query, style = Form, explode = false, description = "排序,如 -area_m2,code — columns in the order of their weight, - for descending; empty values come last"),
        ("project" = Option<i64>, Query, description = "用地项目编号", minimum = 1),
        ("holder_code" = Option<CreditCode>, Query, description = "使用权人的统一社会信用代码"),
        ("mapped" = Option<bool>, Query, description = "是否已落图 — with or without a polygon"),
        ("code_prefix" = Option<String>, Query, description = "宗地编号以此开头", min_length = 1, max_length = 50),
        ("geometry" = Option<bool>, Query, description = "是否带图形 — with polygons; GeoJSON always has them"),
        ("f" = Option<Format>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "宗地",
        content((ParcelList = "application/json"), (ParcelFeatureCollection = "application/geo+json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/parcels")]
pub async fn list_parcels(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = ParcelPage {
        at: query.place(),
        project: query.id("project").map(ProjectId),
        holder_code: query.word::<CreditCode>("holder_code").map(|code| code.to_string()),
        mapped: query.switch("mapped"),
        code_prefix: query.line::<50>("code_prefix"),
    };
    let geometry = query.flag("geometry");
    let format = query.word("f");
    let export = Export::of_format(format, &mut query, &request);
    let format = format.unwrap_or(Format::Json);
    query.finish(&[
        "after",
        "limit",
        "sortby",
        "project",
        "holder_code",
        "mapped",
        "code_prefix",
        "geometry",
        "f",
        "unit",
    ])?;
    let app = service.app.clone();
    if let Some(export) = export {
        let (names, holders) = (app.clone(), sees_holders(&caller, county));
        let columns = move || names.labels(county).map(|labels| tables::parcels(labels, holders));
        let at = page.at.clone();
        let fetch = move |at| app.parcels(county, &ParcelPage { at, ..page.clone() }, false);
        return export.answer_list(("宗地", "parcels"), county, columns, &at, fetch).await;
    }
    let (polygons, at) = (geometry || format == Format::Geojson, page.at.clone());
    let fetch = move |at| app.parcels(county, &ParcelPage { at, ..page.clone() }, polygons);
    let (rows, next) = listing::page(at, fetch).await?;
    let holders = sees_holders(&caller, county);
    Ok(match format {
        Format::Json | Format::Csv | Format::Xlsx | Format::Totals => {
            let items = rows.into_iter().map(|row| ParcelView::of(row, holders)).collect();
            HttpResponse::Ok().json(ParcelList { items, next })
        }
        Format::Geojson => features(ParcelFeatureCollection::of(rows, next)),
    })
}

/// 单宗宗地 — one parcel with its polygon
#[utoipa::path(
    operation_id = "getParcel", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "宗地", body = ParcelView)),
)]
#[get("/api/v1/counties/{county}/parcels/{id}")]
pub async fn get_parcel(service: Data<Service>, request: HttpRequest, caller: Caller) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ParcelId(number(&request, "id")?);
    let app = service.app.clone();
    let parcel = blocking(move || app.parcel(county, id)).await?;
    let version = parcel.parcel.record.version;
    Ok(versioned(HttpResponse::Ok(), version, ParcelView::of(parcel, sees_holders(&caller, county))))
}

/// 修改宗地 — replaces what is recorded of a parcel
///
/// A polygon that is sent and differs makes a new version of it; left out, it stays.
#[utoipa::path(
    operation_id = "updateParcel", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"1\""),
    ),
    request_body = ParcelBody,
    responses((status = 200, description = "已修改", body = ParcelWritten)),
)]
#[put("/api/v1/counties/{county}/parcels/{id}")]
pub async fn update_parcel(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ParcelId(number(&request, "id")?);
    let version = if_match(&request)?;
    let sent: Drawn<ParcelProperties> = body.read()?;
    let holders = sees_holders(&caller, county);
    let (app, _) = tried(&service, &request)?;
    let written = blocking(move || app.update_parcel(&caller, county, id, version, sent)).await?;
    let version = written.record.parcel.record.version;
    let view = ParcelWritten { parcel: ParcelView::of(written.record, holders), warnings: written.warnings };
    Ok(versioned(HttpResponse::Ok(), version, view))
}
