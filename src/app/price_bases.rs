//! 价格标底: drafted, reviewed, issued and opened; read by two roles, every reading kept.

use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Stamp, based_on, entry, in_future, known_county, missing};
use crate::domain::input;
use crate::domain::ledger::kind::Role;
use crate::domain::policy::Policy;
use crate::domain::price_base::{
    BaseAction, BaseStanding, BaseState, OpeningBody, PriceBaseBody, SEALED, cannot_issue, step,
};
use crate::domain::record::Collection;
use crate::domain::region::{County, PlotId};
use crate::domain::rules::calculation::price_base::{PriceBaseAnswer, calculate};
use crate::domain::rules::calculation::{Detail, Refusal};
use crate::domain::text::Text;
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::listing::Listed;
pub use crate::storage::price_base::{BaseEvent, BasePage, StoredBase};
use crate::storage::{journal, plot, price_base as rows};

/// A price base with what was done with it; its figures only for whoever may read them.
#[derive(Debug, Clone)]
pub struct BaseFile {
    pub base: StoredBase,
    pub events: Vec<BaseEvent>,
    /// Whether body and findings may be shown.
    pub is_shown: bool,
}

/// What the journal keeps: that something was done, and no figure.
#[derive(Serialize)]
struct Journalled {
    plot: PlotId,
    state: BaseState,
    action: BaseAction,
}

/// The announcement that opened a base.
#[derive(Serialize, serde::Deserialize)]
pub struct Announcement {
    pub number: String,
    pub announced_on: chrono::NaiveDate,
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fields(faults) => Self::Fields(
                faults
                    .into_iter()
                    .map(|fault| input::FieldError { pointer: format!("/terms{}", fault.pointer), ..fault })
                    .collect(),
            ),
            Refusal::NotInForce(not_in_force) => Self::CannotDecide(not_in_force.text()),
        }
    }
}

/// The sealed body of a base, read back.
pub fn body_of(base: &StoredBase) -> Result<PriceBaseBody, AppError> {
    input::read(base.body.as_bytes()).map_err(|_: Vec<input::FieldError>| {
        StorageError::corrupt(format!("price base {}", base.id), "its body cannot be read").into()
    })
}

fn judged(
    body: &PriceBaseBody,
    policy: &Policy,
    today: chrono::NaiveDate,
) -> Result<(PriceBaseAnswer, String), AppError> {
    let answer = calculate(&body.terms, policy, today, Detail::Findings)?;
    let json =
        serde_json::to_string(&answer).map_err(|error| StorageError::corrupt("the findings of a base", error))?;
    Ok((answer, json))
}

fn standing<'a>(base: &StoredBase, caller: &Caller, roles: &'a [Role]) -> BaseStanding<'a> {
    let StoredBase { state, proposer, reviewer, .. } = *base;
    BaseStanding { state, proposer, reviewer, actor: caller.user, roles }
}

fn roles(caller: &Caller, county: County) -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| caller.has(*role, county)).collect()
}

/// Keeps what was done, in the base's own history and in the county's journal.
fn keep(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    base: &StoredBase,
    (operation, action): (&'static str, BaseAction),
    comment: Option<String>,
) -> Result<(), AppError> {
    rows::note(db, county, base.id, &BaseEvent { action, user: stamp.user, comment, at: stamp.now })?;
    let facts = Journalled { plot: base.plot, state: base.state, action };
    journal::append(db, county, vec![entry(stamp, operation, Collection::PriceBase, base.id, None, &facts)])?;
    Ok(())
}

fn found(db: &mut Db, county: County, id: i64) -> Result<StoredBase, AppError> {
    known_county(db, county)?;
    rows::by_id(db, county, id)?.ok_or_else(|| missing(Collection::PriceBase, county, id))
}

fn file(db: &mut Db, county: County, base: StoredBase, is_shown: bool) -> Result<BaseFile, AppError> {
    Ok(BaseFile { events: rows::events(db, county, base.id)?, base, is_shown })
}

/// Faults of a body against the books and the day.
fn check(db: &mut Db, county: County, stamp: Stamp, body: &PriceBaseBody) -> Result<(), AppError> {
    let mut faults: Vec<input::FieldError> =
        in_future("/appraised_as_of", Some(body.appraised_as_of), stamp.today).into_iter().collect();
    if plot::by_id(db, county, PlotId(body.plot))?.is_none() {
        let message = missing(Collection::Plot, county, body.plot);
        let AppError::NotFound(message) = message else { return Err(message) };
        faults.push(input::FieldError { pointer: "/plot".to_owned(), value: Some(body.plot.to_string()), message });
    }
    if faults.is_empty() { Ok(()) } else { Err(AppError::Fields(faults)) }
}

impl App {
    /// Drafts a base.
    pub fn draft_price_base(
        &self,
        caller: &Caller,
        county: County,
        text: String,
        body: PriceBaseBody,
    ) -> Result<BaseFile, AppError> {
        let (stamp, policy) = (self.stamp(caller), self.policy(county)?);
        let (_, findings) = judged(&body, &policy, stamp.today)?;
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            check(db, county, stamp, &body)?;
            let base = StoredBase {
                id: rows::next_id(db, county)?,
                plot: PlotId(body.plot),
                state: BaseState::Draft,
                proposer: stamp.user,
                reviewer: None,
                issuer: None,
                body: text,
                findings,
                announcement: None,
                version: 1,
                created_at: stamp.now,
                changed_at: stamp.now,
            };
            rows::insert(db, county, &base)?;
            keep(db, county, stamp, &base, ("draftPriceBase", BaseAction::Draft), None)?;
            file(db, county, base, true)
        })
    }

    /// Replaces the body of a draft.
    pub fn revise_price_base(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        text: String,
        body: PriceBaseBody,
    ) -> Result<BaseFile, AppError> {
        let (stamp, policy, caller) = (self.stamp(caller), self.policy(county)?, caller.clone());
        let (_, findings) = judged(&body, &policy, stamp.today)?;
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            based_on(version, before.version)?;
            let roles = roles(&caller, county);
            let state = step(standing(&before, &caller, &roles), BaseAction::Revise)?;
            check(db, county, stamp, &body)?;
            let after = StoredBase {
                plot: PlotId(body.plot),
                state,
                body: text,
                findings,
                version: before.version + 1,
                changed_at: stamp.now,
                ..before
            };
            rows::update(db, county, &after)?;
            keep(db, county, stamp, &after, ("revisePriceBase", BaseAction::Revise), None)?;
            file(db, county, after, true)
        })
    }

    /// Takes a step on a base: reviewed, issued, returned or withdrawn.
    pub fn step_price_base(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        (operation, action): (&'static str, BaseAction),
        comment: Option<String>,
    ) -> Result<BaseFile, AppError> {
        let (stamp, policy, caller) = (self.stamp(caller), self.policy(county)?, caller.clone());
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            based_on(version, before.version)?;
            let roles = roles(&caller, county);
            let state = step(standing(&before, &caller, &roles), action)?;
            let mut after = StoredBase { state, version: before.version + 1, changed_at: stamp.now, ..before };
            match action {
                BaseAction::Review => after.reviewer = Some(stamp.user),
                BaseAction::Return => after.reviewer = None,
                BaseAction::Issue => {
                    let has_reviewed =
                        |event: &BaseEvent| event.action == BaseAction::Review && event.user == stamp.user;
                    if rows::events(db, county, id)?.iter().any(has_reviewed) {
                        return Err(AppError::Forbidden(Text::fixed(
                            "审核过该标底的人不能出具",
                            "who has reviewed this base does not issue it, even if it was returned since",
                        )));
                    }
                    // The law of the day of issue decides, not that of the draft.
                    let mut body = body_of(&after)?;
                    body.terms.on = Some(stamp.today);
                    let (answer, findings) = judged(&body, &policy, stamp.today)?;
                    let reasons = cannot_issue(&body, &answer, stamp.today);
                    if !reasons.is_empty() {
                        return Err(AppError::Conflict(joined(&reasons)));
                    }
                    (after.issuer, after.findings) = (Some(stamp.user), findings);
                }
                _ => {}
            }
            rows::update(db, county, &after)?;
            keep(db, county, stamp, &after, (operation, action), comment)?;
            file(db, county, after, true)
        })
    }

    /// Opens a base: from now on its figures are shown to everybody who reads the county's books.
    pub fn open_price_base(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: OpeningBody,
    ) -> Result<BaseFile, AppError> {
        let (stamp, caller) = (self.stamp(caller), caller.clone());
        if let Some(fault) = in_future("/announced_on", Some(sent.announced_on), stamp.today) {
            return Err(AppError::Fields(vec![fault]));
        }
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            based_on(sent.version, before.version)?;
            let roles = roles(&caller, county);
            let state = step(standing(&before, &caller, &roles), BaseAction::Open)?;
            let announcement =
                Announcement { number: sent.announcement_no.as_str().to_owned(), announced_on: sent.announced_on };
            let json = serde_json::to_string(&announcement)
                .map_err(|error| StorageError::corrupt("an announcement", error))?;
            let after = StoredBase {
                state,
                announcement: Some(json),
                version: before.version + 1,
                changed_at: stamp.now,
                ..before
            };
            rows::update(db, county, &after)?;
            keep(db, county, stamp, &after, ("openPriceBase", BaseAction::Open), None)?;
            file(db, county, after, true)
        })
    }

    /// One base. A reading of sealed figures is kept before they are given.
    pub fn price_base(&self, caller: &Caller, county: County, id: i64) -> Result<BaseFile, AppError> {
        let base = self.pool.get()?.read(|db| found(db, county, id))?;
        if base.state == BaseState::Opened {
            return self.pool.get()?.read(|db| file(db, county, base, true));
        }
        if !caller.has_any(SEALED, county) {
            return self.pool.get()?.read(|db| file(db, county, base, false));
        }
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let base = found(db, county, id)?;
            keep(db, county, stamp, &base, ("getPriceBase", BaseAction::Read), None)?;
            file(db, county, base, true)
        })
    }

    /// One page of bases; nobody reads figures in a list.
    pub fn price_bases(&self, county: County, page: &BasePage) -> Result<Listed<StoredBase>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let bases = rows::page(db, county, page)?;
            Ok(page.at.listed(db, county, bases, |base| base.id)?)
        })
    }
}

fn joined(reasons: &[Text]) -> Text {
    let of = |part: fn(&Text) -> &str, between: &str| reasons.iter().map(part).collect::<Vec<_>>().join(between);
    let (zh, en) = (of(|text| &text.zh, ";"), of(|text| &text.en, "; "));
    Text { zh: zh.into(), en: en.into() }
}
