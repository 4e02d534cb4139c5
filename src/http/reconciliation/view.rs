//! Differences, counts and the mapping rate as they are shown.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::reconciliation::{DifferenceFile, DifferenceRow};
use crate::domain::codes::{SupervisionNumber, TownshipCode};
use crate::domain::instant::Instant;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::voucher::Digest;
use crate::domain::monitoring::{Compared, ComparedField, SupplyKey};
use crate::domain::quantity::AreaM2;
use crate::domain::reconciliation::{
    Difference, DifferenceKind, DifferenceResolution, DifferenceStatus, Facts, Figures, Mapping, MappingShare, Note,
    Seen, Subject,
};
use crate::domain::region::{ApprovalId, County, ParcelId, PlotId, UserId};
use crate::domain::text::Text;

/// 处理记录 — what somebody said of a difference; owner and resolution hold until the next one
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceNote {
    /// 序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 责任人
    pub owner: Option<UserId>,
    /// 处理结果
    pub resolution: DifferenceResolution,
    /// 说明
    pub reason: Option<String>,
    /// 所据数据摘要 — digest of the figures it was said of
    #[schema(value_type = Digest)]
    pub figures: String,
    /// 何人
    pub user: UserId,
    /// 何时
    pub at: Instant,
}

/// 对照项 — one thing as our books and the monitoring system have it
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedView {
    /// 对照项
    pub field: ComparedField,
    /// 名称
    pub label: &'static str,
    /// 我方 — area in m², day, word or text; none: not known here
    pub ours: Option<String>,
    /// 系统 — the same of the monitoring system
    pub theirs: Option<String>,
    /// 是否不一致 — none: one side does not know it, so it is not compared
    pub differs: Option<bool>,
    /// 我方,供阅读
    pub ours_label: Option<String>,
    /// 系统,供阅读
    pub theirs_label: Option<String>,
}

/// 与监测监管系统的对照 — both sides of a supply, as of the day of the export
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringView {
    /// 电子监管号
    #[schema(value_type = SupervisionNumber)]
    pub number: String,
    /// 导出序号 — of the export that the books are held against; none: there is none
    #[schema(minimum = 1)]
    pub snapshot: Option<i64>,
    /// 导出截止日
    pub as_of: Option<chrono::NaiveDate>,
    /// 项目名称 — as the system has it
    pub project_name: Option<String>,
    /// 位置 — as the system has it
    pub location: Option<String>,
    /// 各对照项 — none of them once it is mended
    pub compared: Vec<ComparedView>,
}

/// 差异 — where books, map and monitoring system differ, and how it stands
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceView {
    /// 差异编号 — stays the same for the same thing
    pub difference: Difference,
    /// 种类
    pub kind: DifferenceKind,
    /// 种类名称
    pub kind_label: &'static str,
    /// 状态
    pub status: DifferenceStatus,
    /// 版本 — how much was said of it so far; a note is based on it
    #[schema(minimum = 0)]
    pub version: i64,
    /// 地块 — of a parcel in several plots the one with the lowest id
    pub plot: Option<PlotId>,
    /// 地块编号
    pub plot_code: Option<String>,
    /// 另一地块 — of two that overlap
    pub other_plot: Option<PlotId>,
    /// 科目 — of a holding
    pub account: Option<Account>,
    /// 宗地
    pub parcel: Option<ParcelId>,
    /// 宗地编号
    pub parcel_code: Option<String>,
    /// 乡镇街道 — of the plot, as of now
    pub township: Option<TownshipCode>,
    /// 用地批文 — of the plot
    pub approval: Option<ApprovalId>,
    /// 账面面积,平方米 — by the books: recorded area of a plot, ledger area of a holding or of what a parcel holds; none: 已消除
    pub recorded_area_m2: Option<AreaM2>,
    /// 图形面积,平方米 — planar, in the county's zone; none: 未落图, or nothing to compare
    pub polygon_area_m2: Option<AreaM2>,
    /// 监测监管系统的面积,平方米
    pub monitored_area_m2: Option<AreaM2>,
    /// 相差,平方米 — polygon, or area in the monitoring system, less record
    pub difference_m2: Option<AreaM2>,
    /// 与监测监管系统的对照 — of a supply
    pub monitoring: Option<MonitoringView>,
    /// 数据摘要 — digest of these figures; a note is based on it
    #[schema(value_type = Option<Digest>)]
    pub figures: Option<String>,
    /// 处理办法
    pub remedy: Text,
    /// 责任人
    pub owner: Option<UserId>,
    /// 最近处理
    pub last_note: Option<DifferenceNote>,
}

/// 差异列表
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceList {
    pub items: Vec<DifferenceView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<Difference>,
}

/// 差异及其处理经过
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceFileView {
    /// 差异
    pub difference: DifferenceView,
    /// 处理经过 — the first first
    pub notes: Vec<DifferenceNote>,
}

/// 一类差异的件数
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceCount {
    /// 种类
    pub kind: DifferenceKind,
    /// 种类名称
    pub kind_label: &'static str,
    /// 状态
    pub status: DifferenceStatus,
    /// 件数
    #[schema(minimum = 1)]
    pub count: i64,
}

/// 差异件数 — by kind and status; where there is none, no row
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceCounts {
    /// 各类件数
    pub counts: Vec<DifferenceCount>,
    /// 未消除的合计
    #[schema(minimum = 0)]
    pub standing: i64,
}

/// 落图情况
#[derive(Debug, Serialize, ToSchema)]
pub struct MappingView {
    /// 乡镇街道 — none: 未填, or the whole county
    pub township: Option<TownshipCode>,
    /// 乡镇街道名称
    pub name: Option<String>,
    /// 地块宗数
    #[schema(minimum = 0)]
    pub plots: i64,
    /// 已落图宗数
    #[schema(minimum = 0)]
    pub mapped_plots: i64,
    /// 登记面积,平方米
    pub area_m2: AreaM2,
    /// 已落图地块的登记面积,平方米
    pub mapped_area_m2: AreaM2,
    /// 落图率(宗数)
    pub by_plots: MappingShare,
    /// 落图率(面积)
    pub by_area: MappingShare,
}

/// 落图率 — plots with a polygon among all plots, by number and by recorded area, as of now
#[derive(Debug, Serialize, ToSchema)]
pub struct MappingTable {
    /// 县代码
    pub county: County,
    /// 各乡镇街道
    pub townships: Vec<MappingView>,
    /// 全县
    pub total: MappingView,
}

impl From<Note> for DifferenceNote {
    fn from(note: Note) -> Self {
        Self {
            n: note.n,
            owner: note.owner,
            resolution: note.resolution,
            reason: note.reason,
            figures: hex(&note.figures),
            user: note.user,
            at: Instant(note.at),
        }
    }
}

impl From<DifferenceRow> for DifferenceView {
    fn from(row: DifferenceRow) -> Self {
        let owner = row.owner();
        let DifferenceRow { difference, facts, figures, last, status } = row;
        let kind = difference.kind;
        let monitoring = match difference.subject {
            Subject::Supply(number) => Some(MonitoringView::of(number, facts.as_ref(), figures.as_ref())),
            _ => None,
        };
        let bearer = facts.as_ref().and_then(|facts| match &facts.seen {
            Seen::Supply(seen) => seen.parcels.first().copied(),
            _ => None,
        });
        let (place, parcel_code) = facts.map_or((None, None), |facts| (facts.place, facts.parcel_code));
        let (plot, account, parcel) = match difference.subject {
            Subject::Plot(plot) | Subject::Plots(plot, _) => (Some(plot), None, None),
            Subject::Holding(holding) => (Some(holding.plot), Some(holding.account), holding.parcel),
            Subject::Parcel(parcel) => (place.as_ref().map(|place| place.plot), None, Some(parcel)),
            Subject::Supply(_) => (place.as_ref().map(|place| place.plot), None, bearer),
        };
        Self {
            difference,
            kind,
            kind_label: kind.zh(),
            status,
            version: last.as_ref().map_or(0, |last| last.n),
            plot,
            plot_code: place.as_ref().map(|place| place.plot_code.clone()),
            other_plot: match difference.subject {
                Subject::Plots(_, other) => Some(other),
                _ => None,
            },
            account,
            parcel,
            parcel_code,
            township: place.as_ref().and_then(|place| place.township),
            approval: place.and_then(|place| place.approval),
            recorded_area_m2: figures.as_ref().and_then(Figures::recorded),
            polygon_area_m2: figures.as_ref().and_then(Figures::polygon),
            monitored_area_m2: figures.as_ref().and_then(Figures::monitored),
            difference_m2: figures.as_ref().and_then(Figures::difference),
            monitoring,
            figures: figures.map(|figures| hex(&figures.digest(&difference))),
            remedy: kind.remedy(),
            owner,
            last_note: last.map(Into::into),
        }
    }
}

impl MonitoringView {
    fn of(number: SupplyKey, facts: Option<&Facts>, figures: Option<&Figures>) -> Self {
        let seen = facts.and_then(|facts| match &facts.seen {
            Seen::Supply(seen) => Some(seen),
            _ => None,
        });
        let theirs = seen.and_then(|seen| seen.theirs.as_ref());
        let compared = match figures {
            Some(Figures::Supply(compared)) => &compared[..],
            _ => &[],
        };
        let view = |row: &Compared| ComparedView {
            field: row.field,
            label: row.field.zh(),
            ours: row.ours.as_ref().map(ToString::to_string),
            theirs: row.theirs.as_ref().map(ToString::to_string),
            differs: row.differs,
            ours_label: row.ours.as_ref().map(|figure| format!("{figure:#}")),
            theirs_label: row.theirs.as_ref().map(|figure| format!("{figure:#}")),
        };
        Self {
            number: number.to_string(),
            snapshot: seen.map(|seen| seen.snapshot),
            as_of: seen.map(|seen| seen.as_of),
            project_name: theirs.and_then(|theirs| theirs.project_name.clone()),
            location: theirs.and_then(|theirs| theirs.location.clone()),
            compared: compared.iter().map(view).collect(),
        }
    }

    /// One thing of it.
    pub fn field(&self, field: ComparedField) -> Option<&ComparedView> {
        self.compared.iter().find(|row| row.field == field)
    }
}

impl From<DifferenceFile> for DifferenceFileView {
    fn from(DifferenceFile { row, notes }: DifferenceFile) -> Self {
        Self { difference: row.into(), notes: notes.into_iter().map(Into::into).collect() }
    }
}

impl MappingView {
    pub fn of(township: Option<TownshipCode>, name: Option<String>, mapping: &Mapping) -> Self {
        Self {
            township,
            name,
            plots: mapping.plots,
            mapped_plots: mapping.mapped_plots,
            area_m2: mapping.area,
            mapped_area_m2: mapping.mapped_area,
            by_plots: mapping.by_plots(),
            by_area: mapping.by_area(),
        }
    }
}
