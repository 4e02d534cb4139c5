//! The worked ledger scenarios on both databases, and the ledger's promises under many writers.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::balance::{Buckets, Question, View};
use dizhang::domain::ledger::decide::Margins;
use dizhang::domain::ledger::kind::Kind;
use dizhang::domain::ledger::refused::Refused;
use dizhang::domain::ledger::voucher::{Document, Holding, Line, Recorded, Signatures, Voucher};
use dizhang::domain::policy::Policy;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::{County, ParcelId, PlotId, UserId};
use dizhang::storage::db::{Db, Lane, Pool};
use dizhang::storage::ledger::{self, Post, PostError, verify};
use dizhang::storage::schema::{approval, attachment, county_state, parcel, plot};
use dizhang::storage::view;
use dizhang::storage::writer::Writer;
use serde::Deserialize;

use crate::support::both;

const SCAN: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const AUTHORITY: &str = "原批准机关";

#[derive(Deserialize)]
struct Scenario {
    name: String,
    vouchers: Vec<Entry>,
    refused: Vec<RefusedEntry>,
    expect: Vec<Expected>,
}

#[derive(Deserialize, Clone)]
struct Entry {
    id: String,
    kind: Kind,
    effective_on: NaiveDate,
    lines: Vec<EntryLine>,
    method: Option<dizhang::domain::ledger::kind::SupplyMethod>,
    authority_document: Option<String>,
}

#[derive(Deserialize, Clone)]
struct EntryLine {
    from: Side,
    to: Side,
    area_m2: AreaM2,
}

#[derive(Deserialize, Clone)]
struct Side {
    account: Account,
    plot: Option<String>,
    parcel: Option<String>,
}

#[derive(Deserialize)]
struct RefusedEntry {
    voucher: Entry,
    reason: String,
}

#[derive(Deserialize)]
struct Expected {
    as_of: NaiveDate,
    balances_m2: BTreeMap<Account, String>,
    by_plot_m2: BTreeMap<String, BTreeMap<Account, String>>,
    approved_net_m2: String,
    first_supply_cumulative_m2: String,
    idle_rate_fraction: Option<String>,
}

fn county() -> County {
    "410183".parse().unwrap()
}

fn instant(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

pub fn add_county(db: &mut Db) {
    diesel::insert_into(county_state::table)
        .values((
            county_state::county.eq(410_183),
            county_state::name.eq("新密市"),
            county_state::head_hash.eq(vec![0_u8; 32]),
            county_state::created_at.eq(instant("2026-01-01T00:00:00")),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(attachment::table)
        .values((
            attachment::county.eq(410_183),
            attachment::sha256.eq(SCAN),
            attachment::media_type.eq("application/pdf"),
            attachment::byte_size.eq(1_i64),
            attachment::content.eq(vec![0_u8]),
            attachment::recorded_by.eq(1_i64),
            attachment::recorded_at.eq(instant("2026-01-01T00:00:00")),
        ))
        .execute(db)
        .unwrap();
}

fn add_approval(db: &mut Db, id: i64, approved_on: NaiveDate) {
    diesel::insert_into(approval::table)
        .values((
            (
                approval::county.eq(410_183),
                approval::id.eq(id),
                approval::number.eq(format!("演示〔{approved_on}〕{id}号")),
                approval::kind.eq("urban_batch"),
                approval::authority.eq(AUTHORITY),
                approval::approved_on.eq(approved_on),
            ),
            (
                approval::composition.eq("{}"),
                approval::total_cm2.eq(0_i64),
                approval::version.eq(1_i64),
                approval::recorded_at.eq(instant("2026-01-01T00:00:00")),
                approval::recorded_by.eq(1_i64),
            ),
        ))
        .execute(db)
        .unwrap();
}

pub fn add_plot(db: &mut Db, id: i64, approval: Option<i64>, recorded: AreaM2) {
    diesel::insert_into(plot::table)
        .values((
            (
                plot::county.eq(410_183),
                plot::id.eq(id),
                plot::code.eq(format!("P{id}")),
                plot::origin.eq("approval"),
                plot::approval_id.eq(approval),
                plot::recorded_cm2.eq(recorded.to_units()),
                plot::stated_value.eq(recorded.to_string()),
                plot::stated_unit.eq("m2"),
            ),
            (
                plot::composition.eq("{}"),
                plot::geometry_version.eq(0),
                plot::version.eq(1_i64),
                plot::changed_no.eq(1_i64),
                plot::recorded_at.eq(instant("2026-01-01T00:00:00")),
                plot::recorded_by.eq(1_i64),
            ),
        ))
        .execute(db)
        .unwrap();
    diesel::update(county_state::table.find(410_183)).set(county_state::plots_version.eq(1_i64)).execute(db).unwrap();
}

fn add_parcel(db: &mut Db, id: i64) {
    diesel::insert_into(parcel::table)
        .values((
            parcel::county.eq(410_183),
            parcel::id.eq(id),
            parcel::code.eq(format!("Z{id}")),
            parcel::recorded_cm2.eq(0_i64),
            parcel::stated_value.eq("0"),
            parcel::stated_unit.eq("m2"),
            parcel::geometry_version.eq(0),
            parcel::version.eq(1_i64),
            parcel::recorded_at.eq(instant("2026-01-01T00:00:00")),
            parcel::recorded_by.eq(1_i64),
        ))
        .execute(db)
        .unwrap();
}

/// The ids that the scenario's names stand for.
#[derive(Default)]
struct Names {
    plots: BTreeMap<String, PlotId>,
    parcels: HashMap<String, ParcelId>,
}

impl Names {
    fn of(scenario: &Scenario) -> Self {
        let mut names = Self::default();
        let entries = scenario.vouchers.iter().chain(scenario.refused.iter().map(|r| &r.voucher));
        for side in entries.flat_map(|e| &e.lines).flat_map(|l| [&l.from, &l.to]) {
            if let Some(plot) = &side.plot {
                let next = county().feature_id(i64::try_from(names.plots.len()).unwrap() + 1);
                names.plots.entry(plot.clone()).or_insert(PlotId(next));
            }
            if let Some(parcel) = &side.parcel {
                let next = county().feature_id(i64::try_from(names.parcels.len()).unwrap() + 1);
                names.parcels.entry(parcel.clone()).or_insert(ParcelId(next));
            }
        }
        names
    }

    fn voucher(&self, entry: &Entry, with_authority: bool) -> Voucher {
        let holding = |side: &Side, other: &Side| Holding {
            account: side.account,
            plot: self.plots[side.plot.as_ref().or(other.plot.as_ref()).unwrap()],
            parcel: side.parcel.as_ref().map(|name| self.parcels[name]),
        };
        let lines = entry.lines.iter().map(|line| Line {
            from: holding(&line.from, &line.to),
            to: holding(&line.to, &line.from),
            area: line.area_m2,
        });
        Voucher {
            client_id: entry.id.clone(),
            kind: entry.kind,
            effective_on: entry.effective_on,
            document: Document {
                number: with_authority.then(|| "演示1号".to_owned()),
                authority: with_authority.then(|| AUTHORITY.to_owned()),
                dated: None,
                attachments: vec![SCAN.to_owned()],
            },
            corrects: None,
            write_off: (entry.kind == Kind::WrittenOff).then_some(dizhang::domain::ledger::kind::WriteOff::Reduced),
            method: entry
                .method
                .or((entry.kind == Kind::Supply).then_some(dizhang::domain::ledger::kind::SupplyMethod::Listing)),
            historical: false,
            memo: Some(format!("备注 {}", entry.id)),
            lines: lines.collect(),
            drawn: std::collections::BTreeMap::new(),
        }
    }
}

fn wanted(voucher: Voucher) -> Post {
    Post {
        county: county(),
        voucher,
        signatures: Signatures { proposer: UserId(1), reviewer: Some(UserId(2)), approver: Some(UserId(3)) },
        now: instant("2026-11-23T08:00:00.123456"),
        today: "2026-11-23".parse().unwrap(),
        margins: Margins::on(Policy::built_in(), "2026-11-23".parse().unwrap()).unwrap(),
        drawn: std::collections::BTreeMap::new(),
        salt: [7; 16],
    }
}

/// What became of a voucher that was sent.
#[derive(Debug)]
enum Posted {
    New(Box<Recorded>),
    /// The same voucher was there already.
    Known,
}

/// As a caller inside the county's lock does: looks whether the voucher is there, and posts it if not.
fn send(db: &mut Db, wanted: Post) -> Result<Posted, PostError> {
    let mut arrival = ledger::arrive(db, wanted.county, &wanted.voucher.client_id)?.expect("the county is kept");
    match arrival.voucher {
        Some(seq) => ledger::known(db, wanted.county, seq, &wanted.voucher).map(|_| Posted::Known),
        None => Ok(Posted::New(ledger::post(db, &mut arrival.head, wanted)?.recorded.into())),
    }
}

fn post(db: &mut Db, voucher: Voucher) -> Result<Posted, PostError> {
    db.write(Lane(410_183), |db| send(db, wanted(voucher)))
}

fn loaded(db: &mut Db) -> View {
    let mut view = View::default();
    let mut plots_version = 0;
    let head = ledger::head(db, county()).unwrap().unwrap();
    db.read(|db| view::catch_up(db, county(), &head, &mut view, &mut plots_version)).unwrap();
    view
}

fn buckets() -> Buckets {
    Buckets { age_months: vec![12, 24, 60], cohorts: vec![2009, 2019] }
}

fn same(a: &str, b: AreaM2) -> bool {
    a.parse::<AreaM2>().unwrap() == b
}

#[test]
fn the_worked_scenarios_hold_on_both_databases() {
    let text = include_str!("../../fixtures/shared_cases/ledger_scenarios.json");
    let scenarios: Vec<Scenario> = serde_json::from_str(text).unwrap();
    assert_eq!(scenarios.len(), 6);
    for scenario in &scenarios {
        both(|pool| run(scenario, &mut pool.get().unwrap()));
    }
}

fn run(scenario: &Scenario, db: &mut Db) {
    let name = &scenario.name;
    let names = Names::of(scenario);
    add_county(db);
    // Each plot is approved whole by the first voucher that brings it in, on that voucher's day.
    for (at, (plot, id)) in names.plots.iter().enumerate() {
        let (approved_on, recorded) = scenario
            .vouchers
            .iter()
            .find_map(|entry| {
                let line = entry
                    .lines
                    .iter()
                    .find(|l| l.from.account == Account::Outside && l.to.plot.as_ref() == Some(plot))?;
                Some((entry.effective_on, line.area_m2))
            })
            .unwrap();
        let approval = county().feature_id(i64::try_from(at).unwrap() + 1);
        add_approval(db, approval, approved_on);
        add_plot(db, id.0, Some(approval), recorded);
    }
    names.parcels.values().for_each(|id| add_parcel(db, id.0));

    for entry in &scenario.vouchers {
        let voucher = names.voucher(entry, true);
        assert!(matches!(post(db, voucher.clone()), Ok(Posted::New(..))), "{name}: {}", entry.id);
        assert!(matches!(post(db, voucher.clone()), Ok(Posted::Known)), "{name}: {} again", entry.id);
        let other = Voucher { effective_on: entry.effective_on.succ_opt().unwrap(), ..voucher };
        assert!(matches!(post(db, other), Err(PostError::IdTaken { .. })), "{name}: {} with another day", entry.id);
    }
    for refused in &scenario.refused {
        let with_authority = refused.voucher.authority_document.is_some() || !refused.reason.contains("document");
        let error = post(db, names.voucher(&refused.voucher, with_authority)).unwrap_err();
        let PostError::Refused(reason) = error else { panic!("{name}: {error}") };
        match refused.reason.as_str() {
            "over-supply: C holds 1000.50" => {
                assert!(matches!(reason, Refused::Overdrawn { held, .. } if same("1000.50", held)), "{reason:?}");
            }
            "C holds nothing on 2019-05-19" => assert_eq!(reason.name(), "before_approval"),
            "backdated: C would be negative from 2023-08-08 on; the refusal names that day" => {
                assert!(
                    matches!(reason, Refused::Overdrawn { on, .. } if on.to_string() == "2023-08-08"),
                    "{reason:?}"
                );
            }
            "no document of the authority that approved" => assert_eq!(reason.name(), "document_number_missing"),
            other => panic!("{name}: the test does not know {other:?}"),
        }
    }
    let view = loaded(db);
    for expected in &scenario.expect {
        let ask = |plot| {
            let question = Question {
                as_of: expected.as_of,
                known_seq: view.through_seq(),
                by: Vec::new(),
                only: Vec::new(),
                plot,
            };
            view.answer(&question, &buckets()).1
        };
        let total = ask(None);
        for account in Account::ALL {
            let area = expected.balances_m2.get(account).map_or("0", |area| area);
            assert!(same(area, total.of(*account)), "{name} {}: {account} {}", expected.as_of, total.of(*account));
        }
        let balances = total.balances();
        assert!(same(&expected.approved_net_m2, balances.approved_net_m2), "{name}");
        assert!(same(&expected.first_supply_cumulative_m2, balances.first_supply_cumulative_m2), "{name}");
        let idle = dizhang::domain::ledger::rates::rates(&total).idle.fraction;
        let fraction = |text: &str| {
            let (a, b) = text.split_once('/').unwrap();
            (a.parse::<AreaM2>().unwrap(), b.parse::<AreaM2>().unwrap())
        };
        assert_eq!(idle.as_deref().map(fraction), expected.idle_rate_fraction.as_deref().map(fraction), "{name}");
        for (plot, accounts) in &expected.by_plot_m2 {
            let sums = ask(Some(names.plots[plot]));
            for account in Account::ALL.iter().filter(|account| **account != Account::Outside) {
                let area = accounts.get(account).map_or("0", |area| area);
                assert!(same(area, sums.of(*account)), "{name} {}: {plot} {account}", expected.as_of);
            }
        }
    }
    let report = db.read(|db| verify::verify(db, county(), |_| ())).unwrap();
    assert_eq!(report.faults, Vec::<String>::new(), "{name}");
    assert_eq!(usize::try_from(report.vouchers).unwrap(), scenario.vouchers.len());
}

/// A county with one plot per writer, each approved whole.
fn prepare(pool: &Pool, plots: i64) {
    let db = &mut *pool.get().unwrap();
    add_county(db);
    add_approval(db, county().feature_id(1), "2020-01-01".parse().unwrap());
    for serial in 1..=plots {
        let id = county().feature_id(serial);
        add_plot(db, id, Some(county().feature_id(1)), "10000".parse().unwrap());
        add_parcel(db, id);
        post(db, simple(&format!("approve-{serial}"), Kind::Approve, id, "10000")).unwrap();
    }
}

fn simple(id: &str, kind: Kind, plot: i64, area: &str) -> Voucher {
    let (from, to) = kind.moves()[0];
    let side = |account: Account| Holding {
        account,
        plot: PlotId(plot),
        parcel: account.has_parcel().then_some(ParcelId(plot)),
    };
    Voucher {
        client_id: id.to_owned(),
        kind,
        effective_on: if kind == Kind::Approve { "2020-01-01" } else { "2021-01-01" }.parse().unwrap(),
        document: Document {
            number: Some("演示1号".to_owned()),
            authority: Some(AUTHORITY.to_owned()),
            ..Document::default()
        },
        corrects: None,
        write_off: None,
        method: (kind == Kind::Supply).then_some(dizhang::domain::ledger::kind::SupplyMethod::Listing),
        historical: false,
        memo: None,
        lines: vec![Line { from: side(from), to: side(to), area: area.parse().unwrap() }],
        drawn: std::collections::BTreeMap::new(),
    }
}

#[test]
fn many_writers_leave_no_gap_lose_nothing_and_a_refusal_disturbs_no_neighbour() {
    both(|pool| {
        prepare(&pool, 8);
        let writer = Writer::new(pool.clone(), pool.get().unwrap().is_sqlite());
        std::thread::scope(|scope| {
            for plot in 1..=8_i64 {
                let writer = &writer;
                scope.spawn(move || {
                    for n in 0..25 {
                        // The last five ask for more than the plot has left.
                        let voucher = simple(&format!("w{plot}-{n}"), Kind::Supply, county().feature_id(plot), "500");
                        let posted = writer.write(Lane(410_183), move |db| send(db, wanted(voucher)));
                        assert_eq!(posted.is_ok(), n < 20, "{plot} {n}: {posted:?}");
                    }
                });
            }
        });
        let db = &mut *pool.get().unwrap();
        let report = db.read(|db| verify::verify(db, county(), |_| ())).unwrap();
        assert_eq!((report.vouchers, report.faults), (8 + 8 * 20, Vec::new()));
    });
}

#[test]
fn a_write_that_panics_is_rolled_back_and_its_neighbours_stay() {
    both(|pool| {
        prepare(&pool, 1);
        let writer = Writer::new(pool.clone(), pool.get().unwrap().is_sqlite());
        std::thread::scope(|scope| {
            for n in 0..20 {
                let writer = &writer;
                scope.spawn(move || {
                    let voucher = simple(&format!("v{n}"), Kind::Supply, county().feature_id(1), "1");
                    let outcome: Result<Posted, PostError> = writer.write(Lane(410_183), move |db| {
                        let posted = send(db, wanted(voucher));
                        assert!(n % 4 != 0, "a deliberate panic");
                        posted
                    });
                    assert_eq!(outcome.is_ok(), n % 4 != 0);
                });
            }
        });
        let db = &mut *pool.get().unwrap();
        let report = db.read(|db| verify::verify(db, county(), |_| ())).unwrap();
        assert_eq!((report.vouchers, report.faults), (1 + 15, Vec::new()));
    });
}

#[test]
fn verify_finds_what_was_changed_behind_the_ledgers_back() {
    both(|pool| {
        prepare(&pool, 2);
        let db = &mut *pool.get().unwrap();
        post(db, simple("s1", Kind::Supply, county().feature_id(1), "100")).unwrap();
        let faults = |db: &mut Db| db.read(|db| verify::verify(db, county(), |_| ())).unwrap().faults;
        assert_eq!(faults(db), Vec::<String>::new());

        db.batch_execute("UPDATE balance SET area_cm2 = area_cm2 + 1 WHERE account = 'supplied'").unwrap();
        assert_eq!(faults(db).len(), 1, "{:?}", faults(db));
        db.batch_execute("UPDATE balance SET area_cm2 = area_cm2 - 1 WHERE account = 'supplied'").unwrap();

        // The triggers stand in the way of an honest mistake; somebody who drops them is found by the chain.
        assert!(db.batch_execute("UPDATE voucher_line SET area_cm2 = 5").is_err());
        let drop = if db.is_sqlite() {
            "DROP TRIGGER voucher_no_update"
        } else {
            "DROP TRIGGER voucher_append_only ON voucher"
        };
        db.batch_execute(drop).unwrap();
        db.batch_execute("UPDATE voucher SET effective_on = '2021-06-01' WHERE client_id = 's1'").unwrap();
        assert!(faults(db).iter().any(|fault| fault.contains("not what was hashed")), "{:?}", faults(db));
    });
}

#[test]
fn a_memo_may_be_erased_and_the_chain_still_holds() {
    both(|pool| {
        prepare(&pool, 1);
        let db = &mut *pool.get().unwrap();
        let voucher = Voucher {
            memo: Some("张某来电".to_owned()),
            ..simple("m1", Kind::Supply, county().feature_id(1), "1")
        };
        post(db, voucher.clone()).unwrap();
        db.batch_execute("DELETE FROM voucher_note").unwrap();
        let report = db.read(|db| verify::verify(db, county(), |_| ())).unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert!(matches!(post(db, voucher), Ok(Posted::Known)), "the same voucher is still known");
    });
}

#[test]
fn what_was_known_at_an_instant_is_found_by_its_voucher_number() {
    both(|pool| {
        prepare(&pool, 1);
        let db = &mut *pool.get().unwrap();
        let plot = county().feature_id(1);
        let at = |db: &mut Db, id: &str, now: &str| {
            let posted = Post { now: instant(now), ..wanted(simple(id, Kind::Supply, plot, "10")) };
            db.write(Lane(410_183), |db| send(db, posted)).unwrap()
        };
        at(db, "later", "2026-11-23T09:00:00");
        // The clock stepped back: the ledger does not.
        let Posted::New(recorded) = at(db, "stepped-back", "2026-11-23T08:30:00") else { panic!("it is new") };
        assert_eq!(recorded.recorded_at, instant("2026-11-23T09:00:00"));
        assert_eq!(ledger::seq_at(db, county(), instant("2026-11-23T08:59:59")).unwrap(), 1);
        assert_eq!(ledger::seq_at(db, county(), instant("2026-11-23T09:00:00")).unwrap(), 3);
        assert_eq!(ledger::seq_at(db, county(), instant("2020-01-01T00:00:00")).unwrap(), 0);
    });
}
