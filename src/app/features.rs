//! Features: what GIS programs get of plots, residuals, parcels and approvals.
//!
//! They are rendered where the records are written, in the same transaction (`keep`), read without looking at the
//! records (`read`), and proved by rendering them anew (`verify`).

mod keep;
mod read;
mod render;
mod verify;

pub use crate::domain::layer::Layer;
pub use crate::storage::feature::{Days, Equal, LayerState, Value};
pub use keep::{Residual, put_residuals, render_outdated};
pub(crate) use keep::{put_approvals, put_parcels, put_plots, residuals_after, touch_approval, touch_residuals};
pub use read::{FeaturePage, FeatureQuery, FeatureText, LayerFacts};
pub use verify::{Report, verify};
