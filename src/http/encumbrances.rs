//! 抵押、查封 over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::encumbrances::{EncumbranceEvent, EncumbrancePage, StoredEncumbrance};
use crate::domain::area::AreaUnit;
use crate::domain::encumbrance::{EncumbranceAction, EncumbranceBody, EncumbranceEventBody, EncumbranceKind};
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::region::{County, ParcelId, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::listing::{EncumbranceOrder, PageMark, answer};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::records::created;
use crate::http::{Service, blocking};

/// 权利负担事项
#[derive(Debug, Serialize, ToSchema)]
pub struct EncumbranceEventView {
    /// 事项
    pub action: EncumbranceAction,
    /// 同意或告知的行为
    pub consents_to: Option<Kind>,
    /// 文号
    pub document_number: String,
    /// 出具机关或出具人
    pub document_authority: String,
    /// 文件日期
    pub dated: NaiveDate,
    /// 新的届满日
    pub until: Option<NaiveDate>,
    /// 附件
    #[schema(value_type = Vec<Digest>)]
    pub attachments: Vec<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 抵押或查封
#[derive(Debug, Serialize, ToSchema)]
pub struct EncumbranceView {
    /// 编号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub id: i64,
    /// 种类
    pub kind: EncumbranceKind,
    /// 宗地
    pub parcel: ParcelId,
    /// 登记证明号或协助执行通知书文号
    pub number: String,
    /// 抵押权人或查封机关 — only for those who work on the books; none once it was erased
    pub party: Option<String>,
    /// 登记日期或查封日期
    pub from: NaiveDate,
    /// 期限届满日 — of the newest extension; it does not end the encumbrance
    pub until: Option<NaiveDate>,
    /// 抵押或查封面积,平方米
    pub area_m2: Option<AreaM2>,
    /// 评估额,元
    pub appraised_yuan: Option<Money>,
    /// 贷款额,元
    pub loan_yuan: Option<Money>,
    /// 解除日期 — of the document that released it; none: it stands
    pub released_on: Option<NaiveDate>,
    /// 附件
    #[schema(value_type = Vec<Digest>)]
    pub attachments: Vec<String>,
    /// 备注
    pub remark: Option<String>,
    /// 事项 — in the order they were recorded
    pub events: Vec<EncumbranceEventView>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 抵押查封列表
#[derive(Debug, Serialize, ToSchema)]
pub struct EncumbranceList {
    pub items: Vec<EncumbranceView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<EncumbranceEvent> for EncumbranceEventView {
    fn from(event: EncumbranceEvent) -> Self {
        Self {
            action: event.action,
            consents_to: event.consents_to,
            document_number: event.document_number,
            document_authority: event.document_authority,
            dated: event.dated,
            until: event.until,
            attachments: event.attachments,
            recorded_at: Instant(event.recorded_at),
            recorded_by: event.recorded_by,
        }
    }
}

impl EncumbranceView {
    fn of(record: StoredEncumbrance, party: bool) -> Self {
        let released_on = record.released_on();
        let extended = record.events.iter().rev().find_map(|event| event.until);
        let contents = record.contents;
        Self {
            id: record.id,
            kind: contents.kind,
            parcel: contents.parcel,
            number: contents.number.into_string(),
            party: record.party.filter(|_| party),
            from: contents.from,
            until: extended.or(contents.until),
            area_m2: contents.area,
            appraised_yuan: contents.appraised,
            loan_yuan: contents.loan,
            released_on,
            attachments: contents.attachments,
            remark: contents.remark.map(|remark| remark.into_string()),
            events: record.events.into_iter().map(Into::into).collect(),
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        }
    }
}

/// 登记抵押或查封 — records a mortgage or a seizure of a parcel
///
/// Splitting, merging and taking back the parcel are refused from its day on until its release is recorded
/// (`ledger-refused`, reason `encumbered`), as the policy `encumbrance.*` of the county says. The same sent again answers
/// as before (200); the same number with other contents is refused (409).
#[utoipa::path(
    operation_id = "createEncumbrance", tag = "parcels",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = EncumbranceBody,
    responses(
        (status = 201, description = "已登记", body = EncumbranceView),
        (status = 200, description = "此前已登记,内容相同", body = EncumbranceView),
    ),
)]
#[post("/api/v1/counties/{county}/encumbrances")]
pub async fn create_encumbrance(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: EncumbranceBody = body.read()?;
    let party = sees_holders(&caller, county);
    let app = service.app.clone();
    let written = blocking(move || app.create_encumbrance(&caller, county, sent)).await?;
    Ok(created(written.is_new).json(EncumbranceView::of(written.record, party)))
}

/// 抵押查封列表 — encumbrances in the order of their numbers, the released ones among them
#[utoipa::path(
    operation_id = "listEncumbrances", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<EncumbranceOrder>), Query, style = Form, explode = false, description = "排序,如 -loan_yuan — columns in the order of their weight, - for descending; empty values come last"),
        ("parcel" = Option<i64>, Query, description = "宗地编号(系统内)", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "抵押查封",
        content((EncumbranceList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/encumbrances")]
pub async fn list_encumbrances(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = EncumbrancePage { at: query.place(), parcel: query.id("parcel").map(ParcelId) };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "parcel", "f", "unit"])?;
    let party = sees_holders(&caller, county);
    let app = service.app.clone();
    let (name, at) = (("抵押查封", "encumbrances"), page.at.clone());
    let view = move |row| EncumbranceView::of(row, party);
    let fetch = move |at| {
        let found = app.encumbrances(county, &EncumbrancePage { at, ..page.clone() })?;
        Ok(found.map(|rows| rows.into_iter().map(view).collect()))
    };
    let list = |items, next| Ok(EncumbranceList { items, next });
    answer(export, name, county, at, move || Ok(office::encumbrances(party)), fetch, list).await
}

/// 单项抵押或查封 — one encumbrance with what became of it
#[utoipa::path(
    operation_id = "getEncumbrance", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "抵押或查封", body = EncumbranceView)),
)]
#[get("/api/v1/counties/{county}/encumbrances/{id}")]
pub async fn get_encumbrance(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let party = sees_holders(&caller, county);
    let app = service.app.clone();
    let record = blocking(move || app.encumbrance(county, id)).await?;
    Ok(HttpResponse::Ok().json(EncumbranceView::of(record, party)))
}

/// 登记解除、延长或同意 — records what became of an encumbrance
///
/// The same sent again answers as before (200). After a release nothing more is recorded (409).
#[utoipa::path(
    operation_id = "addEncumbranceEvent", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    request_body = EncumbranceEventBody,
    responses(
        (status = 201, description = "已登记", body = EncumbranceView),
        (status = 200, description = "此前已登记,内容相同", body = EncumbranceView),
    ),
)]
#[post("/api/v1/counties/{county}/encumbrances/{id}/events")]
pub async fn add_encumbrance_event(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let sent: EncumbranceEventBody = body.read()?;
    let party = sees_holders(&caller, county);
    let app = service.app.clone();
    let written = blocking(move || app.add_encumbrance_event(&caller, county, id, sent)).await?;
    Ok(created(written.is_new).json(EncumbranceView::of(written.record, party)))
}

/// 清除权利人信息 — erases who the mortgagee or the court is; what the encumbrance blocks stays
#[utoipa::path(
    operation_id = "eraseEncumbranceParty", tag = "parcels",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 204, description = "已清除,或本来没有")),
)]
#[delete("/api/v1/counties/{county}/encumbrances/{id}/party")]
pub async fn erase_encumbrance_party(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    blocking(move || app.erase_encumbrance_party(&caller, county, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
