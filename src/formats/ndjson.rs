//! A stream of bytes as lines, however its parts are cut. What is kept of it is one line at most.

use std::io::BufRead as _;

/// Longest line, in bytes without its end.
pub const LINE_MAX: usize = 1 << 20;

/// A line with its number, the first being 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'l> {
    Whole(u64, &'l [u8]),
    /// Longer than [`LINE_MAX`]: its bytes were let go.
    TooLong(u64),
}

/// Cuts parts into lines. Blank lines count and are passed over.
#[derive(Debug, Default)]
pub struct Lines {
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
    /// Whether the line that has begun is too long already.
    is_too_long: bool,
    /// Lines that have ended.
    ended: u64,
}

impl Lines {
    /// Takes the next part and gives each line that ends in it.
    pub fn push(&mut self, mut part: &[u8], mut each: impl FnMut(Line<'_>)) {
        while !part.is_empty() {
            let mut after = part;
            let length = after.skip_until(b'\n').expect("bytes in memory can be read");
            let (line, has_end) = match part[..length].strip_suffix(b"\n") {
                Some(line) => (line, true),
                None => (&part[..length], false),
            };
            part = after;
            match (has_end, self.begun.is_empty() && !self.is_too_long) {
                // Nothing of it needs to be kept.
                (true, true) => self.end(line, &mut each),
                (true, false) => {
                    self.keep(line);
                    let begun = std::mem::take(&mut self.begun);
                    self.end(&begun, &mut each);
                }
                (false, _) => self.keep(line),
            }
        }
    }

    /// Gives the last line, if the stream does not end with a line's end.
    pub fn finish(mut self, mut each: impl FnMut(Line<'_>)) {
        if !self.begun.is_empty() || self.is_too_long {
            let begun = std::mem::take(&mut self.begun);
            self.end(&begun, &mut each);
        }
    }

    fn keep(&mut self, more: &[u8]) {
        self.is_too_long |= self.begun.len() + more.len() > LINE_MAX;
        if self.is_too_long {
            self.begun = Vec::new();
        } else {
            self.begun.extend_from_slice(more);
        }
    }

    fn end(&mut self, line: &[u8], each: &mut impl FnMut(Line<'_>)) {
        self.ended += 1;
        // A mark at the very beginning says that it is UTF-8, which it has to be anyway.
        let line = if self.ended == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if std::mem::take(&mut self.is_too_long) || line.len() > LINE_MAX {
            each(Line::TooLong(self.ended));
        } else if !line.trim_ascii().is_empty() {
            each(Line::Whole(self.ended, line));
        }
    }
}
