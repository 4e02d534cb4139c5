//! The methods of supply side by side.
//!
//! > 按照与工业用地出让最高年期换算后,土地价格大致均衡的原则确定长期租赁、先租后让、弹性出让等方式的价格(标底)。
//!
//! "The price bases of the methods are set so that they are roughly equal when they are converted to the maximum term"
//! (action plan, item 16). Two conversions are in use and both are shown: in proportion to the years, as the plan corrects
//! its floors, and by the factor K of GB/T 18508, as 307号 wants it. How far apart is roughly is said nowhere; so this rule
//! shows the figures and leaves the judgement to people.

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, Rounding, big, decimal_text, quotient, round_big};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::Policy;
use crate::domain::quantity::{PricePerM2, Ratio, UnitPrice};
use crate::domain::rules::price::discount::Payment;
use crate::domain::rules::price::national_minimum::{Restored, restore};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "price.balance",
    title: Text::fixed("换算到最高年期的价格均衡", "Balance of prices converted to the maximum term"),
    what: Text::fixed(
        "各方式的价款分别按年期比例和按 K 还原到最高年期,与最高年期价格比较;“大致均衡”由人判断",
        "What each method costs is restored to the maximum term in proportion to the years and by K, and held against the price of that term; whether they are roughly equal is for people to say",
    ),
    citations: &[&law::PLAN_16, &law::APPRAISAL],
    parameters: &[],
};

#[derive(Debug, Clone, Copy)]
pub struct Case<'c> {
    pub payments: &'c [Payment],
    pub total_term: Term,
    pub max_term: Term,
    pub max_term_unit_price: PricePerM2,
    pub rate: Ratio,
    pub on: NaiveDate,
}

/// One method's payments, converted both ways.
#[derive(Debug, Clone)]
pub struct Balance {
    /// Sum of the payments ÷ (n ÷ N), rounded down.
    pub linear: UnitPrice,
    pub restored: Restored,
    /// Each against the price of the maximum term, exact for the linear one.
    pub linear_share: Fraction,
    /// Four decimals, half up.
    pub restored_share: String,
}

pub fn decide(case: Case<'_>, policy: &Policy) -> Result<Decided<Balance, impl Explain<Balance>>, CannotDecide> {
    let price = Fraction::from(case.max_term_unit_price);
    let sum = case.payments.iter().try_fold(Fraction::ZERO, |sum, payment| sum.plus(payment.per_m2))?;
    let ratio = case.total_term.years().over(case.max_term.years())?;
    let linear_exact = sum.over(ratio)?;
    let linear_share = linear_exact.over(price)?;
    let fen = i64::try_from(linear_exact.round(UnitPrice::SCALE, Rounding::Down)?)
        .map_err(|_| crate::domain::exact::Arithmetic::TooLarge)?;
    let linear = UnitPrice::from_units(fen).map_err(|_| crate::domain::exact::Arithmetic::TooLarge)?;
    let restored = restore(case.payments, case.rate, case.total_term, case.max_term)?;
    let share = quotient(&quotient(&restored.present_value, &restored.factor), &big(price));
    let restored_share = decimal_text(round_big(&share, 4, Rounding::HalfUp)?, 4);
    let linear_shown = linear_share.round(4, Rounding::HalfUp)?;

    let explain = move |&Balance { linear, ref restored, ref restored_share, .. }: &Balance| {
        let linear_shown = decimal_text(linear_shown, 4);
        let by_k = restored.price;
        let message = text!(
            "按年期比例换算为 {linear} 元/平方米(最高年期价格的 {linear_shown}),按 K 还原为 {by_k} 元/平方米({restored_share});是否大致均衡由集体研究判断",
            "in proportion to the years it is {linear} yuan/m² ({linear_shown} of the price of the maximum term), by K {by_k} yuan/m² ({restored_share}); whether that is roughly equal is for the bureau to decide"
        );
        let workings = vec![
            Step::figure(
                Text::fixed("按年期比例换算", "in proportion to the years"),
                "P = Σ p_t ÷ (n ÷ N)",
                format!("{sum} ÷ {ratio}"),
                linear.to_string(),
                Unit::YuanPerM2,
                Rounding::Down,
            ),
            Step::figure(
                Text::fixed("按 K 还原", "restored by K"),
                "P = PV ÷ K",
                format!(
                    "{} ÷ {}",
                    decimal_text(round_big(&restored.present_value, 4, Rounding::HalfUp)?, 4),
                    decimal_text(round_big(&restored.factor, 6, Rounding::HalfUp)?, 6)
                ),
                by_k.to_string(),
                Unit::YuanPerM2,
                Rounding::Down,
            ),
        ];
        let ratio_number = |name, zh, en, value: String| Number {
            rounding: Rounding::HalfUp,
            ..Number::exact(name, Text::fixed(zh, en), value, Unit::Ratio)
        };
        let numbers = vec![
            ratio_number(
                "linear_share",
                "年期比例换算占最高年期价格",
                "linear, of the price of the maximum term",
                linear_shown,
            ),
            ratio_number(
                "restored_share",
                "K 还原占最高年期价格",
                "by K, of the price of the maximum term",
                restored_share.clone(),
            ),
        ];
        Ok(Finding::of(&RULE, policy, case.on, Outcome::NeedsReview, message).numbers(numbers).workings(workings))
    };
    Ok(Decided::new(Balance { linear, restored, linear_share, restored_share }, Outcome::NeedsReview, explain))
}
