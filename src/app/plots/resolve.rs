//! What plots refer to: approvals, projects and townships, looked up together for many plots at once.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::plots::PlotDraft;
use crate::app::records::in_future;
use crate::domain::codes::TownshipCode;
use crate::domain::input::FieldError;
use crate::domain::plot::Plot;
use crate::domain::record::Reference;
use crate::domain::region::{ApprovalId, County, ProjectId};
use crate::domain::text::text;
use crate::storage::approval::{self, StoredApproval};
use crate::storage::db::Db;
use crate::storage::{project, township};

/// What is known of the references of some drafts.
#[derive(Default)]
pub(super) struct Known {
    approvals: HashMap<Reference, ApprovalId>,
    by_id: HashMap<ApprovalId, StoredApproval>,
    projects: HashMap<Reference, ProjectId>,
    townships: HashSet<TownshipCode>,
}

/// References by kind, each once.
fn apart<'a>(references: impl Iterator<Item = &'a Reference>) -> (Vec<i64>, Vec<String>) {
    let each: BTreeSet<&Reference> = references.collect();
    let (mut ids, mut codes) = (Vec::new(), Vec::new());
    for reference in each {
        match reference {
            Reference::Id(id) => ids.push(*id),
            Reference::Code(code) => codes.push(code.clone()),
        }
    }
    (ids, codes)
}

impl Known {
    pub(super) fn of<'d>(
        db: &mut Db,
        county: County,
        drafts: impl Iterator<Item = &'d PlotDraft> + Clone,
    ) -> Result<Self, AppError> {
        let properties = || drafts.clone().map(|draft| &draft.properties);
        let (ids, numbers) = apart(properties().filter_map(|plot| plot.approval.as_ref()));
        let mut known = Self {
            approvals: HashMap::new(),
            by_id: HashMap::new(),
            projects: HashMap::new(),
            townships: township::all(db, county)?.into_iter().map(|township| township.code).collect(),
        };
        let by_id = approval::by_ids(db, county, &ids)?.into_iter().map(|found| (Reference::Id(found.id.0), found));
        let by_id: Vec<_> = by_id.collect();
        let by_number = approval::by_numbers(db, county, &numbers)?;
        let by_number = by_number.into_iter().map(|found| (Reference::Code(found.contents.number.to_string()), found));
        for (reference, found) in by_id.into_iter().chain(by_number) {
            known.approvals.insert(reference, found.id);
            known.by_id.insert(found.id, found);
        }
        let (ids, codes) = apart(properties().filter_map(|plot| plot.projects.as_ref()).flatten());
        for id in project::known_ids(db, county, &ids)? {
            known.projects.insert(Reference::Id(id), ProjectId(id));
        }
        for found in project::by_codes(db, county, &codes)? {
            known.projects.insert(Reference::Code(found.contents.code.to_string()), found.id);
        }
        Ok(known)
    }

    /// Takes in what is known of other drafts.
    pub(super) fn absorb(&mut self, other: Self) {
        self.approvals.extend(other.approvals);
        self.by_id.extend(other.by_id);
        self.projects.extend(other.projects);
        self.townships.extend(other.townships);
    }

    pub(super) fn approval(&self, id: ApprovalId) -> Option<&StoredApproval> {
        self.by_id.get(&id)
    }

    /// The plot of a draft, or every reference and day of it that is wrong after the faults known before.
    pub(super) fn resolve(
        &self,
        draft: &PlotDraft,
        today: NaiveDate,
        mut faults: Vec<FieldError>,
    ) -> Result<Plot, Vec<FieldError>> {
        let sent = &draft.properties;
        let mut fault = |pointer: String, value: String, message| {
            faults.push(FieldError { pointer, value: Some(value), message });
        };
        let approval = sent.approval.as_ref().and_then(|reference| {
            let found = self.approvals.get(reference).copied();
            if found.is_none() {
                let message =
                    text!("没有批文“{reference}”;请先录入批文", "there is no approval {reference}; enter it first");
                fault("/approval".to_owned(), reference.to_string(), message);
            }
            found
        });
        let mut projects = Vec::new();
        for (index, reference) in sent.projects.iter().flatten().enumerate() {
            match self.projects.get(reference) {
                Some(id) => projects.push(*id),
                None => {
                    let message =
                        text!("没有项目“{reference}”;请先录入项目", "there is no project {reference}; enter it first");
                    fault(format!("/projects/{index}"), reference.to_string(), message);
                }
            }
        }
        projects.sort_unstable();
        projects.dedup();
        if let Some(code) = sent.township.filter(|code| !self.townships.contains(code)) {
            let message = text!(
                "本县没有登记乡镇街道 {code};请由系统管理员先登记",
                "the county has no township {code}; an administrator enters it first"
            );
            fault("/township".to_owned(), code.to_string(), message);
        }
        let days = [
            ("/reserved_on", sent.reserved_on),
            ("/attributes_from", sent.attributes_from),
            ("/geometry_from", sent.geometry_from),
        ];
        faults.extend(days.into_iter().filter_map(|(pointer, day)| in_future(pointer, day, today)));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Plot {
            code: sent.code.clone(),
            name: sent.name.clone(),
            location: sent.location.clone(),
            origin: sent.origin(),
            approval,
            approved_project: sent.approved_project.clone(),
            area: sent.stated_area(),
            composition: sent.composition,
            planned_use: sent.planned_use.clone(),
            reserved_on: sent.reserved_on,
            projects,
            township: sent.township,
            cause: sent.cause,
            remark: sent.remark.clone(),
        })
    }
}
