//! The kinds of voucher: which accounts each moves land between, and who must stand behind it.
//!
//! The two tables here are the whole of it: [`Kind::moves`] is the table of DESIGN.md 2.1,
//! [`Kind::duty`] the four-eyes matrix of section 8. `docs/four-eyes.md` is made from them.

use chrono::NaiveDate;

use crate::domain::input::vocabulary;
use crate::domain::ledger::account::Account::{
    self, Idle, NoSupplyNeeded, Outside, Recovered, Supplied, Unsupplied, WrittenOff,
};

vocabulary! {
    /// 凭证种类 — the legal act that a voucher records.
    pub enum Kind {
        Opening = "opening" "期初建账",
        Approve = "approve" "批准",
        Supply = "supply" "供应",
        SupplyTerminated = "supply_terminated" "供应解除",
        WrittenOff = "written_off" "核销(核减、撤回、失效)",
        NoSupplyNeeded = "no_supply_needed" "认定无需供应",
        IdleFound = "idle_found" "认定闲置",
        Resumed = "resumed" "恢复动工",
        Recovered = "recovered" "收回",
        BoughtBack = "bought_back" "收购",
        SurveyDifference = "survey_difference" "实测差异",
        BoundaryAdjustment = "boundary_adjustment" "边界调整",
        Relocation = "relocation" "位置调整",
        ParcelSplit = "parcel_split" "宗地分割",
        ParcelMerged = "parcel_merged" "宗地合并",
        ContractSuccession = "contract_succession" "合同承接(先租后让转出让)",
        Correction = "correction" "更正",
    }
}

vocabulary! {
    /// 供应方式 — how land was supplied.
    pub enum SupplyMethod {
        Tender = "tender" "招标出让",
        Auction = "auction" "拍卖出让",
        Listing = "listing" "挂牌出让",
        Agreement = "agreement" "协议出让",
        Allocation = "allocation" "划拨",
        Lease = "lease" "租赁",
        LongLease = "long_lease" "长期租赁",
        LeaseThenTransfer = "lease_then_transfer" "先租后让",
        MixedLeaseTransfer = "mixed_lease_transfer" "租让结合",
        Flexible = "flexible" "弹性年期出让",
        CapitalContribution = "capital_contribution" "作价出资或入股",
        AuthorisedOperation = "authorised_operation" "授权经营",
    }
}

vocabulary! {
    /// 核销类型 — why an approval no longer stands for this land.
    pub enum WriteOff {
        Withdrawn = "withdrawn" "撤回",
        Reduced = "reduced" "核减",
        Lapsed = "lapsed" "失效",
    }
}

vocabulary! {
    /// 角色 — what a person may do in a county.
    pub enum Role {
        Viewer = "viewer" "查阅",
        Clerk = "clerk" "经办",
        Reviewer = "reviewer" "审核",
        Approver = "approver" "审批",
        Auditor = "auditor" "审计",
        Admin = "admin" "系统管理",
        PriceKeeper = "price_keeper" "地价经办",
        PriceApprover = "price_approver" "地价审批",
    }
}

/// Who and what must stand behind a voucher before it is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// Posted at once by the clerk who enters it; a closed month asks for an approver all the same.
    pub direct: bool,
    /// 审核: another person with the role `reviewer` looks first.
    pub review: bool,
    /// The role of the other person whose word posts it.
    pub posted_by: Role,
    /// 文号: the voucher names an outside document by number, authority and day.
    pub document: bool,
    /// 附件: the document lies in the attachment store.
    pub attachment: bool,
}

/// Accounts that opening land may come to rest in: all but the outside.
const OPENED: &[(Account, Account)] = &[
    (Outside, Unsupplied),
    (Outside, Supplied),
    (Outside, Idle),
    (Outside, Recovered),
    (Outside, WrittenOff),
    (Outside, NoSupplyNeeded),
];

impl Kind {
    /// Which accounts a line of this kind may lead from and to.
    pub const fn moves(self) -> &'static [(Account, Account)] {
        match self {
            Self::Opening => OPENED,
            Self::Approve => &[(Outside, Unsupplied)],
            Self::Supply => &[(Unsupplied, Supplied), (Recovered, Supplied)],
            Self::SupplyTerminated => &[(Supplied, Unsupplied), (Supplied, Recovered)],
            Self::WrittenOff => &[(Unsupplied, WrittenOff)],
            Self::NoSupplyNeeded => &[(Unsupplied, NoSupplyNeeded)],
            Self::IdleFound => &[(Supplied, Idle)],
            Self::Resumed => &[(Idle, Supplied)],
            Self::Recovered => &[(Idle, Recovered)],
            Self::BoughtBack => &[(Supplied, Recovered)],
            Self::SurveyDifference => {
                &[(Unsupplied, Outside), (Supplied, Outside), (Outside, Unsupplied), (Outside, Supplied)]
            }
            Self::BoundaryAdjustment | Self::Relocation => &[(Unsupplied, Unsupplied)],
            Self::ParcelSplit | Self::ParcelMerged => &[(Supplied, Supplied), (Idle, Idle)],
            // No lines, and a correction takes the moves of the voucher it corrects.
            Self::ContractSuccession | Self::Correction => &[],
        }
    }

    /// Whether a line may lead from one plot to another.
    pub const fn moves_between_plots(self) -> bool {
        matches!(self, Self::BoundaryAdjustment | Self::Relocation)
    }

    /// The four-eyes matrix: kind × (proposer, reviewer, approver, 文号, attachment).
    ///
    /// The proposer is always a clerk, and no person stands in two places of one voucher.
    pub const fn duty(self) -> Duty {
        const fn duty(review: bool, posted_by: Role, document: bool, attachment: bool) -> Duty {
            Duty { direct: false, review, posted_by, document, attachment }
        }
        match self {
            // The source list of the opening balance is kept with it.
            Self::Opening => duty(true, Role::Approver, true, true),
            Self::Approve | Self::Supply | Self::SupplyTerminated => duty(false, Role::Approver, true, false),
            Self::NoSupplyNeeded | Self::BoundaryAdjustment | Self::Relocation => {
                duty(false, Role::Approver, true, false)
            }
            // Acts of another authority, or against somebody: three steps and the paper itself.
            Self::WrittenOff | Self::IdleFound | Self::Recovered | Self::BoughtBack => {
                duty(true, Role::Approver, true, true)
            }
            Self::Resumed | Self::ContractSuccession => duty(false, Role::Approver, true, false),
            Self::SurveyDifference => duty(false, Role::Reviewer, true, false),
            Self::ParcelSplit | Self::ParcelMerged => {
                Duty { direct: true, review: false, posted_by: Role::Approver, document: true, attachment: false }
            }
            // It may undo an act of three steps, so it takes them itself; a slip of the pen has no outside document.
            Self::Correction => duty(true, Role::Approver, false, false),
        }
    }

    /// The duty of a voucher of this day: whatever reaches into a closed month needs an approver's word.
    pub fn duty_on(self, effective_on: NaiveDate, closed_through: Option<NaiveDate>) -> Duty {
        let duty = self.duty();
        if closed_through.is_some_and(|closed| effective_on <= closed) {
            Duty { direct: false, posted_by: Role::Approver, ..duty }
        } else {
            duty
        }
    }

    /// Which day `effective_on` is.
    pub const fn effective_day(self) -> (&'static str, &'static str) {
        match self {
            Self::Opening => ("期初截止日", "the cut-off day of the opening balance"),
            Self::Approve => ("批复日", "the day of the approval"),
            Self::Supply => (
                "合同签订日或划拨决定书日(不是成交日、监管号日)",
                "the day the contract was signed or the allocation decided",
            ),
            Self::SupplyTerminated => (
                "解除生效日;自始无效的为原供应日",
                "the day termination took effect; void from the start: the original day",
            ),
            Self::WrittenOff => ("原批准机关批复日", "the day of the reply of the original approving authority"),
            Self::NoSupplyNeeded => ("认定日", "the day of the decision"),
            Self::IdleFound => ("闲置土地认定书日", "the day of the formal finding"),
            Self::Resumed => {
                ("动工确认日或补充协议日", "the day the start was confirmed or the supplementary agreement signed")
            }
            Self::Recovered | Self::BoughtBack => {
                ("注销登记日或公告日", "the day registration was cancelled or the cancellation announced")
            }
            Self::SurveyDifference => ("测绘成果报告日", "the day of the survey report"),
            Self::BoundaryAdjustment | Self::Relocation => ("调整批准文件日", "the day of the adjustment document"),
            Self::ParcelSplit | Self::ParcelMerged => ("登记日", "the day of registration"),
            Self::ContractSuccession => ("出让合同签订日", "the day the transfer contract was signed"),
            Self::Correction => ("被更正凭证的生效日", "the day of the corrected act"),
        }
    }
}
