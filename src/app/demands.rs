//! 需求申报: made of a pre-check or entered by staff, with the opinions of the departments.

use serde_json::value::RawValue;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, based_on, entry, in_future, known_county, missing};
use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::demand::{DemandBody, DemandFromPrecheck, DemandState, OpinionBody};
use crate::domain::input::{FieldError, Positive};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::storage::db::{Db, Lane, StorageError};
pub use crate::storage::demand::{DemandPage, RecordedOpinion, StoredDemand};
use crate::storage::listing::Listed;
use crate::storage::precheck::StoredPrecheck;
use crate::storage::{demand, journal, precheck, township};

/// The findings of a stored answer, as they lie in it.
fn findings_of(found: &StoredPrecheck) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Answer<'a> {
        #[serde(borrow)]
        findings: &'a RawValue,
    }
    serde_json::from_str::<Answer<'_>>(&found.answer).ok().map(|answer| answer.findings.get().to_owned())
}

/// What a pre-check says of the land that is wanted.
fn contents_of(found: &StoredPrecheck, added: DemandFromPrecheck) -> Result<DemandBody, AppError> {
    let head = &found.head;
    let corrupt = |why: &str| AppError::Storage(StorageError::corrupt(format!("precheck {}", head.id), why));
    let area = GivenArea::new(head.area.get(), AreaUnit::SquareMetre).and_then(Positive::<GivenArea>::new);
    Ok(DemandBody {
        precheck: Some(head.id),
        company_code: head.company_code.parse().map_err(|_| corrupt("its company"))?,
        company_name: crate::domain::input::Line::new(&head.company_name).map_err(|_| corrupt("its company"))?,
        project_name: head.project_name.as_deref().and_then(|name| crate::domain::input::Line::new(name).ok()),
        industry_code: head.industry_code.parse().map_err(|_| corrupt("its industry"))?,
        land_kind: head.land_kind,
        land_use: head.land_use,
        area: area.map_err(|_| corrupt("its area"))?,
        township: head.township,
        method: head.method,
        needed_by: added.needed_by.or(head.needed_by),
        state: DemandState::Registered,
        remark: added.remark,
    })
}

fn check(db: &mut Db, county: County, sent: &DemandBody) -> Result<(), AppError> {
    let mut faults = Vec::new();
    if let Some(code) = sent.township
        && !township::all(db, county)?.iter().any(|township| township.code == code)
    {
        let message = text!("本县没有乡镇街道 {code}", "this county has no township {code}");
        faults.push(FieldError { pointer: "/township".to_owned(), value: Some(code.to_string()), message });
    }
    if let Some(id) = sent.precheck
        && precheck::by_id(db, county, id)?.is_none()
    {
        let message = text!("没有编号为 {id} 的企业预审", "there is no pre-check {id}");
        faults.push(FieldError { pointer: "/precheck".to_owned(), value: Some(id.to_string()), message });
    }
    if faults.is_empty() { Ok(()) } else { Err(AppError::Fields(faults)) }
}

impl App {
    /// Makes a demand of a pre-check, or gives the one that was made of it.
    pub fn create_demand_from_precheck(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        added: DemandFromPrecheck,
    ) -> Result<Written<StoredDemand>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let found = precheck::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Precheck, county, id))?;
            if let Some(record) = demand::of_precheck(db, county, id)? {
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            let record = StoredDemand {
                id: demand::next_id(db, county)?,
                version: 1,
                contents: contents_of(&found, added)?,
                outcome: Some(found.head.outcome),
                findings: findings_of(&found),
                opinions: Vec::new(),
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            demand::insert(db, county, &record)?;
            let entry = entry(stamp, "createDemandFromPrecheck", Collection::Demand, record.id, None, &record.contents);
            journal::append(db, county, vec![entry])?;
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// Enters a demand that came otherwise.
    pub fn create_demand(
        &self,
        caller: &Caller,
        county: County,
        sent: DemandBody,
    ) -> Result<Written<StoredDemand>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            check(db, county, &sent)?;
            let found = sent.precheck.map(|id| precheck::by_id(db, county, id)).transpose()?.flatten();
            if let Some(record) = sent.precheck.map(|id| demand::of_precheck(db, county, id)).transpose()?.flatten() {
                let id = record.id;
                return Err(AppError::Taken(text!(
                    "该预审已转为需求 {id}",
                    "demand {id} was made of this pre-check already"
                )));
            }
            let record = StoredDemand {
                id: demand::next_id(db, county)?,
                version: 1,
                contents: sent,
                outcome: found.as_ref().map(|found| found.head.outcome),
                findings: found.as_ref().and_then(findings_of),
                opinions: Vec::new(),
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            demand::insert(db, county, &record)?;
            let entry = entry(stamp, "createDemand", Collection::Demand, record.id, None, &record.contents);
            journal::append(db, county, vec![entry])?;
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// Changes a demand. The pre-check it came from stays.
    pub fn update_demand(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        version: i64,
        sent: DemandBody,
    ) -> Result<StoredDemand, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let before = demand::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Demand, county, id))?;
            based_on(version, before.version)?;
            check(db, county, &sent)?;
            if sent.precheck != before.contents.precheck {
                let message = text!("来源预审不能更改", "the pre-check it came from cannot be changed");
                return Err(AppError::field("/precheck", sent.precheck.map(|id| id.to_string()), message));
            }
            let after = StoredDemand {
                version: before.version + 1,
                contents: sent,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
                ..before.clone()
            };
            demand::update(db, county, &after)?;
            let entry = entry(stamp, "updateDemand", Collection::Demand, id, Some(&before.contents), &after.contents);
            journal::append(db, county, vec![entry])?;
            Ok(after)
        })
    }

    /// Appends what a department says; the same again changes nothing.
    pub fn add_demand_opinion(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: OpinionBody,
    ) -> Result<Written<StoredDemand>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let mut record = demand::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Demand, county, id))?;
            if let Some(fault) = in_future("/dated", Some(sent.dated), stamp.today) {
                return Err(AppError::Fields(vec![fault]));
            }
            if record.opinions.iter().any(|known| known.opinion == sent) {
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            let entry = entry(stamp, "addDemandOpinion", Collection::Demand, id, None, &sent);
            let new = RecordedOpinion { opinion: sent, recorded_at: stamp.now, recorded_by: stamp.user };
            demand::add_opinion(db, county, id, record.opinions.len(), &new)?;
            journal::append(db, county, vec![entry])?;
            record.opinions.push(new);
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    pub fn demand(&self, county: County, id: i64) -> Result<StoredDemand, AppError> {
        self.pool
            .get()?
            .read(|db| demand::by_id(db, county, id))?
            .ok_or_else(|| missing(Collection::Demand, county, id))
    }

    pub fn demands(&self, county: County, page: &DemandPage) -> Result<Listed<StoredDemand>, AppError> {
        self.pool.get()?.read(|db| {
            let rows = demand::page(db, county, page)?;
            Ok(page.at.listed(db, county, rows, |row| row.id)?)
        })
    }
}
