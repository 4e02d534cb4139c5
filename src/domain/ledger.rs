//! The area ledger: double entry in square metres (DESIGN.md 2.1).
//!
//! Pure: what a voucher is, when it is accepted, what it does to the balances, how it is hashed.
//! Storage loads what [`decide::decide`] needs, calls it and writes what it returns, in one transaction.

pub mod account;
pub mod balance;
pub mod chain;
pub mod decide;
pub mod frozen;
pub mod kind;
pub mod land;
pub mod proposal;
pub mod rates;
pub mod refused;
pub mod report;
pub mod supply_row;
pub mod voucher;
