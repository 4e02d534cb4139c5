//! The people of a county over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::ledger::kind::Role;
use crate::domain::region::{County, UserId};
use crate::http::body::segment;
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 同事 — somebody who holds or held a role in the county
#[derive(Debug, Serialize, ToSchema)]
pub struct ColleagueView {
    /// 用户编号
    pub id: UserId,
    /// 姓名
    pub display_name: String,
    /// 现有角色 — none: all were taken back
    pub roles: Vec<Role>,
}

/// 同事名单
#[derive(Debug, Serialize, ToSchema)]
pub struct ColleagueList {
    pub items: Vec<ColleagueView>,
}

/// 同事名单 — the names behind the numbers of users in this county's records
///
/// Who was erased is not among them.
#[utoipa::path(
    operation_id = "listPeople", tag = "accounts",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "名单", body = ColleagueList)),
)]
#[get("/api/v1/counties/{county}/people")]
pub async fn list_people(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let people = blocking(move || app.people(county)).await?;
    let view =
        |one: crate::app::people::Colleague| ColleagueView { id: one.id, display_name: one.name, roles: one.roles };
    Ok(HttpResponse::Ok().json(ColleagueList { items: people.into_iter().map(view).collect() }))
}
