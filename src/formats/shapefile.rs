//! Zipped Shapefiles: polygons, their attributes and their reference system, out of an archive that is not trusted.
//!
//! Read here and not by a library: every count of these formats must be held against the bytes that are there before
//! room is made for it, and text must stay bytes until its encoding is known (docs/adr/0008).

mod attributes;
mod dbf;
mod note;
mod prj;
mod rings;
mod shp;

use crate::domain::geometry::check::Part;
use crate::domain::geometry::crs::{Crs, Zone};
use crate::domain::text::{Text, text};
use crate::formats::archive::{self, Archive};

pub use note::{Note, Noted};
pub use prj::{UnknownPrj, crs_of};
pub use shp::BadShp;

/// What a file is read with.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The zone of coordinates without a .prj.
    pub zone: Option<Zone>,
    /// Most records of one file.
    pub records_max: usize,
    /// Most points of one file.
    pub points_max: usize,
}

/// A layer that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub crs: Crs,
    pub records: Vec<Record>,
    pub notes: Vec<Noted>,
}

/// One record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its number, from 1.
    pub number: usize,
    /// The properties of a plot, as JSON.
    pub properties: String,
    /// None for a record without a shape.
    pub parts: Option<Vec<Part>>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    Archive(archive::Refused),
    /// The archive has no file of this kind.
    Missing {
        ending: &'static str,
    },
    /// The archive has several layers.
    Several {
        names: Vec<String>,
    },
    Shp(BadShp),
    Dbf {
        why: Text,
    },
    /// The .dbf has another number of records than the .shp.
    Counts {
        shapes: usize,
        records: usize,
    },
    Prj(UnknownPrj),
    /// Without .prj and without a county's zone nothing says where the numbers lie.
    NoPrj,
    TooManyRecords {
        given: usize,
        limit: usize,
    },
    /// Text that is neither UTF-8 nor GBK.
    NotText {
        record: usize,
    },
}

impl Wrong {
    pub fn text(&self) -> Text {
        match self {
            Self::Archive(refused) => refused.text(),
            Self::Missing { ending } => text!(
                "压缩包内没有 {ending} 文件;Shapefile 需要 .shp、.dbf 和 .prj",
                "the archive has no {ending} file; a Shapefile needs .shp, .dbf and .prj"
            ),
            Self::Several { names } => {
                let names = names.join(", ");
                text!(
                    "压缩包内有几个图层({names});请每个压缩包只放一个",
                    "the archive has several layers ({names}); pack one in each"
                )
            }
            Self::Shp(bad) => bad.text(),
            Self::Dbf { why: Text { zh, en } } => {
                text!("属性表(.dbf)无法读取:{zh}", "the table (.dbf) cannot be read: {en}")
            }
            Self::Counts { shapes, records } => text!(
                ".shp 有 {shapes} 个图形,.dbf 有 {records} 条记录;两者应一一对应",
                "the .shp has {shapes} shapes, the .dbf {records} records; there is one of each for a plot"
            ),
            Self::Prj(unknown) => unknown.text(),
            Self::NoPrj => Text::fixed(
                "没有 .prj 文件,坐标系不明;请一并打包 .prj",
                "there is no .prj to say in which system the coordinates are; pack it too",
            ),
            Self::TooManyRecords { given, limit } => text!(
                "共 {given} 条记录,超过上限 {limit};请分批提交",
                "{given} records, the limit is {limit}; send them in several files"
            ),
            Self::NotText { record } => text!(
                "第 {record} 条记录的文字既不是 UTF-8 也不是 GBK",
                "the text of record {record} is neither UTF-8 nor GBK"
            ),
        }
    }
}

/// Reads the one layer of a zipped Shapefile.
pub fn read(bytes: &[u8], options: &Options) -> Result<Layer, Wrong> {
    let mut archive = Archive::open(bytes).map_err(Wrong::Archive)?;
    let stem = layer(archive.names())?;
    let mut file = |ending: &'static str| -> Result<Option<Vec<u8>>, Wrong> {
        let wanted = format!("{stem}{ending}").to_lowercase();
        match archive.names().iter().position(|name| name.to_lowercase() == wanted) {
            Some(index) => archive.read(index).map(Some).map_err(Wrong::Archive),
            None => Ok(None),
        }
    };
    let prj = file(".prj")?;
    let cpg = file(".cpg")?;
    let shapes = file(".shp")?.ok_or(Wrong::Missing { ending: ".shp" })?;
    let shapes = shp::read(&shapes, options.records_max, options.points_max).map_err(Wrong::Shp)?;
    let table = file(".dbf")?.ok_or(Wrong::Missing { ending: ".dbf" })?;
    let table = dbf::Table::open(&table).map_err(|why| Wrong::Dbf { why })?;
    if table.count() > options.records_max {
        return Err(Wrong::TooManyRecords { given: table.count(), limit: options.records_max });
    }
    if table.count() != shapes.len() {
        return Err(Wrong::Counts { shapes: shapes.len(), records: table.count() });
    }
    let mut notes = Vec::new();
    let crs = match &prj {
        Some(prj) => crs_of(&String::from_utf8_lossy(prj)).map_err(Wrong::Prj)?,
        None => {
            let crs = guessed(&shapes, options.zone).ok_or(Wrong::NoPrj)?;
            notes.push(Noted { record: None, note: Note::NoPrj { crs } });
            crs
        }
    };
    let mapping = attributes::Mapping::of(&table, cpg.as_deref(), &mut notes)?;
    let mut budget = rings::Budget::new();
    let mut records = Vec::with_capacity(shapes.len());
    for (index, shape) in shapes.into_iter().enumerate() {
        let number = index + 1;
        let row = table.row(index);
        if row.is_deleted {
            notes.push(Noted { record: Some(number), note: Note::Deleted });
            continue;
        }
        let properties = mapping.json(&row).ok_or(Wrong::NotText { record: number })?;
        let parts = match shape {
            None => None,
            Some(rings) => {
                let (parts, rewound) =
                    rings::parts(rings, &mut budget).ok_or(Wrong::Shp(BadShp::TooManyRings { record: number }))?;
                if rewound {
                    notes.push(Noted { record: Some(number), note: Note::Winding });
                }
                Some(parts)
            }
        };
        records.push(Record { number, properties, parts });
    }
    Ok(Layer { crs, records, notes })
}

/// The path of the one layer, without its ending.
fn layer(names: &[String]) -> Result<String, Wrong> {
    let is_own = |name: &&String| !name.starts_with("__MACOSX/") && !name.is_empty();
    let found: Vec<&String> =
        names.iter().filter(is_own).filter(|name| name.to_lowercase().ends_with(".shp")).collect();
    match found[..] {
        [] => Err(Wrong::Missing { ending: ".shp" }),
        [name] => Ok(name[..name.len() - ".shp".len()].to_owned()),
        _ => Err(Wrong::Several { names: found.into_iter().take(10).cloned().collect() }),
    }
}

/// The system of coordinates without a .prj, by their size: degrees, or the county's zone with or without prefix.
fn guessed(shapes: &[Option<Vec<shp::Ring>>], zone: Option<Zone>) -> Option<Crs> {
    let first = shapes.iter().flatten().flatten().flatten().next()?;
    let [x, y] = *first;
    if (70.0..140.0).contains(&x) && (0.0..60.0).contains(&y) {
        return Some(Crs::Cgcs2000);
    }
    let zone = zone?;
    Some(if x > 1_000_000.0 { zone.prefixed_crs() } else { zone.crs() })
}
