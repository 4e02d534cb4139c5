//! Plots in bulk as GeoJSON.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::plots::{Import, ImportReport};
use crate::domain::input::FieldError;
use crate::domain::plot::PlotProperties;
use crate::domain::record::Warning;
use crate::domain::region::{County, PlotId};
use crate::formats::drawn::GeometryText;
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::problem::Problem;
use crate::http::records::{FeatureCollectionType, FeatureType};
use crate::http::{Service, blocking};

/// A file of plots is read up to this many bytes.
const FILE_MAX: usize = 64 << 20;

/// 待导入地块 — a feature with the properties of a plot
#[derive(ToSchema)]
pub struct PlotImportFeature {
    #[schema(rename = "type")]
    pub kind: FeatureType,
    /// 图形 — none: 未落图
    pub geometry: Option<GeometryText>,
    /// 属性
    pub properties: PlotProperties,
}

/// 待导入地块集 — a GeoJSON FeatureCollection of plots
#[derive(ToSchema)]
#[schema(example = json!({
    "type": "FeatureCollection",
    "features": [{
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[[113.552, 34.6], [113.5535, 34.6], [113.5535, 34.6012], [113.552, 34.6012], [113.552, 34.6]]]},
        "properties": {"code": "2024-118-02", "origin": "existing_state_land", "area_m2": "18310.55", "planned_use": "工业用地"}
    }]
}))]
pub struct PlotImportBody {
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// 要素
    pub features: Vec<PlotImportFeature>,
}

/// 已导入的地块
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedPlotView {
    /// 地块编号
    pub code: String,
    /// 编号 — none in a dry run for what is not there yet
    pub id: Option<PlotId>,
    /// 是否新录入 — false: it was there already with the same contents
    pub is_new: bool,
}

/// 有误的行
#[derive(Debug, Serialize, ToSchema)]
pub struct BadRowView {
    /// 序号,从 0 起 — its place in `features`
    #[schema(minimum = 0)]
    pub index: u64,
    /// 地块编号
    pub code: Option<String>,
    /// 各处错误
    pub errors: Vec<FieldError>,
}

/// 导入提示
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportWarning {
    /// 地块编号 — none: about an approval
    pub code: Option<String>,
    /// 提示
    pub warning: Warning,
}

/// 导入结果
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotImportReport {
    /// 行数
    #[schema(minimum = 0)]
    pub rows: u64,
    /// 新录入 — in a dry run: that would be
    #[schema(minimum = 0)]
    pub created: u64,
    /// 此前已录入,内容相同
    #[schema(minimum = 0)]
    pub unchanged: u64,
    /// 有误
    #[schema(minimum = 0)]
    pub bad: u64,
    /// 是否已写入
    pub is_written: bool,
    /// 各地块的编号
    pub plots: Vec<ImportedPlotView>,
    /// 有误的行 — the first 5000 of them
    pub bad_rows: Vec<BadRowView>,
    /// 提示
    pub warnings: Vec<ImportWarning>,
}

impl From<ImportReport> for PlotImportReport {
    fn from(report: ImportReport) -> Self {
        let plot = |plot: crate::app::plots::ImportedPlot| ImportedPlotView {
            code: plot.code,
            id: plot.id,
            is_new: plot.is_new,
        };
        let bad =
            |row: crate::app::plots::BadRow| BadRowView { index: row.index as u64, code: row.code, errors: row.faults };
        let warning = |row: crate::app::plots::RowWarning| ImportWarning { code: row.code, warning: row.warning };
        Self {
            rows: report.rows as u64,
            created: report.created as u64,
            unchanged: report.unchanged as u64,
            bad: report.bad as u64,
            is_written: report.is_written,
            plots: report.plots.into_iter().map(plot).collect(),
            bad_rows: report.bad_rows.into_iter().map(bad).collect(),
            warnings: report.warnings.into_iter().map(warning).collect(),
        }
    }
}

/// 批量导入地块 — a GeoJSON FeatureCollection of plots, at most 64 MiB, 200 000 features and 2 000 000 vertices
///
/// All or none: a file with bad rows is refused (422) with their faults, unless `partial=true` takes the good rows.
/// `dry_run=true` writes nothing and describes what would happen. Rows that are there already with the same contents
/// are counted as unchanged, so that a file may be sent again.
#[utoipa::path(
    operation_id = "importPlots", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
    ),
    request_body(content = PlotImportBody, content_type = "application/geo+json"),
    responses(
        (status = 200, description = "试运行结果,或没有新录入的地块", body = PlotImportReport),
        (status = 201, description = "已录入", body = PlotImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/plots/import")]
pub async fn import_plots(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes<FILE_MAX>,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let import = Import { dry_run: query.flag("dry_run"), partial: query.flag("partial") };
    query.finish(&["dry_run", "partial"])?;
    let app = service.app.clone();
    let report = blocking(move || {
        body.well_formed()?;
        app.import_plots(&caller, county, &body.0, import).map_err(Problem::from)
    })
    .await?;
    let mut answer = if report.is_written && report.created > 0 { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(PlotImportReport::from(report)))
}
