//! Rows that wait to be written: on disk if they are many, so that a million need no more memory than a thousand.

use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use chrono::{Datelike, NaiveDate};
use tempfile::SpooledTempFile;

use super::Ready;
use crate::app::plots::PlotDraft;
use crate::app::plots::resolve::Known;
use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::geometry::wkb::{grid_from_wkb, grid_to_wkb, lonlat_from_wkb, lonlat_to_wkb};
use crate::domain::input;
use crate::domain::plot::PlotProperties;
use crate::domain::quantity::AreaM2;
use crate::storage::db::StorageError;

/// Bytes that are kept in memory before a file is made.
const MEMORY_MAX: usize = 8 << 20;

/// Collects rows.
pub(super) struct Staging {
    file: BufWriter<SpooledTempFile>,
    pub count: usize,
}

/// Gives them back in their order.
pub(super) struct Staged {
    file: BufReader<SpooledTempFile>,
    pub left: usize,
}

impl Staging {
    pub fn new() -> Self {
        Self { file: BufWriter::with_capacity(64 << 10, SpooledTempFile::new(MEMORY_MAX)), count: 0 }
    }

    /// Keeps a row: its properties as they were read and its polygon as it was checked.
    pub fn push(&mut self, properties: &str, row: &Ready) -> io::Result<()> {
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
        self.count += 1;
        Ok(())
    }

    fn number(&mut self, number: i64) -> io::Result<()> {
        self.file.write_all(&number.to_le_bytes())
    }

    fn block(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.number(bytes.len() as i64)?;
        self.file.write_all(bytes)
    }

    /// The rows from the first on.
    pub fn into_staged(self) -> io::Result<Staged> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Staged { file: BufReader::with_capacity(64 << 10, file), left: self.count })
    }
}

impl Staged {
    /// The next rows, at most `count`; none at the end.
    pub fn take(&mut self, count: usize, known: &Known, today: NaiveDate) -> Result<Vec<Ready>, StorageError> {
        let count = count.min(self.left);
        self.left -= count;
        (0..count).map(|_| self.row(known, today)).collect()
    }

    fn row(&mut self, known: &Known, today: NaiveDate) -> Result<Ready, StorageError> {
        let corrupt = |why: &str| StorageError::corrupt("a staged row", why);
        let properties: PlotProperties =
            input::read(&self.block()?).map_err(|_| corrupt("its properties were read before"))?;
        let attributes_from = self.day()?;
        let geometry_from = self.day()?;
        let polygon = match self.number()? {
            0 => None,
            zone => Some(self.polygon(zone)?),
        };
        let draft = PlotDraft { properties, polygon };
        let plot =
            known.resolve(&draft, today, Vec::new()).map_err(|_| corrupt("what it refers to was found before"))?;
        Ok(Ready { plot, polygon: draft.polygon, attributes_from, geometry_from })
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
        Ok(bytes)
    }
}
