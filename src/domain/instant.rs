//! An instant as the service records it: UTC, to the microsecond.

use std::fmt;

use chrono::NaiveDateTime;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::input::{Input, Reader, word};
use crate::domain::text::{Text, text};

/// 时刻 — an instant in UTC, written as RFC 3339 with `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-03-02T01:15:00.000000Z")]
pub struct Instant(pub NaiveDateTime);

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%S%.6fZ"))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Input<'de> for Instant {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        word(raw, reader)
    }
}

impl std::str::FromStr for Instant {
    type Err = Text;

    /// Reads RFC 3339 with any offset.
    fn from_str(text: &str) -> Result<Self, Text> {
        chrono::DateTime::parse_from_rfc3339(text).map(|at| Self(at.naive_utc())).map_err(|_| {
            text!(
                "“{text}”不是时刻;请写成 2026-01-31T18:00:00+08:00",
                "{text:?} is not an instant; write it as 2026-01-31T18:00:00+08:00"
            )
        })
    }
}
