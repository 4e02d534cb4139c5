//! Whether land is net land (净地), ready to be supplied.
//!
//! Art. 21 of the measures on idle land (in substance; its text is still to be compared): land is supplied only with
//! clear rights, compensation carried out, no disputes, settled planning conditions and the basic conditions for a
//! start. What a county asks for beside these (survey of relics, ore and mined-out ground, soil, regional assessment)
//! is its policy: each item is a parameter that may be switched off.
//!
//! An item holds only with the document that says so and its day; one nobody has looked into is never taken for settled.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::finding::{Finding, Outcome, Rule};
use crate::domain::input::{Line, input, vocabulary};
use crate::domain::ledger::voucher::Digest;
use crate::domain::policy::{Key, NotInForce, Policy, keys};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "supply.net_land",
    title: Text::fixed("净地供应条件", "Net land"),
    what: Text::fixed(
        "权属清晰、补偿到位、没有纠纷、规划条件有效、具备动工条件,以及本地要求的考古、压覆矿与采空区、土壤、区域评估;每项须有状态、文件和日期",
        "Clear rights, compensation carried out, no disputes, valid planning conditions, conditions for a start, and what the county asks for: relics, ore and mined-out ground, soil, regional assessment; each with state, document and day",
    ),
    citations: &[&law::NET_LAND_21],
    parameters: &["supply.net_land.*"],
};

vocabulary! {
    /// 净地条件 — what net land must have.
    pub enum NetLandItem {
        RightsClear = "rights_clear" "权属清晰",
        CompensationDone = "compensation_done" "安置补偿到位",
        NoDispute = "no_dispute" "没有法律经济纠纷",
        PlanningConditions = "planning_conditions" "规划条件明确有效",
        StartConditions = "start_conditions" "具备动工开发基本条件",
        Archaeology = "archaeology" "考古调查勘探",
        Mining = "mining" "压覆矿产、采空区",
        Soil = "soil" "土壤污染状况调查",
        RegionalAssessment = "regional_assessment" "区域评估",
    }
}

impl NetLandItem {
    /// The English words in a sentence.
    const fn en(self) -> &'static str {
        match self {
            Self::RightsClear => "clear rights",
            Self::CompensationDone => "compensation carried out",
            Self::NoDispute => "no disputes",
            Self::PlanningConditions => "valid planning conditions",
            Self::StartConditions => "conditions for a start",
            Self::Archaeology => "archaeological survey",
            Self::Mining => "ore deposits and mined-out ground",
            Self::Soil => "soil investigation",
            Self::RegionalAssessment => "regional assessment",
        }
    }

    /// Whether the county asks for it.
    const fn required(self) -> &'static Key<bool> {
        match self {
            Self::RightsClear => &keys::SUPPLY_NET_LAND_RIGHTS_CLEAR,
            Self::CompensationDone => &keys::SUPPLY_NET_LAND_COMPENSATION_DONE,
            Self::NoDispute => &keys::SUPPLY_NET_LAND_NO_DISPUTE,
            Self::PlanningConditions => &keys::SUPPLY_NET_LAND_PLANNING_CONDITIONS,
            Self::StartConditions => &keys::SUPPLY_NET_LAND_START_CONDITIONS,
            Self::Archaeology => &keys::SUPPLY_NET_LAND_ARCHAEOLOGY,
            Self::Mining => &keys::SUPPLY_NET_LAND_MINING,
            Self::Soil => &keys::SUPPLY_NET_LAND_SOIL,
            Self::RegionalAssessment => &keys::SUPPLY_NET_LAND_REGIONAL_ASSESSMENT,
        }
    }
}

vocabulary! {
    /// 净地条件状态 — how far an item is established.
    pub enum NetLandState {
        Met = "met" "已具备",
        NotMet = "not_met" "不具备",
        Undetermined = "undetermined" "未查明",
        NotApplicable = "not_applicable" "不涉及",
    }
}

input! {
    /// 净地条件填报 — the state of one item, with the document that shows it and its day
    #[derive(PartialEq, Eq, Serialize)]
    pub struct NetLandEntry {
        /// 条件
        pub item: NetLandItem,
        /// 状态
        pub state: NetLandState,
        /// 文件 — name or number; without it the item is not established
        pub document: Option<Line<200>>,
        /// 文件日期 — without it the item is not established
        pub dated: Option<NaiveDate>,
        /// 有效期至 — such as that of planning conditions
        pub valid_until: Option<NaiveDate>,
        /// 附件
        pub attachment: Option<Digest>,
        /// 备注
        pub remark: Option<Line<500>>,
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Each item at most once.
    pub entries: &'a [NetLandEntry],
    pub on: NaiveDate,
}

/// The finding of the whole, and after it one of each item.
pub fn decide(case: &Case<'_>, policy: &Policy) -> Result<Vec<Finding>, NotInForce> {
    let mut items = Vec::with_capacity(NetLandItem::ALL.len());
    let mut used = Vec::with_capacity(NetLandItem::ALL.len());
    for item in NetLandItem::ALL {
        let required = policy.on(item.required(), case.on)?;
        let entry = case.entries.iter().find(|entry| entry.item == *item);
        let (outcome, message) = if required.value {
            established(*item, entry, case.on)
        } else {
            let en = item.en();
            (Outcome::NotApplicable, text!("本县不要求“{item:#}”", "the county does not ask for: {en}"))
        };
        let finding = Finding::of(&RULE, policy, case.on, outcome, message)
            .aspect(item.as_str(), Text::new(item.zh(), item.en()))
            .using(&required);
        items.push(finding);
        used.push(required);
    }
    let count = |outcome: Outcome| items.iter().filter(|finding| finding.outcome == outcome).count();
    let (lacking, open) = (count(Outcome::NotMet), count(Outcome::Undetermined));
    let (outcome, message) = match (lacking, open) {
        (0, 0) if count(Outcome::Met) == 0 => {
            (Outcome::NotApplicable, Text::fixed("没有需要具备的条件", "there is nothing to be met"))
        }
        (0, 0) => (Outcome::Pass, Text::fixed("各项条件均已具备", "every condition is met")),
        (0, open) => (
            Outcome::NeedsReview,
            text!(
                "有 {open} 项尚未查明;请补充状态、文件和日期",
                "{open} of the conditions are not established; give state, document and day of each"
            ),
        ),
        (lacking, open) => (
            Outcome::Fail,
            text!(
                "有 {lacking} 项不具备、{open} 项未查明,尚不能按净地供应",
                "{lacking} of the conditions are not met and {open} not established; it is not net land yet"
            ),
        ),
    };
    let mut whole = Finding::of(&RULE, policy, case.on, outcome, message);
    for required in &used {
        whole = whole.using(required);
    }
    items.insert(0, whole);
    Ok(items)
}

/// What is known of an item that the county asks for.
fn established(item: NetLandItem, entry: Option<&NetLandEntry>, on: NaiveDate) -> (Outcome, Text) {
    let en = item.en();
    let open = |zh: &str, why: &str| {
        (
            Outcome::Undetermined,
            text!("“{item:#}”{zh};请填写状态、文件和日期", "{en}: {why}; give state, document and day"),
        )
    };
    let Some(entry) = entry else { return open("尚未填报", "nothing is recorded") };
    if entry.state == NetLandState::NotMet {
        return (Outcome::NotMet, text!("“{item:#}”不具备", "{en}: not met"));
    }
    if entry.state == NetLandState::Undetermined {
        return open("未查明", "not established");
    }
    let (Some(document), Some(dated)) = (&entry.document, entry.dated) else {
        return open("缺少文件或日期", "the document or its day is missing");
    };
    if dated > on {
        return open("的文件日期晚于适用日期", "its document is later than the day asked about");
    }
    if let Some(until) = entry.valid_until.filter(|until| *until < on) {
        let message = text!(
            "“{item:#}”的文件({document})已于 {until} 失效",
            "{en}: its document (\"{document}\") expired on {until}"
        );
        return (Outcome::NotMet, message);
    }
    match entry.state {
        NetLandState::NotApplicable => (
            Outcome::NotApplicable,
            text!("不涉及“{item:#}”({document},{dated})", "{en}: does not arise (\"{document}\", {dated})"),
        ),
        _ => (Outcome::Met, text!("“{item:#}”已具备({document},{dated})", "{en}: met (\"{document}\", {dated})")),
    }
}
