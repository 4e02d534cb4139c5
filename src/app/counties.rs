//! Counties and townships: what everything else belongs to.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Stamp, Written, entry, known_county};
use crate::domain::codes::TownshipCode;
use crate::domain::county::{CountyBody, TownshipBody};
use crate::domain::input::Line;
use crate::domain::ledger::kind::Role;
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::domain::text::text;
use crate::storage::county;
pub use crate::storage::county::CountyRecord;
use crate::storage::db::{Db, Lane};
use crate::storage::journal;
use crate::storage::township;
pub use crate::storage::township::Township;

impl App {
    /// Enters a county. Only an administrator whose prefix covers it may.
    pub fn create_county(&self, caller: &Caller, body: CountyBody) -> Result<Written<CountyRecord>, AppError> {
        let county = body.county;
        if !caller.has(Role::Admin, county) {
            return Err(AppError::Forbidden(text!(
                "您没有 {county} 的系统管理角色",
                "you are no administrator of county {county}"
            )));
        }
        let stamp = self.stamp(caller);
        self.writer.write(Lane::REGISTRY, move |db| {
            let extent = body.extent.degree_box();
            if let Some(known) = county::by_code(db, county)? {
                return if known.name == body.name.as_str() && known.extent == extent {
                    Ok(Written { record: known, is_new: false, warnings: Vec::new() })
                } else {
                    Err(AppError::Taken(text!(
                        "{county} 已存在,名称或范围不同",
                        "county {county} is there already with another name or extent"
                    )))
                };
            }
            begin(db, stamp, &body)?;
            Ok(Written { record: known_county(db, county)?, is_new: true, warnings: Vec::new() })
        })
    }

    /// Enters a county for somebody with the database at hand.
    pub fn add_county(&self, body: CountyBody) -> Result<(), AppError> {
        let stamp = Stamp { user: UserId::COMMAND_LINE, now: self.clock.now(), today: self.clock.today() };
        self.writer.write(Lane::REGISTRY, move |db| {
            let county = body.county;
            if county::by_code(db, county)?.is_some() {
                return Err(AppError::Taken(text!("{county} 已有台账", "county {county} is there already")));
            }
            begin(db, stamp, &body)
        })
    }

    /// The counties that the caller has a role in.
    pub fn counties(&self, caller: &Caller) -> Result<Vec<CountyRecord>, AppError> {
        let all = county::all(&mut *self.pool.get()?)?;
        Ok(all.into_iter().filter(|county| caller.has_any(Role::ALL, county.county)).collect())
    }

    pub fn townships(&self, county: County) -> Result<Vec<Township>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            Ok(township::all(db, county)?)
        })
    }

    /// Enters a township or renames it.
    pub fn put_township(
        &self,
        caller: &Caller,
        county: County,
        code: TownshipCode,
        body: TownshipBody,
    ) -> Result<Written<Township>, AppError> {
        if code.to_string().get(..6) != Some(&county.to_string()) {
            return Err(AppError::NotFound(text!(
                "{code} 不是 {county} 的乡镇街道代码",
                "{code} is no township code of county {county}"
            )));
        }
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let name: Line<50> = body.name;
            let put = Township { code, name: name.into_string(), is_official: body.is_official.unwrap_or(true) };
            let before = township::put(db, county, &put)?;
            if before.as_ref() != Some(&put) {
                let id = i64::from(code.get());
                let entry = entry(stamp, "putTownship", Collection::Township, id, before.as_ref(), &put);
                journal::append(db, county, vec![entry])?;
            }
            Ok(Written { record: put, is_new: before.is_none(), warnings: Vec::new() })
        })
    }
}

/// Begins the books of a county, and its journal with that.
fn begin(db: &mut Db, stamp: Stamp, body: &CountyBody) -> Result<(), AppError> {
    let county = body.county;
    county::insert(db, county, body.name.as_str(), body.extent.degree_box(), stamp.now)?;
    let id = i64::from(county.number());
    Ok(journal::append(db, county, vec![entry(stamp, "createCounty", Collection::County, id, None, body)])?)
}
