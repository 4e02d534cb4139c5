//! 闲置土地公示: what anybody may see of cases, as article 11 says: found and not yet closed, and no more than that.

use chrono::NaiveDate;

use super::facts::basis;
use super::{CasePage, rows};
use crate::app::App;
use crate::app::error::AppError;
use crate::app::records::known_county;
use crate::domain::idle_case::record::CaseNumber;
use crate::domain::idle_case::step::StepKind;
use crate::domain::idle_case::{Cause, State};
use crate::domain::quantity::AreaM2;
use crate::domain::region::County;
use crate::storage::listing::Place;
use crate::storage::{contract, plot};

/// A case as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCase {
    pub id: i64,
    pub number: CaseNumber,
    pub location: Option<String>,
    /// Of a company; the name of a natural person is not published.
    pub user_name: Option<String>,
    pub area: AreaM2,
    pub found_on: Option<NaiveDate>,
    pub idle_from: Option<NaiveDate>,
    /// 闲置时间, in days up to today.
    pub idle_days: Option<i64>,
    /// Only where it lies with the government.
    pub cause: Option<Cause>,
}

impl App {
    /// One page of the public list: cases that were found, served and published, until they are closed.
    pub fn public_idle_cases(&self, county: County, after: i64, limit: i64) -> Result<Vec<PublicCase>, AppError> {
        let (policy, today) = (self.policy(county)?, self.clock.today());
        let states = State::ALL.iter().copied().filter(|state| state.is_public()).collect();
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let mut page = CasePage { at: Place::by_id(after, limit), states, ..CasePage::default() };
            let mut found = Vec::new();
            loop {
                let cases = rows::page(db, county, &page)?;
                let Some(last) = cases.last().map(|row| row.case.id) else { return Ok(found) };
                page.at = Place::by_id(last, limit);
                let ids: Vec<i64> = cases.iter().map(|row| row.case.id).collect();
                let mut steps = rows::steps(db, county, &ids)?;
                let plots = rows::plots(db, county, &ids)?;
                for row in cases {
                    let id = row.case.id;
                    let now = row.case.with(&steps.remove(&id).unwrap_or_default());
                    // What the bureau has not published yet is not published by this program.
                    if now.last(StepKind::Published).is_none() {
                        continue;
                    }
                    // As it was found: what was agreed since then does not undo that the land lay idle.
                    let found_on = row.state.found_on.unwrap_or(today);
                    let facts = basis(db, county, &row.case, &policy, found_on)?.facts;
                    let of: Vec<i64> = plots.get(&id).into_iter().flatten().map(|plot| plot.0).collect();
                    let places = plot::by_ids(db, county, &of)?.into_iter();
                    let mut places: Vec<String> =
                        places.filter_map(|plot| plot.record.contents.location).map(|line| line.to_string()).collect();
                    places.dedup();
                    let contract = contract::by_id(db, county, row.case.contract)?;
                    let version = contract.as_ref().map(|contract| contract.newest());
                    let is_company = version.is_some_and(|version| version.user_code.is_some());
                    let name = version.and_then(|version| version.user_name.as_ref()).map(ToString::to_string);
                    found.push(PublicCase {
                        id,
                        number: row.case.number,
                        location: (!places.is_empty()).then(|| places.join("、")),
                        user_name: name.filter(|_| is_company),
                        area: row.case.opening.area,
                        found_on: row.state.found_on,
                        idle_from: facts.idle_from,
                        idle_days: facts.idle_from.map(|from| (today - from).num_days() + 1),
                        cause: row.state.cause.filter(|cause| *cause == Cause::Government),
                    });
                    if found.len() as i64 >= limit {
                        return Ok(found);
                    }
                }
            }
        })
    }
}
