//! The one place that asks what time it is.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, Utc};

pub trait Clock: Send + Sync {
    /// Now, in UTC, to the microsecond: PostgreSQL keeps no more.
    fn now(&self) -> NaiveDateTime;

    /// Today in Asia/Shanghai, which has been eight hours ahead of UTC all year since 1992.
    fn today(&self) -> NaiveDate {
        const HOURS_8: i32 = 8 * 3600;
        let shanghai = FixedOffset::east_opt(HOURS_8).expect("eight hours are an offset");
        self.now().and_utc().with_timezone(&shanghai).date_naive()
    }
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> NaiveDateTime {
        Utc::now().naive_utc().trunc_subsecs(6)
    }
}

/// Stands still.
pub struct FixedClock(pub NaiveDateTime);

impl Clock for FixedClock {
    fn now(&self) -> NaiveDateTime {
        self.0
    }
}
