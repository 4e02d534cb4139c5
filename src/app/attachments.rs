//! Attachments: taken in once, known by their digest ever after.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Written, entry, known_county};
use crate::domain::attachment::MediaType;
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::voucher::Digest;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::attachment;
pub use crate::storage::attachment::Attachment;
use crate::storage::db::Lane;
use crate::storage::journal;

/// What the journal keeps of an attachment.
#[derive(Serialize)]
struct Facts<'a> {
    sha256: &'a str,
    media_type: MediaType,
    size: i64,
}

impl App {
    /// Stores an attachment. `declared` is the type its sender gave, if it is one of ours.
    pub fn create_attachment(
        &self,
        caller: &Caller,
        county: County,
        declared: Option<MediaType>,
        content: Vec<u8>,
    ) -> Result<Written<Attachment>, AppError> {
        let Some(media_type) = MediaType::of(&content) else {
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
        // Hashed outside the lock.
        let sha256 = hex(&Sha256::digest(&content));
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            if let Some(record) = attachment::by_digest(db, county, &sha256)? {
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
            let record = Attachment { sha256, media_type, size, recorded_by: stamp.user, recorded_at: stamp.now };
            attachment::insert(db, county, &record, &content)?;
            let facts = Facts { sha256: &record.sha256, media_type, size };
            journal::append(
                db,
                county,
                vec![entry(stamp, "createAttachment", Collection::Attachment, 0, None, &facts)],
            )?;
            Ok(Written { record, is_new: true, warnings: Vec::new() })
        })
    }

    /// An attachment with its bytes.
    pub fn attachment(&self, county: County, digest: &Digest) -> Result<(Attachment, Vec<u8>), AppError> {
        let sha256 = digest.as_str();
        let found = self.pool.get()?.read(|db| {
            let facts = attachment::by_digest(db, county, sha256)?;
            let content = attachment::content(db, county, sha256)?;
            Ok::<_, AppError>(facts.zip(content))
        })?;
        found.ok_or_else(|| {
            AppError::NotFound(text!("{county} 没有附件 {sha256}", "county {county} has no attachment {sha256}"))
        })
    }
}
