//! The rules on idle land over many contracts in memory: who is suspected, and the findings of those who are.
//!
//! `cargo bench --bench idle_rules -- [--contracts 1000000]`

#[path = "support/mod.rs"]
#[expect(dead_code, reason = "shared with the benches that need a database")]
mod support;

use std::time::Instant;

use chrono::{Days, NaiveDate};
use dizhang::domain::policy::Policy;
use dizhang::domain::rules::idle::own_time::{Span, Spans};
use dizhang::domain::rules::idle::{Halt, Law, Price, Site, Start, assess, is_suspected};

fn later(from: NaiveDate, days: i64) -> NaiveDate {
    from.checked_add_days(Days::new(u64::try_from(days).expect("a day"))).expect("a day")
}

/// A contract whose figures follow from its number: a third never started, a third stopped, a few with causes.
fn site(n: i64, on: NaiveDate) -> Site {
    let spread = (n * 2_654_435_761) % 3000;
    let agreed = later(NaiveDate::from_ymd_opt(2017, 1, 1).expect("a day"), spread);
    let started = later(agreed, spread % 200);
    let start = (n % 3 > 0).then_some(Start { on: started, has_permit: n % 7 > 0, foundation_reached: Some(true) });
    let halt = Halt { from: later(started, 90), resumed_on: (n % 5 > 0).then(|| later(started, 400)) };
    let cause = Span { from: later(agreed, 30), to: Some(later(agreed, 30 + n % 300)) };
    let area = |cm2: i64| dizhang::domain::quantity::AreaM2::from_units(cm2).ok();
    let money = |fen: i64| dizhang::domain::quantity::Money::from_units(fen).ok();
    Site {
        on,
        agreed_delivery: Some(agreed),
        delivered_on: (n % 11 > 0).then(|| later(agreed, n % 2)),
        agreed_start: (n % 13 > 0).then_some(agreed),
        start: start.filter(|start| start.on <= on),
        halts: if n % 3 == 1 && halt.from <= on { vec![halt] } else { Vec::new() },
        completed_on: None,
        developed: area(n % 90_000_000),
        developable: area(90_000_000),
        invested: money(n % 8_000_000_000),
        investment: money(8_000_000_000),
        outside: if n % 10 == 0 { Spans::of(vec![cause]) } else { Spans::default() },
    }
}

fn main() {
    let contracts = support::number("--contracts", 1_000_000);
    let on = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let law = Law::on(Policy::built_in(), on).expect("the law of the day");
    let sites: Vec<Site> = (1..=contracts).map(|n| site(n, on)).collect();
    let started = Instant::now();
    let suspected: Vec<&Site> = sites.iter().filter(|site| is_suspected(site, &law)).collect();
    let verdicts = started.elapsed().as_secs_f64();
    let price = Price { is_lease: false, amount: "4200000".parse().ok(), converted: None };
    let started = Instant::now();
    let findings: usize =
        suspected.iter().map(|site| assess(site, &price, &law).expect("figures that fit").findings.len()).sum();
    let worded = started.elapsed().as_secs_f64();
    println!("{contracts} contracts judged in {verdicts:.3} s: {} suspected", suspected.len());
    println!("{findings} findings with workings in {worded:.3} s");
    std::process::exit(i32::from(verdicts > 2.0));
}
