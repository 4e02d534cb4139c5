//! What the buildings on an industrial parcel are used for.

pub mod admin_living;
pub mod ancillary;
pub mod counted;
pub mod dominant_use;
pub mod geometry;
pub mod no_extra_price;

use serde::Serialize;

use crate::domain::exact::{Arithmetic, Fraction, Rounding};
use crate::domain::finding::{Number, Unit};
use crate::domain::input::{NonNegative, input, vocabulary};
use crate::domain::quantity::AreaM2;
use crate::domain::text::Text;

vocabulary!(
    /// 建筑用途 — what a storey is used for, by the terms of item 18.
    pub enum Use {
        Dominant = "dominant" "主导用途",
        AdminLiving = "admin_living" "行政办公及生活服务设施",
        OtherAncillary = "other_ancillary" "其他辅助用途",
    }
);

vocabulary!(
    /// 用地类别 — how the land is managed after item 18.
    pub enum Classification {
        Industrial = "industrial" "按工业用地管理",
        MixedIndustrial = "mixed_industrial" "按混合产业用地管理",
        DominantUseInsufficient = "dominant_use_insufficient" "主导用途占比不足",
    }
);

input!(
    /// 建筑面积 — floor area of one use.
    #[derive(Copy, Default, PartialEq, Eq, Serialize)]
    #[schema(example = json!({"actual_m2": "14000", "counted_m2": "14000"}))]
    pub struct FloorArea {
        /// 实际建筑面积,平方米 — actual floor area.
        pub actual_m2: NonNegative<AreaM2>,
        /// 计容建筑面积,平方米 — floor area that counts for the floor area ratio.
        pub counted_m2: NonNegative<AreaM2>,
    }
);

input!(
    /// 各用途建筑面积合计 — floor area per use.
    #[derive(Copy, Default, PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "dominant": {"actual_m2": "14000", "counted_m2": "14000"},
        "admin_living": {"actual_m2": "3000", "counted_m2": "3000"},
        "other_ancillary": {"actual_m2": "3000", "counted_m2": "3000"},
    }))]
    pub struct Uses {
        /// 主导用途 — the dominant use.
        pub dominant: FloorArea,
        /// 行政办公及生活服务设施 — administrative and living facilities.
        pub admin_living: FloorArea,
        /// 其他辅助用途 — other ancillary uses.
        pub other_ancillary: FloorArea,
    }
);

impl FloorArea {
    pub const fn actual(self) -> AreaM2 {
        self.actual_m2.get()
    }

    pub const fn counted(self) -> AreaM2 {
        self.counted_m2.get()
    }
}

impl Uses {
    /// Each use with its areas.
    pub const fn each(&self) -> [(Use, FloorArea); 3] {
        [
            (Use::Dominant, self.dominant),
            (Use::AdminLiving, self.admin_living),
            (Use::OtherAncillary, self.other_ancillary),
        ]
    }

    pub fn total_actual(&self) -> AreaM2 {
        self.each().iter().map(|(_, area)| area.actual()).sum()
    }

    pub fn total_counted(&self) -> AreaM2 {
        self.each().iter().map(|(_, area)| area.counted()).sum()
    }
}

/// How item 18 classes the land. The classes rest on the counted floor area alone; a breach of the
/// quota of administrative and living facilities is a finding of its own.
pub const fn classify(dominant_exceeds: bool, ancillary_within: bool) -> Classification {
    match (dominant_exceeds, ancillary_within) {
        (false, _) => Classification::DominantUseInsufficient,
        (true, true) => Classification::Industrial,
        (true, false) => Classification::MixedIndustrial,
    }
}

/// Refuses areas and shares that a finding could not show, so that a case is refused alike with its findings and without.
fn check_shown(areas: &[Fraction], shares: &[Fraction]) -> Result<(), Arithmetic> {
    for area in areas {
        area.round(AreaM2::SCALE, Rounding::HalfUp)?;
    }
    for share in shares {
        share.round(6, Rounding::HalfUp)?;
        share.times(Fraction::whole(100))?.round(2, Rounding::HalfUp)?;
    }
    Ok(())
}

/// An area of a finding: four decimals half up, exact as a fraction.
fn area(name: &'static str, label: Text, exact: Fraction) -> Result<Number, Arithmetic> {
    let value = exact.decimal(AreaM2::SCALE, Rounding::HalfUp)?;
    Ok(Number::rounded(name, label, value, Unit::SquareMetre, exact, Rounding::HalfUp))
}

/// A share of a finding: six decimals half up, exact as a fraction.
fn share(name: &'static str, label: Text, exact: Fraction) -> Result<Number, Arithmetic> {
    Ok(Number::rounded(name, label, exact.decimal(6, Rounding::HalfUp)?, Unit::Share, exact, Rounding::HalfUp))
}

/// A share as a percentage for a sentence: 0.15 is "15.00%".
fn percent(exact: Fraction) -> Result<String, Arithmetic> {
    Ok(exact.times(Fraction::whole(100))?.decimal(2, Rounding::HalfUp)? + "%")
}
