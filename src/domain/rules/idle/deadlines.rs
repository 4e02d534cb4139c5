//! The days that follow from the agreed start: when the criterion is met, a fee may be levied, the land taken back.
//!
//! > 民法典第二百零一条、第二百零二条、第二百零三条: the day on which a period begins is not counted; a period of years ends on
//! > the corresponding day, or the last of the month. The statutory year of idleness does not roll over holidays.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Outcome, Rule, Step};
use crate::domain::idle_case::Grounds;
use crate::domain::rules::idle::own_time::{self, Spans};
use crate::domain::rules::idle::{Law, Site, after, days};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "idle.deadlines",
    title: Text::fixed("闲置期限", "Days of idleness"),
    what: Text::fixed(
        "满一年、满二年的期满日和次日;扣除已认可区间后可征缴闲置费、可无偿收回的首日",
        "The last days of one and two full years and the days after; less accepted intervals, the first days of the fee and of taking back",
    ),
    citations: &[&law::PERIODS_201, &law::IDLE_14],
    parameters: &["idle.criterion_period", "idle.deemed_start", "idle.fee_period", "idle.recovery_period"],
};

/// The ends of the two periods by the calendar alone, and the days after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calendar {
    pub first_year_ends_on: Option<NaiveDate>,
    pub criterion_met_from: Option<NaiveDate>,
    pub second_year_ends_on: Option<NaiveDate>,
    pub free_recovery_possible_from: Option<NaiveDate>,
}

pub fn calendar(begins: Option<NaiveDate>, law: &Law<'_>) -> Calendar {
    let none = Spans::default();
    let first = |term| own_time::first_day_after(begins?, term, &none);
    Calendar {
        first_year_ends_on: begins.and_then(|begins| after(begins, law.criterion.value)),
        criterion_met_from: first(law.criterion.value),
        second_year_ends_on: begins.and_then(|begins| after(begins, law.recovery_after.value)),
        free_recovery_possible_from: first(law.recovery_after.value),
    }
}

pub fn decide(site: &Site, grounds: Grounds, law: &Law<'_>) -> Finding {
    let begins = match grounds {
        Grounds::NotStarted => site.starts_from(law).map(|from| from.day),
        Grounds::Stopped => site.halted_since(),
    };
    let (calendar, days) = (calendar(begins, law), days(site, grounds, law));
    let mut workings = Vec::new();
    let mut step = |zh, en, formula, filled: String, day: Option<NaiveDate>| {
        if let Some(day) = day {
            workings.push(Step::day(Text::fixed(zh, en), formula, filled, day));
        }
    };
    let (year, two) = (law.criterion.value, law.recovery_after.value);
    if let Some(begins) = begins {
        step(
            "满一年期满日",
            "end of one full year",
            "E₁ = S + t₁",
            format!("{begins} + {year} a"),
            calendar.first_year_ends_on,
        );
        step("达到认定标准首日", "first day of the criterion", "E₁ + 1 d", String::new(), calendar.criterion_met_from);
        step(
            "满二年期满日",
            "end of two full years",
            "E₂ = S + t₂",
            format!("{begins} + {two} a"),
            calendar.second_year_ends_on,
        );
        step("满二年次日", "day after two full years", "E₂ + 1 d", String::new(), calendar.free_recovery_possible_from);
        let formula = "S + t + |∪ accepted| + 1 d";
        step("可征缴闲置费首日", "first day of the fee", formula, format!("{begins} + …"), days.fee_from);
        step("可无偿收回首日", "first day of taking back free", formula, format!("{begins} + …"), days.recovery_from);
    }
    let (outcome, message) = match calendar.criterion_met_from {
        None => (
            if grounds == Grounds::Stopped { Outcome::NotApplicable } else { Outcome::Undetermined },
            Text::fixed("没有起算日", "there is no day to count from"),
        ),
        Some(from) if from <= site.on => {
            (Outcome::Met, text!("自 {from} 起已满一年", "a full year has passed from {from} on"))
        }
        Some(from) => (Outcome::NotMet, text!("自 {from} 起满一年", "a full year will have passed from {from} on")),
    };
    Finding::of(&RULE, law.policy, site.on, outcome, message)
        .workings(workings)
        .using(&law.criterion)
        .using(&law.fee_after)
        .using(&law.recovery_after)
        .using_if(site.agreed_start.is_none(), &law.deemed_start)
}
