//! 文书: drafted by a clerk, registered by somebody else, frozen from then on.

pub mod facts;
mod numbers;
mod register;
pub mod service;
mod settings;
mod void;

use crate::app::App;
use crate::app::attachments::PART;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, based_on, entry, known_county, missing};
use crate::domain::input::{self, FieldError};
use crate::domain::ledger::chain::hex;
use crate::domain::paper::compose::{FormLine, PaperBody, Typed, compose, faults, form};
use crate::domain::paper::document::Document;
use crate::domain::paper::facts::PaperFacts;
use crate::domain::paper::{PaperKind, PaperState};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::formats::{docx, paper_html};
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::listing::Listed;
pub use crate::storage::paper::{Issue, PaperPage, Scan, StoredPaper, StoredSettings};
pub use crate::storage::paper_number::{Register, TakenNumber};
use crate::storage::{attachment, journal, paper as rows};
pub use numbers::VoidNumberBody;
pub use register::RegisterBody;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
pub use void::{VoidPaperBody, Voided};

crate::vocabulary! {
    /// 文书格式
    pub enum PaperFormat {
        Html = "html" "网页",
        Docx = "docx" "Word 文件",
    }
}

/// A paper's form: what the record fills, what is still missing or wrong.
#[derive(Debug, Clone)]
pub struct PaperForm {
    pub lines: Vec<FormLine>,
    pub faults: Vec<FieldError>,
}

/// A paper with what became of it.
#[derive(Debug, Clone)]
pub struct PaperFile {
    pub paper: StoredPaper,
    pub issue: Option<Issue>,
    /// Of a void one.
    pub void: Option<Voided>,
    pub scans: Vec<Scan>,
    /// What was typed.
    pub typed: Typed,
    /// Of a draft that is complete: the digest of what it shows, by which it is registered.
    pub digest: Option<String>,
    /// Of a draft: what is missing or wrong.
    pub faults: Vec<FieldError>,
}

/// What the journal keeps of a paper: no text of it.
#[derive(Serialize)]
struct Journalled {
    case: i64,
    kind: PaperKind,
    state: PaperState,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

impl App {
    /// The form of a paper for a case: its fields, and what the record says of each.
    pub fn paper_form(
        &self,
        county: County,
        case: i64,
        kind: PaperKind,
        sent: &PaperBody,
    ) -> Result<PaperForm, AppError> {
        let desk = self.paper_desk(county)?;
        let facts = self.pool.get()?.read(|db| desk.facts(db, case))?;
        Ok(PaperForm { lines: form(kind, &facts, &sent.values), faults: faults(kind, &facts, &sent.values) })
    }

    /// A paper as it would look, marked as a draft; nothing is stored.
    pub fn preview_paper(
        &self,
        county: County,
        (case, kind): (i64, PaperKind),
        sent: &PaperBody,
        format: PaperFormat,
    ) -> Result<Vec<u8>, AppError> {
        let desk = self.paper_desk(county)?;
        let facts = self.pool.get()?.read(|db| desk.facts(db, case))?;
        written(&compose(kind, &facts, &sent.values, None).map_err(AppError::Fields)?, format)
    }

    /// Drafts a paper of a case. What is missing is said, and may be given later; what is wrong is refused.
    pub fn draft_paper(
        &self,
        caller: &Caller,
        county: County,
        (case, kind): (i64, PaperKind),
        sent: PaperBody,
    ) -> Result<PaperFile, AppError> {
        let (stamp, desk) = (self.stamp(caller), self.paper_desk(county)?);
        self.writer.write(Lane(county.number()), move |db| {
            let facts = desk.facts(db, case)?;
            nothing_wrong(kind, &facts, &sent.values)?;
            let paper = StoredPaper {
                id: rows::next_id(db, county)?,
                case,
                kind,
                state: PaperState::Draft,
                body: json(&sent)?,
                version: 1,
                drafter: stamp.user,
                created_at: stamp.now,
                changed_at: stamp.now,
            };
            rows::insert(db, county, &paper)?;
            let after = journalled(&paper, None);
            let entry = entry(stamp, "draftPaper", Collection::Paper, paper.id, None, &after);
            journal::append(db, county, vec![entry])?;
            file(db, county, paper, &facts)
        })
    }

    /// Changes a draft.
    pub fn revise_paper(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        sent: PaperBody,
    ) -> Result<PaperFile, AppError> {
        let revise = move |paper: StoredPaper, facts: &PaperFacts| {
            nothing_wrong(paper.kind, facts, &sent.values)?;
            Ok(StoredPaper { body: json(&sent)?, ..paper })
        };
        self.change_paper(caller, county, (id, version), "revisePaper", revise)
    }

    /// Takes a draft back; it stays, and nothing more is done with it.
    pub fn withdraw_paper(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
    ) -> Result<PaperFile, AppError> {
        let user = caller.user;
        let withdraw = move |paper: StoredPaper, _: &PaperFacts| {
            if paper.drafter != user {
                return Err(AppError::Forbidden(Text::fixed(
                    "只有拟稿人可以撤回",
                    "only who drafted it takes it back",
                )));
            }
            Ok(StoredPaper { state: PaperState::Withdrawn, ..paper })
        };
        self.change_paper(caller, county, (id, version), "withdrawPaper", withdraw)
    }

    fn change_paper(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        operation: &'static str,
        to: impl FnOnce(StoredPaper, &PaperFacts) -> Result<StoredPaper, AppError> + Send + 'static,
    ) -> Result<PaperFile, AppError> {
        let (stamp, desk) = (self.stamp(caller), self.paper_desk(county)?);
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            based_on(version, before.version)?;
            is_draft(&before)?;
            let facts = desk.facts(db, before.case)?;
            let was = journalled(&before, None);
            let after = to(before, &facts)?;
            let after = StoredPaper { version: version + 1, changed_at: stamp.now, ..after };
            rows::update(db, county, &after)?;
            let entry = entry(stamp, operation, Collection::Paper, id, Some(&was), &journalled(&after, None));
            journal::append(db, county, vec![entry])?;
            file(db, county, after, &facts)
        })
    }

    pub fn paper(&self, county: County, id: i64) -> Result<PaperFile, AppError> {
        let desk = self.paper_desk(county)?;
        self.pool.get()?.read(|db| {
            let paper = found(db, county, id)?;
            let facts = desk.facts(db, paper.case)?;
            file(db, county, paper, &facts)
        })
    }

    /// A page of papers with what was registered of each.
    pub fn papers(&self, county: County, page: &PaperPage) -> Result<Listed<(StoredPaper, Option<Issue>)>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let mut with_issue = Vec::new();
            for paper in rows::page(db, county, page)? {
                let issue = rows::issue(db, county, paper.id)?;
                with_issue.push((paper, issue));
            }
            Ok(page.at.listed(db, county, with_issue, |(paper, _)| paper.id)?)
        })
    }

    /// The bytes of a paper: as it was registered, or of its draft as it is now.
    pub fn paper_file(&self, county: County, id: i64, format: PaperFormat) -> Result<Vec<u8>, AppError> {
        let desk = self.paper_desk(county)?;
        self.pool.get()?.read(|db| {
            let paper = found(db, county, id)?;
            if let Some(issue) = rows::issue(db, county, id)? {
                let sha256 = match format {
                    PaperFormat::Html => issue.html_sha256,
                    PaperFormat::Docx => issue.docx_sha256,
                };
                return whole(db, county, &sha256);
            }
            let facts = desk.facts(db, paper.case)?;
            written(&compose(paper.kind, &facts, &typed(&paper)?, None).map_err(AppError::Fields)?, format)
        })
    }
}

/// All bytes of an attachment.
fn whole(db: &mut Db, county: County, sha256: &str) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    loop {
        let part = attachment::part(db, county, sha256, bytes.len() as i64, PART)?;
        if part.is_empty() {
            return Ok(bytes);
        }
        bytes.extend(part);
    }
}

fn found(db: &mut Db, county: County, id: i64) -> Result<StoredPaper, AppError> {
    known_county(db, county)?;
    rows::by_id(db, county, id)?.ok_or_else(|| missing(Collection::Paper, county, id))
}

fn is_draft(paper: &StoredPaper) -> Result<(), AppError> {
    let state = paper.state;
    if state == PaperState::Draft {
        return Ok(());
    }
    Err(AppError::Conflict(text!(
        "文书现为“{state:#}”,不再变动;需要更正的,作废文号(不编号的,作废文书)后另行制发",
        "the paper is {state} and does not change any more; to mend it, make its number void (or the paper, if it has none) and draft another"
    )))
}

fn file(db: &mut Db, county: County, paper: StoredPaper, facts: &PaperFacts) -> Result<PaperFile, AppError> {
    let typed = typed(&paper)?;
    let (issue, scans) = (rows::issue(db, county, paper.id)?, rows::scans(db, county, paper.id)?);
    let void = void::void_of(db, county, &paper)?;
    let (mut digest, mut faults) = (None, Vec::new());
    if paper.state == PaperState::Draft {
        match compose(paper.kind, facts, &typed, None) {
            Ok(document) => digest = Some(digest_of(&document)),
            Err(found) => faults = found,
        }
    }
    Ok(PaperFile { paper, issue, void, scans, typed, digest, faults })
}

/// Refuses what is wrong in itself; what is merely missing may come later.
fn nothing_wrong(kind: PaperKind, facts: &PaperFacts, typed: &Typed) -> Result<(), AppError> {
    let wrong: Vec<_> = faults(kind, facts, typed).into_iter().filter(|fault| fault.value.is_some()).collect();
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Fields(wrong)) }
}

/// What was typed into a paper.
fn typed(paper: &StoredPaper) -> Result<Typed, AppError> {
    let read: Result<PaperBody, _> = input::read(paper.body.as_bytes());
    read.map(|body| body.values)
        .map_err(|_| StorageError::corrupt(format!("paper {}", paper.id), "what was typed cannot be read").into())
}

fn json(body: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(body).map_err(|error| StorageError::corrupt("a body", error).into())
}

fn journalled(paper: &StoredPaper, number: Option<String>) -> Journalled {
    Journalled { case: paper.case, kind: paper.kind, state: paper.state, number }
}

/// The digest of what a draft shows.
fn digest_of(document: &Document) -> String {
    hex(&Sha256::digest(paper_html::write(document).as_bytes()))
}

/// The bytes of a document.
fn written(document: &Document, format: PaperFormat) -> Result<Vec<u8>, AppError> {
    Ok(match format {
        PaperFormat::Html => paper_html::write(document).into_bytes(),
        PaperFormat::Docx => docx::write(document).map_err(|error| StorageError::corrupt("a paper", error))?,
    })
}

/// What was written, and whether it was new.
pub type WrittenPaper = Written<PaperFile>;
