//! The periods of a case: how long each is, when it ends, and what a suspension does to it.
//!
//! > 民法典第二百零一条、第二百零三条: the day on which a period of days begins is not counted; where its last day is a
//! > holiday, the day after the holiday is the last.
//!
//! How long they are is policy ([`Clocks`]); a year whose working calendar is not known gives a provisional day.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::domain::calendar::Calendar;
use crate::domain::finding::Citation;
use crate::domain::policy::{Days, InForce, Key, NotInForce, ParameterUsed, Policy, WorkingDays, keys};
use crate::domain::term::Term;

crate::vocabulary! {
    /// 期限
    pub enum Clock {
        OpenCheck = "open_check" "发现后开展调查核实",
        Answer = "answer" "用地单位提交说明",
        HearingRequest = "hearing_request" "申请听证",
        Hearing = "hearing" "组织听证",
        Pay = "pay" "缴纳土地闲置费",
        CancelRegistration = "cancel_registration" "申请注销登记、交回权证",
        Review = "review" "申请行政复议",
        Suit = "suit" "提起行政诉讼",
        SuitAfterReview = "suit_after_review" "复议后提起行政诉讼",
        Urging = "urging" "催告后履行",
        CourtApplication = "court_application" "申请法院强制执行",
        PublicService = "public_service" "公告送达",
    }
}

impl Clock {
    /// How long the period is on a day, with the parameter that says so and where that stands.
    pub fn in_force(self, policy: &Policy, day: NaiveDate) -> Result<(Period, ParameterUsed, Citation), NotInForce> {
        fn days(period: InForce<'_, Days>) -> (Period, ParameterUsed, Citation) {
            (Period::Days(period.value.0), period.used(), period.citation().clone())
        }
        fn working(period: InForce<'_, WorkingDays>) -> (Period, ParameterUsed, Citation) {
            (Period::WorkingDays(period.value.0), period.used(), period.citation().clone())
        }
        fn term(period: InForce<'_, Term>) -> (Period, ParameterUsed, Citation) {
            (Period::Months(period.value.months()), period.used(), period.citation().clone())
        }
        Ok(match self {
            Self::OpenCheck => days(policy.on(&keys::IDLE_CLOCK_OPEN_CHECK, day)?),
            Self::Answer => days(policy.on(&keys::IDLE_CLOCK_ANSWER, day)?),
            Self::HearingRequest => working(policy.on(&keys::IDLE_CLOCK_HEARING_REQUEST, day)?),
            Self::Hearing => working(policy.on(&keys::IDLE_CLOCK_HEARING, day)?),
            Self::Pay => days(policy.on(&keys::IDLE_CLOCK_PAY, day)?),
            Self::CancelRegistration => days(policy.on(&keys::IDLE_CLOCK_CANCEL_REGISTRATION, day)?),
            Self::Review => days(policy.on(&keys::IDLE_CLOCK_REVIEW, day)?),
            Self::Suit => term(policy.on(&keys::IDLE_CLOCK_SUIT, day)?),
            Self::SuitAfterReview => days(policy.on(&keys::IDLE_CLOCK_SUIT_AFTER_REVIEW, day)?),
            Self::Urging => days(policy.on(&keys::IDLE_CLOCK_URGING, day)?),
            Self::CourtApplication => term(policy.on(&keys::IDLE_CLOCK_COURT_APPLICATION, day)?),
            Self::PublicService => days(policy.on(&keys::IDLE_CLOCK_PUBLIC_SERVICE, day)?),
        })
    }

    /// The parameter that says whether it stands still while a case is suspended.
    const fn stops(self) -> &'static Key<bool> {
        match self {
            Self::OpenCheck => &keys::IDLE_SUSPENSION_STOPS_OPEN_CHECK,
            Self::Answer => &keys::IDLE_SUSPENSION_STOPS_ANSWER,
            Self::HearingRequest => &keys::IDLE_SUSPENSION_STOPS_HEARING_REQUEST,
            Self::Hearing => &keys::IDLE_SUSPENSION_STOPS_HEARING,
            Self::Pay => &keys::IDLE_SUSPENSION_STOPS_PAY,
            Self::CancelRegistration => &keys::IDLE_SUSPENSION_STOPS_CANCEL_REGISTRATION,
            Self::Review => &keys::IDLE_SUSPENSION_STOPS_REVIEW,
            Self::Suit => &keys::IDLE_SUSPENSION_STOPS_SUIT,
            Self::SuitAfterReview => &keys::IDLE_SUSPENSION_STOPS_SUIT_AFTER_REVIEW,
            Self::Urging => &keys::IDLE_SUSPENSION_STOPS_URGING,
            Self::CourtApplication => &keys::IDLE_SUSPENSION_STOPS_COURT_APPLICATION,
            Self::PublicService => &keys::IDLE_SUSPENSION_STOPS_PUBLIC_SERVICE,
        }
    }
}

/// 期限长短
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Days(u32),
    WorkingDays(u32),
    Months(u32),
}

/// 止期 — the last day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    pub day: NaiveDate,
    /// Whether a year without a working calendar was taken as plain weeks.
    pub is_provisional: bool,
}

/// How many clocks there are.
const COUNT: usize = Clock::ALL.len();

/// How long the periods are on a day, and which of them stand still while a case is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    periods: [Period; COUNT],
    stopped_by_suspension: [bool; COUNT],
    /// Longest extension, in months, and the day from which it is counted.
    pub extension_max_months: u32,
    pub extension_counts_from_agreement: bool,
    pub temporary_use_max_months: u32,
}

impl Clocks {
    /// As the policy has them on a day.
    pub fn on(policy: &Policy, day: NaiveDate) -> Result<Self, NotInForce> {
        let mut clocks = Self {
            periods: [Period::Days(0); COUNT],
            stopped_by_suspension: [false; COUNT],
            extension_max_months: policy.on(&keys::IDLE_EXTENSION_MAX, day)?.value.months(),
            extension_counts_from_agreement: policy.on(&keys::IDLE_EXTENSION_COUNTS_FROM_AGREEMENT, day)?.value,
            temporary_use_max_months: policy.on(&keys::IDLE_TEMPORARY_USE_MAX, day)?.value.months(),
        };
        for clock in Clock::ALL {
            clocks.periods[*clock as usize] = clock.in_force(policy, day)?.0;
            clocks.stopped_by_suspension[*clock as usize] = policy.on(clock.stops(), day)?.value;
        }
        Ok(clocks)
    }

    pub const fn period(&self, clock: Clock) -> Period {
        self.periods[clock as usize]
    }

    pub const fn is_stopped_by_suspension(&self, clock: Clock) -> bool {
        self.stopped_by_suspension[clock as usize]
    }

    /// The last day of a clock that begins on a day; `held` are the intervals in which the case was suspended.
    pub fn ends(&self, clock: Clock, begins: NaiveDate, held: &[(NaiveDate, NaiveDate)], calendar: &Calendar) -> End {
        let end = self.period(clock).ends(begins, calendar);
        if !self.is_stopped_by_suspension(clock) {
            return end;
        }
        // Days of suspension within the period are added to it; so may be days of a later suspension that this reaches.
        let mut last = end;
        for &(from, to) in held {
            let from = from.max(begins);
            if from <= last.day && to >= from {
                let days = u64::try_from((to - from).num_days()).unwrap_or(0);
                let moved = rolled(later(last.day, days), calendar);
                last = End { day: moved.day, is_provisional: last.is_provisional || moved.is_provisional };
            }
        }
        last
    }
}

impl Period {
    /// The last day of a period that begins on a day.
    pub fn ends(self, begins: NaiveDate, calendar: &Calendar) -> End {
        match self {
            Self::Days(days) => rolled(later(begins, days.into()), calendar),
            Self::Months(months) => {
                rolled(begins.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX), calendar)
            }
            Self::WorkingDays(days) => {
                let (mut day, mut left, mut is_provisional) = (begins, days, false);
                while left > 0 {
                    day = later(day, 1);
                    let (works, guessed) = works(day, calendar);
                    is_provisional |= guessed;
                    left -= u32::from(works);
                }
                End { day, is_provisional }
            }
        }
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The day itself or the next working day after it.
fn rolled(mut day: NaiveDate, calendar: &Calendar) -> End {
    let mut is_provisional = false;
    loop {
        let (works, guessed) = works(day, calendar);
        is_provisional |= guessed;
        if works || day == NaiveDate::MAX {
            return End { day, is_provisional };
        }
        day = later(day, 1);
    }
}

/// Whether offices work on a day, and whether that is guessed from the plain week.
fn works(day: NaiveDate, calendar: &Calendar) -> (bool, bool) {
    match calendar.working_day(day) {
        Ok(works) => (works, false),
        Err(_) => (!matches!(day.weekday(), Weekday::Sat | Weekday::Sun), true),
    }
}
