//! Supplies as our books and the newest export of the monitoring system have them, by their 电子监管号.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::{Candidates, LOOK, place};
use crate::domain::contract::history::Contract;
use crate::domain::monitoring::{OurSupply, ParcelLine, SupplyKey, our_price, our_supply};
use crate::domain::reconciliation::{DifferenceKind, Facts, Seen, SeenSupply, Subject};
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::At;
use crate::storage::schema::{parcel, plot};
use crate::storage::{contract, monitoring};

/// The next numbers after one, in order: at most [`LOOK`], each with its facts. Without an export there is nothing to compare.
pub(super) fn differing(
    db: &mut Db,
    county: County,
    asked: &Candidates<'_>,
    after: Option<Subject>,
) -> Result<Vec<Facts>, StorageError> {
    let Some(snapshot) = monitoring::newest(db, county)? else { return Ok(Vec::new()) };
    let after = match after {
        Some(Subject::Supply(number)) => Some(number),
        _ => None,
    };
    let numbers = match asked.kind {
        DifferenceKind::MonitoringLacks => monitoring::lacking_numbers(db, county, snapshot.n, after, LOOK)?,
        _ => monitoring::numbers(db, county, snapshot.n, after, LOOK)?,
    };
    of_numbers(db, county, &numbers)
}

/// What there is of some numbers, in their order, at most [`LOOK`].
pub(super) fn of_numbers(db: &mut Db, county: County, numbers: &[SupplyKey]) -> Result<Vec<Facts>, StorageError> {
    type ParcelRow = (i64, String, Option<String>, Option<String>);
    let Some(snapshot) = monitoring::newest(db, county)? else { return Ok(Vec::new()) };
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let mut theirs = monitoring::theirs(db, county, snapshot.n, &texts)?;
    let rows: Vec<ParcelRow> = parcel::table
        .filter(parcel::county.eq(county.number()).and(parcel::regulatory_number.eq_any(&texts)))
        .order(parcel::id)
        .select((parcel::id, parcel::code, parcel::regulatory_number, parcel::land_use))
        .load(db)?;
    let all: Vec<ParcelId> = rows.iter().map(|row| ParcelId(row.0)).collect();
    let mut bearers: HashMap<SupplyKey, Vec<ParcelRow>> = HashMap::new();
    for row in rows {
        if let Some(number) = &row.2 {
            bearers.entry(At(Collection::Parcel, row.0).word(number)?).or_default().push(row);
        }
    }
    let mut lines: HashMap<ParcelId, Vec<ParcelLine>> = HashMap::new();
    for line in monitoring::lines(db, county, &all)? {
        let mut touched = [line.from.parcel, line.to.parcel];
        if touched[0] == touched[1] {
            touched[1] = None;
        }
        for parcel in touched.into_iter().flatten() {
            lines.entry(parcel).or_default().push(line);
        }
    }
    let contracts = contract::of_supplies(db, county, &texts, &all)?;
    let mut by_number: HashMap<SupplyKey, Vec<usize>> = HashMap::new();
    let mut by_parcel: HashMap<ParcelId, Vec<usize>> = HashMap::new();
    for (at, of) in contracts.iter().enumerate() {
        let newest = of.newest();
        if let Some(number) = &newest.terms.regulatory_number {
            by_number.entry(SupplyKey::from(number)).or_default().push(at);
        }
        newest.parcels.iter().for_each(|parcel| by_parcel.entry(*parcel).or_default().push(at));
    }
    let first_plot = |parcels: &[ParcelId]| {
        let lines = parcels.iter().filter_map(|parcel| lines.get(parcel)).flatten();
        let holdings = lines.flat_map(|line| [line.from, line.to]);
        holdings
            .filter(|side| side.parcel.is_some_and(|parcel| parcels.contains(&parcel)))
            .map(|side| side.plot.0)
            .min()
    };
    let mut facts = Vec::with_capacity(numbers.len());
    let mut plots: Vec<Option<i64>> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let bearers = bearers.remove(number).unwrap_or_default();
        let parcels: Vec<ParcelId> = bearers.iter().map(|row| ParcelId(row.0)).collect();
        // A line between two of them would be counted twice, so each counts once.
        let mut touching: Vec<ParcelLine> =
            parcels.iter().filter_map(|parcel| lines.get(parcel)).flatten().copied().collect();
        touching.sort_by_key(|line| (line.seq, line.line));
        touching.dedup();
        let land_use = bearers.iter().find_map(|row| row.3.clone());
        let codes: Vec<String> = bearers.into_iter().map(|row| row.1).collect();
        plots.push(first_plot(&parcels));
        let of_parcels = parcels.iter().filter_map(|parcel| by_parcel.get(parcel));
        let about: BTreeSet<usize> = by_number.get(number).into_iter().chain(of_parcels).flatten().copied().collect();
        let about: Vec<&Contract> = about.into_iter().map(|at| &contracts[at]).collect();
        let price = our_price(*number, &about, snapshot.as_of);
        let ours = our_supply(&parcels, land_use, &touching, snapshot.as_of).map(|ours| OurSupply { price, ..ours });
        let (snapshot, as_of) = (snapshot.n, snapshot.as_of);
        facts.push(Facts {
            subject: Subject::Supply(*number),
            place: None,
            parcel_code: (!codes.is_empty()).then(|| codes.join("、")),
            seen: Seen::Supply(Box::new(SeenSupply { snapshot, as_of, parcels, ours, theirs: theirs.remove(number) })),
        });
    }
    let wanted: Vec<i64> = plots.iter().copied().flatten().collect();
    let places: Vec<(i64, String, Option<i32>, Option<i64>)> = plot::table
        .filter(plot::county.eq(county.number()).and(plot::id.eq_any(wanted)))
        .select((plot::id, plot::code, plot::township_code, plot::approval_id))
        .load(db)?;
    let places: HashMap<i64, _> = places.into_iter().map(|row| (row.0, row)).collect();
    for (facts, plot) in facts.iter_mut().zip(plots) {
        if let Some((id, code, township, approval)) = plot.and_then(|plot| places.get(&plot).cloned()) {
            facts.place = Some(place(id, code, township, approval)?);
        }
    }
    Ok(facts)
}
