//! Own-cause time and stops against models that walk day by day.

use chrono::{Days, Months, NaiveDate};
use dizhang::domain::finding::Outcome;
use dizhang::domain::policy::Policy;
use dizhang::domain::rules::idle::own_time::{Span, Spans, last_day};
use dizhang::domain::rules::idle::{Halt, Law, Site, Start, is_suspected, not_started, stopped};
use dizhang::domain::term::Term;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::run::day;

fn for_all<S: Strategy>(strategy: S, law: impl Fn(S::Value)) {
    let config = Config { cases: 512, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&strategy, |value| {
        law(value);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

fn later(from: NaiveDate, days: u64) -> NaiveDate {
    from.checked_add_days(Days::new(days)).unwrap()
}

/// Days from a day that lies before a leap day, so that leap days and year ends are among them.
fn begin() -> NaiveDate {
    day("2023-11-20")
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let span = (0..1200_u64, 0..200_u64, 0..12_u8).prop_map(|(from, length, ends)| Span {
        from: later(begin(), from),
        to: (ends > 0).then(|| later(begin(), from + length)),
    });
    prop::collection::vec(span, 0..6)
}

fn covers(spans: &[Span], day: NaiveDate) -> bool {
    spans.iter().any(|span| span.from <= day && span.to.is_none_or(|to| day <= to))
}

#[test]
fn own_cause_time_is_what_a_walk_day_by_day_counts() {
    for_all((0..900_u64, 1..4_u32, spans()), |(offset, years, spans)| {
        let (begins, term) = (later(begin(), offset), Term::from_months(12 * years).unwrap());
        let plain = begins.checked_add_months(Months::new(12 * years)).unwrap();
        let needed = (plain - begins).num_days();
        let (mut day, mut own) = (begins, 0);
        let mut walked = None;
        // Far beyond all intervals that end.
        for _ in 0..6000 {
            day = day.succ_opt().unwrap();
            own += i64::from(!covers(&spans, day));
            if own == needed {
                walked = Some(day);
                break;
            }
        }
        assert_eq!(last_day(begins, term, &Spans::of(spans.clone())), walked, "{begins} {years} {spans:?}");
    });
}

#[test]
fn the_union_counts_every_day_once() {
    for_all((spans(), 0..1500_u64), |(spans, until)| {
        let ends = later(begin(), until);
        let walked = (1..=until).filter(|days| covers(&spans, later(begin(), *days))).count() as u64;
        assert_eq!(Spans::of(spans).days_within(begin(), ends), walked);
    });
}

fn site(on: NaiveDate, halts: Vec<Halt>) -> Site {
    Site {
        on,
        agreed_delivery: None,
        delivered_on: None,
        agreed_start: Some(begin()),
        start: Some(Start { on: begin(), has_permit: true, foundation_reached: Some(true) }),
        halts,
        completed_on: None,
        developed: Some("0".parse().unwrap()),
        developable: Some("100".parse().unwrap()),
        invested: None,
        investment: None,
        outside: Spans::default(),
    }
}

/// Stops in order, the last of which may last.
fn halts() -> impl Strategy<Value = Vec<Halt>> {
    prop::collection::vec((1..300_u64, 0..500_u64), 0..5).prop_flat_map(|lengths| {
        any::<bool>().prop_map(move |lasts| {
            let mut at = begin();
            let count = lengths.len();
            let halt = |(index, &(work, stop)): (usize, &(u64, u64))| {
                let from = later(at, work);
                at = later(from, stop);
                Halt { from, resumed_on: (index + 1 < count || !lasts).then_some(at) }
            };
            lengths.iter().enumerate().map(halt).collect()
        })
    })
}

#[test]
fn a_stop_counts_once_it_has_lasted_a_full_year_without_a_day_of_work() {
    let policy = Policy::built_in();
    for_all((halts(), 0..2500_u64), |(halts, until)| {
        let on = later(begin(), until);
        let law = Law::on(policy, on).unwrap();
        // Facts that lie ahead are not among those of the day.
        let known: Vec<Halt> = halts
            .iter()
            .filter(|halt| halt.from <= on)
            .map(|halt| Halt { resumed_on: halt.resumed_on.filter(|resumed| *resumed <= on), ..*halt })
            .collect();
        let idle = |day: NaiveDate| {
            halts.iter().any(|halt| halt.from <= day && halt.resumed_on.is_none_or(|resumed| day < resumed))
        };
        // The stop is the run of idle days that reaches the day asked about.
        let mut since = None;
        let mut back = on;
        while idle(back)
            && halts.iter().all(|halt| {
                halt.from != back || {
                    since = Some(back);
                    true
                }
            })
        {
            let starts = halts.iter().any(|halt| halt.from == back && halt.resumed_on.is_none_or(|at| at > on));
            if starts {
                break;
            }
            back = back.pred_opt().unwrap();
        }
        let full = since.is_some_and(|since: NaiveDate| on > since.checked_add_months(Months::new(12)).unwrap());
        let outcome = stopped::verdict(&site(on, known), &law).outcome();
        assert_eq!(outcome == Outcome::NeedsReview, full && idle(on), "{on} {halts:?}");
    });
}

#[test]
fn either_ratio_being_short_is_enough_unless_the_county_reads_it_otherwise() {
    let citation =
        "{ \"instrument\": {\"zh\": \"答复\", \"en\": \"answer\"}, \"provision\": {\"zh\": \"一\", \"en\": \"1\"} }";
    let overlay = dizhang::domain::policy::Overlay {
        parameter: "idle.stopped.both_short".to_owned(),
        in_force: day("2020-01-01"),
        value: Some("true".to_owned()),
        citation: serde_json::from_str(citation).unwrap(),
        verified: true,
    };
    let (literal, both) = (Policy::built_in(), Policy::built_in().with_overlays(&[overlay]).unwrap());
    let on = day("2026-06-30");
    let at = |developed: Option<&str>, invested: Option<&str>| Site {
        developed: developed.map(|area| area.parse().unwrap()),
        invested: invested.map(|money| money.parse().unwrap()),
        investment: Some("100".parse().unwrap()),
        ..site(on, vec![Halt { from: day("2025-01-01"), resumed_on: None }])
    };
    let outcome = |site: &Site, policy: &Policy| stopped::verdict(site, &Law::on(policy, on).unwrap()).outcome();
    use Outcome::{NeedsReview, NotMet, Undetermined};
    for (developed, invested, either, and) in [
        (Some("10"), Some("10"), NeedsReview, NeedsReview),
        (Some("10"), Some("90"), NeedsReview, NotMet),
        (Some("90"), Some("90"), NotMet, NotMet),
        (Some("10"), None, NeedsReview, Undetermined),
        (Some("90"), None, Undetermined, NotMet),
        (None, None, Undetermined, Undetermined),
    ] {
        let site = at(developed, invested);
        assert_eq!((outcome(&site, literal), outcome(&site, &both)), (either, and), "{developed:?} {invested:?}");
    }
}

#[test]
fn what_nobody_suspects_is_not_met_by_either_definition() {
    let policy = Policy::built_in();
    for_all((halts(), 0..2500_u64, any::<bool>()), |(halts, until, started)| {
        let on = later(begin(), until);
        let law = Law::on(policy, on).unwrap();
        let mut site = site(on, halts.into_iter().filter(|halt| halt.from <= on).collect());
        if !started {
            site.start = None;
            site.halts.clear();
        }
        let (first, second) = (not_started::decide(&site, &law), stopped::decide(&site, &law).unwrap());
        let said = [first.outcome, second.outcome].iter().any(|outcome| outcome.is_suspicion());
        assert_eq!(is_suspected(&site, &law), said);
    });
}
