//! The demonstration county in a real database: loaded through the ledger, whole, and adding up.

use diesel::connection::SimpleConnection;
use dizhang::app::App;
use dizhang::app::balances::{BalanceQuery, Known};
use dizhang::app::clock::FixedClock;
use dizhang::app::contracts::suspicions::SuspicionPage;
use dizhang::app::demo::{DemoPeople, DemoStaff, DemoTold};
use dizhang::app::features;
use dizhang::app::idle_cases::CasePage;
use dizhang::app::idle_cases::views::CaseQuery;
use dizhang::app::listing::Place;
use dizhang::app::papers::PaperPage;
use dizhang::app::users::{By, NewUser};
use dizhang::app::worklist::WorklistQuery;
use dizhang::domain::demo::Demo;
use dizhang::domain::ledger::balance::Dimension;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::{County, UserId};
use dizhang::storage::ledger::verify;

use crate::support::both;

#[test]
fn the_demonstration_county_is_whole_and_its_groups_add_up() {
    both(|pool| {
        let clock = FixedClock("2026-11-23T08:00:00".parse().unwrap());
        let app = App::new(pool.clone(), Box::new(clock)).unwrap();
        let demo = Demo::new(400, 7, "2026-11-23".parse().unwrap()).unwrap();
        let staff = DemoStaff { clerk: UserId(1), reviewer: UserId(2), approver: UserId(3) };
        let loaded = app.load_demo(demo, staff, |_| ()).unwrap();
        assert_eq!(loaded.plots, 400);

        let county: County = "410183".parse().unwrap();
        let report = pool.get().unwrap().read(|db| verify::verify(db, county, |_| ())).unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert_eq!(u64::try_from(report.vouchers).unwrap(), loaded.vouchers);

        for by in Dimension::ALL {
            let query = BalanceQuery { as_of: None, known: Known::Newest, by: vec![*by], only: Vec::new(), plot: None };
            let (answer, _) = app.labelled_balances(county, query).unwrap();
            let total = answer.total.balances();
            let parts: AreaM2 = answer.groups.iter().map(|(_, sums)| sums.balances().approved_net_m2).sum();
            assert_eq!(parts, total.approved_net_m2, "by {by}");
            assert!(
                total.unsupplied_m2.is_positive() && total.supplied_m2.is_positive() && total.idle_m2.is_positive()
            );
        }
        // Land that was lost behind the ledger's back is found.
        let lose = "UPDATE balance SET land_sha256 = NULL WHERE land_sha256 IS NOT NULL AND plot_id = \
                    (SELECT min(plot_id) FROM balance WHERE land_sha256 IS NOT NULL)";
        let db = &mut *pool.get().unwrap();
        db.batch_execute(lose).unwrap();
        let report = db.read(|db| verify::verify(db, county, |_| ())).unwrap();
        assert!(report.faults.iter().any(|fault| fault.contains("not what its history says")), "{:?}", report.faults);

        let again = Demo::new(10, 7, "2026-11-23".parse().unwrap()).unwrap();
        assert!(app.load_demo(again, staff, |_| ()).is_err(), "a county that is there is not loaded over");
    });
}

const TODAY: &str = "2026-11-23";

/// An account for each of the people whom the stories need.
fn people(app: &App) -> DemoPeople {
    let person = |login: &str, role: &str| {
        let grant = format!("{role}@410183").parse().unwrap();
        let new = NewUser { login: login.to_owned(), display_name: format!("演示{login}"), grants: vec![grant] };
        app.create_user(By::CommandLine, new).unwrap();
        app.caller_by_login(login).unwrap()
    };
    DemoPeople {
        clerk: person("clerk", "clerk"),
        reviewer: person("reviewer", "reviewer"),
        approver: person("approver", "approver"),
        price_keeper: person("keeper", "price_keeper"),
        price_reviewer: person("second-keeper", "price_keeper"),
        price_approver: person("price-approver", "price_approver"),
    }
}

/// The county as `dizhang demo` makes it, on a day.
fn told(pool: &dizhang::storage::db::Pool, plots: u64, today: &str) -> (App, DemoTold, DemoPeople) {
    let clock = FixedClock(format!("{today}T08:00:00").parse().unwrap());
    let app = App::new(pool.clone(), Box::new(clock)).unwrap();
    let people = people(&app);
    let staff = DemoStaff { clerk: people.clerk.user, reviewer: people.reviewer.user, approver: people.approver.user };
    app.load_demo(Demo::new(plots, 7, today.parse().unwrap()).unwrap(), staff, |_| ()).unwrap();
    let told = app.tell_demo(&people).unwrap();
    (app, told, people)
}

#[test]
fn every_board_and_list_of_the_demonstration_has_something_to_show() {
    both(|pool| {
        let (app, told, people) = told(&pool, 700, TODAY);
        assert_eq!(told, DemoTold { contracts: 16, cases: 7, papers: 2, measures: 12, prechecks: 2 });
        let county: County = "410183".parse().unwrap();
        let all =
            CaseQuery { page: CasePage { at: Place::by_id(0, 100), ..CasePage::default() }, ..CaseQuery::default() };
        let cases = app.idle_cases(county, &all).unwrap().rows;
        let mut states: Vec<&str> = cases.iter().map(|case| case.row.state.state.as_str()).collect();
        states.sort_unstable();
        assert_eq!(states, ["cleared", "closed", "found", "investigation", "suspected", "under_way", "under_way"]);
        assert_eq!(cases.iter().filter(|case| case.row.state.is_suspended).count(), 1);
        assert!(cases.iter().filter(|case| case.overdue() > 0).count() >= 2, "a fee unpaid, a check not begun");
        assert_eq!(app.public_idle_cases(county, 0, 100).unwrap().len(), 3, "found, published and not closed");
        assert!(!app.idle_case_deadlines(county, None, false).unwrap().is_empty());
        let board = app.idle_case_board(county).unwrap();
        assert!(board.overdue.cases >= 2 && board.suspended.cases == 1);
        let page = SuspicionPage { as_of: TODAY.parse().unwrap(), after: 0, limit: 100, grounds: None, outcome: None };
        assert!(app.idle_suspicions(county, &page).unwrap().items.len() >= 3);
        let papers = app.papers(county, &PaperPage { at: Place::by_id(0, 100), ..PaperPage::default() }).unwrap().rows;
        assert!(papers.len() == 2 && papers.iter().all(|(_, issue)| issue.as_ref().unwrap().number.is_some()));
        let query = WorklistQuery { limit: 1000, ..WorklistQuery::default() };
        let work = app.worklist(&people.clerk, county, &query).unwrap();
        let sources: std::collections::BTreeSet<_> =
            work.items.iter().map(|item| item.task.source.as_str().to_owned()).collect();
        for source in ["contract_due", "idle_deadline", "plot_measure"] {
            assert!(sources.contains(source), "{source}: {sources:?}");
        }
        let due = work.items.iter().filter(|item| item.task.source.as_str() == "contract_due");
        assert!(
            due.clone().count() > 0 && due.clone().all(|item| item.task.township.is_some()),
            "each in its township"
        );
        assert_eq!(app.reference_tables(county).unwrap().len(), 4);
        assert_eq!(app.open_announcements(county, Place::by_id(0, 100)).unwrap().rows.len(), 1);
        let db = &mut *pool.get().unwrap();
        let report = db.read(|db| verify::verify(db, county, |_| ())).unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        let drawn = features::verify(db, county).unwrap();
        assert!(drawn.faults.is_empty(), "{:?}", drawn.faults);
    });
}

#[test]
fn the_demonstration_is_told_on_any_day_and_with_little_land() {
    // A year's end, a leap day, a year without a working calendar, and a county too small for all the stories.
    for (plots, today) in [(300, "2027-01-01"), (300, "2028-02-29"), (20, TODAY), (1, TODAY)] {
        both(|pool| {
            let (_, told, _) = told(&pool, plots, today);
            assert!(plots < 300 || told.cases == 7, "{today}: {told:?}");
        });
    }
}
