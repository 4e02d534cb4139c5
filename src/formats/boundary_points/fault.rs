//! What is wrong with a file and could be meant in more than one way, or in none.

use crate::domain::text::{Text, text};

/// Something wrong and its line, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub wrong: Wrong,
}

/// Why a plot or a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    NotText {
        at: usize,
    },
    NoPlots,
    TooManyPlots {
        limit: usize,
    },
    TooManyPoints {
        limit: usize,
    },
    /// The header and the coordinates name different zones.
    ContradictoryZone {
        header: u8,
        header_line: usize,
        prefix: u8,
    },
    /// Eastings of one plot carry different prefixes.
    TwoZones {
        first: u8,
        other: u8,
    },
    /// Neither header nor coordinates name the zone, and the county has none.
    NoZone,
    /// 几度分带 and 带号 do not go together, or the zone is none.
    BadZone {
        given: String,
    },
    OtherDatum {
        given: String,
    },
    OtherProjection {
        given: String,
    },
    OtherUnit {
        given: String,
    },
    /// A plot line with too few fields.
    PlotFields {
        given: usize,
    },
    /// 图形属性 is 点 or 线.
    NotAPolygon {
        given: String,
    },
    BadCount {
        given: String,
    },
    BadArea {
        given: String,
    },
    /// 界址点数 and the rows.
    Count {
        given: usize,
        rows: usize,
        without_closing: usize,
    },
    RowFields {
        given: usize,
    },
    NotANumber {
        field: &'static str,
        given: String,
    },
    BadRing {
        given: String,
    },
    Degrees,
    /// Coordinates that are neither north nor east of any zone.
    Unlikely {
        x: String,
        y: String,
    },
    /// North stands first here and east first above.
    MixedAxes,
    /// The closing row bears the first point's number at another place.
    ClosingElsewhere {
        number: String,
        first_line: usize,
    },
    /// A ring goes on after another has begun.
    RingAgain {
        ring: u32,
    },
    NoPoints,
}

impl Wrong {
    /// What is wrong and what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::NotText { at } => text!(
                "不是文本文件:第 {at} 字节起既不是 UTF-8 也不是 GBK",
                "it is no text: from byte {at} on it is neither UTF-8 nor GBK"
            ),
            Self::NoPlots => Text::fixed(
                "没有地块;界址点坐标文件在 [地块坐标] 之后是地块属性行和界址点行",
                "there is no plot; after \"[地块坐标]\" a file of boundary points has plot lines and point rows",
            ),
            Self::TooManyPlots { limit } => {
                text!(
                    "地块超过上限 {limit} 个;请分批提交",
                    "there are more than {limit} plots; send them in several files"
                )
            }
            Self::TooManyPoints { limit } => text!(
                "界址点超过上限 {limit} 个;请分批提交",
                "there are more than {limit} points; send them in several files"
            ),
            Self::ContradictoryZone { header, header_line, prefix } => text!(
                "属性描述(第 {header_line} 行)的带号是 {header},横坐标前的带号却是 {prefix};请核对哪一个正确",
                "the header (line {header_line}) says zone {header}, the easting begins with {prefix}; find out which is right"
            ),
            Self::TwoZones { first, other } => text!(
                "同一地块的横坐标有 {first} 和 {other} 两个带号;请统一到一个带",
                "eastings of one plot begin with {first} and with {other}; bring them into one zone"
            ),
            Self::NoZone => Text::fixed(
                "带号不明:属性描述和坐标都没有给出;请补上带号",
                "neither header nor coordinates name the zone; add \"带号\" to the header",
            ),
            Self::BadZone { given } => text!(
                "分带“{given}”不成立;三度带带号为 25–45,六度带为 13–23",
                "{given:?} is no zone; three-degree zones are 25 to 45, six-degree zones 13 to 23"
            ),
            Self::OtherDatum { given } => text!(
                "坐标系“{given}”不是 2000 国家大地坐标系;请先转换",
                "the datum {given:?} is not CGCS2000; transform the coordinates first"
            ),
            Self::OtherProjection { given } => {
                text!(
                    "投影“{given}”不是高斯克吕格;请先转换",
                    "the projection {given:?} is not Gauss-Krüger; convert first"
                )
            }
            Self::OtherUnit { given } => {
                text!("计量单位“{given}”不是米;请先换算", "the unit {given:?} is not the metre; convert first")
            }
            Self::PlotFields { given } => text!(
                "地块属性行只有 {given} 个字段,应为 9 个:界址点数,地块面积,编号,名称,图形属性,图幅号,用途,地类编码,@",
                "the plot line has {given} fields; nine are expected: number of points, area, code, name, \"面\", map sheet, use, land class, @"
            ),
            Self::NotAPolygon { given } => {
                text!("图形属性是“{given}”,地块应为“面”", "the shape is {given:?}; a plot is a polygon, \"面\"")
            }
            Self::BadCount { given } => {
                text!("界址点数“{given}”不是整数", "the number of points {given:?} is no whole number")
            }
            Self::BadArea { given } => text!(
                "地块面积“{given}”不是数;请写公顷数,如 0.9600",
                "the area {given:?} is no number; write hectares, such as 0.9600"
            ),
            Self::Count { given, rows, without_closing } => text!(
                "界址点数写的是 {given},其下有 {rows} 行(不计闭合行为 {without_closing});请核对是否缺行",
                "the plot line says {given} points, {rows} rows follow ({without_closing} without closing rows); see whether rows are missing"
            ),
            Self::RowFields { given } => text!(
                "界址点行有 {given} 个字段;应为:点号,圈号,X(纵),Y(横)",
                "the point row has {given} fields; expected are number, ring, X (north), Y (east)"
            ),
            Self::NotANumber { field, given } => text!("{field} 坐标“{given}”不是数", "{field} {given:?} is no number"),
            Self::BadRing { given } => {
                text!("圈号“{given}”不是正整数", "the ring {given:?} is no positive whole number")
            }
            Self::Degrees => Text::fixed(
                "坐标是经纬度;本格式应为高斯投影坐标(米),经纬度请用 GeoJSON 提交",
                "these are degrees; the format takes metres of a projection, send degrees as GeoJSON",
            ),
            Self::Unlikely { x, y } => text!(
                "({x}, {y}) 不像高斯投影坐标:纵坐标应为 7 位,横坐标应为 6 位或带号加 6 位",
                "({x}, {y}) is no position of a zone: northings have 7 digits, eastings 6 or the zone's two before them"
            ),
            Self::MixedAxes => Text::fixed(
                "本行与上文的纵横坐标次序相反;请统一为 X(纵)在前、Y(横)在后",
                "north and east stand the other way round than above; write north first throughout",
            ),
            Self::ClosingElsewhere { number, first_line } => text!(
                "点号 {number} 与该圈首点(第 {first_line} 行)相同,坐标却不同;请核对哪一个正确",
                "point {number} bears the number of the ring's first (line {first_line}) at another place; find out which is right"
            ),
            Self::RingAgain { ring } => text!(
                "第 {ring} 圈在其他圈之后又出现;请把同一圈的点连续排列",
                "ring {ring} goes on after another has begun; keep the points of a ring together"
            ),
            Self::NoPoints => Text::fixed("该地块没有界址点", "the plot has no points"),
        }
    }
}
