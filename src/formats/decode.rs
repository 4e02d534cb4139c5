//! Bytes of text files as text: UTF-8 with or without a byte order mark, or GBK.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030};

/// In which encoding a text was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charset {
    Ascii,
    Utf8,
    Utf8WithMark,
    /// GBK, read as its superset GB 18030.
    Gbk,
}

/// The bytes are neither UTF-8 nor GBK; the first that is no UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText {
    pub at: usize,
}

/// Decodes a text. What is valid UTF-8 is UTF-8: text in GBK hardly ever is.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Charset), NotText> {
    let (body, marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    // Files of text hold no NUL; it is what UTF-16 and programs look like.
    if let Some(at) = body.iter().position(|byte| *byte == 0) {
        return Err(NotText { at });
    }
    match std::str::from_utf8(body) {
        Ok(text) if marked => Ok((Cow::Borrowed(text), Charset::Utf8WithMark)),
        Ok(text) if text.is_ascii() => Ok((Cow::Borrowed(text), Charset::Ascii)),
        Ok(text) => Ok((Cow::Borrowed(text), Charset::Utf8)),
        Err(error) => match strict(GB18030, body) {
            Some(text) => Ok((text, Charset::Gbk)),
            None => Err(NotText { at: error.valid_up_to() }),
        },
    }
}

/// Decodes with one encoding, or not at all.
pub fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The text in GBK, as older programs expect it; none if it has a character that GBK has not.
pub fn to_gbk(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}
