//! 收回: contracts that ask for nothing more, because cases of idle land took their land back.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::contract::history::Contract;
use crate::domain::idle_case::TakenBack;
use crate::domain::quantity::AreaM2;

/// Land of a contract that a case took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Land {
    /// The phase that the case was about; none: the parcel as a whole.
    pub phase: Option<String>,
    pub taken: TakenBack,
    /// The case left some of its land to the user.
    pub is_part: bool,
}

/// What was taken back, by contract.
#[derive(Debug, Clone, Default)]
pub struct Ended(HashMap<i64, Vec<Land>>);

impl Ended {
    pub fn add(&mut self, contract: i64, land: Land) {
        self.0.entry(contract).or_default().push(land);
    }

    /// The contracts of which something was taken back.
    pub fn contracts(&self) -> Vec<i64> {
        self.0.keys().copied().collect()
    }

    /// Since when nothing is left of the land of a contract, or of one of its phases; none if something is on that day.
    pub fn since(&self, contract: &Contract, phase: Option<&str>, on: NaiveDate) -> Option<NaiveDate> {
        let lands: Vec<&Land> = self.0.get(&contract.id)?.iter().filter(|land| land.taken.on <= on).collect();
        let version = contract.on(on)?;
        // The books may hold a little more or less than was agreed: the one parcel of a contract is all of it.
        let is_all = |land: &&Land| land.phase.is_none() && !land.is_part && version.parcels.len() == 1;
        if covers(&lands, version.terms.area_m2.get()) || lands.iter().any(is_all) {
            return last(&lands);
        }
        let of_phase = version.terms.phases().iter().find(|one| Some(one.name.as_str()) == phase)?;
        let lands: Vec<&Land> = lands.into_iter().filter(|land| land.phase.as_deref() == phase).collect();
        if covers(&lands, of_phase.area_m2.get()) { last(&lands) } else { None }
    }
}

fn covers(lands: &[&Land], whole: AreaM2) -> bool {
    let taken: i64 = lands.iter().map(|land| land.taken.area.to_units()).sum();
    taken >= whole.to_units()
}

fn last(lands: &[&Land]) -> Option<NaiveDate> {
    lands.iter().map(|land| land.taken.on).max()
}
