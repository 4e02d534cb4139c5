//! Where the holdings of a plot lie, now or as a voucher left them.

use std::collections::BTreeMap;

use crate::app::App;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::records::missing;
use crate::domain::geometry::overlay::CannotOverlay;
use crate::domain::geometry::tolerance::Tolerance;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::land::{self as decide, Land};
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, PlotId};
use crate::storage::db::Db;
use crate::storage::ledger::land::{self, LandAt};
use crate::storage::{ledger, plot};

/// One holding with its area and, if it is on the map, its land.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingLand {
    pub holding: Holding,
    /// By the ledger.
    pub area: AreaM2,
    pub land: Option<LandAt>,
}

/// The holdings of a plot that have area or land.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotLand {
    pub plot: PlotId,
    pub known_seq: i64,
    pub holdings: Vec<HoldingLand>,
}

/// The land a line of a voucher moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineLand {
    pub line: usize,
    pub land: Land,
}

impl App {
    /// The holdings of a plot after voucher `known_seq`; after the newest one if none is given.
    pub fn plot_land(&self, county: County, id: PlotId, known_seq: Option<i64>) -> Result<PlotLand, AppError> {
        self.pool.get()?.read(|db| {
            plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
            let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let known_seq = known_seq.map_or(head.seq, |seq| seq.min(head.seq));
            let mut areas: BTreeMap<Holding, AreaM2> = BTreeMap::new();
            for line in ledger::lines_of_plot(db, county, id, known_seq)? {
                for (holding, change) in [(line.from, -line.area), (line.to, line.area)] {
                    let area = areas.entry(holding).or_default();
                    *area = *area + change;
                }
            }
            let mut lands = land::after(db, county, id, known_seq)?;
            for holding in lands.keys() {
                areas.entry(*holding).or_default();
            }
            let holdings = areas
                .into_iter()
                // The outside, and holdings of other plots that land went to or came from, lie elsewhere.
                .filter(|(holding, _)| holding.account != Account::Outside)
                .filter(|(holding, _)| holding.plot == id)
                .map(|(holding, area)| HoldingLand { holding, area, land: lands.remove(&holding) })
                .filter(|held| !held.area.is_zero() || held.land.is_some())
                .collect();
            Ok(PlotLand { plot: id, known_seq, holdings })
        })
    }

    /// The land that the lines of a voucher moved; those without are left out.
    pub fn voucher_land(&self, county: County, seq: i64) -> Result<Vec<LineLand>, AppError> {
        let (recorded, _) = self.voucher(county, seq)?;
        let lines = &recorded.voucher.lines;
        let of_plots = |line: &usize| lines.get(*line).map(|line| [line.from.plot, line.to.plot]);
        let wanted: Vec<_> =
            recorded.land.iter().filter_map(|(line, digest)| Some((*digest, of_plots(line)?))).collect();
        let lands = land::by_digest(&mut *self.pool.get()?, county, &wanted)?;
        let of = |(line, digest): (&usize, &_)| Some(LineLand { line: *line, land: lands.get(digest)?.clone() });
        Ok(recorded.land.iter().filter_map(of).collect())
    }
}

/// Gives the holdings of a plot the land that a new polygon of it says, where that can be said.
pub(crate) fn redraw_plot(db: &mut Db, county: County, plot: PlotId, drawn: &Land) -> Result<(), AppError> {
    let standing = land::standing(db, county, plot)?;
    if let Some((holding, land)) = decide::redraw_plot(drawn, &standing).map_err(cannot)? {
        let seq = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?.seq;
        land::redraw(db, county, seq, &BTreeMap::from([(holding, Some(land))]))?;
        features::residuals_after(db, county, &[plot])?;
    }
    Ok(())
}

/// Cuts the land of a parcel whose polygon came after its supply from what its plots have left, where it fits.
pub(crate) fn redraw_parcel(
    db: &mut Db,
    county: County,
    parcel: ParcelId,
    drawn: &Land,
    tolerance: &Tolerance,
) -> Result<(), AppError> {
    let seq = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?.seq;
    for plot in land::plots_of_parcel(db, county, parcel)? {
        let standing = land::standing(db, county, PlotId(plot))?;
        let changed = decide::redraw_parcel(parcel, drawn, &standing, tolerance).map_err(cannot)?;
        land::redraw(db, county, seq, &changed)?;
        features::residuals_after(db, county, &[PlotId(plot)])?;
    }
    Ok(())
}

fn cannot(error: CannotOverlay) -> AppError {
    AppError::field("/geometry", None, error.text())
}
