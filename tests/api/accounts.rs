//! Accounts: who may administer whom, tokens, and the erasing of persons.

use serde_json::{Value, json};

use crate::support::{HERE, Office, THERE, both};

/// A user made by the administrator of a county, with roles; the whole answer.
fn made(office: &Office<'_>, by: &str, login: &str, grants: &[(&str, &str)]) -> Value {
    let grants: Vec<Value> = grants.iter().map(|(role, prefix)| json!({"role": role, "prefix": prefix})).collect();
    let body = json!({"login": login, "display_name": "测试人员", "grants": grants});
    office.service.post("/api/v1/users").token(&office.token(by)).json(&body).expect(201)
}

fn id(user: &Value) -> i64 {
    user["user"]["id"].as_i64().unwrap()
}

/// A token issued by an administrator.
fn issued(office: &Office<'_>, by: &str, user: i64) -> String {
    let path = format!("/api/v1/users/{user}/tokens");
    let token = office.service.post(&path).token(&office.token(by)).json(&json!({"label": "办公电脑"})).expect(201);
    assert!(token["secret"].as_str().unwrap().starts_with("dizhang_"));
    token["secret"].as_str().unwrap().to_owned()
}

#[test]
fn an_administrator_makes_a_clerk_who_can_work_until_the_role_is_revoked() {
    both(|service| {
        let office = service.office();
        let admin = format!("admin@{HERE}");
        let user = made(&office, &admin, "jb01", &[("clerk", HERE)]);
        let token = issued(&office, &admin, id(&user));
        let me = service.get("/api/v1/me").token(&token).expect(200);
        assert_eq!(me["person"]["login"], "jb01");
        assert_eq!(me["grants"], json!([{"role": "clerk", "prefix": HERE}]));
        assert_eq!(me["tokens"][0]["created_by"], json!(office.id(&admin)), "the owner sees who issued it");

        let vouchers = format!("/api/v1/counties/{HERE}/vouchers");
        assert_eq!(service.post(&vouchers).token(&token).json(&json!({})).refused(422), "invalid");
        let grant = user["user"]["grants"][0]["id"].as_i64().unwrap();
        let path = format!("/api/v1/users/{}/grants/{grant}", id(&user));
        let revoked = service.call("DELETE", &path).token(&office.token(&admin)).expect(200);
        assert_eq!(revoked["user"]["grants"], json!([]));
        assert_eq!(service.post(&vouchers).token(&token).json(&json!({})).refused(403), "forbidden");

        let actions: Vec<_> = revoked["events"].as_array().unwrap().iter().map(|e| e["action"].clone()).collect();
        assert_eq!(actions, ["created", "granted", "token_issued", "revoked"]);
        assert!(revoked["events"].as_array().unwrap().iter().all(|event| event["done_by"] == office.id(&admin)));
        service.call("DELETE", &path).token(&office.token(&admin)).expect(200);
    });
}

#[test]
fn administration_and_business_are_never_one_persons() {
    both(|service| {
        let office = service.office();
        let admin = office.token(&format!("admin@{HERE}"));
        let clerk = made(&office, &format!("admin@{HERE}"), "jb01", &[("clerk", HERE), ("reviewer", HERE)]);
        let grants = format!("/api/v1/users/{}/grants", id(&clerk));
        let grant = |role: &str| service.post(&grants).token(&admin).json(&json!({"role": role, "prefix": HERE}));
        assert_eq!(grant("admin").refused(409), "conflict");
        grant("auditor").expect(201);
        grant("auditor").expect(200);
        let own = format!("/api/v1/users/{}/grants", office.id(&format!("admin@{HERE}")));
        for role in ["viewer", "clerk", "reviewer", "approver", "auditor"] {
            let wanted = json!({"role": role, "prefix": HERE});
            assert_eq!(service.post(&own).token(&admin).json(&wanted).refused(409), "conflict", "{role}");
        }
        let both_at_once = json!({"login": "xx", "display_name": "甲", "grants": [
            {"role": "admin", "prefix": HERE}, {"role": "viewer", "prefix": HERE}]});
        assert_eq!(service.post("/api/v1/users").token(&admin).json(&both_at_once).refused(409), "conflict");
        let again = json!({"login": "xx", "display_name": "甲"});
        service.post("/api/v1/users").token(&admin).json(&again).expect(201);
    });
}

#[test]
fn one_person_has_one_account() {
    both(|service| {
        let office = service.office();
        made(&office, &format!("admin@{HERE}"), "jb01", &[]);
        let again = json!({"login": "jb01", "display_name": "别名"});
        for county in [HERE, THERE] {
            let admin = office.token(&format!("admin@{county}"));
            assert_eq!(service.post("/api/v1/users").token(&admin).json(&again).refused(409), "taken");
        }
    });
}

#[test]
fn an_administrator_acts_only_within_the_own_counties() {
    both(|service| {
        let office = service.office();
        let (here, there) = (office.token(&format!("admin@{HERE}")), office.token(&format!("admin@{THERE}")));
        let city = office.token("admin@4101");
        let theirs = made(&office, &format!("admin@{THERE}"), "there1", &[("clerk", THERE)]);
        let path = format!("/api/v1/users/{}", id(&theirs));
        // A user of another county is not there: not to be read, nor by any change.
        assert_eq!(service.get(&path).token(&here).refused(404), "not-found");
        let grant = json!({"role": "viewer", "prefix": HERE});
        for (step, body) in [
            ("grants", grant.clone()),
            ("rename", json!({"display_name": "乙"})),
            ("tokens", json!({"label": "x"})),
            ("disable", json!({})),
            ("enable", json!({})),
            ("erase", json!({})),
        ] {
            let request = service.post(&format!("{path}/{step}")).token(&here).json(&body);
            assert_eq!(request.refused(404), "not-found", "{step}");
        }
        let listed = service.get("/api/v1/users").token(&here).expect(200);
        assert!(!listed.to_string().contains("there1"), "{listed}");
        service.get(&path).token(&there).expect(200);
        service.get(&path).token(&city).expect(200);

        // Nor may roles be granted beyond the own counties.
        let mine = made(&office, &format!("admin@{HERE}"), "here1", &[("clerk", HERE)]);
        let grants = format!("/api/v1/users/{}/grants", id(&mine));
        for prefix in [THERE, "4101", "41", "4102"] {
            let wanted = json!({"role": "viewer", "prefix": prefix});
            assert_eq!(service.post(&grants).token(&here).json(&wanted).refused(403), "forbidden", "{prefix}");
            let new = json!({"login": format!("new{prefix}"), "display_name": "丙", "grants": [wanted]});
            assert_eq!(service.post("/api/v1/users").token(&here).json(&new).refused(403), "forbidden", "{prefix}");
        }
        service.post(&grants).token(&city).json(&json!({"role": "viewer", "prefix": "4101"})).expect(201);
    });
}

#[test]
fn a_user_with_roles_in_two_counties_is_the_citys_to_administer() {
    both(|service| {
        let office = service.office();
        let (admin, city) = (format!("admin@{HERE}"), office.token("admin@4101"));
        let here = office.token(&admin);
        let user = made(&office, &admin, "two", &[("clerk", HERE)]);
        // The county's administrator has seen the secret of this token.
        let seen = issued(&office, &admin, id(&user));
        let path = format!("/api/v1/users/{}", id(&user));
        let elsewhere = json!({"role": "approver", "prefix": THERE});
        service.post(&format!("{path}/grants")).token(&city).json(&elsewhere).expect(201);

        let vouchers = |county: &str| format!("/api/v1/counties/{county}/vouchers");
        service.get(&vouchers(HERE)).token(&seen).expect(200);
        assert_eq!(service.get(&vouchers(THERE)).token(&seen).refused(403), "forbidden");
        for (step, body) in [
            ("tokens", json!({"label": "x"})),
            ("disable", json!({})),
            ("erase", json!({})),
            ("rename", json!({"display_name": "乙"})),
        ] {
            let request = service.post(&format!("{path}/{step}")).token(&here).json(&body);
            assert_eq!(request.refused(403), "forbidden", "{step}");
        }
        let shown = service.get(&path).token(&here).expect(200);
        assert!(!shown.to_string().contains(THERE), "roles elsewhere are not shown: {shown}");
        let of_city = service.post(&format!("{path}/tokens")).token(&city).json(&json!({"label": "市里"})).expect(201);
        service.get(&vouchers(THERE)).token(of_city["secret"].as_str().unwrap()).expect(200);
        // What the county granted it may take back.
        let grant = shown["user"]["grants"][0]["id"].as_i64().unwrap();
        service.call("DELETE", &format!("{path}/grants/{grant}")).token(&here).expect(200);
    });
}

#[test]
fn the_last_administrator_stays() {
    both(|service| {
        let office = service.office();
        let who = format!("admin@{HERE}");
        let (admin, me) = (office.token(&who), format!("/api/v1/users/{}", office.id(&who)));
        for step in ["disable", "erase"] {
            assert_eq!(service.post(&format!("{me}/{step}")).token(&admin).refused(409), "conflict", "{step}");
        }
        let own = service.get(&me).token(&admin).expect(200);
        let (grant, token) = (&own["user"]["grants"][0]["id"], &own["tokens"][0]["id"]);
        assert_eq!(service.call("DELETE", &format!("{me}/grants/{grant}")).token(&admin).refused(409), "conflict");
        assert_eq!(service.call("DELETE", &format!("{me}/tokens/{token}")).token(&admin).refused(409), "conflict");
        assert_eq!(
            service.call("DELETE", &format!("/api/v1/me/tokens/{token}")).token(&admin).refused(409),
            "conflict"
        );
    });
}

#[test]
fn two_administrators_who_disable_each_other_do_not_both_succeed() {
    both(|service| {
        let office = service.office();
        let names = ["admin@4101+1", "admin@4101+2"];
        let people: Vec<(i64, String)> = names.iter().map(|name| (office.id(name), office.token(name))).collect();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = [(0, 1), (1, 0)]
                .map(|(by, of)| {
                    let path = format!("/api/v1/users/{}/disable", people[of].0);
                    let token = &people[by].1;
                    scope.spawn(move || service.post(&path).token(token).send().status)
                })
                .into_iter()
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    });
}

#[test]
fn a_disabled_user_is_nobody_until_enabled_again() {
    both(|service| {
        let office = service.office();
        let who = format!("admin@{HERE}");
        let admin = office.token(&who);
        let user = made(&office, &who, "jb01", &[("viewer", HERE)]);
        let token = issued(&office, &who, id(&user));
        let path = format!("/api/v1/users/{}", id(&user));
        let disabled = service.post(&format!("{path}/disable")).token(&admin).expect(200);
        assert_eq!(disabled["user"]["active"], false);
        assert_eq!(service.get("/api/v1/me").token(&token).refused(401), "unauthenticated");
        let new_token = service.post(&format!("{path}/tokens")).token(&admin).json(&json!({"label": "x"}));
        assert_eq!(new_token.refused(409), "conflict");
        service.post(&format!("{path}/enable")).token(&admin).expect(200);
        service.get("/api/v1/me").token(&token).expect(200);
    });
}

#[test]
fn an_erased_person_leaves_a_number_and_no_word() {
    both(|service| {
        let office = service.office();
        let who = format!("admin@{HERE}");
        let admin = office.token(&who);
        let body =
            json!({"login": "wangjian-7", "display_name": "名字要清除", "grants": [{"role": "clerk", "prefix": HERE}]});
        let user = id(&service.post("/api/v1/users").token(&admin).json(&body).expect(201));
        let path = format!("/api/v1/users/{user}");
        let label = json!({"label": "名字要清除的电脑"});
        let issued = service.post(&format!("{path}/tokens")).token(&admin).json(&label).expect(201);
        let token = issued["secret"].as_str().unwrap();
        service.get("/api/v1/me").token(token).expect(200);

        let erased = service.post(&format!("{path}/erase")).token(&admin).expect(200);
        assert_eq!(erased["user"]["person"], Value::Null);
        assert_eq!(erased["user"]["grants"], json!([]));
        for text in [erased.to_string(), service.get("/api/v1/users").token(&admin).send().text] {
            assert!(!text.contains("wangjian") && !text.contains("名字要清除"), "{text}");
        }
        assert_eq!(service.get("/api/v1/me").token(token).refused(401), "unauthenticated");
        for (step, body) in [("enable", json!({})), ("rename", json!({"display_name": "新"}))] {
            let request = service.post(&format!("{path}/{step}")).token(&admin).json(&body);
            assert_eq!(request.refused(409), "conflict", "{step}");
        }
        // The login may be given to whom it belongs.
        made(&office, &who, "wangjian-7", &[]);
    });
}

#[test]
fn a_token_is_shown_once_and_kept_as_a_digest() {
    both(|service| {
        let office = service.office();
        let clerk = office.token(&format!("clerk@{HERE}"));
        let token =
            service.post("/api/v1/me/tokens").token(&clerk).json(&json!({"label": "脚本", "days": 365})).expect(201);
        let secret = token["secret"].as_str().unwrap();
        let number = &token["token"]["id"];
        let me = service.get("/api/v1/me").token(secret).expect(200);
        assert_eq!(me["token_in_use"], *number);
        assert!(!me.to_string().contains(secret));
        let expires = token["token"]["expires_at"].as_str().unwrap();
        let created = token["token"]["created_at"].as_str().unwrap();
        let day = |instant: &str| instant[..10].parse::<chrono::NaiveDate>().unwrap();
        let days = day(expires) - day(created);
        assert_eq!(days.num_days(), 365);

        use diesel::prelude::*;
        use dizhang::storage::schema::api_token;
        let kept: Vec<Vec<u8>> =
            api_token::table.select(api_token::secret_sha256).load(&mut *service.database.pool.get().unwrap()).unwrap();
        assert!(kept.iter().all(|digest| digest.len() == 32 && digest != secret.as_bytes()));

        service.call("DELETE", &format!("/api/v1/me/tokens/{number}")).token(&clerk).send().with(204);
        assert_eq!(service.get("/api/v1/me").token(secret).refused(401), "unauthenticated");
        // Another person's token is not there.
        let other = office.token(&format!("viewer@{HERE}"));
        let theirs = service.get("/api/v1/me").token(&other).expect(200)["token_in_use"].clone();
        let path = format!("/api/v1/me/tokens/{theirs}");
        assert_eq!(service.call("DELETE", &path).token(&clerk).refused(404), "not-found");
    });
}

#[test]
fn wrong_accounts_are_refused_field_by_field() {
    both(|service| {
        let office = service.office();
        let admin = office.token(&format!("admin@{HERE}"));
        let body =
            json!({"login": "张三", "display_name": " ", "grants": [{"role": "boss", "prefix": "4101833"}], "x": 1});
        let problem = service.post("/api/v1/users").token(&admin).json(&body).expect(422);
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(pointers, ["/login", "/display_name", "/grants/0/role", "/grants/0/prefix", "/x"]);
        for (body, pointer) in [
            (json!({"label": "x", "days": 366}), "/days"),
            (json!({"label": "x", "days": 0}), "/days"),
            (json!({"label": "x", "roles": []}), "/roles"),
            (json!({"label": ""}), "/label"),
        ] {
            let problem = service.post("/api/v1/me/tokens").token(&admin).json(&body).expect(422);
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
        }
    });
}

#[test]
fn users_are_listed_page_by_page() {
    both(|service| {
        let office = service.office();
        let who = format!("admin@{HERE}");
        for n in 0..5 {
            made(&office, &who, &format!("jb{n}"), &[("viewer", HERE)]);
        }
        let mut seen = Vec::new();
        let mut after = 0;
        loop {
            let page =
                service.get(&format!("/api/v1/users?limit=2&after={after}")).token(&office.token(&who)).expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|user| user["id"].as_i64().unwrap()));
            match page["next"].as_i64() {
                Some(next) => after = next,
                None => break,
            }
        }
        assert!(seen.is_sorted() && seen.len() == 6, "the five and the administrator: {seen:?}");
    });
}
