//! Plots in bulk: GeoJSON, 界址点 TXT or a zipped Shapefile, through one door.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::plots::{Defaults, FileKind, FileLimits, Import, ImportReport};
use crate::domain::input::FieldError;
use crate::domain::plot::{Origin, PlotProperties};
use crate::domain::record::{CODE_MAX, Reference, Warning};
use crate::domain::region::{County, PlotId};
use crate::domain::text::{Text, text};
use crate::formats::drawn::GeometryText;
use crate::formats::sheet::BookKind;
use crate::formats::sniff::sniff;
use crate::http::attachments::FileContent;
use crate::http::body::{FileBytes, JsonBytes, Query, segment};
use crate::http::problem::{Kind, Problem, geometry_of};
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
    /// 序号,从 0 起 — its place in `features`, or among the plots of the file
    #[schema(minimum = 0)]
    pub index: u64,
    /// 行号或记录号,从 1 起 — line of a text, or record of a Shapefile
    #[schema(minimum = 1)]
    pub line: Option<u64>,
    /// 地块编号
    pub code: Option<String>,
    /// 各处错误
    pub errors: Vec<FieldError>,
    /// 重叠部分 — the land that is drawn twice, as GeoJSON in longitude and latitude
    #[schema(value_type = Option<GeometryText>)]
    pub offending_geometry: Option<Box<RawValue>>,
}

/// 导入提示
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportWarning {
    /// 地块编号 — none: about an approval
    pub code: Option<String>,
    /// 提示
    pub warning: Warning,
}

/// 已修复之处 — what the file did not say as its format wants it, and how it was read
#[derive(Debug, Serialize, ToSchema)]
pub struct RepairView {
    /// 行号或记录号,从 1 起 — none: of the file as a whole
    #[schema(minimum = 1)]
    pub line: Option<u64>,
    /// 种类 — a stable name
    #[schema(example = "swapped_axes")]
    pub code: &'static str,
    /// 说明
    pub message: Text,
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
    /// 提示数
    #[schema(minimum = 0)]
    pub warned: u64,
    /// 提示 — the first 5000 of them
    pub warnings: Vec<ImportWarning>,
    /// 已修复之处数
    #[schema(minimum = 0)]
    pub repaired: u64,
    /// 已修复之处 — the first 5000 of them
    pub repairs: Vec<RepairView>,
}

impl From<crate::app::plots::BadRow> for BadRowView {
    fn from(row: crate::app::plots::BadRow) -> Self {
        Self {
            index: row.index as u64,
            line: row.line.map(|line| line as u64),
            code: row.code,
            errors: row.faults,
            offending_geometry: row.offence.and_then(|offence| geometry_of(&offence.misfit.polygon, offence.zone)),
        }
    }
}

impl From<crate::app::plots::Repaired> for RepairView {
    fn from(repair: crate::app::plots::Repaired) -> Self {
        Self { line: repair.line.map(|line| line as u64), code: repair.code, message: repair.message }
    }
}

impl From<ImportReport> for PlotImportReport {
    fn from(report: ImportReport) -> Self {
        let plot = |plot: crate::app::plots::ImportedPlot| ImportedPlotView {
            code: plot.code,
            id: plot.id,
            is_new: plot.is_new,
        };
        let warning = |row: crate::app::plots::RowWarning| ImportWarning { code: row.code, warning: row.warning };
        Self {
            rows: report.rows as u64,
            created: report.created as u64,
            unchanged: report.unchanged as u64,
            bad: report.bad as u64,
            is_written: report.is_written,
            plots: report.plots.into_iter().map(plot).collect(),
            bad_rows: report.bad_rows.into_iter().map(Into::into).collect(),
            warned: report.warned as u64,
            warnings: report.warnings.into_iter().map(warning).collect(),
            repaired: report.repaired as u64,
            repairs: report.repairs.into_iter().map(Into::into).collect(),
        }
    }
}

/// 批量导入地块 — a GeoJSON FeatureCollection of plots, at most 64 MiB, 200 000 features and 2 000 000 vertices
///
/// All or none: a file with bad rows is refused (422) with their faults, unless `partial=true` takes the good rows.
/// `dry_run=true` writes nothing and describes what would happen. Rows that are there already with the same contents
/// are counted as unchanged, so that a file may be sent again. Files of other formats go to `import-file`. While the
/// rows of a large file are being written, other writes to the county are told to come again (503).
#[utoipa::path(
    operation_id = "importPlots", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
        ("approval" = Option<String>, Query, description = "用地批文编号或文号 — of rows that name neither approval nor origin", min_length = 1, max_length = 100),
        ("origin" = Option<Origin>, Query, description = "来源 — of rows that name neither approval nor origin"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet of a workbook that is meant", min_length = 1, max_length = 100),
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
    body: FileBytes<FILE_MAX>,
) -> Result<HttpResponse, Problem> {
    import(service, request, caller, body).await
}

/// 导入地块文件 — 界址点坐标 TXT、Shapefile 压缩包(zip)、GeoJSON,或不带图形的 Excel(xlsx)、ODS、CSV 表, at most 64 MiB
///
/// Content-Type is `text/plain`, `application/zip` (or `application/x-shapefile+zip`), `application/geo+json`, the media
/// type of XLSX or ODS, `text/csv`, or `application/octet-stream`, and then the contents tell the format. Tables are read
/// as `importApprovalFile` says; their faults name cells such as `Sheet1!F12`. What a file does not say as its format wants it is
/// repaired where it can only be meant in one way, and each repair is reported with its line; what could be meant in two
/// ways is refused. TXT and Shapefile rows get `approval` or `origin` from the query. All else is as in `importPlots`.
#[utoipa::path(
    operation_id = "importPlotFile", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
        ("approval" = Option<String>, Query, description = "用地批文编号或文号 — of rows that name neither approval nor origin", min_length = 1, max_length = 100),
        ("origin" = Option<Origin>, Query, description = "来源 — of rows that name neither approval nor origin"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet of a workbook that is meant", min_length = 1, max_length = 100),
    ),
    request_body(content = FileContent, content_type = "application/octet-stream", description = "文件内容 — TXT, zip or GeoJSON"),
    responses(
        (status = 200, description = "试运行结果,或没有新录入的地块", body = PlotImportReport),
        (status = 201, description = "已录入", body = PlotImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/plots/import-file")]
pub async fn import_plot_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<FILE_MAX>,
) -> Result<HttpResponse, Problem> {
    import(service, request, caller, body).await
}

/// The door behind both addresses.
async fn import(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<FILE_MAX>,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let import = Import {
        dry_run: query.flag("dry_run"),
        partial: query.flag("partial"),
        defaults: Defaults {
            approval: query.line::<CODE_MAX>("approval").map(reference),
            origin: query.word("origin"),
        },
        limits: FileLimits::REQUEST,
        brief: false,
        sheet: query.line::<100>("sheet"),
        // The clerk proposes the entry by itself, and the approver posts it.
        approver: None,
    };
    query.finish(&["dry_run", "partial", "approval", "origin", "sheet"])?;
    let kind = kind_of(&body)?;
    let app = service.app.clone();
    let report = blocking(move || {
        if kind == FileKind::GeoJson {
            JsonBytes::<FILE_MAX>(body.content.clone()).well_formed()?;
        }
        let mut stream = std::io::Cursor::new(body.content);
        let nobody: crate::app::plots::Watch = std::sync::Arc::new(|_| ());
        app.import_plots(&caller, county, kind, &mut stream, &import, &nobody).map_err(Problem::from)
    })
    .await?;
    let mut answer = if report.is_written && report.created > 0 { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(PlotImportReport::from(report)))
}

/// An id in digits, or a 文号.
pub fn reference(text: String) -> Reference {
    text.parse().map_or(Reference::Code(text), Reference::Id)
}

/// The format that the sender names, or that the contents show if the sender leaves it to them.
fn kind_of(body: &FileBytes<FILE_MAX>) -> Result<FileKind, Problem> {
    match body.media_type.as_str() {
        "text/plain" => Ok(FileKind::BoundaryPoints),
        "application/zip" | "application/x-zip-compressed" | "application/x-shapefile+zip" => Ok(FileKind::Shapefile),
        "application/octet-stream" => FileKind::of(&body.content).ok_or_else(|| {
            let Text { zh, en } = sniff(&body.content).name();
            let message = text!(
                "内容是{zh};可导入 GeoJSON、界址点坐标 TXT、Shapefile 压缩包、Excel(xlsx)、ODS 和 CSV",
                "the contents are {en}; GeoJSON, boundary points (TXT), zipped Shapefiles, XLSX, ODS and CSV can be imported"
            );
            Problem::fields(vec![FieldError { pointer: String::new(), value: None, message }])
        }),
        given if BookKind::of_media_type(given).is_some() => {
            Ok(FileKind::Sheet(BookKind::of_media_type(given).unwrap_or(BookKind::Csv)))
        }
        given if given == "application/json" || given.ends_with("+json") => Ok(FileKind::GeoJson),
        given => {
            let shown: String = given.chars().take(100).collect();
            Err(Problem::new(
                Kind::UnsupportedMediaType,
                text!(
                    "内容类型“{shown}”不能导入;可用 application/geo+json、text/plain、application/zip、text/csv 或 xlsx、ods 的类型",
                    "content type {shown:?} cannot be imported; application/geo+json, text/plain, application/zip, text/csv and those of xlsx and ods can"
                ),
            ))
        }
    }
}
