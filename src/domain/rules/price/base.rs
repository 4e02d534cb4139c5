//! The price base (标底) that is decided for a plot.
//!
//! > 出让价格标底按不低于弹性年期与最高年期的比值进行年期修正 (action plan, item 16); 国土资发〔2006〕307号: the bottom price is not below
//! > the national minimum, and never below the costs of acquisition and early development with the prescribed fees.
//!
//! Each floor is turned into what all payments of the method come to; the highest governs and is named. Payments that miss the
//! national minimum are thought raised in the same proportion until they reach it. Where the plan's floor is below the
//! national minimum the two documents disagree: a decision has to say so before a base is issued.

use chrono::NaiveDate;
use num_rational::BigRational;

use crate::domain::exact::{Arithmetic, Fraction, Rounding, big, round_big};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::input::vocabulary;
use crate::domain::policy::Policy;
use crate::domain::quantity::Money;
use crate::domain::rules::case::ExceptionDecision;
use crate::domain::rules::price::national_minimum::Restored;
use crate::domain::rules::{CannotDecide, Decided, Explain, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "price.base",
    title: Text::fixed("价格标底", "Price base"),
    what: Text::fixed(
        "标底不低于年期修正下限、成本价和最低价标准中的最高者;年期修正下限低于最低价标准的,须先有决定文件",
        "The base is not below the highest of the floor corrected for the term, the cost price and the national minimum; where the first is below the last, a decision document comes first",
    ),
    citations: &[&law::PLAN_16, &law::MINIMUM_307, &law::PRICE_201],
    parameters: &[],
};

vocabulary!(
    /// 标底下限的来源.
    pub enum FloorKind {
        Term = "term" "年期修正下限",
        Cost = "cost" "成本价",
        NationalMinimum = "national_minimum" "全国最低价标准",
    }
);

#[derive(Debug, Clone, Copy)]
pub struct Case<'c, 'r> {
    /// All payments of the plan's floor, yuan, exact.
    pub term_floor: Fraction,
    /// What those payments come to when they are restored.
    pub restored: &'r Restored,
    /// The national minimum price with its share, yuan a square metre; none where it cannot be told.
    pub minimum: Option<Fraction>,
    pub cost: Option<Money>,
    /// Whether a national minimum holds for the use, so that it has to be known.
    pub has_minimum: bool,
    pub decided_total: Money,
    /// The decision on the disagreement of the two documents.
    pub conflict_decision: Option<&'c ExceptionDecision>,
    pub on: NaiveDate,
}

/// The floors in yuan, each rounded up, and the one that governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    pub floors: Vec<(FloorKind, Money)>,
    pub governing: FloorKind,
    pub floor: Money,
    /// The plan's floor would not reach the national minimum.
    pub conflicts: bool,
    /// Floors that hold and could not be told: the costs, or the grade of the land, are not given.
    pub unknown: Vec<FloorKind>,
}

pub fn decide<'c>(
    case: Case<'c, '_>,
    policy: &'c Policy,
) -> Result<Decided<Base, impl Explain<Base> + use<'c>>, CannotDecide> {
    let (on, conflict_decision) = (case.on, case.conflict_decision);
    let mut floors: Vec<(FloorKind, BigRational)> = vec![(FloorKind::Term, big(case.term_floor))];
    floors.extend(case.cost.map(|cost| (FloorKind::Cost, big(Fraction::from(cost)))));
    let needed = case.minimum.map(|minimum| {
        let Restored { factor, present_value, .. } = case.restored;
        big(case.term_floor) * (big(minimum) * factor / present_value)
    });
    floors.extend(needed.clone().map(|needed| (FloorKind::NationalMinimum, needed)));
    let conflicts = needed.is_some_and(|needed| needed > big(case.term_floor));
    // Of equal floors the first is named.
    let (governing, highest) =
        floors.iter().rev().max_by(|a, b| a.1.cmp(&b.1)).cloned().expect("the floor of the term is always there");
    let rounded = floors.iter().map(|(kind, exact)| Ok((*kind, up(exact)?))).collect::<Result<Vec<_>, Arithmetic>>()?;
    let floor = up(&highest)?;
    let cost_unknown = case.cost.is_none().then_some(FloorKind::Cost);
    let minimum_unknown = (case.has_minimum && case.minimum.is_none()).then_some(FloorKind::NationalMinimum);
    let unknown: Vec<FloorKind> = cost_unknown.into_iter().chain(minimum_unknown).collect();
    let decided = case.decided_total;
    let reaches = big(Fraction::from(decided)) >= highest;
    let outcome = match (conflicts, conflict_decision) {
        _ if !reaches => Outcome::Fail,
        (true, None) => Outcome::NeedsException,
        (false, _) if !unknown.is_empty() => Outcome::NeedsReview,
        (true, Some(_)) | (false, _) => Outcome::Pass,
    };

    let explain = move |base: &Base| {
        let Base { floors: rounded, governing: name, floor, conflicts, unknown } = base;
        let message = match (*conflicts, conflict_decision) {
            _ if !reaches => text!(
                "标底 {decided} 元低于{name:#} {floor} 元;请提高",
                "the base of {decided} yuan is below {floor} yuan, the floor by {name}; raise it"
            ),
            (true, None) => Text::fixed(
                "年期修正下限还原后低于全国最低价标准,两项规定不一致;出具标底前须记录有权机构的决定(文号或会议纪要号、机构、日期)",
                "the floor corrected for the term does not reach the national minimum when it is restored: the two documents disagree, and the decision of the body that may settle it must be recorded before a base is issued",
            ),
            (true, Some(decision)) => {
                let number = &decision.document_no;
                text!(
                    "标底 {decided} 元不低于{name:#} {floor} 元;两项规定不一致处已有决定 {number}",
                    "the base of {decided} yuan is not below {floor} yuan, the floor by {name}; the disagreement was settled by {number}"
                )
            }
            (false, _) if !unknown.is_empty() => {
                let named = |of: fn(&FloorKind) -> &'static str| unknown.iter().map(of).collect::<Vec<_>>().join("、");
                let (zh, en) = (named(|kind| kind.zh()), named(|kind| kind.as_str()));
                text!(
                    "标底 {decided} 元不低于{name:#} {floor} 元,但缺少资料,无法判断:{zh};请补充成本构成、土地等别",
                    "the base of {decided} yuan is not below {floor} yuan, the floor by {name}, but {en} cannot be told; give the costs and the grade of the land"
                )
            }
            (false, _) => text!(
                "标底 {decided} 元不低于{name:#} {floor} 元",
                "the base of {decided} yuan is not below {floor} yuan, the floor by {name}"
            ),
        };
        let number = |kind: FloorKind, money: Money| {
            let (name, zh, en) = match kind {
                FloorKind::Term => ("term_floor", "年期修正下限", "floor corrected for the term"),
                FloorKind::Cost => ("cost_floor", "成本价", "cost price"),
                FloorKind::NationalMinimum => {
                    ("national_minimum_floor", "达到最低价标准所需价款", "payments that reach the national minimum")
                }
            };
            Number { rounding: Rounding::Up, ..Number::exact(name, Text::fixed(zh, en), money.to_string(), Unit::Yuan) }
        };
        let numbers: Vec<Number> = rounded.iter().map(|(kind, money)| number(*kind, *money)).collect();
        let comparison = Step::comparison(
            Text::fixed("标底与最高的下限比较", "the base held against the highest floor"),
            "V ≥ max(V_n, C, V_min)",
            format!("{decided} ≥ {floor}"),
            reaches,
        );
        let label = Text::fixed("标底下限", "lowest base");
        let limit =
            Number { rounding: Rounding::Up, ..Number::exact("base_floor", label, floor.to_string(), Unit::Yuan) };
        Ok(Finding::of(&RULE, policy, on, outcome, message)
            .numbers(numbers)
            .workings(vec![comparison])
            .threshold(limit))
    };
    Ok(Decided::new(Base { floors: rounded, governing, floor, conflicts, unknown }, outcome, explain))
}

fn up(exact: &BigRational) -> Result<Money, Arithmetic> {
    let fen = i64::try_from(round_big(exact, Money::SCALE, Rounding::Up)?).map_err(|_| Arithmetic::TooLarge)?;
    Money::from_units(fen).map_err(|_| Arithmetic::TooLarge)
}
