//! Plots as files of boundary points (界址点坐标交换格式).

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use utoipa::ToSchema;

use crate::domain::input::{FieldError, vocabulary};
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::domain::text::Text;
use crate::formats::decode::to_gbk;
use crate::http::body::{Query, number, segment};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

vocabulary! {
    /// 文字编码
    pub enum Encoding {
        Utf8 = "utf-8" "UTF-8",
        Gbk = "gbk" "GBK",
    }
}

/// 界址点坐标文件 — a text: header, then each plot with its points
#[derive(ToSchema)]
#[schema(value_type = String, example = "[属性描述]\n格式版本号=1.01\n")]
pub struct BoundaryPointsFile(#[expect(dead_code, reason = "a word for the API document")] String);

/// 地块的界址点坐标文件 — one plot as 界址点坐标交换格式, X north and Y east with the zone's prefix, areas in hectares
#[utoipa::path(
    operation_id = "getPlotBoundaryPoints", tag = "plots",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("encoding" = Option<Encoding>, Query, description = "文字编码,默认 utf-8"),
    ),
    responses((status = 200, description = "界址点坐标文件", content_type = "text/plain", body = BoundaryPointsFile)),
)]
#[get("/api/v1/counties/{county}/plots/{id}/boundary-points")]
pub async fn get_plot_boundary_points(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = PlotId(number(&request, "id")?);
    let encoding = encoding(&request)?;
    let app = service.app.clone();
    answer(blocking(move || app.plot_boundary_points(county, id)).await?, encoding)
}

/// 批文各地块的界址点坐标文件 — the plots of an approval that have a polygon, at most 5000
#[utoipa::path(
    operation_id = "getApprovalBoundaryPoints", tag = "approvals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("encoding" = Option<Encoding>, Query, description = "文字编码,默认 utf-8"),
    ),
    responses((status = 200, description = "界址点坐标文件", content_type = "text/plain", body = BoundaryPointsFile)),
)]
#[get("/api/v1/counties/{county}/approvals/{id}/boundary-points")]
pub async fn get_approval_boundary_points(
    service: Data<Service>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ApprovalId(number(&request, "id")?);
    let encoding = encoding(&request)?;
    let app = service.app.clone();
    answer(blocking(move || app.approval_boundary_points(county, id)).await?, encoding)
}

fn encoding(request: &HttpRequest) -> Result<Encoding, Problem> {
    let mut query = Query::of(request);
    let encoding = query.word("encoding").unwrap_or(Encoding::Utf8);
    query.finish(&["encoding"])?;
    Ok(encoding)
}

fn answer(text: String, encoding: Encoding) -> Result<HttpResponse, Problem> {
    let bytes = match encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Gbk => to_gbk(&text).ok_or_else(|| {
            let message = Text::fixed(
                "含有 GBK 没有的字符;请用 encoding=utf-8",
                "it holds characters that GBK has not; use encoding=utf-8",
            );
            let value = Some(encoding.to_string());
            Problem::fields(vec![FieldError { pointer: "?encoding".to_owned(), value, message }])
        })?,
    };
    Ok(HttpResponse::Ok()
        .content_type(format!("text/plain; charset={encoding}"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"boundary-points.txt\""))
        .body(bytes))
}
