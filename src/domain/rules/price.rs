//! The lowest prices and rents.
//!
//! A floor is rounded up, so that it is never breached, once, at the end, from the exact figures:
//! totals never come from rounded unit prices. Parts that are each rounded up may exceed the whole by
//! a fen per part.

pub mod balance;
pub mod base;
pub mod cost_floor;
pub mod discount;
pub mod flexible;
pub mod lease_then_transfer;
pub mod long_lease;
pub mod mixed_lease_transfer;
pub mod national_minimum;

use crate::domain::area::GivenArea;
use crate::domain::exact::{Arithmetic, Fraction, Rounding, decimal_text};
use crate::domain::finding::{Number, Step, Unit};
use crate::domain::quantity::{Money, PricePerM2, UnitPrice};
use crate::domain::term::Term;
use crate::domain::text::Text;

/// A floor in yuan: up to the fen.
pub(super) fn money_up(exact: Fraction) -> Result<Money, Arithmetic> {
    let fen = i64::try_from(exact.round(Money::SCALE, Rounding::Up)?).map_err(|_| Arithmetic::TooLarge)?;
    Money::from_units(fen).map_err(|_| Arithmetic::TooLarge)
}

/// A floor in yuan a square metre: up to the fen.
fn unit_price_up(exact: Fraction) -> Result<UnitPrice, Arithmetic> {
    let fen = i64::try_from(exact.round(UnitPrice::SCALE, Rounding::Up)?).map_err(|_| Arithmetic::TooLarge)?;
    UnitPrice::from_units(fen).map_err(|_| Arithmetic::TooLarge)
}

impl From<PricePerM2> for Fraction {
    fn from(price: PricePerM2) -> Self {
        price.get().into()
    }
}

impl From<Money> for Fraction {
    fn from(money: Money) -> Self {
        money.get().into()
    }
}

/// An amount of yuan that was rounded up, as a number of a finding and the step that made it.
fn amount(
    name: &'static str,
    label: Text,
    formula: &'static str,
    filled: String,
    exact: Fraction,
    unit: Unit,
) -> Result<(Number, Step), Arithmetic> {
    let value = decimal_text(exact.round(Money::SCALE, Rounding::Up)?, Money::SCALE);
    let step = Step::figure(label.clone(), formula, filled, value.clone(), unit, Rounding::Up);
    Ok((Number::rounded(name, label, value, unit, exact, Rounding::Up), step))
}

/// A share of years as a number of a finding: exact as a fraction, four decimals half up.
fn years_ratio(name: &'static str, label: Text, ratio: Fraction) -> Result<Number, Arithmetic> {
    Ok(Number::rounded(name, label, ratio.decimal(4, Rounding::HalfUp)?, Unit::Ratio, ratio, Rounding::HalfUp))
}

/// `n ÷ N` on paper.
fn years_step(label: Text, formula: &'static str, term: Term, max: Term, ratio: Fraction) -> Step {
    let (filled, result) = (format!("{} ÷ {}", term.years(), max.years()), ratio.to_string());
    Step::figure(label, formula, filled, result, Unit::Ratio, Rounding::Exact)
}

/// The area in square metres as a step takes it: as a decimal where it was given so, else as the fraction.
fn shown(area: GivenArea, exact: Fraction) -> String {
    if exact.denominator() == 1 || area.unit() == crate::domain::area::AreaUnit::SquareMetre {
        crate::domain::exact::plain(area.m2().get())
    } else {
        exact.to_string()
    }
}
