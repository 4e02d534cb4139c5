//! 公告: land on offer, as it was published. Public by its nature; land is on offer by its announcement alone.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::area::GivenArea;
use crate::domain::codes::TownshipCode;
use crate::domain::input::{Line, Positive, input};
use crate::domain::quantity::{Money, PricePerM2};
use crate::domain::rules::case::{LandUse, Method};
use crate::domain::rules::floor_area::geometry::PlanningConditions;
use crate::domain::text::text;

/// Parcels of one announcement.
const ITEMS_MAX: usize = 100;

input! {
    /// 公告地块 — a parcel on offer with what was published of it
    #[derive(PartialEq, Eq, Serialize)]
    pub struct OfferItem {
        /// 地块名称或编号
        pub name: Line<100>,
        /// 乡镇街道代码
        pub township: Option<TownshipCode>,
        /// 位置
        pub location: Option<Line<200>>,
        /// 土地用途
        pub land_use: LandUse,
        /// 面积
        pub area: Positive<GivenArea>,
        /// 供应方式
        pub method: Option<Method>,
        /// 公布的最高年期单价,元/平方米
        pub max_term_unit_price: Option<Positive<PricePerM2>>,
        /// 公布的起始总价,元
        pub starting_total_yuan: Option<Positive<Money>>,
        /// 规划条件
        pub conditions: Option<PlanningConditions>,
    }
}

input! {
    /// 公告 — of parcels that are on offer until a day
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "number": "演示告字〔2026〕8号", "title": "国有建设用地使用权挂牌出让公告", "announced_on": "2026-03-02", "until": "2026-12-31",
        "items": [{"name": "2026-GP-08", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}, "method": "flexible",
            "max_term_unit_price": "350", "conditions": {"floor_area_ratio_min": "1.0", "green_ratio_max": "0.2"}}]
    }))]
    pub struct AnnouncementBody {
        /// 公告文号 — unique in the county
        pub number: Line<100>,
        /// 标题
        pub title: Line<200>,
        /// 公告日期 — not in the future
        pub announced_on: NaiveDate,
        /// 截止日期 — the last day on which the land is on offer
        pub until: NaiveDate,
        /// 网址
        pub url: Option<Line<300>>,
        /// 地块
        #[schema(min_items = 1, max_items = 100)]
        pub items: Vec<OfferItem>,
    }
    check(announcement, reader) {
        if announcement.until < announcement.announced_on {
            let announced = announcement.announced_on;
            let message = text!("早于公告日期 {announced}", "it is before the announcement, {announced}");
            reader.fault_at("until", Some(&announcement.until.to_string()), message);
        }
        let count = announcement.items.len();
        if count == 0 || count > ITEMS_MAX {
            reader.fault_at("items", Some(&count.to_string()), text!("应为 1 至 {ITEMS_MAX} 宗", "1 to {ITEMS_MAX} parcels are expected"));
        }
    }
}
