//! Every operation as every role, with every kind of token, and across counties.

use diesel::prelude::*;
use dizhang::domain::ledger::kind::Role;
use dizhang::http::access::{Access, OGC_OPERATIONS, OPERATIONS, Operation};
use dizhang::storage::schema::{api_token, app_user, role_grant, session};
use serde_json::Value;

use crate::support::*;

/// Every operation, those for GIS programs among them.
fn all() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().chain(OGC_OPERATIONS)
}

/// The path of an operation with its parameters filled: a county, and ids that are nobody's.
pub fn path(operation: &Operation, county: &str) -> String {
    let segments = operation.path.split('/').map(|segment| match segment {
        "{county}" => county,
        "{slug}" => "conflict",
        "{sha256}" => SCAN,
        "{collection}" => "plots",
        name if name.starts_with('{') => "999999999",
        word => word,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The media type of an operation's body and the example the document shows of it.
pub fn example(document: &Value, operation: &Operation) -> Option<(String, Vec<u8>)> {
    let method = operation.method.to_ascii_lowercase();
    let body = &document["paths"][operation.path][method.as_str()]["requestBody"];
    let (media_type, content) = body["content"].as_object()?.iter().next().unwrap();
    let mut schema = &content["schema"];
    while let Some(name) = schema["$ref"].as_str() {
        schema = &document["components"]["schemas"][name.rsplit('/').next().unwrap()];
    }
    let shown = content.get("example").or_else(|| content["examples"].as_object()?.values().next()?.get("value"));
    let shown = shown.or_else(|| schema.get("example")).or_else(|| schema["examples"].get(0));
    let shown = shown.unwrap_or_else(|| panic!("{} shows no example of its body", operation.id));
    let bytes = match shown {
        // A file, written as text.
        Value::String(text) if !media_type.ends_with("json") => text.clone().into_bytes(),
        json => json.to_string().into_bytes(),
    };
    Some((media_type.clone(), bytes))
}

pub fn call(office: &Office, document: &Value, operation: &Operation, county: &str, token: Option<&str>) -> Answer {
    let path = path(operation, county);
    match example(document, operation) {
        Some((media_type, body)) => {
            office.send(operation.method, &path, token, &[("content-type", &media_type)], Some(&body))
        }
        None => office.send(operation.method, &path, token, &[], None),
    }
}

/// Who may call an operation, as role words; none: everybody.
fn allowed(access: Access) -> Option<Vec<&'static str>> {
    match access {
        Access::Public | Access::PublicLimited | Access::SignedIn => None,
        Access::County(roles) | Access::Somewhere(roles) | Access::Layers(roles) => {
            Some(roles.iter().map(|role| role.as_str()).collect())
        }
    }
}

fn is_open(operation: &Operation) -> bool {
    matches!(operation.access, Access::Public | Access::PublicLimited)
}

/// Calls every operation as every role, by token or by session.
fn walk(office: &Office, sign: impl Fn(&str) -> String) {
    let document = office.get("viewer", "/openapi.json").expect(200);
    for operation in all() {
        let allowed = allowed(operation.access);
        for role in ROLES.iter().chain(&["nobody"]) {
            let answer = call(office, &document, operation, COUNTY, Some(&sign(role)));
            if allowed.as_ref().is_none_or(|roles| roles.contains(role)) {
                assert!(!matches!(answer.status, 401 | 403), "{} as {role}: {}", operation.id, answer.text());
            } else {
                answer.problem(403, "forbidden");
            }
        }
        if operation.id == "endSession" {
            office.database(reopen);
        }
    }
}

/// Opens all sessions again.
fn reopen(db: &mut dizhang::storage::db::Db) {
    diesel::update(session::table).set(session::ended_at.eq(None::<chrono::NaiveDateTime>)).execute(db).unwrap();
}

#[test]
fn each_operation_takes_the_roles_of_the_table_and_no_other() {
    both(|office| walk(office, str::to_owned));
}

#[test]
fn a_session_opens_what_a_token_of_the_same_person_opens() {
    both(|office| walk(office, |role| format!("{SESSION}{role}")));
}

#[test]
fn a_session_that_is_unknown_idle_over_ended_or_its_owners_last_day_is_refused() {
    let prepare = |db: &mut dizhang::storage::db::Db| {
        let owner = user("all-roles");
        add_session(db, 901, "session:idle", owner, instant("2024-01-01T00:00:00"));
        add_session(db, 902, "session:over", owner, instant("2148-01-01T00:00:00"));
        add_session(db, 903, "session:ended", owner, instant("2148-01-01T00:00:00"));
        diesel::update(session::table.find(902))
            .set(session::expires_at.eq(instant("2024-01-01T00:00:00")))
            .execute(db)
            .unwrap();
        diesel::update(session::table.find(903))
            .set(session::ended_at.eq(instant("2024-01-01T00:00:00")))
            .execute(db)
            .unwrap();
        diesel::update(app_user::table.find(user("all-roles-too")))
            .set(app_user::is_active.eq(false))
            .execute(db)
            .unwrap();
    };
    both_with(&[], prepare, |office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        for operation in all() {
            for name in ["wrong", "idle", "over", "ended", "all-roles-too"] {
                let answer = call(office, &document, operation, COUNTY, Some(&format!("{SESSION}{name}")));
                if is_open(operation) {
                    assert!(!matches!(answer.status, 401 | 403), "{}: {}", operation.id, answer.text());
                } else {
                    answer.problem(401, "unauthenticated");
                }
            }
        }
        // Nor does a secret open anything under another name, twice, or as a token.
        let list = in_county("vouchers");
        let secret = format!("{SESSION}viewer");
        for cookie in [
            String::new(),
            "dizhang=".to_owned(),
            format!("dizhang2={secret}"),
            format!("__Host-dizhang={secret}"),
            format!("dizhang={secret}; dizhang={secret}"),
            format!("dizhang=\"{secret}\""),
        ] {
            let answer = office.send("GET", &list, None, &[("cookie", &cookie)], None);
            assert_eq!(answer.status, 401, "{cookie}");
        }
        let answer = office.send("GET", &list, None, &[("authorization", &format!("Bearer {secret}"))], None);
        answer.problem(401, "unauthenticated");
        let cookie = format!("other=1; dizhang={secret};x");
        assert_eq!(office.send("GET", &list, None, &[("cookie", &cookie)], None).status, 200);
    });
}

#[test]
fn no_change_by_cookie_is_taken_without_the_token_of_the_very_session() {
    both(|office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        let mine = dizhang::http::cookie::csrf_token(&format!("{SESSION}all-roles"));
        let others = dizhang::http::cookie::csrf_token(&format!("{SESSION}all-roles-too"));
        let cookie = format!("dizhang={SESSION}all-roles");
        for operation in all().filter(|operation| operation.method != "GET" && !is_open(operation)) {
            let path = path(operation, COUNTY);
            let (media_type, body) = example(&document, operation).unwrap_or_default();
            let send = |more: &[(&str, &str)]| {
                let mut headers = vec![("cookie", cookie.as_str()), ("content-type", media_type.as_str())];
                headers.extend(more);
                office.send(operation.method, &path, None, &headers, Some(&body))
            };
            send(&[]).problem(403, "csrf-token");
            send(&[("x-csrf-token", "")]).problem(403, "csrf-token");
            send(&[("x-csrf-token", &others)]).problem(403, "csrf-token");
            for site in ["cross-site", "same-site"] {
                let answer = send(&[("x-csrf-token", &mine), ("sec-fetch-site", site)]);
                answer.problem(403, "csrf-token");
            }
        }
        // Reading needs none, and a token in a header is sent by nobody unasked.
        let read = office.send("GET", "/api/v1/me", None, &[("cookie", &cookie)], None).expect(200);
        assert_eq!(read["session_in_use"], user("all-roles"));
        let both = [("cookie", cookie.as_str()), ("authorization", "Bearer clerk")];
        let answer = office.send("POST", "/api/v1/me/tokens", None, &both, Some(br#"{"label": "x"}"#));
        assert_eq!(answer.status, 201, "{}", answer.text());
    });
}

#[test]
fn a_token_that_is_missing_wrong_expired_revoked_or_its_owners_last_day_is_refused() {
    let prepare = |db: &mut dizhang::storage::db::Db| {
        add_token(db, 901, "expired", user("all-roles"), None, instant("2024-01-01T00:00:00"));
        add_token(db, 902, "revoked", user("all-roles"), None, instant("2149-01-01T00:00:00"));
        diesel::update(api_token::table.find(902))
            .set(api_token::revoked_at.eq(instant("2024-01-01T00:00:00")))
            .execute(db)
            .unwrap();
        diesel::update(app_user::table.find(user("all-roles-too")))
            .set(app_user::is_active.eq(false))
            .execute(db)
            .unwrap();
    };
    both_with(&[], prepare, |office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        for operation in all() {
            for token in [None, Some("wrong"), Some("expired"), Some("revoked"), Some("all-roles-too"), Some("")] {
                let answer = call(office, &document, operation, COUNTY, token);
                if is_open(operation) {
                    assert!(!matches!(answer.status, 401 | 403), "{}: {}", operation.id, answer.text());
                } else {
                    answer.problem(401, "unauthenticated");
                    assert!(answer.header("www-authenticate").starts_with("Bearer"), "{}", operation.id);
                }
            }
        }
        let list = in_county("vouchers");
        for authorization in ["viewer", "Basic viewer", "Bearer  viewer", "Bearer viewer ,"] {
            let answer = office.send("GET", &list, None, &[("authorization", authorization)], None);
            answer.problem(401, "unauthenticated");
        }
        let answer = office.send("GET", &list, None, &[("authorization", "bearer viewer")], None);
        assert_eq!(answer.status, 200, "the name of the scheme is read in any case (RFC 9110)");
    });
}

#[test]
fn a_token_for_some_roles_lets_only_those_through_and_a_revoked_grant_none() {
    let prepare = |db: &mut dizhang::storage::db::Db| {
        add_token(db, 901, "only-auditor", user("all-roles"), Some("auditor"), instant("2149-01-01T00:00:00"));
        add_token(db, 902, "clerk-and-viewer", user("all-roles"), Some("clerk viewer"), instant("2149-01-01T00:00:00"));
        // It names a role that its owner does not have.
        add_token(db, 903, "more-than-owned", user("viewer"), Some("approver"), instant("2149-01-01T00:00:00"));
        diesel::update(role_grant::table.filter(role_grant::user_id.eq(user("approver"))))
            .set(role_grant::revoked_at.eq(instant("2024-01-01T00:00:00")))
            .execute(db)
            .unwrap();
    };
    both_with(&[], prepare, |office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        for (token, held) in [
            ("only-auditor", &["auditor"][..]),
            ("clerk-and-viewer", &["clerk", "viewer"]),
            ("more-than-owned", &[]),
            ("approver", &[]),
        ] {
            for operation in all() {
                let answer = call(office, &document, operation, COUNTY, Some(token));
                match allowed(operation.access) {
                    Some(roles) if !held.iter().any(|role| roles.contains(role)) => {
                        answer.problem(403, "forbidden");
                    }
                    _ => assert!(!matches!(answer.status, 401 | 403), "{} as {token}", operation.id),
                }
            }
        }
    });
}

#[test]
fn a_county_is_closed_to_its_neighbour_and_open_to_its_city_and_province() {
    both(|office| {
        let document = office.get("viewer", "/openapi.json").expect(200);
        for operation in OPERATIONS.iter().filter(|operation| matches!(operation.access, Access::County(_))) {
            for stranger in ["neighbour", "other-city", "session:neighbour", "session:other-city"] {
                call(office, &document, operation, COUNTY, Some(stranger)).problem(403, "forbidden");
            }
            for insider in ["city", "province", "all-roles", "session:city", "session:all-roles"] {
                let answer = call(office, &document, operation, COUNTY, Some(insider));
                assert!(!matches!(answer.status, 401 | 403), "{} as {insider}: {}", operation.id, answer.text());
            }
            // The city's token opens the other county as well, the county's own does not.
            let answer = call(office, &document, operation, NEIGHBOUR, Some("city"));
            assert!(!matches!(answer.status, 401 | 403), "{}: {}", operation.id, answer.text());
            call(office, &document, operation, NEIGHBOUR, Some("all-roles")).problem(403, "forbidden");
            // No way of writing the county's code leads around the check.
            for disguised in ["0410183", "410183%20", "%EF%BC%94%EF%BC%9110183", "410183;x", "%34%31%30%31%38%33"] {
                let answer = call(office, &document, operation, disguised, Some("neighbour"));
                assert!(matches!(answer.status, 403 | 404), "{} {disguised}: {}", operation.id, answer.status);
            }
        }
    });
}

#[test]
fn a_county_that_is_not_kept_here_is_not_found_even_for_its_province() {
    both(|office| {
        for what in ["ledger-head", "balances"] {
            office.get("province", &format!("/api/v1/counties/410185/{what}")).problem(404, "not-found");
        }
        office.get("province", "/api/v1/counties/41018/ledger-head").problem(404, "not-found");
        let answer = office.post("province", "/api/v1/counties/410185/vouchers", &approve("x", 1));
        answer.problem(404, "not-found");
    });
}

#[test]
fn every_role_has_its_person_here() {
    let words: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    assert_eq!(words, ROLES);
}
