//! Whether more use of one's own industrial or warehousing land costs no further land price.
//!
//! > 在符合规划、不改变用途和自用的前提下,对提高自有工业用地或仓储用地利用率、容积率的,以及兼容或混合功能部分用地
//! > 符合划拨用地目录的,可不再增收土地价款。
//!
//! "Where the plan is kept, the use unchanged and the land used by its owner, no further land price may be charged for
//! a higher degree of use or floor area ratio of own industrial or warehousing land, nor for the land of a compatible or mixed
//! function that is on the catalogue of allocated land" (action plan, item 18). "可" leaves it to the bureau: at best the finding
//! is for review.

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, Rounding};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::input::{Line, NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::AreaM2;
use crate::domain::reference::CountyTables;
use crate::domain::rules::case::LandUse;
use crate::domain::rules::{CannotDecide, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "floor_area.no_extra_price",
    title: Text::fixed("自有用地不再增收土地价款", "No further land price for own land"),
    what: Text::fixed(
        "自有工业用地或仓储用地,符合规划、不改变用途、自用,提高利用率、容积率的,或兼容部分符合划拨用地目录的,可不再增收土地价款",
        "Own industrial or warehousing land, within the plan, its use unchanged and used by its owner: no further price may be charged for more floor area, nor for a compatible part that is on the catalogue of allocated land",
    ),
    citations: &[&law::PLAN_18],
    parameters: &[],
};

input!(
    /// 兼容或混合功能部分 — a part of another function, held against the catalogue of allocated land.
    #[schema(example = json!({"name": "职工医务室", "land_m2": "200"}))]
    pub struct CompatiblePart {
        /// 名称或功能.
        pub name: Line<100>,
        /// 用地面积,平方米.
        pub land_m2: Positive<AreaM2>,
        /// 划拨用地目录条目 — which entry it is thought to be.
        pub catalogue_entry: Option<Line<500>>,
    }
);

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub land_use: LandUse,
    pub within_plan: Option<bool>,
    pub use_unchanged: Option<bool>,
    pub self_used: Option<bool>,
    /// Counted floor area before, and after.
    pub before: Option<NonNegative<AreaM2>>,
    pub after: Option<AreaM2>,
    /// Land of the parcel, above zero.
    pub land: Fraction,
    pub parts: &'a [CompatiblePart],
    pub tables: &'a CountyTables,
    pub on: NaiveDate,
}

pub fn decide(case: &Case<'_>, policy: &Policy) -> Result<Finding, CannotDecide> {
    let finding = |outcome, message| Finding::of(&RULE, policy, case.on, outcome, message);
    if !matches!(case.land_use, LandUse::Industrial | LandUse::Warehousing) {
        let (zh, en) = (case.land_use.zh(), case.land_use.en());
        let message = text!(
            "现为{zh},第18条只就自有工业用地、仓储用地作出规定",
            "it is {en}; item 18 speaks of own industrial and warehousing land"
        );
        return Ok(finding(Outcome::NotApplicable, message));
    }
    let conditions = [
        (case.within_plan, Text::fixed("符合规划", "the plan is kept")),
        (case.use_unchanged, Text::fixed("不改变用途", "the use is unchanged")),
        (case.self_used, Text::fixed("自用", "the owner uses the land")),
    ];
    let mut steps: Vec<Step> = conditions
        .iter()
        .map(|(given, label)| {
            let filled = given.map_or("?".to_owned(), |given| if given { "是".to_owned() } else { "否".to_owned() });
            Step::comparison(label.clone(), "= 是", filled, *given == Some(true))
        })
        .collect();
    let rises = match (case.before, case.after) {
        (Some(before), Some(after)) => Some(after > before.get()),
        _ => None,
    };
    let mut numbers = Vec::new();
    for (name, label, counted) in [
        ("ratio_before", Text::fixed("现状容积率", "floor area ratio before"), case.before.map(NonNegative::get)),
        ("ratio_after", Text::fixed("拟建容积率", "floor area ratio after"), case.after),
    ] {
        if let Some(counted) = counted {
            let exact = Fraction::from(counted).over(case.land)?;
            numbers.push(Number::rounded(
                name,
                label,
                exact.decimal(4, Rounding::HalfUp)?,
                Unit::Ratio,
                exact,
                Rounding::HalfUp,
            ));
        }
    }
    if let (Some(before), Some(after)) = (case.before, case.after) {
        let before = before.get();
        let filled = format!("{after} > {before}");
        steps.push(Step::comparison(
            Text::fixed("计容建筑面积增加", "the counted floor area rises"),
            "T_1 > T_0",
            filled,
            rises == Some(true),
        ));
    }
    let allocation = case.tables.allocation_catalogue();
    for part in case.parts {
        let name = &part.name;
        let listed = allocation.is_some_and(|(_, rows)| {
            let named = part.catalogue_entry.as_ref().map_or(name.as_str(), |entry| entry.as_str());
            rows.iter().any(|row| row.text.as_str().contains(named) || named.contains(row.text.as_str()))
        });
        let filled = if allocation.is_some() { name.to_string() } else { format!("{name}:?") };
        steps.push(Step::comparison(
            text!("{name}:划拨用地目录", "\"{name}\": catalogue of allocated land"),
            "∈ 目录",
            filled,
            listed,
        ));
    }
    let broken: Vec<&Text> =
        conditions.iter().filter(|(given, _)| *given == Some(false)).map(|(_, label)| label).collect();
    let open: Vec<&Text> = conditions.iter().filter(|(given, _)| given.is_none()).map(|(_, label)| label).collect();
    let joined = |texts: &[&Text]| {
        let zh = texts.iter().map(|text| text.zh.as_ref()).collect::<Vec<_>>().join("、");
        let en = texts.iter().map(|text| text.en.as_ref()).collect::<Vec<_>>().join(", ");
        (zh, en)
    };
    let (outcome, message) = if !broken.is_empty() {
        let (zh, en) = joined(&broken);
        let message = text!(
            "不具备“{zh}”的前提,不适用不再增收土地价款的规定,须按规定补缴",
            "not so: {en}; the rule does not hold and the further price is due"
        );
        (Outcome::Fail, message)
    } else if !open.is_empty() {
        let (zh, en) = joined(&open);
        (Outcome::NeedsReview, text!("尚未说明:{zh}", "not said yet: {en}"))
    } else if rises == Some(false) && case.parts.is_empty() {
        let message = Text::fixed(
            "容积率没有提高,也没有兼容部分,不涉及增收",
            "the floor area ratio does not rise and no part is compatible: no price arises",
        );
        (Outcome::NotApplicable, message)
    } else if rises.is_none() && case.parts.is_empty() {
        (
            Outcome::NeedsReview,
            Text::fixed("请填写改造前后的计容建筑面积", "give the counted floor area before and after"),
        )
    } else {
        let message = Text::fixed(
            "符合规划、不改变用途、自用,可不再增收土地价款;由资源规划局审核决定",
            "the plan is kept, the use unchanged, the land used by its owner: no further price may be charged; the bureau decides",
        );
        (Outcome::NeedsReview, message)
    };
    let mut made = finding(outcome, message).numbers(numbers).workings(steps);
    if let Some((table, _)) = allocation.filter(|_| !case.parts.is_empty()) {
        made = made.resting_on(&table.citation, table.verified);
    }
    Ok(made)
}
