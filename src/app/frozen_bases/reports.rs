//! 月报、年报: made from a base and the vouchers up to one, kept as they were issued, and made again to be compared.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{IssuedReport, StoredFrozen, digest, found, keep, known};
use crate::app::App;
use crate::app::balances::Labels;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::missing;
use crate::domain::input::input;
use crate::domain::ledger::balance::Buckets;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::frozen::{Frozen, FrozenState, Movement};
use crate::domain::ledger::report::{
    Asked, AskedYear, Grouping, Report, ReportPeriod, YearReport, report, year_report,
};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::frozen::{self as rows, FrozenPlot};
use crate::storage::month::{self, ClosedMonth};

input! {
    /// 报表 — of which month or year, as known at which voucher
    #[schema(example = json!({"year": 2026, "month": 10}))]
    pub struct ReportBody {
        /// 年
        #[schema(minimum = 1949, maximum = 2149)]
        pub year: u32,
        /// 月 — left out: the report of the year
        #[schema(minimum = 1, maximum = 12)]
        pub month: Option<u32>,
        /// 依据凭证号 — the newest if left out
        #[schema(minimum = 0)]
        pub known_seq: Option<i64>,
    }
    check(body, reader) {
        if month_end(body.year, body.month.unwrap_or(12)).is_none() {
            let message = Text::fixed("应为 1949 至 2149 年的 1 至 12 月", "a month from 1949 to 2149 is expected");
            let month = body.month.map_or_else(|| body.year.to_string(), |month| month.to_string());
            reader.fault_at(if body.month.is_some() { "month" } else { "year" }, Some(&month), message);
        }
    }
}

/// A year that is reported on, as known at a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearBody {
    pub year: i32,
    pub known_seq: Option<i64>,
}

/// A report of either period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Issued {
    Month(Box<Report>),
    Year(Box<YearReport>),
}

/// What became of the proof of a report.
#[derive(Debug, Clone)]
pub struct Proof {
    pub issued: IssuedReport,
    /// Whether its figures come out the same again from the vouchers it names.
    pub is_proved: bool,
    /// The figures as they come out now from the newest voucher.
    pub newest: Issued,
}

impl Issued {
    /// The report as it was issued, read back.
    pub fn read(issued: &IssuedReport) -> Result<Self, AppError> {
        let corrupt = |error| StorageError::corrupt(format!("issued report {}", issued.n), error);
        Ok(match issued.period {
            ReportPeriod::Month => Self::Month(Box::new(serde_json::from_str(&issued.body).map_err(corrupt)?)),
            ReportPeriod::Year => Self::Year(Box::new(serde_json::from_str(&issued.body).map_err(corrupt)?)),
        })
    }

    const fn period(&self) -> ReportPeriod {
        match self {
            Self::Month(_) => ReportPeriod::Month,
            Self::Year(_) => ReportPeriod::Year,
        }
    }

    const fn known_seq(&self) -> i64 {
        match self {
            Self::Month(report) => report.known_seq,
            Self::Year(report) => report.known_seq,
        }
    }

    fn end(&self) -> NaiveDate {
        match self {
            Self::Month(report) => report.month_end,
            Self::Year(report) => NaiveDate::from_ymd_opt(report.year, 12, 31).unwrap_or_default(),
        }
    }

    fn json(&self) -> Result<String, AppError> {
        Ok(serde_json::to_string(self).map_err(|error| StorageError::corrupt("a report", error))?)
    }
}

/// The last day of a month.
fn month_end(year: u32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)?;
    (1949..=2149).contains(&first.year()).then_some(())?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

/// What reports and rates on an approved base are made from.
pub(super) struct Ground {
    pub base: StoredFrozen,
    pub listed: Vec<FrozenPlot>,
    pub frozen: Frozen,
    pub movements: Vec<Movement>,
    pub known_seq: i64,
    pub head_hash: String,
    closed: Vec<ClosedMonth>,
}

impl Ground {
    pub fn read(db: &mut Db, county: County, id: i64, known_seq: Option<i64>) -> Result<Self, AppError> {
        let base = found(db, county, id)?;
        if base.state != FrozenState::Approved {
            let state = base.state;
            return Err(AppError::CannotDecide(text!(
                "基数现为“{state:#}”,批准后才能出报表",
                "the base is {state}; it is reported on once it is approved"
            )));
        }
        let (known_seq, hash) = known(db, county, known_seq)?;
        let listed = rows::plots(db, county, id)?;
        if digest(&listed) != base.sha256 {
            return Err(StorageError::corrupt(format!("frozen base {id}"), "its list has another digest").into());
        }
        let frozen = Frozen {
            kind: base.kind,
            as_of: base.as_of,
            known_seq: base.known_seq,
            plots: listed.iter().map(|of| (of.plot, of.area)).collect::<BTreeMap<_, _>>(),
        };
        let movements = rows::movements(db, county, base.kind)?;
        let closed = month::all(db, county)?;
        Ok(Self { base, listed, frozen, movements, known_seq, head_hash: hex(&hash), closed })
    }

    fn grouping(&self) -> Grouping {
        self.listed.iter().map(|of| (of.plot, (of.township, of.approved_on))).collect()
    }

    /// A closing after these vouchers has nothing to say of them, whenever the report is made again.
    fn closed_at(&self, end: NaiveDate) -> Option<i64> {
        let closed = self.closed.iter().find(|closed| closed.month_end >= end);
        closed.map(|closed| closed.head_seq).filter(|seq| *seq < self.known_seq)
    }

    /// Refuses a period that is over by the day of the base.
    fn lies_after(&self, end: NaiveDate, (pointer, value): (&str, String)) -> Result<(), AppError> {
        let as_of = self.base.as_of;
        if end > as_of {
            return Ok(());
        }
        let message = text!("期间应在基数截止日 {as_of} 之后", "it lies after the day of the base, {as_of}");
        Err(AppError::field(pointer, Some(value), message))
    }

    fn month(self, year: u32, month: u32, cohorts: Vec<i32>) -> Result<Report, AppError> {
        let month_end = month_end(year, month)
            .ok_or_else(|| AppError::field("/month", None, Text::fixed("没有这个月份", "there is no such month")))?;
        self.lies_after(month_end, ("/month", month.to_string()))?;
        let asked = Asked {
            base: self.base.id,
            task_number: self.base.task_number.clone(),
            task: self.base.task,
            month_end,
            known_seq: self.known_seq,
            head_hash: self.head_hash.clone(),
            closed_at: self.closed_at(month_end),
            cohorts,
        };
        Ok(report(asked, &self.frozen, &self.grouping(), &self.movements))
    }

    fn year(self, year: i32, buckets: Buckets) -> Result<YearReport, AppError> {
        let end = NaiveDate::from_ymd_opt(year, 12, 31)
            .ok_or_else(|| AppError::field("/year", None, Text::fixed("没有这一年", "there is no such year")))?;
        self.lies_after(end, ("/year", year.to_string()))?;
        let asked = AskedYear {
            base: self.base.id,
            task_number: self.base.task_number.clone(),
            task: self.base.task,
            year,
            known_seq: self.known_seq,
            head_hash: self.head_hash.clone(),
            closed_at: self.closed_at(end),
            buckets,
        };
        Ok(year_report(asked, &self.frozen, &self.grouping(), &self.movements))
    }

    fn made(self, asked: &ReportBody, buckets: Buckets) -> Result<Issued, AppError> {
        Ok(match asked.month {
            Some(month) => Issued::Month(Box::new(self.month(asked.year, month, buckets.cohorts)?)),
            None => Issued::Year(Box::new(self.year(i32::try_from(asked.year).unwrap_or(0), buckets)?)),
        })
    }
}

impl App {
    /// The report of a month on a base.
    pub fn frozen_report(&self, county: County, id: i64, asked: &ReportBody) -> Result<Report, AppError> {
        let buckets = self.age_buckets(county, self.clock.today())?;
        let month = asked.month.unwrap_or(0);
        self.pool
            .get()?
            .read(|db| Ground::read(db, county, id, asked.known_seq)?.month(asked.year, month, buckets.cohorts))
    }

    /// The report of a year on a base.
    pub fn frozen_year_report(&self, county: County, id: i64, asked: YearBody) -> Result<YearReport, AppError> {
        let buckets = self.age_buckets(county, self.clock.today())?;
        self.pool.get()?.read(|db| Ground::read(db, county, id, asked.known_seq)?.year(asked.year, buckets))
    }

    /// Makes a report and keeps it as it is.
    pub fn issue_report(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        asked: ReportBody,
    ) -> Result<IssuedReport, AppError> {
        let (stamp, buckets) = (self.stamp(caller), self.age_buckets(county, self.clock.today())?);
        self.writer.write(Lane(county.number()), move |db| {
            let report = Ground::read(db, county, id, asked.known_seq)?.made(&asked, buckets)?;
            let body = report.json()?;
            let mut issued = IssuedReport {
                n: 0,
                period: report.period(),
                month_end: report.end(),
                known_seq: report.known_seq(),
                sha256: Sha256::digest(body.as_bytes()).into(),
                body,
                issued_by: stamp.user,
                issued_at: stamp.now,
            };
            issued.n = rows::keep_report(db, county, id, &issued)?;
            let base = found(db, county, id)?;
            keep(db, county, stamp, &base, "issueReport")?;
            Ok(issued)
        })
    }

    /// A base with the names that stand in the reports on it.
    pub fn report_labels(&self, county: County, id: i64) -> Result<(StoredFrozen, Labels), AppError> {
        let base = self.pool.get()?.read(|db| found(db, county, id))?;
        let mut labels = self.labels(county)?;
        labels.set_buckets(self.age_buckets(county, self.clock.today())?);
        Ok((base, labels))
    }

    pub fn issued_reports(&self, county: County, id: i64) -> Result<Vec<IssuedReport>, AppError> {
        self.pool.get()?.read(|db| {
            found(db, county, id)?;
            Ok(rows::reports(db, county, id, None)?)
        })
    }

    pub fn issued_report(&self, county: County, id: i64, n: i32) -> Result<IssuedReport, AppError> {
        self.pool.get()?.read(|db| {
            found(db, county, id)?;
            one(db, county, id, n)
        })
    }

    /// Makes an issued report again from the vouchers it names, and from the newest.
    pub fn prove_report(&self, county: County, id: i64, n: i32) -> Result<Proof, AppError> {
        let buckets = self.age_buckets(county, self.clock.today())?;
        self.pool.get()?.read(|db| {
            found(db, county, id)?;
            let issued = one(db, county, id, n)?;
            let month = (issued.period == ReportPeriod::Month).then(|| issued.month_end.month());
            let of =
                |known_seq| ReportBody { year: u32::try_from(issued.month_end.year()).unwrap_or(0), month, known_seq };
            let mut made =
                |asked: &ReportBody| Ground::read(db, county, id, asked.known_seq)?.made(asked, buckets.clone());
            let again = made(&of(Some(issued.known_seq)))?;
            let newest = made(&of(None))?;
            let is_proved = again.json()? == issued.body && Sha256::digest(issued.body.as_bytes())[..] == issued.sha256;
            Ok(Proof { issued, is_proved, newest })
        })
    }
}

fn one(db: &mut Db, county: County, id: i64, n: i32) -> Result<IssuedReport, AppError> {
    let issued = rows::reports(db, county, id, Some(n))?.pop();
    issued.ok_or_else(|| missing(Collection::FrozenBase, county, i64::from(n)))
}
