//! 公告: the newest state of each, found by number and by whether its land is on offer.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::announcement::AnnouncementBody;
use crate::domain::input;
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::At;
use crate::storage::schema::announcement;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnnouncement {
    pub id: i64,
    pub version: i64,
    pub contents: AnnouncementBody,
    pub withdrawn_on: Option<NaiveDate>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

impl StoredAnnouncement {
    /// Whether its land is on offer on a day.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.withdrawn_on.is_none() && self.contents.announced_on <= day && day <= self.contents.until
    }
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = announcement, treat_none_as_null = true)]
struct Row {
    county: i32,
    id: i64,
    number: String,
    title: String,
    announced_on: NaiveDate,
    until_day: NaiveDate,
    url: Option<String>,
    items: String,
    withdrawn_on: Option<NaiveDate>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl TryFrom<Row> for StoredAnnouncement {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::Announcement, row.id);
        let items = input::read(row.items.as_bytes()).map_err(|faults: Vec<input::FieldError>| {
            at.corrupt(
                faults.first().map_or_else(String::new, |fault| format!("{}: {}", fault.pointer, fault.message.en)),
            )
        })?;
        Ok(Self {
            id: row.id,
            version: row.version,
            contents: AnnouncementBody {
                number: at.line(&row.number)?,
                title: at.line(&row.title)?,
                announced_on: row.announced_on,
                until: row.until_day,
                url: at.some_line(row.url.as_deref())?,
                items,
            },
            withdrawn_on: row.withdrawn_on,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    }
}

fn row(county: County, record: &StoredAnnouncement) -> Row {
    let contents = &record.contents;
    Row {
        county: county.number(),
        id: record.id,
        number: contents.number.to_string(),
        title: contents.title.to_string(),
        announced_on: contents.announced_on,
        until_day: contents.until,
        url: contents.url.as_ref().map(ToString::to_string),
        items: serde_json::to_string(&contents.items).expect("items are words, numbers and texts"),
        withdrawn_on: record.withdrawn_on,
        version: record.version,
        recorded_at: record.recorded_at,
        recorded_by: record.recorded_by.0,
    }
}

/// The number of the next announcement; inside the county's lock.
pub fn next_id(db: &mut Db, county: County) -> Result<i64, StorageError> {
    let last: Option<i64> = announcement::table
        .filter(announcement::county.eq(county.number()))
        .select(diesel::dsl::max(announcement::id))
        .first(db)?;
    Ok(last.unwrap_or(0) + 1)
}

pub fn insert(db: &mut Db, county: County, new: &StoredAnnouncement) -> Result<(), StorageError> {
    diesel::insert_into(announcement::table).values(&row(county, new)).execute(db)?;
    Ok(())
}

pub fn update(db: &mut Db, county: County, changed: &StoredAnnouncement) -> Result<(), StorageError> {
    diesel::update(announcement::table.find((county.number(), changed.id))).set(&row(county, changed)).execute(db)?;
    Ok(())
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<StoredAnnouncement>, StorageError> {
    let row: Option<Row> =
        announcement::table.find((county.number(), id)).select(Row::as_select()).first(db).optional()?;
    row.map(StoredAnnouncement::try_from).transpose()
}

pub fn by_number(db: &mut Db, county: County, number: &str) -> Result<Option<StoredAnnouncement>, StorageError> {
    let row: Option<Row> = announcement::table
        .filter(announcement::county.eq(county.number()).and(announcement::number.eq(number)))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    row.map(StoredAnnouncement::try_from).transpose()
}

sortable! {
    /// 公告列表的排序列 — by what the list of announcements is put in order.
    pub enum AnnouncementColumn of "announcement" by Id {
        Id = "id" "编号": Number, "announcement.id";
        Number = "number" "公告文号": Text, "announcement.number";
        AnnouncedOn = "announced_on" "公告日期": Day, "announcement.announced_on";
        Until = "until" "截止日期": Day, "announcement.until_day";
    }
}

/// Which announcements are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnnouncementPage {
    pub at: Place<AnnouncementColumn>,
    /// Those alone that are open on a day.
    pub open_on: Option<NaiveDate>,
}

pub fn page(db: &mut Db, county: County, page: &AnnouncementPage) -> Result<Vec<StoredAnnouncement>, StorageError> {
    let mut query = announcement::table
        .filter(announcement::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(day) = page.open_on {
        query = query
            .filter(announcement::until_day.ge(day).and(announcement::announced_on.le(day)))
            .filter(announcement::withdrawn_on.is_null());
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(StoredAnnouncement::try_from).collect()
}
