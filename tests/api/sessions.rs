//! Signing in and out: the whole life of a session, waiting after failures, forged requests, passwords.

use std::sync::Barrier;

use chrono::TimeDelta;
use diesel::prelude::*;
use dizhang::storage::schema::{password_secret, session, sign_in_event, sign_in_failure};
use serde_json::{Value, json};

use crate::support::*;

const LOGIN: &str = "jb0102";
const PASSWORD: &str = "three small stones in a row";
const OTHER: &str = "four larger stones in a heap";

/// A browser that is signed in.
struct Browser<'o> {
    office: &'o Office,
    cookie: String,
    csrf: String,
}

impl Browser<'_> {
    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("x-csrf-token", self.csrf.as_str())];
        let body = body.map(|body| body.to_string().into_bytes());
        self.office.send(method, path, None, &headers, body.as_deref())
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body))
    }

    fn is_open(&self) -> bool {
        self.get("/api/v1/me").status == 200
    }

    fn id(&self) -> i64 {
        self.get("/api/v1/session").expect(200)["session"]["id"].as_i64().unwrap()
    }
}

fn attempt(office: &Office, login: &str, password: &str, headers: &[(&str, &str)]) -> Answer {
    let body = json!({"login": login, "password": password}).to_string();
    office.send("POST", "/api/v1/session", None, headers, Some(body.as_bytes()))
}

/// What the browser keeps of an answer's cookie.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[track_caller]
fn signed_in<'o>(office: &'o Office, login: &str, password: &str) -> Browser<'o> {
    let answer = attempt(office, login, password, &[]);
    let csrf = answer.expect(201)["csrf_token"].as_str().unwrap().to_owned();
    Browser { office, cookie: cookie(&answer), csrf }
}

/// A one-time secret from the command line.
fn secret(office: &Office, command: &[&str]) -> String {
    let output = office.command(command);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn set_password(office: &Office, secret: &str, password: &str) -> Answer {
    let body = json!({"secret": secret, "new_password": password}).to_string();
    office.send("POST", "/api/v1/password", None, &[], Some(body.as_bytes()))
}

/// Enters a user with a password.
fn enter(office: &Office, login: &str, role: &str, password: &str) {
    let secret =
        secret(office, &["user", "add", "--login", login, "--name", "某人", "--role", role, "--password-secret"]);
    assert_eq!(set_password(office, &secret, password).status, 204);
}

fn clerk(office: &Office) {
    enter(office, LOGIN, "clerk@410183", PASSWORD);
}

/// Hashes of passwords that the program has computed.
fn hashes(office: &Office) -> u64 {
    let metrics = office.send("GET", "/metrics", None, &[], None);
    let line = metrics.text().lines().find_map(|line| line.strip_prefix("dizhang_password_hashes_total "));
    line.unwrap().parse().unwrap()
}

/// Moves the last failures into the past.
fn let_pass(office: &Office, seconds: i64) {
    office.database(|db| {
        let rows: Vec<(String, chrono::NaiveDateTime)> =
            sign_in_failure::table.select((sign_in_failure::subject, sign_in_failure::last_at)).load(db).unwrap();
        for (subject, last_at) in rows {
            diesel::update(sign_in_failure::table.find(subject))
                .set(sign_in_failure::last_at.eq(last_at - TimeDelta::seconds(seconds)))
                .execute(db)
                .unwrap();
        }
    });
}

#[test]
fn a_printed_secret_sets_the_first_password_and_a_login_lives_from_cookie_to_logout() {
    both(|office| {
        let add = ["user", "add", "--login", "adm", "--name", "管理员", "--role", "admin@410183", "--password-secret"];
        let once = secret(office, &add);
        assert!(once.starts_with("once_") && once.len() == 48, "{once}");
        attempt(office, "adm", PASSWORD, &[]).problem(422, "sign-in-refused");
        assert_eq!(set_password(office, &once, PASSWORD).status, 204);
        let again = set_password(office, &once, OTHER).problem(422, "invalid");
        assert_eq!(again["errors"][0]["pointer"], "/secret");

        let answer = attempt(office, "adm", PASSWORD, &[("user-agent", "Browser 1"), ("accept", "*/*")]);
        let told = answer.expect(201);
        let kept = answer.header("set-cookie");
        assert!(kept.starts_with("dizhang=") && kept.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{kept}");
        assert_eq!(cookie(&answer).len(), "dizhang=".len() + 43);
        assert_eq!(told["me"]["person"]["login"], "adm");
        assert_eq!(told["me"]["grants"], json!([{"role": "admin", "prefix": COUNTY}]));
        assert_eq!((&told["me"]["token_in_use"], &told["idle_seconds"]), (&Value::Null, &json!(1800)));
        assert_eq!(told["session"]["browser"], "Browser 1");
        assert_eq!(told["session"]["address"], "127.0.0.1");
        let csrf = told["csrf_token"].as_str().unwrap().to_owned();
        let browser = Browser { office, cookie: cookie(&answer), csrf };
        let read = browser.get("/api/v1/session").expect(200);
        assert_eq!((&read["csrf_token"], &read["session"]["id"]), (&told["csrf_token"], &told["session"]["id"]));

        // What an administrator does, and a token of one's own, which lives on.
        let user = browser.post("/api/v1/users", &json!({"login": "jb01", "display_name": "经办"})).expect(201);
        assert_eq!(user["events"][0]["done_by"], told["me"]["id"]);
        let token = browser.post("/api/v1/me/tokens", &json!({"label": "脚本"})).expect(201)["secret"].clone();
        let me = office.get(token.as_str().unwrap(), "/api/v1/me").expect(200);
        assert_eq!((&me["session_in_use"], &me["token_in_use"]), (&Value::Null, &me["tokens"][0]["id"]));
        office.get(token.as_str().unwrap(), "/api/v1/session").problem(404, "not-found");

        let out = browser.send("DELETE", "/api/v1/session", None);
        assert_eq!(out.status, 204);
        assert!(out.header("set-cookie").starts_with("dizhang=; ") && out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        browser.get("/api/v1/me").problem(401, "unauthenticated");
        assert_eq!(office.get(token.as_str().unwrap(), "/api/v1/me").status, 200);

        let path = format!("/api/v1/users/{}", me["id"]);
        let file = office.get(token.as_str().unwrap(), &path).expect(200);
        let actions = |of: &str| -> Vec<String> {
            let events = file[of].as_array().unwrap().iter();
            events.map(|event| event["action"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(actions("sign_ins"), ["signed_out", "signed_in", "refused"]);
        assert_eq!(actions("events"), ["created", "granted", "password_secret_issued", "password_set", "token_issued"]);
    });
}

#[test]
fn whether_login_or_password_was_wrong_shows_neither_in_the_answer_nor_in_the_work() {
    both(|office| {
        clerk(office);
        enter(office, "gone", "clerk@410183", PASSWORD);
        let without = ["user", "add", "--login", "without", "--name", "无", "--role", "clerk@410183"];
        secret(office, &without);
        let gone = office.get("all-roles", "/api/v1/users").expect(200)["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|user| user["person"]["login"] == "gone")
            .unwrap()["id"]
            .clone();
        office.post("all-roles", &format!("/api/v1/users/{gone}/disable"), &json!({})).expect(200);

        let counted =
            |office: &Office| -> i64 { office.database(|db| sign_in_event::table.count().first(db).unwrap()) };
        let mut bodies = Vec::new();
        for (login, password) in [
            (LOGIN, "not the password"),
            ("nobody", PASSWORD),
            ("gone", PASSWORD),
            ("without", PASSWORD),
            ("登录名", PASSWORD),
            (LOGIN, "x"),
        ] {
            let (hashed, events) = (hashes(office), counted(office));
            let answer = attempt(office, login, password, &[]);
            let mut body = answer.problem(422, "sign-in-refused");
            body["request_id"] = Value::Null;
            bodies.push(body);
            assert_eq!(hashes(office), hashed + 1, "{login}: one hash, whoever it is");
            assert_eq!(counted(office), events + 1, "{login}: written down, whoever it is");
            assert_eq!(answer.header("set-cookie"), "");
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "{bodies:?}");
        signed_in(office, "JB0102", PASSWORD);
    });
}

#[test]
fn failures_make_the_next_attempt_wait_and_the_right_password_ends_the_count() {
    both(|office| {
        clerk(office);
        enter(office, "other", "clerk@410183", PASSWORD);
        for _ in 0..5 {
            attempt(office, LOGIN, "not the password", &[]).problem(422, "sign-in-refused");
        }
        let hashed = hashes(office);
        let early = attempt(office, LOGIN, PASSWORD, &[]);
        early.problem(429, "too-many-requests");
        assert_eq!(early.header("retry-after"), "1");
        assert_eq!(hashes(office), hashed, "what comes too early is not judged");
        signed_in(office, "other", PASSWORD);

        // A second later one more is judged; then two seconds are to be waited.
        let_pass(office, 2);
        attempt(office, LOGIN, "not the password", &[]).problem(422, "sign-in-refused");
        assert_eq!(attempt(office, LOGIN, PASSWORD, &[]).header("retry-after"), "2");
        let_pass(office, 3);
        signed_in(office, LOGIN, PASSWORD);
        attempt(office, LOGIN, "not the password", &[]).problem(422, "sign-in-refused");
        signed_in(office, LOGIN, PASSWORD);

        // Nobody is kept waiting for ever: a one-time secret clears the count.
        for _ in 0..5 {
            attempt(office, LOGIN, "not the password", &[]);
        }
        attempt(office, LOGIN, PASSWORD, &[]).problem(429, "too-many-requests");
        let once = secret(office, &["user", "password", "--login", LOGIN]);
        assert_eq!(set_password(office, &once, OTHER).status, 204);
        signed_in(office, LOGIN, OTHER);
    });
}

#[test]
fn an_address_that_tries_many_logins_waits_as_well() {
    both(|office| {
        clerk(office);
        for n in 0..50 {
            let answer = attempt(office, &format!("guess{n}"), PASSWORD, &[]);
            answer.problem(422, "sign-in-refused");
        }
        attempt(office, "another", PASSWORD, &[]).problem(429, "too-many-requests");
        attempt(office, LOGIN, PASSWORD, &[]).problem(429, "too-many-requests");
        // After a day all is forgotten, and nothing is kept of it.
        let_pass(office, 86_400);
        signed_in(office, LOGIN, PASSWORD);
        let kept: i64 = office.database(|db| sign_in_failure::table.count().first(db).unwrap());
        assert_eq!(kept, 1, "the address, with nothing to its charge");
        let texts: Vec<String> =
            office.database(|db| sign_in_failure::table.select(sign_in_failure::subject).load(db).unwrap());
        assert!(texts.iter().all(|text| !text.contains("guess")), "{texts:?}");
    });
}

#[test]
fn attempts_made_at_once_are_no_way_around_the_count() {
    both(|office| {
        clerk(office);
        let hashed = hashes(office);
        let together = Barrier::new(24);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..24)
                .map(|_| {
                    scope.spawn(|| {
                        together.wait();
                        attempt(office, LOGIN, "not the password", &[]).status
                    })
                })
                .collect();
            tries.into_iter().map(|attempt| attempt.join().unwrap()).collect()
        });
        let judged = statuses.iter().filter(|status| **status == 422).count();
        assert!((5..10).contains(&judged) && statuses.iter().all(|status| matches!(status, 422 | 429)), "{statuses:?}");
        assert_eq!(hashes(office) - hashed, judged as u64);
    });
}

#[test]
fn people_who_sign_in_at_once_all_get_in() {
    both(|office| {
        let logins: Vec<String> = (0..6).map(|n| format!("jb{n}0")).collect();
        for login in &logins {
            enter(office, login, "clerk@410183", PASSWORD);
        }
        let together = Barrier::new(logins.len());
        let cookies: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
            let people: Vec<_> = logins
                .iter()
                .map(|login| {
                    let together = &together;
                    scope.spawn(move || {
                        together.wait();
                        signed_in(office, login, PASSWORD).cookie
                    })
                })
                .collect();
            people.into_iter().map(|person| person.join().unwrap()).collect()
        });
        assert_eq!(cookies.len(), logins.len());
    });
}

#[test]
fn of_two_browsers_one_ends_the_other_and_a_new_password_ends_all_but_its_own() {
    both(|office| {
        clerk(office);
        let [first, second, third] = [0; 3].map(|_| signed_in(office, LOGIN, PASSWORD));
        let list = first.get("/api/v1/me/sessions").expect(200);
        let open: Vec<bool> =
            list["items"].as_array().unwrap().iter().map(|session| session["in_use"].as_bool().unwrap()).collect();
        assert_eq!(open, [true, false, false]);

        let own = format!("/api/v1/me/sessions/{}", first.id());
        first.send("DELETE", &own, None).problem(409, "conflict");
        let path = format!("/api/v1/me/sessions/{}", second.id());
        assert_eq!(first.send("DELETE", &path, None).status, 204);
        assert!(!second.is_open() && first.is_open() && third.is_open());
        first.send("DELETE", &path, None).problem(404, "not-found");
        let theirs = format!("/api/v1/me/sessions/{}", user("viewer"));
        first.send("DELETE", &theirs, None).problem(404, "not-found");
        // A token of one session is none of another's.
        let mixed = Browser { office, cookie: first.cookie.clone(), csrf: third.csrf.clone() };
        mixed.post("/api/v1/me/tokens", &json!({"label": "x"})).problem(403, "csrf-token");

        let change = |current: &str, new: &str| {
            first.post("/api/v1/me/password", &json!({"current_password": current, "new_password": new}))
        };
        let refused = change("not the password", "short").problem(422, "invalid");
        let pointers: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(pointers, ["/current_password", "/new_password"]);
        assert!(third.is_open(), "nothing came of it");
        assert_eq!(change(PASSWORD, PASSWORD).problem(422, "invalid")["errors"][0]["pointer"], "/new_password");
        assert_eq!(change(PASSWORD, OTHER).status, 204);
        assert!(first.is_open() && !third.is_open());
        attempt(office, LOGIN, PASSWORD, &[]).problem(422, "sign-in-refused");
        let fourth = signed_in(office, LOGIN, OTHER);
        assert_eq!(fourth.send("DELETE", "/api/v1/me/sessions", None).status, 204);
        assert!(fourth.is_open() && !first.is_open());
    });
}

#[test]
fn whoever_finds_an_open_browser_cannot_try_passwords_in_it() {
    both(|office| {
        clerk(office);
        let browser = signed_in(office, LOGIN, PASSWORD);
        let body = json!({"current_password": "not the password", "new_password": OTHER});
        for _ in 0..5 {
            browser.post("/api/v1/me/password", &body).problem(422, "invalid");
        }
        let answer = browser.post("/api/v1/me/password", &body);
        answer.problem(429, "too-many-requests");
        assert_eq!(answer.header("retry-after"), "1");
        assert!(browser.is_open());
    });
}

#[test]
fn a_planted_session_is_never_taken_over_and_the_one_before_ends() {
    both(|office| {
        clerk(office);
        enter(office, "other", "clerk@410183", PASSWORD);
        let planted = format!("dizhang={}", "A".repeat(43));
        let answer = attempt(office, LOGIN, PASSWORD, &[("cookie", &planted)]);
        answer.expect(201);
        assert_ne!(cookie(&answer), planted);
        let with_planted = Browser { office, cookie: planted, csrf: String::new() };
        assert!(!with_planted.is_open());

        // Somebody else's living session in this browser ends; it is not continued.
        let attacker = signed_in(office, "other", PASSWORD);
        let answer = attempt(office, LOGIN, PASSWORD, &[("cookie", &attacker.cookie)]);
        answer.expect(201);
        assert_ne!(cookie(&answer), attacker.cookie);
        assert!(!attacker.is_open());
    });
}

#[test]
fn no_page_from_elsewhere_signs_anybody_in_or_sets_a_password() {
    both(|office| {
        clerk(office);
        for site in ["cross-site", "same-site"] {
            attempt(office, LOGIN, PASSWORD, &[("sec-fetch-site", site)]).problem(403, "csrf-token");
            let body = json!({"secret": "once_x", "new_password": OTHER}).to_string();
            let answer =
                office.send("POST", "/api/v1/password", None, &[("sec-fetch-site", site)], Some(body.as_bytes()));
            answer.problem(403, "csrf-token");
        }
        for form in ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] {
            attempt(office, LOGIN, PASSWORD, &[("content-type", form)]).problem(415, "unsupported-media-type");
        }
        let asked = [("origin", "https://elsewhere.example"), ("access-control-request-method", "POST")];
        let preflight = office.send("OPTIONS", "/api/v1/session", None, &asked, None);
        assert_eq!(preflight.status, 405);
        assert!(!preflight.headers.keys().any(|name| name.as_str().starts_with("access-control")));
        let answer = attempt(office, LOGIN, PASSWORD, &[("sec-fetch-site", "same-origin")]);
        answer.expect(201);
    });
}

#[test]
fn behind_https_the_cookie_is_bound_to_its_host_and_no_other_counts() {
    both_with(
        &["--trust-forwarded"],
        |_| (),
        |office| {
            clerk(office);
            let https = ("x-forwarded-proto", "https");
            let from = ("x-forwarded-for", "203.0.113.9, 198.51.100.7");
            let answer = attempt(office, LOGIN, PASSWORD, &[https, from]);
            assert_eq!(answer.expect(201)["session"]["address"], "198.51.100.7", "what the proxy saw stands last");
            let kept = answer.header("set-cookie");
            assert!(kept.starts_with("__Host-dizhang=") && kept.contains("; Secure"), "{kept}");
            let secret = cookie(&answer).split_once('=').unwrap().1.to_owned();
            let read = |cookie: &str, scheme: (&str, &str)| {
                office.send("GET", "/api/v1/me", None, &[("cookie", cookie), scheme], None).status
            };
            assert_eq!(read(&format!("__Host-dizhang={secret}"), https), 200);
            assert_eq!(read(&format!("dizhang={secret}"), https), 401, "a name that a neighbour could plant");
            assert_eq!(read(&format!("__Host-dizhang={secret}"), ("x-forwarded-proto", "http")), 401);
        },
    );
    both_with(
        &["--public-url", "https://land.example.cn"],
        |_| (),
        |office| {
            clerk(office);
            let answer = attempt(office, LOGIN, PASSWORD, &[("x-forwarded-for", "198.51.100.7")]);
            assert_eq!(answer.expect(201)["session"]["address"], "127.0.0.1", "nobody said to trust it");
            assert!(answer.header("set-cookie").starts_with("__Host-dizhang="));
        },
    );
}

#[test]
fn a_session_in_use_is_kept_alive_and_one_that_rests_ends() {
    both(|office| {
        clerk(office);
        let browser = signed_in(office, LOGIN, PASSWORD);
        let id = browser.id();
        let used_at = || -> chrono::NaiveDateTime {
            office.database(|db| session::table.find(id).select(session::used_at).first(db).unwrap())
        };
        let rest = |minutes: i64| {
            let at = used_at() - TimeDelta::minutes(minutes);
            office.database(|db| {
                diesel::update(session::table.find(id)).set(session::used_at.eq(at)).execute(db).unwrap()
            });
            at
        };
        let rested = rest(29);
        assert!(browser.is_open());
        // It is written down while nobody waits for it.
        for _ in 0..200 {
            if used_at() > rested {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        assert!(used_at() > rested);
        rest(31);
        assert!(!browser.is_open());
        let list = signed_in(office, LOGIN, PASSWORD).get("/api/v1/me/sessions").expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "what is over is not listed");
    });
}

#[test]
fn who_is_disabled_or_erased_is_out_at_once_and_leaves_no_trace_of_where_from() {
    both(|office| {
        clerk(office);
        let browser = signed_in(office, LOGIN, PASSWORD);
        let path = format!("/api/v1/users/{}", browser.get("/api/v1/me").expect(200)["id"]);
        let step = |step: &str| office.post("all-roles", &format!("{path}/{step}"), &json!({})).expect(200);
        step("disable");
        assert!(!browser.is_open());
        attempt(office, LOGIN, PASSWORD, &[]).problem(422, "sign-in-refused");
        step("enable");
        assert!(!browser.is_open(), "an ended session does not come back");
        let browser = signed_in(office, LOGIN, PASSWORD);
        step("erase");
        assert!(!browser.is_open());
        attempt(office, LOGIN, PASSWORD, &[]).problem(422, "sign-in-refused");
        let traces: Vec<(Option<String>, Option<String>)> = office.database(|db| {
            session::table
                .filter(session::created_at.gt(instant("2021-01-01T00:00:00")))
                .select((session::address, session::browser))
                .load(db)
                .unwrap()
        });
        assert!(traces.len() == 2 && traces.iter().all(|trace| trace == &(None, None)), "{traces:?}");
    });
}

#[test]
fn a_one_time_secret_works_once_until_its_hour_and_only_the_newest() {
    both(|office| {
        clerk(office);
        let browser = signed_in(office, LOGIN, PASSWORD);
        let id = browser.get("/api/v1/me").expect(200)["id"].clone();
        let path = format!("/api/v1/users/{id}/password-secret");
        let issue = || {
            let issued = office.post("all-roles", &path, &json!({})).expect(201);
            issued["secret"].as_str().unwrap().to_owned()
        };
        office.post("neighbour", &path, &json!({})).problem(404, "not-found");
        office.post("clerk", &path, &json!({})).problem(403, "forbidden");
        let (older, newer) = (issue(), issue());
        assert!(browser.is_open(), "the password in use stays until the secret is used");
        set_password(office, &older, OTHER).problem(422, "invalid");
        for bad in ["short", "jb0102 and more", "Password123456", "410183199001011234"] {
            let refused = set_password(office, &newer, bad).problem(422, "invalid");
            assert_eq!(refused["errors"][0]["pointer"], "/new_password", "{bad}");
            assert!(!refused.to_string().contains(bad), "{refused}");
        }
        assert_eq!(set_password(office, &newer, OTHER).status, 204);
        assert!(!browser.is_open());
        signed_in(office, LOGIN, OTHER);

        let late = issue();
        office.database(|db| {
            diesel::update(password_secret::table)
                .set(password_secret::expires_at.eq(instant("2024-01-01T00:00:00")))
                .execute(db)
                .unwrap()
        });
        set_password(office, &late, PASSWORD).problem(422, "invalid");
    });
}

#[test]
fn no_password_or_secret_stands_in_an_answer_a_log_or_the_database() {
    both(|office| {
        let add = ["user", "add", "--login", LOGIN, "--name", "某人", "--role", "clerk@410183", "--password-secret"];
        let once = secret(office, &add);
        assert_eq!(set_password(office, &once, PASSWORD).status, 204);
        let answer = attempt(office, LOGIN, PASSWORD, &[]);
        let told = answer.text().to_owned();
        let value = cookie(&answer).split_once('=').unwrap().1.to_owned();
        assert!(!told.contains(PASSWORD) && !told.contains(&value), "{told}");
        attempt(office, "my secret password by mistake", "x", &[]);
        let id = attempt(office, LOGIN, "wrong word here", &[]).header("x-request-id").to_owned();
        office.log_with(&id);
        let log = office.log().join("\n");
        assert!(log.contains("signing in failed"), "{log}");
        for word in [once.as_str(), PASSWORD, &value, "by mistake", "wrong word"] {
            assert!(!log.contains(word), "{word}: {log}");
        }
        let digests: Vec<Vec<u8>> =
            office.database(|db| session::table.select(session::secret_sha256).load(db).unwrap());
        assert!(digests.iter().all(|digest| digest.len() == 32 && digest != value.as_bytes()));
    });
}
