//! Price bases at rest on both databases: what is written is read back, in order, by its filters; what was done stays.

use chrono::NaiveDateTime;
use dizhang::app::listing::Place;
use dizhang::domain::price_base::{BaseAction, BaseState};
use dizhang::domain::region::{PlotId, UserId};
use dizhang::storage::db::{Db, Lane, Pool};
use dizhang::storage::price_base::{self as rows, BaseEvent, BasePage, StoredBase};

use crate::support::{both, county, county_at};

pub fn now() -> NaiveDateTime {
    "2026-11-23T08:00:00.123456".parse().unwrap()
}

/// A county in a fresh database.
pub fn begun(pool: &Pool) {
    county_at(pool, now());
}

/// Writes inside the county's lock.
pub fn writing(pool: &Pool, work: impl FnOnce(&mut Db)) {
    let work = |db: &mut Db| {
        work(db);
        Ok::<_, diesel::result::Error>(())
    };
    pool.get().unwrap().write(Lane(county().number()), work).unwrap();
}

fn base(id: i64, plot: i64) -> StoredBase {
    StoredBase {
        id,
        plot: PlotId(plot),
        state: BaseState::Draft,
        proposer: UserId(2),
        reviewer: None,
        issuer: None,
        body: "{\"terms\": {\"max_term_unit_price\": \"397.6143\"}}".to_owned(),
        findings: "{\"findings\": \"价\"}".to_owned(),
        announcement: None,
        version: 1,
        created_at: now(),
        changed_at: now(),
    }
}

#[test]
fn a_price_base_is_read_back_as_it_was_written_and_found_by_plot_and_state() {
    both(|pool| {
        begun(&pool);
        let mut bases: Vec<StoredBase> = (1..=7).map(|id| base(id, 410_183_000_000_000 + id % 3)).collect();
        writing(&pool, |db| {
            for base in &bases {
                assert_eq!(rows::next_id(db, county()).unwrap(), base.id);
                rows::insert(db, county(), base).unwrap();
            }
            let opened = &mut bases[3];
            opened.state = BaseState::Opened;
            (opened.reviewer, opened.issuer) = (Some(UserId(3)), Some(UserId(4)));
            opened.announcement = Some("{\"number\": \"演示\"}".to_owned());
            opened.version = 5;
            opened.changed_at = "2026-12-01T00:00:00".parse().unwrap();
            rows::update(db, county(), opened).unwrap();
        });
        let db = &mut *pool.get().unwrap();
        for base in &bases {
            assert_eq!(rows::by_id(db, county(), base.id).unwrap().as_ref(), Some(base));
        }
        assert_eq!(rows::by_id(db, county(), 8).unwrap(), None);
        assert_eq!(rows::by_id(db, "410184".parse().unwrap(), 1).unwrap(), None, "another county's");
        let mut ids = |page: &BasePage| -> Vec<i64> {
            rows::page(db, county(), page).unwrap().iter().map(|base| base.id).collect()
        };
        let all = || BasePage { at: Place::by_id(0, 100), ..BasePage::default() };
        assert_eq!(ids(&all()), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(ids(&BasePage { at: Place::by_id(2, 3), ..all() }), [3, 4, 5]);
        assert_eq!(ids(&BasePage { plot: Some(PlotId(410_183_000_000_001)), ..all() }), [1, 4, 7]);
        assert_eq!(ids(&BasePage { state: Some(BaseState::Opened), ..all() }), [4]);
        assert_eq!(
            ids(&BasePage { state: Some(BaseState::Opened), plot: Some(PlotId(410_183_000_000_002)), ..all() }),
            Vec::<i64>::new()
        );
        let shown = format!("{:?}", bases[0]);
        assert!(
            !shown.contains("397.6143") && shown.contains("Draft"),
            "sealed figures are not in what is logged: {shown}"
        );
    });
}

#[test]
fn what_was_done_with_a_base_stays_in_order_and_cannot_be_changed() {
    use diesel::connection::SimpleConnection;
    both(|pool| {
        begun(&pool);
        let event = |action, comment: Option<&str>| BaseEvent {
            action,
            user: UserId(3),
            comment: comment.map(str::to_owned),
            at: now(),
        };
        let events = [
            event(BaseAction::Draft, None),
            event(BaseAction::Review, Some("同意")),
            event(BaseAction::Return, Some("补充成本")),
            event(BaseAction::Read, None),
        ];
        writing(&pool, |db| {
            for id in [1, 2] {
                rows::insert(db, county(), &base(id, 410_183_000_000_001)).unwrap();
            }
            for event in &events {
                rows::note(db, county(), 1, event).unwrap();
            }
            rows::note(db, county(), 2, &events[0]).unwrap();
        });
        let db = &mut *pool.get().unwrap();
        assert_eq!(rows::events(db, county(), 1).unwrap(), events);
        assert_eq!(rows::events(db, county(), 2).unwrap(), events[..1]);
        for change in ["UPDATE price_base_event SET user_id = 9", "DELETE FROM price_base_event"] {
            db.batch_execute(change).unwrap_err();
        }
        assert_eq!(rows::events(db, county(), 1).unwrap().len(), 4);
    });
}
