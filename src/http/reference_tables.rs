//! 县级数据表 over HTTP: loaded as JSON or as a sheet, never changed.

use std::borrow::Cow;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::app::caller::Caller;
use crate::app::reference_tables::{StoredTable, TableHead, TableWish};
use crate::domain::finding::Citation;
use crate::domain::input::{self, FieldError, Input, Line, Reader, input};
use crate::domain::instant::Instant;
use crate::domain::reference::{AllocationRow, CatalogueRow, IndustryRow, Rows, StandardRow, TableKind};
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::formats::sheet::BookKind;
use crate::http::body::{FileBytes, JsonBytes, Query, number, segment};
use crate::http::policy::CitationBody;
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// A sheet is read up to this many bytes.
const SHEET_MAX: usize = 4 << 20;

/// The rows of a version as they were sent: what they hold follows from its kind.
#[derive(Debug, Clone)]
pub struct RowsText(String);

impl<'de> Input<'de> for RowsText {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        if raw.get().starts_with('[') {
            return Some(Self(raw.get().to_owned()));
        }
        reader.fault(Some(raw.get()), Text::fixed("此处应为数组 […]", "an array […] is expected here"));
        None
    }
}

impl PartialSchema for RowsText {
    fn schema() -> RefOr<Schema> {
        // A row without optional members may be one of several kinds; the kind of the table tells which.
        let row = AnyOfBuilder::new()
            .item(Ref::from_schema_name("CatalogueRow"))
            .item(Ref::from_schema_name("StandardRow"))
            .item(Ref::from_schema_name("IndustryRow"))
            .item(Ref::from_schema_name("AllocationRow"));
        ArrayBuilder::new().items(row).min_items(Some(1)).max_items(Some(5000)).into()
    }
}

impl ToSchema for RowsText {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ReferenceRows")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("CatalogueRow".to_owned(), CatalogueRow::schema()));
        schemas.push(("StandardRow".to_owned(), StandardRow::schema()));
        schemas.push(("IndustryRow".to_owned(), IndustryRow::schema()));
        schemas.push(("AllocationRow".to_owned(), AllocationRow::schema()));
        CatalogueRow::schemas(schemas);
        StandardRow::schemas(schemas);
        IndustryRow::schemas(schemas);
        AllocationRow::schemas(schemas);
    }
}

input! {
    /// 县级数据表 — a version of a table, with the document it rests on
    #[schema(example = json!({
        "kind": "standard_land", "in_force": "2026-01-01", "verified": true, "reason": "本局会议确定",
        "citation": {"instrument": "演示县工业用地标准地控制指标", "number": "演示〔2025〕30号", "provision": "附表", "issued_on": "2025-12-20"},
        "rows": [
            {"indicator": "investment_intensity", "bound": "min", "value": "300", "unit": "万元/亩"},
            {"indicator": "tax_intensity", "industry_code": "C30", "bound": "min", "value": "15", "unit": "万元/亩"}
        ]
    }))]
    pub struct ReferenceTableBody {
        /// 种类
        pub kind: TableKind,
        /// 施行日期
        pub in_force: NaiveDate,
        /// 依据
        pub citation: CitationBody,
        /// 已核对原文
        pub verified: bool,
        /// 理由
        pub reason: Line<500>,
        /// 各行
        pub rows: RowsText,
    }
}

/// 县级数据表摘要
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferenceTableSummary {
    /// 序号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub n: i64,
    /// 种类
    pub kind: TableKind,
    /// 施行日期
    pub in_force: NaiveDate,
    /// 依据
    pub citation: Citation,
    /// 已核对原文
    pub verified: bool,
    /// 行数
    #[schema(minimum = 1)]
    pub row_count: i32,
    /// 理由
    pub reason: String,
    /// 记录人
    pub recorded_by: UserId,
    /// 记录时刻
    pub recorded_at: Instant,
}

/// 县级数据表列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferenceTableList {
    pub items: Vec<ReferenceTableSummary>,
}

/// 县级数据表
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferenceTableView {
    /// 摘要
    pub summary: ReferenceTableSummary,
    /// 各行
    #[schema(value_type = RowsText)]
    pub rows: Box<RawValue>,
}

impl From<TableHead> for ReferenceTableSummary {
    fn from(head: TableHead) -> Self {
        Self {
            n: head.n,
            kind: head.kind,
            in_force: head.in_force,
            citation: head.citation,
            verified: head.verified,
            row_count: head.rows,
            reason: head.reason,
            recorded_by: head.recorded_by,
            recorded_at: Instant(head.recorded_at),
        }
    }
}

impl ReferenceTableView {
    fn of(stored: StoredTable) -> Result<Self, Problem> {
        let table = stored.table;
        let rows = RawValue::from_string(table.rows.json()).map_err(Problem::internal)?;
        let summary = ReferenceTableSummary {
            n: table.n,
            kind: table.rows.kind(),
            in_force: table.in_force,
            citation: table.citation,
            verified: table.verified,
            row_count: i32::try_from(table.rows.len()).unwrap_or(i32::MAX),
            reason: stored.reason,
            recorded_by: stored.recorded_by,
            recorded_at: Instant(stored.recorded_at),
        };
        Ok(Self { summary, rows })
    }
}

/// 载入县级数据表 — appends a version; the last one in force on a day holds
///
/// `supply_catalogue` closes item 16's methods to what it lists; `standard_land` holds the indicators of standard land;
/// `industry_codes` adds names and divisions; `allocation_catalogue` is for own land. Without a table a pre-check passes nobody.
#[utoipa::path(
    operation_id = "addReferenceTable", tag = "policy",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = ReferenceTableBody,
    responses((status = 201, description = "已载入", body = ReferenceTableView)),
)]
#[post("/api/v1/counties/{county}/reference-tables")]
pub async fn add_reference_table(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let body: ReferenceTableBody = body.read()?;
    let rows = Rows::read(body.kind, body.rows.0.as_bytes()).map_err(|faults| {
        let below = |fault: FieldError| FieldError { pointer: format!("/rows{}", fault.pointer), ..fault };
        Problem::fields(faults.into_iter().map(below).collect())
    })?;
    let wish = TableWish {
        in_force: body.in_force,
        citation: body.citation.into(),
        verified: body.verified,
        reason: body.reason.into_string(),
    };
    let app = service.app.clone();
    let stored = blocking(move || app.add_reference_table(&caller, county, wish, rows)).await?;
    Ok(HttpResponse::Created().json(ReferenceTableView::of(stored)?))
}

/// 数据表文件内容 — the bytes of an XLSX or ODS file, or a CSV text
#[derive(ToSchema)]
#[schema(
    value_type = String, format = Binary,
    example = "指标,行业代码,界限,控制值,计量单位\n固定资产投资强度,,不低于,300,万元/亩\n"
)]
pub struct ReferenceSheetContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 以表格载入县级数据表 — the same from XLSX, ODS or CSV; faults are named by their cells
///
/// 列名:限制、禁止目录为 类别、行业代码、条目、条件;标准地为 指标、行业代码、界限、控制值、计量单位;行业代码为 代码、名称;划拨目录为 条目。
#[utoipa::path(
    operation_id = "importReferenceTable", tag = "policy",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("kind" = Option<TableKind>, Query, description = "种类,必填", example = "standard_land"),
        ("in_force" = Option<NaiveDate>, Query, description = "施行日期,必填", example = "2026-01-01"),
        ("instrument" = Option<String>, Query, description = "文件名称,必填", min_length = 1, max_length = 200),
        ("number" = Option<String>, Query, description = "文号", min_length = 1, max_length = 100),
        ("provision" = Option<String>, Query, description = "条款,必填", min_length = 1, max_length = 100),
        ("issued_on" = Option<NaiveDate>, Query, description = "印发日期"),
        ("verified" = Option<bool>, Query, description = "已核对原文"),
        ("reason" = Option<String>, Query, description = "理由,必填", min_length = 1, max_length = 200),
    ),
    request_body(content = ReferenceSheetContent, content_type = "application/octet-stream"),
    responses((status = 201, description = "已载入", body = ReferenceTableView)),
)]
#[post("/api/v1/counties/{county}/reference-tables/import-file")]
pub async fn import_reference_table(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SHEET_MAX>,
) -> Result<HttpResponse, Problem> {
    const KNOWN: &[&str] =
        &["kind", "in_force", "instrument", "number", "provision", "issued_on", "verified", "reason"];
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let (kind, in_force) = (query.word::<TableKind>("kind"), query.day("in_force"));
    let (instrument, number) = (query.line::<200>("instrument"), query.line::<100>("number"));
    let (provision, issued_on) = (query.line::<100>("provision"), query.day("issued_on"));
    let (verified, reason) = (query.flag("verified"), query.line::<200>("reason"));
    query.finish(KNOWN)?;
    let needed = [
        ("kind", kind.is_some()),
        ("in_force", in_force.is_some()),
        ("instrument", instrument.is_some()),
        ("provision", provision.is_some()),
        ("reason", reason.is_some()),
    ];
    let lacking = needed.iter().filter(|(_, given)| !given).map(|(name, _)| FieldError {
        pointer: format!("?{name}"),
        value: None,
        message: Text::fixed("缺少必填项", "this parameter is required"),
    });
    let lacking: Vec<FieldError> = lacking.collect();
    let (Some(kind), Some(in_force), Some(instrument), Some(provision), Some(reason)) =
        (kind, in_force, instrument, provision, reason)
    else {
        return Err(Problem::fields(lacking));
    };
    let citation = Citation {
        instrument: Text::new(instrument.clone(), instrument),
        number: number.map(Into::into),
        provision: Text::new(provision.clone(), provision),
        issued_on,
        url: None,
    };
    let wish = TableWish { in_force, citation, verified, reason };
    let app = service.app.clone();
    let stored = blocking(move || {
        let book = BookKind::of(&body.content).unwrap_or(BookKind::Csv);
        let rows = app.read_reference_rows(county, kind, book, &body.content)?;
        app.add_reference_table(&caller, county, wish, rows)
    })
    .await?;
    Ok(HttpResponse::Created().json(ReferenceTableView::of(stored)?))
}

/// 县级数据表列表 — every version, in the order they were loaded
#[utoipa::path(
    operation_id = "listReferenceTables", tag = "policy",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "数据表", body = ReferenceTableList)),
)]
#[get("/api/v1/counties/{county}/reference-tables")]
pub async fn list_reference_tables(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let heads = blocking(move || app.reference_tables(county)).await?;
    Ok(HttpResponse::Ok().json(ReferenceTableList { items: heads.into_iter().map(Into::into).collect() }))
}

/// 单个县级数据表 — a version with its rows
#[utoipa::path(
    operation_id = "getReferenceTable", tag = "policy",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("n" = i64, Path, description = "序号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "数据表", body = ReferenceTableView)),
)]
#[get("/api/v1/counties/{county}/reference-tables/{n}")]
pub async fn get_reference_table(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let n = number(&request, "n")?;
    let app = service.app.clone();
    let stored = blocking(move || app.reference_table(county, n)).await?;
    Ok(HttpResponse::Ok().json(ReferenceTableView::of(stored)?))
}

impl From<CitationBody> for Citation {
    fn from(body: CitationBody) -> Self {
        let given = |text: input::Line<200>| Text::new(text.as_str().to_owned(), text.into_string());
        Self {
            instrument: given(body.instrument),
            number: body.number.map(|number| number.into_string().into()),
            provision: Text::new(body.provision.as_str().to_owned(), body.provision.into_string()),
            issued_on: body.issued_on,
            url: body.url.map(|url| url.into_string().into()),
        }
    }
}
