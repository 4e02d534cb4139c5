//! Enterprises that bid together.
//!
//! > 支持民营企业联合参与工业用地招拍挂。根据民营企业需求可联合参与工业用地招拍挂,在符合新密市国土空间详细规划的条件下,合理确定
//! > “工业上楼”的标准化厂房建设总体布局、规模及配套。
//!
//! "Private enterprises are supported in bidding together for industrial land; on the conditions of the detailed plan the layout,
//! scale and facilities of standard multi-storey factories are settled" (action plan, item 19).

use chrono::NaiveDate;

use crate::domain::codes::CreditCode;
use crate::domain::exact::plain;
use crate::domain::finding::{Finding, Outcome, Rule, Step};
use crate::domain::input::{Line, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::Ratio;
use crate::domain::rules::case::LandUse;
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "bid.joint",
    title: Text::fixed("联合竞买", "Joint bid"),
    what: Text::fixed(
        "企业可联合参与工业用地招拍挂;须有联合竞买协议,各方份额之和为 1",
        "Enterprises may bid together for industrial land, with an agreement on shares that make one",
    ),
    citations: &[&law::PLAN_19],
    parameters: &[],
};

input!(
    /// 联合竞买方 — a member beside the enterprise that asks.
    pub struct Bidder {
        /// 统一社会信用代码.
        pub code: CreditCode,
        /// 名称.
        pub name: Line<200>,
        /// 份额.
        pub share: Positive<Ratio>,
    }
);

input!(
    /// 联合竞买 — the share of the enterprise that asks, and the other members.
    #[schema(example = json!({"own_share": "0.6", "agreement": true, "others": [{"code": "91350100M000100Y43", "name": "演示配套企业", "share": "0.4"}]}))]
    pub struct JointBid {
        /// 本企业份额.
        pub own_share: Positive<Ratio>,
        /// 是否签有联合竞买协议.
        pub agreement: Option<bool>,
        /// 其他各方,1 至 20 家.
        #[schema(min_items = 1, max_items = 20)]
        pub others: Vec<Bidder>,
    }
    check(bid, reader) {
        let count = bid.others.len();
        if !(1..=20).contains(&count) {
            reader.fault_at("others", Some(&count.to_string()), Text::fixed("应为 1 至 20 家", "1 to 20 are expected"));
        }
        for (at, bidder) in bid.others.iter().enumerate() {
            if bid.others[..at].iter().any(|before| before.code == bidder.code) {
                let message = Text::fixed("与前面的企业重复", "it is named twice");
                reader.within("others", |reader| reader.within(&at.to_string(), |reader| reader.fault_at("code", Some(bidder.code.as_str()), message)));
            }
        }
        let sum: rust_decimal::Decimal = bid.others.iter().map(|bidder| bidder.share.get().get()).sum::<rust_decimal::Decimal>() + bid.own_share.get().get();
        if sum != rust_decimal::Decimal::ONE {
            let sum = plain(sum);
            reader.fault_at("own_share", Some(&sum), text!("各方份额之和为 {sum},应正好为 1", "the shares add up to {sum}; they must make exactly 1"));
        }
    }
);

pub fn decide(bid: &JointBid, land_use: LandUse, on: NaiveDate, policy: &Policy) -> Finding {
    let shares = std::iter::once(bid.own_share).chain(bid.others.iter().map(|bidder| bidder.share));
    let filled = shares.map(|share| plain(share.get().get())).collect::<Vec<_>>().join(" + ");
    let steps = [Step::comparison(Text::fixed("各方份额之和", "the shares together"), "Σ s = 1", filled, true)];
    let members = bid.others.len() + 1;
    let (outcome, message) = match (land_use, bid.agreement) {
        (LandUse::Industrial | LandUse::Warehousing | LandUse::MixedIndustrial, Some(true)) => {
            (Outcome::Pass, text!("{members} 家企业可联合参与招拍挂", "{members} enterprises may bid together"))
        }
        (LandUse::Industrial | LandUse::Warehousing | LandUse::MixedIndustrial, Some(false)) => {
            (Outcome::Fail, Text::fixed("联合竞买须有各方签订的协议", "a joint bid needs an agreement of all members"))
        }
        (LandUse::Industrial | LandUse::Warehousing | LandUse::MixedIndustrial, None) => (
            Outcome::NeedsReview,
            Text::fixed("未说明是否签有联合竞买协议", "it is not said whether there is an agreement"),
        ),
        _ => {
            let (zh, en) = (land_use.zh(), land_use.en());
            (
                Outcome::NeedsReview,
                text!(
                    "第19条就工业用地作出规定,{zh}由资源规划局审核",
                    "item 19 speaks of industrial land; the bureau reviews {en}"
                ),
            )
        }
    };
    Finding::of(&RULE, policy, on, outcome, message).workings(steps)
}
