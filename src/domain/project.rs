//! 用地项目: an investment project, which may use land of several approvals.

use serde::Serialize;

use crate::domain::codes::{CreditCode, IndustryCode};
use crate::domain::input::{Line, input};

input! {
    /// 用地项目 — an investment project; it may use several plots and parcels, and a plot may serve several
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "code": "2403-410183-04-01-118006", "name": "演示耐火材料项目", "investor_code": "91512081MA62K0260E", "industry_code": "C3089"
    }))]
    pub struct Project {
        /// 项目代码 — unique in the county
        pub code: Line<50>,
        /// 项目名称
        pub name: Line<200>,
        /// 投资主体的统一社会信用代码
        pub investor_code: Option<CreditCode>,
        /// 国民经济行业代码
        pub industry_code: Option<IndustryCode>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
}
