//! `dizhang backup` and `dizhang restore`: a proved copy of an SQLite database, and a database from such a copy.
//!
//! Neither writes over anything, and neither leaves half a file: what is written gets its name when it is proved.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tempfile::{NamedTempFile, TempDir};

use crate::app::clock::{Clock as _, SystemClock};
use crate::app::error::AppError;
use crate::app::features;
use crate::app::sessions::end_everywhere;
use crate::cli::verify::prove;
use crate::cli::{CliError, Database};
use crate::storage::db::{self, DatabaseUrl, Db, Lane};
use crate::storage::{backup, county};

#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    database: Database,
    /// 备份文件,不得已存在 / the file to write, which must not be there yet
    #[arg(long)]
    to: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// 备份文件 / the backup
    #[arg(long)]
    from: PathBuf,
    /// 新数据库,不得已存在 / the new database, which must not be there yet
    #[command(flatten)]
    database: Database,
}

impl Backup {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let DatabaseUrl::Sqlite { path } = &self.database.database else {
            return Err("PostgreSQL 请用 pg_dump 备份,见 docs/operations.md / back a PostgreSQL database up with pg_dump, see docs/operations.md".into());
        };
        // SQLite would make a database of any name.
        File::open(path).map_err(|error| format!("{path}: {error}"))?;
        absent(&self.to)?;
        let copy = beside(&self.to)?;
        // The database is read as it is: an update of the program is the very time for a backup.
        backup::copy_into(&mut *db::pool(&self.database.database, 1)?.get()?, utf8(copy.file.path())?)?;
        let is_whole = {
            let pool = db::pool(&DatabaseUrl::Sqlite { path: utf8(copy.file.path())?.to_owned() }, 1)?;
            let db = &mut *pool.get()?;
            let is_whole = is_sound(db)? && if db.is_current()? { is_whole(db)? } else { unproved() };
            backup::settle(db)?;
            is_whole
        };
        if !is_whole {
            // It is kept, for there may be no better one, under the name that was asked for.
            println!("备份已写入,但数据库本身有损 / the backup was written, but the database itself is NOT whole");
        }
        keep(copy, &self.to)?;
        println!("{}", self.to.display());
        Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Restore {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let DatabaseUrl::Sqlite { path } = &self.database.database else {
            return Err("PostgreSQL 请用 pg_restore 恢复,见 docs/operations.md / restore a PostgreSQL database with pg_restore, see docs/operations.md".into());
        };
        let target = Path::new(path);
        for name in [target.to_owned(), format!("{path}-wal").into(), format!("{path}-journal").into()] {
            absent(&name)?;
        }
        let mut copy = beside(target)?;
        let shown = self.from.display();
        let mut from = File::open(&self.from).map_err(|error| format!("{shown}: {error}"))?;
        std::io::copy(&mut from, copy.file.as_file_mut())?;
        if !begins_like_one(&self.from)? {
            return Err(format!("{shown} 不是备份 / is no backup").into());
        }
        {
            // One connection alone: while there are two, what was written ahead cannot be settled.
            let pool = db::pool(&DatabaseUrl::Sqlite { path: utf8(copy.file.path())?.to_owned() }, 1)?;
            if !is_sound(&mut *pool.get()?)? {
                return Err(format!("{shown} 已损坏,未恢复 / is damaged; nothing was restored").into());
            }
            pool.get()?.migrate()?;
            features::render_outdated(&pool)?;
            let db = &mut *pool.get()?;
            if !is_whole(db)? {
                return Err(format!("{shown} 核验未通过,未恢复 / is not whole; nothing was restored").into());
            }
            let now = SystemClock.now();
            let ended = db.write(Lane::REGISTRY, |db| end_everywhere(db, now))?;
            println!("{ended} sessions ended");
            backup::settle(db)?;
        }
        keep(copy, target)?;
        println!(
            "{path} 已恢复;备份之后吊销的令牌又有效,请逐一检查 / restored; tokens that were revoked after the backup are valid again, look through them"
        );
        Ok(ExitCode::SUCCESS)
    }
}

/// Refuses a name that is taken.
fn absent(path: &Path) -> Result<(), CliError> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
        Ok(_) => {
            let path = path.display();
            Err(format!(
                "{path} 已存在,不予覆盖;请另取文件名 / is there already and is not written over; take another name"
            )
            .into())
        }
    }
}

/// An empty file on the same disk, in a folder of its own, which is gone if nothing comes of it.
///
/// A folder, for SQLite keeps files beside a database that is open, and a pool closes its connections when it pleases.
struct Draft {
    // Dropped in this order.
    file: NamedTempFile,
    _folder: TempDir,
}

fn beside(path: &Path) -> Result<Draft, CliError> {
    let beside = folder_of(path);
    let named = |error| format!("{}: {error}", beside.display());
    let folder = tempfile::Builder::new().prefix(".dizhang-").suffix(".part").tempdir_in(beside).map_err(named)?;
    let file = NamedTempFile::new_in(folder.path()).map_err(named)?;
    Ok(Draft { file, _folder: folder })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn utf8(path: &Path) -> Result<&str, CliError> {
    path.to_str().ok_or_else(|| format!("{}: 路径应为 UTF-8 / a path in UTF-8 is expected", path.display()).into())
}

/// Gives the file its name, if nobody has taken it meanwhile, and waits until the disk has it.
fn keep(copy: Draft, path: &Path) -> Result<(), CliError> {
    copy.file.as_file().sync_all()?;
    copy.file.persist_noclobber(path).map_err(|error| format!("{}: {}", path.display(), error.error))?;
    #[cfg(unix)]
    File::open(folder_of(path))?.sync_all()?;
    Ok(())
}

/// Whether a file begins as every SQLite database does.
fn begins_like_one(path: &Path) -> Result<bool, CliError> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut head)?;
    Ok(head == MAGIC)
}

/// Whether SQLite finds the file sound.
fn is_sound(db: &mut Db) -> Result<bool, CliError> {
    let flaws = backup::flaws(db)?;
    for flaw in &flaws {
        println!("FAULT: {flaw}");
    }
    Ok(flaws.is_empty())
}

/// Whether every county is whole.
fn is_whole(db: &mut Db) -> Result<bool, CliError> {
    let counties = db.read(|db| Ok::<_, AppError>(county::all(db)?))?;
    let mut is_whole = true;
    for county in counties {
        println!("{} {}", county.county, county.name);
        is_whole &= prove(db, county.county)?;
    }
    Ok(is_whole)
}

/// A copy in the form of an older program is whole as far as SQLite can say.
fn unproved() -> bool {
    println!("由旧版程序建立,账链在恢复时核验 / made by an older program: its chain is proved when it is restored");
    true
}
