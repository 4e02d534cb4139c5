//! Working days and periods of years.
//!
//! The calendar of each year is data: the State Council's notice of its public holidays and of the
//! weekend days worked instead, under `policy/calendar/`. A year without data is an error: nobody
//! knows its holidays before the notice is out.
//!
//! > 民法典第二百零一条、第二百零二条、第二百零三条: the day on which a period of years begins is not
//! > counted; the period ends on the corresponding day of the last month, or on the last day of that
//! > month where it has none. (Whether a last day that is a holiday moves to the next working day
//! > depends on the period: deadlines for acts do, the statutory idle year does not.)

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use toml::Spanned;
use toml::de::DeValue;

use crate::domain::policy::sheet::{Fault, Sheet, Table, read_day};
use crate::domain::text::{Text, text};

/// The notices that are built in.
const FILES: &[(&str, &str)] = &[
    ("policy/calendar/2024.toml", include_str!("../../policy/calendar/2024.toml")),
    ("policy/calendar/2025.toml", include_str!("../../policy/calendar/2025.toml")),
    ("policy/calendar/2026.toml", include_str!("../../policy/calendar/2026.toml")),
];

/// Furthest that working days are counted, so that no request counts for ever.
const WORKING_DAYS_MAX: u32 = 2000;

/// The working days of the years whose notices are known.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

#[derive(Debug, Clone)]
struct Year {
    /// Each day that differs from the plain week, and whether it is worked.
    exceptions: BTreeMap<NaiveDate, bool>,
    verified: bool,
}

/// Why a day cannot be called a working day or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("there is no working calendar for {0}")]
    NoYear(i32),
    #[error("more than {WORKING_DAYS_MAX} working days are not counted")]
    TooFar,
}

impl CalendarError {
    pub fn text(self) -> Text {
        match self {
            Self::NoYear(year) => text!(
                "没有 {year} 年的工作日历(国务院办公厅放假通知);请补充 policy/calendar/{year}.toml 后再计算工作日",
                "there is no working calendar for {year}; add the State Council's notice as policy/calendar/{year}.toml"
            ),
            Self::TooFar => text!(
                "工作日期限不能超过 {WORKING_DAYS_MAX} 个工作日",
                "a period may not exceed {WORKING_DAYS_MAX} working days"
            ),
        }
    }
}

impl Calendar {
    /// The calendars built into this program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Calendar> = LazyLock::new(|| {
            let read = |&(path, text): &(&str, &str)| {
                parse(path, text).expect("the tests check every calendar that is built in")
            };
            Calendar { years: FILES.iter().map(read).collect() }
        });
        &BUILT_IN
    }

    /// The years whose notices are known, and whether each has been compared with its notice.
    pub fn years(&self) -> impl Iterator<Item = (i32, bool)> {
        self.years.iter().map(|(&year, calendar)| (year, calendar.verified))
    }

    /// Whether offices work on a day.
    pub fn working_day(&self, day: NaiveDate) -> Result<bool, CalendarError> {
        let year = self.years.get(&day.year()).ok_or(CalendarError::NoYear(day.year()))?;
        let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(year.exceptions.get(&day).copied().unwrap_or(weekday))
    }

    /// The last day of a period of working days; the day on which it begins is not counted.
    pub fn add_working_days(&self, begins: NaiveDate, days: u32) -> Result<NaiveDate, CalendarError> {
        if days > WORKING_DAYS_MAX {
            return Err(CalendarError::TooFar);
        }
        let (mut day, mut left) = (begins, days);
        while left > 0 {
            day = next(day)?;
            left -= u32::from(self.working_day(day)?);
        }
        Ok(day)
    }

    /// The day itself, or the next working day after it: where a deadline for an act ends.
    pub fn working_day_from(&self, mut day: NaiveDate) -> Result<NaiveDate, CalendarError> {
        while !self.working_day(day)? {
            day = next(day)?;
        }
        Ok(day)
    }
}

fn next(day: NaiveDate) -> Result<NaiveDate, CalendarError> {
    day.checked_add_days(Days::new(1)).ok_or(CalendarError::TooFar)
}

/// The last day of a period of `years` that begins on a day: the corresponding day, or the month's
/// last. Nothing past the end of the calendar itself.
pub fn year_ends_on(begins: NaiveDate, years: u32) -> Option<NaiveDate> {
    begins.checked_add_months(Months::new(years.checked_mul(12)?))
}

/// Every fault of a calendar's file, with its line.
pub fn check_file(label: &str, text: &str) -> Vec<Fault> {
    parse(label, text).err().unwrap_or_default()
}

fn parse(label: &str, text: &str) -> Result<(i32, Year), Vec<Fault>> {
    let (mut sheet, table) = Sheet::parse(label, text);
    match table.and_then(|table| calendar(&mut sheet, Table::of(table.get_ref(), 0..0))) {
        Some(year) if sheet.is_clean() => Ok(year),
        _ => Err(sheet.into_faults()),
    }
}

fn calendar(sheet: &mut Sheet<'_>, mut file: Table<'_, '_>) -> Option<(i32, Year)> {
    let year = year(&mut file, sheet);
    let verified = file.boolean("verified", sheet);
    // Kept beside the days for whoever reads the file; a calendar without its notice is refused.
    if let Some(citation) = file.table("citation", sheet) {
        crate::domain::policy::citation(citation, sheet);
    }
    let (working, _) = file.array("working", sheet)?;
    let (holidays, _) = file.array("holiday", sheet)?;
    file.finish(sheet);
    let year = year?;
    let mut notice = Notice { year, exceptions: BTreeMap::new() };
    for holiday in holidays {
        notice.holiday(holiday, sheet);
    }
    for day in working {
        notice.worked(day, sheet);
    }
    Some((year, Year { exceptions: notice.exceptions, verified: verified? }))
}

/// The year, which the file's name gives too.
fn year(file: &mut Table<'_, '_>, sheet: &mut Sheet<'_>) -> Option<i32> {
    let entry = file.need("year", sheet)?;
    let year = entry.get_ref().as_integer().and_then(|year| year.as_str().parse::<i32>().ok());
    let named = std::path::Path::new(sheet.label())
        .file_stem()
        .and_then(|stem| stem.to_str())
        .and_then(|stem| stem.parse().ok());
    if year.is_none() || year != named {
        sheet
            .fault(entry.span(), Text::fixed("year 应为文件名所示的年份", "year must be the year that names the file"));
    }
    year
}

/// The days of one year that differ from the plain week.
struct Notice {
    year: i32,
    exceptions: BTreeMap<NaiveDate, bool>,
}

impl Notice {
    /// One public holiday, from its first day to its last.
    fn holiday(&mut self, item: &Spanned<DeValue<'_>>, sheet: &mut Sheet<'_>) {
        let Some(table) = item.get_ref().as_table() else {
            return sheet.fault(item.span(), Text::fixed("holiday 应为 [[holiday]]", "holiday must be [[holiday]]"));
        };
        let mut table = Table::of(table, item.span());
        table.bilingual("name", sheet);
        let (from, to) = (table.day("from", sheet), table.day("to", sheet));
        table.finish(sheet);
        let (Some((from, span)), Some((to, _))) = (from, to) else { return };
        if from > to || to.signed_duration_since(from).num_days() > 31 {
            return sheet.fault(span, text!("{from} 至 {to} 不是一个假期", "{from} to {to} is no holiday"));
        }
        for day in from.iter_days().take_while(|&day| day <= to) {
            self.add(day, false, span.clone(), sheet);
        }
    }

    /// One weekend day on which offices work.
    fn worked(&mut self, item: &Spanned<DeValue<'_>>, sheet: &mut Sheet<'_>) {
        let Some(written) = item.get_ref().as_str() else {
            return sheet.fault(item.span(), Text::fixed("应为日期字符串", "a day in a string is expected"));
        };
        if let Some(day) = read_day(written, item.span(), sheet) {
            if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                sheet.fault(item.span(), text!("{day} 本来就是工作日", "{day} is a working day anyway"));
            }
            self.add(day, true, item.span(), sheet);
        }
    }

    fn add(&mut self, day: NaiveDate, worked: bool, span: Range<usize>, sheet: &mut Sheet<'_>) {
        let year = self.year;
        if day.year() != year {
            sheet.fault(span, text!("{day} 不在 {year} 年", "{day} is not in {year}"));
        } else if self.exceptions.insert(day, worked).is_some() {
            sheet.fault(span, text!("{day} 出现了两次", "{day} stands there twice"));
        }
    }
}
