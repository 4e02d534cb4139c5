//! The `coordinates` of a polygon, read from JSON text that is known to be valid.
//!
//! By hand rather than by serde, so that a number that is none is told by its pointer, one past the
//! range of a double becomes infinite (and a named flaw), and millions of vertices are counted without
//! being kept.

use serde_json::value::RawValue;

use crate::domain::geometry::check::{Part, Position, Ring};
use crate::domain::text::Text;

pub(super) enum Fault<'a> {
    TooMany { given: usize },
    Wrong { pointer: String, value: &'a str, message: Text },
}

/// Reads the parts. A `Polygon` has one.
pub(super) fn read(raw: &RawValue, is_multi: bool, vertices_max: usize) -> Result<Vec<Part>, Fault<'_>> {
    let mut scan = Scan { text: raw.get(), at: 0, path: Vec::new(), vertices: 0, arrays: 0, limit: vertices_max };
    let parts = if is_multi { scan.list(|scan, _| scan.part())? } else { vec![scan.part()?] };
    let given = scan.vertices.max(scan.arrays);
    if given > vertices_max { Err(Fault::TooMany { given }) } else { Ok(parts) }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Indices of the arrays that are open.
    path: Vec<usize>,
    vertices: usize,
    /// Parts and rings, so that empty ones are bounded too.
    arrays: usize,
    limit: usize,
}

impl<'a> Scan<'a> {
    fn part(&mut self) -> Result<Part, Fault<'a>> {
        self.arrays += 1;
        self.list(|scan, _| scan.ring())
    }

    fn ring(&mut self) -> Result<Ring, Fault<'a>> {
        self.arrays += 1;
        let mut ring = Ring::new();
        self.list(|scan, _| {
            let position = scan.position()?;
            scan.vertices += 1;
            if scan.vertices <= scan.limit {
                ring.push(position);
            }
            Ok(())
        })?;
        Ok(ring)
    }

    fn position(&mut self) -> Result<Position, Fault<'a>> {
        let start = self.at;
        let mut position = [0.0; 2];
        let mut given = 0;
        self.list(|scan, index| {
            let number = scan.number()?;
            if let Some(place) = position.get_mut(index) {
                *place = number;
            }
            given += 1;
            Ok(())
        })?;
        if given < 2 {
            self.at = start;
            return Err(self.wrong(Text::fixed(
                "应为两个数的坐标,如 [113.4, 34.5]",
                "a position of two numbers is expected, such as [113.4, 34.5]",
            )));
        }
        Ok(position)
    }

    fn number(&mut self) -> Result<f64, Fault<'a>> {
        let token = self.token();
        match token.parse() {
            Ok(number) if token.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                self.at += token.len();
                Ok(number)
            }
            _ => Err(self.wrong(Text::fixed("应为数字", "a number is expected"))),
        }
    }

    /// An array; `item` reads each element.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self, usize) -> Result<T, Fault<'a>>) -> Result<Vec<T>, Fault<'a>> {
        self.skip_space();
        if !self.text[self.at..].starts_with('[') {
            return Err(self.wrong(Text::fixed("应为 JSON 数组 […]", "an array […] is expected")));
        }
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.text[self.at..].starts_with(']') {
            self.at += 1;
            return Ok(items);
        }
        for index in 0.. {
            self.path.push(index);
            self.skip_space();
            let read = item(self, index)?;
            if self.arrays <= self.limit {
                items.push(read);
            }
            self.path.pop();
            self.skip_space();
            let more = self.text[self.at..].starts_with(',');
            // The text is valid JSON: what is no comma closes the array.
            self.at += 1;
            if !more {
                break;
            }
        }
        Ok(items)
    }

    fn skip_space(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    /// The text up to the end of the value at hand, if that value is neither array nor string.
    fn token(&self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| matches!(c, ',' | ']' | '}') || c.is_ascii_whitespace()).unwrap_or(rest.len());
        &rest[..end]
    }

    fn wrong(&self, message: Text) -> Fault<'a> {
        let pointer: String = self.path.iter().map(|index| format!("/{index}")).collect();
        Fault::Wrong { pointer, value: &self.text[self.at..], message }
    }
}
