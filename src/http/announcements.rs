//! 公告 over HTTP: kept by staff; what is on offer today is for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::announcements::{AnnouncementColumn, AnnouncementPage, StoredAnnouncement};
use crate::app::caller::Caller;
use crate::domain::announcement::{AnnouncementBody, OfferItem};
use crate::domain::instant::Instant;
use crate::domain::region::{County, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, versioned};
use crate::http::{Service, blocking};

use crate::app::listing::Place;
use crate::http::listing::{self, AnnouncementOrder, PageMark};

/// 公告
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnouncementView {
    /// 编号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 公告文号
    pub number: String,
    /// 标题
    pub title: String,
    /// 公告日期
    pub announced_on: NaiveDate,
    /// 截止日期
    pub until: NaiveDate,
    /// 网址
    pub url: Option<String>,
    /// 地块
    pub items: Vec<OfferItem>,
    /// 撤回日期 — none: it stands
    pub withdrawn_on: Option<NaiveDate>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 公告列表
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnouncementList {
    pub items: Vec<AnnouncementView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

/// 待供公告 — what everybody may read of an announcement
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 公告文号
    pub number: String,
    /// 标题
    pub title: String,
    /// 公告日期
    pub announced_on: NaiveDate,
    /// 截止日期
    pub until: NaiveDate,
    /// 网址
    pub url: Option<String>,
    /// 地块 — in the order that a pre-check counts them, from 1
    pub items: Vec<OfferItem>,
}

/// 待供公告列表
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferList {
    pub items: Vec<OfferView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<StoredAnnouncement> for AnnouncementView {
    fn from(record: StoredAnnouncement) -> Self {
        let contents = record.contents;
        Self {
            id: record.id,
            version: record.version,
            number: contents.number.into_string(),
            title: contents.title.into_string(),
            announced_on: contents.announced_on,
            until: contents.until,
            url: contents.url.map(|url| url.into_string()),
            items: contents.items,
            withdrawn_on: record.withdrawn_on,
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        }
    }
}

impl From<StoredAnnouncement> for OfferView {
    fn from(record: StoredAnnouncement) -> Self {
        let contents = record.contents;
        Self {
            id: record.id,
            number: contents.number.into_string(),
            title: contents.title.into_string(),
            announced_on: contents.announced_on,
            until: contents.until,
            url: contents.url.map(|url| url.into_string()),
            items: contents.items,
        }
    }
}

fn place(request: &HttpRequest) -> Result<Place<AnnouncementColumn>, Problem> {
    let mut query = Query::of(request);
    let at = query.place();
    query.finish(&["after", "limit", "sortby"])?;
    Ok(at)
}

/// 待供土地 — what announcements offer today, for everybody
#[utoipa::path(
    operation_id = "listOffers", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<AnnouncementOrder>), Query, style = Form, explode = false, description = "排序,如 -announced_on — columns in the order of their weight, - for descending; empty values come last"),
    ),
    responses((status = 200, description = "待供公告", body = OfferList)),
)]
#[get("/api/v1/offers/{county}")]
pub async fn list_offers(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (app, at) = (service.app.clone(), place(&request)?);
    let (rows, next) = listing::page(at, move |at| app.open_announcements(county, at)).await?;
    Ok(HttpResponse::Ok().json(OfferList { items: rows.into_iter().map(Into::into).collect(), next }))
}

/// 登记公告 — land is on offer from its day until it ends or is withdrawn
#[utoipa::path(
    operation_id = "createAnnouncement", tag = "prechecks",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = AnnouncementBody,
    responses(
        (status = 201, description = "已登记", body = AnnouncementView),
        (status = 200, description = "此前已登记,内容相同", body = AnnouncementView),
    ),
)]
#[post("/api/v1/counties/{county}/announcements")]
pub async fn create_announcement(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: AnnouncementBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.create_announcement(&caller, county, sent)).await?;
    let version = written.record.version;
    Ok(versioned(created(written.is_new), version, AnnouncementView::from(written.record)))
}

/// 公告列表 — in the order of their numbers, those that have ended among them
#[utoipa::path(
    operation_id = "listAnnouncements", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<AnnouncementOrder>), Query, style = Form, explode = false, description = "排序,如 -announced_on — columns in the order of their weight, - for descending; empty values come last"),
    ),
    responses((status = 200, description = "公告", body = AnnouncementList)),
)]
#[get("/api/v1/counties/{county}/announcements")]
pub async fn list_announcements(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (app, at) = (service.app.clone(), place(&request)?);
    let fetch = move |at| app.announcements(county, &AnnouncementPage { at, open_on: None });
    let (rows, next) = listing::page(at, fetch).await?;
    Ok(HttpResponse::Ok().json(AnnouncementList { items: rows.into_iter().map(Into::into).collect(), next }))
}

/// 单份公告
#[utoipa::path(
    operation_id = "getAnnouncement", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "公告", body = AnnouncementView)),
)]
#[get("/api/v1/counties/{county}/announcements/{id}")]
pub async fn get_announcement(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    let record = blocking(move || app.announcement(county, id)).await?;
    Ok(versioned(HttpResponse::Ok(), record.version, AnnouncementView::from(record)))
}

/// 撤回公告 — its land is no longer on offer; needs `If-Match`
#[utoipa::path(
    operation_id = "withdrawAnnouncement", tag = "prechecks",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "已撤回", body = AnnouncementView)),
)]
#[post("/api/v1/counties/{county}/announcements/{id}/withdraw")]
pub async fn withdraw_announcement(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let version = if_match(&request)?;
    let app = service.app.clone();
    let record = blocking(move || app.withdraw_announcement(&caller, county, id, version)).await?;
    Ok(versioned(HttpResponse::Ok(), record.version, AnnouncementView::from(record)))
}
