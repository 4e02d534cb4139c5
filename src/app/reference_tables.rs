//! 县级数据表: loaded as bodies or as sheets, read by the day.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{entry, known_county};
use crate::app::sheets::{SheetImport, bodies};
use crate::domain::finding::Citation;
use crate::domain::input::{FieldError, Input};
use crate::domain::record::Collection;
use crate::domain::reference::{CountyTables, Industry, ReferenceTable, Rows, TableKind};
use crate::domain::region::County;
use crate::domain::text::text;
use crate::formats::sheet::{BookKind, Table, nouns};
use crate::storage::db::{Db, Lane, StorageError};
pub use crate::storage::reference::{StoredTable, TableHead};
use crate::storage::{journal, reference};

/// What a version says of itself.
#[derive(Debug, Clone)]
pub struct TableWish {
    pub in_force: chrono::NaiveDate,
    pub citation: Citation,
    pub verified: bool,
    pub reason: String,
}

/// What the journal keeps of a version: its rows lie in the table, which is never changed.
#[derive(serde::Serialize)]
struct Facts {
    kind: TableKind,
    in_force: chrono::NaiveDate,
    rows: usize,
    digest: String,
    reason: String,
}

/// The versions that hold on a day.
pub(crate) fn on(db: &mut Db, county: County, day: chrono::NaiveDate) -> Result<CountyTables, StorageError> {
    let mut held: Vec<(TableKind, chrono::NaiveDate, i64)> = Vec::new();
    for head in reference::heads(db, county)?.into_iter().filter(|head| head.in_force <= day) {
        match held.iter_mut().find(|(kind, ..)| *kind == head.kind) {
            Some(known) if known.1 <= head.in_force => *known = (head.kind, head.in_force, head.n),
            Some(_) => {}
            None => held.push((head.kind, head.in_force, head.n)),
        }
    }
    let ns: Vec<i64> = held.into_iter().map(|(_, _, n)| n).collect();
    let stored = reference::by_ns(db, county, &ns)?;
    Ok(CountyTables::on(stored.into_iter().map(|stored| stored.table).collect(), day))
}

impl App {
    /// Appends a version.
    pub fn add_reference_table(
        &self,
        caller: &Caller,
        county: County,
        wish: TableWish,
        rows: Rows,
    ) -> Result<StoredTable, AppError> {
        let faults: Vec<FieldError> = rows
            .faults()
            .into_iter()
            .take(200)
            .map(|(at, message)| {
                let pointer = at.map_or_else(|| "/rows".to_owned(), |at| format!("/rows/{at}"));
                FieldError { pointer, value: None, message }
            })
            .collect();
        if !faults.is_empty() {
            return Err(AppError::Fields(faults));
        }
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let n = reference::last(db, county)? + 1;
            let TableWish { in_force, citation, verified, reason } = wish;
            let table = ReferenceTable { n, in_force, citation, verified, rows };
            let stored = StoredTable { table, reason, recorded_by: stamp.user, recorded_at: stamp.now };
            reference::insert(db, county, &stored)?;
            let used = stored.table.used();
            let facts = Facts {
                kind: used.kind,
                in_force,
                rows: stored.table.rows.len(),
                digest: used.digest,
                reason: stored.reason.clone(),
            };
            let entry = entry(stamp, "addReferenceTable", Collection::ReferenceTable, n, None, &facts);
            journal::append(db, county, vec![entry])?;
            Ok(stored)
        })
    }

    /// Reads the rows of a version out of a sheet.
    pub fn read_reference_rows(
        &self,
        county: County,
        table: TableKind,
        kind: BookKind,
        bytes: &[u8],
    ) -> Result<Rows, AppError> {
        Ok(match table {
            TableKind::SupplyCatalogue => {
                Rows::SupplyCatalogue(self.rows_of(county, kind, bytes, &nouns::SUPPLY_CATALOGUE)?)
            }
            TableKind::StandardLand => Rows::StandardLand(self.rows_of(county, kind, bytes, &nouns::STANDARD_LAND)?),
            TableKind::IndustryCodes => {
                Rows::IndustryCodes(self.rows_of(county, kind, bytes, &nouns::INDUSTRY_CODES)?)
            }
            TableKind::AllocationCatalogue => {
                Rows::AllocationCatalogue(self.rows_of(county, kind, bytes, &nouns::ALLOCATION_CATALOGUE)?)
            }
        })
    }

    fn rows_of<T>(
        &self,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        table: &'static Table,
    ) -> Result<Vec<T>, AppError>
    where
        T: for<'de> Input<'de>,
    {
        let wish = SheetImport::default();
        let mut bodies = bodies::<T>(self.read_sheet(county, kind, bytes, &wish, table)?);
        let rows = std::mem::take(&mut bodies.rows);
        bodies.finish(&wish, "")?;
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    pub fn reference_tables(&self, county: County) -> Result<Vec<TableHead>, AppError> {
        Ok(reference::heads(&mut *self.pool.get()?, county)?)
    }

    pub fn reference_table(&self, county: County, n: i64) -> Result<StoredTable, AppError> {
        reference::by_n(&mut *self.pool.get()?, county, n)?.ok_or_else(|| {
            AppError::NotFound(text!("{county} 没有第 {n} 号数据表", "county {county} has no table {n}"))
        })
    }

    /// Industry codes by their digits or words, shipped and of the county.
    pub fn search_industries(
        &self,
        county: Option<County>,
        words: &str,
        most: usize,
    ) -> Result<Vec<Industry>, AppError> {
        let tables = match county {
            Some(county) => on(&mut *self.pool.get()?, county, self.clock.today())?,
            None => CountyTables::default(),
        };
        Ok(tables.search(words, most))
    }
}
