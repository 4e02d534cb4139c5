//! Investment projects: entered, found, changed.

use std::collections::HashMap;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, based_on, entry, known_county, missing, taken};
use crate::domain::project::Project;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{County, ProjectId};
use crate::storage::db::Lane;
use crate::storage::listing::Listed;
pub use crate::storage::project::{ProjectPage, StoredProject};
use crate::storage::{county as counties, journal, project};

impl App {
    /// Enters a project, or finds it already there.
    pub fn create_project(
        &self,
        caller: &Caller,
        county: County,
        sent: Project,
    ) -> Result<Written<StoredProject>, AppError> {
        let mut written = self.create_projects(caller, county, vec![sent])?;
        written.pop().ok_or_else(|| missing(Collection::Project, county, 0))
    }

    /// Enters projects, all or none.
    pub fn create_projects(
        &self,
        caller: &Caller,
        county: County,
        sent: Vec<Project>,
    ) -> Result<Vec<Written<StoredProject>>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let codes: Vec<String> = sent.iter().map(|project| project.code.to_string()).collect();
            let mut known: HashMap<String, StoredProject> = project::by_codes(db, county, &codes)?
                .into_iter()
                .map(|record| (record.contents.code.to_string(), record))
                .collect();
            let count = codes.iter().filter(|code| !known.contains_key(*code)).count();
            let mut next = counties::take_ids(db, county, Collection::Project, count)?;
            let mut written = Vec::with_capacity(sent.len());
            let mut new = Vec::new();
            for contents in sent {
                match known.get(contents.code.as_str()) {
                    Some(record) if record.contents == contents => {
                        written.push(Written { record: record.clone(), is_new: false, warnings: Vec::new() });
                    }
                    Some(record) => return Err(taken(Collection::Project, contents.code.as_str(), record.id.0)),
                    None => {
                        let record = Record {
                            id: ProjectId(next),
                            version: 1,
                            contents,
                            recorded_at: stamp.now,
                            recorded_by: stamp.user,
                        };
                        next += 1;
                        known.insert(record.contents.code.to_string(), record.clone());
                        new.push(record.clone());
                        written.push(Written { record, is_new: true, warnings: Vec::new() });
                    }
                }
            }
            project::insert(db, county, &new)?;
            let entries = new
                .iter()
                .map(|record| entry(stamp, "createProject", Collection::Project, record.id.0, None, &record.contents))
                .collect();
            journal::append(db, county, entries)?;
            Ok(written)
        })
    }

    pub fn update_project(
        &self,
        caller: &Caller,
        county: County,
        id: ProjectId,
        version: i64,
        sent: Project,
    ) -> Result<Written<StoredProject>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let before = project::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Project, county, id.0))?;
            based_on(version, before.version)?;
            if sent == before.contents {
                return Ok(Written { record: before, is_new: false, warnings: Vec::new() });
            }
            let code = sent.code.to_string();
            let other = project::by_codes(db, county, std::slice::from_ref(&code))?.pop();
            if let Some(other) = other.filter(|other| other.id != id) {
                return Err(taken(Collection::Project, &code, other.id.0));
            }
            let after = Record {
                id,
                version: before.version + 1,
                contents: sent,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            project::update(db, county, &after)?;
            let entry =
                entry(stamp, "updateProject", Collection::Project, id.0, Some(&before.contents), &after.contents);
            journal::append(db, county, vec![entry])?;
            Ok(Written { record: after, is_new: false, warnings: Vec::new() })
        })
    }

    pub fn project(&self, county: County, id: ProjectId) -> Result<StoredProject, AppError> {
        project::by_id(&mut *self.pool.get()?, county, id)?.ok_or_else(|| missing(Collection::Project, county, id.0))
    }

    pub fn projects(&self, county: County, page: &ProjectPage) -> Result<Listed<StoredProject>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = project::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.id.0)?)
        })
    }
}
