//! 待办 over HTTP.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::worklist::{Place, TaskEvent, TaskEventPage, Waiting, WorklistQuery};
use crate::domain::codes::TownshipCode;
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::Role;
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;
use crate::domain::worklist::{TaskAction, TaskEventBody, TaskSource, TaskState};
use crate::http::body::{JsonBytes, Query, segment};
use crate::http::export::{Export, ExportFile, ListTotals, PAGE, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::records::next;
use crate::http::{Service, blocking};

/// 待办记录 — what somebody said about an item
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskEventView {
    /// 序号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub n: i64,
    /// 来源
    pub source: TaskSource,
    /// 事项标识
    pub key: String,
    /// 操作
    pub action: TaskAction,
    /// 延后至
    pub until: Option<NaiveDate>,
    /// 理由
    pub reason: String,
    /// 操作人
    pub user: UserId,
    /// 时刻
    pub at: Instant,
}

/// 待办记录列表
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskEventList {
    pub items: Vec<TaskEventView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<i64>,
}

/// 待办事项
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    /// 来源
    pub source: TaskSource,
    /// 事项标识 — names it within its source
    #[schema(example = "410183000000001/2026-12-31")]
    pub key: String,
    /// 事项
    pub title: Text,
    /// 时限 — none: at once
    pub due_on: Option<NaiveDate>,
    /// 是否逾期
    pub is_overdue: bool,
    /// 状态
    pub state: TaskState,
    /// 乡镇街道
    pub township: Option<TownshipCode>,
    /// 责任人(用户编号)
    pub person: Option<UserId>,
    /// 待办角色 — where no person is responsible by name
    pub role: Option<Role>,
    /// 地址 — where it is dealt with
    #[schema(example = "/api/v1/counties/410183/plots/410183000000001/measure")]
    pub link: String,
    /// 最近一次处理
    pub last: Option<TaskEventView>,
}

/// 待办清单 — a page of it, with the figures of the whole, ready to be printed
#[derive(Debug, Serialize, ToSchema)]
pub struct WorklistView {
    /// 截止日 — today
    pub as_of: NaiveDate,
    /// 提醒至 — what is due after this day is not shown
    pub due_by: NaiveDate,
    /// 事项总数
    #[schema(minimum = 0)]
    pub total: u64,
    /// 其中逾期
    #[schema(minimum = 0)]
    pub overdue: u64,
    pub items: Vec<TaskView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<TaskEvent> for TaskEventView {
    fn from(event: TaskEvent) -> Self {
        let TaskEvent { n, source, key, action, until, reason, user, at } = event;
        Self { n, source, key, action, until, reason, user, at: Instant(at) }
    }
}

impl TaskView {
    fn of(waiting: Waiting, county: County) -> Self {
        let Waiting { task, state, is_overdue, last } = waiting;
        Self {
            source: task.source,
            key: task.key,
            title: task.title,
            due_on: task.due_on,
            is_overdue,
            state,
            township: task.township,
            person: task.person,
            role: task.role,
            link: format!("/api/v1/counties/{county}/{}", task.link),
            last: last.map(Into::into),
        }
    }
}

/// 待办清单 — what waits in the county: at once first, then by day
///
/// Deadlines appear as many days ahead as the policy `worklist.reminder` says, or up to `due_by`. An item leaves when what
/// it is about is settled, or when somebody marks it done with a reason; nothing disappears by itself.
#[utoipa::path(
    operation_id = "getWorklist", tag = "worklist",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("mine" = Option<bool>, Query, description = "只看自己的 — by name, or by a role that one holds"),
        ("person" = Option<i64>, Query, description = "责任人(用户编号)", minimum = 1),
        ("township" = Option<TownshipCode>, Query, description = "乡镇街道"),
        ("source" = Option<TaskSource>, Query, description = "来源"),
        ("state" = Option<TaskState>, Query, description = "状态;默认全部"),
        ("due_by" = Option<NaiveDate>, Query, description = "时限不晚于此日"),
        ("after" = Option<String>, Query, description = "上一页的 next", min_length = 1, max_length = 200),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
    ),
    responses((
        status = 200, description = "待办清单",
        content((WorklistView = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/worklist")]
pub async fn get_worklist(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let wanted = WorklistQuery {
        mine: query.flag("mine"),
        person: query.id("person").map(UserId),
        township: query.word("township"),
        source: query.word("source"),
        state: query.word("state"),
        due_by: query.day("due_by"),
        after: query.take("after", |text| {
            let unknown = || Text::fixed("请用上一页的 next", "take the `next` of the page before");
            Place::parse(text).ok_or_else(unknown)
        }),
        limit: usize::try_from(query.limit()).unwrap_or(1),
    };
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["mine", "person", "township", "source", "state", "due_by", "after", "limit", "f"])?;
    let app = service.app.clone();
    if let Some(export) = export {
        let all = WorklistQuery { after: None, limit: usize::MAX, ..wanted };
        let list = blocking(move || app.worklist(&caller, county, &all)).await?;
        let note = format!("截至 {},提醒至 {};共 {} 项,逾期 {} 项", list.as_of, list.due_by, list.total, list.overdue);
        let items: Vec<TaskView> = list.items.into_iter().map(|item| TaskView::of(item, county)).collect();
        let (name, scope) = (("待办", "worklist"), format!("-{county}"));
        return export.answer_rows(name, scope, || Ok(office::worklist()), items, Some(note)).await;
    }
    let list = blocking(move || app.worklist(&caller, county, &wanted)).await?;
    let next = list.items.last().filter(|_| list.has_more).map(|item| Place::of(&item.task).to_string());
    Ok(HttpResponse::Ok().json(WorklistView {
        as_of: list.as_of,
        due_by: list.due_by,
        total: list.total as u64,
        overdue: list.overdue as u64,
        items: list.items.into_iter().map(|item| TaskView::of(item, county)).collect(),
        next,
    }))
}

/// 处理待办 — marks an item done, puts it off, or takes that back, with a reason
#[utoipa::path(
    operation_id = "addTaskEvent", tag = "worklist",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = TaskEventBody,
    responses((status = 201, description = "已记录", body = TaskEventView)),
)]
#[post("/api/v1/counties/{county}/worklist/events")]
pub async fn add_task_event(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: TaskEventBody = body.read()?;
    let app = service.app.clone();
    let event = blocking(move || app.add_task_event(&caller, county, sent)).await?;
    Ok(HttpResponse::Created().json(TaskEventView::from(event)))
}

/// 待办处理记录 — what was said about items, in order; those of settled ones stay here
#[utoipa::path(
    operation_id = "listTaskEvents", tag = "worklist",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = Option<i64>, Query, description = "从此序号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("source" = Option<TaskSource>, Query, description = "来源"),
        ("key" = Option<String>, Query, description = "事项标识", min_length = 1, max_length = 100),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
    ),
    responses((
        status = 200, description = "待办处理记录",
        content((TaskEventList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/worklist/events")]
pub async fn list_task_events(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = TaskEventPage {
        after: query.number("after", 0, i64::MAX).unwrap_or(0),
        limit: query.limit(),
        source: query.word("source"),
        key: query.line::<100>("key"),
    };
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["after", "limit", "source", "key", "f"])?;
    let limit = page.limit;
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |after| {
            let rows = app.task_events(county, &TaskEventPage { after, limit: PAGE, ..page.clone() })?;
            Ok(rows.into_iter().map(TaskEventView::from).collect())
        };
        let (name, columns) = (("待办处理记录", "worklist-events"), || Ok(office::task_events()));
        return export.answer(name, format!("-{county}"), columns, fetch, |row: &TaskEventView| row.n).await;
    }
    let rows = blocking(move || app.task_events(county, &page)).await?;
    let next = next(&rows, limit, |row| row.n);
    Ok(HttpResponse::Ok().json(TaskEventList { items: rows.into_iter().map(Into::into).collect(), next }))
}
