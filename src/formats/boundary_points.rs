//! 界址点坐标交换格式 (TXT): the boundary points of plots, one row a point, as survey programs exchange them.
//!
//! A file has a header (`[属性描述]`, key=value) and plots (`[地块坐标]`): a line of nine fields that ends in
//! `@`, then its points: number, ring, X (north), Y (east, with the zone's number before it). Ring 1 is
//! the outer boundary, the others are holes; each ends by repeating its first point. Areas are hectares.
//!
//! No standard holds programs to it, so the [reader](read()) is tolerant: it repairs what can only be
//! meant in one way and reports each repair with its line ([`Deviation`]); what could be meant in two ways
//! is a [`Fault`]. The [writer](write()) is strict.

mod deviation;
mod fault;
mod header;
mod read;
mod rings;
mod write;

use rust_decimal::Decimal;

use crate::domain::area::AreaUnit;
use crate::domain::geometry::check::Part;
use crate::domain::geometry::crs::{Crs, Zone};

pub use deviation::{Deviation, Repair};
pub use fault::{Fault, Wrong};
pub use header::Header;
pub use read::read;
pub use write::{CannotWrite, Heading, PlotOut, write};

/// What a file is read with.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The zone of coordinates of which the file does not tell it.
    pub zone: Option<Zone>,
    /// Most plots of one file.
    pub plots_max: usize,
    /// Most points of one file.
    pub points_max: usize,
}

/// A file that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub header: Header,
    pub plots: Vec<PlotReading>,
    /// In the order of their lines.
    pub repairs: Vec<Repair>,
}

/// One plot of a file, or everything that is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlotReading {
    /// Line of the plot, from 1.
    pub line: usize,
    pub code: Option<String>,
    pub result: Result<Plot, Vec<Fault>>,
}

/// A plot as the file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// 编号
    pub code: Option<String>,
    /// 名称
    pub name: Option<String>,
    /// 面积, as it is written; hectares unless the file says otherwise.
    pub area: Option<(Decimal, AreaUnit)>,
    /// 图幅号
    pub map_sheet: Option<String>,
    /// 地块用途
    pub planned_use: Option<String>,
    /// 地类编码
    pub land_class: Option<String>,
    /// One part: the outer ring and its holes, closed, x east without prefix and y north.
    pub part: Part,
    /// The system of the coordinates.
    pub crs: Crs,
    /// The line of each position of each ring, to name flaws by.
    pub lines: Vec<Vec<usize>>,
}
