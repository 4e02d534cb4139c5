//! The two trees of migrations, the schema diesel knows and the tables there are: all the same.

use std::collections::BTreeMap;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use dizhang::storage::db::Db;

use crate::databases;
use crate::support::both;

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Tables whose rows are never changed or removed.
const APPEND_ONLY: &[&str] = &[
    "account_event",
    "attachment",
    "closed_month",
    "feature_geometry",
    "journal",
    "plot_attribute",
    "policy_overlay",
    "proposal_event",
    "voucher",
    "voucher_line",
];

/// Table → column → (type, may be null).
type Tables = BTreeMap<String, BTreeMap<String, (String, bool)>>;

/// The tables as `schema.rs` declares them.
fn declared() -> Tables {
    let mut tables = Tables::new();
    let mut table = None;
    for line in include_str!("../../src/storage/schema.rs").lines() {
        let line = line.trim();
        if let Some((column, kind)) = line.split_once(" -> ") {
            let kind = kind.trim_end_matches(',');
            let (kind, is_null) = match kind.strip_prefix("Nullable<") {
                Some(inner) => (inner.trim_end_matches('>'), true),
                None => (kind, false),
            };
            let table: &String = table.as_ref().unwrap();
            tables.entry(table.clone()).or_default().insert(column.to_owned(), (kind.to_owned(), is_null));
        } else if let Some((name, _)) = line.split_once(" (").filter(|(_, rest)| rest.ends_with(") {")) {
            table = Some(name.to_owned());
        }
    }
    assert!(tables.len() > 20, "{tables:?}");
    tables
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_null: bool,
}

/// The tables as the database tells.
fn existing(db: &mut Db) -> Tables {
    let question = if db.is_sqlite() {
        "SELECT t.name AS table_name, c.name AS column_name, c.type AS kind, c.\"notnull\" = 0 AS is_null
         FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'
         AND t.name NOT LIKE 'sqlite%'"
    } else {
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text || coalesce(' ' || c.collation_name, '') AS kind,
         c.is_nullable = 'YES' AS is_null FROM information_schema.columns c
         JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
         AND c.table_name NOT LIKE '\\_\\_%' AND c.table_name <> 'spatial_ref_sys'"
    };
    let columns: Vec<Column> = match db {
        Db::Postgres(c) => diesel::sql_query(question).load(c).unwrap(),
        Db::Sqlite(c) => diesel::sql_query(question).load(c).unwrap(),
    };
    let mut tables = Tables::new();
    for column in columns {
        tables.entry(column.table_name).or_default().insert(column.column_name, (column.kind, column.is_null));
    }
    tables
}

/// How a type of diesel rests: text is compared byte by byte on PostgreSQL as on SQLite.
fn at_rest(kind: &str, is_sqlite: bool) -> &'static str {
    match (kind, is_sqlite) {
        ("Integer" | "BigInt" | "Bool", true) => "INTEGER",
        ("Text" | "Date" | "Timestamp", true) => "TEXT",
        ("Binary", true) => "BLOB",
        ("Integer", false) => "integer",
        ("BigInt", false) => "bigint",
        ("Bool", false) => "boolean",
        ("Text", false) => "text C",
        ("Date", false) => "date",
        ("Timestamp", false) => "timestamp without time zone",
        ("Binary", false) => "bytea",
        _ => panic!("{kind} is not a type both databases hold exactly"),
    }
}

#[test]
fn both_trees_of_migrations_carry_the_same_names() {
    let names = |tree: &str| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(tree);
        let mut names: Vec<String> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                assert!(path.join("up.sql").exists() && path.join("down.sql").exists(), "{}", path.display());
                path.file_name().unwrap().to_str().unwrap().to_owned()
            })
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("postgres"), names("sqlite"));
}

#[test]
fn tables_columns_and_nullability_are_those_of_the_schema_on_both_databases() {
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let is_sqlite = db.is_sqlite();
        let mut wanted = declared();
        for (kind, _) in wanted.values_mut().flat_map(BTreeMap::values_mut) {
            *kind = at_rest(kind, is_sqlite).to_owned();
        }
        let existing = existing(db);
        for (table, columns) in &wanted {
            assert_eq!(existing.get(table), Some(columns), "{table}");
        }
        assert_eq!(existing.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    });
}

#[test]
fn every_column_of_every_table_can_be_selected_on_both_databases() {
    macro_rules! select_all {
        ($db:expr; $($table:ident),* $(,)?) => {{
            use dizhang::storage::schema;
            $( schema::$table::table.select(schema::$table::all_columns).execute($db).unwrap(); )*
            [$( stringify!($table) ),*]
        }};
    }
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let selected = select_all!(db;
            account_event, api_token, app_user, approval, attachment, balance, closed_month, county_state,
            feature_geometry, journal, parcel, person, plot, plot_attribute, plot_project, policy_overlay, project,
            proposal, proposal_event, role_grant, township, voucher, voucher_line, voucher_note,
        );
        assert_eq!(selected.to_vec(), declared().into_keys().collect::<Vec<_>>(), "a table is missing in this test");
    });
}

#[test]
fn the_schema_goes_up_down_and_up_again() {
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let before = existing(db);
        let reverted = match &mut *db {
            Db::Postgres(c) => c.revert_all_migrations(POSTGRES),
            Db::Sqlite(c) => c.revert_all_migrations(SQLITE),
        };
        assert!(!reverted.unwrap().is_empty());
        assert_eq!(existing(db), Tables::new(), "what `up` makes, `down` removes");
        db.migrate().unwrap();
        assert_eq!(existing(db), before);
        db.migrate().unwrap();
    });
}

#[test]
fn rows_that_are_only_added_are_neither_changed_nor_removed_by_any_statement() {
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let is_sqlite = db.is_sqlite();
        if is_sqlite {
            db.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
        } else {
            db.batch_execute("SET session_replication_role = replica").unwrap();
        }
        let tables = declared();
        for table in APPEND_ONLY {
            let columns = &tables[*table];
            let names = columns.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let value = |(kind, _): &(String, bool)| match (kind.as_str(), is_sqlite) {
                ("Bool", false) => "false",
                ("Integer" | "BigInt" | "Bool", _) => "1",
                ("Date" | "Timestamp", _) => "'2026-01-01'",
                ("Binary", true) => "x'00'",
                _ => "'x'",
            };
            let values = columns.values().map(value).collect::<Vec<_>>().join(", ");
            db.batch_execute(&format!("INSERT INTO {table} ({names}) VALUES ({values})")).unwrap();
        }
        if !is_sqlite {
            db.batch_execute("SET session_replication_role = origin").unwrap();
        }
        for table in APPEND_ONLY {
            let columns = &tables[*table];
            let first = columns.keys().next().unwrap();
            let names = columns.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let mut statements = vec![
                format!("UPDATE {table} SET {first} = {first}"),
                format!("DELETE FROM {table}"),
                format!("DELETE FROM {table} WHERE {first} IS NOT NULL"),
            ];
            if is_sqlite {
                statements.push(format!("REPLACE INTO {table} ({names}) SELECT {names} FROM {table}"));
            } else {
                statements.push(format!("TRUNCATE {table} CASCADE"));
                statements.push(format!(
                    "INSERT INTO {table} ({names}) SELECT {names} FROM {table} ON CONFLICT ON CONSTRAINT {table}_pkey
                     DO UPDATE SET {first} = excluded.{first}"
                ));
            }
            for statement in statements {
                let error = db.batch_execute(&statement).expect_err(&statement).to_string();
                assert!(error.contains("append-only"), "{statement}: {error}");
            }
        }
    });
}

#[test]
fn two_programs_that_start_at_once_on_an_empty_database_both_find_it_ready() {
    databases::each(|fresh| {
        {
            let db = &mut *fresh.pool.get().unwrap();
            match db {
                Db::Postgres(c) => drop(c.revert_all_migrations(POSTGRES).unwrap()),
                Db::Sqlite(c) => drop(c.revert_all_migrations(SQLITE).unwrap()),
            }
        }
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let pool = dizhang::storage::db::pool(&fresh.url.parse().unwrap(), 2).unwrap();
                    pool.get().unwrap().migrate().unwrap();
                });
            }
        });
        assert_eq!(existing(&mut fresh.pool.get().unwrap()).len(), declared().len());
    });
}
