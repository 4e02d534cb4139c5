//! Office sheets through the doors of the program: in, all or none, and out again.

use serde_json::{Value, json};

use crate::support::*;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/sheets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("csv") => "text/csv",
        Some("ods") => ODS,
        _ => XLSX,
    }
}

fn send(office: &Office, who: &str, door: &str, query: &str, name: &str) -> Answer {
    send_bytes(office, who, door, query, media_type(name), &fixture(name))
}

fn send_bytes(office: &Office, who: &str, door: &str, query: &str, media_type: &str, file: &[u8]) -> Answer {
    let path = in_county(&format!("{door}/import-file?{query}"));
    office.send("POST", &path, Some(who), &[("content-type", media_type)], Some(file))
}

fn count(office: &Office, list: &str) -> usize {
    office.get("all-roles", &in_county(&format!("{list}?limit=1000"))).expect(200)["items"].as_array().unwrap().len()
}

fn get(office: &Office, path: &str, headers: &[(&str, &str)]) -> Answer {
    office.send("GET", &in_county(path), Some("all-roles"), headers, None)
}

#[test]
fn approvals_come_in_once_from_any_of_the_sheets() {
    both(|office| {
        let before = count(office, "approvals");
        let dry = send(office, "clerk", "approvals", "dry_run=true", "approvals_hectares.xlsx").expect(200);
        assert_eq!((dry["created"].clone(), dry["is_written"].clone()), (json!(3), json!(false)));
        assert_eq!(
            dry["items"][0],
            json!({"line": 3, "code": "演示政土〔2019〕11号", "id": null, "became": "created"})
        );
        assert_eq!(count(office, "approvals"), before);
        let written = send(office, "clerk", "approvals", "", "approvals_hectares.xlsx").expect(201);
        assert_eq!((written["created"].clone(), written["bad"].clone()), (json!(3), json!(0)));
        assert_eq!(written["repairs"].as_array().unwrap().len(), 2, "the column that is not used and the total");
        // The same contents in other layouts.
        for name in
            ["approvals_unit_above.ods", "approvals_gbk.csv", "approvals_utf8.csv", "approvals_second_sheet.xlsx"]
        {
            let again = send(office, "clerk", "approvals", "", name).expect(200);
            assert_eq!((again["created"].clone(), again["unchanged"].clone()), (json!(0), json!(3)), "{name}");
        }
        // In 亩 the document would say something else: that is for a person to decide.
        let other = send(office, "clerk", "approvals", "", "approvals_mu_merged.xlsx").problem(422, "invalid");
        assert_eq!(other["errors"].as_array().unwrap().len(), 3);
        assert_eq!(other["errors"][0]["pointer"], "Sheet1!B5");
        assert_eq!(count(office, "approvals"), before + 3);
    });
}

#[test]
fn a_sheet_with_a_fault_leaves_nothing_behind_and_names_the_cell() {
    both(|office| {
        let lists = ["approvals", "plots", "parcels", "vouchers", "proposals", "journal"];
        let counts = || lists.map(|list| count(office, list));
        let before = counts();
        for (door, name, cell) in [
            ("approvals", "bad_ambiguous_header.xlsx", "Sheet1!G1"),
            ("approvals", "bad_two_units.xlsx", "Sheet1!G3"),
            ("approvals", "bad_two_units_in_headers.xlsx", "Sheet1!G1"),
            ("approvals", "bad_no_unit.xlsx", "Sheet1!F1"),
            ("approvals", "bad_days.xlsx", "Sheet1!D2"),
            ("approvals", "bad_total.xlsx", "Sheet1!G6"),
            ("approvals", "bad_number_twice.xlsx", "Sheet1!A3"),
            ("approvals", "bad_other_division.xlsx", "Sheet1!A2"),
            ("approvals", "bad_no_header.xlsx", ""),
            ("approvals", "plots_mu.xlsx", "Sheet1!A1"),
            ("vouchers", "bad_regulatory_number_twice.xlsx", "Sheet1!A3"),
            ("vouchers", "bad_other_county.xlsx", "Sheet1!A2"),
            // Nothing is approved on these plots yet.
            ("vouchers", "supplies_hectares.xlsx", "Sheet1!H2"),
        ] {
            let problem = send(office, "clerk", door, "", name).problem(422, "invalid");
            let is_named = problem["errors"].as_array().unwrap().iter().any(|error| error["pointer"] == cell);
            assert!(is_named, "{name}: {problem}");
            assert_eq!(counts(), before, "{name}");
        }
        let part = send(office, "clerk", "approvals", "partial=true", "bad_days.xlsx").expect(201);
        assert_eq!((part["created"].clone(), part["bad"].clone()), (json!(1), json!(2)));
        assert_eq!(part["bad_rows"][0]["line"], 2);
        assert_eq!(part["bad_rows"][0]["code"], "演示政土〔2019〕11号");
        assert_eq!(part["bad_rows"][1]["errors"][0]["value"], "2020.2.30");
        for (media_type, file, what) in [
            (XLSX, &b"a,b\n"[..], "a text file"),
            (XLSX, &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], ".xls"),
            ("text/csv", &fixture("plots_mu.xlsx")[..], "a zip archive"),
            (ODS, &b"PK\x03\x04 and no more"[..], "damaged"),
            ("text/csv", &b""[..], "an empty file"),
        ] {
            let problem = send_bytes(office, "clerk", "approvals", "", media_type, file).problem(422, "invalid");
            assert!(problem["errors"][0]["message"]["en"].as_str().unwrap().contains(what), "{problem}");
        }
        send_bytes(office, "clerk", "approvals", "", "text/plain", b"x").problem(415, "unsupported-media-type");
        send(office, "viewer", "approvals", "", "approvals_hectares.xlsx").problem(403, "forbidden");
    });
}

#[test]
fn plots_come_in_without_polygons_through_the_door_of_all_files() {
    both(|office| {
        let before = count(office, "plots");
        let dry = send(office, "clerk", "plots", "dry_run=true", "plots_mu.xlsx").expect(200);
        assert_eq!((dry["created"].clone(), dry["repairs"][0]["code"].clone()), (json!(3), json!("total_row")));
        assert_eq!(count(office, "plots"), before);
        let written = send(office, "clerk", "plots", "", "plots_mu.xlsx").expect(201);
        let plot = office.get("viewer", &in_county(&format!("plots/{}", written["plots"][2]["id"]))).expect(200);
        assert_eq!(plot["area"], json!({"value": "3.000015", "unit": "mu"}));
        assert_eq!((plot["area_m2"].clone(), plot["township"].clone()), (json!("2000.0100"), json!("410183102")));
        assert_eq!(plot["polygon"], Value::Null);
        let again = send_bytes(office, "clerk", "plots", "", "application/octet-stream", &fixture("plots_mu.xlsx"));
        assert_eq!(again.expect(200)["unchanged"], 3);
        let sheet = "地块编号,批准文号,面积(亩),乡镇\n表-09,演示〔2020〕1号,1,牛店镇\n表-10,没有的文号,1,牛店镇\n表-11,演示〔2020〕1号,-1,城关镇\n";
        let problem = send_bytes(office, "clerk", "plots", "", "text/csv", sheet.as_bytes()).problem(422, "invalid");
        let cells: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(cells, ["CSV!B3", "CSV!D4"], "{problem}");
        assert_eq!(count(office, "plots"), before + 3);
    });
}

#[test]
fn supplies_become_proposals_that_wait_for_their_second_person() {
    both(|office| {
        for plot in 1..=3 {
            office.carry(&approve(&format!("a{plot}"), plot));
        }
        let before = (count(office, "parcels"), count(office, "proposals"), count(office, "journal"));
        let dry = send(office, "clerk", "vouchers", "dry_run=true", "supplies_hectares.xlsx").expect(200);
        assert_eq!((dry["created"].clone(), dry["items"][0]["became"].clone()), (json!(3), json!("proposed")));
        assert_eq!(before, (count(office, "parcels"), count(office, "proposals"), count(office, "journal")));

        let sent = send(office, "clerk", "vouchers", "", "supplies_hectares.xlsx").expect(201);
        assert_eq!((sent["created"].clone(), sent["bad"].clone()), (json!(3), json!(0)));
        assert_eq!((count(office, "parcels"), count(office, "proposals")), (before.0 + 2, before.1 + 2));
        assert_eq!(office.balances("")["total"]["balances"]["supplied_m2"], "0.0000", "nothing is posted yet");
        let proposal = sent["items"][2]["id"].as_i64().unwrap();
        let file = office.get("viewer", &in_county(&format!("proposals/{proposal}"))).expect(200);
        let lines = file["voucher"]["lines"].as_array().unwrap();
        assert_eq!(lines.len(), 2, "two rows of one contract are one voucher");
        assert_eq!((lines[1]["area_m2"].clone(), lines[1]["from"]["plot"].clone()), (json!("2500.0000"), json!(id(3))));
        let again = send(office, "clerk", "vouchers", "", "supplies_hectares.xlsx").expect(200);
        assert_eq!(again["unchanged"], 3);
        for row in [0, 1] {
            let proposal = sent["items"][row]["id"].as_i64().unwrap();
            office.step("approver", proposal, "approve", 1).expect(200);
        }
        assert_eq!(office.balances("")["total"]["balances"]["supplied_m2"], "17500.0000");
        office.verify();

        // The second contract takes more than is left of its plot: by itself it is left out, with the first it refuses both.
        let rows = "合同编号,合同签订日期,批准机关,供应方式,地块编号,面积(平方米),电子监管号\n\
            乙-1,2022-01-01,某局,划拨,P1,100,4101832022A00001\n乙-2,2022-01-01,某局,划拨,P2,1,4101832022A00002\n";
        let parcels = count(office, "parcels");
        let problem = send_bytes(office, "clerk", "vouchers", "", "text/csv", rows.as_bytes()).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "CSV!F3", "{problem}");
        assert_eq!(count(office, "parcels"), parcels, "its parcel went with it");
        let part = send_bytes(office, "clerk", "vouchers", "partial=true", "text/csv", rows.as_bytes()).expect(201);
        assert_eq!((part["created"].clone(), part["bad"].clone()), (json!(1), json!(1)));
        assert_eq!(count(office, "parcels"), parcels + 1);
        let taken =
            rows.replace("乙-1", "乙-3").replace("乙-2", "乙-4").replace("4101832022A00001", "4101832021B00012");
        let problem = send_bytes(office, "clerk", "vouchers", "", "text/csv", taken.as_bytes()).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "CSV!G2", "{problem}");
    });
}

#[test]
fn every_list_goes_out_whole_with_units_and_totals() {
    both(|office| {
        send(office, "clerk", "approvals", "", "approvals_hectares.xlsx").expect(201);
        for plot in 1..=3 {
            office.carry(&approve(&format!("a{plot}"), plot));
        }
        send(office, "clerk", "vouchers", "", "supplies_hectares.xlsx").expect(201);
        for list in
            ["approvals", "plots", "parcels", "projects", "vouchers", "proposals", "journal", "townships", "balances"]
        {
            let csv = get(office, &format!("{list}?f=csv"), &[]);
            assert_eq!(csv.status, 200, "{list}: {}", csv.text());
            assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
            assert!(csv.header("content-disposition").starts_with("attachment; filename=\""), "{list}");
            assert!(csv.text().starts_with('\u{feff}'), "{list}");
            let xlsx = get(office, list, &[("accept", XLSX)]);
            assert_eq!((xlsx.status, xlsx.header("content-type")), (200, XLSX), "{list}");
            assert!(xlsx.body.starts_with(b"PK\x03\x04"));
            get(office, &format!("{list}?f=pdf"), &[]).problem(422, "invalid");
        }
        let plots = get(office, "plots?f=csv&unit=mu&limit=2&code_prefix=P1", &[]);
        let text = plots.text();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].contains("登记面积(亩)"), "{text}");
        assert_eq!(lines.len(), 13, "P1, P10 to P19, whatever the page: {text}");
        assert!(lines[12].starts_with("合计,") && lines[12].contains(",165,"), "{text}");
        let ledger = get(office, "balances?f=csv&by=approval&unit=ha", &[]).text().to_owned();
        let header = ledger.lines().next().unwrap();
        assert!(
            header.contains("批准文号,批次名称,批准机关,批准日期,批准面积(公顷),未供面积(公顷),已供面积(公顷)"),
            "{ledger}"
        );
        assert!(ledger.contains("演示〔2020〕1号,,河南省人民政府,2020-01-01,3,3,0,"), "{ledger}");
        assert!(ledger.contains("合计,,,,3,3,0,") && ledger.contains("说明:截至"), "{ledger}");
        let english = get(office, "vouchers?f=csv", &[("accept-language", "en")]);
        assert!(english.text().contains("effective on") && english.text().contains("area (m2)"));
        // Whoever may only look does not see who holds a parcel.
        let path = in_county("parcels?f=csv");
        assert!(!office.send("GET", &path, Some("viewer"), &[], None).text().contains("土地使用权人"));
        assert!(office.send("GET", &path, Some("clerk"), &[], None).text().contains("土地使用权人"));
    });
}

#[test]
fn every_list_of_the_office_goes_out_as_a_file_too() {
    both(|office| {
        office.carry(&approve("a1", 1));
        office.carry(&supply("s1", 1, "2021-01-01", "4000"));
        let mortgage = json!({
            "parcel": id(1), "kind": "mortgage", "number": "演示抵证1号", "party": "演示银行", "from": "2024-01-01",
            "area_m2": "4000", "loan_yuan": "1200000.50"
        });
        office.post("clerk", &in_county("encumbrances"), &mortgage).expect(201);
        office.post("approver", &in_county("closed-months"), &json!({"year": 2021, "month": 1})).expect(201);
        for list in [
            "reconciliation",
            "mapping-rate",
            "plot-overlaps",
            "encumbrances",
            "worklist",
            "worklist/events",
            "plot-measures/overdue",
            &format!("plots/{}/progress", id(1)),
            "closed-months",
            "policy-overlays",
            "price-bases",
            "attachments",
            "frozen-bases",
            "monitoring-snapshots",
        ] {
            let csv = get(office, &format!("{list}?f=csv"), &[]);
            assert_eq!(csv.status, 200, "{list}: {}", csv.text());
            assert!(csv.text().starts_with('\u{feff}'), "{list}");
            assert!(csv.header("content-disposition").starts_with("attachment; filename=\""), "{list}");
            let xlsx = get(office, list, &[("accept", XLSX)]);
            assert_eq!((xlsx.status, xlsx.header("content-type")), (200, XLSX), "{list}");
            assert!(xlsx.body.starts_with(b"PK\x03\x04"), "{list}");
            get(office, &format!("{list}?f=pdf"), &[]).problem(422, "invalid");
        }
        let burdens = get(office, "encumbrances?f=csv&unit=mu", &[]);
        assert!(burdens.text().contains("抵押或查封面积(亩)"), "{}", burdens.text());
        assert!(burdens.text().contains("合计,,,,,,,,6,0,1200000.5,"), "{}", burdens.text());
        // Whoever may only look does not see the party.
        let path = in_county("encumbrances?f=csv");
        assert!(!office.send("GET", &path, Some("viewer"), &[], None).text().contains("演示银行"));
        assert!(office.send("GET", &path, Some("clerk"), &[], None).text().contains("演示银行"));
        let mapped = get(office, "mapping-rate?f=csv", &[]);
        assert!(mapped.text().contains("合计,40,0,400000,0,"), "{}", mapped.text());
        let waiting = get(office, "reconciliation?f=csv&kind=plot_unmapped", &[]);
        assert_eq!(waiting.text().lines().count(), usize::try_from(PLOTS).unwrap() + 2, "header and total");
    });
}

#[test]
fn what_went_out_comes_in_again_unchanged() {
    both(|office| {
        send(office, "clerk", "approvals", "", "approvals_hectares.xlsx").expect(201);
        for (f, media_type) in [("csv", "text/csv"), ("xlsx", XLSX)] {
            let file = get(office, &format!("approvals?f={f}&unit=ha"), &[]).body;
            let again = send_bytes(office, "clerk", "approvals", "", media_type, &file).expect(200);
            assert_eq!((again["created"].clone(), again["unchanged"].clone()), (json!(0), json!(4)), "{f}");
            let file = get(office, &format!("plots?f={f}"), &[]).body;
            let again = send_bytes(office, "clerk", "plots", "", media_type, &file).expect(200);
            assert_eq!((again["created"].clone(), again["unchanged"].clone()), (json!(0), json!(PLOTS)), "{f}");
        }
    });
}

#[test]
fn a_text_that_looks_like_a_formula_goes_out_as_text() {
    both(|office| {
        let body = json!({"code": "=1+1", "name": "@SUM(A1)", "remark": "-2"});
        office.post("clerk", &in_county("projects"), &body).expect(201);
        let csv = get(office, "projects?f=csv", &[]);
        assert!(csv.text().contains("'=1+1,'@SUM(A1),"), "{}", csv.text());
        assert!(csv.text().contains(",'-2"));
    });
}

#[test]
fn the_office_sheet_goes_out_to_a_township_and_comes_back_with_its_progress() {
    both(|office| {
        let unsupplied = approve("sheet", 1);
        office.carry(&unsupplied);
        let out = get(office, "plot-measures?f=csv", &[]);
        assert_eq!(out.status, 200);
        let text = out.text().trim_start_matches('\u{feff}').to_owned();
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let at = |name: &str| header.iter().position(|column| column.starts_with(name)).unwrap();
        let (month, done) = (at("进展月份"), at("工作进展"));
        let filled = |what: &str, when: &str| {
            let rows = text.lines().enumerate().map(|(n, line)| {
                let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
                if n == 1 {
                    (cells[month], cells[done]) = (when.to_owned(), what.to_owned());
                }
                cells.join(",")
            });
            rows.collect::<Vec<_>>().join("\r\n")
        };
        let bad = filled("补偿款已兑付八成", "2149年1月");
        let problem =
            send_bytes(office, "clerk", "plot-progress", "", "text/csv", bad.as_bytes()).problem(422, "invalid");
        assert!(problem["errors"][0]["pointer"].as_str().unwrap().contains('2'), "{problem}");
        let good = filled("补偿款已兑付八成", "2026年10月");
        let dry = send_bytes(office, "clerk", "plot-progress", "dry_run=true", "text/csv", good.as_bytes()).expect(200);
        assert_eq!((&dry["created"], &dry["is_written"]), (&json!(1), &json!(false)));
        let taken = send_bytes(office, "clerk", "plot-progress", "", "text/csv", good.as_bytes()).expect(201);
        assert_eq!((&taken["created"], &taken["bad"]), (&json!(1), &json!(0)));
        send_bytes(office, "clerk", "plot-progress", "", "text/csv", good.as_bytes()).expect(200);
        let told = get(office, &format!("plots/{}/progress", id(1)), &[]).expect(200);
        assert_eq!(
            (&told["items"][0]["month"], &told["items"][0]["done"]),
            (&json!("2026-10"), &json!("补偿款已兑付八成"))
        );
        assert_eq!(told["items"].as_array().unwrap().len(), 1);
        assert!(get(office, "plot-measures?f=xlsx", &[]).body.starts_with(b"PK"));
    });
}
