//! What was done with a Shapefile that its maker should know of.

use crate::domain::geometry::crs::Crs;
use crate::domain::text::{Text, text};

/// A note, about a record by its number or about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    pub record: Option<usize>,
    pub note: Note,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// No .cpg; the text is valid UTF-8.
    Utf8WithoutCpg,
    /// No .cpg; the text is no UTF-8 but GBK.
    GbkWithoutCpg,
    /// The .cpg names an encoding in which the text is not.
    CpgWrong {
        given: String,
        read_as: &'static str,
    },
    NoPrj {
        crs: Crs,
    },
    /// A column that is no property of a plot.
    ColumnIgnored {
        column: String,
    },
    /// A second column for a property that another gives already.
    ColumnTwice {
        column: String,
        member: &'static str,
    },
    /// An area without a unit in its name.
    AreaUnitAssumed {
        column: String,
    },
    /// A record that is marked as deleted.
    Deleted,
    /// Rings wound otherwise than the format says; what lies in what decided.
    Winding,
}

impl Note {
    /// Its stable name in reports.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Utf8WithoutCpg => "utf8_without_cpg",
            Self::GbkWithoutCpg => "gbk_without_cpg",
            Self::CpgWrong { .. } => "cpg_wrong",
            Self::NoPrj { .. } => "no_prj",
            Self::ColumnIgnored { .. } => "column_ignored",
            Self::ColumnTwice { .. } => "column_twice",
            Self::AreaUnitAssumed { .. } => "area_unit_assumed",
            Self::Deleted => "deleted_record",
            Self::Winding => "winding",
        }
    }

    pub fn text(&self) -> Text {
        match self {
            Self::Utf8WithoutCpg => Text::fixed(
                "没有 .cpg,文字符合 UTF-8,按 UTF-8 读取",
                "there is no .cpg; the text is valid UTF-8 and was read as that",
            ),
            Self::GbkWithoutCpg => Text::fixed(
                "没有 .cpg,文字不是 UTF-8,按 GBK 读取",
                "there is no .cpg; the text is no UTF-8 and was read as GBK",
            ),
            Self::CpgWrong { given, read_as } => text!(
                ".cpg 写的是“{given}”,文字却不是;按 {read_as} 读取",
                "the .cpg says {given:?}, which the text is not; it was read as {read_as}"
            ),
            Self::NoPrj { crs } => {
                let Text { zh, en } = crs.title();
                text!("没有 .prj,按数值判断为{zh}", "there is no .prj; by the numbers it was taken for {en}")
            }
            Self::ColumnIgnored { column } => {
                text!(
                    "字段“{column}”不是地块的属性,未导入",
                    "column {column:?} is no property of a plot and was left out"
                )
            }
            Self::ColumnTwice { column, member } => text!(
                "字段“{column}”与另一字段同为 {member},未导入",
                "column {column:?} gives {member} a second time and was left out"
            ),
            Self::AreaUnitAssumed { column } => text!(
                "面积字段“{column}”没有写单位,按平方米读取;请核对",
                "the area column {column:?} names no unit and was taken for square metres; check it"
            ),
            Self::Deleted => {
                Text::fixed("该记录已标记为删除,未导入", "the record is marked as deleted and was left out")
            }
            Self::Winding => Text::fixed(
                "环的走向不合规范(外环顺时针、内环逆时针),已按包含关系判断",
                "rings do not wind as the format says; what lies in what decided which are holes",
            ),
        }
    }
}
