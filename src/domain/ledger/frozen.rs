//! 考核基数: land that is frozen as of a day and a voucher number, and what has been disposed of it since.
//!
//! 处置率 = disposed ÷ frozen. Only land in the base counts, and of each plot no more than was frozen. What went back into the base's
//! account is taken off the measure that had moved it. A voucher of a day up to the base's own, recorded after it was frozen,
//! did not dispose of anything that year: it says that the base was wrong, and counts as 核实更正.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::{Kind, WriteOff};
use crate::domain::quantity::AreaM2;
use crate::domain::region::PlotId;

crate::vocabulary! {
    /// 基数种类
    pub enum FrozenKind {
        Unsupplied = "unsupplied" "批而未供",
        Idle = "idle" "闲置",
    }
}

impl FrozenKind {
    /// The account whose balance is frozen.
    pub const fn account(self) -> Account {
        match self {
            Self::Unsupplied => Account::Unsupplied,
            Self::Idle => Account::Idle,
        }
    }
}

crate::vocabulary! {
    /// 处置方式 — how land of a base was disposed of. They take their part of a plot in this order.
    pub enum DisposedBy {
        Supply = "supply" "供应",
        Withdrawn = "withdrawn" "核销(撤回)",
        Reduced = "reduced" "核销(核减)",
        Lapsed = "lapsed" "核销(失效)",
        NoSupplyNeeded = "no_supply_needed" "认定无需供应",
        Resumed = "resumed" "恢复动工",
        Recovered = "recovered" "收回",
        DataCorrection = "data_correction" "核实更正",
    }
}

crate::vocabulary! {
    /// 基数状态
    pub enum FrozenState {
        Proposed = "proposed" "待批准",
        Approved = "approved" "已批准",
        Withdrawn = "withdrawn" "已撤回",
    }
}

/// A line of a voucher, as far as a base asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    pub seq: i64,
    pub effective_on: NaiveDate,
    /// Of the voucher; of a correction, of the one it corrects.
    pub kind: Kind,
    pub write_off: Option<WriteOff>,
    pub is_correction: bool,
    pub from: (PlotId, Account),
    pub to: (PlotId, Account),
    pub area: AreaM2,
}

impl Movement {
    fn by(&self, base: &Frozen) -> DisposedBy {
        if self.effective_on <= base.as_of && self.seq > base.known_seq {
            return DisposedBy::DataCorrection;
        }
        match (self.kind, self.write_off) {
            (Kind::Supply | Kind::SupplyTerminated, _) => DisposedBy::Supply,
            (Kind::WrittenOff, Some(WriteOff::Withdrawn)) => DisposedBy::Withdrawn,
            (Kind::WrittenOff, Some(WriteOff::Lapsed)) => DisposedBy::Lapsed,
            (Kind::WrittenOff, _) => DisposedBy::Reduced,
            (Kind::NoSupplyNeeded, _) => DisposedBy::NoSupplyNeeded,
            (Kind::Resumed, _) => DisposedBy::Resumed,
            (Kind::Recovered | Kind::BoughtBack, _) => DisposedBy::Recovered,
            _ => DisposedBy::DataCorrection,
        }
    }

    /// Whether it is land that comes new into the account and was never part of the base.
    const fn is_new_land(&self) -> bool {
        matches!(self.kind, Kind::Approve | Kind::Opening | Kind::IdleFound) && !self.is_correction
    }
}

/// A base: which account, when, and the area of each plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    pub kind: FrozenKind,
    pub as_of: NaiveDate,
    pub known_seq: i64,
    pub plots: BTreeMap<PlotId, AreaM2>,
}

/// The balance of an account by plot, of those that have any.
pub fn freeze(
    kind: FrozenKind,
    as_of: NaiveDate,
    known_seq: i64,
    movements: impl Iterator<Item = Movement>,
) -> BTreeMap<PlotId, AreaM2> {
    let account = kind.account();
    let mut plots: BTreeMap<PlotId, AreaM2> = BTreeMap::new();
    for movement in movements.filter(|of| of.effective_on <= as_of && of.seq <= known_seq) {
        for ((plot, at), change) in [(movement.from, -movement.area), (movement.to, movement.area)] {
            if at == account {
                let area = plots.entry(plot).or_default();
                *area = *area + change;
            }
        }
    }
    plots.retain(|_, area| area.is_positive());
    plots
}

/// What has been disposed of each plot of a base by the end of a day, as known at a voucher number.
pub fn disposed(
    base: &Frozen,
    until: NaiveDate,
    known_seq: i64,
    movements: impl Iterator<Item = Movement>,
) -> BTreeMap<PlotId, BTreeMap<DisposedBy, AreaM2>> {
    let account = base.kind.account();
    let mut net: BTreeMap<PlotId, BTreeMap<DisposedBy, AreaM2>> = BTreeMap::new();
    let is_later = |of: &Movement| of.effective_on > base.as_of || of.seq > base.known_seq;
    for movement in movements.filter(|of| is_later(of) && of.effective_on <= until && of.seq <= known_seq) {
        let by = movement.by(base);
        for ((plot, at), change) in [(movement.from, movement.area), (movement.to, -movement.area)] {
            let comes_in = change.is_negative();
            if at == account && base.plots.contains_key(&plot) && !(comes_in && movement.is_new_land()) {
                let sum = net.entry(plot).or_default().entry(by).or_default();
                *sum = *sum + change;
            }
        }
    }
    for (plot, measures) in &mut net {
        let mut left = base.plots[plot];
        for area in measures.values_mut() {
            *area = (*area).max(AreaM2::ZERO).min(left);
            left = left - *area;
        }
        measures.retain(|_, area| area.is_positive());
    }
    net.retain(|_, measures| !measures.is_empty());
    net
}
