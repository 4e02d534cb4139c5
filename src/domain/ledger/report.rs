//! 月报 and 年报: task, base, this month, total by measure and completion, from a base and the lines since; the same figures whenever
//! it is asked for the same voucher number.

mod year;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::exact::{Fraction, Rounding};
use crate::domain::ledger::frozen::{DisposedBy, Frozen, FrozenKind, Movement, disposed};
use crate::domain::quantity::AreaM2;
use crate::domain::region::PlotId;

pub use year::{AskedYear, ReportMonth, YearGroup, YearMeasure, YearReport, year_report};

crate::vocabulary! {
    /// 报表期间
    pub enum ReportPeriod {
        Month = "month" "月报",
        Year = "year" "年报",
    }
}

/// What was disposed of each plot, by measure.
type Disposed = BTreeMap<PlotId, BTreeMap<DisposedBy, AreaM2>>;

/// All that was disposed of, or by one measure.
fn sum(of: &Disposed, by: Option<DisposedBy>) -> AreaM2 {
    let all = of.values().flat_map(|measures| measures.iter());
    all.filter(|(measure, _)| by.is_none_or(|by| **measure == by)).map(|(_, area)| *area).sum()
}

/// What was disposed of one plot.
fn of_plot(of: &Disposed, plot: PlotId) -> AreaM2 {
    of.get(&plot).into_iter().flat_map(|measures| measures.values().copied()).sum()
}

/// By how much parts that are each rounded miss the rounded whole.
fn rounding_difference(parts: impl Iterator<Item = AreaM2>, whole: AreaM2, unit: AreaUnit, scale: u32) -> String {
    let rounded = |area: AreaM2| {
        let units = Fraction::from(area).over(unit.in_m2()).and_then(|exact| exact.round(scale, Rounding::HalfUp));
        units.unwrap_or_default()
    };
    let sum: i128 = parts.map(rounded).sum();
    crate::domain::exact::decimal_text(sum - rounded(whole), scale)
}

/// 报表面积 — the same area in three units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportArea {
    /// 平方米 — exact
    pub m2: AreaM2,
    /// 公顷 — four decimals, half up
    #[schema(example = "1.8317")]
    pub ha: String,
    /// 亩 — two decimals, half up
    #[schema(example = "27.48")]
    pub mu: String,
}

impl From<AreaM2> for ReportArea {
    fn from(m2: AreaM2) -> Self {
        let in_unit = |unit, scale| {
            let given = GivenArea::new(m2.get(), AreaUnit::SquareMetre).ok();
            given.and_then(|area| area.rounded(unit, scale).ok()).unwrap_or_default()
        };
        Self { m2, ha: in_unit(AreaUnit::Hectare, 4), mu: in_unit(AreaUnit::Mu, 2) }
    }
}

/// 按处置方式
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportMeasure {
    /// 处置方式
    pub by: DisposedBy,
    /// 名称
    pub label: Cow<'static, str>,
    /// 本月
    pub this_month: ReportArea,
    /// 累计
    pub total: ReportArea,
}

/// 按乡镇街道或考核时段
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportGroup {
    /// 乡镇街道代码或时段起始年份 — none: 未填, or before the first cohort
    pub key: Option<i32>,
    /// 基数
    pub base: ReportArea,
    /// 本月处置
    pub this_month: ReportArea,
    /// 累计处置
    pub total: ReportArea,
}

/// 分数与百分比
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportRate {
    /// 分数 — m²/m²
    #[schema(example = "15000.0000/40000.0000")]
    pub fraction: Option<String>,
    /// 百分比,四舍五入到 2 位小数
    #[schema(example = "37.50")]
    pub percent: Option<String>,
}

/// 月报
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// 基数编号
    pub base: i64,
    /// 基数种类
    pub kind: FrozenKind,
    /// 任务文号
    pub task_number: String,
    /// 月末
    pub month_end: NaiveDate,
    /// 依据凭证号 — the figures rest on the vouchers up to this one
    pub known_seq: i64,
    /// 依据凭证的链式摘要
    pub head_hash: String,
    /// 基数面积
    pub frozen: ReportArea,
    /// 任务面积
    pub task: ReportArea,
    /// 本月处置
    pub this_month: ReportArea,
    /// 累计处置
    pub total: ReportArea,
    /// 处置率 = 累计处置 ÷ 基数
    pub rate: ReportRate,
    /// 任务完成率 = 累计处置 ÷ 任务
    pub completion: ReportRate,
    /// 按处置方式
    pub measures: Vec<ReportMeasure>,
    /// 按乡镇街道
    pub townships: Vec<ReportGroup>,
    /// 按考核时段
    pub cohorts: Vec<ReportGroup>,
    /// 结账后调整 — by how much vouchers recorded after this month was closed changed its total; none: there are none
    pub late_adjustment_m2: Option<AreaM2>,
    /// 取整差额,亩 — the sum of the rounded measures less the rounded total
    pub rounding_difference_mu: String,
    /// 取整差额,公顷
    pub rounding_difference_ha: String,
}

/// What a report is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub base: i64,
    pub task_number: String,
    pub task: AreaM2,
    pub month_end: NaiveDate,
    pub known_seq: i64,
    pub head_hash: String,
    /// The voucher up to which the month was known when it was closed, if vouchers were recorded since.
    pub closed_at: Option<i64>,
    /// First years of the cohorts but the first.
    pub cohorts: Vec<i32>,
}

/// Township and day of approval of a plot, as they were frozen.
pub type Grouping = BTreeMap<PlotId, (Option<i32>, Option<NaiveDate>)>;

/// The month's report.
pub fn report(asked: Asked, frozen: &Frozen, grouping: &Grouping, movements: &[Movement]) -> Report {
    let until = |day: NaiveDate, seq: i64| disposed(frozen, day, seq, movements.iter().copied());
    let before = asked.month_end.with_day(1).and_then(|day| day.pred_opt()).unwrap_or(asked.month_end);
    let (now, earlier) = (until(asked.month_end, asked.known_seq), until(before, asked.known_seq));
    let (total, past) = (sum(&now, None), sum(&earlier, None));
    let base_area: AreaM2 = frozen.plots.values().copied().sum();
    let measures: Vec<ReportMeasure> = DisposedBy::ALL
        .iter()
        .map(|by| (*by, sum(&now, Some(*by)), sum(&earlier, Some(*by))))
        .filter(|(_, total, past)| !total.is_zero() || !past.is_zero())
        .map(|(by, total, past)| ReportMeasure {
            by,
            label: by.zh().into(),
            this_month: (total - past).into(),
            total: total.into(),
        })
        .collect();
    let groups = |key: &dyn Fn(PlotId) -> Option<i32>| {
        let mut sums: BTreeMap<Option<i32>, [AreaM2; 3]> = BTreeMap::new();
        for (plot, area) in &frozen.plots {
            let row = sums.entry(key(*plot)).or_default();
            for (sum, more) in
                row.iter_mut().zip([*area, of_plot(&now, *plot) - of_plot(&earlier, *plot), of_plot(&now, *plot)])
            {
                *sum = *sum + more;
            }
        }
        let group = |(key, [base, this_month, total]): (Option<i32>, [AreaM2; 3])| ReportGroup {
            key,
            base: base.into(),
            this_month: this_month.into(),
            total: total.into(),
        };
        sums.into_iter().map(group).collect::<Vec<_>>()
    };
    let township = |plot: PlotId| grouping.get(&plot).and_then(|(township, _)| *township);
    let cohort = |plot: PlotId| {
        let year = grouping.get(&plot).and_then(|(_, approved)| *approved)?.year();
        asked.cohorts.iter().rev().copied().find(|first| *first <= year)
    };
    let late = asked.closed_at.map(|seq| total - sum(&until(asked.month_end, seq), None));
    let off = |unit, scale| rounding_difference(measures.iter().map(|of| of.total.m2), total, unit, scale);
    Report {
        base: asked.base,
        kind: frozen.kind,
        task_number: asked.task_number,
        month_end: asked.month_end,
        known_seq: asked.known_seq,
        head_hash: asked.head_hash,
        frozen: base_area.into(),
        task: asked.task.into(),
        this_month: (total - past).into(),
        total: total.into(),
        rate: rate(total, base_area),
        completion: rate(total, asked.task),
        townships: groups(&township),
        cohorts: groups(&cohort),
        late_adjustment_m2: late,
        rounding_difference_mu: off(AreaUnit::Mu, 2),
        rounding_difference_ha: off(AreaUnit::Hectare, 4),
        measures,
    }
}

/// A part of a whole, exactly and in percent.
pub fn rate(part: AreaM2, whole: AreaM2) -> ReportRate {
    if !whole.is_positive() {
        return ReportRate { fraction: None, percent: None };
    }
    let exact = Fraction::from(part).over(Fraction::from(whole)).and_then(|share| share.times(Fraction::whole(100)));
    let percent = exact.and_then(|percent| percent.decimal(2, Rounding::HalfUp)).ok();
    ReportRate { fraction: Some(format!("{part}/{whole}")), percent }
}
