//! The edge: methods, types, sizes, encodings, languages, ids and headers.

use serde_json::json;

use crate::access::operations;
use crate::support::{HERE, both, raw};

const VOUCHERS: &str = "/api/v1/counties/410183/vouchers";

#[test]
fn a_method_that_an_address_does_not_take_is_answered_with_those_it_takes() {
    both(|service| {
        let operations = operations(service);
        for operation in &operations {
            let mut takes: Vec<&str> =
                operations.iter().filter(|other| other.path == operation.path).map(|o| o.method.as_str()).collect();
            takes.sort_unstable();
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"] {
                if takes.contains(&method) {
                    continue;
                }
                let path = operation.path.replace("{county}", HERE).replace(['{', '}'], "");
                let answer = service.call(method, &path).send().with(405);
                let mut allowed: Vec<&str> = answer.header("allow").split(", ").collect();
                allowed.sort_unstable();
                assert_eq!(allowed, takes, "{method} {path}");
            }
        }
    });
}

#[test]
fn an_unknown_address_is_not_found_with_or_without_a_token() {
    both(|service| {
        let office = service.office();
        let clerk = office.token(&format!("clerk@{HERE}"));
        for path in [
            "/nothing",
            "/api/v1",
            "/api/v1/",
            "/api/v1/counties/410183/vouchers/",
            "/api//v1/me",
            "/API/v1/me",
            "/api/v1/counties//vouchers",
            "/.git/config",
            "/docs/nothing.js",
            "/%2e%2e/etc/passwd",
            "/docs/%2e%2e/%2e%2e/etc/passwd",
        ] {
            assert_eq!(service.get(path).refused(404), "not-found", "{path}");
            assert_eq!(service.get(path).token(&clerk).refused(404), "not-found", "{path}");
        }
        for odd in ["41018", "4101833", "41018%33", "410183%2F", "%00", "０１２３４５", "abcdef", "999999"] {
            let path = format!("/api/v1/counties/{odd}/vouchers");
            let path = path.replace("０１２３４５", "%EF%BC%90%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95");
            assert_eq!(service.get(&path).token(&clerk).refused(404), "not-found", "{odd}");
        }
        for odd in ["0", "-1", "x", "1.5", "1e3", "99999999999999999999", "%20", "1%2F2"] {
            let path = format!("{VOUCHERS}/{odd}");
            assert_eq!(service.get(&path).token(&clerk).refused(404), "not-found", "{odd}");
        }
    });
}

#[test]
fn a_body_that_is_not_json_is_refused_as_what_it_is() {
    both(|service| {
        let office = service.office();
        let clerk = office.token(&format!("clerk@{HERE}"));
        let post = || service.post(VOUCHERS).token(&clerk);
        assert_eq!(post().send().with(415).json()["type"], "/problems/unsupported-media-type");
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/xml", "json", ""] {
            assert_eq!(post().bytes(content_type, b"{}").refused(415), "unsupported-media-type", "{content_type}");
        }
        for (body, what) in [
            (&b""[..], "nothing"),
            (b"{", "half an object"),
            (b"{}{}", "two documents"),
            (b"{'a':1}", "single quotes"),
            (b"\xff\xfe{}", "no UTF-8"),
            (b"{\"memo\": \"\xc3\x28\"}", "no UTF-8 inside"),
            (b"{\"a\":01}", "a leading zero"),
            (b"{\"a\":NaN}", "not a number"),
        ] {
            assert_eq!(post().bytes("application/json", body).refused(400), "malformed", "{what}");
        }
        for body in ["[]", "null", "1", "\"x\"", "{}", "{\"client_id\":\"a\",\"client_id\":\"b\"}"] {
            let problem = post().bytes("application/json; charset=utf-8", body.as_bytes());
            assert_eq!(problem.refused(422), "invalid", "{body}");
        }
        // A nesting that would exhaust a stack is no valid document.
        let deep = format!("{{\"memo\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let status = post().bytes("application/json", deep.as_bytes()).send().status;
        assert!(matches!(status, 400 | 422), "{status}");
        for escape in ["\\u0000", "\\ud800", "\\u001f"] {
            let body = format!("{{\"client_id\":\"a{escape}\",\"memo\":\"{escape}\"}}");
            let status = post().bytes("application/json", body.as_bytes()).send().status;
            assert!(matches!(status, 400 | 422), "{escape}: {status}");
        }
    });
}

#[test]
fn a_body_beyond_the_limit_is_refused_before_it_is_read() {
    both(|service| {
        let office = service.office();
        let clerk = office.token(&format!("clerk@{HERE}"));
        let head = format!(
            "POST {VOUCHERS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {clerk}\r\nContent-Type: application/json\r\n"
        );
        // 200 MB declared, nothing sent.
        let declared = raw(service.address(), format!("{head}Content-Length: 209715200\r\n\r\n").as_bytes());
        assert!(declared.starts_with("HTTP/1.1 413") && declared.contains("too-large"), "{declared}");
        // Sent in chunks without a length: refused once the limit is passed.
        let mut chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
        let chunk = [&b"100000\r\n"[..], &vec![b' '; 1 << 20], b"\r\n"].concat();
        (0..40).for_each(|_| chunked.extend_from_slice(&chunk));
        let answer = raw(service.address(), &chunked);
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("too-large"), "{answer}");
        // A stranger is not even told so.
        let stranger = head.replace(&clerk, "x");
        let answer = raw(service.address(), format!("{stranger}Content-Length: 209715200\r\n\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
        service.get("/healthz").expect(200);
    });
}

#[test]
fn unknown_repeated_and_wrong_query_parameters_are_refused_by_name() {
    both(|service| {
        let office = service.office();
        let viewer = office.token(&format!("viewer@{HERE}"));
        for (query, pointer) in [
            ("limi=1", "?limi"),
            ("limit=1&limit=2", "?limit"),
            ("limit=0", "?limit"),
            ("limit=x", "?limit"),
            ("limit=1.5", "?limit"),
            ("after=-1", "?after"),
            ("kind=theft", "?kind"),
            ("late=yes", "?late"),
            ("=1", "?"),
            ("%ff=1", "?\u{fffd}"),
        ] {
            let problem = service.get(&format!("{VOUCHERS}?{query}")).token(&viewer).expect(422);
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}");
        }
        let problem = service.get(&format!("{VOUCHERS}?limit=x&late=2&foo=1")).token(&viewer).expect(422);
        assert_eq!(problem["errors"].as_array().unwrap().len(), 3, "all at once: {problem}");
        service.get(&format!("{VOUCHERS}?limit=99999999")).token(&viewer).expect(200);
    });
}

#[test]
fn the_head_of_an_answer_is_that_of_the_answer() {
    both(|service| {
        let office = service.office();
        let viewer = office.token(&format!("viewer@{HERE}"));
        for path in ["/healthz", "/", "/docs/", "/openapi.json", "/metrics", VOUCHERS, "/api/v1/me"] {
            let whole = service.get(path).token(&viewer).send().with(200);
            let head = service.call("HEAD", path).token(&viewer).send().with(200);
            assert_eq!(head.text, "", "{path}");
            assert_eq!(head.header("content-type"), whole.header("content-type"), "{path}");
        }
        service.call("HEAD", VOUCHERS).send().with(401);
        service.call("HEAD", "/nothing").send().with(404);
    });
}

#[test]
fn a_request_keeps_the_id_it_came_with_if_that_is_plain() {
    both(|service| {
        let id = |sent: &str| {
            let answer = service.get("/nothing").header("X-Request-Id", sent).send().with(404);
            answer.header("x-request-id").to_owned()
        };
        assert_eq!(id("abcdef-0123456789"), "abcdef-0123456789");
        for odd in ["short", "has a space in it", "quote\"inside-it", &"x".repeat(65)] {
            assert_ne!(id(odd), odd);
        }
    });
}

#[test]
fn every_problem_speaks_the_language_that_was_asked_for() {
    both(|service| {
        for (asked, is_chinese) in [
            ("", true),
            ("zh-CN", true),
            ("en", false),
            ("en-GB,en;q=0.8", false),
            ("fr, en;q=0.5, zh;q=0.4", false),
            ("en;q=0.1, zh;q=0.9", true),
            ("fr", true),
            ("*", true),
            (";;q=,,x", true),
        ] {
            let problem = service.get("/nothing").header("Accept-Language", asked).expect(404);
            let language = if is_chinese { "zh" } else { "en" };
            assert_eq!(problem["title"], problem["title_text"][language], "{asked}");
            assert_eq!(problem["detail"], problem["detail_text"][language], "{asked}");
        }
        let office = service.office();
        let clerk = office.token(&format!("clerk@{HERE}"));
        let wrong = service.post(VOUCHERS).token(&clerk).json(&json!({})).expect(422);
        for error in wrong["errors"].as_array().unwrap() {
            assert!(error["message"]["zh"].is_string() && error["message"]["en"].is_string(), "{error}");
        }
    });
}

#[test]
fn pages_and_data_tell_the_browser_what_they_may_load() {
    both(|service| {
        for path in ["/", "/docs/", "/docs/swagger-ui.css", "/docs/swagger-initializer.js"] {
            let page = service.get(path).send().with(200);
            let policy = page.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
            assert!(!policy.contains("unsafe-eval") && !policy.contains("http"), "{policy}");
            // The bundles hold addresses in their texts; a page itself loads none.
            if page.header("content-type").starts_with("text/html") {
                assert!(!page.text.contains("https://") && !page.text.contains("<script>"), "{}", page.text);
            }
            service.post(path).send().with(405);
        }
        let data = service.get("/healthz").send();
        assert_eq!(data.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
        assert_eq!(data.header("x-content-type-options"), "nosniff");
        let asked = service.call("OPTIONS", "/healthz").header("Origin", "https://example.org");
        asked.header("Access-Control-Request-Method", "GET").send().with(405);
    });
}

#[test]
fn answers_are_counted_by_operation_and_class() {
    both(|service| {
        for _ in 0..3 {
            service.get("/healthz").expect(200);
        }
        service.get("/api/v1/me").send().with(401);
        service.get("/nothing").send().with(404);
        let text = service.get("/metrics").send().with(200).text;
        for line in [
            "dizhang_answers_total{operation=\"getHealth\",status=\"2xx\"} 3",
            "dizhang_answers_total{operation=\"getMe\",status=\"4xx\"} 1",
            "dizhang_answers_total{operation=\"none\",status=\"4xx\"} 1",
        ] {
            assert!(text.lines().any(|l| l == line), "no {line} in:\n{text}");
        }
        assert!(text.contains("dizhang_answer_seconds_total{operation=\"getHealth\"}"), "{text}");
    });
}
