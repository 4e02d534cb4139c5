//! Passwords at rest as argon2id hashes, and the one-time secrets by which they are set.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::region::UserId;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{password, password_secret};

/// The hash of a user's password, if there is one.
pub fn hash(db: &mut Db, user: UserId) -> Result<Option<String>, StorageError> {
    Ok(password::table.find(user.0).select(password::hash).first(db).optional()?)
}

/// Keeps a password in place of the one before; called as the only writer of the registry.
pub fn put(db: &mut Db, user: UserId, hash: &str, now: NaiveDateTime) -> Result<(), StorageError> {
    let values = (password::hash.eq(hash), password::set_at.eq(now));
    if diesel::update(password::table.find(user.0)).set(values).execute(db)? == 0 {
        diesel::insert_into(password::table).values((password::user_id.eq(user.0), values)).execute(db)?;
    }
    Ok(())
}

/// A one-time secret to issue.
#[derive(Debug, Clone)]
pub struct NewSecret {
    pub user: UserId,
    pub secret_sha256: Vec<u8>,
    pub created_by: Option<UserId>,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

/// Keeps a one-time secret; the one before opens nothing any more. Called as the only writer of the registry.
pub fn put_secret(db: &mut Db, new: &NewSecret) -> Result<(), StorageError> {
    drop_secret(db, new.user)?;
    diesel::insert_into(password_secret::table)
        .values((
            password_secret::user_id.eq(new.user.0),
            password_secret::secret_sha256.eq(&new.secret_sha256),
            password_secret::created_by.eq(new.created_by.map(|user| user.0)),
            password_secret::created_at.eq(new.created_at),
            password_secret::expires_at.eq(new.expires_at),
        ))
        .execute(db)?;
    Ok(())
}

/// Whose password a one-time secret sets, if it has not expired.
pub fn secret_owner(db: &mut Db, sha256: &[u8], now: NaiveDateTime) -> Result<Option<UserId>, StorageError> {
    let user: Option<i64> = password_secret::table
        .filter(password_secret::secret_sha256.eq(sha256).and(password_secret::expires_at.gt(now)))
        .select(password_secret::user_id)
        .first(db)
        .optional()?;
    Ok(user.map(UserId))
}

pub fn drop_secret(db: &mut Db, user: UserId) -> Result<(), StorageError> {
    diesel::delete(password_secret::table.find(user.0)).execute(db)?;
    Ok(())
}

/// Takes back the one-time secrets of everybody.
pub fn drop_secrets(db: &mut Db) -> Result<(), StorageError> {
    diesel::delete(password_secret::table).execute(db)?;
    Ok(())
}

pub(super) fn erase(db: &mut Db, user: UserId) -> Result<(), StorageError> {
    drop_secret(db, user)?;
    diesel::delete(password::table.find(user.0)).execute(db)?;
    Ok(())
}
