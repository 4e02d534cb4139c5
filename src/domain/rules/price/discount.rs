//! Present values, the factor K of GB/T 18508, and prices restored to the maximum term.
//!
//! > GB/T 18508, 年期修正: K = [1 − (1 + r)⁻ⁿ] ÷ [1 − (1 + r)⁻ᴺ].
//!
//! Powers are exact fractions of any size; what is shown of them is rounded once. Within a year interest is simple: a
//! payment after y years and m months counts for (1 + r)⁻ʸ ÷ (1 + r × m ÷ 12).

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

use crate::domain::exact::{Arithmetic, Fraction, Rounding, big, quotient, round_big};
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

/// A rate p ÷ q beside the powers that interest is made of: whole numbers, as common divisors of such long ones cost more than
/// they save.
struct Interest {
    p: BigInt,
    q: BigInt,
    /// q + p: a year multiplies by it and divides by q.
    grown: BigInt,
}

impl Interest {
    fn of(rate: Ratio) -> Self {
        let rate = Fraction::from(rate.get());
        let (p, q) = (BigInt::from(rate.numerator()), BigInt::from(rate.denominator()));
        Self { grown: &p + &q, p, q }
    }

    /// (1 + r)ʸ × (1 + r × m ÷ 12) as numerator and denominator.
    fn after(&self, months: u32) -> (BigInt, BigInt) {
        let (years, rest) = (months / MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR);
        let (within, of) = self.within(rest);
        (self.grown.pow(years) * within, self.q.pow(years) * of)
    }

    /// 1 + r × m ÷ 12 as numerator and denominator.
    fn within(&self, rest: u32) -> (BigInt, BigInt) {
        if rest == 0 {
            return (BigInt::one(), BigInt::one());
        }
        let of = &self.q * MONTHS_OF_A_YEAR;
        (&of + &self.p * rest, of)
    }

    /// 1 − what a yuan after the term is worth, as numerator and denominator.
    fn part(&self, term: Term) -> (BigInt, BigInt) {
        let (grown, from) = self.after(term.months());
        (&grown - from, grown)
    }
}

/// K: what a term is worth of the maximum term. Without interest it is the plain ratio of the terms.
pub fn term_factor(rate: Ratio, term: Term, max: Term) -> BigRational {
    if rate.is_zero() {
        return big(term.years()) / big(max.years());
    }
    let interest = Interest::of(rate);
    let ((part, of), (whole, of_whole)) = (interest.part(term), interest.part(max));
    BigRational::new_raw(part * of_whole, of * whole)
}

/// The present value of payments at the signing, yuan a square metre.
pub fn present_value(payments: &[Payment], rate: Ratio) -> BigRational {
    let interest = Interest::of(rate);
    let last = payments.iter().map(|payment| payment.months / MONTHS_OF_A_YEAR).max().unwrap_or(0);
    let common = payments.iter().fold(BigInt::one(), |common, payment| {
        let denominator = BigInt::from(payment.per_m2.denominator());
        if common == denominator { common } else { common.lcm(&denominator) }
    });
    let (mut value, mut of) = (BigInt::zero(), BigInt::one());
    for rest in 0..MONTHS_OF_A_YEAR {
        let mut yearly: Vec<BigInt> = Vec::new();
        for payment in payments.iter().filter(|payment| payment.months % MONTHS_OF_A_YEAR == rest) {
            yearly.resize(last as usize + 1, BigInt::zero());
            let whole = payment.per_m2.numerator() * (&common / payment.per_m2.denominator());
            yearly[(payment.months / MONTHS_OF_A_YEAR) as usize] += whole;
        }
        if yearly.is_empty() {
            continue;
        }
        // From the last year back to the first, all over (q + p) to the power of the years that are behind.
        let (mut sum, mut power) = (BigInt::zero(), BigInt::one());
        for (behind, paid) in yearly.into_iter().rev().enumerate() {
            if behind > 0 {
                sum *= &interest.q;
                power *= &interest.grown;
            }
            sum += paid * &power;
        }
        let (within, divided) = interest.within(rest);
        value = value * &within + sum * divided * &of;
        of *= within;
    }
    BigRational::new_raw(value, of * interest.grown.pow(last) * common)
}

/// A price restored to the maximum term is rounded down, so that it never seems to reach what it does not.
pub fn restored_price(present_value: &BigRational, factor: &BigRational) -> Result<UnitPrice, Arithmetic> {
    let fen = round_big(&quotient(present_value, factor), UnitPrice::SCALE, Rounding::Down)?;
    UnitPrice::from_units(i64::try_from(fen).map_err(|_| Arithmetic::TooLarge)?).map_err(|_| Arithmetic::TooLarge)
}
