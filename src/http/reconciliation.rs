//! Differences between books, map and monitoring system over HTTP, and how much is on the map.

pub mod view;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};

use crate::app::caller::Caller;
use crate::app::reconciliation::DifferenceFilter;
use crate::domain::area::AreaUnit;
use crate::domain::codes::TownshipCode;
use crate::domain::reconciliation::{
    ComparedWith, Difference, DifferenceKind, DifferenceNoteBody, DifferenceStatus, MappingShare,
};
use crate::domain::region::{ApprovalId, County, UserId};
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, PAGE, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

use view::{
    DifferenceCount, DifferenceCounts, DifferenceFileView, DifferenceList, DifferenceView, MappingTable, MappingView,
};

/// The filters that list and counts share.
const FILTERS: [&str; 6] = ["with", "kind", "status", "township", "approval", "owner"];

fn filter(query: &mut Query<'_>) -> DifferenceFilter {
    DifferenceFilter {
        with: query.word("with"),
        kind: query.word("kind"),
        status: query.word("status"),
        township: query.word("township"),
        approval: query.id("approval").map(ApprovalId),
        owner: query.id("owner").map(UserId),
    }
}

/// 对账差异列表 — where books differ from map or monitoring system, by kind and then by id
///
/// Decided from the figures as they are now, by the tolerance in force today; what is mended is gone, unless
/// `status=mended` asks for what was spoken of and is mended. 图形面积与登记面积之差在允许值以内的不列。A difference that was
/// explained is open again (`reopened`) when its figures have changed since. `with=monitoring` gives the three lists against the
/// newest export of the 监测监管系统: 我有他无 (`monitoring_lacks`), 他有我无 (`monitoring_only`), 不一致 (`monitoring_differs`).
#[utoipa::path(
    operation_id = "listDifferences", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = Option<Difference>, Query, description = "从此差异之后 — the `next` of the page before"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("with" = Option<ComparedWith>, Query, description = "对账对象 — map or monitoring system"),
        ("kind" = Option<DifferenceKind>, Query, description = "种类"),
        ("status" = Option<DifferenceStatus>, Query, description = "状态"),
        ("township" = Option<TownshipCode>, Query, description = "乡镇街道"),
        ("approval" = Option<i64>, Query, description = "用地批文", minimum = 1),
        ("owner" = Option<i64>, Query, description = "责任人", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "差异",
        content((DifferenceList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/reconciliation")]
pub async fn list_differences(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let after: Option<Difference> = query.word("after");
    let limit = usize::try_from(query.limit()).unwrap_or(1);
    let filter = filter(&mut query);
    let export = Export::of(&mut query, &request);
    query.finish(&[&["after", "limit", "f", "unit"][..], &FILTERS].concat())?;
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |last: Option<&DifferenceView>| {
            let rows = app.differences(county, &filter, last.map(|row| row.difference), PAGE as usize)?;
            Ok(rows.into_iter().map(DifferenceView::from).collect())
        };
        let with = filter.kind.map(DifferenceKind::with).or(filter.with);
        let columns = move || Ok(office::differences(with));
        return export.answer_pages(("对账差异", "differences"), format!("-{county}"), columns, fetch, None).await;
    }
    let rows = blocking(move || app.differences(county, &filter, after, limit)).await?;
    let next = if rows.len() == limit { rows.last().map(|row| row.difference) } else { None };
    Ok(HttpResponse::Ok().json(DifferenceList { items: rows.into_iter().map(Into::into).collect(), next }))
}

/// 对账差异件数 — how many there are of each kind and status
#[utoipa::path(
    operation_id = "countDifferences", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("with" = Option<ComparedWith>, Query, description = "对账对象 — map or monitoring system"),
        ("kind" = Option<DifferenceKind>, Query, description = "种类"),
        ("status" = Option<DifferenceStatus>, Query, description = "状态"),
        ("township" = Option<TownshipCode>, Query, description = "乡镇街道"),
        ("approval" = Option<i64>, Query, description = "用地批文", minimum = 1),
        ("owner" = Option<i64>, Query, description = "责任人", minimum = 1),
    ),
    responses((status = 200, description = "件数", body = DifferenceCounts)),
)]
#[get("/api/v1/counties/{county}/reconciliation-counts")]
pub async fn count_differences(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let filter = filter(&mut query);
    query.finish(&FILTERS)?;
    let app = service.app.clone();
    let counts = blocking(move || app.count_differences(county, &filter)).await?;
    let standing =
        counts.iter().filter(|((_, status), _)| *status != DifferenceStatus::Mended).map(|(_, count)| count).sum();
    let row = |((kind, status), count): ((DifferenceKind, DifferenceStatus), i64)| DifferenceCount {
        kind,
        kind_label: kind.zh(),
        status,
        count,
    };
    Ok(HttpResponse::Ok().json(DifferenceCounts { counts: counts.into_iter().map(row).collect(), standing }))
}

/// 对账差异 — one difference with all that was said of it
#[utoipa::path(
    operation_id = "getDifference", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("difference" = Difference, Path, description = "差异编号"),
    ),
    responses((status = 200, description = "差异", body = DifferenceFileView)),
)]
#[get("/api/v1/counties/{county}/reconciliation/{difference}")]
pub async fn get_difference(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let difference: Difference = segment(&request, "difference")?;
    let app = service.app.clone();
    let file = blocking(move || app.difference(county, difference)).await?;
    Ok(HttpResponse::Ok().json(DifferenceFileView::from(file)))
}

/// 处理对账差异 — assigns it, says what was found, or both
///
/// Nothing that was said is changed or removed; the last note holds. 处理须以读取时的版本和数据摘要为据。
#[utoipa::path(
    operation_id = "addReconciliationNote", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("difference" = Difference, Path, description = "差异编号"),
    ),
    request_body = DifferenceNoteBody,
    responses((status = 200, description = "差异", body = DifferenceFileView)),
)]
#[post("/api/v1/counties/{county}/reconciliation/{difference}/notes")]
pub async fn add_reconciliation_note(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let difference: Difference = segment(&request, "difference")?;
    let sent: DifferenceNoteBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.add_reconciliation_note(&caller, county, difference, sent)).await?;
    Ok(HttpResponse::Ok().json(DifferenceFileView::from(file)))
}

/// 落图率 — how much of the county and of each township is on the map, as of now
#[utoipa::path(
    operation_id = "getMappingRate", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "落图率",
        content((MappingTable = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/mapping-rate")]
pub async fn get_mapping_rate(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let export = Export::of(&mut query, &request);
    query.finish(&["f", "unit"])?;
    let app = service.app.clone();
    let rate = blocking(move || app.mapping_rate(county)).await?;
    let townships: Vec<MappingView> =
        rate.townships.into_iter().map(|(code, name, mapping)| MappingView::of(code, name, &mapping)).collect();
    let total = MappingView::of(None, None, &rate.total);
    if let Some(export) = export {
        let share = |share: &MappingShare| share.percent.clone().unwrap_or_else(|| "—".to_owned());
        let note = format!("全县落图率:宗数 {}%,面积 {}%", share(&total.by_plots), share(&total.by_area));
        let scope = format!("-{county}");
        let columns = || Ok(office::mapping());
        return export.answer_rows(("落图率", "mapping-rate"), scope, columns, townships, Some(note)).await;
    }
    Ok(HttpResponse::Ok().json(MappingTable { county, townships, total }))
}
