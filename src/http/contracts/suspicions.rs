//! 疑似闲置 over HTTP: what the rules say of one contract, and which contracts of the county should be looked into.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::contracts::suspicions::{Suspicion, SuspicionPage};
use crate::domain::codes::{CreditCode, SupervisionNumber};
use crate::domain::contract::ContractKind;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::idle_case::Grounds;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId};
use crate::domain::rules::calculation::idle_land::IdleLandAnswer;
use crate::http::body::{Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, PAGE, TableFormat, tables};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 合同闲置核对 — of one phase, or of the whole
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractIdleness {
    /// 分期 — none where it is developed as a whole
    pub phase: Option<String>,
    /// 核对结果
    pub answer: IdleLandAnswer,
}

/// 合同闲置核对结果
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractIdlenessList {
    pub items: Vec<ContractIdleness>,
}

/// 疑似闲置
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspicionView {
    /// 合同
    pub contract: i64,
    /// 合同编号
    pub number: String,
    /// 种类
    pub kind: ContractKind,
    /// 电子监管号
    pub regulatory_number: Option<SupervisionNumber>,
    /// 分期
    pub phase: Option<String>,
    /// 宗地
    pub parcels: Vec<ParcelId>,
    /// 土地使用者 — only for those who work on the books
    pub user: Option<String>,
    /// 统一社会信用代码
    pub user_code: Option<CreditCode>,
    /// 面积,平方米
    pub area_m2: AreaM2,
    /// 适用情形
    pub grounds: Grounds,
    /// 判定 — of the definition that applies
    pub outcome: Outcome,
    /// 约定(推定)动工日
    pub start_due_on: Option<NaiveDate>,
    /// 闲置起始日
    pub idle_from: Option<NaiveDate>,
    /// 可征缴闲置费首日
    pub fee_from: Option<NaiveDate>,
    /// 可无偿收回首日
    pub recovery_from: Option<NaiveDate>,
    /// 是否迟延交地
    pub is_delivered_late: bool,
    /// 判定结果
    pub findings: Vec<Finding>,
}

impl SuspicionView {
    fn of(suspicion: Suspicion, names: bool) -> Self {
        let Suspicion { contract, phase, area, grounds, days, outcome, is_delivered_late, findings } = suspicion;
        let newest = contract.newest();
        Self {
            contract: contract.id,
            number: contract.number.to_string(),
            kind: contract.kind,
            regulatory_number: newest.terms.regulatory_number.clone(),
            phase,
            parcels: newest.parcels.clone(),
            user: newest.user_name.as_ref().filter(|_| names).map(ToString::to_string),
            user_code: newest.user_code.clone(),
            area_m2: area,
            grounds,
            outcome,
            start_due_on: days.agreed_start,
            idle_from: days.idle_from,
            fee_from: days.fee_from,
            recovery_from: days.recovery_from,
            is_delivered_late,
            findings,
        }
    }
}

/// 疑似闲置列表
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspicionList {
    /// 截至日期
    pub as_of: NaiveDate,
    pub items: Vec<SuspicionView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<i64>,
}

/// 合同闲置核对 — what the rules on idle land say of a contract as of a day
///
/// `idle.not_started`, `idle.stopped`, `idle.cause`, `idle.deadlines`, `idle.fee` and `idle.free_recovery`, on the contract as
/// amended and on all that was reported by that day; a contract in phases has an answer of each.
#[utoipa::path(
    operation_id = "getContractIdleness", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("as_of" = Option<NaiveDate>, Query, description = "截至日期,默认今天"),
    ),
    responses((status = 200, description = "核对结果", body = ContractIdlenessList)),
)]
#[get("/api/v1/counties/{county}/contracts/{id}/idleness")]
pub async fn get_contract_idleness(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let mut query = Query::of(&request);
    let as_of = query.day("as_of");
    query.finish(&["as_of"])?;
    let app = service.app.clone();
    let assessed = blocking(move || app.contract_idleness(county, id, as_of)).await?;
    let items = assessed.into_iter().map(|of| ContractIdleness { phase: of.phase, answer: of.answer }).collect();
    Ok(HttpResponse::Ok().json(ContractIdlenessList { items }))
}

/// 疑似闲置列表 — contracts (or phases) that should be looked into on a day, with the findings
///
/// A fact that cannot be settled for want of figures is among them. They are never public.
#[utoipa::path(
    operation_id = "listIdleSuspicions", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("as_of" = Option<NaiveDate>, Query, description = "截至日期,默认今天"),
        ("after" = Option<i64>, Query, description = "从此合同编号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页合同数,至多 1000", minimum = 1),
        ("grounds" = Option<Grounds>, Query, description = "适用情形"),
        ("outcome" = Option<Outcome>, Query, description = "判定"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows; totals adds them up"),
        ("unit" = Option<crate::domain::area::AreaUnit>, Query, description = "文件中面积的单位,默认 m2"),
    ),
    responses((
        status = 200, description = "疑似闲置",
        content((SuspicionList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/idle-suspicions")]
pub async fn list_idle_suspicions(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = SuspicionPage {
        as_of: query.day("as_of").unwrap_or_else(|| service.app.clock().today()),
        after: query.number("after", 0, i64::MAX).unwrap_or(0),
        limit: query.limit(),
        grounds: query.word("grounds"),
        outcome: query.word("outcome"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["as_of", "after", "limit", "grounds", "outcome", "f", "unit"])?;
    let names = sees_holders(&caller, county);
    let app = service.app.clone();
    let as_of = page.as_of;
    if let Some(export) = export {
        let fetch = move |after| {
            let found = app.idle_suspicions(county, &SuspicionPage { after, limit: PAGE, ..page })?;
            Ok(found.items.into_iter().map(|suspicion| SuspicionView::of(suspicion, names)).collect())
        };
        let columns = move || Ok(tables::suspicions(names));
        let key = |row: &SuspicionView| row.contract;
        let scope = format!("-{county}-{as_of}");
        return export.answer(("疑似闲置", "idle-suspicions"), scope, columns, fetch, key).await;
    }
    let found = blocking(move || app.idle_suspicions(county, &page)).await?;
    let items = found.items.into_iter().map(|suspicion| SuspicionView::of(suspicion, names)).collect();
    Ok(HttpResponse::Ok().json(SuspicionList { as_of, items, next: found.next }))
}
