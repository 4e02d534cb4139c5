//! 约定期限: what a contract still asks for, each with its day.

use chrono::NaiveDate;

use crate::domain::contract::development::DevelopmentKind;
use crate::domain::contract::history::Contract;
use crate::domain::input::vocabulary;

vocabulary! {
    /// 约定事项 — what falls due.
    pub enum DueKind {
        Delivery = "delivery" "交地",
        Start = "start" "动工",
        Completion = "completion" "竣工",
        Instalment = "instalment" "缴款",
    }
}

/// One thing that the contract asks for and that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    pub on: NaiveDate,
    pub kind: DueKind,
    /// The instalment, or the phase's place among the phases, from 1; 0 for the land as a whole.
    pub part: u32,
}

impl Due {
    /// The name of the phase that it is about, by the newest terms.
    pub fn phase<'c>(&self, contract: &'c Contract) -> Option<&'c str> {
        let place = match self.kind {
            DueKind::Start | DueKind::Completion => self.part.checked_sub(1)?,
            DueKind::Delivery | DueKind::Instalment => return None,
        };
        let phase = contract.newest().terms.phases().get(usize::try_from(place).ok()?)?;
        Some(phase.name.as_str())
    }
}

/// What is open by the newest terms and all that was reported.
pub fn open(contract: &Contract) -> Vec<Due> {
    let terms = &contract.newest().terms;
    let mut dues = Vec::new();
    let mut add = |kind: DueKind, part: usize, day: Option<NaiveDate>, is_settled: bool| {
        if let Some(on) = day.filter(|_| !is_settled) {
            dues.push(Due { on, kind, part: u32::try_from(part).unwrap_or(u32::MAX) });
        }
    };
    let has = |phase: Option<&str>, kind: DevelopmentKind| {
        contract.reports(phase, NaiveDate::MAX).iter().any(|(_, report)| report.kind == kind)
    };
    add(DueKind::Delivery, 0, terms.delivery_on, has(None, DevelopmentKind::Delivered));
    if terms.phases().is_empty() {
        add(DueKind::Start, 0, terms.start_on, has(None, DevelopmentKind::Started));
        add(DueKind::Completion, 0, terms.completion_on, has(None, DevelopmentKind::Completed));
    }
    for (index, phase) in terms.phases().iter().enumerate() {
        let name = Some(phase.name.as_str());
        let (start, completion) = (phase.start_on.or(terms.start_on), phase.completion_on.or(terms.completion_on));
        add(DueKind::Start, index + 1, start, has(name, DevelopmentKind::Started));
        add(DueKind::Completion, index + 1, completion, has(name, DevelopmentKind::Completed));
    }
    // Payments without the number of an instalment settle the instalments in their order.
    let mut rest = contract.paid(None, NaiveDate::MAX).get();
    for (index, part) in terms.instalments().iter().enumerate() {
        let number = u32::try_from(index + 1).ok();
        let lacking = part.amount_yuan.get().get() - contract.paid(number, NaiveDate::MAX).get();
        let covered = lacking.max(rust_decimal::Decimal::ZERO).min(rest);
        rest -= covered;
        add(DueKind::Instalment, index + 1, Some(part.due_on), lacking <= covered);
    }
    dues.sort();
    dues
}
