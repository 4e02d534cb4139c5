//! The rest of the office's work in the demonstration: the monitoring system's export, measures, offers, tables, pre-checks.

use serde_json::{Value, json};

use super::contracts::{Fate, Tale, Told};
use super::stories::{DemoTold, Ground, Teller, body};
use crate::app::error::AppError;
use crate::app::listing::Place;
use crate::app::measures::SheetPage;
use crate::app::prechecks::Source;
use crate::app::reference_tables::TableWish;
use crate::app::sheets::SheetImport;
use crate::domain::finding::Citation;
use crate::domain::price_base::BaseAction;
use crate::domain::quantity::AreaM2;
use crate::domain::reference::Rows;
use crate::domain::region::PlotId;
use crate::formats::sheet::BookKind;
use crate::storage::db::StorageError;

/// The export's header, by the names of the system.
const EXPORT: &str = "电子监管号,面积(公顷),土地用途,供地方式,合同签订日期,状态\n";

impl Teller<'_> {
    /// 监测监管系统的导出, a few days old: one supply is missing there, one has another area, one is theirs alone.
    pub fn monitoring_export(&self, contracts: &[Told]) -> Result<(), AppError> {
        if contracts.len() < 4 {
            return Ok(());
        }
        let mut sheet = EXPORT.to_owned();
        for (n, told) in contracts.iter().enumerate() {
            let mut units = told.ground.area.to_units();
            match n {
                1 => continue,
                2 => units += 250_0000,
                _ => {}
            }
            let state = match told.fate {
                Fate::Case(Tale::Recovered) => "已收回土地",
                Fate::Case(Tale::FeeDecided | Tale::Suspended) => "闲置土地",
                _ => "已供",
            };
            sheet.push_str(&export_row(&told.regulatory_number, units, &told.ground, state));
        }
        // One that is not in our books.
        sheet.push_str(&format!("4101832020B09999,1.23450000,工业用地,挂牌出让,{},已供\n", self.ago(2200)));
        let as_of = self.ago(6);
        let wish = SheetImport::default();
        self.app.import_monitoring(&self.people.clerk, self.county, BookKind::Csv, sheet.as_bytes(), as_of, wish)?;
        Ok(())
    }

    /// 一地一策: what is intended for plots that are not supplied, some of it overdue.
    pub fn measures(&self, told: &mut DemoTold) -> Result<(), AppError> {
        let page = SheetPage { at: Place::by_id(0, 12), ..SheetPage::default() };
        let plots: Vec<PlotId> =
            self.app.plot_sheet(self.county, &page)?.rows.into_iter().map(|row| row.plan.plot.record.id).collect();
        let intended = [
            ("supply", "拟挂牌出让", "空地,已平整"),
            ("write_off", "拟申请核减", "规划调整后不再建设"),
            ("supply", "补偿到位后供应", "附着物清理中"),
            ("no_supply_needed", "道路绿化用地", "已建成道路绿化"),
        ];
        let clerk = self.people.clerk.user.0;
        let mut progress = Vec::new();
        for (n, plot) in plots.iter().enumerate() {
            let Some((measure, note, state)) = intended.get(n % intended.len()) else { continue };
            let due = if n % 3 == 0 { self.ago(20 + n as u64) } else { self.ahead(15 * n as u64) };
            let sent = json!({
                "present_state": state, "measure": measure, "measure_note": note, "due_on": due, "unit": "演示责任单位",
                "person": (n % 2 == 0).then_some(clerk),
                "net_land": [
                    {"item": "compensation_done", "state": if n % 2 == 0 { "met" } else { "not_met" }},
                    {"item": "rights_clear", "state": "met", "document": "演示权属证明", "dated": self.ago(90)}
                ],
            });
            self.app.put_plot_measure(&self.people.clerk, self.county, *plot, 0, body(&sent)?)?;
            told.measures += 1;
            if n % 2 == 0 {
                let month = self.ago(31).format("%Y-%m").to_string();
                progress.push(json!({"plot": plot.0, "month": month, "done": "补偿款已兑付八成", "remark": "演示"}));
            }
        }
        if !progress.is_empty() {
            let sheet = body(&json!({"rows": progress}))?;
            self.app.add_plot_progress(&self.people.clerk, self.county, sheet, false, false)?;
        }
        Ok(())
    }

    /// 公告: land on offer, and an offer that is over.
    pub fn offers(&self) -> Result<(), AppError> {
        let item = |name: &str, method: &str, mu: &str| {
            json!({
                "name": name, "land_use": "industrial", "area": {"value": mu, "unit": "mu"}, "method": method,
                "location": "演示产业园", "max_term_unit_price": "350",
                "conditions": {"floor_area_ratio_min": "1.0", "building_coefficient_min": "0.4", "green_ratio_max": "0.2"}
            })
        };
        for (number, announced, until, items) in [
            ("演示告字1号", self.ago(300), self.ago(240), json!([item("演示-01", "flexible", "42")])),
            (
                "演示告字2号",
                self.ago(12),
                self.ahead(45),
                json!([item("演示-02", "flexible", "50"), item("演示-03", "lease_then_transfer", "36.5")]),
            ),
        ] {
            let sent = json!({
                "number": number, "title": "国有建设用地使用权挂牌出让公告(演示)", "announced_on": announced, "until": until,
                "items": items
            });
            self.app.create_announcement(&self.people.approver, self.county, body(&sent)?)?;
        }
        Ok(())
    }

    /// 县级数据表: made up, each marked as not compared with anything.
    pub fn tables(&self) -> Result<(), AppError> {
        let catalogue = json!([
            {"class": "prohibited", "industry_code": "C3011", "text": "演示:单线规模以下的水泥熟料生产线", "condition": "演示规模以下"},
            {"class": "restricted", "industry_code": "C2521", "text": "演示:煤炭加工类项目"},
            {"class": "encouraged", "industry_code": "C38", "text": "演示:电气机械和器材制造"}
        ]);
        let standard = json!([
            {"indicator": "investment_intensity", "bound": "min", "value": "300", "unit": "万元/亩"},
            {"indicator": "floor_area_ratio", "bound": "min", "value": "1.0", "unit": "1"},
            {"indicator": "building_coefficient", "bound": "min", "value": "0.4", "unit": "1"},
            {"indicator": "tax_intensity", "bound": "min", "value": "15", "unit": "万元/亩"},
            {"indicator": "output_intensity", "bound": "min", "value": "400", "unit": "万元/亩"}
        ]);
        let industries = json!([
            {"code": "C308", "name": "耐火材料制品制造"}, {"code": "C3089", "name": "耐火陶瓷制品及其他耐火材料制造"},
            {"code": "C3011", "name": "水泥制造"}, {"code": "C2521", "name": "炼焦"}, {"code": "C3812", "name": "电动机制造"}
        ]);
        let allocation = json!([{"text": "演示:城市基础设施用地"}, {"text": "演示:非营利性公益事业用地"}]);
        let tables = [
            Rows::SupplyCatalogue(body(&catalogue)?),
            Rows::StandardLand(body(&standard)?),
            Rows::IndustryCodes(body(&industries)?),
            Rows::AllocationCatalogue(body(&allocation)?),
        ];
        for rows in tables {
            let citation = json!({
                "instrument": {"zh": "演示数据表", "en": "Demonstration table"},
                "provision": {"zh": "演示,不是任何机关的文件", "en": "made up, of no authority"}
            });
            let citation: Citation =
                serde_json::from_value(citation).map_err(|error| StorageError::corrupt("the demonstration", error))?;
            let wish =
                TableWish { in_force: self.ago(700), citation, verified: false, reason: "演示数据".to_owned() };
            self.app.add_reference_table(&self.people.approver, self.county, wish, rows)?;
        }
        Ok(())
    }

    /// 企业预审 and the demands that come of them, with the departments' opinions.
    pub fn prechecks(&self, told: &mut DemoTold) -> Result<(), AppError> {
        let sent = |n: u32, hall: &str, ancillary: &str| {
            json!({
                "county": self.county.to_string(),
                "company": {"code": "91512081MA62K0260E", "name": format!("演示申请企业{n}")},
                "industry": {"code": "C3089", "products": "演示产品"},
                "project": {"name": format!("演示申请项目{n}"), "needed_by": self.ahead(300)},
                "land": {"kind": "new", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}},
                "supply": {"method": "lease_then_transfer", "lease_term": "5", "total_term": "20"},
                "programme": {
                    "uses": {
                        "dominant": {"actual_m2": hall, "counted_m2": hall},
                        "admin_living": {"actual_m2": "3000", "counted_m2": "3000"},
                        "other_ancillary": {"actual_m2": ancillary, "counted_m2": ancillary},
                    },
                    "admin_living_land": "1500", "base_m2": "14000", "green_m2": "3000",
                },
                "conditions": {"floor_area_ratio_min": "0.8", "green_ratio_max": "0.2"},
                "standard_land": {"commitment": true, "indicators": [{"indicator": "investment_intensity", "value": "320"}]},
            })
        };
        let source = Source { address: "演示".to_owned(), per_day: None };
        let mut kept = Vec::new();
        for (n, hall, ancillary) in [(1, "24000", "4000"), (2, "20000", "9000")] {
            let bytes = sent(n, hall, ancillary).to_string().into_bytes();
            kept.push(self.app.create_precheck(bytes, source.clone())?.record.head.id);
            told.prechecks += 1;
        }
        let Some(first) = kept.first() else { return Ok(()) };
        let added = body(&json!({"needed_by": self.ahead(330), "remark": "企业申报(演示)"}))?;
        let demand = self.app.create_demand_from_precheck(&self.people.clerk, self.county, *first, added)?.record.id;
        for (department, opinion) in [("industry", "agree"), ("development", "agree")] {
            let sent: Value = json!({
                "department": department, "opinion": opinion, "content": "符合产业方向(演示)", "dated": self.ago(1)
            });
            self.app.add_demand_opinion(&self.people.clerk, self.county, demand, body(&sent)?)?;
        }
        let other = json!({
            "company_code": "91512081MA62K0260E", "company_name": "演示申请企业3", "project_name": "演示申请项目3",
            "industry_code": "C3812", "land_kind": "new", "land_use": "industrial", "area": {"value": "80", "unit": "mu"},
            "needed_by": self.ahead(400), "state": "registered"
        });
        self.app.create_demand(&self.people.clerk, self.county, body(&other)?)?;
        Ok(())
    }

    /// 标底: one that was issued and stays sealed, one still a draft.
    pub fn price_bases(&self) -> Result<(), AppError> {
        let page = SheetPage { at: Place::by_id(0, 2), ..SheetPage::default() };
        for (n, row) in self.app.plot_sheet(self.county, &page)?.rows.into_iter().enumerate() {
            let plot = &row.plan.plot.record;
            let area: AreaM2 = plot.contents.area.m2();
            let decided = area.to_units() / 10_000 * 400;
            let sent = json!({
                "plot": plot.id.0, "appraisal_filing_no": format!("演示备〔演示〕{}号", n + 1), "appraised_as_of": self.ago(60),
                "valid_until": self.ahead(300), "minutes_no": format!("演示纪要〔演示〕{}号", n + 1),
                "terms": {
                    "on": self.ago(10), "land_use": "industrial", "area": area.to_string(), "max_term_unit_price": "350",
                    "rate": "0.06", "grade": 13, "method": {"method": "flexible", "transfer_term": "20"},
                    "costs": [{"name": "征地补偿", "amount": "1000"}], "decided_total": decided.to_string()
                }
            });
            let (text, people) = (sent.to_string(), self.people);
            let base = self.app.draft_price_base(&people.price_keeper, self.county, text, body(&sent)?)?.base;
            if n > 0 {
                continue;
            }
            let place = (base.id, base.version);
            let review = ("reviewPriceBase", BaseAction::Review);
            let base = self.app.step_price_base(&people.price_reviewer, self.county, place, review, None)?.base;
            let issue = ("issuePriceBase", BaseAction::Issue);
            let place = (base.id, base.version);
            self.app.step_price_base(&people.price_approver, self.county, place, issue, None)?;
        }
        Ok(())
    }
}

fn export_row(number: &str, units: i64, ground: &Ground, state: &str) -> String {
    // A square centimetre is the hundred-millionth part of a hectare.
    let (whole, rest) = (units / 1_0000_0000, units % 1_0000_0000);
    let Ground { land_use, method, supplied_on, .. } = ground;
    format!("{number},{whole}.{rest:08},{land_use},{},{supplied_on},{state}\n", method.zh())
}
