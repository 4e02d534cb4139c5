//! 一地一策 over HTTP: a plot's measure, the office's sheet, overdue plots, progress back in.

pub mod view;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};

use crate::app::caller::Caller;
use crate::app::measures::{OverdueBy, PlotPlan, SheetPage};
use crate::domain::area::AreaUnit;
use crate::domain::codes::TownshipCode;
use crate::domain::finding::Finding;
use crate::domain::ledger::balance::Cause;
use crate::domain::measure::{Measure, PlotMeasure, ProgressSheet};
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office, tables};
use crate::http::listing::{self, PageMark, SheetOrder};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::records::{if_match, tried, versioned};
use crate::http::{Service, blocking};

use view::{MeasureView, OverdueList, ProgressList, ProgressReportView, SheetList, SheetRowView};

/// 单地块一地一策 — what is to be done with a plot, and whether it is net land
///
/// Before anything is written its version is 0.
#[utoipa::path(
    operation_id = "getPlotMeasure", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "地块编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "一地一策", body = MeasureView)),
)]
#[get("/api/v1/counties/{county}/plots/{id}/measure")]
pub async fn get_plot_measure(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let names = sees_holders(&caller, county);
    let app = service.app.clone();
    Ok(answer(blocking(move || app.plot_plan(county, id)).await?, names))
}

fn answer((plan, findings): (PlotPlan, Vec<Finding>), names: bool) -> HttpResponse {
    versioned(HttpResponse::Ok(), plan.measure.version, MeasureView::of(plan, findings, names))
}

/// 填报一地一策 — replaces what is written of a plot's measure
///
/// If-Match names the version it is based on, `"0"` before anything is written. Why the plot is not supplied (未供原因) is
/// a dated attribute of the plot: see `addPlotAttribute`.
#[utoipa::path(
    operation_id = "putPlotMeasure", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "地块编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"0\""),
    ),
    request_body = PlotMeasure,
    responses((status = 200, description = "已填报", body = MeasureView)),
)]
#[put("/api/v1/counties/{county}/plots/{id}/measure")]
pub async fn put_plot_measure(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let version = if_match(&request)?;
    let sent: PlotMeasure = body.read()?;
    let names = sees_holders(&caller, county);
    let (app, _) = tried(&service, &request)?;
    Ok(answer(blocking(move || app.put_plot_measure(&caller, county, id, version, sent)).await?, names))
}

/// 一地一策台账 — the office's sheet: a row for every plot with unsupplied land
#[utoipa::path(
    operation_id = "listPlotMeasures", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<SheetOrder>), Query, style = Form, explode = false, description = "排序,如 -unsupplied_m2,code — columns in the order of their weight, - for descending; empty values come last"),
        ("township" = Option<TownshipCode>, Query, description = "乡镇街道"),
        ("approval" = Option<i64>, Query, description = "用地批文编号", minimum = 1),
        ("code_prefix" = Option<String>, Query, description = "地块编号以此开头", min_length = 1, max_length = 50),
        ("cause" = Option<Cause>, Query, description = "未供原因"),
        ("measure" = Option<Measure>, Query, description = "拟处置措施"),
        ("unit" = Option<String>, Query, description = "责任单位", min_length = 1, max_length = 100),
        ("person" = Option<i64>, Query, description = "责任人(用户编号)", minimum = 1),
        ("overdue" = Option<bool>, Query, description = "true:只看逾期 — with a deadline before today"),
        ("due_before" = Option<chrono::NaiveDate>, Query, description = "完成时限早于此日"),
        ("planned" = Option<bool>, Query, description = "是否已定措施"),
        ("all_plots" = Option<bool>, Query, description = "含没有未供面积的地块 — plots without unsupplied land too"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,面积为平方米,可填进展后送回 — a file has all rows, areas in m²"),
    ),
    responses((
        status = 200, description = "台账",
        content((SheetList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/plot-measures")]
pub async fn list_plot_measures(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let overdue = query.flag("overdue");
    let mut page = SheetPage {
        at: query.place(),
        township: query.word("township"),
        cause: query.word("cause"),
        measure: query.word("measure"),
        unit: query.line::<100>("unit"),
        person: query.id("person").map(UserId),
        due_before: query.day("due_before"),
        planned: query.switch("planned"),
        approval: query.id("approval").map(ApprovalId),
        code_prefix: query.line::<50>("code_prefix"),
        all_plots: query.flag("all_plots"),
    };
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&[
        "f",
        "after",
        "limit",
        "sortby",
        "township",
        "cause",
        "measure",
        "unit",
        "person",
        "overdue",
        "due_before",
        "planned",
        "approval",
        "code_prefix",
        "all_plots",
    ])?;
    if overdue {
        let today = service.app.clock().today();
        page.due_before = Some(page.due_before.map_or(today, |day| day.min(today)));
        page.all_plots = false;
    }
    let names = sees_holders(&caller, county);
    let (app, at) = (service.app.clone(), page.at.clone());
    let view = move |row| SheetRowView::of(row, names);
    let fetch = move |at| {
        let found = app.plot_sheet(county, &SheetPage { at, ..page.clone() })?;
        Ok(found.map(|rows| rows.into_iter().map(view).collect()))
    };
    let list = |items, next| Ok(SheetList { items, next });
    let columns = || Ok(tables::plot_measures());
    listing::answer(export, ("一地一策", "plot-measures"), county, at, columns, fetch, list).await
}

/// 逾期地块汇总 — plots past their deadline by township, unit or person, those with the most first
#[utoipa::path(
    operation_id = "listOverduePlots", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("by" = Option<OverdueBy>, Query, description = "分组,默认 township"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "逾期汇总",
        content((OverdueList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/plot-measures/overdue")]
pub async fn list_overdue_plots(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let by = query.word("by").unwrap_or(OverdueBy::Township);
    let export = Export::of(&mut query, &request);
    query.finish(&["by", "f", "unit"])?;
    let app = service.app.clone();
    let groups = blocking(move || app.overdue_plots(county, by)).await?;
    let as_of = service.app.clock().today();
    let items: Vec<view::OverdueGroupView> = groups.into_iter().map(Into::into).collect();
    if let Some(export) = export {
        let (name, scope) = (("逾期汇总", "overdue-plots"), format!("-{county}-{as_of}"));
        return export.answer_rows(name, scope, || Ok(office::overdue()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(OverdueList { as_of, by, items }))
}

/// 单地块月度进展 — what was done about a plot, the newest month first and in it the last word first
#[utoipa::path(
    operation_id = "listPlotProgress", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "地块编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("limit" = Option<i64>, Query, description = "行数,至多 1000", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
    ),
    responses((
        status = 200, description = "月度进展",
        content((ProgressList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/plots/{id}/progress")]
pub async fn list_plot_progress(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let mut query = Query::of(&request);
    let limit = query.limit();
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["limit", "f"])?;
    let app = service.app.clone();
    let rows = blocking(move || app.plot_progress(county, id, limit)).await?;
    let items: Vec<view::ProgressView> = rows.into_iter().map(Into::into).collect();
    if let Some(export) = export {
        let (name, scope) = (("月度进展", "plot-progress"), format!("-{id}"));
        return export.answer_rows(name, scope, || Ok(office::progress()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(ProgressList { items }))
}

/// 填报月度进展 — rows of progress, as they come back from the townships
///
/// All or none: bad rows refuse the whole (422), each fault with its row, unless `partial=true` takes the good ones.
/// `dry_run=true` writes nothing and reports. Nothing is overwritten: another word on a month is kept beside the earlier
/// ones, and the same word again is counted as unchanged, so that a sheet may be sent again.
#[utoipa::path(
    operation_id = "addPlotProgress", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
    ),
    request_body = ProgressSheet,
    responses(
        (status = 200, description = "试运行结果,或没有新的进展", body = ProgressReportView),
        (status = 201, description = "已记录", body = ProgressReportView),
    ),
)]
#[post("/api/v1/counties/{county}/plot-progress")]
pub async fn add_plot_progress(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let (dry_run, partial) = (query.flag("dry_run"), query.flag("partial"));
    query.finish(&["dry_run", "partial"])?;
    let sheet: ProgressSheet = body.read()?;
    let app = service.app.clone();
    let report = blocking(move || app.add_plot_progress(&caller, county, sheet, dry_run, partial)).await?;
    let mut answer = if report.is_written && report.created > 0 { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(ProgressReportView::from(report)))
}
