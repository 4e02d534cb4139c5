//! Papers over HTTP as whole jobs: the form, the draft, the registration, the frozen bytes, the register of numbers.

use dizhang::domain::idle_case::record::{CaseNumber, Entry};
use dizhang::domain::idle_case::step::Step;
use dizhang::domain::idle_case::{Grounds, Opening};
use dizhang::domain::input;
use dizhang::domain::ledger::voucher::Signatures;
use dizhang::domain::region::{County, ParcelId, UserId};
use dizhang::storage::db::Db;
use dizhang::storage::idle_case::{self, CaseState, StoredCase, StoredStep};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::*;

const WORD: &str = "演示自然资闲";

fn settings() -> Value {
    json!({
        "agency": "演示县自然资源局", "agency_head": "局长", "agency_address": "演示县府前街18号", "contact": "执法科",
        "phone": "0371-60000018", "government": "演示县人民政府", "review_body": "演示县人民政府", "court": "演示县人民法院",
        "registry": "演示县不动产登记中心", "fee_payee": "国家税务总局演示县税务局", "number_words": [WORD]
    })
}

fn case_id() -> i64 {
    id(500)
}

fn step(kind: &str, on: &str, number: &str, more: Value) -> Value {
    let mut step = json!({"kind": kind, "on": on, "document": {"number": number}});
    step.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    step
}

/// The steps up to the decision on a fee, `decided` with it.
fn steps(decided: bool) -> Vec<Value> {
    let served = |paper: &str| json!({"paper": paper, "manner": "direct"});
    let mut steps = vec![
        step("investigation_notice", "2025-02-17", "演示自然资闲〔2025〕3号", json!({})),
        step("served", "2025-02-18", "回证1", served("investigation_notice")),
        step("inspected", "2025-03-12", "核查表1", json!({})),
        step("found", "2025-04-15", "演示自然资闲〔2025〕7号", json!({"cause": "own"})),
        step("served", "2025-04-16", "回证2", served("finding")),
        step("published", "2025-04-17", "公告1", json!({})),
        step("disposal_chosen", "2025-05-06", "会议纪要1", json!({"way": "fee"})),
        step("informed", "2025-05-08", "演示自然资闲〔2025〕11号", json!({})),
        step("served", "2025-05-09", "回证3", served("hearing_rights")),
        step("legal_reviewed", "2025-05-20", "法审1", json!({})),
        step("discussed", "2025-05-22", "集体讨论1", json!({})),
        step("government_approved", "2025-06-03", "演示政文〔2025〕66号", json!({})),
    ];
    if decided {
        steps.push(step("decided", "2025-06-10", "演示自然资闲〔2025〕15号", json!({"amount": "840000"})));
    }
    steps
}

/// A case as the bureau would have it by then.
fn put_case(db: &mut Db, steps: &[Value]) {
    let county: County = COUNTY.parse().unwrap();
    let case = StoredCase {
        id: case_id(),
        number: CaseNumber { year: 2025, serial: 3 },
        client_id: "papers".to_owned(),
        parcel: ParcelId(id(1)),
        contract: 1,
        phase: None,
        opening: Opening {
            grounds: Grounds::NotStarted,
            opened_on: "2025-02-10".parse().unwrap(),
            area: AREA.parse().unwrap(),
        },
        previous: None,
        drawn: None,
        remark: None,
        recorded_at: instant("2025-02-10T01:00:00"),
        recorded_by: UserId(user("clerk")),
    };
    let entries: Vec<StoredStep> = (1..).zip(steps).map(|(n, step)| stored(n, step)).collect();
    let state = CaseState::of(&case.with(&entries), 1, case.recorded_at);
    idle_case::insert(db, county, &case, &[], &state).unwrap();
    for entry in &entries {
        idle_case::append(db, county, case.id, entry).unwrap();
    }
}

fn stored(n: i32, step: &Value) -> StoredStep {
    let read: Step = input::read(step.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{step}: {faults:?}"));
    let signatures = Signatures { proposer: UserId(user("clerk")), reviewer: None, approver: None };
    StoredStep {
        n,
        entry: Entry::Step(Box::new(read)),
        voucher: None,
        signatures,
        recorded_at: instant("2025-06-10T01:00:00"),
    }
}

fn contract() -> Value {
    json!({
        "kind": "grant", "number": "合同1号", "signed_on": "2021-05-01", "parcels": [id(1)],
        "user": {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"},
        "terms": {
            "regulatory_number": "4101832021B00007", "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": "10000",
            "price_yuan": "4200000", "delivery_on": "2021-06-01", "start_on": "2021-12-31", "completion_on": "2023-12-31",
            "investment_yuan": "80000000"
        }
    })
}

/// Runs a test with the case, its contract and the county's settings.
fn with_case(decided: bool, test: impl Fn(&Office)) {
    both_with(
        &[],
        |db| put_case(db, &steps(decided)),
        |office| {
            let made = office.post("clerk", &in_county("contracts"), &contract()).expect(201);
            assert_eq!(made["id"], 1);
            let delivered = json!({"kind": "delivered", "on": "2021-06-01", "attachments": [SCAN]});
            office.post("clerk", &in_county("contracts/1/development"), &delivered).expect(201);
            put_settings(office, 0, &settings()).expect(200);
            test(office);
        },
    );
}

fn put_settings(office: &Office, version: i64, body: &Value) -> Answer {
    let (path, tag) = (in_county("paper-settings"), format!("\"{version}\""));
    office.send("PUT", &path, Some("approver"), &[("if-match", &tag)], Some(body.to_string().as_bytes()))
}

fn papers(rest: &str) -> String {
    in_county(&format!("idle-cases/{}/papers/{rest}", case_id()))
}

/// What a clerk types into the decision on a fee.
fn decision() -> Value {
    json!({"values": {
        "issued_on": "2025-06-10", "serve_on": "2025-06-11", "user_address": "演示县创业大道88号",
        "location": "演示县创业大道东侧", "bounds": "东至经三路，南至绿地，西至厂区，北至创业大道",
        "violation": "出让合同关于动工期限的约定。", "facts": "至2025年3月12日未动工。", "evidence": "现场核查表及照片。"
    }})
}

fn notice(issued_on: &str) -> Value {
    json!({"values": {
        "issued_on": issued_on, "serve_on": issued_on, "user_address": "演示县创业大道88号",
        "location": "演示县创业大道东侧", "bounds": "东至经三路，南至绿地，西至厂区，北至创业大道",
        "facts": "未按约定动工。", "inquiry": "未动工的原因。"
    }})
}

fn register(office: &Office, who: &str, paper: &Value, number: Option<(i64, i64)>) -> Answer {
    let mut body = json!({"version": paper["paper"]["version"], "digest": paper["digest"]});
    if let Some((year, n)) = number {
        body["number"] = json!({"word": WORD, "year": year, "n": n});
    }
    office.post(who, &in_county(&format!("papers/{}/register", paper["paper"]["id"])), &body)
}

#[test]
fn a_decision_is_drafted_by_one_registered_by_another_and_never_changes_again() {
    with_case(true, |office| {
        let form = office.get("clerk", &papers("fee_decision/form")).expect(200);
        let field =
            |name: &str| form["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap().clone();
        assert_eq!((&field("fee")["known"], &field("fee")["may_be_typed"]), (&json!("840000.00"), &json!(false)));
        assert_eq!(field("fee")["shown"], "840,000.00元（大写：人民币捌拾肆万元整）");
        assert_eq!(field("delivered_on")["known"], "2021-06-01");
        assert_eq!(field("land_id")["known"], "4101832021B00007");
        assert_eq!((&field("bounds")["known"], &field("bounds")["is_required"]), (&Value::Null, &json!(true)));

        let draft = office.post("clerk", &papers("fee_decision"), &decision()).expect(201);
        assert_eq!((&draft["paper"]["state"], &draft["faults"]), (&json!("draft"), &json!([])));
        let path = in_county(&format!("papers/{}", draft["paper"]["id"]));
        let preview = office.post("reviewer", &papers("fee_decision/preview"), &decision());
        assert_eq!((preview.status, preview.header("content-type")), (200, "text/html; charset=utf-8"));
        for part in ["草稿（未登记", "840,000.00元", "2025年7月11日", "4,200,000.00元", "20%"] {
            assert!(preview.text().contains(part), "{part}: {}", preview.text());
        }
        register(office, "clerk", &draft, Some((2025, 15))).problem(403, "forbidden");
        register(office, "reviewer", &draft, Some((2025, 15))).problem(403, "forbidden");
        let wrong = register(office, "approver", &draft, Some((2026, 16))).problem(422, "invalid");
        assert_eq!(pointers(&wrong), ["/number/year", "/number"], "the step of the case has another number");
        let none = register(office, "approver", &draft, None).problem(422, "invalid");
        assert_eq!(pointers(&none), ["/number"]);

        let issued = register(office, "approver", &draft, Some((2025, 15))).expect(201);
        register(office, "approver", &draft, Some((2025, 15))).expect(200);
        assert_eq!(issued["paper"]["number"], "演示自然资闲〔2025〕15号");
        assert_eq!((&issued["paper"]["state"], &issued["paper"]["step"]), (&json!("issued"), &json!("decided")));
        let file = |f: &str| office.get("auditor", &format!("{path}/file?f={f}"));
        for (f, digest) in [("html", "html_sha256"), ("docx", "docx_sha256")] {
            let bytes = file(f);
            assert_eq!(bytes.status, 200);
            let sha256: String = Sha256::digest(&bytes.body).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(issued["paper"][digest], sha256);
            let kept = office.get("clerk", &in_county(&format!("attachments/{sha256}")));
            assert_eq!(kept.body, bytes.body);
        }
        office.get("viewer", &path).problem(403, "forbidden");

        // Whatever changes, the paper does not.
        let before = (file("html").body, file("docx").body);
        let mut moved = settings();
        moved["agency"] = json!("演示市自然资源和规划局");
        put_settings(office, 1, &moved).expect(200);
        assert_eq!((file("html").body, file("docx").body), before);
        let put = |body: &Value| {
            office.send("PUT", &path, Some("clerk"), &[("if-match", "\"2\"")], Some(body.to_string().as_bytes()))
        };
        put(&decision()).problem(409, "conflict");
        let report = office.database(|db| dizhang::app::attachments::verify(db, COUNTY.parse().unwrap()).unwrap());
        assert_eq!(report.faults, Vec::<String>::new());
    });
}

#[test]
fn a_decision_whose_step_was_not_approved_is_not_registered() {
    with_case(false, |office| {
        let draft = office.post("clerk", &papers("fee_decision"), &decision()).expect(201);
        let problem = register(office, "approver", &draft, Some((2025, 15))).problem(409, "conflict");
        assert!(problem["detail_text"]["zh"].as_str().unwrap().contains("作出决定"), "{problem}");
        let numbers = office.get("viewer", &in_county("paper-registers")).expect(200);
        assert_eq!(numbers["items"], json!([]), "nothing was written");
    });
}

#[test]
fn what_is_missing_is_listed_all_at_once_and_may_be_given_later() {
    with_case(true, |office| {
        let empty = json!({"values": {}});
        let problem = office.post("clerk", &papers("fee_decision/preview"), &empty).problem(422, "invalid");
        let missing = pointers(&problem);
        for name in ["user_address", "location", "bounds", "violation", "facts", "evidence", "serve_on", "issued_on"] {
            assert!(missing.contains(&format!("/values/{name}").as_str()), "{name} is not among {missing:?}");
        }
        let draft = office.post("clerk", &papers("fee_decision"), &empty).expect(201);
        assert_eq!(draft["digest"], Value::Null);
        assert_eq!(draft["faults"].as_array().unwrap().len(), missing.len());
        let path = in_county(&format!("papers/{}", draft["paper"]["id"]));
        let put = |version: &str, body: &Value| {
            office.send("PUT", &path, Some("clerk"), &[("if-match", version)], Some(body.to_string().as_bytes()))
        };
        let wrong = json!({"values": {"fee": "1", "serve_on": "2025-02-30", "nothing": "x", "area": "9"}});
        let problem = put("\"1\"", &wrong).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/values/area", "/values/fee", "/values/nothing", "/values/serve_on"]);
        let revised = put("\"1\"", &decision()).expect(200);
        assert_eq!((&revised["faults"], &revised["paper"]["version"]), (&json!([]), &json!(2)));
        put("\"1\"", &decision()).problem(412, "stale");
        let digest = json!({"version": 2, "digest": "0".repeat(64), "number": {"word": WORD, "year": 2025, "n": 15}});
        office.post("approver", &format!("{path}/register"), &digest).problem(409, "conflict");
        let take_back = |who: &str| office.post(who, &format!("{path}/withdraw"), &json!({"version": 2}));
        take_back("second-clerk").problem(403, "forbidden");
        assert_eq!(take_back("clerk").expect(200)["paper"]["state"], "withdrawn");
        office.post("clerk", &papers("no_such_paper"), &decision()).problem(404, "not-found");
        let nowhere = in_county(&format!("idle-cases/{}/papers/fee_decision", id(501)));
        office.post("clerk", &nowhere, &decision()).problem(404, "not-found");
    });
}

#[test]
fn a_number_belongs_to_one_paper_for_ever_and_the_register_shows_what_is_void_and_missing() {
    with_case(true, |office| {
        // The notice of the case has the number 3 of 2025; a second one is refused another.
        let first = office.post("clerk", &papers("investigation_notice"), &notice("2025-02-17")).expect(201);
        let second = office.post("clerk", &papers("investigation_notice"), &notice("2025-02-17")).expect(201);
        let other_word = json!({
            "version": 1, "digest": first["digest"], "number": {"word": "别县自然资", "year": 2025, "n": 3}
        });
        let path = in_county(&format!("papers/{}/register", first["paper"]["id"]));
        let problem = office.post("reviewer", &path, &other_word).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/number/word", "/number"]);
        let outcomes: Vec<u16> = std::thread::scope(|scope| {
            let send = |who: &'static str, paper: Value| {
                scope.spawn(move || register(office, who, &paper, Some((2025, 3))).status)
            };
            let threads = [send("reviewer", first.clone()), send("approver", second.clone())];
            threads.map(|thread| thread.join().unwrap()).to_vec()
        });
        let mut sorted = outcomes.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [201, 409], "two papers at once, one number");

        let void = |who: &str, n: i64, reason: &str| {
            let body = json!({"number": {"word": WORD, "year": 2025, "n": n}, "reason": reason});
            office.post(who, &in_county("paper-numbers/void"), &body)
        };
        void("clerk", 3, "名称有误").problem(403, "forbidden");
        assert_eq!(void("reviewer", 3, "名称有误").expect(201)["state"], "void");
        void("reviewer", 3, "名称有误").expect(200);
        void("reviewer", 3, "别的理由").problem(409, "conflict");
        void("approver", 7, "打印损坏").expect(201);
        let loser = if outcomes[0] == 201 { &second } else { &first };
        register(office, "approver", loser, Some((2025, 3))).problem(409, "taken");

        let list = in_county(&format!("paper-numbers?word={}&year=2025", percent(WORD)));
        let lines = office.get("viewer", &list).expect(200);
        let shown: Vec<(i64, i64, String)> = lines["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| {
                (
                    line["from"].as_i64().unwrap(),
                    line["to"].as_i64().unwrap(),
                    line["state"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        let line = |from, to, state: &str| (from, to, state.to_owned());
        assert_eq!(shown, [line(1, 2, "missing"), line(3, 3, "void"), line(4, 6, "missing"), line(7, 7, "void")]);
        assert_eq!(lines["items"][1]["kind"], "investigation_notice");
        assert_eq!(lines["items"][3]["paper"], Value::Null);
        let page = office.get("viewer", &format!("{list}&limit=1")).expect(200);
        assert_eq!((page["items"].as_array().unwrap().len(), &page["next"]), (2, &json!(3)));
        let page = office.get("viewer", &format!("{list}&limit=1&after=3")).expect(200);
        assert_eq!((&page["items"][0]["from"], &page["next"]), (&json!(4), &json!(7)));
        let csv = office.get("viewer", &format!("{list}&f=csv"));
        assert!(csv.text().contains("演示自然资闲〔2025〕3号") && csv.text().contains("空号"), "{}", csv.text());
        assert_eq!(office.get("viewer", &format!("{list}&f=xlsx")).status, 200);
        let registers = office.get("viewer", &in_county("paper-registers")).expect(200);
        assert_eq!(
            registers["items"][0],
            json!({"word": WORD, "year": 2025, "last": 7, "taken": 2, "void": 2, "missing": 5})
        );
        let problem = office.get("viewer", &in_county("paper-numbers")).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["?word", "?year"]);
        assert_eq!(
            office.get("viewer", &in_county("papers?state=void")).expect(200)["items"].as_array().unwrap().len(),
            1
        );
        assert!(office.get("viewer", &in_county("papers?f=csv")).text().contains("闲置土地调查通知书"));
    });
}

/// A text as it stands in a query.
fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn the_signed_scan_is_linked_before_the_paper_is_served() {
    with_case(true, |office| {
        let draft = office.post("clerk", &papers("fee_decision"), &decision()).expect(201);
        let path = in_county(&format!("papers/{}", draft["paper"]["id"]));
        let link = |sha256: &str| office.post("clerk", &format!("{path}/scans"), &json!({"attachment": sha256}));
        link(SCAN).problem(409, "conflict");
        let issued = register(office, "approver", &draft, Some((2025, 15))).expect(201);
        let unserved = office.database(may_be_served);
        assert!(unserved.is_err());
        link(&"0".repeat(64)).problem(422, "invalid");
        link(issued["paper"]["docx_sha256"].as_str().unwrap()).problem(422, "invalid");
        link(SCAN).expect(200);
        let linked = link(SCAN).expect(200);
        assert_eq!(linked["scans"].as_array().unwrap().len(), 1);
        assert!(office.database(may_be_served).is_ok());
    });
}

fn may_be_served(db: &mut Db) -> Result<(), dizhang::app::error::AppError> {
    use dizhang::domain::idle_case::step::Paper;
    dizhang::app::papers::service::may_be_served(db, COUNTY.parse().unwrap(), case_id(), Paper::FeeDecision)
}

#[test]
fn a_registered_paper_without_a_number_is_made_void_with_its_reason_and_is_kept() {
    with_case(true, |office| {
        let typed = json!({"values": {
            "served_paper": "闲置土地认定书", "served_no": "演示自然资闲〔2025〕7号", "recipient": "演示新材料有限公司",
            "user_address": "演示县创业大道88号", "location": "演示县创业大道东侧", "manner": "direct", "place": "演示县创业大道88号",
            "served_on": "2025-04-16", "servers": "执法人员甲（豫A001）、执法人员乙（豫A002）"
        }});
        let draft = office.post("clerk", &papers("service_record"), &typed).expect(201);
        assert_eq!(draft["faults"], json!([]));
        let path = in_county(&format!("papers/{}", draft["paper"]["id"]));
        let void = |who: &str, version: i64, reason: &str| {
            office.post(who, &format!("{path}/void"), &json!({"version": version, "reason": reason}))
        };
        let told = void("reviewer", 1, "送达日期有误").problem(409, "conflict");
        assert!(told["detail"].as_str().unwrap().contains("撤回"), "a draft is withdrawn: {told}");
        register(office, "reviewer", &draft, None).expect(201);
        let bytes = || office.get("clerk", &format!("{path}/file?f=docx")).body;
        let before = bytes();
        void("clerk", 2, "送达日期有误").problem(403, "forbidden");
        void("reviewer", 1, "送达日期有误").problem(412, "stale");
        assert_eq!(pointers(&void("reviewer", 2, "").problem(422, "invalid")), ["/reason"]);
        let done = void("reviewer", 2, "送达日期有误").expect(201);
        assert_eq!((&done["paper"]["state"], &done["void"]["reason"]), (&json!("void"), &json!("送达日期有误")));
        assert_eq!(done["void"]["voided_by"], user("reviewer"));
        assert!(done["void"]["voided_at"].is_string(), "{done}");
        void("reviewer", 2, "送达日期有误").expect(200);
        void("approver", 3, "别的理由").problem(409, "conflict");
        assert_eq!((bytes(), office.get("clerk", &path).expect(200)["void"].clone()), (before, done["void"].clone()));
        let journal = office.get("auditor", &in_county("journal")).text().to_owned();
        assert!(journal.contains("voidPaper"), "{journal}");

        // A paper with a number is void with its number, and says so in the same place.
        let numbered = office.post("clerk", &papers("fee_decision"), &decision()).expect(201);
        let issued = register(office, "approver", &numbered, Some((2025, 15))).expect(201);
        let of = in_county(&format!("papers/{}", issued["paper"]["id"]));
        let body = json!({"version": issued["paper"]["version"], "reason": "名称有误"});
        let told = office.post("approver", &format!("{of}/void"), &body).problem(409, "conflict");
        assert!(told["detail"].as_str().unwrap().contains("文号登记簿"), "{told}");
        let number = json!({"number": {"word": WORD, "year": 2025, "n": 15}, "reason": "名称有误"});
        office.post("approver", &in_county("paper-numbers/void"), &number).expect(201);
        let view = office.get("clerk", &of).expect(200);
        assert_eq!((&view["paper"]["state"], &view["void"]["reason"]), (&json!("void"), &json!("名称有误")));
    });
}
