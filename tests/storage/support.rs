//! A fresh database for each test, of each kind there is.

use chrono::NaiveDateTime;
use dizhang::app::App;
use dizhang::app::caller::{Caller, Credential, Grant};
use dizhang::app::clock::FixedClock;
use dizhang::domain::county::CountyBody;
use dizhang::domain::input::{Input, read};
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::region::{County, UserId};
use dizhang::storage::db::Pool;
use serde_json::{Value, json};

use crate::databases;

/// Runs a test on SQLite, and on PostgreSQL where a server is given.
pub fn both(test: impl Fn(Pool)) {
    databases::each(|fresh| test(fresh.pool.clone()));
}

pub fn county() -> County {
    "410183".parse().unwrap()
}

/// Somebody with every role.
pub fn person(user: i64) -> Caller {
    let grants = Role::ALL.iter().map(|role| Grant { prefix: "41".parse().unwrap(), role: *role }).collect();
    Caller { user: UserId(user), credential: Credential::Token(user), grants }
}

pub fn body<T: for<'de> Input<'de>>(json: &Value) -> T {
    read(json.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{json}: {faults:?}"))
}

/// The county as it is entered.
pub fn new_county() -> CountyBody {
    let extent = json!({"west": "113.1", "south": "34.28", "east": "113.72", "north": "34.68"});
    body(&json!({"county": "410183", "name": "新密市", "extent": extent}))
}

/// The application at an instant, on a database with the county in it.
pub fn county_at(pool: &Pool, now: NaiveDateTime) -> App {
    let app = App::new(pool.clone(), Box::new(FixedClock(now))).unwrap();
    app.create_county(&person(1), new_county()).unwrap();
    app
}
