//! Land on which nothing was started one full year after the agreed day.
//!
//! > 第二条第一款: 国有建设用地使用权人超过国有建设用地使用权有偿使用合同或者划拨决定书约定、规定的动工开发日期满一年未动工开发的国有建设用地,可以认定为闲置土地。
//!
//! Where no day was agreed, it is a year after the delivery (policy). What counts as a start is said by art. 30: the building permit
//! and the stage of the foundation.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Outcome, Rule, Step};
use crate::domain::rules::idle::{FromDay, Law, Site, Standing, Start, after};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "idle.not_started",
    title: Text::fixed("逾期满一年未动工", "Not started for a full year"),
    what: Text::fixed(
        "超过约定动工开发日期满一年未动工开发;未约定的自交地之日起推定;动工须有施工许可证并达到基础施工标准",
        "No development started one full year after the agreed day, or the one deemed from the delivery; a start needs the building permit and the stage of the foundation",
    ),
    citations: &[&law::IDLE_2, &law::IDLE_30, &law::PERIODS_201],
    parameters: &["idle.criterion_period", "idle.deemed_start"],
};

/// What is found, without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub outcome: Outcome,
    pub from: Option<FromDay>,
    /// First day on which the criterion is met if nothing has started by then.
    pub idle_from: Option<NaiveDate>,
}

pub fn verdict(site: &Site, law: &Law<'_>) -> Verdict {
    let standing = site.start.map(Start::standing);
    let from = site.starts_from(law);
    let idle_from = from.and_then(|from| after(from.day, law.criterion.value)?.succ_opt());
    let outcome = match (standing, idle_from) {
        (Some(Standing::Counts), _) => Outcome::NotMet,
        (_, None) => Outcome::Undetermined,
        (_, Some(idle_from)) if site.on < idle_from => Outcome::NotMet,
        (None | Some(Standing::NoStart), _) => Outcome::Met,
        (Some(Standing::WithoutPermit), _) => Outcome::NeedsReview,
        (Some(Standing::StageUnknown), _) => Outcome::Undetermined,
    };
    Verdict { outcome, from, idle_from }
}

pub fn decide(site: &Site, law: &Law<'_>) -> Finding {
    let Verdict { outcome, from, idle_from } = verdict(site, law);
    let mut workings = Vec::new();
    if let Some(from) = from {
        if let Some(delivered) = from.deemed_from {
            let term = law.deemed_start.value;
            workings.push(Step::day(
                Text::fixed("推定动工日", "deemed start"),
                "S = D + t",
                format!("{delivered} + {term} a"),
                from.day,
            ));
        }
        if let (Some(last), Some(first)) = (after(from.day, law.criterion.value), idle_from) {
            let term = law.criterion.value;
            workings.push(Step::day(
                Text::fixed("期满日(期间开始之日不计入)", "last day of the period, its first not counted"),
                "E = S + t",
                format!("{} + {term} a", from.day),
                last,
            ));
            workings.push(Step::comparison(
                Text::fixed("适用日期是否已过期满日", "whether the day lies after it"),
                "T ≥ E + 1 d",
                format!("{} ≥ {first}", site.on),
                site.on >= first,
            ));
        }
    }
    let message = message(site, outcome, from, idle_from);
    Finding::of(&RULE, law.policy, site.on, outcome, message)
        .workings(workings)
        .using(&law.criterion)
        .using_if(site.agreed_start.is_none(), &law.deemed_start)
}

fn message(site: &Site, outcome: Outcome, from: Option<FromDay>, idle_from: Option<NaiveDate>) -> Text {
    let on = site.on;
    let start = site.start.map(|start| (start.on, start.standing()));
    match (start, from, idle_from) {
        (Some((started, Standing::Counts)), _, Some(idle_from)) if started >= idle_from => text!(
            "已于 {started} 动工;此前自 {idle_from} 起已满一年未动工",
            "development started on {started}; before, the land had stood unstarted for a full year since {idle_from}"
        ),
        (Some((started, Standing::Counts)), ..) => text!("已于 {started} 动工", "development started on {started}"),
        (_, None, _) | (_, _, None) => Text::fixed(
            "缺少约定动工日和交地确认书日期,不能起算;请补充其一",
            "neither the agreed start nor the day of the delivery is known; give one of them",
        ),
        (_, Some(from), Some(idle_from)) if outcome == Outcome::NotMet => {
            let agreed = from.day;
            text!(
                "应于 {agreed} 前动工,截至 {on} 未满一年;自 {idle_from} 起满一年",
                "the start was due on {agreed}; by {on} no full year has passed, it has from {idle_from} on"
            )
        }
        (None, Some(from), Some(idle_from)) => {
            let agreed = from.day;
            text!(
                "应于 {agreed} 前动工,截至 {on} 没有动工记录;自 {idle_from} 起已满一年",
                "the start was due on {agreed} and none is recorded by {on}; a full year has passed from {idle_from} on"
            )
        }
        (Some((started, Standing::NoStart)), _, Some(idle_from)) => text!(
            "{started} 填报的动工未达到基础施工标准,不算动工;自 {idle_from} 起已满一年",
            "what was reported of {started} had not reached the stage of the foundation and is no start; a full year has passed from {idle_from} on"
        ),
        (Some((started, Standing::WithoutPermit)), _, Some(idle_from)) => text!(
            "{started} 填报的动工没有施工许可证,是否算动工须人工审核;如不算,自 {idle_from} 起已满一年",
            "the start of {started} has no building permit: whether it counts needs review; if not, a full year has passed from {idle_from} on"
        ),
        (Some((started, _)), ..) => text!(
            "{started} 填报的动工没有写明基础是否达到标准(foundation_reached),不能确定;请补充",
            "the start of {started} does not say whether the foundation had come far enough (foundation_reached); add it"
        ),
    }
}
