//! The words of the demonstration: townships, uses, approvals, documents.

use chrono::{Datelike, NaiveDate};

use crate::domain::demo::DemoProject;
use crate::domain::demo::dice::{Dice, scatter};
use crate::domain::ledger::kind::{Kind, SupplyMethod};

/// 行政区划代码 and name of the county.
pub const COUNTY_CODE: &str = "410183";
pub const COUNTY_NAME: &str = "新密市";

/// 乡镇街道.
#[derive(Debug, PartialEq, Eq)]
pub struct Township {
    /// Nine digits. Where the official code is not known it is one from the end of the range that offices hardly use, 410183581 and on, and marked as not official.
    pub code: &'static str,
    pub name: &'static str,
    pub is_official_code: bool,
    /// Its seat, in metres east and north of the middle of the county: the land nearest to it is its own.
    seat: (i64, i64),
}

const fn township(code: &'static str, name: &'static str, is_official_code: bool, seat: (i64, i64)) -> Township {
    Township { code, name, is_official_code, seat }
}

/// The 18 township units, placed as it suits the demonstration.
static TOWNSHIPS: [Township; 18] = [
    township("410183100", "城关镇", true, (-1_500, -600)),
    township("410183581", "米村镇", false, (-7_500, 5_500)),
    township("410183582", "牛店镇", false, (-13_500, 1_000)),
    township("410183583", "平陌镇", false, (-13_000, -6_500)),
    township("410183104", "超化镇", true, (-5_500, -8_000)),
    township("410183584", "苟堂镇", false, (3_000, -10_500)),
    township("410183106", "大隗镇", true, (10_500, -6_500)),
    township("410183585", "刘寨镇", false, (12_000, 500)),
    township("410183586", "曲梁镇", false, (17_500, 2_500)),
    township("410183587", "白寨镇", false, (8_500, 8_500)),
    township("410183588", "岳村镇", false, (2_500, 6_000)),
    township("410183589", "来集镇", false, (4_500, -3_500)),
    township("410183590", "袁庄乡", false, (-6_500, -1_500)),
    township("410183591", "青屏街街道", false, (0, 1_500)),
    township("410183592", "新华路街道", false, (1_500, 0)),
    township("410183593", "西大街街道", false, (-2_800, 1_400)),
    township("410183594", "矿区街道", false, (500, -2_200)),
    township("410183595", "伏羲山管委会", false, (-16_000, 7_000)),
];

/// The 18 township units of the county.
pub fn townships() -> &'static [Township] {
    &TOWNSHIPS
}

/// The township nearest to a point in millimetres from the middle of the county.
pub(super) fn township_at((x, y): (i64, i64)) -> &'static Township {
    let distance = |township: &&Township| {
        let (east, north) = (x - township.seat.0 * 1000, y - township.seat.1 * 1000);
        i128::from(east) * i128::from(east) + i128::from(north) * i128::from(north)
    };
    TOWNSHIPS.iter().min_by_key(distance).expect("there are townships")
}

/// 批次类型.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ApprovalKind {
    CityBatch,
    TownBatch,
    LinkedQuota,
    SingleSite,
}

pub(super) fn approval_kind(dice: &mut Dice) -> ApprovalKind {
    dice.weighted(&[
        (50, ApprovalKind::CityBatch),
        (25, ApprovalKind::TownBatch),
        (15, ApprovalKind::LinkedQuota),
        (10, ApprovalKind::SingleSite),
    ])
}

impl ApprovalKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::CityBatch => "city_batch",
            Self::TownBatch => "town_batch",
            Self::LinkedQuota => "linked_quota",
            Self::SingleSite => "single_site",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Self::CityBatch => "城市批次",
            Self::TownBatch => "村镇批次",
            Self::LinkedQuota => "增减挂钩",
            Self::SingleSite => "单独选址",
        }
    }

    /// How many plots one has: more in a county of many.
    pub fn plots(self, of: u64, dice: &mut Dice) -> u64 {
        let (low, high) = match (self, of > 5_000) {
            (Self::SingleSite, _) => (1, 3),
            (_, false) => (3, 14),
            (_, true) => (8, 40),
        };
        dice.between(low, high) as u64
    }

    pub fn number(self, day: NaiveDate, serial: u64) -> String {
        let year = day.year();
        match self {
            Self::LinkedQuota => format!("演示挂钩〔{year}〕{serial}号"),
            _ => format!("演示政土〔{year}〕{serial}号"),
        }
    }

    pub fn project(self, day: NaiveDate, serial: u64) -> String {
        let year = day.year();
        match self {
            Self::CityBatch => format!("演示市{year}年度第{serial}批城市建设用地"),
            Self::TownBatch => format!("演示市{year}年度第{serial}批乡镇建设用地"),
            Self::LinkedQuota => format!("演示市{year}年度增减挂钩第{serial}号建新区"),
            Self::SingleSite => format!("演示单独选址项目{serial}号"),
        }
    }
}

/// The authority whose approvals these are, and who alone may take them back.
pub(super) const APPROVER: &str = "演示省人民政府";
const GOVERNMENT: &str = "演示市人民政府";
const BUREAU: &str = "演示自然资源和规划局";

pub(super) const INDUSTRY: (&str, &str) = ("1001", "工业用地");
const LOGISTICS: (&str, &str) = ("1101", "物流仓储用地");
const RESIDENTIAL: (&str, &str) = ("0701", "城镇住宅用地");
const COMMERCE: (&str, &str) = ("0901", "商业用地");
const PUBLIC: (&str, &str) = ("08", "公共管理与公共服务用地");

pub(super) fn land_use(dice: &mut Dice) -> (&'static str, &'static str) {
    dice.weighted(&[(48, INDUSTRY), (10, LOGISTICS), (18, RESIDENTIAL), (10, COMMERCE), (14, PUBLIC)])
}

/// Methods as practice uses them: housing and shops by auction, public uses by allocation, industry by all.
pub(super) fn method(land_use: (&str, &str), dice: &mut Dice) -> SupplyMethod {
    use SupplyMethod::{
        Agreement, Allocation, Auction, Flexible, Lease, LeaseThenTransfer, Listing, LongLease, MixedLeaseTransfer,
        Tender,
    };
    if land_use == INDUSTRY || land_use == LOGISTICS {
        return dice.weighted(&[
            (45, Listing),
            (12, Flexible),
            (12, LeaseThenTransfer),
            (8, LongLease),
            (5, Lease),
            (6, MixedLeaseTransfer),
            (7, Agreement),
            (5, Tender),
        ]);
    }
    if land_use == PUBLIC {
        return dice.weighted(&[(92, Allocation), (8, Agreement)]);
    }
    dice.weighted(&[(50, Listing), (40, Auction), (5, Tender), (5, Agreement)])
}

/// 文号 and authority of an act. Approvals have their own.
pub(super) fn document(
    kind: Kind,
    method: Option<SupplyMethod>,
    day: NaiveDate,
    serial: u64,
) -> (String, &'static str) {
    let (word, authority) = match kind {
        Kind::Supply if method == Some(SupplyMethod::Allocation) => ("演示划拨", GOVERNMENT),
        Kind::Supply | Kind::ContractSuccession => ("演示合同", BUREAU),
        Kind::SupplyTerminated => ("演示解除", BUREAU),
        Kind::WrittenOff => ("演示政土函", APPROVER),
        Kind::NoSupplyNeeded => ("演示认定", GOVERNMENT),
        Kind::IdleFound => ("演示闲置", BUREAU),
        Kind::Resumed => ("演示动工", BUREAU),
        Kind::Recovered => ("演示收回", GOVERNMENT),
        Kind::BoughtBack => ("演示收购", GOVERNMENT),
        Kind::Correction => ("演示更正", BUREAU),
        _ => ("演示文件", BUREAU),
    };
    (format!("{word}〔{}〕{serial}号", day.year()), authority)
}

/// The investment project of a serial.
pub(super) fn project(serial: u64) -> DemoProject {
    const INDUSTRIES: [(&str, &str); 8] = [
        ("C30", "新型材料"),
        ("C34", "通用部件"),
        ("C35", "专用装备"),
        ("C38", "电气设备"),
        ("C39", "电子器件"),
        ("C18", "品牌服装"),
        ("C14", "食品加工"),
        ("G59", "智慧仓储"),
    ];
    let (industry, name) = INDUSTRIES[(scatter(serial, 0, 0, 11) % INDUSTRIES.len() as u64) as usize];
    DemoProject { serial, name: format!("演示项目{serial}号({name})"), industry }
}
