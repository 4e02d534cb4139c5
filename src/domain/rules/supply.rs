//! Whether the land may be supplied by these methods at all.

pub mod catalogue;
pub mod land_use;
pub mod net_land;
pub mod standard_land;
