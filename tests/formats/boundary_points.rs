//! 界址点 TXT: every deviation is repaired and told, what has two meanings is refused, and what is written is strict.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use dizhang::domain::area::{AreaUnit, GivenArea};
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::formats::boundary_points::{CannotWrite, Heading, Options, PlotOut, Reading, read, write};
use dizhang::formats::decode::to_gbk;
use proptest::prelude::*;

use crate::{checked, fixture, zone};

const OPTIONS: Options = Options { zone: None, plots_max: 1000, points_max: 100_000 };

fn county() -> Options {
    Options { zone: Some(zone()), ..OPTIONS }
}

fn file(name: &str) -> Vec<u8> {
    fixture(&format!("boundary-points/{name}.txt"))
}

#[track_caller]
fn reading(name: &str) -> Reading {
    read(&file(name), &county()).unwrap_or_else(|faults| panic!("{name}: {faults:?}"))
}

/// What was repaired, as `line code`.
fn repairs(reading: &Reading) -> Vec<String> {
    reading.repairs.iter().map(|repair| format!("{} {}", repair.line, repair.deviation.code())).collect()
}

/// What is wrong, as `line: sentence`, whether it refuses the file or its plots.
fn faults(bytes: &[u8], options: &Options) -> Vec<String> {
    let faults = match read(bytes, options) {
        Err(faults) => faults,
        Ok(reading) => reading.plots.into_iter().filter_map(|plot| plot.result.err()).flatten().collect(),
    };
    faults.iter().map(|fault| format!("{}: {}", fault.line, fault.wrong.text().en)).collect()
}

/// The parcel of the documentation: 100 m by 100 m with a hole of 20 m by 20 m.
#[track_caller]
fn is_the_sample(name: &str) {
    let reading = reading(name);
    let plot = reading.plots[0].result.as_ref().unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
    let polygon = checked(std::slice::from_ref(&plot.part), plot.crs);
    assert_eq!(polygon.area.to_string(), "9600.0000", "{name}");
    assert_eq!(polygon.grid.parts()[0].rings().len(), 2, "{name}");
}

#[test]
fn a_strict_file_is_read_without_a_word() {
    let reading = reading("strict");
    assert_eq!(repairs(&reading), [""; 0]);
    is_the_sample("strict");
    let plot = reading.plots[0].result.clone().unwrap();
    assert_eq!((plot.code.as_deref(), plot.name.as_deref()), (Some("DK01"), Some("地块一")));
    assert_eq!(plot.planned_use.as_deref(), Some("工业用地"));
    assert_eq!(plot.area, Some(("0.9600".parse().unwrap(), AreaUnit::Hectare)));
    assert_eq!(plot.lines[0], [14, 15, 16, 17, 18]);
    assert_eq!(reading.header.value("数据产生单位"), Some(("演示县自然资源局", 3)));
}

#[test]
fn every_deviation_is_repaired_and_reported_with_its_line() {
    let table: &[(&str, &[&str])] = &[
        ("byte_order_mark", &["1 byte_order_mark"]),
        ("gbk", &["1 gbk"]),
        ("crlf", &["1 crlf"]),
        ("gbk_crlf", &["1 gbk", "1 crlf"]),
        ("twelve_fields", &["13 field_count"]),
        ("no_at", &["13 no_at"]),
        ("no_header", &["1 no_header", "2 zone_from_prefix"]),
        ("no_prefix", &["14 no_prefix"]),
        ("zone_from_prefix", &["14 zone_from_prefix"]),
        ("no_zone_at_all", &["14 zone_assumed"]),
        ("prefix_mixed", &["16 prefix_mixed"]),
        ("swapped_axes", &["14 swapped_axes"]),
        ("dropped_closing", &["17 not_closed", "21 not_closed"]),
        ("count_without_closing", &["13 count_without_closing"]),
        ("closing_number", &["18 closing_number"]),
        ("closing_ring", &["18 closing_ring"]),
        ("points_restart", &[]),
        ("bare_numbers", &[]),
        ("ring_numbers", &["19 ring_numbers"]),
        ("area_unit", &["13 area_unit"]),
        ("area_mu", &["13 area_unit"]),
        ("area_missing", &[]),
        ("precision_as_decimals", &["10 precision_as_decimals"]),
        ("precision_finer", &[]),
        ("project_block", &["1 project_block"]),
        ("project_block_gbk_crlf", &["1 gbk", "1 crlf", "1 project_block"]),
        ("header_incomplete", &["10 header_missing", "10 header_missing"]),
        ("full_width_commas", &["13 other_separator", "14 other_separator"]),
        ("spaces", &["13 other_separator", "14 other_separator"]),
        ("coordinates_only", &["1 no_header", "1 no_plot_line", "1 zone_from_prefix"]),
    ];
    for (name, expected) in table {
        assert_eq!(repairs(&reading(name)), *expected, "{name}");
        is_the_sample(name);
    }
}

#[test]
fn bare_pairs_of_coordinates_are_one_ring() {
    let reading = reading("bare_pairs");
    let expected = ["1 no_header", "1 no_plot_line", "1 no_ring_number", "1 no_point_number", "1 zone_from_prefix"];
    assert_eq!(repairs(&reading), expected);
    let plot = reading.plots[0].result.clone().unwrap();
    assert_eq!(checked(&[plot.part], plot.crs).area.to_string(), "10000.0000");
    assert_eq!((plot.code, plot.area), (None, None));
}

#[test]
fn several_plots_stand_in_one_file() {
    let reading = reading("several_plots");
    assert_eq!(repairs(&reading), [""; 0]);
    let codes: Vec<_> = reading.plots.iter().map(|plot| (plot.line, plot.code.as_deref())).collect();
    assert_eq!(codes, [(13, Some("DK01")), (24, Some("DK02"))]);
}

#[test]
fn zones_of_six_degrees_are_read_as_such() {
    let reading = reading("zone_of_six_degrees");
    assert_eq!(repairs(&reading), [""; 0]);
    let plot = reading.plots[0].result.clone().unwrap();
    assert_eq!(plot.crs.to_string(), "EPSG:4508");
    let polygon = checked(&[plot.part], plot.crs);
    assert!(polygon.area.to_string().starts_with("95"), "{}", polygon.area);
}

#[test]
fn the_area_keeps_its_unit() {
    let area =
        |name| reading(name).plots[0].result.clone().unwrap().area.map(|(value, unit)| format!("{value} {unit}"));
    assert_eq!(area("area_unit").as_deref(), Some("0.9600 ha"));
    assert_eq!(area("area_mu").as_deref(), Some("14.4 mu"));
    assert_eq!(area("area_missing"), None);
}

#[test]
fn what_could_be_meant_in_two_ways_is_refused_with_its_line() {
    let table: &[(&str, &str)] = &[
        ("contradictory_zone", "14: the header (line 9) says zone 39, the easting begins with 38"),
        ("two_zones", "16: eastings of one plot begin with 38 and with 39"),
        ("width_against_zone", "9: \"38\" is no zone"),
        ("mixed_axes", "15: north and east stand the other way round"),
        ("closing_elsewhere", "18: point J1 bears the number of the ring's first (line 14) at another place"),
        ("ring_again", "24: ring 1 goes on after another has begun"),
        ("area_words", "13: the area \"约一公顷\" is no number"),
        ("count_too_large", "13: the plot line says 12 points, 10 rows follow (8 without closing rows)"),
        ("truncated", "13: the plot line says 10 points, 7 rows follow"),
        ("row_fields", "16: the point row has 6 fields"),
        ("not_a_number", "16: X \"3818400.0OO\" is no number"),
        ("bad_ring", "16: the ring \"a\" is no positive whole number"),
        ("a_line", "13: the shape is \"线\""),
        ("other_datum", "5: the datum \"1980西安坐标系\" is not CGCS2000"),
        ("other_projection", "7: the projection \"墨卡托\" is not"),
        ("other_unit", "8: the unit \"公里\" is not the metre"),
        ("degrees", "14: these are degrees"),
        ("unlikely", "16: (38184, 38445100) is no position of a zone"),
        ("no_points", "13: the plot has no points"),
        ("few_fields", "13: the plot line has 4 fields"),
        ("empty", "1: there is no plot"),
        ("header_alone", "12: there is no plot"),
    ];
    for (name, expected) in table {
        let faults = faults(&file(name), &county());
        assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{name}: {faults:?}");
    }
    let faults = faults(&file("no_zone_at_all"), &OPTIONS);
    assert!(faults[0].starts_with("14: neither header nor coordinates name the zone"), "{faults:?}");
}

#[test]
fn every_fixture_is_named_by_a_test() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/boundary-points")).unwrap();
    let here = include_str!("boundary_points.rs");
    let unused: BTreeSet<String> = folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !here.contains(&format!("\"{}\"", name.trim_end_matches(".txt"))))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn a_wrong_plot_leaves_the_others_standing() {
    let mut text = String::from_utf8(file("several_plots")).unwrap();
    text = text.replace("5,1.0000,DK02", "9,1.0000,DK02");
    let reading = read(text.as_bytes(), &county()).unwrap();
    assert!(reading.plots[0].result.is_ok() && reading.plots[1].result.is_err());
    assert_eq!(reading.plots[1].code.as_deref(), Some("DK02"));
}

#[test]
fn limits_are_named() {
    let strict = file("strict");
    let few = faults(&strict, &Options { points_max: 5, ..county() });
    assert!(few[0].starts_with("19: there are more than 5 points"), "{few:?}");
    let none = faults(&strict, &Options { plots_max: 0, ..county() });
    assert!(none[0].starts_with("13: there are more than 0 plots"), "{none:?}");
    let binary = faults(b"\x00\x01\x02", &county());
    assert!(binary[0].starts_with("1: it is no text"), "{binary:?}");
}

fn polygon(rings: Vec<Vec<(i64, i64)>>) -> GridMultiPolygon {
    let rings = rings.into_iter().map(|ring| ring.into_iter().map(|(x, y)| GridPoint::new(x, y)).collect()).collect();
    GridMultiPolygon::new(vec![GridPolygon::new(rings).unwrap()]).unwrap()
}

fn heading() -> Heading<'static> {
    let produced_on = NaiveDate::from_ymd_opt(2025, 6, 15).unwrap();
    Heading { producer: "演示县自然资源局", produced_on, zone: zone() }
}

fn written(code: &str, area: GivenArea, polygon: &GridMultiPolygon) -> String {
    let plot = PlotOut { code, name: Some("地块一"), area, planned_use: Some("工业用地"), polygon };
    write(&heading(), &[plot]).unwrap()
}

fn hectares(value: &str) -> GivenArea {
    GivenArea::new(value.parse().unwrap(), AreaUnit::Hectare).unwrap()
}

#[test]
fn what_is_written_is_the_strict_sample() {
    let (x, y) = (445_000_000, 3_818_400_000);
    let square = |dx: i64, dy: i64, side: i64| {
        vec![(x + dx, y + dy), (x + dx + side, y + dy), (x + dx + side, y + dy + side), (x + dx, y + dy + side)]
    };
    let polygon = polygon(vec![square(0, 0, 100_000), square(40_000, 40_000, 20_000)]);
    assert_eq!(written("DK01", hectares("0.96"), &polygon).as_bytes(), file("strict"));
    let exact = GivenArea::new("9600.1234".parse().unwrap(), AreaUnit::SquareMetre).unwrap();
    assert!(written("DK01", exact, &polygon).contains("10,0.96001234,DK01"));
    let mu = GivenArea::new("50".parse().unwrap(), AreaUnit::Mu).unwrap();
    assert!(written("DK01", mu, &polygon).contains("10,3.33333333,DK01"));
    let gbk = to_gbk(&written("DK01", hectares("0.96"), &polygon)).unwrap();
    assert_eq!(gbk, file("gbk"));
}

#[test]
fn what_the_format_cannot_hold_is_not_written() {
    let one = |x: i64| polygon(vec![vec![(x, 0), (x + 1000, 0), (x + 1000, 1000)]]).parts()[0].clone();
    let two = GridMultiPolygon::new(vec![one(0), one(5000)]).unwrap();
    let out = |code, polygon| PlotOut { code, name: None, area: hectares("1"), planned_use: None, polygon };
    let refused = write(&heading(), &[out("A", &two)]).unwrap_err();
    assert_eq!(refused, [CannotWrite::SeveralParts { code: "A".to_owned() }]);
    let single = GridMultiPolygon::new(vec![one(0)]).unwrap();
    let refused = write(&heading(), &[out("A,1", &single)]).unwrap_err();
    assert!(matches!(&refused[..], [CannotWrite::Separator { .. }]), "{refused:?}");
}

/// A star around a point, its radii in millimetres, with or without a square hole.
fn stars() -> impl Strategy<Value = (Vec<Vec<(i64, i64)>>, u64)> {
    let radii = proptest::collection::vec(20_000_i64..90_000, 3..40);
    (440_000_000_i64..460_000_000, 3_810_000_000_i64..3_830_000_000, radii, any::<bool>(), 1_u64..10_000_000).prop_map(
        |(x, y, radii, with_hole, area)| {
            let count = radii.len();
            let outer = radii.iter().enumerate().map(|(at, radius)| {
                let angle = std::f64::consts::TAU * at as f64 / count as f64;
                let (sin, cos) = angle.sin_cos();
                (x + (*radius as f64 * cos).round() as i64, y + (*radius as f64 * sin).round() as i64)
            });
            let hole = vec![(x - 3, y - 3), (x + 3, y - 3), (x + 3, y + 3), (x - 3, y + 3)];
            let rings = [outer.collect(), hole];
            (rings.into_iter().take(if with_hole { 2 } else { 1 }).collect(), area)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_without_a_repair((rings, cm2) in stars()) {
        let polygon = polygon(rings);
        let value = rust_decimal::Decimal::new(cm2 as i64, 4);
        let area = GivenArea::new(value, AreaUnit::SquareMetre).unwrap();
        let reading = read(written("DK-1", area, &polygon).as_bytes(), &OPTIONS).unwrap();
        prop_assert_eq!(repairs(&reading), [""; 0]);
        let plot = reading.plots[0].result.clone().unwrap();
        let (value, unit) = plot.area.unwrap();
        prop_assert_eq!(GivenArea::new(value, unit).unwrap().exact_m2(), area.exact_m2());
        let rings: Vec<Vec<GridPoint>> = plot.part.iter().map(|ring| {
            ring.iter().map(|[x, y]| GridPoint::snap([*x, *y]).unwrap()).collect()
        }).collect();
        let points = |rings: &[Vec<GridPoint>]| -> Vec<BTreeSet<(i64, i64)>> {
            rings.iter().map(|ring| ring.iter().map(|point| (point.x, point.y)).collect()).collect()
        };
        prop_assert_eq!(points(&rings), points(polygon.parts()[0].rings()));
        let back = GridPolygon::new(rings).unwrap();
        prop_assert_eq!(back.twice_area_mm2(), polygon.parts()[0].twice_area_mm2());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &county());
    }

    #[test]
    fn no_damage_to_a_file_makes_the_reader_panic(
        at in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        put in "[\\[\\]=,@;\u{ff0c}0-9.J面公\r\n -]{0,12}",
    ) {
        let text = String::from_utf8(file("several_plots")).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let (a, b) = (at.index(chars.len()), cut.index(chars.len()));
        let damaged: String = chars[..a.min(b)].iter().collect::<String>() + &put + &chars[a.max(b)..].iter().collect::<String>();
        let _ = read(damaged.as_bytes(), &county());
    }
}
