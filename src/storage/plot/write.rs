//! Writing plots, inside the county's lock. Each write carries the number of the change, by which balances catch up.

use diesel::prelude::*;

use super::{Row, StoredPlot};
use crate::domain::region::{ApprovalId, County, ProjectId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::schema::{plot, plot_project};

#[derive(Insertable)]
#[diesel(table_name = plot_project)]
#[diesel(treat_none_as_default_value = false)]
struct Link {
    county: i32,
    plot_id: i64,
    project_id: i64,
}

/// New plots as the tables take them, so that they can be made before anybody waits for the lock.
pub struct NewPlots {
    rows: Vec<Row>,
    links: Vec<Link>,
}

pub fn rows(county: County, plots: &[StoredPlot], changed_no: i64) -> NewPlots {
    NewPlots {
        rows: plots.iter().map(|plot| Row::of(county, plot, changed_no)).collect(),
        links: plots.iter().flat_map(|plot| links(county, plot)).collect(),
    }
}

pub fn insert(db: &mut Db, new: &NewPlots) -> Result<(), StorageError> {
    insert_rows!(db, plot::table, new.rows);
    insert_rows!(db, plot_project::table, new.links);
    Ok(())
}

fn links(county: County, of: &StoredPlot) -> impl Iterator<Item = Link> + '_ {
    let (county, plot_id) = (county.number(), of.record.id.0);
    of.record.contents.projects.iter().map(move |ProjectId(id)| Link { county, plot_id, project_id: *id })
}

/// Writes a changed plot. Without a number balances need not look at it.
pub fn update(db: &mut Db, county: County, changed: &StoredPlot, changed_no: Option<i64>) -> Result<(), StorageError> {
    let key = (county.number(), changed.record.id.0);
    let changed_no = match changed_no {
        Some(number) => number,
        None => plot::table.find(key).select(plot::changed_no).first(db)?,
    };
    diesel::update(plot::table.find(key)).set(&Row::of(county, changed, changed_no)).execute(db)?;
    diesel::delete(plot_project::table.filter(plot_project::county.eq(key.0).and(plot_project::plot_id.eq(key.1))))
        .execute(db)?;
    let links: Vec<Link> = links(county, changed).collect();
    insert_rows!(db, plot_project::table, links);
    Ok(())
}

/// Marks the plots of an approval as changed, because what they take from it has.
pub fn touch_approval(db: &mut Db, county: County, approval: ApprovalId, changed_no: i64) -> Result<(), StorageError> {
    diesel::update(plot::table.filter(plot::county.eq(county.number()).and(plot::approval_id.eq(approval.0))))
        .set(plot::changed_no.eq(changed_no))
        .execute(db)?;
    Ok(())
}
