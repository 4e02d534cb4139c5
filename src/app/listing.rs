//! What all lists share: the page and the order that are asked for, what is answered, and the columns of each.

pub use crate::storage::announcement::AnnouncementColumn;
pub use crate::storage::approval::ApprovalColumn;
pub use crate::storage::contract::ContractColumn;
pub use crate::storage::demand::DemandColumn;
pub use crate::storage::encumbrance::EncumbranceColumn;
pub use crate::storage::idle_case::CaseColumn;
pub use crate::storage::journal::JournalColumn;
pub use crate::storage::ledger::VoucherColumn;
pub use crate::storage::listing::{KEYS_MAX, Listed, Order, Place, Position, SortColumn};
pub use crate::storage::measure::SheetColumn;
pub use crate::storage::paper::PaperColumn;
pub use crate::storage::parcel::ParcelColumn;
pub use crate::storage::plot::PlotColumn;
pub use crate::storage::price_base::BaseColumn;
pub use crate::storage::project::ProjectColumn;
pub use crate::storage::proposal::ProposalColumn;
