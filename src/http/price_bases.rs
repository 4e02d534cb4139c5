//! Price bases over HTTP: sealed until they are opened.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::price_bases::{Announcement, BaseFile, BasePage, StoredBase};
use crate::domain::instant::Instant;
use crate::domain::price_base::{BaseAction, BaseState, OpeningBody, PriceBaseBody};
use crate::domain::region::{County, PlotId, UserId};
use crate::domain::rules::calculation::price_base::PriceBaseAnswer;
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::listing::{self, BaseOrder, PageMark};
use crate::http::problem::Problem;
use crate::http::proposals::{ReasonBody, StepBody};
use crate::http::records::{if_match, versioned};
use crate::http::{Service, blocking};

/// 价格标底摘要 — nothing of it is secret
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBaseSummary {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 地块
    pub plot: PlotId,
    /// 状态
    pub state: BaseState,
    /// 拟定人
    pub proposer: UserId,
    /// 审核人
    pub reviewer: Option<UserId>,
    /// 出具人
    pub issuer: Option<UserId>,
    /// 成交结果公告号 — of an opened one
    pub announcement_no: Option<String>,
    /// 公告日期
    pub announced_on: Option<chrono::NaiveDate>,
    /// 拟定时刻
    pub created_at: Instant,
    /// 最近变动时刻
    pub changed_at: Instant,
}

/// 标底办理记录
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBaseEvent {
    /// 步骤
    pub action: BaseAction,
    /// 何人
    pub user: UserId,
    /// 意见
    pub comment: Option<String>,
    /// 何时
    pub at: Instant,
}

/// 价格标底
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBaseView {
    /// 摘要
    pub base: PriceBaseSummary,
    /// 密封内容 — none: sealed, and you have neither role
    #[schema(value_type = Option<PriceBaseBody>)]
    pub contents: Option<Box<RawValue>>,
    /// 判定结果 — as it was judged when it was drafted, revised or issued; none: sealed
    #[schema(value_type = Option<PriceBaseAnswer>)]
    pub judgement: Option<Box<RawValue>>,
    /// 过程 — readings among it
    pub events: Vec<PriceBaseEvent>,
}

/// 价格标底列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBaseList {
    pub items: Vec<PriceBaseSummary>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<StoredBase> for PriceBaseSummary {
    fn from(base: StoredBase) -> Self {
        let announcement: Option<Announcement> =
            base.announcement.as_deref().and_then(|json| serde_json::from_str(json).ok());
        let (announcement_no, announced_on) = announcement.map(|of| (of.number, of.announced_on)).unzip();
        Self {
            id: base.id,
            version: base.version,
            plot: base.plot,
            state: base.state,
            proposer: base.proposer,
            reviewer: base.reviewer,
            issuer: base.issuer,
            announcement_no,
            announced_on,
            created_at: Instant(base.created_at),
            changed_at: Instant(base.changed_at),
        }
    }
}

impl From<BaseFile> for PriceBaseView {
    fn from(BaseFile { base, events, is_shown }: BaseFile) -> Self {
        let shown =
            |json: &str| Some(json.to_owned()).filter(|_| is_shown).and_then(|json| RawValue::from_string(json).ok());
        let (contents, judgement) = (shown(&base.body), shown(&base.findings));
        let events = events.into_iter().map(|event| PriceBaseEvent {
            action: event.action,
            user: event.user,
            comment: event.comment.filter(|_| is_shown),
            at: Instant(event.at),
        });
        Self { events: events.collect(), base: base.into(), contents, judgement }
    }
}

fn answer(mut response: actix_web::HttpResponseBuilder, file: BaseFile) -> HttpResponse {
    // Neither a proxy nor a browser keeps what is sealed.
    response.insert_header(("cache-control", "no-store"));
    versioned(response, file.base.version, PriceBaseView::from(file))
}

/// The body with its text as it was sent.
fn sent(body: &JsonBytes) -> Result<(String, PriceBaseBody), Problem> {
    let read: PriceBaseBody = body.read()?;
    Ok((String::from_utf8_lossy(&body.0).into_owned(), read))
}

/// 拟定价格标底 — drafts a price base; sealed from the first
#[utoipa::path(
    operation_id = "draftPriceBase", tag = "prices",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = PriceBaseBody,
    responses((status = 201, description = "已拟定", body = PriceBaseView)),
)]
#[post("/api/v1/counties/{county}/price-bases")]
pub async fn draft_price_base(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (text, read) = sent(&body)?;
    let app = service.app.clone();
    let file = blocking(move || app.draft_price_base(&caller, county, text, read)).await?;
    Ok(answer(HttpResponse::Created(), file))
}

/// 价格标底列表 — without figures
#[utoipa::path(
    operation_id = "listPriceBases", tag = "prices",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<BaseOrder>), Query, style = Form, explode = false, description = "排序,如 state,-changed_at — columns in the order of their weight, - for descending; empty values come last"),
        ("plot" = Option<i64>, Query, description = "地块", minimum = 1),
        ("state" = Option<BaseState>, Query, description = "状态"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
    ),
    responses((
        status = 200, description = "价格标底",
        content((PriceBaseList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/price-bases")]
pub async fn list_price_bases(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page =
        BasePage { at: query.place(), plot: query.number("plot", 1, i64::MAX).map(PlotId), state: query.word("state") };
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "plot", "state", "f"])?;
    let app = service.app.clone();
    let (name, at) = (("价格标底", "price-bases"), page.at.clone());
    let fetch = move |at| {
        let found = app.price_bases(county, &BasePage { at, ..page.clone() })?;
        Ok(found.map(|rows| rows.into_iter().map(PriceBaseSummary::from).collect()))
    };
    let list = |items, next| Ok(PriceBaseList { items, next });
    listing::answer(export, name, county, at, || Ok(office::price_bases()), fetch, list).await
}

/// 单个价格标底 — its figures for 地价经办 and 地价审批 only until it is opened; every reading is kept
#[utoipa::path(
    operation_id = "getPriceBase", tag = "prices",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "价格标底", body = PriceBaseView)),
)]
#[get("/api/v1/counties/{county}/price-bases/{id}")]
pub async fn get_price_base(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let app = service.app.clone();
    let file = blocking(move || app.price_base(&caller, county, id)).await?;
    Ok(answer(HttpResponse::Ok(), file))
}

/// 修改价格标底 — replaces the contents of a draft of one's own
#[utoipa::path(
    operation_id = "revisePriceBase", tag = "prices",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"1\""),
    ),
    request_body = PriceBaseBody,
    responses((status = 200, description = "已修改", body = PriceBaseView)),
)]
#[put("/api/v1/counties/{county}/price-bases/{id}")]
pub async fn revise_price_base(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let at = (number(&request, "id")?, if_match(&request)?);
    let (text, read) = sent(&body)?;
    let app = service.app.clone();
    let file = blocking(move || app.revise_price_base(&caller, county, at, text, read)).await?;
    Ok(answer(HttpResponse::Ok(), file))
}

/// Declares one step: they differ in name, words, body and action alone.
macro_rules! base_step {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $body:ident, $action:ident) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "prices",
            params(
                ("county" = County, Path, description = "县代码", example = "410183"),
                ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
            ),
            request_body = $body,
            responses((status = 200, description = "已办理", body = PriceBaseView)),
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
            let body: $body = body.read()?;
            let (version, comment) = (body.version, body.said());
            let app = service.app.clone();
            let step = ($id, BaseAction::$action);
            let file = blocking(move || app.step_price_base(&caller, county, (id, version), step, comment)).await?;
            Ok(answer(HttpResponse::Ok(), file))
        }
    };
}

base_step!(
    /// 审核价格标底 — by another 地价经办 than who drafted it
    review_price_base, "reviewPriceBase", "/api/v1/counties/{county}/price-bases/{id}/review", StepBody, Review
);
base_step!(
    /// 出具价格标底 — by 地价审批; refused unless it reaches the governing floor and its papers are complete
    issue_price_base, "issuePriceBase", "/api/v1/counties/{county}/price-bases/{id}/issue", StepBody, Issue
);
base_step!(
    /// 退回价格标底 — to a draft, with the reason
    return_price_base, "returnPriceBase", "/api/v1/counties/{county}/price-bases/{id}/return", ReasonBody, Return
);
base_step!(
    /// 撤回价格标底 — by who drafted it
    withdraw_price_base, "withdrawPriceBase", "/api/v1/counties/{county}/price-bases/{id}/withdraw", StepBody, Withdraw
);

/// 公开价格标底 — after the announcement of the result; its figures are then shown to all who read the books
#[utoipa::path(
    operation_id = "openPriceBase", tag = "prices",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    request_body = OpeningBody,
    responses((status = 200, description = "已公开", body = PriceBaseView)),
)]
#[post("/api/v1/counties/{county}/price-bases/{id}/open")]
pub async fn open_price_base(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let body: OpeningBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.open_price_base(&caller, county, id, body)).await?;
    Ok(answer(HttpResponse::Ok(), file))
}
