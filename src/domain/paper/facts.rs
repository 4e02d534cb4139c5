//! What is known for a paper: of contract and parcel, of the case and its steps, and what the periods make of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::idle_case::clock::{Clock, Clocks};
use crate::domain::idle_case::decide::{Law, held, service_day};
use crate::domain::idle_case::remedies::remedy_ends;
use crate::domain::idle_case::step::{Paper, Remedy, Step, StepKind};
use crate::domain::idle_case::{Case, Way};
use crate::domain::paper::catalogue::COURT_ROUTES;
use crate::domain::paper::field::Value;
use crate::domain::paper::settings::PaperSettingsBody;
use crate::domain::paper::words;
use crate::domain::quantity::{AreaM2, Money};

/// Contract, parcel and user, as far as the record has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContractFacts {
    pub user_name: Option<String>,
    pub user_address: Option<String>,
    pub user_code: Option<String>,
    pub representative: Option<String>,
    /// 国有建设用地使用权出让合同, 划拨决定书 and the like.
    pub kind: Option<String>,
    pub number: Option<String>,
    /// 电子监管号
    pub supervision_no: Option<String>,
    pub signed_on: Option<NaiveDate>,
    pub price: Option<Money>,
    pub parcel_no: Option<String>,
    pub certificate_no: Option<String>,
    pub location: Option<String>,
    pub bounds: Option<String>,
    pub area: Option<AreaM2>,
    pub land_use: Option<String>,
    pub agreed_start: Option<NaiveDate>,
    pub agreed_completion: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub investment: Option<Money>,
    pub mortgagee: Option<String>,
}

/// Everything that is known for the papers of a case.
#[derive(Debug, Clone)]
pub struct PaperFacts {
    /// 案号 — our own.
    pub case_no: String,
    pub case: Case,
    /// First day on which the land is idle by the definition.
    pub idle_from: Option<NaiveDate>,
    /// The fee that is due by `idle.fee`.
    pub fee_due: Option<Money>,
    /// Its rate as papers write it: 20%.
    pub fee_rate: Option<String>,
    pub contract: ContractFacts,
    pub settings: Option<PaperSettingsBody>,
    pub clocks: Clocks,
    pub calendar: &'static Calendar,
    pub today: NaiveDate,
}

/// What stands in the fields of a paper.
pub type Values = BTreeMap<&'static str, Value>;

impl PaperFacts {
    /// Every field that the record fills. `serve_on` and `served_on` are the days from which periods are counted.
    pub fn values(&self, serve_on: Option<NaiveDate>, served_on: Option<NaiveDate>) -> Values {
        let mut known = self.settings.as_ref().map_or_else(Vec::new, PaperSettingsBody::values);
        known.extend(self.contract.values());
        known.extend(self.of_case());
        known.extend(self.of_disposal());
        known.extend(self.of_law(serve_on, served_on));
        known.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    fn law(&self) -> Law<'_> {
        Law { clocks: &self.clocks, calendar: self.calendar, today: self.today, fee_due: self.fee_due }
    }

    /// The day from which the service of a paper counts.
    fn served(&self, paper: Paper) -> Option<NaiveDate> {
        self.case.served(paper).map(|step| service_day(&self.case, step, &self.law()))
    }

    fn of_case(&self) -> Vec<(&'static str, Option<Value>)> {
        let case = &self.case;
        let on = |kind: StepKind| case.last(kind).map(|step| Value::Day(step.on));
        let served = |paper: Paper| self.served(paper).map(Value::Day);
        let grounds = case.opening.grounds;
        vec![
            ("case_no", line(Some(&self.case_no))),
            ("opened_on", Some(Value::Day(case.opening.opened_on))),
            ("grounds", Some(Value::Word(grounds.as_str(), grounds.zh()))),
            ("idle_from", self.idle_from.map(Value::Day)),
            ("notice_no", number(case.last(StepKind::InvestigationNotice))),
            ("notice_served_on", served(Paper::InvestigationNotice)),
            ("answered_on", on(StepKind::Answered)),
            ("inspected_on", on(StepKind::Inspected)),
            ("finding_no", number(case.last(StepKind::Found))),
            ("finding_on", on(StepKind::Found)),
            ("finding_served_on", served(Paper::Finding)),
            ("filing_no", number(case.last(StepKind::Filed))),
            ("cause", case.cause().map(|cause| Value::Word(cause.as_str(), cause.zh()))),
            ("mortgagee_told_on", on(StepKind::MortgageeTold)),
            ("remedies", self.remedies()),
        ]
    }

    fn of_disposal(&self) -> Vec<(&'static str, Option<Value>)> {
        let case = &self.case;
        let step = |kind: StepKind| case.in_disposal(kind);
        let approval = step(StepKind::GovernmentApproved).or_else(|| step(StepKind::PlanApproved));
        let outcome = [StepKind::CarriedOut, StepKind::Resumed, StepKind::RegistrationCancelled].map(step);
        let decision = case.decision();
        let way = case.way();
        let is_recovery = way == Some(Way::FreeRecovery);
        let paper = if is_recovery { Paper::RecoveryDecision } else { Paper::FeeDecision };
        let decided_area = decision.and_then(|step| step.area_m2).map_or(case.opening.area, |area| area.get());
        let decided_fee = decision.and_then(|step| step.amount).map(|amount| amount.get()).or(self.fee_due);
        let fee = decided_fee.filter(|_| way == Some(Way::Fee));
        let decided_way = way.filter(|way| !way.is_agreed());
        let obligation = decided_way.and_then(|_| {
            if is_recovery {
                return Some("申请国有建设用地使用权注销登记，交回土地权利证书".to_owned());
            }
            Some(format!("缴纳土地闲置费{}", Value::Money(fee?).in_full()))
        });
        vec![
            ("way", way.map(|way| Value::Word(way.as_str(), way.zh()))),
            ("agreed_on", step(StepKind::Agreed).map(|step| Value::Day(step.on))),
            ("agreement_no", number(step(StepKind::Agreed))),
            ("situation_no", number(step(StepKind::Informed))),
            ("hearing", self.hearing()),
            ("approval_no", number(approval)),
            ("approval_on", approval.map(|step| Value::Day(step.on))),
            ("decision_name", decided_way.map(|_| Value::Line(paper.zh().to_owned()))),
            ("decision_no", number(decision)),
            ("decision_on", decision.map(|step| Value::Day(step.on))),
            ("decision_served_on", decision.and_then(|_| self.served(paper)).map(Value::Day)),
            ("fee", fee.map(Value::Money)),
            ("recovered_area", decided_way.filter(|_| is_recovery).map(|_| Value::Area(decided_area))),
            ("obligation", obligation.map(Value::Line)),
            ("paid", step(StepKind::Paid).and_then(|step| Some(Value::Money(step.amount?.get())))),
            ("urging_no", number(step(StepKind::Urged))),
            ("urging_served_on", self.served(Paper::Urging).map(Value::Day)),
            ("court_route", self.court_route()),
            ("outcome_no", outcome.into_iter().flatten().find_map(|step| number(Some(step)))),
        ]
    }

    /// What became of the right to a hearing: nothing that could be said while one was asked for and not held.
    fn hearing(&self) -> Option<Value> {
        self.served(Paper::HearingRights)?;
        let requested = self.case.in_disposal(StepKind::HearingRequested);
        let text = match (requested, self.case.in_disposal(StepKind::HearingHeld)) {
            (None, _) => "你单位未在期限内要求听证".to_owned(),
            (Some(_), Some(held)) => format!("应你单位要求，本机关于{}举行了听证", words::day(held.on)),
            (Some(_), None) => return None,
        };
        Some(Value::Line(text))
    }

    /// On which way the court is applied to: articles 53 and 54 of the 行政强制法 are about a decision that nobody took to
    /// court; after a suit they are not, and their three months do not run.
    fn court_route(&self) -> Option<Value> {
        self.case.decision().filter(|_| !self.case.remedy_runs())?;
        let code = match self.case.remedy_ended() {
            None => "unchallenged",
            Some((Remedy::Review, _)) => "review_upheld",
            Some((Remedy::Suit, _)) => "suit_ended",
        };
        COURT_ROUTES.iter().find(|(known, _)| *known == code).map(|(code, zh)| Value::Word(code, zh))
    }

    /// What became of review and suit: nothing while one runs.
    fn remedies(&self) -> Option<Value> {
        if self.case.remedy_runs() {
            return None;
        }
        let fell = self.case.disposal().first().is_some_and(Step::revokes);
        let text = match self.case.remedy_ended() {
            Some((_, ended)) => format!("行政复议或者行政诉讼已于{}终结，原决定未被撤销", words::day(ended)),
            None if fell && self.case.decision().is_none() => return None,
            None => "未申请行政复议，未提起行政诉讼".to_owned(),
        };
        Some(Value::Line(text))
    }

    fn of_law(&self, serve_on: Option<NaiveDate>, served_on: Option<NaiveDate>) -> Vec<(&'static str, Option<Value>)> {
        let held = held(&self.case, self.today);
        let period = |clock: Clock| Some(Value::Line(words::period(self.clocks.period(clock))));
        let ends = |clock: Clock, begins: Option<NaiveDate>| {
            begins.map(|begins| self.clocks.ends(clock, begins, &held, self.calendar))
        };
        let until = |clock: Clock, begins: Option<NaiveDate>| {
            ends(clock, begins).map(|end| Value::Until(end.day, end.is_provisional))
        };
        let remedies = self.case.decision().and_then(|_| remedy_ends(&self.case, &self.law()));
        // A paper that is about to be served counts from the day it is to be; later papers from the day it was.
        let of_urging = serve_on.or_else(|| self.served(Paper::Urging));
        vec![
            ("fee_rate", line(self.fee_rate.as_ref())),
            ("answer_period", period(Clock::Answer)),
            ("answer_due", until(Clock::Answer, serve_on)),
            ("hearing_request_period", period(Clock::HearingRequest)),
            ("hearing_request_due", until(Clock::HearingRequest, serve_on)),
            ("hearing_period", period(Clock::Hearing)),
            ("pay_period", period(Clock::Pay)),
            ("pay_due", until(Clock::Pay, serve_on)),
            ("cancel_period", period(Clock::CancelRegistration)),
            ("cancel_due", until(Clock::CancelRegistration, serve_on)),
            ("review_period", period(Clock::Review)),
            ("review_due", until(Clock::Review, serve_on)),
            ("suit_period", period(Clock::Suit)),
            ("suit_due", until(Clock::Suit, serve_on)),
            ("urging_period", period(Clock::Urging)),
            ("urging_due", until(Clock::Urging, of_urging)),
            ("court_period", period(Clock::CourtApplication)),
            ("remedies_due", remedies.map(|end| Value::Until(end.day, end.is_provisional))),
            ("court_due", until(Clock::CourtApplication, remedies.map(|end| end.day))),
            ("public_period", period(Clock::PublicService)),
            ("public_due", until(Clock::PublicService, served_on)),
        ]
    }
}

impl ContractFacts {
    fn values(&self) -> Vec<(&'static str, Option<Value>)> {
        // "If there is no 电子监管号, give the contract number."
        let land_id = match (&self.supervision_no, &self.number) {
            (Some(no), _) => Some(no.clone()),
            (None, Some(no)) => Some(format!("无电子监管号，合同编号{no}")),
            (None, None) => None,
        };
        let day = |day: Option<NaiveDate>| day.map(Value::Day);
        vec![
            ("user_name", line(self.user_name.as_ref())),
            ("user_address", line(self.user_address.as_ref())),
            ("user_code", line(self.user_code.as_ref())),
            ("representative", line(self.representative.as_ref())),
            ("contract_kind", line(self.kind.as_ref())),
            ("contract_no", line(self.number.as_ref())),
            ("land_id", land_id.map(Value::Line)),
            ("contract_on", day(self.signed_on)),
            ("price", self.price.map(Value::Money)),
            ("parcel_no", line(self.parcel_no.as_ref())),
            ("certificate_no", line(self.certificate_no.as_ref())),
            ("location", line(self.location.as_ref())),
            ("bounds", line(self.bounds.as_ref())),
            ("area", self.area.map(Value::Area)),
            ("land_use", line(self.land_use.as_ref())),
            ("agreed_start", day(self.agreed_start)),
            ("agreed_completion", day(self.agreed_completion)),
            ("delivered_on", day(self.delivered_on)),
            ("investment", self.investment.map(Value::Money)),
            ("mortgagee", line(self.mortgagee.as_ref())),
        ]
    }
}

fn line(text: Option<&String>) -> Option<Value> {
    text.map(|text| Value::Line(text.clone()))
}

fn number(step: Option<&Step>) -> Option<Value> {
    Some(Value::Line(step?.document.as_ref()?.number.to_string()))
}
