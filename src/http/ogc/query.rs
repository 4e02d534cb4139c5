//! The query of a request under `/ogc`, read by hand: of a parameter given twice the last counts, as programs add their
//! own to addresses that carry them already; one that nobody knows is refused with 400, as the standard asks.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::features::Days;
use crate::domain::geometry::crs::Crs;
use crate::domain::input::FieldError;
use crate::domain::text::{Text, text};
use crate::http::problem::{Kind, Problem};

/// Characters of a value that are shown in a refusal.
const SHOWN: usize = 80;

/// The parameters that were not read yet, and what was wrong with those that were.
pub(super) struct Query {
    pairs: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Query {
    pub fn of(query: &str) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match pairs.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = value.into_owned(),
                None => pairs.push((name.into_owned(), value.into_owned())),
            }
        }
        Self { pairs, errors: Vec::new() }
    }

    pub fn fault(&mut self, name: &str, value: &str, message: Text) {
        let value = Some(value.chars().take(SHOWN).collect());
        self.errors.push(FieldError { pointer: format!("?{name}"), value, message });
    }

    /// All that is given, for an address that asks for the same.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    pub fn raw(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(known, _)| known == name)?;
        Some(self.pairs.remove(at).1)
    }

    /// The value of a parameter, if it is there and right.
    pub fn take<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Text>) -> Option<T> {
        let value = self.raw(name)?;
        match read(&value) {
            Ok(read) => Some(read),
            Err(message) => {
                self.fault(name, &value, message);
                None
            }
        }
    }

    /// A whole number from `least` on; one above `most` is cut down to it.
    pub fn clamped(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        self.take(name, |text| {
            let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let number = is_number.then(|| text.parse().unwrap_or(i64::MAX)).filter(|number| *number >= least);
            number
                .map(|number| number.min(most))
                .ok_or_else(|| text!("应为不小于 {least} 的整数", "a whole number from {least} on is expected"))
        })
    }

    /// A switch.
    pub fn flag(&mut self, name: &str) -> bool {
        let read =
            |text: &str| text.parse().map_err(|_| Text::fixed("应为 true 或 false", "true or false is expected"));
        self.take(name, read).unwrap_or(false)
    }

    /// One of the systems that a layer is offered in.
    pub fn system(&mut self, name: &str, offered: &[Crs]) -> Option<Crs> {
        self.take(name, |given| {
            // `[EPSG:4490]` is the safe form of a compact identifier.
            let crs = Crs::parse(given.trim().trim_start_matches('[').trim_end_matches(']'))?;
            if offered.contains(&crs) {
                return Ok(crs);
            }
            let names = offered.iter().map(|crs| crs.uri()).collect::<Vec<_>>().join(", ");
            Err(text!("本图层不提供坐标系 {crs};可用:{names}", "{crs} is not offered here; there are {names}"))
        })
    }

    /// Refuses what nobody asked for and reports all faults.
    pub fn finish(mut self, known: &[&str]) -> Result<(), Problem> {
        for (name, value) in std::mem::take(&mut self.pairs) {
            let name: String = name.chars().take(SHOWN).collect();
            let names = known.join(", ");
            let message =
                text!("没有这个参数;可用参数:{names}", "there is no such parameter; the parameters are {names}");
            self.fault(&name, &value, message);
        }
        if self.errors.is_empty() {
            return Ok(());
        }
        // The standard asks for 400 where the rest of the service says 422.
        let Problem { detail, errors, .. } = Problem::fields(self.errors);
        Err(Problem { errors, ..Problem::new(Kind::Malformed, *detail) })
    }
}

/// The days of a `datetime`: an instant or day, or two of them with a slash between, either of which may be open.
///
/// A feature's day is a whole one in Asia/Shanghai; it is met by any instant that lies in it.
pub(super) fn days(given: &str) -> Result<Days, Text> {
    // A plus that was sent unescaped arrives as a space.
    let given = given.trim().replace(' ', "+");
    let end = |text: &str| if text.is_empty() || text == ".." { Ok(None) } else { day(text).map(Some) };
    let days = match given.split_once('/') {
        Some((from, until)) => Days { from: end(from)?, until: end(until)? },
        None => {
            let day = day(&given)?;
            Days { from: Some(day), until: Some(day) }
        }
    };
    match days {
        Days { from: Some(from), until: Some(until) } if from > until => {
            Err(text!("起 {from} 晚于止 {until}", "it begins on {from}, after its end on {until}"))
        }
        days => Ok(days),
    }
}

/// The day of an instant in Asia/Shanghai, or a day as it is.
fn day(text: &str) -> Result<NaiveDate, Text> {
    const HOURS_8: i32 = 8 * 3600;
    let wrong = || {
        let shown: String = text.chars().take(SHOWN).collect();
        text!(
            "“{shown}”不是时刻或日期;请写成 2024-01-31 或 2024-01-31T00:00:00Z,区间用“/”分隔",
            "{shown:?} is no instant and no day; write 2024-01-31 or 2024-01-31T00:00:00Z, intervals with a slash"
        )
    };
    // GDAL sends a day as an instant without its time.
    if let Ok(day) = text.trim_end_matches('T').parse::<NaiveDate>() {
        return Ok(day);
    }
    let shanghai = FixedOffset::east_opt(HOURS_8).ok_or_else(wrong)?;
    let instant = DateTime::parse_from_rfc3339(text).map_err(|_| wrong())?;
    Ok(instant.with_timezone(&shanghai).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_programs_write_them() {
        let cases = [
            ("2024-01-01", "2024-01-01", "2024-01-01"),
            ("2024-01-01T", "2024-01-01", "2024-01-01"),
            ("2024-01-01T15:59:59Z", "2024-01-01", "2024-01-01"),
            ("2024-01-01T16:00:00Z", "2024-01-02", "2024-01-02"),
            ("2024-01-01T00:00:00 08:00/..", "2024-01-01", "-"),
            ("../2024-01-01", "-", "2024-01-01"),
            ("/2024-01-01", "-", "2024-01-01"),
            ("2024-01-01/", "2024-01-01", "-"),
            ("../..", "-", "-"),
            ("0000-01-01T00:00:00Z/9999-12-31T00:00:00Z", "0000-01-01", "9999-12-31"),
        ];
        for (given, from, until) in cases {
            let days = days(given).unwrap_or_else(|text| panic!("{given}: {}", text.en));
            let shown = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
            assert_eq!((shown(days.from).as_str(), shown(days.until).as_str()), (from, until), "{given}");
        }
        for given in ["", "today", "2024-13-01", "2024-01-02/2024-01-01", "2024-01-01/2024-01-02/2024-01-03"] {
            assert!(days(given).is_err(), "{given}");
        }
    }
}
