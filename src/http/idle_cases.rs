//! 闲置土地处置案件 over HTTP.

mod calendar;
pub mod view;

use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get, post};

use crate::app::balances::{BalanceQuery, Known};
use crate::app::caller::Caller;
use crate::app::idle_cases::CasePage;
use crate::app::idle_cases::views::{CaseQuery, CaseSummary};
use crate::domain::area::AreaUnit;
use crate::domain::codes::{CreditCode, TownshipCode};
use crate::domain::idle_case::record::{IdleCaseBody, StepAction, VoidBody};
use crate::domain::idle_case::step::Step;
use crate::domain::idle_case::{Cause, Grounds, State, Way};
use crate::domain::layer::Layer;
use crate::domain::ledger::rates::rates;
use crate::domain::region::{County, ParcelId};
use crate::formats::drawn::{Drawn, drawn_body};
use crate::http::access::{READ, forbidden, unauthenticated};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::idle_cases::view::{
    CaseDeadlineList, CaseDeadlineView, DeadlineView, IdleCaseBoard, IdleCaseList, IdleCaseSummary, IdleCaseView,
    PublicIdleCaseList, StepAnswer,
};
use crate::http::listing::{self, CaseOrder, PageMark};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::proposals::{ReasonBody, StepBody};
use crate::http::records::{created, etag, if_match, next, versioned};
use crate::http::{Service, blocking};

drawn_body!(
    /// 立案(可附分期图形)
    IdleCaseDrawn of IdleCaseBody
);

/// 立案 — opens a case on the land of a contract that is suspected to be idle
///
/// The same sent again answers as before (200). A case of a phase has the area and the polygon of the phase; else the whole
/// supplied land of the parcel is the land of the case.
#[utoipa::path(
    operation_id = "openIdleCase", tag = "idle-cases",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = IdleCaseDrawn,
    responses(
        (status = 201, description = "已立案", body = IdleCaseView),
        (status = 200, description = "此前已立案,内容相同", body = IdleCaseView),
    ),
)]
#[post("/api/v1/counties/{county}/idle-cases")]
pub async fn open_idle_case(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: Drawn<IdleCaseBody> = body.read()?;
    let app = service.app.clone();
    let (file, is_new) = blocking(move || app.open_idle_case(&caller, county, sent)).await?;
    Ok(versioned(created(is_new), file.state.version, IdleCaseView::from(file)))
}

/// 案件列表 — cases in the order they were opened, also as CSV and XLSX
#[utoipa::path(
    operation_id = "listIdleCases", tag = "idle-cases",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<CaseOrder>), Query, style = Form, explode = false, description = "排序,如 -area_m2,opened_on — columns in the order of their weight, - for descending; empty values come last"),
        ("state" = Option<State>, Query, description = "状态"),
        ("open" = Option<bool>, Query, description = "未结(true)或已结(false)"),
        ("suspended" = Option<bool>, Query, description = "是否中止"),
        ("grounds" = Option<Grounds>, Query, description = "疑似情形"),
        ("cause" = Option<Cause>, Query, description = "闲置原因"),
        ("way" = Option<Way>, Query, description = "处置方式"),
        ("parcel" = Option<i64>, Query, description = "宗地编号(系统内)", minimum = 1),
        ("contract" = Option<i64>, Query, description = "合同编号(系统内)", minimum = 1),
        ("user_code" = Option<CreditCode>, Query, description = "用地单位统一社会信用代码"),
        ("township" = Option<TownshipCode>, Query, description = "乡镇街道"),
        ("due_by" = Option<chrono::NaiveDate>, Query, description = "有期限不晚于此日"),
        ("overdue" = Option<bool>, Query, description = "只看有逾期事项的"),
        ("f" = Option<TableFormat>, Query, description = "格式"),
        ("unit" = Option<AreaUnit>, Query, description = "导出文件的面积单位"),
    ),
    responses((status = 200, description = "案件", content(
        (IdleCaseList = "application/json"),
        (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"),
        (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ))),
)]
#[get("/api/v1/counties/{county}/idle-cases")]
pub async fn list_idle_cases(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let state: Option<State> = query.word("state");
    let open = query.switch("open");
    let states = State::ALL
        .iter()
        .copied()
        .filter(|known| state.is_none_or(|state| state == *known))
        .filter(|known| open.is_none_or(|open| open != known.is_final()))
        .collect();
    let user: Option<CreditCode> = query.word("user_code");
    let wanted = CaseQuery {
        page: CasePage {
            at: query.place(),
            states,
            grounds: query.word("grounds"),
            cause: query.word("cause"),
            way: query.word("way"),
            parcel: query.id("parcel").map(ParcelId),
            contract: query.id("contract"),
            user_code: user.map(|code| code.to_string()),
            suspended: query.switch("suspended"),
            township: query.word("township"),
            parcels: None,
        },
        due_by: query.day("due_by"),
        overdue: query.flag("overdue"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&[
        "after",
        "limit",
        "sortby",
        "state",
        "open",
        "suspended",
        "grounds",
        "cause",
        "way",
        "parcel",
        "contract",
        "user_code",
        "township",
        "due_by",
        "overdue",
        "f",
        "unit",
    ])?;
    let names = sees_holders(&caller, county);
    let app = service.app.clone();
    let (name, at) = (("闲置土地台账", "idle-cases"), wanted.page.at.clone());
    let fetch = move |at| {
        let page = CasePage { at, ..wanted.page.clone() };
        app.idle_cases(county, &CaseQuery { page, ..wanted.clone() })
    };
    let list = |rows: Vec<CaseSummary>, next| {
        Ok(IdleCaseList { items: rows.iter().map(|row| IdleCaseSummary::of(row, names)).collect(), next })
    };
    listing::answer(export, name, county, at, move || Ok(tables::idle_cases(names)), fetch, list).await
}

/// 单个案件 — state, steps, clocks, and every step that may follow with what still stands in its way
#[utoipa::path(
    operation_id = "getIdleCase", tag = "idle-cases",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "案件", body = IdleCaseView)),
)]
#[get("/api/v1/counties/{county}/idle-cases/{id}")]
pub async fn get_idle_case(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    let file = blocking(move || app.idle_case(&caller, county, id)).await?;
    Ok(versioned(HttpResponse::Ok(), file.state.version, IdleCaseView::from(file)))
}

/// 办理步骤 — records a step, or proposes it where it takes three people
///
/// All that stands in its way is told at once (`case-refused`), with rule, missing step and earliest day, and nothing is
/// written. With `dry_run` nothing is written in any case. A step that moves land posts its voucher when it is approved.
#[utoipa::path(
    operation_id = "recordIdleStep", tag = "idle-cases",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "只试算,不登记"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the step is based on", example = "\"1\""),
    ),
    request_body = Step,
    responses(
        (status = 201, description = "已登记", body = StepAnswer),
        (status = 202, description = "已提交,待审核审批", body = StepAnswer),
        (status = 200, description = "试算:可以办理", body = StepAnswer),
    ),
)]
#[post("/api/v1/counties/{county}/idle-cases/{id}/steps")]
pub async fn record_idle_step(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let at = (number(&request, "id")?, if_match(&request)?);
    let dry_run = dry_run(&request)?;
    let step: Step = body.read()?;
    let app = service.app.clone();
    let (sent, file) = blocking(move || app.record_idle_step(&caller, county, at, step, dry_run)).await?;
    Ok(answered(sent, file))
}

fn dry_run(request: &HttpRequest) -> Result<bool, Problem> {
    let mut query = Query::of(request);
    let dry_run = query.flag("dry_run");
    query.finish(&["dry_run"])?;
    Ok(dry_run)
}

fn answered(sent: crate::app::idle_cases::Sent, file: crate::app::idle_cases::CaseFile) -> HttpResponse {
    use crate::app::idle_cases::Sent;
    let mut response = match sent {
        Sent::Recorded => HttpResponse::Created(),
        Sent::Proposed => HttpResponse::Accepted(),
        Sent::Tried => HttpResponse::Ok(),
    };
    response.insert_header(etag(file.state.version));
    response.json(StepAnswer { outcome: sent.into(), case: file.into() })
}

/// 作废步骤 — takes a wrongly recorded step back by an entry with a reason; what rests on it is voided before it
#[utoipa::path(
    operation_id = "voidIdleStep", tag = "idle-cases",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("n" = i64, Path, description = "步骤序号", minimum = 1, example = 1),
        ("dry_run" = Option<bool>, Query, description = "只试算,不登记"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag", example = "\"1\""),
    ),
    request_body = VoidBody,
    responses(
        (status = 201, description = "已作废", body = StepAnswer),
        (status = 202, description = "已提交,待审核审批", body = StepAnswer),
        (status = 200, description = "试算:可以作废", body = StepAnswer),
    ),
)]
#[post("/api/v1/counties/{county}/idle-cases/{id}/steps/{n}/void")]
pub async fn void_idle_step(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let at = (number(&request, "id")?, if_match(&request)?);
    let n = place(&request)?;
    let dry_run = dry_run(&request)?;
    let body: VoidBody = body.read()?;
    let app = service.app.clone();
    let (sent, file) = blocking(move || app.void_idle_step(&caller, county, at, n, body, dry_run)).await?;
    Ok(answered(sent, file))
}

fn place(request: &HttpRequest) -> Result<i32, Problem> {
    // A number past any that a case has is one that it has not.
    Ok(i32::try_from(number(request, "n")?).unwrap_or(i32::MAX))
}

/// Declares one action on a proposed step: they differ in name, words, body and action alone.
macro_rules! step_action {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $body:ident, $action:ident) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "idle-cases",
            params(
                ("county" = County, Path, description = "县代码", example = "410183"),
                ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
                ("n" = i64, Path, description = "待批步骤序号", minimum = 1, example = 1),
            ),
            request_body = $body,
            responses((status = 200, description = "已办理", body = IdleCaseView)),
        )]
        #[post($path)]
        pub async fn $name(
            service: Data<Service>,
            request: HttpRequest,
            caller: Caller,
            body: JsonBytes,
        ) -> Result<HttpResponse, Problem> {
            let county: County = segment(&request, "county")?;
            let (id, n) = (number(&request, "id")?, place(&request)?);
            let body: $body = body.read()?;
            let (version, comment) = (body.version, body.said());
            let app = service.app.clone();
            let act = move || app.act_on_idle_step(&caller, county, (id, n, version), StepAction::$action, comment);
            let file = blocking(act).await?;
            Ok(versioned(HttpResponse::Ok(), file.state.version, IdleCaseView::from(file)))
        }
    };
}

step_action!(
    /// 审核步骤 — by another person than who proposed it; what stands in its way is looked at again
    review_idle_step, "reviewIdleStep", "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/review", StepBody, Review
);
step_action!(
    /// 批准步骤 — records it, and posts its voucher in the same transaction
    approve_idle_step, "approveIdleStep", "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/approve", StepBody, Approve
);
step_action!(
    /// 退回步骤 — with the reason; it is proposed anew
    return_idle_step, "returnIdleStep", "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/return", ReasonBody, Return
);
step_action!(
    /// 撤回步骤 — by who proposed it
    withdraw_idle_step, "withdrawIdleStep", "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/withdraw", StepBody, Withdraw
);

/// 闲置土地看板 — cases and areas by state and cause, with 土地闲置率 and 处置率
#[utoipa::path(
    operation_id = "getIdleCaseBoard", tag = "idle-cases",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "看板", body = IdleCaseBoard)),
)]
#[get("/api/v1/counties/{county}/idle-case-board")]
pub async fn get_idle_case_board(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    Query::of(&request).finish(&[])?;
    let app = service.app.clone();
    let board = blocking(move || {
        let board = app.idle_case_board(county)?;
        let query = BalanceQuery {
            as_of: Some(board.as_of),
            known: Known::Newest,
            by: Vec::new(),
            only: Vec::new(),
            plot: None,
        };
        let idle_rate = rates(&app.balances(county, query)?.total).idle;
        Ok::<_, Problem>(IdleCaseBoard::of(board, idle_rate))
    })
    .await?;
    Ok(HttpResponse::Ok().json(board))
}

/// 案件期限表 — what is due in open cases, in order
#[utoipa::path(
    operation_id = "listIdleCaseDeadlines", tag = "idle-cases",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("due_by" = Option<chrono::NaiveDate>, Query, description = "不晚于此日"),
        ("overdue" = Option<bool>, Query, description = "只看逾期的"),
    ),
    responses((status = 200, description = "期限", body = CaseDeadlineList)),
)]
#[get("/api/v1/counties/{county}/idle-case-deadlines")]
pub async fn list_idle_case_deadlines(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let (due_by, overdue) = (query.day("due_by"), query.flag("overdue"));
    query.finish(&["due_by", "overdue"])?;
    let app = service.app.clone();
    let all = blocking(move || app.idle_case_deadlines(county, due_by, overdue)).await?;
    let items = all.iter().map(|(case, deadline)| CaseDeadlineView {
        case: case.row.case.id,
        number: case.row.case.number.to_string(),
        state: case.row.state.state,
        deadline: DeadlineView::of(deadline, case.today),
    });
    Ok(HttpResponse::Ok().json(CaseDeadlineList { items: items.collect() }))
}

/// 案件期限日历(iCalendar) — for calendar programs, which may send a token as the password of HTTP Basic
#[utoipa::path(
    operation_id = "getIdleCaseCalendar", tag = "idle-cases",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "日历", body = String, content_type = "text/calendar")),
)]
#[get("/api/v1/counties/{county}/idle-case-calendar")]
pub async fn get_idle_case_calendar(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    Query::of(&request).finish(&[])?;
    let app = service.app.clone();
    let all = blocking(move || app.idle_case_deadlines(county, None, false)).await?;
    let text = calendar::calendar(county, &all, service.app.clock().now());
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header(("cache-control", "private, no-cache"))
        .body(text))
}

/// 闲置土地公示 — found and published cases until they are closed; open to everybody once the layer `idle_cases` is public
#[utoipa::path(
    operation_id = "listPublicIdleCases", tag = "idle-cases",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = Option<i64>, Query, description = "从此编号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
    ),
    responses((status = 200, description = "公示", body = PublicIdleCaseList)),
)]
#[get("/api/v1/public/counties/{county}/idle-cases")]
pub async fn list_public_idle_cases(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let (after, limit) = (query.number("after", 0, i64::MAX).unwrap_or(0), query.limit());
    query.finish(&["after", "limit"])?;
    if !service.is_public(Layer::IdleCases) {
        // Staff may look at the list before it is opened.
        match request.extensions().get::<Caller>() {
            Some(caller) if caller.has_any(READ, county) => {}
            Some(_) => return Err(forbidden(READ, Some(county))),
            None => return Err(unauthenticated()),
        }
    }
    let app = service.app.clone();
    let rows = blocking(move || app.public_idle_cases(county, after, limit)).await?;
    let next = next(&rows, limit, |row| row.id);
    Ok(HttpResponse::Ok().json(PublicIdleCaseList { items: rows.into_iter().map(Into::into).collect(), next }))
}
