//! Whether a price covers the cost price.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::exact::Fraction;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::input::{Line, Positive, input, vocabulary};
use crate::domain::policy::Policy;
use crate::domain::quantity::Money;
use crate::domain::rules::calculation::{Detail, Faults, Refusal};
use crate::domain::rules::{CannotDecide, price};
use crate::domain::text::Text;

vocabulary!(
    /// 成本类别 — kind of a cost.
    pub enum CostKind {
        Acquisition = "acquisition" "土地取得成本",
        EarlyDevelopment = "early_development" "前期开发成本",
        PrescribedFees = "prescribed_fees" "规定税费",
        Other = "other" "其他成本",
    }
);

input!(
    /// 成本 — one part of the cost.
    #[schema(example = json!({"kind": "acquisition", "amount": "3200000.00"}))]
    pub struct CostPart {
        /// 成本类别.
        pub kind: CostKind,
        /// 金额,元.
        pub amount: Positive<Money>,
        /// 依据文件 — the document it rests on.
        pub document: Option<Line<100>>,
    }
);

input!(
    /// 按面积分摊 — this land's area of the district's.
    #[schema(example = json!({"part": "33333.33", "whole": {"value": "10", "unit": "ha"}}))]
    pub struct SharedByArea {
        /// 本宗面积.
        pub part: Positive<GivenArea>,
        /// 片区可供应面积.
        pub whole: Positive<GivenArea>,
    }
);

input!(
    /// 按价格分摊 — this land's price of the district's.
    pub struct SharedByPrice {
        /// 本宗价格,元.
        pub part: Positive<Money>,
        /// 片区各宗价格合计,元.
        pub whole: Positive<Money>,
    }
);

input!(
    /// 成本价核对.
    #[schema(example = json!({
        "on": "2026-06-30", "total_price": "4666666.20",
        "costs": [
            {"kind": "acquisition", "amount": "9000000.00"},
            {"kind": "early_development", "amount": "3500000.00"},
            {"kind": "prescribed_fees", "amount": "600000.00"},
        ],
        "shared_by_area": {"part": "33333.33", "whole": {"value": "10", "unit": "ha"}},
    }))]
    pub struct CostFloorBody {
        /// 适用日期 — the day whose law applies; today where not given.
        pub on: Option<NaiveDate>,
        /// 总价,元 — what is paid for the land in all; for a lease, its rents added up.
        pub total_price: Positive<Money>,
        /// 成本.
        pub costs: Vec<CostPart>,
        /// 按面积分摊片区成本 — the costs are those of a district, of which this land bears its part.
        pub shared_by_area: Option<SharedByArea>,
        /// 按价格分摊片区成本.
        pub shared_by_price: Option<SharedByPrice>,
    }
);

/// 成本价核对结果.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CostFloorAnswer {
    pub on: NaiveDate,
    /// 成本合计,元 — the costs added up, of the whole district where they are shared.
    pub cost_total: Money,
    /// 分摊比例 — the part that falls on this land.
    pub share: Fraction,
    /// 成本价,元 — rounded up to the fen.
    pub cost_price: Money,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub findings: Vec<Finding>,
}

pub fn calculate(
    body: &CostFloorBody,
    policy: &Policy,
    today: NaiveDate,
    detail: Detail,
) -> Result<CostFloorAnswer, Refusal> {
    let on = body.on.unwrap_or(today);
    let mut faults = Faults::default();
    if body.costs.is_empty() {
        let message = Text::fixed("至少要有一项成本", "at least one part of the cost is needed");
        faults.missing("/costs", message);
    }
    let sum = body.costs.iter().try_fold(Money::ZERO, |sum, part| sum.checked_add(part.amount.get()));
    let cost = sum.unwrap_or_else(|bad| {
        faults.missing("/costs", bad.text());
        Money::ZERO
    });
    let share = match (&body.shared_by_area, &body.shared_by_price) {
        (None, None) => (Fraction::ONE, ""),
        (Some(area), None) => (over(area.part.get().exact_m2(), area.whole.get().exact_m2())?, "/shared_by_area/part"),
        (None, Some(price)) => (over(price.part.get().into(), price.whole.get().into())?, "/shared_by_price/part"),
        (Some(_), Some(_)) => {
            let message =
                Text::fixed("按面积或按价格分摊,只能选一种", "share the cost by area or by price, not by both");
            faults.missing("/shared_by_price", message);
            (Fraction::ONE, "")
        }
    };
    let (share, pointer) = share;
    if share > Fraction::ONE {
        let message = Text::fixed(
            "本宗大于整个片区;请核对数字和单位",
            "the part is larger than the whole; check figures and units",
        );
        faults.missing(pointer, message);
    }
    faults.refuse()?;

    let total_price = body.total_price.get();
    let decided = price::cost_floor::decide(price::cost_floor::Case { total_price, cost, share, on }, policy)?;
    let (outcome, findings) = detail.of(&[&decided])?;
    Ok(CostFloorAnswer { on, cost_total: cost, share, cost_price: decided.result.cost_price, outcome, findings })
}

fn over(part: Fraction, whole: Fraction) -> Result<Fraction, CannotDecide> {
    Ok(part.over(whole)?)
}
