//! A paper as a document: what stands on it, without a word about how it is written to a file.

/// A paper, ready to be written as HTML or .docx.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// 发文机关标志; none on forms that others fill in.
    pub head: Option<String>,
    pub title: String,
    /// 文号; none if the paper has none.
    pub number: Option<String>,
    pub parts: Vec<Part>,
    /// Whether it is not registered yet, and says so.
    pub is_draft: bool,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Addressee(String),
    Heading(String),
    Paragraph(String),
    Table(Vec<Cells>),
    /// Who signs, side by side if they are several, and the day.
    Signature {
        parties: Vec<String>,
        day: String,
    },
    Note(String),
}

/// A row of a table: labels and contents in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    pub cells: Vec<String>,
    /// Height in lines at least.
    pub lines: u8,
}
