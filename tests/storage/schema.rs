//! One schema on two databases: the migrations, what the databases say of their tables, and `schema.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use dizhang::storage::db::Db;

use crate::support::both;

/// Tables whose rows nothing changes or removes.
const APPEND_ONLY: &[&str] = &[
    "account_event",
    "attachment",
    "attachment_subject",
    "closed_month",
    "demand_opinion",
    "precheck",
    "reference_table",
    "contract_event",
    "contract_version",
    "encumbrance",
    "encumbrance_event",
    "feature_geometry",
    "holding_land",
    "idle_case",
    "idle_case_event",
    "idle_case_plot",
    "idle_case_step",
    "journal",
    "land_polygon",
    "monitoring_snapshot",
    "monitoring_supply",
    "plot_attribute",
    "plot_overlap",
    "plot_progress",
    "policy_overlay",
    "frozen_base_plot",
    "issued_report",
    "paper_issue",
    "paper_number",
    "paper_number_void",
    "paper_scan",
    "paper_settings",
    "paper_void",
    "price_base_event",
    "proposal_event",
    "reconciliation_note",
    "sign_in_event",
    "voucher",
    "voucher_line",
    "worklist_event",
];

/// Tables whose rows the others refer to.
const PARENTS: &[&str] = &["county_state", "app_user", "paper"];

/// Tables whose rows change: the newest state of something, or what may be erased.
const CHANGING: &[&str] = &[
    "announcement",
    "demand",
    "idle_case_proposal",
    "idle_case_state",
    "precheck_contact",
    "precheck_source",
    "api_token",
    "app_user",
    "approval",
    "balance",
    "contract",
    "contract_due",
    "contract_parcel",
    "contract_person",
    "county_state",
    "encumbrance_party",
    "feature",
    "feature_state",
    "measure_contact",
    "paper",
    "parcel",
    "password",
    "password_secret",
    "person",
    "plot",
    "plot_measure",
    "plot_project",
    "frozen_base",
    "price_base",
    "project",
    "proposal",
    "role_grant",
    "session",
    "sign_in_failure",
    "township",
    "voucher_note",
];

/// A column: its name, its type in the words of `schema.rs`, whether it may be empty.
type Column = (String, String, bool);
type Tables = BTreeMap<String, Vec<Column>>;

/// The tables as `schema.rs` declares them.
fn declared() -> Tables {
    let mut tables = Tables::new();
    for part in include_str!("../../src/storage/schema.rs").split("diesel::table! {").skip(1) {
        let mut lines = part.lines().map(str::trim).filter(|line| !line.is_empty());
        let name = lines.next().unwrap().split(' ').next().unwrap();
        let columns = lines.map_while(|line| {
            let (column, kind) = line.trim_end_matches(',').split_once(" -> ")?;
            let inner = kind.strip_prefix("Nullable<").map(|kind| kind.trim_end_matches('>'));
            Some((column.to_owned(), inner.unwrap_or(kind).to_owned(), inner.is_some()))
        });
        tables.insert(name.to_owned(), columns.collect());
    }
    tables
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    nullable: String,
}

/// The tables as the database knows them, without what serves its spatial index: the R*Tree, PostGIS's own table and
/// the column it makes itself.
fn asked(db: &mut Db) -> Tables {
    let query = if db.is_sqlite() {
        "SELECT m.name AS of, c.name AS name, c.type AS kind, \
         CASE WHEN c.\"notnull\" = 1 THEN 'NO' ELSE 'YES' END AS nullable \
         FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%' \
         AND m.name NOT LIKE 'feature\\_box%' ESCAPE '\\' \
         ORDER BY m.name, c.cid"
    } else {
        "SELECT table_name::text AS of, column_name::text AS name, data_type::text AS kind, is_nullable::text AS nullable \
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_\\_%' \
         AND table_name <> 'spatial_ref_sys' AND is_generated = 'NEVER' \
         ORDER BY table_name, ordinal_position"
    };
    let mut tables = Tables::new();
    for found in diesel::sql_query(query).load::<Found>(db).unwrap() {
        tables.entry(found.of).or_default().push((found.name, found.kind, found.nullable == "YES"));
    }
    tables
}

/// The database's type for a type of `schema.rs`.
fn at_rest(kind: &str, is_sqlite: bool) -> &'static str {
    match (kind, is_sqlite) {
        ("Integer" | "BigInt" | "Bool", true) => "INTEGER",
        ("Text" | "Timestamp" | "Date", true) => "TEXT",
        ("Binary", true) => "BLOB",
        ("Integer", false) => "integer",
        ("BigInt", false) => "bigint",
        ("Bool", false) => "boolean",
        ("Text", false) => "text",
        ("Timestamp", false) => "timestamp without time zone",
        ("Date", false) => "date",
        ("Binary", false) => "bytea",
        other => panic!("no type at rest for {other:?}"),
    }
}

fn migrations(is_sqlite: bool) -> FileBasedMigrations {
    let tree = if is_sqlite { "migrations/sqlite" } else { "migrations/postgres" };
    FileBasedMigrations::from_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(tree)).unwrap()
}

#[test]
fn the_two_trees_of_migrations_have_the_same_names() {
    let names = |tree: &str| -> BTreeSet<String> {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(tree);
        let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
        let mut names = BTreeSet::new();
        for entry in entries {
            let name = entry.file_name().into_string().unwrap();
            for file in ["up.sql", "down.sql"] {
                assert!(entry.path().join(file).exists(), "{tree}/{name}/{file}");
            }
            names.insert(name);
        }
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn both_databases_have_the_tables_that_schema_rs_declares() {
    let declared = declared();
    assert!(declared.len() > 20);
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let is_sqlite = db.is_sqlite();
        let asked = asked(db);
        let names = |tables: &Tables| tables.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&asked), names(&declared));
        for (table, columns) in &declared {
            let wanted: Vec<Column> = columns
                .iter()
                .map(|(name, kind, nullable)| (name.clone(), at_rest(kind, is_sqlite).to_owned(), *nullable))
                .collect();
            assert_eq!(asked[table], wanted, "{table}");
            // And they can be read as declared.
            let list = columns.iter().map(|(name, ..)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
            db.batch_execute(&format!("SELECT {list} FROM {table}")).unwrap();
        }
    });
}

#[test]
fn text_is_ordered_by_bytes_on_postgres_and_tables_are_strict_on_sqlite() {
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let query = if db.is_sqlite() {
            "SELECT name AS of, '' AS name, '' AS kind, '' AS nullable FROM sqlite_master \
             WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' \
             AND name NOT LIKE 'feature\\_box%' ESCAPE '\\' AND sql NOT LIKE '%STRICT%'"
        } else {
            "SELECT table_name::text AS of, column_name::text AS name, '' AS kind, '' AS nullable \
             FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' \
             AND table_name NOT IN ('spatial_ref_sys', 'geometry_columns', 'geography_columns') \
             AND table_name NOT LIKE '\\_\\_%' AND collation_name IS DISTINCT FROM 'C'"
        };
        let odd = diesel::sql_query(query).load::<Found>(db).unwrap();
        let odd: Vec<String> = odd.into_iter().map(|found| format!("{} {}", found.of, found.name)).collect();
        assert_eq!(odd, Vec::<String>::new());
    });
}

#[test]
fn the_migrations_can_be_taken_back_and_made_again() {
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let before = asked(db);
        let trees = migrations(db.is_sqlite());
        match db {
            Db::Postgres(c) => drop(c.revert_all_migrations(trees).unwrap()),
            Db::Sqlite(c) => drop(c.revert_all_migrations(trees).unwrap()),
        }
        assert_eq!(asked(db), Tables::new(), "nothing is left");
        db.migrate().unwrap();
        assert_eq!(asked(db), before);
        db.migrate().unwrap();
    });
}

#[test]
fn programs_that_start_together_bring_the_schema_up_to_date_once() {
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let trees = migrations(db.is_sqlite());
        match db {
            Db::Postgres(c) => drop(c.revert_all_migrations(trees).unwrap()),
            Db::Sqlite(c) => drop(c.revert_all_migrations(trees).unwrap()),
        }
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| pool.get().unwrap().migrate().unwrap());
            }
        });
        assert_eq!(asked(db).len(), declared().len());
    });
}

/// A value that fits any column of the type.
fn literal(kind: &str, is_sqlite: bool) -> &'static str {
    match (kind, is_sqlite) {
        ("Integer" | "BigInt", _) | ("Bool", true) => "0",
        ("Bool", false) => "false",
        ("Text", _) => "'x'",
        ("Timestamp", _) => "'2026-01-01 00:00:00'",
        ("Date", _) => "'2026-01-01'",
        ("Binary", true) => "x'00'",
        ("Binary", false) => "'\\x00'",
        other => panic!("no value for {other:?}"),
    }
}

#[test]
fn every_table_either_changes_or_is_append_only() {
    let mut listed: Vec<&str> = APPEND_ONLY.iter().chain(CHANGING).copied().collect();
    listed.sort_unstable();
    let declared = declared();
    assert_eq!(declared.keys().map(String::as_str).collect::<Vec<_>>(), listed);
}

#[test]
fn append_only_tables_refuse_every_change_of_a_row() {
    let declared = declared();
    both(|pool| {
        let db = &mut *pool.get().unwrap();
        let is_sqlite = db.is_sqlite();
        let insert = |table: &str| {
            let columns = &declared[table];
            let names = columns.iter().map(|(name, ..)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
            let value = |(name, kind, _): &Column| match (name.as_str(), is_sqlite) {
                // PostGIS reads it.
                ("crs84_wkb", false) if table == "feature" => "'\\x010600000000000000'",
                _ => literal(kind, is_sqlite),
            };
            let values = columns.iter().map(value).collect::<Vec<_>>().join(", ");
            format!("INTO {table} ({names}) VALUES ({values})")
        };
        // What the others refer to.
        for table in PARENTS {
            db.batch_execute(&format!("INSERT {}", insert(table))).unwrap();
        }
        for table in APPEND_ONLY {
            db.batch_execute(&format!("INSERT {}", insert(table))).unwrap();
            let column = &declared[*table][0].0;
            let mut changes = vec![
                format!("UPDATE {table} SET \"{column}\" = \"{column}\""),
                format!("UPDATE {table} SET \"{column}\" = \"{column}\" WHERE false"),
                format!("DELETE FROM {table}"),
            ];
            if is_sqlite {
                // Nothing happens to no row.
                changes.remove(1);
                changes.push(format!("INSERT OR REPLACE {}", insert(table)));
            } else {
                changes.push(format!("TRUNCATE {table}"));
                changes.push(format!("TRUNCATE {table} CASCADE"));
            }
            for change in changes {
                let error = db.batch_execute(&change).expect_err(&change).to_string();
                let is_kept = error.contains(&format!("{table} is append-only"));
                // PostgreSQL itself keeps a table that others refer to; with CASCADE one of those may refuse first.
                let is_referred_to = if change.ends_with("CASCADE") {
                    error.contains("is append-only")
                } else {
                    change.starts_with("TRUNCATE") && error.contains("cannot truncate a table referenced")
                };
                assert!(is_kept || is_referred_to, "{change}: {error}");
            }
        }
        for table in CHANGING.iter().filter(|table| !PARENTS.contains(table)) {
            db.batch_execute(&format!("INSERT {}", insert(table))).unwrap();
            let column = &declared[*table][0].0;
            db.batch_execute(&format!("UPDATE {table} SET \"{column}\" = \"{column}\"")).unwrap();
        }
    });
}
