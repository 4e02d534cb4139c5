//! 文号: 机关代字〔年份〕号, unique for each 代字 and year; the register shows what is void and what is not there.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::input::{Input, Line, Reader, input};
use crate::domain::text::{Text, text};

/// Characters of a 代字.
const WORD_MAX: usize = 30;
/// The years of numbers: as many as days may lie in.
pub const YEARS: std::ops::RangeInclusive<i64> = 1949..=2149;
/// Numbers of one 代字 in one year.
pub const NUMBER_MAX: i64 = 99_999;

/// 机关代字 — what stands before the year: letters and characters, no brackets, digits or blanks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct WordOfNumber(String);

impl WordOfNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WordOfNumber {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let line = Line::<WORD_MAX>::new(text)?.into_string();
        if line.chars().all(char::is_alphabetic) {
            Ok(Self(line))
        } else {
            Err(text!(
                "“{line}”不是机关代字;只写〔年份〕前的文字,如“演示自然资闲”",
                "{line:?} is no word of a number: give what stands before 〔year〕, letters and characters only"
            ))
        }
    }
}

impl fmt::Display for WordOfNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Input<'de> for WordOfNumber {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        crate::domain::input::word(raw, reader)
    }
}

impl PartialSchema for WordOfNumber {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(WORD_MAX))
            .description(Some("机关代字 — letters and characters: no digits, brackets or blanks"))
            .examples(["演示自然资闲"])
            .into()
    }
}

impl ToSchema for WordOfNumber {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("WordOfNumber")
    }
}

input! {
    /// 文号 — 机关代字〔年份〕号
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
    #[schema(example = json!({"word": "演示自然资闲", "year": 2026, "n": 3}))]
    pub struct OfficialNumber {
        /// 机关代字
        pub word: WordOfNumber,
        /// 年份
        #[schema(minimum = 1949, maximum = 2149)]
        pub year: i64,
        /// 序号
        #[schema(minimum = 1, maximum = 99999)]
        pub n: i64,
    }
    check(number, reader) {
        if !YEARS.contains(&number.year) {
            let (first, last) = (YEARS.start(), YEARS.end());
            let message = text!("应为 {first} 至 {last} 年", "a year from {first} to {last} is expected");
            reader.fault_at("year", Some(&number.year.to_string()), message);
        }
        if !(1..=NUMBER_MAX).contains(&number.n) {
            let message = text!("应为 1 至 {NUMBER_MAX} 的整数", "a whole number from 1 to {NUMBER_MAX} is expected");
            reader.fault_at("n", Some(&number.n.to_string()), message);
        }
    }
}

impl fmt::Display for OfficialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}〔{}〕{}号", self.word, self.year, self.n))
    }
}

/// Whether two 文号 are the same, however brackets and blanks are written.
pub fn same_number(left: &str, right: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '[' | '［' | '（' | '(' | '【' => '〔',
                ']' | '］' | '）' | ')' | '】' => '〕',
                other => other,
            })
            .collect::<String>()
            .replace("〕第", "〕")
    };
    plain(left) == plain(right)
}

crate::vocabulary! {
    /// 文号状态
    pub enum NumberState {
        Used = "used" "已用",
        Void = "void" "作废",
        Missing = "missing" "空号",
    }
}

/// A line of the register: one number, or a run of numbers that are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine<T> {
    pub from: i64,
    pub to: i64,
    /// The entry; none for a run of missing numbers.
    pub entry: Option<T>,
}

/// The lines of a register from the entries that come after a number, in order: gaps between them become lines.
pub fn lines<T>(after: i64, entries: Vec<(i64, T)>) -> Vec<RegisterLine<T>> {
    let mut lines = Vec::with_capacity(entries.len());
    let mut last = after;
    for (n, entry) in entries {
        if n > last + 1 {
            lines.push(RegisterLine { from: last + 1, to: n - 1, entry: None });
        }
        lines.push(RegisterLine { from: n, to: n, entry: Some(entry) });
        last = n;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_their_brackets_are_written() {
        let number = OfficialNumber { word: "演示自然资闲".parse().unwrap(), year: 2026, n: 3 };
        assert_eq!(number.to_string(), "演示自然资闲〔2026〕3号");
        for written in ["演示自然资闲[2026]3号", "演示自然资闲（2026）第3号", " 演示自然资闲〔2026〕 3 号"]
        {
            assert!(same_number(&number.to_string(), written), "{written}");
        }
        assert!(!same_number(&number.to_string(), "演示自然资闲〔2026〕31号"));
        assert!("演示〔2026〕".parse::<WordOfNumber>().is_err());
    }

    #[test]
    fn what_is_not_there_stands_in_the_register_as_a_gap() {
        let shown: Vec<_> = lines(0, vec![(2, 'b'), (3, 'c'), (7, 'g')])
            .into_iter()
            .map(|line| (line.from, line.to, line.entry))
            .collect();
        assert_eq!(shown, [(1, 1, None), (2, 2, Some('b')), (3, 3, Some('c')), (4, 6, None), (7, 7, Some('g'))]);
        assert!(lines::<char>(9, Vec::new()).is_empty());
    }
}
