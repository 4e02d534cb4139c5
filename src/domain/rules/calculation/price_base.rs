//! A price base held against every floor that applies.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::exact::Fraction;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Line, NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{Money, PricePerM2, Ratio};
use crate::domain::rules::calculation::price_comparison::{ComparedMethod, compared, stream};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::case::{ExceptionDecision, LandUse, Ownership};
use crate::domain::rules::price::base::{self, FloorKind};
use crate::domain::rules::price::national_minimum::{LandGrade, MinimumCase, limit, restore};
use crate::domain::rules::supply::land_use;
use crate::domain::rules::{CannotDecide, Decided, Decision as _, Explain, price};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

const COSTS_MAX: usize = 50;

input!(
    /// 成本构成 — a part of what the land cost.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct CostPart {
        /// 名称 — such as 征地补偿, 前期开发, 相关税费.
        pub name: Line<100>,
        /// 金额,元.
        pub amount: Positive<Money>,
    }
);

input!(
    /// 价格标底核验.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}, "max_term_unit_price": "350",
        "rate": "0.06", "grade": 9, "method": {"method": "flexible", "transfer_term": "20"},
        "costs": [{"name": "征地补偿", "amount": "3000000"}], "decided_total": "5000000"
    }))]
    pub struct PriceBaseTerms {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 土地用途.
        pub land_use: LandUse,
        /// 土地所有权 — taken for state-owned where not given.
        pub ownership: Option<Ownership>,
        /// 宗地面积.
        pub area: Positive<GivenArea>,
        /// 最高年期单价,元/平方米.
        pub max_term_unit_price: Positive<PricePerM2>,
        /// 最高年期 — the longest grant of the use where not given.
        pub max_term: Option<Term>,
        /// 还原利率 — a year, such as 0.06.
        pub rate: NonNegative<Ratio>,
        /// 土地等别 — 1 to 15.
        #[schema(minimum = 1, maximum = 15)]
        pub grade: Option<u32>,
        /// 最低价标准适用情形.
        pub minimum: Option<MinimumCase>,
        /// 供应方式与年期.
        pub method: ComparedMethod,
        /// 成本构成.
        #[schema(max_items = 50)]
        pub costs: Option<Vec<CostPart>>,
        /// 拟定标底,元 — all payments of the method together.
        pub decided_total: Positive<Money>,
        /// 冲突处理决定 — the decision where the floor of the plan and the national minimum disagree.
        pub conflict_decision: Option<ExceptionDecision>,
    }
    check(body, reader) {
        if let Some(count) = body.costs.as_ref().map(Vec::len).filter(|count| *count > COSTS_MAX) {
            reader.fault_at("costs", None, text!("共 {count} 项成本,至多 {COSTS_MAX} 项", "{count} costs are given, at most {COSTS_MAX} may be"));
        }
        if body.grade.is_some_and(|grade| u8::try_from(grade).ok().and_then(LandGrade::new).is_none()) {
            reader.fault_at("grade", body.grade.map(|grade| grade.to_string()).as_deref(), Text::fixed("土地等别为 1 至 15", "grades are 1 to 15"));
        }
        super::national_minimum::check_rate(body.rate.get(), "rate", reader);
    }
);

/// 一项下限.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BaseFloor {
    pub kind: FloorKind,
    /// 金额,元 — rounded up to the fen.
    pub amount: Money,
}

/// 价格标底核验结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PriceBaseAnswer {
    pub on: NaiveDate,
    pub max_term: Term,
    pub total_term: Term,
    /// 各项下限.
    pub floors: Vec<BaseFloor>,
    /// 起决定作用的下限.
    pub governing: FloorKind,
    /// 标底下限,元.
    pub floor: Money,
    /// 年期修正下限与最低价标准是否冲突.
    pub conflicts: bool,
    /// 无法判断的下限 — costs or grade are not given; a base is not issued while there are any.
    pub unknown: Vec<FloorKind>,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &PriceBaseTerms,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<PriceBaseAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let site = land_use::Case { land_use: body.land_use, ownership: body.ownership, on };
    let land = land_use::decide(site, policy);
    let mut faults = Faults::default();
    faults.check_land(site, land.outcome);
    let total_term = body.method.total();
    let max_term = match total_term {
        Some(total) => faults.max_term(body.max_term, ("/method", total), (body.land_use, on), policy)?,
        None => body.max_term.unwrap_or(policy.on(body.land_use.statutory_max(), on)?.value),
    };
    body.method.check("/method", &mut faults);
    faults.check_exception(body.method.exception.as_ref(), on);
    if let Some(decision) = body.conflict_decision.as_ref().filter(|decision| decision.decided_on > on) {
        let decided = decision.decided_on;
        faults.add(
            "/conflict_decision/decided_on",
            decided,
            text!("决定日期 {decided} 晚于适用日期 {on}", "it was decided on {decided}, after {on}"),
        );
    }
    faults.refuse()?;
    let stream = stream(body, &land, max_term, on);
    // The outcome leaves some findings out, so all of them are made.
    let answer = compared(&stream, &body.method, policy, Detail::Findings)?;
    let payments = body.method.payments(Fraction::from(body.max_term_unit_price.get()), max_term, on, policy)?;
    let total_term = answer.total_term;
    let decided = decide(body, &payments, total_term, max_term, on, policy)?;
    let mut findings = vec![land.finding()?];
    findings.extend(answer.findings);
    findings.push(decided.finding()?);
    let base = decided.result;
    // Whether methods balance is shown and decides nothing here; the minimum is judged of the base, not of the plan's floor.
    let shown_only = ["price.balance", "price.national_minimum"];
    let outcome = findings
        .iter()
        .filter(|finding| !shown_only.contains(&finding.rule.as_ref()))
        .map(|finding| finding.outcome)
        .max()
        .unwrap_or(Outcome::NotApplicable);
    if detail == Detail::Amounts {
        findings.clear();
    }
    Ok(PriceBaseAnswer {
        on,
        max_term,
        total_term,
        floors: base.floors.into_iter().map(|(kind, amount)| BaseFloor { kind, amount }).collect(),
        governing: base.governing,
        floor: base.floor,
        conflicts: base.conflicts,
        unknown: base.unknown,
        outcome,
        findings,
    })
}

fn decide<'c>(
    body: &'c PriceBaseTerms,
    payments: &[price::discount::Payment],
    total_term: Term,
    max_term: Term,
    on: NaiveDate,
    policy: &'c Policy,
) -> Result<Decided<base::Base, impl Explain<base::Base> + use<'c>>, CannotDecide> {
    let area = body.area.get().exact_m2();
    let sum = payments.iter().try_fold(Fraction::ZERO, |sum, payment| sum.plus(payment.per_m2))?;
    let restored = restore(payments, body.rate.get(), total_term, max_term)?;
    let is_industrial = matches!(body.land_use, LandUse::Industrial | LandUse::Warehousing);
    let grade =
        body.grade.filter(|_| is_industrial).and_then(|grade| u8::try_from(grade).ok()).and_then(LandGrade::new);
    let minimum = grade.map(|grade| limit(grade, body.minimum.unwrap_or_default(), on, policy)).transpose()?;
    let mut cost = None;
    for part in body.costs.iter().flatten() {
        let sum = Fraction::from(cost.unwrap_or(Money::ZERO)).plus(Fraction::from(part.amount.get()))?;
        cost = Some(price::money_up(sum)?);
    }
    let case = base::Case {
        term_floor: sum.times(area)?,
        restored: &restored,
        minimum,
        cost,
        has_minimum: is_industrial,
        decided_total: body.decided_total.get(),
        conflict_decision: body.conflict_decision.as_ref(),
        on,
    };
    base::decide(case, policy)
}
