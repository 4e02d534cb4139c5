//! 闲置土地处置案件: how each was opened, and its steps. Both are appended and never changed.

mod proposal;
mod step;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::codes::TownshipCode;
use crate::domain::geometry::wkb;
use crate::domain::idle_case::record::CaseNumber;
use crate::domain::idle_case::{Case, Cause, Grounds, Opening, State, Way};
use crate::domain::ledger::land::Land;
use crate::domain::record::Collection;
use crate::domain::region::{County, ParcelId, PlotId, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::geometry;
use crate::storage::listing::{Place, sortable};
use crate::storage::rows::{At, CHUNK};
use crate::storage::schema::{contract, idle_case, idle_case_plot, idle_case_state, plot};

pub use proposal::{
    StepEvent, StepProposal, add_event, events, insert_proposal, next_proposal, open_proposals, proposal, proposals,
    update_proposal,
};
pub use step::{StoredStep, append, by_voucher, counting, steps};

/// A case as it was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCase {
    pub id: i64,
    pub number: CaseNumber,
    pub client_id: String,
    pub parcel: ParcelId,
    pub contract: i64,
    pub phase: Option<String>,
    pub opening: Opening,
    pub previous: Option<i64>,
    /// The polygon of a phase.
    pub drawn: Option<Land>,
    pub remark: Option<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
}

/// How a case stands: what its steps add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseState {
    pub version: i64,
    pub state: State,
    pub cause: Option<Cause>,
    pub way: Option<Way>,
    pub is_suspended: bool,
    pub found_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub changed_at: NaiveDateTime,
}

impl CaseState {
    /// What the steps of a case add up to.
    pub fn of(case: &Case, version: i64, changed_at: NaiveDateTime) -> Self {
        use crate::domain::idle_case::step::StepKind;
        let state = case.state();
        Self {
            version,
            state,
            cause: case.cause(),
            way: case.way(),
            is_suspended: case.is_suspended(),
            found_on: case.last(StepKind::Found).map(|step| step.on),
            ended_on: case.steps.last().filter(|_| state.is_final()).map(|step| step.on),
            changed_at,
        }
    }
}

/// A case with how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    pub case: StoredCase,
    pub state: CaseState,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = idle_case)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    county: i32,
    id: i64,
    year: i32,
    serial: i32,
    client_id: String,
    parcel_id: i64,
    contract_id: i64,
    phase: Option<String>,
    grounds: String,
    opened_on: NaiveDate,
    area_cm2: i64,
    previous_id: Option<i64>,
    srid: Option<i32>,
    grid_wkb: Option<Vec<u8>>,
    remark: Option<String>,
    recorded_at: NaiveDateTime,
    recorded_by: i64,
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = idle_case_state)]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct StateRow {
    county: i32,
    case_id: i64,
    version: i64,
    state: String,
    cause: Option<String>,
    way: Option<String>,
    is_suspended: bool,
    found_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    changed_at: NaiveDateTime,
}

impl StateRow {
    fn of(county: County, case: i64, of: &CaseState) -> Self {
        Self {
            county: county.number(),
            case_id: case,
            version: of.version,
            state: of.state.to_string(),
            cause: of.cause.map(|cause| cause.to_string()),
            way: of.way.map(|way| way.to_string()),
            is_suspended: of.is_suspended,
            found_on: of.found_on,
            ended_on: of.ended_on,
            changed_at: of.changed_at,
        }
    }
}

impl TryFrom<Row> for StoredCase {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let at = At(Collection::IdleCase, row.id);
        let drawn = match (row.srid, row.grid_wkb) {
            (Some(srid), Some(bytes)) => {
                let (zone, polygon) = geometry::on_grid(|| format!("idle case {}", row.id), srid, &bytes)?;
                Some(Land { polygon, zone })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            number: CaseNumber { year: row.year, serial: row.serial },
            client_id: row.client_id,
            parcel: ParcelId(row.parcel_id),
            contract: row.contract_id,
            phase: row.phase,
            opening: Opening {
                grounds: at.word::<Grounds>(&row.grounds)?,
                opened_on: row.opened_on,
                area: at.area(row.area_cm2)?,
            },
            previous: row.previous_id,
            drawn,
            remark: row.remark,
            recorded_at: row.recorded_at,
            recorded_by: UserId(row.recorded_by),
        })
    }
}

fn joined((row, state): (Row, StateRow)) -> Result<CaseRow, StorageError> {
    let at = At(Collection::IdleCase, row.id);
    let state = CaseState {
        version: state.version,
        state: at.word(&state.state)?,
        cause: at.some_word(state.cause.as_deref())?,
        way: at.some_word(state.way.as_deref())?,
        is_suspended: state.is_suspended,
        found_on: state.found_on,
        ended_on: state.ended_on,
        changed_at: state.changed_at,
    };
    Ok(CaseRow { case: row.try_into()?, state })
}

sortable! {
    /// 闲置土地台账的排序列 — by what the list of cases is put in order.
    pub enum CaseColumn of "idle_case" by Id {
        Id = "id" "编号": Number, "idle_case.id";
        Number = "number" "案号": Number, "(CAST(idle_case.year AS BIGINT) * 1000000 + idle_case.serial)";
        State = "state" "状态": Text,
            "(SELECT s.state FROM idle_case_state s WHERE s.county = idle_case.county AND s.case_id = idle_case.id)";
        Grounds = "grounds" "疑似情形": Text, "idle_case.grounds";
        Cause = "cause" "闲置原因": Text | None,
            "(SELECT s.cause FROM idle_case_state s WHERE s.county = idle_case.county AND s.case_id = idle_case.id)";
        Way = "way" "处置方式": Text | None,
            "(SELECT s.way FROM idle_case_state s WHERE s.county = idle_case.county AND s.case_id = idle_case.id)";
        Parcel = "parcel" "宗地编号": Number, "idle_case.parcel_id";
        ContractNumber = "contract_number" "合同编号": Text | None,
            "(SELECT c.number FROM contract c WHERE c.county = idle_case.county AND c.id = idle_case.contract_id)";
        Area = "area_m2" "面积": Number, "idle_case.area_cm2";
        OpenedOn = "opened_on" "立案日期": Day, "idle_case.opened_on";
        FoundOn = "found_on" "认定日期": Day | None,
            "(SELECT s.found_on FROM idle_case_state s WHERE s.county = idle_case.county AND s.case_id = idle_case.id)";
        EndedOn = "ended_on" "了结日期": Day | None,
            "(SELECT s.ended_on FROM idle_case_state s WHERE s.county = idle_case.county AND s.case_id = idle_case.id)";
        ChangedAt = "changed_at" "变动时刻": Moment,
            "(SELECT s.changed_at FROM idle_case_state s WHERE s.county = idle_case.county AND s.case_id = idle_case.id)";
    }
}

/// Which cases are asked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CasePage {
    pub at: Place<CaseColumn>,
    /// Any of them; none: all.
    pub states: Vec<State>,
    pub grounds: Option<Grounds>,
    pub cause: Option<Cause>,
    pub way: Option<Way>,
    pub parcel: Option<ParcelId>,
    pub contract: Option<i64>,
    /// The land user's 统一社会信用代码 by the contract's newest terms.
    pub user_code: Option<String>,
    pub suspended: Option<bool>,
    /// Where one of the plots lies now.
    pub township: Option<TownshipCode>,
    pub parcels: Option<Vec<i64>>,
}

/// Id and serial of the next case of a year; inside the county's lock.
pub fn next(db: &mut Db, county: County, year: i32) -> Result<(i64, CaseNumber), StorageError> {
    let of = || idle_case::table.filter(idle_case::county.eq(county.number()));
    let last: Option<i64> = of().select(diesel::dsl::max(idle_case::id)).first(db)?;
    let serial: Option<i32> =
        of().filter(idle_case::year.eq(year)).select(diesel::dsl::max(idle_case::serial)).first(db)?;
    let id = last.unwrap_or_else(|| county.feature_id(0)) + 1;
    Ok((id, CaseNumber { year, serial: serial.unwrap_or(0) + 1 }))
}

pub fn insert(
    db: &mut Db,
    county: County,
    case: &StoredCase,
    plots: &[PlotId],
    state: &CaseState,
) -> Result<(), StorageError> {
    let row = Row {
        county: county.number(),
        id: case.id,
        year: case.number.year,
        serial: case.number.serial,
        client_id: case.client_id.clone(),
        parcel_id: case.parcel.0,
        contract_id: case.contract,
        phase: case.phase.clone(),
        grounds: case.opening.grounds.to_string(),
        opened_on: case.opening.opened_on,
        area_cm2: case.opening.area.to_units(),
        previous_id: case.previous,
        srid: case.drawn.as_ref().and_then(|land| i32::try_from(land.zone.epsg()).ok()),
        grid_wkb: case.drawn.as_ref().map(|land| wkb::grid_to_wkb(&land.polygon)),
        remark: case.remark.clone(),
        recorded_at: case.recorded_at,
        recorded_by: case.recorded_by.0,
    };
    diesel::insert_into(idle_case::table).values(&row).execute(db)?;
    for plot in plots {
        diesel::insert_into(idle_case_plot::table)
            .values((
                idle_case_plot::county.eq(county.number()),
                idle_case_plot::plot_id.eq(plot.0),
                idle_case_plot::case_id.eq(case.id),
            ))
            .execute(db)?;
    }
    diesel::insert_into(idle_case_state::table).values(&StateRow::of(county, case.id, state)).execute(db)?;
    Ok(())
}

/// Keeps how a case stands after a further entry.
pub fn set_state(db: &mut Db, county: County, case: i64, state: &CaseState) -> Result<(), StorageError> {
    diesel::update(idle_case_state::table.find((county.number(), case)))
        .set(&StateRow::of(county, case, state))
        .execute(db)?;
    Ok(())
}

/// Every case with how it stands, to be narrowed.
macro_rules! cases {
    ($county:expr) => {
        idle_case::table
            .inner_join(
                idle_case_state::table
                    .on(idle_case_state::county.eq(idle_case::county).and(idle_case_state::case_id.eq(idle_case::id))),
            )
            .filter(idle_case::county.eq($county.number()))
            .select((Row::as_select(), StateRow::as_select()))
    };
}

pub fn by_id(db: &mut Db, county: County, id: i64) -> Result<Option<CaseRow>, StorageError> {
    let row: Option<(Row, StateRow)> = cases!(county).filter(idle_case::id.eq(id)).first(db).optional()?;
    row.map(joined).transpose()
}

/// Some cases, in the order of their ids.
pub fn by_ids(db: &mut Db, county: County, ids: &[i64]) -> Result<Vec<CaseRow>, StorageError> {
    let mut found = Vec::new();
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<(Row, StateRow)> =
            cases!(county).filter(idle_case::id.eq_any(ids.to_vec())).order(idle_case::id).load(db)?;
        for row in rows {
            found.push(joined(row)?);
        }
    }
    Ok(found)
}

pub fn by_client_id(db: &mut Db, county: County, client_id: &str) -> Result<Option<CaseRow>, StorageError> {
    let row: Option<(Row, StateRow)> =
        cases!(county).filter(idle_case::client_id.eq(client_id)).first(db).optional()?;
    row.map(joined).transpose()
}

/// The cases that go on with one.
pub fn successors(db: &mut Db, county: County, id: i64) -> Result<Vec<CaseRow>, StorageError> {
    let rows: Vec<(Row, StateRow)> =
        cases!(county).filter(idle_case::previous_id.eq(id)).order(idle_case::id).load(db)?;
    rows.into_iter().map(joined).collect()
}

pub fn page(db: &mut Db, county: County, page: &CasePage) -> Result<Vec<CaseRow>, StorageError> {
    let mut query = cases!(county).filter(page.at.beyond()).order(page.at.by()).limit(page.at.limit).into_boxed();
    if !page.states.is_empty() {
        let words: Vec<&str> = page.states.iter().map(|state| state.as_str()).collect();
        query = query.filter(idle_case_state::state.eq_any(words));
    }
    if let Some(grounds) = page.grounds {
        query = query.filter(idle_case::grounds.eq(grounds.as_str()));
    }
    if let Some(cause) = page.cause {
        query = query.filter(idle_case_state::cause.eq(cause.as_str()));
    }
    if let Some(way) = page.way {
        query = query.filter(idle_case_state::way.eq(way.as_str()));
    }
    if let Some(parcel) = page.parcel {
        query = query.filter(idle_case::parcel_id.eq(parcel.0));
    }
    if let Some(parcels) = &page.parcels {
        query = query.filter(idle_case::parcel_id.eq_any(parcels.clone()));
    }
    if let Some(contract) = page.contract {
        query = query.filter(idle_case::contract_id.eq(contract));
    }
    if let Some(code) = &page.user_code {
        let of = contract::table
            .filter(contract::county.eq(county.number()).and(contract::user_code.eq(code.clone())))
            .select(contract::id);
        query = query.filter(idle_case::contract_id.eq_any(of));
    }
    if let Some(suspended) = page.suspended {
        query = query.filter(idle_case_state::is_suspended.eq(suspended));
    }
    if let Some(township) = page.township {
        let inside = idle_case_plot::table
            .inner_join(
                plot::table.on(plot::county.eq(idle_case_plot::county).and(plot::id.eq(idle_case_plot::plot_id))),
            )
            .filter(idle_case_plot::county.eq(county.number()))
            .filter(plot::township_code.eq(i32::try_from(township.get()).unwrap_or(0)))
            .select(idle_case_plot::case_id);
        query = query.filter(idle_case::id.eq_any(inside.load::<i64>(db)?));
    }
    query.load::<(Row, StateRow)>(db)?.into_iter().map(joined).collect()
}

/// The plots of some cases.
pub fn plots(db: &mut Db, county: County, cases: &[i64]) -> Result<HashMap<i64, Vec<PlotId>>, StorageError> {
    let mut found: HashMap<i64, Vec<PlotId>> = HashMap::new();
    for cases in cases.chunks(CHUNK) {
        let rows: Vec<(i64, i64)> = idle_case_plot::table
            .filter(idle_case_plot::county.eq(county.number()).and(idle_case_plot::case_id.eq_any(cases.to_vec())))
            .order((idle_case_plot::case_id, idle_case_plot::plot_id))
            .select((idle_case_plot::case_id, idle_case_plot::plot_id))
            .load(db)?;
        for (case, plot) in rows {
            found.entry(case).or_default().push(PlotId(plot));
        }
    }
    Ok(found)
}

/// The cases whose land lies in some plots.
pub fn of_plots(db: &mut Db, county: County, plots: &[i64]) -> Result<Vec<CaseRow>, StorageError> {
    let mut ids: Vec<i64> = Vec::new();
    for plots in plots.chunks(CHUNK) {
        ids.extend(
            idle_case_plot::table
                .filter(idle_case_plot::county.eq(county.number()).and(idle_case_plot::plot_id.eq_any(plots.to_vec())))
                .select(idle_case_plot::case_id)
                .load::<i64>(db)?,
        );
    }
    ids.sort_unstable();
    ids.dedup();
    by_ids(db, county, &ids)
}
