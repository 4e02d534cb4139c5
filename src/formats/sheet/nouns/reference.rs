//! What a county loads as its own tables: catalogues, indicators of standard land, industry codes.

use super::{NUMBER, column, needed};
use crate::domain::reference::{Bound, CatalogueClass, Indicator};
use crate::formats::sheet::column::{Kind, Table, sheet_word};

/// 限制、禁止用地项目目录: rows of a county's table.
pub const SUPPLY_CATALOGUE: Table = Table {
    name: ("限制、禁止用地项目目录", "catalogue of restricted and prohibited projects"),
    columns: &[
        needed(
            "/class",
            &["类别", "目录类别"],
            sheet_word!(
                CatalogueClass,
                "鼓励" => CatalogueClass::Encouraged, "限制" => CatalogueClass::Restricted, "禁止" => CatalogueClass::Prohibited,
            ),
        ),
        column("/industry_code", &["行业代码", "国民经济行业代码"], Kind::Text),
        needed("/text", &["条目", "条目文字", "项目", "内容", "目录内容"], Kind::Text),
        column("/condition", &["条件", "规模界限", "限制条件"], Kind::Text),
        column("", NUMBER, Kind::Ignored),
    ],
    copies: &[],
};

/// 标准地控制指标: rows of a county's table.
pub const STANDARD_LAND: Table = Table {
    name: ("标准地控制指标", "table of standard land"),
    columns: &[
        needed(
            "/indicator",
            &["指标", "指标名称"],
            sheet_word!(
                Indicator,
                "投资强度" => Indicator::InvestmentIntensity, "固定资产投入强度" => Indicator::InvestmentIntensity,
                "能耗" => Indicator::EnergyIntensity, "研发投入强度" => Indicator::ResearchShare,
            ),
        ),
        column("/industry_code", &["行业代码", "国民经济行业代码"], Kind::Text),
        needed(
            "/bound",
            &["界限", "方向", "界限方向"],
            sheet_word!(Bound, "≥" => Bound::Min, "≤" => Bound::Max, "下限" => Bound::Min, "上限" => Bound::Max),
        ),
        needed("/value", &["控制值", "指标值", "数值"], Kind::Number),
        needed("/unit", &["计量单位", "单位"], Kind::Text),
        column("", NUMBER, Kind::Ignored),
    ],
    copies: &[],
};

/// 国民经济行业代码: rows of a county's table.
pub const INDUSTRY_CODES: Table = Table {
    name: ("国民经济行业代码", "industry codes"),
    columns: &[
        needed("/code", &["代码", "行业代码", "code"], Kind::Text),
        needed("/name", &["名称", "行业名称", "类别名称", "name"], Kind::Text),
        column("", &["序号", "说明"], Kind::Ignored),
    ],
    copies: &[],
};

/// 划拨用地目录: rows of a county's table.
pub const ALLOCATION_CATALOGUE: Table = Table {
    name: ("划拨用地目录", "catalogue of allocated land"),
    columns: &[
        needed("/text", &["条目", "条目文字", "项目", "内容", "目录内容"], Kind::Text),
        column("", NUMBER, Kind::Ignored),
    ],
    copies: &[],
};
