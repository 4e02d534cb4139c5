//! Contracts as they are answered.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::codes::{CreditCode, SupervisionNumber};
use crate::domain::contract::cause::{CauseBody, CauseDecisionBody};
use crate::domain::contract::development::DevelopmentBody;
use crate::domain::contract::due::{self, DueKind};
use crate::domain::contract::history::{
    Contract, ContractEventKind, Detail, Event, Succession, Version, WithdrawalBody,
};
use crate::domain::contract::inspection::InspectionBody;
use crate::domain::contract::standing::{FollowUp, Standing};
use crate::domain::contract::terms::ContractTerms;
use crate::domain::contract::{ChangeKind, ContractKind, EarlierUse};
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::SupplyMethod;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::record::Warning;
use crate::domain::region::{ParcelId, UserId};
use crate::domain::term::Term;

/// What whoever asks may see, and what should be looked into.
pub struct Sight {
    pub names: bool,
    pub warnings: Vec<Warning>,
}

/// 合同版本 — the terms as one document left them
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractVersionView {
    /// 版本
    #[schema(minimum = 1)]
    pub n: i64,
    /// 变更种类
    pub change: ChangeKind,
    /// 生效日
    pub effective_on: NaiveDate,
    /// 补充协议编号或批复文号
    pub document_number: Option<String>,
    /// 所更正的版本
    pub corrects: Option<i64>,
    /// 理由
    pub reason: Option<String>,
    /// 宗地
    pub parcels: Vec<ParcelId>,
    /// 土地使用者 — only for those who work on the books; none once it was erased
    pub user: Option<String>,
    /// 统一社会信用代码
    pub user_code: Option<CreditCode>,
    /// 约定内容
    pub terms: ContractTerms,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 合同事项 — one of the members is there, as the kind says
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractEventView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 种类
    pub kind: ContractEventKind,
    /// 日期
    pub on: NaiveDate,
    /// 进度填报
    pub development: Option<DevelopmentBody>,
    /// 现场核查
    pub inspection: Option<InspectionBody>,
    /// 核查人员姓名 — in the order of the form; only for those who work on the books, none once erased
    pub inspector_names: Option<Vec<Option<String>>>,
    /// 原因说明
    pub cause: Option<CauseBody>,
    /// 原因认定
    pub cause_decision: Option<CauseDecisionBody>,
    /// 承接
    pub succession: Option<Succession>,
    /// 撤销
    pub withdrawal: Option<WithdrawalBody>,
    /// 已撤销 — it counts no longer
    pub is_withdrawn: bool,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 未了约定 — what the contract still asks for
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractDueView {
    /// 事项
    pub kind: DueKind,
    /// 期次或分期 — counted from 1; 0 for the land as a whole
    pub part: u32,
    /// 约定日
    pub due_on: NaiveDate,
}

/// 开发情况 — how far it has come by the day
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingView {
    /// 截至日期
    pub as_of: NaiveDate,
    /// 供后状态 — none for a day before the law on idle land
    pub follow_up: Option<FollowUp>,
    /// 实际交地日
    pub delivered_on: Option<NaiveDate>,
    /// 实际动工日 — as reported; whether it counts is for `getContractIdleness`
    pub started_on: Option<NaiveDate>,
    /// 实际竣工日
    pub completed_on: Option<NaiveDate>,
    /// 未开工天数
    pub days_not_started: Option<i64>,
    /// 已动工开发面积,平方米
    pub developed_m2: Option<AreaM2>,
    /// 已投资额,元
    pub invested_yuan: Option<Money>,
    /// 已缴价款,元
    pub paid_yuan: Money,
    /// 收回日 — since when cases of idle land have taken all of its land back; it asks for nothing more
    pub taken_back_on: Option<NaiveDate>,
}

/// 合同
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractView {
    /// 编号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本 — counts every change; the ETag
    pub version: i64,
    /// 种类
    pub kind: ContractKind,
    /// 合同编号、决定书号
    pub number: String,
    /// 签订日期
    pub signed_on: NaiveDate,
    /// 补办情况
    pub earlier_use: Option<EarlierUse>,
    /// 现行约定 — in force on the day asked about; none before the signing
    pub current: Option<ContractVersionView>,
    /// 开发情况
    pub standing: StandingView,
    /// 未了约定 — by the newest terms
    pub dues: Vec<ContractDueView>,
    /// 全部版本 — in the order they were recorded
    pub versions: Vec<ContractVersionView>,
    /// 事项 — in the order they were recorded
    pub events: Vec<ContractEventView>,
    /// 提示
    pub warnings: Vec<Warning>,
}

/// 合同列表中的一行
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractRow {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 种类
    pub kind: ContractKind,
    /// 合同编号
    pub number: String,
    /// 电子监管号
    pub regulatory_number: Option<SupervisionNumber>,
    /// 签订日期
    pub signed_on: NaiveDate,
    /// 宗地
    pub parcels: Vec<ParcelId>,
    /// 土地使用者
    pub user: Option<String>,
    /// 统一社会信用代码
    pub user_code: Option<CreditCode>,
    /// 项目名称
    pub project_name: Option<String>,
    /// 土地用途
    pub land_use: String,
    /// 供应方式
    pub method: Option<SupplyMethod>,
    /// 使用年期
    #[schema(value_type = Option<String>)]
    pub term: Option<Term>,
    /// 合同面积,平方米
    pub area_m2: AreaM2,
    /// 价款,元
    pub price_yuan: Option<Money>,
    /// 约定交地日
    pub delivery_on: Option<NaiveDate>,
    /// 约定动工日
    pub start_on: Option<NaiveDate>,
    /// 约定竣工日
    pub completion_on: Option<NaiveDate>,
    /// 总投资额,元
    pub investment_yuan: Option<Money>,
    /// 应动工面积,平方米
    pub developable_m2: Option<AreaM2>,
    /// 开发情况
    pub standing: StandingView,
}

/// 合同列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractList {
    pub items: Vec<ContractRow>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl From<&Standing> for StandingView {
    fn from(standing: &Standing) -> Self {
        Self {
            as_of: standing.as_of,
            follow_up: standing.follow_up,
            delivered_on: standing.delivered_on,
            started_on: standing.started_on,
            completed_on: standing.completed_on,
            days_not_started: standing.days_not_started,
            developed_m2: standing.developed,
            invested_yuan: standing.invested,
            paid_yuan: standing.paid,
            taken_back_on: standing.taken_back_on,
        }
    }
}

impl ContractVersionView {
    fn of(version: &Version, names: bool) -> Self {
        Self {
            n: version.n,
            change: version.change,
            effective_on: version.effective_on,
            document_number: version.document_number.as_ref().map(ToString::to_string),
            corrects: version.corrects,
            reason: version.reason.as_ref().map(ToString::to_string),
            parcels: version.parcels.clone(),
            user: version.user_name.as_ref().filter(|_| names).map(ToString::to_string),
            user_code: version.user_code.clone(),
            terms: version.terms.clone(),
            recorded_at: Instant(version.recorded_at),
            recorded_by: version.recorded_by,
        }
    }
}

impl ContractEventView {
    fn of(event: &Event, names: bool, is_withdrawn: bool) -> Self {
        let mut view = Self {
            n: event.n,
            kind: event.detail.kind(),
            on: event.on,
            development: None,
            inspection: None,
            inspector_names: None,
            cause: None,
            cause_decision: None,
            succession: None,
            withdrawal: None,
            is_withdrawn,
            recorded_at: Instant(event.recorded_at),
            recorded_by: event.recorded_by,
        };
        match &event.detail {
            Detail::Development(report) => view.development = Some(report.clone()),
            Detail::Inspection(inspection) => {
                let name =
                    |of: &crate::domain::contract::inspection::Inspector| of.name.as_ref().map(ToString::to_string);
                view.inspector_names = names.then(|| inspection.inspectors.iter().map(name).collect());
                view.inspection = Some(inspection.clone());
            }
            Detail::Cause(cause) => view.cause = Some(cause.clone()),
            Detail::CauseDecision(decision) => view.cause_decision = Some(decision.clone()),
            Detail::Succeeds(link) | Detail::SucceededBy(link) => view.succession = Some(link.clone()),
            Detail::Withdrawal(withdrawal) => view.withdrawal = Some(withdrawal.clone()),
        }
        view
    }
}

impl ContractView {
    pub fn of(contract: &Contract, standing: &Standing, Sight { names, warnings }: Sight) -> Self {
        let live: Vec<i64> = contract.live().map(|event| event.n).collect();
        let event = |event: &Event| {
            let is_withdrawn = !live.contains(&event.n) && event.detail.kind() != ContractEventKind::Withdrawal;
            ContractEventView::of(event, names, is_withdrawn)
        };
        let due = |due: due::Due| ContractDueView { kind: due.kind, part: due.part, due_on: due.on };
        Self {
            id: contract.id,
            version: contract.version(),
            kind: contract.kind,
            number: contract.number.to_string(),
            signed_on: contract.signed_on,
            earlier_use: contract.earlier_use.clone(),
            current: contract.on(standing.as_of).map(|version| ContractVersionView::of(version, names)),
            standing: standing.into(),
            dues: match standing.taken_back_on {
                Some(_) => Vec::new(),
                None => due::open(contract).into_iter().map(due).collect(),
            },
            versions: contract.versions.iter().map(|version| ContractVersionView::of(version, names)).collect(),
            events: contract.events.iter().map(event).collect(),
            warnings,
        }
    }
}

impl ContractRow {
    pub fn of(contract: &Contract, standing: &Standing, names: bool) -> Self {
        // A contract that was signed after the day is shown by its original terms.
        let version = contract.on(standing.as_of).unwrap_or(&contract.versions[0]);
        let terms = &version.terms;
        Self {
            id: contract.id,
            kind: contract.kind,
            number: contract.number.to_string(),
            regulatory_number: terms.regulatory_number.clone(),
            signed_on: contract.signed_on,
            parcels: version.parcels.clone(),
            user: version.user_name.as_ref().filter(|_| names).map(ToString::to_string),
            user_code: version.user_code.clone(),
            project_name: terms.project_name.as_ref().map(ToString::to_string),
            land_use: terms.land_use.to_string(),
            method: terms.method,
            term: terms.term,
            area_m2: terms.area_m2.get(),
            price_yuan: terms.price(),
            delivery_on: terms.delivery_on,
            start_on: terms.start_on,
            completion_on: terms.completion_on,
            investment_yuan: terms.investment_yuan.map(|money| money.get()),
            developable_m2: terms.developable_m2.map(|area| area.get()),
            standing: standing.into(),
        }
    }
}
