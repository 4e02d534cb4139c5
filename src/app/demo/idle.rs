//! Cases of idle land of the demonstration, each in a state of its own, with the papers that two of them have.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::contracts::{Fate, Tale, Told};
use super::stories::{DemoTold, Teller, WORD, body};
use crate::app::error::AppError;
use crate::app::idle_cases::Sent;
use crate::domain::idle_case::record::StepAction;
use crate::domain::idle_case::refused::Refused;
use crate::domain::paper::PaperKind;
use crate::domain::paper::field::Form;

/// A step of a tale: its kind, how many days ago, and what it says besides.
type Act = (&'static str, u64, Value);

/// What is typed into papers; a paper takes those fields that it has.
const TYPED: &[(&str, &str)] = &[
    ("user_address", "演示县演示路1号"),
    ("location", "演示县演示产业园"),
    ("bounds", "东至演示一路，南至演示二路，西至演示地块，北至演示绿地"),
    ("facts", "合同约定的动工日期已过一年，经现场核查宗地内未见施工，未取得施工许可证。"),
    ("inquiry", "未按约定动工的原因、项目建设和投资情况。"),
    ("evidence", "出让合同、现场核查表及照片、书面说明。"),
    ("violation", "出让合同关于动工开发期限的约定。"),
    ("cause_detail", "投资计划调整，项目未启动。"),
    ("conclusion", "闲置面积为全部宗地。"),
];

impl Teller<'_> {
    /// 文书设置: the offices that papers name.
    pub fn settings(&self) -> Result<(), AppError> {
        let sent = json!({
            "agency": "演示县自然资源局", "agency_head": "演示局长", "agency_address": "演示县演示路18号", "contact": "演示执法科",
            "phone": "0371-60000018", "government": "演示县人民政府", "review_body": "演示县人民政府", "court": "演示县人民法院",
            "registry": "演示县不动产登记中心", "fee_payee": "国家税务总局演示县税务局", "number_words": [WORD, "演示自然资函"]
        });
        self.app.put_paper_settings(&self.people.approver, self.county, 0, body(&sent)?)?;
        Ok(())
    }

    pub fn idle_cases(&self, contracts: &[Told], told: &mut DemoTold) -> Result<(), AppError> {
        for contract in contracts {
            let Fate::Case(tale) = contract.fate else { continue };
            self.case(contract, tale, told)?;
            told.cases += 1;
        }
        Ok(())
    }

    fn case(&self, contract: &Told, tale: Tale, told: &mut DemoTold) -> Result<(), AppError> {
        let opened = match tale {
            Tale::Recovered => 640,
            Tale::FeeDecided => 130,
            Tale::Extension => 112,
            Tale::Investigation => 30,
            Tale::Cleared => 62,
            Tale::Suspended => 90,
            Tale::Suspected => 34,
        };
        let sent = json!({
            "client_id": format!("演示案件{}", contract.id), "contract": contract.id, "grounds": "not_started",
            "opened_on": self.ago(opened), "remark": "演示数据"
        });
        let id = self.app.open_idle_case(&self.people.clerk, self.county, body(&sent)?)?.0.case.id;
        match tale {
            Tale::Suspected => Ok(()),
            Tale::Investigation => self.investigation(contract, id, told),
            Tale::Cleared => self.cleared(contract, id),
            Tale::Suspended => self.suspended(contract, id),
            Tale::FeeDecided => self.fee(contract, id, told),
            Tale::Extension => self.extension(contract, id),
            Tale::Recovered => self.recovered(contract, id),
        }
    }

    /// The notice is registered, signed and served; the answer is waited for.
    fn investigation(&self, contract: &Told, case: i64, told: &mut DemoTold) -> Result<(), AppError> {
        let notice = ("investigation_notice", 26, json!({}));
        told.papers += self.with_its_paper(case, &notice, PaperKind::InvestigationNotice)?;
        self.inspect(contract, 15, "fenced", "仅有围挡,未见施工", None)?;
        self.steps(case, &[served("investigation_notice", 20), ("inspected", 15, json!({}))])
    }

    fn cleared(&self, contract: &Told, case: i64) -> Result<(), AppError> {
        self.inspect(contract, 48, "foundation", "桩基施工,施工许可证齐全", None)?;
        let reason = json!({"reason": "经核查,该宗地在约定期限后一年内已依法动工,不构成闲置"});
        self.steps(
            case,
            &[
                ("investigation_notice", 58, json!({})),
                served("investigation_notice", 56),
                ("inspected", 48, json!({})),
                ("answered", 44, json!({})),
                ("cleared", 36, reason),
            ],
        )
    }

    /// The land was seized in another's suit: the case waits, and the worklist knows.
    fn suspended(&self, contract: &Told, case: i64) -> Result<(), AppError> {
        self.investigated(contract, case, 84, "own")?;
        let seizure = json!({
            "kind": "seizure", "parcel": contract.ground.parcel.0, "number": "(演示)执保1号", "party": "演示县人民法院",
            "from": self.ago(12),
        });
        self.app.create_encumbrance(&self.people.clerk, self.county, body(&seizure)?)?;
        self.steps(case, &[("suspended", 10, json!({"hold": "seizure"}))])
    }

    /// From the notice to the publication of the finding; `ago` is the day of the notice.
    fn investigated(&self, contract: &Told, case: i64, ago: u64, cause: &'static str) -> Result<(), AppError> {
        self.inspect(contract, ago - 8, "untouched", "场地平整,未见施工", None)?;
        self.steps(
            case,
            &[
                ("investigation_notice", ago, json!({})),
                served("investigation_notice", ago - 1),
                ("inspected", ago - 8, json!({})),
                ("answered", ago - 16, json!({})),
                ("found", ago - 32, json!({"cause": cause})),
                served("finding", ago - 35),
                ("published", ago - 37, json!({})),
                ("filed", ago - 38, json!({})),
            ],
        )
    }

    /// Own cause: the fee is decided, served and not paid in time.
    fn fee(&self, contract: &Told, case: i64, told: &mut DemoTold) -> Result<(), AppError> {
        self.investigated(contract, case, 126, "own")?;
        self.steps(case, &[("disposal_chosen", 84, json!({"way": "fee"}))])?;
        self.heard(case, 82)?;
        let fifth = contract.price_yuan * 100 / 5;
        let amount = format!("{}.{:02}", fifth / 100, fifth % 100);
        let decided = ("decided", 52, json!({"amount": amount}));
        told.papers += self.with_its_paper(case, &decided, PaperKind::FeeDecision)?;
        self.steps(case, &[served("fee_decision", 50)])
    }

    /// 告知, 法制审核, 集体讨论, 政府批准; `ago` is the day on which the user was informed.
    fn heard(&self, case: i64, ago: u64) -> Result<(), AppError> {
        self.steps(
            case,
            &[
                ("informed", ago, json!({})),
                served("situation", ago - 1),
                served("hearing_rights", ago - 1),
                // Five working days, and room for the longest holidays between them.
                ("legal_reviewed", ago - 19, json!({})),
                ("discussed", ago - 21, json!({})),
                ("government_approved", ago - 25, json!({})),
            ],
        )
    }

    /// The plan was changed meanwhile: an extension is under way, and the contract says so.
    fn extension(&self, contract: &Told, case: i64) -> Result<(), AppError> {
        let (from, to) = (self.ago(400), self.ago(250));
        let claim = json!({
            "cause": "plan_changed", "from": from, "to": to, "explanation": "控规调整期间不予核发工程规划许可证",
            "document_number": "演示自然资函〔演示〕88号"
        });
        let events = self.app.add_contract_cause(&self.people.clerk, self.county, contract.id, body(&claim)?)?;
        let claim = events.record.events.last().map_or(1, |event| event.n);
        let decision = json!({"claim": claim, "accepted": true, "decided_on": self.ago(90), "reason": "情况属实"});
        self.app.decide_contract_cause(&self.people.reviewer, self.county, contract.id, body(&decision)?)?;
        self.investigated(contract, case, 110, "government")?;
        let new_start = self.ahead(140);
        self.steps(
            case,
            &[
                ("department_notified", 70, json!({})),
                ("disposal_chosen", 66, json!({"way": "extension"})),
                ("agreed", 55, json!({})),
                ("plan_approved", 42, json!({})),
                ("carried_out", 30, json!({"new_start": new_start})),
            ],
        )?;
        let mut terms = contract.terms.clone();
        terms["start_on"] = json!(new_start);
        terms["completion_on"] = json!(self.ahead(1000));
        let sent = json!({
            "change": "amendment", "document_number": format!("演示补充协议{}号", contract.id), "effective_on": self.ago(30),
            "reason": "政府原因,延长动工开发期限", "terms": terms,
        });
        let version = self.app.contract(self.county, contract.id)?.version();
        self.app.amend_contract(&self.people.clerk, self.county, contract.id, version, body(&sent)?)?;
        Ok(())
    }

    /// Own cause for two years: taken back without payment, and closed when nobody had sued.
    fn recovered(&self, contract: &Told, case: i64) -> Result<(), AppError> {
        self.investigated(contract, case, 636, "own")?;
        self.steps(case, &[("disposal_chosen", 405, json!({"way": "free_recovery"}))])?;
        self.heard(case, 402)?;
        let area = contract.ground.area.to_string();
        self.steps(
            case,
            &[
                ("decided", 372, json!({"area_m2": area})),
                served("recovery_decision", 370),
                ("registration_cancelled", 340, json!({})),
                ("closed", 170, json!({"reason": "土地已收回,复议和诉讼期限届满"})),
            ],
        )
    }

    fn steps(&self, case: i64, tale: &[Act]) -> Result<(), AppError> {
        for step in tale {
            self.step(case, step, self.document(self.ago(step.1)))?;
        }
        Ok(())
    }

    /// Takes a step by the number of its paper and registers the paper; gives how many that were.
    fn with_its_paper(&self, case: i64, step: &Act, kind: PaperKind) -> Result<u64, AppError> {
        let on = self.ago(step.1);
        let (year, n) = self.paper_number(on);
        if !self.step(case, step, format!("{WORD}〔{year}〕{n}号"))? {
            return Ok(0);
        }
        self.register(case, kind, on, json!({"word": WORD, "year": year, "n": n}))?;
        Ok(1)
    }

    /// Brings a step all its way into the case; not if the case waits because a year's working calendar is not known.
    fn step(&self, case: i64, (kind, ago, more): &Act, number: String) -> Result<bool, AppError> {
        if self.waiting.borrow().contains(&case) {
            return Ok(false);
        }
        let (app, county, people) = (self.app, self.county, self.people);
        let on = self.ago(*ago);
        let mut sent = json!({
            "kind": kind, "on": on,
            "document": {"number": number, "authority": "演示县自然资源局", "dated": on, "attachments": [self.scan]}
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            sent[name] = value.clone();
        }
        let version = app.idle_case(&people.clerk, county, case)?.state.version;
        let file = match app.record_idle_step(&people.clerk, county, (case, version), body(&sent)?, false) {
            Ok((Sent::Proposed, file)) => file,
            Ok(_) => return Ok(true),
            Err(AppError::CaseRefused(reasons)) if waits_for_a_calendar(&reasons) => {
                self.waiting.borrow_mut().push(case);
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let Some((proposal, _)) = file.proposals.last() else { return Ok(false) };
        let place = (case, proposal.n, proposal.version);
        app.act_on_idle_step(&people.reviewer, county, place, StepAction::Review, Some("情况属实".to_owned()))?;
        let place = (case, proposal.n, proposal.version + 1);
        app.act_on_idle_step(&people.approver, county, place, StepAction::Approve, Some("同意".to_owned()))?;
        Ok(true)
    }

    /// Drafts a paper, registers it under its number and links the scan of what was signed.
    fn register(&self, case: i64, kind: PaperKind, on: NaiveDate, number: Value) -> Result<(), AppError> {
        let (app, county, people) = (self.app, self.county, self.people);
        let form = app.paper_form(county, case, kind, &body(&json!({}))?)?;
        let mut values = Map::new();
        for line in form.lines.iter().filter(|line| line.may_be_typed && line.is_required) {
            let name = line.field.name;
            let known = TYPED.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
            let text = known.unwrap_or_else(|| match line.field.form {
                Form::Day => on.to_string(),
                Form::Money | Form::Area => "1".to_owned(),
                Form::Word(words) => words.first().map_or_else(String::new, |(code, _)| (*code).to_owned()),
                Form::Line | Form::Paragraphs => format!("演示{}", line.field.zh),
            });
            values.insert(name.to_owned(), Value::String(text));
        }
        let draft = app.draft_paper(&people.clerk, county, (case, kind), body(&json!({"values": values}))?)?;
        let Some(digest) = draft.digest else { return Err(AppError::Fields(draft.faults)) };
        let sent = json!({"version": draft.paper.version, "digest": digest, "number": number});
        app.register_paper(&people.approver, county, draft.paper.id, body(&sent)?)?;
        let scan = self.scan.parse().map_err(super::load::sound)?;
        app.add_paper_scan(&people.clerk, county, draft.paper.id, &scan)?;
        Ok(())
    }
}

fn served(paper: &'static str, ago: u64) -> Act {
    ("served", ago, json!({"paper": paper, "manner": "direct"}))
}

fn waits_for_a_calendar(reasons: &[Refused]) -> bool {
    reasons.iter().all(|reason| matches!(reason, Refused::NoCalendar { .. }))
}
