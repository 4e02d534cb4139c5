//! Contracts over HTTP as whole jobs: recorded, amended, followed, suspected.

use serde_json::{Value, json};

use crate::support::*;

fn terms(changes: Value) -> Value {
    let mut terms = json!({
        "regulatory_number": "4101832021B00007", "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": "10000",
        "price_yuan": "4200000", "instalments": [{"amount_yuan": "4200000", "due_on": "2021-06-01"}],
        "delivery_on": "2021-06-01", "start_on": "2021-12-31", "completion_on": "2023-12-31",
        "investment_yuan": "80000000", "developable_m2": "9000",
    });
    for (name, value) in changes.as_object().unwrap() {
        terms[name] = value.clone();
    }
    terms
}

fn contract(number: &str, kind: &str, plot: i64, changes: Value) -> Value {
    json!({
        "kind": kind, "number": number, "signed_on": "2021-05-01", "parcels": [id(plot)],
        "user": {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"}, "terms": terms(changes),
    })
}

/// The cells of a sheet that are wrong.
fn cells(problem: &Value) -> Vec<&str> {
    pointers(problem).into_iter().map(|pointer| pointer.rsplit('!').next().unwrap()).collect()
}

fn create(office: &Office, body: &Value) -> String {
    let made = office.post("clerk", &in_county("contracts"), body).expect(201);
    in_county(&format!("contracts/{}", made["id"]))
}

fn amend(office: &Office, path: &str, version: i64, body: &Value) -> Answer {
    let tag = format!("\"{version}\"");
    let path = format!("{path}/amendments");
    office.send("POST", &path, Some("clerk"), &[("if-match", &tag)], Some(body.to_string().as_bytes()))
}

#[test]
fn a_contract_is_followed_from_its_signing_to_its_completion() {
    both(|office| {
        let sent = contract("合同1号", "grant", 1, json!({}));
        let path = create(office, &sent);
        office.post("clerk", &in_county("contracts"), &sent).expect(200);
        let other = contract("合同1号", "grant", 2, json!({}));
        office.post("clerk", &in_county("contracts"), &other).problem(409, "taken");
        office.post("viewer", &in_county("contracts"), &sent).problem(403, "forbidden");

        let extended = json!({
            "change": "extension", "document_number": "补1", "effective_on": "2021-12-20", "reason": "协商延期",
            "terms": terms(json!({"start_on": "2022-12-31", "completion_on": "2024-12-31"})),
        });
        let mut too_far = extended.clone();
        too_far["terms"]["start_on"] = json!("2023-01-01");
        let problem = amend(office, &path, 1, &too_far).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/terms/start_on"]);
        assert!(problem["errors"][0]["message"]["en"].as_str().unwrap().contains("2022-12-31"), "{problem}");
        amend(office, &path, 9, &extended).problem(412, "stale");
        assert_eq!(amend(office, &path, 1, &extended).expect(201)["version"], 2);
        let as_of = |day: &str| office.get("viewer", &format!("{path}?as_of={day}")).expect(200);
        assert_eq!(as_of("2021-12-19")["current"]["terms"]["start_on"], "2021-12-31");
        assert_eq!(as_of("2021-12-20")["current"]["terms"]["start_on"], "2022-12-31");
        assert_eq!(as_of("2021-04-30")["current"], Value::Null);
        assert_eq!(as_of("2021-12-20")["current"]["user"], Value::Null, "names are for those who work on the books");

        let report = |body: &Value| office.post("clerk", &format!("{path}/development"), body);
        report(&json!({"kind": "stopped", "on": "2022-06-01"})).problem(422, "invalid");
        report(&json!({"kind": "delivered", "on": "2149-01-01"})).problem(422, "invalid");
        report(&json!({"kind": "delivered", "on": "2021-06-01", "attachments": [SCAN]})).expect(201);
        report(&json!({"kind": "paid", "on": "2021-06-01", "instalment": 1, "paid_yuan": "4200000"})).expect(201);
        let started = json!({
            "kind": "started", "on": "2022-10-01", "permit_number": "施1", "permitted_on": "2022-09-01", "foundation": "pile",
            "foundation_reached": true,
        });
        report(&started).expect(201);
        let stopped =
            json!({"kind": "stopped", "on": "2023-02-01", "developed_m2": "2999.99", "invested_yuan": "30000000"});
        let view = report(&stopped).expect(201);
        assert_eq!((&view["version"], &view["standing"]["invested_yuan"]), (&json!(6), &json!("30000000.00")));
        assert_eq!(view["dues"].as_array().unwrap().len(), 1, "the completion alone is open: {view}");

        let idle = |day: &str| {
            let answer = office.get("viewer", &format!("{path}/idleness?as_of={day}")).expect(200);
            let answer = &answer["items"][0]["answer"];
            (answer["grounds"].clone(), answer["idle_from"].clone(), answer["developed_share"].clone())
        };
        assert_eq!(idle("2022-09-30"), (json!("not_started"), json!("2024-01-01"), Value::Null));
        assert_eq!(idle("2024-02-02"), (json!("stopped"), json!("2024-02-02"), json!("299999/900000")));
        // What was recorded by mistake counts no longer, and stays on record.
        let withdrawn =
            office.post("clerk", &format!("{path}/withdrawals"), &json!({"event": 4, "reason": "误记"})).expect(201);
        assert_eq!(withdrawn["events"][3]["is_withdrawn"], true);
        assert_eq!(idle("2024-02-02").1, Value::Null);

        let list = office.get("clerk", &in_county("contracts?number=%E5%90%88%E5%90%8C")).expect(200);
        let row = &list["items"][0];
        assert_eq!(
            (&row["standing"]["follow_up"], &row["standing"]["started_on"]),
            (&json!("completion_overdue"), &json!("2022-10-01"))
        );
        let csv = office.get("clerk", &in_county("contracts?f=csv"));
        assert!(csv.text().contains("合同1号") && csv.text().contains("演示新材料有限公司"), "{}", csv.text());
        let csv = office.get("viewer", &in_county("contracts?f=csv"));
        assert!(csv.text().contains("合同1号") && !csv.text().contains("演示新材料有限公司"), "{}", csv.text());
        office.get("viewer", &in_county("contracts/99")).problem(404, "not-found");
    });
}

#[test]
fn suspicions_are_listed_for_staff_with_causes_that_a_second_person_accepted() {
    both(|office| {
        let path = create(office, &contract("合同1号", "grant", 1, json!({})));
        create(
            office,
            &contract("合同2号", "lease", 2, json!({"start_on": "2024-02-29", "completion_on": "2026-02-28"})),
        );
        let suspected = |day: &str| -> Vec<Value> {
            let list = office.get("viewer", &in_county(&format!("idle-suspicions?as_of={day}"))).expect(200);
            list["items"].as_array().unwrap().clone()
        };
        assert!(suspected("2022-12-31").is_empty());
        let first = suspected("2023-01-01");
        assert_eq!((first.len(), &first[0]["idle_from"], &first[0]["user"]), (1, &json!("2023-01-01"), &Value::Null));
        assert_eq!(first[0]["is_delivered_late"], true, "no delivery is recorded");

        let claim =
            json!({"cause": "plan_changed", "from": "2022-03-01", "to": "2022-03-31", "explanation": "控规调整"});
        office.post("clerk", &format!("{path}/causes"), &claim).expect(201);
        let decision = json!({"claim": 1, "accepted": true, "from": "2022-03-02", "decided_on": "2023-02-01", "reason": "以批复为准"});
        office.post("clerk", &format!("{path}/cause-decisions"), &decision).problem(403, "forbidden");
        let mut beyond = decision.clone();
        beyond["to"] = json!("2022-04-01");
        let problem = office.post("reviewer", &format!("{path}/cause-decisions"), &beyond).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/to"]);
        office.post("reviewer", &format!("{path}/cause-decisions"), &decision).expect(201);
        assert_eq!(suspected("2023-01-31")[0]["fee_from"], "2023-01-01", "before the decision");
        assert_eq!(suspected("2023-02-01")[0]["fee_from"], "2023-01-31", "thirty days later");

        let both_of_them = suspected("2025-03-01");
        assert_eq!(both_of_them.len(), 2);
        let fee = both_of_them[1]["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["rule"] == "idle.fee")
            .unwrap();
        assert_eq!(fee["outcome"], "needs_review", "a lease");
        let csv = office.get("clerk", &in_county("idle-suspicions?as_of=2025-03-01&f=csv"));
        assert!(csv.text().contains("合同2号") && csv.text().contains("2025-03-01"), "{}", csv.text());
        assert_eq!(office.get("clerk", &in_county("idle-suspicions?as_of=2025-03-01&f=xlsx")).status, 200);
        let unsigned = office.send("GET", &in_county("idle-suspicions"), None, &[], None);
        unsigned.problem(401, "unauthenticated");
        office.get("viewer", &in_county("idle-suspicions?as_of=2012-06-30")).problem(422, "cannot-decide");
        let page = office.get("viewer", &in_county("idle-suspicions?as_of=2025-03-01&limit=1")).expect(200);
        assert_eq!(page["next"], 1);
    });
}

#[test]
fn a_lease_is_succeeded_by_a_grant_through_its_voucher() {
    both(|office| {
        office.carry(&approve("a-1", 1));
        office.carry(&supply("s-1", 1, "2021-05-01", AREA));
        let lease = create(office, &contract("租1号", "lease_then_transfer", 1, json!({})));
        let mut grant = contract("让1号", "grant", 1, json!({"start_on": "2025-01-01", "completion_on": "2026-01-01"}));
        grant["signed_on"] = json!("2024-05-01");
        let grant = create(office, &grant);
        let mut voucher = voucher("c-1", "contract_succession", "2024-05-01", 1, "supplied", "supplied", "1");
        voucher["lines"] = json!([]);
        let seq = office.carry(&voucher);
        let path = format!("{lease}/succession");
        let problem = office.post("clerk", &path, &json!({"successor": 99, "voucher": 1})).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/successor", "/voucher"], "no such contract, and a voucher of another kind");
        let linked = office.post("clerk", &path, &json!({"successor": 2, "voucher": seq})).expect(201);
        assert_eq!(linked["events"][0]["succession"], json!({"contract": 2, "voucher": seq}));
        office.post("clerk", &path, &json!({"successor": 2, "voucher": seq})).expect(200);
        let back = office.get("viewer", &grant).expect(200);
        assert_eq!(
            (&back["events"][0]["kind"], &back["events"][0]["succession"]["contract"]),
            (&json!("succeeds"), &json!(1))
        );
        office
            .post("clerk", &format!("{grant}/succession"), &json!({"successor": 1, "voucher": seq}))
            .problem(409, "conflict");
    });
}

#[test]
fn supplies_without_a_contract_and_contracts_without_a_supply_are_differences() {
    both(|office| {
        office.carry(&approve("a-1", 1));
        office.carry(&supply("s-1", 1, "2021-05-01", AREA));
        let found = |kind: &str| -> Vec<Value> {
            let list = office.get("viewer", &in_county(&format!("reconciliation?kind={kind}"))).expect(200);
            list["items"].as_array().unwrap().clone()
        };
        assert_eq!(found("supply_without_contract").len(), 1);
        create(office, &contract("合同1号", "grant", 1, json!({})));
        create(office, &contract("合同2号", "grant", 2, json!({})));
        assert!(found("supply_without_contract").is_empty());
        let without = found("contract_without_supply");
        assert_eq!(
            (without.len(), &without[0]["difference"]),
            (1, &json!(format!("contract_without_supply-{}", id(2))))
        );
        office.carry(&approve("a-2", 2));
        office.carry(&supply("s-2", 2, "2021-05-01", AREA));
        assert!(found("contract_without_supply").is_empty());
    });
}

#[test]
fn wrong_contracts_are_refused_with_every_fault_and_nothing_is_written() {
    both(|office| {
        let mut wrong = contract("合同1号", "grant", 1, json!({"attachments": ["a".repeat(64)]}));
        wrong["signed_on"] = json!("2149-01-01");
        wrong["terms"]["start_on"] = json!("2149-02-01");
        wrong["terms"]["completion_on"] = json!("2149-03-01");
        wrong["parcels"] = json!([id(1), "Z1", "nowhere"]);
        let problem = office.post("clerk", &in_county("contracts"), &wrong).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/signed_on", "/parcels/1", "/parcels/2", "/terms/attachments/0"]);
        assert!(office.get("viewer", &in_county("contracts")).expect(200)["items"].as_array().unwrap().is_empty());
        let path = create(office, &contract("合同1号", "grant", 1, json!({})));
        let form = json!({
            "on": "2022-01-10", "state": "fenced", "findings": "围挡", "signature": "refused",
            "inspectors": [{"badge": "A1"}, {"name": "核查员乙", "badge": "A1"}],
        });
        let problem = office.post("clerk", &format!("{path}/inspections"), &form).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/inspectors/1/badge", "/signature_note"]);
        // Occupied before it was signed: recorded, with a warning.
        let mut earlier = contract("合同2号", "grant", 2, json!({}));
        earlier["earlier_use"] = json!({"occupied_since": "2019-05-01", "document_number": "罚字1号"});
        let made = office.post("clerk", &in_county("contracts"), &earlier).expect(201);
        assert_eq!(made["warnings"][0]["code"], "occupied_earlier");
    });
}

#[test]
fn the_follow_up_table_of_an_office_comes_in_and_its_export_comes_back() {
    both(|office| {
        let path = in_county("contracts/import-file");
        let send = |query: &str, text: &str| {
            let path = format!("{path}{query}");
            office.send("POST", &path, Some("clerk"), &[("content-type", "text/csv")], Some(text.as_bytes()))
        };
        let head = "序号,合同编号,供地方式,宗地号,用地单位,信用代码,用途,取得时间,供地面积(公顷),成交价(万元),约定开工,实际交地时间,实际开工,已开工面积(平方米),填报日期\n";
        let good = format!(
            "{head}1,合同1号,挂牌,Z1、Z2,演示新材料有限公司,91512081MA62K0260E,工业用地,2021.5.1,1.0000,420,2021年12月31日,2021-6-1,2022-3-1,1200,2022-6-30\n\
             2,划1号,行政划拨,Z3,演示学校,,科研用地,2021-05-02,0.5,,,,,,\n"
        );
        let dry = send("?dry_run=true", &good).expect(200);
        assert_eq!((&dry["created"], &dry["is_written"]), (&json!(2), &json!(false)));
        assert!(office.get("viewer", &in_county("contracts")).expect(200)["items"].as_array().unwrap().is_empty());
        assert_eq!(send("", &good).expect(201)["created"], 2);
        assert_eq!(send("", &good).expect(200)["unchanged"], 2, "the same sheet changes nothing");
        let list = office.get("clerk", &in_county("contracts")).expect(200);
        let row = &list["items"][0];
        assert_eq!(
            (&row["area_m2"], &row["price_yuan"], &row["kind"]),
            (&json!("10000.0000"), &json!("4200000.00"), &json!("grant"))
        );
        assert_eq!((&row["standing"]["developed_m2"], &row["parcels"]), (&json!("1200.0000"), &json!([id(1), id(2)])));
        assert_eq!(list["items"][1]["kind"], "allocation");

        let bad = format!("{head}1,合同3号,挂牌,Z1、Z99,甲,,工业用地,2021-05-01,1.0,,2021-12-31,,,5,\n");
        let problem = send("", &bad).problem(422, "invalid");
        assert_eq!(cells(&problem), ["O2"], "the day of the progress is missing");
        let bad = format!("{head}1,合同3号,挂牌,Z1、Z99,甲,,工业用地,2021-05-01,1.0,,2020-12-31,,2149-01-01,,\n");
        let problem = send("", &bad).problem(422, "invalid");
        assert_eq!(cells(&problem), ["K2"], "the agreed start precedes the signing");
        let bad = format!("{head}1,合同3号,挂牌,Z1、Z99,甲,,工业用地,2021-05-01,1.0,,,,2149-01-01,,\n");
        let problem = send("", &bad).problem(422, "invalid");
        assert_eq!(cells(&problem), ["D2"], "no such parcel");
        let bad = format!("{head}1,合同3号,挂牌,Z1,甲,,工业用地,2021-05-01,1.0,,,,2149-01-01,,\n");
        let problem = send("", &bad).problem(422, "invalid");
        assert_eq!(cells(&problem), ["M2"], "a start that lies ahead");
        assert_eq!(office.get("clerk", &in_county("contracts")).expect(200)["items"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn what_a_contract_asks_for_waits_in_the_township_of_its_land() {
    both(|office| {
        let plot = json!({"code": "T-1", "approval": "演示〔2020〕1号", "area_m2": AREA, "township": "410183102"});
        let plot = office.post("clerk", &in_county("plots"), &plot).expect(201)["plot"]["id"].as_i64().unwrap();
        for (mut voucher, parcel) in [(approve("t-a", 1), None), (supply("t-s", 1, "2021-01-01", AREA), Some(id(1)))] {
            for side in ["from", "to"] {
                voucher["lines"][0][side]["plot"] = json!(plot);
            }
            if let Some(parcel) = parcel {
                voucher["lines"][0]["to"]["parcel"] = json!(parcel);
            }
            office.carry(&voucher);
        }
        create(office, &contract("合同1号", "grant", 1, json!({})));
        // Land that is in no plot yet is in no township either.
        create(office, &contract("合同2号", "grant", 2, json!({"regulatory_number": "4101832021B00008"})));
        let due = |query: &str| {
            let list = office.get("clerk", &in_county(&format!("worklist?source=contract_due{query}"))).expect(200);
            let items = list["items"].as_array().unwrap().clone();
            items.iter().map(|item| (item["link"].clone(), item["township"].clone())).collect::<Vec<_>>()
        };
        let here = due("&township=410183102");
        assert!(!here.is_empty() && here.iter().all(|of| of.1 == "410183102"), "{here:?}");
        assert_eq!(due("&township=410183101"), []);
        let all = due("");
        assert!(all.len() > here.len() && all.iter().any(|of| of.1.is_null()), "{all:?}");
    });
}
