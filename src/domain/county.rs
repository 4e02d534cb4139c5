//! A county as it is entered: its code, name and extent; and its townships.

use rust_decimal::Decimal;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::input::{Input, Line, Reader, input};
use crate::domain::quantity::{decimal, json_digits};
use crate::domain::region::County;
use crate::domain::text::Text;

/// Units of an extent in one degree.
const UNITS: u32 = 7;

/// 度 — degrees of longitude or latitude, at most seven decimals (about a centimetre).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, pattern = r"^[0-9]{1,3}(\.[0-9]{1,7})?$", example = "113.1500000")]
pub struct Degrees(i32);

impl Degrees {
    /// From degrees × 10⁷.
    pub const fn from_e7(e7: i32) -> Self {
        Self(e7)
    }

    pub const fn e7(self) -> i32 {
        self.0
    }
}

impl std::fmt::Display for Degrees {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", Decimal::new(i64::from(self.0), UNITS))
    }
}

impl serde::Serialize for Degrees {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Input<'de> for Degrees {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let digits = json_digits(raw);
        let read = decimal(digits).ok().filter(|degrees| degrees.normalize().scale() <= UNITS).and_then(|degrees| {
            let mut degrees = degrees;
            degrees.rescale(UNITS);
            i32::try_from(degrees.mantissa()).ok().filter(|e7| (0..=1_800_000_000).contains(e7))
        });
        if read.is_none() {
            let message = Text::fixed(
                "应为 0 至 180 的度数,至多 7 位小数,如 \"113.15\"",
                "degrees from 0 to 180 with at most 7 decimals are expected, such as \"113.15\"",
            );
            reader.fault(Some(digits), message);
        }
        read.map(Self)
    }
}

input! {
    /// 范围 — the box that every polygon of the county lies in, in degrees
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"west": "113.10", "south": "34.28", "east": "113.72", "north": "34.68"}))]
    pub struct Extent {
        /// 西界,经度
        pub west: Degrees,
        /// 南界,纬度
        pub south: Degrees,
        /// 东界,经度
        pub east: Degrees,
        /// 北界,纬度
        pub north: Degrees,
    }
    check(extent, reader) {
        if extent.west >= extent.east {
            reader.fault_at("east", Some(&extent.east.to_string()), Text::fixed("东界须大于西界", "east must be greater than west"));
        }
        if extent.south >= extent.north {
            reader.fault_at("north", Some(&extent.north.to_string()), Text::fixed("北界须大于南界", "north must be greater than south"));
        }
        if extent.north.e7() > 900_000_000 {
            reader.fault_at("north", Some(&extent.north.to_string()), Text::fixed("纬度不能大于 90", "a latitude may not exceed 90"));
        }
    }
}

impl Extent {
    /// All of the country, land and sea, for a county whose own extent is not known yet: as `county_state` has it.
    pub const COUNTRY: Self = Self {
        west: Degrees::from_e7(730_000_000),
        south: Degrees::from_e7(30_000_000),
        east: Degrees::from_e7(1_360_000_000),
        north: Degrees::from_e7(540_000_000),
    };

    pub fn degree_box(&self) -> DegreeBox {
        DegreeBox { west: self.west.e7(), south: self.south.e7(), east: self.east.e7(), north: self.north.e7() }
    }
}

impl From<DegreeBox> for Extent {
    fn from(of: DegreeBox) -> Self {
        Self {
            west: Degrees::from_e7(of.west),
            south: Degrees::from_e7(of.south),
            east: Degrees::from_e7(of.east),
            north: Degrees::from_e7(of.north),
        }
    }
}

input! {
    /// 县 — a county to be kept here
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"county": "410183", "name": "新密市", "extent": {"west": "113.10", "south": "34.28", "east": "113.72", "north": "34.68"}}))]
    pub struct CountyBody {
        /// 县级行政区划代码
        pub county: County,
        /// 名称
        pub name: Line<50>,
        /// 范围
        pub extent: Extent,
    }
}

input! {
    /// 乡镇街道 — a township-level unit
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"name": "大隗镇", "is_official": true}))]
    pub struct TownshipBody {
        /// 名称
        pub name: Line<50>,
        /// 是否官方代码 — whether the code is from the official list; true if left out
        pub is_official: Option<bool>,
    }
}
