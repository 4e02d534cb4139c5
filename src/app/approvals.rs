//! Approvals: entered, found, changed as far as the ledger does not rest on them.

pub(super) mod entry;

use std::collections::HashMap;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::records::{Stamp, Written, based_on, entry, in_future, known_county, missing, taken};
use crate::domain::approval::Approval;
use crate::domain::input::FieldError;
use crate::domain::plot::approval_exceeded;
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record, Warning};
use crate::domain::region::{ApprovalId, County};
use crate::domain::text::text;
pub use crate::storage::approval::{ApprovalPage, StoredApproval};
use crate::storage::db::{Db, Lane};
use crate::storage::listing::Listed;
use crate::storage::{approval, county as counties, journal, plot};
pub use entry::Entry;

impl App {
    /// Enters an approval, or finds it already there.
    pub fn create_approval(
        &self,
        caller: &Caller,
        county: County,
        sent: Approval,
    ) -> Result<Written<StoredApproval>, AppError> {
        let mut written = self.create_approvals(caller, county, vec![sent]).map_err(|error| match error {
            AppError::Fields(faults) => AppError::Fields(faults.into_iter().map(without_index).collect()),
            other => other,
        })?;
        written.pop().ok_or_else(|| missing(Collection::Approval, county, 0))
    }

    /// Enters approvals, all or none. Faults are named as `/0/approved_on`.
    pub fn create_approvals(
        &self,
        caller: &Caller,
        county: County,
        sent: Vec<Approval>,
    ) -> Result<Vec<Written<StoredApproval>>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            create(db, county, stamp, sent)
        })
    }

    pub fn update_approval(
        &self,
        caller: &Caller,
        county: County,
        id: ApprovalId,
        version: i64,
        sent: Approval,
    ) -> Result<Written<StoredApproval>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let before = approval::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Approval, county, id.0))?;
            based_on(version, before.version)?;
            update(db, county, stamp, before, sent)
        })
    }

    pub fn approval(&self, county: County, id: ApprovalId) -> Result<StoredApproval, AppError> {
        approval::by_id(&mut *self.pool.get()?, county, id)?.ok_or_else(|| missing(Collection::Approval, county, id.0))
    }

    pub fn approvals(&self, county: County, page: &ApprovalPage) -> Result<Listed<StoredApproval>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = approval::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.id.0)?)
        })
    }
}

fn without_index(fault: FieldError) -> FieldError {
    let pointer = fault.pointer.get(1..).and_then(|rest| rest.find('/').map(|at| rest[at..].to_owned()));
    FieldError { pointer: pointer.unwrap_or_default(), ..fault }
}

pub(super) fn create(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    sent: Vec<Approval>,
) -> Result<Vec<Written<StoredApproval>>, AppError> {
    let numbers: Vec<String> = sent.iter().map(|approval| approval.number.to_string()).collect();
    let mut known: HashMap<String, StoredApproval> = approval::by_numbers(db, county, &numbers)?
        .into_iter()
        .map(|record| (record.contents.number.to_string(), record))
        .collect();
    let mut faults = Vec::new();
    let mut next = counties::take_ids(
        db,
        county,
        Collection::Approval,
        sent.iter().filter(|a| !known.contains_key(a.number.as_str())).count(),
    )?;
    let mut written = Vec::with_capacity(sent.len());
    let mut new = Vec::new();
    for (index, contents) in sent.into_iter().enumerate() {
        faults.extend(in_future(&format!("/{index}/approved_on"), Some(contents.approved_on), stamp.today));
        match known.get(contents.number.as_str()) {
            Some(record) if record.contents == contents => {
                written.push(Written { record: record.clone(), is_new: false, warnings: Vec::new() });
            }
            Some(record) => return Err(taken(Collection::Approval, contents.number.as_str(), record.id.0)),
            None => {
                let record = Record {
                    id: ApprovalId(next),
                    version: 1,
                    contents,
                    recorded_at: stamp.now,
                    recorded_by: stamp.user,
                };
                next += 1;
                known.insert(record.contents.number.to_string(), record.clone());
                new.push(record.clone());
                written.push(Written { record, is_new: true, warnings: Vec::new() });
            }
        }
    }
    if !faults.is_empty() {
        return Err(AppError::Fields(faults));
    }
    approval::insert(db, county, &new)?;
    features::put_approvals(db, county, &new.iter().map(|record| record.id.0).collect::<Vec<_>>())?;
    let entries = new
        .iter()
        .map(|record| entry(stamp, "createApproval", Collection::Approval, record.id.0, None, &record.contents))
        .collect();
    journal::append(db, county, entries)?;
    Ok(written)
}

fn update(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    before: StoredApproval,
    contents: Approval,
) -> Result<Written<StoredApproval>, AppError> {
    if let Some(fault) = in_future("/approved_on", Some(contents.approved_on), stamp.today) {
        return Err(AppError::Fields(vec![fault]));
    }
    let id = before.id;
    if contents == before.contents {
        let warnings = warnings(db, county, &before)?;
        return Ok(Written { record: before, is_new: false, warnings });
    }
    let number = contents.number.to_string();
    if let Some(other) = approval::by_numbers(db, county, std::slice::from_ref(&number))?.pop().filter(|o| o.id != id) {
        return Err(taken(Collection::Approval, &number, other.id.0));
    }
    if contents.approved_on != before.contents.approved_on
        && let Some(plot) = plot::holding_land(db, county, id)?
    {
        let day = before.contents.approved_on;
        return Err(AppError::Conflict(text!(
            "地块 {plot} 等已按批准日期 {day} 入账,不能直接改批准日期;请先用“更正”凭证冲回相关凭证,改正日期后再按新日期入账",
            "plot {plot} and perhaps others entered the ledger on the approval's day {day}; take their vouchers back by corrections first, then change the day and post them anew"
        )));
    }
    let regroups = contents.approved_on != before.contents.approved_on
        || contents.number != before.contents.number
        || contents.approved_project != before.contents.approved_project;
    let after = Record { id, version: before.version + 1, contents, recorded_at: stamp.now, recorded_by: stamp.user };
    approval::update(db, county, &after)?;
    features::put_approvals(db, county, &[id.0])?;
    if regroups {
        let changed_no = counties::next_plots_version(db, county)?;
        plot::touch_approval(db, county, id, changed_no)?;
        features::touch_approval(db, county, id)?;
    }
    let entry = entry(stamp, "updateApproval", Collection::Approval, id.0, Some(&before.contents), &after.contents);
    journal::append(db, county, vec![entry])?;
    let warnings = warnings(db, county, &after)?;
    Ok(Written { record: after, is_new: false, warnings })
}

/// Whether the approval's plots come to more than it gives.
fn warnings(db: &mut Db, county: County, of: &StoredApproval) -> Result<Vec<Warning>, AppError> {
    let plots = plot::approved_area(db, county, &[of.id.0])?.remove(&of.id).unwrap_or(AreaM2::ZERO);
    Ok(approval_exceeded(of.contents.number.as_str(), of.contents.area(), plots).into_iter().collect())
}
