//! A fresh database for each test, of each kind there is.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use dizhang::storage::db::{self, DatabaseUrl, Pool};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Runs a test on SQLite, and on PostgreSQL where a server is given.
///
/// `TEST_POSTGRES_URL` names a server on which databases may be made; with `REQUIRE_POSTGRES=1` it must.
pub fn both(test: impl Fn(Pool)) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("dizhang-storage-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    test(migrated(&DatabaseUrl::Sqlite { path: dir.join("test.db").display().to_string() }));
    std::fs::remove_dir_all(&dir).unwrap();

    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var_os("REQUIRE_POSTGRES").is_none(), "REQUIRE_POSTGRES is set and TEST_POSTGRES_URL is not");
        eprintln!("no TEST_POSTGRES_URL: tried on SQLite alone");
        return;
    };
    let name = format!("dizhang_{}_{number}", std::process::id());
    let mut admin = PgConnection::establish(&server).unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    test(migrated(&DatabaseUrl::Postgres { url: database(&server, &name) }));
    admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
}

/// The server's URL with another database in its path.
pub fn database(server: &str, name: &str) -> String {
    let (before, query) = server.split_once('?').map_or((server, None), |(before, query)| (before, Some(query)));
    let authority = before.find("://").map_or(0, |at| at + 3);
    let path = before[authority..].find('/').map_or(before.len(), |at| authority + at);
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("{}/{name}{query}", &before[..path])
}

fn migrated(url: &DatabaseUrl) -> Pool {
    let pool = db::pool(url, 8).unwrap();
    pool.get().unwrap().migrate().unwrap();
    pool
}
