//! What the tests of the API stand on: the running program, a client, and two counties with their people.

mod client;
mod program;
mod world;

pub use client::{Answer, has_chinese, pointers};
pub use program::{Office, SESSION, both, both_with};
pub use world::*;
