//! Guards the reading of OpenDocument: a cell or row may say that it is repeated a million times.
//!
//! The library that reads the format fills the rectangle between the first and the last cell with something in it.
//! How large that becomes is counted here from the tags alone, before anything is filled.

use crate::formats::sheet::book::{CannotRead, Limits};

/// Refuses a document that unfolds to more than the limits allow.
pub(super) fn weigh(content: &[u8], limits: &Limits) -> Result<(), CannotRead> {
    let (mut rows, mut filled_rows, mut repeated) = (0_u64, 0_u64, 1_u64);
    let (mut column, mut width, mut cells, mut pending) = (0_u64, 0_u64, 0_u64, 0_u64);
    let most = limits.cells as u64 * 4;
    let mut rest = content;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        let tag = &rest[..end(rest)];
        if tag.starts_with(b"table:table-row") && !tag.starts_with(b"table:table-row-") {
            rows = rows.saturating_add(repeated);
            (repeated, column, pending) = (number(tag, b"table:number-rows-repeated"), 0, 0);
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered-table-cell") {
            let count = number(tag, b"table:number-columns-repeated");
            column = column.saturating_add(count);
            let is_empty = tag.ends_with(b"/") && !contains(tag, b"office:") && !contains(tag, b"table:formula");
            if !is_empty {
                width = width.max(column);
                filled_rows = rows.saturating_add(repeated);
                cells = cells.saturating_add(pending).saturating_add(count);
                pending = 0;
            } else {
                pending = pending.saturating_add(count);
            }
            if filled_rows.saturating_mul(width) > most || cells > most {
                return Err(CannotRead::TooManyCells { sheet: "content.xml".to_owned(), max: limits.cells });
            }
        } else if tag.starts_with(b"table:table ") {
            (rows, filled_rows, repeated, column, width) = (0, 0, 0, 0, 0);
        }
    }
    Ok(())
}

/// Where a tag ends; a `>` within quotes is none.
fn end(rest: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), _) if open == *byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn contains(tag: &[u8], word: &[u8]) -> bool {
    tag.windows(word.len()).any(|window| window == word)
}

/// The number that an attribute gives; 1 if it is not there, and far too much if it is no number.
fn number(tag: &[u8], attribute: &[u8]) -> u64 {
    let Some(at) = tag.windows(attribute.len()).position(|window| window == attribute) else { return 1 };
    let after = &tag[at + attribute.len()..];
    let digits: Vec<u8> = after
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''))
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(rows: &str) -> bool {
        let content = format!("<table:table table:name=\"1\">{rows}</table:table>");
        weigh(content.as_bytes(), &Limits::REQUEST).is_ok()
    }

    #[test]
    fn empty_repeats_at_the_end_weigh_nothing_and_filled_ones_what_they_unfold_to() {
        let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
        let tail = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        assert!(weighed(&format!("<table:table-row>{cell}</table:table-row>{tail}")));
        assert!(!weighed(&format!(
            "{tail}<table:table-row><table:table-cell table:number-columns-repeated=\"16000\"/>{cell}</table:table-row>"
        )));
        let wide = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:formula=\"a>b\" table:number-columns-repeated=\"16384\" office:value=\"1\"/></table:table-row>";
        assert!(!weighed(wide));
    }
}
