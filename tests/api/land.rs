//! Land over HTTP: supplies cut polygons, what does not fit is shown, what is left is served.

use serde_json::{Value, json};

use crate::support::*;

/// A rectangle in metres from a corner in the county, on the survey grid.
fn rectangle([west, south, east, north]: [f64; 4]) -> Value {
    let at = |x: f64, y: f64| json!([450_000.0 + x, 3_830_000.0 + y]);
    json!({
        "type": "Polygon",
        "crs": {"type": "name", "properties": {"name": "EPSG:4547"}},
        "coordinates": [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]]
    })
}

/// A plot of a hectare that was approved, on the map.
fn approved(office: &Office) -> i64 {
    let plot = json!({
        "code": "L-1", "approval": "演示〔2020〕1号", "area_m2": "10000", "township": "410183101",
        "geometry": rectangle([0.0, 0.0, 100.0, 100.0])
    });
    let id = office.post("clerk", &in_county("plots"), &plot).expect(201)["plot"]["id"].as_i64().unwrap();
    let mut land = approve("land", 1);
    for side in ["from", "to"] {
        land["lines"][0][side]["plot"] = json!(id);
    }
    office.carry(&land);
    id
}

fn parcel(office: &Office, code: &str, corners: [f64; 4], m2: &str) -> i64 {
    let parcel = json!({"code": code, "area_m2": m2, "geometry": rectangle(corners)});
    office.post("clerk", &in_county("parcels"), &parcel).expect(201)["parcel"]["id"].as_i64().unwrap()
}

fn supplied(client_id: &str, plot: i64, parcel: i64, area: &str) -> Value {
    let mut voucher = supply(client_id, 1, "2021-01-01", area);
    for side in ["from", "to"] {
        voucher["lines"][0][side]["plot"] = json!(plot);
    }
    voucher["lines"][0]["to"]["parcel"] = json!(parcel);
    voucher
}

/// Account and polygon area of each holding.
fn holdings(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    let holdings = answer["holdings"].as_array().unwrap();
    holdings.iter().map(|held| (text(&held["account"]), text(&held["polygon_area_m2"]))).collect()
}

#[test]
fn a_supply_cuts_its_parcel_from_the_plot_and_every_state_stays_readable() {
    both(|office| {
        let plot = approved(office);
        let path = in_county(&format!("plots/{plot}/land"));
        let whole = office.get("viewer", &path).expect(200);
        assert_eq!(holdings(&whole), [("unsupplied".to_owned(), "10000.0000".to_owned())]);
        let first = parcel(office, "P-1", [0.0, 0.0, 40.0, 100.0], "4000");
        let seq = office.carry(&supplied("sale", plot, first, "4000"));
        let now = office.get("viewer", &path).expect(200);
        let cut = [("unsupplied".to_owned(), "6000.0000".to_owned()), ("supplied".to_owned(), "4000.0000".to_owned())];
        assert_eq!(holdings(&now), cut);
        let before = office.get("viewer", &format!("{path}?known_seq={}", seq - 1)).expect(200);
        assert_eq!(before["holdings"], whole["holdings"]);
        let moved = office.get("viewer", &in_county(&format!("vouchers/{seq}/land"))).expect(200);
        assert_eq!(moved["lines"][0]["polygon_area_m2"], "4000.0000");
        // The layer of residuals shows what is left.
        let residual = office.get("viewer", &format!("/ogc/collections/residuals/items/{plot}")).expect(200);
        assert_eq!(residual["geometry"], now["holdings"][0]["geometry"]);
        office.verify();
    });
}

#[test]
fn a_parcel_that_lies_outside_its_plot_is_refused_with_the_land_in_question() {
    both(|office| {
        let plot = approved(office);
        let outside = parcel(office, "P-2", [80.0, 0.0, 120.0, 100.0], "4000");
        let problem = office.send_voucher(&supplied("sale", plot, outside, "4000")).problem(422, "ledger-refused");
        assert_eq!(
            (&problem["reason"], &problem["errors"][0]["pointer"]),
            (&json!("land_outside"), &json!("/lines/0/geometry"))
        );
        assert_eq!(problem["offending_geometry"]["type"], "MultiPolygon");
        assert!(problem["detail_text"]["zh"].as_str().unwrap().contains("2000"), "{problem}");
        assert_eq!(office.get("viewer", &in_county("ledger-head")).expect(200)["seq"], 1, "nothing was written");
    });
}

#[test]
fn a_polygon_drawn_in_a_line_is_checked_like_any_other_and_says_which_part_is_meant() {
    both(|office| {
        let plot = approved(office);
        let mut road = voucher("road", "no_supply_needed", "2021-01-01", 1, "unsupplied", "no_supply_needed", "500");
        for side in ["from", "to"] {
            road["lines"][0][side]["plot"] = json!(plot);
        }
        road["lines"][0]["geometry"] = rectangle([0.0, 0.0, 5.0, 100.0]);
        road["lines"][0]["geometry"]["coordinates"][0][1] = json!([450_005.0, 3_830_200.0]);
        road["lines"][0]["geometry"]["coordinates"][0][2] = json!([450_000.0, 3_830_100.0]);
        road["lines"][0]["geometry"]["coordinates"][0][3] = json!([450_005.0, 3_830_100.0]);
        let problem = office.send_voucher(&road).problem(422, "invalid");
        let pointer = problem["errors"][0]["pointer"].as_str().unwrap();
        assert!(pointer.starts_with("/lines/0/geometry/coordinates/0"), "{problem}");
        road["lines"][0]["geometry"] = rectangle([0.0, 0.0, 5.0, 100.0]);
        office.carry(&road);
        let land = office.get("viewer", &in_county(&format!("plots/{plot}/land"))).expect(200);
        let parts =
            [("unsupplied".to_owned(), "9500.0000".to_owned()), ("no_supply_needed".to_owned(), "500.0000".to_owned())];
        assert_eq!(holdings(&land), parts);
        // The same voucher with another polygon is another voucher.
        road["lines"][0]["geometry"] = rectangle([0.0, 0.0, 100.0, 5.0]);
        office.send_voucher(&road).problem(409, "taken");
        office.verify();
    });
}

#[test]
fn a_polygon_that_comes_after_the_vouchers_puts_the_holding_on_the_map() {
    both(|office| {
        let plot = json!({"code": "L-2", "approval": "演示〔2020〕1号", "area_m2": "10000", "township": "410183101"});
        let created = office.post("clerk", &in_county("plots"), &plot).expect(201);
        let id = created["plot"]["id"].as_i64().unwrap();
        let mut land = approve("land", 1);
        for side in ["from", "to"] {
            land["lines"][0][side]["plot"] = json!(id);
        }
        office.carry(&land);
        let path = in_county(&format!("plots/{id}/land"));
        assert_eq!(holdings(&office.get("viewer", &path).expect(200)), [("unsupplied".to_owned(), "none".to_owned())]);
        let mut mapped = plot.clone();
        mapped["geometry"] = rectangle([0.0, 0.0, 100.0, 100.0]);
        let body = mapped.to_string();
        let put = |version| {
            office.send(
                "PUT",
                &in_county(&format!("plots/{id}")),
                Some("clerk"),
                &[("if-match", version)],
                Some(body.as_bytes()),
            )
        };
        put("\"1\"").expect(200);
        let now = office.get("viewer", &path).expect(200);
        assert_eq!(holdings(&now), [("unsupplied".to_owned(), "10000.0000".to_owned())]);
        office.verify();
    });
}

#[test]
fn land_that_was_all_of_its_plot_stays_what_it_was_when_the_plot_is_drawn_anew() {
    both(|office| {
        let plot = approved(office);
        let path = in_county(&format!("plots/{plot}/land"));
        let entered = office.get("viewer", &in_county("vouchers/1/land")).expect(200);
        let first = office.get("viewer", &path).expect(200);
        assert_eq!(entered["lines"][0]["geometry"], first["holdings"][0]["geometry"]);
        let address = in_county(&format!("plots/{plot}"));
        let draw = |sides: [f64; 4]| {
            let read = office.get("clerk", &address);
            let body = json!({
                "code": "L-1", "approval": "演示〔2020〕1号", "area_m2": "10000", "township": "410183101",
                "geometry": rectangle(sides),
            });
            let headers = [("if-match", read.header("etag"))];
            office.send("PUT", &address, Some("clerk"), &headers, Some(body.to_string().as_bytes())).expect(200);
        };
        for (turn, width) in [100.5, 99.0, 100.0].into_iter().enumerate() {
            draw([0.0, 0.0, width, 100.0]);
            let now = office.get("viewer", &path).expect(200);
            let area = format!("{}.0000", width * 100.0);
            assert_eq!(holdings(&now), [("unsupplied".to_owned(), area)], "turn {turn}");
            // What the voucher moved and what stood after it are as they were.
            assert_eq!(office.get("viewer", &in_county("vouchers/1/land")).expect(200), entered);
            let residual = office.get("viewer", &format!("/ogc/collections/residuals/items/{plot}")).expect(200);
            assert_eq!(residual["geometry"], now["holdings"][0]["geometry"]);
            let rows = office.get("viewer", &in_county("reconciliation?kind=holding_area_differs")).expect(200);
            let differs: Vec<_> = rows["items"].as_array().unwrap().iter().map(|row| &row["difference_m2"]).collect();
            let expected = [vec!["50.0000"], vec!["-100.0000"], vec![]][turn].clone();
            assert_eq!(differs, expected, "{rows}");
            office.verify();
        }
    });
}

#[test]
fn a_residual_is_found_by_its_plot_on_the_map_and_by_itself_where_it_reaches_beyond_it() {
    both(|office| {
        let plot = approved(office);
        let first = parcel(office, "P-1", [0.0, 0.0, 60.0, 100.0], "6000");
        office.carry(&supplied("sale", plot, first, "6000"));
        // By the sides of the plot in degrees: what is left lies in its eastern part.
        let whole = office.get("viewer", &format!("/ogc/collections/plots/items/{plot}")).expect(200);
        let ring = whole["geometry"]["coordinates"][0][0].as_array().unwrap().clone();
        let side = |axis: usize, pick: fn(f64, f64) -> f64| {
            ring.iter().map(|at| at[axis].as_f64().unwrap()).reduce(pick).unwrap()
        };
        let (west, east, middle) =
            (side(0, f64::min), side(0, f64::max), (side(1, f64::min) + side(1, f64::max)) / 2.0);
        let found = |from: f64, to: f64| {
            let at = |share: f64| west + (east - west) * share;
            let window = format!("{},{},{},{}", at(from), middle - 1e-5, at(to), middle + 1e-5);
            let path = format!("/ogc/collections/residuals/items?bbox={window}");
            office.get("viewer", &path).expect(200)["features"].as_array().unwrap().len()
        };
        assert_eq!((found(0.1, 0.2), found(0.7, 0.8)), (0, 1));
        let counted = || {
            let path = in_county("feature-cells?layer=residuals&bbox=113,34,114,35");
            office.get("viewer", &path).expect(200)["total"].as_i64().unwrap()
        };
        assert_eq!(counted(), 1);
        // The plot is drawn smaller: nobody can say what is left of it, so that its residual reaches beyond it now.
        let address = in_county(&format!("plots/{plot}"));
        let read = office.get("clerk", &address);
        let body = json!({
            "code": "L-1", "approval": "演示〔2020〕1号", "area_m2": "10000", "township": "410183101",
            "geometry": rectangle([0.0, 0.0, 90.0, 100.0]),
        });
        let headers = [("if-match", read.header("etag"))];
        office.send("PUT", &address, Some("clerk"), &headers, Some(body.to_string().as_bytes())).expect(200);
        office.verify();
        assert_eq!((found(0.1, 0.2), found(0.7, 0.8), counted()), (0, 1, 1));
    });
}
