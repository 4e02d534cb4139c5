//! The share of the dominant use.
//!
//! > 鼓励民营企业利用自有工业用地发展新产业新业态,主导用途的计容建筑面积占宗地总计容建筑面积的比例应大于50%。
//!
//! "… the counted floor area of the dominant use must be more than 50 % of the counted floor area of the
//! whole parcel" (action plan, item 18). Exactly half is not more than half. Whether several industrial
//! functions are one dominant use the plan leaves open: the caller says which floor area is dominant.

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::AreaM2;
use crate::domain::rules::floor_area::{area, check_shown, percent, share};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "floor_area.dominant_use",
    title: Text::fixed("主导用途占比", "Share of the dominant use"),
    what: Text::fixed(
        "主导用途计容建筑面积占宗地总计容建筑面积的比例应大于规定比例(等于的不符合)",
        "The dominant use holds more than a set share of the counted floor area of the parcel (exactly that share fails)",
    ),
    citations: &[&law::PLAN_18],
    parameters: &[policy::FLOOR_AREA_DOMINANT_SHARE_OVER.id()],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub dominant_counted: AreaM2,
    /// Above zero.
    pub total_counted: AreaM2,
    pub on: NaiveDate,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<(), impl Explain<()>>, CannotDecide> {
    let over = policy.on(&policy::FLOOR_AREA_DOMINANT_SHARE_OVER, case.on)?;
    let (dominant, total) = (Fraction::from(case.dominant_counted), Fraction::from(case.total_counted));
    let exact = dominant.over(total)?;
    let exceeds = exact > Fraction::from(over.value.get());
    let outcome = if exceeds { Outcome::Pass } else { Outcome::Fail };
    check_shown(&[dominant, total], &[exact])?;

    let explain = move |_: &()| {
        let (held, limit) = (percent(exact)?, percent(over.value.get().into())?);
        let message = if exceeds {
            text!(
                "主导用途占计容建筑面积 {held},大于 {limit}",
                "the dominant use holds {held} of the counted floor area, more than {limit}"
            )
        } else {
            text!(
                "主导用途占计容建筑面积 {held},应大于 {limit}(等于的也不符合)",
                "the dominant use holds {held} of the counted floor area; more than {limit} is asked for"
            )
        };
        let filled = format!(
            "{} > {} × {}",
            plain(case.dominant_counted.get()),
            over.written(),
            plain(case.total_counted.get())
        );
        let label = Text::fixed("应大于的比例", "share to be exceeded");
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers([
                area(
                    "dominant_counted",
                    Text::fixed("主导用途计容建筑面积", "counted floor area of the dominant use"),
                    dominant,
                )?,
                area("total_counted", Text::fixed("总计容建筑面积", "counted floor area in all"), total)?,
                share("dominant_share", Text::fixed("主导用途占比", "share of the dominant use"), exact)?,
            ])
            .workings([Step::comparison(
                Text::fixed("主导用途与总量比较", "the dominant use held against the whole"),
                "D > s × T",
                filled,
                exceeds,
            )])
            .threshold(Number::exact("dominant_share_over", label, over.written().clone(), Unit::Share))
            .using(&over))
    };
    Ok(Decided::new((), outcome, explain))
}
