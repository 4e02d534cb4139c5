//! Vouchers posted a second through the use case behind the HTTP handler, and the commits SQLite itself reaches.
//!
//! `ledger_writes vouchers --database URL --counties N --clients 16 --seconds S`
//! `ledger_writes raw-commits --database sqlite:PATH --seconds S`
//! Called by `benches/ledger_writes.py`, which compares it with pgbench.

#[path = "support/mod.rs"]
mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use dizhang::app::App;
use dizhang::app::caller::{Caller, Credential, Grant};
use dizhang::app::clock::SystemClock;
use dizhang::app::vouchers::Sent;
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::region::UserId;

/// Plots a client of one county has to itself, so that a plot's history stays as short as in an office.
const PLOTS: i64 = 400;

fn main() {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let seconds = Duration::from_secs(u64::try_from(support::number("--seconds", 5)).expect("seconds"));
    let times = match mode.as_str() {
        "vouchers" => vouchers(seconds),
        "raw-commits" => raw_commits(seconds),
        // `cargo bench` without a peer to compare with: nothing to say.
        _ => return,
    };
    let mut times = times;
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let per_second = times.len() as f64 / seconds.as_secs_f64();
    println!("{{\"per_second\":{per_second:.1},\"p50_ms\":{:.3},\"p99_ms\":{:.3}}}", at(50), at(99));
}

fn vouchers(seconds: Duration) -> Vec<Duration> {
    let (counties, clients) = (support::number("--counties", 1), support::number("--clients", 16));
    let pool = support::open(u32::try_from(clients + counties).expect("few") + 2);
    for n in 0..counties {
        let county = support::county(n);
        support::add_county(&pool, county, 4, PLOTS * clients, 2);
        // Every plot is supplied whole as its first parcel, so that splits have something to split.
        let (c, lines) = (county.number(), 1..=PLOTS * clients);
        let row = |seq: i64, account: &str, to: &str, parcel: String, plot: i64| {
            let line = plot % 1_000_000_000;
            format!(
                "({c}, {seq}, {line}, 'opening', '2024-01-01', '{account}', {plot}, NULL, '{to}', {plot}, {parcel}, 10000000000, NULL, NULL)"
            )
        };
        support::insert(
            &pool,
            "voucher_line",
            lines.clone().map(|n| {
                let plot = county.feature_id(n);
                row(0, "outside", "supplied", county.feature_id(2 * n - 1).to_string(), plot)
            }),
        );
        support::insert(
            &pool,
            "balance",
            lines.flat_map(|n| {
                let (plot, parcel) = (county.feature_id(n), county.feature_id(2 * n - 1));
                [
                    format!("({c}, 'supplied', {plot}, {parcel}, 10000000000, NULL)"),
                    format!("({c}, 'outside', {plot}, 0, -10000000000, NULL)"),
                ]
            }),
        );
    }
    let app = Arc::new(App::new(pool.clone(), Box::new(SystemClock)).expect("the application"));
    post(&app, "warm", clients, counties, Duration::from_secs(1));
    // As `pgbench -i` does for its own tables: a ledger in use is no empty table either.
    let tables = ["county_state", "approval", "plot", "parcel", "voucher", "voucher_line", "balance"];
    pool.get().expect("a connection").analyze(&tables).expect("statistics");
    post(&app, "c", clients, counties, seconds)
}

/// Lets each client post one voucher after the other, and tells how long each took.
fn post(app: &Arc<App>, name: &'static str, clients: i64, counties: i64, seconds: Duration) -> Vec<Duration> {
    let ends = Instant::now() + seconds;
    let threads: Vec<_> = (0..clients)
        .map(|client| {
            let app = Arc::clone(app);
            std::thread::spawn(move || {
                let county = support::county(client % counties);
                let caller = Caller {
                    user: UserId(client + 1),
                    credential: Credential::Token(1),
                    grants: vec![Grant { prefix: "41".parse().expect("a prefix"), role: Role::Clerk }],
                };
                let mut times = Vec::new();
                while Instant::now() < ends {
                    let n = i64::try_from(times.len()).expect("a count");
                    let serial = client * PLOTS + n % PLOTS + 1;
                    let (plot, from, to) =
                        (county.feature_id(serial), county.feature_id(2 * serial - 1), county.feature_id(2 * serial));
                    let body = format!(
                        r#"{{"client_id":"{name}{client}-{n}","kind":"parcel_split","effective_on":"2026-02-04",
                            "document":{{"number":"DJ-{n}","authority":"登记机构","dated":"2026-02-04"}},
                            "lines":[{{"from":{{"account":"supplied","plot":{plot},"parcel":{from}}},
                                       "to":{{"account":"supplied","plot":{plot},"parcel":{to}}},"area_m2":"1.25"}}]}}"#
                    );
                    let started = Instant::now();
                    let sent = app.send_voucher(&caller, county, body).expect("the voucher is posted");
                    assert!(matches!(sent, Sent::Posted { is_new: true, .. }), "the bench measures posting");
                    times.push(started.elapsed());
                }
                times
            })
        })
        .collect();
    threads.into_iter().flat_map(|thread| thread.join().expect("a client")).collect()
}

/// One row, one commit, one connection: what the disk and SQLite give at most without grouping.
fn raw_commits(seconds: Duration) -> Vec<Duration> {
    let pool = support::open(2);
    let db = &mut *pool.get().expect("a connection");
    db.batch_execute(
        "CREATE TABLE bench_row (seq INTEGER PRIMARY KEY, area_cm2 INTEGER NOT NULL, kind TEXT NOT NULL) STRICT",
    )
    .expect("a table");
    let ends = Instant::now() + seconds;
    let mut times = Vec::new();
    while Instant::now() < ends {
        let started = Instant::now();
        db.batch_execute(&format!("INSERT INTO bench_row VALUES ({}, 10000, 'supply')", times.len()))
            .expect("an insert");
        times.push(started.elapsed());
    }
    times
}
