//! What was disposed of a base, against a model that follows single square centimetres.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dizhang::domain::ledger::account::Account::{
    self, Idle, NoSupplyNeeded, Outside, Recovered, Supplied, Unsupplied, WrittenOff,
};
use dizhang::domain::ledger::frozen::{DisposedBy, Frozen, FrozenKind, Movement, disposed, freeze};
use dizhang::domain::ledger::kind::{Kind, WriteOff};
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::PlotId;
use proptest::prelude::*;

use crate::model::{area, day};

/// The moves there are for a base of unsupplied or idle land, and what of each counts as.
type Move = (Kind, Option<WriteOff>, Account, Account, DisposedBy);

const MOVES: &[Move] = &[
    (Kind::Supply, None, Unsupplied, Supplied, DisposedBy::Supply),
    (Kind::SupplyTerminated, None, Supplied, Unsupplied, DisposedBy::Supply),
    (Kind::WrittenOff, Some(WriteOff::Withdrawn), Unsupplied, WRITTEN, DisposedBy::Withdrawn),
    (Kind::WrittenOff, Some(WriteOff::Reduced), Unsupplied, WRITTEN, DisposedBy::Reduced),
    (Kind::WrittenOff, Some(WriteOff::Lapsed), Unsupplied, WRITTEN, DisposedBy::Lapsed),
    (Kind::NoSupplyNeeded, None, Unsupplied, NoSupplyNeeded, DisposedBy::NoSupplyNeeded),
    (Kind::Approve, None, Outside, Unsupplied, DisposedBy::DataCorrection),
    (Kind::SurveyDifference, None, Unsupplied, Outside, DisposedBy::DataCorrection),
    (Kind::SurveyDifference, None, Outside, Unsupplied, DisposedBy::DataCorrection),
    (Kind::IdleFound, None, Supplied, Idle, DisposedBy::DataCorrection),
    (Kind::Resumed, None, Idle, Supplied, DisposedBy::Resumed),
    (Kind::Recovered, None, Idle, Recovered, DisposedBy::Recovered),
    (Kind::BoughtBack, None, Supplied, Recovered, DisposedBy::Recovered),
    // To another plot, which is no part of the base unless it was frozen too.
    (Kind::BoundaryAdjustment, None, Unsupplied, Unsupplied, DisposedBy::DataCorrection),
];

const WRITTEN: Account = WrittenOff;

fn movements() -> impl Strategy<Value = Vec<Movement>> {
    let one = (0..MOVES.len(), 0..30_u64, 1..=3_i64, 1..=3_i64, 1..60_i64, any::<bool>(), any::<bool>());
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let moves = all.into_iter().zip(1..);
        moves
            .map(|((at, on, plot, other, units, corrects, reverses), seq)| {
                let (kind, write_off, from, to, _) = MOVES[at];
                let second = if kind == Kind::BoundaryAdjustment { other } else { plot };
                let (from, to) = ((PlotId(plot), from), (PlotId(second), to));
                // A correction mostly leads back what it corrects.
                let is_back = corrects && reverses;
                let (from, to) = if is_back { (to, from) } else { (from, to) };
                let area = AreaM2::from_units(units * 10_000).unwrap();
                let effective_on = day(on);
                Movement { seq, effective_on, kind, write_off, is_correction: corrects, from, to, area }
            })
            .collect()
    })
}

/// Square metre by square metre: each that left the account stands in a heap of its measure, each that came back takes one
/// away again, at last the base is filled from the heaps until it is full.
fn model(
    base: &Frozen,
    until: NaiveDate,
    known_seq: i64,
    movements: &[Movement],
) -> BTreeMap<PlotId, BTreeMap<DisposedBy, i64>> {
    let account = base.kind.account();
    let by = |of: &Movement| {
        if of.effective_on <= base.as_of {
            return DisposedBy::DataCorrection;
        }
        MOVES.iter().find(|(kind, write_off, ..)| (*kind, *write_off) == (of.kind, of.write_off)).unwrap().4
    };
    let mut answer = BTreeMap::new();
    for (plot, frozen) in &base.plots {
        let mut heaps: BTreeMap<DisposedBy, i64> = BTreeMap::new();
        for of in movements {
            let was_known_when_frozen = of.effective_on <= base.as_of && of.seq <= base.known_seq;
            if was_known_when_frozen || of.effective_on > until || of.seq > known_seq {
                continue;
            }
            let metres = of.area.to_units() / 10_000;
            for _ in 0..metres {
                if of.from == (*plot, account) {
                    *heaps.entry(by(of)).or_default() += 1;
                }
                let is_new = matches!(of.kind, Kind::Approve | Kind::Opening | Kind::IdleFound) && !of.is_correction;
                if of.to == (*plot, account) && !is_new {
                    *heaps.entry(by(of)).or_default() -= 1;
                }
            }
        }
        let mut room = frozen.to_units() / 10_000;
        let mut filled = BTreeMap::new();
        for measure in DisposedBy::ALL {
            for _ in 0..heaps.get(measure).copied().unwrap_or(0).max(0) {
                if room > 0 {
                    room -= 1;
                    *filled.entry(*measure).or_insert(0) += 1;
                }
            }
        }
        if !filled.is_empty() {
            answer.insert(*plot, filled);
        }
    }
    answer
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_disposed_of_is_capped_by_plot_kept_apart_by_measure_and_only_of_land_in_the_base(
        movements in movements(), is_idle in any::<bool>(), frozen_on in 0..25_u64, known_then in 0..40_i64,
        until in 0..32_u64, known_now in 0..45_i64, areas in proptest::collection::vec(0..80_i64, 3),
    ) {
        let kind = if is_idle { FrozenKind::Idle } else { FrozenKind::Unsupplied };
        let plots = areas.iter().zip(1..).filter(|(metres, _)| **metres > 0);
        let plots = plots.map(|(metres, plot)| (PlotId(plot), AreaM2::from_units(metres * 10_000).unwrap())).collect();
        let base = Frozen { kind, as_of: day(frozen_on), known_seq: known_then, plots };
        let found = disposed(&base, day(until), known_now, movements.iter().copied());
        let found: BTreeMap<PlotId, BTreeMap<DisposedBy, i64>> = found
            .into_iter()
            .map(|(plot, measures)| {
                (plot, measures.into_iter().map(|(by, area)| (by, area.to_units() / 10_000)).collect())
            })
            .collect();
        prop_assert_eq!(&found, &model(&base, day(until), known_now, &movements));
        for (plot, measures) in &found {
            let sum: i64 = measures.values().sum();
            prop_assert!(sum <= base.plots[plot].to_units() / 10_000, "more than was frozen");
        }
    }

    /// A base is what the balances of its day are: nothing has been disposed of it yet.
    #[test]
    fn nothing_is_disposed_of_a_base_on_the_day_it_is_frozen(movements in movements(), on in 0..25_u64) {
        let last = movements.len() as i64;
        let plots = freeze(FrozenKind::Unsupplied, day(on), last, movements.iter().copied());
        let base = Frozen { kind: FrozenKind::Unsupplied, as_of: day(on), known_seq: last, plots };
        prop_assert!(disposed(&base, day(on), last, movements.iter().copied()).is_empty());
    }
}

#[test]
fn ages_and_cohorts_of_a_year_and_its_months_add_up_to_the_whole() {
    use dizhang::domain::ledger::balance::Buckets;
    use dizhang::domain::ledger::report::{AskedYear, Grouping, year_report};

    let on = |text: &str| text.parse::<NaiveDate>().unwrap();
    let approved = ["2005-05-01", "2018-12-31", "2021-12-31", "2025-12-30", "2026-01-02"];
    let plots: BTreeMap<PlotId, AreaM2> = (1..=6).map(|plot| (PlotId(plot), area("1000.5"))).collect();
    let grouping: Grouping = (1..=6)
        .map(|plot| {
            let day = approved.get(usize::try_from(plot - 1).unwrap()).map(|day| on(day));
            (PlotId(plot), (Some(410_183_100 + i32::try_from(plot % 2).unwrap()), day))
        })
        .collect();
    let frozen = Frozen { kind: FrozenKind::Unsupplied, as_of: on("2026-01-31"), known_seq: 10, plots };
    let supply = |seq, day: &str, plot, of: &str| Movement {
        seq,
        effective_on: on(day),
        kind: Kind::Supply,
        write_off: None,
        is_correction: false,
        from: (PlotId(plot), Unsupplied),
        to: (PlotId(plot), Supplied),
        area: area(of),
    };
    let movements = [
        supply(11, "2026-02-28", 1, "333.3333"),
        supply(12, "2026-03-01", 2, "500"),
        supply(13, "2026-12-31", 4, "2000"),
        supply(14, "2027-01-01", 5, "700"),
    ];
    let asked = |year, known_seq| AskedYear {
        base: 1,
        task_number: "演示".to_owned(),
        task: area("3000"),
        year,
        known_seq,
        head_hash: "00".to_owned(),
        closed_at: Some(12),
        buckets: Buckets { age_months: vec![12, 24, 60], cohorts: vec![2009, 2019] },
    };
    let report = year_report(asked(2026, 14), &frozen, &grouping, &movements);
    let months: Vec<(String, String)> = report
        .months
        .iter()
        .map(|of| (of.month_end.format("%m").to_string(), of.this_month.m2.to_string()))
        .filter(|(_, area)| area != "0.0000")
        .collect();
    let month = |month: &str, area: &str| (month.to_owned(), area.to_owned());
    assert_eq!(months, [month("02", "333.3333"), month("03", "500.0000"), month("12", "1000.5000")]);
    assert_eq!(report.months.len(), 11, "from the month after the base on");
    let sum: AreaM2 = report.months.iter().map(|of| of.this_month.m2).sum();
    assert_eq!((sum, report.this_year.m2, report.before.m2), (report.total.m2, area("1833.8333"), AreaM2::ZERO));
    assert_eq!(report.completion.percent.as_deref(), Some("61.13"));
    // 5 years to the day are not yet full on 2026-12-30, and are on the 31st.
    let ages: Vec<(Option<i32>, String)> = report.ages.iter().map(|of| (of.key, of.base.m2.to_string())).collect();
    let age = |key, area: &str| (key, area.to_owned());
    assert_eq!(
        ages,
        [age(None, "1000.5000"), age(Some(0), "1000.5000"), age(Some(12), "1000.5000"), age(Some(60), "3001.5000")]
    );
    let cohorts: Vec<Option<i32>> = report.cohorts.iter().map(|of| of.key).collect();
    assert_eq!(cohorts, [None, Some(2009), Some(2019)]);
    for groups in [&report.ages, &report.cohorts, &report.townships] {
        let base: AreaM2 = groups.iter().map(|of| of.base.m2).sum();
        let total: AreaM2 = groups.iter().map(|of| of.total.m2).sum();
        assert_eq!((base, total), (report.frozen.m2, report.total.m2));
    }
    assert_eq!(report.late_adjustment_m2, Some(area("1000.5")), "what was recorded after voucher 12");
    let next = year_report(asked(2027, 14), &frozen, &grouping, &movements);
    assert_eq!((next.before.m2, next.this_year.m2), (area("1833.8333"), area("700")));
    assert_eq!(next.months.len(), 12);
}
