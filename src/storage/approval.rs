//! Approvals (用地批文).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::approval::{Approval, ApprovalKind};
use crate::domain::record::{Collection, Record};
use crate::domain::region::{ApprovalId, County, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{self, At, CHUNK};
use crate::storage::schema::approval;

pub type StoredApproval = Record<ApprovalId, Approval>;

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = approval)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    number: String,
    kind: String,
    authority: String,
    approved_on: NaiveDate,
    approved_project: Option<String>,
    composition: String,
    total_cm2: i64,
    remark: Option<String>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl Row {
    fn of(county: County, record: &StoredApproval) -> Self {
        let contents = &record.contents;
        Self {
            county: county.number(),
            id: record.id.0,
            number: contents.number.to_string(),
            kind: contents.kind.to_string(),
            authority: contents.authority.to_string(),
            approved_on: contents.approved_on,
            approved_project: contents.approved_project.as_ref().map(ToString::to_string),
            composition: rows::composition(&contents.composition),
            total_cm2: contents.area().to_units(),
            remark: contents.remark.as_ref().map(ToString::to_string),
            version: record.version,
            recorded_at: record.recorded_at,
            recorded_by: record.recorded_by.0,
        }
    }
}

impl TryFrom<Row> for StoredApproval {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::Approval, row.id);
        let contents = Approval {
            number: at.line(&row.number)?,
            kind: at.word(&row.kind)?,
            authority: at.line(&row.authority)?,
            approved_on: row.approved_on,
            approved_project: at.some_line(row.approved_project.as_deref())?,
            composition: at.composition(&row.composition)?,
            remark: at.some_line(row.remark.as_deref())?,
        };
        if contents.area() != at.area(row.total_cm2)? {
            return Err(at.corrupt("its total is not that of its composition"));
        }
        Ok(Self {
            id: ApprovalId(row.id),
            version: row.version,
            contents,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    }
}

sortable! {
    /// 用地批文列表的排序列 — by what the list of approvals is put in order.
    pub enum ApprovalColumn of "approval" by Id {
        Id = "id" "编号": Number, "approval.id";
        Number = "number" "批准文号": Text, "approval.number";
        Kind = "kind" "批次类型": Text, "approval.kind";
        Authority = "authority" "批准机关": Text, "approval.authority";
        ApprovedOn = "approved_on" "批准日期": Day, "approval.approved_on";
        ApprovedProject = "approved_project" "报批项目": Text | None, "approval.approved_project";
        Area = "area_m2" "总面积": Number, "approval.total_cm2";
        RecordedAt = "recorded_at" "记录时刻": Moment, "approval.recorded_at";
    }
}

/// Which approvals are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApprovalPage {
    pub at: Place<ApprovalColumn>,
    pub kind: Option<ApprovalKind>,
    /// Approved from this day on.
    pub from: Option<NaiveDate>,
    /// Approved until this day, itself included.
    pub until: Option<NaiveDate>,
    pub number_prefix: Option<String>,
}

pub fn insert(db: &mut Db, county: County, records: &[StoredApproval]) -> Result<(), StorageError> {
    let rows: Vec<Row> = records.iter().map(|record| Row::of(county, record)).collect();
    insert_rows!(db, approval::table, rows);
    Ok(())
}

pub fn update(db: &mut Db, county: County, record: &StoredApproval) -> Result<(), StorageError> {
    let row = Row::of(county, record);
    diesel::update(approval::table.find((row.county, row.id))).set(&row).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: ApprovalId) -> Result<Option<StoredApproval>, StorageError> {
    let row: Option<Row> =
        approval::table.find((county.number(), id.0)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredApproval::try_from).transpose()
}

pub fn by_ids(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<StoredApproval>, StorageError> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<Row> = approval::table
            .filter(approval::county.eq(county.number()).and(approval::id.eq_any(ids.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

pub fn by_numbers(db: &mut Db, county: County, numbers: &[String]) -> Result<Vec<StoredApproval>, StorageError> {
    let mut found = Vec::with_capacity(numbers.len());
    for numbers in numbers.chunks(CHUNK) {
        let rows: Vec<Row> = approval::table
            .filter(approval::county.eq(county.number()).and(approval::number.eq_any(numbers.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

pub fn page(db: &mut Db, county: County, page: &ApprovalPage) -> Result<Vec<StoredApproval>, StorageError> {
    let mut query = approval::table
        .filter(approval::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(kind) = page.kind {
        query = query.filter(approval::kind.eq(kind.as_str()));
    }
    if let Some(from) = page.from {
        query = query.filter(approval::approved_on.ge(from));
    }
    if let Some(until) = page.until {
        query = query.filter(approval::approved_on.le(until));
    }
    if let Some(prefix) = &page.number_prefix {
        query = query.filter(approval::number.ge(prefix).and(approval::number.lt(rows::after_prefix(prefix))));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(StoredApproval::try_from).collect()
}
