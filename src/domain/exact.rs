//! Exact fractions, and the roundings by name.
//!
//! A rule computes in fractions and rounds once, at the end, the way the law says or, where it is
//! silent, so that a floor is never breached. 128 bits hold every product of the quantities' digits;
//! what would not fit is refused, never wrapped or cut.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::Zero;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::input::vocabulary;
use crate::domain::text::Text;

/// Why a figure cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Arithmetic {
    #[error("the figures are too large to be computed exactly")]
    TooLarge,
    #[error("a division by zero")]
    DivisionByZero,
}

impl Arithmetic {
    pub fn text(self) -> Text {
        match self {
            Self::TooLarge => Text::fixed(
                "数字过大,无法精确计算;请核对面积、单价的单位",
                "the figures are too large to be computed exactly; check the units of area and price",
            ),
            Self::DivisionByZero => Text::fixed("除数为零,无法计算", "a division by zero"),
        }
    }
}

vocabulary!(
    /// 取整方式 — how a figure was rounded, once, at the end.
    #[derive(Default)]
    pub enum Rounding {
        #[default]
        Exact = "exact" "不取整",
        Up = "up" "向上取整(进一)",
        Down = "down" "向下取整(去尾)",
        HalfUp = "half_up" "四舍五入",
    }
);

/// A fraction in lowest terms, its denominator above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Rounding {
    /// Whether nothing was rounded.
    pub fn is_exact(&self) -> bool {
        *self == Self::Exact
    }
}

impl Fraction {
    pub const ZERO: Self = Self::whole(0);
    pub const ONE: Self = Self::whole(1);

    pub const fn whole(number: i128) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    pub fn new(numerator: i128, denominator: i128) -> Result<Self, Arithmetic> {
        if denominator == 0 {
            return Err(Arithmetic::DivisionByZero);
        }
        let (numerator, denominator) = reduced(numerator, denominator)?;
        if denominator > 0 {
            Ok(Self { numerator, denominator })
        } else {
            Ok(Self {
                numerator: numerator.checked_neg().ok_or(Arithmetic::TooLarge)?,
                denominator: denominator.checked_neg().ok_or(Arithmetic::TooLarge)?,
            })
        }
    }

    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub const fn is_positive(self) -> bool {
        self.numerator > 0
    }

    pub fn plus(self, other: Self) -> Result<Self, Arithmetic> {
        // Over the least common denominator, so that equal denominators do not grow.
        let (ours, theirs) = reduced(self.denominator, other.denominator)?;
        let (left, right) = (mul(self.numerator, theirs)?, mul(other.numerator, ours)?);
        let numerator = left.checked_add(right).ok_or(Arithmetic::TooLarge)?;
        Self::new(numerator, mul(ours, other.denominator)?)
    }

    pub fn minus(self, other: Self) -> Result<Self, Arithmetic> {
        self.plus(Self { numerator: other.numerator.checked_neg().ok_or(Arithmetic::TooLarge)?, ..other })
    }

    pub fn times(self, other: Self) -> Result<Self, Arithmetic> {
        // Reduced crosswise first: the products are then in lowest terms and as small as they can be.
        let (left, under_right) = reduced(self.numerator, other.denominator)?;
        let (right, under_left) = reduced(other.numerator, self.denominator)?;
        Ok(Self { numerator: mul(left, right)?, denominator: mul(under_left, under_right)? })
    }

    pub fn over(self, other: Self) -> Result<Self, Arithmetic> {
        self.times(Self::new(other.denominator, other.numerator)?)
    }

    /// The number of units of 10⁻ˢᶜᵃˡᵉ after `rounding`. `Exact` refuses what has more decimals.
    pub fn round(self, scale: u32, rounding: Rounding) -> Result<i128, Arithmetic> {
        let units = mul(self.numerator, 10_i128.checked_pow(scale).ok_or(Arithmetic::TooLarge)?)?;
        let (floor, rest) = match (i64::try_from(units), i64::try_from(self.denominator)) {
            (Ok(units), Ok(denominator)) => {
                let (floor, rest) = units.div_mod_floor(&denominator);
                (floor.into(), rest.into())
            }
            _ => units.div_mod_floor(&self.denominator),
        };
        let up = match rounding {
            Rounding::Exact if rest != 0 => return Err(Arithmetic::TooLarge),
            Rounding::Exact | Rounding::Down => false,
            Rounding::Up => rest != 0,
            Rounding::HalfUp => rest >= self.denominator - rest,
        };
        Ok(floor + i128::from(up))
    }

    /// The decimal at `scale` digits after `rounding`, as text.
    pub fn decimal(self, scale: u32, rounding: Rounding) -> Result<String, Arithmetic> {
        Ok(decimal_text(self.round(scale, rounding)?, scale))
    }
}

fn mul(left: i128, right: i128) -> Result<i128, Arithmetic> {
    left.checked_mul(right).ok_or(Arithmetic::TooLarge)
}

/// Two numbers, neither at the end of its range, without their greatest common divisor.
fn reduced(left: i128, right: i128) -> Result<(i128, i128), Arithmetic> {
    if left == i128::MIN || right == i128::MIN {
        return Err(Arithmetic::TooLarge);
    }
    // Most figures fit 64 bits, where the machine divides in one step.
    if let (Ok(left), Ok(right)) = (i64::try_from(left), i64::try_from(right))
        && let Ok(divisor) = i64::try_from(gcd(left.unsigned_abs(), right.unsigned_abs()))
    {
        return Ok(match divisor {
            0 | 1 => (left.into(), right.into()),
            // Neither is -2⁶³ with -1 for a divisor: that is above zero.
            _ => ((left / divisor).into(), (right / divisor).into()),
        });
    }
    let divisor = left.gcd(&right).max(1);
    Ok((left / divisor, right / divisor))
}

/// The greatest common divisor; of nothing and nothing it is nothing.
fn gcd(left: u64, right: u64) -> u64 {
    let (least, most) = if left < right { (left, right) } else { (right, left) };
    // One of the two is mostly a small denominator: a single division then leaves small numbers.
    if least == 0 { most } else { least.gcd(&(most % least)) }
}

/// The fraction without a limit of its size.
pub fn big(fraction: Fraction) -> BigRational {
    BigRational::new_raw(fraction.numerator.into(), fraction.denominator.into())
}

/// The number of units of 10⁻ˢᶜᵃˡᵉ of a fraction of any size after `rounding`. `Exact` refuses what has more decimals.
pub fn round_big(number: &BigRational, scale: u32, rounding: Rounding) -> Result<i128, Arithmetic> {
    let units = number.numer() * BigInt::from(10).pow(scale);
    let (floor, rest) = units.div_mod_floor(number.denom());
    let up = match rounding {
        Rounding::Exact if !rest.is_zero() => return Err(Arithmetic::TooLarge),
        Rounding::Exact | Rounding::Down => false,
        Rounding::Up => !rest.is_zero(),
        Rounding::HalfUp => &rest + &rest >= *number.denom(),
    };
    i128::try_from(floor + i128::from(up)).map_err(|_| Arithmetic::TooLarge)
}

/// The quotient of two fractions, the divisor above zero, without taking common divisors out: of long numbers that is the
/// dearest part, and a rounding needs it not.
pub fn quotient(left: &BigRational, right: &BigRational) -> BigRational {
    BigRational::new_raw(left.numer() * right.denom(), left.denom() * right.numer())
}

/// A sum of many fractions: their unlike denominators may outgrow 128 bits, so it widens when it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sum {
    Fraction(Fraction),
    Wide(BigRational),
}

impl Sum {
    #[must_use]
    pub fn plus(self, part: Fraction) -> Self {
        match self {
            Self::Fraction(sum) => match sum.plus(part) {
                Ok(sum) => Self::Fraction(sum),
                Err(_) => Self::Wide(big(sum) + big(part)),
            },
            Self::Wide(sum) => Self::Wide(sum + big(part)),
        }
    }

    pub fn at_most(&self, limit: Fraction) -> bool {
        match self {
            Self::Fraction(sum) => *sum <= limit,
            Self::Wide(sum) => *sum <= big(limit),
        }
    }

    /// The sum times `factor`.
    pub fn times(&self, factor: Fraction) -> Self {
        match self {
            Self::Fraction(sum) => match sum.times(factor) {
                Ok(product) => Self::Fraction(product),
                Err(_) => Self::Wide(big(*sum) * big(factor)),
            },
            Self::Wide(sum) => Self::Wide(sum * big(factor)),
        }
    }

    /// [`Fraction::round`], half up.
    pub fn round_half_up(&self, scale: u32) -> Result<i128, Arithmetic> {
        match self {
            Self::Fraction(sum) => sum.round(scale, Rounding::HalfUp),
            Self::Wide(sum) => round_big(sum, scale, Rounding::HalfUp),
        }
    }
}

impl From<Fraction> for Sum {
    fn from(fraction: Fraction) -> Self {
        Self::Fraction(fraction)
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fraction(sum) => sum.fmt(f),
            Self::Wide(sum) => sum.fmt(f),
        }
    }
}

/// `units` of 10⁻ˢᶜᵃˡᵉ as a decimal at full scale: 14000 at scale 2 is "140.00".
pub fn decimal_text(units: i128, scale: u32) -> String {
    let digits = units.unsigned_abs().to_string();
    let scale = scale as usize;
    let mut text = String::with_capacity(digits.len() + scale + 3);
    if units < 0 {
        text.push('-');
    }
    if digits.len() > scale {
        text.push_str(&digits[..digits.len() - scale]);
    } else {
        text.push('0');
    }
    if scale > 0 {
        text.push('.');
        for _ in digits.len()..scale {
            text.push('0');
        }
        text.push_str(&digits[digits.len().saturating_sub(scale)..]);
    }
    text
}

/// A decimal without trailing zeros, as people write it: 350.00 is "350".
pub fn plain(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

impl From<Decimal> for Fraction {
    fn from(decimal: Decimal) -> Self {
        let decimal = decimal.normalize();
        // A Decimal has at most 28 decimals, so the power fits, and 96 bits of digits.
        let (numerator, denominator) = (decimal.mantissa(), 10_i128.pow(decimal.scale()));
        Self::new(numerator, denominator).expect("a power of ten is not zero and 96 bits fit")
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    /// By cross-multiplication; where the products would not fit, by comparing the whole parts and
    /// then the remainders turned over, which needs no larger number than those at hand.
    fn cmp(&self, other: &Self) -> Ordering {
        let products = (self.numerator.checked_mul(other.denominator), other.numerator.checked_mul(self.denominator));
        if let (Some(left), Some(right)) = products {
            return left.cmp(&right);
        }
        let (mut left, mut right) = ((self.numerator, self.denominator), (other.numerator, other.denominator));
        let mut turned = false;
        loop {
            let (left_whole, left_rest) = left.0.div_mod_floor(&left.1);
            let (right_whole, right_rest) = right.0.div_mod_floor(&right.1);
            let order = left_whole.cmp(&right_whole).then_with(|| match (left_rest == 0, right_rest == 0) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => Ordering::Equal,
            });
            if order.is_ne() || left_rest == 0 {
                return if turned { order.reverse() } else { order };
            }
            (left, right, turned) = ((left.1, left_rest), (right.1, right_rest), !turned);
        }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Fraction {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let parts = numerator.parse().ok().zip(denominator.parse().ok());
        parts
            .and_then(|(numerator, denominator)| Self::new(numerator, denominator).ok())
            .ok_or_else(|| crate::text!("“{text}”不是分数;请写成 2/5", "{text:?} is not a fraction; write it as 2/5"))
    }
}

impl PartialSchema for Fraction {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("精确分数 — an exact fraction in lowest terms, or a whole number"))
            .pattern(Some(r"^-?[0-9]+(/[0-9]+)?$"))
            .examples(["2/5"])
            .into()
    }
}

impl ToSchema for Fraction {
    fn name() -> std::borrow::Cow<'static, str> {
        "Fraction".into()
    }
}
