//! The indicators and the commitment of standard land.
//!
//! > 工业用地应当符合现行工业用地“标准地”模式出让相关要求
//!
//! "Industrial land must meet what is asked of grants as standard land" (action plan, item 16: 标准地+承诺制). Which
//! indicators and values those are is the county's table. Of several rows that fit an industry, the one with the longest
//! code counts. Without a table nothing passes.

use chrono::NaiveDate;

use crate::domain::exact::plain;
use crate::domain::finding::{Change, Direction, Finding, Number, Outcome, Remedy, Rule, Step, Unit};
use crate::domain::input::{NonNegative, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::IndicatorValue;
use crate::domain::reference::{Bound, CountyTables, Indicator, Industry, ReferenceTable, StandardRow};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "supply.standard_land",
    title: Text::fixed("标准地指标与承诺", "Standard land: indicators and commitment"),
    what: Text::fixed(
        "固定资产投资强度、亩均税收、容积率、能耗、排放等指标达到本县标准地控制指标,并作出承诺;未载入控制指标的不予通过",
        "Investment, tax, floor area ratio, energy, emissions and the rest reach the county's table of standard land, with a commitment; without a table nothing passes",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[],
};

input!(
    /// 标准地指标填报 — one indicator in the unit of the county's table.
    #[schema(example = json!({"indicator": "investment_intensity", "value": "320"}))]
    pub struct IndicatorGiven {
        /// 指标.
        pub indicator: Indicator,
        /// 数值.
        pub value: NonNegative<IndicatorValue>,
    }
);

/// A value and where it stands in the body; computed ones stand nowhere.
#[derive(Debug, Clone)]
pub struct Value {
    pub indicator: Indicator,
    pub value: IndicatorValue,
    pub pointer: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub industry: &'a Industry,
    pub values: &'a [Value],
    /// Whether the enterprise commits itself to the indicators; none: not said.
    pub commitment: Option<bool>,
    pub tables: &'a CountyTables,
    pub on: NaiveDate,
}

/// The rows that hold for an industry: of each indicator and bound, the one with the longest code.
pub fn rows_for<'a>(rows: &'a [StandardRow], industry: &Industry) -> Vec<&'a StandardRow> {
    let mut held: Vec<&StandardRow> = Vec::new();
    let length = |row: &StandardRow| row.industry_code.as_ref().map_or(0, |code| code.digits().len());
    for row in rows.iter().filter(|row| row.industry_code.as_ref().is_none_or(|code| industry.is_within(code))) {
        match held.iter_mut().find(|other| (other.indicator, other.bound) == (row.indicator, row.bound)) {
            Some(other) if length(other) < length(row) => *other = row,
            Some(_) => {}
            None => held.push(row),
        }
    }
    held
}

/// A finding for each limit of the table, and one for the commitment.
pub fn decide(case: &Case<'_>, policy: &Policy) -> Vec<Finding> {
    let Some((table, rows)) = case.tables.standard_land() else {
        let message = Text::fixed(
            "本县尚未载入标准地控制指标,无法核对;由资源规划局、工信商务局审核",
            "the county has not loaded its table of standard land; the bureaux review the indicators",
        );
        return vec![Finding::of(&RULE, policy, case.on, Outcome::NeedsReview, message)];
    };
    let held = rows_for(rows, case.industry);
    if held.is_empty() {
        let code = &case.industry.code;
        let message = text!(
            "标准地控制指标中没有行业 {code} 的规定,由资源规划局审核",
            "the table of standard land says nothing of industry {code}; the bureau reviews it"
        );
        return vec![
            Finding::of(&RULE, policy, case.on, Outcome::NeedsReview, message)
                .resting_on(&table.citation, table.verified),
        ];
    }
    let mut findings: Vec<Finding> = held.into_iter().map(|row| limit(case, row, table, policy)).collect();
    let (outcome, message) = match case.commitment {
        Some(true) => {
            (Outcome::Pass, Text::fixed("已承诺达到标准地指标", "the enterprise commits itself to the indicators"))
        }
        Some(false) => (
            Outcome::Fail,
            Text::fixed(
                "标准地实行承诺制,须作出书面承诺",
                "standard land is granted on a commitment; it must be given in writing",
            ),
        ),
        None => (
            Outcome::NeedsReview,
            Text::fixed("未说明是否作出标准地承诺", "it is not said whether the commitment is given"),
        ),
    };
    let title = Text::fixed("标准地承诺", "Commitment of standard land");
    findings.push(Finding::of(&RULE, policy, case.on, outcome, message).aspect("commitment", title));
    findings
}

fn limit(case: &Case<'_>, row: &StandardRow, table: &ReferenceTable, policy: &Policy) -> Finding {
    let (indicator, unit) = (row.indicator, row.unit.as_str());
    let (zh, en, wanted) = (indicator.zh(), indicator.en(), plain(row.value.get().get()));
    let is_least = row.bound == Bound::Min;
    let (sign, word) = if is_least { ("≥", "at least") } else { ("≤", "at most") };
    let bound = row.bound.zh();
    let given = case.values.iter().find(|value| value.indicator == indicator);
    let within =
        given.map(|given| if is_least { given.value >= row.value.get() } else { given.value <= row.value.get() });
    let shown = given.map(|given| plain(given.value.get()));
    let (outcome, message) = match (&shown, within) {
        (Some(shown), Some(true)) => (
            Outcome::Pass,
            text!(
                "{zh} {shown}({unit}),符合{bound} {wanted}",
                "{en}: {shown}, {word} {wanted} is asked for (\"{unit}\")"
            ),
        ),
        (Some(shown), _) => (
            Outcome::Fail,
            text!(
                "{zh} {shown}({unit}),应{bound} {wanted}",
                "{en}: {shown}, but {word} {wanted} is asked for (\"{unit}\")"
            ),
        ),
        (None, _) => (
            Outcome::NeedsReview,
            text!(
                "未填{zh},应{bound} {wanted}({unit})",
                "{en} is not given; {word} {wanted} is asked for (\"{unit}\")"
            ),
        ),
    };
    let aspect = match (indicator, is_least) {
        (Indicator::FloorAreaRatio, true) => "floor_area_ratio_min",
        (Indicator::FloorAreaRatio, false) => "floor_area_ratio_max",
        _ => indicator.as_str(),
    };
    let mut finding = Finding::of(&RULE, policy, case.on, outcome, message)
        .aspect(aspect, Text::new(format!("标准地指标:{zh}"), format!("Standard land: {en}")))
        .threshold(Number::exact(
            "limit",
            text!("{zh}控制值({unit})", "limit (\"{unit}\")"),
            wanted.clone(),
            Unit::Ratio,
        ))
        .resting_on(&table.citation, table.verified);
    if let (Some(given), Some(shown), Some(within)) = (given, shown, within) {
        let label = text!("{zh}({unit})", "{en} (\"{unit}\")");
        let formula = if is_least { "v ≥ v_min" } else { "v ≤ v_max" };
        finding = finding
            .numbers([Number::exact("value", label.clone(), shown.clone(), Unit::Ratio)])
            .workings([Step::comparison(label, formula, format!("{shown} {sign} {wanted}"), within)]);
        if let (false, Some(pointer)) = (within, &given.pointer) {
            finding.remedies.push(remedy(given, row, pointer, &wanted));
        }
    }
    finding
}

/// The limit itself: the least that does.
fn remedy(given: &Value, row: &StandardRow, pointer: &str, wanted: &str) -> Remedy {
    let by = plain((given.value.get() - row.value.get().get()).abs());
    let (zh, en, unit) = (row.indicator.zh(), row.indicator.en(), row.unit.as_str());
    let (direction, verb, word) = match row.bound {
        Bound::Min => (Direction::Increase, "提高", "raise"),
        Bound::Max => (Direction::Decrease, "降低", "lower"),
    };
    let from = plain(given.value.get());
    Remedy {
        message: text!(
            "{zh}{verb} {by}({unit}),由 {from} 调整到 {wanted}",
            "{word} {en} by {by}, from {from} to {wanted} (\"{unit}\")"
        ),
        changes: vec![Change {
            pointer: pointer.to_owned(),
            direction,
            by,
            unit: Unit::Ratio,
            step: "0.0001".to_owned(),
            from,
            to: wanted.to_owned(),
        }],
    }
}
