//! Frozen bases and issued reports at rest on both databases.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::frozen::{FrozenKind, FrozenState, Movement};
use dizhang::domain::ledger::kind::{Kind, WriteOff};
use dizhang::domain::ledger::report::ReportPeriod;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::{PlotId, UserId};
use dizhang::storage::db::Db;
use dizhang::storage::frozen::{self as rows, FrozenPlot, IssuedReport, StoredFrozen};
use dizhang::storage::schema::{voucher, voucher_line};

use crate::price_bases::{begun, now, writing};
use crate::support::{both, county};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn area(text: &str) -> AreaM2 {
    text.parse().unwrap()
}

fn base(id: i64) -> StoredFrozen {
    StoredFrozen {
        id,
        kind: if id % 2 == 0 { FrozenKind::Idle } else { FrozenKind::Unsupplied },
        name: format!("{id}号任务"),
        as_of: day("2025-12-31"),
        known_seq: 17,
        head_hash: [7; 32],
        area: area("26000.0001"),
        task: area("13000"),
        task_number: "演示〔2026〕6号".to_owned(),
        task_dated: day("2026-01-20"),
        sha256: [9; 32],
        state: FrozenState::Proposed,
        proposer: UserId(2),
        approver: None,
        version: 1,
        created_at: now(),
        changed_at: now(),
    }
}

#[test]
fn a_base_and_its_list_are_read_back_and_only_the_base_goes_on() {
    both(|pool| {
        begun(&pool);
        // More than one statement inserts, and more than one query reads.
        let list: Vec<FrozenPlot> = (1..=1203)
            .map(|plot| FrozenPlot {
                plot: PlotId(410_183_000_000_000 + plot),
                area: AreaM2::from_units(plot).unwrap(),
                township: (plot % 3 != 0).then_some(410_183_101),
                approved_on: (plot % 2 == 0).then(|| day("2016-02-29")),
            })
            .collect();
        let mut first = base(1);
        writing(&pool, |db| {
            assert_eq!(rows::next_id(db, county()).unwrap(), 1);
            rows::insert(db, county(), &first, &list).unwrap();
            rows::insert(db, county(), &base(2), &list[..1]).unwrap();
            first.state = FrozenState::Approved;
            (first.approver, first.version) = (Some(UserId(3)), 2);
            rows::update(db, county(), &first).unwrap();
        });
        let db = &mut *pool.get().unwrap();
        assert_eq!(rows::all(db, county()).unwrap(), [first.clone(), base(2)]);
        assert_eq!(rows::by_id(db, county(), 1).unwrap(), Some(first));
        assert_eq!(rows::by_id(db, county(), 3).unwrap(), None);
        assert_eq!(rows::plots(db, county(), 1).unwrap(), list);
        assert_eq!(rows::plots(db, county(), 2).unwrap(), list[..1]);
        for change in ["UPDATE frozen_base_plot SET area_cm2 = 0", "DELETE FROM frozen_base_plot"] {
            db.batch_execute(change).unwrap_err();
        }
        assert_eq!(rows::plots(db, county(), 1).unwrap().len(), list.len());
    });
}

#[test]
fn reports_are_kept_as_they_were_issued_of_either_period() {
    both(|pool| {
        begun(&pool);
        let report = |n, period, end: &str| IssuedReport {
            n,
            period,
            month_end: day(end),
            known_seq: 20,
            sha256: [3; 32],
            body: "{\"a\": \"公顷\", \"b\": 1.0}".to_owned(),
            issued_by: UserId(4),
            issued_at: now(),
        };
        let reports = [report(1, ReportPeriod::Month, "2026-10-31"), report(2, ReportPeriod::Year, "2026-12-31")];
        writing(&pool, |db| {
            rows::insert(db, county(), &base(1), &[]).unwrap();
            for of in &reports {
                assert_eq!(rows::keep_report(db, county(), 1, of).unwrap(), of.n);
            }
        });
        let db = &mut *pool.get().unwrap();
        assert_eq!(rows::reports(db, county(), 1, None).unwrap(), reports);
        assert_eq!(rows::reports(db, county(), 1, Some(2)).unwrap(), reports[1..]);
        assert_eq!(rows::reports(db, county(), 2, None).unwrap(), []);
        for change in ["UPDATE issued_report SET body = ''", "DELETE FROM issued_report"] {
            db.batch_execute(change).unwrap_err();
        }
    });
}

/// A voucher with one line; of a correction the number of what it corrects.
fn post(
    db: &mut Db,
    seq: i64,
    (kind, write_off): (&str, Option<&str>),
    on: &str,
    sides: (&str, &str),
    corrects: Option<i64>,
) {
    let number = county().number();
    diesel::insert_into(voucher::table)
        .values((
            (
                voucher::county.eq(number),
                voucher::seq.eq(seq),
                voucher::client_id.eq(format!("v{seq}")),
                voucher::kind.eq(kind),
                voucher::effective_on.eq(day(on)),
                voucher::write_off.eq(write_off),
                voucher::corrects.eq(corrects),
            ),
            (
                voucher::proposer_id.eq(2_i64),
                voucher::recorded_at.eq(now()),
                voucher::attachments.eq("[]"),
                voucher::is_historical.eq(false),
                voucher::is_late.eq(false),
                voucher::flags.eq("[]"),
                voucher::hash.eq(vec![0_u8; 32]),
            ),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(voucher_line::table)
        .values((
            voucher_line::county.eq(number),
            voucher_line::seq.eq(seq),
            voucher_line::line.eq(0),
            voucher_line::kind.eq(kind),
            voucher_line::effective_on.eq(day(on)),
            voucher_line::from_account.eq(sides.0),
            voucher_line::from_plot.eq(1_i64),
            voucher_line::to_account.eq(sides.1),
            voucher_line::to_plot.eq(1_i64),
            voucher_line::area_cm2.eq(seq * 10_000),
        ))
        .execute(db)
        .unwrap();
}

#[test]
fn the_lines_of_an_account_come_with_the_kind_of_what_they_correct() {
    both(|pool| {
        begun(&pool);
        writing(&pool, |db| {
            post(db, 1, ("approve", None), "2020-01-01", ("outside", "unsupplied"), None);
            post(db, 2, ("written_off", Some("lapsed")), "2021-01-01", ("unsupplied", "written_off"), None);
            post(db, 3, ("correction", None), "2021-01-01", ("written_off", "unsupplied"), Some(2));
            post(db, 4, ("supply", None), "2022-01-01", ("unsupplied", "supplied"), None);
            post(db, 5, ("idle_found", None), "2023-01-01", ("supplied", "idle"), None);
        });
        let db = &mut *pool.get().unwrap();
        let seqs = |found: &[Movement]| found.iter().map(|of| of.seq).collect::<Vec<_>>();
        let unsupplied = rows::movements(db, county(), FrozenKind::Unsupplied).unwrap();
        assert_eq!(seqs(&unsupplied), [1, 2, 3, 4]);
        assert_eq!(
            (unsupplied[2].kind, unsupplied[2].write_off, unsupplied[2].is_correction),
            (Kind::WrittenOff, Some(WriteOff::Lapsed), true)
        );
        assert_eq!((unsupplied[1].is_correction, unsupplied[3].to.1), (false, Account::Supplied));
        assert_eq!(unsupplied[3].area, area("4"));
        let idle = rows::movements(db, county(), FrozenKind::Idle).unwrap();
        assert_eq!(seqs(&idle), [5]);
        // Plots that are not there have no group.
        let plots = BTreeMap::from([(PlotId(1), area("1"))]);
        assert_eq!(rows::grouped(db, county(), &plots).unwrap(), []);
        assert_eq!(rows::approvals(db, county(), &[1]).unwrap(), BTreeMap::new());
    });
}
