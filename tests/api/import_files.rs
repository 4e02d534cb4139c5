//! Files of plots over HTTP and from the command line: three formats, one report, all or nothing.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::*;

const APPROVAL: &str = "%E6%BC%94%E7%A4%BA%E3%80%942020%E3%80%951%E5%8F%B7";

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn send(office: &Office, door: &str, media_type: &str, query: &str, file: &[u8]) -> Answer {
    let path = in_county(&format!("plots/{door}?approval={APPROVAL}{query}"));
    office.send("POST", &path, Some("clerk"), &[("content-type", media_type)], Some(file))
}

fn count(office: &Office) -> usize {
    let list = office.get("viewer", &in_county("plots?limit=1000")).expect(200);
    list["items"].as_array().unwrap().len()
}

fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect()
}

#[test]
fn boundary_points_are_taken_with_every_repair_told() {
    both(|office| {
        let before = count(office);
        let file = fixture("boundary-points/project_block_gbk_crlf.txt");
        let dry = send(office, "import-file", "text/plain; charset=gbk", "&dry_run=true", &file).expect(200);
        assert_eq!((dry["created"].clone(), dry["is_written"].clone()), (json!(1), json!(false)));
        assert_eq!(codes(&dry["repairs"]), ["gbk", "crlf", "project_block"]);
        assert_eq!(dry["repairs"][0]["line"], 1);
        assert_eq!(count(office), before);

        let written = send(office, "import-file", "text/plain", "", &file).expect(201);
        assert_eq!((written["created"].clone(), written["repaired"].clone()), (json!(1), json!(3)));
        let plot = office.get("viewer", &in_county(&format!("plots/{}", written["plots"][0]["id"]))).expect(200);
        assert_eq!((plot["code"].clone(), plot["planned_use"].clone()), (json!("DK01"), json!("工业用地")));
        assert_eq!(plot["area"], json!({"value": "0.96", "unit": "ha"}));
        assert_eq!(plot["polygon"]["area_m2"], "9600.0000");
        let again = send(office, "import-file", "application/octet-stream", "", &file).expect(200);
        assert_eq!((again["created"].clone(), again["unchanged"].clone()), (json!(0), json!(1)));
    });
}

#[test]
fn a_zipped_shapefile_is_taken_through_the_same_doors() {
    both(|office| {
        let file = fixture("shapefile/gbk_no_cpg.zip");
        let dry = send(office, "import", "application/zip", "&dry_run=true", &file).expect(200);
        assert_eq!(codes(&dry["repairs"]), ["gbk_without_cpg", "column_ignored"]);
        let written = send(office, "import-file", "application/x-shapefile+zip", "", &file).expect(201);
        assert_eq!(codes(&written["plots"]), ["SHP-01", "SHP-02", "SHP-03"]);
        let plot = office.get("viewer", &in_county(&format!("plots/{}", written["plots"][1]["id"]))).expect(200);
        assert_eq!((plot["name"].clone(), plot["remark"].clone()), (json!("曲梁产业园"), Value::Null));
        assert_eq!(plot["area"]["value"], "9600.35");
        assert_eq!(plot["geometry"]["coordinates"][0].as_array().unwrap().len(), 2, "the hole is kept");
        // Without an approval the rows say nothing of where the land comes from.
        let bare = office.send(
            "POST",
            &in_county("plots/import-file?dry_run=true"),
            Some("clerk"),
            &[("content-type", "application/zip")],
            Some(&fixture("shapefile/utf8_cpg.zip")),
        );
        let report = bare.expect(200);
        assert_eq!(report["bad"], 3);
        assert_eq!(report["bad_rows"][2]["line"], 3);
        assert_eq!(report["bad_rows"][2]["errors"][0]["pointer"], "/features/2/properties/approval");
    });
}

#[test]
fn bad_rows_are_named_by_their_lines_and_nothing_is_written() {
    both(|office| {
        let before = count(office);
        let twice = String::from_utf8(fixture("boundary-points/several_plots.txt")).unwrap();
        let wrong = twice.replace("5,1.0000,DK02", "9,1.0000,DK02");
        let problem = send(office, "import-file", "text/plain", "", wrong.as_bytes()).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/features/1");
        assert!(problem["errors"][0]["message"]["en"].as_str().unwrap().starts_with("line 24: "), "{problem}");
        assert_eq!(count(office), before);
        let part = send(office, "import-file", "text/plain", "&partial=true", wrong.as_bytes()).expect(201);
        assert_eq!((part["created"].clone(), part["bad"].clone()), (json!(1), json!(1)));
        assert_eq!(
            (part["bad_rows"][0]["line"].clone(), part["bad_rows"][0]["code"].clone()),
            (json!(24), json!("DK02"))
        );

        // A polygon that crosses itself, by the line of its point.
        let crossed =
            twice.replace("J3,1,3818400.000,38446100.000", "J3,1,3818600.000,38446050.000").replace("DK0", "X");
        let problem = send(office, "import-file", "text/plain", "", crossed.as_bytes()).problem(422, "invalid");
        let message = problem["errors"][0]["message"]["zh"].as_str().unwrap();
        assert!(message.starts_with("第 2") && message.contains("相交"), "{problem}");
    });
}

#[test]
fn files_that_are_not_what_they_claim_are_refused_in_both_languages() {
    both(|office| {
        let before = count(office);
        let zip = fixture("shapefile/utf8_cpg.zip");
        let txt = fixture("boundary-points/strict.txt");
        let mut cut = zip.clone();
        cut.truncate(zip.len() / 2);
        let table: &[(&str, &[u8], &str)] = &[
            ("text/plain", &zip, "it is a zip archive"),
            ("application/zip", &txt, "it is a text file"),
            ("application/zip", b"%PDF-1.7", "it is a PDF"),
            ("application/zip", b"PK\x03\x04 and no more", "cut off or damaged"),
            ("application/zip", &cut, "cut off or damaged"),
            ("application/octet-stream", b"SQLite format 3\0 and so on", "an SQLite database"),
            ("application/octet-stream", b"", "an empty file"),
            (
                "text/plain",
                &fixture("boundary-points/contradictory_zone.txt"),
                "says zone 39, the easting begins with 38",
            ),
            ("text/plain", &fixture("boundary-points/truncated.txt"), "the plot line says 10 points, 7 rows follow"),
            ("application/zip", &fixture("shapefile/xian_1980.zip"), "is not CGCS2000"),
        ];
        for (media_type, file, expected) in table {
            let problem = send(office, "import-file", media_type, "", file).problem(422, "invalid");
            let message = &problem["errors"][0]["message"];
            assert!(message["en"].as_str().unwrap().contains(expected), "{media_type}: {problem}");
            assert!(message["zh"].as_str().unwrap().chars().any(|c| c > '\u{4e00}'), "{problem}");
        }
        send(office, "import-file", "image/png", "", &zip).problem(415, "unsupported-media-type");
        send(office, "import", "application/geo+json", "", &zip).problem(400, "malformed");
        assert_eq!(count(office), before);
    });
}

/// A collection of small squares in rows, some bytes each.
fn squares(count: usize) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\n\"features\":[\n");
    for n in 0..count {
        let (x, y) = (113.3 + (n % 200) as f64 * 0.001, 34.5 + (n / 200) as f64 * 0.001);
        let (e, u) = (x + 0.0009, y + 0.0009);
        let comma = if n == 0 { "" } else { ",\n" };
        write!(
            text,
            r#"{comma}{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[[[{x:.6},{y:.6}],[{e:.6},{y:.6}],[{e:.6},{u:.6}],[{x:.6},{u:.6}],[{x:.6},{y:.6}]]]}},"properties":{{"code":"Q-{n:06}","area_m2":"8246.5","remark":"{}"}}}}"#,
            "备".repeat(200)
        )
        .unwrap();
    }
    text + "\n]}"
}

#[test]
fn more_rows_than_memory_is_spent_on_are_staged_and_written_in_their_order() {
    both(|office| {
        let before = count(office);
        // Above the eight megabytes that staging keeps in memory.
        let written = send(office, "import", "application/geo+json", "", squares(9000).as_bytes()).expect(201);
        assert_eq!((written["created"].clone(), written["bad"].clone()), (json!(9000), json!(0)));
        let plots = written["plots"].as_array().unwrap();
        let first = plots[0]["id"].as_i64().unwrap();
        for (at, plot) in plots.iter().enumerate() {
            assert_eq!(plot["id"], first + at as i64);
            assert_eq!(plot["code"], format!("Q-{at:06}"));
        }
        let last = office.get("viewer", &in_county(&format!("plots/{}", first + 8999))).expect(200);
        let corner = last["geometry"]["coordinates"][0][0][0].as_array().unwrap();
        let off = |at: usize, given: f64| (corner[at].as_f64().unwrap() - given).abs();
        assert!(off(0, 113.499) < 1e-8 && off(1, 34.544) < 1e-8, "{corner:?}");
        assert!(count(office) > before);
        office.verify();
    });
}

#[test]
fn a_crs_counts_wherever_it_stands_and_a_broken_feature_is_named_by_its_line() {
    both(|office| {
        let feature = |code: &str| {
            json!({"type": "Feature", "properties": {"code": code, "area_m2": "10000", "overlap_reason": "测试"}, "geometry": {"type": "Polygon",
                "coordinates": [[[38445000, 3818000], [38445100, 3818000], [38445100, 3818100], [38445000, 3818100], [38445000, 3818000]]]}})
        };
        let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4526"}}"#;
        let document = format!(r#"{{"type":"FeatureCollection","features":[{}],{crs}}}"#, feature("CRS-1"));
        let report = send(office, "import", "application/geo+json", "", document.as_bytes()).expect(201);
        assert_eq!(report["created"], 1);
        let lines = format!(
            "{{\"type\":\"FeatureCollection\",{crs},\"features\":[\n{},\n{{\"type\":\"Feature\"}}\n]}}",
            feature("CRS-2")
        );
        let report = send(office, "import", "application/geo+json", "&dry_run=true", lines.as_bytes()).expect(200);
        assert_eq!((report["bad"].clone(), report["bad_rows"][0]["line"].clone()), (json!(1), json!(3)));
    });
}

#[test]
fn the_command_line_imports_as_a_named_clerk_and_says_by_its_exit_whether_it_did() {
    both(|office| {
        let path = |name: &str| format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        let run = |file: &str, more: &[&str]| {
            let file = path(file);
            let mut arguments = vec!["import", &file, "--county", COUNTY, "--approval", "演示〔2020〕1号"];
            arguments.extend(more);
            let output = office.command(&arguments);
            (
                output.status.success(),
                String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
            )
        };
        for (login, role) in [("zhang", "clerk"), ("li", "viewer")] {
            let grant = format!("{role}@{COUNTY}");
            let added = office.command(&["user", "add", "--login", login, "--name", "某人", "--role", &grant]);
            assert!(added.status.success());
        }
        let before = count(office);
        let (fine, said) = run("shapefile/gbk_cpg.zip", &["--as", "zhang", "--dry-run"]);
        assert!(fine && said.contains("3 new") && said.contains("nothing was written"), "{said}");
        let (fine, said) = run("shapefile/gbk_cpg.zip", &["--as", "li"]);
        assert!(!fine && said.contains("is no clerk of"), "{said}");
        let (fine, said) = run("boundary-points/contradictory_zone.txt", &["--as", "zhang"]);
        assert!(!fine && said.contains("refused") && said.contains("line 14: "), "{said}");
        let (fine, said) = run("boundary-points/contradictory_zone.txt", &["--as", "zhang", "--dry-run"]);
        assert!(!fine && said.contains("line 14: "), "what would be refused fails in a dry run too: {said}");
        let (fine, said) = run("shapefile/make.py", &["--as", "zhang"]);
        assert!(!fine, "{said}");
        assert_eq!(count(office), before);
        let (fine, said) = run("shapefile/gbk_cpg.zip", &["--as", "zhang", "--json"]);
        let report: Value = serde_json::from_str(&said).unwrap();
        assert!(fine && report["created"] == 3 && report["is_written"] == true, "{said}");
        assert_eq!(count(office), before + 3);
        let (fine, said) = run("boundary-points/swapped_axes.txt", &["--as", "zhang"]);
        assert!(fine && said.contains("[swapped_axes]") && said.contains("written"), "{said}");
    });
}

#[test]
fn what_was_imported_is_exported_as_strict_boundary_points() {
    both(|office| {
        let sent = fixture("boundary-points/swapped_axes.txt");
        let written = send(office, "import-file", "text/plain", "", &sent).expect(201);
        let id = written["plots"][0]["id"].as_i64().unwrap();
        let strict = String::from_utf8(fixture("boundary-points/strict.txt")).unwrap();
        let body = |text: &str| text[text.find("[\u{5730}").unwrap()..].to_owned();
        let plot = office.get("viewer", &in_county(&format!("plots/{id}/boundary-points")));
        assert_eq!((plot.status, plot.header("content-type")), (200, "text/plain; charset=utf-8"));
        assert_eq!(body(plot.text()), body(&strict));
        let all =
            office.get("viewer", &in_county(&format!("approvals/{}/boundary-points?encoding=gbk", id_of_approval())));
        assert_eq!((all.status, all.header("content-type")), (200, "text/plain; charset=gbk"));
        let bare = office.get("viewer", &in_county(&format!("plots/{}/boundary-points", id_of_plot())));
        bare.problem(404, "not-found");
        office.get("viewer", &in_county("approvals/99/boundary-points")).problem(404, "not-found");
    });
}

fn id_of_approval() -> i64 {
    410_183_000_000_001
}

/// A plot without a polygon.
fn id_of_plot() -> i64 {
    id(1)
}

#[test]
fn two_million_vertices_are_counted_and_refused() {
    both(|office| {
        let ring = "[113.4,34.5],".repeat(2_000_001);
        let document = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[[{}]]}},"properties":{{"code":"V-1","area_m2":"1"}}}}]}}"#,
            ring.trim_end_matches(',')
        );
        let problem = send(office, "import", "application/geo+json", "", document.as_bytes()).problem(422, "invalid");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 1);
        assert!(
            problem["errors"][0]["message"]["en"]
                .as_str()
                .unwrap()
                .starts_with("2000001 vertices, the limit is 2000000")
        );
    });
}
