//! API tokens: only the SHA-256 of a secret is kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::next_id;
use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::text::Text;
use crate::domain::user::{Grant, Prefix};
use crate::storage::account::grant;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{api_token, app_user};

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: i64,
    pub user: UserId,
    pub label: String,
    pub limits: Limits,
    /// None: made on the command line.
    pub created_by: Option<UserId>,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub revoked_at: Option<NaiveDateTime>,
}

/// What a token lets through of its owner's roles; none: all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    pub roles: Option<Vec<Role>>,
    /// Counties that its issuer administered: roles that others grant elsewhere do not pass through it.
    pub prefixes: Option<Vec<Prefix>>,
}

impl Limits {
    pub fn allow(&self, grant: Grant) -> bool {
        self.roles.as_ref().is_none_or(|roles| roles.contains(&grant.role))
            && self.prefixes.as_ref().is_none_or(|under| under.iter().any(|prefix| grant.prefix.is_within(*prefix)))
    }
}

/// Who stands behind a token, and what it lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenOwner {
    pub token: i64,
    pub user: UserId,
    pub limits: Limits,
    pub grants: Vec<Grant>,
}

/// How a token is named: by what its owner shows, or by its number.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    Secret(&'a [u8]),
    Id(i64),
}

fn joined<T: ToString>(items: Option<&Vec<T>>) -> Option<String> {
    items.map(|items| items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

fn split<T: std::str::FromStr<Err = Text>>(token: i64, words: Option<String>) -> Result<Option<Vec<T>>, StorageError> {
    let corrupt = |error: Text| StorageError::corrupt(format!("token {token}"), error.en);
    words.map(|words| words.split_whitespace().map(|word| word.parse().map_err(corrupt)).collect()).transpose()
}

/// The owner of a token that is valid at this time.
pub fn owner(db: &mut Db, named: Named<'_>, now: NaiveDateTime) -> Result<Option<TokenOwner>, StorageError> {
    type Row = (i64, i64, Option<String>, Option<String>);
    let query = api_token::table
        .inner_join(app_user::table.on(app_user::id.eq(api_token::user_id)))
        .filter(api_token::revoked_at.is_null().and(api_token::expires_at.gt(now)))
        .filter(app_user::is_active.eq(true))
        .select((api_token::id, api_token::user_id, api_token::roles, api_token::prefixes));
    let token: Option<Row> = match named {
        Named::Secret(sha256) => query.filter(api_token::secret_sha256.eq(sha256)).first(db).optional()?,
        Named::Id(id) => query.filter(api_token::id.eq(id)).first(db).optional()?,
    };
    let Some((token, user, roles, prefixes)) = token else { return Ok(None) };
    let limits = Limits { roles: split(token, roles)?, prefixes: split(token, prefixes)? };
    let user = UserId(user);
    let mut grants = grant::held(db, user)?;
    grants.retain(|grant| limits.allow(*grant));
    Ok(Some(TokenOwner { token, user, limits, grants }))
}

/// A token to issue.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub user: UserId,
    pub secret_sha256: Vec<u8>,
    pub label: String,
    pub limits: Limits,
    pub created_by: Option<UserId>,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

/// Enters a token; called as the only writer of the registry.
pub fn insert(db: &mut Db, new: NewToken) -> Result<Token, StorageError> {
    let id: i64 = next_id!(db, api_token);
    diesel::insert_into(api_token::table)
        .values((
            api_token::id.eq(id),
            api_token::user_id.eq(new.user.0),
            api_token::secret_sha256.eq(&new.secret_sha256),
            api_token::label.eq(&new.label),
            api_token::roles.eq(joined(new.limits.roles.as_ref())),
            api_token::prefixes.eq(joined(new.limits.prefixes.as_ref())),
            api_token::created_by.eq(new.created_by.map(|user| user.0)),
            api_token::created_at.eq(new.created_at),
            api_token::expires_at.eq(new.expires_at),
        ))
        .execute(db)?;
    Ok(Token {
        id,
        user: new.user,
        label: new.label,
        limits: new.limits,
        created_by: new.created_by,
        created_at: new.created_at,
        expires_at: new.expires_at,
        revoked_at: None,
    })
}

pub fn revoke(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<(), StorageError> {
    diesel::update(api_token::table.find(id)).set(api_token::revoked_at.eq(now)).execute(db)?;
    Ok(())
}

/// A label may name somebody.
pub(super) fn erase_labels(db: &mut Db, user: UserId) -> Result<(), StorageError> {
    diesel::update(api_token::table.filter(api_token::user_id.eq(user.0))).set(api_token::label.eq("")).execute(db)?;
    Ok(())
}

/// The tokens of a user, revoked and expired ones too, in the order they were made.
pub fn of_user(db: &mut Db, user: UserId) -> Result<Vec<Token>, StorageError> {
    type Row =
        (i64, String, Option<String>, Option<String>, Option<i64>, NaiveDateTime, NaiveDateTime, Option<NaiveDateTime>);
    let rows: Vec<Row> = api_token::table
        .filter(api_token::user_id.eq(user.0))
        .order(api_token::id)
        .select((
            api_token::id,
            api_token::label,
            api_token::roles,
            api_token::prefixes,
            api_token::created_by,
            api_token::created_at,
            api_token::expires_at,
            api_token::revoked_at,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(id, label, roles, prefixes, created_by, created_at, expires_at, revoked_at)| {
            Ok(Token {
                id,
                user,
                label,
                limits: Limits { roles: split(id, roles)?, prefixes: split(id, prefixes)? },
                created_by: created_by.map(UserId),
                created_at,
                expires_at,
                revoked_at,
            })
        })
        .collect()
}
