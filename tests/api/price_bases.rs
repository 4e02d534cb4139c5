//! Price bases: three people, three steps, and figures that nobody else sees.

use std::io::Read as _;

use serde_json::{Value, json};

use crate::support::*;

/// Digits that stand nowhere else: P_N, a cost and the base itself.
const PLANTED: [&str; 3] = ["397.6143", "1234567.89", "9876543.21"];
/// What is computed from them: the governing floor.
const DERIVED: &str = "1590457.20";

fn base(grade: u32, decided: &str) -> Value {
    json!({
        "plot": id(1), "appraisal_filing_no": "演示备〔2026〕18号", "appraised_as_of": "2026-05-31",
        "valid_until": "2148-12-31", "minutes_no": "演示纪要〔2026〕5号",
        "terms": {
            "on": "2026-06-30", "land_use": "industrial", "area": "10000", "max_term_unit_price": PLANTED[0],
            "rate": "0.06", "grade": grade, "method": {"method": "flexible", "transfer_term": "20"},
            "costs": [{"name": "征地补偿", "amount": PLANTED[1]}], "decided_total": decided
        }
    })
}

fn bases() -> String {
    in_county("price-bases")
}

fn step(office: &Office, who: &str, id: &Value, name: &str, version: i64) -> Answer {
    let mut body = json!({"version": version});
    if name == "return" {
        body["comment"] = json!("请补充成本资料");
    }
    if name == "open" {
        body["announcement_no"] = json!("演示网挂成交〔2026〕5号");
        body["announced_on"] = json!("2026-08-01");
    }
    office.post(who, &format!("{}/{id}/{name}", bases()), &body)
}

fn drafted(office: &Office, body: &Value) -> Value {
    office.post("price_keeper", &bases(), body).expect(201)["base"]["id"].clone()
}

#[test]
fn a_base_is_drafted_reviewed_issued_and_opened_by_three_people_in_this_order() {
    both(|office| {
        // 397.6143 × 0.4 × 10,000 m² = 1,590,457.20 governs: grade 13 asks for less.
        let id = drafted(office, &base(13, PLANTED[2]));
        let path = format!("{}/{id}", bases());
        let seen = office.get("price_approver", &path).expect(200);
        assert_eq!(seen["contents"]["terms"]["decided_total"], PLANTED[2]);
        assert_eq!(
            (&seen["judgement"]["governing"], &seen["judgement"]["floor"]),
            (&json!("term"), &json!("1590457.20"))
        );

        step(office, "price_approver", &id, "issue", 1).problem(409, "conflict");
        step(office, "price_keeper", &id, "review", 1).problem(403, "forbidden");
        step(office, "second-price-keeper", &id, "review", 2).problem(412, "stale");
        step(office, "second-price-keeper", &id, "review", 1).expect(200);
        step(office, "second-price-keeper", &id, "return", 2).expect(200);
        step(office, "second-price-keeper", &id, "review", 3).expect(200);
        step(office, "price_approver", &id, "open", 4).problem(409, "conflict");
        // Who has reviewed once does not issue, and the roles alone do not help.
        step(office, "second-price-keeper", &id, "issue", 4).problem(403, "forbidden");
        step(office, "all-roles", &id, "issue", 4).expect(200);
        step(office, "price_keeper", &id, "withdraw", 5).problem(409, "conflict");
        let opened = step(office, "price_approver", &id, "open", 5).expect(200);
        assert_eq!(opened["base"]["state"], "opened");
        assert_eq!(opened["base"]["announcement_no"], "演示网挂成交〔2026〕5号");
        let events: Vec<&Value> = opened["events"].as_array().unwrap().iter().map(|event| &event["action"]).collect();
        assert_eq!(events, ["draft", "read", "review", "return", "review", "issue", "open"]);
        // Now everybody who reads the books sees it, and it is no longer written down.
        let public = office.get("viewer", &path).expect(200);
        assert_eq!(public["contents"]["terms"]["decided_total"], PLANTED[2]);
        assert_eq!(public["events"].as_array().unwrap().len(), 7);
    });
}

#[test]
fn what_may_not_be_issued_says_why_without_a_figure() {
    both(|office| {
        let issued = |body: &Value| {
            let id = drafted(office, body);
            step(office, "second-price-keeper", &id, "review", 1).expect(200);
            step(office, "price_approver", &id, "issue", 2)
        };
        // 204 × K(20, 50) × 10,000 m² = 1,484,509.98 is below the floor of the term: no conflict; the base is below it.
        let low = issued(&base(9, "1590457.19"));
        let told = low.problem(409, "conflict")["detail"].as_str().unwrap().to_owned();
        assert!(!told.contains("1590457"), "{told}");
        // 480 × 0.727701 × 10,000 m² = 3,492,964.64: the plan's floor and the national minimum disagree.
        let mut body = base(4, PLANTED[2]);
        let told = issued(&body).problem(409, "conflict")["detail"].as_str().unwrap().to_owned();
        assert!(told.contains("决定"), "{told}");
        body["terms"]["conflict_decision"] =
            json!({"document_no": "演示〔2026〕7号", "body": "演示县土地管理委员会", "decided_on": "2026-06-01"});
        issued(&body).expect(200);
        let mut ungraded = body.clone();
        ungraded["terms"].as_object_mut().unwrap().remove("grade");
        let told = issued(&ungraded).problem(409, "conflict")["detail"].as_str().unwrap().to_owned();
        assert!(told.contains("等别"), "{told}");
        body.as_object_mut().unwrap().remove("minutes_no");
        issued(&body).problem(409, "conflict");
        let mut expired = base(13, PLANTED[2]);
        expired["valid_until"] = json!("2026-06-01");
        issued(&expired).problem(409, "conflict");
        let mut nowhere = base(13, PLANTED[2]);
        nowhere["plot"] = json!(1);
        office.post("price_keeper", &bases(), &nowhere).problem(422, "invalid");
    });
}

/// What can be read in an answer: a workbook's parts are looked into.
fn texts(body: &[u8]) -> Vec<String> {
    if !body.starts_with(b"PK") {
        return vec![String::from_utf8_lossy(body).into_owned()];
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(body)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut text = String::new();
            archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
            text
        })
        .collect()
}

#[test]
fn sealed_figures_leave_by_no_other_door() {
    both(|office| {
        let id = drafted(office, &base(13, PLANTED[2]));
        step(office, "second-price-keeper", &id, "review", 1).expect(200);
        step(office, "price_approver", &id, "issue", 2).expect(200);
        let clean = |who: &str, answer: &Answer| {
            for text in texts(&answer.body) {
                for figure in PLANTED.iter().chain([&DERIVED]) {
                    assert!(!text.contains(figure), "{who} sees {figure}: {text}");
                }
            }
        };
        // Something stands in the outputs that other people make: a frozen base with reports, an export of the monitoring system.
        office.carry(&approve("sealed", 1));
        let frozen = json!({
            "kind": "unsupplied", "name": "演示任务", "as_of": "2025-12-31", "task_m2": "1000", "task_number": "演示〔2026〕6号",
            "task_dated": "2026-01-20"
        });
        let frozen = office.post("clerk", &in_county("frozen-bases"), &frozen).expect(201)["base"]["id"].clone();
        let frozen = in_county(&format!("frozen-bases/{frozen}"));
        office.post("approver", &format!("{frozen}/approve"), &json!({"version": 1})).expect(200);
        for asked in [json!({"year": 2026}), json!({"year": 2026, "month": 3})] {
            office.post("clerk", &format!("{frozen}/reports"), &asked).expect(201);
        }
        let export = "电子监管号,面积(公顷),成交价(万元)\n4101832021B00011,1,100\n";
        let path = in_county("monitoring-snapshots/import-file?as_of=2026-06-30");
        let answer =
            office.send("POST", &path, Some("clerk"), &[("content-type", "text/csv")], Some(export.as_bytes()));
        answer.expect(201);
        let difference = in_county("reconciliation/monitoring_only-4101832021B00011");
        let deeper = [
            format!("{frozen}/report?year=2026&month=3"),
            format!("{frozen}/report?year=2026&month=3&f=xlsx"),
            format!("{frozen}/year-report?year=2026"),
            format!("{frozen}/year-report?year=2026&f=xlsx"),
            format!("{frozen}/reports/1?f=xlsx"),
            format!("{frozen}/reports/2?f=xlsx"),
            format!("{frozen}/reports/1/proof"),
            format!("{frozen}/rates?by=approval,township&f=xlsx"),
            in_county("monitoring-snapshots/1/supplies"),
            in_county("monitoring-snapshots/1/supplies?f=xlsx"),
            difference,
        ];
        for path in &deeper {
            let answer = office.get("viewer", path);
            assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        }
        let document = office.get("viewer", "/openapi.json").expect(200);
        for who in ["viewer", "clerk", "reviewer", "approver", "auditor", "admin", "nobody", "neighbour"] {
            for path in document["paths"].as_object().unwrap().keys() {
                let path = path.replace("{county}", COUNTY).replace("{id}", &id.to_string());
                if path.contains('{') {
                    continue;
                }
                for query in ["", "?f=csv", "?f=xlsx", "?f=json", "?f=geojson"] {
                    clean(who, &office.get(who, &format!("{path}{query}")));
                }
            }
            for path in &deeper {
                clean(who, &office.get(who, path));
            }
            clean(who, &step(office, who, &id, "review", 1));
            clean(who, &step(office, who, &id, "open", 99));
        }
        for path in ["/metrics", "/healthz", "/readyz", "/ogc/collections"] {
            clean("anybody", &office.send("GET", path, None, &[], None));
        }
        for layer in ["plots", "residuals", "parcels", "approvals"] {
            clean("viewer", &office.get("viewer", &format!("/ogc/collections/{layer}/items?limit=1000")));
        }
        // A body that cannot be read is told to its sender and to nobody else.
        let mut broken = base(13, PLANTED[2]);
        broken["terms"]["rate"] = json!("x");
        office.post("price_keeper", &bases(), &broken).problem(422, "invalid");
        let sealed = office.get("viewer", &format!("{}/{id}", bases())).expect(200);
        assert!(sealed["contents"].is_null() && sealed["judgement"].is_null());
        // Whoever may read them is written down in the journal, without the figures.
        office.get("price_keeper", &format!("{}/{id}", bases())).expect(200);
        let journal = office.get("auditor", &in_county("journal?limit=1000")).expect(200);
        let readings = journal["items"].as_array().unwrap().iter().filter(|row| row["operation"] == "getPriceBase");
        assert_eq!(readings.count(), 1);
        for line in office.log() {
            assert!(PLANTED.iter().chain([&DERIVED]).all(|figure| !line.contains(figure)), "{line}");
        }
    });
}
