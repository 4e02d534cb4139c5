//! Registration: the number is taken, the bytes are frozen, and nothing of the paper changes any more.

use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::papers::{
    Issue, PaperFile, PaperFormat, Scan, StoredPaper, WrittenPaper, digest_of, file, found, is_draft, journalled,
    typed, written,
};
use crate::app::records::{Stamp, Written, based_on, entry, in_future};
use crate::domain::attachment::MediaType;
use crate::domain::idle_case::step::{Step, StepKind};
use crate::domain::idle_case::{Case, Way};
use crate::domain::input::{FieldError, day, input};
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::kind::Role;
use crate::domain::ledger::voucher::Digest;
use crate::domain::paper::compose::{Typed, compose};
use crate::domain::paper::facts::PaperFacts;
use crate::domain::paper::layout::Numbering;
use crate::domain::paper::number::{OfficialNumber, same_number};
use crate::domain::paper::{PaperKind, PaperState};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::attachment::Attachment;
use crate::storage::db::{Db, Lane};
use crate::storage::{attachment, journal, paper as rows, paper_number};

input! {
    /// 登记文书 — gives the paper its 文号 and freezes it
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({
        "version": 1, "digest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "number": {"word": "演示自然资闲", "year": 2026, "n": 3}
    }))]
    pub struct RegisterBody {
        /// 版本 — of the draft that was read
        #[schema(minimum = 1)]
        pub version: i64,
        /// 摘要 — of what the draft showed
        pub digest: Digest,
        /// 文号 — of papers that the agency numbers
        pub number: Option<OfficialNumber>,
    }
}

impl App {
    /// Registers a draft. The same again, by number, answers as before.
    pub fn register_paper(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: RegisterBody,
    ) -> Result<WrittenPaper, AppError> {
        let (stamp, caller, desk) = (self.stamp(caller), caller.clone(), self.paper_desk(county)?);
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            let facts = desk.facts(db, before.case)?;
            if let Some(issue) = rows::issue(db, county, id)?
                && (&issue.number, issue.issued_by, before.state) == (&sent.number, stamp.user, PaperState::Issued)
            {
                let record = file(db, county, before, &facts)?;
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            based_on(sent.version, before.version)?;
            is_draft(&before)?;
            may_register(&caller, county, &before)?;
            let typed = typed(&before)?;
            let draft = compose(before.kind, &facts, &typed, None).map_err(AppError::Fields)?;
            if digest_of(&draft) != sent.digest.as_str() {
                return Err(AppError::Conflict(Text::fixed(
                    "案件或合同资料已有变动,文书内容与所阅草稿不同;请重新审阅后登记",
                    "the record has changed and the paper is not what was read any more; read it again and register it then",
                )));
            }
            let issued_on = typed.0.get("issued_on").and_then(|text| day(text).ok());
            let mut faults: Vec<FieldError> =
                in_future("/values/issued_on", issued_on, stamp.today).into_iter().collect();
            faults.extend(number_faults(&before, &facts, &typed, sent.number.as_ref()));
            if !faults.is_empty() {
                return Err(AppError::Fields(faults));
            }
            step_is_taken(before.kind, &facts.case)?;
            if let Some(number) = &sent.number {
                take_number(db, county, number, id, stamp)?;
            }
            let shown = sent.number.as_ref().map(ToString::to_string);
            let document = compose(before.kind, &facts, &typed, Some(shown.as_deref())).map_err(AppError::Fields)?;
            let issue = Issue {
                paper: id,
                number: sent.number,
                issued_on,
                step: before.kind.layout().step,
                body: before.body.clone(),
                docx_sha256: freeze(db, county, stamp, MediaType::Docx, written(&document, PaperFormat::Docx)?)?,
                html_sha256: freeze(db, county, stamp, MediaType::Html, written(&document, PaperFormat::Html)?)?,
                issued_at: stamp.now,
                issued_by: stamp.user,
            };
            let was = journalled(&before, None);
            let after =
                StoredPaper { state: PaperState::Issued, version: before.version + 1, changed_at: stamp.now, ..before };
            rows::update(db, county, &after)?;
            rows::insert_issue(db, county, &issue)?;
            let entry = entry(stamp, "registerPaper", Collection::Paper, id, Some(&was), &journalled(&after, shown));
            journal::append(db, county, vec![entry])?;
            Ok(Written { record: file(db, county, after, &facts)?, is_new: true, warnings: Vec::new() })
        })
    }

    /// Links the scan of the signed paper, or finds it linked.
    pub fn add_paper_scan(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        digest: &Digest,
    ) -> Result<PaperFile, AppError> {
        let (stamp, sha256, desk) = (self.stamp(caller), digest.as_str().to_owned(), self.paper_desk(county)?);
        self.writer.write(Lane(county.number()), move |db| {
            let paper = found(db, county, id)?;
            let facts = desk.facts(db, paper.case)?;
            if paper.state != PaperState::Issued {
                let state = paper.state;
                return Err(AppError::Conflict(text!(
                    "文书现为“{state:#}”;登记后打印签章,再上传扫描件",
                    "the paper is {state}; register it, have it signed and sealed, then link the scan"
                )));
            }
            let scan = attachment::by_digest(db, county, &sha256)?;
            if !scan.is_some_and(|scan| matches!(scan.media_type, MediaType::Pdf | MediaType::Jpeg | MediaType::Png)) {
                let message = Text::fixed(
                    "没有这个扫描件;请先以 PDF、JPEG 或 PNG 上传",
                    "there is no such scan; upload it as PDF, JPEG or PNG first",
                );
                return Err(AppError::field("/attachment", Some(sha256), message));
            }
            if rows::scans(db, county, id)?.iter().all(|known| known.sha256 != sha256) {
                let scan = Scan { sha256, recorded_at: stamp.now, recorded_by: stamp.user };
                rows::insert_scan(db, county, id, &scan)?;
                let linked = serde_json::json!({"scan": scan.sha256});
                let entry = entry(stamp, "addPaperScan", Collection::Paper, id, None, &linked);
                journal::append(db, county, vec![entry])?;
            }
            file(db, county, paper, &facts)
        })
    }
}

/// A paper that carries a decision is registered by an approver, others by a reviewer too; never by who drafted it.
fn may_register(caller: &Caller, county: County, paper: &StoredPaper) -> Result<(), AppError> {
    if caller.user == paper.drafter {
        return Err(AppError::Forbidden(Text::fixed(
            "拟稿人不能登记自己的文书",
            "who drafted a paper does not register it",
        )));
    }
    if paper.kind.carries_decision() && !caller.has(Role::Approver, county) {
        let kind = paper.kind;
        return Err(AppError::Forbidden(text!(
            "《{kind:#}》载有决定,须由审批人登记",
            "a paper of kind {kind} carries a decision and is registered by an approver"
        )));
    }
    Ok(())
}

/// What is wrong with the number that a paper is to have.
fn number_faults(
    paper: &StoredPaper,
    facts: &PaperFacts,
    typed: &Typed,
    number: Option<&OfficialNumber>,
) -> Vec<FieldError> {
    let layout = paper.kind.layout();
    let fault = |pointer: &str, value: Option<String>, message: Text| {
        vec![FieldError { pointer: pointer.to_owned(), value, message }]
    };
    let number = match (layout.numbering, number) {
        (Numbering::Agency, Some(number)) => number,
        (Numbering::Agency, None) => {
            return fault("/number", None, Text::fixed("请填写文号", "give the number of the paper"));
        }
        (Numbering::None, Some(number)) => {
            let message = Text::fixed("此文书不编文号;请删去", "this paper has no number; leave it out");
            return fault("/number", Some(number.to_string()), message);
        }
        (Numbering::None, None) => return Vec::new(),
    };
    let mut faults = Vec::new();
    let known = facts.settings.as_ref().map_or(&[][..], |settings| &settings.number_words);
    if !known.contains(&number.word) {
        let words = known.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        faults.extend(fault(
            "/number/word",
            Some(number.word.to_string()),
            text!(
                "不是本县文书设置中的机关代字({words});请更正,或先加入设置",
                "it is none of the county's words ({words}); mend it, or add it to the settings first"
            ),
        ));
    }
    let year = typed.0.get("issued_on").and_then(|day| day.get(..4));
    if year.is_some_and(|year| year != number.year.to_string()) {
        let year = year.unwrap_or("");
        faults.extend(fault(
            "/number/year",
            Some(number.year.to_string()),
            text!("成文日期在 {year} 年,文号年份应与之相同", "the paper is of {year}, and so is its number"),
        ));
    }
    let step = layout.step.filter(|_| layout.step_has_its_number).and_then(|step| step_of(&facts.case, step));
    let in_step = step.and_then(|step| step.document.as_ref()).map(|document| document.number.as_str());
    if let Some(in_step) = in_step.filter(|in_step| !same_number(in_step, &number.to_string())) {
        faults.extend(fault(
            "/number",
            Some(number.to_string()),
            text!("案件步骤登记的文号为“{in_step}”", "the step of the case has the number {in_step:?}"),
        ));
    }
    faults
}

/// The step that a paper documents: the one that counts.
fn step_of(case: &Case, kind: StepKind) -> Option<&Step> {
    match kind {
        StepKind::InvestigationNotice | StepKind::Found | StepKind::MortgageeTold => case.last(kind),
        StepKind::Decided => case.decision(),
        _ => case.in_disposal(kind),
    }
}

/// A decision goes out only when its step was approved by three people.
fn step_is_taken(kind: PaperKind, case: &Case) -> Result<(), AppError> {
    let Some(step) = kind.layout().step.filter(|_| kind.carries_decision()) else { return Ok(()) };
    let way_fits = match kind {
        PaperKind::FeeDecision => case.way() == Some(Way::Fee),
        PaperKind::RecoveryDecision => case.way() == Some(Way::FreeRecovery),
        _ => true,
    };
    if way_fits && step_of(case, step).is_some() {
        return Ok(());
    }
    Err(AppError::Conflict(text!(
        "《{kind:#}》记载案件步骤“{step:#}”,该步骤尚未经办、审核、审批完毕",
        "the paper {kind} documents the step {step} of the case, which is not approved yet"
    )))
}

fn take_number(db: &mut Db, county: County, number: &OfficialNumber, paper: i64, stamp: Stamp) -> Result<(), AppError> {
    if let Some(known) = paper_number::find(db, county, number)? {
        let (zh, en) = match (known.paper, known.void) {
            (_, Some(void)) => (format!("已作废(理由:{})", void.reason), format!("is void ({:?})", void.reason)),
            (paper, None) => {
                let paper = paper.unwrap_or(0);
                (format!("已用于第 {paper} 号文书"), format!("is that of paper {paper}"))
            }
        };
        let shown = number.to_string();
        return Err(AppError::Taken(text!(
            "文号{number}{zh},不能再用;请取下一个号",
            "the number {shown:?} {en} and is not used again; take the next one"
        )));
    }
    paper_number::insert(db, county, number, Some(paper), (stamp.now, stamp.user))?;
    Ok(())
}

/// Stores bytes for good and gives their digest.
fn freeze(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    media_type: MediaType,
    content: Vec<u8>,
) -> Result<String, AppError> {
    let sha256 = hex(&Sha256::digest(&content));
    if attachment::by_digest(db, county, &sha256)?.is_none() {
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        let new =
            Attachment { sha256: sha256.clone(), media_type, size, recorded_by: stamp.user, recorded_at: stamp.now };
        attachment::insert(db, county, &new, &content)?;
    }
    Ok(sha256)
}
