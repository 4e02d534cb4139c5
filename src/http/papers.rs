//! 文书 over HTTP: the form, the preview, drafts, registration, the frozen bytes.

pub mod numbers;
pub mod view;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::papers::{PaperFile, PaperFormat, PaperPage, RegisterBody, VoidPaperBody};
use crate::domain::input::input;
use crate::domain::ledger::voucher::Digest;
use crate::domain::paper::compose::PaperBody;
use crate::domain::paper::{PaperKind, PaperState};
use crate::domain::region::County;
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{self, PageMark, PaperOrder};
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, versioned};
use crate::http::{Service, blocking};

use view::{PaperFormView, PaperList, PaperSummary, PaperView};

/// A paper loads nothing; its own style is all there is.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

input! {
    /// 草稿版本
    #[schema(example = json!({"version": 1}))]
    pub struct PaperVersionBody {
        /// 版本 — that was read
        #[schema(minimum = 1)]
        pub version: i64,
    }
}

input! {
    /// 签章扫描件 — an attachment that was uploaded
    #[schema(example = json!({"attachment": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}))]
    pub struct PaperScanBody {
        /// 附件摘要
        pub attachment: Digest,
    }
}

/// 文书文件 — the bytes of a paper
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct PaperBytes(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

fn answer(builder: actix_web::HttpResponseBuilder, file: PaperFile) -> HttpResponse {
    versioned(builder, file.paper.version, PaperView::from(file))
}

/// The bytes of a paper, to be read in the browser or saved.
fn bytes(bytes: Vec<u8>, format: PaperFormat, name: &str) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    match format {
        PaperFormat::Html => {
            response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY)).content_type("text/html; charset=utf-8")
        }
        PaperFormat::Docx => {
            let name = format!("attachment; filename=\"{name}.docx\"");
            response.insert_header((header::CONTENT_DISPOSITION, name)).content_type(DOCX)
        }
    };
    response.body(bytes)
}

fn format(request: &HttpRequest) -> Result<PaperFormat, Problem> {
    let mut query = Query::of(request);
    let format = query.word("f").unwrap_or(PaperFormat::Html);
    query.finish(&["f"])?;
    Ok(format)
}

/// 文书填写单 — the fields of a paper for a case: what the record says of each, and what is still missing
#[utoipa::path(
    operation_id = "getPaperForm", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("case" = i64, Path, description = "案件编号", minimum = 1, example = 1),
        ("kind" = PaperKind, Path, description = "文书种类", example = "investigation_notice"),
    ),
    responses((status = 200, description = "填写单", body = PaperFormView)),
)]
#[get("/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}/form")]
pub async fn get_paper_form(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (case, kind): (i64, PaperKind) = (number(&request, "case")?, segment(&request, "kind")?);
    let app = service.app.clone();
    let empty = PaperBody { values: crate::domain::paper::compose::Typed::default() };
    let form = blocking(move || app.paper_form(county, case, kind, &empty)).await?;
    Ok(HttpResponse::Ok().json(PaperFormView::of(kind, form)))
}

/// 预览文书 — a paper as it would look, marked as a draft; nothing is stored
///
/// What is missing refuses it, all of it at once.
#[utoipa::path(
    operation_id = "previewPaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("case" = i64, Path, description = "案件编号", minimum = 1, example = 1),
        ("kind" = PaperKind, Path, description = "文书种类", example = "investigation_notice"),
        ("f" = Option<PaperFormat>, Query, description = "格式 — html unless told"),
    ),
    request_body = PaperBody,
    responses((
        status = 200, description = "文书草稿",
        content((PaperBytes = "text/html"), (PaperBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
    )),
)]
#[post("/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}/preview")]
pub async fn preview_paper(
    service: Data<Service>,
    request: HttpRequest,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (case, kind): (i64, PaperKind) = (number(&request, "case")?, segment(&request, "kind")?);
    let format = format(&request)?;
    let sent: PaperBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.preview_paper(county, (case, kind), &sent, format)).await?;
    Ok(bytes(written, format, kind.as_str()))
}

/// 拟稿 — drafts a paper of a case
///
/// What is wrong is refused; what is missing is listed and may be given later.
#[utoipa::path(
    operation_id = "draftPaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("case" = i64, Path, description = "案件编号", minimum = 1, example = 1),
        ("kind" = PaperKind, Path, description = "文书种类", example = "investigation_notice"),
    ),
    request_body = PaperBody,
    responses((status = 201, description = "已拟稿", body = PaperView)),
)]
#[post("/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}")]
pub async fn draft_paper(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (case, kind): (i64, PaperKind) = (number(&request, "case")?, segment(&request, "kind")?);
    let sent: PaperBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.draft_paper(&caller, county, (case, kind), sent)).await?;
    Ok(answer(HttpResponse::Created(), file))
}

/// 文书列表 — drafts and registered papers, of a case or of all
#[utoipa::path(
    operation_id = "listPapers", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<PaperOrder>), Query, style = Form, explode = false, description = "排序,如 -changed_at — columns in the order of their weight, - for descending; empty values come last"),
        ("case" = Option<i64>, Query, description = "案件编号", minimum = 1),
        ("kind" = Option<PaperKind>, Query, description = "文书种类"),
        ("state" = Option<PaperState>, Query, description = "状态"),
        ("f" = Option<TableFormat>, Query, description = "格式"),
        ("unit" = Option<crate::domain::area::AreaUnit>, Query, description = "面积单位 — of files; papers show none in a list"),
    ),
    responses((
        status = 200, description = "文书",
        content((PaperList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/papers")]
pub async fn list_papers(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page =
        PaperPage { at: query.place(), case: query.id("case"), kind: query.word("kind"), state: query.word("state") };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "case", "kind", "state", "f", "unit"])?;
    let app = service.app.clone();
    let at = page.at.clone();
    let fetch = move |at| app.papers(county, &PaperPage { at, ..page.clone() });
    let list = |rows: Vec<_>, next| Ok(PaperList { items: rows.into_iter().map(PaperSummary::from).collect(), next });
    listing::answer(export, ("文书清单", "papers"), county, at, || Ok(tables::papers()), fetch, list).await
}

/// 文书 — a paper with what was typed and what became of it
#[utoipa::path(
    operation_id = "getPaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "文书", body = PaperView)),
)]
#[get("/api/v1/counties/{county}/papers/{id}")]
pub async fn get_paper(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    let file = blocking(move || app.paper(county, id)).await?;
    Ok(answer(HttpResponse::Ok(), file))
}

/// 修改草稿
#[utoipa::path(
    operation_id = "revisePaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
        ("If-Match" = String, Header, description = "所依据的版本,如 \"1\""),
    ),
    request_body = PaperBody,
    responses((status = 200, description = "已修改", body = PaperView)),
)]
#[put("/api/v1/counties/{county}/papers/{id}")]
pub async fn revise_paper(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let (id, version) = (number(&request, "id")?, if_match(&request)?);
    let sent: PaperBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.revise_paper(&caller, county, (id, version), sent)).await?;
    Ok(answer(HttpResponse::Ok(), file))
}

/// 撤回草稿 — by who drafted it
#[utoipa::path(
    operation_id = "withdrawPaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
    ),
    request_body = PaperVersionBody,
    responses((status = 200, description = "已撤回", body = PaperView)),
)]
#[post("/api/v1/counties/{county}/papers/{id}/withdraw")]
pub async fn withdraw_paper(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let PaperVersionBody { version } = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.withdraw_paper(&caller, county, (id, version))).await?;
    Ok(answer(HttpResponse::Ok(), file))
}

/// 登记文书 — gives it its 文号 and freezes its bytes; not by who drafted it, and a decision only by an approver
///
/// A decision is registered when the step of the case that it documents has been approved. The same again answers as
/// before (200).
#[utoipa::path(
    operation_id = "registerPaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
    ),
    request_body = RegisterBody,
    responses(
        (status = 201, description = "已登记", body = PaperView),
        (status = 200, description = "此前已登记", body = PaperView),
    ),
)]
#[post("/api/v1/counties/{county}/papers/{id}/register")]
pub async fn register_paper(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let sent: RegisterBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.register_paper(&caller, county, id, sent)).await?;
    Ok(answer(created(written.is_new), written.record))
}

/// 作废文书 — a registered one that has no 文号; it is kept, with the reason
///
/// A paper with a 文号 is void when its number is made void. The same again answers as before (200).
#[utoipa::path(
    operation_id = "voidPaper", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
    ),
    request_body = VoidPaperBody,
    responses(
        (status = 201, description = "已作废", body = PaperView),
        (status = 200, description = "此前已作废", body = PaperView),
    ),
)]
#[post("/api/v1/counties/{county}/papers/{id}/void")]
pub async fn void_paper(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let sent: VoidPaperBody = body.read()?;
    let app = service.app.clone();
    let written = blocking(move || app.void_paper(&caller, county, id, sent)).await?;
    Ok(answer(created(written.is_new), written.record))
}

/// 关联签章扫描件 — the paper as it was signed and sealed, before it is served
#[utoipa::path(
    operation_id = "addPaperScan", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
    ),
    request_body = PaperScanBody,
    responses((status = 200, description = "已关联", body = PaperView)),
)]
#[post("/api/v1/counties/{county}/papers/{id}/scans")]
pub async fn add_paper_scan(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let sent: PaperScanBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.add_paper_scan(&caller, county, id, &sent.attachment)).await?;
    Ok(answer(HttpResponse::Ok(), file))
}

/// 文书文件 — as it was registered, or the draft as it would look now
#[utoipa::path(
    operation_id = "getPaperFile", tag = "papers",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "文书编号", minimum = 1, example = 1),
        ("f" = Option<PaperFormat>, Query, description = "格式 — html unless told"),
    ),
    responses((
        status = 200, description = "文书",
        content((PaperBytes = "text/html"), (PaperBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
    )),
)]
#[get("/api/v1/counties/{county}/papers/{id}/file")]
pub async fn get_paper_file(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let format = format(&request)?;
    let app = service.app.clone();
    let written = blocking(move || app.paper_file(county, id, format)).await?;
    Ok(bytes(written, format, &format!("paper-{id}")))
}
