//! Backups: taken while others write, proved, restored under another name, and never over anything.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dizhang::storage::db;
use dizhang::storage::schema::{password_secret, session, voucher};

use crate::support::*;

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dizhang-backup-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// What lies in it; nothing half may stay behind.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn succeeds(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

#[track_caller]
fn fails(output: Output, with: &str) {
    assert!(!output.status.success() && said(&output).contains(with), "{}", said(&output));
}

fn is_sqlite(office: &Office) -> bool {
    office.database(|db| db.is_sqlite())
}

fn vouchers(path: &str) -> i64 {
    let pool = db::pool(&format!("sqlite:{path}").parse().unwrap(), 1).unwrap();
    voucher::table.count().first(&mut *pool.get().unwrap()).unwrap()
}

#[test]
fn a_backup_taken_while_writes_go_on_is_whole_and_comes_back_under_another_name() {
    both(|office| {
        if !is_sqlite(office) {
            return fails(office.command(&["backup", "--to", "x"]), "pg_dump");
        }
        let folder = Folder::new("writes");
        let backups: Vec<String> = (0..3).map(|n| folder.file(&format!("backup-{n}"))).collect();
        let is_over = AtomicBool::new(false);
        let carried = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut carried = 0;
                for plot in 1..=PLOTS {
                    office.carry(&approve(&format!("a{plot}"), plot));
                    office.carry(&supply(&format!("s{plot}"), plot, "2021-03-01", "100"));
                    carried += 2;
                    if is_over.load(Ordering::Relaxed) && carried >= 8 {
                        break;
                    }
                }
                carried
            });
            for backup in &backups {
                let told = succeeds(office.command(&["backup", "--to", backup]));
                assert!(told.contains("the ledger is whole") && !told.contains("FAULT"), "{told}");
            }
            is_over.store(true, Ordering::Relaxed);
            writer.join().unwrap()
        });
        assert_eq!(folder.names(), ["backup-0", "backup-1", "backup-2"], "and nothing beside them");
        let counts: Vec<i64> = backups.iter().map(|backup| vouchers(backup)).collect();
        assert!(counts.is_sorted() && counts[2] <= carried, "{counts:?} of {carried}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&backups[0]).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "personal data are for the owner alone");
        }

        // The one before is never written over, nor is the living database.
        fails(office.command(&["backup", "--to", &backups[0]]), "is not written over");
        fails(office.command(&["restore", "--from", &backups[0]]), "is not written over");

        let restored = folder.file("restored.db");
        let database = format!("sqlite:{restored}");
        office.database(|db| {
            diesel::insert_into(password_secret::table)
                .values((
                    password_secret::user_id.eq(1_i64),
                    password_secret::secret_sha256.eq(vec![0_u8; 32]),
                    password_secret::created_at.eq(instant("2021-01-01T00:00:00")),
                    password_secret::expires_at.eq(instant("2149-01-01T00:00:00")),
                ))
                .execute(db)
                .unwrap()
        });
        let last = folder.file("last");
        succeeds(office.command(&["backup", "--to", &last]));
        succeeds(office.command(&["restore", "--from", &last, "--database", &database]));
        let told = succeeds(office.command(&["verify", "--county", COUNTY, "--database", &database]));
        assert!(told.contains("the ledger is whole") && told.contains(&format!("{carried} vouchers")), "{told}");
        let pool = db::pool(&database.parse().unwrap(), 1).unwrap();
        let db = &mut *pool.get().unwrap();
        let open: i64 = session::table.filter(session::ended_at.is_null()).count().first(db).unwrap();
        let secrets: i64 = password_secret::table.count().first(db).unwrap();
        assert_eq!((open, secrets), (0, 0), "what was ended since does not come alive again");
        let still_open: i64 =
            office.database(|db| session::table.filter(session::ended_at.is_null()).count().first(db).unwrap());
        assert!(still_open > 0, "the database that was copied is as it was");
    });
}

#[test]
fn what_is_damaged_tampered_with_or_no_backup_is_not_restored() {
    both(|office| {
        if !is_sqlite(office) {
            return fails(office.command(&["restore", "--from", "x"]), "pg_restore");
        }
        let folder = Folder::new("damage");
        for plot in 1..=3 {
            office.carry(&approve(&format!("a{plot}"), plot));
        }
        let good = folder.file("good");
        succeeds(office.command(&["backup", "--to", &good]));
        let restored = format!("sqlite:{}", folder.file("restored.db"));
        let restore = |from: &str| office.command(&["restore", "--from", from, "--database", &restored]);

        fails(restore(&folder.file("nothing")), "nothing");
        let text = folder.file("text");
        std::fs::write(&text, "no database at all, though long enough to look like one".repeat(100)).unwrap();
        fails(restore(&text), "is no backup");

        let torn = folder.file("torn");
        let mut bytes = std::fs::read(&good).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 8192].fill(0x5a);
        std::fs::write(&torn, &bytes).unwrap();
        assert!(!restore(&torn).status.success());

        // Somebody edits a voucher in a copy: SQLite finds nothing wrong with it, the chain does.
        let edited = folder.file("edited");
        std::fs::copy(&good, &edited).unwrap();
        {
            let pool = db::pool(&format!("sqlite:{edited}").parse().unwrap(), 1).unwrap();
            let db = &mut *pool.get().unwrap();
            db.batch_execute(
                "DROP TRIGGER voucher_no_update; UPDATE voucher SET effective_on = '2020-01-02' WHERE seq = 2; \
                 PRAGMA journal_mode = DELETE",
            )
            .unwrap();
        }
        fails(restore(&edited), "is not whole");

        assert!(!Path::new(&folder.file("restored.db")).exists());
        assert_eq!(folder.names(), ["edited", "good", "text", "torn"], "nothing half is left");
        succeeds(restore(&good));
    });
}
