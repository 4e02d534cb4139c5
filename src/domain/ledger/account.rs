//! The accounts of the area ledger (DESIGN.md 2.1).

use crate::domain::input::vocabulary;

vocabulary! {
    /// 科目 — where a square metre stands.
    pub enum Account {
        Outside = "outside" "账外",
        Unsupplied = "unsupplied" "批而未供",
        Supplied = "supplied" "已供",
        Idle = "idle" "闲置",
        Recovered = "recovered" "收回待供",
        WrittenOff = "written_off" "核销(核减、撤回、失效)",
        NoSupplyNeeded = "no_supply_needed" "无需供应",
    }
}

impl Account {
    /// Whether a holding of this account lies in a parcel: land that somebody holds by contract.
    pub const fn has_parcel(self) -> bool {
        matches!(self, Self::Supplied | Self::Idle)
    }
}
