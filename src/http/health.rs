//! Whether the service lives, whether it can work, and what it has done.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 状态
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// 状态
    #[schema(example = "ok")]
    pub status: &'static str,
    /// 版本
    #[schema(example = "0.1.0")]
    pub version: &'static str,
}

const OK: Health = Health { status: "ok", version: env!("CARGO_PKG_VERSION") };

/// 存活检查 — the process answers
#[utoipa::path(operation_id = "getHealth", tag = "service", responses((status = 200, description = "正常", body = Health)))]
#[get("/healthz")]
pub async fn get_health() -> HttpResponse {
    HttpResponse::Ok().json(OK)
}

/// 就绪检查 — the database answers too
#[utoipa::path(operation_id = "getReadiness", tag = "service", responses((status = 200, description = "正常", body = Health)))]
#[get("/readyz")]
pub async fn get_readiness(service: Data<Service>) -> Result<HttpResponse, Problem> {
    let app = service.app.clone();
    blocking(move || app.ready()).await?;
    Ok(HttpResponse::Ok().json(OK))
}

/// 运行指标 — in the Prometheus text format
#[utoipa::path(operation_id = "getMetrics", tag = "service", responses((status = 200, description = "Prometheus 文本", body = String, content_type = "text/plain")))]
#[get("/metrics")]
pub async fn get_metrics(service: Data<Service>) -> HttpResponse {
    let mut text = service.metrics.text();
    // Each takes 19 MiB and a moment of a core: a crowd of them is an attack.
    text.push_str("# TYPE dizhang_password_hashes_total counter\n");
    text.push_str(&format!("dizhang_password_hashes_total {}\n", service.app.hashes_computed()));
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}
