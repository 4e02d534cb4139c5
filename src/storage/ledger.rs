//! The ledger's rows. Vouchers are posted and read; nothing changes or removes one.

mod decode;
mod facts;
pub mod land;
mod post;
pub mod verify;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::refused::Refused;
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::schema::{balance, county_state, policy_overlay, proposal, voucher, voucher_line, voucher_note};

pub use decode::{Page, VoucherColumn, by_seq, page};
pub use facts::{Checked, NewPlot, Terms, check, lines_of_plot};
pub use post::{Post, Posted, Rows, enter, known, post, write};

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("refused: {}", .0.name())]
    Refused(Refused),
    #[error("client id {client_id:?} is voucher {seq} with other contents")]
    IdTaken { client_id: String, seq: i64 },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<diesel::result::Error> for PostError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

/// The newest voucher of a county, and what else moves only under the county's lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: Hash,
    pub plots_version: i64,
    pub closed_through: Option<NaiveDate>,
    pub last_recorded_at: Option<NaiveDateTime>,
    /// The number of the county's last policy overlay; 0 if it has none.
    pub policy_rows: i64,
}

/// Where a voucher that was sent meets the ledger: the head, and who bears its client id already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub head: Head,
    /// The proposal of that client id.
    pub proposal: Option<i64>,
    /// The voucher of that client id.
    pub voucher: Option<i64>,
}

type HeadRow = (i64, Vec<u8>, i64, Option<NaiveDate>, Option<NaiveDateTime>, Option<i64>);

fn read_head(of: County, row: HeadRow) -> Result<Head, StorageError> {
    let (seq, hash, plots_version, closed_through, last_recorded_at, policy_rows) = row;
    let hash = decode::hash(of, seq, &hash)?;
    let policy_rows = policy_rows.unwrap_or(0);
    Ok(Head { seq, hash, plots_version, closed_through, last_recorded_at, policy_rows })
}

/// The columns of a head: one statement reads them all.
macro_rules! head_columns {
    ($of:expr) => {
        (
            county_state::head_seq,
            county_state::head_hash,
            county_state::plots_version,
            county_state::closed_through,
            county_state::last_recorded_at,
            policy_overlay::table
                .filter(policy_overlay::county.eq($of.number()))
                .select(diesel::dsl::max(policy_overlay::n))
                .single_value(),
        )
    };
}

/// The county's state, or none if the county is not kept here.
pub fn head(db: &mut Db, of: County) -> Result<Option<Head>, StorageError> {
    let row: Option<HeadRow> = county_state::table.find(of.number()).select(head_columns!(of)).first(db).optional()?;
    row.map(|row| read_head(of, row)).transpose()
}

/// The county's state with what bears a client id there, in one journey; none if the county is not kept here.
pub fn arrive(db: &mut Db, of: County, client_id: &str) -> Result<Option<Arrival>, StorageError> {
    let row: Option<(HeadRow, Option<i64>, Option<i64>)> = county_state::table
        .find(of.number())
        .select((
            head_columns!(of),
            proposal::table
                .filter(proposal::county.eq(of.number()).and(proposal::client_id.eq(client_id)))
                .select(proposal::id)
                .single_value(),
            voucher::table
                .filter(voucher::county.eq(of.number()).and(voucher::client_id.eq(client_id)))
                .select(voucher::seq)
                .single_value(),
        ))
        .first(db)
        .optional()?;
    row.map(|(head, proposal, voucher)| Ok(Arrival { head: read_head(of, head)?, proposal, voucher })).transpose()
}

/// The number of the last voucher recorded at or before an instant.
pub fn seq_at(db: &mut Db, of: County, at: NaiveDateTime) -> Result<i64, StorageError> {
    let seq: Option<i64> = voucher::table
        .filter(voucher::county.eq(of.number()).and(voucher::recorded_at.le(at)))
        .select(diesel::dsl::max(voucher::seq))
        .first(db)?;
    Ok(seq.unwrap_or(0))
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voucher)]
#[diesel(treat_none_as_default_value = false)]
struct VoucherRow {
    county: i32,
    seq: i64,
    client_id: String,
    kind: String,
    effective_on: NaiveDate,
    recorded_at: NaiveDateTime,
    proposer_id: i64,
    reviewer_id: Option<i64>,
    approver_id: Option<i64>,
    document_number: Option<String>,
    document_authority: Option<String>,
    document_dated: Option<NaiveDate>,
    attachments: String,
    corrects: Option<i64>,
    write_off: Option<String>,
    method: Option<String>,
    is_historical: bool,
    is_late: bool,
    flags: String,
    memo_digest: Option<Vec<u8>>,
    hash: Vec<u8>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voucher_line)]
#[diesel(treat_none_as_default_value = false)]
struct LineRow {
    county: i32,
    seq: i64,
    line: i32,
    kind: String,
    effective_on: NaiveDate,
    from_account: String,
    from_plot: i64,
    from_parcel: Option<i64>,
    to_account: String,
    to_plot: i64,
    to_parcel: Option<i64>,
    area_cm2: i64,
    drawn_sha256: Option<Vec<u8>>,
    moved_sha256: Option<Vec<u8>>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voucher_note)]
struct NoteRow {
    county: i32,
    seq: i64,
    salt: Vec<u8>,
    memo: String,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = balance)]
#[diesel(treat_none_as_default_value = false)]
struct BalanceRow {
    county: i32,
    account: String,
    plot_id: i64,
    /// 0 where the account has no parcel: part of the key.
    parcel_id: i64,
    area_cm2: i64,
    land_sha256: Option<Vec<u8>>,
}
