//! What the service says about itself: its OpenAPI document, the pages that show it, its problems.

use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::domain::text::{Text, text};
use crate::http::openapi;
use crate::http::problem::{Kind, Problem, Row};

/// 接口文档 — this API as an OpenAPI 3.1 document
#[utoipa::path(operation_id = "getOpenapi", tag = "service", responses((status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json")))]
#[get("/openapi.json")]
pub async fn get_openapi() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .content_type("application/json")
        .body(openapi::text())
}

/// 问题说明 — what a problem type means
#[utoipa::path(
    operation_id = "getProblem", tag = "service",
    params(("slug" = String, Path, description = "问题种类 — the last part of a problem's type", example = "ledger-refused")),
    responses((status = 200, description = "说明", body = Text)),
)]
#[get("/problems/{slug}")]
pub async fn get_problem(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let slug = request.match_info().query("slug");
    let Some(Row { zh, en, .. }) = Kind::ALL.iter().map(|kind| kind.row()).find(|row| row.slug == slug) else {
        return Err(Problem::new(Kind::NotFound, Text::fixed("没有这种问题", "there is no such problem")));
    };
    Ok(HttpResponse::Ok().json(Text::fixed(zh, en)))
}

/// The pages beside the API: none of them loads anything from outside.
pub fn pages(config: &mut ServiceConfig) {
    config.service(
        SwaggerUi::new("/docs/{_:.*}")
            .config(Config::new(["/openapi.json"]).use_base_layout().try_it_out_enabled(true)),
    );
    config.service(web::redirect("/docs", "/docs/"));
}

/// What is not in the list of routes; `http::access` has mostly refused it before.
pub async fn nothing_here(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path: String = request.path().chars().take(200).collect();
    Err(Problem::new(
        Kind::NotFound,
        text!("没有地址 {path};全部地址见 /docs", "there is no {path}; all addresses stand in /docs"),
    ))
}
