use dizhang::domain::geometry::check::check;
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon, NotAPolygon, rounded_to_cm2};
use dizhang::domain::geometry::{ellipsoid, grid};

use crate::{limits, ring, square, survey, to_degrees, zone};

/// Made with geodesics; see fixtures/geometry/make_reference.py.
const ELLIPSOIDAL: &str = include_str!("../../fixtures/geometry/areas.csv");

fn polygon(rings: &[&[(i64, i64)]]) -> Result<GridPolygon, NotAPolygon> {
    GridPolygon::new(rings.iter().map(|ring| ring.iter().map(|&(x, y)| GridPoint::new(x, y)).collect()).collect())
}

#[test]
fn the_published_sample_parcel_measures_9600_square_metres() {
    let parts = vec![vec![square(0.0, 0.0, 100.0), square(40.0, 40.0, 20.0)]];
    let checked = check(&parts, survey(), &limits()).unwrap();
    assert_eq!(checked.area.to_string(), "9600.0000");
    assert_eq!(checked.grid.twice_area_mm2(), 2 * 9_600 * 1_000_000);
    // 55 km west of the meridian the ellipsoid has 74 millionths less.
    assert_eq!(checked.ellipsoidal_area.to_string(), "9599.2858");
    assert_eq!(checked.zone, zone());
}

#[test]
fn the_area_is_the_same_in_either_winding_and_from_degrees() {
    let mut reversed = square(0.0, 0.0, 100.0);
    reversed.reverse();
    let expected = check(&[vec![square(0.0, 0.0, 100.0)]], survey(), &limits()).unwrap();
    let from_reversed = check(&[vec![reversed]], survey(), &limits()).unwrap();
    assert_eq!(from_reversed.area, expected.area);
    assert_eq!(from_reversed.grid.parts()[0].exterior()[0], expected.grid.parts()[0].exterior()[0]);
    let degrees = to_degrees(&[vec![square(0.0, 0.0, 100.0)]]);
    let from_degrees = check(&degrees, dizhang::domain::geometry::crs::Crs::Crs84, &limits()).unwrap();
    assert_eq!(from_degrees, expected);
    let prefixed = crate::moved(&[vec![square(0.0, 0.0, 100.0)]], |[x, y]| [x + 38_000_000.0, y]);
    assert_eq!(check(&prefixed, zone().prefixed_crs(), &limits()).unwrap(), expected);
}

#[test]
fn ellipsoidal_areas_agree_with_geodesics() {
    for line in ELLIPSOIDAL.lines().skip(1) {
        let (rest, expected) = line.rsplit_once(',').unwrap();
        let expected: f64 = expected.parse().unwrap();
        let points = rest.rsplit('"').nth(1).unwrap().split(' ').map(|pair| {
            let (x, y) = pair.split_once(',').unwrap();
            GridPoint::snap([x.parse().unwrap(), y.parse().unwrap()]).unwrap()
        });
        let polygon = GridPolygon::new(vec![points.collect()]).unwrap();
        let area = ellipsoid::area(&GridMultiPolygon::new(vec![polygon]).unwrap(), zone());
        let area: f64 = area.to_string().parse().unwrap();
        // The reference itself is good to about a square centimetre for short sides, and to 10⁻⁹.
        assert!((area - expected).abs() < 1e-3 + expected * 1e-9, "{line}: {area}");
    }
}

#[test]
fn areas_are_rounded_half_up_to_the_square_centimetre() {
    for (twice_mm2, cm2) in [
        (0, "0.0000"),
        (99, "0.0000"),
        (100, "0.0001"),
        (299, "0.0001"),
        (300, "0.0002"),
        (-100, "0.0000"),
        (-101, "-0.0001"),
    ] {
        assert_eq!(rounded_to_cm2(twice_mm2).to_string(), cm2, "{twice_mm2}");
    }
}

#[test]
fn a_long_strip_has_its_width_and_a_square_half_its_side() {
    let width = |points: &[(f64, f64)]| {
        check(&[vec![ring(points)]], survey(), &limits()).unwrap().grid.strip_width().to_string()
    };
    assert_eq!(width(&[(0.0, 0.0), (1000.0, 0.0), (1000.0, 0.5), (0.0, 0.5)]), "0.500");
    assert_eq!(width(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]), "5.000");
}

#[test]
fn what_is_no_polygon_is_refused_and_never_overflows() {
    let side = grid::SIDE_MAX_MM;
    assert_eq!(polygon(&[]), Err(NotAPolygon::Empty));
    assert_eq!(polygon(&[&[]]), Err(NotAPolygon::Empty));
    assert_eq!(polygon(&[&[(0, 0), (5, 5), (9, 9)]]), Err(NotAPolygon::RingWithoutArea));
    assert_eq!(polygon(&[&[(0, 0), (side + 1, 0), (0, 9)]]), Err(NotAPolygon::TooWide));
    assert_eq!(polygon(&[&[(i64::MIN, 0), (i64::MAX, 0), (0, 9)]]), Err(NotAPolygon::TooWide));
    let (unit, huge) = ([(0, 0), (9, 0), (0, 9)], [(0, 0), (99, 0), (0, 99)]);
    assert_eq!(polygon(&[&unit, &huge]), Err(NotAPolygon::AreaOutOfRange));
    assert_eq!(GridMultiPolygon::new(vec![]), Err(NotAPolygon::Empty));
    let full = polygon(&[&[(0, 0), (side, 0), (side, side), (0, side)]]).unwrap();
    assert_eq!(GridMultiPolygon::new(vec![full.clone()]).unwrap().area().to_string(), "810000000000.0000");
    assert_eq!(GridMultiPolygon::new(vec![full.clone(), full]), Err(NotAPolygon::AreaOutOfRange));
}
