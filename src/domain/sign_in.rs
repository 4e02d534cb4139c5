//! Signing in: how long a session lasts, and how long somebody waits who has failed too often.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::input::vocabulary;

vocabulary! {
    /// 登录记录 — what became of a session, or of the wish for one.
    pub enum SignInAction {
        SignedIn = "signed_in" "登录",
        Refused = "refused" "登录失败",
        SignedOut = "signed_out" "退出",
        Ended = "ended" "结束会话",
    }
}

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRules {
    /// Without a request for so long, a session has ended.
    pub idle: TimeDelta,
    /// After so long it has ended in any case.
    pub whole: TimeDelta,
}

impl Default for SessionRules {
    /// Half an hour and a working day with its breaks.
    fn default() -> Self {
        Self { idle: TimeDelta::minutes(30), whole: TimeDelta::hours(12) }
    }
}

impl SessionRules {
    /// Whether a session that was last used then is still in use.
    pub fn is_alive(&self, used_at: NaiveDateTime, expires_at: NaiveDateTime, now: NaiveDateTime) -> bool {
        now < expires_at && now - used_at < self.idle
    }

    /// Whether a use is worth writing down: not each, but a tenth of the idle time or a minute after the last.
    ///
    /// So a session may end that much before its idle time is over, and reading writes once a minute at most.
    pub fn is_worth_noting(&self, used_at: NaiveDateTime, now: NaiveDateTime) -> bool {
        now - used_at >= (self.idle / 10).min(TimeDelta::minutes(1))
    }
}

/// Failures are forgotten after so long without another.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(1);

/// Longest wait.
const WAIT_MAX: TimeDelta = TimeDelta::minutes(15);

/// What failures are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Login,
    /// An office may share one: it is given more room.
    Address,
}

impl Counted {
    /// Failures without a wait.
    pub const fn free(self) -> i32 {
        match self {
            Self::Login => 5,
            Self::Address => 50,
        }
    }

    /// When the next attempt may be made, after so many failures: one second after the last free one, then each time
    /// twice as long, at most a quarter of an hour. None: at any time, also while others are being judged.
    pub fn open_from(self, failures: i32, last_at: NaiveDateTime) -> Option<NaiveDateTime> {
        let wait = match failures - self.free() {
            ..0 => return None,
            over @ 0..10 => TimeDelta::seconds(1 << over).min(WAIT_MAX),
            _ => WAIT_MAX,
        };
        Some(last_at + wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> NaiveDateTime {
        "2026-03-02T01:15:00".parse::<NaiveDateTime>().unwrap() + TimeDelta::seconds(seconds)
    }

    #[test]
    fn the_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour() {
        let waits = |of: Counted| {
            let from = of.free() - 1;
            (from..from + 14)
                .map(|n| of.open_from(n, at(0)).map(|from| (from - at(0)).num_seconds()))
                .collect::<Vec<_>>()
        };
        let doubling = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900];
        let doubling = doubling.map(|wait| (wait > 0).then_some(wait));
        assert_eq!(waits(Counted::Login), doubling);
        assert_eq!(waits(Counted::Address), doubling);
        assert_eq!(Counted::Login.open_from(0, at(0)), None);
        assert_eq!(Counted::Login.open_from(i32::MAX, at(0)), Some(at(900)));
    }

    #[test]
    fn a_session_ends_with_its_idle_time_and_with_its_whole() {
        let rules = SessionRules { idle: TimeDelta::seconds(100), whole: TimeDelta::seconds(1000) };
        assert!(rules.is_alive(at(0), at(1000), at(99)));
        assert!(!rules.is_alive(at(0), at(1000), at(100)), "the last moment is not in it");
        assert!(rules.is_alive(at(950), at(1000), at(999)));
        assert!(!rules.is_alive(at(999), at(1000), at(1000)));
        assert!(!rules.is_worth_noting(at(0), at(9)));
        assert!(rules.is_worth_noting(at(0), at(10)));
        assert!(!rules.is_worth_noting(at(0), at(-9)), "a clock that was put back");
        assert!(SessionRules::default().is_worth_noting(at(0), at(60)));
    }
}
