//! The deadlines of cases as a calendar (RFC 5545): one whole day each, with a reminder. It names no land user.

use chrono::{NaiveDateTime, TimeZone, Utc};
use icalendar::{Calendar, Component, Event, EventLike};

use crate::app::idle_cases::views::CaseSummary;
use crate::domain::idle_case::deadlines::Deadline;
use crate::domain::region::County;

/// The calendar of a county's open deadlines.
pub fn calendar(county: County, all: &[(CaseSummary, Deadline)], now: NaiveDateTime) -> String {
    let mut calendar = Calendar::new();
    calendar.name(&format!("闲置土地案件期限 {county}"));
    for (case, deadline) in all {
        let (number, kind) = (case.row.case.number, deadline.kind);
        let provisional = if deadline.is_provisional { "(暂计,放假通知未录入)" } else { "" };
        let mut event = Event::new();
        event
            // The same deadline keeps its name when the calendar is read again.
            .uid(&format!("{number}-{}-{}@dizhang", kind.as_str(), deadline.begins))
            .timestamp(Utc.from_utc_datetime(&now))
            .summary(&format!("{number} {kind:#}{provisional}"))
            .description(&format!("{} 起算;宗地 {}", deadline.begins, case.parcel_code.as_deref().unwrap_or("-")))
            .all_day(deadline.due);
        calendar.push(event.done());
    }
    calendar.done().to_string()
}
