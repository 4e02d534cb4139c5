//! Codes that say themselves whether they are well formed.
//!
//! A code is kept as it was written, once it has passed its check; a refusal names the place and,
//! where a check character exists, the right one.

mod land;
mod region;

use std::sync::LazyLock;

use crate::domain::text::{Text, text};

pub use land::{ParcelCode, SupervisionNumber, UnitCode};
pub use region::{CountyCode, TownshipCode, TownshipKind};

/// Declares a code kept as text: reading, writing, comparing, and its place in the API document.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident { pattern: $pattern:literal, example: $example:literal }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, pattern = $pattern, example = $example)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl<'de> $crate::domain::input::Input<'de> for $name {
            fn read(
                raw: &'de serde_json::value::RawValue,
                reader: &mut $crate::domain::input::Reader,
            ) -> Option<Self> {
                $crate::domain::input::word(raw, reader)
            }
        }
    };
}
use code;

/// Refuses a text that is not exactly `length` ASCII characters, so that its parts can be cut out.
fn of_length(code: &str, length: usize) -> Result<(), Text> {
    let count = code.chars().count();
    if count != length {
        return Err(text!("应为 {length} 位,现为 {count} 位", "{length} characters are expected, there are {count}"));
    }
    match code.char_indices().find(|(_, c)| !c.is_ascii_digit() && !c.is_ascii_uppercase()) {
        Some((at, character)) => {
            let at = code[..at].chars().count() + 1;
            Err(text!(
                "第 {at} 位“{character}”不是半角数字或大写字母",
                "character {at}, {character:?}, is neither a digit nor a capital letter"
            ))
        }
        None => Ok(()),
    }
}

/// Refuses anything but digits in a part of a code.
fn digits(code: &str, part: std::ops::Range<usize>) -> Result<(), Text> {
    match code[part.clone()].bytes().position(|b| !b.is_ascii_digit()) {
        Some(at) => {
            let at = part.start + at + 1;
            Err(text!("第 {at} 位应为数字", "character {at} must be a digit"))
        }
        None => Ok(()),
    }
}

code!(
    /// 统一社会信用代码,18 位 — unified social credit code of an organisation, with its check character.
    CreditCode { pattern: "^[0-9A-HJ-NPQRTUWXY]{18}$", example: "91512081MA62K0260E" }
);

/// The 31 characters of a credit code: no I, O, S, V, Z, which are taken for digits.
const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of the first seventeen characters: powers of 3 modulo 31.
const CREDIT_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

impl std::str::FromStr for CreditCode {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        of_length(code, 18)?;
        let mut sum = 0;
        for (at, (byte, weight)) in code.bytes().zip(CREDIT_WEIGHTS.into_iter().chain([0])).enumerate() {
            let Some(value) = CREDIT_ALPHABET.iter().position(|&letter| letter == byte) else {
                let (at, letter) = (at + 1, byte as char);
                return Err(text!(
                    "第 {at} 位“{letter}”不会出现在统一社会信用代码中(不用 I、O、S、V、Z)",
                    "character {at}, {letter:?}, does not occur in a credit code (it has no I, O, S, V, Z)"
                ));
            };
            sum += u32::try_from(value).expect("the alphabet has 31 characters") * weight;
        }
        let right = CREDIT_ALPHABET[((31 - sum % 31) % 31) as usize] as char;
        if code.ends_with(right) {
            Ok(Self(code.to_owned()))
        } else {
            Err(text!(
                "校验位不对:按前 17 位末位应为“{right}”;请对照营业执照核对各位",
                "the check character is wrong: after the first 17 it should be {right:?}; compare the code with the licence"
            ))
        }
    }
}

code!(
    /// 国民经济行业代码 (GB/T 4754-2017),门类字母加 2 至 4 位数字 — industry code, section letter and
    /// two to four digits.
    IndustryCode { pattern: r"^[A-T]?[0-9]{2,4}$", example: "C3484" }
);

/// The divisions that are shipped: code with section letter, and name.
static DIVISIONS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let table = include_str!("../../policy/industry/gb_t_4754_2017.csv");
    table.lines().skip(1).filter_map(|line| line.split_once(',')).collect()
});

/// The divisions that are shipped, each with its section letter.
pub fn divisions() -> &'static [(&'static str, &'static str)] {
    &DIVISIONS
}

code!(
    /// 行业代码 — a well-formed industry code whose division may or may not be known: section letter or none, two to four digits.
    CodeGiven { pattern: r"^[A-T]?[0-9]{2,4}$", example: "C3089" }
);

impl CodeGiven {
    pub fn digits(&self) -> &str {
        self.0.trim_start_matches(|c: char| c.is_ascii_uppercase())
    }

    /// The section letter, if it was written.
    pub fn section(&self) -> Option<char> {
        self.0.chars().next().filter(char::is_ascii_uppercase)
    }
}

impl std::str::FromStr for CodeGiven {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        let digits = code.strip_prefix(|c: char| ('A'..='T').contains(&c)).unwrap_or(code);
        if (2..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(code.to_owned()))
        } else {
            Err(text!(
                "“{code}”不是国民经济行业代码;请写成门类字母加 2 至 4 位数字,如 C3484",
                "{code:?} is not an industry code; write the section letter and two to four digits, like C3484"
            ))
        }
    }
}

impl IndustryCode {
    /// The code of its division, such as C34.
    pub fn division(&self) -> &str {
        &self.0[..3]
    }

    /// 大类名称 — the name of its division.
    pub fn division_name(&self) -> &'static str {
        DIVISIONS.iter().find(|(code, _)| *code == self.division()).map_or("", |(_, name)| name)
    }
}

impl std::str::FromStr for IndustryCode {
    type Err = Text;

    /// With or without the section letter; it is kept with it.
    fn from_str(code: &str) -> Result<Self, Text> {
        let digits = code.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(code);
        if !(2..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(text!(
                "“{code}”不是国民经济行业代码;请写成门类字母加 2 至 4 位数字,如 C3484",
                "{code:?} is not an industry code; write the section letter and two to four digits, like C3484"
            ));
        }
        let division = DIVISIONS.iter().find(|(division, _)| division[1..] == digits[..2]);
        let Some((division, name)) = division else {
            let given = &digits[..2];
            return Err(text!(
                "行业大类 {given} 不在本系统所列的 GB/T 4754-2017 大类之内",
                "division {given} is not among the divisions of GB/T 4754-2017 listed here"
            ));
        };
        let section = &division[..1];
        if code.len() > digits.len() && !code.starts_with(section) {
            return Err(text!(
                "大类 {division}({name})属于门类 {section},与所写字母不符",
                "division {division} ({name}) belongs to section {section}, not to the letter given"
            ));
        }
        Ok(Self(format!("{section}{digits}")))
    }
}
