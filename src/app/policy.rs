//! The figures of the law and of the county that use cases need.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::error::AppError;
use crate::domain::ledger::balance::Buckets;
use crate::domain::plot::AreaTolerance;
use crate::domain::policy::{GEOMETRY_AREA_TOLERANCE_AREA, GEOMETRY_AREA_TOLERANCE_SHARE, NotInForce, Policy};
use crate::domain::quantity::Ratio;
use crate::domain::region::County;

impl App {
    pub(crate) fn survey_share_max(&self, _: County, _: NaiveDate) -> Result<Ratio, AppError> {
        "0.01".parse().map_err(|error: crate::domain::quantity::BadQuantity| AppError::CannotDecide(error.text()))
    }

    /// How far a polygon may differ from the recorded area before a warning says so.
    pub(crate) fn area_tolerance(&self, _: County, day: NaiveDate) -> Result<AreaTolerance, AppError> {
        let policy = Policy::built_in();
        let missing = |error: NotInForce| AppError::CannotDecide(error.text());
        Ok(AreaTolerance {
            area: policy.on(&GEOMETRY_AREA_TOLERANCE_AREA, day).map_err(missing)?.value,
            share: policy.on(&GEOMETRY_AREA_TOLERANCE_SHARE, day).map_err(missing)?.value,
        })
    }

    pub(crate) fn age_buckets(&self, _: County, _: NaiveDate) -> Result<Buckets, AppError> {
        Ok(Buckets { ages: vec![1, 2, 5], cohorts: vec![2009, 2019] })
    }
}
