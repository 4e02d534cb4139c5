//! The whole way of a proposal, the wrong person at each place, and sending the same thing twice.

use serde_json::{Value, json};

use crate::support::{Books, HERE, both};

fn sent(books: &Books<'_>, voucher: &Value) -> i64 {
    books.send(voucher).with(202).json()["proposal"]["id"].as_i64().unwrap()
}

#[test]
fn a_proposal_is_commented_returned_revised_reviewed_and_approved() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel) = (books.approved_plot(), books.parcel());
        let (clerk, reviewer, approver) = (books.clerk(), books.token("reviewer"), books.token("approver"));
        // Three steps: a supply found idle.
        books.posted(&books.supply(plot, parcel, "600"));
        let held = |account: &str| json!({"account": account, "plot": plot, "parcel": parcel});
        let lines = |area: &str| json!([{"from": held("supplied"), "to": held("idle"), "area_m2": area}]);
        let mut voucher = books.voucher("idle_found", "2024-02-01", lines("601"));
        // What the ledger would refuse is not even proposed.
        let refused = books.send(&voucher).with(422).json();
        assert_eq!(
            (refused["reason"].as_str(), refused["type"].as_str()),
            (Some("overdrawn"), Some("/problems/ledger-refused"))
        );
        voucher["lines"] = lines("600");
        let id = sent(&books, &voucher);
        let path = books.path(&format!("proposals/{id}"));

        books.step(id, "comment", &clerk, 1).with(200);
        books.step(id, "approve", &approver, 1).with(409);
        books.step(id, "return", &reviewer, 1).with(200);
        books.step(id, "review", &reviewer, 2).with(409);

        voucher["lines"] = lines("500");
        let revision = |token: &str, version: i64, voucher: &Value| {
            let body = json!({"version": version, "comment": "按现场核查更正", "voucher": voucher});
            service.post(&format!("{path}/revise")).token(token).json(&body).send()
        };
        revision(&clerk, 1, &voucher).with(412);
        let mut renamed = voucher.clone();
        renamed["client_id"] = json!("another");
        assert_eq!(revision(&clerk, 2, &renamed).with(422).json()["errors"][0]["pointer"], "/voucher/client_id");
        revision(&clerk, 2, &voucher).with(200);
        books.step(id, "review", &reviewer, 2).with(412);
        books.step(id, "review", &reviewer, 3).with(200);
        let approved = books.step(id, "approve", &approver, 4).with(200).json();

        let seq = approved["proposal"]["posted_seq"].as_i64().unwrap();
        let actions: Vec<_> = approved["events"].as_array().unwrap().iter().map(|e| e["action"].clone()).collect();
        assert_eq!(actions, ["propose", "comment", "return", "revise", "review", "approve"]);
        let posted = service.get(&books.path(&format!("vouchers/{seq}"))).token(&approver).expect(200);
        let who = ["proposer", "reviewer", "approver"].map(|place| posted[place].as_i64().unwrap());
        assert_eq!(who, ["clerk", "reviewer", "approver"].map(|role| office.id(&format!("{role}@{HERE}"))));
        assert_eq!(posted["voucher"]["lines"][0]["area_m2"], "500.0000");
        for step in ["comment", "return", "review", "approve", "withdraw"] {
            let token = if step == "withdraw" { &clerk } else { &approver };
            let token = if step == "review" { &reviewer } else { token };
            assert_eq!(books.step(id, step, token, 5).status, 409, "{step}: what is posted is over");
        }
        let balances = service.get(&books.path("balances?by=approval")).token(&clerk).expect(200);
        assert_eq!(balances["total"]["balances"]["idle_m2"], "500.0000");
        assert_eq!(balances["total"]["balances"]["supplied_m2"], "100.0000");
    });
}

#[test]
fn no_person_stands_in_two_places_of_one_voucher() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel) = (books.approved_plot(), books.parcel());
        let all = |n: u8| office.token(&format!("clerk@{HERE} reviewer@{HERE} approver@{HERE}+{n}"));
        let (one, two, three) = (all(1), all(2), all(3));
        let mut voucher = books.voucher(
            "written_off",
            "2024-02-01",
            json!([{"from": {"account": "unsupplied", "plot": plot}, "to": {"account": "written_off", "plot": plot}, "area_m2": "1"}]),
        );
        voucher["write_off"] = json!("reduced");
        let send = |voucher: &Value| service.post(&books.path("vouchers")).token(&one).json(voucher).send();
        let id = send(&voucher).with(202).json()["proposal"]["id"].as_i64().unwrap();
        books.step(id, "review", &one, 1).with(403);
        books.step(id, "approve", &one, 1).with(403);
        books.step(id, "return", &one, 1).with(403);
        books.step(id, "withdraw", &two, 1).with(403);
        books.step(id, "review", &two, 1).with(200);
        books.step(id, "approve", &two, 2).with(403);
        books.step(id, "approve", &one, 2).with(403);
        books.step(id, "approve", &three, 2).with(200);

        // Nor by way of a revision: a kind without review has two places for two persons.
        let id = send(&books.supply(plot, parcel, "1")).with(202).json()["proposal"]["id"].as_i64().unwrap();
        books.step(id, "approve", &one, 1).with(403);
        books.step(id, "approve", &two, 1).with(200);
    });
}

#[test]
fn a_withdrawn_proposal_is_over_and_moves_nothing() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel) = (books.approved_plot(), books.parcel());
        let voucher = books.supply(plot, parcel, "600");
        let id = sent(&books, &voucher);
        books.step(id, "withdraw", &books.clerk(), 1).with(200);
        for (step, role) in
            [("approve", "approver"), ("return", "approver"), ("withdraw", "clerk"), ("comment", "clerk")]
        {
            books.step(id, step, &books.token(role), 2).with(409);
        }
        let head = service.get(&books.path("ledger-head")).token(&books.token("viewer")).expect(200);
        assert_eq!(head["seq"], 1, "the approval alone");
    });
}

#[test]
fn a_proposal_is_checked_again_when_it_is_posted() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel) = (books.approved_plot(), books.parcel());
        // Each fits alone; together they ask for more than there is.
        let first = sent(&books, &books.supply(plot, parcel, "6000"));
        let second = sent(&books, &books.supply(plot, parcel, "6000"));
        let approver = books.token("approver");
        books.step(first, "approve", &approver, 1).with(200);
        let refused = books.step(second, "approve", &approver, 1).with(422).json();
        assert_eq!(refused["reason"], "overdrawn");
        let path = books.path(&format!("proposals/{second}"));
        let waiting = service.get(&path).token(&approver).expect(200);
        assert_eq!(
            (waiting["proposal"]["state"].as_str(), waiting["proposal"]["version"].as_i64()),
            (Some("proposed"), Some(1))
        );
    });
}

#[test]
fn of_two_who_approve_at_once_one_posts_it() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel) = (books.approved_plot(), books.parcel());
        let id = sent(&books, &books.supply(plot, parcel, "100"));
        let tokens: Vec<String> = (1..=4).map(|n| office.token(&format!("approver@{HERE}+{n}"))).collect();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                tokens.iter().map(|token| scope.spawn(|| books.step(id, "approve", token, 1).status)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 200 | 409 | 412)), "{statuses:?}");
        let head = service.get(&books.path("ledger-head")).token(&tokens[0]).expect(200);
        assert_eq!(head["seq"], 2);
    });
}

#[test]
fn the_same_voucher_sent_twice_is_recorded_once() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel, other) = (books.approved_plot(), books.parcel(), books.parcel());
        let voucher = books.supply(plot, parcel, "600");
        let id = sent(&books, &voucher);
        // Written otherwise, said the same.
        let mut same = voucher.clone();
        same["lines"][0]["area_m2"] = json!(600.0);
        same["memo"] = Value::Null;
        assert_eq!(books.send(&same).with(200).json()["proposal"]["id"], id);
        let mut different = voucher.clone();
        different["lines"][0]["area_m2"] = json!("600.0001");
        assert_eq!(books.send(&different).with(409).json()["type"], "/problems/taken");
        books.step(id, "approve", &books.token("approver"), 1).with(200);
        let again = books.send(&voucher).with(200).json();
        assert_eq!(again["voucher"]["seq"], 2);
        assert_eq!(books.send(&different).with(409).json()["type"], "/problems/taken");

        // And one that is posted at once.
        let held = |parcel: i64| json!({"account": "supplied", "plot": plot, "parcel": parcel});
        let split = json!([{"from": held(parcel), "to": held(other), "area_m2": "100"}]);
        let split = books.voucher("parcel_split", "2022-01-01", split);
        assert_eq!(books.send(&split).with(201).json()["voucher"]["seq"], 3);
        assert_eq!(books.send(&split).with(200).json()["voucher"]["seq"], 3);
        let mut different = split.clone();
        different["lines"][0]["area_m2"] = json!("101");
        assert_eq!(books.send(&different).with(409).json()["type"], "/problems/taken");
        // The id is taken for proposals too, or the approver would be the first to learn of it.
        let mut proposed = books.supply(plot, parcel, "1");
        proposed["client_id"] = split["client_id"].clone();
        assert_eq!(books.send(&proposed).with(409).json()["type"], "/problems/taken");
        let head = service.get(&books.path("ledger-head")).token(&books.clerk()).expect(200);
        assert_eq!(head["seq"], 3);
    });
}

#[test]
fn a_closed_month_takes_a_late_entry_with_an_approver_alone() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        let (plot, parcel, other) = (books.approved_plot(), books.parcel(), books.parcel());
        books.posted(&books.supply(plot, parcel, "600"));
        let close = |year: i32| {
            let body = json!({"year": year, "month": 12});
            service.post(&books.path("closed-months")).token(&books.token("approver")).json(&body).send()
        };
        close(2022).with(201);
        close(2022).with(409);
        close(2140).with(409);
        let held = |parcel: i64| json!({"account": "supplied", "plot": plot, "parcel": parcel});
        let split = |day: &str| {
            let lines = json!([{"from": held(parcel), "to": held(other), "area_m2": "1"}]);
            books.voucher("parcel_split", day, lines)
        };
        books.send(&split("2023-01-01")).with(201);
        let id = sent(&books, &split("2022-12-31"));
        let posted = books.step(id, "approve", &books.token("approver"), 1).with(200).json();
        let seq = posted["proposal"]["posted_seq"].as_i64().unwrap();
        let voucher = service.get(&books.path(&format!("vouchers/{seq}"))).token(&books.clerk()).expect(200);
        assert_eq!(voucher["late"], true);
        let late = service.get(&books.path("vouchers?late=true")).token(&books.clerk()).expect(200);
        assert_eq!(late["items"].as_array().unwrap().len(), 1);
    });
}
