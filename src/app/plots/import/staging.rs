//! Rows that wait to be written: on disk if they are many, so that a million need no more memory than a thousand.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use chrono::{Datelike, NaiveDate};
use tempfile::SpooledTempFile;

use super::{ImportedPlot, Ready};
use crate::app::error::AppError;
use crate::app::plots::PlotDraft;
use crate::app::plots::overlap::New;
use crate::app::plots::resolve::Known;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::geometry::wkb::{grid_from_wkb, grid_to_wkb, lonlat_from_wkb, lonlat_to_wkb};
use crate::domain::input;
use crate::domain::ledger::land::Land;
use crate::domain::plot::PlotProperties;
use crate::domain::quantity::AreaM2;
use crate::domain::region::PlotId;
use crate::storage::db::StorageError;

/// Bytes that are kept in memory before a file is made.
const MEMORY_MAX: usize = 8 << 20;

/// Collects rows.
pub(super) struct Staging {
    file: BufWriter<SpooledTempFile>,
    at: u64,
    rows: Vec<Place>,
    boxes: Vec<Option<DegreeBox>>,
    /// The approval of each row, 0 if it has none, where the rows of one shall come one after another.
    approvals: Option<Vec<i64>>,
    reasons: HashSet<usize>,
}

/// Where a row stands in its file and where it waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub index: u32,
    /// From 1; 0 if its format has no lines.
    pub line: u32,
    at: u64,
}

/// Gives them back, in their order or one by one.
pub(super) struct Staged {
    file: BufReader<SpooledTempFile>,
    at: u64,
    next: usize,
    rows: Vec<Place>,
    boxes: Vec<Option<DegreeBox>>,
    /// Rows that say why their polygon may lie on others.
    reasons: HashSet<usize>,
    /// Rows that turned out bad.
    skipped: BTreeSet<usize>,
}

/// Which row gets which id.
pub(super) struct Ids {
    first: i64,
    skipped: BTreeSet<usize>,
}

impl Ids {
    pub fn of(&self, row: usize) -> PlotId {
        PlotId(self.first + (row - self.skipped.range(..row).count()) as i64)
    }
}

impl Staging {
    /// `by_approval`: the rows of an approval shall come one after another, wherever they stand in the file.
    pub fn new(by_approval: bool) -> Self {
        Self {
            file: BufWriter::with_capacity(64 << 10, SpooledTempFile::new(MEMORY_MAX)),
            at: 0,
            rows: Vec::new(),
            boxes: Vec::new(),
            approvals: by_approval.then(Vec::new),
            reasons: HashSet::new(),
        }
    }

    /// Keeps a row: its properties as they were read and its polygon as it was checked.
    pub fn push(&mut self, index: usize, line: Option<usize>, properties: &str, row: &Ready) -> io::Result<()> {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        if row.overlap_reason.is_some() {
            self.reasons.insert(self.rows.len());
        }
        self.rows.push(Place { index: short(index), line: line.map_or(0, short), at: self.at });
        self.boxes.push(row.polygon.as_ref().map(|polygon| polygon.bounds));
        if let Some(approvals) = &mut self.approvals {
            approvals.push(row.plot.approval.map_or(0, |id| id.0));
        }
        self.block(properties.as_bytes())?;
        self.number(row.attributes_from.num_days_from_ce().into())?;
        self.number(row.geometry_from.num_days_from_ce().into())?;
        match &row.polygon {
            None => self.number(0)?,
            Some(polygon) => {
                let DegreeBox { west, south, east, north } = polygon.bounds;
                self.number(polygon.zone.number().into())?;
                for number in [polygon.area.to_units(), polygon.ellipsoidal_area.to_units()] {
                    self.number(number)?;
                }
                for side in [west, south, east, north] {
                    self.number(side.into())?;
                }
                self.block(&grid_to_wkb(&polygon.grid))?;
                self.block(&lonlat_to_wkb(&polygon.lonlat))?;
            }
        }
        Ok(())
    }

    fn number(&mut self, number: i64) -> io::Result<()> {
        self.at += 8;
        self.file.write_all(&number.to_le_bytes())
    }

    fn block(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.number(bytes.len() as i64)?;
        self.at += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// The rows from the first on.
    pub fn into_staged(mut self) -> io::Result<Staged> {
        self.sort();
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Staged {
            file: BufReader::with_capacity(64 << 10, file),
            at: 0,
            next: 0,
            rows: self.rows,
            boxes: self.boxes,
            reasons: self.reasons,
            skipped: BTreeSet::new(),
        })
    }

    /// Puts the rows of an approval together, each approval's in the order of the file.
    fn sort(&mut self) {
        let Some(approvals) = self.approvals.take().filter(|approvals| !approvals.is_sorted()) else { return };
        let mut order: Vec<usize> = (0..approvals.len()).collect();
        order.sort_by_key(|row| approvals[*row]);
        self.rows = order.iter().map(|row| self.rows[*row]).collect();
        self.boxes = order.iter().map(|row| self.boxes[*row]).collect();
        self.reasons = (0..order.len()).filter(|row| self.reasons.contains(&order[*row])).collect();
    }
}

impl Staged {
    /// How many rows will be given.
    pub fn count(&self) -> usize {
        self.rows.len() - self.skipped.len()
    }

    pub fn place(&self, row: usize) -> Place {
        self.rows[row]
    }

    /// Leaves rows out from now on.
    pub fn skip(&mut self, rows: impl Iterator<Item = usize>) {
        self.skipped.extend(rows);
    }

    /// The ids of the rows that will be given, from `first` on.
    pub fn ids(&self, first: i64) -> Ids {
        Ids { first, skipped: self.skipped.clone() }
    }

    /// What the report says of the rows that would be written.
    pub fn new_plots(&mut self) -> Result<Vec<ImportedPlot>, StorageError> {
        let rows: Vec<usize> = (0..self.rows.len()).filter(|row| !self.skipped.contains(row)).collect();
        rows.into_iter().map(|row| Ok(ImportedPlot { code: self.code(row)?, id: None, is_new: true })).collect()
    }

    /// The next rows, at most `count`; none at the end.
    pub fn take(&mut self, count: usize, known: &Known, today: NaiveDate) -> Result<Vec<Ready>, StorageError> {
        let mut taken = Vec::with_capacity(count);
        while taken.len() < count && self.next < self.rows.len() {
            let row = self.next;
            self.next += 1;
            if !self.skipped.contains(&row) {
                self.go_to(row)?;
                taken.push(self.row(known, today)?);
            }
        }
        Ok(taken)
    }

    /// The code of a row.
    pub fn code(&mut self, row: usize) -> Result<String, StorageError> {
        self.go_to(row)?;
        Ok(self.properties()?.code.to_string())
    }

    fn go_to(&mut self, row: usize) -> Result<(), StorageError> {
        let wanted = self.rows[row].at;
        let by = i64::try_from(wanted).unwrap_or(i64::MAX) - i64::try_from(self.at).unwrap_or(i64::MAX);
        self.file.seek_relative(by).map_err(StorageError::File)?;
        self.at = wanted;
        Ok(())
    }

    fn properties(&mut self) -> Result<PlotProperties, StorageError> {
        input::read(&self.block()?)
            .map_err(|_| StorageError::corrupt("a staged row", "its properties were read before"))
    }

    fn row(&mut self, known: &Known, today: NaiveDate) -> Result<Ready, StorageError> {
        let corrupt = |why: &str| StorageError::corrupt("a staged row", why);
        let properties = self.properties()?;
        let overlap_reason = properties.overlap_reason.as_ref().map(ToString::to_string);
        let attributes_from = self.day()?;
        let geometry_from = self.day()?;
        let polygon = match self.number()? {
            0 => None,
            zone => Some(self.polygon(zone)?),
        };
        let draft = PlotDraft { properties, polygon };
        let plot =
            known.resolve(&draft, today, Vec::new()).map_err(|_| corrupt("what it refers to was found before"))?;
        Ok(Ready { plot, polygon: draft.polygon, attributes_from, geometry_from, overlap_reason })
    }

    fn polygon(&mut self, zone: i64) -> Result<CheckedPolygon, StorageError> {
        let corrupt = |why: &dyn std::fmt::Display| StorageError::corrupt("a staged polygon", why);
        let zone = u8::try_from(zone).ok().and_then(Zone::new).ok_or_else(|| corrupt(&"no zone"))?;
        let mut area = || AreaM2::from_units(self.number()?).map_err(|error| corrupt(&error));
        let (area, ellipsoidal_area) = (area()?, area()?);
        let mut side = || i32::try_from(self.number()?).map_err(|error| corrupt(&error));
        let bounds = DegreeBox { west: side()?, south: side()?, east: side()?, north: side()? };
        let grid = grid_from_wkb(&self.block()?).map_err(|error| corrupt(&error))?;
        let lonlat = lonlat_from_wkb(&self.block()?).map_err(|error| corrupt(&error))?;
        Ok(CheckedPolygon { grid, zone, area, ellipsoidal_area, lonlat, bounds })
    }

    fn number(&mut self) -> Result<i64, StorageError> {
        let mut bytes = [0; 8];
        self.file.read_exact(&mut bytes).map_err(StorageError::File)?;
        self.at += 8;
        Ok(i64::from_le_bytes(bytes))
    }

    fn day(&mut self) -> Result<NaiveDate, StorageError> {
        let days = i32::try_from(self.number()?).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
        days.ok_or_else(|| StorageError::corrupt("a staged row", "no day"))
    }

    fn block(&mut self) -> Result<Vec<u8>, StorageError> {
        let length = usize::try_from(self.number()?).map_err(|error| StorageError::corrupt("a staged row", error))?;
        let mut bytes = vec![0; length];
        self.file.read_exact(&mut bytes).map_err(StorageError::File)?;
        self.at += length as u64;
        Ok(bytes)
    }
}

impl New for Staged {
    fn boxes(&self) -> &[Option<DegreeBox>] {
        &self.boxes
    }

    fn land(&mut self, row: usize) -> Result<Land, AppError> {
        self.go_to(row)?;
        self.block()?;
        self.day()?;
        self.day()?;
        let zone = self.number()?;
        let polygon = self.polygon(zone)?;
        Ok(Land { polygon: polygon.grid, zone: polygon.zone })
    }

    fn has_reason(&mut self, row: usize) -> Result<bool, AppError> {
        Ok(self.reasons.contains(&row))
    }
}
