//! The fields of papers: what each is called, how it is written, and where it comes from.

use chrono::NaiveDate;

use crate::domain::input::{Line, day};
use crate::domain::paper::words;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::text::{Text, text};

crate::vocabulary! {
    /// 字段来源
    pub enum FieldSource {
        Case = "case" "案件",
        Contract = "contract" "合同与宗地",
        Settings = "settings" "文书设置",
        Law = "law" "期限规则",
        Clerk = "clerk" "经办人填写",
    }
}

impl FieldSource {
    /// Where a value that is missing is to be put in.
    const fn remedy(self) -> (&'static str, &'static str) {
        match self {
            Self::Case => (
                "应取自案件步骤,请先办理并登记该步骤,或在此填写",
                "take and record the step of the case, or give it here",
            ),
            Self::Contract => {
                ("应取自合同或宗地档案,请补录,或在此填写", "complete the record of contract or parcel, or give it here")
            }
            Self::Settings => {
                ("应取自本县文书设置,请先设置,或在此填写", "complete the county's settings for papers, or give it here")
            }
            Self::Law => (
                "由期限规则计算,请先填写或登记起算日期",
                "it is computed from the period; give or record the day on which that begins",
            ),
            Self::Clerk => ("请填写", "give it"),
        }
    }
}

/// How a field is written, in JSON and on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line.
    Line,
    /// One or more paragraphs, parted by line breaks.
    Paragraphs,
    Day,
    Money,
    Area,
    /// One of some words: the code and what stands on paper.
    Word(&'static [(&'static str, &'static str)]),
}

crate::vocabulary! {
    /// 字段形式
    pub enum FieldForm {
        Line = "line" "一行文字",
        Paragraphs = "paragraphs" "文字",
        Day = "day" "日期",
        Money = "money" "金额,元",
        Area = "area" "面积,平方米",
        Word = "word" "选项",
    }
}

impl Form {
    pub const fn name(self) -> FieldForm {
        match self {
            Self::Line => FieldForm::Line,
            Self::Paragraphs => FieldForm::Paragraphs,
            Self::Day => FieldForm::Day,
            Self::Money => FieldForm::Money,
            Self::Area => FieldForm::Area,
            Self::Word(_) => FieldForm::Word,
        }
    }
}

/// A field of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub form: Form,
    pub source: FieldSource,
}

/// Characters of one field at most.
pub const TYPED_MAX: usize = 4000;
/// Characters of a field of one line.
const LINE_MAX: usize = 500;

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Line(String),
    Paragraphs(Vec<String>),
    Day(NaiveDate),
    /// The last day of a period; provisional if its year has no working calendar yet.
    Until(NaiveDate, bool),
    Money(Money),
    Area(AreaM2),
    Word(&'static str, &'static str),
}

impl Value {
    /// As it stands on paper: amounts and areas in figures and in words.
    pub fn in_full(&self) -> String {
        match self {
            Self::Money(amount) => {
                format!("{}元（大写：{}）", words::money_in_figures(*amount), words::money_in_words(*amount))
            }
            Self::Area(area) => {
                format!("{}平方米（大写：{}平方米）", words::area_in_figures(*area), words::area_in_words(*area))
            }
            other => other.in_figures(),
        }
    }

    /// The same without the words of amounts and areas.
    pub fn in_figures(&self) -> String {
        match self {
            Self::Line(line) => line.clone(),
            Self::Paragraphs(paragraphs) => paragraphs.join("\n"),
            Self::Day(day) | Self::Until(day, false) => words::day(*day),
            Self::Until(day, true) => format!("{}（该年工作日历尚未公布，按周末暂计）", words::day(*day)),
            Self::Money(amount) => format!("{}元", words::money_in_figures(*amount)),
            Self::Area(area) => format!("{}平方米", words::area_in_figures(*area)),
            Self::Word(_, zh) => (*zh).to_owned(),
        }
    }

    /// As it is written in JSON.
    pub fn in_json(&self) -> String {
        match self {
            Self::Day(day) | Self::Until(day, _) => day.to_string(),
            Self::Money(amount) => amount.to_string(),
            Self::Area(area) => area.to_string(),
            Self::Word(code, _) => (*code).to_owned(),
            Self::Line(_) | Self::Paragraphs(_) => self.in_figures(),
        }
    }
}

impl Field {
    /// Reads what a clerk typed.
    pub fn read(&self, typed: &str) -> Result<Value, Text> {
        match self.form {
            Form::Line => Line::<LINE_MAX>::new(typed).map(|line| Value::Line(line.into_string())),
            Form::Paragraphs => paragraphs(typed).map(Value::Paragraphs),
            Form::Day => day(typed).map(Value::Day),
            Form::Money => typed
                .parse::<Money>()
                .map_err(|bad| bad.text())
                .and_then(|amount| if amount.is_positive() { Ok(Value::Money(amount)) } else { Err(above_zero()) }),
            Form::Area => typed
                .parse::<AreaM2>()
                .map_err(|bad| bad.text())
                .and_then(|area| if area.is_positive() { Ok(Value::Area(area)) } else { Err(above_zero()) }),
            Form::Word(known) => {
                let found = known.iter().find(|(code, _)| *code == typed);
                found.map(|(code, zh)| Value::Word(code, zh)).ok_or_else(|| {
                    let codes = known.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
                    text!("“{typed}”不在可选值之内:{codes}", "{typed:?} is none of {codes}")
                })
            }
        }
    }

    /// That the field is missing, and where it should come from.
    pub fn missing(&self) -> Text {
        let (zh, en) = (self.zh, self.en);
        let (remedy_zh, remedy_en) = self.source.remedy();
        text!("缺少“{zh}”:{remedy_zh}", "{en} is missing: {remedy_en}")
    }
}

fn above_zero() -> Text {
    Text::fixed("必须大于零", "it must be greater than zero")
}

fn paragraphs(typed: &str) -> Result<Vec<String>, Text> {
    if typed.chars().count() > TYPED_MAX {
        return Err(text!("不能超过 {TYPED_MAX} 个字", "it may not exceed {TYPED_MAX} characters"));
    }
    if typed.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r')) {
        return Err(Text::fixed("含有换行以外的控制字符", "it holds control characters other than line breaks"));
    }
    let lines: Vec<String> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if lines.is_empty() { Err(Text::fixed("不能为空", "it may not be empty")) } else { Ok(lines) }
}
