use dizhang::domain::geometry::check::{Flaws, Part, check};
use dizhang::domain::geometry::crs::{Crs, Zone};
use dizhang::domain::geometry::lonlat::DegreeBox;

use crate::{limits, moved, ring, square, survey, to_degrees, zone};

/// The codes of a polygon's flaws with their place in the coordinates.
fn flaws(parts: &[Part], crs: Crs) -> Vec<String> {
    told(check(parts, crs, &limits()))
}

fn told<T>(checked: Result<T, Flaws>) -> Vec<String> {
    let Err(flaws) = checked else { return Vec::new() };
    let told = flaws.list.iter().map(|flaw| {
        let text = flaw.text();
        assert!(!text.zh.is_empty() && !text.en.is_empty() && !text.en.contains("第"), "{text:?}");
        let place = flaw.place().map(|place| place.pointer(true)).unwrap_or_default();
        format!("{}{}", flaw.code(), place.replace("/coordinates", " "))
    });
    told.collect()
}

/// Sentence, parts in metres, flaws expected.
fn table() -> Vec<(&'static str, Vec<Part>, Vec<&'static str>)> {
    let outer = || square(0.0, 0.0, 100.0);
    let open = || outer()[..4].to_vec();
    let with_nan = || {
        let mut ring = outer();
        ring[2] = [f64::NAN, ring[2][1]];
        ring
    };
    let with_infinity = || {
        let mut ring = square(40.0, 40.0, 20.0);
        ring[1][1] = f64::INFINITY;
        ring
    };
    let bow_tie = || ring(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)]);
    let pinched = || ring(&[(0.0, 0.0), (50.0, 50.0), (100.0, 0.0), (100.0, 100.0), (50.0, 50.0), (0.0, 100.0)]);
    let touching_edge = || ring(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (50.0, 0.0), (0.0, 100.0)]);
    vec![
        ("a square is sound", vec![vec![outer()]], vec![]),
        ("a square with a hole is sound", vec![vec![outer(), square(40.0, 40.0, 20.0)]], vec![]),
        (
            "a hole may touch the outer ring in one point",
            vec![vec![outer(), ring(&[(0.0, 50.0), (20.0, 40.0), (20.0, 60.0)])]],
            vec![],
        ),
        (
            "two holes may touch in one point",
            vec![vec![outer(), square(20.0, 20.0, 20.0), square(40.0, 40.0, 20.0)]],
            vec![],
        ),
        ("parts may touch in a corner", vec![vec![outer()], vec![square(100.0, 100.0, 50.0)]], vec![]),
        (
            "a part may lie in the hole of another",
            vec![vec![outer(), square(20.0, 20.0, 60.0)], vec![square(30.0, 30.0, 10.0)]],
            vec![],
        ),
        (
            "a part may touch the hole it lies in",
            vec![vec![outer(), square(20.0, 20.0, 60.0)], vec![ring(&[(20.0, 50.0), (30.0, 40.0), (30.0, 60.0)])]],
            vec![],
        ),
        ("no parts at all", vec![], vec!["empty"]),
        ("a part without rings", vec![vec![outer()], vec![]], vec!["empty /1/0"]),
        ("an open ring", vec![vec![open()]], vec!["not_closed /0/0"]),
        ("a ring of two points", vec![vec![ring(&[(0.0, 0.0), (9.0, 9.0)])]], vec!["too_few_points /0/0"]),
        ("an empty ring", vec![vec![vec![]]], vec!["too_few_points /0/0"]),
        (
            "an open ring of two points",
            vec![vec![open()[..2].to_vec()]],
            vec!["not_closed /0/0", "too_few_points /0/0"],
        ),
        (
            "NaN and infinity, each named",
            vec![vec![with_nan(), with_infinity()]],
            vec!["not_finite /0/0/2", "not_finite /0/1/1"],
        ),
        (
            "a vertex repeated within a millimetre",
            vec![vec![ring(&[(0.0, 0.0), (100.0, 0.0), (100.0, 0.0004), (100.0, 100.0)])]],
            vec!["repeated_vertex /0/0/2"],
        ),
        (
            "the first vertex repeated before the end",
            vec![vec![ring(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 0.0001)])]],
            vec!["repeated_vertex /0/0/3"],
        ),
        (
            "a spike outwards",
            vec![vec![ring(&[(0.0, 0.0), (100.0, 0.0), (150.0, 0.0), (100.0, 0.0), (100.0, 100.0)])]],
            vec!["spike /0/0/2"],
        ),
        (
            "a spike that goes back farther than it came",
            vec![vec![ring(&[(0.0, 0.0), (100.0, 0.0), (50.0, 0.0), (50.0, 100.0)])]],
            vec!["spike /0/0/1"],
        ),
        (
            "a spike at the first vertex",
            vec![vec![ring(&[(150.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 0.0)])]],
            vec!["spike /0/0/0"],
        ),
        (
            "a spike at the last vertex",
            vec![vec![ring(&[(100.0, 0.0), (100.0, 100.0), (0.0, 0.0), (150.0, 0.0)])]],
            vec!["spike /0/0/3"],
        ),
        (
            "a ring that is all one line",
            vec![vec![ring(&[(0.0, 0.0), (50.0, 50.0), (100.0, 100.0)])]],
            vec!["no_area /0/0"],
        ),
        (
            "a ring smaller than a millimetre",
            vec![vec![square(0.0, 0.0, 0.0003)]],
            vec!["repeated_vertex /0/0/1", "repeated_vertex /0/0/2", "repeated_vertex /0/0/3", "no_area /0/0"],
        ),
        ("a bow tie crosses itself", vec![vec![bow_tie()]], vec!["self_crossing /0/0/0"]),
        ("a ring pinched in a vertex touches itself", vec![vec![pinched()]], vec!["self_touch /0/0/1"]),
        ("a vertex on an edge of its own ring", vec![vec![touching_edge()]], vec!["self_touch /0/0/0"]),
        (
            "a figure of eight crosses through its vertex",
            vec![vec![ring(&[(0.0, 0.0), (50.0, 50.0), (100.0, 100.0), (100.0, 0.0), (50.0, 50.0), (0.0, 100.0)])]],
            vec!["self_crossing /0/0/1"],
        ),
        (
            "a corridor of no width",
            vec![vec![ring(&[
                (0.0, 0.0),
                (100.0, 0.0),
                (100.0, 50.0),
                (150.0, 50.0),
                (150.0, 80.0),
                (180.0, 80.0),
                (180.0, 50.0),
                (100.0, 50.0),
                (100.0, 100.0),
                (0.0, 100.0),
            ])]],
            vec!["self_overlap /0/0/2"],
        ),
        ("a hole outside", vec![vec![outer(), square(200.0, 0.0, 10.0)]], vec!["hole_outside /0/1"]),
        ("a hole around its outer ring", vec![vec![square(20.0, 20.0, 10.0), outer()]], vec!["hole_outside /0/1"]),
        (
            "a hole in a hole",
            vec![vec![outer(), square(20.0, 20.0, 60.0), square(30.0, 30.0, 10.0)]],
            vec!["hole_in_hole /0/2"],
        ),
        (
            "a hole across the outer ring",
            vec![vec![outer(), square(90.0, 40.0, 20.0)]],
            vec!["rings_cross /0/1/0", "rings_cross /0/1/2"],
        ),
        (
            "two holes across each other",
            vec![vec![outer(), square(20.0, 20.0, 20.0), square(30.0, 30.0, 20.0)]],
            vec!["rings_cross /0/2/0", "rings_cross /0/2/3"],
        ),
        (
            "a hole that leaves through a vertex of the outer ring",
            vec![vec![outer(), ring(&[(80.0, 80.0), (120.0, 120.0), (80.0, 90.0)])]],
            vec!["rings_cross /0/1/0", "rings_cross /0/1/1"],
        ),
        (
            "a hole along the outer ring",
            vec![vec![outer(), square(0.0, 40.0, 20.0)]],
            vec!["rings_share_border /0/1/3"],
        ),
        ("a hole that is the outer ring", vec![vec![outer(), outer()]], vec!["rings_share_border /0/1/0"]),
        (
            "a hole that touches the outer ring twice",
            vec![vec![outer(), ring(&[(0.0, 50.0), (50.0, 40.0), (100.0, 50.0), (50.0, 60.0)])]],
            vec!["inside_cut /0/1"],
        ),
        (
            "two holes that cut off a corner together",
            vec![vec![
                outer(),
                ring(&[(0.0, 50.0), (30.0, 30.0), (20.0, 60.0)]),
                ring(&[(50.0, 0.0), (30.0, 30.0), (60.0, 20.0)]),
            ]],
            vec!["inside_cut /0/2"],
        ),
        (
            "parts that overlap",
            vec![vec![outer()], vec![square(90.0, 90.0, 50.0)]],
            vec!["parts_overlap /0/0/1", "parts_overlap /0/0/2"],
        ),
        ("parts side by side", vec![vec![outer()], vec![square(100.0, 0.0, 100.0)]], vec!["parts_share_border /0/0/1"]),
        ("the same part twice", vec![vec![outer()], vec![outer()]], vec!["parts_share_border /0/0/0"]),
        ("a part in a part", vec![vec![outer()], vec![square(20.0, 20.0, 10.0)]], vec!["part_in_part /1/0"]),
        (
            "one slip does not hide another",
            vec![vec![bow_tie()], vec![square(200.0, 0.0, 50.0)[..4].to_vec(), square(300.0, 0.0, 5.0)]],
            vec!["not_closed /1/0", "self_crossing /0/0/0", "hole_outside /1/1"],
        ),
    ]
}

#[test]
fn every_flaw_is_named_with_its_part_ring_and_vertex() {
    for (sentence, parts, expected) in table() {
        assert_eq!(flaws(&parts, survey()), expected, "{sentence}");
        // In degrees the very same is found; NaN has no degrees, and what is no ring is not moved.
        if !expected.iter().any(|flaw| flaw.starts_with("not_finite")) {
            assert_eq!(flaws(&to_degrees(&parts), Crs::Crs84), expected, "{sentence}, in degrees");
        }
    }
}

#[test]
fn the_crossing_point_is_told_in_degrees() {
    let parts = [vec![ring(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)])]];
    let flaws = check(&parts, survey(), &limits()).unwrap_err();
    let [longitude, latitude] = zone().unproject([445_050.0, 3_818_050.0]).unwrap();
    let text = flaws.list[0].text();
    assert!(text.zh.contains(&format!("({longitude:.9}, {latitude:.9})")), "{}", text.zh);
    assert!(text.zh.starts_with("第 1 部分外环第 1 点起的边与自身(第 1 部分外环第 3 点起的边)在"), "{}", text.zh);
    assert!(text.en.starts_with("the edge from outer ring of part 1, point 1 crosses itself"), "{}", text.en);
}

#[test]
fn exchanged_axes_other_units_and_other_zones_are_recognised() {
    let metres = [vec![square(0.0, 0.0, 100.0)]];
    let degrees = to_degrees(&metres);
    let swap = |parts: &[Part]| moved(parts, |[x, y]| [y, x]);
    let prefixed = moved(&metres, |[x, y]| [x + 38_000_000.0, y]);
    let wrong_prefix = moved(&metres, |[x, y]| [x + 39_000_000.0, y]);
    let zone_37 = moved(&degrees, |at| Zone::new(37).unwrap().project(at).unwrap());
    let web = moved(&degrees, |at| Crs::WebMercator.from_lonlat(at).unwrap());
    let epsg = |code| Crs::from_epsg(code).unwrap();
    let table: [(&str, Vec<Part>, Crs, &str, &str); 13] = [
        ("latitude first", swap(&degrees), Crs::Crs84, "swapped_axes", "纬度在前"),
        ("latitude first, EPSG:4490", swap(&degrees), Crs::Cgcs2000, "swapped_axes", "纬度在前"),
        ("north first", swap(&metres), survey(), "swapped_axes", "北坐标(X)在前"),
        ("metres for degrees", metres.to_vec(), Crs::Crs84, "other_crs", "EPSG:4547"),
        ("metres for degrees, north first", swap(&metres), Crs::Crs84, "other_crs", "且两轴对调"),
        ("prefixed metres for degrees", prefixed.clone(), Crs::Crs84, "other_crs", "EPSG:4526"),
        ("degrees for metres", degrees.clone(), survey(), "other_crs", "EPSG:4490"),
        ("latitude first for metres", swap(&degrees), survey(), "other_crs", "且两轴对调"),
        ("a prefix that was not declared", prefixed, survey(), "other_crs", "带号 38(EPSG:4526)"),
        ("a prefix declared that is not there", metres.to_vec(), epsg(4526), "other_crs", "不加带号(EPSG:4547)"),
        ("metres of the neighbouring zone", zone_37, survey(), "other_crs", "EPSG:4546"),
        ("metres of the web map", web, survey(), "other_crs", "EPSG:3857"),
        ("a prefix of another zone fits nothing", wrong_prefix, epsg(4527), "outside_county", "范围之外"),
    ];
    for (sentence, parts, declared, code, words) in table {
        let found = check(&parts, declared, &limits()).unwrap_err();
        let text = found.list[0].text();
        assert_eq!((found.list.len(), found.list[0].code()), (1, code), "{sentence}: {text:?}");
        assert!(text.zh.contains(words), "{sentence}: {}", text.zh);
    }
}

#[test]
fn in_an_extent_of_many_zones_no_zone_is_guessed() {
    let country =
        crate::Limits { extent: DegreeBox::of_degrees(73.0, 18.0, 135.5, 54.0), zone: None, vertices_max: 100 };
    let metres = [vec![square(0.0, 0.0, 100.0)]];
    let found = check(&metres, Crs::Crs84, &country).unwrap_err();
    assert_eq!(found.list[0].code(), "other_crs");
    assert!(found.list[0].text().zh.contains("像是以米计的投影坐标"), "{:?}", found.list[0].text());
    assert_eq!(check(&to_degrees(&metres), Crs::Crs84, &country).unwrap().zone, zone());
}

#[test]
fn vertices_outside_the_county_are_counted_ring_by_ring() {
    let mut strayed = square(0.0, 0.0, 100.0);
    strayed[2][0] += 90_000.0;
    strayed[3][0] += 90_000.0;
    assert_eq!(flaws(&[vec![strayed.clone(), square(40.0, 40.0, 20.0)]], survey()), ["outside_county /0/0/2"]);
    let found = check(&[vec![strayed]], survey(), &limits()).unwrap_err();
    assert!(found.list[0].text().zh.contains("该环共 2 点在外"), "{:?}", found.list[0].text());
    let sea = vec![vec![vec![[0.0, 0.0], [0.01, 0.0], [0.01, 0.01], [0.0, 0.0]]]];
    assert_eq!(flaws(&sea, Crs::Crs84), ["outside_county /0/0/0"]);
    let nowhere = vec![vec![vec![[1e300, 1e300], [-1e300, 5.0], [7.0, 1e300], [1e300, 1e300]]]];
    assert_eq!(flaws(&nowhere, Crs::Crs84).len(), 1);
    assert_eq!(flaws(&nowhere, survey()).len(), 1);
}

#[test]
fn too_many_vertices_are_refused_before_anything_else_is_looked_at() {
    let limits = crate::Limits { vertices_max: 4, ..limits() };
    assert_eq!(told(check(&[vec![vec![[f64::NAN; 2]; 5]]], survey(), &limits)), ["too_many_vertices"]);
}

#[test]
fn the_list_of_flaws_ends_and_says_so() {
    let many = vec![vec![vec![[f64::NAN; 2]; 1000]]];
    let found = check(&many, survey(), &limits()).unwrap_err();
    assert_eq!((found.list.len(), found.more), (50, true));
}
