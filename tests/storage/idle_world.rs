//! A county for cases of idle land: mapped plots, parcels that are one, half a one or two of them, contracts, a mortgage.

use std::collections::BTreeMap;

use diesel::prelude::*;
use dizhang::app::App;
use dizhang::app::attachments::Upload;
use dizhang::app::caller::{Caller, Credential, Grant};
use dizhang::app::clock::FixedClock;
use dizhang::app::idle_cases::CaseFile;
use dizhang::app::vouchers;
use dizhang::domain::input::{Input, read};
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::ledger::proposal::Action;
use dizhang::domain::region::{County, UserId};
use dizhang::storage::db::{Db, Pool};
use dizhang::storage::ledger;
use dizhang::storage::schema::{
    attachment, balance, idle_case_event, idle_case_proposal, idle_case_step, journal, paper, paper_issue,
    paper_number, paper_scan, voucher, voucher_line,
};
use serde_json::{Value, json};

pub const TODAY: &str = "2026-11-20";
pub const WORD: &str = "演示自然资闲";

pub fn county() -> County {
    "410183".parse().unwrap()
}

pub fn person(user: i64, roles: &[Role]) -> Caller {
    let grants = roles.iter().map(|role| Grant { prefix: "41".parse().unwrap(), role: *role }).collect();
    Caller { user: UserId(user), credential: Credential::Token(user), grants }
}

/// 经办, 审核, 审批, and somebody who may do everything.
pub fn people() -> [Caller; 4] {
    [person(1, &[Role::Clerk]), person(2, &[Role::Reviewer]), person(3, &[Role::Approver]), person(4, Role::ALL)]
}

pub fn body<T: for<'de> Input<'de>>(json: &Value) -> T {
    read(json.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{json}: {faults:?}"))
}

/// A rectangle in metres from a corner in the county, on the survey grid.
pub fn rectangle([west, south, east, north]: [i64; 4]) -> Value {
    let at = |x: i64, y: i64| json!([450_000 + x, 3_830_000 + y]);
    json!({
        "type": "Polygon",
        "crs": {"type": "name", "properties": {"name": "EPSG:4547"}},
        "coordinates": [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]]
    })
}

/// The county with the land that the cases are about.
pub struct World {
    pub app: App,
    pub pool: Pool,
    pub scan: String,
    pub vouchers: u32,
}

impl World {
    pub fn new(pool: &Pool) -> Self {
        let now = format!("{TODAY}T08:00:00").parse().unwrap();
        let app = App::new(pool.clone(), Box::new(FixedClock(now))).unwrap();
        let [.., all] = people();
        let extent = json!({"west": "113.1", "south": "34.28", "east": "113.72", "north": "34.68"});
        app.create_county(&all, body(&json!({"county": "410183", "name": "演示县", "extent": extent}))).unwrap();
        let approval = json!({
            "number": "演示〔2020〕1号", "kind": "city_batch", "authority": "演示省人民政府", "approved_on": "2020-01-02",
            "composition": {"unit": "ha", "total": "40", "farmland": "40", "construction": "0", "unused": "0"}
        });
        app.create_approval(&all, county(), body(&approval)).unwrap();
        let mut upload = Upload::default();
        upload.push(b"%PDF-1.7\n%%EOF\n").unwrap();
        let scan = app.create_attachment(&all, county(), None, upload).unwrap().record.sha256;
        let settings = json!({
            "agency": "演示县自然资源局", "agency_head": "局长", "agency_address": "演示路1号", "contact": "执法科",
            "phone": "0371-60000018", "government": "演示县人民政府", "review_body": "演示县人民政府",
            "court": "演示县人民法院", "registry": "演示县不动产登记中心", "fee_payee": "演示县税务局", "number_words": [WORD]
        });
        app.put_paper_settings(&all, county(), 0, body(&settings)).unwrap();
        Self { app, pool: pool.clone(), scan, vouchers: 0 }
    }

    /// A plot of a hectare, a hundred metres wide from so many metres on.
    pub fn plot(&self, west: i64) -> i64 {
        let sent = json!({
            "code": format!("P{west}"), "approval": "演示〔2020〕1号", "area_m2": "10000",
            "geometry": rectangle([west, 0, west + 100, 100])
        });
        let [.., all] = people();
        self.app.create_plot(&all, county(), body(&sent)).unwrap().record.plot.record.id.0
    }

    pub fn parcel(&self, code: &str, corners: [i64; 4], area: &str) -> i64 {
        let sent = json!({"code": code, "area_m2": area, "geometry": rectangle(corners)});
        let [.., all] = people();
        self.app.create_parcel(&all, county(), body(&sent)).unwrap().record.parcel.record.id.0
    }

    /// Brings a voucher into the ledger, whoever has to stand behind it.
    pub fn post(&mut self, kind: &str, on: &str, lines: Value) {
        self.vouchers += 1;
        let mut sent = json!({
            "client_id": format!("w-{}", self.vouchers), "kind": kind, "effective_on": on, "lines": lines,
            "document": {"number": "演示文1号", "authority": "演示省人民政府", "dated": on, "attachments": [self.scan]}
        });
        if kind == "supply" {
            sent["method"] = json!("listing");
        }
        let [clerk, reviewer, approver, _] = people();
        let sent = self.app.send_voucher(&clerk, county(), sent.to_string()).unwrap();
        let vouchers::Sent::Proposed { proposal, .. } = sent else { return };
        let who = if proposal.waits_for == Some(Role::Approver) { &approver } else { &reviewer };
        let (id, version) = (proposal.proposal.id, proposal.proposal.version);
        let action = Action::Approve;
        let step = vouchers::Step { county: county(), id, version, action, comment: None, body: None };
        self.app.step_proposal(who, step).unwrap();
    }

    pub fn approve(&mut self, plot: i64) {
        let side = |account: &str| json!({"account": account, "plot": plot});
        self.post(
            "approve",
            "2020-01-02",
            json!([{"from": side("outside"), "to": side("unsupplied"), "area_m2": "10000"}]),
        );
    }

    pub fn supply(&mut self, parcel: i64, parts: &[(i64, &str)]) {
        let lines: Vec<Value> = parts
            .iter()
            .map(|(plot, area)| {
                json!({
                    "from": {"account": "unsupplied", "plot": plot},
                    "to": {"account": "supplied", "plot": plot, "parcel": parcel}, "area_m2": area
                })
            })
            .collect();
        self.post("supply", "2020-06-01", json!(lines));
    }

    pub fn contract(&self, number: &str, parcel: i64, area: &str, more: &Value) -> i64 {
        let mut sent = json!({
            "kind": "grant", "number": number, "signed_on": "2020-06-01", "parcels": [parcel],
            "user": {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"},
            "terms": {
                "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": area, "price_yuan": "1000000",
                "start_on": "2023-07-01", "completion_on": "2028-12-31", "investment_yuan": "80000000", "developable_m2": area,
            },
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            sent["terms"][name] = value.clone();
        }
        let [.., all] = people();
        self.app.create_contract(&all, county(), body(&sent)).unwrap().record.id
    }

    pub fn open(&self, client_id: &str, contract: i64, given: &Value) -> i64 {
        let mut sent =
            json!({"client_id": client_id, "contract": contract, "grounds": "not_started", "opened_on": "2025-02-17"});
        for (name, value) in given.as_object().unwrap() {
            sent[name] = value.clone();
        }
        let [clerk, ..] = people();
        self.app.open_idle_case(&clerk, county(), body(&sent)).unwrap().0.case.id
    }

    pub fn file(&self, case: i64) -> CaseFile {
        let [.., all] = people();
        self.app.idle_case(&all, county(), case).unwrap()
    }

    /// How much was ever written, and the ledger's head: what a refusal leaves alone.
    pub fn written(&self) -> (Vec<i64>, i64, Vec<u8>) {
        fn count(db: &mut Db) -> Vec<i64> {
            macro_rules! counts {
                ($($table:ident),*) => { vec![$($table::table.count().get_result::<i64>(db).unwrap()),*] };
            }
            counts![
                voucher,
                voucher_line,
                idle_case_step,
                idle_case_proposal,
                idle_case_event,
                journal,
                paper,
                paper_issue,
                paper_number,
                paper_scan,
                attachment
            ]
        }
        let db = &mut *self.pool.get().unwrap();
        let head = ledger::head(db, county()).unwrap().unwrap();
        (count(db), head.seq, head.hash.to_vec())
    }

    /// The area that stands in each account, by parcel; and each plot's sum over all accounts.
    pub fn areas(&self) -> (BTreeMap<(i64, String), i64>, BTreeMap<i64, i64>) {
        let db = &mut *self.pool.get().unwrap();
        let rows: Vec<(i64, String, i64, i64)> = balance::table
            .filter(balance::account.ne("outside").and(balance::area_cm2.ne(0)))
            .select((balance::plot_id, balance::account, balance::parcel_id, balance::area_cm2))
            .load(db)
            .unwrap();
        let (mut by_parcel, mut by_plot) = (BTreeMap::new(), BTreeMap::new());
        for (plot, account, parcel, area) in rows {
            *by_parcel.entry((parcel, account)).or_insert(0) += area;
            *by_plot.entry(plot).or_insert(0) += area;
        }
        (by_parcel, by_plot)
    }
}
