//! 立案: a case on the land of a contract that is suspected to be idle.

use chrono::Datelike;

use super::{CaseFile, CasePage, CaseRow, CaseState, Journalled, StoredCase};
use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::features;
use crate::app::records::{entry, in_future, known_county, missing};
use crate::domain::contract::history::Contract;
use crate::domain::idle_case::record::IdleCaseBody;
use crate::domain::idle_case::step::StepKind;
use crate::domain::idle_case::{Case, Opening, State, Way};
use crate::domain::input::{FieldError, Line};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::land::Land;
use crate::domain::ledger::voucher::Holding;
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Reference};
use crate::domain::region::{County, ParcelId, PlotId};
use crate::domain::text::text;
use crate::formats::drawn::Drawn;
use crate::storage::db::{Db, Lane};
use crate::storage::ledger::land::areas_of_parcel;
use crate::storage::listing::Place;
use crate::storage::{contract, idle_case as rows, journal, parcel};

impl App {
    /// Opens a case, or finds it already there.
    pub fn open_idle_case(
        &self,
        caller: &Caller,
        county: County,
        sent: Drawn<IdleCaseBody>,
    ) -> Result<(CaseFile, bool), AppError> {
        let (polygon, flaws) = self.checked_polygon(county, sent.geometry.as_ref())?;
        if !flaws.is_empty() {
            return Err(AppError::Fields(flaws));
        }
        let (office, body) = (self.case_office(caller, county), sent.properties);
        let drawn = polygon.as_ref().map(Land::of);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let stamp = office.stamp;
            let known = rows::by_client_id(db, county, body.client_id.as_str())?;
            let mut draft = draft(db, county, &body, drawn)?;
            draft.faults.extend(in_future("/opened_on", Some(body.opened_on), stamp.today));
            if let Some(known) = known {
                return if draft.case.as_ref().is_some_and(|case| is_same(case, &known.case)) {
                    Ok((office.file(db, known.case.id)?, false))
                } else {
                    let (client_id, number) = (body.client_id.as_str(), known.case.number);
                    Err(AppError::Taken(text!(
                        "客户端编号“{client_id}”已用于案件 {number},内容不同;请换一个编号",
                        "client id {client_id:?} is taken by case {number} with other contents; choose another"
                    )))
                };
            }
            let Some(mut case) = draft.case.filter(|_| draft.faults.is_empty()) else {
                return Err(AppError::Fields(draft.faults));
            };
            let held = supplied(db, county, case.parcel, &case)?;
            if case.phase.is_none() {
                case.opening.area = held.iter().fold(AreaM2::ZERO, |sum, (_, area)| sum + *area);
            }
            alone(db, county, &case)?;
            let (id, number) = rows::next(db, county, body.opened_on.year())?;
            (case.id, case.number) = (id, number);
            (case.recorded_at, case.recorded_by) = (stamp.now, stamp.user);
            let plots: Vec<PlotId> = held.iter().map(|(holding, _)| holding.plot).collect();
            let now = Case { opening: case.opening, steps: Vec::new() };
            let state = CaseState::of(&now, 1, stamp.now);
            rows::insert(db, county, &case, &plots, &state)?;
            let facts = Journalled { number: number.to_string(), state: State::Suspected, entry: None, action: None };
            let line = entry(stamp, "openIdleCase", Collection::IdleCase, id, None, &facts);
            journal::append(db, county, vec![line])?;
            features::put_cases(db, county, &[id])?;
            Ok((office.file(db, id)?, true))
        })
    }
}

/// A case as it is asked for, and the faults found on the way.
struct Draft {
    case: Option<StoredCase>,
    faults: Vec<FieldError>,
}

fn draft(db: &mut Db, county: County, body: &IdleCaseBody, drawn: Option<Land>) -> Result<Draft, AppError> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, value: Option<String>, message| {
        faults.push(FieldError { pointer: pointer.to_owned(), value, message });
    };
    let contract = match &body.contract {
        Reference::Id(id) => contract::by_id(db, county, *id)?,
        Reference::Code(number) => contract::by_number(db, county, number)?,
    };
    let Some(contract) = contract else {
        let named = &body.contract;
        fault(
            "/contract",
            Some(named.to_string()),
            text!("本县没有合同 {named}", "this county has no contract {named}"),
        );
        return Ok(Draft { case: None, faults });
    };
    if body.opened_on < contract.signed_on {
        let signed = contract.signed_on;
        let message = text!("早于合同签订日 {signed}", "it is before the contract was signed on {signed}");
        fault("/opened_on", Some(body.opened_on.to_string()), message);
    }
    let parcel = match parcel_of(db, county, &contract, body.parcel.as_ref())? {
        Ok(parcel) => Some(parcel),
        Err(message) => {
            fault("/parcel", body.parcel.as_ref().map(ToString::to_string), message);
            None
        }
    };
    let phases: Vec<&str> = contract.newest().terms.phases().iter().map(|phase| phase.name.as_str()).collect();
    match &body.phase {
        Some(phase) if !phases.contains(&phase.as_str()) => fault(
            "/phase",
            Some(phase.to_string()),
            text!("合同没有分期“{phase}”", "the contract has no phase {phase}"),
        ),
        None if !phases.is_empty() => fault(
            "/phase",
            None,
            text!(
                "合同分期开发,须按分期立案:{all}",
                "the contract is developed in phases; open a case of one: {all}",
                all = phases.join(", ")
            ),
        ),
        _ => {}
    }
    match (&body.phase, &drawn) {
        (Some(_), None) => fault(
            "/geometry",
            None,
            text!("按分期立案须附分期的图形", "a case of a phase has the polygon of the phase"),
        ),
        (None, Some(_)) => fault(
            "/geometry",
            None,
            text!("整宗立案用宗地图形,无须另附", "a case of the whole parcel has the parcel's polygon; leave it out"),
        ),
        _ => {}
    }
    if let (Some(id), Some(parcel)) = (body.previous, parcel)
        && let Some(message) = cannot_follow(db, county, id, parcel)?
    {
        fault("/previous", Some(id.to_string()), message);
    }
    let case = parcel.map(|parcel| StoredCase {
        id: 0,
        number: crate::domain::idle_case::record::CaseNumber { year: body.opened_on.year(), serial: 0 },
        client_id: body.client_id.as_str().to_owned(),
        parcel,
        contract: contract.id,
        phase: body.phase.as_ref().map(ToString::to_string),
        opening: Opening {
            grounds: body.grounds,
            opened_on: body.opened_on,
            area: body.area_m2.map_or(AreaM2::ZERO, |area| area.get()),
        },
        previous: body.previous,
        drawn,
        remark: body.remark.clone().map(Line::into_string),
        recorded_at: chrono::NaiveDateTime::default(),
        recorded_by: crate::domain::region::UserId(0),
    });
    Ok(Draft { case, faults })
}

/// The parcel of the contract that is meant, or why none is.
fn parcel_of(
    db: &mut Db,
    county: County,
    contract: &Contract,
    named: Option<&Reference>,
) -> Result<Result<ParcelId, crate::domain::text::Text>, AppError> {
    let parcels = &contract.newest().parcels;
    let id = match named {
        None => match parcels[..] {
            [only] => return Ok(Ok(only)),
            _ => {
                let count = parcels.len();
                return Ok(Err(text!(
                    "合同有 {count} 宗地,请写明是哪一宗",
                    "the contract has {count} parcels; say which"
                )));
            }
        },
        Some(Reference::Id(id)) => Some(ParcelId(*id)),
        Some(Reference::Code(code)) => {
            parcel::by_codes(db, county, std::slice::from_ref(code))?.pop().map(|parcel| parcel.record.id)
        }
    };
    let number = contract.number.as_str();
    Ok(id
        .filter(|id| parcels.contains(id))
        .ok_or_else(|| text!("合同 {number} 没有这一宗地", "the contract {number} is not about this parcel")))
}

fn is_same(wanted: &StoredCase, known: &StoredCase) -> bool {
    let area = if known.phase.is_some() { wanted.opening.area } else { known.opening.area };
    let opening = Opening { area, ..wanted.opening };
    (wanted.parcel, wanted.contract, &wanted.phase, opening, wanted.previous, &wanted.drawn, &wanted.remark)
        == (known.parcel, known.contract, &known.phase, known.opening, known.previous, &known.drawn, &known.remark)
}

/// The supplied land of the parcel, which the case is about.
fn supplied(
    db: &mut Db,
    county: County,
    parcel: ParcelId,
    case: &StoredCase,
) -> Result<Vec<(Holding, AreaM2)>, AppError> {
    let mut held = areas_of_parcel(db, county, parcel)?;
    held.retain(|(holding, _)| holding.account == Account::Supplied);
    let total = held.iter().fold(AreaM2::ZERO, |sum, (_, area)| sum + *area);
    if held.is_empty() {
        return Err(AppError::field(
            "/parcel",
            Some(parcel.to_string()),
            text!(
                "该宗地在台账上没有已供土地(可能未登记供应、已认定闲置或已收回)",
                "by the ledger the parcel has no supplied land: it was not supplied, is idle already or was recovered"
            ),
        ));
    }
    if case.phase.is_some() {
        let area = case.opening.area;
        if held.len() > 1 {
            let count = held.len();
            return Err(AppError::field(
                "/phase",
                case.phase.clone(),
                text!(
                    "该宗地跨 {count} 个地块;请先分割宗地,再对分割后的宗地立案",
                    "the parcel lies in {count} plots; split it first and open a case of the new parcel"
                ),
            ));
        }
        if area > total {
            return Err(AppError::field(
                "/area_m2",
                Some(area.to_string()),
                text!("大于该宗地已供面积 {total} 平方米", "it is more than the supplied {total} m² of the parcel"),
            ));
        }
    }
    Ok(held)
}

/// Refuses a second case on the same land while one is open; what follows another is no second one.
fn alone(db: &mut Db, county: County, case: &StoredCase) -> Result<(), AppError> {
    let states = State::ALL.iter().copied().filter(|state| !state.is_final()).collect();
    let page = CasePage { at: Place::by_id(0, 1000), states, parcel: Some(case.parcel), ..CasePage::default() };
    let same = |row: &&CaseRow| {
        let meets = row.case.phase.is_none() || case.phase.is_none() || row.case.phase == case.phase;
        meets && case.previous != Some(row.case.id)
    };
    match rows::page(db, county, &page)?.iter().find(same) {
        Some(open) => {
            let number = open.case.number;
            Err(AppError::Conflict(text!(
                "该宗地已有未结案件 {number};一宗地(一个分期)同时只有一个案件",
                "case {number} on this land is open; a parcel, or a phase of one, has one case at a time"
            )))
        }
        None => Ok(()),
    }
}

/// Why a case cannot go on with another one.
fn cannot_follow(
    db: &mut Db,
    county: County,
    id: i64,
    parcel: ParcelId,
) -> Result<Option<crate::domain::text::Text>, AppError> {
    let row = match rows::by_id(db, county, id)? {
        Some(row) if row.case.parcel == parcel => row,
        _ => {
            let AppError::NotFound(message) = missing(Collection::IdleCase, county, id) else { return Ok(None) };
            return Ok(Some(message));
        }
    };
    let steps = rows::steps(db, county, &[id])?.remove(&id).unwrap_or_default();
    let now = row.case.with(&steps);
    let failed = matches!(now.way(), Some(Way::Extension | Way::Change))
        && now.in_disposal(StepKind::CarriedOut).is_some()
        && now.in_disposal(StepKind::Resumed).is_none()
        && !now.state().is_final();
    let number = row.case.number;
    Ok((!failed).then(|| {
        text!(
            "案件 {number} 不是延期(或调整)已实施、仍未动工的未结案件",
            "case {number} is none whose extension or change was carried out without a start, and which is still open"
        )
    }))
}
