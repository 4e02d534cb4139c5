//! Who asks, and what that person may do where.

use crate::domain::ledger::kind::Role;
use crate::domain::region::{County, UserId};
pub use crate::domain::user::Grant;

/// The person behind a request, with the roles that the token lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub user: UserId,
    /// The token that was shown.
    pub token: i64,
    pub grants: Vec<Grant>,
}

impl Caller {
    pub fn has(&self, role: Role, county: County) -> bool {
        self.has_any(&[role], county)
    }

    pub fn has_any(&self, roles: &[Role], county: County) -> bool {
        self.grants.iter().any(|grant| roles.contains(&grant.role) && grant.prefix.covers(county))
    }

    /// Whether the caller has one of the roles anywhere.
    pub fn has_somewhere(&self, roles: &[Role]) -> bool {
        self.grants.iter().any(|grant| roles.contains(&grant.role))
    }
}
