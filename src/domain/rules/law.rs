//! The provisions that the rules carry out, as findings and the catalogue cite them.
//!
//! The numbers of these provisions lie under `policy/` with a citation of their own.

use chrono::NaiveDate;

use crate::domain::finding::Citation;
use crate::domain::text::Text;

macro_rules! provisions {
    ($($(#[$doc:meta])* $name:ident = $instrument:ident, $zh:literal, $en:literal;)*) => {
        $( $(#[$doc])* pub const $name: Citation = Citation { provision: Text::fixed($zh, $en), ..$instrument }; )*

        /// All of them, so that a test can compare them with the citations under `policy/`.
        pub const ALL: &[Citation] = &[$($name),*];
    };
}

const WHOLE: Text = Text::fixed("全文", "whole");

const PLAN: Citation = Citation {
    instrument: Text::fixed(
        "新密市促进民营经济高质量发展三年行动计划(2025—2027年)",
        "Xinmi City three-year action plan for the high-quality development of the private economy (2025–2027)",
    ),
    number: None,
    provision: WHOLE,
    issued_on: NaiveDate::from_ymd_opt(2025, 7, 7),
    url: None,
};

const NOTICE_201: Citation = Citation {
    instrument: Text::fixed(
        "关于完善工业用地供应政策支持实体经济发展的通知",
        "Notice on improving the supply of industrial land in support of the real economy",
    ),
    number: Some(std::borrow::Cow::Borrowed("自然资发〔2022〕201号")),
    provision: WHOLE,
    issued_on: None,
    url: None,
};

const CIVIL_CODE: Citation = Citation {
    instrument: Text::fixed("中华人民共和国民法典", "Civil Code of the People's Republic of China"),
    number: None,
    provision: WHOLE,
    issued_on: NaiveDate::from_ymd_opt(2020, 5, 28),
    url: None,
};

const INDICATORS_2023: Citation = Citation {
    instrument: Text::fixed(
        "工业项目建设用地控制指标(2023年)",
        "Control indicators for the land of industrial projects (2023)",
    ),
    number: Some(std::borrow::Cow::Borrowed("自然资发〔2023〕72号")),
    provision: WHOLE,
    issued_on: None,
    url: None,
};

provisions! {
    PLAN_16 = PLAN, "第16条", "item 16";
    PLAN_18 = PLAN, "第18条", "item 18";
    LONG_LEASE_201 = NOTICE_201, "长期租赁", "on long leases";
    PRICE_201 = NOTICE_201, "土地价格", "on prices";
    LEASE_705 = CIVIL_CODE, "第705条", "art. 705";
    COUNTED_2023 = INDICATORS_2023, "容积率", "on the floor area ratio";
    ADMIN_LAND_2023 = INDICATORS_2023, "行政办公及生活服务设施用地所占比重", "on administrative and living facilities";
    ADMIN_FLOOR_2023 = INDICATORS_2023, "行政办公及生活服务设施建筑面积所占比重", "on administrative and living facilities";
}
