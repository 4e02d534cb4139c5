//! The figures of a difference: what is held against what, and how far apart it may be.

use std::fmt;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::{Difference, DifferenceKind, Facts, Seen};
use crate::domain::ledger::chain::Hash;
use crate::domain::monitoring::{Compared, Figure, OurSupply, SupplyTolerance, TheirSupply, compare};
use crate::domain::plot::AreaTolerance;
use crate::domain::policy::{NotInForce, Policy, keys};
use crate::domain::quantity::AreaM2;
use crate::domain::region::ParcelId;

/// A supply in our books and in the newest export of the monitoring system, both as of the day of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenSupply {
    /// Number of the export.
    pub snapshot: i64,
    pub as_of: NaiveDate,
    /// The parcels that bear the number.
    pub parcels: Vec<ParcelId>,
    pub ours: Option<OurSupply>,
    pub theirs: Option<TheirSupply>,
}

/// How far figures may be apart that count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerances {
    /// Of polygons and recorded areas.
    pub land: AreaTolerance,
    /// Of a supply by our books and by the monitoring system.
    pub supply: SupplyTolerance,
}

impl Tolerances {
    /// The tolerances in force on a day.
    pub fn on(policy: &Policy, day: NaiveDate) -> Result<Self, NotInForce> {
        let supply = SupplyTolerance {
            area: policy.on(&keys::MONITORING_AREA_TOLERANCE, day)?.value,
            price: policy.on(&keys::MONITORING_PRICE_TOLERANCE, day)?.value,
        };
        Ok(Self { land: AreaTolerance::on(policy, day)?, supply })
    }
}

/// The figures of a difference between books and map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LandFigures {
    /// By the books.
    pub recorded: AreaM2,
    /// On the map.
    pub polygon: Option<AreaM2>,
}

/// The figures of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figures {
    Land(LandFigures),
    /// Both sides of a supply.
    Supply(Vec<Compared>),
}

impl Figures {
    /// The area by the books.
    pub fn recorded(&self) -> Option<AreaM2> {
        match self {
            Self::Land(land) => Some(land.recorded),
            Self::Supply(compared) => area_of(compared, |row| row.ours.as_ref()),
        }
    }

    /// The area on the map.
    pub const fn polygon(&self) -> Option<AreaM2> {
        match self {
            Self::Land(land) => land.polygon,
            Self::Supply(_) => None,
        }
    }

    /// The area in the monitoring system.
    pub fn monitored(&self) -> Option<AreaM2> {
        match self {
            Self::Land(_) => None,
            Self::Supply(compared) => area_of(compared, |row| row.theirs.as_ref()),
        }
    }

    /// Polygon, or area in the monitoring system, less record, where there are both.
    pub fn difference(&self) -> Option<AreaM2> {
        Some(self.polygon().or_else(|| self.monitored())? - self.recorded()?)
    }

    /// What a note says it was said of: the same figures have the same digest.
    pub fn digest(&self, of: &Difference) -> Hash {
        let said = |figure: Option<&dyn fmt::Display>| figure.map_or_else(|| "none".to_owned(), ToString::to_string);
        match self {
            Self::Land(LandFigures { recorded, polygon }) => {
                let polygon = said(polygon.as_ref().map(|polygon| polygon as &dyn fmt::Display));
                Sha256::digest(format!("{of}\n{recorded}\n{polygon}\n")).into()
            }
            Self::Supply(compared) => {
                let mut hasher = Sha256::new();
                hasher.update(format!("{of}\n"));
                for Compared { field, ours, theirs, .. } in compared {
                    let (ours, theirs) = (
                        said(ours.as_ref().map(|figure| figure as &dyn fmt::Display)),
                        said(theirs.as_ref().map(|figure| figure as &dyn fmt::Display)),
                    );
                    hasher.update(format!("{field}\t{ours}\t{theirs}\n"));
                }
                hasher.finalize().into()
            }
        }
    }
}

fn area_of(compared: &[Compared], side: impl Fn(&Compared) -> Option<&Figure>) -> Option<AreaM2> {
    compared.iter().find_map(|row| match side(row) {
        Some(Figure::Area(area)) => Some(*area),
        _ => None,
    })
}

impl Facts {
    /// The figures of a difference of this kind, if there is one.
    ///
    /// A supplied holding whose parcel is not mapped is told of once, as `parcel_unmapped`: drawing the parcel mends both.
    pub fn figures(&self, kind: DifferenceKind, tolerances: &Tolerances) -> Option<Figures> {
        let (recorded, polygon) = match (kind, &self.seen) {
            (_, Seen::Supply(seen)) => return seen.figures(kind, tolerances.supply).map(Figures::Supply),
            (_, seen) => Self::land(kind, seen, &tolerances.land)?,
        };
        Some(Figures::Land(LandFigures { recorded, polygon }))
    }

    fn land(kind: DifferenceKind, seen: &Seen, tolerance: &AreaTolerance) -> Option<(AreaM2, Option<AreaM2>)> {
        Some(match (kind, seen) {
            (DifferenceKind::AreaDiffers, &Seen::Plot { recorded, polygon: Some(polygon) })
            | (DifferenceKind::HoldingAreaDiffers, &Seen::Holding { area: recorded, land: Some(polygon), .. })
                if tolerance.is_exceeded(recorded, polygon) =>
            {
                (recorded, Some(polygon))
            }
            (DifferenceKind::PlotUnmapped, &Seen::Plot { recorded, polygon: None }) => (recorded, None),
            // By the books no land belongs to two plots.
            (DifferenceKind::PlotsOverlap, &Seen::Overlap { shared }) => (AreaM2::ZERO, Some(shared)),
            (
                DifferenceKind::HoldingWithoutLand,
                &Seen::Holding { area, land: None, plot_is_mapped: true, parcel_is_mapped: None | Some(true) },
            ) if area.is_positive() => (area, None),
            (DifferenceKind::ParcelUnmapped, &Seen::Parcel { supplied, polygon: None, has_land: false, .. })
                if supplied.is_positive() =>
            {
                (supplied, None)
            }
            (DifferenceKind::SupplyWithoutSupervisionNumber, &Seen::Parcel { supplied, has_number: false, .. })
                if supplied.is_positive() =>
            {
                (supplied, None)
            }
            (DifferenceKind::SupplyWithoutContract, &Seen::Parcel { supplied, has_contract: false, .. })
                if supplied.is_positive() =>
            {
                (supplied, None)
            }
            (
                DifferenceKind::ContractWithoutSupply,
                &Seen::Parcel { recorded, has_contract: true, was_supplied: false, .. },
            ) => (recorded, None),
            _ => return None,
        })
    }
}

impl SeenSupply {
    fn figures(&self, kind: DifferenceKind, tolerance: SupplyTolerance) -> Option<Vec<Compared>> {
        let compared = || compare(self.ours.as_ref(), self.theirs.as_ref(), tolerance);
        match (kind, &self.ours, &self.theirs) {
            (DifferenceKind::MonitoringLacks, Some(_), None) | (DifferenceKind::MonitoringOnly, None, Some(_)) => {
                Some(compared())
            }
            (DifferenceKind::MonitoringDiffers, Some(_), Some(_)) => {
                Some(compared()).filter(|rows| rows.iter().any(|row| row.differs == Some(true)))
            }
            _ => None,
        }
    }
}
