//! 导入即入账 — plots onto the books in the transaction that records them, on the signature of an approver.
//!
//! Plots that have been written come by once more. Those of an approval become vouchers of its day and document, decided
//! as every voucher is; what the decision needs to know of them was recorded a moment ago and is at hand.

use std::borrow::Cow;

use serde::Serialize;

use super::write::{Chunk, Named};
use super::{Desk, ImportReport};
use crate::app::approvals::entry;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::records::missing;
use crate::app::vouchers;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::layer::Layer;
use crate::domain::ledger::decide::{Margins, PlotFacts};
use crate::domain::ledger::land::Land;
use crate::domain::ledger::voucher::Signatures;
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, PlotId, UserId};
use crate::storage::db::Db;
use crate::storage::feature::{self, NewFeatures};
use crate::storage::ledger::{self, Head, NewPlot, Rows};
use crate::storage::plot::StoredPlot;

/// Plots of one voucher, so that those which wait for it are few.
const LINES: usize = 2000;

/// What an import brought onto the books.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Entered {
    /// Numbers of the vouchers.
    pub vouchers: Vec<i64>,
    pub plots: usize,
    /// The recorded areas of those plots.
    pub area_m2: AreaM2,
    /// New plots that belong to no approval: how they came about only an opening voucher can say.
    pub left: usize,
}

/// A voucher with the residuals of its plots, ready to be written.
pub(super) struct Voucher {
    rows: Rows,
    residuals: NewFeatures,
    seq: i64,
    plots: usize,
    area: AreaM2,
}

impl Voucher {
    pub fn write(&self, db: &mut Db, desk: Desk, report: &mut ImportReport) -> Result<(), AppError> {
        ledger::write(db, &self.rows)?;
        feature::insert(db, desk.county, Layer::Residuals, &self.residuals)?;
        let entered = report.entered.get_or_insert_default();
        entered.vouchers.push(self.seq);
        entered.plots += self.plots;
        entered.area_m2 =
            entered.area_m2.checked_add(self.area).map_err(|error| AppError::CannotDecide(error.text()))?;
        Ok(())
    }
}

/// Makes vouchers of plots that were written.
pub(super) struct Entering<'n> {
    desk: Desk,
    vouchers: vouchers::Desk,
    head: Head,
    margins: Margins,
    signatures: Signatures,
    named: &'n Named,
    open: Vec<(StoredPlot, Option<CheckedPolygon>)>,
    /// Plots without an approval so far.
    pub left: usize,
}

impl<'n> Entering<'n> {
    /// Begins inside the county's lock.
    pub fn begin(
        db: &mut Db,
        desk: Desk,
        vouchers: vouchers::Desk,
        approver: UserId,
        named: &'n Named,
    ) -> Result<Self, AppError> {
        let head = ledger::head(db, desk.county)?.ok_or_else(|| AppError::unknown_county(desk.county))?;
        let margins = vouchers.margins(db, &head)?;
        let signatures = Signatures { proposer: desk.stamp.user, reviewer: None, approver: Some(approver) };
        Ok(Self { desk, vouchers, head, margins, signatures, named, open: Vec::new(), left: 0 })
    }

    /// Takes plots that were written, those of an approval one after another, and makes each voucher that is full or whose
    /// approval is over.
    pub fn take(&mut self, chunk: Chunk) -> Result<Vec<Voucher>, AppError> {
        let mut made = Vec::new();
        let mut polygons = chunk.polygons.into_iter().peekable();
        for plot in chunk.plots {
            let polygon = polygons.next_if(|(id, ..)| *id == plot.record.id).map(|(_, _, polygon)| polygon);
            let Some(approval) = plot.record.contents.approval else {
                self.left += 1;
                continue;
            };
            let is_over = self.open_approval().is_some_and(|open| open != approval);
            if is_over || self.open.len() == LINES {
                made.extend(self.close()?);
            }
            self.open.push((plot, polygon));
        }
        Ok(made)
    }

    fn open_approval(&self) -> Option<ApprovalId> {
        self.open.first().and_then(|(plot, _)| plot.record.contents.approval)
    }

    /// The voucher of the plots that wait for one.
    pub fn close(&mut self) -> Result<Option<Voucher>, AppError> {
        let Some(id) = self.open_approval() else { return Ok(None) };
        let (county, plots) = (self.desk.county, std::mem::take(&mut self.open));
        let approval = self.named.get(&id).ok_or_else(|| missing(Collection::Approval, county, id.0))?;
        let areas: Vec<(PlotId, AreaM2)> =
            plots.iter().map(|(plot, _)| (plot.record.id, plot.record.contents.area.m2())).collect();
        let area = entry::sum(&areas)?;
        let facts =
            |recorded| PlotFacts { recorded, approval: Some((approval.approved_on, approval.authority.to_string())) };
        let new = plots.iter().map(|(plot, polygon)| NewPlot {
            id: plot.record.id,
            facts: facts(plot.record.contents.area.m2()),
            land: polygon.as_ref().map(Land::of),
        });
        let post = self.vouchers.made(entry::voucher(id, approval, &areas), self.signatures, self.margins);
        let (posted, rows) = ledger::enter(&mut self.head, post, new.collect()).map_err(AppError::Refused)?;
        let drawn: Vec<(&StoredPlot, Cow<'_, CheckedPolygon>)> = plots
            .iter()
            .filter_map(|(plot, polygon)| Some((plot, features::residual_of(&posted, plot, polygon.as_ref())?)))
            .collect();
        let residuals = features::new_residuals(county, &drawn, self.named);
        Ok(Some(Voucher { rows, residuals, seq: posted.recorded.seq, plots: plots.len(), area }))
    }
}
