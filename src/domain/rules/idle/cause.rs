//! Whose time it was: the period since the agreed start (or the stop), less the accepted intervals.
//!
//! > 第八条(大意,原文待核对): where the land was not delivered as agreed, plans or policy changed, petitions were not settled, or
//! > other acts of the government kept it back, and where natural disasters did, the delay is not the user's.
//!
//! Days in several intervals are counted once. Land delivered late asks for review by itself, whatever was claimed.

use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::idle_case::Grounds;
use crate::domain::rules::idle::{Law, Site};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "idle.cause",
    title: Text::fixed("闲置原因与自身原因时间", "Causes and own-cause time"),
    what: Text::fixed(
        "自身原因时间 = 期间总天数 − 已认可区间的并集(重叠不重复计);迟延交地须人工审核",
        "Own-cause time is the days of the period less the union of the accepted intervals; late delivery needs review",
    ),
    citations: &[&law::IDLE_8],
    parameters: &[],
};

pub fn decide(site: &Site, grounds: Grounds, law: &Law<'_>) -> Finding {
    let on = site.on;
    let begins = match grounds {
        Grounds::NotStarted => site.starts_from(law).map(|from| from.day),
        Grounds::Stopped => site.halted_since(),
    };
    // A start that counts ends the period the day before.
    let ends = match grounds {
        Grounds::NotStarted => site.started_on().and_then(|started| started.pred_opt()).unwrap_or(on),
        Grounds::Stopped => on,
    };
    let (mut numbers, mut workings) = (Vec::new(), Vec::new());
    let mut outside_days = 0;
    if let Some(begins) = begins.filter(|begins| *begins < ends) {
        let total = (ends - begins).num_days();
        let outside = site.outside.days_within(begins, ends);
        outside_days = outside;
        let own = total - i64::try_from(outside).unwrap_or(total);
        let days = |name, zh, en, days: i64| Number::exact(name, Text::fixed(zh, en), days.to_string(), Unit::Day);
        numbers.push(days("total_days", "期间总天数", "days of the period", total));
        numbers.push(days("outside_days", "已认可区间天数", "days in accepted intervals", total - own));
        numbers.push(days("own_days", "自身原因天数", "days of own cause", own));
        let label = Text::fixed("自身原因天数", "days of own cause");
        let filled = format!("({begins}, {ends}] = {total}; {total} − {outside}");
        workings.push(Step::figure(
            label,
            "own = total − |∪ accepted|",
            filled,
            own.to_string(),
            Unit::Day,
            crate::domain::exact::Rounding::Exact,
        ));
    }
    let (outcome, message) = if site.is_delivered_late() {
        let agreed = site.agreed_delivery.unwrap_or(on);
        let message = match site.delivered_on {
            Some(delivered) => text!(
                "约定 {agreed} 交地,实际 {delivered} 交地,迟延交地可能属政府原因,须人工审核",
                "the land was to be delivered on {agreed} and was on {delivered}: late delivery may be the government's doing and needs review"
            ),
            None => text!(
                "约定 {agreed} 交地,截至 {on} 没有交地记录,可能属政府原因,须人工审核",
                "the land was to be delivered on {agreed} and no delivery is recorded by {on}: this may be the government's doing and needs review"
            ),
        };
        (Outcome::NeedsReview, message)
    } else if begins.is_none() {
        let message = Text::fixed("没有起算日,不能计算", "there is no day to count from");
        (if grounds == Grounds::Stopped { Outcome::NotApplicable } else { Outcome::Undetermined }, message)
    } else if outside_days > 0 {
        (Outcome::Met, text!("有 {outside_days} 日不属自身原因", "{outside_days} days are not of own cause"))
    } else {
        let message =
            Text::fixed("没有已认可的政府原因或不可抗力区间", "no interval of another cause has been accepted");
        (Outcome::NotMet, message)
    };
    Finding::of(&RULE, law.policy, on, outcome, message).numbers(numbers).workings(workings)
}
