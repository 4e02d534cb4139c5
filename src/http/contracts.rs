//! 合同与开发 over HTTP.

pub mod events;
pub mod suspicions;
pub mod view;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use chrono::NaiveDate;

use crate::app::caller::Caller;
use crate::app::contracts::ContractPage;
use crate::app::records::Written;
use crate::domain::contract::check;
use crate::domain::contract::history::Contract;
use crate::domain::contract::{AmendmentBody, ContractBody, ContractKind};
use crate::domain::region::{County, ParcelId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{self, ContractOrder, PageMark};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, tried, versioned};
use crate::http::{Service, blocking};

use view::{ContractList, ContractRow, ContractView, Sight};

/// Answers a contract as it stands on a day; names only to those who work on the books.
async fn answer(
    service: Data<Service>,
    county: County,
    written: Written<Contract>,
    as_of: Option<NaiveDate>,
    names: bool,
    is_created: bool,
) -> Result<HttpResponse, Problem> {
    let Written { record, is_new, warnings } = written;
    let app = service.app.clone();
    let (record, standing) = blocking(move || {
        let standings = app.contract_standings(county, std::slice::from_ref(&record), as_of)?;
        Ok::<_, crate::app::error::AppError>((record, standings))
    })
    .await?;
    let builder = if is_created { created(is_new) } else { HttpResponse::Ok() };
    let version = record.version();
    let sight = Sight { names, warnings };
    match standing.into_iter().next() {
        Some(standing) => Ok(versioned(builder, version, ContractView::of(&record, &standing, sight))),
        None => Err(Problem::internal("a contract has a standing")),
    }
}

/// 登记合同 — records a contract or an allocation decision
///
/// Amendments are versions of their own (`amendContract`); nothing is overwritten. The same sent again answers as before
/// (200); the same number with other contents is refused (409). Land that was occupied earlier (补办) is recorded with a
/// warning.
#[utoipa::path(
    operation_id = "createContract", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    request_body = ContractBody,
    responses(
        (status = 201, description = "已登记", body = ContractView),
        (status = 200, description = "试运行结果,或此前已登记,内容相同", body = ContractView),
    ),
)]
#[post("/api/v1/counties/{county}/contracts")]
pub async fn create_contract(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: ContractBody = body.read()?;
    let names = sees_holders(&caller, county);
    let (app, dry_run) = tried(&service, &request)?;
    let written = blocking(move || app.create_contract(&caller, county, sent)).await?;
    answer(service, county, written, None, names, !dry_run).await
}

/// 合同列表 — contracts in the order of their numbers, each with how far it has come: the follow-up table of the office
#[utoipa::path(
    operation_id = "listContracts", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<ContractOrder>), Query, style = Form, explode = false, description = "排序,如 -price_yuan — columns in the order of their weight, - for descending; empty values come last"),
        ("as_of" = Option<NaiveDate>, Query, description = "截至日期,默认今天 — terms and progress as of this day"),
        ("kind" = Option<ContractKind>, Query, description = "种类"),
        ("number" = Option<String>, Query, description = "合同编号开头", min_length = 1, max_length = 100),
        ("regulatory_number" = Option<String>, Query, description = "电子监管号", min_length = 1, max_length = 30),
        ("parcel" = Option<i64>, Query, description = "宗地编号(系统内)", minimum = 1),
        ("user_code" = Option<String>, Query, description = "土地使用者统一社会信用代码", min_length = 1, max_length = 18),
        ("signed_from" = Option<NaiveDate>, Query, description = "签订日不早于"),
        ("signed_until" = Option<NaiveDate>, Query, description = "签订日不晚于"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows; totals adds them up"),
        ("unit" = Option<crate::domain::area::AreaUnit>, Query, description = "文件中面积的单位,默认 m2"),
    ),
    responses((
        status = 200, description = "合同",
        content((ContractList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/contracts")]
pub async fn list_contracts(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let as_of = query.day("as_of");
    let page = ContractPage {
        at: query.place(),
        kind: query.word("kind"),
        number: query.line::<100>("number"),
        regulatory_number: query.line::<30>("regulatory_number"),
        parcel: query.id("parcel").map(ParcelId),
        user_code: query.line::<18>("user_code"),
        signed_from: query.day("signed_from"),
        signed_until: query.day("signed_until"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&[
        "f",
        "unit",
        "after",
        "limit",
        "sortby",
        "as_of",
        "kind",
        "number",
        "regulatory_number",
        "parcel",
        "user_code",
        "signed_from",
        "signed_until",
    ])?;
    let names = sees_holders(&caller, county);
    let (app, at) = (service.app.clone(), page.at.clone());
    let fetch = move |at| {
        let found = app.contracts(county, &ContractPage { at, ..page.clone() })?;
        let standings = app.contract_standings(county, &found.rows, as_of)?;
        let row = |(contract, standing): (&Contract, _)| ContractRow::of(contract, standing, names);
        Ok(found.map(|contracts| contracts.iter().zip(&standings).map(row).collect()))
    };
    let list = |items, next| Ok(ContractList { items, next });
    let columns = move || Ok(tables::contracts(names));
    listing::answer(export, ("合同台账", "contracts"), county, at, columns, fetch, list).await
}

/// 单份合同 — one contract as of a day, with all its versions and events
#[utoipa::path(
    operation_id = "getContract", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("as_of" = Option<NaiveDate>, Query, description = "截至日期,默认今天 — the terms in force and the progress on this day"),
    ),
    responses((status = 200, description = "合同", body = ContractView)),
)]
#[get("/api/v1/counties/{county}/contracts/{id}")]
pub async fn get_contract(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let mut query = Query::of(&request);
    let as_of = query.day("as_of");
    query.finish(&["as_of"])?;
    let names = sees_holders(&caller, county);
    let app = service.app.clone();
    let record = blocking(move || app.contract(county, id)).await?;
    let warnings = check::warnings(&record);
    answer(service, county, Written { record, is_new: false, warnings }, as_of, names, false).await
}

/// 登记合同变更 — a supplementary agreement, an extension, or the correction of what was entered wrongly
///
/// The whole of the terms is sent as it reads after the change; it holds from its day on, and the version before it stays
/// readable. An extension of the start is held against `contract.extension_max`.
#[utoipa::path(
    operation_id = "amendContract", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"1\""),
    ),
    request_body = AmendmentBody,
    responses(
        (status = 201, description = "已登记", body = ContractView),
        (status = 200, description = "试运行结果", body = ContractView),
    ),
)]
#[post("/api/v1/counties/{county}/contracts/{id}/amendments")]
pub async fn amend_contract(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let version = if_match(&request)?;
    let sent: AmendmentBody = body.read()?;
    let names = sees_holders(&caller, county);
    let (app, dry_run) = tried(&service, &request)?;
    let written = blocking(move || app.amend_contract(&caller, county, id, version, sent)).await?;
    answer(service, county, written, None, names, !dry_run).await
}

/// 清除人员姓名 — erases the names of land users without a credit code and of inspectors; the rest stays
#[utoipa::path(
    operation_id = "eraseContractPersons", tag = "contracts",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 204, description = "已清除,或本来没有")),
)]
#[delete("/api/v1/counties/{county}/contracts/{id}/persons")]
pub async fn erase_contract_persons(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    blocking(move || app.erase_contract_persons(&caller, county, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
