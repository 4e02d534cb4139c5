//! The steps of a case: what happened on which day, by which document.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::idle_case::{Cause, Way};
use crate::domain::input::{Line, NonNegative, Positive, Reader, input, vocabulary};
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::text::{Text, text};

vocabulary! {
    /// 案件步骤
    pub enum StepKind {
        InvestigationNotice = "investigation_notice" "发出调查通知书",
        Served = "served" "送达",
        Answered = "answered" "用地单位书面说明",
        Inspected = "inspected" "现场核查",
        Found = "found" "闲置土地认定",
        Cleared = "cleared" "认定不构成闲置",
        Published = "published" "公示",
        DepartmentNotified = "department_notified" "书面告知有关部门",
        Filed = "filed" "监测监管系统备案",
        MortgageeTold = "mortgagee_told" "告知抵押权人",
        DisposalChosen = "disposal_chosen" "确定处置方式",
        Agreed = "agreed" "与用地单位协商一致",
        PlanApproved = "plan_approved" "处置方案批准",
        CarriedOut = "carried_out" "处置方案实施",
        Informed = "informed" "告知情况与听证权利",
        HearingRequested = "hearing_requested" "申请听证",
        HearingHeld = "hearing_held" "举行听证",
        LegalReviewed = "legal_reviewed" "法制审核",
        Discussed = "discussed" "集体讨论",
        GovernmentApproved = "government_approved" "政府批准",
        Decided = "decided" "作出决定",
        Paid = "paid" "缴清土地闲置费",
        RemedyFiled = "remedy_filed" "申请复议或提起诉讼",
        RemedyEnded = "remedy_ended" "复议或诉讼终结",
        Urged = "urged" "催告",
        CourtApplied = "court_applied" "申请法院强制执行",
        RegistrationCancelled = "registration_cancelled" "注销登记或公告注销",
        Resumed = "resumed" "动工确认",
        Closed = "closed" "销号",
        Suspended = "suspended" "中止处置",
        Lifted = "lifted" "恢复处置",
        Annulled = "annulled" "撤销案件",
    }
}

impl StepKind {
    /// Whether the step has legal effect, or moves land on the ledger, and takes three people: 经办, 审核, 审批.
    pub const fn takes_three(self) -> bool {
        matches!(
            self,
            Self::Found
                | Self::Cleared
                | Self::DisposalChosen
                | Self::CarriedOut
                | Self::Decided
                | Self::RegistrationCancelled
                | Self::Resumed
                | Self::Closed
                | Self::Annulled
        )
    }

    /// Steps that a case which is held by a suit, a seizure or an insolvency may take all the same.
    pub const fn may_be_taken_suspended(self) -> bool {
        matches!(
            self,
            Self::Lifted | Self::Annulled | Self::Served | Self::Answered | Self::RemedyFiled | Self::RemedyEnded
        )
    }
}

vocabulary! {
    /// 文书 — papers that are served on somebody
    pub enum Paper {
        InvestigationNotice = "investigation_notice" "闲置土地调查通知书",
        Finding = "finding" "闲置土地认定书",
        Situation = "situation" "闲置土地情况告知书",
        HearingRights = "hearing_rights" "听证权利告知书",
        FeeDecision = "fee_decision" "征缴土地闲置费决定书",
        RecoveryDecision = "recovery_decision" "收回国有建设用地使用权决定书",
        Urging = "urging" "催告书",
    }
}

vocabulary! {
    /// 送达方式
    pub enum Manner {
        Direct = "direct" "直接送达",
        Left = "left" "留置送达",
        Post = "post" "邮寄送达",
        Entrusted = "entrusted" "委托送达",
        Public = "public" "公告送达",
    }
}

vocabulary! {
    /// 救济途径
    pub enum Remedy {
        Review = "review" "行政复议",
        Suit = "suit" "行政诉讼",
    }
}

vocabulary! {
    /// 中止事由
    pub enum Hold {
        Suit = "suit" "诉讼",
        Seizure = "seizure" "司法查封",
        Insolvency = "insolvency" "破产",
        Other = "other" "其他",
    }
}

input! {
    /// 步骤依据文件
    #[derive(PartialEq, Eq, Serialize)]
    pub struct StepDocument {
        /// 文号
        pub number: Line<100>,
        /// 发文机关
        pub authority: Option<Line<100>>,
        /// 文件日期
        pub dated: Option<NaiveDate>,
        /// 附件 — SHA-256 (hex) of uploaded attachments: the signed scan, the 送达回证, photos
        pub attachments: Option<Vec<Digest>>,
    }
}

input! {
    /// 案件步骤 — one act of a case, with the members that its kind asks for and no others
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(as = IdleCaseStep, example = json!({
        "kind": "investigation_notice", "on": "2026-03-02",
        "document": {"number": "演示自然资调〔2026〕1号", "authority": "演示县自然资源局", "dated": "2026-03-02"}
    }))]
    pub struct Step {
        /// 步骤
        pub kind: StepKind,
        /// 日期 — not in the future
        pub on: NaiveDate,
        /// 依据文件
        pub document: Option<StepDocument>,
        /// 送达的文书 — of `served`
        pub paper: Option<Paper>,
        /// 送达方式 — of `served`; with `public` the service counts from the end of the public notice. Of
        /// `registration_cancelled` too: `public` where the cancellation was announced (公告注销)
        pub manner: Option<Manner>,
        /// 闲置原因 — of `found`
        pub cause: Option<Cause>,
        /// 处置方式 — of `disposal_chosen`
        pub way: Option<Way>,
        /// 新约定动工日期 — of `carried_out` by extension or change
        pub new_start: Option<NaiveDate>,
        /// 临时使用至 — of `carried_out` by temporary use
        pub until: Option<NaiveDate>,
        /// 金额,元 — of `decided` on a fee and of `paid`
        pub amount: Option<Positive<Money>>,
        /// 收回面积,平方米 — of `decided` on a recovery
        pub area_m2: Option<NonNegative<AreaM2>>,
        /// 救济途径 — of `remedy_filed`
        pub remedy: Option<Remedy>,
        /// 是否撤销原决定 — of `remedy_ended`
        pub revoked: Option<bool>,
        /// 中止事由 — of `suspended`
        pub hold: Option<Hold>,
        /// 台账凭证号 — of the steps that move land, if their voucher was posted before; else it is posted with the step
        pub voucher: Option<i64>,
        /// 说明 — reason or result; asked for by `cleared`, `other` ways, `closed`, `annulled`
        pub reason: Option<Line<2000>>,
    }
    check(step, reader) {
        step.check(reader);
    }
}

/// Whether a kind of step asks for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    For,
    Perhaps,
    Not,
}

impl Step {
    /// Reports members that the kind misses or does not know.
    fn check(&self, reader: &mut Reader) {
        use StepKind as K;
        let any = |kinds: &[StepKind]| if kinds.contains(&self.kind) { Asks::For } else { Asks::Not };
        let perhaps = |asks: Asks, kinds: &[StepKind]| match asks {
            Asks::Not if kinds.contains(&self.kind) => Asks::Perhaps,
            asks => asks,
        };
        let document = any(&[
            K::InvestigationNotice,
            K::Served,
            K::Inspected,
            K::Found,
            K::Published,
            K::DepartmentNotified,
            K::Filed,
            K::MortgageeTold,
            K::Agreed,
            K::PlanApproved,
            K::CarriedOut,
            K::Informed,
            K::HearingHeld,
            K::LegalReviewed,
            K::Discussed,
            K::GovernmentApproved,
            K::Decided,
            K::Paid,
            K::RemedyFiled,
            K::RemedyEnded,
            K::Urged,
            K::CourtApplied,
            K::RegistrationCancelled,
            K::Resumed,
            K::Suspended,
            K::Lifted,
        ]);
        let document = if document == Asks::Not { Asks::Perhaps } else { document };
        let members = [
            ("document", self.document.is_some(), document),
            ("paper", self.paper.is_some(), any(&[K::Served])),
            ("manner", self.manner.is_some(), perhaps(any(&[K::Served]), &[K::RegistrationCancelled])),
            ("cause", self.cause.is_some(), any(&[K::Found])),
            ("way", self.way.is_some(), any(&[K::DisposalChosen])),
            ("new_start", self.new_start.is_some(), perhaps(Asks::Not, &[K::CarriedOut])),
            ("until", self.until.is_some(), perhaps(Asks::Not, &[K::CarriedOut])),
            ("amount", self.amount.is_some(), perhaps(any(&[K::Paid]), &[K::Decided])),
            ("area_m2", self.area_m2.is_some(), perhaps(Asks::Not, &[K::Decided])),
            ("remedy", self.remedy.is_some(), any(&[K::RemedyFiled])),
            ("revoked", self.revoked.is_some(), any(&[K::RemedyEnded])),
            ("hold", self.hold.is_some(), any(&[K::Suspended])),
            (
                "voucher",
                self.voucher.is_some(),
                perhaps(Asks::Not, &[K::Found, K::Resumed, K::RegistrationCancelled, K::CarriedOut, K::Annulled]),
            ),
        ];
        let step = self.kind;
        for (name, is_there, asks) in members {
            match (asks, is_there) {
                (Asks::For, false) => reader.fault_at(
                    name,
                    None,
                    text!("步骤“{step:#}”须填写此项", "a step of kind {step} asks for this member"),
                ),
                (Asks::Not, true) => reader.fault_at(
                    name,
                    None,
                    text!("步骤“{step:#}”没有此项;请删去", "a step of kind {step} has no such member; leave it out"),
                ),
                _ => {}
            }
        }
        if matches!(self.kind, K::Cleared | K::Closed | K::Annulled) && self.reason.is_none() {
            reader.fault_at("reason", None, Text::fixed("请说明理由", "give the reason"));
        }
    }

    /// Whether it is the end of a review or suit by which the decision fell.
    pub fn revokes(&self) -> bool {
        self.kind == StepKind::RemedyEnded && self.revoked == Some(true)
    }

    /// Whether the step names a scan or a photo that was uploaded.
    pub fn has_attachment(&self) -> bool {
        let attachments = self.document.as_ref().and_then(|document| document.attachments.as_ref());
        attachments.is_some_and(|attachments| !attachments.is_empty())
    }
}
