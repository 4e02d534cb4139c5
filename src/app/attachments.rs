//! Attachments: taken in once, known by their digest ever after, shown with what they are of.
//!
//! Neither way holds more than one whole attachment a connection in memory: what comes in waits on disk until the
//! county's lock is taken, what goes out is read in parts.

use std::io::{Read as _, Seek as _, Write as _};

use chrono::SubsecRound as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, entry, known_county};
use crate::domain::attachment::{AttachmentSubjectBody, MediaType, SubjectKind};
use crate::domain::input::FieldError;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::voucher::Digest;
use crate::domain::record::Collection;
use crate::domain::region::{ApprovalId, County, ParcelId, PlotId, ProjectId};
use crate::domain::text::{Text, text};
pub use crate::storage::attachment::{Attachment, AttachmentPage, AttachmentSubject};
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::{approval, attachment, contract, encumbrance, journal, parcel, plot, project};

/// Bytes of an upload that are kept in memory before a file is made.
const MEMORY_MAX: usize = 256 << 10;
/// First bytes that tell the type.
const HEAD: usize = 16;
/// Bytes read at a time.
pub const PART: i64 = 1 << 20;
/// Digests looked at together.
const CHUNK: i64 = 1000;

/// What the journal keeps of an attachment.
#[derive(Serialize)]
struct Facts<'a> {
    sha256: &'a str,
    media_type: MediaType,
    size: i64,
}

/// Bytes on their way in: hashed as they come, on disk if they are many.
pub struct Upload {
    file: SpooledTempFile,
    hash: Sha256,
    head: Vec<u8>,
    size: usize,
}

impl Default for Upload {
    fn default() -> Self {
        let file = SpooledTempFile::new(MEMORY_MAX);
        Self { file, hash: Sha256::new(), head: Vec::with_capacity(HEAD), size: 0 }
    }
}

impl Upload {
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.file.write_all(bytes).map_err(StorageError::File)?;
        self.hash.update(bytes);
        self.head.extend(bytes.iter().take(HEAD.saturating_sub(self.head.len())));
        self.size += bytes.len();
        Ok(())
    }

    pub const fn size(&self) -> usize {
        self.size
    }

    fn content(mut self) -> Result<Vec<u8>, AppError> {
        let mut content = Vec::with_capacity(self.size);
        self.file.rewind().map_err(StorageError::File)?;
        self.file.read_to_end(&mut content).map_err(StorageError::File)?;
        Ok(content)
    }
}

impl App {
    /// Stores an attachment. `declared` is the type its sender gave, if it is one of ours.
    pub fn create_attachment(
        &self,
        caller: &Caller,
        county: County,
        declared: Option<MediaType>,
        upload: Upload,
    ) -> Result<Written<Attachment>, AppError> {
        let Some(media_type) = MediaType::of(&upload.head) else {
            let message = Text::fixed(
                "内容不是 PDF、JPEG 或 PNG(按文件头判断);请转换后上传",
                "the contents are neither PDF, JPEG nor PNG by their first bytes; convert the file and send it again",
            );
            return Err(AppError::field("", None, message));
        };
        if let Some(declared) = declared.filter(|declared| *declared != media_type) {
            let message = text!(
                "声明为 {declared},内容却是 {media_type}",
                "declared as {declared}, but the contents are {media_type}"
            );
            return Err(AppError::field("Content-Type", Some(declared.to_string()), message));
        }
        let stamp = self.stamp(caller);
        let sha256 = hex(&upload.hash.clone().finalize());
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            if let Some(record) = attachment::by_digest(db, county, &sha256)? {
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            let size = i64::try_from(upload.size).unwrap_or(i64::MAX);
            let record = Attachment { sha256, media_type, size, recorded_by: stamp.user, recorded_at: stamp.now };
            attachment::insert(db, county, &record, &upload.content()?)?;
            let facts = Facts { sha256: &record.sha256, media_type, size };
            journal::append(
                db,
                county,
                vec![entry(stamp, "createAttachment", Collection::Attachment, 0, None, &facts)],
            )?;
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// What is known of an attachment besides its bytes.
    pub fn attachment(&self, county: County, digest: &Digest) -> Result<Attachment, AppError> {
        let sha256 = digest.as_str();
        attachment::by_digest(&mut *self.pool.get()?, county, sha256)?.ok_or_else(|| unknown(county, sha256))
    }

    /// Up to [`PART`] bytes of an attachment.
    pub fn attachment_part(&self, county: County, sha256: &str, offset: i64) -> Result<Vec<u8>, AppError> {
        Ok(attachment::part(&mut *self.pool.get()?, county, sha256, offset, PART)?)
    }

    /// Notes what an attachment shows, or finds it noted already.
    pub fn add_attachment_subject(
        &self,
        caller: &Caller,
        county: County,
        digest: &Digest,
        sent: AttachmentSubjectBody,
    ) -> Result<Written<AttachmentSubject>, AppError> {
        /// What the journal keeps of it.
        #[derive(Serialize)]
        struct Shown<'a> {
            sha256: &'a str,
            of: &'a AttachmentSubjectBody,
        }
        let stamp = self.stamp(caller);
        let sha256 = digest.as_str().to_owned();
        if let Some(at) = sent.taken_at.filter(|at| at.0 > stamp.now) {
            let message = Text::fixed("晚于现在", "it lies in the future");
            return Err(AppError::field("/taken_at", Some(at.to_string()), message));
        }
        self.writer.write(Lane(county.number()), move |db| {
            attachment::by_digest(db, county, &sha256)?.ok_or_else(|| unknown(county, &sha256))?;
            if !is_there(db, county, &sent)? {
                let (subject, id) = (sent.subject, sent.id);
                let message = text!("{county} 没有编号为 {id} 的{subject:#}", "county {county} has no {subject} {id}");
                return Err(AppError::Fields(vec![FieldError {
                    pointer: "/id".to_owned(),
                    value: Some(id.to_string()),
                    message,
                }]));
            }
            let new = AttachmentSubject {
                n: attachment::last_subject(db, county)? + 1,
                sha256,
                subject: sent.subject,
                id: sent.id,
                purpose: sent.purpose.as_ref().map(ToString::to_string),
                // As finely as both databases keep it.
                taken_at: sent.taken_at.map(|at| at.0.trunc_subsecs(6)),
                place: sent.longitude.zip(sent.latitude),
                recorded_at: stamp.now,
                recorded_by: stamp.user,
            };
            let page = AttachmentPage {
                limit: i64::MAX,
                subject: Some((new.subject, new.id)),
                sha256: Some(new.sha256.clone()),
                ..AttachmentPage::default()
            };
            let same = |known: &AttachmentSubject| {
                (&known.purpose, known.taken_at, known.place) == (&new.purpose, new.taken_at, new.place)
            };
            if let Some(record) = attachment::subjects(db, county, &page)?.into_iter().find(same) {
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            attachment::insert_subject(db, county, &new)?;
            let shown = Shown { sha256: &new.sha256, of: &sent };
            let entry = entry(stamp, "addAttachmentSubject", Collection::Attachment, new.n, None, &shown);
            journal::append(db, county, vec![entry])?;
            Ok(Written { record: new, is_new: true, warnings: Vec::new() })
        })
    }

    /// What attachments show, each with what is known of it.
    pub fn attachment_subjects(
        &self,
        county: County,
        page: &AttachmentPage,
    ) -> Result<Vec<(AttachmentSubject, Attachment)>, AppError> {
        self.pool.get()?.read(|db| {
            let subjects = attachment::subjects(db, county, page)?;
            let mut found = Vec::with_capacity(subjects.len());
            for subject in subjects {
                let of = attachment::by_digest(db, county, &subject.sha256)?.ok_or_else(|| {
                    StorageError::corrupt("an attachment", format!("{} is not there", subject.sha256))
                })?;
                found.push((subject, of));
            }
            Ok(found)
        })
    }
}

fn unknown(county: County, sha256: &str) -> AppError {
    AppError::NotFound(text!("{county} 没有附件 {sha256}", "county {county} has no attachment {sha256}"))
}

fn is_there(db: &mut Db, county: County, of: &AttachmentSubjectBody) -> Result<bool, AppError> {
    let id = of.id;
    Ok(match of.subject {
        SubjectKind::Plot => plot::by_id(db, county, PlotId(id))?.is_some(),
        SubjectKind::Parcel => parcel::by_id(db, county, ParcelId(id))?.is_some(),
        SubjectKind::Approval => approval::by_id(db, county, ApprovalId(id))?.is_some(),
        SubjectKind::Project => project::by_id(db, county, ProjectId(id))?.is_some(),
        SubjectKind::Encumbrance => encumbrance::by_id(db, county, id)?.is_some(),
        SubjectKind::Contract => contract::by_id(db, county, id)?.is_some(),
    })
}

/// What was found of a county's attachments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub attachments: u64,
    /// In plain words; empty if each is what its digest says.
    pub faults: Vec<String>,
}

/// Hashes every attachment anew, in parts.
pub fn verify(db: &mut Db, county: County) -> Result<Report, AppError> {
    let mut report = Report::default();
    let mut after = String::new();
    loop {
        let digests = attachment::digests(db, county, &after, CHUNK)?;
        let Some(last) = digests.last() else { return Ok(report) };
        after.clone_from(last);
        for sha256 in &digests {
            report.attachments += 1;
            let Some(facts) = attachment::by_digest(db, county, sha256)? else { continue };
            let (mut hash, mut size, mut head) = (Sha256::new(), 0_i64, Vec::new());
            loop {
                let part = attachment::part(db, county, sha256, size, PART)?;
                if part.is_empty() {
                    break;
                }
                if size == 0 {
                    head.extend(part.iter().take(HEAD));
                }
                hash.update(&part);
                size += part.len() as i64;
            }
            if hex(&hash.finalize()) != *sha256 {
                report.faults.push(format!("attachment {sha256}: its bytes are not those it is named after"));
            } else if size != facts.size || !facts.media_type.begins(&head) {
                report.faults.push(format!("attachment {sha256}: size or type are not those of its bytes"));
            }
        }
    }
}
