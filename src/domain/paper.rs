//! 文书: the papers of an idle-land case, each a layout that names its fields.
//!
//! > 《闲置土地处置办法》(国土资源部令第53号) 第六、十、十六条: what the notice of investigation, the finding and the
//! > decisions must say.
//!
//! A paper is [`compose::compose`]d from what is known of the case and what the clerk typed. What must stand on it and
//! is not known refuses it, all of it at once; nothing of the law is typed: periods and days come from the policy.

pub mod catalogue;
pub mod citations;
pub mod compose;
pub mod document;
pub mod facts;
pub mod field;
pub mod kinds;
pub mod layout;
pub mod number;
pub mod settings;
pub mod words;

use crate::domain::idle_case::step::StepKind;
use crate::domain::paper::layout::{Layout, Numbering};

crate::vocabulary! {
    /// 文书种类
    pub enum PaperKind {
        InvestigationNotice = "investigation_notice" "闲置土地调查通知书",
        Finding = "finding" "闲置土地认定书",
        Situation = "situation" "闲置土地情况告知书",
        HearingRights = "hearing_rights" "听证权利告知书",
        FeeDecision = "fee_decision" "征缴土地闲置费决定书",
        RecoveryDecision = "recovery_decision" "收回国有建设用地使用权决定书",
        StartApplication = "start_application" "建设项目动工开发申请书",
        CompletionReport = "completion_report" "竣工申报书",
        DeliveryConfirmation = "delivery_confirmation" "交地确认书",
        ServiceRecord = "service_record" "送达回证",
        Urging = "urging" "催告书",
        CourtApplication = "court_application" "强制执行申请书",
        PlanRequest = "plan_request" "闲置土地处置方案请示",
        MortgageeNotice = "mortgagee_notice" "抵押权人告知函",
        CancellationLetter = "cancellation_letter" "注销登记函",
        ClosingApproval = "closing_approval" "结案审批表",
    }
}

crate::vocabulary! {
    /// 文书状态
    pub enum PaperState {
        Draft = "draft" "草稿",
        Withdrawn = "withdrawn" "已撤回",
        Issued = "issued" "已登记",
        Void = "void" "已作废",
    }
}

impl PaperKind {
    pub const fn layout(self) -> &'static Layout {
        use kinds::{decision, development, enforcement, file, investigation};
        match self {
            Self::InvestigationNotice => &investigation::NOTICE,
            Self::Finding => &investigation::FINDING,
            Self::Situation => &decision::SITUATION,
            Self::HearingRights => &decision::HEARING_RIGHTS,
            Self::FeeDecision => &decision::FEE,
            Self::RecoveryDecision => &decision::RECOVERY,
            Self::StartApplication => &development::START_APPLICATION,
            Self::CompletionReport => &development::COMPLETION_REPORT,
            Self::DeliveryConfirmation => &development::DELIVERY_CONFIRMATION,
            Self::ServiceRecord => &file::SERVICE_RECORD,
            Self::Urging => &enforcement::URGING,
            Self::CourtApplication => &enforcement::COURT_APPLICATION,
            Self::PlanRequest => &file::PLAN_REQUEST,
            Self::MortgageeNotice => &file::MORTGAGEE_NOTICE,
            Self::CancellationLetter => &enforcement::CANCELLATION_LETTER,
            Self::ClosingApproval => &file::CLOSING_APPROVAL,
        }
    }

    /// Whether the paper carries a decision or rests on one: its step has been approved by three people before it is
    /// registered. A form without a number is what such a step is approved by.
    pub fn carries_decision(self) -> bool {
        let layout = self.layout();
        layout.numbering == Numbering::Agency && layout.step.is_some_and(StepKind::takes_three)
    }
}
