//! 合同与开发: what was agreed of land that was supplied, how that was amended, and what became of it.
//!
//! A contract is its original terms, later versions of them, and events. Nothing is overwritten: [`history::Contract`] reads
//! off the versions and events how the contract stood on any day. A wrong version is corrected by another one, a wrong event
//! is withdrawn by another one.

pub mod cause;
pub mod check;
pub mod development;
pub mod due;
pub mod ended;
pub mod history;
pub mod inspection;
pub mod sheet_row;
pub mod site;
pub mod standing;
pub mod terms;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::codes::CreditCode;
use crate::domain::input::{Line, Reader, input, vocabulary};
use crate::domain::ledger::voucher::Digest;
use crate::domain::record::Reference;
use crate::domain::text::{Text, text};
use terms::ContractTerms;

/// Parcels of one contract.
pub const PARCELS_MAX: usize = 100;
/// Attachments that one record may name.
const ATTACHMENTS_MAX: usize = 50;

vocabulary! {
    /// 合同种类 — what the use of the land rests on.
    pub enum ContractKind {
        Grant = "grant" "出让合同",
        FlexibleGrant = "flexible_grant" "弹性年期出让合同",
        Allocation = "allocation" "划拨决定书",
        Lease = "lease" "租赁合同",
        LeaseThenTransfer = "lease_then_transfer" "先租后让合同(租赁阶段)",
        MixedLeaseTransfer = "mixed_lease_transfer" "租让结合合同",
        CapitalContribution = "capital_contribution" "作价出资(入股)",
        AuthorisedOperation = "authorised_operation" "授权经营",
    }
}

impl ContractKind {
    /// Whether the land is let: what is paid is rent, not a price.
    pub const fn is_lease(self) -> bool {
        matches!(self, Self::Lease | Self::LeaseThenTransfer)
    }
}

vocabulary! {
    /// 变更种类 — how a version of the terms came about.
    pub enum ChangeKind {
        Original = "original" "原合同",
        Amendment = "amendment" "补充协议",
        Extension = "extension" "延期(开工、竣工)",
        Correction = "correction" "录入更正",
    }
}

input! {
    /// 土地使用者 — a company by its name and credit code; the name of whoever has none is kept apart and can be erased
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({"name": "演示新材料有限公司", "code": "91512081MA62K0260E"}))]
    pub struct LandUser {
        /// 名称 — without a credit code it may be a natural person's name, so it is kept apart
        pub name: Line<100>,
        /// 统一社会信用代码
        pub code: Option<CreditCode>,
    }
}

input! {
    /// 补办情况 — the land was occupied before the contract: since when, and the documents that settled it
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"occupied_since": "2019-05-01", "document_number": "新自然资罚字〔2020〕3号", "settled_on": "2020-08-12"}))]
    pub struct EarlierUse {
        /// 占用起始日 — before the contract was signed
        pub occupied_since: NaiveDate,
        /// 处理文件文号 — such as that of the penalty decision
        pub document_number: Option<Line<100>>,
        /// 处理文件日期
        pub settled_on: Option<NaiveDate>,
        /// 说明
        pub remark: Option<Line<500>>,
    }
}

input! {
    /// 合同 — a contract or an allocation decision
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "kind": "grant", "number": "410183-CR-2024-0007", "signed_on": "2024-03-01", "parcels": ["2024-ZD-007"],
        "user": {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"},
        "terms": {
            "regulatory_number": "4101832024B00123", "land_use": "工业用地", "method": "listing", "term": "20",
            "area_m2": "18317.35", "price_yuan": "2564429.00",
            "instalments": [{"amount_yuan": "1282214.50", "due_on": "2024-03-31"}, {"amount_yuan": "1282214.50", "due_on": "2024-08-31"}],
            "delivery_on": "2024-04-01", "start_on": "2024-10-01", "completion_on": "2026-09-30",
            "investment_yuan": "80000000", "developable_m2": "18317.35"
        }
    }))]
    pub struct ContractBody {
        /// 种类
        pub kind: ContractKind,
        /// 合同编号、决定书号 — unique in the county
        pub number: Line<100>,
        /// 签订日期、决定日期 — not in the future
        pub signed_on: NaiveDate,
        /// 宗地 — ids, or 宗地编号
        #[schema(min_items = 1, max_items = 100)]
        pub parcels: Vec<Reference>,
        /// 土地使用者
        pub user: LandUser,
        /// 约定内容
        pub terms: ContractTerms,
        /// 补办情况 — where the land was occupied before
        pub earlier_use: Option<EarlierUse>,
    }
    check(body, reader) {
        check_parcels(&body.parcels, reader);
        if let Some(earlier) = &body.earlier_use
            && earlier.occupied_since >= body.signed_on
        {
            let signed = body.signed_on;
            let message = text!("占用起始日应早于签订日 {signed}", "the occupation begins before the signing on {signed}");
            reader.within("earlier_use", |reader| {
                reader.fault_at("occupied_since", Some(&earlier.occupied_since.to_string()), message);
            });
        }
        check_days(body.signed_on, &body.terms, reader);
    }
}

input! {
    /// 合同变更 — a supplementary agreement, an extension, or the correction of what was entered wrongly
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "change": "extension", "document_number": "410183-CR-2024-0007-补1", "effective_on": "2024-09-20",
        "reason": "双方协商延期六个月",
        "terms": {
            "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": "18317.35", "price_yuan": "2564429.00",
            "delivery_on": "2024-04-01", "start_on": "2025-04-01", "completion_on": "2027-03-31",
            "investment_yuan": "80000000", "developable_m2": "18317.35"
        }
    }))]
    pub struct AmendmentBody {
        /// 变更种类 — not `original`
        pub change: ChangeKind,
        /// 补充协议编号或批复文号 — for all but corrections
        pub document_number: Option<Line<100>>,
        /// 生效日 — the day it was signed, not in the future; a correction holds from the day of the version it corrects
        pub effective_on: Option<NaiveDate>,
        /// 所更正的版本 — for corrections: the number of the version
        #[schema(minimum = 1)]
        pub corrects: Option<i64>,
        /// 理由
        pub reason: Line<500>,
        /// 宗地 — as before if left out
        #[schema(min_items = 1, max_items = 100)]
        pub parcels: Option<Vec<Reference>>,
        /// 土地使用者 — as before if left out
        pub user: Option<LandUser>,
        /// 变更后的全部约定内容
        pub terms: ContractTerms,
    }
    check(amendment, reader) {
        amendment.check(reader);
    }
}

impl AmendmentBody {
    fn check(&self, reader: &mut Reader) {
        let corrects = self.change == ChangeKind::Correction;
        if self.change == ChangeKind::Original {
            let message = Text::fixed("原合同只登记一次", "the original is recorded once, with the contract");
            reader.fault_at("change", Some(self.change.as_str()), message);
            return;
        }
        match (corrects, self.effective_on) {
            (false, None) => {
                reader.fault_at("effective_on", None, Text::fixed("须填生效日", "say from which day it holds"));
            }
            (true, Some(day)) => {
                let message = Text::fixed(
                    "更正自所更正的版本生效之日起有效,不另填生效日",
                    "a correction holds from the day of the version that it corrects; leave this out",
                );
                reader.fault_at("effective_on", Some(&day.to_string()), message);
            }
            _ => {}
        }
        match (corrects, self.corrects) {
            (true, None) => {
                let message = Text::fixed("须填所更正的版本", "say which version is corrected");
                reader.fault_at("corrects", None, message);
            }
            (false, Some(version)) => {
                let message = Text::fixed("只有录入更正才填这一项", "only a correction names a version");
                reader.fault_at("corrects", Some(&version.to_string()), message);
            }
            _ => {}
        }
        if !corrects && self.document_number.is_none() {
            let message = Text::fixed("须填补充协议编号或批复文号", "give the number of the agreement or reply");
            reader.fault_at("document_number", None, message);
        }
        if let Some(parcels) = &self.parcels {
            check_parcels(parcels, reader);
        }
    }
}

fn check_parcels(parcels: &[Reference], reader: &mut Reader) {
    let given = parcels.len();
    if given == 0 || given > PARCELS_MAX {
        let message = text!(
            "应为 1 至 {PARCELS_MAX} 宗,现有 {given} 宗",
            "1 to {PARCELS_MAX} parcels are expected, {given} are given"
        );
        reader.fault_at("parcels", None, message);
    }
}

/// Agreed days do not precede the signing, but for the delivery of land that was delivered before.
pub fn check_days(signed_on: NaiveDate, terms: &ContractTerms, reader: &mut Reader) {
    for (member, day) in [("start_on", terms.start_on), ("completion_on", terms.completion_on)] {
        if let Some(day) = day.filter(|day| *day < signed_on) {
            let message = text!("早于签订日 {signed_on}", "it precedes the signing on {signed_on}");
            reader.within("terms", |reader| reader.fault_at(member, Some(&day.to_string()), message));
        }
    }
}

pub(crate) fn few_attachments(attachments: Option<&[Digest]>, reader: &mut Reader) {
    if let Some(given) = attachments.map(<[Digest]>::len).filter(|given| *given > ATTACHMENTS_MAX) {
        let message =
            text!("共 {given} 个附件,至多 {ATTACHMENTS_MAX} 个", "{given} attachments; {ATTACHMENTS_MAX} at most");
        reader.fault_at("attachments", None, message);
    }
}
