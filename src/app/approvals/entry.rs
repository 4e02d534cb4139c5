//! 整批入账 — the vouchers that bring the plots of an approval onto the books, written by the program out of the records.

use std::collections::{BTreeMap, HashSet};

use serde_json::json;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::missing;
use crate::app::vouchers::{self, Desk, Sent, Waiting};
use crate::domain::approval::Approval;
use crate::domain::input;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::voucher::{Document, Holding, LINES_MAX, Line, Voucher, VoucherBody};
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::domain::text::text;
use crate::storage::approval::StoredApproval;
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::{approval, plot, proposal};

/// What was proposed to bring an approval's plots onto the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Each with at most [`LINES_MAX`] plots.
    pub proposals: Vec<Waiting>,
    pub plots: usize,
    /// The recorded areas of those plots.
    pub area: AreaM2,
}

impl App {
    /// Proposes the entry of all plots of an approval that are neither on the books nor proposed already.
    pub fn propose_entry(&self, caller: &Caller, county: County, id: ApprovalId) -> Result<Entry, AppError> {
        let (user, desk) = (caller.user, self.voucher_desk(county));
        self.writer.write(Lane(county.number()), move |db| {
            let of = approval::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Approval, county, id.0))?;
            propose(db, county, &desk, user, &of)
        })
    }
}

fn propose(db: &mut Db, county: County, desk: &Desk, user: UserId, of: &StoredApproval) -> Result<Entry, AppError> {
    let mut plots = plot::not_entered(db, county, of.id)?;
    let waiting = if plots.is_empty() { HashSet::new() } else { proposed(db, county)? };
    let open = plots.len();
    plots.retain(|(id, _)| !waiting.contains(id));
    if plots.is_empty() {
        let number = &of.contents.number;
        return Err(AppError::Conflict(if open == 0 {
            text!(
                "批文“{number}”没有待入账的地块:其地块均已入账,或尚未录入地块",
                "approval {number:?} has no plot that waits to be entered: all of them are on the books, or none is recorded yet"
            )
        } else {
            text!(
                "批文“{number}”的 {open} 块地已在待批凭证中,请等审批,或先撤回原凭证",
                "{open} plots of approval {number:?} stand in proposals already: wait for their approval, or withdraw those first"
            )
        }));
    }
    let mut entry = Entry { proposals: Vec::new(), plots: plots.len(), area: sum(&plots)? };
    for plots in plots.chunks(LINES_MAX) {
        match vouchers::send_body(db, desk, user, body(&voucher(of.id, &of.contents, plots)))? {
            Sent::Proposed { proposal, .. } => entry.proposals.push(proposal),
            Sent::Posted { recorded, .. } => {
                let why = "an approval was posted without an approver";
                return Err(StorageError::corrupt(format!("voucher {county}/{}", recorded.seq), why).into());
            }
        }
    }
    Ok(entry)
}

/// The plots in proposals of this kind that may still be posted.
fn proposed(db: &mut Db, county: County) -> Result<HashSet<PlotId>, AppError> {
    let mut plots = HashSet::new();
    for proposal in proposal::under_way(db, county, Kind::Approve)? {
        let body = input::read::<VoucherBody>(proposal.body.as_bytes()).map_err(|_| {
            StorageError::corrupt(format!("proposal {county}/{}", proposal.id), "its body cannot be read")
        })?;
        plots.extend(body.lines.iter().filter_map(|line| line.to.plot));
    }
    Ok(plots)
}

/// The recorded areas of plots, added up.
pub(in crate::app) fn sum(plots: &[(PlotId, AreaM2)]) -> Result<AreaM2, AppError> {
    let add = |sum: AreaM2, (_, area): &(PlotId, AreaM2)| sum.checked_add(*area);
    plots.iter().try_fold(AreaM2::ZERO, add).map_err(|error| AppError::CannotDecide(error.text()))
}

/// The voucher that enters plots of an approval, on its day and by its document. Its client id is new: after a withdrawal the
/// same plots may come again.
pub(in crate::app) fn voucher(id: ApprovalId, of: &Approval, plots: &[(PlotId, AreaM2)]) -> Voucher {
    let line = |(plot, area): &(PlotId, AreaM2)| Line {
        from: Holding { plot: *plot, account: Account::Outside, parcel: None },
        to: Holding { plot: *plot, account: Account::Unsupplied, parcel: None },
        area: *area,
    };
    Voucher {
        client_id: format!("entry-{id}-{}", hex(&rand::random::<[u8; 6]>())),
        kind: Kind::Approve,
        effective_on: of.approved_on,
        document: Document {
            number: Some(of.number.to_string()),
            authority: Some(of.authority.to_string()),
            dated: Some(of.approved_on),
            attachments: Vec::new(),
        },
        corrects: None,
        write_off: None,
        method: None,
        historical: false,
        memo: None,
        lines: plots.iter().map(line).collect(),
        drawn: BTreeMap::new(),
    }
}

/// The voucher as a clerk would have written it.
fn body(of: &Voucher) -> String {
    let lines: Vec<_> = of
        .lines
        .iter()
        .map(|line| {
            let to = json!({"account": line.to.account, "plot": line.to.plot});
            json!({"from": {"account": line.from.account}, "to": to, "area_m2": line.area})
        })
        .collect();
    let Document { number, authority, dated, .. } = &of.document;
    json!({
        "client_id": of.client_id,
        "kind": of.kind,
        "effective_on": of.effective_on,
        "document": {"number": number, "authority": authority, "dated": dated},
        "lines": lines,
    })
    .to_string()
}
