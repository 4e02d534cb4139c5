//! 救济期限: until when the decision of a case may be challenged, and what waits for that.

use chrono::NaiveDate;

use crate::domain::idle_case::clock::Clock;
use crate::domain::idle_case::decide::{Law, held, service_day};
use crate::domain::idle_case::refused::Refused;
use crate::domain::idle_case::step::{Paper, Remedy};
use crate::domain::idle_case::{Case, Way};

/// The end of the time in which a remedy against the decision may be sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemedyEnds {
    pub clock: Clock,
    pub day: NaiveDate,
    pub is_provisional: bool,
}

/// When nobody may seek a remedy any more: six months after the service, or some days after a reconsideration that
/// upheld the decision; none once a court has spoken, or before the service.
pub fn remedy_ends(case: &Case, law: &Law<'_>) -> Option<RemedyEnds> {
    let (clock, begins) = match case.remedy_ended() {
        Some((Remedy::Suit, _)) => return None,
        Some((Remedy::Review, ended)) => (Clock::SuitAfterReview, ended),
        None => {
            let paper = if case.way() == Some(Way::Fee) { Paper::FeeDecision } else { Paper::RecoveryDecision };
            (Clock::Suit, service_day(case, case.served(paper)?, law))
        }
    };
    let end = law.clocks.ends(clock, begins, &held(case, law.today), law.calendar);
    Some(RemedyEnds { clock, day: end.day, is_provisional: end.is_provisional })
}

/// Whether recovered land of the case may be offered: not while a remedy period or a suit runs.
pub fn may_be_offered(case: &Case, law: &Law<'_>) -> Result<(), Refused> {
    if case.remedy_runs() {
        return Err(Refused::RemedyRuns);
    }
    match remedy_ends(case, law) {
        Some(RemedyEnds { clock, day, .. }) if law.today <= day => {
            Err(Refused::TooEarly { clock, until: day, article: "行政诉讼法第46条" })
        }
        Some(RemedyEnds { clock, day, is_provisional: true }) => Err(Refused::NoCalendar { clock, provisional: day }),
        _ => Ok(()),
    }
}
