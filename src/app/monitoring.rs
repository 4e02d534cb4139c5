//! 监测监管系统: the exports that were imported. What differs from them stands in the list of differences.

use serde::Serialize;

use crate::app::App;
use crate::app::error::AppError;
pub(super) use crate::app::reconciliation::monitoring_counts;
use crate::app::records::{known_county, missing};
use crate::domain::ledger::chain::hex;
use crate::domain::monitoring::SupplyKey;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::storage::monitoring as rows;
pub use crate::storage::monitoring::{MonitoringSnapshot, StoredSupply};

/// An import in the journal.
#[derive(Serialize)]
pub(super) struct Journalled {
    as_of: chrono::NaiveDate,
    file_sha256: String,
    rows: i64,
    area: AreaM2,
}

impl Journalled {
    pub fn of(snapshot: &MonitoringSnapshot) -> Self {
        Self { as_of: snapshot.as_of, file_sha256: hex(&snapshot.sha256), rows: snapshot.rows, area: snapshot.area }
    }
}

impl App {
    /// All exports, the first first, and which of them the books are held against.
    pub fn monitoring_snapshots(&self, county: County) -> Result<(Vec<MonitoringSnapshot>, Option<i64>), AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let newest = rows::newest(db, county)?.map(|newest| newest.n);
            Ok((rows::all(db, county)?, newest))
        })
    }

    /// One page of the rows of an export, in the order of their numbers.
    pub fn monitoring_supplies(
        &self,
        county: County,
        n: i64,
        after: Option<SupplyKey>,
        limit: i64,
    ) -> Result<Vec<StoredSupply>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            if rows::by_n(db, county, n)?.is_none() {
                return Err(missing(Collection::MonitoringSnapshot, county, n));
            }
            Ok(rows::page(db, county, n, after, limit)?)
        })
    }
}
