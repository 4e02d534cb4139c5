//! Checks of the repository itself: the source text, and what is generated from it and committed.

mod generated;
mod operations;
mod source;
