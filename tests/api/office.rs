//! The office's daily work: measures of plots, the worklist, encumbrances, what attachments show.

use serde_json::{Value, json};

use crate::support::*;

fn put(office: &Office, who: &str, plot: i64, version: i64, body: &Value) -> Answer {
    let tag = format!("\"{version}\"");
    let path = in_county(&format!("plots/{}/measure", id(plot)));
    office.send("PUT", &path, Some(who), &[("if-match", &tag)], Some(body.to_string().as_bytes()))
}

fn measure(due_on: &str, unit: &str) -> Value {
    json!({"present_state": "空地", "measure": "supply", "due_on": due_on, "unit": unit, "person": user("clerk"), "contact": "演示联系人"})
}

#[test]
fn a_measure_is_written_changed_and_shown_in_the_sheet_and_names_only_to_those_who_need_them() {
    both(|office| {
        office.carry(&approve("a-1", 1));
        office.carry(&approve("a-2", 2));
        let path = in_county(&format!("plots/{}/measure", id(1)));
        let empty = office.get("viewer", &path).expect(200);
        assert_eq!((&empty["version"], &empty["net_land_outcome"]), (&json!(0), &json!("needs_review")));
        assert_eq!(empty["findings"].as_array().unwrap().len(), 10);

        let written = put(office, "clerk", 1, 0, &measure("2021-06-01", "演示镇政府")).expect(200);
        assert_eq!((&written["version"], &written["contact"]), (&json!(1), &json!("演示联系人")));
        assert_eq!(written["is_overdue"], true);
        put(office, "clerk", 1, 0, &measure("2021-07-01", "演示镇政府")).problem(412, "stale");
        put(office, "viewer", 1, 1, &measure("2021-07-01", "演示镇政府")).problem(403, "forbidden");
        office.post("clerk", &path, &json!({})).problem(405, "method-not-allowed");
        let again = put(office, "clerk", 1, 1, &measure("2021-06-01", "演示镇政府")).expect(200);
        assert_eq!(again["version"], 1, "the same changes nothing");
        assert_eq!(office.get("viewer", &path).expect(200)["contact"], Value::Null);
        let journal = office.get("auditor", &in_county("journal")).text().to_owned();
        assert!(journal.contains("putPlotMeasure") && !journal.contains("演示联系人"), "{journal}");

        let mut wrong = measure("2021-13-01", "演示镇政府");
        wrong["measure"] = json!("sell");
        wrong["net_land"] = json!([{"item": "soil", "state": "met"}, {"item": "soil", "state": "met", "dated": "1"}]);
        let problem = put(office, "clerk", 1, 1, &wrong).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/measure", "/due_on", "/net_land/1/dated"]);
        let mut nobody = measure("2021-06-01", "演示镇政府");
        nobody["person"] = json!(999);
        nobody["net_land"] = json!([{"item": "soil", "state": "met", "attachment": "b".repeat(64)}]);
        let problem = put(office, "clerk", 1, 1, &nobody).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/person", "/net_land/0/attachment"]);
        put(office, "clerk", 999, 0, &json!({})).problem(404, "not-found");

        let sheet = office.get("clerk", &in_county("plot-measures")).expect(200);
        assert_eq!(sheet["items"].as_array().unwrap().len(), 2, "plots with unsupplied land, planned or not");
        let row = &sheet["items"][0];
        assert_eq!((&row["code"], &row["unsupplied_m2"]), (&json!("P1"), &json!("10000.0000")));
        assert_eq!((&row["approval_authority"], &row["approved_on"]), (&json!(AUTHORITY), &json!(APPROVED_ON)));
        let count = |query: &str| {
            let list = office.get("viewer", &in_county(&format!("plot-measures?{query}"))).expect(200);
            list["items"].as_array().unwrap().len()
        };
        assert_eq!((count("overdue=true"), count("planned=false"), count("all_plots=true")), (1, 1, 40));
        assert_eq!(
            (count("unit=%E5%88%AB%E5%A4%84"), count("due_before=2021-06-01"), count("measure=supply")),
            (0, 0, 1)
        );
        assert_eq!(count(&format!("person={}", user("clerk"))), 1);
        let page = office.get("viewer", &in_county("plot-measures?limit=1")).expect(200);
        assert_eq!(page["next"], id(1).to_string());
        let problem = office.get("viewer", &in_county("plot-measures?cause=x&limit=0")).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["?limit", "?cause"]);

        for (by, member) in [("township", "township"), ("unit", "unit"), ("person", "person")] {
            let overdue = office.get("viewer", &in_county(&format!("plot-measures/overdue?by={by}"))).expect(200);
            let group = &overdue["items"][0];
            assert_eq!((&group["plots"], &group["unsupplied_m2"]), (&json!(1), &json!("10000.0000")), "{by}");
            assert_eq!(group[member].is_null(), by == "township", "{group}");
        }
        // Once it is supplied, it is overdue no longer.
        office.carry(&supply("s-1", 1, "2021-05-01", AREA));
        assert_eq!(count("overdue=true"), 0);
    });
}

#[test]
fn progress_comes_back_row_by_row_and_is_never_overwritten() {
    both(|office| {
        let path = in_county("plot-progress");
        let rows = |rows: Value| json!({ "rows": rows });
        let good = rows(json!([
            {"plot": id(1), "month": "2025-10", "done": "补偿已兑付"},
            {"plot": "P2", "month": "2025-10", "done": "已上报", "remark": "待批"}
        ]));
        let dry = office.post("clerk", &format!("{path}?dry_run=true"), &good).expect(200);
        assert_eq!((&dry["created"], &dry["is_written"]), (&json!(2), &json!(false)));
        assert_eq!(office.post("clerk", &path, &good).expect(201)["created"], 2);
        assert_eq!(office.post("clerk", &path, &good).expect(200)["unchanged"], 2);
        let amended = rows(json!([{"plot": id(1), "month": "2025-10", "done": "补偿已兑付九成"}]));
        assert_eq!(office.post("clerk", &path, &amended).expect(201)["created"], 1);
        let told = office.get("viewer", &in_county(&format!("plots/{}/progress", id(1)))).expect(200);
        let done: Vec<&Value> = told["items"].as_array().unwrap().iter().map(|item| &item["done"]).collect();
        assert_eq!(done, ["补偿已兑付九成", "补偿已兑付"]);

        let mixed = rows(json!([
            {"plot": "P3", "month": "2149-01", "done": "x"},
            {"plot": "P4", "month": "2025-11", "done": "动工"},
            {"plot": "nowhere", "month": "2025-11", "done": "x"},
            {"plot": "P5", "month": "11", "done": ""},
            7
        ]));
        let problem = office.post("clerk", &path, &mixed).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/rows/0/month", "/rows/2/plot", "/rows/3/month", "/rows/3/done", "/rows/4"]);
        let part = office.post("clerk", &format!("{path}?partial=true"), &mixed).expect(201);
        assert_eq!((&part["created"], &part["bad"], &part["rows"]), (&json!(1), &json!(4), &json!(5)));
        assert_eq!(part["bad_rows"][1]["index"], 2);
        office.post("viewer", &path, &good).problem(403, "forbidden");
        office.get("viewer", &in_county("plots/999/progress")).problem(404, "not-found");
    });
}

#[test]
fn an_item_leaves_the_worklist_only_when_it_is_settled_or_marked() {
    both(|office| {
        office.carry(&approve("a-1", 1));
        put(office, "clerk", 1, 0, &measure("2021-06-01", "演示镇政府")).expect(200);
        office.send_voucher(&supply("s-1", 1, "2021-05-01", AREA)).expect(202);
        let list = |who: &str, query: &str| office.get(who, &in_county(&format!("worklist{query}"))).expect(200);
        let keys = |list: &Value| -> Vec<String> {
            list["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect()
        };
        let due = format!("{}/2021-06-01", id(1));
        let all = list("viewer", "");
        assert_eq!((&all["total"], &all["overdue"]), (&json!(2), &json!(1)));
        assert_eq!(all["items"][0]["source"], "proposal", "what is due at once comes first");
        assert_eq!(keys(&list("clerk", "?mine=true")), vec![due.clone()]);
        assert_eq!(list("approver", "?mine=true")["items"][0]["source"], "proposal");
        assert_eq!(keys(&list("viewer", "?mine=true")), Vec::<String>::new());
        assert_eq!(keys(&list("viewer", &format!("?person={}", user("clerk")))), vec![due.clone()]);
        assert_eq!(keys(&list("viewer", "?due_by=2021-05-31&source=plot_measure")), Vec::<String>::new());
        let first = list("viewer", "?limit=1");
        let next = first["next"].as_str().unwrap();
        let second = list("viewer", &format!("?limit=1&after={next}"));
        assert_eq!((keys(&second), &second["next"]), (vec![due.clone()], &Value::Null));
        office.get("viewer", &in_county("worklist?after=x")).problem(422, "invalid");
        let link = first["items"][0]["link"].as_str().unwrap();
        office.get("viewer", link).expect(200);

        let events = in_county("worklist/events");
        let event = |action: &str, until: Option<&str>| json!({"source": "plot_measure", "key": due, "action": action, "until": until, "reason": "等待批复"});
        office.post("viewer", &events, &event("done", None)).problem(403, "forbidden");
        let problem = office.post("clerk", &events, &event("postponed", None)).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/until"]);
        office.post("clerk", &events, &event("postponed", Some("2021-01-01"))).problem(422, "invalid");
        office.post("clerk", &events, &event("done", Some("2149-01-01"))).problem(422, "invalid");
        let mut unknown = event("done", None);
        unknown["key"] = json!("1/2021-06-01");
        office.post("clerk", &events, &unknown).problem(404, "not-found");
        office.post("clerk", &events, &event("postponed", Some("2149-01-01"))).expect(201);
        let state = || list("viewer", "?source=plot_measure")["items"][0]["state"].clone();
        assert_eq!(state(), "postponed");
        assert_eq!(keys(&list("clerk", "?mine=true&state=open")), Vec::<String>::new());
        office.post("clerk", &events, &event("reopened", None)).expect(201);
        assert_eq!(state(), "open");
        office.post("clerk", &events, &event("done", None)).expect(201);
        assert_eq!((state(), list("viewer", "")["overdue"].clone()), (json!("done"), json!(0)));
        // A new deadline is a new item.
        put(office, "clerk", 1, 1, &measure("2021-09-01", "演示镇政府")).expect(200);
        assert_eq!(state(), "open");

        let version = office.get("viewer", &in_county("proposals/2")).expect(200)["proposal"]["version"].as_i64();
        office.step("approver", 2, "approve", version.unwrap()).expect(200);
        assert_eq!(list("viewer", "")["total"], 0, "the land is supplied and nothing waits");
        let told = office.get("viewer", &events).expect(200);
        assert_eq!(told["items"].as_array().unwrap().len(), 3, "what was said stays");
        assert_eq!(told["items"][2]["action"], "done");
    });
}

#[test]
fn a_seized_parcel_is_taken_back_only_after_the_document_that_lifts_the_seizure() {
    both(|office| {
        office.carry(&approve("a-1", 1));
        office.carry(&supply("s-1", 1, "2021-05-01", AREA));
        let path = in_county("encumbrances");
        let seizure = json!({
            "kind": "seizure", "parcel": "Z1", "number": "(2022)演示执1号", "party": "演示法院", "from": "2022-01-10", "until": "2024-01-09"
        });
        let stored = office.post("clerk", &path, &seizure).expect(201);
        assert_eq!((&stored["id"], &stored["party"]), (&json!(1), &json!("演示法院")));
        office.post("clerk", &path, &seizure).expect(200);
        let mut other = seizure.clone();
        other["remark"] = json!("另一内容");
        office.post("clerk", &path, &other).problem(409, "taken");
        office.post("viewer", &path, &seizure).problem(403, "forbidden");
        assert_eq!(office.get("viewer", &format!("{path}/1")).expect(200)["party"], Value::Null);

        let terminated = voucher("t-1", "supply_terminated", "2025-03-01", 1, "supplied", "unsupplied", AREA);
        let problem = office.send_voucher(&terminated).problem(422, "ledger-refused");
        assert_eq!(
            (&problem["reason"], &problem["errors"][0]["pointer"]),
            (&json!("encumbered"), &json!("/lines/0")),
            "{problem}"
        );
        assert!(problem["detail_text"]["zh"].as_str().unwrap().contains("(2022)演示执1号"), "{problem}");
        // Before the seizure it could have been.
        let earlier = voucher("t-0", "supply_terminated", "2022-01-09", 1, "supplied", "unsupplied", "1");
        office.send_voucher(&earlier).expect(202);

        let events = format!("{path}/1/events");
        let event = |action: &str, dated: &str| json!({"action": action, "document_number": "解封1号", "document_authority": "演示法院", "dated": dated});
        let mut consent = event("consented", "2024-01-01");
        let problem = office.post("clerk", &events, &consent).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/consents_to"]);
        consent["consents_to"] = json!("supply_terminated");
        let problem = office.post("clerk", &events, &consent).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/action"], "a seizure is lifted by its court alone");
        office.post("clerk", &events, &event("released", "2021-01-01")).problem(422, "invalid");
        office.post("clerk", &events, &event("released", "2149-01-01")).problem(422, "invalid");
        office.post("clerk", &format!("{path}/9/events"), &event("released", "2025-02-01")).problem(404, "not-found");
        office.post("clerk", &events, &event("released", "2025-02-01")).expect(201);
        office.post("clerk", &events, &event("released", "2025-02-01")).expect(200);
        office.post("clerk", &events, &event("released", "2025-02-02")).problem(409, "conflict");
        office.send_voucher(&terminated).expect(202);

        office.send("DELETE", &format!("{path}/1/party"), Some("clerk"), &[], None).problem(403, "forbidden");
        let erased = office.send("DELETE", &format!("{path}/1/party"), Some("approver"), &[], None);
        assert_eq!(erased.status, 204);
        let list = office.get("clerk", &format!("{path}?parcel={}", id(1))).expect(200);
        assert_eq!(
            (&list["items"][0]["party"], &list["items"][0]["released_on"]),
            (&Value::Null, &json!("2025-02-01"))
        );
        let journal = office.get("auditor", &in_county("journal")).text().to_owned();
        assert!(journal.contains("createEncumbrance") && !journal.contains("\"party\":\"演示法院\""), "{journal}");
        office.verify();
    });
}

#[test]
fn a_mortgage_gives_way_to_the_mortgagees_consent_and_to_the_countys_own_policy() {
    both(|office| {
        office.carry(&approve("a-1", 1));
        office.carry(&supply("s-1", 1, "2021-05-01", AREA));
        let path = in_county("encumbrances");
        let mortgage = json!({
            "kind": "mortgage", "parcel": id(1), "number": "演示抵押1号", "from": "2022-01-10",
            "area_m2": "6000", "appraised_yuan": "2100000", "loan_yuan": "1200000.50"
        });
        let stored = office.post("clerk", &path, &mortgage).expect(201);
        assert_eq!((&stored["loan_yuan"], &stored["area_m2"]), (&json!("1200000.50"), &json!("6000.0000")));
        let mut split = voucher("p-1", "parcel_split", "2025-03-01", 1, "supplied", "supplied", "4000");
        split["lines"][0]["to"]["parcel"] = json!(id(2));
        let problem = office.send_voucher(&split).problem(422, "ledger-refused");
        assert_eq!(problem["reason"], "encumbered");
        let consent = json!({
            "action": "consented", "consents_to": "parcel_split", "document_number": "同意函1号",
            "document_authority": "演示银行", "dated": "2025-02-01", "attachments": [SCAN]
        });
        let stored = office.post("clerk", &format!("{path}/1/events"), &consent).expect(201);
        assert_eq!(stored["events"][0]["consents_to"], "parcel_split");
        office.send_voucher(&split).expect(201);

        let recovered = voucher("r-1", "bought_back", "2025-04-01", 1, "supplied", "recovered", "100");
        assert_eq!(office.send_voucher(&recovered).problem(422, "ledger-refused")["reason"], "encumbered");
        let overlay = json!({
            "parameter": "encumbrance.mortgage_blocks_taking_back", "in_force": "2020-01-01", "value": "false", "verified": true,
            "citation": {"instrument": "本局规定", "provision": "第1条"},
            "reason": "本局做法"
        });
        office.post("approver", &in_county("policy-overlays"), &overlay).expect(201);
        office.send_voucher(&recovered).expect(202);

        let bad = json!({
            "kind": "seizure", "parcel": "nowhere", "number": "x", "from": "2149-01-01", "until": "2021-01-01", "loan_yuan": "1",
            "attachments": ["b".repeat(64)]
        });
        let problem = office.post("clerk", &path, &bad).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/loan_yuan", "/until"]);
        let bad = json!({"kind": "seizure", "parcel": "nowhere", "number": "x", "from": "2149-01-01", "attachments": ["b".repeat(64)]});
        let problem = office.post("clerk", &path, &bad).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/from", "/parcel", "/attachments/0"]);
    });
}

#[test]
fn an_attachment_goes_in_and_out_in_parts_says_what_it_shows_and_is_proved_by_verify() {
    both(|office| {
        let mut photo = b"\xff\xd8\xff\xe0".to_vec();
        photo.extend((0..3_000_000_u32).map(|n| n.to_le_bytes()[1]));
        let headers = [("content-type", "image/jpeg")];
        let sent = office.send("POST", &in_county("attachments"), Some("clerk"), &headers, Some(&photo)).expect(201);
        assert_eq!(sent["size"], photo.len());
        let path = in_county(&format!("attachments/{}", sent["sha256"].as_str().unwrap()));
        let got = office.get("viewer", &path);
        assert!(got.status == 200 && got.body == photo, "{} bytes", got.body.len());
        let long = vec![0_u8; (20 << 20) + 1];
        let refused = office.send("POST", &in_county("attachments"), Some("clerk"), &headers, Some(&long));
        refused.problem(413, "too-large");

        let shows = json!({
            "subject": "plot", "id": id(1), "purpose": "现场照片", "taken_at": "2025-03-02T09:15:00+08:00",
            "longitude": "113.5521", "latitude": "34.6003"
        });
        let noted = office.post("clerk", &format!("{path}/subjects"), &shows).expect(201);
        assert_eq!(
            (&noted["taken_at"], &noted["longitude"]),
            (&json!("2025-03-02T01:15:00.000000Z"), &json!("113.5521000"))
        );
        office.post("clerk", &format!("{path}/subjects"), &shows).expect(200);
        let listed = office.get("viewer", &in_county(&format!("attachments?subject=plot&id={}", id(1)))).expect(200);
        assert_eq!(listed["items"][0]["attachment"]["sha256"], sent["sha256"]);
        let none = office.get("viewer", &in_county(&format!("attachments?subject=parcel&id={}", id(1)))).expect(200);
        assert_eq!(none["items"], json!([]));
        let problem = office.get("viewer", &in_county("attachments?subject=plot")).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["?id"]);
        for (member, value, pointer) in [
            ("id", json!(7), "/id"),
            ("taken_at", json!("2149-01-01T00:00:00Z"), "/taken_at"),
            ("taken_at", json!("2025-03-02"), "/taken_at"),
            ("latitude", Value::Null, "/latitude"),
            ("latitude", json!("113"), "/latitude"),
        ] {
            let mut wrong = shows.clone();
            wrong[member] = value;
            let problem = office.post("clerk", &format!("{path}/subjects"), &wrong).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer]);
        }
        let nowhere = in_county(&format!("attachments/{}/subjects", "b".repeat(64)));
        office.post("clerk", &nowhere, &shows).problem(404, "not-found");
        office.post("viewer", &format!("{path}/subjects"), &shows).problem(403, "forbidden");
        office.verify();
    });
}
