//! What the cases of a county took back of its contracts.

use crate::app::error::AppError;
use crate::domain::contract::ended::{Ended, Land};
use crate::domain::idle_case::Way;
use crate::domain::region::County;
use crate::storage::db::Db;
use crate::storage::idle_case::{self, CasePage};
use crate::storage::listing::Place;

pub(crate) fn ended(db: &mut Db, county: County) -> Result<Ended, AppError> {
    let mut ended = Ended::default();
    for way in Way::ALL.iter().copied().filter(|way| way.takes_back()) {
        let page = CasePage { at: Place::by_id(0, i64::MAX), way: Some(way), ..CasePage::default() };
        let rows = idle_case::page(db, county, &page)?;
        let ids: Vec<i64> = rows.iter().map(|row| row.case.id).collect();
        let mut steps = idle_case::steps(db, county, &ids)?;
        for case in rows.into_iter().map(|row| row.case) {
            if let Some(taken) = case.with(&steps.remove(&case.id).unwrap_or_default()).taken_back() {
                let is_part = taken.area < case.opening.area;
                ended.add(case.contract, Land { phase: case.phase, taken, is_part });
            }
        }
    }
    Ok(ended)
}
