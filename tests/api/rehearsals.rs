//! `dry_run=true`: a write is decided and answered as if it were made, and nothing of it is kept.

use serde_json::{Value, json};

use crate::support::*;

fn approval() -> Value {
    json!({"number": "演示〔2023〕9号", "kind": "city_batch", "authority": AUTHORITY, "approved_on": "2023-05-06",
           "composition": {"total": "50", "unit": "mu"}})
}

/// Records of each noun that are not there yet.
fn records() -> [(&'static str, Value); 4] {
    [
        ("approvals", approval()),
        ("projects", json!({"code": "TRIED-1", "name": "试运行项目"})),
        ("plots", json!({"code": "TRIED-2", "approval": "演示〔2020〕1号", "area_m2": "100"})),
        ("parcels", json!({"code": "TRIED-3", "area_m2": "50"})),
    ]
}

/// Everything that a write could leave behind.
fn traces(office: &Office) -> Vec<Value> {
    ["approvals", "projects", "plots", "parcels", "vouchers", "proposals", "ledger-head", "journal"]
        .map(|list| office.get(if list == "journal" { "auditor" } else { "viewer" }, &in_county(list)).expect(200))
        .into()
}

#[test]
fn what_is_only_tried_is_answered_and_leaves_nothing() {
    both(|office| {
        let before = traces(office);
        let mut ids = Vec::new();
        for (noun, body) in records() {
            let tried = office.post("clerk", &in_county(&format!("{noun}?dry_run=true")), &body).expect(200);
            ids.push((noun, tried.to_string()));
        }
        let voucher = approve("tried", 1);
        let tried = office.post("clerk", &in_county("vouchers?dry_run=true"), &voucher).expect(200);
        assert_eq!(tried["proposal"]["waits_for"], "approver");
        assert_eq!(traces(office), before);

        // Made in earnest, it is new, and has the number that was told.
        for ((noun, body), (_, tried)) in records().into_iter().zip(ids) {
            let made = office.post("clerk", &in_county(noun), &body).expect(201);
            let one = |answer: &Value| answer.get(noun.trim_end_matches('s')).unwrap_or(answer)["id"].clone();
            assert_eq!(one(&made), one(&serde_json::from_str(&tried).unwrap()), "{noun}");
        }
        office.send_voucher(&voucher).expect(202);
        office.verify();
    });
}

#[test]
fn what_is_only_tried_is_refused_as_it_would_be() {
    both(|office| {
        let path = in_county("projects?dry_run=true");
        let wrong = json!({"code": "", "name": "x", "investor_code": "91512081MA62K0260A"});
        let tried = office.post("clerk", &path, &wrong).problem(422, "invalid");
        let made = office.post("clerk", &in_county("projects"), &wrong).problem(422, "invalid");
        assert_eq!(tried["errors"], made["errors"]);
        let voucher = supply("too much", 1, "2021-01-01", "10000.0001");
        office.post("clerk", &in_county("vouchers?dry_run=true"), &voucher).problem(422, "ledger-refused");
        office.post("viewer", &path, &wrong).problem(403, "forbidden");
        office.post("clerk", &in_county("projects?dry_run=perhaps"), &wrong).problem(422, "invalid");
        office.post("clerk", &in_county("projects?dryrun=true"), &wrong).problem(422, "invalid");
    });
}

#[test]
fn a_change_that_is_only_tried_keeps_the_version() {
    both(|office| {
        let made = office.post("clerk", &in_county("projects"), &json!({"code": "P", "name": "一"})).expect(201);
        let path = in_county(&format!("projects/{}", made["id"]));
        let change = json!({"code": "P", "name": "二"}).to_string();
        let send = |query: &str, version: &str| {
            let headers = [("if-match", version)];
            office.send("PUT", &format!("{path}{query}"), Some("clerk"), &headers, Some(change.as_bytes()))
        };
        assert_eq!(send("?dry_run=true", "\"1\"").expect(200)["name"], "二");
        assert_eq!(office.get("viewer", &path).expect(200)["name"], "一");
        assert_eq!(send("", "\"1\"").expect(200)["version"], 2);
        send("?dry_run=true", "\"1\"").problem(412, "stale");
    });
}

fn contract(number: &str) -> Value {
    json!({
        "kind": "grant", "number": number, "signed_on": "2021-05-01", "parcels": [id(1)],
        "user": {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"},
        "terms": {"land_use": "工业用地", "method": "listing", "term": "20", "area_m2": "10000", "price_yuan": "4200000",
                  "start_on": "2021-12-31", "completion_on": "2023-12-31"},
    })
}

#[test]
fn a_contract_and_its_amendment_are_tried_and_leave_nothing() {
    both(|office| {
        let contracts = || office.get("viewer", &in_county("contracts")).expect(200);
        let before = (contracts(), traces(office));
        let sent = contract("试签1号");
        let tried = office.post("clerk", &in_county("contracts?dry_run=true"), &sent).expect(200);
        assert_eq!((&tried["number"], &tried["version"]), (&json!("试签1号"), &json!(1)));
        assert_eq!((contracts(), traces(office)), before);
        let mut wrong = sent.clone();
        wrong["terms"]["area_m2"] = json!("-1");
        let problem = office.post("clerk", &in_county("contracts?dry_run=true"), &wrong).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/terms/area_m2");
        office.post("viewer", &in_county("contracts?dry_run=true"), &sent).problem(403, "forbidden");

        let made = office.post("clerk", &in_county("contracts"), &sent).expect(201);
        let path = in_county(&format!("contracts/{}", made["id"]));
        let mut terms = sent["terms"].clone();
        terms["completion_on"] = json!("2024-06-30");
        let change = json!({"change": "extension", "document_number": "补1", "effective_on": "2021-12-20", "reason": "协商延期", "terms": terms});
        let amend = |query: &str, version: &str| {
            let headers = [("if-match", version)];
            let body = change.to_string();
            office.send("POST", &format!("{path}/amendments{query}"), Some("clerk"), &headers, Some(body.as_bytes()))
        };
        assert_eq!(amend("?dry_run=true", "\"1\"").expect(200)["version"], 2);
        assert_eq!(office.get("viewer", &path).expect(200)["version"], 1);
        amend("?dry_run=true", "\"7\"").problem(412, "stale");
        assert_eq!(amend("", "\"1\"").expect(201)["version"], 2);
    });
}

#[test]
fn a_measure_that_is_only_tried_is_answered_with_its_findings_and_not_kept() {
    both(|office| {
        office.carry(&approve("land", 1));
        let path = in_county(&format!("plots/{}/measure", id(1)));
        let body = json!({"measure": "supply", "unit": "演示镇政府", "net_land": [{"item": "rights_clear", "state": "met", "document": "演示〔2024〕1号", "dated": "2024-01-05"}]});
        let put = |query: &str, body: &Value| {
            let headers = [("if-match", "\"0\"")];
            office.send("PUT", &format!("{path}{query}"), Some("clerk"), &headers, Some(body.to_string().as_bytes()))
        };
        let before = office.get("viewer", &path).expect(200);
        let tried = put("?dry_run=true", &body).expect(200);
        assert_eq!((&tried["version"], &tried["unit"]), (&json!(1), &json!("演示镇政府")));
        assert_ne!(tried["findings"], before["findings"], "what is typed is judged");
        assert_eq!(office.get("viewer", &path).expect(200), before);
        let mut wrong = body.clone();
        wrong["net_land"][0]["dated"] = json!("2024-13-05");
        let problem = put("?dry_run=true", &wrong).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/net_land/0/dated");
        assert_eq!(put("", &body).expect(200)["findings"], tried["findings"]);
    });
}

#[test]
fn a_revision_that_is_only_tried_leaves_the_proposal_as_it_was() {
    both(|office| {
        office.carry(&approve("land", 1));
        let sent = office.send_voucher(&supply("sale", 1, "2021-01-01", "10")).expect(202);
        let proposal = in_county(&format!("proposals/{}", sent["proposal"]["id"]));
        let before = (office.get("viewer", &proposal).expect(200), traces(office));
        let revise = |area: &str, query: &str| {
            let body = json!({"version": 1, "voucher": supply("sale", 1, "2021-01-01", area)});
            office.post("clerk", &format!("{proposal}/revise{query}"), &body)
        };
        let tried = revise("20", "?dry_run=true").expect(200);
        assert_eq!(tried["voucher"]["lines"][0]["area_m2"], "20.0000");
        revise("10000.0001", "?dry_run=true").problem(422, "ledger-refused");
        assert_eq!((office.get("viewer", &proposal).expect(200), traces(office)), before);
        assert_eq!(revise("20", "").expect(200)["proposal"]["version"], 2);
    });
}

#[test]
fn the_totals_of_a_list_are_those_of_its_file() {
    both(|office| {
        for (noun, body) in records() {
            office.post("clerk", &in_county(noun), &body).expect(201);
        }
        let answer = office.get("viewer", &in_county("plots?f=totals&code_prefix=TRIED"));
        assert_eq!(answer.header("content-type"), "application/vnd.dizhang.totals+json");
        let recorded = |answer: &Value| answer["totals"][0].clone();
        let totals = answer.expect(200);
        assert_eq!(totals["count"], 1);
        assert_eq!(recorded(&totals), json!({"name": {"zh": "登记面积", "en": "recorded area"}, "value": "100"}));
        let in_mu = office.get("viewer", &in_county("plots?f=totals&code_prefix=TRIED&unit=mu")).expect(200);
        assert_eq!(recorded(&in_mu)["value"], "0.15");
        let all = office.get("viewer", &in_county("plots?f=totals")).expect(200);
        assert_eq!(all["count"], PLOTS + 1);
        let none = office.get("viewer", &in_county("plots?f=totals&code_prefix=NONE")).expect(200);
        assert_eq!((none["count"].clone(), recorded(&none)["value"].clone()), (json!(0), json!("0")));
    });
}
