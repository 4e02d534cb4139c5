//! 合同台账 from a sheet: each row a contract, and what was reported of it since.

use serde_json::Value;

use super::{Became, Halt, SheetImport, SheetItem, SheetReport, bodies, faults_of, settled};
use crate::app::App;
use crate::app::caller::Caller;
use crate::app::contracts::{create, events};
use crate::app::error::AppError;
use crate::app::records::{Stamp, known_county};
use crate::domain::contract::ContractBody;
use crate::domain::contract::development::DevelopmentBody;
use crate::domain::contract::history::Detail;
use crate::domain::contract::sheet_row::ContractSheetRow;
use crate::domain::input::{self, FieldError, Input};
use crate::domain::region::County;
use crate::formats::sheet::{BookKind, nouns};
use crate::storage::db::{Db, Lane};

impl App {
    /// Records the contracts of a sheet with their progress. Rows that are there already with the same contents change nothing.
    pub fn import_contracts(
        &self,
        caller: &Caller,
        county: County,
        kind: BookKind,
        bytes: &[u8],
        wish: SheetImport,
    ) -> Result<SheetReport, AppError> {
        let read = self.read_sheet(county, kind, bytes, &wish, &nouns::CONTRACTS)?;
        let mut bodies = bodies::<ContractSheetRow>(read);
        let stamp = self.stamp(caller);
        settled(self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            for (line, row) in std::mem::take(&mut bodies.rows) {
                // A row that is refused leaves nothing behind, so that the others may stand without it.
                match db.savepoint(|db| enter(db, county, stamp, &row)) {
                    Ok((id, is_new)) => {
                        let became = if is_new { Became::Created } else { Became::Unchanged };
                        bodies.report.created += usize::from(is_new);
                        bodies.report.unchanged += usize::from(!is_new);
                        let id = Some(id).filter(|_| !(wish.dry_run && is_new));
                        bodies.report.items.push(SheetItem { line, code: row.number.to_string(), id, became });
                    }
                    Err(error) => bodies.refuse(line, faults_of(error)?),
                }
            }
            let report = bodies.finish(&wish, "/number")?;
            if wish.dry_run { Err(Halt::Looked(Box::new(report))) } else { Ok(report) }
        }))
    }
}

/// Enters one row; gives the contract and whether anything of it is new.
fn enter(db: &mut Db, county: County, stamp: Stamp, row: &ContractSheetRow) -> Result<(i64, bool), AppError> {
    let body: ContractBody = read(&row.contract().map_err(AppError::Fields)?, in_row)?;
    let written = create(db, county, stamp, body).map_err(|error| placed(error, in_row))?;
    let (id, mut is_new) = (written.record.id, written.is_new);
    for (member, report) in row.reports().map_err(AppError::Fields)? {
        let at = |pointer: String| match pointer.as_str() {
            "/on" => member.to_owned(),
            "/developed_m2" => "/developed".to_owned(),
            _ => pointer,
        };
        let sent: DevelopmentBody = read(&report, at)?;
        let added = events::add(db, county, stamp, id, "addContractDevelopment", Detail::Development(sent))
            .map_err(|error| placed(error, at))?;
        is_new |= added.is_new;
    }
    Ok((id, is_new))
}

/// The member of the row that a member of the contract's body comes from.
fn in_row(pointer: String) -> String {
    match pointer.as_str() {
        "/user/name" => "/user".to_owned(),
        "/user/code" => "/user_code".to_owned(),
        "/terms/area_m2" => "/area".to_owned(),
        "/terms/developable_m2" => "/developable".to_owned(),
        other => {
            let inner = other.strip_prefix("/terms").unwrap_or(other);
            inner.strip_prefix("/limits").unwrap_or(inner).to_owned()
        }
    }
}

fn read<T: for<'de> Input<'de>>(body: &Value, at: impl Fn(String) -> String) -> Result<T, AppError> {
    input::read(body.to_string().as_bytes()).map_err(|faults| placed(AppError::Fields(faults), at))
}

/// An error whose faults point into the row.
fn placed(error: AppError, at: impl Fn(String) -> String) -> AppError {
    match error {
        AppError::Fields(faults) => AppError::Fields(
            faults.into_iter().map(|fault| FieldError { pointer: at(fault.pointer), ..fault }).collect(),
        ),
        other => other,
    }
}
