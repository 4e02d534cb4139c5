//! 地块: a piece of approved land, with the area the document gives it and the polygon that was drawn of it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::codes::TownshipCode;
use crate::domain::composition::Composition;
use crate::domain::input::{Line, Positive, Reader, input, vocabulary};
use crate::domain::ledger::balance::Cause;
use crate::domain::policy::{NotInForce, Policy, keys};
use crate::domain::quantity::{AreaM2, Ratio};
use crate::domain::record::{Reference, Warning, WarningCode};
use crate::domain::region::{ApprovalId, ProjectId};
use crate::domain::text::{Text, text};

/// The day from which an attribute holds that has no other: no ledger reaches further back.
pub const EVER: NaiveDate = NaiveDate::from_ymd_opt(1949, 1, 1).expect("it is a day");

/// Projects that one plot may serve.
const PROJECTS_MAX: usize = 20;

vocabulary! {
    /// 地块来源 — where a plot comes from.
    pub enum Origin {
        Approval = "approval" "用地批文",
        ExistingStateLand = "existing_state_land" "存量国有建设用地",
        Opening = "opening" "期初建账",
    }
}

vocabulary! {
    /// 分时属性 — an attribute that holds from a day on.
    pub enum Attribute {
        Township = "township" "乡镇街道",
        Cause = "cause" "未供原因",
        SupplyPriority = "supply_priority" "供应优先方向",
    }
}

vocabulary! {
    /// 供应优先方向 — to whom land is offered first
    pub enum SupplyPriority {
        PrivateInvestment = "private_investment" "民间投资优先",
    }
}

input! {
    /// 地块 — what is recorded of a plot besides its polygon
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "code": "2024-118-01", "location": "大隗镇", "approval": "演示政土〔2024〕118号", "area_m2": "18317.35",
        "township": "410183106", "planned_use": "工业用地"
    }))]
    pub struct PlotProperties {
        /// 地块编号 — unique in the county
        pub code: Line<50>,
        /// 地块名称
        pub name: Option<Line<100>>,
        /// 位置
        pub location: Option<Line<200>>,
        /// 用地批文 — id, or 批准文号
        pub approval: Option<Reference>,
        /// 来源 — may be left out if an approval is given
        pub origin: Option<Origin>,
        /// 报批项目 — that of the approval if left out
        pub approved_project: Option<Line<200>>,
        /// 登记面积,平方米 — recorded area in m²; this or `area`
        pub area_m2: Option<Positive<AreaM2>>,
        /// 登记面积,按文件单位 — recorded area with its unit, as documented; this or `area_m2`
        pub area: Option<GivenArea>,
        /// 面积构成 — its total is the recorded area
        pub composition: Option<Composition>,
        /// 规划用途
        pub planned_use: Option<Line<100>>,
        /// 储备入库日期 — not in the future
        pub reserved_on: Option<NaiveDate>,
        /// 用地项目 — ids, or project codes
        #[schema(max_items = 20)]
        pub projects: Option<Vec<Reference>>,
        /// 所属乡镇街道
        pub township: Option<TownshipCode>,
        /// 未供原因
        pub cause: Option<Cause>,
        /// 属性起始日 — township and cause hold from this day on; from ever if left out
        pub attributes_from: Option<NaiveDate>,
        /// 图形生效日 — the day from which the polygon holds; not in the future
        pub geometry_from: Option<NaiveDate>,
        /// 重叠原因 — why the polygon may lie on plots that are there already, such as 原批文已撤回; refused without it
        pub overlap_reason: Option<Line<200>>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(plot, reader) {
        plot.check(reader);
    }
}

impl PlotProperties {
    fn check(&self, reader: &mut Reader) {
        match (self.area_m2, self.area) {
            (None, None) => {
                let message = Text::fixed(
                    "缺少登记面积;请填 area_m2 或 area",
                    "the recorded area is missing; give area_m2 or area",
                );
                reader.fault_at("area_m2", None, message);
            }
            (Some(_), Some(_)) => {
                reader.fault_at(
                    "area",
                    None,
                    Text::fixed("area_m2 与 area 只能填一个", "give area_m2 or area, not both"),
                );
            }
            (None, Some(area)) if area.m2().is_zero() => {
                reader.fault_at(
                    "area",
                    Some(&area.to_string()),
                    Text::fixed("必须大于零", "it must be greater than zero"),
                );
            }
            _ => {}
        }
        if let Some(composition) = &self.composition {
            let total = composition.total();
            if self.given_area().is_some_and(|area| area.exact_m2() != total.exact_m2()) {
                let message =
                    Text::fixed("构成的总面积须等于登记面积", "the total of the composition must be the recorded area");
                reader.within("composition", |reader| reader.fault_at("total", Some(&total.to_string()), message));
            }
        }
        match (self.origin, &self.approval) {
            (None, None) => {
                let message = Text::fixed(
                    "缺少用地批文;没有批文的地块请填来源 existing_state_land 或 opening",
                    "the approval is missing; land without one gives its origin: existing_state_land or opening",
                );
                reader.fault_at("approval", None, message);
            }
            (Some(Origin::Approval), None) => {
                let message =
                    Text::fixed("来源为用地批文的地块须填批文", "a plot of origin approval names its approval");
                reader.fault_at("approval", None, message);
            }
            (Some(origin @ (Origin::ExistingStateLand | Origin::Opening)), Some(_)) => {
                let message = text!("来源“{origin:#}”的地块没有用地批文", "a plot of origin {origin} has no approval");
                reader.fault_at("origin", Some(origin.as_str()), message);
            }
            _ => {}
        }
        if let Some(projects) = self.projects.as_ref().filter(|projects| projects.len() > PROJECTS_MAX) {
            let given = projects.len();
            let message = text!(
                "共 {given} 个项目,至多 {PROJECTS_MAX} 个",
                "{given} projects are given, at most {PROJECTS_MAX} may be"
            );
            reader.fault_at("projects", None, message);
        }
    }

    fn given_area(&self) -> Option<GivenArea> {
        let m2 = self.area_m2.and_then(|area| GivenArea::new(area.get().get(), AreaUnit::SquareMetre).ok());
        m2.or(self.area)
    }

    /// The recorded area as it was stated. One of the two members is there: the reading saw to it.
    pub fn stated_area(&self) -> GivenArea {
        self.given_area().unwrap_or_else(|| {
            GivenArea::new(rust_decimal::Decimal::ZERO, AreaUnit::SquareMetre).expect("zero is an area")
        })
    }

    pub fn origin(&self) -> Origin {
        self.origin.unwrap_or(Origin::Approval)
    }
}

/// A plot with its references resolved. Township and cause are the newest of their dated values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plot {
    pub code: Line<50>,
    pub name: Option<Line<100>>,
    pub location: Option<Line<200>>,
    pub origin: Origin,
    pub approval: Option<ApprovalId>,
    pub approved_project: Option<Line<200>>,
    pub area: GivenArea,
    pub composition: Option<Composition>,
    pub planned_use: Option<Line<100>>,
    pub reserved_on: Option<NaiveDate>,
    /// Ascending, each once.
    pub projects: Vec<ProjectId>,
    pub township: Option<TownshipCode>,
    pub cause: Option<Cause>,
    pub remark: Option<Line<1000>>,
}

/// How far polygon and recorded area may differ without a word: the larger of the two counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaTolerance {
    pub area: AreaM2,
    pub share: Ratio,
}

impl AreaTolerance {
    /// The tolerance in force on a day.
    pub fn on(policy: &Policy, day: NaiveDate) -> Result<Self, NotInForce> {
        Ok(Self {
            area: policy.on(&keys::GEOMETRY_AREA_TOLERANCE_AREA, day)?.value,
            share: policy.on(&keys::GEOMETRY_AREA_TOLERANCE_SHARE, day)?.value,
        })
    }

    /// What is allowed at a recorded area, in m². A product of 16 and 10 digits is exact.
    fn allowed(&self, recorded: AreaM2) -> Decimal {
        (self.share.get() * recorded.get()).max(self.area.get())
    }

    /// Whether polygon and recorded area differ too much: |difference| > max(area, share × recorded).
    pub fn is_exceeded(&self, recorded: AreaM2, polygon: AreaM2) -> bool {
        (polygon - recorded).get().abs() > self.allowed(recorded)
    }

    /// The warning that they do.
    pub fn check(&self, recorded: AreaM2, polygon: AreaM2) -> Option<Warning> {
        if !self.is_exceeded(recorded, polygon) {
            return None;
        }
        let off = polygon - recorded;
        let allowed = self.allowed(recorded).normalize();
        Some(Warning {
            code: WarningCode::AreaDiffers,
            message: text!(
                "图形面积 {polygon} 平方米与登记面积 {recorded} 平方米相差 {off} 平方米,超过允许的 {allowed} 平方米;登记面积照记,请核对图形或文件",
                "the polygon measures {polygon} m², the recorded area is {recorded} m²: {off} m² apart, more than the {allowed} m² allowed; the recorded area stands, compare polygon and document"
            ),
        })
    }
}

/// The warning that the plots of an approval come to more than it gives.
pub fn approval_exceeded(number: &str, approved: AreaM2, plots: AreaM2) -> Option<Warning> {
    (plots > approved).then(|| Warning {
        code: WarningCode::ApprovalExceeded,
        message: text!(
            "批文 {number} 批准 {approved} 平方米,其下地块登记面积合计 {plots} 平方米;请核对",
            "approval {number} gives {approved} m², its plots come to {plots} m²; compare them"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;

    fn pointers(json: &str) -> Vec<String> {
        let faults = read::<PlotProperties>(json.as_bytes()).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_plot_states_its_area_once() {
        assert!(pointers(r#"{"code":"1","origin":"opening","area_m2":"5"}"#).is_empty());
        assert!(pointers(r#"{"code":"1","origin":"opening","area":{"value":"5","unit":"mu"}}"#).is_empty());
        assert_eq!(pointers(r#"{"code":"1","origin":"opening"}"#), ["/area_m2"]);
        assert_eq!(pointers(r#"{"code":"1","origin":"opening","area_m2":5,"area":"5"}"#), ["/area"]);
        assert_eq!(pointers(r#"{"code":"1","origin":"opening","area":"0"}"#), ["/area"]);
        assert_eq!(pointers(r#"{"code":"1","origin":"opening","area_m2":"-5"}"#), ["/area_m2"]);
    }

    #[test]
    fn the_composition_comes_to_the_recorded_area_exactly() {
        let plot = |composition: &str| {
            pointers(&format!(
                r#"{{"code":"1","origin":"opening","area":{{"value":"15","unit":"mu"}},"composition":{composition}}}"#
            ))
        };
        assert!(plot(r#"{"unit":"ha","total":"1"}"#).is_empty());
        assert_eq!(plot(r#"{"unit":"ha","total":"1.00000001"}"#), ["/composition/total"]);
    }

    #[test]
    fn origin_and_approval_go_together() {
        assert_eq!(pointers(r#"{"code":"1","area_m2":"5"}"#), ["/approval"]);
        assert_eq!(pointers(r#"{"code":"1","area_m2":"5","origin":"approval"}"#), ["/approval"]);
        assert_eq!(pointers(r#"{"code":"1","area_m2":"5","origin":"opening","approval":"x"}"#), ["/origin"]);
        assert!(pointers(r#"{"code":"1","area_m2":"5","approval":410183000000001}"#).is_empty());
    }

    #[test]
    fn the_larger_of_the_two_tolerances_counts() {
        let area = |text: &str| text.parse::<AreaM2>().unwrap();
        let tolerance = AreaTolerance { area: area("1"), share: "0.0005".parse().unwrap() };
        assert_eq!(tolerance.check(area("100"), area("101")), None);
        assert!(tolerance.check(area("100"), area("101.0001")).is_some());
        assert_eq!(tolerance.check(area("100000"), area("99950")), None);
        assert!(tolerance.check(area("100000"), area("99949.9999")).is_some());
    }
}
