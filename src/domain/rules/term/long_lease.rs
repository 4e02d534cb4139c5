//! The term of a long lease and the steps of its rent.
//!
//! A long lease runs as a rule for at least 5 years and never for more than 20 (自然资发〔2022〕201号,
//! 长期租赁; 民法典第705条: "a lease may not exceed 20 years"). Where the rent is adjustable, a period of
//! the rent lasts at least 5 years and the rise over the last period is at most 10 % (201号).

use chrono::NaiveDate;

use crate::domain::exact::plain;
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::Ratio;
use crate::domain::rules::case::{ExceptionDecision, wants_exception};
use crate::domain::rules::term::limit;
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "term.long_lease",
    title: Text::fixed("长期租赁年限", "Term of a long lease"),
    what: Text::fixed(
        "短于一般下限的须有例外决定;超过上限的部分无效;租金调整周期不得短于下限,每次涨幅不得超过上限",
        "A lease shorter than usual needs an exception decision; what exceeds the longest lease is void; the rent is adjusted neither more often nor by more than the limits",
    ),
    citations: &[&law::LONG_LEASE_201, &law::LEASE_705],
    parameters: &[
        policy::TERM_LONG_LEASE_PRINCIPLE_MIN.id(),
        policy::TERM_LONG_LEASE_MAX.id(),
        policy::TERM_LONG_LEASE_RENT_STEP_MIN.id(),
        policy::TERM_LONG_LEASE_RENT_RISE_MAX.id(),
    ],
};

/// How an adjustable rent moves.
#[derive(Debug, Clone, Copy)]
pub struct Adjustment {
    /// Time between two adjustments.
    pub every: Term,
    /// Rise over the last period: 0.1 is ten per cent.
    pub rise: Ratio,
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub lease: Term,
    /// None for a fixed rent.
    pub adjustment: Option<Adjustment>,
    pub exception: Option<&'a ExceptionDecision>,
    pub on: NaiveDate,
}

pub fn decide(case: Case<'_>, policy: &Policy) -> Result<Decided<(), impl Explain<()>>, CannotDecide> {
    let least = policy.on(&policy::TERM_LONG_LEASE_PRINCIPLE_MIN, case.on)?;
    let most = policy.on(&policy::TERM_LONG_LEASE_MAX, case.on)?;
    let step_min = policy.on(&policy::TERM_LONG_LEASE_RENT_STEP_MIN, case.on)?;
    let rise_max = policy.on(&policy::TERM_LONG_LEASE_RENT_RISE_MAX, case.on)?;
    let lease = case.lease;
    let step_short = case.adjustment.filter(|adjustment| adjustment.every < step_min.value);
    let rise_high = case.adjustment.filter(|adjustment| adjustment.rise > rise_max.value);

    let outcome = if lease > most.value || step_short.is_some() || rise_high.is_some() {
        Outcome::Fail
    } else if lease < least.value && case.exception.is_none() {
        Outcome::NeedsException
    } else {
        Outcome::Pass
    };

    let explain = move |_: &()| {
        let (zh, en) = (lease.zh(), lease.en());
        let message = if lease > most.value {
            let (most_zh, most_en) = (most.value.zh(), most.value.en());
            text!(
                "租赁年限 {zh},超过上限 {most_zh},超过部分无效",
                "the lease of {en} exceeds {most_en}; what exceeds it is void"
            )
        } else if let Some(Adjustment { every, .. }) = step_short {
            let (zh, en, least_zh, least_en) = (every.zh(), every.en(), step_min.value.zh(), step_min.value.en());
            text!(
                "租金调整周期 {zh},短于 {least_zh}",
                "the rent is adjusted every {en}, more often than every {least_en}"
            )
        } else if let Some(Adjustment { rise, .. }) = rise_high {
            let (rise, limit) = (plain(rise.get()), rise_max.written());
            text!("租金每次涨幅 {rise},超过上限 {limit}", "the rent rises by {rise}, more than {limit}")
        } else if lease < least.value {
            let zh = format!("租赁年限 {zh},短于一般下限 {}", least.value.zh());
            let en = format!("the lease of {en} is shorter than the usual {}", least.value.en());
            match case.exception {
                Some(exception) => exception.allows(&zh, &en),
                None => wants_exception(&zh, &en),
            }
        } else {
            let (least_zh, most_zh, least_en, most_en) =
                (least.value.zh(), most.value.zh(), least.value.en(), most.value.en());
            text!(
                "租赁年限 {zh},在 {least_zh}至 {most_zh}之间",
                "the lease of {en} lies between {least_en} and {most_en}"
            )
        };

        let mut workings = vec![
            Step::comparison(
                Text::fixed("与下限比较", "held against the shortest lease"),
                "m ≥ m_min",
                format!("{lease} ≥ {}", least.value),
                lease >= least.value,
            ),
            Step::comparison(
                Text::fixed("与上限比较", "held against the longest lease"),
                "m ≤ m_max",
                format!("{lease} ≤ {}", most.value),
                lease <= most.value,
            ),
        ];
        let mut numbers = vec![
            Number::years("lease", Text::fixed("租赁年限", "lease"), lease),
            limit("principle_min", Text::fixed("一般下限", "usual shortest lease"), &least),
        ];
        if let Some(Adjustment { every, rise }) = case.adjustment {
            let rise_text = plain(rise.get());
            workings.push(Step::comparison(
                Text::fixed("租金调整周期与下限比较", "the time between adjustments held against its limit"),
                "t ≥ t_min",
                format!("{every} ≥ {}", step_min.value),
                step_short.is_none(),
            ));
            workings.push(Step::comparison(
                Text::fixed("租金涨幅与上限比较", "the rise held against its limit"),
                "g ≤ g_max",
                format!("{rise_text} ≤ {}", rise_max.written()),
                rise_high.is_none(),
            ));
            numbers.push(Number::years("rent_step", Text::fixed("租金调整周期", "time between adjustments"), every));
            numbers.push(Number::exact(
                "rent_rise",
                Text::fixed("租金涨幅", "rise of the rent"),
                rise_text,
                Unit::Share,
            ));
        }
        let adjustable = case.adjustment.is_some();
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers(numbers)
            .workings(workings)
            .threshold(limit("max", Text::fixed("上限", "longest lease"), &most))
            .using(&least)
            .using(&most)
            .using_if(adjustable, &step_min)
            .using_if(adjustable, &rise_max))
    };
    Ok(Decided::new((), outcome, explain))
}
