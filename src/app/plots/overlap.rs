//! New polygons against those that are there, and against each other (重叠, 疑似重复报批).
//!
//! Boxes narrow it down, the overlay decides. What is beyond tolerance is refused unless a reason is given for it; with a
//! reason, and within tolerance, it is recorded of both plots.

use std::collections::HashMap;
use std::sync::Arc;

use static_aabb2d_index::{StaticAABB2DIndex, StaticAABB2DIndexBuilder};

use crate::app::error::AppError;
use crate::app::parallel;
use crate::app::records::Stamp;
use crate::domain::geometry::apart::are_apart;
use crate::domain::geometry::fit;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::geometry::tolerance::{Misfit, Tolerance};
use crate::domain::input::FieldError;
use crate::domain::layer::Layer;
use crate::domain::ledger::land::{Land, Offence};
use crate::domain::record::{Warning, WarningCode};
use crate::domain::region::{County, PlotId};
use crate::domain::text::{Text, text};
use crate::storage::db::Db;
use crate::storage::{feature, overlap};

/// Overlaps after which no more are looked for: of a polygon that is refused, and of one that is not.
const REFUSED_MAX: usize = 3;
const RECORDED_MAX: usize = 200;
/// Polygons kept at hand while a file is looked through.
const AT_HAND_MAX: usize = 20_000;
/// Existing polygons read at a time.
const READ_MAX: usize = 500;
/// New polygons handed on together.
const JOBS: usize = 128;
/// Neighbours up to which all are fetched at once.
const OPEN_MAX: usize = 200;

/// What a new polygon lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Other {
    /// Another of the new ones, by its place among them.
    New(usize),
    /// A plot that is there, with the version of its polygon.
    Plot(PlotId, i32),
}

/// A new polygon that lies on another.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its place among the new ones.
    pub new: usize,
    pub other: Other,
    pub offence: Offence,
}

impl Found {
    pub fn is_within(&self) -> bool {
        self.offence.misfit.is_within
    }
}

/// The new polygons: where they lie, and what they are when one is looked at.
pub(super) trait New {
    fn boxes(&self) -> &[Option<DegreeBox>];
    fn land(&mut self, at: usize) -> Result<Land, AppError>;
    /// Whether a reason is given for lying on others.
    fn has_reason(&mut self, at: usize) -> Result<bool, AppError>;
}

/// Where the existing plots are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct There {
    pub county: County,
    /// The plot that is drawn anew: it may lie on itself.
    pub itself: Option<PlotId>,
    /// Plots from this id on are the new ones.
    pub before: Option<PlotId>,
}

/// Finds what new polygons lie on, in the order of the new ones.
pub(super) fn find(
    db: &mut Db,
    there: There,
    new: &mut dyn New,
    tolerance: &Tolerance,
) -> Result<Vec<Found>, AppError> {
    let boxes: Vec<(usize, DegreeBox)> =
        new.boxes().iter().enumerate().filter_map(|(at, bounds)| Some((at, (*bounds)?))).collect();
    let Some(whole) = boxes.iter().map(|(_, bounds)| *bounds).reduce(DegreeBox::around) else { return Ok(Vec::new()) };
    let mut existing = overlap::boxes(db, there.county, whole)?;
    existing.retain(|(plot, _)| Some(*plot) != there.itself && there.before.is_none_or(|first| *plot < first));
    let among_new = index(boxes.iter().map(|(_, bounds)| *bounds));
    let among_existing = index(existing.iter().map(|(_, bounds)| *bounds));
    let mut hand = Hand::default();
    let mut found = Vec::new();
    let mut rows = boxes.iter();
    // Polygons are fetched here and laid over each other on all processors.
    let next = || {
        let near = rows.by_ref().filter_map(|&(at, bounds)| {
            let earlier = met(among_new.as_ref(), bounds).into_iter().map(|position| boxes[position].0);
            let mut earlier: Vec<usize> = earlier.filter(|other| *other < at).collect();
            let mut plots: Vec<PlotId> =
                met(among_existing.as_ref(), bounds).into_iter().map(|position| existing[position].0).collect();
            earlier.sort_unstable();
            plots.sort_unstable();
            (!earlier.is_empty() || !plots.is_empty()).then_some(Near { at, earlier, plots })
        });
        let near: Vec<Near> = near.take(JOBS).collect();
        (!near.is_empty()).then(|| hand.jobs(db, there.county, new, near, tolerance))
    };
    let work = |jobs: Vec<Job>| jobs.into_iter().map(|job| job.done(tolerance)).collect::<Result<Vec<_>, _>>();
    parallel::in_order(next, work, |done| {
        found.extend(done?.into_iter().flatten());
        Ok(())
    })?;
    Ok(found)
}

/// What may lie under a new polygon, by the boxes.
struct Near {
    at: usize,
    earlier: Vec<usize>,
    plots: Vec<PlotId>,
}

impl Near {
    /// Whether they are so few that all are fetched at once.
    fn is_open(&self) -> bool {
        self.earlier.len() + self.plots.len() <= OPEN_MAX
    }
}

/// A new polygon and those that it is laid over.
enum Job {
    Open {
        at: usize,
        own: Arc<Land>,
        others: Vec<(Other, Arc<Land>)>,
        most: usize,
    },
    /// It had so many that they were fetched one by one and only until enough was found.
    Done(Vec<Found>),
}

impl Job {
    fn done(self, tolerance: &Tolerance) -> Result<Vec<Found>, AppError> {
        match self {
            Self::Done(found) => Ok(found),
            Self::Open { at, own, others, most } => {
                let mut found = Vec::new();
                for (other, land) in others {
                    found.extend(lies_on(&own, &land, tolerance)?.map(|offence| Found { new: at, other, offence }));
                    if found.len() >= most {
                        break;
                    }
                }
                Ok(found)
            }
        }
    }
}

fn index(boxes: impl ExactSizeIterator<Item = DegreeBox>) -> Option<StaticAABB2DIndex<i32>> {
    let mut builder = StaticAABB2DIndexBuilder::new(boxes.len());
    for DegreeBox { west, south, east, north } in boxes {
        builder.add(west, south, east, north);
    }
    // It fails on boxes that are inside out, which ours are not, or on none.
    builder.build().ok()
}

/// Positions of the boxes that a box meets.
fn met(index: Option<&StaticAABB2DIndex<i32>>, of: DegreeBox) -> Vec<usize> {
    index.map(|index| index.query(of.west, of.south, of.east, of.north)).unwrap_or_default()
}

fn lies_on(new: &Land, other: &Land, tolerance: &Tolerance) -> Result<Option<Offence>, AppError> {
    // A county's polygons lie in one zone, unless it is wider than any: then neighbours of two zones are not compared.
    if new.zone != other.zone || are_apart(&new.polygon, &other.polygon) {
        return Ok(None);
    }
    let found = fit::overlaps(&new.polygon, &[((), &other.polygon)], tolerance)
        .map_err(|error| AppError::field("/geometry", None, error.text()))?;
    Ok(found.into_iter().next().map(|overlap| Offence { misfit: overlap.misfit, zone: new.zone }))
}

/// Polygons that were looked at lately: neighbours in a file are mostly neighbours on the map.
#[derive(Default)]
struct Hand {
    new: HashMap<usize, Arc<Land>>,
    existing: HashMap<PlotId, (Arc<Land>, i32)>,
}

impl Hand {
    fn jobs(
        &mut self,
        db: &mut Db,
        county: County,
        new: &mut dyn New,
        near: Vec<Near>,
        tolerance: &Tolerance,
    ) -> Result<Vec<Job>, AppError> {
        let mut plots: Vec<PlotId> =
            near.iter().filter(|near| near.is_open()).flat_map(|near| near.plots.iter().copied()).collect();
        plots.sort_unstable();
        plots.dedup();
        self.read(db, county, &plots)?;
        near.into_iter().map(|near| self.job(db, county, new, near, tolerance)).collect()
    }

    fn job(
        &mut self,
        db: &mut Db,
        county: County,
        new: &mut dyn New,
        near: Near,
        tolerance: &Tolerance,
    ) -> Result<Job, AppError> {
        let is_open = near.is_open();
        let Near { at, earlier, plots } = near;
        let most = if new.has_reason(at)? { RECORDED_MAX } else { REFUSED_MAX };
        let own = self.land(new, at)?;
        let (mut others, mut found) = (Vec::new(), Vec::new());
        let mut take = |other: Other, land: Arc<Land>| {
            if is_open {
                others.push((other, land));
            } else {
                found.extend(lies_on(&own, &land, tolerance)?.map(|offence| Found { new: at, other, offence }));
            }
            Ok::<_, AppError>(found.len() >= most)
        };
        let mut is_enough = false;
        for other in earlier {
            is_enough = take(Other::New(other), self.land(new, other)?)?;
            if is_enough {
                break;
            }
        }
        for plots in plots.chunks(READ_MAX) {
            if is_enough {
                break;
            }
            self.read(db, county, plots)?;
            for plot in plots {
                let Some((land, version)) = self.existing.get(plot) else { continue };
                is_enough |= take(Other::Plot(*plot, *version), Arc::clone(land))?;
            }
        }
        Ok(if is_open { Job::Open { at, own, others, most } } else { Job::Done(found) })
    }

    fn land(&mut self, new: &mut dyn New, at: usize) -> Result<Arc<Land>, AppError> {
        if let Some(land) = self.new.get(&at) {
            return Ok(Arc::clone(land));
        }
        if self.new.len() >= AT_HAND_MAX {
            self.new.clear();
        }
        let land = Arc::new(new.land(at)?);
        self.new.insert(at, Arc::clone(&land));
        Ok(land)
    }

    fn read(&mut self, db: &mut Db, county: County, plots: &[PlotId]) -> Result<(), AppError> {
        let missing: Vec<i64> =
            plots.iter().filter(|plot| !self.existing.contains_key(plot)).map(|plot| plot.0).collect();
        if missing.is_empty() {
            return Ok(());
        }
        if self.existing.len() + missing.len() > AT_HAND_MAX {
            self.existing.retain(|plot, _| plots.contains(plot));
        }
        for (id, drawn) in feature::drawings(db, county, Layer::Plots, &missing)? {
            let land = Arc::new(Land { polygon: drawn.grid, zone: drawn.zone });
            self.existing.insert(PlotId(id), (land, drawn.version));
        }
        Ok(())
    }
}

/// Land that is drawn twice, in the words of a refusal.
pub(super) fn fault(pointer: String, other: &Text, Misfit { area, share, strip_width, .. }: &Misfit) -> FieldError {
    let Text { zh, en } = other;
    let message = text!(
        "与{zh}重叠 {area} 平方米(占较小者的 {share},最宽 {strip_width} 米),超过容差,疑似重复报批;请修改图形,确需重叠的(如原批文已撤回)请填 overlap_reason",
        "it shares {area} m² with {en} (a share of {share} of the smaller, {strip_width} m wide), beyond tolerance: the land seems to be approved twice; mend the polygon, or say in overlap_reason why it may be so, such as a withdrawn approval"
    );
    FieldError { pointer, value: None, message }
}

/// The same where a reason was given.
pub(super) fn warning(other: &Text, Misfit { area, share, .. }: &Misfit) -> Warning {
    let Text { zh, en } = other;
    Warning {
        code: WarningCode::Overlaps,
        message: text!(
            "与{zh}重叠 {area} 平方米(占较小者的 {share});已按填写的原因记录,列入核对清单",
            "it shares {area} m² with {en} (a share of {share} of the smaller); recorded with the reason given, and listed for reconciliation"
        ),
    }
}

/// The codes of plots that were found.
pub(super) struct Names(HashMap<PlotId, String>);

impl Names {
    pub fn of(db: &mut Db, county: County, found: &[Found]) -> Result<Self, AppError> {
        let mut plots: Vec<PlotId> = found
            .iter()
            .filter_map(|found| match found.other {
                Other::Plot(plot, _) => Some(plot),
                Other::New(_) => None,
            })
            .collect();
        plots.sort_unstable();
        plots.dedup();
        Ok(Self(overlap::codes(db, county, &plots)?.into_iter().collect()))
    }

    /// What people call the plot; a new one has no name of its own here.
    pub fn of_other(&self, other: Other) -> Text {
        match other {
            Other::Plot(plot, _) => {
                let (code, id) = (self.0.get(&plot).map_or("", String::as_str), plot.0);
                text!("地块“{code}”(编号 {id})", "plot {code} (id {id})")
            }
            Other::New(at) => text!("第 {at} 个图形", "polygon {at}"),
        }
    }
}

/// A plot drawn by itself, held against the others inside the county's lock: overlaps to record, or a refusal.
pub(super) fn of_one(
    db: &mut Db,
    county: County,
    itself: Option<PlotId>,
    drawn: &crate::domain::geometry::check::CheckedPolygon,
    reason: Option<&str>,
    tolerance: &Tolerance,
) -> Result<(Vec<Found>, Vec<Warning>), AppError> {
    let mut new = One { boxes: [Some(drawn.bounds)], land: Land::of(drawn), has_reason: reason.is_some() };
    let found = find(db, There { county, itself, before: None }, &mut new, tolerance)?;
    let names = Names::of(db, county, &found)?;
    let beyond = || found.iter().filter(|found| !found.is_within());
    if let (None, Some(first)) = (reason, beyond().next()) {
        let fault = |found: &Found| fault("/geometry".to_owned(), &names.of_other(found.other), &found.offence.misfit);
        let faults = beyond().map(fault).collect();
        return Err(AppError::Overlaps { faults, offence: Box::new(first.offence.clone()) });
    }
    let warnings = beyond().map(|found| warning(&names.of_other(found.other), &found.offence.misfit)).collect();
    Ok((found, warnings))
}

struct One {
    boxes: [Option<DegreeBox>; 1],
    land: Land,
    has_reason: bool,
}

impl New for One {
    fn boxes(&self) -> &[Option<DegreeBox>] {
        &self.boxes
    }

    fn land(&mut self, _: usize) -> Result<Land, AppError> {
        Ok(self.land.clone())
    }

    fn has_reason(&mut self, _: usize) -> Result<bool, AppError> {
        Ok(self.has_reason)
    }
}

/// What was found as it is recorded, once the new plots have their ids.
pub(super) fn record(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    found: Vec<Found>,
    place: impl Fn(usize) -> (PlotId, i32),
    reason: impl Fn(usize) -> Option<String>,
) -> Result<(), AppError> {
    let rows = found.into_iter().map(|found| {
        let (plot, plot_version) = place(found.new);
        let (other, other_version) = match found.other {
            Other::New(at) => place(at),
            Other::Plot(plot, version) => (plot, version),
        };
        let Misfit { area, is_within, .. } = found.offence.misfit;
        overlap::PlotOverlap {
            plot,
            plot_version,
            other,
            other_version,
            area,
            is_within,
            reason: reason(found.new),
            recorded_at: stamp.now,
            recorded_by: stamp.user,
        }
    });
    Ok(overlap::insert(db, county, rows.collect())?)
}
