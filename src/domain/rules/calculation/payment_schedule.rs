//! A contract's instalments, and the default interest of what is paid late.
//!
//! The rounded total is split by largest remainder: the parts add up to it, and none is off its exact share by a fen. Default
//! interest is that of the contract: amount outstanding × daily rate × days late, half up to the fen once for each instalment.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::exact::{Arithmetic, Fraction, Rounding};
use crate::domain::input::{NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{Money, Ratio};
use crate::domain::rules::CannotDecide;
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::text::{Text, text};

const INSTALMENTS_MAX: usize = 1000;

input!(
    /// 一期 — an instalment of the contract.
    pub struct InstalmentBody {
        /// 约定付款日.
        pub due_on: NaiveDate,
        /// 占总价比例 — its share of the total; the shares come to 1.
        pub share: Positive<Ratio>,
    }
);

input!(
    /// 一笔实缴 — an amount that was paid; it goes to the earliest instalments first.
    pub struct PaidBody {
        /// 缴款日.
        pub on: NaiveDate,
        /// 金额,元.
        pub amount: Positive<Money>,
    }
);

input!(
    /// 分期付款与违约金测算.
    #[schema(example = json!({
        "total": "4666666.67", "instalments": [{"due_on": "2026-07-01", "share": "0.5"}, {"due_on": "2027-06-30", "share": "0.5"}],
        "daily_default_rate": "0.001", "paid": [{"on": "2026-07-11", "amount": "2333333.34"}], "as_of": "2026-12-31"
    }))]
    pub struct PaymentScheduleBody {
        /// 合同总价,元.
        pub total: Positive<Money>,
        /// 各期.
        #[schema(min_items = 1, max_items = 1000)]
        pub instalments: Vec<InstalmentBody>,
        /// 日违约金率 — of the contract, such as 0.001 for 1‰ a day.
        pub daily_default_rate: Option<NonNegative<Ratio>>,
        /// 实缴.
        #[schema(max_items = 1000)]
        pub paid: Option<Vec<PaidBody>>,
        /// 截至日 — up to which default interest is counted, this day included; today where not given.
        pub as_of: Option<NaiveDate>,
    }
    check(body, reader) {
        let counts = [("instalments", body.instalments.len()), ("paid", body.paid.as_ref().map_or(1, Vec::len))];
        for (member, count) in counts.into_iter().filter(|(member, count)| *count > INSTALMENTS_MAX || (*count == 0 && *member == "instalments")) {
            reader.fault_at(member, None, text!("共 {count} 项,应为 1 至 {INSTALMENTS_MAX} 项", "{count} are given, from 1 to {INSTALMENTS_MAX} are expected"));
        }
        if let Some(rate) = body.daily_default_rate {
            super::national_minimum::check_rate(rate.get(), "daily_default_rate", reader);
        }
    }
);

/// 一期应付与违约金.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InstalmentAnswer {
    pub due_on: NaiveDate,
    /// 应付,元.
    pub amount: Money,
    /// 已付,元 — of what was paid until `as_of`.
    pub paid: Money,
    /// 付清日 — when it was paid in full.
    pub settled_on: Option<NaiveDate>,
    /// 逾期天数 — days after the due day until it was settled, or until `as_of`.
    #[schema(minimum = 0)]
    pub days_late: i64,
    /// 违约金,元 — half up to the fen; none without a rate.
    pub default_interest: Option<Money>,
}

/// 分期付款与违约金测算结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PaymentScheduleAnswer {
    pub as_of: NaiveDate,
    pub total: Money,
    pub instalments: Vec<InstalmentAnswer>,
    /// 未到期及欠付合计,元.
    pub outstanding: Money,
    /// 多缴,元 — paid beyond the total.
    pub overpaid: Money,
    /// 违约金合计,元.
    pub default_interest: Option<Money>,
}

/// The total in fen split by shares that come to one: each part rounded down, and the fens left over to the parts with the
/// largest remainders, of equal ones to the first.
pub fn split(total: Money, shares: &[Fraction]) -> Result<Vec<Money>, Arithmetic> {
    let whole = Fraction::whole(total.to_units().into());
    let mut parts = Vec::with_capacity(shares.len());
    for (at, share) in shares.iter().enumerate() {
        let exact = whole.times(*share)?;
        let down = exact.round(0, Rounding::Down)?;
        parts.push((at, down, exact.minus(Fraction::whole(down))?));
    }
    let given: i128 = parts.iter().map(|(_, down, _)| down).sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| parts[b].2.cmp(&parts[a].2).then(a.cmp(&b)));
    let left = usize::try_from(i128::from(total.to_units()) - given).map_err(|_| Arithmetic::TooLarge)?;
    for &at in order.iter().take(left) {
        parts[at].1 += 1;
    }
    parts.into_iter().map(|(_, fen, _)| money(fen)).collect()
}

fn money(fen: i128) -> Result<Money, Arithmetic> {
    Money::from_units(i64::try_from(fen).map_err(|_| Arithmetic::TooLarge)?).map_err(|_| Arithmetic::TooLarge)
}

pub fn calculate(
    body: &PaymentScheduleBody,
    _: &Policy,
    today: NaiveDate,
    _: Detail,
) -> Result<PaymentScheduleAnswer, Refusal> {
    let as_of = body.as_of.unwrap_or(today);
    let mut faults = Faults::default();
    let shares: Vec<Fraction> = body.instalments.iter().map(|of| Fraction::from(of.share.get().get())).collect();
    for (at, of) in body.instalments.iter().enumerate() {
        if at > 0 && of.due_on < body.instalments[at - 1].due_on {
            let message = Text::fixed("各期应按约定付款日先后排列", "instalments stand in the order of their days");
            faults.add(&format!("/instalments/{at}/due_on"), of.due_on, message);
        }
    }
    let mut sum = Fraction::ZERO;
    for share in &shares {
        sum = sum.plus(*share).map_err(CannotDecide::from)?;
    }
    if sum != Fraction::ONE {
        faults.add("/instalments", sum, text!("各期比例合计为 {sum},应为 1", "the shares come to {sum}, not to 1"));
    }
    faults.refuse()?;
    settle(body, &shares, as_of).map_err(|error| CannotDecide::from(error).into())
}

fn settle(
    body: &PaymentScheduleBody,
    shares: &[Fraction],
    as_of: NaiveDate,
) -> Result<PaymentScheduleAnswer, Arithmetic> {
    let total = body.total.get();
    let amounts = split(total, shares)?;
    let mut paid: Vec<(NaiveDate, i128)> =
        body.paid.iter().flatten().map(|paid| (paid.on, paid.amount.get().to_units().into())).collect();
    paid.retain(|(on, _)| *on <= as_of);
    paid.sort_by_key(|(on, _)| *on);
    let mut received = paid.into_iter();
    let mut in_hand: Option<(NaiveDate, i128)> = None;
    let rate = body.daily_default_rate.map(|rate| Fraction::from(rate.get().get()));
    let mut instalments = Vec::with_capacity(amounts.len());
    let (mut outstanding, mut interest_total) = (0, 0);
    for (of, amount) in body.instalments.iter().zip(amounts) {
        let due = i128::from(amount.to_units());
        // Fen × days that were late.
        let (mut left, mut late_fen_days, mut settled_on) = (due, 0, None);
        while left > 0 {
            let Some((on, available)) = in_hand.take().or_else(|| received.next()) else { break };
            let part = left.min(available);
            left -= part;
            late_fen_days += part * i128::from((on - of.due_on).num_days().max(0));
            if available > part {
                in_hand = Some((on, available - part));
            }
            if left == 0 {
                settled_on = Some(on);
            }
        }
        late_fen_days += left * i128::from((as_of - of.due_on).num_days().max(0));
        outstanding += left;
        let interest = match rate {
            Some(rate) => Some(rate.times(Fraction::whole(late_fen_days))?.round(0, Rounding::HalfUp)?),
            None => None,
        };
        interest_total += interest.unwrap_or(0);
        instalments.push(InstalmentAnswer {
            due_on: of.due_on,
            amount,
            paid: money(due - left)?,
            settled_on,
            days_late: (settled_on.unwrap_or(as_of) - of.due_on).num_days().max(0),
            default_interest: interest.map(money).transpose()?,
        });
    }
    let over: i128 = in_hand.map_or(0, |(_, left)| left) + received.map(|(_, amount)| amount).sum::<i128>();
    Ok(PaymentScheduleAnswer {
        as_of,
        total,
        instalments,
        outstanding: money(outstanding)?,
        overpaid: money(over)?,
        default_interest: rate.map(|_| money(interest_total)).transpose()?,
    })
}
