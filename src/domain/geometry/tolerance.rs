//! How far polygons may miss each other, and what to say where they do.
//!
//! Land where two polygons should meet and do not, an overlap or a gap, is tolerated if it is small **and** narrow: its
//! area is at most the larger of an area and a share of the polygon at hand, and each of its parts is a strip no wider
//! (2 × area ÷ perimeter) than the policy says. So a long border may be off by a survey's error all along, but a shed may
//! not be off by its own floor.

use chrono::NaiveDate;

use crate::domain::geometry::grid::{GridMultiPolygon, GridPolygon};
use crate::domain::policy::{
    GEOMETRY_FIT_TOLERANCE_AREA, GEOMETRY_FIT_TOLERANCE_SHARE, GEOMETRY_FIT_TOLERANCE_STRIP_WIDTH,
    GEOMETRY_PART_AREA_MIN, NotInForce, ParameterUsed, Policy,
};
use crate::domain::quantity::{AreaM2, Metres, Ratio};

/// Strips narrower than this (mean width in millimetres) are the grid's own rounding, not anybody's slip.
const GRID_STRIP_MM: f64 = 1.0;

/// Millionths, the unit of a [`Ratio`].
const RATIO_UNITS: i128 = 1_000_000;
/// Twice the square millimetres of a square centimetre.
const TWICE_MM2_PER_CM2: i128 = 200;

/// 图形套合容差 — what is tolerated on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance {
    /// Largest area, if the share of the polygon at hand is less.
    pub area: AreaM2,
    /// Largest share of the polygon at hand, if the area is less.
    pub share: Ratio,
    /// Widest strip.
    pub strip_width: Metres,
    /// Least area that stands as a part or hole of its own; see [`residual`](super::residual).
    pub part_min: AreaM2,
}

impl Tolerance {
    /// The tolerance in force on a day, with the parameters it was read from for the finding.
    pub fn on(policy: &Policy, day: NaiveDate) -> Result<(Self, [ParameterUsed; 4]), NotInForce> {
        let area = policy.on(&GEOMETRY_FIT_TOLERANCE_AREA, day)?;
        let share = policy.on(&GEOMETRY_FIT_TOLERANCE_SHARE, day)?;
        let strip_width = policy.on(&GEOMETRY_FIT_TOLERANCE_STRIP_WIDTH, day)?;
        let part_min = policy.on(&GEOMETRY_PART_AREA_MIN, day)?;
        let used = [area.used(), share.used(), strip_width.used(), part_min.used()];
        let tolerance =
            Self { area: area.value, share: share.value, strip_width: strip_width.value, part_min: part_min.value };
        Ok((tolerance, used))
    }

    /// Whether a piece of land is too small to stand on its own.
    pub(super) fn is_sliver(&self, twice_mm2: i128) -> bool {
        twice_mm2 < twice_mm2_of(self.part_min)
    }

    fn permits(&self, polygon: &GridMultiPolygon, base_twice_mm2: i128) -> bool {
        let twice = polygon.twice_area_mm2();
        let is_small = twice <= twice_mm2_of(self.area)
            || twice * RATIO_UNITS <= i128::from(self.share.to_units()) * base_twice_mm2;
        let width_mm = self.strip_width.to_units() as f64;
        is_small && polygon.parts().iter().all(|part| part.strip_width_mm() <= width_mm)
    }
}

pub(super) fn twice_mm2_of(area: AreaM2) -> i128 {
    i128::from(area.to_units()) * TWICE_MM2_PER_CM2
}

/// 套合不符 — land where two polygons should meet and do not: an overlap or a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The offending land, for the map.
    pub polygon: GridMultiPolygon,
    /// Its area, rounded half up to the square centimetre.
    pub area: AreaM2,
    /// Its share of the polygon at hand, rounded half up to the millionth.
    pub share: Ratio,
    /// Width of its widest part, 2 × area ÷ perimeter, rounded to the millimetre.
    pub strip_width: Metres,
    /// Whether it is tolerated. Decided on the unrounded figures.
    pub is_within: bool,
}

impl Misfit {
    /// The land as a misfit of a polygon with the area `base_twice_mm2`; nothing if there is none but the
    /// strips below a millimetre that the grid's own rounding makes.
    pub fn of(polygon: Option<GridMultiPolygon>, base_twice_mm2: i128, tolerance: &Tolerance) -> Option<Self> {
        let parts = polygon?.parts().to_vec();
        let seen: Vec<GridPolygon> = parts.into_iter().filter(|part| part.strip_width_mm() >= GRID_STRIP_MM).collect();
        let polygon = GridMultiPolygon::new(seen).ok()?;
        let widest = polygon.parts().iter().map(GridPolygon::strip_width_mm).fold(0.0, f64::max);
        let width = (widest.round() as i64).min(10_i64.pow(Metres::DIGITS) - 1);
        Some(Self {
            area: polygon.area(),
            share: share(polygon.twice_area_mm2(), base_twice_mm2),
            strip_width: Metres::from_units(width).expect("the width was cut to what metres hold"),
            is_within: tolerance.permits(&polygon, base_twice_mm2),
            polygon,
        })
    }
}

/// `part` ÷ `whole`, at most the largest ratio there is.
fn share(part: i128, whole: i128) -> Ratio {
    let most = 10_i128.pow(Ratio::DIGITS) - 1;
    let units = (part * RATIO_UNITS * 2 + whole).checked_div(2 * whole).unwrap_or(most).min(most);
    let units = i64::try_from(units).expect("a ratio fits an i64");
    Ratio::from_units(units).expect("the share was cut to what a ratio holds")
}
