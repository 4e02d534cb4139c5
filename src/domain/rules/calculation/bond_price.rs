//! The price of a recovery with special bonds.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Line, NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::recovery::bond_price::{Case, Decision, Publicity, Resupply, decide};
use crate::domain::text::text;

input!(
    /// 集体决策 — the decision of the county's coordinating body on the price
    pub struct BondDecision {
        /// 决策文号
        pub number: Line<100>,
        /// 决策日期
        pub decided_on: NaiveDate,
        /// 确定的价格,元
        pub price: Positive<Money>,
    }
);

input!(
    /// 公示情况
    pub struct BondPublicity {
        /// 公示开始日
        pub from: NaiveDate,
        /// 公示截止日
        pub to: NaiveDate,
        /// 是否有异议
        pub has_objection: bool,
    }
);

input!(
    /// 当年重新供应 — real-estate land of the year
    pub struct BondResupply {
        /// 当年收回收购的房地产用地面积,平方米
        pub recovered_m2: NonNegative<AreaM2>,
        /// 其中当年重新供应房地产的面积,平方米
        pub resupplied_m2: NonNegative<AreaM2>,
    }
);

input!(
    /// 专项债收回收购价格核对.
    #[schema(example = json!({
        "on": "2026-06-30", "supplied_on": "2021-03-15", "appraisal": "5200000.00", "enterprise_cost": "4800000.00",
        "decision": {"number": "新政会纪〔2026〕9号", "decided_on": "2026-05-10", "price": "4500000.00"},
        "publicity": {"from": "2026-05-15", "to": "2026-05-25", "has_objection": false},
        "government_approval": "新政文〔2026〕31号", "agreed_until": "2026-12-31",
    }))]
    pub struct BondPriceBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 供应日期 — the day the land was supplied.
        pub supplied_on: NaiveDate,
        /// 评估价,元 — of the appraisal firm on file.
        pub appraisal: Positive<Money>,
        /// 企业用地成本,元 — what the land cost the enterprise.
        pub enterprise_cost: Option<NonNegative<Money>>,
        /// 集体决策.
        pub decision: Option<BondDecision>,
        /// 公示.
        pub publicity: Option<BondPublicity>,
        /// 政府批准文号.
        pub government_approval: Option<Line<100>>,
        /// 约定完成期限 — the last day of the agreed period.
        pub agreed_until: Option<NaiveDate>,
        /// 完成日期.
        pub finished_on: Option<NaiveDate>,
        /// 当年重新供应房地产用地 — only where the land is to be supplied for real estate again.
        pub resupply: Option<BondResupply>,
    }
);

/// 专项债收回收购价格核对结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BondPriceAnswer {
    pub on: NaiveDate,
    /// 收地基础价格,元 — the lower of appraisal and cost; none while the cost is missing.
    pub base_price: Option<Money>,
    /// 下调金额,元 — how far the decision lowered it.
    pub lowered_by: Option<Money>,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &BondPriceBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<BondPriceAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let mut faults = Faults::default();
    let later = |pointer: &str, day: Option<NaiveDate>, faults: &mut Faults| {
        if let Some(day) = day.filter(|day| *day > on) {
            faults.add(pointer, day, text!("晚于适用日期 {on}", "it is after {on}"));
        }
    };
    later("/supplied_on", Some(body.supplied_on), &mut faults);
    later("/decision/decided_on", body.decision.as_ref().map(|decision| decision.decided_on), &mut faults);
    later("/finished_on", body.finished_on, &mut faults);
    if let Some(publicity) = body.publicity.as_ref().filter(|publicity| publicity.to < publicity.from) {
        let (from, to) = (publicity.from, publicity.to);
        faults.add("/publicity/to", to, text!("早于公示开始日 {from}", "it precedes the beginning on {from}"));
    }
    if let Some(resupply) = body.resupply.as_ref().filter(|of| of.resupplied_m2.get() > of.recovered_m2.get()) {
        let (recovered, resupplied) = (resupply.recovered_m2.get(), resupply.resupplied_m2.get());
        let message = text!("大于当年收回面积 {recovered}", "it exceeds the {recovered} m² recovered");
        faults.add("/resupply/resupplied_m2", resupplied, message);
    }
    faults.refuse()?;
    let case = Case {
        on,
        supplied_on: body.supplied_on,
        appraisal: body.appraisal.get(),
        enterprise_cost: body.enterprise_cost.map(NonNegative::get),
        decision: body.decision.as_ref().map(|decision| Decision {
            number: &decision.number,
            decided_on: decision.decided_on,
            price: decision.price.get(),
        }),
        publicity: body.publicity.as_ref().map(|publicity| Publicity {
            from: publicity.from,
            to: publicity.to,
            has_objection: publicity.has_objection,
        }),
        government_approval: body.government_approval.as_ref(),
        agreed_until: body.agreed_until,
        finished_on: body.finished_on,
        resupply: body.resupply.as_ref().map(|resupply| Resupply {
            recovered: resupply.recovered_m2.get(),
            resupplied: resupply.resupplied_m2.get(),
        }),
    };
    let findings = decide(&case, policy)?;
    let base_price = case.base();
    let lowered_by = base_price.zip(case.decision).and_then(|(base, decision)| {
        Money::from_units(base.to_units() - decision.price.to_units()).ok().filter(|by| !by.is_negative())
    });
    let outcome = Outcome::worst(&findings);
    Ok(BondPriceAnswer { on, base_price, lowered_by, outcome, findings: detail.kept(findings) })
}
