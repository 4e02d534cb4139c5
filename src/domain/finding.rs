//! What a rule finds, with everything a clerk needs to redo it on paper.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::exact::{Fraction, Rounding};
use crate::domain::input::vocabulary;
use crate::domain::policy::{InForce, ParameterUsed, Policy};
use crate::domain::term::Term;
use crate::domain::text::Text;

type Str = Cow<'static, str>;

vocabulary!(
    /// 结论 — what a rule says of a case. Rules decide the first five; the last three say whether a
    /// fact has been established.
    pub enum Outcome {
        NotApplicable = "not_applicable" "不适用",
        Pass = "pass" "符合",
        Met = "met" "已具备",
        NotMet = "not_met" "不具备",
        Undetermined = "undetermined" "未能确定",
        NeedsReview = "needs_review" "需人工审核",
        NeedsException = "needs_exception" "需例外决定",
        Fail = "fail" "不符合",
    }
);

impl Outcome {
    /// Whether a fact is to be looked into: met, left to the bureau, or not settled.
    pub const fn is_suspicion(self) -> bool {
        matches!(self, Self::Met | Self::NeedsReview | Self::Undetermined)
    }

    /// The gravest of several: the variants stand in order of gravity.
    pub fn worst(findings: &[Finding]) -> Self {
        findings.iter().map(|finding| finding.outcome).max().unwrap_or(Self::NotApplicable)
    }
}

vocabulary!(
    /// 单位 — unit of a figure.
    pub enum Unit {
        Year = "year" "年",
        Month = "month" "个月",
        Day = "day" "日",
        WorkingDay = "working_day" "工作日",
        SquareMetre = "m2" "平方米",
        Metre = "m" "米",
        Yuan = "yuan" "元",
        YuanPerYear = "yuan_per_year" "元/年",
        YuanPerM2 = "yuan_per_m2" "元/平方米",
        YuanPerM2Year = "yuan_per_m2_year" "元/平方米·年",
        Share = "share" "占比",
        Ratio = "ratio" "比值",
        Switch = "switch" "开关",
        CalendarYear = "calendar_year" "年份",
        CalendarDay = "calendar_day" "日期",
        Part = "part" "几分之一",
    }
);

/// 引用条款 — where in the law a value or a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// 文件名称 — title of the instrument.
    pub instrument: Text,
    /// 文号 — number of the instrument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub number: Option<Str>,
    /// 条款 — article, item or paragraph.
    pub provision: Text,
    /// 印发日期 — day of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    /// 链接 — where the text can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub url: Option<Str>,
}

/// A citation that lives as long as the program. Every finding of a rule carries the same ones, so
/// their JSON is made once.
#[derive(Debug)]
pub struct Provision {
    citation: Citation,
    json: OnceLock<Box<RawValue>>,
}

impl Provision {
    pub const fn new(citation: Citation) -> Self {
        Self { citation, json: OnceLock::new() }
    }

    fn json(&self) -> &RawValue {
        let made = || serde_json::value::to_raw_value(&self.citation).expect("a citation has text members only");
        self.json.get_or_init(made)
    }
}

/// A citation of a finding: one of the program's own, or one that came with a county's value.
#[derive(Debug, Clone)]
pub enum Cited {
    Fixed(&'static Provision),
    Given(Box<Citation>),
}

impl Deref for Cited {
    type Target = Citation;

    fn deref(&self) -> &Citation {
        match self {
            Self::Fixed(provision) => &provision.citation,
            Self::Given(citation) => citation,
        }
    }
}

impl Deref for Provision {
    type Target = Citation;

    fn deref(&self) -> &Citation {
        &self.citation
    }
}

impl PartialEq for Cited {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Cited {}

impl Serialize for Provision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

impl Serialize for Cited {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(provision) => provision.serialize(serializer),
            Self::Given(citation) => citation.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Cited {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Citation::deserialize(deserializer).map(Box::new).map(Self::Given)
    }
}

impl Citation {
    /// Whether both name the same provision.
    fn same_as(&self, other: &Self) -> bool {
        self.instrument.zh == other.instrument.zh && self.provision.zh == other.provision.zh
    }
}

/// 数值 — a figure of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Number {
    /// Name for programs.
    #[schema(value_type = String, example = "year_ratio")]
    pub name: Str,
    pub label: Text,
    /// A decimal.
    #[schema(value_type = String, example = "0.4")]
    pub value: Str,
    pub unit: Unit,
    /// 精确分数 — the exact figure where `value` was rounded or is a quotient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2/5")]
    pub fraction: Option<String>,
    /// 取整方式 — how `value` was rounded from the exact figure; not there where it is exact.
    #[serde(default, skip_serializing_if = "Rounding::is_exact")]
    #[schema(required = false)]
    pub rounding: Rounding,
}

impl Number {
    /// A figure that is exact as it stands.
    pub fn exact(name: &'static str, label: Text, value: impl Into<Str>, unit: Unit) -> Self {
        Self { name: name.into(), label, value: value.into(), unit, fraction: None, rounding: Rounding::Exact }
    }

    /// A term in years; where its years do not end as a decimal, with the fraction.
    pub fn years(name: &'static str, label: Text, term: Term) -> Self {
        if term.months().is_multiple_of(3) {
            return Self::exact(name, label, term.to_string(), Unit::Year);
        }
        let years = term.years();
        let value = years.decimal(4, Rounding::HalfUp).expect("a term is small");
        Self::rounded(name, label, value, Unit::Year, years, Rounding::HalfUp)
    }

    /// A figure that was rounded from `fraction`.
    pub fn rounded(
        name: &'static str,
        label: Text,
        value: impl Into<Str>,
        unit: Unit,
        fraction: Fraction,
        rounding: Rounding,
    ) -> Self {
        Self { name: name.into(), label, value: value.into(), unit, fraction: Some(fraction.to_string()), rounding }
    }
}

/// 计算步骤 — one step of the working, to be redone on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    pub label: Text,
    /// 公式 — the formula in symbols.
    #[schema(value_type = String, example = "P_n = P_N × n ÷ N")]
    pub formula: Str,
    /// 代入 — the same with the values filled in.
    #[schema(value_type = String, example = "350 × 20 ÷ 50")]
    pub filled: Str,
    /// 结果 — the result, rounded as `rounding` says where it is there.
    #[schema(value_type = String, example = "140.00")]
    pub result: Str,
    /// None for a comparison, whose result is ✓ or ✗, and for a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    #[serde(default, skip_serializing_if = "Rounding::is_exact")]
    #[schema(required = false)]
    pub rounding: Rounding,
}

impl Step {
    /// A step whose result is a figure in `unit`.
    pub fn figure(
        label: Text,
        formula: &'static str,
        filled: impl Into<Str>,
        result: impl Into<Str>,
        unit: Unit,
        rounding: Rounding,
    ) -> Self {
        Self {
            label,
            formula: formula.into(),
            filled: filled.into(),
            result: result.into(),
            unit: Some(unit),
            rounding,
        }
    }

    /// A step whose result is a day.
    pub fn day(label: Text, formula: &'static str, filled: impl Into<Str>, day: NaiveDate) -> Self {
        let result = day.to_string().into();
        let (formula, filled) = (formula.into(), filled.into());
        Self { label, formula, filled, result, unit: None, rounding: Rounding::Exact }
    }

    /// A comparison: ✓ where it holds, ✗ where not.
    pub fn comparison(label: Text, formula: &'static str, filled: impl Into<Str>, holds: bool) -> Self {
        let result = if holds { "✓" } else { "✗" }.into();
        Self { label, formula: formula.into(), filled: filled.into(), result, unit: None, rounding: Rounding::Exact }
    }
}

vocabulary!(
    /// 调整方向 — which way a figure is to go.
    pub enum Direction {
        Increase = "increase" "增加",
        Decrease = "decrease" "减少",
    }
);

/// 调整 — one figure of a body that a remedy changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// JSON pointer of the figure in the body.
    #[schema(example = "/programme/uses/other_ancillary/counted_m2")]
    pub pointer: String,
    pub direction: Direction,
    /// 调整量.
    #[schema(example = "312.50")]
    pub by: String,
    pub unit: Unit,
    /// 最小单位 — one of these less does not do.
    #[schema(example = "0.01")]
    pub step: String,
    /// 现值.
    #[schema(example = "3500")]
    pub from: String,
    /// 调整后 — to be put in the place of the figure as it stands here.
    #[schema(example = "3187.50")]
    pub to: String,
}

/// 整改办法 — the least change of the body after which the finding passes. One smallest unit less does not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingRemedy)]
pub struct Remedy {
    pub message: Text,
    /// All of them together.
    pub changes: Vec<Change>,
}

/// 判定结果 — the answer of one rule for one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// 规则编号 — id of the rule.
    #[schema(value_type = String, example = "price.flexible")]
    pub rule: Str,
    /// Which of the rule's tests, where it has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "land")]
    pub aspect: Option<Str>,
    pub title: Text,
    pub outcome: Outcome,
    /// 说明 — what this means for this case.
    pub message: Text,
    pub numbers: Vec<Number>,
    pub workings: Vec<Step>,
    /// 界限 — the limit the case was held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Number>,
    /// 所用政策参数 — the parameters of the law that were used.
    pub parameters: Vec<ParameterUsed>,
    #[schema(value_type = Vec<Citation>)]
    pub citations: Vec<Cited>,
    /// 整改办法 — in a pre-check: any one of them makes the finding pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub remedies: Vec<Remedy>,
    /// 是否已核对原文 — whether every parameter used has been compared with the text of the law.
    pub verified: bool,
    /// 政策参数摘要 — digest of the policy set, so that the finding can be made again.
    #[schema(value_type = String, min_length = 64, max_length = 64)]
    pub policy_digest: Str,
    /// 适用日期 — the day whose law was applied.
    pub on: NaiveDate,
}

/// A rule as the catalogue lists it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rule {
    /// 规则编号.
    #[schema(value_type = String, example = "price.flexible")]
    pub id: &'static str,
    pub title: Text,
    /// 内容 — what the rule holds a case against.
    pub what: Text,
    #[schema(value_type = Vec<Citation>)]
    pub citations: &'static [&'static Provision],
    /// 政策参数 — ids of the parameters it reads.
    #[schema(value_type = Vec<String>)]
    pub parameters: &'static [&'static str],
}

impl Finding {
    /// A finding of `rule`, with what every finding carries.
    pub fn of(rule: &'static Rule, policy: &Policy, on: NaiveDate, outcome: Outcome, message: Text) -> Self {
        Self {
            rule: Cow::Borrowed(rule.id),
            aspect: None,
            title: rule.title.clone(),
            outcome,
            message,
            numbers: Vec::new(),
            workings: Vec::new(),
            threshold: None,
            parameters: Vec::new(),
            citations: rule.citations.iter().copied().map(Cited::Fixed).collect(),
            remedies: Vec::new(),
            verified: true,
            policy_digest: policy.digest().clone(),
            on,
        }
    }

    /// Records that a parameter was used, with its citation and whether it is verified.
    #[must_use]
    pub fn using<T>(mut self, parameter: &InForce<'_, T>) -> Self {
        self.verified &= parameter.verified();
        if !self.citations.iter().any(|known| known.same_as(parameter.citation())) {
            self.citations.push(parameter.cited().clone());
        }
        self.parameters.push(parameter.used());
        self
    }

    /// Records the county's own document that was used, and whether its contents are verified.
    #[must_use]
    pub fn resting_on(mut self, citation: &Citation, verified: bool) -> Self {
        self.verified &= verified;
        if !self.citations.iter().any(|known| known.same_as(citation)) {
            self.citations.push(Cited::Given(Box::new(citation.clone())));
        }
        self
    }

    /// Records a parameter that only some cases need.
    #[must_use]
    pub fn using_if<T>(self, used: bool, parameter: &InForce<'_, T>) -> Self {
        if used { self.using(parameter) } else { self }
    }

    #[must_use]
    pub fn aspect(mut self, aspect: &'static str, title: Text) -> Self {
        self.aspect = Some(aspect.into());
        self.title = title;
        self
    }

    #[must_use]
    pub fn numbers(mut self, numbers: impl Into<Vec<Number>>) -> Self {
        self.numbers = numbers.into();
        self
    }

    #[must_use]
    pub fn workings(mut self, steps: impl Into<Vec<Step>>) -> Self {
        self.workings = steps.into();
        self
    }

    #[must_use]
    pub fn threshold(mut self, limit: Number) -> Self {
        self.threshold = Some(limit);
        self
    }
}
