//! 县级数据表: what a county loads beside its policy values, each version with its document.
//!
//! The catalogues of restricted and prohibited projects, the table of standard land, the names of industry codes and the
//! catalogue of allocated land are too long for parameters and differ by place and year. A version is appended and never
//! changed; on a day the last one that was in force by then holds. Nothing is shipped: a rule without its table says
//! so and passes nobody.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::domain::codes::{CodeGiven, divisions};
use crate::domain::finding::Citation;
use crate::domain::input::{Line, NonNegative, input, vocabulary};
use crate::domain::ledger::chain::hex;
use crate::domain::quantity::IndicatorValue;
use crate::domain::text::{Text, text};

/// Rows of one version: the full list of industry codes has some two thousand.
pub const ROWS_MAX: usize = 5000;

vocabulary! {
    /// 数据表种类 — what a county's table holds.
    pub enum TableKind {
        SupplyCatalogue = "supply_catalogue" "限制、禁止用地项目目录",
        StandardLand = "standard_land" "标准地控制指标",
        IndustryCodes = "industry_codes" "国民经济行业代码",
        AllocationCatalogue = "allocation_catalogue" "划拨用地目录",
    }
}

vocabulary! {
    /// 目录类别 — class of an entry of the catalogue.
    pub enum CatalogueClass {
        Encouraged = "encouraged" "鼓励类",
        Restricted = "restricted" "限制类",
        Prohibited = "prohibited" "禁止类",
    }
}

vocabulary! {
    /// 标准地指标 — what a standard-land table limits.
    pub enum Indicator {
        InvestmentIntensity = "investment_intensity" "固定资产投资强度",
        OutputIntensity = "output_intensity" "亩均产值",
        TaxIntensity = "tax_intensity" "亩均税收",
        FloorAreaRatio = "floor_area_ratio" "容积率",
        BuildingCoefficient = "building_coefficient" "建筑系数",
        EnergyIntensity = "energy_intensity" "单位能耗",
        EmissionIntensity = "emission_intensity" "单位排放",
        ResearchShare = "research_share" "研发投入占比",
        Employment = "employment" "亩均就业",
    }
}

impl Indicator {
    /// The English words in a sentence.
    pub const fn en(self) -> &'static str {
        match self {
            Self::InvestmentIntensity => "fixed investment",
            Self::OutputIntensity => "output per 亩",
            Self::TaxIntensity => "tax per 亩",
            Self::FloorAreaRatio => "floor area ratio",
            Self::BuildingCoefficient => "building coefficient",
            Self::EnergyIntensity => "energy intensity",
            Self::EmissionIntensity => "emission intensity",
            Self::ResearchShare => "share of research",
            Self::Employment => "employment per 亩",
        }
    }
}

vocabulary! {
    /// 界限方向 — whether a limit is the least or the most.
    pub enum Bound {
        Min = "min" "不低于",
        Max = "max" "不高于",
    }
}

input! {
    /// 目录条目 — an entry of the catalogue: by code, by words, or both
    #[derive(PartialEq, Eq, Serialize)]
    pub struct CatalogueRow {
        /// 类别
        pub class: CatalogueClass,
        /// 行业代码 — all codes below it are meant too; none: by words alone
        pub industry_code: Option<CodeGiven>,
        /// 条目文字
        pub text: Line<500>,
        /// 条件或规模界限 — an entry that has one is hit only where it is met
        pub condition: Option<Line<500>>,
    }
}

input! {
    /// 标准地指标值
    #[derive(PartialEq, Eq, Serialize)]
    pub struct StandardRow {
        /// 指标
        pub indicator: Indicator,
        /// 行业代码 — none: all industries; of several that fit, the longest counts
        pub industry_code: Option<CodeGiven>,
        /// 界限方向
        pub bound: Bound,
        /// 控制值
        pub value: NonNegative<IndicatorValue>,
        /// 计量单位
        pub unit: Line<40>,
    }
}

input! {
    /// 行业代码
    #[derive(PartialEq, Eq, Serialize)]
    pub struct IndustryRow {
        /// 代码
        pub code: CodeGiven,
        /// 名称
        pub name: Line<100>,
    }
}

input! {
    /// 划拨用地目录条目
    #[derive(PartialEq, Eq, Serialize)]
    pub struct AllocationRow {
        /// 条目文字
        pub text: Line<500>,
    }
}

/// The rows of a version; one of the four is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    SupplyCatalogue(Vec<CatalogueRow>),
    StandardLand(Vec<StandardRow>),
    IndustryCodes(Vec<IndustryRow>),
    AllocationCatalogue(Vec<AllocationRow>),
}

impl Rows {
    pub const fn kind(&self) -> TableKind {
        match self {
            Self::SupplyCatalogue(_) => TableKind::SupplyCatalogue,
            Self::StandardLand(_) => TableKind::StandardLand,
            Self::IndustryCodes(_) => TableKind::IndustryCodes,
            Self::AllocationCatalogue(_) => TableKind::AllocationCatalogue,
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::SupplyCatalogue(rows) => rows.len(),
            Self::StandardLand(rows) => rows.len(),
            Self::IndustryCodes(rows) => rows.len(),
            Self::AllocationCatalogue(rows) => rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows as JSON, as they rest and as their digest is taken.
    pub fn json(&self) -> String {
        let made = match self {
            Self::SupplyCatalogue(rows) => serde_json::to_string(rows),
            Self::StandardLand(rows) => serde_json::to_string(rows),
            Self::IndustryCodes(rows) => serde_json::to_string(rows),
            Self::AllocationCatalogue(rows) => serde_json::to_string(rows),
        };
        made.expect("rows are words, numbers and texts")
    }

    /// Reads rows back, or from a body.
    pub fn read(kind: TableKind, json: &[u8]) -> Result<Self, Vec<crate::domain::input::FieldError>> {
        use crate::domain::input::read;
        Ok(match kind {
            TableKind::SupplyCatalogue => Self::SupplyCatalogue(read(json)?),
            TableKind::StandardLand => Self::StandardLand(read(json)?),
            TableKind::IndustryCodes => Self::IndustryCodes(read(json)?),
            TableKind::AllocationCatalogue => Self::AllocationCatalogue(read(json)?),
        })
    }

    /// What is wrong with rows together: none, too many, or the same thing limited twice.
    pub fn faults(&self) -> Vec<(Option<usize>, Text)> {
        let count = self.len();
        if count == 0 || count > ROWS_MAX {
            return vec![(
                None,
                text!("共 {count} 行,应为 1 至 {ROWS_MAX} 行", "{count} rows; 1 to {ROWS_MAX} are taken"),
            )];
        }
        let mut seen = std::collections::HashMap::new();
        let mut faults = Vec::new();
        for at in 0..count {
            let key = match self {
                Self::StandardLand(rows) => {
                    let row = &rows[at];
                    let code = row.industry_code.as_ref().map_or("", CodeGiven::digits);
                    format!("{} {code} {}", row.indicator, row.bound)
                }
                Self::IndustryCodes(rows) => rows[at].code.digits().to_owned(),
                Self::SupplyCatalogue(rows) => {
                    let row = &rows[at];
                    format!("{} {:?} {}", row.class, row.industry_code.as_ref().map(CodeGiven::digits), row.text)
                }
                Self::AllocationCatalogue(rows) => rows[at].text.to_string(),
            };
            if let Some(before) = seen.insert(key, at + 1) {
                faults.push((Some(at), text!("与第 {before} 行重复", "it repeats row {before}")));
            }
        }
        faults
    }
}

/// One version as it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceTable {
    /// Counts from 1 in the county.
    pub n: i64,
    pub in_force: NaiveDate,
    pub citation: Citation,
    pub verified: bool,
    pub rows: Rows,
}

/// 所用数据表 — a version that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableUsed {
    /// 种类
    pub kind: TableKind,
    /// 版本序号
    #[schema(minimum = 1)]
    pub n: i64,
    /// 施行日期
    pub in_force: NaiveDate,
    /// 依据
    pub citation: Citation,
    /// 是否已核对原文
    pub verified: bool,
    /// 内容摘要
    pub digest: String,
}

impl ReferenceTable {
    pub fn used(&self) -> TableUsed {
        TableUsed {
            kind: self.rows.kind(),
            n: self.n,
            in_force: self.in_force,
            citation: self.citation.clone(),
            verified: self.verified,
            digest: hex(&Sha256::digest(self.rows.json())),
        }
    }
}

/// The versions of a county that hold on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountyTables {
    pub all: Vec<ReferenceTable>,
}

macro_rules! table {
    ($name:ident, $variant:ident, $row:ty) => {
        pub fn $name(&self) -> Option<(&ReferenceTable, &[$row])> {
            self.all.iter().find_map(|table| match &table.rows {
                Rows::$variant(rows) => Some((table, rows.as_slice())),
                _ => None,
            })
        }
    };
}

impl CountyTables {
    /// Of all versions in the order they were recorded, those that hold on a day.
    pub fn on(versions: Vec<ReferenceTable>, day: NaiveDate) -> Self {
        let mut all: Vec<ReferenceTable> = Vec::new();
        for version in versions.into_iter().filter(|version| version.in_force <= day) {
            match all.iter_mut().find(|held| held.rows.kind() == version.rows.kind()) {
                Some(held) if held.in_force <= version.in_force => *held = version,
                Some(_) => {}
                None => all.push(version),
            }
        }
        Self { all }
    }

    table!(supply_catalogue, SupplyCatalogue, CatalogueRow);
    table!(standard_land, StandardLand, StandardRow);
    table!(industry_codes, IndustryCodes, IndustryRow);
    table!(allocation_catalogue, AllocationCatalogue, AllocationRow);

    /// What every answer names, and one digest of it all.
    pub fn used(&self) -> Vec<TableUsed> {
        self.all.iter().map(ReferenceTable::used).collect()
    }

    /// SHA-256 over the digests of all tables.
    pub fn digest(&self) -> String {
        let mut canonical = String::new();
        for TableUsed { kind, n, digest, verified, .. } in self.used() {
            writeln!(canonical, "{kind} {n} {verified} {digest}").expect("a string takes all that is written");
        }
        hex(&Sha256::digest(canonical))
    }

    /// An industry code with its names. Its division must be shipped or loaded.
    pub fn industry(&self, given: &CodeGiven) -> Result<Industry, Text> {
        let loaded = self.industry_codes().map_or(&[][..], |(_, rows)| rows);
        let digits = given.digits();
        let name_of = |digits: &str| {
            let loaded = loaded.iter().find(|row| row.code.digits() == digits);
            let section = loaded.and_then(|row| row.code.section());
            let shipped = divisions().iter().find(|(code, _)| &code[1..] == digits);
            let name = loaded.map(|row| row.name.to_string()).or_else(|| shipped.map(|(_, name)| (*name).to_owned()));
            (name, section.or_else(|| shipped.and_then(|(code, _)| code.chars().next())))
        };
        let (Some(division_name), section) = name_of(&digits[..2]) else {
            let division = &digits[..2];
            return Err(text!(
                "行业大类 {division} 不在已知的 GB/T 4754-2017 大类之内;请核对,或由资源规划局载入完整代码表",
                "division {division} is not known here; check the code, or have the bureau load the full list"
            ));
        };
        if let (Some(section), Some(written)) = (section, given.section())
            && section != written
        {
            let division = &digits[..2];
            return Err(text!(
                "大类 {division}({division_name})属于门类 {section},与所写字母不符",
                "division {division} ({division_name}) belongs to section {section}, not to the letter given"
            ));
        }
        let code = match section.or(given.section()) {
            Some(section) => format!("{section}{digits}"),
            None => digits.to_owned(),
        };
        let name = (digits.len() > 2).then(|| name_of(digits).0).flatten();
        Ok(Industry { code, name, division_name })
    }

    /// Codes that begin with the digits, or whose name holds the words, shipped and loaded, in order of code.
    pub fn search(&self, words: &str, most: usize) -> Vec<Industry> {
        let wanted = words.trim().to_uppercase();
        let mut known: std::collections::BTreeMap<String, (String, String)> = divisions()
            .iter()
            .map(|(code, name)| (code[1..].to_owned(), ((*code).to_owned(), (*name).to_owned())))
            .collect();
        for row in self.industry_codes().map_or(&[][..], |(_, rows)| rows) {
            let code = self.industry(&row.code).map_or_else(|_| row.code.to_string(), |industry| industry.code);
            known.insert(row.code.digits().to_owned(), (code, row.name.to_string()));
        }
        let fits = |digits: &str, code: &str, name: &str| {
            wanted.is_empty() || code.starts_with(&wanted) || digits.starts_with(&wanted) || name.contains(words.trim())
        };
        let division = |digits: &str| known.get(&digits[..2]).map_or_else(String::new, |(_, name)| name.clone());
        known
            .iter()
            .filter(|(digits, (code, name))| fits(digits, code, name))
            .take(most)
            .map(|(digits, (code, name))| Industry {
                code: code.clone(),
                name: (digits.len() > 2).then(|| name.clone()),
                division_name: division(digits),
            })
            .collect()
    }
}

/// 行业 — an industry with its names
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Industry {
    /// 代码
    #[schema(example = "C3089")]
    pub code: String,
    /// 名称 — of a group or class; none where the county has not loaded it
    pub name: Option<String>,
    /// 大类名称
    pub division_name: String,
}

impl Industry {
    pub fn digits(&self) -> &str {
        self.code.trim_start_matches(|c: char| c.is_ascii_uppercase())
    }

    /// Whether an entry for `code` speaks of this industry: it is the same or a wider one.
    pub fn is_within(&self, code: &CodeGiven) -> bool {
        self.digits().starts_with(code.digits())
    }

    /// Whether an entry for `code` speaks of a part of this industry.
    pub fn holds(&self, code: &CodeGiven) -> bool {
        code.digits().len() > self.digits().len() && code.digits().starts_with(self.digits())
    }
}
