//! The rates of the land statistics (DESIGN.md 2.1), each with what it is made from.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::ledger::account::Account;
use crate::domain::ledger::balance::Sums;
use crate::domain::quantity::AreaM2;

crate::vocabulary! {
    /// 计算口径 — what a rate is made from.
    pub enum Basis {
        Balance = "balance" "按余额",
        Turnover = "turnover" "按发生额",
    }
}

/// 比率 — a fraction, and the same in percent rounded half up to 2 decimals; none where the denominator is 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rate {
    /// 口径
    pub basis: Basis,
    /// 分数 — numerator/denominator in m²
    #[schema(example = "15000.0000/40000.0000")]
    pub fraction: Option<String>,
    /// 百分比,四舍五入到 2 位小数
    #[schema(example = "37.50")]
    pub percent: Option<String>,
}

/// 各项比率
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rates {
    /// 供地率 = 累计首次供应 ÷ 批准净额
    pub supply: Rate,
    /// 批而未供率 = 未供 ÷ 批准净额
    pub unsupplied: Rate,
    /// 土地闲置率 = 闲置 ÷ (已供 + 闲置)
    pub idle: Rate,
}

/// The rates of one group.
pub fn rates(sums: &Sums) -> Rates {
    let approved = -sums.of(Account::Outside);
    let idle = sums.of(Account::Idle);
    Rates {
        supply: rate(Basis::Turnover, sums.balances().first_supply_cumulative_m2, approved),
        unsupplied: rate(Basis::Balance, sums.of(Account::Unsupplied), approved),
        idle: rate(Basis::Balance, idle, sums.of(Account::Supplied) + idle),
    }
}

/// A rate of two areas.
pub fn rate(basis: Basis, numerator: AreaM2, denominator: AreaM2) -> Rate {
    if !denominator.is_positive() {
        return Rate { basis, fraction: None, percent: None };
    }
    // 100 × numerator has at most 18 digits, so the quotient keeps more than enough behind the point to round once.
    let percent = (numerator.get() * Decimal::ONE_HUNDRED / denominator.get())
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    Rate { basis, fraction: Some(format!("{numerator}/{denominator}")), percent: Some(format!("{percent:.2}")) }
}
