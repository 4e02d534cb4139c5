//! Frozen bases over HTTP; reports and rates on them.

pub mod rates;
pub mod reports;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::caller::Caller;
use crate::app::frozen_bases::{FrozenBaseBody, FrozenFile, StoredFrozen};
use crate::domain::area::AreaUnit;
use crate::domain::instant::Instant;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::frozen::{FrozenKind, FrozenState};
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, PlotId, UserId};
use crate::http::body::{JsonBytes, Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::proposals::StepBody;
use crate::http::{Service, blocking};

/// 考核基数
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenBaseView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本
    #[schema(minimum = 1)]
    pub version: i64,
    /// 种类
    pub kind: FrozenKind,
    /// 名称
    pub name: String,
    /// 截止日
    pub as_of: chrono::NaiveDate,
    /// 依据凭证号
    #[schema(minimum = 0)]
    pub known_seq: i64,
    /// 依据凭证的链式摘要
    #[schema(value_type = Digest)]
    pub head_hash: String,
    /// 基数面积,平方米
    pub area_m2: AreaM2,
    /// 任务面积,平方米
    pub task_m2: AreaM2,
    /// 任务文号
    pub task_number: String,
    /// 任务文件日期
    pub task_dated: chrono::NaiveDate,
    /// 清单摘要 — digest of the list of plots
    #[schema(value_type = Digest)]
    pub list_sha256: String,
    /// 状态
    pub state: FrozenState,
    /// 提出人
    pub proposer: UserId,
    /// 批准人
    pub approver: Option<UserId>,
    /// 提出时刻
    pub created_at: Instant,
    /// 最近变动时刻
    pub changed_at: Instant,
}

/// 基数中的地块
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenPlotView {
    /// 地块
    pub plot: PlotId,
    /// 面积,平方米
    pub area_m2: AreaM2,
    /// 乡镇街道代码 — as it was
    pub township: Option<i32>,
    /// 批准日期 — as it was
    pub approved_on: Option<chrono::NaiveDate>,
}

/// 考核基数及其清单
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenBaseFile {
    /// 基数
    pub base: FrozenBaseView,
    /// 清单
    pub plots: Vec<FrozenPlotView>,
}

/// 考核基数列表
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenBaseList {
    pub items: Vec<FrozenBaseView>,
}

impl From<StoredFrozen> for FrozenBaseView {
    fn from(base: StoredFrozen) -> Self {
        Self {
            id: base.id,
            version: base.version,
            kind: base.kind,
            name: base.name,
            as_of: base.as_of,
            known_seq: base.known_seq,
            head_hash: hex(&base.head_hash),
            area_m2: base.area,
            task_m2: base.task,
            task_number: base.task_number,
            task_dated: base.task_dated,
            list_sha256: hex(&base.sha256),
            state: base.state,
            proposer: base.proposer,
            approver: base.approver,
            created_at: Instant(base.created_at),
            changed_at: Instant(base.changed_at),
        }
    }
}

impl From<FrozenFile> for FrozenBaseFile {
    fn from(FrozenFile { base, plots }: FrozenFile) -> Self {
        let plot = |of: crate::app::frozen_bases::FrozenPlot| FrozenPlotView {
            plot: of.plot,
            area_m2: of.area,
            township: of.township,
            approved_on: of.approved_on,
        };
        Self { base: base.into(), plots: plots.into_iter().map(plot).collect() }
    }
}

/// 提出考核基数 — freezes the balances of a day as known at a voucher, with the task
#[utoipa::path(
    operation_id = "proposeFrozenBase", tag = "statistics",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body = FrozenBaseBody,
    responses((status = 201, description = "已提出,待批准", body = FrozenBaseFile)),
)]
#[post("/api/v1/counties/{county}/frozen-bases")]
pub async fn propose_frozen_base(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let sent: FrozenBaseBody = body.read()?;
    let app = service.app.clone();
    let file = blocking(move || app.propose_frozen_base(&caller, county, sent)).await?;
    Ok(HttpResponse::Created().json(FrozenBaseFile::from(file)))
}

/// 考核基数列表 — without their lists of plots
#[utoipa::path(
    operation_id = "listFrozenBases", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "考核基数",
        content((FrozenBaseList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases")]
pub async fn list_frozen_bases(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let export = Export::of(&mut query, &request);
    query.finish(&["f", "unit"])?;
    let app = service.app.clone();
    let bases = blocking(move || app.frozen_bases(county)).await?;
    let items: Vec<FrozenBaseView> = bases.into_iter().map(Into::into).collect();
    if let Some(export) = export {
        let (name, scope) = (("考核基数", "frozen-bases"), format!("-{county}"));
        return export.answer_rows(name, scope, || Ok(office::frozen_bases()), items, None).await;
    }
    Ok(HttpResponse::Ok().json(FrozenBaseList { items }))
}

/// 单个考核基数 — with its list of plots
#[utoipa::path(
    operation_id = "getFrozenBase", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为地块清单 — the list of plots as a file"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "考核基数",
        content((FrozenBaseFile = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}")]
pub async fn get_frozen_base(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let mut query = Query::of(&request);
    let export = Export::of(&mut query, &request);
    query.finish(&["f", "unit"])?;
    let app = service.app.clone();
    let file = FrozenBaseFile::from(blocking(move || app.frozen_base(county, id)).await?);
    if let Some(export) = export {
        let FrozenBaseView { as_of, known_seq, head_hash, list_sha256, .. } = &file.base;
        let note = format!("截至 {as_of},依据凭证号 {known_seq},链式摘要 {head_hash};清单摘要 {list_sha256}");
        let (name, scope) = (("考核基数清单", "frozen-base-plots"), format!("-{county}-{id}"));
        return export.answer_rows(name, scope, || Ok(office::frozen_plots()), file.plots, Some(note)).await;
    }
    Ok(HttpResponse::Ok().json(file))
}

/// Declares the two ways a proposed base can go.
macro_rules! settle {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $path:literal, $approves:literal) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            operation_id = $id, tag = "statistics",
            params(
                ("county" = County, Path, description = "县代码", example = "410183"),
                ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
            ),
            request_body = StepBody,
            responses((status = 200, description = "已办理", body = FrozenBaseFile)),
        )]
        #[post($path)]
        pub async fn $name(
            service: Data<Service>,
            request: HttpRequest,
            caller: Caller,
            body: JsonBytes,
        ) -> Result<HttpResponse, Problem> {
            let county: County = segment(&request, "county")?;
            let id: i64 = number(&request, "id")?;
            let body: StepBody = body.read()?;
            let app = service.app.clone();
            let at = (id, body.version);
            let file = blocking(move || app.settle_frozen_base(&caller, county, at, $approves)).await?;
            Ok(HttpResponse::Ok().json(FrozenBaseFile::from(file)))
        }
    };
}

settle!(
    /// 批准考核基数 — by another person than who proposed it
    approve_frozen_base, "approveFrozenBase", "/api/v1/counties/{county}/frozen-bases/{id}/approve", true
);
settle!(
    /// 撤回考核基数 — by who proposed it, before it is approved
    withdraw_frozen_base, "withdrawFrozenBase", "/api/v1/counties/{county}/frozen-bases/{id}/withdraw", false
);
