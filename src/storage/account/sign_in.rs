//! Who signed in and out and who was refused, and the counts of failures that make others wait.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::next_id;
use crate::domain::region::UserId;
use crate::domain::sign_in::SignInAction;
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{sign_in_event, sign_in_failure};

/// One thing that became of a session, or of the wish for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInEvent {
    /// None: the login was nobody's.
    pub user: Option<UserId>,
    pub session: Option<i64>,
    pub action: SignInAction,
    /// None: nobody who was signed in, or the command line.
    pub done_by: Option<UserId>,
    pub at: NaiveDateTime,
}

/// Writes it down; called as the only writer of the registry.
pub fn note(db: &mut Db, event: &SignInEvent) -> Result<(), StorageError> {
    let id: i64 = next_id!(db, sign_in_event);
    diesel::insert_into(sign_in_event::table)
        .values((
            sign_in_event::id.eq(id),
            sign_in_event::user_id.eq(event.user.map(|user| user.0)),
            sign_in_event::session_id.eq(event.session),
            sign_in_event::action.eq(event.action.as_str()),
            sign_in_event::done_by.eq(event.done_by.map(|user| user.0)),
            sign_in_event::at.eq(event.at),
        ))
        .execute(db)?;
    Ok(())
}

/// The last events of a user, the last first.
pub fn last_of_user(db: &mut Db, user: UserId, limit: i64) -> Result<Vec<SignInEvent>, StorageError> {
    type Row = (Option<i64>, String, Option<i64>, NaiveDateTime);
    let rows: Vec<Row> = sign_in_event::table
        .filter(sign_in_event::user_id.eq(user.0))
        .order(sign_in_event::id.desc())
        .limit(limit)
        .select((sign_in_event::session_id, sign_in_event::action, sign_in_event::done_by, sign_in_event::at))
        .load(db)?;
    rows.into_iter()
        .map(|(session, action, done_by, at)| {
            let action = action
                .parse()
                .map_err(|error: Text| StorageError::corrupt(format!("a sign-in event of user {user}"), error.en))?;
            Ok(SignInEvent { user: Some(user), session, action, done_by: done_by.map(UserId), at })
        })
        .collect()
}

/// Failures counted by a subject since they were last forgotten, and when the last one was.
pub fn failures(
    db: &mut Db,
    subject: &str,
    since: NaiveDateTime,
) -> Result<Option<(i32, NaiveDateTime)>, StorageError> {
    Ok(sign_in_failure::table
        .find(subject)
        .filter(sign_in_failure::last_at.gt(since))
        .select((sign_in_failure::failures, sign_in_failure::last_at))
        .first(db)
        .optional()?)
}

/// Sets the count of a subject; called as the only writer of the registry.
pub fn set_failures(db: &mut Db, subject: &str, failures: i32, last_at: NaiveDateTime) -> Result<(), StorageError> {
    let values = (sign_in_failure::failures.eq(failures), sign_in_failure::last_at.eq(last_at));
    if diesel::update(sign_in_failure::table.find(subject)).set(values).execute(db)? == 0 {
        diesel::insert_into(sign_in_failure::table)
            .values((sign_in_failure::subject.eq(subject), values))
            .execute(db)?;
    }
    Ok(())
}

/// Takes one failure of a subject back: the attempt was none.
pub fn take_back(db: &mut Db, subject: &str) -> Result<(), StorageError> {
    diesel::update(sign_in_failure::table.find(subject).filter(sign_in_failure::failures.gt(0)))
        .set(sign_in_failure::failures.eq(sign_in_failure::failures - 1))
        .execute(db)?;
    Ok(())
}

pub fn forget(db: &mut Db, subject: &str) -> Result<(), StorageError> {
    diesel::delete(sign_in_failure::table.find(subject)).execute(db)?;
    Ok(())
}

/// Removes what is older: counts are kept of nobody for longer than they are used.
pub fn forget_before(db: &mut Db, before: NaiveDateTime) -> Result<(), StorageError> {
    diesel::delete(sign_in_failure::table.filter(sign_in_failure::last_at.le(before))).execute(db)?;
    Ok(())
}
