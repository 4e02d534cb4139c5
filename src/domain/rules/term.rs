//! How long land may be granted or leased.

pub mod flexible;
pub mod lease_then_transfer;
pub mod long_lease;

use crate::domain::finding::{Number, Unit};
use crate::domain::policy::InForce;
use crate::domain::term::Term;
use crate::domain::text::Text;

/// A limit of years as a finding shows it.
fn limit(name: &'static str, label: Text, term: &InForce<'_, Term>) -> Number {
    Number::exact(name, label, term.written().clone(), Unit::Year)
}
