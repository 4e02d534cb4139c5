//! Zip archives from outside: opened only within limits, and only if nothing in them is a trick.
//!
//! Nothing is written to a disk, so names cannot lead anywhere; an archive whose names try is refused all
//! the same, as nobody makes one by mistake. Sizes are believed only to refuse early: reading stops at
//! the limits whatever the archive says of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::domain::text::{Text, text};
use crate::formats::decode::decode;

/// Files in one archive.
const ENTRIES_MAX: usize = 1000;
/// Bytes of all files that are read, unpacked.
pub const UNPACKED_MAX: u64 = 256 << 20;
/// How much larger than packed a file may be, once it is larger than [`RATIO_FROM`].
const RATIO_MAX: u64 = 250;
const RATIO_FROM: u64 = 8 << 20;
/// Bytes at the end of an archive in which its directory is announced: 22, and a comment of 64 KiB.
const END_MAX: usize = 22 + 65_535;

/// Why an archive is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is cut off, or no zip.
    Broken {
        why: String,
    },
    TooManyFiles {
        given: usize,
    },
    /// A name that leads out of the archive: absolute, with `..`, or a link.
    BadPath {
        name: String,
    },
    Encrypted {
        name: String,
    },
    /// An archive in the archive.
    Nested {
        name: String,
    },
    TooLarge {
        name: String,
    },
    /// Packed as only a bomb is.
    Ratio {
        name: String,
    },
    /// An .xlsx, .docx, KMZ, … which are zips too.
    OtherFormat {
        what: &'static str,
    },
}

impl Refused {
    pub fn text(&self) -> Text {
        match self {
            Self::Broken { why } => text!(
                "压缩包不完整或已损坏({why});请重新打包后提交",
                "the archive is cut off or damaged ({why}); pack it again"
            ),
            Self::TooManyFiles { given } => text!(
                "压缩包内有 {given} 个文件,超过上限 {ENTRIES_MAX}",
                "the archive holds {given} files, the limit is {ENTRIES_MAX}"
            ),
            Self::BadPath { name } => text!(
                "压缩包内的路径“{name}”指向包外,不予打开",
                "the path {name:?} in the archive leads out of it; it is not opened"
            ),
            Self::Encrypted { name } => text!(
                "压缩包内的“{name}”已加密;请不设密码重新打包",
                "{name:?} in the archive is encrypted; pack it without a password"
            ),
            Self::Nested { name } => text!(
                "压缩包内还有压缩包“{name}”;请把 Shapefile 的各文件直接打包",
                "the archive holds another archive, {name:?}; pack the files of the Shapefile themselves"
            ),
            Self::TooLarge { name } => {
                text!("解压到“{name}”时超过上限;请分批提交", "unpacking passes the limit at {name:?}; send it in parts")
            }
            Self::Ratio { name } => text!(
                "“{name}”的压缩比超过 {RATIO_MAX} 倍,疑为压缩炸弹,不予打开",
                "{name:?} unpacks to more than {RATIO_MAX} times its size, as bombs do; it is not opened"
            ),
            Self::OtherFormat { what } => {
                text!("这是 {what} 文件,不是 Shapefile 压缩包", "this is a {what} file, not a zipped Shapefile")
            }
        }
    }
}

/// An archive within the limits.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Looks at the directory of an archive and refuses tricks, and what is no mere archive but a document.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let archive = Self::open_office(bytes)?;
        let marks = [("[Content_Types].xml", "Office"), ("doc.kml", "KMZ"), ("mimetype", "OpenDocument")];
        if let Some((_, what)) = marks.iter().find(|(mark, _)| archive.names.iter().any(|name| name == mark)) {
            return Err(Refused::OtherFormat { what });
        }
        Ok(archive)
    }

    /// Looks at the directory of a document that is kept as an archive, and refuses tricks.
    pub fn open_office(bytes: &'a [u8]) -> Result<Self, Refused> {
        count(bytes)?;
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if zip.len() > ENTRIES_MAX {
            return Err(Refused::TooManyFiles { given: zip.len() });
        }
        let mut names = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| broken(&error))?;
            names.push(examine(&entry)?);
        }
        Ok(Self { zip, names, left: UNPACKED_MAX })
    }

    /// Paths of the files, in the order of the archive; folders have an empty one.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Unpacks everything and keeps nothing, so that whoever reads it after this can rely on the sizes.
    pub fn weigh(&mut self, most: u64) -> Result<(), Refused> {
        let mut left = most;
        for index in 0..self.names.len() {
            let name = self.names[index].clone();
            let entry = self.zip.by_index(index).map_err(|error| broken(&error))?;
            let packed = entry.compressed_size();
            let unpacked =
                std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(|error| broken(&error))?;
            if unpacked > left {
                return Err(Refused::TooLarge { name });
            }
            if is_bomb(packed, unpacked) {
                return Err(Refused::Ratio { name });
            }
            left -= unpacked;
        }
        Ok(())
    }

    /// Unpacks the file of this name, if it is there.
    pub fn named(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        match self.names.iter().position(|known| known == name) {
            Some(index) => self.read(index).map(Some),
            None => Ok(None),
        }
    }

    /// Unpacks one file.
    pub fn read(&mut self, index: usize) -> Result<Vec<u8>, Refused> {
        let name = self.names[index].clone();
        let entry = self.zip.by_index(index).map_err(|error| broken(&error))?;
        let packed = entry.compressed_size();
        let mut content = Vec::new();
        entry.take(self.left + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
        let unpacked = content.len() as u64;
        if unpacked > self.left {
            return Err(Refused::TooLarge { name });
        }
        if is_bomb(packed, unpacked) {
            return Err(Refused::Ratio { name });
        }
        self.left -= unpacked;
        Ok(content)
    }
}

fn is_bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > RATIO_FROM && unpacked / RATIO_MAX > packed
}

fn broken(error: &dyn std::fmt::Display) -> Refused {
    Refused::Broken { why: error.to_string() }
}

/// How many files the directory announces, before room is made for them.
fn count(bytes: &[u8]) -> Result<(), Refused> {
    let from = bytes.len().saturating_sub(END_MAX);
    let tail = &bytes[from..];
    let no_end = || Refused::Broken { why: "no central directory".to_owned() };
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06").ok_or_else(no_end)?;
    // A larger format for archives that are far beyond the limits.
    let at = from + end;
    let is_zip64 = at >= 20 && bytes[at - 20..at].starts_with(b"PK\x06\x07");
    let announced = tail.get(end + 10..end + 12).ok_or_else(no_end)?;
    let given = usize::from(u16::from_le_bytes([announced[0], announced[1]]));
    if is_zip64 || given > ENTRIES_MAX { Err(Refused::TooManyFiles { given }) } else { Ok(()) }
}

/// The path of an entry that may be looked at further.
fn examine<R: Read>(entry: &ZipFile<'_, R>) -> Result<String, Refused> {
    let raw = entry.name_raw();
    let name = match decode(raw) {
        Ok((name, _)) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(raw).into_owned(),
    };
    let steps: Vec<&str> = name.split(['/', '\\']).collect();
    let leads_out = name.starts_with(['/', '\\'])
        || steps.iter().any(|step| *step == ".." || step.ends_with(':'))
        || name.chars().any(char::is_control)
        || entry.is_symlink();
    let name = shown(&name);
    if leads_out {
        return Err(Refused::BadPath { name });
    }
    if entry.encrypted() {
        return Err(Refused::Encrypted { name });
    }
    if name.ends_with(['/', '\\']) {
        return Ok(String::new());
    }
    let lower = name.to_lowercase();
    if [".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz"].iter().any(|ending| lower.ends_with(ending)) {
        return Err(Refused::Nested { name });
    }
    if entry.size() > UNPACKED_MAX {
        return Err(Refused::TooLarge { name });
    }
    if is_bomb(entry.compressed_size(), entry.size()) {
        return Err(Refused::Ratio { name });
    }
    Ok(name)
}

/// A name that is fit for a message.
fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(200).collect()
}
