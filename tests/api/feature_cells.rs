//! How many features lie where, for maps that show more than can be drawn.

use serde_json::{Value, json};

use crate::support::*;

const PATH: &str = "feature-cells";

/// Enters a square of about a hundred metres with its south-west corner at a place.
fn draw(office: &Office, n: u32, west: f64, south: f64) {
    let (east, north) = (west + 0.001, south + 0.001);
    let plot = json!({
        "code": format!("G{n}"), "approval": id(1), "area_m2": AREA, "township": format!("{COUNTY}101"),
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
    });
    office.post("clerk", &in_county("plots"), &plot).expect(201);
}

fn cells(office: &Office, query: &str) -> Value {
    office.get("viewer", &format!("{}?{query}", in_county(PATH))).expect(200)
}

#[test]
fn features_are_counted_by_the_cell_that_their_middle_lies_in() {
    both(|office| {
        for (n, (west, south)) in [(113.40, 34.50), (113.402, 34.50), (113.48, 34.58)].into_iter().enumerate() {
            draw(office, u32::try_from(n).unwrap(), west, south);
        }
        let all = cells(office, "layer=plots&bbox=113.4,34.5,113.5,34.6&columns=10");
        assert_eq!(all["total"], 3);
        let counts: Vec<(i64, f64)> = all["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| (cell["total"].as_i64().unwrap(), cell["bbox"][0].as_f64().unwrap()))
            .collect();
        assert!(matches!(counts[..], [(2, first), (1, second)] if first == 113.4 && second > 113.479), "{counts:?}");

        // Of a window that two of the three lie outside, the third alone; of another layer, none.
        assert_eq!(cells(office, "layer=plots&bbox=113.47,34.5,113.5,34.6")["total"], 1);
        assert_eq!(cells(office, "layer=parcels&bbox=113.4,34.5,113.5,34.6"), json!({"total": 0, "items": []}));
        // A window without width is one column.
        assert_eq!(cells(office, "layer=plots&bbox=113.4,34.5,113.4,34.6&columns=64")["total"], 0);
    });
}

#[test]
fn what_is_missing_or_wrong_is_named_at_once() {
    both(|office| {
        let refused = office.get("viewer", &in_county(PATH)).expect(422);
        let pointers: Vec<&str> =
            refused["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["?layer", "?bbox"]);
        for query in [
            "layer=x&bbox=1,2,3,4",
            "layer=plots&bbox=1,2,3",
            "layer=plots&bbox=170,1,-170,2",
            "layer=plots&bbox=1,2,3,4&columns=65",
        ] {
            office.get("viewer", &format!("{}?{query}", in_county(PATH))).expect(422);
        }
    });
}
