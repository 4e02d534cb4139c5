//! 对账 with the ministry's monitoring system: its export comes in, three lists come out, and what is mended closes by itself.

use serde_json::{Value, json};

use crate::support::*;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEAD: &str = "电子监管号,项目名称,面积(公顷),土地用途,供地方式,成交价(万元),合同签订日期,状态\n";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/sheets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn import(office: &Office, who: &str, query: &str, media_type: &str, file: &[u8]) -> Answer {
    let path = in_county(&format!("monitoring-snapshots/import-file?{query}"));
    office.send("POST", &path, Some(who), &[("content-type", media_type)], Some(file))
}

/// An export as CSV, of a day.
fn export(office: &Office, as_of: &str, rows: &str) -> Answer {
    import(office, "clerk", &format!("as_of={as_of}"), "text/csv", format!("{HEAD}{rows}").as_bytes())
}

/// The keys of the differences with the monitoring system.
fn keys(office: &Office, query: &str) -> Vec<String> {
    let list = office.get("viewer", &in_county(&format!("reconciliation?with=monitoring{query}"))).expect(200);
    list["items"].as_array().unwrap().iter().map(|row| row["difference"].as_str().unwrap().to_owned()).collect()
}

fn one(office: &Office, key: &str) -> Value {
    office.get("viewer", &in_county(&format!("reconciliation/{key}"))).expect(200)["difference"].clone()
}

fn say(office: &Office, key: &str, more: &Value) -> Value {
    let seen = one(office, key);
    let mut note = json!({"version": seen["version"], "figures": seen["figures"]});
    note.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    office.post("clerk", &in_county(&format!("reconciliation/{key}/notes")), &note).expect(200)["difference"].clone()
}

/// Gives a parcel its number, use and area.
fn number(office: &Office, parcel: i64, number: &str) {
    let body =
        json!({"code": format!("Z{parcel}"), "area_m2": "1", "regulatory_number": number, "land_use": "工业用地"});
    let path = in_county(&format!("parcels/{}", id(parcel)));
    office.send("PUT", &path, Some("clerk"), &[("if-match", "\"1\"")], Some(body.to_string().as_bytes())).expect(200);
}

/// Three supplies in the books: the first as the fixtures have it, the second of other area and day, the third theirs lacks.
fn supplied(office: &Office) {
    for plot in 1..=4 {
        office.carry(&approve(&format!("enter-{plot}"), plot));
    }
    office.carry(&supply("first", 1, "2021-03-05", "5000"));
    office.carry(&supply("second", 2, "2021-04-06", "10000"));
    office.carry(&supply("third", 3, "2022-05-05", "4000"));
    for (parcel, of) in [(1, "4101832021B00011"), (2, "4101832021B00012"), (3, "4101832022B00031")] {
        number(office, parcel, of);
    }
}

const DIFFERS: &str = "monitoring_differs-4101832021B00012";
const LACKS: &str = "monitoring_lacks-4101832022B00031";
const ONLY: &str = "monitoring_only-4101832022A00021";

fn compared<'r>(row: &'r Value, field: &str) -> &'r Value {
    let rows = row["monitoring"]["compared"].as_array().unwrap();
    rows.iter().find(|row| row["field"] == field).unwrap_or_else(|| panic!("{field}: {row:#}"))
}

#[test]
fn an_export_becomes_three_lists_that_are_worked_off_and_close_by_themselves() {
    both(|office| {
        supplied(office);
        assert_eq!(keys(office, ""), Vec::<String>::new(), "nothing to compare with yet");
        let file = fixture("monitoring_hectares.xlsx");
        let dry = import(office, "clerk", "as_of=2026-10-31&dry_run=true", XLSX, &file).expect(200);
        assert_eq!(dry["differences"], json!({"lacks": 1, "only": 1, "differs": 1}));
        assert_eq!((&dry["import"]["created"], &dry["import"]["is_written"]), (&json!(3), &json!(false)));
        let none = office.get("viewer", &in_county("monitoring-snapshots")).expect(200);
        assert_eq!((&none["items"], keys(office, "")), (&json!([]), Vec::new()));

        let kept = import(office, "clerk", "as_of=2026-10-31", XLSX, &file).expect(201);
        assert_eq!(kept["differences"], dry["differences"]);
        let snapshot = &kept["snapshot"];
        assert_eq!(
            (&snapshot["n"], &snapshot["as_of"], &snapshot["rows"], &snapshot["area_m2"], &snapshot["is_compared"]),
            (&json!(1), &json!("2026-10-31"), &json!(3), &json!("25000.0000"), &json!(true))
        );
        assert_eq!(snapshot["file_sha256"].as_str().unwrap().len(), 64);
        assert_eq!(snapshot["imported_by"], user("clerk"));
        // The same file of the same day changes nothing.
        let again = import(office, "clerk", "as_of=2026-10-31", XLSX, &file).expect(200);
        assert_eq!((&again["snapshot"]["n"], &again["import"]["unchanged"]), (&json!(1), &json!(3)));
        let rows = office.get("viewer", &in_county("monitoring-snapshots/1/supplies?limit=2")).expect(200);
        assert_eq!((rows["items"].as_array().unwrap().len(), &rows["next"]), (2, &json!("4101832021B00012")));
        assert_eq!(rows["items"][1]["area"], json!({"value": "1.2", "unit": "ha"}));
        let rest =
            office.get("viewer", &in_county("monitoring-snapshots/1/supplies?after=4101832021B00012")).expect(200);
        assert_eq!((&rest["items"][0]["method"], &rest["next"]), (&json!("allocation"), &Value::Null));

        assert_eq!(keys(office, ""), [DIFFERS, LACKS, ONLY]);
        for (kind, key) in [("monitoring_differs", DIFFERS), ("monitoring_lacks", LACKS), ("monitoring_only", ONLY)] {
            assert_eq!(keys(office, &format!("&kind={kind}")), [key]);
        }
        let map = office.get("viewer", &in_county("reconciliation?with=map&limit=1000")).expect(200);
        assert!(map["items"].as_array().unwrap().iter().all(|row| row["monitoring"].is_null()));
        let row = one(office, DIFFERS);
        assert_eq!(
            [&row["recorded_area_m2"], &row["monitored_area_m2"], &row["difference_m2"], &row["parcel_code"]],
            ["10000.0000", "12000.0000", "2000.0000", "Z2"]
        );
        assert_eq!(row["monitoring"]["project_name"], "演示装备二期");
        let signed = compared(&row, "signed_on");
        assert_eq!(
            (&signed["ours"], &signed["theirs"], &signed["differs"]),
            (&json!("2021-04-06"), &json!("2021-04-16"), &json!(true))
        );
        assert_eq!(compared(&row, "state")["differs"], false);
        assert_eq!(compared(&row, "land_use")["differs"], false);
        assert_eq!(compared(&row, "price")["differs"], Value::Null, "the books have no price");
        let lacks = one(office, LACKS);
        assert_eq!((&lacks["recorded_area_m2"], &lacks["monitored_area_m2"]), (&json!("4000.0000"), &Value::Null));
        assert_eq!(lacks["plot"], json!(id(3)));
        assert!(one(office, ONLY)["plot"].is_null());

        // Each has its owner and what was said of it, as every difference.
        let assigned = say(office, DIFFERS, &json!({"owner": user("second-clerk"), "resolution": "mending"}));
        assert_eq!(assigned["status"], "mending");
        let explained = say(office, LACKS, &json!({"resolution": "explained", "reason": "系统年底统一补报"}));
        assert_eq!(explained["status"], "explained");
        say(office, ONLY, &json!({"owner": user("clerk")}));
        assert_eq!(keys(office, &format!("&owner={}", user("second-clerk"))), [DIFFERS]);
        assert_eq!(keys(office, "&status=explained"), [LACKS]);
        let counts = office.get("viewer", &in_county("reconciliation-counts?with=monitoring")).expect(200);
        assert_eq!(counts["standing"], 3);

        // The signed day was wrong in the books: reversed, and posted as the contract has it. The area differs still.
        let mut reversed = voucher("reversed", "correction", "2021-04-06", 2, "supplied", "unsupplied", "10000");
        let seq = office.get("viewer", &in_county("vouchers?kind=supply&limit=1000")).expect(200)["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["voucher"]["client_id"] == "second")
            .unwrap()["seq"]
            .clone();
        reversed["corrects"] = seq;
        // It reverses a supply that was approved: two more people look at it.
        let proposal = office.send_voucher(&reversed).expect(202)["proposal"]["id"].as_i64().unwrap();
        let version =
            office.step("reviewer", proposal, "review", 1).expect(200)["proposal"]["version"].as_i64().unwrap();
        office.step("approver", proposal, "approve", version).expect(200);
        assert_eq!(
            keys(office, ""),
            [LACKS, "monitoring_only-4101832021B00012", ONLY],
            "a supply that was reversed is none"
        );
        assert_eq!(keys(office, "&status=mended"), [DIFFERS]);
        office.carry(&supply("second again", 2, "2021-04-16", "10000"));
        let reopened = one(office, DIFFERS);
        assert_eq!((&reopened["status"], &reopened["owner"]), (&json!("reopened"), &json!(user("second-clerk"))));
        assert_eq!(compared(&reopened, "signed_on")["differs"], false);
        assert_eq!(compared(&reopened, "area")["differs"], true);

        // The system corrects the area and lacks nothing any more; a new export says so.
        let rows = "4101832021B00011,一期,0.5,工业用地,挂牌出让,150,2021-03-05,已供应\n\
            4101832021B00012,二期,1,工业用地,挂牌出让,375.5,2021-04-16,已供应\n\
            4101832022A00021,变电站,0.8,公用设施用地,划拨,0,2022-06-30,已供应\n\
            4101832022B00031,三期,0.4,工业,挂牌出让,120,2022-05-05,已供应\n";
        let second = export(office, "2026-11-15", rows).expect(201);
        assert_eq!(second["differences"], json!({"lacks": 0, "only": 1, "differs": 0}));
        assert_eq!(keys(office, ""), [ONLY]);
        assert_eq!(keys(office, "&status=mended"), [DIFFERS, LACKS]);
        assert_eq!(one(office, LACKS)["last_note"]["reason"], "系统年底统一补报");
        let history = office.get("viewer", &in_county("monitoring-snapshots")).expect(200);
        let compared_with: Vec<&Value> =
            history["items"].as_array().unwrap().iter().map(|row| &row["is_compared"]).collect();
        assert_eq!(compared_with, [false, true]);
        // An older export that is imported later is kept and changes nothing.
        export(office, "2025-12-31", "4101832021B00011,一期,9,工业,划拨,0,2021-03-05,闲置\n").expect(201);
        assert_eq!(keys(office, ""), [ONLY]);

        // The land that they alone had is entered: every list is empty.
        office.carry(&voucher("fourth", "supply", "2022-06-30", 4, "unsupplied", "supplied", "8000"));
        number(office, 4, "4101832022A00021");
        assert_eq!(keys(office, ""), ["monitoring_differs-4101832022A00021"]);
        let row = one(office, "monitoring_differs-4101832022A00021");
        let differing: Vec<&Value> = row["monitoring"]["compared"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["differs"] == true)
            .map(|row| &row["field"])
            .collect();
        assert_eq!(differing, ["method", "land_use"]);
        let journal = office.get("auditor", &in_county("journal?collection=monitoring_snapshot")).expect(200);
        assert_eq!(journal["items"].as_array().unwrap().len(), 3);
        office.verify();
    });
}

#[test]
fn what_happened_after_the_day_of_the_export_is_no_difference() {
    both(|office| {
        supplied(office);
        let rows = "4101832021B00011,一期,0.5,工业用地,挂牌出让,150,2021-03-05,已供应\n\
            4101832021B00012,二期,1,工业用地,挂牌出让,375.5,2021-04-06,已供应\n";
        // The third was signed in 2022.
        let early = export(office, "2021-12-31", rows).expect(201);
        assert_eq!(early["differences"], json!({"lacks": 0, "only": 0, "differs": 0}));
        office.carry(&voucher("idle", "idle_found", "2023-06-01", 1, "supplied", "idle", "5000"));
        assert_eq!(keys(office, ""), Vec::<String>::new(), "found idle after the export");
        let late = format!("{rows}4101832022B00031,三期,0.4,工业,挂牌出让,120,2022-05-05,已供应\n");
        let late = export(office, "2023-12-31", &late).expect(201);
        assert_eq!(late["differences"], json!({"lacks": 0, "only": 0, "differs": 1}));
        let row = one(office, "monitoring_differs-4101832021B00011");
        let state = compared(&row, "state");
        assert_eq!((&state["ours"], &state["theirs_label"]), (&json!("idle"), &json!("已供应")));
        // Pages of any size show each once.
        let first = office.get("viewer", &in_county("reconciliation?limit=1&with=monitoring")).expect(200);
        let next = first["next"].as_str().unwrap();
        assert_eq!(keys(office, &format!("&limit=1&after={next}")), Vec::<String>::new());
    });
}

#[test]
fn a_wrong_export_is_refused_with_its_cells_and_leaves_nothing_behind() {
    both(|office| {
        supplied(office);
        for (name, cell) in [
            ("monitoring_bad_number_twice.xlsx", "Sheet1!B4"),
            ("monitoring_bad_other_county.xlsx", "Sheet1!B3"),
            ("monitoring_bad_other_division.xlsx", "Sheet1!A2"),
            ("monitoring_bad_two_units.xlsx", "Sheet1!E3"),
            ("monitoring_bad_days.xlsx", "Sheet1!Q2"),
            ("monitoring_bad_total.xlsx", "Sheet1!E6"),
            ("monitoring_bad_state.xlsx", "Sheet1!R2"),
            ("approvals_hectares.xlsx", "Sheet1!A2"),
        ] {
            let problem = import(office, "clerk", "as_of=2026-10-31", XLSX, &fixture(name)).problem(422, "invalid");
            let is_named = problem["errors"].as_array().unwrap().iter().any(|error| error["pointer"] == cell);
            assert!(is_named, "{name}: {problem:#}");
            let list = office.get("viewer", &in_county("monitoring-snapshots")).expect(200);
            assert_eq!(list["items"], json!([]), "{name}");
        }
        let dry = import(
            office,
            "clerk",
            "as_of=2026-10-31&dry_run=true",
            XLSX,
            &fixture("monitoring_bad_number_twice.xlsx"),
        )
        .expect(200);
        assert_eq!((&dry["import"]["bad"], &dry["differences"]["only"]), (&json!(1), &json!(0)));
        assert_eq!(dry["import"]["bad_rows"][0]["code"], "4101832021B00011");
        let file = fixture("monitoring_hectares.xlsx");
        let errors = |query: &str| {
            let problem = import(office, "clerk", query, XLSX, &file).problem(422, "invalid");
            problem["errors"][0]["pointer"].as_str().unwrap().to_owned()
        };
        assert_eq!(errors(""), "?as_of");
        assert_eq!(errors("as_of=2148-01-01"), "?as_of", "the future");
        assert_eq!(errors("as_of=gestern"), "?as_of");
        assert_eq!(errors("as_of=2026-10-31&partial=true"), "?partial", "all or none");
        assert_eq!(errors("as_of=2021-04-01"), "Sheet1!Q4", "signed after the export");
        import(office, "viewer", "as_of=2026-10-31", XLSX, &file).problem(403, "forbidden");
        import(office, "neighbour", "as_of=2026-10-31", XLSX, &file).problem(403, "forbidden");
        import(office, "clerk", "as_of=2026-10-31", "text/plain", &file).problem(415, "unsupported-media-type");
        office.get("viewer", &in_county("monitoring-snapshots/1/supplies")).problem(404, "not-found");
        // A number of an unusual form is taken, and told.
        let odd = export(office, "2026-10-31", "4101832021X1,甲,1,工业,划拨,0,2021-01-01,正常\n").expect(201);
        assert_eq!(odd["import"]["repairs"][0]["code"], "unusual_number");
        assert_eq!(keys(office, "&kind=monitoring_only"), ["monitoring_only-4101832021X1"]);
    });
}

#[test]
fn the_lists_go_out_as_files_and_an_export_that_went_out_comes_in_again() {
    both(|office| {
        supplied(office);
        import(office, "clerk", "as_of=2026-10-31", XLSX, &fixture("monitoring_hectares.xlsx")).expect(201);
        let csv = |path: &str| {
            let answer = office.get("viewer", &in_county(path));
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.text().trim_start_matches('\u{feff}').to_owned()
        };
        let lists = csv("reconciliation?with=monitoring&f=csv&unit=ha");
        let lines: Vec<&str> = lines_of(&lists);
        assert!(lines[0].contains("账面面积(公顷),系统面积(公顷),相差(公顷)"), "{lists}");
        assert!(!lines[0].contains("图形面积"), "{lists}");
        assert!(
            lines[1].contains("1,1.2,0.2,4101832021B00012,演示装备二期,面积、合同签订日期,2021-04-06,2021-04-16"),
            "{lists}"
        );
        assert_eq!(lines.len(), 5, "three rows and their total: {lists}");
        assert!(lines[4].starts_with("合计,"), "{lists}");
        let map = csv("reconciliation?with=map&f=csv");
        assert!(map.contains("图形面积(平方米)") && !map.contains("系统面积"), "{map}");
        let all = office.get("viewer", &in_county("reconciliation?f=xlsx"));
        assert!(all.body.starts_with(b"PK"));
        let out = csv("monitoring-snapshots/1/supplies?f=csv&unit=ha");
        assert!(out.contains("合计,,,2.5,"), "{out}");
        let again = import(office, "clerk", "as_of=2026-11-01", "text/csv", out.as_bytes());
        let again = again.expect(201);
        assert_eq!(again["import"]["created"], 3);
        assert_eq!(again["differences"], json!({"lacks": 1, "only": 1, "differs": 1}));
        assert!(csv("monitoring-snapshots?f=csv").contains("2026-11-01"));
    });
}

fn lines_of(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}
