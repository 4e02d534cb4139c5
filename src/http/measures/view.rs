//! How measures, the office's sheet and progress are answered.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::measures::{OverdueBy, OverdueGroup, OverdueKey, PlotPlan, Progress, ProgressReport, SheetRow};
use crate::domain::codes::TownshipCode;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::FieldError;
use crate::domain::instant::Instant;
use crate::domain::ledger::balance::Cause;
use crate::domain::measure::{Measure, Month};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{PlotId, UserId};
use crate::domain::rules::supply::net_land::NetLandEntry;

/// 一地一策
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureView {
    /// 地块
    pub plot: PlotId,
    /// 版本 — also the ETag; 0 before anything is written
    #[schema(minimum = 0)]
    pub version: i64,
    /// 未供原因 — the newest of the plot's dated values
    pub cause: Option<Cause>,
    /// 所属乡镇街道
    pub township: Option<TownshipCode>,
    /// 未供面积,平方米 — now
    pub unsupplied_m2: AreaM2,
    /// 土地现状
    pub present_state: Option<String>,
    /// 已征面积,平方米
    pub expropriated_m2: Option<AreaM2>,
    /// 拟处置措施
    pub measure: Option<Measure>,
    /// 措施说明
    pub measure_note: Option<String>,
    /// 计划完成时限
    pub due_on: Option<NaiveDate>,
    /// 是否逾期 — past its deadline and still with unsupplied land
    pub is_overdue: bool,
    /// 责任单位
    pub unit: Option<String>,
    /// 责任人(用户编号)
    pub person: Option<UserId>,
    /// 责任人姓名(没有账号的) — only for those who work on the books
    pub contact: Option<String>,
    /// 净地条件
    pub net_land: Vec<NetLandEntry>,
    /// 净地结论 — of `supply.net_land`, by the policy of today
    pub net_land_outcome: Outcome,
    /// 净地判定 — the finding of the whole and one of each item
    pub findings: Vec<Finding>,
    /// 备注
    pub remark: Option<String>,
    /// 记录时刻 — none before anything is written
    pub recorded_at: Option<Instant>,
    /// 记录人
    pub recorded_by: Option<UserId>,
}

impl MeasureView {
    pub fn of(plan: PlotPlan, findings: Vec<Finding>, names: bool) -> Self {
        let of = plan.plot.record.contents;
        let (measure, is_written) = (plan.measure.contents, plan.measure.version > 0);
        Self {
            plot: plan.plot.record.id,
            version: plan.measure.version,
            cause: of.cause,
            township: of.township,
            unsupplied_m2: plan.held.unsupplied,
            present_state: measure.present_state.map(|line| line.into_string()),
            expropriated_m2: measure.expropriated_m2.map(|area| area.get()),
            measure: measure.measure,
            measure_note: measure.measure_note.map(|line| line.into_string()),
            due_on: measure.due_on,
            is_overdue: plan.is_overdue,
            unit: measure.unit.map(|line| line.into_string()),
            person: measure.person,
            contact: measure.contact.filter(|_| names).map(|line| line.into_string()),
            net_land: measure.net_land.unwrap_or_default(),
            net_land_outcome: findings.first().map_or(Outcome::NotApplicable, |whole| whole.outcome),
            findings,
            remark: measure.remark.map(|line| line.into_string()),
            recorded_at: is_written.then_some(Instant(plan.measure.recorded_at)),
            recorded_by: is_written.then_some(plan.measure.recorded_by),
        }
    }
}

/// 台账行 — a plot as the office's sheet has it
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetRowView {
    /// 地块
    pub plot: PlotId,
    /// 地块编号
    pub code: String,
    /// 乡镇街道代码
    pub township: Option<TownshipCode>,
    /// 乡镇街道
    pub township_name: Option<String>,
    /// 批次名称 — the project named in the approval
    pub approved_project: Option<String>,
    /// 批准文号
    pub approval_number: Option<String>,
    /// 批准机关
    pub approval_authority: Option<String>,
    /// 批准日期
    pub approved_on: Option<NaiveDate>,
    /// 批准面积,平方米 — recorded area of the plot
    pub approved_m2: AreaM2,
    /// 已征面积,平方米
    pub expropriated_m2: Option<AreaM2>,
    /// 已供面积,平方米 — idle land among it
    pub supplied_m2: AreaM2,
    /// 未供面积,平方米
    pub unsupplied_m2: AreaM2,
    /// 未供原因
    pub cause: Option<Cause>,
    /// 土地现状
    pub present_state: Option<String>,
    /// 规划用途
    pub planned_use: Option<String>,
    /// 拟处置措施
    pub measure: Option<Measure>,
    /// 措施说明
    pub measure_note: Option<String>,
    /// 计划完成时限
    pub due_on: Option<NaiveDate>,
    /// 是否逾期
    pub is_overdue: bool,
    /// 责任单位
    pub unit: Option<String>,
    /// 责任人(用户编号)
    pub person: Option<UserId>,
    /// 责任人 — name of the user or of the contact; only for those who work on the books
    pub person_name: Option<String>,
    /// 最近进展月份 — of the last twelve months
    pub progress_month: Option<Month>,
    /// 最近进展
    pub progress_done: Option<String>,
    /// 备注
    pub remark: Option<String>,
    /// 版本 — of the measure; 0 before anything is written
    #[schema(minimum = 0)]
    pub version: i64,
}

/// 一地一策台账
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetList {
    pub items: Vec<SheetRowView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

impl SheetRowView {
    pub fn of(row: SheetRow, names: bool) -> Self {
        let SheetRow { plan, approval, township, person, progress } = row;
        let PlotPlan { plot, measure, held, is_overdue } = plan;
        let (of, version, measure) = (plot.record.contents, measure.version, measure.contents);
        let approved = approval.as_ref();
        let project = of.approved_project.or_else(|| approved.and_then(|of| of.approved_project.clone()));
        let name = person.or_else(|| measure.contact.map(|name| name.into_string()));
        let (month, done) = progress.map(|progress| (progress.month, progress.done)).unzip();
        Self {
            plot: plot.record.id,
            code: of.code.into_string(),
            township: of.township,
            township_name: township,
            approved_project: project.map(|line| line.into_string()),
            approval_number: approved.map(|of| of.number.to_string()),
            approval_authority: approved.map(|of| of.authority.to_string()),
            approved_on: approved.map(|of| of.approved_on),
            approved_m2: of.area.m2(),
            expropriated_m2: measure.expropriated_m2.map(|area| area.get()),
            supplied_m2: held.supplied,
            unsupplied_m2: held.unsupplied,
            cause: of.cause,
            present_state: measure.present_state.map(|line| line.into_string()),
            planned_use: of.planned_use.map(|line| line.into_string()),
            measure: measure.measure,
            measure_note: measure.measure_note.map(|line| line.into_string()),
            due_on: measure.due_on,
            is_overdue,
            unit: measure.unit.map(|line| line.into_string()),
            person: measure.person,
            person_name: name.filter(|_| names),
            progress_month: month,
            progress_done: done,
            remark: measure.remark.map(|line| line.into_string()),
            version,
        }
    }
}

/// 逾期分组 — overdue plots of one township, unit or person; none of the three: nobody is named
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueGroupView {
    /// 乡镇街道代码
    pub township: Option<TownshipCode>,
    /// 乡镇街道
    pub township_name: Option<String>,
    /// 责任单位
    pub unit: Option<String>,
    /// 责任人(用户编号)
    pub person: Option<UserId>,
    /// 地块数
    #[schema(minimum = 1)]
    pub plots: u64,
    /// 未供面积合计,平方米
    pub unsupplied_m2: AreaM2,
    /// 最早的时限
    pub earliest: NaiveDate,
}

/// 逾期汇总
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueList {
    /// 截止日 — today
    pub as_of: NaiveDate,
    /// 分组
    pub by: OverdueBy,
    pub items: Vec<OverdueGroupView>,
}

impl From<OverdueGroup> for OverdueGroupView {
    fn from(group: OverdueGroup) -> Self {
        let (township, unit, person) = match group.key {
            OverdueKey::Township(code) => (Some(code), None, None),
            OverdueKey::Unit(unit) => (None, Some(unit), None),
            OverdueKey::Person(person) => (None, None, Some(person)),
            OverdueKey::Nobody => (None, None, None),
        };
        Self {
            township,
            township_name: group.name,
            unit,
            person,
            plots: group.plots,
            unsupplied_m2: group.unsupplied,
            earliest: group.earliest,
        }
    }
}

/// 月度进展
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressView {
    /// 地块
    pub plot: PlotId,
    /// 月份
    pub month: Month,
    /// 当月第几次 — the last one holds
    #[schema(minimum = 1)]
    pub n: i32,
    /// 工作进展
    pub done: String,
    /// 备注
    pub remark: Option<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 月度进展列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressList {
    pub items: Vec<ProgressView>,
}

impl From<Progress> for ProgressView {
    fn from(progress: Progress) -> Self {
        let Progress { plot, month, n, done, remark, recorded_at, recorded_by } = progress;
        Self { plot, month, n, done, remark, recorded_at: Instant(recorded_at), recorded_by }
    }
}

/// 有误的进展行
#[derive(Debug, Serialize, ToSchema)]
pub struct BadProgressRow {
    /// 序号,从 0 起 — its place in `rows`
    #[schema(minimum = 0)]
    pub index: u64,
    /// 各处错误
    pub errors: Vec<FieldError>,
}

/// 进展填报结果
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressReportView {
    /// 行数
    #[schema(minimum = 0)]
    pub rows: u64,
    /// 新记录 — in a dry run: that would be
    #[schema(minimum = 0)]
    pub created: u64,
    /// 与已有记录相同
    #[schema(minimum = 0)]
    pub unchanged: u64,
    /// 有误
    #[schema(minimum = 0)]
    pub bad: u64,
    /// 是否已写入
    pub is_written: bool,
    /// 有误的行
    pub bad_rows: Vec<BadProgressRow>,
}

impl From<ProgressReport> for ProgressReportView {
    fn from(report: ProgressReport) -> Self {
        Self {
            rows: report.rows as u64,
            created: report.created as u64,
            unchanged: report.unchanged as u64,
            bad: report.bad.len() as u64,
            is_written: report.is_written,
            bad_rows: report
                .bad
                .into_iter()
                .map(|row| BadProgressRow { index: row.index as u64, errors: row.faults })
                .collect(),
        }
    }
}
