//! One batch of rows: properties and polygon of each, or everything that is wrong with it.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::value::RawValue;

use super::source::{Rows, Whole};
use super::{BadRow, Defaults, Row};
use crate::app::plots::PlotDraft;
use crate::domain::geometry::check::{self, CheckedPolygon, Limits};
use crate::domain::geometry::crs::Crs;
use crate::domain::input::{self, FieldError, Input, Members, Reader};
use crate::domain::plot::PlotProperties;
use crate::domain::text::{Text, text};
use crate::formats::geojson::{self, Item};

/// The code of a row that may be wrong elsewhere.
struct Code(Option<String>);

impl<'de> Input<'de> for Code {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let members = Members::of(raw, reader)?;
        let code = members.0.iter().find(|(name, _)| name == "code");
        Some(Self(code.and_then(|(_, raw)| serde_json::from_str(raw.get()).ok())))
    }
}

/// What rows are read with.
pub(super) struct Reading<'r> {
    pub limits: &'r Limits,
    pub defaults: &'r Defaults,
    /// Vertices of all rows so far, and how many there may be.
    pub vertices: AtomicUsize,
    pub vertices_max: usize,
}

/// The rows that are sound by themselves, and those that are not.
#[derive(Default)]
pub(super) struct Read {
    pub rows: Vec<Row>,
    pub bad: Vec<BadRow>,
}

impl Reading<'_> {
    pub fn read(&self, rows: &Rows) -> Read {
        let mut read = Read::default();
        match rows {
            Rows::Json { batch, crs } => {
                for at in 0..batch.len() {
                    if self.is_spent() {
                        break;
                    }
                    let mut reader = Reader::default();
                    let index = batch.first + at;
                    match batch.item(at, &mut reader) {
                        Some(item) => self.item(item, *crs, Some(batch.line(at)), reader, &mut read),
                        None => read.bad.push(BadRow {
                            offence: None,
                            index,
                            line: Some(batch.line(at)),
                            code: None,
                            faults: reader.into_faults(),
                        }),
                    }
                }
            }
            Rows::One { document } => {
                let mut reader = Reader::default();
                if let Some(document) = geojson::open(document, 1, &mut reader) {
                    let crs = document.crs().unwrap_or(Crs::Crs84);
                    for item in document.items() {
                        self.item(*item, crs, None, Reader::default(), &mut read);
                    }
                }
            }
            Rows::Whole(rows) => {
                for row in rows {
                    if self.is_spent() {
                        break;
                    }
                    self.whole(row, &mut read);
                }
            }
        }
        read
    }

    /// Past the limit of all together nothing is taken anyway.
    pub fn is_spent(&self) -> bool {
        self.vertices.load(Ordering::Relaxed) > self.vertices_max
    }

    fn count(&self, polygon: Option<&CheckedPolygon>) {
        self.vertices.fetch_add(polygon.map_or(0, |polygon| polygon.grid.vertices()), Ordering::Relaxed);
    }

    fn item(&self, item: Item<'_>, crs: Crs, line: Option<usize>, mut reader: Reader, read: &mut Read) {
        let index = item.index.unwrap_or(0);
        let mut flawed = Reader::default();
        let (mut code, mut text) = (None, String::new());
        let draft = item.within(&mut reader, |reader| {
            let feature = item.open(reader)?;
            text = self.defaults.added_to(feature.properties_text().unwrap_or("{}"));
            let properties = reader.within("properties", |reader| {
                let raw = serde_json::from_str::<&RawValue>(&text).ok()?;
                let properties = PlotProperties::read(raw, reader);
                code = match &properties {
                    Some(properties) => Some(properties.code.to_string()),
                    None => Code::read(raw, &mut Reader::default()).and_then(|code| code.0),
                };
                properties
            });
            let polygon = item.within(&mut flawed, |flawed| {
                feature.has_geometry().then(|| feature.polygon(crs, self.limits, flawed)).flatten()
            });
            Some(PlotDraft { properties: properties?, polygon: polygon.filter(|_| flawed.is_clean()) })
        });
        let flaws = flawed.into_faults();
        match draft.filter(|_| reader.is_clean()) {
            Some(draft) => {
                self.count(draft.polygon.as_ref());
                let pointer = item.index.map_or_else(String::new, |index| format!("/features/{index}"));
                read.rows.push(Row { index, line, pointer, draft, flaws, properties: Some(text) });
            }
            None => {
                let faults = reader.into_faults().into_iter().chain(flaws).collect();
                read.bad.push(BadRow { index, line, code, faults, offence: None });
            }
        }
    }

    fn whole(&self, row: &Whole, read: &mut Read) {
        let (index, line) = (row.index, Some(row.line));
        let pointer = format!("/features/{index}");
        let given = match &row.properties {
            Ok(given) => self.defaults.added_to(given),
            Err(faults) => {
                let faults = faults.clone();
                return read.bad.push(BadRow { index, line, code: row.code.clone(), faults, offence: None });
            }
        };
        let properties = input::read::<PlotProperties>(given.as_bytes());
        let polygon = row.parts.as_ref().map(|parts| check::check(parts, row.crs, self.limits)).transpose();
        let (polygon, flaws) = match polygon {
            Ok(polygon) => (polygon, Vec::new()),
            Err(flaws) => {
                let mut named: Vec<_> = flaws.list.iter().map(|flaw| flaw_of(flaw, &pointer, row)).collect();
                if flaws.more {
                    named.push(FieldError {
                        pointer: format!("{pointer}/geometry"),
                        value: None,
                        message: geojson::more_flaws(named.len()),
                    });
                }
                (None, named)
            }
        };
        match properties {
            Ok(properties) => {
                self.count(polygon.as_ref());
                let draft = PlotDraft { properties, polygon };
                read.rows.push(Row { index, line, pointer, draft, flaws, properties: Some(given) });
            }
            Err(faults) => {
                let code = serde_json::from_str::<&RawValue>(&given)
                    .ok()
                    .and_then(|raw| Code::read(raw, &mut Reader::default()))
                    .and_then(|code| code.0);
                let at = |fault: FieldError| FieldError {
                    pointer: format!("{pointer}/properties{}", fault.pointer),
                    ..fault
                };
                let faults = faults.into_iter().map(at).chain(flaws).collect();
                read.bad.push(BadRow { index, line, code, faults, offence: None });
            }
        }
    }
}

/// A flaw of a polygon that stands in no JSON: at the place it would have there, with its line if it has one.
fn flaw_of(flaw: &crate::domain::geometry::flaw::Flaw, pointer: &str, row: &Whole) -> FieldError {
    let is_multi = row.parts.as_ref().is_some_and(|parts| parts.len() != 1);
    let place = flaw.place();
    let within = place.map_or_else(|| "/coordinates".to_owned(), |place| place.pointer(is_multi));
    let line = place.and_then(|place| {
        let ring = row.lines.get(place.ring)?;
        ring.get(place.vertex.unwrap_or(0)).copied()
    });
    let message = match (flaw.text(), line) {
        (Text { zh, en }, Some(line)) => text!("第 {line} 行:{zh}", "line {line}: {en}"),
        (message, None) => message,
    };
    FieldError { pointer: format!("{pointer}/geometry{within}"), value: None, message }
}

impl Defaults {
    /// The properties with those added that every row of the file has and this one does not give.
    pub(super) fn added_to(&self, given: &str) -> String {
        let given = given.trim();
        let Some(rest) = given.strip_prefix('{') else { return given.to_owned() };
        if self.approval.is_none() && self.origin.is_none() {
            return given.to_owned();
        }
        let Ok(members) = serde_json::from_str::<Members<'_>>(given) else { return given.to_owned() };
        // Either of the two says where the plot comes from.
        if members.0.iter().any(|(name, raw)| matches!(name.as_ref(), "approval" | "origin") && raw.get() != "null") {
            return given.to_owned();
        }
        let mut added = serde_json::Map::new();
        added.extend(self.approval.as_ref().map(|approval| match approval {
            crate::domain::record::Reference::Id(id) => ("approval".to_owned(), (*id).into()),
            crate::domain::record::Reference::Code(code) => ("approval".to_owned(), code.as_str().into()),
        }));
        added.extend(self.origin.map(|origin| ("origin".to_owned(), origin.as_str().into())));
        let kept = members.0.iter().filter(|(name, _)| !matches!(name.as_ref(), "approval" | "origin"));
        let is_null_free = members.0.len() == kept.count();
        let added = serde_json::Value::Object(added).to_string();
        let head = &added[..added.len() - 1];
        if !is_null_free {
            // A null stands for what is missing: written anew without it.
            let rest: Vec<String> = members
                .0
                .iter()
                .filter(|(name, _)| !matches!(name.as_ref(), "approval" | "origin"))
                .map(|(name, raw)| format!(",{}:{}", serde_json::Value::from(name.as_ref()), raw.get()))
                .collect();
            return format!("{head}{}}}", rest.concat());
        }
        let comma = if members.0.is_empty() { "" } else { "," };
        format!("{head}{comma}{rest}")
    }
}
