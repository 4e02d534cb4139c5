//! 疑似闲置: the contracts of a county that the rules would have looked into on a day. For staff alone.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::contracts::taken_back::ended;
use crate::app::error::AppError;
use crate::app::records::known_county;
use crate::domain::contract::ended::Ended;
use crate::domain::contract::history::Contract;
use crate::domain::contract::site::{self, Judged};
use crate::domain::finding::{Finding, Outcome};
use crate::domain::idle_case::Grounds;
use crate::domain::quantity::AreaM2;
use crate::domain::region::County;
use crate::domain::rules::idle::{self, Days, Law};
use crate::storage::contract::{self, ContractPage};
use crate::storage::listing::Place;

/// Contracts read at a time.
const CHUNK: i64 = 2000;

/// A contract's land, or one phase of it, that should be looked into.
#[derive(Debug, Clone)]
pub struct Suspicion {
    pub contract: Contract,
    pub phase: Option<String>,
    pub area: AreaM2,
    pub grounds: Grounds,
    pub days: Days,
    /// The outcome of the definition that applies.
    pub outcome: Outcome,
    pub is_delivered_late: bool,
    pub findings: Vec<Finding>,
}

/// Which suspicions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuspicionPage {
    pub as_of: NaiveDate,
    /// After the contract of this number; all phases of a contract stand on one page.
    pub after: i64,
    /// Contracts with suspicions on a page.
    pub limit: i64,
    pub grounds: Option<Grounds>,
    pub outcome: Option<Outcome>,
}

/// A page with where the next one begins.
#[derive(Debug, Clone)]
pub struct Suspicions {
    pub items: Vec<Suspicion>,
    /// The contract that was looked at last, if there may be more.
    pub next: Option<i64>,
}

impl App {
    /// Suspicions in the order of the contracts, in chunks inside one read transaction.
    pub fn idle_suspicions(&self, county: County, page: &SuspicionPage) -> Result<Suspicions, AppError> {
        let policy = self.policy(county)?;
        let law = Law::on(&policy, page.as_of)?;
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let ended = ended(db, county, None)?;
            let (mut items, mut found) = (Vec::new(), 0);
            let mut after = page.after;
            loop {
                let asked = ContractPage {
                    at: Place::by_id(after, CHUNK),
                    signed_until: Some(page.as_of),
                    ..ContractPage::default()
                };
                let contracts = contract::page(db, county, &asked)?;
                let is_last = (contracts.len() as i64) < CHUNK;
                for contract in contracts {
                    after = contract.id;
                    let of_contract = suspicions(contract, page, &law, &ended)?;
                    found += i64::from(!of_contract.is_empty());
                    items.extend(of_contract);
                    if found == page.limit {
                        return Ok(Suspicions { items, next: Some(after) });
                    }
                }
                if is_last {
                    return Ok(Suspicions { items, next: None });
                }
            }
        })
    }
}

fn suspicions(
    contract: Contract,
    page: &SuspicionPage,
    law: &Law<'_>,
    ended: &Ended,
) -> Result<Vec<Suspicion>, AppError> {
    let judged = site::judged(&contract, page.as_of);
    let price = site::price(&contract, page.as_of);
    let mut found = Vec::new();
    let is_held = |judged: &&Judged<'_>| ended.since(&contract, judged.phase, page.as_of).is_none();
    let suspected = judged.iter().filter(|judged| idle::is_suspected(&judged.site, law));
    for Judged { phase, site } in suspected.filter(is_held) {
        let assessed = idle::assess(site, &price, law)?;
        let rule = match assessed.grounds {
            Grounds::NotStarted => idle::not_started::RULE.id,
            Grounds::Stopped => idle::stopped::RULE.id,
        };
        let outcome = assessed.findings.iter().find(|finding| finding.rule == rule).map(|finding| finding.outcome);
        let outcome = outcome.unwrap_or(Outcome::Undetermined);
        let is_asked = page.grounds.is_none_or(|grounds| grounds == assessed.grounds)
            && page.outcome.is_none_or(|asked| asked == outcome);
        if !is_asked {
            continue;
        }
        let terms = &contract.newest().terms;
        let of_phase = phase.and_then(|name| terms.phases().iter().find(|phase| phase.name.as_str() == name));
        found.push(Suspicion {
            phase: phase.map(str::to_owned),
            area: of_phase.map_or(terms.area_m2, |phase| phase.area_m2).get(),
            grounds: assessed.grounds,
            days: assessed.days,
            outcome,
            is_delivered_late: site.is_delivered_late(),
            findings: assessed.findings,
            contract: contract.clone(),
        });
    }
    Ok(found)
}
