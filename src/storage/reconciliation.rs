//! What map and books say of plots, holdings, parcels and supplies, in the order of their ids; and what people said of differences.
//!
//! The queries narrow to what may differ; whether it does is decided by [`Facts::figures`]. Each kind of difference has its
//! arm in [`candidates`] and each kind of subject its query in [`facts`].

mod notes;
mod overlap;
mod supply;

use std::collections::{HashMap, HashSet};

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

use crate::domain::codes::TownshipCode;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::AreaM2;
use crate::domain::reconciliation::{Difference, DifferenceKind, Facts, Mapping, Place, Seen, Subject};
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, ParcelId, PlotId};
use crate::storage::db::{Db, StorageError};
use crate::storage::ledger::land::of_parcels;
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{balance, contract_parcel, land_polygon, parcel, plot};
use crate::storage::township;

pub use notes::{append, differences, last_notes, notes};

/// Things looked at in one query.
pub const LOOK: i64 = CHUNK as i64;

/// Which differences are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidates<'q> {
    pub kind: DifferenceKind,
    /// Those that come after this one.
    pub after: Option<&'q Difference>,
    pub township: Option<TownshipCode>,
    pub approval: Option<ApprovalId>,
    /// Figures that differ by no more than this never count: the least that the tolerance allows.
    pub least: AreaM2,
}

const HELD: [&str; 2] = [Account::Supplied.as_str(), Account::Idle.as_str()];

type PlotRow = (i64, String, Option<i32>, Option<i64>, i64, Option<i64>);
type HoldingRow =
    ((String, i64, i64, i64, Option<i64>), (String, Option<i32>, Option<i64>, i32), (Option<String>, Option<i32>));

/// The columns of a plot, in the order of [`PlotRow`].
macro_rules! plots {
    () => {
        plot::table.select((
            plot::id,
            plot::code,
            plot::township_code,
            plot::approval_id,
            plot::recorded_cm2,
            plot::polygon_cm2,
        ))
    };
}

/// The area of a holding's land: land that is not kept is all of its plot.
const LAND_AREA: &str =
    "COALESCE(land_polygon.area_cm2, CASE WHEN balance.land_sha256 IS NOT NULL THEN plot.polygon_cm2 END)";

/// Holdings with their land, plot and parcel, in the order of [`HoldingRow`].
macro_rules! holdings {
    ($county:expr) => {
        balance::table
            .inner_join(plot::table.on(plot::county.eq(balance::county).and(plot::id.eq(balance::plot_id))))
            .left_join(land_polygon::table.on(
                land_polygon::county.eq(balance::county).and(land_polygon::sha256.nullable().eq(balance::land_sha256)),
            ))
            .left_join(parcel::table.on(parcel::county.eq(balance::county).and(parcel::id.eq(balance::parcel_id))))
            .filter(balance::county.eq($county.number()))
            .select((
                (
                    balance::account,
                    balance::plot_id,
                    balance::parcel_id,
                    balance::area_cm2,
                    sql::<Nullable<BigInt>>(LAND_AREA),
                ),
                (plot::code, plot::township_code, plot::approval_id, plot::geometry_version),
                (parcel::code.nullable(), parcel::geometry_version.nullable()),
            ))
    };
}

fn place(plot: i64, plot_code: String, code: Option<i32>, approval: Option<i64>) -> Result<Place, StorageError> {
    let township = code.map(township::code).transpose()?;
    Ok(Place { plot: PlotId(plot), plot_code, township, approval: approval.map(ApprovalId) })
}

fn of_plot((id, code, township, approval, recorded, polygon): PlotRow) -> Result<Facts, StorageError> {
    let at = At(Collection::Plot, id);
    Ok(Facts {
        subject: Subject::Plot(PlotId(id)),
        place: Some(place(id, code, township, approval)?),
        parcel_code: None,
        seen: Seen::Plot { recorded: at.area(recorded)?, polygon: polygon.map(|units| at.area(units)).transpose()? },
    })
}

fn of_holding((held, of, in_parcel): HoldingRow) -> Result<Facts, StorageError> {
    let (account, plot, parcel, area, land) = held;
    let (code, township, approval, plot_version) = of;
    let (parcel_code, parcel_version) = in_parcel;
    let at = At(Collection::Plot, plot);
    let parcel = (parcel != 0).then_some(ParcelId(parcel));
    Ok(Facts {
        subject: Subject::Holding(Holding { plot: PlotId(plot), account: at.word(&account)?, parcel }),
        place: Some(place(plot, code, township, approval)?),
        parcel_code,
        seen: Seen::Holding {
            area: at.area(area)?,
            land: land.map(|units| at.area(units)).transpose()?,
            plot_is_mapped: plot_version > 0,
            parcel_is_mapped: parcel_version.map(|version| version > 0),
        },
    })
}

/// The next things that may differ in this way, in the order of their keys: at most [`LOOK`].
pub fn candidates(db: &mut Db, county: County, asked: &Candidates<'_>) -> Result<Vec<Facts>, StorageError> {
    let after = asked.after.map(|difference| difference.subject);
    let least = asked.least.to_units();
    match asked.kind {
        DifferenceKind::AreaDiffers | DifferenceKind::PlotUnmapped => {
            let mut query = plots!()
                .filter(plot::county.eq(county.number()))
                .filter(plot::id.gt(after.map_or(0, |subject| subject.record())))
                .order(plot::id)
                .limit(LOOK)
                .into_boxed();
            query = match asked.kind {
                // As the index has it, not as a bound value.
                DifferenceKind::PlotUnmapped => query.filter(sql::<Bool>("plot.geometry_version = 0")),
                _ => query.filter(
                    sql::<Bool>("plot.geometry_version > 0 AND abs(plot.polygon_cm2 - plot.recorded_cm2) > ")
                        .bind::<BigInt, _>(least),
                ),
            };
            if let Some(code) = asked.township {
                query = query.filter(plot::township_code.eq(township::number(code)));
            }
            if let Some(ApprovalId(approval)) = asked.approval {
                query = query.filter(plot::approval_id.eq(approval));
            }
            query.load::<PlotRow>(db)?.into_iter().map(of_plot).collect()
        }
        DifferenceKind::PlotsOverlap => overlap::differing(db, county, asked, after),
        DifferenceKind::MonitoringDiffers | DifferenceKind::MonitoringLacks | DifferenceKind::MonitoringOnly => {
            supply::differing(db, county, asked, after)
        }
        DifferenceKind::HoldingAreaDiffers | DifferenceKind::HoldingWithoutLand => {
            let mut query = holdings!(county)
                .order((balance::plot_id, balance::account, balance::parcel_id))
                .limit(LOOK)
                .into_boxed();
            if let Some(Subject::Holding(Holding { plot, account, parcel })) = after {
                let parcel = parcel.map_or(0, |parcel| parcel.0);
                // The first says less than the second, so that both planners start at the key.
                query = query.filter(balance::plot_id.ge(plot.0)).filter(
                    balance::plot_id.gt(plot.0).or(balance::account
                        .gt(account.as_str())
                        .or(balance::account.eq(account.as_str()).and(balance::parcel_id.gt(parcel)))),
                );
            }
            query = match asked.kind {
                DifferenceKind::HoldingWithoutLand => query
                    .filter(balance::land_sha256.is_null().and(balance::area_cm2.gt(0)))
                    .filter(plot::geometry_version.gt(0)),
                _ => query
                    .filter(sql::<Bool>(&format!("abs({LAND_AREA} - balance.area_cm2) > ")).bind::<BigInt, _>(least)),
            };
            if let Some(code) = asked.township {
                query = query.filter(plot::township_code.eq(township::number(code)));
            }
            if let Some(ApprovalId(approval)) = asked.approval {
                query = query.filter(plot::approval_id.eq(approval));
            }
            query.load::<HoldingRow>(db)?.into_iter().map(of_holding).collect()
        }
        DifferenceKind::ContractWithoutSupply
        | DifferenceKind::ParcelUnmapped
        | DifferenceKind::SupplyWithoutContract
        | DifferenceKind::SupplyWithoutSupervisionNumber => {
            let held = || {
                balance::table
                    .filter(balance::county.eq(parcel::county).and(balance::parcel_id.eq(parcel::id)).and(of_parcels()))
                    .filter(balance::account.eq_any(HELD).and(balance::area_cm2.gt(0)))
            };
            let contracts = || {
                contract_parcel::table
                    .filter(contract_parcel::county.eq(parcel::county).and(contract_parcel::parcel_id.eq(parcel::id)))
            };
            let ever = || {
                balance::table
                    .filter(balance::county.eq(parcel::county).and(balance::parcel_id.eq(parcel::id)).and(of_parcels()))
            };
            let mut query = parcel::table
                .filter(parcel::county.eq(county.number()))
                .filter(parcel::id.gt(after.map_or(0, |subject| subject.record())))
                .order(parcel::id)
                .limit(LOOK)
                .select(parcel::id)
                .into_boxed();
            query = match asked.kind {
                DifferenceKind::ParcelUnmapped => query
                    .filter(sql::<Bool>("parcel.geometry_version = 0"))
                    .filter(exists(held().filter(balance::land_sha256.is_null()))),
                DifferenceKind::SupplyWithoutContract => query.filter(not(exists(contracts()))).filter(exists(held())),
                DifferenceKind::ContractWithoutSupply => query.filter(exists(contracts())).filter(not(exists(ever()))),
                _ => query.filter(parcel::regulatory_number.is_null()).filter(exists(held())),
            };
            let ids: Vec<i64> = query.load(db)?;
            parcels(db, county, &ids)
        }
    }
}

/// Parcels with what the ledger has under them, in the order of their ids.
fn parcels(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<Facts>, StorageError> {
    type Row = (i64, String, Option<i64>, Option<String>, i64);
    type HeldRow = (i64, i64, bool, i64, String, Option<i32>, Option<i64>);
    let rows: Vec<Row> = parcel::table
        .filter(parcel::county.eq(county.number()).and(parcel::id.eq_any(ids)))
        .order(parcel::id)
        .select((parcel::id, parcel::code, parcel::polygon_cm2, parcel::regulatory_number, parcel::recorded_cm2))
        .load(db)?;
    let contracted: Vec<i64> = contract_parcel::table
        .filter(contract_parcel::county.eq(county.number()).and(contract_parcel::parcel_id.eq_any(ids)))
        .select(contract_parcel::parcel_id)
        .load(db)?;
    let ever: Vec<i64> = balance::table
        .filter(balance::county.eq(county.number()).and(balance::parcel_id.eq_any(ids)).and(of_parcels()))
        .select(balance::parcel_id)
        .load(db)?;
    let (contracted, ever): (HashSet<i64>, HashSet<i64>) =
        (contracted.into_iter().collect(), ever.into_iter().collect());
    let held: Vec<HeldRow> = balance::table
        .inner_join(plot::table.on(plot::county.eq(balance::county).and(plot::id.eq(balance::plot_id))))
        .filter(balance::county.eq(county.number()).and(balance::parcel_id.eq_any(ids)).and(of_parcels()))
        .filter(balance::account.eq_any(HELD).and(balance::area_cm2.gt(0)))
        .order((balance::plot_id, balance::account))
        .select((
            balance::parcel_id,
            balance::area_cm2,
            balance::land_sha256.is_not_null(),
            plot::id,
            plot::code,
            plot::township_code,
            plot::approval_id,
        ))
        .load(db)?;
    let mut found: HashMap<i64, (i64, bool, Place)> = HashMap::new();
    for (id, area, has_land, plot, code, township, approval) in held {
        match found.get_mut(&id) {
            Some((sum, all, _)) => {
                *sum += area;
                *all &= has_land;
            }
            None => drop(found.insert(id, (area, has_land, place(plot, code, township, approval)?))),
        }
    }
    rows.into_iter()
        .map(|(id, code, polygon, number, recorded)| {
            let at = At(Collection::Parcel, id);
            let (supplied, has_land, place) =
                found.remove(&id).map_or((0, true, None), |(area, has_land, place)| (area, has_land, Some(place)));
            Ok(Facts {
                subject: Subject::Parcel(ParcelId(id)),
                place,
                parcel_code: Some(code),
                seen: Seen::Parcel {
                    supplied: at.area(supplied)?,
                    polygon: polygon.map(|units| at.area(units)).transpose()?,
                    has_land,
                    has_number: number.is_some(),
                    recorded: at.area(recorded)?,
                    has_contract: contracted.contains(&id),
                    was_supplied: ever.contains(&id),
                },
            })
        })
        .collect()
}

/// What there is now of some subjects, at most [`LOOK`]; those of which nothing is there are left out.
pub fn facts(db: &mut Db, county: County, subjects: &[Subject]) -> Result<HashMap<Subject, Facts>, StorageError> {
    let ids = |of: fn(&Subject) -> Option<i64>| subjects.iter().filter_map(of).collect::<Vec<i64>>();
    let mut found = Vec::new();
    let plots = ids(|subject| if let Subject::Plot(plot) = subject { Some(plot.0) } else { None });
    if !plots.is_empty() {
        let rows: Vec<PlotRow> =
            plots!().filter(plot::county.eq(county.number()).and(plot::id.eq_any(plots))).load(db)?;
        for row in rows {
            found.push(of_plot(row)?);
        }
    }
    let pairs: Vec<(PlotId, PlotId)> = subjects
        .iter()
        .filter_map(|subject| if let Subject::Plots(low, high) = subject { Some((*low, *high)) } else { None })
        .collect();
    if !pairs.is_empty() {
        found.extend(overlap::of_pairs(db, county, &pairs)?);
    }
    let holdings = ids(|subject| if let Subject::Holding(holding) = subject { Some(holding.plot.0) } else { None });
    if !holdings.is_empty() {
        for row in holdings!(county).filter(balance::plot_id.eq_any(holdings)).load::<HoldingRow>(db)? {
            found.push(of_holding(row)?);
        }
    }
    let of_parcels = ids(|subject| if let Subject::Parcel(parcel) = subject { Some(parcel.0) } else { None });
    if !of_parcels.is_empty() {
        found.extend(parcels(db, county, &of_parcels)?);
    }
    let numbers: Vec<_> = subjects
        .iter()
        .filter_map(|subject| if let Subject::Supply(number) = subject { Some(*number) } else { None })
        .collect();
    if !numbers.is_empty() {
        found.extend(supply::of_numbers(db, county, &numbers)?);
    }
    Ok(found.into_iter().map(|facts| (facts.subject, facts)).collect())
}

/// Plots and area of each township, and what of both is on the map; without a township last.
pub fn mapping(db: &mut Db, county: County) -> Result<Vec<(Option<TownshipCode>, Mapping)>, StorageError> {
    type Row = (Option<i32>, i64, i64, i64, i64);
    // diesel's own sum of integers is a decimal, which SQLite gives as a float.
    let sum = |what: &str| sql::<BigInt>(&format!("CAST(COALESCE(SUM({what}), 0) AS BIGINT)"));
    let mut rows: Vec<Row> = plot::table
        .filter(plot::county.eq(county.number()))
        .group_by(plot::township_code)
        .select((
            plot::township_code,
            diesel::dsl::count_star(),
            sum("CASE WHEN geometry_version > 0 THEN 1 ELSE 0 END"),
            sum("recorded_cm2"),
            sum("CASE WHEN geometry_version > 0 THEN recorded_cm2 ELSE 0 END"),
        ))
        .load(db)?;
    rows.sort_by_key(|row| (row.0.is_none(), row.0));
    rows.into_iter()
        .map(|(code, plots, mapped_plots, area, mapped)| {
            let at = At(Collection::Township, i64::from(code.unwrap_or(0)));
            let mapping = Mapping { plots, mapped_plots, area: at.area(area)?, mapped_area: at.area(mapped)? };
            Ok((code.map(township::code).transpose()?, mapping))
        })
        .collect()
}
