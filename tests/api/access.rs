//! Every operation as every role, walked over the served document: deny by default, 401 before all else.

use dizhang::domain::ledger::kind::Role;
use serde_json::{Value, json};

use crate::support::{Answer, HERE, Office, Service, THERE, both};

/// One operation of the served document.
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    /// Media type of the body, if it takes one.
    body: Option<String>,
    /// Whether a token is needed.
    pub is_secured: bool,
    /// The roles of which one is needed; none: any.
    pub roles: Option<Vec<Role>>,
}

pub fn operations(service: &Service<'_>) -> Vec<Operation> {
    let document = service.get("/openapi.json").expect(200);
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let role = |role: &Value| role.as_str().unwrap().parse().unwrap();
            found.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                body: operation["requestBody"]["content"]
                    .as_object()
                    .map(|content| content.keys().next().unwrap().clone()),
                is_secured: !operation["security"].as_array().unwrap().is_empty(),
                roles: operation["x-roles"].as_array().map(|roles| roles.iter().map(role).collect()),
            });
        }
    }
    assert!(found.len() > 40);
    found
}

impl Operation {
    /// Calls it in a county, about things that are not there.
    pub fn call(&self, service: &Service<'_>, county: &str, authorization: Option<&str>) -> Answer {
        self.call_about(service, county, "999999", authorization)
    }

    pub fn call_about(&self, service: &Service<'_>, county: &str, id: &str, authorization: Option<&str>) -> Answer {
        let filled = |segment: &str| match segment {
            "{county}" => county.to_owned(),
            "{slug}" => "invalid".to_owned(),
            "{sha256}" => "0".repeat(64),
            _ if segment.starts_with('{') => id.to_owned(),
            _ => segment.to_owned(),
        };
        let path = self.path.split('/').map(filled).collect::<Vec<_>>().join("/");
        let mut request = service.call(&self.method, &path);
        if let Some(authorization) = authorization {
            request = request.header("Authorization", authorization);
        }
        match &self.body {
            Some(media_type) => request.bytes(media_type, b"{}").send(),
            None => request.send(),
        }
    }
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[test]
fn every_operation_takes_the_roles_of_the_table_and_no_others() {
    both(|service| {
        let office = service.office();
        for operation in operations(service) {
            let Operation { id, roles, .. } = &operation;
            for role in Role::ALL {
                let allowed = roles.as_ref().is_none_or(|roles| roles.contains(role));
                for holder in [format!("{role}@{HERE}"), format!("{role}@4101")] {
                    let status = operation.call(service, HERE, Some(&bearer(&office.token(&holder)))).status;
                    assert_ne!(status, 401, "{id} as {holder}");
                    assert_eq!(status == 403, !allowed, "{id} as {holder}: {status}");
                }
            }
        }
    });
}

#[test]
fn a_role_elsewhere_is_none_here() {
    both(|service| {
        let office = service.office();
        for operation in operations(service).iter().filter(|operation| operation.path.contains("{county}")) {
            for role in Role::ALL {
                for holder in [format!("{role}@{THERE}"), format!("{role}@4102"), format!("{role}@42")] {
                    operation.call(service, HERE, Some(&bearer(&office.token(&holder)))).with(403);
                }
            }
        }
    });
}

#[test]
fn without_a_valid_token_nothing_but_the_public_is_answered() {
    both(|service| {
        let office = service.office();
        let clerk = office.as_role(Role::Clerk, HERE);
        let changed = format!("{}x", &clerk[..clerk.len() - 1]);
        let wrong = [
            None,
            Some(String::new()),
            Some("Bearer".to_owned()),
            Some("Bearer ".to_owned()),
            Some(bearer(&changed)),
            Some(bearer(&clerk.to_uppercase())),
            Some(format!("Basic {clerk}")),
            Some(bearer(&format!("{clerk} {clerk}"))),
            Some(bearer("' OR 1=1 --")),
        ];
        for operation in operations(service) {
            for authorization in &wrong {
                let answer = operation.call(service, HERE, authorization.as_deref());
                assert_eq!(answer.status == 401, operation.is_secured, "{} {authorization:?}", operation.id);
                if answer.status == 401 {
                    assert_eq!(answer.header("www-authenticate"), "Bearer");
                }
            }
        }
    });
}

#[test]
fn a_token_is_refused_before_its_body_is_looked_at() {
    both(|service| {
        for operation in operations(service).iter().filter(|operation| operation.is_secured) {
            let path = operation.path.replace("{county}", HERE).replace(['{', '}'], "");
            let garbage = service.call(&operation.method, &path).bytes("text/plain", b"\xff\xfe");
            assert_eq!(garbage.send().status, 401, "{}", operation.id);
        }
    });
}

#[test]
fn a_token_limited_to_some_roles_lets_only_those_through() {
    both(|service| {
        let office = service.office();
        let both_roles = office.token(&format!("clerk@{HERE} viewer@{HERE}"));
        let wish = json!({"label": "只读脚本", "roles": ["viewer"], "days": 1});
        let limited = service.post("/api/v1/me/tokens").token(&both_roles).json(&wish).expect(201);
        let limited = limited["secret"].as_str().unwrap();
        let vouchers = format!("/api/v1/counties/{HERE}/vouchers");
        service.get(&vouchers).token(limited).expect(200);
        assert_eq!(service.post(&vouchers).token(limited).json(&json!({})).refused(403), "forbidden");
        assert_eq!(service.post(&vouchers).token(&both_roles).json(&json!({})).refused(422), "invalid");
        let grown = json!({"label": "更多", "roles": ["clerk"], "days": 1});
        let refused = service.post("/api/v1/me/tokens").token(limited).json(&grown).expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/roles");
        let again = json!({"label": "同样", "days": 1});
        let again = service.post("/api/v1/me/tokens").token(limited).json(&again).expect(201);
        assert_eq!(again["token"]["roles"], json!(["viewer"]), "what a limited token makes is limited too");
        let me = service.get("/api/v1/me").token(again["secret"].as_str().unwrap()).expect(200);
        assert_eq!(me["grants"], json!([{"role": "viewer", "prefix": HERE}]));
    });
}

#[test]
fn an_expired_token_is_none() {
    both(|service| {
        let office: Office<'_> = service.office();
        let clerk = office.as_role(Role::Clerk, HERE);
        service.get("/api/v1/me").token(&clerk).expect(200);
        let db = &mut *service.database.pool.get().unwrap();
        diesel::connection::SimpleConnection::batch_execute(
            db,
            "UPDATE api_token SET expires_at = '2020-01-01 00:00:00'",
        )
        .unwrap();
        assert_eq!(service.get("/api/v1/me").token(&clerk).refused(401), "unauthenticated");
    });
}
