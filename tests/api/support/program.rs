//! Starting the program on a database of its own, and the people who use it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dizhang::app::App;
use dizhang::app::accounts::TokenWish;
use dizhang::app::clock::SystemClock;
use dizhang::app::users::{By, NewUser};
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::region::UserId;
use serde_json::json;

use super::client::Request;
use crate::databases::{self, Fresh};

/// The county that is worked in, and another one.
pub const HERE: &str = "410183";
pub const THERE: &str = "410184";

const START: Duration = Duration::from_secs(60);

/// One running program. Dropping it ends it, and fails the test if it logged an error or panicked.
pub struct Service<'d> {
    pub database: &'d Fresh,
    pub url: String,
    agent: ureq::Agent,
    process: Child,
    log: Arc<Mutex<Vec<String>>>,
}

/// Runs a test against the program on each database.
pub fn both(test: impl Fn(&Service<'_>)) {
    databases::each(|database| {
        let mut service = Service::start(database);
        test(&service);
        service.stop();
        let log = service.log.lock().unwrap().join("\n");
        assert!(!log.contains("ERROR") && !log.contains("panicked at"), "the program logged:\n{log}");
    });
}

impl<'d> Service<'d> {
    fn start(database: &'d Fresh) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_dizhang"))
            .args(["serve", "--database", &database.url, "--listen", "127.0.0.1:0"])
            .args(["--workers", "2", "--connections", "8"])
            .env("DIZHANG_LOG", "warn")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, kept) = (BufReader::new(process.stderr.take().unwrap()).lines(), Arc::clone(&log));
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line)));
        let (told, heard) = channel();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(url) = line.strip_prefix("listening on ") {
                    drop(told.send(url.to_owned()));
                }
            }
        });
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        // Whatever happens from here on, the process ends with this value.
        let mut service = Self { database, url: String::new(), agent, process, log };
        service.url = heard.recv_timeout(START).unwrap_or_else(|_| {
            panic!("the program did not start:\n{}", service.log.lock().unwrap().join("\n"));
        });
        service
    }

    fn stop(&mut self) {
        // It may have ended by itself, which the test has noticed then.
        drop(self.process.kill());
        drop(self.process.wait());
    }

    pub fn call(&self, method: &str, path: &str) -> Request<'_> {
        Request::new(&self.agent, method, format!("{}{path}", self.url))
    }

    pub fn get(&self, path: &str) -> Request<'_> {
        self.call("GET", path)
    }

    pub fn post(&self, path: &str) -> Request<'_> {
        self.call("POST", path)
    }

    /// The address without `http://`.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Both counties, with somebody for every role in each.
    pub fn office(&self) -> Office<'_> {
        Office::open(self)
    }
}

impl Drop for Service<'_> {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Two counties and the people in them.
pub struct Office<'s> {
    pub service: &'s Service<'s>,
    app: App,
    people: Mutex<HashMap<String, (UserId, String)>>,
}

impl<'s> Office<'s> {
    fn open(service: &'s Service<'s>) -> Self {
        let app = App::new(service.database.pool.clone(), Box::new(SystemClock)).unwrap();
        let office = Self { service, app, people: Mutex::default() };
        for (county, name) in [(HERE, "新密市"), (THERE, "新郑市")] {
            let extent = json!({"west": "113.10", "south": "34.28", "east": "113.72", "north": "34.68"});
            let body = json!({"county": county, "name": name, "extent": extent});
            let admin = office.token(&format!("admin@{county}"));
            service.post("/api/v1/counties").token(&admin).json(&body).expect(201);
        }
        office
    }

    /// The person who has these roles (`clerk@410183 reviewer@410183`), made at the first asking.
    fn person(&self, roles: &str) -> (UserId, String) {
        let mut people = self.people.lock().unwrap();
        if let Some(known) = people.get(roles) {
            return known.clone();
        }
        // A `+` and a number tell people of the same roles apart.
        let grants = roles.split('+').next().unwrap().split(' ').map(|grant| grant.parse().unwrap()).collect();
        let login = format!("u{}", people.len() + 1);
        let new = NewUser { display_name: format!("测试人员 {login}"), login, grants };
        let user = self.app.create_user(By::CommandLine, new).unwrap().row.user.id;
        let wish = TokenWish { label: "测试".to_owned(), roles: None, days: 1 };
        let secret = self.app.create_token(By::CommandLine, user, wish).unwrap().secret;
        people.insert(roles.to_owned(), (user, secret.clone()));
        (user, secret)
    }

    /// The token of the person who has these roles.
    pub fn token(&self, roles: &str) -> String {
        self.person(roles).1
    }

    pub fn id(&self, roles: &str) -> i64 {
        self.person(roles).0.0
    }

    /// The token of somebody with one role in a county.
    pub fn as_role(&self, role: Role, county: &str) -> String {
        self.token(&format!("{role}@{county}"))
    }
}
