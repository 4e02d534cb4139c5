//! 文书: drafts as they are now, what was issued as it was, the signed scans, and the county's settings.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::idle_case::step::StepKind;
use crate::domain::paper::number::OfficialNumber;
use crate::domain::paper::{PaperKind, PaperState};
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::paper_number::Voided;
use crate::storage::rows::At;
use crate::storage::schema::{paper, paper_issue, paper_scan, paper_settings, paper_void};

/// A paper: the newest state of its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPaper {
    pub id: i64,
    pub case: i64,
    pub kind: PaperKind,
    pub state: PaperState,
    /// JSON of what was typed.
    pub body: String,
    pub version: i64,
    pub drafter: UserId,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
}

/// A paper as it was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub paper: i64,
    pub number: Option<OfficialNumber>,
    pub issued_on: Option<NaiveDate>,
    /// The step of the case that it documents.
    pub step: Option<StepKind>,
    pub body: String,
    pub docx_sha256: String,
    pub html_sha256: String,
    pub issued_at: NaiveDateTime,
    pub issued_by: UserId,
}

/// The scan of a signed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    pub sha256: String,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

/// The county's settings for papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSettings {
    pub version: i64,
    /// JSON of the body.
    pub body: String,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = paper)]
struct Row {
    county: i32,
    id: i64,
    case_id: i64,
    kind: String,
    state: String,
    body: String,
    version: i64,
    drafter_id: i64,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = paper_issue)]
#[diesel(treat_none_as_default_value = false)]
struct IssueRow {
    county: i32,
    paper_id: i64,
    word: Option<String>,
    year: Option<i64>,
    n: Option<i64>,
    issued_on: Option<NaiveDate>,
    step: Option<String>,
    body: String,
    docx_sha256: String,
    html_sha256: String,
    issued_at: NaiveDateTime,
    issued_by: i64,
}

impl Row {
    fn of(county: County, paper: &StoredPaper) -> Self {
        Self {
            county: county.number(),
            id: paper.id,
            case_id: paper.case,
            kind: paper.kind.to_string(),
            state: paper.state.to_string(),
            body: paper.body.clone(),
            version: paper.version,
            drafter_id: paper.drafter.0,
            created_at: paper.created_at,
            changed_at: paper.changed_at,
        }
    }
}

impl TryFrom<Row> for StoredPaper {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::Paper, row.id);
        Ok(Self {
            id: row.id,
            case: row.case_id,
            kind: at.word(&row.kind)?,
            state: at.word(&row.state)?,
            body: row.body,
            version: row.version,
            drafter: UserId(row.drafter_id),
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}

impl TryFrom<IssueRow> for Issue {
    type Error = StorageError;

    fn try_from(row: IssueRow) -> Result<Self, StorageError> {
        let at = At(Collection::Paper, row.paper_id);
        let number = match (row.word, row.year, row.n) {
            (Some(word), Some(year), Some(n)) => Some(OfficialNumber { word: at.word(&word)?, year, n }),
            (None, None, None) => None,
            _ => return Err(at.corrupt("half of a number")),
        };
        Ok(Self {
            paper: row.paper_id,
            number,
            issued_on: row.issued_on,
            step: at.some_word(row.step.as_deref())?,
            body: row.body,
            docx_sha256: row.docx_sha256,
            html_sha256: row.html_sha256,
            issued_at: row.issued_at,
            issued_by: UserId(row.issued_by),
        })
    }
}

sortable! {
    /// 文书清单的排序列 — by what the list of papers is put in order.
    pub enum PaperColumn of "paper" by Id {
        Id = "id" "编号": Number, "paper.id";
        Case = "case" "案件编号": Number, "paper.case_id";
        Kind = "kind" "文书种类": Text, "paper.kind";
        State = "state" "状态": Text, "paper.state";
        IssuedOn = "issued_on" "落款日期": Day | None,
            "(SELECT i.issued_on FROM paper_issue i WHERE i.county = paper.county AND i.paper_id = paper.id)";
        CreatedAt = "created_at" "拟稿时刻": Moment, "paper.created_at";
        ChangedAt = "changed_at" "变动时刻": Moment, "paper.changed_at";
    }
}

/// Which papers are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperPage {
    pub at: Place<PaperColumn>,
    pub case: Option<i64>,
    pub kind: Option<PaperKind>,
    pub state: Option<PaperState>,
}

/// The number of the next paper; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> =
        paper::table.filter(paper::county.eq(county.number())).select(diesel::dsl::max(paper::id)).first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, new: &StoredPaper) -> Result<(), StorageError> {
    diesel::insert_into(paper::table).values(&Row::of(county, new)).execute(db)?;
    Ok(())
}

pub fn update(db: &mut Db, county: County, to: &StoredPaper) -> Result<(), StorageError> {
    diesel::update(paper::table.find((county.number(), to.id))).set(&Row::of(county, to)).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredPaper>, StorageError> {
    let row: Option<Row> = paper::table.find((county.number(), id)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredPaper::try_from).transpose()
}

pub fn page(db: &mut Db, county: County, page: &PaperPage) -> Result<Vec<StoredPaper>, StorageError> {
    let mut query = paper::table
        .filter(paper::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(case) = page.case {
        query = query.filter(paper::case_id.eq(case));
    }
    if let Some(kind) = page.kind {
        query = query.filter(paper::kind.eq(kind.as_str()));
    }
    if let Some(state) = page.state {
        query = query.filter(paper::state.eq(state.as_str()));
    }
    query.load::<Row>(db)?.into_iter().map(StoredPaper::try_from).collect()
}

pub fn insert_issue(db: &mut Db, county: County, new: &Issue) -> Result<(), StorageError> {
    let row = IssueRow {
        county: county.number(),
        paper_id: new.paper,
        word: new.number.as_ref().map(|number| number.word.to_string()),
        year: new.number.as_ref().map(|number| number.year),
        n: new.number.as_ref().map(|number| number.n),
        issued_on: new.issued_on,
        step: new.step.map(|step| step.to_string()),
        body: new.body.clone(),
        docx_sha256: new.docx_sha256.clone(),
        html_sha256: new.html_sha256.clone(),
        issued_at: new.issued_at,
        issued_by: new.issued_by.0,
    };
    diesel::insert_into(paper_issue::table).values(&row).execute(db)?;
    Ok(())
}

pub fn issue(db: &mut Db, county: County, paper: i64) -> Result<Option<Issue>, StorageError> {
    let row: Option<IssueRow> =
        paper_issue::table.find((county.number(), paper)).select(IssueRow::as_select()).first(db).optional()?;
    row.map(Issue::try_from).transpose()
}

/// Why a paper without a number is void, if it is.
pub fn void(db: &mut Db, county: County, paper: i64) -> Result<Option<Voided>, StorageError> {
    let row: Option<(String, NaiveDateTime, i64)> = paper_void::table
        .find((county.number(), paper))
        .select((paper_void::reason, paper_void::recorded_at, paper_void::recorded_by))
        .first(db)
        .optional()?;
    Ok(row.map(|(reason, at, by)| Voided { reason, at, by: UserId(by) }))
}

pub fn insert_void(db: &mut Db, county: County, paper: i64, void: &Voided) -> Result<(), StorageError> {
    diesel::insert_into(paper_void::table)
        .values((
            paper_void::county.eq(county.number()),
            paper_void::paper_id.eq(paper),
            paper_void::reason.eq(&void.reason),
            paper_void::recorded_at.eq(void.at),
            paper_void::recorded_by.eq(void.by.0),
        ))
        .execute(db)?;
    Ok(())
}

/// The scans of a paper, the first first.
pub fn scans(db: &mut Db, county: County, paper: i64) -> Result<Vec<Scan>, StorageError> {
    let rows: Vec<(String, NaiveDateTime, i64)> = paper_scan::table
        .filter(paper_scan::county.eq(county.number()).and(paper_scan::paper_id.eq(paper)))
        .order(paper_scan::n)
        .select((paper_scan::sha256, paper_scan::recorded_at, paper_scan::recorded_by))
        .load(db)?;
    let scan = |(sha256, recorded_at, by)| Scan { sha256, recorded_at, recorded_by: UserId(by) };
    Ok(rows.into_iter().map(scan).collect())
}

/// Adds a scan; inside the county's lock.
pub fn insert_scan(db: &mut Db, county: County, paper: i64, new: &Scan) -> Result<(), StorageError> {
    let last: Option<i64> = paper_scan::table
        .filter(paper_scan::county.eq(county.number()).and(paper_scan::paper_id.eq(paper)))
        .select(diesel::dsl::max(paper_scan::n))
        .first(db)?;
    diesel::insert_into(paper_scan::table)
        .values((
            paper_scan::county.eq(county.number()),
            paper_scan::paper_id.eq(paper),
            paper_scan::n.eq(last.unwrap_or(0) + 1),
            paper_scan::sha256.eq(&new.sha256),
            paper_scan::recorded_at.eq(new.recorded_at),
            paper_scan::recorded_by.eq(new.recorded_by.0),
        ))
        .execute(db)?;
    Ok(())
}

/// The newest settings, if there are any.
pub fn settings(db: &mut Db, county: County) -> Result<Option<StoredSettings>, StorageError> {
    let row: Option<(i64, String, NaiveDateTime, i64)> = paper_settings::table
        .filter(paper_settings::county.eq(county.number()))
        .order(paper_settings::version.desc())
        .select((
            paper_settings::version,
            paper_settings::body,
            paper_settings::recorded_at,
            paper_settings::recorded_by,
        ))
        .first(db)
        .optional()?;
    Ok(row.map(|(version, body, recorded_at, by)| StoredSettings {
        version,
        body,
        recorded_at,
        recorded_by: UserId(by),
    }))
}

pub fn insert_settings(db: &mut Db, county: County, new: &StoredSettings) -> Result<(), StorageError> {
    diesel::insert_into(paper_settings::table)
        .values((
            paper_settings::county.eq(county.number()),
            paper_settings::version.eq(new.version),
            paper_settings::body.eq(&new.body),
            paper_settings::recorded_at.eq(new.recorded_at),
            paper_settings::recorded_by.eq(new.recorded_by.0),
        ))
        .execute(db)?;
    Ok(())
}
