//! A report as a sheet of paper: a title, blocks of one width below each other, notes; laid out to be printed on A4.

use std::io::{Cursor, Seek, Write};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::formats::sheet::write::CannotWrite;

/// A heading: its words, and below them one word a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperHead {
    pub text: String,
    /// Empty: one column that the heading fills from top to bottom.
    pub below: Vec<String>,
}

impl PaperHead {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), below: Vec::new() }
    }

    pub fn over(text: impl Into<String>, below: &[&str]) -> Self {
        Self { text: text.into(), below: below.iter().map(|word| (*word).to_owned()).collect() }
    }

    fn columns(&self) -> usize {
        self.below.len().max(1)
    }
}

/// What stands in a cell. Digits are written as numbers that show as many decimals as they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperCell {
    Empty,
    Text(String),
    Digits(String),
}

/// A row of a block; one of totals stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    pub cells: Vec<PaperCell>,
    pub is_total: bool,
}

/// A table of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperBlock {
    pub caption: String,
    pub heads: Vec<PaperHead>,
    pub rows: Vec<PaperRow>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What the sheet is called.
    pub name: String,
    pub title: String,
    /// Lines between title and tables.
    pub lines: Vec<String>,
    pub blocks: Vec<PaperBlock>,
    pub notes: Vec<String>,
}

struct Formats {
    title: Format,
    line: Format,
    caption: Format,
    head: Format,
    label: Format,
    total_label: Format,
}

const FONT: &str = "宋体";
/// Percent of its size at which the widest report fits the width of A4 lying.
const SCALE: u16 = 90;
/// Rows of a page at that scale, less some for higher ones.
const PAGE_ROWS: u32 = 33;

impl Formats {
    fn new() -> Self {
        let plain = || Format::new().set_font_name(FONT).set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let boxed = || plain().set_border(FormatBorder::Thin);
        Self {
            title: plain().set_font_size(18).set_bold().set_align(FormatAlign::Center),
            line: plain().set_text_wrap(),
            caption: plain().set_bold(),
            head: boxed().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            label: boxed().set_text_wrap(),
            total_label: boxed().set_bold().set_text_wrap(),
        }
    }

    /// Of a number with so many decimals.
    fn number(decimals: usize, is_total: bool) -> Format {
        let shown = if decimals == 0 { "0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
        let format = Format::new()
            .set_font_name(FONT)
            .set_font_size(10.5)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_num_format(shown);
        if is_total { format.set_bold() } else { format }
    }
}

/// Writes text over several columns; one cell is no range.
fn across(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (last_row, last_column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), CannotWrite> {
    if (row, column) == (last_row, last_column) {
        sheet.write_string_with_format(row, column, text, format)?;
    } else {
        sheet.merge_range(row, column, last_row, last_column, text, format)?;
    }
    Ok(())
}

fn narrow(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

impl Paper {
    /// Columns of the widest block.
    fn width(&self) -> usize {
        let width = |block: &PaperBlock| block.heads.iter().map(PaperHead::columns).sum::<usize>();
        self.blocks.iter().map(width).max().unwrap_or(1)
    }

    /// The report as a workbook.
    pub fn write(&self) -> Result<Vec<u8>, CannotWrite> {
        let mut out = Cursor::new(Vec::new());
        self.write_to(&mut out)?;
        Ok(out.into_inner())
    }

    fn write_to<W: Write + Seek + Send>(&self, out: W) -> Result<(), CannotWrite> {
        let (mut book, formats) = (Workbook::new(), Formats::new());
        let width = self.width();
        let last = narrow(width - 1);
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name)?;
        sheet.set_paper_size(9).set_print_scale(SCALE).set_print_center_horizontally(true);
        if width > 6 {
            sheet.set_landscape();
        }
        sheet.set_footer("&C第 &P 页,共 &N 页");
        sheet.set_column_width(0, 30.0)?;
        for column in 1..=last {
            sheet.set_column_width(column, 13.0)?;
        }
        across(sheet, (0, 0), (0, last), &self.title, &formats.title)?;
        sheet.set_row_height(0, 34)?;
        let mut row = 1;
        for line in &self.lines {
            across(sheet, (row, 0), (row, last), line, &formats.line)?;
            row += 1;
        }
        let (mut breaks, mut page) = (Vec::new(), 0);
        for block in &self.blocks {
            row += 1;
            // A table that does not fit below the others begins on a page of its own.
            if row - page + block.height() > PAGE_ROWS && row > page + 1 {
                breaks.push(row);
                page = row;
            }
            across(sheet, (row, 0), (row, last), &block.caption, &formats.caption)?;
            row = block.write(sheet, row + 1, &formats)?;
        }
        sheet.set_page_breaks(&breaks)?;
        row += 1;
        for note in &self.notes {
            across(sheet, (row, 0), (row, last), note, &formats.line)?;
            // A merged cell does not grow with its text: about this many characters stand in a line.
            let in_line = 15 + 6 * width;
            let lines = note.chars().count().div_ceil(in_line);
            sheet.set_row_height(row, u32::try_from(lines).unwrap_or(1).max(1) * 16)?;
            row += 1;
        }
        book.save_to_writer(out)?;
        Ok(())
    }
}

impl PaperBlock {
    /// Rows with caption and head.
    fn height(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX).saturating_add(3)
    }

    /// Writes head and rows from a row on; gives the first row below.
    fn write(&self, sheet: &mut Worksheet, mut row: u32, formats: &Formats) -> Result<u32, CannotWrite> {
        let is_deep = self.heads.iter().any(|head| !head.below.is_empty());
        let bottom = row + u32::from(is_deep);
        let mut column = 0;
        for head in &self.heads {
            let last = column + narrow(head.columns()) - 1;
            let down = if head.below.is_empty() { bottom } else { row };
            across(sheet, (row, column), (down, last), &head.text, &formats.head)?;
            for (at, word) in (column..).zip(&head.below) {
                sheet.write_string_with_format(bottom, at, word, &formats.head)?;
            }
            column = last + 1;
        }
        row = bottom + 1;
        for PaperRow { cells, is_total } in &self.rows {
            let label = if *is_total { &formats.total_label } else { &formats.label };
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    PaperCell::Empty => {
                        sheet.write_blank(row, column, label)?;
                    }
                    PaperCell::Text(text) => {
                        sheet.write_string_with_format(row, column, text, label)?;
                    }
                    PaperCell::Digits(digits) => {
                        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                        // Figures of a report have at most 15 digits, which a double keeps.
                        match digits.parse::<f64>() {
                            Ok(number) => {
                                let format = Formats::number(decimals, *is_total);
                                sheet.write_number_with_format(row, column, number, &format)?;
                            }
                            Err(_) => {
                                sheet.write_string_with_format(row, column, digits, label)?;
                            }
                        }
                    }
                }
            }
            row += 1;
        }
        Ok(row)
    }
}
