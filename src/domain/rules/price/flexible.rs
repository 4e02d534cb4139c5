//! The price base of a flexible-term grant.
//!
//! > 采取弹性年期出让的,出让价格标底按不低于弹性年期与最高年期的比值进行年期修正。
//!
//! "With a flexible-term grant the price base is corrected for its term, not below the ratio of the
//! flexible term to the maximum term" (action plan, item 16): floor = P_N × n ÷ N.

use chrono::NaiveDate;

use crate::domain::area::GivenArea;
use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::Policy;
use crate::domain::quantity::{Money, PricePerM2, UnitPrice};
use crate::domain::rules::price::{amount, money_up, shown, unit_price_up, years_ratio, years_step};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "price.flexible",
    title: Text::fixed("弹性出让价格标底", "Price base of a flexible-term grant"),
    what: Text::fixed(
        "标底不低于最高年期价格 × 弹性年期 ÷ 最高年期",
        "The price base is not below the price of the maximum term × flexible term ÷ maximum term",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// P_N: the price of a square metre for the maximum term, from the caller.
    pub max_term_unit_price: PricePerM2,
    pub area: GivenArea,
    pub term: Term,
    /// N; not shorter than the term.
    pub max_term: Term,
    /// A unit price to hold against the floor.
    pub proposed_unit_price: Option<PricePerM2>,
    pub on: NaiveDate,
}

/// The floor of one grant.
#[derive(Debug, Clone, Copy)]
pub struct Floor {
    pub year_ratio: Fraction,
    pub unit_price: UnitPrice,
    pub total: Money,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<Floor, impl Explain<Floor>>, CannotDecide> {
    let price = Fraction::from(case.max_term_unit_price);
    let area = case.area.exact_m2();
    let ratio = case.term.years().over(case.max_term.years())?;
    let unit_exact = price.times(ratio)?;
    let total_exact = unit_exact.times(area)?;
    let floor = Floor { year_ratio: ratio, unit_price: unit_price_up(unit_exact)?, total: money_up(total_exact)? };
    let proposed = case.proposed_unit_price;
    let too_low = proposed.filter(|&proposed| Fraction::from(proposed) < unit_exact);
    let outcome = if too_low.is_some() { Outcome::Fail } else { Outcome::Pass };

    let explain = move |&Floor { unit_price, total, .. }: &Floor| {
        let message = match too_low {
            Some(proposed) => {
                let proposed = plain(proposed.get());
                text!(
                    "拟定单价 {proposed} 元/平方米低于标底下限 {unit_price} 元/平方米",
                    "the proposed {proposed} yuan/m² is below the floor of {unit_price} yuan/m²"
                )
            }
            None => text!(
                "标底不得低于 {unit_price} 元/平方米,总价不得低于 {total} 元",
                "the price base may not be below {unit_price} yuan/m², {total} yuan in all"
            ),
        };

        let (price_text, area_text) = (plain(case.max_term_unit_price.get()), shown(case.area, area));
        let (unit_number, unit_step) = amount(
            "unit_price_floor",
            Text::fixed("单价下限", "floor of the unit price"),
            "P_n = P_N × k",
            format!("{price_text} × {ratio}"),
            unit_exact,
            Unit::YuanPerM2,
        )?;
        let (total_number, total_step) = amount(
            "total_price_floor",
            Text::fixed("总价下限", "floor of the total price"),
            "V_n = P_N × A × k",
            format!("{price_text} × {area_text} × {ratio}"),
            total_exact,
            Unit::Yuan,
        )?;
        let mut workings = vec![
            years_step(Text::fixed("年期修正比值", "ratio of the terms"), "k = n ÷ N", case.term, case.max_term, ratio),
            unit_step,
            total_step,
        ];
        let mut numbers =
            vec![years_ratio("year_ratio", Text::fixed("年期修正比值", "ratio of the terms"), ratio)?, total_number];
        if let Some(proposed) = proposed {
            let label = Text::fixed("拟定单价", "proposed unit price");
            workings.push(Step::comparison(
                Text::fixed("拟定单价与下限比较", "the proposed price held against the floor"),
                "P ≥ P_N × k",
                format!("{} ≥ {unit_exact}", plain(proposed.get())),
                too_low.is_none(),
            ));
            numbers.push(Number::exact("proposed_unit_price", label, plain(proposed.get()), Unit::YuanPerM2));
        }
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers(numbers)
            .workings(workings)
            .threshold(unit_number))
    };
    Ok(Decided::new(floor, outcome, explain))
}
