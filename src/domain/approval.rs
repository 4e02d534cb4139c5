//! 用地批文: an approval to turn land into construction land.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::composition::Composition;
use crate::domain::input::{Line, input, vocabulary};
use crate::domain::quantity::AreaM2;

vocabulary! {
    /// 批次类型 — kind of an approval.
    pub enum ApprovalKind {
        CityBatch = "city_batch" "城市批次",
        TownBatch = "town_batch" "村镇批次",
        LinkedQuota = "linked_quota" "增减挂钩",
        SingleSite = "single_site" "单独选址",
    }
}

input! {
    /// 用地批文 — an approval to use land, with its area by class and owner
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "number": "演示政土〔2024〕118号", "kind": "city_batch", "authority": "演示省人民政府", "approved_on": "2024-03-15",
        "approved_project": "演示2024年度第三批城市建设用地",
        "composition": {"unit": "ha", "total": "12.5000", "farmland": "10.0000", "cultivated": "8.2500", "construction": "2.3000",
            "unused": "0.2000", "new_construction": "10.2000", "collective": "11.5000", "state_owned": "1.0000"}
    }))]
    pub struct Approval {
        /// 批准文号 — unique in the county
        #[schema(example = "演示政土〔2024〕118号")]
        pub number: Line<100>,
        /// 批次类型
        pub kind: ApprovalKind,
        /// 批准机关
        pub authority: Line<100>,
        /// 批准日期 — not in the future
        pub approved_on: NaiveDate,
        /// 报批项目 — the project that the approval names
        pub approved_project: Option<Line<200>>,
        /// 面积构成
        pub composition: Composition,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
}

impl Approval {
    /// The total, half up to the square centimetre.
    pub fn area(&self) -> AreaM2 {
        self.composition.total().m2()
    }
}
