//! Contracts of the demonstration, each in a state of its own: finished, under construction, late, suspected to be idle.

use serde_json::{Value, json};

use super::stories::{Ground, Teller, body};
use crate::app::error::AppError;
use crate::domain::codes::CreditCode;

/// What becomes of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Finished,
    UnderConstruction,
    /// An instalment was not paid and the start is near.
    Late,
    /// In two phases, the second of which was put off by a 补充协议.
    Phases,
    NotStarted,
    Stopped,
    /// Its land is the subject of a case: see `idle.rs`.
    Case(Tale),
}

/// How far a case of idle land has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tale {
    Suspected,
    Investigation,
    FeeDecided,
    Extension,
    Recovered,
    Cleared,
    Suspended,
}

/// The contracts: what becomes of each, and how many days ago (or ahead, below zero) its start was agreed for.
pub(super) const STORIES: &[(Fate, i64)] = &[
    (Fate::Case(Tale::Recovered), 1150),
    (Fate::Case(Tale::FeeDecided), 500),
    (Fate::Case(Tale::Extension), 480),
    (Fate::Case(Tale::Investigation), 450),
    (Fate::Case(Tale::Cleared), 430),
    (Fate::Case(Tale::Suspended), 470),
    (Fate::Case(Tale::Suspected), 400),
    (Fate::Finished, 1400),
    (Fate::UnderConstruction, 300),
    (Fate::Phases, 520),
    (Fate::NotStarted, 420),
    (Fate::NotStarted, 800),
    (Fate::Stopped, 900),
    (Fate::Late, -20),
    (Fate::Finished, 1300),
    (Fate::UnderConstruction, 200),
];

/// A contract that was recorded, with its land.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub id: i64,
    pub ground: Ground,
    pub fate: Fate,
    pub regulatory_number: String,
    pub price_yuan: i64,
    pub terms: Value,
}

/// A credit code that is well formed and of no registry: the first letter stands for other authorities.
fn credit_code(n: usize) -> Option<CreditCode> {
    let stem = format!("Y1410183DEM0{n:05}");
    "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().find_map(|last| format!("{stem}{last}").parse().ok())
}

impl Teller<'_> {
    pub fn contracts(&self, grounds: &[Ground]) -> Result<Vec<Told>, AppError> {
        let mut told = Vec::new();
        for (n, (ground, (fate, start))) in grounds.iter().zip(STORIES).enumerate() {
            let contract = self.contract(n + 1, ground, *fate, *start)?;
            self.develop(&contract, *start)?;
            told.push(contract);
        }
        Ok(told)
    }

    fn contract(&self, n: usize, ground: &Ground, fate: Fate, start: i64) -> Result<Told, AppError> {
        let Ground { parcel, area, supplied_on, .. } = ground;
        let start_on = match u64::try_from(start) {
            Ok(days) => self.ago(days),
            Err(_) => self.ahead(start.unsigned_abs()),
        };
        let year = chrono::Datelike::year(supplied_on);
        let regulatory_number = format!("410183{year}B{n:05}");
        let price = area.to_units() / 10_000 * 300;
        let (first, rest) = (price / 2, price - price / 2);
        let second_due = if fate == Fate::Late { self.ago(45) } else { *supplied_on + chrono::Days::new(365) };
        let mut terms = json!({
            "regulatory_number": regulatory_number, "project_name": format!("演示项目{n:02}"), "land_use": ground.land_use,
            "method": ground.method, "term": "40", "area_m2": area.to_string(), "price_yuan": price.to_string(),
            "instalments": [
                {"amount_yuan": first.to_string(), "due_on": *supplied_on + chrono::Days::new(30)},
                {"amount_yuan": rest.to_string(), "due_on": second_due}
            ],
            "delivery_on": *supplied_on + chrono::Days::new(60), "start_on": start_on,
            "completion_on": start_on + chrono::Days::new(900), "investment_yuan": (price * 4).to_string(),
            "fixed_investment_yuan": (price * 3).to_string(), "developable_m2": area.to_string(),
        });
        if fate == Fate::Phases {
            let half = area.to_units() / 2;
            let of = |units: i64| crate::domain::quantity::AreaM2::from_units(units).map(|area| area.to_string());
            let (one, two) = (of(half), of(area.to_units() - half));
            let (Ok(one), Ok(two)) = (one, two) else { return Err(AppError::unknown_county(self.county)) };
            terms["phases"] = json!([
                {"name": "一期", "area_m2": one, "start_on": start_on, "completion_on": start_on + chrono::Days::new(500)},
                {"name": "二期", "area_m2": two, "start_on": self.ago(30), "completion_on": self.ahead(600)},
            ]);
        }
        let user =
            json!({"name": format!("演示企业{n:02}有限公司"), "code": credit_code(n).map(|code| code.to_string())});
        let sent = json!({
            "kind": "grant", "number": format!("演示出让〔{year}〕{n}号"), "signed_on": supplied_on, "parcels": [parcel.0],
            "user": user, "terms": terms,
        });
        let id = self.app.create_contract(&self.people.clerk, self.county, body(&sent)?)?.record.id;
        let mut told = Told { id, ground: ground.clone(), fate, regulatory_number, price_yuan: price, terms };
        if fate == Fate::Phases {
            self.put_off_the_second_phase(&mut told)?;
        }
        self.number_parcel(&told)?;
        Ok(told)
    }

    /// 补充协议: the second phase starts later.
    fn put_off_the_second_phase(&self, told: &mut Told) -> Result<(), AppError> {
        told.terms["phases"][1]["start_on"] = json!(self.ahead(150));
        let sent = json!({
            "change": "extension", "document_number": format!("演示补充协议{}号", told.id), "effective_on": self.ago(60),
            "reason": "二期厂区道路管线施工,协商延期", "terms": told.terms,
        });
        self.app.amend_contract(&self.people.clerk, self.county, told.id, 1, body(&sent)?)?;
        Ok(())
    }

    /// The parcel bears the 电子监管号 too, by which the monitoring system is compared.
    fn number_parcel(&self, told: &Told) -> Result<(), AppError> {
        let known = self.app.parcel(self.county, told.ground.parcel)?.parcel.record;
        let sent = json!({
            "code": told.ground.code, "regulatory_number": told.regulatory_number, "land_use": told.ground.land_use,
            "area_m2": known.contents.area.m2().to_string(), "project": known.contents.project.map(|project| project.0),
        });
        self.app.update_parcel(&self.people.clerk, self.county, told.ground.parcel, known.version, body(&sent)?)?;
        Ok(())
    }

    fn develop(&self, told: &Told, start: i64) -> Result<(), AppError> {
        let supplied_on = told.ground.supplied_on;
        let later = |days: u64| supplied_on + chrono::Days::new(days);
        let half = told.price_yuan / 2;
        let phase = (told.fate == Fate::Phases).then_some("一期");
        let report = |mut sent: Value| -> Result<(), AppError> {
            if let (Some(phase), true) = (phase, sent["kind"] != "paid") {
                sent["phase"] = json!(phase);
            }
            self.app.add_contract_development(&self.people.clerk, self.county, told.id, body(&sent)?)?;
            Ok(())
        };
        report(json!({"kind": "paid", "on": later(20), "instalment": 1, "paid_yuan": half.to_string()}))?;
        if told.fate != Fate::Late {
            let rest = told.price_yuan - half;
            report(json!({"kind": "paid", "on": later(300), "instalment": 2, "paid_yuan": rest.to_string()}))?;
        }
        report(json!({
            "kind": "delivered", "on": later(58), "document_number": format!("演示交地{}号", told.id), "attachments": [self.scan]
        }))?;
        let Ok(start) = u64::try_from(start) else { return Ok(()) };
        let begun = |days: u64| {
            json!({
                "kind": "started", "on": self.ago(days), "permit_number": format!("演示施工{}号", told.id),
                "permitted_on": self.ago(days + 20), "foundation": "pile", "foundation_reached": true, "evidence": "监理报告"
            })
        };
        let share = |percent: i64| {
            let units = told.ground.area.to_units() / 100 * percent;
            crate::domain::quantity::AreaM2::from_units(units).map_or_else(|_| "0".to_owned(), |area| area.to_string())
        };
        match told.fate {
            Fate::Finished => {
                report(begun(start - 30))?;
                report(json!({
                    "kind": "completed", "on": self.ago(start - 700), "document_number": "演示规划核实", "developed_m2": share(100),
                    "invested_yuan": (told.price_yuan * 4).to_string()
                }))?;
            }
            Fate::UnderConstruction | Fate::Phases => {
                report(begun(start - 10))?;
                report(json!({
                    "kind": "progress", "on": self.ago(20), "developed_m2": share(if phase.is_some() { 25 } else { 55 }),
                    "invested_yuan": told.price_yuan.to_string(), "evidence": "月报"
                }))?;
                self.inspect(told, 25, "building", "主体施工,塔吊两台", phase)?;
            }
            Fate::Stopped => {
                report(begun(start - 15))?;
                report(json!({
                    "kind": "stopped", "on": self.ago(450), "developed_m2": share(12),
                    "invested_yuan": (told.price_yuan / 5).to_string(), "evidence": "现场停工"
                }))?;
                self.inspect(told, 40, "halted", "桩基完成后停工,无人施工", None)?;
            }
            Fate::NotStarted => self.inspect(told, 35, "untouched", "场地平整,四周围挡,未见施工", None)?,
            Fate::Late | Fate::Case(_) => {}
        }
        Ok(())
    }

    /// 现场核查: two inspectors, what they saw, who signed.
    pub fn inspect(
        &self,
        told: &Told,
        ago: u64,
        state: &str,
        findings: &str,
        phase: Option<&str>,
    ) -> Result<(), AppError> {
        let mut sent = json!({
            "on": self.ago(ago), "state": state, "findings": findings, "signature": "signed",
            "inspectors": [{"name": "演示核查员甲", "badge": "演示001"}, {"name": "演示核查员乙", "badge": "演示002"}],
        });
        if let Some(phase) = phase {
            sent["phase"] = json!(phase);
        }
        self.app.add_contract_inspection(&self.people.clerk, self.county, told.id, body(&sent)?)?;
        Ok(())
    }
}
