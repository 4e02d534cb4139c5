//! A contract as one row of an office sheet: what of it is the contract, and what was reported since.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::area::GivenArea;
use crate::domain::contract::ContractKind;
use crate::domain::exact::Fraction;
use crate::domain::input::{FieldError, Line, NonNegative, Positive, input};
use crate::domain::ledger::kind::SupplyMethod;
use crate::domain::quantity::{AreaM2, Money, Ratio};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

input! {
    /// 合同台账的一行 — the follow-up table of an office
    pub struct ContractSheetRow {
        /// 合同编号
        pub number: Line<100>,
        /// 电子监管号
        pub regulatory_number: Option<Line<50>>,
        /// 合同种类 — by the method of supply if left out
        pub kind: Option<ContractKind>,
        /// 签订日期
        pub signed_on: NaiveDate,
        /// 宗地编号 — several parted by 、
        pub parcels: Line<1000>,
        /// 土地使用者
        pub user: Line<100>,
        /// 统一社会信用代码
        pub user_code: Option<Line<50>>,
        /// 项目名称
        pub project_name: Option<Line<200>>,
        /// 土地用途
        pub land_use: Line<100>,
        /// 供应方式
        pub method: Option<SupplyMethod>,
        /// 使用年期
        pub term: Option<Term>,
        /// 合同面积
        pub area: Positive<GivenArea>,
        /// 价款
        pub price_yuan: Option<NonNegative<Money>>,
        /// 约定交地日
        pub delivery_on: Option<NaiveDate>,
        /// 约定动工日
        pub start_on: Option<NaiveDate>,
        /// 约定竣工日
        pub completion_on: Option<NaiveDate>,
        /// 总投资额
        pub investment_yuan: Option<Positive<Money>>,
        /// 固定资产投资额
        pub fixed_investment_yuan: Option<Positive<Money>>,
        /// 应动工面积
        pub developable: Option<Positive<GivenArea>>,
        /// 容积率下限
        pub floor_area_ratio_min: Option<NonNegative<Ratio>>,
        /// 容积率上限
        pub floor_area_ratio_max: Option<NonNegative<Ratio>>,
        /// 实际交地日
        pub delivered_on: Option<NaiveDate>,
        /// 实际动工日
        pub started_on: Option<NaiveDate>,
        /// 施工许可证编号
        pub permit_number: Option<Line<100>>,
        /// 实际竣工日
        pub completed_on: Option<NaiveDate>,
        /// 进度日期
        pub reported_on: Option<NaiveDate>,
        /// 已动工面积
        pub developed: Option<NonNegative<GivenArea>>,
        /// 已投资额
        pub invested_yuan: Option<NonNegative<Money>>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(row, reader) {
        if (row.developed.is_some() || row.invested_yuan.is_some()) && row.reported_on.is_none() {
            let message = Text::fixed("填了已动工面积或已投资额须填进度日期", "figures of progress need the day they are of");
            reader.fault_at("reported_on", None, message);
        }
        if row.permit_number.is_some() && row.started_on.is_none() {
            let message = Text::fixed("填了施工许可证须填实际动工日", "a permit needs the day of the start");
            reader.fault_at("started_on", None, message);
        }
    }
}

/// The kind of contract that a method of supply makes.
const fn kind_of(method: Option<SupplyMethod>) -> ContractKind {
    match method {
        Some(SupplyMethod::Allocation) => ContractKind::Allocation,
        Some(SupplyMethod::Lease | SupplyMethod::LongLease) => ContractKind::Lease,
        Some(SupplyMethod::LeaseThenTransfer) => ContractKind::LeaseThenTransfer,
        Some(SupplyMethod::MixedLeaseTransfer) => ContractKind::MixedLeaseTransfer,
        Some(SupplyMethod::Flexible) => ContractKind::FlexibleGrant,
        Some(SupplyMethod::CapitalContribution) => ContractKind::CapitalContribution,
        Some(SupplyMethod::AuthorisedOperation) => ContractKind::AuthorisedOperation,
        Some(SupplyMethod::Tender | SupplyMethod::Auction | SupplyMethod::Listing | SupplyMethod::Agreement) | None => {
            ContractKind::Grant
        }
    }
}

impl ContractSheetRow {
    /// The body of `createContract`, to be read as if it had come by itself.
    pub fn contract(&self) -> Result<Value, Vec<FieldError>> {
        let mut faults = Vec::new();
        let area = exact("/area", Some(self.area.get()), &mut faults);
        let developable = exact("/developable", self.developable.map(Positive::get), &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let parcels: Vec<&str> = self
            .parcels
            .as_str()
            .split(['、', ',', ',', ';', ';'])
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .collect();
        let limits = (self.floor_area_ratio_min.is_some() || self.floor_area_ratio_max.is_some()).then(|| {
            json!({"floor_area_ratio_min": self.floor_area_ratio_min, "floor_area_ratio_max": self.floor_area_ratio_max})
        });
        Ok(json!({
            "kind": self.kind.unwrap_or(kind_of(self.method)),
            "number": self.number,
            "signed_on": self.signed_on,
            "parcels": parcels,
            "user": {"name": self.user, "code": self.user_code},
            "terms": {
                "regulatory_number": self.regulatory_number, "project_name": self.project_name, "land_use": self.land_use,
                "method": self.method, "term": self.term, "area_m2": area, "price_yuan": self.price_yuan,
                "delivery_on": self.delivery_on, "start_on": self.start_on, "completion_on": self.completion_on,
                "investment_yuan": self.investment_yuan, "fixed_investment_yuan": self.fixed_investment_yuan,
                "developable_m2": developable, "limits": limits, "remark": self.remark,
            },
        }))
    }

    /// What was reported since, as bodies of `addContractDevelopment`, each with the member of the row it comes from.
    pub fn reports(&self) -> Result<Vec<(&'static str, Value)>, Vec<FieldError>> {
        let mut faults = Vec::new();
        let developed = exact("/developed", self.developed.map(NonNegative::get), &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut reports = Vec::new();
        let mut add = |member, on: Option<NaiveDate>, body: Value| {
            if on.is_some() {
                reports.push((member, body));
            }
        };
        add("/delivered_on", self.delivered_on, json!({"kind": "delivered", "on": self.delivered_on}));
        let start = json!({"kind": "started", "on": self.started_on, "permit_number": self.permit_number});
        add("/started_on", self.started_on, start);
        let progress = json!({
            "kind": "progress", "on": self.reported_on, "developed_m2": developed, "invested_yuan": self.invested_yuan,
        });
        let has_figures = self.developed.is_some() || self.invested_yuan.is_some();
        add("/reported_on", self.reported_on.filter(|_| has_figures), progress);
        add("/completed_on", self.completed_on, json!({"kind": "completed", "on": self.completed_on}));
        Ok(reports)
    }
}

/// An area in square metres; one that is no whole number of square centimetres is refused rather than rounded.
fn exact(pointer: &str, area: Option<GivenArea>, faults: &mut Vec<FieldError>) -> Option<AreaM2> {
    let area = area?;
    let m2 = area.m2();
    if Fraction::from(m2) == area.exact_m2() {
        return Some(m2);
    }
    let (value, unit) = (area.to_string(), area.unit());
    let message = text!(
        "{value} {unit:#}不能精确折算为平方米(四位小数);请按合同填写平方米",
        "{value} {unit} are no whole number of square centimetres; give square metres as the contract does"
    );
    faults.push(FieldError { pointer: pointer.to_owned(), value: Some(value), message });
    None
}
