//! The demonstration county in a real database: loaded through the ledger, whole, and adding up.

use diesel::connection::SimpleConnection;
use dizhang::app::App;
use dizhang::app::balances::{BalanceQuery, Known};
use dizhang::app::clock::FixedClock;
use dizhang::app::demo::DemoStaff;
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
