//! Overlays: sound, exact where the grid allows it, and the same as those of `geo` within the grid's error.

use dizhang::domain::geometry::check::{Part, Ring, check};
use dizhang::domain::geometry::fit::fit;
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::overlay::{
    CannotOverlay, Division, difference, divide, grid_error_m2, intersection, union,
};
use dizhang::domain::geometry::residual::union_for_resupply;
use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

use crate::{EAST, NORTH, limits, survey, tolerance};

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

/// Polygons with holes and several parts, some hundred metres wide, on any millimetre.
fn survey_land() -> impl Strategy<Value = Option<GridMultiPolygon>> {
    let star = (0..300_000_i64, 0..300_000_i64, prop::collection::vec(5_000..100_000_i64, 3..24));
    let ring = star.prop_map(|(x, y, reaches)| {
        let count = reaches.len() as f64;
        let at = |(i, reach): (usize, i64)| {
            let angle = i as f64 / count * std::f64::consts::TAU;
            let (east, north) = (reach as f64 * angle.cos(), reach as f64 * angle.sin());
            GridPoint::new(CORNER.x + x + east as i64, CORNER.y + y + north as i64)
        };
        reaches.into_iter().enumerate().map(at).collect::<Vec<_>>()
    });
    let land = |ring: Vec<GridPoint>| GridMultiPolygon::new(vec![GridPolygon::new(vec![ring]).ok()?]).ok();
    (prop::collection::vec(ring.clone(), 1..5), prop::collection::vec(ring, 0..3)).prop_map(move |(add, take)| {
        let (add, take): (Vec<_>, Vec<_>) =
            (add.into_iter().filter_map(land).collect(), take.into_iter().filter_map(land).collect());
        difference(&add.iter().collect::<Vec<_>>(), &take.iter().collect::<Vec<_>>()).unwrap()
    })
}

/// The polygon as `geo` knows it, in metres from the corner.
fn to_geo(polygon: &GridMultiPolygon) -> MultiPolygon<f64> {
    let line = |ring: &Vec<GridPoint>| -> LineString<f64> {
        let at = |at: &GridPoint| Coord { x: (at.x - CORNER.x) as f64 / 1e3, y: (at.y - CORNER.y) as f64 / 1e3 };
        ring.iter().map(at).collect()
    };
    let part = |part: &GridPolygon| Polygon::new(line(&part.rings()[0]), part.interiors().iter().map(line).collect());
    MultiPolygon::new(polygon.parts().iter().map(part).collect())
}

fn m2(polygon: Option<&GridMultiPolygon>) -> f64 {
    twice(polygon) as f64 / 2e6
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
    #![proptest_config(config(4_000, 3))]

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

    #[test]
    fn areas_are_those_of_geo_within_the_error_of_the_grid(a in survey_land(), b in survey_land()) {
        let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
        let division = divide(&[&a], &[&b]).unwrap();
        adds_up(&a, &b, &division)?;
        let (theirs_a, theirs_b) = (to_geo(&a), to_geo(&b));
        let most = grid_error_m2(&[&a, &b]);
        for (ours, theirs) in [
            (division.both, theirs_a.intersection(&theirs_b)),
            (division.only_first, theirs_a.difference(&theirs_b)),
            (division.only_second, theirs_b.difference(&theirs_a)),
            (union(&[&a, &b]).unwrap(), theirs_a.union(&theirs_b)),
        ] {
            let (ours, theirs) = (m2(ours.as_ref()), theirs.unsigned_area());
            prop_assert!((ours - theirs).abs() <= most, "{} m² and {} m², {} allowed", ours, theirs, most);
        }
    }

    #[test]
    fn a_cut_and_what_it_leaves_are_whole_again_when_put_together(a in survey_land(), b in survey_land()) {
        let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
        let cut = fit(&b, &a, &tolerance()).unwrap().cut;
        let sides: Vec<&GridMultiPolygon> = cut.inside.iter().chain(&cut.residual).collect();
        for side in &sides {
            is_sound(side).map_err(TestCaseError::fail)?;
            prop_assert!(side.parts().iter().all(|part| part.twice_area_mm2() >= 2_000_000));
        }
        let sum: i128 = sides.iter().map(|side| side.twice_area_mm2()).sum();
        let off = a.twice_area_mm2() - sum - cut.swept.dropped_twice_mm2 + cut.swept.filled_twice_mm2;
        prop_assert!(off.abs() as f64 <= grid_error_m2(&[&a, &b]) * 2e6, "{} mm² off", off / 2);
        let together = union_for_resupply(&sides, &tolerance()).unwrap();
        if let Some(polygon) = &together.polygon {
            is_sound(polygon).map_err(TestCaseError::fail)?;
        }
        let change = twice(together.polygon.as_ref()) - sum;
        let swept = together.swept.filled_twice_mm2 - together.swept.dropped_twice_mm2;
        prop_assert!((change - swept).abs() <= 2, "the sides share every vertex, yet {} mm² are lost", (change - swept) / 2);
    }

    #[test]
    fn equal_land_has_equal_polygons(a in land(1..4, 8, 1000), b in land(1..4, 8, 1000)) {
        let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
        let one = union(&[&a, &b]).unwrap();
        prop_assert_eq!(&union(&[&b, &a]).unwrap(), &one);
        // The grid bends borders once; after that there is nothing left to bend.
        let again = [union(&[one.as_ref().unwrap()]).unwrap(), intersection(&[one.as_ref().unwrap()], &[one.as_ref().unwrap()]).unwrap()];
        prop_assert_eq!(again, [one.clone(), one.clone()]);
        prop_assert_eq!(difference(&[one.as_ref().unwrap()], &[one.as_ref().unwrap()]).unwrap(), None);
    }
}

#[test]
fn parts_and_holes_that_touch_are_told_apart_as_simple_features_want() {
    // Two squares that touch in a corner are two parts.
    let corners = union(&[&rectangle(0, 0, 10, 10), &rectangle(10, 10, 10, 10)]).unwrap().unwrap();
    assert_eq!(corners.parts().len(), 2);
    // A hole that touches the border in a point stays a hole, and does not make the outer ring touch itself.
    let square = rectangle(0, 0, 100, 100);
    let kite = polygon(&[&[&[(0, 50), (30, 20), (60, 50), (30, 80)]]]);
    let holed = difference(&[&square], &[&kite]).unwrap().unwrap();
    assert_eq!((holed.parts().len(), holed.parts()[0].interiors().len()), (1, 1));
    // One that touches it twice cuts the inside apart.
    let kite = polygon(&[&[&[(0, 50), (50, 20), (100, 50), (50, 80)]]]);
    let cut = difference(&[&square], &[&kite]).unwrap().unwrap();
    assert_eq!((cut.parts().len(), cut.parts()[0].interiors().len()), (2, 0));
    // A ring of four squares around a fifth place: it is no hole of one of them, they only touch.
    let cross = [(10, 0), (0, 10), (20, 10), (10, 20)].map(|(x, y)| rectangle(x, y, 10, 10));
    let around = union(&cross.each_ref()).unwrap().unwrap();
    assert_eq!((around.parts().len(), around.twice_area_mm2()), (4, 800));
    // An island in a hole is a part of its own, and the hole belongs to the part around it.
    let island =
        union(&[&difference(&[&square], &[&rectangle(20, 20, 60, 60)]).unwrap().unwrap(), &rectangle(40, 40, 20, 20)]);
    let island = island.unwrap().unwrap();
    assert_eq!(
        (island.parts().len(), island.parts()[0].interiors().len(), island.parts()[1].interiors().len()),
        (2, 1, 0)
    );
    for land in [corners, holed, cut, around, island] {
        is_sound(&land).unwrap();
    }
}

#[test]
fn crossings_come_to_lie_on_the_nearest_millimetre_and_both_sides_share_them() {
    let (square, triangle) = (rectangle(0, 0, 10, 10), polygon(&[&[&[(0, 0), (20, 7), (0, 20)]]]));
    let Division { both, only_first, only_second } = divide(&[&square], &[&triangle]).unwrap();
    // The triangle's lower side crosses x = 10 at y = 3.5, its upper one (from (20, 7) to (0, 20)) at y = 13.5.
    let both = both.unwrap();
    let crossing = both.points().find(|at| at.x == CORNER.x + 10 && at.y < CORNER.y + 10).unwrap();
    assert_eq!(crossing.y, CORNER.y + 4);
    assert!(only_first.unwrap().points().any(|at| at == crossing));
    assert!(only_second.unwrap().points().any(|at| at == crossing));
}

#[test]
fn land_of_a_whole_province_is_overlaid_and_land_further_apart_is_refused() {
    const KM: i64 = 1_000_000;
    let side = 900 * KM;
    let (west, east) = (rectangle(0, 0, side, side), rectangle(side / 2, side / 2, side, side));
    let common = intersection(&[&west], &[&east]).unwrap().unwrap();
    assert_eq!(common, rectangle(side / 2, side / 2, side / 2, side / 2));
    let far = rectangle(1300 * KM, 0, side, side);
    let refused = CannotOverlay::TooFarApart { width_km: 2200 };
    assert_eq!(union(&[&west, &far]), Err(refused));
    assert!(refused.text().zh.contains("2200 公里") && refused.text().en.contains("2200 km"));
    // What lies elsewhere plays no part in a difference.
    assert_eq!(difference(&[&west], &[&far]).unwrap(), Some(west.clone()));
    assert_eq!(intersection(&[&west], &[&far]).unwrap(), None);
    assert_eq!((union(&[]).unwrap(), difference(&[], &[&west]).unwrap()), (None, None));
    assert_eq!(divide(&[], &[]).unwrap(), Division::default());
}
