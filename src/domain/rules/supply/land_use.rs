//! Which land item 16 of the action plan speaks of.
//!
//! > 积极推进工业用地“标准地+承诺制”出让模式,推行长期租赁、先租后让、租让结合、弹性出让等供地方式
//! > (住宅用地除外)。
//!
//! "The grant of industrial land as standard land with commitments is promoted, and the supply by long
//! lease, lease then transfer, part lease part grant and flexible-term grant is carried out (residential
//! land excepted)." Only state-owned land is granted or leased by the bureau.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Outcome, Rule};
use crate::domain::policy::Policy;
use crate::domain::rules::case::{LandUse, Ownership};
use crate::domain::rules::{Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "supply.land_use",
    title: Text::fixed("供应方式适用的用途", "Uses open to these methods of supply"),
    what: Text::fixed(
        "住宅用地不得采用长期租赁、先租后让、租让结合、弹性出让;工业、仓储用地可以采用,其他用途需审核;集体土地不得出让",
        "Residential land is not supplied by long lease, lease then transfer, part lease part grant or flexible-term grant; industrial and warehousing land may be, other uses are reviewed; collective land is not granted",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub land_use: LandUse,
    /// Taken for state-owned where it is not said.
    pub ownership: Option<Ownership>,
    pub on: NaiveDate,
}

pub fn decide(case: Case, policy: &Policy) -> Decided<(), impl Explain<()>> {
    let outcome = match (case.ownership, case.land_use) {
        (Some(Ownership::Collective), _) | (_, LandUse::Residential) => Outcome::Fail,
        (_, LandUse::Industrial | LandUse::Warehousing) => Outcome::Pass,
        _ => Outcome::NeedsReview,
    };
    Decided::new((), outcome, move |_: &()| Ok(Finding::of(&RULE, policy, case.on, outcome, message(case, outcome))))
}

/// What the outcome means; also said of the field that a body is refused for.
pub fn message(case: Case, outcome: Outcome) -> Text {
    let (zh, en) = (case.land_use.zh(), case.land_use.en());
    match outcome {
        Outcome::Fail if case.ownership == Some(Ownership::Collective) => Text::fixed(
            "集体土地不得以国有建设用地使用权出让、租赁方式供应;请先依法征收",
            "collective land is not granted or leased as state-owned land; it must be expropriated by law first",
        ),
        Outcome::Fail => Text::fixed(
            "住宅用地不适用弹性出让、先租后让、长期租赁、租让结合;请改用一般出让方式",
            "residential land is excepted from flexible-term grant, lease then transfer, long lease and part lease part grant; use an ordinary grant",
        ),
        Outcome::Pass => text!("{zh}可以采用此类供应方式", "{en} may be supplied by these methods"),
        _ => text!(
            "第16条就工业用地作出规定,{zh}是否适用须由资源规划局审核",
            "item 16 speaks of industrial land; whether it covers {en} is for the bureau to review"
        ),
    }
}
