//! The policy of a county: what is built in, with the county's own values over it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::domain::geometry::tolerance::Tolerance;
use crate::domain::ledger::balance::Buckets;
use crate::domain::plot::AreaTolerance;
use crate::domain::policy::{BadOverlay, Key, NotInForce, Overlay, Policy, PolicyListing, keys};
use crate::domain::reconciliation::Tolerances;
use crate::domain::region::County;
use crate::domain::term::Term;
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::ledger;
use crate::storage::policy_overlay as rows;
pub use crate::storage::policy_overlay::OverlayRow;

/// The policies of the counties that were asked for, each with the number of its last row.
#[derive(Default)]
pub(crate) struct Policies(RwLock<HashMap<County, (i64, Arc<Policy>)>>);

impl Policies {
    /// The policy of a county whose last row has the number `last`.
    ///
    /// Only the very same number will do: a higher one was seen inside a write that came to nothing.
    pub(crate) fn current(&self, db: &mut Db, county: County, last: i64) -> Result<Arc<Policy>, AppError> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&county).cloned();
        if let Some((_, policy)) = known.filter(|(n, _)| *n == last) {
            return Ok(policy);
        }
        let rows = rows::all(db, county)?;
        let last = rows.last().map_or(0, |row| row.n);
        let overlays: Vec<Overlay> = rows.into_iter().map(|row| row.overlay).collect();
        // They were accepted when recorded; a newer program with a stricter law may refuse one.
        let policy = Policy::built_in().with_overlays(&overlays).map_err(|bad| {
            let which = bad.first().map_or_else(String::new, |bad| format!("{}: {}", bad.parameter, bad.message.en));
            StorageError::corrupt(format!("the policy of {county}"), which)
        })?;
        let policy = Arc::new(policy);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(county, (last, Arc::clone(&policy)));
        Ok(policy)
    }

    fn forget(&self, county: County) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&county);
    }
}

impl From<NotInForce> for AppError {
    fn from(error: NotInForce) -> Self {
        Self::CannotDecide(error.text())
    }
}

impl App {
    /// A county's policy as it stands now. One small query tells whether the one in memory still holds.
    pub fn policy(&self, county: County) -> Result<Arc<Policy>, AppError> {
        let db = &mut *self.pool.get()?;
        let last = rows::last(db, county)?;
        self.policies.current(db, county, last)
    }

    /// Every parameter on a day: of a county, or what is built in.
    pub fn policy_listing(&self, county: Option<County>, on: Option<NaiveDate>) -> Result<PolicyListing, AppError> {
        let on = on.unwrap_or_else(|| self.clock.today());
        Ok(match county {
            Some(county) => self.policy(county)?.listing(on),
            None => Policy::built_in().listing(on),
        })
    }

    /// Records a value of the county's own, after trying it over all that stand there.
    pub fn add_policy_overlay(
        &self,
        caller: &Caller,
        county: County,
        overlay: Overlay,
        reason: String,
    ) -> Result<OverlayRow, AppError> {
        let (now, user) = (self.clock.now(), caller.user);
        let added = self.writer.write(Lane(county.number()), move |db| {
            ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
            let known = rows::all(db, county)?;
            let n = known.last().map_or(0, |row| row.n) + 1;
            let mut overlays: Vec<Overlay> = known.into_iter().map(|row| row.overlay).collect();
            overlays.push(overlay.clone());
            let newest = overlays.len() - 1;
            if let Err(bad) = Policy::built_in().with_overlays(&overlays)
                && let Some(BadOverlay { message, .. }) = bad.into_iter().find(|bad| bad.index == newest)
            {
                return Err(AppError::field("/value", overlay.value, message));
            }
            let row = OverlayRow { n, overlay, reason, recorded_by: user, recorded_at: now };
            rows::insert(db, county, &row)?;
            Ok(row)
        });
        if added.is_err() {
            // Another write of the same transaction may have seen the row that was not kept.
            self.policies.forget(county);
        }
        added
    }

    pub fn policy_overlays(&self, county: County) -> Result<Vec<OverlayRow>, AppError> {
        Ok(rows::all(&mut *self.pool.get()?, county)?)
    }

    /// How far a polygon may differ from the recorded area before a warning says so.
    pub(crate) fn area_tolerance(&self, county: County, on: NaiveDate) -> Result<AreaTolerance, AppError> {
        Ok(AreaTolerance::on(&*self.policy(county)?, on)?)
    }

    /// How far figures may be apart that reconciliation takes for the same.
    pub(crate) fn tolerances(&self, county: County, on: NaiveDate) -> Result<Tolerances, AppError> {
        Ok(Tolerances::on(&*self.policy(county)?, on)?)
    }

    /// How far polygons that should meet may be off.
    pub(crate) fn fit_tolerance(&self, county: County, on: NaiveDate) -> Result<Tolerance, AppError> {
        Ok(Tolerance::on(&*self.policy(county)?, on)?.0)
    }

    /// The limits of the age buckets and cohorts of balances.
    pub(crate) fn age_buckets(&self, county: County, on: NaiveDate) -> Result<Buckets, AppError> {
        let policy = self.policy(county)?;
        let years = |key: &Key<Term>| Ok::<_, AppError>(policy.on(key, on)?.value.months());
        let ages = [years(&keys::LEDGER_AGE_FIRST)?, years(&keys::LEDGER_AGE_SECOND)?, years(&keys::LEDGER_AGE_THIRD)?];
        let cohorts =
            [policy.on(&keys::LEDGER_COHORT_SECOND, on)?.value.0, policy.on(&keys::LEDGER_COHORT_THIRD, on)?.value.0];
        Ok(Buckets { age_months: ages.to_vec(), cohorts: cohorts.to_vec() })
    }
}
