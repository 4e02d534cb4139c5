//! The fee for idle land: a fixed share of the price of the contract as amended.
//!
//! > 第十四条第(一)项: 未动工开发满一年的,……按照土地出让或者划拨价款的百分之二十征缴土地闲置费。
//!
//! It is not scaled with time. Of leased land nothing national is known; whether the price derived from the rent stands in is policy.

use crate::domain::exact::{Fraction, Rounding, decimal_text};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::idle_case::Grounds;
use crate::domain::quantity::Money;
use crate::domain::rules::idle::{Law, Price, Site, days};
use crate::domain::rules::{CannotDecide, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "idle.fee",
    title: Text::fixed("土地闲置费", "Fee for idle land"),
    what: Text::fixed(
        "自身原因未动工满一年的,按变更后合同的出让或划拨价款的百分之二十征缴,不随时间增减;租赁土地按政策",
        "Where own-cause time has made a full year, 20 % of the price of the contract as amended, whatever the time; leased land by policy",
    ),
    citations: &[&law::IDLE_14],
    parameters: &["idle.fee_on_leases", "idle.fee_period", "idle.fee_share", "idle.stopped.agreed_only"],
};

/// The fee on a price, half up to the fen.
pub fn amount(price: Money, law: &Law<'_>) -> Result<Money, CannotDecide> {
    let exact = Fraction::from(price.get()).times(Fraction::from(law.fee_share.value.get()))?;
    let fen = exact.round(Money::SCALE, Rounding::HalfUp)?;
    i64::try_from(fen)
        .ok()
        .and_then(|fen| Money::from_units(fen).ok())
        .ok_or(CannotDecide::Arithmetic(crate::domain::exact::Arithmetic::TooLarge))
}

pub fn decide(site: &Site, price: &Price, grounds: Grounds, law: &Law<'_>) -> Result<Finding, CannotDecide> {
    let base = match (price.is_lease, law.fee_on_leases.value) {
        (false, _) => price.amount,
        (true, true) => price.converted,
        (true, false) => None,
    };
    let (mut numbers, mut workings) = (Vec::new(), Vec::new());
    let mut fee = None;
    if let Some(base) = base {
        let share = law.fee_share.value.get();
        let exact = Fraction::from(base.get()).times(Fraction::from(share))?;
        let amount = amount(base, law)?;
        let label = Text::fixed("土地闲置费", "fee");
        numbers.push(Number::exact(
            "land_price",
            Text::fixed("土地价款", "price of the land"),
            base.to_string(),
            Unit::Yuan,
        ));
        numbers.push(Number::rounded("fee", label.clone(), amount.to_string(), Unit::Yuan, exact, Rounding::HalfUp));
        let result = decimal_text(i128::from(amount.to_units()), Money::SCALE);
        let filled = format!("{base} × {share}");
        workings.push(Step::figure(label, "F = P × s", filled, result, Unit::Yuan, Rounding::HalfUp));
        fee = Some(amount);
    }
    let from = days(site, grounds, law).fee_from;
    let agreed_only = grounds == Grounds::Stopped && law.stopped_is_agreed_only.value;
    let (outcome, message) = match (from, fee) {
        _ if agreed_only => (
            Outcome::NotApplicable,
            Text::fixed(
                "中止开发的闲置土地按协商方式处置,不征缴闲置费",
                "land that was stopped is disposed of by agreement; no fee is levied",
            ),
        ),
        (None, _) if site.started_on().is_some() => (
            Outcome::NotApplicable,
            Text::fixed("已动工,自身原因未动工时间不满一年", "it started before a full year of own cause"),
        ),
        (None, _) => (
            Outcome::Undetermined,
            Text::fixed(
                "没有起算日,或有未结束的已认可区间,不能确定",
                "there is no day to count from, or an accepted interval has not ended",
            ),
        ),
        (Some(from), _) if site.on < from => (
            Outcome::NotMet,
            text!(
                "自身原因时间自 {from} 起满一年,届时方可征缴",
                "own-cause time makes a full year from {from} on; no fee before"
            ),
        ),
        (Some(from), Some(fee)) => (
            Outcome::Met,
            text!(
                "自身原因时间自 {from} 起已满一年,应征缴闲置费 {fee} 元",
                "own-cause time has made a full year from {from} on; the fee is {fee} yuan"
            ),
        ),
        (Some(_), None) if price.is_lease && !law.fee_on_leases.value => (
            Outcome::NeedsReview,
            Text::fixed(
                "租赁土地如何计征没有全国规定,须人工审核(本县可设 idle.fee_on_leases)",
                "no national rule says how the fee is reckoned on leases; it needs review (a county may set idle.fee_on_leases)",
            ),
        ),
        (Some(_), None) => {
            let member = if price.is_lease { "converted_price_yuan" } else { "price_yuan" };
            (
                Outcome::Undetermined,
                text!("缺少土地价款({member}),不能计算", "the price of the land ({member}) is missing"),
            )
        }
    };
    Ok(Finding::of(&RULE, law.policy, site.on, outcome, message)
        .numbers(numbers)
        .workings(workings)
        .using(&law.fee_share)
        .using(&law.fee_after)
        .using_if(price.is_lease, &law.fee_on_leases)
        .using_if(grounds == Grounds::Stopped, &law.stopped_is_agreed_only))
}
