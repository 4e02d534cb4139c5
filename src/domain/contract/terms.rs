//! 约定内容: what a contract says, as it was signed or amended.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::codes::SupervisionNumber;
use crate::domain::contract::few_attachments;
use crate::domain::input::{Line, NonNegative, Positive, Reader, input};
use crate::domain::ledger::kind::SupplyMethod;
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::{AreaM2, Metres, Money, Ratio};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

/// Instalments and phases that a contract may have.
const PARTS_MAX: usize = 100;

input! {
    /// 分期付款 — one instalment
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"amount_yuan": "1282214.50", "due_on": "2024-03-31"}))]
    pub struct Instalment {
        /// 金额,元
        pub amount_yuan: Positive<Money>,
        /// 约定付款日
        pub due_on: NaiveDate,
    }
}

input! {
    /// 分期开发 — one phase with days and land of its own
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"name": "一期", "area_m2": "9000", "start_on": "2024-10-01", "completion_on": "2025-12-31"}))]
    pub struct Phase {
        /// 名称
        pub name: Line<50>,
        /// 面积,平方米
        pub area_m2: Positive<AreaM2>,
        /// 应动工面积,平方米 — the whole of its area if left out
        pub developable_m2: Option<Positive<AreaM2>>,
        /// 总投资额,元 — without the price of the land and taxes
        pub investment_yuan: Option<Positive<Money>>,
        /// 约定动工日
        pub start_on: Option<NaiveDate>,
        /// 约定竣工日
        pub completion_on: Option<NaiveDate>,
    }
}

input! {
    /// 规划指标 — limits, each with both ends counted
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({"floor_area_ratio_min": "1.0", "coverage_min": "0.4", "green_max": "0.2"}))]
    pub struct PlanningLimits {
        /// 容积率下限
        pub floor_area_ratio_min: Option<NonNegative<Ratio>>,
        /// 容积率上限
        pub floor_area_ratio_max: Option<NonNegative<Ratio>>,
        /// 建筑密度(建筑系数)下限
        pub coverage_min: Option<NonNegative<Ratio>>,
        /// 建筑密度(建筑系数)上限
        pub coverage_max: Option<NonNegative<Ratio>>,
        /// 绿地率下限
        pub green_min: Option<NonNegative<Ratio>>,
        /// 绿地率上限
        pub green_max: Option<NonNegative<Ratio>>,
        /// 建筑限高,米
        pub height_max_m: Option<Positive<Metres>>,
    }
    check(limits, reader) {
        for (member, least, most) in [
            ("floor_area_ratio_max", limits.floor_area_ratio_min, limits.floor_area_ratio_max),
            ("coverage_max", limits.coverage_min, limits.coverage_max),
            ("green_max", limits.green_min, limits.green_max),
        ] {
            if let (Some(least), Some(most)) = (least, most) && most < least {
                let least = least.get();
                let message = text!("上限小于下限 {least}", "it is below the lower limit {least}");
                reader.fault_at(member, Some(&most.get().to_string()), message);
            }
        }
    }
}

input! {
    /// 约定内容 — what the contract or decision says
    #[derive(PartialEq, Eq, Serialize)]
    pub struct ContractTerms {
        /// 电子监管号
        pub regulatory_number: Option<SupervisionNumber>,
        /// 项目名称
        pub project_name: Option<Line<200>>,
        /// 土地用途
        pub land_use: Line<100>,
        /// 供应方式
        pub method: Option<SupplyMethod>,
        /// 使用年期 — none for allocated land
        pub term: Option<Term>,
        /// 合同面积,平方米
        pub area_m2: Positive<AreaM2>,
        /// 出让或划拨价款、租金总额,元
        pub price_yuan: Option<NonNegative<Money>>,
        /// 租金折算的土地价款,元 — of leases, where the idle fee is reckoned on it
        pub converted_price_yuan: Option<Positive<Money>>,
        /// 分期付款 — they add up to the price
        #[schema(max_items = 100)]
        pub instalments: Option<Vec<Instalment>>,
        /// 约定交地日
        pub delivery_on: Option<NaiveDate>,
        /// 约定动工日
        pub start_on: Option<NaiveDate>,
        /// 约定竣工日
        pub completion_on: Option<NaiveDate>,
        /// 总投资额,元 — without the price of the land and taxes
        pub investment_yuan: Option<Positive<Money>>,
        /// 固定资产投资额,元
        pub fixed_investment_yuan: Option<Positive<Money>>,
        /// 应动工开发建设用地面积,平方米
        pub developable_m2: Option<Positive<AreaM2>>,
        /// 规划指标
        pub limits: Option<PlanningLimits>,
        /// 分期开发 — then every progress report names its phase
        #[schema(max_items = 100)]
        pub phases: Option<Vec<Phase>>,
        /// 附件 — SHA-256 (hex) of uploaded attachments
        #[schema(max_items = 50)]
        pub attachments: Option<Vec<Digest>>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(terms, reader) {
        terms.check(reader);
    }
}

impl ContractTerms {
    /// Phases, none if it is developed as a whole.
    pub fn phases(&self) -> &[Phase] {
        self.phases.as_deref().unwrap_or_default()
    }

    pub fn instalments(&self) -> &[Instalment] {
        self.instalments.as_deref().unwrap_or_default()
    }

    pub fn price(&self) -> Option<Money> {
        self.price_yuan.map(NonNegative::get)
    }

    fn check(&self, reader: &mut Reader) {
        let area = self.area_m2.get();
        if let Some(developable) = self.developable_m2.map(Positive::get).filter(|developable| *developable > area) {
            let message = text!("大于合同面积 {area}", "it exceeds the contract's area of {area}");
            reader.fault_at("developable_m2", Some(&developable.to_string()), message);
        }
        let days =
            [("delivery_on", self.delivery_on), ("start_on", self.start_on), ("completion_on", self.completion_on)];
        let given: Vec<(&str, NaiveDate)> = days.into_iter().filter_map(|(name, day)| Some((name, day?))).collect();
        for pair in given.windows(2) {
            let [(_, before), (member, day)] = pair else { continue };
            if day < before {
                let message =
                    text!("早于前一约定日 {before};请核对先后", "it precedes {before}, which comes before it");
                reader.fault_at(member, Some(&day.to_string()), message);
            }
        }
        self.check_instalments(reader);
        self.check_phases(reader);
        few_attachments(self.attachments.as_deref(), reader);
    }

    fn check_instalments(&self, reader: &mut Reader) {
        let Some(instalments) = &self.instalments else { return };
        few("instalments", instalments.len(), reader);
        for (index, pair) in instalments.windows(2).enumerate() {
            if let [before, after] = pair
                && after.due_on < before.due_on
            {
                let due = before.due_on;
                let message =
                    text!("早于前一期 {due};请按日期先后填写", "it precedes the one before, {due}; give them in order");
                let at = (index + 1).to_string();
                reader.within("instalments", |reader| {
                    reader.within(&at, |reader| reader.fault_at("due_on", Some(&after.due_on.to_string()), message));
                });
            }
        }
        let sum = instalments.iter().try_fold(Money::ZERO, |sum, part| sum.checked_add(part.amount_yuan.get()));
        match (sum, self.price()) {
            (Ok(sum), Some(price)) if sum == price => {}
            (Ok(sum), Some(price)) => {
                let message = text!(
                    "各期合计 {sum} 元,与价款 {price} 元不符",
                    "the instalments add up to {sum} yuan, the price is {price} yuan"
                );
                reader.fault_at("instalments", Some(&sum.to_string()), message);
            }
            (Ok(_), None) => {
                let message = Text::fixed("有分期付款时须填价款", "with instalments the price is needed");
                reader.fault_at("price_yuan", None, message);
            }
            (Err(bad), _) => reader.fault_at("instalments", None, bad.text()),
        }
    }

    fn check_phases(&self, reader: &mut Reader) {
        let Some(phases) = &self.phases else { return };
        few("phases", phases.len(), reader);
        let area = self.area_m2.get();
        let sum = phases.iter().try_fold(AreaM2::ZERO, |sum, phase| sum.checked_add(phase.area_m2.get()));
        match sum {
            Ok(sum) if sum <= area => {}
            Ok(sum) => {
                let message =
                    text!("各期面积合计 {sum},大于合同面积 {area}", "the phases have {sum} m², the contract {area} m²");
                reader.fault_at("phases", Some(&sum.to_string()), message);
            }
            Err(bad) => reader.fault_at("phases", None, bad.text()),
        }
        for (index, phase) in phases.iter().enumerate() {
            let (area, developable) = (phase.area_m2.get(), phase.developable_m2.map(Positive::get));
            let mut fault = |member: &str, value: &str, message: Text| {
                reader.within("phases", |reader| {
                    reader.within(&index.to_string(), |reader| reader.fault_at(member, Some(value), message));
                });
            };
            if let Some(developable) = developable.filter(|developable| *developable > area) {
                let message = text!("大于本期面积 {area}", "it exceeds the phase's area of {area}");
                fault("developable_m2", &developable.to_string(), message);
            }
            if let (Some(start), Some(completion)) = (phase.start_on, phase.completion_on)
                && completion < start
            {
                let message = text!("早于约定动工日 {start}", "it precedes the agreed start on {start}");
                fault("completion_on", &completion.to_string(), message);
            }
            if phases.iter().take(index).any(|before| before.name == phase.name) {
                let message = Text::fixed("与前面的分期同名", "a phase before has the same name");
                fault("name", phase.name.as_str(), message);
            }
        }
    }
}

fn few(member: &str, given: usize, reader: &mut Reader) {
    if given == 0 || given > PARTS_MAX {
        let message =
            text!("应为 1 至 {PARTS_MAX} 项,现有 {given} 项", "1 to {PARTS_MAX} are expected, {given} are given");
        reader.fault_at(member, None, message);
    }
}
