//! Differences between map and books over HTTP, and how much is on the map.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::reconciliation::{DifferenceFile, DifferenceFilter, DifferenceRow};
use crate::domain::codes::TownshipCode;
use crate::domain::instant::Instant;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::AreaM2;
use crate::domain::reconciliation::{
    Difference, DifferenceKind, DifferenceNoteBody, DifferenceResolution, DifferenceStatus, Mapping, MappingShare,
    Note, Subject,
};
use crate::domain::region::{ApprovalId, County, ParcelId, PlotId, UserId};
use crate::domain::text::Text;
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 处理记录 — what somebody said of a difference; owner and resolution hold until the next one
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceNote {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 责任人
    pub owner: Option<UserId>,
    /// 处理结果
    pub resolution: DifferenceResolution,
    /// 说明
    pub reason: Option<String>,
    /// 所据数据摘要 — digest of the figures it was said of
    #[schema(value_type = Digest)]
    pub figures: String,
    /// 何人
    pub user: UserId,
    /// 何时
    pub at: Instant,
}

/// 差异 — where map and books differ, and how it stands
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceView {
    /// 差异编号 — stays the same for the same thing
    pub difference: Difference,
    /// 种类
    pub kind: DifferenceKind,
    /// 种类名称
    pub kind_label: &'static str,
    /// 状态
    pub status: DifferenceStatus,
    /// 版本 — how much was said of it so far; a note is based on it
    #[schema(minimum = 0)]
    pub version: i64,
    /// 地块 — of a parcel in several plots the one with the lowest id
    pub plot: Option<PlotId>,
    /// 地块编号
    pub plot_code: Option<String>,
    /// 另一地块 — of two that overlap
    pub other_plot: Option<PlotId>,
    /// 科目 — of a holding
    pub account: Option<Account>,
    /// 宗地
    pub parcel: Option<ParcelId>,
    /// 宗地编号
    pub parcel_code: Option<String>,
    /// 乡镇街道 — of the plot, as of now
    pub township: Option<TownshipCode>,
    /// 用地批文 — of the plot
    pub approval: Option<ApprovalId>,
    /// 账面面积,平方米 — by the books: recorded area of a plot, ledger area of a holding or of what a parcel holds; none: 已消除
    pub recorded_area_m2: Option<AreaM2>,
    /// 图形面积,平方米 — planar, in the county's zone; none: 未落图, or nothing to compare
    pub polygon_area_m2: Option<AreaM2>,
    /// 相差,平方米 — polygon less record
    pub difference_m2: Option<AreaM2>,
    /// 数据摘要 — digest of these figures; a note is based on it
    #[schema(value_type = Option<Digest>)]
    pub figures: Option<String>,
    /// 处理办法
    pub remedy: Text,
    /// 责任人
    pub owner: Option<UserId>,
    /// 最近处理
    pub last_note: Option<DifferenceNote>,
}

/// 差异列表
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceList {
    pub items: Vec<DifferenceView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<Difference>,
}

/// 差异及其处理经过
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceFileView {
    /// 差异
    pub difference: DifferenceView,
    /// 处理经过 — the first first
    pub notes: Vec<DifferenceNote>,
}

/// 一类差异的件数
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceCount {
    /// 种类
    pub kind: DifferenceKind,
    /// 种类名称
    pub kind_label: &'static str,
    /// 状态
    pub status: DifferenceStatus,
    /// 件数
    #[schema(minimum = 1)]
    pub count: i64,
}

/// 差异件数 — by kind and status; where there is none, no row
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceCounts {
    /// 各类件数
    pub counts: Vec<DifferenceCount>,
    /// 未消除的合计
    #[schema(minimum = 0)]
    pub standing: i64,
}

/// 落图情况
#[derive(Debug, Serialize, ToSchema)]
pub struct MappingView {
    /// 乡镇街道 — none: 未填, or the whole county
    pub township: Option<TownshipCode>,
    /// 乡镇街道名称
    pub name: Option<String>,
    /// 地块宗数
    #[schema(minimum = 0)]
    pub plots: i64,
    /// 已落图宗数
    #[schema(minimum = 0)]
    pub mapped_plots: i64,
    /// 登记面积,平方米
    pub area_m2: AreaM2,
    /// 已落图地块的登记面积,平方米
    pub mapped_area_m2: AreaM2,
    /// 落图率(宗数)
    pub by_plots: MappingShare,
    /// 落图率(面积)
    pub by_area: MappingShare,
}

/// 落图率 — plots with a polygon among all plots, by number and by recorded area, as of now
#[derive(Debug, Serialize, ToSchema)]
pub struct MappingTable {
    /// 县代码
    pub county: County,
    /// 各乡镇街道
    pub townships: Vec<MappingView>,
    /// 全县
    pub total: MappingView,
}

impl From<Note> for DifferenceNote {
    fn from(note: Note) -> Self {
        Self {
            n: note.n,
            owner: note.owner,
            resolution: note.resolution,
            reason: note.reason,
            figures: hex(&note.figures),
            user: note.user,
            at: Instant(note.at),
        }
    }
}

impl From<DifferenceRow> for DifferenceView {
    fn from(row: DifferenceRow) -> Self {
        let owner = row.owner();
        let DifferenceRow { difference, facts, figures, last, status } = row;
        let kind = difference.kind;
        let (place, parcel_code) = facts.map_or((None, None), |facts| (facts.place, facts.parcel_code));
        let (plot, account, parcel) = match difference.subject {
            Subject::Plot(plot) | Subject::Plots(plot, _) => (Some(plot), None, None),
            Subject::Holding(holding) => (Some(holding.plot), Some(holding.account), holding.parcel),
            Subject::Parcel(parcel) => (place.as_ref().map(|place| place.plot), None, Some(parcel)),
        };
        Self {
            difference,
            kind,
            kind_label: kind.zh(),
            status,
            version: last.as_ref().map_or(0, |last| last.n),
            plot,
            plot_code: place.as_ref().map(|place| place.plot_code.clone()),
            other_plot: match difference.subject {
                Subject::Plots(_, other) => Some(other),
                _ => None,
            },
            account,
            parcel,
            parcel_code,
            township: place.as_ref().and_then(|place| place.township),
            approval: place.and_then(|place| place.approval),
            recorded_area_m2: figures.map(|figures| figures.recorded),
            polygon_area_m2: figures.and_then(|figures| figures.polygon),
            difference_m2: figures.and_then(|figures| figures.difference()),
            figures: figures.map(|figures| hex(&figures.digest(&difference))),
            remedy: kind.remedy(),
            owner,
            last_note: last.map(Into::into),
        }
    }
}

impl From<DifferenceFile> for DifferenceFileView {
    fn from(DifferenceFile { row, notes }: DifferenceFile) -> Self {
        Self { difference: row.into(), notes: notes.into_iter().map(Into::into).collect() }
    }
}

impl MappingView {
    fn of(township: Option<TownshipCode>, name: Option<String>, mapping: &Mapping) -> Self {
        Self {
            township,
            name,
            plots: mapping.plots,
            mapped_plots: mapping.mapped_plots,
            area_m2: mapping.area,
            mapped_area_m2: mapping.mapped_area,
            by_plots: mapping.by_plots(),
            by_area: mapping.by_area(),
        }
    }
}

/// The filters that list and counts share.
const FILTERS: [&str; 5] = ["kind", "status", "township", "approval", "owner"];

fn filter(query: &mut Query<'_>) -> DifferenceFilter {
    DifferenceFilter {
        kind: query.word("kind"),
        status: query.word("status"),
        township: query.word("township"),
        approval: query.id("approval").map(ApprovalId),
        owner: query.id("owner").map(UserId),
    }
}

/// 对账差异列表 — where map and books differ, by kind and then by id
///
/// Decided from the figures as they are now, by the tolerance in force today; what is mended is gone, unless
/// `status=mended` asks for what was spoken of and is mended. 图形面积与登记面积之差在允许值以内的不列。A difference that was
/// explained is open again (`reopened`) when its figures have changed since.
#[utoipa::path(
    operation_id = "listDifferences", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = Option<Difference>, Query, description = "从此差异之后 — the `next` of the page before"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("kind" = Option<DifferenceKind>, Query, description = "种类"),
        ("status" = Option<DifferenceStatus>, Query, description = "状态"),
        ("township" = Option<TownshipCode>, Query, description = "乡镇街道"),
        ("approval" = Option<i64>, Query, description = "用地批文", minimum = 1),
        ("owner" = Option<i64>, Query, description = "责任人", minimum = 1),
    ),
    responses((status = 200, description = "差异", body = DifferenceList)),
)]
#[get("/api/v1/counties/{county}/reconciliation")]
pub async fn list_differences(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let after: Option<Difference> = query.word("after");
    let limit = usize::try_from(query.limit()).unwrap_or(1);
    let filter = filter(&mut query);
    query.finish(&[&["after", "limit"][..], &FILTERS].concat())?;
    let app = service.app.clone();
    let rows = blocking(move || app.differences(county, &filter, after, limit)).await?;
    let next = if rows.len() == limit { rows.last().map(|row| row.difference) } else { None };
    Ok(HttpResponse::Ok().json(DifferenceList { items: rows.into_iter().map(Into::into).collect(), next }))
}

/// 对账差异件数 — how many there are of each kind and status
#[utoipa::path(
    operation_id = "countDifferences", tag = "reconciliation",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
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
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "落图率", body = MappingTable)),
)]
#[get("/api/v1/counties/{county}/mapping-rate")]
pub async fn get_mapping_rate(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    Query::of(&request).finish(&[])?;
    let app = service.app.clone();
    let rate = blocking(move || app.mapping_rate(county)).await?;
    Ok(HttpResponse::Ok().json(MappingTable {
        county,
        townships: rate
            .townships
            .into_iter()
            .map(|(code, name, mapping)| MappingView::of(code, name, &mapping))
            .collect(),
        total: MappingView::of(None, None, &rate.total),
    }))
}
