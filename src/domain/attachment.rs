//! 附件: scans and photos of the documents that acts rest on.

use crate::domain::input::vocabulary;

/// Bytes of one attachment.
pub const SIZE_MAX: usize = 20 << 20;

vocabulary! {
    /// 附件类型 — what an attachment is.
    pub enum MediaType {
        Pdf = "application/pdf" "PDF 文件",
        Jpeg = "image/jpeg" "JPEG 图片",
        Png = "image/png" "PNG 图片",
    }
}

impl MediaType {
    /// The type that the first bytes show (ISO 32000 7.5.2, ISO/IEC 10918-1 B.1.1.3, W3C PNG 5.2).
    pub fn of(content: &[u8]) -> Option<Self> {
        const SIGNATURES: [(&[u8], MediaType); 3] =
            [(b"%PDF-", MediaType::Pdf), (b"\xff\xd8\xff", MediaType::Jpeg), (b"\x89PNG\r\n\x1a\n", MediaType::Png)];
        SIGNATURES.iter().find(|(signature, _)| content.starts_with(signature)).map(|(_, media_type)| *media_type)
    }

    /// What its files end in.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
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
    }
}
