//! 需求申报: the newest state of each demand, and the opinions on it in their order.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::demand::{DemandBody, DemandState, OpinionBody};
use crate::domain::finding::Outcome;
use crate::domain::input::Positive;
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{demand, demand_opinion};
use crate::storage::township;

/// An opinion with who recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedOpinion {
    pub opinion: OpinionBody,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDemand {
    pub id: i64,
    pub version: i64,
    pub contents: DemandBody,
    /// What the pre-check found, if it came from one: the gravest outcome, and the findings in JSON.
    pub outcome: Option<Outcome>,
    pub findings: Option<String>,
    pub opinions: Vec<RecordedOpinion>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = demand, treat_none_as_null = true)]
struct Row {
    county: i32,
    id: i64,
    precheck_id: Option<i64>,
    company_code: String,
    company_name: String,
    project_name: Option<String>,
    industry_code: String,
    land_kind: String,
    land_use: String,
    area_cm2: i64,
    township: Option<i32>,
    method: Option<String>,
    needed_by: Option<NaiveDate>,
    outcome: Option<String>,
    findings: Option<String>,
    state: String,
    remark: Option<String>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = demand_opinion)]
struct OpinionRow {
    county: i32,
    demand_id: i64,
    n: i32,
    department: String,
    opinion: String,
    content: Option<String>,
    document_number: Option<String>,
    dated: NaiveDate,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl Row {
    fn of(county: County, record: &StoredDemand) -> Self {
        let contents = &record.contents;
        Self {
            county: county.number(),
            id: record.id,
            precheck_id: contents.precheck,
            company_code: contents.company_code.to_string(),
            company_name: contents.company_name.to_string(),
            project_name: contents.project_name.as_ref().map(ToString::to_string),
            industry_code: contents.industry_code.to_string(),
            land_kind: contents.land_kind.to_string(),
            land_use: contents.land_use.to_string(),
            area_cm2: contents.area.get().m2().to_units(),
            township: contents.township.map(township::number),
            method: contents.method.map(|method| method.to_string()),
            needed_by: contents.needed_by,
            outcome: record.outcome.map(|outcome| outcome.to_string()),
            findings: record.findings.clone(),
            state: contents.state.to_string(),
            remark: contents.remark.as_ref().map(ToString::to_string),
            version: record.version,
            recorded_at: record.recorded_at,
            recorded_by: record.recorded_by.0,
        }
    }

    fn stored(self, opinions: Vec<RecordedOpinion>) -> Result<StoredDemand, StorageError> {
        let at = At(Collection::Demand, self.id);
        let area = GivenArea::new(at.area(self.area_cm2)?.get(), AreaUnit::SquareMetre)
            .and_then(Positive::<GivenArea>::new)
            .map_err(|error| at.corrupt(error.en))?;
        let contents = DemandBody {
            precheck: self.precheck_id,
            company_code: at.word(&self.company_code)?,
            company_name: at.line(&self.company_name)?,
            project_name: at.some_line(self.project_name.as_deref())?,
            industry_code: at.word(&self.industry_code)?,
            land_kind: at.word(&self.land_kind)?,
            land_use: at.word(&self.land_use)?,
            area,
            township: self.township.map(township::code).transpose()?,
            method: at.some_word(self.method.as_deref())?,
            needed_by: self.needed_by,
            state: at.word(&self.state)?,
            remark: at.some_line(self.remark.as_deref())?,
        };
        Ok(StoredDemand {
            id: self.id,
            version: self.version,
            contents,
            outcome: at.some_word(self.outcome.as_deref())?,
            findings: self.findings,
            opinions,
            recorded_at: self.recorded_at,
            recorded_by: UserId(self.recorded_by),
        })
    }
}

sortable! {
    /// 需求列表的排序列 — by what the list of demands is put in order.
    pub enum DemandColumn of "demand" by Id {
        Id = "id" "编号": Number, "demand.id";
        Company = "company_code" "统一社会信用代码": Text, "demand.company_code";
        CompanyName = "company_name" "企业名称": Text, "demand.company_name";
        ProjectName = "project_name" "项目名称": Text | None, "demand.project_name";
        Industry = "industry_code" "行业": Text, "demand.industry_code";
        Area = "area_m2" "面积": Number, "demand.area_cm2";
        Township = "township" "乡镇街道": Number | None, "demand.township";
        Method = "method" "供应方式": Text | None, "demand.method";
        NeededBy = "needed_by" "需用日期": Day | None, "demand.needed_by";
        State = "state" "状态": Text, "demand.state";
        Outcome = "outcome" "预审结论": Text | None, "demand.outcome";
        RecordedAt = "recorded_at" "记录时刻": Moment, "demand.recorded_at";
    }
}

/// Which demands are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DemandPage {
    pub at: Place<DemandColumn>,
    pub state: Option<DemandState>,
    pub company_code: Option<String>,
}

/// The number of the next demand; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> =
        demand::table.filter(demand::county.eq(county.number())).select(diesel::dsl::max(demand::id)).first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, new: &StoredDemand) -> Result<(), StorageError> {
    diesel::insert_into(demand::table).values(&Row::of(county, new)).execute(db)?;
    Ok(())
}

pub fn update(db: &mut Db, county: County, changed: &StoredDemand) -> Result<(), StorageError> {
    diesel::update(demand::table.find((county.number(), changed.id))).set(&Row::of(county, changed)).execute(db)?;
    Ok(())
}

/// Appends an opinion to the `before` others.
pub fn add_opinion(
    db: &mut Db,
    county: County,
    id: i64,
    before: usize,
    new: &RecordedOpinion,
) -> Result<(), StorageError> {
    let row = OpinionRow {
        county: county.number(),
        demand_id: id,
        n: i32::try_from(before + 1).unwrap_or(i32::MAX),
        department: new.opinion.department.to_string(),
        opinion: new.opinion.opinion.to_string(),
        content: new.opinion.content.as_ref().map(ToString::to_string),
        document_number: new.opinion.document_number.as_ref().map(ToString::to_string),
        dated: new.opinion.dated,
        recorded_at: new.recorded_at,
        recorded_by: new.recorded_by.0,
    };
    diesel::insert_into(demand_opinion::table).values(&row).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredDemand>, StorageError> {
    let rows: Vec<Row> = demand::table.find((county.number(), id)).select(Row::as_select()).load(db)?;
    Ok(assemble(db, county, rows)?.pop())
}

/// The demand that was made of a pre-check.
pub fn of_precheck(db: &mut Db, county: County, precheck: i64) -> Result<Option<StoredDemand>, StorageError> {
    let rows: Vec<Row> = demand::table
        .filter(demand::county.eq(county.number()).and(demand::precheck_id.eq(precheck)))
        .order(demand::id)
        .limit(1)
        .select(Row::as_select())
        .load(db)?;
    Ok(assemble(db, county, rows)?.pop())
}

pub fn page(db: &mut Db, county: County, page: &DemandPage) -> Result<Vec<StoredDemand>, StorageError> {
    let mut query = demand::table
        .filter(demand::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(state) = page.state {
        query = query.filter(demand::state.eq(state.as_str()));
    }
    if let Some(code) = &page.company_code {
        query = query.filter(demand::company_code.eq(code));
    }
    let rows: Vec<Row> = query.load(db)?;
    assemble(db, county, rows)
}

fn assemble(db: &mut Db, county: County, rows: Vec<Row>) -> Result<Vec<StoredDemand>, StorageError> {
    let mut opinions: HashMap<i64, Vec<RecordedOpinion>> = HashMap::new();
    for rows in rows.chunks(CHUNK) {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let found: Vec<OpinionRow> = demand_opinion::table
            .filter(demand_opinion::county.eq(county.number()).and(demand_opinion::demand_id.eq_any(ids)))
            .order((demand_opinion::demand_id, demand_opinion::n))
            .select(OpinionRow::as_select())
            .load(db)?;
        for row in found {
            let at = At(Collection::Demand, row.demand_id);
            let opinion = OpinionBody {
                department: at.word(&row.department)?,
                opinion: at.word(&row.opinion)?,
                content: at.some_line(row.content.as_deref())?,
                document_number: at.some_line(row.document_number.as_deref())?,
                dated: row.dated,
            };
            let (recorded_at, recorded_by) = (row.recorded_at, UserId(row.recorded_by));
            opinions.entry(row.demand_id).or_default().push(RecordedOpinion { opinion, recorded_at, recorded_by });
        }
    }
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            row.stored(opinions.remove(&id).unwrap_or_default())
        })
        .collect()
}
