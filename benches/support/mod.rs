//! What the benches share: a database with counties, approvals, plots and parcels, put there in bulk.

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection;
use dizhang::domain::region::County;
use dizhang::storage::db::{self, DatabaseUrl, Pool};

pub const RECORDED: &str = "2026-01-01 00:00:00";

/// The value of an option on the command line.
pub fn option(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.next()?;
    arguments.next()
}

pub fn number(name: &str, default: i64) -> i64 {
    option(name).map_or(default, |text| text.parse().expect("a number"))
}

pub fn open(connections: u32) -> Pool {
    let url: DatabaseUrl = option("--database").expect("--database URL").parse().expect("a database");
    let pool = db::pool(&url, connections).expect("the database opens");
    pool.get().expect("a connection").migrate().expect("the schema");
    pool
}

/// The nth county of the bench.
pub fn county(n: i64) -> County {
    County::from_number(410_181 + i32::try_from(n).expect("few counties")).expect("a county")
}

pub fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2009, 1, 1).expect("a day") + Days::new(n)
}

/// Runs one statement of many rows at a time.
pub fn insert(pool: &Pool, into: &str, rows: impl Iterator<Item = String>) {
    let db = &mut *pool.get().expect("a connection");
    db.batch_execute("BEGIN").expect("begin");
    let mut batch: Vec<String> = Vec::new();
    let mut flush = |batch: &mut Vec<String>| {
        if !batch.is_empty() {
            db.batch_execute(&format!("INSERT INTO {into} VALUES {}", batch.join(","))).expect("an insert");
            batch.clear();
        }
    };
    for row in rows {
        batch.push(row);
        if batch.len() == 500 {
            flush(&mut batch);
        }
    }
    flush(&mut batch);
    db.batch_execute("COMMIT").expect("commit");
}

/// A county with approvals of one plot each in every `plots / approvals`, and one parcel a plot.
pub fn add_county(pool: &Pool, county: County, approvals: i64, plots: i64, parcels_per_plot: i64) {
    let c = county.number();
    let zero = if pool.get().expect("a connection").is_sqlite() {
        format!("x'{}'", "00".repeat(32))
    } else {
        format!("'\\x{}'", "00".repeat(32))
    };
    insert(
        pool,
        "county_state (county, name, head_hash, plots_version, created_at)",
        [format!("({c}, 'bench', {zero}, 1, '{RECORDED}')")].into_iter(),
    );
    insert(
        pool,
        "approval (county, id, number, kind, authority, approved_on, composition, total_cm2, version, recorded_at, recorded_by)",
        (1..=approvals).map(|n| {
            let on = day(u64::try_from(n * 6200 / approvals).expect("a day"));
            format!(
                "({c}, {}, 'A{n}', 'urban_batch', 'authority', '{on}', '{{}}', 0, 1, '{RECORDED}', 1)",
                county.feature_id(n)
            )
        }),
    );
    insert(
        pool,
        "plot (county, id, code, origin, approval_id, recorded_cm2, stated_value, stated_unit, composition, geometry_version, version, changed_no, recorded_at, recorded_by)",
        (1..=plots).map(|n| {
            let approval = county.feature_id((n - 1) * approvals / plots + 1);
            format!(
                "({c}, {}, 'P{n}', 'approval', {approval}, 10000000000, '1000000', 'm2', '{{}}', 0, 1, 1, '{RECORDED}', 1)",
                county.feature_id(n)
            )
        }),
    );
    insert(
        pool,
        "parcel (county, id, code, recorded_cm2, stated_value, stated_unit, geometry_version, version, recorded_at, recorded_by)",
        (1..=plots * parcels_per_plot)
            .map(|n| format!("({c}, {}, 'Z{n}', 0, '0', 'm2', 0, 1, '{RECORDED}', 1)", county.feature_id(n))),
    );
    insert(
        pool,
        "plot_attribute (county, plot_id, attribute, from_day, n, value, recorded_at, recorded_by)",
        (1..=plots).flat_map(|n| {
            let id = county.feature_id(n);
            let township = format!(
                "({c}, {id}, 'township', '2000-01-01', 1, '{}', '{RECORDED}', 1)",
                410_183_100 + n * 18 / plots
            );
            let cause =
                (n % 3 == 0).then(|| format!("({c}, {id}, 'cause', '2000-01-01', 1, 'no_project', '{RECORDED}', 1)"));
            std::iter::once(township).chain(cause)
        }),
    );
}
