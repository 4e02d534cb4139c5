//! Attachments over HTTP: raw bytes in, raw bytes out, known by their SHA-256.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::attachments::Attachment;
use crate::app::caller::Caller;
use crate::domain::attachment::{MediaType, SIZE_MAX};
use crate::domain::instant::Instant;
use crate::domain::ledger::voucher::Digest;
use crate::domain::region::{County, UserId};
use crate::domain::text::text;
use crate::http::body::{FileBytes, segment};
use crate::http::problem::{Kind, Problem};
use crate::http::records::created;
use crate::http::{Service, blocking};

/// 附件
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    /// 摘要 — to be named in vouchers
    #[schema(value_type = Digest)]
    pub sha256: String,
    /// 类型 — as the first bytes show it
    pub media_type: MediaType,
    /// 字节数
    #[schema(minimum = 1)]
    pub size: i64,
    /// 上传人
    pub recorded_by: UserId,
    /// 上传时刻
    pub recorded_at: Instant,
}

impl From<Attachment> for AttachmentView {
    fn from(record: Attachment) -> Self {
        Self {
            sha256: record.sha256,
            media_type: record.media_type,
            size: record.size,
            recorded_by: record.recorded_by,
            recorded_at: Instant(record.recorded_at),
        }
    }
}

/// 文件内容 — the bytes of a file
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary, example = "%PDF-1.7\n%%EOF\n")]
pub struct FileContent(#[expect(dead_code, reason = "a word for the API document")] Vec<u8>);

/// 上传附件 — the bytes of a PDF, JPEG or PNG of at most 20 MiB
///
/// Content-Type is `application/octet-stream`, or the file's own type, which then must be what its first bytes show.
/// The same bytes sent again answer as before (200).
#[utoipa::path(
    operation_id = "createAttachment", tag = "attachments",
    params(("county" = County, Path, description = "县代码", example = "410183")),
    request_body(content = FileContent, content_type = "application/octet-stream", description = "文件内容 — PDF, JPEG or PNG"),
    responses(
        (status = 201, description = "已保存", body = AttachmentView),
        (status = 200, description = "此前已上传", body = AttachmentView),
    ),
)]
#[post("/api/v1/counties/{county}/attachments")]
pub async fn create_attachment(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: FileBytes<SIZE_MAX>,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let declared = match body.media_type.as_str() {
        "application/octet-stream" => None,
        given => Some(given.parse::<MediaType>().map_err(|_| {
            let shown: String = given.chars().take(100).collect();
            Problem::new(
                Kind::UnsupportedMediaType,
                text!(
                    "内容类型“{shown}”不是 PDF、JPEG、PNG 或 application/octet-stream",
                    "content type {shown:?} is none of application/pdf, image/jpeg, image/png, application/octet-stream"
                ),
            )
        })?),
    };
    let app = service.app.clone();
    let content = body.content.to_vec();
    let written = blocking(move || app.create_attachment(&caller, county, declared, content)).await?;
    Ok(created(written.is_new).json(AttachmentView::from(written.record)))
}

/// 下载附件 — the bytes as they were uploaded
#[utoipa::path(
    operation_id = "getAttachment", tag = "attachments",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("sha256" = Digest, Path, description = "摘要", example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ),
    responses((
        status = 200, description = "文件内容",
        content((FileContent = "application/pdf"), (FileContent = "image/jpeg"), (FileContent = "image/png")),
    )),
)]
#[get("/api/v1/counties/{county}/attachments/{sha256}")]
pub async fn get_attachment(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let digest: Digest = segment(&request, "sha256")?;
    let app = service.app.clone();
    let (record, content) = blocking(move || app.attachment(county, &digest)).await?;
    let name = format!("attachment; filename=\"{}.{}\"", record.sha256, record.media_type.extension());
    Ok(HttpResponse::Ok()
        .content_type(record.media_type.as_str())
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(content))
}
