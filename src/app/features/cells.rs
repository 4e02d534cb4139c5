//! Where the features of a layer lie, counted by the cells of a raster: what a map shows of a million of them.

use crate::app::App;
use crate::app::error::AppError;
use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::layer::Layer;
use crate::domain::region::County;
use crate::storage::spatial::{self, Cell};

/// A cell with the features whose middle lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureCell {
    pub bounds: DegreeBox,
    pub total: i64,
}

/// The cells of a window that hold any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureCells {
    pub total: i64,
    pub cells: Vec<FeatureCell>,
}

impl App {
    /// Counts a layer's features in a window, by cells of which `columns` lie side by side.
    pub fn feature_cells(
        &self,
        county: County,
        layer: Layer,
        window: DegreeBox,
        columns: i32,
    ) -> Result<FeatureCells, AppError> {
        let step = side(window, columns);
        let found = self.pool.get()?.read(|db| spatial::cells(db, county, layer, window, step))?;
        Ok(FeatureCells {
            total: found.iter().map(|cell| cell.total).sum(),
            cells: found.into_iter().map(|cell| placed(cell, window, step)).collect(),
        })
    }
}

/// The side of a cell in degrees × 10⁷, rounded up, so that no more columns are made than were asked for.
fn side(window: DegreeBox, columns: i32) -> i32 {
    let width = i64::from(window.east) - i64::from(window.west);
    let side = width / i64::from(columns.max(1)) + 1;
    i32::try_from(side).unwrap_or(i32::MAX)
}

fn placed(cell: Cell, window: DegreeBox, step: i32) -> FeatureCell {
    let at = |from: i32, cells: i64| {
        let place = i64::from(from) + cells * i64::from(step);
        i32::try_from(place).unwrap_or(i32::MAX)
    };
    let bounds = DegreeBox {
        west: at(window.west, cell.across),
        south: at(window.south, cell.up),
        east: at(window.west, cell.across + 1),
        north: at(window.south, cell.up + 1),
    };
    FeatureCell { bounds, total: cell.total }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_columns_are_made_than_were_asked_for_and_they_cover_the_window() {
        for (west, east, columns) in
            [(0, 0, 1), (0, 1, 1), (0, 100, 7), (-1_800_000_000, 1_800_000_000, 64), (5, 6, 64)]
        {
            let window = DegreeBox { west, south: 0, east, north: 1 };
            let step = side(window, columns);
            let last = (i64::from(east) - i64::from(west)) / i64::from(step);
            assert!(last < i64::from(columns), "{west} to {east}: {last} of {columns}");
            let cell = placed(Cell { across: last, up: 0, total: 1 }, window, step);
            assert!(cell.bounds.west <= east && east <= cell.bounds.east, "{west} to {east}");
        }
    }
}
