//! The ledger as pure functions, against a model that looks at every day and every holding.

mod decisions;
mod frozen;
mod land;
mod model;
mod monitoring;
mod proposals;
mod reconciliation;
mod refusals;
