//! Composing a paper: the record's values and the clerk's, checked against what the paper must say.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::input::{FieldError, Input, Members, Reader, input};
use crate::domain::paper::catalogue::field_named;
use crate::domain::paper::document::{Cells, Document, Part};
use crate::domain::paper::facts::{PaperFacts, Values};
use crate::domain::paper::field::{Field, FieldSource, TYPED_MAX, Value};
use crate::domain::paper::layout::{Block, Condition, Layout, Need, Numbering, Piece, pieces};
use crate::domain::paper::{PaperKind, words};
use crate::domain::text::{Text, text};

/// 填写内容 — field names with what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Typed(pub BTreeMap<String, String>);

impl<'de> Input<'de> for Typed {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let mut members = Members::of(raw, reader)?;
        let names: Vec<String> = members.0.iter().map(|(name, _)| name.to_string()).collect();
        let mut typed = BTreeMap::new();
        for name in &names {
            if typed.contains_key(name) {
                continue;
            }
            if let Some(Paragraphs(text)) = members.take(name, reader) {
                typed.insert(name.clone(), text);
            }
        }
        Some(Self(typed))
    }

    fn missing(_: &mut Reader) -> Option<Self> {
        Some(Self::default())
    }
}

/// Text of any length that a field may have; its field reads it further.
struct Paragraphs(String);

impl<'de> Input<'de> for Paragraphs {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        match serde_json::from_str::<String>(raw.get()) {
            Ok(text) if text.chars().count() <= TYPED_MAX => return Some(Self(text)),
            Ok(_) => {
                let message = text!("不能超过 {TYPED_MAX} 个字", "it may not exceed {TYPED_MAX} characters");
                reader.fault(Some(raw.get()), message);
            }
            Err(_) => reader.fault(Some(raw.get()), Text::fixed("应为字符串", "a string is expected")),
        }
        None
    }
}

impl PartialSchema for Typed {
    fn schema() -> RefOr<Schema> {
        let value = ObjectBuilder::new().schema_type(Type::String).max_length(Some(TYPED_MAX));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(AdditionalProperties::RefOr(RefOr::T(Schema::Object(value.build())))))
            .description(Some("填写内容 — field names of the paper's form with what is typed; days as 2026-01-31"))
            .into()
    }
}

impl ToSchema for Typed {
    fn name() -> std::borrow::Cow<'static, str> {
        "TypedFields".into()
    }
}

input! {
    /// 文书内容 — what the clerk types; the rest comes from the record
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"values": {"issued_on": "2026-03-02", "serve_on": "2026-03-03"}}))]
    pub struct PaperBody {
        /// 填写内容
        pub values: Typed,
    }
}

/// The state of one field of a paper, for the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    pub field: &'static Field,
    pub is_required: bool,
    /// From the record.
    pub known: Option<Value>,
    /// Whether it may be typed here.
    pub may_be_typed: bool,
}

/// A paper's fields with what the record has of each, and what was typed that is wrong.
struct Filled {
    values: Values,
    faults: Vec<FieldError>,
}

/// The form of a paper: each field once, with what the record says.
pub fn form(kind: PaperKind, facts: &PaperFacts, typed: &Typed) -> Vec<FormLine> {
    let needs = kind.layout().needs();
    let (known, values) = (recorded(kind.layout(), facts, typed), fill(kind, facts, typed).values);
    let mut lines: Vec<FormLine> = Vec::new();
    for need in &needs {
        let is_required = need.is_required && holds(need.when, &values);
        if let Some(line) = lines.iter_mut().find(|line| line.field.name == need.name) {
            line.is_required |= is_required;
            continue;
        }
        let Some(field) = field_named(need.name) else { continue };
        let known = known.get(need.name).cloned();
        let may_be_typed = known.is_none() && may_be_typed(field);
        lines.push(FormLine { field, is_required, known, may_be_typed });
    }
    lines
}

/// What stands in the way of a paper: everything that is missing or wrong.
pub fn faults(kind: PaperKind, facts: &PaperFacts, typed: &Typed) -> Vec<FieldError> {
    let Filled { values, mut faults } = fill(kind, facts, typed);
    let faulty: Vec<String> = faults.iter().map(|fault| fault.pointer.clone()).collect();
    let mut seen = Vec::new();
    for Need { name, is_required, when } in kind.layout().needs() {
        let pointer = pointer(name);
        let is_missing = is_required && !values.contains_key(name) && holds(when, &values);
        if is_missing && !seen.contains(&name) && !faulty.contains(&pointer) {
            seen.push(name);
            let message = field_named(name).map_or_else(|| Text::fixed("缺少", "missing"), Field::missing);
            faults.push(FieldError { pointer, value: None, message });
        }
    }
    faults
}

/// The paper as a document, or everything that is missing or wrong. Without its number it is a draft.
pub fn compose(
    kind: PaperKind,
    facts: &PaperFacts,
    typed: &Typed,
    registered: Option<Option<&str>>,
) -> Result<Document, Vec<FieldError>> {
    let faults = faults(kind, facts, typed);
    if !faults.is_empty() {
        return Err(faults);
    }
    let layout = kind.layout();
    let values = fill(kind, facts, typed).values;
    let mut parts = Vec::new();
    set(layout.blocks, &values, &mut parts);
    if registered.is_none() {
        parts.extend(layout.to_compare().map(Part::Note));
    }
    Ok(Document {
        head: layout.head.and_then(|head| filled(head, &values)),
        title: layout.title.to_owned(),
        number: match (layout.numbering, registered) {
            (Numbering::Agency, Some(number)) => number.map(str::to_owned),
            (Numbering::Agency, None) => Some("（文号登记时编定）".to_owned()),
            (Numbering::None, _) => None,
        },
        parts,
        is_draft: registered.is_none(),
    })
}

fn pointer(name: &str) -> String {
    format!("/values/{}", member_pointer(name))
}

fn member_pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What the case has decided and what the periods make of it is not typed.
fn may_be_typed(field: &Field) -> bool {
    !matches!(field.source, FieldSource::Case | FieldSource::Law)
}

fn holds(when: Condition, values: &Values) -> bool {
    let Some((name, words)) = when else { return true };
    matches!(values.get(name), Some(Value::Word(code, _)) if words.contains(code))
}

/// What the record fills, counted from the days that were typed.
fn recorded(layout: &Layout, facts: &PaperFacts, typed: &Typed) -> Values {
    let needs = layout.needs();
    let typed_day = |name: &str| {
        let is_of_paper = needs.iter().any(|need| need.name == name);
        let text = typed.0.get(name).filter(|_| is_of_paper)?;
        crate::domain::input::day(text).ok()
    };
    let mut values = facts.values(typed_day("serve_on"), typed_day("served_on"));
    values.retain(|name, _| needs.iter().any(|need| need.name == *name));
    values
}

fn fill(kind: PaperKind, facts: &PaperFacts, typed: &Typed) -> Filled {
    let layout = kind.layout();
    let needs = layout.needs();
    let mut values = recorded(layout, facts, typed);
    let mut faults = Vec::new();
    for (name, text) in &typed.0 {
        let mut fault = |message: Text| {
            let value = Some(text.chars().take(80).collect());
            faults.push(FieldError { pointer: pointer(name), value, message });
        };
        let Some(field) = needs.iter().find(|need| need.name == name).and_then(|need| field_named(need.name)) else {
            let mut names: Vec<_> = needs.iter().map(|need| need.name).collect();
            names.dedup();
            let (title, names) = (kind.zh(), names.join(", "));
            fault(text!(
                "《{title}》没有这个字段;可用字段:{names}",
                "the paper {kind} has no such field; its fields are {names}"
            ));
            continue;
        };
        let value = match field.read(text) {
            Ok(value) => value,
            Err(message) => {
                fault(message);
                continue;
            }
        };
        let (zh, en) = (field.zh, field.en);
        match values.get(field.name) {
            Some(known) if known.in_json() == value.in_json() || known.in_figures() == value.in_figures() => {}
            Some(known) => {
                let known = known.in_figures();
                fault(text!(
                    "“{zh}”在档案中为“{known}”;请删去此项,或先更正档案",
                    "{en} is {known:?} in the record; leave it out, or mend the record first"
                ));
            }
            None if may_be_typed(field) => {
                values.insert(field.name, value);
            }
            None => fault(text!(
                "“{zh}”取自案件和期限规则,不能填写;请先登记有关步骤",
                "{en} comes from the case and its periods and is not typed; record the step first"
            )),
        }
    }
    Filled { values, faults }
}

/// A template with its fields filled in; nothing if a field that it needs is not known.
fn filled(template: &str, values: &Values) -> Option<String> {
    let mut text = String::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Place { name, is_full } => {
                let value = values.get(name)?;
                text.push_str(&if is_full { value.in_full() } else { value.in_figures() });
            }
            Piece::Optional(inner) => text.push_str(&filled(inner, values).unwrap_or_default()),
        }
    }
    Some(text)
}

fn set(blocks: &[Block], values: &Values, parts: &mut Vec<Part>) {
    let text = |template: &str| filled(template, values).filter(|text| !text.trim().is_empty());
    for block in blocks {
        match block {
            Block::Addressee(template) => parts.extend(text(template).map(Part::Addressee)),
            Block::Heading(template) => parts.extend(text(template).map(Part::Heading)),
            Block::Paragraph(template) => {
                let Some(text) = text(template) else { continue };
                parts.extend(text.lines().map(|line| Part::Paragraph(line.to_owned())));
            }
            Block::Note(template) => parts.extend(text(template).map(Part::Note)),
            Block::Table(rows) => {
                let rows = rows.iter().map(|row| Cells {
                    cells: row.cells.iter().map(|cell| cell_text(cell, values)).collect(),
                    lines: row.lines,
                });
                match parts.last_mut() {
                    // A table that follows a table goes on with it, as far as they have the same columns.
                    Some(Part::Table(known)) if continues(known, &rows.clone().collect::<Vec<_>>()) => {
                        known.extend(rows);
                    }
                    _ => parts.push(Part::Table(rows.collect())),
                }
            }
            Block::Signature(parties) => parts.push(Part::Signature {
                parties: parties.iter().filter_map(|party| filled(party, values)).collect(),
                day: match values.get("issued_on") {
                    Some(Value::Day(day)) => words::day(*day),
                    _ => String::new(),
                },
            }),
            Block::When(name, words, inner) if holds(Some((name, words)), values) => set(inner, values, parts),
            Block::When(..) => {}
        }
    }
}

fn continues(known: &[Cells], rows: &[Cells]) -> bool {
    let width = |rows: &[Cells]| rows.first().map(|row| row.cells.len());
    width(known) == width(rows)
}

/// A cell; what is not known and need not be is struck out by a stroke, as on forms.
fn cell_text(template: &str, values: &Values) -> String {
    let text = filled(template, values).unwrap_or_default();
    if text.is_empty() && template.contains('[') { "／".to_owned() } else { text }
}
