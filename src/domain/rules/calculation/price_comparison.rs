//! Methods of supply side by side: what each costs and when, restored to the maximum term both ways.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::exact::{Arithmetic, Fraction, Rounding, decimal_text, round_big};
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{NonNegative, Positive, input, vocabulary};
use crate::domain::policy::{self, Policy};
use crate::domain::quantity::{AreaM2, Money, PricePerM2, Ratio, UnitPrice};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::case::{ExceptionDecision, LandUse, Method, Ownership};
use crate::domain::rules::price::discount::Payment;
use crate::domain::rules::price::national_minimum::{LandGrade, MinimumCase};
use crate::domain::rules::price::{balance, national_minimum};
use crate::domain::rules::supply::land_use;
use crate::domain::rules::{CannotDecide, Decision, term};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

const METHODS_MAX: usize = 20;

vocabulary!(
    /// 租金支付时点 — when in its period a rent is due.
    #[derive(Default)]
    pub enum RentTiming {
        #[default]
        Advance = "advance" "期初支付",
        Arrears = "arrears" "期末支付",
    }
);

input!(
    /// 一种方式 — a method with its terms, to be compared with others.
    pub struct ComparedMethod {
        /// 供应方式.
        pub method: Method,
        /// 租期 — of the lease; for `flexible` there is none.
        pub lease_term: Option<Term>,
        /// 出让年期 — of the grant; for `long_lease` there is none.
        pub transfer_term: Option<Term>,
        /// 租赁面积占比 — of `mixed_lease_transfer`: the leased share of the area.
        pub leased_share: Option<Positive<Ratio>>,
        /// 租金支付时点.
        pub rent_timing: Option<RentTiming>,
        /// 每年付租次数 — 1, 2, 4 or 12.
        #[schema(minimum = 1, maximum = 12)]
        pub rents_per_year: Option<u32>,
        /// 例外决定.
        pub exception: Option<ExceptionDecision>,
    }
);

input!(
    /// 供应方式比较.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}, "max_term_unit_price": "350",
        "rate": "0.06", "grade": 9,
        "methods": [
            {"method": "flexible", "transfer_term": "20"},
            {"method": "lease_then_transfer", "lease_term": "5", "transfer_term": "15", "rent_timing": "arrears"},
            {"method": "long_lease", "lease_term": "20", "rent_timing": "arrears"}
        ]
    }))]
    pub struct PriceComparisonBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 土地用途.
        pub land_use: LandUse,
        /// 土地所有权 — taken for state-owned where not given.
        pub ownership: Option<Ownership>,
        /// 宗地面积.
        pub area: Positive<GivenArea>,
        /// 最高年期单价,元/平方米 — from the caller; nothing stored is read.
        pub max_term_unit_price: Positive<PricePerM2>,
        /// 最高年期 — the longest grant of the use where not given.
        pub max_term: Option<Term>,
        /// 还原利率 — a year, such as 0.06.
        pub rate: NonNegative<Ratio>,
        /// 土地等别 — 1 to 15, for the national minimum price.
        #[schema(minimum = 1, maximum = 15)]
        pub grade: Option<u32>,
        /// 最低价标准适用情形.
        pub minimum: Option<MinimumCase>,
        /// 各方式.
        #[schema(min_items = 1, max_items = 20)]
        pub methods: Vec<ComparedMethod>,
    }
    check(body, reader) {
        let count = body.methods.len();
        if count == 0 || count > METHODS_MAX {
            reader.fault_at("methods", None, text!("共 {count} 种方式,应为 1 至 {METHODS_MAX} 种", "{count} methods are given, from 1 to {METHODS_MAX} are expected"));
        }
        if body.grade.is_some_and(|grade| u8::try_from(grade).ok().and_then(LandGrade::new).is_none()) {
            reader.fault_at("grade", body.grade.map(|grade| grade.to_string()).as_deref(), Text::fixed("土地等别为 1 至 15", "grades are 1 to 15"));
        }
        super::national_minimum::check_rate(body.rate.get(), "rate", reader);
    }
);

/// 一笔付款.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedPayment {
    /// 签约后月数.
    pub months: u32,
    /// 金额,元 — rounded up to the fen, as a floor.
    pub amount: Money,
}

/// 一种方式的比较结果 — by the plan's floors in proportion to the years. They are floors, not the price base (标底) itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedAnswer {
    pub method: Method,
    /// 合计年期.
    pub total_term: Term,
    /// 是否可采用 — whether no rule forbids the method with these terms.
    pub is_admissible: bool,
    /// 不可采用或需决定的原因.
    pub reasons: Vec<Text>,
    /// 价款下限合计,元 — all payments, from exact figures, rounded up to the fen.
    pub floor_total: Money,
    /// 各期付款 — each rounded up by itself; together they may exceed the total by a fen each.
    pub payments: Vec<ComparedPayment>,
    /// 现值,元/平方米 — four decimals, half up.
    pub present_value_per_m2: String,
    /// 按年期比例换算到最高年期,元/平方米 — rounded down.
    pub linear_unit_price: UnitPrice,
    /// 按 K 还原到最高年期,元/平方米 — rounded down.
    pub restored_unit_price: UnitPrice,
    /// K 还原价占最高年期价格 — four decimals, half up.
    pub restored_share: String,
    /// 是否达到全国最低价标准 — none: not industrial, or the grade is not given.
    pub reaches_national_minimum: Option<bool>,
    /// 线性下限与最低价标准是否冲突 — the linear floor would be lawful by the plan and not by 307号: a decision is needed.
    pub conflicts_with_national_minimum: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

/// 供应方式比较结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PriceComparisonAnswer {
    pub on: NaiveDate,
    pub area_m2: AreaM2,
    pub max_term: Term,
    pub methods: Vec<ComparedAnswer>,
    /// What holds for all methods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &PriceComparisonBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<PriceComparisonAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let land = land_use::decide(land_use::Case { land_use: body.land_use, ownership: body.ownership, on }, policy);
    let mut faults = Faults::default();
    let longest = body.methods.iter().filter_map(ComparedMethod::total).max();
    let max_term = match longest {
        Some(longest) => faults.max_term(body.max_term, ("/methods", longest), (body.land_use, on), policy)?,
        None => body.max_term.unwrap_or(policy.on(body.land_use.statutory_max(), on)?.value),
    };
    for (at, method) in body.methods.iter().enumerate() {
        method.check(&format!("/methods/{at}"), &mut faults);
        faults.check_exception(method.exception.as_ref(), on);
    }
    faults.refuse()?;
    let common = Compared {
        land: &land,
        area: body.area.get(),
        land_use: body.land_use,
        max_term_unit_price: body.max_term_unit_price.get(),
        max_term,
        rate: body.rate.get(),
        grade: grade(body.grade),
        minimum: body.minimum.unwrap_or_default(),
        on,
    };
    let methods = body.methods.iter().map(|method| compared(&common, method, policy, detail));
    let methods = methods.collect::<Result<Vec<_>, CannotDecide>>()?;
    Ok(PriceComparisonAnswer { on, area_m2: common.area.m2(), max_term, methods, findings: detail.findings(&[&land])? })
}

impl ComparedMethod {
    pub(super) fn total(&self) -> Option<Term> {
        match (self.lease_term, self.transfer_term) {
            // Side by side, not one after the other.
            (Some(lease), Some(transfer)) if self.method == Method::MixedLeaseTransfer => Some(lease.max(transfer)),
            (Some(lease), Some(transfer)) => lease.checked_add(transfer).ok(),
            (lease, transfer) => lease.or(transfer),
        }
    }

    /// Reports terms that the method lacks or does not have.
    pub(super) fn check(&self, pointer: &str, faults: &mut Faults) {
        let has = |method: &[Method]| method.contains(&self.method);
        let (lease, both) = (
            has(&[Method::LongLease, Method::LeaseThenTransfer, Method::MixedLeaseTransfer]),
            has(&[Method::LeaseThenTransfer, Method::MixedLeaseTransfer]),
        );
        let members = [
            ("lease_term", self.lease_term.is_some(), lease),
            ("transfer_term", self.transfer_term.is_some(), both || has(&[Method::Flexible])),
            ("leased_share", self.leased_share.is_some(), has(&[Method::MixedLeaseTransfer])),
        ];
        for (member, is_there, is_wanted) in members {
            if is_there != is_wanted {
                let message = if is_wanted {
                    Text::fixed("该方式须填写此项", "the method asks for this member")
                } else {
                    Text::fixed("该方式没有此项;请删去", "the method has no such member; leave it out")
                };
                faults.missing(&format!("{pointer}/{member}"), message);
            }
        }
        if self.rents_per_year.is_some_and(|times| !matches!(times, 1 | 2 | 4 | 12)) {
            let message = Text::fixed("每年付租 1、2、4 或 12 次", "rents are due 1, 2, 4 or 12 times a year");
            faults.missing(&format!("{pointer}/rents_per_year"), message);
        }
        if let Some(share) = self.leased_share.map(Positive::get)
            && Fraction::from(share.get()) >= Fraction::ONE
        {
            let message = Text::fixed("租赁面积占比应在 0 与 1 之间", "the leased share lies between 0 and 1");
            faults.add(&format!("{pointer}/leased_share"), share, message);
        }
    }

    /// The payments of the floors, yuan a square metre.
    pub(super) fn payments(
        &self,
        price: Fraction,
        max: Term,
        on: NaiveDate,
        policy: &Policy,
    ) -> Result<Vec<Payment>, CannotDecide> {
        let linear = price.over(max.years())?;
        let rents = |lease: Term, annual: Fraction| rents(lease, annual, self.rent_timing, self.rents_per_year);
        let granted = |months, term: Term| Ok::<_, Arithmetic>(Payment { months, per_m2: linear.times(term.years())? });
        Ok(match (self.method, self.lease_term, self.transfer_term) {
            (Method::LongLease, Some(lease), _) => {
                let share = policy.on(&policy::PRICE_LONG_LEASE_RENT_SHARE_MIN, on)?.value;
                rents(lease, price.times(Fraction::from(share.get()))?)?
            }
            (Method::LeaseThenTransfer, Some(lease), Some(transfer)) => {
                let mut all = rents(lease, linear)?;
                all.push(granted(lease.months(), transfer)?);
                all
            }
            (Method::MixedLeaseTransfer, Some(lease), Some(transfer)) => {
                let leased = self.leased_share.map_or(Fraction::ZERO, |share| Fraction::from(share.get().get()));
                let share = policy.on(&policy::PRICE_LONG_LEASE_RENT_SHARE_MIN, on)?.value;
                let mut all = rents(lease, price.times(Fraction::from(share.get()))?.times(leased)?)?;
                let grant = granted(0, transfer)?;
                let rest = Fraction::ONE.minus(leased)?;
                all.push(Payment { per_m2: grant.per_m2.times(rest)?, ..grant });
                all
            }
            (_, _, Some(transfer)) => vec![granted(0, transfer)?],
            _ => Vec::new(),
        })
    }
}

/// A yearly rent in equal parts; what is left of the last period is paid in proportion.
fn rents(
    lease: Term,
    annual: Fraction,
    timing: Option<RentTiming>,
    times: Option<u32>,
) -> Result<Vec<Payment>, Arithmetic> {
    let period = 12 / times.unwrap_or(1).max(1);
    let mut payments = Vec::new();
    let mut from = 0;
    while from < lease.months() {
        let until = (from + period).min(lease.months());
        let per_m2 = annual.times(Fraction::new((until - from).into(), 12)?)?;
        let months = if timing.unwrap_or_default() == RentTiming::Arrears { until } else { from };
        payments.push(Payment { months, per_m2 });
        from = until;
    }
    Ok(payments)
}

/// What all methods of a comparison have in common.
pub(super) struct Compared<'c> {
    pub land: &'c dyn Decision,
    pub area: GivenArea,
    pub land_use: LandUse,
    pub max_term_unit_price: PricePerM2,
    pub max_term: Term,
    pub rate: Ratio,
    pub grade: Option<LandGrade>,
    pub minimum: MinimumCase,
    pub on: NaiveDate,
}

/// The same of a price base.
pub(super) fn stream<'c>(
    body: &super::price_base::PriceBaseTerms,
    land: &'c dyn Decision,
    max_term: Term,
    on: NaiveDate,
) -> Compared<'c> {
    Compared {
        land,
        area: body.area.get(),
        land_use: body.land_use,
        max_term_unit_price: body.max_term_unit_price.get(),
        max_term,
        rate: body.rate.get(),
        grade: grade(body.grade),
        minimum: body.minimum.unwrap_or_default(),
        on,
    }
}

fn grade(given: Option<u32>) -> Option<LandGrade> {
    given.and_then(|grade| u8::try_from(grade).ok()).and_then(LandGrade::new)
}

pub(super) fn compared(
    body: &Compared<'_>,
    method: &ComparedMethod,
    policy: &Policy,
    detail: Detail,
) -> Result<ComparedAnswer, CannotDecide> {
    let Compared { land, max_term, on, land_use, .. } = *body;
    let price = Fraction::from(body.max_term_unit_price);
    let payments = method.payments(price, max_term, on, policy)?;
    let total_term = method.total().unwrap_or(max_term);
    let exception = method.exception.as_ref();
    let long_lease =
        |lease| term::long_lease::decide(term::long_lease::Case { lease, adjustment: None, exception, on }, policy);
    let flexible = |term| term::flexible::decide(term::flexible::Case { term, land_use, exception, on }, policy);
    let terms: Vec<Box<dyn Decision + '_>> = match (method.method, method.lease_term, method.transfer_term) {
        (Method::LongLease, Some(lease), _) => vec![Box::new(long_lease(lease)?)],
        (Method::LeaseThenTransfer, Some(lease), Some(_)) => {
            let case = term::lease_then_transfer::Case { lease, total: total_term, land_use, exception, on };
            vec![Box::new(term::lease_then_transfer::decide(case, policy)?)]
        }
        (Method::MixedLeaseTransfer, Some(lease), Some(transfer)) => {
            vec![Box::new(long_lease(lease)?), Box::new(flexible(transfer)?)]
        }
        (_, _, Some(transfer)) => vec![Box::new(flexible(transfer)?)],
        _ => Vec::new(),
    };
    let mut decisions: Vec<&dyn Decision> = terms.iter().map(|term| &**term).collect();
    let all = || std::iter::once(&land).chain(&decisions);
    let stands = |decision: &&&dyn Decision| matches!(decision.outcome(), Outcome::Fail | Outcome::NeedsException);
    let reasons = all().filter(stands).map(|decision| Ok(decision.finding()?.message));
    let reasons = reasons.collect::<Result<Vec<Text>, CannotDecide>>()?;
    let is_admissible = !all().any(|decision| decision.outcome() == Outcome::Fail);
    let case = balance::Case {
        payments: &payments,
        total_term,
        max_term,
        max_term_unit_price: body.max_term_unit_price,
        rate: body.rate,
        on,
    };
    let balanced = balance::decide(case, policy)?;
    let balance = &balanced.result;
    decisions.push(&balanced);
    let grade = body.grade;
    let mut reaches = None;
    let minimum;
    if matches!(body.land_use, LandUse::Industrial | LandUse::Warehousing) {
        let case = national_minimum::Case {
            payments: &payments,
            total_term,
            max_term,
            rate: body.rate,
            grade,
            minimum: body.minimum,
            on,
        };
        minimum = national_minimum::decide_restored(case, balance.restored.clone(), policy)?;
        reaches = grade.map(|_| minimum.outcome == Outcome::Pass);
        decisions.push(&minimum);
    }
    let area = body.area.exact_m2();
    let mut sum = Fraction::ZERO;
    let mut listed = Vec::with_capacity(payments.len());
    for payment in &payments {
        let exact = payment.per_m2.times(area)?;
        sum = sum.plus(exact)?;
        listed.push(ComparedPayment { months: payment.months, amount: crate::domain::rules::price::money_up(exact)? });
    }
    let present = round_big(&balance.restored.present_value, 4, Rounding::HalfUp)?;
    Ok(ComparedAnswer {
        method: method.method,
        total_term,
        is_admissible,
        reasons,
        floor_total: crate::domain::rules::price::money_up(sum)?,
        payments: listed,
        present_value_per_m2: decimal_text(present, 4),
        linear_unit_price: balance.linear,
        restored_unit_price: balance.restored.price,
        restored_share: balance.restored_share.clone(),
        reaches_national_minimum: reaches,
        conflicts_with_national_minimum: is_admissible && reaches == Some(false),
        findings: detail.findings(&decisions)?,
    })
}
