//! What a case rests on outside itself: the contract's days and price, mortgages, the case that goes on with it.

use chrono::NaiveDate;

use crate::app::contracts::idle_facts::idle_facts;
use crate::app::error::AppError;
use crate::domain::contract::site;
use crate::domain::encumbrance::EncumbranceKind;
use crate::domain::idle_case::{Facts, State};
use crate::domain::policy::Policy;
use crate::domain::quantity::Money;
use crate::domain::region::{County, ParcelId};
use crate::domain::rules::idle::{self, Law};
use crate::storage::contract;
use crate::storage::db::Db;
use crate::storage::encumbrance::{self, StoredEncumbrance};
use crate::storage::idle_case::{self as rows, StoredCase};

/// Facts as of a day, and the fee that would be due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    pub facts: Facts,
    pub fee_due: Option<Money>,
    /// A seizure stands on the land, by the number of its document.
    pub seized_by: Option<String>,
}

/// The facts of a case as of a day. Those of the voucher come with the step.
///
/// Where the contract says nothing yet (the day lies before it), or names no such phase any more, there are no days: a
/// decision that rests on them is then refused with that reason.
pub fn basis(
    db: &mut Db,
    county: County,
    case: &StoredCase,
    policy: &Policy,
    on: NaiveDate,
) -> Result<Basis, AppError> {
    let grounds = Some(case.opening.grounds);
    let mut facts = match idle_facts(db, county, case.contract, case.phase.as_deref(), grounds, policy, on) {
        Ok(found) => found.of_case(),
        Err(AppError::CannotDecide(_) | AppError::NotFound(_)) => Facts::default(),
        Err(error) => return Err(error),
    };
    let standing = standing_encumbrances(db, county, case.parcel, on)?;
    facts.is_mortgaged = standing.iter().any(|known| known.contents.kind == EncumbranceKind::Mortgage);
    facts.has_successor = rows::successors(db, county, case.id)?
        .iter()
        .any(|later| !matches!(later.state.state, State::Annulled | State::Cleared));
    let seized_by = seized_by(db, county, case.parcel, on)?;
    Ok(Basis { facts, fee_due: fee_due(db, county, case, policy, on)?, seized_by })
}

/// The document of a seizure that stands on a parcel on a day.
pub(crate) fn seized_by(
    db: &mut Db,
    county: County,
    parcel: ParcelId,
    on: NaiveDate,
) -> Result<Option<String>, AppError> {
    let standing = standing_encumbrances(db, county, parcel, on)?;
    let seizure = standing.into_iter().find(|known| known.contents.kind == EncumbranceKind::Seizure);
    Ok(seizure.map(|known| known.contents.number.to_string()))
}

/// The mortgages and seizures that stand on a parcel on a day.
fn standing_encumbrances(
    db: &mut Db,
    county: County,
    parcel: ParcelId,
    on: NaiveDate,
) -> Result<Vec<StoredEncumbrance>, AppError> {
    let mut all = encumbrance::of_parcels(db, county, &[parcel.0])?;
    all.retain(|known| known.contents.from <= on && known.released_on().is_none_or(|released| on < released));
    Ok(all)
}

/// The fee by `idle.fee` on the price of the contract as amended by a day; none where it cannot be told.
fn fee_due(
    db: &mut Db,
    county: County,
    case: &StoredCase,
    policy: &Policy,
    on: NaiveDate,
) -> Result<Option<Money>, AppError> {
    let Some(contract) = contract::by_id(db, county, case.contract)? else { return Ok(None) };
    let (price, law) = (site::price(&contract, on), Law::on(policy, on)?);
    let base = match (price.is_lease, law.fee_on_leases.value) {
        (false, _) => price.amount,
        (true, true) => price.converted,
        (true, false) => None,
    };
    // A phase has no price of its own: what its share of the fee is, a person decides.
    let base = base.filter(|_| case.phase.is_none());
    Ok(base.map(|base| idle::fee::amount(base, &law)).transpose()?)
}
