//! What happened to a contract's land, over HTTP: one operation a kind of event.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};

use super::answer;
use super::view::ContractView;
use crate::app::caller::Caller;
use crate::domain::contract::cause::{CauseBody, CauseDecisionBody};
use crate::domain::contract::development::DevelopmentBody;
use crate::domain::contract::history::{SuccessionBody, WithdrawalBody};
use crate::domain::contract::inspection::InspectionBody;
use crate::domain::region::County;
use crate::http::body::{JsonBytes, number, segment};
use crate::http::parcels::sees_holders;
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// Declares the operation that records one kind of event: they differ in name, words, body and use case alone.
macro_rules! event {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $body:ident, $use_case:ident) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "contracts",
            params(
                ("county" = County, Path, description = "县代码", example = "410183"),
                ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
            ),
            request_body = $body,
            responses(
                (status = 201, description = "已登记", body = ContractView),
                (status = 200, description = "此前已登记,内容相同", body = ContractView),
            ),
        )]
        #[post($path)]
        pub async fn $name(
            service: Data<Service>,
            request: HttpRequest,
            caller: Caller,
            body: JsonBytes,
        ) -> Result<HttpResponse, Problem> {
            let county: County = segment(&request, "county")?;
            let id = number(&request, "id")?;
            let sent: $body = body.read()?;
            let names = sees_holders(&caller, county);
            let app = service.app.clone();
            let written = blocking(move || app.$use_case(&caller, county, id, sent)).await?;
            answer(service, county, written, None, names, true).await
        }
    };
}

event!(
    /// 填报进度 — delivery, start, progress, stop, resumption, completion or payment
    ///
    /// Facts do not lie in the future, and follow one another: nothing stops before it has started. A start counts with the
    /// building permit and the stage of the foundation.
    add_contract_development, "addContractDevelopment", "/api/v1/counties/{county}/contracts/{id}/development",
    DevelopmentBody, add_contract_development
);
event!(
    /// 登记现场核查表 — what two inspectors saw, with photos, and whether the user signed
    add_contract_inspection, "addContractInspection", "/api/v1/counties/{county}/contracts/{id}/inspections",
    InspectionBody, add_contract_inspection
);
event!(
    /// 登记原因说明 — an interval that the user puts down to the government or to force majeure
    ///
    /// It counts once a second person has accepted it (`decideContractCause`).
    add_contract_cause, "addContractCause", "/api/v1/counties/{county}/contracts/{id}/causes", CauseBody, add_contract_cause
);
event!(
    /// 认定原因 — accepts or rejects such an interval, or accepts a part of it
    ///
    /// Not by whoever recorded it (403). A later decision replaces the earlier one from its day on.
    decide_contract_cause, "decideContractCause", "/api/v1/counties/{county}/contracts/{id}/cause-decisions",
    CauseDecisionBody, decide_contract_cause
);
event!(
    /// 登记合同承接 — links a 先租后让 contract with the grant that followed it, by its `contract_succession` voucher
    succeed_contract, "succeedContract", "/api/v1/counties/{county}/contracts/{id}/succession", SuccessionBody, succeed_contract
);
event!(
    /// 撤销误记事项 — an event that was recorded by mistake counts no longer; it stays on record
    withdraw_contract_event, "withdrawContractEvent", "/api/v1/counties/{county}/contracts/{id}/withdrawals",
    WithdrawalBody, withdraw_contract_event
);
