use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use dizhang::domain::calendar::{Calendar, CalendarError, year_ends_on};
use dizhang::domain::policy::check_file;

use crate::run::day;

/// The days that an independent package gives.
fn witness() -> Vec<(NaiveDate, bool)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/calendar/working_days.csv");
    let text = fs::read_to_string(path).unwrap();
    let months = text.lines().skip(1).map(|line| line.split_once(',').unwrap());
    months
        .flat_map(|(month, days)| {
            let first = day(&format!("{month}-01"));
            first.iter_days().zip(days.bytes().map(|worked| worked == b'1'))
        })
        .collect()
}

#[test]
fn every_day_of_the_known_years_agrees_with_an_independent_calendar() {
    let days = witness();
    assert_eq!(days.len(), 366 + 365 + 365);
    for (day, worked) in days {
        assert_eq!(Calendar::built_in().working_day(day), Ok(worked), "{day}");
    }
}

#[test]
fn a_year_without_its_notice_is_an_error() {
    for (day, year) in [(day("2023-12-31"), 2023), (day("2027-01-01"), 2027)] {
        assert_eq!(Calendar::built_in().working_day(day), Err(CalendarError::NoYear(year)));
    }
    assert_eq!(Calendar::built_in().add_working_days(day("2026-12-28"), 5), Err(CalendarError::NoYear(2027)));
    assert_eq!(Calendar::built_in().add_working_days(day("2026-01-01"), u32::MAX), Err(CalendarError::TooFar));
}

#[test]
fn the_first_day_of_a_period_is_not_counted_and_holidays_are_passed_over() {
    let add = |from: &str, days| Calendar::built_in().add_working_days(day(from), days).unwrap();
    assert_eq!(add("2026-06-30", 0), day("2026-06-30"));
    // Fri 25 to Sun 27 September are Mid-Autumn, Thu 1 to Wed 7 October National Day.
    assert_eq!(add("2026-09-24", 1), day("2026-09-28"));
    assert_eq!(add("2026-09-30", 1), day("2026-10-08"));
    // Sunday 20 September is worked.
    assert_eq!(add("2026-09-18", 1), day("2026-09-20"));
    assert_eq!(Calendar::built_in().working_day_from(day("2026-10-01")), Ok(day("2026-10-08")));
    assert_eq!(Calendar::built_in().working_day_from(day("2026-09-30")), Ok(day("2026-09-30")));
}

#[test]
fn a_period_of_years_never_ends_in_another_month() {
    let mut begins = day("2023-01-01");
    while begins < day("2029-01-01") {
        let ends = year_ends_on(begins, 1).unwrap();
        assert_eq!((ends.year(), ends.month()), (begins.year() + 1, begins.month()));
        begins = begins.succ_opt().unwrap();
    }
    assert_eq!(year_ends_on(day("2024-02-29"), 4), Some(day("2028-02-29")));
    assert_eq!(year_ends_on(day("2024-02-29"), u32::MAX), None);
}

#[test]
fn faults_of_a_calendar_are_named_with_their_line() {
    let text = r#"year = 2027
verified = true
working = ["2026-01-04", "2027-01-04", "soon"]
[citation]
instrument = { zh = "通知", en = "notice" }
provision = { zh = "全文", en = "whole" }
[[holiday]]
name = { zh = "元旦", en = "New Year" }
from = "2027-01-03"
to = "2027-01-01"
"#;
    let lines = |label: &str| check_file(label, text).into_iter().map(|fault| fault.line).collect::<Vec<_>>();
    assert_eq!(lines("policy/calendar/2027.toml"), [3, 3, 3, 9]);
    assert_eq!(lines("policy/calendar/2028.toml"), [1, 3, 3, 3, 9]);
}
