//! Present values, the factor K of GB/T 18508, and prices restored to the maximum term.
//!
//! > GB/T 18508, 年期修正: K = [1 − (1 + r)⁻ⁿ] ÷ [1 − (1 + r)⁻ᴺ].
//!
//! Powers are exact fractions of any size; what is shown of them is rounded once. Within a year interest is simple: a
//! payment after y years and m months counts for (1 + r)⁻ʸ ÷ (1 + r × m ÷ 12).

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use crate::domain::exact::{Arithmetic, Fraction, Rounding, big, round_big};
use crate::domain::quantity::{Ratio, UnitPrice};
use crate::domain::term::Term;

const MONTHS_OF_A_YEAR: u32 = 12;

/// 付款 — an amount that is due some whole months after the signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    pub months: u32,
    /// Yuan a square metre, exact.
    pub per_m2: Fraction,
}

/// What a yuan that is due after some months is worth at the signing.
pub fn discount(rate: Ratio, months: u32) -> BigRational {
    let rate = big(Fraction::from(rate.get()));
    let (years, rest) = (months / MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR);
    let one = BigRational::one();
    let grown = num_traits::pow(&one + &rate, years as usize);
    let within = if rest == 0 {
        one.clone()
    } else {
        &one + rate * BigRational::new(BigInt::from(rest), BigInt::from(MONTHS_OF_A_YEAR))
    };
    one / (grown * within)
}

/// K: what a term is worth of the maximum term. Without interest it is the plain ratio of the terms.
pub fn term_factor(rate: Ratio, term: Term, max: Term) -> BigRational {
    if rate.is_zero() {
        return big(term.years()) / big(max.years());
    }
    let part = |term: Term| BigRational::one() - discount(rate, term.months());
    part(term) / part(max)
}

/// The present value of payments at the signing, yuan a square metre.
pub fn present_value(payments: &[Payment], rate: Ratio) -> BigRational {
    let mut factors: Vec<(u32, BigRational)> = Vec::new();
    payments.iter().fold(BigRational::zero(), |sum, payment| {
        let known = factors.iter().position(|(months, _)| *months == payment.months);
        let at = known.unwrap_or_else(|| {
            factors.push((payment.months, discount(rate, payment.months)));
            factors.len() - 1
        });
        sum + big(payment.per_m2) * &factors[at].1
    })
}

/// A price restored to the maximum term is rounded down, so that it never seems to reach what it does not.
pub fn restored_price(exact: &BigRational) -> Result<UnitPrice, Arithmetic> {
    let fen = round_big(exact, UnitPrice::SCALE, Rounding::Down)?;
    UnitPrice::from_units(i64::try_from(fen).map_err(|_| Arithmetic::TooLarge)?).map_err(|_| Arithmetic::TooLarge)
}
