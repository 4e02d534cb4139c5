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
