//! Cases of idle land over HTTP: every worked case with its ledger, three people, corrections, what the public sees.

use serde_json::{Value, json};

use crate::support::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/idle_cases");

fn contract(plot: i64, number: &str, terms: &Value) -> Value {
    let mut body = json!({
        "kind": "grant", "number": number, "signed_on": "2020-06-01", "parcels": [id(plot)],
        "user": {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"},
        "terms": {
            "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": AREA, "price_yuan": "1000000",
            "start_on": "2023-07-01", "completion_on": "2028-12-31", "investment_yuan": "80000000", "developable_m2": AREA,
        },
    });
    for (name, value) in terms.as_object().into_iter().flatten() {
        body["terms"][name] = value.clone();
    }
    body
}

/// Supplies a plot's land by a contract; gives the contract's number in the system.
#[track_caller]
fn supplied(office: &Office, plot: i64, terms: &Value) -> i64 {
    office.carry(&approve(&format!("a-{plot}"), plot));
    office.carry(&supply(&format!("s-{plot}"), plot, "2020-06-01", AREA));
    let made = office.post("clerk", &in_county("contracts"), &contract(plot, &format!("合同{plot}号"), terms));
    made.expect(201)["id"].as_i64().unwrap()
}

/// A rectangle in metres from the corner of one of the plots of worked cases, on the survey grid.
fn rectangle(n: i64, corners: &Value) -> Value {
    let of = |at: usize| corners[at].as_i64().unwrap();
    let at = |x: i64, y: i64| json!([450_000 + n * 200 + x, 3_830_000 + y]);
    let (west, south, east, north) = (of(0), of(1), of(2), of(3));
    json!({
        "type": "Polygon",
        "crs": {"type": "name", "properties": {"name": "EPSG:4547"}},
        "coordinates": [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]]
    })
}

/// The land of a worked case: a contract, and what the opening names besides it.
struct Ground {
    plot: i64,
    contract: i64,
    more: Value,
}

/// Land of a case about a phase, or about one of the parcels that a parcel was split into: all of it is on the map.
fn mapped(office: &Office, n: i64, given: &Value) -> Ground {
    let whole = json!([0, 0, 100, 100]);
    let sent = json!({
        "code": format!("M{n}"), "approval": "演示〔2020〕1号", "area_m2": AREA, "geometry": rectangle(n, &whole)
    });
    let plot = office.post("clerk", &in_county("plots"), &sent).expect(201)["plot"]["id"].as_i64().unwrap();
    let parcel = |code: String, area: &Value, corners: &Value| {
        let sent = json!({"code": code, "area_m2": area, "geometry": rectangle(n, corners)});
        office.post("clerk", &in_county("parcels"), &sent).expect(201)["parcel"]["id"].as_i64().unwrap()
    };
    let line = |from: &Value, to: &Value, area: &Value| json!({"from": from, "to": to, "area_m2": area});
    let side = |account: &str| json!({"account": account, "plot": plot});
    let held = |parcel: i64| json!({"account": "supplied", "plot": plot, "parcel": parcel});
    let carry = |mut sent: Value, lines: Value| {
        sent["lines"] = lines;
        office.carry(&sent)
    };
    carry(approve(&format!("a-{n}"), 1), json!([line(&side("outside"), &side("unsupplied"), &json!(AREA))]));
    let all = parcel(format!("M{n}-0"), &json!(AREA), &whole);
    let sold = supply(&format!("s-{n}"), 1, "2020-06-01", AREA);
    carry(sold, json!([line(&side("unsupplied"), &held(all), &json!(AREA))]));
    let mut sent = contract(1, &format!("合同{n}号"), &given["contract"]);
    sent["parcels"] = json!([all]);
    let made = office.post("clerk", &in_county("contracts"), &sent).expect(201);
    let contract = made["id"].as_i64().unwrap();
    let mut more = json!({});
    if let Some(phase) = given["phase"].as_object() {
        let area = &given["opening"]["area_m2"];
        more = json!({"phase": phase["name"], "area_m2": area, "geometry": rectangle(n, &phase["corners"])});
    }
    if let Some(parts) = given["split"].as_array() {
        let of = |(at, part): (usize, &Value)| parcel(format!("M{n}-{}", at + 1), &part["area_m2"], &part["corners"]);
        let new: Vec<i64> = parts.iter().enumerate().map(of).collect();
        let split = voucher(&format!("p-{n}"), "parcel_split", "2024-01-05", 1, "supplied", "supplied", AREA);
        let lines = parts.iter().zip(&new).map(|(part, new)| line(&held(all), &held(*new), &part["area_m2"]));
        carry(split, lines.collect());
        let amended = json!({
            "change": "amendment", "document_number": format!("补{n}"), "effective_on": "2024-01-05", "reason": "宗地分割",
            "parcels": new, "terms": sent["terms"],
        });
        let path = in_county(&format!("contracts/{contract}/amendments"));
        let tag = [("if-match", "\"1\"")];
        office.send("POST", &path, Some("clerk"), &tag, Some(amended.to_string().as_bytes())).expect(201);
        more = json!({"parcel": new[0]});
    }
    Ground { plot, contract, more }
}

fn opening(contract: i64, client_id: &str, given: &Value) -> Value {
    json!({
        "client_id": client_id, "contract": contract, "grounds": given["grounds"], "opened_on": given["opened_on"],
    })
}

/// A case that a test goes on with.
struct Case<'o> {
    office: &'o Office,
    id: i64,
}

impl Case<'_> {
    fn path(&self, rest: &str) -> String {
        in_county(&format!("idle-cases/{}{rest}", self.id))
    }

    fn view(&self) -> Value {
        self.office.get("clerk", &self.path("")).expect(200)
    }

    fn send(&self, rest: &str, body: &Value) -> Answer {
        let tag = format!("\"{}\"", self.view()["version"]);
        self.office.send(
            "POST",
            &self.path(rest),
            Some("clerk"),
            &[("if-match", &tag)],
            Some(body.to_string().as_bytes()),
        )
    }

    fn act(&self, who: &str, n: i64, action: &str, version: i64) -> Answer {
        let body = json!({"version": version, "comment": "同意"});
        self.office.post(who, &self.path(&format!("/proposals/{n}/{action}")), &body)
    }

    /// Brings a step (or a voiding) all its way into the case.
    #[track_caller]
    fn carry(&self, rest: &str, body: &Value) -> Value {
        let sent = self.send(rest, body);
        if sent.status == 201 {
            return sent.json()["case"].clone();
        }
        let case = sent.expect(202)["case"].clone();
        let n = case["proposals"].as_array().unwrap().last().unwrap()["n"].as_i64().unwrap();
        self.act("reviewer", n, "review", 1).expect(200);
        self.act("approver", n, "approve", 2).expect(200)
    }

    #[track_caller]
    fn take(&self, step: Value) -> Value {
        self.carry("/steps", &step)
    }

    #[track_caller]
    fn refused(&self, step: &Value) -> Vec<String> {
        let before = self.view();
        let problem = self.send("/steps", step).problem(422, "case-refused");
        assert_eq!(self.view()["version"], before["version"], "nothing was written");
        let obstacles = problem["obstacles"].as_array().unwrap();
        obstacles.iter().map(|obstacle| obstacle["reason"].as_str().unwrap().to_owned()).collect()
    }
}

fn open<'o>(office: &'o Office, contract: i64, client_id: &str, given: &Value) -> Case<'o> {
    let made = office.post("clerk", &in_county("idle-cases"), &opening(contract, client_id, given)).expect(201);
    Case { office, id: made["id"].as_i64().unwrap() }
}

/// A paper with all that a step, or its voucher, may need.
fn document(number: &str) -> Value {
    json!({"number": number, "authority": "演示县自然资源局", "dated": "2025-03-03", "attachments": [SCAN]})
}

fn step(kind: &str, on: &str, more: Value) -> Value {
    let mut step = json!({"kind": kind, "on": on, "document": document(&format!("{kind}-{on}"))});
    for (name, value) in more.as_object().unwrap() {
        step[name] = value.clone();
    }
    step
}

/// A step of a worked case as it is sent: with whole papers, unless it is about their absence.
fn sent(entry: &Value) -> Value {
    let mut step = entry["step"].clone();
    let lacks_scan = entry["refused"].as_array().is_some_and(|names| names.contains(&json!("scan_missing")));
    if step["document"].is_object() && !lacks_scan {
        let number = step["document"]["number"].as_str().unwrap().to_owned();
        step["document"] = document(&number);
    } else if step["kind"] == "annulled" {
        step["document"] = document("撤销审批表");
    }
    step
}

#[test]
fn every_worked_case_goes_its_way_through_three_people_and_the_ledger() {
    let mut files: Vec<_> = std::fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    both(|office| {
        let mut plot = 0;
        for path in &files {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let given: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            plot += 1;
            let ground = if given["phase"].is_object() || given["split"].is_array() {
                mapped(office, plot, &given)
            } else {
                let contract = supplied(office, plot, &given["contract"]);
                Ground { plot: id(plot), contract, more: json!({}) }
            };
            let contract = ground.contract;
            let mortgage = given["mortgage"]["from"].as_str().map(|from| {
                let sent = json!({
                    "kind": "mortgage", "parcel": id(plot), "number": format!("抵{plot}"), "party": "演示银行新密支行", "from": from
                });
                office.post("clerk", &in_county("encumbrances"), &sent).expect(201)["id"].clone()
            });
            if given["opening"]["grounds"] == "stopped" {
                let report =
                    |body: Value| office.post("clerk", &in_county(&format!("contracts/{contract}/development")), &body);
                let start = json!({
                    "kind": "started", "on": "2023-05-02", "permit_number": "施1", "permitted_on": "2023-05-01",
                    "foundation": "pile", "foundation_reached": true,
                });
                report(start).expect(201);
                report(json!({"kind": "stopped", "on": "2023-07-01", "developed_m2": "100", "invested_yuan": "100"}))
                    .expect(201);
            }
            let mut sent_opening = opening(contract, &name, &given["opening"]);
            sent_opening.as_object_mut().unwrap().extend(ground.more.as_object().unwrap().clone());
            let made = office.post("clerk", &in_county("idle-cases"), &sent_opening).expect(201);
            assert_eq!(made["area_m2"], format!("{}.0000", given["opening"]["area_m2"].as_str().unwrap()), "{name}");
            let case = Case { office, id: made["id"].as_i64().unwrap() };
            for (number, entry) in given["steps"].as_array().unwrap().iter().enumerate() {
                // What a step finds otherwise than the contract says cannot be told through the interface.
                if entry["facts"].is_object() && entry["refused"].is_array() {
                    continue;
                }
                if entry["mortgage"].is_object() {
                    let path = in_county(&format!("encumbrances/{}/events", mortgage.as_ref().unwrap()));
                    office.post("clerk", &path, &entry["mortgage"]).expect(201);
                    continue;
                }
                let step = sent(entry);
                let at = format!("{name}, step {number}: {step}");
                if let Some(reason) = entry["ledger"].as_str() {
                    let problem = case.send("/steps", &step).problem(422, "ledger-refused");
                    assert_eq!(problem["reason"], reason, "{at}");
                    continue;
                }
                match entry["refused"].as_array() {
                    Some(names) => assert_eq!(json!(case.refused(&step)), json!(names), "{at}"),
                    None => {
                        let before = case.view()["steps"].as_array().unwrap().len();
                        let after = case.take(step);
                        assert_eq!(after["steps"].as_array().unwrap().len(), before + 1, "{at}");
                    }
                }
                if let Some(day) = entry["earliest"].as_str() {
                    let problem = case.send("/steps", &sent(entry)).problem(422, "case-refused");
                    let days: Vec<&str> = problem["obstacles"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter_map(|o| o["earliest"].as_str())
                        .collect();
                    assert_eq!(days.iter().max(), Some(&day), "{at}: {problem}");
                }
            }
            let view = case.view();
            assert_eq!(view["state"], given["state"], "{name}");
            for expected in given["deadlines"].as_array().into_iter().flatten() {
                let found = view["deadlines"].as_array().unwrap().iter().find(|known| known["kind"] == expected[0]);
                assert_eq!(found.unwrap()["due"], expected[1], "{name}: {}", expected[0]);
            }
            // The land of the case stands in one account, all of it, and that is the one its steps say.
            let balances = &office.balances(&format!("?plot={}", ground.plot))["total"]["balances"];
            let held: Vec<&str> = ["supplied", "idle", "recovered"]
                .into_iter()
                .filter(|account| balances[format!("{account}_m2")] == "10000.0000")
                .collect();
            match given["land"].as_object() {
                // The rest of the parcel stays where it is.
                Some(land) => {
                    for (account, area) in land {
                        assert_eq!(&balances[format!("{account}_m2")], area, "{name}: {balances}");
                    }
                }
                None => assert_eq!(held.len(), 1, "{name}: {balances}"),
            }
        }
        office.verify();
    });
}

const GIVEN: &str = r#"{"grounds": "not_started", "opened_on": "2025-02-17"}"#;

fn given() -> Value {
    serde_json::from_str(GIVEN).unwrap()
}

fn found(case: &Case, cause: &str) {
    case.take(step("investigation_notice", "2025-03-03", json!({})));
    case.take(step("served", "2025-03-10", json!({"paper": "investigation_notice", "manner": "direct"})));
    case.take(step("inspected", "2025-03-20", json!({})));
    case.take(step("found", "2025-04-14", json!({"cause": cause})));
}

#[test]
fn three_people_stand_behind_a_finding_and_its_voucher_is_posted_with_it() {
    both(|office| {
        let contract = supplied(office, 1, &Value::Null);
        let case = open(office, contract, "c-1", &given());
        let same = office.post("clerk", &in_county("idle-cases"), &opening(contract, "c-1", &given())).expect(200);
        assert_eq!((&same["number"], &same["area_m2"]), (&json!("XZ2025-0001"), &json!("10000.0000")));
        let mut other = opening(contract, "c-1", &given());
        other["opened_on"] = json!("2025-02-18");
        office.post("clerk", &in_county("idle-cases"), &other).problem(409, "taken");
        other["client_id"] = json!("c-2");
        office.post("clerk", &in_county("idle-cases"), &other).problem(409, "conflict");
        other["opened_on"] = json!("2149-01-01");
        other["contract"] = json!("没有的合同");
        office.post("clerk", &in_county("idle-cases"), &other).problem(422, "invalid");

        case.take(step("investigation_notice", "2025-03-03", json!({})));
        let finding = step("found", "2025-04-14", json!({"cause": "own"}));
        assert_eq!(case.refused(&finding), ["paper_not_served", "step_missing"]);
        case.take(step("served", "2025-03-10", json!({"paper": "investigation_notice", "manner": "direct"})));
        let mut unknown = step("inspected", "2025-03-20", json!({}));
        unknown["document"]["attachments"] = json!(["b".repeat(64)]);
        let problem = case.send("/steps", &unknown).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/document/attachments/0");
        case.take(step("inspected", "2025-03-20", json!({})));
        let view = case.view();
        let next = view["next"].as_array().unwrap();
        let entry = next.iter().find(|next| next["step"] == "found").unwrap();
        assert_eq!((&entry["is_open"], &entry["takes_three"]), (&json!(true), &json!(true)), "{entry}");
        assert_eq!(entry["papers"], json!(["finding"]));
        // What is due stands first, what was done before stands last.
        assert_eq!((&next[0]["step"], &next[0]["due"]), (&json!("answered"), &json!("2025-04-09")), "{next:?}");
        let last = next.last().unwrap();
        assert_eq!((&last["step"], &last["taken_on"]), (&json!("inspected"), &json!("2025-03-20")), "{next:?}");
        assert!(next.iter().all(|next| next["taken_on"].is_null() || next["step"] == "inspected"), "{next:?}");

        // Asked what would refuse it, nothing does, and nothing is written.
        let dry = case.send("/steps?dry_run=true", &finding).expect(200);
        assert_eq!((&dry["outcome"], &dry["case"]["version"]), (&json!("tried"), &view["version"]));
        let proposed = case.send("/steps", &finding).expect(202);
        assert_eq!(proposed["case"]["state"], "investigation");
        case.send("/steps", &finding).problem(409, "conflict");
        let tasks = office.get("reviewer", &in_county("worklist?mine=true&source=idle_step")).expect(200);
        assert_eq!(tasks["total"], 1, "{tasks}");
        for (who, action, status) in [
            ("clerk", "review", 403),
            ("viewer", "review", 403),
            ("approver", "approve", 409),
            ("reviewer", "approve", 403),
        ] {
            assert_eq!(case.act(who, 1, action, 1).status, status, "{who} {action}");
        }
        case.act("reviewer", 1, "review", 9).problem(412, "stale");
        case.act("reviewer", 1, "return", 1).expect(200);
        case.act("approver", 1, "approve", 2).problem(409, "conflict");
        case.send("/steps", &finding).expect(202);
        case.act("all-roles", 2, "review", 1).expect(200);
        case.act("all-roles", 2, "approve", 2).problem(403, "forbidden");
        let done = case.act("approver", 2, "approve", 2).expect(200);
        assert_eq!(done["state"], "found");
        let entry = done["steps"].as_array().unwrap().last().unwrap().clone();
        let seq = entry["voucher"].as_i64().unwrap();
        assert_eq!(
            (&entry["proposer"], &entry["reviewer"], &entry["approver"]),
            (&json!(user("clerk")), &json!(user("all-roles")), &json!(user("approver")))
        );
        let voucher = office.get("viewer", &in_county(&format!("vouchers/{seq}"))).expect(200);
        assert_eq!(
            (&voucher["voucher"]["kind"], &voucher["voucher"]["effective_on"]),
            (&json!("idle_found"), &json!("2025-04-14"))
        );
        let board = office.get("viewer", &in_county("idle-case-board")).expect(200);
        assert_eq!(board["idle_rate"]["percent"], "100.00", "{board}");
        assert_eq!(board["disposal_rate"]["percent"], "0.00");
        office.verify();
    });
}

#[test]
fn a_step_is_taken_back_by_an_entry_after_what_rests_on_it_and_its_land_moves_back() {
    both(|office| {
        let case = open(office, supplied(office, 1, &Value::Null), "c-1", &given());
        found(&case, "own");
        let reason = json!({"reason": "录入有误"});
        case.send("/steps/2/void", &reason).problem(409, "conflict");
        case.send("/steps/9/void", &reason).problem(404, "not-found");
        let voided = case.carry("/steps/4/void", &reason);
        assert_eq!((&voided["state"], &voided["steps"][3]["is_voided"]), (&json!("investigation"), &json!(true)));
        let entry = &voided["steps"][4];
        assert_eq!((&entry["voids"], &entry["reason"]), (&json!(4), &json!("录入有误")));
        assert!(entry["voucher"].is_i64(), "{entry}");
        assert_eq!(office.balances("")["total"]["balances"]["idle_m2"], "0.0000");
        case.send("/steps/4/void", &reason).problem(404, "not-found");
        // A step of one person is taken back by one, and the case goes on.
        assert_eq!(case.send("/steps/3/void", &reason).expect(201)["outcome"], "recorded");
        case.take(step("inspected", "2025-03-21", json!({})));
        assert_eq!(case.take(step("found", "2025-04-14", json!({"cause": "government"})))["cause"], "government");
        office.verify();
    });
}

#[test]
fn recovered_land_is_preferred_for_private_investment_and_waits_for_the_remedies() {
    both(|office| {
        let given: Value =
            serde_json::from_slice(&std::fs::read(format!("{FOLDER}/free_recovery.json")).unwrap()).unwrap();
        let contract = supplied(office, 1, &Value::Null);
        let case = open(office, contract, "c-1", &given["opening"]);
        let suspected = |day: chrono::NaiveDate| {
            let found = office.get("clerk", &in_county(&format!("idle-suspicions?as_of={day}"))).expect(200);
            found["items"].as_array().unwrap().len()
        };
        let due = || {
            let tasks = office.get("clerk", &in_county("worklist?source=contract_due")).expect(200);
            tasks["total"].as_u64().unwrap()
        };
        assert!(due() > 0, "the agreed start has gone by");
        let resupply = || {
            let mut again = voucher("again", "supply", "2026-09-01", 1, "recovered", "supplied", AREA);
            again["lines"][0]["to"]["parcel"] = json!(id(2));
            office.send_voucher(&again)
        };
        for entry in given["steps"].as_array().unwrap() {
            if entry["refused"].is_array() {
                continue;
            }
            if entry["step"]["kind"] == "remedy_ended" {
                let problem = resupply().problem(422, "ledger-refused");
                assert_eq!(problem["reason"], "contested", "{problem}");
            }
            case.take(sent(entry));
        }
        let history = office.get("viewer", &in_county(&format!("plots/{}/history", id(1))));
        assert!(history.text().contains("private_investment"), "{}", history.text());
        resupply().expect(202);

        // Of the contract nothing is left: it is suspected no longer, and asks for nothing.
        let is_recovery = |entry: &&Value| entry["step"]["kind"] == "registration_cancelled";
        let recovery = given["steps"].as_array().unwrap().iter().rfind(is_recovery).unwrap();
        let on: chrono::NaiveDate = recovery["step"]["on"].as_str().unwrap().parse().unwrap();
        let before = on.pred_opt().unwrap();
        assert_eq!((suspected(before), suspected(on)), (1, 0));
        assert_eq!(due(), 0);
        let standing = |day: chrono::NaiveDate| {
            let view = office.get("viewer", &in_county(&format!("contracts/{contract}?as_of={day}"))).expect(200);
            let standing = &view["standing"];
            (standing["follow_up"].clone(), standing["taken_back_on"].clone(), view["dues"].as_array().unwrap().len())
        };
        assert_eq!(standing(on), (json!("taken_back"), json!(on), 0));
        let (follow_up, taken_back_on, dues) = standing(before);
        assert_eq!((follow_up, taken_back_on), (json!("suspected_idle"), Value::Null));
        assert!(dues > 0, "as of a day before, it still asked");
    });
}

#[test]
fn a_failed_extension_is_followed_by_a_linked_case() {
    both(|office| {
        let contract = supplied(office, 1, &Value::Null);
        let case = open(office, contract, "c-1", &given());
        found(&case, "government");
        case.take(step("served", "2025-04-18", json!({"paper": "finding", "manner": "direct"})));
        for kind in ["published", "department_notified", "filed"] {
            case.take(step(kind, "2025-04-22", json!({})));
        }
        case.take(step("disposal_chosen", "2025-04-25", json!({"way": "extension"})));
        let mut linked = opening(contract, "c-2", &json!({"grounds": "not_started", "opened_on": "2026-09-01"}));
        linked["previous"] = json!(case.id);
        let problem = office.post("clerk", &in_county("idle-cases"), &linked).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/previous", "{problem}");
        for kind in ["agreed", "plan_approved"] {
            case.take(step(kind, "2025-05-06", json!({})));
        }
        case.take(step("carried_out", "2025-05-26", json!({"new_start": "2025-06-30"})));
        let closing = json!({"kind": "closed", "on": "2026-09-02", "reason": "延期届满仍未动工,另案处理"});
        assert_eq!(case.refused(&closing), ["step_missing"]);
        let later = office.post("clerk", &in_county("idle-cases"), &linked).expect(201);
        assert_eq!(later["number"], "XZ2026-0001");
        assert_eq!(case.view()["successors"], json!([later["id"]]));
        assert_eq!(case.take(closing)["state"], "closed");
        office.verify();
    });
}

#[test]
fn the_public_sees_published_findings_alone_and_only_once_the_layer_is_open() {
    both_with(
        &["--public-layer", "idle_cases", "--public-layer", "idle_suspicions"],
        |_| (),
        |office| {
            let public =
                || office.send("GET", &format!("/api/v1/public/counties/{COUNTY}/idle-cases"), None, &[], None);
            let layer = |token: Option<&str>, name: &str| {
                office.send("GET", &format!("/ogc/collections/{name}/items"), token, &[], None)
            };
            let count = |answer: Answer| answer.expect(200)["features"].as_array().unwrap().len();
            let case = open(office, supplied(office, 1, &Value::Null), "c-1", &given());
            assert_eq!(public().expect(200)["items"], json!([]));
            assert_eq!((count(layer(None, "idle_cases")), count(layer(Some("viewer"), "idle_suspicions"))), (0, 1));
            layer(None, "idle_suspicions").problem(401, "unauthenticated");
            found(&case, "own");
            assert_eq!(public().expect(200)["items"], json!([]), "what is not published is not public");
            case.take(step("served", "2025-04-18", json!({"paper": "finding", "manner": "direct"})));
            case.take(step("published", "2025-04-21", json!({})));
            let shown = public().expect(200)["items"][0].clone();
            assert_eq!((&shown["user_name"], &shown["cause"]), (&json!("演示新材料有限公司"), &Value::Null), "{shown}");
            assert_eq!(shown["idle_from"], "2024-07-02");
            assert_eq!((count(layer(None, "idle_cases")), count(layer(Some("viewer"), "idle_suspicions"))), (1, 0));
            case.take(json!({"kind": "annulled", "on": "2025-05-06", "reason": "错案", "document": document("撤1")}));
            assert_eq!((public().expect(200)["items"].clone(), count(layer(None, "idle_cases"))), (json!([]), 0));
            office.verify();
        },
    );
    both(|office| {
        let public = format!("/api/v1/public/counties/{COUNTY}/idle-cases");
        office.send("GET", &public, None, &[], None).problem(401, "unauthenticated");
        office.get("neighbour", &public).problem(403, "forbidden");
        office.get("viewer", &public).expect(200);
    });
}

#[test]
fn deadlines_stand_in_the_worklist_the_list_and_a_calendar() {
    both(|office| {
        let case = open(office, supplied(office, 1, &Value::Null), "c-1", &given());
        let list = office.get("viewer", &in_county("idle-cases?overdue=true")).expect(200);
        let row = &list["items"][0];
        assert_eq!(
            (&row["next_deadline"]["kind"], &row["next_deadline"]["due"]),
            (&json!("open_check"), &json!("2025-03-19"))
        );
        assert_eq!((&row["overdue"], &row["user_name"]), (&json!(1), &Value::Null));
        assert_eq!(
            office.get("clerk", &in_county("idle-cases")).expect(200)["items"][0]["user_name"],
            "演示新材料有限公司"
        );
        let work = office.get("clerk", &in_county("worklist?source=idle_deadline&mine=true")).expect(200);
        assert_eq!((&work["items"][0]["due_on"], &work["overdue"]), (&json!("2025-03-19"), &json!(1)), "{work}");
        let late = office.get("viewer", &in_county("idle-case-deadlines?overdue=true")).expect(200);
        assert_eq!(late["items"][0]["number"], "XZ2025-0001");
        let calendar = office.get("viewer", &in_county("idle-case-calendar"));
        let text = calendar.text();
        assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
        assert!(text.starts_with("BEGIN:VCALENDAR") && text.contains("DTSTART;VALUE=DATE:20250319"), "{text}");
        // "x:viewer": calendar programs send the token as a password.
        let basic = [("authorization", "Basic eDp2aWV3ZXI=")];
        assert_eq!(office.send("GET", &in_county("idle-case-calendar"), None, &basic, None).status, 200);
        office.send("GET", &in_county("idle-cases"), None, &basic, None).problem(401, "unauthenticated");
        for filter in
            ["state=suspected", "open=true", "grounds=not_started", "user_code=91512081MA62K0260E", "due_by=2025-03-19"]
        {
            let list = office.get("viewer", &in_county(&format!("idle-cases?{filter}"))).expect(200);
            assert_eq!(list["items"].as_array().unwrap().len(), 1, "{filter}");
        }
        for filter in
            ["state=closed", "open=false", "cause=own", "due_by=2025-03-18", "suspended=true", "township=410183101"]
        {
            let list = office.get("viewer", &in_county(&format!("idle-cases?{filter}"))).expect(200);
            assert_eq!(list["items"], json!([]), "{filter}");
        }
        let csv = office.get("clerk", &in_county("idle-cases?f=csv"));
        assert!(csv.text().contains("XZ2025-0001") && csv.text().contains("疑似闲置"), "{}", csv.text());

        let seizure = json!({"kind": "seizure", "parcel": id(1), "number": "(2025)豫执1号", "from": "2025-03-01"});
        office.post("clerk", &in_county("encumbrances"), &seizure).expect(201);
        let seized = |office: &Office| {
            office.get("clerk", &in_county("worklist?source=idle_seizure")).expect(200)["total"].clone()
        };
        assert_eq!((seized(office), &case.view()["seized_by"]), (json!(1), &json!("(2025)豫执1号")));
        case.take(step("suspended", "2025-03-05", json!({"hold": "seizure"})));
        assert_eq!(seized(office), json!(0));
        assert_eq!(case.refused(&step("investigation_notice", "2025-03-06", json!({}))), ["case_suspended"]);
    });
}
