//! The .dbf table: columns and rows as bytes, since only all of them together tell their encoding.

use crate::domain::text::Text;

const HEADER: usize = 32;
const COLUMN: usize = 32;
/// Ends the list of columns.
const END: u8 = 0x0d;
const DELETED: u8 = b'*';

/// A table whose rows lie within its bytes.
pub struct Table<'a> {
    pub columns: Vec<Column>,
    rows: &'a [u8],
    row_bytes: usize,
    count: usize,
}

pub struct Column {
    /// At most ten bytes, perhaps cut within a character.
    pub name: Vec<u8>,
    /// C text, N and F numbers, D day, L yes or no.
    pub kind: u8,
    from: usize,
    length: usize,
}

pub struct Row<'a> {
    pub is_deleted: bool,
    bytes: &'a [u8],
}

impl<'a> Table<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Text> {
        if bytes.len() < HEADER + 1 || !matches!(bytes[0] & 0x07, 3 | 4) {
            return Err(Text::fixed("文件头不对", "no header of a table"));
        }
        let word = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        let count = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
        let (header, row_bytes) = (word(8), word(10));
        if header < HEADER + 1 || header > bytes.len() || row_bytes == 0 {
            return Err(Text::fixed("文件头不对", "no header of a table"));
        }
        let mut columns = Vec::new();
        let mut from = 1;
        for column in bytes[HEADER..header].chunks(COLUMN) {
            if column[0] == END || column.len() < COLUMN {
                break;
            }
            let name = column[..11].split(|byte| *byte == 0).next().unwrap_or_default().to_vec();
            let length = usize::from(column[16]);
            columns.push(Column { name, kind: column[11].to_ascii_uppercase(), from, length });
            from += length;
        }
        if columns.is_empty() || from > row_bytes {
            return Err(Text::fixed("字段长度与记录长度不符", "the columns do not fit into a row"));
        }
        let rows = &bytes[header..];
        if count.checked_mul(row_bytes).is_none_or(|wanted| wanted > rows.len()) {
            return Err(Text::fixed("记录不完整,文件被截断", "it is cut off: rows are missing"));
        }
        Ok(Self { columns, rows, row_bytes, count })
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// A row by its index, which is below [`Self::count`].
    pub fn row(&self, index: usize) -> Row<'a> {
        let bytes = &self.rows[index * self.row_bytes..(index + 1) * self.row_bytes];
        Row { is_deleted: bytes[0] == DELETED, bytes }
    }
}

impl<'a> Row<'a> {
    /// The bytes of a cell without the blanks around them.
    pub fn cell(&self, column: &Column) -> &'a [u8] {
        let cell = &self.bytes[column.from..column.from + column.length];
        let cell = cell.split(|byte| *byte == 0).next().unwrap_or_default();
        cell.trim_ascii()
    }
}
