//! A voucher: one legal act that moves area from holdings to holdings.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::geometry::text::GeometryText;
use crate::domain::input::{self, Positive, input};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::kind::{Kind, SupplyMethod, WriteOff};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId, UserId};
use crate::domain::text::Text;

/// Lines of one voucher: an approval of a whole batch fits, a runaway script does not.
pub const LINES_MAX: usize = 20_000;

/// 持有 — where an amount of land stands: account, plot and, once supplied, parcel.
///
/// The outside is kept per plot too, so that the lines of a plot add up to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holding {
    pub plot: PlotId,
    pub account: Account,
    pub parcel: Option<ParcelId>,
}

/// 分录 — one movement of area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub from: Holding,
    pub to: Holding,
    pub area: AreaM2,
}

/// 依据文件 — the document a voucher rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    pub number: Option<String>,
    pub authority: Option<String>,
    pub dated: Option<NaiveDate>,
    /// SHA-256 of the attachments, in lower-case hex.
    pub attachments: Vec<String>,
}

/// What a person asks the ledger to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Chosen by the caller: sending the same voucher twice records it once.
    pub client_id: String,
    pub kind: Kind,
    pub effective_on: NaiveDate,
    pub document: Document,
    pub corrects: Option<i64>,
    pub write_off: Option<WriteOff>,
    pub method: Option<SupplyMethod>,
    /// 历史补录: the act was done before its approval or without papers; recorded with a review flag.
    pub historical: bool,
    pub memo: Option<String>,
    pub lines: Vec<Line>,
    /// Digests of the polygons drawn for lines, by the line's number: SHA-256 of their WKB on the grid.
    pub drawn: BTreeMap<usize, Hash>,
}

/// Who stands behind a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signatures {
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    pub approver: Option<UserId>,
}

/// A voucher with its place in the county's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub county: County,
    /// 凭证号: runs per county without gaps.
    pub seq: i64,
    pub voucher: Voucher,
    pub signatures: Signatures,
    /// Taken inside the county's lock; never precedes the last one. UTC, to the microsecond.
    pub recorded_at: NaiveDateTime,
    /// 结账后调整: its day lies in a month that was closed before.
    pub late: bool,
    pub flags: Vec<Flag>,
    /// Digests of the land that lines moved, by the line's number.
    pub land: BTreeMap<usize, Hash>,
}

crate::vocabulary! {
    /// 提示 — what a reader of the voucher should look into.
    pub enum Flag {
        BeforeApproval = "before_approval" "早于批准日,需核查",
        DocumentMissing = "document_missing" "缺少依据文件,需补充",
        Historical = "historical" "历史补录,需核查",
        Late = "late" "结账后调整",
        Unmapped = "unmapped" "未落图",
        LandFitted = "land_fitted" "图形超出或缺漏在容差内,已归并",
        AreaDiffers = "area_differs" "图形面积与分录面积相差超出容差",
    }
}

// --- How a voucher is written in JSON ---

input! {
    /// 持有 — account, plot and parcel of one side of a line. `outside` needs no plot.
    pub struct HoldingBody {
        /// 科目
        pub account: Account,
        /// 地块 — the plot's id; may be left out for `outside`.
        pub plot: Option<PlotId>,
        /// 宗地 — the parcel's id; for `supplied` and `idle` only.
        pub parcel: Option<ParcelId>,
    }
}

input! {
    /// 分录 — one movement of area between two holdings.
    pub struct LineBody {
        /// 转出
        pub from: HoldingBody,
        /// 转入
        pub to: HoldingBody,
        /// 面积,平方米 — area in m², above zero, at most 4 decimals.
        pub area_m2: Positive<AreaM2>,
        /// 图形 — which land is moved, where it is neither the whole holding nor the polygon of the parcel it goes to.
        pub geometry: Option<GeometryText>,
    }
    check(line, reader) {
        line.checked(reader);
    }
}

input! {
    /// 依据文件 — the outside document that the act rests on.
    pub struct DocumentBody {
        /// 文号
        pub number: Option<input::Line<100>>,
        /// 发文机关
        pub authority: Option<input::Line<100>>,
        /// 文件日期
        pub dated: Option<NaiveDate>,
        /// 附件 — SHA-256 (hex) of uploaded attachments.
        pub attachments: Option<Vec<Digest>>,
    }
}

input! {
    /// 凭证 — one legal act on the area ledger, with one or more lines that are posted together or not at all.
    #[schema(example = json!({
        "client_id": "supply-2026-0001", "kind": "supply", "effective_on": "2026-03-02", "method": "listing",
        "document": {"number": "410183-2026-GC-0001", "authority": "新密市自然资源和规划局", "dated": "2026-03-02"},
        "lines": [{"from": {"account": "unsupplied", "plot": 410_183_000_000_001_i64},
                   "to": {"account": "supplied", "plot": 410_183_000_000_001_i64, "parcel": 410_183_000_000_001_i64},
                   "area_m2": "18000.25"}]
    }))]
    pub struct VoucherBody {
        /// 客户端编号 — chosen by the caller and unique in the county: the same voucher sent twice is recorded once.
        pub client_id: input::Line<64>,
        /// 凭证种类
        pub kind: Kind,
        /// 生效日 — the day of the legal act (see the kinds).
        pub effective_on: NaiveDate,
        /// 依据文件
        pub document: Option<DocumentBody>,
        /// 被更正的凭证号 — for corrections: the number of the voucher corrected.
        pub corrects: Option<i64>,
        /// 核销类型 — for written_off.
        pub write_off: Option<WriteOff>,
        /// 供应方式 — for supply.
        pub method: Option<SupplyMethod>,
        /// 历史补录 — the act precedes its approval or lacks papers; it is recorded and flagged for review.
        pub historical: Option<bool>,
        /// 备注 — kept apart from the hashed bytes; may be erased.
        pub memo: Option<input::Line<1000>>,
        /// 分录
        pub lines: Vec<LineBody>,
    }
}

/// 摘要 — a SHA-256 in 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
pub struct Digest(String);

impl Digest {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Digest {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        if text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Text::fixed(
                "应为 64 位小写十六进制的 SHA-256 摘要",
                "a SHA-256 of 64 lower-case hex digits is expected",
            ))
        }
    }
}

impl<'de> input::Input<'de> for Digest {
    fn read(raw: &'de serde_json::value::RawValue, reader: &mut input::Reader) -> Option<Self> {
        input::word(raw, reader)
    }
}

impl LineBody {
    /// The line with its plots in place, or the faults of its shape.
    fn checked(&self, reader: &mut input::Reader) -> Option<Line> {
        let missing = Text::fixed("缺少地块编号", "the plot is missing");
        let (from_plot, to_plot) = match (self.from.plot, self.to.plot) {
            (Some(from), Some(to)) => (from, to),
            (None, Some(to)) if self.from.account == Account::Outside => (to, to),
            (Some(from), None) if self.to.account == Account::Outside => (from, from),
            (None, _) => {
                reader.within("from", |reader| reader.fault_at("plot", None, missing));
                return None;
            }
            (_, None) => {
                reader.within("to", |reader| reader.fault_at("plot", None, missing));
                return None;
            }
        };
        Some(Line {
            from: Holding { plot: from_plot, account: self.from.account, parcel: self.from.parcel },
            to: Holding { plot: to_plot, account: self.to.account, parcel: self.to.parcel },
            area: self.area_m2.get(),
        })
    }
}

impl VoucherBody {
    /// The polygons drawn for lines, not read yet.
    pub fn drawn(&self) -> impl Iterator<Item = (usize, &GeometryText)> {
        self.lines.iter().enumerate().filter_map(|(number, line)| Some((number, line.geometry.as_ref()?)))
    }

    /// The voucher asked for, without the digests of what is drawn. The lines were checked when the body was read.
    pub fn into_voucher(self) -> Voucher {
        let mut nowhere = input::Reader::default();
        let document = self.document.map_or_else(Document::default, |document| Document {
            number: document.number.map(input::Line::into_string),
            authority: document.authority.map(input::Line::into_string),
            dated: document.dated,
            attachments: document.attachments.unwrap_or_default().into_iter().map(|digest| digest.0).collect(),
        });
        Voucher {
            client_id: self.client_id.into_string(),
            kind: self.kind,
            effective_on: self.effective_on,
            document,
            corrects: self.corrects,
            write_off: self.write_off,
            method: self.method,
            historical: self.historical.unwrap_or(false),
            memo: self.memo.map(input::Line::into_string),
            lines: self.lines.iter().filter_map(|line| line.checked(&mut nowhere)).collect(),
            drawn: BTreeMap::new(),
        }
    }
}
