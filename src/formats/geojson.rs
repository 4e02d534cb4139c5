//! GeoJSON (RFC 7946): polygons with properties, read with every fault named by its JSON pointer.
//!
//! A document is a `Feature`, a `FeatureCollection` or a bare `Polygon` or `MultiPolygon`. Features are
//! cut out of the text first and read one at a time, so that a hundred thousand of them need no
//! more memory than the text and one feature. Properties are read through
//! [`Input`](crate::domain::input::Input), their decimals from the digits as written.
//!
//! Positions are longitude, latitude in degrees unless a `crs` member (GeoJSON 2008, still written by
//! GIS programs) or the caller names another system; then they are east, north in metres. Heights are
//! left out. [`write_geometry`] writes nine decimals, a tenth of a millimetre.

mod coordinates;
pub mod stream;
mod write;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::domain::geometry::check::{self, CheckedPolygon, Part};
use crate::domain::geometry::crs::Crs;
use crate::domain::geometry::flaw::Flaw;
use crate::domain::input::{Input, Members, Reader};
use crate::domain::text::{Text, text};

pub use write::{AxisOrder, write_geometry, write_geometry_in};

/// Where a name of a reference system stands in the `crs` member.
const CRS_NAME: &str = "/properties/name";

/// A document cut into its features.
pub struct Document<'de> {
    items: Vec<Item<'de>>,
    crs: Option<Crs>,
}

/// One feature of a document, not read yet.
#[derive(Clone, Copy)]
pub struct Item<'de> {
    /// Its place in `features`; a document that is one feature has none.
    pub index: Option<usize>,
    raw: &'de RawValue,
}

/// The members of a feature.
pub struct Feature<'de> {
    /// The `id` as it is written: a JSON string or number.
    pub id: Option<&'de RawValue>,
    geometry: Option<&'de RawValue>,
    properties: Option<&'de RawValue>,
    /// Whether the document is the geometry itself.
    is_bare: bool,
}

/// The coordinates of a `Polygon` or `MultiPolygon`, as they were given.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    pub parts: Vec<Part>,
    pub is_multi: bool,
}

/// Cuts a document into features, at most `features_max`. Faults of the document as a whole go to `reader`.
pub fn open<'de>(bytes: &'de [u8], features_max: usize, reader: &mut Reader) -> Option<Document<'de>> {
    // A byte order mark is no JSON, yet some programs write one.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let raw = match serde_json::from_slice::<&RawValue>(bytes) {
        Ok(raw) => raw,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            reader.fault(
                None,
                text!(
                    "第 {line} 行第 {column} 列起不是合法的 UTF-8 JSON:{error}",
                    "not valid JSON in UTF-8 at line {line} column {column}: {error}"
                ),
            );
            return None;
        }
    };
    let members = Members::of(raw, reader)?;
    let kind = kind_of(&members);
    let crs = match member(&members, "crs") {
        Some(crs) if crs.get() != "null" => Some(reader.within("crs", |reader| read_crs(crs, reader))?),
        _ => None,
    };
    let items = match kind.as_deref() {
        Some("FeatureCollection") => features(&members, features_max, reader)?,
        Some("Feature" | "Polygon" | "MultiPolygon") => vec![Item { index: None, raw }],
        _ => {
            let given = member(&members, "type").map(RawValue::get);
            reader.fault_at(
                "type",
                given,
                Text::fixed(
                    "应为 FeatureCollection、Feature、Polygon 或 MultiPolygon",
                    "FeatureCollection, Feature, Polygon or MultiPolygon is expected",
                ),
            );
            return None;
        }
    };
    Some(Document { items, crs })
}

impl<'de> Document<'de> {
    pub fn items(&self) -> &[Item<'de>] {
        &self.items
    }

    /// The reference system that the document names, if it names one.
    pub fn crs(&self) -> Option<Crs> {
        self.crs
    }
}

impl<'de> Item<'de> {
    /// Runs `read` with the pointers of `reader` set to this feature.
    pub fn within<T>(&self, reader: &mut Reader, read: impl FnOnce(&mut Reader) -> T) -> T {
        match self.index {
            Some(index) => reader.within("features", |reader| reader.within(&index.to_string(), read)),
            None => read(reader),
        }
    }

    /// Reads the members of the feature. To be called [`within`](Self::within) it.
    pub fn open(&self, reader: &mut Reader) -> Option<Feature<'de>> {
        let members = Members::of(self.raw, reader)?;
        match kind_of(&members).as_deref() {
            Some("Feature") => Some(Feature {
                id: only(&members, "id", reader)?,
                geometry: only(&members, "geometry", reader)?,
                properties: only(&members, "properties", reader)?,
                is_bare: false,
            }),
            Some("Polygon" | "MultiPolygon") if self.index.is_none() => {
                Some(Feature { id: None, geometry: Some(self.raw), properties: None, is_bare: true })
            }
            _ => {
                let given = member(&members, "type").map(RawValue::get);
                reader.fault_at("type", given, Text::fixed("应为 Feature", "Feature is expected"));
                None
            }
        }
    }
}

impl<'de> Feature<'de> {
    /// Reads the properties; faults are named as `…/properties/area_m2`.
    pub fn properties<T: Input<'de>>(&self, reader: &mut Reader) -> Option<T> {
        reader.within("properties", |reader| match self.properties {
            Some(raw) if raw.get() != "null" => T::read(raw, reader),
            _ => T::missing(reader),
        })
    }

    /// The properties as they are written, if there are any.
    pub fn properties_text(&self) -> Option<&'de str> {
        self.properties.map(RawValue::get).filter(|text| *text != "null")
    }

    /// Whether there is a geometry at all; GeoJSON allows `null`.
    pub fn has_geometry(&self) -> bool {
        self.geometry.is_some_and(|raw| raw.get() != "null")
    }

    /// Reads the coordinates, at most `vertices_max` of them.
    pub fn geometry(&self, vertices_max: usize, reader: &mut Reader) -> Option<Geometry> {
        self.within_geometry(reader, |reader| self.geometry_here(vertices_max, reader))
    }

    /// Reads and checks the polygon; each flaw is a fault at its ring or vertex.
    pub fn polygon(&self, crs: Crs, limits: &check::Limits, reader: &mut Reader) -> Option<CheckedPolygon> {
        self.within_geometry(reader, |reader| {
            let geometry = self.geometry_here(limits.vertices_max, reader)?;
            match check::check(&geometry.parts, crs, limits) {
                Ok(polygon) => Some(polygon),
                Err(flaws) => {
                    flaws.list.iter().for_each(|flaw| name(flaw, geometry.is_multi, reader));
                    if flaws.more {
                        reader.fault(None, more_flaws(flaws.list.len()));
                    }
                    None
                }
            }
        })
    }

    fn within_geometry<T>(&self, reader: &mut Reader, read: impl FnOnce(&mut Reader) -> T) -> T {
        if self.is_bare { read(reader) } else { reader.within("geometry", read) }
    }

    fn geometry_here(&self, vertices_max: usize, reader: &mut Reader) -> Option<Geometry> {
        let Some(raw) = self.geometry.filter(|raw| raw.get() != "null") else {
            reader.fault(
                None,
                Text::fixed(
                    "缺少图形;请给出 Polygon 或 MultiPolygon",
                    "the geometry is missing; give a Polygon or MultiPolygon",
                ),
            );
            return None;
        };
        let members = Members::of(raw, reader)?;
        let is_multi = match kind_of(&members).as_deref() {
            Some("Polygon") => false,
            Some("MultiPolygon") => true,
            _ => {
                let given = member(&members, "type").map(RawValue::get);
                reader.fault_at(
                    "type",
                    given,
                    Text::fixed("应为 Polygon 或 MultiPolygon", "Polygon or MultiPolygon is expected"),
                );
                return None;
            }
        };
        let Some(raw) = only(&members, "coordinates", reader)? else {
            reader.fault_at("coordinates", None, Text::fixed("缺少必填项", "this member is required"));
            return None;
        };
        match coordinates::read(raw, is_multi, vertices_max) {
            Ok(parts) => Some(Geometry { parts, is_multi }),
            Err(coordinates::Fault::TooMany { given }) => {
                name(&Flaw::TooManyVertices { given, limit: vertices_max }, is_multi, reader);
                None
            }
            Err(coordinates::Fault::Wrong { pointer, value, message }) => {
                at_pointer(reader, &format!("coordinates{pointer}"), |reader| reader.fault(Some(value), message));
                None
            }
        }
    }
}

/// The note that a polygon has more flaws than are named.
pub fn more_flaws(named: usize) -> Text {
    text!(
        "问题超过 {named} 处,其余未列出;请改正后重新提交",
        "there are more than {named} flaws, the others are not listed; correct these and send it again"
    )
}

/// Records a flaw at its place in the coordinates.
fn name(flaw: &Flaw, is_multi: bool, reader: &mut Reader) {
    let pointer = flaw.place().map(|place| place.pointer(is_multi));
    let pointer = pointer.as_deref().unwrap_or("/coordinates");
    at_pointer(reader, &pointer[1..], |reader| reader.fault(None, flaw.text()));
}

/// Runs `read` at a pointer given without its first slash.
fn at_pointer<T>(reader: &mut Reader, pointer: &str, read: impl FnOnce(&mut Reader) -> T) -> T {
    match pointer.split_once('/') {
        Some((step, rest)) => reader.within(step, |reader| at_pointer(reader, rest, read)),
        None => reader.within(pointer, read),
    }
}

fn member<'de>(members: &Members<'de>, name: &str) -> Option<&'de RawValue> {
    members.0.iter().find(|(member, _)| member == name).map(|&(_, raw)| raw)
}

/// A member that may be there once. Of two geometries neither is taken.
fn only<'de>(members: &Members<'de>, name: &str, reader: &mut Reader) -> Option<Option<&'de RawValue>> {
    let mut all = members.0.iter().filter(|(member, _)| member == name);
    let first = all.next().map(|&(_, raw)| raw);
    if all.next().is_some() {
        reader.fault_at(name, None, Text::fixed("重复出现,请只保留一个", "given more than once; keep one"));
        return None;
    }
    Some(first)
}

fn kind_of(members: &Members<'_>) -> Option<String> {
    serde_json::from_str(member(members, "type")?.get()).ok()
}

fn read_crs(raw: &RawValue, reader: &mut Reader) -> Option<Crs> {
    let value: serde_json::Value = serde_json::from_str(raw.get()).ok()?;
    match value.pointer(CRS_NAME).and_then(|name| name.as_str()).map(Crs::parse) {
        Some(Ok(crs)) => Some(crs),
        Some(Err(message)) => {
            at_pointer(reader, &CRS_NAME[1..], |reader| reader.fault(None, message));
            None
        }
        None => {
            reader.fault(
                Some(raw.get()),
                Text::fixed(
                    "应写成 {\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4547\"}},或省略(经纬度)",
                    "write {\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4547\"}}, or leave it out for longitude and latitude",
                ),
            );
            None
        }
    }
}

fn features<'de>(members: &Members<'de>, features_max: usize, reader: &mut Reader) -> Option<Vec<Item<'de>>> {
    let Some(raw) = only(members, "features", reader)? else {
        reader.fault_at("features", None, Text::fixed("缺少必填项", "this member is required"));
        return None;
    };
    let mut deserializer = serde_json::Deserializer::from_str(raw.get());
    let Ok((raws, given)) = (AtMost { limit: features_max }).deserialize(&mut deserializer) else {
        reader.fault_at("features", Some(raw.get()), Text::fixed("应为 JSON 数组 […]", "an array […] is expected"));
        return None;
    };
    if given > features_max {
        reader.fault_at(
            "features",
            None,
            text!(
                "共 {given} 个要素,超过上限 {features_max};请分批提交",
                "{given} features, the limit is {features_max}; send them in several requests"
            ),
        );
        return None;
    }
    Some(raws.into_iter().enumerate().map(|(index, raw)| Item { index: Some(index), raw }).collect())
}

/// The elements of an array, and how many there are: those past the limit are counted, not kept.
struct AtMost {
    limit: usize,
}

impl<'de> DeserializeSeed<'de> for AtMost {
    type Value = (Vec<&'de RawValue>, usize);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for AtMost {
    type Value = (Vec<&'de RawValue>, usize);

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < self.limit {
            match elements.next_element()? {
                Some(raw) => kept.push(raw),
                None => {
                    let given = kept.len();
                    return Ok((kept, given));
                }
            }
        }
        let mut given = kept.len();
        while elements.next_element::<IgnoredAny>()?.is_some() {
            given += 1;
        }
        Ok((kept, given))
    }
}
