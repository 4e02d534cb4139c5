//! Features: what GIS programs get of plots, residuals, parcels, approvals and contracts.
//!
//! They are rendered where the records are written, in the same transaction (`keep`), read without looking at the
//! records (`read`), and proved by rendering them anew (`verify`).

mod cases;
mod cells;
mod keep;
mod read;
mod render;
mod residuals;
mod verify;

pub use crate::domain::layer::Layer;
pub use crate::storage::feature::{Days, Equal, LayerState, Value};
pub(crate) use cases::put_cases;
pub use cells::{FeatureCell, FeatureCells};
pub use keep::render_outdated;
pub(crate) use keep::{
    new_plots, put_approvals, put_contracts, put_parcels, put_plots, touch_approval, touch_residuals,
};
pub use read::{FeaturePage, FeatureQuery, FeatureText, LayerFacts};
pub(crate) use residuals::{new_residuals, residual_of, residuals_after, residuals_of};
pub use verify::{Report, verify};
