//! Who works in a county: the names behind the numbers that records and vouchers carry.

use crate::app::App;
use crate::app::error::AppError;
use crate::app::records::known_county;
use crate::domain::ledger::kind::Role;
use crate::domain::region::{County, UserId};
use crate::storage::db::StorageError;
use crate::storage::names;

/// Somebody who holds or held a role in a county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub id: UserId,
    pub name: String,
    /// Those that stand.
    pub roles: Vec<Role>,
}

impl App {
    pub fn people(&self, county: County) -> Result<Vec<Colleague>, AppError> {
        let mut db = self.pool.get()?;
        known_county(&mut db, county)?;
        let rows = names::people(&mut db, county)?;
        let colleague = |(id, name, roles): (i64, String, Vec<String>)| {
            let roles: Result<Vec<Role>, _> = roles.iter().map(|role| role.parse()).collect();
            let mut roles = roles.map_err(|text| StorageError::corrupt(format!("a role of user {id}"), text.en))?;
            roles.sort_unstable();
            roles.dedup();
            Ok(Colleague { id: UserId(id), name, roles })
        };
        rows.into_iter().map(colleague).collect()
    }
}
