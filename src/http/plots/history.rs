//! The history of a plot over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::plots::{Event, PlotHistory};
use crate::domain::input::vocabulary;
use crate::domain::instant::Instant;
use crate::domain::plot::Attribute;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, PlotId, UserId};
use crate::http::body::{number, segment};
use crate::http::journal::JournalEntry;
use crate::http::problem::Problem;
use crate::http::vouchers::VoucherView;
use crate::http::{Service, blocking};

vocabulary! {
    /// 事项 — what happened to a plot.
    pub enum HistoryKind {
        Change = "change" "录入或修改",
        Attribute = "attribute" "分时属性",
        Geometry = "geometry" "图形版本",
        Voucher = "voucher" "凭证",
    }
}

/// 分时属性的一个值
#[derive(Debug, Serialize, ToSchema)]
pub struct DatedValueView {
    /// 属性
    pub attribute: Attribute,
    /// 起始日
    pub from: chrono::NaiveDate,
    /// 当日第几次记载 — the last of a day counts
    #[schema(minimum = 1)]
    pub n: i32,
    /// 值 — none ends a cause
    pub value: Option<String>,
}

/// 图形版本
#[derive(Debug, Serialize, ToSchema)]
pub struct GeometryVersionView {
    /// 版本
    #[schema(minimum = 1)]
    pub version: i32,
    /// 生效日
    pub effective_on: chrono::NaiveDate,
    /// 坐标系 — EPSG code of the grid it rests in
    #[schema(example = 4547)]
    pub epsg: i32,
    /// 图形面积(平面),平方米
    pub area_m2: AreaM2,
    /// 椭球面积,平方米
    pub ellipsoidal_area_m2: AreaM2,
}

/// 一件事 — the member that `kind` names is there, the others are not
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEvent {
    /// 事项
    pub kind: HistoryKind,
    /// 何时记录
    pub at: Instant,
    /// 何人 — of a voucher, who proposed it
    pub user: UserId,
    /// 录入或修改
    pub change: Option<JournalEntry>,
    /// 分时属性
    pub attribute: Option<DatedValueView>,
    /// 图形版本
    pub geometry: Option<GeometryVersionView>,
    /// 凭证
    pub voucher: Option<VoucherView>,
}

/// 地块历史 — the first recorded first
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotHistoryView {
    /// 地块
    pub plot: PlotId,
    /// 地块编号
    pub code: String,
    /// 各件事
    pub events: Vec<HistoryEvent>,
}

impl From<Event> for HistoryEvent {
    fn from(event: Event) -> Self {
        let at = Instant(event.at());
        let nothing =
            |kind, user| Self { kind, at, user, change: None, attribute: None, geometry: None, voucher: None };
        match event {
            Event::Change(entry) => {
                Self { change: Some(entry.clone().into()), ..nothing(HistoryKind::Change, entry.user) }
            }
            Event::Attribute(value) => {
                let view =
                    DatedValueView { attribute: value.attribute, from: value.from, n: value.n, value: value.value };
                Self { attribute: Some(view), ..nothing(HistoryKind::Attribute, value.recorded_by) }
            }
            Event::Geometry(version) => {
                let view = GeometryVersionView {
                    version: version.version,
                    effective_on: version.effective_on,
                    epsg: version.epsg,
                    area_m2: version.area,
                    ellipsoidal_area_m2: version.ellipsoidal_area,
                };
                Self { geometry: Some(view), ..nothing(HistoryKind::Geometry, version.recorded_by) }
            }
            Event::Voucher(recorded, hash) => {
                let user = recorded.signatures.proposer;
                Self { voucher: Some(VoucherView::of(*recorded, hash)), ..nothing(HistoryKind::Voucher, user) }
            }
        }
    }
}

impl From<PlotHistory> for PlotHistoryView {
    fn from(history: PlotHistory) -> Self {
        let record = history.plot.record;
        Self {
            plot: record.id,
            code: record.contents.code.into_string(),
            events: history.events.into_iter().map(Into::into).collect(),
        }
    }
}

/// 地块历史 — changes, dated attributes, polygons and vouchers of a plot, in order of time
#[utoipa::path(
    operation_id = "getPlotHistory", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "历史", body = PlotHistoryView)),
)]
#[get("/api/v1/counties/{county}/plots/{id}/history")]
pub async fn get_plot_history(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let app = service.app.clone();
    let history = blocking(move || app.plot_history(county, id)).await?;
    Ok(HttpResponse::Ok().json(PlotHistoryView::from(history)))
}
