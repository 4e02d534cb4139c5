//! Names that readers know things by, for the labels of balances.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{approval, project, township};

/// 文号 of each approval.
pub fn approvals(db: &mut Db, county: County) -> Result<HashMap<i64, String>, StorageError> {
    let rows: Vec<(i64, String)> = approval::table
        .filter(approval::county.eq(county.number()))
        .select((approval::id, approval::number))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Name of each project.
pub fn projects(db: &mut Db, county: County) -> Result<HashMap<i64, String>, StorageError> {
    let rows: Vec<(i64, String)> =
        project::table.filter(project::county.eq(county.number())).select((project::id, project::name)).load(db)?;
    Ok(rows.into_iter().collect())
}

/// Name of each township.
pub fn townships(db: &mut Db, county: County) -> Result<HashMap<i32, String>, StorageError> {
    let rows: Vec<(i32, String)> = township::table
        .filter(township::county.eq(county.number()))
        .select((township::code, township::name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}
