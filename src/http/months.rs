//! The closing of months over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::balances::MonthClosed;
use crate::app::caller::Caller;
use crate::domain::input::input;
use crate::domain::instant::Instant;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::voucher::Digest;
use crate::domain::region::{County, UserId};
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 已结账月份 — with the voucher number and hash its figures rest on
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosedMonthView {
    /// 月末
    pub month_end: chrono::NaiveDate,
    /// 结账时的最新凭证号
    #[schema(minimum = 0)]
    pub head_seq: i64,
    /// 结账时的链式摘要
    #[schema(value_type = Digest)]
    pub head_hash: String,
    /// 结账人
    pub closed_by: UserId,
    /// 结账时刻
    pub closed_at: Instant,
}

/// 已结账月份列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosedMonthList {
    pub items: Vec<ClosedMonthView>,
}

input! {
    /// 结账 — closes a month and all before it
    #[schema(example = json!({"year": 2026, "month": 9}))]
    pub struct CloseMonthBody {
        /// 年
        #[schema(minimum = 1949, maximum = 2149)]
        pub year: u32,
        /// 月
        #[schema(minimum = 1, maximum = 12)]
        pub month: u32,
    }
    check(body, reader) {
        use crate::domain::text::Text;
        if !(1949..=2149).contains(&body.year) {
            reader.fault_at("year", Some(&body.year.to_string()), Text::fixed("应在 1949 到 2149 之间", "it must be from 1949 to 2149"));
        }
        if !(1..=12).contains(&body.month) {
            reader.fault_at("month", Some(&body.month.to_string()), Text::fixed("应在 1 到 12 之间", "it must be from 1 to 12"));
        }
    }
}

impl From<MonthClosed> for ClosedMonthView {
    fn from(month: MonthClosed) -> Self {
        Self {
            month_end: month.month_end,
            head_seq: month.head_seq,
            head_hash: hex(&month.head_hash),
            closed_by: month.closed_by,
            closed_at: Instant(month.closed_at),
        }
    }
}

/// 结账 — closes a month and all before it
///
/// Later vouchers with earlier days then need an approver and are marked 结账后调整.
#[utoipa::path(
    operation_id = "closeMonth", tag = "ledger",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = CloseMonthBody,
    responses((status = 201, description = "已结账", body = ClosedMonthView)),
)]
#[post("/api/v1/counties/{county}/closed-months")]
pub async fn close_month(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let CloseMonthBody { year, month } = body.read()?;
    let app = service.app.clone();
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    let closed = blocking(move || app.close_month(&caller, county, year, month)).await?;
    Ok(HttpResponse::Created().json(ClosedMonthView::from(closed)))
}

/// 已结账月份 — the first closed first
#[utoipa::path(
    operation_id = "listClosedMonths", tag = "ledger",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
    ),
    responses((
        status = 200, description = "已结账月份",
        content((ClosedMonthList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/closed-months")]
pub async fn list_closed_months(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["f"])?;
    let app = service.app.clone();
    let months = blocking(move || app.closed_months(county)).await?;
    let items: Vec<ClosedMonthView> = months.into_iter().map(Into::into).collect();
    if let Some(export) = export {
        let (name, scope) = (("已结账月份", "closed-months"), format!("-{county}"));
        return export.answer_rows(name, scope, || Ok(office::closed_months()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(ClosedMonthList { items }))
}
