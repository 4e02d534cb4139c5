//! 价格标底: the sealed rows, and what was done with each.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::price_base::{BaseAction, BaseState};
use crate::domain::record::Collection;
use crate::domain::region::{County, PlotId, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::At;
use crate::storage::schema::{price_base, price_base_event};

/// A price base. `body` and `findings` are sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredBase {
    pub id: i64,
    pub plot: PlotId,
    pub state: BaseState,
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    pub issuer: Option<UserId>,
    /// JSON as it was sent.
    pub body: String,
    /// JSON of the answer that it was judged by.
    pub findings: String,
    /// JSON of the announcement by which it was opened.
    pub announcement: Option<String>,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
}

/// Sealed figures stay out of logs and panics.
impl std::fmt::Debug for StoredBase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredBase").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

/// What somebody did with a price base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseEvent {
    pub action: BaseAction,
    pub user: UserId,
    pub comment: Option<String>,
    pub at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = price_base)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    plot_id: i64,
    state: String,
    proposer_id: i64,
    reviewer_id: Option<i64>,
    issuer_id: Option<i64>,
    body: String,
    findings: String,
    announcement: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
}

impl Row {
    fn of(county: County, base: &StoredBase) -> Self {
        Self {
            county: county.number(),
            id: base.id,
            plot_id: base.plot.0,
            state: base.state.to_string(),
            proposer_id: base.proposer.0,
            reviewer_id: base.reviewer.map(|user| user.0),
            issuer_id: base.issuer.map(|user| user.0),
            body: base.body.clone(),
            findings: base.findings.clone(),
            announcement: base.announcement.clone(),
            version: base.version,
            created_at: base.created_at,
            changed_at: base.changed_at,
        }
    }
}

impl TryFrom<Row> for StoredBase {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        Ok(Self {
            id: row.id,
            plot: PlotId(row.plot_id),
            state: At(Collection::PriceBase, row.id).word(&row.state)?,
            proposer: UserId(row.proposer_id),
            reviewer: row.reviewer_id.map(UserId),
            issuer: row.issuer_id.map(UserId),
            body: row.body,
            findings: row.findings,
            announcement: row.announcement,
            version: row.version,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}

sortable! {
    /// 价格标底列表的排序列 — by what the list of price bases is put in order; never by a sealed figure.
    pub enum BaseColumn of "price_base" by Id {
        Id = "id" "编号": Number, "price_base.id";
        Plot = "plot" "地块": Number, "price_base.plot_id";
        State = "state" "状态": Text, "price_base.state";
        CreatedAt = "created_at" "拟定时刻": Moment, "price_base.created_at";
        ChangedAt = "changed_at" "变动时刻": Moment, "price_base.changed_at";
    }
}

/// Which price bases are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BasePage {
    pub at: Place<BaseColumn>,
    pub plot: Option<PlotId>,
    pub state: Option<BaseState>,
}

/// The number of the next price base; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = price_base::table
        .filter(price_base::county.eq(county.number()))
        .select(diesel::dsl::max(price_base::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, base: &StoredBase) -> Result<(), StorageError> {
    diesel::insert_into(price_base::table).values(&Row::of(county, base)).execute(db)?;
    Ok(())
}

pub fn update(db: &mut Db, county: County, base: &StoredBase) -> Result<(), StorageError> {
    diesel::update(price_base::table.find((county.number(), base.id))).set(&Row::of(county, base)).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredBase>, StorageError> {
    let row: Option<Row> =
        price_base::table.find((county.number(), id)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredBase::try_from).transpose()
}

pub fn page(db: &mut Db, county: County, page: &BasePage) -> Result<Vec<StoredBase>, StorageError> {
    let mut query = price_base::table
        .filter(price_base::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(plot) = page.plot {
        query = query.filter(price_base::plot_id.eq(plot.0));
    }
    if let Some(state) = page.state {
        query = query.filter(price_base::state.eq(state.as_str()));
    }
    query.load::<Row>(db)?.into_iter().map(StoredBase::try_from).collect()
}

/// Adds what somebody did; inside the county's lock.
pub fn note(db: &mut Db, county: County, base: i64, event: &BaseEvent) -> Result<(), StorageError> {
    let last: Option<i32> = price_base_event::table
        .filter(price_base_event::county.eq(county.number()).and(price_base_event::base_id.eq(base)))
        .select(diesel::dsl::max(price_base_event::n))
        .first(db)?;
    diesel::insert_into(price_base_event::table)
        .values((
            price_base_event::county.eq(county.number()),
            price_base_event::base_id.eq(base),
            price_base_event::n.eq(last.unwrap_or(0) + 1),
            price_base_event::action.eq(event.action.as_str()),
            price_base_event::user_id.eq(event.user.0),
            price_base_event::comment.eq(event.comment.as_deref()),
            price_base_event::at.eq(event.at),
        ))
        .execute(db)?;
    Ok(())
}

/// Everything that was done with a price base, the first first.
pub fn events(db: &mut Db, county: County, base: i64) -> Result<Vec<BaseEvent>, StorageError> {
    let rows: Vec<(String, i64, Option<String>, NaiveDateTime)> = price_base_event::table
        .filter(price_base_event::county.eq(county.number()).and(price_base_event::base_id.eq(base)))
        .order(price_base_event::n)
        .select((price_base_event::action, price_base_event::user_id, price_base_event::comment, price_base_event::at))
        .load(db)?;
    let at = At(Collection::PriceBase, base);
    rows.into_iter()
        .map(|(action, user, comment, when)| {
            Ok(BaseEvent { action: at.word(&action)?, user: UserId(user), comment, at: when })
        })
        .collect()
}
