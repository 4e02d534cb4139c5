//! Features counted by the cells of a raster, for maps that show more than can be drawn.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::features::{FeatureCell, FeatureCells};
use crate::domain::geometry::crs::Crs;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::geometry::window::Window;
use crate::domain::layer::Layer;
use crate::domain::region::County;
use crate::domain::text::Text;
use crate::http::body::{Query, segment};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

const COLUMNS: i64 = 24;
const COLUMNS_MAX: i64 = 64;

/// 格网单元 — the cell's bounds in degrees and the features whose middle lies in it
#[derive(Debug, Serialize, ToSchema)]
pub struct FeatureCellView {
    /// 西、南、东、北
    pub bbox: DegreeBox,
    /// 要素个数
    #[schema(minimum = 1)]
    pub total: i64,
}

/// 要素分布
#[derive(Debug, Serialize, ToSchema)]
pub struct FeatureCellList {
    /// 范围内要素个数
    #[schema(minimum = 0)]
    pub total: i64,
    /// 有要素的格网单元
    pub items: Vec<FeatureCellView>,
}

impl From<FeatureCell> for FeatureCellView {
    fn from(cell: FeatureCell) -> Self {
        Self { bbox: cell.bounds, total: cell.total }
    }
}

/// 要素分布 — how many features of a layer lie where: what a map shows where there are too many to draw
///
/// Cells are squares in degrees; a feature counts where the middle of its box lies. Features without geometry do not count.
#[utoipa::path(
    operation_id = "getFeatureCells", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("layer" = Layer, Query, description = "图层"),
        ("bbox" = String, Query, description = "西,南,东,北(度) — west,south,east,north in degrees", max_length = 200, example = "113.1,34.28,113.72,34.68"),
        ("columns" = Option<i64>, Query, description = "东西向格数,默认 24 — cells side by side", minimum = 1, maximum = 64),
    ),
    responses((status = 200, description = "要素分布", body = FeatureCellList)),
)]
#[get("/api/v1/counties/{county}/feature-cells")]
pub async fn get_feature_cells(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let layer = query.needed("layer", str::parse::<Layer>);
    let window = query.needed("bbox", window);
    let columns = query.number("columns", 1, COLUMNS_MAX).unwrap_or(COLUMNS);
    query.finish(&["layer", "bbox", "columns"])?;
    let (Some(layer), Some(window)) = (layer, window) else { return Err(Problem::fields(Vec::new())) };
    let app = service.app.clone();
    let columns = i32::try_from(columns).unwrap_or(i32::MAX);
    let FeatureCells { total, cells } = blocking(move || app.feature_cells(county, layer, window, columns)).await?;
    Ok(HttpResponse::Ok().json(FeatureCellList { total, items: cells.into_iter().map(Into::into).collect() }))
}

fn window(text: &str) -> Result<DegreeBox, Text> {
    match Window::parse(text, Crs::Crs84)?.boxes() {
        [one] => Ok(*one),
        _ => Err(Text::fixed("西界应不大于东界", "the west may not lie beyond the east")),
    }
}
