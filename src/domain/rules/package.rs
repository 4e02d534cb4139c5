//! Parcels that are supplied together.
//!
//! > 在城镇开发边界范围内,可按照“面积适中、功能融合”原则,将包括产业、住宅、商业等多个不同用途、面积和位置邻近的地块组合打包为一个
//! > 项目,在符合详细规划的基础上,分别出具规划条件,实施宗地组合供应。探索实行产业链供地,对产业链关联项目涉及的多宗土地实行以
//! > “标准地”模式整体供应。
//!
//! "Inside the urban development boundary parcels of different uses, near each other in size and place, may by the principle of
//! moderate size and mixed functions be combined as one project, planning conditions being issued for each on the ground of
//! the detailed plan. Several parcels of projects of one industrial chain may be supplied as a whole as standard land" (action
//! plan, item 17). What is moderate is for the bureau: at best the finding is for review.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Outcome, Rule, Step};
use crate::domain::input::{Line, Positive, input, vocabulary};
use crate::domain::policy::Policy;
use crate::domain::quantity::AreaM2;
use crate::domain::rules::case::LandUse;
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "package.combination",
    title: Text::fixed("宗地组合供应", "Parcels supplied together"),
    what: Text::fixed(
        "城镇开发边界内、位置邻近的多宗地,分别出具规划条件后可组合供应;产业链关联项目可按标准地模式整体供应;是否面积适中、功能融合由主管部门审核",
        "Parcels near each other inside the urban development boundary may be supplied together, each with planning conditions of its own, or as the standard land of an industrial chain; whether size and mixture fit is reviewed",
    ),
    citations: &[&law::PLAN_17],
    parameters: &[],
};

vocabulary!(
    /// 组合方式 — which of item 17's two ways.
    pub enum PackageKind {
        Combination = "combination" "宗地组合供应",
        Chain = "chain" "产业链整体供应",
    }
);

input!(
    /// 组合中的宗地 — one of the parcels.
    pub struct PackageParcel {
        /// 名称或编号.
        pub name: Line<100>,
        /// 土地用途.
        pub land_use: LandUse,
        /// 面积,平方米.
        pub area_m2: Positive<AreaM2>,
        /// 规划条件文号 — of this parcel alone.
        pub planning_conditions: Option<Line<100>>,
        /// 是否在城镇开发边界内.
        pub inside_boundary: Option<bool>,
    }
);

input!(
    /// 组合供应 — parcels that are wanted as one project.
    #[schema(example = json!({"kind": "combination", "adjacent": true, "parcels": [
        {"name": "A 地块", "land_use": "industrial", "area_m2": "20000", "planning_conditions": "演示规条〔2026〕12号", "inside_boundary": true},
        {"name": "B 地块", "land_use": "commercial", "area_m2": "5000", "planning_conditions": "演示规条〔2026〕13号", "inside_boundary": true}
    ]}))]
    pub struct Package {
        /// 组合方式.
        pub kind: PackageKind,
        /// 位置是否邻近.
        pub adjacent: Option<bool>,
        /// 各宗地,2 至 20 宗.
        #[schema(min_items = 2, max_items = 20)]
        pub parcels: Vec<PackageParcel>,
    }
    check(package, reader) {
        let count = package.parcels.len();
        if !(2..=20).contains(&count) {
            reader.fault_at("parcels", Some(&count.to_string()), Text::fixed("应为 2 至 20 宗", "2 to 20 parcels are expected"));
        }
    }
);

pub fn decide(package: &Package, on: NaiveDate, policy: &Policy) -> Finding {
    let outside: Vec<&str> = names(package, |parcel| parcel.inside_boundary == Some(false));
    let unsaid: Vec<&str> = names(package, |parcel| parcel.inside_boundary.is_none());
    let unplanned: Vec<&str> = names(package, |parcel| parcel.planning_conditions.is_none());
    let steps: Vec<Step> = package
        .parcels
        .iter()
        .map(|parcel| {
            let (name, conditions) = (&parcel.name, parcel.planning_conditions.as_ref());
            let filled = conditions.map_or_else(|| "—".to_owned(), ToString::to_string);
            let holds = conditions.is_some() && parcel.inside_boundary == Some(true);
            Step::comparison(text!("{name}", "\"{name}\""), "开发边界内 ∧ 规划条件", filled, holds)
        })
        .collect();
    let (outcome, message) = if !outside.is_empty() {
        let names = outside.join("、");
        (
            Outcome::Fail,
            text!(
                "{names}不在城镇开发边界内,不能组合供应",
                "outside the urban development boundary: \"{names}\"; they are not supplied together"
            ),
        )
    } else if package.adjacent == Some(false) && package.kind == PackageKind::Combination {
        (
            Outcome::Fail,
            Text::fixed(
                "宗地位置不邻近,不能组合供应",
                "the parcels are not near each other and are not supplied together",
            ),
        )
    } else if !unplanned.is_empty() {
        let names = unplanned.join("、");
        (
            Outcome::NeedsReview,
            text!("{names}须分别出具规划条件", "planning conditions of its own are needed for each of \"{names}\""),
        )
    } else if !unsaid.is_empty() || package.adjacent.is_none() {
        (
            Outcome::NeedsReview,
            Text::fixed(
                "请说明各宗地是否在城镇开发边界内、位置是否邻近",
                "say whether the parcels lie inside the urban development boundary and near each other",
            ),
        )
    } else {
        (
            Outcome::NeedsReview,
            Text::fixed(
                "可以组合供应;是否面积适中、功能融合由资源规划局审核",
                "they may be supplied together; whether size and mixture fit is for the bureau to review",
            ),
        )
    };
    Finding::of(&RULE, policy, on, outcome, message)
        .aspect(package.kind.as_str(), Text::new(package.kind.zh(), package.kind.as_str().replace('_', " ")))
        .workings(steps)
}

fn names(package: &Package, which: impl Fn(&PackageParcel) -> bool) -> Vec<&str> {
    package.parcels.iter().filter(|parcel| which(parcel)).map(|parcel| parcel.name.as_str()).collect()
}
