//! The real program over HTTP: started on a database of its own, asked as its users ask it, on both databases.

#[path = "../storage/support.rs"]
#[expect(dead_code, reason = "shared with the tests of storage, which use the rest")]
mod databases;
mod support;

mod access;
mod balances;
mod four_eyes;
mod months;
mod proposals;
mod protocol;
mod vouchers;
