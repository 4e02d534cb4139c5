//! What happened in the demonstration county: contracts and what became of them, idle land, papers, offers, pre-checks.
//!
//! Everything goes through the use cases of the application, by people with the roles that the law asks for, on days that
//! are counted back from today. So the same seed and day give the same county (but for what is random by its nature, such
//! as the references of pre-checks), and every board and list has something to show.

use std::cell::{Cell, RefCell};

use chrono::{Datelike, Days, NaiveDate};
use serde_json::Value;

use crate::app::App;
use crate::app::attachments::Upload;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::listing::Place;
use crate::app::vouchers::VoucherPage;
use crate::domain::input::{self, Input};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::{Kind, SupplyMethod};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId};
use crate::storage::ledger::land::areas_of_parcel;

/// 机关代字 of the demonstration's papers.
pub(super) const WORD: &str = "演示自然资闲";

/// Vouchers looked at together.
const CHUNK: i64 = 500;

/// Who does what in the stories, each with the roles of an account of the demonstration.
#[derive(Debug, Clone)]
pub struct DemoPeople {
    pub clerk: Caller,
    pub reviewer: Caller,
    pub approver: Caller,
    pub price_keeper: Caller,
    pub price_reviewer: Caller,
    pub price_approver: Caller,
}

/// What was told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DemoTold {
    pub contracts: u64,
    pub cases: u64,
    pub papers: u64,
    pub measures: u64,
    pub prechecks: u64,
}

/// Land that was supplied some years ago and lies in one plot: a contract can be about it.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub parcel: ParcelId,
    pub code: String,
    pub land_use: String,
    pub area: AreaM2,
    pub supplied_on: NaiveDate,
    pub method: SupplyMethod,
}

/// Whoever tells the stories, with what they share.
pub(super) struct Teller<'a> {
    pub app: &'a App,
    pub county: County,
    pub people: &'a DemoPeople,
    pub today: NaiveDate,
    /// The scan that acts with an attachment name.
    pub scan: String,
    serial: Cell<i64>,
    /// Of each paper that was registered, the year.
    papers: RefCell<Vec<i32>>,
    /// Cases that wait for a working calendar: nothing more is told of them.
    pub waiting: RefCell<Vec<i64>>,
}

impl App {
    /// Tells what happened in the demonstration county. Land that is not there is not told of.
    pub fn tell_demo(&self, people: &DemoPeople) -> Result<DemoTold, AppError> {
        let county: County = crate::domain::demo::COUNTY_CODE.parse().map_err(super::load::sound)?;
        let mut upload = Upload::default();
        upload.push(super::PAPER)?;
        let scan = self.create_attachment(&people.clerk, county, None, upload)?.record.sha256;
        let teller = Teller {
            app: self,
            county,
            people,
            today: self.clock.today(),
            scan,
            serial: Cell::new(0),
            papers: RefCell::default(),
            waiting: RefCell::default(),
        };
        let mut told = DemoTold::default();
        teller.settings()?;
        let grounds = teller.grounds(super::contracts::STORIES.len())?;
        let contracts = teller.contracts(&grounds)?;
        told.contracts = contracts.len() as u64;
        teller.idle_cases(&contracts, &mut told)?;
        teller.monitoring_export(&contracts)?;
        teller.measures(&mut told)?;
        teller.offers()?;
        teller.tables()?;
        teller.prechecks(&mut told)?;
        teller.price_bases()?;
        self.pool.get()?.analyze(&["contract", "contract_event", "idle_case", "idle_case_step", "feature"])?;
        Ok(told)
    }
}

/// A body as it would be sent: what the stories say is right, and a test says so.
pub(super) fn body<T: for<'de> Input<'de>>(sent: &Value) -> Result<T, AppError> {
    input::read(sent.to_string().as_bytes()).map_err(AppError::Fields)
}

impl Teller<'_> {
    /// A day so many days before today.
    pub fn ago(&self, days: u64) -> NaiveDate {
        self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today)
    }

    pub fn ahead(&self, days: u64) -> NaiveDate {
        self.today.checked_add_days(Days::new(days)).unwrap_or(self.today)
    }

    /// The next number of a document that is no paper of this program.
    pub fn document(&self, on: NaiveDate) -> String {
        self.serial.set(self.serial.get() + 1);
        format!("演示资料〔{}〕{}号", on.year(), self.serial.get())
    }

    /// The next 文号 of the year of a day: the register has no gaps.
    pub fn paper_number(&self, on: NaiveDate) -> (i32, usize) {
        let (year, mut papers) = (on.year(), self.papers.borrow_mut());
        papers.push(year);
        (year, papers.iter().filter(|known| **known == year).count())
    }

    /// Parcels that were supplied four to ten years ago, all of whose land is still in normal development.
    fn grounds(&self, wanted: usize) -> Result<Vec<Ground>, AppError> {
        let (from, until) = (self.ago(3650), self.ago(1600));
        let mut found: Vec<Ground> = Vec::new();
        let supplies = |after| VoucherPage {
            at: Place::by_id(after, CHUNK),
            kind: Some(Kind::Supply),
            plot: None,
            late_only: false,
        };
        let mut after = 0;
        loop {
            let vouchers = self.app.vouchers(self.county, &supplies(after))?.rows;
            let Some(last) = vouchers.last().map(|(recorded, _)| recorded.seq) else { return Ok(found) };
            after = last;
            for (recorded, _) in vouchers {
                let voucher = recorded.voucher;
                let granted = voucher.method.filter(|method| {
                    use SupplyMethod::{Agreement, Auction, Listing, Tender};
                    matches!(method, Tender | Auction | Listing | Agreement)
                });
                let [line] = &voucher.lines[..] else { continue };
                let (Some(parcel), Some(method)) = (line.to.parcel, granted) else { continue };
                if voucher.effective_on < from || voucher.effective_on > until {
                    continue;
                }
                let held = areas_of_parcel(&mut *self.app.pool.get()?, self.county, parcel)?;
                let is_whole = matches!(&held[..], [(holding, area)]
                    if holding.account == Account::Supplied && *area == line.area);
                if !is_whole || found.iter().any(|known| known.parcel == parcel) {
                    continue;
                }
                let record = self.app.parcel(self.county, parcel)?.parcel.record.contents;
                found.push(Ground {
                    parcel,
                    code: record.code.to_string(),
                    land_use: record.land_use.map_or_else(|| "工业用地".to_owned(), |land_use| land_use.to_string()),
                    area: line.area,
                    supplied_on: voucher.effective_on,
                    method,
                });
                if found.len() == wanted {
                    return Ok(found);
                }
            }
        }
    }
}
