//! Land on which development was started and then stopped for a full year.
//!
//! > 第二条第二款: 已动工开发但开发建设用地面积占应动工开发建设用地总面积不足三分之一或者已投资额占总投资额不足百分之二十五,中止开发建设满一年的国有建设用地,也可以认定为闲置土地。
//!
//! "也可以认定" leaves it to the bureau, so that the criterion being met asks for review. Whether one of the two ratios must be short or
//! both ("或者") is read by policy; both are reported whichever way it is read.

use chrono::NaiveDate;

use crate::domain::exact::{Arithmetic, Fraction, Rounding};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::rules::idle::{Law, Site, after};
use crate::domain::rules::{CannotDecide, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "idle.stopped",
    title: Text::fixed("中止开发建设满一年", "Stopped for a full year"),
    what: Text::fixed(
        "已动工但已开发面积不足应动工面积的三分之一,或者已投资额不足总投资额的百分之二十五,中止开发建设满一年;达到标准的也可以认定,由人工审核",
        "Started, less than a third of the land developed or less than 25 % of the investment made, and stopped for a full year; where that is so the bureau may find it idle",
    ),
    citations: &[&law::IDLE_2, &law::PERIODS_201],
    parameters: &[
        "idle.criterion_period",
        "idle.stopped.both_short",
        "idle.stopped.developed_part",
        "idle.stopped.invested_share",
    ],
};

/// What is found, without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub is_started: bool,
    pub halted_since: Option<NaiveDate>,
    /// First day on which the stop has lasted a full year.
    pub criterion_from: Option<NaiveDate>,
    pub is_full_year: bool,
    /// Whether less than the law asks for is developed, and invested.
    pub developed_short: Option<bool>,
    pub invested_short: Option<bool>,
    /// The two put together as the policy reads them; none: a figure is missing on which it hangs.
    pub is_short: Option<bool>,
}

impl Verdict {
    pub const fn outcome(&self) -> Outcome {
        match (self.is_started, self.is_full_year, self.is_short) {
            (false, ..) => Outcome::NotApplicable,
            (true, false, _) | (true, true, Some(false)) => Outcome::NotMet,
            (true, true, Some(true)) => Outcome::NeedsReview,
            (true, true, None) => Outcome::Undetermined,
        }
    }
}

pub fn verdict(site: &Site, law: &Law<'_>) -> Verdict {
    let halted_since = site.halted_since();
    let criterion_from = halted_since.and_then(|since| after(since, law.criterion.value)?.succ_opt());
    let parts = i128::from(law.developed_part.value.get());
    // Compared by products: developed × 3 < developable, and invested < investment × share.
    let developed_short = site
        .developed
        .zip(site.developable)
        .map(|(developed, developable)| i128::from(developed.to_units()) * parts < i128::from(developable.to_units()));
    let invested_short = site.invested.zip(site.investment).map(|(invested, investment)| {
        let share = i128::from(law.invested_share.value.to_units());
        i128::from(invested.to_units()) * 1_000_000 < i128::from(investment.to_units()) * share
    });
    let both = law.both_short.value;
    // With "and" one ratio that is reached settles it, with "or" one that is short does.
    let is_short = match (developed_short, invested_short) {
        (Some(one), Some(other)) => Some(if both { one && other } else { one || other }),
        (Some(known), None) | (None, Some(known)) if known != both => Some(known),
        _ => None,
    };
    Verdict {
        is_started: site.start.is_some(),
        halted_since,
        criterion_from,
        is_full_year: criterion_from.is_some_and(|from| from <= site.on),
        developed_short,
        invested_short,
        is_short,
    }
}

pub fn decide(site: &Site, law: &Law<'_>) -> Result<Finding, CannotDecide> {
    let verdict = verdict(site, law);
    let outcome = verdict.outcome();
    let (mut numbers, mut workings) = (Vec::new(), Vec::new());
    if verdict.is_started {
        let parts = law.developed_part.value;
        let limit = Fraction::new(1, i128::from(parts.get())).map_err(CannotDecide::Arithmetic)?;
        if let Some((developed, developable)) = site.developed.zip(site.developable) {
            let part = Part {
                name: "developed_share",
                zh: "已开发面积占应动工面积",
                en: "developed share of the land",
                limit,
            };
            part.show(developed.get().into(), developable.get().into(), &mut numbers, &mut workings)?;
        }
        if let Some((invested, investment)) = site.invested.zip(site.investment) {
            let limit = Fraction::from(law.invested_share.value.get());
            let part = Part {
                name: "invested_share",
                zh: "已投资额占总投资额",
                en: "invested share of the investment",
                limit,
            };
            part.show(invested.get().into(), investment.get().into(), &mut numbers, &mut workings)?;
        }
        if let (Some(since), Some(from)) = (verdict.halted_since, verdict.criterion_from) {
            let term = law.criterion.value;
            workings.push(Step::comparison(
                Text::fixed(
                    "中止是否已满一年(自次日起达到)",
                    "whether the stop has lasted a full year, met from the day after",
                ),
                "T ≥ H + t + 1 d",
                format!("{} ≥ {since} + {term} a + 1 d = {from}", site.on),
                verdict.is_full_year,
            ));
        }
    }
    Ok(Finding::of(&RULE, law.policy, site.on, outcome, message(site, &verdict, law))
        .numbers(numbers)
        .workings(workings)
        .using(&law.criterion)
        .using(&law.developed_part)
        .using(&law.invested_share)
        .using(&law.both_short))
}

/// One of the two ratios.
struct Part {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    limit: Fraction,
}

impl Part {
    fn show(
        self,
        part: Fraction,
        whole: Fraction,
        numbers: &mut Vec<Number>,
        workings: &mut Vec<Step>,
    ) -> Result<(), Arithmetic> {
        let label = Text::fixed(self.zh, self.en);
        let share = part.over(whole)?;
        let decimal = share.decimal(6, Rounding::Down)?;
        numbers.push(Number::rounded(self.name, label.clone(), decimal, Unit::Share, share, Rounding::Down));
        let limit = self.limit;
        workings.push(Step::comparison(
            label,
            "a ÷ b < c",
            format!("{part} ÷ {whole} = {share} < {limit}"),
            share < limit,
        ));
        Ok(())
    }
}

fn message(site: &Site, verdict: &Verdict, law: &Law<'_>) -> Text {
    let on = site.on;
    if !verdict.is_started {
        return Text::fixed(
            "没有动工记录,适用未动工的判定",
            "no start is recorded; the rule on land not started applies",
        );
    }
    let Some((since, from)) = verdict.halted_since.zip(verdict.criterion_from) else {
        return match site.completed_on {
            Some(completed) => text!("已于 {completed} 竣工", "it was completed on {completed}"),
            None => text!("截至 {on} 没有持续的中止记录", "no stop lasts on {on}"),
        };
    };
    if !verdict.is_full_year {
        return text!(
            "自 {since} 起中止,截至 {on} 未满一年;自 {from} 起满一年",
            "it has been stopped since {since}, by {on} not for a full year; it will have been from {from} on"
        );
    }
    let (zh, en) = if law.both_short.value {
        ("两项均须不足", "both must be short")
    } else {
        ("任一项不足即可", "either being short is enough")
    };
    match verdict.is_short {
        Some(true) => text!(
            "自 {since} 起中止已满一年,开发或投资比例不足(按“{zh}”理解);也可以认定为闲置土地,须人工审核",
            "it has been stopped for a full year since {since} and development or investment is short ({en}); it may be found idle, which needs review"
        ),
        Some(false) => text!(
            "自 {since} 起中止已满一年,但开发和投资比例不属不足(按“{zh}”理解)",
            "it has been stopped for a full year since {since}, but development and investment are not short ({en})"
        ),
        None => {
            let mut missing = Vec::new();
            for (lacks, member) in [
                (site.developed.is_none(), "developed_m2"),
                (site.developable.is_none(), "developable_m2"),
                (site.invested.is_none(), "invested_yuan"),
                (site.investment.is_none(), "investment_yuan"),
            ] {
                if lacks {
                    missing.push(member);
                }
            }
            let missing = missing.join(", ");
            text!(
                "自 {since} 起中止已满一年,但缺少计算比例的数据:{missing}",
                "it has been stopped for a full year since {since}, but figures for the ratios are missing: {missing}"
            )
        }
    }
}
