//! What several rules look at: the use of the land, who owns it, the method, a recorded exception.

use chrono::NaiveDate;

use crate::domain::input::{Line, input, vocabulary};
use crate::domain::policy::{self, Key};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

vocabulary!(
    /// 土地用途 — use of the land by the plan.
    pub enum LandUse {
        Industrial = "industrial" "工业用地",
        Warehousing = "warehousing" "仓储用地",
        MixedIndustrial = "mixed_industrial" "混合产业用地",
        Research = "research" "科研用地",
        Commercial = "commercial" "商业服务业用地",
        Residential = "residential" "住宅用地",
        Public = "public" "公共管理与公共服务用地",
        Other = "other" "其他用地",
    }
);

impl LandUse {
    /// The English word in a sentence.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Industrial => "industrial land",
            Self::Warehousing => "warehousing land",
            Self::MixedIndustrial => "mixed industrial land",
            Self::Research => "land for research",
            Self::Commercial => "commercial land",
            Self::Residential => "residential land",
            Self::Public => "land for public administration and services",
            Self::Other => "land of another use",
        }
    }

    /// The longest grant the law allows for the use.
    pub const fn statutory_max(self) -> &'static Key<Term> {
        match self {
            Self::Industrial => &policy::TERM_STATUTORY_MAX_INDUSTRIAL,
            Self::Residential => &policy::TERM_STATUTORY_MAX_RESIDENTIAL,
            Self::Research => &policy::TERM_STATUTORY_MAX_SCIENCE_EDUCATION,
            Self::Commercial => &policy::TERM_STATUTORY_MAX_COMMERCIAL,
            Self::Warehousing | Self::MixedIndustrial | Self::Public | Self::Other => &policy::TERM_STATUTORY_MAX_OTHER,
        }
    }
}

vocabulary!(
    /// 土地所有权 — who owns the land.
    pub enum Ownership {
        State = "state" "国有",
        Collective = "collective" "集体",
    }
);

vocabulary!(
    /// 供应方式 — method of supply under item 16 of the action plan.
    pub enum Method {
        Flexible = "flexible" "弹性出让",
        LeaseThenTransfer = "lease_then_transfer" "先租后让",
        LongLease = "long_lease" "长期租赁",
        MixedLeaseTransfer = "mixed_lease_transfer" "租让结合",
    }
);

input!(
    /// 例外决定 — the recorded decision of the body that may exceed a limit that holds "in principle" (原则上).
    #[schema(example = json!({"document_no": "新土委纪〔2026〕3号", "body": "新密市土地管理委员会", "decided_on": "2026-01-15"}))]
    pub struct ExceptionDecision {
        /// 文号或会议纪要号 — number of the document or of the minutes.
        pub document_no: Line<100>,
        /// 作出决定的机构 — the body that decided.
        pub body: Line<100>,
        /// 决定日期 — day of the decision.
        pub decided_on: NaiveDate,
    }
);

impl ExceptionDecision {
    /// Names the decision after what it allows.
    pub(super) fn allows(&self, zh: &str, en: &str) -> Text {
        let Self { document_no, body, decided_on } = self;
        text!(
            "{zh};已有例外决定:{body},{document_no},{decided_on}",
            "{en}; an exception has been decided: {body}, {document_no}, {decided_on}"
        )
    }
}

/// What to do where a limit in principle is exceeded without a decision.
pub(super) fn wants_exception(zh: &str, en: &str) -> Text {
    text!(
        "{zh};须先由有权机构作出例外决定,并记录文号或会议纪要号、机构和日期",
        "{en}; the body that may allow it must decide first: record its document number, name and day"
    )
}
