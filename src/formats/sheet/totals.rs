//! Rows of totals: recognised, left out, and held against the rows they add up.

use rust_decimal::Decimal;

use crate::domain::text::{Text, text};
use crate::formats::sheet::book::Line;
use crate::formats::sheet::value::squeezed;

/// Cells at the beginning of a row in which its name may stand.
const NAMED_IN: usize = 4;

/// Whether a row says of itself that it is a total.
pub(super) fn is_total(line: &Line) -> bool {
    let words = ["合计", "总计", "小计", "共计", "累计", "本页合计", "本页小计"];
    let named = |text: &str| {
        let text = squeezed(text);
        words.iter().any(|word| text == *word || text.strip_suffix(':') == Some(word)) || {
            let rest = ["合计", "总计", "小计", "共计"].iter().find_map(|word| text.strip_suffix(word));
            rest.is_some_and(|rest| rest.chars().count() <= 8 && !rest.is_empty())
        }
    };
    line.cells.iter().filter(|cell| !cell.is_empty()).take(1).any(|cell| named(&cell.shown()))
        || line.cells.iter().take(NAMED_IN).any(|cell| words.contains(&squeezed(&cell.shown()).as_str()))
}

/// Whether a row is a note below the table: 填表人, 注.
pub(super) fn is_note(line: &Line) -> bool {
    let first = line.cells.iter().find(|cell| !cell.is_empty()).map(|cell| squeezed(&cell.shown())).unwrap_or_default();
    ["填表", "制表", "审核人", "审核:", "负责人", "单位负责人", "备注:", "注:", "说明", "填报"]
        .iter()
        .any(|word| first.starts_with(word))
}

/// The sums of one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    all: Decimal,
    /// Since the last row of totals.
    part: Decimal,
    /// Rows that could not be read: then nothing can be said of a sum.
    unknown: bool,
    /// Totals that stand before the rows they add up, or that fitted nothing yet: place and figure.
    open: Vec<(usize, Decimal, Decimal)>,
}

impl Sums {
    pub fn add(&mut self, value: Option<Decimal>) {
        let sum = |sum: Decimal| value.and_then(|value| sum.checked_add(value));
        match (sum(self.all), sum(self.part)) {
            (Some(all), Some(part)) => (self.all, self.part) = (all, part),
            _ => self.unknown = true,
        }
    }

    /// A row without a figure here adds nothing; one that cannot be read leaves the sum unknown.
    pub fn lose(&mut self) {
        self.unknown = true;
    }

    /// Takes a total that stands at a place.
    pub fn total(&mut self, place: usize, given: Decimal) {
        if given != self.part && given != self.all {
            self.open.push((place, given, self.part));
        }
    }

    /// A row of totals ends a part, whether it has a figure here or not.
    pub fn close(&mut self) {
        self.part = Decimal::ZERO;
    }

    /// The totals that fit neither their part nor the whole.
    pub fn wrong(self) -> impl Iterator<Item = (usize, Text)> {
        let Self { all, unknown, open, .. } = self;
        open.into_iter().filter(move |(_, given, _)| !unknown && *given != all).map(move |(place, given, part)| {
            let (sum, given) = (if part.is_zero() { all } else { part }.normalize(), given.normalize());
            let off = given.saturating_sub(sum).normalize();
            let message = text!(
                "合计为 {given},以上各行之和为 {sum},相差 {off};请核对是否漏行、错行或单位不一",
                "the total is {given}, its rows come to {sum}: {off} apart; look for missing or wrong rows and mixed units"
            );
            (place, message)
        })
    }
}
