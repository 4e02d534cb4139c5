//! Lists as spreadsheets: one description of the columns, XLSX and CSV from the same rows, a row of totals.
//!
//! Rows are written as they come. XLSX keeps them in a temporary file of the library, so that memory does not grow with
//! the list; texts are written as texts and never as formulas. CSV begins with a byte order mark, as Excel asks for, and a
//! text that a program would take for a formula stands behind an apostrophe, which the import takes off again.
//!
//! Areas are shown in one unit. From m² to 亩 (× 0.0015) and 公顷 (÷ 10 000) nothing is rounded; an area stated in
//! another unit than it is shown in is rounded half up to 4 decimals of m² or 8 of 亩 and 公顷.

use std::io::{Seek, Write};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::quantity::{AreaM2, Money, decimal};
use crate::domain::text::Language;
use crate::formats::number::shortest_decimal;

/// In which format a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutKind {
    Csv,
    Xlsx,
    /// No rows: how many there are, and what the columns of figures add up to, as JSON.
    Totals,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    Text,
    Number,
    Area,
    Money,
    Percent,
    Day,
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    pub zh: &'static str,
    pub en: &'static str,
    pub show: Show,
    /// Whether the row of totals adds it up.
    pub total: bool,
}

impl Heading {
    /// The heading with its unit.
    fn text(&self, unit: AreaUnit, language: Language) -> String {
        let (name, is_zh) = match language {
            Language::Zh => (self.zh, true),
            Language::En => (self.en, false),
        };
        let unit = match (self.show, is_zh) {
            (Show::Area, true) => unit.zh(),
            (Show::Area, false) => unit.as_str(),
            (Show::Money, true) => "元",
            (Show::Money, false) => "yuan",
            (Show::Percent, _) => "%",
            (Show::Text | Show::Number | Show::Day, _) => return name.to_owned(),
        };
        if is_zh { format!("{name}({unit})") } else { format!("{name} ({unit})") }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    None,
    Text(String),
    Integer(i64),
    Area(AreaM2),
    /// As a document states it.
    Stated(GivenArea),
    Money(Money),
    /// Digits that need no more work, such as a percentage.
    Digits(String),
    Day(NaiveDate),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn maybe<T: ToString>(value: Option<T>) -> Self {
        value.map_or(Self::None, |value| Self::Text(value.to_string()))
    }

    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::None, Self::Day)
    }

    /// The digits of a number in the unit shown; none for what is no number.
    fn digits(&self, unit: AreaUnit) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::from(*number)),
            Self::Area(area) => {
                let factor = match unit {
                    AreaUnit::SquareMetre => Decimal::ONE,
                    AreaUnit::Mu => Decimal::new(15, 4),
                    AreaUnit::Hectare => Decimal::new(1, 4),
                };
                area.get().checked_mul(factor)
            }
            Self::Stated(area) if area.unit() == unit => Some(area.value()),
            Self::Stated(area) => {
                let scale = if unit == AreaUnit::SquareMetre { AreaM2::SCALE } else { 8 };
                area.rounded(unit, scale).ok().and_then(|digits| decimal(&digits).ok())
            }
            Self::Money(money) => Some(money.get()),
            Self::Digits(digits) => decimal(digits).ok(),
            Self::None | Self::Text(_) | Self::Day(_) => None,
        }
    }
}

/// Why a list could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Widths of columns in characters.
const fn width(show: Show) -> f64 {
    match show {
        Show::Text => 30.0,
        Show::Number | Show::Day => 13.0,
        Show::Area | Show::Money => 18.0,
        Show::Percent => 12.0,
    }
}

enum Sink<W: Write + Seek> {
    Csv(Box<csv::Writer<W>>),
    Xlsx { book: Box<Workbook>, out: W, formats: Box<Formats> },
    Totals(W),
}

struct Formats {
    head: Format,
    text: Format,
    day: Format,
    number: Format,
    metres: Format,
    parts: Format,
    money: Format,
    total: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = || Format::new().set_border(FormatBorder::Thin);
        Self {
            head: plain().set_bold().set_text_wrap(),
            text: plain(),
            day: plain().set_num_format("yyyy-mm-dd"),
            number: plain().set_num_format("0"),
            metres: plain().set_num_format("#,##0.00##"),
            parts: plain().set_num_format("#,##0.0000####"),
            money: plain().set_num_format("#,##0.00"),
            total: plain().set_bold(),
        }
    }
}

/// Writes one list.
pub struct TableWriter<W: Write + Seek + Send> {
    sink: Sink<W>,
    headings: Vec<Heading>,
    unit: AreaUnit,
    language: Language,
    sums: Vec<Option<Decimal>>,
    row: u32,
}

impl<W: Write + Seek + Send> TableWriter<W> {
    /// Begins a list under its title, which a workbook's sheet is called.
    pub fn new(
        kind: OutKind,
        mut out: W,
        title: &str,
        headings: Vec<Heading>,
        unit: AreaUnit,
        language: Language,
    ) -> Result<Self, CannotWrite> {
        let texts: Vec<String> = headings.iter().map(|heading| heading.text(unit, language)).collect();
        let sink = match kind {
            OutKind::Csv => {
                out.write_all("\u{feff}".as_bytes())?;
                let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                writer.write_record(&texts)?;
                Sink::Csv(Box::new(writer))
            }
            OutKind::Xlsx => {
                let (mut book, formats) = (Workbook::new(), Formats::new());
                let sheet = book.add_worksheet_with_constant_memory()?;
                sheet.set_name(title)?;
                sheet.set_freeze_panes(1, 0)?;
                for (column, (text, heading)) in (0..).zip(texts.iter().zip(&headings)) {
                    sheet.set_column_width(column, width(heading.show))?;
                    sheet.write_string_with_format(0, column, text, &formats.head)?;
                }
                Sink::Xlsx { book: Box::new(book), out, formats: Box::new(formats) }
            }
            OutKind::Totals => Sink::Totals(out),
        };
        let sums = headings.iter().map(|heading| heading.total.then_some(Decimal::ZERO)).collect();
        Ok(Self { sink, headings, unit, language, sums, row: 1 })
    }

    /// Writes one row, of as many values as there are headings.
    pub fn row(&mut self, values: &[Value]) -> Result<(), CannotWrite> {
        for (sum, value) in self.sums.iter_mut().zip(values) {
            if let (Some(total), Some(digits)) = (sum.as_mut(), value.digits(self.unit)) {
                // A sum past 28 digits is not shown rather than wrong.
                *sum = total.checked_add(digits);
            }
        }
        self.put(values, false)
    }

    fn put(&mut self, values: &[Value], is_total: bool) -> Result<(), CannotWrite> {
        let (unit, row) = (self.unit, self.row);
        match &mut self.sink {
            Sink::Totals(_) => {}
            Sink::Csv(writer) => writer.write_record(values.iter().map(|value| field(value, unit)))?,
            Sink::Xlsx { book, formats, .. } => {
                let sheet = book.worksheet_from_index(0)?;
                for (column, (value, heading)) in (0..).zip(values.iter().zip(&self.headings)) {
                    let format = match (heading.show, value) {
                        (_, Value::Text(_) | Value::None) if is_total => &formats.total,
                        (Show::Area, _) if unit == AreaUnit::SquareMetre => &formats.metres,
                        (Show::Area, _) => &formats.parts,
                        (Show::Money | Show::Percent, _) => &formats.money,
                        (Show::Number, _) => &formats.number,
                        (Show::Day, _) => &formats.day,
                        (Show::Text, _) => &formats.text,
                    };
                    match (value, value.digits(unit)) {
                        (Value::Day(day), _) => {
                            sheet.write_number_with_format(row, column, serial(*day), format)?;
                        }
                        (_, Some(digits)) => match exact(digits) {
                            Some(number) => {
                                sheet.write_number_with_format(row, column, number, format)?;
                            }
                            // More digits than the program keeps.
                            None => {
                                sheet.write_string_with_format(row, column, digits.normalize().to_string(), format)?;
                            }
                        },
                        (Value::Text(text), None) => {
                            sheet.write_string_with_format(row, column, fit(text), format)?;
                        }
                        (_, None) => {
                            sheet.write_blank(row, column, format)?;
                        }
                    }
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Ends the list with its totals and a note below.
    pub fn finish(mut self, note: Option<&str>) -> Result<W, CannotWrite> {
        if let Sink::Totals(mut out) = self.sink {
            let totals =
                self.headings.iter().zip(&self.sums).filter(|(heading, _)| heading.total).map(|(heading, sum)| {
                    let value = sum.map(|sum| sum.normalize().to_string());
                    serde_json::json!({"name": {"zh": heading.zh, "en": heading.en}, "value": value})
                });
            let totals: Vec<serde_json::Value> = totals.collect();
            serde_json::to_writer(&mut out, &serde_json::json!({"count": self.row - 1, "totals": totals}))
                .map_err(std::io::Error::from)?;
            return Ok(out);
        }
        if self.headings.iter().any(|heading| heading.total) {
            let word = if self.language == Language::Zh { "合计" } else { "Total" };
            let sums = std::mem::take(&mut self.sums);
            let mut values: Vec<Value> = sums
                .into_iter()
                .map(|sum| sum.map_or(Value::None, |sum| Value::Digits(sum.normalize().to_string())))
                .collect();
            if let Some(first @ Value::None) = values.first_mut() {
                *first = Value::text(word);
            }
            self.put(&values, true)?;
        }
        if let Some(note) = note {
            let mut values = vec![Value::None; self.headings.len()];
            if let Some(first) = values.first_mut() {
                *first = Value::text(note);
            }
            self.put(&values, true)?;
        }
        match self.sink {
            Sink::Totals(out) => Ok(out),
            Sink::Csv(mut writer) => {
                writer.flush()?;
                writer.into_inner().map_err(|error| CannotWrite::Io(error.into_error()))
            }
            Sink::Xlsx { mut book, mut out, .. } => {
                book.save_to_writer(&mut out)?;
                Ok(out)
            }
        }
    }
}

/// A field of CSV.
fn field(value: &Value, unit: AreaUnit) -> String {
    match value {
        Value::None => String::new(),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::Text(text) => text.clone(),
        Value::Day(day) => day.to_string(),
        number => number.digits(unit).map_or_else(String::new, |digits| digits.normalize().to_string()),
    }
}

/// The double that stands for a decimal, if it stands for no other of 15 digits.
fn exact(digits: Decimal) -> Option<f64> {
    let text = digits.normalize().to_string();
    let number: f64 = text.parse().ok()?;
    (shortest_decimal(number).as_deref() == Some(text.as_str())).then_some(number)
}

/// A day as the program counts it.
fn serial(day: NaiveDate) -> f64 {
    const ZERO: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).expect("it is a day");
    let days = day.signed_duration_since(ZERO).num_days();
    f64::from(i32::try_from(days).unwrap_or(0))
}

/// As much of a text as a cell takes.
fn fit(text: &str) -> String {
    const MOST: usize = 32_000;
    text.chars().take(MOST).collect()
}
