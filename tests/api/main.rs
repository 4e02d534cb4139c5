//! The real program over HTTP: started on a database of its own, asked as its users ask it, on both databases.

#[path = "../common/databases.rs"]
mod databases;

mod support;

mod access;
mod accounts;
mod backup;
mod balances;
mod batch;
mod contracts;
mod entered_on_import;
mod examples;
mod feature_cells;
mod four_eyes;
mod idle_cases;
mod import_files;
mod isolation;
mod land;
mod listing;
mod monitoring;
mod months;
mod office;
mod ogc;
mod overlaps;
mod page;
mod papers;
mod prechecks;
mod price_bases;
mod proposals;
mod protocol;
mod reconciliation;
mod records;
mod rehearsals;
mod sessions;
mod sheets;
mod statistics;
mod vouchers;
