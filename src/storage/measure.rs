//! 一地一策: the newest state of each plot's measure, and the months of progress, which are appended.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::domain::codes::TownshipCode;
use crate::domain::input::{self, FieldError, NonNegative};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::balance::Cause;
use crate::domain::measure::{Measure, Month, PlotMeasure};
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record};
use crate::domain::region::{ApprovalId, County, PlotId, UserId};
use crate::storage::db::{Db, StorageError, insert_rows};
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{self, At, CHUNK};
use crate::storage::schema::{balance, measure_contact, plot, plot_measure, plot_progress};
use crate::storage::township;

pub type StoredMeasure = Record<PlotId, PlotMeasure>;

/// What was done about a plot in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub plot: PlotId,
    pub month: Month,
    /// Counts from 1 within the month: a later one amends the earlier ones and leaves them there.
    pub n: i32,
    pub done: String,
    pub remark: Option<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plot_measure)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    county: i32,
    plot_id: i64,
    present_state: Option<String>,
    expropriated_cm2: Option<i64>,
    measure: Option<String>,
    measure_note: Option<String>,
    due_on: Option<NaiveDate>,
    unit: Option<String>,
    person_id: Option<i64>,
    net_land: String,
    remark: Option<String>,
    version: i64,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = plot_progress)]
#[diesel(treat_none_as_default_value = false)]
struct ProgressRow {
    county: i32,
    plot_id: i64,
    month: NaiveDate,
    n: i32,
    done: String,
    remark: Option<String>,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

impl Row {
    fn of(county: County, record: &StoredMeasure) -> Self {
        let contents = &record.contents;
        Self {
            county: county.number(),
            plot_id: record.id.0,
            present_state: contents.present_state.as_ref().map(ToString::to_string),
            expropriated_cm2: contents.expropriated_m2.map(|area| area.get().to_units()),
            measure: contents.measure.map(|measure| measure.to_string()),
            measure_note: contents.measure_note.as_ref().map(ToString::to_string),
            due_on: contents.due_on,
            unit: contents.unit.as_ref().map(ToString::to_string),
            person_id: contents.person.map(|person| person.0),
            net_land: serde_json::to_string(&contents.net_land).expect("entries are words, days and texts"),
            remark: contents.remark.as_ref().map(ToString::to_string),
            version: record.version,
            recorded_at: record.recorded_at,
            recorded_by: record.recorded_by.0,
        }
    }

    fn stored(self, contact: Option<&str>) -> Result<StoredMeasure, StorageError> {
        let at = At(Collection::PlotMeasure, self.plot_id);
        let area = |units| NonNegative::<AreaM2>::new(at.area(units)?).map_err(|error| at.corrupt(error.en));
        let net_land = input::read(self.net_land.as_bytes())
            .map_err(|faults: Vec<FieldError>| at.corrupt(format!("net land {}: {faults:?}", self.net_land)))?;
        let contents = PlotMeasure {
            present_state: at.some_line(self.present_state.as_deref())?,
            expropriated_m2: self.expropriated_cm2.map(area).transpose()?,
            measure: at.some_word(self.measure.as_deref())?,
            measure_note: at.some_line(self.measure_note.as_deref())?,
            due_on: self.due_on,
            unit: at.some_line(self.unit.as_deref())?,
            person: self.person_id.map(UserId),
            contact: at.some_line(contact)?,
            net_land,
            remark: at.some_line(self.remark.as_deref())?,
        };
        Ok(Record {
            id: PlotId(self.plot_id),
            version: self.version,
            contents,
            recorded_at: self.recorded_at,
            recorded_by: UserId(self.recorded_by),
        })
    }
}

impl TryFrom<ProgressRow> for Progress {
    type Error = StorageError;

    fn try_from(row: ProgressRow) -> Result<Self, StorageError> {
        Ok(Self {
            plot: PlotId(row.plot_id),
            month: Month::of(row.month),
            n: row.n,
            done: row.done,
            remark: row.remark,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    }
}

/// Writes a measure: the first of its plot, or in place of the one there. The contact goes where it can be erased.
pub fn put(db: &mut Db, county: County, record: &StoredMeasure) -> Result<(), StorageError> {
    let row = Row::of(county, record);
    if record.version == 1 {
        diesel::insert_into(plot_measure::table).values(&row).execute(db)?;
    } else {
        diesel::update(plot_measure::table.find((row.county, row.plot_id))).set(&row).execute(db)?;
    }
    diesel::delete(measure_contact::table.find((row.county, row.plot_id))).execute(db)?;
    if let Some(name) = &record.contents.contact {
        diesel::insert_into(measure_contact::table)
            .values((
                measure_contact::county.eq(row.county),
                measure_contact::plot_id.eq(row.plot_id),
                measure_contact::name.eq(name.as_str()),
            ))
            .execute(db)?;
    }
    Ok(())
}

pub fn by_plot(db: &mut Db, county: County, plot: PlotId) -> Result<Option<StoredMeasure>, StorageError> {
    Ok(by_plots(db, county, &[plot.0])?.remove(&plot.0))
}

/// The measures of those plots that have one.
pub fn by_plots(db: &mut Db, county: County, ids: &[i64]) -> Result<HashMap<i64, StoredMeasure>, StorageError> {
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<Row> = plot_measure::table
            .filter(plot_measure::county.eq(county.number()).and(plot_measure::plot_id.eq_any(ids.to_vec())))
            .select(Row::as_select())
            .load(db)?;
        let contacts: Vec<(i64, String)> = measure_contact::table
            .filter(measure_contact::county.eq(county.number()).and(measure_contact::plot_id.eq_any(ids.to_vec())))
            .select((measure_contact::plot_id, measure_contact::name))
            .load(db)?;
        let contacts: HashMap<i64, String> = contacts.into_iter().collect();
        for row in rows {
            let id = row.plot_id;
            found.insert(id, row.stored(contacts.get(&id).map(String::as_str))?);
        }
    }
    Ok(found)
}

sortable! {
    /// 一地一策台账的排序列 — by what the office's sheet is put in order.
    pub enum SheetColumn of "plot" by Plot {
        Plot = "plot" "地块(系统编号)": Number, "plot.id";
        Code = "code" "地块编号": Text, "plot.code";
        ApprovalNumber = "approval_number" "批准文号": Text | None,
            "(SELECT a.number FROM approval a WHERE a.county = plot.county AND a.id = plot.approval_id)";
        ApprovedOn = "approved_on" "批准日期": Day | None,
            "(SELECT a.approved_on FROM approval a WHERE a.county = plot.county AND a.id = plot.approval_id)";
        Township = "township" "乡镇街道": Number | None, "plot.township_code";
        Approved = "approved_m2" "批准面积": Number, "plot.recorded_cm2";
        Supplied = "supplied_m2" "已供面积": Number,
            "(SELECT CAST(COALESCE(SUM(b.area_cm2), 0) AS BIGINT) FROM balance b \
              WHERE b.county = plot.county AND b.plot_id = plot.id AND b.account IN ('supplied', 'idle'))";
        Unsupplied = "unsupplied_m2" "未供面积": Number,
            "(SELECT CAST(COALESCE(SUM(b.area_cm2), 0) AS BIGINT) FROM balance b \
              WHERE b.county = plot.county AND b.plot_id = plot.id AND b.account = 'unsupplied')";
        Cause = "cause" "未供原因": Text | None, "plot.cause";
        Measure = "measure" "拟处置措施": Text | None,
            "(SELECT m.measure FROM plot_measure m WHERE m.county = plot.county AND m.plot_id = plot.id)";
        DueOn = "due_on" "完成时限": Day | None,
            "(SELECT m.due_on FROM plot_measure m WHERE m.county = plot.county AND m.plot_id = plot.id)";
        Unit = "unit" "责任单位": Text | None,
            "(SELECT m.unit FROM plot_measure m WHERE m.county = plot.county AND m.plot_id = plot.id)";
    }
}

/// Which rows of the office's sheet are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetPage {
    pub at: Place<SheetColumn>,
    pub township: Option<TownshipCode>,
    pub cause: Option<Cause>,
    pub measure: Option<Measure>,
    pub unit: Option<String>,
    pub person: Option<UserId>,
    /// With a deadline before this day.
    pub due_before: Option<NaiveDate>,
    /// With a measure of any kind, or without.
    pub planned: Option<bool>,
    pub approval: Option<ApprovalId>,
    pub code_prefix: Option<String>,
    /// Plots without unsupplied land too.
    pub all_plots: bool,
}

/// The plots of a page of the sheet.
pub fn sheet_plots(db: &mut Db, county: County, page: &SheetPage) -> Result<Vec<i64>, StorageError> {
    let mut query = plot::table
        .left_join(
            plot_measure::table.on(plot_measure::county.eq(plot::county).and(plot_measure::plot_id.eq(plot::id))),
        )
        .filter(plot::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(plot::id)
        .into_boxed();
    if !page.all_plots {
        query = query.filter(exists(
            balance::table
                .filter(balance::county.eq(county.number()).and(balance::account.eq(Account::Unsupplied.as_str())))
                .filter(balance::plot_id.eq(plot::id).and(balance::area_cm2.gt(0))),
        ));
    }
    if let Some(code) = page.township {
        query = query.filter(plot::township_code.eq(township::number(code)));
    }
    if let Some(approval) = page.approval {
        query = query.filter(plot::approval_id.eq(approval.0));
    }
    if let Some(prefix) = &page.code_prefix {
        query = query.filter(plot::code.ge(prefix).and(plot::code.lt(rows::after_prefix(prefix))));
    }
    if let Some(cause) = page.cause {
        query = query.filter(plot::cause.eq(cause.as_str()));
    }
    if let Some(measure) = page.measure {
        query = query.filter(plot_measure::measure.eq(measure.as_str()));
    }
    if let Some(unit) = &page.unit {
        query = query.filter(plot_measure::unit.eq(unit));
    }
    if let Some(person) = page.person {
        query = query.filter(plot_measure::person_id.eq(person.0));
    }
    if let Some(day) = page.due_before {
        query = query.filter(plot_measure::due_on.lt(day));
    }
    match page.planned {
        Some(true) => query = query.filter(plot_measure::measure.is_not_null()),
        Some(false) => query = query.filter(plot_measure::measure.is_null()),
        None => {}
    }
    Ok(query.load(db)?)
}

/// What a plot holds in the ledger now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    pub unsupplied: AreaM2,
    /// Supplied or idle.
    pub supplied: AreaM2,
}

/// What plots hold in the ledger now.
pub fn held(db: &mut Db, county: County, ids: &[i64]) -> Result<HashMap<i64, Held>, StorageError> {
    let mut held: HashMap<i64, Held> = HashMap::with_capacity(ids.len());
    let (unsupplied, supplied, idle) =
        (Account::Unsupplied.as_str(), Account::Supplied.as_str(), Account::Idle.as_str());
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<(i64, String, i64)> = balance::table
            .filter(balance::county.eq(county.number()).and(balance::plot_id.eq_any(ids.to_vec())))
            .filter(balance::account.eq_any([unsupplied, supplied, idle]))
            .select((balance::plot_id, balance::account, balance::area_cm2))
            .load(db)?;
        for (id, account, units) in rows {
            let area = At(Collection::Plot, id).area(units)?;
            let of = held.entry(id).or_default();
            let sum = if account == unsupplied { &mut of.unsupplied } else { &mut of.supplied };
            *sum = *sum + area;
        }
    }
    Ok(held)
}

/// The plots whose measure is due before a day and which still hold unsupplied land, with that day.
pub fn due_before(db: &mut Db, county: County, day: NaiveDate) -> Result<Vec<(i64, NaiveDate)>, StorageError> {
    let rows: Vec<(i64, Option<NaiveDate>)> = plot_measure::table
        .filter(plot_measure::county.eq(county.number()).and(plot_measure::due_on.lt(day)))
        .filter(exists(
            balance::table
                .filter(balance::county.eq(county.number()).and(balance::account.eq(Account::Unsupplied.as_str())))
                .filter(balance::plot_id.eq(plot_measure::plot_id).and(balance::area_cm2.gt(0))),
        ))
        .order((plot_measure::due_on, plot_measure::plot_id))
        .select((plot_measure::plot_id, plot_measure::due_on))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(id, due)| Some((id, due?))).collect())
}

/// Appends months of progress.
pub fn add_progress(db: &mut Db, county: County, new: &[Progress]) -> Result<(), StorageError> {
    let rows: Vec<ProgressRow> = new
        .iter()
        .map(|progress| ProgressRow {
            county: county.number(),
            plot_id: progress.plot.0,
            month: progress.month.first_day(),
            n: progress.n,
            done: progress.done.clone(),
            remark: progress.remark.clone(),
            recorded_at: progress.recorded_at,
            recorded_by: progress.recorded_by.0,
        })
        .collect();
    insert_rows!(db, plot_progress::table, rows);
    Ok(())
}

/// The progress of a plot, the newest month first and in it the last word first.
pub fn progress(db: &mut Db, county: County, plot: PlotId, limit: i64) -> Result<Vec<Progress>, StorageError> {
    let rows: Vec<ProgressRow> = plot_progress::table
        .filter(plot_progress::county.eq(county.number()).and(plot_progress::plot_id.eq(plot.0)))
        .order((plot_progress::month.desc(), plot_progress::n.desc()))
        .limit(limit)
        .select(ProgressRow::as_select())
        .load(db)?;
    rows.into_iter().map(Progress::try_from).collect()
}

/// The progress of some plots from a month on, in order.
pub fn progress_from(db: &mut Db, county: County, ids: &[i64], from: NaiveDate) -> Result<Vec<Progress>, StorageError> {
    let mut found = Vec::new();
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<ProgressRow> = plot_progress::table
            .filter(plot_progress::county.eq(county.number()).and(plot_progress::plot_id.eq_any(ids.to_vec())))
            .filter(plot_progress::month.ge(from))
            .order((plot_progress::plot_id, plot_progress::month, plot_progress::n))
            .select(ProgressRow::as_select())
            .load(db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}
