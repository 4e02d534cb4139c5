//! 文号登记簿 and 文书设置 over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};

use super::view::{PaperNumberLine, PaperNumberList, PaperRegisterList, PaperSettingsView};
use crate::app::caller::Caller;
use crate::app::papers::VoidNumberBody;
use crate::domain::input::FieldError;
use crate::domain::paper::number::{NUMBER_MAX, RegisterLine, WordOfNumber, YEARS};
use crate::domain::paper::settings::PaperSettingsBody;
use crate::domain::region::County;
use crate::domain::text::Text;
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, versioned};
use crate::http::{Service, blocking};

/// 文号登记簿 — the numbers of one 代字 in one year, in order: used, void, and the runs that are not there
#[utoipa::path(
    operation_id = "listPaperNumbers", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("word" = WordOfNumber, Query, description = "机关代字", example = "演示自然资闲"),
        ("year" = i64, Query, description = "年份", minimum = 1949, maximum = 2149, example = 2026),
        ("after" = Option<i64>, Query, description = "从此序号之后", minimum = 0, maximum = 99999),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式"),
    ),
    responses((
        status = 200, description = "登记簿",
        content((PaperNumberList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/paper-numbers")]
pub async fn list_paper_numbers(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let (word, year) = (query.word::<WordOfNumber>("word"), query.number("year", *YEARS.start(), *YEARS.end()));
    let (after, limit) = (query.number("after", 0, NUMBER_MAX).unwrap_or(0), query.limit());
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["word", "year", "after", "limit", "f"])?;
    let (Some(word), Some(year)) = (word.clone(), year) else {
        let missing = [("?word", word.is_none()), ("?year", year.is_none())];
        let fault = |(pointer, _): (&str, bool)| FieldError {
            pointer: pointer.to_owned(),
            value: None,
            message: Text::fixed("缺少必填参数", "this parameter is required"),
        };
        return Err(Problem::fields(missing.into_iter().filter(|(_, is_missing)| *is_missing).map(fault).collect()));
    };
    let app = service.app.clone();
    if let Some(export) = export {
        let scope = format!("{county}-{word}-{year}");
        let of = (word.clone(), year);
        let rows = blocking(move || app.paper_numbers(county, of, 0, NUMBER_MAX)).await?;
        let rows: Vec<_> = rows.into_iter().map(|line| PaperNumberLine::of(&word, year, line)).collect();
        let name = ("文号登记簿", "paper numbers");
        return export.answer_rows(name, scope, || Ok(tables::paper_numbers()), rows, None).await;
    }
    let of = (word.clone(), year);
    let rows = blocking(move || app.paper_numbers(county, of, after, limit)).await?;
    let is_taken = |line: &&RegisterLine<_>| line.entry.is_some();
    let is_full = rows.iter().filter(is_taken).count() as i64 == limit;
    let next = rows.last().filter(|_| is_full).map(|line| line.to);
    let items = rows.into_iter().map(|line| PaperNumberLine::of(&word, year, line)).collect();
    Ok(HttpResponse::Ok().json(PaperNumberList { items, next }))
}

/// 登记簿列表 — every 代字 and year with a number
#[utoipa::path(
    operation_id = "listPaperRegisters", tag = "papers",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "登记簿", body = PaperRegisterList)),
)]
#[get("/api/v1/counties/{county}/paper-registers")]
pub async fn list_paper_registers(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let registers = blocking(move || app.paper_registers(county)).await?;
    Ok(HttpResponse::Ok().json(PaperRegisterList { items: registers.into_iter().map(Into::into).collect() }))
}

/// 作废文号 — one that was spoiled, or that of a registered paper; it stays taken, and the reason with it
///
/// The same again answers as before (200).
#[utoipa::path(
    operation_id = "voidPaperNumber", tag = "papers",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = VoidNumberBody,
    responses(
        (status = 201, description = "已作废", body = PaperNumberLine),
        (status = 200, description = "此前已作废", body = PaperNumberLine),
    ),
)]
#[post("/api/v1/counties/{county}/paper-numbers/void")]
pub async fn void_paper_number(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: VoidNumberBody = body.read()?;
    let app = service.app.clone();
    let number = sent.number.clone();
    let written = blocking(move || app.void_paper_number(&caller, county, sent)).await?;
    let line = RegisterLine { from: number.n, to: number.n, entry: Some((written.record, None)) };
    Ok(created(written.is_new).json(PaperNumberLine::of(&number.word, number.year, line)))
}

/// 文书设置 — the offices that papers name; before they are made their version is 0
#[utoipa::path(
    operation_id = "getPaperSettings", tag = "papers",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "文书设置", body = PaperSettingsView)),
)]
#[get("/api/v1/counties/{county}/paper-settings")]
pub async fn get_paper_settings(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let (version, settings) = blocking(move || app.paper_settings(county)).await?;
    Ok(versioned(HttpResponse::Ok(), version, PaperSettingsView { county, version, settings }))
}

/// 修改文书设置 — registered papers keep what they say
#[utoipa::path(
    operation_id = "putPaperSettings", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("If-Match" = String, Header, description = "所依据的版本,如 \"0\""),
    ),
    request_body = PaperSettingsBody,
    responses((status = 200, description = "已修改", body = PaperSettingsView)),
)]
#[put("/api/v1/counties/{county}/paper-settings")]
pub async fn put_paper_settings(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let version = if_match(&request)?;
    let sent: PaperSettingsBody = body.read()?;
    let app = service.app.clone();
    let (version, settings) = blocking(move || app.put_paper_settings(&caller, county, version, sent)).await?;
    let view = PaperSettingsView { county, version, settings: Some(settings) };
    Ok(versioned(HttpResponse::Ok(), version, view))
}
