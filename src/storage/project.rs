//! Investment projects (用地项目).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::project::Project;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{County, ProjectId, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{self, At, CHUNK};
use crate::storage::schema::project;

pub type StoredProject = Record<ProjectId, Project>;

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = project)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    code: String,
    name: String,
    investor_code: Option<String>,
    industry_code: Option<String>,
    remark: Option<String>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl Row {
    fn of(county: County, record: &StoredProject) -> Self {
        let contents = &record.contents;
        Self {
            county: county.number(),
            id: record.id.0,
            code: contents.code.to_string(),
            name: contents.name.to_string(),
            investor_code: contents.investor_code.as_ref().map(ToString::to_string),
            industry_code: contents.industry_code.as_ref().map(ToString::to_string),
            remark: contents.remark.as_ref().map(ToString::to_string),
            version: record.version,
            recorded_at: record.recorded_at,
            recorded_by: record.recorded_by.0,
        }
    }
}

impl TryFrom<Row> for StoredProject {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::Project, row.id);
        let contents = Project {
            code: at.line(&row.code)?,
            name: at.line(&row.name)?,
            investor_code: at.some_word(row.investor_code.as_deref())?,
            industry_code: at.some_word(row.industry_code.as_deref())?,
            remark: at.some_line(row.remark.as_deref())?,
        };
        Ok(Self {
            id: ProjectId(row.id),
            version: row.version,
            contents,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    }
}

sortable! {
    /// 用地项目列表的排序列 — by what the list of projects is put in order.
    pub enum ProjectColumn of "project" by Id {
        Id = "id" "编号": Number, "project.id";
        Code = "code" "项目代码": Text, "project.code";
        Name = "name" "项目名称": Text, "project.name";
        InvestorCode = "investor_code" "统一社会信用代码": Text | None, "project.investor_code";
        IndustryCode = "industry_code" "行业代码": Text | None, "project.industry_code";
        RecordedAt = "recorded_at" "记录时刻": Moment, "project.recorded_at";
    }
}

/// Which projects are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectPage {
    pub at: Place<ProjectColumn>,
    pub code_prefix: Option<String>,
    pub investor_code: Option<String>,
}

pub fn insert(db: &mut Db, county: County, records: &[StoredProject]) -> Result<(), StorageError> {
    let rows: Vec<Row> = records.iter().map(|record| Row::of(county, record)).collect();
    insert_rows!(db, project::table, rows);
    Ok(())
}

pub fn update(db: &mut Db, county: County, record: &StoredProject) -> Result<(), StorageError> {
    let row = Row::of(county, record);
    diesel::update(project::table.find((row.county, row.id))).set(&row).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: ProjectId) -> Result<Option<StoredProject>, StorageError> {
    let row: Option<Row> =
        project::table.find((county.number(), id.0)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredProject::try_from).transpose()
}

/// Those of the ids that are there.
pub fn known_ids(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<i64>, StorageError> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let known: Vec<i64> = project::table
            .filter(project::county.eq(county.number()).and(project::id.eq_any(ids.to_vec())))
            .select(project::id)
            .load(db)?;
        found.extend(known);
    }
    Ok(found)
}

pub fn by_codes(db: &mut Db, county: County, codes: &[String]) -> Result<Vec<StoredProject>, StorageError> {
    let mut found = Vec::with_capacity(codes.len());
    for codes in codes.chunks(CHUNK) {
        let rows: Vec<Row> = project::table
            .filter(project::county.eq(county.number()).and(project::code.eq_any(codes.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

pub fn page(db: &mut Db, county: County, page: &ProjectPage) -> Result<Vec<StoredProject>, StorageError> {
    let mut query = project::table
        .filter(project::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(prefix) = &page.code_prefix {
        query = query.filter(project::code.ge(prefix).and(project::code.lt(rows::after_prefix(prefix))));
    }
    if let Some(investor) = &page.investor_code {
        query = query.filter(project::investor_code.eq(investor));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(StoredProject::try_from).collect()
}
