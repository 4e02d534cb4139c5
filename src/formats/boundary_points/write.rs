//! The strict writer: exactly the format, or a reason why a plot cannot be put into it.

use chrono::{Datelike, NaiveDate};

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::{GridMultiPolygon, GridPoint};
use crate::domain::text::{Text, text};

/// Decimals of hectares: as many as the area needs, four at least.
const DECIMALS_LEAST: usize = 4;
const DECIMALS_MOST: u32 = 8;

/// What the header says.
#[derive(Debug, Clone)]
pub struct Heading<'a> {
    /// 数据产生单位
    pub producer: &'a str,
    /// 数据产生日期
    pub produced_on: NaiveDate,
    pub zone: Zone,
}

/// A plot to be written.
#[derive(Debug, Clone)]
pub struct PlotOut<'a> {
    pub code: &'a str,
    pub name: Option<&'a str>,
    pub area: GivenArea,
    pub planned_use: Option<&'a str>,
    /// In the zone of the heading.
    pub polygon: &'a GridMultiPolygon,
}

/// Why a plot cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotWrite {
    /// Ring 1 is the one outer ring there is.
    SeveralParts { code: String },
    /// A field may hold neither a comma nor `@`.
    Separator { code: String, field: String },
}

impl CannotWrite {
    pub fn text(&self) -> Text {
        match self {
            Self::SeveralParts { code } => text!(
                "地块“{code}”由几个部分组成,界址点坐标格式一个地块只有一个外圈;请改用 GeoJSON",
                "plot {code:?} has several parts, of which the format takes one; use GeoJSON"
            ),
            Self::Separator { code, field } => text!(
                "地块“{code}”的“{field}”含有逗号或 @,无法写入界址点坐标格式",
                "{field:?} of plot {code:?} holds a comma or @, which the format cannot"
            ),
        }
    }
}

/// Writes a file: UTF-8, LF, zone prefix, every ring closed with its first point's number.
///
/// Areas are hectares, exact to eight decimals and rounded half up there. Rings begin at their north-western point and
/// run clockwise, as boundary points are numbered in the field; numbers run on through the rings of a plot.
pub fn write(heading: &Heading<'_>, plots: &[PlotOut<'_>]) -> Result<String, Vec<CannotWrite>> {
    let Heading { producer, produced_on, zone } = heading;
    let (year, month, day) = (produced_on.year(), produced_on.month(), produced_on.day());
    let (number, producer) = (zone.number(), producer.replace(['\n', '\r', '='], " "));
    let mut out = format!(
        "[属性描述]\n格式版本号=1.01\n数据产生单位={producer}\n数据产生日期={year}-{month}-{day}\n坐标系=2000国家大地坐标系\n\
         几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号={number}\n精度=0.001\n转换参数=,,,,,,\n[地块坐标]\n"
    );
    let mut refused = Vec::new();
    for plot in plots {
        match check(plot) {
            Ok(()) => write_plot(plot, *zone, &mut out),
            Err(reason) => refused.push(reason),
        }
    }
    if refused.is_empty() { Ok(out) } else { Err(refused) }
}

fn check(plot: &PlotOut<'_>) -> Result<(), CannotWrite> {
    let code = plot.code.to_owned();
    if plot.polygon.parts().len() != 1 {
        return Err(CannotWrite::SeveralParts { code });
    }
    let fields = [Some(plot.code), plot.name, plot.planned_use];
    match fields.into_iter().flatten().find(|field| field.contains([',', '@', '\n', '\r'])) {
        Some(field) => Err(CannotWrite::Separator { code, field: field.to_owned() }),
        None => Ok(()),
    }
}

fn write_plot(plot: &PlotOut<'_>, zone: Zone, out: &mut String) {
    let rings = plot.polygon.parts()[0].rings();
    let rows: usize = rings.iter().map(|ring| ring.len() + 1).sum();
    let area = hectares(plot.area);
    let (code, name, planned_use) = (plot.code, plot.name.unwrap_or(""), plot.planned_use.unwrap_or(""));
    out.push_str(&format!("{rows},{area},{code},{name},面,,{planned_use},,@\n"));
    let mut number = 0;
    for (ring, points) in rings.iter().enumerate() {
        let first = number + 1;
        for point in from_north_west(points) {
            number += 1;
            row(number, ring + 1, point, zone, out);
        }
        if let Some(point) = from_north_west(points).next() {
            row(first, ring + 1, point, zone, out);
        }
    }
}

/// The points clockwise from the most north-western.
fn from_north_west(points: &[GridPoint]) -> impl Iterator<Item = GridPoint> + '_ {
    let start = (0..points.len()).max_by_key(|&at| (points[at].y - points[at].x, points[at].y)).unwrap_or(0);
    let twice: i128 = points
        .iter()
        .zip(points.iter().cycle().skip(1))
        .map(|(a, b)| i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y))
        .sum();
    let count = points.len();
    (0..count).map(move |step| points[if twice > 0 { start + count - step } else { start + step } % count])
}

fn row(number: usize, ring: usize, point: GridPoint, zone: Zone, out: &mut String) {
    let (north, east) = (metres(point.y), metres(point.x + i64::from(zone.number()) * 1_000_000_000));
    out.push_str(&format!("J{number},{ring},{north},{east}\n"));
}

fn metres(millimetres: i64) -> String {
    let sign = if millimetres < 0 { "-" } else { "" };
    let digits = millimetres.unsigned_abs();
    format!("{sign}{}.{:03}", digits / 1000, digits % 1000)
}

fn hectares(area: GivenArea) -> String {
    let full = area.rounded(AreaUnit::Hectare, DECIMALS_MOST).expect("an area below 10¹² m² has hectares");
    let least = full.len() - (DECIMALS_MOST as usize - DECIMALS_LEAST);
    let significant = full.trim_end_matches('0').len();
    full[..significant.max(least)].to_owned()
}
