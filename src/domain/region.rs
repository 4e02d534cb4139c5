//! Where things belong: the county leads every key and is the unit of consistency (DESIGN.md 2.3).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::codes::CountyCode;
use crate::domain::input::{Input, Reader, word};
use crate::domain::text::Text;

/// Features of one collection in one county: serials run below this.
const SERIALS: i64 = 1_000_000_000;

/// 县级行政区划代码 — a county by its six-digit division code (GB/T 2260), such as 410183 新密市.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = r"^[1-9][0-9]{5}$", example = "410183")]
pub struct County(i32);

impl County {
    /// From the number at rest in the database.
    pub fn from_number(number: i32) -> Result<Self, Text> {
        CountyCode::new(u32::try_from(number).unwrap_or(0)).map(Self::from)
    }

    pub const fn number(self) -> i32 {
        self.0
    }

    /// The id of the feature with this serial in one of the county's collections.
    pub const fn feature_id(self, serial: i64) -> i64 {
        self.0 as i64 * SERIALS + serial
    }

    /// Whether a feature id was given in this county.
    pub const fn owns(self, feature_id: i64) -> bool {
        feature_id / SERIALS == self.0 as i64
    }
}

impl FromStr for County {
    type Err = Text;

    fn from_str(code: &str) -> Result<Self, Text> {
        code.parse::<CountyCode>().map(Self::from)
    }
}

impl From<CountyCode> for County {
    fn from(code: CountyCode) -> Self {
        Self(i32::try_from(code.get()).expect("a code has six digits"))
    }
}

impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for County {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for County {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|t: Text| serde::de::Error::custom(t.en))
    }
}

impl<'de> Input<'de> for County {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        word(raw, reader)
    }
}

macro_rules! feature_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = i64, example = 410_183_000_000_001_i64)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<'de> Input<'de> for $name {
            fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
                i64::read(raw, reader).map(Self)
            }
        }
    )* };
}
feature_id!(
    /// 地块编号(系统内) — a plot: county × 10⁹ + serial.
    PlotId,
    /// 宗地编号(系统内) — a parcel: county × 10⁹ + serial.
    ParcelId,
    /// 用地批文编号(系统内) — an approval: county × 10⁹ + serial.
    ApprovalId,
    /// 用地项目编号(系统内) — a project: county × 10⁹ + serial.
    ProjectId,
);

/// 用户编号 — a user account; it says nothing about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct UserId(pub i64);

impl UserId {
    /// Nobody with an account: somebody with the database at hand, on the command line.
    pub const COMMAND_LINE: Self = Self(0);
}

impl<'de> Input<'de> for UserId {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        i64::read(raw, reader).map(Self)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
