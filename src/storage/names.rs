//! Names that readers know things by, for the labels of balances.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{approval, person, project, role_grant, township};

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

/// Everybody who holds or held a role in the county and still has a name, with the roles that stand, in the order of
/// their numbers.
pub fn people(db: &mut Db, county: County) -> Result<Vec<(i64, String, Vec<String>)>, StorageError> {
    let code = county.to_string();
    // A grant for a city or a province takes in its counties.
    let prefixes: Vec<&str> = (2..=code.len()).step_by(2).map(|end| &code[..end]).collect();
    let rows: Vec<(i64, String, String, Option<chrono::NaiveDateTime>)> = role_grant::table
        .inner_join(person::table.on(person::user_id.eq(role_grant::user_id)))
        .filter(role_grant::county_prefix.eq_any(prefixes))
        .order((role_grant::user_id, role_grant::id))
        .select((role_grant::user_id, person::display_name, role_grant::role, role_grant::revoked_at))
        .load(db)?;
    let mut people: Vec<(i64, String, Vec<String>)> = Vec::new();
    for (id, name, role, revoked_at) in rows {
        if people.last().is_none_or(|(last, _, _)| *last != id) {
            people.push((id, name, Vec::new()));
        }
        if let Some((_, _, roles)) = people.last_mut().filter(|_| revoked_at.is_none()) {
            roles.push(role);
        }
    }
    Ok(people)
}
