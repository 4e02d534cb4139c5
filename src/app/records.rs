//! What all use cases on records share: who writes when, versions, the journal.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::domain::geometry::check::Limits;
use crate::domain::geometry::crs::Zone;
use crate::domain::input::FieldError;
use crate::domain::record::{Collection, Warning};
use crate::domain::region::{County, UserId};
use crate::domain::text::text;
use crate::storage::county::{self, CountyRecord};
use crate::storage::db::Db;
use crate::storage::journal::Entry;
pub use crate::storage::journal::{JournalPage, Journalled};
use crate::storage::listing::Listed;
pub use crate::storage::plot::Mapped;

/// Vertices of one request's polygons, closing ones counted.
pub const VERTICES_MAX: usize = 2_000_000;

/// What became of a record that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    pub record: T,
    /// False if it was there already, with the same contents.
    pub is_new: bool,
    pub warnings: Vec<Warning>,
}

/// Who writes, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp {
    pub user: UserId,
    pub now: NaiveDateTime,
    pub today: NaiveDate,
}

impl App {
    pub(crate) fn stamp(&self, caller: &Caller) -> Stamp {
        Stamp { user: caller.user, now: self.clock.now(), today: self.clock.today() }
    }

    /// One page of the county's journal.
    pub fn journal(&self, county: County, page: &JournalPage) -> Result<Listed<Journalled>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = crate::storage::journal::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.n)?)
        })
    }
}

/// The entry of a change in the journal.
pub(crate) fn entry<T: Serialize>(
    stamp: Stamp,
    operation: &'static str,
    collection: Collection,
    object: i64,
    before: Option<&T>,
    after: &T,
) -> Entry {
    let json = |value: &T| serde_json::to_string(value).expect("records are structs of words, numbers and texts");
    Entry {
        user: stamp.user,
        operation,
        collection,
        object,
        before: before.map(json),
        after: Some(json(after)),
        at: stamp.now,
    }
}

/// The county, or that it is not kept here.
pub(crate) fn known_county(db: &mut Db, county: County) -> Result<CountyRecord, AppError> {
    county::by_code(db, county)?.ok_or_else(|| AppError::unknown_county(county))
}

/// What the county's polygons are held against. All lie in the zone of its middle, so that they can be compared.
pub(crate) fn geometry_limits(county: &CountyRecord) -> Limits {
    /// One zone, in degrees × 10⁷.
    const ZONE_E7: i64 = 30_000_000;
    /// Widest extent that one zone with its neighbours' halves covers.
    const WIDEST_E7: i64 = ZONE_E7 + ZONE_E7 / 2;
    let extent = county.extent;
    let (west, east) = (i64::from(extent.west), i64::from(extent.east));
    let nearest = ((west + east) / 2 + ZONE_E7 / 2) / ZONE_E7;
    let zone = (east - west <= WIDEST_E7).then(|| u8::try_from(nearest).ok().and_then(Zone::new)).flatten();
    Limits { extent, zone, vertices_max: VERTICES_MAX }
}

/// Refuses a change that is based on another version than the newest.
pub(crate) fn based_on(version: i64, newest: i64) -> Result<(), AppError> {
    if version == newest { Ok(()) } else { Err(AppError::Stale { newest }) }
}

/// The fault of a day after today, if it is one.
pub(crate) fn in_future(pointer: &str, day: Option<NaiveDate>, today: NaiveDate) -> Option<FieldError> {
    let day = day.filter(|day| *day > today)?;
    Some(FieldError {
        pointer: pointer.to_owned(),
        value: Some(day.to_string()),
        message: text!("晚于今天 {today}", "it is after today, {today}"),
    })
}

/// A record whose code is in use for other contents.
pub(crate) fn taken(of: Collection, code: &str, id: i64) -> AppError {
    AppError::Taken(text!(
        "{of:#}“{code}”已存在(编号 {id}),内容不同;请改用其他代码,或修改该记录",
        "{of} {code:?} is there already (id {id}) with other contents; take another code or change that record"
    ))
}

/// A record that is not there.
pub(crate) fn missing(of: Collection, county: County, id: i64) -> AppError {
    AppError::NotFound(text!("{county} 没有编号为 {id} 的{of:#}", "county {county} has no {of} {id}"))
}
