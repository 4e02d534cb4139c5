//! The way of a proposal: sent, talked about, returned, revised, reviewed, approved; and where it ends.

use serde_json::{Value, json};

use crate::support::*;

fn written_off(client_id: &str, plot: i64, area: &str) -> Value {
    voucher(client_id, "written_off", "2022-05-01", plot, "unsupplied", "written_off", area)
}

fn proposal(office: &Office, id: i64) -> Value {
    office.get("viewer", &in_county(&format!("proposals/{id}"))).expect(200)
}

fn id_of(sent: &Value) -> i64 {
    sent["proposal"]["id"].as_i64().unwrap()
}

#[test]
fn a_proposal_goes_its_whole_way_and_every_step_is_kept() {
    both(|office| {
        office.carry(&approve("land", 1));
        let sent = office.send_voucher(&written_off("off", 1, "4000")).expect(202);
        let id = id_of(&sent);
        assert_eq!(sent["proposal"]["state"], "proposed");

        let commented = office.step("approver", id, "comment", 1).expect(200);
        assert_eq!(commented["proposal"]["version"], 1, "a comment changes nothing to decide on");
        let returned = office.step("reviewer", id, "return", 1).expect(200);
        assert_eq!(returned["proposal"]["state"], "returned");
        assert_eq!(returned["proposal"]["waits_for"], "clerk");
        office.step("reviewer", id, "review", 2).problem(409, "conflict");
        office.step("approver", id, "approve", 2).problem(409, "conflict");

        let revision = json!({"version": 2, "comment": "已按批复改正", "voucher": written_off("off", 1, "3000.5")});
        let path = in_county(&format!("proposals/{id}/revise"));
        office.post("second-clerk", &path, &revision).problem(403, "forbidden");
        let revised = office.post("clerk", &path, &revision).expect(200);
        assert_eq!(revised["proposal"]["state"], "proposed");
        assert_eq!(revised["voucher"]["lines"][0]["area_m2"], "3000.5000");

        office.step("reviewer", id, "review", 3).expect(200);
        office
            .post("clerk", &path, &json!({"version": 4, "voucher": written_off("off", 1, "1")}))
            .problem(409, "conflict");
        let posted = office.step("approver", id, "approve", 4).expect(200);
        assert_eq!(posted["proposal"]["state"], "posted");
        assert_eq!(posted["proposal"]["posted_seq"], 2);

        let steps: Vec<(String, i64)> = proposal(office, id)["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| (event["action"].as_str().unwrap().to_owned(), event["user"].as_i64().unwrap()))
            .collect();
        let expected = [
            ("propose", "clerk"),
            ("comment", "approver"),
            ("return", "reviewer"),
            ("revise", "clerk"),
            ("review", "reviewer"),
            ("approve", "approver"),
        ];
        let expected: Vec<(String, i64)> =
            expected.iter().map(|(step, name)| ((*step).to_owned(), user(name))).collect();
        assert_eq!(steps, expected);

        for step in ["review", "approve", "return", "comment"] {
            office.step("all-roles", id, step, 5).problem(409, "conflict");
        }
        office.step("clerk", id, "withdraw", 5).problem(409, "conflict");
        assert_eq!(office.balances("")["total"]["balances"]["written_off_m2"], "3000.5000");
        office.verify();
    });
}

#[test]
fn what_is_withdrawn_is_over_and_only_its_proposer_withdraws_it() {
    both(|office| {
        let id = id_of(&office.send_voucher(&approve("land", 1)).expect(202));
        office.step("second-clerk", id, "withdraw", 1).problem(403, "forbidden");
        office.step("all-roles", id, "withdraw", 1).problem(403, "forbidden");
        let withdrawn = office.step("clerk", id, "withdraw", 1).expect(200);
        assert_eq!(withdrawn["proposal"]["state"], "withdrawn");
        assert!(withdrawn["proposal"]["waits_for"].is_null());
        office.step("approver", id, "approve", 2).problem(409, "conflict");
        assert_eq!(office.get("viewer", &in_county("ledger-head")).expect(200)["seq"], 0);
    });
}

#[test]
fn nobody_decides_on_a_version_that_was_not_read() {
    both(|office| {
        let id = id_of(&office.send_voucher(&approve("land", 1)).expect(202));
        office.step("approver", id, "return", 1).expect(200);
        let mut changed = approve("land", 1);
        changed["memo"] = json!("补充说明");
        let path = in_county(&format!("proposals/{id}/revise"));
        office.post("clerk", &path, &json!({"version": 1, "voucher": changed})).problem(412, "stale");
        office.post("clerk", &path, &json!({"version": 2, "voucher": changed})).expect(200);
        let stale = office.step("approver", id, "approve", 2).problem(412, "stale");
        assert!(stale["detail"].as_str().unwrap().contains('3'), "it names the newest version: {stale}");
        office.step("approver", id, "approve", 4).problem(412, "stale");
        office.step("approver", id, "approve", 3).expect(200);
    });
}

#[test]
fn a_revision_keeps_its_client_id_and_is_checked_like_a_new_voucher() {
    both(|office| {
        office.carry(&approve("land", 1));
        let id = id_of(&office.send_voucher(&supply("sale", 1, "2021-01-01", "10")).expect(202));
        let path = in_county(&format!("proposals/{id}/revise"));
        let other_id = json!({"version": 1, "voucher": supply("other", 1, "2021-01-01", "10")});
        let problem = office.post("clerk", &path, &other_id).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/voucher/client_id");
        let too_much = json!({"version": 1, "voucher": supply("sale", 1, "2021-01-01", "10000.0001")});
        let problem = office.post("clerk", &path, &too_much).problem(422, "ledger-refused");
        assert_eq!(problem["reason"], "overdrawn");
        let wrong = json!({"version": 1, "voucher": {"client_id": "sale", "kind": "gift", "lines": []}});
        let problem = office.post("clerk", &path, &wrong).problem(422, "invalid");
        let pointers: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/voucher/kind", "/voucher/effective_on"], "{problem}");
        assert_eq!(proposal(office, id)["proposal"]["version"], 1);
    });
}

#[test]
fn a_proposal_is_checked_when_it_is_made_and_again_when_it_is_posted() {
    both(|office| {
        office.carry(&approve("land", 1));
        // Each fits alone; together they overdraw the plot from the later day on.
        let first = id_of(&office.send_voucher(&supply("first", 1, "2021-06-01", "6000")).expect(202));
        let second = id_of(&office.send_voucher(&supply("second", 1, "2021-05-01", "5000")).expect(202));
        office.send_voucher(&supply("third", 1, "2021-05-01", "10000.01")).problem(422, "ledger-refused");
        office.step("approver", first, "approve", 1).expect(200);

        let problem = office.step("approver", second, "approve", 1).problem(422, "ledger-refused");
        assert_eq!(problem["reason"], "overdrawn");
        for text in ["zh", "en"] {
            let detail = problem["detail_text"][text].as_str().unwrap();
            assert!(detail.contains("2021-06-01") && detail.contains("1000.0000"), "{detail}");
        }
        // The refusal changed nothing: the proposal waits as before and may be withdrawn.
        assert_eq!(proposal(office, second)["proposal"]["state"], "proposed");
        assert_eq!(proposal(office, second)["events"].as_array().unwrap().len(), 1);
        assert_eq!(office.get("viewer", &in_county("ledger-head")).expect(200)["seq"], 2);
        office.step("clerk", second, "withdraw", 1).expect(200);
        office.verify();
    });
}

#[test]
fn two_approvers_at_once_post_a_voucher_once() {
    both(|office| {
        let id = id_of(&office.send_voucher(&approve("land", 1)).expect(202));
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..6)
                .map(|n| {
                    let who = if n % 2 == 0 { "approver" } else { "all-roles" };
                    scope.spawn(move || office.step(who, id, "approve", 1).status)
                })
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 200 | 409)), "{statuses:?}");
        assert_eq!(office.get("viewer", &in_county("ledger-head")).expect(200)["seq"], 1);
        office.verify();
    });
}

#[test]
fn a_list_of_proposals_is_cut_into_pages_and_narrowed_by_state() {
    both(|office| {
        for plot in 1..=5 {
            office.send_voucher(&approve(&format!("land-{plot}"), plot)).expect(202);
        }
        office.step("approver", 2, "approve", 1).expect(200);
        let list = |query: &str| {
            let page = office.get("auditor", &in_county(&format!("proposals{query}"))).expect(200);
            let ids = page["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect();
            (ids, page["next"].clone())
        };
        let ids = |from: i64, to: i64| (from..=to).collect::<Vec<i64>>();
        assert_eq!(list(""), (ids(1, 5), Value::Null));
        assert_eq!(list("?limit=2"), (ids(1, 2), json!("2")));
        assert_eq!(list("?limit=2&after=2"), (ids(3, 4), json!("4")));
        assert_eq!(list("?limit=2&after=4"), (ids(5, 5), Value::Null));
        assert_eq!(list("?state=posted"), (vec![2], Value::Null));
        assert_eq!(list("?state=proposed&after=1"), (ids(3, 5), Value::Null));
        assert_eq!(list("?limit=100000"), (ids(1, 5), Value::Null), "a larger wish is cut down");
    });
}

#[test]
fn the_things_of_another_county_are_not_found_here() {
    both(|office| {
        let theirs = |rest: &str| format!("/api/v1/counties/{NEIGHBOUR}/{rest}");
        let mut land = approve("land", 1);
        for end in ["from", "to"] {
            land["lines"][0][end]["plot"] = json!(feature(NEIGHBOUR, 1));
        }
        let sent = office.post("neighbour", &theirs("vouchers"), &land).expect(202);
        let id = id_of(&sent);
        let step = json!({"version": 1});
        office.post("city", &theirs(&format!("proposals/{id}/approve")), &step).expect(200);

        // The same numbers name nothing in the first county, not even for the city that sees both.
        for token in ["viewer", "city"] {
            office.get(token, &in_county(&format!("proposals/{id}"))).problem(404, "not-found");
            office.get(token, &in_county("vouchers/1")).problem(404, "not-found");
            assert_eq!(office.get(token, &in_county("vouchers")).expect(200)["items"], json!([]));
            assert_eq!(office.get(token, &in_county("proposals")).expect(200)["items"], json!([]));
        }
        assert_eq!(office.balances("")["total"]["balances"]["approved_net_m2"], "0.0000");
        assert_eq!(office.balances(&format!("?plot={}", feature(NEIGHBOUR, 1)))["rows"], json!([]));
        assert_eq!(
            office.balances(&format!("?approval={}", feature(NEIGHBOUR, 1)))["total"]["balances"]["approved_net_m2"],
            "0.0000"
        );
        for rest in ["plots", "parcels", "approvals"] {
            let own = office.get("city", &theirs(&format!("{rest}/{}", feature(NEIGHBOUR, 1))));
            assert_eq!(own.status, 200, "{rest}: {}", own.text());
            for token in ["viewer", "city"] {
                let path = in_county(&format!("{rest}/{}", feature(NEIGHBOUR, 1)));
                office.get(token, &path).problem(404, "not-found");
            }
        }
        let counties = |token: &str| {
            let list = office.get(token, "/api/v1/counties").expect(200);
            let codes =
                list["items"].as_array().unwrap().iter().map(|county| county["county"].as_str().unwrap().to_owned());
            codes.collect::<Vec<_>>()
        };
        assert_eq!(counties("viewer"), [COUNTY]);
        assert_eq!(counties("neighbour"), [NEIGHBOUR]);
        assert_eq!(counties("city"), [COUNTY, NEIGHBOUR]);
        assert_eq!(counties("other-city"), Vec::<String>::new());
        assert_eq!(counties("nobody"), Vec::<String>::new());
        // Their land cannot be moved from here, nor their client ids be in the way.
        let problem = office.send_voucher(&land).problem(422, "ledger-refused");
        assert_eq!(problem["reason"], "unknown_plot");
        let mut parcel = supply("parcel", 1, "2021-01-01", "1");
        parcel["lines"][0]["to"]["parcel"] = json!(feature(NEIGHBOUR, 1));
        office.carry(&approve("land", 1));
        assert_eq!(office.send_voucher(&parcel).problem(422, "ledger-refused")["reason"], "unknown_parcel");
    });
}

#[test]
fn all_plots_of_an_approval_are_entered_by_one_proposal_and_none_of_them_twice() {
    both(|office| {
        office.carry(&approve("land", 1));
        let path = in_county(&format!("approvals/{}/entry", id(1)));
        let tried = office.post("clerk", &format!("{path}?dry_run=true"), &json!({})).expect(200);
        assert_eq!(tried["plots"], PLOTS - 1, "plot 1 is on the books");
        assert_eq!(office.get("viewer", &in_county("proposals?state=proposed")).expect(200)["items"], json!([]));
        office.post("viewer", &path, &json!({})).problem(403, "forbidden");
        office.post("clerk", &in_county(&format!("approvals/{}/entry", id(99))), &json!({})).problem(404, "not-found");

        let sent = office.post("clerk", &path, &json!({})).expect(202);
        assert_eq!((&sent["plots"], &sent["area_m2"]), (&tried["plots"], &tried["area_m2"]));
        assert_eq!(sent["proposals"].as_array().unwrap().len(), 1);
        let number = sent["proposals"][0]["id"].as_i64().unwrap();
        let file = proposal(office, number);
        assert_eq!(file["voucher"]["kind"], "approve");
        assert_eq!(file["voucher"]["document"]["number"], "演示〔2020〕1号");
        assert_eq!(file["voucher"]["lines"].as_array().unwrap().len() as i64, PLOTS - 1);
        let told = office.post("clerk", &path, &json!({})).problem(409, "conflict");
        assert!(told["detail"].as_str().unwrap().contains("待批凭证"), "{told}");

        // Withdrawn, they may come again; posted, they never do.
        let reason = json!({"version": 1, "comment": "面积待核"});
        office.post("clerk", &in_county(&format!("proposals/{number}/withdraw")), &reason).expect(200);
        let again = office.post("clerk", &path, &json!({})).expect(202)["proposals"][0]["id"].as_i64().unwrap();
        office.step("approver", again, "approve", 1).expect(200);
        let told = office.post("clerk", &path, &json!({})).problem(409, "conflict");
        assert!(told["detail"].as_str().unwrap().contains("均已入账"), "{told}");
        let total = office.get("viewer", &in_county(&format!("balances?approval={}", id(1)))).expect(200);
        let entered = &total["total"]["balances"]["unsupplied_m2"];
        assert_eq!(entered.as_str().unwrap().parse::<f64>().unwrap(), AREA.parse::<f64>().unwrap() * PLOTS as f64);
        office.verify();
    });
}
