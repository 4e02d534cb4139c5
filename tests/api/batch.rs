//! Many calculations in one request, and from the command line.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::support::*;

const PATH: &str = "/api/v1/calculations/batch";
const NDJSON: &str = "application/x-ndjson";

fn flexible(id: &Value, term: &str) -> Value {
    json!({
        "id": id, "kind": "flexible_price", "on": "2026-06-30", "land_use": "industrial",
        "area": {"value": "50", "unit": "mu"}, "max_term_unit_price": "350.00", "term": term,
    })
}

fn send(office: &Office, query: &str, lines: &str) -> Answer {
    office.send("POST", &format!("{PATH}{query}"), Some("nobody"), &[("content-type", NDJSON)], Some(lines.as_bytes()))
}

#[track_caller]
fn answers(answer: &Answer) -> Vec<Value> {
    assert_eq!((answer.status, answer.header("content-type")), (200, NDJSON), "{}", answer.text());
    answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the calculation answers alone, with or without its findings.
fn alone(office: &Office, query: &str, line: &Value, findings: bool) -> Value {
    let mut body = line.clone();
    let members = body.as_object_mut().unwrap();
    members.remove("id");
    let kind = members.remove("kind").unwrap();
    let path = format!("/api/v1/calculations/{}{query}", kind.as_str().unwrap().replace('_', "-"));
    let mut answer = office.post("viewer", &path, &body).expect(200);
    if !findings {
        answer.as_object_mut().unwrap().remove("findings");
    }
    answer
}

#[test]
fn lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_others() {
    both(|office| {
        let good = [flexible(&json!("一"), "20"), flexible(&json!(2), "P30Y1M")];
        let term = json!({
            "kind": "term", "on": "2026-06-30", "method": "long_lease", "land_use": "industrial", "total_term": "3",
        });
        let bad = flexible(&json!("bad"), "0");
        let lines = format!("{}\n\n{bad}\n{{\"kind\":\n{}\r\n{term}", good[0], good[1]);
        for (query, findings) in [("", false), ("?detail=amounts", false), ("?detail=findings", true)] {
            let answers = answers(&send(office, query, &lines));
            let numbers: Vec<&Value> = answers.iter().map(|answer| &answer["line"]).collect();
            assert_eq!(numbers, [1, 3, 4, 5, 6]);
            for (at, line) in [(0, &good[0]), (3, &good[1]), (4, &term)] {
                assert_eq!(answers[at]["answer"], alone(office, "", line, findings), "{line}");
                assert_eq!((answers[at].get("id"), &answers[at]["kind"]), (line.get("id"), &line["kind"]));
            }
            assert_eq!(answers[4]["answer"]["outcome"], "needs_exception");
            let problem = &answers[1]["problem"];
            assert_eq!((&answers[1]["id"], &problem["type"]), (&json!("bad"), &json!("/problems/invalid")));
            assert_eq!(pointers(problem), ["/term"]);
            assert!(has_chinese(problem["detail_text"]["zh"].as_str().unwrap()));
            assert_eq!(answers[2]["problem"]["type"], "/problems/malformed");
            assert_eq!(answers[2].get("id"), None);
        }
    });
}

#[test]
fn a_county_calculates_by_its_own_values() {
    both(|office| {
        let overlay = json!({
            "parameter": "price.long_lease.rent_share_min", "in_force": "2026-01-01", "value": "0.03", "verified": true,
            "citation": {"instrument": "本县规定", "provision": "第1条"}, "reason": "本县做法"
        });
        office.post("approver", &in_county("policy-overlays"), &overlay).expect(201);
        let line = json!({
            "kind": "long_lease_price", "on": "2026-06-30", "land_use": "industrial", "area": "1000",
            "max_term_unit_price": "350", "lease_term": "15",
        });
        let query = format!("?county={COUNTY}");
        let own = &answers(&send(office, &query, &line.to_string()))[0]["answer"];
        assert_eq!(own["annual_rent_per_m2"], "10.50");
        assert_eq!(*own, alone(office, &query, &line, false));
        assert_eq!(answers(&send(office, "", &line.to_string()))[0]["answer"]["annual_rent_per_m2"], "7.00");
    });
}

#[test]
fn a_batch_is_for_those_who_are_signed_in_and_of_lines_only() {
    both(|office| {
        let line = flexible(&json!(1), "20").to_string();
        let headers = [("content-type", NDJSON)];
        let refused = office.send("POST", PATH, None, &headers, Some(line.as_bytes()));
        refused.problem(401, "unauthenticated");
        office.post("viewer", PATH, &json!({})).problem(415, "unsupported-media-type");
        assert_eq!(pointers(&send(office, "?detail=all&x=1", &line).problem(422, "invalid")), ["?detail", "?x"]);
        assert_eq!(answers(&send(office, "", "")), [] as [Value; 0]);
        let long = format!("{{\"id\":1,\"x\":\"{}\"}}\n{line}", "x".repeat(1 << 20));
        let answers = answers(&send(office, "", &long));
        assert_eq!(answers[0]["problem"]["type"], "/problems/too-large");
        assert_eq!((&answers[0]["line"], &answers[1]["line"]), (&json!(1), &json!(2)));
        assert!(answers[1]["answer"].is_object());
    });
}

#[test]
fn answers_come_while_lines_are_sent_and_more_may_come_than_one_body_holds() {
    both(|office| {
        let mut stream = TcpStream::connect(office.host()).unwrap();
        let head = format!(
            "POST {PATH} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer viewer\r\ncontent-type: {NDJSON}\r\n\
             transfer-encoding: chunked\r\nconnection: close\r\n\r\n",
            office.host()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
        let mut answers = BufReader::new(stream.try_clone().unwrap());
        let mut next_with = |word: &str| {
            let mut line = String::new();
            while !line.contains(word) {
                line.clear();
                assert!(answers.read_line(&mut line).unwrap() > 0, "the answer ended before {word}");
            }
        };
        for id in ["first", "second"] {
            // Cut within the line, so that its end comes later than its beginning.
            let line = flexible(&json!(id), "20").to_string() + "\n";
            let (begun, rest) = line.split_at(40);
            stream.write_all((chunk(begun) + &chunk(rest)).as_bytes()).unwrap();
            next_with(&format!("\"id\":\"{id}\""));
        }
        // Five megabytes, sent by one and read by another.
        let count = 20_000;
        let sender = std::thread::spawn(move || {
            for n in 0..count {
                stream.write_all(chunk(&(flexible(&json!(n), "20").to_string() + "\n")).as_bytes()).unwrap();
            }
            stream.write_all(b"0\r\n\r\n").unwrap();
        });
        let mut rest = String::new();
        answers.read_to_string(&mut rest).unwrap();
        sender.join().unwrap();
        let ids: Vec<String> = rest.split("\"id\":").skip(1).map(|at| at[..at.find(',').unwrap()].to_owned()).collect();
        assert_eq!(ids, (0..count).map(|n| n.to_string()).collect::<Vec<_>>());
    });
}

#[test]
fn the_command_line_answers_the_same_lines_alike() {
    both(|office| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines.ndjson");
        let lines = format!("{}\n{}\n", flexible(&json!("a"), "20"), flexible(&json!("b"), "0"));
        std::fs::write(&path, &lines).unwrap();
        let ran = office.command(&["calculate", path.to_str().unwrap(), "--detail", "findings"]);
        assert!(!ran.status.success(), "a bad line shows in the exit status");
        let by_command: Vec<Value> =
            ran.stdout.split_inclusive(|b| *b == b'\n').map(|line| serde_json::from_slice(line).unwrap()).collect();
        let over_http = answers(&send(office, "?detail=findings", &lines));
        assert_eq!(by_command[0], over_http[0]);
        assert_eq!(by_command[1]["problem"]["errors"], over_http[1]["problem"]["errors"]);
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(said.contains("1 lines calculated, 1 bad"), "{said}");

        std::fs::write(&path, flexible(&json!("a"), "20").to_string()).unwrap();
        let ran = office.command(&["calculate", path.to_str().unwrap(), "--county", COUNTY]);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    });
}
