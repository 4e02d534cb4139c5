//! A fresh database for each test, of each kind there is.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use dizhang::storage::db::{self, Pool};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An empty database with the newest schema. It is gone when this is dropped.
pub struct Fresh {
    /// As `--database` takes it.
    pub url: String,
    pub pool: Pool,
    lies: Lies,
}

enum Lies {
    InDir(PathBuf),
    OnServer { server: String, name: String },
}

/// Runs a test on SQLite, and on PostgreSQL where a server is given.
///
/// `TEST_POSTGRES_URL` names a server on which databases may be made; with `REQUIRE_POSTGRES` it must.
pub fn each(test: impl Fn(&Fresh)) {
    test(&Fresh::sqlite());
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var_os("REQUIRE_POSTGRES").is_none(), "REQUIRE_POSTGRES is set and TEST_POSTGRES_URL is not");
        eprintln!("no TEST_POSTGRES_URL: tried on SQLite alone");
        return;
    };
    test(&Fresh::postgres(server));
}

impl Fresh {
    fn sqlite() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("dizhang-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let url = format!("sqlite:{}", dir.join("test.db").display());
        Self { pool: migrated(&url), url, lies: Lies::InDir(dir) }
    }

    fn postgres(server: String) -> Self {
        let name = format!("dizhang_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::establish(&server).unwrap();
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE); ")).unwrap();
        admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let url = database(&server, &name);
        Self { pool: migrated(&url), url, lies: Lies::OnServer { server, name } }
    }
}

impl Drop for Fresh {
    /// A test that failed must not fail once more here.
    fn drop(&mut self) {
        match &self.lies {
            Lies::InDir(dir) => drop(std::fs::remove_dir_all(dir)),
            Lies::OnServer { server, name } => {
                if let Ok(mut admin) = PgConnection::establish(server) {
                    drop(admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")));
                }
            }
        }
    }
}

/// The server's URL with another database in its path.
fn database(server: &str, name: &str) -> String {
    let (before, query) = server.split_once('?').map_or((server, None), |(before, query)| (before, Some(query)));
    let authority = before.find("://").map_or(0, |at| at + 3);
    let path = before[authority..].find('/').map_or(before.len(), |at| authority + at);
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("{}/{name}{query}", &before[..path])
}

fn migrated(url: &str) -> Pool {
    let pool = db::pool(&url.parse().unwrap(), 8).unwrap();
    pool.get().unwrap().migrate().unwrap();
    pool
}
