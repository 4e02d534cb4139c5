//! Attachments over HTTP: raw bytes in, raw bytes out in parts, known by their SHA-256; and what each shows.

mod stream;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::attachments::{Attachment, AttachmentPage, AttachmentSubject};
use crate::app::caller::Caller;
use crate::domain::attachment::{AttachmentSubjectBody, MediaType, SIZE_MAX, SubjectKind};
use crate::domain::county::Degrees;
use crate::domain::input::FieldError;
use crate::domain::instant::Instant;
use crate::domain::ledger::voucher::Digest;
use crate::domain::region::{County, UserId};
use crate::domain::text::{Text, text};
use crate::http::body::{JsonBytes, Query, essence, segment};
use crate::http::export::{Export, ExportFile, ListTotals, PAGE, TableFormat, office};
use crate::http::problem::{Kind, Problem};
use crate::http::records::{created, next};
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
    payload: actix_web::web::Payload,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let declared = match essence(&request).as_str() {
        "application/octet-stream" => None,
        given => Some(given.parse::<MediaType>().ok().filter(|given| given.is_uploaded()).ok_or_else(|| {
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
    let upload = stream::receive(&request, payload, SIZE_MAX).await?;
    let app = service.app.clone();
    let written = blocking(move || app.create_attachment(&caller, county, declared, upload)).await?;
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
        content((FileContent = "application/pdf"), (FileContent = "image/jpeg"), (FileContent = "image/png"), (FileContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (FileContent = "text/html")),
    )),
)]
#[get("/api/v1/counties/{county}/attachments/{sha256}")]
pub async fn get_attachment(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let digest: Digest = segment(&request, "sha256")?;
    let app = service.app.clone();
    let record = blocking(move || app.attachment(county, &digest)).await?;
    let name = format!("attachment; filename=\"{}.{}\"", record.sha256, record.media_type.extension());
    Ok(HttpResponse::Ok()
        .content_type(record.media_type.as_str())
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(stream::Parts::new(service.app.clone(), county, record)))
}

/// 附件所属 — an attachment with what it shows
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentSubjectView {
    /// 序号 — counts from 1 in the county
    #[schema(minimum = 1)]
    pub n: i64,
    /// 附件
    pub attachment: AttachmentView,
    /// 所属记录种类
    pub subject: SubjectKind,
    /// 所属记录编号
    pub id: i64,
    /// 用途
    pub purpose: Option<String>,
    /// 拍摄或形成时刻
    pub taken_at: Option<Instant>,
    /// 拍摄地点经度
    pub longitude: Option<Degrees>,
    /// 拍摄地点纬度
    pub latitude: Option<Degrees>,
    /// 记录时刻
    pub recorded_at: Instant,
    /// 记录人
    pub recorded_by: UserId,
}

/// 附件列表
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentSubjectList {
    pub items: Vec<AttachmentSubjectView>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<i64>,
}

impl From<(AttachmentSubject, Attachment)> for AttachmentSubjectView {
    fn from((of, attachment): (AttachmentSubject, Attachment)) -> Self {
        let (longitude, latitude) = of.place.unzip();
        Self {
            n: of.n,
            attachment: attachment.into(),
            subject: of.subject,
            id: of.id,
            purpose: of.purpose,
            taken_at: of.taken_at.map(Instant),
            longitude,
            latitude,
            recorded_at: Instant(of.recorded_at),
            recorded_by: of.recorded_by,
        }
    }
}

/// 登记附件所属 — says what an attachment shows, and where and when it was taken
///
/// One attachment may show several records. The same sent again answers as before (200).
#[utoipa::path(
    operation_id = "addAttachmentSubject", tag = "attachments",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("sha256" = Digest, Path, description = "摘要", example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ),
    request_body = AttachmentSubjectBody,
    responses(
        (status = 201, description = "已登记", body = AttachmentSubjectView),
        (status = 200, description = "此前已登记", body = AttachmentSubjectView),
    ),
)]
#[post("/api/v1/counties/{county}/attachments/{sha256}/subjects")]
pub async fn add_attachment_subject(
    service: Data<Service>,
    request: HttpRequest,
    caller: Caller,
    body: JsonBytes,
) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let digest: Digest = segment(&request, "sha256")?;
    let sent: AttachmentSubjectBody = body.read()?;
    let app = service.app.clone();
    let (written, of) = blocking(move || {
        let written = app.add_attachment_subject(&caller, county, &digest, sent)?;
        app.attachment(county, &digest).map(|of| (written, of))
    })
    .await?;
    Ok(created(written.is_new).json(AttachmentSubjectView::from((written.record, of))))
}

/// 附件列表 — what attachments show, of one record or of all, in the order it was noted
#[utoipa::path(
    operation_id = "listAttachments", tag = "attachments",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("after" = Option<i64>, Query, description = "从此序号之后", minimum = 0),
        ("limit" = Option<i64>, Query, description = "每页行数,至多 1000", minimum = 1),
        ("subject" = Option<SubjectKind>, Query, description = "所属记录种类 — with `id`"),
        ("id" = Option<i64>, Query, description = "所属记录编号 — with `subject`", minimum = 1),
        ("sha256" = Option<Digest>, Query, description = "摘要"),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为全部行的文件 — a file has all rows, not a page"),
    ),
    responses((
        status = 200, description = "附件",
        content((AttachmentSubjectList = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/attachments")]
pub async fn list_attachments(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let (subject, id) = (query.word::<SubjectKind>("subject"), query.id("id"));
    let page = AttachmentPage {
        after: query.number("after", 0, i64::MAX).unwrap_or(0),
        limit: query.limit(),
        subject: subject.zip(id),
        sha256: query.word::<Digest>("sha256").map(|digest| digest.as_str().to_owned()),
    };
    let export = Export::in_square_metres(&mut query, &request);
    query.finish(&["after", "limit", "subject", "id", "sha256", "f"])?;
    if subject.is_some() != id.is_some() {
        let missing = if id.is_none() { "?id" } else { "?subject" };
        let message = Text::fixed("subject 与 id 须同时填写", "subject and id go together");
        let pointer = missing.to_owned();
        return Err(Problem::fields(vec![FieldError { pointer, value: None, message }]));
    }
    let limit = page.limit;
    let app = service.app.clone();
    if let Some(export) = export {
        let fetch = move |after| {
            let rows = app.attachment_subjects(county, &AttachmentPage { after, limit: PAGE, ..page.clone() })?;
            Ok(rows.into_iter().map(AttachmentSubjectView::from).collect())
        };
        let (name, columns) = (("附件", "attachments"), || Ok(office::attachments()));
        return export.answer(name, format!("-{county}"), columns, fetch, |row: &AttachmentSubjectView| row.n).await;
    }
    let rows = blocking(move || app.attachment_subjects(county, &page)).await?;
    let next = next(&rows, limit, |(row, _)| row.n);
    Ok(HttpResponse::Ok().json(AttachmentSubjectList { items: rows.into_iter().map(Into::into).collect(), next }))
}
