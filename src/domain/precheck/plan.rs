//! What was drawn: the outline of the parcel and the footprints, read and sound.

use crate::domain::geometry::check::CheckedPolygon;
use crate::domain::geometry::crs::Zone;
use crate::domain::geometry::grid::GridMultiPolygon;

/// The polygons of a body, in the zone of the county.
#[derive(Debug, Clone, Default)]
pub struct SitePlan {
    pub outline: Option<CheckedPolygon>,
    /// One for each building that is listed.
    pub footprints: Vec<Option<CheckedPolygon>>,
}

impl SitePlan {
    pub fn grid(&self) -> Option<&GridMultiPolygon> {
        self.outline.as_ref().map(|outline| &outline.grid)
    }

    pub fn footprint(&self, building: usize) -> Option<&CheckedPolygon> {
        self.footprints.get(building)?.as_ref()
    }

    pub fn grids(&self) -> Vec<Option<&GridMultiPolygon>> {
        self.footprints.iter().map(|footprint| footprint.as_ref().map(|polygon| &polygon.grid)).collect()
    }

    pub fn zone(&self) -> Option<Zone> {
        let first = self.footprints.iter().flatten().next();
        self.outline.as_ref().or(first).map(|polygon| polygon.zone)
    }
}
