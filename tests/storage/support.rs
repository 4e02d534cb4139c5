//! A fresh database for each test, of each kind there is.

use dizhang::storage::db::Pool;

use crate::databases;

/// Runs a test on SQLite, and on PostgreSQL where a server is given.
pub fn both(test: impl Fn(Pool)) {
    databases::each(|fresh| test(fresh.pool.clone()));
}
