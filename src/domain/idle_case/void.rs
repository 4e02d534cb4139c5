//! Taking back a step that was recorded wrongly: what was recorded after it and rests on it.
//!
//! A step is never changed. It is voided by an entry of its own with a reason, and counts no longer; what rests on it is
//! voided before it.

use crate::domain::idle_case::decide::{Law, refused};
use crate::domain::idle_case::refused::Refused;
use crate::domain::idle_case::step::StepKind;
use crate::domain::idle_case::{Case, Facts};

/// A later step that would not have been taken without the one to be voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rests {
    /// Its place among the steps that count.
    pub at: usize,
    pub step: StepKind,
    pub reason: Refused,
}

/// The steps after the one at a place that rest on it: those in whose way something stands without it that does not
/// stand there with it, the facts being the same.
pub fn resting_on(case: &Case, at: usize, facts: &Facts, law: &Law<'_>) -> Vec<Rests> {
    let mut found = Vec::new();
    let facts = Facts { voucher: None, ..facts.clone() };
    for (later, step) in case.steps.iter().enumerate().skip(at + 1) {
        let with = Case { opening: case.opening, steps: case.steps[..later].to_vec() };
        let mut without = with.clone();
        without.steps.remove(at);
        let stands = refused(&with, step, &facts, law);
        let reason = refused(&without, step, &facts, law).into_iter().find(|reason| !stands.contains(reason));
        found.extend(reason.map(|reason| Rests { at: later, step: step.kind, reason }));
    }
    found
}
