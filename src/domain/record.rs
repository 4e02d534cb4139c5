//! What all records have in common: a version that counts changes, references to one another, warnings.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, OneOfBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::input::{Input, Line, Reader};
use crate::domain::region::UserId;
use crate::domain::text::Text;

/// Characters of a code or number by which a record is known to people.
pub const CODE_MAX: usize = 100;

/// A record as it rests, with its version and who wrote that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<I, T> {
    pub id: I,
    /// Counts from 1; each change makes the next one.
    pub version: i64,
    pub contents: T,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

crate::vocabulary! {
    /// 记录种类 — what a row of the journal is about.
    pub enum Collection {
        County = "county" "县",
        Township = "township" "乡镇街道",
        Approval = "approval" "用地批文",
        Project = "project" "用地项目",
        Plot = "plot" "地块",
        Parcel = "parcel" "宗地",
        Attachment = "attachment" "附件",
        Reconciliation = "reconciliation" "对账差异",
        PlotMeasure = "plot_measure" "一地一策",
        FrozenBase = "frozen_base" "考核基数",
        MonitoringSnapshot = "monitoring_snapshot" "监测监管系统导出",
        PriceBase = "price_base" "价格标底",
        Encumbrance = "encumbrance" "抵押查封",
        ReferenceTable = "reference_table" "县级数据表",
        Announcement = "announcement" "公告",
        Precheck = "precheck" "企业预审",
        Demand = "demand" "需求申报",
        Paper = "paper" "文书",
        PaperNumber = "paper_number" "文号",
        PaperSettings = "paper_settings" "文书设置",
        IdleCase = "idle_case" "闲置土地案件",
        Contract = "contract" "合同",
    }
}

/// Another record, by its id (a number) or by the code or 文号 people know it by (a string).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    Id(i64),
    Code(String),
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Code(code) => f.pad(code),
        }
    }
}

impl<'de> Input<'de> for Reference {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        if raw.get().starts_with('"') {
            return Line::<CODE_MAX>::read(raw, reader).map(|code| Self::Code(code.into_string()));
        }
        match raw.get().parse() {
            Ok(id) => Some(Self::Id(id)),
            Err(_) => {
                let message = Text::fixed(
                    "应为编号(数字)或代码、文号(字符串)",
                    "an id (a number) or a code (a string) is expected",
                );
                reader.fault(Some(raw.get()), message);
                None
            }
        }
    }
}

impl PartialSchema for Reference {
    fn schema() -> RefOr<Schema> {
        let id = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(1))
            .maximum(Some(i64::MAX));
        let code = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(CODE_MAX));
        OneOfBuilder::new()
            .item(id)
            .item(code)
            .description(Some("引用 — another record: its id as a number, or its code or 文号 as a string"))
            .into()
    }
}

impl ToSchema for Reference {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Reference")
    }
}

crate::vocabulary! {
    /// 提示种类 — what was recorded all the same and should be looked into.
    pub enum WarningCode {
        AreaDiffers = "area_differs" "图形面积与登记面积相差超过允许值",
        ApprovalExceeded = "approval_exceeded" "地块登记面积合计超过批文面积",
        Overlaps = "overlaps" "与其他地块重叠(疑似重复报批)",
        OccupiedEarlier = "occupied_earlier" "签订前已占用或动工(补办)",
        StartNotAgreed = "start_not_agreed" "未约定动工日",
    }
}

/// 提示 — recorded, and to be looked into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    /// 种类
    pub code: WarningCode,
    /// 说明 — with the values and what to do
    pub message: Text,
}
