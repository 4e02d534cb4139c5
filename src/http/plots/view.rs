//! How plots are answered: as JSON, and as GeoJSON features with scalar properties for GIS programs.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::plots::PlotWithPolygon;
use crate::domain::codes::TownshipCode;
use crate::domain::composition::CompositionView;
use crate::domain::geometry::label::{LabelPoint, label_point};
use crate::domain::instant::Instant;
use crate::domain::ledger::balance::Cause;
use crate::domain::plot::Origin;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ApprovalId, PlotId, ProjectId, UserId};
use crate::formats::drawn::GeometryText;
use crate::http::records::{ExactNumber, FeatureCollectionType, FeatureType, PolygonFacts, StatedArea, geometry};

/// 地块
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotView {
    /// 编号
    pub id: PlotId,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 地块编号
    pub code: String,
    /// 地块名称
    pub name: Option<String>,
    /// 位置
    pub location: Option<String>,
    /// 来源
    pub origin: Origin,
    /// 用地批文
    pub approval: Option<ApprovalId>,
    /// 报批项目 — none: that of the approval
    pub approved_project: Option<String>,
    /// 登记面积,平方米 — recorded area, half up to the square centimetre
    pub area_m2: AreaM2,
    /// 登记面积,按文件单位
    pub area: StatedArea,
    /// 面积构成
    pub composition: Option<CompositionView>,
    /// 规划用途
    pub planned_use: Option<String>,
    /// 储备入库日期
    pub reserved_on: Option<chrono::NaiveDate>,
    /// 用地项目
    pub projects: Vec<ProjectId>,
    /// 所属乡镇街道 — the newest of the dated values
    pub township: Option<TownshipCode>,
    /// 未供原因 — the newest of the dated values
    pub cause: Option<Cause>,
    /// 图形量算 — none: 未落图
    pub polygon: Option<PolygonFacts>,
    /// 图形 — longitude, latitude with nine decimals; none in lists unless asked for
    #[schema(value_type = Option<GeometryText>)]
    pub geometry: Option<Box<RawValue>>,
    /// 标注点 — a point inside the polygon, where the polygon is shown
    pub label_point: Option<LabelPoint>,
    /// 备注
    pub remark: Option<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 地块列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotList {
    pub items: Vec<PlotView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

/// 地块要素属性
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotFeatureProperties {
    /// 版本
    #[schema(minimum = 1)]
    pub version: i64,
    /// 地块编号
    pub code: String,
    /// 地块名称
    pub name: Option<String>,
    /// 位置
    pub location: Option<String>,
    /// 来源
    pub origin: Origin,
    /// 用地批文
    pub approval: Option<ApprovalId>,
    /// 报批项目
    pub approved_project: Option<String>,
    /// 登记面积,平方米
    pub area_m2: ExactNumber,
    /// 图形面积(平面),平方米
    pub polygon_area_m2: Option<ExactNumber>,
    /// 规划用途
    pub planned_use: Option<String>,
    /// 储备入库日期
    pub reserved_on: Option<chrono::NaiveDate>,
    /// 所属乡镇街道
    pub township: Option<TownshipCode>,
    /// 未供原因
    pub cause: Option<Cause>,
    /// 备注
    pub remark: Option<String>,
}

/// 地块要素
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotFeature {
    #[serde(rename = "type")]
    pub kind: FeatureType,
    /// 编号
    pub id: PlotId,
    /// 图形 — none: 未落图
    #[schema(value_type = Option<GeometryText>)]
    pub geometry: Option<Box<RawValue>>,
    /// 属性
    pub properties: PlotFeatureProperties,
}

/// 地块要素集 — GeoJSON (RFC 7946) with `next` as a member beside
#[derive(Debug, Serialize, ToSchema)]
pub struct PlotFeatureCollection {
    #[serde(rename = "type")]
    pub kind: FeatureCollectionType,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
    /// 要素
    pub features: Vec<PlotFeature>,
}

impl From<PlotWithPolygon> for PlotView {
    fn from(found: PlotWithPolygon) -> Self {
        let PlotWithPolygon { plot, polygon } = found;
        let (record, contents) = (&plot.record, plot.record.contents.clone());
        Self {
            id: record.id,
            version: record.version,
            code: contents.code.into_string(),
            name: contents.name.map(|name| name.into_string()),
            location: contents.location.map(|location| location.into_string()),
            origin: contents.origin,
            approval: contents.approval,
            approved_project: contents.approved_project.map(|project| project.into_string()),
            area_m2: contents.area.m2(),
            area: contents.area.into(),
            composition: contents.composition.map(CompositionView),
            planned_use: contents.planned_use.map(|planned| planned.into_string()),
            reserved_on: contents.reserved_on,
            projects: contents.projects,
            township: contents.township,
            cause: contents.cause,
            polygon: plot.mapped.map(Into::into),
            geometry: polygon.as_ref().map(geometry),
            label_point: polygon.as_ref().and_then(label_point),
            remark: contents.remark.map(|remark| remark.into_string()),
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        }
    }
}

impl From<PlotWithPolygon> for PlotFeature {
    fn from(found: PlotWithPolygon) -> Self {
        let PlotWithPolygon { plot, polygon } = found;
        let (record, mapped) = (plot.record, plot.mapped);
        let contents = record.contents;
        let properties = PlotFeatureProperties {
            version: record.version,
            code: contents.code.into_string(),
            name: contents.name.map(|name| name.into_string()),
            location: contents.location.map(|location| location.into_string()),
            origin: contents.origin,
            approval: contents.approval,
            approved_project: contents.approved_project.map(|project| project.into_string()),
            area_m2: ExactNumber(contents.area.m2()),
            polygon_area_m2: mapped.map(|mapped| ExactNumber(mapped.area)),
            planned_use: contents.planned_use.map(|planned| planned.into_string()),
            reserved_on: contents.reserved_on,
            township: contents.township,
            cause: contents.cause,
            remark: contents.remark.map(|remark| remark.into_string()),
        };
        Self { kind: FeatureType::Feature, id: record.id, geometry: polygon.as_ref().map(geometry), properties }
    }
}

impl PlotFeatureCollection {
    pub fn of(rows: Vec<PlotWithPolygon>, next: Option<String>) -> Self {
        let features = rows.into_iter().map(Into::into).collect();
        Self { kind: FeatureCollectionType::FeatureCollection, next, features }
    }
}
