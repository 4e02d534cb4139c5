//! A term of whole months, the way contracts count land use: 20 years, 2.5 years, 1 year 7 months.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::exact::Fraction;
use crate::domain::input::{Input, Reader};
use crate::domain::quantity::{decimal, json_digits};
use crate::domain::text::{Text, text};

const MONTHS_OF_A_YEAR: u32 = 12;

/// A term of a land use right or a lease, in whole months, above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    months: u32,
}

impl Term {
    /// Below a thousand years: a longer one is a slip of the unit.
    pub const MONTHS_MAX: u32 = 1000 * MONTHS_OF_A_YEAR - 1;

    pub fn from_months(months: u32) -> Result<Self, Text> {
        match months {
            0 => Err(Text::fixed("年期必须大于零", "a term must be longer than zero")),
            1..=Self::MONTHS_MAX => Ok(Self { months }),
            _ => Err(Text::fixed(
                "年期必须短于 1000 年;请核对单位(年)",
                "a term must be shorter than 1000 years; the unit is years",
            )),
        }
    }

    /// Decimal years that make whole months: 2.5 is thirty months, 2.6 is none.
    pub fn from_years(years: Decimal) -> Result<Self, Text> {
        let years = years.normalize();
        if years <= Decimal::ZERO {
            return Self::from_months(0);
        }
        if years >= Decimal::ONE_THOUSAND {
            return Self::from_months(u32::MAX);
        }
        // Months whose years end as a decimal are quarters of a year: two decimals say them all.
        let mut hundredths = years;
        hundredths.rescale(2);
        let whole = (years.scale() <= 2).then(|| u32::try_from(hundredths.mantissa()).ok()).flatten();
        match whole.map(|hundredths| hundredths * MONTHS_OF_A_YEAR) {
            Some(months) if months % 100 == 0 => Self::from_months(months / 100),
            _ => Err(text!(
                "{years} 年不是整月;请写成整月的年数(如 2.5)或年月(如 P2Y7M)",
                "{years} years are not whole months; write years that are (2.5) or years and months (P2Y7M)"
            )),
        }
    }

    pub const fn months(self) -> u32 {
        self.months
    }

    /// The term in years, exactly.
    pub fn years(self) -> Fraction {
        Fraction::new(i128::from(self.months), i128::from(MONTHS_OF_A_YEAR)).expect("twelve is not zero")
    }

    pub fn checked_add(self, other: Self) -> Result<Self, Text> {
        Self::from_months(self.months + other.months)
    }

    /// What is left of this term after `other`, if anything.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.months.checked_sub(other.months).filter(|&months| months > 0).map(|months| Self { months })
    }

    /// 中文写法:20 年、1 年 7 个月.
    pub fn zh(self) -> String {
        match (self.months / MONTHS_OF_A_YEAR, self.months % MONTHS_OF_A_YEAR) {
            (years, 0) => format!("{years} 年"),
            (0, months) => format!("{months} 个月"),
            (years, months) => format!("{years} 年 {months} 个月"),
        }
    }

    /// The term in English words: 20 years, 1 year 7 months.
    pub fn en(self) -> String {
        let counted = |n: u32, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        match (self.months / MONTHS_OF_A_YEAR, self.months % MONTHS_OF_A_YEAR) {
            (years, 0) => counted(years, "year"),
            (0, months) => counted(months, "month"),
            (years, months) => format!("{} {}", counted(years, "year"), counted(months, "month")),
        }
    }
}

/// Years where they end as a decimal, else years and months as ISO 8601 writes them.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let years = self.months / MONTHS_OF_A_YEAR;
        match self.months % MONTHS_OF_A_YEAR {
            0 => write!(f, "{years}"),
            3 => write!(f, "{years}.25"),
            6 => write!(f, "{years}.5"),
            9 => write!(f, "{years}.75"),
            months if years == 0 => write!(f, "P{months}M"),
            months => write!(f, "P{years}Y{months}M"),
        }
    }
}

impl FromStr for Term {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        match text.strip_prefix('P') {
            Some(duration) => iso_months(duration).ok_or_else(|| {
                text!(
                    "“{text}”不是年月;请写成 P1Y7M(1 年 7 个月)",
                    "{text:?} is not years and months; write it as P1Y7M (1 year 7 months)"
                )
            }),
            None => return Self::from_years(decimal(text).map_err(|bad| bad.text())?),
        }
        .and_then(Self::from_months)
    }
}

/// The months of `1Y7M`, `20Y` or `7M`.
fn iso_months(duration: &str) -> Option<u32> {
    let number = |digits: &str| {
        let plain = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (years, rest) = match duration.split_once('Y') {
        Some((years, rest)) => (number(years)?, rest),
        None => (0, duration),
    };
    let months = match rest {
        "" if rest.len() < duration.len() => 0,
        _ => number(rest.strip_suffix('M')?)?,
    };
    Some(years * MONTHS_OF_A_YEAR + months)
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Input<'de> for Term {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        json_digits(raw).parse().map_err(|message| reader.fault(Some(json_digits(raw)), message)).ok()
    }
}

impl PartialSchema for Term {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Number]))
            .description(Some(
                "年期:整月的年数(20、2.5)或 ISO 8601 年月(P1Y7M) — a term of whole months: years as a decimal, or years and months",
            ))
            .pattern(Some(r"^([0-9]{1,3}(\.[0-9]{1,2})?|P[0-9]{1,3}Y([0-9]{1,2}M)?|P[0-9]{1,5}M)$"))
            .examples(["20"])
            .into()
    }
}

impl ToSchema for Term {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Term")
    }
}
