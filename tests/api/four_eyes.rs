//! The four-eyes matrix, row by row: who sends, who looks, whose word posts, which papers.

use dizhang::domain::ledger::kind::Kind;
use serde_json::{Value, json};

use crate::support::*;

/// Kind: how it is posted (`direct`, or by whose word), whether a reviewer looks first, which papers it needs.
const MATRIX: &str = "
    opening              approver  reviewed  number  attachment
    approve              approver  -         number  -
    supply               approver  -         number  -
    supply_terminated    approver  -         number  -
    written_off          approver  reviewed  number  attachment
    no_supply_needed     approver  -         number  -
    idle_found           approver  reviewed  number  attachment
    resumed              approver  -         number  -
    recovered            approver  reviewed  number  attachment
    bought_back          approver  reviewed  number  attachment
    survey_difference    reviewer  -         number  -
    boundary_adjustment  approver  -         number  -
    relocation           approver  -         number  -
    parcel_split         direct    -         number  -
    parcel_merged        direct    -         number  -
    contract_succession  approver  -         number  -
    correction           approver  reviewed  -       -
";

struct Row {
    kind: &'static str,
    posted_by: &'static str,
    reviewed: bool,
    number: bool,
    attachment: bool,
}

fn rows() -> Vec<Row> {
    let rows = MATRIX.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [kind, posted_by, reviewed, number, attachment] = words[..] else { panic!("{line}") };
        Row {
            kind,
            posted_by,
            reviewed: reviewed == "reviewed",
            number: number == "number",
            attachment: attachment == "attachment",
        }
    });
    rows.collect()
}

/// Posts what must have happened to a plot before an act of this kind, and gives that act.
fn ready(office: &Office, kind: &str, plot: i64) -> Value {
    let before: &[&str] = match kind {
        "opening" | "approve" | "contract_succession" => &[],
        "supply" | "written_off" | "no_supply_needed" | "survey_difference" | "boundary_adjustment" | "relocation" => {
            &["approve"]
        }
        "resumed" | "recovered" => &["approve", "supply", "idle_found"],
        _ => &["approve", "supply"],
    };
    let name = |kind: &str| format!("{kind}-of-{plot}");
    let mut last = 0;
    for kind in before {
        last = office.carry(&match *kind {
            "approve" => approve(&name("land"), plot),
            "supply" => supply(&name("contract"), plot, "2021-03-01", AREA),
            _ => voucher(&name("finding"), kind, "2022-03-01", plot, "supplied", "idle", AREA),
        });
    }
    let act = |day: &str, from: &str, to: &str, area: &str| voucher(&name(kind), kind, day, plot, from, to, area);
    match kind {
        "opening" => act("2020-06-30", "outside", "supplied", "500"),
        "approve" => approve(&name(kind), plot),
        "supply" => act("2021-03-01", "unsupplied", "supplied", "500"),
        "supply_terminated" => act("2022-03-01", "supplied", "unsupplied", "500"),
        "written_off" => act("2022-03-01", "unsupplied", "written_off", "500"),
        "no_supply_needed" => act("2022-03-01", "unsupplied", "no_supply_needed", "500"),
        "idle_found" => act("2022-03-01", "supplied", "idle", "500"),
        "resumed" => act("2022-09-01", "idle", "supplied", "500"),
        "recovered" => act("2022-09-01", "idle", "recovered", "500"),
        "bought_back" => act("2022-09-01", "supplied", "recovered", "500"),
        "survey_difference" => act("2022-03-01", "unsupplied", "outside", "1.5"),
        "boundary_adjustment" | "relocation" => {
            let mut act = act("2022-03-01", "unsupplied", "unsupplied", "500");
            act["lines"][0]["to"] = side("unsupplied", plot + 1);
            act
        }
        "parcel_split" | "parcel_merged" => {
            let mut act = act("2022-03-01", "supplied", "supplied", "500");
            act["lines"][0]["to"]["parcel"] = json!(id(plot + 1));
            act
        }
        "contract_succession" => {
            let mut act = act("2022-03-01", "supplied", "supplied", "1");
            act["lines"] = json!([]);
            act
        }
        "correction" => {
            let mut act = act("2021-03-01", "supplied", "unsupplied", "500");
            act["corrects"] = json!(last);
            act
        }
        other => panic!("the test does not know {other}"),
    }
}

#[test]
fn the_matrix_here_has_a_row_for_every_kind_and_says_what_the_program_says() {
    let rows = rows();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(rows.iter().map(|row| row.kind).collect::<Vec<_>>(), kinds);
    for row in rows {
        let duty = row.kind.parse::<Kind>().unwrap().duty();
        let posted_by = if duty.direct { "direct" } else { duty.posted_by.as_str() };
        let said = (posted_by, duty.review, duty.document, duty.attachment);
        assert_eq!(said, (row.posted_by, row.reviewed, row.number, row.attachment), "{}", row.kind);
    }
}

#[test]
fn each_kind_needs_its_people_and_its_papers() {
    both(|office| {
        for (at, row) in rows().iter().enumerate() {
            let plot = 2 * i64::try_from(at).unwrap() + 1;
            let act = ready(office, row.kind, plot);
            papers_are_asked_for(office, row, &act);
            if row.posted_by == "direct" {
                let posted = office.send_voucher(&act).expect(201);
                assert!(posted["proposal"].is_null(), "{posted}");
                signed(&posted["voucher"], "clerk", None, None);
            } else {
                people_are_asked_for(office, row, &act);
            }
        }
        office.verify();
    });
}

/// Without the papers that the matrix asks for the voucher is refused, with the reason and its member.
fn papers_are_asked_for(office: &Office, row: &Row, act: &Value) {
    let without = |member: &str| {
        let mut act = act.clone();
        act["client_id"] = json!("without-papers");
        act["document"].as_object_mut().unwrap().remove(member);
        act
    };
    let refused = |act: &Value, reason: &str, pointer: &str| {
        let problem = office.send_voucher(act).problem(422, "ledger-refused");
        assert_eq!((&problem["reason"], &problem["errors"][0]["pointer"]), (&json!(reason), &json!(pointer)));
    };
    if row.number {
        refused(&without("number"), "document_number_missing", "/document/number");
        refused(&without("authority"), "document_authority_missing", "/document/authority");
    }
    if row.attachment {
        refused(&without("attachments"), "attachment_missing", "/document/attachments");
    }
    let mut elsewhere = act.clone();
    elsewhere["document"]["attachments"] = json!(["b".repeat(64)]);
    refused(&elsewhere, "attachment_unknown", "/document/attachments");
}

/// Sends the voucher and tries every wrong person at every place before the right one.
fn people_are_asked_for(office: &Office, row: &Row, act: &Value) {
    let everybody = ["viewer", "clerk", "reviewer", "approver", "auditor", "admin", "nobody", "neighbour"];
    // The proposer holds every role and still stands in one place only.
    let sent = office.post("all-roles", &in_county("vouchers"), act).expect(202);
    let proposal = &sent["proposal"];
    let id = proposal["id"].as_i64().unwrap();
    assert_eq!(proposal["proposer"], user("all-roles"));
    let first = if row.reviewed { "reviewer" } else { row.posted_by };
    assert_eq!(proposal["waits_for"], first, "{}", row.kind);

    let mut version = 1;
    if row.reviewed {
        office.step("approver", id, "approve", version).problem(409, "conflict");
        for person in everybody.iter().filter(|person| **person != "reviewer") {
            office.step(person, id, "review", version).problem(403, "forbidden");
        }
        office.step("all-roles", id, "review", version).problem(403, "forbidden");
        // This reviewer may approve other vouchers, but not this one any more.
        let reviewed = office.step("all-roles-too", id, "review", version).expect(200);
        assert_eq!(reviewed["proposal"]["waits_for"], row.posted_by);
        version = reviewed["proposal"]["version"].as_i64().unwrap();
        office.step("all-roles-too", id, "approve", version).problem(403, "forbidden");
        office.step("reviewer", id, "review", version).problem(409, "conflict");
    } else {
        office.step("reviewer", id, "review", version).problem(409, "conflict");
    }
    for person in everybody.iter().filter(|person| **person != row.posted_by) {
        office.step(person, id, "approve", version).problem(403, "forbidden");
    }
    office.step("all-roles", id, "approve", version).problem(403, "forbidden");
    let posted = office.step(row.posted_by, id, "approve", version).expect(200);
    let seq = posted["proposal"]["posted_seq"].as_i64().unwrap();
    assert!(posted["proposal"]["waits_for"].is_null());
    let reviewer = row.reviewed.then_some("all-roles-too");
    let voucher = office.get("viewer", &in_county(&format!("vouchers/{seq}"))).expect(200);
    assert_eq!(voucher["voucher"]["kind"], row.kind);
    signed(&voucher, "all-roles", reviewer, Some(row.posted_by));
}

fn signed(voucher: &Value, proposer: &str, reviewer: Option<&str>, approver: Option<&str>) {
    assert_eq!(voucher["proposer"], user(proposer));
    assert_eq!(voucher["reviewer"], json!(reviewer.map(user)));
    assert_eq!(voucher["approver"], json!(approver.map(user)));
}
