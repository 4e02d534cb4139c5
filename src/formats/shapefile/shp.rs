//! The .shp file: polygons as closed rings. Heights and measures are left out.

use crate::domain::text::{Text, text};

/// Positions of a closed ring, x east and y north.
pub type Ring = Vec<[f64; 2]>;

const HEADER: usize = 100;
const FILE_CODE: i32 = 9994;
/// Polygon, with heights, with measures.
const POLYGONS: [i32; 3] = [5, 15, 25];

/// Why a .shp cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadShp {
    NotShp,
    NotPolygons {
        kind: i32,
    },
    /// It ends within a record, or a record says more than it holds.
    Cut {
        record: usize,
    },
    TooManyRecords {
        limit: usize,
    },
    TooManyPoints {
        limit: usize,
    },
    TooManyRings {
        record: usize,
    },
}

impl BadShp {
    pub fn text(&self) -> Text {
        match self {
            Self::NotShp => Text::fixed(".shp 文件头不对,不是 Shapefile", "the .shp has no header of a Shapefile"),
            Self::NotPolygons { kind } => {
                let (zh, en) = match kind {
                    1 | 11 | 21 => ("点", "points"),
                    3 | 13 | 23 => ("线", "lines"),
                    8 | 18 | 28 => ("多点", "multipoints"),
                    _ => ("其他图形", "other shapes"),
                };
                text!("图层是{zh},地块应为面", "the layer holds {en}; plots are polygons")
            }
            Self::Cut { record } => text!(
                ".shp 在第 {record} 条记录处不完整;请重新导出",
                "the .shp is cut off or damaged at record {record}; export it again"
            ),
            Self::TooManyRecords { limit } => {
                text!(
                    "图形超过上限 {limit} 个;请分批提交",
                    "there are more than {limit} shapes; send them in several files"
                )
            }
            Self::TooManyPoints { limit } => text!(
                "界址点超过上限 {limit} 个;请抽稀或分批提交",
                "there are more than {limit} points; simplify the boundaries or send several files"
            ),
            Self::TooManyRings { record } => text!(
                "第 {record} 条记录的环过多,无法判断内外;请拆成几个地块",
                "record {record} has too many rings to tell holes from parts; make several plots of it"
            ),
        }
    }
}

fn big(bytes: &[u8], at: usize) -> Option<i32> {
    Some(i32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn little(bytes: &[u8], at: usize) -> Option<i32> {
    Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn double(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// The rings of every record; none for a null shape.
pub fn read(bytes: &[u8], records_max: usize, points_max: usize) -> Result<Vec<Option<Vec<Ring>>>, BadShp> {
    if bytes.len() < HEADER || big(bytes, 0) != Some(FILE_CODE) {
        return Err(BadShp::NotShp);
    }
    let kind = little(bytes, 32).unwrap_or(0);
    if kind != 0 && !POLYGONS.contains(&kind) {
        return Err(BadShp::NotPolygons { kind });
    }
    // The header says how long the file is, in words of two bytes; what follows after is not part of it.
    let declared = big(bytes, 24).and_then(|words| usize::try_from(words).ok()).map_or(bytes.len(), |words| words * 2);
    if declared > bytes.len() {
        return Err(BadShp::Cut { record: 1 });
    }
    let mut rest = &bytes[HEADER..declared.max(HEADER)];
    let (mut shapes, mut points) = (Vec::new(), 0);
    while !rest.is_empty() {
        let record = shapes.len() + 1;
        if record > records_max {
            return Err(BadShp::TooManyRecords { limit: records_max });
        }
        let cut = || BadShp::Cut { record };
        let words = big(rest, 4).and_then(|words| usize::try_from(words).ok()).ok_or_else(cut)?;
        let content = rest.get(8..).and_then(|rest| rest.get(..words * 2)).ok_or_else(cut)?;
        rest = &rest[8 + words * 2..];
        shapes.push(match little(content, 0).ok_or_else(cut)? {
            0 => None,
            kind if POLYGONS.contains(&kind) => {
                let rings = rings(content, points_max - points).ok_or_else(cut)?;
                let rings = rings.ok_or(BadShp::TooManyPoints { limit: points_max })?;
                points += rings.iter().map(Vec::len).sum::<usize>();
                Some(rings)
            }
            kind => return Err(BadShp::NotPolygons { kind }),
        });
    }
    Ok(shapes)
}

/// The rings of one record: none if the record says more than it holds, `Some(None)` if it has too many points.
fn rings(content: &[u8], points_max: usize) -> Option<Option<Vec<Ring>>> {
    const COUNTS: usize = 4 + 32;
    const PARTS: usize = COUNTS + 8;
    let parts = usize::try_from(little(content, COUNTS)?).ok()?;
    let points = usize::try_from(little(content, COUNTS + 4)?).ok()?;
    let start = PARTS + parts.checked_mul(4)?;
    // What a record announces must be there before room is made for it.
    if content.len() < start.checked_add(points.checked_mul(16)?)? {
        return None;
    }
    if points > points_max {
        return Some(None);
    }
    let begins = (0..parts).map(|part| usize::try_from(little(content, PARTS + part * 4)?).ok());
    let mut begins: Vec<usize> = begins.collect::<Option<_>>()?;
    begins.push(points);
    if begins[0] != 0 || begins.windows(2).any(|pair| pair[0] > pair[1]) {
        return None;
    }
    let point = |at: usize| Some([double(content, start + at * 16)?, double(content, start + at * 16 + 8)?]);
    let ring = |pair: &[usize]| (pair[0]..pair[1]).map(point).collect::<Option<Ring>>();
    begins.windows(2).map(ring).collect::<Option<Vec<Ring>>>().map(Some)
}
