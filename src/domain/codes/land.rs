//! 宗地代码, 不动产单元代码 (GB/T 37346-2019), 电子监管号.

use std::str::FromStr;

use crate::domain::codes::{CountyCode, code, digits, of_length};
use crate::domain::text::{Text, text};

code!(
    /// 宗地代码,19 位 — code of a cadastral parcel: county 6, cadastral district 3, subdistrict 3,
    /// two feature letters, serial 5.
    ParcelCode { pattern: r"^[0-9]{12}[GJZ][ABSXCDEFHGWY][0-9]{5}$", example: "410183001009GB00001" }
);
code!(
    /// 不动产单元代码,28 位 — code of a real-estate unit: the parcel's 19 and the fixture's letter and
    /// eight digits.
    UnitCode { pattern: r"^[0-9]{12}[GJZ][ABSXCDEFHGWY][0-9]{5}[FLQW][0-9]{8}$", example: "320802001009GB00001W00000000" }
);
code!(
    /// 电子监管号 — number of a supply in the national monitoring system. Checked loosely, as several
    /// forms are in use: the county's code, then digits, capital letters and hyphens. What was copied from elsewhere is
    /// brought to this one way of writing by [`SupervisionNumber::normalised`] before it is read, so that equal numbers are equal texts.
    SupervisionNumber { pattern: r"^[0-9]{6}[0-9A-Z-]{4,24}$", example: "4101832023B00123" }
);

/// First feature letter: who owns the land.
const OWNERSHIP: [(u8, &str); 3] = [(b'G', "国家所有"), (b'J', "集体所有"), (b'Z', "未确权")];

/// Second feature letter: the kind of right.
const RIGHT: [(u8, &str); 12] = [
    (b'A', "集体土地所有权"),
    (b'B', "建设用地使用权(地表)"),
    (b'S', "建设用地使用权(地上)"),
    (b'X', "建设用地使用权(地下)"),
    (b'C', "宅基地使用权"),
    (b'D', "耕地承包经营权"),
    (b'E', "林地承包经营权"),
    (b'F', "草地承包经营权"),
    (b'H', "海域使用权"),
    (b'G', "无居民海岛使用权"),
    (b'W', "使用权未确定或有争议"),
    (b'Y', "其他"),
];

/// Letter of the fixture on the land.
const FIXTURE: [(u8, &str); 4] = [(b'F', "房屋等"), (b'L', "林木"), (b'Q', "其他"), (b'W', "无定着物")];

fn letter(code: &str, at: usize, known: &[(u8, &str)], zh: &str, en: &str) -> Result<(), Text> {
    let found = code.as_bytes()[at];
    if known.iter().any(|(letter, _)| *letter == found) {
        return Ok(());
    }
    let letters: Vec<_> = known.iter().map(|(letter, meaning)| format!("{}({meaning})", *letter as char)).collect();
    let short: Vec<_> = known.iter().map(|(letter, _)| (*letter as char).to_string()).collect();
    let (letters, short, at, found) = (letters.join("、"), short.join(", "), at + 1, found as char);
    Err(text!(
        "第 {at} 位{zh}“{found}”应为 {letters} 之一",
        "character {at}, the {en}, is {found:?}; it must be one of {short}"
    ))
}

fn parcel(code: &str) -> Result<(), Text> {
    digits(code, 0..12)?;
    code[..6].parse::<CountyCode>()?;
    letter(code, 12, &OWNERSHIP, "特征码(所有权)", "feature letter of ownership")?;
    letter(code, 13, &RIGHT, "特征码(权利类型)", "feature letter of the kind of right")?;
    digits(code, 14..19)
}

impl FromStr for ParcelCode {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        of_length(code, 19)?;
        parcel(code)?;
        Ok(Self(code.to_owned()))
    }
}

impl ParcelCode {
    pub fn county(&self) -> CountyCode {
        self.0[..6].parse().expect("checked when it was read")
    }

    /// Whether the land is owned by the state.
    pub fn is_state_owned(&self) -> bool {
        self.0.as_bytes()[12] == b'G'
    }
}

impl FromStr for UnitCode {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        of_length(code, 28)?;
        parcel(code)?;
        letter(code, 19, &FIXTURE, "定着物特征码", "feature letter of the fixture")?;
        digits(code, 20..28)?;
        if code.as_bytes()[19] == b'W' && !code.ends_with("W00000000") {
            return Err(Text::fixed(
                "无定着物(W)时末 8 位应全为 0",
                "without a fixture (W) the last eight digits must be zeros",
            ));
        }
        Ok(Self(code.to_owned()))
    }
}

impl UnitCode {
    /// 宗地代码 — the parcel's part of the code.
    pub fn parcel(&self) -> ParcelCode {
        ParcelCode(self.0[..19].to_owned())
    }
}

impl FromStr for SupervisionNumber {
    type Err = Text;

    fn from_str(number: &str) -> Result<Self, Text> {
        let known = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'-';
        if !(10..=30).contains(&number.len()) || !number.bytes().all(known) {
            return Err(text!(
                "“{number}”不像电子监管号:应为 10 至 30 位数字、大写字母或连字符",
                "{number:?} is no number of the monitoring system: 10 to 30 digits, capital letters or hyphens are expected"
            ));
        }
        digits(number, 0..6)?;
        number[..6].parse::<CountyCode>()?;
        Ok(Self(number.to_owned()))
    }
}

impl SupervisionNumber {
    /// A number as people and spreadsheets write it, brought to the one way in which it is kept: full-width characters
    /// half-width, letters capital, no blanks, one kind of hyphen.
    pub fn normalised(text: &str) -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'))
            .map(|c| match c {
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' => '-',
                c => c,
            })
            .map(|c| c.to_ascii_uppercase())
            .collect()
    }

    /// Whether it has the form that is mostly met: county, year, a letter, five digits, perhaps a part (`-2`).
    pub fn has_usual_form(&self) -> bool {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (main, part) = self.0.split_once('-').map_or((self.0.as_str(), None), |(main, part)| (main, Some(part)));
        main.len() == 16
            && digits(&main[..10])
            && main.as_bytes()[10].is_ascii_uppercase()
            && digits(&main[11..])
            && part.is_none_or(|part| part.len() <= 2 && digits(part))
    }
}
