//! How parcels are answered: as JSON, and as GeoJSON features with scalar properties for GIS programs.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::parcels::ParcelWithPolygon;
use crate::domain::codes::{CreditCode, ParcelCode, SupervisionNumber, UnitCode};
use crate::domain::instant::Instant;
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ParcelId, ProjectId, UserId};
use crate::formats::drawn::GeometryText;
use crate::http::records::{ExactNumber, FeatureCollectionType, FeatureType, PolygonFacts, StatedArea, geometry};

/// 宗地
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelView {
    /// 编号
    pub id: ParcelId,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 宗地编号
    pub code: String,
    /// 宗地代码
    pub cadastral_code: Option<ParcelCode>,
    /// 不动产单元代码
    pub unit_code: Option<UnitCode>,
    /// 电子监管号
    pub regulatory_number: Option<SupervisionNumber>,
    /// 宗地名称
    pub name: Option<String>,
    /// 土地使用权人 — only for those who work on the books
    pub holder: Option<String>,
    /// 使用权人的统一社会信用代码
    pub holder_code: Option<CreditCode>,
    /// 用地项目
    pub project: Option<ProjectId>,
    /// 土地用途
    pub land_use: Option<String>,
    /// 登记面积,平方米 — recorded area, half up to the square centimetre
    pub area_m2: AreaM2,
    /// 登记面积,按文件单位
    pub area: StatedArea,
    /// 图形量算 — none: 未落图
    pub polygon: Option<PolygonFacts>,
    /// 图形 — longitude, latitude with nine decimals; none in lists unless asked for
    #[schema(value_type = Option<GeometryText>)]
    pub geometry: Option<Box<RawValue>>,
    /// 备注
    pub remark: Option<String>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 宗地列表
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelList {
    pub items: Vec<ParcelView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

/// 宗地要素属性 — without the holder's name
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelFeatureProperties {
    /// 版本
    #[schema(minimum = 1)]
    pub version: i64,
    /// 宗地编号
    pub code: String,
    /// 宗地代码
    pub cadastral_code: Option<ParcelCode>,
    /// 不动产单元代码
    pub unit_code: Option<UnitCode>,
    /// 电子监管号
    pub regulatory_number: Option<SupervisionNumber>,
    /// 宗地名称
    pub name: Option<String>,
    /// 使用权人的统一社会信用代码
    pub holder_code: Option<CreditCode>,
    /// 用地项目
    pub project: Option<ProjectId>,
    /// 土地用途
    pub land_use: Option<String>,
    /// 登记面积,平方米
    pub area_m2: ExactNumber,
    /// 图形面积(平面),平方米
    pub polygon_area_m2: Option<ExactNumber>,
    /// 备注
    pub remark: Option<String>,
}

/// 宗地要素
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelFeature {
    #[serde(rename = "type")]
    pub kind: FeatureType,
    /// 编号
    pub id: ParcelId,
    /// 图形 — none: 未落图
    #[schema(value_type = Option<GeometryText>)]
    pub geometry: Option<Box<RawValue>>,
    /// 属性
    pub properties: ParcelFeatureProperties,
}

/// 宗地要素集 — GeoJSON (RFC 7946) with `next` as a member beside
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelFeatureCollection {
    #[serde(rename = "type")]
    pub kind: FeatureCollectionType,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
    /// 要素
    pub features: Vec<ParcelFeature>,
}

impl ParcelView {
    /// The parcel as it is shown: with the name of its holder or without.
    pub fn of(found: ParcelWithPolygon, with_holder: bool) -> Self {
        let ParcelWithPolygon { parcel, polygon } = found;
        let (record, mapped) = (parcel.record, parcel.mapped);
        let contents = record.contents;
        Self {
            id: record.id,
            version: record.version,
            code: contents.code.into_string(),
            cadastral_code: contents.cadastral_code,
            unit_code: contents.unit_code,
            regulatory_number: contents.regulatory_number,
            name: contents.name.map(|name| name.into_string()),
            holder: contents.holder.filter(|_| with_holder).map(|holder| holder.into_string()),
            holder_code: contents.holder_code,
            project: contents.project,
            land_use: contents.land_use.map(|land_use| land_use.into_string()),
            area_m2: contents.area.m2(),
            area: contents.area.into(),
            polygon: mapped.map(Into::into),
            geometry: polygon.as_ref().map(geometry),
            remark: contents.remark.map(|remark| remark.into_string()),
            recorded_at: Instant(record.recorded_at),
            recorded_by: record.recorded_by,
        }
    }
}

impl From<ParcelWithPolygon> for ParcelFeature {
    fn from(found: ParcelWithPolygon) -> Self {
        let ParcelWithPolygon { parcel, polygon } = found;
        let (record, mapped) = (parcel.record, parcel.mapped);
        let contents = record.contents;
        let properties = ParcelFeatureProperties {
            version: record.version,
            code: contents.code.into_string(),
            cadastral_code: contents.cadastral_code,
            unit_code: contents.unit_code,
            regulatory_number: contents.regulatory_number,
            name: contents.name.map(|name| name.into_string()),
            holder_code: contents.holder_code,
            project: contents.project,
            land_use: contents.land_use.map(|land_use| land_use.into_string()),
            area_m2: ExactNumber(contents.area.m2()),
            polygon_area_m2: mapped.map(|mapped| ExactNumber(mapped.area)),
            remark: contents.remark.map(|remark| remark.into_string()),
        };
        Self { kind: FeatureType::Feature, id: record.id, geometry: polygon.as_ref().map(geometry), properties }
    }
}

impl ParcelFeatureCollection {
    pub fn of(rows: Vec<ParcelWithPolygon>, next: Option<String>) -> Self {
        let features = rows.into_iter().map(Into::into).collect();
        Self { kind: FeatureCollectionType::FeatureCollection, next, features }
    }
}
