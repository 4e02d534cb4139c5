//! The four-eyes matrix, row by row: who may post each kind, and which papers it needs.

use dizhang::domain::ledger::kind::Kind;
use serde_json::{Value, json};

use crate::support::{Books, HERE, both};

/// Kind, who stands behind it in order, whether it needs 文号 and an attachment.
const MATRIX: &[(&str, &[&str], bool, bool)] = &[
    ("opening", &["clerk", "reviewer", "approver"], true, true),
    ("approve", &["clerk", "approver"], true, false),
    ("supply", &["clerk", "approver"], true, false),
    ("supply_terminated", &["clerk", "approver"], true, false),
    ("written_off", &["clerk", "reviewer", "approver"], true, true),
    ("no_supply_needed", &["clerk", "approver"], true, false),
    ("idle_found", &["clerk", "reviewer", "approver"], true, true),
    ("resumed", &["clerk", "approver"], true, false),
    ("recovered", &["clerk", "reviewer", "approver"], true, true),
    ("bought_back", &["clerk", "reviewer", "approver"], true, true),
    ("survey_difference", &["clerk", "reviewer"], true, false),
    ("boundary_adjustment", &["clerk", "approver"], true, false),
    ("relocation", &["clerk", "approver"], true, false),
    ("parcel_split", &["clerk"], true, false),
    ("parcel_merged", &["clerk"], true, false),
    ("contract_succession", &["clerk", "approver"], true, false),
    ("correction", &["clerk", "approver"], false, false),
];

/// A voucher of the kind that the ledger takes, with what must come before it posted.
fn ready(books: &Books<'_>, kind: &str) -> Value {
    let plot =
        if kind == "opening" || kind == "approve" { books.plot(kind == "approve") } else { books.approved_plot() };
    let parcel = books.parcel();
    let side = |account: &str| match account {
        "supplied" | "idle" => json!({"account": account, "plot": plot, "parcel": parcel}),
        _ => json!({"account": account, "plot": plot}),
    };
    let line = |from: &str, to: &str| json!([{"from": side(from), "to": side(to), "area_m2": "50"}]);
    let supplied = || books.posted(&books.supply(plot, parcel, "1000"));
    let idle = || {
        supplied();
        books.posted(&books.voucher("idle_found", "2022-01-01", line("supplied", "idle")));
    };
    let day = "2023-01-01";
    match kind {
        "opening" => books.voucher(kind, "2020-12-31", line("outside", "unsupplied")),
        "approve" => books.voucher(kind, "2020-01-01", line("outside", "unsupplied")),
        "supply" => books.supply(plot, parcel, "50"),
        "supply_terminated" => {
            supplied();
            books.voucher(kind, day, line("supplied", "unsupplied"))
        }
        "written_off" => {
            let mut voucher = books.voucher(kind, day, line("unsupplied", "written_off"));
            voucher["write_off"] = json!("reduced");
            voucher
        }
        "no_supply_needed" => books.voucher(kind, day, line("unsupplied", "no_supply_needed")),
        "idle_found" => {
            supplied();
            books.voucher(kind, day, line("supplied", "idle"))
        }
        "resumed" => {
            idle();
            books.voucher(kind, day, line("idle", "supplied"))
        }
        "recovered" => {
            idle();
            books.voucher(kind, day, line("idle", "recovered"))
        }
        "bought_back" => {
            supplied();
            books.voucher(kind, day, line("supplied", "recovered"))
        }
        "survey_difference" => books.voucher(kind, day, line("unsupplied", "outside")),
        "boundary_adjustment" | "relocation" => {
            let other = json!({"account": "unsupplied", "plot": books.approved_plot()});
            books.voucher(kind, day, json!([{"from": side("unsupplied"), "to": other, "area_m2": "50"}]))
        }
        "parcel_split" | "parcel_merged" => {
            supplied();
            let other = json!({"account": "supplied", "plot": plot, "parcel": books.parcel()});
            books.voucher(kind, day, json!([{"from": side("supplied"), "to": other, "area_m2": "50"}]))
        }
        "contract_succession" => books.voucher(kind, day, json!([])),
        "correction" => {
            let seq = supplied();
            let mut voucher = books.voucher(kind, "2021-01-01", line("supplied", "unsupplied"));
            voucher["corrects"] = json!(seq);
            voucher
        }
        other => panic!("the test does not know {other}"),
    }
}

#[test]
fn the_matrix_of_the_test_has_a_row_for_every_kind() {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(MATRIX.iter().map(|row| row.0).collect::<Vec<_>>(), kinds);
}

#[test]
fn each_kind_needs_its_papers() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        for (kind, _, document, attachment) in MATRIX {
            let voucher = ready(&books, kind);
            let reason = |member: &str, without: Value| {
                let mut lacking = voucher.clone();
                lacking["client_id"] = json!(format!("{kind}-without-{member}"));
                lacking["document"][member] = without;
                let answer = books.send(&lacking);
                (answer.status, answer.json()["reason"].as_str().map(str::to_owned))
            };
            let refused = |reason: &str| (422, Some(reason.to_owned()));
            if *document {
                assert_eq!(reason("number", Value::Null), refused("document_number_missing"), "{kind}");
                assert_eq!(reason("authority", Value::Null), refused("document_authority_missing"), "{kind}");
            }
            if *attachment {
                assert_eq!(reason("attachments", json!([])), refused("attachment_missing"), "{kind}");
            }
            assert_eq!(reason("attachments", json!(["0".repeat(64)])), refused("attachment_unknown"), "{kind}");
            let mut bare = voucher.clone();
            if !document {
                bare["document"] = Value::Null;
            } else if !attachment {
                bare["document"]["attachments"] = json!([]);
            }
            let answer = books.send(&bare);
            assert!(matches!(answer.status, 201 | 202), "{kind}: {}", answer.text);
        }
    });
}

#[test]
fn each_kind_is_posted_by_its_persons_in_their_order_and_by_no_others() {
    both(|service| {
        let office = service.office();
        let books = Books::here(&office);
        for (kind, way, ..) in MATRIX {
            let voucher = ready(&books, kind);
            for role in ["viewer", "reviewer", "approver", "auditor", "admin"] {
                let path = books.path("vouchers");
                let sent = service.post(&path).token(&books.token(role)).json(&voucher).send();
                assert_eq!(sent.status, 403, "{kind} sent by {role}");
            }
            let sent = books.send(&voucher);
            if way.len() == 1 {
                assert_eq!(sent.with(201).json()["voucher"]["approver"], Value::Null, "{kind}");
                continue;
            }
            let proposal = sent.with(202).json()["proposal"].clone();
            let id = proposal["id"].as_i64().unwrap();
            let mut version = 1;
            let mut done = proposal;
            for (at, role) in way.iter().enumerate().skip(1) {
                let is_last = at + 1 == way.len();
                let right = if is_last { "approve" } else { "review" };
                for wrong in ["viewer", "clerk", "auditor", "admin", "reviewer", "approver"] {
                    for step in ["review", "approve"] {
                        if (wrong, step) == (*role, right) {
                            continue;
                        }
                        let status = books.step(id, step, &books.token(wrong), version).status;
                        // Who holds the role, but not now or not for this kind, is told of a conflict.
                        assert!(matches!(status, 403 | 409), "{kind}: {step} by {wrong}: {status}");
                    }
                }
                done = books.step(id, right, &books.token(role), version).with(200).json()["proposal"].clone();
                version += 1;
            }
            assert_eq!(done["state"], "posted", "{kind}");
            let path = books.path(&format!("vouchers/{}", done["posted_seq"]));
            let posted = service.get(&path).token(&books.clerk()).expect(200);
            let person = |role: &str| office.id(&format!("{role}@{HERE}"));
            assert_eq!(posted["proposer"], person("clerk"), "{kind}");
            assert_eq!(posted["approver"], person(way[way.len() - 1]), "{kind}");
            let reviewer = (way.len() == 3).then(|| person("reviewer"));
            assert_eq!(posted["reviewer"], json!(reviewer), "{kind}");
        }
    });
}
