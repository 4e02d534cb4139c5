//! The rent standard and the price base of lease then transfer.
//!
//! > 采取先租后让的,租赁期租金标准按照租赁期与最高年期的比值进行年期修正确定。
//!
//! "With lease then transfer the rent standard of the lease is set by correcting for the term, by the
//! ratio of the lease to the maximum term" (action plan, item 16): rent of the whole lease =
//! P_N × m ÷ N, so P_N ÷ N a year. The grant that follows is a grant of r years: its base is not below
//! P_N × r ÷ N. Both together are the floor of a flexible-term grant of m + r years, exactly.

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
    id: "price.lease_then_transfer",
    title: Text::fixed("先租后让租金标准与出让价格标底", "Rent standard and price base of lease then transfer"),
    what: Text::fixed(
        "租金标准 = 最高年期价格 × 租赁期 ÷ 最高年期;出让标底不低于最高年期价格 × 出让年限 ÷ 最高年期",
        "The rent standard is the price of the maximum term × lease ÷ maximum term; the base of the grant is not below that price × its term ÷ maximum term",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// P_N: the price of a square metre for the maximum term, from the caller.
    pub max_term_unit_price: PricePerM2,
    pub area: GivenArea,
    pub lease: Term,
    pub transfer: Term,
    /// N; not shorter than lease and grant together.
    pub max_term: Term,
    /// A yearly rent of a square metre to hold against the standard.
    pub proposed_annual_rent: Option<PricePerM2>,
    /// A unit price of the grant to hold against the floor.
    pub proposed_unit_price: Option<PricePerM2>,
    pub on: NaiveDate,
}

/// Rent standard and price floor.
#[derive(Debug, Clone, Copy)]
pub struct Floors {
    pub lease_ratio: Fraction,
    pub transfer_ratio: Fraction,
    pub total_ratio: Fraction,
    pub rent_total: Money,
    pub annual_rent: Money,
    pub annual_rent_per_m2: UnitPrice,
    pub transfer_unit_price: UnitPrice,
    pub transfer_total: Money,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<Floors, impl Explain<Floors>>, CannotDecide> {
    let price = Fraction::from(case.max_term_unit_price);
    let area = case.area.exact_m2();
    let years = case.max_term.years();
    let (lease_ratio, transfer_ratio) = (case.lease.years().over(years)?, case.transfer.years().over(years)?);
    let annual_unit = price.over(years)?;
    let whole = price.times(area)?;
    let (rent_total, annual, transfer) =
        (whole.times(lease_ratio)?, annual_unit.times(area)?, whole.times(transfer_ratio)?);
    let transfer_unit = price.times(transfer_ratio)?;
    let floors = Floors {
        lease_ratio,
        transfer_ratio,
        total_ratio: lease_ratio.plus(transfer_ratio)?,
        rent_total: money_up(rent_total)?,
        annual_rent: money_up(annual)?,
        annual_rent_per_m2: unit_price_up(annual_unit)?,
        transfer_unit_price: unit_price_up(transfer_unit)?,
        transfer_total: money_up(transfer)?,
    };
    let judged = judge(&case, &floors, annual_unit, transfer_unit);
    let outcome = match judged {
        Judged::RentTooLow(_) | Judged::PriceTooLow(_) => Outcome::Fail,
        Judged::RentAbove(_) => Outcome::NeedsReview,
        Judged::Right => Outcome::Pass,
    };

    let explain = move |floors: &Floors| {
        let message = judged.message(floors);
        let (price_text, area_text) = (plain(case.max_term_unit_price.get()), shown(case.area, area));
        let (rent_number, rent_step) = amount(
            "lease_rent_total",
            Text::fixed("租赁期租金标准", "rent standard of the whole lease"),
            "R_m = P_N × A × m ÷ N",
            format!("{price_text} × {area_text} × {lease_ratio}"),
            rent_total,
            Unit::Yuan,
        )?;
        let (annual_number, annual_step) = amount(
            "annual_rent",
            Text::fixed("年租金标准", "rent standard of a year"),
            "R_1 = P_N × A ÷ N",
            format!("{price_text} × {area_text} ÷ {years}"),
            annual,
            Unit::YuanPerYear,
        )?;
        let (unit_number, unit_step) = amount(
            "annual_rent_per_m2",
            Text::fixed("每平方米年租金标准", "rent standard of a square metre and year"),
            "p_1 = P_N ÷ N",
            format!("{price_text} ÷ {years}"),
            annual_unit,
            Unit::YuanPerM2Year,
        )?;
        let (transfer_number, transfer_step) = amount(
            "transfer_price_floor",
            Text::fixed("出让部分总价下限", "floor of the price of the grant"),
            "V_r = P_N × A × r ÷ N",
            format!("{price_text} × {area_text} × {transfer_ratio}"),
            transfer,
            Unit::Yuan,
        )?;
        let lease_label = Text::fixed("租赁期比值", "ratio of the lease");
        let transfer_label = Text::fixed("出让年限比值", "ratio of the grant");
        let mut workings = vec![
            years_step(lease_label.clone(), "m ÷ N", case.lease, case.max_term, lease_ratio),
            years_step(transfer_label.clone(), "r ÷ N", case.transfer, case.max_term, transfer_ratio),
            unit_step,
            annual_step,
            rent_step,
            transfer_step,
        ];
        for (proposed, floor, formula) in [
            (case.proposed_annual_rent, annual_unit, "p ≥ P_N ÷ N"),
            (case.proposed_unit_price, transfer_unit, "P ≥ P_N × r ÷ N"),
        ] {
            if let Some(proposed) = proposed {
                workings.push(Step::comparison(
                    Text::fixed("拟定数与下限比较", "the proposed figure held against the floor"),
                    formula,
                    format!("{} ≥ {floor}", plain(proposed.get())),
                    Fraction::from(proposed) >= floor,
                ));
            }
        }
        let numbers: [Number; 5] = [
            years_ratio("lease_ratio", lease_label, lease_ratio)?,
            years_ratio("transfer_ratio", transfer_label, transfer_ratio)?,
            rent_number,
            annual_number,
            transfer_number,
        ];
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers(numbers)
            .workings(workings)
            .threshold(unit_number))
    };
    Ok(Decided::new(floors, outcome, explain))
}

/// What is proposed, held against the exact standard and floor.
#[derive(Clone, Copy)]
enum Judged {
    RentTooLow(PricePerM2),
    PriceTooLow(PricePerM2),
    RentAbove(PricePerM2),
    Right,
}

/// The standard *is* the rent; a higher one needs its reasons.
fn judge(case: &Case, floors: &Floors, annual_unit: Fraction, transfer_unit: Fraction) -> Judged {
    if let Some(rent) = case.proposed_annual_rent.filter(|&rent| Fraction::from(rent) < annual_unit) {
        return Judged::RentTooLow(rent);
    }
    if let Some(price) = case.proposed_unit_price.filter(|&price| Fraction::from(price) < transfer_unit) {
        return Judged::PriceTooLow(price);
    }
    // A rent is paid in whole fen: the standard rounded up to the fen is not above the standard.
    let standard = Fraction::from(floors.annual_rent_per_m2.get());
    match case.proposed_annual_rent.filter(|&rent| Fraction::from(rent) > standard) {
        Some(rent) => Judged::RentAbove(rent),
        None => Judged::Right,
    }
}

impl Judged {
    fn message(self, floors: &Floors) -> Text {
        let Floors { annual_rent_per_m2, transfer_unit_price, annual_rent, transfer_total, .. } = floors;
        match self {
            Self::RentTooLow(rent) => {
                let rent = plain(rent.get());
                text!(
                    "拟定年租金 {rent} 元/平方米低于标准 {annual_rent_per_m2} 元/平方米",
                    "the proposed rent of {rent} yuan/m² a year is below the standard of {annual_rent_per_m2}"
                )
            }
            Self::PriceTooLow(price) => {
                let price = plain(price.get());
                text!(
                    "拟定出让单价 {price} 元/平方米低于下限 {transfer_unit_price} 元/平方米",
                    "the proposed price of {price} yuan/m² is below the floor of {transfer_unit_price}"
                )
            }
            Self::RentAbove(rent) => {
                let rent = plain(rent.get());
                text!(
                    "租金标准按比值确定为每年 {annual_rent_per_m2} 元/平方米,拟定 {rent} 元/平方米高于标准,须说明理由",
                    "the ratio sets the rent at {annual_rent_per_m2} yuan/m² a year; the proposed {rent} is above it and needs its reasons"
                )
            }
            Self::Right => text!(
                "年租金标准 {annual_rent} 元,出让部分总价不得低于 {transfer_total} 元",
                "the rent standard is {annual_rent} yuan a year; the price of the grant may not be below {transfer_total} yuan"
            ),
        }
    }
}
