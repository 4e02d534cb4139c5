//! The calculations over HTTP: stateless, without an account, all prices from the caller.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::calendar::Calendar;
use crate::domain::finding::Rule;
use crate::domain::policy::Policy;
use crate::domain::region::County;
use crate::domain::rules::calculation::{
    Detail, Refusal, bond_price, cost_floor, flexible_price, floor_area, idle_land, lease_then_transfer_price,
    long_lease_price, mixed_lease_transfer_price, national_minimum, net_land, payment_schedule, price_base,
    price_comparison, term,
};
use crate::domain::rules::catalogue;
use crate::http::body::{JsonBytes, Query};
use crate::http::export::papers::ReportFormat;
use crate::http::export::{self, ExportFile};
use crate::http::problem::{Kind, Problem};
use crate::http::{Service, blocking};

/// 规则目录
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleList {
    #[schema(value_type = Vec<Rule>)]
    pub items: &'static [&'static Rule],
}

/// 有数据的年份
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarYear {
    /// 年
    pub year: i32,
    /// 已核对原文
    pub verified: bool,
}

/// 工作日历
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarList {
    pub items: Vec<CalendarYear>,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fields(errors) => Self::fields(errors),
            Refusal::NotInForce(not_in_force) => Self::new(Kind::CannotDecide, not_in_force.text()),
        }
    }
}

/// 规则目录 — every rule with what it checks, its citations and its parameters
#[utoipa::path(operation_id = "listRules", tag = "calculations", responses((status = 200, description = "规则", body = RuleList)))]
#[get("/api/v1/rules")]
pub async fn list_rules() -> HttpResponse {
    HttpResponse::Ok().json(RuleList { items: catalogue() })
}

/// 工作日历 — the years whose holidays and make-up working days are known
#[utoipa::path(operation_id = "listCalendars", tag = "policy", responses((status = 200, description = "年份", body = CalendarList)))]
#[get("/api/v1/calendars")]
pub async fn list_calendars() -> HttpResponse {
    let items = Calendar::built_in().years().map(|(year, verified)| CalendarYear { year, verified }).collect();
    HttpResponse::Ok().json(CalendarList { items })
}

/// Declares the operation of one calculation: they differ in name, words, body and answer alone.
macro_rules! calculation {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $module:ident, $body:ident, $answer:ident) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "calculations",
            params(("county" = Option<County>, Query, description = "县代码 — with this county's own policy values; national and city values if left out")),
            request_body = $module::$body,
            responses((status = 200, description = "测算结果", body = $module::$answer)),
        )]
        #[post($path)]
        pub async fn $name(service: Data<Service>, request: HttpRequest, body: JsonBytes) -> Result<HttpResponse, Problem> {
            let body: $module::$body = body.read()?;
            let today = service.app.clock().today();
            let answer = match county(&request)? {
                None => $module::calculate(&body, Policy::built_in(), today, Detail::Findings)?,
                Some(county) => {
                    let app = service.app.clone();
                    let policy = blocking(move || app.policy(county)).await?;
                    $module::calculate(&body, &policy, today, Detail::Findings)?
                }
            };
            Ok(HttpResponse::Ok().json(answer))
        }
    };
}

fn county(request: &HttpRequest) -> Result<Option<County>, Problem> {
    if request.query_string().is_empty() {
        return Ok(None);
    }
    let mut query = Query::of(request);
    let county = query.word("county");
    query.finish(&["county"])?;
    Ok(county)
}

calculation!(
    /// 供地方式与年限核验 — may land be supplied this way for this long?
    ///
    /// Rules: `supply.land_use` and the `term.*` rule of the method.
    check_term, "checkTerm", "/api/v1/calculations/term", term, TermBody, TermAnswer
);
calculation!(
    /// 弹性年期出让价格标底 — the price floor of a flexible-term grant
    ///
    /// `price.flexible`: P_N × n / N, rounded up to the fen; with the term and land-use findings.
    calculate_flexible_price, "calculateFlexiblePrice", "/api/v1/calculations/flexible-price",
    flexible_price, FlexiblePriceBody, FlexiblePriceAnswer
);
calculation!(
    /// 先租后让租金标准与出让价 — rent standard and transfer floor
    ///
    /// `price.lease_then_transfer`: P_N × m / N for the lease and P_N × r / N for the grant after it.
    calculate_lease_then_transfer_price, "calculateLeaseThenTransferPrice", "/api/v1/calculations/lease-then-transfer-price",
    lease_then_transfer_price, LeaseThenTransferPriceBody, LeaseThenTransferPriceAnswer
);
calculation!(
    /// 长期租赁租金 — the rent floor of a long lease and its steps
    ///
    /// `price.long_lease`: at least 2 % of P_N a year.
    calculate_long_lease_price, "calculateLongLeasePrice", "/api/v1/calculations/long-lease-price",
    long_lease_price, LongLeasePriceBody, LongLeasePriceAnswer
);
calculation!(
    /// 租让结合价格 — a leased part and a granted part in one deal
    calculate_mixed_lease_transfer_price, "calculateMixedLeaseTransferPrice", "/api/v1/calculations/mixed-lease-transfer-price",
    mixed_lease_transfer_price, MixedLeaseTransferPriceBody, MixedLeaseTransferPriceAnswer
);
calculation!(
    /// 成本价核验 — a price or rent against the cost of the land
    check_cost_floor, "checkCostFloor", "/api/v1/calculations/cost-floor", cost_floor, CostFloorBody, CostFloorAnswer
);
calculation!(
    /// 全国最低价标准核验 — all payments of a deal, restored to the maximum term, against the national minimum price
    ///
    /// `price.national_minimum`: present value of the payments ÷ K(total term, N), rounded down, by exact powers.
    check_national_minimum, "checkNationalMinimum", "/api/v1/calculations/national-minimum",
    national_minimum, NationalMinimumBody, NationalMinimumAnswer
);
/// 供应方式比较 — methods side by side: what each costs and when, converted to the maximum term both ways
///
/// `price.balance` and `price.national_minimum` for every method; inadmissible ones are listed with the reason.
#[utoipa::path(
    operation_id = "comparePrices", tag = "calculations",
    params(
        ("county" = Option<County>, Query, description = "县代码 — with this county's own policy values; national and city values if left out"),
        ("f" = Option<ReportFormat>, Query, description = "格式,默认 json;xlsx 为比较表 — as a sheet with payments and workings"),
    ),
    request_body = price_comparison::PriceComparisonBody,
    responses((
        status = 200, description = "测算结果",
        content(
            (price_comparison::PriceComparisonAnswer = "application/json"),
            (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
    )),
)]
#[post("/api/v1/calculations/price-comparison")]
pub async fn compare_prices(
    service: Data<Service>,
    request: HttpRequest,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let county: Option<County> = query.word("county");
    let format: Option<ReportFormat> = query.word("f");
    query.finish(&["county", "f"])?;
    let body: price_comparison::PriceComparisonBody = body.read()?;
    let today = service.app.clock().today();
    let answer = match county {
        None => price_comparison::calculate(&body, Policy::built_in(), today, Detail::Findings)?,
        Some(county) => {
            let app = service.app.clone();
            let policy = blocking(move || app.policy(county)).await?;
            price_comparison::calculate(&body, &policy, today, Detail::Findings)?
        }
    };
    match format {
        Some(ReportFormat::Xlsx) => export::comparison::answer(&body, &answer),
        _ => Ok(HttpResponse::Ok().json(answer)),
    }
}

calculation!(
    /// 价格标底核验 — a price base against every floor that applies, the governing one named
    ///
    /// `price.base`: the highest of the floor corrected for the term, the cost price and the national minimum.
    check_price_base, "checkPriceBase", "/api/v1/calculations/price-base", price_base, PriceBaseTerms, PriceBaseAnswer
);
calculation!(
    /// 分期付款与违约金 — a contract's instalments by largest remainder, and the default interest of late payments
    schedule_payments, "schedulePayments", "/api/v1/calculations/payment-schedule",
    payment_schedule, PaymentScheduleBody, PaymentScheduleAnswer
);
calculation!(
    /// 净地核对 — the conditions of net land, each with state, document and day
    check_net_land, "checkNetLand", "/api/v1/calculations/net-land", net_land, NetLandBody, NetLandAnswer
);
calculation!(
    /// 主导用途与配套面积核验 — the 50 %, 15 %, 7 % and 15 % tests on floor area
    ///
    /// `floor_area.counted`, `floor_area.dominant_use`, `floor_area.ancillary`, `floor_area.admin_living`, from totals
    /// per use or from buildings and storeys.
    check_floor_area, "checkFloorArea", "/api/v1/calculations/floor-area", floor_area, FloorAreaBody, FloorAreaAnswer
);
calculation!(
    /// 闲置土地核对 — whether land is idle, whose time it was, and what follows
    ///
    /// `idle.not_started`, `idle.stopped`, `idle.cause`, `idle.deadlines`, `idle.fee`, `idle.free_recovery`; all facts from the
    /// caller, nothing stored is read.
    check_idle_land, "checkIdleLand", "/api/v1/calculations/idle-land", idle_land, IdleLandBody, IdleLandAnswer
);
calculation!(
    /// 专项债收回收购价格核对 — the base price of a recovery with special bonds, and what it still needs
    ///
    /// `recovery.bond_price`: the lower of appraisal and cost, only lowered, publicised, approved and finished in time.
    check_bond_price, "checkBondPrice", "/api/v1/calculations/bond-price", bond_price, BondPriceBody, BondPriceAnswer
);
