//! The .prj file: which of the known systems its WKT describes, whoever wrote it.
//!
//! Names differ between programs (`CGCS2000_3_Degree_GK_CM_114E`, `CGCS2000 / 3-degree Gauss-Kruger CM 114E`), so the
//! datum, the method and the parameters decide and not the name.

use crate::domain::geometry::crs::Crs;
use crate::domain::text::{Text, text};

/// Longest .prj that is looked at.
const LENGTH_MAX: usize = 64 << 10;
/// Brackets within brackets.
const DEPTH_MAX: usize = 32;

/// Why a .prj is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownPrj {
    NotWkt,
    /// Another datum than CGCS2000 or WGS 84.
    Datum {
        given: String,
    },
    /// Another projection, or one with parameters of no zone.
    Projection {
        given: String,
    },
}

impl UnknownPrj {
    pub fn text(&self) -> Text {
        match self {
            Self::NotWkt => {
                Text::fixed(".prj 不是坐标系描述(WKT)", "the .prj is no description of a reference system (WKT)")
            }
            Self::Datum { given } => text!(
                ".prj 的基准“{given}”不是 2000 国家大地坐标系;请先转换",
                "the datum of the .prj, {given:?}, is not CGCS2000; transform the coordinates first"
            ),
            Self::Projection { given } => text!(
                ".prj 的坐标系“{given}”不是 CGCS2000 经纬度或高斯-克吕格分带;请先转换",
                "the system of the .prj, {given:?}, is neither CGCS2000 in degrees nor one of its Gauss-Krüger zones; convert first"
            ),
        }
    }
}

/// The system that a .prj describes, in WKT 1 (OGC or ESRI) or WKT 2.
pub fn crs_of(prj: &str) -> Result<Crs, UnknownPrj> {
    let prj = prj.trim_start_matches('\u{feff}').trim();
    let root = (prj.len() <= LENGTH_MAX).then(|| Node::parse(prj)).flatten().ok_or(UnknownPrj::NotWkt)?;
    // A height system may stand around the plane one.
    let root = match root.keyword.as_str() {
        "COMPD_CS" | "COMPOUNDCRS" => root.children.into_iter().next().ok_or(UnknownPrj::NotWkt)?,
        _ => root,
    };
    let datum = root.find(&["DATUM", "TRF", "ENSEMBLE"]).ok_or(UnknownPrj::NotWkt)?;
    let folded = folded(&datum.name);
    let is_cgcs2000 = ["china2000", "cgcs2000", "chinageodetic"].iter().any(|name| folded.contains(name));
    let is_wgs84 = folded.contains("wgs1984") || folded.contains("wgs84") || folded.contains("worldgeodeticsystem1984");
    if !is_cgcs2000 && !is_wgs84 {
        return Err(UnknownPrj::Datum { given: shown(&datum.name) });
    }
    match root.keyword.as_str() {
        "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEODETICCRS" | "GEOGRAPHICCRS" => {
            Ok(if is_cgcs2000 { Crs::Cgcs2000 } else { Crs::Wgs84 })
        }
        "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => {
            let other = || UnknownPrj::Projection { given: shown(&root.name) };
            if is_cgcs2000 { zone(&root).ok_or_else(other) } else { Err(other()) }
        }
        _ => Err(UnknownPrj::NotWkt),
    }
}

/// The zone of a projected system by its parameters.
fn zone(root: &Node) -> Option<Crs> {
    let method = folded(&root.find(&["PROJECTION", "METHOD"])?.name);
    if !method.contains("gausskruger") && !method.contains("transversemercator") {
        return None;
    }
    let parameter = |names: &[&str]| {
        let found = root.all("PARAMETER").into_iter().find(|node| names.contains(&folded(&node.name).as_str()));
        found.and_then(|node| node.numbers.first().copied())
    };
    let meridian = parameter(&["centralmeridian", "longitudeofnaturalorigin", "longitudeoforigin"])?;
    let easting = parameter(&["falseeasting"])?;
    let northing = parameter(&["falsenorthing"]).unwrap_or(0.0);
    let latitude = parameter(&["latitudeoforigin", "latitudeofnaturalorigin"]).unwrap_or(0.0);
    let scale = parameter(&["scalefactor", "scalefactoratnaturalorigin"]).unwrap_or(1.0);
    // The unit of the plane stands beside the projection, that of the angles within the datum's system.
    let unit = root.children.iter().find(|node| matches!(node.keyword.as_str(), "UNIT" | "LENGTHUNIT"));
    let is_metre = unit.is_none_or(|node| node.numbers.first() == Some(&1.0));
    if northing != 0.0 || latitude != 0.0 || scale != 1.0 || !is_metre || meridian.fract() != 0.0 {
        return None;
    }
    if !(72.0..=138.0).contains(&meridian) {
        return None;
    }
    let meridian = meridian as u32;
    let prefix = (easting - 500_000.0) / 1_000_000.0;
    let known = |code| Crs::from_epsg(code);
    match (prefix == 0.0, meridian.is_multiple_of(3)) {
        // Without prefix a six-degree zone is the three-degree zone of its meridian.
        (true, true) if (75..=135).contains(&meridian) => known(4534 + meridian / 3 - 25),
        (false, true) if prefix == f64::from(meridian / 3) => known(4513 + (meridian / 3).checked_sub(25)?),
        (false, true) if meridian % 6 == 3 && prefix == f64::from(meridian.div_ceil(6)) => {
            known(4491 + meridian.div_ceil(6).checked_sub(13)?)
        }
        _ => None,
    }
}

/// Letters and digits alone, in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// `KEYWORD["name", 1.0, CHILD[…]]`
struct Node {
    keyword: String,
    name: String,
    numbers: Vec<f64>,
    children: Vec<Node>,
}

impl Node {
    fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        Self::take(&mut rest, 0)
    }

    fn take(rest: &mut &str, depth: usize) -> Option<Self> {
        if depth > DEPTH_MAX {
            return None;
        }
        let open = rest.find(['[', '('])?;
        let keyword = rest[..open].trim().to_ascii_uppercase();
        if keyword.is_empty() || !keyword.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return None;
        }
        *rest = &rest[open + 1..];
        let mut node = Self { keyword, name: String::new(), numbers: Vec::new(), children: Vec::new() };
        loop {
            *rest = rest.trim_start();
            match rest.chars().next()? {
                ']' | ')' => {
                    *rest = &rest[1..];
                    return Some(node);
                }
                ',' => *rest = &rest[1..],
                '"' => {
                    let end = rest[1..].find('"')? + 1;
                    if node.name.is_empty() {
                        node.name = rest[1..end].to_owned();
                    }
                    *rest = &rest[end + 1..];
                }
                _ => {
                    let end = rest.find([',', ']', ')', '[', '('])?;
                    if rest[end..].starts_with(['[', '(']) {
                        node.children.push(Self::take(rest, depth + 1)?);
                    } else {
                        node.numbers.extend(rest[..end].trim().parse::<f64>().ok());
                        *rest = &rest[end..];
                    }
                }
            }
        }
    }

    /// The first node below this one that has one of the keywords.
    fn find(&self, keywords: &[&str]) -> Option<&Self> {
        self.children.iter().find_map(|child| {
            if keywords.contains(&child.keyword.as_str()) { Some(child) } else { child.find(keywords) }
        })
    }

    fn all(&self, keyword: &str) -> Vec<&Self> {
        let mut found: Vec<&Self> = Vec::new();
        for child in &self.children {
            if child.keyword == keyword {
                found.push(child);
            }
            found.extend(child.all(keyword));
        }
        found
    }
}
