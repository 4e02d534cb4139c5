//! Plots over HTTP: one by one, in bulk, as lists and as features.

pub mod boundary_points;
pub mod history;
pub mod import;
pub mod land;
pub mod overlaps;
pub mod view;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::plots::{NewAttribute, PlotPage};
use crate::domain::area::AreaUnit;
use crate::domain::codes::TownshipCode;
use crate::domain::input::{self, input};
use crate::domain::plot::{Attribute, Origin, PlotProperties};
use crate::domain::record::Warning;
use crate::domain::region::{ApprovalId, County, PlotId, ProjectId};
use crate::formats::drawn::{Drawn, drawn_body};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, tables};
use crate::http::listing::{self, PageMark, PlotOrder};
use crate::http::problem::Problem;
use crate::http::records::{Format, created, features, if_match, tried, versioned};
use crate::http::{Service, blocking};

use view::{PlotFeatureCollection, PlotList, PlotView};

drawn_body!(
    /// 地块及图形 — the members of a record and its polygon
    PlotBody of PlotProperties
);

/// 地块及提示 — a plot as it was written, with what should be looked into
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotWritten {
    /// 地块
    pub plot: PlotView,
    /// 提示
    pub warnings: Vec<Warning>,
}

/// 录入地块 — enters a plot, with or without its polygon
///
/// The recorded area is what the document states, in m², 亩 or 公顷; the polygon's area is kept beside it, and a
/// difference beyond the tolerance is a warning. 没有图形的地块标为未落图。Sending the same plot again answers as
/// before (200); the same code with other contents is refused (409).
#[utoipa::path(
    operation_id = "createPlot", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    request_body = PlotBody,
    responses(
        (status = 201, description = "已录入", body = PlotWritten),
        (status = 200, description = "此前已录入,内容相同", body = PlotWritten),
    ),
)]
#[post("/api/v1/counties/{county}/plots")]
pub async fn create_plot(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: Drawn<PlotProperties> = body.read()?;
    let (app, dry_run) = tried(&service, &request)?;
    let written = blocking(move || app.create_plot(&caller, county, sent)).await?;
    let version = written.record.plot.record.version;
    let view = PlotWritten { plot: written.record.into(), warnings: written.warnings };
    Ok(versioned(created(written.is_new && !dry_run), version, view))
}

/// 地块列表 — plots in the order of their ids, as JSON or GeoJSON
#[utoipa::path(
    operation_id = "listPlots", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<PlotOrder>), Query, style = Form, explode = false, description = "排序,如 -area_m2,code — columns in the order of their weight, - for descending; empty values come last"),
        ("approval" = Option<i64>, Query, description = "用地批文编号", minimum = 1),
        ("project" = Option<i64>, Query, description = "用地项目编号", minimum = 1),
        ("township" = Option<TownshipCode>, Query, description = "所属乡镇街道"),
        ("origin" = Option<Origin>, Query, description = "来源"),
        ("mapped" = Option<bool>, Query, description = "是否已落图 — with or without a polygon"),
        ("reserved" = Option<bool>, Query, description = "是否已入储备库"),
        ("code_prefix" = Option<String>, Query, description = "地块编号以此开头", min_length = 1, max_length = 50),
        ("geometry" = Option<bool>, Query, description = "是否带图形 — with polygons; GeoJSON always has them"),
        ("f" = Option<Format>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "地块",
        content((PlotList = "application/json"), (PlotFeatureCollection = "application/geo+json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/plots")]
pub async fn list_plots(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = PlotPage {
        at: query.place(),
        approval: query.id("approval").map(ApprovalId),
        project: query.id("project").map(ProjectId),
        township: query.word("township"),
        origin: query.word("origin"),
        mapped: query.switch("mapped"),
        reserved: query.switch("reserved"),
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
        "approval",
        "project",
        "township",
        "origin",
        "mapped",
        "reserved",
        "code_prefix",
        "geometry",
        "f",
        "unit",
    ])?;
    let app = service.app.clone();
    if let Some(export) = export {
        let names = app.clone();
        let columns = move || names.labels(county).map(tables::plots);
        let at = page.at.clone();
        let fetch = move |at| app.plots(county, &PlotPage { at, ..page.clone() }, false);
        return export.answer_list(("地块", "plots"), county, columns, &at, fetch).await;
    }
    let (polygons, at) = (geometry || format == Format::Geojson, page.at.clone());
    let fetch = move |at| app.plots(county, &PlotPage { at, ..page.clone() }, polygons);
    let (rows, next) = listing::page(at, fetch).await?;
    Ok(match format {
        Format::Json | Format::Csv | Format::Xlsx | Format::Totals => {
            HttpResponse::Ok().json(PlotList { items: rows.into_iter().map(Into::into).collect(), next })
        }
        Format::Geojson => features(PlotFeatureCollection::of(rows, next)),
    })
}

/// 单个地块 — one plot with its polygon
#[utoipa::path(
    operation_id = "getPlot", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "地块", body = PlotView)),
)]
#[get("/api/v1/counties/{county}/plots/{id}")]
pub async fn get_plot(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let app = service.app.clone();
    let plot = blocking(move || app.plot(county, id)).await?;
    Ok(versioned(HttpResponse::Ok(), plot.plot.record.version, PlotView::from(plot)))
}

/// 修改地块 — replaces what is recorded of a plot
///
/// A polygon that is sent and differs makes a new version of it; left out, it stays. Township and cause are kept by
/// day: a change of one needs `attributes_from`; left out, they stay. 已入账的面积和批准日期不能从凭证之下改掉(409)。
#[utoipa::path(
    operation_id = "updatePlot", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"1\""),
    ),
    request_body = PlotBody,
    responses((status = 200, description = "已修改", body = PlotWritten)),
)]
#[put("/api/v1/counties/{county}/plots/{id}")]
pub async fn update_plot(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let version = if_match(&request)?;
    let sent: Drawn<PlotProperties> = body.read()?;
    let (app, _) = tried(&service, &request)?;
    let written = blocking(move || app.update_plot(&caller, county, id, version, sent)).await?;
    let version = written.record.plot.record.version;
    let view = PlotWritten { plot: written.record.into(), warnings: written.warnings };
    Ok(versioned(HttpResponse::Ok(), version, view))
}

input! {
    /// 分时属性 — a township or a cause of non-supply that holds from a day on
    #[schema(example = json!({"attribute": "cause", "from": "2026-03-01", "value": "compensation"}))]
    pub struct PlotAttributeBody {
        /// 属性
        pub attribute: Attribute,
        /// 起始日 — not in the future; of several values for one day the last recorded counts
        pub from: chrono::NaiveDate,
        /// 值 — a township's code, or a cause; left out, a cause ends
        pub value: Option<input::Line<50>>,
    }
}

/// 记载分时属性 — adds a township or a cause from a day on; what was recorded before stays in the history
#[utoipa::path(
    operation_id = "addPlotAttribute", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    request_body = PlotAttributeBody,
    responses((status = 201, description = "已记载", body = PlotView)),
)]
#[post("/api/v1/counties/{county}/plots/{id}/attributes")]
pub async fn add_plot_attribute(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let sent: PlotAttributeBody = body.read()?;
    let new =
        NewAttribute { attribute: sent.attribute, from: sent.from, value: sent.value.map(input::Line::into_string) };
    let app = service.app.clone();
    let plot = blocking(move || app.add_plot_attribute(&caller, county, id, new)).await?;
    Ok(versioned(HttpResponse::Created(), plot.plot.record.version, PlotView::from(plot)))
}
