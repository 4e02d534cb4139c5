//! Whether land is idle, and what follows: all facts from the caller.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::contract::ContractKind;
use crate::domain::contract::cause::OutsideCause;
use crate::domain::exact::Fraction;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::idle_case::Grounds;
use crate::domain::input::{NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::idle::own_time::{Span, Spans};
use crate::domain::rules::idle::{self, Halt, Law, Price, Site, Start, deadlines};
use crate::domain::text::{Text, text};

/// Stops and intervals of one body.
const PARTS_MAX: usize = 200;

input!(
    /// 动工情况
    pub struct StartInput {
        /// 动工日期.
        pub on: NaiveDate,
        /// 是否取得施工许可证.
        pub has_permit: bool,
        /// 基础是否达到动工标准 — not established if left out.
        pub foundation_reached: Option<bool>,
    }
);

input!(
    /// 中止情况
    pub struct HaltInput {
        /// 中止日期 — the first day without work.
        pub from: NaiveDate,
        /// 恢复日期 — left out while it lasts.
        pub resumed_on: Option<NaiveDate>,
    }
);

input!(
    /// 已认可的原因区间 — both days count; without an end it lasts
    pub struct OutsideInterval {
        /// 原因.
        pub cause: OutsideCause,
        /// 起始日.
        pub from: NaiveDate,
        /// 截止日.
        pub to: Option<NaiveDate>,
    }
);

input!(
    /// 闲置土地核对.
    #[schema(example = json!({
        "on": "2026-06-30", "contract_kind": "grant", "agreed_delivery": "2023-09-01", "delivered_on": "2023-09-01", "agreed_start": "2024-02-29",
        "causes": [{"cause": "plan_changed", "from": "2024-06-01", "to": "2024-08-31"}], "price": "4200000.00",
    }))]
    pub struct IdleLandBody {
        /// 适用日期 — the day asked about; today where not given. Facts do not lie after it.
        pub on: Option<NaiveDate>,
        /// 合同种类 — a grant if left out.
        pub contract_kind: Option<ContractKind>,
        /// 约定交地日.
        pub agreed_delivery: Option<NaiveDate>,
        /// 交地确认书日期.
        pub delivered_on: Option<NaiveDate>,
        /// 约定动工日 — by the contract as amended.
        pub agreed_start: Option<NaiveDate>,
        /// 动工.
        pub start: Option<StartInput>,
        /// 中止 — in order; only the last may last.
        #[schema(max_items = 200)]
        pub halts: Option<Vec<HaltInput>>,
        /// 竣工日期.
        pub completed_on: Option<NaiveDate>,
        /// 已动工开发面积,平方米.
        pub developed_m2: Option<NonNegative<AreaM2>>,
        /// 应动工开发面积,平方米.
        pub developable_m2: Option<Positive<AreaM2>>,
        /// 已投资额,元 — without the price of the land and taxes.
        pub invested: Option<NonNegative<Money>>,
        /// 总投资额,元 — likewise.
        pub investment: Option<Positive<Money>>,
        /// 已认可的原因区间.
        #[schema(max_items = 200)]
        pub causes: Option<Vec<OutsideInterval>>,
        /// 出让或划拨价款,元 — by the contract as amended.
        pub price: Option<NonNegative<Money>>,
        /// 租金折算的土地价款,元 — of leases.
        pub converted_price: Option<Positive<Money>>,
    }
);

/// 闲置土地核对结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IdleLandAnswer {
    pub on: NaiveDate,
    /// 适用情形 — which definition applies.
    pub grounds: Grounds,
    /// 约定动工日 — the agreed start, or the one deemed from the delivery.
    pub start_due_on: Option<NaiveDate>,
    /// 满一年期满日 — of the period since then, or since the stop.
    pub first_year_ends_on: Option<NaiveDate>,
    /// 达到认定标准首日 — by the calendar.
    pub criterion_met_from: Option<NaiveDate>,
    /// 满二年期满日.
    pub second_year_ends_on: Option<NaiveDate>,
    /// 满二年次日 — by the calendar, whatever the cause.
    pub free_recovery_possible_from: Option<NaiveDate>,
    /// 闲置起始日 — the first day on which the land is idle by the definition; ahead of it, the day on which it will be if
    /// nothing changes. None where it cannot be told.
    pub idle_from: Option<NaiveDate>,
    /// 可征缴闲置费首日 — own-cause time makes a full year.
    pub fee_from: Option<NaiveDate>,
    /// 可无偿收回首日 — own-cause time makes two full years.
    pub recovery_from: Option<NaiveDate>,
    /// 已开发面积占比 — exact.
    pub developed_share: Option<Fraction>,
    /// 已投资额占比 — exact.
    pub invested_share: Option<Fraction>,
    /// 土地闲置费,元 — what it would be.
    pub idle_fee: Option<Money>,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &IdleLandBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<IdleLandAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    check(body, on)?;
    let spans = body.causes.iter().flatten().map(|cause| Span { from: cause.from, to: cause.to }).collect();
    let halts = body.halts.iter().flatten();
    let site = Site {
        on,
        agreed_delivery: body.agreed_delivery,
        delivered_on: body.delivered_on,
        agreed_start: body.agreed_start,
        start: body.start.as_ref().map(|start| Start {
            on: start.on,
            has_permit: start.has_permit,
            foundation_reached: start.foundation_reached,
        }),
        halts: halts.map(|halt| Halt { from: halt.from, resumed_on: halt.resumed_on }).collect(),
        completed_on: body.completed_on,
        developed: body.developed_m2.map(NonNegative::get),
        developable: body.developable_m2.map(Positive::get),
        invested: body.invested.map(NonNegative::get),
        investment: body.investment.map(Positive::get),
        outside: Spans::of(spans),
    };
    let price = Price {
        is_lease: body.contract_kind.is_some_and(ContractKind::is_lease),
        amount: body.price.map(NonNegative::get),
        converted: body.converted_price.map(Positive::get),
    };
    let law = Law::on(policy, on)?;
    let answer = answer(&site, &price, &law)?;
    Ok(IdleLandAnswer { findings: detail.kept(answer.findings), ..answer })
}

/// The answer on a site, wherever its facts come from.
pub fn answer(site: &Site, price: &Price, law: &Law<'_>) -> Result<IdleLandAnswer, Refusal> {
    let assessment = idle::assess(site, price, law)?;
    let begins = match assessment.grounds {
        Grounds::NotStarted => assessment.days.agreed_start,
        Grounds::Stopped => site.halted_since(),
    };
    let calendar = deadlines::calendar(begins, law);
    let share = |part: Option<Fraction>, whole: Option<Fraction>| part?.over(whole?).ok();
    let base = if price.is_lease { price.converted.filter(|_| law.fee_on_leases.value) } else { price.amount };
    let days = assessment.days;
    Ok(IdleLandAnswer {
        on: site.on,
        grounds: assessment.grounds,
        start_due_on: days.agreed_start,
        first_year_ends_on: calendar.first_year_ends_on,
        criterion_met_from: calendar.criterion_met_from,
        second_year_ends_on: calendar.second_year_ends_on,
        free_recovery_possible_from: calendar.free_recovery_possible_from,
        idle_from: days.idle_from,
        fee_from: days.fee_from,
        recovery_from: days.recovery_from,
        developed_share: share(
            site.developed.map(|area| area.get().into()),
            site.developable.map(|area| area.get().into()),
        ),
        invested_share: share(
            site.invested.map(|money| money.get().into()),
            site.investment.map(|money| money.get().into()),
        ),
        idle_fee: base.map(|base| idle::fee::amount(base, law)).transpose()?,
        outcome: Outcome::worst(&assessment.findings),
        findings: assessment.findings,
    })
}

/// Facts lie on or before the day; stops follow one another after the start.
fn check(body: &IdleLandBody, on: NaiveDate) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let later = |pointer: &str, day: Option<NaiveDate>, faults: &mut Faults| {
        if let Some(day) = day.filter(|day| *day > on) {
            faults.add(
                pointer,
                day,
                text!("晚于适用日期 {on};事实不能在将来", "it is after {on}; facts do not lie ahead"),
            );
        }
    };
    later("/delivered_on", body.delivered_on, &mut faults);
    later("/start/on", body.start.as_ref().map(|start| start.on), &mut faults);
    later("/completed_on", body.completed_on, &mut faults);
    let halts = body.halts.as_deref().unwrap_or_default();
    let causes = body.causes.as_deref().unwrap_or_default();
    for (pointer, given) in [("/halts", halts.len()), ("/causes", causes.len())] {
        if given > PARTS_MAX {
            let message = text!("至多 {PARTS_MAX} 项", "{PARTS_MAX} at most");
            faults.add(pointer, given, message);
        }
    }
    let started = body.start.as_ref().map(|start| start.on);
    if started.is_none() {
        let message = || Text::fixed("没有动工,不能有此项;请补充动工情况", "nothing was started; add the start");
        if let Some(completed) = body.completed_on {
            faults.add("/completed_on", completed, message());
        }
        if let Some(halt) = halts.first() {
            faults.add("/halts/0/from", halt.from, message());
        }
    }
    let mut free_from = started;
    for (index, halt) in halts.iter().enumerate() {
        let pointer = |member: &str| format!("/halts/{index}/{member}");
        later(&pointer("from"), Some(halt.from), &mut faults);
        later(&pointer("resumed_on"), halt.resumed_on, &mut faults);
        if let Some(before) = free_from.filter(|before| halt.from < *before) {
            let message =
                text!("早于动工或前一次恢复 {before}", "it precedes the start or the last resumption on {before}");
            faults.add(&pointer("from"), halt.from, message);
        }
        match halt.resumed_on {
            Some(resumed) if resumed < halt.from => {
                let message = text!("恢复日早于中止日 {}", "it was resumed before it stopped on {}", halt.from);
                faults.add(&pointer("resumed_on"), resumed, message);
            }
            None if index + 1 < halts.len() => {
                let message = Text::fixed("只有最后一次中止可以未恢复", "only the last stop may last");
                faults.missing(&pointer("resumed_on"), message);
            }
            _ => {}
        }
        free_from = halt.resumed_on.or(free_from);
    }
    for (index, cause) in causes.iter().enumerate() {
        if let Some(to) = cause.to.filter(|to| *to < cause.from) {
            let message = text!("截止日早于起始日 {}", "it ends before it begins on {}", cause.from);
            faults.add(&format!("/causes/{index}/to"), to, message);
        }
    }
    faults.refuse()
}
