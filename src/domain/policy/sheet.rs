//! Reading a TOML file of `policy/` strictly, every fault with its line.

use std::collections::HashSet;
use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::input::day;
use crate::domain::text::{Text, text};

/// What is wrong with a file of `policy/`, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub message: Text,
}

/// One file being read, and the faults found so far.
pub struct Sheet<'i> {
    label: &'i str,
    text: &'i str,
    faults: Vec<Fault>,
}

/// A table of the file, with the names that were asked for: what nobody asked for is a fault.
pub struct Table<'t, 'i> {
    entries: &'t DeTable<'i>,
    span: Range<usize>,
    asked: HashSet<&'static str>,
}

impl<'i> Sheet<'i> {
    /// Parses the file; what is not TOML is a fault already, and there is no table then.
    pub fn parse(label: &'i str, text: &'i str) -> (Self, Option<Spanned<DeTable<'i>>>) {
        let mut sheet = Self { label, text, faults: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let message = error.message();
            sheet.fault(
                error.span().unwrap_or_default(),
                text!("不是合法的 TOML:{message}", "not valid TOML: {message}"),
            );
        }
        (sheet, errors.is_empty().then_some(table))
    }

    pub fn fault(&mut self, span: Range<usize>, message: Text) {
        let line = self.text.as_bytes().iter().take(span.start).filter(|&&byte| byte == b'\n').count() + 1;
        self.faults.push(Fault { file: self.label.to_owned(), line, message });
    }

    /// The faults in order of their lines.
    pub fn into_faults(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.line);
        self.faults
    }

    pub fn label(&self) -> &'i str {
        self.label
    }

    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

impl<'t, 'i> Table<'t, 'i> {
    pub fn of(entries: &'t DeTable<'i>, span: Range<usize>) -> Self {
        Self { entries, span, asked: HashSet::new() }
    }

    /// Where the table stands, for faults of the table as a whole.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// An entry that may be missing.
    pub fn get(&mut self, name: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.insert(name);
        self.entries.get(name)
    }

    /// An entry that may not be missing.
    pub fn need(&mut self, name: &'static str, sheet: &mut Sheet<'_>) -> Option<&'t Spanned<DeValue<'i>>> {
        let entry = self.get(name);
        if entry.is_none() {
            sheet.fault(self.span(), text!("缺少 {name}", "{name} is missing"));
        }
        entry
    }

    /// A text that is not empty, with its place.
    pub fn string(&mut self, name: &'static str, sheet: &mut Sheet<'_>) -> Option<(&'t str, Range<usize>)> {
        let entry = self.need(name, sheet)?;
        match entry.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some((text, entry.span())),
            _ => {
                sheet.fault(entry.span(), text!("{name} 应为非空字符串", "{name} must be a string that is not empty"));
                None
            }
        }
    }

    /// `{ zh = "…", en = "…" }`, both in use.
    pub fn bilingual(&mut self, name: &'static str, sheet: &mut Sheet<'_>) -> Option<Text> {
        let mut table = self.table(name, sheet)?;
        let (zh, en) = (table.string("zh", sheet), table.string("en", sheet));
        table.finish(sheet);
        Some(Text::new(zh?.0.to_owned(), en?.0.to_owned()))
    }

    /// A table within this one.
    pub fn table(&mut self, name: &'static str, sheet: &mut Sheet<'_>) -> Option<Table<'t, 'i>> {
        let entry = self.need(name, sheet)?;
        match entry.get_ref().as_table() {
            Some(table) => Some(Table::of(table, entry.span())),
            None => {
                sheet.fault(entry.span(), text!("{name} 应为表", "{name} must be a table"));
                None
            }
        }
    }

    /// The items of an array, with the place of the array.
    pub fn array(
        &mut self,
        name: &'static str,
        sheet: &mut Sheet<'_>,
    ) -> Option<(&'t [Spanned<DeValue<'i>>], Range<usize>)> {
        let entry = self.need(name, sheet)?;
        match entry.get_ref().as_array() {
            Some(items) => Some((items.as_ref(), entry.span())),
            None => {
                sheet.fault(entry.span(), text!("{name} 应为数组", "{name} must be an array"));
                None
            }
        }
    }

    pub fn boolean(&mut self, name: &'static str, sheet: &mut Sheet<'_>) -> Option<bool> {
        let entry = self.need(name, sheet)?;
        let value = entry.get_ref().as_bool();
        if value.is_none() {
            sheet.fault(entry.span(), text!("{name} 应为 true 或 false", "{name} must be true or false"));
        }
        value
    }

    pub fn day(&mut self, name: &'static str, sheet: &mut Sheet<'_>) -> Option<(NaiveDate, Range<usize>)> {
        let (written, span) = self.string(name, sheet)?;
        read_day(written, span.clone(), sheet).map(|day| (day, span))
    }

    /// Refuses what nobody asked for.
    pub fn finish(self, sheet: &mut Sheet<'_>) {
        for (name, value) in self.entries {
            let known = name.get_ref();
            if !self.asked.contains(known.as_ref()) {
                let span = if name.span().is_empty() { value.span() } else { name.span() };
                sheet.fault(span, text!("没有 {known} 这一项", "there is no entry {known}"));
            }
        }
    }
}

/// A day written as a string.
pub fn read_day(written: &str, span: Range<usize>, sheet: &mut Sheet<'_>) -> Option<NaiveDate> {
    day(written).map_err(|message| sheet.fault(span, message)).ok()
}
