//! Records over HTTP: versions in headers, GeoJSON in and out, files, and who may see whom.

use serde_json::{Value, json};

use crate::support::*;

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[113.55,34.6],[113.5515,34.6],[113.5515,34.6012],[113.55,34.6012],[113.55,34.6]]]}"#;

fn square() -> Value {
    serde_json::from_str(SQUARE).unwrap()
}

fn plot(code: &str) -> Value {
    json!({"code": code, "approval": "演示〔2020〕1号", "area_m2": "18317.35", "township": "410183101", "geometry": square()})
}

fn put(office: &Office, path: &str, version: Option<&str>, body: &Value) -> Answer {
    let headers: Vec<(&str, &str)> = version.map(|version| ("if-match", version)).into_iter().collect();
    office.send("PUT", path, Some("clerk"), &headers, Some(body.to_string().as_bytes()))
}

fn import(office: &Office, query: &str, document: &[u8]) -> Answer {
    let path = in_county(&format!("plots/import{query}"));
    office.send("POST", &path, Some("clerk"), &[("content-type", "application/geo+json")], Some(document))
}

#[test]
fn a_change_says_which_version_it_is_based_on() {
    both(|office| {
        let created = office.post("clerk", &in_county("plots"), &plot("V-1"));
        assert_eq!(created.header("etag"), "\"1\"");
        let id = created.expect(201)["plot"]["id"].as_i64().unwrap();
        let again = office.post("clerk", &in_county("plots"), &plot("V-1"));
        assert_eq!(again.expect(200)["plot"]["id"], id);
        let mut other = plot("V-1");
        other["remark"] = json!("别的内容");
        office.post("clerk", &in_county("plots"), &other).problem(409, "taken");

        let path = in_county(&format!("plots/{id}"));
        put(office, &path, None, &other).problem(428, "version-required");
        put(office, &path, Some("1"), &other).problem(422, "invalid");
        put(office, &path, Some("\"9\""), &other).problem(412, "stale");
        let changed = put(office, &path, Some("\"1\""), &other);
        assert_eq!(changed.expect(200)["plot"]["version"], 2);
        assert_eq!(changed.header("etag"), "\"2\"");
        put(office, &path, Some("\"1\""), &other).problem(412, "stale");
        put(office, &in_county("plots/999"), Some("\"1\""), &other).problem(404, "not-found");
    });
}

#[test]
fn what_is_read_and_put_back_changes_nothing() {
    both(|office| {
        let created = office.post("clerk", &in_county("plots"), &plot("R-1")).expect(201);
        let path = in_county(&format!("plots/{}", created["plot"]["id"]));
        let read = office.get("viewer", &path).expect(200);
        let mut back = plot("R-1");
        back["geometry"] = read["geometry"].clone();
        back["area"] = read["area"].clone();
        back["approval"] = read["approval"].clone();
        back.as_object_mut().unwrap().remove("area_m2");
        let put_back = put(office, &path, Some("\"1\""), &back).expect(200);
        assert_eq!(put_back["plot"], read, "nine decimals land on the same millimetres");
        assert_eq!(office.get("viewer", &path).expect(200), read);
    });
}

#[test]
fn every_fault_of_a_plot_is_named_by_its_pointer() {
    both(|office| {
        let mut wrong = plot("W-1");
        wrong["approval"] = json!("没有这个批文");
        wrong["township"] = json!("410183399");
        wrong["geometry"]["coordinates"][0][1] = json!([113.55, 34.6]);
        let problem = office.post("clerk", &in_county("plots"), &wrong).problem(422, "invalid");
        let pointers: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert!(pointers.contains(&"/approval") && pointers.contains(&"/township"), "{pointers:?}");
        assert!(pointers.iter().any(|pointer| pointer.starts_with("/geometry/coordinates/0/1")), "{pointers:?}");

        let mut swapped = plot("W-2");
        swapped["geometry"]["coordinates"] = json!([[[34.6, 113.55], [34.6, 113.56], [34.61, 113.56], [34.6, 113.55]]]);
        let problem = office.post("clerk", &in_county("plots"), &swapped).problem(422, "invalid");
        assert!(problem["errors"][0]["message"]["zh"].as_str().unwrap().contains("纬度在前"), "{problem}");

        let mut sums = json!({
            "number": "演示2号", "kind": "single_site", "authority": "演示省人民政府", "approved_on": "2024-03-15",
            "composition": {"unit": "mu", "total": "100", "farmland": "60", "cultivated": "70", "construction": "30", "unused": "9"}
        });
        let problem = office.post("clerk", &in_county("approvals"), &sums).problem(422, "invalid");
        let found: Vec<&Value> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
        assert_eq!(found, ["/composition/total", "/composition/cultivated"]);
        sums["composition"] = json!({"unit": "mu", "total": "100.5", "collective": "100.5", "state_owned": 0});
        let approval = office.post("clerk", &in_county("approvals"), &sums).expect(201);
        assert_eq!(approval["approval"]["composition"]["total"], "100.5", "as written");
        assert_eq!(approval["approval"]["area_m2"], "67000.0000");
    });
}

#[test]
fn a_file_of_plots_is_tried_taken_and_taken_again() {
    both(|office| {
        let feature = |code: &str, area: &str| {
            format!(
                r#"{{"type":"Feature","geometry":{SQUARE},"properties":{{"code":"{code}","origin":"opening","area_m2":{area},"overlap_reason":"同一地块的测试"}}}}"#
            )
        };
        let file = |features: &[String]| {
            format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes()
        };
        let good = file(&[feature("F-1", "18317.35"), feature("F-2", "18317.3456")]);
        let dry = import(office, "?dry_run=true", &good).expect(200);
        assert_eq!((&dry["created"], &dry["is_written"]), (&json!(2), &json!(false)));
        let taken = import(office, "", &good).expect(201);
        let again = import(office, "", &good).expect(200);
        assert_eq!((&again["created"], &again["unchanged"]), (&json!(0), &json!(2)));
        assert_eq!(again["plots"][1]["id"], taken["plots"][1]["id"]);

        let mixed = file(&[feature("F-3", "1"), feature("F-4", "-1"), feature("F-4", "1e3")]);
        let problem = import(office, "", &mixed).problem(422, "invalid");
        let found: Vec<&Value> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
        assert_eq!(found, ["/features/1/properties/area_m2", "/features/2/properties/area_m2"]);
        let part = import(office, "?partial=true", &mixed).expect(201);
        assert_eq!((&part["created"], &part["bad"]), (&json!(1), &json!(2)));
        assert_eq!((&part["bad_rows"][0]["index"], &part["bad_rows"][0]["code"]), (&json!(1), &json!("F-4")));

        import(office, "", b"{\"type\":").problem(400, "malformed");
        import(office, "", b"{\"type\":\"Point\"}").problem(422, "invalid");
        let text = [("content-type", "text/html")];
        let path = in_county("plots/import");
        office.send("POST", &path, Some("clerk"), &text, Some(&good)).problem(415, "unsupported-media-type");
    });
}

#[test]
fn features_carry_exact_areas_as_numbers() {
    both(|office| {
        office.post("clerk", &in_county("plots"), &plot("G-1")).expect(201);
        let page = office.get("viewer", &in_county("plots?f=geojson&mapped=true"));
        assert_eq!(page.header("content-type"), "application/geo+json");
        assert!(page.text().contains(r#""area_m2":18317.3500"#), "{}", page.text());
        let features = page.expect(200);
        assert_eq!(features["features"][0]["geometry"]["type"], "MultiPolygon");
        assert_eq!(features["features"].as_array().unwrap().len(), 1);

        let first = office.get("viewer", &in_county("plots?limit=7")).expect(200);
        assert_eq!(first["items"].as_array().unwrap().len(), 7);
        assert!(first["items"][0]["geometry"].is_null(), "no polygons unless asked for");
        let after = first["next"].as_str().unwrap();
        let second = office.get("viewer", &in_county(&format!("plots?limit=1000&after={after}"))).expect(200);
        assert_eq!(second["items"].as_array().unwrap().len(), 34);
        assert!(second["next"].is_null());
        let with = office.get("viewer", &in_county("plots?geometry=true&code_prefix=G-")).expect(200);
        assert_eq!(with["items"][0]["geometry"]["type"], "MultiPolygon");
    });
}

#[test]
fn the_name_of_a_holder_is_for_those_who_work_on_the_books() {
    both(|office| {
        let sent = json!({"code": "H-1", "holder": "某自然人", "area_m2": "1"});
        let written = office.post("clerk", &in_county("parcels"), &sent).expect(201);
        assert_eq!(written["parcel"]["holder"], "某自然人");
        let path = in_county(&format!("parcels/{}", written["parcel"]["id"]));
        for (who, sees) in
            [("viewer", false), ("clerk", true), ("reviewer", true), ("approver", true), ("auditor", true)]
        {
            let one = office.get(who, &path);
            let list = office.get(who, &in_county("parcels?code_prefix=H-"));
            for answer in [&one, &list] {
                answer.expect(200);
                assert_eq!(answer.text().contains("某自然人"), sees, "{who}: {}", answer.asked);
            }
        }
        let features = office.get("clerk", &in_county("parcels?f=geojson"));
        assert!(!features.text().contains("某自然人"));
        let journal = office.get("auditor", &in_county("journal?collection=parcel"));
        assert!(journal.expect(200)["items"].as_array().unwrap().len() == 1 && !journal.text().contains("某自然人"));
    });
}

#[test]
fn the_history_of_a_plot_tells_all_in_order_of_time() {
    both(|office| {
        let created = office.post("clerk", &in_county("plots"), &plot("T-1")).expect(201);
        let id = created["plot"]["id"].as_i64().unwrap();
        let attributes = in_county(&format!("plots/{id}/attributes"));
        let cause = json!({"attribute": "cause", "from": "2021-01-01", "value": "funds"});
        assert_eq!(office.post("clerk", &attributes, &cause).expect(201)["cause"], "funds");
        for wrong in [
            json!({"attribute": "cause", "from": "2149-01-01", "value": "funds"}),
            json!({"attribute": "cause", "from": "2021-01-01", "value": "weather"}),
            json!({"attribute": "township", "from": "2021-01-01"}),
            json!({"attribute": "township", "from": "2021-01-01", "value": "410184101"}),
        ] {
            office.post("clerk", &attributes, &wrong).problem(422, "invalid");
        }
        let mut voucher = voucher("history", "approve", APPROVED_ON, 1, "outside", "unsupplied", "100");
        for side in ["from", "to"] {
            voucher["lines"][0][side]["plot"] = json!(id);
        }
        office.carry(&voucher);
        let history = office.get("viewer", &in_county(&format!("plots/{id}/history"))).expect(200);
        let kinds: Vec<&str> =
            history["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["change", "attribute", "geometry", "change", "attribute", "voucher"]);
        let smaller = json!({"code": "T-1", "approval": "演示〔2020〕1号", "area_m2": "99.9999"});
        let path = in_county(&format!("plots/{id}"));
        let problem = put(office, &path, Some("\"2\""), &smaller).problem(409, "conflict");
        assert!(problem["detail"].as_str().unwrap().contains("更正"), "it says what to do: {problem}");
    });
}

#[test]
fn an_attachment_comes_back_as_it_was_sent_and_nothing_else_is_taken() {
    both(|office| {
        let send = |media_type: &str, content: &[u8]| {
            let headers = [("content-type", media_type)];
            office.send("POST", &in_county("attachments"), Some("clerk"), &headers, Some(content))
        };
        let pdf = b"%PDF-1.7\n\x00\xff scan";
        let stored = send("application/pdf", pdf).expect(201);
        assert_eq!(stored["size"], pdf.len());
        assert_eq!(send("application/octet-stream", pdf).expect(200), stored);
        send("image/png", pdf).problem(422, "invalid");
        send("application/pdf", b"<html>").problem(422, "invalid");
        send("application/pdf", b"").problem(422, "invalid");
        send("text/html", pdf).problem(415, "unsupported-media-type");
        let mut large = vec![0_u8; (20 << 20) + 1];
        large[..5].copy_from_slice(b"%PDF-");
        send("application/pdf", &large).problem(413, "too-large");
        large.pop();
        send("application/pdf", &large).expect(201);

        let path = in_county(&format!("attachments/{}", stored["sha256"].as_str().unwrap()));
        let back = office.get("viewer", &path);
        assert_eq!((back.status, back.header("content-type"), &back.body[..]), (200, "application/pdf", &pdf[..]));
        assert!(back.header("content-disposition").starts_with("attachment;"));
        let elsewhere = path.replace(COUNTY, NEIGHBOUR);
        office.get("neighbour", &elsewhere).problem(404, "not-found");
    });
}

#[test]
fn counties_are_listed_to_those_who_have_a_role_there() {
    both(|office| {
        let listed = |who: &str| {
            let list = office.get(who, "/api/v1/counties").expect(200);
            list["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| c["county"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(listed("viewer"), [COUNTY]);
        assert_eq!(listed("neighbour"), [NEIGHBOUR]);
        assert_eq!(listed("city"), [COUNTY, NEIGHBOUR]);
        assert!(listed("other-city").is_empty() && listed("nobody").is_empty());
        let new = |code: &str| json!({"county": code, "name": "登封市", "extent": {"west": "112.8", "south": "34.2", "east": 113.4, "north": "34.6"}});
        office.post("city", "/api/v1/counties", &new("410185")).expect(201);
        office.post("city", "/api/v1/counties", &new("410185")).expect(200);
        office.post("city", "/api/v1/counties", &new("410285")).problem(403, "forbidden");
        office.post("clerk", "/api/v1/counties", &new("410186")).problem(403, "forbidden");
        let mut flat = new("410186");
        flat["extent"]["east"] = json!("112.8");
        office.post("city", "/api/v1/counties", &flat).problem(422, "invalid");
        assert_eq!(listed("city").len(), 3);
    });
}
