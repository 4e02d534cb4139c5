//! 宗地: land that somebody holds, cut from one or more plots.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::codes::{CreditCode, ParcelCode, SupervisionNumber, UnitCode};
use crate::domain::input::{Line, Positive, Reader, input};
use crate::domain::quantity::AreaM2;
use crate::domain::record::Reference;
use crate::domain::region::ProjectId;
use crate::domain::text::{Text, text};

input! {
    /// 宗地 — what is recorded of a parcel besides its polygon
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "code": "2024-ZD-007", "cadastral_code": "410183001009GB00007", "holder": "演示新材料有限公司",
        "holder_code": "91512081MA62K0260E", "area_m2": "18000.25", "land_use": "工业用地"
    }))]
    pub struct ParcelProperties {
        /// 宗地编号 — unique in the county
        pub code: Line<50>,
        /// 宗地代码,19 位
        pub cadastral_code: Option<ParcelCode>,
        /// 不动产单元代码,28 位 — begins with the 宗地代码
        pub unit_code: Option<UnitCode>,
        /// 电子监管号
        pub regulatory_number: Option<SupervisionNumber>,
        /// 宗地名称
        pub name: Option<Line<100>>,
        /// 土地使用权人 — shown to those who work on the books only
        pub holder: Option<Line<100>>,
        /// 使用权人的统一社会信用代码
        pub holder_code: Option<CreditCode>,
        /// 用地项目 — id, or project code
        pub project: Option<Reference>,
        /// 土地用途
        pub land_use: Option<Line<100>>,
        /// 登记面积,平方米 — recorded area in m²; this or `area`
        pub area_m2: Option<Positive<AreaM2>>,
        /// 登记面积,按文件单位 — recorded area with its unit, as documented; this or `area_m2`
        pub area: Option<GivenArea>,
        /// 图形生效日 — the day from which the polygon holds; not in the future
        pub geometry_from: Option<NaiveDate>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(parcel, reader) {
        parcel.check(reader);
    }
}

impl ParcelProperties {
    fn check(&self, reader: &mut Reader) {
        match (self.area_m2, self.area) {
            (None, None) => {
                let message = Text::fixed(
                    "缺少登记面积;请填 area_m2 或 area",
                    "the recorded area is missing; give area_m2 or area",
                );
                reader.fault_at("area_m2", None, message);
            }
            (Some(_), Some(_)) => {
                reader.fault_at(
                    "area",
                    None,
                    Text::fixed("area_m2 与 area 只能填一个", "give area_m2 or area, not both"),
                );
            }
            (None, Some(area)) if area.m2().is_zero() => {
                reader.fault_at(
                    "area",
                    Some(&area.to_string()),
                    Text::fixed("必须大于零", "it must be greater than zero"),
                );
            }
            _ => {}
        }
        if let (Some(unit), Some(parcel)) = (&self.unit_code, &self.cadastral_code) {
            let begins = unit.parcel();
            if begins != *parcel {
                let message = text!(
                    "不动产单元代码的前 19 位 {begins} 与宗地代码 {parcel} 不同",
                    "the first 19 characters {begins} are not the parcel's code {parcel}"
                );
                reader.fault_at("unit_code", Some(unit.as_str()), message);
            }
        }
    }

    /// The recorded area as it was stated. One of the two members is there: the reading saw to it.
    pub fn stated_area(&self) -> GivenArea {
        let m2 = self.area_m2.and_then(|area| GivenArea::new(area.get().get(), AreaUnit::SquareMetre).ok());
        m2.or(self.area).unwrap_or_else(|| {
            GivenArea::new(rust_decimal::Decimal::ZERO, AreaUnit::SquareMetre).expect("zero is an area")
        })
    }
}

/// A parcel with its references resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parcel {
    pub code: Line<50>,
    pub cadastral_code: Option<ParcelCode>,
    pub unit_code: Option<UnitCode>,
    pub regulatory_number: Option<SupervisionNumber>,
    pub name: Option<Line<100>>,
    /// May be a natural person: never journalled, as the journal cannot be erased.
    #[serde(skip)]
    pub holder: Option<Line<100>>,
    pub holder_code: Option<CreditCode>,
    pub project: Option<ProjectId>,
    pub land_use: Option<Line<100>>,
    pub area: GivenArea,
    pub remark: Option<Line<1000>>,
}
