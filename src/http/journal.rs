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
use crate::http::body::{Query, segment};
use crate::http::export::{Export, ExportFile, PAGE, TableFormat, tables};
use crate::http::problem::Problem;
use crate::http::records::next;
use crate::http::{Service, blocking};

/// 变更日志 — one change of one record
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalEntry {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 何人
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
    pub next: Option<i64>,
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
        ("after" = Option<i64>, Query, description = "从此序号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("collection" = Option<Collection>, Query, description = "记录种类"),
        ("object" = Option<i64>, Query, description = "记录编号", minimum = 1),
        ("user" = Option<i64>, Query, description = "何人", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "变更日志",
        content((JournalList = "application/json"), (ExportFile = "text/csv"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/journal")]
pub async fn list_journal(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = JournalPage {
        after: query.number("after", 0, i64::MAX).unwrap_or(0),
        limit: query.limit(),
        collection: query.word("collection"),
        object: query.id("object"),
        user: query.id("user").map(UserId),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "collection", "object", "user", "f", "unit"])?;
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |after| app.journal(county, &JournalPage { after, limit: PAGE, ..page });
        return export
            .answer(("变更日志", "journal"), format!("-{county}"), || Ok(tables::journal()), fetch, |row| row.n)
            .await;
    }
    let rows = blocking(move || app.journal(county, &page)).await?;
    let next = next(&rows, page.limit, |row| row.n);
    Ok(HttpResponse::Ok().json(JournalList { items: rows.into_iter().map(Into::into).collect(), next }))
}
