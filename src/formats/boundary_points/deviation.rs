//! How files differ from the format without leaving a doubt about what they mean.

use crate::domain::text::{Text, text};

/// A repair and the line where it was made, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    pub line: usize,
    pub deviation: Deviation,
}

/// One deviation that was repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deviation {
    /// A byte order mark stands before the text.
    ByteOrderMark,
    /// The text is GBK.
    Gbk,
    /// Lines end in CR LF.
    CrLf,
    /// There is no header at all.
    NoHeader,
    /// A header key that the format demands is not there.
    HeaderMissing { key: &'static str },
    /// A block `[项目信息]` was read over.
    ProjectBlock,
    /// 精度 is the number of decimals instead of the smallest step.
    PrecisionAsDecimals { given: String },
    /// Fields are parted by something else than commas.
    OtherSeparator,
    /// Points stand without a line that says of which plot.
    NoPlotLine,
    /// A plot line has more fields than nine.
    FieldCount { given: usize },
    /// A plot line does not end in `@`.
    NoAt,
    /// The area carries a unit.
    AreaUnit { given: String },
    /// Points carry no ring number.
    NoRingNumber,
    /// Points carry no number of their own.
    NoPointNumber,
    /// Coordinates carry no zone prefix although the header names the zone.
    NoPrefix { zone: u8 },
    /// The header names no zone; the prefix does.
    ZoneFromPrefix { zone: u8 },
    /// Nothing names the zone; the county's is taken.
    ZoneAssumed { zone: u8 },
    /// Some coordinates of one plot carry the prefix and some do not.
    PrefixMixed,
    /// East stands before north.
    SwappedAxes,
    /// The last point does not repeat the first.
    NotClosed { ring: u32 },
    /// The closing row bears another point number than the first.
    ClosingNumber { given: String, first: String },
    /// The closing row bears the number of another ring.
    ClosingRing { given: u32, ring: u32 },
    /// Rings are not numbered 1, 2, 3.
    RingNumbers { given: u32, place: usize },
    /// 界址点数 does not count the closing rows.
    CountWithoutClosing { given: usize, rows: usize },
}

impl Deviation {
    /// Its stable name in reports.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ByteOrderMark => "byte_order_mark",
            Self::Gbk => "gbk",
            Self::CrLf => "crlf",
            Self::NoHeader => "no_header",
            Self::HeaderMissing { .. } => "header_missing",
            Self::ProjectBlock => "project_block",
            Self::PrecisionAsDecimals { .. } => "precision_as_decimals",
            Self::OtherSeparator => "other_separator",
            Self::NoPlotLine => "no_plot_line",
            Self::FieldCount { .. } => "field_count",
            Self::NoAt => "no_at",
            Self::AreaUnit { .. } => "area_unit",
            Self::NoRingNumber => "no_ring_number",
            Self::NoPointNumber => "no_point_number",
            Self::NoPrefix { .. } => "no_prefix",
            Self::ZoneFromPrefix { .. } => "zone_from_prefix",
            Self::ZoneAssumed { .. } => "zone_assumed",
            Self::PrefixMixed => "prefix_mixed",
            Self::SwappedAxes => "swapped_axes",
            Self::NotClosed { .. } => "not_closed",
            Self::ClosingNumber { .. } => "closing_number",
            Self::ClosingRing { .. } => "closing_ring",
            Self::RingNumbers { .. } => "ring_numbers",
            Self::CountWithoutClosing { .. } => "count_without_closing",
        }
    }

    /// What was found and what was made of it.
    pub fn text(&self) -> Text {
        match self {
            Self::ByteOrderMark => Text::fixed("文件带有字节顺序标记(BOM),已略去", "a byte order mark was left out"),
            Self::Gbk => Text::fixed("文件为 GBK 编码,已按 GBK 读取", "the text is GBK and was read as that"),
            Self::CrLf => Text::fixed("换行为 CRLF,已按 LF 读取", "lines end in CR LF, which was read as LF"),
            Self::NoHeader => Text::fixed(
                "没有 [属性描述] 和 [地块坐标],全部行按地块和界址点读取",
                "there are no marks of sections; all lines were read as plots and points",
            ),
            Self::HeaderMissing { key } => {
                text!("属性描述缺少“{key}”,按通常取值读取", "the header has no {key:?}; the usual value was taken")
            }
            Self::ProjectBlock => Text::fixed(
                "[项目信息] 不属于地块,未导入",
                "the block of the project belongs to no plot and was left out",
            ),
            Self::PrecisionAsDecimals { given } => text!(
                "精度写作小数位数“{given}”,已按 0.001 一类的写法理解",
                "the precision is given as a number of decimals ({given}) and was read so"
            ),
            Self::OtherSeparator => Text::fixed(
                "字段不以半角逗号分隔,已按所用分隔符读取",
                "fields are not parted by commas; they were parted as they are",
            ),
            Self::NoPlotLine => Text::fixed(
                "只有坐标,没有地块属性行,按一个地块读取",
                "there are coordinates without a plot line; they were read as one plot",
            ),
            Self::FieldCount { given } => text!(
                "地块属性行有 {given} 个字段而不是 9 个,取前 8 个和 @,其余略去",
                "the plot line has {given} fields instead of 9; the first 8 and @ were taken"
            ),
            Self::NoAt => {
                Text::fixed("地块属性行没有以 @ 结尾,已补上", "the plot line does not end in @, which was added")
            }
            Self::AreaUnit { given } => {
                text!("面积带有单位“{given}”,已按该单位读取", "the area carries its unit ({given}) and was read in it")
            }
            Self::NoRingNumber => {
                Text::fixed("界址点没有圈号,全部按第 1 圈读取", "points have no ring number; all were taken for ring 1")
            }
            Self::NoPointNumber => {
                Text::fixed("界址点没有点号,按行序编号", "points have no numbers; they were counted")
            }
            Self::NoPrefix { zone } => text!(
                "横坐标没有带号,按属性描述的带号 {zone} 读取",
                "eastings carry no zone prefix; zone {zone} of the header was taken"
            ),
            Self::ZoneFromPrefix { zone } => text!(
                "属性描述没有带号,按横坐标前的带号 {zone} 读取",
                "the header names no zone; that before the eastings, {zone}, was taken"
            ),
            Self::ZoneAssumed { zone } => {
                text!("没有带号,按本县所在的 {zone} 带读取", "no zone is named; that of the county, {zone}, was taken")
            }
            Self::PrefixMixed => Text::fixed(
                "同一地块的横坐标有的带带号、有的不带,已统一",
                "some eastings of the plot carry the zone prefix and some do not; they were made alike",
            ),
            Self::SwappedAxes => {
                Text::fixed("横坐标在前、纵坐标在后,已对调", "east stands before north; the two were exchanged")
            }
            Self::NotClosed { ring } => {
                text!("第 {ring} 圈没有闭合,已重复首点", "ring {ring} is not closed; its first point was repeated")
            }
            Self::ClosingNumber { given, first } => text!(
                "闭合行的点号是 {given} 而不是 {first},坐标相同,按闭合行读取",
                "the closing row is numbered {given} instead of {first}; its coordinates close the ring"
            ),
            Self::ClosingRing { given, ring } => text!(
                "闭合行的圈号是 {given} 而不是 {ring},坐标与该圈首点相同,按第 {ring} 圈的闭合行读取",
                "the closing row says ring {given} instead of {ring}; its coordinates close ring {ring}"
            ),
            Self::RingNumbers { given, place } => text!(
                "第 {place} 个环的圈号是 {given},按先后次序读取",
                "ring number {given} stands in place {place}; rings were taken in their order"
            ),
            Self::CountWithoutClosing { given, rows } => text!(
                "界址点数 {given} 未计闭合行(共 {rows} 行),已按行读取",
                "the number of points, {given}, leaves out the closing rows ({rows} rows); the rows were read"
            ),
        }
    }
}
