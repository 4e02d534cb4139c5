//! Documents too large to be held: features are cut out of the stream one by one, each read by itself.
//!
//! A first pass finds where `features` begins and what stands beside it, so that a `crs` counts wherever it stands; a
//! second one cuts. Braces and strings are followed, nothing more: whether a feature is JSON is seen when it is read.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::memchr3;
use serde_json::value::RawValue;

use super::{Item, read_crs};
use crate::domain::geometry::crs::Crs;
use crate::domain::input::{FieldError, Reader};
use crate::domain::text::{Text, text};

/// Bytes taken from the stream at a time.
const BUFFER: usize = 256 << 10;
/// Longest feature: two million vertices and its properties.
pub const FEATURE_MAX: usize = 128 << 20;
/// Longest `type` and `crs`, and longest name of a member.
const MEMBER_MAX: usize = 64 << 10;
/// A batch is closed once it has this many bytes or features.
const BATCH_BYTES: usize = 512 << 10;
const BATCH_ROWS: usize = 1000;

/// Bytes that say something in an array or object, outside of strings.
const MARKS: [bool; 256] = marks(b"\"{}[]\n");
/// The like where neither is open: a bare word or number ends there too.
const MARKS_OUTSIDE: [bool; 256] = marks(b"\"{}[],: \t\r\n");

const fn marks(bytes: &[u8]) -> [bool; 256] {
    let mut marks = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        marks[bytes[at] as usize] = true;
        at += 1;
    }
    marks
}

/// Why a stream cannot be cut.
#[derive(Debug)]
pub enum CannotCut {
    Io(io::Error),
    /// What is wrong with the document as a whole.
    Faults(Vec<FieldError>),
}

impl From<io::Error> for CannotCut {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What a document is, as far as it can be told without reading its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outline {
    /// One feature or geometry: small enough to be read as a whole.
    One,
    Collection {
        crs: Option<Crs>,
        from: u64,
        line: usize,
    },
}

/// Features of a collection, as they stand in it.
#[derive(Debug, Default)]
pub struct Batch {
    /// Place of the first in `features`.
    pub first: usize,
    text: Vec<u8>,
    /// End of each feature in the text, and the line where it begins.
    ends: Vec<(usize, usize)>,
}

impl Batch {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The line on which a feature begins, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.ends[at].1
    }

    /// A feature, or the fault that it is no JSON.
    pub fn item(&self, at: usize, reader: &mut Reader) -> Option<Item<'_>> {
        let index = self.first + at;
        let from = if at == 0 { 0 } else { self.ends[at - 1].0 };
        let (end, line) = self.ends[at];
        match serde_json::from_slice::<&RawValue>(&self.text[from..end]) {
            Ok(raw) => Some(Item { index: Some(index), raw }),
            Err(error) => {
                let (line, column) = (line + error.line() - 1, error.column());
                let message = text!(
                    "第 {line} 行起不是合法的 UTF-8 JSON(第 {column} 列:{error})",
                    "not valid JSON in UTF-8 from line {line} on (column {column}: {error})"
                );
                reader.within("features", |reader| reader.fault_at(&index.to_string(), None, message));
                None
            }
        }
    }
}

/// Cuts a collection into batches.
pub struct Batches<R> {
    scan: Scan<R>,
    next: usize,
    features_max: usize,
    ended: bool,
}

/// Finds out what a document is.
pub fn outline(stream: impl Read) -> Result<Outline, CannotCut> {
    let mut scan = Scan::new(stream, 0, 1);
    scan.mark()?;
    scan.expect(b'{')?;
    let mut reader = Reader::default();
    let (mut kind, mut crs, mut features) = (None, None, None);
    let (mut text, mut name) = (Vec::new(), Vec::new());
    loop {
        match scan.peek()? {
            Some(b'}') => {
                scan.step();
                break;
            }
            Some(b',') => scan.step(),
            Some(b'"') => {
                name.clear();
                scan.value(Some(&mut name), MEMBER_MAX)?;
                scan.expect(b':')?;
                scan.peek()?;
                text.clear();
                match name.as_slice() {
                    b"\"type\"" => {
                        scan.value(Some(&mut text), MEMBER_MAX)?;
                        kind = serde_json::from_slice::<String>(&text).ok();
                    }
                    b"\"crs\"" => {
                        scan.value(Some(&mut text), MEMBER_MAX)?;
                        let raw = serde_json::from_slice::<&RawValue>(&text).ok();
                        if let Some(raw) = raw.filter(|raw| raw.get() != "null") {
                            crs = reader.within("crs", |reader| read_crs(raw, reader));
                        }
                    }
                    b"\"features\"" => {
                        let twice = features.replace((scan.offset(), scan.line)).is_some();
                        if twice {
                            let message = Text::fixed("重复出现,请只保留一个", "given more than once; keep one");
                            reader.fault_at("features", None, message);
                        }
                        scan.value(None, usize::MAX)?;
                    }
                    _ => scan.value(None, usize::MAX)?,
                }
            }
            _ => return Err(scan.broken()),
        }
    }
    if scan.peek()?.is_some() {
        return Err(scan.broken());
    }
    if kind.as_deref() != Some("FeatureCollection") {
        return Ok(Outline::One);
    }
    let Some((from, line)) = features else {
        reader.fault_at("features", None, Text::fixed("缺少必填项", "this member is required"));
        return Err(CannotCut::Faults(reader.into_faults()));
    };
    if reader.is_clean() {
        Ok(Outline::Collection { crs, from, line })
    } else {
        Err(CannotCut::Faults(reader.into_faults()))
    }
}

impl<R: Read + Seek> Batches<R> {
    /// Begins where the outline found `features`.
    pub fn new(mut stream: R, from: u64, line: usize, features_max: usize) -> Result<Self, CannotCut> {
        stream.seek(SeekFrom::Start(from))?;
        let mut scan = Scan::new(stream, from, line);
        if scan.peek()? != Some(b'[') {
            let mut reader = Reader::default();
            reader.fault_at("features", None, Text::fixed("应为 JSON 数组 […]", "an array […] is expected"));
            return Err(CannotCut::Faults(reader.into_faults()));
        }
        scan.step();
        Ok(Self { scan, next: 0, features_max, ended: false })
    }

    /// Bytes of the document that are behind.
    pub fn offset(&self) -> u64 {
        self.scan.offset()
    }

    fn batch(&mut self) -> Result<Option<Batch>, CannotCut> {
        let mut batch = Batch { first: self.next, ..Batch::default() };
        while batch.text.len() < BATCH_BYTES && batch.len() < BATCH_ROWS {
            match self.scan.peek()? {
                Some(b']') => {
                    self.ended = true;
                    break;
                }
                Some(b',') => {
                    self.scan.step();
                    continue;
                }
                Some(_) => {}
                None => return Err(self.scan.broken()),
            }
            if self.next == self.features_max {
                let limit = self.features_max;
                let mut reader = Reader::default();
                let message = text!(
                    "要素超过上限 {limit} 个;请分批提交",
                    "there are more than {limit} features; send them in several requests"
                );
                reader.fault_at("features", None, message);
                return Err(CannotCut::Faults(reader.into_faults()));
            }
            let line = self.scan.line;
            self.scan.value(Some(&mut batch.text), FEATURE_MAX)?;
            batch.ends.push((batch.text.len(), line));
            self.next += 1;
        }
        Ok((!batch.is_empty()).then_some(batch))
    }
}

impl<R: Read + Seek> Iterator for Batches<R> {
    type Item = Result<Batch, CannotCut>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.batch().transpose();
        self.ended |= !matches!(batch, Some(Ok(_)));
        batch
    }
}

/// A place in a stream of JSON.
struct Scan<R> {
    stream: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    /// Bytes before the buffer.
    before: u64,
    line: usize,
}

impl<R: Read> Scan<R> {
    fn new(stream: R, before: u64, line: usize) -> Self {
        Self { stream, buffer: vec![0; BUFFER], at: 0, filled: 0, before, line }
    }

    fn offset(&self) -> u64 {
        self.before + self.at as u64
    }

    /// Makes sure of a byte at hand; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        while self.at == self.filled {
            self.before += self.filled as u64;
            self.at = 0;
            self.filled = 0;
            match self.stream.read(&mut self.buffer) {
                Ok(0) => return Ok(false),
                Ok(read) => self.filled = read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// Steps over a byte order mark.
    fn mark(&mut self) -> io::Result<()> {
        for expected in b"\xef\xbb\xbf" {
            if !self.fill()? || self.buffer[self.at] != *expected {
                break;
            }
            self.at += 1;
        }
        Ok(())
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        while self.fill()? {
            match self.buffer[self.at] {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' => {}
                byte => return Ok(Some(byte)),
            }
            self.at += 1;
        }
        Ok(None)
    }

    fn step(&mut self) {
        self.at += 1;
    }

    fn expect(&mut self, byte: u8) -> Result<(), CannotCut> {
        if self.peek()? != Some(byte) {
            return Err(self.broken());
        }
        self.step();
        Ok(())
    }

    /// Steps over the value at hand, keeping it if asked to.
    fn value(&mut self, mut keep: Option<&mut Vec<u8>>, longest: usize) -> Result<(), CannotCut> {
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        let mut length = 0;
        loop {
            if !self.fill()? {
                // A number at the very end has no mark after it.
                return if length > 0 && depth == 0 && !in_string { Ok(()) } else { Err(self.broken()) };
            }
            let rest = &self.buffer[self.at..self.filled];
            let (mut at, mut taken, mut ended) = (0, rest.len(), false);
            while at < rest.len() {
                if escaped {
                    escaped = false;
                    at += 1;
                    continue;
                }
                // What stands between two marks is stepped over at once.
                let next = match (in_string, depth) {
                    (true, _) => memchr3(b'"', b'\\', b'\n', &rest[at..]),
                    (false, 0) => rest[at..].iter().position(|byte| MARKS_OUTSIDE[usize::from(*byte)]),
                    (false, _) => rest[at..].iter().position(|byte| MARKS[usize::from(*byte)]),
                };
                let Some(step) = next else { break };
                at += step;
                match rest[at] {
                    b'\n' if in_string || depth > 0 => self.line += 1,
                    b'\\' => escaped = true,
                    b'"' => {
                        ended = in_string && depth == 0;
                        in_string = !in_string;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => {
                        depth -= 1;
                        ended = depth == 0;
                    }
                    // What stands after a bare word or number belongs to its surroundings.
                    _ => {
                        (taken, ended) = (at, true);
                        break;
                    }
                }
                at += 1;
                if ended {
                    taken = at;
                    break;
                }
            }
            length += taken;
            if length > longest {
                return Err(self.too_long(longest));
            }
            if let Some(keep) = keep.as_deref_mut() {
                keep.extend_from_slice(&rest[..taken]);
            }
            self.at += taken;
            if ended {
                return if length > 0 { Ok(()) } else { Err(self.broken()) };
            }
        }
    }

    fn broken(&self) -> CannotCut {
        let line = self.line;
        self.fault(text!(
            "第 {line} 行处不是合法的 JSON,或文件不完整",
            "not valid JSON at line {line}, or the file is cut off"
        ))
    }

    fn too_long(&self, longest: usize) -> CannotCut {
        let (line, kib) = (self.line, longest >> 10);
        self.fault(text!(
            "第 {line} 行处的内容超过 {kib} KiB;请拆分",
            "what stands at line {line} exceeds {kib} KiB; split it"
        ))
    }

    fn fault(&self, message: Text) -> CannotCut {
        CannotCut::Faults(vec![FieldError { pointer: String::new(), value: None, message }])
    }
}
