//! Closed months: who closes them, what comes late, and who lets it in.

use serde_json::{Value, json};

use crate::support::*;

fn close(office: &Office, year: i32, month: i32) -> Answer {
    office.post("approver", &in_county("closed-months"), &json!({"year": year, "month": month}))
}

fn split(client_id: &str, day: &str) -> Value {
    let mut split = voucher(client_id, "parcel_split", day, 1, "supplied", "supplied", "10");
    split["lines"][0]["to"]["parcel"] = json!(id(2));
    split
}

#[test]
fn months_are_closed_in_order_and_not_before_they_are_over() {
    both(|office| {
        office.carry(&approve("land", 1));
        let closed = close(office, 2021, 3).expect(201);
        assert_eq!((&closed["month_end"], &closed["head_seq"]), (&json!("2021-03-31"), &json!(1)));
        let head = office.get("viewer", &in_county("ledger-head")).expect(200);
        assert_eq!((&head["closed_through"], &head["hash"]), (&json!("2021-03-31"), &closed["head_hash"]));
        close(office, 2021, 3).problem(409, "conflict");
        close(office, 2021, 2).problem(409, "conflict");
        close(office, 2149, 1).problem(409, "conflict");
        for (year, month) in [(2021, 0), (2021, 13), (1948, 1), (2150, 1), (-1, 1)] {
            close(office, year, month).problem(422, "invalid");
        }
        close(office, 2024, 2).expect(201);
        let months = office.get("auditor", &in_county("closed-months")).expect(200);
        let ends: Vec<&str> =
            months["items"].as_array().unwrap().iter().map(|month| month["month_end"].as_str().unwrap()).collect();
        assert_eq!(ends, ["2021-03-31", "2024-02-29"]);
        assert_eq!(months["items"][0], closed);
    });
}

#[test]
fn what_comes_after_the_closing_needs_an_approver_and_is_listed_as_late() {
    both(|office| {
        office.carry(&approve("land", 1));
        office.carry(&supply("sale", 1, "2021-01-01", "1000"));
        close(office, 2021, 6).expect(201);

        // A day after the closed month: posted at once. The last closed day: an approver lets it in.
        assert_eq!(office.send_voucher(&split("open", "2021-07-01")).expect(201)["voucher"]["late"], false);
        let sent = office.send_voucher(&split("late", "2021-06-30")).expect(202);
        let id = sent["proposal"]["id"].as_i64().unwrap();
        assert_eq!(sent["proposal"]["waits_for"], "approver");
        office.step("reviewer", id, "approve", 1).problem(403, "forbidden");
        let posted = office.step("approver", id, "approve", 1).expect(200);

        let late = office.get("viewer", &in_county("vouchers?late=true")).expect(200);
        assert_eq!(late["items"].as_array().unwrap().len(), 1);
        assert_eq!(late["items"][0]["seq"], posted["proposal"]["posted_seq"]);
        assert_eq!(late["items"][0]["late"], true);
        assert!(late["items"][0]["flags"].as_array().unwrap().iter().any(|flag| flag["code"] == "late"), "{late}");
        office.verify();
    });
}

#[test]
fn a_kind_that_a_reviewer_posts_needs_an_approver_too_once_its_month_is_closed() {
    both(|office| {
        office.carry(&approve("land", 1));
        close(office, 2021, 6).expect(201);
        let survey =
            |client_id: &str, day: &str| voucher(client_id, "survey_difference", day, 1, "unsupplied", "outside", "1");
        let sent = office.send_voucher(&survey("late", "2021-05-05")).expect(202);
        assert_eq!(sent["proposal"]["waits_for"], "approver");
        let id = sent["proposal"]["id"].as_i64().unwrap();
        office.step("reviewer", id, "approve", 1).problem(403, "forbidden");
        office.step("approver", id, "approve", 1).expect(200);

        // Also when the month is closed while the proposal waits.
        let sent = office.send_voucher(&survey("overtaken", "2021-07-05")).expect(202);
        assert_eq!(sent["proposal"]["waits_for"], "reviewer");
        let id = sent["proposal"]["id"].as_i64().unwrap();
        close(office, 2021, 7).expect(201);
        office.step("reviewer", id, "approve", 1).problem(403, "forbidden");
        let waiting = office.get("viewer", &in_county(&format!("proposals/{id}"))).expect(200);
        assert_eq!(waiting["proposal"]["waits_for"], "approver");
        let listed = office.get("viewer", &in_county("proposals?state=proposed")).expect(200);
        assert_eq!(listed["items"][0]["waits_for"], "approver");
        office.step("approver", id, "approve", 1).expect(200);
        assert_eq!(
            office.get("viewer", &in_county("vouchers?late=true")).expect(200)["items"].as_array().unwrap().len(),
            2
        );
        office.verify();
    });
}
