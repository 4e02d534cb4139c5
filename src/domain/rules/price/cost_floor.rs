//! No price below the cost price.
//!
//! The price or rent is never below the cost price (成本价/租); the cost of a district may be shared out by
//! area or by price (自然资发〔2022〕201号). The cost price is what the land cost to acquire, its early
//! development and the prescribed fees.

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::Policy;
use crate::domain::quantity::Money;
use crate::domain::rules::price::{amount, money_up};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "price.cost_floor",
    title: Text::fixed("不低于成本价", "Not below the cost price"),
    what: Text::fixed(
        "总价不低于取得成本、前期开发成本和规定税费之和;片区成本可按面积或价格分摊",
        "The total price is not below the costs of acquisition and early development and the prescribed fees; the cost of a district may be shared out by area or by price",
    ),
    citations: &[&law::PRICE_201],
    parameters: &[],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// What is paid for the land in all.
    pub total_price: Money,
    /// The costs added up.
    pub cost: Money,
    /// The part of the cost that falls on this land; one where it is all its own.
    pub share: Fraction,
    pub on: NaiveDate,
}

/// The cost price.
#[derive(Debug, Clone, Copy)]
pub struct Floor {
    pub cost_price: Money,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<Floor, impl Explain<Floor>>, CannotDecide> {
    let exact = Fraction::from(case.cost).times(case.share)?;
    let floor = Floor { cost_price: money_up(exact)? };
    let covered = Fraction::from(case.total_price) >= exact;
    let outcome = if covered { Outcome::Pass } else { Outcome::Fail };

    let explain = move |&Floor { cost_price: cost }: &Floor| {
        let price = case.total_price;
        let message = if covered {
            text!("总价 {price} 元,不低于成本价 {cost} 元", "{price} yuan are not below the cost price of {cost} yuan")
        } else {
            text!(
                "总价 {price} 元低于成本价 {cost} 元,须提高价格",
                "{price} yuan are below the cost price of {cost} yuan; the price must be raised"
            )
        };
        let (cost_number, cost_step) = amount(
            "cost_price",
            Text::fixed("成本价", "cost price"),
            "C = C_0 × a",
            format!("{} × {}", plain(case.cost.get()), case.share),
            exact,
            Unit::Yuan,
        )?;
        let comparison = Step::comparison(
            Text::fixed("总价与成本价比较", "the total price held against the cost price"),
            "V ≥ C",
            format!("{} ≥ {exact}", plain(price.get())),
            covered,
        );
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers([
                Number::exact("total_price", Text::fixed("总价", "total price"), price.to_string(), Unit::Yuan),
                Number::exact("cost", Text::fixed("成本合计", "costs in all"), case.cost.to_string(), Unit::Yuan),
            ])
            .workings([cost_step, comparison])
            .threshold(cost_number))
    };
    Ok(Decided::new(floor, outcome, explain))
}
