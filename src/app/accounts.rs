//! Accounts: who holds a token, and what that person may do.

use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::{Caller, Grant};
use crate::app::error::AppError;
use crate::storage::account;

impl App {
    /// The caller behind a token, or none if it is unknown, expired or revoked.
    pub fn caller_by_token(&self, token: &str) -> Result<Option<Caller>, AppError> {
        let secret = Sha256::digest(token.as_bytes());
        let owner = account::token_owner(&mut *self.pool.get()?, &secret, self.clock.now())?;
        Ok(owner.map(|owner| {
            let allowed = |role| owner.only_roles.as_ref().is_none_or(|roles| roles.contains(role));
            let grants = owner
                .grants
                .iter()
                .filter(|(_, role)| allowed(role))
                .map(|(county_prefix, role)| Grant { county_prefix: county_prefix.clone(), role: *role })
                .collect();
            Caller { user: owner.user, grants }
        }))
    }
}
