//! 行政区划代码 — codes of counties and townships (GB/T 2260, GB/T 10114).

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::codes::{digits, of_length};
use crate::domain::input::{Input, Reader, vocabulary, word};
use crate::domain::text::{Text, text};

/// First two digits of the province-level units.
const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82,
];

/// Cities without counties, which stand for one themselves: 三沙, 儋州, 东莞, 中山, 嘉峪关.
const CITIES_WITHOUT_COUNTIES: [u32; 5] = [460300, 460400, 441900, 442000, 620200];

/// 县级行政区划代码,6 位 — code of a county-level unit, such as 410183 新密市.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = r"^[0-9]{6}$", example = "410183")]
pub struct CountyCode(u32);

impl CountyCode {
    /// The code as the number that leads every primary key.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Refuses a number that is no county's code.
    pub fn new(code: u32) -> Result<Self, Text> {
        let refused = |zh: &str, en: &str| Err(text!("{code:06}{zh}", "{code:06} {en}"));
        if code > 999_999 || !PROVINCES.contains(&(code / 10_000)) {
            return refused(":前两位不是省级行政区划代码", "does not begin with the code of a province");
        }
        let whole_city = code.is_multiple_of(100) || (code / 100).is_multiple_of(100);
        if whole_city && !CITIES_WITHOUT_COUNTIES.contains(&code) {
            return refused(
                "是省级或市级代码,此处应为县级代码(如 410183)",
                "is the code of a province or city; a county's is expected (like 410183)",
            );
        }
        Ok(Self(code))
    }
}

impl FromStr for CountyCode {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        of_length(code, 6)?;
        digits(code, 0..6)?;
        Self::new(code.parse().expect("six digits are a number"))
    }
}

vocabulary!(
    /// 乡级单位类别 — kind of a township-level unit, by its number within the county.
    pub enum TownshipKind {
        Subdistrict = "subdistrict" "街道",
        Town = "town" "镇",
        Township = "township" "乡",
        Other = "other" "政企合一单位",
    }
);

/// 乡级行政区划代码,9 位 — code of a township: the county's six digits and three of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = r"^[0-9]{9}$", example = "410183104")]
pub struct TownshipCode(u32);

impl TownshipCode {
    pub const fn get(self) -> u32 {
        self.0
    }

    pub fn new(code: u32) -> Result<Self, Text> {
        CountyCode::new(code / 1000)?;
        match code % 1000 {
            1..=599 => Ok(Self(code)),
            other => Err(text!(
                "末三位 {other:03} 不是乡级代码(001–099 街道,100–199 镇,200–399 乡,400–599 政企合一单位)",
                "the last three digits {other:03} are no township's (001–099 subdistricts, 100–199 towns, 200–399 townships, 400–599 other units)"
            )),
        }
    }

    pub const fn county(self) -> CountyCode {
        CountyCode(self.0 / 1000)
    }

    pub const fn kind(self) -> TownshipKind {
        match self.0 % 1000 {
            0..100 => TownshipKind::Subdistrict,
            100..200 => TownshipKind::Town,
            200..400 => TownshipKind::Township,
            _ => TownshipKind::Other,
        }
    }
}

impl FromStr for TownshipCode {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        of_length(code, 9)?;
        digits(code, 0..9)?;
        Self::new(code.parse().expect("nine digits fit 32 bits"))
    }
}

macro_rules! written_in_digits {
    ($($name:ident $width:literal),*) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{:0", $width, "}"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Input<'de> for $name {
            fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
                word(raw, reader)
            }
        }
    )* };
}
written_in_digits!(CountyCode 6, TownshipCode 9);
