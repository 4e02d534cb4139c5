//! What the cases of a county took back of its contracts.

use crate::app::error::AppError;
use crate::domain::contract::ended::{Ended, Land};
use crate::domain::contract::history::Contract;
use crate::domain::idle_case::Way;
use crate::domain::region::County;
use crate::storage::db::Db;
use crate::storage::idle_case::{self, CasePage};
use crate::storage::listing::Place;

/// Parcels up to which their cases are looked up one by one; beyond, all cases of the county are read.
const PARCELS_MAX: usize = 500;

/// What was taken back of some contracts; of all of a county's where none are given.
pub(crate) fn ended(db: &mut Db, county: County, of: Option<&[Contract]>) -> Result<Ended, AppError> {
    let parcels = of.map(|contracts| {
        let versions = contracts.iter().flat_map(|contract| &contract.versions);
        versions.flat_map(|version| &version.parcels).map(|parcel| parcel.0).collect::<Vec<i64>>()
    });
    let parcels = parcels.filter(|parcels| parcels.len() <= PARCELS_MAX);
    let page = CasePage { at: Place::by_id(0, i64::MAX), parcels, ..CasePage::default() };
    let mut rows = idle_case::page(db, county, &page)?;
    rows.retain(|row| row.state.way.is_some_and(Way::takes_back));
    let ids: Vec<i64> = rows.iter().map(|row| row.case.id).collect();
    let mut steps = idle_case::steps(db, county, &ids)?;
    let mut ended = Ended::default();
    for case in rows.into_iter().map(|row| row.case) {
        if let Some(taken) = case.with(&steps.remove(&case.id).unwrap_or_default()).taken_back() {
            let is_part = taken.area < case.opening.area;
            ended.add(case.contract, Land { phase: case.phase, taken, is_part });
        }
    }
    Ok(ended)
}
