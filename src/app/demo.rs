//! The demonstration county: its records in bulk and its acts as vouchers through the ledger ([`load`]), then what happened
//! in it, told through the application's own use cases as its people would have done it ([`stories`]).

mod contracts;
mod idle;
mod load;
mod office;
mod stories;

use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::error::AppError;
use crate::domain::attachment::MediaType;
use crate::domain::demo::{COUNTY_NAME, Demo, townships};
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::decide::Margins;
use crate::domain::region::{County, UserId};
use crate::storage::attachment::Attachment;
use crate::storage::db::Lane;
use crate::storage::township::Township;
use crate::storage::{attachment, county, township};

use load::{Known, Loader, code, sound};
pub use stories::{DemoPeople, DemoTold};

/// Approvals written in one transaction.
const APPROVALS_PER_WRITE: usize = 40;

/// The paper that acts with an attachment name: one line, plainly for demonstration.
const PAPER: &[u8] = b"%PDF-1.4\n% demonstration only\n%%EOF\n";

/// Who stands behind the vouchers of the demonstration.
#[derive(Debug, Clone, Copy)]
pub struct DemoStaff {
    pub clerk: UserId,
    pub reviewer: UserId,
    pub approver: UserId,
}

/// What was loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DemoLoaded {
    pub approvals: u64,
    pub plots: u64,
    pub parcels: u64,
    pub vouchers: u64,
}

impl App {
    /// Makes the demonstration county in a database that has none of that code yet.
    pub fn load_demo(
        &self,
        demo: Demo,
        staff: DemoStaff,
        mut progress: impl FnMut(DemoLoaded),
    ) -> Result<DemoLoaded, AppError> {
        let of: County = crate::domain::demo::COUNTY_CODE.parse().map_err(sound)?;
        let (now, today) = (self.clock.now(), self.clock.today());
        let paper = hex(&Sha256::digest(PAPER));
        let loader = Loader {
            county: of,
            staff,
            now,
            today,
            margins: Margins::on(&*self.policy(of)?, today)?,
            paper: paper.clone(),
        };
        self.writer.write(Lane(of.number()), move |db| {
            if county::by_code(db, of)?.is_some() {
                let taken = crate::domain::text::text!(
                    "{of} 已有台账,演示数据只装入新的数据库",
                    "county {of} is there already; the demonstration goes into a new database"
                );
                return Err(AppError::Conflict(taken));
            }
            county::insert(db, of, COUNTY_NAME, Demo::extent(), now)?;
            for unit in townships() {
                let township =
                    Township { code: code(unit.code)?, name: unit.name.to_owned(), is_official: unit.is_official_code };
                township::put(db, of, &township)?;
            }
            let size = i64::try_from(PAPER.len()).unwrap_or(i64::MAX);
            let stored = Attachment {
                sha256: paper,
                media_type: MediaType::Pdf,
                size,
                recorded_by: staff.clerk,
                recorded_at: now,
            };
            attachment::insert(db, of, &stored, PAPER)?;
            Ok::<_, AppError>(())
        })?;

        let mut loaded = DemoLoaded::default();
        let mut known = Known::default();
        let mut batch = Vec::new();
        let mut approvals = demo.peekable();
        while let Some(next) = approvals.next() {
            loaded.approvals += 1;
            loaded.plots += next.plots.len() as u64;
            loaded.parcels += next.parcels.len() as u64;
            loaded.vouchers += next.acts.len() as u64;
            batch.push(next);
            if batch.len() == APPROVALS_PER_WRITE || approvals.peek().is_none() {
                let (loader, group, mut names) =
                    (loader.clone(), std::mem::take(&mut batch), std::mem::take(&mut known));
                known = self.writer.write(Lane(of.number()), move |db| {
                    loader.load(db, group, &mut names)?;
                    Ok::<_, AppError>(names)
                })?;
                progress(loaded);
            }
        }
        self.pool.get()?.analyze(&[
            "approval",
            "plot",
            "parcel",
            "voucher",
            "voucher_line",
            "balance",
            "feature_geometry",
            "feature",
            "land_polygon",
        ])?;
        Ok(loaded)
    }
}
