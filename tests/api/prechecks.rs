//! 企业预审: asked without an account, answered by every rule, kept for the staff and made a demand.

use serde_json::{Value, json};

use crate::support::*;

/// Nobody's name, phone or address: planted so that it can be looked for.
const CONTACT: [&str; 3] = ["演示联系人", "13800000000", "demo@example.cn"];

fn area(m2: &str) -> Value {
    json!({"actual_m2": m2, "counted_m2": m2})
}

fn body(other_ancillary: &str) -> Value {
    json!({
        "county": COUNTY,
        "company": {"code": "91512081MA62K0260E", "name": "演示耐火材料企业"},
        "industry": {"code": "C3089", "products": "耐火砖"},
        "project": {"name": "演示耐火材料项目", "needed_by": "2027-06-30"},
        "land": {"kind": "new", "land_use": "industrial", "area": "20000"},
        "supply": {"method": "flexible", "total_term": "20"},
        "programme": {"uses": {"dominant": area("15000"), "admin_living": area("0"), "other_ancillary": area(other_ancillary)}},
    })
}

fn send(office: &Office, body: &Value) -> Answer {
    office.send("POST", "/api/v1/prechecks", None, &[], Some(body.to_string().as_bytes()))
}

fn public(office: &Office, path: &str) -> Answer {
    office.send("GET", path, None, &[], None)
}

fn finding<'a>(answer: &'a Value, rule: &str) -> &'a Value {
    let findings = answer["answer"]["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["rule"] == rule).unwrap_or_else(|| panic!("no {rule} in {answer:#}"))
}

fn kept(office: &Office) -> usize {
    office.get("viewer", &in_county("prechecks")).expect(200)["items"].as_array().unwrap().len()
}

#[test]
fn a_precheck_that_does_not_pass_says_the_least_change_that_makes_it_pass() {
    both(|office| {
        let first = send(office, &body("3000")).expect(201);
        let ancillary = finding(&first, "floor_area.ancillary");
        assert_eq!(ancillary["outcome"], "needs_review");
        let changes = ancillary["remedies"][0]["changes"].as_array().unwrap();
        assert_eq!(changes[0]["by"], "352.95");
        let mut followed = body("3000");
        for change in changes {
            let pointer = change["pointer"].as_str().unwrap();
            *followed.pointer_mut(pointer).unwrap() = change["to"].clone();
        }
        let second = send(office, &followed).expect(201);
        assert_eq!(finding(&second, "floor_area.ancillary")["outcome"], "pass");
        assert_ne!(first["reference"], second["reference"]);

        // Fetched again by whoever knows the reference, however it is typed.
        let reference = first["reference"].as_str().unwrap();
        let again = public(office, &format!("/api/v1/prechecks/{reference}")).expect(200);
        assert_eq!(again, first);
        let typed = reference.to_lowercase().replace('-', "");
        assert_eq!(public(office, &format!("/api/v1/prechecks/{typed}")).expect(200)["answer"], first["answer"]);
        let last = reference.chars().last().unwrap();
        let guessed = format!("{}{}", &reference[..reference.len() - 1], if last == '7' { '8' } else { '7' });
        public(office, &format!("/api/v1/prechecks/{guessed}")).problem(404, "not-found");
        // The same sent again is the same.
        assert_eq!(send(office, &body("3000")).expect(200), first);
        assert_eq!(kept(office), 2);
    });
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    both(|office| {
        let crossing = json!({"type": "Polygon", "coordinates": [[[113.55, 34.6], [113.552, 34.602], [113.552, 34.6], [113.55, 34.602], [113.55, 34.6]]]});
        let mut wrong = body("3000");
        wrong["company"]["code"] = json!("91512081MA62K0260D");
        wrong["industry"]["code"] = json!("C99");
        wrong["land"] = json!({"kind": "new", "land_use": "industrial", "polygon": crossing, "township": "410183999"});
        wrong["supply"]["total_term"] = json!("2000");
        wrong["programme"]["stated_total_actual_m2"] = json!("19000");
        wrong["surprise"] = json!(1);
        let problem = send(office, &wrong).problem(422, "invalid");
        let pointers: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        for wanted in [
            "/company/code",
            "/industry/code",
            "/land/township",
            "/supply/total_term",
            "/programme/stated_total_actual_m2",
            "/surprise",
        ] {
            assert!(pointers.contains(&wanted), "{wanted} in {pointers:?}");
        }
        assert!(pointers.iter().any(|pointer| pointer.starts_with("/land/polygon/coordinates/0")), "{pointers:?}");
        assert_eq!(kept(office), 0);

        send(office, &json!({"county": "410185"})).problem(422, "invalid");
        office.send("POST", "/api/v1/prechecks", None, &[], Some(b"{")).problem(400, "malformed");
        let long = format!("{{\"county\":\"{COUNTY}\",\"x\":\"{}\"}}", "x".repeat(1 << 20));
        office.send("POST", "/api/v1/prechecks", None, &[], Some(long.as_bytes())).problem(413, "too-large");
        assert_eq!(kept(office), 0);
    });
}

#[test]
fn a_building_outside_the_parcel_is_refused_with_the_part_that_lies_outside() {
    both(|office| {
        let square = |east: f64, side: f64| {
            let (w, s) = (113.55 + east, 34.6 + east);
            json!({"type": "Polygon", "coordinates": [[[w, s], [w + side, s], [w + side, s + side], [w, s + side], [w, s]]]})
        };
        let mut drawn = body("0");
        drawn["land"] = json!({"kind": "new", "land_use": "industrial", "polygon": square(0.0, 0.002)});
        let storeys = json!([{"use": "dominant", "area_m2": "1000", "height_m": "6"}]);
        drawn["programme"] =
            json!({"buildings": [{"name": "一号厂房", "storeys": storeys, "footprint": square(0.0018, 0.0005)}]});
        let problem = send(office, &drawn).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/programme/buildings/0/footprint");
        assert!(
            matches!(problem["offending_geometry"]["type"].as_str(), Some("Polygon" | "MultiPolygon")),
            "{problem}"
        );
        assert_eq!(kept(office), 0);

        drawn["programme"]["buildings"][0]["footprint"] = square(0.0005, 0.0005);
        let answer = send(office, &drawn).expect(201);
        let place = finding(&answer, "floor_area.geometry");
        assert_eq!((&place["aspect"], &place["outcome"]), (&json!("footprints"), &json!("pass")));
    });
}

#[test]
fn a_contact_is_shown_to_those_who_work_on_it_alone_and_can_be_erased() {
    both(|office| {
        let mut sent = body("0");
        sent["contact"] = json!({"name": CONTACT[0], "phone": CONTACT[1], "email": CONTACT[2]});
        let made = send(office, &sent);
        made.expect(201);
        let reference = made.json()["reference"].as_str().unwrap().to_owned();
        let seen = |answer: &Answer| CONTACT.iter().any(|part| answer.text().contains(part));
        assert!(!seen(&made) && !seen(&public(office, &format!("/api/v1/prechecks/{reference}"))));
        let file = in_county("prechecks/1");
        assert!(seen(&office.get("clerk", &file)) && !seen(&office.get("viewer", &file)));
        assert!(!seen(&office.get("clerk", &in_county("prechecks"))));
        assert!(!seen(&office.get("clerk", &in_county("prechecks?f=csv"))));
        let contact = office.send("DELETE", &in_county("prechecks/1/contact"), Some("clerk"), &[], None);
        contact.problem(403, "forbidden");
        let erase = || office.send("DELETE", &in_county("prechecks/1/contact"), Some("approver"), &[], None).status;
        assert_eq!((erase(), erase()), (204, 204));
        assert!(!seen(&office.get("clerk", &file)));
        assert!(!seen(&office.get("auditor", &in_county("journal"))));
        // What was asked and answered stays.
        assert_eq!(public(office, &format!("/api/v1/prechecks/{reference}")).status, 200);
    });
}

#[test]
fn a_contact_goes_on_its_day() {
    both(|office| {
        let overlay = json!({
            "parameter": "precheck.contact_retention", "in_force": "2020-01-01", "value": "0", "verified": true, "reason": "本局决定",
            "citation": {"instrument": "演示规定", "provision": "第1条"},
        });
        office.post("approver", &in_county("policy-overlays"), &overlay).expect(201);
        let mut sent = body("0");
        sent["contact"] = json!({"name": CONTACT[0]});
        send(office, &sent).expect(201);
        let file = office.get("clerk", &in_county("prechecks/1")).expect(200);
        assert_eq!(file["contact"], json!(null));
        // The next write takes it out of the database as well.
        send(office, &body("1")).expect(201);
        let left: i64 = office.database(|db| {
            use diesel::prelude::*;
            dizhang::storage::schema::precheck_contact::table.count().get_result(db).unwrap()
        });
        assert_eq!(left, 0);
    });
}

#[test]
fn an_address_sends_so_many_a_day_and_no_more() {
    both_with(
        &["--prechecks-per-day", "2"],
        |_| (),
        |office| {
            send(office, &body("1")).expect(201);
            send(office, &body("2")).expect(201);
            let problem = send(office, &body("3"));
            problem.problem(429, "too-many-requests");
            assert!(!problem.header("retry-after").is_empty());
            // What is there already is answered all the same.
            send(office, &body("1")).expect(200);
            assert_eq!(kept(office), 2);
        },
    );
}

fn announcement(until: &str) -> Value {
    json!({
        "number": "演示告字〔2026〕8号", "title": "挂牌出让公告", "announced_on": "2026-01-05", "until": until,
        "items": [{"name": "2026-GP-08", "land_use": "industrial", "area": {"value": "30", "unit": "mu"}, "method": "flexible",
            "max_term_unit_price": "350", "conditions": {"floor_area_ratio_min": "1.2"}}],
    })
}

#[test]
fn land_is_on_offer_by_its_announcement_alone() {
    both(|office| {
        let mut wanted = body("0");
        wanted["land"] = json!({"kind": "announced", "announcement": 1, "item": 1});
        wanted["price"] = json!({"max_term_unit_price": "1", "rate": "0.06", "grade": 13});
        let refused = send(office, &wanted).problem(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/land/announcement");

        let made = office.post("clerk", &in_county("announcements"), &announcement("2148-12-31")).expect(201);
        assert_eq!(made["id"], 1);
        assert_eq!(office.post("clerk", &in_county("announcements"), &announcement("2148-12-31")).expect(200), made);
        office.post("clerk", &in_county("announcements"), &announcement("2148-12-30")).problem(409, "taken");
        let offers = public(office, &format!("/api/v1/offers/{COUNTY}")).expect(200);
        assert_eq!(offers["items"][0]["items"][0]["max_term_unit_price"], "350.0000");
        assert!(offers["items"][0].get("recorded_by").is_none());

        let answer = send(office, &wanted).expect(201);
        assert_eq!(answer["answer"]["land"]["offer"]["number"], "演示告字〔2026〕8号");
        assert_eq!(answer["answer"]["land"]["area_m2"], "20000.0000");
        // The published price goes before the typed one: 350 × 20 ÷ 50 × 20,000 m².
        assert_eq!(answer["answer"]["price"]["floor_total"], "2800000.00");
        let ratio =
            answer["answer"]["findings"].as_array().unwrap().iter().find(|found| found["aspect"] == "floor_area_ratio");
        assert_eq!(ratio.unwrap()["outcome"], "fail", "the announcement's planning conditions hold");

        let withdraw = in_county("announcements/1/withdraw");
        office.send("POST", &withdraw, Some("clerk"), &[("if-match", "\"1\"")], None).expect(200);
        assert_eq!(public(office, &format!("/api/v1/offers/{COUNTY}")).expect(200)["items"], json!([]));
        wanted["project"] = json!({"name": "另一项目"});
        send(office, &wanted).problem(422, "invalid");
    });
}

#[test]
fn tables_are_loaded_as_json_or_as_a_sheet_and_hold_from_their_day_on() {
    both(|office| {
        let list = in_county("reference-tables");
        let citation = json!({"instrument": "演示县目录", "number": "演示〔2025〕1号", "provision": "附件"});
        let catalogue = json!({
            "kind": "supply_catalogue", "in_force": "2026-01-01", "verified": true, "reason": "本局决定", "citation": citation,
            "rows": [{"class": "prohibited", "industry_code": "C308", "text": "演示耐火材料项目"}],
        });
        office.post("clerk", &list, &catalogue).problem(403, "forbidden");
        office.post("approver", &list, &catalogue).expect(201);
        let mut bad = catalogue.clone();
        bad["rows"] = json!([{"class": "prohibited", "text": "甲"}, {"class": "unknown", "text": "乙", "industry_code": "C3"}, {"class": "prohibited"}]);
        let problem = office.post("approver", &list, &bad).problem(422, "invalid");
        let pointers: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/rows/1/class", "/rows/1/industry_code", "/rows/2/text"]);

        let query = "kind=standard_land&in_force=2026-02-01&instrument=x&provision=x&verified=true&reason=x";
        let import = |sheet: &str| {
            let path = in_county(&format!("reference-tables/import-file?{query}"));
            office.send("POST", &path, Some("approver"), &[("content-type", "text/csv")], Some(sheet.as_bytes()))
        };
        let sheet = "标准地控制指标\n指标,行业代码,界限,控制值,计量单位\n固定资产投资强度,,不低于,300,万元/亩\n亩均税收,C30,≥,15.5,万元/亩\n";
        let loaded = import(sheet).expect(201);
        assert_eq!(loaded["rows"][1]["value"], "15.5000");
        let problem = import("指标,界限,控制值,计量单位\n投资强度,不低于,三百,万元/亩\n").problem(422, "invalid");
        assert!(problem["errors"][0]["pointer"].as_str().unwrap().contains("C2"), "{problem}");
        assert_eq!(office.get("viewer", &list).expect(200)["items"].as_array().unwrap().len(), 2);

        let answer = send(office, &body("0")).expect(201);
        assert_eq!(finding(&answer, "supply.catalogue")["outcome"], "fail");
        assert_eq!(answer["answer"]["tables"].as_array().unwrap().len(), 2);
        let before = {
            let mut before = body("0");
            before["on"] = json!("2025-12-31");
            before
        };
        let answer = send(office, &before).expect(201);
        assert_eq!(
            finding(&answer, "supply.catalogue")["outcome"],
            "needs_review",
            "no catalogue was in force by then"
        );

        assert_eq!(public(office, "/api/v1/precheck-forms").expect(200)["items"][0]["county"], COUNTY);
        let form = public(office, &format!("/api/v1/precheck-forms/{COUNTY}?industry=C3089")).expect(200);
        assert_eq!(form["contact_retention_days"], 365);
        assert_eq!(form["indicators"].as_array().unwrap().len(), 2);
        assert_eq!(form["has_catalogue"], true);
    });
}

#[test]
fn a_precheck_becomes_a_demand_and_the_departments_are_heard() {
    both(|office| {
        send(office, &body("3000")).expect(201);
        let path = in_county("prechecks/1/demand");
        let made = office.post("clerk", &path, &json!({"remark": "企业申报"})).expect(201);
        assert_eq!(
            (&made["company_name"], &made["area_m2"], &made["needed_by"]),
            (&json!("演示耐火材料企业"), &json!("20000.0000"), &json!("2027-06-30"))
        );
        assert_eq!(made["waits_for"].as_array().unwrap().len(), 5);
        assert!(made["findings"].as_array().unwrap().iter().any(|found| found["rule"] == "floor_area.ancillary"));
        assert_eq!(office.post("clerk", &path, &json!({})).expect(200)["id"], made["id"]);

        let opinions = in_county("demands/1/opinions");
        let opinion =
            json!({"department": "industry", "opinion": "agree", "content": "符合产业方向", "dated": "2026-06-20"});
        office.post("clerk", &opinions, &opinion).expect(201);
        office.post("clerk", &opinions, &opinion).expect(200);
        let late = json!({"department": "finance", "opinion": "agree", "dated": "2148-01-01"});
        office.post("clerk", &opinions, &late).problem(422, "invalid");
        let seen = office.get("viewer", &in_county("demands/1")).expect(200);
        assert_eq!(seen["waits_for"], json!(["resources", "development", "finance", "township"]));

        let mut changed = json!({"precheck": 1, "state": "consulted", "area": "18000"});
        for member in ["company_code", "company_name", "industry_code", "land_kind", "land_use"] {
            changed[member] = seen[member].clone();
        }
        let put = |version: &str| {
            let body = changed.to_string();
            office.send("PUT", &in_county("demands/1"), Some("clerk"), &[("if-match", version)], Some(body.as_bytes()))
        };
        assert_eq!(put("\"1\"").expect(200)["state"], "consulted");
        put("\"1\"").problem(412, "stale");
        let listed = office.get("viewer", &in_county("demands?state=consulted")).expect(200);
        assert_eq!(listed["items"][0]["area_m2"], "18000.0000");
        let csv = office.get("viewer", &in_county("demands?f=csv"));
        assert!(csv.text().contains("演示耐火材料企业") && csv.text().contains("工信商务局"), "{}", csv.text());
        let xlsx = office.get("viewer", &in_county("prechecks?f=xlsx"));
        assert!(xlsx.status == 200 && xlsx.body.starts_with(b"PK"));

        let other = json!({
            "company_code": "91350100M000100Y43", "company_name": "演示配套企业", "industry_code": "C34", "land_kind": "new",
            "land_use": "industrial", "area": {"value": "20", "unit": "mu"}, "state": "registered",
        });
        assert_eq!(office.post("clerk", &in_county("demands"), &other).expect(201)["area_m2"], "13333.3333");
    });
}

#[test]
fn an_outline_is_read_out_of_boundary_points_and_geojson() {
    both(|office| {
        let path = format!("/api/v1/outlines/{COUNTY}");
        let read = |bytes: &[u8]| office.send("POST", &path, None, &[("content-type", "text/plain")], Some(bytes));
        for file in ["strict.txt", "gbk_crlf.txt"] {
            let bytes =
                std::fs::read(format!("{}/fixtures/boundary-points/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            let outline = read(&bytes).expect(200);
            assert_eq!(outline["area_m2"], "9600.0000", "{file}");
            assert_eq!(outline["rings"][0][0].as_array().unwrap().len(), 2, "{file}");
            let again = read(outline["polygon"].to_string().as_bytes()).expect(200);
            assert_eq!(again["polygon"], outline["polygon"]);
        }
        read(b"\x89PNG\r\n").problem(422, "invalid");
        read(b"{\"type\":\"Point\"}").problem(422, "invalid");
        let industries = public(office, "/api/v1/industries?q=%E9%80%9A%E7%94%A8").expect(200);
        assert_eq!(industries["items"][0]["code"], "C34");
    });
}
