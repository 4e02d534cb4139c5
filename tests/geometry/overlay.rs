//! Overlays: sound, exact where the grid allows it, and the same as those of `geo` within the grid's error.

use dizhang::domain::geometry::check::{Part, Ring, check};
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::overlay::{
    CannotOverlay, Division, difference, divide, grid_error_m2, intersection, union,
};
use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

use crate::{EAST, NORTH, limits, survey};

/// A corner of 新密 in millimetres.
const CORNER: GridPoint = GridPoint::new(EAST as i64 * 1000, NORTH as i64 * 1000);

pub fn polygon(parts: &[&[&[(i64, i64)]]]) -> GridMultiPolygon {
    let ring = |ring: &&[(i64, i64)]| ring.iter().map(|&(x, y)| GridPoint::new(CORNER.x + x, CORNER.y + y)).collect();
    let part = |rings: &&[&[(i64, i64)]]| GridPolygon::new(rings.iter().map(ring).collect()).unwrap();
    GridMultiPolygon::new(parts.iter().map(part).collect()).unwrap()
}

pub fn rectangle(x: i64, y: i64, width: i64, height: i64) -> GridMultiPolygon {
    polygon(&[&[&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]]])
}

/// Holds the polygon against the door every polygon from outside has to pass.
pub fn is_sound(polygon: &GridMultiPolygon) -> Result<(), String> {
    let ring = |ring: &Vec<GridPoint>| -> Ring { ring.iter().chain(ring.first()).map(|at| at.metres()).collect() };
    let parts: Vec<Part> = polygon.parts().iter().map(|part| part.rings().iter().map(ring).collect()).collect();
    match check(&parts, survey(), &limits()) {
        Ok(checked) if checked.grid == *polygon => Ok(()),
        Ok(_) => Err(format!("it was changed: {polygon:?}")),
        // Land of some square millimetres is no land for the door, and no matter here.
        Err(flaws) if polygon.area().is_zero() && flaws.list.len() == 1 => Ok(()),
        Err(flaws) => Err(format!("{flaws:?} in {polygon:?}")),
    }
}

pub fn twice(polygon: Option<&GridMultiPolygon>) -> i128 {
    polygon.map_or(0, GridMultiPolygon::twice_area_mm2)
}

/// A land of triangles and quadrangles, with holes and several parts, in a box of so many steps.
fn land(shapes: std::ops::Range<usize>, side: i64, step: i64) -> impl Strategy<Value = Option<GridMultiPolygon>> {
    let ring = prop::collection::vec((0..=side, 0..=side), 3..5);
    (prop::collection::vec(ring.clone(), shapes), prop::collection::vec(ring, 0..3)).prop_map(move |(add, take)| {
        let made = |rings: Vec<Vec<(i64, i64)>>| -> Vec<GridMultiPolygon> {
            let at = |(x, y): (i64, i64)| GridPoint::new(CORNER.x + x * step, CORNER.y + y * step);
            let rings = rings.into_iter().map(|ring| ring.into_iter().map(at).collect());
            rings.filter_map(|ring| GridMultiPolygon::new(vec![GridPolygon::new(vec![ring]).ok()?]).ok()).collect()
        };
        let (add, take) = (made(add), made(take));
        difference(&add.iter().collect::<Vec<_>>(), &take.iter().collect::<Vec<_>>()).unwrap()
    })
}

fn all_sound(division: &Division) -> Result<(), String> {
    [&division.both, &division.only_first, &division.only_second].into_iter().flatten().try_for_each(is_sound)
}

fn config(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(seed),
        ..Default::default()
    }
}

/// The areas of a division add up to the lands that were laid over each other.
fn adds_up(first: &GridMultiPolygon, second: &GridMultiPolygon, division: &Division) -> Result<(), TestCaseError> {
    all_sound(division).map_err(TestCaseError::fail)?;
    let both = twice(division.both.as_ref());
    let most = grid_error_m2(&[first, second]) * 2e6;
    for (whole, rest) in [(first, &division.only_first), (second, &division.only_second)] {
        let off = whole.twice_area_mm2() - both - twice(rest.as_ref());
        prop_assert!(off as f64 <= most && -off as f64 <= most, "{} mm² off, {} allowed", off / 2, most / 2.0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(20_000, 3))]

    #[test]
    fn results_are_sound_where_everything_touches_everything(a in land(1..4, 8, 1000), b in land(1..4, 8, 1000)) {
        let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
        is_sound(&a).map_err(TestCaseError::fail)?;
        adds_up(&a, &b, &divide(&[&a], &[&b]).unwrap())?;
        for result in [union(&[&a, &b]).unwrap(), intersection(&[&a], &[&b]).unwrap(), difference(&[&a], &[&b]).unwrap()] {
            result.as_ref().map_or(Ok(()), is_sound).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn results_are_sound_where_the_grid_is_as_coarse_as_the_land(a in land(1..4, 30, 1), b in land(1..4, 30, 1)) {
        let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
        adds_up(&a, &b, &divide(&[&a], &[&b]).unwrap())?;
    }
}
