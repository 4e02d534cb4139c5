//! How cases of idle land are shown.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::idle_cases::views::{Board, CaseSummary, Tally};
use crate::app::idle_cases::{CaseFile, PublicCase, Sent, StepEvent, StepProposal, StoredStep};
use crate::domain::codes::TownshipCode;
use crate::domain::idle_case::deadlines::{Deadline, DeadlineKind};
use crate::domain::idle_case::next::{CasePaper, Next};
use crate::domain::idle_case::record::{Entry, StepAction, StepState, waits_for};
use crate::domain::idle_case::step::{Paper, Step, StepKind};
use crate::domain::idle_case::{Cause, Grounds, State, Way};
use crate::domain::input::vocabulary;
use crate::domain::instant::Instant;
use crate::domain::ledger::kind::Role;
use crate::domain::ledger::rates::Rate;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::region::{ParcelId, UserId};
use crate::domain::text::Text;
use crate::http::problem::Obstacle;

vocabulary! {
    /// 办理结果
    pub enum StepOutcome {
        Recorded = "recorded" "已登记",
        Proposed = "proposed" "已提交,待审核审批",
        Tried = "tried" "仅试算,未登记",
    }
}

impl From<Sent> for StepOutcome {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Recorded => Self::Recorded,
            Sent::Proposed => Self::Proposed,
            Sent::Tried => Self::Tried,
        }
    }
}

/// 案件期限
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeadlineView {
    /// 期限种类
    pub kind: DeadlineKind,
    /// 名称
    pub label: Text,
    /// 起算日
    pub begins: NaiveDate,
    /// 届满日
    pub due: NaiveDate,
    /// 暂计 — a year without a working calendar was taken as plain weeks
    pub is_provisional: bool,
    /// 完成日 — it may be late; none: open
    pub done_on: Option<NaiveDate>,
    /// 是否逾期 — a right that lapses unused is none
    pub is_overdue: bool,
}

impl DeadlineView {
    pub fn of(deadline: &Deadline, today: NaiveDate) -> Self {
        let Deadline { kind, begins, due, is_provisional, done_on } = *deadline;
        let label = Text::new(kind.zh(), kind.as_str());
        Self { kind, label, begins, due, is_provisional, done_on, is_overdue: deadline.is_overdue(today) }
    }
}

/// 案件摘要
#[derive(Debug, Serialize, ToSchema)]
pub struct IdleCaseSummary {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 案号 — ours, gapless within a year
    #[schema(example = "XZ2026-0001")]
    pub number: String,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 状态
    pub state: State,
    /// 是否中止
    pub is_suspended: bool,
    /// 疑似情形
    pub grounds: Grounds,
    /// 闲置原因
    pub cause: Option<Cause>,
    /// 处置方式
    pub way: Option<Way>,
    /// 宗地
    pub parcel: ParcelId,
    /// 宗地编号
    pub parcel_code: Option<String>,
    /// 合同
    pub contract: i64,
    /// 合同编号
    pub contract_number: Option<String>,
    /// 分期
    pub phase: Option<String>,
    /// 用地单位 — only for those who work on the books
    pub user_name: Option<String>,
    /// 用地单位统一社会信用代码
    pub user_code: Option<String>,
    /// 所属乡镇街道
    pub townships: Vec<TownshipCode>,
    /// 案件面积,平方米
    pub area_m2: AreaM2,
    /// 立案日期
    pub opened_on: NaiveDate,
    /// 认定日期
    pub found_on: Option<NaiveDate>,
    /// 结案日期
    pub ended_on: Option<NaiveDate>,
    /// 前案
    pub previous: Option<i64>,
    /// 最近期限 — the next thing that somebody has to do
    pub next_deadline: Option<DeadlineView>,
    /// 逾期事项数
    #[schema(minimum = 0)]
    pub overdue: u64,
}

impl IdleCaseSummary {
    pub fn of(summary: &CaseSummary, names: bool) -> Self {
        let (case, state) = (&summary.row.case, &summary.row.state);
        Self {
            id: case.id,
            number: case.number.to_string(),
            version: state.version,
            state: state.state,
            is_suspended: state.is_suspended,
            grounds: case.opening.grounds,
            cause: state.cause,
            way: state.way,
            parcel: case.parcel,
            parcel_code: summary.parcel_code.clone(),
            contract: case.contract,
            contract_number: summary.contract_number.clone(),
            phase: case.phase.clone(),
            user_name: summary.user_name.clone().filter(|_| names),
            user_code: summary.user_code.clone(),
            townships: summary.townships.clone(),
            area_m2: case.opening.area,
            opened_on: case.opening.opened_on,
            found_on: state.found_on,
            ended_on: state.ended_on,
            previous: case.previous,
            next_deadline: summary.next().map(|deadline| DeadlineView::of(deadline, summary.today)),
            overdue: summary.overdue() as u64,
        }
    }
}

/// 案件列表
#[derive(Debug, Serialize, ToSchema)]
pub struct IdleCaseList {
    pub items: Vec<IdleCaseSummary>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

/// 案件步骤 — as it was recorded, or what voids one
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i32,
    /// 步骤 — none: this entry voids another
    #[schema(value_type = Option<Step>)]
    pub step: Option<Box<Step>>,
    /// 作废的步骤
    pub voids: Option<i32>,
    /// 作废理由
    pub reason: Option<String>,
    /// 是否已作废
    pub is_voided: bool,
    /// 凭证号 — posted with the step, or named by it
    pub voucher: Option<i64>,
    /// 经办
    pub proposer: UserId,
    /// 审核
    pub reviewer: Option<UserId>,
    /// 审批
    pub approver: Option<UserId>,
    /// 登记时刻
    pub recorded_at: Instant,
}

/// 待批步骤办理记录
#[derive(Debug, Serialize, ToSchema)]
pub struct StepEventView {
    /// 办理
    pub action: StepAction,
    /// 何人
    pub user: UserId,
    /// 意见
    pub comment: Option<String>,
    /// 何时
    pub at: Instant,
}

/// 待批步骤
#[derive(Debug, Serialize, ToSchema)]
pub struct StepProposalView {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i32,
    /// 版本
    #[schema(minimum = 1)]
    pub version: i64,
    /// 状态
    pub state: StepState,
    /// 下一步所需角色
    pub waits_for: Option<Role>,
    /// 步骤 — none: it would void another
    #[schema(value_type = Option<Step>)]
    pub step: Option<Box<Step>>,
    /// 拟作废的步骤
    pub voids: Option<i32>,
    /// 作废理由
    pub reason: Option<String>,
    /// 经办
    pub proposer: UserId,
    /// 审核
    pub reviewer: Option<UserId>,
    /// 生效后的步骤序号
    pub recorded_as: Option<i32>,
    /// 过程
    pub events: Vec<StepEventView>,
}

/// 后续步骤
#[derive(Debug, Serialize, ToSchema)]
pub struct NextView {
    /// 步骤
    pub step: StepKind,
    /// 送达的文书
    pub paper: Option<Paper>,
    /// 处置方式
    pub way: Option<Way>,
    /// 是否即可办理
    pub is_open: bool,
    /// 是否须三人办理(经办、审核、审批)
    pub takes_three: bool,
    /// 尚有障碍
    pub obstacles: Vec<Obstacle>,
    /// 最早可办理日
    pub earliest: Option<NaiveDate>,
    /// 应办期限 — the day by which it is due
    pub due: Option<NaiveDate>,
    /// 此前办理日 — when it was last taken; it may be taken again
    pub taken_on: Option<NaiveDate>,
    /// 须填写
    pub asks: Vec<&'static str>,
    /// 须制发的文书
    pub papers: &'static [CasePaper],
}

/// 案件
#[derive(Debug, Serialize, ToSchema)]
pub struct IdleCaseView {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 案号
    #[schema(example = "XZ2026-0001")]
    pub number: String,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 客户端编号
    pub client_id: String,
    /// 状态
    pub state: State,
    /// 是否中止
    pub is_suspended: bool,
    /// 疑似情形
    pub grounds: Grounds,
    /// 闲置原因
    pub cause: Option<Cause>,
    /// 处置方式
    pub way: Option<Way>,
    /// 宗地
    pub parcel: ParcelId,
    /// 合同
    pub contract: i64,
    /// 分期
    pub phase: Option<String>,
    /// 案件面积,平方米
    pub area_m2: AreaM2,
    /// 立案日期
    pub opened_on: NaiveDate,
    /// 前案
    pub previous: Option<i64>,
    /// 后案
    pub successors: Vec<i64>,
    /// 备注
    pub remark: Option<String>,
    /// 构成闲置首日 — by contract and progress; none: not idle, or facts are missing
    pub idle_from: Option<NaiveDate>,
    /// 可征缴闲置费首日
    pub fee_from: Option<NaiveDate>,
    /// 可无偿收回首日
    pub recovery_from: Option<NaiveDate>,
    /// 应缴土地闲置费,元 — by `idle.fee`, where it can be told
    pub fee_due_yuan: Option<Money>,
    /// 是否有抵押
    pub is_mortgaged: bool,
    /// 查封文号 — a seizure stands on the land: consider suspending the case
    pub seized_by: Option<String>,
    /// 步骤
    pub steps: Vec<EntryView>,
    /// 待批步骤
    pub proposals: Vec<StepProposalView>,
    /// 期限
    pub deadlines: Vec<DeadlineView>,
    /// 后续步骤
    pub next: Vec<NextView>,
}

/// 办理结果和案件
#[derive(Debug, Serialize, ToSchema)]
pub struct StepAnswer {
    /// 办理结果
    pub outcome: StepOutcome,
    /// 案件
    pub case: IdleCaseView,
}

fn parts(entry: Entry) -> (Option<Box<Step>>, Option<i32>, Option<String>) {
    match entry {
        Entry::Step(step) => (Some(step), None, None),
        Entry::Void { step, body, .. } => (None, Some(step), Some(body.reason.into_string())),
    }
}

impl From<CaseFile> for IdleCaseView {
    fn from(file: CaseFile) -> Self {
        let CaseFile { case, state, steps, proposals, successors, basis, deadlines, next, today } = file;
        let voided: Vec<i32> = steps.iter().filter_map(|step| step.entry.voids()).collect();
        let entry = |stored: StoredStep| {
            let StoredStep { n, entry, voucher, signatures, recorded_at } = stored;
            let (step, voids, reason) = parts(entry);
            EntryView {
                n,
                step,
                voids,
                reason,
                is_voided: voided.contains(&n),
                voucher,
                proposer: signatures.proposer,
                reviewer: signatures.reviewer,
                approver: signatures.approver,
                recorded_at: Instant(recorded_at),
            }
        };
        let proposal = |(proposal, events): (StepProposal, Vec<StepEvent>)| {
            let (step, voids, reason) = parts(proposal.entry);
            let event = |event: StepEvent| StepEventView {
                action: event.action,
                user: event.user,
                comment: event.comment,
                at: Instant(event.at),
            };
            StepProposalView {
                n: proposal.n,
                version: proposal.version,
                state: proposal.state,
                waits_for: waits_for(proposal.state),
                step,
                voids,
                reason,
                proposer: proposal.proposer,
                reviewer: proposal.reviewer,
                recorded_as: proposal.step,
                events: events.into_iter().map(event).collect(),
            }
        };
        let follows = |next: Next| NextView {
            is_open: next.is_open(),
            takes_three: next.step.takes_three(),
            step: next.step,
            paper: next.paper,
            way: next.way,
            obstacles: next.refused.iter().map(Obstacle::from).collect(),
            earliest: next.earliest,
            due: next.due,
            taken_on: next.taken_on,
            asks: next.asks,
            papers: next.papers,
        };
        Self {
            id: case.id,
            number: case.number.to_string(),
            version: state.version,
            client_id: case.client_id,
            state: state.state,
            is_suspended: state.is_suspended,
            grounds: case.opening.grounds,
            cause: state.cause,
            way: state.way,
            parcel: case.parcel,
            contract: case.contract,
            phase: case.phase,
            area_m2: case.opening.area,
            opened_on: case.opening.opened_on,
            previous: case.previous,
            successors,
            remark: case.remark,
            idle_from: basis.facts.idle_from,
            fee_from: basis.facts.fee_from,
            recovery_from: basis.facts.recovery_from,
            fee_due_yuan: basis.fee_due,
            is_mortgaged: basis.facts.is_mortgaged,
            seized_by: basis.seized_by,
            steps: steps.into_iter().map(entry).collect(),
            proposals: proposals.into_iter().map(proposal).collect(),
            deadlines: deadlines.iter().map(|deadline| DeadlineView::of(deadline, today)).collect(),
            next: next.into_iter().map(follows).collect(),
        }
    }
}

/// 看板的一组
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyView {
    /// 案件数
    #[schema(minimum = 0)]
    pub cases: u64,
    /// 面积,平方米
    pub area_m2: AreaM2,
}

impl From<Tally> for TallyView {
    fn from(tally: Tally) -> Self {
        Self { cases: tally.cases, area_m2: tally.area }
    }
}

/// 按状态
#[derive(Debug, Serialize, ToSchema)]
pub struct StateTally {
    /// 状态
    pub state: State,
    #[serde(flatten)]
    pub tally: TallyView,
}

/// 按原因
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseTally {
    /// 闲置原因
    pub cause: Cause,
    #[serde(flatten)]
    pub tally: TallyView,
}

/// 闲置土地看板
#[derive(Debug, Serialize, ToSchema)]
pub struct IdleCaseBoard {
    /// 截至日
    pub as_of: NaiveDate,
    /// 按状态
    pub states: Vec<StateTally>,
    /// 按原因
    pub causes: Vec<CauseTally>,
    /// 中止的案件
    pub suspended: TallyView,
    /// 有逾期事项的案件
    pub overdue: TallyView,
    /// 土地闲置率 = 闲置 ÷ (已供 + 闲置)
    pub idle_rate: Rate,
    /// 处置率 = 已销号案件面积 ÷ 认定闲置的面积(撤销的不计)
    pub disposal_rate: Rate,
}

impl IdleCaseBoard {
    pub fn of(board: Board, idle_rate: Rate) -> Self {
        let Board { as_of, states, causes, suspended, overdue, disposal } = board;
        Self {
            as_of,
            states: states.into_iter().map(|(state, tally)| StateTally { state, tally: tally.into() }).collect(),
            causes: causes.into_iter().map(|(cause, tally)| CauseTally { cause, tally: tally.into() }).collect(),
            suspended: suspended.into(),
            overdue: overdue.into(),
            idle_rate,
            disposal_rate: disposal,
        }
    }
}

/// 案件期限一行
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDeadlineView {
    /// 案件编号
    #[schema(minimum = 1)]
    pub case: i64,
    /// 案号
    pub number: String,
    /// 状态
    pub state: State,
    #[serde(flatten)]
    pub deadline: DeadlineView,
}

/// 案件期限表
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDeadlineList {
    pub items: Vec<CaseDeadlineView>,
}

/// 公示的闲置土地
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicIdleCase {
    /// 案号
    pub number: String,
    /// 宗地位置
    pub location: Option<String>,
    /// 用地单位 — of companies only
    pub user_name: Option<String>,
    /// 面积,平方米
    pub area_m2: AreaM2,
    /// 认定日期
    pub found_on: Option<NaiveDate>,
    /// 闲置起始日
    pub idle_from: Option<NaiveDate>,
    /// 闲置天数
    pub idle_days: Option<i64>,
    /// 闲置原因 — where it lies with the government
    pub cause: Option<Cause>,
}

/// 公示列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicIdleCaseList {
    pub items: Vec<PublicIdleCase>,
    /// 下一页
    pub next: Option<i64>,
}

impl From<PublicCase> for PublicIdleCase {
    fn from(case: PublicCase) -> Self {
        Self {
            number: case.number.to_string(),
            location: case.location,
            user_name: case.user_name,
            area_m2: case.area,
            found_on: case.found_on,
            idle_from: case.idle_from,
            idle_days: case.idle_days,
            cause: case.cause,
        }
    }
}
