//! Plots whose newest polygons share land, as differences: by the two plots, the lower id first.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::{Candidates, LOOK, place};
use crate::domain::reconciliation::{Facts, Seen, Subject};
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::At;
use crate::storage::schema::{plot, plot_overlap};
use crate::storage::township;

type Row = (i64, i64, i64, String, Option<i32>, Option<i64>);

const LOW: &str =
    "CASE WHEN plot_overlap.plot_id < plot_overlap.other_id THEN plot_overlap.plot_id ELSE plot_overlap.other_id END";
const HIGH: &str =
    "CASE WHEN plot_overlap.plot_id < plot_overlap.other_id THEN plot_overlap.other_id ELSE plot_overlap.plot_id END";

/// Overlaps beyond tolerance that hold of the newest polygons, with the plot of the lower id.
macro_rules! overlaps {
    ($county:expr) => {
        plot_overlap::table
            .inner_join(plot::table.on(plot::county.eq(plot_overlap::county).and(plot::id.eq(sql::<BigInt>(LOW)))))
            .filter(plot_overlap::county.eq($county.number()).and(plot_overlap::is_within.eq(false)))
            .filter(crate::storage::overlap::holds())
            .select((
                sql::<BigInt>(LOW),
                sql::<BigInt>(HIGH),
                plot_overlap::area_cm2,
                plot::code,
                plot::township_code,
                plot::approval_id,
            ))
    };
}

fn of_row((low, high, area, code, township, approval): Row) -> Result<Facts, StorageError> {
    Ok(Facts {
        subject: Subject::Plots(PlotId(low), PlotId(high)),
        place: Some(place(low, code, township, approval)?),
        parcel_code: None,
        seen: Seen::Overlap { shared: At(Collection::Plot, low).area(area)? },
    })
}

/// The next pairs after one, in order: at most [`LOOK`].
pub(super) fn differing(
    db: &mut Db,
    county: County,
    asked: &Candidates<'_>,
    after: Option<Subject>,
) -> Result<Vec<Facts>, StorageError> {
    let (low, high) = match after {
        Some(Subject::Plots(low, high)) => (low.0, high.0),
        _ => (0, 0),
    };
    let later = format!("({LOW} > {low} OR ({LOW} = {low} AND {HIGH} > {high}))");
    let mut query = overlaps!(county)
        .filter(sql::<Bool>(&later))
        .order((sql::<BigInt>(LOW), sql::<BigInt>(HIGH)))
        .limit(LOOK)
        .into_boxed();
    if let Some(code) = asked.township {
        query = query.filter(plot::township_code.eq(township::number(code)));
    }
    if let Some(ApprovalId(approval)) = asked.approval {
        query = query.filter(plot::approval_id.eq(approval));
    }
    query.load::<Row>(db)?.into_iter().map(of_row).collect()
}

/// Those of some pairs that overlap now.
pub(super) fn of_pairs(db: &mut Db, county: County, pairs: &[(PlotId, PlotId)]) -> Result<Vec<Facts>, StorageError> {
    let ids: Vec<i64> = pairs.iter().flat_map(|(low, high)| [low.0, high.0]).collect();
    let either = plot_overlap::plot_id.eq_any(ids.clone()).and(plot_overlap::other_id.eq_any(ids));
    let rows: Vec<Row> = overlaps!(county).filter(either).load(db)?;
    let wanted = rows.into_iter().filter(|row| pairs.contains(&(PlotId(row.0), PlotId(row.1))));
    wanted.map(of_row).collect()
}
