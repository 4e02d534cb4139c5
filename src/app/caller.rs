//! Who asks, and what that person may do where.

use crate::domain::ledger::kind::Role;
use crate::domain::region::{County, UserId};
pub use crate::domain::user::{Credential, Grant};

/// The person behind a request, with the roles that count in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub user: UserId,
    /// The token or session that was shown.
    pub credential: Credential,
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
