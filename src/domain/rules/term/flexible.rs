//! The term of a flexible-term grant.
//!
//! > 工业用地弹性年期出让原则上不超过20年。
//!
//! "A flexible-term grant of industrial land does in principle not exceed 20 years" (action plan, item
//! 16). Beyond the longest grant of the use (国务院令第55号, 第12条) no decision helps.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Number, Outcome, Rule, Step};
use crate::domain::policy::{self, Policy};
use crate::domain::rules::case::{ExceptionDecision, LandUse, wants_exception};
use crate::domain::rules::term::limit;
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "term.flexible",
    title: Text::fixed("弹性出让年限", "Term of a flexible-term grant"),
    what: Text::fixed(
        "弹性年期超过原则上限的须有例外决定;超过该用途法定最高年限的不得出让",
        "A term above the limit in principle needs an exception decision; above the longest grant of the use it fails",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[
        policy::TERM_FLEXIBLE_PRINCIPLE_MAX.id(),
        policy::TERM_FLEXIBLE_USUAL_MIN.id(),
        "term.statutory_max.*",
    ],
};

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub term: Term,
    pub land_use: LandUse,
    pub exception: Option<&'a ExceptionDecision>,
    pub on: NaiveDate,
}

pub fn decide(case: Case<'_>, policy: &Policy) -> Result<Decided<(), impl Explain<()>>, CannotDecide> {
    let statutory = policy.on(case.land_use.statutory_max(), case.on)?;
    let principle = policy.on(&policy::TERM_FLEXIBLE_PRINCIPLE_MAX, case.on)?;
    let usual = policy.on(&policy::TERM_FLEXIBLE_USUAL_MIN, case.on)?;
    let term = case.term;
    let length = if term > statutory.value {
        Length::Unlawful
    } else if term > principle.value {
        Length::Above
    } else if term < usual.value {
        Length::Unusual
    } else {
        Length::Within
    };
    let outcome = match (length, case.exception) {
        (Length::Unlawful, _) => Outcome::Fail,
        (Length::Above, None) => Outcome::NeedsException,
        (Length::Unusual, _) => Outcome::NeedsReview,
        (Length::Above, Some(_)) | (Length::Within, _) => Outcome::Pass,
    };

    let explain = move |_: &()| {
        let (zh, en) = (term.zh(), term.en());
        let message = match length {
            Length::Unlawful => {
                let (most_zh, most_en) = (statutory.value.zh(), statutory.value.en());
                let (use_zh, use_en) = (case.land_use.zh(), case.land_use.en());
                text!(
                    "弹性年期 {zh},超过{use_zh}出让的法定最高年限 {most_zh},不得出让",
                    "{en} exceed the longest grant of {use_en}, {most_en}"
                )
            }
            Length::Above => {
                let zh = format!("弹性年期 {zh},超过原则上限 {}", principle.value.zh());
                let en = format!("{en} exceed the limit in principle of {}", principle.value.en());
                match case.exception {
                    Some(exception) => exception.allows(&zh, &en),
                    None => wants_exception(&zh, &en),
                }
            }
            Length::Unusual => {
                let (least_zh, least_en) = (usual.value.zh(), usual.value.en());
                text!(
                    "弹性年期 {zh},短于通常的 {least_zh};规定未设下限,请审核是否妥当",
                    "{en} are shorter than the usual {least_en}; the rules set no lower limit, so the term is to be reviewed"
                )
            }
            Length::Within => {
                let (most_zh, most_en) = (principle.value.zh(), principle.value.en());
                text!(
                    "弹性年期 {zh},不超过原则上限 {most_zh}",
                    "{en} do not exceed the limit in principle of {most_en}"
                )
            }
        };

        let comparison = Step::comparison(
            Text::fixed("与原则上限比较", "held against the limit in principle"),
            "n ≤ n_max",
            format!("{term} ≤ {}", principle.value),
            term <= principle.value,
        );
        let lawful = Step::comparison(
            Text::fixed("与法定最高年限比较", "held against the longest grant of the use"),
            "n ≤ N",
            format!("{term} ≤ {}", statutory.value),
            term <= statutory.value,
        );
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers([
                Number::years("term", Text::fixed("弹性年期", "term"), term),
                limit("statutory_max", Text::fixed("法定最高年限", "longest grant of the use"), &statutory),
            ])
            .workings([comparison, lawful])
            .threshold(limit("principle_max", Text::fixed("原则上限", "limit in principle"), &principle))
            .using(&principle)
            .using(&statutory)
            .using_if(term < usual.value, &usual))
    };
    Ok(Decided::new((), outcome, explain))
}

/// Where a term lies among the limits.
#[derive(Clone, Copy)]
enum Length {
    Unlawful,
    Above,
    Unusual,
    Within,
}
