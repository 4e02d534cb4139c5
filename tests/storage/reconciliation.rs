//! The list of differences over more land than one query reads, on both databases.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use dizhang::app::App;
use dizhang::app::reconciliation::DifferenceFilter;
use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::voucher::Holding;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::reconciliation::{
    Difference, DifferenceKind, DifferenceResolution, DifferenceStatus, Figures, LandFigures, Note, Subject,
};
use dizhang::domain::region::{ApprovalId, ParcelId, PlotId, UserId};
use dizhang::storage::db::{Db, Lane};
use dizhang::storage::reconciliation::append;
use dizhang::storage::schema::{balance, parcel, plot};

use crate::support::{both, county, county_at};

/// More than twice what one query reads, so that the joints between queries are passed.
const PLOTS: i64 = 1100;
/// A hectare in square centimetres.
const HECTARE: i64 = 1_0000_0000;
/// Every plot belongs to one of so many approvals in turn.
const APPROVALS: i64 = 7;

fn now() -> NaiveDateTime {
    "2026-11-23T08:00:00".parse().unwrap()
}

fn id(serial: i64) -> i64 {
    county().feature_id(serial)
}

fn app(pool: &dizhang::storage::db::Pool) -> App {
    county_at(pool, now())
}

/// Writes much in one transaction.
fn at_once(db: &mut Db, work: impl FnOnce(&mut Db)) {
    let work = |db: &mut Db| {
        work(db);
        Ok::<_, diesel::result::Error>(())
    };
    db.write(Lane(county().number()), work).unwrap();
}

/// Plots with their holdings; every third is not mapped, every third is drawn too large, every third fits. Every plot has
/// half of it unsupplied and half in a parcel, which is mapped and has a number if its plot fits.
fn fill(db: &mut Db) {
    let county = county().number();
    for serial in 1..=PLOTS {
        let version = i32::from(serial % 3 != 0);
        let polygon = match serial % 3 {
            0 => None,
            1 => Some(HECTARE + HECTARE / 100),
            _ => Some(HECTARE),
        };
        let common = (id(serial), format!("P{serial}"));
        diesel::insert_into(plot::table)
            .values((
                (
                    plot::county.eq(county),
                    plot::id.eq(common.0),
                    plot::code.eq(&common.1),
                    plot::origin.eq("approval"),
                    plot::approval_id.eq(id(serial % APPROVALS + 1)),
                    plot::recorded_cm2.eq(HECTARE),
                    plot::stated_value.eq("1"),
                    plot::stated_unit.eq("ha"),
                ),
                (
                    plot::geometry_version.eq(version),
                    plot::polygon_cm2.eq(polygon),
                    plot::ellipsoidal_cm2.eq(polygon),
                    plot::version.eq(1_i64),
                    plot::changed_no.eq(1_i64),
                    plot::recorded_at.eq(now()),
                    plot::recorded_by.eq(1_i64),
                ),
            ))
            .execute(db)
            .unwrap();
        let fits = serial % 3 == 2;
        diesel::insert_into(parcel::table)
            .values((
                (
                    parcel::county.eq(county),
                    parcel::id.eq(common.0),
                    parcel::code.eq(&common.1),
                    parcel::regulatory_number.eq(fits.then_some("4101832023B00123")),
                    parcel::recorded_cm2.eq(HECTARE / 2),
                    parcel::stated_value.eq("0.5"),
                    parcel::stated_unit.eq("ha"),
                ),
                (
                    parcel::geometry_version.eq(i32::from(fits)),
                    parcel::polygon_cm2.eq(fits.then_some(HECTARE / 2)),
                    parcel::ellipsoidal_cm2.eq(fits.then_some(HECTARE / 2)),
                    parcel::version.eq(1_i64),
                    parcel::recorded_at.eq(now()),
                    parcel::recorded_by.eq(1_i64),
                ),
            ))
            .execute(db)
            .unwrap();
        for (account, parcel, area) in
            [("unsupplied", 0, HECTARE / 2), ("supplied", common.0, HECTARE / 2), ("outside", 0, -HECTARE)]
        {
            diesel::insert_into(balance::table)
                .values((
                    balance::county.eq(county),
                    balance::account.eq(account),
                    balance::plot_id.eq(common.0),
                    balance::parcel_id.eq(parcel),
                    balance::area_cm2.eq(area),
                ))
                .execute(db)
                .unwrap();
        }
    }
}

fn of_kind(kind: DifferenceKind) -> DifferenceFilter {
    DifferenceFilter { kind: Some(kind), ..DifferenceFilter::default() }
}

/// All differences, by pages of a size.
fn pages(app: &App, filter: &DifferenceFilter, size: usize) -> Vec<Difference> {
    let mut all: Vec<Difference> = Vec::new();
    loop {
        let page = app.differences(county(), filter, all.last().copied(), size).unwrap();
        all.extend(page.iter().map(|row| row.difference));
        if page.len() < size {
            return all;
        }
    }
}

/// They are the same, or where they part is told: they are too many to be shown.
#[track_caller]
fn same(found: &[Difference], expected: &[Difference]) {
    let parting = found.iter().zip(expected).find(|(found, expected)| found != expected);
    assert_eq!((parting, found.len()), (None, expected.len()));
}

#[test]
fn every_difference_is_found_once_and_in_order_whatever_the_size_of_the_page() {
    both(|pool| {
        let app = app(&pool);
        at_once(&mut pool.get().unwrap(), fill);
        let (thirds, rest) = (PLOTS as usize / 3, PLOTS as usize % 3);
        let all = pages(&app, &DifferenceFilter::default(), 2000);
        assert!(all.is_sorted());
        for size in [97, 500, 1000] {
            same(&pages(&app, &DifferenceFilter::default(), size), &all);
        }
        let drawn_too_large = thirds + usize::from(rest > 0);
        let fitting = thirds + usize::from(rest > 1);
        let expected = [
            (DifferenceKind::AreaDiffers, drawn_too_large),
            (DifferenceKind::HoldingAreaDiffers, 0),
            // What is unsupplied in mapped plots, and the parcels that are mapped themselves.
            (DifferenceKind::HoldingWithoutLand, drawn_too_large + 2 * fitting),
            (DifferenceKind::ParcelUnmapped, thirds + drawn_too_large),
            (DifferenceKind::PlotUnmapped, thirds),
            (DifferenceKind::SupplyWithoutSupervisionNumber, thirds + drawn_too_large),
        ];
        let counts = app.count_differences(county(), &DifferenceFilter::default()).unwrap();
        for (kind, count) in expected {
            assert_eq!(pages(&app, &of_kind(kind), 100).len(), count, "{kind}");
            assert_eq!(counts.get(&(kind, DifferenceStatus::Open)).copied().unwrap_or(0), count as i64, "{kind}");
        }
        assert_eq!(counts.values().sum::<i64>(), all.len() as i64);
        // The approvals share everything among them, parcels by their plot.
        let parts: usize = (1..=APPROVALS)
            .map(|n| {
                let filter = DifferenceFilter { approval: Some(ApprovalId(id(n))), ..DifferenceFilter::default() };
                pages(&app, &filter, 50).len()
            })
            .sum();
        assert_eq!(parts, all.len());
    });
}

#[test]
fn what_was_said_is_found_by_owner_and_status_over_many_notes() {
    both(|pool| {
        let app = app(&pool);
        let db = &mut *pool.get().unwrap();
        at_once(db, fill);
        let all = pages(&app, &DifferenceFilter::default(), 2000);
        let rows = app.differences(county(), &DifferenceFilter::default(), None, 10_000).unwrap();
        let note = |n, owner, resolution, figures: &Figures, of: &Difference| Note {
            n,
            owner: Some(UserId(owner)),
            resolution,
            reason: None,
            figures: figures.digest(of),
            user: UserId(1),
            at: now(),
        };
        // Everything is assigned; every second row is explained, of these every second of figures that are no more.
        at_once(db, |db| {
            for (at, row) in rows.iter().enumerate() {
                let (of, figures) = (&row.difference, row.figures.as_ref().unwrap());
                append(db, county(), of, &note(1, 8, DifferenceResolution::Open, figures, of)).unwrap();
                if at % 2 == 0 {
                    let other = Figures::Land(LandFigures { recorded: AreaM2::ZERO, polygon: figures.polygon() });
                    let said_of = if at % 4 == 0 { figures } else { &other };
                    append(db, county(), of, &note(2, 9, DifferenceResolution::Explained, said_of, of)).unwrap();
                }
            }
        });
        // And something that is no difference, and something that is not there at all.
        let fitting = Difference { kind: DifferenceKind::AreaDiffers, subject: Subject::Plot(PlotId(id(2))) };
        let holding = Holding { plot: PlotId(id(2)), account: Account::Idle, parcel: Some(ParcelId(id(2))) };
        let gone = Difference { kind: DifferenceKind::HoldingWithoutLand, subject: Subject::Holding(holding) };
        for of in [&fitting, &gone] {
            let figures = Figures::Land(LandFigures { recorded: AreaM2::ZERO, polygon: None });
            append(db, county(), of, &note(1, 8, DifferenceResolution::Mending, &figures, of)).unwrap();
        }
        let every =
            |step: usize, from: usize| -> Vec<Difference> { all.iter().skip(from).step_by(step).copied().collect() };
        let by_status = |status| DifferenceFilter { status: Some(status), ..DifferenceFilter::default() };
        let owned_by = |owner| DifferenceFilter { owner: Some(UserId(owner)), ..DifferenceFilter::default() };
        for size in [70, 1000] {
            same(&pages(&app, &by_status(DifferenceStatus::Assigned), size), &every(2, 1));
            same(&pages(&app, &by_status(DifferenceStatus::Explained), size), &every(4, 0));
            same(&pages(&app, &by_status(DifferenceStatus::Reopened), size), &every(4, 2));
            same(&pages(&app, &by_status(DifferenceStatus::Mended), size), &[fitting, gone]);
            same(&pages(&app, &by_status(DifferenceStatus::Open), size), &[]);
            same(&pages(&app, &owned_by(9), size), &every(2, 0));
            // Who owned it before does not own it now.
            same(&pages(&app, &owned_by(8), size), &every(2, 1));
        }
        let counts = app.count_differences(county(), &DifferenceFilter::default()).unwrap();
        let of_status = |wanted| -> i64 {
            counts.iter().filter(|((_, status), _)| *status == wanted).map(|(_, count)| count).sum()
        };
        assert_eq!(of_status(DifferenceStatus::Reopened), every(4, 2).len() as i64);
        assert_eq!(of_status(DifferenceStatus::Mended), 2);
        let unowned = DifferenceFilter { kind: Some(DifferenceKind::PlotUnmapped), ..owned_by(77) };
        assert_eq!(app.count_differences(county(), &unowned).unwrap().len(), 0);
    });
}
