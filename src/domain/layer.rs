//! 图层: the collections that GIS programs read, and the properties of their features.
//!
//! The properties are a fixed list of what may be public: nothing sealed, nothing personal, and nothing that
//! depends on the day on which one looks.

use crate::domain::input::vocabulary;
use crate::domain::region::County;
use crate::domain::text::Text;

vocabulary! {
    /// 图层 — a collection of features.
    pub enum Layer {
        Plots = "plots" "地块",
        Residuals = "residuals" "未供剩余",
        Parcels = "parcels" "宗地",
        Approvals = "approvals" "用地批文",
        Contracts = "contracts" "合同",
        IdleCases = "idle_cases" "闲置土地",
        IdleSuspicions = "idle_suspicions" "疑似闲置土地",
    }
}

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    /// A number of things.
    Count,
    /// Square metres with four decimals.
    Area,
    Day,
}

/// A property of the features of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property {
    pub name: &'static str,
    pub kind: Kind,
    pub title: (&'static str, &'static str),
}

impl Property {
    /// Whether features can be asked for by its value. What was measured or counted nobody looks for with `=`.
    pub const fn is_queryable(&self) -> bool {
        !matches!(self.kind, Kind::Area | Kind::Count)
    }

    pub const fn title(&self) -> Text {
        Text::fixed(self.title.0, self.title.1)
    }
}

const fn text(name: &'static str, zh: &'static str, en: &'static str) -> Property {
    Property { name, kind: Kind::Text, title: (zh, en) }
}

const fn integer(name: &'static str, zh: &'static str, en: &'static str) -> Property {
    Property { name, kind: Kind::Integer, title: (zh, en) }
}

const fn area(name: &'static str, zh: &'static str, en: &'static str) -> Property {
    Property { name, kind: Kind::Area, title: (zh, en) }
}

const fn day(name: &'static str, zh: &'static str, en: &'static str) -> Property {
    Property { name, kind: Kind::Day, title: (zh, en) }
}

const APPROVAL: Property = integer("approval", "用地批文编号", "id of the approval");
const APPROVAL_NUMBER: Property = text("approval_number", "批准文号", "number of the approval");
const APPROVED_ON: Property = day("approved_on", "批准日期", "day of the approval");
const TOWNSHIP: Property = text("township", "所属乡镇街道代码", "code of the township");
const PLANNED_USE: Property = text("planned_use", "规划用途", "planned use");
const AREA: Property = area("area_m2", "登记面积,平方米", "recorded area, m²");
const POLYGON_AREA: Property = area("polygon_area_m2", "图形面积,平方米", "planar area of the polygon, m²");

const PLOTS: &[Property] = &[
    text("code", "地块编号", "code"),
    text("name", "地块名称", "name"),
    text("location", "位置", "location"),
    text("origin", "来源", "origin"),
    APPROVAL,
    APPROVAL_NUMBER,
    APPROVED_ON,
    text("approved_project", "报批项目", "project named in the approval"),
    PLANNED_USE,
    TOWNSHIP,
    day("reserved_on", "储备入库日期", "day it entered the land reserve"),
    AREA,
    POLYGON_AREA,
];

const RESIDUALS: &[Property] = &[
    integer("plot", "地块编号(系统内)", "id of the plot"),
    text("code", "地块编号", "code of the plot"),
    APPROVAL,
    APPROVAL_NUMBER,
    APPROVED_ON,
    PLANNED_USE,
    TOWNSHIP,
    POLYGON_AREA,
];

const PARCELS: &[Property] = &[
    text("code", "宗地编号", "code"),
    text("cadastral_code", "宗地代码", "cadastral code"),
    text("unit_code", "不动产单元代码", "real-estate unit code"),
    text("regulatory_number", "电子监管号", "supervision number"),
    integer("project", "用地项目编号", "id of the project"),
    text("land_use", "土地用途", "land use"),
    AREA,
    POLYGON_AREA,
];

const APPROVALS: &[Property] = &[
    text("number", "批准文号", "number"),
    text("kind", "批次类型", "kind"),
    text("authority", "批准机关", "approving authority"),
    APPROVED_ON,
    text("approved_project", "报批项目", "project named in the approval"),
    Property { name: "plots", kind: Kind::Count, title: ("地块数", "number of plots") },
    AREA,
];

const CONTRACTS: &[Property] = &[
    text("number", "合同编号、决定书号", "number"),
    text("kind", "合同种类", "kind"),
    text("regulatory_number", "电子监管号", "supervision number"),
    text("land_use", "土地用途", "land use"),
    day("signed_on", "签订日期", "day it was signed"),
    day("delivery_on", "约定交地日", "delivery agreed for"),
    day("start_on", "约定动工日", "start agreed for"),
    day("completion_on", "约定竣工日", "completion agreed for"),
    area("area_m2", "合同面积,平方米", "area of the contract, m²"),
];

const IDLE_CASES: &[Property] = &[
    text("number", "案号", "number of the case"),
    integer("parcel", "宗地编号(系统内)", "id of the parcel"),
    text("parcel_code", "宗地编号", "code of the parcel"),
    text("state", "案件状态", "state of the case"),
    text("cause", "闲置原因(政府原因的)", "cause, where it lies with the government"),
    day("found_on", "认定日期", "day of the finding"),
    area("area_m2", "案件面积,平方米", "land of the case, m²"),
    POLYGON_AREA,
];

const IDLE_SUSPICIONS: &[Property] = &[
    text("number", "案号", "number of the case"),
    integer("parcel", "宗地编号(系统内)", "id of the parcel"),
    text("parcel_code", "宗地编号", "code of the parcel"),
    text("state", "案件状态", "state of the case"),
    text("grounds", "疑似情形", "grounds of the suspicion"),
    day("opened_on", "立案日期", "day on which the case was opened"),
    area("area_m2", "案件面积,平方米", "land of the case, m²"),
    POLYGON_AREA,
];

/// Version of what features are rendered to: whoever changes a property or the writing of geometries counts it up,
/// and the next start renders all features anew.
pub const RENDER_VERSION: i32 = 1;

/// What the ordinals of a layer begin with: more than any id, so that layers do not mix.
const ORDINALS: i64 = 10_000_000_000_000_000;

impl Layer {
    /// Its number in the ordinals; never changed, as it rests in the database.
    const fn number(self) -> i64 {
        match self {
            Self::Plots => 1,
            Self::Residuals => 2,
            Self::Parcels => 3,
            Self::Approvals => 4,
            Self::Contracts => 5,
            Self::IdleCases => 6,
            Self::IdleSuspicions => 7,
        }
    }

    /// Where the layer stands in the third dimension of the spatial index, with an extent of one.
    pub const fn depth(self) -> i64 {
        self.number() << 28
    }

    /// The number by which features are kept and ordered: first by layer, then by id.
    pub const fn ordinal(self, id: i64) -> i64 {
        self.number() * ORDINALS + id
    }

    /// The ordinals of a county: every one of its features lies strictly between.
    pub const fn bounds(self, county: County) -> (i64, i64) {
        (self.ordinal(county.feature_id(0)), self.ordinal(county.feature_id(1_000_000_000)))
    }

    pub const fn properties(self) -> &'static [Property] {
        match self {
            Self::Plots => PLOTS,
            Self::Residuals => RESIDUALS,
            Self::Parcels => PARCELS,
            Self::Approvals => APPROVALS,
            Self::Contracts => CONTRACTS,
            Self::IdleCases => IDLE_CASES,
            Self::IdleSuspicions => IDLE_SUSPICIONS,
        }
    }

    /// Whether the layer may be shown to everybody at all. A suspicion never is.
    pub const fn may_be_public(self) -> bool {
        !matches!(self, Self::IdleSuspicions)
    }

    pub fn property(self, name: &str) -> Option<&'static Property> {
        self.properties().iter().find(|property| property.name == name)
    }

    pub const fn title(self) -> Text {
        match self {
            Self::Plots => Text::fixed("地块", "Plots"),
            Self::Residuals => Text::fixed("未供剩余", "Residuals"),
            Self::Parcels => Text::fixed("宗地", "Parcels"),
            Self::Approvals => Text::fixed("用地批文", "Approvals"),
            Self::Contracts => Text::fixed("合同", "Contracts"),
            Self::IdleCases => Text::fixed("闲置土地", "Idle land"),
            Self::IdleSuspicions => Text::fixed("疑似闲置土地", "Suspected idle land"),
        }
    }

    pub const fn description(self) -> Text {
        match self {
            Self::Plots => Text::fixed(
                "批准用地的地块,图形为最新版本;未落图的地块没有图形",
                "Pieces of approved land, with the newest version of their polygon; one that is not mapped has none",
            ),
            Self::Residuals => {
                Text::fixed("地块中尚未供应的部分", "What is left of each plot that is not supplied yet")
            }
            Self::Parcels => {
                Text::fixed("供地所划的宗地,不含使用权人", "Parcels that were cut for a supply, without their holders")
            }
            Self::Approvals => Text::fixed(
                "用地批文,图形为其下各地块图形之和",
                "Approvals to use land; the geometry is that of all their plots",
            ),
            Self::IdleCases => Text::fixed(
                "已认定并公示、尚未销号的闲置土地案件",
                "Land that was found idle and published, until its case is closed",
            ),
            Self::IdleSuspicions => Text::fixed(
                "疑似闲置、调查中和认定后尚未公示的案件;从不公开",
                "Cases of suspected idle land, and of idle land that is not published yet; never public",
            ),
            Self::Contracts => Text::fixed(
                "出让、租赁合同和划拨决定书,图形为其各宗地图形之和;不含价款、土地使用者和闲置情况",
                "Contracts and allocation decisions; the geometry is that of their parcels. No prices, no land users, no word of idleness",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countys_features_lie_between_its_bounds_and_layers_do_not_mix() {
        let (first, last) = ("110101".parse::<County>().unwrap(), "659001".parse::<County>().unwrap());
        let mut before = 0;
        for layer in Layer::ALL {
            for county in [first, last] {
                let (low, high) = layer.bounds(county);
                assert!(before <= low);
                assert!(low < layer.ordinal(county.feature_id(1)));
                assert!(layer.ordinal(county.feature_id(999_999_999)) < high);
                before = high;
            }
            assert!(i32::try_from(layer.depth() + 1).is_ok());
        }
    }

    #[test]
    fn no_property_is_named_as_a_parameter_or_twice() {
        for layer in Layer::ALL {
            for (at, property) in layer.properties().iter().enumerate() {
                let reserved = ["bbox", "bbox-crs", "crs", "datetime", "f", "id", "limit", "offset", "properties"];
                assert!(!reserved.contains(&property.name));
                assert!(!layer.properties()[..at].iter().any(|other| other.name == property.name));
            }
        }
    }
}
