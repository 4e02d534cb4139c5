//! Steps of cases as the dice have them: mostly such as might follow, with days and members that are right as a rule.

use chrono::{Datelike, Days, NaiveDate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use crate::idle_law::{Model, on};
use crate::idle_world::{WORD, World};

/// The dice of one run.
pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn seeded(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub fn throw(&mut self, sides: usize) -> usize {
        self.0.next_u32() as usize % sides
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.throw(100) < chance
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.throw(of.len())]
    }
}

pub const KINDS: &[&str] = &[
    "investigation_notice",
    "served",
    "answered",
    "inspected",
    "found",
    "cleared",
    "published",
    "department_notified",
    "filed",
    "mortgagee_told",
    "disposal_chosen",
    "agreed",
    "plan_approved",
    "carried_out",
    "informed",
    "hearing_requested",
    "hearing_held",
    "legal_reviewed",
    "discussed",
    "government_approved",
    "decided",
    "paid",
    "remedy_filed",
    "remedy_ended",
    "urged",
    "court_applied",
    "registration_cancelled",
    "resumed",
    "closed",
    "suspended",
    "lifted",
    "annulled",
];
const PAPERS: &[&str] =
    &["investigation_notice", "finding", "situation", "hearing_rights", "fee_decision", "recovery_decision", "urging"];
const WAYS: &[&str] =
    &["extension", "change", "temporary_use", "paid_recovery", "exchange", "other", "fee", "free_recovery"];
const CAUSES: &[&str] = &["government", "own", "own", "mixed", "force_majeure"];

/// A day: soon after the last step as a rule, sometimes months later, before it or tomorrow.
fn some_day(dice: &mut Dice, model: &Model) -> NaiveDate {
    let last = model.steps.iter().map(on).max().unwrap_or(model.land.opened_on);
    match dice.throw(20) {
        0 => last - Days::new(dice.throw(30) as u64),
        1 => model.today + Days::new(1),
        2..5 => last + Days::new(dice.throw(220) as u64),
        _ => last + Days::new(dice.throw(14) as u64),
    }
}

/// A step of a kind with members that are right as a rule.
pub fn candidate(dice: &mut Dice, world: &mut World, model: &Model, kind: &str) -> Value {
    let on = some_day(dice, model);
    world.vouchers += 1;
    let number = format!("{WORD}〔{}〕{}号", on.year(), world.vouchers);
    let mut step = json!({
        "kind": kind, "on": on.to_string(),
        "document": {"number": number, "authority": "演示县自然资源局", "dated": "2025-02-17", "attachments": [world.scan]}
    });
    let later = |days: usize| (on + Days::new(days as u64)).to_string();
    match kind {
        "served" => {
            step["paper"] = json!(dice.one(PAPERS));
            step["manner"] = json!(if dice.percent(15) { "public" } else { "direct" });
            if dice.percent(8) {
                step["document"]["attachments"] = json!([]);
            }
        }
        "found" => step["cause"] = json!(dice.one(CAUSES)),
        "disposal_chosen" => step["way"] = json!(dice.one(WAYS)),
        "carried_out" => match model.way() {
            Some("extension") => step["new_start"] = json!(later(300 + dice.throw(80))),
            Some("temporary_use") => step["until"] = json!(later(700 + dice.throw(40))),
            Some("change") if dice.percent(50) => step["new_start"] = json!(later(400)),
            _ if dice.percent(10) => step["until"] = json!(later(100)),
            _ => {}
        },
        "decided" if model.way() == Some("free_recovery") => {
            step["area_m2"] = json!(if dice.percent(10) { "3999" } else { model.land.area });
        }
        "decided" | "paid" => step["amount"] = json!(if dice.percent(10) { "199999" } else { "200000" }),
        "remedy_filed" => step["remedy"] = json!(dice.one(&["review", "suit"])),
        "remedy_ended" => step["revoked"] = json!(dice.percent(40)),
        "suspended" => step["hold"] = json!(dice.one(&["suit", "seizure", "insolvency", "other"])),
        "registration_cancelled" if dice.percent(40) => step["manner"] = json!("public"),
        "cleared" | "closed" | "annulled" => step["reason"] = json!("演示理由"),
        _ => {}
    }
    step
}
