//! 文书设置: what a county's papers say of its own offices.

use serde::Serialize;

use crate::domain::input::{Line, input};
use crate::domain::paper::field::Value;
use crate::domain::paper::number::WordOfNumber;
use crate::domain::text::Text;

input! {
    /// 文书设置 — the offices that a county's papers name
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "agency": "演示县自然资源局", "agency_head": "局长", "agency_address": "演示县府前街1号", "contact": "执法科",
        "phone": "0371-00000000", "government": "演示县人民政府", "review_body": "演示县人民政府", "court": "演示县人民法院",
        "registry": "演示县不动产登记中心", "fee_payee": "国家税务总局演示县税务局", "number_words": ["演示自然资闲"]
    }))]
    pub struct PaperSettingsBody {
        /// 发文机关 — full name, as it stands on the seal
        pub agency: Line<100>,
        /// 机关负责人 — name or office
        pub agency_head: Option<Line<100>>,
        /// 机关地址
        pub agency_address: Line<200>,
        /// 联系人 — a name or an office
        pub contact: Line<100>,
        /// 联系电话
        pub phone: Line<50>,
        /// 本级人民政府
        pub government: Line<100>,
        /// 行政复议机关
        pub review_body: Line<100>,
        /// 有管辖权的人民法院
        pub court: Line<100>,
        /// 不动产登记机构
        pub registry: Line<100>,
        /// 土地闲置费收缴单位和账户
        pub fee_payee: Line<300>,
        /// 机关代字 — under which papers are numbered; others are refused
        pub number_words: Vec<WordOfNumber>,
    }
    check(settings, reader) {
        if settings.number_words.is_empty() {
            reader.fault_at("number_words", None, Text::fixed("至少设置一个机关代字", "give one word at least"));
        }
    }
}

impl PaperSettingsBody {
    /// The fields that come from the settings.
    pub fn values(&self) -> Vec<(&'static str, Option<Value>)> {
        let line = |line: &str| Some(Value::Line(line.to_owned()));
        vec![
            ("agency", line(self.agency.as_str())),
            ("agency_head", self.agency_head.as_ref().and_then(|head| line(head.as_str()))),
            ("agency_address", line(self.agency_address.as_str())),
            ("contact", line(self.contact.as_str())),
            ("phone", line(self.phone.as_str())),
            ("government", line(self.government.as_str())),
            ("review_body", line(self.review_body.as_str())),
            ("court", line(self.court.as_str())),
            ("registry", line(self.registry.as_str())),
            ("fee_payee", line(self.fee_payee.as_str())),
        ]
    }
}
