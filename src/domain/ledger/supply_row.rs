//! 供应 as one row of an office sheet: what of it becomes a voucher, and what a parcel.

use chrono::NaiveDate;

use crate::domain::area::GivenArea;
use crate::domain::codes::{CreditCode, ParcelCode, SupervisionNumber};
use crate::domain::input::{Line, Positive, input};
use crate::domain::ledger::kind::SupplyMethod;
use crate::domain::record::Reference;

input! {
    /// 供应 — land of one plot that a contract or decision supplies; several rows may share a contract
    #[derive(PartialEq, Eq)]
    pub struct SupplyRow {
        /// 电子监管号
        pub regulatory_number: Option<SupervisionNumber>,
        /// 合同编号、决定书号
        pub number: Line<50>,
        /// 批准机关
        pub authority: Option<Line<100>>,
        /// 合同签订日期
        pub effective_on: NaiveDate,
        /// 供应方式
        pub method: SupplyMethod,
        /// 地块编号
        pub plot: Line<50>,
        /// 宗地编号 — the 电子监管号 or the number of the contract if left out
        pub parcel: Option<Line<50>>,
        /// 宗地代码
        pub cadastral_code: Option<ParcelCode>,
        /// 面积
        pub area: Positive<GivenArea>,
        /// 土地使用权人
        pub holder: Option<Line<100>>,
        /// 统一社会信用代码
        pub holder_code: Option<CreditCode>,
        /// 土地用途
        pub land_use: Option<Line<100>>,
        /// 用地项目
        pub project: Option<Reference>,
        /// 备注
        pub memo: Option<Line<1000>>,
    }
}

impl SupplyRow {
    /// The code of the parcel that the land goes to.
    pub fn parcel_code(&self) -> &str {
        let number = self.regulatory_number.as_ref().map(SupervisionNumber::as_str);
        self.parcel.as_ref().map(Line::as_str).or(number).unwrap_or(self.number.as_str())
    }
}
