//! A price or rents held against the national minimum price.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::exact::{Fraction, Rounding, decimal_text, round_big};
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{NonNegative, Positive, input};
use crate::domain::policy::Policy;
use crate::domain::quantity::{PricePerM2, Ratio, UnitPrice};
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::case::LandUse;
use crate::domain::rules::price::discount::Payment;
use crate::domain::rules::price::national_minimum::{self, LandGrade, MinimumCase};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

/// Payments of one deal: a monthly rent over the longest grant fits.
const PAYMENTS_MAX: usize = 1000;

input!(
    /// 一笔付款 — an amount a square metre that is due some time after the signing.
    pub struct PaymentBody {
        /// 签约后月数 — whole months after the signing; 0 at the signing.
        #[schema(minimum = 0, maximum = 1200)]
        pub months: u32,
        /// 每平方米金额,元.
        pub amount_per_m2: Positive<PricePerM2>,
    }
);

input!(
    /// 最低价标准核验.
    #[schema(example = json!({
        "on": "2026-06-30", "land_use": "industrial", "total_term": "20", "rate": "0.06", "grade": 9,
        "payments": [{"months": 0, "amount_per_m2": "140"}]
    }))]
    pub struct NationalMinimumBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 土地用途 — industrial or warehousing land.
        pub land_use: LandUse,
        /// 合计年期 — of lease and grant together.
        pub total_term: Term,
        /// 最高年期 — the longest grant of the use where not given.
        pub max_term: Option<Term>,
        /// 还原利率 — a year, such as 0.06.
        pub rate: NonNegative<Ratio>,
        /// 土地等别 — 1 to 15; without it the restored price is given alone.
        #[schema(minimum = 1, maximum = 15)]
        pub grade: Option<u32>,
        /// 适用情形 — the whole standard where not given.
        pub minimum: Option<MinimumCase>,
        /// 各期付款 — all payments of the deal.
        #[schema(min_items = 1, max_items = 1000)]
        pub payments: Vec<PaymentBody>,
    }
    check(body, reader) {
        let count = body.payments.len();
        if count == 0 || count > PAYMENTS_MAX {
            reader.fault_at("payments", None, text!(
                "共 {count} 笔付款,应为 1 至 {PAYMENTS_MAX} 笔", "{count} payments are given, from 1 to {PAYMENTS_MAX} are expected"
            ));
        }
        if body.payments.iter().any(|payment| payment.months > 1200) {
            reader.fault_at("payments", None, Text::fixed("付款不得晚于签约后 1200 个月", "no payment is due later than 1200 months after the signing"));
        }
        if body.grade.is_some_and(|grade| u8::try_from(grade).ok().and_then(LandGrade::new).is_none()) {
            reader.fault_at("grade", body.grade.map(|grade| grade.to_string()).as_deref(), Text::fixed("土地等别为 1 至 15", "grades are 1 to 15"));
        }
        check_rate(body.rate.get(), "rate", reader);
    }
);

/// Refuses a rate that is none: below nothing, or a percentage written as a number.
pub(in crate::domain) fn check_rate(rate: Ratio, member: &str, reader: &mut crate::domain::input::Reader) {
    if rate.is_negative() || Fraction::from(rate.get()) >= Fraction::ONE {
        let message =
            Text::fixed("利率应在 0 与 1 之间,如 6% 写作 0.06", "a rate lies between 0 and 1: 6 % is written as 0.06");
        reader.fault_at(member, Some(&rate.to_string()), message);
    }
}

/// 最低价标准核验结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NationalMinimumAnswer {
    pub on: NaiveDate,
    pub max_term: Term,
    /// 年期修正系数 K — six decimals, half up.
    #[schema(example = "0.727701")]
    pub term_factor: String,
    /// 现值合计,元/平方米 — four decimals, half up.
    #[schema(example = "140.0000")]
    pub present_value_per_m2: String,
    /// 还原单价,元/平方米 — rounded down to the fen.
    pub restored_unit_price: UnitPrice,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &NationalMinimumBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<NationalMinimumAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let mut faults = Faults::default();
    if !matches!(body.land_use, LandUse::Industrial | LandUse::Warehousing) {
        faults.add(
            "/land_use",
            body.land_use,
            Text::fixed(
                "最低价标准只适用于工业用地(含仓储)",
                "the minimum prices are those of industrial land, warehousing included",
            ),
        );
    }
    let max_term = faults.max_term(body.max_term, ("/total_term", body.total_term), (body.land_use, on), policy)?;
    let total = body.total_term.months();
    for (at, late) in body.payments.iter().enumerate().filter(|(_, payment)| payment.months > total) {
        let months = late.months;
        faults.add(
            &format!("/payments/{at}/months"),
            months,
            text!("付款晚于合计年期 {total} 个月", "the payment is due after the total term of {total} months"),
        );
    }
    faults.refuse()?;
    let payments: Vec<Payment> = body
        .payments
        .iter()
        .map(|payment| Payment { months: payment.months, per_m2: Fraction::from(payment.amount_per_m2.get()) })
        .collect();
    let case = national_minimum::Case {
        payments: &payments,
        total_term: body.total_term,
        max_term,
        rate: body.rate.get(),
        grade: body.grade.and_then(|grade| u8::try_from(grade).ok()).and_then(LandGrade::new),
        minimum: body.minimum.unwrap_or_default(),
        on,
    };
    let decided = national_minimum::decide(case, policy)?;
    let (outcome, findings) = detail.of(&[&decided])?;
    let restored = decided.result;
    let half_up = |number, scale| {
        Ok::<_, Refusal>(decimal_text(
            round_big(number, scale, Rounding::HalfUp).map_err(crate::domain::rules::CannotDecide::from)?,
            scale,
        ))
    };
    Ok(NationalMinimumAnswer {
        on,
        max_term,
        term_factor: half_up(&restored.factor, 6)?,
        present_value_per_m2: half_up(&restored.present_value, 4)?,
        restored_unit_price: restored.price,
        outcome,
        findings,
    })
}
