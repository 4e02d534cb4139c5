//! Who may call what: one table over all operations, denying by default.
//!
//! The same table refuses requests, fills `security` and `x-roles` in the OpenAPI document and is walked by a
//! test that calls every operation as every role.

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::app::caller::Caller;
use crate::domain::ledger::kind::Role::{
    self, Admin, Approver, Auditor, Clerk, PriceApprover, PriceKeeper, Reviewer, Viewer,
};
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::http::Service;
use crate::http::problem::{Kind, Problem};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without an account.
    Public,
    /// Anybody, without an account, at a limited rate.
    PublicLimited,
    /// Anybody who is signed in.
    SignedIn,
    /// Who has one of the roles in the county of the path.
    County(&'static [Role]),
    /// Who has one of the roles in any county; what is shown is cut down to those counties.
    Somewhere(&'static [Role]),
    /// Who has one of the roles in any county, for features of those counties; anybody for layers that were made public.
    Layers(&'static [Role]),
}

/// One operation: id, method, path pattern and who may call it.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
}

/// The operation that a request asked for, left in its extensions.
#[derive(Debug, Clone, Copy)]
pub struct Asked(pub &'static Operation);

/// Everybody who may look at a county's books.
pub const READ: &[Role] = &[Viewer, Clerk, Reviewer, Approver, Auditor];
/// Who may look at price bases; their sealed figures are for the last two alone.
const READ_PRICES: &[Role] = &[Viewer, Clerk, Reviewer, Approver, Auditor, PriceKeeper, PriceApprover];
/// Who takes part in deciding.
const DECIDE: &[Role] = &[Reviewer, Approver];

/// Who looks over what others did.
const OVERSEE: &[Role] = &[Reviewer, Approver, Auditor, Admin];
/// Who keeps the accounts.
const ADMIN: &[Role] = &[Admin];

const fn op(id: &'static str, method: &'static str, path: &'static str, access: Access) -> Operation {
    Operation { id, method, path, access }
}

/// Every operation of the API. One that is missing here is refused to everybody.
pub const OPERATIONS: &[Operation] = &[
    op("getHealth", "GET", "/healthz", Access::Public),
    op("getReadiness", "GET", "/readyz", Access::Public),
    op("getMetrics", "GET", "/metrics", Access::Public),
    op("getOpenapi", "GET", "/openapi.json", Access::Public),
    op("getProblem", "GET", "/problems/{slug}", Access::Public),
    op("listRules", "GET", "/api/v1/rules", Access::Public),
    op("listCalendars", "GET", "/api/v1/calendars", Access::Public),
    op("checkTerm", "POST", "/api/v1/calculations/term", Access::PublicLimited),
    op("calculateFlexiblePrice", "POST", "/api/v1/calculations/flexible-price", Access::PublicLimited),
    op(
        "calculateLeaseThenTransferPrice",
        "POST",
        "/api/v1/calculations/lease-then-transfer-price",
        Access::PublicLimited,
    ),
    op("calculateLongLeasePrice", "POST", "/api/v1/calculations/long-lease-price", Access::PublicLimited),
    op(
        "calculateMixedLeaseTransferPrice",
        "POST",
        "/api/v1/calculations/mixed-lease-transfer-price",
        Access::PublicLimited,
    ),
    op("checkNationalMinimum", "POST", "/api/v1/calculations/national-minimum", Access::PublicLimited),
    op("comparePrices", "POST", "/api/v1/calculations/price-comparison", Access::PublicLimited),
    op("checkPriceBase", "POST", "/api/v1/calculations/price-base", Access::PublicLimited),
    op("schedulePayments", "POST", "/api/v1/calculations/payment-schedule", Access::PublicLimited),
    op("checkCostFloor", "POST", "/api/v1/calculations/cost-floor", Access::PublicLimited),
    op("checkFloorArea", "POST", "/api/v1/calculations/floor-area", Access::PublicLimited),
    op("checkNetLand", "POST", "/api/v1/calculations/net-land", Access::PublicLimited),
    op("getPolicy", "GET", "/api/v1/policy", Access::Public),
    op("addPolicyOverlay", "POST", "/api/v1/counties/{county}/policy-overlays", Access::County(&[Approver])),
    op("listPolicyOverlays", "GET", "/api/v1/counties/{county}/policy-overlays", Access::County(READ)),
    op("proposeFrozenBase", "POST", "/api/v1/counties/{county}/frozen-bases", Access::County(&[Clerk, Reviewer])),
    op("listFrozenBases", "GET", "/api/v1/counties/{county}/frozen-bases", Access::County(READ)),
    op("getFrozenBase", "GET", "/api/v1/counties/{county}/frozen-bases/{id}", Access::County(READ)),
    op("approveFrozenBase", "POST", "/api/v1/counties/{county}/frozen-bases/{id}/approve", Access::County(&[Approver])),
    op(
        "withdrawFrozenBase",
        "POST",
        "/api/v1/counties/{county}/frozen-bases/{id}/withdraw",
        Access::County(&[Clerk, Reviewer]),
    ),
    op("getReport", "GET", "/api/v1/counties/{county}/frozen-bases/{id}/report", Access::County(READ)),
    op(
        "issueReport",
        "POST",
        "/api/v1/counties/{county}/frozen-bases/{id}/reports",
        Access::County(&[Clerk, Reviewer, Approver]),
    ),
    op("listReports", "GET", "/api/v1/counties/{county}/frozen-bases/{id}/reports", Access::County(READ)),
    op("proveReport", "GET", "/api/v1/counties/{county}/frozen-bases/{id}/reports/{n}/proof", Access::County(READ)),
    op("draftPriceBase", "POST", "/api/v1/counties/{county}/price-bases", Access::County(&[PriceKeeper])),
    op("listPriceBases", "GET", "/api/v1/counties/{county}/price-bases", Access::County(READ_PRICES)),
    op("getPriceBase", "GET", "/api/v1/counties/{county}/price-bases/{id}", Access::County(READ_PRICES)),
    op("revisePriceBase", "PUT", "/api/v1/counties/{county}/price-bases/{id}", Access::County(&[PriceKeeper])),
    op("reviewPriceBase", "POST", "/api/v1/counties/{county}/price-bases/{id}/review", Access::County(&[PriceKeeper])),
    op("issuePriceBase", "POST", "/api/v1/counties/{county}/price-bases/{id}/issue", Access::County(&[PriceApprover])),
    op("openPriceBase", "POST", "/api/v1/counties/{county}/price-bases/{id}/open", Access::County(&[PriceApprover])),
    op(
        "returnPriceBase",
        "POST",
        "/api/v1/counties/{county}/price-bases/{id}/return",
        Access::County(&[PriceKeeper, PriceApprover]),
    ),
    op(
        "withdrawPriceBase",
        "POST",
        "/api/v1/counties/{county}/price-bases/{id}/withdraw",
        Access::County(&[PriceKeeper]),
    ),
    op("sendVoucher", "POST", "/api/v1/counties/{county}/vouchers", Access::County(&[Clerk])),
    op("listVouchers", "GET", "/api/v1/counties/{county}/vouchers", Access::County(READ)),
    op("getVoucher", "GET", "/api/v1/counties/{county}/vouchers/{seq}", Access::County(READ)),
    op("listProposals", "GET", "/api/v1/counties/{county}/proposals", Access::County(READ)),
    op("getProposal", "GET", "/api/v1/counties/{county}/proposals/{id}", Access::County(READ)),
    op("reviewProposal", "POST", "/api/v1/counties/{county}/proposals/{id}/review", Access::County(&[Reviewer])),
    op("approveProposal", "POST", "/api/v1/counties/{county}/proposals/{id}/approve", Access::County(DECIDE)),
    op("returnProposal", "POST", "/api/v1/counties/{county}/proposals/{id}/return", Access::County(DECIDE)),
    op("reviseProposal", "POST", "/api/v1/counties/{county}/proposals/{id}/revise", Access::County(&[Clerk])),
    op("withdrawProposal", "POST", "/api/v1/counties/{county}/proposals/{id}/withdraw", Access::County(&[Clerk])),
    op(
        "commentProposal",
        "POST",
        "/api/v1/counties/{county}/proposals/{id}/comment",
        Access::County(&[Clerk, Reviewer, Approver]),
    ),
    op("getBalances", "GET", "/api/v1/counties/{county}/balances", Access::County(READ)),
    op("getLedgerHead", "GET", "/api/v1/counties/{county}/ledger-head", Access::County(READ)),
    op("closeMonth", "POST", "/api/v1/counties/{county}/closed-months", Access::County(&[Approver])),
    op("listClosedMonths", "GET", "/api/v1/counties/{county}/closed-months", Access::County(READ)),
    op("listCounties", "GET", "/api/v1/counties", Access::SignedIn),
    op("createCounty", "POST", "/api/v1/counties", Access::Somewhere(&[Admin])),
    op("listTownships", "GET", "/api/v1/counties/{county}/townships", Access::County(Role::ALL)),
    op("putTownship", "PUT", "/api/v1/counties/{county}/townships/{code}", Access::County(&[Admin])),
    op("listJournal", "GET", "/api/v1/counties/{county}/journal", Access::County(OVERSEE)),
    op("createAttachment", "POST", "/api/v1/counties/{county}/attachments", Access::County(&[Clerk])),
    op("getAttachment", "GET", "/api/v1/counties/{county}/attachments/{sha256}", Access::County(READ)),
    op("createApproval", "POST", "/api/v1/counties/{county}/approvals", Access::County(&[Clerk])),
    op("importApprovalFile", "POST", "/api/v1/counties/{county}/approvals/import-file", Access::County(&[Clerk])),
    op(
        "importPlotProgressFile",
        "POST",
        "/api/v1/counties/{county}/plot-progress/import-file",
        Access::County(&[Clerk]),
    ),
    op("importVoucherFile", "POST", "/api/v1/counties/{county}/vouchers/import-file", Access::County(&[Clerk])),
    op("listApprovals", "GET", "/api/v1/counties/{county}/approvals", Access::County(READ)),
    op("getApproval", "GET", "/api/v1/counties/{county}/approvals/{id}", Access::County(READ)),
    op(
        "getApprovalBoundaryPoints",
        "GET",
        "/api/v1/counties/{county}/approvals/{id}/boundary-points",
        Access::County(READ),
    ),
    op("updateApproval", "PUT", "/api/v1/counties/{county}/approvals/{id}", Access::County(&[Clerk])),
    op("createProject", "POST", "/api/v1/counties/{county}/projects", Access::County(&[Clerk])),
    op("listProjects", "GET", "/api/v1/counties/{county}/projects", Access::County(READ)),
    op("getProject", "GET", "/api/v1/counties/{county}/projects/{id}", Access::County(READ)),
    op("updateProject", "PUT", "/api/v1/counties/{county}/projects/{id}", Access::County(&[Clerk])),
    op("createPlot", "POST", "/api/v1/counties/{county}/plots", Access::County(&[Clerk])),
    op("listPlots", "GET", "/api/v1/counties/{county}/plots", Access::County(READ)),
    op("importPlots", "POST", "/api/v1/counties/{county}/plots/import", Access::County(&[Clerk])),
    op("importPlotFile", "POST", "/api/v1/counties/{county}/plots/import-file", Access::County(&[Clerk])),
    op("getPlot", "GET", "/api/v1/counties/{county}/plots/{id}", Access::County(READ)),
    op("getPlotBoundaryPoints", "GET", "/api/v1/counties/{county}/plots/{id}/boundary-points", Access::County(READ)),
    op("updatePlot", "PUT", "/api/v1/counties/{county}/plots/{id}", Access::County(&[Clerk])),
    op("addPlotAttribute", "POST", "/api/v1/counties/{county}/plots/{id}/attributes", Access::County(&[Clerk])),
    op("getPlotHistory", "GET", "/api/v1/counties/{county}/plots/{id}/history", Access::County(READ)),
    op("listPlotOverlaps", "GET", "/api/v1/counties/{county}/plot-overlaps", Access::County(READ)),
    op("getPlotLand", "GET", "/api/v1/counties/{county}/plots/{id}/land", Access::County(READ)),
    op("getVoucherLand", "GET", "/api/v1/counties/{county}/vouchers/{seq}/land", Access::County(READ)),
    op("createParcel", "POST", "/api/v1/counties/{county}/parcels", Access::County(&[Clerk])),
    op("listParcels", "GET", "/api/v1/counties/{county}/parcels", Access::County(READ)),
    op("getParcel", "GET", "/api/v1/counties/{county}/parcels/{id}", Access::County(READ)),
    op("updateParcel", "PUT", "/api/v1/counties/{county}/parcels/{id}", Access::County(&[Clerk])),
    op("listDifferences", "GET", "/api/v1/counties/{county}/reconciliation", Access::County(READ)),
    op("countDifferences", "GET", "/api/v1/counties/{county}/reconciliation-counts", Access::County(READ)),
    op("getDifference", "GET", "/api/v1/counties/{county}/reconciliation/{difference}", Access::County(READ)),
    op(
        "addReconciliationNote",
        "POST",
        "/api/v1/counties/{county}/reconciliation/{difference}/notes",
        Access::County(&[Clerk, Reviewer]),
    ),
    op("getMappingRate", "GET", "/api/v1/counties/{county}/mapping-rate", Access::County(READ)),
    op("getPlotMeasure", "GET", "/api/v1/counties/{county}/plots/{id}/measure", Access::County(READ)),
    op("putPlotMeasure", "PUT", "/api/v1/counties/{county}/plots/{id}/measure", Access::County(&[Clerk])),
    op("listPlotMeasures", "GET", "/api/v1/counties/{county}/plot-measures", Access::County(READ)),
    op("listOverduePlots", "GET", "/api/v1/counties/{county}/plot-measures/overdue", Access::County(READ)),
    op("listPlotProgress", "GET", "/api/v1/counties/{county}/plots/{id}/progress", Access::County(READ)),
    op("addPlotProgress", "POST", "/api/v1/counties/{county}/plot-progress", Access::County(&[Clerk])),
    op("getWorklist", "GET", "/api/v1/counties/{county}/worklist", Access::County(READ)),
    op(
        "addTaskEvent",
        "POST",
        "/api/v1/counties/{county}/worklist/events",
        Access::County(&[Clerk, Reviewer, Approver]),
    ),
    op("listTaskEvents", "GET", "/api/v1/counties/{county}/worklist/events", Access::County(READ)),
    op("listAttachments", "GET", "/api/v1/counties/{county}/attachments", Access::County(READ)),
    op(
        "addAttachmentSubject",
        "POST",
        "/api/v1/counties/{county}/attachments/{sha256}/subjects",
        Access::County(&[Clerk]),
    ),
    op("createEncumbrance", "POST", "/api/v1/counties/{county}/encumbrances", Access::County(&[Clerk])),
    op("listEncumbrances", "GET", "/api/v1/counties/{county}/encumbrances", Access::County(READ)),
    op("getEncumbrance", "GET", "/api/v1/counties/{county}/encumbrances/{id}", Access::County(READ)),
    op("addEncumbranceEvent", "POST", "/api/v1/counties/{county}/encumbrances/{id}/events", Access::County(&[Clerk])),
    op(
        "eraseEncumbranceParty",
        "DELETE",
        "/api/v1/counties/{county}/encumbrances/{id}/party",
        Access::County(&[Approver]),
    ),
    op("getMe", "GET", "/api/v1/me", Access::SignedIn),
    op("createMyToken", "POST", "/api/v1/me/tokens", Access::SignedIn),
    op("revokeMyToken", "DELETE", "/api/v1/me/tokens/{token}", Access::SignedIn),
    op("listUsers", "GET", "/api/v1/users", Access::Somewhere(ADMIN)),
    op("createUser", "POST", "/api/v1/users", Access::Somewhere(ADMIN)),
    op("getUser", "GET", "/api/v1/users/{id}", Access::Somewhere(ADMIN)),
    op("grantRole", "POST", "/api/v1/users/{id}/grants", Access::Somewhere(ADMIN)),
    op("revokeRole", "DELETE", "/api/v1/users/{id}/grants/{grant}", Access::Somewhere(ADMIN)),
    op("renameUser", "POST", "/api/v1/users/{id}/rename", Access::Somewhere(ADMIN)),
    op("disableUser", "POST", "/api/v1/users/{id}/disable", Access::Somewhere(ADMIN)),
    op("enableUser", "POST", "/api/v1/users/{id}/enable", Access::Somewhere(ADMIN)),
    op("eraseUser", "POST", "/api/v1/users/{id}/erase", Access::Somewhere(ADMIN)),
    op("createToken", "POST", "/api/v1/users/{id}/tokens", Access::Somewhere(ADMIN)),
    op("revokeToken", "DELETE", "/api/v1/users/{id}/tokens/{token}", Access::Somewhere(ADMIN)),
];

/// Where GIS programs read features. These operations stand in a document of their own, `/ogc/api`.
pub const OGC_OPERATIONS: &[Operation] = &[
    op("getLanding", "GET", "/ogc", Access::Layers(READ)),
    op("getConformance", "GET", "/ogc/conformance", Access::Layers(READ)),
    op("getApi", "GET", "/ogc/api", Access::Layers(READ)),
    op("listCollections", "GET", "/ogc/collections", Access::Layers(READ)),
    op("getCollection", "GET", "/ogc/collections/{collection}", Access::Layers(READ)),
    op("getQueryables", "GET", "/ogc/collections/{collection}/queryables", Access::Layers(READ)),
    op("getSchema", "GET", "/ogc/collections/{collection}/schema", Access::Layers(READ)),
    op("listItems", "GET", "/ogc/collections/{collection}/items", Access::Layers(READ)),
    op("getItem", "GET", "/ogc/collections/{collection}/items/{feature}", Access::Layers(READ)),
];

/// Whether a path belongs to the interface of GIS programs.
pub fn is_ogc(path: &str) -> bool {
    path == "/ogc" || path.starts_with("/ogc/")
}

/// Whether a path fits a pattern: `{name}` stands for one segment.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(got)) if wanted == got || (wanted.starts_with('{') && !got.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The operations at an address. One that is spelled out goes before one that a variable would take in.
fn operations_at(path: &str) -> Vec<&'static Operation> {
    let variables = |operation: &Operation| operation.path.matches('{').count();
    let mut fitting: Vec<_> =
        OPERATIONS.iter().chain(OGC_OPERATIONS).filter(|operation| fits(operation.path, path)).collect();
    let fewest = fitting.iter().map(|operation| variables(operation)).min();
    fitting.retain(|operation| Some(variables(operation)) == fewest);
    fitting
}

/// The methods that a path takes, for `Allow`. What is no operation but exists is a page.
pub fn allowed(path: &str) -> Vec<&'static str> {
    if is_ogc(path) {
        return vec!["GET", "HEAD", "OPTIONS"];
    }
    let methods: Vec<_> = operations_at(path).iter().map(|operation| operation.method).collect();
    if methods.is_empty() { vec!["GET"] } else { methods }
}

/// The operation a request is for, or the problem that there is none.
fn operation(method: &Method, path: &str) -> Result<&'static Operation, Problem> {
    let reads = method == Method::HEAD || (method == Method::OPTIONS && is_ogc(path));
    let wanted = if reads { Method::GET.as_str() } else { method.as_str() };
    let there = operations_at(path);
    if let Some(operation) = there.iter().find(|operation| operation.method == wanted) {
        return Ok(operation);
    }
    let shown: String = path.chars().take(200).collect();
    Err(if there.is_empty() {
        Problem::new(
            Kind::NotFound,
            text!("没有地址 {shown};全部地址见 /docs", "there is no {shown}; all addresses stand in /docs"),
        )
    } else {
        let allowed = allowed(path).join(", ");
        Problem::new(Kind::MethodNotAllowed, text!("{shown} 支持:{allowed}", "{shown} takes {allowed}"))
    })
}

/// Lets a request through or says why not. A signed-in caller is left in the request's extensions.
pub async fn admit(service: &Service, request: &ServiceRequest) -> Result<(), Problem> {
    let path = request.path();
    if service.is_page(path) {
        return if matches!(*request.method(), Method::GET | Method::HEAD) {
            Ok(())
        } else {
            Err(Problem::new(Kind::MethodNotAllowed, text!("页面 {path} 只能读取", "the page {path} can only be read")))
        };
    }
    if service.is_bench(path) {
        return Ok(());
    }
    let operation = operation(request.method(), path)?;
    request.extensions_mut().insert(Asked(operation));
    match operation.access {
        Access::Public => Ok(()),
        Access::PublicLimited => service.limit(request),
        Access::SignedIn => sign_in(service, request).await.map(drop),
        Access::Somewhere(roles) => {
            let caller = sign_in(service, request).await?;
            if caller.has_somewhere(roles) { Ok(()) } else { Err(forbidden(roles, None)) }
        }
        Access::Layers(roles) => {
            if service.has_public_layers() && !request.headers().contains_key(header::AUTHORIZATION) {
                return service.limit(request);
            }
            let caller = sign_in(service, request).await?;
            if service.has_public_layers() || caller.has_somewhere(roles) {
                Ok(())
            } else {
                Err(forbidden(roles, None))
            }
        }
        Access::County(roles) => {
            let caller = sign_in(service, request).await?;
            let county = county_of(operation.path, path)?;
            if caller.has_any(roles, county) { Ok(()) } else { Err(forbidden(roles, Some(county))) }
        }
    }
}

fn county_of(pattern: &str, path: &str) -> Result<County, Problem> {
    let at = pattern.split('/').position(|segment| segment == "{county}");
    let segment = at.and_then(|at| path.split('/').nth(at)).unwrap_or("");
    segment.parse().map_err(|text| Problem::new(Kind::NotFound, text))
}

pub fn forbidden(roles: &[Role], county: Option<County>) -> Problem {
    let zh = roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、");
    let en = roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    let (zh_where, en_where) =
        county.map_or_else(|| (String::new(), String::new()), |c| (format!("在 {c} "), format!(" in county {c}")));
    Problem::new(
        Kind::Forbidden,
        Text::new(
            format!("需要{zh_where}的以下角色之一:{zh};请向系统管理员申请"),
            format!("one of these roles is needed{en_where}: {en}; ask your administrator"),
        ),
    )
}

/// The caller behind the bearer token. GIS programs may send it as the password of HTTP Basic, under any name.
async fn sign_in(service: &Service, request: &ServiceRequest) -> Result<Caller, Problem> {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = given
        // The scheme's name is read in any case (RFC 9110, 11.1).
        .and_then(|value| value.split_once(' '))
        .and_then(|(scheme, rest)| {
            if scheme.eq_ignore_ascii_case("bearer") {
                return Some(rest.to_owned());
            }
            let is_basic = scheme.eq_ignore_ascii_case("basic") && is_ogc(request.path());
            is_basic.then(|| password(rest)).flatten()
        })
        .ok_or_else(unauthenticated)?;
    let app = service.app.clone();
    let caller = crate::http::blocking(move || app.caller_by_token(&token)).await?.ok_or_else(unauthenticated)?;
    request.extensions_mut().insert(caller.clone());
    Ok(caller)
}

/// The password in the credentials of HTTP Basic (RFC 7617).
fn password(credentials: &str) -> Option<String> {
    let bytes = STANDARD.decode(credentials.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

pub fn unauthenticated() -> Problem {
    Problem::new(
        Kind::Unauthenticated,
        Text::fixed(
            "请在 Authorization 头中给出有效的 Bearer 令牌;过期或吊销的令牌请向系统管理员换发",
            "give a valid bearer token in the Authorization header; ask your administrator for a new one if it has expired",
        ),
    )
}
