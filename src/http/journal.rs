//! The journal over HTTP: who changed which record, from what to what.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::records::{JournalPage, Journalled};
use crate::domain::area::AreaUnit;
use crate::domain::instant::Instant;
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::http::Service;
use crate::http::body::{Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{JournalOrder, PageMark, answer};
use crate::http::problem::Problem;

/// 变更日志 — one change of one record
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalEntry {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 何人 — 0: on the command line
    pub user: UserId,
    /// 操作 — the operation of this API
    #[schema(example = "updatePlot")]
    pub operation: String,
    /// 记录种类
    pub collection: Collection,
    /// 记录编号
    pub object: i64,
    /// 变更前 — none for what is new
    #[schema(value_type = Option<Object>)]
    pub before: Option<Box<RawValue>>,
    /// 变更后
    #[schema(value_type = Option<Object>)]
    pub after: Option<Box<RawValue>>,
    /// 何时
    pub at: Instant,
}

/// 变更日志列表
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalList {
    pub items: Vec<JournalEntry>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<Journalled> for JournalEntry {
    fn from(entry: Journalled) -> Self {
        // Written as JSON; what is not is shown as nothing.
        let json = |text: Option<String>| text.and_then(|text| RawValue::from_string(text).ok());
        Self {
            n: entry.n,
            user: entry.user,
            operation: entry.operation,
            collection: entry.collection,
            object: entry.object,
            before: json(entry.before),
            after: json(entry.after),
            at: Instant(entry.at),
        }
    }
}

/// 变更日志 — every change of the county's records in order; vouchers have their own chain
///
/// Names of holders are not kept here, as the journal cannot be erased.
#[utoipa::path(
    operation_id = "listJournal", tag = "regions",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<JournalOrder>), Query, style = Form, explode = false, description = "排序,如 -at — columns in the order of their weight, - for descending; empty values come last"),
        ("collection" = Option<Collection>, Query, description = "记录种类"),
        ("object" = Option<i64>, Query, description = "记录编号", minimum = 1),
        ("user" = Option<i64>, Query, description = "何人,0 为命令行 — 0: the command line", minimum = 0),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "变更日志",
        content((JournalList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/journal")]
pub async fn list_journal(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = JournalPage {
        at: query.place(),
        collection: query.word("collection"),
        object: query.id("object"),
        user: query.number("user", 0, i64::MAX).map(UserId),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "collection", "object", "user", "f", "unit"])?;
    let app = service.app.clone();
    let at = page.at.clone();
    let fetch = move |at| app.journal(county, &JournalPage { at, ..page.clone() });
    let list =
        |rows: Vec<Journalled>, next| Ok(JournalList { items: rows.into_iter().map(Into::into).collect(), next });
    answer(export, ("变更日志", "journal"), county, at, || Ok(tables::journal()), fetch, list).await
}
