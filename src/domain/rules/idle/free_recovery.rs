//! Taking the land back without payment after two full years of own cause.
//!
//! > 第十四条第(二)项: 未动工开发满两年的,……无偿收回国有建设用地使用权。

use crate::domain::finding::{Finding, Outcome, Rule, Step};
use crate::domain::idle_case::Grounds;
use crate::domain::rules::idle::{Law, Site, days};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "idle.free_recovery",
    title: Text::fixed("无偿收回", "Taking back free of charge"),
    what: Text::fixed(
        "自身原因未动工满二年的可以无偿收回;已认可的区间不计入",
        "Where own-cause time has made two full years the land may be taken back free of charge; accepted intervals do not count",
    ),
    citations: &[&law::IDLE_14, &law::REAL_ESTATE_26],
    parameters: &["idle.recovery_period", "idle.stopped.agreed_only"],
};

pub fn decide(site: &Site, grounds: Grounds, law: &Law<'_>) -> Finding {
    let from = days(site, grounds, law).recovery_from;
    let mut workings = Vec::new();
    let (outcome, message) = match from {
        _ if grounds == Grounds::Stopped && law.stopped_is_agreed_only.value => (
            Outcome::NotApplicable,
            Text::fixed(
                "中止开发的闲置土地按协商方式处置,不无偿收回",
                "land that was stopped is disposed of by agreement and not taken back free",
            ),
        ),
        None if site.started_on().is_some() => (
            Outcome::NotApplicable,
            Text::fixed("已动工,自身原因未动工时间不满二年", "it started before two full years of own cause"),
        ),
        None => (
            Outcome::Undetermined,
            Text::fixed(
                "没有起算日,或有未结束的已认可区间,不能确定",
                "there is no day to count from, or an accepted interval has not ended",
            ),
        ),
        Some(from) => {
            let is_reached = from <= site.on;
            workings.push(Step::comparison(
                Text::fixed("适用日期是否已到", "whether the day has come"),
                "T ≥ R",
                format!("{} ≥ {from}", site.on),
                is_reached,
            ));
            if is_reached {
                (
                    Outcome::Met,
                    text!("自身原因时间自 {from} 起已满二年", "own-cause time has made two full years from {from} on"),
                )
            } else {
                (
                    Outcome::NotMet,
                    text!("自身原因时间自 {from} 起满二年", "own-cause time makes two full years from {from} on"),
                )
            }
        }
    };
    Finding::of(&RULE, law.policy, site.on, outcome, message)
        .workings(workings)
        .using(&law.recovery_after)
        .using_if(grounds == Grounds::Stopped, &law.stopped_is_agreed_only)
}
