//! Balances over many lines: every grouping, an older voucher number, and the first answer after a start.
//!
//! `cargo bench --bench balances -- --database URL [--lines 1000000]`

#[path = "support/mod.rs"]
mod support;

use std::time::Instant;

use diesel::connection::SimpleConnection;
use dizhang::app::App;
use dizhang::app::balances::{BalanceQuery, Known};
use dizhang::app::clock::SystemClock;
use dizhang::domain::ledger::balance::Dimension;

const ROUNDS: usize = 21;

fn main() {
    if support::option("--database").is_none() {
        // `cargo bench` without a database: nothing to measure.
        return;
    }
    let lines = support::number("--lines", 1_000_000);
    let pool = support::open(4);
    let county = support::county(2);
    // Per plot: approved, supplied in part, terminated in part, supplied again, and so on.
    let plots = lines / 3;
    support::add_county(&pool, county, 5000, plots, 1);
    let c = county.number();
    let started = Instant::now();
    let row = |seq: i64| {
        let (plot, step) = (county.feature_id((seq - 1) / 3 + 1), (seq - 1) % 3);
        let (from, to, cm2) = match step {
            0 => ("outside", "unsupplied", 10_000_000_000_i64),
            1 => ("unsupplied", "supplied", 4_000_000_000),
            _ => ("supplied", "idle", 1_000_000_000),
        };
        let on = support::day(u64::try_from((seq * 2_654_435_761) % 6200).expect("a day"));
        let parcel =
            |account: &str| if matches!(account, "supplied" | "idle") { plot.to_string() } else { "NULL".to_owned() };
        format!(
            "({c}, {seq}, 0, 'opening', '{on}', '{from}', {plot}, {}, '{to}', {plot}, {}, {cm2}, NULL, NULL)",
            parcel(from),
            parcel(to)
        )
    };
    support::insert(&pool, "voucher_line", (1..=plots * 3).map(row));
    let head = plots * 3;
    pool.get()
        .expect("a connection")
        .batch_execute(&format!("UPDATE county_state SET head_seq = {head}"))
        .expect("the head");
    println!("{head} lines of {plots} plots in 5000 approvals made in {:.1} s", started.elapsed().as_secs_f64());

    let app = App::new(pool, Box::new(SystemClock)).expect("the application");
    let ask = |by: Vec<Dimension>, as_of: &str, known: Known| {
        let query =
            BalanceQuery { as_of: Some(as_of.parse().expect("a day")), known, by, only: Vec::new(), plot: None };
        let started = Instant::now();
        let (answer, _) = app.labelled_balances(county, query).expect("an answer");
        (started.elapsed().as_secs_f64() * 1e3, answer.groups.len())
    };
    let (cold, _) = ask(Vec::new(), "2026-01-01", Known::Newest);
    println!("first answer after a start: {cold:.0} ms");
    let cases = [
        ("county by account", vec![], "2026-01-01", Known::Newest, 10.0),
        ("by township", vec![Dimension::Township], "2026-01-01", Known::Newest, 50.0),
        ("by year", vec![Dimension::Year], "2026-01-01", Known::Newest, 50.0),
        ("by cause", vec![Dimension::Cause], "2026-01-01", Known::Newest, 50.0),
        ("by age", vec![Dimension::Age], "2026-01-01", Known::Newest, 50.0),
        ("by approval", vec![Dimension::Approval], "2026-01-01", Known::Newest, 300.0),
        ("by township, 2017-06-30", vec![Dimension::Township], "2017-06-30", Known::Newest, 50.0),
        ("by approval, half the vouchers known", vec![Dimension::Approval], "2026-01-01", Known::Seq(head / 2), 1000.0),
    ];
    let mut enough = true;
    println!("{:<40} {:>8} {:>8} {:>8}", "", "median", "worst", "bar (ms)");
    for (name, by, as_of, known, bar) in cases {
        let mut times: Vec<f64> = (0..ROUNDS).map(|_| ask(by.clone(), as_of, known).0).collect();
        times.sort_by(f64::total_cmp);
        let (median, worst) = (times[ROUNDS / 2], times[ROUNDS - 1]);
        enough &= median < bar;
        println!("{name:<40} {median:>8.1} {worst:>8.1} {bar:>8.0}");
    }
    std::process::exit(i32::from(!enough));
}
