//! The figures of the law and of the county that use cases need.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::error::AppError;
use crate::domain::ledger::balance::Buckets;
use crate::domain::quantity::Ratio;
use crate::domain::region::County;

impl App {
    pub(crate) fn survey_share_max(&self, _: County, _: NaiveDate) -> Result<Ratio, AppError> {
        "0.01".parse().map_err(|error: crate::domain::quantity::BadQuantity| AppError::CannotDecide(error.text()))
    }

    pub(crate) fn age_buckets(&self, _: County, _: NaiveDate) -> Result<Buckets, AppError> {
        Ok(Buckets { ages: vec![1, 2, 5], cohorts: vec![2009, 2019] })
    }
}
