//! 公告: kept by staff, shown to everybody while its land is on offer.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, based_on, entry, in_future, known_county, missing, taken};
use crate::domain::announcement::AnnouncementBody;
use crate::domain::input::FieldError;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::text;
pub use crate::storage::announcement::{AnnouncementColumn, AnnouncementPage, StoredAnnouncement};
use crate::storage::db::{Db, Lane};
use crate::storage::listing::{Listed, Place};
use crate::storage::{announcement, journal, township};

/// The townships that are named must be the county's.
fn unknown_townships(db: &mut Db, county: County, sent: &AnnouncementBody) -> Result<Vec<FieldError>, AppError> {
    let known = township::all(db, county)?;
    let faults = sent.items.iter().enumerate().filter_map(|(at, item)| {
        let code = item.township.filter(|code| !known.iter().any(|township| township.code == *code))?;
        let message = text!("本县没有乡镇街道 {code}", "this county has no township {code}");
        Some(FieldError { pointer: format!("/items/{at}/township"), value: Some(code.to_string()), message })
    });
    Ok(faults.collect())
}

impl App {
    /// Enters an announcement, or finds it already there.
    pub fn create_announcement(
        &self,
        caller: &Caller,
        county: County,
        sent: AnnouncementBody,
    ) -> Result<Written<StoredAnnouncement>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let mut faults = unknown_townships(db, county, &sent)?;
            faults.extend(in_future("/announced_on", Some(sent.announced_on), stamp.today));
            if !faults.is_empty() {
                return Err(AppError::Fields(faults));
            }
            if let Some(known) = announcement::by_number(db, county, sent.number.as_str())? {
                return if known.contents == sent && known.withdrawn_on.is_none() {
                    Ok(Written { record: known, is_new: false, warnings: Vec::new() })
                } else {
                    Err(taken(Collection::Announcement, sent.number.as_str(), known.id))
                };
            }
            let record = StoredAnnouncement {
                id: announcement::next_id(db, county)?,
                version: 1,
                contents: sent,
                withdrawn_on: None,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            announcement::insert(db, county, &record)?;
            let entry = entry(stamp, "createAnnouncement", Collection::Announcement, record.id, None, &record.contents);
            journal::append(db, county, vec![entry])?;
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// Takes an announcement back: its land is no longer on offer.
    pub fn withdraw_announcement(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        version: i64,
    ) -> Result<StoredAnnouncement, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let before =
                announcement::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Announcement, county, id))?;
            based_on(version, before.version)?;
            if before.withdrawn_on.is_some() {
                return Ok(before);
            }
            let after = StoredAnnouncement {
                withdrawn_on: Some(stamp.today),
                version: before.version + 1,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
                ..before
            };
            announcement::update(db, county, &after)?;
            let entry = entry(stamp, "withdrawAnnouncement", Collection::Announcement, id, None, &after.contents);
            journal::append(db, county, vec![entry])?;
            Ok(after)
        })
    }

    pub fn announcement(&self, county: County, id: i64) -> Result<StoredAnnouncement, AppError> {
        announcement::by_id(&mut *self.pool.get()?, county, id)?
            .ok_or_else(|| missing(Collection::Announcement, county, id))
    }

    pub fn announcements(
        &self,
        county: County,
        page: &AnnouncementPage,
    ) -> Result<Listed<StoredAnnouncement>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = announcement::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.id)?)
        })
    }

    /// What is on offer today.
    pub fn open_announcements(
        &self,
        county: County,
        at: Place<AnnouncementColumn>,
    ) -> Result<Listed<StoredAnnouncement>, AppError> {
        self.announcements(county, &AnnouncementPage { at, open_on: Some(self.clock.today()) })
    }
}
