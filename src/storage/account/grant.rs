//! Roles granted and revoked: a row is kept for good, with who did it and when.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::next_id;
use crate::domain::region::UserId;
use crate::domain::text::Text;
use crate::domain::user::Grant;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::role_grant;

/// A role that a user holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGrant {
    pub id: i64,
    pub user: UserId,
    pub grant: Grant,
    /// None: on the command line.
    pub granted_by: Option<UserId>,
    pub granted_at: NaiveDateTime,
    pub revoked_by: Option<UserId>,
    pub revoked_at: Option<NaiveDateTime>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = role_grant)]
struct Row {
    id: i64,
    user_id: i64,
    county_prefix: String,
    role: String,
    granted_by: Option<i64>,
    granted_at: NaiveDateTime,
    revoked_by: Option<i64>,
    revoked_at: Option<NaiveDateTime>,
}

impl TryFrom<Row> for RoleGrant {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let corrupt = |error: Text| StorageError::corrupt(format!("role grant {}", row.id), error.en);
        Ok(Self {
            id: row.id,
            user: UserId(row.user_id),
            grant: Grant {
                prefix: row.county_prefix.parse().map_err(corrupt)?,
                role: row.role.parse().map_err(corrupt)?,
            },
            granted_by: row.granted_by.map(UserId),
            granted_at: row.granted_at,
            revoked_by: row.revoked_by.map(UserId),
            revoked_at: row.revoked_at,
        })
    }
}

/// All grants of some users, revoked ones too, in the order they were made.
pub fn of_users(db: &mut Db, users: &[i64]) -> Result<Vec<RoleGrant>, StorageError> {
    let rows: Vec<Row> = role_grant::table
        .filter(role_grant::user_id.eq_any(users))
        .order(role_grant::id)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(RoleGrant::try_from).collect()
}

/// The roles that a user holds now, read for every request.
pub fn held(db: &mut Db, user: UserId) -> Result<Vec<Grant>, StorageError> {
    let rows: Vec<(String, String)> = role_grant::table
        .filter(role_grant::user_id.eq(user.0).and(role_grant::revoked_at.is_null()))
        .order(role_grant::id)
        .select((role_grant::county_prefix, role_grant::role))
        .load(db)?;
    rows.into_iter()
        .map(|(prefix, role)| {
            let corrupt = |error: Text| StorageError::corrupt(format!("a role of user {user}"), error.en);
            Ok(Grant { prefix: prefix.parse().map_err(corrupt)?, role: role.parse().map_err(corrupt)? })
        })
        .collect()
}

/// Enters a grant; called as the only writer of the registry.
pub fn insert(
    db: &mut Db,
    user: UserId,
    grant: Grant,
    granted_by: Option<UserId>,
    now: NaiveDateTime,
) -> Result<(), StorageError> {
    let id: i64 = next_id!(db, role_grant);
    diesel::insert_into(role_grant::table)
        .values((
            role_grant::id.eq(id),
            role_grant::user_id.eq(user.0),
            role_grant::county_prefix.eq(grant.prefix.to_string()),
            role_grant::role.eq(grant.role.as_str()),
            role_grant::granted_by.eq(granted_by.map(|user| user.0)),
            role_grant::granted_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

pub fn revoke(db: &mut Db, id: i64, by: Option<UserId>, now: NaiveDateTime) -> Result<(), StorageError> {
    diesel::update(role_grant::table.find(id))
        .set((role_grant::revoked_by.eq(by.map(|user| user.0)), role_grant::revoked_at.eq(now)))
        .execute(db)?;
    Ok(())
}
