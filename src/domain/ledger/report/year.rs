//! 年报: the months of a year one below the other, and the year by measure, township, cohort and age.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Grouping, ReportArea, ReportRate, of_plot, rate, rounding_difference, sum};
use crate::domain::area::AreaUnit;
use crate::domain::ledger::balance::{Buckets, age_limits};
use crate::domain::ledger::frozen::{DisposedBy, Frozen, FrozenKind, Movement, disposed};
use crate::domain::quantity::AreaM2;
use crate::domain::region::PlotId;

/// 一个月的处置
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportMonth {
    /// 月末
    pub month_end: NaiveDate,
    /// 本月处置
    pub this_month: ReportArea,
    /// 累计处置 — since the base
    pub total: ReportArea,
}

/// 本年按处置方式
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct YearMeasure {
    /// 处置方式
    pub by: DisposedBy,
    /// 名称
    pub label: Cow<'static, str>,
    /// 本年
    pub this_year: ReportArea,
    /// 累计
    pub total: ReportArea,
}

/// 本年按乡镇街道、考核时段或批准时长
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct YearGroup {
    /// 乡镇街道代码、时段起始年份或批准后满几个月 — none: 未填, or before the first cohort
    pub key: Option<i32>,
    /// 基数
    pub base: ReportArea,
    /// 本年处置
    pub this_year: ReportArea,
    /// 累计处置
    pub total: ReportArea,
    /// 处置率 = 累计处置 ÷ 基数
    pub rate: ReportRate,
}

/// 年报
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct YearReport {
    /// 基数编号
    pub base: i64,
    /// 基数种类
    pub kind: FrozenKind,
    /// 任务文号
    pub task_number: String,
    /// 年
    pub year: i32,
    /// 依据凭证号 — the figures rest on the vouchers up to this one
    pub known_seq: i64,
    /// 依据凭证的链式摘要
    pub head_hash: String,
    /// 基数面积
    pub frozen: ReportArea,
    /// 任务面积
    pub task: ReportArea,
    /// 上年末累计处置
    pub before: ReportArea,
    /// 各月 — from the month after the base on
    pub months: Vec<ReportMonth>,
    /// 本年处置
    pub this_year: ReportArea,
    /// 累计处置
    pub total: ReportArea,
    /// 处置率 = 累计处置 ÷ 基数
    pub rate: ReportRate,
    /// 任务完成率 = 累计处置 ÷ 任务
    pub completion: ReportRate,
    /// 按处置方式
    pub measures: Vec<YearMeasure>,
    /// 按乡镇街道 — as they were frozen
    pub townships: Vec<YearGroup>,
    /// 按考核时段 — by the year of approval
    pub cohorts: Vec<YearGroup>,
    /// 按批准时长 — counted from the approval to the end of the year
    pub ages: Vec<YearGroup>,
    /// 结账后调整 — by how much vouchers recorded after December was closed changed the total; none: there are none
    pub late_adjustment_m2: Option<AreaM2>,
    /// 取整差额,亩 — the sum of the rounded measures less the rounded total
    pub rounding_difference_mu: String,
    /// 取整差额,公顷
    pub rounding_difference_ha: String,
}

/// What a report of a year is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedYear {
    pub base: i64,
    pub task_number: String,
    pub task: AreaM2,
    pub year: i32,
    pub known_seq: i64,
    pub head_hash: String,
    /// The voucher up to which December was known when it was closed, if vouchers were recorded since.
    pub closed_at: Option<i64>,
    pub buckets: Buckets,
}

/// The last days of the months of a year that end after a day.
fn month_ends(year: i32, after: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let last = move |month| {
        NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt())
    };
    (1..=12).filter_map(last).filter(move |end| *end > after)
}

/// The year's report; the year ends after the day of the base.
pub fn year_report(asked: AskedYear, frozen: &Frozen, grouping: &Grouping, movements: &[Movement]) -> YearReport {
    let until = |day: NaiveDate, seq: i64| disposed(frozen, day, seq, movements.iter().copied());
    let new_year = NaiveDate::from_ymd_opt(asked.year, 1, 1).and_then(|day| day.pred_opt()).unwrap_or(frozen.as_of);
    let year_end = NaiveDate::from_ymd_opt(asked.year, 12, 31).unwrap_or(frozen.as_of);
    let (now, earlier) = (until(year_end, asked.known_seq), until(new_year, asked.known_seq));
    let (total, before) = (sum(&now, None), sum(&earlier, None));
    let mut past = before;
    let months: Vec<ReportMonth> = month_ends(asked.year, frozen.as_of)
        .map(|month_end| {
            let so_far = sum(&until(month_end, asked.known_seq), None);
            let this_month = so_far - past;
            past = so_far;
            ReportMonth { month_end, this_month: this_month.into(), total: so_far.into() }
        })
        .collect();
    let measures: Vec<YearMeasure> = DisposedBy::ALL
        .iter()
        .map(|by| (*by, sum(&now, Some(*by)), sum(&earlier, Some(*by))))
        .filter(|(_, total, past)| !total.is_zero() || !past.is_zero())
        .map(|(by, total, past)| YearMeasure {
            by,
            label: by.zh().into(),
            this_year: (total - past).into(),
            total: total.into(),
        })
        .collect();
    let groups = |key: &dyn Fn(PlotId) -> Option<i32>| {
        let mut sums: BTreeMap<Option<i32>, [AreaM2; 3]> = BTreeMap::new();
        for (plot, area) in &frozen.plots {
            let row = sums.entry(key(*plot)).or_default();
            let (total, past) = (of_plot(&now, *plot), of_plot(&earlier, *plot));
            for (sum, more) in row.iter_mut().zip([*area, total - past, total]) {
                *sum = *sum + more;
            }
        }
        let group = |(key, [base, this_year, total]): (Option<i32>, [AreaM2; 3])| YearGroup {
            key,
            base: base.into(),
            this_year: this_year.into(),
            total: total.into(),
            rate: rate(total, base),
        };
        sums.into_iter().map(group).collect::<Vec<_>>()
    };
    let approved = |plot: PlotId| grouping.get(&plot).and_then(|(_, approved)| *approved);
    let township = |plot: PlotId| grouping.get(&plot).and_then(|(township, _)| *township);
    let cohort = |plot: PlotId| {
        let year = approved(plot)?.year();
        asked.buckets.cohorts.iter().rev().copied().find(|first| *first <= year)
    };
    let limits = age_limits(year_end, &asked.buckets);
    let age = |plot: PlotId| {
        let day = approved(plot)?;
        let full = limits.iter().zip(&asked.buckets.age_months).filter(|(limit, _)| day <= **limit);
        i32::try_from(full.map(|(_, months)| *months).max().unwrap_or(0)).ok()
    };
    let off = |unit, scale| rounding_difference(measures.iter().map(|of| of.total.m2), total, unit, scale);
    let base_area: AreaM2 = frozen.plots.values().copied().sum();
    YearReport {
        base: asked.base,
        kind: frozen.kind,
        task_number: asked.task_number,
        year: asked.year,
        known_seq: asked.known_seq,
        head_hash: asked.head_hash,
        frozen: base_area.into(),
        task: asked.task.into(),
        before: before.into(),
        months,
        this_year: (total - before).into(),
        total: total.into(),
        rate: rate(total, base_area),
        completion: rate(total, asked.task),
        townships: groups(&township),
        cohorts: groups(&cohort),
        ages: groups(&age),
        late_adjustment_m2: asked.closed_at.map(|seq| total - sum(&until(year_end, seq), None)),
        rounding_difference_mu: off(AreaUnit::Mu, 2),
        rounding_difference_ha: off(AreaUnit::Hectare, 4),
        measures,
    }
}
