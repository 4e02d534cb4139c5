//! The land behind a voucher's areas: which polygon each line moves, and what polygons the holdings are left with.
//!
//! A line says how much area goes from one holding to another; this says which land. It is, in this order: the
//! polygon drawn in the line; for a line to another parcel the parcel's own polygon; the whole polygon of the holding
//! if the line takes its whole balance. A correction brings back the land that the corrected line moved. Else
//! nobody knows which part moved, and the line is flagged 未落图.
//!
//! What is drawn lies on the holding it is taken from. Within the policy's tolerance a difference is accepted,
//! goes to the land beside it, and the voucher is flagged; beyond it the voucher is refused with the offending land.

use std::collections::{BTreeMap, HashMap};

use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::fit::fit;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::overlay::{CannotOverlay, difference};
use crate::domain::geometry::residual::union_for_resupply;
use crate::domain::geometry::tolerance::{Misfit, Tolerance};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::refused::Refused;
use crate::domain::ledger::voucher::{Flag, Holding, Line, Voucher};
use crate::domain::plot::AreaTolerance;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ParcelId, PlotId};

/// A polygon on the grid of its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Land {
    pub polygon: GridMultiPolygon,
    pub zone: Zone,
}

impl Land {
    pub fn of(polygon: &CheckedPolygon) -> Self {
        Self { polygon: polygon.grid.clone(), zone: polygon.zone }
    }
}

/// What is known of the land that a voucher moves.
#[derive(Debug, Default)]
pub struct Ground {
    /// The recorded area and the newest polygon of each plot that has one.
    pub plots: HashMap<PlotId, (AreaM2, Land)>,
    /// The newest polygon of each parcel that land goes to, if it has one.
    pub parcels: HashMap<ParcelId, Land>,
    /// Every holding of the plots that has a polygon.
    pub holdings: BTreeMap<Holding, Land>,
    /// The area of every holding of the voucher before it, all days together.
    pub balances: HashMap<Holding, AreaM2>,
    /// Polygons drawn for lines of the voucher, by the line's number.
    pub drawn: BTreeMap<usize, Land>,
    /// For a correction: the lines of its original and of earlier corrections, with the land each moved.
    pub corrected: Vec<(Line, Option<Land>)>,
}

/// How far polygons may be off.
#[derive(Debug, Clone, Copy)]
pub struct LandTolerance {
    /// Between polygons that should meet.
    pub fit: Tolerance,
    /// Between the area of a line and that of the land it moves.
    pub area: AreaTolerance,
}

/// What becomes of the land.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    /// The land of each line that has some.
    pub lines: BTreeMap<usize, Land>,
    /// Each holding whose polygon changed, with none where nothing is left.
    pub holdings: BTreeMap<Holding, Option<Land>>,
    pub flags: Vec<Flag>,
}

/// Decides which land a voucher moves. The areas were decided before: see [`decide`](super::decide::decide).
pub fn move_land(voucher: &Voucher, ground: &Ground, tolerance: &LandTolerance) -> Result<Moved, Refused> {
    let mut moving = Moving {
        voucher,
        ground,
        tolerance,
        now: ground.holdings.iter().map(|(holding, land)| (*holding, Some(land.clone()))).collect(),
        left: ground.balances.clone(),
        moved: Moved::default(),
    };
    if voucher.kind != Kind::SurveyDifference {
        // What is drawn goes first, so that a line without a polygon gets what the others leave.
        let mut order: Vec<(usize, &Line)> = voucher.lines.iter().enumerate().collect();
        order.sort_by_key(|(number, line)| moving.drawn(*number, line).is_none());
        for (number, line) in order {
            moving.line(number, line)?;
        }
    }
    let Moving { now, mut moved, .. } = moving;
    moved.holdings = now.into_iter().filter(|(holding, land)| ground.holdings.get(holding) != land.as_ref()).collect();
    Ok(moved)
}

/// Why land could not be cut or put together.
enum Stop {
    Overlay(CannotOverlay),
    Refused(Refused),
}

impl From<CannotOverlay> for Stop {
    fn from(error: CannotOverlay) -> Self {
        Self::Overlay(error)
    }
}

/// The land that a line takes from its holding.
enum Taken {
    Land(Land),
    /// Nobody drew which.
    Unknown,
    /// The area changes, the land is where it belongs.
    Nothing,
}

/// A voucher on its way through its lines.
struct Moving<'a> {
    voucher: &'a Voucher,
    ground: &'a Ground,
    tolerance: &'a LandTolerance,
    /// The polygons as the lines so far left them.
    now: BTreeMap<Holding, Option<Land>>,
    /// The areas as the lines so far left them.
    left: HashMap<Holding, AreaM2>,
    moved: Moved,
}

impl Moving<'_> {
    fn line(&mut self, number: usize, line: &Line) -> Result<(), Refused> {
        let takes_all = self.takes_all(line);
        for (holding, change) in [(line.from, -line.area), (line.to, line.area)] {
            let left = self.left.entry(holding).or_default();
            *left = *left + change;
        }
        let source = self.source(line);
        let Some(source) = source.map_err(|error| Refused::CannotOverlay { line: number, error })? else {
            // A plot without a polygon is supplied by area; land drawn all the same stands for itself.
            if let Some(land) = self.drawn(number, line).filter(|_| line.from.account != Account::Outside) {
                return self.put(number, line, land);
            }
            self.flag(Flag::Unmapped);
            return Ok(());
        };
        let land = match self.drawn(number, line) {
            Some(drawn) => self.cut(number, line, &source, &drawn, takes_all),
            None if takes_all => {
                self.take(line, None);
                Ok(Taken::Land(source))
            }
            None => Ok(Taken::Unknown),
        };
        let land = land.map_err(|stop| match stop {
            Stop::Overlay(error) => Refused::CannotOverlay { line: number, error },
            Stop::Refused(refused) => refused,
        })?;
        match land {
            Taken::Land(land) => self.put(number, line, land),
            Taken::Nothing => Ok(()),
            Taken::Unknown => {
                self.flag(Flag::Unmapped);
                Ok(())
            }
        }
    }

    fn flag(&mut self, flag: Flag) {
        if !self.moved.flags.contains(&flag) {
            self.moved.flags.push(flag);
        }
    }

    /// Whether a line leaves nothing in the holding it takes from; of the outside, whether the plot enters whole.
    fn takes_all(&self, line: &Line) -> bool {
        let balance = self.left.get(&line.from).copied().unwrap_or_default();
        match line.from.account {
            Account::Outside => {
                self.ground.plots.get(&line.from.plot).is_some_and(|(recorded, _)| line.area - balance == *recorded)
            }
            _ => balance == line.area,
        }
    }

    /// The polygon that a line takes from.
    fn source(&self, line: &Line) -> Result<Option<Land>, CannotOverlay> {
        let plot = match (self.voucher.kind, line.from.account) {
            // Land that lies elsewhere afterwards: what the new place has room for.
            (Kind::Relocation, _) => line.to.plot,
            (_, Account::Outside) => line.from.plot,
            _ => return Ok(self.now.get(&line.from).cloned().flatten()),
        };
        let Some((_, whole)) = self.ground.plots.get(&plot) else { return Ok(None) };
        // Holdings stand in the order of their plots: a batch of thousands looks at each plot's own alone.
        let first = Holding { plot, account: Account::ALL[0], parcel: None };
        let held = self.now.range(first..).take_while(|(holding, _)| holding.plot == plot);
        let held: Vec<&GridMultiPolygon> =
            held.filter_map(|(_, land)| land.as_ref()).filter(|l| l.zone == whole.zone).map(|l| &l.polygon).collect();
        if held.is_empty() {
            return Ok(Some(whole.clone()));
        }
        Ok(difference(&[&whole.polygon], &held)?.map(|polygon| Land { polygon, zone: whole.zone }))
    }

    /// The polygon that says which land a line moves.
    fn drawn(&self, number: usize, line: &Line) -> Option<Land> {
        if let Some(drawn) = self.ground.drawn.get(&number) {
            return Some(drawn.clone());
        }
        if self.voucher.kind == Kind::Correction {
            let back = |other: &Line| (other.from, other.to) == (line.to, line.from);
            let original = self.ground.corrected.iter().find(|(other, _)| back(other) && other.area == line.area);
            if let Some((_, land)) = original {
                return land.clone();
            }
        }
        let parcel = line.to.parcel.filter(|_| line.to.parcel != line.from.parcel)?;
        self.ground.parcels.get(&parcel).cloned()
    }

    /// Cuts what is drawn from the holding.
    fn cut(&mut self, number: usize, line: &Line, source: &Land, drawn: &Land, takes_all: bool) -> Result<Taken, Stop> {
        let tolerance = &self.tolerance.fit;
        if source.zone != drawn.zone {
            return Err(Stop::Overlay(CannotOverlay::Unsound));
        }
        let zone = source.zone;
        let fit = fit(&drawn.polygon, &source.polygon, tolerance)?;
        let Some(inside) = fit.cut.inside else {
            // A correction of the area alone: the parcel has its land already.
            let there = self.rest_of(line);
            let missing = difference(&[&drawn.polygon], &there.iter().collect::<Vec<_>>())?;
            if Misfit::of(missing, drawn.polygon.twice_area_mm2(), tolerance).is_none_or(|misfit| misfit.is_within) {
                return Ok(Taken::Nothing);
            }
            return Err(Stop::Refused(Refused::LandElsewhere { line: number, holding: line.from }));
        };
        // What lies outside this holding may lie in another that the same parcel is cut from, or in itself already.
        if let Some(excess) = fit.excess {
            let elsewhere = self.rest_of(line);
            let beyond = difference(&[&excess.polygon], &elsewhere.iter().collect::<Vec<_>>())?;
            let beyond = Misfit::of(beyond, drawn.polygon.twice_area_mm2(), tolerance);
            if let Some(beyond) = beyond {
                if !beyond.is_within {
                    let offence = Box::new(Offence { misfit: beyond, zone });
                    return Err(Stop::Refused(Refused::LandOutside { line: number, holding: line.from, offence }));
                }
                self.flag(Flag::LandFitted);
            }
        }
        // Where an earlier line moved area that nobody drew, the land is more than the area that is left of it.
        let is_exact = self.tolerance.area.check(line.area, source.polygon.area()).is_none();
        if !takes_all || !is_exact {
            self.take(line, fit.cut.residual);
            return Ok(Taken::Land(Land { polygon: inside, zone }));
        }
        // The whole area goes: so must the whole land.
        if let Some(gap) = Misfit::of(fit.cut.residual, source.polygon.twice_area_mm2(), tolerance) {
            if !gap.is_within {
                let offence = Box::new(Offence { misfit: gap, zone });
                return Err(Stop::Refused(Refused::LandLeft { line: number, holding: line.from, offence }));
            }
            self.flag(Flag::LandFitted);
        }
        self.take(line, None);
        Ok(Taken::Land(source.clone()))
    }

    /// Land of the other holdings that the parcel of a line takes from or consists of.
    fn rest_of(&self, line: &Line) -> Vec<GridMultiPolygon> {
        let siblings = self.voucher.lines.iter().filter(|other| other.to.parcel == line.to.parcel && *other != line);
        let others = siblings.flat_map(|other| [other.from, other.to]).chain([line.to]).filter(|h| *h != line.from);
        // As they stood before the voucher and as they stand now: an earlier line has taken its share already.
        others
            .flat_map(|holding| [self.ground.holdings.get(&holding), self.now.get(&holding).and_then(Option::as_ref)])
            .flatten()
            .map(|land| land.polygon.clone())
            .collect()
    }

    /// Leaves a holding with what is left of it.
    fn take(&mut self, line: &Line, residual: Option<GridMultiPolygon>) {
        if let Some(place) = self.now.get_mut(&line.from) {
            let zone = place.as_ref().map(|land| land.zone);
            *place = residual.zip(zone).map(|(polygon, zone)| Land { polygon, zone });
        }
    }

    /// Adds land to the holding a line leads to.
    fn put(&mut self, number: usize, line: &Line, land: Land) -> Result<(), Refused> {
        if line.area != land.polygon.area() && self.tolerance.area.check(line.area, land.polygon.area()).is_some() {
            self.flag(Flag::AreaDiffers);
        }
        if line.to.account != Account::Outside {
            let held = self.now.entry(line.to).or_default();
            *held = match held.take() {
                Some(before) if before.zone == land.zone => {
                    let together = union_for_resupply(&[&before.polygon, &land.polygon], &self.tolerance.fit)
                        .map_err(|error| Refused::CannotOverlay { line: number, error })?;
                    together.polygon.map(|polygon| Land { polygon, zone: land.zone })
                }
                Some(_) => {
                    return Err(Refused::CannotOverlay { line: number, error: CannotOverlay::Unsound });
                }
                None => Some(land.clone()),
            };
        }
        self.moved.lines.insert(number, land);
        Ok(())
    }
}

/// Land that is drawn where it may not be, or not drawn where it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    pub misfit: Misfit,
    pub zone: Zone,
}

/// A holding as it stands: its area by the ledger and its land.
pub type Standing = BTreeMap<Holding, (AreaM2, Option<Land>)>;

/// What a new polygon of a plot gives to a holding: all of it if one holding has the whole plot, else what the mapped
/// holdings leave to the only one that is not a parcel's. None if nobody can say.
pub fn redraw_plot(plot: &Land, standing: &Standing) -> Result<Option<(Holding, Land)>, CannotOverlay> {
    let held: Vec<_> = standing.iter().filter(|(_, (area, _))| area.is_positive()).collect();
    if let [(holding, _)] = held[..] {
        return Ok(Some((*holding, plot.clone())));
    }
    let (free, parcels): (Vec<_>, Vec<_>) = held.into_iter().partition(|(holding, _)| holding.parcel.is_none());
    let [(holding, _)] = free[..] else { return Ok(None) };
    let mut taken = Vec::with_capacity(parcels.len());
    for (_, (_, land)) in parcels {
        match land {
            Some(land) if land.zone == plot.zone => taken.push(&land.polygon),
            _ => return Ok(None),
        }
    }
    let left = difference(&[&plot.polygon], &taken)?;
    Ok(left.map(|polygon| (*holding, Land { polygon, zone: plot.zone })))
}

/// What the polygon of a parcel, entered after its supply, gives to its holding of one plot: its land is cut from what
/// the plot has left, if it fits there. Nothing if the parcel's land is known, or nobody can say.
pub fn redraw_parcel(
    parcel: ParcelId,
    drawn: &Land,
    standing: &Standing,
    tolerance: &Tolerance,
) -> Result<BTreeMap<Holding, Option<Land>>, CannotOverlay> {
    let of_parcel = |(holding, (area, land)): &(&Holding, &(AreaM2, Option<Land>))| {
        holding.parcel == Some(parcel) && area.is_positive() && land.is_none()
    };
    let mut changed = BTreeMap::new();
    let Some((holding, _)) = standing.iter().find(of_parcel) else { return Ok(changed) };
    let free = standing.iter().filter(|(holding, _)| holding.parcel.is_none());
    for (source, (area, land)) in free {
        let Some(land) = land.as_ref().filter(|land| land.zone == drawn.zone) else { continue };
        let fit = fit(&drawn.polygon, &land.polygon, tolerance)?;
        let (true, Some(inside)) = (fit.is_within(), fit.cut.inside) else { continue };
        changed.insert(*holding, Some(Land { polygon: inside, zone: drawn.zone }));
        let left = fit.cut.residual.filter(|_| area.is_positive());
        changed.insert(*source, left.map(|polygon| Land { polygon, zone: drawn.zone }));
        break;
    }
    Ok(changed)
}
