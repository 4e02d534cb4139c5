//! The national minimum price of industrial land.
//!
//! > 国土资发〔2006〕307号: both the bottom price and the price reached are not below the standard of the land's grade; where the
//! > term is below the maximum, or the land is leased, the price *restored to the maximum term* is not. The rate of the
//! > restoration is not below the central bank's five-year deposit rate.
//!
//! Restored = present value of all payments at their due days ÷ K(total term, N), held against standard × share by
//! cross-multiplication.

use chrono::NaiveDate;
use num_rational::BigRational;

use crate::domain::exact::{Fraction, Rounding, decimal_text, plain, round_big};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::input::vocabulary;
use crate::domain::policy::{self, Key, Policy};
use crate::domain::quantity::{PricePerM2, Ratio, UnitPrice};
use crate::domain::rules::price::discount::{Payment, present_value, restored_price, term_factor};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

/// Decimals of K and of present values as they are shown.
const SHOWN: u32 = 6;

pub static RULE: Rule = Rule {
    id: "price.national_minimum",
    title: Text::fixed("全国工业用地出让最低价标准", "National minimum price of industrial land"),
    what: Text::fixed(
        "各期付款按还原利率折现、除以 K 还原到最高年期的价格,不低于土地等别的最低价标准(符合规定的可按比例执行)",
        "The price restored to the maximum term, all payments discounted and divided by K, is not below the standard of the land's grade, or the share of it that holds for the case",
    ),
    citations: &[&law::MINIMUM_307, &law::APPRAISAL],
    parameters: &[
        policy::PRICE_NATIONAL_MINIMUM_GRADE_01.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_02.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_03.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_04.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_05.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_06.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_07.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_08.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_09.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_10.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_11.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_12.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_13.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_14.id(),
        policy::PRICE_NATIONAL_MINIMUM_GRADE_15.id(),
        policy::PRICE_NATIONAL_MINIMUM_SHARE_PRIORITY.id(),
        policy::PRICE_NATIONAL_MINIMUM_SHARE_PROCESSING.id(),
        policy::PRICE_NATIONAL_MINIMUM_SHARE_OUTSIDE_SELF_DEVELOPED.id(),
        policy::PRICE_NATIONAL_MINIMUM_SHARE_OUTSIDE_BARREN.id(),
        policy::PRICE_NATIONAL_MINIMUM_SHARE_UNUSED_OUTSIDE.id(),
        policy::PRICE_NATIONAL_MINIMUM_SHARE_UNUSED_INSIDE.id(),
        policy::PRICE_RESTORATION_RATE_MIN.id(),
    ],
};

vocabulary!(
    /// 最低价标准适用情形 — whether less than the whole standard holds for the case.
    #[derive(Default)]
    pub enum MinimumCase {
        #[default]
        Whole = "whole" "按标准全额",
        Priority = "priority" "优先发展产业且用地集约",
        Processing = "processing" "农林牧渔产品初加工",
        OutsideSelfDeveloped = "outside_self_developed" "城镇建设用地范围外自行开发",
        OutsideBarren = "outside_barren" "城镇建设用地范围外沙地、裸地等",
        UnusedOutside = "unused_outside" "中西部城镇范围外国有未利用地",
        UnusedInside = "unused_inside" "中西部城镇范围内国有未利用地自行开发",
    }
);

impl MinimumCase {
    fn share(self) -> Option<&'static Key<Ratio>> {
        Some(match self {
            Self::Whole => return None,
            Self::Priority => &policy::PRICE_NATIONAL_MINIMUM_SHARE_PRIORITY,
            Self::Processing => &policy::PRICE_NATIONAL_MINIMUM_SHARE_PROCESSING,
            Self::OutsideSelfDeveloped => &policy::PRICE_NATIONAL_MINIMUM_SHARE_OUTSIDE_SELF_DEVELOPED,
            Self::OutsideBarren => &policy::PRICE_NATIONAL_MINIMUM_SHARE_OUTSIDE_BARREN,
            Self::UnusedOutside => &policy::PRICE_NATIONAL_MINIMUM_SHARE_UNUSED_OUTSIDE,
            Self::UnusedInside => &policy::PRICE_NATIONAL_MINIMUM_SHARE_UNUSED_INSIDE,
        })
    }
}

/// 土地等别 — the grade of industrial land, 1 to 15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LandGrade(u8);

impl LandGrade {
    pub const MAX: u8 = 15;

    pub fn new(grade: u8) -> Option<Self> {
        (1..=Self::MAX).contains(&grade).then_some(Self(grade))
    }

    pub const fn get(self) -> u8 {
        self.0
    }

    fn standard(self) -> &'static Key<PricePerM2> {
        match self.0 {
            1 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_01,
            2 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_02,
            3 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_03,
            4 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_04,
            5 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_05,
            6 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_06,
            7 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_07,
            8 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_08,
            9 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_09,
            10 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_10,
            11 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_11,
            12 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_12,
            13 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_13,
            14 => &policy::PRICE_NATIONAL_MINIMUM_GRADE_14,
            _ => &policy::PRICE_NATIONAL_MINIMUM_GRADE_15,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'c> {
    /// All payments of the deal, yuan a square metre.
    pub payments: &'c [Payment],
    pub total_term: Term,
    /// N; not shorter than the total term.
    pub max_term: Term,
    /// 还原利率, a year.
    pub rate: Ratio,
    /// Unknown: the bureau's grade is not recorded.
    pub grade: Option<LandGrade>,
    pub minimum: MinimumCase,
    pub on: NaiveDate,
}

/// What the payments come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// K, exact.
    pub factor: BigRational,
    /// Yuan a square metre at the signing, exact.
    pub present_value: BigRational,
    /// Rounded down to the fen.
    pub price: UnitPrice,
}

impl Restored {
    /// Whether the exact price is not below a limit: PV ≥ limit × K, by cross-multiplication.
    fn reaches(&self, limit: Fraction) -> bool {
        let Self { factor, present_value, .. } = self;
        present_value.numer() * factor.denom() * limit.denominator()
            >= present_value.denom() * factor.numer() * limit.numerator()
    }
}

/// The payments restored to the maximum term.
pub fn restore(payments: &[Payment], rate: Ratio, total: Term, max: Term) -> Result<Restored, CannotDecide> {
    let factor = term_factor(rate, total, max);
    let present_value = present_value(payments, rate);
    let price = restored_price(&present_value, &factor)?;
    Ok(Restored { factor, present_value, price })
}

/// The standard of a grade with the share that holds for a case, yuan a square metre.
pub fn limit(grade: LandGrade, minimum: MinimumCase, on: NaiveDate, policy: &Policy) -> Result<Fraction, CannotDecide> {
    let standard = Fraction::from(policy.on(grade.standard(), on)?.value);
    let share = minimum.share().map(|share| policy.on(share, on)).transpose()?;
    Ok(standard.times(share.map_or(Fraction::ONE, |share| Fraction::from(share.value.get())))?)
}

pub fn decide<'c>(
    case: Case<'c>,
    policy: &'c Policy,
) -> Result<Decided<Restored, impl Explain<Restored> + use<'c>>, CannotDecide> {
    let restored = restore(case.payments, case.rate, case.total_term, case.max_term)?;
    decide_restored(case, restored, policy)
}

/// The same where the payments of the case were restored already.
pub fn decide_restored<'c>(
    case: Case<'c>,
    restored: Restored,
    policy: &'c Policy,
) -> Result<Decided<Restored, impl Explain<Restored> + use<'c>>, CannotDecide> {
    let least_rate = policy.on(&policy::PRICE_RESTORATION_RATE_MIN, case.on)?;
    let standard = case.grade.map(|grade| policy.on(grade.standard(), case.on)).transpose()?;
    let share = case.minimum.share().map(|share| policy.on(share, case.on)).transpose()?;
    let part = share.as_ref().map_or(Fraction::ONE, |share| Fraction::from(share.value.get()));
    let limit = standard.as_ref().map(|standard| Fraction::from(standard.value).times(part)).transpose()?;
    let rate_too_low = case.rate < least_rate.value;
    // PV ≥ standard × share × K.
    let reaches = limit.map(|limit| restored.reaches(limit));
    let outcome = match reaches {
        _ if rate_too_low => Outcome::Fail,
        None => Outcome::NeedsReview,
        Some(true) => Outcome::Pass,
        Some(false) => Outcome::Fail,
    };

    let explain = move |Restored { factor, present_value, price }: &Restored| {
        let (rate, least) = (plain(case.rate.get()), least_rate.written());
        let shown_limit = limit.map_or_else(String::new, plain_fraction);
        let message = match reaches {
            _ if rate_too_low => text!(
                "还原利率 {rate} 低于五年期存款利率 {least},不得用于还原;请改用不低于它的利率",
                "the rate {rate} is below the five-year deposit rate of {least} and may not restore a price; take one that is not"
            ),
            None => text!(
                "还原到最高年期为 {price} 元/平方米;未给土地等别,无法与最低价标准比较,请查明本地等别",
                "restored to the maximum term it is {price} yuan/m²; without the grade of the land it cannot be held against the standard, find out the grade"
            ),
            Some(true) => text!(
                "还原到最高年期为 {price} 元/平方米,不低于最低价标准 {shown_limit} 元/平方米",
                "restored to the maximum term it is {price} yuan/m², not below the standard of {shown_limit}"
            ),
            Some(false) => text!(
                "还原到最高年期为 {price} 元/平方米,低于最低价标准 {shown_limit} 元/平方米;请提高价款或提前付款",
                "restored to the maximum term it is {price} yuan/m², below the standard of {shown_limit}; raise the price or have it paid earlier"
            ),
        };
        let (n, max) = (case.total_term.years(), case.max_term.years());
        let factor_shown = decimal_text(round_big(factor, SHOWN, Rounding::HalfUp)?, SHOWN);
        let value_shown = decimal_text(round_big(present_value, 4, Rounding::HalfUp)?, 4);
        let count = case.payments.len();
        let mut workings = vec![
            Step::figure(
                Text::fixed("各期付款现值合计", "present value of all payments"),
                "PV = Σ p_t ÷ (1 + r)^t",
                payments_text(case.payments, &rate),
                value_shown.clone(),
                Unit::YuanPerM2,
                Rounding::HalfUp,
            ),
            Step::figure(
                Text::fixed("年期修正系数", "factor of the terms"),
                "K = [1 − (1 + r)^−n] ÷ [1 − (1 + r)^−N]",
                format!("[1 − (1 + {rate})^−{n}] ÷ [1 − (1 + {rate})^−{max}]"),
                factor_shown.clone(),
                Unit::Ratio,
                Rounding::HalfUp,
            ),
            Step::figure(
                Text::fixed("还原到最高年期的价格", "price restored to the maximum term"),
                "P = PV ÷ K",
                format!("{value_shown} ÷ {factor_shown}"),
                price.to_string(),
                Unit::YuanPerM2,
                Rounding::Down,
            ),
        ];
        let number = |name, zh, en, value: String, unit, rounding| Number {
            rounding,
            ..Number::exact(name, Text::fixed(zh, en), value, unit)
        };
        let numbers = vec![
            number("present_value", "现值合计", "present value", value_shown, Unit::YuanPerM2, Rounding::HalfUp),
            number("term_factor", "年期修正系数", "factor of the terms", factor_shown, Unit::Ratio, Rounding::HalfUp),
            number(
                "restored_unit_price",
                "还原单价",
                "restored price",
                price.to_string(),
                Unit::YuanPerM2,
                Rounding::Down,
            ),
            Number::exact("payments", Text::fixed("付款笔数", "number of payments"), count.to_string(), Unit::Ratio),
        ];
        if let Some(holds) = reaches {
            workings.push(Step::comparison(
                Text::fixed("与最低价标准比较", "held against the standard"),
                "PV ÷ K ≥ standard × share",
                format!("{price} ≥ {shown_limit}"),
                holds,
            ));
        }
        let mut finding = Finding::of(&RULE, policy, case.on, outcome, message).numbers(numbers).workings(workings);
        finding = finding.using(&least_rate);
        if let (Some(standard), Some(limit)) = (&standard, limit) {
            let label = Text::fixed("最低价标准", "minimum price");
            finding = finding.using(standard).threshold(Number::exact(
                "minimum_unit_price",
                label,
                plain_fraction(limit),
                Unit::YuanPerM2,
            ));
        }
        if let Some(share) = &share {
            finding = finding.using(share);
        }
        Ok(finding)
    };
    Ok(Decided::new(restored, outcome, explain))
}

/// A standard times a share has at most ten decimals: shown as it is.
fn plain_fraction(limit: Fraction) -> String {
    let units = limit.decimal(10, Rounding::HalfUp).unwrap_or_else(|_| limit.to_string());
    units.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Up to four payments in figures, the rest as their number.
fn payments_text(payments: &[Payment], rate: &str) -> String {
    const NAMED: usize = 4;
    let one = |payment: &Payment| {
        let years = Fraction::new(payment.months.into(), 12).map_or_else(|_| String::new(), |years| years.to_string());
        format!("{} ÷ (1 + {rate})^{years}", payment.per_m2)
    };
    let mut parts: Vec<String> = payments.iter().take(NAMED).map(one).collect();
    if payments.len() > NAMED {
        parts.push(format!("… ({})", payments.len()));
    }
    parts.join(" + ")
}
