//! Quantities with their unit in the type. Every operation is exact or names its rounding.
//!
//! A quantity is a [`Decimal`] with a limit on its digits, so that the products the rules take stay
//! within the 28 digits a `Decimal` holds without rounding. It rests in the database as a whole
//! number of its smallest unit and goes out in JSON as a string at full scale.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::text::{Text, text};

/// Digits a [`Decimal`] holds without rounding. Past them `checked_mul` drops decimals in silence.
pub const DIGITS_MAX: u32 = 28;

/// Longest text that is looked at as a number: longer ones are refused unread.
const TEXT_MAX: usize = 64;

/// Why a text or a number is not the quantity asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadQuantity {
    #[error("{text:?} is not a decimal number")]
    NotDecimal { text: String },
    #[error("{value} has more than {scale} decimals")]
    TooPrecise { value: String, scale: u32 },
    #[error("{value} has more than {digits} digits before the point")]
    TooLarge { value: String, digits: u32 },
}

impl BadQuantity {
    /// The refusal in both languages, with what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::NotDecimal { text } => text!(
                "“{text}”不是十进制数;请写成 \"12500.25\" 这样的数字(不用科学计数法和千分位)",
                "{text:?} is not a decimal number; write it as \"12500.25\" (no exponent, no thousands separator)"
            ),
            Self::TooPrecise { value, scale } => text!(
                "{value} 的小数超过 {scale} 位;请按证载或批文数字填写,本系统不代为取舍",
                "{value} has more than {scale} decimals; give the figure as documented, nothing is rounded on the way in"
            ),
            Self::TooLarge { value, digits } => {
                text!(
                    "{value} 的整数部分超过 {digits} 位;请核对单位",
                    "{value} has more than {digits} digits before the point; check the unit"
                )
            }
        }
    }
}

/// Reads a decimal exactly from its digits: a sign, digits, a point, digits. No exponent, nothing rounded.
pub fn decimal(text: &str) -> Result<Decimal, BadQuantity> {
    let not_decimal = || BadQuantity::NotDecimal { text: text.chars().take(TEXT_MAX).collect() };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty()
        && text.len() <= TEXT_MAX
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.as_bytes()[0].is_ascii_digit()
        && digits.as_bytes()[digits.len() - 1].is_ascii_digit();
    if !plain {
        return Err(not_decimal());
    }
    // `from_str_exact`, as `from_str` rounds past 28 digits in silence.
    let mut value = Decimal::from_str_exact(text).map_err(|_| not_decimal())?;
    if value.is_zero() {
        // "-0" is zero, and is not to be written back with its sign.
        value.set_sign_positive(true);
    }
    Ok(value)
}

/// The digits of a JSON string or number, as they were written.
pub fn json_digits(raw: &RawValue) -> &str {
    let text = raw.get();
    text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(text)
}

/// Declares a decimal quantity: its unit, its greatest size and the decimals it is held to.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident { integer_digits: $digits:literal, scale: $scale:literal, pattern: $pattern:literal, example: $example:literal }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToSchema)]
        #[schema(value_type = String, pattern = $pattern, example = $example)]
        pub struct $name(Decimal);

        impl $name {
            /// Decimals it is held to.
            pub const SCALE: u32 = $scale;
            /// Digits in all.
            pub const DIGITS: u32 = $digits + $scale;
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Refuses what it cannot hold exactly: nothing is rounded on the way in.
            pub fn new(value: Decimal) -> Result<Self, BadQuantity> {
                if value.scale() > Self::SCALE && value.normalize().scale() > Self::SCALE {
                    return Err(BadQuantity::TooPrecise { value: value.to_string(), scale: Self::SCALE });
                }
                if value.abs() >= Decimal::from(10_u64.pow($digits)) {
                    return Err(BadQuantity::TooLarge { value: value.to_string(), digits: $digits });
                }
                Ok(Self(value))
            }

            pub const fn get(self) -> Decimal {
                self.0
            }

            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            pub fn is_positive(self) -> bool {
                self.0 > Decimal::ZERO
            }

            pub fn is_negative(self) -> bool {
                self.0 < Decimal::ZERO
            }

            /// The whole number of smallest units, as the database holds it.
            pub fn to_units(self) -> i64 {
                let mut units = self.0;
                units.rescale(Self::SCALE);
                i64::try_from(units.mantissa()).expect("a quantity has fewer digits than an i64")
            }

            pub fn from_units(units: i64) -> Result<Self, BadQuantity> {
                Self::new(Decimal::new(units, Self::SCALE))
            }

            /// The sum, refused past the limit of the quantity.
            pub fn checked_add(self, other: Self) -> Result<Self, BadQuantity> {
                Self::new(self.0 + other.0)
            }
        }

        const _: () = assert!($name::DIGITS <= 18, "the quantity must fit an i64 of smallest units");

        impl FromStr for $name {
            type Err = BadQuantity;

            fn from_str(text: &str) -> Result<Self, BadQuantity> {
                Self::new(decimal(text)?)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:.*}", Self::SCALE as usize, self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            // From the digits as written: `Decimal` itself would take a JSON number by way of f64.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                json_digits(<&RawValue>::deserialize(deserializer)?).parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

quantity!(
    /// 面积,平方米,精确到平方厘米 — area in square metres, to the square centimetre.
    AreaM2 { integer_digits: 12, scale: 4, pattern: r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$", example: "12500.2500" }
);
quantity!(
    /// 金额,元,精确到分 — an amount of money in yuan, to the fen.
    Money { integer_digits: 16, scale: 2, pattern: r"^-?[0-9]{1,16}(\.[0-9]{1,2})?$", example: "3881250.00" }
);
quantity!(
    /// 单价,元/平方米 — price of one square metre of land in yuan.
    PricePerM2 { integer_digits: 8, scale: 4, pattern: r"^-?[0-9]{1,8}(\.[0-9]{1,4})?$", example: "350.0000" }
);
quantity!(
    /// 取整单价,元/平方米,到分 — price of one square metre in yuan, rounded to the fen.
    UnitPrice { integer_digits: 10, scale: 2, pattern: r"^-?[0-9]{1,10}(\.[0-9]{1,2})?$", example: "140.00" }
);
quantity!(
    /// 比值(容积率、占比) — a plain ratio, such as a floor-area ratio or a share.
    Ratio { integer_digits: 4, scale: 6, pattern: r"^-?[0-9]{1,4}(\.[0-9]{1,6})?$", example: "1.200000" }
);
quantity!(
    /// 容积率,四位小数 — floor area ratio, to four decimals.
    FloorAreaRatio { integer_digits: 8, scale: 4, pattern: r"^-?[0-9]{1,8}(\.[0-9]{1,4})?$", example: "1.2500" }
);
quantity!(
    /// 长度,米 — a length in metres, such as a storey height.
    Metres { integer_digits: 4, scale: 3, pattern: r"^-?[0-9]{1,4}(\.[0-9]{1,3})?$", example: "8.000" }
);

quantity!(
    /// 指标值,四位小数 — value of an indicator of standard land in the unit of its table.
    IndicatorValue { integer_digits: 10, scale: 4, pattern: r"^-?[0-9]{1,10}(\.[0-9]{1,4})?$", example: "300.0000" }
);

// The products the rules take are exact.
const _: () = assert!(AreaM2::DIGITS + PricePerM2::DIGITS <= DIGITS_MAX);
const _: () = assert!(AreaM2::DIGITS + Ratio::DIGITS <= DIGITS_MAX);

impl Add for AreaM2 {
    type Output = Self;

    /// The sum; two areas within their limit cannot overflow a `Decimal`.
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for AreaM2 {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for AreaM2 {
    type Output = Self;

    fn neg(self) -> Self {
        // A `Decimal` has a negative zero, which would be written as "-0.0000".
        if self.0.is_zero() { self } else { Self(-self.0) }
    }
}

impl Sum for AreaM2 {
    fn sum<I: Iterator<Item = Self>>(areas: I) -> Self {
        areas.fold(Self::ZERO, Self::add)
    }
}
