//! How a paper is laid out: blocks of text with places for fields.
//!
//! `{area}` is the place of a field, and the paper cannot do without it; amounts and areas stand there in figures and
//! in words, and in figures alone with `{area:figures}`. A part in square brackets is left out when a field in it is
//! not known. So the layout is also the table of the paper's fields, and the two cannot differ.

use crate::domain::idle_case::step::{Paper, StepKind};

/// A row of a table: label and contents in turn; empty contents are left blank to be filled in by hand.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub cells: &'static [&'static str],
    /// Height in lines at least.
    pub lines: u8,
}

pub const fn row(cells: &'static [&'static str]) -> Row {
    Row { cells, lines: 1 }
}

/// A row with room for an opinion, a signature or a seal.
pub const fn tall(cells: &'static [&'static str], lines: u8) -> Row {
    Row { cells, lines }
}

/// A part of a layout.
#[derive(Debug, Clone, Copy)]
pub enum Block {
    /// 主送: to whom it goes.
    Addressee(&'static str),
    Heading(&'static str),
    Paragraph(&'static str),
    Table(&'static [Row]),
    /// 落款: who signs, above the day. Two parties sign side by side.
    Signature(&'static [&'static str]),
    /// 附注, in small type below the signature.
    Note(&'static str),
    /// Blocks that stand there only if a field says one of these words.
    When(&'static str, &'static [&'static str], &'static [Block]),
}

/// Who numbers a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// The agency gives it a 文号.
    Agency,
    /// It has none: it comes from the user, or stays in the file.
    None,
}

/// A paper's layout and its place in the case.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The title as it stands on the paper.
    pub title: &'static str,
    /// Who stands at the head of the paper; none on forms that others fill in.
    pub head: Option<&'static str>,
    pub numbering: Numbering,
    /// The step of the case that the paper documents.
    pub step: Option<StepKind>,
    /// Whether the step is recorded by the paper's own 文号.
    pub step_has_its_number: bool,
    /// As what it is served.
    pub served_as: Option<Paper>,
    pub blocks: &'static [Block],
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    Text(&'t str),
    Place {
        name: &'t str,
        is_full: bool,
    },
    /// A part that is left out when a field in it is not known.
    Optional(&'t str),
}

/// The pieces of a template, in order.
pub fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while !rest.is_empty() {
        let Some(at) = rest.find(['{', '[']) else {
            pieces.push(Piece::Text(rest));
            break;
        };
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        let close = if rest.as_bytes()[at] == b'{' { '}' } else { ']' };
        let end = rest[at..].find(close).map_or(rest.len(), |length| at + length);
        let inner = &rest[at + 1..end];
        pieces.push(if close == ']' {
            Piece::Optional(inner)
        } else {
            let (name, form) = inner.split_once(':').unwrap_or((inner, ""));
            Piece::Place { name, is_full: form != "figures" }
        });
        rest = rest.get(end + 1..).unwrap_or("");
    }
    pieces
}

/// A place of a field in a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    pub name: &'static str,
    pub is_required: bool,
    /// The field whose word puts the place on the paper, with the words; none: it always stands there.
    pub when: Condition,
}

pub type Condition = Option<(&'static str, &'static [&'static str])>;

impl Layout {
    /// Every place of a field, in the order in which they stand on the paper; the same place is named once.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        if let Some(head) = self.head {
            collect(head, true, None, &mut needs);
        }
        walk(self.blocks, None, &mut needs);
        needs
    }
}

fn walk(blocks: &'static [Block], when: Condition, needs: &mut Vec<Need>) {
    for block in blocks {
        match block {
            Block::Addressee(text) | Block::Heading(text) | Block::Paragraph(text) | Block::Note(text) => {
                collect(text, true, when, needs);
            }
            Block::Table(rows) => {
                rows.iter().flat_map(|row| row.cells).for_each(|cell| collect(cell, true, when, needs));
            }
            Block::Signature(parties) => {
                parties.iter().for_each(|party| collect(party, true, when, needs));
                collect("{issued_on}", true, when, needs);
            }
            Block::When(name, words, inner) => {
                add(Need { name, is_required: true, when }, needs);
                walk(inner, Some((name, words)), needs);
            }
        }
    }
}

fn collect(template: &'static str, is_required: bool, when: Condition, needs: &mut Vec<Need>) {
    for piece in pieces(template) {
        match piece {
            Piece::Text(_) => {}
            Piece::Place { name, .. } => add(Need { name, is_required, when }, needs),
            Piece::Optional(inner) => collect(inner, false, when, needs),
        }
    }
}

fn add(need: Need, needs: &mut Vec<Need>) {
    if !needs.contains(&need) {
        needs.push(need);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_text_places_and_parts_that_may_be_left_out() {
        assert_eq!(
            pieces("面积{area}[,至{pay_due:figures}止]。"),
            [
                Piece::Text("面积"),
                Piece::Place { name: "area", is_full: true },
                Piece::Optional(",至{pay_due:figures}止"),
                Piece::Text("。"),
            ]
        );
        assert_eq!(pieces("{a:figures}"), [Piece::Place { name: "a", is_full: false }]);
    }
}
