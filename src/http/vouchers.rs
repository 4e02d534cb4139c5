//! Vouchers over HTTP: sent by a clerk, read by all who may look at the books.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::vouchers::{Sent, VoucherPage};
use crate::domain::area::AreaUnit;
use crate::domain::instant::Instant;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::{Hash, hex};
use crate::domain::ledger::kind::{Kind, SupplyMethod, WriteOff};
use crate::domain::ledger::voucher::{Digest, Flag, Holding, Recorded, Voucher, VoucherBody};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, tables};
use crate::http::listing::{self, PageMark, VoucherOrder};
use crate::http::problem::Problem;
use crate::http::proposals::ProposalSummary;
use crate::http::records::tried;
use crate::http::{Service, blocking};

/// 持有
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldingView {
    /// 科目
    pub account: Account,
    /// 地块
    pub plot: PlotId,
    /// 宗地
    pub parcel: Option<ParcelId>,
}

/// 分录
#[derive(Debug, Serialize, ToSchema)]
pub struct LineView {
    /// 转出
    pub from: HoldingView,
    /// 转入
    pub to: HoldingView,
    /// 面积,平方米
    pub area_m2: AreaM2,
}

/// 依据文件
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// 文号
    pub number: Option<String>,
    /// 发文机关
    pub authority: Option<String>,
    /// 文件日期
    pub dated: Option<chrono::NaiveDate>,
    /// 附件摘要
    #[schema(value_type = Vec<Digest>)]
    pub attachments: Vec<String>,
}

/// 提示
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagView {
    /// 代码
    pub code: Flag,
    /// 含义
    pub zh: &'static str,
}

/// 凭证内容 — what a voucher says
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherContents {
    /// 客户端编号
    pub client_id: String,
    /// 凭证种类
    pub kind: Kind,
    /// 生效日
    pub effective_on: chrono::NaiveDate,
    /// 依据文件
    pub document: DocumentView,
    /// 被更正的凭证号
    pub corrects: Option<i64>,
    /// 核销类型
    pub write_off: Option<WriteOff>,
    /// 供应方式
    pub method: Option<SupplyMethod>,
    /// 历史补录
    pub historical: bool,
    /// 备注 — gone once it was erased
    pub memo: Option<String>,
    /// 分录
    pub lines: Vec<LineView>,
}

/// 已入账凭证 — a posted voucher with its place in the chain
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherView {
    /// 县代码
    pub county: County,
    /// 凭证号 — runs per county without gaps
    #[schema(minimum = 1)]
    pub seq: i64,
    /// 内容
    pub voucher: VoucherContents,
    /// 经办人
    pub proposer: UserId,
    /// 审核人
    pub reviewer: Option<UserId>,
    /// 审批人
    pub approver: Option<UserId>,
    /// 入账时刻
    pub recorded_at: Instant,
    /// 结账后调整
    pub late: bool,
    /// 提示
    pub flags: Vec<FlagView>,
    /// 链式摘要 — SHA-256 over the canonical bytes and the hash before
    #[schema(value_type = Digest)]
    pub hash: String,
}

/// 凭证列表
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherList {
    pub items: Vec<VoucherView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

/// 提交结果 — posted at once, or proposed and waiting for the second person
#[derive(Debug, Serialize, ToSchema)]
pub struct SentView {
    /// 已入账的凭证
    pub voucher: Option<VoucherView>,
    /// 待批凭证
    pub proposal: Option<ProposalSummary>,
}

/// 台账末端 — the newest voucher of a county and the hash of the chain
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerHead {
    /// 县代码
    pub county: County,
    /// 最新凭证号 — 0 if there is none
    #[schema(minimum = 0)]
    pub seq: i64,
    /// 链式摘要
    #[schema(value_type = Digest)]
    pub hash: String,
    /// 已结账至
    pub closed_through: Option<chrono::NaiveDate>,
}

impl From<Holding> for HoldingView {
    fn from(holding: Holding) -> Self {
        Self { account: holding.account, plot: holding.plot, parcel: holding.parcel }
    }
}

impl From<Voucher> for VoucherContents {
    fn from(voucher: Voucher) -> Self {
        let line = |line: crate::domain::ledger::voucher::Line| LineView {
            from: line.from.into(),
            to: line.to.into(),
            area_m2: line.area,
        };
        Self {
            client_id: voucher.client_id,
            kind: voucher.kind,
            effective_on: voucher.effective_on,
            document: DocumentView {
                number: voucher.document.number,
                authority: voucher.document.authority,
                dated: voucher.document.dated,
                attachments: voucher.document.attachments,
            },
            corrects: voucher.corrects,
            write_off: voucher.write_off,
            method: voucher.method,
            historical: voucher.historical,
            memo: voucher.memo,
            lines: voucher.lines.into_iter().map(line).collect(),
        }
    }
}

impl VoucherView {
    pub fn of(recorded: Recorded, hash: Hash) -> Self {
        Self {
            county: recorded.county,
            seq: recorded.seq,
            voucher: recorded.voucher.into(),
            proposer: recorded.signatures.proposer,
            reviewer: recorded.signatures.reviewer,
            approver: recorded.signatures.approver,
            recorded_at: Instant(recorded.recorded_at),
            late: recorded.late,
            flags: recorded.flags.into_iter().map(|code| FlagView { code, zh: code.zh() }).collect(),
            hash: hex(&hash),
        }
    }
}

/// 提交凭证 — send a voucher to the area ledger
///
/// Kinds with legal effect are proposed (202) and posted when a second person approves; the others are posted at
/// once (201). Sending the same voucher again changes nothing and answers as before (200); the same `client_id`
/// with other contents is refused (409). 凭证种类、科目与四眼要求见 docs/four-eyes.md。
#[utoipa::path(
    operation_id = "sendVoucher", tag = "ledger",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("dry_run" = Option<bool>, Query, description = "试运行,不写入 — write nothing, answer as if it were written"),
    ),
    request_body = VoucherBody,
    responses(
        (status = 201, description = "已入账", body = SentView),
        (status = 202, description = "已提交,待审批", body = SentView),
        (status = 200, description = "此前已提交过,内容相同", body = SentView),
    ),
)]
#[post("/api/v1/counties/{county}/vouchers")]
pub async fn send_voucher(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    body.read::<VoucherBody>()?;
    let text = body.text()?.to_owned();
    let (app, dry_run) = tried(&service, &request)?;
    let sent = blocking(move || app.send_voucher(&caller, county, text)).await?;
    let (status, view) = match sent {
        Sent::Posted { recorded, hash, is_new } => {
            let view = SentView { voucher: Some(VoucherView::of(recorded, hash)), proposal: None };
            (if is_new && !dry_run { StatusCode::CREATED } else { StatusCode::OK }, view)
        }
        Sent::Proposed { proposal, is_new } => {
            let view = SentView { voucher: None, proposal: Some(proposal.into()) };
            (if is_new && !dry_run { StatusCode::ACCEPTED } else { StatusCode::OK }, view)
        }
    };
    Ok(HttpResponse::build(status).json(view))
}

/// 凭证列表 — the vouchers of a county in the order of their numbers
#[utoipa::path(
    operation_id = "listVouchers", tag = "ledger",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = inline(Option<PageMark>), Query, description = "上一页的 next — the `next` of the page before, with the same sortby"),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000 — rows of a page", minimum = 1),
        ("sortby" = inline(Option<VoucherOrder>), Query, style = Form, explode = false, description = "排序,如 -effective_on — columns in the order of their weight, - for descending; empty values come last"),
        ("kind" = Option<Kind>, Query, description = "凭证种类"),
        ("plot" = Option<i64>, Query, description = "涉及的地块 — touching this plot", minimum = 1),
        ("late" = Option<bool>, Query, description = "只列结账后调整 — only late entries"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件,totals 为全部行的合计 — a file has all rows, not a page; totals adds them up"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "凭证",
        content((VoucherList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/vouchers")]
pub async fn list_vouchers(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let page = VoucherPage {
        at: query.place(),
        kind: query.word("kind"),
        plot: query.number("plot", 1, i64::MAX).map(PlotId),
        late_only: query.flag("late"),
    };
    let export = Export::of(&mut query, &request);
    query.finish(&["after", "limit", "sortby", "kind", "plot", "late", "f", "unit"])?;
    let app = service.app.clone();
    let (name, at) = (("凭证", "vouchers"), page.at.clone());
    let fetch = move |at| app.vouchers(county, &VoucherPage { at, ..page.clone() });
    if let Some(export) = export {
        // A voucher has a row of the file for each of its lines.
        let rows = move |at| Ok(fetch(at)?.map(tables::VoucherRow::all));
        return export.answer_list(name, county, || Ok(tables::vouchers()), &at, rows).await;
    }
    let (vouchers, next) = listing::page(at, fetch).await?;
    let items = vouchers.into_iter().map(|(recorded, hash)| VoucherView::of(recorded, hash)).collect();
    Ok(HttpResponse::Ok().json(VoucherList { items, next }))
}

/// 单张凭证 — one posted voucher
#[utoipa::path(
    operation_id = "getVoucher", tag = "ledger",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("seq" = i64, Path, description = "凭证号", minimum = 1, example = 1),
    ),
    responses((status = 200, description = "凭证", body = VoucherView)),
)]
#[get("/api/v1/counties/{county}/vouchers/{seq}")]
pub async fn get_voucher(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let seq = number(&request, "seq")?;
    let app = service.app.clone();
    let (recorded, hash) = blocking(move || app.voucher(county, seq)).await?;
    Ok(HttpResponse::Ok().json(VoucherView::of(recorded, hash)))
}

/// 台账末端 — the newest voucher and the hash of the chain, to be noted down as proof
#[utoipa::path(
    operation_id = "getLedgerHead", tag = "ledger",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    responses((status = 200, description = "末端", body = LedgerHead)),
)]
#[get("/api/v1/counties/{county}/ledger-head")]
pub async fn get_ledger_head(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let app = service.app.clone();
    let head = blocking(move || app.ledger_head(county)).await?;
    Ok(HttpResponse::Ok().json(LedgerHead {
        county,
        seq: head.seq,
        hash: hex(&head.hash),
        closed_through: head.closed_through,
    }))
}
