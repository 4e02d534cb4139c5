//! 地账 Dizhang: the land accounts of a county land bureau.

pub mod app;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod http;
pub mod storage;
