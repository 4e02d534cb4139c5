//! What holds for every request: problems in both languages, methods, media types, limits, headers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use dizhang::http::access::OPERATIONS;
use serde_json::json;

use crate::access::path;
use crate::support::*;

/// Writes bytes to the program and reads its answer to the end, or until it has been silent for a while.
fn raw(office: &Office, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(office.host()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // The program may answer and close before it has taken everything.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut part) {
        answer.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&answer);
        let complete = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head.to_ascii_lowercase();
            let length = length.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()?.parse().ok());
            length.is_some_and(|length: usize| body.len() >= length)
        });
        if complete {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn request_head(office: &Office, more: &str) -> String {
    format!(
        "POST {} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer clerk\r\ncontent-type: application/json\r\n{more}\r\n\r\n",
        in_county("vouchers"),
        office.host()
    )
}

#[test]
fn a_problem_speaks_the_readers_language_and_always_carries_both() {
    both(|office| {
        let ask = |wanted: &str| {
            office.send("GET", "/nothing", None, &[("accept-language", wanted)], None).problem(404, "not-found")
        };
        for chinese in ["", "zh-CN", "zh;q=0.9, en;q=0.8", "fr", "*", "en;q=0", "en;q=0.1,zh-TW;q=0.2", "en;q=x"] {
            let problem = ask(chinese);
            assert_eq!(problem["title"], problem["title_text"]["zh"], "{chinese:?}");
            assert_eq!(problem["detail"], problem["detail_text"]["zh"], "{chinese:?}");
        }
        for english in ["en", "EN-gb", "fr, en", "zh;q=0.5, en;q=0.8", "en ; q=1, zh ; q=0.123", "en, zh"] {
            let problem = ask(english);
            assert_eq!(problem["title"], problem["title_text"]["en"], "{english:?}");
            assert_eq!(problem["detail"], problem["detail_text"]["en"], "{english:?}");
        }
    });
}

#[test]
fn every_problem_type_can_be_looked_up() {
    both(|office| {
        for kind in dizhang::http::problem::Kind::ALL {
            let slug = kind.row().slug;
            let meaning = office.send("GET", &format!("/problems/{slug}"), None, &[], None).expect(200);
            assert!(has_chinese(meaning["zh"].as_str().unwrap()), "{slug}");
        }
        office.send("GET", "/problems/nothing", None, &[], None).problem(404, "not-found");
    });
}

#[test]
fn a_method_that_an_address_does_not_take_is_refused_with_those_it_takes() {
    both(|office| {
        for operation in OPERATIONS {
            let path = path(operation, COUNTY);
            let mut takes: Vec<&str> =
                OPERATIONS.iter().filter(|other| other.path == operation.path).map(|other| other.method).collect();
            takes.sort_unstable();
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"] {
                if takes.contains(&method) {
                    continue;
                }
                let answer = office.send(method, &path, Some("all-roles"), &[], None);
                answer.problem(405, "method-not-allowed");
                let mut allow: Vec<&str> = answer.header("allow").split(", ").collect();
                allow.sort_unstable();
                assert_eq!(allow, takes, "{method} {path}");
            }
        }
    });
}

#[test]
fn addresses_that_are_none_are_not_found_with_or_without_a_token() {
    both(|office| {
        for path in [
            "/nothing",
            "/api",
            "/api/v1",
            "/api/v1/county",
            "/api/v1/counties//vouchers",
            "/api/v1/counties/410183/vouchers/",
            "/api/v1/counties/410183/vouchers/1/2",
            "/api/v1/counties/410183/vouchers/%2F",
            "/API/v1/policy",
            "/healthz/",
            "//healthz",
            "/%E6%96%B0%E5%AF%86",
            "/%00",
            "/%FF",
        ] {
            for token in [None, Some("all-roles")] {
                let answer = office.send("GET", path, token, &[], None);
                assert!(matches!(answer.status, 401 | 404), "{path}: {} {}", answer.status, answer.text());
                if token.is_some() {
                    answer.problem(404, "not-found");
                }
            }
        }
    });
}

#[test]
fn head_answers_like_get_without_a_body() {
    both(|office| {
        for operation in OPERATIONS.iter().filter(|operation| operation.method == "GET") {
            let path = path(operation, COUNTY);
            let get = office.send("GET", &path, Some("viewer"), &[], None);
            let head = office.send("HEAD", &path, Some("viewer"), &[], None);
            assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
            for name in ["content-type", "cache-control", "x-content-type-options"] {
                assert_eq!(head.header(name), get.header(name), "{name} of {path}");
            }
        }
        let head = office.send("HEAD", &in_county("vouchers"), None, &[], None);
        assert_eq!((head.status, head.body.len()), (401, 0));
    });
}

#[test]
fn a_body_of_another_type_or_none_is_refused_by_name() {
    both(|office| {
        let path = in_county("vouchers");
        let send = |content_type: &str, body: &[u8]| {
            office.send("POST", &path, Some("clerk"), &[("content-type", content_type)], Some(body))
        };
        let land = approve("land", 1).to_string();
        for other in ["text/plain", "application/xml", "application/x-www-form-urlencoded", "", "json", "text/json"] {
            send(other, land.as_bytes()).problem(415, "unsupported-media-type");
        }
        office
            .send("POST", &path, Some("clerk"), &[("content-type", "text/csv")], None)
            .problem(415, "unsupported-media-type");
        for json in
            ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json"]
        {
            let answer = send(json, land.as_bytes());
            assert!(matches!(answer.status, 200 | 202), "{json}: {}", answer.text());
        }
    });
}

#[test]
fn what_is_not_json_in_utf_8_is_malformed_and_what_is_json_never_is() {
    both(|office| {
        let path = in_county("vouchers");
        let send = |body: &[u8]| office.send("POST", &path, Some("clerk"), &[], Some(body));
        let deep = "[".repeat(100_000);
        let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for body in [
            &b""[..],
            b" ",
            b"{",
            b"{\"kind\":}",
            b"{} {}",
            b"{'kind': 1}",
            b"nul",
            b"{\"a\": 01}",
            b"[1,]",
            b"\xef\xbb\xbf{}",
            b"{\"client_id\": \"\xff\"}",
            b"\xff\xfe{\0}\0",
            b"{\"client_id\": \"\xed\xa0\x80\"}",
            b"{\"a\": \"\x01\"}",
            b"NaN",
            deep.as_bytes(),
        ] {
            let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            let answer = send(body);
            assert_eq!(answer.status, 400, "{shown:?}: {}", answer.text());
            answer.problem(400, "malformed");
        }
        for body in ["{}", "[]", "null", "7", "1e400", "-0", "\"\\ud800\"", "true", "{\"\":{}}", "{\"a\":1e999999999}"]
        {
            send(body.as_bytes()).problem(422, "invalid");
        }
        for deep in [closed.clone(), format!("{{\"lines\": {closed}}}"), format!("{{\"document\": {closed}}}")] {
            send(deep.as_bytes()).problem(422, "invalid");
        }
    });
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    both(|office| {
        let began = Instant::now();
        let answer = raw(office, request_head(office, "content-length: 209715200").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        assert!(answer.contains("application/problem+json") && answer.contains("/problems/too-large"), "{answer}");
        assert!(began.elapsed() < Duration::from_secs(5), "answered without waiting for the body");

        // Without a declared length: as soon as the limit is passed.
        let mut bytes = request_head(office, "transfer-encoding: chunked").into_bytes();
        let chunk = vec![b' '; 1 << 20];
        for _ in 0..5 {
            bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            bytes.extend_from_slice(&chunk);
            bytes.extend_from_slice(b"\r\n");
        }
        let answer = raw(office, &bytes);
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        assert!(answer.contains("/problems/too-large"), "{answer}");

        // Who may not send it learns that first.
        let head = request_head(office, "content-length: 209715200").replace("Bearer clerk", "Bearer nobody-known");
        assert!(raw(office, head.as_bytes()).starts_with("HTTP/1.1 401"));
        // The service goes on.
        office.get("viewer", "/readyz").expect(200);
    });
}

#[test]
fn a_head_that_nobody_needs_so_long_is_refused() {
    both(|office| {
        let get = |path: &str, more: &str| {
            raw(office, format!("GET {path} HTTP/1.1\r\nhost: {}\r\n{more}\r\n", office.host()).as_bytes())
        };
        assert!(get(&format!("/healthz?{}", "x".repeat(8000)), "").starts_with("HTTP/1.1 200"));
        assert!(get("/healthz", &format!("x-long: {}\r\n", "x".repeat(30_000))).starts_with("HTTP/1.1 200"));
        for answer in [
            get(&format!("/healthz?{}", "x".repeat(8200)), ""),
            get("/healthz", &format!("x-long: {}\r\n", "x".repeat(33_000))),
            get("/healthz", &format!("cookie: {}\r\n", "dizhang=x; ".repeat(4000))),
        ] {
            assert!(answer.starts_with("HTTP/1.1 431") && answer.contains("/problems/head-too-large"), "{answer}");
        }
        // More headers than the server itself reads.
        assert!(get("/healthz", &"x-many: 1\r\n".repeat(200)).starts_with("HTTP/1.1 431"));
        office.get("viewer", "/readyz").expect(200);
    });
}

#[test]
fn bytes_that_are_no_http_do_no_harm() {
    both(|office| {
        for bytes in [
            &b"\0\0\0\0\r\n\r\n"[..],
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET \xff HTTP/1.1\r\nhost: x\r\n\r\n",
            b"POST /api/v1/policy HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
            b"POST /api/v1/policy HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xff\xfe\r\naccept-language: \xff\r\nx-request-id: \xff\xff\xff\xff\xff\xff\xff\xff\r\n\r\n",
        ] {
            let answer = raw(office, bytes);
            assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
        }
        let token = "authorization: Bearer 新密\r\ncontent-length: 0".to_string();
        let answer =
            raw(office, request_head(office, &token).replacen("authorization: Bearer clerk\r\n", "", 1).as_bytes());
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
        office.get("viewer", "/readyz").expect(200);
    });
}

#[test]
fn every_answer_has_an_id_and_the_headers_that_keep_browsers_safe() {
    both(|office| {
        let own = "abcdef12-3456";
        for (path, status) in [("/healthz", 200), ("/nothing", 404), ("/", 200), ("/openapi.json", 200)] {
            let answer = office.send("GET", path, None, &[("x-request-id", own)], None);
            assert_eq!((answer.status, answer.header("x-request-id")), (status, own), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert!(!answer.header("cache-control").is_empty(), "{path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
            assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        }
        for page in ["/", "/docs/", "/docs/nothing"] {
            let answer = office.send("GET", page, None, &[], None);
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{page}");
            let allowed = answer.header("permissions-policy");
            assert!(allowed.contains("camera=()") && allowed.contains("geolocation=(self)"), "{page}: {allowed}");
        }
        assert_eq!(
            office.get("viewer", "/ogc").header("cross-origin-resource-policy"),
            "",
            "maps elsewhere show layers"
        );
        for unfit in ["short", "with space in it", "x\"y\"zzzzzzzz", &"x".repeat(65)] {
            let answer = office.send("GET", "/healthz", None, &[("x-request-id", unfit)], None);
            let given = answer.header("x-request-id");
            assert!(given != unfit && given.len() == 16, "{unfit:?}: {given:?}");
        }
        let ids: Vec<String> =
            (0..5).map(|_| office.get("viewer", "/healthz").header("x-request-id").to_owned()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    });
}

#[test]
fn long_answers_are_compressed_for_those_who_ask() {
    both(|office| {
        let plain = office.send("GET", "/openapi.json", None, &[("accept-encoding", "identity")], None);
        let packed = office.send("GET", "/openapi.json", None, &[("accept-encoding", "gzip")], None);
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert!(packed.body.len() * 3 < plain.body.len());
        assert_eq!(plain.text(), dizhang::http::openapi::text());
    });
}

#[test]
fn a_failure_of_ours_shows_its_id_and_nothing_else() {
    both(|office| {
        office.send_voucher(&approve("land", 1)).expect(202);
        office.expect_failures();
        office.database(|db| db.batch_execute("UPDATE proposal SET state = 'melted'")).unwrap();
        for path in ["proposals", "proposals/1"] {
            let answer = office.get("viewer", &in_county(path));
            let problem = answer.problem(500, "internal");
            for inside in ["melted", "corrupt", "proposal 4", "diesel", "SQL", "rust", "panick"] {
                assert!(!answer.text().contains(inside), "{problem}");
            }
            let id = problem["request_id"].as_str().unwrap();
            let log = office.log_with(id);
            assert!(log.iter().any(|line| line.contains("ERROR") && line.contains("melted")), "{log:?}");
        }
        let body = json!({"version": 1});
        office.post("approver", &in_county("proposals/1/approve"), &body).problem(500, "internal");

        // A table that is gone, as if somebody had worked on the database.
        office.database(|db| db.batch_execute("DROP TABLE closed_month")).unwrap();
        let answer = office.get("viewer", &in_county("closed-months"));
        answer.problem(500, "internal");
        assert!(!answer.text().contains("closed_month"), "{}", answer.text());
        office.get("viewer", "/readyz").expect(200);
    });
}

#[test]
fn answers_are_counted_by_operation_and_each_is_one_line_of_the_log() {
    both(|office| {
        office.get("viewer", &in_county("vouchers")).expect(200);
        office.get("viewer", &in_county("vouchers?after=1")).expect(200);
        office.send("HEAD", &in_county("vouchers"), Some("viewer"), &[], None);
        office.get("nobody", &in_county("vouchers")).problem(403, "forbidden");
        office.send_voucher(&approve("land", 1)).expect(202);
        office.get("viewer", "/nothing?secret=1").problem(404, "not-found");
        office.send("PUT", "/healthz", None, &[], None).problem(405, "method-not-allowed");
        let answer = office.get("viewer", "/metrics");
        assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        let text = answer.text();
        for line in [
            r#"dizhang_answers_total{operation="listVouchers",status="2xx"} 3"#,
            r#"dizhang_answers_total{operation="listVouchers",status="4xx"} 1"#,
            r#"dizhang_answers_total{operation="sendVoucher",status="2xx"} 1"#,
            r#"dizhang_answers_total{operation="none",status="4xx"} 2"#,
        ] {
            assert!(text.lines().any(|known| known == line), "{line} of\n{text}");
        }
        assert!(text.contains(r#"dizhang_answer_seconds_total{operation="sendVoucher"} 0."#), "{text}");
        assert!(!text.contains("getProposal"), "nobody asked for one");

        let id = "log-line-of-this-one";
        office.send("GET", &in_county("vouchers?after=0"), Some("viewer"), &[("x-request-id", id)], None).expect(200);
        let log = office.log_with(id);
        assert_eq!(log.len(), 1, "{log:?}");
        for word in ["operation=\"listVouchers\"", "method=GET", "status=200", "micros=", &in_county("vouchers")] {
            assert!(log[0].contains(word), "{word}: {}", log[0]);
        }
        let log = office.log().join("\n");
        assert!(!log.contains("secret") && !log.contains("after=0"), "the query stays out of the log");
        assert!(!log.contains("Bearer"), "tokens stay out of the log");
    });
}

#[test]
fn public_calculations_are_limited_by_address_and_say_when_to_come_again() {
    let Some(operation) = OPERATIONS.iter().find(|o| o.access == dizhang::http::access::Access::PublicLimited) else {
        return;
    };
    both_with(
        &["--public-rate", "1"],
        |_| (),
        |office| {
            let document = office.get("viewer", "/openapi.json").expect(200);
            let ask = || crate::access::call(office, &document, operation, COUNTY, None);
            let answers: Vec<Answer> = (0..5).map(|_| ask()).collect();
            let refused =
                answers.iter().find(|answer| answer.status == 429).expect("five at once are more than one a second");
            refused.problem(429, "too-many-requests");
            assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
        },
    );
}

#[test]
fn a_comparison_of_methods_comes_as_a_workbook_too() {
    both(|office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        let path = "/api/v1/calculations/price-comparison";
        let body = &document["components"]["schemas"]["PriceComparisonBody"]["example"];
        let json = [("content-type", "application/json")];
        let file = office.send("POST", &format!("{path}?f=xlsx"), None, &json, Some(body.to_string().as_bytes()));
        assert_eq!(file.status, 200, "{}", file.text());
        assert!(file.body.starts_with(b"PK") && file.header("content-disposition").contains("methods-of-supply"));
        let refused = office.send("POST", &format!("{path}?f=pdf"), None, &json, Some(body.to_string().as_bytes()));
        assert_eq!(refused.problem(422, "invalid")["errors"][0]["pointer"], "?f");
    });
}
