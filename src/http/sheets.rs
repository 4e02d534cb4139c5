//! Office spreadsheets over HTTP: approvals and supplies, row by row into the books. Plots go to `plots/import-file`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::sheets::{Became, SheetImport, SheetItem, SheetReport};
use crate::domain::region::County;
use crate::domain::text::text;
use crate::formats::sheet::BookKind;
use crate::http::body::{FileBytes, Query, segment};
use crate::http::plots::import::{BadRowView, RepairView};
use crate::http::problem::{Kind, Problem};
use crate::http::records::created;
use crate::http::{Service, blocking};

/// A spreadsheet is read up to this many bytes.
pub const SHEET_MAX: usize = 16 << 20;

/// 表格内容 — the bytes of an XLSX or ODS file, or a CSV text
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "批准文号,批次类型,批准机关,批准日期,批准面积(公顷)\n演示政土〔2024〕119号,城市批次,演示省人民政府,2024年3月15日,12.5\n"
)]
pub struct SheetContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 供应表内容 — the bytes of an XLSX or ODS file, or a CSV text
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "合同编号,合同签订日期,批准机关,供应方式,地块编号,宗地编号,面积(公顷)\n410183-2026-GC-0009,2026.3.2,演示市自然资源和规划局,挂牌出让,2024-118-01,2024-ZD-007,1.8\n"
)]
pub struct SupplySheetContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 一行的处理结果
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetItemView {
    /// 行号 — the row of the sheet, from 1
    #[schema(minimum = 1)]
    pub line: u64,
    /// 文号或合同编号
    pub code: String,
    /// 编号 — id of the record, number of the voucher or id of the proposal; none in a dry run for what is new
    pub id: Option<i64>,
    /// 结果
    pub became: Became,
}

/// 表格导入结果
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetImportReport {
    /// 工作表
    pub sheet: String,
    /// 数据行数
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
    /// 各行的结果
    pub items: Vec<SheetItemView>,
    /// 有误的行 — the first 1000 of them; pointers are cells such as `Sheet1!F12`
    pub bad_rows: Vec<BadRowView>,
    /// 未导入或另行处理之处 — rows and columns that were left out, and roundings
    pub repairs: Vec<RepairView>,
}

impl From<SheetReport> for SheetImportReport {
    fn from(report: SheetReport) -> Self {
        let item = |item: SheetItem| SheetItemView {
            line: item.line as u64,
            code: item.code,
            id: item.id,
            became: item.became,
        };
        Self {
            sheet: report.sheet,
            rows: report.rows as u64,
            created: report.created as u64,
            unchanged: report.unchanged as u64,
            bad: report.bad as u64,
            is_written: report.is_written,
            items: report.items.into_iter().map(item).collect(),
            bad_rows: report.bad_rows.into_iter().map(Into::into).collect(),
            repairs: report.repairs.into_iter().map(Into::into).collect(),
        }
    }
}

/// 导入用地批文表 — approvals out of an Excel workbook (xlsx), ODS or CSV, at most 16 MiB and 50 000 rows
///
/// 列名按办公常用写法识别:批准文号、批次类型、批准机关、批准日期、批准面积,及面积构成各项;单位写在表头、单元格或表上方(公顷、亩、平方米)。The header
/// may have titles above it, two or three rows and merged cells; columns nobody asks for are named in `repairs`. Days may be
/// 2019.3.5, 2019年3月5日, 20190305 or days of the program. Blank rows and rows of totals are left out, totals must be right.
/// All or none: bad rows refuse the file (422), each fault with its cell, unless `partial=true` takes the good rows.
/// `dry_run=true` writes nothing. What is there already with the same contents is unchanged.
#[utoipa::path(
    operation_id = "importApprovalFile", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet that is meant, where several hold a table", min_length = 1, max_length = 100),
    ),
    request_body(content = SheetContent, content_type = "application/octet-stream", description = "CSV(UTF-8 或 GBK)、xlsx 或 ods — text/csv and the types of xlsx and ods are taken too"),
    responses(
        (status = 200, description = "试运行结果,或没有新录入的批文", body = SheetImportReport),
        (status = 201, description = "已录入", body = SheetImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/approvals/import-file")]
pub async fn import_approval_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
) -> Result<HttpResponse, Problem> {
    import(&service, &request, caller, body, &FILE, App::import_approvals).await
}

/// 导入供应表 — supplies out of an Excel workbook (xlsx), ODS or CSV, at most 16 MiB and 50 000 rows
///
/// 每行为一宗供应在一个地块上的面积:合同编号、合同签订日期、供应方式、地块编号、面积,另有电子监管号、宗地编号等。Rows of one contract become one
/// voucher, sent as by `sendVoucher`: it is proposed and waits for its second person. Parcels that are not there yet are
/// entered with it. A supervision number of another county, or one that stands twice, is refused. Reading, faults,
/// `dry_run` and `partial` are as in `importApprovalFile`; `partial` takes or leaves whole contracts.
#[utoipa::path(
    operation_id = "importVoucherFile", tag = "ledger",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的合同略过,其余提交 — take the good contracts"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet that is meant, where several hold a table", min_length = 1, max_length = 100),
        ("authority" = Option<String>, Query, description = "批准机关 — of rows that name none", min_length = 1, max_length = 100),
    ),
    request_body(content = SupplySheetContent, content_type = "application/octet-stream", description = "CSV(UTF-8 或 GBK)、xlsx 或 ods — text/csv and the types of xlsx and ods are taken too"),
    responses(
        (status = 200, description = "试运行结果,或没有新提交的凭证", body = SheetImportReport),
        (status = 201, description = "已提交,待审批", body = SheetImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/vouchers/import-file")]
pub async fn import_voucher_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
) -> Result<HttpResponse, Problem> {
    import(&service, &request, caller, body, &FILE_OF_SUPPLIES, App::import_supplies).await
}

/// 进展表内容 — the bytes of an XLSX or ODS file, or a CSV text
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "地块编号,进展月份,工作进展\n2024-118-01,2026年10月,补偿款已兑付八成\n"
)]
pub struct ProgressSheetContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 导入月度进展表 — the office's sheet (`listPlotMeasures` as xlsx or csv) with what was done written into it
///
/// Columns 地块编号, 进展月份 and 工作进展 are read, the others are left out; rows without 工作进展 stay as they are. Reading, faults,
/// `dry_run` and `partial` are as in `importApprovalFile`.
#[utoipa::path(
    operation_id = "importPlotProgressFile", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet that is meant, where several hold a table", min_length = 1, max_length = 100),
    ),
    request_body(content = ProgressSheetContent, content_type = "application/octet-stream", description = "CSV(UTF-8 或 GBK)、xlsx 或 ods — text/csv and the types of xlsx and ods are taken too"),
    responses(
        (status = 200, description = "试运行结果,或没有新的进展", body = SheetImportReport),
        (status = 201, description = "已填报", body = SheetImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/plot-progress/import-file")]
pub async fn import_plot_progress_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
) -> Result<HttpResponse, Problem> {
    import(&service, &request, caller, body, &FILE, App::import_progress).await
}

/// 合同台账内容 — the bytes of an XLSX or ODS file, or a CSV text
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "合同编号,签订日期,宗地编号,土地使用者,统一社会信用代码,土地用途,供应方式,使用年期,合同面积(平方米),价款(万元),约定动工日\n410183-CR-2024-0007,2024.3.1,2024-ZD-007,演示新材料有限公司,91512081MA62K0260E,工业用地,挂牌,20,18317.35,256.4429,2024.10.1\n"
)]
pub struct ContractSheetContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 导入合同台账 — contracts and how far they have come, out of the office's follow-up table (供后监管)
///
/// The columns of `listContracts` as xlsx or csv, and the names that offices give them; 宗地编号 may hold several, parted by 、.
/// 实际交地日, 实际动工日, 实际竣工日, and 已动工面积 and 已投资额 with 进度日期 become progress reports. A start from a sheet does not say how far
/// the foundation was, so it waits for somebody to say so. Instalments and phases are entered one by one. Reading, faults, `dry_run` and
/// `partial` are as in `importApprovalFile`; a row that is there already with the same contents is unchanged.
#[utoipa::path(
    operation_id = "importContractFile", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing"),
        ("partial" = Option<bool>, Query, description = "有误的行略过,其余写入 — take the good rows"),
        ("sheet" = Option<String>, Query, description = "工作表名 — the sheet that is meant, where several hold a table", min_length = 1, max_length = 100),
    ),
    request_body(content = ContractSheetContent, content_type = "application/octet-stream", description = "CSV(UTF-8 或 GBK)、xlsx 或 ods — text/csv and the types of xlsx and ods are taken too"),
    responses(
        (status = 200, description = "试运行结果,或没有新的内容", body = SheetImportReport),
        (status = 201, description = "已登记", body = SheetImportReport),
    ),
)]
#[post("/api/v1/counties/{county}/contracts/import-file")]
pub async fn import_contract_file(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
) -> Result<HttpResponse, Problem> {
    import(&service, &request, caller, body, &FILE, App::import_contracts).await
}

/// Parameters of an import.
const FILE: [&str; 3] = ["dry_run", "partial", "sheet"];
const FILE_OF_SUPPLIES: [&str; 4] = ["dry_run", "partial", "sheet", "authority"];

/// A use case that takes a sheet.
type Import = fn(&App, &Caller, County, BookKind, &[u8], SheetImport) -> Result<SheetReport, AppError>;

/// Hands the file to the use case and answers its report.
async fn import(
    service: &Service,
    request: &HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
    known: &'static [&'static str],
    carry_out: Import,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(request, "county")?;
    let mut query = Query::of(request);
    let wish = SheetImport {
        dry_run: query.flag("dry_run"),
        partial: query.flag("partial"),
        sheet: query.line::<100>("sheet"),
        authority: if known.contains(&"authority") { query.line::<100>("authority") } else { None },
    };
    query.finish(known)?;
    let (kind, app) = (kind_of(&body)?, service.app.clone());
    let report = blocking(move || carry_out(&app, &caller, county, kind, &body.content, wish)).await?;
    Ok(created(report.is_written && report.created > 0).json(SheetImportReport::from(report)))
}

/// The format that the sender names, or that the contents show if the sender leaves it to them.
pub fn kind_of(body: &FileBytes<SHEET_MAX>) -> Result<BookKind, Problem> {
    let shown: String = body.media_type.chars().take(100).collect();
    match body.media_type.as_str() {
        "application/octet-stream" => Ok(BookKind::of(&body.content).unwrap_or(BookKind::Csv)),
        given => BookKind::of_media_type(given).ok_or_else(|| {
            Problem::new(
                Kind::UnsupportedMediaType,
                text!(
                    "内容类型“{shown}”不能导入;可用 text/csv,xlsx、ods 的类型,或 application/octet-stream",
                    "content type {shown:?} cannot be imported; text/csv, those of xlsx and ods, and application/octet-stream can"
                ),
            )
        }),
    }
}
