//! Papers as .docx: A4 with the margins and sizes of official documents (GB/T 9704, 5 and 7), the same bytes each time.
//!
//! Lengths are in twips (1/20 point). The text area is 156 mm × 225 mm, body type is 16 point (三号).

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, Header, HeightRule, LineSpacing, LineSpacingType, PageMargin, PageNum,
    Paragraph, Run, RunFonts, SpecialIndentType, Table, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use crate::domain::paper::document::{Cells, Document, Part};

/// Width of the text area.
const WIDTH: usize = 8845;
/// One character of the body.
const CHARACTER: i32 = 320;
/// Distance of lines: 22 of them on a page.
const LINE: i32 = 580;
/// Distance of lines in tables.
const TABLE_LINE: i32 = 400;
/// Sizes in half points: 二号, 三号, 四号, 小四.
const TITLE_SIZE: usize = 44;
const BODY_SIZE: usize = 32;
const SMALL_SIZE: usize = 28;
const TABLE_SIZE: usize = 24;

const SONG: &str = "宋体";
const FANGSONG: &str = "仿宋";
const HEI: &str = "黑体";

/// Why a paper could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the archive of the .docx could not be written")]
pub struct CannotWrite(#[source] std::io::Error);

/// The paper as the bytes of a .docx file.
pub fn write(document: &Document) -> Result<Vec<u8>, CannotWrite> {
    let mut page = Page::default();
    let mut docx = Docx::new()
        // Fixed, so that the same paper is the same bytes.
        .created_at("2000-01-01T00:00:00Z")
        .updated_at("2000-01-01T00:00:00Z")
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new().top(2098).left(1588).bottom(1984).right(1474).header(1100).footer(1420).gutter(0),
        )
        .default_fonts(fonts(FANGSONG))
        .default_size(BODY_SIZE)
        .footer(Footer::new().add_paragraph(page.number(AlignmentType::Right)))
        .even_footer(Footer::new().add_paragraph(page.number(AlignmentType::Left)));
    if document.is_draft {
        let draft = page.draft_mark();
        docx = docx.header(Header::new().add_paragraph(draft.clone())).even_header(Header::new().add_paragraph(draft));
    }
    if let Some(head) = &document.head {
        docx = docx.add_paragraph(page.title(head));
    }
    docx = docx.add_paragraph(page.title(&document.title));
    if let Some(number) = &document.number {
        docx = docx.add_paragraph(page.line(number).align(AlignmentType::Center));
    }
    docx = docx.add_paragraph(page.gap(LINE / 2));
    for part in &document.parts {
        docx = match part {
            Part::Addressee(text) => docx.add_paragraph(page.line(&format!("{text}：")).keep_next(true)),
            Part::Heading(text) => docx.add_paragraph(page.heading(text)),
            Part::Paragraph(text) => docx.add_paragraph(page.body(text)),
            Part::Table(rows) => docx.add_table(page.table(rows)).add_paragraph(page.gap(LINE / 4)),
            Part::Signature { parties, day } => page.signature(docx, parties, day),
            Part::Note(text) => docx.add_paragraph(page.note(text)),
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.pack(&mut bytes).map_err(|error| CannotWrite(std::io::Error::other(error)))?;
    Ok(bytes.into_inner())
}

fn fonts(name: &str) -> RunFonts {
    // Figures and Latin letters are set in the same face as the characters around them.
    RunFonts::new().east_asia(name).ascii(name).hi_ansi(name).cs(name).hint("eastAsia")
}

fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(text).fonts(fonts(font)).size(size)
}

fn exactly(line: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(line)
}

/// Width of a text in halves of a character.
fn halves(text: &str) -> i32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Makes paragraphs; each has a number of its own, counted from the first of the document.
#[derive(Default)]
struct Page {
    paragraphs: u32,
}

impl Page {
    fn paragraph(&mut self) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08X}", self.paragraphs))
    }

    fn line(&mut self, text: &str) -> Paragraph {
        self.paragraph().add_run(run(text, FANGSONG, BODY_SIZE)).line_spacing(exactly(LINE))
    }

    fn gap(&mut self, height: i32) -> Paragraph {
        self.paragraph().line_spacing(exactly(height))
    }

    fn title(&mut self, text: &str) -> Paragraph {
        let spacing = LineSpacing::new().line_rule(LineSpacingType::Exact).line(680).after(60);
        let paragraph = self.paragraph().add_run(run(text, SONG, TITLE_SIZE).bold());
        paragraph.align(AlignmentType::Center).line_spacing(spacing).keep_next(true)
    }

    fn heading(&mut self, text: &str) -> Paragraph {
        let paragraph = self.paragraph().add_run(run(text, HEI, BODY_SIZE)).line_spacing(exactly(LINE));
        indented(paragraph).keep_next(true)
    }

    fn body(&mut self, text: &str) -> Paragraph {
        indented(self.line(text)).align(AlignmentType::Both)
    }

    fn note(&mut self, text: &str) -> Paragraph {
        let spacing = exactly(LINE - 100).before(120);
        self.paragraph().add_run(run(text, FANGSONG, SMALL_SIZE)).line_spacing(spacing)
    }

    fn number(&mut self, side: AlignmentType) -> Paragraph {
        // One character in from the outer edge, between two dashes.
        self.paragraph()
            .fonts(fonts(SONG))
            .size(SMALL_SIZE)
            .add_run(run("— ", SONG, SMALL_SIZE))
            .add_page_num(PageNum::new())
            .add_run(run(" —", SONG, SMALL_SIZE))
            .align(side)
            .indent(Some(CHARACTER), None, Some(CHARACTER), None)
    }

    fn draft_mark(&mut self) -> Paragraph {
        let mark = run("草稿（未登记，不得送达）", HEI, SMALL_SIZE).color("C00000");
        self.paragraph().add_run(mark).align(AlignmentType::Right)
    }

    fn table(&mut self, rows: &[Cells]) -> Table {
        let widths = widths(rows.first().map_or(2, |row| row.cells.len()));
        let lines: Vec<TableRow> = rows.iter().map(|row| self.row(row, &widths)).collect();
        let edge = |position| TableBorder::new(position).border_type(BorderType::Single).size(6).color("000000");
        let borders = TableBorders::new()
            .set(edge(TableBorderPosition::Top))
            .set(edge(TableBorderPosition::Bottom))
            .set(edge(TableBorderPosition::Left))
            .set(edge(TableBorderPosition::Right))
            .set(edge(TableBorderPosition::InsideH))
            .set(edge(TableBorderPosition::InsideV));
        Table::new(lines)
            .set_grid(widths)
            .width(WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(40, 100, 40, 100))
            .set_borders(borders)
    }

    fn row(&mut self, row: &Cells, widths: &[usize]) -> TableRow {
        let cells: Vec<TableCell> = row
            .cells
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(at, (text, width))| self.cell(text, *width, at % 2 == 0))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "heights are a few thousand twips")]
        let height = (i32::from(row.lines) * TABLE_LINE + 120) as f32;
        TableRow::new(cells).row_height(height).height_rule(HeightRule::AtLeast).cant_split()
    }

    fn cell(&mut self, text: &str, width: usize, is_label: bool) -> TableCell {
        let mut cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
        // A text that begins with an empty line keeps its last line at the bottom, for a signature.
        if text.starts_with('\n') {
            cell = cell.vertical_align(VAlignType::Bottom);
        }
        for line in if text.is_empty() { vec![""] } else { text.trim_start_matches('\n').lines().collect() } {
            let paragraph = self.paragraph().line_spacing(exactly(TABLE_LINE));
            let font = if is_label { HEI } else { FANGSONG };
            let paragraph = paragraph.add_run(run(line, font, TABLE_SIZE));
            let side = match (is_label, text.starts_with('\n')) {
                (true, _) => AlignmentType::Center,
                (false, true) => AlignmentType::Right,
                (false, false) => AlignmentType::Left,
            };
            cell = cell.add_paragraph(paragraph.align(side));
        }
        cell
    }

    /// The name is centred on the day, which stands four characters in from the right (GB/T 9704, 7.3.5).
    fn signature(&mut self, docx: Docx, parties: &[String], day: &str) -> Docx {
        let docx = docx.add_paragraph(self.gap(LINE).keep_next(true));
        if let [one] = parties {
            let inset = |text: &str| 4 * CHARACTER + (halves(day) - halves(text)) * CHARACTER / 4;
            let mut right = |text: &str, inset: i32| {
                self.line(text).align(AlignmentType::Right).indent(None, None, Some(inset.max(0)), None)
            };
            let (name, day) = (right(one, inset(one)).keep_next(true), right(day, 4 * CHARACTER));
            return docx.add_paragraph(name).add_paragraph(day);
        }
        let width = WIDTH / parties.len().max(1);
        let cells = parties
            .iter()
            .map(|party| {
                ["（盖章）", "代表签名：", day].iter().fold(
                    TableCell::new().width(width, WidthType::Dxa).add_paragraph(self.line(party)),
                    |cell, text| cell.add_paragraph(self.line(text)),
                )
            })
            .collect();
        let row = TableRow::new(cells).cant_split();
        let table = Table::without_borders(vec![row])
            .set_grid(vec![width; parties.len()])
            .width(WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed);
        docx.add_table(table)
    }
}

fn indented(paragraph: Paragraph) -> Paragraph {
    paragraph.indent(None, Some(SpecialIndentType::FirstLine(2 * CHARACTER)), None, None).first_line_chars(200)
}

/// Widths of the columns: a label is narrower than its contents.
fn widths(columns: usize) -> Vec<usize> {
    let pair = WIDTH / (columns / 2).max(1);
    let label = if columns > 2 { pair * 2 / 5 } else { pair * 3 / 10 };
    (0..columns).map(|at| if at % 2 == 0 { label } else { pair - label }).collect()
}
