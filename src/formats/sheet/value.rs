//! What people write into cells: numbers with separators and units, days in a dozen forms, full-width characters.

use chrono::{Datelike, NaiveDate};

use crate::domain::area::AreaUnit;
use crate::domain::input;
use crate::domain::text::{Text, text};
use crate::formats::sheet::book::Cell;

/// A unit that a header or a cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Area(AreaUnit),
    Yuan,
    /// 万元: 10,000 yuan.
    TenThousandYuan,
}

impl Unit {
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Area(unit) => unit.zh(),
            Self::Yuan => "元",
            Self::TenThousandYuan => "万元",
        }
    }

    pub const fn en(self) -> &'static str {
        match self {
            Self::Area(unit) => unit.as_str(),
            Self::Yuan => "yuan",
            Self::TenThousandYuan => "10,000 yuan",
        }
    }

    pub const fn is_area(self) -> bool {
        matches!(self, Self::Area(_))
    }

    /// The unit that a word names; the word is half-width and without blanks.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "亩" | "mu" => Self::Area(AreaUnit::Mu),
            "公顷" | "hm2" | "hm²" | "ha" => Self::Area(AreaUnit::Hectare),
            "平方米" | "平米" | "㎡" | "m2" | "m²" => Self::Area(AreaUnit::SquareMetre),
            "元" | "人民币元" => Self::Yuan,
            "万元" | "人民币万元" => Self::TenThousandYuan,
            _ => return None,
        })
    }

    /// The units a text ends with, the longest first: 万元 before 元.
    fn at_end(text: &str) -> Option<(&str, Self)> {
        const WORDS: &[&str] =
            &["人民币万元", "万元", "元", "亩", "公顷", "hm2", "hm²", "ha", "平方米", "平米", "㎡", "m2", "m²"];
        let lower = text.to_lowercase();
        let word = WORDS.iter().find(|word| lower.ends_with(**word))?;
        // Lower case may change lengths; these words end in what keeps them.
        let number = text.get(..text.len().checked_sub(word.len())?)?;
        Some((number, Self::of(word)?))
    }
}

/// Full-width digits, letters and signs as half-width ones, any blank as a plain one.
pub fn half(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\t' | '\n' | '\r' => ' ',
            '。' => '.',
            c => c,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Only digits and letters made half-width: names keep the brackets they were written with.
pub fn plain(text: &str) -> String {
    let letter = |c: char| matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}');
    text.chars()
        .map(|c| match c {
            c if letter(c) => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\t' | '\n' | '\r' => ' ',
            c => c,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Without any blanks.
pub fn squeezed(text: &str) -> String {
    half(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The digits of a number and the unit that stands behind it, if one does.
pub fn figure(cell: &Cell) -> Result<(String, Option<Unit>), Text> {
    let text = match cell {
        Cell::Number(digits) => return Ok((digits.clone(), None)),
        Cell::Day(day) => {
            return Err(text!(
                "这里应为数字,单元格却是日期 {day};请改正单元格格式后重填",
                "a number is expected here, and the cell holds the day {day}; correct its format and enter it anew"
            ));
        }
        Cell::Empty => String::new(),
        Cell::Text(text) => squeezed(text),
    };
    let (number, unit) = Unit::at_end(&text).map_or((text.as_str(), None), |(number, unit)| (number, Some(unit)));
    let digits = without_separators(number).ok_or_else(|| {
        Text::fixed(
            "应为数字,如 12500.25 或 12,500.25,后面可带单位;不能写约数、算式或说明",
            "a number is expected, such as 12500.25 or 12,500.25, a unit may follow; no estimates, formulas or remarks",
        )
    })?;
    Ok((digits, unit))
}

/// A plain decimal; thousands separators are taken out where they stand in their places.
fn without_separators(number: &str) -> Option<String> {
    let (sign, body) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = body.split_once('.').map_or((body, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next()?;
        let is_right = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
        is_right.then(|| whole.replace(',', ""))?
    } else {
        whole.to_owned()
    };
    if !digits(&whole) || !fraction.is_none_or(digits) {
        return None;
    }
    Some(match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    })
}

/// A day: shown as one, a serial number of days, or written in one of the forms offices use.
pub fn day(cell: &Cell) -> Result<NaiveDate, Text> {
    let text = match cell {
        Cell::Day(day) => return checked(*day),
        Cell::Empty => String::new(),
        Cell::Number(text) | Cell::Text(text) => squeezed(text),
    };
    let text = text.strip_suffix("00:00:00").unwrap_or(&text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            8 => written(&text[..4], &text[4..6], &text[6..]),
            5 => serial(text),
            _ => None,
        }
        .ok_or_else(|| no_day(text))
        .and_then(checked);
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(text).replace(['年', '月', '/', '-', '、'], ".");
    let mut parts = text.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) if year.len() == 4 => written(year, month, day),
        _ => None,
    }
    .ok_or_else(|| no_day(&cell.shown()))
    .and_then(checked)
}

/// A month, as `2026-11`: written with or without a day, or a day of it.
pub fn month(cell: &Cell) -> Result<String, Text> {
    let text = match cell {
        Cell::Day(_) | Cell::Empty => String::new(),
        Cell::Number(text) | Cell::Text(text) => squeezed(text),
    };
    let parts = text.strip_suffix('月').unwrap_or(&text).replace(['年', '/', '-', '.'], " ");
    let parts: Vec<&str> = parts.split_whitespace().collect();
    let first = match parts[..] {
        [year, month] if year.len() == 4 => written(year, month, "1"),
        // 202611, which would be a day's number otherwise.
        [digits] if digits.len() == 6 && digits.is_ascii() => written(&digits[..4], &digits[4..], "1"),
        _ => None,
    };
    let day = match first {
        Some(first) => checked(first)?,
        None => day(cell).map_err(|_| {
            let shown = cell.shown();
            text!("“{shown}”不是月份;请写成 2026-01 或 2026年1月", "{shown:?} is not a month; write it as 2026-01")
        })?,
    };
    Ok(day.format("%Y-%m").to_string())
}

fn written(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// Days since 1899-12-30, as Excel counts them from March 1900 on.
fn serial(digits: &str) -> Option<NaiveDate> {
    const ZERO: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).expect("it is a day");
    ZERO.checked_add_days(chrono::Days::new(digits.parse().ok()?))
}

/// A day within the years in which one may lie.
fn checked(day: NaiveDate) -> Result<NaiveDate, Text> {
    if day.year() < 1000 || day.year() > 9999 { Err(no_day(&day.to_string())) } else { input::day(&day.to_string()) }
}

fn no_day(shown: &str) -> Text {
    text!(
        "“{shown}”不是一个日期;请写明年月日,如 2019-03-05、2019.3.5 或 2019年3月5日",
        "{shown:?} is no day; give year, month and day, such as 2019-03-05, 2019.3.5 or 20190305"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        day(&Cell::Text(text.to_owned())).ok().map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_read_however_an_office_writes_it() {
        for text in [
            "2019.3.5",
            "2019/3/5",
            "2019-03-05",
            "2019年3月5日",
            "20190305",
            "2019年03月05日",
            "２０１９．３．５",
            "2019-03-05 00:00:00",
            "43529",
            " 2019 年 3 月 5 日 ",
        ] {
            assert_eq!(read(text).as_deref(), Some("2019-03-05"), "{text}");
        }
        assert_eq!(day(&Cell::Number("43529".to_owned())).unwrap().to_string(), "2019-03-05");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "2019",
            "2019.3",
            "2019年3月",
            "3.5",
            "2019.2.30",
            "20191301",
            "拟批",
            "2019-03-05 12:00",
            "12",
            "0.5",
            "19.3.5",
            "2019.3.5.1",
            "",
            "1.2.3",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    fn number(text: &str) -> Option<(String, Option<Unit>)> {
        figure(&Cell::Text(text.to_owned())).ok()
    }

    #[test]
    fn a_number_may_have_separators_full_width_digits_and_a_unit() {
        let mu = Some(Unit::Area(AreaUnit::Mu));
        assert_eq!(number("1,234,567.89"), Some(("1234567.89".to_owned(), None)));
        assert_eq!(number("１２．５亩"), Some(("12.5".to_owned(), mu)));
        assert_eq!(number("12.5 公顷"), Some(("12.5".to_owned(), Some(Unit::Area(AreaUnit::Hectare)))));
        assert_eq!(number("300万元"), Some(("300".to_owned(), Some(Unit::TenThousandYuan))));
        assert_eq!(number("18000㎡").unwrap().1, Some(Unit::Area(AreaUnit::SquareMetre)));
        for text in ["12,34", "约12亩", "1.2.3", "", "亩", "12+3", "1e5", ".5", "12."] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
