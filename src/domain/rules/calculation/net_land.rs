//! Whether land is net land.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::input;
use crate::domain::policy::Policy;
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::supply::net_land::{Case, NetLandEntry, decide};
use crate::domain::text::text;

input!(
    /// 净地核对.
    #[schema(example = json!({
        "on": "2026-06-30",
        "entries": [
            {"item": "rights_clear", "state": "met", "document": "权属核查表", "dated": "2026-05-20"},
            {"item": "mining", "state": "not_applicable", "document": "压覆矿产查询结果", "dated": "2026-05-20"},
        ],
    }))]
    pub struct NetLandBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 净地条件 — each item at most once; one that is left out is not established.
        #[schema(max_items = 9)]
        pub entries: Vec<NetLandEntry>,
    }
);

/// 净地核对结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NetLandAnswer {
    pub on: NaiveDate,
    /// The outcome of the whole: the first of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &NetLandBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<NetLandAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let mut faults = Faults::default();
    for (index, NetLandEntry { item, .. }) in body.entries.iter().enumerate() {
        if body.entries.iter().take(index).any(|before| before.item == *item) {
            let message = text!("“{item:#}”重复出现,请只保留一个", "{item} is given more than once; keep one");
            faults.add(&format!("/entries/{index}/item"), item, message);
        }
    }
    faults.refuse()?;
    let mut findings = decide(&Case { entries: &body.entries, on }, policy)?;
    let outcome = findings.first().map_or(Outcome::NotApplicable, |whole| whole.outcome);
    if detail == Detail::Amounts {
        findings.clear();
    }
    Ok(NetLandAnswer { on, outcome, findings })
}
