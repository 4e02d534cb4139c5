//! Users and what was done to their accounts. What is personal lies in `person` and may be erased.

pub mod grant;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod token;

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::region::UserId;
use crate::domain::text::Text;
use crate::domain::user::{AccountAction, Prefix};
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{account_event, app_user, person, role_grant};

/// A natural person, as far as the service knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub login: String,
    pub display_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub is_active: bool,
    /// None: made on the command line.
    pub created_by: Option<UserId>,
    pub created_at: NaiveDateTime,
    /// None once it was erased.
    pub person: Option<Person>,
}

/// One thing done to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    pub action: AccountAction,
    /// The grant (`clerk@410183`) or the number of the token.
    pub subject: Option<String>,
    /// None: the command line.
    pub done_by: Option<UserId>,
    pub at: NaiveDateTime,
}

type UserRow = (i64, bool, Option<i64>, NaiveDateTime, Option<String>, Option<String>);

fn user((id, is_active, created_by, created_at, login, display_name): UserRow) -> User {
    User {
        id: UserId(id),
        is_active,
        created_by: created_by.map(UserId),
        created_at,
        person: login.zip(display_name).map(|(login, display_name)| Person { login, display_name }),
    }
}

/// The users of these ids, in the order of their ids.
pub fn users(db: &mut Db, ids: &[i64]) -> Result<Vec<User>, StorageError> {
    let rows: Vec<UserRow> = app_user::table
        .left_join(person::table.on(person::user_id.eq(app_user::id)))
        .filter(app_user::id.eq_any(ids))
        .order(app_user::id)
        .select((
            app_user::id,
            app_user::is_active,
            app_user::created_by,
            app_user::created_at,
            person::login.nullable(),
            person::display_name.nullable(),
        ))
        .load(db)?;
    Ok(rows.into_iter().map(user).collect())
}

pub fn by_id(db: &mut Db, id: UserId) -> Result<Option<User>, StorageError> {
    Ok(users(db, &[id.0])?.pop())
}

pub fn has_users(db: &mut Db) -> Result<bool, StorageError> {
    let first: Option<i64> = app_user::table.select(app_user::id).first(db).optional()?;
    Ok(first.is_some())
}

pub fn by_login(db: &mut Db, login: &str) -> Result<Option<UserId>, StorageError> {
    let id: Option<i64> = person::table.filter(person::login.eq(login)).select(person::user_id).first(db).optional()?;
    Ok(id.map(UserId))
}

/// Ids of all whom an administrator may see: those with a role under the prefixes, and of those without any
/// role who had one there or were made by that person.
pub fn seen(db: &mut Db, under: &[Prefix], made_by: UserId) -> Result<BTreeSet<i64>, StorageError> {
    let standing = || role_grant::table.filter(role_grant::revoked_at.is_null()).select(role_grant::user_id);
    let idle = || app_user::table.filter(app_user::id.ne_all(standing())).select(app_user::id);
    let made: Vec<i64> = idle().filter(app_user::created_by.eq(made_by.0)).load(db)?;
    let mut ids = BTreeSet::from_iter(made);
    for prefix in under {
        let inside = || role_grant::county_prefix.like(format!("{prefix}%"));
        let hold: Vec<i64> = standing().filter(inside()).distinct().load(db)?;
        let held: Vec<i64> = idle()
            .filter(app_user::id.eq_any(role_grant::table.filter(inside()).select(role_grant::user_id)))
            .load(db)?;
        ids.extend(hold);
        ids.extend(held);
    }
    Ok(ids)
}

/// The next number in a table of the registry; called as its only writer.
macro_rules! next_id {
    ($db:expr, $table:ident) => {{
        let last: Option<i64> = $table::table.select(diesel::dsl::max($table::id)).first($db)?;
        last.unwrap_or(0) + 1
    }};
}
pub(super) use next_id;

/// Enters a user; called as the only writer of the registry.
pub fn insert(
    db: &mut Db,
    wanted: &Person,
    created_by: Option<UserId>,
    now: NaiveDateTime,
) -> Result<UserId, StorageError> {
    let id: i64 = next_id!(db, app_user);
    diesel::insert_into(app_user::table)
        .values((
            app_user::id.eq(id),
            app_user::is_active.eq(true),
            app_user::created_by.eq(created_by.map(|user| user.0)),
            app_user::created_at.eq(now),
        ))
        .execute(db)?;
    diesel::insert_into(person::table)
        .values((
            person::user_id.eq(id),
            person::login.eq(&wanted.login),
            person::display_name.eq(&wanted.display_name),
        ))
        .execute(db)?;
    Ok(UserId(id))
}

pub fn rename(db: &mut Db, id: UserId, display_name: &str) -> Result<(), StorageError> {
    diesel::update(person::table.find(id.0)).set(person::display_name.eq(display_name)).execute(db)?;
    Ok(())
}

pub fn set_active(db: &mut Db, id: UserId, is_active: bool) -> Result<(), StorageError> {
    diesel::update(app_user::table.find(id.0)).set(app_user::is_active.eq(is_active)).execute(db)?;
    Ok(())
}

/// Removes what is personal: the row of the person, the password, where sessions came from and the labels of the tokens.
pub fn erase(db: &mut Db, id: UserId) -> Result<(), StorageError> {
    diesel::delete(person::table.find(id.0)).execute(db)?;
    password::erase(db, id)?;
    session::erase_traces(db, id)?;
    token::erase_labels(db, id)
}

/// Notes what was done to an account; called as the only writer of the registry.
pub fn note(db: &mut Db, user: UserId, event: &AccountEvent) -> Result<(), StorageError> {
    let id: i64 = next_id!(db, account_event);
    diesel::insert_into(account_event::table)
        .values((
            account_event::id.eq(id),
            account_event::user_id.eq(user.0),
            account_event::action.eq(event.action.as_str()),
            account_event::subject.eq(event.subject.as_deref()),
            account_event::done_by.eq(event.done_by.map(|user| user.0)),
            account_event::at.eq(event.at),
        ))
        .execute(db)?;
    Ok(())
}

/// What was done to an account, the first first.
pub fn events(db: &mut Db, user: UserId) -> Result<Vec<AccountEvent>, StorageError> {
    type Row = (String, Option<String>, Option<i64>, NaiveDateTime);
    let rows: Vec<Row> = account_event::table
        .filter(account_event::user_id.eq(user.0))
        .order(account_event::id)
        .select((account_event::action, account_event::subject, account_event::done_by, account_event::at))
        .load(db)?;
    rows.into_iter()
        .map(|(action, subject, done_by, at)| {
            let action = action
                .parse()
                .map_err(|error: Text| StorageError::corrupt(format!("an account event of user {user}"), error.en))?;
            Ok(AccountEvent { action, subject, done_by: done_by.map(UserId), at })
        })
        .collect()
}

/// The grants of some users that stand, by user.
pub fn standing_grants(db: &mut Db, users: &[i64]) -> Result<HashMap<UserId, Vec<grant::RoleGrant>>, StorageError> {
    let mut found: HashMap<UserId, Vec<grant::RoleGrant>> = HashMap::new();
    for granted in grant::of_users(db, users)?.into_iter().filter(|granted| granted.revoked_at.is_none()) {
        found.entry(granted.user).or_default().push(granted);
    }
    Ok(found)
}
