//! What the ledger has of plots: what may no longer be changed from under it.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::Kind;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{balance, plot, voucher_line};

/// What has entered the ledger from outside under a plot, survey differences apart: as posting counts it.
pub fn entered(db: &mut Db, county: County, plot: PlotId) -> Result<AreaM2, StorageError> {
    let outside = Account::Outside.as_str();
    let rows: Vec<(String, i64)> = voucher_line::table
        .filter(voucher_line::county.eq(county.number()).and(voucher_line::to_plot.eq(plot.0)))
        .filter(voucher_line::kind.ne(Kind::SurveyDifference.as_str()))
        .filter(voucher_line::from_account.eq(outside).or(voucher_line::to_account.eq(outside)))
        .select((voucher_line::from_account, voucher_line::area_cm2))
        .load(db)?;
    let sum = rows.into_iter().map(|(from, area)| if from == outside { area } else { -area }).sum();
    At(Collection::Plot, plot.0).area(sum)
}

/// Whether the plot has land anywhere in the ledger now: vouchers that were taken back leave none.
pub fn holds_land(db: &mut Db, county: County, plot: PlotId) -> Result<bool, StorageError> {
    let account: Option<String> = balance::table
        .filter(balance::county.eq(county.number()).and(balance::plot_id.eq(plot.0)))
        .filter(balance::area_cm2.ne(0))
        .select(balance::account)
        .first(db)
        .optional()?;
    Ok(account.is_some())
}

/// The first plot of an approval that holds land in the ledger.
pub fn holding_land(db: &mut Db, county: County, approval: ApprovalId) -> Result<Option<PlotId>, StorageError> {
    let plots =
        plot::table.filter(plot::county.eq(county.number()).and(plot::approval_id.eq(approval.0))).select(plot::id);
    let first: Option<i64> = balance::table
        .filter(balance::county.eq(county.number()).and(balance::area_cm2.ne(0)))
        .filter(balance::plot_id.eq_any(plots))
        .order(balance::plot_id)
        .select(balance::plot_id)
        .first(db)
        .optional()?;
    Ok(first.map(PlotId))
}

/// The plots of an approval under which nothing stands in the ledger, with their recorded areas, in the order of their ids.
pub fn not_entered(db: &mut Db, county: County, approval: ApprovalId) -> Result<Vec<(PlotId, AreaM2)>, StorageError> {
    let standing = balance::table
        .filter(balance::county.eq(plot::county).and(balance::plot_id.eq(plot::id)).and(balance::area_cm2.ne(0)));
    let rows: Vec<(i64, i64)> = plot::table
        .filter(plot::county.eq(county.number()).and(plot::approval_id.eq(approval.0)))
        .filter(not(exists(standing)))
        .order(plot::id)
        .select((plot::id, plot::recorded_cm2))
        .load(db)?;
    rows.into_iter().map(|(id, area)| Ok((PlotId(id), At(Collection::Plot, id).area(area)?))).collect()
}

/// The recorded areas of the plots of each approval, added up.
pub fn approved_area(
    db: &mut Db,
    county: County,
    approvals: &[i64],
) -> Result<HashMap<ApprovalId, AreaM2>, StorageError> {
    let mut sums = HashMap::with_capacity(approvals.len());
    for approvals in approvals.chunks(CHUNK) {
        let rows: Vec<(Option<i64>, i64)> = plot::table
            .filter(plot::county.eq(county.number()).and(plot::approval_id.eq_any(approvals.to_vec())))
            .group_by(plot::approval_id)
            // diesel's own sum of integers is a decimal, which SQLite gives as a float.
            .select((plot::approval_id, diesel::dsl::sql::<BigInt>("CAST(SUM(recorded_cm2) AS BIGINT)")))
            .load(db)?;
        for (approval, sum) in rows {
            if let Some(approval) = approval {
                sums.insert(ApprovalId(approval), At(Collection::Approval, approval).area(sum)?);
            }
        }
    }
    Ok(sums)
}
