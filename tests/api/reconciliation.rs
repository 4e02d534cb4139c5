//! Where map and books differ: found, assigned, explained, open again when the figures change.

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

const TOWN: &str = "410183101";
/// Plots of one row lie side by side, so that none is on another.
const STEP: f64 = 200.0;

/// A plot of a hectare in a township, drawn as high as told.
fn plot(code: &str, place: i32, height: Option<f64>) -> Value {
    let mut plot = json!({"code": code, "approval": "演示〔2020〕1号", "area_m2": "10000", "township": TOWN});
    if let Some(height) = height {
        let west = f64::from(place) * STEP;
        plot["geometry"] = rectangle([west, 0.0, west + 100.0, height]);
    }
    plot
}

fn enter(office: &Office, plot: &Value) -> i64 {
    office.post("clerk", &in_county("plots"), plot).expect(201)["plot"]["id"].as_i64().unwrap()
}

fn put(office: &Office, what: &str, id: i64, version: i64, body: &Value) {
    let etag = format!("\"{version}\"");
    let path = in_county(&format!("{what}/{id}"));
    let headers = [("if-match", etag.as_str())];
    office.send("PUT", &path, Some("clerk"), &headers, Some(body.to_string().as_bytes())).expect(200);
}

fn on_plot(mut voucher: Value, plot: i64, parcel: Option<i64>) -> Value {
    for side in ["from", "to"] {
        voucher["lines"][0][side]["plot"] = json!(plot);
    }
    if let Some(parcel) = parcel {
        voucher["lines"][0]["to"]["parcel"] = json!(parcel);
    }
    voucher
}

fn list(office: &Office, query: &str) -> Value {
    office.get("viewer", &in_county(&format!("reconciliation{query}"))).expect(200)
}

fn keys(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|row| row["difference"].as_str().unwrap().to_owned()).collect()
}

fn one(office: &Office, key: &str) -> Value {
    office.get("viewer", &in_county(&format!("reconciliation/{key}"))).expect(200)
}

/// A note on the difference as it stands.
fn note(office: &Office, key: &str, more: &Value) -> Value {
    let seen = one(office, key)["difference"].clone();
    let mut note = json!({"version": seen["version"], "figures": seen["figures"]});
    note.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    note
}

fn say(office: &Office, who: &str, key: &str, more: &Value) -> Value {
    let note = note(office, key, more);
    office.post(who, &in_county(&format!("reconciliation/{key}/notes")), &note).expect(200)
}

#[test]
fn plots_off_the_map_or_of_another_area_are_listed_with_their_figures_and_gone_when_mended() {
    both(|office| {
        let town = format!("?township={TOWN}");
        enter(office, &plot("R-1", 0, Some(100.0)));
        let unmapped = enter(office, &plot("R-2", 1, None));
        let differing = enter(office, &plot("R-3", 2, Some(101.0)));
        let expected = [format!("area_differs-{differing}"), format!("plot_unmapped-{unmapped}")];
        let found = list(office, &town);
        assert_eq!(keys(&found), expected);
        let row = &found["items"][0];
        assert_eq!(
            [&row["recorded_area_m2"], &row["polygon_area_m2"], &row["difference_m2"], &row["plot_code"]],
            ["10000.0000", "10100.0000", "100.0000", "R-3"]
        );
        assert_eq!((&row["status"], &row["version"]), (&json!("open"), &json!(0)));
        assert_eq!(row["approval"], json!(id(1)));
        assert_eq!(found["items"][1]["polygon_area_m2"], Value::Null);
        for (query, at) in [("kind=area_differs", 0), ("kind=plot_unmapped", 1)] {
            assert_eq!(keys(&list(office, &format!("{town}&{query}"))), expected[at..=at], "{query}");
        }
        let counts = office.get("auditor", &in_county(&format!("reconciliation-counts{town}"))).expect(200);
        assert_eq!(counts["standing"], 2);
        assert_eq!(counts["counts"][1]["kind"], "plot_unmapped");
        // The forty plots of the county that lie in no township.
        let counts = office.get("auditor", &in_county("reconciliation-counts?kind=plot_unmapped")).expect(200);
        assert_eq!(counts["standing"], PLOTS + 1);
        // A clerk draws the plot: nothing is left to be said.
        put(office, "plots", unmapped, 1, &plot("R-2", 1, Some(100.0)));
        assert_eq!(keys(&list(office, &town)), expected[..1]);
        office.get("viewer", &in_county(&format!("reconciliation/{}", expected[1]))).problem(404, "not-found");
    });
}

#[test]
fn a_difference_is_assigned_explained_and_open_again_when_its_figures_change() {
    both(|office| {
        let id = enter(office, &plot("R-1", 0, Some(101.0)));
        let key = format!("area_differs-{id}");
        let assigned = say(office, "reviewer", &key, &json!({"owner": user("clerk")}));
        assert_eq!(assigned["difference"]["status"], "assigned");
        let mine = format!("?owner={}", user("clerk"));
        assert_eq!(keys(&list(office, &mine)), std::slice::from_ref(&key));
        assert_eq!(keys(&list(office, "?status=assigned")), std::slice::from_ref(&key));
        assert_eq!(keys(&list(office, &format!("?owner={}", user("reviewer")))), Vec::<String>::new());
        let why = json!({"resolution": "explained", "reason": "批文按图量算,以登记面积为准"});
        let explained = say(office, "clerk", &key, &why);
        assert_eq!(explained["difference"]["status"], "explained");
        assert_eq!(explained["difference"]["owner"], user("clerk"), "the owner stays");
        assert_eq!(explained["notes"].as_array().unwrap().len(), 2);
        // Other figures: what was said no longer holds, and is kept.
        put(office, "plots", id, 1, &plot("R-1", 0, Some(102.0)));
        let reopened = one(office, &key);
        assert_eq!(reopened["difference"]["status"], "reopened");
        assert_eq!(reopened["difference"]["difference_m2"], "200.0000");
        assert_eq!(reopened["notes"], explained["notes"]);
        assert_ne!(reopened["notes"][1]["figures"], reopened["difference"]["figures"]);
        assert_eq!(keys(&list(office, "?status=reopened")), std::slice::from_ref(&key));
        // A note that says nothing of the resolution leaves it open.
        let noted = say(office, "clerk", &key, &json!({"reason": "已通知测绘队"}));
        assert_eq!(noted["difference"]["status"], "assigned");
        say(office, "clerk", &key, &json!({"resolution": "mending"}));
        assert_eq!(keys(&list(office, &format!("{mine}&status=mending"))), std::slice::from_ref(&key));
        put(office, "plots", id, 2, &plot("R-1", 0, Some(100.0)));
        assert_eq!(one(office, &key)["difference"]["status"], "mended");
        assert_eq!(keys(&list(office, "?kind=area_differs")), Vec::<String>::new());
        assert_eq!(keys(&list(office, &mine)), Vec::<String>::new(), "what is mended is nobody's work");
        assert_eq!(keys(&list(office, &format!("{mine}&status=mended"))), std::slice::from_ref(&key));
        let counts = office.get("viewer", &in_county("reconciliation-counts?kind=area_differs")).expect(200);
        assert_eq!((&counts["standing"], &counts["counts"][0]["status"]), (&json!(0), &json!("mended")));
        let journal = office.get("auditor", &in_county("journal?collection=reconciliation")).expect(200);
        assert_eq!(journal["items"].as_array().unwrap().len(), 4);
        let last = &journal["items"][3];
        assert_eq!((&last["object"], &last["operation"]), (&json!(id), &json!("addReconciliationNote")));
        assert_eq!((&last["before"]["resolution"], &last["after"]["resolution"]), (&json!("open"), &json!("mending")));
    });
}

#[test]
fn a_note_that_is_not_based_on_what_stands_is_refused() {
    both(|office| {
        let id = enter(office, &plot("R-1", 0, Some(101.0)));
        let key = format!("area_differs-{id}");
        let path = in_county(&format!("reconciliation/{key}/notes"));
        let first = note(office, &key, &json!({"owner": user("clerk")}));
        office.post("clerk", &path, &first).expect(200);
        office.post("clerk", &path, &first).problem(412, "stale");
        let seen = note(office, &key, &json!({"resolution": "mending"}));
        put(office, "plots", id, 1, &plot("R-1", 0, Some(102.0)));
        office.post("clerk", &path, &seen).problem(409, "conflict");
        for (owner, why) in [("viewer", "only looks"), ("neighbour", "works elsewhere"), ("nobody", "has no role")] {
            let problem = office.post("clerk", &path, &note(office, &key, &json!({"owner": user(owner)})));
            assert_eq!(problem.problem(422, "invalid")["errors"][0]["pointer"], "/owner", "{why}");
        }
        let nobody = note(office, &key, &json!({"owner": 4711}));
        assert_eq!(office.post("clerk", &path, &nobody).problem(422, "invalid")["errors"][0]["value"], "4711");
        let problem = office.post("clerk", &path, &json!({"version": 1, "figures": "", "resolution": "explained"}));
        let errors = problem.problem(422, "invalid")["errors"].as_array().unwrap().len();
        assert_eq!(errors, 1, "the members are held together once each is right");
        for who in ["viewer", "approver", "auditor", "admin", "nobody", "neighbour"] {
            office.post(who, &path, &seen).problem(403, "forbidden");
        }
        put(office, "plots", id, 2, &plot("R-1", 0, Some(100.0)));
        let late = json!({"version": 1, "figures": "00", "reason": "晚了"});
        office.post("clerk", &path, &late).problem(409, "conflict");
        assert_eq!(one(office, &key)["notes"].as_array().unwrap().len(), 1);
        for nothing in ["area_differs-410183000000999", "plot_unmapped", "999999999"] {
            office.get("viewer", &in_county(&format!("reconciliation/{nothing}"))).problem(404, "not-found");
        }
        let problem = office.get("viewer", &in_county("reconciliation?after=x&kind=y&page=1")).problem(422, "invalid");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 3);
    });
}

#[test]
fn supplies_without_land_or_number_and_holdings_of_another_area_are_listed() {
    both(|office| {
        let town = format!("?township={TOWN}");
        let id = enter(office, &plot("R-1", 0, Some(100.0)));
        office.carry(&on_plot(approve("land", 1), id, None));
        let parcel = json!({"code": "S-1", "area_m2": "4000"});
        let created = office.post("clerk", &in_county("parcels"), &parcel).expect(201);
        let parcel_id = created["parcel"]["id"].as_i64().unwrap();
        office.carry(&on_plot(supply("sale", 1, "2021-01-01", "4000"), id, Some(parcel_id)));
        let unsupplied = format!("holding_area_differs-{id}-unsupplied-0");
        let no_number = format!("supply_without_supervision_number-{parcel_id}");
        let no_land = format!("parcel_unmapped-{parcel_id}");
        let all = list(office, &town);
        // The plot has kept its whole polygon, as nobody drew which part was supplied.
        let no_contract = format!("supply_without_contract-{parcel_id}");
        assert_eq!(keys(&all), [unsupplied.clone(), no_land.clone(), no_contract.clone(), no_number.clone()]);
        let row = &all["items"][0];
        assert_eq!([&row["recorded_area_m2"], &row["polygon_area_m2"]], ["6000.0000", "10000.0000"]);
        assert_eq!((&row["account"], &row["parcel"]), (&json!("unsupplied"), &Value::Null));
        let row = &all["items"][1];
        assert_eq!([&row["recorded_area_m2"], &row["parcel_code"], &row["plot_code"]], ["4000.0000", "S-1", "R-1"]);
        assert_eq!(row["plot"], json!(id));
        say(office, "clerk", &no_number, &json!({"owner": user("second-clerk"), "resolution": "mending"}));
        // The parcel is drawn and has its number.
        let mut drawn = parcel.clone();
        drawn["geometry"] = rectangle([0.0, 0.0, 40.0, 100.0]);
        put(office, "parcels", parcel_id, 1, &drawn);
        assert_eq!(keys(&list(office, &town)), [no_contract.clone(), no_number.clone()]);
        drawn["regulatory_number"] = json!("4101832021B00017");
        put(office, "parcels", parcel_id, 2, &drawn);
        assert_eq!(keys(&list(office, &town)), [no_contract]);
        assert_eq!(keys(&list(office, "?status=mended")), [no_number]);
        office.verify();
    });
}

#[test]
fn pages_of_any_size_show_every_difference_once_in_the_same_order() {
    both(|office| {
        for place in 0..7 {
            enter(office, &plot(&format!("R-{place}"), place, Some(101.0 + f64::from(place))));
        }
        let all = keys(&list(office, "?limit=1000"));
        assert_eq!(all.len(), usize::try_from(PLOTS).unwrap() + 7);
        assert!(all.is_sorted());
        for limit in [1, 3, 8] {
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = list(office, &format!("?limit={limit}{after}"));
                seen.extend(keys(&page));
                let Some(next) = page["next"].as_str() else { break };
                after = format!("&after={next}");
            }
            assert_eq!(seen, all, "{limit}");
        }
        // What is said, or mended, on the way moves no other row to another page.
        let first = list(office, "?limit=2");
        say(office, "clerk", &all[0], &json!({"resolution": "explained", "reason": "核实无误"}));
        let id: i64 = all[1].rsplit('-').next().unwrap().parse().unwrap();
        put(office, "plots", id, 1, &plot("R-1", 1, Some(100.0)));
        let second = list(office, &format!("?limit=2&after={}", first["next"].as_str().unwrap()));
        assert_eq!(keys(&second), all[2..4]);
    });
}

#[test]
fn the_mapping_rate_counts_plots_and_area_by_township() {
    both(|office| {
        enter(office, &plot("R-1", 0, Some(101.0)));
        enter(office, &plot("R-2", 1, None));
        let mut small = plot("R-3", 2, None);
        small["area_m2"] = json!("5000");
        enter(office, &small);
        let rate = office.get("viewer", &in_county("mapping-rate")).expect(200);
        let town = &rate["townships"][0];
        assert_eq!((&town["township"], &town["name"]), (&json!(TOWN), &json!("牛店镇")));
        assert_eq!((&town["plots"], &town["mapped_plots"]), (&json!(3), &json!(1)));
        assert_eq!(town["by_plots"], json!({"fraction": "1/3", "percent": "33.33"}));
        // By recorded area, whatever the polygon measures.
        assert_eq!(town["by_area"], json!({"fraction": "10000.0000/25000.0000", "percent": "40.00"}));
        assert_eq!(rate["townships"][1]["township"], Value::Null);
        assert_eq!(rate["total"]["plots"], PLOTS + 3);
        assert_eq!(rate["total"]["by_plots"]["fraction"], format!("1/{}", PLOTS + 3));
    });
}
