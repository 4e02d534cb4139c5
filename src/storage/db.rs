//! One connection type over both databases, and the ways to use it: read, and write as the only writer.

use std::fmt;
use std::str::FromStr;

use diesel::backend::Backend;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::r2d2::{self, ManageConnection, R2D2Connection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::domain::text::{Text, text};

/// A connection to either database. Queries take `&mut Db` and do not know which.
///
/// Never `Db::establish`: it tries the variants in turn, and SQLite takes any text for a file name.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Postgres(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

pub type Pool = r2d2::Pool<Manager>;

/// What storage cannot do for a reason that is not the caller's.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
    #[error("no connection to the database")]
    Pool(#[from] ::diesel::r2d2::PoolError),
    /// Too many writes wait already: 503 with Retry-After.
    #[error("too many writes are waiting")]
    Busy,
    /// A row that no code of ours could have written.
    #[error("{what} is corrupt: {why}")]
    Corrupt { what: String, why: String },
    #[error("the write panicked")]
    Panicked,
    /// A file of ours, or one that is imported, cannot be read or written.
    #[error("a file failed")]
    File(#[source] std::io::Error),
}

impl StorageError {
    pub fn corrupt(what: impl Into<String>, why: impl fmt::Display) -> Self {
        Self::Corrupt { what: what.into(), why: why.to_string() }
    }
}

/// Where the data lies.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite { path: String },
    Postgres { url: String },
}

impl FromStr for DatabaseUrl {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.trim_start_matches("//").is_empty() => {
                Ok(Self::Sqlite { path: path.strip_prefix("//").unwrap_or(path).to_owned() })
            }
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres { url: text.to_owned() }),
            _ => Err(text!(
                "数据库地址应为 sqlite:文件路径 或 postgres://…",
                "a database is given as sqlite:PATH or postgres://…"
            )),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path } => write!(f, "sqlite:{path}"),
            Self::Postgres { .. } => f.write_str("postgres:…"), // The URL may hold a password.
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Opens connections for the pool.
#[derive(Debug)]
pub struct Manager(DatabaseUrl);

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Db, r2d2::Error> {
        match &self.0 {
            DatabaseUrl::Sqlite { path } => {
                let mut connection = diesel::SqliteConnection::establish(path)?;
                connection.batch_execute(include_str!("sqlite_session.sql")).map_err(r2d2::Error::QueryError)?;
                Ok(Db::Sqlite(connection))
            }
            DatabaseUrl::Postgres { url } => {
                let mut connection = diesel::PgConnection::establish(url)?;
                connection
                    .batch_execute("SET TIME ZONE 'UTC'; SET client_min_messages = warning")
                    .map_err(r2d2::Error::QueryError)?;
                Ok(Db::Postgres(connection))
            }
        }
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), r2d2::Error> {
        db.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        db.is_broken()
    }
}

/// A pool without a ping at checkout: a broken connection shows itself by its first query.
pub fn pool(url: &DatabaseUrl, size: u32) -> Result<Pool, StorageError> {
    Ok(r2d2::Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(std::time::Duration::from_secs(15))
        .build(Manager(url.clone()))?)
}

/// Asks the database for a sign of life.
pub fn ping(db: &mut Db) -> Result<(), StorageError> {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("1")).execute(db)?;
    Ok(())
}

/// Which rows a write keeps to itself: one county's, or those that belong to no county (accounts, counties).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lane(pub i32);

impl Lane {
    /// Users, roles, tokens and the list of counties.
    pub const REGISTRY: Self = Self(0);
}

/// First key of our advisory locks, so that other programs on the server keep theirs.
const LOCK_CLASS: i32 = 0x6469_7a68;

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

type Transactions = <Db as Connection>::TransactionManager;

impl Db {
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Runs `work` on one unchanging state of the database.
    pub fn read<T, E: From<diesel::result::Error>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Postgres(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            }
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
        }
        self.finish(work)
    }

    /// Runs `work` as the only writer of the lane (on SQLite: of the database), all of it or none.
    pub fn write<T, E: From<diesel::result::Error>>(
        &mut self,
        lane: Lane,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Postgres(c) => {
                let begin = format!("BEGIN; SELECT pg_advisory_xact_lock({LOCK_CLASS}, {})", lane.0);
                AnsiTransactionManager::begin_transaction_sql(c, &begin)?;
            }
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        }
        self.finish(work)
    }

    /// Runs `work` inside a transaction that is open, so that it alone can fail and leave nothing behind.
    pub fn savepoint<T, E: From<diesel::result::Error>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        Transactions::begin_transaction(self)?;
        self.finish(work)
    }

    fn finish<T, E: From<diesel::result::Error>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match work(self) {
            Ok(value) => {
                Transactions::commit_transaction(self)?;
                Ok(value)
            }
            Err(error) => {
                // The first error tells why; one of the rollback only adds that the connection is gone.
                drop(Transactions::rollback_transaction(self));
                Err(error)
            }
        }
    }

    /// Tells PostgreSQL what many new rows look like: until it looks by itself, it would plan for the old tables.
    /// SQLite goes by its indexes.
    pub fn analyze(&mut self, tables: &[&str]) -> Result<(), StorageError> {
        if let Self::Postgres(c) = self {
            c.batch_execute(&format!("ANALYZE {}", tables.join(", ")))?;
        }
        Ok(())
    }

    /// Whether the schema is the one of this program.
    pub fn is_current(&mut self) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
        let is_behind = match self {
            Self::Postgres(c) => c.has_pending_migration(POSTGRES)?,
            Self::Sqlite(c) => c.has_pending_migration(SQLITE)?,
        };
        Ok(!is_behind)
    }

    /// Brings the schema up to date. Two processes that start together wait for each other.
    pub fn migrate(&mut self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.write(Lane::REGISTRY, |db| {
            match db {
                Self::Postgres(c) => c.run_pending_migrations(POSTGRES).map(drop),
                Self::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
            }
            .map_err(MigrationError::Migration)
        })
        .map_err(|error| match error {
            MigrationError::Migration(error) => error,
            MigrationError::Database(error) => error.into(),
        })
    }
}

enum MigrationError {
    Migration(Box<dyn std::error::Error + Send + Sync>),
    Database(diesel::result::Error),
}

impl From<diesel::result::Error> for MigrationError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

/// Runs a statement that diesel cannot express over both databases at once (bulk inserts, upserts) on the
/// inner connection. `each!(db, c => insert_into(t).values(rows).execute(c))`
macro_rules! each {
    ($db:expr, $connection:ident => $statement:expr) => {
        match $db {
            $crate::storage::db::Db::Postgres($connection) => $statement,
            $crate::storage::db::Db::Sqlite($connection) => $statement,
        }
    };
}
pub(crate) use each;

/// A write whose text is the same every time, so that the connection keeps it prepared.
///
/// diesel parses inserts with conflicts and every update anew, since their columns may vary from one call to
/// the next; here they do not. Half of the time of a small write is saved.
pub struct Prepared<Q>(pub Q);

impl<DB: Backend, Q: QueryFragment<DB>> QueryFragment<DB> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _backend: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    // The statement is looked up by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q, C> diesel::RunQueryDsl<C> for Prepared<Q> {}

/// Upserts rows: all of a batch in one statement on PostgreSQL; one by one on SQLite, where diesel knows no
/// batch with `ON CONFLICT` and a statement costs no journey.
macro_rules! upsert_rows {
    ($db:expr, $rows:expr, |$values:ident| $statement:expr) => {
        match $db {
            $crate::storage::db::Db::Postgres(connection) => {
                for batch in $rows.chunks($crate::storage::db::BATCH) {
                    // One row or a pair keeps its prepared statement; a batch of any size is parsed anew each time.
                    if let [$values] = batch {
                        $crate::storage::db::Prepared($statement).execute(&mut *connection)?;
                    } else if let Some($values) = batch.as_array::<2>() {
                        $crate::storage::db::Prepared($statement).execute(&mut *connection)?;
                    } else {
                        let $values = batch;
                        $statement.execute(&mut *connection)?;
                    }
                }
            }
            $crate::storage::db::Db::Sqlite(connection) => {
                for $values in $rows.iter() {
                    $crate::storage::db::Prepared($statement).execute(&mut *connection)?;
                }
            }
        }
    };
}
pub(crate) use upsert_rows;

/// Inserts those rows whose keys are not there yet.
///
/// `INSERT OR IGNORE`, the one batch of the kind that diesel knows for SQLite, would pass over other faults too: it is for rows
/// that have every value.
macro_rules! insert_missing_rows {
    ($db:expr, $table:expr, $rows:expr) => {{
        let rows = &$rows;
        match &mut *$db {
            $crate::storage::db::Db::Postgres(c) => {
                for batch in rows.chunks($crate::storage::db::BATCH) {
                    // One row keeps its prepared statement; a batch of any size is parsed anew each time.
                    if let [row] = batch {
                        let insert = ::diesel::insert_into($table).values(row).on_conflict_do_nothing();
                        $crate::storage::db::Prepared(insert).execute(c)?;
                    } else {
                        ::diesel::insert_into($table).values(batch).on_conflict_do_nothing().execute(c)?;
                    }
                }
            }
            $crate::storage::db::Db::Sqlite(c) => {
                let (batches, rest) = rows.as_chunks::<{ $crate::storage::db::STATEMENT_ROWS }>();
                for batch in batches {
                    ::diesel::insert_or_ignore_into($table).values(batch).execute(c)?;
                }
                for row in rest {
                    ::diesel::insert_or_ignore_into($table).values(row).execute(c)?;
                }
            }
        }
    }};
}
pub(crate) use insert_missing_rows;

/// Inserts the rows of a vector: streamed by COPY on PostgreSQL if they are many, by prepared batches on SQLite.
///
/// The row type says `treat_none_as_default_value = false`: else COPY does not take it, nor does SQLite keep the statement.
macro_rules! insert_rows {
    ($db:expr, $table:expr, $rows:expr) => {{
        let rows = &$rows;
        match &mut *$db {
            $crate::storage::db::Db::Postgres(c) if rows.len() > $crate::storage::db::COPY_FROM => {
                ::diesel::copy_from($table).from_insertable(rows).execute(c)?;
            }
            $crate::storage::db::Db::Postgres(c) => {
                for batch in rows.chunks($crate::storage::db::BATCH) {
                    ::diesel::insert_into($table).values(batch).execute(c)?;
                }
            }
            $crate::storage::db::Db::Sqlite(c) => {
                // Arrays of one length have one statement, which stays prepared; slices are parsed anew each time.
                let (batches, rest) = rows.as_chunks::<{ $crate::storage::db::STATEMENT_ROWS }>();
                for batch in batches {
                    ::diesel::insert_into($table).values(batch).execute(c)?;
                }
                for row in rest {
                    ::diesel::insert_into($table).values(row).execute(c)?;
                }
            }
        }
    }};
}
pub(crate) use insert_rows;

/// Rows of one prepared insert on SQLite, which binds at most 32766 values; the widest table has 24 columns.
pub const STATEMENT_ROWS: usize = 50;

/// Rows from which on PostgreSQL's COPY is worth its own round trips.
pub const COPY_FROM: usize = 50;

/// Rows of one bulk insert on PostgreSQL.
pub const BATCH: usize = 1000;
