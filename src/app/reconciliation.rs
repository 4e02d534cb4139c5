//! The list of differences between map and books: found, assigned, explained; and how much is on the map.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Stamp, entry, known_county};
use crate::domain::codes::TownshipCode;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::kind::Role;
use crate::domain::monitoring::MonitoringCounts;
use crate::domain::reconciliation::{
    ComparedWith, Difference, DifferenceKind, DifferenceNoteBody, DifferenceResolution, DifferenceStatus, Facts,
    Figures, Mapping, Note, Tolerances, status,
};
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, UserId};
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::reconciliation::{self as rows, Candidates};
use crate::storage::{account, journal, names};

/// Who may own a difference: those who work on the books.
const OWNERS: &[Role] = &[Role::Clerk, Role::Reviewer, Role::Approver];

/// Which differences are asked for. Mended ones are shown only where their status is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifferenceFilter {
    pub with: Option<ComparedWith>,
    pub kind: Option<DifferenceKind>,
    pub status: Option<DifferenceStatus>,
    pub township: Option<TownshipCode>,
    pub approval: Option<ApprovalId>,
    pub owner: Option<UserId>,
}

/// A difference as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceRow {
    pub difference: Difference,
    /// None: what it was found at is gone.
    pub facts: Option<Facts>,
    /// None: it is mended.
    pub figures: Option<Figures>,
    pub last: Option<Note>,
    pub status: DifferenceStatus,
}

/// A difference with all that was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceFile {
    pub row: DifferenceRow,
    pub notes: Vec<Note>,
}

/// How much of the county and of each township is on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingRate {
    pub townships: Vec<(Option<TownshipCode>, Option<String>, Mapping)>,
    pub total: Mapping,
}

/// A note in the journal: the whole of what holds from it on.
#[derive(Serialize)]
struct Journalled<'n> {
    difference: Difference,
    n: i64,
    owner: Option<UserId>,
    resolution: DifferenceResolution,
    reason: Option<&'n str>,
    figures: String,
}

impl<'n> Journalled<'n> {
    fn of(difference: Difference, note: &'n Note) -> Self {
        Self {
            difference,
            n: note.n,
            owner: note.owner,
            resolution: note.resolution,
            reason: note.reason.as_deref(),
            figures: hex(&note.figures),
        }
    }
}

impl DifferenceRow {
    fn of(difference: Difference, facts: Option<Facts>, last: Option<Note>, tolerances: &Tolerances) -> Self {
        let figures = facts.as_ref().and_then(|facts| facts.figures(difference.kind, tolerances));
        let digest = figures.as_ref().map(|figures| figures.digest(&difference));
        let status = status(digest.as_ref(), last.as_ref());
        Self { difference, facts, figures, last, status }
    }

    /// The owner, until it is mended too.
    pub fn owner(&self) -> Option<UserId> {
        self.last.as_ref()?.owner
    }
}

impl DifferenceFilter {
    fn admits_kind(&self, kind: DifferenceKind) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind) && self.with.is_none_or(|with| kind.with() == with)
    }

    fn admits(&self, row: &DifferenceRow) -> bool {
        let place = row.facts.as_ref().and_then(|facts| facts.place.as_ref());
        self.admits_kind(row.difference.kind)
            && self.status.map_or(row.status != DifferenceStatus::Mended, |status| row.status == status)
            && self.owner.is_none_or(|owner| row.owner() == Some(owner))
            && self.township.is_none_or(|code| place.and_then(|place| place.township) == Some(code))
            && self.approval.is_none_or(|approval| place.and_then(|place| place.approval) == Some(approval))
    }

    /// Whether whatever is asked for has been spoken of: then there are fewer notes to read than land.
    const fn asks_for_notes(&self) -> bool {
        self.owner.is_some() || matches!(self.status, Some(status) if !status.is_untouched())
    }
}

/// Looks at the differences that are asked for, in the order of their keys, until the visitor has enough.
fn walk(
    db: &mut Db,
    county: County,
    filter: &DifferenceFilter,
    after: Option<Difference>,
    tolerances: &Tolerances,
    mut visit: impl FnMut(DifferenceRow) -> ControlFlow<()>,
) -> Result<(), StorageError> {
    let mut visit_all = |rows: Vec<DifferenceRow>| {
        rows.into_iter().filter(|row| filter.admits(row)).try_for_each(&mut visit).is_break()
    };
    if filter.asks_for_notes() {
        let mut after = after;
        loop {
            let differences = rows::differences(db, county, after.as_ref())?;
            let Some(last) = differences.last() else { return Ok(()) };
            after = Some(*last);
            if visit_all(look_up(db, county, &differences, tolerances)?) {
                return Ok(());
            }
        }
    }
    for kind in DifferenceKind::ALL {
        if !filter.admits_kind(*kind) {
            continue;
        }
        let mut after = match after {
            Some(after) if after.kind > *kind => continue,
            Some(after) if after.kind == *kind => Some(after),
            _ => None,
        };
        loop {
            let asked = Candidates {
                kind: *kind,
                after: after.as_ref(),
                township: filter.township,
                approval: filter.approval,
                least: tolerances.land.area,
            };
            let found = rows::candidates(db, county, &asked)?;
            let Some(last) = found.last() else { break };
            after = Some(Difference { kind: *kind, subject: last.subject });
            let is_full = found.len() as i64 == rows::LOOK;
            if visit_all(existing(db, county, *kind, found, tolerances)?) {
                return Ok(());
            }
            if !is_full {
                break;
            }
        }
    }
    Ok(())
}

/// How many supplies stand in each of the three lists, whatever was said of them.
pub(super) fn monitoring_counts(
    db: &mut Db,
    county: County,
    tolerances: &Tolerances,
) -> Result<MonitoringCounts, StorageError> {
    let mut counts = MonitoringCounts::default();
    let filter = DifferenceFilter { with: Some(ComparedWith::Monitoring), ..DifferenceFilter::default() };
    walk(db, county, &filter, None, tolerances, |row| {
        match row.difference.kind {
            DifferenceKind::MonitoringLacks => counts.lacks += 1,
            DifferenceKind::MonitoringOnly => counts.only += 1,
            _ => counts.differs += 1,
        }
        ControlFlow::Continue(())
    })?;
    Ok(counts)
}

/// The differences that there are among candidates, with what was last said of each.
fn existing(
    db: &mut Db,
    county: County,
    kind: DifferenceKind,
    found: Vec<Facts>,
    tolerances: &Tolerances,
) -> Result<Vec<DifferenceRow>, StorageError> {
    let differing: Vec<(Difference, Facts)> = found
        .into_iter()
        .filter(|facts| facts.figures(kind, tolerances).is_some())
        .map(|facts| (Difference { kind, subject: facts.subject }, facts))
        .collect();
    let keys: Vec<Difference> = differing.iter().map(|(difference, _)| *difference).collect();
    let mut last = rows::last_notes(db, county, &keys)?;
    let row = |(difference, facts)| DifferenceRow::of(difference, Some(facts), last.remove(&difference), tolerances);
    Ok(differing.into_iter().map(row).collect())
}

/// Some differences as they stand now, mended or not.
fn look_up(
    db: &mut Db,
    county: County,
    differences: &[Difference],
    tolerances: &Tolerances,
) -> Result<Vec<DifferenceRow>, StorageError> {
    let subjects: Vec<_> = differences.iter().map(|difference| difference.subject).collect();
    let facts = rows::facts(db, county, &subjects)?;
    let mut last: HashMap<Difference, Note> = rows::last_notes(db, county, differences)?;
    let row = |difference: &Difference| {
        let facts = facts.get(&difference.subject).cloned();
        DifferenceRow::of(*difference, facts, last.remove(difference), tolerances)
    };
    Ok(differences.iter().map(row).collect())
}

/// A difference that is there or was spoken of.
fn file(
    db: &mut Db,
    county: County,
    difference: Difference,
    tolerances: &Tolerances,
) -> Result<DifferenceFile, AppError> {
    let row = look_up(db, county, &[difference], tolerances)?
        .pop()
        .filter(|row| row.figures.is_some() || row.last.is_some())
        .ok_or_else(|| {
            AppError::NotFound(text!(
                "{county} 没有差异 {difference};可能已消除,请重新读取列表",
                "county {county} has no difference {difference}; it may be mended, read the list again"
            ))
        })?;
    Ok(DifferenceFile { notes: rows::notes(db, county, &difference)?, row })
}

/// Refuses an owner who could do nothing about it.
fn can_own(db: &mut Db, county: County, owner: UserId) -> Result<(), AppError> {
    let user = account::by_id(db, owner)?.filter(|user| user.is_active);
    let grants = account::standing_grants(db, &[owner.0])?.remove(&owner).unwrap_or_default();
    let works_here = |role: Role, covers: bool| covers && OWNERS.contains(&role);
    let may = grants.iter().any(|granted| works_here(granted.grant.role, granted.grant.prefix.covers(county)));
    if user.is_some() && may {
        return Ok(());
    }
    Err(AppError::field(
        "/owner",
        Some(owner.to_string()),
        text!(
            "该用户不存在、已停用或在 {county} 没有经办、审核、审批角色;请指派有此角色的人",
            "no such user, or not active, or neither clerk, reviewer nor approver in county {county}; assign one who is"
        ),
    ))
}

impl App {
    /// One page of the differences: at most `limit`, after one of them.
    pub fn differences(
        &self,
        county: County,
        filter: &DifferenceFilter,
        after: Option<Difference>,
        limit: usize,
    ) -> Result<Vec<DifferenceRow>, AppError> {
        let tolerances = self.tolerances(county, self.clock.today())?;
        let mut found = Vec::new();
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            walk(db, county, filter, after, &tolerances, |row| {
                found.push(row);
                if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })
            .map_err(AppError::from)
        })?;
        Ok(found)
    }

    /// How many differences there are of each kind and status. Without a status asked for, mended ones are counted too.
    pub fn count_differences(
        &self,
        county: County,
        filter: &DifferenceFilter,
    ) -> Result<BTreeMap<(DifferenceKind, DifferenceStatus), i64>, AppError> {
        let tolerances = self.tolerances(county, self.clock.today())?;
        let mut counts = BTreeMap::new();
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let mended = DifferenceFilter { status: Some(DifferenceStatus::Mended), ..*filter };
            let passes = if filter.status.is_none() { &[*filter, mended][..] } else { &[*filter][..] };
            for pass in passes {
                walk(db, county, pass, None, &tolerances, |row| {
                    *counts.entry((row.difference.kind, row.status)).or_default() += 1;
                    ControlFlow::Continue(())
                })?;
            }
            Ok::<_, AppError>(())
        })?;
        Ok(counts)
    }

    /// One difference with its history. What is mended is there as long as something was said of it.
    pub fn difference(&self, county: County, difference: Difference) -> Result<DifferenceFile, AppError> {
        let tolerances = self.tolerances(county, self.clock.today())?;
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            file(db, county, difference, &tolerances)
        })
    }

    /// Assigns a difference, says what was found, or both.
    pub fn add_reconciliation_note(
        &self,
        caller: &Caller,
        county: County,
        difference: Difference,
        sent: DifferenceNoteBody,
    ) -> Result<DifferenceFile, AppError> {
        let stamp = self.stamp(caller);
        let tolerances = self.tolerances(county, stamp.today)?;
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let before = file(db, county, difference, &tolerances)?;
            let note = next_note(&before, &sent, stamp)?;
            if let Some(owner) = sent.owner {
                can_own(db, county, UserId(owner))?;
            }
            rows::append(db, county, &difference, &note)?;
            let last = before.row.last.as_ref().map(|last| Journalled::of(difference, last));
            let entry = entry(
                stamp,
                "addReconciliationNote",
                Collection::Reconciliation,
                difference.subject.record(),
                last.as_ref(),
                &Journalled::of(difference, &note),
            );
            journal::append(db, county, vec![entry])?;
            file(db, county, difference, &tolerances)
        })
    }

    /// How much of the county is on the map now.
    pub fn mapping_rate(&self, county: County) -> Result<MappingRate, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let names = names::townships(db, county)?;
            let named = |code: Option<TownshipCode>| names.get(&i32::try_from(code?.get()).ok()?).cloned();
            let townships: Vec<_> =
                rows::mapping(db, county)?.into_iter().map(|(code, mapping)| (code, named(code), mapping)).collect();
            let total = townships.iter().map(|(.., mapping)| *mapping).sum();
            Ok(MappingRate { townships, total })
        })
    }
}

/// The note that is to be kept, or why nothing is.
fn next_note(before: &DifferenceFile, sent: &DifferenceNoteBody, stamp: Stamp) -> Result<Note, AppError> {
    let DifferenceRow { difference, ref figures, ref last, status, .. } = before.row;
    let newest = last.as_ref().map_or(0, |last| last.n);
    if sent.version != newest {
        return Err(AppError::Stale { newest });
    }
    let Some(figures) = figures.as_ref().map(|figures| figures.digest(&difference)) else {
        return Err(AppError::Conflict(Text::fixed(
            "差异已消除,不必再处理",
            "the difference is mended; there is nothing left to say of it",
        )));
    };
    if sent.figures.as_str() != hex(&figures) {
        return Err(AppError::Conflict(Text::fixed(
            "数据在读取之后已变;请重新读取,照新的数据处理",
            "the figures have changed since they were read; read them again and judge those",
        )));
    }
    let (owner, resolution) = sent.after(status, last.as_ref());
    let reason = sent.reason.as_ref().map(ToString::to_string);
    Ok(Note { n: newest + 1, owner, resolution, reason, figures, user: stamp.user, at: stamp.now })
}
