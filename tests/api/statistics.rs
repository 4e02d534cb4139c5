//! A year of an office: a base is frozen, land disposed of, a month reported and closed, vouchers come late, and it is reported again.

use serde_json::{Value, json};

use crate::support::*;

fn bases() -> String {
    in_county("frozen-bases")
}

fn measure<'r>(report: &'r Value, by: &str) -> (&'r str, &'r str) {
    let measures = report["measures"].as_array().unwrap();
    let found = measures.iter().find(|measure| measure["by"] == by).unwrap_or_else(|| panic!("{by}: {report:#}"));
    let m2 = |name: &str| found[name]["m2"].as_str().unwrap();
    (m2("this_month"), m2("total"))
}

#[test]
fn a_year_is_frozen_disposed_of_reported_closed_posted_late_and_reported_again() {
    both(|office| {
        for plot in 1..=3 {
            office.carry(&approve(&format!("enter-{plot}"), plot));
        }
        office.carry(&supply("before", 1, "2025-06-01", "4000"));
        // 6,000 + 10,000 + 10,000 m² are left at the end of 2025.
        let body = json!({
            "kind": "unsupplied", "name": "2026年度任务", "as_of": "2025-12-31", "task_m2": "13000",
            "task_number": "演示自然资发〔2026〕6号", "task_dated": "2026-01-20"
        });
        let proposed = office.post("clerk", &bases(), &body).expect(201);
        assert_eq!(
            (&proposed["base"]["area_m2"], &proposed["plots"][0]["area_m2"]),
            (&json!("26000.0000"), &json!("6000.0000"))
        );
        let base = format!("{}/{}", bases(), proposed["base"]["id"]);
        let october = format!("{base}/report?year=2026&month=10");
        office.get("viewer", &october).problem(422, "cannot-decide");
        office.post("clerk", &format!("{base}/approve"), &json!({"version": 1})).problem(403, "forbidden");
        office.post("approver", &format!("{base}/approve"), &json!({"version": 1})).expect(200);
        office.post("approver", &format!("{base}/approve"), &json!({"version": 2})).problem(409, "conflict");

        office.carry(&supply("september", 1, "2026-09-10", "2000"));
        office.carry(&supply("october", 2, "2026-10-05", "3000"));
        office.carry(&voucher("road", "no_supply_needed", "2026-10-20", 3, "unsupplied", "no_supply_needed", "1000"));
        // Land that was approved since is no part of the base.
        office.carry(&approve("enter-4", 4));
        office.carry(&supply("new", 4, "2026-10-06", "5000"));
        let report = office.get("viewer", &october).expect(200);
        assert_eq!((&report["this_month"]["m2"], &report["total"]["m2"]), (&json!("4000.0000"), &json!("6000.0000")));
        assert_eq!((&report["total"]["ha"], &report["total"]["mu"]), (&json!("0.6000"), &json!("9.00")));
        assert_eq!(
            (&report["rate"]["fraction"], &report["rate"]["percent"]),
            (&json!("6000.0000/26000.0000"), &json!("23.08"))
        );
        assert_eq!(report["completion"]["percent"], "46.15");
        assert_eq!(measure(&report, "supply"), ("3000.0000", "5000.0000"));
        assert_eq!(measure(&report, "no_supply_needed"), ("1000.0000", "1000.0000"));
        assert_eq!(report["cohorts"][0]["key"], 2019);
        // 4.50 + 1.50 亩 against 9.00: 7.50 and 1.50 add up.
        assert_eq!((&report["rounding_difference_mu"], &report["late_adjustment_m2"]), (&json!("0.00"), &Value::Null));

        let issued = office.post("clerk", &format!("{base}/reports"), &json!({"year": 2026, "month": 10})).expect(201);
        assert_eq!(issued["report"], report);
        office.post("approver", &in_county("closed-months"), &json!({"year": 2026, "month": 10})).expect(201);
        office.carry(&supply("late", 2, "2026-10-25", "500"));
        // It was signed before the base was frozen: the base was wrong by it.
        office.carry(&supply("forgotten", 3, "2025-12-01", "700"));
        let again = office.get("viewer", &october).expect(200);
        assert_eq!((&again["this_month"]["m2"], &again["total"]["m2"]), (&json!("4500.0000"), &json!("7200.0000")));
        assert_eq!(again["late_adjustment_m2"], "1200.0000");
        assert_eq!(measure(&again, "data_correction"), ("0.0000", "700.0000"));
        let proof = office.get("auditor", &format!("{base}/reports/1/proof")).expect(200);
        assert_eq!((&proof["is_proved"], &proof["newest"]["total"]["m2"]), (&json!(true), &json!("7200.0000")));
        let then = format!("{october}&known_seq={}", report["known_seq"]);
        assert_eq!(office.get("viewer", &then).expect(200), report, "the same figures for the same voucher");

        office.carry(&voucher("back", "supply_terminated", "2026-11-10", 1, "supplied", "unsupplied", "1000"));
        let november = office.get("viewer", &format!("{base}/report?year=2026&month=11")).expect(200);
        assert_eq!(
            (&november["this_month"]["m2"], &november["total"]["m2"]),
            (&json!("-1000.0000"), &json!("6200.0000"))
        );
        assert_eq!(november["townships"][0]["base"]["m2"], "26000.0000");

        office.get("viewer", &format!("{base}/report?year=2025&month=12")).problem(422, "invalid");
        office.get("viewer", &format!("{base}/report?year=2026&month=13")).problem(422, "invalid");
        office.get("viewer", &format!("{october}&known_seq=9999")).problem(422, "invalid");
        let mut future = body.clone();
        future["as_of"] = json!("2148-01-01");
        office.post("clerk", &bases(), &future).problem(422, "invalid");
    });
}

/// The texts of a workbook's cells, as its parts hold them.
fn workbook(answer: &Answer) -> String {
    use std::io::Read as _;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.header("content-type").ends_with("spreadsheetml.sheet"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.body[..])).unwrap();
    let mut all = String::new();
    for part in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        archive.by_name(part).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

/// A base of three plots of which two were disposed of in part.
fn approved_base(office: &Office) -> String {
    for plot in 1..=3 {
        office.carry(&approve(&format!("enter-{plot}"), plot));
    }
    let body = json!({
        "kind": "unsupplied", "name": "2026年度任务", "as_of": "2025-12-31", "task_m2": "9000",
        "task_number": "演示自然资发〔2026〕6号", "task_dated": "2026-01-20"
    });
    let proposed = office.post("clerk", &bases(), &body).expect(201);
    let base = format!("{}/{}", bases(), proposed["base"]["id"]);
    office.post("approver", &format!("{base}/approve"), &json!({"version": 1})).expect(200);
    office.carry(&supply("march", 1, "2026-03-10", "3333.3333"));
    office.carry(&supply("october", 2, "2026-10-05", "2000"));
    office.carry(&voucher("road", "no_supply_needed", "2026-10-20", 3, "unsupplied", "no_supply_needed", "1000"));
    base
}

#[test]
fn a_year_is_reported_by_month_issued_and_proved_after_late_vouchers() {
    both(|office| {
        let base = approved_base(office);
        let path = format!("{base}/year-report?year=2026");
        let report = office.get("viewer", &path).expect(200);
        let months = report["months"].as_array().unwrap();
        assert_eq!(months.len(), 12);
        let month = |at: usize| (&months[at]["this_month"]["m2"], &months[at]["total"]["m2"]);
        assert_eq!(month(2), (&json!("3333.3333"), &json!("3333.3333")));
        assert_eq!(month(9), (&json!("3000.0000"), &json!("6333.3333")));
        assert_eq!((&report["this_year"]["m2"], &report["before"]["m2"]), (&json!("6333.3333"), &json!("0.0000")));
        assert_eq!((&report["total"]["ha"], &report["total"]["mu"]), (&json!("0.6333"), &json!("9.50")));
        assert_eq!(report["completion"]["fraction"], "6333.3333/9000.0000");
        assert_eq!(report["ages"][0]["key"], 60, "approved in 2020, so more than five years before the end of 2026");
        assert_eq!(report["ages"][0]["rate"]["percent"], "21.11");
        // 0.5333 + 0.1000 公顷 and 8.00 + 1.50 亩.
        assert_eq!(
            (&report["rounding_difference_ha"], &report["rounding_difference_mu"]),
            (&json!("0.0000"), &json!("0.00"))
        );
        // December of the month's reports says the same.
        let december = office.get("viewer", &format!("{base}/report?year=2026&month=12")).expect(200);
        assert_eq!(december["total"], report["total"]);

        let issued = office.post("clerk", &format!("{base}/reports"), &json!({"year": 2026})).expect(201);
        assert_eq!((&issued["period"], &issued["month_end"]), (&json!("year"), &json!("2026-12-31")));
        assert_eq!((&issued["year_report"], &issued["report"]), (&report, &Value::Null));
        office.post("clerk", &format!("{base}/reports"), &json!({"year": 2026, "month": 10})).expect(201);
        office.carry(&supply("late", 2, "2026-04-01", "500"));
        let proof = office.get("auditor", &format!("{base}/reports/1/proof")).expect(200);
        assert_eq!((&proof["is_proved"], &proof["newest"]), (&json!(true), &Value::Null));
        assert_eq!(proof["newest_year"]["total"]["m2"], "6833.3333");
        let proof = office.get("auditor", &format!("{base}/reports/2/proof")).expect(200);
        assert_eq!((&proof["is_proved"], &proof["newest_year"]), (&json!(true), &Value::Null));
        let kept = office.get("viewer", &format!("{base}/reports/1")).expect(200);
        assert_eq!(kept, issued);
        office.get("viewer", &format!("{base}/reports/9")).problem(404, "not-found");
        office.get("viewer", &format!("{base}/year-report?year=2025")).problem(422, "invalid");
        office.get("viewer", &format!("{base}/year-report")).problem(422, "invalid");
        office.post("clerk", &format!("{base}/reports"), &json!({"year": 1900})).problem(422, "invalid");
    });
}

#[test]
fn reports_go_out_as_sheets_that_say_what_they_rest_on() {
    both(|office| {
        let base = approved_base(office);
        let report = office.get("viewer", &format!("{base}/report?year=2026&month=10")).expect(200);
        let month = office.get("viewer", &format!("{base}/report?year=2026&month=10&f=xlsx"));
        assert!(month.header("content-disposition").contains("report-2026-10.xlsx"));
        let sheet = workbook(&month);
        for words in [
            "新密市批而未供土地处置情况月报",
            "报告期:2026年10月",
            "公顷",
            "认定无需供应",
            "取整差额",
            "2019 年以后批准",
            report["head_hash"].as_str().unwrap(),
            &format!("第 {} 号凭证", report["known_seq"]),
        ] {
            assert!(sheet.contains(words), "{words}");
        }
        let sheet = workbook(&office.get("viewer", &format!("{base}/year-report?year=2026&f=xlsx")));
        for words in ["年报", "报告期:2026年", "满5 年", "上年末累计", "10月"] {
            assert!(sheet.contains(words), "{words}");
        }
        // What was issued goes out as it was issued, whatever came since.
        office.post("clerk", &format!("{base}/reports"), &json!({"year": 2026, "month": 10})).expect(201);
        let before = workbook(&office.get("viewer", &format!("{base}/reports/1?f=xlsx")));
        office.carry(&supply("late", 2, "2026-10-25", "500"));
        assert_eq!(workbook(&office.get("viewer", &format!("{base}/reports/1?f=xlsx"))), before);
        assert_ne!(workbook(&office.get("viewer", &format!("{base}/report?year=2026&month=10&f=xlsx"))), before);
        office.get("viewer", &format!("{base}/report?year=2026&month=10&f=csv")).problem(422, "invalid");
    });
}

#[test]
fn rates_of_disposal_are_told_by_approval_township_year_and_both_ages() {
    both(|office| {
        let base = approved_base(office);
        let rates = |query: &str| office.get("viewer", &format!("{base}/rates?as_of=2026-12-31&{query}")).expect(200);
        let whole = rates("");
        assert_eq!(whole["rows"], json!([]));
        assert_eq!(
            (&whole["total"]["base_m2"], &whole["total"]["disposed_m2"], &whole["total"]["rate"]["percent"]),
            (&json!("30000.0000"), &json!("6333.3333"), &json!("21.11"))
        );
        for (by, value, label) in [
            ("approval", id(1).to_string(), "演示〔2020〕1号"),
            ("year", "2020".to_owned(), "2020 年"),
            ("age", "3".to_owned(), "满5 年"),
            ("cohort", "2".to_owned(), "2019 年以后批准"),
        ] {
            let found = rates(&format!("by={by}"));
            let row = &found["rows"][0];
            assert_eq!(row["group"][0]["value"], value, "{by}");
            assert_eq!(row["group"][0]["label"]["zh"], label, "{by}");
            assert_eq!(row["rate"], whole["total"]["rate"], "{by}");
        }
        assert_eq!(rates("by=township,cohort")["rows"][0]["group"][0]["value"], Value::Null);
        let early = office.get("viewer", &format!("{base}/rates?as_of=2026-03-31")).expect(200);
        assert_eq!(early["total"]["disposed_m2"], "3333.3333");
        assert_eq!(early["total"]["measures"], json!([{"by": "supply", "area_m2": "3333.3333"}]));
        for bad in ["by=cause", "by=year,year", "as_of=2025-01-01", "known_seq=9999"] {
            office.get("viewer", &format!("{base}/rates?{bad}")).problem(422, "invalid");
        }
        let csv = office.get("viewer", &format!("{base}/rates?by=year&f=csv&unit=ha&as_of=2026-12-31"));
        assert!(csv.text().contains("2020 年,3,0.53333333,"), "{}", csv.text());
        assert!(csv.text().contains("全部处置率 21.11%"), "{}", csv.text());
        let list = office.get("viewer", &format!("{base}?f=csv&unit=mu"));
        assert!(list.text().contains("基数面积(亩)") && list.text().contains("合计,,,45"), "{}", list.text());
        assert!(list.text().contains("清单摘要"), "{}", list.text());
        // The other rates of the statistics, by the same groupings.
        for by in ["approval", "township", "year", "age", "cohort"] {
            let table = office.balances(&format!("?by={by}"));
            let rates = &table["rows"][0]["rates"];
            assert_eq!(rates["supply"]["basis"], "turnover", "{by}");
            assert!(rates["unsupplied"]["percent"].is_string() && rates["idle"]["percent"].is_string(), "{by}");
        }
    });
}
