//! The form of a parameter's file, read strictly: every fault with its line.
//!
//! The file's name is the parameter's id, its folder says who makes the law. See `policy/README.md`.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use crate::domain::finding::{Citation, Cited, Unit};
use crate::domain::policy::sheet::{Fault, Sheet, Table, read_day};
use crate::domain::policy::{OverlayRule, Parameter, Value, Version};
use crate::domain::text::{Text, text};

/// Checks one file of a policy tree: a parameter, or a calendar under `calendar/`.
///
/// `label` is the path as it is to be shown; its last part names the parameter or the year.
pub fn check_file(label: &str, text: &str) -> Vec<Fault> {
    let path = Path::new(label);
    let in_calendar = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "calendar");
    if in_calendar {
        crate::domain::calendar::check_file(label, text)
    } else {
        parse(label, text).err().unwrap_or_default()
    }
}

/// Reads a parameter's file, or says everything that is wrong with it.
pub(super) fn parse(label: &str, text: &str) -> Result<Parameter, Vec<Fault>> {
    let (mut sheet, table) = Sheet::parse(label, text);
    match table.and_then(|table| parameter(&mut sheet, Table::of(table.get_ref(), 0..0))) {
        Some(parameter) if sheet.is_clean() => Ok(parameter),
        _ => Err(sheet.into_faults()),
    }
}

fn parameter(sheet: &mut Sheet<'_>, mut file: Table<'_, '_>) -> Option<Parameter> {
    let id = id(sheet);
    let description = file.bilingual("description", sheet);
    let unit = word::<Unit>(&mut file, "unit", sheet);
    let overlay = word::<OverlayRule>(&mut file, "overlay", sheet);
    let checked_on = file.day("checked_on", sheet).map(|(day, _)| day);
    let versions = versions(&mut file, unit.as_ref().map(|(unit, _)| *unit), sheet);
    file.finish(sheet);
    let ((unit, _), (overlay, overlay_span)) = (unit?, overlay?);
    if unit == Unit::Switch && matches!(overlay, OverlayRule::LowerOnly | OverlayRule::HigherOnly) {
        sheet.fault(overlay_span, Text::fixed("开关没有高低之分", "a switch is neither lower nor higher"));
    }
    Some(Parameter {
        id: id?.into(),
        description: description?,
        unit,
        overlay,
        checked_on: checked_on?,
        versions: versions?,
        county: Vec::new(),
    })
}

/// The id that the file's name gives.
fn id(sheet: &mut Sheet<'_>) -> Option<String> {
    let stem = Path::new(sheet.label()).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if stem.contains('.') && stem.split('.').all(plain) {
        return Some(stem.to_owned());
    }
    sheet.fault(
        0..0,
        text!(
            "文件名“{stem}”应为参数编号,如 term.flexible.principle_max.toml",
            "the file name {stem:?} must be the id of the parameter, like term.flexible.principle_max.toml"
        ),
    );
    None
}

fn word<T: std::str::FromStr<Err = Text>>(
    table: &mut Table<'_, '_>,
    name: &'static str,
    sheet: &mut Sheet<'_>,
) -> Option<(T, Range<usize>)> {
    let (written, span) = table.string(name, sheet)?;
    written.parse().map_err(|message| sheet.fault(span.clone(), message)).ok().map(|word| (word, span))
}

fn versions(file: &mut Table<'_, '_>, unit: Option<Unit>, sheet: &mut Sheet<'_>) -> Option<Vec<Version>> {
    let (items, span) = file.array("version", sheet)?;
    if items.is_empty() {
        sheet.fault(span, Text::fixed("至少要有一个 [[version]]", "a parameter needs at least one [[version]]"));
    }
    let mut versions: Vec<Version> = Vec::with_capacity(items.len());
    let mut all_read = true;
    for item in items {
        let Some((version, day_span)) = version(item, unit, sheet) else {
            all_read = false;
            continue;
        };
        if let Some(before) = versions.last().filter(|before| before.in_force >= version.in_force) {
            let (before, day) = (before.in_force, version.in_force);
            sheet.fault(
                day_span,
                text!(
                    "版本须按施行日期从早到晚排列:{day} 不晚于前一版本的 {before}",
                    "versions stand in order of their days: {day} is not after {before} of the one before"
                ),
            );
        }
        versions.push(version);
    }
    all_read.then_some(versions)
}

fn version(item: &Spanned<DeValue<'_>>, unit: Option<Unit>, sheet: &mut Sheet<'_>) -> Option<(Version, Range<usize>)> {
    let Some(table) = item.get_ref().as_table() else {
        sheet.fault(item.span(), Text::fixed("version 应为 [[version]]", "version must be [[version]]"));
        return None;
    };
    let mut table = Table::of(table, item.span());
    let in_force = table.day("in_force", sheet);
    let value = value(&mut table, unit, sheet);
    let verified = table.boolean("verified", sheet);
    let citation = table.table("citation", sheet).and_then(|citation| self::citation(citation, sheet));
    let note = match table.get("note") {
        Some(_) => Some(table.bilingual("note", sheet)?),
        None => None,
    };
    table.finish(sheet);
    let ((in_force, span), (value, written)) = (in_force?, value?);
    Some((
        Version {
            in_force,
            value,
            written: written.into(),
            verified: verified?,
            citation: Cited::Given(Box::new(citation?)),
            note,
        },
        span,
    ))
}

/// A value, as TOML writes it: a decimal in a string, as TOML's floats are not exact, or true/false.
fn value(version: &mut Table<'_, '_>, unit: Option<Unit>, sheet: &mut Sheet<'_>) -> Option<(Value, String)> {
    let entry = version.need("value", sheet)?;
    let read = match entry.get_ref() {
        DeValue::Boolean(on) => Ok((Value::Switch(*on), on.to_string())),
        DeValue::String(written) => {
            Value::read(written, unit.unwrap_or(Unit::Ratio)).map(|value| (value, written.to_string()))
        }
        _ => Err(Text::fixed(
            "数值须写成字符串(如 \"0.15\"),开关写 true 或 false",
            "a number is written as a string (\"0.15\"), a switch as true or false",
        )),
    };
    let fitting = read.and_then(|(value, written)| match unit {
        Some(unit) => fitting(value, unit).map(|()| (value, written)),
        None => Ok((value, written)),
    });
    fitting.map_err(|message| sheet.fault(entry.span(), message)).ok()
}

/// Refuses a value that the unit cannot hold, saying what the unit asks for.
pub(super) fn fitting(value: Value, unit: Unit) -> Result<(), Text> {
    if value.fits(unit) {
        return Ok(());
    }
    Err(match unit {
        Unit::Year => Text::fixed(
            "应为大于零、不满 1000 且合整月的年数",
            "years above zero and below 1000 that make whole months are expected",
        ),
        Unit::Share => {
            Text::fixed("占比应在 0 与 1 之间,小数不超过 6 位", "a share lies between 0 and 1 with at most 6 decimals")
        }
        Unit::Metre => Text::fixed(
            "长度应大于零、小于 10000 米,小数不超过 3 位",
            "a length is above zero and below 10000 m with at most 3 decimals",
        ),
        Unit::SquareMetre => {
            Text::fixed("面积不得为负,小数不超过 4 位", "an area is not negative and has at most 4 decimals")
        }
        Unit::YuanPerM2 => Text::fixed(
            "单价应大于零,小数不超过 4 位",
            "a price of a square metre is above zero and has at most 4 decimals",
        ),
        Unit::Switch => Text::fixed("开关应为 true 或 false", "a switch is true or false"),
        Unit::CalendarYear => Text::fixed("应为 1949 至 2149 的年份", "a year from 1949 to 2149 is expected"),
        Unit::Part => Text::fixed("应为 1 至 1000 的整数", "a whole number from 1 to 1000 is expected"),
        Unit::CalendarDay => Text::fixed("应为日期,如 2026-01-31", "a day is expected, such as 2026-01-31"),
        Unit::Day => Text::fixed("应为 0 至 3660 的整天数", "a whole number of days from 0 to 3660 is expected"),
        Unit::WorkingDay => {
            Text::fixed("应为 0 至 250 的整工作日数", "a whole number of working days from 0 to 250 is expected")
        }
        other => {
            let zh = other.zh();
            text!("政策参数不用“{zh}”作单位", "a parameter has no values in the unit {other}")
        }
    })
}

/// Reads the citation that every value and every calendar must carry.
pub(in crate::domain) fn citation(mut table: Table<'_, '_>, sheet: &mut Sheet<'_>) -> Option<Citation> {
    let instrument = table.bilingual("instrument", sheet);
    let provision = table.bilingual("provision", sheet);
    let number = optional(&mut table, "number", sheet).map(|(number, _)| number.into());
    let issued_on =
        optional(&mut table, "issued_on", sheet).and_then(|(written, span)| read_day(&written, span, sheet));
    let url = optional(&mut table, "url", sheet);
    if let Some((written, span)) = &url
        && !written.starts_with("https://")
        && !written.starts_with("http://")
    {
        sheet.fault(span.clone(), Text::fixed("url 应为网址", "url must be a web address"));
    }
    table.finish(sheet);
    Some(Citation {
        instrument: instrument?,
        number,
        provision: provision?,
        issued_on,
        url: url.map(|(url, _)| url.into()),
    })
}

fn optional(table: &mut Table<'_, '_>, name: &'static str, sheet: &mut Sheet<'_>) -> Option<(String, Range<usize>)> {
    table.get(name)?;
    table.string(name, sheet).map(|(text, span)| (text.to_owned(), span))
}
