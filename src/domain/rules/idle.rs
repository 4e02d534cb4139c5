//! Idle land: whether the two definitions are met on a day, whose time it was, and what follows from it.
//!
//! > 《闲置土地处置办法》第二条: land is idle where development has not started one full year after the day that the contract
//! > or decision sets; or where it has started, less than a third of the land that should be developed is, or less than a
//! > quarter of the investment is made, and it has been stopped for a full year.
//!
//! A full year ends on the corresponding day, and the criterion is met from the day after (Civil Code art. 201–203). The rules
//! read [`Site`]: what is known of the land on the day asked about. Each first comes to a verdict without a word, so that a
//! million contracts can be looked at in a row, and words the verdict only where somebody reads it.

pub mod cause;
pub mod deadlines;
pub mod fee;
pub mod free_recovery;
pub mod not_started;
pub mod own_time;
pub mod stopped;

use chrono::{Months, NaiveDate};

use crate::domain::finding::Finding;
use crate::domain::idle_case::Grounds;
use crate::domain::policy::{InForce, NotInForce, OneOf, Policy, keys};
use crate::domain::quantity::{AreaM2, Money, Ratio};
use crate::domain::rules::CannotDecide;
use crate::domain::term::Term;
use own_time::Spans;

/// 动工: a start that was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub on: NaiveDate,
    pub has_permit: bool,
    /// Whether the foundation had come as far as the law asks; none: not said.
    pub foundation_reached: Option<bool>,
}

/// Whether a reported start is one before the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Counts,
    /// The foundation stage was reached without a permit.
    WithoutPermit,
    /// Nobody said how far the foundation was.
    StageUnknown,
    /// A fence, a ceremony, a foundation that was merely begun.
    NoStart,
}

impl Start {
    pub const fn standing(self) -> Standing {
        match (self.foundation_reached, self.has_permit) {
            (Some(false), _) => Standing::NoStart,
            (None, _) => Standing::StageUnknown,
            (Some(true), true) => Standing::Counts,
            (Some(true), false) => Standing::WithoutPermit,
        }
    }
}

/// 中止: from the first day without work until the day it was resumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halt {
    pub from: NaiveDate,
    pub resumed_on: Option<NaiveDate>,
}

/// What is known of a contract's land on a day. Facts that came later are not among it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub on: NaiveDate,
    pub agreed_delivery: Option<NaiveDate>,
    /// The day of the 交地确认书.
    pub delivered_on: Option<NaiveDate>,
    pub agreed_start: Option<NaiveDate>,
    pub start: Option<Start>,
    /// In order, none overlapping another.
    pub halts: Vec<Halt>,
    pub completed_on: Option<NaiveDate>,
    /// 已动工开发面积 and 应动工开发面积.
    pub developed: Option<AreaM2>,
    pub developable: Option<AreaM2>,
    /// 已投资额 and 总投资额, without the price of the land and taxes.
    pub invested: Option<Money>,
    pub investment: Option<Money>,
    /// Accepted intervals that are not the user's own time.
    pub outside: Spans,
}

/// The day from which the first year runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FromDay {
    pub day: NaiveDate,
    /// The delivery that it was deemed from, where nothing was agreed.
    pub deemed_from: Option<NaiveDate>,
}

impl Site {
    /// The agreed start, or the one deemed from the delivery.
    pub fn starts_from(&self, law: &Law<'_>) -> Option<FromDay> {
        if let Some(day) = self.agreed_start {
            return Some(FromDay { day, deemed_from: None });
        }
        let delivered = self.delivered_on?;
        Some(FromDay { day: after(delivered, law.deemed_start.value)?, deemed_from: Some(delivered) })
    }

    /// A start that counts, if there is one.
    pub fn started_on(&self) -> Option<NaiveDate> {
        self.start.filter(|start| start.standing() == Standing::Counts).map(|start| start.on)
    }

    /// The stop that lasts on the day.
    pub fn halted_since(&self) -> Option<NaiveDate> {
        let halt = self.halts.last().filter(|halt| halt.resumed_on.is_none_or(|resumed| resumed > self.on))?;
        (self.completed_on.is_none() && halt.from <= self.on).then_some(halt.from)
    }

    /// Whether the land came later than agreed, or is not there yet though it should be.
    pub fn is_delivered_late(&self) -> bool {
        self.agreed_delivery.is_some_and(|agreed| self.delivered_on.unwrap_or(self.on) > agreed)
    }
}

/// The corresponding day after a term, or the month's last.
pub(crate) fn after(day: NaiveDate, term: Term) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(term.months()))
}

/// The parameters of the law on a day, looked up once for all contracts.
#[derive(Debug, Clone, Copy)]
pub struct Law<'p> {
    pub policy: &'p Policy,
    pub on: NaiveDate,
    pub criterion: InForce<'p, Term>,
    pub fee_after: InForce<'p, Term>,
    pub recovery_after: InForce<'p, Term>,
    pub deemed_start: InForce<'p, Term>,
    pub developed_part: InForce<'p, OneOf>,
    pub invested_share: InForce<'p, Ratio>,
    pub both_short: InForce<'p, bool>,
    pub stopped_is_agreed_only: InForce<'p, bool>,
    pub fee_share: InForce<'p, Ratio>,
    pub fee_on_leases: InForce<'p, bool>,
}

impl<'p> Law<'p> {
    pub fn on(policy: &'p Policy, on: NaiveDate) -> Result<Self, NotInForce> {
        Ok(Self {
            policy,
            on,
            criterion: policy.on(&keys::IDLE_CRITERION_PERIOD, on)?,
            fee_after: policy.on(&keys::IDLE_FEE_PERIOD, on)?,
            recovery_after: policy.on(&keys::IDLE_RECOVERY_PERIOD, on)?,
            deemed_start: policy.on(&keys::IDLE_DEEMED_START, on)?,
            developed_part: policy.on(&keys::IDLE_STOPPED_DEVELOPED_PART, on)?,
            invested_share: policy.on(&keys::IDLE_STOPPED_INVESTED_SHARE, on)?,
            both_short: policy.on(&keys::IDLE_STOPPED_BOTH_SHORT, on)?,
            stopped_is_agreed_only: policy.on(&keys::IDLE_STOPPED_AGREED_ONLY, on)?,
            fee_share: policy.on(&keys::IDLE_FEE_SHARE, on)?,
            fee_on_leases: policy.on(&keys::IDLE_FEE_ON_LEASES, on)?,
        })
    }
}

/// What the fee is reckoned on: the contract as amended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Price {
    pub is_lease: bool,
    /// 出让或划拨价款, or the rents of a lease.
    pub amount: Option<Money>,
    /// 租金折算的土地价款 of a lease.
    pub converted: Option<Money>,
}

/// The days that a case on this land needs, each the first on which something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The agreed start, or the deemed one.
    pub agreed_start: Option<NaiveDate>,
    /// The land is idle by the definition; none while it is not.
    pub idle_from: Option<NaiveDate>,
    /// Own-cause time has made a full year.
    pub fee_from: Option<NaiveDate>,
    /// Own-cause time has made two full years.
    pub recovery_from: Option<NaiveDate>,
}

/// Which definition is looked at where nobody says: the second once a start counts.
pub fn grounds(site: &Site) -> Grounds {
    match site.start.map(Start::standing) {
        None | Some(Standing::NoStart) => Grounds::NotStarted,
        Some(_) if site.halted_since().is_some() => Grounds::Stopped,
        Some(_) => Grounds::NotStarted,
    }
}

/// The days of a site on these grounds, without a word.
pub fn days(site: &Site, grounds: Grounds, law: &Law<'_>) -> Days {
    let from = site.starts_from(law);
    let agreed_start = from.map(|from| from.day);
    match grounds {
        Grounds::NotStarted => {
            let started = site.started_on();
            let idle_from = not_started::verdict(site, law).idle_from.filter(|_| started.is_none());
            // What began on the very first day after the year came too late.
            let full = |term| {
                let first = own_time::first_day_after(agreed_start?, term, &site.outside)?;
                started.is_none_or(|started| first <= started).then_some(first)
            };
            let (fee_from, recovery_from) = (full(law.fee_after.value), full(law.recovery_after.value));
            Days { agreed_start, idle_from, fee_from, recovery_from }
        }
        Grounds::Stopped => {
            let verdict = stopped::verdict(site, law);
            let idle_from = verdict.criterion_from.filter(|_| verdict.is_short == Some(true));
            let since = verdict.halted_since.filter(|_| !law.stopped_is_agreed_only.value);
            let full = |term| own_time::first_day_after(since?, term, &site.outside);
            let (fee_from, recovery_from) = (full(law.fee_after.value), full(law.recovery_after.value));
            Days { agreed_start, idle_from, fee_from, recovery_from }
        }
    }
}

/// Everything that the rules say of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub grounds: Grounds,
    pub days: Days,
    pub findings: Vec<Finding>,
}

/// Whether a site is to be looked into on its day, without a word.
pub fn is_suspected(site: &Site, law: &Law<'_>) -> bool {
    not_started::verdict(site, law).outcome.is_suspicion() || stopped::verdict(site, law).outcome().is_suspicion()
}

pub fn assess(site: &Site, price: &Price, law: &Law<'_>) -> Result<Assessment, CannotDecide> {
    let grounds = grounds(site);
    let days = days(site, grounds, law);
    let findings = vec![
        not_started::decide(site, law),
        stopped::decide(site, law)?,
        cause::decide(site, grounds, law),
        deadlines::decide(site, grounds, law),
        fee::decide(site, price, grounds, law)?,
        free_recovery::decide(site, grounds, law),
    ];
    Ok(Assessment { grounds, days, findings })
}
