//! How a table of one kind of thing looks: the data that [`super::read`] is driven by.

use std::collections::HashMap;

use crate::domain::region::County;
use crate::domain::text::Text;

/// A member of a body and the column it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// JSON pointer of the member. Columns whose pointer is empty are recognised and left out.
    pub path: &'static str,
    /// Headers that offices give it, without unit; the first is what messages call it.
    pub names: &'static [&'static str],
    pub kind: Kind,
    /// Whether a table without it is refused.
    pub needed: bool,
}

/// What a column holds and how it is written into the body.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A line of text.
    Text,
    /// An area with its unit: `{"value": "12.5", "unit": "ha"}`.
    Area,
    /// The digits of an area whose unit stands in a member of its own, the same for all columns that name it.
    AreaIn(&'static str),
    /// Money, in yuan whatever its unit.
    Money,
    Day,
    /// A month, written `2026-11`; any day of it stands for it.
    Month,
    /// A plain number, written as its digits.
    Number,
    /// A term of a closed list; the list in full for messages.
    Word {
        read: fn(&str) -> Option<&'static str>,
        choices: fn() -> String,
    },
    /// A name that stands for a code, by the list of [`Context::names`].
    Named(&'static str),
    /// A number of the monitoring system, which begins with the county's code.
    Supervision,
    /// The county itself: nothing is written, another county is a fault.
    County,
    /// Known and not kept.
    Ignored,
}

impl Kind {
    pub const fn is_area(self) -> bool {
        matches!(self, Self::Area | Self::AreaIn(_))
    }

    /// Whether rows of totals are compared with the sum of its cells.
    pub const fn adds_up(self) -> bool {
        self.is_area() || matches!(self, Self::Money)
    }
}

/// A table of one kind of thing.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: Text2,
    pub columns: &'static [Column],
    /// Members that take the value of another once their object is there at all: a composition's total is the area.
    pub copies: &'static [(&'static str, &'static str)],
}

/// A text in both languages that can stand in a table.
pub type Text2 = (&'static str, &'static str);

impl Table {
    pub fn text(&self) -> Text {
        Text::fixed(self.name.0, self.name.1)
    }

    /// The column behind a member: its own, that of what it is copied from, or that of the object it lies in.
    pub fn column_of(&self, pointer: &str) -> Option<usize> {
        let own = |pointer: &str| self.columns.iter().position(|column| column.path == pointer && !pointer.is_empty());
        let copied = || self.copies.iter().find(|(to, _)| *to == pointer).and_then(|(_, from)| own(from));
        let mut at = pointer;
        if let Some(found) = own(at).or_else(copied) {
            return Some(found);
        }
        while let Some(slash) = at.rfind('/') {
            at = &at[..slash];
            if let Some(found) = own(at) {
                return Some(found);
            }
        }
        None
    }
}

/// What cells are held against.
#[derive(Debug, Clone)]
pub struct Context {
    pub county: County,
    pub county_name: String,
    /// For each list of [`Kind::Named`]: the code of each name.
    pub names: HashMap<&'static str, HashMap<String, String>>,
}

/// A [`Kind::Word`] of a vocabulary, by its Chinese terms and its codes, with further names for some.
#[macro_export]
macro_rules! sheet_word {
    ($vocabulary:ty $(, $also:literal => $is:path)* $(,)?) => {
        $crate::formats::sheet::column::Kind::Word {
            read: |word| {
                $( if word == $also { return Some($is.as_str()); } )*
                let known = <$vocabulary>::ALL.iter().find(|known| known.zh() == word || known.as_str() == word);
                known.map(|known| known.as_str())
            },
            choices: || <$vocabulary>::ALL.iter().map(|word| word.zh()).collect::<Vec<_>>().join("、"),
        }
    };
}
pub use crate::sheet_word;
