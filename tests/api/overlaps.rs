//! Land that is approved twice: refused with its place, recorded where somebody says why, listed.

use serde_json::{Value, json};

use crate::support::*;

/// A plot over a rectangle in metres from a corner in the county, on the survey grid.
fn plot(code: &str, [west, south, east, north]: [f64; 4]) -> Value {
    let at = |x: f64, y: f64| json!([450_000.0 + x, 3_830_000.0 + y]);
    json!({
        "code": code, "origin": "opening", "area_m2": format!("{}", (east - west) * (north - south)),
        "geometry": {
            "type": "Polygon",
            "crs": {"type": "name", "properties": {"name": "EPSG:4547"}},
            "coordinates": [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]]
        }
    })
}

fn with_reason(mut plot: Value) -> Value {
    plot["overlap_reason"] = json!("原批文已撤回");
    plot
}

fn overlaps(office: &Office, query: &str) -> Vec<Value> {
    let listed = office.get("viewer", &in_county(&format!("plot-overlaps{query}"))).expect(200);
    listed["items"].as_array().unwrap().clone()
}

fn entered(office: &Office, plot: &Value) -> Value {
    office.post("clerk", &in_county("plots"), plot).expect(201)
}

#[test]
fn a_plot_on_another_is_refused_with_the_land_they_share() {
    both(|office| {
        entered(office, &plot("O-1", [0.0, 0.0, 100.0, 100.0]));
        let problem =
            office.post("clerk", &in_county("plots"), &plot("O-2", [60.0, 0.0, 160.0, 100.0])).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/geometry");
        let message = problem["errors"][0]["message"]["zh"].as_str().unwrap();
        assert!(message.contains("O-1") && message.contains("4000.0000"), "{message}");
        assert_eq!(problem["offending_geometry"]["type"], "MultiPolygon");
        office.get("viewer", &in_county("plots?limit=1000")).expect(200)["items"]
            .as_array()
            .unwrap()
            .iter()
            .for_each(|plot| assert_ne!(plot["code"], "O-2", "nothing is written"));
        // A neighbour that shares the border, and one that is off by a survey's error, are neighbours.
        entered(office, &plot("O-3", [100.0, 0.0, 200.0, 100.0]));
        entered(office, &plot("O-4", [0.0, 99.995, 100.0, 200.0]));
        assert!(overlaps(office, "").is_empty());
        let within = overlaps(office, "?within_tolerance=true");
        assert_eq!(within.len(), 1);
        assert_eq!((&within[0]["area_m2"], &within[0]["is_within_tolerance"]), (&json!("0.5000"), &json!(true)));
        office.verify();
    });
}

#[test]
fn a_reason_lets_a_plot_lie_on_another_and_both_are_listed_until_one_is_drawn_anew() {
    both(|office| {
        let first = entered(office, &plot("R-1", [0.0, 0.0, 100.0, 100.0]))["plot"]["id"].clone();
        let answer = entered(office, &with_reason(plot("R-2", [50.0, 0.0, 150.0, 100.0])));
        assert_eq!(answer["warnings"][0]["code"], "overlaps");
        let second = answer["plot"]["id"].clone();
        let listed = overlaps(office, &format!("?plot={first}"));
        assert_eq!(listed.len(), 1);
        assert_eq!((&listed[0]["plot"], &listed[0]["other"]), (&second, &first));
        assert_eq!((&listed[0]["area_m2"], &listed[0]["reason"]), (&json!("5000.0000"), &json!("原批文已撤回")));

        let difference = format!("plots_overlap-{first}-{second}");
        let rows = office.get("viewer", &in_county("reconciliation?kind=plots_overlap")).expect(200);
        assert_eq!((&rows["items"][0]["difference"], &rows["items"][0]["other_plot"]), (&json!(difference), &second));
        assert_eq!(rows["items"][0]["difference_m2"], "5000.0000");
        let row = in_county(&format!("reconciliation/{difference}"));
        let figures = office.get("viewer", &row).expect(200)["difference"]["figures"].clone();
        let note = json!({"version": 0, "figures": figures, "resolution": "explained", "reason": "原批文已撤回"});
        office.post("clerk", &format!("{row}/notes"), &note).expect(200);

        let path = in_county(&format!("plots/{second}"));
        let put = |body: &Value, version: &str| {
            let bytes = serde_json::to_vec(body).unwrap();
            let headers = [("content-type", "application/json"), ("if-match", version)];
            office.send("PUT", &path, Some("clerk"), &headers, Some(&bytes))
        };
        // What is drawn where it was is no new overlap.
        put(&plot("R-2", [50.0, 0.0, 150.0, 100.0]), "\"1\"").expect(200);
        put(&plot("R-2", [40.0, 0.0, 150.0, 100.0]), "\"1\"").problem(422, "invalid");
        put(&plot("R-2", [100.0, 0.0, 150.0, 100.0]), "\"1\"").expect(200);
        assert!(overlaps(office, "").is_empty());
        assert_eq!(office.get("viewer", &row).expect(200)["difference"]["status"], "mended");
    });
}

#[test]
fn rows_of_a_file_are_held_against_the_books_and_each_other() {
    both(|office| {
        entered(office, &plot("F-0", [0.0, 0.0, 100.0, 100.0]));
        let feature = |mut plot: Value| {
            let mut geometry = plot.as_object_mut().unwrap().remove("geometry").unwrap();
            geometry.as_object_mut().unwrap().remove("crs");
            json!({"type": "Feature", "geometry": geometry, "properties": plot})
        };
        let crs = json!({"type": "name", "properties": {"name": "EPSG:4547"}});
        let file = json!({"type": "FeatureCollection", "crs": crs, "features": [
            feature(plot("F-1", [500.0, 0.0, 600.0, 100.0])),
            feature(plot("F-2", [90.0, 0.0, 190.0, 100.0])),
            feature(plot("F-3", [550.0, 50.0, 650.0, 150.0])),
            feature(with_reason(plot("F-4", [500.0, 90.0, 600.0, 190.0]))),
            feature(plot("F-5", [600.0, 0.0, 700.0, 50.0])),
        ]});
        let bytes = serde_json::to_vec(&file).unwrap();
        let send = |query: &str| {
            let headers = [("content-type", "application/geo+json")];
            office.send("POST", &in_county(&format!("plots/import{query}")), Some("clerk"), &headers, Some(&bytes))
        };
        let problem = send("").problem(422, "invalid");
        let pointers: Vec<&Value> = problem["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
        assert_eq!(pointers, ["/features/1/geometry", "/features/2/geometry"]);
        assert_eq!(problem["offending_geometry"]["type"], "MultiPolygon");
        let dry = send("?dry_run=true").expect(200);
        assert_eq!((&dry["created"], &dry["bad"]), (&json!(3), &json!(2)));
        assert_eq!(dry["bad_rows"][0]["offending_geometry"]["type"], "MultiPolygon");
        let written = send("?partial=true").expect(201);
        assert_eq!((&written["created"], &written["bad"], &written["warned"]), (&json!(3), &json!(2), &json!(2)));
        let codes: Vec<&Value> = written["plots"].as_array().unwrap().iter().map(|plot| &plot["code"]).collect();
        assert_eq!(codes, ["F-1", "F-4", "F-5"]);
        let listed = overlaps(office, "");
        assert_eq!(listed.len(), 1, "the refused row is on nobody's land: {listed:?}");
        assert_eq!(
            (&listed[0]["plot"], &listed[0]["other"], &listed[0]["area_m2"]),
            (&written["plots"][1]["id"], &written["plots"][0]["id"], &json!("1000.0000"))
        );
        office.verify();
    });
}

#[test]
fn pairs_come_in_pages() {
    both(|office| {
        for at in 0..4 {
            let shift = f64::from(at) * 10.0;
            entered(office, &with_reason(plot(&format!("S-{at}"), [shift, 0.0, 100.0 + shift, 100.0])));
        }
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let path = in_county(&format!("plot-overlaps?limit=2{after}"));
            let page = office.get("viewer", &path).expect(200);
            seen.extend(
                page["items"].as_array().unwrap().iter().map(|pair| (pair["plot"].clone(), pair["other"].clone())),
            );
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 6, "each of four with each");
        let mut each = seen.clone();
        each.dedup();
        assert_eq!(each, seen);
        office.get("viewer", &in_county("plot-overlaps?after=x")).problem(422, "invalid");
    });
}
