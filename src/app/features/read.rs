//! Reading features: a page in the order of their ids, over the counties that the reader may see.

use chrono::NaiveDateTime;

use crate::app::App;
use crate::app::error::AppError;
use crate::app::records::geometry_limits;
use crate::domain::geometry::crs::{Crs, Zone};
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::geometry::window::Window;
use crate::domain::geometry::wkb;
use crate::domain::layer::Layer;
use crate::domain::region::County;
use crate::formats::geojson::{AxisOrder, write_geometry_in};
use crate::storage::county;
use crate::storage::db::{Db, StorageError};
use crate::storage::feature::{self, Days, Equal, Found, LayerState, Search, Shown};
use crate::storage::spatial::{self, Near};

/// Features that match, counted up to here; of more the number is not told.
const COUNT_MAX: i64 = 10_000;
/// Bytes of features after which a page ends before its limit.
const PAGE_BYTES_MAX: usize = 32 << 20;
/// Features looked at in one step where each must be tested.
const STEP: i64 = 1000;
/// And at least, as some do not match.
const STEP_MIN: i64 = 100;

/// Which features are asked for, and how they shall be shown.
#[derive(Debug, Clone)]
pub struct FeatureQuery {
    pub layer: Layer,
    /// Ascending.
    pub counties: Vec<County>,
    /// The id after which the page begins.
    pub after: i64,
    /// Features of the page's beginning to pass over.
    pub offset: i64,
    pub limit: usize,
    pub window: Option<Window>,
    pub days: Option<Days>,
    pub equal: Vec<Equal>,
    pub crs: Crs,
    pub with_geometry: bool,
}

/// A feature as bytes of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureText {
    pub id: i64,
    pub geometry: Option<Vec<u8>>,
    pub properties: Vec<u8>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeaturePage {
    pub features: Vec<FeatureText>,
    /// Whether there are more.
    pub more: bool,
    /// How many features match in all, if that could be told cheaply.
    pub matched: Option<i64>,
    /// When the page was made.
    pub now: NaiveDateTime,
}

/// What is known of a layer without looking at its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerFacts {
    pub counties: Vec<County>,
    pub state: LayerState,
    /// West, south, east, north: the extents of the counties together.
    pub extent: Option<DegreeBox>,
    /// The zone in which all of it rests, if it is one.
    pub zone: Option<Zone>,
}

impl App {
    /// What is known of a layer in the counties that `may_see` lets through.
    pub fn layer_facts(&self, layer: Layer, may_see: impl Fn(County) -> bool) -> Result<LayerFacts, AppError> {
        self.pool.get()?.read(|db| {
            let all = county::all(db)?;
            let seen: Vec<_> = all.into_iter().filter(|county| may_see(county.county)).collect();
            let mut state = LayerState::default();
            for county in &seen {
                let of = feature::state(db, county.county, layer)?;
                state = LayerState { total: state.total + of.total, changes: state.changes + of.changes };
            }
            let extent = seen.iter().map(|county| county.extent).reduce(|all, one| DegreeBox {
                west: all.west.min(one.west),
                south: all.south.min(one.south),
                east: all.east.max(one.east),
                north: all.north.max(one.north),
            });
            let mut zones = seen.iter().map(|county| geometry_limits(county).zone);
            let zone = zones.next().flatten().filter(|first| zones.all(|zone| zone == Some(*first)));
            Ok(LayerFacts { counties: seen.into_iter().map(|county| county.county).collect(), state, extent, zone })
        })
    }

    /// One page of features.
    pub fn features(&self, query: &FeatureQuery) -> Result<FeaturePage, AppError> {
        let now = self.clock().now();
        self.pool.get()?.read(|db| page(db, query, now))
    }

    /// One feature by its id.
    pub fn feature(&self, query: &FeatureQuery, id: i64) -> Result<Option<FeatureText>, AppError> {
        let Some(county) = query.counties.iter().copied().find(|county| county.owns(id)) else { return Ok(None) };
        let ordinal = query.layer.ordinal(id);
        let search = Search {
            layer: query.layer,
            county,
            after: ordinal - 1,
            skip: 0,
            limit: 1,
            among: Some(&[ordinal]),
            boxes: &[],
            days: None,
            equal: &[],
        };
        let found = feature::page(&mut *self.pool.get()?, &search, shown(query))?.pop();
        found.map(|found| text(query, found)).transpose()
    }
}

fn shown(query: &FeatureQuery) -> Shown {
    match (query.with_geometry, query.crs) {
        (false, _) => Shown::Nothing,
        (true, Crs::Crs84) => Shown::Rendered,
        (true, _) => Shown::Grid,
    }
}

fn page(db: &mut Db, query: &FeatureQuery, now: NaiveDateTime) -> Result<FeaturePage, AppError> {
    let boxes = query.window.as_ref().map_or(&[][..], Window::boxes);
    let near = match boxes {
        [] => Near::InQuery,
        boxes => spatial::near(db, query.layer, boxes)?,
    };
    let mut reader = Reader { query, features: Vec::new(), bytes: 0, skip: query.offset, more: false };
    for county in query.counties.iter().copied() {
        // Counties before the one where the page begins hold nothing of it.
        if county.feature_id(1_000_000_000) <= query.after {
            continue;
        }
        match &near {
            Near::Among(ordinals) => reader.among(db, county, ordinals)?,
            Near::InQuery if query.window.is_some() => reader.scan(db, county, boxes)?,
            Near::InQuery => reader.plain(db, county)?,
        }
        if reader.more {
            break;
        }
    }
    let (features, more) = (reader.features, reader.more);
    let is_first = query.after == 0 && query.offset == 0;
    let matched = if is_first && !more { Some(features.len() as i64) } else { matched(db, query)? };
    Ok(FeaturePage { features, more, matched, now })
}

/// How many features match, where that can be told without looking at each.
fn matched(db: &mut Db, query: &FeatureQuery) -> Result<Option<i64>, AppError> {
    if query.window.is_some() {
        return Ok(None);
    }
    let mut all = 0;
    for county in query.counties.iter().copied() {
        if query.equal.is_empty() && query.days.is_none() {
            all += feature::state(db, county, query.layer)?.total;
            continue;
        }
        let search = Search { limit: COUNT_MAX + 1 - all, ..search(query, county, 0) };
        all += feature::count(db, &search)?;
        if all > COUNT_MAX {
            return Ok(None);
        }
    }
    Ok(Some(all))
}

fn search(query: &FeatureQuery, county: County, after: i64) -> Search<'_> {
    Search {
        layer: query.layer,
        county,
        after: query.layer.ordinal(after),
        skip: 0,
        limit: STEP,
        among: None,
        boxes: &[],
        days: query.days,
        equal: &query.equal,
    }
}

/// A page in the making.
struct Reader<'q> {
    query: &'q FeatureQuery,
    features: Vec<FeatureText>,
    bytes: usize,
    /// Features that still are to be passed over.
    skip: i64,
    more: bool,
}

impl Reader<'_> {
    fn is_full(&self) -> bool {
        self.features.len() >= self.query.limit || self.bytes >= PAGE_BYTES_MAX
    }

    /// Takes a feature that matches.
    fn take(&mut self, found: Found) -> Result<(), AppError> {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_full() {
            self.more = true;
        } else {
            let text = text(self.query, found)?;
            self.bytes += text.geometry.as_ref().map_or(0, Vec::len) + text.properties.len();
            self.features.push(text);
        }
        Ok(())
    }

    /// Without a window every feature of the query matches.
    fn plain(&mut self, db: &mut Db, county: County) -> Result<(), AppError> {
        let mut after = self.query.after;
        loop {
            let room = i64::try_from(self.query.limit - self.features.len()).unwrap_or(STEP) + 1;
            let limit = room.min(STEP);
            let search = Search { limit, skip: self.skip, ..search(self.query, county, after) };
            let found = feature::page(db, &search, shown(self.query))?;
            if self.skip > 0 {
                if found.is_empty() {
                    // Not all could be passed over: the rest is for the next county.
                    let all = Search { limit: self.skip, skip: 0, ..search };
                    self.skip -= feature::count(db, &all)?;
                    return Ok(());
                }
                self.skip = 0;
            }
            let is_last = (found.len() as i64) < limit;
            after = found.last().map_or(after, |found| found.id);
            for found in found {
                self.take(found)?;
                if self.more {
                    return Ok(());
                }
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// The features that the spatial index named, a step at a time.
    fn among(&mut self, db: &mut Db, county: County, ordinals: &[i64]) -> Result<(), AppError> {
        let (low, high) = self.query.layer.bounds(county);
        let low = low.max(self.query.layer.ordinal(self.query.after));
        let from = ordinals.partition_point(|ordinal| *ordinal <= low);
        let to = ordinals.partition_point(|ordinal| *ordinal < high);
        let mut rest = ordinals.get(from..to).unwrap_or(&[]);
        while !rest.is_empty() {
            // Most of what the index names matches.
            let room = self.query.limit.saturating_sub(self.features.len()) + 1;
            let (step, later) = rest.split_at(room.min(STEP as usize).min(rest.len()));
            let search = Search { among: Some(step), ..search(self.query, county, self.query.after) };
            let found = feature::page(db, &search, shown(self.query))?;
            self.test(db, county, found)?;
            if self.more {
                return Ok(());
            }
            rest = later;
        }
        Ok(())
    }

    /// All features near the boxes in order, a step at a time.
    fn scan(&mut self, db: &mut Db, county: County, boxes: &[DegreeBox]) -> Result<(), AppError> {
        let mut after = self.query.after;
        loop {
            let room = i64::try_from(self.query.limit.saturating_sub(self.features.len())).unwrap_or(STEP);
            let limit = (room + 1).clamp(STEP_MIN, STEP);
            let search = Search { boxes, limit, ..search(self.query, county, after) };
            let found = feature::page(db, &search, shown(self.query))?;
            let Some(last) = found.last().map(|found| found.id) else { return Ok(()) };
            let is_last = (found.len() as i64) < limit;
            self.test(db, county, found)?;
            if self.more || is_last {
                return Ok(());
            }
            after = last;
        }
    }

    /// Takes what meets the window; only where the boxes leave it open the polygons are looked at.
    fn test(&mut self, db: &mut Db, county: County, found: Vec<Found>) -> Result<(), AppError> {
        let Some(window) = &self.query.window else { return Ok(()) };
        let decided = |found: &Found| found.bounds.map_or(Some(false), |bounds| window.decided_by(bounds));
        let open: Vec<i64> = found.iter().filter(|found| decided(found).is_none()).map(|found| found.id).collect();
        let polygons = feature::polygons(db, county, self.query.layer, &open)?;
        for found in found {
            let meets =
                decided(&found).unwrap_or_else(|| polygons.get(&found.id).is_some_and(|polygon| window.meets(polygon)));
            if meets {
                self.take(found)?;
            }
            if self.more {
                break;
            }
        }
        Ok(())
    }
}

/// The feature as it is shown: as it was rendered, or its grid written in another reference system.
fn text(query: &FeatureQuery, found: Found) -> Result<FeatureText, AppError> {
    let Found { id, srid, geometry, properties, .. } = found;
    let geometry = match (shown(query), geometry, srid) {
        (Shown::Grid, Some(bytes), Some(srid)) => {
            let corrupt = |why: String| StorageError::corrupt(format!("feature {id} of {}", query.layer), why);
            let grid = wkb::grid_from_wkb(&bytes).map_err(|error| corrupt(error.to_string()))?;
            let zone = Zone::all().find(|zone| i64::from(zone.epsg()) == i64::from(srid));
            let zone = zone.ok_or_else(|| corrupt(format!("EPSG:{srid} is no zone")))?;
            let order = if query.crs.north_first() { AxisOrder::NorthEast } else { AxisOrder::EastNorth };
            let mut out = Vec::with_capacity(64 + 27 * grid.vertices());
            // What the system cannot show has no geometry there.
            write_geometry_in(&grid, zone, query.crs, order, &mut out).map(|()| out)
        }
        (_, geometry, _) => geometry,
    };
    Ok(FeatureText { id, geometry, properties })
}
