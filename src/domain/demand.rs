//! 需求申报: land an enterprise wants, with the opinions that the annual plans of reserve and supply ask for.
//!
//! > 结合市资源规划局、工信商务局、发展改革委、财政局等单位及属地政府意见,将民营企业用地需求纳入年度国有建设用地储备和供应计划
//! > (行动计划第15条)

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::area::GivenArea;
use crate::domain::codes::{CodeGiven, CreditCode, TownshipCode};
use crate::domain::input::{Line, Positive, input, vocabulary};
use crate::domain::precheck::body::LandKind;
use crate::domain::rules::case::{LandUse, Method};

vocabulary! {
    /// 需求状态 — how far a demand has come.
    pub enum DemandState {
        Registered = "registered" "已登记",
        Consulted = "consulted" "征求意见中",
        Planned = "planned" "拟纳入计划",
        Declined = "declined" "暂不纳入",
        Withdrawn = "withdrawn" "企业撤回",
    }
}

vocabulary! {
    /// 意见部门 — who is asked under item 15.
    pub enum Department {
        Resources = "resources" "资源规划局",
        Industry = "industry" "工信商务局",
        Development = "development" "发展改革委",
        Finance = "finance" "财政局",
        Township = "township" "属地乡镇(街道)",
    }
}

vocabulary! {
    /// 意见 — what a department says.
    pub enum Opinion {
        Agree = "agree" "同意",
        Conditional = "conditional" "有条件同意",
        Object = "object" "不同意",
    }
}

input! {
    /// 需求申报 — land wanted, by whom and when; most of it comes from a pre-check
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "company_code": "91512081MA62K0260E", "company_name": "演示耐火材料企业", "project_name": "演示耐火材料项目", "industry_code": "C3089",
        "land_kind": "new", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}, "needed_by": "2027-06-30", "state": "registered"
    }))]
    pub struct DemandBody {
        /// 企业预审编号 — the pre-check it comes from
        pub precheck: Option<i64>,
        /// 统一社会信用代码
        pub company_code: CreditCode,
        /// 企业名称
        pub company_name: Line<200>,
        /// 项目名称
        pub project_name: Option<Line<200>>,
        /// 行业代码
        pub industry_code: CodeGiven,
        /// 用地来源
        pub land_kind: LandKind,
        /// 土地用途
        pub land_use: LandUse,
        /// 需求面积
        pub area: Positive<GivenArea>,
        /// 乡镇街道代码
        pub township: Option<TownshipCode>,
        /// 供应方式
        pub method: Option<Method>,
        /// 希望取得用地的日期
        pub needed_by: Option<NaiveDate>,
        /// 状态
        pub state: DemandState,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
}

input! {
    /// 由预审转为需求 — what staff add to a pre-check
    #[schema(example = json!({"needed_by": "2027-06-30", "remark": "企业申报"}))]
    pub struct DemandFromPrecheck {
        /// 希望取得用地的日期 — that of the pre-check where not given
        pub needed_by: Option<NaiveDate>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
}

input! {
    /// 部门意见
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"department": "industry", "opinion": "agree", "content": "符合产业方向", "dated": "2026-06-20"}))]
    pub struct OpinionBody {
        /// 部门
        pub department: Department,
        /// 意见
        pub opinion: Opinion,
        /// 内容
        pub content: Option<Line<1000>>,
        /// 文号
        pub document_number: Option<Line<100>>,
        /// 意见日期 — not in the future
        pub dated: NaiveDate,
    }
}
