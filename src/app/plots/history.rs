//! All that ever happened to a plot, in order of time.

use chrono::NaiveDateTime;

use crate::app::App;
use crate::app::error::AppError;
use crate::app::records::{JournalPage, Journalled, missing};
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::voucher::Recorded;
use crate::domain::record::Collection;
use crate::domain::region::{County, PlotId};
use crate::storage::db::Db;
pub use crate::storage::geometry::GeometryVersion;
use crate::storage::ledger::Page;
use crate::storage::listing::Place;
pub use crate::storage::plot::DatedValue;
use crate::storage::plot::StoredPlot;
use crate::storage::{geometry, journal, ledger, plot};

/// Rows read at a time.
const CHUNK: i64 = 1000;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The record was entered or changed.
    Change(Journalled),
    Attribute(DatedValue),
    Geometry(GeometryVersion),
    Voucher(Box<Recorded>, Hash),
}

impl Event {
    /// When it was recorded.
    pub fn at(&self) -> NaiveDateTime {
        match self {
            Self::Change(entry) => entry.at,
            Self::Attribute(value) => value.recorded_at,
            Self::Geometry(version) => version.recorded_at,
            Self::Voucher(recorded, _) => recorded.recorded_at,
        }
    }
}

/// A plot and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotHistory {
    pub plot: StoredPlot,
    pub events: Vec<Event>,
}

impl App {
    /// The history of a plot, the first recorded first.
    pub fn plot_history(&self, county: County, id: PlotId) -> Result<PlotHistory, AppError> {
        self.pool.get()?.read(|db| {
            let plot = plot::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Plot, county, id.0))?;
            let mut events: Vec<Event> = changes(db, county, id)?.into_iter().map(Event::Change).collect();
            events.extend(plot::attributes(db, county, id)?.into_iter().map(Event::Attribute));
            events.extend(geometry::versions(db, county, Collection::Plot, id.0)?.into_iter().map(Event::Geometry));
            events.extend(vouchers(db, county, id)?);
            // Stable: of one instant the change of the record comes first.
            events.sort_by_key(Event::at);
            Ok(PlotHistory { plot, events })
        })
    }
}

fn changes(db: &mut Db, county: County, id: PlotId) -> Result<Vec<Journalled>, AppError> {
    let mut all: Vec<Journalled> = Vec::new();
    loop {
        let after = all.last().map_or(0, |entry| entry.n);
        let page = JournalPage {
            at: Place::by_id(after, CHUNK),
            collection: Some(Collection::Plot),
            object: Some(id.0),
            ..JournalPage::default()
        };
        let entries = journal::page(db, county, &page)?;
        let full = entries.len() as i64 == CHUNK;
        all.extend(entries);
        if !full {
            return Ok(all);
        }
    }
}

fn vouchers(db: &mut Db, county: County, id: PlotId) -> Result<Vec<Event>, AppError> {
    let mut events = Vec::new();
    let mut page = Page { at: Place::by_id(0, CHUNK), plot: Some(id), ..Page::default() };
    loop {
        let found = ledger::page(db, county, &page)?;
        let full = found.len() as i64 == CHUNK;
        let last = found.last().map(|(recorded, _)| recorded.seq);
        events.extend(found.into_iter().map(|(recorded, hash)| Event::Voucher(Box::new(recorded), hash)));
        match last {
            Some(last) if full => page.at = Place::by_id(last, CHUNK),
            _ => return Ok(events),
        }
    }
}
