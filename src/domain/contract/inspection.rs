//! 现场核查表: what two inspectors saw on the land, and whether the user signed.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::contract::few_attachments;
use crate::domain::input::{Line, NonNegative, Reader, input, vocabulary};
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::text::{Text, text};

/// The law asks for two inspectors at least.
const INSPECTORS: std::ops::RangeInclusive<usize> = 2..=10;

vocabulary! {
    /// 现场状态 — what was seen.
    pub enum SiteState {
        Untouched = "untouched" "未动工",
        Fenced = "fenced" "仅围挡或平整",
        Foundation = "foundation" "基础施工",
        Building = "building" "主体施工",
        Halted = "halted" "停工",
        Finished = "finished" "已建成",
    }
}

vocabulary! {
    /// 签字情况 — whether the land user signed.
    pub enum Signature {
        Signed = "signed" "已签字",
        Refused = "refused" "拒绝签字",
        Absent = "absent" "未到场",
    }
}

/// Names are never written where they cannot be erased.
const fn kept_apart<T>(_: &T) -> bool {
    true
}

input! {
    /// 核查人员 — name and number of the 执法证
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"name": "核查员甲", "badge": "410183001"}))]
    pub struct Inspector {
        /// 姓名 — kept apart; it can be erased
        #[serde(skip_serializing_if = "kept_apart")]
        pub name: Option<Line<50>>,
        /// 证号
        pub badge: Line<50>,
    }
}

input! {
    /// 现场核查表
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "on": "2025-11-03", "state": "untouched", "findings": "场地平整,未见施工,四周围挡",
        "inspectors": [{"name": "核查员甲", "badge": "410183001"}, {"name": "核查员乙", "badge": "410183002"}],
        "signature": "refused", "signature_note": "用地单位在场人员拒绝签字,见证人已记录"
    }))]
    pub struct InspectionBody {
        /// 核查日期 — not in the future
        pub on: NaiveDate,
        /// 分期开发 — name of the phase, where only one was looked at
        pub phase: Option<Line<50>>,
        /// 核查人员 — two at least
        #[schema(min_items = 2, max_items = 10)]
        pub inspectors: Vec<Inspector>,
        /// 现场状态
        pub state: SiteState,
        /// 核查情况
        pub findings: Line<1000>,
        /// 核查的已动工开发面积,平方米
        pub developed_m2: Option<NonNegative<AreaM2>>,
        /// 核查的已投资额,元
        pub invested_yuan: Option<NonNegative<Money>>,
        /// 用地单位签字情况
        pub signature: Signature,
        /// 拒签或未到场说明
        pub signature_note: Option<Line<500>>,
        /// 照片等附件 — SHA-256 (hex) of uploaded attachments
        #[schema(max_items = 50)]
        pub attachments: Option<Vec<Digest>>,
    }
    check(inspection, reader) {
        inspection.check(reader);
    }
}

impl InspectionBody {
    fn check(&self, reader: &mut Reader) {
        let given = self.inspectors.len();
        if !INSPECTORS.contains(&given) {
            let (least, most) = (INSPECTORS.start(), INSPECTORS.end());
            let message = text!(
                "核查人员应为 {least} 至 {most} 人,现有 {given} 人",
                "{least} to {most} inspectors are expected, {given} are given"
            );
            reader.fault_at("inspectors", None, message);
        }
        for (index, inspector) in self.inspectors.iter().enumerate() {
            if self.inspectors.iter().take(index).any(|before| before.badge == inspector.badge) {
                let message = Text::fixed("证号重复", "the number is given twice");
                reader.within("inspectors", |reader| {
                    reader.within(&index.to_string(), |reader| {
                        reader.fault_at("badge", Some(inspector.badge.as_str()), message);
                    });
                });
            }
        }
        if self.signature != Signature::Signed && self.signature_note.is_none() {
            let message = Text::fixed("没有签字的须说明情况", "say why it was not signed");
            reader.fault_at("signature_note", None, message);
        }
        few_attachments(self.attachments.as_deref(), reader);
    }

    /// Names that are missing: they are asked for when the form comes in, and may be erased later.
    pub fn unnamed(&self) -> impl Iterator<Item = usize> {
        self.inspectors.iter().enumerate().filter(|(_, inspector)| inspector.name.is_none()).map(|(index, _)| index)
    }
}
