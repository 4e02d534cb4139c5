//! The program itself, started for one test and ended with it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use dizhang::http::cookie::{PLAIN_NAME, csrf_token};
use dizhang::storage::db::{Db, Pool};
use serde_json::Value;
use ureq::Agent;

use super::client::{Answer, agent, send};
use super::world;
use crate::databases;

/// The program says where it listens within this time, or the test fails.
const START: Duration = Duration::from_secs(60);

/// How the secrets of the sessions of [`world`] begin.
pub const SESSION: &str = "session:";

/// A running program, its database and a client.
pub struct Office {
    child: Child,
    address: String,
    agent: Agent,
    url: String,
    pool: Pool,
    errors: Arc<Mutex<Vec<String>>>,
    reader: Option<JoinHandle<()>>,
    failures_expected: AtomicBool,
}

/// Runs a test against the program on each database.
pub fn both(test: impl Fn(&Office)) {
    both_with(&[], |_| (), test);
}

/// The same with more options for `serve`, and more rows than [`world`] puts in.
pub fn both_with(options: &[&str], prepare: impl Fn(&mut Db), test: impl Fn(&Office)) {
    databases::each(|fresh| {
        {
            let db = &mut *fresh.pool.get().unwrap();
            world::build(db);
            prepare(db);
        }
        test(&Office::start(&fresh.url, fresh.pool.clone(), options));
    });
}

fn program(url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dizhang"));
    command.env_clear().env("DIZHANG_DATABASE", url);
    command
}

impl Office {
    fn start(url: &str, pool: Pool, options: &[&str]) -> Self {
        let mut child = program(url)
            .args(["serve", "--listen", "127.0.0.1:0", "--connections", "8"])
            .args(if options.contains(&"--public-rate") { &[][..] } else { &["--public-rate", "0"] })
            .args(options)
            .env("DIZHANG_LOG", "warn,dizhang=info,actix_http::h1::dispatcher=off")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let errors = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let kept = Arc::clone(&errors);
        let reader = std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line));
        });
        let (sender, started) = mpsc::channel();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let mut line = String::new();
            // The receiver may have given up by now; then nobody wants the line.
            drop(output.read_line(&mut line).map(|_| sender.send(line)));
        });
        let line = started.recv_timeout(START).unwrap_or_default();
        let Some(address) = line.trim().strip_prefix("listening on ") else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("the program did not start: {line:?} {:?}", errors.lock().unwrap());
        };
        let address = address.to_owned();
        Self {
            child,
            address,
            agent: agent(),
            url: url.to_owned(),
            pool,
            errors,
            reader: Some(reader),
            failures_expected: false.into(),
        }
    }

    /// `host:port`, for a test that writes its bytes itself.
    pub fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap()
    }

    /// Sends a request with a token, headers and a body, each of which may be missing. What begins with [`SESSION`] is the
    /// secret of a session and goes as its cookie, with the token that a page of ours would send.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Answer {
        let mut headers = headers.to_vec();
        let (value, csrf);
        if let Some(secret) = token.filter(|token| token.starts_with(SESSION)) {
            (value, csrf) = (format!("{PLAIN_NAME}={secret}"), csrf_token(secret));
            headers.push(("cookie", &value));
            if !headers.iter().any(|(name, _)| *name == "x-csrf-token") {
                headers.push(("x-csrf-token", &csrf));
            }
        } else if let Some(token) = token {
            value = format!("Bearer {token}");
            headers.push(("authorization", &value));
        }
        if body.is_some() && !headers.iter().any(|(name, _)| *name == "content-type") {
            headers.push(("content-type", "application/json"));
        }
        send(&self.agent, method, &format!("{}{path}", self.address), &headers, body)
    }

    pub fn get(&self, token: &str, path: &str) -> Answer {
        self.send("GET", path, Some(token), &[], None)
    }

    pub fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(token), &[], Some(body.to_string().as_bytes()))
    }

    /// Runs another command of the program on the same database.
    pub fn command(&self, arguments: &[&str]) -> Output {
        program(&self.url).args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// The database behind the program's back.
    pub fn database<T>(&self, work: impl FnOnce(&mut Db) -> T) -> T {
        work(&mut self.pool.get().unwrap())
    }

    /// What the program has logged so far.
    pub fn log(&self) -> Vec<String> {
        self.errors.lock().unwrap().clone()
    }

    /// What the program has logged about a request, once it has: the line follows the answer.
    pub fn log_with(&self, request_id: &str) -> Vec<String> {
        for _ in 0..100 {
            let lines: Vec<String> = self.log().into_iter().filter(|line| line.contains(request_id)).collect();
            if lines.iter().any(|line| line.contains("answered")) {
                return lines;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("nothing was logged about {request_id}: {:?}", self.log());
    }

    /// From here on the test makes the program fail on purpose.
    pub fn expect_failures(&self) {
        self.failures_expected.store(true, Ordering::Relaxed);
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let ended = self.child.try_wait().ok().flatten();
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
        let log = self.log();
        let panicked = log.iter().any(|line| line.contains("panicked at"));
        let failed = !self.failures_expected.load(Ordering::Relaxed) && log.iter().any(|line| line.contains("ERROR"));
        if std::thread::panicking() {
            let last = log.len().saturating_sub(20);
            eprintln!("the program's last words:\n{}", log[last..].join("\n"));
        } else if panicked || failed || ended.is_some() {
            panic!("the program failed ({ended:?}):\n{}", log.join("\n"));
        }
    }
}
