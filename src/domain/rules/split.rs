//! Factories that are divided and transferred in part.
//!
//! > 分割后的地块要符合单宗规划条件、满足规划核实要求,符合《国有建设用地使用权出让合同》约定及相关条件的,可按比例分割转让。
//!
//! "Where each divided parcel meets the planning conditions of a single one, has passed the planning inspection and keeps the grant
//! contract and what goes with it, it may be divided and transferred in proportion" (action plan, item 19).

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Outcome, Rule, Step};
use crate::domain::input::{Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::Ratio;
use crate::domain::rules::{CannotDecide, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "split.transfer",
    title: Text::fixed("分割转让", "Divided transfer"),
    what: Text::fixed(
        "分割后各宗地符合单宗规划条件、通过规划核实、符合出让合同约定的,可按比例分割转让",
        "Parcels that each meet planning conditions of their own, have passed the planning inspection and keep the grant contract may be divided and transferred in proportion",
    ),
    citations: &[&law::PLAN_19],
    parameters: &[],
};

input!(
    /// 分割转让 — what is said of a division; what is left out is open.
    #[schema(example = json!({"single_parcel_conditions": true, "planning_inspection": true, "contract_permits": true, "shares": ["0.4", "0.6"]}))]
    pub struct Split {
        /// 分割后各宗地是否符合单宗规划条件.
        pub single_parcel_conditions: Option<bool>,
        /// 是否通过规划核实.
        pub planning_inspection: Option<bool>,
        /// 出让合同是否允许.
        pub contract_permits: Option<bool>,
        /// 各部分的比例 — together exactly one.
        #[schema(max_items = 100)]
        pub shares: Option<Vec<Positive<Ratio>>>,
    }
    check(split, reader) {
        let count = split.shares.as_ref().map_or(0, Vec::len);
        if count > 100 || split.shares.as_ref().is_some_and(|shares| shares.len() < 2) {
            reader.fault_at("shares", Some(&count.to_string()), Text::fixed("应为 2 至 100 个部分", "2 to 100 shares are expected"));
        } else if let Some(shares) = &split.shares {
            let sum: rust_decimal::Decimal = shares.iter().map(|share| share.get().get()).sum();
            if sum != rust_decimal::Decimal::ONE {
                let sum = plain(sum);
                reader.fault_at("shares", Some(&sum), text!("各部分比例之和为 {sum},应正好为 1", "the shares add up to {sum}; they must make exactly 1"));
            }
        }
    }
);

pub fn decide(split: &Split, on: NaiveDate, policy: &Policy) -> Result<Finding, CannotDecide> {
    let conditions = [
        (split.single_parcel_conditions, Text::fixed("符合单宗规划条件", "planning conditions of a single parcel")),
        (split.planning_inspection, Text::fixed("通过规划核实", "planning inspection")),
        (split.contract_permits, Text::fixed("符合出让合同约定", "grant contract")),
    ];
    let mut steps: Vec<Step> = conditions
        .iter()
        .map(|(given, label)| {
            let filled = given.map_or("?", |given| if given { "是" } else { "否" });
            Step::comparison(label.clone(), "= 是", filled, *given == Some(true))
        })
        .collect();
    if let Some(shares) = &split.shares {
        let filled = shares.iter().map(|share| plain(share.get().get())).collect::<Vec<_>>().join(" + ");
        let mut sum = Fraction::ZERO;
        for share in shares {
            sum = sum.plus(Fraction::from(share.get().get()))?;
        }
        steps.push(Step::comparison(
            Text::fixed("按比例分割", "in proportion"),
            "Σ s = 1",
            filled,
            sum == Fraction::ONE,
        ));
    }
    let listed = |wanted: Option<bool>| {
        let found: Vec<&Text> =
            conditions.iter().filter(|(given, _)| *given == wanted).map(|(_, label)| label).collect();
        let zh = found.iter().map(|text| text.zh.as_ref()).collect::<Vec<_>>().join("、");
        let en = found.iter().map(|text| text.en.as_ref()).collect::<Vec<_>>().join(", ");
        (!found.is_empty()).then_some((zh, en))
    };
    let (outcome, message) = if let Some((zh, en)) = listed(Some(false)) {
        (Outcome::Fail, text!("不具备:{zh};不能分割转让", "not so: {en}; it is not divided"))
    } else if let Some((zh, en)) = listed(None) {
        (Outcome::NeedsReview, text!("尚未说明:{zh}", "not said yet: {en}"))
    } else if split.shares.is_none() {
        (Outcome::NeedsReview, Text::fixed("请填写各部分的比例", "give the shares of the parts"))
    } else {
        (Outcome::Pass, Text::fixed("符合条件,可按比例分割转让", "it may be divided and transferred in proportion"))
    };
    Ok(Finding::of(&RULE, policy, on, outcome, message).workings(steps))
}
