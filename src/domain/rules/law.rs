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

const INDICATORS_2008: Instrument = Instrument {
    zh: "工业项目建设用地控制指标(2008年)",
    en: "Control indicators for the land of industrial projects (2008)",
    number: Some("国土资发〔2008〕24号"),
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
    en: "Measures for the Disposal of Idle Land",
    number: Some("国土资源部令第53号"),
    issued_on: NaiveDate::from_ymd_opt(2012, 6, 1),
};

const REAL_ESTATE: Instrument = Instrument {
    zh: "中华人民共和国城市房地产管理法",
    en: "Urban Real Estate Administration Law",
    number: None,
    issued_on: None,
};

const BOND_242: Instrument = Instrument {
    zh: "关于运用地方政府专项债券资金收回收购存量闲置土地的通知",
    en: "Notice on recovering and buying existing idle land with special local government bonds",
    number: Some("自然资发〔2024〕242号"),
    issued_on: None,
};

const BOND_45: Instrument = Instrument {
    zh: "关于做好运用地方政府专项债券支持土地储备有关工作的通知",
    en: "Notice on supporting land reserves with special local government bonds",
    number: Some("自然资发〔2025〕45号"),
    issued_on: NaiveDate::from_ymd_opt(2025, 3, 4),
};

provisions! {
    IDLE_2 = IDLE_LAND, "第2条", "art. 2";
    IDLE_8 = IDLE_LAND, "第8条", "art. 8";
    IDLE_14 = IDLE_LAND, "第14条", "art. 14";
    IDLE_30 = IDLE_LAND, "第30条", "art. 30";
    REAL_ESTATE_26 = REAL_ESTATE, "第26条", "art. 26";
    PERIODS_201 = CIVIL_CODE, "第201条至第203条", "art. 201–203";
    BOND_PRICE_242 = BOND_242, "收地基础价格", "on the base price";
    BOND_SCOPE_45 = BOND_45, "存量闲置土地范围", "on the scope of existing idle land";
    MINIMUM_307 = MINIMUM_2006, "年期修正", "on the correction for the term";
    APPRAISAL = GB_T_18508, "年期修正", "on the correction for the term";
    PLAN_16 = PLAN, "第16条", "item 16";
    PLAN_17 = PLAN, "第17条", "item 17";
    PLAN_18 = PLAN, "第18条", "item 18";
    PLAN_19 = PLAN, "第19条", "item 19";
    COEFFICIENT_2008 = INDICATORS_2008, "建筑系数", "on the building coefficient";
    GREEN_2008 = INDICATORS_2008, "绿地率", "on the green ratio";
    LONG_LEASE_201 = NOTICE_201, "长期租赁", "on long leases";
    PRICE_201 = NOTICE_201, "土地价格", "on prices";
    LEASE_705 = CIVIL_CODE, "第705条", "art. 705";
    COUNTED_2023 = INDICATORS_2023, "容积率", "on the floor area ratio";
    ADMIN_LAND_2023 = INDICATORS_2023, "行政办公及生活服务设施用地所占比重", "on administrative and living facilities";
    NET_LAND_21 = IDLE_LAND, "第21条", "art. 21";
    ADMIN_FLOOR_2023 = INDICATORS_2023, "行政办公及生活服务设施建筑面积所占比重", "on administrative and living facilities";
}
