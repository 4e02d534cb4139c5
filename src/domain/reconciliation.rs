//! 对账: where the map and the books differ, who looks after it, and what was found.
//!
//! A difference is not stored: it is decided anew from the figures, by [`Facts::figures`], whenever somebody looks. What
//! people say of it is stored, with the digest of the figures it was said of; [`status`] puts the two together.

mod figures;
mod mapping;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::codes::TownshipCode;
use crate::domain::input::{Line, Reader, input, vocabulary};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::voucher::Holding;
use crate::domain::monitoring::SupplyKey;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ApprovalId, ParcelId, PlotId, UserId};
use crate::domain::text::{Text, text};

pub use figures::{Figures, LandFigures, SeenSupply, Tolerances};
pub use mapping::{Mapping, MappingShare};

vocabulary! {
    /// 差异种类 — in what map and books differ. They stand in the order of their words, as the list does.
    pub enum DifferenceKind {
        AreaDiffers = "area_differs" "地块图形面积与登记面积不符",
        ContractWithoutSupply = "contract_without_supply" "合同无供应凭证",
        HoldingAreaDiffers = "holding_area_differs" "台账面积与所持图形面积不符",
        HoldingWithoutLand = "holding_without_land" "地块已落图而台账持有未落图",
        MonitoringDiffers = "monitoring_differs" "与监测监管系统不一致",
        MonitoringLacks = "monitoring_lacks" "我有他无:监测监管系统无此供应",
        MonitoringOnly = "monitoring_only" "他有我无:台账无此供应",
        ParcelUnmapped = "parcel_unmapped" "已供宗地未落图",
        PlotUnmapped = "plot_unmapped" "地块未落图",
        PlotsOverlap = "plots_overlap" "地块图形重叠(疑似重复报批)",
        SupplyWithoutContract = "supply_without_contract" "已供宗地无合同",
        SupplyWithoutSupervisionNumber = "supply_without_supervision_number" "已供宗地无电子监管号",
    }
}

/// What a kind of difference is about: the ids in its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Plot,
    Plots,
    Holding,
    Parcel,
    /// A supply by its 电子监管号.
    Supply,
}

vocabulary! {
    /// 对账对象 — what the books are held against.
    pub enum ComparedWith {
        Map = "map" "图形",
        Monitoring = "monitoring" "监测监管系统",
    }
}

impl DifferenceKind {
    pub const fn with(self) -> ComparedWith {
        match self.about() {
            About::Supply => ComparedWith::Monitoring,
            About::Plot | About::Plots | About::Holding | About::Parcel => ComparedWith::Map,
        }
    }

    pub const fn about(self) -> About {
        match self {
            Self::MonitoringDiffers | Self::MonitoringLacks | Self::MonitoringOnly => About::Supply,
            Self::AreaDiffers | Self::PlotUnmapped => About::Plot,
            Self::PlotsOverlap => About::Plots,
            Self::HoldingAreaDiffers | Self::HoldingWithoutLand => About::Holding,
            Self::ContractWithoutSupply
            | Self::ParcelUnmapped
            | Self::SupplyWithoutContract
            | Self::SupplyWithoutSupervisionNumber => About::Parcel,
        }
    }

    /// 处理办法 — what to do about it.
    pub const fn remedy(self) -> Text {
        match self {
            Self::AreaDiffers => Text::fixed(
                "核对勘测定界图与批文:图形有误的重新上图,批文有误的按文件更正登记面积;两者都对的说明原因",
                "compare the survey with the approval: draw the polygon anew, or correct the recorded area by its document; if both are right, say why",
            ),
            Self::HoldingAreaDiffers => Text::fixed(
                "核对合同面积与宗地图:图形有误的重新上图,面积有误的以更正凭证更正,实测不同的以实测差异凭证入账;都对的说明原因",
                "compare the contract with the parcel's map: draw it anew, correct the voucher, or record a survey difference; if both are right, say why",
            ),
            Self::HoldingWithoutLand => Text::fixed(
                "查明该面积在地块内的位置,补录宗地图形或以更正凭证重画",
                "find out where in the plot the area lies; draw the parcel, or correct the voucher with a polygon",
            ),
            Self::MonitoringDiffers => Text::fixed(
                "核对合同或决定书:台账有误的以更正凭证更正(用途在宗地上改),系统有误的在监测监管系统变更后重新导入;都对的说明原因",
                "compare with the contract or decision: correct the voucher (the use in the parcel) if the books are wrong; have the system changed and import it anew if that is; if both are right, say why",
            ),
            Self::MonitoringLacks => Text::fixed(
                "核对宗地的电子监管号(后缀 -n 不同即为不同监管号);号码无误的在监测监管系统补报,再导入新的导出表",
                "check the parcel's supervision number (another suffix -n is another number); if it is right, report the supply to the system and import a new export",
            ),
            Self::MonitoringOnly => Text::fixed(
                "查找合同或决定书:已供应的补录凭证并在宗地填上电子监管号,系统中误报或重复的申请撤销;不属本账的说明原因",
                "find the contract or decision: post the supply and enter the number in its parcel, have what was reported in error revoked; if it is none of these books' land, say why",
            ),
            Self::ParcelUnmapped => Text::fixed("按宗地图补录宗地图形", "draw the parcel from its cadastral map"),
            Self::PlotUnmapped => {
                Text::fixed("按勘测定界成果补录地块图形", "draw the plot from the survey behind its approval")
            }
            Self::PlotsOverlap => Text::fixed(
                "核对两宗地块的批文:重复报批的按程序撤回或核减其一,图形画错的重新上图,原批文已撤回的说明原因",
                "compare the approvals of the two plots: if the land was approved twice, have one withdrawn or reduced; if a polygon is wrong, draw it anew; if the earlier approval was withdrawn, say so",
            ),
            Self::ContractWithoutSupply => Text::fixed(
                "按合同签订日补记供应凭证;合同未履行或宗地写错的,更正合同并说明",
                "record the supply as of the day the contract was signed; if the contract was not carried out or names the wrong parcel, correct it and say why",
            ),
            Self::SupplyWithoutContract => Text::fixed(
                "登记出让合同、租赁合同或划拨决定书;没有合同的查明供应依据",
                "record the contract or the allocation decision; if there is none, find out what the supply rests on",
            ),
            Self::SupplyWithoutSupervisionNumber => Text::fixed(
                "在土地市场动态监测监管系统补报供应并取得电子监管号,录入宗地;没有合同或决定书的先补齐",
                "report the supply to the ministry's monitoring system and enter the number it gives in the parcel; if contract or decision is missing, get it first",
            ),
        }
    }
}

vocabulary! {
    /// 处理结果 — what was last said of a difference.
    pub enum DifferenceResolution {
        Open = "open" "待处理",
        Mending = "mending" "整改中",
        Explained = "explained" "已说明,差异保留",
    }
}

vocabulary! {
    /// 差异状态 — how a difference stands.
    pub enum DifferenceStatus {
        Open = "open" "待处理",
        Assigned = "assigned" "已指派",
        Mending = "mending" "整改中",
        Explained = "explained" "已说明",
        Reopened = "reopened" "数据已变,重新打开",
        Mended = "mended" "已消除",
    }
}

impl DifferenceStatus {
    /// Whether a difference can stand so without anybody having said a word.
    pub const fn is_untouched(self) -> bool {
        matches!(self, Self::Open)
    }
}

/// What a difference is found at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Plot(PlotId),
    /// Two plots, the one with the lower id first.
    Plots(PlotId, PlotId),
    Holding(Holding),
    Parcel(ParcelId),
    Supply(SupplyKey),
}

impl Subject {
    /// The record that the journal names: the plot, or the parcel; 0 for a supply, which is known by its number.
    pub const fn record(&self) -> i64 {
        match self {
            Self::Plot(plot) | Self::Plots(plot, _) => plot.0,
            Self::Holding(holding) => holding.plot.0,
            Self::Parcel(parcel) => parcel.0,
            Self::Supply(_) => 0,
        }
    }
}

/// 差异编号 — a difference by its kind and the ids of what it is found at: `area_differs-410183000000001`,
/// `holding_area_differs-410183000000001-supplied-410183000000007` (plot, account, parcel or 0),
/// `monitoring_only-4101832023B00123`. Always the same for the same thing, so that what was said of it is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Difference {
    pub kind: DifferenceKind,
    pub subject: Subject,
}

impl PartialSchema for Difference {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^[a-z_]+-([0-9]{15}(-([a-z_]+-(0|[0-9]{15})|[0-9]{15}))?|[0-9]{6}[0-9A-Z-]{4,24})$"))
            .examples(["area_differs-410183000000001"])
            .description(Some(
                "差异编号 — the kind and the ids of what it is found at: plot; two plots; plot, account and parcel (or 0); parcel; or the 电子监管号",
            ))
            .into()
    }
}

impl ToSchema for Difference {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Difference")
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind;
        match self.subject {
            Subject::Plot(plot) => write!(f, "{kind}-{plot}"),
            Subject::Plots(low, high) => write!(f, "{kind}-{low}-{high}"),
            Subject::Holding(Holding { plot, account, parcel }) => {
                write!(f, "{kind}-{plot}-{account}-{}", parcel.map_or(0, |parcel| parcel.0))
            }
            Subject::Parcel(parcel) => write!(f, "{kind}-{parcel}"),
            Subject::Supply(number) => write!(f, "{kind}-{number}"),
        }
    }
}

/// By kind and ids, which is the order of the texts too: `-` comes before every character of a word, and ids of one
/// county have fifteen digits each.
impl Ord for Difference {
    fn cmp(&self, other: &Self) -> Ordering {
        let ids = |subject: &Subject| match *subject {
            Subject::Plot(plot) => (None, plot.0, "", 0),
            Subject::Plots(low, high) => (None, low.0, "", high.0),
            Subject::Holding(holding) => {
                (None, holding.plot.0, holding.account.as_str(), holding.parcel.map_or(0, |parcel| parcel.0))
            }
            Subject::Parcel(parcel) => (None, parcel.0, "", 0),
            Subject::Supply(number) => (Some(number), 0, "", 0),
        };
        self.kind.as_str().cmp(other.kind.as_str()).then_with(|| ids(&self.subject).cmp(&ids(&other.subject)))
    }
}

impl PartialOrd for Difference {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Difference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Difference {
    type Err = Text;

    fn from_str(key: &str) -> Result<Self, Text> {
        let bad = || {
            let shown: String = key.chars().take(100).collect();
            text!(
                "“{shown}”不是差异编号;应如 area_differs-410183000000001,照列表所给填写",
                "{shown:?} is no difference; write it as the list gives it, such as area_differs-410183000000001"
            )
        };
        // An id has one way to be written, so that a difference has one key.
        let id = |text: &str| {
            let plain = text.len() == 15 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
            plain.then(|| text.parse::<i64>().ok()).flatten()
        };
        let (kind, rest) = key.split_once('-').unwrap_or((key, ""));
        let kind: DifferenceKind = kind.parse().map_err(|_| bad())?;
        if kind.about() == About::Supply {
            return Ok(Self { kind, subject: Subject::Supply(rest.parse().map_err(|_| bad())?) });
        }
        let mut parts = rest.split('-');
        let first = parts.next().and_then(id).ok_or_else(bad)?;
        let subject = match kind.about() {
            About::Plot => Subject::Plot(PlotId(first)),
            About::Plots => {
                let second = parts.next().and_then(id).filter(|second| *second > first).ok_or_else(bad)?;
                Subject::Plots(PlotId(first), PlotId(second))
            }
            About::Parcel => Subject::Parcel(ParcelId(first)),
            About::Holding => {
                let account: Account = parts.next().and_then(|word| word.parse().ok()).ok_or_else(bad)?;
                let parcel = match parts.next() {
                    Some("0") => None,
                    Some(text) => Some(ParcelId(id(text).ok_or_else(bad)?)),
                    None => return Err(bad()),
                };
                Subject::Holding(Holding { plot: PlotId(first), account, parcel })
            }
            About::Supply => return Err(bad()),
        };
        if parts.next().is_some() { Err(bad()) } else { Ok(Self { kind, subject }) }
    }
}

/// The plot that something lies in; of several the one with the lowest id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub plot: PlotId,
    pub plot_code: String,
    pub township: Option<TownshipCode>,
    pub approval: Option<ApprovalId>,
}

/// What books and map say of one thing, as of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub subject: Subject,
    pub place: Option<Place>,
    /// 宗地编号, of a parcel, a holding with one or a supply.
    pub parcel_code: Option<String>,
    pub seen: Seen,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    Plot {
        recorded: AreaM2,
        polygon: Option<AreaM2>,
    },
    /// Land that the newest polygons of both share, beyond the tolerance of the day it was found.
    Overlap {
        shared: AreaM2,
    },
    Holding {
        /// By the ledger.
        area: AreaM2,
        land: Option<AreaM2>,
        plot_is_mapped: bool,
        /// None: the holding has no parcel.
        parcel_is_mapped: Option<bool>,
    },
    Parcel {
        /// What the ledger has as supplied or idle under it.
        supplied: AreaM2,
        polygon: Option<AreaM2>,
        /// Whether the land of all of it is known.
        has_land: bool,
        has_number: bool,
        /// Registered as a whole.
        recorded: AreaM2,
        /// Whether a contract names it, and whether anything was ever supplied under it.
        has_contract: bool,
        was_supplied: bool,
    },
    Supply(Box<SeenSupply>),
}

/// What somebody said of a difference. It holds as a whole until the next one: owner and resolution are carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// 1 for the first of a difference.
    pub n: i64,
    pub owner: Option<UserId>,
    pub resolution: DifferenceResolution,
    pub reason: Option<String>,
    /// Digest of the figures it was said of.
    pub figures: Hash,
    pub user: UserId,
    pub at: chrono::NaiveDateTime,
}

/// How a difference stands: its figures now, if it still is one, and what was last said of it.
///
/// A resolution counts for the figures it was said of; when they change the difference is open again. An owner stays.
pub fn status(figures: Option<&Hash>, last: Option<&Note>) -> DifferenceStatus {
    let Some(figures) = figures else { return DifferenceStatus::Mended };
    let Some(last) = last else { return DifferenceStatus::Open };
    match last.resolution {
        DifferenceResolution::Open if last.owner.is_some() => DifferenceStatus::Assigned,
        DifferenceResolution::Open => DifferenceStatus::Open,
        _ if last.figures != *figures => DifferenceStatus::Reopened,
        DifferenceResolution::Mending => DifferenceStatus::Mending,
        DifferenceResolution::Explained => DifferenceStatus::Explained,
    }
}

input! {
    /// 处理 — assigns a difference, says what was found, or both
    #[schema(example = json!({
        "version": 0, "figures": "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6", "owner": 2,
        "resolution": "explained", "reason": "批文按 1:1 万图量算,以登记面积为准"
    }))]
    pub struct DifferenceNoteBody {
        /// 所依据的版本 — `version` of the difference as it was read, 0 if nothing was said of it yet; another one is refused (412)
        #[schema(minimum = 0)]
        pub version: i64,
        /// 所依据的数据摘要 — `figures` of the difference as it was read; other figures are refused (409)
        pub figures: Line<64>,
        /// 责任人 — id of a user who may work on the county's books; stays as it is if left out
        #[schema(minimum = 1)]
        pub owner: Option<i64>,
        /// 处理结果 — stays as it is if left out
        pub resolution: Option<DifferenceResolution>,
        /// 说明 — required to explain a difference away; kept for good, so nothing personal
        pub reason: Option<Line<500>>,
    }
    check(note, reader) {
        note.check(reader);
    }
}

impl DifferenceNoteBody {
    fn check(&self, reader: &mut Reader) {
        if self.owner.is_none() && self.resolution.is_none() && self.reason.is_none() {
            let message = Text::fixed(
                "请填责任人 owner、处理结果 resolution 或说明 reason",
                "give an owner, a resolution or a reason",
            );
            reader.fault_at("owner", None, message);
        }
        if self.resolution == Some(DifferenceResolution::Explained) && self.reason.is_none() {
            let message = Text::fixed("说明差异保留的须写明原因", "say why the difference stands");
            reader.fault_at("reason", None, message);
        }
    }

    /// The owner and the resolution after this note. A resolution that the figures have outrun is not carried over.
    pub fn after(&self, status: DifferenceStatus, last: Option<&Note>) -> (Option<UserId>, DifferenceResolution) {
        let owner = self.owner.map(UserId).or_else(|| last?.owner);
        let carried = last
            .filter(|_| status != DifferenceStatus::Reopened)
            .map_or(DifferenceResolution::Open, |last| last.resolution);
        (owner, self.resolution.unwrap_or(carried))
    }
}
