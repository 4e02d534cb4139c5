//! Accounts over HTTP: who may administer whom, tokens, and the erasing of persons.

use serde_json::{Value, json};

use crate::support::*;

/// Enters a user by an administrator; gives the number.
#[track_caller]
fn entered(office: &Office, by: &str, login: &str, grants: &[(&str, &str)]) -> i64 {
    let grants: Vec<Value> = grants.iter().map(|(role, prefix)| json!({"role": role, "prefix": prefix})).collect();
    let body = json!({"login": login, "display_name": "测试人员", "grants": grants});
    office.post(by, "/api/v1/users", &body).expect(201)["user"]["id"].as_i64().unwrap()
}

/// A token that an administrator issues to a user.
#[track_caller]
fn issued(office: &Office, by: &str, user: i64) -> String {
    let body = json!({"label": "办公电脑"});
    let token = office.post(by, &format!("/api/v1/users/{user}/tokens"), &body).expect(201);
    token["secret"].as_str().unwrap().to_owned()
}

/// An administrator of one prefix and nothing else.
fn administrator(office: &Office, prefix: &str) -> (i64, String) {
    let role = format!("admin@{prefix}");
    let login = format!("adm{prefix}");
    let output = office.command(&["user", "add", "--login", &login, "--name", "管理员", "--role", &role]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let token = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    let id = office.get(&token, "/api/v1/me").expect(200)["id"].as_i64().unwrap();
    (id, token)
}

fn delete(office: &Office, token: &str, path: &str) -> Answer {
    office.send("DELETE", path, Some(token), &[], None)
}

#[test]
fn the_command_line_makes_the_first_administrator_who_makes_a_clerk() {
    both(|office| {
        let (admin_id, admin) = administrator(office, COUNTY);
        assert!(admin.starts_with("dizhang_") && admin.len() == 51, "{admin}");
        let user = entered(office, &admin, "jb01", &[("clerk", COUNTY)]);
        let token = issued(office, &admin, user);
        let me = office.get(&token, "/api/v1/me").expect(200);
        assert_eq!(me["person"], json!({"login": "jb01", "display_name": "测试人员"}));
        assert_eq!(me["grants"], json!([{"role": "clerk", "prefix": COUNTY}]));
        assert_eq!(me["tokens"][0]["created_by"], admin_id, "the owner sees who issued it");
        office.post(&token, &in_county("vouchers"), &json!({})).problem(422, "invalid");

        // A revoked role is gone at once, and everything done is written down with its doer.
        let path = format!("/api/v1/users/{user}");
        let grant = office.get(&admin, &path).expect(200)["user"]["grants"][0]["id"].clone();
        let after = delete(office, &admin, &format!("{path}/grants/{grant}")).expect(200);
        assert_eq!(after["user"]["grants"], json!([]));
        office.post(&token, &in_county("vouchers"), &json!({})).problem(403, "forbidden");
        let actions: Vec<_> = after["events"].as_array().unwrap().iter().map(|e| e["action"].clone()).collect();
        assert_eq!(actions, ["created", "granted", "token_issued", "revoked"]);
        assert!(after["events"].as_array().unwrap().iter().all(|event| event["done_by"] == admin_id));

        let again = office.command(&["user", "add", "--login", "jb01", "--name", "别名", "--role", "clerk@410183"]);
        assert!(!again.status.success());
        let way_back = office.command(&["user", "token", "--login", &format!("adm{COUNTY}")]);
        let token = String::from_utf8(way_back.stdout).unwrap();
        assert_eq!(office.get(token.trim(), "/api/v1/me").expect(200)["id"], admin_id);
    });
}

#[test]
fn administration_and_business_are_never_one_persons() {
    both(|office| {
        let (admin_id, admin) = administrator(office, COUNTY);
        let clerk = entered(office, &admin, "jb01", &[("clerk", COUNTY), ("reviewer", COUNTY)]);
        let grant = |user: i64, role: &str| {
            let body = json!({"role": role, "prefix": COUNTY});
            office.post(&admin, &format!("/api/v1/users/{user}/grants"), &body)
        };
        grant(clerk, "admin").problem(409, "conflict");
        grant(clerk, "auditor").expect(201);
        grant(clerk, "auditor").expect(200);
        for role in ROLES.iter().filter(|role| **role != "admin") {
            grant(admin_id, role).problem(409, "conflict");
        }
        let grants = json!([{"role": "admin", "prefix": COUNTY}, {"role": "viewer", "prefix": COUNTY}]);
        let at_once = json!({"login": "xx", "display_name": "甲", "grants": grants});
        office.post(&admin, "/api/v1/users", &at_once).problem(409, "conflict");
        entered(office, &admin, "xx", &[]);
        let same = json!({"login": "xx", "display_name": "乙"});
        office.post(&admin, "/api/v1/users", &same).problem(409, "taken");
    });
}

#[test]
fn an_administrator_acts_only_within_the_own_counties() {
    both(|office| {
        let (_, here) = administrator(office, COUNTY);
        let (_, there) = administrator(office, NEIGHBOUR);
        let (_, city) = administrator(office, "4101");
        let path = format!("/api/v1/users/{}", entered(office, &there, "there1", &[("clerk", NEIGHBOUR)]));
        office.get(&here, &path).problem(404, "not-found");
        for (step, body) in [
            ("grants", json!({"role": "viewer", "prefix": COUNTY})),
            ("rename", json!({"display_name": "乙"})),
            ("tokens", json!({"label": "x"})),
            ("disable", json!({})),
            ("enable", json!({})),
            ("erase", json!({})),
        ] {
            office.post(&here, &format!("{path}/{step}"), &body).problem(404, "not-found");
        }
        assert!(!office.get(&here, "/api/v1/users").text().contains("there1"));
        assert!(office.get(&there, "/api/v1/users").text().contains("there1"));
        assert!(office.get(&city, "/api/v1/users").text().contains("there1"));

        let grants = format!("/api/v1/users/{}/grants", entered(office, &here, "here1", &[("clerk", COUNTY)]));
        for prefix in [NEIGHBOUR, "4101", "41", "4102"] {
            let wanted = json!({"role": "viewer", "prefix": prefix});
            office.post(&here, &grants, &wanted).problem(403, "forbidden");
            let new = json!({"login": format!("new{prefix}"), "display_name": "丙", "grants": [wanted]});
            office.post(&here, "/api/v1/users", &new).problem(403, "forbidden");
        }
        office.post(&city, &grants, &json!({"role": "viewer", "prefix": "4101"})).expect(201);
    });
}

#[test]
fn a_token_whose_issuer_saw_it_never_reaches_beyond_the_issuers_counties() {
    both(|office| {
        let (_, here) = administrator(office, COUNTY);
        let (_, city) = administrator(office, "4101");
        let user = entered(office, &here, "two", &[("viewer", COUNTY)]);
        let seen = issued(office, &here, user);
        let path = format!("/api/v1/users/{user}");
        let elsewhere = json!({"role": "viewer", "prefix": NEIGHBOUR});
        office.post(&city, &format!("{path}/grants"), &elsewhere).expect(201);

        let theirs = format!("/api/v1/counties/{NEIGHBOUR}/vouchers");
        office.get(&seen, &in_county("vouchers")).expect(200);
        office.get(&seen, &theirs).problem(403, "forbidden");
        // What it makes reaches no further either.
        let own = office.post(&seen, "/api/v1/me/tokens", &json!({"label": "另一台"})).expect(201);
        office.get(own["secret"].as_str().unwrap(), &theirs).problem(403, "forbidden");
        // The account as a whole is the city's now; roles elsewhere are not shown to the county.
        for (step, body) in [
            ("tokens", json!({"label": "x"})),
            ("rename", json!({"display_name": "乙"})),
            ("disable", json!({})),
            ("erase", json!({})),
        ] {
            office.post(&here, &format!("{path}/{step}"), &body).problem(403, "forbidden");
        }
        let shown = office.get(&here, &path).expect(200);
        assert!(!shown.to_string().contains(NEIGHBOUR), "{shown}");
        office.get(&issued(office, &city, user), &theirs).expect(200);
    });
}

#[test]
fn the_last_administrator_stays() {
    both(|office| {
        let (id, admin) = administrator(office, COUNTY);
        let path = format!("/api/v1/users/{id}");
        for step in ["disable", "erase"] {
            office.post(&admin, &format!("{path}/{step}"), &json!({})).problem(409, "conflict");
        }
        let own = office.get(&admin, &path).expect(200);
        let (grant, token) = (&own["user"]["grants"][0]["id"], &own["tokens"][0]["id"]);
        for path in
            [format!("{path}/grants/{grant}"), format!("{path}/tokens/{token}"), format!("/api/v1/me/tokens/{token}")]
        {
            delete(office, &admin, &path).problem(409, "conflict");
        }
        office.get(&admin, "/api/v1/me").expect(200);
    });
}

#[test]
fn an_erased_person_leaves_a_number_and_no_word() {
    both(|office| {
        let (_, admin) = administrator(office, COUNTY);
        let body = json!({"login": "wangjian-7", "display_name": "要清除的名字", "grants": [{"role": "clerk", "prefix": COUNTY}]});
        let user = office.post(&admin, "/api/v1/users", &body).expect(201)["user"]["id"].clone();
        let path = format!("/api/v1/users/{user}");
        let label = json!({"label": "要清除的名字的电脑"});
        let token = office.post(&admin, &format!("{path}/tokens"), &label).expect(201);
        let token = token["secret"].as_str().unwrap();

        // A disabled account lets nothing through until it is enabled again.
        office.post(&admin, &format!("{path}/disable"), &json!({})).expect(200);
        office.get(token, "/api/v1/me").problem(401, "unauthenticated");
        office.post(&admin, &format!("{path}/tokens"), &label).problem(409, "conflict");
        office.post(&admin, &format!("{path}/enable"), &json!({})).expect(200);
        office.get(token, "/api/v1/me").expect(200);

        let erased = office.post(&admin, &format!("{path}/erase"), &json!({})).expect(200);
        assert_eq!((&erased["user"]["person"], &erased["user"]["grants"]), (&Value::Null, &json!([])));
        let listed = office.get(&admin, "/api/v1/users");
        for text in [erased.to_string(), listed.text().to_owned()] {
            assert!(!text.contains("wangjian") && !text.contains("要清除"), "{text}");
        }
        office.get(token, "/api/v1/me").problem(401, "unauthenticated");
        office.post(&admin, &format!("{path}/enable"), &json!({})).problem(409, "conflict");
        office.post(&admin, &format!("{path}/rename"), &json!({"display_name": "新"})).problem(409, "conflict");
        // The login may be given again to whom it belongs.
        entered(office, &admin, "wangjian-7", &[]);
    });
}

#[test]
fn wrong_accounts_are_refused_member_by_member() {
    both(|office| {
        let (_, admin) = administrator(office, COUNTY);
        let grants = json!([{"role": "boss", "prefix": "4101833"}]);
        let body = json!({"login": "张三", "display_name": " ", "grants": grants, "x": 1});
        let problem = office.post(&admin, "/api/v1/users", &body).problem(422, "invalid");
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(pointers, ["/login", "/display_name", "/grants/0/role", "/grants/0/prefix", "/x"]);
        for (body, pointer) in [
            (json!({"label": "x", "days": 366}), "/days"),
            (json!({"label": "x", "days": 0}), "/days"),
            (json!({"label": "x", "roles": []}), "/roles"),
            (json!({"label": ""}), "/label"),
        ] {
            let problem = office.post(&admin, "/api/v1/me/tokens", &body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
        }
        let theirs = office.get("viewer", "/api/v1/me").expect(200)["token_in_use"].clone();
        delete(office, &admin, &format!("/api/v1/me/tokens/{theirs}")).problem(404, "not-found");
    });
}

#[test]
fn the_names_behind_the_numbers_are_those_of_the_countys_people_and_no_others() {
    both(|office| {
        let (_, admin) = administrator(office, "41");
        let people = |who: &str| office.get(who, &in_county("people"));
        // Accounts without a name, as those of the fixtures are, have none to show.
        assert_eq!(
            people("clerk").expect(200)["items"].as_array().unwrap().len(),
            1,
            "the administrator of the province"
        );
        let clerk = entered(office, &admin, "jb01", &[("clerk", COUNTY), ("reviewer", COUNTY)]);
        let city = entered(office, &admin, "jb02", &[("auditor", "4101")]);
        entered(office, &admin, "jb03", &[("clerk", NEIGHBOUR)]);
        entered(office, &admin, "jb04", &[("clerk", "4102")]);
        entered(office, &admin, "jb05", &[]);
        let shown = |who: &str| {
            let list = people(who).expect(200)["items"].as_array().unwrap().clone();
            list.iter().map(|one| (one["id"].as_i64().unwrap(), one["roles"].clone())).collect::<Vec<_>>()
        };
        let all = shown("clerk");
        assert!(
            all.contains(&(clerk, json!(["clerk", "reviewer"]))) && all.contains(&(city, json!(["auditor"]))),
            "{all:?}"
        );
        assert_eq!(all.len(), 3, "neither the neighbour's, nor another city's, nor who has no role: {all:?}");
        assert_eq!(people("clerk").expect(200)["items"][1]["display_name"], "测试人员");

        // A role that was taken back is not shown, but the name behind old records is; an erased name is gone.
        let path = format!("/api/v1/users/{clerk}");
        let grants = office.get(&admin, &path).expect(200)["user"]["grants"].clone();
        for grant in grants.as_array().unwrap() {
            delete(office, &admin, &format!("{path}/grants/{}", grant["id"])).expect(200);
        }
        assert!(shown("clerk").contains(&(clerk, json!([]))), "{:?}", shown("clerk"));
        office.post(&admin, &format!("{path}/erase"), &json!({})).expect(200);
        assert!(shown("clerk").iter().all(|(id, _)| *id != clerk));

        for who in ["reviewer", "approver", "auditor", "admin", "price_keeper", "price_approver", "city"] {
            people(who).expect(200);
        }
        for who in ["viewer", "neighbour", "nobody", "other-city"] {
            people(who).problem(403, "forbidden");
        }
        office.send("GET", &in_county("people"), None, &[], None).problem(401, "unauthenticated");
        office.get(&admin, "/api/v1/counties/419999/people").problem(404, "not-found");
    });
}
