//! Sending vouchers: once, twice, changed, wrong; and reading them back.

use serde_json::{Value, json};

use crate::support::*;

fn split(client_id: &str, day: &str) -> Value {
    let mut split = voucher(client_id, "parcel_split", day, 1, "supplied", "supplied", "10");
    split["lines"][0]["to"]["parcel"] = json!(id(2));
    split
}

#[test]
fn the_same_voucher_twice_is_recorded_once_and_the_same_id_with_other_contents_refused() {
    both(|office| {
        let land = approve("land", 1);
        let first = office.send_voucher(&land).expect(202);
        let again = office.send_voucher(&land).expect(200);
        assert_eq!(first, again);
        // The same contents written another way are the same voucher.
        let mut rewritten = land.clone();
        rewritten["lines"][0]["area_m2"] = json!(10000.00);
        rewritten["lines"][0]["from"] = json!({"account": "outside"});
        rewritten["memo"] = Value::Null;
        assert_eq!(office.send_voucher(&rewritten).expect(200), first);
        let mut other = land.clone();
        other["lines"][0]["area_m2"] = json!("9999.99");
        office.send_voucher(&other).problem(409, "taken");

        office.step("approver", 1, "approve", 1).expect(200);
        let posted = office.send_voucher(&land).expect(200);
        assert_eq!(posted["voucher"]["seq"], 1);
        office.send_voucher(&other).problem(409, "taken");

        // A kind that is posted at once.
        office.carry(&supply("sale", 1, "2021-01-01", "500"));
        let recorded = office.send_voucher(&split("split", "2021-02-01")).expect(201);
        assert_eq!(office.send_voucher(&split("split", "2021-02-01")).expect(200), recorded);
        office.send_voucher(&split("split", "2021-02-02")).problem(409, "taken");
        // An id is one id, whether it names a voucher or a proposal.
        let mut proposed = supply("split", 1, "2021-01-01", "1");
        office.send_voucher(&proposed).problem(409, "taken");
        proposed["client_id"] = json!("land");
        office.send_voucher(&proposed).problem(409, "taken");
        assert_eq!(office.get("viewer", &in_county("ledger-head")).expect(200)["seq"], 3);
        office.verify();
    });
}

#[test]
fn a_voucher_sent_again_after_its_month_was_closed_is_still_the_same_voucher() {
    both(|office| {
        office.carry(&approve("land", 1));
        office.carry(&supply("sale", 1, "2021-01-01", "10"));
        let recorded = office.send_voucher(&split("split", "2021-02-01")).expect(201);
        office.post("approver", &in_county("closed-months"), &json!({"year": 2021, "month": 12})).expect(201);
        assert_eq!(office.send_voucher(&split("split", "2021-02-01")).expect(200), recorded);
        assert_eq!(office.get("viewer", &in_county("proposals?state=proposed")).expect(200)["items"], json!([]));
    });
}

#[test]
fn many_clerks_with_the_same_voucher_leave_one() {
    both(|office| {
        office.carry(&approve("land", 1));
        office.carry(&supply("sale", 1, "2021-01-01", "100"));
        let voucher = split("split", "2021-02-01");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| office.send_voucher(&voucher).status)).collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 7, "{statuses:?}");
        office.verify();
    });
}

#[test]
fn every_wrong_member_is_reported_at_once_with_its_place() {
    both(|office| {
        let problem = office
            .send_voucher(&json!({
                "client_id": "", "kind": "gift", "effective_on": "2021-02-30", "colour": "red",
                "document": {"attachments": ["ABC"]}, "historical": "yes",
                "lines": [
                    {"from": {"account": "unsupplied"}, "to": {"account": "supplied", "plot": "1"}, "area_m2": "-1"},
                    {"from": {"account": "shelf", "plot": 1}, "to": {"account": "outside"}, "area_m2": "1.00001"},
                    7,
                ],
            }))
            .problem(422, "invalid");
        let pointers = pointers(&problem);
        for expected in [
            "/client_id",
            "/kind",
            "/effective_on",
            "/colour",
            "/document/attachments/0",
            "/historical",
            "/lines/0/to/plot",
            "/lines/0/area_m2",
            "/lines/1/from/account",
            "/lines/1/area_m2",
            "/lines/2",
        ] {
            assert!(pointers.contains(&expected), "{expected} of {pointers:?}");
        }
        for (body, pointer) in [
            (json!([]), ""),
            (json!("text"), ""),
            (json!({}), "/client_id"),
            (json!({"client_id": "nul\u{0}"}), "/client_id"),
            (json!({"client_id": "two\nlines"}), "/client_id"),
        ] {
            let problem = office.send_voucher(&body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
        }
        // A member given twice is neither of the two.
        let twice = approve("land", 1).to_string().replacen('{', r#"{"kind":"supply","#, 1);
        let answer = office.send("POST", &in_county("vouchers"), Some("clerk"), &[], Some(twice.as_bytes()));
        assert_eq!(answer.problem(422, "invalid")["errors"][0]["pointer"], "/kind");
    });
}

#[test]
fn what_the_ledger_refuses_names_reason_member_day_and_amount() {
    both(|office| {
        office.carry(&approve("land", 1));
        let problem =
            office.send_voucher(&supply("too-much", 1, "2021-01-01", "10000.25")).problem(422, "ledger-refused");
        assert_eq!(problem["reason"], "overdrawn");
        assert_eq!(pointers(&problem), ["/lines"]);
        for text in ["zh", "en"] {
            let detail = problem["detail_text"][text].as_str().unwrap();
            assert!(detail.contains("2021-01-01") && detail.contains("0.2500"), "{detail}");
        }
        let too_early = office.send_voucher(&supply("early", 1, "2019-12-31", "1")).problem(422, "ledger-refused");
        assert_eq!(too_early["reason"], "before_approval");
        let tomorrow = office.send_voucher(&supply("future", 1, "2149-01-01", "1")).problem(422, "ledger-refused");
        assert_eq!(tomorrow["reason"], "document_in_future", "its document is from that day too");
        let twice = office.send_voucher(&approve("land-again", 1)).problem(422, "ledger-refused");
        assert_eq!(twice["reason"], "plot_area_exceeded");
    });
}

#[test]
fn vouchers_are_read_back_as_they_were_sent_in_pages_and_by_kind_plot_and_lateness() {
    both(|office| {
        for plot in 1..=3 {
            office.carry(&approve(&format!("land-{plot}"), plot));
        }
        let mut sale = supply("sale", 2, "2021-03-01", "18.25");
        sale["memo"] = json!("补充材料“另附”\u{1F600}");
        let seq = office.carry(&sale);
        let read = office.get("auditor", &in_county(&format!("vouchers/{seq}"))).expect(200);
        for member in ["client_id", "kind", "effective_on", "method", "memo"] {
            assert_eq!(read["voucher"][member], sale[member], "{member}");
        }
        assert_eq!(read["voucher"]["document"], sale["document"]);
        assert_eq!(read["voucher"]["lines"][0]["area_m2"], "18.2500");
        assert_eq!(read["hash"], office.get("viewer", &in_county("ledger-head")).expect(200)["hash"]);
        assert!(read["recorded_at"].as_str().unwrap().ends_with('Z'));

        let list = |query: &str| {
            let page = office.get("viewer", &in_county(&format!("vouchers{query}"))).expect(200);
            let items = page["items"].as_array().unwrap();
            (items.iter().map(|item| item["seq"].as_i64().unwrap()).collect::<Vec<_>>(), page["next"].clone())
        };
        assert_eq!(list(""), (vec![1, 2, 3, 4], Value::Null));
        assert_eq!(list("?limit=3"), (vec![1, 2, 3], json!("3")));
        assert_eq!(list("?after=3&limit=3"), (vec![4], Value::Null));
        assert_eq!(list("?kind=supply"), (vec![4], Value::Null));
        assert_eq!(list(&format!("?plot={}", id(2))), (vec![2, 4], Value::Null));
        assert_eq!(list(&format!("?plot={}&kind=approve", id(2))), (vec![2], Value::Null));
        assert_eq!(list("?late=true"), (vec![], Value::Null));
        for missing in ["vouchers/5", "vouchers/0", "vouchers/-1", "vouchers/x", "vouchers/99999999999999999999"] {
            office.get("viewer", &in_county(missing)).problem(404, "not-found");
        }
    });
}
