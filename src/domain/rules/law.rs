//! The provisions that the rules carry out, as findings and the catalogue cite them.
//!
//! The numbers of these provisions lie under `policy/` with a citation of their own.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::finding::{Citation, Provision};
use crate::domain::text::Text;

/// A document of the law.
struct Instrument {
    zh: &'static str,
    en: &'static str,
    number: Option<&'static str>,
    issued_on: Option<NaiveDate>,
}

impl Instrument {
    const fn provision(&self, zh: &'static str, en: &'static str) -> Citation {
        Citation {
            instrument: Text::fixed(self.zh, self.en),
            number: match self.number {
                Some(number) => Some(Cow::Borrowed(number)),
                None => None,
            },
            provision: Text::fixed(zh, en),
            issued_on: self.issued_on,
            url: None,
        }
    }
}

macro_rules! provisions {
    ($($name:ident = $instrument:ident, $zh:literal, $en:literal;)*) => {
        $( pub static $name: Provision = Provision::new($instrument.provision($zh, $en)); )*

        /// All of them, so that a test can compare them with the citations under `policy/`.
        pub static ALL: &[&Provision] = &[$(&$name),*];
    };
}

const PLAN: Instrument = Instrument {
    zh: "新密市促进民营经济高质量发展三年行动计划(2025—2027年)",
    en: "Xinmi City three-year action plan for the high-quality development of the private economy (2025–2027)",
    number: None,
    issued_on: NaiveDate::from_ymd_opt(2025, 7, 7),
};

const NOTICE_201: Instrument = Instrument {
    zh: "关于完善工业用地供应政策支持实体经济发展的通知",
    en: "Notice on improving the supply of industrial land in support of the real economy",
    number: Some("自然资发〔2022〕201号"),
    issued_on: None,
};

const CIVIL_CODE: Instrument = Instrument {
    zh: "中华人民共和国民法典",
    en: "Civil Code of the People's Republic of China",
    number: None,
    issued_on: NaiveDate::from_ymd_opt(2020, 5, 28),
};

const INDICATORS_2023: Instrument = Instrument {
    zh: "工业项目建设用地控制指标(2023年)",
    en: "Control indicators for the land of industrial projects (2023)",
    number: Some("自然资发〔2023〕72号"),
    issued_on: None,
};

const MINIMUM_2006: Instrument = Instrument {
    zh: "关于发布实施《全国工业用地出让最低价标准》的通知",
    en: "Notice issuing the national minimum prices for the grant of industrial land",
    number: Some("国土资发〔2006〕307号"),
    issued_on: None,
};

const GB_T_18508: Instrument = Instrument {
    zh: "城镇土地估价规程",
    en: "Code for the valuation of urban land",
    number: Some("GB/T 18508"),
    issued_on: None,
};

const IDLE_LAND: Instrument = Instrument {
    zh: "闲置土地处置办法",
    en: "Measures on the disposal of idle land",
    number: Some("国土资源部令第53号"),
    issued_on: NaiveDate::from_ymd_opt(2012, 6, 1),
};

provisions! {
    MINIMUM_307 = MINIMUM_2006, "年期修正", "on the correction for the term";
    APPRAISAL = GB_T_18508, "年期修正", "on the correction for the term";
    PLAN_16 = PLAN, "第16条", "item 16";
    PLAN_18 = PLAN, "第18条", "item 18";
    LONG_LEASE_201 = NOTICE_201, "长期租赁", "on long leases";
    PRICE_201 = NOTICE_201, "土地价格", "on prices";
    LEASE_705 = CIVIL_CODE, "第705条", "art. 705";
    COUNTED_2023 = INDICATORS_2023, "容积率", "on the floor area ratio";
    ADMIN_LAND_2023 = INDICATORS_2023, "行政办公及生活服务设施用地所占比重", "on administrative and living facilities";
    NET_LAND_21 = IDLE_LAND, "第21条", "art. 21";
    ADMIN_FLOOR_2023 = INDICATORS_2023, "行政办公及生活服务设施建筑面积所占比重", "on administrative and living facilities";
}
