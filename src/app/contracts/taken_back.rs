//! 收回: contracts that ask for nothing more, because cases of idle land took their land back.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::domain::contract::history::Contract;
use crate::domain::idle_case::{TakenBack, Way};
use crate::domain::quantity::AreaM2;
use crate::domain::region::County;
use crate::storage::db::Db;
use crate::storage::idle_case::{self, CasePage};
use crate::storage::listing::Place;

/// Land that was taken back, of a phase or of the contract as a whole.
struct Land {
    phase: Option<String>,
    taken: TakenBack,
    /// Less than the land of its case would have been.
    is_part: bool,
}

/// What was taken back of the contracts of a county.
pub(crate) struct Ended(HashMap<i64, Vec<Land>>);

impl Ended {
    pub fn read(db: &mut Db, county: County) -> Result<Self, AppError> {
        let mut ended: HashMap<i64, Vec<Land>> = HashMap::new();
        for way in Way::ALL.iter().copied().filter(|way| way.takes_back()) {
            let page = CasePage { at: Place::by_id(0, i64::MAX), way: Some(way), ..CasePage::default() };
            let rows = idle_case::page(db, county, &page)?;
            let ids: Vec<i64> = rows.iter().map(|row| row.case.id).collect();
            let mut steps = idle_case::steps(db, county, &ids)?;
            for case in rows.into_iter().map(|row| row.case) {
                if let Some(taken) = case.with(&steps.remove(&case.id).unwrap_or_default()).taken_back() {
                    let is_part = taken.area < case.opening.area;
                    ended.entry(case.contract).or_default().push(Land { phase: case.phase, taken, is_part });
                }
            }
        }
        Ok(Self(ended))
    }

    /// The contracts of which something was taken back.
    pub fn contracts(&self) -> impl Iterator<Item = i64> {
        self.0.keys().copied()
    }

    /// Since when nothing is left of a contract's land, or of that of one of its phases; none if something is on that day.
    pub fn since(&self, contract: &Contract, phase: Option<&str>, on: NaiveDate) -> Option<NaiveDate> {
        let lands: Vec<&Land> = self.0.get(&contract.id)?.iter().filter(|land| land.taken.on <= on).collect();
        let version = contract.on(on)?;
        let of_phase = |name: &str| version.terms.phases().iter().find(|one| one.name.as_str() == name);
        let area = |lands: &[&Land]| lands.iter().map(|land| land.taken.area.to_units()).sum::<i64>();
        let last = |lands: &[&Land]| lands.iter().map(|land| land.taken.on).max();
        let covers = |lands: &[&Land], whole: AreaM2| !lands.is_empty() && area(lands) >= whole.to_units();
        // The books may hold a little more or less than was agreed: the one parcel of a contract is all of it.
        let is_the_parcel = |land: &&&Land| land.phase.is_none() && !land.is_part && version.parcels.len() == 1;
        if covers(&lands, version.terms.area_m2.get()) || lands.iter().any(|land| is_the_parcel(&land)) {
            return last(&lands);
        }
        let of_this: Vec<&Land> = lands.into_iter().filter(|land| land.phase.as_deref() == phase).collect();
        phase.and_then(of_phase).filter(|of| covers(&of_this, of.area_m2.get())).and_then(|_| last(&of_this))
    }
}
