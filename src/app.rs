//! What the service does, once for the HTTP face and the command line: each use case owns its transaction.

pub mod accounts;
pub mod announcements;
pub mod approvals;
pub mod attachments;
pub mod balances;
pub mod caller;
pub mod clock;
pub mod contracts;
pub mod counties;
pub mod demands;
pub mod demo;
pub mod encumbrances;
pub mod error;
pub mod features;
pub mod frozen_bases;
mod hasher;
pub mod idle_cases;
pub mod listing;
pub mod measures;
pub mod monitoring;
pub mod papers;
mod parallel;
pub mod parcels;
pub mod passwords;
pub mod people;
pub mod plots;
pub mod policy;
pub mod prechecks;
pub mod price_bases;
pub mod projects;
pub mod reconciliation;
pub mod records;
pub mod reference_tables;
pub mod sessions;
pub mod sheets;
pub mod sign_in;
pub mod users;
pub mod vouchers;
pub mod worklist;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

use crate::app::clock::Clock;
use crate::domain::ledger::balance::View;
use crate::domain::region::County;
use crate::domain::sign_in::SessionRules;
use crate::storage::db::{Pool, StorageError};
use crate::storage::writer::Writer;

/// A county's lines and plots in memory, and how far its plots were loaded.
#[derive(Default)]
pub(crate) struct LoadedView {
    pub view: View,
    pub plots_version: i64,
}

/// The service without its faces.
#[derive(Clone)]
pub struct App {
    pool: Pool,
    writer: Writer,
    clock: Arc<dyn Clock>,
    policies: Arc<policy::Policies>,
    views: Arc<Mutex<HashMap<County, Arc<RwLock<LoadedView>>>>>,
    session_rules: SessionRules,
    hasher: Arc<hasher::Hasher>,
}

impl App {
    pub fn new(pool: Pool, clock: Box<dyn Clock>) -> Result<Self, StorageError> {
        let one_lane = pool.get()?.is_sqlite();
        Ok(Self {
            writer: Writer::new(pool.clone(), one_lane),
            pool,
            clock: clock.into(),
            policies: Arc::default(),
            views: Arc::default(),
            session_rules: SessionRules::default(),
            hasher: Arc::default(),
        })
    }

    /// The same service with other rules for sessions.
    #[must_use]
    pub fn with_session_rules(self, session_rules: SessionRules) -> Self {
        Self { session_rules, ..self }
    }

    pub const fn session_rules(&self) -> SessionRules {
        self.session_rules
    }

    /// The same service for a write that is only tried: everything is decided and answered, and nothing is kept.
    pub fn rehearsal(&self) -> Self {
        Self { writer: self.writer.rehearsal(), ..self.clone() }
    }

    /// Whether the database answers.
    pub fn ready(&self) -> Result<(), error::AppError> {
        Ok(crate::storage::db::ping(&mut *self.pool.get()?)?)
    }

    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }
}
