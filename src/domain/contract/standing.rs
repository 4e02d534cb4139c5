//! 供后监管: how far a contract has come by a day, as the office's follow-up table asks.

use chrono::NaiveDate;

use crate::domain::contract::development::DevelopmentKind;
use crate::domain::contract::history::{Contract, Detail};
use crate::domain::contract::site;
use crate::domain::input::vocabulary;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::rules::idle::{self, Law};

vocabulary! {
    /// 供后状态 — how the land of a contract stands.
    pub enum FollowUp {
        Normal = "normal" "正常",
        StartOverdue = "start_overdue" "逾期开工",
        SuspectedIdle = "suspected_idle" "疑似闲置",
        CompletionOverdue = "completion_overdue" "逾期竣工",
        Completed = "completed" "已竣工",
        TakenBack = "taken_back" "已收回",
    }
}

/// What was reached by a day. Of a contract in phases: the first start, and the last completion once every phase has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub as_of: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    pub started_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
    /// Days since the agreed start without one.
    pub days_not_started: Option<i64>,
    /// Of all phases together; none while nothing was reported.
    pub developed: Option<AreaM2>,
    pub invested: Option<Money>,
    pub paid: Money,
    /// Since when all of its land is taken back.
    pub taken_back_on: Option<NaiveDate>,
    /// None where the law of the day says nothing of idle land.
    pub follow_up: Option<FollowUp>,
}

/// `taken_back_on` says since when all land of the contract is taken back.
pub fn on(contract: &Contract, as_of: NaiveDate, law: Option<&Law<'_>>, taken_back_on: Option<NaiveDate>) -> Standing {
    let judged = site::judged(contract, as_of);
    let starts: Vec<NaiveDate> = judged.iter().filter_map(|judged| judged.site.start.map(|start| start.on)).collect();
    let completions: Vec<NaiveDate> = judged.iter().filter_map(|judged| judged.site.completed_on).collect();
    let is_whole = !judged.is_empty() && completions.len() == judged.len();
    let agreed_start = judged.iter().filter_map(|judged| judged.site.agreed_start).min();
    let started_on = starts.iter().min().copied();
    let days_not_started = match (agreed_start, started_on) {
        (Some(agreed), None) if agreed < as_of && taken_back_on.is_none() => Some((as_of - agreed).num_days()),
        _ => None,
    };
    let completed_on = completions.into_iter().max().filter(|_| is_whole);
    let terms = contract.on(as_of).map(|version| &version.terms);
    let is_late = |day: Option<NaiveDate>| day.is_some_and(|day| day < as_of);
    let follow_up = law.map(|law| {
        if taken_back_on.is_some() {
            FollowUp::TakenBack
        } else if judged.iter().any(|judged| idle::is_suspected(&judged.site, law)) {
            FollowUp::SuspectedIdle
        } else if completed_on.is_some() {
            FollowUp::Completed
        } else if days_not_started.is_some() {
            FollowUp::StartOverdue
        } else if is_late(terms.and_then(|terms| terms.completion_on)) {
            FollowUp::CompletionOverdue
        } else {
            FollowUp::Normal
        }
    });
    let sum = |of: fn(&site::Judged<'_>) -> Option<i64>| judged.iter().filter_map(of).reduce(|one, other| one + other);
    let paid = contract.live().filter(|event| event.on <= as_of).filter_map(|event| match &event.detail {
        Detail::Development(report) if report.kind == DevelopmentKind::Paid => report.paid_yuan,
        _ => None,
    });
    Standing {
        as_of,
        delivered_on: judged.iter().filter_map(|judged| judged.site.delivered_on).min(),
        started_on,
        completed_on,
        days_not_started,
        developed: sum(|judged| judged.site.developed.map(AreaM2::to_units))
            .and_then(|units| AreaM2::from_units(units).ok()),
        invested: sum(|judged| judged.site.invested.map(Money::to_units))
            .and_then(|units| Money::from_units(units).ok()),
        paid: paid.fold(Money::ZERO, |sum, paid| sum.checked_add(paid.get()).unwrap_or(sum)),
        taken_back_on,
        follow_up,
    }
}
