//! Where the holdings of a plot lie, and the land that a voucher moved.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::plots::{HoldingLand, LineLand, PlotLand};
use crate::domain::geometry::text::GeometryText;
use crate::domain::ledger::account::Account;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::http::body::{Query, number, segment};
use crate::http::problem::{Problem, geometry_of};
use crate::http::{Service, blocking};

/// 一处持有 — an account of the plot, its area and its land
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldingLandView {
    /// 科目
    pub account: Account,
    /// 宗地
    pub parcel: Option<ParcelId>,
    /// 台账面积,平方米
    pub area_m2: AreaM2,
    /// 图形面积,平方米 — none: 未落图
    pub polygon_area_m2: Option<AreaM2>,
    /// 自第几号凭证起如此
    pub since_seq: Option<i64>,
    /// 图形 — longitude and latitude with nine decimals
    #[schema(value_type = Option<GeometryText>)]
    pub geometry: Option<Box<RawValue>>,
}

/// 地块各持有的图形 — what is left of the plot and what was taken from it
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotLandView {
    /// 地块
    pub plot: PlotId,
    /// 截至凭证号
    pub known_seq: i64,
    /// 各处持有
    pub holdings: Vec<HoldingLandView>,
}

/// 一条分录移动的土地
#[derive(Debug, Serialize, ToSchema)]
pub struct LineLandView {
    /// 分录序号 — counted from 0
    #[schema(minimum = 0)]
    pub line: usize,
    /// 图形面积,平方米
    pub polygon_area_m2: AreaM2,
    /// 图形
    #[schema(value_type = Option<GeometryText>)]
    pub geometry: Option<Box<RawValue>>,
}

/// 凭证移动的土地
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherLandView {
    /// 凭证号
    pub seq: i64,
    /// 各条分录 — those whose land is known
    pub lines: Vec<LineLandView>,
}

impl From<HoldingLand> for HoldingLandView {
    fn from(HoldingLand { holding, area, land }: HoldingLand) -> Self {
        Self {
            account: holding.account,
            parcel: holding.parcel,
            area_m2: area,
            polygon_area_m2: land.as_ref().map(|at| at.land.polygon.area()),
            since_seq: land.as_ref().map(|at| at.seq),
            geometry: land.and_then(|at| geometry_of(&at.land.polygon, at.land.zone)),
        }
    }
}

impl From<LineLand> for LineLandView {
    fn from(LineLand { line, land }: LineLand) -> Self {
        Self { line, polygon_area_m2: land.polygon.area(), geometry: geometry_of(&land.polygon, land.zone) }
    }
}

/// 地块各持有的图形 — residual and supplied land of a plot, now or as a voucher left it
#[utoipa::path(
    operation_id = "getPlotLand", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("known_seq" = Option<i64>, Query, description = "截至凭证号 — as this voucher left it", minimum = 0),
    ),
    responses((status = 200, description = "图形", body = PlotLandView)),
)]
#[get("/api/v1/counties/{county}/plots/{id}/land")]
pub async fn get_plot_land(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let mut query = Query::of(&request);
    let known_seq = query.number("known_seq", 0, i64::MAX);
    query.finish(&["known_seq"])?;
    let app = service.app.clone();
    let PlotLand { plot, known_seq, holdings } = blocking(move || app.plot_land(county, id, known_seq)).await?;
    let holdings = holdings.into_iter().map(Into::into).collect();
    Ok(HttpResponse::Ok().json(PlotLandView { plot, known_seq, holdings }))
}

/// 凭证移动的土地 — the polygon that each line of a voucher moved
#[utoipa::path(
    operation_id = "getVoucherLand", tag = "vouchers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("seq" = i64, Path, description = "凭证号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "图形", body = VoucherLandView)),
)]
#[get("/api/v1/counties/{county}/vouchers/{seq}/land")]
pub async fn get_voucher_land(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let seq: i64 = number(&request, "seq")?;
    let app = service.app.clone();
    let lines = blocking(move || app.voucher_land(county, seq)).await?;
    Ok(HttpResponse::Ok().json(VoucherLandView { seq, lines: lines.into_iter().map(Into::into).collect() }))
}
