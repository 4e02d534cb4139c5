//! What bytes look like, whatever their name or sender says of them.

use crate::domain::text::Text;

/// Bytes that are looked at.
const LOOKED_AT: usize = 4096;

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Looks {
    Empty,
    Json,
    Zip,
    Text,
    Xml,
    Pdf,
    /// .xls, .doc, .mdb of old.
    Office,
    Sqlite,
    OtherArchive,
    BareShapefile,
    Image,
    Binary,
}

impl Looks {
    /// How a person would call it.
    pub fn name(self) -> Text {
        match self {
            Self::Empty => Text::fixed("空文件", "an empty file"),
            Self::Json => Text::fixed("JSON", "JSON"),
            Self::Zip => Text::fixed("zip 压缩包", "a zip archive"),
            Self::Text => Text::fixed("文本文件", "a text file"),
            Self::Xml => Text::fixed("XML(如 KML、GML)", "XML, such as KML or GML"),
            Self::Pdf => Text::fixed("PDF", "a PDF"),
            Self::Office => Text::fixed("Office 旧格式文件(如 .xls、.mdb)", "an old Office file such as .xls or .mdb"),
            Self::Sqlite => Text::fixed("SQLite 数据库(如 GeoPackage)", "an SQLite database such as a GeoPackage"),
            Self::OtherArchive => Text::fixed("zip 以外的压缩包", "an archive that is no zip"),
            Self::BareShapefile => Text::fixed("单独的 .shp 文件", "a .shp file by itself"),
            Self::Image => Text::fixed("图片", "an image"),
            Self::Binary => Text::fixed("二进制文件", "a binary file"),
        }
    }
}

/// What the first bytes of a file look like.
pub fn sniff(bytes: &[u8]) -> Looks {
    const MAGIC: &[(&[u8], Looks)] = &[
        (b"PK\x03\x04", Looks::Zip),
        (b"PK\x05\x06", Looks::Zip),
        (b"%PDF", Looks::Pdf),
        (b"\xd0\xcf\x11\xe0", Looks::Office),
        (b"\x00\x01\x00\x00Standard ", Looks::Office),
        (b"SQLite format 3\x00", Looks::Sqlite),
        (b"Rar!", Looks::OtherArchive),
        (b"7z\xbc\xaf\x27\x1c", Looks::OtherArchive),
        (b"\x1f\x8b", Looks::OtherArchive),
        (b"BZh", Looks::OtherArchive),
        (b"\xfd7zXZ", Looks::OtherArchive),
        (b"\x28\xb5\x2f\xfd", Looks::OtherArchive),
        (b"\x00\x00\x27\x0a", Looks::BareShapefile),
        (b"\x89PNG", Looks::Image),
        (b"\xff\xd8\xff", Looks::Image),
        (b"GIF8", Looks::Image),
        (b"II*\x00", Looks::Image),
        (b"MM\x00*", Looks::Image),
    ];
    if let Some((_, looks)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *looks;
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let plain = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match plain.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Looks::Empty,
        Some(b'{') => Looks::Json,
        // A JSON array, unless it is the section of a text.
        Some(b'[') if is_json_array(plain) => Looks::Json,
        Some(b'<') => Looks::Xml,
        Some(_) if head.iter().any(|byte| *byte < 9) => Looks::Binary,
        Some(_) => Looks::Text,
    }
}

fn is_json_array(plain: &[u8]) -> bool {
    let mut after = plain.iter().skip_while(|byte| **byte != b'[').skip(1).filter(|byte| !byte.is_ascii_whitespace());
    matches!(after.next(), Some(b'{' | b'[' | b'"' | b']' | b'0'..=b'9' | b'-'))
}

/// Why a file is not taken for what it was said to be.
pub fn not_what_it_claims(claimed: &Text, looks: Looks) -> Text {
    let seen = looks.name();
    Text::new(
        format!("按{}提交,内容却是{};请核对文件", claimed.zh, seen.zh),
        format!("sent as {}, but it is {}; check the file", claimed.en, seen.en),
    )
}
