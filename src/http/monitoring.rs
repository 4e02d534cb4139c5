//! Exports of the 监测监管系统 over HTTP: imported, listed, shown. What differs stands in `reconciliation`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::monitoring::{MonitoringSnapshot, StoredSupply};
use crate::app::sheets::{MonitoringReport, SheetImport};
use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::codes::SupervisionNumber;
use crate::domain::instant::Instant;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::kind::SupplyMethod;
use crate::domain::ledger::voucher::Digest;
use crate::domain::monitoring::{MonitoredSupply, MonitoringCounts, SupplyKey, SupplyState};
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::http::body::{FileBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, PAGE, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::records::{StatedArea, created};
use crate::http::sheets::{SHEET_MAX, SheetImportReport, kind_of};
use crate::http::{Service, blocking};

/// 监测监管系统导出表内容 — the bytes of an XLSX or ODS file, or a CSV text
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "行政区,电子监管号,项目名称,面积(公顷),土地用途,供地方式,成交价(万元),合同签订日期,状态\n410183,4101832021B00011,演示新材料项目,1.8317,工业用地,挂牌出让,480.5,2021.3.5,已供应\n"
)]
pub struct MonitoringContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 监测监管系统的一次导出 — a dated snapshot that is never changed
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringSnapshotView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 截止日 — the day its figures are of
    pub as_of: NaiveDate,
    /// 文件摘要
    #[schema(value_type = Digest)]
    pub file_sha256: String,
    /// 文件字节数
    #[schema(minimum = 0)]
    pub byte_size: i64,
    /// 记录数
    #[schema(minimum = 0)]
    pub rows: i64,
    /// 面积合计,平方米
    pub area_m2: AreaM2,
    /// 是否为对账所据 — the books are held against the export of the latest day
    pub is_compared: bool,
    /// 导入人
    pub imported_by: UserId,
    /// 导入时刻
    pub imported_at: Instant,
}

/// 监测监管系统导出列表
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringSnapshotList {
    pub items: Vec<MonitoringSnapshotView>,
}

/// An area as it was stated, written with its unit.
#[derive(Debug, Clone, Copy)]
pub struct Stated(pub GivenArea);

impl Serialize for Stated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StatedArea::from(self.0).serialize(serializer)
    }
}

/// 监测监管系统的供应记录
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringSupplyView {
    /// 电子监管号
    #[schema(value_type = SupervisionNumber)]
    pub number: String,
    /// 行号 — row of the sheet it was read from
    #[schema(minimum = 1)]
    pub sheet_row: i64,
    /// 面积,平方米 — half up to the square centimetre
    pub area_m2: AreaM2,
    /// 面积,按文件单位
    #[schema(value_type = StatedArea)]
    pub area: Stated,
    /// 合同签订日期
    pub signed_on: Option<NaiveDate>,
    /// 状态
    pub state: Option<SupplyState>,
    /// 供地方式
    pub method: Option<SupplyMethod>,
    /// 土地用途
    pub land_use: Option<String>,
    /// 成交价,元
    pub price_yuan: Option<Money>,
    /// 项目名称
    pub project_name: Option<String>,
    /// 位置
    pub location: Option<String>,
    /// 土地来源
    pub land_source: Option<String>,
    /// 使用年限
    pub term: Option<String>,
    /// 行业分类
    pub industry: Option<String>,
    /// 土地级别
    pub grade: Option<String>,
    /// 批准单位
    pub authority: Option<String>,
    /// 约定交地日期
    pub handover_by: Option<NaiveDate>,
    /// 约定开工日期
    pub start_by: Option<NaiveDate>,
    /// 约定竣工日期
    pub finish_by: Option<NaiveDate>,
    /// 实际开工日期
    pub started_on: Option<NaiveDate>,
    /// 实际竣工日期
    pub finished_on: Option<NaiveDate>,
}

/// 监测监管系统供应记录列表
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringSupplyList {
    pub items: Vec<MonitoringSupplyView>,
    /// 下一页 — the `after` of the next page; none at the end
    #[schema(value_type = Option<SupervisionNumber>)]
    pub next: Option<String>,
}

/// 导出表导入结果 — with what the three lists of differences come to
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringImportReport {
    /// 逐行结果
    pub import: SheetImportReport,
    /// 导出 — as it is kept; in a dry run as it would be
    pub snapshot: MonitoringSnapshotView,
    /// 差异件数 — against the export of the latest day; explained ones are counted too
    pub differences: MonitoringCounts,
}

impl MonitoringSnapshotView {
    fn of(of: MonitoringSnapshot, compared: Option<i64>) -> Self {
        Self {
            n: of.n,
            as_of: of.as_of,
            file_sha256: hex(&of.sha256),
            byte_size: of.byte_size,
            rows: of.rows,
            area_m2: of.area,
            is_compared: compared == Some(of.n),
            imported_by: of.imported_by,
            imported_at: Instant(of.imported_at),
        }
    }
}

impl From<StoredSupply> for MonitoringSupplyView {
    fn from(StoredSupply { sheet_row, contents }: StoredSupply) -> Self {
        let MonitoredSupply { number, area, signed_on, state, method, land_use, price, project_name, .. } = contents;
        Self {
            number: number.to_string(),
            sheet_row,
            area_m2: area.get().m2(),
            area: Stated(area.get()),
            signed_on,
            state,
            method,
            land_use: land_use.map(|line| line.into_string()),
            price_yuan: price.map(|price| price.get()),
            project_name: project_name.map(|line| line.into_string()),
            location: contents.location.map(|line| line.into_string()),
            land_source: contents.land_source.map(|line| line.into_string()),
            term: contents.term.map(|line| line.into_string()),
            industry: contents.industry.map(|line| line.into_string()),
            grade: contents.grade.map(|line| line.into_string()),
            authority: contents.authority.map(|line| line.into_string()),
            handover_by: contents.handover_by,
            start_by: contents.start_by,
            finish_by: contents.finish_by,
            started_on: contents.started_on,
            finished_on: contents.finished_on,
        }
    }
}

/// 导入监测监管系统导出表 — an export of the ministry's system as a dated snapshot, at most 16 MiB and 50 000 rows
///
/// 土地市场动态监测监管系统的供应记录:电子监管号、面积(公顷)、合同签订日期、供地方式、成交价(万元)、状态等,列名按常用写法识别。The whole
/// county's list belongs into one file: what is not in it counts as 我有他无. All or none: a number that stands twice, a
/// number or division of another county, two units in a column, a day that is none, a total that does not match and a state
/// nobody knows refuse the file (422), each fault with its cell. `dry_run=true` keeps nothing and tells how many differences
/// there would be. The same file of the same day again changes nothing (200). Who holds the land is not kept.
#[utoipa::path(
    operation_id = "importMonitoringFile", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("as_of" = NaiveDate, Query, description = "导出截止日 — the day the figures are of; not in the future", example = "2026-10-31"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet that is meant, where several hold a table", min_length = 1, max_length = 100),
    ),
    request_body(content = MonitoringContent, content_type = "application/octet-stream", description = "CSV(UTF-8 或 GBK)、xlsx 或 ods — text/csv and the types of xlsx and ods are taken too"),
    responses(
        (status = 200, description = "试运行结果,或此前已导入", body = MonitoringImportReport),
        (status = 201, description = "已导入", body = MonitoringImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/monitoring-snapshots/import-file")]
pub async fn import_monitoring_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let as_of = query.day("as_of");
    let wish =
        SheetImport { dry_run: query.flag("dry_run"), sheet: query.line::<100>("sheet"), ..SheetImport::default() };
    query.finish(&["as_of", "dry_run", "sheet"])?;
    let Some(as_of) = as_of else {
        let message =
            Text::fixed("请给出导出截止日,如 as_of=2026-10-31", "give the day of the export, such as as_of=2026-10-31");
        return Err(AppError::field("?as_of", None, message).into());
    };
    let kind = kind_of(&body)?;
    let app = service.app.clone();
    let (report, compared) = blocking(move || {
        let report = app.import_monitoring(&caller, county, kind, &body.content, as_of, wish)?;
        Ok::<_, AppError>((report, app.monitoring_snapshots(county)?.1))
    })
    .await?;
    let MonitoringReport { sheet, snapshot, is_new, counts } = report;
    Ok(created(is_new && sheet.is_written).json(MonitoringImportReport {
        snapshot: MonitoringSnapshotView::of(snapshot, compared.filter(|_| sheet.is_written)),
        import: sheet.into(),
        differences: counts,
    }))
}

/// 监测监管系统导出列表 — every import, the first first
#[utoipa::path(
    operation_id = "listMonitoringSnapshots", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "导出",
        content((MonitoringSnapshotList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/monitoring-snapshots")]
pub async fn list_monitoring_snapshots(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let export = Export::of(&mut query, &request);
    query.finish(&["f", "unit"])?;
    let app = service.app.clone();
    let (snapshots, compared) = blocking(move || app.monitoring_snapshots(county)).await?;
    let items: Vec<MonitoringSnapshotView> =
        snapshots.into_iter().map(|snapshot| MonitoringSnapshotView::of(snapshot, compared)).collect();
    if let Some(export) = export {
        let (name, scope) = (("监测监管系统导出", "monitoring-snapshots"), format!("-{county}"));
        return export.answer_rows(name, scope, || Ok(office::monitoring_snapshots()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(MonitoringSnapshotList { items }))
}

/// 监测监管系统供应记录 — the rows of one import, in the order of their numbers
#[utoipa::path(
    operation_id = "listMonitoringSupplies", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("n" = i64, Path, description = "导出序号", minimum = 1, example = 1),
        ("after" = Option<SupervisionNumber>, Query, description = "从此监管号之后 — the `next` of the page before"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "供应记录",
        content((MonitoringSupplyList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/monitoring-snapshots/{n}/supplies")]
pub async fn list_monitoring_supplies(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let n = number(&request, "n")?;
    let mut query = Query::of(&request);
    let after: Option<SupplyKey> = query.word("after");
    let limit = query.limit();
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "f", "unit"])?;
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |last: Option<&MonitoringSupplyView>| {
            let after = last.and_then(|last| last.number.parse().ok());
            let rows = app.monitoring_supplies(county, n, after, PAGE)?;
            Ok(rows.into_iter().map(MonitoringSupplyView::from).collect())
        };
        let (name, scope) = (("监测监管系统供应记录", "monitoring-supplies"), format!("-{county}-{n}"));
        return export.answer_pages(name, scope, || Ok(office::monitoring_supplies()), fetch, None).await;
    }
    let rows = blocking(move || app.monitoring_supplies(county, n, after, limit)).await?;
    let next = rows.last().filter(|_| rows.len() as i64 == limit).map(|row| row.contents.number.to_string());
    Ok(HttpResponse::Ok().json(MonitoringSupplyList { items: rows.into_iter().map(Into::into).collect(), next }))
}
