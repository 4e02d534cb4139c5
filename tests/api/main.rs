//! The real program over HTTP: started on a database of its own, asked as its users ask it, on both databases.

#[path = "../common/databases.rs"]
mod databases;

mod support;

mod access;
mod accounts;
mod balances;
mod examples;
mod four_eyes;
mod import_files;
mod isolation;
mod land;
mod months;
mod office;
mod ogc;
mod overlaps;
mod price_bases;
mod proposals;
mod protocol;
mod reconciliation;
mod records;
mod sheets;
mod statistics;
mod vouchers;
