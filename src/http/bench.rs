//! The bare handler that `benches/http_calculation.py` measures against: it reads a body and answers fixed bytes,
//! in the same application behind the same middleware. Served only with `--bench-routes`.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::body::{JsonBytes, Query};
use crate::http::problem::Problem;

pub const PATH: &str = "/bench/bare";

/// Longest fixed answer.
const BYTES_MAX: i64 = 1 << 20;

pub fn pages(config: &mut ServiceConfig) {
    config.service(web::resource(PATH).post(bare));
}

async fn bare(request: HttpRequest, _: JsonBytes) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let bytes = query.number("bytes", 0, BYTES_MAX).unwrap_or(0);
    query.finish(&["bytes"])?;
    let body = vec![b' '; usize::try_from(bytes).unwrap_or(0)];
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}
