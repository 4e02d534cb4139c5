//! Users, their roles and their tokens. What is personal lies in `person` and may be erased.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ledger::kind::Role;
use crate::domain::region::UserId;
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{api_token, app_user, role_grant};

/// A token's owner, with the roles it lets through (none: all) and the owner's grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenOwner {
    pub user: UserId,
    pub only_roles: Option<Vec<Role>>,
    /// (county prefix, role)
    pub grants: Vec<(String, Role)>,
}

/// Who holds a token that is valid at this time.
pub fn token_owner(db: &mut Db, secret_sha256: &[u8], now: NaiveDateTime) -> Result<Option<TokenOwner>, StorageError> {
    let token: Option<(i64, Option<String>)> = api_token::table
        .inner_join(app_user::table.on(app_user::id.eq(api_token::user_id)))
        .filter(api_token::secret_sha256.eq(secret_sha256))
        .filter(api_token::revoked_at.is_null().and(api_token::expires_at.gt(now)))
        .filter(app_user::is_active.eq(true))
        .select((api_token::user_id, api_token::roles))
        .first(db)
        .optional()?;
    let Some((user, roles)) = token else { return Ok(None) };
    let role = |word: &str| {
        word.parse::<Role>().map_err(|error: Text| StorageError::corrupt(format!("a role of user {user}"), error.en))
    };
    let only_roles = roles.map(|words| words.split(' ').map(role).collect::<Result<Vec<_>, _>>()).transpose()?;
    let grants: Vec<(String, String)> = role_grant::table
        .filter(role_grant::user_id.eq(user).and(role_grant::revoked_at.is_null()))
        .order(role_grant::id)
        .select((role_grant::county_prefix, role_grant::role))
        .load(db)?;
    let grants =
        grants.into_iter().map(|(prefix, word)| Ok((prefix, role(&word)?))).collect::<Result<_, StorageError>>()?;
    Ok(Some(TokenOwner { user: UserId(user), only_roles, grants }))
}
