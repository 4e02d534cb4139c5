//! Finding the header: below titles, of one to three rows with merged cells, with units in or above it.

use crate::domain::input::FieldError;
use crate::domain::text::text;
use crate::formats::sheet::book::{Line, Sheet, reference};
use crate::formats::sheet::column::Table;
use crate::formats::sheet::value::{Unit, squeezed};

/// Rows in which a header may begin.
const LOOKED_AT: usize = 20;
/// Rows that a header may have.
const DEPTH: usize = 3;
/// Columns that must be known before rows are taken for a header.
const KNOWN_MIN: usize = 2;

/// A column of the file that is one of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Place in the file, from 0.
    pub at: usize,
    /// Place in [`Table::columns`].
    pub column: usize,
    pub unit: Option<Unit>,
}

/// A header and how its columns are understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Numbers of its first and last row, from 1.
    pub rows: (usize, usize),
    /// Place in [`Sheet::lines`] of the first line below it.
    pub next: usize,
    pub found: Vec<Found>,
    /// Columns that nothing is known of, with their headers.
    pub unknown: Vec<(usize, String)>,
    /// Units that are given above the header for the whole table.
    pub units: Vec<Unit>,
}

/// A label without its unit.
fn parted(label: &str) -> (String, Option<Unit>) {
    let mut text = squeezed(label).replace('*', "");
    for (open, close) in [('(', ')'), ('[', ']'), ('【', '】')] {
        while let (Some(from), Some(to)) = (text.find(open), text.find(close)) {
            if to < from {
                break;
            }
            let inner = text[from + open.len_utf8()..to].to_owned();
            let rest = format!("{}{}", &text[..from], &text[to + close.len_utf8()..]);
            let word = inner.strip_prefix("单位").map_or(inner.as_str(), |word| word.trim_start_matches(':'));
            match Unit::of(word) {
                Some(unit) => return (parted(&rest).0, Some(unit)),
                None if matches!(inner.as_str(), "年月日" | "年/月/日" | "必填" | "选填" | "yyyy-mm-dd") => {
                    text = rest
                }
                None => return (text, None),
            }
        }
    }
    for sign in ['/', ':', '-', '_'] {
        if let Some((name, word)) = text.rsplit_once(sign)
            && let Some(unit) = Unit::of(word)
        {
            return (name.to_owned(), Some(unit));
        }
    }
    let name = text.trim_start_matches("其中:").trim_start_matches("其中").trim_end_matches(':');
    (if name.is_empty() { text.clone() } else { name.to_owned() }, None)
}

/// The labels of one column from the top row of the header down, merged cells filled from the left.
fn labels(lines: &[Line], at: usize) -> Vec<String> {
    let mut labels = Vec::with_capacity(lines.len());
    for (level, line) in lines.iter().enumerate() {
        let below = lines[level + 1..].iter().any(|line| !line.cell(at).is_empty());
        let own = line.cell(at);
        let from = if own.is_empty() && below {
            (0..at).rev().map(|left| line.cell(left)).find(|cell| !cell.is_empty())
        } else {
            Some(own)
        };
        labels.extend(from.filter(|cell| !cell.is_empty()).map(|cell| cell.shown()));
    }
    labels
}

/// The column of the table that labels name, and the unit in them.
fn named(table: &Table, labels: &[String]) -> Option<(usize, Option<Unit>)> {
    let parts: Vec<(String, Option<Unit>)> = labels.iter().map(|label| parted(label)).collect();
    let unit = parts.iter().rev().find_map(|(_, unit)| *unit);
    let of = |name: &str| {
        let is = |column: &&crate::formats::sheet::Column| column.names.iter().any(|known| squeezed(known) == name);
        table.columns.iter().position(|column| is(&column))
    };
    let last = parts.last()?;
    let above: String = parts[..parts.len() - 1].iter().map(|(name, _)| name.as_str()).collect();
    let whole = format!("{above}{}", last.0);
    let found = if !above.is_empty() && matches!(last.0.as_str(), "合计" | "小计" | "总计" | "总面积") {
        of(&whole).or_else(|| of(&above)).or_else(|| of(&last.0))
    } else {
        of(&whole).or_else(|| of(&last.0))
    };
    found.map(|column| (column, unit))
}

fn header_at(table: &Table, sheet: &Sheet, first: usize, depth: usize) -> Option<Header> {
    let lines = sheet.lines.get(first..first + depth)?;
    if lines.windows(2).any(|pair| pair[1].number != pair[0].number + 1) {
        return None;
    }
    let width = lines.iter().map(|line| line.cells.len()).max()?;
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for at in 0..width {
        let labels = labels(lines, at);
        match named(table, &labels) {
            Some((column, unit)) => found.push(Found { at, column, unit }),
            None => unknown.extend(labels.last().map(|label| (at, squeezed(label)))),
        }
    }
    let rows = (lines.first()?.number, lines.last()?.number);
    Some(Header { rows, next: first + depth, found, unknown, units: units_above(&sheet.lines[..first]) })
}

/// `单位:公顷、万元` above the table.
fn units_above(lines: &[Line]) -> Vec<Unit> {
    let mut units = Vec::new();
    for cell in lines.iter().flat_map(|line| &line.cells) {
        let text = squeezed(&cell.shown());
        if let Some((_, words)) = text.split_once("单位:") {
            let words = words.split(|c: char| "、,;/)".contains(c)).filter_map(Unit::of);
            units.extend(words);
        }
    }
    units
}

/// The header of a sheet: that place and depth at which most columns are known; of several the first.
pub fn find(table: &Table, sheet: &Sheet) -> Option<Header> {
    let distinct = |header: &Header| {
        let mut columns: Vec<usize> = header.found.iter().map(|found| found.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.len()
    };
    let mut best: Option<(usize, Header)> = None;
    // The flatter header first: a row of titles above must not be taken into one that is complete without it.
    for depth in 1..=DEPTH {
        for first in 0..sheet.lines.len().min(LOOKED_AT) {
            let Some(header) = header_at(table, sheet, first, depth) else { continue };
            let known = distinct(&header);
            if known >= KNOWN_MIN && best.as_ref().is_none_or(|(most, _)| known > *most) {
                best = Some((known, header));
            }
        }
    }
    best.map(|(_, header)| header)
}

/// What is wrong with a header: two columns of one meaning, or none of one that is needed.
pub fn faults(table: &Table, sheet: &Sheet, header: &Header) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        // What is not kept may stand there as often as it likes.
        if column.path.is_empty() && !column.needed {
            continue;
        }
        let cells: Vec<String> = header
            .found
            .iter()
            .filter(|found| found.column == place)
            .map(|found| reference(&sheet.name, header.rows.1, found.at))
            .collect();
        let name = column.names[0];
        match &cells[..] {
            [] if column.needed => {
                let known = column.names.join("、");
                faults.push(FieldError {
                    pointer: reference(&sheet.name, header.rows.1, 0),
                    value: None,
                    message: text!(
                        "表头中没有“{name}”列;可用的列名:{known}",
                        "the header has no column {name:?}; it may be called {known:?}"
                    ),
                });
            }
            [_, second, ..] => {
                let all = cells.join("、");
                faults.push(FieldError {
                    pointer: second.clone(),
                    value: None,
                    message: text!(
                        "{all} 都可以是“{name}”列,无法确定用哪一列;请只保留一列,或改掉另一列的列名",
                        "{all} may each be the column {name:?}; keep one of them or rename the other"
                    ),
                });
            }
            _ => {}
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::AreaUnit;

    #[test]
    fn units_are_parted_from_labels_however_they_stand() {
        let hectare = Some(Unit::Area(AreaUnit::Hectare));
        assert_eq!(parted("面积(公顷)"), ("面积".to_owned(), hectare));
        assert_eq!(parted("面 积\n(单位:公顷)"), ("面积".to_owned(), hectare));
        assert_eq!(parted("面积/公顷"), ("面积".to_owned(), hectare));
        assert_eq!(parted("*批准日期(年月日)"), ("批准日期".to_owned(), None));
        assert_eq!(parted("其中:耕地"), ("耕地".to_owned(), None));
        assert_eq!(parted("面积(不含道路)"), ("面积(不含道路)".to_owned(), None));
        assert_eq!(parted("成交价[万元]"), ("成交价".to_owned(), Some(Unit::TenThousandYuan)));
    }
}
