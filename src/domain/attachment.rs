//! 附件: scans and photos of the documents that acts rest on.

use serde::Serialize;

use crate::domain::county::Degrees;
use crate::domain::input::{Line, Reader, input, vocabulary};
use crate::domain::instant::Instant;
use crate::domain::text::Text;

/// Bytes of one attachment.
pub const SIZE_MAX: usize = 20 << 20;

vocabulary! {
    /// 附件类型 — what an attachment is.
    pub enum MediaType {
        Pdf = "application/pdf" "PDF 文件",
        Jpeg = "image/jpeg" "JPEG 图片",
        Png = "image/png" "PNG 图片",
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document" "Word 文件(本系统制发的文书)",
        Html = "text/html" "网页(本系统制发的文书)",
    }
}

impl MediaType {
    /// The type of an upload that the first bytes show; papers are never uploaded (ISO 32000 7.5.2, ISO/IEC 10918-1 B.1.1.3, W3C PNG 5.2).
    pub fn of(content: &[u8]) -> Option<Self> {
        const SIGNATURES: [(&[u8], MediaType); 3] =
            [(b"%PDF-", MediaType::Pdf), (b"\xff\xd8\xff", MediaType::Jpeg), (b"\x89PNG\r\n\x1a\n", MediaType::Png)];
        SIGNATURES.iter().find(|(signature, _)| content.starts_with(signature)).map(|(_, media_type)| *media_type)
    }

    /// Whether files of the type come from outside: papers are made here.
    pub const fn is_uploaded(self) -> bool {
        !matches!(self, Self::Docx | Self::Html)
    }

    /// Whether bytes may be of the type, by the first of them.
    pub fn begins(self, content: &[u8]) -> bool {
        match self {
            Self::Docx => content.starts_with(b"PK\x03\x04"),
            Self::Html => content.starts_with(b"<!DOCTYPE html>"),
            uploaded => Self::of(content) == Some(uploaded),
        }
    }

    /// What its files end in.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }
}

vocabulary! {
    /// 附件所属 — what an attachment may show.
    pub enum SubjectKind {
        Plot = "plot" "地块",
        Parcel = "parcel" "宗地",
        Approval = "approval" "用地批文",
        Project = "project" "用地项目",
        Encumbrance = "encumbrance" "抵押查封",
        Contract = "contract" "合同",
    }
}

input! {
    /// 附件说明 — what an attachment shows, and where and when it was taken
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "subject": "plot", "id": 410_183_000_000_001_i64, "purpose": "现场照片,北侧",
        "taken_at": "2026-03-02T09:15:00+08:00", "longitude": "113.5521", "latitude": "34.6003"
    }))]
    pub struct AttachmentSubjectBody {
        /// 所属记录种类
        pub subject: SubjectKind,
        /// 所属记录编号
        pub id: i64,
        /// 用途
        pub purpose: Option<Line<200>>,
        /// 拍摄或形成时刻 — as its sender states it; not in the future
        pub taken_at: Option<Instant>,
        /// 拍摄地点经度 — degrees, CGCS2000; with `latitude`
        pub longitude: Option<Degrees>,
        /// 拍摄地点纬度
        pub latitude: Option<Degrees>,
    }
    check(of, reader) {
        of.check(reader);
    }
}

impl AttachmentSubjectBody {
    fn check(&self, reader: &mut Reader) {
        let both = || Text::fixed("经度、纬度须同时填写", "longitude and latitude go together");
        match (self.longitude, self.latitude) {
            (Some(_), None) => reader.fault_at("latitude", None, both()),
            (None, Some(_)) => reader.fault_at("longitude", None, both()),
            (Some(_), Some(latitude)) if latitude.e7() > 900_000_000 => reader.fault_at(
                "latitude",
                Some(&latitude.to_string()),
                Text::fixed("纬度不超过 90 度", "a latitude is at most 90 degrees"),
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn the_first_bytes_tell_the_type() {
        assert_eq!(MediaType::of(b"%PDF-1.7\n"), Some(MediaType::Pdf));
        assert_eq!(MediaType::of(b"\xff\xd8\xff\xe0"), Some(MediaType::Jpeg));
        assert_eq!(MediaType::of(b"\x89PNG\r\n\x1a\n\0"), Some(MediaType::Png));
        assert_eq!(MediaType::of(b"<html>"), None);
        assert_eq!(MediaType::of(b""), None);
        assert!(MediaType::Docx.begins(b"PK\x03\x04..") && MediaType::Html.begins(b"<!DOCTYPE html>\n"));
        assert!(!MediaType::Docx.begins(b"%PDF-1.7") && !MediaType::Pdf.begins(b"PK\x03\x04"));
    }
}
