//! The lowest rent of a long lease.
//!
//! The fixed rent of a long lease is a year at least 2 % of the appraised price of the maximum term; of
//! an adjustable rent the first period is (自然资发〔2022〕201号, 长期租赁).

use chrono::NaiveDate;

use crate::domain::area::GivenArea;
use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::{Money, PricePerM2, UnitPrice};
use crate::domain::rules::price::{amount, money_up, shown, unit_price_up};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "price.long_lease",
    title: Text::fixed("长期租赁租金下限", "Lowest rent of a long lease"),
    what: Text::fixed(
        "年租金不低于最高年期价格的规定比例",
        "The rent of a year is not below a share of the price of the maximum term",
    ),
    citations: &[&law::LONG_LEASE_201],
    parameters: &[policy::PRICE_LONG_LEASE_RENT_SHARE_MIN.id()],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// P_N: the price of a square metre for the maximum term, from the caller.
    pub max_term_unit_price: PricePerM2,
    pub area: GivenArea,
    pub lease: Term,
    /// A yearly rent of a square metre to hold against the floor.
    pub proposed_annual_rent: Option<PricePerM2>,
    pub on: NaiveDate,
}

/// The lowest rent.
#[derive(Debug, Clone, Copy)]
pub struct Floor {
    pub annual_rent_per_m2: UnitPrice,
    pub annual_rent: Money,
    /// Of the whole lease at the rent of its first period.
    pub rent_total: Money,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<Floor, impl Explain<Floor>>, CannotDecide> {
    let share = policy.on(&policy::PRICE_LONG_LEASE_RENT_SHARE_MIN, case.on)?;
    let price = Fraction::from(case.max_term_unit_price);
    let area = case.area.exact_m2();
    let unit = price.times(Fraction::from(share.value.get()))?;
    let annual = unit.times(area)?;
    let total = annual.times(case.lease.years())?;
    let floor = Floor {
        annual_rent_per_m2: unit_price_up(unit)?,
        annual_rent: money_up(annual)?,
        rent_total: money_up(total)?,
    };
    let too_low = case.proposed_annual_rent.filter(|&rent| Fraction::from(rent) < unit);
    let outcome = if too_low.is_some() { Outcome::Fail } else { Outcome::Pass };

    let explain = move |&Floor { annual_rent_per_m2, annual_rent, .. }: &Floor| {
        let message = match too_low {
            Some(rent) => {
                let rent = plain(rent.get());
                text!(
                    "拟定年租金 {rent} 元/平方米低于下限 {annual_rent_per_m2} 元/平方米",
                    "the proposed rent of {rent} yuan/m² a year is below the floor of {annual_rent_per_m2}"
                )
            }
            None => text!(
                "年租金不得低于 {annual_rent_per_m2} 元/平方米,全宗每年不得低于 {annual_rent} 元",
                "the rent may not be below {annual_rent_per_m2} yuan/m² a year, {annual_rent} yuan a year in all"
            ),
        };

        let (price_text, area_text, share_text) =
            (plain(case.max_term_unit_price.get()), shown(case.area, area), share.written());
        let (unit_number, unit_step) = amount(
            "annual_rent_per_m2",
            Text::fixed("每平方米年租金下限", "lowest rent of a square metre and year"),
            "p_1 = P_N × s",
            format!("{price_text} × {share_text}"),
            unit,
            Unit::YuanPerM2Year,
        )?;
        let (annual_number, annual_step) = amount(
            "annual_rent",
            Text::fixed("年租金下限", "lowest rent of a year"),
            "R_1 = P_N × A × s",
            format!("{price_text} × {area_text} × {share_text}"),
            annual,
            Unit::YuanPerYear,
        )?;
        let (total_number, total_step) = amount(
            "rent_total",
            Text::fixed("租期内租金合计下限", "lowest rent of the whole lease"),
            "R_m = P_N × A × s × m",
            format!("{price_text} × {area_text} × {share_text} × {}", case.lease.years()),
            total,
            Unit::Yuan,
        )?;
        let mut workings = vec![unit_step, annual_step, total_step];
        let mut numbers = vec![annual_number, total_number];
        if let Some(rent) = case.proposed_annual_rent {
            workings.push(Step::comparison(
                Text::fixed("拟定租金与下限比较", "the proposed rent held against the floor"),
                "p ≥ P_N × s",
                format!("{} ≥ {unit}", plain(rent.get())),
                too_low.is_none(),
            ));
            let label = Text::fixed("拟定年租金", "proposed rent of a year");
            numbers.push(Number::exact("proposed_annual_rent", label, plain(rent.get()), Unit::YuanPerM2Year));
        }
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers(numbers)
            .workings(workings)
            .threshold(unit_number)
            .using(&share))
    };
    Ok(Decided::new(floor, outcome, explain))
}
