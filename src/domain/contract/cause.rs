//! 闲置原因: intervals in which something else than the user kept the land from being developed.
//!
//! > 《闲置土地处置办法》第八条(大意,原文待核对): land not delivered as agreed; plans lawfully changed; new policy of the
//! > state; petitions that are not settled; military control, protection of relics; other acts of the government. Natural
//! > disasters are treated alike.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::contract::few_attachments;
use crate::domain::input::{Line, Reader, input, vocabulary};
use crate::domain::ledger::voucher::Digest;
use crate::domain::text::{Text, text};

vocabulary! {
    /// 政府原因与不可抗力
    pub enum OutsideCause {
        LateDelivery = "late_delivery" "未按约定期限、条件交付土地",
        PlanChanged = "plan_changed" "规划依法修改",
        PolicyChanged = "policy_changed" "国家出台相关政策",
        Petition = "petition" "信访事项未处理完毕",
        ProtectedSite = "protected_site" "军事管制、文物保护",
        OtherGovernment = "other_government" "政府及其部门的其他行为",
        ForceMajeure = "force_majeure" "不可抗力",
    }
}

impl OutsideCause {
    /// Whether it is an act of the government; force majeure is treated alike, but is none.
    pub const fn is_government(self) -> bool {
        !matches!(self, Self::ForceMajeure)
    }
}

input! {
    /// 原因说明 — an interval that the user puts down to something else than itself
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "cause": "plan_changed", "from": "2024-12-01", "to": "2025-05-31",
        "explanation": "控规调整期间不予核发工程规划许可证", "document_number": "新自然资函〔2024〕88号"
    }))]
    pub struct CauseBody {
        /// 原因
        pub cause: OutsideCause,
        /// 起始日 — counted; not in the future
        pub from: NaiveDate,
        /// 截止日 — counted; left out while it lasts
        pub to: Option<NaiveDate>,
        /// 分期开发 — name of the phase, where only one was kept back
        pub phase: Option<Line<50>>,
        /// 说明
        pub explanation: Line<1000>,
        /// 证明文件文号
        pub document_number: Option<Line<100>>,
        /// 附件 — SHA-256 (hex) of uploaded attachments
        #[schema(max_items = 50)]
        pub attachments: Option<Vec<Digest>>,
    }
    check(cause, reader) {
        to_follows(cause.from, cause.to, reader);
        few_attachments(cause.attachments.as_deref(), reader);
    }
}

input! {
    /// 原因认定 — a second person accepts an interval, or part of it, or rejects it
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "claim": 3, "accepted": true, "from": "2024-12-01", "to": "2025-04-30", "decided_on": "2025-11-20",
        "document_number": "新自然资会纪〔2025〕12号", "reason": "以规划批复日为截止日"
    }))]
    pub struct CauseDecisionBody {
        /// 原因说明的序号 — number of the event
        #[schema(minimum = 1)]
        pub claim: i64,
        /// 是否认可
        pub accepted: bool,
        /// 认可的起始日 — as claimed if left out
        pub from: Option<NaiveDate>,
        /// 认可的截止日 — as claimed if left out
        pub to: Option<NaiveDate>,
        /// 认定日期 — not in the future; from this day on it counts
        pub decided_on: NaiveDate,
        /// 认定文件文号
        pub document_number: Option<Line<100>>,
        /// 理由
        pub reason: Line<500>,
    }
    check(decision, reader) {
        if let Some(from) = decision.from {
            to_follows(from, decision.to, reader);
        }
        if !decision.accepted {
            for (member, day) in [("from", decision.from), ("to", decision.to)] {
                if let Some(day) = day {
                    let message = Text::fixed("不认可的不填起止日", "what is rejected has no days");
                    reader.fault_at(member, Some(&day.to_string()), message);
                }
            }
        }
    }
}

fn to_follows(from: NaiveDate, to: Option<NaiveDate>, reader: &mut Reader) {
    if let Some(to) = to.filter(|to| *to < from) {
        let message = text!("截止日早于起始日 {from}", "it ends before it begins on {from}");
        reader.fault_at("to", Some(&to.to_string()), message);
    }
}
