//! The price at which idle land is recovered or bought back with special bonds.
//!
//! > 自然资发〔2024〕242号 (in substance): a filed appraisal firm is commissioned; the base price is the lower of the appraisal and
//! > what the land cost the enterprise. The county's coordinating body decides collectively on a downward adjustment; the
//! > price is agreed with the user, publicised without objection and approved by the county government. What is not
//! > finished in the agreed period must have its price determined anew.
//! > 自然资发〔2025〕45号: land supplied after 7 November 2024 is not existing idle land.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::input::Line;
use crate::domain::policy::{NotInForce, Policy, keys};
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "recovery.bond_price",
    title: Text::fixed("专项债收回收购价格", "Price of recovery with special bonds"),
    what: Text::fixed(
        "收地基础价格取评估价与企业用地成本的较低者,集体决策只可下调;须公示无异议、报政府批准;约定期内未完成的重新定价;2024年11月7日之后供应的不属存量闲置土地",
        "The base is the lower of the appraisal and the enterprise's cost and may only be lowered, by collective decision; publicised without objection and approved; determined anew if not finished in time; land supplied after 7 November 2024 is not eligible",
    ),
    citations: &[&law::BOND_PRICE_242, &law::BOND_SCOPE_45],
    parameters: &["recovery.bond.resupply_share_max", "recovery.bond.supplied_until"],
};

/// The collective decision on the price.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    pub number: &'a Line<100>,
    pub decided_on: NaiveDate,
    pub price: Money,
}

#[derive(Debug, Clone, Copy)]
pub struct Publicity {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub has_objection: bool,
}

/// Real-estate land of the year, for land that is to be supplied for real estate again.
#[derive(Debug, Clone, Copy)]
pub struct Resupply {
    pub recovered: AreaM2,
    pub resupplied: AreaM2,
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub on: NaiveDate,
    pub supplied_on: NaiveDate,
    pub appraisal: Money,
    pub enterprise_cost: Option<Money>,
    pub decision: Option<Decision<'a>>,
    pub publicity: Option<Publicity>,
    pub government_approval: Option<&'a Line<100>>,
    /// The last day of the agreed period, and the day it was finished.
    pub agreed_until: Option<NaiveDate>,
    pub finished_on: Option<NaiveDate>,
    pub resupply: Option<Resupply>,
}

impl Case<'_> {
    /// 收地基础价格; none while the cost is not known.
    pub fn base(&self) -> Option<Money> {
        self.enterprise_cost.map(|cost| cost.min(self.appraisal))
    }
}

/// One finding of each question.
pub fn decide(case: &Case<'_>, policy: &Policy) -> Result<Vec<Finding>, NotInForce> {
    let of = |aspect: &'static str, title: Text, (outcome, message): (Outcome, Text)| {
        Finding::of(&RULE, policy, case.on, outcome, message).aspect(aspect, title)
    };
    let until = policy.on(&keys::RECOVERY_BOND_SUPPLIED_UNTIL, case.on)?;
    let eligibility =
        of("eligibility", Text::fixed("供应时间", "Day of supply"), eligible(case, until.value)).using(&until);
    let mut price =
        of("price", Text::fixed("收地基础价格与集体决策", "Base price and collective decision"), price(case))
            .numbers(numbers(case))
            .workings(workings(case));
    if let Some(base) = case.base() {
        let label = Text::fixed("收地基础价格", "base price");
        price = price.threshold(Number::exact("base_price", label, base.to_string(), Unit::Yuan));
    }
    let publicity = of("publicity", Text::fixed("公示", "Publicity"), publicised(case));
    let approval = of("approval", Text::fixed("政府批准", "Approval"), approved(case));
    let expiry = of("expiry", Text::fixed("完成期限", "Period"), in_time(case));
    let mut findings = vec![eligibility, price, publicity, approval, expiry];
    if let Some(resupply) = case.resupply {
        let share = policy.on(&keys::RECOVERY_BOND_RESUPPLY_SHARE_MAX, case.on)?;
        let limit = i128::from(resupply.recovered.to_units()) * i128::from(share.value.to_units());
        let within = i128::from(resupply.resupplied.to_units()) * 1_000_000 <= limit;
        let (recovered, resupplied, written) = (resupply.recovered, resupply.resupplied, share.written());
        let comparison = Step::comparison(
            Text::fixed("重新供应面积与上限比较", "area supplied again held against the limit"),
            "B ≤ A × s",
            format!("{resupplied} ≤ {recovered} × {written}"),
            within,
        );
        let decided = if within {
            let message =
                text!("重新供应 {resupplied} m²,未超过上限", "{resupplied} m² supplied again are within the limit");
            (Outcome::NeedsReview, message)
        } else {
            let message = text!(
                "重新供应 {resupplied} m²,超过当年收回房地产用地 {recovered} m² 的 {written}",
                "{resupplied} m² supplied again exceed {written} of the {recovered} m² recovered in the year"
            );
            (Outcome::Fail, message)
        };
        let title = Text::fixed("当年重新供应房地产用地", "Real-estate land supplied again in the year");
        findings.push(of("resupply", title, decided).workings([comparison]).using(&share));
    }
    Ok(findings)
}

fn eligible(case: &Case<'_>, until: NaiveDate) -> (Outcome, Text) {
    let supplied = case.supplied_on;
    if supplied <= until {
        (Outcome::Pass, text!("{supplied} 供应,属存量土地", "it was supplied on {supplied} and is existing land"))
    } else {
        let message = text!(
            "{supplied} 供应,晚于 {until},不属存量闲置土地,不能使用专项债收回收购",
            "it was supplied on {supplied}, after {until}: it is not existing idle land and not for special bonds"
        );
        (Outcome::Fail, message)
    }
}

fn price(case: &Case<'_>) -> (Outcome, Text) {
    let Some(base) = case.base() else {
        let message = Text::fixed(
            "缺少企业用地成本(enterprise_cost),不能确定收地基础价格",
            "the enterprise's cost (enterprise_cost) is missing; there is no base price",
        );
        return (Outcome::NeedsReview, message);
    };
    let Some(Decision { number, decided_on, price }) = case.decision else {
        let message = text!(
            "收地基础价格 {base} 元;尚无集体决策文号和确定的价格",
            "the base price is {base} yuan; the collective decision and its price are missing"
        );
        return (Outcome::NeedsReview, message);
    };
    if price <= base {
        let message = text!(
            "集体决策({number},{decided_on})定价 {price} 元,不高于收地基础价格 {base} 元",
            "the collective decision ({number}, {decided_on}) sets {price} yuan, not above the base of {base} yuan"
        );
        (Outcome::Pass, message)
    } else {
        let message = text!(
            "定价 {price} 元高于收地基础价格 {base} 元;集体决策只可下调",
            "{price} yuan are above the base of {base} yuan; the decision may only lower it"
        );
        (Outcome::Fail, message)
    }
}

fn numbers(case: &Case<'_>) -> Vec<Number> {
    let money = |name, zh, en, amount: Money| Number::exact(name, Text::fixed(zh, en), amount.to_string(), Unit::Yuan);
    let mut numbers = vec![money("appraisal", "评估价", "appraisal", case.appraisal)];
    numbers.extend(
        case.enterprise_cost.map(|cost| money("enterprise_cost", "企业用地成本", "cost of the enterprise", cost)),
    );
    numbers.extend(case.decision.map(|decision| money("decided_price", "决策价格", "price decided", decision.price)));
    numbers
}

fn workings(case: &Case<'_>) -> Vec<Step> {
    let (Some(base), Some(cost)) = (case.base(), case.enterprise_cost) else { return Vec::new() };
    let label = Text::fixed("收地基础价格", "base price");
    let filled = format!("min({}, {cost})", case.appraisal);
    let exact = crate::domain::exact::Rounding::Exact;
    let mut steps = vec![Step::figure(label, "B = min(A, C)", filled, base.to_string(), Unit::Yuan, exact)];
    if let Some(decision) = case.decision {
        let label = Text::fixed("决策价格不高于基础价格", "the price decided is not above the base");
        steps.push(Step::comparison(label, "P ≤ B", format!("{} ≤ {base}", decision.price), decision.price <= base));
    }
    steps
}

fn publicised(case: &Case<'_>) -> (Outcome, Text) {
    match case.publicity {
        None => (Outcome::NeedsReview, Text::fixed("尚未公示", "it has not been publicised")),
        Some(Publicity { has_objection: true, .. }) => {
            (Outcome::Fail, Text::fixed("公示有异议,须先处理", "there were objections, which must be settled first"))
        }
        Some(Publicity { from, to, .. }) if case.on <= to => (
            Outcome::NeedsReview,
            text!("公示期 {from} 至 {to} 未满", "the publicity from {from} to {to} has not ended"),
        ),
        Some(Publicity { from, to, .. }) => (
            Outcome::Pass,
            text!("已于 {from} 至 {to} 公示,无异议", "publicised from {from} to {to} without objection"),
        ),
    }
}

fn approved(case: &Case<'_>) -> (Outcome, Text) {
    match case.government_approval {
        Some(number) => (Outcome::Pass, text!("政府批准文号 {number}", "approved by the government: {number}")),
        None => (Outcome::NeedsReview, Text::fixed("尚无政府批准文号", "the approval of the government is missing")),
    }
}

fn in_time(case: &Case<'_>) -> (Outcome, Text) {
    match (case.agreed_until, case.finished_on) {
        (None, _) => (Outcome::NeedsReview, Text::fixed("未写明约定的完成期限", "the agreed period is missing")),
        (Some(until), Some(finished)) if finished <= until => {
            (Outcome::Pass, text!("已于 {finished} 在约定期内完成", "finished on {finished}, within the agreed period"))
        }
        (Some(until), None) if case.on <= until => {
            (Outcome::Pass, text!("约定期至 {until},尚在期内", "the agreed period runs until {until}"))
        }
        (Some(until), _) => (
            Outcome::Fail,
            text!(
                "约定期 {until} 已过而未完成,须重新确定价格",
                "it was not finished by {until}; the price must be determined anew"
            ),
        ),
    }
}
