//! Balances on any day, as known at any voucher number: one fold over the county's lines.
//!
//! The lines of a county are kept in memory as fixed-size facts and caught up from the database before
//! each answer (docs/adr/0003). A balance is then a single pass: every grouping, filter, day and
//! `known_seq` takes the same few milliseconds and follows the same code, so there are no totals at rest
//! that could disagree with the ledger.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::ledger::account::Account;
use crate::domain::ledger::voucher::Line;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ApprovalId, PlotId, ProjectId};

crate::vocabulary! {
    /// 分组 — what balances are grouped by.
    pub enum Dimension {
        Approval = "approval" "用地批文",
        ApprovedProject = "approved_project" "报批项目",
        Project = "project" "用地项目",
        Township = "township" "乡镇街道",
        Year = "year" "批准年份",
        Cause = "cause" "未供原因",
        Age = "age" "批准时长",
        Cohort = "cohort" "考核时段",
    }
}

crate::vocabulary! {
    /// 未供原因 — why approved land is not supplied yet.
    pub enum Cause {
        Compensation = "compensation" "征地补偿未到位",
        PlanChanged = "plan_changed" "规划调整",
        Remnant = "remnant" "边角地、道路绿化",
        BuiltWithoutFormalities = "built_without_formalities" "已建未办手续",
        NoProject = "no_project" "项目未落实",
        Protected = "protected" "生态、文物、管线压覆",
        Funds = "funds" "资金不足",
        DataError = "data_error" "数据错误",
        Other = "other" "其他",
    }
}

/// One line as the fold sees it.
#[derive(Debug, Clone, Copy)]
struct Fact {
    area_cm2: i64,
    /// Days since 0001-01-01.
    day: i32,
    seq: u32,
    from_plot: u32,
    to_plot: u32,
    from: u8,
    to: u8,
}

/// What a plot is grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotKeys {
    pub id: PlotId,
    pub approval: Option<ApprovalId>,
    pub approved_on: Option<NaiveDate>,
    /// 报批项目 — the project named in the approval.
    pub approved_project: Option<String>,
    /// Investment projects, ascending; land shared by several is counted once, under all of them together.
    pub projects: Vec<ProjectId>,
    /// (from day, code), ascending.
    pub townships: Vec<(NaiveDate, i32)>,
    /// (from day, cause or none), ascending.
    pub causes: Vec<(NaiveDate, Option<Cause>)>,
}

/// Limits of the age buckets, which are policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buckets {
    /// Full months since the approval at which a new bucket begins, ascending: 12, 24, 60.
    pub age_months: Vec<u32>,
    /// First year of each assessment cohort but the first, ascending: 2009, 2019.
    pub cohorts: Vec<i32>,
}

/// The value of one dimension for one plot on one day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    None,
    Approval(ApprovalId),
    ApprovedProject(String),
    Projects(Vec<ProjectId>),
    Township(i32),
    Year(i32),
    Cause(Cause),
    /// Index of the bucket.
    Age(u8),
    /// Index of the cohort.
    Cohort(u8),
}

/// Which lines and plots an answer counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The balance at the end of this day.
    pub as_of: NaiveDate,
    /// Only vouchers up to this number.
    pub known_seq: i64,
    pub by: Vec<Dimension>,
    /// Only plots that have one of these keys.
    pub only: Vec<Key>,
    /// Only this plot.
    pub plot: Option<PlotId>,
}

const ACCOUNTS: usize = Account::ALL.len();

/// Balances of one group, in m² × 10⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    balances: [i64; ACCOUNTS],
    first_supply: i64,
}

/// 余额 — the balances of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Balances {
    /// 批而未供
    pub unsupplied_m2: AreaM2,
    /// 已供
    pub supplied_m2: AreaM2,
    /// 闲置
    pub idle_m2: AreaM2,
    /// 收回待供
    pub recovered_m2: AreaM2,
    /// 核销
    pub written_off_m2: AreaM2,
    /// 无需供应
    pub no_supply_needed_m2: AreaM2,
    /// 批准净额 — all of the above together; minus the balance of 账外.
    pub approved_net_m2: AreaM2,
    /// 累计首次供应 — turnover from 批而未供 to 已供 less turnover back.
    pub first_supply_cumulative_m2: AreaM2,
}

impl Sums {
    pub fn of(&self, account: Account) -> AreaM2 {
        area(self.balances[account as usize])
    }

    pub fn balances(&self) -> Balances {
        Balances {
            unsupplied_m2: self.of(Account::Unsupplied),
            supplied_m2: self.of(Account::Supplied),
            idle_m2: self.of(Account::Idle),
            recovered_m2: self.of(Account::Recovered),
            written_off_m2: self.of(Account::WrittenOff),
            no_supply_needed_m2: self.of(Account::NoSupplyNeeded),
            approved_net_m2: -self.of(Account::Outside),
            first_supply_cumulative_m2: area(self.first_supply),
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, more) in self.balances.iter_mut().zip(&other.balances) {
            *sum += more;
        }
        self.first_supply += other.first_supply;
    }
}

/// A sum of areas that were accepted into one county's ledger, which cannot exceed what an area holds.
fn area(cm2: i64) -> AreaM2 {
    AreaM2::from_units(cm2).expect("each posted balance was checked against the limit, and a county is smaller")
}

/// The county's lines and the keys of its plots, as far as they were loaded.
#[derive(Debug, Default)]
pub struct View {
    facts: Vec<Fact>,
    plots: Vec<PlotKeys>,
    index: HashMap<PlotId, u32>,
    through_seq: i64,
}

impl View {
    /// The number of the last voucher loaded.
    pub fn through_seq(&self) -> i64 {
        self.through_seq
    }

    pub fn plots(&self) -> usize {
        self.plots.len()
    }

    /// Sets or replaces the keys of a plot.
    pub fn put_plot(&mut self, keys: PlotKeys) {
        match self.index.get(&keys.id) {
            Some(at) => self.plots[*at as usize] = keys,
            None => {
                let at = u32::try_from(self.plots.len()).expect("a county has fewer than 2³² plots");
                self.index.insert(keys.id, at);
                self.plots.push(keys);
            }
        }
    }

    /// Adds one posted line. Lines come in the order of their vouchers; their plots are there before them.
    pub fn push(&mut self, seq: i64, effective_on: NaiveDate, line: &Line) {
        let plot = |id: PlotId| *self.index.get(&id).expect("the plots of a voucher are loaded before its lines");
        let fact = Fact {
            area_cm2: line.area.to_units(),
            day: effective_on.num_days_from_ce(),
            seq: u32::try_from(seq).expect("a county has fewer than 2³² vouchers"),
            from_plot: plot(line.from.plot),
            to_plot: plot(line.to.plot),
            from: line.from.account as u8,
            to: line.to.account as u8,
        };
        self.facts.push(fact);
        self.through_seq = self.through_seq.max(seq);
    }

    /// Notes that vouchers without lines were loaded too.
    pub fn reached(&mut self, seq: i64) {
        self.through_seq = self.through_seq.max(seq);
    }

    /// Makes room before a long load.
    pub fn reserve(&mut self, lines: usize, plots: usize) {
        self.facts.reserve(lines);
        self.plots.reserve(plots);
        self.index.reserve(plots);
    }

    /// The groups of the answer in order of their keys, and the total over all of them.
    pub fn answer(&self, question: &Question, buckets: &Buckets) -> (Vec<(Vec<Key>, Sums)>, Sums) {
        let day = question.as_of.num_days_from_ce();
        let mut sums: Vec<Sums> = Vec::new();
        // One group number a plot, found once; the pass over the lines then only adds.
        let (groups, keys) = self.groups(question, buckets);
        sums.resize(keys.len(), Sums::default());
        for fact in &self.facts {
            if fact.day > day || i64::from(fact.seq) > question.known_seq {
                continue;
            }
            if let Some(sums) = sums.get_mut(groups[fact.from_plot as usize] as usize) {
                sums.balances[usize::from(fact.from)] -= fact.area_cm2;
                if fact.from == Account::Supplied as u8 && fact.to == Account::Unsupplied as u8 {
                    sums.first_supply -= fact.area_cm2;
                }
            }
            if let Some(sums) = sums.get_mut(groups[fact.to_plot as usize] as usize) {
                sums.balances[usize::from(fact.to)] += fact.area_cm2;
                if fact.from == Account::Unsupplied as u8 && fact.to == Account::Supplied as u8 {
                    sums.first_supply += fact.area_cm2;
                }
            }
        }
        let mut total = Sums::default();
        sums.iter().for_each(|sum| total.add(sum));
        let mut answer: Vec<_> = keys.into_iter().zip(sums).filter(|(_, sums)| *sums != Sums::default()).collect();
        answer.sort_by(|(a, _), (b, _)| a.cmp(b));
        (answer, total)
    }

    /// The group of each plot (`u32::MAX` for those left out) and the keys of each group.
    fn groups(&self, question: &Question, buckets: &Buckets) -> (Vec<u32>, Vec<Vec<Key>>) {
        let on = Day { as_of: question.as_of, buckets, age_limits: age_limits(question.as_of, buckets) };
        let mut numbers: HashMap<Vec<Key>, u32> = HashMap::new();
        let mut last: Option<(Vec<Key>, u32)> = None;
        let mut groups = Vec::with_capacity(self.plots.len());
        for plot in &self.plots {
            let left_out = question.plot.is_some_and(|only| only != plot.id)
                || !question.only.iter().all(|wanted| on.has(plot, wanted));
            if left_out {
                groups.push(u32::MAX);
                continue;
            }
            let key: Vec<Key> = question.by.iter().map(|dimension| on.key(plot, *dimension)).collect();
            // Plots of one approval lie together, so the last group is mostly the next one too.
            let number = match &last {
                Some((before, number)) if *before == key => *number,
                _ => {
                    let next = u32::try_from(numbers.len()).expect("there are no more groups than plots");
                    let number = *numbers.entry(key.clone()).or_insert(next);
                    last = Some((key, number));
                    number
                }
            };
            groups.push(number);
        }
        let mut keys = vec![Vec::new(); numbers.len()];
        for (key, number) in numbers {
            keys[number as usize] = key;
        }
        (groups, keys)
    }
}

/// The age bucket on a day of what was approved on another.
pub fn age_of(approved_on: NaiveDate, as_of: NaiveDate, buckets: &Buckets) -> u8 {
    bucket_of(approved_on, &age_limits(as_of, buckets))
}

fn bucket_of(approved_on: NaiveDate, limits: &[NaiveDate]) -> u8 {
    u8::try_from(limits.iter().filter(|limit| approved_on <= **limit).count()).unwrap_or(u8::MAX)
}

/// The assessment cohort of what was approved on a day.
pub fn cohort_of(approved_on: NaiveDate, buckets: &Buckets) -> u8 {
    u8::try_from(buckets.cohorts.iter().filter(|year| approved_on.year() >= **year).count()).unwrap_or(u8::MAX)
}

/// Latest approval day of each age bucket's lower limit: approved on or before it, so many full months have passed.
pub(super) fn age_limits(as_of: NaiveDate, buckets: &Buckets) -> Vec<NaiveDate> {
    buckets.age_months.iter().map(|months| months_before(as_of, *months)).collect()
}

/// The latest day whose corresponding day so many months later is not after `day`.
///
/// A period of months or years ends on the corresponding day or the month's last day (Civil Code art. 202), so
/// land approved on 29 February is a year old at the end of 28 February.
fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    let later = |from: NaiveDate| from.checked_add_months(chrono::Months::new(months)).unwrap_or(NaiveDate::MAX);
    let mut limit = day.checked_sub_months(chrono::Months::new(months)).unwrap_or(NaiveDate::MIN);
    // Days that a short month lacks end with its last day: at most three of them follow.
    while let Some(next) = limit.succ_opt().filter(|next| later(*next) <= day) {
        limit = next;
    }
    limit
}

struct Day<'a> {
    as_of: NaiveDate,
    buckets: &'a Buckets,
    age_limits: Vec<NaiveDate>,
}

impl Day<'_> {
    fn key(&self, plot: &PlotKeys, dimension: Dimension) -> Key {
        match dimension {
            Dimension::Approval => plot.approval.map_or(Key::None, Key::Approval),
            Dimension::ApprovedProject => plot.approved_project.clone().map_or(Key::None, Key::ApprovedProject),
            Dimension::Project if plot.projects.is_empty() => Key::None,
            Dimension::Project => Key::Projects(plot.projects.clone()),
            Dimension::Township => self.at(&plot.townships).map_or(Key::None, |code| Key::Township(*code)),
            Dimension::Year => plot.approved_on.map_or(Key::None, |day| Key::Year(day.year())),
            Dimension::Cause => self.at(&plot.causes).copied().flatten().map_or(Key::None, Key::Cause),
            Dimension::Age => plot.approved_on.map_or(Key::None, |day| Key::Age(bucket_of(day, &self.age_limits))),
            Dimension::Cohort => plot.approved_on.map_or(Key::None, |day| Key::Cohort(cohort_of(day, self.buckets))),
        }
    }

    fn has(&self, plot: &PlotKeys, wanted: &Key) -> bool {
        match wanted {
            Key::None => true,
            Key::Projects(projects) => projects.iter().any(|project| plot.projects.contains(project)),
            Key::Approval(_) => self.key(plot, Dimension::Approval) == *wanted,
            Key::ApprovedProject(_) => self.key(plot, Dimension::ApprovedProject) == *wanted,
            Key::Township(_) => self.key(plot, Dimension::Township) == *wanted,
            Key::Year(_) => self.key(plot, Dimension::Year) == *wanted,
            Key::Cause(_) => self.key(plot, Dimension::Cause) == *wanted,
            Key::Age(_) => self.key(plot, Dimension::Age) == *wanted,
            Key::Cohort(_) => self.key(plot, Dimension::Cohort) == *wanted,
        }
    }

    /// The value of a dated attribute on the day of the question.
    fn at<'v, V>(&self, dated: &'v [(NaiveDate, V)]) -> Option<&'v V> {
        dated.iter().rev().find(|(from, _)| *from <= self.as_of).map(|(_, value)| value)
    }
}
