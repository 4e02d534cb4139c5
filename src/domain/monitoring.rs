//! 土地市场动态监测监管系统: what an export of the ministry's system says of a supply, what our books say of it, and whether
//! the two agree.
//!
//! Both sides are known by the 电子监管号. Our side is read out of the ledger's lines as of the day of the export, so that
//! what happened since does not look like a difference, and a correction posted later mends one.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::codes::SupervisionNumber;
use crate::domain::contract::ContractKind;
use crate::domain::contract::history::Contract;
use crate::domain::input::{Line, NonNegative, Positive, input, vocabulary};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::{Kind, SupplyMethod};
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::region::ParcelId;
use crate::domain::text::Text;

/// Bytes of the longest number there may be.
const LONGEST: usize = 30;

/// A 电子监管号 as the key of a supply: ordered as its text, and copied like an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SupplyKey {
    /// What is left over is zeros, which come before every character of a number.
    bytes: [u8; LONGEST],
    length: u8,
}

impl From<&SupervisionNumber> for SupplyKey {
    fn from(number: &SupervisionNumber) -> Self {
        let text = number.as_str().as_bytes();
        let length = text.len().min(LONGEST);
        let mut bytes = [0; LONGEST];
        bytes[..length].copy_from_slice(&text[..length]);
        Self { bytes, length: u8::try_from(length).unwrap_or(0) }
    }
}

impl SupplyKey {
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or("")
    }
}

impl fmt::Display for SupplyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for SupplyKey {
    type Err = Text;

    fn from_str(number: &str) -> Result<Self, Text> {
        Ok(Self::from(&number.parse::<SupervisionNumber>()?))
    }
}

vocabulary! {
    /// 供应状态 — how a supply stands, in the terms that both sides have.
    pub enum SupplyState {
        Supplied = "supplied" "已供应",
        Idle = "idle" "闲置",
        Recovered = "recovered" "已收回",
        Terminated = "terminated" "已解除",
    }
}

input! {
    /// 监测监管系统的一条供应记录 — a row of the export. Who holds the land is not kept.
    #[derive(PartialEq, Eq)]
    pub struct MonitoredSupply {
        /// 电子监管号
        pub number: SupervisionNumber,
        /// 面积
        pub area: Positive<GivenArea>,
        /// 合同签订日期
        pub signed_on: Option<NaiveDate>,
        /// 状态
        pub state: Option<SupplyState>,
        /// 供地方式
        pub method: Option<SupplyMethod>,
        /// 土地用途
        pub land_use: Option<Line<100>>,
        /// 成交价,元
        pub price: Option<NonNegative<Money>>,
        /// 项目名称
        pub project_name: Option<Line<200>>,
        /// 位置
        pub location: Option<Line<200>>,
        /// 土地来源
        pub land_source: Option<Line<100>>,
        /// 使用年限
        pub term: Option<Line<50>>,
        /// 行业分类
        pub industry: Option<Line<100>>,
        /// 土地级别
        pub grade: Option<Line<50>>,
        /// 批准单位
        pub authority: Option<Line<100>>,
        /// 约定交地日期
        pub handover_by: Option<NaiveDate>,
        /// 约定开工日期
        pub start_by: Option<NaiveDate>,
        /// 约定竣工日期
        pub finish_by: Option<NaiveDate>,
        /// 实际开工日期
        pub started_on: Option<NaiveDate>,
        /// 实际竣工日期
        pub finished_on: Option<NaiveDate>,
    }
}

/// A line of the ledger that touches the parcels of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParcelLine {
    /// The voucher; of a correction the one it corrects.
    pub act: i64,
    /// The voucher itself, and the line's place in it.
    pub seq: i64,
    pub line: i32,
    pub effective_on: NaiveDate,
    /// Kind and method of `act`.
    pub kind: Kind,
    pub method: Option<SupplyMethod>,
    pub from: Holding,
    pub to: Holding,
    pub area: AreaM2,
}

/// What our books say of a supply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OurSupply {
    /// What was supplied, less what corrections took off it; what was taken back later is part of it.
    pub area: AreaM2,
    /// None: it came into the books with the opening balance, or by a split.
    pub signed_on: Option<NaiveDate>,
    pub state: SupplyState,
    pub method: Option<SupplyMethod>,
    pub land_use: Option<String>,
    /// What its contract asks for; see [`our_price`].
    pub price: Option<Money>,
}

/// What their system says of it, as far as it is compared or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TheirSupply {
    pub area: AreaM2,
    pub signed_on: Option<NaiveDate>,
    pub state: Option<SupplyState>,
    pub method: Option<SupplyMethod>,
    pub land_use: Option<String>,
    pub price: Option<Money>,
    pub project_name: Option<String>,
    pub location: Option<String>,
}

/// Acts that end a supply, and how it stands after them.
const fn ended_by(kind: Kind) -> Option<SupplyState> {
    match kind {
        Kind::SupplyTerminated => Some(SupplyState::Terminated),
        Kind::Recovered | Kind::BoughtBack => Some(SupplyState::Recovered),
        _ => None,
    }
}

/// Our side of the supply of some parcels that bear one number, at the end of a day; none if they were not supplied by then.
pub fn our_supply(
    parcels: &[ParcelId],
    land_use: Option<String>,
    lines: &[ParcelLine],
    as_of: NaiveDate,
) -> Option<OurSupply> {
    let holds = |side: &Holding| {
        matches!(side.account, Account::Supplied | Account::Idle)
            && side.parcel.is_some_and(|parcel| parcels.contains(&parcel))
    };
    let (mut area, mut held, mut idle) = (AreaM2::ZERO, AreaM2::ZERO, AreaM2::ZERO);
    let mut acts: BTreeMap<(NaiveDate, i64), (AreaM2, Option<SupplyMethod>)> = BTreeMap::new();
    let mut end: Option<((NaiveDate, i64), SupplyState)> = None;
    for line in lines.iter().filter(|line| line.effective_on <= as_of) {
        for (side, change) in [(line.from, -line.area), (line.to, line.area)] {
            if !holds(&side) {
                continue;
            }
            held = held + change;
            if side.account == Account::Idle {
                idle = idle + change;
            }
            match ended_by(line.kind) {
                Some(state) if change.is_negative() => {
                    let at = (line.effective_on, line.seq);
                    if end.is_none_or(|(before, _)| before < at) {
                        end = Some((at, state));
                    }
                }
                Some(_) => {}
                None => area = area + change,
            }
            if line.kind == Kind::Supply {
                let act = acts.entry((line.effective_on, line.act)).or_insert((AreaM2::ZERO, line.method));
                act.0 = act.0 + change;
            }
        }
    }
    let first = acts.iter().find(|(_, (net, _))| net.is_positive());
    let state = match end {
        _ if idle.is_positive() => SupplyState::Idle,
        _ if held.is_positive() => SupplyState::Supplied,
        Some((_, state)) => state,
        None => return None,
    };
    area.is_positive().then(|| OurSupply {
        area,
        signed_on: first.map(|((day, _), _)| *day),
        state,
        method: first.and_then(|(_, (_, method))| *method),
        land_use,
        price: None,
    })
}

/// The price of a supply at the end of a day, out of the contracts that bear its number or are about its parcels.
///
/// None where no contract was signed by then or it names no price; where several were (whose prices their system may
/// have added up or not); and where land or a part of it was let, for which one enters the yearly rent and another the whole.
pub fn our_price(number: SupplyKey, contracts: &[&Contract], as_of: NaiveDate) -> Option<Money> {
    let terms_then = |contract: &&Contract| {
        let terms = &contract.on(as_of)?.terms;
        // A parcel may have had another contract before, under a number of its own.
        let is_its_own = terms.regulatory_number.as_ref().is_none_or(|of| SupplyKey::from(of) == number);
        is_its_own.then(|| (contract.kind, terms.price()))
    };
    let mut found = contracts.iter().filter_map(terms_then);
    let (kind, price) = found.next()?;
    let is_rent = kind.is_lease() || kind == ContractKind::MixedLeaseTransfer;
    if is_rent || found.next().is_some() { None } else { price }
}

vocabulary! {
    /// 对照项 — what is compared between our books and the monitoring system.
    pub enum ComparedField {
        Area = "area" "面积",
        SignedOn = "signed_on" "合同签订日期",
        State = "state" "状态",
        Method = "method" "供应方式",
        LandUse = "land_use" "土地用途",
        Price = "price" "成交价",
    }
}

/// A value of one side. `{}` is how it stands in JSON, `{:#}` how people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    Area(AreaM2),
    Day(NaiveDate),
    State(SupplyState),
    Method(SupplyMethod),
    Words(String),
    Price(Money),
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(area) if f.alternate() => write!(f, "{area} 平方米"),
            Self::Price(price) if f.alternate() => write!(f, "{price} 元"),
            Self::Area(area) => area.fmt(f),
            Self::Day(day) => write!(f, "{day}"),
            Self::State(state) => state.fmt(f),
            Self::Method(method) => method.fmt(f),
            Self::Words(words) => f.write_str(words),
            Self::Price(price) => price.fmt(f),
        }
    }
}

/// One thing as both sides have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub field: ComparedField,
    pub ours: Option<Figure>,
    pub theirs: Option<Figure>,
    /// None: one side does not know it.
    pub differs: Option<bool>,
}

/// How far figures of the two sides may be apart that count as the same, as their system rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupplyTolerance {
    pub area: AreaM2,
    pub price: Money,
}

/// Both sides of a supply, thing by thing.
pub fn compare(ours: Option<&OurSupply>, theirs: Option<&TheirSupply>, tolerance: SupplyTolerance) -> Vec<Compared> {
    let row = |field, ours: Option<Figure>, theirs: Option<Figure>| {
        let differs = ours.as_ref().zip(theirs.as_ref()).map(|(ours, theirs)| !agree(ours, theirs, tolerance));
        Compared { field, ours, theirs, differs }
    };
    let words = |words: &Option<String>| words.clone().map(Figure::Words);
    let rows = [
        row(ComparedField::Area, ours.map(|of| Figure::Area(of.area)), theirs.map(|of| Figure::Area(of.area))),
        row(
            ComparedField::SignedOn,
            ours.and_then(|of| of.signed_on).map(Figure::Day),
            theirs.and_then(|of| of.signed_on).map(Figure::Day),
        ),
        row(
            ComparedField::State,
            ours.map(|of| Figure::State(of.state)),
            theirs.and_then(|of| of.state).map(Figure::State),
        ),
        row(
            ComparedField::Method,
            ours.and_then(|of| of.method).map(Figure::Method),
            theirs.and_then(|of| of.method).map(Figure::Method),
        ),
        row(ComparedField::LandUse, ours.and_then(|of| words(&of.land_use)), theirs.and_then(|of| words(&of.land_use))),
        row(
            ComparedField::Price,
            ours.and_then(|of| of.price).map(Figure::Price),
            theirs.and_then(|of| of.price).map(Figure::Price),
        ),
    ];
    rows.into_iter().filter(|row| row.ours.is_some() || row.theirs.is_some()).collect()
}

fn agree(ours: &Figure, theirs: &Figure, tolerance: SupplyTolerance) -> bool {
    match (ours, theirs) {
        (Figure::Area(ours), Figure::Area(theirs)) => (*ours - *theirs).get().abs() <= tolerance.area.get(),
        (Figure::Price(ours), Figure::Price(theirs)) => (ours.get() - theirs.get()).abs() <= tolerance.price.get(),
        (Figure::Method(ours), Figure::Method(theirs)) => same_method(*ours, *theirs),
        (Figure::Words(ours), Figure::Words(theirs)) => same_use(ours, theirs),
        (ours, theirs) => ours == theirs,
    }
}

/// Their system has no words for what the action plan calls new: such a supply is entered there under the form of its contract.
fn same_method(ours: SupplyMethod, theirs: SupplyMethod) -> bool {
    use SupplyMethod::{
        Agreement, Auction, Flexible, Lease, LeaseThenTransfer, Listing, LongLease, MixedLeaseTransfer, Tender,
    };
    let is_transfer = matches!(theirs, Tender | Auction | Listing | Agreement);
    match ours {
        Flexible => is_transfer || theirs == Flexible,
        LongLease => matches!(theirs, Lease | LongLease),
        LeaseThenTransfer | MixedLeaseTransfer => is_transfer || theirs == Lease || theirs == ours,
        _ => ours == theirs,
    }
}

/// 工业 and 工业用地 are the same use.
fn same_use(ours: &str, theirs: &str) -> bool {
    let bare = |words: &str| {
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        words.strip_suffix("用地").map_or(words.clone(), str::to_owned)
    };
    bare(ours) == bare(theirs)
}

/// 三类差异的件数 — how many there are of each
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct MonitoringCounts {
    /// 我有他无
    #[schema(minimum = 0)]
    pub lacks: u64,
    /// 他有我无
    #[schema(minimum = 0)]
    pub only: u64,
    /// 不一致
    #[schema(minimum = 0)]
    pub differs: u64,
}
