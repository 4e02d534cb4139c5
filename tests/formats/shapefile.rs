//! Zipped Shapefiles as GDAL writes them, and archives that nobody should send.

use std::io::{Cursor, Read, Write};

use dizhang::formats::archive::{Archive, Refused};
use dizhang::formats::shapefile::{BadShp, Layer, Options, UnknownPrj, Wrong, crs_of, read};
use dizhang::formats::sniff::{Looks, sniff};
use proptest::prelude::*;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::{checked, fixture, zone};

fn options() -> Options {
    Options { zone: Some(zone()), records_max: 1000, points_max: 100_000 }
}

fn archive(name: &str) -> Vec<u8> {
    fixture(&format!("shapefile/{name}.zip"))
}

#[track_caller]
fn layer(name: &str) -> Layer {
    read(&archive(name), &options()).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"))
}

fn refused(name: &str) -> Wrong {
    read(&archive(name), &options()).unwrap_err()
}

fn notes(layer: &Layer) -> Vec<String> {
    let code = |noted: &dizhang::formats::shapefile::Noted| match noted.record {
        Some(record) => format!("{record} {}", noted.note.code()),
        None => noted.note.code().to_owned(),
    };
    layer.notes.iter().map(code).collect()
}

fn properties(layer: &Layer) -> Vec<Value> {
    layer.records.iter().map(|record| serde_json::from_str(&record.properties).unwrap()).collect()
}

/// The three plots of the fixtures lie where they were drawn.
#[track_caller]
fn is_the_sample(name: &str) -> Layer {
    let layer = layer(name);
    let areas: Vec<String> = layer
        .records
        .iter()
        .map(|record| checked(record.parts.as_ref().unwrap(), layer.crs).area.to_string())
        .collect();
    assert_eq!(areas, ["10000.0000", "9600.0000", "11600.0000"], "{name}");
    layer
}

/// An archive with its files changed: one left out, one put in.
fn repacked(name: &str, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let bytes = archive(name);
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        if let Some(content) = change(&name, content) {
            to.start_file(name, SimpleFileOptions::default()).unwrap();
            to.write_all(&content).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

/// An archive of some files.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        to.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        to.write_all(content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn columns_cut_to_ten_bytes_are_properties_all_the_same() {
    for name in ["utf8_cpg", "gbk_cpg"] {
        let layer = is_the_sample(name);
        assert_eq!(notes(&layer), ["column_ignored"], "{name}");
        let expected = json!([
            {"code": "SHP-01", "name": "大隗产业园一号地", "area_m2": "10000", "planned_use": "工业用地", "remark": "合成数据"},
            {"code": "SHP-02", "name": "曲梁产业园", "area_m2": "9600.35", "planned_use": "工业用地"},
            {"code": "SHP-03", "name": "白寨地块(两块)", "area_m2": "11600.1", "planned_use": "工业用地", "remark": "合成数据"},
        ]);
        assert_eq!(json!(properties(&layer)), expected, "{name}");
    }
}

#[test]
fn without_a_cpg_the_text_itself_tells_its_encoding_and_the_report_says_so() {
    let utf8 = is_the_sample("utf8_no_cpg");
    assert_eq!(notes(&utf8), ["utf8_without_cpg", "column_ignored"]);
    let gbk = is_the_sample("gbk_no_cpg");
    assert_eq!(notes(&gbk), ["gbk_without_cpg", "column_ignored"]);
    assert_eq!(properties(&utf8), properties(&gbk));
}

#[test]
fn a_cpg_that_is_wrong_is_found_out() {
    let lying =
        repacked("gbk_cpg", |name, content| Some(if name.ends_with(".cpg") { b"UTF-8".to_vec() } else { content }));
    let layer = read(&lying, &options()).unwrap();
    assert_eq!(notes(&layer), ["cpg_wrong", "column_ignored"]);
    assert_eq!(properties(&layer)[0]["name"], "大隗产业园一号地");
}

#[test]
fn every_spelling_of_a_zone_is_recognised() {
    let table = [
        ("utf8_cpg", "EPSG:4547"),
        ("ogc_wkt", "EPSG:4547"),
        ("prefixed", "EPSG:4526"),
        ("wkt2", "EPSG:4526"),
        ("degrees", "EPSG:4490"),
        ("wgs84", "EPSG:4326"),
    ];
    for (name, crs) in table {
        assert_eq!(is_the_sample(name).crs.to_string(), crs, "{name}");
    }
    // A six-degree zone without prefix is the three-degree zone of its meridian.
    assert_eq!(layer("six_degrees").crs.to_string(), "EPSG:4546");
    let six = r#"PROJCS["CGCS2000_GK_Zone_19",GEOGCS["GCS",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",19500000.0],PARAMETER["Central_Meridian",111.0],UNIT["Meter",1.0]]"#;
    assert_eq!(crs_of(six).unwrap().to_string(), "EPSG:4497");
    assert!(matches!(crs_of(&six.replace("111.0", "112.0")), Err(UnknownPrj::Projection { .. })));
    assert!(matches!(crs_of(&six.replace("[\"Meter\",1.0]", "[\"Foot\",0.3048]")), Err(UnknownPrj::Projection { .. })));
    assert_eq!(crs_of("no such thing"), Err(UnknownPrj::NotWkt));
}

#[test]
fn holes_parts_heights_and_measures_are_told_apart() {
    for name in ["utf8_cpg", "with_heights", "with_measures"] {
        let layer = is_the_sample(name);
        let rings: Vec<Vec<usize>> =
            layer.records.iter().map(|record| record.parts.iter().flatten().map(Vec::len).collect()).collect();
        assert_eq!(rings, [vec![1], vec![2], vec![1, 2]], "{name}");
    }
}

#[test]
fn rings_wound_the_wrong_way_are_told_apart_by_what_lies_in_what() {
    // The second record's rings exchange their first two positions' order by being reversed.
    let reversed = repacked("utf8_cpg", |name, mut content| {
        if name.ends_with(".shp") {
            // The record header of the first shape stands at 100; its five points begin at 100 + 8 + 44 + 4.
            let from = 100 + 8 + 48;
            let points: Vec<[u8; 16]> = content[from..from + 80].chunks(16).map(|at| at.try_into().unwrap()).collect();
            let back: Vec<u8> = points.into_iter().rev().flatten().collect();
            content[from..from + 80].copy_from_slice(&back);
        }
        Some(content)
    });
    let layer = read(&reversed, &options()).unwrap();
    assert_eq!(notes(&layer), ["column_ignored", "1 winding"]);
    assert_eq!(checked(layer.records[0].parts.as_ref().unwrap(), layer.crs).area.to_string(), "10000.0000");
}

#[test]
fn without_a_prj_the_numbers_are_taken_for_the_county_s_zone() {
    assert_eq!(notes(&is_the_sample("no_prj")), ["no_prj", "column_ignored"]);
    assert_eq!(read(&archive("no_prj"), &Options { zone: None, ..options() }), Err(Wrong::NoPrj));
}

#[test]
fn a_layer_in_a_folder_with_a_chinese_name_is_found() {
    is_the_sample("in_a_folder");
}

#[test]
fn a_deleted_record_is_left_out_and_told() {
    let deleted = repacked("utf8_cpg", |name, mut content| {
        if name.ends_with(".dbf") {
            let header = usize::from(u16::from_le_bytes([content[8], content[9]]));
            content[header] = b'*';
        }
        Some(content)
    });
    let layer = read(&deleted, &options()).unwrap();
    assert_eq!(notes(&layer), ["column_ignored", "1 deleted_record"]);
    assert_eq!(layer.records.iter().map(|record| record.number).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn what_cannot_be_read_is_named() {
    assert!(matches!(refused("xian_1980"), Wrong::Prj(UnknownPrj::Datum { .. })));
    assert!(matches!(refused("utm"), Wrong::Prj(UnknownPrj::Datum { .. } | UnknownPrj::Projection { .. })));
    assert_eq!(refused("lines"), Wrong::Shp(BadShp::NotPolygons { kind: 3 }));
    assert_eq!(refused("no_dbf"), Wrong::Missing { ending: ".dbf" });
    assert_eq!(refused("no_shp"), Wrong::Missing { ending: ".shp" });
    assert!(matches!(refused("two_layers"), Wrong::Several { names } if names.len() == 2));
    let few = Options { points_max: 10, ..options() };
    assert_eq!(read(&archive("utf8_cpg"), &few), Err(Wrong::Shp(BadShp::TooManyPoints { limit: 10 })));
    let few = Options { records_max: 2, ..options() };
    assert_eq!(read(&archive("utf8_cpg"), &few), Err(Wrong::Shp(BadShp::TooManyRecords { limit: 2 })));
}

#[test]
fn a_record_that_announces_more_than_it_holds_is_cut_off() {
    let lying = repacked("utf8_cpg", |name, mut content| {
        if name.ends_with(".shp") {
            content[100 + 8 + 40..100 + 8 + 44].copy_from_slice(&i32::MAX.to_le_bytes());
        }
        Some(content)
    });
    assert_eq!(read(&lying, &options()), Err(Wrong::Shp(BadShp::Cut { record: 1 })));
    let short = repacked("utf8_cpg", |name, mut content| {
        if name.ends_with(".dbf") {
            content[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        }
        Some(content)
    });
    assert!(matches!(read(&short, &options()), Err(Wrong::Dbf { .. })));
    let fewer = repacked("utf8_cpg", |name, mut content| {
        if name.ends_with(".dbf") {
            content[4..8].copy_from_slice(&2_u32.to_le_bytes());
        }
        Some(content)
    });
    assert_eq!(read(&fewer, &options()), Err(Wrong::Counts { shapes: 3, records: 2 }));
}

#[test]
fn tricks_of_archives_are_refused_by_name() {
    let why = |bytes: &[u8]| Archive::open(bytes).err();
    for name in ["../../etc/passwd", "/etc/passwd", "a\\..\\b.shp", "C:\\x.shp", "a\nb.shp"] {
        assert!(matches!(why(&packed(&[(name, b"x")])), Some(Refused::BadPath { .. })), "{name}");
    }
    assert!(matches!(why(&packed(&[("inner.ZIP", b"x")])), Some(Refused::Nested { .. })));
    assert!(matches!(why(&packed(&[("[Content_Types].xml", b"x")])), Some(Refused::OtherFormat { what: "Office" })));
    let mut link = ZipWriter::new(Cursor::new(Vec::new()));
    link.add_symlink("plots.shp", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert!(matches!(why(&link.finish().unwrap().into_inner()), Some(Refused::BadPath { .. })));
    let many: Vec<String> = (0..1001).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(why(&packed(&many)), Some(Refused::TooManyFiles { given: 1001 }));
    assert!(matches!(why(b"PK\x03\x04 and no more"), Some(Refused::Broken { .. })));
}

#[test]
fn a_bomb_is_refused_by_what_it_says_and_by_what_it_does() {
    let zeros = vec![0_u8; 32 << 20];
    let bomb = packed(&[("plots.shp", &zeros), ("plots.dbf", b"x")]);
    assert!(bomb.len() < 64 << 10);
    assert!(matches!(read(&bomb, &options()), Err(Wrong::Archive(Refused::Ratio { .. }))));
    // One that understates its size in both of its directories.
    let mut lying = bomb.clone();
    let declared = (32_u32 << 20).to_le_bytes();
    let places: Vec<usize> = lying.windows(4).enumerate().filter(|(_, at)| *at == declared).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(matches!(read(&lying, &options()), Err(Wrong::Archive(_))));
}

#[test]
fn files_that_are_not_what_they_claim_are_recognised() {
    let table: &[(&[u8], Looks)] = &[
        (b"", Looks::Empty),
        (b"\xef\xbb\xbf  {\"type\":", Looks::Json),
        (b"[{\"a\":1}]", Looks::Json),
        ("[属性描述]\n".as_bytes(), Looks::Text),
        (b"J1,1,3818500,38445000", Looks::Text),
        (b"<?xml version=\"1.0\"?><kml>", Looks::Xml),
        (b"%PDF-1.7", Looks::Pdf),
        (b"SQLite format 3\x00", Looks::Sqlite),
        (b"\x00\x00\x27\x0a\x00", Looks::BareShapefile),
        (b"\x1f\x8b\x08", Looks::OtherArchive),
        (b"\x00\x01\x02\x03", Looks::Binary),
    ];
    for (bytes, looks) in table {
        assert_eq!(sniff(bytes), *looks, "{bytes:?}");
    }
    assert_eq!(sniff(&archive("utf8_cpg")), Looks::Zip);
    assert_eq!(sniff(&fixture("boundary-points/gbk.txt")), Looks::Text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, &options());
        let _ = crs_of(&String::from_utf8_lossy(&bytes));
        let _ = sniff(&bytes);
    }

    #[test]
    fn no_damage_to_an_archive_makes_the_reader_panic(at in any::<prop::sample::Index>(), to: u8, cut in any::<prop::sample::Index>()) {
        let mut bytes = archive("gbk_no_cpg");
        let index = at.index(bytes.len());
        bytes[index] = to;
        let _ = read(&bytes, &options());
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes, &options());
    }

    #[test]
    fn no_damage_to_the_files_inside_makes_the_reader_panic(
        which in 0_usize..3,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        cuts: bool,
    ) {
        let ending = [".shp", ".dbf", ".prj"][which];
        let bytes = repacked("utf8_cpg", |name, mut content| {
            if name.ends_with(ending) {
                for (at, to) in &damage {
                    let at = at.index(content.len().min(300));
                    content[at] = *to;
                }
                if cuts {
                    content.truncate(cut.index(content.len()));
                }
            }
            Some(content)
        });
        let _ = read(&bytes, &options());
    }
}
