//! Columns back into what they were: the second half of each pair of assertions.

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::composition::Composition;
use crate::domain::input::{self, Line};
use crate::domain::quantity::{AreaM2, decimal};
use crate::domain::record::Collection;
use crate::domain::text::Text;
use crate::storage::db::StorageError;

/// Ids or codes asked for in one query.
pub(super) const CHUNK: usize = 500;

/// The row that is read, for the words of a refusal.
#[derive(Clone, Copy)]
pub(super) struct At(pub Collection, pub i64);

impl At {
    pub(super) fn corrupt(self, why: impl std::fmt::Display) -> StorageError {
        StorageError::corrupt(format!("{} {}", self.0, self.1), why)
    }

    pub(super) fn line<const MAX: usize>(self, text: &str) -> Result<Line<MAX>, StorageError> {
        Line::new(text).map_err(|error| self.corrupt(error.en))
    }

    pub(super) fn some_line<const MAX: usize>(self, text: Option<&str>) -> Result<Option<Line<MAX>>, StorageError> {
        text.map(|text| self.line(text)).transpose()
    }

    /// A word of a vocabulary, or a code.
    pub(super) fn word<T: std::str::FromStr<Err = Text>>(self, text: &str) -> Result<T, StorageError> {
        text.parse().map_err(|error: Text| self.corrupt(error.en))
    }

    pub(super) fn some_word<T: std::str::FromStr<Err = Text>>(
        self,
        text: Option<&str>,
    ) -> Result<Option<T>, StorageError> {
        text.map(|text| self.word(text)).transpose()
    }

    pub(super) fn area(self, units: i64) -> Result<AreaM2, StorageError> {
        AreaM2::from_units(units).map_err(|error| self.corrupt(error))
    }

    pub(super) fn stated(self, value: &str, unit: &str) -> Result<GivenArea, StorageError> {
        let value = decimal(value).map_err(|error| self.corrupt(error))?;
        GivenArea::new(value, self.word::<AreaUnit>(unit)?).map_err(|error| self.corrupt(error.en))
    }

    pub(super) fn composition(self, json: &str) -> Result<Composition, StorageError> {
        input::read(json.as_bytes()).map_err(|faults: Vec<input::FieldError>| {
            let first = faults.first().map(|fault| format!("{}: {}", fault.pointer, fault.message.en));
            self.corrupt(format!("composition {json}: {}", first.unwrap_or_default()))
        })
    }
}

/// A composition as it rests: JSON with the figures and the unit as written.
pub(super) fn composition(of: &Composition) -> String {
    serde_json::to_string(of).expect("a map of words and texts is JSON")
}

/// What every text that begins with the prefix comes before, in the order of bytes.
pub(super) fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}
