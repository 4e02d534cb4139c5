//! The lowest payments of a supply of which one part is leased and the other granted (租让结合).
//!
//! Item 16 of the action plan names the method and sets no formula of its own, so each part follows the
//! rule of its kind: the leased part pays at least the rent of a long lease, the granted part at least
//! the floor of a flexible-term grant. "Roughly equal when converted to the maximum term" holds of both.

use chrono::NaiveDate;

use crate::domain::area::GivenArea;
use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Outcome, Rule, Unit};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::{Money, PricePerM2, UnitPrice};
use crate::domain::rules::price::{amount, money_up, shown, unit_price_up, years_step};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "price.mixed_lease_transfer",
    title: Text::fixed("租让结合租金与价格下限", "Lowest rent and price of part lease part grant"),
    what: Text::fixed(
        "租赁部分年租金不低于最高年期价格的规定比例;出让部分不低于最高年期价格 × 出让年限 ÷ 最高年期",
        "The leased part pays a year not below a share of the price of the maximum term; the granted part not below that price × its term ÷ maximum term",
    ),
    citations: &[&law::PLAN_16, &law::LONG_LEASE_201],
    parameters: &[policy::PRICE_LONG_LEASE_RENT_SHARE_MIN.id()],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// P_N of the leased part, from the caller.
    pub leased_unit_price: PricePerM2,
    pub leased_area: GivenArea,
    pub lease: Term,
    /// P_N of the granted part, from the caller.
    pub granted_unit_price: PricePerM2,
    pub granted_area: GivenArea,
    pub term: Term,
    /// N; not shorter than the granted term.
    pub max_term: Term,
    pub on: NaiveDate,
}

/// The lowest payments.
#[derive(Debug, Clone, Copy)]
pub struct Floors {
    pub annual_rent_per_m2: UnitPrice,
    pub annual_rent: Money,
    /// Of the whole lease.
    pub rent_total: Money,
    pub year_ratio: Fraction,
    pub granted_unit_price: UnitPrice,
    pub granted_total: Money,
    /// Rent of the whole lease and price of the grant, added exactly and then rounded.
    pub total: Money,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<Floors, impl Explain<Floors>>, CannotDecide> {
    let share = policy.on(&policy::PRICE_LONG_LEASE_RENT_SHARE_MIN, case.on)?;
    let (leased_area, granted_area) = (case.leased_area.exact_m2(), case.granted_area.exact_m2());
    let rent_unit = Fraction::from(case.leased_unit_price).times(Fraction::from(share.value.get()))?;
    let annual = rent_unit.times(leased_area)?;
    let rent = annual.times(case.lease.years())?;
    let ratio = case.term.years().over(case.max_term.years())?;
    let granted_unit = Fraction::from(case.granted_unit_price).times(ratio)?;
    let granted = granted_unit.times(granted_area)?;
    let whole = rent.plus(granted)?;
    let floors = Floors {
        annual_rent_per_m2: unit_price_up(rent_unit)?,
        annual_rent: money_up(annual)?,
        rent_total: money_up(rent)?,
        year_ratio: ratio,
        granted_unit_price: unit_price_up(granted_unit)?,
        granted_total: money_up(granted)?,
        total: money_up(whole)?,
    };

    let explain = move |&Floors { annual_rent, granted_total, .. }: &Floors| {
        let (annual_number, annual_step) = amount(
            "annual_rent",
            Text::fixed("租赁部分年租金下限", "lowest rent of a year of the leased part"),
            "R_1 = P_N × A_1 × s",
            format!(
                "{} × {} × {}",
                plain(case.leased_unit_price.get()),
                shown(case.leased_area, leased_area),
                share.written()
            ),
            annual,
            Unit::YuanPerYear,
        )?;
        let (rent_number, rent_step) = amount(
            "rent_total",
            Text::fixed("租期内租金合计下限", "lowest rent of the whole lease"),
            "R_m = R_1 × m",
            format!("{annual} × {}", case.lease.years()),
            rent,
            Unit::Yuan,
        )?;
        let (granted_number, granted_step) = amount(
            "granted_price_floor",
            Text::fixed("出让部分总价下限", "floor of the price of the granted part"),
            "V_n = P_N × A_2 × k",
            format!("{} × {} × {ratio}", plain(case.granted_unit_price.get()), shown(case.granted_area, granted_area)),
            granted,
            Unit::Yuan,
        )?;
        let (total_number, total_step) = amount(
            "total_floor",
            Text::fixed("合计下限", "floor of both together"),
            "V = R_m + V_n",
            format!("{rent} + {granted}"),
            whole,
            Unit::Yuan,
        )?;
        let message = text!(
            "租赁部分年租金不得低于 {annual_rent} 元,出让部分总价不得低于 {granted_total} 元",
            "the leased part may not pay less than {annual_rent} yuan a year, the granted part not less than {granted_total} yuan"
        );
        let label = Text::fixed("出让部分年期修正比值", "ratio of the terms of the granted part");
        Ok(Finding::of(&RULE, policy, case.on, Outcome::Pass, message)
            .numbers([annual_number, rent_number, granted_number])
            .workings([
                annual_step,
                rent_step,
                years_step(label, "k = n ÷ N", case.term, case.max_term, ratio),
                granted_step,
                total_step,
            ])
            .threshold(total_number)
            .using(&share))
    };
    Ok(Decided::new(floors, Outcome::Pass, explain))
}
