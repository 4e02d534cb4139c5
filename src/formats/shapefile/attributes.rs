//! Columns of a table as properties of a plot, whatever program cut their names to ten bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};
use serde_json::{Map, Value};

use super::dbf::{Column, Row, Table};
use super::{Note, Noted, Wrong};
use crate::domain::area::AreaUnit;
use crate::domain::ledger::balance::Cause;
use crate::domain::plot::Origin;
use crate::formats::decode::strict;
use crate::formats::number::shortest_decimal;

/// Bytes of a column's name.
const NAME_MAX: usize = 10;

/// Names under which a property is known. The first that a table has is taken.
const NAMES: &[(&str, &[&str])] = &[
    ("code", &["code", "地块编号", "编号", "dkbh", "bh"]),
    ("name", &["name", "地块名称", "名称", "dkmc", "mc"]),
    ("location", &["location", "位置", "坐落", "土地坐落", "地块位置", "zl"]),
    ("approval", &["approval", "用地批文", "批准文号", "批文文号", "批文号", "批文", "pzwh", "pwh"]),
    ("approved_project", &["approved_project", "报批项目", "报批项目名称", "项目名称", "xmmc"]),
    ("origin", &["origin", "地块来源", "来源"]),
    ("planned_use", &["planned_use", "规划用途", "规划用途名称", "地块用途", "土地用途", "用途", "ghyt", "dkyt", "yt"]),
    ("township", &["township", "乡镇代码", "所属乡镇街道", "所属乡镇", "xzdm"]),
    ("cause", &["cause", "未供原因"]),
    ("reserved_on", &["reserved_on", "储备入库日期", "入库日期"]),
    ("attributes_from", &["attributes_from", "属性起始日"]),
    ("geometry_from", &["geometry_from", "图形生效日"]),
    ("remark", &["remark", "备注", "bz"]),
];

/// Names of the area, the unit they mean, and whether they say so.
const AREAS: &[(&str, AreaUnit, bool)] = &[
    ("area_m2", AreaUnit::SquareMetre, true),
    ("登记面积平方米", AreaUnit::SquareMetre, true),
    ("面积平方米", AreaUnit::SquareMetre, true),
    ("登记面积公顷", AreaUnit::Hectare, true),
    ("地块面积公顷", AreaUnit::Hectare, true),
    ("面积公顷", AreaUnit::Hectare, true),
    ("area_ha", AreaUnit::Hectare, true),
    ("登记面积亩", AreaUnit::Mu, true),
    ("面积亩", AreaUnit::Mu, true),
    ("area_mu", AreaUnit::Mu, true),
    ("登记面积", AreaUnit::SquareMetre, false),
    ("地块面积", AreaUnit::SquareMetre, false),
    ("面积", AreaUnit::SquareMetre, false),
    ("dkmj", AreaUnit::SquareMetre, false),
    ("mj", AreaUnit::SquareMetre, false),
    ("area", AreaUnit::SquareMetre, false),
];

/// What a column gives.
#[derive(Clone, Copy)]
enum Target {
    Member(&'static str),
    Area(AreaUnit),
}

/// How rows become properties.
pub struct Mapping<'t> {
    encoding: &'static Encoding,
    columns: Vec<(&'t Column, Target)>,
}

impl<'t> Mapping<'t> {
    pub fn of(table: &'t Table<'_>, cpg: Option<&[u8]>, notes: &mut Vec<Noted>) -> Result<Self, Wrong> {
        let mut note = |note| notes.push(Noted { record: None, note });
        let encoding = encoding(table, cpg, &mut note)?;
        let mut columns: Vec<(&Column, Target)> = Vec::new();
        let mut used: Vec<(&Column, &'static str)> = Vec::new();
        let mut offer = |columns: &mut Vec<(&'t Column, Target)>, name: &str, member: &'static str, target| {
            for column in table.columns.iter().filter(|column| fits(&column.name, name)) {
                if used.iter().any(|(known, _)| std::ptr::eq(*known, column)) {
                    continue;
                }
                if used.iter().any(|(_, known)| *known == member) {
                    note(Note::ColumnTwice { column: shown(column, encoding), member });
                } else {
                    if let Target::Area(_) = target
                        && AREAS.iter().any(|(known, _, says)| *known == name && !says)
                    {
                        note(Note::AreaUnitAssumed { column: shown(column, encoding) });
                    }
                    columns.push((column, target));
                }
                used.push((column, member));
            }
        };
        for (member, names) in NAMES {
            names.iter().for_each(|name| offer(&mut columns, name, member, Target::Member(member)));
        }
        for (name, unit, _) in AREAS {
            offer(&mut columns, name, "area", Target::Area(*unit));
        }
        for column in table.columns.iter().filter(|column| !used.iter().any(|(known, _)| std::ptr::eq(*known, *column)))
        {
            notes.push(Noted { record: None, note: Note::ColumnIgnored { column: shown(column, encoding) } });
        }
        Ok(Self { encoding, columns })
    }

    /// The properties of a row as JSON; none if its text is not in the encoding.
    pub fn json(&self, row: &Row<'_>) -> Option<String> {
        let mut members = Map::new();
        for (column, target) in &self.columns {
            let text = strict(self.encoding, row.cell(column))?;
            let text = text.trim();
            // Asterisks are how a number that is not there is written, zeros a day.
            if text.is_empty() || text.starts_with('*') || (column.kind == b'D' && text.trim_matches('0').is_empty()) {
                continue;
            }
            let is_number = matches!(column.kind, b'N' | b'F');
            let value: Cow<'_, str> = if is_number { number(text).into() } else { text.into() };
            match target {
                Target::Area(AreaUnit::SquareMetre) => members.insert("area_m2".to_owned(), value.into()),
                Target::Area(unit) => {
                    members.insert("area".to_owned(), serde_json::json!({"value": value, "unit": unit.as_str()}))
                }
                Target::Member(member) => members.insert((*member).to_owned(), word(member, &value, column.kind)),
            };
        }
        Some(Value::Object(members).to_string())
    }
}

/// The digits of a number: as they stand if a double keeps them, else the double's own.
fn number(text: &str) -> String {
    text.parse::<f64>().ok().and_then(shortest_decimal).unwrap_or_else(|| text.to_owned())
}

/// The value of a member that is no area.
fn word(member: &str, value: &str, kind: u8) -> Value {
    let known = match member {
        "origin" => Origin::ALL.iter().find(|word| word.zh() == value).map(|word| word.as_str()),
        "cause" => Cause::ALL.iter().find(|word| word.zh() == value).map(|word| word.as_str()),
        _ => None,
    };
    if let Some(known) = known {
        return known.into();
    }
    let is_day = kind == b'D' && value.len() == 8 && value.is_ascii();
    if is_day {
        return format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]).into();
    }
    value.into()
}

/// Whether a column's name is this one, or its first ten bytes in either encoding.
fn fits(given: &[u8], name: &str) -> bool {
    if name.is_ascii() {
        let cut = &name.as_bytes()[..name.len().min(NAME_MAX)];
        return given.eq_ignore_ascii_case(cut);
    }
    let (gbk, ..) = encoding_rs::GBK.encode(name);
    [name.as_bytes(), &gbk].iter().any(|bytes| given == &bytes[..bytes.len().min(NAME_MAX)])
}

/// The encoding of a table's text: that of the .cpg if the text is in it, else by whether it is UTF-8.
fn encoding(table: &Table<'_>, cpg: Option<&[u8]>, note: &mut impl FnMut(Note)) -> Result<&'static Encoding, Wrong> {
    let given = cpg.map(|cpg| String::from_utf8_lossy(&cpg[..cpg.len().min(40)]).trim().to_owned());
    let declared = given.as_deref().and_then(named);
    if let Some(declared) = declared
        && foreign(table, declared).is_none()
    {
        return Ok(declared);
    }
    let (encoding, label) = match foreign(table, UTF_8) {
        None => (UTF_8, "UTF-8"),
        Some(_) => match foreign(table, GB18030) {
            None => (GB18030, "GBK"),
            Some(record) => return Err(Wrong::NotText { record }),
        },
    };
    let is_ascii = (0..table.count()).all(|at| {
        let row = table.row(at);
        table.columns.iter().all(|column| row.cell(column).is_ascii() && column.name.is_ascii())
    });
    match given {
        Some(given) => note(Note::CpgWrong { given, read_as: label }),
        None if is_ascii => {}
        None => note(if encoding == UTF_8 { Note::Utf8WithoutCpg } else { Note::GbkWithoutCpg }),
    }
    Ok(encoding)
}

/// The first record whose text is not in an encoding. Names may be cut within a character and do not count.
fn foreign(table: &Table<'_>, encoding: &'static Encoding) -> Option<usize> {
    (0..table.count())
        .find(|at| {
            let row = table.row(*at);
            table.columns.iter().any(|column| strict(encoding, row.cell(column)).is_none())
        })
        .map(|at| at + 1)
}

/// An encoding as .cpg files name it.
fn named(cpg: &str) -> Option<&'static Encoding> {
    match cpg.to_ascii_uppercase().replace([' ', '-', '_'], "").as_str() {
        "UTF8" | "65001" => Some(UTF_8),
        "GBK" | "GB2312" | "GB18030" | "936" | "CP936" | "MS936" | "ANSI936" | "EUCCN" => Some(GB18030),
        _ => None,
    }
}

/// A column's name as far as it can be read.
fn shown(column: &Column, encoding: &'static Encoding) -> String {
    let (name, ..) = encoding.decode(&column.name);
    name.trim_end_matches('\u{fffd}').chars().filter(|c| !c.is_control()).collect()
}
