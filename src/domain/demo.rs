//! The demonstration county: a made-up 新密 with plots, approvals and what became of them.
//!
//! Everything here is invented, and says so: document numbers begin with 演示, authorities are
//! 演示省人民政府 and the like, no person or enterprise is named. Only the names of the townships and three
//! of their codes are real. The same seed gives the same county, byte for byte, on every machine;
//! nothing is kept but the list of blocks of land, so that a million plots stream.

mod county;
mod dice;
mod history;
mod record;
mod tiling;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::demo::dice::Dice;
use crate::domain::demo::tiling::{Shape, Tiling};
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::balance::Cause;
use crate::domain::ledger::kind::{Kind, SupplyMethod, WriteOff};
use crate::domain::quantity::AreaM2;
use crate::domain::text::{Text, text};

pub use county::{COUNTY_CODE, COUNTY_NAME, Township, townships};

/// Most plots: more of at least 500 m² do not fit the county's 1 001 km².
pub const PLOTS_MAX: u64 = 1_000_000;

/// First approvals.
const FIRST_YEAR: i32 = 2009;

/// The demonstration county, an iterator over its approvals from the oldest to the newest.
pub struct Demo {
    plots: u64,
    today: NaiveDate,
    dice: Dice,
    tiling: Tiling,
    done: Serials,
    /// Day of the last approval; the next is not earlier.
    day: NaiveDate,
}

/// What was given out so far; serials begin at 1.
#[derive(Debug, Clone, Copy, Default)]
struct Serials {
    approvals: u64,
    plots: u64,
    parcels: u64,
    acts: u64,
    projects: u64,
}

/// 用地批文 with its plots and everything that followed.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoApproval {
    pub serial: u64,
    /// 批次类型: `city_batch`, `town_batch`, `linked_quota` or `single_site`.
    pub kind: &'static str,
    pub kind_zh: &'static str,
    /// 批准文号.
    pub number: String,
    pub authority: &'static str,
    pub approved_on: NaiveDate,
    /// 报批项目: the project named in the approval.
    pub approved_project: String,
    /// The sum over the plots.
    pub composition: Composition,
    pub plots: Vec<DemoPlot>,
    /// Parcels that the acts name.
    pub parcels: Vec<DemoParcel>,
    /// From the approval on, by day; each can be posted after those before it.
    pub acts: Vec<DemoAct>,
}

/// 地块.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoPlot {
    pub serial: u64,
    pub name: String,
    /// On the grid of [`Demo::zone`].
    pub polygon: GridMultiPolygon,
    /// 证载面积: that of the polygon to 0.01 m², or a little off as surveys of different days are.
    pub recorded_area: AreaM2,
    pub composition: Composition,
    pub township: &'static Township,
    /// Planned use: code and name of 用地用海分类.
    pub land_use: (&'static str, &'static str),
    /// 未供原因, where something is left unsupplied.
    pub cause: Option<Cause>,
}

/// 面积构成, in m². Total = farmland + construction + unused = collective + state; new construction land = farmland + unused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Composition {
    pub total: AreaM2,
    /// 农用地.
    pub farmland: AreaM2,
    /// 其中耕地.
    pub cultivated: AreaM2,
    /// 其中水田.
    pub paddy: AreaM2,
    /// 其中永久基本农田.
    pub permanent_basic_farmland: AreaM2,
    /// 建设用地.
    pub construction: AreaM2,
    /// 未利用地.
    pub unused: AreaM2,
    /// 新增建设用地.
    pub new_construction: AreaM2,
    /// 集体.
    pub collective: AreaM2,
    /// 国有.
    pub state: AreaM2,
}

/// 宗地, cut from one or more plots of one approval.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoParcel {
    pub serial: u64,
    pub polygon: GridMultiPolygon,
    /// Area of the supply by which it came about.
    pub area: AreaM2,
    pub plots: Vec<u64>,
    pub township: &'static Township,
    pub land_use: (&'static str, &'static str),
}

/// 用地项目: an investment project, which may take parcels of several approvals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoProject {
    pub serial: u64,
    pub name: String,
    /// Division of GB/T 4754-2017, such as `C35`.
    pub industry: &'static str,
}

/// A legal act, as a voucher of the ledger records it.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoAct {
    pub serial: u64,
    pub kind: Kind,
    pub effective_on: NaiveDate,
    /// 文号 of the document it rests on.
    pub document: String,
    pub authority: &'static str,
    pub method: Option<SupplyMethod>,
    pub write_off: Option<WriteOff>,
    /// Serial of the act that a correction corrects.
    pub corrects: Option<u64>,
    pub project: Option<DemoProject>,
    pub lines: Vec<DemoLine>,
}

/// A movement of area within one plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoLine {
    pub plot: u64,
    pub from: DemoSide,
    pub to: DemoSide,
    pub area: AreaM2,
}

/// One side of a line. Supplied and idle land lies in a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DemoSide {
    pub account: Account,
    pub parcel: Option<u64>,
}

impl Demo {
    /// A county of so many plots as it stands on `today`.
    ///
    /// At a million the plots cover nearly all of it and measure about 900 m²; up to some ten thousand
    /// they are what plots are, from 500 m² to 8 ha.
    pub fn new(plots: u64, seed: u64, today: NaiveDate) -> Result<Self, Text> {
        if !(1..=PLOTS_MAX).contains(&plots) {
            return Err(text!(
                "演示地块数须在 1 至 {PLOTS_MAX} 之间(每块至少 500 平方米,全县约 1001 平方公里)",
                "the number of plots must lie between 1 and {PLOTS_MAX}: each has at least 500 m² and the county about 1001 km²"
            ));
        }
        let first = first_day();
        if today.year() <= FIRST_YEAR || today.year() > 2100 {
            return Err(text!(
                "演示数据自 {first} 起;当前日期 {today} 不合适",
                "the demonstration begins on {first}; {today} will not do as today"
            ));
        }
        let mut dice = Dice::new(seed);
        let tiling = Tiling::new(plots, seed, &mut dice);
        Ok(Self { plots, today, dice, tiling, done: Serials::default(), day: first })
    }

    /// The zone whose grid the polygons lie on: 38, EPSG:4547.
    pub fn zone() -> Zone {
        Zone::new(38).expect("38 is a three-degree zone of the country")
    }

    /// The county's extent, as the check of polygons asks for it.
    pub fn extent() -> DegreeBox {
        DegreeBox::of_degrees(113.1, 34.3, 113.7, 34.7)
    }

    /// How many plots there will be in all.
    pub fn plots(&self) -> u64 {
        self.plots
    }
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 5).expect("it is a day")
}

impl Iterator for Demo {
    type Item = DemoApproval;

    fn next(&mut self) -> Option<DemoApproval> {
        let left = self.plots - self.done.plots;
        if left == 0 {
            return None;
        }
        let kind = county::approval_kind(&mut self.dice);
        let wanted = kind.plots(self.plots, &mut self.dice).min(left);
        let shapes: Vec<Shape> = (0..wanted).map_while(|i| self.tiling.next(left - i, &mut self.dice)).collect();
        debug_assert_eq!(shapes.len() as u64, wanted, "the county has room for all plots");
        self.day = self.next_day(shapes.len() as u64);
        self.done.approvals += 1;
        Some(record::approval(kind, shapes, self.day, self.today, &mut self.done, &mut self.dice))
    }
}

impl Demo {
    /// Approvals follow each other as their plots do, and end a few weeks before today.
    fn next_day(&mut self, plots: u64) -> NaiveDate {
        let span = (self.today - first_day()).num_days().saturating_sub(30).max(0) as u64;
        let middle = self.done.plots + plots / 2;
        let due = first_day() + Days::new(span * middle / self.plots);
        due.max(self.day)
    }
}
