//! GeoJSON and WKB: out and in again, faults by pointer, any bytes at all.

use dizhang::domain::geometry::check::{CheckedPolygon, Limits, check};
use dizhang::domain::geometry::crs::Crs;
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::wkb::{BadWkb, grid_from_wkb, grid_to_wkb, lonlat_from_wkb, lonlat_to_wkb};
use dizhang::domain::input::{Line, Reader, input};
use dizhang::domain::quantity::AreaM2;
use dizhang::formats::geojson::{self, AxisOrder, write_geometry, write_geometry_in};
use proptest::prelude::*;

use crate::{limits, square, survey, zone};

input! {
    /// What a plot of the tests has.
    pub struct Plot {
        pub name: Line<20>,
        pub area_m2: AreaM2,
    }
}

/// Reads a document whole: polygons with their properties, or the faults as `pointer: message`.
fn read(document: &[u8], crs: Crs, limits: &Limits) -> Result<Vec<(CheckedPolygon, Plot)>, Vec<String>> {
    let mut reader = Reader::default();
    let mut all = Vec::new();
    if let Some(document) = geojson::open(document, 3, &mut reader) {
        let crs = document.crs().unwrap_or(crs);
        for item in document.items() {
            item.within(&mut reader, |reader| {
                let Some(feature) = item.open(reader) else { return };
                let (polygon, plot) = (feature.polygon(crs, limits, reader), feature.properties::<Plot>(reader));
                all.extend(polygon.zip(plot));
            });
        }
    }
    if reader.is_clean() {
        return Ok(all);
    }
    Err(reader.into_faults().into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.message.en)).collect())
}

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[113.40,34.50],[113.401,34.50],[113.401,34.501],[113.40,34.501],[113.40,34.50]]]}"#;
const PROPERTIES: &str = r#"{"name":"演示","area_m2":12345.6789}"#;

#[test]
fn a_collection_is_read_with_the_decimals_of_its_properties_exact() {
    let document = collection(&[feature(SQUARE, PROPERTIES), feature(SQUARE, r#"{"name":"二","area_m2":"1.5"}"#)]);
    let plots = read(format!("\u{feff}{document}").as_bytes(), Crs::Crs84, &limits()).unwrap();
    let areas: Vec<_> = plots.iter().map(|(_, plot)| plot.area_m2.to_string()).collect();
    assert_eq!(areas, ["12345.6789", "1.5000"]);
    assert_eq!(plots[0].0, plots[1].0);
    assert_eq!(plots[0].0.grid.parts().len(), 1);
}

#[test]
fn every_fault_of_a_document_is_named_by_its_pointer() {
    let bow_tie = r#"{"type":"MultiPolygon","coordinates":[[[[113.40,34.50],[113.402,34.502],[113.402,34.50],[113.40,34.501],[113.40,34.50]]]]}"#;
    let word = SQUARE.replacen("34.50", "\"北\"", 1);
    let lonely = SQUARE.replacen("113.40,34.50", "113.40", 1);
    let huge = SQUARE.replacen("34.501", "1e999", 1);
    let table: [(&str, String, &[&str]); 19] = [
        ("no JSON", "{".to_owned(), &[": not valid JSON in UTF-8 at line 1 column 1"]),
        ("no object", "[]".to_owned(), &[": an object"]),
        ("no type", "{}".to_owned(), &["/type: FeatureCollection, Feature"]),
        ("another type", r#"{"type":"Point","coordinates":[1,2]}"#.to_owned(), &["/type: FeatureCollection, Feature"]),
        ("no features", r#"{"type":"FeatureCollection"}"#.to_owned(), &["/features: this member is required"]),
        ("features no array", r#"{"type":"FeatureCollection","features":{}}"#.to_owned(), &["/features: an array"]),
        (
            "too many features",
            collection(&vec![feature(SQUARE, PROPERTIES); 4]),
            &["/features: 4 features, the limit is 3"],
        ),
        (
            "no feature",
            collection(&["7".to_owned(), SQUARE.to_owned()]),
            &["/features/0: an object", "/features/1/type: Feature is expected"],
        ),
        ("no geometry", feature("null", PROPERTIES), &["/geometry: the geometry is missing"]),
        (
            "two geometries",
            feature(SQUARE, &format!("{PROPERTIES},\"geometry\":null")),
            &["/geometry: given more than once"],
        ),
        (
            "a line",
            feature(r#"{"type":"LineString","coordinates":[]}"#, PROPERTIES),
            &["/geometry/type: Polygon or MultiPolygon"],
        ),
        (
            "no coordinates",
            feature(r#"{"type":"Polygon"}"#, PROPERTIES),
            &["/geometry/coordinates: this member is required"],
        ),
        ("a word for a number", feature(&word, PROPERTIES), &["/geometry/coordinates/0/0/1: a number is expected"]),
        ("a single number", feature(&lonely, PROPERTIES), &["/geometry/coordinates/0/0: a position of two numbers"]),
        (
            "rings one level short",
            feature(&bow_tie.replace("Multi", ""), PROPERTIES),
            &["/geometry/coordinates/0/0/0: a number is expected"],
        ),
        (
            "a number beyond all",
            feature(&huge, PROPERTIES),
            &["/geometry/coordinates/0/2: outer ring of part 1, point 3: the coordinate is no finite number"],
        ),
        (
            "wrong properties and a crossing",
            collection(&[feature(SQUARE, PROPERTIES), feature(bow_tie, r#"{"name":"","area_m2":1.23456,"extra":0}"#)]),
            &[
                "/features/1/geometry/coordinates/0/0/0: the edge from outer ring",
                "/features/1/properties/name: it may not be empty",
                "/features/1/properties/area_m2: 1.23456 has more than 4 decimals",
                "/features/1/properties/extra: there is no such member",
            ],
        ),
        ("no properties", feature(SQUARE, "null"), &["/properties: this member is required"]),
        (
            "an unknown system",
            SQUARE.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"北京54"}},"#, 1),
            &["/crs/properties/name: unknown coordinate reference system"],
        ),
    ];
    for (sentence, document, expected) in table {
        let faults = read(document.as_bytes(), Crs::Crs84, &limits()).err().unwrap_or_default();
        assert_eq!(faults.len(), expected.len(), "{sentence}: {faults:?}");
        for (fault, start) in faults.iter().zip(expected) {
            assert!(fault.starts_with(start), "{sentence}: {fault}");
        }
    }
    let latin1 = [b"{\"type\":\"\xe5\"}".as_slice(), SQUARE.as_bytes()].concat();
    assert!(read(&latin1, Crs::Crs84, &limits()).unwrap_err()[0].starts_with(": not valid JSON in UTF-8"));
}

#[test]
fn vertices_past_the_limit_are_counted_and_not_kept() {
    let limits = Limits { vertices_max: 4, ..limits() };
    let faults = read(feature(SQUARE, PROPERTIES).as_bytes(), Crs::Crs84, &limits).unwrap_err();
    assert_eq!(faults, ["/geometry/coordinates: 5 vertices, the limit is 4; simplify the boundary or split the plot"]);
    let empty = format!(r#"{{"type":"MultiPolygon","coordinates":[{}[]]}}"#, "[],".repeat(1000));
    let faults = read(feature(&empty, PROPERTIES).as_bytes(), Crs::Crs84, &limits).unwrap_err();
    assert!(faults[0].contains("1001 vertices"), "{faults:?}");
}

#[test]
fn a_document_may_name_its_reference_system_and_be_a_bare_geometry_with_heights() {
    let document = r#"{"type":"Polygon","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4526"}},
        "coordinates":[[[38445000.000,3818000.000,12.5],[38445100,3818000,12],[38445100,3818100,1e1],[38445000,3818100,0],[38445000,3818000,12.5]]]}"#;
    let mut reader = Reader::default();
    let document = geojson::open(document.as_bytes(), 1, &mut reader).unwrap();
    let feature = document.items()[0].open(&mut reader).unwrap();
    let polygon = feature.polygon(document.crs().unwrap(), &limits(), &mut reader).unwrap();
    assert!(reader.is_clean());
    assert_eq!(polygon, check(&[vec![square(0.0, 0.0, 100.0)]], survey(), &limits()).unwrap());
}

#[test]
fn geometry_is_written_in_every_system_with_its_decimals() {
    let polygon = check(&[vec![square(0.0, 0.0, 100.0)]], survey(), &limits()).unwrap();
    let text = |crs, order| {
        let mut out = Vec::new();
        write_geometry_in(&polygon.grid, zone(), crs, order, &mut out).map(|()| String::from_utf8(out).unwrap())
    };
    let mut crs84 = Vec::new();
    write_geometry(&polygon.lonlat, &mut crs84);
    let crs84 = String::from_utf8(crs84).unwrap();
    assert_eq!(text(Crs::Crs84, AxisOrder::EastNorth).unwrap(), crs84);
    assert!(crs84.starts_with(r#"{"type":"MultiPolygon","coordinates":[[[[113.401"#), "{crs84}");
    let ring = "[[[[38445000.000,3818000.000],[38445100.000,3818000.000],[38445100.000,3818100.000],[38445000.000,3818100.000],[38445000.000,3818000.000]]]]";
    assert_eq!(
        text(zone().prefixed_crs(), AxisOrder::EastNorth).unwrap(),
        format!(r#"{{"type":"MultiPolygon","coordinates":{ring}}}"#)
    );
    assert!(text(survey(), AxisOrder::NorthEast).unwrap().contains("[[3818000.000,445000.000],"));
    assert!(text(Crs::Cgcs2000, AxisOrder::NorthEast).unwrap().contains("[[34.4"));
    assert_eq!(text(Crs::from_epsg(4534).unwrap(), AxisOrder::EastNorth), None);
}

#[test]
fn wkb_that_is_cut_or_strange_is_refused() {
    let polygon = check(&[vec![square(0.0, 0.0, 100.0)]], survey(), &limits()).unwrap();
    let bytes = grid_to_wkb(&polygon.grid);
    for length in 0..bytes.len() {
        assert!(grid_from_wkb(&bytes[..length]).is_err(), "{length}");
    }
    assert_eq!(grid_from_wkb(&[&bytes[..], &[0]].concat()), Err(BadWkb::TooLong));
    let mut big_endian = bytes.clone();
    big_endian[0] = 0;
    assert_eq!(grid_from_wkb(&big_endian), Err(BadWkb::OtherKind));
    assert_eq!(lonlat_from_wkb(&bytes), Err(BadWkb::OffTheGrid));
    let mut many = bytes;
    many[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(grid_from_wkb(&many), Err(BadWkb::TooShort));
}

/// Squares with a hole on a raster, so that parts never meet.
fn polygons() -> impl Strategy<Value = GridMultiPolygon> {
    let part = (0_i64..90_000, 0_i64..90_000, 10_i64..100_000, 10_i64..100_000, 0_i64..1000);
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        let parts = parts.into_iter().zip(0_i64..).map(|((x, y, width, height, skew), i)| {
            let (x, y) = (420_000_000 + i * 1_000_000 + x, 3_800_000_000 + y);
            let ring = |inset: i64| {
                vec![
                    GridPoint::new(x + inset, y + inset),
                    GridPoint::new(x + width + skew - inset, y + inset),
                    GridPoint::new(x + width + skew - inset, y + height - inset),
                    GridPoint::new(x + inset, y + height - inset),
                ]
            };
            let hole = (width > 8000 && height > 8000).then(|| ring(3000));
            GridPolygon::new([ring(0)].into_iter().chain(hole).collect()).unwrap()
        });
        GridMultiPolygon::new(parts.collect()).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(3), ..Default::default() })]

    #[test]
    fn written_and_read_again_no_millimetre_changes(grid in polygons()) {
        let polygon = CheckedPolygon::of(grid, zone()).unwrap();
        prop_assert_eq!(&grid_from_wkb(&grid_to_wkb(&polygon.grid)).unwrap(), &polygon.grid);
        prop_assert_eq!(&lonlat_from_wkb(&lonlat_to_wkb(&polygon.lonlat)).unwrap(), &polygon.lonlat);
        for (crs, order) in [(Crs::Crs84, AxisOrder::EastNorth), (survey(), AxisOrder::EastNorth), (Crs::from_epsg(4509).unwrap(), AxisOrder::EastNorth)] {
            let mut text = Vec::new();
            write_geometry_in(&polygon.grid, zone(), crs, order, &mut text).unwrap();
            let mut reader = Reader::default();
            let document = geojson::open(&text, 1, &mut reader).unwrap();
            let read = document.items()[0].open(&mut reader).unwrap().polygon(crs, &limits(), &mut reader);
            prop_assert_eq!(read.as_ref(), Some(&polygon), "{:?} {:?}", crs, reader.into_faults());
        }
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, Crs::Crs84, &limits());
        let _ = (grid_from_wkb(&bytes), lonlat_from_wkb(&bytes));
    }

    #[test]
    fn no_change_of_a_document_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"[]{},:\"0-1e.9 nul\\\xff".to_vec())), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = collection(&[feature(SQUARE, PROPERTIES), feature("null", "{}")]).into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, Crs::Crs84, &limits());
        let _ = read(&bytes[..cut.index(bytes.len())], survey(), &limits());
    }
}
