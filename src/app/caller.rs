//! Who asks, and what that person may do where.

use crate::domain::ledger::kind::Role;
use crate::domain::region::{County, UserId};

/// A role in a county (six digits) or in all counties under a prefix (a city: four, a province: two).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub county_prefix: String,
    pub role: Role,
}

/// The person behind a request, with the roles that the token lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub user: UserId,
    pub grants: Vec<Grant>,
}

impl Caller {
    pub fn has(&self, role: Role, county: County) -> bool {
        self.has_any(&[role], county)
    }

    pub fn has_any(&self, roles: &[Role], county: County) -> bool {
        let county = county.to_string();
        self.grants.iter().any(|grant| roles.contains(&grant.role) && county.starts_with(&grant.county_prefix))
    }

    /// Whether the caller has one of the roles anywhere.
    pub fn has_somewhere(&self, roles: &[Role]) -> bool {
        self.grants.iter().any(|grant| roles.contains(&grant.role))
    }
}
