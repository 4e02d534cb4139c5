//! Plots that share land, as they were found when their polygons were drawn.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::plots::PlotOverlap;
use crate::domain::area::AreaUnit;
use crate::domain::input::FieldError;
use crate::domain::instant::Instant;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, PlotId, UserId};
use crate::domain::text::Text;
use crate::http::body::{Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, PAGE, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 地块重叠 — two plots whose newest polygons share land
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotOverlapView {
    /// 后绘入的地块
    pub plot: PlotId,
    /// 先有的地块
    pub other: PlotId,
    /// 重叠面积,平方米 — planar, rounded half up to the square centimetre
    pub area_m2: AreaM2,
    /// 是否在容差内
    pub is_within_tolerance: bool,
    /// 重叠原因 — as it was given when the plot was drawn
    pub reason: Option<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 地块重叠列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotOverlapList {
    pub items: Vec<PlotOverlapView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<PlotOverlap> for PlotOverlapView {
    fn from(overlap: PlotOverlap) -> Self {
        Self {
            plot: overlap.plot,
            other: overlap.other,
            area_m2: overlap.area,
            is_within_tolerance: overlap.is_within,
            reason: overlap.reason,
            recorded_at: Instant(overlap.recorded_at),
            recorded_by: overlap.recorded_by,
        }
    }
}

/// 地块重叠 — pairs of plots whose newest polygons share land (疑似重复报批)
///
/// Those within tolerance are left out unless asked for. A pair leaves the list when either plot is drawn anew and no
/// longer shares land.
#[utoipa::path(
    operation_id = "listPlotOverlaps", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("plot" = Option<i64>, Query, description = "地块 — pairs that it is one of", minimum = 1),
        ("within_tolerance" = Option<bool>, Query, description = "连同容差以内的 — those within tolerance too"),
        ("after" = Option<String>, Query, description = "上一页的 next", example = "410183000000002-410183000000001"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "地块重叠",
        content((PlotOverlapList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/plot-overlaps")]
pub async fn list_plot_overlaps(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let plot = query.number("plot", 1, i64::MAX).map(PlotId);
    let within_too = query.flag("within_tolerance");
    let after = query.line::<40>("after");
    let limit = query.limit();
    let export = Export::of(&mut query, &request);
    query.finish(&["plot", "within_tolerance", "after", "limit", "f", "unit"])?;
    let after = match after {
        None => (0, 0),
        Some(given) => pair(&given).ok_or_else(|| {
            let message = Text::fixed("应为上一页给出的 next", "it must be the next of the page before");
            Problem::fields(vec![FieldError { pointer: "?after".to_owned(), value: Some(given), message }])
        })?,
    };
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |last: Option<&PlotOverlapView>| {
            let after = last.map_or((0, 0), |last| (last.plot.0, last.other.0));
            let rows = app.plot_overlaps(county, plot, within_too, after, PAGE)?;
            Ok(rows.into_iter().map(PlotOverlapView::from).collect())
        };
        let (name, scope) = (("地块重叠", "plot-overlaps"), format!("-{county}"));
        return export.answer_pages(name, scope, || Ok(office::overlaps()), fetch, None).await;
    }
    let mut found = blocking(move || app.plot_overlaps(county, plot, within_too, after, limit + 1)).await?;
    let has_more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| has_more);
    let next = last.map(|overlap| format!("{}-{}", overlap.plot.0, overlap.other.0));
    Ok(HttpResponse::Ok().json(PlotOverlapList { items: found.into_iter().map(Into::into).collect(), next }))
}

fn pair(text: &str) -> Option<(i64, i64)> {
    let (plot, other) = text.split_once('-')?;
    Some((plot.parse().ok()?, other.parse().ok()?))
}
