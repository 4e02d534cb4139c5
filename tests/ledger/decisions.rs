//! Random vouchers: what the program accepts and refuses is what the model says, and nothing is ever lost.

use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::balance::{Buckets, Dimension, Key, PlotKeys, Question, View};
use dizhang::domain::ledger::kind::Kind;
use dizhang::domain::ledger::refused::Refused;
use dizhang::domain::ledger::voucher::{Line, Voucher};
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::{ApprovalId, PlotId};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::model::{Book, DAYS, day, holding, voucher};

/// A runner that takes the same cases each time.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

/// A voucher of a kind that moves land, with one or two lines of the right form but any amount and day.
fn any_voucher() -> impl Strategy<Value = Voucher> {
    let kinds = prop_oneof![
        4 => Just(Kind::Approve),
        6 => Just(Kind::Supply),
        2 => Just(Kind::SupplyTerminated),
        2 => Just(Kind::WrittenOff),
        1 => Just(Kind::NoSupplyNeeded),
        2 => Just(Kind::IdleFound),
        1 => Just(Kind::Resumed),
        2 => Just(Kind::Recovered),
        1 => Just(Kind::BoughtBack),
        1 => Just(Kind::SurveyDifference),
        1 => Just(Kind::BoundaryAdjustment),
        1 => Just(Kind::ParcelSplit),
    ];
    let line = (any::<prop::sample::Index>(), 1..=3_i64, 1..=3_i64, 1..=3_i64, 1..=3_i64, 1..=12_000_000_i64);
    (kinds, 0..=DAYS, prop::collection::vec(line, 1..=2)).prop_map(|(kind, on, lines)| {
        let lines = lines
            .into_iter()
            .map(|(pick, plot, other, parcel, other_parcel, cm2)| {
                let moves = kind.moves();
                let (from, to) = moves[pick.index(moves.len())];
                let to_plot = if kind.moves_between_plots() { other } else { plot };
                let side =
                    |account: Account, plot, parcel| holding(account, plot, account.has_parcel().then_some(parcel));
                Line {
                    from: side(from, plot, parcel),
                    to: side(to, to_plot, if from == to { other_parcel } else { parcel }),
                    area: AreaM2::from_units(cm2).unwrap(),
                }
            })
            .collect();
        // An approval's day is its own; the rest falls on any day.
        voucher(kind, if kind == Kind::Approve { day(0) } else { day(on) }, lines)
    })
}

#[test]
fn a_voucher_is_refused_on_the_first_day_a_holding_would_be_negative_and_never_otherwise() {
    runner(300)
        .run(&prop::collection::vec(any_voucher(), 1..60), |vouchers| {
            let mut book = Book::new();
            for mut candidate in vouchers {
                candidate.client_id = format!("v{}", book.posted.len());
                let negative = book.first_negative(&candidate);
                match book.decide(&candidate) {
                    Ok(accepted) => {
                        prop_assert_eq!(negative, None, "accepted {:?}", candidate);
                        let sum: AreaM2 = accepted.changes.values().copied().sum();
                        prop_assert!(sum.is_zero(), "area is made or lost: {:?}", accepted);
                        book.posted.push(candidate);
                    }
                    Err(Refused::Overdrawn { holding, on, held, missing }) => {
                        let (first, holdings) = negative.expect("the model finds a negative day");
                        prop_assert_eq!(on, first);
                        prop_assert!(holdings.contains(&holding));
                        let before = book.balances(on, None).get(&holding).copied().unwrap_or(AreaM2::ZERO);
                        let after = book.balances(on, Some(&candidate))[&holding];
                        prop_assert_eq!((held, missing), (before, -after));
                    }
                    // Caps and forms are judged before the days; the model knows nothing of them.
                    Err(Refused::PlotAreaExceeded { .. } | Refused::SurveyCap { .. } | Refused::SameHolding { .. }) => {
                    }
                    Err(other) => prop_assert!(false, "{:?} for {:?}", other, candidate),
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn balances_of_any_day_and_any_voucher_number_equal_the_model() {
    let questions = (prop::collection::vec(any_voucher(), 1..80), 0..=DAYS, any::<prop::sample::Index>());
    runner(200)
        .run(&questions, |(vouchers, on, known)| {
            let mut book = Book::new();
            let mut view = View::default();
            for id in 1..=3 {
                view.put_plot(PlotKeys {
                    id: PlotId(id),
                    approval: Some(ApprovalId(1 + id % 2)),
                    approved_on: Some(day(0)),
                    approved_project: None,
                    projects: Vec::new(),
                    townships: vec![(day(0), 1), (day(20), i32::try_from(id).unwrap())],
                    causes: Vec::new(),
                });
            }
            for mut candidate in vouchers {
                candidate.client_id = format!("v{}", book.posted.len());
                if book.decide(&candidate).is_ok() {
                    book.posted.push(candidate);
                    let seq = i64::try_from(book.posted.len()).unwrap();
                    let posted = book.posted.last().unwrap();
                    posted.lines.iter().for_each(|line| view.push(seq, posted.effective_on, line));
                }
            }
            let known_seq = i64::try_from(known.index(book.posted.len() + 1)).unwrap();
            let as_of = day(on);
            let question = |by: Vec<Dimension>, plot| Question { as_of, known_seq, by, only: Vec::new(), plot };
            let buckets = Buckets { age_months: vec![12, 24, 60], cohorts: vec![2009, 2019] };
            let whole = Book { posted: book.posted[..usize::try_from(known_seq).unwrap()].to_vec(), ..Book::new() };
            let model = whole.balances(as_of, None);

            let (groups, total) =
                view.answer(&question(vec![Dimension::Approval, Dimension::Township], None), &buckets);
            for account in Account::ALL {
                let expected: AreaM2 = model.iter().filter(|(h, _)| h.account == *account).map(|(_, a)| *a).sum();
                prop_assert_eq!(total.of(*account), expected, "{}", account);
                let added: AreaM2 = groups.iter().map(|(_, sums)| sums.of(*account)).sum();
                prop_assert_eq!(added, expected, "the groups of {}", account);
                for plot in 1..=3 {
                    let (_, sums) = view.answer(&question(Vec::new(), Some(PlotId(plot))), &buckets);
                    let expected: AreaM2 =
                        model.iter().filter(|(h, _)| h.account == *account && h.plot.0 == plot).map(|(_, a)| *a).sum();
                    prop_assert_eq!(sums.of(*account), expected);
                }
            }
            let balances = total.balances();
            let parts = balances.unsupplied_m2
                + balances.supplied_m2
                + balances.idle_m2
                + balances.recovered_m2
                + balances.written_off_m2
                + balances.no_supply_needed_m2;
            prop_assert_eq!(balances.approved_net_m2, parts, "the identity");
            for (key, _) in &groups {
                let dated =
                    if on < 20 { matches!(key[1], Key::Township(1)) } else { matches!(key[1], Key::Township(_)) };
                prop_assert!(dated, "{:?} on day {}", key, on);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn age_counts_full_years_that_end_on_the_corresponding_day() {
    let buckets = Buckets { age_months: vec![12, 24, 60], cohorts: vec![2009, 2019] };
    let bucket = |approved: &str, as_of: &str| {
        let mut view = View::default();
        let approved_on = approved.parse().unwrap();
        view.put_plot(PlotKeys {
            id: PlotId(1),
            approval: None,
            approved_on: Some(approved_on),
            approved_project: None,
            projects: Vec::new(),
            townships: Vec::new(),
            causes: Vec::new(),
        });
        let line = Line {
            from: holding(Account::Outside, 1, None),
            to: holding(Account::Unsupplied, 1, None),
            area: "1".parse().unwrap(),
        };
        view.push(1, approved_on, &line);
        let question = Question {
            as_of: as_of.parse().unwrap(),
            known_seq: 1,
            by: vec![Dimension::Age],
            only: Vec::new(),
            plot: None,
        };
        view.answer(&question, &buckets).0[0].0[0].clone()
    };
    assert_eq!(bucket("2023-07-01", "2024-06-30"), Key::Age(0));
    assert_eq!(bucket("2023-07-01", "2024-07-01"), Key::Age(1));
    assert_eq!(bucket("2024-02-29", "2025-02-27"), Key::Age(0));
    assert_eq!(bucket("2024-02-29", "2025-02-28"), Key::Age(1));
    assert_eq!(bucket("2024-02-28", "2025-02-28"), Key::Age(1));
    assert_eq!(bucket("2020-02-29", "2024-02-28"), Key::Age(2));
    assert_eq!(bucket("2020-01-01", "2025-01-01"), Key::Age(3));
    assert_eq!(bucket("2023-08-31", "2024-08-30"), Key::Age(0));
}
