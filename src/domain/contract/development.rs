//! 开发进度: delivery, start, stop, resumption and completion, what has been developed and invested, and what was paid.
//!
//! > 《闲置土地处置办法》第三十条(大意,原文待核对): development has started when the building permit was issued and, where
//! > a deep pit is needed, it is dug out; with pile foundations, all piles are driven; with others, a third of the foundation is
//! > done.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::contract::few_attachments;
use crate::domain::input::{Line, NonNegative, Positive, Reader, input, vocabulary};
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::text::{Text, text};

vocabulary! {
    /// 进度种类 — what is reported.
    pub enum DevelopmentKind {
        Delivered = "delivered" "交地",
        Started = "started" "动工",
        Progress = "progress" "开发进度",
        Stopped = "stopped" "中止开发",
        Resumed = "resumed" "恢复开发",
        Completed = "completed" "竣工",
        Paid = "paid" "缴款",
    }
}

vocabulary! {
    /// 基础类型 — by which foundation the start is judged.
    pub enum Foundation {
        DeepPit = "deep_pit" "深基坑(基坑开挖完毕)",
        Pile = "pile" "桩基(打入全部桩)",
        Other = "other" "其他基础(完成三分之一)",
    }
}

input! {
    /// 进度填报 — one fact about delivery, development or payment
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "kind": "started", "on": "2024-11-20", "permit_number": "410183202411200101", "permitted_on": "2024-11-05",
        "foundation": "pile", "foundation_reached": true, "evidence": "监理报告,2024-11-20"
    }))]
    pub struct DevelopmentBody {
        /// 进度种类
        pub kind: DevelopmentKind,
        /// 日期 — not in the future; of a payment, the day it arrived
        pub on: NaiveDate,
        /// 分期开发 — name of the phase, where the contract has phases
        pub phase: Option<Line<50>>,
        /// 文件编号 — of the 交地确认书, the completion record or the receipt
        pub document_number: Option<Line<100>>,
        /// 施工许可证编号 — for `started`; without one the start needs review
        pub permit_number: Option<Line<100>>,
        /// 施工许可证日期
        pub permitted_on: Option<NaiveDate>,
        /// 基础类型 — for `started`
        pub foundation: Option<Foundation>,
        /// 基础是否达到动工标准 — for `started`; a fence or a ceremony is no start
        pub foundation_reached: Option<bool>,
        /// 累计已动工开发面积,平方米
        pub developed_m2: Option<NonNegative<AreaM2>>,
        /// 累计已投资额,元 — without the price of the land and taxes
        pub invested_yuan: Option<NonNegative<Money>>,
        /// 期次 — for `paid`: which instalment, counted from 1; none: the price as a whole
        #[schema(minimum = 1)]
        pub instalment: Option<u32>,
        /// 缴款金额,元 — for `paid`
        pub paid_yuan: Option<Positive<Money>>,
        /// 证据说明
        pub evidence: Option<Line<500>>,
        /// 附件 — SHA-256 (hex) of uploaded attachments
        #[schema(max_items = 50)]
        pub attachments: Option<Vec<Digest>>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(report, reader) {
        report.check(reader);
    }
}

impl DevelopmentBody {
    fn check(&self, reader: &mut Reader) {
        use DevelopmentKind::{Delivered, Paid, Progress, Started};
        let kind = self.kind;
        let mut foreign = |member: &str, is_there: bool, belongs: bool| {
            if is_there && !belongs {
                let message = text!("“{kind:#}”没有这一项", "a report of {kind} has no such member");
                reader.fault_at(member, None, message);
            }
        };
        for (member, is_there) in [
            ("permit_number", self.permit_number.is_some()),
            ("permitted_on", self.permitted_on.is_some()),
            ("foundation", self.foundation.is_some()),
            ("foundation_reached", self.foundation_reached.is_some()),
        ] {
            foreign(member, is_there, kind == Started);
        }
        foreign("instalment", self.instalment.is_some(), kind == Paid);
        foreign("paid_yuan", self.paid_yuan.is_some(), kind == Paid);
        let develops = !matches!(kind, Delivered | Paid);
        foreign("developed_m2", self.developed_m2.is_some(), develops);
        foreign("invested_yuan", self.invested_yuan.is_some(), develops);
        foreign("phase", self.phase.is_some(), kind != Paid);
        if kind == Progress && self.developed_m2.is_none() && self.invested_yuan.is_none() {
            let message = Text::fixed("须填已开发面积或已投资额", "give the developed area or the amount invested");
            reader.fault_at("developed_m2", None, message);
        }
        if kind == Paid && self.paid_yuan.is_none() {
            reader.fault_at("paid_yuan", None, Text::fixed("须填缴款金额", "give the amount that was paid"));
        }
        if let Some(permitted) = self.permitted_on.filter(|_| self.permit_number.is_none()) {
            let message = Text::fixed("须填施工许可证编号", "give the number of the permit");
            reader.fault_at("permit_number", Some(&permitted.to_string()), message);
        }
        few_attachments(self.attachments.as_deref(), reader);
    }
}
