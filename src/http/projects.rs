//! Investment projects over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::projects::{ProjectPage, StoredProject};
use crate::domain::area::AreaUnit;
use crate::domain::codes::{CreditCode, IndustryCode};
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::domain::region::{County, ProjectId, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{PageMark, ProjectOrder, answer};
use crate::http::problem::Problem;
use crate::http::records::{created, if_match, tried, versioned};
use crate::http::{Service, blocking};

/// 用地项目
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectView {
    /// 编号
    pub id: ProjectId,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 项目代码
    pub code: String,
    /// 项目名称
    pub name: String,
    /// 投资主体的统一社会信用代码
    pub investor_code: Option<CreditCode>,
    /// 国民经济行业代码
    pub industry_code: Option<IndustryCode>,
    /// 行业大类名称
    pub industry: Option<&'static str>,
    /// 备注
    pub remark: Option<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 用地项目列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectList {
    pub items: Vec<ProjectView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<StoredProject> for ProjectView {
    fn from(record: StoredProject) -> Self {
        let contents = record.contents;
        Self {
            id: record.id,
            version: record.version,
            code: contents.code.into_string(),
            name: contents.name.into_string(),
            investor_code: contents.investor_code,
            industry: contents.industry_code.as_ref().map(IndustryCode::division_name),
            industry_code: contents.industry_code,
            remark: contents.remark.map(|remark| remark.into_string()),
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        }
    }
}

/// 录入用地项目 — enters an investment project
///
/// Sending the same project again answers as before (200); the same code with other contents is refused (409).
#[utoipa::path(
    operation_id = "createProject", tag = "projects",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    request_body = Project,
    responses(
        (status = 201, description = "已录入", body = ProjectView),
        (status = 200, description = "此前已录入,内容相同", body = ProjectView),
    ),
)]
#[post("/api/v1/counties/{county}/projects")]
pub async fn create_project(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: Project = body.read()?;
    let (app, dry_run) = tried(&service, &request)?;
    let written = blocking(move || app.create_project(&caller, county, sent)).await?;
    Ok(versioned(created(written.is_new && !dry_run), written.record.version, ProjectView::from(written.record)))
}

/// 用地项目列表 — projects in the order of their ids
#[utoipa::path(
    operation_id = "listProjects", tag = "projects",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<ProjectOrder>), Query, style = Form, explode = false, description = "排序,如 industry_code,code — columns in the order of their weight, - for descending; empty values come last"),
        ("code_prefix" = Option<String>, Query, description = "项目代码以此开头", min_length = 1, max_length = 50),
        ("investor_code" = Option<CreditCode>, Query, description = "投资主体的统一社会信用代码"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "用地项目",
        content((ProjectList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/projects")]
pub async fn list_projects(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = ProjectPage {
        at: query.place(),
        code_prefix: query.line::<50>("code_prefix"),
        investor_code: query.word::<CreditCode>("investor_code").map(|code| code.to_string()),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "code_prefix", "investor_code", "f", "unit"])?;
    let app = service.app.clone();
    let at = page.at.clone();
    let fetch = move |at| app.projects(county, &ProjectPage { at, ..page.clone() });
    let list =
        |rows: Vec<StoredProject>, next| Ok(ProjectList { items: rows.into_iter().map(Into::into).collect(), next });
    answer(export, ("用地项目", "projects"), county, at, || Ok(tables::projects()), fetch, list).await
}

/// 单个用地项目 — one project
#[utoipa::path(
    operation_id = "getProject", tag = "projects",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
    ),
    responses((status = 200, description = "用地项目", body = ProjectView)),
)]
#[get("/api/v1/counties/{county}/projects/{id}")]
pub async fn get_project(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ProjectId(number(&request, "id")?);
    let app = service.app.clone();
    let record = blocking(move || app.project(county, id)).await?;
    Ok(versioned(HttpResponse::Ok(), record.version, ProjectView::from(record)))
}

/// 修改用地项目 — replaces what is recorded of a project
#[utoipa::path(
    operation_id = "updateProject", tag = "projects",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 410_183_000_000_001_i64),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
        ("If-Match" = String, Header, description = "所依据的版本,即 ETag — the version the change is based on", example = "\"1\""),
    ),
    request_body = Project,
    responses((status = 200, description = "已修改", body = ProjectView)),
)]
#[put("/api/v1/counties/{county}/projects/{id}")]
pub async fn update_project(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = ProjectId(number(&request, "id")?);
    let version = if_match(&request)?;
    let sent: Project = body.read()?;
    let (app, _) = tried(&service, &request)?;
    let written = blocking(move || app.update_project(&caller, county, id, version, sent)).await?;
    Ok(versioned(HttpResponse::Ok(), written.record.version, ProjectView::from(written.record)))
}
