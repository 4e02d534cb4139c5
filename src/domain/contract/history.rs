//! A contract as it rests: versions and events, and how it stood on a day.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::domain::codes::CreditCode;
use crate::domain::contract::cause::{CauseBody, CauseDecisionBody, OutsideCause};
use crate::domain::contract::development::{DevelopmentBody, DevelopmentKind};
use crate::domain::contract::inspection::InspectionBody;
use crate::domain::contract::terms::ContractTerms;
use crate::domain::contract::{ChangeKind, ContractKind, EarlierUse};
use crate::domain::input::{Line, input, vocabulary};
use crate::domain::quantity::Money;
use crate::domain::region::{ParcelId, UserId};
use crate::domain::text::{Text, text};

vocabulary! {
    /// 事项种类 — what an event of a contract is.
    pub enum ContractEventKind {
        Development = "development" "进度填报",
        Inspection = "inspection" "现场核查",
        Cause = "cause" "原因说明",
        CauseDecision = "cause_decision" "原因认定",
        Succeeds = "succeeds" "承接前一合同",
        SucceededBy = "succeeded_by" "由后一合同承接",
        Withdrawal = "withdrawal" "撤销误记事项",
    }
}

input! {
    /// 合同承接 — a 先租后让 contract and the grant that followed it, with the voucher that says so
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"successor": 2, "voucher": 31}))]
    pub struct SuccessionBody {
        /// 承接合同 — number of the grant in this system
        #[schema(minimum = 1)]
        pub successor: i64,
        /// 凭证号 — of the posted `contract_succession` voucher
        #[schema(minimum = 1)]
        pub voucher: i64,
    }
}

input! {
    /// 承接关系 — the other contract and the voucher
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Succession {
        /// 另一合同
        pub contract: i64,
        /// 凭证号
        pub voucher: i64,
    }
}

input! {
    /// 撤销误记事项 — an event that was recorded by mistake counts no longer; it stays on record
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"event": 4, "reason": "日期误填"}))]
    pub struct WithdrawalBody {
        /// 所撤销的事项序号
        #[schema(minimum = 1)]
        pub event: i64,
        /// 理由
        pub reason: Line<500>,
    }
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    Development(DevelopmentBody),
    Inspection(InspectionBody),
    Cause(CauseBody),
    CauseDecision(CauseDecisionBody),
    Succeeds(Succession),
    SucceededBy(Succession),
    Withdrawal(WithdrawalBody),
}

impl Detail {
    pub const fn kind(&self) -> ContractEventKind {
        match self {
            Self::Development(_) => ContractEventKind::Development,
            Self::Inspection(_) => ContractEventKind::Inspection,
            Self::Cause(_) => ContractEventKind::Cause,
            Self::CauseDecision(_) => ContractEventKind::CauseDecision,
            Self::Succeeds(_) => ContractEventKind::Succeeds,
            Self::SucceededBy(_) => ContractEventKind::SucceededBy,
            Self::Withdrawal(_) => ContractEventKind::Withdrawal,
        }
    }

    /// The phase that it is about; none: the land as a whole.
    pub fn phase(&self) -> Option<&Line<50>> {
        match self {
            Self::Development(report) => report.phase.as_ref(),
            Self::Inspection(inspection) => inspection.phase.as_ref(),
            Self::Cause(cause) => cause.phase.as_ref(),
            Self::CauseDecision(_) | Self::Succeeds(_) | Self::SucceededBy(_) | Self::Withdrawal(_) => None,
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Counts from 1 within the contract.
    pub n: i64,
    /// The day of the fact.
    pub on: NaiveDate,
    pub detail: Detail,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

/// The terms as one document left them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts from 1, which is the original.
    pub n: i64,
    pub change: ChangeKind,
    pub effective_on: NaiveDate,
    pub document_number: Option<Line<100>>,
    /// The version that a correction replaces.
    pub corrects: Option<i64>,
    pub reason: Option<Line<500>>,
    pub parcels: Vec<ParcelId>,
    /// None: a name without a credit code that was erased.
    pub user_name: Option<Line<100>>,
    pub user_code: Option<CreditCode>,
    pub terms: ContractTerms,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

/// A contract with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Counts from 1 in the county.
    pub id: i64,
    pub kind: ContractKind,
    pub number: Line<100>,
    pub signed_on: NaiveDate,
    pub earlier_use: Option<EarlierUse>,
    /// In the order they were recorded; the first is the original.
    pub versions: Vec<Version>,
    /// In the order they were recorded.
    pub events: Vec<Event>,
}

impl Contract {
    /// Counts changes: every version and every event makes the next one.
    pub fn version(&self) -> i64 {
        (self.versions.len() + self.events.len()) as i64
    }

    /// The versions that no other corrects, in the order in which they hold.
    pub fn chain(&self) -> Vec<&Version> {
        let corrected: HashSet<i64> = self.versions.iter().filter_map(|version| version.corrects).collect();
        let mut chain: Vec<&Version> = self.versions.iter().filter(|version| !corrected.contains(&version.n)).collect();
        chain.sort_by_key(|version| (version.effective_on, version.n));
        chain
    }

    /// The terms in force on a day; none before the contract was signed.
    pub fn on(&self, day: NaiveDate) -> Option<&Version> {
        // Nearly every contract has one version, and a million of them are looked at in a row.
        if let [only] = self.versions.as_slice() {
            return (only.effective_on <= day).then_some(only);
        }
        self.chain().into_iter().rfind(|version| version.effective_on <= day)
    }

    /// The newest terms.
    pub fn newest(&self) -> &Version {
        self.chain().pop().expect("a correction comes after what it corrects, so one version is left")
    }

    /// Events that were not withdrawn.
    pub fn live(&self) -> impl Iterator<Item = &Event> {
        let withdrawn: Vec<i64> = self
            .events
            .iter()
            .filter_map(|event| match &event.detail {
                Detail::Withdrawal(withdrawal) => Some(withdrawal.event),
                _ => None,
            })
            .collect();
        self.events
            .iter()
            .filter(move |event| !withdrawn.contains(&event.n) && event.detail.kind() != ContractEventKind::Withdrawal)
    }

    /// Reports of a phase (or of the whole) up to a day, by their days.
    pub fn reports<'c>(&'c self, phase: Option<&str>, until: NaiveDate) -> Vec<(i64, &'c DevelopmentBody)> {
        let mut reports: Vec<(i64, &DevelopmentBody)> = self
            .live()
            .filter(|event| event.on <= until)
            .filter_map(|event| match &event.detail {
                Detail::Development(report) => Some((event.n, report)),
                _ => None,
            })
            .filter(|(_, report)| concerns(report.phase.as_ref(), phase))
            .collect();
        reports.sort_by_key(|(n, report)| (report.on, *n));
        reports
    }

    /// The intervals that were accepted by a day, as they were accepted last.
    pub fn accepted(&self, phase: Option<&str>, until: NaiveDate) -> Vec<Accepted> {
        let mut accepted = Vec::new();
        for event in self.live() {
            let Detail::Cause(cause) = &event.detail else { continue };
            if !concerns(cause.phase.as_ref(), phase) {
                continue;
            }
            let decision = self
                .live()
                .filter_map(|decision| match &decision.detail {
                    Detail::CauseDecision(said) if said.claim == event.n && said.decided_on <= until => {
                        Some((said.decided_on, decision.n, said, decision.recorded_by))
                    }
                    _ => None,
                })
                .max_by_key(|(on, n, ..)| (*on, *n));
            if let Some((_, _, said, by)) = decision.filter(|(_, _, said, _)| said.accepted) {
                let (from, to) = (said.from.unwrap_or(cause.from), said.to.or(cause.to));
                accepted.push(Accepted { claim: event.n, cause: cause.cause, from, to, by });
            }
        }
        accepted
    }

    /// What was paid of an instalment, or without its number of the price as a whole.
    pub fn paid(&self, instalment: Option<u32>, until: NaiveDate) -> Money {
        self.reports(None, until)
            .into_iter()
            .filter(|(_, report)| report.kind == DevelopmentKind::Paid && report.instalment == instalment)
            .filter_map(|(_, report)| report.paid_yuan)
            .fold(Money::ZERO, |sum, paid| sum.checked_add(paid.get()).unwrap_or(sum))
    }
}

/// An interval that somebody accepted as not the user's own time. Both days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    pub claim: i64,
    pub cause: OutsideCause,
    pub from: NaiveDate,
    /// None: it lasts.
    pub to: Option<NaiveDate>,
    pub by: UserId,
}

/// Whether what is said of one phase (or the whole) concerns another: the whole concerns every phase.
fn concerns(said: Option<&Line<50>>, phase: Option<&str>) -> bool {
    match (said, phase) {
        (None, _) => true,
        (Some(said), Some(phase)) => said.as_str() == phase,
        (Some(_), None) => false,
    }
}

/// Why reports cannot follow one another so; `n` is the later of the two.
pub fn disorder(reports: &[(i64, &DevelopmentBody)]) -> Option<(i64, Text)> {
    use DevelopmentKind::{Completed, Delivered, Paid, Progress, Resumed, Started, Stopped};
    let (mut started, mut stopped, mut completed, mut delivered) = (None, None, None, None);
    for (n, report) in reports {
        let (on, kind) = (report.on, report.kind);
        let wrong = match kind {
            Delivered => delivered.map(|before| {
                text!(
                    "已于 {before} 记录交地;误记的请先撤销",
                    "the delivery is recorded as of {before}; withdraw that first if it is wrong"
                )
            }),
            Started => started.map(|before| {
                text!(
                    "已于 {before} 记录动工;误记的请先撤销",
                    "the start is recorded as of {before}; withdraw that first if it is wrong"
                )
            }),
            Stopped | Resumed | Completed if started.is_none() => Some(text!(
                "{on} 之前没有动工记录,不能记“{kind:#}”",
                "no start is recorded by {on}, so {kind} cannot be"
            )),
            Stopped => stopped.map(|before| text!("自 {before} 起已在中止状态", "it has been stopped since {before}")),
            Resumed if stopped.is_none() => {
                Some(text!("{on} 不在中止状态,不能记恢复", "it is not stopped on {on}, so nothing is resumed"))
            }
            Resumed | Progress | Completed | Paid => None,
        };
        if let Some(message) = wrong {
            return Some((*n, message));
        }
        if let Some(before) = completed.filter(|_| !matches!(kind, Paid | Delivered)) {
            return Some((
                *n,
                text!("已于 {before} 竣工,之后不再有“{kind:#}”", "it was completed on {before}; no {kind} follows"),
            ));
        }
        match kind {
            Delivered => delivered = Some(on),
            Started => started = Some(on),
            Stopped => stopped = Some(on),
            Resumed => stopped = None,
            Completed => completed = Some(on),
            Progress | Paid => {}
        }
    }
    None
}
