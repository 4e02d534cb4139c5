//! What the service does, once for the HTTP face and the command line: each use case owns its transaction.

pub mod accounts;
pub mod approvals;
pub mod attachments;
pub mod balances;
pub mod caller;
pub mod clock;
pub mod counties;
pub mod demo;
pub mod encumbrances;
pub mod error;
pub mod features;
pub mod frozen_bases;
pub mod measures;
pub mod parcels;
pub mod plots;
pub mod policy;
pub mod price_bases;
pub mod projects;
pub mod reconciliation;
pub mod records;
pub mod sheets;
pub mod users;
pub mod vouchers;
pub mod worklist;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

use crate::app::clock::Clock;
use crate::domain::ledger::balance::View;
use crate::domain::region::County;
use crate::storage::db::{Pool, StorageError};
use crate::storage::writer::Writer;

/// A county's lines and plots in memory, and how far its plots were loaded.
#[derive(Default)]
pub(crate) struct LoadedView {
    pub view: View,
    pub plots_version: i64,
}

/// The service without its faces.
pub struct App {
    pool: Pool,
    writer: Writer,
    clock: Box<dyn Clock>,
    policies: Arc<policy::Policies>,
    views: Mutex<HashMap<County, Arc<RwLock<LoadedView>>>>,
}

impl App {
    pub fn new(pool: Pool, clock: Box<dyn Clock>) -> Result<Self, StorageError> {
        let one_lane = pool.get()?.is_sqlite();
        Ok(Self {
            writer: Writer::new(pool.clone(), one_lane),
            pool,
            clock,
            policies: Arc::default(),
            views: Mutex::default(),
        })
    }

    /// Whether the database answers.
    pub fn ready(&self) -> Result<(), error::AppError> {
        Ok(crate::storage::db::ping(&mut *self.pool.get()?)?)
    }

    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }
}
