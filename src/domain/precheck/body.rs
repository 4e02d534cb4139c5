//! What an enterprise says of its project. Each part reads by itself, so that a fault of one does not hide those of another.

use chrono::NaiveDate;
use serde_json::value::RawValue;

use crate::domain::area::GivenArea;
use crate::domain::codes::{CodeGiven, CreditCode, TownshipCode};
use crate::domain::geometry::text::GeometryText;
use crate::domain::input::{Input, Line, Members, NonNegative, Positive, Reader, input, vocabulary};
use crate::domain::quantity::{AreaM2, Metres, PricePerM2, Ratio};
use crate::domain::region::County;
use crate::domain::rules::bid::JointBid;
use crate::domain::rules::calculation::floor_area::{FloorAreaBody, SharedBuilding};
use crate::domain::rules::calculation::price_comparison::RentTiming;
use crate::domain::rules::calculation::term::RentAdjustment;
use crate::domain::rules::case::{ExceptionDecision, LandUse, Method, Ownership};
use crate::domain::rules::floor_area::Uses;
use crate::domain::rules::floor_area::counted::{Building, Storey};
use crate::domain::rules::floor_area::geometry::PlanningConditions;
use crate::domain::rules::floor_area::no_extra_price::CompatiblePart;
use crate::domain::rules::package::Package;
use crate::domain::rules::price::national_minimum::{LandGrade, MinimumCase};
use crate::domain::rules::split::Split;
use crate::domain::rules::supply::standard_land::IndicatorGiven;
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

/// Buildings of one pre-check, and entries of their storeys.
pub const BUILDINGS_MAX: usize = 50;
pub const STOREYS_MAX: usize = 500;
/// Indicators and compatible parts.
const LIST_MAX: usize = 20;
/// Longest term that is taken at all: above a hundred years the unit is wrong.
const TERM_MONTHS_MAX: u32 = 1200;

input! {
    /// 企业
    pub struct Company {
        /// 统一社会信用代码
        pub code: CreditCode,
        /// 企业名称
        pub name: Line<200>,
    }
}

input! {
    /// 联系人 — may be left out; kept apart, shown to staff alone, erased when its time is over
    #[derive(PartialEq, Eq, serde::Serialize)]
    pub struct Contact {
        /// 姓名
        pub name: Line<50>,
        /// 电话
        pub phone: Option<Line<30>>,
        /// 电子邮箱
        pub email: Option<Line<100>>,
    }
}

input! {
    /// 行业
    pub struct IndustryGiven {
        /// 国民经济行业代码
        pub code: CodeGiven,
        /// 主要产品、工艺 — compared with the words of the catalogue
        pub products: Option<Line<500>>,
    }
}

input! {
    /// 项目
    pub struct ProjectGiven {
        /// 项目名称
        pub name: Line<200>,
        /// 希望取得用地的日期
        pub needed_by: Option<NaiveDate>,
    }
}

vocabulary! {
    /// 用地来源 — which land is meant.
    pub enum LandKind {
        New = "new" "新供应土地",
        Announced = "announced" "已公告待供地块",
        Own = "own" "自有土地",
    }
}

input! {
    /// 用地 — new land, land that an announcement offers, or land of one's own
    pub struct LandGiven {
        /// 用地来源
        pub kind: LandKind,
        /// 土地用途 — of announced land, that of the announcement
        pub land_use: Option<LandUse>,
        /// 土地所有权 — taken for state-owned where not given
        pub ownership: Option<Ownership>,
        /// 面积 — where no polygon is drawn; of own land, as registered
        pub area: Option<Positive<GivenArea>>,
        /// 乡镇街道代码
        pub township: Option<TownshipCode>,
        /// 图形 — the parcel
        pub polygon: Option<GeometryText>,
        /// 公告编号 — id of the announcement
        pub announcement: Option<i64>,
        /// 公告地块序号 — which of the parcels it offers, from 1
        pub item: Option<i64>,
        /// 不动产权证号 — of own land
        pub certificate: Option<Line<100>>,
        /// 现状计容建筑面积,平方米 — of own land, before
        pub counted_before_m2: Option<NonNegative<AreaM2>>,
        /// 是否自用 — of own land
        pub self_used: Option<bool>,
        /// 是否符合规划 — of own land
        pub within_plan: Option<bool>,
        /// 是否不改变用途 — of own land
        pub use_unchanged: Option<bool>,
        /// 兼容或混合功能部分 — of own land
        #[schema(max_items = 20)]
        pub compatible_parts: Option<Vec<CompatiblePart>>,
    }
    check(land, reader) {
        land.check(reader);
    }
}

impl LandGiven {
    fn check(&self, reader: &mut Reader) {
        let missing = |reader: &mut Reader, member: &str| {
            let kind = self.kind.zh();
            reader.fault_at(member, None, text!("{kind}须填写此项", "this kind of land needs it"));
        };
        let own = [
            ("certificate", self.certificate.is_some()),
            ("counted_before_m2", self.counted_before_m2.is_some()),
            ("self_used", self.self_used.is_some()),
            ("within_plan", self.within_plan.is_some()),
            ("use_unchanged", self.use_unchanged.is_some()),
            ("compatible_parts", self.compatible_parts.is_some()),
        ];
        let announced = [("announcement", self.announcement.is_some()), ("item", self.item.is_some())];
        let strange =
            Text::fixed("与所选用地来源不符,请勿填写", "it does not belong to this kind of land; leave it out");
        if self.kind != LandKind::Own {
            for (member, _) in own.into_iter().filter(|(_, given)| *given) {
                reader.fault_at(member, None, strange.clone());
            }
        }
        if self.kind != LandKind::Announced {
            for (member, _) in announced.into_iter().filter(|(_, given)| *given) {
                reader.fault_at(member, None, strange.clone());
            }
            if self.land_use.is_none() {
                missing(reader, "land_use");
            }
            if self.area.is_none() && self.polygon.is_none() {
                let message = Text::fixed("请填写面积,或绘制、上传图形", "give an area, or draw or send the polygon");
                reader.fault_at("area", None, message);
            }
        } else {
            for (member, _) in announced.into_iter().filter(|(_, given)| !*given) {
                missing(reader, member);
            }
        }
        if self.kind == LandKind::Own && self.certificate.is_none() {
            missing(reader, "certificate");
        }
        let parts = self.compatible_parts.as_ref().map_or(0, Vec::len);
        at_most("compatible_parts", parts, LIST_MAX, reader);
    }
}

fn at_most(member: &str, count: usize, most: usize, reader: &mut Reader) {
    if count > most {
        reader.fault_at(
            member,
            Some(&count.to_string()),
            text!("共 {count} 项,至多 {most} 项", "{count} are given, {most} at most"),
        );
    }
}

input! {
    /// 供应方式与年限 — of new and announced land
    pub struct SupplyGiven {
        /// 供应方式
        pub method: Method,
        /// 租赁年限
        pub lease_term: Option<Term>,
        /// 总年限 — as in `checkTerm`
        pub total_term: Term,
        /// 租金调整
        pub rent_adjustment: Option<RentAdjustment>,
        /// 例外决定
        pub exception: Option<ExceptionDecision>,
    }
    check(supply, reader) {
        for (member, term) in [("lease_term", supply.lease_term), ("total_term", Some(supply.total_term))] {
            if let Some(term) = term.filter(|term| term.months() > TERM_MONTHS_MAX) {
                let message = Text::fixed("超过 100 年;请核对单位(年)", "longer than 100 years; the unit is years");
                reader.fault_at(member, Some(&term.to_string()), message);
            }
        }
    }
}

input! {
    /// 价格 — typed by the enterprise; a published one may be taken from an announcement
    pub struct PriceGiven {
        /// 最高年期单价,元/平方米
        pub max_term_unit_price: Positive<PricePerM2>,
        /// 还原利率
        pub rate: NonNegative<Ratio>,
        /// 土地等别 — 1 to 15
        #[schema(minimum = 1, maximum = 15)]
        pub grade: Option<u32>,
        /// 最低价标准适用情形
        pub minimum: Option<MinimumCase>,
        /// 租赁面积占比 — of part lease part grant
        pub leased_share: Option<Positive<Ratio>>,
        /// 租金支付时点
        pub rent_timing: Option<RentTiming>,
    }
    check(price, reader) {
        if price.grade.is_some_and(|grade| u8::try_from(grade).ok().and_then(LandGrade::new).is_none()) {
            reader.fault_at("grade", price.grade.map(|grade| grade.to_string()).as_deref(), Text::fixed("土地等别为 1 至 15", "grades are 1 to 15"));
        }
        crate::domain::rules::calculation::national_minimum::check_rate(price.rate.get(), "rate", reader);
    }
}

input! {
    /// 建筑物 — storey by storey, with its footprint if it is drawn
    pub struct SiteBuilding {
        /// 名称或编号
        pub name: Line<100>,
        /// 楼层
        pub storeys: Vec<Storey>,
        /// 基底面积,平方米 — where the footprint is not drawn
        pub land_m2: Option<NonNegative<AreaM2>>,
        /// 建筑基底图形
        pub footprint: Option<GeometryText>,
        /// 建筑高度,米
        pub height_m: Option<Positive<Metres>>,
    }
    check(building, reader) {
        if building.storeys.is_empty() {
            reader.fault_at("storeys", None, Text::fixed("至少要有一层", "a building has at least one storey"));
        }
    }
}

input! {
    /// 建筑方案 — totals per use, or the buildings; and what else the parcel holds
    pub struct Programme {
        /// 各用途建筑面积合计
        pub uses: Option<Uses>,
        /// 建筑物
        #[schema(max_items = 50)]
        pub buildings: Option<Vec<SiteBuilding>>,
        /// 行政办公及生活服务设施用地面积 — their own land
        pub admin_living_land: Option<NonNegative<GivenArea>>,
        /// 共用建筑
        pub shared_buildings: Option<Vec<SharedBuilding>>,
        /// 申报的总建筑面积,平方米
        pub stated_total_actual_m2: Option<NonNegative<AreaM2>>,
        /// 申报的计容建筑面积,平方米
        pub stated_total_counted_m2: Option<NonNegative<AreaM2>>,
        /// 建筑基底面积合计,平方米 — where the buildings are not listed
        pub base_m2: Option<NonNegative<AreaM2>>,
        /// 构筑物及露天堆场面积,平方米
        pub yards_m2: Option<NonNegative<AreaM2>>,
        /// 绿地面积,平方米
        pub green_m2: Option<NonNegative<AreaM2>>,
    }
    check(programme, reader) {
        programme.check(reader);
    }
}

impl Programme {
    fn check(&self, reader: &mut Reader) {
        let buildings = self.buildings.as_ref().map_or(0, Vec::len);
        at_most("buildings", buildings, BUILDINGS_MAX, reader);
        at_most("shared_buildings", self.shared_buildings.as_ref().map_or(0, Vec::len), BUILDINGS_MAX, reader);
        let storeys: usize = self.buildings.iter().flatten().map(|building| building.storeys.len()).sum();
        if storeys > STOREYS_MAX {
            let message =
                text!("楼层明细不能超过 {STOREYS_MAX} 条", "at most {STOREYS_MAX} entries of storeys are taken");
            reader.fault_at("buildings", Some(&storeys.to_string()), message);
        }
        for (at, building) in self.buildings.iter().flatten().enumerate() {
            if self.buildings.iter().flatten().take(at).any(|before| before.name == building.name) {
                let message = Text::fixed("名称与前面的建筑重复", "an earlier building has this name");
                reader.within("buildings", |reader| {
                    reader.within(&at.to_string(), |reader| {
                        reader.fault_at("name", Some(building.name.as_str()), message)
                    });
                });
            }
        }
    }

    /// The part that the floor-area calculation knows.
    pub fn floor_area(&self, on: NaiveDate, parcel: Positive<GivenArea>) -> FloorAreaBody {
        let building = |building: &SiteBuilding| Building {
            name: building.name.clone(),
            storeys: building.storeys.clone(),
            land_m2: building.land_m2,
        };
        FloorAreaBody {
            on: Some(on),
            parcel_area: parcel,
            uses: self.uses,
            buildings: self.buildings.as_ref().map(|all| all.iter().map(building).collect()),
            admin_living_land: self.admin_living_land,
            shared_buildings: self.shared_buildings.clone(),
            stated_total_actual_m2: self.stated_total_actual_m2,
            stated_total_counted_m2: self.stated_total_counted_m2,
        }
    }
}

input! {
    /// 标准地填报
    pub struct StandardLandGiven {
        /// 是否作出标准地承诺
        pub commitment: Option<bool>,
        /// 指标 — floor area ratio and building coefficient are computed where the programme tells them
        #[schema(max_items = 20)]
        pub indicators: Option<Vec<IndicatorGiven>>,
    }
    check(standard, reader) {
        let given = standard.indicators.as_deref().unwrap_or_default();
        at_most("indicators", given.len(), LIST_MAX, reader);
        for (at, indicator) in given.iter().enumerate() {
            if given[..at].iter().any(|before| before.indicator == indicator.indicator) {
                let message = Text::fixed("指标重复,请只保留一个", "it is given more than once; keep one");
                reader.within("indicators", |reader| {
                    reader.within(&at.to_string(), |reader| reader.fault_at("indicator", Some(indicator.indicator.as_str()), message));
                });
            }
        }
    }
}

input! {
    /// 企业预审 — a project as an enterprise sees it
    #[schema(example = json!({
        "county": "410183",
        "company": {"code": "91512081MA62K0260E", "name": "演示耐火材料企业"},
        "industry": {"code": "C3089", "products": "耐火砖"},
        "project": {"name": "演示耐火材料项目", "needed_by": "2027-06-30"},
        "land": {"kind": "new", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}},
        "supply": {"method": "lease_then_transfer", "lease_term": "5", "total_term": "20"},
        "programme": {
            "uses": {
                "dominant": {"actual_m2": "24000", "counted_m2": "24000"},
                "admin_living": {"actual_m2": "3000", "counted_m2": "3000"},
                "other_ancillary": {"actual_m2": "4000", "counted_m2": "4000"},
            },
            "admin_living_land": "1500", "base_m2": "14000", "green_m2": "3000",
        },
        "conditions": {"floor_area_ratio_min": "0.8", "green_ratio_max": "0.2"},
        "standard_land": {"commitment": true, "indicators": [{"indicator": "investment_intensity", "value": "320"}]},
    }))]
    pub struct PrecheckBody {
        /// 县代码
        pub county: County,
        /// 适用日期 — the day whose law applies; today where not given
        pub on: Option<NaiveDate>,
        /// 企业
        pub company: Company,
        /// 联系人
        pub contact: Option<Contact>,
        /// 行业
        pub industry: IndustryGiven,
        /// 项目
        pub project: Option<ProjectGiven>,
        /// 用地
        pub land: LandGiven,
        /// 供应方式与年限 — of new and announced land
        pub supply: Option<SupplyGiven>,
        /// 价格
        pub price: Option<PriceGiven>,
        /// 建筑方案
        pub programme: Option<Programme>,
        /// 规划条件
        pub conditions: Option<PlanningConditions>,
        /// 标准地
        pub standard_land: Option<StandardLandGiven>,
        /// 组合供应
        pub package: Option<Package>,
        /// 分割转让
        pub split: Option<Split>,
        /// 联合竞买
        pub joint_bid: Option<JointBid>,
    }
    check(body, reader) {
        if body.supply.is_some() && body.land.kind == LandKind::Own {
            reader.fault_at("supply", None, Text::fixed("自有土地没有供应方式,请勿填写", "own land is not supplied; leave it out"));
        }
        if body.supply.is_none() && body.land.kind != LandKind::Own {
            reader.fault_at("supply", None, Text::fixed("请选择供应方式和年限", "choose the method of supply and its terms"));
        }
    }
}

/// What a body with faults still says, so that what hangs together in it is looked at all the same.
#[derive(Debug, Default)]
pub struct Salvaged {
    pub county: Option<County>,
    pub on: Option<NaiveDate>,
    pub industry: Option<CodeGiven>,
    pub programme: Option<Programme>,
}

/// Reads the parts that are sound out of a body that is not.
pub fn salvage(bytes: &[u8]) -> Salvaged {
    let mut quiet = Reader::default();
    let Ok(raw) = serde_json::from_slice::<&RawValue>(bytes) else { return Salvaged::default() };
    let Some(members) = Members::of(raw, &mut quiet) else { return Salvaged::default() };
    let member = |name: &str| members.0.iter().find(|(known, _)| known == name).map(|(_, raw)| *raw);
    fn read<'de, T: Input<'de>>(raw: Option<&'de RawValue>) -> Option<T> {
        let mut reader = Reader::default();
        T::read(raw?, &mut reader).filter(|_| reader.is_clean())
    }
    let code = member("industry").and_then(|raw| {
        let members = Members::of(raw, &mut quiet)?;
        members.0.iter().find(|(name, _)| name == "code").map(|(_, raw)| *raw)
    });
    Salvaged {
        county: read(member("county")),
        on: read(member("on")),
        industry: read(code),
        programme: read(member("programme")),
    }
}
