//! Browser sessions: only the SHA-256 of what the cookie holds is kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::next_id;
use crate::domain::region::UserId;
use crate::domain::user::Grant;
use crate::storage::account::grant;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{app_user, session};

/// A session without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub user: UserId,
    /// Where it was opened from; gone with the person.
    pub address: Option<String>,
    /// What the browser called itself; gone with the person.
    pub browser: Option<String>,
    pub created_at: NaiveDateTime,
    pub used_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = session)]
struct Row {
    id: i64,
    user_id: i64,
    address: Option<String>,
    browser: Option<String>,
    created_at: NaiveDateTime,
    used_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    ended_at: Option<NaiveDateTime>,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            user: UserId(row.user_id),
            address: row.address,
            browser: row.browser,
            created_at: row.created_at,
            used_at: row.used_at,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
        }
    }
}

/// How a session is named: by what its cookie holds, or by its number.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    Secret(&'a [u8]),
    Id(i64),
}

/// A session that has not been ended, of an active user, with the roles held now. Whether its time is over the caller judges.
pub fn owner(db: &mut Db, named: Named<'_>) -> Result<Option<(Session, Vec<Grant>)>, StorageError> {
    let query = session::table
        .inner_join(app_user::table.on(app_user::id.eq(session::user_id)))
        .filter(session::ended_at.is_null().and(app_user::is_active.eq(true)))
        .select(Row::as_select());
    let row: Option<Row> = match named {
        Named::Secret(sha256) => query.filter(session::secret_sha256.eq(sha256)).first(db).optional()?,
        Named::Id(id) => query.filter(session::id.eq(id)).first(db).optional()?,
    };
    let Some(row) = row else { return Ok(None) };
    let grants = grant::held(db, UserId(row.user_id))?;
    Ok(Some((row.into(), grants)))
}

/// A session to open.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub user: UserId,
    pub secret_sha256: Vec<u8>,
    pub address: Option<String>,
    pub browser: Option<String>,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

/// Opens a session; called as the only writer of the registry.
pub fn insert(db: &mut Db, new: NewSession) -> Result<Session, StorageError> {
    let id: i64 = next_id!(db, session);
    diesel::insert_into(session::table)
        .values((
            session::id.eq(id),
            session::user_id.eq(new.user.0),
            session::secret_sha256.eq(&new.secret_sha256),
            session::address.eq(&new.address),
            session::browser.eq(&new.browser),
            session::created_at.eq(new.created_at),
            session::used_at.eq(new.created_at),
            session::expires_at.eq(new.expires_at),
        ))
        .execute(db)?;
    Ok(Session {
        id,
        user: new.user,
        address: new.address,
        browser: new.browser,
        created_at: new.created_at,
        used_at: new.created_at,
        expires_at: new.expires_at,
        ended_at: None,
    })
}

/// Notes that a session was used.
pub fn touch(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<(), StorageError> {
    diesel::update(session::table.find(id).filter(session::used_at.lt(now)))
        .set(session::used_at.eq(now))
        .execute(db)?;
    Ok(())
}

pub fn end(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<(), StorageError> {
    diesel::update(session::table.find(id)).set(session::ended_at.eq(now)).execute(db)?;
    Ok(())
}

/// The sessions of a user that nobody has ended and whose whole time is not over, the first first.
pub fn open_of_user(db: &mut Db, user: UserId, now: NaiveDateTime) -> Result<Vec<Session>, StorageError> {
    let rows: Vec<Row> = session::table
        .filter(session::user_id.eq(user.0).and(session::ended_at.is_null()).and(session::expires_at.gt(now)))
        .order(session::id)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Every session that nobody has ended, with its user.
pub fn all_open(db: &mut Db) -> Result<Vec<(i64, UserId)>, StorageError> {
    let rows: Vec<(i64, i64)> =
        session::table.filter(session::ended_at.is_null()).select((session::id, session::user_id)).load(db)?;
    Ok(rows.into_iter().map(|(id, user)| (id, UserId(user))).collect())
}

/// Address and browser tell of a person.
pub(super) fn erase_traces(db: &mut Db, user: UserId) -> Result<(), StorageError> {
    diesel::update(session::table.filter(session::user_id.eq(user.0)))
        .set((session::address.eq(None::<String>), session::browser.eq(None::<String>)))
        .execute(db)?;
    Ok(())
}
