//! The running program, people with tokens, and a small client.

mod books;
mod client;
mod program;

pub use books::{AUTHORITY, Books};
pub use client::{Answer, raw};
pub use program::{HERE, Office, Service, THERE, both};
