//! 企业预审: a project held against every rule that applies to it, before anybody applies for anything.
//!
//! [`body`] is what an enterprise says, [`plan`] what was drawn, [`decide`] the answer with every finding, and [`remedy`] the
//! least change after which a finding passes. All of it is pure: what the county has loaded comes as an argument.

pub mod body;
pub mod decide;
pub mod plan;
pub mod remedy;

pub use body::PrecheckBody;
pub use decide::{Answer, Asked, decide};
