//! Proposals over HTTP: what waits for a second person, and the steps on its way.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::vouchers::ProposalPage;
use crate::app::vouchers::{ProposalFile, Step, Waiting};
use crate::domain::area::AreaUnit;
use crate::domain::input::{self, Input, Members, Reader, input};
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::{Kind, Role};
use crate::domain::ledger::proposal::{Action, State};
use crate::domain::ledger::voucher::VoucherBody;
use crate::domain::region::{County, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{self, PageMark, ProposalOrder};
use crate::http::problem::Problem;
use crate::http::records::tried;
use crate::http::vouchers::VoucherContents;
use crate::http::{Service, blocking};

/// 待批凭证摘要
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalSummary {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 客户端编号
    pub client_id: String,
    /// 凭证种类
    pub kind: Kind,
    /// 生效日
    pub effective_on: chrono::NaiveDate,
    /// 状态
    pub state: State,
    /// 提交人
    pub proposer: UserId,
    /// 审核人
    pub reviewer: Option<UserId>,
    /// 入账凭证号
    pub posted_seq: Option<i64>,
    /// 版本 — every step but a comment makes a new one
    #[schema(minimum = 1)]
    pub version: i64,
    /// 下一步所需角色 — the role that the next step waits for
    pub waits_for: Option<Role>,
    /// 提交时刻
    pub created_at: Instant,
    /// 最近变动时刻
    pub changed_at: Instant,
}

/// 待批凭证过程
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// 步骤
    pub action: Action,
    /// 何人
    pub user: UserId,
    /// 意见
    pub comment: Option<String>,
    /// 何时
    pub at: Instant,
}

/// 待批凭证 — a proposal with its contents and what was said about it
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// 摘要
    pub proposal: ProposalSummary,
    /// 内容
    pub voucher: VoucherContents,
    /// 过程
    pub events: Vec<EventView>,
}

/// 待批凭证列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalList {
    pub items: Vec<ProposalSummary>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

input! {
    /// 处理意见 — a step on a proposal, by somebody who has read a version of it
    #[schema(example = json!({"version": 1, "comment": "面积与批文一致"}))]
    pub struct StepBody {
        /// 所依据的版本 — the version that was read; another one is refused (412)
        #[schema(minimum = 1)]
        pub version: i64,
        /// 意见
        pub comment: Option<input::Line<500>>,
    }
}

input! {
    /// 退回 — with the reason
    #[schema(example = json!({"version": 1, "comment": "缺少合同编号"}))]
    pub struct ReasonBody {
        /// 所依据的版本
        #[schema(minimum = 1)]
        pub version: i64,
        /// 理由
        pub comment: input::Line<500>,
    }
}

/// 修改 — the voucher as it shall be
#[derive(Debug, Clone, ToSchema)]
#[schema(example = json!({
    "version": 2, "comment": "已补合同编号",
    "voucher": {
        "client_id": "supply-2026-0001", "kind": "supply", "effective_on": "2026-03-02", "method": "listing",
        "document": {"number": "410183-2026-GC-0001", "authority": "新密市自然资源和规划局", "dated": "2026-03-02"},
        "lines": [{"from": {"account": "unsupplied", "plot": 410_183_000_000_001_i64},
                   "to": {"account": "supplied", "plot": 410_183_000_000_001_i64, "parcel": 410_183_000_000_001_i64},
                   "area_m2": "18000.25"}]
    }
}))]
pub struct RevisionBody {
    /// 所依据的版本
    #[schema(minimum = 1)]
    pub version: i64,
    /// 意见
    pub comment: Option<input::Line<500>>,
    /// 凭证
    #[schema(value_type = VoucherBody)]
    pub voucher: String,
}

impl<'de> Input<'de> for RevisionBody {
    /// Keeps the text of the voucher: a proposal rests as it was sent.
    fn read(raw: &'de serde_json::value::RawValue, reader: &mut Reader) -> Option<Self> {
        struct Text(String);
        impl<'de> Input<'de> for Text {
            fn read(raw: &'de serde_json::value::RawValue, reader: &mut Reader) -> Option<Self> {
                VoucherBody::read(raw, reader)?;
                Some(Self(raw.get().to_owned()))
            }
        }
        let mut members = Members::of(raw, reader)?;
        let version = members.take("version", reader);
        let comment = members.take("comment", reader);
        let voucher = members.take::<Text>("voucher", reader);
        members.finish(&["version", "comment", "voucher"], reader);
        Some(Self { version: version?, comment: comment?, voucher: voucher?.0 })
    }
}

impl From<Waiting> for ProposalSummary {
    fn from(Waiting { proposal: row, waits_for }: Waiting) -> Self {
        Self {
            id: row.id,
            client_id: row.client_id,
            kind: row.kind,
            effective_on: row.effective_on,
            state: row.state,
            proposer: row.proposer,
            reviewer: row.reviewer,
            posted_seq: row.posted_seq,
            version: row.version,
            waits_for,
            created_at: Instant(row.created_at),
            changed_at: Instant(row.changed_at),
        }
    }
}

impl From<ProposalFile> for ProposalView {
    fn from(file: ProposalFile) -> Self {
        let events = file
            .events
            .into_iter()
            .map(|e| EventView { action: e.action, user: e.user, comment: e.comment, at: Instant(e.at) })
            .collect();
        Self { proposal: file.proposal.into(), voucher: file.voucher.into(), events }
    }
}

/// 待批凭证列表 — proposals in the order of their numbers
#[utoipa::path(
    operation_id = "listProposals", tag = "proposals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("state" = Option<State>, Query, description = "状态"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("sortby" = inline(Option<ProposalOrder>), Query, style = Form, explode = false, description = "排序,如 -changed_at — columns in the order of their weight, - for descending; empty values come last"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "待批凭证",
        content((ProposalList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/proposals")]
pub async fn list_proposals(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let state = query.word("state");
    let at = query.place();
    let export = Export::of(&mut query, &request);
    query.finish(&["state", "after", "limit", "sortby", "f", "unit"])?;
    let app = service.app.clone();
    let fetch = move |at| app.proposals(county, &ProposalPage { at, state });
    let list = |rows: Vec<Waiting>, next| Ok(ProposalList { items: rows.into_iter().map(Into::into).collect(), next });
    listing::answer(export, ("待批凭证", "proposals"), county, at, || Ok(tables::proposals()), fetch, list).await
}

/// 单张待批凭证 — one proposal with its contents and its way so far
#[utoipa::path(
    operation_id = "getProposal", tag = "proposals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "待批凭证", body = ProposalView)),
)]
#[get("/api/v1/counties/{county}/proposals/{id}")]
pub async fn get_proposal(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id = number(&request, "id")?;
    let app = service.app.clone();
    let file = blocking(move || app.proposal(county, id)).await?;
    Ok(HttpResponse::Ok().json(ProposalView::from(file)))
}

/// What a step needs from its body.
struct Wish {
    action: Action,
    version: i64,
    comment: Option<String>,
    body: Option<String>,
}

impl StepBody {
    /// What was said of the step.
    pub fn said(self) -> Option<String> {
        self.comment.map(input::Line::into_string)
    }
}

impl ReasonBody {
    /// What was said of the step, which needs a word.
    pub fn said(self) -> Option<String> {
        Some(self.comment.into_string())
    }
}

impl Wish {
    fn step(action: Action, body: StepBody) -> Self {
        Self { action, version: body.version, comment: body.said(), body: None }
    }

    fn reason(action: Action, body: ReasonBody) -> Self {
        Self { action, version: body.version, comment: body.said(), body: None }
    }
}

async fn take(app: Arc<App>, request: &HttpRequest, caller: Caller, wish: Wish) -> Result<HttpResponse, Problem> {
    let county: County = segment(request, "county")?;
    let id = number(request, "id")?;
    let Wish { action, version, comment, body } = wish;
    let step = Step { county, id, version, action, comment, body };
    let file = blocking(move || app.step_proposal(&caller, step)).await?;
    Ok(HttpResponse::Ok().json(ProposalView::from(file)))
}

/// Declares the operation of one step: they differ in name, words and body alone.
macro_rules! step_operation {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $body:ty, $wish:expr) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "proposals",
            params(
                ("county" = County, Path, description = "县代码", example = "410183"),
                ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
            ),
            request_body = $body,
            responses((status = 200, description = "待批凭证", body = ProposalView)),
        )]
        #[post($path)]
        pub async fn $name(
            service: Data<Service>,
            request: HttpRequest,
            caller: Caller,
            body: JsonBytes,
        ) -> Result<HttpResponse, Problem> {
            let wish: fn($body) -> Wish = $wish;
            take(service.app.clone(), &request, caller, wish(body.read()?)).await
        }
    };
}

step_operation!(
    /// 审核通过 — a reviewer has looked
    ///
    /// For kinds that the four-eyes matrix reviews; the reviewer is another person than the proposer.
    review_proposal, "reviewProposal", "/api/v1/counties/{county}/proposals/{id}/review", StepBody,
    |body| Wish::step(Action::Review, body)
);
step_operation!(
    /// 批准入账 — posts the voucher
    ///
    /// Checks it once more against the ledger as it is now, and posts it in the same transaction.
    approve_proposal, "approveProposal", "/api/v1/counties/{county}/proposals/{id}/approve", StepBody,
    |body| Wish::step(Action::Approve, body)
);
step_operation!(
    /// 退回 — back to the proposer, with the reason
    return_proposal, "returnProposal", "/api/v1/counties/{county}/proposals/{id}/return", ReasonBody,
    |body| Wish::reason(Action::Return, body)
);
step_operation!(
    /// 撤回 — the proposer takes it back
    withdraw_proposal, "withdrawProposal", "/api/v1/counties/{county}/proposals/{id}/withdraw", StepBody,
    |body| Wish::step(Action::Withdraw, body)
);
step_operation!(
    /// 意见 — a remark that changes nothing
    comment_proposal, "commentProposal", "/api/v1/counties/{county}/proposals/{id}/comment", ReasonBody,
    |body| Wish::reason(Action::Comment, body)
);

/// 修改 — the proposer changes the voucher; a review starts anew
#[utoipa::path(
    operation_id = "reviseProposal", tag = "proposals",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    request_body = RevisionBody,
    responses((status = 200, description = "待批凭证", body = ProposalView)),
)]
#[post("/api/v1/counties/{county}/proposals/{id}/revise")]
pub async fn revise_proposal(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let sent: RevisionBody = body.read()?;
    let (app, _) = tried(&service, &request)?;
    let wish = Wish {
        action: Action::Revise,
        version: sent.version,
        comment: sent.comment.map(input::Line::into_string),
        body: Some(sent.voucher),
    };
    take(app, &request, caller, wish).await
}
