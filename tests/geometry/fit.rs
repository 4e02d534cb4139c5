//! What a drawn polygon takes of its holding, what it leaves, and where it lies beside it.

use dizhang::domain::geometry::fit::{fit, fit_many, overlaps, split};
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::overlay::intersection;
use dizhang::domain::geometry::residual::{residuals, union_for_resupply};

use crate::overlay::{is_sound, polygon, rectangle};
use crate::tolerance;

/// Metres in millimetres.
const M: i64 = 1000;

fn area(of: &Option<GridMultiPolygon>) -> String {
    of.as_ref().map_or("none".to_owned(), |polygon| {
        is_sound(polygon).unwrap();
        polygon.area().to_string()
    })
}

#[test]
fn a_supply_takes_its_part_and_leaves_the_rest() {
    let holding = rectangle(0, 0, 100 * M, 80 * M);
    let fit = fit(&rectangle(0, 0, 60 * M, 80 * M), &holding, &tolerance()).unwrap();
    assert!(fit.is_within());
    assert_eq!(fit.excess, None);
    assert_eq!(fit.cut.inside, Some(rectangle(0, 0, 60 * M, 80 * M)));
    assert_eq!(fit.cut.residual, Some(rectangle(60 * M, 0, 40 * M, 80 * M)));
}

#[test]
fn a_supply_of_the_middle_leaves_a_hole() {
    let holding = rectangle(0, 0, 100 * M, 80 * M);
    let fit = fit(&rectangle(20 * M, 20 * M, 10 * M, 10 * M), &holding, &tolerance()).unwrap();
    assert_eq!(area(&fit.cut.inside), "100.0000");
    assert_eq!(area(&fit.cut.residual), "7900.0000");
    assert_eq!(fit.cut.residual.unwrap().parts()[0].interiors().len(), 1);
}

#[test]
fn what_lies_outside_is_tolerated_if_it_is_small_and_narrow() {
    let holding = rectangle(0, 0, 100 * M, 80 * M);
    // (how far the supply reaches over the eastern border of 80 m, and up there for how many metres) -> area, width, verdict
    for (over, along, area, width, is_within) in [
        (50, 80, "4.0000", "0.050", true),
        // 8000 m² and 5 cm: 0.0005 of the drawn 8004 m² is 4.002 m².
        (51, 80, "4.0800", "0.051", false),
        (90, 10, "0.9000", "0.089", true),
        (100, 10, "1.0000", "0.099", true),
        // Small, but as broad as it is long.
        (900, 1, "0.9000", "0.474", false),
        (5000, 80, "400.0000", "4.706", false),
    ] {
        let drawn = polygon(&[&[&[
            (0, 0),
            (100 * M, 0),
            (100 * M, 80 * M - along * M),
            (100 * M + over, 80 * M - along * M),
            (100 * M + over, 80 * M),
            (0, 80 * M),
        ]]]);
        let fit = fit(&drawn, &holding, &tolerance()).unwrap();
        let excess = fit.excess.as_ref().unwrap();
        assert_eq!(
            (excess.area.to_string().as_str(), excess.strip_width.to_string().as_str(), fit.is_within()),
            (area, width, is_within),
            "{over} mm over {along} m"
        );
        assert_eq!(fit.cut.inside.as_ref(), Some(&holding));
        assert_eq!(fit.cut.residual, None);
    }
}

#[test]
fn a_border_drawn_some_millimetres_off_leaves_no_spike_and_no_sliver() {
    let holding = rectangle(0, 0, 100 * M, 80 * M);
    let drawn = polygon(&[&[&[(3, 2), (60 * M, 4), (60 * M, 80 * M - 3), (-2, 80 * M - 4)]]]);
    let fit = fit(&drawn, &holding, &tolerance()).unwrap();
    assert!(fit.is_within());
    let (inside, residual) = (fit.cut.inside.unwrap(), fit.cut.residual.unwrap());
    is_sound(&inside).unwrap();
    is_sound(&residual).unwrap();
    assert!(residual.vertices() <= 6 && residual.parts().len() == 1, "{residual:?}");
    assert_eq!(inside.twice_area_mm2() + residual.twice_area_mm2(), holding.twice_area_mm2());
}

#[test]
fn slivers_go_to_the_other_side() {
    let holding = rectangle(0, 0, 100 * M, 80 * M);
    // All but a corner of 0.9 m², and all but one of 1.0 m².
    for (side, residual) in [(900, "none"), (1000, "1.0000")] {
        let drawn = polygon(&[&[&[
            (0, 0),
            (100 * M, 0),
            (100 * M, 80 * M - side),
            (99 * M, 80 * M - side),
            (99 * M, 80 * M),
            (0, 80 * M),
        ]]]);
        let cut = fit(&drawn, &holding, &tolerance()).unwrap().cut;
        assert_eq!(area(&cut.residual), residual);
        let whole = cut.inside.iter().chain(&cut.residual).map(GridMultiPolygon::twice_area_mm2).sum::<i128>();
        assert_eq!(whole, holding.twice_area_mm2());
    }
    // A supply that meets the holding in a sliver only takes nothing.
    let beside = fit(&rectangle(99_999, 0, 50 * M, 80 * M), &holding, &tolerance()).unwrap();
    assert_eq!((beside.cut.inside, beside.cut.residual), (None, Some(holding)));
}

#[test]
fn a_parcel_over_two_plots_takes_from_each_and_lies_in_none_only_where_it_does() {
    let (west, east) = (rectangle(0, 0, 50 * M, 50 * M), rectangle(50 * M, 0, 50 * M, 50 * M));
    let drawn = rectangle(40 * M, 10 * M, 30 * M, 20 * M);
    let fit = fit_many(&drawn, &[("west", &west), ("east", &east)], &tolerance()).unwrap();
    assert!(fit.is_within() && fit.excess.is_none());
    let taken: Vec<_> = fit.cuts.iter().map(|(plot, cut)| (*plot, area(&cut.inside), area(&cut.residual))).collect();
    assert_eq!(
        taken,
        [
            ("west", "200.0000".to_owned(), "2300.0000".to_owned()),
            ("east", "400.0000".to_owned(), "2100.0000".to_owned())
        ]
    );
    let alone = fit_many(&drawn, &[("west", &west)], &tolerance()).unwrap();
    assert!(!alone.is_within());
    assert_eq!(alone.excess.unwrap().polygon, rectangle(50 * M, 10 * M, 20 * M, 20 * M));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 2000, ..Default::default() })]

    /// The quick look that most neighbours get says nothing else than the overlay.
    #[test]
    fn whatever_two_triangles_share_is_found(at in proptest::collection::vec((0..60_i64, 0..60_i64), 6)) {
        let triangle = |points: &[(i64, i64)]| {
            let points = points.iter().map(|(x, y)| GridPoint::new(x * M, y * M)).collect();
            GridMultiPolygon::new(vec![GridPolygon::new(vec![points]).ok()?]).ok()
        };
        if let (Some(one), Some(other)) = (triangle(&at[..3]), triangle(&at[3..])) {
            let shared = intersection(&[&one], &[&other]).unwrap();
            let wide = shared.filter(|shared| shared.parts().iter().any(|part| part.strip_width_mm() > 1.0));
            let found = overlaps(&one, &[((), &other)], &tolerance()).unwrap();
            proptest::prop_assert_eq!(found.is_empty(), wide.is_none());
        }
    }
}

#[test]
fn a_new_plot_is_held_against_those_it_lies_on() {
    let existing = [
        ("beside", rectangle(0, 0, 50 * M, 50 * M)),
        ("under", rectangle(90 * M, 0, 50 * M, 50 * M)),
        ("a strip under", rectangle(50 * M, 49_990, 50 * M, 50 * M)),
        ("far", rectangle(500 * M, 0, 50 * M, 50 * M)),
    ];
    let existing: Vec<_> = existing.iter().map(|(name, land)| (*name, land)).collect();
    let found = overlaps(&rectangle(50 * M, 0, 50 * M, 50 * M), &existing, &tolerance()).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|overlap| {
            (overlap.with, overlap.misfit.area.to_string(), overlap.misfit.share.to_string(), overlap.misfit.is_within)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("under", "500.0000".to_owned(), "0.200000".to_owned(), false),
            ("a strip under", "0.5000".to_owned(), "0.000200".to_owned(), true)
        ]
    );
}

#[test]
fn the_pieces_of_a_split_cover_the_parcel_or_it_says_where_not() {
    let parcel = rectangle(0, 0, 100 * M, 50 * M);
    let (west, east) = (rectangle(0, 0, 40 * M, 50 * M), rectangle(40_010, 0, 60_000, 50 * M));
    let done = split(&parcel, &[(1, &west), (2, &east)], &tolerance()).unwrap();
    assert!(done.is_within(), "{done:?}");
    assert_eq!(done.gap.as_ref().unwrap().area.to_string(), "0.5000");
    assert_eq!(done.excess.as_ref().unwrap().area.to_string(), "0.5000");
    let sum: i128 = done.pieces.iter().flat_map(|(_, piece)| piece).map(GridMultiPolygon::twice_area_mm2).sum();
    assert_eq!(sum, parcel.twice_area_mm2());

    let narrow = rectangle(45 * M, 0, 55 * M, 50 * M);
    let open = split(&parcel, &[(1, &west), (2, &narrow)], &tolerance()).unwrap();
    assert!(!open.is_within());
    assert_eq!(open.gap.as_ref().unwrap().polygon, rectangle(40 * M, 0, 5 * M, 50 * M));

    let wide = rectangle(35 * M, 0, 65 * M, 50 * M);
    let twice = split(&parcel, &[(1, &west), (2, &wide)], &tolerance()).unwrap();
    let (1, 2, overlap) = &twice.overlaps[0] else { panic!("{twice:?}") };
    assert_eq!((overlap.polygon.clone(), overlap.is_within), (rectangle(35 * M, 0, 5 * M, 50 * M), false));
    assert_eq!(twice.offences().count(), 1);
    assert_eq!((area(&twice.pieces[0].1), area(&twice.pieces[1].1)), ("2000.0000".to_owned(), "3000.0000".to_owned()));
}

#[test]
fn recovered_land_joins_the_residual_without_a_crack() {
    let left = rectangle(0, 0, 50 * M, 50 * M);
    // A border that was bent by a millimetre when something else was cut from it.
    let back = polygon(&[&[&[(50 * M, 0), (90 * M, 0), (90 * M, 50 * M), (50 * M, 50 * M), (50_001, 20 * M)]]]);
    let land = union_for_resupply(&[&left, &back], &tolerance()).unwrap();
    assert_eq!(land.polygon, Some(rectangle(0, 0, 90 * M, 50 * M)));
    // 1 mm × 50 m ÷ 2.
    assert_eq!(
        (land.swept.filled().to_string(), land.swept.dropped().to_string()),
        ("0.0250".to_owned(), "0.0000".to_owned())
    );
}

#[test]
fn residuals_of_many_plots_are_those_of_each() {
    let plots =
        [rectangle(0, 0, 50 * M, 50 * M), rectangle(60 * M, 0, 50 * M, 50 * M), rectangle(0, 60 * M, 9 * M, 9 * M)];
    let taken = [rectangle(40 * M, 10 * M, 30 * M, 30 * M), rectangle(0, 60 * M, 9 * M, 9 * M)];
    let left = residuals(&plots.each_ref(), &taken.each_ref(), &tolerance()).unwrap();
    let areas: Vec<_> = left.iter().map(|land| area(&land.polygon)).collect();
    assert_eq!(areas, ["2200.0000", "2200.0000", "none"]);
}
