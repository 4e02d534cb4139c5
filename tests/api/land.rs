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
