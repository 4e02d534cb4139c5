//! Parcels (宗地).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::parcel::Parcel;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{County, ParcelId, ProjectId, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::listing::{Place, sortable};
use crate::storage::plot::Mapped;
use crate::storage::rows::{self, At, CHUNK};
use crate::storage::schema::parcel;

/// A parcel with the newest of its polygons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredParcel {
    pub record: Record<ParcelId, Parcel>,
    pub mapped: Option<Mapped>,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = parcel)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    code: String,
    cadastral_code: Option<String>,
    unit_code: Option<String>,
    regulatory_number: Option<String>,
    name: Option<String>,
    holder: Option<String>,
    holder_code: Option<String>,
    project_id: Option<i64>,
    land_use: Option<String>,
    recorded_cm2: i64,
    stated_value: String,
    stated_unit: String,
    geometry_version: i32,
    polygon_cm2: Option<i64>,
    ellipsoidal_cm2: Option<i64>,
    remark: Option<String>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl Row {
    fn of(county: County, stored: &StoredParcel) -> Self {
        let StoredParcel { record, mapped } = stored;
        let contents = &record.contents;
        Self {
            county: county.number(),
            id: record.id.0,
            code: contents.code.to_string(),
            cadastral_code: contents.cadastral_code.as_ref().map(ToString::to_string),
            unit_code: contents.unit_code.as_ref().map(ToString::to_string),
            regulatory_number: contents.regulatory_number.as_ref().map(ToString::to_string),
            name: contents.name.as_ref().map(ToString::to_string),
            holder: contents.holder.as_ref().map(ToString::to_string),
            holder_code: contents.holder_code.as_ref().map(ToString::to_string),
            project_id: contents.project.map(|project| project.0),
            land_use: contents.land_use.as_ref().map(ToString::to_string),
            recorded_cm2: contents.area.m2().to_units(),
            stated_value: contents.area.to_string(),
            stated_unit: contents.area.unit().to_string(),
            geometry_version: mapped.map_or(0, |mapped| mapped.version),
            polygon_cm2: mapped.map(|mapped| mapped.area.to_units()),
            ellipsoidal_cm2: mapped.map(|mapped| mapped.ellipsoidal_area.to_units()),
            remark: contents.remark.as_ref().map(ToString::to_string),
            version: record.version,
            recorded_at: record.recorded_at,
            recorded_by: record.recorded_by.0,
        }
    }
}

impl TryFrom<Row> for StoredParcel {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::Parcel, row.id);
        let contents = Parcel {
            code: at.line(&row.code)?,
            cadastral_code: at.some_word(row.cadastral_code.as_deref())?,
            unit_code: at.some_word(row.unit_code.as_deref())?,
            regulatory_number: at.some_word(row.regulatory_number.as_deref())?,
            name: at.some_line(row.name.as_deref())?,
            holder: at.some_line(row.holder.as_deref())?,
            holder_code: at.some_word(row.holder_code.as_deref())?,
            project: row.project_id.map(ProjectId),
            land_use: at.some_line(row.land_use.as_deref())?,
            area: at.stated(&row.stated_value, &row.stated_unit)?,
            remark: at.some_line(row.remark.as_deref())?,
        };
        Ok(Self {
            record: Record {
                id: ParcelId(row.id),
                version: row.version,
                contents,
                recorded_at: row.recorded_at,
                recorded_by: UserId(row.recorded_by),
            },
            mapped: Mapped::of(at, row.geometry_version, row.polygon_cm2, row.ellipsoidal_cm2)?,
        })
    }
}

sortable! {
    /// 宗地列表的排序列 — by what the list of parcels is put in order; never by the holder's name, which not all may read.
    pub enum ParcelColumn of "parcel" by Id {
        Id = "id" "编号": Number, "parcel.id";
        Code = "code" "宗地编号": Text, "parcel.code";
        CadastralCode = "cadastral_code" "宗地代码": Text | None, "parcel.cadastral_code";
        UnitCode = "unit_code" "不动产单元号": Text | None, "parcel.unit_code";
        RegulatoryNumber = "regulatory_number" "电子监管号": Text | None, "parcel.regulatory_number";
        Name = "name" "名称": Text | None, "parcel.name";
        HolderCode = "holder_code" "统一社会信用代码": Text | None, "parcel.holder_code";
        Project = "project" "用地项目编号": Number | None, "parcel.project_id";
        LandUse = "land_use" "土地用途": Text | None, "parcel.land_use";
        Area = "area_m2" "登记面积": Number, "parcel.recorded_cm2";
        PolygonArea = "polygon_area_m2" "图形面积": Number | None, "parcel.polygon_cm2";
        RecordedAt = "recorded_at" "记录时刻": Moment, "parcel.recorded_at";
    }
}

/// Which parcels are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParcelPage {
    pub at: Place<ParcelColumn>,
    pub code_prefix: Option<String>,
    pub project: Option<ProjectId>,
    pub holder_code: Option<String>,
    /// With or without a polygon.
    pub mapped: Option<bool>,
}

pub fn insert(db: &mut Db, county: County, parcels: &[StoredParcel]) -> Result<(), StorageError> {
    let rows: Vec<Row> = parcels.iter().map(|parcel| Row::of(county, parcel)).collect();
    insert_rows!(db, parcel::table, rows);
    Ok(())
}

pub fn update(db: &mut Db, county: County, stored: &StoredParcel) -> Result<(), StorageError> {
    let row = Row::of(county, stored);
    diesel::update(parcel::table.find((row.county, row.id))).set(&row).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: ParcelId) -> Result<Option<StoredParcel>, StorageError> {
    let row: Option<Row> = parcel::table.find((county.number(), id.0)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredParcel::try_from).transpose()
}

/// The parcels that bear one of these numbers of the monitoring system.
pub fn by_regulatory_numbers(
    db: &mut Db,
    county: County,
    numbers: &[String],
) -> Result<Vec<StoredParcel>, StorageError> {
    let mut found = Vec::new();
    for numbers in numbers.chunks(CHUNK) {
        let rows: Vec<Row> = parcel::table
            .filter(parcel::county.eq(county.number()).and(parcel::regulatory_number.eq_any(numbers.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            found.push(StoredParcel::try_from(row)?);
        }
    }
    Ok(found)
}

pub fn by_codes(db: &mut Db, county: County, codes: &[String]) -> Result<Vec<StoredParcel>, StorageError> {
    let mut found = Vec::new();
    for codes in codes.chunks(CHUNK) {
        let rows: Vec<Row> = parcel::table
            .filter(parcel::county.eq(county.number()).and(parcel::code.eq_any(codes.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

pub fn page(db: &mut Db, county: County, page: &ParcelPage) -> Result<Vec<StoredParcel>, StorageError> {
    let mut query = parcel::table
        .filter(parcel::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(prefix) = &page.code_prefix {
        query = query.filter(parcel::code.ge(prefix).and(parcel::code.lt(rows::after_prefix(prefix))));
    }
    if let Some(ProjectId(project)) = page.project {
        query = query.filter(parcel::project_id.eq(project));
    }
    if let Some(holder) = &page.holder_code {
        query = query.filter(parcel::holder_code.eq(holder));
    }
    match page.mapped {
        Some(true) => query = query.filter(parcel::geometry_version.gt(0)),
        Some(false) => query = query.filter(parcel::geometry_version.eq(0)),
        None => {}
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(StoredParcel::try_from).collect()
}
