//! Changing a plot, as far as posted vouchers do not rest on what would change.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::features;
use crate::app::plots::PlotDraft;
use crate::app::plots::import::{Desk, Facts};
use crate::app::plots::overlap;
use crate::app::plots::resolve::Known;
use crate::app::records::{Stamp, entry, in_future, taken};
use crate::domain::codes::TownshipCode;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::input::FieldError;
use crate::domain::ledger::balance::Cause;
use crate::domain::plot::{Attribute, Plot, SupplyPriority, approval_exceeded};
use crate::domain::quantity::AreaM2;
use crate::domain::record::{Collection, Record, Warning};
use crate::domain::region::{ApprovalId, County, PlotId};
use crate::domain::text::{Text, text};
use crate::storage::db::Db;
use crate::storage::geometry::{self, NewVersion};
use crate::storage::plot::{self, Mapped, NewValue, StoredPlot};
use crate::storage::{approval, county as counties, journal, ledger, township};

/// A township or a cause that holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttribute {
    pub attribute: Attribute,
    pub from: NaiveDate,
    /// A township's code, a cause, or none to end a cause.
    pub value: Option<String>,
}

/// Writes the plot as it shall be; gives what should be looked into.
pub(super) fn update(
    db: &mut Db,
    desk: Desk,
    before: StoredPlot,
    draft: PlotDraft,
    flaws: Vec<FieldError>,
) -> Result<Vec<Warning>, AppError> {
    let Desk { county, stamp, tolerance, fit, .. } = desk;
    let id = before.record.id;
    let was = before.record.contents.clone();
    let known = Known::of(db, county, std::iter::once(&draft))?;
    let mut plot = known.resolve(&draft, stamp.today, flaws).map_err(AppError::Fields)?;
    let code = plot.code.to_string();
    if plot.code != was.code
        && let Some(other) = plot::by_codes(db, county, std::slice::from_ref(&code))?.pop()
    {
        return Err(taken(Collection::Plot, &code, other.record.id.0));
    }
    area_holds_what_entered(db, county, id, &was, &plot)?;
    approval_may_change(db, county, id, &was, &plot)?;

    let mut values = new_values(id, &was, &plot, draft.properties.attributes_from)?;
    plot::add_attributes(db, county, std::mem::take(&mut values), stamp.user, stamp.now)?;
    (plot.township, plot.cause) = newest_values(db, county, id)?;

    let drawn = before.mapped.map(|mapped| (id.0, mapped.version));
    let drawn = geometry::newest(db, county, Collection::Plot, drawn.as_slice())?.remove(&id.0);
    let polygon = draft.polygon.filter(|polygon| drawn.as_ref() != Some(&polygon.lonlat));
    let mut mapped = before.mapped;
    let mut warnings = Vec::new();
    if let Some(polygon) = &polygon {
        let version = before.mapped.map_or(0, |mapped| mapped.version) + 1;
        let reason = draft.properties.overlap_reason.as_ref().map(ToString::to_string);
        let (found, said) = overlap::of_one(db, county, Some(id), polygon, reason.as_deref(), &fit)?;
        overlap::record(db, county, stamp, found, |_| (id, version), |_| reason.clone())?;
        warnings.extend(said);
        let effective_on = draft.properties.geometry_from.unwrap_or(stamp.today);
        ledger::land::keep_replaced(db, county, id)?;
        let new = NewVersion { feature: id.0, version, effective_on, polygon };
        geometry::insert(db, county, Collection::Plot, &[new], stamp.user, stamp.now)?;
        mapped = Some(Mapped { version, area: polygon.area, ellipsoidal_area: polygon.ellipsoidal_area });
    }
    let warning = mapped.and_then(|mapped| tolerance.check(plot.area.m2(), mapped.area));
    warnings.extend(warning);
    let approval = plot.approval;
    let after = StoredPlot { record: next(id, stamp, plot), mapped };
    write(db, county, stamp, "updatePlot", before, after, polygon.as_ref())?;
    if let Some(id) = approval {
        warnings.extend(exceeded(db, county, id)?);
    }
    Ok(warnings)
}

/// Adds one dated value.
pub(super) fn add_attribute(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    before: StoredPlot,
    new: NewAttribute,
) -> Result<(), AppError> {
    let NewAttribute { attribute, from, value } = new;
    let fault = |message| AppError::field("/value", value.clone(), message);
    match (attribute, &value) {
        (Attribute::Township, Some(code)) => {
            let code: TownshipCode = code.parse().map_err(fault)?;
            if !township::all(db, county)?.iter().any(|township| township.code == code) {
                return Err(fault(text!(
                    "本县没有登记乡镇街道 {code};请由系统管理员先登记",
                    "the county has no township {code}; an administrator enters it first"
                )));
            }
        }
        (Attribute::Township, None) => {
            return Err(fault(Text::fixed(
                "地块总在某个乡镇街道;请填代码",
                "a plot lies in some township; give its code",
            )));
        }
        (Attribute::Cause, Some(cause)) => {
            cause.parse::<Cause>().map_err(fault)?;
        }
        (Attribute::SupplyPriority, Some(priority)) => {
            priority.parse::<SupplyPriority>().map_err(fault)?;
        }
        (Attribute::Cause | Attribute::SupplyPriority, None) => {}
    }
    if let Some(fault) = in_future("/from", Some(from), stamp.today) {
        return Err(AppError::Fields(vec![fault]));
    }
    let id = before.record.id;
    let new = NewValue { plot: id, attribute, from, value };
    plot::add_attributes(db, county, vec![new], stamp.user, stamp.now)?;
    let mut plot = before.record.contents.clone();
    (plot.township, plot.cause) = newest_values(db, county, id)?;
    let mapped = before.mapped;
    // A value of an earlier day changes past balances though not the plot as it is today.
    write(db, county, stamp, "addPlotAttribute", before, StoredPlot { record: next(id, stamp, plot), mapped }, None)
}

/// The record's next version; [`write`] counts it.
fn next(id: PlotId, stamp: Stamp, contents: Plot) -> Record<PlotId, Plot> {
    Record { id, version: 0, contents, recorded_at: stamp.now, recorded_by: stamp.user }
}

/// Writes a changed plot with its place in the order of changes and in the journal; nothing if it is the same.
fn write(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    operation: &'static str,
    before: StoredPlot,
    mut after: StoredPlot,
    polygon: Option<&CheckedPolygon>,
) -> Result<(), AppError> {
    let (was, is) = (&before.record.contents, &after.record.contents);
    let dated = operation == "addPlotAttribute";
    if !dated && was == is && before.mapped == after.mapped {
        return Ok(());
    }
    let regroups = dated
        || was.approval != is.approval
        || was.approved_project != is.approved_project
        || was.projects != is.projects
        || was.township != is.township
        || was.cause != is.cause;
    let changed_no = if regroups { Some(counties::next_plots_version(db, county)?) } else { None };
    after.record.version = before.record.version + 1;
    plot::update(db, county, &after, changed_no)?;
    render(db, county, &before, &after, polygon)?;
    let version = |plot: &StoredPlot| plot.mapped.map_or(0, |mapped| mapped.version);
    let facts = |plot| Facts { plot, geometry_version: 0 };
    let mut old = facts(&before.record.contents);
    old.geometry_version = version(&before);
    let mut new = facts(&after.record.contents);
    new.geometry_version = version(&after);
    let entry = entry(stamp, operation, Collection::Plot, after.record.id.0, Some(&old), &new);
    journal::append(db, county, vec![entry])?;
    Ok(())
}

/// Renders what shows the plot.
fn render(
    db: &mut Db,
    county: County,
    before: &StoredPlot,
    after: &StoredPlot,
    polygon: Option<&CheckedPolygon>,
) -> Result<(), AppError> {
    features::put_plots(db, county, &[(after, polygon)])?;
    if polygon.is_some() {
        features::residuals_after(db, county, &[after.record.id])?;
    } else {
        features::touch_residuals(db, county, &[after])?;
    }
    let (was, is) = (before.record.contents.approval, after.record.contents.approval);
    if was == is && polygon.is_none() {
        return Ok(());
    }
    let mut approvals: Vec<i64> = [was, is].into_iter().flatten().map(|id| id.0).collect();
    approvals.dedup();
    features::put_approvals(db, county, &approvals)
}

/// Refuses a recorded area below what vouchers have entered under the plot.
fn area_holds_what_entered(db: &mut Db, county: County, id: PlotId, was: &Plot, is: &Plot) -> Result<(), AppError> {
    let area = is.area.m2();
    if area >= was.area.m2() {
        return Ok(());
    }
    let entered = plot::entered(db, county, id)?;
    if area >= entered {
        return Ok(());
    }
    Err(AppError::Conflict(text!(
        "地块已入账 {entered} 平方米,登记面积不能改为 {area} 平方米;面积记错的请先用“更正”凭证冲减入账面积,实测差异请用“实测差异”凭证",
        "{entered} m² have entered the ledger under this plot, so its recorded area cannot become {area} m²; take back what was wrong by a correction first, or post a survey difference"
    )))
}

/// Refuses another approval of another day while vouchers rest on the day.
fn approval_may_change(db: &mut Db, county: County, id: PlotId, was: &Plot, is: &Plot) -> Result<(), AppError> {
    if was.approval == is.approval || !plot::holds_land(db, county, id)? {
        return Ok(());
    }
    let ids: Vec<i64> = [was.approval, is.approval].into_iter().flatten().map(|id| id.0).collect();
    let approvals = approval::by_ids(db, county, &ids)?;
    let day = |id: Option<ApprovalId>| {
        approvals.iter().find(|approval| Some(approval.id) == id).map(|approval| approval.contents.approved_on)
    };
    if day(was.approval) == day(is.approval) {
        return Ok(());
    }
    Err(AppError::Conflict(text!(
        "地块已按原批文入账,不能改为另一日期的批文;请先用“更正”凭证冲回相关凭证,改正批文后再入账",
        "vouchers rest on the day of the plot's approval; take them back by corrections first, then change the approval and post them anew"
    )))
}

/// The dated values a change asks for. What is left out stays; what changes needs its day.
fn new_values(id: PlotId, was: &Plot, is: &Plot, from: Option<NaiveDate>) -> Result<Vec<NewValue>, AppError> {
    let changed = [
        (Attribute::Township, "/township", was.township.map(|v| v.to_string()), is.township.map(|v| v.to_string())),
        (Attribute::Cause, "/cause", was.cause.map(|v| v.to_string()), is.cause.map(|v| v.to_string())),
    ];
    let mut values = Vec::new();
    let mut faults = Vec::new();
    for (attribute, pointer, was, is) in changed {
        if is.is_none() || is == was {
            continue;
        }
        match from {
            Some(from) => values.push(NewValue { plot: id, attribute, from, value: is }),
            None => faults.push(FieldError {
                pointer: pointer.to_owned(),
                value: is,
                message: text!(
                    "“{attribute:#}”按日期记载;请填 attributes_from(自哪一天起)",
                    "{attribute} is kept by day; give attributes_from, the day from which it holds"
                ),
            }),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(AppError::Fields(faults)) }
}

/// Township and cause as of the last day that has a value.
fn newest_values(db: &mut Db, county: County, id: PlotId) -> Result<(Option<TownshipCode>, Option<Cause>), AppError> {
    let values = plot::attributes(db, county, id)?;
    let newest = |attribute| {
        // In order of days, and within a day as recorded.
        values.iter().rfind(|value| value.attribute == attribute).and_then(|value| value.value.as_deref())
    };
    let corrupt = |error: Text| crate::storage::db::StorageError::corrupt(format!("attributes of plot {id}"), error.en);
    let township = newest(Attribute::Township).map(str::parse).transpose().map_err(corrupt)?;
    let cause = newest(Attribute::Cause).map(str::parse).transpose().map_err(corrupt)?;
    Ok((township, cause))
}

fn exceeded(db: &mut Db, county: County, id: ApprovalId) -> Result<Option<Warning>, AppError> {
    let sum = plot::approved_area(db, county, &[id.0])?.remove(&id).unwrap_or(AreaM2::ZERO);
    let approval = approval::by_id(db, county, id)?;
    Ok(approval.and_then(|of| approval_exceeded(of.contents.number.as_str(), of.contents.area(), sum)))
}
