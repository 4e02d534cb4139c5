//! 文书设置: each version is kept; drafts use the newest.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::papers::{StoredSettings, json};
use crate::app::records::{based_on, entry, known_county};
use crate::domain::input;
use crate::domain::paper::settings::PaperSettingsBody;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::{journal, paper as rows};

impl App {
    /// The settings, with their version; version 0 before they are made.
    pub fn paper_settings(&self, county: County) -> Result<(i64, Option<PaperSettingsBody>), AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            current(db, county)
        })
    }

    /// Replaces the settings. The same again changes nothing.
    pub fn put_paper_settings(
        &self,
        caller: &Caller,
        county: County,
        version: i64,
        sent: PaperSettingsBody,
    ) -> Result<(i64, PaperSettingsBody), AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let (newest, before) = current(db, county)?;
            based_on(version, newest)?;
            if before.as_ref() == Some(&sent) {
                return Ok((newest, sent));
            }
            let new = StoredSettings {
                version: newest + 1,
                body: json(&sent)?,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            rows::insert_settings(db, county, &new)?;
            let entry = entry(stamp, "putPaperSettings", Collection::PaperSettings, 1, before.as_ref(), &sent);
            journal::append(db, county, vec![entry])?;
            Ok((new.version, sent))
        })
    }
}

/// The newest settings and their version.
pub(super) fn current(db: &mut Db, county: County) -> Result<(i64, Option<PaperSettingsBody>), AppError> {
    let Some(stored) = rows::settings(db, county)? else { return Ok((0, None)) };
    let body = input::read(stored.body.as_bytes()).map_err(|_: Vec<input::FieldError>| {
        StorageError::corrupt(format!("the settings for papers of {county}"), "they cannot be read")
    })?;
    Ok((stored.version, Some(body)))
}
