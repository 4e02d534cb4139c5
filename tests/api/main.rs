//! The program as its users meet it: over HTTP, on both databases.

#[path = "../common/databases.rs"]
mod databases;
mod support;

mod access;
mod accounts;
mod edge;
mod four_eyes;
mod isolation;
mod problems;
mod proposals;
