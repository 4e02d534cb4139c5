//! A small client: one request, one answer, and what must be true of every answer.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use ureq::http;

/// A request being put together.
#[must_use]
pub struct Request<'a> {
    agent: &'a ureq::Agent,
    builder: http::request::Builder,
    shown: String,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    shown: String,
    pub status: u16,
    pub headers: http::HeaderMap,
    pub text: String,
}

impl<'a> Request<'a> {
    pub fn new(agent: &'a ureq::Agent, method: &str, url: String) -> Self {
        let shown = format!("{method} {url}");
        Self { agent, builder: http::Request::builder().method(method).uri(url), shown, body: Vec::new() }
    }

    pub fn token(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string().as_bytes())
    }

    pub fn bytes(self, content_type: &str, bytes: &[u8]) -> Self {
        let mut request = self.header("Content-Type", content_type);
        request.body = bytes.to_vec();
        request
    }

    pub fn send(self) -> Answer {
        let shown = self.shown;
        let request = self.builder.body(self.body).unwrap();
        let request = self.agent.configure_request(request).allow_non_standard_methods(true).build();
        let mut response = self.agent.run(request).unwrap_or_else(|error| panic!("{shown}: {error}"));
        let text = response.body_mut().read_to_string().unwrap();
        let answer = Answer { shown, status: response.status().as_u16(), headers: response.headers().clone(), text };
        answer.check();
        answer
    }

    /// The JSON of an answer with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        self.send().with(status).json()
    }

    /// The slug of the problem that is answered with this status.
    #[track_caller]
    pub fn refused(self, status: u16) -> String {
        let problem = self.send().with(status).json();
        problem["type"].as_str().unwrap().trim_start_matches("/problems/").to_owned()
    }
}

impl Answer {
    /// What is true of every answer.
    fn check(&self) {
        let shown = format!("{}: {} {}", self.shown, self.status, self.text);
        assert_ne!(self.status, 500, "{shown}");
        for header in ["x-request-id", "x-content-type-options", "referrer-policy", "cache-control"] {
            assert!(self.headers.contains_key(header), "no {header}: {shown}");
        }
        assert!(self.headers.contains_key("content-security-policy"), "{shown}");
        assert!(!self.headers.contains_key("access-control-allow-origin"), "{shown}");
        if self.status >= 400 && !self.shown.starts_with("HEAD") {
            assert_eq!(self.header("content-type"), "application/problem+json", "{shown}");
            let problem = self.json();
            assert_eq!(problem["status"], self.status, "{shown}");
            assert_eq!(problem["request_id"], self.header("x-request-id"), "{shown}");
            for text in ["title_text", "detail_text"] {
                let (zh, en) = (problem[text]["zh"].as_str().unwrap(), problem[text]["en"].as_str().unwrap());
                assert!(zh.chars().any(|c| c >= '\u{4e00}') && en.is_ascii() | !en.is_empty(), "{shown}");
            }
        }
    }

    #[track_caller]
    pub fn with(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.shown, self.text);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{}: {error}: {}", self.shown, self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends bytes as they are and gives what comes back until the server closes or ten seconds are over.
pub fn raw(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // The server may close before it has read everything: that is what some tests are about.
    drop(stream.write_all(bytes));
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(count) = stream.read(&mut chunk) {
        if count == 0 {
            break;
        }
        answer.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&answer);
        if text.contains("\r\n\r\n") && text.contains("request_id") {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}
