//! Own-cause time: what is left of a period after the accepted intervals, each day counted once.

use chrono::{Days, NaiveDate};

use crate::domain::rules::idle::after;
use crate::domain::term::Term;

/// An interval, both days counted; without an end it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// The union of intervals: in order, apart from one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

impl Spans {
    pub fn of(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(|span| span.from);
        let mut union: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match union.last_mut() {
                Some(last) if last.to.is_none_or(|to| next(to).is_none_or(|next| span.from <= next)) => {
                    last.to = last.to.zip(span.to).map(|(one, other)| one.max(other));
                }
                _ => union.push(span),
            }
        }
        Self(union)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Span> {
        self.0.iter()
    }

    /// Days of the union that come after `begins` and not after `ends`.
    pub fn days_within(&self, begins: NaiveDate, ends: NaiveDate) -> u64 {
        let within = |span: &Span| {
            let from = span.from.max(next(begins)?);
            let to = span.to.unwrap_or(ends).min(ends);
            u64::try_from((to - from).num_days() + 1).ok()
        };
        self.0.iter().filter_map(within).sum()
    }

    /// Whether an interval without an end covers a day.
    fn lasts_on(&self, day: NaiveDate) -> bool {
        self.0.last().is_some_and(|last| last.to.is_none() && last.from <= day)
    }
}

fn next(day: NaiveDate) -> Option<NaiveDate> {
    day.succ_opt()
}

/// The last day of a term of own-cause time that begins on a day; the first day is not counted. None while an interval
/// without an end keeps it from being reached.
pub fn last_day(begins: NaiveDate, term: Term, outside: &Spans) -> Option<NaiveDate> {
    let plain = after(begins, term)?;
    let mut last = plain;
    loop {
        if outside.lasts_on(last) {
            return None;
        }
        // Days that were not the user's own are added; those may reach into further intervals.
        let moved = plain.checked_add_days(Days::new(outside.days_within(begins, last)))?;
        if moved == last {
            return Some(last);
        }
        last = moved;
    }
}

/// The first day on which a term of own-cause time has passed in full.
pub fn first_day_after(begins: NaiveDate, term: Term, outside: &Spans) -> Option<NaiveDate> {
    next(last_day(begins, term, outside)?)
}
