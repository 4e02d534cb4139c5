//! Whether the ledger takes a voucher: a pure function of the voucher and what is known of its plots.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::encumbrance::{Burden, Restraints};
use crate::domain::geometry::tolerance::Tolerance;
use crate::domain::idle_case::clock::Clocks;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::land::LandTolerance;
use crate::domain::ledger::refused::Refused;
use crate::domain::ledger::voucher::{Flag, Holding, LINES_MAX, Line, Voucher};
use crate::domain::plot::AreaTolerance;
use crate::domain::policy::{NotInForce, Policy, keys};
use crate::domain::quantity::{AreaM2, Ratio};
use crate::domain::region::{ParcelId, PlotId};

/// What the ledger must know of a plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotFacts {
    /// The recorded area: the figure of the approval.
    pub recorded: AreaM2,
    /// The approval's day and authority; none for opening and existing state land.
    pub approval: Option<(NaiveDate, String)>,
}

/// A line that was posted before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub seq: i64,
    pub kind: Kind,
    pub effective_on: NaiveDate,
    pub line: Line,
}

/// The voucher that a correction names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    pub kind: Kind,
    pub effective_on: NaiveDate,
    /// Set if it is itself a correction.
    pub corrects: Option<i64>,
    /// Its lines, and after them those of its earlier corrections.
    pub lines: Vec<Line>,
}

/// What is known when a voucher is decided.
#[derive(Debug)]
pub struct Context<'a> {
    pub today: NaiveDate,
    pub plots: &'a HashMap<PlotId, PlotFacts>,
    pub parcels: &'a HashSet<ParcelId>,
    /// Attachments that lie in the store, of those the voucher names.
    pub attachments: &'a HashSet<String>,
    /// Every posted line that touches a plot of the voucher, in any order.
    pub moved: &'a [Moved],
    /// The voucher named by `corrects`, if there is one of that number.
    pub corrected: Option<&'a Corrected>,
    /// Last day of the last closed month.
    pub closed_through: Option<NaiveDate>,
    /// An approver stands behind it.
    pub approved: bool,
    pub survey_cap: SurveyCap,
    /// What rests on the parcels of the voucher, for the kinds of voucher that it may keep back.
    pub burdens: &'a [Burden],
    pub restraints: Restraints,
    /// Recovered land of the voucher's plots whose former user may still ask for it, where the voucher supplies some.
    pub contested: &'a [Contested],
}

/// Recovered land that may not be offered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    pub plot: PlotId,
    /// The number of the case of idle land.
    pub case: String,
    /// The last day on which a remedy may be sought; none while one runs.
    pub until: Option<NaiveDate>,
}

/// What the policy of a day tolerates on the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Margins {
    pub survey: SurveyCap,
    pub land: LandTolerance,
    pub restraints: Restraints,
    /// The periods of remedies, which recovered land waits for.
    pub clocks: Clocks,
}

impl Margins {
    /// The margins in force on a day.
    pub fn on(policy: &Policy, day: NaiveDate) -> Result<Self, NotInForce> {
        let survey = SurveyCap {
            share: policy.on(&keys::LEDGER_SURVEY_DIFFERENCE_SHARE_MAX, day)?.value,
            area: policy.on(&keys::LEDGER_SURVEY_DIFFERENCE_AREA_MAX, day)?.value,
        };
        let land = LandTolerance { fit: Tolerance::on(policy, day)?.0, area: AreaTolerance::on(policy, day)? };
        Ok(Self { survey, land, restraints: Restraints::on(policy, day)?, clocks: Clocks::on(policy, day)? })
    }
}

/// What the survey differences of one plot may come to: neither the share nor the area is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SurveyCap {
    /// Of the plot's recorded area.
    pub share: Ratio,
    pub area: AreaM2,
}

impl SurveyCap {
    /// The cap of a plot, rounded down to the ledger's cm².
    fn of(self, recorded: AreaM2) -> AreaM2 {
        // A share is below one, so that the product has the digits of an area once it is cut.
        let exact = self.share.get() * recorded.get();
        AreaM2::new(exact.trunc_with_scale(AreaM2::SCALE)).unwrap_or(recorded).min(self.area)
    }
}

/// A voucher that may be posted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    pub flags: Vec<Flag>,
    pub late: bool,
    /// What each holding gains or loses, each holding once.
    pub changes: BTreeMap<Holding, AreaM2>,
}

/// Decides one voucher. Refusals are reported in the order of [`Refused`].
pub fn decide(voucher: &Voucher, context: &Context<'_>) -> Result<Accepted, Refused> {
    lines_have_the_form(voucher)?;
    particulars_are_there(voucher)?;
    documents_are_there(voucher, context)?;
    if voucher.effective_on > context.today {
        return Err(Refused::InFuture { effective_on: voucher.effective_on, today: context.today });
    }
    references_exist(voucher, context)?;
    let mut flags = Vec::new();
    days_follow_the_approval(voucher, context, &mut flags)?;
    parcels_are_free(voucher, context)?;
    land_may_be_offered(voucher, context)?;
    correction_fits(voucher, context)?;
    areas_stay_within_the_plot(voucher, context)?;
    let changes = no_day_goes_negative(voucher, context)?;

    let late = context.closed_through.is_some_and(|closed| voucher.effective_on <= closed);
    if late {
        if let (false, Some(closed_through)) = (context.approved, context.closed_through) {
            return Err(Refused::ClosedMonth { closed_through });
        }
        flags.push(Flag::Late);
    }
    if voucher.historical {
        flags.push(Flag::Historical);
    }
    Ok(Accepted { flags, late, changes })
}

/// The shape of the lines, by the table of kinds. A correction's moves are judged against what it corrects.
fn lines_have_the_form(voucher: &Voucher) -> Result<(), Refused> {
    let kind = voucher.kind;
    match (kind, voucher.lines.len()) {
        (Kind::ContractSuccession, 0) => return Ok(()),
        (Kind::ContractSuccession, _) => return Err(Refused::LinesNotAllowed { kind }),
        (_, 0) => return Err(Refused::NoLines { kind }),
        (_, count) if count > LINES_MAX => return Err(Refused::TooManyLines { count }),
        _ => {}
    }
    for (line, Line { from, to, area }) in voucher.lines.iter().enumerate() {
        if !area.is_positive() {
            return Err(Refused::AreaNotPositive { line });
        }
        if from == to {
            return Err(Refused::SameHolding { line });
        }
        if kind != Kind::Correction {
            if !kind.moves().contains(&(from.account, to.account)) {
                return Err(Refused::MoveNotAllowed { line, kind, from: from.account, to: to.account });
            }
            if from.plot != to.plot && !kind.moves_between_plots() {
                return Err(Refused::PlotChanged { line });
            }
        }
        for side in [from, to] {
            match (side.account.has_parcel(), side.parcel) {
                (true, None) => return Err(Refused::ParcelMissing { line, account: side.account }),
                (false, Some(_)) => return Err(Refused::ParcelNotAllowed { line, account: side.account }),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The members that belong to one kind and no other.
fn particulars_are_there(voucher: &Voucher) -> Result<(), Refused> {
    let kind = voucher.kind;
    match (kind == Kind::Supply, voucher.method) {
        (true, None) => return Err(Refused::MethodMissing),
        (false, Some(_)) => return Err(Refused::MethodNotAllowed { kind }),
        _ => {}
    }
    match (kind == Kind::WrittenOff, voucher.write_off) {
        (true, None) => return Err(Refused::WriteOffMissing),
        (false, Some(_)) => return Err(Refused::WriteOffNotAllowed { kind }),
        _ => {}
    }
    match (kind == Kind::Correction, voucher.corrects) {
        (true, None) => Err(Refused::CorrectsMissing),
        (false, Some(_)) => Err(Refused::CorrectsNotAllowed { kind }),
        _ => Ok(()),
    }
}

/// The outside documents of the four-eyes matrix.
///
/// An opening balance may lack papers that were lost: it is marked historical, recorded and flagged.
fn documents_are_there(voucher: &Voucher, context: &Context<'_>) -> Result<(), Refused> {
    let (kind, document, duty) = (voucher.kind, &voucher.document, voucher.kind.duty());
    if duty.document {
        if document.number.is_none() {
            return Err(Refused::DocumentNumberMissing { kind });
        }
        if document.authority.is_none() {
            return Err(Refused::DocumentAuthorityMissing { kind });
        }
    }
    if let Some(dated) = document.dated.filter(|dated| *dated > context.today) {
        return Err(Refused::DocumentInFuture { dated, today: context.today });
    }
    if duty.attachment && document.attachments.is_empty() {
        return Err(Refused::AttachmentMissing { kind });
    }
    match document.attachments.iter().find(|sha256| !context.attachments.contains(*sha256)) {
        Some(sha256) => Err(Refused::AttachmentUnknown { sha256: sha256.clone() }),
        None => Ok(()),
    }
}

fn references_exist(voucher: &Voucher, context: &Context<'_>) -> Result<(), Refused> {
    for (line, Line { from, to, .. }) in voucher.lines.iter().enumerate() {
        for side in [from, to] {
            if !context.plots.contains_key(&side.plot) {
                return Err(Refused::UnknownPlot { line, plot: side.plot });
            }
            if let Some(parcel) = side.parcel.filter(|parcel| !context.parcels.contains(parcel)) {
                return Err(Refused::UnknownParcel { line, parcel });
            }
        }
    }
    Ok(())
}

/// An act follows the approval of its land; what did not is history to be looked into.
fn days_follow_the_approval(voucher: &Voucher, context: &Context<'_>, flags: &mut Vec<Flag>) -> Result<(), Refused> {
    let day = voucher.effective_on;
    for Line { from, to, .. } in &voucher.lines {
        for plot in [from.plot, to.plot] {
            let facts = &context.plots[&plot];
            let Some((approved_on, authority)) = &facts.approval else {
                if voucher.kind == Kind::Approve {
                    return Err(Refused::NoApproval { plot });
                }
                continue;
            };
            if voucher.kind == Kind::Approve && day != *approved_on && !voucher.historical {
                return Err(Refused::NotApprovalDay { plot, approved_on: *approved_on });
            }
            if day < *approved_on {
                if voucher.kind != Kind::Opening && !voucher.historical {
                    return Err(Refused::BeforeApproval { plot, approved_on: *approved_on });
                }
                if !flags.contains(&Flag::BeforeApproval) {
                    flags.push(Flag::BeforeApproval);
                }
            }
            if voucher.kind == Kind::WrittenOff && voucher.document.authority.as_deref() != Some(authority) {
                return Err(Refused::WrongAuthority { plot, authority: authority.clone() });
            }
        }
    }
    Ok(())
}

/// No mortgage or seizure that stands on the day of the act keeps it back.
fn parcels_are_free(voucher: &Voucher, context: &Context<'_>) -> Result<(), Refused> {
    let blocks = |burden: &&Burden| burden.blocks(voucher.kind, voucher.effective_on, context.restraints);
    for burden in context.burdens.iter().filter(blocks) {
        let of = |side: &Holding| side.parcel == Some(burden.parcel);
        if let Some(line) = voucher.lines.iter().position(|line| of(&line.from) || of(&line.to)) {
            let Burden { parcel, kind: by, number, from, .. } = burden.clone();
            return Err(Refused::Encumbered { line, parcel, by, number, from });
        }
    }
    Ok(())
}

/// Recovered land is not supplied anew while a remedy against the recovery may be sought or runs.
///
/// Which part of a plot's recovered land is contested the ledger does not know by its areas, so all of it waits.
fn land_may_be_offered(voucher: &Voucher, context: &Context<'_>) -> Result<(), Refused> {
    if voucher.kind != Kind::Supply {
        return Ok(());
    }
    for (line, Line { from, .. }) in voucher.lines.iter().enumerate() {
        let contested = context.contested.iter().find(|of| of.plot == from.plot);
        if let (Account::Recovered, Some(Contested { plot, case, until })) = (from.account, contested) {
            return Err(Refused::Contested { line, plot: *plot, case: case.clone(), until: *until });
        }
    }
    Ok(())
}

/// A correction takes back what its original moved, in whole or in part, or adds a move the original's kind allows.
fn correction_fits(voucher: &Voucher, context: &Context<'_>) -> Result<(), Refused> {
    let Some(seq) = voucher.corrects else { return Ok(()) };
    let original = context.corrected.ok_or(Refused::CorrectsUnknown { seq })?;
    if let Some(first) = original.corrects {
        return Err(Refused::CorrectsCorrection { seq, original: first });
    }
    if voucher.effective_on != original.effective_on {
        return Err(Refused::CorrectionDay { seq, effective_on: original.effective_on });
    }
    let mut net: HashMap<(Holding, Holding), AreaM2> = HashMap::new();
    for line in &original.lines {
        move_net(&mut net, line);
    }
    for (number, line) in voucher.lines.iter().enumerate() {
        let back = net.get(&(line.to, line.from)).copied().filter(|moved| moved.is_positive());
        match back {
            Some(moved) if line.area > moved => {
                return Err(Refused::CorrectionExceeds { line: number, seq, moved });
            }
            Some(_) => {}
            None => {
                let kind = original.kind;
                let allowed = kind.moves().contains(&(line.from.account, line.to.account))
                    && (line.from.plot == line.to.plot || kind.moves_between_plots());
                if !allowed {
                    return Err(Refused::CorrectionMove { line: number, seq });
                }
            }
        }
        move_net(&mut net, line);
    }
    Ok(())
}

/// Adds a line to what its pair of holdings has moved; a line back takes from the pair it reverses.
fn move_net(net: &mut HashMap<(Holding, Holding), AreaM2>, line: &Line) {
    let back = (line.to, line.from);
    match net.get_mut(&back) {
        Some(moved) if *moved >= line.area => *moved = *moved - line.area,
        _ => {
            let moved = net.entry((line.from, line.to)).or_default();
            *moved = *moved + line.area;
        }
    }
}

/// What enters a plot stays within its recorded area, and survey differences within their cap.
fn areas_stay_within_the_plot(voucher: &Voucher, context: &Context<'_>) -> Result<(), Refused> {
    let kind = voucher.kind;
    if !matches!(kind, Kind::Approve | Kind::Opening | Kind::SurveyDifference) {
        return Ok(());
    }
    let surveys = kind == Kind::SurveyDifference;
    let mut entered: HashMap<PlotId, AreaM2> = HashMap::new();
    let posted = context.moved.iter().filter(|m| (m.kind == Kind::SurveyDifference) == surveys).map(|m| &m.line);
    for line in posted.chain(&voucher.lines) {
        let sign = match (line.from.account, line.to.account) {
            (Account::Outside, _) => line.area,
            (_, Account::Outside) => -line.area,
            _ => continue,
        };
        let area = entered.entry(line.to.plot).or_default();
        *area = *area + sign;
    }
    for line in &voucher.lines {
        let plot = line.to.plot;
        let (recorded, entered) = (context.plots[&plot].recorded, entered[&plot]);
        if surveys {
            let cap = context.survey_cap.of(recorded);
            if entered > cap || -entered > cap {
                return Err(Refused::SurveyCap { plot, cap, differences: entered });
            }
        } else if entered > recorded {
            return Err(Refused::PlotAreaExceeded { plot, recorded, entered });
        }
    }
    Ok(())
}

/// The invariant of the ledger: no holding is negative at the end of any day, from the voucher's day on.
fn no_day_goes_negative(voucher: &Voucher, context: &Context<'_>) -> Result<BTreeMap<Holding, AreaM2>, Refused> {
    let mut changes: BTreeMap<Holding, AreaM2> = BTreeMap::new();
    for line in &voucher.lines {
        for (holding, change) in [(line.from, -line.area), (line.to, line.area)] {
            let sum = changes.entry(holding).or_default();
            *sum = sum.checked_add(change).map_err(|_| Refused::TooLarge { holding })?;
        }
    }
    changes.retain(|_, change| !change.is_zero());

    let mut days: HashMap<Holding, BTreeMap<NaiveDate, AreaM2>> =
        changes.iter().map(|(holding, change)| (*holding, BTreeMap::from([(voucher.effective_on, *change)]))).collect();
    for moved in context.moved {
        for (holding, change) in [(moved.line.from, -moved.line.area), (moved.line.to, moved.line.area)] {
            if let Some(days) = days.get_mut(&holding) {
                let sum = days.entry(moved.effective_on).or_default();
                *sum = sum.checked_add(change).map_err(|_| Refused::TooLarge { holding })?;
            }
        }
    }
    // Of all holdings that would fall below zero, the one that does so first is reported.
    let mut first: Option<Refused> = None;
    let mut first_day = NaiveDate::MAX;
    for (holding, change) in &changes {
        let mut balance = AreaM2::ZERO;
        for (day, sum) in &days[holding] {
            balance = balance.checked_add(*sum).map_err(|_| Refused::TooLarge { holding: *holding })?;
            if balance.is_negative() && holding.account != Account::Outside {
                if *day < first_day {
                    first_day = *day;
                    let held = balance - *change;
                    first = Some(Refused::Overdrawn { holding: *holding, on: *day, held, missing: -balance });
                }
                break;
            }
        }
    }
    first.map_or(Ok(changes), Err)
}
