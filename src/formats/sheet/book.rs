//! A file of one of three formats as cells, within limits that hold whatever the file says of itself.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader as _, SheetVisible, Xlsx};
use chrono::NaiveDate;

use crate::domain::text::{Text, text};
use crate::formats::archive::{self, Archive};
use crate::formats::decode::decode;
use crate::formats::number::shortest_decimal;
use crate::formats::sheet::ods;

/// In which format a spreadsheet is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BookKind {
    Xlsx,
    Ods,
    Csv,
}

/// Media type of XLSX.
pub const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODS_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

impl BookKind {
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            XLSX_TYPE => Some(Self::Xlsx),
            ODS_TYPE => Some(Self::Ods),
            "text/csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The kind of workbook that the first name in an archive tells, if it is one.
    pub fn of(head: &[u8]) -> Option<Self> {
        let name = head.get(30..)?;
        if name.starts_with(b"mimetype") {
            return Some(Self::Ods);
        }
        let parts: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/"];
        parts.iter().any(|part| name.starts_with(part)).then_some(Self::Xlsx)
    }

    pub fn name(self) -> Text {
        match self {
            Self::Xlsx => Text::fixed("Excel 工作簿(.xlsx)", "an Excel workbook (.xlsx)"),
            Self::Ods => Text::fixed("OpenDocument 电子表格(.ods)", "an OpenDocument spreadsheet (.ods)"),
            Self::Csv => Text::fixed("CSV 文本", "a CSV text"),
        }
    }
}

/// How much of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Unpacked bytes of all files in a workbook.
    pub unpacked: u64,
    pub rows: usize,
    pub columns: usize,
    /// Cells that hold anything, of one sheet.
    pub cells: usize,
    /// Characters of one cell.
    pub cell: usize,
    pub sheets: usize,
}

impl Limits {
    /// What one request may bring.
    pub const REQUEST: Self =
        Self { unpacked: 64 << 20, rows: 50_000, columns: 200, cells: 1_000_000, cell: 4000, sheets: 50 };
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotRead {
    Archive(archive::Refused),
    Broken { why: String },
    NotText,
    OldExcel,
    TooManySheets { max: usize },
    TooManyRows { sheet: String, max: usize },
    TooManyColumns { sheet: String, max: usize },
    TooManyCells { sheet: String, max: usize },
    LongCell { cell: String, max: usize },
}

impl CannotRead {
    pub fn text(&self) -> Text {
        match self {
            Self::Archive(refused) => refused.text(),
            Self::Broken { why } => text!(
                "文件不完整或已损坏({why});请在 Excel 或 WPS 中打开后另存一份再提交",
                "the file is cut off or damaged ({why}); open it, save it anew and send that"
            ),
            Self::NotText => Text::fixed(
                "文本既不是 UTF-8 也不是 GBK 编码;请另存为“CSV UTF-8”或 .xlsx",
                "the text is neither UTF-8 nor GBK; save it as \"CSV UTF-8\" or .xlsx",
            ),
            Self::OldExcel => Text::fixed(
                "不读旧格式 .xls;请另存为 .xlsx 或 CSV 再提交",
                "the old .xls is not read; save it as .xlsx or CSV",
            ),
            Self::TooManySheets { max } => {
                text!(
                    "工作表超过 {max} 张;请只留要导入的表",
                    "there are more than {max} sheets; keep those to be imported"
                )
            }
            Self::TooManyRows { sheet, max } => {
                text!("{sheet} 超过 {max} 行;请分批提交", "{sheet} has more than {max} rows; send it in parts")
            }
            Self::TooManyColumns { sheet, max } => text!(
                "{sheet} 在第 {max} 列之后还有内容;请删去多余的列",
                "{sheet} goes beyond column {max}; remove what is not needed"
            ),
            Self::TooManyCells { sheet, max } => text!(
                "{sheet} 有内容的单元格超过 {max} 个;请分批提交",
                "{sheet} has more than {max} cells; send it in parts"
            ),
            Self::LongCell { cell, max } => {
                text!("{cell} 的文字超过 {max} 个字;请缩短", "{cell} holds more than {max} characters; shorten it")
            }
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A number, as its shortest decimal of at most 15 digits.
    Number(String),
    /// A day: a number that is shown as one.
    Day(NaiveDate),
}

impl Cell {
    fn of_text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    fn of_number(value: f64) -> Self {
        shortest_decimal(value).map_or_else(|| Self::Text(value.to_string()), Self::Number)
    }

    /// A number that is shown as a day or time. With a time of day it is no day, and its text says so.
    fn of_serial(serial: &ExcelDateTime) -> Self {
        if !serial.is_datetime() {
            return Self::of_number(serial.as_f64());
        }
        let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
        match NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) {
            Some(day) if (hour, minute, second) == (0, 0, 0) => Self::Day(day),
            Some(day) => Self::Text(format!("{day} {hour:02}:{minute:02}:{second:02}")),
            None => Self::of_number(serial.as_f64()),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// As a person reads it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// One row with anything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As the program shows it, from 1.
    pub number: usize,
    pub cells: Vec<Cell>,
}

impl Line {
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// One sheet, without its blank rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub lines: Vec<Line>,
}

/// A cell as people name it: `Sheet1!F12`.
pub fn reference(sheet: &str, row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + u8::try_from(left % 26).unwrap_or(0));
        left /= 26;
    }
    let letters: String = letters.iter().rev().map(|letter| *letter as char).collect();
    format!("{sheet}!{letters}{row}")
}

/// Collects the cells of a sheet within the limits.
pub(super) struct Collector<'l> {
    sheet: Sheet,
    limits: &'l Limits,
    cells: usize,
}

impl<'l> Collector<'l> {
    fn new(name: &str, limits: &'l Limits) -> Self {
        Self { sheet: Sheet { name: name.to_owned(), lines: Vec::new() }, limits, cells: 0 }
    }

    /// Takes a cell; rows come in order, and so do the cells of a row.
    fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), CannotRead> {
        if cell.is_empty() {
            return Ok(());
        }
        let (limits, sheet) = (self.limits, || self.sheet.name.clone());
        if column >= limits.columns {
            return Err(CannotRead::TooManyColumns { sheet: sheet(), max: limits.columns });
        }
        self.cells += 1;
        if self.cells > limits.cells {
            return Err(CannotRead::TooManyCells { sheet: sheet(), max: limits.cells });
        }
        if let Cell::Text(text) = &cell
            && text.len() > limits.cell
            && text.chars().count() > limits.cell
        {
            let cell = reference(&self.sheet.name, row + 1, column);
            return Err(CannotRead::LongCell { cell, max: limits.cell });
        }
        if self.sheet.lines.last().is_none_or(|line| line.number != row + 1) {
            if self.sheet.lines.len() >= limits.rows {
                return Err(CannotRead::TooManyRows { sheet: sheet(), max: limits.rows });
            }
            self.sheet.lines.push(Line { number: row + 1, cells: Vec::new() });
        }
        if let Some(line) = self.sheet.lines.last_mut() {
            line.cells.resize(line.cells.len().max(column + 1), Cell::Empty);
            line.cells[column] = cell;
        }
        Ok(())
    }
}

/// The sheets of a file that can be seen, in order.
pub fn open(kind: BookKind, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, CannotRead> {
    match kind {
        BookKind::Csv => csv(bytes, limits).map(|sheet| vec![sheet]),
        BookKind::Xlsx => {
            Archive::open_office(bytes).and_then(|mut zip| zip.weigh(limits.unpacked)).map_err(CannotRead::Archive)?;
            xlsx(bytes, limits)
        }
        BookKind::Ods => {
            let mut zip = Archive::open_office(bytes).map_err(CannotRead::Archive)?;
            zip.weigh(limits.unpacked).map_err(CannotRead::Archive)?;
            let content = zip.named("content.xml").map_err(CannotRead::Archive)?;
            ods::weigh(&content.unwrap_or_default(), limits)?;
            open_document(bytes, limits)
        }
    }
}

fn broken(error: impl std::fmt::Display) -> CannotRead {
    CannotRead::Broken { why: error.to_string() }
}

fn seen<R: std::io::Read + std::io::Seek, B: calamine::Reader<R>>(
    book: &B,
    limits: &Limits,
) -> Result<Vec<String>, CannotRead> {
    let sheets = book.sheets_metadata();
    if sheets.len() > limits.sheets {
        return Err(CannotRead::TooManySheets { max: limits.sheets });
    }
    let seen = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    Ok(seen.map(|sheet| sheet.name.clone()).collect())
}

/// Cell by cell: a sheet whose last cell lies far out takes no more room than its cells.
fn xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, CannotRead> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for name in seen(&book, limits)? {
        // A sheet of charts has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut collector = Collector::new(&name, limits);
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let read = match cell.get_value() {
                DataRef::Empty => Cell::Empty,
                DataRef::Int(number) => Cell::Number(number.to_string()),
                DataRef::Float(number) => Cell::of_number(*number),
                DataRef::String(text) => Cell::of_text(text),
                DataRef::SharedString(text) => Cell::of_text(text),
                DataRef::Bool(word) => Cell::Text(word.to_string()),
                DataRef::DateTime(serial) => Cell::of_serial(serial),
                DataRef::DateTimeIso(text) => iso(text),
                DataRef::DurationIso(text) => Cell::of_text(text),
                DataRef::Error(error) => Cell::Text(error.to_string()),
            };
            collector.put(row as usize, column as usize, read)?;
        }
        sheets.push(collector.sheet);
    }
    Ok(sheets)
}

/// `2019-03-05`, or the same with a midnight.
fn iso(text: &str) -> Cell {
    let day = text.strip_suffix("T00:00:00").unwrap_or(text);
    NaiveDate::parse_from_str(day, "%Y-%m-%d").map_or_else(|_| Cell::of_text(text), Cell::Day)
}

fn open_document(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, CannotRead> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for name in seen(&book, limits)? {
        let range = book.worksheet_range(&name).map_err(broken)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut collector = Collector::new(&name, limits);
        for (row, column, data) in range.used_cells() {
            let read = match data {
                Data::Empty => Cell::Empty,
                Data::Int(number) => Cell::Number(number.to_string()),
                Data::Float(number) => Cell::of_number(*number),
                Data::String(text) => Cell::of_text(text),
                Data::Bool(word) => Cell::Text(word.to_string()),
                Data::DateTime(serial) => Cell::of_serial(serial),
                Data::DateTimeIso(text) => iso(text),
                Data::DurationIso(text) => Cell::of_text(text),
                Data::Error(error) => Cell::Text(error.to_string()),
            };
            collector.put(row + top as usize, column + left as usize, read)?;
        }
        sheets.push(collector.sheet);
    }
    Ok(sheets)
}

fn csv(bytes: &[u8], limits: &Limits) -> Result<Sheet, CannotRead> {
    let (text, _) = decode(bytes).map_err(|_| CannotRead::NotText)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut collector = Collector::new("CSV", limits);
    let mut record = csv::StringRecord::new();
    // Rows as the programs show them: blank lines count, and a row whose cells hold line breaks counts once.
    let (mut from, mut row, mut within) = (0, 0_usize, 0_usize);
    while reader.read_record(&mut record).map_err(broken)? {
        let at = record.position().map_or(from, |position| usize::try_from(position.byte()).unwrap_or(from));
        let breaks = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let begins = at + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        row += breaks(text.as_bytes().get(from..begins).unwrap_or_default()).saturating_sub(within);
        (from, within) = (begins, record.iter().map(|field| breaks(field.as_bytes())).sum());
        for (column, field) in record.iter().enumerate() {
            collector.put(row, column, Cell::of_text(unquoted(field.trim())))?;
        }
    }
    Ok(collector.sheet)
}

/// A text that our own export kept from being taken for a formula.
fn unquoted(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(field)
}

/// The sign between fields: that of comma, tab and semicolon which stands most often in the first lines.
fn delimiter(text: &str) -> u8 {
    let head: String = text.chars().take(1000).collect();
    let count = |sign: char| head.matches(sign).count();
    [('\t', b'\t'), (';', b';')].iter().find(|(sign, _)| count(*sign) > count(',')).map_or(b',', |(_, byte)| *byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_the_programs_name_them() {
        assert_eq!(reference("Sheet1", 12, 5), "Sheet1!F12");
        assert_eq!(reference("表", 1, 25), "表!Z1");
        assert_eq!(reference("表", 1, 26), "表!AA1");
        assert_eq!(reference("表", 1, 702), "表!AAA1");
    }
}
