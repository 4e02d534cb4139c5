//! Figures in words: amounts in 大写, areas, days and periods, as official papers write them.

use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese as _};
use chrono::{Datelike as _, NaiveDate};

use crate::domain::idle_case::clock::Period;
use crate::domain::quantity::{AreaM2, Money};

/// Whole numbers in 大写: 12 is 壹拾贰.
fn capitals(number: i128) -> String {
    let words = words(number, ChineseCase::Upper);
    // On paper nothing may be written before the first figure: 10 is 壹拾, and never 拾 alone.
    if words.starts_with('拾') { format!("壹{words}") } else { words }
}

fn words(number: i128, case: ChineseCase) -> String {
    /// 亿 — above it amounts are counted in 万亿; 兆 is read in two ways and stands in no account.
    const YI: i128 = 100_000_000;
    let plain = |number: i128| {
        number
            .to_chinese(ChineseVariant::Simple, case, ChineseCountMethod::TenThousand)
            .expect("numbers below 10¹⁶ have a word")
    };
    match (number / YI, number % YI) {
        (0, rest) => plain(rest),
        (high, 0) => format!("{}亿", plain(high)),
        (high, rest) => format!("{}亿{}{}", plain(high), if rest < YI / 10 { "零" } else { "" }, plain(rest)),
    }
}

fn capital_digit(digit: i128) -> char {
    ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'][usize::try_from(digit % 10).unwrap_or(0)]
}

/// An amount in 大写, as 《正确填写票据和结算凭证的基本规定》 asks: 元 without 角 and 分 ends in 整, a missing 角 is written 零.
pub fn money_in_words(amount: Money) -> String {
    let fen = i128::from(amount.to_units()).abs();
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let sign = if amount.is_negative() { "负" } else { "" };
    let mut text = format!("人民币{sign}");
    if yuan > 0 || (jiao, fen) == (0, 0) {
        text.push_str(&capitals(yuan));
        text.push('元');
    }
    if (jiao, fen) == (0, 0) {
        text.push('整');
        return text;
    }
    if jiao > 0 {
        text.push(capital_digit(jiao));
        text.push('角');
    } else if yuan > 0 {
        text.push('零');
    }
    if fen > 0 {
        text.push(capital_digit(fen));
        text.push('分');
    }
    text
}

/// 1,234,567.80
pub fn money_in_figures(amount: Money) -> String {
    let text = amount.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{decimals}")
}

/// Two decimals, or as many as the figure needs: 12500.25.
pub fn area_in_figures(area: AreaM2) -> String {
    let mut text = area.to_string();
    for _ in 0..2 {
        if text.ends_with('0') {
            text.pop();
        }
    }
    text
}

/// 壹万贰仟伍佰点贰伍
pub fn area_in_words(area: AreaM2) -> String {
    let units = i128::from(area.to_units()).abs();
    let mut text = capitals(units / 10_000);
    let decimals = format!("{:04}", units % 10_000);
    let decimals = decimals.trim_end_matches('0');
    if !decimals.is_empty() {
        text.push('点');
        text.extend(decimals.bytes().map(|digit| capital_digit(i128::from(digit - b'0'))));
    }
    text
}

/// 2026年3月2日: GB/T 9704 7.3.5.4 writes days in figures, without leading zeros.
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 三十日, 五个工作日, 六个月
pub fn period(period: Period) -> String {
    let (count, unit) = match period {
        Period::Days(days) => (days, "日"),
        Period::WorkingDays(days) => (days, "个工作日"),
        Period::Months(months) => (months, "个月"),
    };
    format!("{}{unit}", words(count.into(), ChineseCase::Lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stand_in_the_capitals_that_banks_take() {
        for (figure, words) in [
            ("0", "人民币零元整"),
            ("0.05", "人民币伍分"),
            ("0.30", "人民币叁角"),
            ("10", "人民币壹拾元整"),
            ("325.04", "人民币叁佰贰拾伍元零肆分"),
            ("1409.50", "人民币壹仟肆佰零玖元伍角"),
            ("6007.14", "人民币陆仟零柒元壹角肆分"),
            ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
            ("776250.00", "人民币柒拾柒万陆仟贰佰伍拾元整"),
            ("100000000.01", "人民币壹亿元零壹分"),
            ("300000050", "人民币叁亿零伍拾元整"),
            ("1000020003000", "人民币壹万亿贰仟万叁仟元整"),
        ] {
            assert_eq!(money_in_words(figure.parse().unwrap()), words, "{figure}");
        }
    }

    #[test]
    fn figures_are_grouped_and_areas_keep_the_decimals_they_need() {
        assert_eq!(money_in_figures("3881250".parse().unwrap()), "3,881,250.00");
        assert_eq!(money_in_figures("999.9".parse().unwrap()), "999.90");
        for (area, figures, words) in [
            ("12500.25", "12500.25", "壹万贰仟伍佰点贰伍"),
            ("12500", "12500.00", "壹万贰仟伍佰"),
            ("0.0501", "0.0501", "零点零伍零壹"),
            ("100010", "100010.00", "壹拾万零壹拾"),
        ] {
            assert_eq!(area_in_figures(area.parse().unwrap()), figures);
            assert_eq!(area_in_words(area.parse().unwrap()), words);
        }
    }

    #[test]
    fn days_and_periods_read_as_papers_write_them() {
        assert_eq!(day("2026-03-02".parse().unwrap()), "2026年3月2日");
        let periods = [Period::Days(30), Period::WorkingDays(5), Period::Months(6), Period::Days(10), Period::Days(60)];
        assert_eq!(periods.map(period), ["三十日", "五个工作日", "六个月", "十日", "六十日"]);
    }
}
