//! 地账 Dizhang: the land accounts of a county land bureau.

pub mod domain;
pub mod formats;
