//! What can be wrong with a polygon from outside, and how each flaw is told.

use crate::domain::geometry::crs::Crs;
use crate::domain::geometry::grid::SIDE_MAX_MM;
use crate::domain::text::{Text, text};

/// Flaws named for one polygon; a worse one is cut off with a note.
pub const FLAWS_MAX: usize = 50;

/// Where in the coordinates. All count from 0, as the arrays of the document do; sentences count from 1, as point numbers (J1) do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub part: usize,
    /// 0 is the outer ring, the others are holes.
    pub ring: usize,
    /// `None` means the ring as a whole; of an edge it is the first vertex.
    pub vertex: Option<usize>,
}

impl Place {
    pub const fn ring(part: usize, ring: usize) -> Self {
        Self { part, ring, vertex: None }
    }

    pub const fn vertex(part: usize, ring: usize, vertex: usize) -> Self {
        Self { part, ring, vertex: Some(vertex) }
    }

    /// The JSON pointer within a GeoJSON geometry. A `Polygon` has no level for parts.
    pub fn pointer(&self, is_multi: bool) -> String {
        let part = if is_multi { format!("/{}", self.part) } else { String::new() };
        let vertex = self.vertex.map(|vertex| format!("/{vertex}")).unwrap_or_default();
        format!("/coordinates{part}/{}{vertex}", self.ring)
    }

    fn text(&self) -> Text {
        let part = self.part + 1;
        let ring = match self.ring {
            0 => text!("第 {part} 部分外环", "outer ring of part {part}"),
            hole => text!("第 {part} 部分第 {hole} 个孔", "hole {hole} of part {part}"),
        };
        match self.vertex.map(|vertex| vertex + 1) {
            None => ring,
            Some(vertex) => {
                let Text { zh, en } = ring;
                text!("{zh}第 {vertex} 点", "{en}, point {vertex}")
            }
        }
    }

    /// As an edge: from this vertex to the next.
    fn edge(&self) -> Text {
        let Text { zh, en } = self.text();
        match self.vertex {
            None => Text { zh, en },
            Some(_) => text!("{zh}起的边", "the edge from {en}"),
        }
    }
}

/// How rings meet that should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meets {
    Crosses,
    RunsAlong,
    Touches,
}

/// One flaw. Coordinates are degrees of longitude and latitude unless said otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Flaw {
    /// More vertices than the limit: nothing else was looked at.
    TooManyVertices {
        given: usize,
        limit: usize,
    },
    /// No part, or a part without an outer ring.
    Empty {
        part: Option<usize>,
    },
    /// A closed ring needs four positions.
    TooFewPoints {
        at: Place,
        given: usize,
    },
    /// The last position is not the first.
    NotClosed {
        at: Place,
    },
    /// NaN, infinite, or beyond what a number holds.
    NotFinite {
        at: Place,
    },
    /// Latitude stands before longitude, or north before east.
    SwappedAxes {
        declared: Crs,
    },
    /// The numbers are metres of a projection, or degrees, or of another zone than was declared.
    OtherCrs {
        declared: Crs,
        looks_like: Option<Crs>,
        is_swapped: bool,
    },
    /// Vertices outside the county; the first of the ring and how many there are.
    OutsideCounty {
        at: Place,
        given: [f64; 2],
        count: usize,
    },
    /// The same millimetre as the vertex before.
    Repeated {
        at: Place,
    },
    /// The boundary turns straight back at this vertex.
    Spike {
        at: Place,
    },
    /// The ring encloses nothing on the millimetre grid.
    NoArea {
        at: Place,
    },
    /// Wider than any parcel.
    TooWide,
    /// A ring crosses, runs along or touches itself.
    SelfMeets {
        how: Meets,
        at: Place,
        with: Place,
        point: [f64; 2],
    },
    /// Two rings of one part cross or run along each other.
    RingsMeet {
        how: Meets,
        at: Place,
        with: Place,
        point: [f64; 2],
    },
    /// Two parts cross or share a border.
    PartsMeet {
        how: Meets,
        at: Place,
        with: Place,
        point: [f64; 2],
    },
    HoleOutside {
        at: Place,
    },
    HoleInHole {
        at: Place,
        within: Place,
    },
    PartInPart {
        at: Place,
        within: Place,
    },
    /// Rings touch so often that the inside falls apart.
    InsideCut {
        at: Place,
        point: [f64; 2],
    },
}

impl Flaw {
    /// Its stable name in answers and reports.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyVertices { .. } => "too_many_vertices",
            Self::Empty { .. } => "empty",
            Self::TooFewPoints { .. } => "too_few_points",
            Self::NotClosed { .. } => "not_closed",
            Self::NotFinite { .. } => "not_finite",
            Self::SwappedAxes { .. } => "swapped_axes",
            Self::OtherCrs { .. } => "other_crs",
            Self::OutsideCounty { .. } => "outside_county",
            Self::Repeated { .. } => "repeated_vertex",
            Self::Spike { .. } => "spike",
            Self::NoArea { .. } => "no_area",
            Self::TooWide => "too_wide",
            Self::SelfMeets { how: Meets::Crosses, .. } => "self_crossing",
            Self::SelfMeets { how: Meets::RunsAlong, .. } => "self_overlap",
            Self::SelfMeets { how: Meets::Touches, .. } => "self_touch",
            Self::RingsMeet { how: Meets::Crosses, .. } => "rings_cross",
            Self::RingsMeet { .. } => "rings_share_border",
            Self::PartsMeet { how: Meets::Crosses, .. } => "parts_overlap",
            Self::PartsMeet { .. } => "parts_share_border",
            Self::HoleOutside { .. } => "hole_outside",
            Self::HoleInHole { .. } => "hole_in_hole",
            Self::PartInPart { .. } => "part_in_part",
            Self::InsideCut { .. } => "inside_cut",
        }
    }

    /// Where it is, if it is in one place.
    pub fn place(&self) -> Option<Place> {
        match *self {
            Self::TooManyVertices { .. } | Self::SwappedAxes { .. } | Self::OtherCrs { .. } | Self::TooWide => None,
            Self::Empty { part } => part.map(|part| Place::ring(part, 0)),
            Self::TooFewPoints { at, .. }
            | Self::NotClosed { at }
            | Self::NotFinite { at }
            | Self::OutsideCounty { at, .. }
            | Self::Repeated { at }
            | Self::Spike { at }
            | Self::NoArea { at }
            | Self::SelfMeets { at, .. }
            | Self::RingsMeet { at, .. }
            | Self::PartsMeet { at, .. }
            | Self::HoleOutside { at }
            | Self::HoleInHole { at, .. }
            | Self::PartInPart { at, .. }
            | Self::InsideCut { at, .. } => Some(at),
        }
    }

    /// What is wrong, where, and what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::TooManyVertices { given, limit } => text!(
                "共 {given} 个界址点,超过上限 {limit};请抽稀,或分成几个地块",
                "{given} vertices, the limit is {limit}; simplify the boundary or split the plot"
            ),
            Self::Empty { .. } => {
                Text::fixed("没有外环;请给出面的坐标", "there is no outer ring; give the coordinates of a polygon")
            }
            Self::TooFewPoints { at, given } => {
                let Text { zh, en } = at.text();
                text!(
                    "{zh}只有 {given} 个点;闭合环至少 4 个点(首尾点相同)",
                    "{en}: {given} positions; a closed ring needs at least 4, the last the same as the first"
                )
            }
            Self::NotClosed { at } => {
                at_place(at, "没有闭合;请在末尾重复首点", "it is not closed; repeat the first position at the end")
            }
            Self::NotFinite { at } => at_place(
                at,
                "坐标不是有限的数(NaN、无穷或超出范围);请改正",
                "the coordinate is no finite number (NaN, infinite or out of range); correct it",
            ),
            Self::SwappedAxes { declared } => match declared.is_geographic() {
                true => Text::fixed(
                    "坐标看起来是纬度在前;请改为经度在前、纬度在后",
                    "latitude seems to stand first; give longitude first, then latitude",
                ),
                false => Text::fixed(
                    "坐标看起来是北坐标(X)在前;请改为东坐标在前、北坐标在后",
                    "northing seems to stand first; give easting first, then northing",
                ),
            },
            Self::OtherCrs { declared, looks_like, is_swapped } => other_crs(*declared, *looks_like, *is_swapped),
            Self::OutsideCounty { at, given: [x, y], count } => {
                let Text { zh, en } = at.text();
                text!(
                    "{zh}的坐标 ({x}, {y}) 在本县范围之外(该环共 {count} 点在外);请核对坐标和坐标系",
                    "{en} at ({x}, {y}) lies outside the county ({count} points of this ring do); check coordinates and reference system"
                )
            }
            Self::Repeated { at } => at_place(
                at,
                "与前一点重复(取到毫米后相同);请删去一个",
                "it repeats the point before (the same millimetre); delete one",
            ),
            Self::Spike { at } => at_place(
                at,
                "是尖刺:边界到此原路折回;请删去该点",
                "it is a spike: the boundary turns straight back here; delete the point",
            ),
            Self::NoArea { at } => at_place(
                at,
                "围不成面积(取到毫米后为零);请核对",
                "it encloses no area on the millimetre grid; check it",
            ),
            Self::TooWide => {
                let side = SIDE_MAX_MM / 1_000_000;
                text!(
                    "范围超过 {side} 公里,不可能是一个地块;请核对坐标和坐标系",
                    "it is more than {side} km wide, which no plot is; check coordinates and reference system"
                )
            }
            Self::SelfMeets { how, at, with, point } => meets("自身", "itself", *how, at, with, *point),
            Self::RingsMeet { how, at, with, point } => {
                meets("同一部分的另一环", "another ring of the part", *how, at, with, *point)
            }
            Self::PartsMeet { how, at, with, point } => meets("另一部分", "another part", *how, at, with, *point),
            Self::HoleOutside { at } => at_place(
                at,
                "不在外环之内;请把它改为单独的部分,或核对坐标",
                "it lies outside its outer ring; make it a part of its own or check the coordinates",
            ),
            Self::HoleInHole { at, within } => {
                let within = within.text();
                inside(at, &within, "孔不能套孔,请删去", "a hole may not lie in a hole; delete it")
            }
            Self::PartInPart { at, within } => {
                let within = within.text();
                inside(
                    at,
                    &within,
                    "各部分不能重叠,请删去或改为孔",
                    "parts may not overlap; delete it or make it a hole",
                )
            }
            Self::InsideCut { at, point: [x, y] } => {
                let Text { zh, en } = at.text();
                text!(
                    "{zh}与其他环多处相接(如 {x:.9}, {y:.9}),把内部切断;请拆成几个部分",
                    "{en} touches other rings in several points (such as {x:.9}, {y:.9}) and cuts the inside apart; make separate parts"
                )
            }
        }
    }
}

fn at_place(at: &Place, zh: &str, en: &str) -> Text {
    let at = at.text();
    Text::new(format!("{}{zh}", at.zh), format!("{}: {en}", at.en))
}

fn inside(at: &Place, within: &Text, zh: &str, en: &str) -> Text {
    let at = at.text();
    Text::new(format!("{}在{}之内;{zh}", at.zh, within.zh), format!("{} lies within the {}; {en}", at.en, within.en))
}

fn meets(zh: &str, en: &str, how: Meets, at: &Place, with: &Place, [x, y]: [f64; 2]) -> Text {
    let (at, with) = (at.edge(), with.edge());
    let (verb_zh, verb_en, remedy_zh, remedy_en) = match how {
        Meets::Crosses => {
            ("相交", "crosses", "请改正界址点的顺序或坐标", "correct the order of the points or their coordinates")
        }
        Meets::RunsAlong => ("重合", "runs along", "请合并或删去重合的边", "merge or delete what coincides"),
        Meets::Touches => ("相接", "touches", "请在此拆成两个环", "make two rings of it there"),
    };
    Text::new(
        format!("{}与{zh}({})在 ({x:.9}, {y:.9}) {verb_zh};{remedy_zh}", at.zh, with.zh),
        format!("{} {verb_en} {en} ({}) at ({x:.9}, {y:.9}); {remedy_en}", at.en, with.en),
    )
}

fn other_crs(declared: Crs, looks_like: Option<Crs>, is_swapped: bool) -> Text {
    let given = declared.title();
    let (order_zh, order_en) = if is_swapped { (",且两轴对调", ", with the axes exchanged") } else { ("", "") };
    match looks_like.map(Crs::title) {
        Some(seen) => Text::new(
            format!("声明为{},但数值看起来是{}{order_zh};请改正坐标系声明,或转换坐标后再提交", given.zh, seen.zh),
            format!(
                "declared as {}, but the numbers look like {}{order_en}; correct the declared system or convert the coordinates",
                given.en, seen.en
            ),
        ),
        None if declared.is_geographic() => Text::new(
            format!("声明为{},但数值不是度,像是以米计的投影坐标;请给出经纬度,或声明所用的投影坐标系", given.zh),
            format!(
                "declared as {}, but the numbers are no degrees, rather metres of a projection; give longitude and latitude or declare the projection",
                given.en
            ),
        ),
        None => Text::new(
            format!("声明为{},但数值不合;请核对坐标系、带号和单位", given.zh),
            format!("declared as {}, which the numbers do not fit; check system, zone prefix and unit", given.en),
        ),
    }
}
