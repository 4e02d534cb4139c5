//! 处置率: what was disposed of a base, by any of what balances are grouped by.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::reports::Ground;
use crate::app::App;
use crate::app::balances::Labels;
use crate::app::error::AppError;
use crate::domain::ledger::balance::{Buckets, Dimension, Key, age_of, cohort_of};
use crate::domain::ledger::frozen::{DisposedBy, FrozenKind, disposed};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ApprovalId, County};
use crate::domain::text::text;
use crate::storage::frozen::{self as rows, FrozenPlot};

/// What a base is grouped by: as it was frozen, but for the approval, which is the plot's own.
pub const GROUPS: &[Dimension] =
    &[Dimension::Approval, Dimension::Township, Dimension::Year, Dimension::Age, Dimension::Cohort];

/// A question about a base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisposalQuery {
    /// What was disposed of by the end of this day; today if left out.
    pub as_of: Option<NaiveDate>,
    pub known_seq: Option<i64>,
    pub by: Vec<Dimension>,
}

/// What was disposed of one part of a base.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DisposalGroup {
    pub base: AreaM2,
    pub by_measure: BTreeMap<DisposedBy, AreaM2>,
}

impl DisposalGroup {
    pub fn disposed(&self) -> AreaM2 {
        self.by_measure.values().copied().sum()
    }

    fn add(&mut self, base: AreaM2, measures: Option<&BTreeMap<DisposedBy, AreaM2>>) {
        self.base = self.base + base;
        for (by, area) in measures.into_iter().flatten() {
            let sum = self.by_measure.entry(*by).or_default();
            *sum = *sum + *area;
        }
    }
}

/// The answer, with what it rests on.
#[derive(Debug, Clone)]
pub struct Disposal {
    pub kind: FrozenKind,
    pub as_of: NaiveDate,
    pub known_seq: i64,
    pub head_hash: String,
    pub groups: Vec<(Vec<Key>, DisposalGroup)>,
    pub total: DisposalGroup,
    pub labels: Labels,
}

fn key(of: &FrozenPlot, approval: Option<ApprovalId>, by: Dimension, as_of: NaiveDate, buckets: &Buckets) -> Key {
    let dated = |key: &dyn Fn(NaiveDate) -> Key| of.approved_on.map_or(Key::None, key);
    match by {
        Dimension::Approval => approval.map_or(Key::None, Key::Approval),
        Dimension::Township => of.township.map_or(Key::None, Key::Township),
        Dimension::Year => dated(&|day| Key::Year(day.year())),
        Dimension::Age => dated(&|day| Key::Age(age_of(day, as_of, buckets))),
        Dimension::Cohort => dated(&|day| Key::Cohort(cohort_of(day, buckets))),
        Dimension::ApprovedProject | Dimension::Project | Dimension::Cause => Key::None,
    }
}

impl App {
    /// What was disposed of a base by the end of a day, as known at a voucher, in groups.
    pub fn disposal(&self, county: County, id: i64, query: DisposalQuery) -> Result<Disposal, AppError> {
        if let Some(other) = query.by.iter().find(|by| !GROUPS.contains(by)) {
            let known = GROUPS.iter().map(|by| by.as_str()).collect::<Vec<_>>().join(", ");
            let message = text!("基数不能按此分组;可用:{known}", "a base is not grouped by it; it can be by {known}");
            return Err(AppError::field("?by", Some(other.to_string()), message));
        }
        let as_of = query.as_of.unwrap_or_else(|| self.clock.today());
        let buckets = self.age_buckets(county, as_of)?;
        let (ground, approvals) = self.pool.get()?.read(|db| {
            let ground = Ground::read(db, county, id, query.known_seq)?;
            let plots: Vec<i64> = ground.listed.iter().map(|of| of.plot.0).collect();
            Ok::<_, AppError>((ground, rows::approvals(db, county, &plots)?))
        })?;
        let base_day = ground.base.as_of;
        if as_of < base_day {
            let message = text!("不应早于基数截止日 {base_day}", "it is not before the day of the base, {base_day}");
            return Err(AppError::field("?as_of", Some(as_of.to_string()), message));
        }
        let done = disposed(&ground.frozen, as_of, ground.known_seq, ground.movements.iter().copied());
        let mut groups: BTreeMap<Vec<Key>, DisposalGroup> = BTreeMap::new();
        let mut total = DisposalGroup::default();
        for of in &ground.listed {
            let approval = approvals.get(&of.plot).copied();
            let keys = query.by.iter().map(|by| key(of, approval, *by, as_of, &buckets)).collect();
            let measures = done.get(&of.plot);
            groups.entry(keys).or_default().add(of.area, measures);
            total.add(of.area, measures);
        }
        let mut labels = self.labels(county)?;
        labels.set_buckets(buckets);
        Ok(Disposal {
            kind: ground.base.kind,
            as_of,
            known_seq: ground.known_seq,
            head_hash: ground.head_hash,
            groups: groups.into_iter().collect(),
            total,
            labels,
        })
    }
}
