//! A small blocking client that takes every status as an answer.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// No answer takes longer than this, or the test fails.
const PATIENCE: Duration = Duration::from_secs(120);

pub fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .timeout_global(Some(PATIENCE))
        .proxy(None)
        .build()
        .into()
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// What was asked, for the messages of failing tests.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Sends one request.
pub fn send(agent: &Agent, method: &str, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let asked = format!("{method} {url}");
    let response = match body {
        Some(body) => agent.run(request.body(body).unwrap()),
        None => agent.run(request.body(()).unwrap()),
    };
    let mut response = response.unwrap_or_else(|error| panic!("{asked}: {error}"));
    let body = response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap();
    Answer { asked, status: response.status().as_u16(), headers: response.headers().clone(), body }
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.text()))
    }

    /// The body of an answer with this status, which fails the test if it has another.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// The problem document of this status and kind, which must be complete in both languages.
    #[track_caller]
    pub fn problem(&self, status: u16, slug: &str) -> Value {
        let problem = self.expect(status);
        let asked = &self.asked;
        assert_eq!(self.header("content-type"), "application/problem+json", "{asked}");
        assert_eq!(problem["type"], format!("/problems/{slug}"), "{asked}: {problem}");
        assert_eq!(problem["status"], status, "{asked}");
        assert_eq!(problem["request_id"], self.header("x-request-id"), "{asked}");
        for text in ["title", "detail"] {
            let pair = &problem[format!("{text}_text")];
            let (zh, en) = (pair["zh"].as_str().unwrap(), pair["en"].as_str().unwrap());
            assert!(has_chinese(zh) && !has_chinese(&unquoted(en)), "{asked}: {problem}");
            assert!(problem[text] == *zh || problem[text] == *en, "{asked}: {problem}");
        }
        for error in problem["errors"].as_array().into_iter().flatten() {
            let message = &error["message"];
            assert!(!error["pointer"].as_str().unwrap_or("-").starts_with('-'), "{asked}: {problem}");
            assert!(has_chinese(message["zh"].as_str().unwrap()), "{asked}: {problem}");
            assert!(!message["en"].as_str().unwrap().is_empty(), "{asked}: {problem}");
        }
        problem
    }
}

pub fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A sentence without the words it quotes, which stay in the language they were given in.
fn unquoted(text: &str) -> String {
    text.split('"').step_by(2).collect()
}

/// The fields that a problem names, in its order.
pub fn pointers(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}
