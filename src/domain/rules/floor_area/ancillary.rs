//! The share of other ancillary uses.
//!
//! > 除按规定配套的行政办公及生活服务设施以外,其他辅助用途的计容建筑面积不超过宗地总计容建筑面积15%的,仍按工业
//! > 用地管理;超过15%的,按混合产业用地管理。
//!
//! "Where, apart from the administrative and living facilities provided as prescribed, the counted floor
//! area of other ancillary uses does not exceed 15 % of that of the whole parcel, the land is still managed
//! as industrial land; where it does, as mixed industrial land" (action plan, item 18). Only what is
//! prescribed is left out: floor area beyond that quota is other ancillary use, where the policy says so.

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::AreaM2;
use crate::domain::rules::floor_area::{area, check_shown, percent, share};
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "floor_area.ancillary",
    title: Text::fixed("其他辅助用途占比", "Share of other ancillary uses"),
    what: Text::fixed(
        "其他辅助用途(含超出配额的行政办公及生活服务设施)计容建筑面积不超过规定比例的,按工业用地管理,超过的按混合产业用地管理",
        "Where other ancillary uses, with administrative and living floor area beyond its quota, hold no more than a set share of the counted floor area the land is managed as industrial, else as mixed industrial",
    ),
    citations: &[&law::PLAN_18],
    parameters: &[policy::FLOOR_AREA_ANCILLARY_SHARE_MAX.id(), policy::FLOOR_AREA_EXCESS_COUNTS_AS_ANCILLARY.id()],
};

#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub other_counted: AreaM2,
    /// Counted floor area of administrative and living facilities beyond their quota.
    pub excess_counted: Fraction,
    /// Above zero.
    pub total_counted: AreaM2,
    pub on: NaiveDate,
}

/// Other ancillary use with the excess, as far as it counts, and whether it is within the limit.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    pub counted: Fraction,
    pub within: bool,
}

pub fn decide(case: Case, policy: &Policy) -> Result<Decided<Share, impl Explain<Share>>, CannotDecide> {
    let most = policy.on(&policy::FLOOR_AREA_ANCILLARY_SHARE_MAX, case.on)?;
    let joins = policy.on(&policy::FLOOR_AREA_EXCESS_COUNTS_AS_ANCILLARY, case.on)?;
    let (other, total) = (Fraction::from(case.other_counted), Fraction::from(case.total_counted));
    let excess = if joins.value { case.excess_counted } else { Fraction::ZERO };
    let counted = other.plus(excess)?;
    let exact = counted.over(total)?;
    let within = exact <= Fraction::from(most.value.get());
    let outcome = if within { Outcome::Pass } else { Outcome::NeedsReview };
    check_shown(&[counted, excess], &[exact])?;

    let explain = move |&Share { counted, within }: &Share| {
        let (held, limit) = (percent(exact)?, percent(most.value.get().into())?);
        let message = if within {
            text!(
                "其他辅助用途占计容建筑面积 {held},不超过 {limit},仍按工业用地管理",
                "other ancillary uses hold {held} of the counted floor area, no more than {limit}: still industrial land"
            )
        } else {
            text!(
                "其他辅助用途占计容建筑面积 {held},超过 {limit},按混合产业用地管理,须由资源规划局审核",
                "other ancillary uses hold {held} of the counted floor area, more than {limit}: mixed industrial land, for the bureau to review"
            )
        };
        let (other_text, total_text) = (plain(case.other_counted.get()), plain(case.total_counted.get()));
        let label = Text::fixed("占比上限", "largest share");
        Ok(Finding::of(&RULE, policy, case.on, outcome, message)
            .numbers([
                area(
                    "other_counted",
                    Text::fixed("其他辅助用途(含超配额部分)", "other ancillary uses with the excess"),
                    counted,
                )?,
                area("excess_counted", Text::fixed("计入的超配额部分", "excess that joins them"), excess)?,
                share("other_share", Text::fixed("其他辅助用途占比", "share of other ancillary uses"), exact)?,
            ])
            .workings([
                Step::figure(
                    Text::fixed("其他辅助用途合计", "other ancillary uses in all"),
                    "O = O_0 + E",
                    format!("{other_text} + {excess}"),
                    counted.to_string(),
                    Unit::SquareMetre,
                    crate::domain::exact::Rounding::Exact,
                ),
                Step::comparison(
                    Text::fixed("与上限比较", "held against the limit"),
                    "O ≤ s × T",
                    format!("{counted} ≤ {} × {total_text}", most.written()),
                    within,
                ),
            ])
            .threshold(Number::exact("ancillary_share_max", label, most.written().clone(), Unit::Share))
            .using(&most)
            .using_if(case.excess_counted.is_positive(), &joins))
    };
    Ok(Decided::new(Share { counted, within }, outcome, explain))
}
